//! The links that open a means, such as `by adding`, and a purpose, such as `in order to`.

use crate::statement::words::Words;

/// Returns the end of a link that opens a means, if one starts at a token.
pub(in crate::statement) fn means_link(words: &Words<'_, '_>, at: usize) -> Option<usize> {
    let next = |ahead: usize| words.word(at + ahead);
    let link = match (next(0), next(1), next(2), next(3)) {
        ("with", "the", "help" | "aid", "of") => 4,
        ("with", "help", "from", _) | ("by", "means" | "way" | "use", "of", _) => 3,
        ("thanks", "to", ..) => 2,
        ("through" | "via" | "using" | "leveraging" | "utilising" | "utilizing", ..) => 1,
        _ => 0,
    };
    if link > 0 {
        return Some(at + link);
    }
    if words.word(at) == "by" {
        // `by adding a second check`, `by regularly cleaning`.
        let next = at + 1 + usize::from(words.is_adverb(at + 1));
        let word = words.word(next);
        let is_gerund = word.len() > 4
            && word.ends_with("ing")
            && !matches!(
                word,
                "spring"
                    | "evening"
                    | "morning"
                    | "during"
                    | "string"
                    | "nothing"
                    | "something"
                    | "everything"
                    | "closing"
                    | "beginning"
            );
        return is_gerund.then_some(at + 1);
    }
    None
}

/// Returns the end of a link that opens a purpose, if one starts at a token.
pub(super) fn purpose_link(words: &Words<'_, '_>, at: usize, end: usize) -> Option<usize> {
    match (words.word(at), words.word(at + 1), words.word(at + 2)) {
        ("in", "order", "to") | ("so", "as", "to") => Some(at + 3),
        ("so" | "such", "that", _) => Some(at + 2),
        ("to", ..) if at + 2 < end => {
            let next = at + 1 + usize::from(words.is_adverb(at + 1));
            let verb = words
                .verb(next)
                .filter(|verb| verb.base == words.word(next))?;
            let is_article = matches!(
                verb.base,
                "average" | "no" | "top" | "post" | "market" | "lead" | "record"
            );
            // `time to publish`, `members to log in` say what is measured; whether that is so is for the
            // one who asks to decide.
            (!is_article).then_some(at + 1)
        }
        _ => None,
    }
}
