//! What a sheet says, before it is a plan: everything that was read, with the cell where it stands.
//!
//! A sheet knows things for which a plan has no place of its own, such as the status of an objective,
//! and lacks others, such as the day of a value.
//! The draft keeps both apart from what the plan that is made of it makes of them.

use jiff::civil::Date;
use okr_core::model::{CheckIn, Direction, Period, Quantity, Target};
use rust_decimal::Decimal;

/// What was read out of a sheet or an outline, in the order in which it stands there.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Draft {
    /// The title of the plan, where one stands above it.
    pub title: Option<String>,
    /// The time that the plan is for, where the file tells it.
    pub period: Option<Period>,
    /// The team, where the file tells it.
    pub team: Option<String>,
    /// The day for which current values and statuses speak, where the file tells it ("Stand: 14.04.2026").
    pub as_of: Option<Date>,
    /// The words that name that day, where they say nothing else; free text of a plan in which nothing is of
    /// that day.
    pub as_of_line: Option<String>,
    /// The objectives.
    pub objectives: Vec<DraftObjective>,
    /// Texts without a place of their own, which go into the plan's free text.
    pub notes: Vec<String>,
}

/// An objective as a sheet tells it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DraftObjective {
    /// Its words on one line, without a mark such as `O1`.
    pub title: String,
    /// Where the title stands, such as `B5`.
    pub cell: String,
    /// Its number or id in the file, as it is written: `1`, `O1`, `900110`.
    pub reference: Option<String>,
    /// Who answers for it; several names stand in one text, parted by commas.
    pub owner: Option<String>,
    /// Its first day.
    pub start_date: Option<Date>,
    /// Its last day.
    pub due: Option<Date>,
    /// What the file says of it.
    pub status: Option<SaidStatus>,
    /// Whether that status is there because the platform wants one in each row, and says nothing that those of
    /// the key results do not say.
    pub is_status_filled: bool,
    /// How much it counts beside the others: more than 0; points of a hundred where the file has percents.
    pub weight: Option<Decimal>,
    /// The title of the objective of the same file that it serves.
    pub parent: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Fields of a plan that its description names, with their values.
    pub fields: Vec<(String, String)>,
    /// What else stands in its rows, as `heading: value`.
    pub notes: Vec<String>,
    /// Its key results.
    pub key_results: Vec<DraftKeyResult>,
    /// Its initiatives, those of its key results too.
    pub initiatives: Vec<DraftInitiative>,
}

impl DraftObjective {
    /// Returns the places of the objective and of what stands under it.
    pub(super) fn cells_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let key_results = self.key_results.iter_mut().map(|found| &mut found.cell);
        let initiatives = self.initiatives.iter_mut().map(|found| &mut found.cell);
        std::iter::once(&mut self.cell)
            .chain(key_results)
            .chain(initiatives)
    }
}

/// A key result as a sheet tells it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DraftKeyResult {
    /// Its words on one line, without a mark such as `KR1.1`.
    pub title: String,
    /// Where the title stands, such as `C5`.
    pub cell: String,
    /// Its number or id in the file, as it is written.
    pub reference: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it started.
    pub start: Option<Quantity>,
    /// Where it is to go.
    pub target: Option<Target>,
    /// The last value that the file gives, with or without a day.
    pub current: Option<Quantity>,
    /// Which way it is to go, where the file says so.
    pub direction: Option<Direction>,
    /// The unit as the file shows it: `%`, an ISO 4217 code, or the word as written.
    pub unit: Option<String>,
    /// Its first day.
    pub start_date: Option<Date>,
    /// Its last day.
    pub due: Option<Date>,
    /// How much it counts beside the others: more than 0; points of a hundred where the file has percents.
    pub weight: Option<Decimal>,
    /// What the file says of it.
    pub status: Option<SaidStatus>,
    /// How sure its owner is: 0 to 10, both included.
    pub confidence: Option<u8>,
    /// Where the number can be read.
    pub source: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// A remark on where it stands.
    pub remark: Option<String>,
    /// Fields of a plan that its description names, with their values.
    pub fields: Vec<(String, String)>,
    /// What else stands in its row, as `heading: value`.
    pub notes: Vec<String>,
    /// Values with a day, from a log or from columns by week.
    pub check_ins: Vec<CheckIn>,
}

/// An initiative as a sheet tells it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DraftInitiative {
    /// Its words on one line, without a bullet.
    pub title: String,
    /// Where it stands, such as `J5`.
    pub cell: String,
    /// The position, among those of its objective, of the key result that it serves.
    pub key_result: Option<usize>,
    /// Who does it.
    pub owner: Option<String>,
    /// Its first day.
    pub start_date: Option<Date>,
    /// Its last day.
    pub due: Option<Date>,
    /// What the file says of it.
    pub status: Option<SaidStatus>,
    /// What else stands in its row, as `heading: value`.
    pub notes: Vec<String>,
}

/// A status in the words of all files alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SaidStatus {
    /// Nothing has been done yet.
    NotStarted,
    /// Green, or simply under way.
    OnTrack,
    /// Yellow.
    AtRisk,
    /// Red.
    OffTrack,
    /// Something stands in the way.
    Blocked,
    /// Put aside for a while.
    OnHold,
    /// Finished.
    Done,
    /// Given up.
    Cancelled,
}

impl SaidStatus {
    /// Every status.
    pub const ALL: [Self; 8] = [
        Self::NotStarted,
        Self::OnTrack,
        Self::AtRisk,
        Self::OffTrack,
        Self::Blocked,
        Self::OnHold,
        Self::Done,
        Self::Cancelled,
    ];

    /// Returns the word in machine output, such as `not_started`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::OnTrack => "on_track",
            Self::AtRisk => "at_risk",
            Self::OffTrack => "off_track",
            Self::Blocked => "blocked",
            Self::OnHold => "on_hold",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }
}
