//! Finds the numbers of a statement, with their sign, multiplier, unit and range.

mod number;
mod range;
mod share;
mod unit;
mod units;

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use self::number::{core, multiplier};
use self::range::range;
use self::share::share;
use self::unit::{leading_currency, unit};
use self::units::{CURRENCIES, seconds};
use super::words::Words;

pub(super) use self::units::convert;

/// A number with what belongs to it, as positions of tokens: `first` is inside, `end` is not.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) first: usize,
    pub(super) end: usize,
    /// The number as written, with its multiplier.
    pub(super) amount: Decimal,
    /// The upper number of a range.
    pub(super) high: Option<Decimal>,
    /// The multiplier that was written, such as 1000 for `k`.
    pub(super) scale: Option<Decimal>,
    /// The unit in its normal form.
    pub(super) unit: Option<Cow<'static, str>>,
    /// Where the unit stands, as positions of words.tokens.
    pub(super) unit_at: Option<(usize, usize)>,
    pub(super) form: Form,
    pub(super) sign: Option<Sign>,
    /// Whether it was written in digits.
    pub(super) is_digits: bool,
}

/// How a number is written, as far as it matters for what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    /// A fraction in words: `half`, `two-thirds`; the amount is percent.
    Fraction,
    /// A part of a whole: `9 out of 10`, `one in five`; the amount is percent.
    Share,
    /// So many times as much: `4x`, `threefold`, `twice`.
    Factor,
    /// Joined to a noun: `90-day`.
    Compound,
    /// Part of a name, such as `5S` or `24/7`.
    Name,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

impl Value {
    pub(super) fn has_unit(&self, unit: &str) -> bool {
        self.unit.as_deref() == Some(unit)
    }

    /// Returns whether it is money.
    pub(super) fn is_money(&self) -> bool {
        let unit = self.unit.as_deref();
        unit.is_some_and(|unit| CURRENCIES.iter().any(|(code, _)| *code == unit))
    }

    /// Returns whether it is a length of time.
    pub(super) fn is_time(&self) -> bool {
        self.unit
            .as_deref()
            .is_some_and(|unit| seconds(unit).is_some())
    }

    /// Returns whether it can be a total of things, money, time or stuff.
    pub(super) fn is_amount(&self) -> bool {
        let unit = self.unit.as_deref();
        !matches!(unit, Some("%" | "pp" | "bps" | "points" | "x" | "ppm"))
            && !unit.is_some_and(|unit| unit.starts_with('/'))
    }
}

/// Finds every number of the statement, from left to right; none overlaps another.
pub(super) fn values(words: &Words<'_, '_>, is_verb: &dyn Fn(usize) -> bool) -> Vec<Value> {
    let mut values = Vec::new();
    let mut at = 0;
    while at < words.tokens.len() {
        if words.is_taken[at] {
            at += 1;
            continue;
        }
        match value(words, at, is_verb) {
            Some(value) => {
                at = value.end.max(at + 1);
                values.push(value);
            }
            None => at += 1,
        }
    }
    values
}

/// Returns whether a number starts at a token.
pub(super) fn starts_value(words: &Words<'_, '_>, at: usize) -> bool {
    value(words, at, &|_| false).is_some()
}

/// Returns the value that a token belongs to; values stand in the order of their tokens.
pub(super) fn value_at(values: &[Value], at: usize) -> Option<&Value> {
    let behind = values.partition_point(|value| value.first <= at);
    values[..behind].last().filter(|value| at < value.end)
}

/// Returns the values that begin at the tokens from `first` up to but not including `end`.
pub(super) fn values_in(values: &[Value], first: usize, end: usize) -> &[Value] {
    let from = values.partition_point(|value| value.first < first);
    let to = values.partition_point(|value| value.first < end);
    &values[from..to.max(from)]
}

/// Returns whether a number, or the unit of one, ends right before a token.
pub(super) fn ends_value(words: &Words<'_, '_>, end: usize) -> bool {
    (end.saturating_sub(4)..end)
        .any(|at| value(words, at, &|_| false).is_some_and(|value| value.end == end))
}

/// Reads the value that starts at a token, if one does.
fn value(words: &Words<'_, '_>, first: usize, is_verb: &dyn Fn(usize) -> bool) -> Option<Value> {
    let mut at = first;
    let mut sign = None;
    // A sign counts where it stands before the number and not between two.
    let is_free = |at: usize| at == 0 || !words.tokens[at].is_glued || words.word(at - 1) == "(";
    match words.word(at) {
        "+" if is_free(at) => sign = Some(Sign::Plus),
        "-" | "−" | "–" if is_free(at) && words.tokens.get(at + 1)?.is_glued => {
            sign = Some(Sign::Minus);
        }
        _ => {}
    }
    at += usize::from(sign.is_some());
    let (currency, after) = leading_currency(words, at);
    at = after;
    // The sign may stand behind the currency: `€-5`.
    if currency.is_some() && sign.is_none() && matches!(words.word(at), "-" | "−") {
        sign = Some(Sign::Minus);
        at += 1;
    }
    let mut value = core(words, at)?;
    value.first = first;
    value.sign = sign;
    if let Some(code) = currency {
        value.unit = Some(Cow::Borrowed(code));
        value.unit_at = Some((after - 1, after));
    }
    multiplier(words, &mut value);
    unit(words, &mut value);
    if value.form == Form::Plain {
        share(words, &mut value);
        range(words, &mut value, is_verb);
    }
    if value.form == Form::Plain && value.has_unit("x") {
        value.form = Form::Factor;
    }
    if sign == Some(Sign::Minus) && !value.amount.is_zero() {
        value.amount.set_sign_negative(true);
    }
    Some(value)
}

/// Returns a share in percent as the factor that it is.
pub(super) fn as_factor(percent: Decimal) -> Decimal {
    (percent / Decimal::ONE_HUNDRED).normalize()
}

/// Returns whether the amount is a year of our time, written without a unit.
pub(super) fn looks_like_year(value: &Value) -> bool {
    value.is_digits
        && value.unit.is_none()
        && value.scale.is_none()
        && value.high.is_none()
        && value.form == Form::Plain
        && value
            .amount
            .to_i32()
            .is_some_and(|year| (2000..=2060).contains(&year))
        && value.amount.scale() == 0
}
