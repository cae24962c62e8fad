//! What a key result counts, and what it is to reach.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use super::{Inline, Quantity, Unit};

/// What a key result counts: from where, to where, in which unit, and where the number is read.
///
/// Everything may be absent; a value that nobody knows stays absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// What is counted.
    pub name: Option<Inline>,
    /// The unit, where start and target do not show it.
    pub unit: Option<Unit>,
    /// Which way is better, where start and target do not show it.
    pub direction: Option<Direction>,
    /// The value at the start: the baseline.
    pub start: Option<Quantity>,
    /// The question whose answer is the baseline.
    pub question: Option<Inline>,
    /// What is to be reached.
    pub target: Option<Target>,
    /// Where the number can be read.
    pub source: Option<Inline>,
}

/// Which way a measure should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Direction {
    /// More is better.
    Increase,
    /// Less is better.
    Decrease,
    /// It should stay where it is, or on its side of a bound.
    Keep,
}

impl Direction {
    /// Every direction.
    pub const ALL: [Self; 3] = [Self::Increase, Self::Decrease, Self::Keep];

    /// Returns the word that stands in a plan.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Increase => "increase",
            Self::Decrease => "decrease",
            Self::Keep => "keep",
        }
    }

    /// Reads the word in upper or lower case; `up`, `down` and `maintain` are understood.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "increase" | "up" => Some(Self::Increase),
            "decrease" | "down" => Some(Self::Decrease),
            "keep" | "maintain" => Some(Self::Keep),
            _ => None,
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Which values on which side of a number meet a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Bound {
    /// The number, or better.
    Reach,
    /// The number or more.
    AtLeast,
    /// The number or less.
    AtMost,
    /// More than the number; unlike [`Bound::AtLeast`], the number itself does not do.
    Above,
    /// Less than the number; unlike [`Bound::AtMost`], the number itself does not do.
    Below,
}

impl Bound {
    /// Every bound.
    pub const ALL: [Self; 5] = [
        Self::Reach,
        Self::AtLeast,
        Self::AtMost,
        Self::Above,
        Self::Below,
    ];

    /// Returns the words that stand before the number in a plan; nothing for [`Bound::Reach`].
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Reach => "",
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
            Self::Above => "above",
            Self::Below => "below",
        }
    }
}

/// Words that put a bound on the number after them; a longer one stands before its own beginning.
const BOUND_WORDS: &[(&str, Bound)] = &[
    ("at least", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("not below", Bound::AtLeast),
    (">=", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("at most", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("not above", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("<=", Bound::AtMost),
    ("≤", Bound::AtMost),
    ("above", Bound::Above),
    ("over", Bound::Above),
    ("more than", Bound::Above),
    (">", Bound::Above),
    ("below", Bound::Below),
    ("under", Bound::Below),
    ("less than", Bound::Below),
    ("fewer than", Bound::Below),
    ("<", Bound::Below),
    ("to", Bound::Reach),
];

/// Words that put a bound on the number before them.
const BOUND_TAILS: &[(&str, Bound)] = &[
    (" or more", Bound::AtLeast),
    (" or higher", Bound::AtLeast),
    (" or less", Bound::AtMost),
    (" or fewer", Bound::AtMost),
    (" or lower", Bound::AtMost),
];

/// What a key result is to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// A value, with the bound that the words put on it.
    Value {
        /// Which side of the value counts.
        bound: Bound,
        /// The value itself.
        value: Quantity,
    },
    /// Anywhere from `low` to `high`, both included; `low` is not above `high`.
    Between {
        /// The least value that will do.
        low: Quantity,
        /// The greatest value that will do.
        high: Quantity,
    },
    /// A change by so many percent of the start, with its sign.
    ///
    /// Percentage points are a [`Target::Change`].
    Relative(
        /// Percents: 25 is a quarter more, -25 a quarter less.
        Decimal,
    ),
    /// A change in the measure's own unit, with its sign.
    Change(Quantity),
    /// A state that is there or not, without a number.
    Done,
    /// A first value, whichever it is: the baseline is what is looked for.
    FirstValue,
}

/// Why a text is no target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetError {
    message: String,
}

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TargetError {}

/// The unit of money in a currency that is not named yet, as in a role template.
pub(crate) const ANY_CURRENCY: &str = "currency";

/// What stands behind a relative target as long as nobody knows the start.
const UNMEASURED: &str = " of a baseline to be measured";

impl Target {
    /// Reads a target as it stands in a plan: `85%`, `at least 95%`, `between 2 and 4 days`, `+25%`,
    /// `-3 days`, `to -15%`, `done`, `a first value`.
    ///
    /// A number with a sign is a change, unless `to` stands before it.
    /// The reminder behind a change, ` (68% → 85%)` or ` of a baseline to be measured`, is passed over.
    ///
    /// # Errors
    ///
    /// The message says what could not be read.
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        let text = text.trim();
        let lower = text.to_lowercase();
        match lower.as_str() {
            "done" | "yes" => return Ok(Self::Done),
            "a first value" | "first value" => return Ok(Self::FirstValue),
            _ => {}
        }
        let quantity = |part: &str| {
            Quantity::parse(part).map_err(|error| TargetError {
                message: error.to_string(),
            })
        };
        if let Some(rest) = strip_word(text, "between") {
            let Some((low, high)) = rest.split_once(" and ") else {
                return Err(TargetError {
                    message: "`between` needs two numbers: `between 2 and 4`".to_owned(),
                });
            };
            let (mut low, mut high) = (quantity(low)?, quantity(high)?);
            if low.unit == Unit::None {
                low.unit = high.unit.clone();
            } else if high.unit == Unit::None {
                high.unit = low.unit.clone();
            }
            if low.unit != high.unit {
                return Err(TargetError {
                    message: "its two numbers have different units".to_owned(),
                });
            }
            if low.value > high.value {
                return Err(TargetError {
                    message: "its lower number is the greater one".to_owned(),
                });
            }
            return Ok(Self::Between { low, high });
        }
        for (words, bound) in BOUND_WORDS {
            if let Some(rest) = strip_word(text, words) {
                return Ok(Self::Value {
                    bound: *bound,
                    value: quantity(rest)?,
                });
            }
        }
        for (words, bound) in BOUND_TAILS {
            if let Some(rest) = lower
                .ends_with(words)
                .then(|| &text[..text.len() - words.len()])
            {
                return Ok(Self::Value {
                    bound: *bound,
                    value: quantity(rest)?,
                });
            }
        }
        if text.starts_with(['+', '-', '−']) {
            let change = quantity(without_reminder(text))?;
            return Ok(match change.unit {
                Unit::Percent => Self::Relative(change.value),
                _ => Self::Change(change),
            });
        }
        Ok(Self::Value {
            bound: Bound::Reach,
            value: quantity(text)?,
        })
    }

    /// Returns whether the target is a change, so that its value is known only with a start.
    #[must_use]
    pub const fn is_change(&self) -> bool {
        matches!(self, Self::Relative(_) | Self::Change(_))
    }

    /// Returns the target as it stands in a plan, with the reminder that shows what a change comes to.
    ///
    /// [`Target::parse`] reads it back, whatever `start` is.
    #[must_use]
    pub fn with_start(&self, start: Option<&Quantity>) -> String {
        match (self.is_change(), start) {
            (false, _) => self.to_string(),
            (true, None) => format!("{self}{UNMEASURED}"),
            (true, Some(start)) => match self.value(Some(start)) {
                Some(value) => format!("{self} ({start} → {value})"),
                None => self.to_string(),
            },
        }
    }

    /// Returns the value to reach: the stated one, the end of a range that is nearer to the start, or the
    /// start with the change.
    ///
    /// Of a range without a start, or with one inside, it is the lower end.
    ///
    /// A relative target is `start * (1 + percent / 100)`.
    /// Returns nothing for [`Target::Done`] and [`Target::FirstValue`], for a change without a start or with a start in another
    /// unit, and for a percentage of zero.
    #[must_use]
    pub fn value(&self, start: Option<&Quantity>) -> Option<Quantity> {
        match self {
            Self::Value { value, .. } => Some(value.clone()),
            Self::Between { low, high } => {
                let is_above =
                    start.is_some_and(|start| start.is_like(high) && start.value > high.value);
                Some(if is_above { high.clone() } else { low.clone() })
            }
            Self::Relative(percent) => {
                let start = start.filter(|start| !start.value.is_zero())?;
                let factor =
                    Decimal::ONE.checked_add(percent.checked_div(Decimal::ONE_HUNDRED)?)?;
                let value = start.value.checked_mul(factor)?.normalize();
                Some(Quantity::new(value, start.unit.clone()))
            }
            Self::Change(change) => {
                let start = start.filter(|start| start.is_like(change))?;
                let value = start.value.checked_add(change.value)?.normalize();
                let unit = if start.unit == Unit::None {
                    change.unit.clone()
                } else {
                    start.unit.clone()
                };
                Some(Quantity::new(value, unit))
            }
            Self::Done | Self::FirstValue => None,
        }
    }
}

impl fmt::Display for Target {
    /// Writes the target alone; [`Target::with_start`] adds the reminder.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value {
                bound: Bound::Reach,
                value,
            } if value.value.is_sign_negative() => {
                write!(f, "to {value}")
            }
            Self::Value {
                bound: Bound::Reach,
                value,
            } => value.fmt(f),
            Self::Value { bound, value } => write!(f, "{} {value}", bound.words()),
            Self::Between { low, high } => {
                // The unit stands once, behind the second number, unless it stands before numbers.
                match low.unit {
                    Unit::Currency(_) => write!(f, "between {low} and {high}"),
                    _ => write!(f, "between {} and {high}", low.number()),
                }
            }
            Self::Relative(percent) => {
                let sign = if percent.is_sign_negative() { "" } else { "+" };
                write!(f, "{sign}{percent}%")
            }
            // The sign comes first also where the unit does: `+EUR 5` would be read, but looks odd.
            Self::Change(change) => {
                let sign = if change.value.is_sign_negative() {
                    '-'
                } else {
                    '+'
                };
                write!(
                    f,
                    "{sign}{}",
                    Quantity::new(change.value.abs(), change.unit.clone())
                )
            }
            Self::Done => f.write_str("done"),
            Self::FirstValue => f.write_str("a first value"),
        }
    }
}

/// Takes `word` off the front of `text`, in upper or lower case, when it stands there as a word.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    let rest = &text[word.len()..];
    let is_word = word.ends_with(|c: char| !c.is_alphabetic()) || rest.starts_with(' ');
    (head.eq_ignore_ascii_case(word) && is_word).then(|| rest.trim_start())
}

fn without_reminder(text: &str) -> &str {
    if let Some(change) = text.strip_suffix(UNMEASURED) {
        return change;
    }
    // A unit may hold parentheses of its own, so only those with an arrow are a reminder.
    match text.rfind(" (") {
        Some(at) if text.ends_with(')') && text[at..].contains('→') => &text[..at],
        _ => text,
    }
}

impl Measure {
    /// Returns the value to reach, made absolute with the start where the target is a change.
    ///
    /// Returns nothing where [`Target::value`] does.
    #[must_use]
    pub fn target_value(&self) -> Option<Quantity> {
        self.target.as_ref()?.value(self.start.as_ref())
    }

    /// Returns the unit that numbers of this measure are in: the stated one, else that of the start,
    /// else that of the target.
    ///
    /// The unit of a change by percent is not the unit of the measure.
    /// The stated unit `currency` stands for any currency, until start or target say which.
    #[must_use]
    pub fn unit(&self) -> Option<&Unit> {
        let target = match &self.target {
            Some(Target::Value { value, .. } | Target::Change(value)) => Some(&value.unit),
            Some(Target::Between { low, .. }) => Some(&low.unit),
            Some(Target::Relative(_) | Target::Done | Target::FirstValue) | None => None,
        };
        let start = self.start.as_ref().map(|start| &start.unit);
        let is_open = |unit: &&Unit| matches!(unit, Unit::Word(word) if word == ANY_CURRENCY);
        if self.unit.as_ref().is_some_and(|unit| is_open(&unit)) {
            let is_money = |unit: &&Unit| matches!(unit, Unit::Currency(_));
            let known = start.filter(is_money).or(target.filter(is_money));
            return known.or(self.unit.as_ref());
        }
        self.unit
            .as_ref()
            .or(start.filter(|unit| **unit != Unit::None))
            .or(target)
    }

    /// Returns which way is better: as stated, else as the target's sign or bound says, else as start
    /// and target compare.
    ///
    /// Returns nothing where none of them tells.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        if self.direction.is_some() {
            return self.direction;
        }
        let by_sign = |value: &Decimal| {
            if value.is_sign_negative() {
                Direction::Decrease
            } else {
                Direction::Increase
            }
        };
        match self.target.as_ref()? {
            Target::Relative(percent) => Some(by_sign(percent)),
            Target::Change(change) => Some(by_sign(&change.value)),
            Target::Between { .. } => Some(Direction::Keep),
            Target::Done | Target::FirstValue => Some(Direction::Increase),
            Target::Value { bound, value } => {
                let start = self.start.as_ref().filter(|start| start.is_like(value));
                match (bound, start.map(|start| start.value.cmp(&value.value))) {
                    // A bound says by itself which side is better, also where it is met already.
                    (Bound::AtLeast | Bound::Above, _) | (Bound::Reach, Some(Ordering::Less)) => {
                        Some(Direction::Increase)
                    }
                    (Bound::AtMost | Bound::Below, _) | (Bound::Reach, Some(Ordering::Greater)) => {
                        Some(Direction::Decrease)
                    }
                    (Bound::Reach, Some(Ordering::Equal)) => Some(Direction::Keep),
                    (Bound::Reach, None) => None,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, printed: &str) {
        let target = Target::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(target.to_string(), printed);
        assert_eq!(Target::parse(printed), Ok(target), "{printed:?} reads back");
    }

    #[test]
    fn targets_are_read_as_people_write_them() {
        check("85 %", "85%");
        check("≥ 95%", "at least 95%");
        check("no more than 2 days", "at most 2 days");
        check("5 days or fewer", "at most 5 days");
        check("<5%", "below 5%");
        check("between 2 and 4 days", "between 2 and 4 days");
        check("between 2 days and 4", "between 2 and 4 days");
        check("between €2k and €4k", "between EUR 2000 and EUR 4000");
        check("+25%", "+25%");
        check("-3 days", "-3 days");
        check("+€5", "+EUR 5");
        check("to -15%", "to -15%");
        check("Done", "done");
    }

    #[test]
    fn a_reminder_behind_a_change_is_passed_over() {
        check("+25% of a baseline to be measured", "+25%");
        check("-3 days (8 days → 5 days)", "-3 days");
        check("+2 people (part-time)", "+2 people (part-time)");
    }

    #[test]
    fn a_change_becomes_a_value_once_the_start_is_known() {
        let relative = Target::parse("+25%").unwrap();
        let start = Quantity::parse("68%").unwrap();
        assert_eq!(relative.with_start(Some(&start)), "+25% (68% → 85%)");
        assert_eq!(
            relative.with_start(None),
            "+25% of a baseline to be measured"
        );
        let points = Target::parse("+4 points").unwrap();
        assert_eq!(points.with_start(Some(&start)), "+4 points (68% → 72%)");
    }

    #[test]
    fn a_percentage_of_zero_is_no_value() {
        let zero = Quantity::parse("0 accounts").unwrap();
        assert_eq!(Target::parse("+25%").unwrap().value(Some(&zero)), None);
    }

    #[test]
    fn the_direction_is_read_from_what_is_known() {
        let measure = |start: Option<&str>, target| Measure {
            start: start.map(|start| Quantity::parse(start).unwrap()),
            target: Some(Target::parse(target).unwrap()),
            ..Measure::default()
        };
        assert_eq!(
            measure(Some("5 days"), "3 days").direction(),
            Some(Direction::Decrease)
        );
        assert_eq!(
            measure(Some("96%"), "at least 95%").direction(),
            Some(Direction::Increase)
        );
        assert_eq!(
            measure(None, "below 5%").direction(),
            Some(Direction::Decrease)
        );
        assert_eq!(measure(None, "+25%").direction(), Some(Direction::Increase));
        assert_eq!(measure(None, "98%").direction(), None);
    }

    #[test]
    fn any_currency_becomes_the_one_that_is_known() {
        let mut measure = Measure {
            unit: Unit::parse("currency"),
            target: Target::parse("-40%").ok(),
            ..Measure::default()
        };
        assert_eq!(measure.unit().map(Unit::word), Some("currency"));
        measure.start = Quantity::parse("€400k").ok();
        assert_eq!(measure.unit(), Some(&Unit::Currency("EUR")));
    }

    #[test]
    fn what_is_no_target_is_refused() {
        for text in [
            "",
            "soon",
            "between 4 and 2 days",
            "between 2",
            "+25% and more (→)x",
        ] {
            assert!(Target::parse(text).is_err(), "{text:?}");
        }
    }
}
