//! `broken-link`: a link in `Supports` that leads to no objective.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::alignment::{BrokenLink, LinkFault, lead};
use crate::audit::workspace::{Across, Reports, Sight, Workspace};
use crate::audit::{Axis, Level, Place, Question, Rule, Tier};
use crate::fields::nearest;
use crate::model::Link;

pub(super) static RULE: Rule = Rule {
    id: "broken-link",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Focus,
    rank: 5,
    since: "0.1.0",
    docs: include_str!("broken_link.md"),
    check: |_, _| {},
};

pub(super) static ACROSS: Across = Across {
    rule: &RULE,
    sight: Sight::Links,
    check,
};

/// The most objectives that are named where none is more likely than the others.
const MOST_NAMED: usize = 3;
/// The most plans of one file name that are looked into for what a link may mean.
const MOST_ALIKE: usize = 100;

fn check(workspace: &Workspace<'_>, reports: &mut Reports) {
    if workspace.alignment.broken.is_empty() {
        return;
    }
    let index = Index::new(workspace);
    for broken in &workspace.alignment.broken {
        let (plan, element) = workspace.place(broken.child);
        let Some(told) = index.told(broken, plan) else {
            continue;
        };
        let offer = told.instead.map(|target| {
            let link = Link {
                text: broken.link.text.clone(),
                target,
            };
            workspace.supports_with(broken.child, &broken.link, Some(&link))
        });
        reports
            .report(plan, &RULE, element, told.message)
            .level(told.level)
            .at(Place::Field("supports"))
            .label(told.label)
            .help(told.help)
            .ask(Question {
                text: "Which objective does it serve?".to_owned(),
                element,
                field: Some("supports"),
                offer,
            });
    }
}

/// What is to be said of a link.
struct Told {
    level: Level,
    message: String,
    label: &'static str,
    help: String,
    /// Where the link is likely meant to lead.
    instead: Option<String>,
}

/// Finds what links may have been meant for.
struct Index<'w> {
    workspace: &'w Workspace<'w>,
    by_path: HashMap<&'w str, usize>,
    /// The plans by the name of their file, in small letters.
    by_name: HashMap<String, Vec<usize>>,
    /// The objectives by their words, as titles are compared.
    by_title: HashMap<String, Vec<usize>>,
}

impl<'w> Index<'w> {
    fn new(workspace: &'w Workspace<'_>) -> Self {
        let mut index = Self {
            workspace,
            by_path: HashMap::new(),
            by_name: HashMap::new(),
            by_title: HashMap::new(),
        };
        for (plan, extract) in workspace.plans.iter().enumerate() {
            index.by_path.insert(extract.path(), plan);
            let name = file_name(extract.path());
            index.by_name.entry(name).or_default().push(plan);
        }
        for at in 0..workspace.alignment.objectives.len() {
            let title = lead::key(&workspace.objective(at).title);
            index.by_title.entry(title).or_default().push(at);
        }
        index
    }

    /// Returns what is to be said of a link in a plan; nothing where it may be right.
    fn told(&self, broken: &BrokenLink, from: usize) -> Option<Told> {
        let link = &broken.link;
        let shown = if link.target.is_empty() {
            &link.text
        } else {
            &link.target
        };
        match &broken.fault {
            LinkFault::NoPlan(wanted) => self.no_plan(link, wanted, shown, from),
            LinkFault::NoElement(wanted) => {
                let plan = *self.by_path.get(&**wanted)?;
                let instead = self.like(plan, link);
                let instead = instead
                    .map(|(at, key_result)| self.workspace.link(at, key_result, from).target);
                Some(Told {
                    level: Level::Error,
                    message: format!(
                        "`{shown}` leads nowhere: {} has no objective or key result of that name",
                        self.called(plan, from)
                    ),
                    label: "no such objective",
                    help: self.help(instead.as_deref(), plan, from),
                    instead,
                })
            }
            LinkFault::NoAnchor(wanted) => {
                let plan = *self.by_path.get(&**wanted)?;
                let count = self.workspace.plans[plan].objectives.len();
                let called = self.called(plan, from);
                let instead = self.titled(plan, &link.text);
                let instead = instead.map(|at| self.workspace.link(at, None, from).target);
                let (message, label) = if count == 0 {
                    (
                        format!("`{shown}` leads to a plan without an objective: {called}"),
                        "nothing to support there",
                    )
                } else {
                    (
                        format!(
                            "`{shown}` does not say which of the {count} objectives of {called} it means"
                        ),
                        "which one?",
                    )
                };
                Some(Told {
                    level: Level::Warning,
                    message,
                    label,
                    help: self.help(instead.as_deref(), plan, from),
                    instead,
                })
            }
            LinkFault::SeveralTitles if self.workspace.sight > Sight::Links => {
                let alike = self.by_title.get(&lead::key(&link.text))?;
                let alike = alike.iter().copied().filter(|at| *at != broken.child);
                Some(Told {
                    level: Level::Warning,
                    message: format!(
                        "several objectives are called `{shown}`, so that it counts for none"
                    ),
                    label: "which one?",
                    help: self.choice("link the one that is meant", alike, from),
                    instead: None,
                })
            }
            // Words that are no title may be a reason of another kind, which is said so.
            _ => None,
        }
    }

    fn no_plan(&self, link: &Link, wanted: &str, shown: &str, from: usize) -> Option<Told> {
        // A document is no plan and a good reason all the same; and nobody knows where the root of `/` is.
        if self.workspace.documents.contains(wanted) || link.target.starts_with('/') {
            return None;
        }
        let instead = self.elsewhere(wanted, link, from);
        let file = self.workspace.file(wanted, from);
        let way = || "write the way to the file from the folder of this plan".to_owned();
        Some(Told {
            level: Level::Error,
            message: format!("`{shown}` leads nowhere: there is no file {file}"),
            label: "no such file",
            help: instead.as_deref().map_or_else(way, meant),
            instead,
        })
    }

    /// Returns what to call a plan in the plan `from`.
    fn called(&self, plan: usize, from: usize) -> Cow<'_, str> {
        if plan == from {
            "this plan".into()
        } else {
            self.workspace.path(plan, from)
        }
    }

    /// Returns what to do about a link to a plan that is there.
    fn help(&self, instead: Option<&str>, plan: usize, from: usize) -> String {
        let all = || self.workspace.objectives_of(plan);
        let choice = || self.choice("link one of its objectives", all(), from);
        instead.map_or_else(choice, meant)
    }

    /// Returns what to do where nothing is more likely to be meant than the rest.
    fn choice(&self, what: &str, all: impl Iterator<Item = usize>, from: usize) -> String {
        let links = all.take(MOST_NAMED + 1);
        let mut links: Vec<String> = links
            .map(|at| format!("`{}`", self.workspace.link(at, None, from).to_markdown()))
            .collect();
        let more = if links.len() > MOST_NAMED {
            ", …"
        } else {
            ""
        };
        links.truncate(MOST_NAMED);
        if links.is_empty() {
            return "link an objective that is there".to_owned();
        }
        format!("{what}: {}{more}", links.join(", "))
    }

    /// Returns the objective of a plan that has some words as its title.
    fn titled(&self, plan: usize, words: &str) -> Option<usize> {
        let alike = self.by_title.get(&lead::key(words))?;
        let is_its = |at: &&usize| self.workspace.place(**at).0 == plan;
        alike.iter().find(is_its).copied()
    }

    /// Returns what of a plan a link may mean that names nothing of it: what has its words, else what is called almost
    /// so.
    fn like(&self, plan: usize, link: &Link) -> Option<(usize, Option<usize>)> {
        if let Some(found) = self.titled(plan, &link.text) {
            return Some((found, None));
        }
        let (_, anchor) = link.target.split_once('#')?;
        let anchor = lead::decoded(anchor);
        let member = &self.workspace.plans[plan].member;
        let near = nearest(&anchor, member.names().map(|(name, ..)| name))?;
        self.named(plan, near)
    }

    /// Returns what of a plan has an anchor or an id.
    fn named(&self, plan: usize, wanted: &str) -> Option<(usize, Option<usize>)> {
        let mut names = self.workspace.plans[plan].member.names();
        let (_, position, key_result) = names.find(|(name, ..)| *name == wanted)?;
        let at = self.workspace.objectives_of(plan).nth(position)?;
        Some((at, key_result))
    }

    /// Returns where a link may be meant to lead whose file is not there: to a plan of the same name in another folder.
    fn elsewhere(&self, wanted: &str, link: &Link, from: usize) -> Option<String> {
        let (_, anchor) = link.target.split_once('#').unwrap_or_default();
        let anchor = lead::decoded(anchor);
        let alike = self.by_name.get(&file_name(wanted))?.iter().copied();
        let found = alike.filter(|plan| *plan != from).take(MOST_ALIKE);
        let found = found.filter_map(|plan| {
            let exact = self.named(plan, &anchor);
            let (at, key_result) = exact.or_else(|| self.like(plan, link))?;
            let target = self.workspace.link(at, key_result, from).target;
            let is_of_other_time = !self.workspace.meet(plan, from);
            // Of several the one by the shortest way is the likeliest.
            let steps = target.matches('/').count();
            Some((is_of_other_time, exact.is_none(), steps, target))
        });
        found.min().map(|(.., target)| target)
    }
}

fn meant(target: &str) -> String {
    format!("did you mean `{target}`?")
}

/// Returns the name of a file in small letters.
fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check_across;

    const COMPANY: &str = "<!-- company.md -->\n## Objective 1: Grow\n\n### Key result 1.1: Sell more\n\n## Objective 2: Last\n";

    #[track_caller]
    fn check(link: &str, expected: &[&str]) {
        let text =
            format!("{COMPANY}<!-- teams/ar.md -->\n## Objective: Serve\n\n- Supports: {link}\n");
        check_across(&RULE, Sight::Folder, &text, expected);
    }

    #[test]
    fn links_that_lead_somewhere_are_right() {
        for link in [
            "[x](../company.md#objective-1-grow)",
            "[x](../company.md#key-result-11-sell-more)",
            "Grow",
            "our own wish",
            "[board](https://example.com/board.md)",
            "[deck](../deck.pdf)",
            "[x](/okr/company.md#objective-1-grow)",
        ] {
            check(link, &[]);
        }
    }

    #[test]
    fn what_is_likely_meant_is_named() {
        check(
            "[x](company.md#objective-1-grow)",
            &[
                "error teams/ar.md 1: `company.md#objective-1-grow` leads nowhere: there is no file teams/company.md; \
               did you mean `../company.md#objective-1-grow`?",
            ],
        );
        check(
            "[Last](../company.md#objective-3-last)",
            &[
                "error teams/ar.md 1: `../company.md#objective-3-last` leads nowhere: company.md has no objective or key \
               result of that name; did you mean `../company.md#objective-2-last`?",
            ],
        );
        check(
            "[x](../company.md#key-result-11-sell-much-more)",
            &[
                "error teams/ar.md 1: `../company.md#key-result-11-sell-much-more` leads nowhere: company.md has no \
               objective or key result of that name; did you mean `../company.md#key-result-11-sell-more`?",
            ],
        );
        check(
            "[Grow](../company.md)",
            &[
                "warning teams/ar.md 1: `../company.md` does not say which of the 2 objectives of company.md it means; \
               did you mean `../company.md#objective-1-grow`?",
            ],
        );
    }

    #[test]
    fn where_nothing_is_likely_there_is_a_choice() {
        check(
            "[x](../company.md#z)",
            &[
                "error teams/ar.md 1: `../company.md#z` leads nowhere: company.md has no objective or key result of that \
               name; link one of its objectives: `[Grow](../company.md#objective-1-grow)`, \
               `[Last](../company.md#objective-2-last)`",
            ],
        );
        check(
            "[x](strategy.md)",
            &[
                "error teams/ar.md 1: `strategy.md` leads nowhere: there is no file teams/strategy.md; write the way to \
               the file from the folder of this plan",
            ],
        );
        check(
            "[x](#z)",
            &[
                "error teams/ar.md 1: `#z` leads nowhere: this plan has no objective or key result of that name; link \
               one of its objectives: `[Serve](#objective-serve)`",
            ],
        );
    }

    #[test]
    fn words_that_several_have_are_asked_for_where_all_is_seen() {
        let text = "<!-- a.md -->\n## Objective 1: Grow\n<!-- b.md -->\n## Objective 1: Grow\n\
                    <!-- c.md -->\n## Objective 1: Sell\n\n- Supports: Grow\n";
        check_across(
            &RULE,
            Sight::Several,
            text,
            &[
                "warning c.md 1: several objectives are called `Grow`, so that it counts for none; link the one \
               that is meant: `[Grow](a.md#objective-1-grow)`, `[Grow](b.md#objective-1-grow)`",
            ],
        );
        check_across(&RULE, Sight::Links, text, &[]);
    }
}
