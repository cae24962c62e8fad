//! A question that is answered with a line at the terminal.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anstyle::Style;
use rustyline::completion::Completer;
use rustyline::config::{Behavior, BellStyle, ColorMode};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::{Hint, Hinter};
use rustyline::history::MemHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{
    Cmd, ConditionalEventHandler, Config, Editor, Event, EventContext, EventHandler, Helper,
    KeyCode, KeyEvent, Modifiers, RepeatCount,
};

use super::{columns, style};

/// How long, in milliseconds, a key may take to arrive that is told from Esc by what comes after it.
const KEY: u16 = 50;

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
    /// Says what stands in the place of a line that was taken.
    pub(crate) taken: &'q dyn Fn(&str) -> String,
    pub(crate) has_colour: bool,
}

/// How a question ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// With this line.
    Line(String),
    /// With Esc.
    Back,
    /// With Ctrl-C, or with the end of what comes in.
    Stop,
}

/// Asks until there is nothing wrong with the line.
///
/// # Errors
///
/// There is no terminal to write to or to read from.
pub(crate) fn ask(question: &Question<'_>) -> io::Result<Answer> {
    let config = Config::builder()
        .behavior(Behavior::PreferTerm)
        .bell_style(BellStyle::None)
        // Without it, no end could be drawn; what has a colour is decided here.
        .color_mode(ColorMode::Forced)
        .keyseq_timeout(Some(KEY))
        .build();
    let answer = Arc::new(OnceLock::new());
    let mut editor = Editor::with_history(config, MemHistory::new()).map_err(io_error)?;
    let width = editor.dimensions().map(|(columns, _)| usize::from(columns));
    editor.set_helper(Some(Drawn::new(question, Arc::clone(&answer), width)));
    let keys = Keys::new(Arc::clone(&answer));
    editor.bind_sequence(Event::Any, EventHandler::Conditional(Box::new(keys)));
    let prompt = format!("? {} ", question.name);
    match editor.readline_with_initial(&prompt, (question.start, "")) {
        Ok(_) | Err(ReadlineError::Interrupted | ReadlineError::Eof) => {
            Ok(answer.get().cloned().unwrap_or(Answer::Stop))
        }
        Err(error) => Err(io_error(error)),
    }
}

fn io_error(error: ReadlineError) -> io::Error {
    match error {
        ReadlineError::Io(error) => error,
        error => io::Error::other(error),
    }
}

/// What the line does not do by itself: the keys that end a question without a line, and what is pasted.
struct Keys {
    /// How the question ends, once it does.
    answer: Arc<OnceLock<Answer>>,
    /// What has come of a text that is being pasted.
    pasted: Mutex<Option<String>>,
}

impl Keys {
    const fn new(answer: Arc<OnceLock<Answer>>) -> Self {
        Self {
            answer,
            pasted: Mutex::new(None),
        }
    }

    /// Returns what a key does to a line, or nothing where it does what it does in a shell.
    fn press(&self, KeyEvent(code, modifiers): KeyEvent, line: &str) -> Option<Cmd> {
        let is_ctrl = modifiers == Modifiers::CTRL;
        let mut pasted = self.pasted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = &mut *pasted {
            match code {
                KeyCode::BracketedPasteEnd => {
                    let text = one_line(text);
                    *pasted = None;
                    return Some(Cmd::Insert(1, text));
                }
                KeyCode::Enter => text.push('\n'),
                KeyCode::Char('J' | 'M') if is_ctrl => text.push('\n'),
                KeyCode::Tab => text.push(' '),
                KeyCode::Char('I') if is_ctrl => text.push(' '),
                KeyCode::Char(letter) if !modifiers.contains(Modifiers::CTRL) => {
                    text.push(letter);
                }
                // What would steer the terminal.
                _ => {}
            }
            return Some(Cmd::Noop);
        }
        match code {
            KeyCode::BracketedPasteStart => {
                *pasted = Some(String::new());
                Some(Cmd::Noop)
            }
            KeyCode::Esc => Some(self.end(Answer::Back)),
            KeyCode::Char('C') if is_ctrl => Some(self.end(Answer::Stop)),
            KeyCode::Char('D') if is_ctrl && line.is_empty() => Some(self.end(Answer::Stop)),
            // They would write what steers the terminal, or complete what nobody knows.
            KeyCode::Char('V' | 'Q' | 'I') if is_ctrl => Some(Cmd::Noop),
            KeyCode::Tab | KeyCode::BackTab => Some(Cmd::Noop),
            _ => None,
        }
    }

    fn end(&self, answer: Answer) -> Cmd {
        // Whatever ended the question first has ended it.
        let _ = self.answer.set(answer);
        Cmd::AcceptLine
    }
}

/// Returns the lines of a text as one, with a blank between them.
fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

impl ConditionalEventHandler for Keys {
    fn handle(&self, event: &Event, _: RepeatCount, _: bool, cx: &EventContext<'_>) -> Option<Cmd> {
        self.press(*event.get(0)?, cx.line())
    }
}

/// A question as it is to be seen.
struct Drawn<'q> {
    question: &'q Question<'q>,
    answer: Arc<OnceLock<Answer>>,
    /// The columns of the terminal, where they are known.
    width: Option<usize>,
    /// What was wrong with the line that was given last.
    wrong: RefCell<String>,
}

impl<'q> Drawn<'q> {
    const fn new(
        question: &'q Question<'q>,
        answer: Arc<OnceLock<Answer>>,
        width: Option<usize>,
    ) -> Self {
        Self {
            question,
            answer,
            width,
            wrong: RefCell::new(String::new()),
        }
    }

    /// Returns what stands below the line, from the end of its row on; nothing where there is nothing to say.
    ///
    /// The first line end has a blank before it, which is seen nowhere: behind a line that fills its row, rustyline
    /// counts a row more than the terminal moves on, and would clear a row too many above the question.
    fn below(&self) -> String {
        let wrong = self.wrong.borrow();
        let mut rows: Vec<String> = wrong
            .lines()
            .enumerate()
            .map(|(at, row)| {
                let mark = if at == 0 { "# " } else { "" };
                self.styled(style::ERROR, &format!("{mark}{row}"))
            })
            .collect();
        if !self.question.hint.is_empty() {
            let hint = format!("[{}]", self.question.hint);
            rows.extend(hint.lines().map(|row| self.styled(style::HELP, row)));
        }
        if rows.is_empty() {
            return String::new();
        }
        format!(" \n{}", rows.join("\n"))
    }

    /// Returns whether a line takes more than one row.
    fn has_rows(&self, line: &str) -> bool {
        let before = columns(self.question.name) + "? ".len() + " ".len();
        let width = self.width.unwrap_or(usize::MAX);
        before + columns(line) >= width
    }

    fn styled(&self, style: Style, words: &str) -> String {
        if self.question.has_colour {
            format!("{style}{words}{style:#}")
        } else {
            words.to_owned()
        }
    }
}

impl Helper for Drawn<'_> {}

impl Completer for Drawn<'_> {
    type Candidate = String;
}

/// Rows below a line, which no key takes into it.
struct Below(String);

impl Hint for Below {
    fn display(&self) -> &str {
        &self.0
    }

    fn completion(&self) -> Option<&str> {
        None
    }
}

impl Hinter for Drawn<'_> {
    type Hint = Below;

    fn hint(&self, _: &str, _: usize, _: &rustyline::Context<'_>) -> Option<Below> {
        Some(Below(self.below()))
    }
}

impl Highlighter for Drawn<'_> {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        let instead = match self.answer.get() {
            None | Some(Answer::Stop) => return Cow::Borrowed(line),
            Some(Answer::Line(line)) => (self.question.taken)(line),
            // Of a line of several rows all would be left blank but the first.
            Some(Answer::Back) if self.has_rows(line) => {
                return Cow::Owned(self.styled(style::DIM, line));
            }
            Some(Answer::Back) => self.question.given_up.to_owned(),
        };
        // The rows were counted by the line, and are to stay as many.
        let rest = columns(line).saturating_sub(columns(&instead));
        Cow::Owned(instead + &" ".repeat(rest))
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(
        &'s self,
        prompt: &'p str,
        is_own: bool,
    ) -> Cow<'b, str> {
        match prompt.strip_prefix('?') {
            Some(rest) if is_own => {
                let mark = if self.answer.get().is_some() {
                    ">"
                } else {
                    "?"
                };
                Cow::Owned(self.styled(style::GOOD, mark) + rest)
            }
            _ => Cow::Borrowed(prompt),
        }
    }
}

impl Validator for Drawn<'_> {
    fn validate(&self, cx: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        // Esc and Ctrl-C end a question whatever stands in its line.
        if self.answer.get().is_none() {
            let line = cx.input();
            match (self.question.check)(line) {
                Ok(()) => drop(self.answer.set(Answer::Line(line.to_owned()))),
                Err(message) => {
                    *self.wrong.borrow_mut() = message;
                    return Ok(ValidationResult::Invalid(Some(self.below())));
                }
            }
        }
        // With a message, be it empty, the end is drawn.
        Ok(ValidationResult::Valid(Some(String::new())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: Question<'static> = Question {
        name: "1.1:",
        start: "",
        hint: "Enter skips",
        given_up: "stop",
        check: &|_| Ok(()),
        taken: &|line| line.to_owned(),
        has_colour: false,
    };

    fn drawn() -> Drawn<'static> {
        Drawn::new(&QUESTION, Arc::default(), Some(20))
    }

    /// Returns how a question is drawn that ends so, with `line` in it.
    fn ended(line: &str, answer: Answer) -> String {
        let drawn = drawn();
        drawn.answer.set(answer).unwrap();
        let prompt = drawn.highlight_prompt("? 1.1: ", true).into_owned();
        prompt + &drawn.highlight(line, 0)
    }

    #[test]
    fn what_is_wrong_and_what_helps_stand_below() {
        let drawn = drawn();
        assert_eq!(drawn.below(), " \n[Enter skips]");
        *drawn.wrong.borrow_mut() = "no\n  not so".to_owned();
        assert_eq!(drawn.below(), " \n# no\n  not so\n[Enter skips]");
        assert_eq!(drawn.highlight_prompt("? 1.1: ", true), "? 1.1: ");
        assert_eq!(drawn.highlight("72", 0), "72");
    }

    #[test]
    fn the_end_takes_the_place_of_the_line() {
        let line = || Answer::Line("72".to_owned());
        assert_eq!(ended("72", line()), "> 1.1: 72");
        assert_eq!(ended("72", Answer::Stop), "> 1.1: 72");
        assert_eq!(ended("", Answer::Back), "> 1.1: stop");
        assert_eq!(ended("例例 72", Answer::Back), "> 1.1: stop   ");
        let (fits, rows) = ("72% y 6 bank", "72% y 6 banks");
        assert_eq!(ended(fits, Answer::Back), "> 1.1: stop        ");
        assert_eq!(ended(rows, Answer::Back), "> 1.1: 72% y 6 banks");
    }

    fn key(code: KeyCode) -> KeyEvent {
        KeyEvent(code, Modifiers::NONE)
    }

    #[test]
    fn keys_that_end_a_question() {
        let ends = |key: KeyEvent, line: &str| {
            let keys = Keys::new(Arc::default());
            let does = keys.press(key, line);
            (does, keys.answer.get().cloned())
        };
        let ended = |answer| (Some(Cmd::AcceptLine), Some(answer));
        assert_eq!(ends(key(KeyCode::Esc), "7"), ended(Answer::Back));
        assert_eq!(ends(KeyEvent::ctrl('C'), "7"), ended(Answer::Stop));
        assert_eq!(ends(KeyEvent::ctrl('D'), ""), ended(Answer::Stop));
        assert_eq!(ends(KeyEvent::ctrl('D'), "7"), (None, None));
        assert_eq!(ends(key(KeyCode::Enter), "7"), (None, None));
        assert_eq!(ends(KeyEvent::ctrl('V'), "7"), (Some(Cmd::Noop), None));
    }

    #[test]
    fn what_is_pasted_is_one_line() {
        let keys = Keys::new(Arc::default());
        let press = |code| keys.press(key(code), "a");
        assert_eq!(press(KeyCode::BracketedPasteStart), Some(Cmd::Noop));
        for letter in "\nb\r\nc\td\u{3}\u{1b}e\r\r".chars() {
            let key = KeyEvent::new(letter, Modifiers::NONE);
            assert_eq!(keys.press(key, "a"), Some(Cmd::Noop), "{letter:?}");
        }
        assert_eq!(keys.answer.get(), None);
        let pasted = Cmd::Insert(1, "b c de".to_owned());
        assert_eq!(press(KeyCode::BracketedPasteEnd), Some(pasted));
        // The keys are what they were again.
        assert_eq!(press(KeyCode::Char('x')), None);
        assert_eq!(press(KeyCode::Esc), Some(Cmd::AcceptLine));
    }
}
