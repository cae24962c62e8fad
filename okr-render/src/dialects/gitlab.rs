//! GitLab issues and work items.

use super::RowKind::{Initiative, KeyResult, Objective};
use super::{Column, Dialect, Form, Others, People, Periods};
use crate::import::SaidStatus;
use crate::import::layout::{Field, Tree};

pub(super) static DIALECT: Dialect = Dialect {
    name: "gitlab",
    title: "GitLab, issues and work items",
    known: "confirmed both ways, but for the spelling of the values in Type",
    source: "https://docs.gitlab.com/user/project/issues/csv_import/",
    docs: include_str!("gitlab.md"),
    takes: Some(&IMPORT),
    gives: &[&EXPORT, &IMPORT],
    // That an issue is open says nothing about how it goes.
    statuses: &[("Open", None), ("Closed", Some(SaidStatus::Done))],
    kinds_of_numbers: &[],
    people: People::Name,
    has_owner_lists: false,
    periods: Periods::Free,
};

/// What GitLab takes: it has no parents, so that key results are a checklist in the description.
static IMPORT: Form = Form {
    columns: &[
        Column::new("title", Field::Title).sign().required(),
        Column::new("description", Field::Description).sign(),
        Column::new("due_date", Field::Due).sign(),
        Column::left("milestone", Field::Period).unwritten(),
        Column::ignored("type").unwritten(),
    ],
    others: Others::Foreign,
    tree: Tree::Checklists,
    types: &[],
    levels: &[Objective],
    has_quick_actions: true,
    ..Form::PLAIN
};

/// What GitLab gives; a child may stand before its parent, as rows are sorted by title.
static EXPORT: Form = Form {
    columns: &[
        Column::new("ID", Field::Reference).sign(),
        Column::repeats("IID", "ID"),
        Column::new("Title", Field::Title).sign(),
        Column::new("Description", Field::Description),
        Column::new("Type", Field::Type),
        Column::ignored("URL"),
        Column::new("State", Field::Status).sign(),
        Column::ignored("Confidential"),
        Column::ignored("Locked"),
        Column::new("Milestone", Field::Period),
        Column::new("Labels", Field::Labels),
        Column::ignored("Author"),
        Column::ignored("Author Username").sign(),
        Column::new("Assignee", Field::Owner).sign(),
        Column::repeats("Assignee Username", "Assignee"),
        Column::ignored("Created At (UTC)"),
        Column::ignored("Updated At (UTC)"),
        Column::ignored("Closed At (UTC)"),
        Column::new("Due Date", Field::Due),
        Column::new("Start Date", Field::StartDate),
        Column::new("Parent ID", Field::Parent),
        Column::repeats("Parent IID", "Parent ID"),
        Column::new("Parent Title", Field::ParentTitle),
        Column::ignored("Time Estimate"),
        Column::ignored("Time Spent"),
        Column::new("Weight", Field::Weight),
    ],
    tree: Tree::Parents,
    types: &[
        ("Objective", Objective),
        ("Key Result", KeyResult),
        ("Task", Initiative),
    ],
    levels: &[Objective, KeyResult, Initiative],
    ..Form::PLAIN
};
