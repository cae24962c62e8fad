//! Anchors of headings, as code hosts compute them.

use std::collections::HashMap;

/// The anchors of the headings of one document, asked for in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    /// How many headings had these words before.
    taken: HashMap<String, usize>,
}

impl Anchors {
    /// Returns the anchor of the next heading: that of its words, and for the second heading of the same
    /// words with `-1` behind it, for the third with `-2`.
    ///
    /// ```
    /// use okr_core::text::Anchors;
    ///
    /// let mut anchors = Anchors::default();
    /// assert_eq!(anchors.next("Key result 1.1: Reply within a day"), "key-result-11-reply-within-a-day");
    /// assert_eq!(anchors.next("Ideas"), "ideas");
    /// assert_eq!(anchors.next("Ideas"), "ideas-1");
    /// ```
    #[must_use]
    pub fn next(&mut self, words: &str) -> String {
        let anchor = anchor(words);
        let before = self.taken.entry(anchor.clone()).or_insert(0);
        let numbered = match *before {
            0 => anchor,
            before => format!("{anchor}-{before}"),
        };
        *before += 1;
        numbered
    }
}

/// Returns the anchor of a heading of these words, given without formatting, where no other has the same:
/// in lower case, without punctuation but hyphens and underscores, with hyphens for blanks.
#[must_use]
pub fn anchor(words: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    words
        .trim()
        .to_lowercase()
        .chars()
        .filter(kept)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_goes_and_letters_of_any_script_stay() {
        assert_eq!(
            anchor(" Get paid: 25% sooner_or-later! "),
            "get-paid-25-sooner_or-later"
        );
        assert_eq!(anchor("Zoë's Büro 東京"), "zoës-büro-東京");
        assert_eq!(anchor("…"), "");
    }
}
