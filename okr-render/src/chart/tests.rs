use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// Draws values of a quarter, written as bare numbers.
fn drawn(values: &[(Date, Decimal)], goal: (Option<Decimal>, Option<Decimal>)) -> Option<Chart> {
    Chart::new(&History {
        days: (date(2026, 10, 1), date(2026, 12, 31)),
        values,
        goal,
        goal_words: "target",
        expected: None,
        forecast: None,
        unit: "",
        tick: &|number| number.normalize().to_string(),
        number: &|number| number.normalize().to_string(),
    })
}

#[test]
fn values_lie_where_their_day_and_their_number_say() {
    let values = [
        (date(2026, 10, 1), Decimal::from(52)),
        (date(2026, 12, 31), Decimal::from(44)),
    ];
    let goal = Some(Decimal::from(44));
    let chart = Chart::new(&History {
        days: (date(2026, 10, 1), date(2026, 12, 31)),
        values: &values,
        goal: (goal, goal),
        goal_words: "target 44 days",
        expected: Some([values[0], values[1]]),
        forecast: Some(Outlook {
            day: date(2026, 12, 31),
            value: Decimal::from(48),
            band: Some((Decimal::from(46), Decimal::from(50))),
            words: "forecast 48 days",
        }),
        unit: "days",
        tick: &|number| number.to_string(),
        number: &|number| format!("{number} days"),
    })
    .unwrap();
    assert_eq!(chart.line, "62,30 352,200");
    assert_eq!(chart.points[1].text, "2026-12-31: 44 days");
    let goal = chart.goal.unwrap();
    assert!(goal.is_line);
    assert_eq!(goal.top, "200");
    let cone = chart.forecast.unwrap();
    assert_eq!(cone.line.y2, "115");
    assert_eq!(cone.area.unwrap(), "352,200 352,72.5 352,157.5");
    let texts: Vec<_> = chart.ticks.iter().map(|tick| &*tick.text).collect();
    assert_eq!(texts, ["44", "46", "48", "50", "52"]);
    assert_eq!((chart.labels.len(), &*chart.now.text), (3, "44 days"));
}

#[test]
fn one_value_is_no_history() {
    assert_eq!(
        drawn(&[(date(2026, 10, 1), Decimal::ONE)], (None, None)),
        None
    );
    assert_eq!(drawn(&[], (None, None)), None);
}

#[test]
fn an_open_goal_is_an_area_to_the_edge() {
    let values = [
        (date(2026, 10, 9), Decimal::from(11)),
        (date(2026, 10, 16), Decimal::from(13)),
    ];
    let chart = drawn(&values, (None, Some(Decimal::from(12)))).unwrap();
    let goal = chart.goal.unwrap();
    assert!(!goal.is_line);
    assert_eq!(goal.bottom, "200");
}

proptest! {
    #[test]
    fn whatever_is_drawn_lies_within(
        values in prop::collection::vec((0_i32..200, any::<i64>(), 0_u32..28), 0..20),
        low in any::<Option<i64>>(),
        high in any::<Option<i64>>(),
    ) {
        let mut values: Vec<(Date, Decimal)> = values
            .into_iter()
            .map(|(day, value, scale)| {
                let day = date(2026, 9, 1).checked_add(jiff::Span::new().days(day)).unwrap();
                (day, Decimal::new(value, scale))
            })
            .collect();
        values.sort_by_key(|(day, _)| *day);
        let goal = (low.map(Decimal::from), high.map(Decimal::from));
        if let Some(chart) = drawn(&values, goal) {
            for point in &chart.points {
                let (x, y): (f64, f64) = (point.x.parse().unwrap(), point.y.parse().unwrap());
                prop_assert!((LEFT..=RIGHT).contains(&x) && (TOP..=BOTTOM).contains(&y));
            }
            for tick in &chart.ticks {
                prop_assert!((TOP..=BOTTOM).contains(&tick.at.parse::<f64>().unwrap()));
            }
        }
    }
}
