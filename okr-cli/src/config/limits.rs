//! `[limits]`: the numbers that rules compare with.

use okr_core::audit::Limits;
use okr_core::fields::nearest;
use toml::Spanned;
use toml::de::DeValue;

use super::{Problem, expected, table};

/// A number: its key, and where it is kept.
type Entry = (&'static str, fn(&mut Limits) -> &mut usize);

/// The numbers, by their key.
pub(super) const LIMITS: &[Entry] = &[
    ("key-results", |limits| &mut limits.key_results),
    ("key-results-at-all", |limits| {
        &mut limits.key_results_at_all
    }),
    ("key-results-of-owner", |limits| {
        &mut limits.key_results_of_owner
    }),
    ("objective-words", |limits| &mut limits.objective_words),
    ("objectives", |limits| &mut limits.objectives),
    ("objectives-at-all", |limits| &mut limits.objectives_at_all),
];

/// Reads the section.
pub(super) fn read(value: &Spanned<DeValue<'_>>, limits: &mut Limits) -> Result<(), Problem> {
    for (key, value) in table(value)? {
        let name = key.get_ref();
        let Some((_, slot)) = LIMITS.iter().find(|(known, _)| *known == &**name) else {
            let keys = || LIMITS.iter().map(|(key, _)| *key);
            let help = match nearest(name, keys()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known limits are {}", keys().collect::<Vec<_>>().join(", ")),
            };
            return Err(Problem::new(
                key.span(),
                format!("limit `{name}` is not known"),
                help,
            ));
        };
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        *slot(limits) = number.ok_or_else(|| expected(value, "a whole number, such as 4"))?;
    }
    Ok(())
}
