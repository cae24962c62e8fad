//! Exact numbers from the way in which spreadsheets store them.

use rust_decimal::Decimal;

/// Returns the number that a binary fraction was typed as: the shortest that is stored the same way,
/// so that `0.70999999999999996` is 0.71.
///
/// Nothing is returned for what is no number, and for numbers with more than 28 digits.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let is_short = text.len() <= 16
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let number: Decimal = if is_short {
        text.parse().ok()?
    } else {
        let float: f64 = text.parse().ok()?;
        if !float.is_finite() {
            return None;
        }
        // This never writes an exponent; digits beyond the 28th are rounded away.
        format!("{float}").parse().ok()?
    };
    Some(number.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let number = decimal(text).map_or_else(|| "none".to_owned(), |number| number.to_string());
        assert_eq!(number, expected);
    }

    #[test]
    fn numbers_are_those_that_were_typed() {
        check("0.70999999999999996", "0.71");
        check("0.15", "0.15");
        check("-1200.50", "-1200.5");
        check("1E3", "1000");
        check("1.0000000000000001E-5", "0.00001");
        check("5.5511151231257827E-17", "0.0000000000000000555111512313");
        check("-0", "0");
        check("12345678901234567", "12345678901234568");
    }

    #[test]
    fn what_is_beyond_all_measure_is_no_number() {
        for text in ["1e300", "-1e29", "NaN", "inf", "", "x", "-", "1.2.3", "--1"] {
            check(text, "none");
        }
        check("1e-300", "0");
    }
}
