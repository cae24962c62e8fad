//! Numbers as cells: what is stored, and how it is shown.

use okr_core::model::Unit;
use rust_decimal::Decimal;

/// The most digits of a number that spreadsheet programs keep.
const MOST_DIGITS: usize = 15;

/// The most characters that a column of numbers is wide.
const MOST_WIDTH: f64 = 24.0;

/// The signs of money that one currency alone goes by, as the number format of a cell begins with them; all others
/// go by their codes.
const SIGNS: &[(&str, &str)] = &[
    ("EUR", r"[$€-2]\ "),
    ("GBP", "[$£-809]"),
    ("INR", r"[$₹-4009]\ "),
    ("JPY", "[$¥-411]"),
    ("USD", "[$$-409]"),
];

/// Returns the number as a cell stores it, percents as parts of 1; nothing where a cell would not keep all its
/// digits, so that it has to stand there as text.
pub(super) fn stored(value: Decimal, is_percent: bool) -> Option<f64> {
    let exact = if is_percent {
        let part = value.checked_div(Decimal::ONE_HUNDRED)?;
        (part.checked_mul(Decimal::ONE_HUNDRED)? == value).then_some(part)?
    } else {
        value
    };
    let text = exact.normalize().to_string();
    let digits = text
        .trim_start_matches(['-', '0', '.'])
        .trim_end_matches('0');
    let digits = digits.bytes().filter(u8::is_ascii_digit).count();
    (digits <= MOST_DIGITS)
        .then(|| text.parse().ok())
        .flatten()
        .filter(|number: &f64| number.is_finite())
}

/// Returns the number format for values of a unit with so many decimals.
pub(super) fn number_format(unit: &Unit, decimals: u32) -> String {
    let mut format = match unit {
        Unit::Percent => "0".to_owned(),
        Unit::Currency(code) => match SIGNS.iter().find(|(known, _)| known == code) {
            Some((_, sign)) => format!("{sign}#,##0"),
            None => format!(r"[${code}]\ #,##0"),
        },
        _ => "#,##0".to_owned(),
    };
    if decimals > 0 {
        format.push('.');
        // More places than fit are shown rounded; what is stored stays as it is.
        format.extend(std::iter::repeat_n('0', decimals.min(6) as usize));
    }
    if *unit == Unit::Percent {
        format.push('%');
    }
    format
}

/// Returns how many characters a number takes in that format, with room for one more digit.
pub(super) fn width(value: Decimal, unit: &Unit, decimals: u32) -> f64 {
    let whole = value.abs().trunc().to_string().len();
    let places = decimals.min(6) as usize;
    let signs = match unit {
        Unit::Percent => 1,
        Unit::Currency(code) if SIGNS.iter().any(|(known, _)| known == code) => 2,
        Unit::Currency(_) => 4,
        _ => 0,
    };
    let all = whole + whole / 3 + places + signs + 5;
    u32::try_from(all)
        .map_or(MOST_WIDTH, f64::from)
        .min(MOST_WIDTH)
}

/// Returns how many decimals a number needs.
pub(super) fn decimals(value: Decimal) -> u32 {
    value.normalize().scale()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(value: &str, unit: &str, expected_stored: &str, expected_format: &str) {
        let value: Decimal = value.parse().expect("is a number");
        let unit = Unit::parse(unit).expect("is a unit");
        let stored = stored(value, unit == Unit::Percent);
        let stored = stored.map_or("text".to_owned(), |number| number.to_string());
        assert_eq!(stored, expected_stored);
        assert_eq!(number_format(&unit, decimals(value)), expected_format);
    }

    #[test]
    fn numbers_are_typed_by_their_unit() {
        check("68", "%", "0.68", "0%");
        check("68.50", "%", "0.685", "0.0%");
        check("1200", "EUR", "1200", r"[$€-2]\ #,##0");
        check("1200.5", "$", "1200.5", "[$$-409]#,##0.0");
        check("1200", "CHF", "1200", r"[$CHF]\ #,##0");
        check("-4.25", "days", "-4.25", "#,##0.00");
    }

    #[test]
    fn numbers_that_a_cell_would_cut_stand_as_text() {
        check("1234567890123456", "", "text", "#,##0");
        check("123456789012345000", "", "123456789012345000", "#,##0");
        check("0.1234567890123456", "", "text", "#,##0.000000");
    }

    proptest! {
        #[test]
        fn what_is_stored_reads_back(mantissa in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0_u32..12, is_percent: bool) {
            let value = Decimal::new(mantissa, scale);
            let number = stored(value, is_percent).expect("has 15 digits at most");
            let back: Decimal = number.to_string().parse().expect("is printed without a power");
            let back = if is_percent { back * Decimal::ONE_HUNDRED } else { back };
            prop_assert_eq!(back, value);
        }
    }
}
