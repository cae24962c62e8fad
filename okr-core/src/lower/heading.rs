//! Headings that mark an objective or a key result.

use std::borrow::Cow;

use crate::model::Inline;
use crate::syntax::{Label, Line};

/// What a heading marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    Objective,
    KeyResult,
}

impl Marker {
    /// Reads a heading of the form `Objective 1: …`, `Key result 1.2: …` or `KR: …`.
    pub(crate) fn of(line: &Line) -> Option<(Self, &Label)> {
        let label = line.label.as_ref()?;
        Some((Self::of_name(&label.name)?, label))
    }

    fn of_name(name: &str) -> Option<Self> {
        let word =
            name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | ' '));
        let number = name[word.len()..].trim();
        let is_number = number.is_empty() || number.starts_with(|c: char| c.is_ascii_digit());
        if !is_number {
            return None;
        }
        if word.eq_ignore_ascii_case("objective") {
            Some(Self::Objective)
        } else if ["key result", "key-result", "kr"]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
        {
            Some(Self::KeyResult)
        } else {
            None
        }
    }
}

/// Returns whether a name marks a key result when it begins a heading.
pub(super) fn is_key_result(name: &str) -> bool {
    Marker::of_name(name) == Some(Marker::KeyResult)
}

/// Returns what to write when a heading that marks nothing looks as if it should.
pub(super) fn almost(line: &Line) -> Option<String> {
    let plain = line.inline.plain();
    let lower = plain.to_lowercase();
    let (name, rest) = ["objective", "key result", "kr"]
        .iter()
        .find_map(|word| Some((*word, lower.strip_prefix(word)?)))?;
    let number = rest.trim_start();
    // `Objectives` and `Objective setting` are ordinary headings; `Objective 1` and `KR2 –` are not.
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let proper = match name {
        "objective" => "Objective",
        _ => "Key result",
    };
    let digits = number
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b'.')
        .count();
    let number = number[..digits].trim_end_matches('.');
    Some(format!(
        "put a colon behind the number: `{proper} {number}: …`"
    ))
}

/// Returns a title as it stands in a heading that is no objective or key result.
///
/// A colon that would make it one is escaped, and so is a `#` at the end, which would close the heading.
pub(crate) fn title_of(title: &Inline) -> Cow<'_, str> {
    let markdown = title.as_markdown();
    if let Some(colon) = markdown.find(':') {
        let name =
            markdown[..colon].trim_matches(|c: char| matches!(c, '*' | '_') || c.is_whitespace());
        if Marker::of_name(name).is_some() {
            let (before, behind) = markdown.split_at(colon);
            return Cow::Owned(escape_end(&format!("{before}\\{behind}")).into_owned());
        }
    }
    escape_end(markdown)
}

/// Returns `markdown` with a `#` at its end escaped.
pub(crate) fn escape_end(markdown: &str) -> Cow<'_, str> {
    if markdown.ends_with('#') {
        let (before, signs) = markdown.split_at(markdown.trim_end_matches('#').len());
        // Only a run of its own closes a heading, but an escape does no harm either way.
        if before.is_empty() || before.ends_with(' ') {
            return Cow::Owned(format!("{before}\\{signs}"));
        }
    }
    Cow::Borrowed(markdown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_have_an_optional_number() {
        for name in ["Objective", "objective 1", "OBJECTIVE 12", "Objective1"] {
            assert_eq!(Marker::of_name(name), Some(Marker::Objective), "{name:?}");
        }
        for name in [
            "Key result",
            "Key Result 1.2",
            "KR",
            "kr 3",
            "KR1.1",
            "Key-result 2",
        ] {
            assert_eq!(Marker::of_name(name), Some(Marker::KeyResult), "{name:?}");
        }
        for name in ["Objectives", "Planning", "KRs", "Objective A", "1", ""] {
            assert_eq!(Marker::of_name(name), None, "{name:?}");
        }
    }
}
