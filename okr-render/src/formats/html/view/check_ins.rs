//! Check-ins on the page, and the status that they give.

use okr_core::model::{CheckIn, Status};
use serde::Serialize;

use crate::formats::html::figure::{Day, Figure};
use crate::formats::html::text::{self, Html};

#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each column is there or not on its own"
)]
pub(super) struct CheckInsView {
    has_value: bool,
    has_status: bool,
    has_confidence: bool,
    has_note: bool,
    /// The headings of further columns.
    columns: Vec<String>,
    rows: Vec<CheckInView>,
}

#[derive(Debug, Serialize)]
struct CheckInView {
    day: Day,
    value: Option<Figure>,
    status: Option<StatusView>,
    confidence: Option<u8>,
    note_html: Html,
    cells_html: Vec<Html>,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct StatusView {
    /// Names the mark and the colour.
    slug: &'static str,
    word: &'static str,
}

impl CheckInsView {
    pub(super) fn new(check_ins: &[CheckIn]) -> Option<Self> {
        if check_ins.is_empty() {
            return None;
        }
        let mut columns: Vec<&str> = Vec::new();
        for name in check_ins.iter().flat_map(|row| row.fields.keys()) {
            if !columns.contains(&&**name) {
                columns.push(name);
            }
        }
        let row = |row: &CheckIn| CheckInView {
            day: Day::new(row.date),
            value: row.value.as_ref().map(Figure::new),
            status: row.status.map(StatusView::new),
            confidence: row.confidence,
            note_html: row.note.as_ref().map(text::inline).unwrap_or_default(),
            cells_html: columns
                .iter()
                .map(|name| row.fields.get(*name).map(text::inline).unwrap_or_default())
                .collect(),
        };
        Some(Self {
            has_value: check_ins.iter().any(|row| row.value.is_some()),
            has_status: check_ins.iter().any(|row| row.status.is_some()),
            has_confidence: check_ins.iter().any(|row| row.confidence.is_some()),
            has_note: check_ins.iter().any(|row| row.note.is_some()),
            rows: check_ins.iter().map(row).collect(),
            columns: columns.into_iter().map(text::clean).collect(),
        })
    }
}

impl StatusView {
    pub(crate) const fn new(status: Status) -> Self {
        let slug = match status {
            Status::NotStarted => "not-started",
            Status::OnTrack => "on-track",
            Status::AtRisk => "at-risk",
            Status::OffTrack => "off-track",
            Status::Achieved => "achieved",
            Status::Paused => "paused",
            // The set of marks is closed, and a status yet to come is shown as one put aside.
            _ => "cancelled",
        };
        Self {
            slug,
            word: status.word(),
        }
    }

    /// Returns the name of its mark, which is a class of styles too.
    pub(crate) const fn slug(self) -> &'static str {
        self.slug
    }
}
