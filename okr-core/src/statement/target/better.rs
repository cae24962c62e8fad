//! Whether less is better of what words name.

use crate::statement::lexicon::Class;
use crate::statement::words::Words;

/// Returns whether the words name a measure of which less is better.
///
/// The head of the phrase decides: `response quality` and `trust in complaints` are better higher,
/// `number of complaints` is better lower.
pub(in crate::statement) fn is_lower_better(
    words: &Words<'_, '_>,
    first: usize,
    end: usize,
) -> bool {
    let mut from = first;
    let end = end.min(words.tokens.len());
    loop {
        let stop = (from..end)
            .find(|at| {
                words.is_taken[*at]
                    || matches!(
                        words.word(*at),
                        "of" | "in"
                            | "for"
                            | "on"
                            | "to"
                            | "with"
                            | "among"
                            | "across"
                            | "at"
                            | "from"
                            | "by"
                            | "through"
                            | "between"
                            | "during"
                            | "per"
                            | "within"
                    )
            })
            .unwrap_or(end);
        let phrase = || from..stop;
        let head = phrase().rev().find(|at| words.tokens[*at].is_word());
        if head.is_some_and(|at| words.is(Class::HigherIsBetter, at)) {
            return false;
        }
        if phrase().any(|at| lower_is_better(words, at)) {
            return true;
        }
        // `number of …`, `share of …` say nothing by themselves.
        let counts =
            head.is_none_or(|at| words.is(Class::Quantity, at)) && !words.word(stop).is_empty();
        if !counts || stop + 1 >= end {
            return false;
        }
        from = stop + 1;
    }
}

fn lower_is_better(words: &Words<'_, '_>, at: usize) -> bool {
    let token = &words.tokens[at];
    if !token.is_word() || words.is_taken[at] {
        return false;
    }
    words.lexicon.is(Class::LowerIsBetter, &token.lower)
        || token.lower.split('-').any(|part| {
            part.len() > 3
                && words.lexicon.is(Class::LowerIsBetter, part)
                && !matches!(part, "time" | "response" | "cycle")
        })
}
