//! A few values as one short line of signs, the greater the higher.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII: [char; 5] = ['_', '.', '-', '=', '#'];

/// Returns a sign for each value: the least is the lowest, the greatest the highest; where all are the same,
/// all are in the middle.
pub(crate) fn spark(values: &[Decimal], is_ascii: bool) -> String {
    let signs: &[char] = if is_ascii { &ASCII } else { &BLOCKS };
    let (Some(least), Some(most)) = (values.iter().min(), values.iter().max()) else {
        return String::new();
    };
    let top = signs.len() - 1;
    let height = |value: &Decimal| {
        let part = value
            .checked_sub(*least)
            .zip(most.checked_sub(*least))
            .and_then(|(above, span)| above.checked_div(span))?;
        (part * Decimal::from(top)).round().to_usize()
    };
    values
        .iter()
        .map(|value| signs[height(value).unwrap_or(top / 2).min(top)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[&str], blocks: &str, ascii: &str) {
        let values: Vec<Decimal> = values.iter().map(|value| value.parse().unwrap()).collect();
        assert_eq!(spark(&values, false), blocks);
        assert_eq!(spark(&values, true), ascii);
    }

    #[test]
    fn the_greater_the_higher() {
        check(
            &["0", "1", "2", "3", "4", "5", "6", "7"],
            "▁▂▃▄▅▆▇█",
            "_..--==#",
        );
        check(&["-40", "-15", "10"], "▁▅█", "_-#");
        check(&[], "", "");
    }

    #[test]
    fn what_does_not_move_is_in_the_middle() {
        check(&["70", "70", "70"], "▄▄▄", "---");
        check(&["5"], "▄", "-");
    }

    #[test]
    fn values_too_far_apart_for_a_decimal_are_shown_all_the_same() {
        let values = [Decimal::MIN, Decimal::MAX];
        assert_eq!(spark(&values, false).chars().count(), 2);
    }
}
