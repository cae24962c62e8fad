//! Which objectives serve which, across the plans of a workspace.
//!
//! An objective names what it serves in its field `Supports`, with ordinary links: `company.md#objective-1-grow`.
//! [`Alignment::new`] follows them. An objective may serve several; what it serves is called its parent.

pub(crate) mod lead;

use std::borrow::Borrow;
use std::collections::HashMap;

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use self::lead::{Lead, lead};
use crate::Parsed;
use crate::headings::headings;
use crate::model::{ElementId, Link};
use crate::progress::{Part, RollUp};

/// What of a plan it takes to follow links from it and to it, without the plan itself.
#[derive(Clone, Debug, Hash)]
pub struct Member {
    path: String,
    objectives: Vec<MemberObjective>,
}

/// An objective of such a plan.
#[derive(Clone, Debug, Hash)]
struct MemberObjective {
    /// Its words, as titles are compared.
    title: String,
    /// Anchors that lead to it, or to a key result of it.
    anchors: Vec<(String, Option<usize>)>,
    /// Ids that do.
    ids: Vec<(String, Option<usize>)>,
    supports: Vec<Link>,
}

impl Member {
    /// Returns what is needed of a plan; `path` leads to it from the root of the workspace, with `/` between folders.
    #[must_use]
    pub fn new(path: impl Into<String>, parsed: &Parsed) -> Self {
        let mut objectives: Vec<MemberObjective> = parsed
            .plan
            .objectives
            .iter()
            .map(|objective| MemberObjective {
                title: lead::key(&objective.title.plain()),
                anchors: Vec::new(),
                ids: Vec::new(),
                supports: objective.supports.clone(),
            })
            .collect();
        for heading in headings(parsed) {
            let (position, key_result) = match heading.element {
                ElementId::Objective(position) => (position, None),
                ElementId::KeyResult(position, key_result) => (position, Some(key_result)),
                _ => continue,
            };
            if let Some(objective) = objectives.get_mut(position) {
                objective.anchors.push((heading.anchor, key_result));
            }
        }
        for (own, objective) in objectives.iter_mut().zip(&parsed.plan.objectives) {
            let key_results = objective.key_results.iter().enumerate();
            let ids = key_results.filter_map(|(at, it)| Some((it.id.clone()?, Some(at))));
            let id = objective.id.clone().map(|id| (id, None));
            own.ids.extend(id.into_iter().chain(ids));
        }
        Self {
            path: path.into(),
            objectives,
        }
    }

    /// Returns the way to the plan from the root of the workspace, with `/` between folders.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the Markdown files to which its links lead, by their ways from the root of the workspace, in the order
    /// of the links; its own may be among them, and one may come twice. A link that begins with `/` is left out, since
    /// nobody knows for sure where the root of such links is.
    pub fn files(&self) -> impl Iterator<Item = String> {
        let links = self.objectives.iter().flat_map(|it| &it.supports);
        let links = links.filter(|link| !link.target.starts_with('/'));
        links.filter_map(|link| match lead(link, &self.path) {
            Lead::Plan { path, .. } => Some(path),
            _ => None,
        })
    }

    /// Returns what an objective supports, by its position.
    pub(crate) fn supports(&self, objective: usize) -> &[Link] {
        &self.objectives[objective].supports
    }

    /// Returns all anchors and ids with what they lead to: an objective, and perhaps a key result of it.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, usize, Option<usize>)> {
        self.objectives.iter().enumerate().flat_map(|(at, it)| {
            let names = it.anchors.iter().chain(&it.ids);
            names.map(move |(name, key_result)| (&**name, at, *key_result))
        })
    }

    /// Returns the name by which a link leads to an objective or a key result for longest: its id, else its anchor.
    pub(crate) fn name_of(&self, objective: usize, key_result: Option<usize>) -> Option<&str> {
        let it = self.objectives.get(objective)?;
        let mut names = it.ids.iter().chain(&it.anchors);
        let (name, _) = names.find(|(_, own)| *own == key_result)?;
        Some(name)
    }

    /// Returns the objective or key result that has an anchor or an id.
    #[must_use]
    pub fn element(&self, name: &str) -> Option<ElementId> {
        let all = || self.objectives.iter().enumerate();
        let anchors = all().flat_map(|(at, it)| it.anchors.iter().map(move |one| (at, one)));
        let ids = all().flat_map(|(at, it)| it.ids.iter().map(move |one| (at, one)));
        let (objective, (_, key_result)) = anchors.chain(ids).find(|(_, (own, _))| own == name)?;
        Some(match *key_result {
            Some(key_result) => ElementId::KeyResult(objective, key_result),
            None => ElementId::Objective(objective),
        })
    }
}

/// Returns the path of the Markdown file to which a link in the plan at `from` leads, from the root of the workspace,
/// and the anchor in it that the link names; nothing for a link to anywhere else.
///
/// ```
/// use okr_core::alignment::file_of;
///
/// let found = file_of("../company.md#objective-1-grow", "teams/ar.md");
/// assert_eq!(found, Some(("company.md".into(), Some("objective-1-grow".into()))));
/// assert_eq!(file_of("https://example.com/company.md", "teams/ar.md"), None);
/// ```
#[must_use]
pub fn file_of(target: &str, from: &str) -> Option<(String, Option<String>)> {
    match lead::file(target, from) {
        Lead::Plan { path, anchor } => Some((path, anchor)),
        _ => None,
    }
}

/// The objectives of a workspace, and which of them serve which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alignment {
    /// The objectives, plan by plan, in the order of the plans that were given and of their texts.
    pub objectives: Vec<AlignedObjective>,
    /// What serves what, in the order of the children and of their links; each pair once.
    pub bonds: Vec<Bond>,
    /// Links that lead to nothing, in the same order.
    pub broken: Vec<BrokenLink>,
    /// Groups of objectives of which each serves itself by way of the others; positions in `objectives`, ascending.
    pub circles: Vec<Vec<usize>>,
}

/// An objective among those of all plans.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AlignedObjective {
    /// The position of its plan among those that were given.
    pub plan: usize,
    /// Its position in that plan.
    pub position: usize,
    /// How many objectives stand on the longest way up from it, without itself; 0 where it serves none.
    /// Those of a circle count as one.
    pub layer: usize,
    /// The positions of those that it serves, in [`Alignment::objectives`], in the order of its links.
    pub parents: Vec<usize>,
    /// The positions of those that serve it, ascending.
    pub children: Vec<usize>,
}

/// That an objective serves another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bond {
    /// The position of the one that serves.
    pub child: usize,
    /// The position of the one that is served.
    pub parent: usize,
    /// The position of the key result of the parent to which the link leads, where it leads to one.
    pub key_result: Option<usize>,
}

/// A link in `Supports` that leads to no objective.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokenLink {
    /// The position of the objective that has it.
    pub child: usize,
    /// The link.
    pub link: Link,
    /// What is wrong with it.
    pub fault: LinkFault,
}

/// Why a link leads to no objective.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkFault {
    /// There is no plan at this path.
    NoPlan(String),
    /// The plan at this path has no element with that anchor or id.
    NoElement(String),
    /// The link names a plan at this path, and no element of it, where there are several objectives.
    NoAnchor(String),
    /// It is a text, and no objective has these words.
    NoTitle,
    /// It is a text, and several objectives have these words.
    SeveralTitles,
}

impl Alignment {
    /// Follows the links of all objectives.
    ///
    /// A link leads to an anchor or an id in another plan, to one in its own (`#objective-1-grow`), or to a plan as
    /// a whole, which is its objective where it has one. Words without a link are the title of an objective that no
    /// other has. Links to other places, such as web pages, are passed over. An objective that names itself is a
    /// circle of one.
    ///
    /// Takes time in proportion to the number of elements and links.
    ///
    /// ```
    /// use okr_core::alignment::{Alignment, Member};
    ///
    /// let company = okr_core::parse("## Objective 1: Grow\n");
    /// let team = okr_core::parse(
    ///     "## Objective 1: Get paid sooner\n\n- Supports: [Grow](../company.md#objective-1-grow)\n",
    /// );
    /// let alignment = Alignment::new(&[
    ///     Member::new("company.md", &company),
    ///     Member::new("teams/ar.md", &team),
    /// ]);
    /// assert_eq!(alignment.objectives[1].parents, [0]);
    /// assert_eq!(alignment.objectives[1].layer, 1);
    /// ```
    #[must_use]
    pub fn new<M: Borrow<Member>>(members: &[M]) -> Self {
        let index = Index::new(members);
        let mut alignment = Self::default();
        for (plan, member) in members.iter().enumerate() {
            for position in 0..member.borrow().objectives.len() {
                alignment.objectives.push(AlignedObjective {
                    plan,
                    position,
                    layer: 0,
                    parents: Vec::new(),
                    children: Vec::new(),
                });
            }
        }
        for child in 0..alignment.objectives.len() {
            let AlignedObjective { plan, position, .. } = alignment.objectives[child];
            let member: &Member = members[plan].borrow();
            for link in &member.objectives[position].supports {
                match index.follow(link, &member.path) {
                    None => {}
                    Some(Ok((parent, key_result))) => alignment.bind(Bond {
                        child,
                        parent,
                        key_result,
                    }),
                    Some(Err(fault)) => alignment.broken.push(BrokenLink {
                        child,
                        link: link.clone(),
                        fault,
                    }),
                }
            }
        }
        alignment.layers();
        alignment
    }

    /// Returns the positions of the objectives that serve no other, ascending.
    pub fn roots(&self) -> impl Iterator<Item = usize> {
        let at = self.objectives.iter().enumerate();
        at.filter(|(_, it)| it.parents.is_empty())
            .map(|(position, _)| position)
    }

    /// Returns what each objective comes to through those that serve it, as [`RollUp::new`] puts parts together;
    /// nothing where none serves it.
    ///
    /// `own` are the objectives by what their own key results come to, in the order of [`Alignment::objectives`], with
    /// their weights. One that has no progress of its own counts with what it comes to through others. What serves
    /// several objectives counts for each of them, and within a circle nothing counts.
    #[must_use]
    pub fn through(&self, own: &[Part]) -> Vec<Option<RollUp>> {
        let mut order: Vec<usize> = (0..self.objectives.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(self.objectives[*at].layer));
        let mut through: Vec<Option<RollUp>> = vec![None; self.objectives.len()];
        for at in order {
            let layer = self.objectives[at].layer;
            let children = self.objectives[at].children.iter();
            let parts: Vec<Part> = children
                .filter(|child| self.objectives[**child].layer > layer)
                .filter_map(|child| {
                    let part = own.get(*child).copied()?;
                    let below = through[*child].filter(|_| part.progress.is_none());
                    Some(below.map_or(part, |below| Part {
                        progress: below.progress,
                        is_met: below.is_met,
                        is_reporting: below.reporting > 0,
                        status: part.status.or(below.status),
                        ..part
                    }))
                })
                .collect();
            through[at] = (!parts.is_empty()).then(|| RollUp::new(&parts));
        }
        through
    }

    fn bind(&mut self, bond: Bond) {
        let Bond { child, parent, .. } = bond;
        if self.objectives[child].parents.contains(&parent) {
            return;
        }
        self.objectives[child].parents.push(parent);
        self.objectives[parent].children.push(child);
        self.bonds.push(bond);
    }

    /// Finds the circles, and how far down each objective stands.
    fn layers(&mut self) {
        let mut graph: DiGraph<(), ()> =
            DiGraph::with_capacity(self.objectives.len(), self.bonds.len());
        for _ in &self.objectives {
            graph.add_node(());
        }
        for bond in &self.bonds {
            graph.add_edge(NodeIndex::new(bond.child), NodeIndex::new(bond.parent), ());
        }
        // A group comes behind all those that it serves.
        for group in tarjan_scc(&graph) {
            let mut group: Vec<usize> = group.into_iter().map(NodeIndex::index).collect();
            group.sort_unstable();
            let served = group.iter().flat_map(|at| &self.objectives[*at].parents);
            let above = served
                .filter(|parent| group.binary_search(parent).is_err())
                .map(|parent| self.objectives[*parent].layer + 1);
            let layer = above.max().unwrap_or(0);
            for at in &group {
                self.objectives[*at].layer = layer;
            }
            let serves_itself = |at: &usize| self.objectives[*at].parents.contains(at);
            if group.len() > 1 || group.iter().any(serves_itself) {
                self.circles.push(group);
            }
        }
        self.circles.sort_unstable();
    }
}

/// Finds elements by what links say.
struct Index<'a> {
    /// The position of the first objective of each plan among all, and how many the plan has.
    plans: HashMap<&'a str, (usize, usize)>,
    /// By the path of a plan, and an anchor or id in it.
    names: HashMap<(&'a str, &'a str), (usize, Option<usize>)>,
    /// By their words; nothing where several have the same.
    titles: HashMap<&'a str, Option<usize>>,
}

impl<'a> Index<'a> {
    fn new<M: Borrow<Member>>(members: &'a [M]) -> Self {
        let mut index = Self {
            plans: HashMap::new(),
            names: HashMap::new(),
            titles: HashMap::new(),
        };
        let mut first = 0;
        for member in members {
            let member: &Member = member.borrow();
            let plan = (first, member.objectives.len());
            index.plans.insert(&member.path, plan);
            let objectives = || (first..).zip(&member.objectives);
            let anchors =
                objectives().flat_map(|(at, it)| it.anchors.iter().map(move |one| (at, one)));
            let ids = objectives().flat_map(|(at, it)| it.ids.iter().map(move |one| (at, one)));
            // Of two alike the first counts, and an anchor for more than an id, as on code hosts.
            for (at, (name, key_result)) in anchors.chain(ids) {
                let key = (&*member.path, &**name);
                index.names.entry(key).or_insert((at, *key_result));
            }
            for (at, objective) in objectives() {
                index
                    .titles
                    .entry(&objective.title)
                    .and_modify(|known| *known = None)
                    .or_insert(Some(at));
            }
            first += member.objectives.len();
        }
        index
    }

    /// Returns the objective, and the key result of it, to which a link in the plan `from` leads; nothing for a link
    /// to another place.
    fn follow(&self, link: &Link, from: &str) -> Option<Result<(usize, Option<usize>), LinkFault>> {
        Some(match lead(link, from) {
            Lead::Elsewhere => return None,
            Lead::Words(words) => match self.titles.get(&*words) {
                Some(Some(found)) => Ok((*found, None)),
                Some(None) => Err(LinkFault::SeveralTitles),
                None => Err(LinkFault::NoTitle),
            },
            Lead::Plan { path, anchor } => match (self.plans.get(&*path), anchor) {
                (None, _) => Err(LinkFault::NoPlan(path)),
                (Some((first, 1)), None) => Ok((*first, None)),
                (Some(_), None) => Err(LinkFault::NoAnchor(path)),
                (Some(_), Some(anchor)) => match self.names.get(&(&*path, &*anchor)) {
                    Some(found) => Ok(*found),
                    None => Err(LinkFault::NoElement(path)),
                },
            },
        })
    }
}

#[cfg(test)]
mod tests;
