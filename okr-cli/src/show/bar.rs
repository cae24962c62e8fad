//! Progress as a bar, with a mark where it is expected to be.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// Returns a bar of `width` signs: done as far as `progress`, which counts from 0 to 1 and is cut there, with a
/// mark at `expected`. The last sign is done only when all is.
pub(crate) fn bar(
    progress: Decimal,
    expected: Option<Decimal>,
    width: usize,
    is_ascii: bool,
) -> String {
    let signs = |part: Decimal| {
        let part = part.clamp(Decimal::ZERO, Decimal::ONE);
        (part * Decimal::from(width))
            .floor()
            .to_usize()
            .unwrap_or(0)
    };
    let done = signs(progress);
    let mark = expected.map(|expected| signs(expected).min(width.saturating_sub(1)));
    let sign = |at: usize| match (mark == Some(at), at < done, is_ascii) {
        (true, _, true) => '|',
        (true, true, false) => '╋',
        (true, false, false) => '┼',
        (false, true, true) => '=',
        (false, true, false) => '━',
        (false, false, true) => '-',
        (false, false, false) => '─',
    };
    (0..width).map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(progress: &str, expected: Option<&str>, lines: &str, ascii: &str) {
        let progress = progress.parse().unwrap();
        let expected = expected.map(|expected| expected.parse().unwrap());
        assert_eq!(bar(progress, expected, 10, false), lines);
        assert_eq!(bar(progress, expected, 10, true), ascii);
    }

    #[test]
    fn what_is_done_and_what_is_expected_are_seen() {
        check("0.25", Some("0.56"), "━━───┼────", "==---|----");
        check("0.85", Some("0.3"), "━━━╋━━━━──", "===|====--");
        check("0.99", None, "━━━━━━━━━─", "=========-");
        check("1", Some("1"), "━━━━━━━━━╋", "=========|");
    }

    #[test]
    fn what_is_beyond_the_ends_is_cut() {
        check("-0.4", None, "──────────", "----------");
        check("1.6", Some("7"), "━━━━━━━━━╋", "=========|");
    }
}
