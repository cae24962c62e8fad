//! What a rule found, and what to write instead.

use std::cmp::Reverse;

use super::{Axis, Level, Rule};
use crate::edit::Change;
use crate::model::{ElementId, Inline};
use crate::text::Span;

/// Something that a rule found in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is.
    pub level: Level,
    /// The element that it is about.
    pub element: ElementId,
    /// Where on that element.
    pub place: Place,
    /// What is wrong: a phrase, lower case first, no full stop.
    pub message: String,
    /// What is to be seen at that place, as a few words; may be empty.
    pub label: String,
    /// What to do, as a phrase; may be empty.
    pub help: String,
    /// What to write instead, where the rule can tell.
    pub fix: Option<Fix>,
    /// What only the user knows, where the rule needs that.
    pub question: Option<Question>,
}

/// What findings of a plan are sorted by: what helps most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    level: Reverse<Level>,
    rank: u8,
    element: ElementId,
    rule: &'static str,
}

impl Order {
    /// Returns whether the finding says that an element is not in order on an axis, and counts for that.
    pub(super) fn lowers(&self, element: ElementId, axis: Axis) -> bool {
        let is_it = |rule: &Rule| rule.axis == axis;
        self.element.goal() == element
            && self.level.0 >= Level::Warning
            && Rule::named(self.rule).is_some_and(is_it)
    }
}

impl Finding {
    /// Returns its place among the findings of its plan.
    #[must_use]
    pub const fn order(&self) -> Order {
        Order {
            level: Reverse(self.level),
            rank: self.rule.rank,
            element: self.element,
            rule: self.rule.id,
        }
    }

    /// Says where on the element it is.
    pub fn at(&mut self, place: Place) -> &mut Self {
        self.place = place;
        self
    }

    /// Puts it at words of the element's title, when there are such.
    pub fn at_words(&mut self, words: Option<Span>) -> &mut Self {
        if let Some(words) = words {
            self.place = Place::Words(words);
        }
        self
    }

    /// Says how bad it is, when that is not the rule's own level.
    pub fn level(&mut self, level: Level) -> &mut Self {
        self.level = level;
        self
    }

    /// Says what is to be seen at its place.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = label.into();
        self
    }

    /// Says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = help.into();
        self
    }

    /// Says what to write instead.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fix = Some(fix);
        self
    }

    /// Says what the user is to be asked.
    pub fn ask(&mut self, question: Question) -> &mut Self {
        self.question = Some(question);
        self
    }
}

/// Where on an element a finding is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At its title; for the plan at the title of the document.
    Title,
    /// At words of its title, in bytes of the title without formatting.
    Words(Span),
    /// At the value of a field, by a known name in lower case (`baseline`); for the plan at a key of the
    /// front matter. It is the title where the field is not there.
    Field(&'static str),
    /// At a check-in, by its position.
    CheckIn(usize),
}

/// What to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: `move the means to the initiatives`.
    pub title: String,
    /// The changes, to be made one after the other.
    pub changes: Vec<Change>,
    /// Who may make them.
    pub applicability: Applicability,
}

/// Who may make the changes of a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Anyone: the meaning stays.
    Safe,
    /// Whoever has read it: a suggestion that may change the meaning.
    Unsafe,
    /// Nobody yet: it has a gap that only the user can fill.
    Display,
}

impl Applicability {
    /// Returns the name under which it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::Display => "display",
        }
    }
}

/// What only the user knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question, with its question mark.
    pub text: String,
    /// Whose field the answer is.
    pub element: ElementId,
    /// The field that takes the answer as it is given, such as `owner` or `baseline`; nothing when the
    /// answer is a new wording of the title.
    pub field: Option<&'static str>,
    /// An answer to offer, if there is a likely one.
    pub offer: Option<Inline>,
}

impl Question {
    /// Returns the answer to offer as it is typed: links as Markdown, all else as plain words.
    #[must_use]
    pub fn offered(&self) -> Option<String> {
        let offer = self.offer.as_ref()?;
        Some(match self.field {
            Some("supports") => offer.as_markdown().to_owned(),
            _ => offer.to_string(),
        })
    }
}

/// What the rules found so far.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// Adds a finding at the element's title, at the level of its rule; what comes back says more of it.
    pub fn report(
        &mut self,
        rule: &'static Rule,
        element: ElementId,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.list.push(Finding {
            rule,
            level: rule.level,
            element,
            place: Place::Title,
            message: message.into(),
            label: String::new(),
            help: String::new(),
            fix: None,
            question: None,
        });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    pub(super) fn into_vec(self) -> Vec<Finding> {
        self.list
    }
}
