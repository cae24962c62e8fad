//! Columns for times: `Q1 target`, `Q1 actual`, or `Q1` alone, each with a number for its time.

use super::Certainty;
use super::discover::Open;
use super::headings::{self, Headings};
use super::layout::Field;
use super::profile::Profile;
use super::words;

/// A column for a time, by its position.
struct Timed {
    at: usize,
    /// What its heading says beside the time.
    field: Option<Field>,
    is_alone: bool,
}

/// Decides about several columns that have the same field at different times.
///
/// Of targets, the last is that of the plan, and the others are notes; what was reached at a time is a
/// check-in of it. Times alone hold what was reached where another column has the target, and else targets.
pub(super) fn settle(open: &mut [Open], headings: &Headings, profiles: &[Profile]) {
    let timed: Vec<Timed> = open
        .iter()
        .enumerate()
        .filter(|(_, column)| !column.is_set)
        .filter_map(|(at, column)| {
            let heading = headings.columns.get(column.column)?;
            let (_, rest) = heading.timed()?;
            let first = column.choices.first().map(|choice| choice.0);
            // `Goals` over `Q1` to `Q3`
            let of_group = || {
                let group = words::heading(&headings::normal_heading(&heading.group));
                let mut fields = group.iter().map(|candidate| candidate.field);
                fields
                    .rfind(|field| matches!(field, Field::Target | Field::Current))
                    .filter(|_| column.choices.is_empty())
            };
            let field = first
                .filter(|field| {
                    matches!(
                        field,
                        Field::Target | Field::Current | Field::Value | Field::Start
                    )
                })
                .or_else(of_group);
            let is_number = profiles
                .get(column.column)
                .is_some_and(|profile| profile.filled == 0 || profile.mostly(profile.numbers, 5));
            let is_alone = rest.is_empty() && (field.is_none() || field == Some(Field::Value));
            let is_numbered = headings::group_number(&heading.group).is_some();
            (is_number && (field.is_some() || is_alone) && !is_numbered).then_some(Timed {
                at,
                field,
                is_alone,
            })
        })
        .collect();
    let of = |wanted: &dyn Fn(&Timed) -> bool| -> Vec<usize> {
        let found = timed.iter().filter(|timed| wanted(timed));
        found.map(|timed| timed.at).collect()
    };
    let targets = of(&|timed| timed.field == Some(Field::Target));
    let currents = of(&|timed| timed.field == Some(Field::Current));
    let alone = of(&|timed| timed.is_alone);
    let has_target = open.iter().any(|column| {
        let first = column.choices.first().map(|choice| choice.0);
        matches!(first, Some(Field::Target | Field::StartAndTarget))
    });
    let is_known_value = |at: usize| {
        open[at]
            .choices
            .first()
            .is_some_and(|choice| choice.0 == Field::Value)
    };
    let are_values = alone.iter().any(|at| is_known_value(*at));
    start_before_target(open, &alone, currents.is_empty());
    if targets.len() > 1 {
        keep_last(open, &targets);
    }
    if currents.len() > 1 {
        for at in currents {
            set(
                &mut open[at],
                Field::Value,
                "it is what was reached at that time",
            );
        }
    }
    if alone.len() > 1 && !are_values {
        if has_target {
            for at in alone {
                set(
                    &mut open[at],
                    Field::Value,
                    "the heading is a time, and numbers stand below",
                );
            }
        } else {
            keep_last(open, &alone);
        }
    }
}

/// Takes the only time of its own for the start where it stands right before the target, and another column
/// has the current value: `Jun 26`, `Sep 26 target`, `Latest`.
fn start_before_target(open: &mut [Open], alone: &[usize], is_current_timeless: bool) {
    let first = |column: &Open| column.choices.first().map(|choice| choice.0);
    let has = |field: Field| open.iter().any(|column| first(column) == Some(field));
    if let [at] = *alone
        && !has(Field::Start)
        && has(Field::Current)
        && is_current_timeless
        && open.get(at + 1).and_then(first) == Some(Field::Target)
    {
        set(
            &mut open[at],
            Field::Start,
            "it is a time before that of the target",
        );
    }
}

/// Makes the last of several columns the target, and the others notes.
fn keep_last(open: &mut [Open], columns: &[usize]) {
    let Some((last, others)) = columns.split_last() else {
        return;
    };
    for at in others {
        open[*at].choices.clear();
    }
    set(
        &mut open[*last],
        Field::Target,
        "it is the target of the last time",
    );
}

fn set(column: &mut Open, field: Field, reason: &'static str) {
    column.choices.clear();
    column.choices.push((field, Certainty::Likely, reason));
}
