//! What the documentation of a rule says.

use jiff::civil::{Date, date};

use super::{Applicability, Finding, Rule, Settings, audit};

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
        let found = audit(&crate::parse(self.example()).plan, &settings, Some(TODAY)).findings;
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
            assert!(rule.example().starts_with(['#', '-']), "{}", rule.id);
            assert!(rule.instead().starts_with(['#', '-']), "{}", rule.id);
        }
    }

    #[test]
    fn a_rule_is_known_by_what_its_findings_bring() {
        let rule = Rule::named("no-number").expect("is a rule");
        assert_eq!(rule.action(), Action::Asks);
        assert!(Rule::named("no-nmber").is_none());
    }
}
