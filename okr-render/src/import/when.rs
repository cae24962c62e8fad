//! The time that a plan is for, and the days of columns.

use std::cell::Cell;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_core::model::{FiscalYear, Period};

use super::headings::{self, Headings};
use super::layout::Field;
use super::preamble::{self, Preamble};
use super::reader::Reader;
use super::values::{date, period, text};
use super::{Draft, ImportOptions, sayings, words};
use crate::table::{Table, Value, address};

/// Returns the period that stands above the table or in the name of the sheet, and the year.
pub(super) fn plan_period(
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
        let year = preamble.year.or(preamble.as_of.map(Date::year));
        return (period, year);
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

/// Returns the day of each column that holds the values of one time.
pub(super) fn days(
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
            let named = if heading.is_timed_by_group() {
                &heading.group
            } else {
                &heading.words
            };
            let day = headings::without_week(named);
            let normal = headings::time_in(&words::normal(day))
                .map_or_else(|| words::normal(day), |(time, _)| time);
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
            let inside = headings::day_in(day).map(|(day, _)| day);
            [Some(day), Some(&*normal), inside.as_deref()]
                .into_iter()
                .flatten()
                .find_map(|words| match date::read(words, &context) {
                    date::Said::Day(day, _) => Some(day),
                    _ => None,
                })
        });
    }
    days
}

/// Returns the column of current values with the day that its heading names, such as `Stand 31.03.`; nothing where there
/// are several such columns, or where it names a month or quarter.
///
/// Where neither the heading nor the plan names a year, it is that in which all key results are due.
pub(super) fn day_of_current(reader: &mut Reader<'_>) -> Option<(usize, Date)> {
    let columns = &reader.layout.columns;
    let mut currents = columns
        .iter()
        .filter(|(_, place)| place.field == Field::Current);
    let (Some((column, _)), None) = (currents.next(), currents.next()) else {
        return None;
    };
    let heading = reader.headings.columns.get(*column)?;
    if let Some(day) = heading.day {
        return Some((*column, day));
    }
    let context = reader.facts.dates.get(*column).copied()?;
    let words: Vec<&str> = heading
        .words
        .split(|c: char| c.is_whitespace() || "()[]".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    let lacks_year = Cell::new(false);
    // The longest run of words that is a day: `as of 31 March 2026`.
    let find = |context: &date::Context| {
        (1..=words.len().min(4)).rev().find_map(|length| {
            words.windows(length).find_map(|run| {
                let run = run.join(" ");
                let has_digit = run.contains(|c: char| c.is_ascii_digit());
                let said = date::read(run.trim_end_matches([':', ',']), context);
                match said {
                    date::Said::Day(_, date::How::LastDay) => None,
                    date::Said::Day(day, _) if has_digit => Some((*column, day)),
                    date::Said::NoYear => {
                        lacks_year.set(true);
                        None
                    }
                    _ => None,
                }
            })
        })
    };
    if let Some(found) = find(&context) {
        return Some(found);
    }
    if !lacks_year.get() {
        return None;
    }
    let due = reader.column(Field::Due)?;
    let year = Some(reader.year_of(due)?);
    find(&date::Context { year, ..context })
}

/// Takes the period from a column of periods; before the rows are read, so that they keep what is said of it where
/// they differ.
pub(super) fn column_period(reader: &mut Reader<'_>, draft: &mut Draft) {
    let rows = reader.headings.last + 1..reader.table.rows.len();
    if let Some(column) = reader
        .column(Field::Period)
        .filter(|_| draft.period.is_none())
    {
        let mut found: Option<Period> = None;
        let mut is_one = true;
        let mut missing = None;
        let (mut named, mut unnamed) = (0_usize, 0_usize);
        let mut words: Option<String> = None;
        let mut is_alike = true;
        for row in rows {
            if reader.table.is_blank_row(row) {
                continue;
            }
            let Some(line) = text::line_of(reader.table.cell(row, column)) else {
                missing = missing.or(Some(row));
                unnamed += 1;
                continue;
            };
            named += 1;
            is_alike &= words.as_ref().is_none_or(|words| *words == line);
            words.get_or_insert_with(|| line.clone());
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
        if let Some(words) =
            words.filter(|words| is_alike && found.is_none() && !text::is_no_value(words))
        {
            let name = reader.headings.columns.get(column).map(|it| it.full());
            draft
                .notes
                .push(format!("{}: {words}", name.unwrap_or_default()));
            reader.period_words = Some(words);
        }
        if is_one && found.is_some() {
            draft.period = found;
            // Where few rows name it, it stands there for all of them.
            if let Some(row) = missing.filter(|_| named > unnamed) {
                reader.sayings.say(&sayings::NO_PERIOD, row, column, "");
            }
        }
    }
    reader.period = draft.period;
}

/// Takes the period from the first and last days of all rows where nothing else tells it.
pub(super) fn period_of_days(reader: &mut Reader<'_>, draft: &mut Draft) {
    if draft.period.is_some() {
        return;
    }
    let headings = reader.headings;
    let rows = headings.last + 1..reader.table.rows.len();
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
    let objectives = draft.objectives.iter();
    let objectives: Vec<_> = objectives
        .filter(|_| reader.layout.is_stated)
        .map(|objective| (objective.start_date, objective.due))
        .collect();
    if let Some(period) = period::of_rows(&objectives, (first, last)) {
        draft.period = Some(period);
        let message = format!(
            "the period {} was taken from the start dates and the due dates",
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

/// Takes the team from a column in which all rows name the same one.
pub(super) fn column_team(reader: &mut Reader<'_>, draft: &mut Draft) {
    let Some(column) = reader.column(Field::Team) else {
        return;
    };
    let (mut team, mut named, mut unnamed) = (None, 0_usize, 0_usize);
    for row in reader.headings.last + 1..reader.table.rows.len() {
        if headings::is_repeated(reader.table, row, reader.headings) {
            continue;
        }
        let line = text::line_of(reader.table.cell(row, column));
        match line.filter(|line| !text::is_no_value(line)) {
            Some(line) if team.as_ref().is_none_or(|team| *team == line) => {
                named += 1;
                team = Some(line);
            }
            Some(_) => return,
            // A cell that is merged with the one above says the same.
            None if reader.range(row, column).is_some() => {}
            None => unnamed += usize::from(!reader.table.is_blank_row(row)),
        }
    }
    let is_same = draft.team.is_none() || draft.team == team;
    if named > unnamed && is_same {
        draft.team = team;
        reader.team = Some(column);
    }
}

/// Reads a period as a cell has it; `Q3 Y2026` is one way of a platform.
pub(crate) fn read_period(line: &str) -> period::Said {
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
