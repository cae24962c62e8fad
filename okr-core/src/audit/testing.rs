//! What the tests of the rules share.

use std::fmt::Write as _;

use jiff::civil::{Date, date};

use super::{Finding, Rule, Settings, audit};

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
