//! The role templates: held against `docs/role-templates.md`, and against what a good plan is.

mod pages;

use std::collections::BTreeMap;

use okr_core::model::{ElementId, FiscalYear, Period, PeriodKind, Unit, YearLabel, parse_date};
use okr_core::parse;
use okr_render::{FORMATS, ReadOptions, WriteOptions};
use okr_templates::{Filled, Library, Request, Selection, Template};

fn library() -> Library {
    Library::built_in().expect("the built-in templates are right")
}

fn request(period: &str, selection: Selection) -> Request {
    let period = Period::parse(period, FiscalYear::default()).expect("is a period");
    Request {
        period: Some(period),
        selection,
        ..Request::default()
    }
}

#[track_caller]
fn filled(role: &str, period: &str, selection: Selection) -> Filled {
    let library = library();
    let template = library.get(role).expect("is there");
    template
        .fill(&request(period, selection))
        .unwrap_or_else(|error| panic!("{role} for {period}: {error}"))
}

/// Returns every key result of every template.
fn key_results() -> Vec<(String, ElementId, okr_core::model::KeyResult)> {
    let mut found = Vec::new();
    for template in library().templates() {
        let plan = filled(&template.name, "2026-Q2", Selection::All).plan;
        found.extend(
            plan.key_results()
                .map(|(id, key_result)| (template.name.clone(), id, key_result.clone())),
        );
    }
    found
}

#[test]
fn every_key_result_can_be_measured() {
    let period = Period::parse("2026-Q2", FiscalYear::default()).expect("is a period");
    for (role, id, key_result) in key_results() {
        let name = format!("{role} {id}");
        let measure = &key_result.measure;
        assert!(measure.name.is_some(), "{name} has a measure");
        assert!(
            measure.unit().is_some_and(|unit| *unit != Unit::None),
            "{name} has a unit: {measure:?}"
        );
        assert!(measure.direction().is_some(), "{name} has a direction");
        assert!(measure.target.is_some(), "{name} has a target");
        assert!(
            measure.source.is_some(),
            "{name} says where its number can be read"
        );
        let due = key_result
            .due
            .unwrap_or_else(|| panic!("{name} has a date"));
        assert!(period.contains(due), "{name} is due in the period");
        let asks = measure
            .question
            .as_ref()
            .is_some_and(|question| question.plain().trim_end().ends_with('?'));
        assert!(
            asks || measure.start.is_some(),
            "{name} knows its baseline or asks for it"
        );
        assert!(
            (1..=4).contains(&key_result.initiatives.len()),
            "{name} has initiatives"
        );
        // What is counted from the first day on begins at zero; the page itself gives one baseline.
        let is_known = measure
            .start
            .as_ref()
            .is_none_or(|start| start.value.is_zero() || start.to_string() == "5 days");
        assert!(is_known, "{name}: no baseline is invented");
    }
}

#[test]
fn the_start_of_each_template_is_short_and_asks_for_its_baselines() {
    for template in library().templates() {
        assert!(
            (1..=4).contains(&template.start_with.len()),
            "{} starts with {:?}",
            template.name,
            template.start_with
        );
        let start = filled(&template.name, "2026-Q4", Selection::Start);
        assert_eq!(start.plan.objectives.len(), template.start_with.len());
        let open = start
            .plan
            .key_results()
            .filter(|(_, key_result)| key_result.measure.start.is_none())
            .count();
        assert_eq!(
            start.unmeasured.len(),
            open,
            "{}: each unknown baseline is asked for",
            template.name
        );
    }
}

#[test]
fn no_initiative_stands_twice() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (role, id, key_result) in key_results() {
        for initiative in &key_result.initiatives {
            let title = initiative.title.plain().to_lowercase();
            let place = format!("{role} {id}");
            if let Some(before) = seen.insert(title, place.clone()) {
                panic!("`{}` stands in {before} and in {place}", initiative.title);
            }
        }
    }
    assert_eq!(seen.len(), 114);
}

/// Periods of every kind: short ones, leap years, fiscal years that begin in any month.
fn periods() -> Vec<(Period, FiscalYear)> {
    let mut periods = Vec::new();
    for month in 1..=12 {
        for label in [YearLabel::End, YearLabel::Start] {
            let fiscal_year = FiscalYear::new(month, label).expect("is a month");
            for kind in [
                PeriodKind::Year,
                PeriodKind::Half,
                PeriodKind::Trimester,
                PeriodKind::Quarter,
                PeriodKind::Month,
            ] {
                let date = parse_date("2028-02-29").expect("is a date");
                periods.extend(
                    Period::containing(date, kind, Some(fiscal_year))
                        .map(|period| (period, fiscal_year)),
                );
                periods.extend(
                    Period::containing(date, kind, None)
                        .map(|period| (period, FiscalYear::default())),
                );
            }
        }
    }
    for custom in [
        "2026-01-01..2026-01-01",
        "2026-12-31..2027-01-01",
        "2028-02-29..2028-03-01",
        "2026-10-05..2026-12-18",
        "2020-01-01..2030-12-31",
        "9999-01-01..9999-12-31",
    ] {
        let period = Period::parse(custom, FiscalYear::default())
            .unwrap_or_else(|error| panic!("{custom}: {error}"));
        periods.push((period, FiscalYear::default()));
    }
    periods.sort_by_key(|(period, _)| period.to_string());
    periods.dedup_by_key(|(period, fiscal_year)| {
        (
            period.to_string(),
            fiscal_year.start_month(),
            fiscal_year.label() == YearLabel::End,
        )
    });
    periods
}

/// Checks that a template makes a plan for this period about which there is nothing to say.
#[track_caller]
fn check_filled(template: &Template, period: Period, fiscal_year: FiscalYear) {
    let request = Request {
        period: Some(period),
        fiscal_year,
        selection: Selection::All,
        ..Request::default()
    };
    let name = format!("{} for {period}", template.name);
    let filled = template
        .fill(&request)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let parsed = parse(filled.text.clone());
    assert_eq!(parsed.diagnostics, [], "{name}");
    assert!(parsed.plan == filled.plan, "{name}: text and plan are one");
    assert_eq!(parsed.plan.period, Some(period), "{name}");
    for (id, key_result) in parsed.plan.key_results() {
        let due = key_result
            .due
            .unwrap_or_else(|| panic!("{name}: {id} has a date"));
        assert!(period.contains(due), "{name}: {id} is due on {due}");
        for date in key_result
            .initiatives
            .iter()
            .filter_map(|initiative| initiative.due)
        {
            assert!(
                period.contains(date),
                "{name}: an initiative of {id} is due on {date}"
            );
        }
    }
    assert!(
        !filled.text.contains("{{") && !filled.text.contains("{%"),
        "{name}: no expression is left"
    );
}

#[test]
fn every_template_fills_for_every_kind_of_period() {
    let library = library();
    let periods = periods();
    assert!(periods.len() > 40, "there are many: {}", periods.len());
    for template in library.templates() {
        for (period, fiscal_year) in &periods {
            check_filled(template, *period, *fiscal_year);
        }
    }
}

#[test]
fn every_template_comes_back_from_every_format() {
    for template in library().templates() {
        let plan = filled(&template.name, "2026-Q4", Selection::All).plan;
        for format in FORMATS {
            let bytes = (format.write)(&plan, &WriteOptions::default())
                .unwrap_or_else(|error| panic!("{error}"));
            let read = (format.read)(&bytes, &ReadOptions::default())
                .unwrap_or_else(|error| panic!("{error}"));
            assert!(
                read.plan == format.carries.reduce(&plan),
                "{} as {}",
                template.name,
                format.name
            );
            assert!(
                read.diagnostics.is_empty(),
                "{} as {}: {:?}",
                template.name,
                format.name,
                read.diagnostics
            );
        }
    }
}

#[test]
fn a_filled_template_is_tidy() {
    for template in library().templates() {
        let text = filled(&template.name, "2026-Q4", Selection::All).text;
        let parsed = parse(text.clone());
        assert_eq!(
            okr_core::edit::tidy(&parsed).apply(&text),
            text,
            "{}",
            template.name
        );
    }
}
