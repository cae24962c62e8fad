//! Numbers and dates as spreadsheets give them back.

use jiff::civil::Date;
use okr_core::model::{Quantity, Unit, one_line, parse_date};
use rust_decimal::Decimal;

use crate::sheets::guard::is_number;
use crate::table::{Cell, NumberFormat, Value};

/// Reads a number; its unit is that which stands beside it, if one does.
///
/// # Errors
///
/// A phrase says what stands there instead, or which two numbers it may be.
pub(crate) fn number(cell: &Cell, comma_is_decimal: bool) -> Result<Quantity, String> {
    let text = match (&cell.value, &cell.format) {
        (Value::Number(number), NumberFormat::Percent) => {
            let points = number.checked_mul(Decimal::ONE_HUNDRED);
            let points = points.ok_or_else(|| format!("`{number}` is too large for a percent"))?;
            return Ok(Quantity::new(points.normalize(), Unit::Percent));
        }
        (Value::Number(number), NumberFormat::PercentPoints) => {
            return Ok(Quantity::new(*number, Unit::Percent));
        }
        (Value::Number(number), _) => return Ok(Quantity::new(*number, Unit::None)),
        _ => words(cell),
    };
    if comma_is_decimal && text.contains(',') {
        let plain = text.replace(['.', ' '], "").replacen(',', ".", 1);
        if is_number(&plain) {
            return decimal(&plain);
        }
    }
    if is_number(&text) {
        if comma_is_decimal && is_ambiguous(&text) {
            let (whole, comma) = (text.replace('.', ""), text.replace('.', ","));
            return Err(format!("`{text}` may be {whole} or {comma}"));
        }
        return decimal(&text);
    }
    if is_scientific(&text) {
        return Err(format!("`{text}` was shortened by a spreadsheet"));
    }
    Quantity::parse(&text).map_err(|error| format!("`{text}` is no number: {error}"))
}

/// Reads a plain number, with or without a percent sign; a spreadsheet's `.0` is no precision.
fn decimal(text: &str) -> Result<Quantity, String> {
    let (number, unit) = match text.strip_suffix('%') {
        Some(number) => (number, Unit::Percent),
        None => (text, Unit::None),
    };
    let number = number.strip_prefix('+').unwrap_or(number);
    let number = number.strip_suffix(".0").unwrap_or(number);
    let value =
        Decimal::from_str_exact(number).map_err(|_| format!("`{text}` has more than 28 digits"))?;
    Ok(Quantity::new(value, unit))
}

/// Returns whether a dot parts the last three digits, as it does for thousands where a comma is
/// decimal.
fn is_ambiguous(text: &str) -> bool {
    let number = text.trim_start_matches(['+', '-']).trim_end_matches('%');
    number.split_once('.').is_some_and(|(whole, part)| {
        part.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
    })
}

fn is_scientific(text: &str) -> bool {
    text.split_once(['E', 'e']).is_some_and(|(number, power)| {
        let power = power.strip_prefix(['+', '-']).unwrap_or(power);
        is_number(&number.replace(',', "."))
            && !power.is_empty()
            && power.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Reads a date: `2026-12-31`, or a form to which a spreadsheet may have turned it, as long as only
/// one day can be meant.
///
/// # Errors
///
/// A phrase says what stands there instead, or which two days it may be.
pub(crate) fn date(cell: &Cell) -> Result<Date, String> {
    let text = match &cell.value {
        Value::Date(date) => return Ok(*date),
        _ => words(cell),
    };
    let is_none = || format!("`{text}` is no date like 2026-12-31");
    let day = [" 00:00:00", "T00:00:00", " 00:00", " 0:00"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight));
    let day = day.unwrap_or(&text);
    if let Some(date) = parse_date(day) {
        return Ok(date);
    }
    let separator = day
        .chars()
        .find(|c| !c.is_ascii_digit())
        .filter(|c| matches!(c, '/' | '.' | '-'));
    let parts: Vec<&str> = day.split(separator.ok_or_else(is_none)?).collect();
    let [first, second, third] = parts[..] else {
        return Err(is_none());
    };
    let is_year = |part: &str| part.len() == 4;
    let is_short = |part: &str| matches!(part.len(), 1 | 2);
    let built = |year: &str, month: &str, day: &str| {
        let month: i8 = month.parse().ok()?;
        let day: i8 = day.parse().ok()?;
        let date = Date::new(year.parse().ok()?, month, day).ok()?;
        parse_date(&date.to_string())
    };
    if is_year(first) && is_short(second) && is_short(third) {
        return built(first, second, third).ok_or_else(is_none);
    }
    if !(is_short(first) && is_short(second) && is_year(third)) {
        return Err(is_none());
    }
    // Dots are used where the day comes first; with another sign both orders are.
    let day_first = built(third, second, first);
    let month_first = built(third, first, second).filter(|_| separator != Some('.'));
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => {
            Err(format!("`{text}` may be {one} or {other}"))
        }
        (Some(date), _) | (None, Some(date)) => Ok(date),
        (None, None) => Err(is_none()),
    }
}

/// Returns the words of a cell on one line, with blanks that do not break as plain ones.
fn words(cell: &Cell) -> String {
    one_line(&cell.to_text().replace(['\u{a0}', '\u{202f}'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_number(text: &str, comma_is_decimal: bool, expected: &str) {
        let number = number(&Cell::text(text), comma_is_decimal);
        assert_eq!(
            number.map_or_else(|error| error, |number| number.to_string()),
            expected
        );
    }

    #[test]
    fn numbers_come_back_from_spreadsheets() {
        check_number("1200", false, "1200");
        check_number("1200.0", false, "1200");
        check_number("1,200", false, "1200");
        check_number("-0.5", false, "-0.5");
        check_number("85%", false, "85%");
        check_number("44 days", false, "44 days");
        check_number("68,125", true, "68.125");
        check_number("1.200,5", true, "1200.5");
        check_number("0.125", true, "0.125");
    }

    #[test]
    fn unclear_numbers_are_refused() {
        check_number("1.200", true, "`1.200` may be 1200 or 1,200");
        check_number(
            "1.23457E+11",
            false,
            "`1.23457E+11` was shortened by a spreadsheet",
        );
        check_number("soon", false, "`soon` is no number: it has no number");
        check_number(
            &"9".repeat(40),
            false,
            &format!("`{}` has more than 28 digits", "9".repeat(40)),
        );
    }

    #[track_caller]
    fn check_date(text: &str, expected: &str) {
        let date = date(&Cell::text(text));
        assert_eq!(
            date.map_or_else(|error| error, |date| date.to_string()),
            expected
        );
    }

    #[test]
    fn dates_come_back_from_spreadsheets() {
        check_date("2026-12-31", "2026-12-31");
        check_date("2026-12-31 00:00:00", "2026-12-31");
        check_date("12/31/2026", "2026-12-31");
        check_date("31/12/2026", "2026-12-31");
        check_date("3.4.2026", "2026-04-03");
        check_date("4/4/2026", "2026-04-04");
        check_date("2026/1/5", "2026-01-05");
    }

    #[test]
    fn unclear_dates_are_refused() {
        check_date("03/04/2026", "`03/04/2026` may be 2026-04-03 or 2026-03-04");
        check_date("46387", "`46387` is no date like 2026-12-31");
        check_date("31.12.26", "`31.12.26` is no date like 2026-12-31");
        check_date("mid-Q4", "`mid-Q4` is no date like 2026-12-31");
    }
}
