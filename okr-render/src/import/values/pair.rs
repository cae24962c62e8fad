//! Start and target in one cell: `62 → 45 days`, `from 71% to 85%`.

use super::number::{self, Decimals, Number};
use super::period;
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
    // A word between two numbers: `71% to 85%`, `von 71 auf 85`, `dal 3,2% all'1,5%`.
    let has_number = |text: &str| text.contains(|c: char| c.is_ascii_digit() || c == '?');
    words_at(text)
        .find(|(start, end)| {
            has_number(&text[..*start])
                && has_number(&text[*end..])
                && words::is("to", &words::normal(&text[*start..*end]))
        })
        .map(|(start, end)| (&text[..start], &text[end..]))
}

/// Returns where each word of a text begins and ends; an apostrophe behind letters ends one too.
fn words_at(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| !c.is_whitespace())?;
        let rest = &text[start..];
        let mut last = ' ';
        let length = rest
            .char_indices()
            .find_map(|(at, c)| {
                let is_elided = matches!(c, '\'' | '’') && last.is_alphabetic();
                last = c;
                if is_elided {
                    return Some(at + c.len_utf8());
                }
                c.is_whitespace().then_some(at)
            })
            .unwrap_or(rest.len());
        at = start + length;
        Some((start, at))
    })
}

/// Start and target that a sentence names, and whether it is in a language other than English.
#[derive(Debug)]
pub(crate) struct Sentence {
    pub(crate) start: Number,
    pub(crate) target: Number,
    pub(crate) is_foreign: bool,
}

/// Returns the sign before decimals that the numbers of a sentence show.
pub(crate) fn evidence(text: &str) -> Option<Decimals> {
    parts(text).find_map(|(_, from, to)| number::evidence(from).or_else(|| number::evidence(to)))
}

/// Returns where a sentence may say from where to where: the word for `from`, what stands behind it, and what
/// behind the word for `to`.
fn parts(text: &str) -> impl Iterator<Item = (String, &str, &str)> {
    words_at(text).filter_map(|(start, end)| {
        let word = words::normal(&text[start..end]);
        if !words::is("from", &word) {
            return None;
        }
        let behind = text[end..].trim_start();
        if behind.starts_with(char::is_lowercase) {
            return None;
        }
        let (from, to) = sides(behind)?;
        Some((word, from, to))
    })
}

/// Reads start and target in a sentence: `Fehlerquote von 8,5 % auf 4 % senken`, `Délai de 52 à 44 jours`.
///
/// `shown` is the sign before decimals that the file shows, for numbers that show none themselves; without it, the
/// language of the words between them decides.
pub(crate) fn in_sentence(text: &str, shown: Option<Decimals>) -> Option<Sentence> {
    for (word, from, to) in parts(text) {
        let is_foreign = words::is("comma-language", &word);
        let decimals = number::evidence(from)
            .or_else(|| number::evidence(to))
            .or(shown)
            .unwrap_or(if is_foreign {
                Decimals::Comma
            } else {
                Decimals::Dot
            });
        let start = number::read(from.trim().trim_end_matches(','), decimals);
        if let (Some(start), Some(target)) = (start, first_number(to.trim(), decimals))
            && let (Some(start), Some(target)) = share_unit(Some(start), Some(target))
        {
            return Some(Sentence {
                start,
                target,
                is_foreign,
            });
        }
    }
    None
}

/// Reads a target without a start in a sentence of a language other than English: `Kredittiden till 30 dagar`,
/// `Zahlungsziel auf 30 Tage senken`. Days and years are none.
pub(crate) fn target_in_sentence(text: &str, shown: Option<Decimals>) -> Option<Number> {
    /// Words that stand before numbers in other ways as well: `alle 12 Filialen`.
    const OTHERS: [&str; 2] = ["all", "alle"];
    let is_to = |(start, end): &(usize, usize)| {
        let word = words::normal(&text[*start..*end]);
        let is_named = words::is("to", &word) && words::is("comma-language", &word);
        // `a` is an English word as well.
        let is_sure = word != "a" || text[*start..].starts_with('à') || has_article(text);
        is_named && is_sure && !OTHERS.contains(&&*word)
    };
    words_at(text).skip(1).filter(is_to).find_map(|(_, end)| {
        let behind = text[end..].trim_start();
        if behind.starts_with(char::is_lowercase) {
            return None;
        }
        let names_day = behind
            .split_whitespace()
            .skip(1)
            .take(2)
            .any(|word| words::month(&words::normal(word)).is_some());
        let is_ordinal = behind.split_whitespace().next()?.ends_with('.') && behind.contains(' ');
        let decimals = number::evidence(behind)
            .or(shown)
            .unwrap_or(Decimals::Comma);
        let number = first_number(behind, decimals)?;
        let is_year = number.unit.is_none() && period::year(&number.value.to_string()).is_some();
        (!names_day && !is_ordinal && !is_year).then_some(number)
    })
}

/// Returns whether an article or preposition of a Romance language stands in a sentence.
fn has_article(text: &str) -> bool {
    const WORDS: [&str; 20] = [
        "el", "los", "las", "la", "le", "les", "il", "lo", "gli", "i", "di", "de", "del", "della",
        "dei", "du", "des", "os", "da", "dos",
    ];
    text.split_whitespace()
        .any(|word| WORDS.contains(&&*words::normal(word)))
}

/// Reads the number with which the rest of a sentence begins, with a unit that is known or ends the sentence:
/// `1,5 % senken`, `44 jours d'ici juin`, `3 erreurs`.
fn first_number(text: &str, decimals: Decimals) -> Option<Number> {
    let is_sure = |number: &Number| {
        let unit = number.unit.as_deref();
        unit.is_none_or(|unit| super::text::is_unit(unit) || number::money(unit).is_some())
    };
    let ends: Vec<usize> = words_at(text).map(|(_, end)| end).take(6).collect();
    let sure = ends.iter().rev().find_map(|end| {
        let number = number::read(text[..*end].trim_end_matches([',', '.', ';']), decimals)?;
        (is_sure(&number) && number.remark.is_none()).then_some(number)
    })?;
    if sure.unit.is_some() {
        return Some(sure);
    }
    // A unit that nobody knows is one where nothing but it follows.
    let whole = number::read(text.trim_end_matches('.'), decimals);
    Some(
        whole
            .filter(|whole| {
                whole.unit.as_deref().is_some_and(|unit| {
                    let normal = words::normal(unit);
                    let mut words = normal.split(' ');
                    words.clone().count() <= 3
                        && !words.any(|word| {
                            words::is("verb-behind", word)
                                || words::is("date-filler", word)
                                || words::month(word).is_some()
                        })
                })
            })
            .unwrap_or(sure),
    )
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
    fn a_sentence_may_name_a_target_alone() {
        let shown = |text: &str| {
            target_in_sentence(text, None)
                .map(|target| format!("{}{}", target.value, target.unit.unwrap_or_default()))
        };
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(shown("Zahlungsziel auf 30 Tage senken"), is("30Tage"));
        assert_eq!(shown("Réduire le délai à 30 jours"), is("30jours"));
        assert_eq!(shown("Bajar los días de cobro a 45 días"), is("45días"));
        assert_eq!(shown("Sänka kredittiden till 30 dagar"), is("30dagar"));
        assert_eq!(shown("Skrócić obieg do 5 dni"), is("5dni"));
        assert_eq!(shown("Ramener les rejets à 1.200"), is("1200"));
        assert_eq!(shown("Alle 12 Filialen schulen"), None);
        assert_eq!(shown("Fertig bis 30. Juni"), None);
        assert_eq!(shown("Terminer au 30 juin"), None);
        assert_eq!(shown("Klart till 2027"), None);
        assert_eq!(shown("Run a 5 day sprint"), None);
    }

    #[test]
    fn a_sentence_may_end_in_two_numbers() {
        let shown = |text: &str| {
            in_sentence(text, None).map(|Sentence { start, target, .. }| {
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
        assert_eq!(
            shown("Rücklastschriften von 3,2 % auf 1,5 % senken"),
            Some("3.2 1.5%".to_owned())
        );
        assert_eq!(
            shown("Von 12 auf 5 Tage verkürzen"),
            Some("12 5Tage".to_owned())
        );
        assert_eq!(
            shown("Scarti da 1.450 a 300 fatture entro giugno"),
            Some("1450 300fatture".to_owned())
        );
        assert_eq!(
            shown("Ridurre gli insoluti dal 3,2% all'1,5%"),
            Some("3.2 1.5%".to_owned())
        );
        assert_eq!(
            shown("Skrócić czas z 64 do 50 dni"),
            Some("64 50dni".to_owned())
        );
        assert_eq!(
            shown("Deuda de 480.000 € a 300.000 €"),
            Some("480000 300000EUR".to_owned())
        );
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
