//! Short codes for the kinds of rows that nobody knows: `C`, `KW` and `Z` in a column of types.

use super::reader::Reader;
use super::values::text::{self, Kind};
use super::words;

/// A code has no more letters.
const LETTERS: usize = 3;

/// Rows that are looked at.
const SEEN_ROWS: usize = 200;

/// Returns what the codes in a column of types stand for, in their normal form; none where words stand there,
/// or where all of them are known.
///
/// Objectives come first, then their key results, and then what is done for these.
pub(super) fn of_column(reader: &Reader<'_>, column: usize) -> Vec<(String, Kind)> {
    if !reader.layout.kinds.is_empty() {
        return Vec::new();
    }
    let first = reader.layout.headings.map_or(0, |(_, last)| last + 1);
    let mut codes: Vec<(String, Option<Kind>)> = Vec::new();
    for row in first..reader.table.rows.len().min(first + SEEN_ROWS) {
        let words = reader.table.cell(row, column).to_text();
        let code = words.trim().trim_end_matches('.');
        let is_code =
            (1..=LETTERS).contains(&code.chars().count()) && code.chars().all(char::is_alphabetic);
        let normal = words::normal(code);
        if is_code && !codes.iter().any(|(known, _)| *known == normal) {
            let kind = text::kind_of_word(&normal);
            codes.push((normal, kind));
        } else if !is_code && text::kind_of_word(&normal).is_some() {
            return Vec::new();
        }
    }
    if !(2..=3).contains(&codes.len()) {
        return Vec::new();
    }
    let is_taken = |kind: &Kind| codes.iter().any(|(_, known)| known.as_ref() == Some(kind));
    let mut free: Vec<Kind> = [Kind::Objective, Kind::KeyResult, Kind::Initiative]
        .into_iter()
        .filter(|kind| !is_taken(kind))
        .collect();
    free.reverse();
    codes
        .into_iter()
        .filter(|(_, kind)| kind.is_none())
        .filter_map(|(code, _)| Some((code, free.pop()?)))
        .collect()
}
