//! Corrects what a heading seems to say by what stands below it.

use super::Certainty;
use super::discover::{Open, open_has, push};
use super::layout::Field;
use super::profile::Profile;

/// Corrects what a heading seems to say by what stands below it.
#[expect(clippy::too_many_lines, reason = "a list of corrections")]
pub(super) fn by_values(open: &mut Open, normal: &str, profile: &Profile) {
    if profile.filled == 0 {
        return;
    }
    let is_explained = profile.mostly(profile.explained, 8)
        && open
            .choices
            .first()
            .is_none_or(|(field, ..)| matches!(field, Field::Status | Field::Progress));
    let is_number = profile.mostly(profile.numbers, 7) && !is_explained;
    let is_date = profile.mostly(profile.dates, 7) && !profile.mostly(profile.numbers, 8);
    let is_status = (profile.mostly(profile.statuses, 6) || is_explained) && !is_number;
    let words = |open: &mut Open, from: &[Field], to: Option<Field>, reason: &'static str| {
        let has_other = open.choices.iter().any(|(field, ..)| Some(*field) == to);
        let mut kept = Vec::new();
        for choice in open.choices.drain(..) {
            if !from.contains(&choice.0) {
                kept.push(choice);
            } else if let Some(to) = to.filter(|_| !has_other) {
                kept.push((to, Certainty::Likely, reason));
            }
        }
        open.choices = kept;
    };
    if is_number {
        // Numbers below `Goal`, `Result` or `Measure` are no titles.
        words(
            open,
            &[Field::Objective, Field::Title],
            Some(Field::Target).filter(|_| open_has(open, Field::Target)),
            "numbers stand below",
        );
        let to = if matches!(
            normal,
            "result"
                | "results"
                | "outcome"
                | "ergebnis"
                | "resultat"
                | "resultado"
                | "risultato"
                | "resultaat"
        ) {
            Some(Field::Current)
        } else {
            None
        };
        words(open, &[Field::KeyResult], to, "numbers stand below");
        words(
            open,
            &[
                Field::Initiative,
                Field::Owner,
                Field::Unit,
                Field::Type,
                Field::Source,
            ],
            None,
            "",
        );
        if !profile.mostly(profile.dates, 5) {
            // `Stand` may be a status or a value, and `State` no value.
            let to = if open_has(open, Field::Current) {
                Field::Current
            } else {
                Field::Progress
            };
            words(open, &[Field::Status], Some(to), "numbers stand below");
        }
    }
    // Words below `Aim` are no numbers to be reached.
    let is_title = |open: &Open| {
        [
            Field::Objective,
            Field::KeyResult,
            Field::Title,
            Field::Initiative,
        ]
        .into_iter()
        .any(|field| open_has(open, field))
    };
    if profile.mostly(profile.phrases, 5) && !profile.mostly(profile.numbers, 3) && is_title(open) {
        words(
            open,
            &[Field::Target, Field::Start, Field::Current],
            None,
            "",
        );
    }
    if is_date {
        words(
            open,
            &[Field::Start],
            Some(Field::StartDate),
            "days stand below",
        );
        words(open, &[Field::Target], Some(Field::Due), "days stand below");
        words(
            open,
            &[
                Field::Current,
                Field::Status,
                Field::KeyResult,
                Field::Initiative,
            ],
            None,
            "",
        );
    }
    if is_status {
        words(
            open,
            &[Field::Progress, Field::Current, Field::Confidence],
            Some(Field::Status),
            "statuses stand below",
        );
    }
    if profile.mostly(profile.units, 7) && !profile.mostly(profile.phrases, 3) && !is_number {
        words(
            open,
            &[Field::KeyResult, Field::UnitKind, Field::Source],
            Some(Field::Unit),
            "units stand below",
        );
    }
    if profile.mostly(profile.codes, 8) && open_has(open, Field::Reference) {
        words(
            open,
            &[Field::KeyResult, Field::Title, Field::Objective],
            None,
            "",
        );
    }
    if profile.mostly(profile.pairs, 5) {
        words(
            open,
            &[
                Field::Target,
                Field::Start,
                Field::KeyResult,
                Field::Objective,
            ],
            Some(Field::StartAndTarget),
            "two numbers stand in each cell",
        );
    }
    if profile.mostly(profile.kinds, 5) && !is_number {
        words(
            open,
            &[Field::Indent],
            Some(Field::Type),
            "kinds of rows stand below",
        );
    }
    if open
        .choices
        .first()
        .is_some_and(|(field, ..)| *field == Field::Type)
        && !profile.mostly(profile.kinds, 5)
        && !are_codes(profile)
    {
        open.choices.clear();
    }
    if open.choices.is_empty() && normal.is_empty() {
        if profile.mostly(profile.marks, 6) {
            push(
                open,
                Field::Reference,
                Certainty::Likely,
                "it has no heading, but marks such as O1 and KR1",
            );
        } else if profile.mostly(profile.dotted, 4)
            && profile.mostly(profile.numbers + profile.dotted, 8)
        {
            push(
                open,
                Field::Reference,
                Certainty::Likely,
                "it has no heading, but numbers such as 1.2",
            );
        } else if open.column == 0
            && profile.mostly(profile.numbers, 10)
            && profile
                .greatest
                .is_some_and(|greatest| greatest.scale() == 0)
        {
            push(
                open,
                Field::Reference,
                Certainty::Guessed,
                "it has no heading, but whole numbers in front of the rows",
            );
        } else if profile.mostly(profile.kinds, 8) && profile.filled > 1 {
            push(
                open,
                Field::Type,
                Certainty::Likely,
                "kinds of rows stand below",
            );
        } else if (profile.mostly(profile.statuses, 8) || is_explained)
            && profile.filled > 1
            && !is_number
        {
            push(
                open,
                Field::Status,
                Certainty::Guessed,
                "statuses stand below",
            );
        }
    }
}

/// Returns whether two or three short codes stand in a column again and again: `C`, `KW`, `Z`.
fn are_codes(profile: &Profile) -> bool {
    // A total at the end has a word of its own.
    let distinct = profile.filled.saturating_sub(profile.repeats);
    profile.mostly(profile.short, 8) && profile.repeats > 1 && (2..=4).contains(&distinct)
}
