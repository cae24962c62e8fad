//! `initiative-has-metric`: a task that is really a result to reach.

use crate::audit::words::{stem, words};
use crate::audit::{Axis, Context, Findings, Level, Rule, Tier};
use crate::model::{ElementId, Initiative};
use crate::statement::{self, Kind, Reading, VerbClass};

pub(super) static RULE: Rule = Rule {
    id: "initiative-has-metric",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Outcome,
    rank: 62,
    since: "0.1.0",
    docs: include_str!("initiative_has_metric.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (o, objective) in cx.plan.objectives.iter().enumerate() {
        for (i, initiative) in objective.initiatives.iter().enumerate() {
            look_at(
                cx,
                initiative,
                ElementId::ObjectiveInitiative(o, i),
                findings,
            );
        }
        for (k, key_result) in objective.key_results.iter().enumerate() {
            for (i, initiative) in key_result.initiatives.iter().enumerate() {
                look_at(cx, initiative, ElementId::Initiative(o, k, i), findings);
            }
        }
    }
}

fn look_at(cx: &Context<'_>, initiative: &Initiative, id: ElementId, findings: &mut Findings) {
    let text = initiative.title.plain();
    // Most initiatives open with a verb of work, and need not be read.
    let opens_with_work = words(&text).next().is_some_and(|(_, word)| {
        let class = cx.settings.lexicon.verb_class(word);
        matches!(
            class,
            Some(VerbClass::Work | VerbClass::Obtain | VerbClass::Process | VerbClass::Activity)
        )
    });
    if opens_with_work || !statement::may_open_with_verb(&text, &cx.settings.lexicon) {
        return;
    }
    let reading = statement::read(&text, cx.plan.period, &cx.settings.lexicon);
    if is_result(&text, &reading) {
        findings
            .report(
                &RULE,
                id,
                "initiative names a result to reach, not work to do",
            )
            .at_words(reading.parts.target)
            .label("a target")
            .help("make it a key result, and write here the work that should bring it about");
    }
}

/// Returns whether a text opens with a verb of change and says how far.
///
/// A target further on is what the work is for: "train the team to cut errors by 10%" is work.
fn is_result(text: &str, reading: &Reading) -> bool {
    if !reading.is_outcome || reading.target.is_none() {
        return false;
    }
    let parts = &reading.parts;
    let start = parts.label.map_or(0, |label| label.end());
    let opening = words(text).find(|(span, _)| span.start() >= start);
    let opens = parts
        .verb
        .is_some_and(|verb| opening.is_some_and(|(word, _)| verb.contains(word)));
    let moves = match parts.verb_class {
        Some(VerbClass::Increase | VerbClass::Decrease | VerbClass::Improve) => {
            reading.kind != Kind::Count
        }
        // "Get 3 quotes" and "reach 20 customers by phone" are work.
        Some(VerbClass::Reach | VerbClass::Keep | VerbClass::Move) => {
            reading.unit.as_deref() == Some("%")
        }
        _ => false,
    };
    opens && moves && !words(text).any(|(_, word)| DECIDED.contains(&&*stem(word)))
}

/// Stems of words for what is set by a decision, so that to change it is work.
const DECIDED: &[&str] = &[
    "budget",
    "deadline",
    "discount",
    "fee",
    "limit",
    "price",
    "term",
    "threshold",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check;

    #[track_caller]
    fn work(title: &str) {
        let text = format!(
            "## Objective: Get paid sooner\n\n### Key result: Cut DSO to 44 days\n\n- [ ] {title}\n"
        );
        check(&RULE, &text, &[]);
    }

    #[test]
    fn work_may_have_numbers() {
        for title in [
            "Call the 20 oldest accounts weekly",
            "Write a one-page checklist",
            "Agree on a limit of 3 approvals",
            "Train 40 supervisors to cut scrap by 12%",
            "Get 3 quotes",
            "Reach out to 20 customers",
            "Extend payment terms to 45 days",
            "Lower the approval threshold to EUR 500",
            "E-invoice the top 50",
            "Reduce meetings",
        ] {
            work(title);
        }
    }

    /// What the reader gives for such a text.
    fn reading(text: &str, verb: &str, class: VerbClass) -> Reading {
        let at = text.find(verb).expect("is there");
        let mut reading = Reading {
            kind: Kind::Level,
            target: Some(rust_decimal::Decimal::from(70)),
            unit: Some("%".into()),
            is_outcome: true,
            ..Reading::default()
        };
        reading.parts.verb = Some(crate::text::Span::new(at, at + verb.len()));
        reading.parts.verb_class = Some(class);
        reading
    }

    #[test]
    fn a_change_with_its_size_is_a_result() {
        let text = "Raise the e-invoice share to 70%";
        assert!(is_result(
            text,
            &reading(text, "Raise", VerbClass::Increase)
        ));
        let text = "Enrol customers to raise the e-invoice share to 70%";
        assert!(!is_result(
            text,
            &reading(text, "raise", VerbClass::Increase)
        ));
        let text = "Reach 70% e-invoices";
        assert!(is_result(text, &reading(text, "Reach", VerbClass::Reach)));
    }
}
