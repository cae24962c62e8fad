//! When check-ins are owed.

use std::cell::RefCell;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Timeline;
use crate::model::{Cadence, Period, days_between};

/// The day of the week on which check-ins are due, unless a user says otherwise.
pub const CHECK_IN_DAY: Weekday = Weekday::Friday;

/// The most check-ins that are laid out: ten years of weeks. No goal has more, only a slip of the pen.
const MOST_SLOTS: usize = 530;

/// The days on which check-ins of a key result are due, the first one first.
///
/// There is at least one: the last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    cadence: Cadence,
    slots: Vec<Slot>,
}

/// The time for one check-in: all days from `opens` to `closes`, both inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    /// The first day on which a check-in counts for it.
    pub opens: Date,
    /// The day on which it is due, which is in time.
    pub due: Date,
    /// The last day on which a late one counts for it.
    pub closes: Date,
}

/// Whether the check-in of a slot came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It came on the day it was due or before.
    OnTime,
    /// It came in the days of grace.
    Late,
    /// It did not come, and the slot is closed.
    Missed,
    /// It did not come yet.
    Open,
}

/// Returns how often a plan of so many days is checked when it does not say: weekly up to 130 days, which are a
/// trimester, every two weeks up to 200, which are a half, and monthly beyond; both ends are included.
///
/// Tability asks for weekly updates of quarterly goals and monthly ones of yearly goals.
#[must_use]
pub const fn default_cadence(days: i32) -> Cadence {
    match days {
        ..=130 => Cadence::Weekly,
        131..=200 => Cadence::TwoWeekly,
        _ => Cadence::Monthly,
    }
}

/// Returns how many days a check-in may be late and still count, as Profit.co's grace period does.
const fn grace(cadence: Cadence) -> i64 {
    match cadence {
        Cadence::Weekly => 2,
        Cadence::TwoWeekly => 4,
        Cadence::Monthly => 7,
    }
}

impl Schedule {
    /// Returns the slots of the days that a key result has.
    ///
    /// Weekly ones are due on `weekday`, from the first one that is at least 4 days after the start to the last one
    /// that is at least 3 days before the end; two-weekly ones leave at least 8 days and 7 days; monthly
    /// ones are due on the last day of each month of the timeline, with at least 8 days before the end. The
    /// last slot of all is due on the last day. Days beyond some ten years have none.
    #[must_use]
    pub fn new(timeline: Timeline, cadence: Cadence, weekday: Weekday) -> Self {
        let mut dues = match cadence {
            Cadence::Weekly => every(timeline, weekday, 7, 4, 3),
            Cadence::TwoWeekly => every(timeline, weekday, 14, 8, 7),
            Cadence::Monthly => month_ends(timeline),
        };
        if dues.len() < MOST_SLOTS {
            dues.push(timeline.due());
        }
        let mut opens = timeline.start();
        let mut slots = Vec::with_capacity(dues.len());
        for due in dues {
            let closes = due.saturating_add(grace(cadence).days());
            slots.push(Slot { opens, due, closes });
            opens = closes.saturating_add(1.day());
        }
        Self { cadence, slots }
    }

    /// Returns how often check-ins are due.
    #[must_use]
    pub const fn cadence(&self) -> Cadence {
        self.cadence
    }

    /// Returns the slots, the first one first; their windows touch and do not overlap.
    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Returns the position of the slot whose window a day lies in; nothing before the first and after the last.
    #[must_use]
    pub fn position(&self, day: Date) -> Option<usize> {
        let at = self.slots.partition_point(|slot| slot.closes < day);
        self.slots
            .get(at)
            .is_some_and(|slot| slot.opens <= day)
            .then_some(at)
    }
}

/// The schedules of a plan: most of its key results have the same one, which is laid out once.
#[derive(Clone, Debug)]
pub struct Schedules {
    weekday: Weekday,
    known: RefCell<Vec<(Timeline, Arc<Schedule>)>>,
}

impl Schedules {
    /// Returns schedules whose weekly and two-weekly check-ins are due on that day of the week.
    #[must_use]
    pub const fn on(weekday: Weekday) -> Self {
        Self {
            weekday,
            known: RefCell::new(Vec::new()),
        }
    }

    /// Returns the schedule of those days and that cadence.
    #[must_use]
    pub fn of(&self, timeline: Timeline, cadence: Cadence) -> Arc<Schedule> {
        let mut known = self.known.borrow_mut();
        let is_it = |(other, schedule): &&(Timeline, Arc<Schedule>)| {
            *other == timeline && schedule.cadence == cadence
        };
        if let Some((_, schedule)) = known.iter().find(is_it) {
            return Arc::clone(schedule);
        }
        let schedule = Arc::new(Schedule::new(timeline, cadence, self.weekday));
        known.push((timeline, Arc::clone(&schedule)));
        schedule
    }
}

impl Default for Schedules {
    /// Returns schedules whose check-ins are due on [`CHECK_IN_DAY`].
    fn default() -> Self {
        Self::on(CHECK_IN_DAY)
    }
}

impl Slot {
    /// Returns what came of the slot as of `today`, given the day of the first check-in in its window.
    #[must_use]
    pub fn outcome(&self, first: Option<Date>, today: Date) -> Outcome {
        match first {
            Some(date) if date <= self.due => Outcome::OnTime,
            Some(_) => Outcome::Late,
            None if self.closes < today => Outcome::Missed,
            None => Outcome::Open,
        }
    }
}

/// Returns every `step`th day from the first `weekday` that is `after` days behind the start to the last that is
/// `before` days ahead of the end.
fn every(timeline: Timeline, weekday: Weekday, step: i64, after: i64, before: i32) -> Vec<Date> {
    let earliest = timeline.start().saturating_add(after.days());
    let ahead = weekday.to_monday_zero_offset() - earliest.weekday().to_monday_zero_offset();
    let mut due = earliest.saturating_add(i64::from(ahead.rem_euclid(7)).days());
    let mut dues = Vec::new();
    while days_between(due, timeline.due()) >= before && dues.len() < MOST_SLOTS {
        dues.push(due);
        due = due.saturating_add(step.days());
    }
    dues
}

fn month_ends(timeline: Timeline) -> Vec<Date> {
    let Some(period) = Period::custom(timeline.start(), timeline.due()) else {
        return Vec::new();
    };
    (1..)
        .map_while(|number| period.month_end(number))
        .take_while(|end| days_between(*end, timeline.due()) >= 8)
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::model::FiscalYear;

    fn schedule(period: &str, cadence: Cadence) -> Schedule {
        let period = Period::parse(period, FiscalYear::default()).unwrap();
        let timeline = Timeline::new(period.start(), period.end()).unwrap();
        Schedule::new(timeline, cadence, CHECK_IN_DAY)
    }

    fn dues(period: &str, cadence: Cadence) -> Vec<String> {
        let schedule = schedule(period, cadence);
        schedule
            .slots()
            .iter()
            .map(|slot| slot.due.to_string())
            .collect()
    }

    #[test]
    fn each_quarter_of_2026_has_thirteen_weekly_slots() {
        for quarter in ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"] {
            assert_eq!(dues(quarter, Cadence::Weekly).len(), 13, "{quarter}");
        }
        let second = dues("2026-Q2", Cadence::Weekly);
        assert_eq!(second[0], "2026-04-10");
        assert_eq!(second[11..], ["2026-06-26", "2026-06-30"]);
    }

    #[test]
    fn the_first_friday_leaves_four_days_and_the_last_three() {
        // Monday to Friday is four days; Friday to Monday is three.
        assert_eq!(
            dues("2026-04-06..2026-04-20", Cadence::Weekly),
            ["2026-04-10", "2026-04-17", "2026-04-20"]
        );
        assert_eq!(
            dues("2026-04-07..2026-04-19", Cadence::Weekly),
            ["2026-04-19"]
        );
    }

    #[test]
    fn other_cadences() {
        assert_eq!(
            dues("2026-Q2", Cadence::Monthly),
            ["2026-04-30", "2026-05-31", "2026-06-30"]
        );
        assert_eq!(
            dues("2026-Q2", Cadence::TwoWeekly),
            [
                "2026-04-10",
                "2026-04-24",
                "2026-05-08",
                "2026-05-22",
                "2026-06-05",
                "2026-06-19",
                "2026-06-30"
            ]
        );
        assert_eq!(
            dues("2026-01-01..2026-02-03", Cadence::Monthly),
            ["2026-02-03"]
        );
        assert_eq!(dues("2026", Cadence::Monthly).len(), 12);
    }

    #[test]
    fn one_day_has_one_slot() {
        assert_eq!(
            dues("2026-04-01..2026-04-01", Cadence::Weekly),
            ["2026-04-01"]
        );
    }

    #[test]
    fn windows_end_with_the_days_of_grace() {
        let schedule = schedule("2026-Q2", Cadence::Weekly);
        assert_eq!(schedule.position(date(2026, 3, 31)), None);
        assert_eq!(schedule.position(date(2026, 4, 1)), Some(0));
        assert_eq!(schedule.position(date(2026, 4, 12)), Some(0));
        assert_eq!(schedule.position(date(2026, 4, 13)), Some(1));
        assert_eq!(schedule.position(date(2026, 7, 2)), Some(12));
        assert_eq!(schedule.position(date(2026, 7, 3)), None);
    }

    #[test]
    fn a_slot_is_kept_late_missed_or_open() {
        let slot = schedule("2026-Q2", Cadence::Weekly).slots()[0];
        let today = date(2026, 4, 13);
        assert_eq!(
            slot.outcome(Some(date(2026, 4, 10)), today),
            Outcome::OnTime
        );
        assert_eq!(slot.outcome(Some(date(2026, 4, 11)), today), Outcome::Late);
        assert_eq!(slot.outcome(None, today), Outcome::Missed);
        assert_eq!(slot.outcome(None, date(2026, 4, 12)), Outcome::Open);
    }

    #[test]
    fn cadence_follows_the_length() {
        assert_eq!(default_cadence(92), Cadence::Weekly);
        assert_eq!(default_cadence(130), Cadence::Weekly);
        assert_eq!(default_cadence(131), Cadence::TwoWeekly);
        assert_eq!(default_cadence(200), Cadence::TwoWeekly);
        assert_eq!(default_cadence(365), Cadence::Monthly);
    }

    #[test]
    fn the_whole_calendar_has_a_bounded_schedule() {
        let all = Timeline::new(Date::MIN, Date::MAX).unwrap();
        for cadence in Cadence::ALL {
            assert!(Schedule::new(all, cadence, CHECK_IN_DAY).slots().len() <= MOST_SLOTS);
        }
    }

    proptest! {
        #[test]
        fn windows_touch_and_hold_their_due_day(start in 0_i64..20_000, days in 0_i64..800, which in 0_usize..3) {
            let start = date(1990, 1, 1).saturating_add(start.days());
            let timeline = Timeline::new(start, start.saturating_add(days.days())).unwrap();
            let schedule = Schedule::new(timeline, Cadence::ALL[which], CHECK_IN_DAY);
            let slots = schedule.slots();
            prop_assert_eq!(slots[0].opens, timeline.start());
            prop_assert_eq!(slots[slots.len() - 1].due, timeline.due());
            for slot in slots {
                prop_assert!(slot.opens <= slot.due && slot.due <= slot.closes);
            }
            for pair in slots.windows(2) {
                prop_assert_eq!(days_between(pair[0].closes, pair[1].opens), 1);
            }
        }
    }
}
