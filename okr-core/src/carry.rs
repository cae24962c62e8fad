//! What goes on in the next period: a plan made of what is left of another.

mod links;
mod supports;
mod words;

pub use supports::{Neighbour, Outdated, supported_plans};

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use jiff::ToSpan as _;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::Parsed;
use crate::closing;
use crate::completion::Completed;
use crate::fields::{
    BASELINE_CHANGED, CARRIED_FROM, CLOSED, CONTINUES, OBJECTIVE_DUE, OBJECTIVE_STATUS,
    TARGET_CHANGED,
};
use crate::headings::{Heading, headings};
use crate::model::{
    Bound, ElementId, Fields, Initiative, Inline, KeyResult, Measure, Objective, Period, Plan,
    Quantity, Section, Status, Target,
};
use crate::progress::{Facts, Schedules, Track};
use crate::statement::{self, Lexicon};
use supports::Successors;
pub(crate) use supports::way;

/// What a plan is carried over into.
#[derive(Clone, Debug)]
pub struct Next<'a> {
    /// The period of the new plan.
    pub period: Period,
    /// Where the old plan is, as a link from the new one.
    pub origin: &'a str,
    /// Where the new plan is to be, from the root of the workspace, with `/` between folders.
    pub path: &'a str,
    /// Other plans of the workspace: those to which links of `Supports` lead, and those that carry them on.
    pub neighbours: &'a [Neighbour],
    /// The key results that go on, by their positions in the old plan; their objectives go with them, and an
    /// objective that stands here goes on without any.
    pub chosen: &'a [ElementId],
    /// The day for which the old plan speaks; check-ins of later days do not count.
    pub day: Date,
    /// The words that statements are read with.
    pub lexicon: &'a Lexicon,
    /// When check-ins were due.
    pub schedules: &'a Schedules,
}

/// A plan that carries another on.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The new plan.
    pub plan: Plan,
    /// The key results, by their positions in the new plan, whose target is met already by where they start.
    pub met: Vec<ElementId>,
    /// The key results, by their positions in the new plan, whose start nobody knows.
    pub unmeasured: Vec<ElementId>,
    /// The key results, by their positions in the new plan, whose words do not name the start any more, since it meets
    /// the target.
    pub shortened: Vec<ElementId>,
    /// The key results, by their positions in the new plan, of whose way to the target at most a tenth is left.
    pub nearly_met: Vec<ElementId>,
    /// The key results, by their positions in the new plan, that are to be kept where they are.
    pub kept: Vec<ElementId>,
    /// The objectives, by their positions in the new plan, that support what carries on what they supported.
    pub relinked: Vec<ElementId>,
    /// Links of `Supports` that still lead to a plan of a period that is over.
    pub outdated: Vec<Outdated>,
    /// Whether relative links, or files of sources, were rewritten to be the same files from the folder of the new plan.
    pub has_moved_links: bool,
}

/// Returns the key results that are open on a day: neither achieved nor cancelled, and not met by their numbers.
#[must_use]
pub fn open_key_results(
    plan: &Plan,
    day: Date,
    lexicon: &Lexicon,
    schedules: &Schedules,
) -> Vec<ElementId> {
    let mut open = Vec::new();
    for (o, objective) in plan.objectives.iter().enumerate() {
        for (k, key_result) in objective.key_results.iter().enumerate() {
            let completed = Completed::new(key_result, plan.period, lexicon);
            let track = Track::among(
                &Facts {
                    key_result,
                    measure: &completed.measure,
                    commitment: objective.commitment,
                    period: plan.period,
                    due: completed.due,
                    cadence: plan.cadence,
                },
                day,
                schedules,
            );
            let is_met = !key_result.is_guardrail() && track.outturn().is_met;
            let is_cancelled =
                track.latest_status().map(|(_, status)| status) == Some(Status::Cancelled);
            if !is_met && !is_cancelled && !track.is_closed() {
                open.push(ElementId::KeyResult(o, k));
            }
        }
    }
    open
}

/// Returns the plan for the next period with the chosen key results.
///
/// - Check-ins and the record of what was moved stay behind; the baseline is the last value, where there is one that is
///   no mere change.
/// - A change ("+25%") becomes the value that it came to, so that a new baseline does not move the goal.
/// - The words of a statement follow: the start that they name, a change, and a deadline that is over. A start that
///   meets the target already is not named: nothing leads from there to it.
/// - Relative links lead to the same files from the folder of the new plan, and so do files that a source names.
/// - Links to objectives and key results of the plan itself lead to what became of them; to what stays behind they lead
///   in the old plan.
/// - What an objective supports in a plan that is over gives way to what carries it on in the new period.
/// - What is due is due as far into the new period as it was in the old one, at the end if it was so.
/// - Of initiatives and steps those that are not done go on, without days that are over.
/// - Each objective and key result says where it was carried over from, and the plan which one it carries on.
/// - Sections go on, but for the closing.
#[must_use]
pub fn carry_over(parsed: &Parsed, next: &Next<'_>) -> Carried {
    let moved = links::moved(parsed, next.origin);
    let has_moved_links = moved.is_some();
    let parsed = moved.as_ref().unwrap_or(parsed);
    let plan = &parsed.plan;
    let links = Links::new(parsed, next.origin);
    let successors = Successors::new(next.path, next.period, next.neighbours);
    let chosen: HashSet<ElementId> = next.chosen.iter().copied().collect();
    let mut carried = Carried {
        plan: Plan {
            period: Some(next.period),
            title: title(plan, next.period),
            objectives: Vec::new(),
            sections: Vec::new(),
            front_matter: front_matter(plan, next.origin),
            ..plan.clone()
        },
        met: Vec::new(),
        unmeasured: Vec::new(),
        shortened: Vec::new(),
        nearly_met: Vec::new(),
        kept: Vec::new(),
        relinked: Vec::new(),
        outdated: Vec::new(),
        has_moved_links,
    };
    let mut became = HashMap::new();
    for (o, objective) in plan.objectives.iter().enumerate() {
        let of_this: Vec<usize> = (0..objective.key_results.len())
            .filter(|&k| chosen.contains(&ElementId::KeyResult(o, k)))
            .collect();
        if of_this.is_empty() && !chosen.contains(&ElementId::Objective(o)) {
            continue;
        }
        let position = carried.plan.objectives.len();
        became.insert(ElementId::Objective(o), ElementId::Objective(position));
        let mut key_results = Vec::with_capacity(of_this.len());
        for k in of_this {
            let element = ElementId::KeyResult(position, key_results.len());
            let (key_result, start) =
                carry_key_result(plan, objective, &objective.key_results[k], next);
            match start {
                Start::Met { is_unsaid } => {
                    carried.met.push(element);
                    carried.shortened.extend(is_unsaid.then_some(element));
                }
                Start::Unknown => carried.unmeasured.push(element),
                Start::Near => carried.nearly_met.push(element),
                Start::Kept => carried.kept.push(element),
                Start::Known => {}
            }
            let source = key_result.measure.source.as_ref();
            let moved = source.and_then(|source| links::moved_source(source, next.origin));
            carried.has_moved_links |= moved.is_some();
            let old = ElementId::KeyResult(o, k);
            became.insert(old, element);
            key_results.push(KeyResult {
                fields: with_origin(key_result.fields, links.to(old)),
                measure: Measure {
                    source: moved.or(key_result.measure.source),
                    ..key_result.measure
                },
                ..key_result
            });
        }
        let (supports, has_new) = successors.links(objective, position, &mut carried.outdated);
        if has_new {
            carried.relinked.push(ElementId::Objective(position));
        }
        let origin = links.to(ElementId::Objective(o));
        carried.plan.objectives.push(Objective {
            key_results,
            supports,
            fields: with_origin(objective_fields(&objective.fields), origin),
            initiatives: left(&objective.initiatives, next.period),
            ..objective.clone()
        });
    }
    let objectives = carried.plan.objectives.len();
    let sections = plan.sections.iter();
    carried.plan.sections = sections
        .filter(|section| !closing::is_section(section))
        .map(|section| Section {
            position: section.position.min(objectives),
            ..section.clone()
        })
        .collect();
    carried.plan = links::led_on(carried.plan, parsed, &became, next.origin);
    carried
}

/// What is known of where a key result starts.
enum Start {
    /// The value, short of the target.
    Known,
    /// The value, from which at most a tenth of the old way is left.
    Near,
    /// The value, which meets the target; whether the words leave it out for that.
    Met { is_unsaid: bool },
    /// Nothing, although the target needs it.
    Unknown,
    /// Nothing that matters: it is to be kept where it is.
    Kept,
}

fn carry_key_result(
    plan: &Plan,
    objective: &Objective,
    old: &KeyResult,
    next: &Next<'_>,
) -> (KeyResult, Start) {
    let completed = Completed::new(old, plan.period, next.lexicon);
    let track = Track::among(
        &Facts {
            key_result: old,
            measure: &completed.measure,
            commitment: objective.commitment,
            period: plan.period,
            due: completed.due,
            cadence: plan.cadence,
        },
        next.day,
        next.schedules,
    );
    // A change that was recorded as such is none of the new period, and says nothing of where that starts.
    let is_change = track.scale().is_some_and(|scale| scale.is_change());
    let last = track.value().filter(|_| !is_change).cloned();
    let target = completed.measure.target.clone();
    let goal = target
        .as_ref()
        .map(|target| absolute(target, completed.measure.start.as_ref()));
    let counts_up = matches!(goal, None | Some(Target::Done | Target::FirstValue));
    let mut key_result = KeyResult {
        check_ins: Vec::new(),
        due: due(completed.due, plan.period, next.period),
        fields: kept_fields(&old.fields),
        initiatives: left(&old.initiatives, next.period),
        ..old.clone()
    };
    // What is to be kept starts nowhere: a value inside is no baseline that meets its target already.
    let is_kept = track.scale().is_some_and(|scale| scale.is_kept());
    // A strict bound is not met by its own value, from which there is no way to go all the same.
    let progress = last
        .as_ref()
        .and_then(|last| track.scale()?.progress(last))
        .filter(|_| !is_kept);
    let is_met = progress.is_some_and(|progress| progress >= Decimal::ONE);
    let is_near = progress.is_some_and(|progress| progress >= Decimal::new(9, 1)) && !counts_up;
    if !counts_up {
        if !is_kept {
            let start = last.as_ref().or(completed.measure.start.as_ref());
            key_result.measure.start = start.cloned();
        }
        key_result.measure.target.clone_from(&goal);
        if key_result.measure.direction.is_none() && is_met {
            key_result.measure.direction = completed.measure.direction();
        }
    }
    let text = old.title.plain();
    let reading = statement::read(&text, plan.period, next.lexicon);
    let start = key_result.measure.start.as_ref().filter(|_| !counts_up);
    let is_unsaid = is_met && !counts_up && reading.parts.start.is_some();
    let start = start.map(|start| {
        if is_met {
            words::Start::Unsaid
        } else {
            words::Start::At(start)
        }
    });
    let words = words::carried(&text, &reading, start, goal.as_ref());
    if words != text {
        key_result.title = Inline::from_plain(&words);
    }
    let is_unknown = !counts_up && !is_kept && key_result.measure.start.is_none();
    let start = match (is_met, is_unknown) {
        (true, _) => Start::Met { is_unsaid },
        (false, true) => Start::Unknown,
        (false, false) if is_near => Start::Near,
        (false, false) if is_kept => Start::Kept,
        (false, false) => Start::Known,
    };
    (key_result, start)
}

/// Returns a target that does not depend on the start, where the start is known.
fn absolute(target: &Target, start: Option<&Quantity>) -> Target {
    let value = target.is_change().then(|| target.value(start)).flatten();
    match value {
        Some(value) => Target::Value {
            bound: Bound::Reach,
            value,
        },
        None => target.clone(),
    }
}

/// Returns the day on which a key result is due in the next period: the same one where that lies in it, else the one
/// that is as far into the period; what was due at the end is due at the end.
fn due(due: Option<Date>, old: Option<Period>, next: Period) -> Option<Date> {
    let due = due?;
    if next.contains(due) {
        return Some(due);
    }
    let inside = old.filter(|old| old.contains(due) && due < old.end());
    let Some(old) = inside else {
        return Some(next.end());
    };
    let days = (due - old.start()).get_days();
    let moved = next.start().checked_add(days.days()).ok();
    moved.map(|moved| moved.min(next.end()))
}

/// Returns the fields of an objective that go on: not the day and the status that a spreadsheet gave it.
fn objective_fields(fields: &Fields) -> Fields {
    let mut kept = kept_fields(fields);
    kept.retain(|name, _| {
        [OBJECTIVE_DUE, OBJECTIVE_STATUS]
            .iter()
            .all(|other| !other.eq_ignore_ascii_case(name))
    });
    kept
}

/// Returns the fields that go on: all but the record of what was moved, and of where it came from before.
fn kept_fields(fields: &Fields) -> Fields {
    let stays = |name: &str| {
        [BASELINE_CHANGED, TARGET_CHANGED, CARRIED_FROM]
            .iter()
            .any(|other| other.eq_ignore_ascii_case(name))
    };
    let kept = fields.iter().filter(|(name, _)| !stays(name));
    kept.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn front_matter(plan: &Plan, origin: &str) -> IndexMap<String, String> {
    let stays = |key: &str| {
        [CLOSED, CONTINUES]
            .iter()
            .any(|other| other.eq_ignore_ascii_case(key))
    };
    let kept = plan.front_matter.iter().filter(|(key, _)| !stays(key));
    let mut entries: IndexMap<String, String> = kept
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    entries.insert(CONTINUES.to_owned(), origin.to_owned());
    entries
}

/// Returns the initiatives that are not done, without days before the period.
fn left(initiatives: &[Initiative], period: Period) -> Vec<Initiative> {
    let open = initiatives.iter().filter(|initiative| !initiative.done);
    open.map(|initiative| Initiative {
        due: initiative.due.filter(|due| *due >= period.start()),
        ..initiative.clone()
    })
    .collect()
}

/// Returns the title of the plan, with the new period where it names the old one.
fn title(plan: &Plan, period: Period) -> Option<Inline> {
    let title = plan.title.clone()?;
    let Some(old) = plan.period else {
        return Some(title);
    };
    let words = title.plain();
    for (old, new) in [
        (old.to_string(), period.to_string()),
        (old.name(), period.name()),
    ] {
        if words.contains(&old) {
            return Some(Inline::from_plain(&words.replacen(&old, &new, 1)));
        }
    }
    Some(title)
}

fn with_origin(mut fields: Fields, origin: Inline) -> Fields {
    fields.insert(CARRIED_FROM.to_owned(), origin);
    fields
}

/// Links to the headings of the old plan.
struct Links<'o> {
    headings: HashMap<ElementId, Heading>,
    origin: &'o str,
}

impl<'o> Links<'o> {
    fn new(parsed: &Parsed, origin: &'o str) -> Self {
        let headings = headings(parsed).into_iter();
        Self {
            headings: headings.map(|heading| (heading.element, heading)).collect(),
            origin,
        }
    }

    /// Returns a link to an element of the old plan.
    fn to(&self, element: ElementId) -> Inline {
        let origin = self.origin;
        match self.headings.get(&element) {
            Some(Heading { words, anchor, .. }) => {
                Inline::link(words, &format!("{origin}#{anchor}"))
            }
            None => Inline::link(origin, origin),
        }
    }
}

#[cfg(test)]
mod tests;
