//! The words of a bound, before a number and behind it: `at least 5`, `5 or more`.

use super::Bound;
use crate::statement::value::Value;
use crate::statement::words::Words;

/// A bound with the place of its words, as positions of tokens.
pub(super) type BoundAt = (Bound, Option<(usize, usize)>);

/// Phrases of a bound, by their last word, the longer first.
const BOUNDS: &[(&[&str], Bound)] = &[
    (&["max", "."], Bound::Upper),
    (&["min", "."], Bound::Lower),
    (&["<"], Bound::Upper),
    (&["<="], Bound::Upper),
    (&[">"], Bound::Lower),
    (&[">="], Bound::Lower),
    (&["at", "or", "above"], Bound::Lower),
    (&["never", "above"], Bound::Upper),
    (&["not", "above"], Bound::Upper),
    (&["above"], Bound::Lower),
    (&["at", "or", "below"], Bound::Upper),
    (&["never", "below"], Bound::Lower),
    (&["not", "below"], Bound::Lower),
    (&["below"], Bound::Upper),
    (&["beneath"], Bound::Upper),
    (&["never", "exceed"], Bound::Upper),
    (&["not", "exceed"], Bound::Upper),
    (&["exceed"], Bound::Lower),
    (&["not", "exceeding"], Bound::Upper),
    (&["exceeding"], Bound::Lower),
    (&["exceeds"], Bound::Lower),
    (&["höchstens"], Bound::Upper),
    (&["inside"], Bound::Upper),
    (&["at", "least"], Bound::Lower),
    (&["max"], Bound::Upper),
    (&["maximal"], Bound::Upper),
    (&["maximum"], Bound::Upper),
    (&["mindestens"], Bound::Lower),
    (&["minimum"], Bound::Lower),
    (&["at", "most"], Bound::Upper),
    (&["a", "max", "of"], Bound::Upper),
    (&["a", "maximum", "of"], Bound::Upper),
    (&["a", "minimum", "of"], Bound::Lower),
    (&["maximum", "of"], Bound::Upper),
    (&["minimum", "of"], Bound::Lower),
    (&["upward", "of"], Bound::Lower),
    (&["upwards", "of"], Bound::Lower),
    (&["not", "over"], Bound::Upper),
    (&["over"], Bound::Lower),
    (&["surpass"], Bound::Lower),
    (&["surpasses"], Bound::Lower),
    (&["surpassing"], Bound::Lower),
    (&["never", "more", "than"], Bound::Upper),
    (&["no", "fewer", "than"], Bound::Lower),
    (&["no", "greater", "than"], Bound::Upper),
    (&["no", "higher", "than"], Bound::Upper),
    (&["no", "less", "than"], Bound::Lower),
    (&["no", "longer", "than"], Bound::Upper),
    (&["no", "lower", "than"], Bound::Lower),
    (&["no", "more", "than"], Bound::Upper),
    (&["not", "fewer", "than"], Bound::Lower),
    (&["not", "higher", "than"], Bound::Upper),
    (&["not", "less", "than"], Bound::Lower),
    (&["not", "longer", "than"], Bound::Upper),
    (&["not", "lower", "than"], Bound::Lower),
    (&["not", "more", "than"], Bound::Upper),
    (&["better", "than"], Bound::Lower),
    (&["faster", "than"], Bound::Upper),
    (&["fewer", "than"], Bound::Upper),
    (&["greater", "than"], Bound::Lower),
    (&["higher", "than"], Bound::Lower),
    (&["less", "than"], Bound::Upper),
    (&["lower", "than"], Bound::Upper),
    (&["more", "than"], Bound::Lower),
    (&["shorter", "than"], Bound::Upper),
    (&["at", "or", "under"], Bound::Upper),
    (&["under"], Bound::Upper),
    (&["unter"], Bound::Upper),
    (&["über"], Bound::Lower),
    (&["≤"], Bound::Upper),
    (&["≥"], Bound::Lower),
];

/// Returns where a bound begins that ends at a token.
pub(super) fn bound_before(
    words: &Words<'_, '_>,
    end: usize,
    first: usize,
) -> Option<(usize, Bound)> {
    let last = words.word(end.checked_sub(1).filter(|last| *last >= first)?);
    let from = BOUNDS.partition_point(|(phrase, _)| phrase.last().is_some_and(|word| *word < last));
    let same_last = BOUNDS[from..]
        .iter()
        .take_while(|(phrase, _)| phrase.last() == Some(&last));
    let (mut from, bound) = same_last.into_iter().find_map(|(phrase, bound)| {
        let from = end
            .checked_sub(phrase.len())
            .filter(|from| *from >= first)?;
        let mut phrase_words = phrase.iter().enumerate();
        let same = phrase_words.all(|(ahead, word)| words.word(from + ahead) == *word);
        (same && !words.is_taken[from]).then_some((from, *bound))
    })?;
    // `a minimum`, `the maximum`.
    if from > first
        && matches!(words.word(from), "minimum" | "maximum" | "max")
        && matches!(words.word(from - 1), "a" | "the")
    {
        from -= 1;
    }
    // `over the last 18 months` is no bound.
    Some((from, bound))
}

/// Reads `+`, `or more` and `6 callers or fewer` behind a value; returns where the rest begins.
pub(super) fn tail(words: &Words<'_, '_>, value: &Value, bound: &mut Option<BoundAt>) -> usize {
    let after = value.end;
    if words.word(after) == "+" && words.tokens[after].is_glued {
        *bound = Some((Bound::Lower, Some((after, after + 1))));
        return after + 1;
    }
    let ends = |at: usize| words.tokens.get(at).is_none_or(|token| token.is_stop());
    if words.word(after) == "plus" && ends(after + 1) {
        *bound = Some((Bound::Lower, bound.and_then(|(_, at)| at)));
        return after + 1;
    }
    for at in after..=after + 3 {
        if words.word(at) == "or" {
            let Some(found) = tail_bound(words.word(at + 1)) else {
                break;
            };
            *bound = Some((found, Some((at, at + 2))));
            return if at == after { at + 2 } else { after };
        }
        if !words.can_be_noun(at) {
            break;
        }
    }
    after
}

/// Words behind `or` that put a bound on the number before it.
fn tail_bound(word: &str) -> Option<Bound> {
    Some(match word {
        "more" | "higher" | "better" | "above" | "over" | "greater" | "longer" | "up" => {
            Bound::Lower
        }
        "less" | "fewer" | "lower" | "below" | "under" | "faster" | "shorter" | "sooner"
        | "cheaper" | "quicker" => Bound::Upper,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_stand_in_the_order_of_their_last_words() {
        let key = |(phrase, _): &(&[&'static str], Bound)| {
            (phrase.last().copied(), std::cmp::Reverse(phrase.len()))
        };
        assert!(BOUNDS.is_sorted_by_key(key));
    }
}
