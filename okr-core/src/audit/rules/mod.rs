//! The rules, one file each with its documentation beside it.

use super::Rule;
use super::workspace::Across;

mod absolute_target;
mod activity_verb;
mod ambiguous_deadline;
mod ambiguous_percent;
mod baseline_equals_target;
mod broken_link;
mod business_as_usual;
mod cadence_mismatch;
mod circular_support;
mod confidence_drop;
mod coverage_as_outcome;
mod date_outside_period;
mod direction_conflict;
mod double_count;
mod duplicate_goal;
mod empty_plan;
mod end_loaded;
mod expired_dismissal;
mod field_contradicts_statement;
mod flat_line;
mod impossible_target;
mod initiative_has_metric;
mod late_check_in;
mod many_owners;
mod means_in_key_result;
mod milestone_without_evidence;
mod missing_initiatives;
mod moved_goalposts;
mod never_started;
mod no_baseline;
mod no_deadline;
mod no_note;
mod no_number;
mod no_owner;
mod not_aligned;
mod objective_has_metric;
mod objective_is_project;
mod objective_too_long;
mod off_pace;
mod owner_overload;
mod past_due_open;
mod skipped_level;
mod stale_key_result;
mod status_contradicts_numbers;
mod target_too_easy;
mod task_as_key_result;
mod too_few_key_results;
mod too_many_key_results;
mod too_many_objectives;
mod two_metrics;
mod unlinked_plan;
mod unpaired_metric;
mod unpinned_dismissal;
mod unserved_goal;
mod untyped_commitment;
mod unused_dismissal;
mod vague_objective;
mod vague_quantifier;
mod vague_verb;
mod yellow_flapping;
mod yellow_run;

pub(super) use impossible_target::impossible_value;

/// Every rule, sorted by its id.
pub static RULES: &[&Rule] = &[
    &absolute_target::RULE,
    &activity_verb::RULE,
    &ambiguous_deadline::RULE,
    &ambiguous_percent::RULE,
    &baseline_equals_target::RULE,
    &broken_link::RULE,
    &business_as_usual::RULE,
    &cadence_mismatch::RULE,
    &circular_support::RULE,
    &confidence_drop::RULE,
    &coverage_as_outcome::RULE,
    &date_outside_period::RULE,
    &direction_conflict::RULE,
    &double_count::RULE,
    &duplicate_goal::RULE,
    &empty_plan::RULE,
    &end_loaded::RULE,
    &expired_dismissal::RULE,
    &field_contradicts_statement::RULE,
    &flat_line::RULE,
    &impossible_target::RULE,
    &initiative_has_metric::RULE,
    &late_check_in::RULE,
    &many_owners::RULE,
    &means_in_key_result::RULE,
    &milestone_without_evidence::RULE,
    &missing_initiatives::RULE,
    &moved_goalposts::RULE,
    &never_started::RULE,
    &no_baseline::RULE,
    &no_deadline::RULE,
    &no_note::RULE,
    &no_number::RULE,
    &no_owner::RULE,
    &not_aligned::RULE,
    &objective_has_metric::RULE,
    &objective_is_project::RULE,
    &objective_too_long::RULE,
    &off_pace::RULE,
    &owner_overload::RULE,
    &past_due_open::RULE,
    &skipped_level::RULE,
    &stale_key_result::RULE,
    &status_contradicts_numbers::RULE,
    &target_too_easy::RULE,
    &task_as_key_result::RULE,
    &too_few_key_results::RULE,
    &too_many_key_results::RULE,
    &too_many_objectives::RULE,
    &two_metrics::RULE,
    &unlinked_plan::RULE,
    &unpaired_metric::RULE,
    &unpinned_dismissal::RULE,
    &unserved_goal::RULE,
    &untyped_commitment::RULE,
    &unused_dismissal::RULE,
    &vague_objective::RULE,
    &vague_quantifier::RULE,
    &vague_verb::RULE,
    &yellow_flapping::RULE,
    &yellow_run::RULE,
];

/// What looks at several plans at once, sorted by the id of its rule, which stands among [`RULES`] too and finds nothing
/// in a plan alone.
pub(super) static ACROSS: &[&Across] = &[
    &broken_link::ACROSS,
    &circular_support::ACROSS,
    &double_count::ACROSS,
    &skipped_level::ACROSS,
    &unlinked_plan::ACROSS,
    &unserved_goal::ACROSS,
];

/// Returns what a rule finds in several plans, where it looks at more than one.
pub(super) fn across(rule: &Rule) -> Option<&'static Across> {
    ACROSS.iter().copied().find(|it| it.rule == rule)
}

/// Returns whether the rule of that id is about dismissals; such a rule runs after the others, and
/// cannot itself be dismissed.
pub(super) fn is_about_dismissals(id: &str) -> bool {
    id.ends_with("-dismissal")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{audits_across, findings};
    use crate::audit::{Applicability, Axis, Settings};
    use crate::edit::edit_all;

    const HEADINGS: [&str; 4] = [
        "## What it checks",
        "## Why it matters",
        "## Example",
        "## Use instead",
    ];

    /// Returns the plan in the code block under a heading of a rule's documentation.
    #[track_caller]
    fn example<'d>(rule: &Rule, docs: &'d str, heading: &str) -> &'d str {
        let section = docs
            .split_once(&format!("{heading}\n"))
            .map(|(_, rest)| rest);
        let block = section.and_then(|rest| rest.split_once("```markdown\n"));
        let block = block.and_then(|(_, rest)| rest.split_once("```\n"));
        block
            .unwrap_or_else(|| panic!("{}: no code block under {heading}", rule.id))
            .0
    }

    fn count(rule: &Rule, text: &str) -> usize {
        let found = match rule.sight() {
            None => findings(text),
            Some(sight) => {
                let audits = audits_across(text, &Settings::default(), sight);
                audits.into_iter().flat_map(|(_, found)| found).collect()
            }
        };
        found.iter().filter(|finding| finding.rule == rule).count()
    }

    #[test]
    fn the_rules_are_sorted() {
        assert!(RULES.is_sorted_by_key(|rule| rule.id));
        assert!(ACROSS.is_sorted_by_key(|across| across.rule.id));
    }

    #[test]
    fn the_documentation_has_its_headings_in_order() {
        for rule in RULES {
            let mut at = 0;
            for heading in HEADINGS {
                let found = rule.docs[at..].find(&format!("{heading}\n"));
                at += found.unwrap_or_else(|| panic!("{}: no {heading} where it belongs", rule.id));
            }
        }
    }

    #[test]
    fn examples_are_reported_and_what_to_use_instead_is_not() {
        for rule in RULES {
            let bad = example(rule, rule.docs, "## Example");
            assert!(
                count(rule, bad) > 0,
                "{}: not reported on its example",
                rule.id
            );
            let good = example(rule, rule.docs, "## Use instead");
            assert_eq!(
                count(rule, good),
                0,
                "{}: reported on what to use instead",
                rule.id
            );
        }
    }

    #[test]
    fn a_safe_fix_clears_its_finding_and_brings_no_other() {
        for rule in RULES {
            let bad = example(rule, rule.docs, "## Example");
            for finding in findings(bad)
                .into_iter()
                .filter(|finding| finding.rule == *rule)
            {
                let Some(fix) = finding.fix else { continue };
                let fixed = edit_all(bad, &fix.changes);
                let fixed = fixed.unwrap_or_else(|error| panic!("{}: {error}", rule.id));
                assert_ne!(fixed, bad, "{}: a fix that changes nothing", rule.id);
                if fix.applicability != Applicability::Safe {
                    continue;
                }
                assert!(
                    count(rule, &fixed) < count(rule, bad),
                    "{}: still there\n{fixed}",
                    rule.id
                );
                let before = findings(bad);
                let new = findings(&fixed).into_iter().find(|new| {
                    !before
                        .iter()
                        .any(|old| old.rule == new.rule && old.element == new.element)
                });
                assert_eq!(
                    new.map(|new| new.rule.id),
                    None,
                    "{}: brings a new finding",
                    rule.id
                );
            }
        }
    }
    #[test]
    fn one_fact_about_check_ins_is_one_finding() {
        let tracked = |text: &str| {
            let findings = findings(text).into_iter();
            let tracked = findings.filter(|finding| finding.rule.axis == Axis::Tracked);
            tracked.map(|finding| finding.rule.id).collect::<Vec<_>>()
        };
        for rule in RULES.iter().filter(|rule| rule.axis == Axis::Tracked) {
            let bad = example(rule, rule.docs, "## Example");
            assert_eq!(tracked(bad), [rule.id], "{}: example", rule.id);
            let good = example(rule, rule.docs, "## Use instead");
            assert_eq!(tracked(good), [""; 0], "{}: what to use instead", rule.id);
        }
    }
}
