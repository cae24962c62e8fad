//! Changes to a text.

use super::Span;

/// One piece of a [`TextEdit`]: the bytes of `span` give way to `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What goes, in the original text; empty for an insertion.
    pub span: Span,
    /// What comes in its place; empty for a deletion.
    pub text: String,
}

/// A change to a text: replacements that are sorted, disjoint, and speak of the original text.
///
/// Bytes outside the replaced spans never change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextEdit {
    replacements: Vec<Replacement>,
}

impl TextEdit {
    /// Returns an edit that changes nothing.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Returns the edit that puts `text` in place of `span`.
    #[must_use]
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        let mut edit = Self::none();
        edit.push(span, text);
        edit
    }

    /// Returns the edit that puts `text` before the byte at `offset`.
    #[must_use]
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::empty(offset), text)
    }

    /// Adds a replacement.
    ///
    /// Insertions at one offset keep the order in which they were added.
    ///
    /// Returns `false`, and changes nothing, when `span` overlaps a replacement that is there already.
    pub fn push(&mut self, span: Span, text: impl Into<String>) -> bool {
        let at = self.replacements.partition_point(|other| {
            (other.span.start(), other.span.end()) <= (span.start(), span.end())
        });
        let overlaps_before = at > 0 && self.replacements[at - 1].span.end() > span.start();
        let overlaps_after = self
            .replacements
            .get(at)
            .is_some_and(|next| next.span.start() < span.end());
        if overlaps_before || overlaps_after {
            return false;
        }
        self.replacements.insert(
            at,
            Replacement {
                span,
                text: text.into(),
            },
        );
        true
    }

    /// Adds all replacements of `other`, as [`TextEdit::push`] does.
    ///
    /// Returns `false` when at least one of them overlapped and was left out.
    pub fn merge(&mut self, other: Self) -> bool {
        let mut all = true;
        for replacement in other.replacements {
            all &= self.push(replacement.span, replacement.text);
        }
        all
    }

    /// Returns the replacements in the order of the text.
    #[must_use]
    pub fn replacements(&self) -> &[Replacement] {
        &self.replacements
    }

    /// Returns whether applying the edit changes no byte of any text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.replacements.is_empty()
    }

    /// Returns `text` with the edit applied; `text` must be the text that the edit was made for.
    ///
    /// Replacements that do not fit into `text` are left out.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let added: usize = self.replacements.iter().map(|one| one.text.len()).sum();
        let mut out = String::with_capacity(text.len() + added);
        let mut done = 0;
        for Replacement { span, text: new } in &self.replacements {
            let Some(kept) = text.get(done..span.start()) else {
                continue;
            };
            if !text.is_char_boundary(span.end()) {
                continue;
            }
            out.push_str(kept);
            out.push_str(new);
            done = span.end();
        }
        out.push_str(&text[done..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacements_speak_of_the_original_text() {
        let mut edit = TextEdit::replace(Span::new(4, 7), "two");
        assert!(edit.push(Span::new(0, 3), "the first"));
        assert!(edit.push(Span::empty(7), "!"));
        assert_eq!(edit.apply("one 222 three"), "the first two! three");
    }

    #[test]
    fn overlapping_replacements_are_refused() {
        let mut edit = TextEdit::replace(Span::new(2, 6), "x");
        assert!(!edit.push(Span::new(5, 8), "y"));
        assert!(!edit.push(Span::new(0, 3), "y"));
        assert!(!edit.push(Span::new(3, 4), "y"));
        assert_eq!(edit.apply("0123456789"), "01x6789");
    }

    #[test]
    fn a_replacement_outside_the_text_is_left_out() {
        assert_eq!(TextEdit::insert(10, "x").apply("abc"), "abc");
        assert_eq!(TextEdit::replace(Span::new(1, 2), "x").apply("äb"), "äb");
    }
}
