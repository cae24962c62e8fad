//! Where the numbers of a key result stand on a day.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::status::final_status;
use super::{Counting, Entry, Form, Schedule, Standing, Steps, Track, status_of_gap};
use crate::model::{Commitment, Quantity, Status};

impl Track<'_> {
    /// Returns where the numbers stand today.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing_on(self.today())
    }

    /// Returns where the numbers stood on a day, from the check-ins up to it.
    ///
    /// - Nothing has started before the first check-in is due, or as long as no day is known for it, while there is
    ///   none.
    /// - A way is held against the straight line to the bar; without any check-in it counts as nothing done,
    ///   once the first one was due.
    /// - What is to be kept is on track inside, at risk at the first slot outside, and off track at the second in a
    ///   row and when it is due; without any check-in each slot that was due counts as outside.
    /// - A milestone and a first value are expected whole on their last day and not before; until then they have no
    ///   status, unless they are there.
    /// - Steps are held against those that are due by the day, and where none has a date against the straight line.
    /// - Steps count today as they are ticked, and on any other day as the check-ins up to it say; so they do today
    ///   where [`Track::as_recorded`] leaves out what is ticked.
    #[must_use]
    pub fn standing_on(&self, day: Date) -> Standing {
        let known = self
            .entries()
            .partition_point(|entry| entry.check_in.date <= day);
        let known = &self.entries()[..known];
        let nothing = Standing {
            progress: None,
            is_met: None,
            expected: None,
            status: self.is_untouched(known, day).then_some(Status::NotStarted),
        };
        let Some(scale) = self.scale() else {
            return nothing;
        };
        let is_over = self.due().is_some_and(|due| day > due);
        if scale.is_milestone() {
            return self.milestone_standing(known, scale.form(), day);
        }
        if let Some(steps) = self.steps() {
            return self.steps_standing(steps, known, day);
        }
        let value = known.last().and_then(|entry| entry.value);
        let is_met = value.and_then(|value| scale.is_met(value));
        let mut progress = value.and_then(|value| scale.progress(value));
        if scale.is_kept() {
            let status = if known.is_empty() {
                Some(self.unseen_status(day))
            } else {
                is_met.map(|is_met| self.kept_status(is_met, day))
            };
            return Standing {
                progress,
                is_met,
                expected: None,
                status,
            };
        }
        if known.is_empty() && self.is_asked_for(day) {
            progress = Some(Decimal::ZERO);
        }
        let expected = self
            .timeline()
            .map(|timeline| self.bar() * timeline.elapsed(day));
        let standing = Standing {
            progress,
            is_met,
            expected,
            status: None,
        };
        let status = match (is_met, standing.gap()) {
            (Some(true), _) => Some(Status::Achieved),
            // Without a baseline no part of the way is known, and so no grade that would do; the target is missed all
            // the same.
            _ if is_over && (progress.is_some() || is_met.is_some()) => Some(self.ended(progress)),
            (_, Some(gap)) => Some(status_of_gap(gap, expected.unwrap_or_default())),
            _ => nothing.status,
        };
        Standing { status, ..standing }
    }

    /// Returns the status at the end, of what is not met: what came to what was promised of it is on track.
    fn ended(&self, progress: Option<Decimal>) -> Status {
        if progress.is_some_and(|progress| progress >= self.bar()) {
            Status::OnTrack
        } else {
            final_status(progress, self.commitment)
        }
    }

    /// Returns whether the first check-in was due on a day or before.
    fn is_asked_for(&self, day: Date) -> bool {
        let schedule = self.schedule();
        schedule.is_some_and(|schedule| schedule.slots()[0].due <= day)
    }

    /// Returns whether there is no check-in, and none was asked for.
    fn is_untouched(&self, known: &[Entry<'_>], day: Date) -> bool {
        known.is_empty() && !self.is_asked_for(day)
    }

    fn milestone_standing(&self, known: &[Entry<'_>], form: Form, day: Date) -> Standing {
        let mut statuses = known.iter().rev().filter_map(|entry| entry.check_in.status);
        // A first value is a fact, which no word of its owner stands in for.
        let said = form == Form::Milestone && statuses.next() == Some(Status::Achieved);
        // What is learning may have numbers beside it; only its owner says that the question is answered.
        let counts = self.commitment != Some(Commitment::Learning);
        let value = known
            .last()
            .and_then(|entry| entry.value)
            .filter(|_| counts);
        let shown = value.and_then(|value| self.scale()?.is_met(value)) == Some(true);
        let is_met = said || shown;
        let is_due = self.due().is_some_and(|due| day >= due);
        let status = match (is_met, is_due) {
            (true, _) => Some(Status::Achieved),
            (false, true) => Some(Status::OffTrack),
            (false, false) => self.is_untouched(known, day).then_some(Status::NotStarted),
        };
        let part = if is_due { self.bar() } else { Decimal::ZERO };
        Standing {
            progress: Some(if is_met { Decimal::ONE } else { Decimal::ZERO }),
            is_met: Some(is_met),
            expected: self.due().map(|_| part),
            status,
        }
    }

    fn steps_standing(&self, steps: &Steps, known: &[Entry<'_>], day: Date) -> Standing {
        let said = known
            .last()
            .and_then(|entry| self.scale()?.progress(entry.value?));
        let progress = match said {
            _ if day == self.today() && self.ticked().is_some() => Some(steps.done()),
            Some(said) => Some(said),
            None => known.is_empty().then_some(Decimal::ZERO),
        };
        let is_over = self.due().is_some_and(|due| day > due);
        let is_met = progress.map(|progress| progress >= Decimal::ONE);
        let asked_for = if is_over {
            Some(Decimal::ONE)
        } else {
            let elapsed = self.timeline().map(|timeline| timeline.elapsed(day));
            steps.due(day).or(elapsed)
        };
        let expected = asked_for.map(|part| self.bar() * part);
        let standing = Standing {
            progress,
            is_met,
            expected,
            status: None,
        };
        let is_untouched = self.is_untouched(known, day) && progress == Some(Decimal::ZERO);
        let status = match (is_met, expected, standing.gap()) {
            (Some(true), ..) => Some(Status::Achieved),
            _ if is_over => Some(self.ended(progress)),
            _ if is_untouched => Some(Status::NotStarted),
            (_, Some(expected), Some(gap)) => Some(status_of_gap(gap, expected)),
            _ => None,
        };
        Standing { status, ..standing }
    }

    /// Returns the status that counts: the owner's last word, as long as no slot has closed since its own without
    /// another; else that of the numbers.
    #[must_use]
    pub fn counting(&self) -> Counting {
        let holds = |date: Date| {
            let closed = self.slots().iter().rev();
            let mut closed = closed.filter(|slot| slot.slot.closes < self.today());
            closed.next().is_none_or(|slot| slot.slot.opens <= date)
        };
        match self.last_word() {
            Some((entry, status)) if holds(entry.check_in.date) || status.is_last_word() => {
                Counting {
                    status: Some(status),
                    is_auto: false,
                }
            }
            _ => Counting {
                status: self.standing().status,
                is_auto: true,
            },
        }
    }

    /// Returns the status of a value to be kept, whose latest one is or is not inside.
    fn kept_status(&self, is_inside: bool, day: Date) -> Status {
        let is_due = self.due().is_some_and(|due| day >= due);
        let is_over = self.due().is_some_and(|due| day > due);
        match is_inside {
            true if is_over => Status::Achieved,
            true => Status::OnTrack,
            false if is_due || self.was_outside_before(day) => Status::OffTrack,
            false => Status::AtRisk,
        }
    }

    /// Returns the status of a value to be kept that nobody has ever looked at.
    fn unseen_status(&self, day: Date) -> Status {
        let slots = self.schedule().map(Schedule::slots).unwrap_or_default();
        let asked_for = slots.partition_point(|slot| slot.due <= day);
        let is_due = self.due().is_some_and(|due| day >= due);
        match asked_for {
            0 if !is_due => Status::NotStarted,
            1 if !is_due => Status::AtRisk,
            _ => Status::OffTrack,
        }
    }

    /// Returns whether the slot before the last one with a value, up to a day, had a value outside too.
    fn was_outside_before(&self, day: Date) -> bool {
        let values = self.slots().iter().rev().filter_map(|slot| {
            let entries = self.entries().get(slot.entries.clone())?;
            let mut known = entries.iter().filter(|entry| entry.check_in.date <= day);
            known.rfind(|entry| entry.check_in.value.is_some())?.value
        });
        let is_outside =
            |value: &Quantity| self.scale().and_then(|scale| scale.is_met(value)) == Some(false);
        values.skip(1).take(1).any(is_outside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parse_date;
    use crate::progress::{Facts, Schedules};

    /// Returns what `look` sees of the one key result of a plan for the last quarter of 2026 on a day.
    fn seen<T>(fields: &str, rows: &[&str], day: &str, look: impl Fn(&Track<'_>) -> T) -> T {
        let rows = rows.join(" |\n| ");
        let plan = crate::parse(format!(
            "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n### Key result: k\n\n{fields}\n| Date | Value |\n| --- | --- |\n| {rows} |\n"
        ))
        .plan;
        let key_result = &plan.objectives[0].key_results[0];
        let facts = Facts {
            key_result,
            measure: &key_result.measure,
            commitment: None,
            period: plan.period,
            due: key_result.due,
            cadence: None,
        };
        let today = parse_date(day).unwrap();
        look(&Track::among(&facts, today, &Schedules::default()))
    }

    #[test]
    fn a_target_is_missed_after_its_day_whether_or_not_the_baseline_is_known() {
        let status = |fields: &str, day: &str| {
            seen(fields, &["2026-11-13 | 40%"], day, |track| {
                track.standing().status
            })
        };
        let open =
            "- Direction: increase\n- Baseline: to be measured\n- Target: 80%\n- Due: 2026-11-15\n";
        assert_eq!(status(open, "2026-11-15"), None);
        assert_eq!(status(open, "2026-11-16"), Some(Status::OffTrack));
        let met = open.replace("80%", "40%");
        assert_eq!(status(&met, "2026-11-16"), Some(Status::Achieved));
    }

    #[test]
    fn nothing_is_forecast_of_a_day_whose_value_is_there() {
        let fields = "- Baseline: 6\n- Target: 0\n";
        let rows = ["2026-12-18 | 3", "2026-12-25 | 2", "2026-12-31 | 1"];
        let forecast = |rows: &[&str]| {
            seen(fields, rows, "2026-12-31", |track| {
                track.forecast().is_some()
            })
        };
        assert!(forecast(&rows[..2]));
        assert!(!forecast(&rows));
    }
}
