//! Key results that are work, and what to make of them.

use jiff::civil::Date;

use super::wording::{behind_link, between, initiative, phrase, without};
use super::{Applicability, Context, Fix, KeyResultCase};
use crate::edit::Change;
use crate::fields::HasFields as _;
use crate::model::{ElementId, Inline, KeyResult, Target};
use crate::statement::{self, Kind, Reading, VerbClass};
use crate::syntax::Part;
use crate::text::Span;

/// What sort of work a key result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// A project or a task.
    Task,
    /// A project whose last words, here, say what it should change and how far.
    TaskFor(Span),
    /// Something existing to be brought to an end, such as a document to be written.
    Milestone,
    /// Work with a number of its own: so many, or for so many of a group.
    Counted,
}

/// Returns what sort of work a key result is, or nothing when it is a result or an effort without end.
pub(super) fn work(cx: &Context<'_>, case: &KeyResultCase<'_>) -> Option<Work> {
    let stated = &case.key_result.measure;
    let reading = &case.reading;
    let has_number = matches!(&stated.target, Some(target) if !matches!(target, Target::Done | Target::FirstValue));
    let is_measured_first = stated.target == Some(Target::FirstValue);
    if is_measured_first || (has_number && stated.name.is_some()) {
        // Its fields say what the words do not.
        return None;
    }
    if let (Some(purpose), Some(target)) = (reading.parts.purpose, reading.parts.target)
        && purpose.contains(target)
        && reading.is_outcome
    {
        let front = &case.text[..purpose.start()];
        let front = statement::read(front, cx.plan.period, &cx.settings.lexicon);
        let is_work = front.parts.verb_class == Some(VerbClass::Work) && !front.is_outcome;
        return is_work.then_some(Work::TaskFor(purpose));
    }
    match reading.kind {
        _ if reading.is_outcome => None,
        Kind::None => None,
        Kind::Milestone if has_number => Some(Work::Counted),
        Kind::Milestone => Some(if finishes(&case.text, reading) {
            Work::Milestone
        } else {
            Work::Task
        }),
        _ => Some(Work::Counted),
    }
}

/// Returns whether the verb brings something to its end rather than something new into being.
fn finishes(text: &str, reading: &Reading) -> bool {
    let verb = reading.parts.verb.map(|verb| verb.of(text).to_lowercase());
    verb.is_some_and(|verb| FINISHING.iter().any(|stem| verb.starts_with(stem)))
}

/// Beginnings of the forms of verbs.
const FINISHING: &[&str] = &[
    "agree",
    "archiv",
    "clos",
    "codif",
    "complet",
    "consolidat",
    "defin",
    "deliver",
    "document",
    "draft",
    "finali",
    "finish",
    "formali",
    "harmoni",
    "map",
    "publish",
    "reconcil",
    "rewrit",
    "standardi",
    "translat",
    "unif",
    "updat",
    "writ",
    "wrote",
];

/// Returns the words of some work as an initiative, with its day in the place of the phrase that names it.
///
/// `within` is where the words stand, which `reading` is a reading of as a whole.
pub(super) fn as_initiative(
    cx: &Context<'_>,
    title: &Inline,
    within: Span,
    reading: &Reading,
) -> (Inline, Option<Date>) {
    let phrase = reading.parts.deadline.filter(|phrase| {
        within.contains(*phrase) && reading.deadline.is_some() && !reading.is_deadline_ambiguous
    });
    let start = reading.parts.label.map_or(0, Span::end).max(within.start());
    let within = Span::new(start, within.end());
    let text = title.plain();
    let parts = between(within, phrase.map(|phrase| whole(&text, phrase)));
    let title = initiative(title, &parts, &cx.settings.lexicon);
    (title, phrase.and(reading.deadline))
}

/// Returns a phrase that names a day with what says whose first month or week it means.
fn whole(text: &str, phrase: Span) -> Span {
    let rest = &text[phrase.end()..];
    let tail = ["quarter", "half", "year", "period"]
        .iter()
        .find_map(|word| {
            let rest = rest.trim_start().strip_prefix("of the ")?;
            rest.strip_prefix(word)
        });
    let tail = tail.filter(|tail| !tail.starts_with(char::is_alphanumeric));
    Span::new(
        phrase.start(),
        text.len() - tail.map_or(rest.len(), str::len),
    )
}

/// Returns the change that adds words of a key result to its initiatives.
fn add(element: ElementId, (title, due): (Inline, Option<Date>)) -> Change {
    Change::AddInitiative {
        element,
        title,
        owner: None,
        due,
    }
}

/// Returns the fix that makes the last words of a project the key result, and the project its initiative.
pub(super) fn turn_round(cx: &Context<'_>, case: &KeyResultCase<'_>, purpose: Span) -> Option<Fix> {
    let title = &case.key_result.title;
    let work = as_initiative(cx, title, Span::new(0, purpose.start()), &case.reading);
    let words = behind_link(&case.text, Span::new(purpose.start(), case.text.len()));
    let label = case.reading.parts.label.map(Part::Words);
    let parts: Vec<_> = label.into_iter().chain([Part::Words(words)]).collect();
    let outcome = phrase(title, &parts);
    if work.0.is_empty() || outcome.is_empty() {
        return None;
    }
    Some(Fix {
        title: "make what it is for the key result, and the work an initiative".to_owned(),
        changes: vec![
            Change::SetTitle {
                element: case.id,
                title: outcome,
            },
            add(case.id, work),
        ],
        applicability: Applicability::Unsafe,
    })
}

/// Returns the key result of the library that some work most likely serves.
pub(super) fn proposal<'c>(cx: &'c Context<'_>, case: &KeyResultCase<'_>) -> Option<&'c KeyResult> {
    let is_new = |key_result: &KeyResult| {
        let mut titles = cx.key_results().map(|case| &case.key_result.title);
        titles.all(|title| *title != key_result.title)
    };
    let parts = &case.reading.parts;
    let whole = Span::new(0, case.text.len());
    // The day of the work does not tell what it is for.
    let words: Vec<_> = between(whole, parts.deadline)
        .into_iter()
        .filter_map(|part| match part {
            Part::Words(span) => Some(span.of(&case.text)),
            _ => None,
        })
        .collect();
    cx.settings.library.nearest(&words.join(" "), is_new)
}

/// Returns the fix that proposes a key result of the library, with the work as its initiative.
pub(super) fn propose(cx: &Context<'_>, case: &KeyResultCase<'_>) -> Option<Fix> {
    let outcome = proposal(cx, case)?;
    let whole = Span::new(0, case.text.len());
    let work = as_initiative(cx, &case.key_result.title, whole, &case.reading);
    if work.0.is_empty() {
        return None;
    }
    let set_field = |name: &'static str| {
        let field = KeyResult::field(name)?;
        let is_absent = (field.write)(case.key_result).is_none();
        let value = (field.write)(outcome).filter(|_| is_absent)?;
        Some(Change::SetField {
            element: case.id,
            field: name.to_owned(),
            value: Inline::parse(&value),
        })
    };
    // A day in the words of the library is not the user's.
    let words = outcome.title.plain();
    let reading = statement::read(&words, cx.plan.period, &cx.settings.lexicon);
    let fields = [
        "Measure",
        "Unit",
        "Direction",
        "Baseline question",
        "Source",
    ];
    let mut changes = vec![Change::SetTitle {
        element: case.id,
        title: without(&outcome.title, reading.parts.deadline),
    }];
    changes.extend(fields.into_iter().filter_map(set_field));
    changes.push(add(case.id, work));
    Some(Fix {
        title: "put a result in its place, and keep the work as an initiative".to_owned(),
        changes,
        applicability: Applicability::Unsafe,
    })
}
