//! Reads the chosen sheet of a workbook.

use super::choose::Choice;
use super::discover::{self, Discovered};
use super::elements::Maker;
use super::headings::Headings;
use super::layout::{Field, Tree};
use super::preamble;
use super::profile::{self, Profile};
use super::reader::Reader;
use super::sayings::{self, Sayings};
use super::telling::{
    columns_read, left_out, other_sheets, say_bytes, say_columns, say_objectives,
};
use super::values::confidence::Scale;
use super::values::period;
use super::when::{column_period, days, plan_period};
use super::{
    Account, Draft, Import, ImportOptions, RowRead, checklists, columns, facts, legend, list,
};
use crate::table::{Table, Value, Workbook};

/// Reads the sheet, and the logs of check-ins beside it.
#[expect(clippy::too_many_lines, reason = "the steps follow one another")]
pub(crate) fn read(workbook: &Workbook, choice: &Choice, options: &ImportOptions) -> Import {
    let table = &workbook.tables[choice.position];
    let headings = &choice.headings;
    let profiles = profile::of(table, headings);
    let mut discovered = discover::discover(
        table,
        headings,
        &profiles,
        choice.dialect,
        options.columns(),
    );
    if choice.dialect.is_none() {
        discovered.layout.statuses = legend::of(table);
    }
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
        base: None,
        carries: None,
    }
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
