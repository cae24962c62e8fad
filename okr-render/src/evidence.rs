//! One number from a file of tables: a cell, or what rows come to.
//!
//! Bytes go in, and a value with its day comes out. A cell that counts and cannot be read is an error that names it,
//! as a sum that leaves it out would be another number. Formulas are never computed: what a workbook saved of them
//! counts, and in a file of text they are words.

use jiff::civil::Date;
use okr_core::model::{Bound, Quantity, Unit, parse_date};
use okr_core::source::{CellAt, Comparison, Condition, Dated, How, Take};
use rust_decimal::Decimal;

use crate::error::{Error, ErrorKind};
use crate::import::values::number;
use crate::import::words::normal;
use crate::import::{DateOrder, Decimals};
use crate::ledger::cells::{self, Facts, short};
use crate::ledger::rows::Raw;
use crate::sheets::{self, SheetOptions};
use crate::table::{Cell, Formula, Table, Value, Visibility, address};

/// In how many rows the headings are looked for.
const MOST_ROWS: usize = 30;

/// A number that was found, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The number; its unit is what the cells show, if they show one.
    pub value: Quantity,
    /// Its day, where the source says where that stands and it does stand there.
    pub date: Option<Date>,
    /// A phrase of how it was found: `sum of Amount, 12 rows`.
    pub note: String,
}

/// The day for which a number is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// The day, which conditions call today.
    pub day: Date,
    /// Whether it is a day of the past, after which more rows came than there were then: they are left out where a
    /// column says their days.
    pub is_past: bool,
}

/// Reads a number from a file of tables, as of a day.
///
/// # Errors
///
/// The file cannot be read, has no such sheet, column or cell, a cell that counts is not what it must be, or there is
/// no row of that day or before.
pub fn evidence(
    bytes: &[u8],
    sheet: Option<&str>,
    take: &Take,
    dated: Option<&Dated>,
    as_of: AsOf,
) -> Result<Found, Error> {
    let options = SheetOptions {
        sheet: sheet.map(str::to_owned),
        ..SheetOptions::default()
    };
    let workbook = sheets::read(bytes, &options)?;
    let table = workbook
        .tables
        .into_iter()
        .find(|table| {
            let is_wanted = sheet.is_some() || table.visibility == Visibility::Visible;
            is_wanted && !table.rows.is_empty()
        })
        .ok_or_else(|| refusal("there is nothing in it".to_owned()))?;
    match take {
        Take::Cell(at) => of_cell(&table, *at, dated),
        Take::Count(_) => of_rows(&table, take, None, dated, as_of),
        Take::Column(how, column, _) => {
            of_rows(&table, take, Some((*how, column.as_str())), dated, as_of)
        }
    }
}

fn refusal(message: String) -> Error {
    ErrorKind::Unreadable(message).into()
}

fn of_cell(table: &Table, at: CellAt, dated: Option<&Dated>) -> Result<Found, Error> {
    let place = address(at.column, at.row);
    let value = quantity(table.cell(at.row, at.column), Facts::default(), &place)?
        .ok_or_else(|| refusal(format!("cell {place} is empty")))?;
    Ok(Found {
        value,
        date: day_of_cell(table, dated)?,
        note: format!("cell {place}"),
    })
}

fn day_of_cell(table: &Table, dated: Option<&Dated>) -> Result<Option<Date>, Error> {
    let Some(Dated::Cell(at)) = dated else {
        return Ok(None);
    };
    let cell = table.cell(at.row, at.column);
    let place = address(at.column, at.row);
    let day = cells::day(Raw::Cell(cell), Facts::default())
        .map_err(|message| refusal(format!("cell {place}: {message}")))?;
    day.map(Some)
        .ok_or_else(|| refusal(format!("cell {place} is empty, and was to have the day")))
}

/// Reads the number in a cell; nothing where the cell is empty.
fn quantity(cell: &Cell, facts: Facts, place: &str) -> Result<Option<Quantity>, Error> {
    if cell.formula == Formula::Unsaved {
        let message = format!(
            "cell {place} has a formula without a saved result; open the file in a spreadsheet program and save it"
        );
        return Err(refusal(message));
    }
    if cell.is_blank() {
        return Ok(None);
    }
    let text = cell.to_text();
    let wrong = || {
        refusal(format!(
            "cell {place}: `{}` is no number",
            short(text.trim())
        ))
    };
    let is_words = matches!(cell.value, Value::Text(_));
    if is_words && facts.decimals.is_none() && number::is_ambiguous(&text) {
        let (large, small) = both_ways(&text);
        let message = format!(
            "cell {place}: `{}` can be a thousand or more, or have three decimals; write {large} or {small}",
            short(text.trim())
        );
        return Err(refusal(message));
    }
    let read = number::of_cell(cell, facts.decimals.unwrap_or(Decimals::Dot)).ok_or_else(wrong)?;
    if read.bound != Bound::Reach || read.is_approximate {
        return Err(wrong());
    }
    Ok(Some(read.quantity(read.unit.as_deref())))
}

/// Returns a number with one sign before its last three digits as both that it can be.
fn both_ways(text: &str) -> (String, String) {
    let is_digit = |c: &char| c.is_ascii_digit();
    let whole: String = text.chars().filter(is_digit).collect();
    let (before, after) = whole.split_at(whole.len().saturating_sub(3));
    let small = format!("{before}.{after}");
    let small = small.trim_end_matches('0').trim_end_matches('.').to_owned();
    (whole, small)
}

/// The columns of a table, by their headings.
struct Header<'t> {
    table: &'t Table,
    row: usize,
}

impl<'t> Header<'t> {
    /// Finds the first row that has all headings that are asked for.
    fn find(table: &'t Table, wanted: &[&str]) -> Result<Self, Error> {
        let rows = table.rows.len().min(MOST_ROWS);
        let found = (0..rows).map(|row| Self { table, row }).find(|header| {
            !table.is_blank_row(header.row)
                && wanted.iter().all(|name| header.column(name).is_some())
        });
        found.ok_or_else(|| {
            let first = (0..rows).find(|row| !table.is_blank_row(*row)).unwrap_or(0);
            let names: Vec<String> = table.rows.get(first).map_or_else(Vec::new, |cells| {
                let named = cells.iter().filter(|cell| !cell.is_blank());
                named
                    .map(|cell| format!("`{}`", short(cell.to_text().trim())))
                    .collect()
            });
            let wanted: Vec<String> = wanted.iter().map(|name| format!("`{name}`")).collect();
            refusal(format!(
                "no row of headings has {}; the first row has {}",
                wanted.join(" and "),
                names.join(", ")
            ))
        })
    }

    fn column(&self, name: &str) -> Option<usize> {
        let cells = self.table.rows.get(self.row)?;
        let same = |cell: &Cell| cell.to_text().trim() == name;
        let alike = |cell: &Cell| !cell.is_blank() && normal(&cell.to_text()) == normal(name);
        cells
            .iter()
            .position(same)
            .or_else(|| cells.iter().position(alike))
    }
}

fn of_rows(
    table: &Table,
    take: &Take,
    of: Option<(How, &str)>,
    dated: Option<&Dated>,
    as_of: AsOf,
) -> Result<Found, Error> {
    let mut wanted: Vec<&str> = take
        .conditions()
        .iter()
        .map(|one| one.column.as_str())
        .collect();
    wanted.extend(of.map(|(_, column)| column));
    if let Some(Dated::Column(column)) = dated {
        wanted.push(column);
    }
    let header = Header::find(table, &wanted)?;
    let at = |name: &str| header.column(name).unwrap_or_default();
    let facts = facts(
        table,
        header.row,
        &wanted.iter().map(|name| at(name)).collect::<Vec<_>>(),
    );
    let conditions: Vec<(usize, Test<'_>)> = take
        .conditions()
        .iter()
        .map(|one| (at(&one.column), Test::new(one, as_of.day)))
        .collect();
    let day_at = match dated {
        Some(Dated::Column(column)) => Some(at(column)),
        _ => None,
    };
    let value_at = of.map(|(_, column)| at(column));
    let (mut values, mut rows, mut latest) = (Vec::new(), 0_u64, None);
    let mut last: Option<(Option<Date>, Quantity)> = None;
    let mut later = None;
    for row in header.row + 1..table.rows.len() {
        if table.is_blank_row(row) {
            continue;
        }
        let mut is_met = true;
        for (column, test) in &conditions {
            let cell = table.cell(row, *column);
            is_met &= test
                .holds(cell, facts)
                .map_err(|message| refusal(format!("cell {}: {message}", address(*column, row))))?;
        }
        if !is_met {
            continue;
        }
        let day = match day_at {
            Some(column) => cells::day(Raw::Cell(table.cell(row, column)), facts)
                .map_err(|message| refusal(format!("cell {}: {message}", address(column, row))))?,
            None => None,
        };
        if let Some(day) = day.filter(|day| as_of.is_past && *day > as_of.day) {
            later = Some(later.map_or(day, |first: Date| first.min(day)));
            continue;
        }
        rows += 1;
        latest = latest.max(day);
        if let Some(column) = value_at
            && let Some(value) = quantity(table.cell(row, column), facts, &address(column, row))?
        {
            if last.as_ref().is_none_or(|(other, _)| day >= *other) {
                last = Some((day, value.clone()));
            }
            values.push(value);
        }
    }
    if let Some(later) = later.filter(|_| latest.is_none()) {
        // What began later says nothing of the day, not even that there was nothing.
        let message = format!(
            "no row is of {} or before; the first is of {later}",
            as_of.day
        );
        return Err(refusal(message));
    }
    let counted = |count: u64| format!("{count} row{}", if count == 1 { "" } else { "s" });
    let date = latest.or(day_of_cell(table, dated)?);
    let Some((how, column)) = of else {
        return Ok(Found {
            value: Quantity::new(rows.into(), Unit::None),
            date,
            note: format!("count of {}", counted(rows)),
        });
    };
    let empty = rows - values.len() as u64;
    let note = match empty {
        0 => counted(values.len() as u64),
        empty => format!(
            "{}, {empty} more without {column}",
            counted(values.len() as u64)
        ),
    };
    if how == How::Last {
        let (day, value) = last.ok_or_else(|| refusal(format!("no row has a {column}")))?;
        return Ok(Found {
            value,
            date: day.or(date),
            note: format!("last of {column}, {note}"),
        });
    }
    Ok(Found {
        value: together(how, &values, column)?,
        date,
        note: format!("{} of {column}, {note}", word(how)),
    })
}

const fn word(how: How) -> &'static str {
    match how {
        How::Sum => "sum",
        How::Average => "average",
        How::Median => "median",
        How::Last => "last",
    }
}

/// Returns what values come to, in their common unit.
fn together(how: How, values: &[Quantity], column: &str) -> Result<Quantity, Error> {
    let unit = values
        .first()
        .map_or(Unit::None, |first| first.unit.clone());
    if let Some(other) = values.iter().find(|value| value.unit != unit) {
        let message = format!(
            "{column} has {} and {other}, which cannot be taken together",
            values[0]
        );
        return Err(refusal(message));
    }
    let too_large = || {
        Error::from(ErrorKind::TooLarge(format!(
            "{column} has more than 28 digits"
        )))
    };
    let sum = values
        .iter()
        .try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value.value))
        .ok_or_else(too_large)?;
    let count = Decimal::from(values.len());
    if how == How::Sum {
        return Ok(Quantity::new(sum, unit));
    }
    if values.is_empty() {
        return Err(refusal(format!("no row has a {column}")));
    }
    let value = if how == How::Average {
        sum.checked_div(count).ok_or_else(too_large)?
    } else {
        let mut sorted: Vec<Decimal> = values.iter().map(|value| value.value).collect();
        sorted.sort_unstable();
        let middle = sorted.len() / 2;
        if sorted.len() % 2 == 1 {
            sorted[middle]
        } else {
            let both = sorted[middle - 1].checked_add(sorted[middle]);
            both.and_then(|both| both.checked_div(2.into()))
                .ok_or_else(too_large)?
        }
    };
    // A third has no end; four decimals are more than a check-in shows.
    Ok(Quantity::new(value.round_dp(4).normalize(), unit))
}

/// Finds out how the dates and numbers of some columns are meant.
fn facts(table: &Table, header: usize, columns: &[usize]) -> Facts {
    let mut facts = Facts::default();
    for cells in table.rows.iter().skip(header + 1) {
        for cell in columns.iter().filter_map(|column| cells.get(*column)) {
            let order: Option<DateOrder> = cells::order_of(Raw::Cell(cell));
            facts.order = facts.order.or(order);
            // The dots of a date are not those of a number.
            if order.is_none() {
                facts.decimals = facts.decimals.or(cells::decimals_of(Raw::Cell(cell)));
            }
        }
    }
    facts
}

/// A condition with its value read.
struct Test<'c> {
    condition: &'c Condition,
    day: Option<Date>,
    number: Option<Decimal>,
}

impl<'c> Test<'c> {
    fn new(condition: &'c Condition, today: Date) -> Self {
        let value = condition.value.trim();
        let day = if value.eq_ignore_ascii_case("today") {
            Some(today)
        } else {
            parse_date(value)
        };
        let number = Quantity::parse(value).ok().map(|quantity| quantity.value);
        Self {
            condition,
            day,
            number: number.filter(|_| day.is_none()),
        }
    }

    /// Returns whether a cell meets the condition; an empty one is never more or less than anything.
    ///
    /// # Errors
    ///
    /// The cell should be a day or a number to be compared, and is not.
    fn holds(&self, cell: &Cell, facts: Facts) -> Result<bool, String> {
        let is = self.condition.is;
        let by_words = matches!(is, Comparison::Equal | Comparison::Other);
        let order = if cell.is_blank() {
            None
        } else if let Some(day) = self.day {
            match cells::day(Raw::Cell(cell), facts) {
                Ok(found) => found.map(|found| found.cmp(&day)),
                Err(_) if by_words => None,
                Err(message) => return Err(message),
            }
        } else if let Some(wanted) = self.number {
            match number::of_cell(cell, facts.decimals.unwrap_or(Decimals::Dot)) {
                Some(found) => Some(found.value.cmp(&wanted)),
                None if by_words => None,
                None => return Err(format!("`{}` is no number", short(&cell.to_text()))),
            }
        } else if by_words {
            let same = normal(&cell.to_text()) == normal(&self.condition.value);
            return Ok(same == (is == Comparison::Equal));
        } else {
            return Err(format!(
                "`{}` is neither a number nor a date to compare with",
                self.condition.value
            ));
        };
        Ok(match (is, order) {
            (Comparison::Other, None) => true,
            (_, None) => false,
            (Comparison::Equal, Some(order)) => order.is_eq(),
            (Comparison::Other, Some(order)) => order.is_ne(),
            (Comparison::Below, Some(order)) => order.is_lt(),
            (Comparison::AtMost, Some(order)) => order.is_le(),
            (Comparison::Above, Some(order)) => order.is_gt(),
            (Comparison::AtLeast, Some(order)) => order.is_ge(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use okr_core::source::Source;

    const AGEING: &str = "Ageing\n\nCustomer,Amount,Status,Due date,Days\nAda,1200.50,overdue,2026-10-01,5\nBob,80,Overdue,2026-11-05,7\nCy,,open,2026-12-01,9\nDi,20,open,2026-11-30,8\n";

    #[track_caller]
    fn check(text: &str, source: &str, expected: &str) {
        let source = format!("a.csv, {source}");
        let Some(Source::Table {
            take, dated, sheet, ..
        }) = Source::parse(&source)
        else {
            panic!("{source} is no source");
        };
        let today = date(2026, 11, 22);
        let found = evidence(
            text.as_bytes(),
            sheet.as_deref(),
            &take,
            dated.as_ref(),
            AsOf {
                day: today,
                is_past: false,
            },
        );
        let shown = match found {
            Ok(found) => {
                let date = found
                    .date
                    .map(|date| format!(" on {date}"))
                    .unwrap_or_default();
                format!("{}{date}; {}", found.value, found.note)
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected, "{source}");
    }

    #[test]
    fn cells_and_rows_give_a_number() {
        check(AGEING, "cell B4", "1200.50; cell B4");
        check(
            AGEING,
            "cell B4, dated cell D4",
            "1200.50 on 2026-10-01; cell B4",
        );
        check(
            AGEING,
            "sum of Amount where Status = overdue, dated Due date",
            "1280.50 on 2026-11-05; sum of Amount, 2 rows",
        );
        check(AGEING, "rows where Due date < today", "2; count of 2 rows");
        check(
            AGEING,
            "count where Status is not overdue and Days >= 9",
            "1; count of 1 row",
        );
        check(
            AGEING,
            "average of Amount",
            "433.5; average of Amount, 3 rows, 1 more without Amount",
        );
        check(AGEING, "median of days", "7.5; median of days, 4 rows");
        check(
            AGEING,
            "last of Amount",
            "20; last of Amount, 3 rows, 1 more without Amount",
        );
        check(
            AGEING,
            "last of Amount, dated Due date",
            "20 on 2026-11-30; last of Amount, 3 rows, 1 more without Amount",
        );
        check(
            AGEING,
            "sum of Amount where Status = paid",
            "0; sum of Amount, 0 rows",
        );
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        check(AGEING, "cell B99", "cell B99 is empty");
        check(AGEING, "cell A4", "cell A4: `Ada` is no number");
        check(
            AGEING,
            "average of Amount where Status = paid",
            "no row has a Amount",
        );
        check(
            AGEING,
            "sum of Total",
            "no row of headings has `Total`; the first row has `Ageing`",
        );
        check(
            AGEING,
            "rows where Customer > 5",
            "cell A4: `Ada` is no number",
        );
        check(
            AGEING,
            "rows where Days > many",
            "cell E4: `many` is neither a number nor a date to compare with",
        );
        check("A\n=1+2\n", "sum of A", "cell A2: `=1+2` is no number");
        check(
            "A\n5 days\n5%\n",
            "sum of A",
            "A has 5 days and 5%, which cannot be taken together",
        );
        check(
            "A\n1.234\n",
            "sum of A",
            "cell A2: `1.234` can be a thousand or more, or have three decimals; write 1234 or 1.234",
        );
        check("A\n1.234\n7,5\n", "sum of A", "1241.5; sum of A, 2 rows");
    }
}
