//! What is to be said about a table for a platform.

use std::fmt::Write as _;

use indexmap::{IndexMap, IndexSet};

use crate::dialects::{Dialect, Form, People};
use crate::import::layout::Field;

/// Something that is to be known about a table for a platform.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExportNote {
    /// What kind of thing it is.
    pub kind: NoteKind,
    /// What is so: a phrase, no full stop.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
    /// The cells of which it tells, such as `F3`, in the order of the table; empty where it is the table.
    pub cells: Vec<String>,
}

/// What a note tells of; the gravest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// The platform wants something in cells for which the plan has nothing.
    Missing,
    /// Parts of the plan are not in the table.
    Lost,
    /// Cells hold something that the platform may refuse.
    Doubtful,
    /// Cells begin with an apostrophe, which the platform will show.
    Guarded,
    /// Parts of the plan stand somewhere else than in a column of their own.
    Moved,
    /// Cells hold something that the plan does not say in so many words.
    Filled,
    /// What is about the plan as a document, such as its title, is in the plan alone.
    Kept,
}

impl NoteKind {
    /// Returns the word in machine output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Lost => "lost",
            Self::Doubtful => "doubtful",
            Self::Guarded => "guarded",
            Self::Moved => "moved",
            Self::Filled => "filled",
            Self::Kept => "kept",
        }
    }

    /// Returns whether something of the plan is not in the table, or the table lacks something.
    #[must_use]
    pub const fn is_loss(self) -> bool {
        matches!(self, Self::Missing | Self::Lost)
    }
}

/// What is found out while a table is made.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// Headings of columns with empty cells that must not be.
    missing: IndexMap<&'static str, Vec<String>>,
    /// What of the elements is left out, by what one of it is called.
    lost: IndexMap<&'static str, usize>,
    /// What of the plan itself is left out.
    lost_of_plan: Vec<&'static str>,
    /// What is about the plan as a document.
    kept: Vec<&'static str>,
    /// Names of people for whom the platform wants addresses.
    people: IndexMap<String, Vec<String>>,
    /// Cells with several people where the platform takes one.
    crowds: Vec<String>,
    /// Cells that are guarded, and what stands in them.
    guarded: Vec<(String, String)>,
    /// What stands in descriptions, and an example.
    described: (IndexSet<&'static str>, String),
    /// What stands behind titles, and an example.
    behind: (IndexSet<&'static str>, String),
    /// How many lines got a backslash in front.
    quick_actions: usize,
    /// What was filled in: what it is and why, as a phrase.
    filled: IndexMap<String, Vec<String>>,
}

impl Report {
    pub(super) fn missing(&mut self, heading: &'static str, cell: String) {
        self.missing.entry(heading).or_default().push(cell);
    }

    pub(super) fn lost(&mut self, what: &'static str, count: usize) {
        if count > 0 {
            *self.lost.entry(what).or_default() += count;
        }
    }

    pub(super) fn lost_of_plan(&mut self, what: &'static str) {
        self.lost_of_plan.push(what);
    }

    pub(super) fn kept(&mut self, what: &'static str) {
        self.kept.push(what);
    }

    pub(super) fn person(&mut self, name: &str, cell: String) {
        self.people.entry(name.to_owned()).or_default().push(cell);
    }

    pub(super) fn crowd(&mut self, cell: String) {
        self.crowds.push(cell);
    }

    pub(super) fn guarded(&mut self, cell: String, text: &str) {
        self.guarded.push((cell, text.to_owned()));
    }

    pub(super) fn described(&mut self, what: &'static str, example: String) {
        add(&mut self.described, what, example);
    }

    pub(super) fn behind(&mut self, what: &'static str, example: String) {
        add(&mut self.behind, what, example);
    }

    pub(super) fn quick_actions(&mut self, count: usize) {
        self.quick_actions += count;
    }

    pub(super) fn filled(&mut self, why: impl Into<String>, cell: String) {
        self.filled.entry(why.into()).or_default().push(cell);
    }

    /// Returns what is to be said, what matters most first.
    pub(super) fn notes(self, dialect: &Dialect, form: &Form) -> Vec<ExportNote> {
        let mut notes = Vec::new();
        self.people_notes(dialect, &mut notes);
        self.moved_notes(form, &mut notes);
        for (heading, cells) in self.missing {
            let message = format!(
                "{heading} is empty in {}, and {} wants it filled",
                places(&cells),
                dialect.short_title()
            );
            notes.push(note(
                NoteKind::Missing,
                message,
                "fill it in there, or in the plan",
                cells,
            ));
        }
        let mut lost: Vec<_> = self
            .lost
            .iter()
            .map(|(what, count)| counted(*count, what))
            .collect();
        if !self.lost_of_plan.is_empty() {
            lost.push(format!("the plan's {}", listed(&self.lost_of_plan)));
        }
        if !self.kept.is_empty() {
            let message = format!("the plan's {} stay in the plan alone", listed(&self.kept));
            let message = if self.kept.len() == 1 {
                message.replace(" stay in", " stays in")
            } else {
                message
            };
            notes.push(note(NoteKind::Kept, message, "", Vec::new()));
        }
        if !lost.is_empty() {
            let message = format!("there is no place for {}", listed(&lost));
            let is_one = match &lost[..] {
                [one] => one.starts_with("1 ") || self.lost_of_plan.len() == 1,
                _ => false,
            };
            let help = if is_one {
                "it stays in the plan alone"
            } else {
                "they stay in the plan alone"
            };
            notes.push(note(NoteKind::Lost, message, help, Vec::new()));
        }
        for (cell, text) in self.guarded {
            let message = format!(
                "{cell} begins with an apostrophe, so that no spreadsheet takes `{}` for a formula",
                excerpt(&text)
            );
            let help = match rewrite(&text) {
                Some(rewrite) => format!("write `{}` in the plan", excerpt(&rewrite)),
                None => "let it begin with a word in the plan".to_owned(),
            };
            notes.push(note(NoteKind::Guarded, message, &help, vec![cell]));
        }
        for (why, cells) in self.filled {
            let message = format!("{why}, in {}", places(&cells));
            notes.push(note(NoteKind::Filled, message, "", cells));
        }
        notes.sort_by_key(|note| note.kind);
        notes
    }

    /// Tells of people whom the platform may not know or not take.
    fn people_notes(&self, dialect: &Dialect, notes: &mut Vec<ExportNote>) {
        if !self.people.is_empty() {
            let names: Vec<_> = self.people.keys().map(|name| format!("`{name}`")).collect();
            let cells: Vec<_> = self.people.values().flatten().cloned().collect();
            let message = format!(
                "{} knows people by e-mail; {} {} left as {} in {}",
                dialect.short_title(),
                shortened(&names, 4),
                if names.len() == 1 { "is" } else { "are" },
                if names.len() == 1 {
                    "it is"
                } else {
                    "they are"
                },
                places(&cells)
            );
            notes.push(note(
                NoteKind::Doubtful,
                message,
                "put addresses in their place",
                cells,
            ));
        }
        if !self.crowds.is_empty() {
            let message = format!(
                "{} takes one owner for each row, and several stand in {}",
                dialect.short_title(),
                places(&self.crowds)
            );
            notes.push(note(
                NoteKind::Doubtful,
                message,
                "leave one in each",
                self.crowds.clone(),
            ));
        }
    }

    /// Tells what stands somewhere else.
    fn moved_notes(&self, form: &Form, notes: &mut Vec<ExportNote>) {
        if self.quick_actions > 0 {
            let message = format!(
                "{} in descriptions would be {}: a backslash stands in front",
                counted(self.quick_actions, "line"),
                if self.quick_actions == 1 {
                    "an order to the platform"
                } else {
                    "orders to the platform"
                }
            );
            notes.push(note(NoteKind::Moved, message, "", Vec::new()));
        }
        let heading = form
            .columns
            .iter()
            .find(|column| column.field == Field::Description);
        let description = heading.map_or("the description", |column| column.heading);
        for ((what, example), place) in [
            (&self.behind, "behind the title"),
            (&self.described, description),
        ] {
            if what.is_empty() {
                continue;
            }
            let what: Vec<_> = what.iter().copied().collect();
            let preposition = if place == description { "in " } else { "" };
            let message = format!(
                "{} stand {preposition}{place}, as in `{}`: no column holds them",
                listed(&what),
                excerpt(example)
            );
            notes.push(note(NoteKind::Moved, message, "", Vec::new()));
        }
    }
}

fn add(found: &mut (IndexSet<&'static str>, String), what: &'static str, example: String) {
    found.0.insert(what);
    if found.1.is_empty() {
        found.1 = example;
    }
}

fn note(kind: NoteKind, message: String, help: &str, cells: Vec<String>) -> ExportNote {
    ExportNote {
        kind,
        message,
        help: help.to_owned(),
        cells,
    }
}

/// Returns a text that says the same and that no spreadsheet takes for a formula, where there is one.
fn rewrite(text: &str) -> Option<String> {
    let text = text.trim_start();
    let rest = text.strip_prefix("- ").or(text.strip_prefix("+ "))?;
    Some(format!("• {rest}"))
}

/// Returns cells as they are named in a sentence: all of them, or the first and how many more.
fn places(cells: &[String]) -> String {
    shortened(cells, 3)
}

fn shortened(words: &[String], most: usize) -> String {
    if words.len() <= most + 1 {
        return listed(words);
    }
    format!(
        "{} and {} more",
        words[..most].join(", "),
        words.len() - most
    )
}

/// Returns words with commas between them and `and` before the last.
fn listed(words: &[impl AsRef<str>]) -> String {
    let mut text = String::new();
    for (at, word) in words.iter().enumerate() {
        let joint = match at {
            0 => "",
            _ if at + 1 == words.len() => " and ",
            _ => ", ",
        };
        // Writing to a string does not fail.
        let _ = write!(text, "{joint}{}", word.as_ref());
    }
    text
}

fn counted(count: usize, one: &str) -> String {
    match (count, one.split_once(' ')) {
        (1, _) => format!("1 {one}"),
        (_, Some((noun, rest))) => format!("{count} {noun}s {rest}"),
        (_, None) => format!("{count} {one}s"),
    }
}

/// Returns the beginning of a text on one line.
fn excerpt(text: &str) -> String {
    const MOST: usize = 60;
    let line = okr_core::model::one_line(text).replace('`', "'");
    if line.chars().count() <= MOST {
        return line;
    }
    let kept: String = line.chars().take(MOST - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Returns whether the platform can know somebody by these words.
pub(super) fn is_known(people: People, name: &str) -> bool {
    match people {
        People::Email => {
            let parts = name.split_once('@');
            parts.is_some_and(|(before, after)| !before.is_empty() && after.contains('.'))
                && !name.contains(' ')
        }
        People::EmailOrName | People::Name => true,
        People::NameAndId => {
            let id = name
                .strip_suffix(')')
                .and_then(|name| name.rsplit_once(" ("));
            id.is_some_and(|(_, id)| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()))
        }
    }
}
