//! What stands at the axes: round numbers, and days.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// Months of a longer time are not named.
const MOST_MONTHS: usize = 96;

/// About how many numbers stand at an axis.
const TICKS: u32 = 4;

/// Returns round numbers at equal distances, the first at most `least` and the last at least `greatest`: steps of 1, 2
/// or 5 times a power of ten, three to eight numbers in all; nothing where the numbers are too far apart to be counted.
///
/// After Paul Heckbert, "Nice numbers for graph labels", Graphics Gems (1990).
pub(super) fn ticks(least: Decimal, greatest: Decimal) -> Option<Vec<Decimal>> {
    let (least, greatest) = if least == greatest {
        // One value alone stands in the middle.
        let room = least
            .abs()
            .checked_div(Decimal::from(10))?
            .max(Decimal::ONE);
        (least.checked_sub(room)?, greatest.checked_add(room)?)
    } else {
        (least, greatest)
    };
    let range = greatest.checked_sub(least)?;
    let rough = range.checked_div(Decimal::from(TICKS))?;
    let step = round_step(rough)?;
    let first = least.checked_div(step)?.floor().checked_mul(step)?;
    let mut ticks = vec![first];
    let mut tick = first;
    while tick < greatest {
        tick = tick.checked_add(step)?;
        ticks.push(tick);
        if ticks.len() > 12 {
            return None;
        }
    }
    Some(ticks)
}

/// Returns the smallest of 1, 2, 5 and 10 times a power of ten that is not smaller.
fn round_step(rough: Decimal) -> Option<Decimal> {
    if rough <= Decimal::ZERO {
        return None;
    }
    let mut power = Decimal::ONE;
    while power > rough {
        power = power.checked_div(Decimal::TEN)?;
        if power.is_zero() {
            return None;
        }
    }
    while power.checked_mul(Decimal::TEN)? <= rough {
        power = power.checked_mul(Decimal::TEN)?;
    }
    [1, 2, 5, 10]
        .into_iter()
        .filter_map(|times| power.checked_mul(Decimal::from(times)))
        .find(|step| *step >= rough)
}

/// Returns the days that are named below: the first days of months, of which there are at most eight, or else the
/// first and the last day.
pub(super) fn months(first: Date, last: Date) -> Vec<(Date, String)> {
    let mut found = Vec::new();
    let mut month = first.first_of_month();
    while month <= last && found.len() <= MOST_MONTHS {
        if month >= first {
            found.push(month);
        }
        let Ok(next) = month.checked_add(1.month()) else {
            break;
        };
        month = next;
    }
    if found.len() < 2 {
        return vec![(first, short(first)), (last, short(last))];
    }
    if found.len() > MOST_MONTHS {
        let year = |day: Date| (day, day.year().to_string());
        return vec![year(first), year(last)];
    }
    let every = found.len().div_ceil(8);
    let has_years = first.year() != last.year();
    found
        .into_iter()
        .step_by(every)
        .map(|day| {
            let month = name(day);
            let text = if has_years && (day.month() == 1 || every > 1) {
                format!("{month} {}", day.year())
            } else {
                month.to_owned()
            };
            (day, text)
        })
        .collect()
}

fn short(day: Date) -> String {
    format!("{} {}", day.day(), name(day))
}

fn name(day: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    MONTHS[usize::from(day.month().unsigned_abs()) - 1]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(least: &str, greatest: &str, expected: &str) {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        let ticks = ticks(number(least), number(greatest)).unwrap();
        let ticks: Vec<_> = ticks
            .iter()
            .map(|tick| tick.normalize().to_string())
            .collect();
        assert_eq!(ticks.join(" "), expected);
    }

    #[test]
    fn ticks_are_round() {
        check("44", "52", "44 46 48 50 52");
        check("71", "85", "70 75 80 85");
        check("0.12", "0.31", "0.1 0.15 0.2 0.25 0.3 0.35");
        check("-3100", "240000", "-100000 0 100000 200000 300000");
        check("7", "7", "6 6.5 7 7.5 8");
        check("0", "0", "-1 -0.5 0 0.5 1");
    }

    #[test]
    fn months_are_named_and_short_times_have_their_ends() {
        let shown = |first, last| {
            let found = months(first, last);
            found.into_iter().map(|(_, text)| text).collect::<Vec<_>>()
        };
        assert_eq!(
            shown(date(2026, 10, 1), date(2026, 12, 31)),
            ["Oct", "Nov", "Dec"]
        );
        assert_eq!(
            shown(date(2026, 11, 3), date(2026, 12, 20)),
            ["3 Nov", "20 Dec"]
        );
        assert_eq!(
            shown(date(2026, 11, 15), date(2027, 2, 15)),
            ["Dec", "Jan 2027", "Feb"]
        );
        assert_eq!(shown(date(2020, 1, 1), date(2026, 12, 31)).len(), 8);
        assert_eq!(shown(date(1, 1, 1), date(9999, 12, 31)), ["1", "9999"]);
    }

    proptest! {
        #[test]
        fn ticks_hold_all_values_and_are_few(one in -1_000_000_i64..1_000_000, other in -1_000_000_i64..1_000_000, scale in 0_u32..6) {
            let (one, other) = (Decimal::new(one, scale), Decimal::new(other, scale));
            let found = ticks(one.min(other), one.max(other)).unwrap();
            prop_assert!((3..=8).contains(&found.len()), "{found:?}");
            prop_assert!(found[0] <= one.min(other) && one.max(other) <= found[found.len() - 1]);
            let steps: Vec<_> = found.windows(2).map(|pair| (pair[1] - pair[0]).normalize()).collect();
            prop_assert!(steps.windows(2).all(|pair| pair[0] == pair[1]));
        }
    }
}
