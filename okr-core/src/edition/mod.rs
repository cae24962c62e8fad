//! Editions of a plan: what outsiders may see of it.
//!
//! A plan, an objective, a key result or any piece of text is tagged `internal`, as `docs/plan-format.md` tells; the
//! external edition is the plan without it, and without the links that lead to it.
//!
//! ```
//! use okr_core::edition::{External, Internal};
//!
//! let company = okr_core::parse("## Objective 1: Buy Acme #internal\n\n## Objective 2: Grow\n");
//! let team = okr_core::parse(
//!     "## Objective 1: Hire\n\n- Supports: [Buy Acme](company.md#objective-1-buy-acme-internal), \
//!      [Grow](company.md#objective-2-grow)\n",
//! );
//! let external = External::new([
//!     Internal::new("company.md", &company),
//!     Internal::new("team.md", &team),
//! ]);
//! let plan = external.plan("team.md", &team).expect("is not internal");
//! let links: Vec<_> = plan.objectives[0].supports.iter().map(|link| &*link.target).collect();
//! assert_eq!(links, ["company.md#objective-1-grow"]);
//! ```

mod cuts;
mod definitions;
mod leads;
mod outline;
mod pass;
mod record;
mod tags;
mod walk;

use std::collections::BTreeSet;

use self::cuts::{Cut, line_start};
use self::leads::{Fate, Known, Leads, Spot};
use self::outline::{Of, Outline};
use self::pass::cut;
use self::walk::{Links, look};
use crate::Parsed;
use crate::alignment::lead;
use crate::fields::{CARRIED_FROM, CONTINUES, HasFields, TAGS, is_same_field};
use crate::model::{ElementId, Fields, KeyResult, Link, Objective, Plan};
use crate::syntax::{FrontMatterProblem, destinations};
use crate::text::Anchors;

/// What of a plan is internal, as far as it takes to know where links to it lead.
///
/// It holds headings and no other text, so that those of all plans of a workspace can be kept.
#[derive(Clone, Debug)]
pub struct Internal {
    known: Known,
}

impl Internal {
    /// Returns what of a plan is internal; `path` leads to it from the root of the workspace, with `/` between folders.
    #[must_use]
    pub fn new(path: impl Into<String>, parsed: &Parsed) -> Self {
        let outline = Outline::new(parsed);
        let found = look(&outline, None);
        let is_whole = found.is_whole || is_tagged_in_front(parsed);
        let mut anchors = Anchors::default();
        let mut spots = Vec::with_capacity(outline.marks.len());
        for (mark, place) in outline.marks.iter().zip(&outline.places) {
            let anchor = anchors.next(&mark.line.plain());
            let plan = &parsed.plan;
            let (title, id) = match mark.element {
                Some(element @ ElementId::Objective(_)) => plan
                    .objective(element)
                    .map(|it| (it.title.clone(), it.id.clone())),
                Some(element) => plan
                    .key_result(element)
                    .map(|it| (it.title.clone(), it.id.clone())),
                None => None,
            }
            .map_or((None, None), |(title, id)| (Some(title), id));
            spots.push(Spot {
                mark: mark.clone(),
                title,
                id,
                new_anchor: anchor.clone(),
                anchor,
                is_internal: found.gone[*place] && mark.of != Of::Title,
            });
        }
        Self {
            known: Known {
                path: path.into(),
                is_whole,
                has_tags: found.has_tags || front_cuts(parsed).next().is_some(),
                spots,
            },
        }
    }

    /// Returns what stands for a file that cannot be read: no link to it is for outsiders.
    #[must_use]
    pub fn unread(path: impl Into<String>) -> Self {
        Self {
            known: Known {
                path: path.into(),
                is_whole: true,
                has_tags: true,
                spots: Vec::new(),
            },
        }
    }

    /// Returns whether the plan as a whole is internal.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.known.is_whole
    }

    /// Returns the paths, from the root of the workspace, to which links in its headings lead; what is internal there
    /// may change the headings.
    #[must_use]
    pub fn heading_leads(&self) -> Vec<String> {
        let lines = self.known.spots.iter().map(|spot| &spot.mark.line);
        let targets =
            lines.flat_map(|line| line.links().into_iter().filter_map(|(_, target)| target));
        paths(targets, &self.known.path)
    }
}

/// Returns the paths, from the root of the workspace, to which links of a plan lead, in the order of their letters and
/// each once; whether there are such files is not looked at. Of an address such as that of a file on a code host, they
/// are all the paths in which it ends.
#[must_use]
pub fn leads(path: &str, parsed: &Parsed) -> Vec<String> {
    let document = &parsed.document;
    let text = document.text();
    let targets = destinations(text, document.body_start());
    let targets = targets.into_iter().map(|span| span.of(text).to_owned());
    let continues = parsed.plan.continues().map(str::to_owned);
    paths(targets.chain(continues), path)
}

fn paths(targets: impl Iterator<Item = String>, from: &str) -> Vec<String> {
    let mut paths = BTreeSet::new();
    for target in targets {
        let target = target.replace('\\', "/");
        let target = target.split(['?', '#']).next().unwrap_or_default().trim();
        if let Some((path, _)) = lead::place(target, from) {
            paths.extend((path != from && !path.is_empty()).then_some(path));
            if !target.starts_with('/') {
                continue;
            }
            // The root of the links may be any folder above the plan.
            let folders = from.match_indices('/').map(|(at, _)| &from[..at]);
            paths.extend(folders.map(|folder| format!("{folder}{}", lead::decoded(target))));
        }
        // The address of a plan on a code host ends in its path; so does a path from a root above that of the workspace.
        let address = lead::decoded(target);
        let ends = address.match_indices('/').map(|(at, _)| &address[at + 1..]);
        let is_plan = |end: &&str| {
            end.to_lowercase().ends_with(".md") && *end != from && !end.starts_with('/')
        };
        paths.extend(ends.filter(is_plan).map(str::to_owned));
    }
    paths.into_iter().collect()
}

/// What is internal in the plans of a workspace, so that each of them can be made ready for outsiders.
#[derive(Clone, Debug)]
pub struct External {
    leads: Leads,
}

impl External {
    /// Puts together what is internal in each plan.
    #[must_use]
    pub fn new(plans: impl IntoIterator<Item = Internal>) -> Self {
        let plans = plans.into_iter().map(|plan| plan.known).collect();
        Self {
            leads: Leads::new(plans),
        }
    }

    /// Returns the external edition of a plan: all that is tagged `internal` is left out, with the links that lead to
    /// such things in this or another plan, and so are comments.
    ///
    /// Links to elements lead to the headings that [`crate::print()`] writes, which may have another number, other words
    /// or another form than those of the text.
    /// A plan without any of that is returned as it is. Making the edition of an edition changes nothing.
    ///
    /// Returns nothing where the plan as a whole is internal, and where its path is not one of those that were given.
    #[must_use]
    pub fn plan(&self, path: &str, parsed: &Parsed) -> Option<Plan> {
        let known = self.leads.plan(path)?;
        if known.is_whole {
            return None;
        }
        let links = Links {
            leads: &self.leads,
            from: path,
        };
        let mut edition: Option<Parsed> = None;
        // What is cut out may bring parts of a tag together, so that it is looked at again until nothing goes.
        let mut is_first = true;
        while let Some(text) = cut(
            edition.as_ref().unwrap_or(parsed),
            is_first.then_some(links),
        )? {
            is_first = false;
            edition = Some(crate::parse(text));
        }
        let mut plan = edition.map_or_else(|| parsed.plan.clone(), |edition| edition.plan);
        self.finish(&mut plan, path);
        Some(plan)
    }

    /// Takes out what is internal by what it means rather than by what stands there.
    fn finish(&self, plan: &mut Plan, path: &str) {
        let goes = |link: &Link| match &*link.target {
            "" => self.leads.is_title(&link.text),
            target => self.leads.fate(target, &link.text, path) == Fate::Goes,
        };
        plan.front_matter.retain(|key, value| {
            let is_continues = Plan::kept_field(key).is_some_and(|kept| kept.name == CONTINUES);
            !(is_continues && self.leads.fate(value, "", path) == Fate::Goes)
        });
        let origin = |fields: &mut Fields, is_origin: fn(&str) -> bool| {
            fields.retain(|name, value| {
                let is_title = || {
                    Link::parse_list(value)
                        .iter()
                        .any(|link| link.target.is_empty() && goes(link))
                };
                !(is_origin(name) && is_title())
            });
        };
        for objective in &mut plan.objectives {
            // What has a target was judged where it stands.
            objective
                .supports
                .retain(|link| !link.target.is_empty() || !goes(link));
            origin(&mut objective.fields, |name| {
                is_same_field::<Objective>(name, CARRIED_FROM)
            });
            for key_result in &mut objective.key_results {
                origin(&mut key_result.fields, |name| {
                    is_same_field::<KeyResult>(name, CARRIED_FROM)
                });
            }
        }
    }
}

/// Returns whether the front matter tags the plan as a whole.
///
/// A line that cannot be read counts when it holds the word, since it may be a part of such a list.
fn is_tagged_in_front(parsed: &Parsed) -> bool {
    let Some(front_matter) = parsed.document.front_matter() else {
        return false;
    };
    let text = parsed.document.text();
    let is_whole = front_matter.entries.iter().any(|entry| {
        let line = entry.line_span.of(text);
        let is_tags = entry.key.eq_ignore_ascii_case(TAGS) || entry.key.eq_ignore_ascii_case("tag");
        let is_name = is_same_field::<Plan>(&entry.key, "plan");
        is_tags && (tags::lists_tag(&entry.value) || tags::is_tagged(line))
            || is_name && tags::is_tagged(line)
    });
    let is_unread = |problem: &FrontMatterProblem| {
        let start = line_start(text, problem.span.start());
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        tags::lists_tag(&text[start..end])
    };
    is_whole || front_matter.problems.iter().any(is_unread)
}

/// Returns the lines of the front matter that are tagged.
fn front_cuts(parsed: &Parsed) -> impl Iterator<Item = Cut> {
    let text = parsed.document.text();
    let entries = parsed.document.front_matter().map(|it| &*it.entries);
    let lines = entries
        .unwrap_or_default()
        .iter()
        .map(|entry| entry.line_span);
    lines
        .filter(|line| tags::is_tagged(line.of(text)))
        .map(|line| Cut::new(line, ""))
}

#[cfg(test)]
mod tests;
