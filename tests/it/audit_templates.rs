//! A plan fresh from a role template: the audit asks for what only its owner knows, and nothing else.

use std::collections::BTreeSet;

use okr_core::audit::{Finding, Settings, audit};
use okr_core::model::{FiscalYear, Period, YearLabel, parse_date};
use okr_templates::{Library, Request, Selection};

/// What a template cannot know.
const ASKED: [&str; 2] = ["no-baseline", "no-owner"];

/// What may be said of a collection to choose from, when all of it is taken.
const TOO_MUCH: [&str; 2] = ["owner-overload", "too-many-objectives"];

const PERIODS: [&str; 10] = [
    "2026-Q2",
    "2026-Q4",
    "2028-Q1",
    "2026-H2",
    "2026-T1",
    "2027",
    "2026-11",
    "FY2027-Q1",
    "2026-10-05..2026-12-18",
    "2026-12-31..2027-01-01",
];

fn owners() -> [Option<String>; 3] {
    [
        None,
        Some("Dana Reyes".to_owned()),
        Some("Billing coordinator".to_owned()),
    ]
}

/// Returns what the audit finds in a template that was filled as `okr new` does it.
#[track_caller]
fn findings(role: &str, period: &str, owner: Option<String>, selection: Selection) -> Vec<Finding> {
    let fiscal_year = FiscalYear::new(4, YearLabel::End).expect("is a month");
    let request = Request {
        owner,
        period: Some(Period::parse(period, fiscal_year).expect("is a period")),
        fiscal_year,
        selection,
        ..Request::default()
    };
    let library = Library::built_in().expect("the built-in templates are right");
    let filled = library.get(role).expect("is there").fill(&request);
    let filled = filled.unwrap_or_else(|error| panic!("{role} for {period}: {error}"));
    let today = parse_date("2026-11-22");
    audit(&filled.plan, &Settings::default(), today).findings
}

#[track_caller]
fn check(name: &str, findings: &[Finding], allowed: &[&str]) {
    let unexpected: BTreeSet<_> = findings
        .iter()
        .filter(|finding| !allowed.contains(&finding.rule.id))
        .map(|finding| {
            format!(
                "{} {}: {}",
                finding.rule.id, finding.element, finding.message
            )
        })
        .collect();
    assert!(unexpected.is_empty(), "{name}: {unexpected:#?}");
}

fn roles() -> Vec<(String, usize)> {
    let library = Library::built_in().expect("the built-in templates are right");
    let whole = |role: &str| {
        let request = Request {
            period: Period::parse("2026-Q4", FiscalYear::default()).ok(),
            selection: Selection::All,
            ..Request::default()
        };
        let filled = library.get(role).expect("is there").fill(&request);
        filled.expect("can be filled").plan.objectives.len()
    };
    library
        .templates()
        .iter()
        .map(|template| (template.name.clone(), whole(&template.name)))
        .collect()
}

#[test]
fn a_fresh_plan_is_asked_only_what_its_owner_knows() {
    for (role, _) in roles() {
        for period in PERIODS {
            for owner in owners() {
                let found = findings(&role, period, owner.clone(), Selection::Start);
                check(&format!("{role} for {period}, {owner:?}"), &found, &ASKED);
            }
        }
    }
}

#[test]
fn each_objective_can_stand_alone() {
    for (role, count) in roles() {
        for number in 1..=count {
            let selection = Selection::Numbers(vec![number]);
            let owner = Some("Dana Reyes".to_owned());
            let found = findings(&role, "2026-Q4", owner, selection);
            check(&format!("{role} {number}"), &found, &ASKED);
        }
    }
}

#[test]
fn a_whole_collection_is_only_too_much() {
    for (role, count) in roles() {
        let found = findings(
            &role,
            "2026-Q4",
            Some("Dana Reyes".to_owned()),
            Selection::All,
        );
        check(&role, &found, &[ASKED, TOO_MUCH].concat());
        let is_reported = found
            .iter()
            .any(|finding| finding.rule.id == "too-many-objectives");
        assert_eq!(is_reported, count > 4, "{role}");
    }
}

#[test]
fn an_owner_is_asked_for_where_none_was_given() {
    for (role, _) in roles() {
        let count = |owner: Option<String>| {
            let found = findings(&role, "2026-Q4", owner, Selection::Start);
            found
                .iter()
                .filter(|finding| finding.rule.id == "no-owner")
                .count()
        };
        assert!(count(None) > 0, "{role}");
        assert_eq!(count(Some("Dana Reyes".to_owned())), 0, "{role}");
    }
}
