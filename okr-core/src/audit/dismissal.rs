//! Which dismissals a plan holds, and which findings they silence.

use super::rules::RULES;
use super::{Finding, Rule};
use crate::dismissals::{Dismissal, Fingerprint, read};
use crate::model::{ElementId, Plan};

/// A finding that the plan's owner dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dismissed {
    /// The finding.
    pub finding: Finding,
    /// Why it is right as it is.
    pub reason: String,
}

/// A dismissal as a rule sees it.
#[derive(Clone, Debug)]
pub struct DismissalCase {
    /// The element in whose free text it stands.
    pub element: ElementId,
    /// The dismissal as it was written.
    pub dismissal: Dismissal,
    /// The rule that it names; nothing when there is none, or when it cannot be dismissed.
    pub rule: Option<&'static Rule>,
    /// Whether it silences its rule, or why not.
    pub standing: Standing,
    /// Whether its rule found something on the element; nothing when the rule could not look.
    pub found: Option<bool>,
}

/// Whether a dismissal silences its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It does.
    Holds,
    /// It gives no reason.
    NoReason,
    /// The words that it covers have changed.
    Expired,
    /// The element has one of the rule before it.
    Repeated,
}

/// Returns the dismissals of a plan, in its order; what rules found is not known yet.
pub(super) fn cases(plan: &Plan) -> Vec<DismissalCase> {
    let mut cases = Vec::new();
    of_element(&mut cases, plan, ElementId::Plan, &plan.text);
    for (o, objective) in plan.objectives.iter().enumerate() {
        of_element(&mut cases, plan, ElementId::Objective(o), &objective.text);
        for (i, initiative) in objective.initiatives.iter().enumerate() {
            let id = ElementId::ObjectiveInitiative(o, i);
            of_element(&mut cases, plan, id, &initiative.text);
        }
        for (k, key_result) in objective.key_results.iter().enumerate() {
            let id = ElementId::KeyResult(o, k);
            of_element(&mut cases, plan, id, &key_result.text);
            for (i, initiative) in key_result.initiatives.iter().enumerate() {
                let id = ElementId::Initiative(o, k, i);
                of_element(&mut cases, plan, id, &initiative.text);
            }
        }
    }
    cases
}

fn of_element(cases: &mut Vec<DismissalCase>, plan: &Plan, element: ElementId, text: &str) {
    let first = cases.len();
    for (_, dismissal) in read(text) {
        let is_same = |case: &DismissalCase| case.dismissal.rule == dismissal.rule;
        let standing = if cases[first..].iter().any(is_same) {
            Standing::Repeated
        } else if dismissal.reason.is_empty() {
            Standing::NoReason
        } else if dismissal.pin.is_some() && dismissal.pin != Fingerprint::of_element(plan, element)
        {
            Standing::Expired
        } else {
            Standing::Holds
        };
        let mut rules = RULES.iter().copied();
        cases.push(DismissalCase {
            element,
            rule: rules.find(|rule| rule.id == dismissal.rule && rule.can_be_dismissed()),
            dismissal,
            standing,
            found: None,
        });
    }
}

/// Takes the findings that are dismissed out of `findings`, and notes in `cases` which rules found
/// something, of those that could look.
pub(super) fn split(
    cases: &mut [DismissalCase],
    findings: &mut Vec<Finding>,
    could_look: impl Fn(&Rule) -> bool,
) -> Vec<Dismissed> {
    for case in &mut *cases {
        case.found = case.rule.and_then(|rule| {
            let is_found =
                |finding: &Finding| finding.rule == rule && finding.element == case.element;
            could_look(rule).then(|| findings.iter().any(is_found))
        });
    }
    let mut dismissed = Vec::new();
    if cases.is_empty() {
        return dismissed;
    }
    for mut finding in std::mem::take(findings) {
        let case = cases.iter().find(|case| {
            case.rule == Some(finding.rule)
                && case.element == finding.element
                && case.standing != Standing::Repeated
        });
        match case {
            Some(case) if case.standing == Standing::Holds => {
                let reason = case.dismissal.reason.clone();
                dismissed.push(Dismissed { finding, reason });
                continue;
            }
            Some(case) if case.standing == Standing::Expired => {
                if !finding.help.is_empty() {
                    finding.help.push_str("; ");
                }
                finding
                    .help
                    .push_str("it was dismissed for other words, because: ");
                finding.help.push_str(&case.dismissal.reason);
            }
            _ => {}
        }
        findings.push(finding);
    }
    dismissed
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::audit::{Settings, audit};

    const TODAY: Date = date(2026, 11, 22);

    /// Returns what is reported about a key result with `comment` behind it, each finding as its rule and
    /// its help, and the reasons of what is dismissed.
    fn audited(comment: &str) -> (Vec<String>, Vec<String>) {
        let text = format!("## Objective: a\n\n### KR: Better follow-up\n\n{comment}\n");
        let found = audit(&crate::parse(text).plan, &Settings::default(), Some(TODAY));
        let element = ElementId::KeyResult(0, 0);
        let findings = found.findings.into_iter();
        let findings = findings.filter(|finding| finding.element == element && is_ours(finding));
        let dismissed = found.dismissed.into_iter();
        (
            findings
                .map(|finding| {
                    format!("{}: {}; {}", finding.rule.id, finding.message, finding.help)
                })
                .collect(),
            dismissed.map(|one| one.reason).collect(),
        )
    }

    fn is_ours(finding: &Finding) -> bool {
        finding.rule.id == "no-number" || !finding.rule.can_be_dismissed()
    }

    #[track_caller]
    fn check(comment: &str, findings: &[&str], reasons: &[&str]) {
        let (found, dismissed) = audited(comment);
        let is_same = found.len() == findings.len()
            && found
                .iter()
                .zip(findings)
                .all(|(one, start)| one.starts_with(start));
        assert!(is_same, "{comment}: {found:#?}");
        assert_eq!(dismissed, reasons, "{comment}");
    }

    #[test]
    fn a_dismissal_with_the_right_pin_silences_its_rule() {
        let pin = Fingerprint::of("better follow-up");
        check(
            &format!("<!-- okr: allow no-number {pin}: later -->"),
            &[],
            &["later"],
        );
    }

    #[test]
    fn one_without_a_pin_holds_and_is_reported() {
        check(
            "<!-- okr: allow no-number: later -->",
            &["unpinned-dismissal: dismissal of `no-number` holds for any words"],
            &["later"],
        );
    }

    #[test]
    fn one_for_other_words_has_expired() {
        let (found, dismissed) = audited("<!-- okr: allow no-number 01234567: later -->");
        assert!(dismissed.is_empty());
        assert!(
            found[0].ends_with("it was dismissed for other words, because: later"),
            "{found:#?}"
        );
        assert!(
            found[1].starts_with("expired-dismissal: words have changed"),
            "{found:#?}"
        );
    }

    #[test]
    fn one_without_effect_is_reported() {
        check(
            "<!-- okr: allow no-number -->",
            &[
                "no-number",
                "unused-dismissal: dismissal of `no-number` gives no reason",
            ],
            &[],
        );
        check(
            "<!-- okr: allow no-numbr: later -->",
            &[
                "no-number",
                "unused-dismissal: no rule is called `no-numbr`; did you mean `no-number`?",
            ],
            &[],
        );
        check(
            "<!-- okr: allow unused-dismissal: so -->",
            &[
                "no-number",
                "unused-dismissal: `unused-dismissal` cannot be dismissed",
            ],
            &[],
        );
        check(
            "- Target: 5\n\n<!-- okr: allow no-number 01234567: later -->",
            &["unused-dismissal: `no-number` is dismissed, but finds nothing here"],
            &[],
        );
        let pin = Fingerprint::of("better follow-up");
        check(
            &format!("<!-- okr: allow no-number {pin}: a --> <!-- okr: allow no-number: b -->"),
            &["unused-dismissal: `no-number` is dismissed here a second time"],
            &["a"],
        );
    }

    #[test]
    fn one_whose_rule_could_not_look_is_not_said_to_be_of_no_use() {
        let text = "## Objective: a\n\n<!-- okr: allow no-number: b -->\n";
        let mut settings = Settings::default();
        let count = |settings: &Settings| {
            let found = audit(&crate::parse(text).plan, settings, None).findings;
            found
                .iter()
                .filter(|finding| !finding.rule.can_be_dismissed())
                .count()
        };
        assert_eq!(count(&settings), 1);
        settings.ignore.push("no-number");
        assert_eq!(count(&settings), 1, "it is still to be pinned");
    }
}
