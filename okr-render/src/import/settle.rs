//! Decides between columns whose headings say the same, or may say several things.

use super::Certainty;
use super::discover::{Open, open_has, push};
use super::headings::{Heading, Headings};
use super::layout::Field;
use super::profile::Profile;
use super::values::text::Kind;
use super::words;

/// Numbers key results that stand side by side under the same heading.
pub(super) fn number_groups(open: &mut [Open], headings: &Headings, profiles: &[Profile]) {
    let is_title = |column: &Open| {
        matches!(
            column.choices.first(),
            Some((Field::KeyResult, Certainty::Certain, _))
        )
    };
    let has_numbers = open.iter().any(|column| column.group > 0);
    if has_numbers {
        // Under a numbered group, the first words are the key result.
        let numbers: std::collections::BTreeSet<u16> = open
            .iter()
            .map(|column| column.group)
            .filter(|group| *group > 0)
            .collect();
        for number in numbers {
            for column in open.iter_mut().filter(|column| column.group == number) {
                for choice in &mut column.choices {
                    if matches!(choice.0, Field::Title | Field::Objective) && column.of.is_some()
                        || choice.0 == Field::Title
                    {
                        choice.0 = Field::KeyResult;
                    }
                }
                column.choices.dedup_by_key(|choice| choice.0);
                if column
                    .choices
                    .first()
                    .is_some_and(|choice| choice.0 == Field::Objective)
                {
                    // `Goal` beside `Start` is where the numbers go.
                    column.choices.retain(|choice| choice.0 != Field::Objective);
                }
            }
            let has_title = open.iter().any(|column| {
                let first = column.choices.first().map(|choice| choice.0);
                column.group == number && first == Some(Field::KeyResult)
            });
            // Some word for words stands over them: `Description`, `What`, `Measure`, or one that nobody knows.
            let is_text = |column: &Open| {
                let is_headed = headings
                    .columns
                    .get(column.column)
                    .is_some_and(|heading| !heading.words.is_empty());
                let is_number = profiles
                    .get(column.column)
                    .is_some_and(|profile| profile.mostly(profile.numbers, 5));
                let is_words = column.choices.first().is_none_or(|choice| {
                    matches!(
                        choice.0,
                        Field::Description
                            | Field::Note
                            | Field::Initiative
                            | Field::Source
                            | Field::Reference
                            | Field::Labels
                    )
                });
                column.group == number && is_headed && is_words && !is_number
            };
            if !has_title
                && let Some(at) = open.iter().position(is_text)
                && let first = &mut open[at]
            {
                first.choices.clear();
                push(
                    first,
                    Field::KeyResult,
                    Certainty::Likely,
                    "it is the first in its group",
                );
            }
            for column in open.iter_mut().filter(|column| column.group == number) {
                column.of = Some(Kind::KeyResult);
            }
        }
        // `KR1`, `Target`, `KR2`, `Target`: the columns between numbered titles belong to the one before.
        let starts: Vec<(usize, u16)> = (0..open.len())
            .filter(|at| open[*at].group > 0 && open_has(&open[*at], Field::KeyResult))
            .map(|at| (at, open[at].group))
            .collect();
        number_between(open, &starts);
        return;
    }
    let starts: Vec<(usize, u16)> = (0..open.len())
        .filter(|at| is_title(&open[*at]))
        .zip(1..)
        .collect();
    number_between(open, &starts);
}

/// Gives the columns behind each title the number of its group, as far as they come again behind the others.
fn number_between(open: &mut [Open], starts: &[(usize, u16)]) {
    let [(first, _), (second, _), ..] = starts[..] else {
        return;
    };
    let repeated: Vec<Field> = open[first..second]
        .iter()
        .filter(|column| column.group == 0 || column.column == first)
        .filter_map(|column| column.choices.first().map(|choice| choice.0))
        .collect();
    for (position, (start, number)) in starts.iter().enumerate() {
        let end = starts
            .get(position + 1)
            .map_or(open.len(), |(next, _)| *next);
        let mut taken: Vec<Field> = Vec::new();
        for column in &mut open[*start..end] {
            let Some((field, ..)) = column.choices.first() else {
                continue;
            };
            let is_free = column.group == 0 || column.group == *number;
            if is_free && repeated.contains(field) && !taken.contains(field) {
                taken.push(*field);
                column.group = *number;
                column.of = Some(Kind::KeyResult);
            }
        }
    }
}

/// Takes the one column of words for rows in general where some of them are indented below others, whatever its heading
/// says: `Goals` over objectives and, further in, their key results.
fn indented(open: &mut [Open], profiles: &[Profile]) {
    const WORDS: [Field; 7] = [
        Field::Objective,
        Field::KeyResult,
        Field::Initiative,
        Field::Title,
        Field::Type,
        Field::Parent,
        Field::Indent,
    ];
    let first = |column: &Open| column.choices.first().map(|choice| choice.0);
    let mut of_words = open.iter_mut().filter(|column| {
        column.group > 0
            || first(column)
                .is_some_and(|field| WORDS.contains(&field) || matches!(field, Field::Level(_)))
    });
    let (Some(only), None) = (of_words.next(), of_words.next()) else {
        return;
    };
    let is_indented = profiles
        .get(only.column)
        .is_some_and(|profile| profile.indented >= 2 && profile.indented < profile.filled);
    if is_indented && !only.is_set && first(only) == Some(Field::Objective) {
        only.choices.clear();
        let reason = "some of its words are indented below others";
        only.choices.push((Field::Title, Certainty::Likely, reason));
    }
}

/// Decides which columns hold the words of objectives, key results and rows in general.
pub(super) fn settle_titles(open: &mut [Open], profiles: &[Profile]) {
    indented(open, profiles);
    marks(open, profiles);
    let has = |open: &[Open], field: Field, plain: bool| {
        open.iter().any(|column| {
            column.of.is_none_or(|_| true)
                && column.choices.iter().any(|(known, certainty, _)| {
                    *known == field && (!plain || *certainty >= Certainty::Likely)
                })
        })
    };
    let is_typed = open.iter().any(|column| {
        column
            .choices
            .first()
            .is_some_and(|choice| matches!(choice.0, Field::Type | Field::Indent | Field::Parent))
    });
    let plain_objective = has(open, Field::Objective, true);
    let plain_key_result = has(open, Field::KeyResult, true);
    let plain_title = has(open, Field::Title, true);
    // `Goal` beside `Measure` is an objective beside a key result, though both words may mean other things.
    let guesses = |field: Field| -> Vec<usize> {
        let offers = |column: &&Open| column.choices.iter().any(|choice| choice.0 == field);
        open.iter()
            .filter(offers)
            .map(|column| column.column)
            .collect()
    };
    let are_both_guessed = !plain_objective
        && !plain_key_result
        && !plain_title
        && !is_typed
        && !guesses(Field::Objective).is_empty()
        && guesses(Field::KeyResult)
            .iter()
            .any(|at| !guesses(Field::Objective).contains(at));
    for column in open.iter_mut().filter(|column| !column.is_set) {
        let profile = profiles.get(column.column);
        let is_unit = profile.is_some_and(|profile| profile.mostly(profile.units, 7));
        let is_sure = |field| {
            column
                .choices
                .iter()
                .any(|(known, certainty, _)| *known == field && *certainty >= Certainty::Likely)
        };
        let sure = (is_sure(Field::Objective), is_sure(Field::KeyResult));
        column.choices.retain(|(field, certainty, _)| {
            let is_plain = *certainty >= Certainty::Likely;
            match field {
                // A word such as `goal` or `theme` gives way to a plain heading.
                Field::Objective => {
                    is_plain || are_both_guessed || (!plain_objective && plain_key_result)
                }
                Field::KeyResult => is_plain || (!plain_key_result && !plain_title && !is_typed),
                Field::Title => {
                    if sure.0 || sure.1 {
                        false
                    } else if is_plain {
                        !(plain_objective && plain_key_result)
                    } else {
                        is_typed && !plain_title
                            || (!plain_objective && !plain_key_result && !plain_title)
                    }
                }
                _ => true,
            }
        });
        if column.choices.is_empty() && is_unit {
            push(column, Field::Unit, Certainty::Likely, "units stand below");
        }
    }
    // One column of titles beside key results holds the objectives.
    if !has(open, Field::Objective, false) && plain_key_result && plain_title && !is_typed {
        for column in open.iter_mut() {
            for choice in &mut column.choices {
                if choice.0 == Field::Title {
                    choice.0 = Field::Objective;
                }
            }
        }
    }
    // In a list with a column of kinds, one column holds the words of all of them.
    if is_typed && !has(open, Field::Title, false) {
        let titles: Vec<usize> = (0..open.len())
            .filter(|at| {
                open[*at]
                    .choices
                    .first()
                    .is_some_and(|choice| matches!(choice.0, Field::Objective | Field::KeyResult))
            })
            .collect();
        if let [only] = titles[..] {
            for choice in &mut open[only].choices {
                if matches!(choice.0, Field::Objective | Field::KeyResult) {
                    choice.0 = Field::Title;
                }
            }
        }
    }
    name_by_description(open, is_typed);
}

/// Takes the description for what a row is called, where no other column says so.
fn name_by_description(open: &mut [Open], is_typed: bool) {
    let first = |column: &Open| column.choices.first().map(|choice| choice.0);
    let is_words = |column: &Open| {
        matches!(
            first(column),
            Some(Field::Title | Field::Objective | Field::KeyResult | Field::Level(_))
        )
    };
    if is_typed
        && !open.iter().any(is_words)
        && let Some(column) = open
            .iter_mut()
            .find(|column| first(column) == Some(Field::Description))
    {
        column.choices.clear();
        let reason = "no other column has words for every row";
        push(column, Field::Title, Certainty::Likely, reason);
    }
    let is_measured = open
        .iter()
        .any(|column| matches!(first(column), Some(Field::Target | Field::StartAndTarget)));
    if !is_typed
        && is_measured
        && !open.iter().any(is_words)
        && !open.iter().any(|column| column.group > 0)
        && let Some(column) = open
            .iter_mut()
            .find(|column| first(column) == Some(Field::Description))
    {
        column.choices.clear();
        let reason = "it stands beside targets, and no other column names key results";
        push(column, Field::KeyResult, Certainty::Likely, reason);
    }
}

/// Takes what is now for the start where it stands before the target, and a later value behind it:
/// `Today`, `Target`, `Latest`.
pub(super) fn settle_now(open: &mut [Open]) {
    let positions = |field: Field| -> Vec<usize> {
        let is_it = |at: &usize| {
            let first = open[*at].choices.first();
            first.is_some_and(|choice| choice.0 == field) && open[*at].group == 0
        };
        (0..open.len()).filter(is_it).collect()
    };
    let (now, targets) = (positions(Field::Current), positions(Field::Target));
    if let ([one, other], [target]) = (&now[..], &targets[..])
        && one < target
        && target < other
        && positions(Field::Start).is_empty()
        && positions(Field::StartAndTarget).is_empty()
        && !open[*one].is_set
    {
        let reason = "it stands before the target, and a later value behind it";
        open[*one].choices.clear();
        push(&mut open[*one], Field::Start, Certainty::Likely, reason);
    }
}

/// Takes a column of bare marks, `O1` and `KR2`, for the marks of the words behind it, whatever its heading is.
fn marks(open: &mut [Open], profiles: &[Profile]) {
    let is_title = |field: Field| {
        matches!(
            field,
            Field::Objective | Field::KeyResult | Field::Title | Field::Description
        )
    };
    let is_of = |column: &Open| {
        !column.is_set
            && column
                .choices
                .first()
                .is_some_and(|choice| is_title(choice.0))
    };
    let has_reference = open.iter().any(|column| {
        column
            .choices
            .first()
            .is_some_and(|choice| choice.0 == Field::Reference)
    });
    let profile = |column: &Open| profiles.get(column.column);
    let Some(at) = open.iter().position(|column| {
        let are_marks = |profile: &Profile| {
            profile.filled > 1 && profile.mostly(profile.marks, 9) && profile.phrases == 0
        };
        is_of(column) && profile(column).is_some_and(are_marks)
    }) else {
        return;
    };
    let words = open.iter().skip(at + 1).position(|column| {
        let are_words = |profile: &Profile| {
            profile.mostly(profile.worded_texts, 5) && profile.numbers + profile.dates == 0
        };
        (is_of(column) || column.choices.is_empty()) && profile(column).is_some_and(are_words)
    });
    if let (Some(behind), false) = (words, has_reference) {
        let reason = "marks stand below, and words behind them";
        open[at].choices.clear();
        push(&mut open[at], Field::Reference, Certainty::Likely, reason);
        let words = &mut open[at + 1 + behind];
        words.choices.clear();
        push(words, Field::Title, Certainty::Likely, reason);
    }
}

/// Gives each field to the column that names it most plainly; the others take their next choice.
pub(super) fn settle(open: &mut [Open], headings: &Headings, profiles: &[Profile]) {
    for _ in 0..6 {
        let mut is_done = true;
        for at in 0..open.len() {
            let Some((field, certainty, _)) = open[at].choices.first().copied() else {
                continue;
            };
            if open[at].is_set || may_repeat(field) {
                continue;
            }
            let rival = (0..open.len()).find(|other| {
                *other != at
                    && open[*other].group == open[at].group
                    && open[*other].of == open[at].of
                    && open[*other]
                        .choices
                        .first()
                        .is_some_and(|choice| choice.0 == field)
            });
            let Some(other) = rival else { continue };
            if matches!(
                field,
                Field::Owner | Field::Due | Field::Status | Field::StartDate | Field::Description
            ) && belongs_elsewhere(open, at, other)
            {
                continue;
            }
            let fits = |column: usize| {
                profiles
                    .get(column)
                    .is_some_and(|profile| fits(field, profile))
            };
            let other_certainty = open[other].choices[0].1;
            let loses = (certainty, fits(at), std::cmp::Reverse(at))
                < (other_certainty, fits(other), std::cmp::Reverse(other));
            let (given_up, read) = if loses { (at, other) } else { (other, at) };
            open[given_up].choices.remove(0);
            if matches!(field, Field::Reference | Field::Parent | Field::ParentTitle) {
                open[given_up].choices.clear();
                open[given_up].choices.push((
                    Field::Ignored,
                    Certainty::Likely,
                    "another column says the same",
                ));
                open[given_up].same_as = Some(open[read].column);
            }
            is_done = false;
        }
        if is_done {
            break;
        }
    }
    let _ = headings;
}

/// Returns whether each of two columns of the same field stands behind a column of titles of its own.
fn belongs_elsewhere(open: &[Open], one: usize, two: usize) -> bool {
    let title_before = |at: usize| {
        (0..at).rev().find(|before| {
            open[*before].choices.first().is_some_and(|choice| {
                matches!(
                    choice.0,
                    Field::Objective | Field::KeyResult | Field::Initiative
                )
            })
        })
    };
    title_before(one) != title_before(two)
}

/// Returns whether several columns of one table may hold the field.
pub(super) const fn may_repeat(field: Field) -> bool {
    matches!(
        field,
        Field::Initiative
            | Field::Value
            | Field::Note
            | Field::Labels
            | Field::Ignored
            | Field::Level(_)
            | Field::Source
            | Field::Progress
            | Field::Weight
            | Field::Priority
    )
}

/// Returns whether what stands in a column is what the field holds.
fn fits(field: Field, profile: &Profile) -> bool {
    match field {
        Field::Start | Field::Target | Field::Current => profile.mostly(profile.numbers, 5),
        Field::Due | Field::StartDate => profile.mostly(profile.dates, 5),
        Field::Status => profile.mostly(profile.statuses, 5),
        Field::Type => profile.mostly(profile.kinds, 5),
        Field::Objective | Field::KeyResult | Field::Title => {
            profile.mostly(profile.phrases, 3) && !profile.mostly(profile.numbers, 5)
        }
        _ => profile.filled > 0,
    }
}

/// Says of which element owners, dates and statuses tell where there are several such columns.
pub(super) fn settle_elements(open: &mut [Open], headings: &Headings, profiles: &[Profile]) {
    weight_of_objectives(open, profiles);
    let word_of_metrics = word_of_metrics(open, headings);
    for field in [
        Field::Owner,
        Field::Due,
        Field::Status,
        Field::StartDate,
        Field::Weight,
        Field::Description,
    ] {
        let columns: Vec<usize> = (0..open.len())
            .filter(|at| {
                open[*at].group == 0
                    && open[*at]
                        .choices
                        .first()
                        .is_some_and(|choice| choice.0 == field)
            })
            .collect();
        for at in &columns {
            if open[*at].of.is_some() {
                continue;
            }
            let normal = headings
                .columns
                .get(*at)
                .map(Heading::normal)
                .unwrap_or_default();
            let of_row = word_of_metrics.as_ref().map(|word| {
                if normal.starts_with(word) {
                    Kind::KeyResult
                } else {
                    Kind::Objective
                }
            });
            open[*at].of = element_in(&normal).or(of_row);
        }
        if columns.len() < 2 {
            continue;
        }
        for at in columns {
            if open[at].of.is_some() {
                continue;
            }
            let before = (0..at)
                .rev()
                .find_map(|before| match open[before].choices.first()?.0 {
                    Field::Objective => Some(Kind::Objective),
                    Field::KeyResult => Some(Kind::KeyResult),
                    Field::Initiative => Some(Kind::Initiative),
                    _ => None,
                });
            open[at].of = before;
        }
    }
}

/// Takes a weight that stands between objectives and key results, and in no row but those of objectives, for theirs.
fn weight_of_objectives(open: &mut [Open], profiles: &[Profile]) {
    let position = |field: Field| {
        let is_it = |column: &Open| {
            column
                .choices
                .first()
                .is_some_and(|choice| choice.0 == field)
        };
        open.iter().position(is_it)
    };
    let rows = |at: usize| profiles.get(at).map_or(0, |profile| profile.rows);
    if let (Some(objective), Some(weight), Some(key_result)) = (
        position(Field::Objective),
        position(Field::Weight),
        position(Field::KeyResult),
    ) && objective < weight
        && weight < key_result
        && open[weight].of.is_none()
        && rows(weight) & !rows(objective) == 0
        && rows(objective) != rows(key_result)
    {
        open[weight].of = Some(Kind::Objective);
    }
}

/// Returns the word with which all headings of key results begin: `Metric name`, `Metric start value`; what has it not
/// tells of the objective.
fn word_of_metrics(open: &[Open], headings: &Headings) -> Option<String> {
    let word_of = |column: &Open| {
        let normal = headings.columns.get(column.column)?.normal();
        let (word, rest) = normal.split_once(' ')?;
        (!rest.is_empty()).then(|| word.to_owned())
    };
    let of = |fields: &'static [Field]| {
        open.iter().filter(move |column| {
            let first = column.choices.first().map(|choice| choice.0);
            column.group == 0 && first.is_some_and(|field| fields.contains(&field))
        })
    };
    let word = of(&[Field::KeyResult]).find_map(word_of)?;
    let numbers = of(&[Field::Start, Field::Target, Field::Current]);
    let mut words = numbers.map(word_of).peekable();
    let has_objective = of(&[Field::Objective]).next().is_some();
    let are_all = words.peek().is_some() && words.all(|other| other.as_ref() == Some(&word));
    (has_objective && are_all).then_some(word)
}

/// Returns the element that a heading such as `KR owner` names beside its field.
fn element_in(normal: &str) -> Option<Kind> {
    let mut found = None;
    let tokens: Vec<&str> = normal.split(' ').collect();
    if tokens.len() < 2 {
        return None;
    }
    for (at, token) in tokens.iter().enumerate() {
        let two = tokens.get(at + 1).map(|next| format!("{token} {next}"));
        for phrase in two.as_deref().into_iter().chain([*token]) {
            let kind = words::among(phrase).find_map(|field| match field {
                Field::Objective => Some(Kind::Objective),
                Field::KeyResult => Some(Kind::KeyResult),
                Field::Initiative => Some(Kind::Initiative),
                _ => None,
            });
            if found.is_none() {
                found = kind;
            }
        }
    }
    found
}
