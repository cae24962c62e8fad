//! Tracks of small key results, on the days where something changes.

use jiff::civil::Date;

use super::*;
use crate::model::{
    CheckIn, Commitment, FiscalYear, Inline, Measure, Period, Quantity, Status, Target, parse_date,
};

/// A key result from 0% to 100% in the second quarter of 2026, with check-ins written like
/// `2026-04-10 5% yellow 7 note`, each part but the day left out where it does not matter.
struct Sample {
    measure: Measure,
    check_ins: Vec<CheckIn>,
    commitment: Option<Commitment>,
    due: Option<Date>,
}

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

impl Sample {
    fn new(check_ins: &[&str]) -> Self {
        Self::with(Some("0%"), "100%", check_ins)
    }

    fn with(start: Option<&str>, target: &str, check_ins: &[&str]) -> Self {
        let check_in = |line: &&str| {
            let mut words = line.split(' ');
            let mut check_in = CheckIn::new(day(words.next().unwrap()));
            for word in words {
                match (Status::parse(word), word.parse(), word.ends_with('%')) {
                    (Some(status), ..) => check_in.status = Some(status),
                    (_, Ok(confidence), _) => check_in.confidence = Some(confidence),
                    (.., true) => check_in.value = Quantity::parse(word).ok(),
                    _ => check_in.note = Some(Inline::from_plain(word)),
                }
            }
            check_in
        };
        Self {
            measure: Measure {
                start: start.map(|start| Quantity::parse(start).unwrap()),
                target: Target::parse(target).ok(),
                ..Measure::default()
            },
            check_ins: check_ins.iter().map(check_in).collect(),
            commitment: None,
            due: None,
        }
    }

    fn track(&self, today: &str) -> Track<'_> {
        let facts = Facts {
            measure: &self.measure,
            check_ins: &self.check_ins,
            commitment: self.commitment,
            period: Period::parse("2026-Q2", FiscalYear::default()).ok(),
            due: self.due,
            cadence: None,
        };
        Track::new(&facts, day(today))
    }

    #[track_caller]
    fn reports(&self, today: &str, expected: Reporting) -> &Self {
        assert_eq!(self.track(today).reporting(), Some(expected), "{today}");
        self
    }

    #[track_caller]
    fn stands(&self, today: &str, expected: Option<Status>) -> &Self {
        assert_eq!(self.track(today).standing().status, expected, "{today}");
        self
    }

    #[track_caller]
    fn runs(&self, today: &str, expected: &[usize]) {
        let runs = self.track(today).yellow_runs();
        let lengths: Vec<_> = runs.iter().map(|run| run.length).collect();
        assert_eq!(lengths, expected);
    }
}

#[test]
fn reporting_without_any_check_in() {
    Sample::new(&[])
        .reports("2026-03-31", Reporting::Over)
        .reports("2026-04-08", Reporting::Upcoming)
        .reports("2026-04-09", Reporting::Due)
        .reports("2026-04-10", Reporting::Due)
        .reports("2026-04-11", Reporting::Late)
        .reports("2026-04-16", Reporting::Late)
        .reports("2026-04-17", Reporting::NeverStarted)
        .reports("2026-07-02", Reporting::NeverStarted)
        .reports("2026-07-03", Reporting::Over);
}

#[test]
fn reporting_after_a_check_in() {
    Sample::new(&["2026-05-08 5%"])
        .reports("2026-05-10", Reporting::Current)
        .reports("2026-05-11", Reporting::Upcoming)
        .reports("2026-05-14", Reporting::Due)
        .reports("2026-05-16", Reporting::Late)
        .reports("2026-05-18", Reporting::Late)
        .reports("2026-05-24", Reporting::Late)
        .reports("2026-05-25", Reporting::Stale)
        .reports("2026-06-01", Reporting::Abandoned);
}

#[test]
fn a_check_in_of_tomorrow_or_without_words_does_not_count() {
    Sample::new(&["2026-05-08 5%", "2026-05-15", "2026-05-18 7%"])
        .reports("2026-05-17", Reporting::Late)
        .reports("2026-05-18", Reporting::Current);
}

#[test]
fn nothing_is_owed_of_what_is_over() {
    for word in ["achieved", "cancelled", "paused"] {
        Sample::new(&[&format!("2026-04-10 5% {word}")]).reports("2026-06-30", Reporting::Over);
    }
    Sample::new(&["2026-04-10 5% paused", "2026-04-17 6% green"])
        .reports("2026-05-31", Reporting::Abandoned);
}

#[test]
fn an_own_due_date_ends_the_schedule() {
    let mut sample = Sample::new(&["2026-05-08 5%"]);
    sample.due = Some(day("2026-05-15"));
    sample
        .reports("2026-05-17", Reporting::Late)
        .reports("2026-05-18", Reporting::Over);
    sample.due = Some(day("2026-03-15"));
    assert_eq!(sample.track("2026-05-17").reporting(), None);
}

#[test]
fn numbers_before_the_first_check_in_is_due_have_not_started() {
    Sample::new(&[])
        .stands("2026-04-09", Some(Status::NotStarted))
        .stands("2026-04-10", Some(Status::AtRisk))
        .stands("2026-04-18", Some(Status::AtRisk))
        .stands("2026-04-19", Some(Status::OffTrack))
        .stands("2026-07-01", Some(Status::OffTrack));
}

#[test]
fn numbers_are_held_against_the_straight_line() {
    Sample::new(&["2026-05-08 34%"])
        .stands("2026-05-10", Some(Status::OnTrack))
        .stands("2026-05-11", Some(Status::AtRisk));
    Sample::new(&["2026-05-08 100%"]).stands("2026-05-10", Some(Status::Achieved));
    Sample::new(&["2026-05-08 green"]).stands("2026-05-10", None);
    let mut stretch = Sample::new(&["2026-06-30 70%"]);
    stretch.commitment = Some(Commitment::Aspirational);
    stretch.stands("2026-07-01", Some(Status::OnTrack));
}

#[test]
fn what_is_kept_may_be_outside_once() {
    let sample = Sample::with(
        None,
        "at most 2%",
        &["2026-05-01 1%", "2026-05-08 3%", "2026-05-15 4%"],
    );
    sample
        .stands("2026-05-01", Some(Status::OnTrack))
        .stands("2026-05-08", Some(Status::AtRisk))
        .stands("2026-05-15", Some(Status::OffTrack));
    Sample::with(None, "at most 2%", &["2026-06-19 1%", "2026-06-30 3%"])
        .stands("2026-06-30", Some(Status::OffTrack));
    Sample::with(None, "at most 2%", &["2026-06-30 2%"])
        .stands("2026-06-30", Some(Status::OnTrack))
        .stands("2026-07-01", Some(Status::Achieved));
}

#[test]
fn a_milestone_has_no_status_before_it_is_due() {
    Sample::with(None, "done", &["2026-05-08 green"])
        .stands("2026-06-30", None)
        .stands("2026-07-01", Some(Status::OffTrack));
    Sample::with(None, "done", &["2026-05-08 achieved"])
        .stands("2026-05-10", Some(Status::Achieved));
}

#[test]
fn what_is_learning_is_done_when_its_owner_says_so() {
    let mut sample = Sample::new(&["2026-05-08 100%"]);
    sample.commitment = Some(Commitment::Learning);
    sample.stands("2026-05-10", None);
}

#[test]
fn the_last_check_in_of_a_slot_counts() {
    let yellow = [
        "2026-05-08 yellow",
        "2026-05-15 yellow",
        "2026-05-22 yellow",
    ];
    Sample::new(&yellow).runs("2026-05-22", &[3]);
    Sample::new(&[
        "2026-05-08 yellow",
        "2026-05-13 yellow",
        "2026-05-15 yellow",
    ])
    .runs("2026-05-22", &[2]);
    Sample::new(&["2026-05-08 yellow", "2026-05-13 yellow", "2026-05-15 green"])
        .runs("2026-05-22", &[1]);
}

#[test]
fn of_one_day_the_row_that_was_added_last_counts() {
    let yellow_last = ["2026-05-08 5%", "2026-05-15 green", "2026-05-15 yellow"];
    Sample::new(&yellow_last).runs("2026-05-22", &[1]);
    let green_last = ["2026-05-08 5%", "2026-05-15 yellow", "2026-05-15 green"];
    Sample::new(&green_last).runs("2026-05-22", &[]);
    // With the newest on top, the upper one of a day was added last.
    let yellow_on_top = ["2026-05-15 yellow", "2026-05-15 green", "2026-05-08 green"];
    Sample::new(&yellow_on_top).runs("2026-05-22", &[1]);
}

#[test]
fn days_of_grace_belong_to_the_slot_before() {
    // The 17th is in the grace of the 15th; the 18th is not.
    Sample::new(&["2026-05-15 yellow", "2026-05-17 yellow"]).runs("2026-05-22", &[1]);
    Sample::new(&["2026-05-15 yellow", "2026-05-18 yellow"]).runs("2026-05-22", &[2]);
}

#[test]
fn a_check_in_without_status_takes_one_from_confidence_or_numbers() {
    Sample::new(&["2026-05-08 7", "2026-05-15 4", "2026-05-22 6"]).runs("2026-05-22", &[2]);
    // Day 38 asks for 0.42, day 45 for 0.49: 30% and 35% are both at risk.
    Sample::new(&["2026-05-08 30%", "2026-05-15 35%"]).runs("2026-05-22", &[2]);
}

#[test]
fn the_ends_of_the_calendar_do_no_harm() {
    let sample = Sample::new(&["2026-05-08 5% yellow"]);
    for today in [Date::MIN, Date::MAX] {
        let facts = Facts {
            measure: &sample.measure,
            check_ins: &sample.check_ins,
            commitment: None,
            period: Period::custom(Date::MIN, Date::MAX),
            due: None,
            cadence: None,
        };
        let track = Track::new(&facts, today);
        let _ = (track.standing(), track.reporting(), track.colours());
    }
}
