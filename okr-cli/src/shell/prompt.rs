//! A question that is answered with a line at the terminal.

use std::io::{self, Write as _};

use anstyle::Style;
use crossterm::cursor::{MoveToColumn, MoveUp};
use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyEventKind};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{self, Clear, ClearType};
use unicode_width::UnicodeWidthChar;

use super::line::{Asks, Written};
use super::style;

/// A question that is answered with a line.
pub(crate) struct Question<'q> {
    /// What is asked, in a word or two.
    pub(crate) name: &'q str,
    /// What stands in the line at first.
    pub(crate) start: &'q str,
    /// What stands below the line, or nothing.
    pub(crate) hint: &'q str,
    /// What stands in the place of the line when none is given.
    pub(crate) given_up: &'q str,
    /// Says what is wrong with a line, in lines of its own.
    pub(crate) check: &'q dyn Fn(&str) -> Result<(), String>,
    pub(crate) has_colour: bool,
}

/// How a question ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// With this line.
    Line(String),
    /// With Esc.
    Back,
    /// With Ctrl-C.
    Stop,
}

/// Asks until there is nothing wrong with the line.
///
/// # Errors
///
/// There is no terminal to write to or to read from.
pub(crate) fn ask(question: &Question<'_>) -> io::Result<Answer> {
    let _raw = Raw::begin()?;
    let mut line = Written::new(question.start);
    let mut wrong = String::new();
    let mut drawn = Drawn::default();
    loop {
        drawn = drawn.replaced(&question.rows(&line, &wrong, width()))?;
        let asks = match event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => line.press(key),
            Event::Paste(words) => {
                line.insert(&words);
                Asks::Nothing
            }
            _ => Asks::Nothing,
        };
        let (last, answer) = match asks {
            Asks::Nothing => continue,
            Asks::Take => match (question.check)(&line.words()) {
                Ok(()) => (line.words(), Answer::Line(line.words())),
                Err(message) => {
                    wrong = message;
                    continue;
                }
            },
            Asks::Back => (question.given_up.to_owned(), Answer::Back),
            Asks::Stop => (line.words(), Answer::Stop),
        };
        drawn.replaced(&question.ended(&last, width()))?.left()?;
        return Ok(answer);
    }
}

/// Returns the columns that a row may have; the last one stays free, as terminals differ in what follows it.
fn width() -> usize {
    let columns = terminal::size().map_or(80, |(columns, _)| usize::from(columns));
    columns.saturating_sub(1).max(10)
}

/// The rows of a question, as they are to be seen.
struct Rows {
    rows: Vec<String>,
    /// The row and the column of the cursor, from 0.
    cursor: (usize, usize),
}

impl Question<'_> {
    fn styled(&self, style: Style, words: &str) -> String {
        if self.has_colour && !words.is_empty() {
            format!("{style}{words}{style:#}")
        } else {
            words.to_owned()
        }
    }

    fn rows(&self, line: &Written, wrong: &str, width: usize) -> Rows {
        let mut rows: Vec<String> = wrong
            .lines()
            .enumerate()
            .map(|(at, row)| {
                let mark = if at == 0 { "# " } else { "" };
                self.styled(style::ERROR, &format!("{mark}{row}"))
            })
            .collect();
        let above = rows.len();
        let (letters, before) = line.letters();
        let head = format!("? {} ", self.name);
        let cells = head.chars().chain(letters.iter().copied());
        let cursor = head.chars().count() + before;
        let (written, (row, column)) = wrapped(cells, cursor, width);
        rows.extend(written);
        if let Some(first) = rows.get_mut(above)
            && let Some(rest) = first.strip_prefix('?')
        {
            *first = format!("{}{rest}", self.styled(style::GOOD, "?"));
        }
        if !self.hint.is_empty() {
            let hint = format!("[{}]", self.hint);
            rows.push(self.styled(style::HELP, &hint));
        }
        Rows {
            rows,
            cursor: (above + row, column),
        }
    }

    fn ended(&self, words: &str, width: usize) -> Rows {
        let line = format!("> {} {words}", self.name);
        let count = line.chars().count();
        let (rows, cursor) = wrapped(line.chars(), count, width);
        Rows { rows, cursor }
    }
}

/// Breaks letters into rows of so many columns, and tells in which row and column stands the letter number `cursor`, or
/// what comes behind the last one.
fn wrapped(
    letters: impl Iterator<Item = char>,
    cursor: usize,
    width: usize,
) -> (Vec<String>, (usize, usize)) {
    let mut rows = vec![String::new()];
    let mut column = 0;
    let mut place = None;
    for (at, letter) in letters.enumerate() {
        let columns = letter.width().unwrap_or(0);
        if column + columns > width {
            rows.push(String::new());
            column = 0;
        }
        if at == cursor {
            place = Some((rows.len() - 1, column));
        }
        if let Some(row) = rows.last_mut() {
            row.push(letter);
        }
        column += columns;
    }
    let end = (rows.len() - 1, column);
    (rows, place.unwrap_or(end))
}

/// What stands on the terminal of a question.
#[derive(Default)]
struct Drawn {
    /// How many rows stand above that of the cursor, and how many below.
    above: usize,
    below: usize,
}

impl Drawn {
    /// Draws other rows in the place of those that stand there.
    fn replaced(self, rows: &Rows) -> io::Result<Self> {
        let mut out = io::stderr().lock();
        queue!(out, MoveToColumn(0))?;
        up(&mut out, self.above)?;
        queue!(
            out,
            Clear(ClearType::FromCursorDown),
            Print(rows.rows.join("\r\n"))
        )?;
        let (row, column) = rows.cursor;
        let below = rows.rows.len() - 1 - row;
        up(&mut out, below)?;
        queue!(out, MoveToColumn(u16::try_from(column).unwrap_or(u16::MAX)))?;
        out.flush()?;
        Ok(Self { above: row, below })
    }

    /// Leaves the rows where they stand, and goes on below.
    fn left(self) -> io::Result<()> {
        let mut out = io::stderr().lock();
        queue!(out, Print("\r\n".repeat(self.below + 1)))?;
        out.flush()
    }
}

fn up(out: &mut impl io::Write, rows: usize) -> io::Result<()> {
    // No rows would be read as one.
    match u16::try_from(rows) {
        Ok(0) | Err(_) => Ok(()),
        Ok(rows) => queue!(out, MoveUp(rows)),
    }
}

/// A terminal that passes each key on as it comes, for as long as the value lives.
struct Raw;

impl Raw {
    fn begin() -> io::Result<Self> {
        terminal::enable_raw_mode()?;
        let raw = Self;
        crossterm::execute!(io::stderr(), EnableBracketedPaste)?;
        Ok(raw)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // Nobody is left to be told.
        let _ = crossterm::execute!(io::stderr(), DisableBracketedPaste);
        let _ = terminal::disable_raw_mode();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, cursor: usize, expected: &[&str], place: (usize, usize)) {
        let found = wrapped(words.chars(), cursor, 4);
        assert_eq!(
            (found.0, found.1),
            (expected.iter().map(ToString::to_string).collect(), place)
        );
    }

    #[test]
    fn a_long_line_has_several_rows() {
        check("abcdef", 6, &["abcd", "ef"], (1, 2));
        check("abcdef", 4, &["abcd", "ef"], (1, 0));
        check("abcd", 4, &["abcd"], (0, 4));
        check("a例例", 2, &["a例", "例"], (1, 0));
        check("", 0, &[""], (0, 0));
    }

    #[test]
    fn what_is_wrong_stands_above_and_what_helps_below() {
        let question = Question {
            name: "1.1:",
            start: "",
            hint: "Enter skips",
            given_up: "stop",
            check: &|_| Ok(()),
            has_colour: false,
        };
        let rows = question.rows(&Written::new("72"), "no\n  not so", 40);
        assert_eq!(
            rows.rows,
            ["# no", "  not so", "? 1.1: 72", "[Enter skips]"]
        );
        assert_eq!(rows.cursor, (2, 9));
        assert_eq!(question.ended("72", 40).rows, ["> 1.1: 72"]);
    }
}
