//! Draws a finding where lines are too long for the terminal: they are broken between words.

use std::ops::Range;

use anstyle::Style;
use okr_core::audit::Level;
use okr_core::text::{Replacement, TextEdit};
use okr_render::report::{Entry, FixEntry};

use super::within;
use crate::shell::{Text, columns, shown, style, wrap};

/// The most lines of a file that are shown.
const MAX_LINES: usize = 3;

/// Draws what an audit found in the file at `path`, with what to write instead.
pub(super) fn entry(entry: &Entry, path: &str, text: &str, width: usize) -> Text {
    let mut drawing = Drawing {
        text: Text::new(),
        width,
    };
    let level = match entry.level {
        Level::Error => style::ERROR,
        Level::Warning => style::WARNING,
        Level::Info | Level::Off => style::HELP,
    };
    let head = format!("{}[{}]", entry.level.name(), entry.rule);
    drawing.paragraph((&head, level), ": ", (&entry.message, style::BOLD));
    let Some(region) = &entry.region else {
        drawing.line(" --> ", style::HELP, path, Style::new());
        return drawing.ended(entry, text);
    };
    let place = format!("{path}:{}:{}", region.start.line, region.start.column);
    drawing.line(" --> ", style::HELP, &place, Style::new());
    drawing.source(text, &within(text, &Range::from(region.span)), level);
    if !entry.label.is_empty() {
        for line in wrap(&entry.label, width.saturating_sub(2)) {
            drawing.line("| ", style::HELP, &line, level);
        }
    }
    drawing.ended(entry, text)
}

/// A drawing that grows line by line.
struct Drawing {
    text: Text,
    width: usize,
}

impl Drawing {
    fn ended(mut self, entry: &Entry, text: &str) -> Text {
        let question = entry.question.as_ref();
        let question = question.map_or("", |question| &question.text);
        for words in [&*entry.help, question] {
            if !words.is_empty() {
                self.paragraph(("help", style::HELP), ": ", (words, Style::new()));
            }
        }
        if let Some(fix) = &entry.fix {
            self.paragraph(("help", style::HELP), ": ", (&fix.title, style::BOLD));
            self.suggestion(fix, text);
        }
        self.text
    }

    fn line(&mut self, lead: &str, look: Style, words: &str, style: Style) {
        if !self.text.ansi().is_empty() {
            self.text.push("\n");
        }
        self.text.styled(look, lead).styled(style, words);
    }

    /// Adds words behind a head, from the second line on below it.
    fn paragraph(&mut self, head: (&str, Style), colon: &str, words: (&str, Style)) {
        const INDENT: &str = "  ";
        // The first line begins further to the right, behind the head.
        let (first, rest) = first_line(words.0, self.width.saturating_sub(columns(head.0) + 2));
        if !self.text.ansi().is_empty() {
            self.text.push("\n");
        }
        self.text
            .styled(head.1, head.0)
            .push(colon)
            .styled(words.1, &first);
        for line in wrap(&rest, self.width.saturating_sub(INDENT.len())) {
            self.line(INDENT, Style::new(), &line, words.1);
        }
    }

    /// Adds the lines in which a span begins, with the span marked.
    fn source(&mut self, text: &str, span: &Range<usize>, look: Style) {
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let mut at = start;
        let mut lines = 0;
        while at <= span.end && at < text.len() && lines < MAX_LINES {
            let length = text[at..].find('\n').unwrap_or(text.len() - at);
            for part in parts(&text[at..at + length], self.width.saturating_sub(2)) {
                let words = &text[at + part.start..at + part.end];
                self.line("| ", style::HELP, words.trim_end(), Style::new());
                let from = span.start.clamp(at + part.start, at + part.end);
                let to = span.end.clamp(from, at + part.end);
                let marked = text[from..to].trim_end();
                if !marked.is_empty() {
                    let before = " ".repeat(columns(&text[at + part.start..from]));
                    let marks = "^".repeat(columns(marked));
                    self.line("| ", style::HELP, &format!("{before}{marks}"), look);
                }
            }
            at += length + 1;
            lines += 1;
        }
    }

    /// Adds the lines that go and those that come.
    fn suggestion(&mut self, fix: &FixEntry, text: &str) {
        let replacements = fix.replacements.iter().map(|(_, replacement)| replacement);
        let after = applied(text, replacements);
        let diff = similar::TextDiff::from_lines(text, &after);
        for change in diff.iter_all_changes() {
            let (sign, look) = match change.tag() {
                similar::ChangeTag::Equal => continue,
                similar::ChangeTag::Delete => (" -  ", style::REMOVED),
                similar::ChangeTag::Insert => (" +  ", style::ADDED),
            };
            let line = change.value().trim_end();
            if line.is_empty() {
                continue;
            }
            let mut lead = sign;
            for part in parts(line, self.width.saturating_sub(4)) {
                self.line(lead, look, line[part].trim_end(), look);
                lead = "    ";
            }
        }
    }
}

fn applied<'r>(text: &str, replacements: impl Iterator<Item = &'r Replacement>) -> String {
    let mut edit = TextEdit::none();
    for one in replacements {
        edit.push(one.span, one.text.clone());
    }
    edit.apply(text)
}

/// Returns as many words as there is room for, and the others.
fn first_line(words: &str, room: usize) -> (String, String) {
    let all: Vec<&str> = words.split_whitespace().collect();
    let fits = |count: &usize| columns(&all[..*count].join(" ")) <= room;
    let count = (0..=all.len()).rev().find(fits).unwrap_or_default();
    (all[..count].join(" "), all[count..].join(" "))
}

/// Returns a line in parts of up to `room` columns, each ending with a blank where that can be.
fn parts(line: &str, room: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut end, mut used) = (0, 0, 0);
    for word in line.split_inclusive(' ') {
        let wide = columns(&shown(word));
        if used > 0 && used + columns(word.trim_end()) > room {
            parts.push(start..end);
            (start, used) = (end, 0);
        }
        end += word.len();
        used += wide;
    }
    if end > start {
        parts.push(start..end);
    }
    parts
}

#[cfg(test)]
mod tests {
    use okr_core::text::Span;
    use okr_render::report::Regions;

    use super::*;

    #[test]
    fn lines_are_broken_and_marked_between_words() {
        let text = "## Objective: a\n\n### Key result: Better follow-up on late payers\n";
        let regions = Regions::new(text);
        let fixed = Span::new(33, 64);
        let replacement = Replacement {
            span: fixed,
            text: "Late payers, from 12% to 4%".to_owned(),
        };
        let found = Entry {
            rule: "no-number".to_owned(),
            level: Level::Error,
            axis: None,
            element: None,
            message: "key result names no number to reach".to_owned(),
            label: "no number".to_owned(),
            help: "state where it starts and where it ends".to_owned(),
            region: Some(regions.region(fixed)),
            fix: Some(FixEntry {
                title: "say it in numbers".to_owned(),
                applicability: okr_core::audit::Applicability::Unsafe,
                replacements: vec![(regions.region(fixed), replacement)],
            }),
            question: None,
            dismissed: None,
        };
        let expected = "\
error[no-number]: key result
  names no number to reach
 --> plan.md:3:17
| ### Key result: Better
|                 ^^^^^^
| follow-up on late payers
| ^^^^^^^^^^^^^^^^^^^^^^^^
| no number
help: state where it starts
  and where it ends
help: say it in numbers
 -  ### Key result: Better
    follow-up on late payers
 +  ### Key result: Late
    payers, from 12% to 4%";
        assert_eq!(entry(&found, "plan.md", text, 28).plain(), expected);
        for width in 0..90 {
            entry(&found, "plan.md", text, width);
        }
    }
}
