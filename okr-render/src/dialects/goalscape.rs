//! Goalscape, whose import and export are alike.

use super::RowKind::{Initiative, KeyResult, Objective, Plan};
use super::{Column, Dialect, Form, People, Periods};
use crate::import::layout::{Field, Tree};

pub(super) static DIALECT: Dialect = Dialect {
    name: "goalscape",
    title: "Goalscape",
    known: "confirmed, for the English headings",
    source: "https://goalscape.tenderapp.com/kb/general-questions/requirements-for-goalscape-csv-import-source-file",
    docs: include_str!("goalscape.md"),
    takes: Some(&FORM),
    gives: &[&FORM],
    statuses: &[],
    kinds_of_numbers: &[],
    people: People::Name,
    has_owner_lists: false,
    periods: Periods::Free,
};

static FORM: Form = Form {
    columns: &[
        Column::new("Main", Field::Level(1)).sign(),
        Column::new("L1", Field::Level(2)).sign(),
        Column::new("L2", Field::Level(3)),
        Column::new("L3", Field::Level(4)),
        Column::new("L4", Field::Level(5)).unwritten(),
        Column::new("L5", Field::Level(6)).unwritten(),
        Column::new("L6", Field::Level(7)).unwritten(),
        Column::new("L7", Field::Level(8)).unwritten(),
        Column::left("Importance", Field::Weight).unwritten(),
        Column::left("Progress", Field::Progress).unwritten(),
        Column::new("Start Date", Field::StartDate),
        Column::new("Due Date", Field::Due),
        Column::new("Notes", Field::Description),
    ],
    tree: Tree::Levels,
    types: &[],
    levels: &[Plan, Objective, KeyResult, Initiative],
    ..Form::PLAIN
};
