//! Which links lead to something internal.

use std::collections::{HashMap, HashSet};

use super::outline::{Mark, Of, below};
use super::tags::without_tag;
use crate::alignment::lead;
use crate::model::{ElementId, Inline};
use crate::text::Anchors;

/// What of a plan it takes to know which links to it lead to something internal.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// The way to it from the root of the workspace.
    pub(super) path: String,
    /// Whether nothing of it is for outsiders.
    pub(super) is_whole: bool,
    /// Whether anything in it is tagged.
    pub(super) has_tags: bool,
    /// Its headings, in their order.
    pub(super) spots: Vec<Spot>,
}

/// A heading to which links may lead.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) mark: Mark,
    /// The title of an objective or a key result.
    pub(super) title: Option<Inline>,
    pub(super) id: Option<String>,
    pub(super) anchor: String,
    pub(super) is_internal: bool,
    /// The anchor in the external edition.
    pub(super) new_anchor: String,
}

/// What becomes of a link in the external edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Stays,
    /// It leads to something internal.
    Goes,
    /// What it leads to has this anchor then.
    Moves(String),
}

/// All plans of a workspace, as far as links need them.
#[derive(Clone, Debug, Default)]
pub(super) struct Leads {
    plans: Vec<Known>,
    /// The plans by their paths, in small letters, with and without their endings.
    by_path: HashMap<String, Vec<usize>>,
    /// The titles of what is internal, as titles are compared.
    titles: HashSet<String>,
}

impl Leads {
    pub(super) fn new(plans: Vec<Known>) -> Self {
        let mut leads = Self {
            plans,
            ..Self::default()
        };
        for (at, plan) in leads.plans.iter().enumerate() {
            for key in path_keys(&plan.path) {
                leads.by_path.entry(key).or_default().push(at);
            }
        }
        leads.find_titles();
        // A heading that is nothing but a link to what goes away goes as well, and then the links to it.
        while leads.leave_out_empty() {
            leads.find_titles();
        }
        leads.find_anchors();
        leads
    }

    /// Returns what is known of the plan at a path; nothing where it was not given.
    pub(super) fn plan(&self, path: &str) -> Option<&Known> {
        self.plans.iter().find(|plan| plan.path == path)
    }

    /// Returns whether words, without a link, are the title of something internal.
    pub(super) fn is_title(&self, words: &str) -> bool {
        let key = title_key(words);
        !key.is_empty() && self.titles.contains(&key)
    }

    /// Returns what becomes of a link with these words in the plan at the path `from`.
    pub(super) fn fate(&self, target: &str, words: &str, from: &str) -> Fate {
        let target = target.trim();
        if target.is_empty() {
            return Fate::Stays;
        }
        let (plain, anchor) = target.split_once('#').unwrap_or((target, ""));
        let plain = plain.split('?').next().unwrap_or_default();
        let plain = plain.replace('\\', "/");
        let place = format!("{plain}#{anchor}");
        let Some((path, anchor)) = lead::place(&place, from) else {
            return self.fate_of_address(&plain, Some(anchor).filter(|it| !it.is_empty()));
        };
        let keys = path_keys(&path);
        let plans = keys
            .iter()
            .filter_map(|key| self.by_path.get(key))
            .flatten();
        let mut fate = None;
        for at in plans {
            match self.plans[*at].fate(anchor.as_deref(), words) {
                Fate::Goes => return Fate::Goes,
                Fate::Moves(anchor) => fate = Some(Fate::Moves(anchor)),
                Fate::Stays => fate = fate.or(Some(Fate::Stays)),
            }
        }
        match fate {
            Some(fate) => fate,
            // The root of a code host may lie above or below that of the workspace.
            None if plain.starts_with('/') => self.fate_of_address(&plain, anchor.as_deref()),
            None => Fate::Stays,
        }
    }

    /// Returns what becomes of an address such as that of a plan on a code host.
    fn fate_of_address(&self, address: &str, anchor: Option<&str>) -> Fate {
        let ends_in = |path: &str, own: &str| {
            let before = path.strip_suffix(own);
            before.is_some_and(|before| before.ends_with('/'))
        };
        // The last key is the path itself; one before it is that without an ending, which a page beside it has as well.
        let keys = path_keys(&lead::decoded(behind_host(address)));
        let is_path = is_path(address);
        let is_it = |plan: &&Known| {
            let own = path_keys(&plan.path);
            let mut same = keys
                .iter()
                .flat_map(|key| own.iter().map(move |own| (key, own)));
            same.any(|(key, own)| ends_in(key, own) || is_path && own.ends_with(&**key))
        };
        let leads_to = |plan: &Known| {
            let is_internal = |spot: &Spot| {
                spot.is_internal && anchor.is_some_and(|name| spot.anchor == lead::decoded(name))
            };
            plan.is_whole || plan.spots.iter().any(is_internal)
        };
        if self.plans.iter().filter(is_it).any(leads_to) {
            Fate::Goes
        } else {
            Fate::Stays
        }
    }

    fn find_titles(&mut self) {
        for plan in &self.plans {
            let internal = plan
                .spots
                .iter()
                .filter(|spot| plan.is_whole || spot.is_internal);
            self.titles.extend(internal.filter_map(Spot::key));
        }
    }

    /// Marks headings of which nothing is left without their links as internal, with all below them; returns whether
    /// there were any.
    fn leave_out_empty(&mut self) -> bool {
        let mut found = Vec::new();
        for (p, plan) in self.plans.iter().enumerate() {
            for (s, spot) in plan.spots.iter().enumerate() {
                let words = spot.title.as_ref().unwrap_or(&spot.mark.line);
                let is_open = !spot.is_internal && !plan.is_whole && spot.mark.of != Of::Title;
                if is_open && has_links(words) && self.without_links(words, &plan.path).is_none() {
                    found.push((p, s));
                }
            }
        }
        for (p, s) in &found {
            let plan = &mut self.plans[*p];
            let marks: Vec<Mark> = plan.spots.iter().map(|spot| spot.mark.clone()).collect();
            for spot in &mut plan.spots[*s..below(&marks, *s)] {
                spot.is_internal = true;
            }
            plan.has_tags = true;
        }
        !found.is_empty()
    }

    /// Returns words without the links that go, with whether there are such; nothing where no letter is left of them.
    fn without_links(&self, line: &Inline, from: &str) -> Option<(String, bool)> {
        let mut words = String::new();
        let mut has_gone = false;
        for (text, target) in line.links() {
            match target {
                Some(target) if self.fate(&target, &text, from) == Fate::Goes => has_gone = true,
                _ => {
                    words.push_str(&text);
                    words.push(' ');
                }
            }
        }
        let is_empty = has_gone && !words.contains(char::is_alphanumeric);
        (!is_empty).then_some((words, has_gone))
    }

    /// Finds the anchors of the external edition: those of the headings of elements as okr prints them.
    fn find_anchors(&mut self) {
        let all: Vec<Vec<String>> = self.plans.iter().map(|plan| self.anchors(plan)).collect();
        for (plan, anchors) in self.plans.iter_mut().zip(all) {
            let kept = plan.spots.iter_mut().filter(|spot| !spot.is_internal);
            for (spot, anchor) in kept.zip(anchors) {
                spot.new_anchor = anchor;
            }
        }
    }

    fn anchors(&self, plan: &Known) -> Vec<String> {
        let mut anchors = Anchors::default();
        let mut numbers = Numbers::default();
        let mut found = Vec::new();
        for spot in plan.spots.iter().filter(|spot| !spot.is_internal) {
            let element = numbers.next(spot.mark.element);
            let words = spot.title.as_ref().unwrap_or(&spot.mark.line);
            let shorter = if has_links(words) {
                self.without_links(words, &plan.path)
            } else {
                None
            };
            let changed = shorter
                .filter(|(_, has_gone)| *has_gone)
                .map(|(words, _)| words);
            let title = || {
                let as_it_was = || words.plain().into_owned();
                crate::text::one_line(&changed.clone().unwrap_or_else(as_it_was))
            };
            let heading = match element {
                Some(element @ ElementId::Objective(_)) => {
                    format!("Objective {element}: {}", title())
                }
                Some(element) => format!("Key result {element}: {}", title()),
                None if changed.is_none() => spot.mark.line.plain().into_owned(),
                None => title(),
            };
            found.push(anchors.next(heading.trim_end()));
        }
        found
    }
}

impl Known {
    /// Returns what becomes of a link to the plan, or to that anchor in it, with these words.
    fn fate(&self, anchor: Option<&str>, words: &str) -> Fate {
        let key = title_key(words);
        let is_named = |spot: &Spot| {
            spot.is_internal && !key.is_empty() && spot.key().as_deref() == Some(&*key)
        };
        if self.is_whole || self.spots.iter().any(is_named) {
            return Fate::Goes;
        }
        let Some(anchor) = anchor else {
            // A link to a plan as a whole is one to its objective where it has one.
            let mut objectives = self
                .spots
                .iter()
                .filter(|spot| spot.mark.of == Of::Objective);
            return match (objectives.next(), objectives.next()) {
                (Some(only), None) if only.is_internal => Fate::Goes,
                _ => Fate::Stays,
            };
        };
        let anchor = anchor.to_lowercase();
        let is_same = |name: &str| name.to_lowercase() == anchor;
        let is_it = |spot: &&Spot| is_same(&spot.anchor) || spot.id.as_deref().is_some_and(is_same);
        let mut found = self.spots.iter().filter(is_it).peekable();
        let Some(first) = found.peek().copied() else {
            // It may have led to something internal before that was renamed.
            return if self.has_tags {
                Fate::Goes
            } else {
                Fate::Stays
            };
        };
        if found.any(|spot| spot.is_internal) {
            Fate::Goes
        } else if is_same(&first.anchor) && first.anchor != first.new_anchor {
            Fate::Moves(first.new_anchor.clone())
        } else {
            Fate::Stays
        }
    }
}

/// The numbers of what is left, in the order of the text.
#[derive(Default)]
pub(super) struct Numbers {
    objectives: usize,
    key_results: usize,
}

impl Numbers {
    /// Returns what the next element that is left is then.
    pub(super) fn next(&mut self, element: Option<ElementId>) -> Option<ElementId> {
        if let ElementId::Objective(_) = element? {
            self.objectives += 1;
            self.key_results = 0;
            return Some(ElementId::Objective(self.objectives - 1));
        }
        self.key_results += 1;
        let objective = self.objectives.checked_sub(1)?;
        Some(ElementId::KeyResult(objective, self.key_results - 1))
    }
}

impl Spot {
    /// Returns the title as titles are compared.
    fn key(&self) -> Option<String> {
        let key = title_key(&self.title.as_ref()?.plain());
        (!key.is_empty()).then_some(key)
    }
}

/// Returns a title as titles are compared, without the tag.
pub(super) fn title_key(words: &str) -> String {
    lead::key(&without_tag(words))
}

fn has_links(line: &Inline) -> bool {
    line.as_markdown().contains("](")
}

/// Returns an address from the `/` behind its host; a path that begins with `/` as it is.
fn behind_host(address: &str) -> &str {
    let host = address.split_once("//").filter(|_| !is_path(address));
    host.map_or(address, |(_, host)| {
        host.find('/').map_or("", |at| &host[at..])
    })
}

/// Returns whether an address is a path from some root, without a host.
fn is_path(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//")
}

/// Returns a path in small letters, and without its ending: a page or a workbook of a plan lies beside it.
fn path_keys(path: &str) -> Vec<String> {
    let path = path.to_lowercase();
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let stem = path[name..].rfind('.').filter(|at| *at > 0);
    let mut keys: Vec<String> = stem
        .map(|at| path[..name + at].to_owned())
        .into_iter()
        .collect();
    keys.push(path);
    keys
}
