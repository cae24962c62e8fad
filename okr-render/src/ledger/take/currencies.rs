//! The currencies of a ledger.

use super::super::rows::Raw;
use crate::import::values::number;

/// The currencies that were seen, each as it is written, and whether a row of it counts.
#[derive(Default)]
pub(super) struct Currencies {
    seen: Vec<(Vec<u8>, String, bool)>,
}

impl Currencies {
    /// Returns the number of a currency, by its cell; nothing of an empty one.
    pub(super) fn of(&mut self, cell: Raw<'_>) -> Option<usize> {
        if cell.is_blank() {
            return None;
        }
        if let Raw::Bytes(bytes) = cell
            && let Some(at) = self.seen.iter().position(|(seen, ..)| seen == bytes)
        {
            return Some(at);
        }
        let text = cell.text();
        let code = number::money(&text).map_or_else(|| text.to_uppercase(), str::to_owned);
        Some(self.add(text.into_bytes(), code))
    }

    /// Returns the number of a currency, by its code.
    pub(super) fn named(&mut self, code: &str) -> usize {
        let known = self.seen.iter().position(|(_, seen, _)| seen == code);
        known.unwrap_or_else(|| self.add(code.as_bytes().to_vec(), code.to_owned()))
    }

    fn add(&mut self, cell: Vec<u8>, code: String) -> usize {
        /// More than there are on earth: a column of something else, which is refused later for being several.
        const MOST: usize = 300;
        if self.seen.len() < MOST {
            self.seen.push((cell, code, false));
        }
        self.seen.len() - 1
    }

    /// Returns the code of a currency, by its number.
    pub(super) fn code(&self, number: usize) -> &str {
        &self.seen[number].1
    }

    /// Notes that a row of a currency counts.
    pub(super) fn count(&mut self, number: usize) {
        self.seen[number].2 = true;
    }

    /// Returns the codes that were seen, whether rows of them count or not, each once, sorted.
    pub(super) fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.seen.iter().map(|(_, code, _)| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Returns the codes of which rows count, each once, sorted.
    pub(super) fn counted(&self) -> Vec<&str> {
        let counted = self.seen.iter().filter(|(.., counts)| *counts);
        let mut codes: Vec<&str> = counted.map(|(_, code, _)| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}
