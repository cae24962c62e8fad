//! Start and target in one cell: `62 → 45 days`, `from 71% to 85%`.

use super::number::{self, Decimals, Number};
use super::text::is_no_value;
use crate::import::words;

/// What parts the two, the plainest first.
const ARROWS: &[&str] = &["→", "➔", "➜", "⇒", "->", "=>", "–>", "—>", ">>", "⟶", " > "];

/// Reads start and target; nothing where there are not two, though one may be unknown.
pub(crate) fn read(text: &str, decimals: Decimals) -> Option<(Option<Number>, Option<Number>)> {
    let text = text.trim();
    if text.len() > 120 {
        return None;
    }
    let (from, to) = sides(text)?;
    let start = side(from, decimals)?;
    let target = side(to, decimals)?;
    if start.is_none() && target.is_none() {
        return None;
    }
    Some(share_unit(start, target))
}

/// Returns what stands before and behind the arrow or the word that parts start and target.
pub(crate) fn sides(text: &str) -> Option<(&str, &str)> {
    for arrow in ARROWS {
        if let Some(parts) = text.split_once(arrow) {
            return Some(parts);
        }
    }
    // A word between two numbers: `71% to 85%`, `von 71 auf 85`.
    let mut at = 0;
    for word in text.split_whitespace() {
        let start = at + text[at..].find(word)?;
        at = start + word.len();
        let is_between = text[..start].contains(|c: char| c.is_ascii_digit() || c == '?')
            && text[at..].contains(|c: char| c.is_ascii_digit() || c == '?');
        if is_between && words::is("to", &words::normal(word)) {
            return Some((&text[..start], &text[at..]));
        }
    }
    None
}

/// Reads start and target at the end of a sentence: `Fehlerquote von 8,5 % auf 4 %`, `Délai de 52 à 44 jours`.
pub(crate) fn in_sentence(text: &str, decimals: Decimals) -> Option<(Number, Number)> {
    let mut at = 0;
    for word in text.split_whitespace() {
        at += text[at..].find(word)? + word.len();
        if !words::is("from", &words::normal(word)) {
            continue;
        }
        let behind = text[at..].trim_start();
        if behind.starts_with(|c: char| !c.is_lowercase())
            && let Some((Some(start), Some(target))) = read(behind, decimals)
        {
            return Some((start, target));
        }
    }
    None
}

/// Returns what stands behind an arrow with which a text begins.
pub(crate) fn behind_arrow(text: &str) -> Option<&str> {
    let text = text.trim();
    let behind = ARROWS.iter().find_map(|arrow| text.strip_prefix(arrow))?;
    let behind = behind.trim();
    (!behind.is_empty()).then_some(behind)
}

/// Reads one side; nothing inside where it says that there is no value.
#[expect(
    clippy::option_option,
    reason = "no value and no number are two things"
)]
fn side(text: &str, decimals: Decimals) -> Option<Option<Number>> {
    let mut text = text.trim().trim_end_matches(',').trim();
    if is_no_value(text) || text.is_empty() {
        return Some(None);
    }
    if let Some(word) = text.split_whitespace().next() {
        let normal = words::normal(word);
        if words::is("from", &normal) || words::is("to", &normal) {
            text = text[word.len()..].trim();
        }
    }
    if is_no_value(text) {
        return Some(None);
    }
    number::read(text, decimals).map(Some)
}

/// Reads a range that is a target: `between 2 and 4 days`, `2-4 days`, `80% – 90%`; the lesser number is the
/// first.
pub(crate) fn range(text: &str, decimals: Decimals) -> Option<(Number, Number)> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    let normal = words::normal(text);
    let parts = if words::begins("between", &normal).is_some() {
        let digit = text.find(|c: char| c.is_ascii_digit())?;
        let behind = &text[digit..];
        let at = behind.match_indices(' ').map(|(at, _)| at).find(|at| {
            let word = behind[*at..].split_whitespace().next().unwrap_or_default();
            words::is("and", &words::normal(word)) || word == "-" || word == "–"
        })?;
        let (low, high) = behind.split_at(at);
        let word = high.split_whitespace().next()?;
        (low, high.trim_start().strip_prefix(word)?)
    } else {
        let digit = text.find(|c: char| c.is_ascii_digit())?;
        let at = digit + text[digit..].find(['-', '–', '—'])?;
        let sign = text[at..].chars().next()?.len_utf8();
        (&text[..at], &text[at + sign..])
    };
    let low = number::read(parts.0.trim(), decimals)?;
    let high = number::read(parts.1.trim(), decimals)?;
    let (Some(low), Some(high)) = share_unit(Some(low), Some(high)) else {
        return None;
    };
    (low.value < high.value && low.value.is_sign_positive()).then_some((low, high))
}

/// Gives the unit that stands behind one of the two to both.
fn share_unit(
    mut start: Option<Number>,
    mut target: Option<Number>,
) -> (Option<Number>, Option<Number>) {
    if let (Some(start), Some(target)) = (&mut start, &mut target) {
        if start.unit.is_none() {
            start.unit.clone_from(&target.unit);
        } else if target.unit.is_none() {
            target.unit.clone_from(&start.unit);
        }
    }
    (start, target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let show = |number: Option<Number>| {
            number.map_or("?".to_owned(), |number| {
                format!("{}{}", number.value, number.unit.unwrap_or_default())
            })
        };
        let shown = match read(text, Decimals::Dot) {
            Some((start, target)) => format!("{} {}", show(start), show(target)),
            None => "nothing".to_owned(),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_target_may_be_a_range() {
        let shown = |text: &str| {
            range(text, Decimals::Dot).map(|(low, high)| {
                format!(
                    "{} {}{}",
                    low.value,
                    high.value,
                    high.unit.unwrap_or_default()
                )
            })
        };
        assert_eq!(shown("between 2 and 4"), Some("2 4".to_owned()));
        assert_eq!(shown("zwischen 2 und 4 Tagen"), Some("2 4Tagen".to_owned()));
        assert_eq!(shown("2-4 days"), Some("2 4days".to_owned()));
        assert_eq!(shown("80% – 90%"), Some("80 90%".to_owned()));
        assert_eq!(shown("4-2"), None);
        assert_eq!(shown("2026-07-31"), None);
        assert_eq!(shown("-5"), None);
    }

    #[test]
    fn a_sentence_may_end_in_two_numbers() {
        let shown = |text: &str| {
            in_sentence(text, Decimals::Comma).map(|(start, target)| {
                format!(
                    "{} {}{}",
                    start.value,
                    target.value,
                    target.unit.unwrap_or_default()
                )
            })
        };
        assert_eq!(
            shown("Olive scartate da 8,5% a 4%"),
            Some("8.5 4%".to_owned())
        );
        assert_eq!(
            shown("Délai de paiement de 52 à 44 jours"),
            Some("52 44jours".to_owned())
        );
        assert_eq!(shown("Quote von 71 auf 1.000"), Some("71 1000".to_owned()));
        assert_eq!(shown("Réduire le délai de 5 jours"), None);
        assert_eq!(shown("Vertrag von 2026 auf allen Seiten"), None);
    }

    #[test]
    fn two_numbers_may_stand_in_one_cell() {
        check("62 → 45 days", "62days 45days");
        check("from 71% to 85%", "71% 85%");
        check("? → 80%", "? 80%");
        check("14 -> 6 people", "14people 6people");
        check("von 78,5 auf 95 %", "78.5% 95%");
        check("de 18 % à 6 %", "18% 6%");
        check("€1.2m → €400k", "1200000EUR 400000EUR");
        check("52 to 44", "52 44");
        check("52", "nothing");
        check("talk to sales", "nothing");
    }
}
