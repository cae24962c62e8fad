//! `no-deadline`: a key result without a day by which it is to be met.

use crate::audit::figures::DayInFigures;
use crate::audit::shared::{is_unread, set_due};
use crate::audit::{Applicability, Axis, Context, Findings, Fix, Level, Question, Rule, Tier};
use crate::fields::is_same_field;
use crate::model::{Inline, Plan};

pub(super) static RULE: Rule = Rule {
    id: "no-deadline",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Dated,
    rank: 19,
    since: "0.1.0",
    docs: include_str!("no_deadline.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    // A period that could not be read has been reported when it was read.
    let keys = &cx.plan.front_matter;
    let is_period_unread = keys.keys().any(|key| is_same_field::<Plan>(key, "period"));
    for case in cx.key_results() {
        if case.due.is_some() || is_unread(case.key_result, "Due") {
            continue;
        }
        // A phrase is there, but not the day: an event, or a period that the plan does not name.
        let figures = DayInFigures::of(&case.text);
        let phrase = case.reading.parts.deadline;
        let phrase = phrase.or(figures.as_ref().map(|figures| figures.phrase));
        let shown = phrase.map(|phrase| phrase.of(&case.text));
        if let (Some(period), Some(shown), Some(figures)) = (cx.plan.period, shown, &figures) {
            let day = figures.only_day_in(period);
            let finding = findings.report(
                &RULE,
                case.id,
                format!("`{shown}` is in figures that are not read as a day"),
            );
            finding
                .level(Level::Info)
                .at_words(phrase)
                .help("write the day into the field `Due`, year first, as no reader takes it for another")
                .ask(Question {
                    text: format!("Which day does `{shown}` mean?"),
                    element: case.id,
                    field: Some("due"),
                    offer: day.map(|day| Inline::from_plain(&day.to_string())),
                });
            if let Some(day) = day {
                finding.fix(Fix {
                    title: format!("set the due date to {day}"),
                    changes: vec![set_due(case.id, day)],
                    applicability: Applicability::Unsafe,
                });
            }
        } else if let Some(period) = cx.plan.period {
            let end = period.end();
            let (message, applicability) = match shown {
                None => (
                    format!("key result names no day, so the period's last counts: {end}"),
                    Applicability::Safe,
                ),
                Some(shown) => (
                    format!("`{shown}` is no day, so the period's last counts: {end}"),
                    Applicability::Unsafe,
                ),
            };
            findings
                .report(&RULE, case.id, message)
                .level(Level::Info)
                .at_words(phrase)
                .help("write the day, or an earlier one if it can be met sooner")
                .fix(Fix {
                    title: format!("set the due date to {end}"),
                    changes: vec![set_due(case.id, end)],
                    applicability,
                });
        } else if !is_period_unread {
            let message = match shown {
                None => "key result has no day by which it is to be met".to_owned(),
                Some(shown) if figures.is_some() => {
                    format!("`{shown}` is in figures that are not read as a day")
                }
                Some(shown) => format!("`{shown}` is no day, as the plan has no period"),
            };
            findings
                .report(&RULE, case.id, message)
                .at_words(phrase)
                .help("write `- Due: 2026-12-31` with its day, or give the plan a period")
                .ask(Question {
                    text: "By which day is it to be met?".to_owned(),
                    element: case.id,
                    field: Some("due"),
                    offer: None,
                });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check, findings};
    use crate::edit::edit_all;

    const TEXT: &str = "## Objective: Get paid sooner\n\n### Key result: Keep unapplied cash below EUR 10k, soon\n";

    #[test]
    fn without_a_period_it_is_an_error() {
        check(
            &RULE,
            TEXT,
            &["error 1.1: key result has no day by which it is to be met"],
        );
        check(&RULE, &format!("{TEXT}\n- Due: 2026-12-31\n"), &[]);
    }

    #[test]
    fn the_end_of_the_period_counts_and_can_be_written_down() {
        let text = format!("---\nperiod: 2026-Q4\n---\n\n{TEXT}");
        check(
            &RULE,
            &text,
            &["info 1.1: key result names no day, so the period's last counts: 2026-12-31"],
        );
        let finding = findings(&text)
            .into_iter()
            .find(|finding| finding.rule == &RULE);
        let fix = finding.and_then(|finding| finding.fix).expect("has a fix");
        assert_eq!(fix.applicability, Applicability::Safe);
        let fixed = edit_all(&text, &fix.changes).expect("can be made");
        assert_eq!(fixed, format!("{text}\n- Due: 2026-12-31\n"));
    }

    #[test]
    fn a_day_in_figures_is_not_overruled() {
        let text = "---\nperiod: 2026-Q4\n---\n\n## Objective: a\n\n### Key result: All staff trained by 4/12/2026\n";
        check(
            &RULE,
            text,
            &["info 1.1: `by 4/12/2026` is in figures that are not read as a day"],
        );
        let finding = findings(text)
            .into_iter()
            .find(|finding| finding.rule == &RULE);
        let fix = finding.and_then(|finding| finding.fix).expect("has a fix");
        assert_eq!(fix.title, "set the due date to 2026-12-04");
        assert_eq!(fix.applicability, Applicability::Unsafe);
    }

    #[test]
    fn a_date_that_is_not_understood_is_left_alone() {
        check(&RULE, &format!("{TEXT}\n- Due: mid November\n"), &[]);
        check(&RULE, &format!("---\nperiod: autumn\n---\n\n{TEXT}"), &[]);
    }
}
