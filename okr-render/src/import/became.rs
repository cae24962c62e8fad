//! What became of a row of a sheet.

use std::borrow::Cow;
use std::fmt;

/// What became of a row: the elements of the draft that it is or belongs to, or a phrase on why it is none.
///
/// As text, the parts stand behind each other: `objective 1, key result 1.1`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Became(Few);

/// Most rows become one or two things, which need no memory of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Few {
    #[default]
    None,
    One(Part),
    Two([Part; 2]),
    Many(Vec<Part>),
}

/// One of the things that a row became. Objectives are counted from 1, and key results in their objective from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// An objective, which begins in this row or is named in it.
    Objective(usize),
    /// A key result.
    KeyResult {
        /// The number of its objective.
        objective: usize,
        /// Its number there.
        number: usize,
        /// Whether it began in a row above and is only named once more.
        is_again: bool,
    },
    /// So many initiatives, and what they serve.
    Initiatives(usize, Served),
    /// No element; a phrase such as `headings` or `left out: a total`.
    Words(Cow<'static, str>),
}

/// What initiatives serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Served {
    /// What stands above; the row does not say more.
    Above,
    /// The objective of this number.
    Objective(usize),
    /// The key result of this number, behind that of its objective.
    KeyResult(usize, usize),
}

impl Became {
    /// Returns the parts, in the order of the row.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        match &self.0 {
            Few::None => &[],
            Few::One(part) => std::slice::from_ref(part),
            Few::Two(parts) => parts,
            Few::Many(parts) => parts,
        }
    }

    /// Adds a part behind the others.
    pub(super) fn push(&mut self, part: Part) {
        self.0 = match std::mem::take(&mut self.0) {
            Few::None => Few::One(part),
            Few::One(first) => Few::Two([first, part]),
            Few::Two([first, second]) => Few::Many(vec![first, second, part]),
            Few::Many(mut parts) => {
                parts.push(part);
                Few::Many(parts)
            }
        };
    }

    /// Returns whether nothing was found out yet.
    pub(super) const fn is_empty(&self) -> bool {
        matches!(self.0, Few::None)
    }

    /// Returns whether it is this phrase and nothing else.
    pub(super) fn is_words(&self, phrase: &str) -> bool {
        matches!(&self.0, Few::One(Part::Words(words)) if words == phrase)
    }

    /// Counts the objectives on from so many that stand before them.
    pub(super) fn move_behind(&mut self, objectives: usize) {
        let parts = match &mut self.0 {
            Few::None => &mut [],
            Few::One(part) => std::slice::from_mut(part),
            Few::Two(parts) => &mut parts[..],
            Few::Many(parts) => parts,
        };
        for part in parts {
            match part {
                Part::Objective(objective)
                | Part::KeyResult { objective, .. }
                | Part::Initiatives(
                    _,
                    Served::Objective(objective) | Served::KeyResult(objective, _),
                ) => *objective += objectives,
                Part::Initiatives(_, Served::Above) | Part::Words(_) => {}
            }
        }
    }
}

impl From<Part> for Became {
    fn from(part: Part) -> Self {
        Self(Few::One(part))
    }
}

impl From<&'static str> for Became {
    fn from(phrase: &'static str) -> Self {
        Part::Words(phrase.into()).into()
    }
}

impl From<String> for Became {
    fn from(phrase: String) -> Self {
        Part::Words(phrase.into()).into()
    }
}

impl fmt::Display for Became {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, part) in self.parts().iter().enumerate() {
            let comma = if position == 0 { "" } else { ", " };
            write!(f, "{comma}{part}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Objective(number) => write!(f, "objective {number}"),
            Self::KeyResult {
                objective,
                number,
                is_again,
            } => {
                let again = if *is_again { " again" } else { "" };
                write!(f, "key result {objective}.{number}{again}")
            }
            Self::Initiatives(count, served) => {
                let noun = if *count == 1 {
                    "initiative"
                } else {
                    "initiatives"
                };
                write!(f, "{count} {noun}")?;
                match served {
                    Served::Above => Ok(()),
                    Served::Objective(number) => write!(f, " of objective {number}"),
                    Served::KeyResult(objective, number) => {
                        write!(f, " of key result {objective}.{number}")
                    }
                }
            }
            Self::Words(words) => f.write_str(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_behind_each_other_in_words() {
        let mut became = Became::default();
        assert_eq!(became.to_string(), "");
        became.push(Part::Objective(2));
        let key_result = |is_again| Part::KeyResult {
            objective: 2,
            number: 1,
            is_again,
        };
        became.push(key_result(false));
        assert_eq!(became.to_string(), "objective 2, key result 2.1");
        became.push(key_result(true));
        became.push(Part::Initiatives(2, Served::KeyResult(2, 1)));
        became.push(Part::Initiatives(1, Served::Objective(2)));
        became.push(Part::Initiatives(1, Served::Above));
        became.move_behind(10);
        assert_eq!(
            became.to_string(),
            "objective 12, key result 12.1, key result 12.1 again, 2 initiatives of key result 12.1, \
             1 initiative of objective 12, 1 initiative"
        );
        assert_eq!(became.parts().len(), 6);
    }

    #[test]
    fn a_phrase_is_told_from_elements() {
        let headings = Became::from("headings");
        assert!(headings.is_words("headings"));
        assert!(!headings.is_words("heading"));
        assert!(!Became::from(Part::Objective(1)).is_words("objective 1"));
    }
}
