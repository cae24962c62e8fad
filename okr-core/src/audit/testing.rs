//! What the tests of the rules share.

use std::collections::HashSet;
use std::fmt::Write as _;

use jiff::civil::{Date, date};

use super::docs::files;
use super::{
    Beside, Extract, Finding, Rule, Settings, Sight, Workspace, audit, audit_and_extract,
    audit_beside,
};

/// The day on which plans are audited in tests.
pub(super) const TODAY: Date = date(2026, 11, 22);

/// Returns what all rules find, the strict ones and those for workspaces with higher plans too.
pub(super) fn findings(text: &str) -> Vec<Finding> {
    let settings = Settings {
        has_parents: true,
        ..Settings::default()
    };
    findings_with(text, settings)
}

/// Returns what all rules find, the strict ones too.
pub(super) fn findings_with(text: &str, settings: Settings) -> Vec<Finding> {
    let settings = Settings {
        strict: true,
        ..settings
    };
    audit(&crate::parse(text).plan, &settings, Some(TODAY)).findings
}

/// Checks what one rule finds, each as `level position: message`.
#[track_caller]
pub(super) fn check(rule: &Rule, text: &str, expected: &[&str]) {
    check_with(rule, Settings::default(), text, expected);
}

#[track_caller]
pub(super) fn check_with(rule: &Rule, settings: Settings, text: &str, expected: &[&str]) {
    let found: Vec<_> = findings_with(text, settings)
        .into_iter()
        .filter(|finding| finding.rule == rule)
        .map(|finding| format!("{} {}: {}", finding.level, finding.element, finding.message))
        .collect();
    assert_eq!(found, expected, "{text}");
}

/// Returns what looking at several plans brings to light about each: its path, and the audit with it.
///
/// `text` has them one after the other, each below a line `<!-- path.md -->`.
pub(super) fn audits_across(
    text: &str,
    settings: &Settings,
    sight: Sight,
) -> Vec<(String, Vec<Finding>)> {
    let plans = files(text);
    let extracts: Vec<_> = plans
        .iter()
        .map(|(path, parsed)| audit_and_extract(path, parsed, settings, Some(TODAY)).1)
        .collect();
    let extracts: Vec<&Extract> = extracts.iter().collect();
    let all = vec![settings; plans.len()];
    let documents = HashSet::new();
    let workspace = Workspace::new(&extracts, &all, &[], &documents, sight);
    let found = plans.iter().zip(workspace.findings());
    found
        .map(|((path, parsed), findings)| {
            let beside = Beside { sight, findings };
            let audit = audit_beside(&parsed.plan, settings, Some(TODAY), &beside);
            (path.clone(), audit.findings)
        })
        .collect()
}

/// Checks what one rule finds in several plans, each as `level path position: message; help`.
#[track_caller]
pub(super) fn check_across(rule: &Rule, sight: Sight, text: &str, expected: &[&str]) {
    check_across_with(rule, &Settings::default(), sight, text, expected);
}

#[track_caller]
pub(super) fn check_across_with(
    rule: &Rule,
    settings: &Settings,
    sight: Sight,
    text: &str,
    expected: &[&str],
) {
    let mut found = Vec::new();
    for (path, findings) in audits_across(text, settings, sight) {
        let own = findings.into_iter().filter(|finding| finding.rule == rule);
        found.extend(own.map(|it| {
            let (level, element) = (it.level, it.element);
            format!("{level} {path} {element}: {}; {}", it.message, it.help)
        }));
    }
    assert_eq!(found, expected, "{text}");
}

/// Returns a plan of one key result: its statement, and behind semicolons its fields.
pub(super) fn plan_of(key_result: &str) -> String {
    let mut parts = key_result.split(';');
    let title = parts.next().unwrap_or_default();
    let mut text = format!(
        "---\nperiod: 2026-Q4\n---\n\n## Objective: Get paid\n\n### Key result: {title}\n\n"
    );
    for field in parts {
        let _ = writeln!(text, "- {}", field.trim());
    }
    text
}

/// Returns what one rule finds in a plan of one key result, as [`plan_of`] writes it.
pub(super) fn findings_of(rule: &Rule, key_result: &str) -> Vec<Finding> {
    let mut found = findings(&plan_of(key_result));
    found.retain(|finding| finding.rule == rule);
    found
}

/// Checks what one rule finds in a plan of one key result, as [`plan_of`] writes it.
#[track_caller]
pub(super) fn check_key_result(rule: &Rule, key_result: &str, expected: &[&str]) {
    check(rule, &plan_of(key_result), expected);
}

/// Checks what the statement becomes once the first fix of a rule is made.
#[track_caller]
pub(super) fn check_rewrite(rule: &Rule, key_result: &str, expected: &str) {
    let text = plan_of(key_result);
    let found = findings_of(rule, key_result);
    let fix = found.into_iter().find_map(|finding| finding.fix);
    let fix = fix.unwrap_or_else(|| panic!("{key_result}: no fix"));
    let fixed =
        crate::edit::edit_all(&text, &fix.changes).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(fixed, plan_of(expected), "{key_result}");
}

/// Returns a plan for the last quarter of 2026 whose objectives have so many key results.
pub(super) fn plan(key_results: &[usize]) -> String {
    let mut text = "---\nperiod: 2026-Q4\n---\n".to_owned();
    for (o, count) in key_results.iter().enumerate() {
        let _ = writeln!(text, "\n## Objective: Goal {o}");
        for k in 0..*count {
            let _ = writeln!(text, "\n### Key result: Figure {o} {k}");
        }
    }
    text
}

/// Checks which statements of key results, in a plan for the last quarter of 2026, a rule reports.
#[track_caller]
pub(super) fn check_wording(rule: &Rule, reported: &[&str], silent: &[&str]) {
    for (title, expected) in reported
        .iter()
        .map(|title| (title, 1))
        .chain(silent.iter().map(|title| (title, 0)))
    {
        let text = statement_plan(title);
        let found = findings(&text);
        let found = found.iter().filter(|finding| finding.rule == rule);
        assert_eq!(found.count(), expected, "{title}");
    }
}

/// Returns a plan for the last quarter of 2026 with one key result.
pub(super) fn statement_plan(title: &str) -> String {
    format!(
        "---\nperiod: 2026-Q4\n---\n\n## Objective: Get paid sooner\n\n### Key result: {title}\n"
    )
}

/// Checks what the fix of a rule makes of a key result.
#[track_caller]
pub(super) fn check_fix(rule: &Rule, settings: Settings, title: &str, expected: &str) {
    let text = statement_plan(title);
    let found = findings_with(&text, settings);
    let finding = found.into_iter().find(|finding| finding.rule == rule);
    let fix = finding.and_then(|finding| finding.fix);
    let fix = fix.unwrap_or_else(|| panic!("no fix for {title}"));
    let fixed = crate::edit::edit_all(&text, &fix.changes).expect("can be made");
    let (_, key_results) = fixed.split_once("sooner\n\n").expect("is there");
    assert_eq!(key_results, expected, "{title}");
}

/// Checks which objectives a rule reports.
#[track_caller]
pub(super) fn check_objectives(rule: &Rule, reported: &[&str], silent: &[&str]) {
    for (title, expected) in reported
        .iter()
        .map(|title| (title, 1))
        .chain(silent.iter().map(|title| (title, 0)))
    {
        let found = findings(&format!("## Objective: {title}\n"));
        let found = found.iter().filter(|finding| finding.rule == rule);
        assert_eq!(found.count(), expected, "{title}");
    }
}

/// Checks what the fix of a rule makes of an objective.
#[track_caller]
pub(super) fn check_objective_fix(rule: &Rule, title: &str, expected: &str) {
    let text = format!("---\nperiod: 2026-Q4\n---\n\n## Objective: {title}\n");
    let found = findings(&text);
    let finding = found.into_iter().find(|finding| finding.rule == rule);
    let fix = finding.and_then(|finding| finding.fix);
    let fix = fix.unwrap_or_else(|| panic!("no fix for {title}"));
    let fixed = crate::edit::edit_all(&text, &fix.changes).expect("can be made");
    let (_, fixed) = fixed.split_once("---\n\n").expect("is there");
    assert_eq!(fixed, expected, "{title}");
}
