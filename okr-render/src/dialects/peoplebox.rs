//! Peoplebox, "Goals Import via CSV (V2)".

use super::RowKind::{Initiative, KeyResult, Objective};
use super::{Column, Dialect, Form, People, Periods};
use crate::import::SaidStatus;
use crate::import::layout::{Field, Tree};

pub(super) static DIALECT: Dialect = Dialect {
    name: "peoplebox",
    title: "Peoplebox",
    known: "confirmed, but for columns after the last one here and for which cells must be filled",
    source: "https://help.peoplebox.ai/hc/peoplebox-help-center/articles/1756218434-goals-import-via-csv-v2",
    docs: include_str!("peoplebox.md"),
    takes: Some(&FORM),
    gives: &[&FORM],
    statuses: &[
        ("Not Started", Some(SaidStatus::NotStarted)),
        ("On Track", Some(SaidStatus::OnTrack)),
        ("At Risk", Some(SaidStatus::AtRisk)),
        ("Off Track", Some(SaidStatus::OffTrack)),
    ],
    kinds_of_numbers: &[
        ("Number", ""),
        ("Default Progress", ""),
        ("Custom Percent", "%"),
        ("Euro", "EUR"),
        ("Dollar", "USD"),
    ],
    people: People::Email,
    has_owner_lists: true,
    periods: Periods::Free,
};

static FORM: Form = Form {
    columns: &[
        Column::new("Row ID", Field::Reference).sign().required(),
        Column::new("Parent Row IDs", Field::Parent).sign(),
        Column::ignored("Parent Goal IDs"),
        Column::ignored("Goal ID"),
        Column::ignored("Action"),
        Column::new("Goal Title", Field::Title).sign().required(),
        Column::new("Owner Emails", Field::Owner),
        Column::ignored("Goal Cycle"),
        Column::new("Goal Type", Field::UnitKind).or("Default Progress"),
        Column::ignored("Scope"),
        Column::left("Departments", Field::Labels),
        Column::new("Start Date", Field::StartDate),
        Column::new("End Date", Field::Due),
        Column::new("Description", Field::Description),
        Column::new("Starting Value", Field::Start).only(&[KeyResult]),
        Column::new("Target Value", Field::Target).only(&[KeyResult]),
        Column::new("Current Value", Field::Current).only(&[KeyResult]),
        Column::new("Progress Status", Field::Status),
        Column::ignored("Check-in Type"),
        Column::left("Tags", Field::Labels),
        Column::ignored("Review Cycle ID"),
        Column::ignored("Review Cycle Weightage"),
        Column::ignored("Approved"),
        Column::ignored("Custom Visibility Employees"),
    ],
    tree: Tree::Parents,
    // Only the depth tells an objective from a key result; a goal without numbers is done or not.
    types: &[("Binary", Initiative)],
    levels: &[Objective, KeyResult, Initiative],
    has_loose_initiatives: true,
    ..Form::PLAIN
};
