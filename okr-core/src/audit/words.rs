//! Words as rules compare them.

use std::borrow::Cow;

use crate::text::Span;

/// Returns the words of a text with their places, parted at whatever is neither letter nor digit.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let is_part = |c: char| c.is_alphanumeric();
    text.split(move |c| !is_part(c))
        .filter(|word| !word.is_empty())
        .map(move |word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            (Span::new(start, start + word.len()), word)
        })
}

/// Returns a word without upper case; most have none, and need no memory.
pub(super) fn lower(word: &str) -> Cow<'_, str> {
    let is_lower = |b: u8| b.is_ascii() && !b.is_ascii_uppercase();
    if word.bytes().all(is_lower) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// Returns a word without upper case and without the ending of the plural.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    match lower(word) {
        Cow::Borrowed(word) => singular(word),
        Cow::Owned(word) => Cow::Owned(singular(&word).into_owned()),
    }
}

/// Returns a word in lower case without the ending of the plural.
fn singular(word: &str) -> Cow<'_, str> {
    let is_plural = word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if !is_plural {
        return Cow::Borrowed(word);
    }
    let word = &word[..word.len() - 1];
    if let Some(rest) = word.strip_suffix("ie") {
        return Cow::Owned(format!("{rest}y"));
    }
    let has_e = ["sse", "xe", "che", "she"]
        .iter()
        .any(|end| word.ends_with(end));
    Cow::Borrowed(if has_e { &word[..word.len() - 1] } else { word })
}

/// Returns a text in small letters with one blank between its words, so that spellings compare.
pub(super) fn folded(text: &str) -> String {
    crate::text::one_line(text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_where_they_stand() {
        let text = "Größe: 90-day";
        let found: Vec<_> = words(text).collect();
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|(span, word)| span.of(text) == *word));
    }

    #[test]
    fn plurals_have_the_stem_of_their_singular() {
        for (one, many) in [
            ("invoice", "Invoices"),
            ("query", "queries"),
            ("process", "processes"),
            ("box", "boxes"),
            ("batch", "batches"),
            ("status", "status"),
        ] {
            assert_eq!(stem(one), stem(many));
        }
    }
}
