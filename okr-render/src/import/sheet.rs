//! Reads the chosen sheet of a workbook.

use okr_core::model::Period;

use super::bare_marks;
use super::below;
use super::beside::{self, Part, Place};
use super::choose::Choice;
use super::colours::{self, Explained};
use super::discover::{self, Discovered};
use super::elements::Maker;
use super::headings::{Heading, Headings};
use super::layout::{Field, Layout, Tree};
use super::legend::{self, Legend};
use super::preamble::{self, Preamble};
use super::profile::{self, Profile};
use super::reader::Reader;
use super::sayings::{self, Sayings};
use super::several::{self, OneOf};
use super::telling::{
    columns_read, left_out, other_sheets, say_bytes, say_columns, say_inferred, say_objectives,
};
use super::values::confidence::Scale;
use super::values::period;
use super::values::text::{self, Kind};
use super::when::{column_period, column_team, day_of_current, days, period_of_days, plan_period};
use super::{
    Account, Draft, Import, ImportOptions, LeftOut, RowRead, SheetRead, checklists, columns, facts,
    list, skip, steps,
};
use crate::table::{Table, Value, Workbook};

/// What becomes of a row above the headings that says something of the plan.
const ABOVE: &str = "above the table";

/// Reads the sheet, and what other sheets add to it.
pub(crate) fn read(
    workbook: &Workbook,
    choice: &Choice,
    explained: Option<&Explained>,
    options: &ImportOptions,
) -> Import {
    let table = &workbook.tables[choice.position];
    let colours = explained.and_then(|explained| explained.of(choice.position));
    let (legend, explaining) = match choice.dialect {
        Some(_) => (legend::of(table), None),
        None => legend::of_workbook(workbook, choice.position),
    };
    let new = || Sheet {
        workbook,
        choice,
        options,
        position: choice.position,
        cover: None,
        legend: legend.clone(),
        colours: colours.map_or_else(colours::Legend::default, |(_, found)| found.legend.clone()),
        known: Vec::new(),
        around: facts::Around::default(),
        closing: Vec::new(),
        preamble: Preamble::default(),
        draft: Draft::default(),
        account: account(workbook, choice),
        sayings: Sayings::default(),
    };
    let is_platform = choice.dialect.is_some();
    let steps = steps::begin_below(table, &choice.headings).filter(|_| !is_platform);
    let sheet = steps.and_then(|start| {
        let mut sheet = new();
        sheet.table(&below::only(table, 0, start), &choice.headings);
        sheet.steps_below(table, start).then_some(sheet)
    });
    let mut read = vec![choice.position];
    let sheet = sheet.unwrap_or_else(|| {
        let mut sheet = new();
        let cover = several::cover(workbook, choice.position);
        if let Some((position, cover)) = cover.filter(|_| !choice.further.is_empty()) {
            read.push(position);
            sheet.cover(position, cover);
        }
        for position in choice.further.iter().map(|further| further.position) {
            sheet.around.add(&workbook.tables[position]);
        }
        if !choice.further.is_empty() {
            sheet.around.add(table);
        }
        sheet.table(table, &choice.headings);
        for further in &choice.further {
            read.push(further.position);
            sheet.further(further);
        }
        sheet
    });
    let Sheet {
        mut draft,
        mut account,
        mut sayings,
        ..
    } = sheet;
    one_line_per_row(&mut account);
    let explaining = match colours {
        Some((at, found)) if at == choice.position => {
            account.left_out.push(LeftOut {
                place: found.range.clone(),
                text: found.words.clone(),
                reason: "a legend".to_owned(),
            });
            explaining
        }
        Some((at, _)) => explaining.or(Some(at)),
        None => explaining,
    };
    other_sheets(
        workbook,
        (&read, explaining),
        &mut draft,
        &mut account,
        &mut sayings,
        options,
    );
    let mut diagnostics = choice.diagnostics.clone();
    diagnostics.extend(sayings.into_diagnostics());
    diagnostics.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    Import {
        draft,
        account,
        diagnostics,
        plan: None,
        base: None,
        carries: None,
    }
}

/// Returns the account of a sheet before its rows are read.
fn account(workbook: &Workbook, choice: &Choice) -> Account {
    Account {
        sheet: workbook.tables[choice.position].name.clone(),
        dialect: choice.dialect.map(|found| found.dialect.name),
        bytes: workbook
            .guesses
            .iter()
            .map(|guess| {
                let how = if guess.is_certain { "" } else { " (guessed)" };
                (guess.what, format!("{}{how}", guess.taken_for))
            })
            .collect(),
        ..Account::default()
    }
}

/// Puts what became of the parts of each row into one line, in the order of the sheet.
fn one_line_per_row(account: &mut Account) {
    account.rows.sort_by_key(|row| row.number);
    account.rows.dedup_by(|next, row| {
        let is_same = next.number == row.number;
        if is_same && row.became.is_words(ABOVE) {
            row.became = std::mem::take(&mut next.became);
        } else if is_same && next.became != row.became {
            row.became = format!("{}; {}", row.became, next.became).into();
        }
        is_same
    });
}

/// A sheet while it is read.
struct Sheet<'w> {
    workbook: &'w Workbook,
    choice: &'w Choice,
    options: &'w ImportOptions,
    /// The position of the sheet that is being read.
    position: usize,
    /// What the cover says of the plan.
    cover: Option<Preamble>,
    /// What its letters and signs of statuses mean.
    legend: Legend,
    /// What its colours mean.
    colours: colours::Legend,
    /// What the columns of the last table hold that is not below another, by their headings.
    known: Vec<(String, super::layout::Place)>,
    /// What is left open in one of several tables, and shown by the others.
    around: facts::Around,
    /// The rows that sum up a block each.
    closing: Vec<usize>,
    preamble: Preamble,
    draft: Draft,
    account: Account,
    sayings: Sayings,
}

impl Sheet<'_> {
    /// Takes what a sheet in front of the others says of the plan.
    fn cover(&mut self, position: usize, cover: Preamble) {
        let name = &self.workbook.tables[position].name;
        self.sayings.say_at(&sayings::COVER, name, name);
        self.account.left_out.push(LeftOut {
            place: format!("sheet {name}"),
            text: String::new(),
            reason: "a cover, of which the title, the period, the team and the day were read"
                .to_owned(),
        });
        self.cover = Some(cover);
    }

    /// Reads the sheet of a further objective.
    fn further(&mut self, further: &OneOf) {
        let table = &self.workbook.tables[further.position];
        let first = &self.workbook.tables[self.choice.position].name;
        if self.account.further.is_empty() {
            self.sayings.say_at(&sayings::SHEETS, first, first);
        }
        self.sayings
            .say_at(&sayings::SHEETS, &table.name, &table.name);
        let (account, before) = (
            std::mem::take(&mut self.account),
            self.draft.objectives.len(),
        );
        self.position = further.position;
        self.sayings = std::mem::take(&mut self.sayings).of_sheet(&table.name);
        self.table(table, &further.headings);
        self.sayings = std::mem::take(&mut self.sayings).of_sheet("");
        for objective in &mut self.draft.objectives[before..] {
            for cell in objective.cells_mut() {
                cell.insert_str(0, &format!("{}!", table.name));
            }
        }
        let mut read = std::mem::replace(&mut self.account, account);
        one_line_per_row(&mut read);
        self.account.further.push(SheetRead {
            sheet: table.name.clone(),
            columns: read.columns,
            rows: read.rows,
        });
        let left_out = read.left_out.into_iter();
        self.account.left_out.extend(left_out.map(|left| LeftOut {
            place: format!("{}!{}", table.name, left.place),
            ..left
        }));
    }

    /// Returns whether the sheet that is being read is that of a further objective.
    fn is_further(&self) -> bool {
        self.position != self.choice.position
    }

    /// Reads a sheet, or what of it holds the plan.
    fn table(&mut self, table: &Table, headings: &Headings) {
        let is_platform = self.choice.dialect.is_some();
        let filled = if is_platform {
            None
        } else {
            below::without_dittos(table, headings.last + 1, &mut self.sayings)
        };
        let table = filled.as_ref().unwrap_or(table);
        let joined = if is_platform {
            None
        } else {
            bare_marks::with_words(table, headings)
        };
        let table = joined.as_ref().unwrap_or(table);
        let parts = beside::parts(table, headings, is_platform).into_iter();
        let parts: Vec<Part<'_>> = if is_platform {
            parts.collect()
        } else {
            parts.flat_map(below::parts).collect()
        };
        if parts.len() > 1 {
            self.around.add(table);
        }
        self.closing = if is_platform {
            Vec::new()
        } else {
            skip::closing(table, headings.last + 1)
        };
        for part in &parts {
            self.part(part);
        }
    }

    /// Reads the initiatives that stand below the plan; returns whether there are any.
    fn steps_below(&mut self, table: &Table, start: usize) -> bool {
        let (draft, account) = (&mut self.draft, &mut self.account);
        steps::read_below(
            table,
            start,
            draft,
            account,
            self.options,
            &mut self.sayings,
        )
    }

    /// Reads one of the tables that stand beside or below each other on the sheet.
    fn part(&mut self, part: &Part<'_>) {
        let is_further = part.place != Place::First;
        let (choice, options) = (self.choice, self.options);
        let (table, headings) = (&*part.table, &*part.headings);
        let profiles = profile::with_legend(table, headings, &self.legend);
        let mut discovered = discover::discover(
            table,
            headings,
            &profiles,
            choice.dialect,
            options.columns(),
        );
        if part.place == Place::Below || self.is_further() {
            discover::as_above(&mut discovered, headings, &profiles, &self.known);
        } else {
            self.known = known(headings, &discovered.layout);
        }
        if choice.dialect.is_none() {
            discovered
                .layout
                .statuses
                .extend(self.legend.iter().cloned());
        }
        let layout = &discovered.layout;
        let mut sayings = std::mem::take(&mut self.sayings);
        if part.place == Place::Below {
            self.preamble.objective = below::objective(part);
            sayings.say(&sayings::BELOW, headings.last, part.first, "");
            let rows = headings.first..=headings.last;
            self.account.rows.extend(rows.map(|row| RowRead {
                number: row + 1,
                became: "headings".into(),
            }));
        } else if is_further {
            let name = headings.columns[part.first].full();
            sayings.say(&sayings::BESIDE, headings.last, part.first, &name);
        } else {
            self.above(headings, layout, &mut sayings);
        }
        let mut facts = facts::of(table, headings, layout, options, self.around);
        let (period, year) = plan_period(table, &self.preamble, options);
        facts.set_period(period, year);
        facts.has_fractions = has_fractions(table, &discovered, &profiles);
        scales(&mut facts.scales, headings, layout, &profiles, &mut sayings);
        let told = colours::Statuses::of(table, layout, &profiles, &self.colours, &mut sayings);
        let mut reader = Reader::new(table, headings, layout, facts);
        reader.colours = told;
        reader.closing.clone_from(&self.closing);
        reader.sayings = sayings;
        reader.days = days(table, headings, layout, period, year);
        if let Some((column, day)) = day_of_current(&mut reader) {
            let (topic, words) = (&sayings::DAY_OF_CURRENT, headings.columns[column].full());
            let (row, read) = (headings.last, day.to_string());
            reader.sayings.say_as(topic, row, column, &words, &read);
            self.draft.as_of = Some(day);
        }
        say_columns(&mut reader, &profiles);
        say_inferred(&mut reader, &discovered);
        if !is_further {
            self.draft.period = self.draft.period.or(period);
        }
        column_team(&mut reader, &mut self.draft);
        column_period(&mut reader, &mut self.draft);
        self.rows(&mut reader, period);
        period_of_days(&mut reader, &mut self.draft);
        columns_read(&reader, &discovered, &profiles, &mut self.account);
        left_out(&mut reader, &discovered, &profiles, &mut self.account);
        self.sayings = reader.sayings;
    }

    /// Reads what stands above the table, and counts the headings as read.
    fn above(&mut self, headings: &Headings, layout: &Layout, sayings: &mut Sayings) {
        let table = &self.workbook.tables[self.position];
        let below = preamble::Below {
            is_block: layout.tree == Tree::Blocks,
            is_one_of_several: !self.choice.further.is_empty(),
            has_marked: layout.tree == Tree::Blocks && has_marked(table, headings),
        };
        self.preamble = preamble::read(table, headings, below, sayings);
        if let Some(cover) = &self.cover {
            self.preamble.complete(cover);
        }
        let read = |row: usize, became: &'static str| RowRead {
            number: row + 1,
            became: became.into(),
        };
        let above = self.preamble.rows.iter();
        let rows = above
            .map(|row| read(*row, ABOVE))
            .chain((headings.first..=headings.last).map(|row| read(row, "headings")));
        self.account.rows.extend(rows);
        let (preamble, draft) = (&self.preamble, &mut self.draft);
        if self.position == self.choice.position {
            say_bytes(self.workbook, sayings);
            draft.title.clone_from(&preamble.title);
        }
        draft.team = draft.team.take().or_else(|| preamble.team.clone());
        if draft.as_of.is_none() {
            draft.as_of = preamble.as_of;
            draft.as_of_line.clone_from(&preamble.as_of_line);
        }
        draft.notes.extend(preamble.notes.iter().cloned());
    }

    /// Reads the rows of a table.
    fn rows(&mut self, reader: &mut Reader<'_>, period: Option<Period>) {
        let layout = reader.layout;
        let maker = Maker {
            lexicon: &self.options.lexicon,
            period,
            has_measures: layout.columns.iter().any(|(_, place)| {
                matches!(
                    place.field,
                    Field::Start | Field::Target | Field::StartAndTarget
                )
            }),
        };
        let (draft, account) = (&mut self.draft, &mut self.account);
        let before = draft.objectives.len();
        match layout.tree {
            Tree::Columns | Tree::Groups | Tree::Blocks => {
                let first = self.preamble.objective.take();
                columns::read(reader, &maker, first, draft, account);
            }
            Tree::Checklists => checklists::read(reader, &maker, draft, account),
            Tree::Types | Tree::Dotted | Tree::Parents | Tree::Indents | Tree::Levels => {
                // Rows name their objectives themselves, so that what stands above them is of the plan.
                if let Some(named) = self.preamble.objective.take() {
                    draft.notes.push(named.words);
                    let labels = named.labels.into_iter();
                    let lines = labels.map(|row| line_of_row(reader.table, row));
                    draft.notes.extend(lines);
                }
                let plan = list::read(reader, &maker, draft, account);
                if let Some(title) = plan {
                    let (days, is_stated) = (reader.plan_days, layout.is_stated);
                    let period = || period::of_plan_row(days, &title, is_stated);
                    draft.period = draft.period.or_else(period);
                    draft.title = draft.title.take().or(Some(title));
                }
            }
        }
        if let Some(found) = self.choice.dialect {
            found.unfold(draft);
        }
        say_objectives(reader, &draft.objectives[before..]);
    }
}

/// Returns what columns hold, by headings that stand over one of them alone.
fn known(headings: &Headings, layout: &Layout) -> Vec<(String, super::layout::Place)> {
    let normals: Vec<String> = headings.columns.iter().map(Heading::normal).collect();
    let is_once = |words: &String| normals.iter().filter(|other| *other == words).count() == 1;
    let columns = layout.columns.iter();
    columns
        .filter_map(|(column, place)| {
            let words = normals.get(*column).filter(|words| !words.is_empty())?;
            is_once(words).then(|| (words.clone(), *place))
        })
        .collect()
}

/// Returns whether numbers with the unit `%` and no sign of their own are parts of one.
fn has_fractions(table: &Table, discovered: &Discovered, profiles: &[Profile]) -> bool {
    let layout = &discovered.layout;
    let unit = layout
        .columns
        .iter()
        .find(|(_, place)| place.field == Field::Unit)
        .map(|(column, _)| *column);
    let Some(unit) = unit.filter(|column| profiles.get(*column).is_some()) else {
        return false;
    };
    let columns: Vec<usize> = layout
        .columns
        .iter()
        .filter(|(_, place)| matches!(place.field, Field::Start | Field::Target | Field::Current))
        .map(|(column, _)| *column)
        .collect();
    let first = layout.headings.map_or(0, |(_, last)| last + 1);
    let mut seen = 0;
    for row in first..table.rows.len() {
        let is_percent =
            matches!(&table.cell(row, unit).value, Value::Text(words) if words.trim() == "%");
        if !is_percent {
            continue;
        }
        for column in &columns {
            let cell = table.cell(row, *column);
            let Some(number) =
                super::values::number::of_cell(cell, super::values::number::Decimals::default())
            else {
                continue;
            };
            if number.unit.is_some() {
                continue;
            }
            if number.value > rust_decimal::Decimal::ONE
                || number.value < rust_decimal::Decimal::ZERO
            {
                return false;
            }
            seen += 1;
        }
    }
    seen >= 3
}

/// Decides the scale of each column of confidences.
fn scales(
    scales: &mut [Option<Scale>],
    headings: &Headings,
    layout: &super::layout::Layout,
    profiles: &[Profile],
    sayings: &mut Sayings,
) {
    for (column, place) in &layout.columns {
        if place.field != Field::Confidence {
            continue;
        }
        let heading = headings
            .columns
            .get(*column)
            .map(|heading| heading.full())
            .unwrap_or_default();
        let profile = profiles.get(*column);
        let is_empty = profile.is_none_or(|profile| profile.filled == 0);
        let greatest = profile.and_then(|profile| profile.greatest);
        let scale = Scale::of_heading(&heading).or_else(|| greatest.map(Scale::of_greatest));
        if Scale::of_heading(&heading).is_none()
            && !is_empty
            && greatest.is_some_and(|greatest| {
                greatest <= rust_decimal::Decimal::from(5) && greatest > rust_decimal::Decimal::ONE
            })
        {
            sayings.say(&sayings::CONFIDENCE_SCALE, headings.last, *column, &heading);
        }
        if let Some(slot) = scales.get_mut(*column) {
            *slot = scale;
        }
    }
}

/// Returns the cells of a row as one line.
fn line_of_row(table: &Table, row: usize) -> String {
    let cells: Vec<String> = table.rows[row].iter().filter_map(text::line_of).collect();
    cells.join(" ")
}

/// Returns whether lines below the headings are marked as objectives.
fn has_marked(table: &Table, headings: &Headings) -> bool {
    table.rows.iter().skip(headings.last + 1).any(|row| {
        let first = row.iter().find(|cell| !cell.is_blank());
        let line = first.and_then(text::line_of);
        line.is_some_and(|line| text::unmark(&line).kind == Some(Kind::Objective))
    })
}
