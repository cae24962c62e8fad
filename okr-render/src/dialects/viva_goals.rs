//! Viva Goals, formerly Ally.io: gone, but its exports are not.

use super::RowKind::{Initiative, KeyResult, Objective};
use super::{Column, Dialect, Form, Others, People, Periods};
use crate::import::SaidStatus;
use crate::import::layout::{Field, Tree};

pub(super) static DIALECT: Dialect = Dialect {
    name: "viva-goals",
    title: "Viva Goals, formerly Ally.io",
    known: "rules confirmed: OKR Reference, Parent OKR and the words for a status; the other headings are chosen by the user and read by their words",
    source: "https://learn.microsoft.com/en-us/viva/goals/import-okrs-projects",
    docs: include_str!("viva_goals.md"),
    takes: None,
    gives: &[&FORM],
    // Behind is the yellow one and At Risk the red one: the words of other platforms mean less here.
    statuses: &[
        ("Not Started", Some(SaidStatus::NotStarted)),
        ("On Track", Some(SaidStatus::OnTrack)),
        ("Behind", Some(SaidStatus::AtRisk)),
        ("At Risk", Some(SaidStatus::OffTrack)),
        ("Postponed", Some(SaidStatus::OnHold)),
        // The period ended; whether the target was met, the word does not say.
        ("Closed", Some(SaidStatus::Done)),
        ("Reopened", None),
    ],
    kinds_of_numbers: &[],
    people: People::Email,
    has_owner_lists: true,
    periods: Periods::Free,
};

static FORM: Form = Form {
    columns: &[
        Column::new("OKR Reference", Field::Reference).sign(),
        Column::new("Parent OKR", Field::Parent).sign(),
        Column::new("Title", Field::Title),
        Column::new("Type", Field::Type),
    ],
    others: Others::ByTheirWords,
    tree: Tree::Parents,
    types: &[
        ("Objective", Objective),
        ("Key Result", KeyResult),
        ("KR", KeyResult),
        ("Project", Initiative),
        ("Initiative", Initiative),
    ],
    levels: &[Objective, KeyResult, Initiative],
    ..Form::PLAIN
};
