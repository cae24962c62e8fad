//! Todoist, a project as CSV.

use super::RowKind::{Initiative, KeyResult, Note, Objective};
use super::{Column, Dialect, Form, People, Periods};
use crate::import::layout::{Field, Tree};

pub(super) static DIALECT: Dialect = Dialect {
    name: "todoist",
    title: "Todoist",
    known: "confirmed up to RESPONSIBLE; the three columns after it are from general knowledge",
    source: "https://todoist.com/help/articles/import-or-export-a-project-as-a-csv-file-in-todoist-YC8YvN",
    docs: include_str!("todoist.md"),
    takes: Some(&FORM),
    gives: &[&FORM],
    statuses: &[],
    kinds_of_numbers: &[],
    people: People::NameAndId,
    has_owner_lists: false,
    periods: Periods::Free,
};

static FORM: Form = Form {
    columns: &[
        Column::new("TYPE", Field::Type).sign().required(),
        Column::new("CONTENT", Field::Title).sign().required(),
        Column::new("DESCRIPTION", Field::Description).only(&[KeyResult, Initiative]),
        Column::ignored("PRIORITY")
            .or("4")
            .only(&[KeyResult, Initiative]),
        Column::new("INDENT", Field::Indent)
            .sign()
            .only(&[KeyResult, Initiative]),
        Column::ignored("AUTHOR"),
        Column::new("RESPONSIBLE", Field::Owner).only(&[KeyResult, Initiative]),
        Column::new("DATE", Field::Due).only(&[KeyResult, Initiative]),
        Column::ignored("DATE_LANG")
            .or("en")
            .only(&[KeyResult, Initiative]),
        Column::ignored("TIMEZONE"),
    ],
    tree: Tree::Indents,
    // A task is what its indent says; without sections, the outermost tasks are the objectives.
    types: &[("section", Objective), ("note", Note)],
    levels: &[KeyResult, Initiative],
    ..Form::PLAIN
};
