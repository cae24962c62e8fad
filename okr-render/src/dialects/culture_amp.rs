//! Culture Amp, import of individual goals.

use super::RowKind::Objective;
use super::{Aside, Column, Dialect, Form, People, Periods};
use crate::import::SaidStatus;
use crate::import::layout::{Field, Tree};

pub(super) static DIALECT: Dialect = Dialect {
    name: "culture-amp",
    title: "Culture Amp, individual goals",
    known: "confirmed, but for the end of the repeated columns of key results",
    source: "https://support.cultureamp.com/en/articles/7048435-guide-to-populating-individual-goals-import-template",
    docs: include_str!("culture_amp.md"),
    takes: Some(&FORM),
    gives: &[&FORM],
    statuses: &[
        ("created", Some(SaidStatus::NotStarted)),
        ("ongoing", Some(SaidStatus::OnTrack)),
        ("blocked", Some(SaidStatus::Blocked)),
        ("accomplished", Some(SaidStatus::Done)),
    ],
    kinds_of_numbers: &[],
    people: People::Email,
    has_owner_lists: false,
    periods: Periods::Free,
};

static FORM: Form = Form {
    columns: &[
        Column::new("email", Field::Owner).sign().required(),
        Column::new("name", Field::Title).sign().required(),
        Column::new("description", Field::Description),
        Column::ignored("visibility").sign(),
        Column::ignored("individual_emails"),
        Column::new("due_at", Field::Due).sign(),
        Column::ignored("created_at"),
        Column::ignored("priority"),
        Column::left("status", Field::Status),
        Column::left("completion", Field::Progress),
        Column::new("key_result_#_title", Field::KeyResult),
        Column::left("key_result_#_completion", Field::Progress),
    ],
    tree: Tree::Groups,
    types: &[],
    levels: &[Objective],
    numbers: Aside::Title,
    ..Form::PLAIN
};
