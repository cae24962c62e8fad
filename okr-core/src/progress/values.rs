//! The values of a key result: which one counts on which day.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Entry, Track, percent_shown};
use crate::model::{Quantity, Unit};

/// The value of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured<'a> {
    /// The day.
    pub date: Date,
    /// The last value of that day.
    pub value: &'a Quantity,
}

impl Track<'_> {
    /// Returns the value that is known today: that of the last check-in with one, and of steps the part that is
    /// ticked, in whole percents.
    #[must_use]
    pub fn value(&self) -> Option<&Quantity> {
        self.ticked()
            .or_else(|| self.latest().and_then(|entry| entry.value))
    }

    /// Returns the part of its steps that is ticked, in whole percents as they are shown; nothing without steps.
    #[must_use]
    pub const fn ticked(&self) -> Option<&Quantity> {
        self.ticked.as_ref()
    }

    /// Returns a value for each day that has one, the first day first.
    ///
    /// - Of several check-ins of a day the last one with a value counts.
    /// - Boxes have no history: what was recorded of steps is taken for its day, and what is ticked counts today, where
    ///   it differs from what was known before.
    #[must_use]
    pub fn values(&self) -> Vec<Measured<'_>> {
        let mut values: Vec<Measured<'_>> = Vec::with_capacity(self.entries().len() + 1);
        for entry in self.entries() {
            let Some(value) = entry.check_in.value.as_ref() else {
                continue;
            };
            let date = entry.check_in.date;
            if values.last().is_some_and(|last| last.date == date) {
                values.pop();
            }
            values.push(Measured { date, value });
        }
        let Some(ticked) = self.ticked() else {
            return values;
        };
        let is_news = match values.last() {
            Some(last) => last.value != ticked,
            None => !ticked.value.is_zero(),
        };
        if is_news {
            values.pop_if(|last| last.date == self.today());
            values.push(Measured {
                date: self.today(),
                value: ticked,
            });
        }
        values
    }

    /// Returns the value that counts for the day of a check-in: as it was known then, and of steps today as they are
    /// ticked.
    pub(super) fn counted<'s>(&'s self, entry: &'s Entry<'_>) -> Option<&'s Quantity> {
        let ticked = self.ticked();
        ticked
            .filter(|_| entry.check_in.date == self.today())
            .or(entry.value)
    }

    /// Returns whether anything is known of it: a check-in, or a step that is ticked.
    #[must_use]
    pub fn is_reporting(&self) -> bool {
        let has_ticks = self.ticked().is_some_and(|ticked| !ticked.value.is_zero());
        has_ticks || !self.entries().is_empty()
    }
}

/// Returns a part as the whole percents that are shown of it.
pub(super) fn in_percent(part: Decimal) -> Quantity {
    let percent = percent_shown(part, part >= Decimal::ONE).normalize();
    Quantity::new(percent, Unit::Percent)
}

#[cfg(test)]
mod tests {
    use super::super::{Facts, Overview, Schedules, Track};
    use crate::model::{FiscalYear, Period};

    const HEAD: &str = "## Objective: o\n\n### Key result: k\n\n";

    /// Checks the values and the last change as of a day.
    #[track_caller]
    fn check(fields: &str, rows: &[&str], today: &str, expected: &str, since: &str) {
        let rows = rows.join(" |\n| ");
        let table = format!("| Date | Value | Note |\n| --- | --- | --- |\n| {rows} |\n");
        let text = format!("{HEAD}{fields}\n\n{table}");
        let plan = crate::parse(text).plan;
        let key_result = &plan.objectives[0].key_results[0];
        let facts = Facts {
            key_result,
            measure: &key_result.measure,
            commitment: None,
            period: Period::parse("2026-Q2", FiscalYear::default()).ok(),
            due: None,
            cadence: None,
        };
        let track = Track::new(&facts, today.parse().unwrap());
        let values: Vec<String> = track
            .values()
            .iter()
            .map(|one| format!("{} {}", one.date.strftime("%d.%m"), one.value))
            .collect();
        assert_eq!(values.join(", "), expected, "{fields}");
        let change = track.last_change();
        let change = change.and_then(|change| Some((change.amount()?, change.since?)));
        let change = change.map(|(amount, since)| format!("{amount} since {since}"));
        assert_eq!(change.as_deref(), Some(since).filter(|it| !it.is_empty()));
    }

    const SHARE: &str = "- Baseline: 60%\n- Target: 80%";
    const HALF: &str = "- Target: done\n- [x] Step: Draft it\n- [ ] Step: Have it read";

    #[test]
    fn of_several_values_of_a_day_the_last_one_counts() {
        let rows = [
            "2026-04-10 | 61% | ",
            "2026-04-17 | 90% | ",
            "2026-04-17 | 62% | ",
            "2026-04-17 | | later",
        ];
        check(
            SHARE,
            &rows,
            "2026-04-17",
            "10.04 61%, 17.04 62%",
            "1% since 2026-04-10",
        );
        let newest_first = ["2026-04-17 | 62% | ", "2026-04-17 | 90% | ", rows[0]];
        check(
            SHARE,
            &newest_first,
            "2026-04-17",
            "10.04 61%, 17.04 62%",
            "1% since 2026-04-10",
        );
    }

    #[test]
    fn steps_count_today_as_they_are_ticked() {
        let rows = ["2026-04-10 | 25% | ", "2026-04-17 | 70% | "];
        check(
            HALF,
            &rows,
            "2026-04-17",
            "10.04 25%, 17.04 50%",
            "25% since 2026-04-10",
        );
        check(
            HALF,
            &rows,
            "2026-04-24",
            "10.04 25%, 17.04 70%, 24.04 50%",
            "-20% since 2026-04-17",
        );
    }

    #[test]
    fn steps_of_the_past_count_as_they_were_recorded() {
        let stands = |rows: &str, day: &str| {
            let table = format!("| Date | Value |\n| --- | --- |\n{rows}");
            let plan = crate::parse(format!("{HEAD}{HALF}\n\n{table}")).plan;
            let overview = Overview::of_past(&plan, day.parse().unwrap(), &Schedules::default());
            let it = &overview.objectives[0].key_results[0];
            it.standing
                .progress
                .map(|part| part.normalize().to_string())
        };
        let rows = "| 2026-04-10 | 25% |\n";
        assert_eq!(stands(rows, "2026-04-17").as_deref(), Some("0.25"));
        assert_eq!(stands(rows, "2026-04-09").as_deref(), Some("0"));
    }

    #[test]
    fn ticks_that_say_nothing_new_are_no_value_of_today() {
        let rows = ["2026-04-10 | 25% | ", "2026-04-17 | 50% | "];
        check(
            HALF,
            &rows,
            "2026-04-24",
            "10.04 25%, 17.04 50%",
            "25% since 2026-04-10",
        );
        check(HALF, &[], "2026-04-24", "24.04 50%", "");
        check(&HALF.replace("[x]", "[ ]"), &[], "2026-04-24", "", "");
    }
}
