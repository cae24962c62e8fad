//! `[words]`: more words for the reader of statements.

use okr_core::statement::Lexicon;
use toml::Spanned;
use toml::de::DeValue;

use super::{Problem, expected, string, table};

/// Words by their class, such as `increase`, in the order of the file.
pub(super) type Words = Vec<(String, Vec<String>)>;

/// Reads the section.
pub(super) fn read(value: &Spanned<DeValue<'_>>) -> Result<Words, Problem> {
    let mut classes = Vec::new();
    for (class, value) in table(value)? {
        let list = value.get_ref().as_array();
        let list = list.ok_or_else(|| expected(value, "a list of words, such as [\"uplevel\"]"))?;
        let words: Result<Vec<String>, Problem> = list
            .iter()
            .map(|word| string(word).map(str::to_owned))
            .collect();
        classes.push((class.get_ref().to_string(), words?));
    }
    Ok(classes)
}

/// Returns the lexicon with these words in it.
///
/// This is the one place where they are handed over; it waits for the lexicon to take words, and to say
/// which classes there are.
pub(super) fn lexicon(_words: &Words) -> Lexicon {
    Lexicon::default()
}
