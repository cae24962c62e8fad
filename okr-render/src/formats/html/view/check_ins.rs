//! Check-ins on the page, and the status that they give.

use jiff::civil::Date;
use okr_core::model::{CheckIn, Inline, Status};
use serde::Serialize;

use crate::formats::html::drawn;
use crate::formats::html::figure::{Day, Figure, iso, push_digits};
use crate::formats::html::text::{self, Html, Links, push_escaped};

/// A table of check-ins as templates take it apart.
#[derive(Debug, Serialize)]
pub(super) struct CheckInsView {
    #[serde(flatten)]
    has: Has,
    /// The headings of further columns.
    columns: Vec<String>,
    rows: Vec<CheckInView>,
    /// That there are more, of days that do not count yet.
    later: Option<String>,
}

/// Which of the columns that tables may have are there.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each column is there or not on its own"
)]
struct Has {
    #[serde(rename = "has_value")]
    value: bool,
    #[serde(rename = "has_status")]
    status: bool,
    #[serde(rename = "has_confidence")]
    confidence: bool,
    #[serde(rename = "has_note")]
    note: bool,
}

#[derive(Debug, Serialize)]
struct CheckInView {
    /// Its day, for machines and for people.
    iso: String,
    day: String,
    /// Its value; its parts are fields of the row.
    #[serde(flatten)]
    figure: Figure,
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

/// Which columns a table of check-ins has.
struct Columns<'c> {
    has: Has,
    /// The names of further columns.
    names: Vec<&'c str>,
}

/// Returns the check-ins that count on a day, and what is said of those that do not yet.
fn until(check_ins: &[CheckIn], day: Option<Date>) -> (Vec<&CheckIn>, Option<String>) {
    let counts = |check_in: &&CheckIn| day.is_none_or(|day| check_in.date <= day);
    let shown: Vec<&CheckIn> = check_ins.iter().filter(counts).collect();
    let later = match check_ins.len() - shown.len() {
        0 => None,
        1 => Some("1 later check-in does not count here".to_owned()),
        count => Some(format!("{count} later check-ins do not count here")),
    };
    (shown, later)
}

impl<'c> Columns<'c> {
    fn of(check_ins: &[&'c CheckIn]) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for name in check_ins.iter().flat_map(|row| row.fields.keys()) {
            if !names.contains(&&**name) {
                names.push(name);
            }
        }
        let has = Has {
            value: check_ins.iter().any(|row| row.value.is_some()),
            status: check_ins.iter().any(|row| row.status.is_some()),
            confidence: check_ins.iter().any(|row| row.confidence.is_some()),
            note: check_ins.iter().any(|row| row.note.is_some()),
        };
        Self { has, names }
    }

    /// Returns their headings, where they have any of their own.
    fn headings(&self) -> Vec<String> {
        self.names.iter().map(|name| text::clean(name)).collect()
    }
}

impl CheckInsView {
    pub(super) fn new(check_ins: &[CheckIn], day: Option<Date>, links: Links<'_>) -> Self {
        let (check_ins, later) = until(check_ins, day);
        let columns = Columns::of(&check_ins);
        let inline = |words: &Inline| text::inline(words, links);
        let row = |row: &&CheckIn| CheckInView {
            iso: iso(row.date),
            day: Day::new(row.date).into_text(),
            figure: row.value.as_ref().map(Figure::new).unwrap_or_default(),
            slug: row.status.map_or("", |status| StatusView::new(status).slug),
            status: row.status.map_or("", Status::word),
            confidence: row.confidence,
            note_html: row.note.as_ref().map(inline).unwrap_or_default(),
            cells_html: columns
                .names
                .iter()
                .map(|name| row.fields.get(*name).map(inline).unwrap_or_default())
                .collect(),
        };
        Self {
            rows: check_ins.iter().map(row).collect(),
            columns: columns.headings(),
            has: columns.has,
            later,
        }
    }
}

/// Returns what `check-ins.html` makes of the table of the key result `number`, in a fraction of the time.
pub(super) fn drawn(
    check_ins: &[CheckIn],
    day: Option<Date>,
    links: Links<'_>,
    number: &str,
) -> Html {
    let (check_ins, later) = until(check_ins, day);
    let mut out = String::with_capacity(384 * (check_ins.len() + 1));
    out.push_str("<div class=\"check-ins\">\n<h4 class=\"small\">Check-ins</h4>\n");
    if !check_ins.is_empty() {
        table(&check_ins, links, number, &mut out);
    }
    if let Some(later) = later {
        out.extend(["<p class=\"minor\">", &*later, "</p>\n"]);
    }
    out.push_str("</div>");
    Html::written(out)
}

fn table(check_ins: &[&CheckIn], links: Links<'_>, number: &str, out: &mut String) {
    let columns = Columns::of(check_ins);
    let headings = columns.headings();
    out.push_str("<div class=\"wide\" role=\"group\" aria-label=\"Check-ins of key result ");
    push_escaped(out, number);
    out.push_str("\" tabindex=\"0\">\n<table>\n<thead><tr><th scope=\"col\">Date</th>");
    for (is_there, heading) in [
        (
            columns.has.value,
            "<th scope=\"col\" class=\"right\">Value</th>",
        ),
        (columns.has.status, "<th scope=\"col\">Status</th>"),
        (
            columns.has.confidence,
            "<th scope=\"col\" class=\"right\">Confidence</th>",
        ),
        (columns.has.note, "<th scope=\"col\">Note</th>"),
    ] {
        out.push_str(if is_there { heading } else { "" });
    }
    for heading in &headings {
        out.push_str("<th scope=\"col\" dir=\"auto\">");
        push_escaped(out, heading);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for check_in in check_ins {
        draw(check_in, &columns, &headings, links, out);
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn draw(
    check_in: &CheckIn,
    columns: &Columns<'_>,
    headings: &[String],
    links: Links<'_>,
    out: &mut String,
) {
    out.push_str("<tr><th scope=\"row\">");
    drawn::day(check_in.date, out);
    out.push_str("</th>");
    if columns.has.value {
        out.push_str("<td class=\"right\">");
        if let Some(value) = &check_in.value {
            // All rows have letters of one size.
            drawn::quantity(value, out);
        }
        out.push_str("</td>");
    }
    if columns.has.status {
        out.push_str("<td>");
        if let Some(status) = check_in.status {
            let slug = StatusView::new(status).slug;
            out.extend(["<span class=\"status ", slug, "\">"]);
            drawn::mark(slug, out);
            out.extend([status.word(), "</span>"]);
        }
        out.push_str("</td>");
    }
    if columns.has.confidence {
        out.push_str("<td class=\"right\">");
        if let Some(confidence) = check_in.confidence {
            push_digits(out, confidence.into(), 0);
            out.push_str(" <small>of 10</small>");
        }
        out.push_str("</td>");
    }
    if columns.has.note {
        out.push_str("<td class=\"note\" dir=\"auto\">");
        if let Some(note) = &check_in.note {
            text::push_inline(out, note, links);
        }
        out.push_str("</td>");
    }
    for (name, heading) in columns.names.iter().zip(headings) {
        out.push_str("<td class=\"note\" dir=\"auto\" data-name=\"");
        push_escaped(out, heading);
        out.push_str("\">");
        if let Some(cell) = check_in.fields.get(*name) {
            text::push_inline(out, cell, links);
        }
        out.push_str("</td>");
    }
    out.push_str("</tr>\n");
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
