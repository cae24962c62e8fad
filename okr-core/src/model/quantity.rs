//! Exact numbers with their units.

use std::fmt;

use rust_decimal::Decimal;

use super::one_line;

/// An exact decimal number with its unit, such as `68%`, `44 days` or `EUR 1200.50`.
///
/// Quantities are equal when number and unit are: `2.50 days` equals `2.5 days`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// The number; percents are in points of a hundred, so 68% is 68.
    pub value: Decimal,
    /// What is counted.
    pub unit: Unit,
}

/// What a quantity counts.
///
/// Make it with [`Unit::parse`]: a `Word` is never a spelling of one of the others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// A bare number.
    None,
    /// Percent of a whole.
    Percent,
    /// Percentage points, or points of a score: a difference, unlike [`Unit::Percent`].
    Points,
    /// Money, by its ISO 4217 code.
    Currency(&'static str),
    /// Any other unit, as written: `days`, `invoices`, `/5`.
    Word(String),
}

/// Why a text is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QuantityError {
    /// There is no number in it.
    NoNumber,
    /// The number has more digits than an exact decimal can hold (28).
    TooManyDigits,
    /// Something else than a unit stands beside the number.
    Unreadable,
    /// A dot before the last three digits of money may part thousands or be the decimal sign.
    AmbiguousDot,
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoNumber => "it has no number",
            Self::TooManyDigits => "its number has more than 28 digits",
            Self::Unreadable => "more than a number and its unit stands there",
            Self::AmbiguousDot => {
                "its dot may part thousands or be the decimal sign; write `EUR 900,000` or `EUR 900`"
            }
        })
    }
}

impl std::error::Error for QuantityError {}

/// Codes of ISO 4217 that are in use as money of a country or union.
const CURRENCIES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
    "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF",
    "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP",
    "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD",
    "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY",
    "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD",
    "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK",
    "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK",
    "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG",
    "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SYP", "SZL", "THB", "TJS", "TMT",
    "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED", "VES",
    "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

const SYMBOLS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("US$", "USD"),
    ("$", "USD"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
];

/// Money that has three decimals, so that a dot before three digits is the decimal sign.
const THREE_DECIMALS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Blanks that part digits or a number and its unit without a line's end between them.
const BLANKS: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2009}'];

/// Units of time in the plural, with the other spellings that are read as the same.
const TIMES: &[(&str, &[&str])] = &[
    ("seconds", &["second", "sec"]),
    ("minutes", &["minute", "min", "mins"]),
    ("hours", &["hour", "h", "hr", "hrs"]),
    ("days", &["day", "d"]),
    ("weeks", &["week", "wk"]),
    ("months", &["month"]),
    ("years", &["year", "yr"]),
];

impl Unit {
    /// Reads a unit as it stands beside a number; the empty text is [`Unit::None`].
    ///
    /// Spellings of percent, points, currencies and times are brought to one form.
    /// Returns nothing for a text that could not stand beside a number, such as one that begins with a digit.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = one_line(&text.replace(BLANKS, " "));
        if text.is_empty() {
            return Some(Self::None);
        }
        if let Some(code) = currency(&text) {
            return Some(Self::Currency(code));
        }
        let lower = text.to_lowercase();
        match lower.as_str() {
            "%" | "percent" | "per cent" | "pct" => return Some(Self::Percent),
            "points" | "point" | "pts" | "pp" | "percentage points" | "percentage point"
            | "ppt" => {
                return Some(Self::Points);
            }
            _ => {}
        }
        if let Some((plural, _)) = TIMES
            .iter()
            .find(|(plural, also)| *plural == lower || also.contains(&&*lower))
        {
            return Some(Self::Word((*plural).to_owned()));
        }
        let first = text.chars().next()?;
        // Words that go on with a sentence, or a second number, mean that more than a quantity stands there.
        let mut words = text.split(' ');
        let goes_on = matches!(
            lower.split(' ').next(),
            Some("to" | "or" | "and" | "of" | "from" | "by")
        );
        if goes_on || words.any(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
        let score = text
            .strip_prefix('/')
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty());
        (score || first.is_alphabetic()).then_some(Self::Word(text))
    }

    /// Returns the unit's own spelling; nothing stands for a bare number.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::None => "",
            Self::Percent => "%",
            Self::Points => "points",
            Self::Currency(code) => code,
            Self::Word(word) => word,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Reads what most values of a check-in are, without a detour: `72`, `72.5` or `72%`.
fn plain_number(text: &str) -> Option<Quantity> {
    let (digits, unit) = match text.strip_suffix('%') {
        Some(digits) => (digits, Unit::Percent),
        None => (text, Unit::None),
    };
    if digits.len() > 16 {
        return None;
    }
    let (mut number, mut scale) = (0_i64, None);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => number = number * 10 + i64::from(byte - b'0'),
            b'.' if scale.is_none() => scale = Some(0),
            _ => return None,
        }
        if byte != b'.' {
            scale = scale.map(|scale| scale + 1);
        }
    }
    let has_digits = digits.starts_with(|c: char| c.is_ascii_digit()) && scale != Some(0);
    has_digits.then(|| Quantity::new(Decimal::new(number, scale.unwrap_or(0)), unit))
}

fn currency(text: &str) -> Option<&'static str> {
    if let Some((_, code)) = SYMBOLS.iter().find(|(symbol, _)| *symbol == text) {
        return Some(code);
    }
    CURRENCIES
        .binary_search(&text)
        .ok()
        .map(|at| CURRENCIES[at])
}

impl Quantity {
    /// Returns the quantity of `value` in `unit`.
    #[must_use]
    pub const fn new(value: Decimal, unit: Unit) -> Self {
        Self { value, unit }
    }

    /// Reads a quantity as people write it.
    ///
    /// A dot is the decimal sign; commas, blanks and apostrophes before three digits part thousands,
    /// and a comma before one or two last digits is a decimal sign.
    /// Dots part thousands where there are several, or decimals behind a comma.
    /// Beside money, one dot before the last three digits is not read, as it can be either.
    /// `k`, `M`, `m` (after a currency sign) and `bn` right behind the digits multiply.
    ///
    /// ```
    /// use okr_core::model::Quantity;
    ///
    /// assert_eq!(Quantity::parse("€1.2M")?.to_string(), "EUR 1,200,000");
    /// assert_eq!(Quantity::parse("68 percent")?.to_string(), "68%");
    /// assert_eq!(Quantity::parse("-2,5 days")?.to_string(), "-2.5 days");
    /// # Ok::<(), okr_core::model::QuantityError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`QuantityError`] says whether the number is missing, too long, ambiguous, or in odd company.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        if let Some(quantity) = plain_number(text) {
            return Ok(quantity);
        }
        let text = one_line(&text.replace(BLANKS, " "));
        let sign_at = text.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '−' | '.'));
        let digit_at = text
            .find(|c: char| c.is_ascii_digit())
            .ok_or(QuantityError::NoNumber)?;
        // The number may be written without a leading zero: `.5`.
        let start = sign_at.unwrap_or(digit_at).min(digit_at);
        let (prefix, rest) = text.split_at(start);
        let (sign, rest) = read_sign(rest);
        // A currency may stand between the sign and the number: `-€5`.
        let (inner, rest) = split_at_digit(rest);
        let (digits, mut tail, has_dot_of_three) = read_digits(rest)?;
        let mut value =
            Decimal::from_str_exact(&digits).map_err(|_| QuantityError::TooManyDigits)?;
        let prefix = prefix.trim();
        let lead = if prefix.is_empty() {
            inner.trim()
        } else {
            prefix
        };
        if !prefix.is_empty() && !inner.trim().is_empty() {
            return Err(QuantityError::Unreadable);
        }
        let lead_currency = match lead {
            "" => None,
            _ => Some(currency(lead).ok_or(QuantityError::Unreadable)?),
        };
        let mut is_multiplied = false;
        if let Some((factor, after)) = read_factor(tail, lead_currency.is_some()) {
            value = value
                .checked_mul(factor)
                .ok_or(QuantityError::TooManyDigits)?
                .normalize();
            tail = after;
            is_multiplied = true;
        }
        if sign == Some('-') {
            value.set_sign_negative(!value.is_zero());
        }
        let unit = Unit::parse(tail).ok_or(QuantityError::Unreadable)?;
        let unit = match (lead_currency, unit) {
            (None, unit) => unit,
            (Some(code), Unit::None) => Unit::Currency(code),
            (Some(code), Unit::Currency(same)) if same == code => Unit::Currency(code),
            (Some(_), _) => return Err(QuantityError::Unreadable),
        };
        if has_dot_of_three && !is_multiplied && has_ambiguous_dot(&unit) {
            return Err(QuantityError::AmbiguousDot);
        }
        Ok(Self { value, unit })
    }

    /// Returns the number as it stands in a plan, without the unit: with commas from 10,000 on.
    #[must_use]
    pub fn number(&self) -> String {
        grouped(&self.value)
    }

    /// Returns whether the two count the same thing, so that they may be compared or subtracted.
    ///
    /// A bare number goes with every unit, and points go with percents.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        match (&self.unit, &other.unit) {
            (Unit::None, _)
            | (_, Unit::None)
            | (Unit::Percent | Unit::Points, Unit::Percent | Unit::Points) => true,
            (one, two) => one == two,
        }
    }
}

impl fmt::Display for Quantity {
    /// Writes the form that a plan holds; [`Quantity::parse`] reads it back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.number();
        match &self.unit {
            Unit::None => write!(f, "{value}"),
            Unit::Percent => write!(f, "{value}%"),
            Unit::Currency(code) => {
                // Three decimals would read like thousands.
                let is_doubtful = |value: &str| {
                    matches!(
                        read_digits(value.trim_start_matches('-')),
                        Ok((_, "", true))
                    )
                };
                if !has_ambiguous_dot(&self.unit) || !is_doubtful(&value) {
                    return write!(f, "{code} {value}");
                }
                let value = grouped(&self.value.normalize());
                let more = if is_doubtful(&value) { "0" } else { "" };
                write!(f, "{code} {value}{more}")
            }
            Unit::Points if self.value.abs() == Decimal::ONE => write!(f, "{value} point"),
            Unit::Points => write!(f, "{value} points"),
            Unit::Word(word) if word.starts_with('/') => write!(f, "{value}{word}"),
            Unit::Word(word) => {
                let time = TIMES.iter().find(|(plural, _)| plural == word);
                match time {
                    Some((_, also)) if self.value.abs() == Decimal::ONE => {
                        write!(f, "{value} {}", also[0])
                    }
                    _ => write!(f, "{value} {word}"),
                }
            }
        }
    }
}

/// Returns a number as it stands in a plan: from 10,000 on with a comma before each three digits.
fn grouped(value: &Decimal) -> String {
    let plain = value.to_string();
    let whole = plain.split('.').next().map_or(0, str::len);
    let first = usize::from(plain.starts_with('-'));
    if whole - first < 5 {
        return plain;
    }
    let mut out = String::with_capacity(plain.len() + whole / 3);
    for (at, c) in plain.char_indices() {
        if at > first && at < whole && (whole - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

fn read_sign(text: &str) -> (Option<char>, &str) {
    if let Some(rest) = text.strip_prefix(['-', '−']) {
        (Some('-'), rest.trim_start())
    } else if let Some(rest) = text.strip_prefix('+') {
        (Some('+'), rest.trim_start())
    } else {
        (None, text)
    }
}

fn split_at_digit(text: &str) -> (&str, &str) {
    let at = text
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(text.len());
    let at = if text[..at].ends_with('.') {
        at - 1
    } else {
        at
    };
    text.split_at(at)
}

fn has_ambiguous_dot(unit: &Unit) -> bool {
    matches!(unit, Unit::Currency(code) if !THREE_DECIMALS.contains(code))
}

/// Reads digits with their separators; returns them in plain form, what follows, and whether the only
/// separator is a dot before the last three digits that might part thousands.
fn read_digits(text: &str) -> Result<(String, &str, bool), QuantityError> {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        bytes[from.min(bytes.len())..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    // One or two digits behind a comma, with which the number ends.
    let decimals = |at: usize, most: usize| {
        let end = at + 1 + run(at + 1);
        let is_last = !matches!(bytes.get(end), Some(b'.' | b','));
        (bytes.get(at) == Some(&b',') && (1..=most).contains(&run(at + 1)) && is_last)
            .then_some(end)
    };
    let mut digits = String::new();
    let mut at = run(0);
    digits.push_str(&text[..at]);
    let separator = bytes.get(at).copied();
    let may_group = (1..=3).contains(&at) && bytes[0] != b'0' && run(at + 1) == 3;
    let has_dot = may_group && separator == Some(b'.');
    let is_clear =
        || bytes.get(at + 4) == Some(&b'.') && run(at + 5) == 3 || decimals(at + 4, 2).is_some();
    let is_dotted = has_dot && is_clear();
    if is_dotted || may_group && matches!(separator, Some(b',' | b'\'' | b' ')) {
        while bytes.get(at).copied() == separator && run(at + 1) == 3 {
            digits.push_str(&text[at + 1..at + 4]);
            at += 4;
        }
        if is_dotted && let Some(end) = decimals(at, 2) {
            return Ok((
                format!("{digits}.{}", &text[at + 1..end]),
                &text[end..],
                false,
            ));
        }
    } else if let Some(end) = decimals(at, 3) {
        return Ok((
            format!("{digits}.{}", &text[at + 1..end]),
            &text[end..],
            false,
        ));
    }
    if !is_dotted && bytes.get(at) == Some(&b'.') && run(at + 1) > 0 {
        let end = at + 1 + run(at + 1);
        digits.push_str(&text[at..end]);
        at = end;
    }
    if digits.is_empty() {
        return Err(QuantityError::NoNumber);
    }
    if digits.starts_with('.') {
        digits.insert(0, '0');
    }
    Ok((digits, &text[at..], has_dot && !is_dotted))
}

fn read_factor(tail: &str, is_money: bool) -> Option<(Decimal, &str)> {
    let end = tail
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(tail.len());
    let factor = match &tail[..end] {
        "k" | "K" => 1_000,
        "M" | "mn" | "mio" | "Mio" => 1_000_000,
        "m" if is_money || currency(tail[end..].trim()).is_some() => 1_000_000,
        "bn" | "B" => 1_000_000_000,
        _ => return None,
    };
    Some((Decimal::from(factor), &tail[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, printed: &str) {
        let quantity = Quantity::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(quantity.to_string(), printed);
        assert_eq!(
            Quantity::parse(printed).as_ref(),
            Ok(&quantity),
            "{printed:?} reads back"
        );
    }

    #[test]
    fn the_codes_are_sorted() {
        assert!(CURRENCIES.is_sorted());
    }

    #[test]
    fn a_unit_has_plain_blanks_alone() {
        let unit = Unit::parse("sheets\u{a0}per\u{202f}desk").unwrap();
        assert_eq!(unit, Unit::Word("sheets per desk".to_owned()));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        check("1,200", "1200");
        check("1 200 invoices", "1200 invoices");
        check("1'200'000", "1,200,000");
        check("-12345.678", "-12,345.678");
        check("1,200.50", "1200.50");
        check("2,5", "2.5");
        check("0,125 days", "0.125 days");
        check(".5", "0.5");
        check("-0", "0");
        check("+3", "3");
        check("−4 days", "-4 days");
    }

    #[test]
    fn dots_part_thousands_where_that_is_plain() {
        check("1.500.000 €", "EUR 1,500,000");
        check("1.500,50 €", "EUR 1500.50");
        check("12.345.678,9", "12,345,678.9");
        check("1.200", "1.200");
        check("1.200 days", "1.200 days");
        for text in ["900.000 €", "€1.500", "-1.200 EUR", "USD 12.345"] {
            let found = Quantity::parse(text);
            assert_eq!(found, Err(QuantityError::AmbiguousDot), "{text}");
        }
        for text in ["1.500.00 €", "1.500.000.00"] {
            let found = Quantity::parse(text);
            assert_eq!(found, Err(QuantityError::Unreadable), "{text}");
        }
        check("€1.234M", "EUR 1,234,000");
        check("€0.125", "EUR 0.125");
        check("1234.567 €", "EUR 1234.567");
        check("1.250 KWD", "KWD 1.250");
    }

    #[test]
    fn money_with_three_decimals_is_printed_so_that_it_reads_back() {
        for (value, printed) in [
            ("1.234", "EUR 1.2340"),
            ("-1.500", "EUR -1.5"),
            ("12345.678", "EUR 12,345.678"),
        ] {
            let value = value.parse().expect("is a number");
            let quantity = Quantity::new(value, Unit::Currency("EUR"));
            assert_eq!(quantity.to_string(), printed);
            assert_eq!(Quantity::parse(printed), Ok(quantity));
        }
    }

    #[test]
    fn units_are_brought_to_one_form() {
        check("68 %", "68%");
        check("4 pp", "4 points");
        check("1 day", "1 day");
        check("24h", "24 hours");
        check("44 DAYS", "44 days");
        check("4.2/5", "4.2/5");
        check("20 medium accounts", "20 medium accounts");
    }

    #[test]
    fn money_carries_its_code() {
        check("€180k", "EUR 180,000");
        check("2m EUR", "EUR 2,000,000");
        check("$1.2M", "USD 1,200,000");
        check("1200 CHF", "CHF 1200");
        check("EUR 1,200 EUR", "EUR 1200");
        check("-€5", "EUR -5");
        check("40 FTE", "40 FTE");
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        assert_eq!(Quantity::parse(""), Err(QuantityError::NoNumber));
        assert_eq!(
            Quantity::parse("to be measured"),
            Err(QuantityError::NoNumber)
        );
        assert_eq!(
            Quantity::parse("from 5 to 3 days"),
            Err(QuantityError::Unreadable)
        );
        for text in [
            "€5 USD",
            "2 to 4 days",
            "3 of 4",
            "5 or more",
            "between 2 and 4",
        ] {
            assert_eq!(
                Quantity::parse(text),
                Err(QuantityError::Unreadable),
                "{text:?}"
            );
        }
        assert_eq!(
            Quantity::parse(&"9".repeat(40)),
            Err(QuantityError::TooManyDigits)
        );
    }
}
