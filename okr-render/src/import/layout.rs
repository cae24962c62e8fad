//! How a table is laid out: which column holds what, and what makes the tree.
//!
//! The dialect of a platform states its layout; that of a sheet kept by hand is found out.
//! Both are read by the same code.

use okr_core::model::Status;

use super::SaidStatus;
use super::values::text::Kind;

/// Where things stand in a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// The rows of headings, from the first to the last; nothing where the table has none.
    pub(crate) headings: Option<(usize, usize)>,
    /// What each column holds, by its number; in a row of numbered groups (`KR1`, `KR2`) fields have
    /// their group. Columns that are not named hold notes.
    pub(crate) columns: Vec<(usize, Place)>,
    /// What makes objectives, key results and initiatives of rows.
    pub(crate) tree: Tree,
    /// Whether a platform states it, rather than the headings and values.
    pub(crate) is_stated: bool,
    /// Words for a status that differ from what they mean elsewhere, in their normal form; nothing stands
    /// for a word that says nothing.
    pub(crate) statuses: Vec<(String, Option<SaidStatus>)>,
    /// Words for the kind of a row that differ from what they mean elsewhere, in their normal form.
    pub(crate) kinds: Vec<(String, Kind)>,
}

/// A field, and the group of columns in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    /// What stands there.
    pub(crate) field: Field,
    /// The number of the key result in its row, from 1; 0 for columns of the row itself.
    pub(crate) group: u16,
    /// The element of its row that it tells of; nothing where it tells of the row's main one.
    pub(crate) of: Option<Kind>,
}

impl Place {
    /// Returns the place of a field that tells of its row.
    pub(crate) const fn of_row(field: Field) -> Self {
        Self {
            field,
            group: 0,
            of: None,
        }
    }
}

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Field {
    /// The words of the row, whatever it is: objective, key result or initiative.
    Title,
    /// The words of the objective.
    Objective,
    /// The words of the key result.
    KeyResult,
    /// Initiatives, one or several in a cell.
    Initiative,
    /// The words of an element that many levels below the top; level 1 is the plan or an objective.
    Level(u8),
    /// What kind of element a row is.
    Type,
    /// How deep a row is, from 1.
    Indent,
    /// The row's own number or id; dots may give the parent.
    Reference,
    /// The references of the parents.
    Parent,
    /// The title of the parent.
    ParentTitle,
    /// Who answers for it.
    Owner,
    /// The baseline.
    Start,
    /// The target.
    Target,
    /// Start and target in one cell.
    StartAndTarget,
    /// The last value.
    Current,
    /// A value of one day or week; the heading tells which.
    Value,
    /// The unit of the numbers.
    Unit,
    /// What kind of number it is, where that tells the unit: `Custom Percent`, `Euro`.
    UnitKind,
    /// The first day.
    StartDate,
    /// The last day.
    Due,
    /// The status.
    Status,
    /// How far it is, worked out by somebody else: never read.
    Progress,
    /// How sure the owner is.
    Confidence,
    /// The weight among its siblings.
    Weight,
    /// How urgent it is, by a number or a word of which nobody knows which end is the greater; kept as a note.
    Priority,
    /// The period.
    Period,
    /// The team.
    Team,
    /// Where the number can be read.
    Source,
    /// Free text.
    Description,
    /// A remark; kept as the note of the latest check-in where there is one, and else as free text.
    Note,
    /// Labels, tags, categories.
    Labels,
    /// Something that only the platform needs.
    Ignored,
}

/// What makes a tree of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tree {
    /// Columns for objective and key result; an empty objective is the one above.
    #[default]
    Columns,
    /// A column of types; children follow their parent.
    Types,
    /// Dotted references: `1.2` is under `1`.
    Dotted,
    /// References of parents, in any order.
    Parents,
    /// The number of the indent.
    Indents,
    /// A column for each level.
    Levels,
    /// Groups of columns, one key result each.
    Groups,
    /// A block for each objective, with headings of its own.
    Blocks,
    /// An objective in each row, with its key results as a checklist in its description.
    Checklists,
}

impl Field {
    /// Returns the name under which it is told to people and programs.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Objective => "objective",
            Self::KeyResult => "key result",
            Self::Initiative => "initiative",
            Self::Level(_) => "level",
            Self::Type => "type",
            Self::Indent => "indent",
            Self::Reference => "reference",
            Self::Parent => "parent",
            Self::ParentTitle => "parent title",
            Self::Owner => "owner",
            Self::Start => "start",
            Self::Target => "target",
            Self::StartAndTarget => "start and target",
            Self::Current => "current",
            Self::Value => "value",
            Self::Unit => "unit",
            Self::UnitKind => "unit kind",
            Self::StartDate => "start date",
            Self::Due => "due",
            Self::Status => "status",
            Self::Progress => "progress",
            Self::Confidence => "confidence",
            Self::Weight => "weight",
            Self::Priority => "priority",
            Self::Period => "period",
            Self::Team => "team",
            Self::Source => "source",
            Self::Description => "description",
            Self::Note => "note",
            Self::Labels => "labels",
            Self::Ignored => "ignored",
        }
    }

    /// Every field that a column can be said to hold, for `--map`; levels by their number.
    pub(crate) const NAMED: &'static [Self] = &[
        Self::Title,
        Self::Objective,
        Self::KeyResult,
        Self::Initiative,
        Self::Type,
        Self::Indent,
        Self::Reference,
        Self::Parent,
        Self::ParentTitle,
        Self::Owner,
        Self::Start,
        Self::Target,
        Self::StartAndTarget,
        Self::Current,
        Self::Value,
        Self::Unit,
        Self::UnitKind,
        Self::StartDate,
        Self::Due,
        Self::Status,
        Self::Progress,
        Self::Confidence,
        Self::Weight,
        Self::Priority,
        Self::Period,
        Self::Team,
        Self::Source,
        Self::Description,
        Self::Note,
        Self::Labels,
        Self::Ignored,
    ];
}

impl SaidStatus {
    /// Returns the status that stands for one of a plan.
    pub(crate) const fn of(status: Status) -> Option<Self> {
        Some(match status {
            Status::NotStarted => Self::NotStarted,
            Status::OnTrack => Self::OnTrack,
            Status::AtRisk => Self::AtRisk,
            Status::OffTrack => Self::OffTrack,
            Status::Achieved => Self::Done,
            Status::Paused => Self::OnHold,
            Status::Cancelled => Self::Cancelled,
            // A status to come has a word of its own.
            _ => return None,
        })
    }

    /// Reads a status as it stands in the field of an objective.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_named = |status: &Self| status.phrase().eq_ignore_ascii_case(text);
        let named = Self::ALL.into_iter().find(is_named);
        named.or_else(|| Self::of(Status::parse(text)?))
    }

    /// Returns the words in the field of an objective: `on track`.
    pub(crate) fn phrase(self) -> String {
        self.word().replace('_', " ")
    }

    /// Returns the status of a plan that comes nearest, and whether it says less than the file did.
    pub(crate) const fn status(self) -> (Status, bool) {
        match self {
            Self::NotStarted => (Status::NotStarted, false),
            Self::OnTrack => (Status::OnTrack, false),
            Self::AtRisk => (Status::AtRisk, false),
            Self::OffTrack => (Status::OffTrack, false),
            Self::Blocked => (Status::OffTrack, true),
            Self::OnHold => (Status::Paused, false),
            Self::Done => (Status::Achieved, false),
            Self::Cancelled => (Status::Cancelled, false),
        }
    }
}
