//! What owners said, week by week.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use okr_core::model::Status;
use okr_core::progress::Overview;
use serde::Serialize;

use crate::formats::html::figure::Day;

/// The most weeks of a chart.
const MOST: usize = 53;

/// How many key results had which status at the end of each week, in the order of [`PARTS`].
#[derive(Clone, Debug, Default, Hash)]
pub(super) struct Weeks(BTreeMap<Date, Counts>);

/// A number for each of [`PARTS`].
type Counts = [u32; PARTS.len()];

impl Weeks {
    /// Counts the words of a plan, from the week of its first check-in to that of its day, or of its end.
    pub(super) fn new(overview: &Overview<'_>) -> Self {
        let tracks = || overview.key_results().map(|it| &it.track);
        let days = tracks().filter_map(|track| Some(track.entries().first()?.check_in.date));
        let end = overview.plan.period.map(|period| period.end());
        let last = end.map_or(overview.today, |end| end.min(overview.today));
        let Some(first) = days.min() else {
            return Self::default();
        };
        let mut weeks = BTreeMap::new();
        let mut week = sunday(first);
        while week <= sunday(last) && weeks.len() < MOST {
            let mut counts = Counts::default();
            for track in tracks() {
                let said = track.entries().iter().rev();
                let mut said = said.filter(|entry| entry.check_in.date <= week);
                let status = said.find_map(|entry| track.status_of(entry));
                counts[place(status)] += 1;
            }
            weeks.insert(week, counts);
            week = week.saturating_add(7.days());
        }
        Self(weeks)
    }

    fn add(&mut self, other: &Self) {
        for (week, counts) in &other.0 {
            let sums = self.0.entry(*week).or_default();
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += count;
            }
        }
    }
}

/// Returns which of [`PARTS`] a status is.
const fn place(status: Option<Status>) -> usize {
    match status {
        Some(Status::Achieved) => 0,
        Some(Status::OnTrack) => 1,
        Some(Status::AtRisk) => 2,
        Some(Status::OffTrack) => 3,
        Some(Status::NotStarted) => 4,
        Some(Status::Paused) => 5,
        Some(Status::Cancelled) => 6,
        _ => 7,
    }
}

/// Returns the last day of the week of a day; weeks begin on Monday, as in ISO 8601.
fn sunday(day: Date) -> Date {
    let ahead = Weekday::Sunday.to_monday_zero_offset() - day.weekday().to_monday_zero_offset();
    day.saturating_add(i64::from(ahead).days())
}

/// A column for each week.
#[derive(Debug, Serialize)]
pub(super) struct ConfidenceView {
    width: u32,
    /// What is counted at all, in words.
    heads: Vec<&'static str>,
    columns: Vec<Column>,
    /// The numbers of the last week, beside their parts of its column.
    labels: Vec<Label>,
}

#[derive(Debug, Serialize)]
struct Column {
    day: Day,
    x: u32,
    width: u32,
    parts: Vec<Piece>,
    /// The numbers of what is counted at all.
    counts: Vec<u32>,
}

#[derive(Debug, Serialize)]
struct Piece {
    slug: &'static str,
    y: u32,
    height: u32,
}

#[derive(Debug, Serialize)]
struct Label {
    slug: &'static str,
    y: u32,
    text: String,
}

/// The classes and the words of what is counted, from the bottom of a column to its top.
const PARTS: [(&str, &str); 8] = [
    ("achieved", "achieved"),
    ("on-track", "on track"),
    ("at-risk", "at risk"),
    ("off-track", "off track"),
    ("not-started", "not started"),
    ("paused", "paused"),
    ("cancelled", "cancelled"),
    ("silent", "no word"),
];
/// How high a full column is, and how far from the left and below the top edge the first one stands.
const HEIGHT: u32 = 150;
const TOP: u32 = 10;
const LEFT: u32 = 8;
/// How far two labels are apart at least.
const LINE: i64 = 17;

impl ConfidenceView {
    /// Returns the chart of plans; nothing for less than two weeks.
    pub(super) fn new<'m>(plans: impl Iterator<Item = &'m Weeks>) -> Option<Self> {
        let mut all = Weeks::default();
        plans.for_each(|weeks| all.add(weeks));
        let skipped = all.0.len().saturating_sub(MOST);
        let weeks: Vec<_> = all.0.into_iter().skip(skipped).collect();
        if weeks.len() < 2 {
            return None;
        }
        let most = weeks
            .iter()
            .map(|(_, counts)| counts.iter().sum::<u32>())
            .max()?;
        let step = (460 / u32::try_from(weeks.len()).ok()?).clamp(6, 44);
        let gap = if step > 14 { 4 } else { 1 };
        let is_counted = |part: usize| weeks.iter().any(|(_, counts)| counts[part] > 0);
        let counted: Vec<usize> = (0..PARTS.len()).filter(|part| is_counted(*part)).collect();
        let columns: Vec<Column> = weeks
            .iter()
            .zip(0..)
            .map(|((day, counts), at)| Column {
                day: Day::new(*day),
                x: LEFT + at * step,
                width: step - gap,
                parts: pieces(*counts, most.max(1)),
                counts: counted.iter().map(|part| counts[*part]).collect(),
            })
            .collect();
        let last = columns.last()?;
        let mut labels: Vec<(i64, Label)> = Vec::new();
        let (_, counts) = weeks.last()?;
        let present = PARTS.iter().zip(counts).filter(|(_, count)| **count > 0);
        for (piece, ((_, words), count)) in last.parts.iter().zip(present) {
            let wanted = i64::from(piece.y + piece.height / 2);
            // From the bottom upwards, each label keeps clear of the one below it.
            let y = labels
                .last()
                .map_or(wanted, |(below, _)| wanted.min(below - LINE));
            let text = format!("{count} {words}");
            let slug = piece.slug;
            labels.push((y, Label { slug, y: 0, text }));
        }
        // Pushed out at the top, they move down together.
        let top = labels.last().map_or(0, |(y, _)| *y);
        let over = (i64::from(TOP) - top).max(0);
        let labels = labels.into_iter().map(|(y, label)| Label {
            y: u32::try_from(y + over).unwrap_or(TOP),
            ..label
        });
        Some(Self {
            width: last.x + last.width,
            heads: counted.iter().map(|part| PARTS[*part].1).collect(),
            columns,
            labels: labels.collect(),
        })
    }
}

/// Returns the parts of a column that are not empty, from the bottom upwards.
fn pieces(counts: Counts, most: u32) -> Vec<Piece> {
    let mut below = 0;
    let mut pieces = Vec::new();
    for (count, (slug, _)) in counts.into_iter().zip(PARTS) {
        // Edges are rounded, not heights, so that the pieces meet.
        let edge = |sum: u32| TOP + HEIGHT - HEIGHT * sum / most;
        let (bottom, top) = (edge(below), edge(below + count));
        below += count;
        if count > 0 {
            pieces.push(Piece {
                slug,
                y: top,
                height: bottom - top,
            });
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_ends_on_sunday() {
        let day = |text| okr_core::model::parse_date(text).unwrap();
        assert_eq!(sunday(day("2026-11-16")), day("2026-11-22"));
        assert_eq!(sunday(day("2026-11-22")), day("2026-11-22"));
    }

    #[test]
    fn pieces_fill_a_column() {
        let pieces = pieces([0, 3, 2, 0, 0, 1, 0, 1], 7);
        let heights: u32 = pieces.iter().map(|piece| piece.height).sum();
        assert_eq!((pieces.len(), heights), (4, HEIGHT));
        assert_eq!(pieces[0].y + pieces[0].height, TOP + HEIGHT);
    }
}
