//! The record of baselines and targets that are moved while a plan runs.

use jiff::civil::Date;
use okr_core::closing::Goalpost;
use okr_core::completion::Completed;
use okr_core::edit::Change;
use okr_core::model::{ElementId, Inline, KeyResult, Measure, Plan};
use okr_core::statement::Lexicon;

/// Returns the change that records what a key result stated before, in a field or in its words, where a baseline or a
/// target was moved after the first day of the plan.
///
/// The newest record stands first. A second move on one day leaves the record of that day as it is: what stood there
/// in the morning is what was moved. One that leads back to that takes the record of the day away.
pub(super) fn record(
    before: &Plan,
    after: &Plan,
    element: ElementId,
    today: Date,
    lexicon: &Lexicon,
) -> Option<Change> {
    let period = before.period?;
    if today <= period.start() {
        return None;
    }
    let (old, new) = (before.key_result(element)?, after.key_result(element)?);
    let of = |key_result: &KeyResult| Completed::new(key_result, before.period, lexicon).measure;
    let is_set = |what: &Goalpost| stated(&old.measure, *what) != stated(&new.measure, *what);
    let what = Goalpost::ALL.into_iter().find(is_set)?;
    let (known, old, new) = (old.moved(what.field()), of(old), of(new));
    let was = stated(&old, what)?;
    if stated(&new, what).as_ref() == Some(&was) {
        return None;
    }
    let (of_today, earlier): (Vec<_>, Vec<_>) =
        known.into_iter().partition(|moved| moved.date == today);
    let first = match of_today.first() {
        // Back to where it stood in the morning: nothing was moved.
        Some(own) if stated(&new, what).as_ref() == Some(&own.before) => None,
        Some(_) => return None,
        None => Some(format!("{today} from {was}")),
    };
    let earlier = earlier
        .iter()
        .map(|moved| format!("{} from {}", moved.date, moved.before));
    let all: Vec<String> = first.into_iter().chain(earlier).collect();
    Some(Change::SetField {
        element,
        field: what.field().to_owned(),
        value: Inline::from_plain(&all.join("; ")),
    })
}

/// Returns what a measure states of the field of this name: its baseline or its target; of any other field nothing.
pub(super) fn of_field(measure: &Measure, name: &str) -> Option<String> {
    let mut all = Goalpost::ALL.into_iter();
    let what = all.find(|what| what.word().eq_ignore_ascii_case(name))?;
    stated(measure, what)
}

fn stated(measure: &Measure, what: Goalpost) -> Option<String> {
    match what {
        Goalpost::Baseline => measure.start.as_ref().map(ToString::to_string),
        Goalpost::Target => measure.target.as_ref().map(ToString::to_string),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(fields: &str) -> Plan {
        okr_core::parse(format!(
            "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n### Key result: k\n\n{fields}"
        ))
        .plan
    }

    #[track_caller]
    fn check(before: &str, after: &str, today: Date, expected: Option<&str>) {
        let change = record(
            &plan(before),
            &plan(after),
            ElementId::KeyResult(0, 0),
            today,
            &Lexicon::default(),
        );
        let shown = change.map(|change| match change {
            Change::SetField { field, value, .. } => format!("{field}: {}", value.plain()),
            other => panic!("{other:?} is no record"),
        });
        assert_eq!(shown.as_deref(), expected);
    }

    #[test]
    fn what_only_the_words_say_is_moved_as_well() {
        let text =
            "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n### Key result: Sign 20 accounts up\n";
        let plan = |fields: &str| okr_core::parse(format!("{text}\n{fields}")).plan;
        let key_result = ElementId::KeyResult(0, 0);
        let record_of = |fields: &str| {
            let lexicon = Lexicon::default();
            record(&plan(""), &plan(fields), key_result, NOVEMBER, &lexicon)
        };
        let Some(Change::SetField { value, .. }) = record_of("- Target: 16\n") else {
            panic!("it was moved");
        };
        assert_eq!(value.plain(), "2026-11-10 from 20");
        assert_eq!(record_of("- Target: 20\n"), None);
    }

    const NOVEMBER: Date = Date::constant(2026, 11, 10);

    #[test]
    fn what_is_moved_while_the_plan_runs_is_recorded() {
        let expected = Some("Target changed: 2026-11-10 from 85%");
        check("- Target: 85%\n", "- Target: 80%\n", NOVEMBER, expected);
        let expected = Some("Baseline changed: 2026-11-10 from 68%");
        check("- Baseline: 68%\n", "- Baseline: 70%\n", NOVEMBER, expected);
        let expected = Some("Target changed: 2026-11-10 from 85%; 2026-10-16 from 90%");
        let before = "- Target: 85%\n- Target changed: 2026-10-16 from 90%\n";
        check(
            before,
            &before.replace("Target: 85%", "Target: 80%"),
            NOVEMBER,
            expected,
        );
    }

    #[test]
    fn what_was_open_and_what_is_set_before_the_start_is_not() {
        check(
            "- Baseline: to be measured\n",
            "- Baseline: 70%\n",
            NOVEMBER,
            None,
        );
        check(
            "- Target: 85%\n",
            "- Target: 80%\n",
            Date::constant(2026, 10, 1),
            None,
        );
        check("- Owner: Sam\n", "- Owner: Dana\n", NOVEMBER, None);
        let twice = "- Target: 80%\n- Target changed: 2026-11-10 from 85%\n";
        check(
            twice,
            &twice.replace("Target: 80%", "Target: 82%"),
            NOVEMBER,
            None,
        );
        let expected = Some("Target changed: 2026-10-16 from 90%");
        let twice = "- Target: 80%\n- Target changed: 2026-11-10 from 85%; 2026-10-16 from 90%\n";
        check(
            twice,
            &twice.replace("Target: 80%", "Target: 85%"),
            NOVEMBER,
            expected,
        );
        let once = "- Target: 80%\n- Target changed: 2026-11-10 from 85%\n";
        check(
            once,
            &once.replace("Target: 80%", "Target: 85%"),
            NOVEMBER,
            Some("Target changed: "),
        );
    }
}
