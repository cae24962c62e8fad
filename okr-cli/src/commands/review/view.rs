//! A plan as it was read last, and what an audit found in it.

use std::rc::Rc;

use okr_core::audit::{Applicability, Audit, Finding, Level, Score, Settings};
use okr_core::text::Replacement;
use okr_core::{Parsed, audit::Fix};
use okr_render::report::{Entry, Regions};

use super::same::{Moves, title};
use crate::commands::check::{examine, patch};

/// A plan and what was found in it.
pub(super) struct View {
    pub(super) parsed: Rc<Parsed>,
    /// What was found, what helps most first.
    pub(super) findings: Vec<Finding>,
    /// What was not understood, which nobody can be asked about.
    pub(super) unread: Vec<Entry>,
    pub(super) score: Score,
}

/// What became of a finding in a plan that someone else has changed.
pub(super) enum Found<'v> {
    /// It is still there, as it was.
    Same(&'v Finding),
    /// There is one like it, but the user has not seen it in this form.
    Other,
    /// It is gone.
    Gone,
}

impl View {
    pub(super) fn new(
        text: String,
        audit: impl FnOnce(&Parsed) -> Audit,
        settings: &Settings,
    ) -> Self {
        let parsed = okr_core::parse(text);
        let audit = audit(&parsed);
        let score = Score::new(&parsed.plan, &audit);
        let regions = Regions::new(parsed.document.text());
        let diagnostics = parsed.diagnostics.iter();
        let unread = diagnostics
            .filter_map(|diagnostic| examine::of_reading(diagnostic, settings, &regions))
            .collect();
        Self {
            findings: audit.findings,
            unread,
            score,
            parsed: Rc::new(parsed),
        }
    }

    pub(super) fn text(&self) -> &str {
        self.parsed.document.text()
    }

    /// Returns whether there is anything at the level or above it.
    pub(super) fn has(&self, level: Level) -> bool {
        self.findings.iter().any(|finding| finding.level >= level)
            || self.unread.iter().any(|entry| entry.level >= level)
    }

    /// Returns a finding as it is drawn.
    pub(super) fn entry(&self, finding: &Finding) -> Entry {
        let regions = Regions::new(self.text());
        examine::of_audit(finding, &self.parsed, &regions, true)
    }

    /// Returns whether the fix of a finding can be made as it is.
    pub(super) fn can_fix(&self, finding: &Finding) -> bool {
        let can_be =
            |fix: &Fix| fix.applicability != Applicability::Display && !self.patch(fix).is_empty();
        finding.fix.as_ref().is_some_and(can_be)
    }

    /// Finds a finding of this plan in a later state of the plan.
    pub(super) fn find_in<'v>(&self, finding: &Finding, later: &'v Self) -> Found<'v> {
        let moves = Moves::between(&self.parsed.plan, &later.parsed.plan);
        let Some(element) = moves.of(finding.element) else {
            return Found::Gone;
        };
        let is_like = |other: &&Finding| other.rule == finding.rule && other.element == element;
        let mut like = later.findings.iter().filter(is_like).peekable();
        if like.peek().is_none() {
            return Found::Gone;
        }
        let words = |view: &Self, element| title(&view.parsed.plan, element).cloned();
        let is_reworded = words(self, finding.element) != words(later, element);
        let is_same = |other: &&Finding| {
            !is_reworded
                && other.message == finding.message
                && later.rewrite(other) == self.rewrite(finding)
        };
        like.find(is_same).map_or(Found::Other, Found::Same)
    }

    /// Returns what the fix of a finding takes out of the text and puts into it, wherever that is.
    fn rewrite(&self, finding: &Finding) -> Vec<(String, String)> {
        let replacements = finding.fix.as_ref().map(|fix| self.patch(fix));
        let replacements = replacements.unwrap_or_default().into_iter();
        replacements
            .map(|one| (one.span.of(self.text()).to_owned(), one.text))
            .collect()
    }

    fn patch(&self, fix: &Fix) -> Vec<Replacement> {
        patch::of(&self.parsed, fix)
    }
}
