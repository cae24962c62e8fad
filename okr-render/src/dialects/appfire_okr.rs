//! Appfire OKR for Jira (Cloud), and BigPicture, which takes the same table.

use super::RowKind::{KeyResult, Objective};
use super::{Aside, Column, Dialect, Form, People, Periods};
use crate::import::SaidStatus;
use crate::import::layout::{Field, Tree};

pub(super) static DIALECT: Dialect = Dialect {
    name: "appfire-okr",
    title: "Appfire OKR for Jira, BigPicture",
    known: "confirmed: all headings, their order and sample rows; the rules for values in part",
    source: "https://appfire.atlassian.net/wiki/spaces/OFJ/pages/603652686/Import+OKRs",
    docs: include_str!("appfire_okr.md"),
    takes: Some(&FORM),
    gives: &[&FORM],
    statuses: &[
        ("Not started", Some(SaidStatus::NotStarted)),
        ("On track", Some(SaidStatus::OnTrack)),
        ("At risk", Some(SaidStatus::AtRisk)),
        ("Off track", Some(SaidStatus::OffTrack)),
    ],
    kinds_of_numbers: &[],
    people: People::EmailOrName,
    has_owner_lists: false,
    periods: Periods::QuarterAndYear,
};

static FORM: Form = Form {
    columns: &[
        Column::new("Order", Field::Reference).sign().required(),
        Column::new("Type", Field::Type).sign().required(),
        Column::new("Summary", Field::Title).sign().required(),
        Column::new("Status", Field::Status)
            .required()
            .or("Not started"),
        Column::new("Period", Field::Period).required(),
        Column::new("Owner", Field::Owner).required(),
        Column::new("Weight", Field::Weight),
        Column::ignored("OKR type"),
        Column::left("Labels", Field::Labels),
        Column::new("Teams", Field::Team),
        Column::left("Expected start date", Field::StartDate),
        Column::left("Expected end date", Field::Due),
        Column::new("Start value", Field::Start)
            .sign()
            .required()
            .or_in(&[Objective], "0"),
        Column::new("Current value", Field::Current)
            .required()
            .or_in(&[Objective], "0"),
        Column::new("Target value", Field::Target)
            .sign()
            .required()
            .or_in(&[Objective], "100"),
        Column::new("Description", Field::Description),
    ],
    tree: Tree::Dotted,
    types: &[("Objective", Objective), ("Key result", KeyResult)],
    levels: &[Objective, KeyResult],
    numbers: Aside::Title,
    ..Form::PLAIN
};
