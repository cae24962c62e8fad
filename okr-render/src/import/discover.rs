//! Finds out how a table is laid out, from its headings and what stands below them.

use super::Certainty;
use super::headings::{self, Heading, Headings};
use super::layout::{Field, Layout, Place, Tree};
use super::options::Mapped;
use super::profile::Profile;
use super::values::text::Kind;
use super::words::{self, Plainness};
use crate::dialects::{Others, Recognised, RowKind};
use crate::table::Table;

/// A layout, and how sure each of its columns is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Discovered {
    /// What was found.
    pub(crate) layout: Layout,
    /// For each column, how sure it is and why.
    pub(crate) reasons: Vec<(Certainty, String)>,
}

/// A heading while it is not decided yet what it names.
struct Open {
    column: usize,
    choices: Vec<(Field, Certainty, &'static str)>,
    group: u16,
    of: Option<Kind>,
    /// The user said it.
    is_set: bool,
}

/// Finds the layout of a table: that of its platform, or what its headings and values say.
pub(crate) fn discover(
    table: &Table,
    headings: &Headings,
    profiles: &[Profile],
    dialect: Option<Recognised>,
    options: Mapped<'_>,
) -> Discovered {
    let Some(recognised) = dialect else {
        return layout(headings, profiles, options);
    };
    let mut by_words = layout(headings, profiles, options);
    let mut stated = recognised.layout(table, headings.last);
    let mapped = |column: usize| {
        let words = headings
            .columns
            .get(column)
            .map_or("", |heading| &heading.words);
        options.field(column, words).is_some()
    };
    stated.columns.retain(|(column, _)| !mapped(*column));
    for (_, place) in &mut stated.columns {
        if place.group > 0 {
            place.of = Some(Kind::KeyResult);
        }
    }
    let is_known = |column: usize| stated.columns.iter().any(|(known, _)| *known == column);
    let others: Vec<(usize, Place)> = by_words
        .layout
        .columns
        .iter()
        .filter(|(column, place)| {
            let is_free = mapped(*column) || recognised.form.others == Others::ByTheirWords;
            let is_taken = stated
                .columns
                .iter()
                .any(|(_, known)| known.field == place.field);
            is_free
                && !is_known(*column)
                && (!is_taken || may_repeat(place.field) || mapped(*column))
        })
        .copied()
        .collect();
    for (column, _) in &stated.columns {
        if let Some(reason) = by_words.reasons.get_mut(*column) {
            *reason = (
                Certainty::Certain,
                format!("a column of {}", recognised.dialect.title),
            );
        }
    }
    stated.columns.extend(others);
    stated.columns.sort_by_key(|(column, _)| *column);
    stated.statuses = recognised
        .dialect
        .statuses
        .iter()
        .map(|(word, status)| (words::normal(word), *status))
        .collect();
    stated.kinds = recognised
        .form
        .types
        .iter()
        .map(|(word, kind)| (words::normal(word), kind_of(*kind)))
        .collect();
    by_words.layout = stated;
    by_words
}

const fn kind_of(kind: RowKind) -> Kind {
    match kind {
        RowKind::Plan => Kind::Plan,
        RowKind::Objective => Kind::Objective,
        RowKind::KeyResult => Kind::KeyResult,
        RowKind::Initiative => Kind::Initiative,
        RowKind::Note => Kind::Note,
    }
}

/// Finds the layout of a table that is kept by hand.
pub(crate) fn layout(headings: &Headings, profiles: &[Profile], options: Mapped<'_>) -> Discovered {
    let empty = Profile::default();
    let width = headings.columns.len().max(profiles.len());
    let blank = Heading::default();
    let mut open: Vec<Open> = (0..width)
        .map(|column| {
            let heading = headings.columns.get(column).unwrap_or(&blank);
            let profile = profiles.get(column).unwrap_or(&empty);
            choices(column, heading, profile, options)
        })
        .collect();
    number_groups(&mut open, headings);
    settle_titles(&mut open, profiles);
    settle(&mut open, headings, profiles);
    settle_elements(&mut open, headings);
    let mut discovered = Discovered {
        layout: Layout {
            headings: Some((headings.first, headings.last)),
            ..Layout::default()
        },
        reasons: vec![(Certainty::Likely, "no field has such a heading".to_owned()); width],
    };
    for column in &open {
        let Some((field, certainty, reason)) = column.choices.first() else {
            continue;
        };
        discovered.layout.columns.push((
            column.column,
            Place {
                field: *field,
                group: column.group,
                of: column.of,
            },
        ));
        discovered.reasons[column.column] = (*certainty, (*reason).to_owned());
    }
    discovered.layout.tree = tree(&discovered.layout, profiles);
    discovered
}

/// Returns what a column may hold, the likeliest first.
fn choices(column: usize, heading: &Heading, profile: &Profile, options: Mapped<'_>) -> Open {
    let mut open = Open {
        column,
        choices: Vec::new(),
        group: 0,
        of: None,
        is_set: false,
    };
    if let Some(field) = options.field(column, &heading.words) {
        open.is_set = true;
        open.choices
            .extend(field.map(|field| (field, Certainty::Certain, "it was said so")));
        return open;
    }
    let normal = heading.normal();
    if let Some(number) = headings::group_number(&heading.group) {
        open.group = number;
    }
    if let Some((number, rest)) = headings::numbered(&normal) {
        open.group = number;
        open.of = Some(Kind::KeyResult);
        if rest.is_empty() {
            push(
                &mut open,
                Field::KeyResult,
                Certainty::Certain,
                "the heading says so",
            );
            return open;
        }
    }
    if !normal.is_empty()
        && (heading.day.is_some() || headings::is_time(&heading.words))
        && profile.mostly(profile.numbers, 5)
    {
        push(
            &mut open,
            Field::Value,
            Certainty::Likely,
            "the heading is a time, and numbers stand below",
        );
        return open;
    }
    for candidate in headings::candidates(heading) {
        let certainty = match candidate.plainness {
            Plainness::Whole => Certainty::Certain,
            Plainness::Guess | Plainness::Contained => Certainty::Likely,
        };
        push(&mut open, candidate.field, certainty, "the heading says so");
    }
    let group = words::heading(&headings::normal_heading(&heading.group));
    for candidate in &group {
        match candidate.field {
            Field::Objective => open.of = Some(Kind::Objective),
            Field::KeyResult if open.group == 0 && candidate.plainness != Plainness::Guess => {
                open.of = Some(Kind::KeyResult);
            }
            Field::Initiative => open.of = Some(Kind::Initiative),
            Field::Due | Field::StartDate | Field::Period => {
                // `Dates`: start, end
                for choice in &mut open.choices {
                    choice.0 = match choice.0 {
                        Field::Start => Field::StartDate,
                        Field::Target => Field::Due,
                        other => other,
                    };
                }
            }
            _ => {}
        }
    }
    // The words of an element stand below its group: `Initiative` over `What`, `Who`, `When`.
    if let Some(kind) = open.of
        && open.group == 0
    {
        for choice in &mut open.choices {
            if matches!(
                choice.0,
                Field::Title
                    | Field::Objective
                    | Field::KeyResult
                    | Field::Initiative
                    | Field::Description
            ) && choice.0 != field_of(kind)
                && choice.1 != Certainty::Certain
                || choice.0 == Field::Title
            {
                choice.0 = field_of(kind);
            }
        }
    }
    by_values(&mut open, &normal, profile);
    open
}

fn push(open: &mut Open, field: Field, certainty: Certainty, reason: &'static str) {
    if !open.choices.iter().any(|(known, ..)| *known == field) {
        open.choices.push((field, certainty, reason));
    }
}

const fn field_of(kind: Kind) -> Field {
    match kind {
        Kind::Plan | Kind::Note | Kind::Objective => Field::Objective,
        Kind::KeyResult => Field::KeyResult,
        Kind::Initiative => Field::Initiative,
    }
}

/// Corrects what a heading seems to say by what stands below it.
fn by_values(open: &mut Open, normal: &str, profile: &Profile) {
    if profile.filled == 0 {
        return;
    }
    let is_number = profile.mostly(profile.numbers, 7);
    let is_date = profile.mostly(profile.dates, 7) && !profile.mostly(profile.numbers, 8);
    let is_status = profile.mostly(profile.statuses, 6) && !is_number;
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
            words(
                open,
                &[Field::Status],
                Some(Field::Progress),
                "numbers stand below",
            );
        }
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
    if open
        .choices
        .first()
        .is_some_and(|(field, ..)| *field == Field::Type)
        && !profile.mostly(profile.kinds, 5)
    {
        open.choices.clear();
    }
    if open.choices.is_empty() && normal.is_empty() {
        if profile.mostly(profile.marks, 6) {
            push(
                open,
                Field::Reference,
                Certainty::Likely,
                "marks of rows stand below",
            );
        } else if profile.mostly(profile.dotted, 4)
            && profile.mostly(profile.numbers + profile.dotted, 8)
        {
            push(
                open,
                Field::Reference,
                Certainty::Likely,
                "numbers with dots stand below",
            );
        } else if profile.mostly(profile.kinds, 8) && profile.filled > 1 {
            push(
                open,
                Field::Type,
                Certainty::Likely,
                "kinds of rows stand below",
            );
        } else if profile.mostly(profile.statuses, 8) && profile.filled > 1 && !is_number {
            push(
                open,
                Field::Status,
                Certainty::Guessed,
                "statuses stand below",
            );
        }
    }
}

fn open_has(open: &Open, field: Field) -> bool {
    open.choices.iter().any(|(known, ..)| *known == field)
}

/// Numbers key results that stand side by side under the same heading.
fn number_groups(open: &mut [Open], headings: &Headings) {
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
            let has_title = open
                .iter()
                .any(|column| column.group == number && open_has(column, Field::KeyResult));
            if !has_title
                && let Some(first) = open.iter_mut().find(|column| {
                    column.group == number
                        && headings
                            .columns
                            .get(column.column)
                            .is_some_and(|heading| !heading.words.is_empty())
                        && column.choices.is_empty()
                })
            {
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
        return;
    }
    let starts: Vec<usize> = (0..open.len()).filter(|at| is_title(&open[*at])).collect();
    if starts.len() < 2 {
        return;
    }
    let fields_between = |from: usize, to: usize| -> Vec<Field> {
        open[from..to]
            .iter()
            .filter_map(|column| column.choices.first().map(|choice| choice.0))
            .collect()
    };
    let repeated = fields_between(starts[0], starts[1]);
    for (number, start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(open.len());
        let mut taken: Vec<Field> = Vec::new();
        for column in &mut open[*start..end] {
            let Some((field, ..)) = column.choices.first() else {
                continue;
            };
            if repeated.contains(field) && !taken.contains(field) {
                taken.push(*field);
                column.group = u16::try_from(number + 1).unwrap_or(u16::MAX);
                column.of = Some(Kind::KeyResult);
            }
        }
    }
}

/// Decides which columns hold the words of objectives, key results and rows in general.
fn settle_titles(open: &mut [Open], profiles: &[Profile]) {
    let has = |open: &[Open], field: Field, plain: bool| {
        open.iter().any(|column| {
            column.of.is_none_or(|_| true)
                && column.choices.iter().any(|(known, certainty, _)| {
                    *known == field && (!plain || *certainty == Certainty::Certain)
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
    let are_both_guessed = !(plain_objective || plain_key_result || plain_title || is_typed)
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
                .any(|(known, certainty, _)| *known == field && *certainty == Certainty::Certain)
        };
        let sure = (is_sure(Field::Objective), is_sure(Field::KeyResult));
        column.choices.retain(|(field, certainty, _)| {
            let is_plain = *certainty == Certainty::Certain;
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
}

/// Gives each field to the column that names it most plainly; the others take their next choice.
fn settle(open: &mut [Open], headings: &Headings, profiles: &[Profile]) {
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
            let loser = if loses { at } else { other };
            open[loser].choices.remove(0);
            if matches!(field, Field::Reference | Field::Parent | Field::ParentTitle) {
                open[loser].choices.clear();
                open[loser].choices.push((
                    Field::Ignored,
                    Certainty::Likely,
                    "another column says it",
                ));
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
const fn may_repeat(field: Field) -> bool {
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
fn settle_elements(open: &mut [Open], headings: &Headings) {
    for field in [
        Field::Owner,
        Field::Due,
        Field::Status,
        Field::StartDate,
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
            open[*at].of = element_in(&normal);
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
            let kind = words::heading(phrase).iter().find_map(|candidate| {
                if candidate.plainness != Plainness::Whole {
                    return None;
                }
                match candidate.field {
                    Field::Objective => Some(Kind::Objective),
                    Field::KeyResult => Some(Kind::KeyResult),
                    Field::Initiative => Some(Kind::Initiative),
                    _ => None,
                }
            });
            if found.is_none() {
                found = kind;
            }
        }
    }
    found
}

/// Decides what makes a tree of the rows.
pub(crate) fn tree(layout: &Layout, profiles: &[Profile]) -> Tree {
    let column = |field: Field| {
        layout
            .columns
            .iter()
            .find(|(_, place)| place.field == field)
            .map(|(column, _)| *column)
    };
    let has = |field| column(field).is_some();
    let levels = layout
        .columns
        .iter()
        .filter(|(_, place)| matches!(place.field, Field::Level(_)))
        .count();
    if layout
        .columns
        .iter()
        .any(|(_, place)| place.group > 0 && place.field == Field::KeyResult)
    {
        return Tree::Groups;
    }
    if levels >= 2 {
        return Tree::Levels;
    }
    if !has(Field::Title) {
        if has(Field::KeyResult) && !has(Field::Objective) {
            return Tree::Blocks;
        }
        return Tree::Columns;
    }
    if has(Field::Type) {
        return Tree::Types;
    }
    if has(Field::Parent) {
        return Tree::Parents;
    }
    let reference = column(Field::Reference).and_then(|column| profiles.get(column));
    if let Some(profile) = reference {
        if profile.mostly(profile.marks, 5) {
            return Tree::Types;
        }
        if profile.mostly(profile.dotted, 3) {
            return Tree::Dotted;
        }
    }
    if has(Field::Indent) {
        return Tree::Indents;
    }
    if has(Field::ParentTitle) {
        return Tree::Parents;
    }
    let title = column(Field::Title).and_then(|column| profiles.get(column));
    if title.is_some_and(|profile| profile.indented > 0) {
        return Tree::Indents;
    }
    Tree::Types
}
