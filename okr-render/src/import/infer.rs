//! Columns whose headings nobody knows, by where they stand and what stands below.
//!
//! Only what is nowhere else is looked for, and whatever is found here is told as a guess.

use rust_decimal::Decimal;

use super::Certainty;
use super::discover::{Open, push};
use super::headings::Headings;
use super::layout::Field;
use super::profile::Profile;
use super::values::text::Kind;

fn first(column: &Open) -> Option<Field> {
    column.choices.first().map(|choice| choice.0)
}

fn has(open: &[Open], field: Field) -> bool {
    open.iter().any(|column| first(column) == Some(field))
}

/// Returns whether a column is free to be whatever its values show.
fn is_free(column: &Open) -> bool {
    column.is_unknown && column.choices.is_empty() && !column.is_set && column.group == 0
}

fn guess(column: &mut Open, field: Field, reason: &'static str) {
    push(column, field, Certainty::Guessed, reason);
}

/// Finds the words of key results behind those of objectives, and those of objectives before key results.
pub(super) fn titles(open: &mut [Open], headings: &Headings, profiles: &[Profile]) {
    let is_list = open.iter().any(|column| {
        matches!(
            first(column),
            Some(Field::Type | Field::Indent | Field::Level(_) | Field::Parent)
        )
    });
    let position = |field: Field| open.iter().position(|column| first(column) == Some(field));
    let words = Texts { profiles };
    let (title, objective) = (position(Field::Title), position(Field::Objective));
    if is_list {
        let found = (0..open.len())
            .find(|at| is_free(&open[*at]) && words.are_in(*at))
            .or_else(|| (0..open.len()).find(|at| is_free(&open[*at]) && words.are_titles(*at)));
        let has_levels = open
            .iter()
            .any(|column| matches!(first(column), Some(Field::Level(_))));
        if let (None, None, None, Some(at)) = (title, objective, position(Field::KeyResult), found)
            && !has_levels
        {
            let reason = "no other column has words for every row";
            guess(&mut open[at], Field::Title, reason);
        }
        return;
    }
    let group = open.iter().position(|column| column.group > 0);
    match (objective.or(title), position(Field::KeyResult)) {
        (Some(above), None) if group.is_none() => {
            let is_headed = headings
                .columns
                .get(above + 1)
                .is_some_and(|heading| !heading.words.is_empty());
            let end = (above + 1..open.len())
                .find(|at| is_measure(&open[*at]))
                .unwrap_or(open.len());
            let is_measured = end < open.len();
            let found = (above + 1..end).find(|at| {
                let is_next = objective.is_some() && *at == above + 1 && !is_headed;
                // `Item` behind objectives is what they are measured by.
                let is_title = objective.is_some() && first(&open[*at]) == Some(Field::Title);
                (is_free(&open[*at]) || is_title && !open[*at].is_set)
                    && words.are_in(*at)
                    && (is_next || is_measured && words.are_below(*at, above))
            });
            // `Evidence` or `Description`, of which each row has another.
            let told = || {
                let is_told = |at: &usize| {
                    let field = first(&open[*at]);
                    matches!(
                        field,
                        Some(Field::Description | Field::Source | Field::Note)
                    ) && !open[*at].is_set
                        && (words.are_in(*at) || words.are_titles(*at))
                };
                let of_group = |at: &usize| open[*at].of == Some(Kind::KeyResult);
                let is_below =
                    |at: &usize| words.are_below(*at, above) || words.go_on_below(*at, above);
                let mut all = (above + 1..end).filter(|at| is_measured && is_told(at));
                all.clone().find(of_group).or_else(|| all.find(is_below))
            };
            if let Some(at) = found.or_else(told) {
                for choice in &mut open[above].choices {
                    if choice.0 == Field::Title {
                        choice.0 = Field::Objective;
                    }
                }
                let reason = "words that all differ stand behind the objectives";
                open[at].choices.clear();
                guess(&mut open[at], Field::KeyResult, reason);
            }
        }
        (None, Some(key_result)) => objective_before(open, &words, key_result, group),
        (None, None) if group.is_none() => {
            let end = open.iter().position(is_measure).unwrap_or(0);
            let is_targeted = has(open, Field::Target) || has(open, Field::StartAndTarget);
            let found = (0..end).find(|at| is_free(&open[*at]) && words.are_titles(*at));
            if let Some(at) = found.filter(|_| is_targeted) {
                let reason = "words that all differ stand before the numbers";
                guess(&mut open[at], Field::KeyResult, reason);
                let is_above = |above: &usize| {
                    is_free(&open[*above]) && words.are_in(*above) && words.are_above(*above, at)
                };
                if let Some(above) = (0..at).rev().find(is_above) {
                    let reason = "words that stand for several rows stand before the key results";
                    guess(&mut open[above], Field::Objective, reason);
                }
            }
        }
        _ => {}
    }
    initiatives(open, &words);
}

/// Finds the words of objectives before those of key results.
fn objective_before(open: &mut [Open], words: &Texts<'_>, key_result: usize, group: Option<usize>) {
    let end = group.unwrap_or(key_result).min(key_result);
    let found = (0..end).rev().find(|at| {
        is_free(&open[*at])
            && words.are_in(*at)
            && (group.is_some() || words.are_above(*at, key_result))
    });
    // `Meta` is a target in one sheet and a goal in the next.
    let otherwise = || {
        (0..key_result).find(|at| {
            let profile = words.profiles.get(*at);
            is_measure(&open[*at])
                && !open[*at].is_set
                && profile.is_some_and(|profile| profile.numbers == 0)
                && words.are_in(*at)
                && words.are_above(*at, key_result)
        })
    };
    if let Some(at) = found.or_else(otherwise) {
        let reason = "words that stand for several rows stand before the key results";
        open[at].choices.clear();
        guess(&mut open[at], Field::Objective, reason);
    }
}

/// Finds initiatives: lists behind the key results, or words in rows that name neither objective nor key result.
fn initiatives(open: &mut [Open], words: &Texts<'_>) {
    let Some(key_result) = open
        .iter()
        .position(|column| first(column) == Some(Field::KeyResult))
    else {
        return;
    };
    if has(open, Field::Initiative) {
        return;
    }
    let above = open
        .iter()
        .enumerate()
        .filter(|(_, column)| matches!(first(column), Some(Field::Objective | Field::KeyResult)))
        .fold(0, |rows, (at, _)| rows | words.rows(at));
    let found = (key_result + 1..open.len()).find(|at| {
        let Some(profile) = words.profiles.get(*at) else {
            return false;
        };
        let is_step = profile.rows != 0 && profile.rows & above == 0;
        is_free(&open[*at])
            && words.are_in(*at)
            && profile.filled > 1
            && (is_step || profile.mostly(profile.lists, 3))
    });
    if let Some(at) = found {
        let reason = "lists or words in rows of their own stand behind the key results";
        guess(&mut open[at], Field::Initiative, reason);
    }
}

/// How the words of columns lie to each other.
struct Texts<'p> {
    profiles: &'p [Profile],
}

impl Texts<'_> {
    /// Returns whether sentences stand in a column, and not names or numbers.
    fn are_in(&self, at: usize) -> bool {
        self.profiles.get(at).is_some_and(|profile| {
            (profile.mostly(profile.phrases, 3) || profile.mostly(profile.worded_texts, 7))
                && !profile.mostly(profile.numbers, 3)
                && !profile.mostly(profile.names + profile.dates + profile.statuses, 5)
        })
    }

    /// Returns whether words stand in a column in nearly every row, and hardly any twice.
    fn are_titles(&self, at: usize) -> bool {
        let most = self.profiles.iter().map(|profile| profile.filled).max();
        self.profiles.get(at).is_some_and(|profile| {
            let others = profile.numbers
                + profile.dates
                + profile.statuses
                + profile.units
                + profile.codes
                + profile.kinds;
            profile.filled > 1
                && profile.filled * 10 >= most.unwrap_or(0) * 9
                && profile.repeats * 10 <= profile.filled
                && !profile.mostly(others, 3)
        })
    }

    fn filled(&self, at: usize) -> usize {
        self.profiles.get(at).map_or(0, |profile| profile.filled)
    }

    fn repeats(&self, at: usize) -> usize {
        self.profiles.get(at).map_or(0, |profile| profile.repeats)
    }

    fn rows(&self, at: usize) -> u64 {
        self.profiles.get(at).map_or(0, |profile| profile.rows)
    }

    /// Returns whether the words of a column are more than those of that of objectives, and nearly all differ.
    fn are_below(&self, at: usize, above: usize) -> bool {
        let distinct = self.filled(above).saturating_sub(self.repeats(above));
        self.filled(at) > distinct && self.repeats(at) * 4 <= self.filled(at)
    }

    /// Returns whether words stand in rows of a column that name no objective, and hardly any twice.
    fn go_on_below(&self, at: usize, above: usize) -> bool {
        self.rows(at) & !self.rows(above) != 0 && self.repeats(at) * 4 <= self.filled(at)
    }

    /// Returns whether the words of a column stand for several rows of that of key results.
    fn are_above(&self, at: usize, key_result: usize) -> bool {
        self.repeats(at) > 0 || self.filled(at) < self.filled(key_result)
    }
}

const fn is_number_field(field: Field) -> bool {
    matches!(
        field,
        Field::Start | Field::Target | Field::Current | Field::StartAndTarget | Field::Value
    )
}

fn is_measure(column: &Open) -> bool {
    first(column).is_some_and(is_number_field)
}

/// Finds what tells of the elements: days, numbers, statuses, names.
pub(super) fn values(open: &mut [Open], profiles: &[Profile]) {
    statuses(open, profiles);
    days(open, profiles);
    numbers(open, profiles);
    progress(open, profiles);
    owners(open, profiles);
}

/// Takes a column of progress for what is now where its numbers are values and no shares: they lie between start and
/// target, which do not all reach from 0 to 100.
fn progress(open: &mut [Open], profiles: &[Profile]) {
    let position = |field: Field| {
        let is_it = |column: &Open| first(column) == Some(field) && column.group == 0;
        open.iter().position(is_it)
    };
    let (Some(start), Some(target), Some(at), None, None) = (
        position(Field::Start),
        position(Field::Target),
        position(Field::Progress),
        position(Field::Current),
        position(Field::Value),
    ) else {
        return;
    };
    let is_whole = |start: Decimal, target: Decimal| {
        start.is_zero() && (target == Decimal::ONE_HUNDRED || target == Decimal::ONE)
    };
    let sample = |column: usize| {
        profiles
            .get(column)
            .map_or(&[][..], |profile| &profile.sample)
    };
    let mut ranges = sample(start).iter().zip(sample(target));
    let are_whole = ranges.all(|ends| match ends {
        (Some(start), Some(target)) => is_whole(*start, *target),
        _ => true,
    });
    let (hits, seen) = between(profiles, start, target, at);
    if !open[at].is_set && !are_whole && hits >= 2 && hits * 10 >= seen * 7 {
        open[at].choices.clear();
        let reason = "numbers stand below that lie between start and target";
        push(&mut open[at], Field::Current, Certainty::Likely, reason);
    }
}

/// Takes a column of statuses for what it is, where no other says how things stand.
fn statuses(open: &mut [Open], profiles: &[Profile]) {
    if has(open, Field::Status) {
        return;
    }
    let column = open.iter_mut().find(|column| {
        let profile = profiles.get(column.column);
        column.choices.is_empty()
            && !column.is_set
            && profile.is_some_and(|profile| {
                let is_shown = |count: usize| count > 1 && profile.mostly(count, 8);
                is_shown(profile.worded) || is_shown(profile.letters)
            })
    });
    if let Some(column) = column {
        guess(column, Field::Status, "statuses stand below");
    }
}

/// Takes a column of days for the last ones, and of two the earlier for the first.
fn days(open: &mut [Open], profiles: &[Profile]) {
    if has(open, Field::Due) {
        return;
    }
    let columns: Vec<usize> = (0..open.len())
        .filter(|at| {
            is_free(&open[*at])
                && profiles.get(*at).is_some_and(|profile| {
                    profile.mostly(profile.dates, 7) && !profile.mostly(profile.numbers, 8)
                })
        })
        .collect();
    match columns[..] {
        [only] => guess(
            &mut open[only],
            Field::Due,
            "days stand below, and no other column says when it is due",
        ),
        [one, other] => {
            if !has(open, Field::StartDate) {
                guess(
                    &mut open[one],
                    Field::StartDate,
                    "days stand below, and later ones in the next such column",
                );
            }
            guess(
                &mut open[other],
                Field::Due,
                "days stand below, and earlier ones in a column before",
            );
        }
        _ => {}
    }
}

/// Takes names that come again for owners.
fn owners(open: &mut [Open], profiles: &[Profile]) {
    if has(open, Field::Owner) {
        return;
    }
    let found = |open: &[Open], is_it: &dyn Fn(&Profile) -> bool| {
        open.iter().position(|column| {
            let profile = profiles.get(column.column);
            is_free(column) && profile.is_some_and(|profile| profile.filled > 1 && is_it(profile))
        })
    };
    let full = found(open, &|profile| profile.mostly(profile.names, 7));
    // Single words are names of people only where they come again, as those do.
    let short = || {
        found(open, &|profile| {
            profile.repeats > 0 && profile.mostly(profile.names + profile.first_names, 8)
        })
    };
    if let Some(column) = full.or_else(short).and_then(|at| open.get_mut(at)) {
        guess(column, Field::Owner, "names of people stand below");
    }
}

/// Takes numbers for starts, targets and current values, so that what is now lies between the other two.
fn numbers(open: &mut [Open], profiles: &[Profile]) {
    const FIELDS: [Field; 3] = [Field::Start, Field::Target, Field::Current];
    if open.iter().any(|column| column.group > 0) {
        return;
    }
    pairs(open, profiles);
    if has(open, Field::StartAndTarget) {
        return;
    }
    let has_values = has(open, Field::Value);
    let free: Vec<usize> = (0..open.len())
        .filter(|at| {
            is_free(&open[*at])
                && profiles
                    .get(*at)
                    .is_some_and(|profile| profile.mostly(profile.numbers, 6))
        })
        .collect();
    let known = FIELDS.map(|field| {
        open.iter()
            .position(|column| first(column) == Some(field) && column.group == 0)
    });
    if free.is_empty() || free.len() > 4 {
        return;
    }
    let mut best: Option<(usize, usize, [Option<usize>; 3])> = None;
    for columns in assignments(known, &free) {
        let [Some(start), Some(target), Some(current)] = columns else {
            continue;
        };
        let (between, seen) = between(profiles, start, target, current);
        // Of what fits as well, the usual order counts: start, then the others.
        let order = usize::from(start < target) + usize::from(start < current);
        let is_shown = seen > 1 && between * 10 >= seen * 7;
        let is_wanted = known[2].is_some() || !has_values;
        if is_shown && is_wanted && best.is_none_or(|(b, o, _)| (between, order) > (b, o)) {
            best = Some((between, order, columns));
        }
    }
    if let Some((_, _, columns)) = best {
        for (field, (column, known)) in FIELDS.into_iter().zip(columns.into_iter().zip(known)) {
            if known.is_none()
                && let Some(column) = column
            {
                guess(
                    &mut open[column],
                    field,
                    "numbers stand below that lie so to the others",
                );
            }
        }
        return;
    }
    by_neighbours(open, profiles, known, &free);
}

/// Takes numbers right beside those of a known column for the others.
fn by_neighbours(
    open: &mut [Open],
    profiles: &[Profile],
    known: [Option<usize>; 3],
    free: &[usize],
) {
    let has_values = has(open, Field::Value);
    let beside = |at: Option<usize>, step: isize| {
        at.and_then(|at| at.checked_add_signed(step))
            .filter(|at| free.contains(at))
    };
    match known {
        [Some(start), None, _] => {
            if let Some(at) = beside(Some(start), 1) {
                guess(
                    &mut open[at],
                    Field::Target,
                    "numbers stand right behind the start, and no other column has targets",
                );
            }
        }
        [None, Some(target), _] => {
            let value = open
                .iter()
                .position(|column| first(column) == Some(Field::Value));
            let found = beside(Some(target), -1).or_else(|| beside(value, -1));
            if let Some(at) = found {
                guess(
                    &mut open[at],
                    Field::Start,
                    "numbers stand right before the target, and no other column has starts",
                );
            }
            if let Some(at) = beside(Some(target), 1)
                && known[2].is_none()
                && !has_values
            {
                guess(
                    &mut open[at],
                    Field::Current,
                    "numbers stand right behind the target, and no other column has later ones",
                );
            }
        }
        [Some(start), Some(target), None] if !has_values => {
            let is_near = |at: &usize| {
                let (hits, seen) = between(profiles, start, target, *at);
                hits * 2 >= seen
            };
            let found = beside(Some(target), 1).or_else(|| beside(Some(start), 1));
            if let Some(at) = found.filter(is_near) {
                guess(
                    &mut open[at],
                    Field::Current,
                    "numbers stand beside start and target, and no other column has later ones",
                );
            }
        }
        _ => {}
    }
}

/// Takes two numbers in each cell for start and target, and numbers right behind for what is now.
fn pairs(open: &mut [Open], profiles: &[Profile]) {
    let is_pair = |profile: &Profile| profile.filled > 1 && profile.mostly(profile.pairs, 7);
    if !has(open, Field::Start) && !has(open, Field::Target) && !has(open, Field::StartAndTarget) {
        let column = open
            .iter_mut()
            .find(|column| is_free(column) && profiles.get(column.column).is_some_and(is_pair));
        if let Some(column) = column {
            let reason = "two numbers stand in each cell";
            guess(column, Field::StartAndTarget, reason);
        }
    }
    let pair = open
        .iter()
        .position(|column| first(column) == Some(Field::StartAndTarget));
    if let Some(at) = pair.map(|at| at + 1)
        && !has(open, Field::Current)
        && !has(open, Field::Value)
        && let Some(column) = open.get_mut(at)
        && is_free(column)
        && profiles
            .get(at)
            .is_some_and(|profile| profile.mostly(profile.numbers, 6))
    {
        let reason = "numbers stand right behind start and target";
        guess(column, Field::Current, reason);
    }
}

/// Returns every way to give free columns to the fields that have none.
fn assignments(known: [Option<usize>; 3], free: &[usize]) -> Vec<[Option<usize>; 3]> {
    let mut all = vec![known];
    for field in 0..known.len() {
        if known[field].is_some() {
            continue;
        }
        all = all
            .into_iter()
            .flat_map(|columns| {
                free.iter()
                    .filter(move |at| !columns.contains(&Some(**at)))
                    .map(move |at| {
                        let mut columns = columns;
                        columns[field] = Some(*at);
                        columns
                    })
            })
            .collect();
    }
    all
}

/// Returns in how many rows the current value lies between start and target, and how many have all three.
fn between(profiles: &[Profile], start: usize, target: usize, current: usize) -> (usize, usize) {
    let number = |column: usize, row: usize| -> Option<Decimal> {
        profiles.get(column)?.sample.get(row).copied().flatten()
    };
    let (mut between, mut seen) = (0, 0);
    let rows = profiles
        .get(start)
        .map_or(0, |profile| profile.sample.len());
    for row in 0..rows {
        if let (Some(start), Some(target), Some(current)) = (
            number(start, row),
            number(target, row),
            number(current, row),
        ) && start != target
        {
            seen += 1;
            let (low, high) = (start.min(target), start.max(target));
            between += usize::from(low <= current && current <= high);
        }
    }
    (between, seen)
}

#[cfg(test)]
mod tests {
    use super::super::options::Mapped;
    use super::super::{discover, headings, profile};
    use crate::table::Table;

    /// The first of the headings is an unknown word in the place of `hidden`.
    #[track_caller]
    fn check(hidden: &str, expected: &str) {
        let text = SHEET.replacen(hidden, "Zorblat", 1);
        assert_ne!(text, SHEET);
        let table = Table {
            rows: crate::sheets::records::rows(&text, ',').unwrap(),
            ..Table::default()
        };
        let headings = headings::find(&table).unwrap();
        let profiles = profile::of(&table, &headings);
        let found = discover::layout(&headings, &profiles, Mapped::default());
        let at = headings
            .columns
            .iter()
            .position(|heading| heading.words == "Zorblat")
            .unwrap();
        let place = found.layout.columns.iter().find(|(known, _)| *known == at);
        let field = place.map_or("note", |(_, place)| place.field.name());
        assert_eq!((field, found.inferred.contains(&at)), (expected, true));
    }

    const SHEET: &str = "\
Objective,Key result,Owner,Start,Target,Current,Due date,Status
Be quick to answer,Days to reply to a letter,Ada Reyes,9,3,5,2026-09-30,on track
,Letters that were lost,Ben Okoye,120,40,90,2026-09-30,at risk
Close the books in time,Days to close a month,Ada Reyes,12,5,9,2026-08-31,on track
,Corrections after the close,Ivy Stone,31,10,30,2026-09-30,off track
";

    #[test]
    fn a_column_is_known_by_its_place_and_values() {
        check("Objective", "objective");
        check("Key result", "key result");
        check("Owner", "owner");
        check("Start", "start");
        check("Target", "target");
        check("Current", "current");
        check("Due date", "due");
        check("Status", "status");
    }
}
