//! Check-ins on the page, and the status that they give.

use okr_core::model::{CheckIn, Inline, Status};
use serde::Serialize;

use crate::formats::html::figure::{Day, Figure};
use crate::formats::html::text::{self, Html, Links};

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
    /// Its day, for machines and for people.
    iso: String,
    day: String,
    /// Its value, in the parts of a [`Figure`]; the fields of a row are all its own, since there are many rows.
    before: String,
    number: String,
    after: String,
    slug: &'static str,
    status: &'static str,
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
    pub(super) fn new(check_ins: &[CheckIn], links: Links<'_>) -> Option<Self> {
        if check_ins.is_empty() {
            return None;
        }
        let mut columns: Vec<&str> = Vec::new();
        for name in check_ins.iter().flat_map(|row| row.fields.keys()) {
            if !columns.contains(&&**name) {
                columns.push(name);
            }
        }
        let inline = |words: &Inline| text::inline(words, links);
        let row = |row: &CheckIn| CheckInView {
            iso: row.date.to_string(),
            day: Day::new(row.date).text().to_owned(),
            before: String::new(),
            number: String::new(),
            after: String::new(),
            slug: row.status.map_or("", |status| StatusView::new(status).slug),
            status: row.status.map_or("", Status::word),
            confidence: row.confidence,
            note_html: row.note.as_ref().map(inline).unwrap_or_default(),
            cells_html: columns
                .iter()
                .map(|name| row.fields.get(*name).map(inline).unwrap_or_default())
                .collect(),
        };
        Some(Self {
            has_value: check_ins.iter().any(|row| row.value.is_some()),
            has_status: check_ins.iter().any(|row| row.status.is_some()),
            has_confidence: check_ins.iter().any(|row| row.confidence.is_some()),
            has_note: check_ins.iter().any(|row| row.note.is_some()),
            rows: check_ins
                .iter()
                .map(|check_in| match check_in.value.as_ref().map(Figure::new) {
                    Some(figure) => CheckInView {
                        before: figure.before,
                        number: figure.number,
                        after: figure.after,
                        ..row(check_in)
                    },
                    None => row(check_in),
                })
                .collect(),
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
