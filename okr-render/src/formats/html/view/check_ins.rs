//! Check-ins on the page, and the status that they give.

use okr_core::model::{CheckIn, Inline, Status};
use serde::Serialize;

use crate::formats::html::drawn;
use crate::formats::html::figure::{Day, Figure, iso};
use crate::formats::html::text::{self, Html, Links, push_escaped};

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
            iso: iso(row.date),
            day: Day::new(row.date).into_text(),
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

    /// Returns what `check-ins.html` makes of the table of the key result `number`, in a fraction of the time.
    pub(super) fn drawn(&self, number: &str) -> Html {
        let mut out = String::with_capacity(512 * (self.rows.len() + 1));
        out.push_str("<div class=\"check-ins\">\n<h4 class=\"small\">Check-ins</h4>\n");
        out.push_str("<div class=\"wide\" role=\"group\" aria-label=\"Check-ins of key result ");
        push_escaped(&mut out, number);
        out.push_str("\" tabindex=\"0\">\n<table>\n<thead><tr><th scope=\"col\">Date</th>");
        for (is_there, heading) in [
            (
                self.has_value,
                "<th scope=\"col\" class=\"right\">Value</th>",
            ),
            (self.has_status, "<th scope=\"col\">Status</th>"),
            (
                self.has_confidence,
                "<th scope=\"col\" class=\"right\">Confidence</th>",
            ),
            (self.has_note, "<th scope=\"col\">Note</th>"),
        ] {
            out.push_str(if is_there { heading } else { "" });
        }
        for column in &self.columns {
            out.push_str("<th scope=\"col\" dir=\"auto\">");
            push_escaped(&mut out, column);
            out.push_str("</th>");
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            self.draw(row, &mut out);
        }
        out.push_str("</tbody>\n</table>\n</div>\n</div>");
        Html::written(out)
    }

    fn draw(&self, row: &CheckInView, out: &mut String) {
        out.extend(["<tr><th scope=\"row\"><time datetime=\"", &row.iso, "\">"]);
        out.extend([&row.day, "</time></th>"]);
        if self.has_value {
            out.push_str("<td class=\"right\">");
            if !row.number.is_empty() {
                // All rows have letters of one size.
                drawn::figure([&row.before, &row.number, &row.after], false, out);
            }
            out.push_str("</td>");
        }
        if self.has_status {
            out.push_str("<td>");
            if !row.status.is_empty() {
                out.extend(["<span class=\"status ", row.slug, "\">"]);
                drawn::mark(row.slug, out);
                out.extend([row.status, "</span>"]);
            }
            out.push_str("</td>");
        }
        if self.has_confidence {
            out.push_str("<td class=\"right\">");
            if let Some(confidence) = row.confidence {
                out.extend([&*confidence.to_string(), " <small>of 10</small>"]);
            }
            out.push_str("</td>");
        }
        if self.has_note {
            out.push_str("<td class=\"note\" dir=\"auto\">");
            out.extend([row.note_html.as_str(), "</td>"]);
        }
        for (name, cell) in self.columns.iter().zip(&row.cells_html) {
            out.push_str("<td class=\"note\" dir=\"auto\" data-name=\"");
            push_escaped(out, name);
            out.extend(["\">", cell.as_str(), "</td>"]);
        }
        out.push_str("</tr>\n");
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
