//! The other plans that a new plan is to link to in place of those that are over.

use std::path::{Path, PathBuf};

use okr_core::carry::{Neighbour, supported_plans};
use okr_core::model::{Period, Plan};

use super::from::origin;
use crate::config::Config;
use crate::context::Context;
use crate::env::MAX_PLAN;

/// Where plans that know each other lie.
pub(super) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Returns the workspace of a configuration: the folder where it stands, else the current one.
    pub(super) fn of(cx: &Context<'_>, config: &Config) -> Self {
        let root = if config.folder.as_os_str().is_empty() {
            cx.env.current_dir.clone()
        } else {
            config.folder.clone()
        };
        Self { root }
    }

    /// Returns a path from the root, with `/` between folders.
    pub(super) fn path(&self, cx: &Context<'_>, path: &Path) -> String {
        origin(&cx.env.path(path), &self.root.join("plan.md"))
    }

    /// Returns the plans that the objectives of a plan support; where one of them is over when the new period
    /// begins, also those of the workspace that carry others on.
    ///
    /// What cannot be read is passed over: it is no plan that a link could lead to.
    pub(super) fn neighbours(
        &self,
        cx: &Context<'_>,
        plan: &Plan,
        from: &Path,
        period: Period,
    ) -> Vec<Neighbour> {
        let read = |path: String| {
            let text = cx.env.read_text(&self.root.join(&path), MAX_PLAN).ok()?;
            let parsed = okr_core::parse(text);
            Some(Neighbour { path, parsed })
        };
        let linked = supported_plans(plan, &self.path(cx, from));
        let mut neighbours: Vec<Neighbour> = linked.iter().cloned().filter_map(read).collect();
        if !neighbours.iter().any(|linked| linked.is_over(period)) {
            return neighbours;
        }
        let is_markdown = |name: &str| {
            let ending = Path::new(name).extension();
            ending.is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
        };
        let walked = cx.env.walk(&self.root, is_markdown);
        let others = walked.map(|walked| walked.files).unwrap_or_default();
        let others = others.iter().map(|path| self.path(cx, path));
        let others = others.filter(|path| !linked.contains(path));
        let goes_on = |other: &Neighbour| other.parsed.plan.continues().is_some();
        neighbours.extend(others.filter_map(read).filter(goes_on));
        neighbours
    }
}
