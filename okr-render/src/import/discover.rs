//! Finds out how a table is laid out, from its headings and what stands below them.

use super::Certainty;
use super::corrections;
use super::draft;
use super::headings::{self, Heading, Headings};
use super::infer;
use super::layout::{Field, Layout, Place, Tree};
use super::options::Mapped;
use super::profile::Profile;
use super::settle::{
    may_repeat, number_groups, settle, settle_elements, settle_now, settle_titles,
};
use super::times;
use super::values::text::Kind;
use super::words::{self, Plainness};
use crate::dialects::{Others, Recognised, RowKind, says_the_same};
use crate::table::Table;

/// A layout, and how sure each of its columns is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Discovered {
    /// What was found.
    pub(crate) layout: Layout,
    /// For each column, how sure it is and why.
    pub(crate) reasons: Vec<(Certainty, String)>,
    /// The columns whose headings say nothing that is known, and that hold something all the same by where
    /// they stand and what stands below.
    pub(crate) inferred: Vec<usize>,
}

/// A heading while it is not decided yet what it names.
pub(super) struct Open {
    pub(super) column: usize,
    pub(super) choices: Vec<(Field, Certainty, &'static str)>,
    pub(super) group: u16,
    pub(super) of: Option<Kind>,
    /// The user said it.
    pub(super) is_set: bool,
    /// The column that says the same and is read.
    pub(super) same_as: Option<usize>,
    /// Its heading says nothing that is known.
    pub(super) is_unknown: bool,
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
    let cells = table.rows.get(headings.last).map_or(&[][..], Vec::as_slice);
    for (column, _) in &stated.columns {
        if let Some(reason) = by_words.reasons.get_mut(*column) {
            let why = recognised.why_ignored(cells, *column);
            let why = why.unwrap_or_else(|| format!("a column of {}", recognised.dialect.title));
            *reason = (Certainty::Certain, why);
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
    by_words.inferred.clear();
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
    number_groups(&mut open, headings, profiles);
    settle_titles(&mut open, profiles);
    times::settle(&mut open, headings, profiles);
    infer::titles(&mut open, headings, profiles);
    settle_now(&mut open);
    infer::values(&mut open, profiles);
    settle(&mut open, headings, profiles);
    settle_elements(&mut open, headings, profiles);
    let mut discovered = Discovered {
        layout: Layout {
            headings: Some((headings.first, headings.last)),
            ..Layout::default()
        },
        reasons: vec![(Certainty::Likely, "no field has such a heading".to_owned()); width],
        inferred: Vec::new(),
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
        let same_as = column.same_as.map(|other| {
            let heading = headings.columns.get(other).map(Heading::full);
            says_the_same(other, &heading.unwrap_or_default())
        });
        let reason = same_as.unwrap_or_else(|| (*reason).to_owned());
        discovered.reasons[column.column] = (*certainty, reason);
        if column.is_unknown && *certainty == Certainty::Guessed {
            discovered.inferred.push(column.column);
        }
    }
    discovered.layout.tree = tree(&discovered.layout, profiles);
    discovered.layout.statuses = answers(headings, &discovered.layout);
    discovered
}

/// Returns what yes and no mean below a heading such as `On track?`.
fn answers(headings: &Headings, layout: &Layout) -> Vec<(String, Option<draft::SaidStatus>)> {
    let asks = |(column, place): &(usize, Place)| {
        let normal = headings.columns.get(*column).map(Heading::normal);
        let asked = normal.as_deref().and_then(words::status);
        place.field == Field::Status && asked == Some(draft::SaidStatus::OnTrack)
    };
    if !layout.columns.iter().any(asks) {
        return Vec::new();
    }
    let answers = [
        ("answer-yes", draft::SaidStatus::OnTrack),
        ("answer-no", draft::SaidStatus::OffTrack),
    ];
    let words = answers
        .iter()
        .flat_map(|(class, status)| words::of(class).map(|word| (word.clone(), Some(*status))));
    words.collect()
}

/// Gives columns the fields that those with the same headings have in a table above.
pub(crate) fn as_above(
    discovered: &mut Discovered,
    headings: &Headings,
    profiles: &[Profile],
    above: &[(String, Place)],
) {
    let known: Vec<(usize, Place)> = headings
        .columns
        .iter()
        .enumerate()
        .filter_map(|(column, heading)| {
            let normal = heading.normal();
            let (_, place) = above.iter().find(|(words, _)| *words == normal)?;
            Some((column, *place))
        })
        .collect();
    let columns = &mut discovered.layout.columns;
    columns.retain(|(column, place)| {
        let is_taken = known.iter().any(|(at, taken)| {
            at == column || taken.field == place.field && !may_repeat(place.field)
        });
        !is_taken
    });
    for (column, place) in known {
        columns.push((column, place));
        if let Some(reason) = discovered.reasons.get_mut(column) {
            *reason = (Certainty::Certain, "as in the table above".to_owned());
        }
        discovered.inferred.retain(|inferred| *inferred != column);
    }
    columns.sort_by_key(|(column, _)| *column);
    discovered.layout.tree = tree(&discovered.layout, profiles);
}

/// Returns what a column may hold, the likeliest first.
#[expect(
    clippy::too_many_lines,
    reason = "what a heading may say, one thing after the other"
)]
fn choices(column: usize, heading: &Heading, profile: &Profile, options: Mapped<'_>) -> Open {
    let mut open = Open {
        column,
        choices: Vec::new(),
        group: 0,
        of: None,
        is_set: false,
        same_as: None,
        is_unknown: false,
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
    let group = words::heading(&headings::normal_heading(&heading.group));
    let of_group = group.iter().find(|candidate| {
        candidate.plainness != Plainness::Contained
            && matches!(
                candidate.field,
                Field::Start | Field::Target | Field::Current
            )
    });
    if let Some(candidate) = of_group
        && candidate.field != Field::Current
        && !normal.is_empty()
        && (heading.day.is_some() || headings::is_time(&heading.words))
    {
        let reason = "the heading above says so";
        push(&mut open, candidate.field, Certainty::Certain, reason);
        return open;
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
            Plainness::Contained => Certainty::Likely,
            Plainness::Guess => Certainty::Guessed,
        };
        let reason = match certainty {
            _ if candidate.field == Field::Ignored => "needed by the program that wrote it alone",
            Certainty::Guessed => "the heading can mean other things",
            Certainty::Likely | Certainty::Certain => "the heading says so",
        };
        push(&mut open, candidate.field, certainty, reason);
    }
    for candidate in &group {
        match candidate.field {
            Field::Objective if candidate.plainness != Plainness::Guess => {
                open.of = Some(Kind::Objective);
            }
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
    open.is_unknown = open.choices.is_empty();
    corrections::by_values(&mut open, &normal, profile);
    open
}

pub(super) fn push(open: &mut Open, field: Field, certainty: Certainty, reason: &'static str) {
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

pub(super) fn open_has(open: &Open, field: Field) -> bool {
    open.choices.iter().any(|(known, ..)| *known == field)
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
    let reference = column(Field::Reference).and_then(|column| profiles.get(column));
    if !has(Field::Title) {
        // `1`, `1.1`, `1.2` in front of one column for all goals, whatever that is called.
        let is_one = has(Field::KeyResult) != has(Field::Objective) && !has(Field::Initiative);
        let is_dotted = |profile: &Profile| {
            profile.mostly(profile.dotted, 4)
                && profile.whole > 0
                && profile.mostly(profile.dotted + profile.whole, 8)
        };
        if is_one && reference.is_some_and(is_dotted) {
            return Tree::Dotted;
        }
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
