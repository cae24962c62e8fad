//! What the documentation of a rule says.

use std::collections::HashSet;

use jiff::civil::{Date, date};

use super::{Applicability, Extract, Finding, Rule, Settings, Workspace, audit, audit_and_extract};
use crate::Parsed;

/// The day for which the examples are written.
const TODAY: Date = date(2026, 11, 22);

/// What a finding of a rule brings with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// A change that keeps the meaning, which `okr check --fix` makes.
    Fixes,
    /// A change that a person is to read before it is made.
    Suggests,
    /// A question whose answer only the user knows.
    Asks,
    /// Words.
    Tells,
}

impl Action {
    /// Returns the word under which it is listed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fixes => "fixes",
            Self::Suggests => "suggests",
            Self::Asks => "asks",
            Self::Tells => "tells",
        }
    }
}

impl Rule {
    /// Returns the rule of that id.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        super::RULES.iter().find(|rule| rule.id == id).copied()
    }

    /// Returns what the rule checks, in one sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let text = self.section("What it checks").trim_start();
        let end = text.find('\n').unwrap_or(text.len());
        let line = &text[..end];
        line.split_once(". ")
            .map_or(line, |(sentence, _)| &line[..=sentence.len()])
    }

    /// Returns why it matters, in Markdown.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        self.section("Why it matters").trim()
    }

    /// Returns a plan that has a finding of the rule.
    #[must_use]
    pub fn example(&self) -> &'static str {
        code(self.section("Example"))
    }

    /// Returns the plan as it should be.
    #[must_use]
    pub fn instead(&self) -> &'static str {
        code(self.section("Use instead"))
    }

    /// Returns what its findings bring with them, as those of its example do.
    #[must_use]
    pub fn action(&self) -> Action {
        let settings = Settings {
            select: vec![self.id],
            strict: true,
            has_parents: true,
            ..Settings::default()
        };
        let found = found(self, self.example(), &settings);
        let of = |finding: &Finding| match &finding.fix {
            Some(fix) if fix.applicability == Applicability::Safe => Action::Fixes,
            Some(fix) if fix.applicability == Applicability::Unsafe => Action::Suggests,
            // A rewrite with a gap goes with the question that fills it.
            _ if finding.question.is_some() => Action::Asks,
            Some(_) => Action::Suggests,
            None => Action::Tells,
        };
        found.iter().map(of).min().unwrap_or(Action::Tells)
    }

    /// Returns what stands under a heading of the documentation.
    fn section(&self, heading: &str) -> &'static str {
        let mut at = 0;
        let mut start = None;
        let mut in_code = false;
        for line in self.docs.split_inclusive('\n') {
            let next = at + line.len();
            in_code ^= line.starts_with("```");
            if let Some(words) = line.strip_prefix("## ").filter(|_| !in_code) {
                if let Some(start) = start {
                    return &self.docs[start..at];
                }
                start = (words.trim_end() == heading).then_some(next);
            }
            at = next;
        }
        start.map_or("", |start| &self.docs[start..])
    }
}

/// Returns what is found in the plans of an example: in one, or in several for a rule that looks at them at once.
fn found(rule: &Rule, example: &str, settings: &Settings) -> Vec<Finding> {
    let Some(sight) = rule.sight() else {
        return audit(&crate::parse(example).plan, settings, Some(TODAY)).findings;
    };
    let plans = files(example);
    let extracts: Vec<Extract> = plans
        .iter()
        .map(|(path, parsed)| audit_and_extract(path, parsed, settings, Some(TODAY)).1)
        .collect();
    let all = vec![settings; plans.len()];
    let extracts: Vec<&Extract> = extracts.iter().collect();
    let documents = HashSet::new();
    let workspace = Workspace::new(&extracts, &all, &[], &documents, sight);
    workspace.findings().into_iter().flatten().collect()
}

/// Returns the plans of a text that has several, each below a line `<!-- path.md -->`.
pub(super) fn files(text: &str) -> Vec<(String, Parsed)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let path = line.trim().strip_prefix("<!-- ");
        let path = path.and_then(|rest| rest.strip_suffix(".md -->"));
        match (path, files.last_mut()) {
            (Some(path), _) => files.push((format!("{path}.md"), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => {}
        }
    }
    let parsed = |(path, text): (String, String)| (path, crate::parse(text.trim_start()));
    files.into_iter().map(parsed).collect()
}

/// Returns what stands in the first code block of a section.
fn code(section: &'static str) -> &'static str {
    let block = section.split_once("```markdown\n");
    let block = block.and_then(|(_, rest)| rest.split_once("```\n"));
    block.map_or("", |(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::RULES;

    #[test]
    fn every_rule_says_what_it_does() {
        for rule in RULES {
            let summary = rule.summary();
            assert!(summary.ends_with('.') && summary.len() > 20, "{summary:?}");
            assert!(!rule.reason().is_empty(), "{}", rule.id);
            assert!(rule.example().starts_with(['#', '-', '<']), "{}", rule.id);
            assert!(rule.instead().starts_with(['#', '-', '<']), "{}", rule.id);
        }
    }

    #[test]
    fn a_rule_is_known_by_what_its_findings_bring() {
        let rule = Rule::named("no-number").expect("is a rule");
        assert_eq!(rule.action(), Action::Asks);
        assert!(Rule::named("no-nmber").is_none());
    }
}
