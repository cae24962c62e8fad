//! What is done about a finding, as changes of the plan.

use okr_core::Parsed;
use okr_core::audit::Finding;
use okr_core::edit::{Change, edit};
use okr_core::model::{ElementId, Inline, Plan};
use okr_core::statement::Lexicon;
use okr_core::text::one_line;

use super::same::title;
use crate::commands::set::{self, field};
use crate::error::Failure;

/// What the user wants done about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// The proposed change.
    Accept,
    /// The answer to its question.
    Answer(String),
    /// Other words for the title.
    Reword {
        /// The words.
        words: String,
        /// Whether they are Markdown, so that a link in them is one.
        is_markdown: bool,
    },
    /// Nothing, for this reason.
    Dismiss(String),
}

impl Deed {
    /// Returns the changes that do it, and what else may have been meant.
    ///
    /// # Errors
    ///
    /// What the user wrote is none that the plan can hold there.
    fn changes(
        &self,
        plan: &Plan,
        finding: &Finding,
        lexicon: &Lexicon,
    ) -> Result<(Vec<Change>, Option<String>), Failure> {
        let changes = match self {
            Self::Accept => finding.fix.as_ref().map(|fix| fix.changes.clone()),
            Self::Answer(answer) => match field_of(finding) {
                Some((element, field)) => {
                    let part = field::named(plan, element, field, false)?;
                    let answer = line(answer);
                    let (change, doubt) = set::change(plan, element, &part, &answer, lexicon)?;
                    return Ok((vec![change], doubt));
                }
                None => None,
            },
            Self::Reword { words, is_markdown } => {
                let words = line(words);
                let title = if *is_markdown {
                    Inline::parse(&words)
                } else {
                    Inline::from_plain(&words)
                };
                let element = reworded(finding);
                Some(vec![Change::SetTitle { element, title }])
            }
            Self::Dismiss(reason) => Some(vec![Change::Dismiss {
                element: finding.element,
                rule: finding.rule.id.to_owned(),
                reason: reason.clone(),
            }]),
        };
        Ok((changes.unwrap_or_default(), None))
    }

    /// Returns the text in which it is done, and what else may have been meant.
    ///
    /// # Errors
    ///
    /// It cannot be done in this plan.
    pub(super) fn done_in(
        &self,
        parsed: &Parsed,
        finding: &Finding,
        lexicon: &Lexicon,
    ) -> Result<(String, Option<String>), Failure> {
        let (changes, doubt) = self.changes(&parsed.plan, finding, lexicon)?;
        let mut after: Option<Parsed> = None;
        for change in &changes {
            let before = after.as_ref().unwrap_or(parsed);
            let refused = |error| field::refused(&error);
            let patch = edit(before, change).map_err(refused)?;
            let mut meant = before.plan.clone();
            change.apply(&mut meant).map_err(refused)?;
            let read = okr_core::parse(patch.apply(before.document.text()));
            if read.plan != meant {
                let failure = Failure::new("the plan would not read back with these words");
                return Err(failure.help("write simpler ones"));
            }
            after = Some(read);
        }
        let after = after.filter(|after| after.document.text() != parsed.document.text());
        match after {
            Some(after) => Ok((after.document.text().to_owned(), doubt)),
            None => Err(Failure::new("that is what stands there already")),
        }
    }
}

/// Returns the field that takes the answer to the question of a finding.
pub(super) fn field_of(finding: &Finding) -> Option<(ElementId, &'static str)> {
    let question = finding.question.as_ref()?;
    Some((question.element, question.field?))
}

/// Returns the element that is reworded: the one that the finding asks about, or else its own.
pub(super) fn reworded(finding: &Finding) -> ElementId {
    let question = finding.question.as_ref();
    let asked = question.filter(|question| question.field.is_none());
    asked.map_or(finding.element, |question| question.element)
}

/// The words with which a person begins to put a title otherwise.
pub(super) struct Words {
    pub(super) text: String,
    /// Whether the finding proposes them; otherwise they are the title.
    pub(super) is_proposed: bool,
    /// Whether they are Markdown, because formatting would be lost otherwise.
    pub(super) is_markdown: bool,
}

/// Returns the words to begin with; nothing where there is no title to be put otherwise.
pub(super) fn words(plan: &Plan, finding: &Finding) -> Option<Words> {
    let element = reworded(finding);
    let there = title(plan, element)?;
    let question = finding.question.as_ref();
    let asked = question.filter(|question| question.field.is_none());
    let offered = asked.and_then(|question| question.offer.as_ref());
    let changes = finding.fix.iter().flat_map(|fix| &fix.changes);
    let mut titles = changes.filter_map(|change| match change {
        Change::SetTitle {
            element: other,
            title,
        } if *other == element => Some(title),
        _ => None,
    });
    let proposed = titles.next().or(offered);
    let words = proposed.unwrap_or(there);
    let is_markdown = is_formatted(there) || is_formatted(words);
    let text = if is_markdown {
        words.as_markdown().to_owned()
    } else {
        words.to_string()
    };
    Some(Words {
        text,
        is_proposed: proposed.is_some(),
        is_markdown,
    })
}

fn is_formatted(words: &Inline) -> bool {
    Inline::from_plain(&words.plain()) != *words
}

fn line(words: &str) -> String {
    one_line(words).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use okr_core::audit::{Applicability, Findings, Fix, Question, RULES};

    use super::*;

    const PLAN: &str = "## Objective: a\n\n### Key result: Buy *software*\n";
    const ELEMENT: ElementId = ElementId::KeyResult(0, 0);

    fn finding(fix: Option<Vec<Change>>, question: Option<Question>) -> Finding {
        let mut findings = Findings::default();
        let finding = findings.report(RULES[0], ELEMENT, "x");
        if let Some(changes) = fix {
            finding.fix(Fix {
                title: "say what it is for".to_owned(),
                changes,
                applicability: Applicability::Unsafe,
            });
        }
        if let Some(question) = question {
            finding.ask(question);
        }
        finding.clone()
    }

    fn set_title(words: &str) -> Change {
        Change::SetTitle {
            element: ELEMENT,
            title: Inline::from_plain(words),
        }
    }

    #[test]
    fn all_changes_of_a_proposal_are_made_or_none() {
        let parsed = okr_core::parse(PLAN);
        let add = |title: &str| Change::AddInitiative {
            element: ELEMENT,
            title: Inline::from_plain(title),
            owner: None,
            due: None,
        };
        let both = finding(
            Some(vec![set_title("Pay in 3 days"), add("Buy software")]),
            None,
        );
        let (after, _) = Deed::Accept
            .done_in(&parsed, &both, &Lexicon::default())
            .unwrap();
        let expected = "## Objective: a\n\n### Key result: Pay in 3 days\n\n- [ ] Buy software\n";
        assert_eq!(after, expected);
        let half = finding(Some(vec![set_title("Pay in 3 days"), add("")]), None);
        assert!(
            Deed::Accept
                .done_in(&parsed, &half, &Lexicon::default())
                .is_err()
        );
        let none = finding(None, None);
        assert!(
            Deed::Accept
                .done_in(&parsed, &none, &Lexicon::default())
                .is_err()
        );
    }

    #[test]
    fn the_words_to_begin_with_are_those_that_are_proposed() {
        let plan = okr_core::parse(PLAN).plan;
        let check = |finding: &Finding, expected: &str, is_proposed: bool| {
            let words = words(&plan, finding).unwrap();
            assert_eq!((&*words.text, words.is_proposed), (expected, is_proposed));
            assert!(words.is_markdown);
        };
        check(&finding(None, None), "Buy *software*", false);
        check(&finding(Some(vec![set_title("Pay")]), None), "Pay", true);
        let question = Question {
            text: "What is it for?".to_owned(),
            element: ELEMENT,
            field: None,
            offer: Some(Inline::from_plain("Pay sooner")),
        };
        check(&finding(None, Some(question)), "Pay sooner", true);
    }
}
