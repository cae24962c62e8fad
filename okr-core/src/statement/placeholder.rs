//! What stands in the place of a number that is not known yet: `X %`, `N`, `TBD`.

/// Letters that stand for a number where one is expected, as they are written.
const LETTERS: [&str; 10] = ["X", "XX", "XXX", "N", "NN", "Y", "YY", "x", "xx", "n"];

/// Words that say of themselves that a number is to come, in lower case.
const WORDS: [&str; 5] = ["tbd", "tbc", "tba", "xx", "xxx"];

/// Returns whether letters can stand for a number; the words around them decide.
pub(crate) fn can_stand_for_number(word: &str) -> bool {
    LETTERS.contains(&word)
}

/// Returns whether a word, in lower case, says of itself that a number is to come.
pub(crate) fn is_announced(word: &str) -> bool {
    WORDS.contains(&word)
}
