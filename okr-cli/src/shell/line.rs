//! A line that is being written: its words, its cursor, and what each key does to them.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_width::UnicodeWidthChar;

/// A line that is being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    letters: Vec<char>,
    /// How many letters stand before the cursor.
    cursor: usize,
}

/// What a key asks for beyond the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// Nothing: the line may have changed.
    Nothing,
    /// To take the line.
    Take,
    /// To go back.
    Back,
    /// To stop.
    Stop,
}

impl Written {
    /// Returns a line that begins with words, with the cursor behind them.
    pub(super) fn new(words: &str) -> Self {
        let letters: Vec<char> = words.chars().collect();
        let cursor = letters.len();
        Self { letters, cursor }
    }

    /// Returns the words.
    pub(super) fn words(&self) -> String {
        self.letters.iter().collect()
    }

    /// Returns the letters, and how many of them stand before the cursor.
    pub(super) fn letters(&self) -> (&[char], usize) {
        (&self.letters, self.cursor)
    }

    /// Does what a key says, as the lines of a shell do it: with Ctrl, A and E go to the ends, B and F a letter, H and
    /// D take one away, U and K all before or behind the cursor, W a word; with Alt, B, F, D and Backspace go by words.
    pub(super) fn press(&mut self, key: KeyEvent) -> Asks {
        let is_ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let is_alt = key.modifiers.contains(KeyModifiers::ALT);
        match (key.code, is_ctrl, is_alt) {
            (KeyCode::Enter, ..) | (KeyCode::Char('j' | 'm'), true, false) => return Asks::Take,
            (KeyCode::Esc, ..) => return Asks::Back,
            (KeyCode::Char('c'), true, false) => return Asks::Stop,
            (KeyCode::Char('d'), true, false) if self.letters.is_empty() => return Asks::Stop,
            (KeyCode::Home, ..) | (KeyCode::Char('a'), true, false) => self.cursor = 0,
            (KeyCode::End, ..) | (KeyCode::Char('e'), true, false) => {
                self.cursor = self.letters.len();
            }
            (KeyCode::Left, true, _)
            | (KeyCode::Left, _, true)
            | (KeyCode::Char('b'), false, true) => {
                self.cursor = self.word_before();
            }
            (KeyCode::Right, true, _)
            | (KeyCode::Right, _, true)
            | (KeyCode::Char('f'), false, true) => self.cursor = self.word_behind(),
            (KeyCode::Left, ..) | (KeyCode::Char('b'), true, false) => self.cursor = self.before(),
            (KeyCode::Right, ..) | (KeyCode::Char('f'), true, false) => self.cursor = self.behind(),
            (KeyCode::Char('u'), true, false) => self.cut(0, self.cursor),
            (KeyCode::Char('k'), true, false) => self.cut(self.cursor, self.letters.len()),
            (KeyCode::Char('w'), true, false)
            | (KeyCode::Backspace, true, _)
            | (KeyCode::Backspace, _, true) => self.cut(self.word_before(), self.cursor),
            (KeyCode::Delete, true, _) | (KeyCode::Char('d'), false, true) => {
                self.cut(self.cursor, self.word_behind());
            }
            (KeyCode::Backspace, ..) | (KeyCode::Char('h'), true, false) => {
                self.cut(self.before(), self.cursor);
            }
            (KeyCode::Delete, ..) | (KeyCode::Char('d'), true, false) => {
                self.cut(self.cursor, self.behind());
            }
            // Both together are the third level of a keyboard, as for `@` and `€` on many.
            (KeyCode::Char(letter), false, false) | (KeyCode::Char(letter), true, true) => {
                self.insert(&letter.to_string());
            }
            _ => {}
        }
        Asks::Nothing
    }

    /// Adds words at the cursor; what would end the line, or steer the terminal, becomes a blank.
    pub(super) fn insert(&mut self, words: &str) {
        let words = words.replace("\r\n", " ");
        let letters = words.trim_end_matches(['\r', '\n']).chars();
        let letters = letters.map(|c| if c.is_control() { ' ' } else { c });
        let before = self.letters.len();
        self.letters.splice(self.cursor..self.cursor, letters);
        self.cursor += self.letters.len() - before;
    }

    fn cut(&mut self, start: usize, end: usize) {
        self.letters.drain(start..end);
        self.cursor = start;
    }

    /// The place of the letter before the cursor; accents that stand on it go with it.
    fn before(&self) -> usize {
        let mut at = self.cursor;
        while at > 0 {
            at -= 1;
            if !stands_on_another(self.letters[at]) {
                break;
            }
        }
        at
    }

    fn behind(&self) -> usize {
        let rest = &self.letters[self.cursor..];
        let accents = rest.iter().skip(1).take_while(|c| stands_on_another(**c));
        self.cursor + rest.len().min(1) + accents.count()
    }

    fn word_before(&self) -> usize {
        let before = &self.letters[..self.cursor];
        let is_blank = |c: &&char| c.is_whitespace();
        let blanks = before.iter().rev().take_while(is_blank).count();
        let word = before.iter().rev().skip(blanks);
        self.cursor - blanks - word.take_while(|c| !is_blank(c)).count()
    }

    fn word_behind(&self) -> usize {
        let rest = &self.letters[self.cursor..];
        let is_blank = |c: &&char| c.is_whitespace();
        let blanks = rest.iter().take_while(is_blank).count();
        let word = rest.iter().skip(blanks);
        self.cursor + blanks + word.take_while(|c| !is_blank(c)).count()
    }
}

fn stands_on_another(letter: char) -> bool {
    letter.width() == Some(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(name: &str) -> KeyEvent {
        let (modifiers, name) = match name.split_once('-') {
            Some(("C", name)) => (KeyModifiers::CONTROL, name),
            Some(("M", name)) => (KeyModifiers::ALT, name),
            _ => (KeyModifiers::NONE, name),
        };
        let code = match name {
            "Left" => KeyCode::Left,
            "Right" => KeyCode::Right,
            "Home" => KeyCode::Home,
            "End" => KeyCode::End,
            "BSpace" => KeyCode::Backspace,
            "Delete" => KeyCode::Delete,
            "Enter" => KeyCode::Enter,
            "Esc" => KeyCode::Esc,
            letter => KeyCode::Char(letter.chars().next().unwrap()),
        };
        KeyEvent::new(code, modifiers)
    }

    /// Checks what becomes of a line by keys that are parted by blanks; the cursor is shown as `|`.
    #[track_caller]
    fn check(start: &str, keys: &str, expected: &str) {
        let mut line = Written::new(start);
        for name in keys.split(' ') {
            assert_eq!(line.press(key(name)), Asks::Nothing, "{name}");
        }
        let (letters, cursor) = line.letters();
        let (before, behind) = letters.split_at(cursor);
        let shown: String = before.iter().chain(&['|']).chain(behind).collect();
        assert_eq!(shown, expected, "{start} {keys}");
    }

    #[test]
    fn keys_of_a_shell_take_away() {
        check("72 days late", "C-u", "|");
        check("72 days late", "C-w", "72 days |");
        check("72 days ", "C-w", "72 |");
        check("72 days late", "Home C-k", "|");
        check("72 days late", "M-b C-u", "|late");
        check("72 days", "Home M-d", "| days");
        check("72 days", "BSpace C-h Left Delete", "72 d|");
        check("72 days", "M-BSpace 9", "72 9|");
        check("e\u{301}x", "Left C-h", "|x");
    }

    #[test]
    fn keys_move_and_write() {
        check("72%", "Home 1 End y", "172%y|");
        check("72 y 6", "C-Left C-Left =", "72 =|y 6");
        check("72 y", "C-a C-f C-f C-Right", "72 y|");
        check("", "C-u C-w C-k BSpace Delete Left Right M-f C-b", "|");
        check("72", "C-t C-x M-z", "72|");
    }

    #[test]
    fn keys_that_end_a_line() {
        let asks = |name: &str| Written::new("7").press(key(name));
        assert_eq!(asks("Enter"), Asks::Take);
        assert_eq!(asks("C-j"), Asks::Take);
        assert_eq!(asks("Esc"), Asks::Back);
        assert_eq!(asks("C-c"), Asks::Stop);
        assert_eq!(asks("C-d"), Asks::Nothing);
        assert_eq!(Written::new("").press(key("C-d")), Asks::Stop);
    }

    #[test]
    fn what_is_pasted_is_one_line() {
        let mut line = Written::new("a");
        line.insert("b\r\nc\x1bd\n");
        assert_eq!(line.words(), "ab c d");
    }

    proptest! {
        #[test]
        fn the_cursor_stays_in_the_line(
            start in "\\PC{0,12}",
            keys in prop::collection::vec(
                prop::sample::select(vec![
                    "C-u", "C-w", "C-k", "C-a", "C-e", "C-b", "C-f", "C-h", "C-d", "M-b", "M-f", "M-d",
                    "Left", "Right", "C-Left", "C-Right", "BSpace", "Delete", "x", "ö",
                ]),
                0..40,
            ),
        ) {
            let mut line = Written::new(&start);
            for name in keys {
                line.press(key(name));
                let (letters, cursor) = line.letters();
                prop_assert!(cursor <= letters.len());
            }
        }
    }
}
