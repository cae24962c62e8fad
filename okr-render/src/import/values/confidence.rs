//! How sure an owner is, brought to a scale from 0 to 10.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::number::{self, Decimals};
use crate::import::words;
use crate::table::Cell;

/// The scale of a column of confidences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// 0 to 1.
    One,
    /// 1 to 5.
    Five,
    /// 0 or 1 to 10.
    Ten,
    /// 0 to 100.
    Hundred,
}

impl Scale {
    /// Returns the scale that a heading names: `Confidence (1-5)`.
    pub(crate) fn of_heading(heading: &str) -> Option<Self> {
        let normal = words::normal(heading);
        let last = normal.rsplit(' ').next()?;
        match last {
            "1" if normal.contains("0 1") => Some(Self::One),
            "5" => Some(Self::Five),
            "10" => Some(Self::Ten),
            "100" => Some(Self::Hundred),
            _ if heading.contains('%') => Some(Self::Hundred),
            _ => None,
        }
    }

    /// Returns the smallest scale on which a value stands.
    pub(crate) fn of_greatest(greatest: Decimal) -> Self {
        if greatest <= Decimal::ONE {
            Self::One
        } else if greatest <= Decimal::TEN {
            Self::Ten
        } else {
            Self::Hundred
        }
    }
}

/// Reads a confidence; nothing where there is none, or one beyond the scale.
pub(crate) fn read(cell: &Cell, scale: Scale) -> Option<u8> {
    if let Some(number) = number::of_cell(cell, Decimals::Dot) {
        let value = match (number.unit.as_deref(), scale) {
            (Some("%"), _) | (None, Scale::Hundred) => number.value.checked_div(Decimal::TEN)?,
            (Some("/5"), _) | (None, Scale::Five) => number.value.checked_mul(Decimal::TWO)?,
            (Some("/10"), _) | (None, Scale::Ten) => number.value,
            (Some(_), _) => return None,
            (None, Scale::One) => number.value.checked_mul(Decimal::TEN)?,
        };
        return value
            .round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            .to_u8()
            .filter(|confidence| *confidence <= 10);
    }
    let normal = words::normal(&cell.to_text());
    for (class, confidence) in [("sure-high", 8), ("sure-middle", 5), ("sure-low", 2)] {
        if words::is(class, &normal) {
            return Some(confidence);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scale_comes_to_ten() {
        let check = |text: &str, scale, expected| {
            assert_eq!(read(&Cell::text(text), scale), expected, "{text}");
        };
        check("4", Scale::Five, Some(8));
        check("4", Scale::Ten, Some(4));
        check("0.4", Scale::One, Some(4));
        check("70%", Scale::Ten, Some(7));
        check("high", Scale::Ten, Some(8));
        check("3/5", Scale::Ten, Some(6));
        check("12", Scale::Ten, None);
        check("-", Scale::Ten, None);
        assert_eq!(Scale::of_heading("Confianza (1-5)"), Some(Scale::Five));
        assert_eq!(Scale::of_heading("Confidence"), None);
    }
}
