//! Betterworks, "OKR Uploads".

use super::RowKind::{KeyResult, Objective};
use super::{Aside, Column, Dialect, Form, People, Periods};
use crate::import::layout::{Field, Tree};

pub(super) static DIALECT: Dialect = Dialect {
    name: "betterworks",
    title: "Betterworks",
    known: "confirmed in part: eight columns; whether there are more, and how dates are written, is not known",
    source: "https://support.betterworks.com/hc/en-us/articles/360032818992-OKR-Uploads",
    docs: include_str!("betterworks.md"),
    takes: Some(&FORM),
    gives: &[&FORM],
    statuses: &[],
    kinds_of_numbers: &[],
    people: People::Email,
    has_owner_lists: false,
    periods: Periods::Free,
};

static FORM: Form = Form {
    columns: &[
        Column::new("name", Field::Title).sign().required(),
        Column::new("type", Field::Type).sign().required(),
        Column::left("progress", Field::Progress).sign(),
        Column::new("start_date", Field::StartDate),
        Column::new("end_date", Field::Due),
        Column::new("owner_email", Field::Owner).sign().required(),
        Column::left("categories", Field::Labels),
        Column::new("description", Field::Description).only(&[Objective]),
    ],
    tree: Tree::Types,
    types: &[("goal", Objective), ("milestone", KeyResult)],
    levels: &[Objective, KeyResult],
    numbers: Aside::Title,
    ..Form::PLAIN
};
