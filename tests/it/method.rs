//! The worked examples of the method, by its sections: grades, progress, statuses, confidence, check-ins, yellow runs,
//! forecasts, periods and deadlines.

use jiff::civil::{Date, date};
use okr_core::closing::Closing;
use okr_core::model::{
    Cadence, Commitment, FiscalYear, Measure, Period, Quantity, Status, Target, YearLabel,
    parse_date,
};
use okr_core::progress::{
    CHECK_IN_DAY, Facts, Grade, NetConfidence, Part, RollUp, Scale, Schedule, Schedules,
    SlotColour, Timeline, Track, Verdict, bar, default_cadence, percent_shown,
    status_of_confidence, status_of_gap, yellow_runs,
};
use okr_core::statement::{self, Lexicon};
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn scale(start: &str, target: &str) -> Scale {
    let measure = Measure {
        start: Quantity::parse(start).ok(),
        target: Target::parse(target).ok(),
        ..Measure::default()
    };
    Scale::of(&measure).unwrap()
}

#[track_caller]
fn check_progress(start: &str, target: &str, value: &str, expected: &str) {
    let progress = scale(start, target).progress(&Quantity::parse(value).unwrap());
    assert_eq!(
        progress,
        Some(decimal(expected)),
        "{start} to {target}, at {value}"
    );
}

#[test]
fn section_2_grades() {
    let grade = |progress: &str, is_met| Grade::new(decimal(progress), is_met);
    assert_eq!(grade("0.96", false).to_string(), "0.9");
    assert_eq!(grade("1", true).to_string(), "1.0");
    let committed = Verdict::new(grade("0.8", false), false, Some(Commitment::Committed));
    assert_eq!(
        (committed.band.word(), committed.needs_reason),
        ("red", true)
    );
    let stretch = Verdict::new(grade("0.7", false), false, Some(Commitment::Aspirational));
    assert_eq!(
        (stretch.band.word(), stretch.needs_reason),
        ("green", false)
    );
    // The mean is of what is not rounded: 0.84 and 0.64 are 0.74, not the mean of 0.8 and 0.6.
    let text = "---\nperiod: 2026-Q2\n---\n\n## Objective: o\n\n\
        ### KR: a\n- Baseline: 0\n- Target: 100\n\n| Date | Value |\n|-|-|\n| 2026-06-30 | 84 |\n\n\
        ### KR: b\n- Baseline: 0\n- Target: 100\n\n| Date | Value |\n|-|-|\n| 2026-06-30 | 66 |\n";
    let plan = okr_core::parse(text).plan;
    let closing = Closing::of(
        &plan,
        date(2026, 6, 30),
        &Lexicon::default(),
        &Schedules::default(),
    );
    assert_eq!(
        closing.objectives[0].roll_up.progress,
        Some(decimal("0.75"))
    );
    assert_eq!(
        closing.objectives[0].roll_up.grade().unwrap().to_string(),
        "0.8"
    );
}

#[test]
fn section_3_progress() {
    check_progress("20 days", "12 days", "15 days", "0.625");
    check_progress("20 days", "12 days", "22 days", "-0.25");
    check_progress("20 days", "12 days", "11 days", "1.125");
    check_progress("EUR -40k", "EUR 10k", "EUR -15k", "0.5");
    check_progress("0", "20", "5", "0.25");
    // A strict target that is reached exactly is 1 and is not met.
    let strict = scale("10%", "below 5%");
    let value = Quantity::parse("5%").unwrap();
    assert_eq!(strict.progress(&value), Some(Decimal::ONE));
    assert_eq!(strict.is_met(&value), Some(false));
    assert_eq!(percent_shown(Decimal::ONE, false), decimal("99"));
    // By percent without a start is tracked as the change itself; of zero it is nothing.
    let change = Measure {
        target: Target::parse("+25%").ok(),
        ..Measure::default()
    };
    let half = Quantity::parse("12.5%").unwrap();
    assert_eq!(
        Scale::of(&change).unwrap().progress(&half),
        Some(decimal("0.5"))
    );
    let of_zero = Measure {
        start: Quantity::parse("0%").ok(),
        ..change
    };
    assert_eq!(Scale::of(&of_zero), None);
}

#[test]
fn section_3_roll_up() {
    let parts = |weights: [i64; 3]| {
        let parts = weights.into_iter().zip(["0.625", "-0.25", "1.125"]);
        let parts = parts.map(|(weight, progress)| Part {
            weight: Decimal::from(weight),
            progress: Some(decimal(progress)),
            is_met: decimal(progress) > Decimal::ONE,
            is_reporting: true,
            ..Part::default()
        });
        RollUp::new(&parts.collect::<Vec<_>>())
    };
    let plain = parts([1, 1, 1]);
    assert_eq!(plain.progress.unwrap().round_dp(3), decimal("0.542"));
    assert_eq!(plain.percent_shown(), Some(decimal("54")));
    let weighted = parts([2, 1, 1]);
    assert_eq!(weighted.progress, Some(decimal("0.5625")));
    assert_eq!(weighted.percent_shown(), Some(decimal("56")));
}

/// Returns the status of a progress on a day of the second quarter of 2026.
fn status_on(day: Date, progress: &str, commitment: Option<Commitment>) -> Status {
    let quarter = Timeline::new(date(2026, 4, 1), date(2026, 6, 30)).unwrap();
    let expected = quarter.elapsed(day) * bar(commitment);
    status_of_gap(expected - decimal(progress), expected)
}

#[test]
fn section_4_statuses() {
    let may = date(2026, 5, 10);
    let stretch = Some(Commitment::Aspirational);
    for (progress, commitment, expected) in [
        ("0.34", None, Status::OnTrack),
        ("0.33", None, Status::AtRisk),
        ("0.24", None, Status::AtRisk),
        ("0.23", None, Status::OffTrack),
        ("0.21", stretch, Status::OnTrack),
        ("0.20", stretch, Status::AtRisk),
        ("0.11", stretch, Status::AtRisk),
        ("0.10", stretch, Status::OffTrack),
    ] {
        assert_eq!(status_on(may, progress, commitment), expected, "{progress}");
    }
    // No movement at all: the ends of the first three weeks.
    assert_eq!(status_on(date(2026, 4, 7), "0", None), Status::OnTrack);
    assert_eq!(status_on(date(2026, 4, 14), "0", None), Status::AtRisk);
    assert_eq!(status_on(date(2026, 4, 21), "0", None), Status::OffTrack);
    let end = date(2026, 6, 30);
    for (progress, commitment, expected) in [
        ("0.9", None, Status::OnTrack),
        ("0.7", None, Status::AtRisk),
        ("0.69", None, Status::OffTrack),
        ("0.6", stretch, Status::OnTrack),
        ("0.49", stretch, Status::AtRisk),
        ("0.48", stretch, Status::OffTrack),
    ] {
        assert_eq!(
            status_on(end, progress, commitment),
            expected,
            "{progress} at the end"
        );
    }
}

#[test]
fn section_5_confidence() {
    let words = |commitment| -> Vec<&str> {
        (0..=10)
            .map(
                |confidence| match status_of_confidence(confidence, commitment) {
                    Status::OnTrack => "g",
                    Status::AtRisk => "y",
                    _ => "r",
                },
            )
            .collect()
    };
    assert_eq!(words(None).concat(), "rrrryyygggg");
    assert_eq!(
        words(Some(Commitment::Aspirational)).concat(),
        "rrryygggggg"
    );
    let statuses = [
        (Status::OnTrack, 5),
        (Status::AtRisk, 2),
        (Status::OffTrack, 1),
    ];
    let all = statuses
        .into_iter()
        .flat_map(|(status, count)| vec![Some(status); count]);
    assert_eq!(NetConfidence::of(all).score(), Some(decimal("50")));
}

#[test]
fn section_6_check_ins() {
    for (days, cadence) in [
        (31, Cadence::Weekly),
        (130, Cadence::Weekly),
        (131, Cadence::TwoWeekly),
        (200, Cadence::TwoWeekly),
        (201, Cadence::Monthly),
    ] {
        assert_eq!(default_cadence(days), cadence, "{days} days");
    }
    let quarter = Timeline::new(date(2026, 4, 1), date(2026, 6, 30)).unwrap();
    let schedule = Schedule::new(quarter, Cadence::Weekly, CHECK_IN_DAY);
    let dues: Vec<_> = schedule.slots().iter().map(|slot| slot.due).collect();
    assert_eq!(dues.len(), 13);
    assert_eq!(
        (dues[0], dues[11], dues[12]),
        (date(2026, 4, 10), date(2026, 6, 26), date(2026, 6, 30))
    );
    // The window of a slot ends two days after it is due, and the next one begins then.
    assert_eq!(schedule.position(date(2026, 4, 12)), Some(0));
    assert_eq!(schedule.position(date(2026, 4, 13)), Some(1));
}

#[test]
fn section_7_yellow_runs() {
    let lengths = |letters: &str| -> Vec<usize> {
        let slots: Vec<_> = letters
            .chars()
            .map(|letter| SlotColour {
                status: match letter {
                    'G' => Some(Status::OnTrack),
                    'Y' => Some(Status::AtRisk),
                    'R' => Some(Status::OffTrack),
                    _ => None,
                },
                progress: None,
            })
            .collect();
        yellow_runs(&slots).iter().map(|run| run.length).collect()
    };
    assert_eq!(lengths("GYYG"), [2]);
    assert_eq!(lengths("YYR"), [2]);
    assert_eq!(lengths("YYY"), [3]);
    assert_eq!(lengths("YYYY"), [4]);
    assert_eq!(lengths("YY-Y"), [3]);
    assert_eq!(lengths("YYGYY"), [2, 2]);
}

#[test]
fn section_8_forecast() {
    let text = "## Objective: o\n\n### KR: k\n\n- Baseline: 12 days\n- Target: 6 days\n\n| Date | Value |\n|-|-|\n\
        | 2026-04-01 | 12.0 |\n| 2026-04-08 | 11.4 |\n| 2026-04-15 | 10.9 |\n| 2026-04-22 | 14.9 |\n\
        | 2026-04-29 | 9.8 |\n| 2026-05-06 | 9.2 |\n";
    let plan = okr_core::parse(text).plan;
    let key_result = &plan.objectives[0].key_results[0];
    let facts = Facts {
        key_result,
        measure: &key_result.measure,
        commitment: None,
        period: Period::parse("2026-Q2", FiscalYear::default()).ok(),
        due: None,
        cadence: None,
    };
    let forecast = Track::new(&facts, date(2026, 5, 6)).forecast().unwrap();
    assert_eq!(forecast.value.round_dp(2), decimal("4.93"));
    assert_eq!(forecast.outlook.unwrap().word(), "hit");
}

#[test]
fn section_9_periods() {
    let april = FiscalYear::new(4, YearLabel::End).unwrap();
    let february = FiscalYear::new(2, YearLabel::End).unwrap();
    for (label, fiscal, first, last) in [
        ("FY2027-Q1", april, "2026-04-01", "2026-06-30"),
        ("FY2026-Q1", february, "2025-02-01", "2025-04-30"),
        ("2026-Q2", FiscalYear::default(), "2026-04-01", "2026-06-30"),
    ] {
        let period = Period::parse(label, fiscal).unwrap();
        let ends = (period.start().to_string(), period.end().to_string());
        assert_eq!(ends, (first.to_owned(), last.to_owned()), "{label}");
    }
    let period = |label: &str| Period::parse(label, FiscalYear::default()).unwrap();
    assert_eq!(period("2026-Q4").next().unwrap().to_string(), "2027-Q1");
    assert_eq!(period("2026-T1").previous().unwrap().to_string(), "2025-T3");
    for (label, middle) in [
        ("2026-Q2", date(2026, 5, 15)),
        ("2026-H1", date(2026, 3, 31)),
        ("2026-T2", date(2026, 6, 30)),
        ("2026", date(2026, 6, 30)),
    ] {
        assert_eq!(period(label).middle(), middle, "{label}");
    }
    // Week 14 of a quarter of 92 days is one day.
    assert_eq!(period("2026-Q3").week_end(14), Some(date(2026, 9, 30)));
    assert_eq!(period("2026-Q2").week_end(6), Some(date(2026, 5, 12)));
}

#[test]
fn section_9_deadlines() {
    let quarter = Period::parse("2026-Q2", FiscalYear::default()).ok();
    let table = "\
by the end of Q2 2026-06-30
by end of the quarter 2026-06-30
within the quarter 2026-06-30
by mid-Q2 2026-05-15
by the middle of the quarter 2026-05-15
within the first month of the quarter 2026-04-30
by the end of month 1 2026-04-30
by week 6 2026-05-12
within the first 4 weeks 2026-04-28
in the first four weeks 2026-04-28
within first two weeks 2026-04-14
by W20 2026-05-17
by calendar week 20 2026-05-17
by year-end 2026-12-31
before June 2026-05-31
before Q3 2026-06-30
by 15 May 2026-05-15
by May 15th 2026-05-15
by the end of Q3 2026-09-30
soon -
over time -
within 30 days of the invoice date -
net 30 -";
    for line in table.lines() {
        let (phrase, expected) = line.rsplit_once(' ').unwrap();
        let statement = format!("Cut disputes from 40 to 20 {phrase}");
        let reading = statement::read(&statement, quarter, &Lexicon::default());
        assert_eq!(reading.deadline, parse_date(expected), "{phrase}");
    }
}
