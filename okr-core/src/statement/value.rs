//! Finds the numbers of a statement, with their sign, multiplier, unit and range.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::token::{Token, TokenKind};

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
    /// Where the unit stands, as positions of tokens.
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

/// Units with their normal form and the other words for them, in lower case.
const UNITS: &[(&str, &[&str])] = &[
    ("%", &["percent", "pct", "percents", "prozent", "pourcent"]),
    ("pp", &["pp", "ppt", "ppts", "pps"]),
    ("bps", &["bps", "bp", "basis points", "basis point"]),
    ("points", &["points", "point", "pts", "pt"]),
    ("x", &["x", "×"]),
    ("ms", &["ms", "millisecond", "milliseconds", "msec"]),
    ("seconds", &["seconds", "second", "s", "sec", "secs"]),
    ("minutes", &["minutes", "minute", "min", "mins", "minuten"]),
    (
        "hours",
        &[
            "hours", "hour", "h", "hr", "hrs", "stunden", "stunde", "heures",
        ],
    ),
    (
        "days",
        &[
            "days", "day", "d", "workdays", "workday", "tage", "tagen", "tag", "jours", "jour",
        ],
    ),
    (
        "weeks",
        &["weeks", "week", "wk", "wks", "wochen", "woche", "semaines"],
    ),
    (
        "months",
        &["months", "month", "mo", "mos", "monate", "monaten", "mois"],
    ),
    ("years", &["years", "year", "yr", "yrs"]),
    ("ppm", &["ppm"]),
    ("kWh", &["kwh"]),
    ("MWh", &["mwh"]),
    ("kg", &["kg", "kgs", "kilograms", "kilogram", "kilos"]),
    ("tonnes", &["tonnes", "tonne", "t", "tons", "ton"]),
    (
        "km",
        &[
            "km",
            "kms",
            "kilometres",
            "kilometers",
            "kilometre",
            "kilometer",
        ],
    ),
    ("litres", &["litres", "litre", "l", "liters", "liter"]),
    ("GB", &["gb", "gigabytes", "gigabyte"]),
    ("TB", &["tb", "terabytes", "terabyte"]),
    ("FTE", &["fte", "ftes"]),
];

/// Units of more than one word.
const LONG_UNITS: &[(&str, &[&str])] = &[
    ("%", &["per", "cent"]),
    ("pp", &["percentage", "points"]),
    ("pp", &["percentage", "point"]),
    ("pp", &["percent", "points"]),
    ("pp", &["percent", "point"]),
    ("pp", &["%", "-", "points"]),
    ("pp", &["%", "points"]),
    ("pp", &["per", "cent", "points"]),
    ("bps", &["basis", "points"]),
    ("bps", &["basis", "point"]),
    ("ppm", &["parts", "per", "million"]),
    ("tonnes", &["metric", "tons"]),
    ("tonnes", &["metric", "tonnes"]),
    ("FTE", &["full-time", "equivalents"]),
    ("FTE", &["full-time", "equivalent"]),
    ("CHF", &["swiss", "francs"]),
    ("CHF", &["swiss", "franc"]),
    ("SEK", &["swedish", "kronor"]),
    ("SEK", &["swedish", "krona"]),
    ("USD", &["us", "dollars"]),
    ("USD", &["us", "$"]),
];

/// Currencies with their signs and words, in lower case.
const CURRENCIES: &[(&str, &[&str])] = &[
    ("USD", &["$", "usd", "dollars", "dollar", "us$", "bucks"]),
    ("EUR", &["€", "eur", "euros", "euro"]),
    ("GBP", &["£", "gbp", "pounds", "pound", "sterling"]),
    ("CHF", &["chf", "francs", "franken"]),
    ("JPY", &["¥", "jpy", "yen"]),
    ("INR", &["₹", "inr", "rupees", "rupee"]),
    ("SEK", &["sek", "kronor", "krona"]),
];

const MULTIPLIERS: &[(&str, i64)] = &[
    ("k", 1_000),
    ("thousand", 1_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("mio", 1_000_000),
    ("million", 1_000_000),
    ("millions", 1_000_000),
    ("b", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("billion", 1_000_000_000),
];

const SMALL: &[(&str, i64)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

const FRACTIONS: &[(&str, i64)] = &[
    ("half", 2),
    ("halves", 2),
    ("third", 3),
    ("thirds", 3),
    ("quarter", 4),
    ("quarters", 4),
    ("fifth", 5),
    ("fifths", 5),
    ("sixth", 6),
    ("sixths", 6),
    ("eighth", 8),
    ("eighths", 8),
    ("tenth", 10),
    ("tenths", 10),
];

/// Returns how many seconds a unit of time has; months and years are not given in seconds.
fn seconds(unit: &str) -> Option<Decimal> {
    Some(match unit {
        "ms" => Decimal::new(1, 3),
        "seconds" => Decimal::ONE,
        "minutes" => Decimal::from(60),
        "hours" => Decimal::from(3_600),
        "days" => Decimal::from(86_400),
        "weeks" => Decimal::from(604_800),
        // Only their ratio to each other is defined: twelve months are a year.
        "months" => Decimal::from(2_629_800),
        "years" => Decimal::from(31_557_600),
        _ => return None,
    })
}

/// Returns `amount`, given in one unit, in another, where the two are of one kind.
pub(super) fn convert(amount: Decimal, from: &str, to: &str) -> Option<Decimal> {
    if from == to {
        return Some(amount);
    }
    let calendar = |unit: &str| matches!(unit, "months" | "years");
    if calendar(from) != calendar(to) {
        return None;
    }
    let in_seconds = amount.checked_mul(seconds(from)?)?;
    Some(in_seconds.checked_div(seconds(to)?)?.normalize())
}

/// Finds every number of the statement, from left to right; none overlaps another.
pub(super) fn values(
    tokens: &[Token<'_>],
    is_taken: &[bool],
    is_verb: &dyn Fn(usize) -> bool,
) -> Vec<Value> {
    let mut values = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_taken[at] {
            at += 1;
            continue;
        }
        match value(tokens, at, is_verb) {
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
pub(super) fn starts_value(tokens: &[Token<'_>], at: usize) -> bool {
    value(tokens, at, &|_| false).is_some()
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
pub(super) fn ends_value(tokens: &[Token<'_>], end: usize) -> bool {
    (end.saturating_sub(4)..end)
        .any(|at| value(tokens, at, &|_| false).is_some_and(|value| value.end == end))
}

fn lower<'a>(tokens: &'a [Token<'_>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| &*token.lower)
}

/// Reads the value that starts at a token, if one does.
fn value(tokens: &[Token<'_>], first: usize, is_verb: &dyn Fn(usize) -> bool) -> Option<Value> {
    let mut at = first;
    let mut sign = None;
    // A sign counts where it stands before the number and not between two.
    let is_free = |at: usize| at == 0 || !tokens[at].is_glued || lower(tokens, at - 1) == "(";
    match lower(tokens, at) {
        "+" if is_free(at) => sign = Some(Sign::Plus),
        "-" | "−" | "–" if is_free(at) && tokens.get(at + 1)?.is_glued => {
            sign = Some(Sign::Minus);
        }
        _ => {}
    }
    at += usize::from(sign.is_some());
    let (currency, after) = leading_currency(tokens, at);
    at = after;
    // The sign may stand behind the currency: `€-5`.
    if currency.is_some() && sign.is_none() && matches!(lower(tokens, at), "-" | "−") {
        sign = Some(Sign::Minus);
        at += 1;
    }
    let mut value = core(tokens, at)?;
    value.first = first;
    value.sign = sign;
    if let Some(code) = currency {
        value.unit = Some(Cow::Borrowed(code));
        value.unit_at = Some((after - 1, after));
    }
    multiplier(tokens, &mut value);
    unit(tokens, &mut value);
    if value.form == Form::Plain {
        share(tokens, &mut value);
        range(tokens, &mut value, is_verb);
    }
    if value.form == Form::Plain && value.has_unit("x") {
        value.form = Form::Factor;
    }
    if sign == Some(Sign::Minus) && !value.amount.is_zero() {
        value.amount.set_sign_negative(true);
    }
    Some(value)
}

fn leading_currency(tokens: &[Token<'_>], at: usize) -> (Option<&'static str>, usize) {
    let word = lower(tokens, at);
    if word == "us" && lower(tokens, at + 1) == "$" && tokens[at + 1].is_glued {
        return (Some("USD"), at + 2);
    }
    let is_sign = |name: &str| name.chars().count() == 1 || name.len() == 3 && name.is_ascii();
    let code = CURRENCIES
        .iter()
        .find(|(_, names)| names.iter().any(|name| *name == word && is_sign(name)));
    match code {
        Some((code, _)) => (Some(code), at + 1),
        None => (None, at),
    }
}

/// Reads the number itself, in digits or in words.
fn core(tokens: &[Token<'_>], at: usize) -> Option<Value> {
    let token = tokens.get(at)?;
    let new = |end, amount, form, is_digits| Value {
        first: at,
        end,
        amount,
        high: None,
        scale: None,
        unit: None,
        unit_at: None,
        form,
        sign: None,
        is_digits,
    };
    if let TokenKind::Number(amount) = token.kind {
        // Part of a name or a time of day: `24/7`, `14:00`, `3-way`.
        if at > 0 && token.is_glued && matches!(lower(tokens, at - 1), ":" | "#") {
            return Some(new(at + 1, amount, Form::Name, true));
        }
        if lower(tokens, at + 1) == ":" && tokens[at + 1].is_glued {
            let minutes = tokens.get(at + 2).filter(|token| token.is_glued);
            if let Some(TokenKind::Number(_)) = minutes.map(|token| token.kind) {
                return Some(new(at + 3, amount, Form::Name, true));
            }
        }
        return Some(new(at + 1, amount, Form::Plain, true));
    }
    if token.is("×")
        && let Some(TokenKind::Number(amount)) = tokens.get(at + 1).map(|token| token.kind)
    {
        let mut value = new(at + 2, amount, Form::Factor, true);
        value.unit = Some(Cow::Borrowed("x"));
        value.unit_at = Some((at, at + 1));
        return Some(value);
    }
    if !token.is_word() {
        return None;
    }
    in_words(tokens, at)
}

/// Reads a number in words: `three`, `twenty-five`, `a dozen`, `half a million`, `two-thirds`.
fn in_words(tokens: &[Token<'_>], at: usize) -> Option<Value> {
    let word = lower(tokens, at);
    let plain = |end: usize, amount: Decimal, form: Form| {
        Some(Value {
            first: at,
            end,
            amount,
            high: None,
            scale: None,
            unit: (form == Form::Factor).then_some(Cow::Borrowed("x")),
            unit_at: None,
            form,
            sign: None,
            is_digits: false,
        })
    };
    let next = |ahead: usize| lower(tokens, at + ahead);
    let is_article = matches!(word, "a" | "an");
    match (word, next(1), next(2)) {
        ("half", "a", "million") => return plain(at + 3, 500_000.into(), Form::Plain),
        ("half", "a", "billion") => return plain(at + 3, 500_000_000.into(), Form::Plain),
        ("half", "a", "dozen") => return plain(at + 3, 6.into(), Form::Plain),
        ("a", "quarter", "of") if next(3) == "a" && next(4) == "million" => {
            return plain(at + 5, 250_000.into(), Form::Plain);
        }
        ("a", "dozen", _) => return plain(at + 2, 12.into(), Form::Plain),
        ("a", "hundred", _) => return plain(at + 2, 100.into(), Form::Plain),
        ("a" | "one", "million", _) => return plain(at + 2, 1_000_000.into(), Form::Plain),
        ("a", "thousand", _) => return plain(at + 2, 1_000.into(), Form::Plain),
        ("twice", ..) => return plain(at + 1, 2.into(), Form::Factor),
        ("half", "as", "many" | "much") => {
            return plain(at + 3, Decimal::new(5, 1), Form::Factor);
        }
        // `the half` is a time, `half of …` and `by half` are a part.
        ("half", following, _)
            if following != "year"
                && following != "-"
                && (following == "of"
                    || !at.checked_sub(1).is_some_and(|before| {
                        matches!(
                            lower(tokens, before),
                            "the" | "this" | "next" | "first" | "second" | "each" | "last" | "per"
                        )
                    })) =>
        {
            return plain(at + 1, 50.into(), Form::Fraction);
        }
        _ => {}
    }
    if let Some(factor) = word
        .strip_suffix("fold")
        .map(|rest| rest.trim_end_matches('-'))
    {
        return plain(at + 1, small(factor)?, Form::Factor);
    }
    // A fraction: `a third`, `two-thirds`, `three quarters`.
    let fraction = |numerator: Decimal, name: &str, end: usize| {
        let (_, denominator) = FRACTIONS.iter().find(|(word, _)| *word == name)?;
        let is_plural = name.ends_with('s');
        let fits = is_plural != (numerator == Decimal::ONE);
        let percent = (numerator * Decimal::ONE_HUNDRED).checked_div((*denominator).into())?;
        plain(end, percent.round_dp(2).normalize(), Form::Fraction).filter(|_| fits)
    };
    if is_article {
        return fraction(Decimal::ONE, next(1), at + 2).filter(|_| {
            // `a quarter` is three months unless something is changed by it or taken of it.
            next(1) != "quarter"
                || matches!(
                    next(2),
                    "" | "of" | "by" | "before" | "within" | "in" | "," | "."
                )
        });
    }
    if let Some((numerator, name)) = word.split_once('-')
        && let Some(found) = small(numerator).and_then(|number| fraction(number, name, at + 1))
    {
        return Some(found);
    }
    let mut amount = small(word)?;
    if let Some(found) = fraction(amount, next(1), at + 2) {
        return Some(found);
    }
    let mut end = at + 1;
    if next(1) == "dozen" {
        return plain(at + 2, amount * Decimal::from(12), Form::Plain);
    }
    if next(1) == "hundred" {
        (amount, end) = (amount * Decimal::ONE_HUNDRED, at + 2);
        let skip = usize::from(lower(tokens, end) == "and");
        if let Some(rest) = small(lower(tokens, end + skip)) {
            (amount, end) = (amount + rest, end + skip + 1);
        }
    } else if amount >= Decimal::from(20) && !word.contains('-') {
        let rest = small(next(1)).filter(|rest| *rest < Decimal::TEN && !rest.is_zero());
        if let Some(rest) = rest {
            (amount, end) = (amount + rest, at + 2);
        }
    }
    // `one` alone is seldom a number.
    plain(end, amount, Form::Plain)
}

/// Returns the number that a word up to ninety-nine names.
fn small(word: &str) -> Option<Decimal> {
    let simple = |word: &str| {
        SMALL
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, n)| *n)
    };
    let number = match word.split_once('-') {
        Some((tens, ones)) => {
            let (tens, ones) = (simple(tens)?, simple(ones)?);
            (tens >= 20 && tens % 10 == 0 && (1..10).contains(&ones)).then_some(tens + ones)?
        }
        None => simple(word)?,
    };
    Some(number.into())
}

fn multiplier(tokens: &[Token<'_>], value: &mut Value) {
    let Some(token) = tokens.get(value.end) else {
        return;
    };
    // What is divided by is dropped: `2k/month`.
    let word = token.lower.split('/').next().unwrap_or_default();
    let is_letter = word.len() <= 2;
    let fits = match word {
        "k" | "bn" | "mn" | "mio" => true,
        // Letters that also abbreviate other things belong to money, or are capitals right behind.
        "m" => value.is_money() || token.text.starts_with('M') && token.is_glued,
        "b" => token.text == "B" && (token.is_glued || value.is_money()),
        _ => !is_letter,
    };
    let found = MULTIPLIERS.iter().find(|(name, _)| *name == word);
    if let Some((_, factor)) = found.filter(|_| fits && value.form == Form::Plain) {
        let factor = Decimal::from(*factor);
        if let Some(amount) = value.amount.checked_mul(factor) {
            value.amount = amount.normalize();
            value.scale = Some(factor);
            value.end += 1;
            // `1,5 Mio. €`.
            if lower(tokens, value.end) == "."
                && leading_currency(tokens, value.end + 1).0.is_some()
            {
                value.end += 1;
            }
        }
    }
}

/// Words that may not stand between a number and its unit.
fn parts_from_unit(word: &str) -> bool {
    matches!(
        word,
        "of" | "to"
            | "in"
            | "by"
            | "per"
            | "for"
            | "and"
            | "or"
            | "from"
            | "within"
            | "at"
            | "on"
            | "with"
            | "over"
            | "under"
            | "below"
            | "above"
            | "more"
            | "fewer"
            | "less"
            | "every"
            | "each"
            | "a"
            | "an"
            | "the"
            | "after"
            | "before"
            | "than"
            | "out"
            | "during"
            | "across"
            | "through"
            | "via"
            | "as"
            | "is"
            | "are"
            | "until"
            | "this"
            | "last"
            | "next"
            | "first"
            | "new"
            | "open"
            | "planning"
            | "training"
            | "pilot"
    )
}

fn unit(tokens: &[Token<'_>], value: &mut Value) {
    if value.form != Form::Plain {
        return;
    }
    let at = value.end;
    let Some(token) = tokens.get(at) else { return };
    if let Some((name, len)) = unit_at(tokens, at) {
        // A letter for a unit stands right behind digits or after a blank, in lower case.
        let one_letter = token.lower.len() == 1 && token.is_word();
        let is_name =
            one_letter && (!value.is_digits || token.text != token.lower && token.text != "X");
        let is_glued_word = token.is_glued && token.is_word();
        if is_name && is_glued_word {
            value.form = Form::Name;
            return;
        }
        if !is_name && value.unit.is_none() {
            value.unit = Some(Cow::Borrowed(name));
            value.unit_at = Some((at, at + len));
            value.end = at + len;
            return;
        }
        // `$3 dollars`, or a code behind the sign.
        if !is_name && value.has_unit(name) {
            value.end = at + len;
            return;
        }
    }
    if token.is("-")
        && token.is_glued
        && tokens
            .get(at + 1)
            .is_some_and(|next| next.is_glued && next.is_word())
    {
        let word = lower(tokens, at + 1);
        if word == "fold" {
            value.form = Form::Factor;
            value.unit = Some(Cow::Borrowed("x"));
        } else {
            value.form = Form::Compound;
            if let Some((name, _)) = unit_at(tokens, at + 1) {
                value.unit = Some(Cow::Borrowed(name));
                value.unit_at = Some((at + 1, at + 2));
            }
        }
        value.end = at + 2;
        return;
    }
    if token.is("/")
        && token.is_glued
        && let Some(TokenKind::Number(whole)) = tokens.get(at + 1).map(|token| token.kind)
    {
        // `4.2/5` is a score; `24/7` and `30/60/90` are names.
        let is_score =
            value.amount <= whole && lower(tokens, at + 2) != "/" && value.unit.is_none();
        value.end = at + 2;
        if is_score {
            value.unit = Some(Cow::Owned(format!("/{}", whole.normalize())));
            value.unit_at = Some((at, at + 2));
        } else {
            value.form = Form::Name;
            if lower(tokens, at + 2) == "/" {
                value.end = (at + 4).min(tokens.len());
            }
        }
        return;
    }
    if token.is("/") && value.unit.is_none() && token.is_glued {
        return;
    }
    // `a 360° view`; a temperature bears its scale.
    if token.is("°") && token.is_glued && !matches!(lower(tokens, at + 1), "c" | "f") {
        value.form = Form::Name;
        value.end = at + 1;
        return;
    }
    if token.is("times") {
        let compares = matches!(
            lower(tokens, at + 1),
            "as" | "more" | "the" | "higher" | "larger"
        );
        if compares {
            value.form = Form::Factor;
            value.unit = Some(Cow::Borrowed("x"));
            value.end = at + 1;
        }
        return;
    }
    if token.is_glued && token.is_word() {
        value.form = Form::Name;
        value.end = at + 1;
        return;
    }
    far_unit(tokens, value);
}

/// Reads a unit with one word before it, which does no harm: `five working days`.
fn far_unit(tokens: &[Token<'_>], value: &mut Value) {
    let at = value.end;
    let Some(token) = tokens.get(at) else { return };
    let next = lower(tokens, at + 1);
    let is_far = token.is_word()
        && !parts_from_unit(&token.lower)
        && value.unit.is_none()
        && tokens
            .get(at + 1)
            .is_some_and(|next| next.is_word() && next.lower.len() > 3);
    if is_far && let Some((name, len)) = unit_at(tokens, at + 1) {
        let is_stuff = !matches!(name, "points" | "%" | "x") && next != "pound";
        let is_singular = TIMES_SINGULAR.contains(&next);
        if is_stuff && !is_singular {
            value.unit = Some(Cow::Borrowed(name));
            value.unit_at = Some((at + 1, at + 1 + len));
            value.end = at + 1 + len;
        }
    }
}

const TIMES_SINGULAR: &[&str] = &["second", "minute", "hour", "day", "week", "month", "year"];

/// Returns the unit that starts at a token, and how many tokens it has.
fn unit_at(tokens: &[Token<'_>], at: usize) -> Option<(&'static str, usize)> {
    let first = tokens.get(at)?;
    for (name, words) in LONG_UNITS {
        let mut words_here = words.iter().enumerate();
        if words_here.all(|(ahead, word)| lower(tokens, at + ahead) == *word) {
            return Some((name, words.len()));
        }
    }
    if first.is("%") {
        return Some(("%", 1));
    }
    // What is divided by is dropped: `kg/tonne`.
    let word = first.lower.split('/').next()?;
    let word = word.trim_end_matches('.');
    let unit = UNITS.iter().chain(CURRENCIES);
    let mut found = unit.filter(|(name, also)| also.contains(&word) || *name == word);
    let (name, _) = found.next()?;
    Some((name, 1))
}

/// Reads `9 out of 10`, `18 of 24` and `one in five`.
fn share(tokens: &[Token<'_>], value: &mut Value) {
    if value.unit.is_some() || value.scale.is_some() {
        return;
    }
    let at = value.end;
    let skip = match (lower(tokens, at), lower(tokens, at + 1)) {
        ("out", "of") => 2,
        ("of" | "in", _) => 1,
        _ => return,
    };
    let is_in = lower(tokens, at) == "in";
    let Some(whole) = core(tokens, at + skip).filter(|whole| whole.form == Form::Plain) else {
        return;
    };
    // `5 in 2026` and `40 of 2025` name a year; `3 in 10 days` a time.
    let is_year = whole.is_digits && whole.amount >= 1900.into() && whole.amount <= 2100.into();
    let mut unit_probe = whole.clone();
    multiplier(tokens, &mut unit_probe);
    unit(tokens, &mut unit_probe);
    if is_year
        || whole.amount < value.amount
        || whole.amount.is_zero()
        || (is_in && value.amount != Decimal::ONE && !is_round_whole(&whole))
        || unit_probe.unit.is_some()
        || unit_probe.form != Form::Plain
    {
        return;
    }
    let after = lower(tokens, whole.end);
    let has_population = tokens.get(whole.end).is_some_and(|token| token.is_word())
        && !is_link(after)
        && !is_rating(after);
    let before = value
        .first
        .checked_sub(1)
        .map_or("", |before| lower(tokens, before));
    let rates = !is_in
        && !has_population
        && (is_rating(after)
            || value.amount.scale() > 0
            || matches!(before, "to" | "at" | "of" | "→")
            || near(tokens, value.first).any(|token| is_rating(&token.lower)));
    if rates {
        value.unit = Some(Cow::Owned(format!("/{}", whole.amount.normalize())));
        value.unit_at = Some((at, whole.end));
        value.end = whole.end + usize::from(after == "stars");
        return;
    }
    let percent = value
        .amount
        .checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|amount| amount.checked_div(whole.amount));
    if let Some(percent) = percent {
        value.amount = percent.round_dp(2).normalize();
        value.unit = Some(Cow::Borrowed("%"));
        value.form = Form::Share;
        value.end = whole.end;
    }
}

/// So many tokens before and behind a share are looked at for what it rates.
const RATING_REACH: usize = 30;

fn near<'a, 't>(tokens: &'a [Token<'t>], at: usize) -> impl Iterator<Item = &'a Token<'t>> {
    let first = at.saturating_sub(RATING_REACH);
    tokens[first..].iter().take(2 * RATING_REACH)
}

/// Returns whether a whole is one of which shares are told: `9 in 10`, `95 in 100`.
fn is_round_whole(whole: &Value) -> bool {
    whole.amount == Decimal::TEN || whole.amount == Decimal::ONE_HUNDRED
}

/// Words that rate something.
pub(super) fn is_rating(word: &str) -> bool {
    matches!(
        word,
        "rating"
            | "ratings"
            | "score"
            | "scores"
            | "stars"
            | "star"
            | "csat"
            | "satisfaction"
            | "rated"
            | "review"
            | "reviews"
            | "grade"
            | "grades"
            | "ease"
            | "mark"
            | "marks"
            | "happiness"
            | "index"
    )
}

/// Returns whether a word links phrases, so that it is no noun.
pub(super) fn is_link(word: &str) -> bool {
    parts_from_unit(word)
        && !matches!(
            word,
            "new" | "open" | "planning" | "training" | "pilot" | "last" | "next" | "first"
        )
        || matches!(
            word,
            "while"
                | "plus"
                | "so"
                | "that"
                | "which"
                | "who"
                | "when"
                | "if"
                | "not"
                | "no"
                | "among"
                | "between"
                | "against"
                | "versus"
                | "vs"
                | "compared"
                | "using"
                | "up"
                | "down"
                | "throughout"
                | "because"
                | "without"
                | "since"
                | "be"
                | "have"
                | "has"
                | "will"
                | "now"
                | "today"
                | "currently"
                | "due"
                | "on-time"
                | "only"
                | "off"
                | "around"
                | "into"
                | "onto"
        )
}

/// Reads the second number of a range: `10–15%`, `8 to 12%`, `between 10 and 15`.
fn range(tokens: &[Token<'_>], value: &mut Value, is_verb: &dyn Fn(usize) -> bool) {
    if value.form != Form::Plain || value.high.is_some() {
        return;
    }
    let at = value.end;
    let before = value
        .first
        .checked_sub(1)
        .map_or("", |before| lower(tokens, before));
    let link = lower(tokens, at);
    let fits = match link {
        "–" | "-" | "‑" | "—" => true,
        "and" => before == "between",
        "to" => !is_from(tokens, value.first),
        _ => false,
    };
    if !fits {
        return;
    }
    let (currency, start) = leading_currency(tokens, at + 1);
    let Some(mut high) = core(tokens, start).filter(|high| high.form == Form::Plain) else {
        return;
    };
    if let Some(code) = currency {
        high.unit = Some(Cow::Borrowed(code));
    }
    multiplier(tokens, &mut high);
    unit(tokens, &mut high);
    if high.form != Form::Plain || high.amount < value.amount && high.scale.is_none() {
        return;
    }
    // `20% to €2.3M` is a change and a value, not a range.
    if value.unit.is_some() && high.unit.is_some() && value.unit != high.unit {
        return;
    }
    // Behind a bare noun, `NPS 32 to 45` goes from one to the other.
    let stands_free = match value.first.checked_sub(1) {
        None => true,
        Some(at) => is_verb(at) || matches!(before, "up" | "on" | "back"),
    };
    let is_introduced = matches!(
        before,
        "by" | "about"
            | "roughly"
            | "around"
            | "between"
            | "a"
            | "an"
            | "to"
            | "of"
            | "at"
            | "least"
            | "another"
    );
    if link == "to" && !stands_free && !is_introduced {
        return;
    }
    if let (None, Some(scale)) = (value.scale, high.scale) {
        value.amount = value
            .amount
            .checked_mul(scale)
            .unwrap_or(value.amount)
            .normalize();
    }
    if high.amount < value.amount {
        return;
    }
    value.scale = value.scale.or(high.scale);
    value.high = Some(high.amount);
    value.unit = value.unit.take().or(high.unit);
    value.unit_at = value.unit_at.or(high.unit_at);
    value.end = high.end;
}

/// Returns whether `from` stands before a value, with nothing but small words between.
fn is_from(tokens: &[Token<'_>], first: usize) -> bool {
    tokens[..first]
        .iter()
        .rev()
        .take(3)
        .map(|token| &*token.lower)
        .find(|word| {
            !matches!(
                *word,
                "a" | "an" | "the" | "about" | "roughly" | "around" | "some" | "~"
            )
        })
        == Some("from")
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
