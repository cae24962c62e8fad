//! `[limits]`: the numbers that rules compare with.

use okr_core::audit::Limits;
use okr_core::fields::nearest;
use toml::Spanned;
use toml::de::DeValue;

use super::{Problem, expected, table};

/// A number: its key, and where it is kept.
type Entry = (&'static str, Slot);

/// Where a number is kept.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    /// A number of things.
    Count(fn(&mut Limits) -> &mut usize),
    /// A number of points or of percent, up to 100.
    Part(fn(&mut Limits) -> &mut u8),
}

/// The numbers, by their key.
pub(super) const LIMITS: &[Entry] = &[
    (
        "behind-percent",
        Slot::Part(|limits| &mut limits.behind_percent),
    ),
    (
        "confidence-drop",
        Slot::Part(|limits| &mut limits.confidence_drop),
    ),
    (
        "early-percent",
        Slot::Part(|limits| &mut limits.early_percent),
    ),
    (
        "equal-values",
        Slot::Count(|limits| &mut limits.equal_values),
    ),
    (
        "explained-in-a-row",
        Slot::Count(|limits| &mut limits.explained_in_a_row),
    ),
    ("key-results", Slot::Count(|limits| &mut limits.key_results)),
    (
        "key-results-at-all",
        Slot::Count(|limits| &mut limits.key_results_at_all),
    ),
    (
        "key-results-at-least",
        Slot::Count(|limits| &mut limits.key_results_at_least),
    ),
    (
        "key-results-of-owner",
        Slot::Count(|limits| &mut limits.key_results_of_owner),
    ),
    (
        "objective-words",
        Slot::Count(|limits| &mut limits.objective_words),
    ),
    ("objectives", Slot::Count(|limits| &mut limits.objectives)),
    (
        "objectives-at-all",
        Slot::Count(|limits| &mut limits.objectives_at_all),
    ),
    (
        "yellows-in-a-row",
        Slot::Count(|limits| &mut limits.yellows_in_a_row),
    ),
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
        let number: Option<usize> = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        match slot {
            Slot::Count(slot) => {
                *slot(limits) =
                    number.ok_or_else(|| expected(value, "a whole number, such as 4"))?;
            }
            Slot::Part(slot) => {
                let number = number.and_then(|number| u8::try_from(number).ok());
                *slot(limits) = number
                    .filter(|number| *number <= 100)
                    .ok_or_else(|| expected(value, "a whole number up to 100, such as 25"))?;
            }
        }
    }
    Ok(())
}
