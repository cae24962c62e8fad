//! Periods as people write them: `2026-Q4`, `FY27 Q1`, `2026-10-01 to 2026-12-31`.

use std::fmt;

use super::{Label, Period, PeriodKind};
use crate::model::date::parse_date;
use crate::model::fiscal_year::FiscalYear;

/// Why a text is no period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodError {
    reason: String,
    /// Whether the text has no form that is known, so that examples help.
    is_unknown_form: bool,
}

impl PeriodError {
    /// Returns what is wrong, without examples of what is right.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)?;
        if self.is_unknown_form {
            f.write_str(
                " like 2026-Q4, 2026-H2, 2026, 2026-11, FY2027-Q1 or 2026-10-01..2026-12-31",
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for PeriodError {}

impl Period {
    /// Reads a period as people write it.
    ///
    /// `2026`, `2026-H2`, `2026-T1`, `2026-Q4`, `2026-11`, `FY2027-Q1` and
    /// `2026-10-01..2026-12-31` are the forms that a plan holds; `Q4 2026`, `2026Q4`, `FY27 Q1` and
    /// `2026-10-01 to 2026-12-31` are understood as well.
    /// `fiscal` says when a year written with `FY` begins.
    ///
    /// # Errors
    ///
    /// The message says which part could not be read.
    pub fn parse(text: &str, fiscal: FiscalYear) -> Result<Self, PeriodError> {
        let text = text.trim();
        let error = |reason: String| PeriodError {
            reason,
            is_unknown_form: false,
        };
        for separator in ["..", " to ", " – ", " - "] {
            if let Some((start, end)) = text.split_once(separator) {
                let date = |part: &str| {
                    parse_date(part.trim()).ok_or_else(|| {
                        error(format!("`{}` is no date like 2026-10-01", part.trim()))
                    })
                };
                let (start, end) = (date(start)?, date(end)?);
                return Self::custom(start, end)
                    .ok_or_else(|| error(format!("`{text}` ends before it starts")));
            }
        }
        Self::parse_named(&text.to_ascii_uppercase(), fiscal).ok_or_else(|| PeriodError {
            reason: format!("`{text}` is no period"),
            is_unknown_form: true,
        })
    }

    fn parse_named(text: &str, fiscal: FiscalYear) -> Option<Self> {
        let mut year = None;
        let mut part = None;
        let mut is_fiscal = false;
        let mut rest = text;
        while !rest.is_empty() {
            let (letters, after) =
                rest.split_at(rest.bytes().take_while(u8::is_ascii_alphabetic).count());
            let after = after
                .strip_prefix([' ', '-'])
                .filter(|_| letters == "FY")
                .unwrap_or(after);
            let (digits, after) =
                after.split_at(after.bytes().take_while(u8::is_ascii_digit).count());
            let number: i16 = digits.parse().ok()?;
            match (letters, digits.len()) {
                ("FY", 2 | 4) if year.is_none() => {
                    is_fiscal = true;
                    year = Some(if digits.len() == 2 {
                        2000 + number
                    } else {
                        number
                    });
                }
                ("", 4) if year.is_none() => year = Some(number),
                ("", 2) if year.is_some() && part.is_none() => {
                    part = Some((PeriodKind::Month, number));
                }
                ("Q", 1) if part.is_none() => part = Some((PeriodKind::Quarter, number)),
                ("H", 1) if part.is_none() => part = Some((PeriodKind::Half, number)),
                ("T", 1) if part.is_none() => part = Some((PeriodKind::Trimester, number)),
                _ => return None,
            }
            rest = after.strip_prefix([' ', '-', '/']).unwrap_or(after);
        }
        let (kind, index) = part.unwrap_or((PeriodKind::Year, 1));
        if is_fiscal && kind == PeriodKind::Month {
            return None;
        }
        Self::named(
            year?,
            kind,
            i8::try_from(index).ok()?,
            is_fiscal.then_some(fiscal),
        )
    }
}

impl fmt::Display for Period {
    /// Writes the form that a plan holds; [`Period::parse`] reads it back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.label {
            Label::Custom { start, end } => write!(f, "{start}..{end}"),
            Label::Named {
                year,
                kind,
                index,
                fiscal,
            } => {
                let prefix = if fiscal.is_some() { "FY" } else { "" };
                write!(f, "{prefix}{year}")?;
                match kind {
                    PeriodKind::Year => Ok(()),
                    PeriodKind::Half => write!(f, "-H{index}"),
                    PeriodKind::Trimester => write!(f, "-T{index}"),
                    PeriodKind::Quarter => write!(f, "-Q{index}"),
                    PeriodKind::Month => write!(f, "-{index:02}"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::YearLabel;

    #[test]
    fn loose_spellings_are_understood() {
        for text in ["Q4 2026", "2026Q4", "2026 q4", "2026-Q4"] {
            let period = Period::parse(text, FiscalYear::default()).unwrap();
            assert_eq!(period.to_string(), "2026-Q4");
        }
        let fiscal = FiscalYear::new(4, YearLabel::End).unwrap();
        assert_eq!(
            Period::parse("FY27 Q1", fiscal).unwrap().to_string(),
            "FY2027-Q1"
        );
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "2026-Q5",
            "2026-Q0",
            "2026-13",
            "26-Q1",
            "next",
            "2026-Q4-Q1",
            "2026-W20",
            "0026",
        ] {
            assert!(
                Period::parse(text, FiscalYear::default()).is_err(),
                "{text:?}"
            );
        }
        let error = Period::parse("2026-12-31..2026-10-01", FiscalYear::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`2026-12-31..2026-10-01` ends before it starts"
        );
    }
}
