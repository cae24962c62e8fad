//! Columns for times: `Q1 target`, `Q1 actual`, or `Q1` alone, each with a number for its time.

use jiff::civil::Date;

use super::Certainty;
use super::discover::Open;
use super::headings::{self, Headings};
use super::layout::Field;
use super::profile::Profile;
use super::values::period;
use super::words;

/// A column for a time, by its position.
struct Timed {
    at: usize,
    /// The months of its time, where it is at least a quarter.
    months: Option<Months>,
    /// What its heading says beside the time.
    field: Option<Field>,
    is_alone: bool,
}

/// The first and the last month of a time, counted from that of a year.
///
/// A quarter without a year is one of year 0.
#[derive(Clone, Copy)]
struct Months {
    first: i32,
    last: i32,
}

impl Months {
    fn of(time: &str) -> Option<Self> {
        if let Some(part) = period::part(time) {
            let (first, count) = match part {
                period::Part::Quarter(index) => ((i32::from(index) - 1) * 3, 3),
                period::Part::Half(index) => ((i32::from(index) - 1) * 6, 6),
            };
            return Some(Self {
                first,
                last: first + count - 1,
            });
        }
        let said = period::read(time);
        if said.is_fiscal {
            let year = period::fiscal(time)?;
            let year: i32 = year.strip_prefix("FY")?.parse().ok()?;
            return Some(Self::of_year(year));
        }
        let period = said.period.or(said.weak)?;
        let month = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
        Some(Self {
            first: month(period.start()),
            last: month(period.end()),
        })
    }

    const fn of_year(year: i32) -> Self {
        Self {
            first: year * 12,
            last: year * 12 + 11,
        }
    }

    /// Returns whether it ends before another begins; nothing is known of times of which but one has a year.
    const fn is_before(self, other: Self) -> bool {
        (self.first < 12) == (other.first < 12) && self.last < other.first
    }
}

/// Returns the only column of what was reached before the time of the only target, where no other has the start.
fn before_target(open: &[Open], timed: &[Timed]) -> Option<usize> {
    let has_start = open.iter().any(|column| {
        let first = column.choices.first();
        first.is_some_and(|choice| matches!(choice.0, Field::Start | Field::StartAndTarget))
    });
    let mut targets = timed
        .iter()
        .filter(|timed| timed.field == Some(Field::Target));
    let (Some(target), None, false) = (targets.next(), targets.next(), has_start) else {
        return None;
    };
    let target = target.months?;
    let is_before = |timed: &&Timed| {
        let is_reached = matches!(timed.field, Some(Field::Current | Field::Value));
        (is_reached || timed.is_alone)
            && timed.months.is_some_and(|months| months.is_before(target))
    };
    let mut before = timed.iter().filter(is_before);
    let (Some(found), None) = (before.next(), before.next()) else {
        return None;
    };
    Some(found.at)
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
            let (time, rest) = heading.timed()?;
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
                .or_else(of_group)
                // `2025 result`, whatever else `Result` can mean
                .or_else(|| words::is("reached", &rest).then_some(Field::Current));
            let is_number = profiles
                .get(column.column)
                .is_some_and(|profile| profile.filled == 0 || profile.mostly(profile.numbers, 5));
            let is_alone = rest.is_empty() && (field.is_none() || field == Some(Field::Value));
            let is_numbered = headings::group_number(&heading.group).is_some();
            (is_number && (field.is_some() || is_alone) && !is_numbered).then_some(Timed {
                at,
                months: Months::of(&time),
                field,
                is_alone,
            })
        })
        .collect();
    let of = |wanted: &dyn Fn(&Timed) -> bool| -> Vec<usize> {
        let found = timed.iter().filter(|timed| wanted(timed));
        found.map(|timed| timed.at).collect()
    };
    let before = before_target(open, &timed);
    if let Some(at) = before {
        set(
            &mut open[at],
            Field::Start,
            "it is what was reached before the time of the target",
        );
    }
    let targets = of(&|timed| timed.field == Some(Field::Target));
    let currents = of(&|timed| timed.field == Some(Field::Current) && before != Some(timed.at));
    let alone = of(&|timed| timed.is_alone && before != Some(timed.at));
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
    if currents.len() > 1 || before.is_some() {
        for at in currents {
            set(
                &mut open[at],
                Field::Value,
                "it is what was reached at that time",
            );
        }
    }
    if (alone.len() > 1 || before.is_some()) && !are_values {
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
