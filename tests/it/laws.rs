//! Laws that hold for every document, every plan and every format.

mod changes;
mod check_ins;
mod diff;
mod merge;

use okr_core::audit::{Audit, Finding, Settings, audit};
use okr_core::completion::complete;
use okr_core::edit::{Change, edit, edit_all, tidy};
use okr_core::model::{ElementId, Inline, Plan};
use okr_core::statement::Lexicon;
use okr_core::{Parsed, parse, print};
use proptest::prelude::*;

use changes::{Kind, changes, changes_for};

use crate::support::strategies::{day, elements, plan, source, source_with_elements, words};

#[track_caller]
fn assert_same(left: &Plan, right: &Plan, context: &str) {
    if left == right {
        return;
    }
    let (left, right) = (format!("{left:#?}"), format!("{right:#?}"));
    let differing: Vec<_> = left
        .lines()
        .zip(right.lines())
        .filter(|(left, right)| left != right)
        .take(8)
        .collect();
    panic!("{context}\n=== the plans differ: {differing:#?}");
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: cases(),
        ..ProptestConfig::default()
    }
}

/// Many cases take long; `PROPTEST_CASES` asks for more of them.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(400)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn lossless(text in source()) {
        let parsed = parse(text.clone());
        prop_assert_eq!(parsed.document.text(), text);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let statement = format!("## Objective: o\n\n### Key result: {text}\n");
        let _ = complete(parse(statement).plan, &Lexicon::default());
        let parsed = parse(text);
        let _ = print(&parsed.plan);
        let _ = tidy(&parsed);
    }

    #[test]
    fn canonical_for_documents(text in source_with_elements()) {
        let plan = parse(text).plan;
        let printed = print(&plan);
        assert_same(&parse(printed.clone()).plan, &plan, &printed);
        prop_assert_eq!(print(&parse(printed.clone()).plan), printed);
    }

    #[test]
    fn canonical_for_plans(plan in plan()) {
        let printed = print(&plan);
        assert_same(&parse(printed.clone()).plan, &plan, &printed);
        prop_assert_eq!(print(&parse(printed.clone()).plan), printed);
    }

    #[test]
    fn line_ends_and_marks_mean_nothing(text in source()) {
        let unix = text.replace("\r\n", "\n");
        prop_assume!(!unix.starts_with("\u{feff}\u{feff}"));
        let unix = unix.strip_prefix('\u{feff}').unwrap_or(&unix);
        assert_same(&parse(text.clone()).plan, &parse(unix).plan, &text);
    }

    #[test]
    fn honest_places(text in source_with_elements()) {
        check_places(&parse(text));
    }

    #[test]
    fn local_edit(text in source_with_elements(), changes in changes()) {
        let parsed = parse(text);
        for change in changes_for(&parsed, &changes) {
            check_edit(&parsed, &change);
        }
    }

    #[test]
    fn changes_made_together_are_those_made_one_after_the_other(
        text in source_with_elements(),
        changes in changes(),
    ) {
        let parsed = parse(text.clone());
        let mut plan = parsed.plan.clone();
        let mut made = changes_for(&parsed, &changes);
        made.retain(|change| change.apply(&mut plan).is_ok());
        let written = edit_all(&text, &made);
        let written = written.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let context = format!("{made:#?}\n=== before\n{text}\n=== after\n{written}");
        assert_same(&parse(written).plan, &plan, &context);
    }

    #[test]
    fn what_is_dismissed_is_silent_until_its_words_change(
        text in source_with_elements(),
        (reason, words) in (words(), words()),
        index in any::<prop::sample::Index>(),
        changes in changes(),
    ) {
        let parsed = parse(text);
        let mut findings = audited(&parsed).findings;
        findings.retain(|finding| finding.rule.can_be_dismissed());
        if !findings.is_empty() {
            let finding = &findings[index.index(findings.len())];
            check_dismissal(&parsed, finding, &reason, &words, &changes);
        }
    }

    #[test]
    fn completing_leaves_what_is_stated(text in source_with_elements()) {
        check_completing(&parse(text).plan);
    }

    #[test]
    fn completing_leaves_what_a_plan_states(plan in plan()) {
        check_completing(&plan);
    }

    #[test]
    fn tidying_keeps_the_meaning(text in source_with_elements()) {
        let parsed = parse(text.clone());
        let tidied = tidy(&parsed).apply(&text);
        let again = parse(tidied.clone());
        assert_same(&again.plan, &parsed.plan, &format!("{text}\n=== tidied\n{tidied}"));
        prop_assert_eq!(tidy(&again).apply(&tidied), tidied);
    }
}

/// Checks that completing a plan fills what is not stated, touches nothing else, and is done at once.
#[track_caller]
fn check_completing(plan: &Plan) {
    let lexicon = Lexicon::default();
    let completed = complete(plan.clone(), &lexicon);
    let twice = complete(completed.clone(), &lexicon);
    assert_same(&twice, &completed, "completing twice is completing once");
    let mut rest = completed.clone();
    for (o, objective) in plan.objectives.iter().enumerate() {
        for (k, key_result) in objective.key_results.iter().enumerate() {
            let filled = &mut rest.objectives[o].key_results[k];
            let stated = &key_result.measure;
            let measure = &mut filled.measure;
            if stated.name.is_none() {
                measure.name = None;
            }
            if stated.direction.is_none() {
                measure.direction = None;
            }
            if stated.start.is_none() {
                measure.start = None;
            }
            if stated.target.is_none() {
                measure.target = None;
            }
            if key_result.due.is_none() {
                filled.due = None;
            }
        }
    }
    assert_same(&rest, plan, "nothing else has changed");
}

#[track_caller]
fn check_places(parsed: &Parsed) {
    let text = parsed.document.text();
    let inside = |span: okr_core::text::Span| {
        assert!(
            span.end() <= text.len()
                && text.is_char_boundary(span.start())
                && text.is_char_boundary(span.end())
        );
    };
    for diagnostic in &parsed.diagnostics {
        let okr_core::diagnostic::Location::Span(span) = diagnostic.location else {
            panic!("has a place")
        };
        inside(span);
        if let Some(word) = diagnostic
            .message
            .strip_prefix("field `")
            .and_then(|rest| rest.split('`').next())
        {
            let shown: String = span
                .of(text)
                .chars()
                .filter(|c| !matches!(c, '*' | '_'))
                .collect();
            let word: String = word.chars().filter(|c| !matches!(c, '*' | '_')).collect();
            assert!(
                shown.contains(word.split(' ').next().unwrap()),
                "{diagnostic:?}: {shown:?}"
            );
        }
    }
    for id in elements(&parsed.plan) {
        if let Some(span) = parsed.locations.title(id) {
            inside(span);
            assert!(
                !span.of(text).contains("\n#"),
                "a title does not reach into the next heading"
            );
        }
        if let Some(place) = parsed.locations.element(id) {
            for field in &place.fields {
                inside(field.item);
                assert!(field.item.contains(field.label) && field.item.contains(field.value));
                let plain = |text: &str| text.replace(['*', '_'], "");
                assert!(
                    plain(field.label.of(text))
                        .contains(plain(&field.name).split(' ').next().unwrap())
                );
            }
        }
        if let Some(place) = parsed.locations.initiative(id) {
            assert!(["[ ]", "[x]", "[X]"].contains(&place.task.of(text)));
        }
    }
}

fn audited(parsed: &Parsed) -> Audit {
    audit(&parsed.plan, &Settings::default(), Some(day()))
}

#[track_caller]
fn check_dismissal(
    parsed: &Parsed,
    finding: &Finding,
    reason: &str,
    words: &str,
    changes: &[(Kind, prop::sample::Index)],
) {
    let (rule, element) = (finding.rule, finding.element);
    let change = Change::Dismiss {
        element,
        rule: rule.id.to_owned(),
        reason: reason.to_owned(),
    };
    let Ok(patch) = edit(parsed, &change) else {
        return;
    };
    let mut text = patch.apply(parsed.document.text());
    let is_found = |parsed: &Parsed| {
        let mut findings = audited(parsed).findings.into_iter();
        findings.any(|finding| finding.rule == rule && finding.element == element)
    };
    let mut dismissed = parse(text.clone());
    assert!(!is_found(&dismissed), "it is silent: {change:?}\n{text}");
    let audit = audited(&dismissed);
    let mut silenced = audit.dismissed.iter();
    assert!(
        silenced.any(|one| one.finding.rule == rule && one.finding.element == element),
        "it is kept\n{text}"
    );
    assert!(
        audit.findings.iter().all(|finding| {
            let is_ours = finding.message.contains(&format!("`{}`", rule.id));
            finding.rule.id != "expired-dismissal" || finding.element != element || !is_ours
        }),
        "it has not expired\n{text}"
    );
    let old = parsed.locations.title(element);
    for change in changes_for(&dismissed, changes) {
        let keeps_words = match &change {
            Change::SetField { element, .. } => *element != ElementId::Plan,
            Change::SetDone { .. }
            | Change::SetInitiativeOwner { .. }
            | Change::SetInitiativeDue { .. } => true,
            Change::SetTitle { element: other, .. } => *other != element,
            Change::Dismiss { rule: other, .. } => other != rule.id,
            _ => false,
        };
        let Ok(patch) = edit(&dismissed, &change) else {
            continue;
        };
        if !keeps_words {
            continue;
        }
        text = patch.apply(&text);
        dismissed = parse(text.clone());
        assert!(!is_found(&dismissed), "it stays silent: {change:?}\n{text}");
    }
    let was_found = || {
        let mut dismissed = audited(&dismissed).dismissed.into_iter();
        dismissed.any(|one| one.finding.rule == rule && one.finding.element == element)
    };
    // A plan is known by its name, where it has one, and not by the title of its document.
    let is_known_by_name = element == ElementId::Plan && parsed.plan.name.is_some();
    if old.is_none() || is_known_by_name || !was_found() {
        return;
    }
    let title = Inline::from_plain(&format!("Other words {words}"));
    let reworded = Change::SetTitle { element, title };
    let patch = edit(&dismissed, &reworded).expect("the element has a title");
    let text = patch.apply(&text);
    let reworded = parse(text.clone());
    let audit = audited(&reworded);
    let mut silenced = audit.dismissed.iter();
    assert!(
        !silenced.any(|one| one.finding.rule == rule && one.finding.element == element),
        "it is not silent any more\n{text}"
    );
    // The other words may be right.
    if !is_found(&reworded) {
        return;
    }
    let expired = audit.findings;
    let is_expired =
        |finding: &Finding| finding.rule.id == "expired-dismissal" && finding.element == element;
    assert!(expired.iter().any(is_expired), "it has expired\n{text}");
}

#[track_caller]
fn check_edit(parsed: &Parsed, change: &Change) {
    let mut changed = parsed.plan.clone();
    let text = parsed.document.text();
    match (change.apply(&mut changed), edit(parsed, change)) {
        (Ok(()), Ok(patch)) => {
            let patched = patch.apply(text);
            let context = format!("{change:?}\n=== before\n{text}\n=== after\n{patched}");
            let again = parse(patched);
            assert_same(&again.plan, &changed, &context);
            // What goes cannot go twice: the next one would.
            let goes = matches!(
                change,
                Change::RemoveInitiative { .. }
                    | Change::RemoveKeyResult { .. }
                    | Change::RemoveObjective { .. }
                    | Change::RemoveCheckIn { .. }
            );
            if goes {
                return;
            }
            let quiet = edit(&again, change).expect("the change was made before");
            assert!(
                quiet.is_empty(),
                "setting what is so already changes nothing: {context}"
            );
            if changed == parsed.plan {
                assert!(patch.is_empty(), "{context}");
            }
        }
        (Err(_), Err(_)) => assert_same(&changed, &parsed.plan, "a refused change changes nothing"),
        (applied, patch) => panic!("{change:?}: {applied:?} and {patch:?}"),
    }
}
