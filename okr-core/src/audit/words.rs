//! Words as rules compare them.

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

/// Returns a word without upper case and without the ending of the plural.
pub(super) fn stem(word: &str) -> String {
    let mut word = word.to_lowercase();
    let is_plural = word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if !is_plural {
        return word;
    }
    word.pop();
    if let Some(rest) = word.strip_suffix("ie") {
        return format!("{rest}y");
    }
    if ["sse", "xe", "che", "she"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        word.pop();
    }
    word
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
