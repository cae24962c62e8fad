//! Plans and key results as rows.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::formats::listing::{Column, Field, Listing};
use crate::site::Site;

/// Returns all plans, a row each.
pub(super) fn plans(site: &Site) -> Listing<'_> {
    const COLUMNS: &[Column] = &[
        Column::new("Period", 12.0),
        Column::new("Plan", 44.0),
        Column::new("Team", 24.0),
        Column::new("Owner", 24.0),
        Column::new("Status", 13.0),
        Column::new("Closed", 9.0),
        Column::of_numbers("Progress", 11.0),
        Column::of_numbers("Expected", 11.0),
        Column::of_numbers("Objectives", 12.0),
        Column::of_numbers("Key results", 12.0),
        Column::new("Last check-in", 14.0),
    ];
    let rows = site.members.iter().map(|member| {
        vec![
            period(member.period),
            words(&member.name),
            some(member.team.as_deref()),
            some(member.owner.as_deref()),
            some(member.status.map(|status| status.word())),
            some(member.is_closed.then_some("yes")),
            percent(member.standing.done),
            percent(member.standing.expected),
            Field::Count(member.objectives.len()),
            Field::Count(member.key_results.len()),
            day(member.latest),
        ]
    });
    Listing::new("Plans", COLUMNS, site.members.len(), rows)
}

/// Returns all key results, a row each.
pub(super) fn key_results(site: &Site) -> Listing<'_> {
    const COLUMNS: &[Column] = &[
        Column::new("Period", 12.0),
        Column::new("Plan", 30.0),
        Column::new("Team", 20.0),
        Column::new("Objective", 11.0),
        Column::new("Key result", 11.0),
        Column::new("Title", 60.0),
        Column::new("Owner", 20.0),
        Column::new("Status", 13.0),
        Column::of_numbers("Progress", 11.0),
        Column::of_numbers("Expected", 11.0),
        Column::new("Value", 16.0),
        Column::new("Target", 16.0),
        Column::new("Due", 12.0),
        Column::new("Last check-in", 14.0),
    ];
    let rows = site.members.iter().flat_map(|member| {
        member.key_results.iter().map(move |it| {
            vec![
                period(member.period),
                words(&member.name),
                some(member.team.as_deref()),
                words(it.number.split('.').next().unwrap_or("")),
                words(&it.number),
                words(&it.title),
                some(it.owner.as_deref()),
                some(it.status.map(|status| status.word())),
                percent(it.standing.done),
                percent(it.standing.expected),
                some(it.value.as_deref()),
                some(it.target.as_deref()),
                day(it.due),
                day(it.latest),
            ]
        })
    });
    let count = site.members.iter().map(|it| it.key_results.len()).sum();
    Listing::new("Key results", COLUMNS, count, rows)
}

fn words(text: &str) -> Field<'_> {
    Field::Words(Cow::Borrowed(text))
}

fn some(text: Option<&str>) -> Field<'_> {
    text.map_or(Field::Nothing, words)
}

fn period(period: Option<okr_core::model::Period>) -> Field<'static> {
    period.map_or(Field::Nothing, |period| {
        Field::Words(Cow::Owned(period.to_string()))
    })
}

fn percent(percent: Option<Decimal>) -> Field<'static> {
    percent.map_or(Field::Nothing, Field::Percent)
}

fn day(day: Option<Date>) -> Field<'static> {
    day.map_or(Field::Nothing, Field::Day)
}
