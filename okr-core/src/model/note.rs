//! The note of a check-in: what a person says in it, and what okr has put behind that.

use jiff::civil::Date;

use super::{CheckIn, Inline, parse_date};

/// What stands before the place that a value comes from.
const SOURCE: &str = "source: ";

/// What stands before the day of a correction.
const CORRECTED: &str = "(corrected ";

/// A note in its parts, each as Markdown: `two big payers (source: log.csv, 2026-11-20) (corrected 2026-11-22: was 70%)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// What a person says.
    words: String,
    /// Where the value comes from, and of which day it is.
    source: String,
    /// What stood there before it was corrected, with the parentheses.
    trace: String,
}

impl CheckIn {
    /// Returns what a person says in the note, without what okr has put behind it; nothing where nobody says anything.
    #[must_use]
    pub fn words(&self) -> Option<Inline> {
        Note::of(self.note.as_ref()).words()
    }
}

impl Note {
    /// Takes a note apart.
    #[must_use]
    pub fn of(note: Option<&Inline>) -> Self {
        let text = note.map_or("", Inline::as_markdown);
        let (said, trace) = split_trace(text);
        let (words, source) = split_source(said);
        Self {
            words: words.to_owned(),
            source: source.to_owned(),
            trace: trace.to_owned(),
        }
    }

    /// Returns what a person says; nothing where nobody says anything.
    #[must_use]
    pub fn words(&self) -> Option<Inline> {
        (!self.words.is_empty()).then(|| Inline::parse(&self.words))
    }

    /// Returns where the value comes from; nothing where nobody but a person knows.
    #[must_use]
    pub fn source(&self) -> Option<Inline> {
        (!self.source.is_empty()).then(|| Inline::parse(&self.source))
    }

    /// Puts other words, which are plain, in the place of those of a person; empty ones take them away.
    pub fn say(&mut self, words: &str) {
        Inline::from_plain(words)
            .as_markdown()
            .clone_into(&mut self.words);
    }

    /// Says in plain words where the value comes from: a place, a comma, and a day. Nothing stands for nowhere.
    pub fn come_from(&mut self, source: Option<&str>) {
        let source = source.map(Inline::from_plain);
        self.source = source.map_or_else(String::new, |source| source.as_markdown().to_owned());
    }

    /// Leaves a trace of what stood there before, in plain words; all those of one day stand in one parenthesis.
    pub fn correct(&mut self, day: Date, was: &str) {
        let was = Inline::from_plain(was);
        let head = format!("{CORRECTED}{day}: was ");
        let is_same_day = self
            .trace
            .rfind(CORRECTED)
            .is_some_and(|at| self.trace[at..].starts_with(&head));
        if is_same_day && self.trace.pop() == Some(')') {
            self.trace.push_str(", then ");
        } else {
            if !self.trace.is_empty() {
                self.trace.push(' ');
            }
            self.trace.push_str(&head);
        }
        self.trace.push_str(was.as_markdown());
        self.trace.push(')');
    }

    /// Puts the parts together; nothing where there are none.
    #[must_use]
    pub fn into_inline(self) -> Option<Inline> {
        let source = match (&*self.words, &*self.source) {
            (_, "") => String::new(),
            ("", source) => format!("{SOURCE}{source}"),
            (_, source) => format!("({SOURCE}{source})"),
        };
        let parts = [self.words, source, self.trace];
        let parts: Vec<&str> = parts
            .iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        (!parts.is_empty()).then(|| Inline::parse(&parts.join(" ")))
    }
}

/// Parts the corrections from what stands before them: they begin at the first and end the text.
fn split_trace(text: &str) -> (&str, &str) {
    let is_trace = |at: usize| {
        let rest = &text[at + CORRECTED.len()..];
        let is_dated = rest.get(..10).is_some_and(|day| parse_date(day).is_some());
        is_dated && rest[10..].starts_with(": was ") && (at == 0 || text[..at].ends_with(' '))
    };
    let mut places = text.match_indices(CORRECTED).map(|(at, _)| at);
    match places
        .find(|at| is_trace(*at))
        .filter(|_| text.ends_with(')'))
    {
        Some(at) => (text[..at].trim_end(), &text[at..]),
        None => (text, ""),
    }
}

/// Parts the source from the words before it; it ends with the day for which it speaks.
fn split_source(text: &str) -> (&str, &str) {
    let is_dated = |source: &str| {
        let day = source.rsplit_once(", ").map(|(_, day)| day);
        day.is_some_and(|day| parse_date(day).is_some())
    };
    let whole = text.strip_prefix(SOURCE).filter(|source| is_dated(source));
    if let Some(source) = whole {
        return ("", source);
    }
    let behind = text.rfind(" (source: ").and_then(|at| {
        let source = text[at..].strip_prefix(" (source: ")?.strip_suffix(')')?;
        is_dated(source).then(|| (text[..at].trim_end(), source))
    });
    behind.unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn check(note: &str, words: &str, source: &str) {
        let inline = Inline::parse(note);
        let read = Note::of(Some(&inline));
        let shown =
            |part: Option<Inline>| part.map_or(String::new(), |part| part.plain().into_owned());
        assert_eq!(
            (shown(read.words()), shown(read.source())),
            (words.to_owned(), source.to_owned())
        );
        assert_eq!(read.into_inline(), Some(inline), "{note}");
    }

    #[test]
    fn a_note_has_the_words_of_a_person_and_what_okr_puts_behind_them() {
        check("Bank *file* is late", "Bank file is late", "");
        check(
            "source: ar_log.csv, last of Overdue, 2026-11-20",
            "",
            "ar_log.csv, last of Overdue, 2026-11-20",
        );
        check(
            "Two payers (source: log.csv, 2026-11-20)",
            "Two payers",
            "log.csv, 2026-11-20",
        );
        check(
            "Two (big) payers (source: log.csv, 2026-11-20) (corrected 2026-11-22: was 70%, \"One (small) payer\")",
            "Two (big) payers",
            "log.csv, 2026-11-20",
        );
        check("(corrected 2026-11-22: was 70%)", "", "");
    }

    #[test]
    fn what_only_looks_alike_is_said_by_a_person() {
        for words in [
            "source: Kim in AR",
            "They pay (source: Kim)",
            "They pay (source: Kim, 2026-11-20), she says",
            "Now (corrected 2026-11-22: was wrong) it is right",
            "Now (corrected yesterday: was 70%)",
        ] {
            check(words, words, "");
        }
    }

    #[test]
    fn corrections_of_a_day_stand_together() {
        let mut note = Note::of(Some(&Inline::parse("Bank file")));
        note.correct(date(2026, 11, 22), "70%");
        note.correct(date(2026, 11, 22), "71%");
        note.say("");
        note.correct(date(2026, 11, 23), "\"Bank_file_\"");
        let inline = note.into_inline().unwrap();
        assert_eq!(
            inline.plain(),
            "(corrected 2026-11-22: was 70%, then 71%) (corrected 2026-11-23: was \"Bank_file_\")"
        );
        assert_eq!(Note::of(Some(&inline)).words(), None);
        assert_eq!(Note::default().into_inline(), None);
    }
}
