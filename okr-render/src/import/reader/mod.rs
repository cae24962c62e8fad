//! Reads the cells of a row as the fields of one element.

mod numbers;
mod said;

use std::collections::HashMap;

use jiff::civil::Date;
use okr_core::model::{CheckIn, Period};
use rust_decimal::Decimal;

use super::colours;
use super::draft::SaidStatus;
use super::facts::Facts;
use super::headings::Headings;
use super::layout::{Field, Layout, Place};
use super::sayings::{self, Sayings};
use super::values::change::Change;
use super::values::number::{self, Number};
use super::values::status;
use super::values::text::{self, Kind};
use super::when;
use crate::table::{Cell, Formula, Range, Table, Value};

/// Reads one table by its layout.
pub(crate) struct Reader<'t> {
    pub(crate) table: &'t Table,
    pub(crate) headings: &'t Headings,
    pub(crate) layout: &'t Layout,
    pub(crate) facts: Facts,
    pub(crate) sayings: Sayings,
    /// What each column holds; nothing for columns that are kept as notes.
    pub(crate) places: Vec<Option<Place>>,
    /// What each column is called in notes.
    names: Vec<String>,
    /// The days of columns that hold values of one time.
    pub(crate) days: Vec<Option<Date>>,
    /// The year of the days in each column where one was asked for, if it is one.
    years: HashMap<usize, Option<i16>>,
    /// Cells inside a merged range that is higher than one row, with the range.
    merged: HashMap<(usize, usize), Range>,
    statuses: HashMap<String, status::Said>,
    /// The statuses that the colours of cells tell.
    pub(crate) colours: colours::Statuses,
    /// The units that were read, by how they are written.
    units: HashMap<String, Option<String>>,
    /// Whether the table has a column of units.
    pub(crate) has_units: bool,
    /// The column in which each row names the team of the plan.
    pub(crate) team: Option<usize>,
    /// The first and the last day in the row of the plan itself.
    pub(crate) plan_days: (Option<Date>, Option<Date>),
    /// Which line counts in cells that have as many lines as there are titles in one cell.
    pub(crate) line: Option<Line>,
    /// The period of the plan, which rows need not repeat.
    pub(crate) period: Option<Period>,
    /// What all rows call it where it is none that is known, such as that of a fiscal year.
    pub(crate) period_words: Option<String>,
    /// The rows that sum up a block each.
    pub(crate) closing: Vec<usize>,
    /// The columns whose words are those of elements, or say what and where they are.
    pub(crate) taken: Vec<usize>,
    /// The words for types of rows, in their normal form, that mean something in this table alone.
    pub(crate) types: Vec<String>,
}

/// One of several titles in a cell, and what of the other cells of its row tells of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// The position of the title; nothing for the element that has them all.
    pub(crate) position: Option<usize>,
    /// How many titles there are.
    pub(crate) count: usize,
    /// Whether the row names an element that has them all, of which cells with one line tell.
    pub(crate) is_shared: bool,
}

/// What the cells of a row say of one element.
#[derive(Debug, Default)]
pub(crate) struct Values {
    pub(crate) reference: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) due: Option<Date>,
    pub(crate) start_date: Option<Date>,
    pub(crate) status: Option<SaidStatus>,
    pub(crate) start: Option<Number>,
    pub(crate) target: Option<Number>,
    /// By how much it is to change, where the target says that.
    pub(crate) change: Option<Change>,
    /// The least and the greatest value that will do, where the target is a range.
    pub(crate) range: Option<(Number, Number)>,
    pub(crate) current: Option<Number>,
    /// How far it has come, and that as a note.
    pub(crate) progress: Option<(Number, String)>,
    /// Whether start or target has a cell with something in it.
    pub(crate) has_measure: bool,
    pub(crate) unit: Option<String>,
    pub(crate) heading_unit: Option<String>,
    pub(crate) unit_kind: Option<String>,
    /// Whether the kind of number is one that is done or not.
    pub(crate) is_binary: bool,
    pub(crate) weight: Option<Decimal>,
    pub(crate) confidence: Option<u8>,
    pub(crate) source: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) remark: Option<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) check_ins: Vec<CheckIn>,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(
        table: &'t Table,
        headings: &'t Headings,
        layout: &'t Layout,
        facts: Facts,
    ) -> Self {
        let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut places = vec![None; width];
        for (column, place) in &layout.columns {
            if let Some(slot) = places.get_mut(*column) {
                *slot = Some(*place);
            }
        }
        let names = (0..width)
            .map(|column| match headings.columns.get(column) {
                Some(heading) if !heading.words.is_empty() => heading.full(),
                _ => format!("Column {}", crate::table::column_name(column)),
            })
            .collect();
        let mut merged = HashMap::new();
        for range in &table.merges {
            // A range of a whole sheet is no list of cells.
            if range.last_row == range.first_row || range.last_row - range.first_row > 10_000 {
                continue;
            }
            for row in range.first_row..=range.last_row {
                for column in range.first_column..=range.last_column.min(width) {
                    merged.insert((row, column), *range);
                }
            }
        }
        let has_units = layout
            .columns
            .iter()
            .any(|(_, place)| matches!(place.field, Field::Unit | Field::UnitKind));
        Self {
            table,
            headings,
            layout,
            facts,
            sayings: Sayings::default(),
            places,
            names,
            years: HashMap::new(),
            days: vec![None; width],
            merged,
            statuses: HashMap::new(),
            colours: colours::Statuses::default(),
            units: HashMap::new(),
            has_units,
            team: None,
            plan_days: (None, None),
            line: None,
            period: None,
            period_words: None,
            closing: Vec::new(),
            taken: Vec::new(),
            types: Vec::new(),
        }
    }

    /// Returns another one for the same table, which has said nothing yet.
    pub(crate) fn apart(&self) -> Self {
        Self {
            table: self.table,
            headings: self.headings,
            layout: self.layout,
            facts: self.facts.clone(),
            sayings: Sayings::apart(),
            places: self.places.clone(),
            names: self.names.clone(),
            days: self.days.clone(),
            years: self.years.clone(),
            merged: self.merged.clone(),
            statuses: HashMap::new(),
            colours: self.colours.clone(),
            units: HashMap::new(),
            has_units: self.has_units,
            team: self.team,
            plan_days: self.plan_days,
            line: None,
            period: self.period,
            period_words: self.period_words.clone(),
            closing: self.closing.clone(),
            taken: self.taken.clone(),
            types: self.types.clone(),
        }
    }

    /// Returns whether cells of the table are merged over several rows.
    pub(crate) fn has_merged(&self) -> bool {
        !self.merged.is_empty()
    }

    /// Returns the merged range in which a cell lies.
    pub(crate) fn range(&self, row: usize, column: usize) -> Option<Range> {
        self.merged.get(&(row, column)).copied()
    }

    /// Returns the column of a field that tells of the row itself.
    pub(crate) fn column(&self, field: Field) -> Option<usize> {
        self.layout
            .columns
            .iter()
            .find(|(_, place)| place.field == field)
            .map(|(column, _)| *column)
    }

    /// Returns the words in a column of a row; nothing where there are none, or where they say so.
    pub(crate) fn words(&mut self, row: usize, column: usize) -> Option<String> {
        let cell = self.table.cell(row, column);
        let line = text::line_of(cell)?;
        if text::is_no_value(&line) {
            return None;
        }
        if let Value::Text(words) = &cell.value
            && words.starts_with('\'')
            && !line.starts_with('\'')
        {
            self.sayings.say(&sayings::APOSTROPHE, row, column, words);
        }
        Some(line)
    }

    /// Reads the fields of an element of a row.
    ///
    /// Columns that tell of another element are passed over; those that tell of the row are read when
    /// the element is its main one.
    pub(crate) fn values(&mut self, row: usize, kind: Kind, group: u16, is_main: bool) -> Values {
        let mut values = Values::default();
        if !is_main && !self.tells_of(kind, group) {
            return values;
        }
        let table = self.table;
        let width = if self.merged.is_empty() {
            table.rows.get(row).map_or(0, Vec::len)
        } else {
            self.places.len()
        };
        for column in 0..width {
            let mut cell = table.cell(row, column);
            let mut at = row;
            if matches!(cell.value, Value::Empty)
                && cell.formula == Formula::None
                && let Some(range) = self.merged.get(&(row, column))
                && range.first_column == column
            {
                at = range.first_row;
                cell = table.cell(at, column);
            }
            if cell.is_blank() && cell.formula != Formula::Unsaved {
                continue;
            }
            let place = self.places.get(column).copied().flatten();
            let belongs = match place {
                Some(place) if place.group != group => false,
                Some(Place { of: Some(of), .. }) => of == kind,
                Some(Place { of: None, .. }) | None => is_main,
            };
            let part = match self.line {
                None => None,
                Some(line) => match (line.position, lines_of(cell, line.count)) {
                    (Some(position), Some(lines)) => Some(Cell::text(lines[position])),
                    (None, Some(_)) => continue,
                    (Some(_), None) if line.is_shared => continue,
                    (_, None) => None,
                },
            };
            let cell = part.as_ref().unwrap_or(cell);
            let field = place.map(|place| place.field).filter(|field| {
                // What is done for a goal has no weight in a plan.
                *field != Field::Weight || matches!(kind, Kind::Objective | Kind::KeyResult)
            });
            if belongs {
                self.field(field, at, column, cell, &mut values, at != row);
            }
        }
        if values.status.is_none() && !self.colours.is_empty() {
            let sayings = &mut self.sayings;
            values.status = self.colours.status(row, kind, is_main, sayings);
        }
        values
    }

    /// Returns whether a column tells of a kind of element beside the main one of its row.
    fn tells_of(&self, kind: Kind, group: u16) -> bool {
        let columns = &self.layout.columns;
        columns
            .iter()
            .any(|(_, place)| place.of == Some(kind) && place.group == group)
    }

    fn field(
        &mut self,
        field: Option<Field>,
        row: usize,
        column: usize,
        cell: &Cell,
        values: &mut Values,
        is_merged: bool,
    ) {
        let Some(field) = field else {
            // A note that is merged over several rows belongs to the first.
            if !is_merged {
                self.note(row, column, cell, values);
            }
            return;
        };
        match field {
            Field::Title
            | Field::Objective
            | Field::KeyResult
            | Field::Initiative
            | Field::Level(_)
            | Field::Indent
            | Field::Parent
            | Field::ParentTitle => {
                if !self.taken.contains(&column) && !is_merged {
                    self.note(row, column, cell, values);
                }
            }
            Field::Type => {
                let normal = super::words::normal(&cell.to_text());
                let is_known = self.layout.is_stated
                    || self.types.contains(&normal)
                    || text::kind_of_word(&normal).is_some()
                    || super::words::is("type-level", &normal);
                if !is_known && !is_merged {
                    self.note(row, column, cell, values);
                }
            }
            Field::Progress => self.progress(row, column, cell, values),
            Field::Ignored => {}
            Field::Reference => values.reference = text::line_of(cell),
            Field::Owner => self.owner(row, column, cell, values),
            Field::Start | Field::Target => self.start_or_target(field, row, column, cell, values),
            Field::Current => values.current = self.number(row, column, cell, values),
            Field::StartAndTarget => self.start_and_target(row, column, cell, values),
            Field::Value => self.value(row, column, cell, values),
            Field::Unit => {
                let words = text::words_of(cell);
                if let Some(known) = self.units.get(&*words) {
                    values.unit.clone_from(known);
                } else {
                    values.unit = text::line_of(cell)
                        .filter(|line| !text::is_no_value(line))
                        .and_then(|line| number::unit(&line));
                    self.units.insert(words.into_owned(), values.unit.clone());
                }
            }
            Field::UnitKind => self.unit_kind(row, column, cell, values),
            Field::StartDate => {
                values.start_date = self.date(row, column, cell, values);
            }
            Field::Due => values.due = self.date(row, column, cell, values),
            Field::Status => self.status(row, column, cell, values),
            Field::Confidence => self.confidence(row, column, cell, values),
            Field::Period => {
                let line = text::line_of(cell).unwrap_or_default();
                let said = when::read_period(&line);
                let period = said.period.or(said.weak);
                let is_same = period.is_some() && period == self.period
                    || self.period_words.as_ref() == Some(&line);
                if !is_merged && !is_same {
                    self.note(row, column, cell, values);
                }
            }
            Field::Source => values.source = self.words(row, column),
            Field::Description => values.description = paragraph(cell),
            Field::Note => {
                values.remark = match (values.remark.take(), self.words(row, column)) {
                    (Some(one), Some(two)) => Some(format!("{one}; {two}")),
                    (one, two) => one.or(two),
                };
            }
            Field::Weight => self.weight(row, column, cell, values),
            Field::Team if self.team == Some(column) => {}
            Field::Priority | Field::Team | Field::Labels => {
                self.note(row, column, cell, values);
            }
        }
    }

    /// Keeps how far something has come where no current value tells it, and words in the place of a number.
    fn progress(&mut self, row: usize, column: usize, cell: &Cell, values: &mut Values) {
        let decimals = self.facts.decimals.get(column).copied().unwrap_or_default();
        let number = number::of_cell(cell, decimals);
        let is_word = |line: &str| line.split_whitespace().count() > 1;
        if number.is_some() && !self.keeps_progress() {
            return;
        }
        if number.is_some() || text::line_of(cell).is_some_and(|line| is_word(&line)) {
            let mut kept = Values::default();
            self.note(row, column, cell, &mut kept);
            match number {
                Some(number) => values.progress = kept.notes.pop().map(|note| (number, note)),
                None => values.notes.append(&mut kept.notes),
            }
        }
    }

    /// Returns whether progress could not be worked out anew, as nothing says where things stand.
    pub(crate) fn keeps_progress(&self) -> bool {
        let tells = |field: Field| matches!(field, Field::Current | Field::Value);
        let mut columns = self.layout.columns.iter();
        !self.layout.is_stated && !columns.any(|(_, place)| tells(place.field))
    }

    fn unit_kind(&mut self, row: usize, column: usize, cell: &Cell, values: &mut Values) {
        if let Some(line) = text::line_of(cell) {
            let normal = super::words::normal(&line);
            values.is_binary = super::words::is("unit-done", &normal);
            values.unit_kind = if super::words::is("unit-percent", &normal) {
                Some("%".to_owned())
            } else {
                money_in(&line).map(str::to_owned)
            };
            if values.unit_kind.is_none()
                && !super::words::is("unit-none", &normal)
                && !values.is_binary
            {
                self.note(row, column, cell, values);
            }
        }
    }

    /// Keeps a cell as `heading: value`.
    pub(crate) fn note(&mut self, row: usize, column: usize, cell: &Cell, values: &mut Values) {
        let shown = match (&cell.value, number::of_cell(cell, number::Decimals::Dot)) {
            (Value::Number(_), Some(number)) => {
                Some(number.quantity(number.unit.as_deref()).to_string())
            }
            (Value::Error(_), _) => None,
            _ => text::line_of(cell),
        };
        let Some(shown) = shown.filter(|shown| !text::is_no_value(shown)) else {
            return;
        };
        let name = self
            .names
            .get(column)
            .map_or("", |name| name.trim_end_matches(':'));
        values.notes.push(format!("{name}: {shown}"));
        let _ = row;
    }

    fn owner(&mut self, row: usize, column: usize, cell: &Cell, values: &mut Values) {
        let owner = text::owner(cell);
        if let Some(owner) = &owner
            && (owner.matches('@').count() > 1 || names_several(owner))
        {
            self.sayings.say(&sayings::OWNERS, row, column, owner);
        }
        if owner.is_none() {
            self.unless_empty(row, column, cell);
        }
        values.owner = owner;
    }

    /// Says that a cell says that there is no value.
    fn unless_empty(&mut self, row: usize, column: usize, cell: &Cell) -> bool {
        if cell.formula == Formula::Unsaved {
            self.sayings.say(&sayings::UNSAVED, row, column, "");
            return true;
        }
        if text::says_no_value(cell) {
            self.sayings
                .say(&sayings::NO_VALUE, row, column, &cell.to_text());
            return true;
        }
        cell.is_blank()
    }
}

/// Returns the currency that a kind of numbers names: `GBP`, `Currency (EUR)`.
fn money_in(kind: &str) -> Option<&'static str> {
    let mut words = kind.split(|c: char| c.is_whitespace() || "()[]-:".contains(c));
    number::money(kind).or_else(|| words.find_map(|word| number::money(word.trim())))
}

/// Returns whether a text is names of people with commas between them; `Reyes, Dana` is one.
fn names_several(owner: &str) -> bool {
    let is_name = |part: &str| {
        let mut words = part.split_whitespace();
        let has_two = words.clone().count() >= 2;
        has_two && words.all(|word| word.starts_with(char::is_uppercase))
    };
    owner.contains(", ") && owner.split(',').all(is_name)
}

/// Returns the lines of a cell without their marks, where it has as many as are asked for.
fn lines_of(cell: &Cell, count: usize) -> Option<Vec<&str>> {
    let Value::Text(words) = &cell.value else {
        return None;
    };
    let lines: Vec<&str> = words
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| text::unmark(line).rest)
        .collect();
    (lines.len() == count).then_some(lines)
}

/// Returns the words of a cell with their line breaks.
fn paragraph(cell: &Cell) -> Option<String> {
    let words = text::words_of(cell);
    let lines: Vec<&str> = words.lines().map(str::trim_end).collect();
    let joined = lines.join("\n");
    let trimmed = joined.trim();
    (!trimmed.is_empty() && !text::is_no_value(trimmed)).then(|| trimmed.to_owned())
}
