//! Where links of a plan lead in the site.

use std::collections::HashSet;

use okr_core::Parsed;
use okr_core::alignment;
use okr_core::model::{ElementId, Plan};
use okr_core::syntax::Block;
use okr_core::text::anchor;

use super::Site;
use super::places::relative;

/// Returns the name of the place of an element on the page of its plan.
///
/// There is a dot in it, which the names of headings never have.
pub(super) fn place(element: ElementId) -> String {
    match element {
        ElementId::Objective(_) => format!("o.{element}"),
        other => format!("kr.{other}"),
    }
}

/// Returns the address, seen from the page at `from`, of the element with that number on the page at `page`.
pub(super) fn address(from: &str, page: &str, number: &str) -> String {
    let kind = if number.contains('.') { "kr" } else { "o" };
    format!("{}#{kind}.{number}", relative(from, page))
}

/// What the pages of a plan are made of: the plan, and the anchors of its headings.
///
/// It takes a third of the memory of what was read.
#[derive(Clone, Debug)]
pub struct Content {
    pub(super) plan: Plan,
    pub(super) anchors: HashSet<String>,
}

impl From<Parsed> for Content {
    fn from(parsed: Parsed) -> Self {
        let blocks = parsed.document.blocks().iter();
        let anchors = blocks.filter_map(|block| match block {
            Block::Heading(heading) => Some(anchor(&heading.line.inline.plain())),
            _ => None,
        });
        Self {
            anchors: anchors.collect(),
            plan: parsed.plan,
        }
    }
}

impl Site {
    /// Returns where a link of a plan leads on its page; nothing where that is no part of the site.
    pub(super) fn lead(&self, from: usize, own: &HashSet<String>, target: &str) -> Option<String> {
        let Some((path, name)) = alignment::file_of(target, self.members[from].path()) else {
            let is_web = target.contains("://") || target.starts_with("mailto:");
            return is_web.then(|| target.to_owned());
        };
        let to = *self.at.get(&path)?;
        let element = name
            .as_deref()
            .and_then(|name| self.members[to].aligned.element(name));
        let way = if to == from {
            String::new()
        } else {
            relative(&self.pages[from], &self.pages[to])
        };
        match (element, name) {
            (Some(element), _) => Some(format!("{way}#{}", place(element))),
            (None, Some(name)) if to == from => own.contains(&name).then(|| format!("#{name}")),
            (None, _) if to == from => Some("#top".to_owned()),
            (None, _) => Some(way),
        }
    }
}
