//! Statuses, by word, letter, colour or sign.

use crate::import::SaidStatus;
use crate::import::{legend, words};

/// What a cell of statuses says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// A status, with the words behind it that say more.
    Status(SaidStatus, Option<String>),
    /// A word that says nothing in this dialect.
    Silent,
    /// Something else.
    Unknown,
}

/// What signs mean; those of one row of a keyboard mean the same in most sheets.
const SIGNS: &[(char, SaidStatus)] = &[
    ('🟢', SaidStatus::OnTrack),
    ('💚', SaidStatus::OnTrack),
    ('😀', SaidStatus::OnTrack),
    ('🙂', SaidStatus::OnTrack),
    ('☺', SaidStatus::OnTrack),
    ('👍', SaidStatus::OnTrack),
    ('▲', SaidStatus::OnTrack),
    ('🟩', SaidStatus::OnTrack),
    ('☀', SaidStatus::OnTrack),
    ('🌞', SaidStatus::OnTrack),
    ('🌤', SaidStatus::AtRisk),
    ('⛅', SaidStatus::AtRisk),
    ('☁', SaidStatus::AtRisk),
    ('🌧', SaidStatus::OffTrack),
    ('⛈', SaidStatus::OffTrack),
    ('🌩', SaidStatus::OffTrack),
    ('🟡', SaidStatus::AtRisk),
    ('🟠', SaidStatus::AtRisk),
    ('🟨', SaidStatus::AtRisk),
    ('🟧', SaidStatus::AtRisk),
    ('💛', SaidStatus::AtRisk),
    ('😐', SaidStatus::AtRisk),
    ('⚠', SaidStatus::AtRisk),
    ('🔴', SaidStatus::OffTrack),
    ('🟥', SaidStatus::OffTrack),
    ('🛑', SaidStatus::OffTrack),
    ('❗', SaidStatus::OffTrack),
    ('🙁', SaidStatus::OffTrack),
    ('☹', SaidStatus::OffTrack),
    ('▼', SaidStatus::OffTrack),
    ('✅', SaidStatus::Done),
    ('✔', SaidStatus::Done),
    ('☑', SaidStatus::Done),
    ('✓', SaidStatus::Done),
    ('🏁', SaidStatus::Done),
    ('🎉', SaidStatus::Done),
    ('🔵', SaidStatus::Done),
    ('❌', SaidStatus::Cancelled),
    ('🗑', SaidStatus::Cancelled),
    ('⏸', SaidStatus::OnHold),
    ('💤', SaidStatus::OnHold),
    ('⏳', SaidStatus::OnTrack),
    ('🚧', SaidStatus::OnTrack),
    ('🚫', SaidStatus::Blocked),
    ('⛔', SaidStatus::Blocked),
    ('🔒', SaidStatus::Blocked),
    ('⚪', SaidStatus::NotStarted),
    ('⬜', SaidStatus::NotStarted),
    ('☐', SaidStatus::NotStarted),
    ('⭕', SaidStatus::NotStarted),
];

/// Returns how many signs of statuses a text has.
pub(crate) fn count_signs(text: &str) -> usize {
    text.chars()
        .filter(|c| SIGNS.iter().any(|(sign, _)| sign == c))
        .count()
}

/// Reads a status; `own` are the words that mean something else in this dialect, in their normal form.
pub(crate) fn read(text: &str, own: &[(String, Option<SaidStatus>)]) -> Said {
    let text = text.trim();
    let normal = words::normal(text);
    // Signs are compared as they are, but for how they are to be drawn.
    let key = (!own.is_empty()).then(|| legend::key(text));
    let is_own = |word: &str| key.as_deref() == Some(word);
    if let Some((_, status)) = own.iter().find(|(word, _)| is_own(word)) {
        return status.map_or(Said::Silent, |status| Said::Status(status, None));
    }
    if let Some(status) = words::status(&normal) {
        return Said::Status(status, None);
    }
    let sign = text
        .chars()
        .find_map(|c| SIGNS.iter().find(|(sign, _)| *sign == c));
    if let Some((_, status)) = sign {
        // A word beside the sign says more than its colour.
        let beside = own
            .iter()
            .find(|(word, _)| *word == normal)
            .map_or_else(|| words::status(&normal), |(_, status)| *status);
        if let Some(status) = beside {
            return Said::Status(status, None);
        }
        let more = text.trim_matches(|c: char| !c.is_alphanumeric());
        let more = (!normal.is_empty()).then(|| more.to_owned());
        return Said::Status(*status, more);
    }
    if normal.len() > 200 {
        return Said::Unknown;
    }
    // `At risk: two posts open`, `done (12 July)`, `in progress - 60%`
    let cut = text
        .char_indices()
        .skip(1)
        .find(|(at, c)| {
            matches!(c, ':' | '(' | ',' | ';' | '\n' | '–' | '—' | '|' | '.')
                || (matches!(c, '-' | '/') && text[..*at].ends_with(' '))
        })
        .map(|(at, _)| at);
    if let Some(at) = cut {
        let head = words::normal(&text[..at]);
        let status = own
            .iter()
            .find(|(word, _)| *word == head)
            .map_or_else(|| words::status(&head), |(_, status)| *status);
        if let Some(status) = status {
            let more = text[at..].trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
            return Said::Status(status, (!more.is_empty()).then(|| more.to_owned()));
        }
    }
    Said::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match read(text, &[]) {
            Said::Status(status, None) => status.word().to_owned(),
            Said::Status(status, Some(more)) => format!("{}: {more}", status.word()),
            Said::Silent => "silent".to_owned(),
            Said::Unknown => "unknown".to_owned(),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn statuses_come_as_words_letters_and_signs() {
        check("On Track", "on_track");
        check("green ", "on_track");
        check("RED", "off_track");
        check("A", "at_risk");
        check("🟡", "at_risk");
        check("🟢 On track", "on_track");
        check("✅", "done");
        check("im Verzug", "off_track");
        check("gefährdet", "at_risk");
        check("op koers", "on_track");
        check("non démarré", "not_started");
        check("In Progress", "on_track");
        check("At risk: two posts open", "at_risk: two posts open");
        check("Done (12 July)", "done: 12 July");
        check("purple", "unknown");
    }

    #[test]
    fn a_dialect_has_its_own_words() {
        let own = [
            ("at risk".to_owned(), Some(SaidStatus::OffTrack)),
            ("open".to_owned(), None),
        ];
        assert_eq!(
            read("At Risk", &own),
            Said::Status(SaidStatus::OffTrack, None)
        );
        assert_eq!(read("Open", &own), Said::Silent);
    }
}
