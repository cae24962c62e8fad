//! `means-in-key-result`: a key result that also says how it is to be reached.

use crate::audit::wording::{behind_link, between, initiative, without};
use crate::audit::{Applicability, Axis, Context, Findings, Fix, KeyResultCase, Level, Rule, Tier};
use crate::edit::Change;
use crate::statement::{self, Reading};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "means-in-key-result",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Outcome,
    rank: 59,
    since: "0.1.0",
    docs: include_str!("means_in_key_result.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let Some(means) = means(&case.text, &case.reading) else {
            continue;
        };
        let finding = findings
            .report(
                &RULE,
                case.id,
                "key result also says how it is to be reached",
            )
            .at_words(Some(means))
            .label("the means")
            .help("make the means an initiative, so that it can change while the target stays");
        finding.fix = fix(cx, case, means);
    }
}

/// Returns the words that say how, unless they carry what is to be reached or name a day.
fn means(text: &str, reading: &Reading) -> Option<Span> {
    let parts = &reading.parts;
    let needed = [
        parts.verb,
        parts.start,
        parts.target,
        parts.second_target,
        parts.population.filter(|_| reading.target.is_some()),
    ];
    parts.means.filter(|means| {
        let carries = |part: &Span| means.contains(*part);
        let words = behind_link(text, *means).of(text).to_lowercase();
        let is_span = words.starts_with("to ") || words.starts_with("the end of ");
        !needed.iter().flatten().any(carries) && reading.is_outcome && !is_span
    })
}

fn fix(cx: &Context<'_>, case: &KeyResultCase<'_>, means: Span) -> Option<Fix> {
    let (title, text) = (&case.key_result.title, &*case.text);
    let lexicon = &cx.settings.lexicon;
    // A day belongs to the target also where the means stand around it.
    let day = case
        .reading
        .parts
        .deadline
        .filter(|day| means.contains(*day));
    let ends = [
        Span::new(means.start(), day.map_or(means.end(), Span::start)),
        Span::new(day.map_or(means.end(), Span::end), means.end()),
    ];
    let rest = without(title, ends.into_iter().filter(|end| !end.is_empty()));
    let words = behind_link(text, means);
    let initiative = initiative(title, &between(words, day), lexicon);
    if rest.is_empty() || initiative.is_empty() {
        return None;
    }
    let reads = |reading: &Reading| {
        let reading = reading.clone();
        let value = (reading.start, reading.target, reading.upper, reading.unit);
        (reading.kind, reading.direction, value, reading.deadline)
    };
    let again = statement::read(&rest.plain(), cx.plan.period, lexicon);
    let is_same = reads(&again) == reads(&case.reading) && again.parts.means.is_none();
    Some(Fix {
        title: "make the means an initiative".to_owned(),
        changes: vec![
            Change::SetTitle {
                element: case.id,
                title: rest,
            },
            Change::AddInitiative {
                element: case.id,
                title: initiative,
                owner: None,
                due: None,
            },
        ],
        applicability: if is_same {
            Applicability::Safe
        } else {
            Applicability::Unsafe
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Settings;
    use crate::audit::testing::{check_fix, check_wording};

    #[test]
    fn numbers_and_dates_are_no_means() {
        check_wording(
            &RULE,
            &["Cut billing errors 25% through a second check"],
            &[
                "Cut billing errors by 25% by the end of Q4",
                "Strengthen donor relations by holding 12 site visits",
                "Pay 98% of invoices by card",
                "Answer 90% of calls through to 31 December",
            ],
        );
    }

    #[test]
    fn nothing_is_lost() {
        for (title, expected, initiative) in [
            (
                "Reduce outstanding receivables over 60 days by 20% by implementing follow-up protocols.",
                "Reduce outstanding receivables over 60 days by 20%.",
                "Implement follow-up protocols",
            ),
            (
                "Increase on-time payments by 15% through proactive client communication.",
                "Increase on-time payments by 15%.",
                "Proactive client communication",
            ),
            (
                "Reduce billing errors by 25% by the end of Q4 through improved data validation processes.",
                "Reduce billing errors by 25% by the end of Q4.",
                "Improved data validation processes",
            ),
            (
                "Increase renewals by 10% by calling each client by 30 November",
                "Increase renewals by 10% by 30 November",
                "Call each client",
            ),
            (
                "Cut errors by 5%, using SAP and *a second check*",
                "Cut errors by 5%",
                "Use SAP and *a second check*",
            ),
            (
                "Cut errors by 5% through 6 webinars",
                "Cut errors by 5%",
                "6 webinars",
            ),
        ] {
            check_fix(
                &RULE,
                Settings::default(),
                title,
                &format!("### Key result: {expected}\n\n- [ ] {initiative}\n"),
            );
        }
    }
}
