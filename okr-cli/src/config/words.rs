//! `[words]`: more words for the reader of statements.

use okr_core::fields::nearest;
use okr_core::statement::Lexicon;
use toml::Spanned;
use toml::de::DeValue;

use super::{Problem, expected, string, table};

/// Reads the section into a lexicon.
pub(super) fn read(value: &Spanned<DeValue<'_>>) -> Result<Lexicon, Problem> {
    let mut lexicon = Lexicon::default();
    for (class, value) in table(value)? {
        let name = &**class.get_ref();
        if !Lexicon::classes().any(|known| known == name) {
            let help = match nearest(name, Lexicon::classes()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "docs/statement-reader.md names the kinds of words".to_owned(),
            };
            let message = format!("`{name}` is no kind of words");
            return Err(Problem::new(class.span(), message, help));
        }
        let list = value.get_ref().as_array();
        let list = list.ok_or_else(|| expected(value, "a list of words, such as [\"uplevel\"]"))?;
        for word in list {
            lexicon.add(name, string(word)?);
        }
    }
    Ok(lexicon)
}
