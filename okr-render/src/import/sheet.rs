//! Reads the chosen sheet of a workbook.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_core::model::{FiscalYear, Period};

use super::choose::Choice;
use super::discover::{self, Discovered};
use super::elements::Maker;
use super::headings::Headings;
use super::layout::{Field, Tree};
use super::preamble::{self, Preamble};
use super::profile::{self, Profile};
use super::reader::Reader;
use super::sayings::{self, Sayings};
use super::values::confidence::Scale;
use super::values::{date, period, text};
use super::{
    Account, Certainty, ColumnRead, Draft, Import, ImportOptions, LeftOut, RowRead, checklists,
    columns, facts, list, log, words,
};
use crate::table::{Table, Value, Visibility, Workbook, address, column_name};

/// Reads the sheet, and the logs of check-ins beside it.
pub(crate) fn read(workbook: &Workbook, choice: &Choice, options: &ImportOptions) -> Import {
    let table = &workbook.tables[choice.position];
    let headings = &choice.headings;
    let profiles = profile::of(table, headings);
    let discovered = discover::discover(
        table,
        headings,
        &profiles,
        choice.dialect,
        options.columns(),
    );
    let layout = &discovered.layout;
    let mut sayings = Sayings::default();
    let preamble = preamble::read(table, headings, layout.tree == Tree::Blocks, &mut sayings);
    let mut account = Account {
        sheet: table.name.clone(),
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
    };
    say_bytes(workbook, &mut sayings);
    let mut facts = facts::of(table, headings, layout, options);
    let (period, year) = plan_period(table, &preamble, options);
    facts.set_period(period, year);
    facts.has_fractions = has_fractions(table, &discovered, &profiles);
    scales(&mut facts.scales, headings, layout, &profiles, &mut sayings);
    let mut reader = Reader::new(table, headings, layout, facts);
    reader.sayings = sayings;
    reader.days = days(table, headings, layout, period, year);
    say_columns(&mut reader, &profiles);
    for row in &preamble.rows {
        account.rows.push(RowRead {
            number: row + 1,
            became: "above the table".to_owned(),
        });
    }
    for row in headings.first..=headings.last {
        account.rows.push(RowRead {
            number: row + 1,
            became: "headings".to_owned(),
        });
    }
    let mut draft = Draft {
        title: preamble.title.clone(),
        period,
        team: preamble.team.clone(),
        as_of: preamble.as_of,
        notes: preamble.notes.clone(),
        ..Draft::default()
    };
    let maker = Maker {
        lexicon: &options.lexicon,
        period,
        has_measures: layout.columns.iter().any(|(_, place)| {
            matches!(
                place.field,
                Field::Start | Field::Target | Field::StartAndTarget
            )
        }),
    };
    match layout.tree {
        Tree::Columns | Tree::Groups | Tree::Blocks => columns::read(
            &mut reader,
            &maker,
            preamble.objective.clone(),
            &mut draft,
            &mut account,
        ),
        Tree::Checklists => checklists::read(&mut reader, &maker, &mut draft, &mut account),
        Tree::Types | Tree::Dotted | Tree::Parents | Tree::Indents | Tree::Levels => {
            let plan = list::read(&mut reader, &maker, &mut draft, &mut account);
            if let Some(title) = plan {
                let said = period::read(&title);
                draft.period = draft.period.or(said.period).or(said.weak);
                draft.title = draft.title.or(Some(title));
            }
        }
    }
    if let Some(found) = choice.dialect {
        found.unfold(&mut draft);
    }
    column_period(&mut reader, &mut draft);
    say_objectives(&mut reader, &draft);
    columns_read(&reader, &discovered, &profiles, &mut account);
    left_out(&mut reader, &profiles, &mut account);
    let mut sayings = std::mem::take(&mut reader.sayings);
    other_sheets(
        workbook,
        choice.position,
        &mut draft,
        &mut account,
        &mut sayings,
    );
    let mut diagnostics = choice.diagnostics.clone();
    diagnostics.extend(sayings.into_diagnostics());
    diagnostics.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    Import {
        draft,
        account,
        diagnostics,
        plan: None,
    }
}

/// Tells what was guessed about the bytes.
fn say_bytes(workbook: &Workbook, sayings: &mut Sayings) {
    // A wrong delimiter shows at once; a wrong encoding hides in a few letters.
    let guesses = workbook.guesses.iter();
    for guess in guesses.filter(|guess| !guess.is_certain && guess.what == "encoding") {
        let message = format!("the {} was guessed: {}", guess.what, guess.taken_for);
        sayings.push(
            Diagnostic::new("guessed-bytes", Severity::Info, Location::Whole, message)
                .with_help("look whether letters with accents are right"),
        );
    }
    for part in &workbook.untouched {
        let message = format!("not read: {part}");
        sayings.push(Diagnostic::new(
            "left-out",
            Severity::Info,
            Location::Whole,
            message,
        ));
    }
}

/// Returns the period that stands above the table or in the name of the sheet, and the year.
fn plan_period(
    table: &Table,
    preamble: &Preamble,
    options: &ImportOptions,
) -> (Option<Period>, Option<i16>) {
    if preamble.is_fiscal {
        let known = options.fiscal_year != FiscalYear::default();
        let period = preamble
            .fiscal
            .as_deref()
            .filter(|_| known)
            .and_then(|text| Period::parse(text, options.fiscal_year).ok());
        return (period, preamble.year);
    }
    let of_name = preamble::of_sheet_name(&table.name);
    let period = preamble
        .period
        .or(of_name.period.filter(|_| !of_name.is_fiscal));
    let year = preamble
        .year
        .or(of_name.year)
        .or(period.map(|period| period.start().year()))
        .or(preamble.as_of.map(Date::year));
    (period, year)
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
        if table.cell(row, unit).to_text().trim() != "%" {
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
        sayings.say(&sayings::CONFIDENCE, headings.last, *column, &heading);
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

/// Returns the day of each column that holds the values of one time.
fn days(
    table: &Table,
    headings: &Headings,
    layout: &super::layout::Layout,
    period: Option<Period>,
    year: Option<i16>,
) -> Vec<Option<Date>> {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut days = vec![None; width];
    let context = date::Context {
        order: None,
        period,
        year,
    };
    for (column, place) in &layout.columns {
        if place.field != Field::Value || *column >= width {
            continue;
        }
        let Some(heading) = headings.columns.get(*column) else {
            continue;
        };
        days[*column] = heading.day.or_else(|| {
            let normal = words::normal(&heading.words);
            let tokens: Vec<&str> = normal.split(' ').collect();
            if let Some((week, length)) = date::week_at(&tokens, 0) {
                // Small numbers in a quarter may count from its first week, large ones from the year's.
                let year = tokens[length..]
                    .iter()
                    .find_map(|token| period::year(token))
                    .or(year)
                    .or(period.map(|period| period.start().year()))?;
                let day = ISOWeekDate::new(year, week, Weekday::Friday).ok()?.date();
                return match period {
                    Some(period) if !period.contains(day) => {
                        period.week_end(i32::from(week)).or(Some(day))
                    }
                    _ => Some(day),
                };
            }
            match date::read(&heading.words, &context) {
                date::Said::Day(day, _) => Some(day),
                _ => None,
            }
        });
    }
    days
}

/// Tells what is peculiar about columns.
fn say_columns(reader: &mut Reader<'_>, profiles: &[Profile]) {
    let headings = reader.headings;
    let mut weeks = Vec::new();
    for (column, place) in &reader.layout.columns {
        if place.field == Field::Value {
            weeks.push((*column, headings.columns[*column].words.clone()));
        }
        let is_dotted = profiles
            .get(*column)
            .is_some_and(|profile| profile.dotted > 0);
        if place.field == Field::Reference && is_dotted {
            // Numbers whose last zero counts: 1.10 stands beside 1.1.
            let ten =
                (headings.last + 1..reader.table.rows.len().min(headings.last + 500)).find(|row| {
                    reader
                        .table
                        .cell(*row, *column)
                        .to_text()
                        .trim_end()
                        .ends_with(".10")
                });
            if let Some(row) = ten {
                let shown = reader.table.cell(row, *column).to_text();
                reader.sayings.say(&sayings::DOTTED, row, *column, &shown);
            }
        }
    }
    if let [(first, one), .., (_, other)] = &weeks[..] {
        let told = format!("{one} to {other}");
        reader
            .sayings
            .say(&sayings::WEEKS, headings.last, *first, &told);
    }
    for column in &reader.table.hidden_columns {
        if profiles
            .get(*column)
            .is_some_and(|profile| profile.filled > 0)
        {
            let name = headings
                .columns
                .get(*column)
                .map(|heading| heading.full())
                .unwrap_or_default();
            reader
                .sayings
                .say(&sayings::HIDDEN_COLUMN, headings.last, *column, &name);
        }
    }
    for row in &reader.table.hidden_rows {
        if *row > headings.last && !reader.table.is_blank_row(*row) {
            reader.sayings.say(&sayings::HIDDEN_ROW, *row, 0, "");
        }
    }
    let mut seen: Vec<String> = Vec::new();
    for (column, heading) in headings.columns.iter().enumerate() {
        let normal = heading.normal();
        if normal.is_empty() || !heading.group.is_empty() {
            continue;
        }
        if seen.contains(&normal) {
            let words = heading.words.clone();
            reader
                .sayings
                .say(&sayings::SAME_HEADING, headings.last, column, &words);
        } else {
            seen.push(normal);
        }
    }
}

/// Takes the period from a column of periods, or from the first and last days of all rows.
fn column_period(reader: &mut Reader<'_>, draft: &mut Draft) {
    if draft.period.is_some() {
        return;
    }
    let headings = reader.headings;
    let rows = headings.last + 1..reader.table.rows.len();
    if let Some(column) = reader.column(Field::Period) {
        let mut found: Option<Period> = None;
        let mut is_one = true;
        let mut missing = None;
        for row in rows.clone() {
            if reader.table.is_blank_row(row) {
                continue;
            }
            let Some(line) = text::line_of(reader.table.cell(row, column)) else {
                missing = missing.or(Some(row));
                continue;
            };
            let said = read_period(&line);
            if said.is_fiscal {
                reader.sayings.say(&sayings::FISCAL, row, column, &line);
            }
            let Some(period) = said.period.or(said.weak) else {
                continue;
            };
            match found {
                None => found = Some(period),
                Some(known) if known != period => {
                    // A year around quarters does not contradict them.
                    is_one = false;
                    reader.sayings.say(&sayings::PERIODS, row, column, &line);
                }
                Some(_) => {}
            }
        }
        if is_one && found.is_some() {
            draft.period = found;
            if let Some(row) = missing {
                reader.sayings.say(&sayings::NO_PERIOD, row, column, "");
            }
            return;
        }
    }
    let (Some(start), Some(due)) = (reader.column(Field::StartDate), reader.column(Field::Due))
    else {
        return;
    };
    let (mut first, mut last): (Option<Date>, Option<Date>) = (None, None);
    for row in rows {
        if let Some(day) = plain_day(&reader.table.cell(row, start).value) {
            first = Some(first.map_or(day, |first| first.min(day)));
        }
        if let Some(day) = plain_day(&reader.table.cell(row, due).value) {
            last = Some(last.map_or(day, |last| last.max(day)));
        }
    }
    if let (Some(first), Some(last)) = (first, last)
        && let Some(period) = period::of_days(first, last)
        && period.kind().is_some()
    {
        draft.period = Some(period);
        let message = format!(
            "the period {} was taken from the first start date and the last due date",
            period.name()
        );
        reader.sayings.push(Diagnostic::new(
            "period-from-dates",
            Severity::Info,
            Location::Cell(address(start, headings.last)),
            message,
        ));
    }
}

/// Reads a period as a cell has it; `Q3 Y2026` is one way of a platform.
fn read_period(line: &str) -> period::Said {
    let spelt = line
        .split_whitespace()
        .map(|word| match word.strip_prefix(['Y', 'y']) {
            Some(year) if period::year(year).is_some() => year,
            _ => word,
        })
        .collect::<Vec<_>>()
        .join(" ");
    let mut said = period::read(&spelt);
    if said.period.is_none() && !said.is_fiscal {
        said.period = Period::parse(&spelt, FiscalYear::default()).ok();
    }
    said
}

fn plain_day(value: &Value) -> Option<Date> {
    match value {
        Value::Date(day) => Some(*day),
        Value::Text(text) => okr_core::model::parse_date(text.trim()),
        _ => None,
    }
}

/// Tells which objectives have no key result.
fn say_objectives(reader: &mut Reader<'_>, draft: &Draft) {
    for objective in &draft.objectives {
        if objective.key_results.is_empty() {
            reader
                .sayings
                .say_at(&sayings::NO_KEY_RESULT, &objective.cell, &objective.title);
        }
    }
}

/// Tells what each column was taken for.
fn columns_read(
    reader: &Reader<'_>,
    discovered: &Discovered,
    profiles: &[Profile],
    account: &mut Account,
) {
    let width = reader.headings.columns.len().max(profiles.len());
    for column in 0..width {
        let heading = reader
            .headings
            .columns
            .get(column)
            .map(|heading| heading.full())
            .unwrap_or_default();
        let is_empty = profiles
            .get(column)
            .is_none_or(|profile| profile.filled == 0);
        if heading.is_empty() && is_empty {
            continue;
        }
        let place = reader.places.get(column).copied().flatten().or_else(|| {
            discovered
                .layout
                .columns
                .iter()
                .find(|(known, _)| *known == column)
                .map(|(_, place)| *place)
        });
        let (certainty, reason) = discovered
            .reasons
            .get(column)
            .cloned()
            .unwrap_or((Certainty::Guessed, String::new()));
        account.columns.push(ColumnRead {
            letters: column_name(column),
            heading,
            field: place.map(|place| place.field.name()),
            certainty,
            reason,
        });
    }
}

/// Tells of columns that were not read.
fn left_out(reader: &mut Reader<'_>, profiles: &[Profile], account: &mut Account) {
    for (column, place) in &reader.layout.columns {
        let is_empty = profiles
            .get(*column)
            .is_none_or(|profile| profile.filled == 0);
        let reason = match place.field {
            Field::Progress => "worked out anew from start, target and current value",
            Field::Ignored => "only the other program needs it, or another column says it",
            _ => continue,
        };
        if is_empty {
            continue;
        }
        let name = reader
            .headings
            .columns
            .get(*column)
            .map(|heading| heading.full())
            .unwrap_or_default();
        if place.field == Field::Progress {
            reader
                .sayings
                .say(&sayings::PROGRESS, reader.headings.last, *column, &name);
        }
        account.left_out.push(LeftOut {
            place: format!("column {}", column_name(*column)),
            text: name,
            reason: reason.to_owned(),
        });
    }
}

/// Reads logs on other sheets, and tells of those that were not read.
fn other_sheets(
    workbook: &Workbook,
    chosen: usize,
    draft: &mut Draft,
    account: &mut Account,
    sayings: &mut Sayings,
) {
    for (position, table) in workbook.tables.iter().enumerate() {
        if position == chosen {
            continue;
        }
        if table.visibility == Visibility::Visible
            && let Some((headings, layout)) = log::find(table)
            && log::read(table, &headings, &layout, draft, sayings) > 0
        {
            sayings.say_at(&sayings::LOG, &table.name, &table.name);
            account.left_out.push(LeftOut {
                place: format!("sheet {}", table.name),
                text: String::new(),
                reason: "no plan, but a log of check-ins, which were read".to_owned(),
            });
            continue;
        }
        let (kind, reason) = match table.visibility {
            Visibility::Visible => ("sheet", "another sheet looks more like the plan"),
            Visibility::Hidden | Visibility::VeryHidden => ("hidden sheet", "it is hidden"),
        };
        let message = format!("the {kind} `{}` was not read: {reason}", table.name);
        sayings.push(
            Diagnostic::new("sheet-left-out", Severity::Info, Location::Whole, message)
                .with_help(format!("say --sheet \"{}\" to read it", table.name)),
        );
        account.left_out.push(LeftOut {
            place: format!("sheet {}", table.name),
            text: String::new(),
            reason: reason.to_owned(),
        });
    }
}
