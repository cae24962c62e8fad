//! The differences between elements that are the same.

use std::collections::{HashMap, HashSet};

use super::check_ins::check_ins;
use super::matching::{Match, Matched, Matching, Pairs, initiative_of, initiatives};
use super::order::{can_be_added, gone, moved, repeated};
use super::{Difference, What};
use crate::edit::{normal_of_section, normal_text};
use crate::fields::{Field, HasFields, is_same_field};
use crate::model::{
    CheckIn, ElementId, Fields, Initiative, Inline, KeyResult, Objective, Plan, Section,
};

/// Returns the differences in their order, and all matches in the order of the old plan.
pub(super) fn compare(
    old: &Plan,
    new: &Plan,
    matching: Matching,
    accepts: &dyn Fn(&Match) -> bool,
) -> (Vec<Difference>, Vec<Match>) {
    let mut comparing = Comparing {
        old,
        new,
        new_of: positions(&matching.old_key_results),
        old_of: positions(&matching.new_key_results),
        matching,
        accepts,
        differences: Vec::new(),
        matches: Vec::new(),
    };
    comparing.plan();
    comparing.objectives();
    comparing.matches.sort_by_key(|one| in_plan(one.old));
    comparing.keep_what_cannot_move();
    (comparing.differences, comparing.matches)
}

/// Returns what puts elements into the order of their plan.
const fn in_plan(id: ElementId) -> (usize, usize, usize) {
    match id {
        ElementId::Plan => (0, 0, 0),
        ElementId::Objective(o) => (o, 0, 0),
        ElementId::ObjectiveInitiative(o, i) => (o, 0, i + 1),
        ElementId::KeyResult(o, k) => (o, k + 1, 0),
        ElementId::Initiative(o, k, i) => (o, k + 1, i + 1),
    }
}

/// Returns the place of each key result among all.
fn positions(key_results: &[(usize, usize)]) -> HashMap<(usize, usize), usize> {
    let key_results = key_results.iter().enumerate();
    key_results
        .map(|(position, key_result)| (*key_result, position))
        .collect()
}

struct Comparing<'p, 'a> {
    old: &'p Plan,
    new: &'p Plan,
    matching: Matching,
    /// Where each key result of the old plan stands among all of them.
    new_of: HashMap<(usize, usize), usize>,
    /// Where each key result of the new plan stands among all of them.
    old_of: HashMap<(usize, usize), usize>,
    accepts: &'a dyn Fn(&Match) -> bool,
    differences: Vec<Difference>,
    matches: Vec<Match>,
}

/// An element in both plans, and what it is called.
#[derive(Clone, Copy)]
struct Both<'p> {
    old: ElementId,
    new: ElementId,
    title: &'p Inline,
}

impl<'p> Comparing<'p, '_> {
    fn push(&mut self, both: Both<'_>, what: What, is_carried: bool) {
        self.differences.push(Difference {
            old: Some(both.old),
            new: Some(both.new),
            title: both.title.clone(),
            what,
            is_carried,
        });
    }

    fn added(&mut self, new: ElementId, title: &Inline, is_carried: bool) {
        self.differences.push(Difference {
            old: None,
            new: Some(new),
            title: title.clone(),
            what: What::Added,
            is_carried,
        });
    }

    fn removed(&mut self, old: ElementId, title: &Inline) {
        self.differences.push(Difference {
            old: Some(old),
            new: None,
            title: title.clone(),
            what: What::Removed,
            is_carried: true,
        });
    }

    fn plan(&mut self) {
        let (old, new) = (self.old, self.new);
        let name = Inline::from_plain(&new.display_name());
        let both = Both {
            old: ElementId::Plan,
            new: ElementId::Plan,
            title: &name,
        };
        if old.title != new.title {
            let what = What::Title {
                old: old.title.clone(),
                new: new.title.clone(),
            };
            let is_carried =
                old.title.is_some() && new.title.as_ref().is_some_and(|title| !title.is_empty());
            self.push(both, what, is_carried);
        }
        self.fields(both, (old, new), |plan, name| {
            let others = plan.front_matter.iter();
            let mut others = others.filter(|(other, _)| is_same_field::<Plan>(other, name));
            others.next().map(|(_, value)| value.clone())
        });
        let unknown: Vec<_> = unknown::<Plan>(old.front_matter.keys(), new.front_matter.keys());
        for name in unknown {
            let value = |plan: &Plan| {
                let mut others = plan.front_matter.iter();
                let named = others.find(|(other, _)| is_same_field::<Plan>(other, &name));
                named.map(|(_, value)| value.clone())
            };
            self.field(both, &name, (value(old), value(new)), true);
        }
        self.text(both, &old.text, &new.text);
        self.sections(both);
    }

    fn sections(&mut self, both: Both<'_>) {
        let (old, new) = (&self.old.sections, &self.new.sections);
        let mut waiting: HashMap<&Inline, Vec<&Section>> = HashMap::new();
        for section in old.iter().rev() {
            waiting.entry(&section.title).or_default().push(section);
        }
        let mut found = Vec::new();
        for section in new {
            let before = waiting.get_mut(&section.title).and_then(Vec::pop);
            found.push((before, Some(section)));
        }
        for section in old {
            let is_gone = waiting
                .get(&section.title)
                .is_some_and(|left| left.iter().any(|one| std::ptr::eq(*one, section)));
            if is_gone {
                found.push((Some(section), None));
            }
        }
        for (before, now) in found {
            let text = |section: Option<&Section>| section.map(|section| section.text.clone());
            if text(before) != text(now)
                && let Some(section) = now.or(before)
            {
                let is_held = |now: &Section| normal_of_section(&now.text).is_some();
                let is_carried = before.is_some() && now.is_some_and(is_held);
                let what = What::Section {
                    heading: section.title.clone(),
                    old: text(before),
                    new: text(now),
                };
                self.push(both, what, is_carried);
            }
        }
    }

    fn objectives(&mut self) {
        let (old, new) = (self.old, self.new);
        let pairs = self.matching.objectives.clone();
        let moved = moved(&pairs);
        let repeated = repeated(new.objectives.iter().map(|objective| &objective.title));
        let mut gone = gone(&pairs).into_iter().peekable();
        for (n, objective) in new.objectives.iter().enumerate() {
            let id = ElementId::Objective(n);
            let can_be_added = can_be_added(&objective.title, &repeated);
            let Some(o) = pairs.old_of[n] else {
                self.added(id, &objective.title, can_be_added);
                self.key_results(None, n, can_be_added);
                continue;
            };
            if !moved.contains(&n) {
                while let Some(gone) = gone.next_if(|gone| *gone < o) {
                    self.objective_removed(gone);
                }
            }
            let both = Both {
                old: ElementId::Objective(o),
                new: id,
                title: &objective.title,
            };
            self.matched(both, pairs.new_of[o]);
            if moved.contains(&n) {
                self.push(both, What::Moved, can_be_added);
            }
            self.objective(both, (&old.objectives[o], objective));
            self.key_results(Some(o), n, true);
        }
        for gone in gone {
            self.objective_removed(gone);
        }
    }

    /// Lets an objective stay from which a key result cannot move: it would be lost.
    fn keep_what_cannot_move(&mut self) {
        let stuck = self.differences.iter().filter_map(|one| match one.old? {
            ElementId::KeyResult(o, _) if one.what == What::Moved && !one.is_carried => Some(o),
            _ => None,
        });
        let stuck: HashSet<usize> = stuck.collect();
        for one in &mut self.differences {
            if matches!(one.old, Some(ElementId::Objective(o)) if stuck.contains(&o))
                && matches!(one.what, What::Removed | What::Moved)
            {
                one.is_carried = false;
            }
        }
    }

    fn objective_removed(&mut self, o: usize) {
        let objective = &self.old.objectives[o];
        self.removed(ElementId::Objective(o), &objective.title);
    }

    fn objective(&mut self, both: Both<'_>, (old, new): (&'p Objective, &'p Objective)) {
        self.title(both, &old.title, &new.title);
        self.fields(both, (old, new), |element, name| {
            unread::<Objective>(&element.fields, name)
        });
        self.other_fields::<Objective>(both, &old.fields, &new.fields);
        self.text(both, &old.text, &new.text);
        self.initiatives(both, &old.initiatives, &new.initiatives);
    }

    /// Compares the key results of an objective of the new plan with those of the old one that it was;
    /// `is_there` tells whether the changes have the objective.
    fn key_results(&mut self, o: Option<usize>, n: usize, is_there: bool) {
        let (old, new) = (self.old, self.new);
        let news = &new.objectives[n].key_results;
        let before = o.map(|o| (o, &old.objectives[o].key_results));
        let mut pairs = Pairs {
            new_of: vec![None; before.map_or(0, |(_, olds)| olds.len())],
            old_of: vec![None; news.len()],
        };
        // Of all pairs, those that stayed under the objective.
        let from = |comparing: &Self, k: usize| {
            let position = comparing.old_of.get(&(n, k))?;
            let old = comparing.matching.key_results.old_of[*position]?;
            let matched = comparing.matching.key_results.new_of[old]?.1;
            Some((comparing.matching.old_key_results[old], matched))
        };
        for k in 0..news.len() {
            if let Some(((from, old_k), matched)) = from(self, k)
                && Some(from) == o
            {
                pairs.new_of[old_k] = Some((k, matched));
                pairs.old_of[k] = Some(old_k);
            }
        }
        let moved = moved(&pairs);
        let repeated = repeated(news.iter().map(|key_result| &key_result.title));
        let is_gone = |comparing: &Self, k: usize| {
            let position = o.and_then(|o| comparing.new_of.get(&(o, k)));
            position.is_some_and(|old| comparing.matching.key_results.new_of[*old].is_none())
        };
        let gone = gone(&pairs).into_iter();
        let gone: Vec<usize> = gone.filter(|k| is_gone(self, *k)).collect();
        let mut gone = gone.into_iter().peekable();
        for (k, key_result) in news.iter().enumerate() {
            let id = ElementId::KeyResult(n, k);
            let can_be_added = is_there && can_be_added(&key_result.title, &repeated);
            let Some(((from, old_k), matched)) = from(self, k) else {
                // What is new in an objective that is new goes without saying.
                if o.is_some() {
                    self.added(id, &key_result.title, can_be_added);
                }
                continue;
            };
            let has_moved = Some(from) != o || moved.contains(&k);
            if !has_moved {
                while let Some(k) = gone.next_if(|gone| *gone < old_k) {
                    self.key_result_removed(o, k);
                }
            }
            let both = Both {
                old: ElementId::KeyResult(from, old_k),
                new: id,
                title: &key_result.title,
            };
            self.matched(both, Some((k, matched)));
            if has_moved {
                self.push(both, What::Moved, can_be_added);
            }
            self.key_result(both, (&old.objectives[from].key_results[old_k], key_result));
        }
        for k in gone {
            self.key_result_removed(o, k);
        }
    }

    fn key_result_removed(&mut self, o: Option<usize>, k: usize) {
        let Some(o) = o else { return };
        let key_result = &self.old.objectives[o].key_results[k];
        self.removed(ElementId::KeyResult(o, k), &key_result.title);
    }

    fn key_result(&mut self, both: Both<'_>, (old, new): (&'p KeyResult, &'p KeyResult)) {
        self.title(both, &old.title, &new.title);
        self.fields(both, (old, new), |element, name| {
            unread::<KeyResult>(&element.fields, name)
        });
        self.other_fields::<KeyResult>(both, &old.fields, &new.fields);
        self.text(both, &old.text, &new.text);
        self.initiatives(both, &old.initiatives, &new.initiatives);
        self.check_ins(both, &old.check_ins, &new.check_ins);
    }

    fn matched(&mut self, both: Both<'_>, matched: Option<(usize, Matched)>) {
        self.matches.extend(matched.map(|(_, matched)| Match {
            old: both.old,
            new: both.new,
            matched,
        }));
    }

    fn title(&mut self, both: Both<'_>, old: &Inline, new: &Inline) {
        if old != new {
            let what = What::Title {
                old: Some(old.clone()),
                new: Some(new.clone()),
            };
            self.push(both, what, !new.is_empty());
        }
    }

    fn text(&mut self, both: Both<'_>, old: &str, new: &str) {
        if old != new {
            let what = What::Text {
                old: old.to_owned(),
                new: new.to_owned(),
            };
            let is_carried = normal_text(self.old, both.old, new).is_some();
            self.push(both, what, is_carried);
        }
    }

    /// Compares the fields that the plan format knows; `unread` returns what stands in one that could not
    /// be read.
    fn fields<E: HasFields>(
        &mut self,
        both: Both<'_>,
        (old, new): (&E, &E),
        unread: impl Fn(&E, &str) -> Option<String>,
    ) {
        for field in E::FIELDS {
            let value =
                |element: &E| unread(element, field.name).or_else(|| written(element, field));
            let is_read = unread(new, field.name).is_none_or(|value| value.is_empty());
            self.field(both, field.name, (value(old), value(new)), is_read);
        }
    }

    fn other_fields<E: HasFields>(&mut self, both: Both<'_>, old: &Fields, new: &Fields) {
        for name in unknown::<E>(old.keys(), new.keys()) {
            let values = (unread::<E>(old, &name), unread::<E>(new, &name));
            self.field(both, &name, values, true);
        }
    }

    fn field(
        &mut self,
        both: Both<'_>,
        name: &str,
        (old, new): (Option<String>, Option<String>),
        is_carried: bool,
    ) {
        let (old, new) = (filled(old), filled(new));
        if old != new {
            let name = name.to_owned();
            self.push(both, What::Field { name, old, new }, is_carried);
        }
    }

    fn initiatives(&mut self, both: Both<'_>, olds: &[Initiative], news: &[Initiative]) {
        let pairs = initiatives((both.old, olds), (both.new, news), &self.accepts);
        let moved = moved(&pairs);
        let repeated = repeated(news.iter().map(|initiative| &initiative.title));
        let mut gone = gone(&pairs).into_iter().peekable();
        for (n, new) in news.iter().enumerate() {
            let id = initiative_of(both.new, n);
            let Some(o) = pairs.old_of[n] else {
                let can_be_added = can_be_added(&new.title, &repeated);
                self.added(id, &new.title, can_be_added);
                continue;
            };
            if !moved.contains(&n) {
                while let Some(o) = gone.next_if(|gone| *gone < o) {
                    self.removed(initiative_of(both.old, o), &olds[o].title);
                }
            }
            let both = Both {
                old: initiative_of(both.old, o),
                new: id,
                title: &new.title,
            };
            self.matched(both, pairs.new_of[o]);
            if moved.contains(&n) {
                self.push(both, What::Moved, false);
            }
            self.initiative(both, &olds[o], new);
        }
        for o in gone {
            self.removed(initiative_of(both.old, o), &olds[o].title);
        }
    }

    fn initiative(&mut self, both: Both<'_>, old: &Initiative, new: &Initiative) {
        self.title(both, &old.title, &new.title);
        if old.done != new.done {
            self.push(both, What::Done { done: new.done }, true);
        }
        let owners = (old.owner.clone(), new.owner.clone());
        self.field(both, "Owner", owners, true);
        let due = |initiative: &Initiative| initiative.due.map(|due| due.to_string());
        self.field(both, "Due", (due(old), due(new)), true);
        self.text(both, &old.text, &new.text);
    }

    fn check_ins(&mut self, both: Both<'_>, olds: &[CheckIn], news: &[CheckIn]) {
        for (what, is_carried) in check_ins(olds, news) {
            self.push(both, what, is_carried);
        }
    }
}

/// Returns the value of a field as it is compared: without the reminders that follow other fields.
fn written<E: HasFields>(element: &E, field: &Field<E>) -> Option<String> {
    let any: &dyn std::any::Any = element;
    let key_result = any.downcast_ref::<KeyResult>();
    match (key_result, field.name) {
        (Some(key_result), "Baseline") => {
            let start = key_result.measure.start.as_ref()?;
            Some(
                Inline::from_plain(&start.to_string())
                    .as_markdown()
                    .to_owned(),
            )
        }
        (Some(key_result), "Target") => {
            let target = key_result.measure.target.as_ref()?;
            Some(
                Inline::from_plain(&target.to_string())
                    .as_markdown()
                    .to_owned(),
            )
        }
        _ => (field.write)(element),
    }
}

/// Returns what stands among the other fields under that name, or under another of the same field.
fn unread<E: HasFields>(others: &Fields, name: &str) -> Option<String> {
    let mut others = others.iter();
    let named = others.find(|(other, _)| is_same_field::<E>(other, name));
    named.map(|(_, value)| value.as_markdown().to_owned())
}

/// Returns the names of fields that the plan format does not know: those of the new element in their
/// order, then those that only the old one has.
fn unknown<'n, E: HasFields>(
    old: impl Iterator<Item = &'n String>,
    new: impl Iterator<Item = &'n String>,
) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in new.chain(old).filter(|name| E::field(name).is_none()) {
        if !names.iter().any(|other| is_same_field::<E>(other, name)) {
            names.push(name.clone());
        }
    }
    names
}

fn filled(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.is_empty())
}
