//! Reads the code of a number format, such as `#,##0.00 "days";[Red]-0%`.
//!
//! Of all that such a code says, only what changes the meaning of a number is kept: a sign for percent
//! or money, a word behind the number, and whether it is a day or a time. The first section, for
//! positive numbers, says it; colours and conditions are passed over.

use super::currency;
use crate::table::NumberFormat;

/// Characters of a word behind a number; a longer one is a sentence and no unit.
const MAX_SUFFIX: usize = 40;

/// How a style shows a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// What is shown beside it.
    pub(super) format: NumberFormat,
    /// Whether it is shown as a day or a time.
    pub(super) time: Time,
}

/// Whether a number stands for a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// It is a number.
    No,
    /// It is a day, perhaps with a time of it.
    Day,
    /// It is a time of the day, or a span of time.
    Clock,
}

impl Shown {
    /// A number as it is.
    pub(super) const PLAIN: Self = Self {
        format: NumberFormat::General,
        time: Time::No,
    };
}

/// What the first section of a code is made of.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one sign that was seen, and any may stand beside any other"
)]
struct Section {
    /// Words and signs before the first digit.
    before: String,
    /// Words and signs behind it.
    behind: String,
    /// A sign for money in brackets, with its language.
    money: Option<(String, Option<String>)>,
    has_digits: bool,
    /// Whether commas behind the last digit divide the number by thousands.
    is_scaled: bool,
    is_percent: bool,
    is_text: bool,
    has_day: bool,
    has_clock: bool,
    /// Months or minutes.
    has_m: bool,
}

/// Reads a code; one that says nothing of interest, or nothing that is known, shows the number as it is.
pub(super) fn read(code: &str) -> Shown {
    let section = section(code);
    let time = if section.has_day || (section.has_m && !section.has_clock) {
        Time::Day
    } else if section.has_clock {
        Time::Clock
    } else {
        Time::No
    };
    if time != Time::No {
        return Shown {
            format: NumberFormat::General,
            time,
        };
    }
    Shown {
        format: format(&section),
        time,
    }
}

fn format(section: &Section) -> NumberFormat {
    let (before, behind) = (section.before.trim(), section.behind.trim());
    if section.is_percent {
        return NumberFormat::Percent;
    }
    if let Some((sign, language)) = &section.money {
        let code = currency::code(sign, language.as_deref());
        return NumberFormat::Currency(code.unwrap_or(sign).into());
    }
    if section.is_text && !section.has_digits {
        return NumberFormat::Text;
    }
    if before == "%" || behind.starts_with('%') {
        return NumberFormat::PercentPoints;
    }
    // A sign may stand in words of its own beside others: `0.0," Mio €"`.
    let money = [before, behind]
        .into_iter()
        .flat_map(|words| std::iter::once(words).chain(words.split_whitespace()))
        .find_map(|word| currency::code(word, None));
    let has_word = behind.chars().any(char::is_alphanumeric);
    match money {
        Some(code) if section.is_scaled || !has_word || currency::code(behind, None).is_some() => {
            NumberFormat::Currency(code.into())
        }
        // What stands behind a number that is divided by thousands is `k`, and the number is not.
        _ if section.is_scaled || !has_word || behind.chars().count() > MAX_SUFFIX => {
            NumberFormat::General
        }
        _ => NumberFormat::Suffix(behind.into()),
    }
}

fn section(code: &str) -> Section {
    let mut section = Section::default();
    let mut signs = code.chars().peekable();
    let is_general = |rest: &str| {
        rest.get(..7)
            .is_some_and(|word| word.eq_ignore_ascii_case("general"))
    };
    let mut at = 0;
    while let Some(sign) = signs.next() {
        let here = at;
        at += sign.len_utf8();
        match sign {
            ';' => break,
            '"' => {
                for sign in signs.by_ref() {
                    at += sign.len_utf8();
                    if sign == '"' {
                        break;
                    }
                    section.push(sign);
                }
            }
            '\\' => {
                if let Some(sign) = signs.next() {
                    at += sign.len_utf8();
                    section.push(sign);
                }
            }
            // Room as wide as a sign, and a sign that fills the cell.
            '_' | '*' => {
                if let Some(sign) = signs.next() {
                    at += sign.len_utf8();
                }
                section.push(' ');
            }
            '[' => {
                let mut inside = String::new();
                for sign in signs.by_ref() {
                    at += sign.len_utf8();
                    if sign == ']' {
                        break;
                    }
                    inside.push(sign);
                }
                section.bracket(&inside);
            }
            _ if is_general(&code[here..]) => {
                section.digit();
                // The first letter is taken already, and the others are ASCII.
                for _ in 0..6 {
                    signs.next();
                    at += 1;
                }
            }
            '0' | '#' | '?' => section.digit(),
            ',' if section.has_digits => section.is_scaled = true,
            '.' | ',' | '/' => {}
            'E' | 'e' if matches!(signs.peek(), Some('+' | '-')) => {
                signs.next();
                at += 1;
            }
            '%' => section.is_percent = true,
            '@' => section.is_text = true,
            'y' | 'Y' | 'd' | 'D' => section.has_day = true,
            'h' | 'H' | 's' | 'S' => section.has_clock = true,
            'm' | 'M' => section.has_m = true,
            'A' | 'a'
                if code[here..]
                    .get(..5)
                    .is_some_and(|word| word.eq_ignore_ascii_case("am/pm")) =>
            {
                section.has_clock = true;
                for _ in 0..4 {
                    signs.next();
                    at += 1;
                }
            }
            other => section.push(other),
        }
    }
    section
}

impl Section {
    /// Adds a sign that is shown as it is.
    fn push(&mut self, sign: char) {
        if self.has_digits {
            self.behind.push(sign);
        } else {
            self.before.push(sign);
        }
    }

    /// Notes a place for a digit; commas before it were signs between thousands.
    fn digit(&mut self) {
        self.has_digits = true;
        self.is_scaled = false;
    }

    /// Notes what stands in brackets: money, a span of time, or else a colour or a condition.
    fn bracket(&mut self, inside: &str) {
        if let Some(money) = inside.strip_prefix('$') {
            let (sign, language) = match money.rsplit_once('-') {
                Some((sign, language)) => (sign, Some(language.to_owned())),
                None => (money, None),
            };
            if !sign.trim().is_empty() {
                self.money = Some((sign.trim().to_owned(), language));
            }
        } else if !inside.is_empty()
            && (inside.chars().all(|sign| matches!(sign, 'h' | 'H'))
                || inside.chars().all(|sign| matches!(sign, 'm' | 'M'))
                || inside.chars().all(|sign| matches!(sign, 's' | 'S')))
        {
            self.has_clock = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expected: &str) {
        let shown = read(code);
        let shown = match shown.time {
            Time::Day => "day".to_owned(),
            Time::Clock => "clock".to_owned(),
            Time::No => match shown.format {
                NumberFormat::General => "number".to_owned(),
                NumberFormat::Percent => "percent".to_owned(),
                NumberFormat::PercentPoints => "points".to_owned(),
                NumberFormat::Currency(code) => code.into(),
                NumberFormat::Suffix(word) => format!("_ {word}"),
                NumberFormat::Text => "text".to_owned(),
            },
        };
        assert_eq!(shown, expected, "{code}");
    }

    #[test]
    fn a_percent_sign_counts_a_hundredfold_unless_it_is_quoted() {
        check("0%", "percent");
        check("0.00\\ %", "percent");
        check("[Red][<0]-0.0%;0%", "percent");
        check("0\"%\"", "points");
        check("0\\%", "points");
        check("0 \"% of all\"", "points");
        check("#,##0;0%", "number");
    }

    #[test]
    fn money_is_known_by_sign_code_and_language() {
        check("[$€-407]\\ #,##0.00", "EUR");
        check("#,##0.00\\ [$€-407];[Red]-#,##0.00\\ [$€-407]", "EUR");
        check("[$£-809]#,##0", "GBP");
        check("[$$-409]#,##0", "USD");
        check("[$$-C09]#,##0", "AUD");
        check("[$kr-41D] 0", "SEK");
        check("[$CHF] 0", "CHF");
        check("[$Kč-405]", "CZK");
        check("[$Taler] 0", "Taler");
        check("#,##0 \"€\"", "EUR");
        check("\"$\"#,##0_);[Red]\\(\"$\"#,##0\\)", "USD");
        check("_($* #,##0_);_($* (#,##0);_($* \"-\"_);_(@_)", "USD");
        check(
            "_-* #,##0.00\\ \"€\"_-;\\-* #,##0.00\\ \"€\"_-;_-* \"-\"??\\ \"€\"_-;_-@_-",
            "EUR",
        );
        check("#,##0 \"EUR\"", "EUR");
        check("€#,##0", "EUR");
        check("0.0,\" Mio €\"", "EUR");
    }

    #[test]
    fn other_words_behind_a_number_are_its_unit() {
        check("0 \"days\"", "_ days");
        check("0.0\" Std.\"", "_ Std.");
        check("0\\ \\T\\a\\g\\e", "_ Tage");
        check("0\" €/h\"", "_ €/h");
        check("\"Q\"0", "number");
        check("0.0,\"k\"", "number");
        check("0,000", "number");
        check("#,##0_);(#,##0)", "number");
    }

    #[test]
    fn days_and_times_are_told_apart() {
        for code in [
            "yyyy-mm-dd",
            "dd/mm/yyyy",
            "m/d/yy h:mm",
            "mmm-yy",
            "MMMM",
            "[$-409]d-mmm;@",
            "yyyy\"年\"m\"月\"",
            "DD.MM.YYYY",
        ] {
            check(code, "day");
        }
        for code in [
            "h:mm",
            "[h]:mm:ss",
            "mm:ss",
            "h:mm AM/PM",
            "[mm]:ss.0",
            "hh\\:mm",
        ] {
            check(code, "clock");
        }
    }

    #[test]
    fn what_says_nothing_shows_the_number() {
        for code in [
            "General",
            "",
            "0",
            "#,##0.00",
            "0.00E+00",
            "# ?/?",
            "[Blue]General",
            "[",
            "\"",
            "\\",
            "_",
            "*",
            ";0%",
            "[$-409]0",
            "é\"é",
        ] {
            check(code, "number");
        }
        check("@", "text");
        check("General\" days\"", "_ days");
    }
}
