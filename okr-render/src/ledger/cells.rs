//! What a cell of a ledger says: a day, an amount of money, yes or no.
//!
//! Nearly all cells are plain, and read from their bytes at once; the others go the way of all other sheets.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::rows::Raw;
use crate::import::values::date::{self, Context, How, Said};
use crate::import::values::number::{self, Decimals};
use crate::import::words;
use crate::import::{DateOrder, Decimals as Sign};
use crate::table::Value;

/// What holds for all cells of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Which part of `03/04/2026` is the day, where that is known.
    pub(crate) order: Option<DateOrder>,
    /// Which sign stands before decimals, where that is known.
    pub(crate) decimals: Option<Sign>,
}

/// An amount, and the money that its cell names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) value: Decimal,
    pub(super) money: Option<String>,
}

/// Reads a day; nothing where the cell is empty or says that there is none.
///
/// # Errors
///
/// A phrase that says what is wrong with it.
#[inline]
pub(crate) fn day(raw: Raw<'_>, facts: Facts) -> Result<Option<Date>, String> {
    if let Raw::Bytes(bytes) = raw {
        if bytes.is_empty() {
            return Ok(None);
        }
        if let Some(day) = plain_day(bytes) {
            return Ok(Some(day));
        }
    }
    odd_day(raw, facts)
}

/// Reads `2026-09-30`.
#[inline]
fn plain_day(bytes: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *bytes else {
        return None;
    };
    let digit = |byte: u8| byte.wrapping_sub(b'0');
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2].map(digit);
    if digits.iter().any(|digit| *digit > 9) || digits[0] == 0 {
        return None;
    }
    let [y1, y2, y3, y4, ..] = digits.map(i16::from);
    let two = |tens: u8, ones: u8| i8::try_from(tens * 10 + ones).ok();
    Date::new(
        y1 * 1000 + y2 * 100 + y3 * 10 + y4,
        two(digits[4], digits[5])?,
        two(digits[6], digits[7])?,
    )
    .ok()
}

#[cold]
fn odd_day(raw: Raw<'_>, facts: Facts) -> Result<Option<Date>, String> {
    if let Raw::Cell(cell) = raw {
        match &cell.value {
            Value::Empty => return Ok(None),
            Value::Date(day) => return Ok(Some(*day)),
            Value::Number(serial) => {
                let day = date::of_serial(*serial);
                return day.map(Some).ok_or_else(|| format!("`{serial}` is no day"));
            }
            Value::Text(_) | Value::Bool(_) | Value::Error(_) => {}
        }
    }
    let text = raw.text();
    if is_nothing(&text) {
        return Ok(None);
    }
    let context = Context {
        order: facts.order,
        ..Context::default()
    };
    match date::read(&text, &context) {
        Said::Day(day, How::Plain | How::ByOrder) => Ok(Some(day)),
        Said::Either(one, two) => Err(format!(
            "`{}` can be {one} or {two}; say --dates day-first or --dates month-first",
            short(&text)
        )),
        Said::Day(..) | Said::NoYear => Err(format!("`{}` names no single day", short(&text))),
        Said::Nothing => Err(format!("`{}` is no day", short(&text))),
    }
}

/// Reads an amount; nothing where the cell is empty or says that there is none.
///
/// # Errors
///
/// A phrase that says what is wrong with it.
#[inline]
pub(super) fn amount(raw: Raw<'_>, facts: Facts) -> Result<Option<Amount>, String> {
    if let Raw::Bytes(bytes) = raw {
        if bytes.is_empty() {
            return Ok(None);
        }
        if let Some(value) = plain_amount(bytes) {
            return Ok(Some(Amount { value, money: None }));
        }
    }
    odd_amount(raw, facts)
}

/// Reads digits, with a sign before them or without, and a dot before one or two more, which can mean one thing
/// only.
#[inline]
fn plain_amount(bytes: &[u8]) -> Option<Decimal> {
    let (is_negative, digits) = match bytes {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 17 || !digits[0].is_ascii_digit() {
        return None;
    }
    let (mut number, mut dot) = (0_i64, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => number = number * 10 + i64::from(byte - b'0'),
            b'.' if dot.is_none() => dot = Some(at),
            _ => return None,
        }
    }
    let scale = match dot.map(|dot| digits.len() - dot - 1) {
        None => 0,
        Some(1) => 1,
        Some(2) => 2,
        Some(_) => return None,
    };
    Some(Decimal::new(
        if is_negative { -number } else { number },
        scale,
    ))
}

#[cold]
fn odd_amount(raw: Raw<'_>, facts: Facts) -> Result<Option<Amount>, String> {
    let text = raw.text();
    if is_nothing(&text) {
        return Ok(None);
    }
    let is_typed = matches!(raw, Raw::Cell(cell) if matches!(cell.value, Value::Number(_)));
    if !is_typed && facts.decimals.is_none() && number::is_ambiguous(&text) {
        return Err(format!(
            "`{}` can be a thousand or more, or have three decimals; say --decimals dot or --decimals comma",
            short(&text)
        ));
    }
    let decimals = facts.decimals.unwrap_or(Decimals::Dot);
    let read = match raw {
        Raw::Cell(cell) => number::of_cell(cell, decimals),
        Raw::Bytes(_) => number::read(&text, decimals),
    };
    let wrong = || format!("`{}` is no amount of money", short(&text));
    let read = read.ok_or_else(wrong)?;
    if read.bound != okr_core::model::Bound::Reach || read.is_approximate {
        return Err(wrong());
    }
    let money = match read.unit {
        None => None,
        Some(unit) => Some(number::money(&unit).ok_or_else(wrong)?.to_owned()),
    };
    Ok(Some(Amount {
        value: read.value,
        money,
    }))
}

/// Returns whether words such as `n/a` or `-` say that there is no value.
pub(super) fn is_nothing(text: &str) -> bool {
    let normal = words::normal(text);
    normal.is_empty() && !text.contains(|c: char| c.is_ascii_digit()) && text.chars().count() <= 3
        || words::is_none(&normal)
}

/// Returns the first words of a cell, for a message.
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns which order of day and month a cell shows, as far as it shows one.
pub(crate) fn order_of(raw: Raw<'_>) -> Option<DateOrder> {
    match raw {
        Raw::Bytes(bytes) => date::Numbers::read(std::str::from_utf8(bytes).ok()?)?.order(),
        Raw::Cell(cell) => match &cell.value {
            Value::Text(text) => date::Numbers::read(text)?.order(),
            _ => None,
        },
    }
}

/// Returns which sign before decimals a cell shows, as far as it shows one.
pub(crate) fn decimals_of(raw: Raw<'_>) -> Option<Sign> {
    match raw {
        Raw::Bytes(bytes) => number::evidence(std::str::from_utf8(bytes).ok()?),
        Raw::Cell(cell) => match &cell.value {
            Value::Text(text) => number::evidence(text),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_day(text: &str, facts: Facts, expected: &str) {
        let shown = match day(Raw::Bytes(text.as_bytes()), facts) {
            Ok(day) => day.map_or_else(|| "none".to_owned(), |day| day.to_string()),
            Err(message) => message,
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn days_are_read_or_told_of() {
        let plain = Facts::default();
        let first = Facts {
            order: Some(DateOrder::DayFirst),
            ..plain
        };
        check_day("2026-09-30", plain, "2026-09-30");
        check_day("30.09.2026", plain, "2026-09-30");
        check_day("", plain, "none");
        check_day("n/a", plain, "none");
        check_day("-", plain, "none");
        check_day("03/04/2026", first, "2026-04-03");
        check_day(
            "03/04/2026",
            plain,
            "`03/04/2026` can be 2026-04-03 or 2026-03-04; say --dates day-first or --dates month-first",
        );
        check_day("2026-02-30", plain, "`2026-02-30` is no day");
        check_day("0026-02-03", plain, "`0026-02-03` is no day");
        check_day("2026-0:-01", plain, "`2026-0:-01` is no day");
        check_day(
            "September 2026",
            plain,
            "`September 2026` names no single day",
        );
        check_day("later", plain, "`later` is no day");
    }

    #[track_caller]
    fn check_amount(text: &str, decimals: Option<Sign>, expected: &str) {
        let facts = Facts {
            decimals,
            ..Facts::default()
        };
        let shown = match amount(Raw::Bytes(text.as_bytes()), facts) {
            Ok(Some(amount)) => format!("{} {}", amount.value, amount.money.unwrap_or_default()),
            Ok(None) => "none".to_owned(),
            Err(message) => message,
        };
        assert_eq!(shown.trim_end(), expected, "{text}");
    }

    #[test]
    fn amounts_are_exact_or_told_of() {
        check_amount("1200.50", None, "1200.50");
        check_amount("-0.05", None, "-0.05");
        check_amount("(12.00)", None, "-12.00");
        check_amount("€1,200.50", None, "1200.50 EUR");
        check_amount("1.200,50 EUR", None, "1200.50 EUR");
        check_amount("1.200", Some(Sign::Comma), "1200");
        check_amount("99999999999999999999.99", None, "99999999999999999999.99");
        check_amount("", None, "none");
        for text in [
            "5%",
            "12 days",
            "> 5",
            "=1+2",
            "many",
            "1.2.3.4",
            "99999999999999999999999999999.9",
        ] {
            check_amount(text, None, &format!("`{text}` is no amount of money"));
        }
        check_amount(
            "1.200",
            None,
            "`1.200` can be a thousand or more, or have three decimals; say --decimals dot or --decimals comma",
        );
    }
}
