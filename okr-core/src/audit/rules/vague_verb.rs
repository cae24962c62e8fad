//! `vague-verb`: a verb that says neither which way nor how far.

use super::{activity_verb, no_number};
use crate::audit::measured::{GAP, Noun, like, states_target};
use crate::audit::vague::{measure, vague, with_of};
use crate::audit::wording::{between, phrase};
use crate::audit::{
    Applicability, Axis, Context, Findings, Fix, KeyResultCase, Level, Question, Rule, Tier,
};
use crate::edit::Change;
use crate::statement::{Direction, Kind, VerbClass};
use crate::syntax::Part;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "vague-verb",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Measurable,
    rank: 33,
    since: "0.1.0",
    docs: include_str!("vague_verb.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        if activity_verb::activity(case).is_some() {
            continue;
        }
        let Some(span) = vague_verb(case) else {
            continue;
        };
        let verb = span.of(&case.text);
        let better = better(case, cx);
        let finding = findings
            .report(
                &RULE,
                case.id,
                match better {
                    Some(_) => format!("`{verb}` does not say from where to where"),
                    None => format!("`{verb}` says neither which way nor how far"),
                },
            )
            .at_words(Some(span))
            .label("how far?");
        let measure = case.reading.parts.measure;
        let after = |words: &Span| words.start() >= span.end();
        let change = better
            .zip(measure.filter(after))
            .and_then(|(better, measure)| instead(cx, case, (span, better), measure));
        match (better, change) {
            (Some(better), Some(change)) => {
                finding
                    .help(format!("write `{better}`, and the two numbers"))
                    .fix(Fix {
                        title: format!("write `{better}` and from where to where"),
                        changes: vec![change],
                        applicability: Applicability::Display,
                    });
            }
            _ => {
                finding
                    .help("name the number that shows it, where it stands and where it is to be");
            }
        }
        no_number::speak(cx, case, finding);
        finding.ask(Question {
            text: "Which number shows it, where does it stand today and where is it to be?"
                .to_owned(),
            element: case.id,
            field: None,
            offer: None,
        });
    }
}

/// Returns the change that puts a clear verb in the place of the vague one, and gaps behind the measure.
fn instead(
    cx: &Context<'_>,
    case: &KeyResultCase<'_>,
    (verb, better): (Span, &str),
    measure: Span,
) -> Option<Change> {
    let text = &*case.text;
    let gaps = format!("from {GAP} to {GAP}");
    let opening = case.reading.parts.label.map_or(0, Span::end);
    // A size in words gives way to the gaps.
    let size = vague(cx, case).map(|vague| with_of(text, vague));
    let opens = text.get(opening..verb.start())?.trim();
    let opens = size.filter(|size| size.of(text) == opens);
    let first = opens.unwrap_or(verb);
    let better = like(first.of(text), better);
    let mut parts = vec![Part::Words(Span::new(0, first.start()))];
    if opens.is_none() {
        // An adverb of another sort stays where it stands.
        parts = between(Span::new(0, verb.start()), size);
    }
    parts.push(Part::Instead(verb, &better));
    parts.extend(between(Span::new(verb.end(), measure.end()), size));
    parts.push(Part::New(&gaps));
    parts.extend(between(Span::new(measure.end(), text.len()), size));
    Some(Change::SetTitle {
        element: case.id,
        title: phrase(&case.key_result.title, &parts),
    })
}

/// Returns where the verb stands, if nothing but the verb says what is to happen.
pub(super) fn vague_verb(case: &KeyResultCase<'_>) -> Option<Span> {
    if states_target(case) {
        return None;
    }
    let verb = case.reading.parts.verb?;
    let word = verb.of(&case.text).to_lowercase();
    let is_open = case.reading.kind == Kind::None;
    let is_vague = match case.reading.parts.verb_class? {
        VerbClass::Improve => is_open,
        VerbClass::Reach => is_open && word.starts_with("ensur"),
        VerbClass::Activity => {
            // Any other number belongs to another verb: `manage to cut costs by 5%`.
            let kind = case.reading.kind;
            word.starts_with("manag") && matches!(kind, Kind::None | Kind::Count | Kind::Ratio)
        }
        _ => false,
    };
    is_vague.then_some(verb)
}

/// Returns the verb that says which way, where what is measured can only go up or down.
fn better(case: &KeyResultCase<'_>, cx: &Context<'_>) -> Option<&'static str> {
    if case.reading.parts.verb_class != Some(VerbClass::Improve) {
        return None;
    }
    let words = case.reading.parts.measure;
    let words = words.and_then(|words| measure(&case.text, words, vague(cx, case)));
    let noun = Noun::of(words.map_or("", |words| words.of(&case.text)));
    let lexicon = &cx.settings.lexicon;
    let head = &*noun.head;
    if case.reading.direction == Direction::Decrease {
        let is_known = lexicon.is_lower_better(head) || noun.is_bad(lexicon);
        return is_known.then_some("cut");
    }
    (noun.is_good() || noun.is_share() == Some(true)).then_some("raise")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_key_result, check_rewrite, findings_of};

    #[track_caller]
    fn check(key_result: &str, expected: Option<&str>) {
        let expected =
            expected.map(|message| format!("error 1.1: {message}, and there is no number"));
        check_key_result(&RULE, key_result, expected.as_deref().as_slice());
    }

    #[test]
    fn a_verb_alone_is_reported() {
        let open = |verb| format!("`{verb}` says neither which way nor how far");
        check("Streamline approvals", Some(&open("Streamline")));
        check("Strengthen our brand", Some(&open("Strengthen")));
        check("Ensure data quality", Some(&open("Ensure")));
        check("Manage vendor contracts", Some(&open("Manage")));
        check(
            "Improve approval time",
            Some("`Improve` does not say from where to where"),
        );
    }

    #[test]
    fn with_a_size_the_verb_is_clear() {
        check("Improve approval time from 6 to 2 days", None);
        check("Improve response times by 20%", None);
        check("Improve accuracy to 98%", None);
        check("Improve accuracy;Target: 98%", None);
        check("Ensure no more than 2 outages", None);
        check("Manage to cut costs by 5%", None);
        check(
            "Improve the efficiency of the collection process to shorten payment durations by 20%",
            None,
        );
    }

    #[test]
    fn verbs_that_say_which_way_and_verbs_of_effort_are_not_meant() {
        check("Raise customer satisfaction", None);
        check("Support audits with timely data", None);
        check("Launch the portal", None);
    }

    #[test]
    fn the_verb_gives_way_where_the_way_is_known() {
        check_rewrite(
            &RULE,
            "Improve approval time by mid-Q4",
            "Cut approval time from … to … by mid-Q4",
        );
        check_rewrite(
            &RULE,
            "Improve the on-time payment rate",
            "Raise the on-time payment rate from … to …",
        );
        check_rewrite(
            &RULE,
            "Significantly improve *customer* satisfaction",
            "Raise *customer* satisfaction from … to …",
        );
        check_rewrite(
            &RULE,
            "Improve accuracy significantly by mid-Q4",
            "Raise accuracy from … to … by mid-Q4",
        );
        let found = findings_of(&RULE, "Improve customer onboarding");
        assert!(found.iter().all(|finding| finding.fix.is_none()));
        assert_eq!(found.len(), 1);
    }
}
