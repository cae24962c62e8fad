//! What the audit says of whole plans: of goals from public pages, and of plans as teams write them.
//!
//! What it finds in a plan stands beside it, in a file that ends in `.findings`.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use okr_core::Parsed;
use okr_core::audit::{Finding, Fix, Level, Place, RULES, Settings, audit};
use okr_core::edit::edit_all;
use okr_core::model::{Bound, ElementId, parse_date};
use okr_core::statement::{Direction, Kind, Lexicon, Reading, read};

use crate::support::expected::{differences, is_accepting};
use crate::support::reading::diagnostics;
use crate::support::root;

const MESSY: &str = "tests/fixtures/plans/messy";
const SEEDS: &str = "tests/fixtures/plans/seeds";

const MESSY_TODAY: &str = "2026-11-22";
const SEEDS_TODAY: &str = "2026-04-10";

#[test]
fn plans_as_teams_write_them_have_their_findings() {
    compare(MESSY, MESSY_TODAY);
}

#[test]
fn goals_from_public_pages_have_their_findings() {
    compare(SEEDS, SEEDS_TODAY);
}

/// The goals of a public page.
struct Seed {
    parsed: Parsed,
    findings: Vec<Finding>,
}

impl Seed {
    fn new(name: &str) -> Self {
        let path = root().join(SEEDS).join(name).with_extension("md");
        let parsed = okr_core::parse(fs::read_to_string(path).unwrap());
        let findings = findings(&parsed, SEEDS_TODAY);
        Self { parsed, findings }
    }

    fn at(&self, element: &str) -> Vec<&Finding> {
        let id = ElementId::parse(element).unwrap();
        let findings = self.findings.iter();
        findings.filter(|finding| finding.element == id).collect()
    }

    fn find(&self, rule: &str, element: &str) -> Option<&Finding> {
        let mut found = self.at(element).into_iter();
        found.find(|finding| finding.rule.id == rule)
    }

    #[track_caller]
    fn has(&self, rule: &str, element: &str) -> &Finding {
        assert!(RULES.iter().any(|other| other.id == rule), "no rule {rule}");
        let found = self.find(rule, element);
        found.unwrap_or_else(|| panic!("{rule} is not reported of {element}"))
    }

    #[track_caller]
    fn has_not(&self, rule: &str, element: &str) {
        assert!(RULES.iter().any(|other| other.id == rule), "no rule {rule}");
        let found = self.find(rule, element).map(|finding| &finding.message);
        assert_eq!(found, None, "{rule} is reported of {element}");
    }

    fn reading(&self, element: &str) -> Reading {
        let id = ElementId::parse(element).unwrap();
        let title = self.parsed.plan.key_result(id).unwrap().title.plain();
        read(&title, self.parsed.plan.period, &Lexicon::default())
    }

    #[track_caller]
    fn is_due(&self, element: &str, day: &str) {
        assert_eq!(self.reading(element).deadline, parse_date(day), "{element}");
        self.has_not("no-deadline", element);
    }

    #[track_caller]
    fn has_no_day(&self, element: &str) {
        assert_eq!(self.reading(element).deadline, None, "{element}");
        self.has("no-deadline", element);
    }

    #[track_caller]
    fn has_target(&self, element: &str, target: u32, unit: Option<&str>) {
        let reading = self.reading(element);
        assert_eq!(reading.target, Some(target.into()), "{element}");
        assert_eq!(reading.unit.as_deref(), unit, "{element}");
        self.has_not("no-number", element);
    }
}

#[test]
fn ten_sets_are_too_many_and_one_is_not() {
    let seed = Seed::new("accounts-team");
    assert_eq!(seed.has("too-many-objectives", "plan").level, Level::Error);
    for (o, objective) in seed.parsed.plan.objectives.iter().enumerate() {
        assert_eq!(objective.key_results.len(), 3);
        for k in 0..3 {
            let id = ElementId::KeyResult(o, k).to_string();
            assert_eq!(seed.has("no-owner", &id).level, Level::Error);
        }
        let mut plan = seed.parsed.plan.clone();
        plan.objectives = vec![objective.clone()];
        let found = audit(&plan, &Settings::default(), parse_date(SEEDS_TODAY)).findings;
        let shape = [
            "too-many-objectives",
            "too-many-key-results",
            "too-few-key-results",
            "empty-plan",
        ];
        let found = found
            .iter()
            .find(|finding| shape.contains(&finding.rule.id));
        assert_eq!(found, None);
    }
    let seed = Seed::new("billing-coordinator");
    assert_eq!(seed.parsed.plan.objectives.len(), 4);
    seed.has_not("too-many-objectives", "plan");
}

#[test]
fn one_measure_three_times() {
    let seed = Seed::new("accounts-team");
    assert_eq!(seed.has("duplicate-goal", "2.3").level, Level::Warning);
    assert_eq!(seed.has("duplicate-goal", "4.3").level, Level::Error);
    let duplicates = seed.findings.iter();
    let duplicates = duplicates.filter(|finding| finding.rule.id == "duplicate-goal");
    assert_eq!(duplicates.count(), 3);
    // The result of a task, in its tail.
    assert_eq!(seed.has("duplicate-goal", "5.3").level, Level::Error);
}

#[test]
fn days_are_counted_from_the_start_of_the_plan() {
    let seed = Seed::new("accounts-team");
    seed.is_due("3.1", "2026-05-12");
    seed.is_due("3.3", "2026-04-28");
    seed.is_due("8.2", "2026-04-14");
    seed.is_due("8.3", "2026-06-30");
    seed.is_due("10.2", "2026-04-30");
    let seed = Seed::new("billing-coordinator");
    seed.is_due("1.2", "2026-05-15");
    seed.is_due("2.1", "2026-06-30");
}

#[test]
fn what_only_looks_like_a_day_is_none() {
    let seed = Seed::new("accounts-team");
    // "bi-weekly"
    seed.has_no_day("3.2");
    // "from the first month of operations"
    seed.has_no_day("7.2");
    // "90-day"
    seed.has_no_day("7.3");
    // "net 30"
    seed.has_no_day("8.1");
    // "over 60 days"
    Seed::new("billing-coordinator").has_no_day("3.2");
}

#[test]
fn what_only_looks_like_a_number_to_reach_is_none() {
    let seed = Seed::new("accounts-team");
    seed.has_not("objective-has-metric", "7");
    seed.has_target("7.3", 35, Some("%"));
    seed.has_target("8.1", 100, Some("%"));
    let seed = Seed::new("billing-coordinator");
    seed.has_target("3.2", 20, Some("%"));
    assert_eq!(seed.reading("1.2").target, None);
}

#[test]
fn numbers_to_reach_are_read() {
    let seed = Seed::new("accounts-team");
    seed.has_target("7.2", 25, Some("%"));
    assert_eq!(seed.reading("7.2").direction, Direction::Increase);
    seed.has_target("8.3", 0, None);
    assert_eq!(seed.reading("8.3").kind, Kind::Zero);
    for element in ["9.3", "10.3"] {
        seed.has_target(element, 5, Some("%"));
        assert_eq!(seed.reading(element).bound, Some(Bound::Below), "{element}");
    }
}

#[test]
fn work_is_no_key_result() {
    let seed = Seed::new("accounts-team");
    for element in ["3.2", "5.3", "8.2"] {
        seed.has("task-as-key-result", element);
    }
    seed.has("objective-is-project", "10");
    for element in ["2.1", "10.1"] {
        seed.has("coverage-as-outcome", element);
        seed.has_not("task-as-key-result", element);
    }
    let seed = Seed::new("billing-coordinator");
    seed.has("task-as-key-result", "1.2");
    seed.has("milestone-without-evidence", "4.1");
    for element in ["2.2", "4.2"] {
        seed.has("coverage-as-outcome", element);
    }
    for element in ["1.1", "2.1", "3.1", "3.2"] {
        for rule in ["task-as-key-result", "coverage-as-outcome", "no-number"] {
            seed.has_not(rule, element);
        }
    }
}

#[test]
fn a_project_with_a_result_in_its_tail_is_turned_round() {
    let seed = Seed::new("accounts-team");
    let fix = seed.has("task-as-key-result", "5.3").fix.clone();
    let text = fs::read_to_string(root().join(SEEDS).join("accounts-team.md")).unwrap();
    let fixed = edit_all(&text, &fix.expect("has a fix").changes).unwrap();
    assert!(fixed.contains("### Key result 5.3: Increase on-time payments by 15%\n"));
    assert!(fixed.contains("- [ ] Implement an automated reminder system\n"));
}

#[test]
fn means_are_told_from_numbers_and_days() {
    let seed = Seed::new("accounts-team");
    for element in ["5.1", "5.2", "9.1", "9.2", "9.3"] {
        seed.has("means-in-key-result", element);
    }
    for element in ["1.1", "3.1", "7.3", "8.3", "10.1"] {
        seed.has_not("means-in-key-result", element);
    }
    let seed = Seed::new("billing-coordinator");
    for element in ["1.1", "3.1", "3.2"] {
        seed.has("means-in-key-result", element);
    }
    for element in ["1.2", "2.1", "2.2", "4.1", "4.2"] {
        seed.has_not("means-in-key-result", element);
    }
}

#[test]
fn one_goal_with_two_verbs_or_two_objects_is_one() {
    for name in ["accounts-team", "billing-coordinator"] {
        let seed = Seed::new(name);
        let found = seed.findings.iter();
        let mut found = found.filter(|finding| finding.rule.id == "two-metrics");
        assert_eq!(found.next(), None, "{name}");
    }
}

#[test]
fn numbers_that_need_a_word_more() {
    let seed = Seed::new("accounts-team");
    seed.has("objective-has-metric", "6");
    let found = seed.has("ambiguous-percent", "6.1");
    assert!(
        found.message.contains("per month or in total"),
        "{}",
        found.message
    );
    seed.has("absolute-target", "8.1");
    for element in ["1.1", "4.1"] {
        seed.has("no-baseline", element);
    }
}

#[test]
fn a_complete_key_result_lacks_only_its_people() {
    let seed = Seed::new("billing-coordinator");
    let found = seed.at("2.1");
    let found: Vec<_> = found.iter().map(|finding| finding.rule.id).collect();
    assert_eq!(found, ["no-owner", "missing-initiatives"]);
    let reading = seed.reading("2.1");
    assert_eq!(reading.start, Some(5.into()));
    seed.has_target("2.1", 3, Some("days"));
}

#[test]
fn a_committed_objective_may_ask_for_all() {
    let text = fs::read_to_string(root().join(SEEDS).join("accounts-team.md")).unwrap();
    let heading = "payment processes\n\n### Key result 8.1";
    let committed = heading.replacen("\n\n", "\n\n- Type: committed\n\n", 1);
    assert!(text.contains(heading));
    let parsed = okr_core::parse(text.replace(heading, &committed));
    let is_absolute = |finding: &Finding| finding.rule.id == "absolute-target";
    let found = findings(&parsed, SEEDS_TODAY).into_iter();
    let found: Vec<_> = found
        .filter(is_absolute)
        .map(|finding| finding.element.to_string())
        .collect();
    assert_eq!(found, ["3.3"]);
}

fn findings(parsed: &Parsed, today: &str) -> Vec<Finding> {
    audit(&parsed.plan, &Settings::default(), parse_date(today)).findings
}

/// Returns everything that is said of a plan.
fn said(text: &str, today: &str) -> String {
    let parsed = okr_core::parse(text);
    let mut said = diagnostics(text);
    for finding in findings(&parsed, today) {
        let (level, rule, element) = (finding.level, finding.rule.id, finding.element);
        let place = place(&parsed, &finding);
        let message = &finding.message;
        // Writing to a string cannot fail.
        let _ = writeln!(said, "{level} {rule} {element} {place}: {message}");
        if let Some(fix) = &finding.fix {
            said.push_str(&rewrite(text, fix));
        }
    }
    said
}

/// Returns the words that a finding points at, in backticks, or the name of the place.
fn place(parsed: &Parsed, finding: &Finding) -> String {
    match &finding.place {
        Place::Title => "title".to_owned(),
        Place::Words(words) => {
            let (plan, id) = (&parsed.plan, finding.element);
            let title = (plan.objective(id).map(|objective| &objective.title))
                .or_else(|| plan.key_result(id).map(|key_result| &key_result.title))
                .or_else(|| plan.initiative(id).map(|initiative| &initiative.title));
            format!("`{}`", words.of(&title.unwrap().plain()))
        }
        Place::Field(name) => format!("field {name}"),
        Place::CheckIn(row) => format!("check-in {}", row + 1),
    }
}

/// Returns the title of a rewrite, and the lines that it takes away and brings.
fn rewrite(text: &str, fix: &Fix) -> String {
    let mut out = format!("  {} ({})\n", fix.title, fix.applicability.name());
    let fixed = edit_all(text, &fix.changes).unwrap();
    for (sign, lines, others) in [('-', text, &*fixed), ('+', &*fixed, text)] {
        let count = |lines: &str, line| lines.lines().filter(|other| *other == line).count();
        for line in lines.lines() {
            if !line.is_empty() && count(lines, line) > count(others, line) {
                let _ = writeln!(out, "    {sign} {line}");
            }
        }
    }
    out
}

#[track_caller]
fn compare(folder: &str, today: &str) {
    let mut failures = Vec::new();
    for path in plans(folder) {
        let beside = path.with_extension("findings");
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        let actual = said(&fs::read_to_string(&path).unwrap(), today);
        if actual == expected {
            continue;
        }
        if is_accepting() {
            fs::write(&beside, actual).unwrap();
        } else {
            let differences = differences(&expected, &actual);
            failures.push(format!(
                "{}:1: UPDATE=1 accepts it (- expected, + actual)\n{differences}",
                beside.display()
            ));
        }
    }
    let orphans = files(folder, "findings").into_iter();
    for orphan in orphans.filter(|path| !path.with_extension("md").exists()) {
        failures.push(format!(
            "{}: there is no plan of that name",
            orphan.display()
        ));
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

#[track_caller]
fn plans(folder: &str) -> Vec<PathBuf> {
    let mut plans = files(folder, "md");
    plans.retain(|path| !path.ends_with("README.md"));
    assert!(plans.len() >= 2, "{folder} has no plans");
    plans
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|other| other == extension))
        .collect();
    files.sort();
    files
}
