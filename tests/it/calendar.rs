use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use okr_core::model::{Cadence, FiscalYear, Period, PeriodKind, YearLabel};
use okr_core::progress::{CHECK_IN_DAY, Schedule, Timeline, default_cadence};

const FIRST: i16 = 2006;
const LAST: i16 = 2045;

const KINDS: [(PeriodKind, &str); 4] = [
    (PeriodKind::Quarter, "-Q"),
    (PeriodKind::Trimester, "-T"),
    (PeriodKind::Half, "-H"),
    (PeriodKind::Year, ""),
];

/// Returns the days from `from` to `to`, both inside.
fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    from.series(1.day()).take_while(move |day| *day <= to)
}

/// Returns the fiscal year and the part of it that a month lies in, counted month by month from the start of a year.
fn year_and_part(day: Date, start_month: i8, label: YearLabel, months: i8) -> (i16, i8) {
    let mut began = date(day.year(), start_month, 1);
    if began > day {
        began = date(day.year() - 1, start_month, 1);
    }
    let ends = began.saturating_add(11.months());
    let year = match label {
        YearLabel::End => ends.year(),
        YearLabel::Start => began.year(),
    };
    let mut part = 1;
    let mut next = began.saturating_add(i64::from(months).months());
    while next <= day {
        part += 1;
        next = next.saturating_add(i64::from(months).months());
    }
    (year, part)
}

#[test]
fn periods_are_those_of_a_calendar_of_forty_years_from_any_month() {
    for start_month in 1..=12 {
        for label in [YearLabel::End, YearLabel::Start] {
            let fiscal = FiscalYear::new(start_month, label).unwrap();
            for (kind, letter) in KINDS {
                let mut last: Option<Period> = None;
                for month in date(FIRST, 1, 1).series(1.month()).take(40 * 12) {
                    let (year, part) = year_and_part(month, start_month, label, kind.months());
                    let name = match letter {
                        "" => format!("FY{year}"),
                        _ => format!("FY{year}{letter}{part}"),
                    };
                    let period = Period::parse(&name, fiscal).unwrap();
                    let what = format!("{name} with years from month {start_month}");
                    assert!(
                        period.contains(month) && period.contains(month.last_of_month()),
                        "{what}"
                    );
                    assert_eq!(
                        Period::containing(month, kind, Some(fiscal)),
                        Some(period),
                        "{what}"
                    );
                    let length = days(period.start(), period.end()).count();
                    assert_eq!(period.days(), i32::try_from(length).unwrap(), "{what}");
                    if let Some(before) = last.filter(|before| *before != period) {
                        assert_eq!(before.end().tomorrow().unwrap(), period.start(), "{what}");
                        assert_eq!(before.next(), Some(period), "{what}");
                        assert_eq!(period.previous(), Some(before), "{what}");
                    }
                    last = Some(period);
                }
            }
        }
    }
}

/// Returns the days on which check-ins are due, found by looking at every day.
fn dues(timeline: Timeline, cadence: Cadence, weekday: Weekday) -> Vec<Date> {
    let all = || days(timeline.start(), timeline.due()).enumerate();
    let count = all().count();
    let mut dues: Vec<Date> = match cadence {
        Cadence::Weekly => all()
            .filter(|(at, day)| day.weekday() == weekday && *at >= 4 && count - 1 - at >= 3)
            .map(|(_, day)| day)
            .collect(),
        Cadence::TwoWeekly => all()
            .filter(|(at, day)| day.weekday() == weekday && *at >= 8)
            .step_by(2)
            .filter(|(at, _)| count - 1 - at >= 7)
            .map(|(_, day)| day)
            .collect(),
        _ => all()
            .filter(|(at, day)| *day == day.last_of_month() && count - 1 - at >= 8)
            .map(|(_, day)| day)
            .collect(),
    };
    dues.push(timeline.due());
    dues
}

#[test]
fn check_ins_are_due_as_a_calendar_of_forty_years_says() {
    let months = date(FIRST, 1, 1).series(1.month());
    let starts = months.take_while(|month| month.year() <= LAST);
    for start in starts {
        for length in [1, 3, 4, 6, 12] {
            let end = start
                .saturating_add(i64::from(length).months())
                .yesterday()
                .unwrap();
            let timeline = Timeline::new(start, end).unwrap();
            let cadence = default_cadence(timeline.days());
            let weekday = if start.year() % 2 == 0 {
                CHECK_IN_DAY
            } else {
                Weekday::Monday
            };
            let schedule = Schedule::new(timeline, cadence, weekday);
            let found: Vec<_> = schedule.slots().iter().map(|slot| slot.due).collect();
            assert_eq!(found, dues(timeline, cadence, weekday), "{start} to {end}");
            // Each day is in one slot, the first one that it is not too late for.
            let grace = match cadence {
                Cadence::Weekly => 2,
                Cadence::TwoWeekly => 4,
                _ => 7,
            };
            for day in days(start, end) {
                let first = found
                    .iter()
                    .position(|due| day <= due.saturating_add(i64::from(grace).days()));
                assert_eq!(schedule.position(day), first, "{day} of {start} to {end}");
            }
        }
    }
}

#[test]
fn every_quarter_of_2026_has_thirteen_check_ins() {
    for quarter in ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"] {
        let period = Period::parse(quarter, FiscalYear::default()).unwrap();
        let timeline = Timeline::new(period.start(), period.end()).unwrap();
        let schedule = Schedule::new(timeline, default_cadence(period.days()), CHECK_IN_DAY);
        assert_eq!(schedule.slots().len(), 13, "{quarter}");
    }
}
