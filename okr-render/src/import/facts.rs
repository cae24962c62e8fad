//! What a table decides for all of its cells: the sign before decimals, the order of day and month.

use okr_core::model::Period;

use super::ImportOptions;
use super::headings::Headings;
use super::layout::{Field, Layout};
use super::values::confidence::Scale;
use super::values::date::{Context, DateOrder, Numbers};
use super::values::number::{self, Decimals};
use super::values::pair;
use super::words;
use crate::table::{Table, Value};

/// What holds for the cells of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// The sign before decimals in each column.
    pub(crate) decimals: Vec<Decimals>,
    /// Whether something in the file shows the sign before decimals.
    pub(crate) is_decimal_shown: bool,
    /// The sign before decimals that numbers of the file have, or the user says.
    pub(crate) shown: Option<Decimals>,
    /// What dates are read with, for each column.
    pub(crate) dates: Vec<Context>,
    /// The scale of each column of confidences.
    pub(crate) scales: Vec<Option<Scale>>,
    /// Whether numbers with the unit `%` are parts of one.
    pub(crate) has_fractions: bool,
}

/// What votes in a column came to.
#[derive(Clone, Copy, Default)]
struct Votes {
    one: usize,
    two: usize,
}

impl Votes {
    const fn add(&mut self, is_one: bool) {
        if is_one {
            self.one += 1;
        } else {
            self.two += 1;
        }
    }

    /// Returns which of the two nearly all votes are for.
    const fn winner(self) -> Option<bool> {
        if self.one > self.two * 4 {
            Some(true)
        } else if self.two > self.one * 4 {
            Some(false)
        } else {
            None
        }
    }
}

/// What other tables of the same hand show, for what a table leaves open.
#[derive(Clone, Copy, Default)]
pub(crate) struct Around {
    decimals: Votes,
    orders: Votes,
}

impl Around {
    /// Returns what the cells of a sheet show.
    pub(crate) fn of(table: &Table) -> Self {
        let mut around = Self::default();
        around.add(table);
        around
    }

    /// Returns the order of day and month.
    pub(crate) fn order(self) -> Option<DateOrder> {
        self.orders.winner().map(of_day_first)
    }

    /// Looks through all cells of a sheet too.
    pub(crate) fn add(&mut self, table: &Table) {
        for cell in table.rows.iter().flatten() {
            let Value::Text(text) = &cell.value else {
                continue;
            };
            if text.len() >= 20 || !text.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            if let Some(order) = Numbers::read(text).and_then(Numbers::order) {
                self.orders.add(order == DateOrder::DayFirst);
            } else if let Some(decimals) = number::evidence(text)
                && number::of_cell(cell, decimals).is_some()
            {
                self.decimals.add(decimals == Decimals::Comma);
            }
        }
    }
}

/// Looks through the columns of numbers and dates.
pub(crate) fn of(
    table: &Table,
    headings: &Headings,
    layout: &Layout,
    options: &ImportOptions,
    around: Around,
) -> Facts {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let first = layout.headings.map_or(0, |(_, last)| last + 1);
    let (decimals, orders) = votes(table, layout, first, width);
    let sum = |votes: &[Votes]| {
        votes.iter().fold(Votes::default(), |sum, votes| Votes {
            one: sum.one + votes.one,
            two: sum.two + votes.two,
        })
    };
    let (all_decimals, all_orders) = (sum(&decimals), sum(&orders));
    // How a program writes what is done says nothing about the numbers of people.
    let is_progress = |column: usize| {
        let mut columns = layout.columns.iter();
        columns.any(|(at, place)| *at == column && place.field == Field::Progress)
    };
    let typed: Vec<Votes> = decimals
        .iter()
        .enumerate()
        .filter(|(column, _)| !is_progress(*column))
        .map(|(_, votes)| *votes)
        .collect();
    let typed = sum(&typed);
    let is_comma_language = headings
        .columns
        .iter()
        .filter(|heading| words::is("comma-language", &heading.normal()))
        .count()
        >= 2;
    let decimal = |votes: Votes| {
        options.decimals.unwrap_or_else(|| {
            let is_comma = votes
                .winner()
                .or(all_decimals.winner())
                .or(around.decimals.winner())
                .unwrap_or(table.comma_is_decimal || is_comma_language);
            of_comma(is_comma)
        })
    };
    let order = |votes: Votes| {
        options.dates.or_else(|| {
            let is_day_first = votes
                .winner()
                .or(if votes.one + votes.two == 0 {
                    all_orders.winner().or(around.orders.winner())
                } else {
                    None
                })
                .or(is_comma_language.then_some(true))?;
            Some(of_day_first(is_day_first))
        })
    };
    Facts {
        decimals: decimals.iter().map(|votes| decimal(*votes)).collect(),
        shown: options
            .decimals
            .or_else(|| typed.winner().map(of_comma))
            .or_else(|| around.decimals.winner().map(of_comma))
            .or_else(|| in_sentences(table, layout, first))
            .or_else(|| all_decimals.winner().map(of_comma)),
        is_decimal_shown: options.decimals.is_some()
            || all_decimals.one + all_decimals.two > 0
            || around.decimals.winner().is_some()
            || is_comma_language,
        dates: orders
            .iter()
            .map(|votes| Context {
                order: order(*votes),
                ..Context::default()
            })
            .collect(),
        scales: vec![None; width],
        has_fractions: false,
    }
}

/// Returns what the cells of each column show: the sign before decimals, and the order of day and month.
fn votes(table: &Table, layout: &Layout, first: usize, width: usize) -> (Vec<Votes>, Vec<Votes>) {
    let mut decimals = vec![Votes::default(); width];
    let mut orders = vec![Votes::default(); width];
    for (column, place) in &layout.columns {
        let is_number = matches!(
            place.field,
            Field::Start
                | Field::Target
                | Field::StartAndTarget
                | Field::Current
                | Field::Value
                | Field::Weight
                | Field::Progress
        );
        let is_date = matches!(place.field, Field::Due | Field::StartDate);
        if !(is_number || is_date) || *column >= width {
            continue;
        }
        for row in table.rows.iter().skip(first) {
            let Some(Value::Text(text)) = row.get(*column).map(|cell| &cell.value) else {
                continue;
            };
            if is_number {
                if text.bytes().all(|b| b.is_ascii_digit()) || text.len() > 60 {
                    continue;
                }
                if let Some(found) = number::evidence(text) {
                    decimals[*column].add(found == Decimals::Comma);
                }
            } else if text.as_bytes().get(4) != Some(&b'-')
                && text.len() < 20
                && let Some(order) = Numbers::read(text).and_then(Numbers::order)
            {
                orders[*column].add(order == DateOrder::DayFirst);
            }
        }
    }
    (decimals, orders)
}

/// Returns the sign before decimals that sentences show where no column has numbers.
fn in_sentences(table: &Table, layout: &Layout, first: usize) -> Option<Decimals> {
    let is_measure = |field: Field| {
        matches!(
            field,
            Field::Start | Field::Target | Field::StartAndTarget | Field::Current | Field::Value
        )
    };
    if layout
        .columns
        .iter()
        .any(|(_, place)| is_measure(place.field))
    {
        return None;
    }
    let is_title = |field| matches!(field, Field::Title | Field::KeyResult | Field::Level(_));
    let titles = layout
        .columns
        .iter()
        .filter(|(_, place)| is_title(place.field));
    let mut votes = Votes::default();
    for (column, _) in titles {
        for row in table.rows.iter().skip(first) {
            if let Some(Value::Text(text)) = row.get(*column).map(|cell| &cell.value)
                && text.contains(['.', ','])
            {
                match pair::evidence(text) {
                    Some(Decimals::Comma) => votes.one += 1,
                    Some(Decimals::Dot) => votes.two += 1,
                    None => {}
                }
            }
        }
    }
    votes.winner().map(of_comma)
}

const fn of_comma(is_comma: bool) -> Decimals {
    if is_comma {
        Decimals::Comma
    } else {
        Decimals::Dot
    }
}

const fn of_day_first(is_day_first: bool) -> DateOrder {
    if is_day_first {
        DateOrder::DayFirst
    } else {
        DateOrder::MonthFirst
    }
}

impl Facts {
    /// Tells the columns of dates in which period and year they lie.
    pub(crate) fn set_period(&mut self, period: Option<Period>, year: Option<i16>) {
        for context in &mut self.dates {
            context.period = period;
            context.year = year;
        }
    }
}
