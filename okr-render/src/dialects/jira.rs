//! Jira issues, whose columns the user maps on import.

use super::RowKind::{Initiative, KeyResult, Objective};
use super::{Column, Dialect, Form, Others, People, Periods};
use crate::import::SaidStatus;
use crate::import::layout::{Field, Tree};

pub(super) static DIALECT: Dialect = Dialect {
    name: "jira",
    title: "Jira",
    known: "rules confirmed: only the column Summary is fixed, and the user maps the others",
    source: "https://support.atlassian.com/jira-software-cloud/docs/prepare-a-csv-file-for-import",
    docs: include_str!("jira.md"),
    takes: Some(&FORM),
    gives: &[&FORM],
    statuses: &[
        ("To Do", Some(SaidStatus::NotStarted)),
        ("In Progress", Some(SaidStatus::OnTrack)),
        ("Done", Some(SaidStatus::Done)),
        ("Closed", Some(SaidStatus::Done)),
        ("Resolved", Some(SaidStatus::Done)),
    ],
    kinds_of_numbers: &[],
    people: People::Email,
    has_owner_lists: false,
    periods: Periods::Free,
};

static FORM: Form = Form {
    columns: &[
        Column::new("Summary", Field::Title).sign().required(),
        Column::new("Issue Type", Field::Type).sign(),
        Column::new("Issue ID", Field::Reference).sign(),
        Column::new("Parent ID", Field::Parent),
        Column::new("Parent", Field::Parent).unwritten(),
        Column::new("Assignee", Field::Owner),
        Column::new("Status", Field::Status),
        Column::new("Due Date", Field::Due),
        Column::new("Description", Field::Description),
        Column::left("Labels", Field::Labels).unwritten(),
        Column::repeats("Issue key", "Issue ID").unwritten(),
    ],
    others: Others::ByTheirWords,
    tree: Tree::Parents,
    types: &[
        ("Epic", Objective),
        ("Story", KeyResult),
        ("Sub-task", Initiative),
        ("Subtask", Initiative),
    ],
    levels: &[Objective, KeyResult, Initiative],
    ..Form::PLAIN
};
