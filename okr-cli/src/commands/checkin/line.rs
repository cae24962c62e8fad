//! A check-in as one line: `72% y 6 first reminder run out`.

use okr_core::model::{Quantity, Status, Unit};

use super::case::Case;
use super::value;

/// The most words that a value has: a number and the words of its unit.
const MAX_WORDS: usize = 5;

/// What a line says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// The value as it was written; empty for none.
    pub(super) value: String,
    pub(super) status: Option<Status>,
    pub(super) confidence: Option<u8>,
    pub(super) note: Option<String>,
}

/// Reads a line: a value, a status, a confidence from 0 to 10, and the rest is the note. Each may be left out, but
/// without a value the line begins with a status or with `-`.
///
/// # Errors
///
/// It begins with nothing of that; the message says what to write.
pub(super) fn read(case: &Case<'_>, line: &str) -> Result<Answer, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut answer = Answer::default();
    let mut rest = &words[..];
    match taken_by_value(case, rest) {
        Ok(taken) => {
            answer.value = rest[..taken].join(" ");
            rest = &rest[taken..];
        }
        Err(message) if status(rest).is_none() => return Err(message),
        Err(_) => {}
    }
    if let Some((status, taken)) = status(rest) {
        answer.status = Some(status);
        rest = &rest[taken..];
    }
    if let Some(confidence) = rest.first().and_then(|word| confidence(word)) {
        answer.confidence = Some(confidence);
        rest = &rest[1..];
    }
    let note = rest.join(" ");
    let quoted = note
        .strip_prefix('"')
        .and_then(|note| note.strip_suffix('"'));
    answer.note = Some(quoted.map_or(note.clone(), str::to_owned)).filter(|note| !note.is_empty());
    let nothing = Answer {
        value: "-".to_owned(),
        ..Answer::default()
    };
    if answer == nothing {
        return Err("there is nothing to record in it; Enter alone skips".to_owned());
    }
    Ok(answer)
}

/// Returns how many words at the beginning are the value.
fn taken_by_value(case: &Case<'_>, words: &[&str]) -> Result<usize, String> {
    let Some(first) = words.first() else {
        return Err("there is nothing in it".to_owned());
    };
    if *first == "-" {
        return Ok(1);
    }
    // Words behind the number belong to it where they are its unit; `5 invoices late` is five invoices.
    for taken in (2..=words.len().min(MAX_WORDS)).rev() {
        let text = words[..taken].join(" ");
        let number = text.trim_start_matches(['=', '+', '-', '−']);
        let is_money = Quantity::parse(number)
            .is_ok_and(|quantity| matches!(quantity.unit, Unit::Currency(_)));
        let has_state = case.can_be_done() || case.has_steps();
        let is_state = has_state && text.to_lowercase() == "not done";
        let is_whole = is_state || is_money || value::has_unit(case);
        let has_number = Quantity::parse(number).is_ok();
        if is_whole && (has_number || is_state) && value::read(case, &text).is_ok() {
            return Ok(taken);
        }
    }
    // A unit that does not fit is a slip, and no beginning of a note.
    let is_number = Quantity::parse(first).is_ok_and(|quantity| quantity.unit == Unit::None);
    let has_unit = is_number && words.get(1).is_some_and(|word| value::is_unit(word));
    let taken = if has_unit { 2 } else { 1 };
    match value::read(case, &words[..taken].join(" ")) {
        Ok(_) => Ok(taken),
        Err(refusal) => Err(format!("{}; {}", refusal.message, refusal.help)),
    }
}

/// Returns the status at the beginning, and how many words it has.
fn status(words: &[&str]) -> Option<(Status, usize)> {
    if let [one, other, ..] = words
        && let Some(status) = Status::parse(&format!("{one} {other}"))
    {
        return Some((status, 2));
    }
    words.first().and_then(|word| Some((parse(word)?, 1)))
}

/// Reads a status in the place of a value: its colour, the first letter of that, or what the colour stands for. Words
/// that a value may have, such as done, are none.
pub(super) fn colour(word: &str) -> Option<Status> {
    let coloured = [Status::OnTrack, Status::AtRisk, Status::OffTrack];
    parse(word).filter(|status| coloured.contains(status))
}

/// Reads a status: its word, its colour, or the first letter of its colour.
pub(super) fn parse(word: &str) -> Option<Status> {
    match word.to_lowercase().as_str() {
        "g" => Some(Status::OnTrack),
        "y" => Some(Status::AtRisk),
        "r" => Some(Status::OffTrack),
        _ => Status::parse(word),
    }
}

/// Reads a confidence: `6` or `6/10`.
fn confidence(word: &str) -> Option<u8> {
    let word = word.strip_suffix("/10").unwrap_or(word);
    let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let number: u8 = word.parse().ok().filter(|_| is_number)?;
    (number <= 10).then_some(number)
}

#[cfg(test)]
mod tests {
    use okr_core::model::ElementId;

    use super::super::case::Rules;
    use super::*;

    #[track_caller]
    fn check(fields: &str, line: &str, expected: &str) {
        let text = format!("## Objective: o\n\n### Key result: k\n\n{fields}\n");
        let parsed = okr_core::parse(text);
        let rules = Rules {
            schedules: okr_core::progress::Schedules::default(),
            lexicon: okr_core::statement::Lexicon::default(),
            yellows: 2,
            today: jiff::civil::date(2026, 11, 22),
        };
        let id = ElementId::KeyResult(0, 0);
        let case = Case::new(&parsed.plan, id, &rules, rules.today).unwrap();
        let said = match read(&case, line) {
            Ok(answer) => {
                let status = answer.status.map(|status| status.word().to_owned());
                let confidence = answer.confidence.map(|confidence| confidence.to_string());
                let parts = [Some(answer.value), status, confidence, answer.note];
                let parts = parts.map(|part| part.unwrap_or_default());
                parts.join("|")
            }
            Err(message) => message,
        };
        assert_eq!(said, expected, "{line:?}");
    }

    const SHARE: &str = "- Baseline: 60%\n- Target: 80%";
    const DAYS: &str = "- Baseline: 20 days\n- Target: 12 days";
    const DONE: &str = "- Target: done";

    #[test]
    fn a_line_has_up_to_four_parts() {
        check(
            SHARE,
            "72% y 6 first reminder run out",
            "72%|at risk|6|first reminder run out",
        );
        check(SHARE, "72", "72|||");
        check(SHARE, "+3 green", "+3|on track||");
        check(SHARE, "72 first reminder", "72|||first reminder");
        check(SHARE, "=-2 at risk 6/10", "=-2|at risk|6|");
        check(
            SHARE,
            "72% off-track bank is down",
            "72%|off track||bank is down",
        );
        check(SHARE, "y waiting for IT", "|at risk||waiting for IT");
        check(SHARE, "- no news", "-|||no news");
        check(SHARE, "72 % g", "72 %|on track||");
        check(SHARE, "72% 11 invoices", "72%|||11 invoices");
    }

    #[test]
    fn the_unit_belongs_to_the_value() {
        check(DAYS, "12 days y 6 late", "12 days|at risk|6|late");
        check(DAYS, "12 late again", "12|||late again");
        check(DAYS, "12 d g", "12 d|on track||");
        check(
            "- Baseline: EUR 400\n- Target: EUR 100",
            "EUR 120 y",
            "EUR 120|at risk||",
        );
        check("", "12 days y", "12 days|at risk||");
        check("", "12 late", "12|||late");
        check(
            SHARE,
            "72 days y",
            "72 days does not fit a measure in %; write it like 68%",
        );
        check(SHARE, "72 \"days go by\"", "72|||days go by");
        check("", "€5 y", "€5|at risk||");
    }

    #[test]
    fn a_milestone_in_steps_may_be_not_done_as_well() {
        check(
            "- Target: done\n- [ ] Step: Contract signed\n",
            "not done y vendor is late",
            "not done|at risk||vendor is late",
        );
    }

    #[test]
    fn a_milestone_is_done_or_not() {
        check(DONE, "done", "done|||");
        check(
            DONE,
            "not done y vendor is late",
            "not done|at risk||vendor is late",
        );
        check(
            DONE,
            "50%",
            "key result 1.1 is done or it is not, and `50%` is neither; \
             write done or not done; how far it is can stand in the note",
        );
    }

    #[test]
    fn quotation_marks_keep_a_note_together() {
        check(
            SHARE,
            "72% \"red tape at the bank\"",
            "72%|||red tape at the bank",
        );
        check(
            SHARE,
            "72% y \"6 of 9 are in\"",
            "72%|at risk||6 of 9 are in",
        );
    }

    #[test]
    fn what_is_no_value_is_no_note_either() {
        check(
            SHARE,
            "7o% fine",
            "7 o% does not fit a measure in %; write it like 68%",
        );
        check(
            SHARE,
            "-",
            "there is nothing to record in it; Enter alone skips",
        );
        check(
            SHARE,
            "waiting",
            "there is no number in `waiting`; write it like 68%",
        );
    }
}
