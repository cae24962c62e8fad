use okr_core::progress::{Line, Method, Point, Trend, least_squares};
use serde::Deserialize;

use crate::support::root;

/// Lines through the same points, as `tests/fixtures/forecast/make.py` had SciPy and NumPy lay them.
#[derive(Deserialize)]
struct Reference {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    points: Vec<(f64, f64)>,
    least_squares: Numbers,
    theil_sen: Numbers,
    quartiles: (f64, f64),
    median_point: (f64, f64),
}

#[derive(Deserialize)]
struct Numbers {
    slope: f64,
    intercept: f64,
}

#[track_caller]
fn check_line(name: &str, line: Line, expected: &Numbers) {
    let is_near = |one: f64, other: f64| (one - other).abs() <= 1e-9 * other.abs().max(1.0);
    assert!(
        is_near(line.slope, expected.slope) && is_near(line.intercept, expected.intercept),
        "{name}: {line:?} is not {} a day from {}",
        expected.slope,
        expected.intercept
    );
}

#[test]
fn lines_are_those_of_scipy() {
    let text = std::fs::read_to_string(root().join("tests/fixtures/forecast/scipy.json")).unwrap();
    let reference: Reference = serde_json::from_str(&text).unwrap();
    assert!(reference.cases.len() >= 12);
    for case in reference.cases {
        let point = |&(day, value): &(f64, f64)| Point { day, value };
        let points: Vec<_> = case.points.iter().map(point).collect();
        let trend = Trend::through(&points).unwrap();
        let linear = least_squares(&points).unwrap();
        check_line(&case.name, linear, &case.least_squares);
        match trend.method {
            Method::TheilSen => check_line(&case.name, trend.line, &case.theil_sen),
            _ => assert_eq!(trend.line, linear, "{}", case.name),
        }
        let (day, value) = case.median_point;
        let (low, high) = trend.band.unwrap();
        for (line, slope) in [(low, case.quartiles.0), (high, case.quartiles.1)] {
            let intercept = value - slope * day;
            check_line(&case.name, line, &Numbers { slope, intercept });
        }
    }
}
