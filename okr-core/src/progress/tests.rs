//! Tracks of small key results, on the days where something changes.

use jiff::civil::Date;

use super::*;
use crate::model::{
    CheckIn, Commitment, FiscalYear, Inline, KeyResult, Measure, Period, Quantity, Status, Target,
    parse_date,
};

/// A key result from 0% to 100% in the second quarter of 2026, with check-ins written like
/// `2026-04-10 5% yellow 7 note`, each part but the day left out where it does not matter.
struct Sample {
    key_result: KeyResult,
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
            key_result: KeyResult {
                measure: Measure {
                    start: start.map(|start| Quantity::parse(start).unwrap()),
                    target: Target::parse(target).ok(),
                    ..Measure::default()
                },
                check_ins: check_ins.iter().map(check_in).collect(),
                ..KeyResult::default()
            },
            commitment: None,
            due: None,
        }
    }

    fn track(&self, today: &str) -> Track<'_> {
        let facts = Facts {
            key_result: &self.key_result,
            measure: &self.key_result.measure,
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
fn nothing_more_is_owed_of_a_first_value_or_a_milestone_that_is_there() {
    let first_value = Target::FirstValue.to_string();
    Sample::with(
        None,
        &first_value,
        &["2026-05-08 71%", "2026-05-15 said-so"],
    )
    .reports("2026-05-07", Reporting::NeverStarted)
    .reports("2026-05-25", Reporting::Over);
    Sample::with(None, &first_value, &["2026-05-08 not-yet"])
        .reports("2026-05-25", Reporting::Stale);
    // Whoever says more about it than the value goes on with it.
    Sample::with(None, &first_value, &["2026-05-08 71% at-risk"])
        .reports("2026-05-25", Reporting::Stale);
    // A value of a measure may change again.
    Sample::new(&["2026-05-08 100%"]).reports("2026-05-25", Reporting::Stale);
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
        .stands("2026-06-29", None)
        .stands("2026-06-30", Some(Status::OffTrack));
    Sample::with(None, "done", &[])
        .stands("2026-04-09", Some(Status::NotStarted))
        .stands("2026-04-10", None);
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
            key_result: &sample.key_result,
            measure: &sample.key_result.measure,
            commitment: None,
            period: Period::custom(Date::MIN, Date::MAX),
            due: None,
            cadence: None,
        };
        let track = Track::new(&facts, today);
        let _ = (track.standing(), track.reporting(), track.colours());
    }
}

/// Reads the first key result of a plan for the second quarter of 2026.
fn key_result(text: &str) -> KeyResult {
    let text = format!("## Objective: o\n\n### Key result: k\n\n{text}");
    crate::parse(text).plan.objectives[0].key_results[0].clone()
}

fn track_of<'a>(
    key_result: &'a KeyResult,
    today: &str,
    commitment: Option<Commitment>,
) -> Track<'a> {
    let facts = Facts {
        key_result,
        measure: &key_result.measure,
        commitment,
        period: Period::parse("2026-Q2", FiscalYear::default()).ok(),
        due: None,
        cadence: None,
    };
    Track::new(&facts, day(today))
}

/// Shows progress, what is expected and the status of a key result on a day.
#[track_caller]
fn check_standing(text: &str, today: &str, expected: &str) {
    let key_result = key_result(text);
    let track = track_of(&key_result, today, None);
    let standing = track.standing();
    let part = |part: Option<rust_decimal::Decimal>| {
        part.map_or("-".to_owned(), |part| {
            part.round_dp(2).normalize().to_string()
        })
    };
    let status = standing.status.map_or("-", Status::word);
    let shown = format!(
        "{} of {}, {status}",
        part(standing.progress),
        part(standing.expected)
    );
    assert_eq!(shown, expected, "{today}");
}

#[test]
fn steps_count_as_they_are_ticked() {
    let steps = "- Target: done\n- [x] Step: Contract (due 2026-04-30)\n- [ ] Step: Run (due 2026-05-31)\n\
                 - [ ] Step (weight 2): Review (due 2026-06-30)\n- [x] Tell the team\n";
    check_standing(steps, "2026-04-09", "0.25 of 0, on track");
    let untouched = steps.replace("[x]", "[ ]");
    check_standing(&untouched, "2026-04-09", "0 of 0, not started");
    check_standing(&untouched, "2026-04-10", "0 of 0, on track");
    check_standing(steps, "2026-05-10", "0.25 of 0.25, on track");
    check_standing(steps, "2026-06-01", "0.25 of 0.5, off track");
    check_standing(steps, "2026-07-01", "0.25 of 1, off track");
    let open = "- [ ] Step: Contract\n- [ ] Step: Run\n";
    check_standing(open, "2026-04-10", "0 of 0.11, at risk");
    check_standing(open, "2026-05-10", "0 of 0.44, off track");
    check_standing(
        &open.replace("[ ]", "[x]"),
        "2026-05-10",
        "1 of 0.44, achieved",
    );
}

#[test]
fn a_number_to_reach_outranks_steps() {
    let text = "- Baseline: 0\n- Target: 4\n- [x] Step: Contract\n\n| Date | Value |\n| --- | --- |\n| 2026-05-08 | 2 |\n";
    check_standing(text, "2026-05-10", "0.5 of 0.44, on track");
}

#[test]
fn a_guardrail_must_not_get_worse() {
    let check_ins = "\n\n| Date | Value |\n| --- | --- |\n| 2026-05-08 | VALUE |\n";
    let bound = format!("- Guardrail: yes\n- Baseline: 3%\n- Target: at most 4%{check_ins}");
    check_standing(
        &bound.replace("VALUE", "4%"),
        "2026-05-10",
        "1 of -, on track",
    );
    check_standing(
        &bound.replace("VALUE", "4.1%"),
        "2026-05-10",
        "0 of -, at risk",
    );
    let start = format!("- Guardrail: yes\n- Direction: increase\n- Baseline: 90%{check_ins}");
    check_standing(
        &start.replace("VALUE", "90%"),
        "2026-05-10",
        "1 of -, on track",
    );
    check_standing(
        &start.replace("VALUE", "89%"),
        "2026-05-10",
        "0 of -, at risk",
    );
}

#[test]
fn a_first_value_is_all_that_is_looked_for() {
    let text = "- Target: a first value\n- Unit: days";
    check_standing(text, "2026-04-09", "0 of 0, not started");
    check_standing(text, "2026-05-10", "0 of 0, -");
    check_standing(text, "2026-06-30", "0 of 1, off track");
    let found = format!("{text}\n\n| Date | Value |\n| --- | --- |\n| 2026-05-08 | 44 days |\n");
    check_standing(&found, "2026-05-10", "1 of 0, achieved");
    let said = format!("{text}\n\n| Date | Status |\n| --- | --- |\n| 2026-05-08 | achieved |\n");
    check_standing(&said, "2026-05-10", "0 of 0, -");
}

#[test]
fn what_is_promised_is_what_is_expected() {
    let text = "- Baseline: 60%\n- Target: 80%\n- Commit: 70%\n\n| Date | Value |\n| --- | --- |\n| 2026-05-08 | 64% |\n";
    check_standing(text, "2026-05-10", "0.2 of 0.22, on track");
    check_standing(
        &text.replace("Commit: 70%", "Commit: 50%"),
        "2026-05-10",
        "0.2 of 0.44, off track",
    );
}

#[test]
fn the_owner_counts_until_a_slot_has_closed_without_another_word() {
    let sample = Sample::new(&["2026-05-08 5% green"]);
    let counting = |today: &str| {
        let counting = sample.track(today).counting();
        (counting.status, counting.is_auto)
    };
    assert_eq!(counting("2026-05-17"), (Some(Status::OnTrack), false));
    assert_eq!(counting("2026-05-18"), (Some(Status::OffTrack), true));
    let sample = Sample::new(&["2026-05-08 5% paused"]);
    let counting = sample.track("2026-06-18").counting();
    assert_eq!(
        (counting.status, counting.is_auto),
        (Some(Status::Paused), false)
    );
}

#[test]
fn what_is_kept_is_graded_by_its_slots() {
    let check_ins = [
        "2026-04-10 96%",
        "2026-04-17 94%",
        "2026-04-24 95%",
        "2026-05-01 97%",
    ];
    let sample = Sample::with(None, "at least 95%", &check_ins);
    let outturn = sample.track("2026-05-10").outturn();
    assert_eq!(
        (outturn.progress.to_string(), outturn.is_met),
        ("0.75".to_owned(), false)
    );
    assert_eq!(outturn.grade().to_string(), "0.8");
    let inside = Sample::with(None, "at least 95%", &["2026-04-10 96%", "2026-04-17 95%"]);
    assert_eq!(
        inside.track("2026-05-10").outturn().grade().to_string(),
        "1.0"
    );
    assert_eq!(
        Sample::new(&[])
            .track("2026-05-10")
            .outturn()
            .grade()
            .to_string(),
        "0.0"
    );
}

#[test]
fn learning_is_graded_by_its_evidence() {
    let mut sample = Sample::new(&["2026-05-08 achieved because-we-know"]);
    sample.commitment = Some(Commitment::Learning);
    assert_eq!(
        sample.track("2026-07-01").outturn().grade().to_string(),
        "1.0"
    );
    let mut silent = Sample::new(&["2026-05-08 100% achieved"]);
    silent.commitment = Some(Commitment::Learning);
    assert_eq!(
        silent.track("2026-07-01").outturn().grade().to_string(),
        "0.0"
    );
}

/// A dispute cycle from 12 to 6 days; the fourth value is a bad end of a month.
const CYCLE: &str = "- Baseline: 12 days\n- Target: 6 days\n\n| Date | Value |\n| --- | --- |\n| 2026-04-01 | 12 |\n\
    | 2026-04-08 | 11.4 |\n| 2026-04-15 | 10.9 |\n| 2026-04-22 | 14.9 |\n| 2026-04-29 | 9.8 |\n| 2026-05-06 | 9.2 |\n";

#[test]
fn a_forecast_stands_up_to_one_bad_value() {
    let key_result = key_result(CYCLE);
    let forecast = track_of(&key_result, "2026-05-06", None)
        .forecast()
        .unwrap();
    assert_eq!(forecast.method.name(), "Theil–Sen");
    assert_eq!(forecast.value.to_string(), "4.9286");
    assert_eq!(forecast.outlook, Some(Outlook::Hit));
    assert_eq!(forecast.eta, Some(day("2026-06-17")));
    let (low, high) = forecast.band.unwrap();
    assert!(low <= forecast.value && forecast.value < high);
    // From 12 to 9.2 in 35 days; from 9.2 to 6 in the 55 that are left.
    assert!((forecast.pace.made - -0.08).abs() < 1e-9);
    assert!((forecast.pace.needed.unwrap() - -3.2 / 55.0).abs() < 1e-9);
}

#[test]
fn there_is_no_forecast_without_a_way() {
    let none = |text: &str, today: &str| {
        assert_eq!(
            track_of(&key_result(text), today, None).forecast(),
            None,
            "{text}"
        );
    };
    none(CYCLE, "2026-07-01");
    none(CYCLE, "2026-04-07");
    none(&CYCLE.replace("| 9.2 |", "| 5.9 |"), "2026-05-06");
    none(
        &CYCLE.replace("- Target: 6 days", "- Target: at most 13 days"),
        "2026-05-06",
    );
    none(
        &CYCLE.replace("- Target: 6 days", "- Target: done"),
        "2026-05-06",
    );
}

#[test]
fn a_line_that_hardly_rises_meets_its_target_on_no_day_of_the_calendar() {
    let rows = "| Date | Value |\n| --- | --- |\n| 2026-04-10 | 1 |\n| 2026-04-17 | 1.000001 |\n";
    let text = format!("- Baseline: 0\n- Target: 1000000\n\n{rows}");
    let key_result = key_result(&text);
    let forecast = track_of(&key_result, "2026-04-24", None).forecast();
    assert_eq!(forecast.unwrap().eta, None);
}

#[test]
fn a_forecast_is_a_value_that_the_unit_can_have() {
    let values = |values: [&str; 3]| {
        let rows: Vec<_> = ["2026-04-10", "2026-04-17", "2026-04-24"]
            .iter()
            .zip(values)
            .map(|(date, value)| format!("| {date} | {value} |\n"))
            .collect();
        format!("\n| Date | Value |\n| --- | --- |\n{}", rows.concat())
    };
    let forecast = |fields: &str, column: [&str; 3]| {
        let key_result = key_result(&format!("{fields}\n{}", values(column)));
        let forecast = track_of(&key_result, "2026-04-24", None).forecast();
        forecast.unwrap().value.to_string()
    };
    assert_eq!(
        forecast("- Baseline: 40%\n- Target: 95%\n", ["50%", "65%", "80%"]),
        "100"
    );
    assert_eq!(
        forecast("- Baseline: 400\n- Target: 10\n", ["300", "200", "100"]),
        "0"
    );
    assert_eq!(
        forecast(
            "- Baseline: EUR 40\n- Target: EUR -10\n",
            ["EUR 30", "EUR 20", "EUR 10"]
        ),
        "-85.7143"
    );
}

#[test]
fn the_last_values_have_a_name_for_what_they_do() {
    let movement = |values: &[&str]| {
        let check_ins: Vec<_> = values
            .iter()
            .zip(["2026-04-10", "2026-04-17", "2026-04-24", "2026-05-01"])
            .map(|(value, date)| format!("{date} {value}%"))
            .collect();
        let check_ins: Vec<_> = check_ins.iter().map(String::as_str).collect();
        let sample = Sample::new(&check_ins);
        sample.track("2026-05-02").movement().map(Movement::word)
    };
    assert_eq!(movement(&["10", "10", "10"]), Some("flat"));
    assert_eq!(movement(&["10", "20", "27", "30"]), Some("slowing"));
    assert_eq!(movement(&["10", "20", "15", "12"]), Some("reversing"));
    assert_eq!(movement(&["10", "20", "30", "40"]), None);
    assert_eq!(movement(&["10", "10"]), None);
}

#[test]
fn a_newer_confidence_is_the_word_of_the_owner() {
    let counts = |rows: &[&str], today: &str| {
        let sample = Sample::new(rows);
        let counting = sample.track(today).counting();
        (counting.status, counting.is_auto)
    };
    let green = "2026-04-10 8% green";
    assert_eq!(
        counts(&[green, "2026-04-17 9% 2"], "2026-04-17"),
        (Some(Status::OffTrack), false)
    );
    assert_eq!(
        counts(&[green, "2026-04-17 9%"], "2026-04-17"),
        (Some(Status::OnTrack), false)
    );
    // A word for good is taken back by a status alone.
    assert_eq!(
        counts(&["2026-04-10 8% paused", "2026-04-17 9% 2"], "2026-04-17"),
        (Some(Status::Paused), false)
    );
}

#[test]
fn what_is_kept_without_any_check_in_is_outside_at_each_slot_that_was_due() {
    Sample::with(None, "at most 2%", &[])
        .stands("2026-04-09", Some(Status::NotStarted))
        .stands("2026-04-10", Some(Status::AtRisk))
        .stands("2026-04-16", Some(Status::AtRisk))
        .stands("2026-04-17", Some(Status::OffTrack))
        .stands("2026-06-30", Some(Status::OffTrack))
        .stands("2026-07-01", Some(Status::OffTrack));
}

#[test]
fn a_run_of_yellows_ends_after_the_last_slot_too() {
    let open = |rows: &[&str]| {
        let mut sample = Sample::new(rows);
        sample.due = Some(day("2026-05-29"));
        let run = sample.track("2026-06-15").yellow_runs().pop();
        run.map(|run| (run.length, run.is_open))
    };
    let yellows = ["2026-05-22 5% yellow", "2026-05-29 5% yellow"];
    let [first, second] = yellows;
    assert_eq!(open(&yellows), Some((2, true)));
    assert_eq!(
        open(&[first, second, "2026-06-12 5% red"]),
        Some((2, false))
    );
    assert_eq!(
        open(&[first, second, "2026-06-12 5% yellow"]),
        Some((2, true))
    );
}
