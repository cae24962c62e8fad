//! `[rules]`: how bad the findings of each rule are.

use okr_core::audit::{Level, RULES, Settings};
use okr_core::diagnostic::CODES;
use okr_core::fields::nearest;
use toml::Spanned;
use toml::de::DeValue;

use super::{Problem, expected, string, table};

/// Reads the section into the levels of an audit.
pub(super) fn read(value: &Spanned<DeValue<'_>>, audit: &mut Settings) -> Result<(), Problem> {
    for (key, value) in table(value)? {
        let name = rule_named(key.get_ref()).map_err(|help| {
            let message = format!("there is no rule `{}`", key.get_ref());
            Problem::new(key.span(), message, help)
        })?;
        let level = Level::parse(string(value)?)
            .ok_or_else(|| expected(value, "\"off\", \"info\", \"warning\" or \"error\""))?;
        audit.levels.insert(name, level);
    }
    Ok(())
}

/// Returns the rule of that name, or the code of a message about reading.
///
/// # Errors
///
/// There is none; the text says what to do about it.
pub(crate) fn rule_named(name: &str) -> Result<&'static str, String> {
    let names = || {
        let rules = RULES.iter().map(|rule| rule.id);
        rules.chain(CODES.iter().copied())
    };
    names()
        .find(|known| *known == name)
        .ok_or_else(|| match nearest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`okr explain` lists the rules".to_owned(),
        })
}
