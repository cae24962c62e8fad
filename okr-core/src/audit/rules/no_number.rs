//! `no-number`: a key result that names no number to reach.

use crate::audit::wording::{between, phrase};
use crate::audit::{
    Applicability, Axis, Context, Findings, Fix, KeyResultCase, Level, Question, Rule, Tier,
};
use crate::edit::Change;
use crate::statement::{Kind, VerbClass};
use crate::syntax::Part;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "no-number",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Measurable,
    rank: 10,
    since: "0.2.0",
    docs: include_str!("no_number.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for key_result in cx.key_results() {
        if key_result.measure.target.is_none() && key_result.reading.kind == Kind::None {
            let finding = findings
                .report(&RULE, key_result.id, "key result names no number to reach")
                .label("no number here")
                .help("state where the number starts and ends")
                .ask(Question {
                    text: "Which number will show that it is done, and where does it stand today?"
                        .to_owned(),
                    element: key_result.id,
                    field: Some("target"),
                    offer: None,
                });
            finding.fix = fix(key_result);
        }
    }
}

/// Returns the statement with room for the number that it lacks.
fn fix(case: &KeyResultCase<'_>) -> Option<Fix> {
    let parts = &case.reading.parts;
    let text = &*case.text;
    // A gap that the user left is there already.
    if has_gap(text) {
        return None;
    }
    // `hundreds of leads` leaves the leads.
    let vague = parts.vague.map(|vague| {
        let of = text[vague.end()..].starts_with(" of ");
        Span::new(
            vague.start(),
            vague.end() + if of { " of".len() } else { 0 },
        )
    });
    let moves = matches!(
        parts.verb_class,
        Some(
            VerbClass::Increase
                | VerbClass::Decrease
                | VerbClass::Improve
                | VerbClass::Move
                | VerbClass::Reach
        )
    );
    let measure = parts.measure.filter(|measure| {
        vague.is_none_or(|vague| !measure.contains(vague) || vague.end() < measure.end())
    });
    let title = match (parts.verb, measure) {
        (Some(verb), Some(measure)) if moves && verb.end() <= measure.start() => {
            let mut words = between(Span::new(0, measure.end()), vague);
            words.push(Part::New("from … to …"));
            words.extend(between(
                Span::new(measure.end(), text.len()),
                vague.filter(|vague| vague.start() >= measure.end()),
            ));
            phrase(&case.key_result.title, &words)
        }
        _ => {
            let opening = parts.label.map_or(0, Span::end);
            let verb = parts.verb.filter(|verb| {
                text[opening..verb.start().max(opening)].trim().is_empty()
                    && parts.verb_class.is_some()
            });
            let end = text.trim_end().trim_end_matches(['.', '!', ':']).len();
            let mut words = between(
                Span::new(0, end.max(opening)),
                vague.into_iter().chain(verb),
            );
            words.push(Part::New(": … → …"));
            phrase(&case.key_result.title, &words)
        }
    };
    Some(Fix {
        title: "say from where to where".to_owned(),
        changes: vec![Change::SetTitle {
            element: case.id,
            title,
        }],
        applicability: Applicability::Display,
    })
}

/// Returns whether a stand-in for a number is there, such as `X%`, `TBD` or `…`.
fn has_gap(text: &str) -> bool {
    text.contains(['…', '%'])
        || text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "X" | "XX" | "XXX" | "N" | "Y" | "TBD" | "tbd" | "TBC"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Settings;
    use crate::audit::testing::{check_fix, check_wording};

    #[test]
    fn a_state_that_is_there_or_not_needs_no_number() {
        check_wording(
            &RULE,
            &[
                "Better follow-up on late payers",
                "Support audits with timely data",
            ],
            &[
                "Obtain ISO 14001 certification",
                "Cut DSO to 44 days",
                "Document the refund process",
            ],
        );
    }

    #[test]
    fn the_users_words_get_room_for_a_number() {
        for (title, expected) in [
            (
                "Better follow-up on late payers",
                "Follow-up on late payers: … → …",
            ),
            (
                "Significantly improve *customer* satisfaction by the end of Q4",
                "Improve *customer* satisfaction from … to … by the end of Q4",
            ),
            (
                "Support audits with timely data.",
                "Audits with data: … → …",
            ),
            ("Explore new channels", "New channels: … → …"),
            ("Generate hundreds of leads", "Leads: … → …"),
        ] {
            check_fix(
                &RULE,
                Settings::default(),
                title,
                &format!("### Key result: {expected}\n"),
            );
        }
    }
}
