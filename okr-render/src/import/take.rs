//! Takes the elements of a row into the draft, below those of the rows above.

use std::collections::HashMap;

use super::draft::DraftObjective;
use super::elements::Maker;
use super::layout::Field;
use super::reader::{Reader, Values};
use super::values::number::{self, Decimals};
use super::values::text::{self, Kind};
use super::{Account, Became, LeftOut, Part, sayings, skip};
use crate::table::{Cell, NumberFormat, Value, address};

/// What is known while the rows go by.
#[derive(Default)]
pub(super) struct State {
    pub(super) objectives: Vec<DraftObjective>,
    /// The objectives by their titles.
    pub(super) by_title: HashMap<String, usize>,
    /// The objective and the key result to which the next rows belong.
    pub(super) objective: Option<usize>,
    pub(super) key_result: Option<usize>,
    /// The words of the last key result as titles are compared, where they were compared.
    pub(super) last_key: Option<String>,
    /// The words of the row above for its objective, and which objective that was.
    pub(super) last_objective: Option<(String, usize)>,
    /// The row of the last line above a block that tells of its objective.
    pub(super) last_line: Option<usize>,
    /// Whether the last row was blank.
    pub(super) is_after_blank: bool,
    /// Whether lines below a label for initiatives go by.
    pub(super) is_in_steps: bool,
    /// The column of the last of several initiatives, the first of which stands behind their label.
    pub(super) steps_column: Option<usize>,
    /// Whether a total stands above, and no element since.
    pub(super) is_after_total: bool,
}

impl State {
    pub(super) fn add_objective(&mut self, title: &str, at: (usize, usize), values: Values) {
        let objective = Maker::objective(title, at, values);
        self.by_title
            .entry(text::title_key(&objective.title))
            .or_insert(self.objectives.len());
        self.objective = Some(self.objectives.len());
        self.key_result = None;
        self.last_key = None;
        self.objectives.push(objective);
    }

    /// Returns the objective to which a row belongs, and makes one where there is none.
    pub(super) fn objective_at(
        &mut self,
        reader: &mut Reader<'_>,
        at: (usize, usize),
        line: &str,
    ) -> usize {
        if let Some(objective) = self.objective {
            return objective;
        }
        reader.sayings.say(&sayings::NO_OBJECTIVE, at.0, at.1, line);
        let title = if reader.table.name.is_empty() {
            "Objective"
        } else {
            &reader.table.name
        };
        self.add_objective(title, at, Values::default());
        self.objectives.len() - 1
    }
}

impl DraftObjective {
    /// Takes over what is said of the objective elsewhere, as far as it is not known yet.
    pub(super) fn complete(&mut self, values: Values) {
        self.owner = self.owner.take().or(values.owner);
        self.due = self.due.or(values.due);
        self.status = self.status.or(values.status);
        self.notes.extend(values.notes);
    }
}

/// Reads an objective, or finds the one that the words name again.
pub(super) fn take_objective(
    reader: &mut Reader<'_>,
    state: &mut State,
    row: usize,
    line: &str,
    column: usize,
    main: Kind,
) {
    let marked = text::unmark(line);
    let is_main = main == Kind::Objective;
    let mut values = reader.values(row, Kind::Objective, 0, is_main);
    if values.reference.is_none() {
        values.reference = Some(marked.reference.to_owned()).filter(|mark| !mark.is_empty());
    }
    // Most rows name the objective of the row above.
    let again = state
        .last_objective
        .as_ref()
        .filter(|(words, _)| words == marked.rest)
        .map(|(_, objective)| *objective);
    let known = again.or_else(|| {
        let key = text::title_key(marked.rest);
        state.by_title.get(&key).copied()
    });
    if let Some(known) = known {
        if again.is_none() {
            state.last_objective = Some((marked.rest.to_owned(), known));
        }
        let is_new_spelling = state.objectives[known].title != marked.rest;
        if is_new_spelling {
            reader.sayings.say(&sayings::JOINED, row, column, line);
        }
        if state.objective != Some(known) {
            state.objective = Some(known);
            state.key_result = None;
            state.last_key = None;
        }
        if !is_main {
            values.notes.clear();
        }
        state.objectives[known].complete(values);
        return;
    }
    merged_fields(reader, row, column, is_main, &mut values);
    state.add_objective(marked.rest, (row, column), values);
}

/// Gives an objective the owner, date and status whose merged cells cover the same rows as its title.
fn merged_fields(
    reader: &Reader<'_>,
    row: usize,
    column: usize,
    is_main: bool,
    values: &mut Values,
) {
    let Some(range) = reader.range(row, column).filter(|_| !is_main) else {
        return;
    };
    for (other, place) in &reader.layout.columns {
        let Some(same) = reader.range(row, *other) else {
            continue;
        };
        if same.first_row != range.first_row || same.last_row != range.last_row || place.group > 0 {
            continue;
        }
        let cell = reader.table.cell(same.first_row, *other);
        match place.field {
            Field::Owner if values.owner.is_none() => values.owner = text::owner(cell),
            Field::Due if values.due.is_none() => {
                if let Value::Date(day) = cell.value {
                    values.due = Some(day);
                }
            }
            _ => {}
        }
    }
}

/// Reads a key result, or finds the one above when its words stand there again.
#[expect(clippy::too_many_arguments, reason = "all of it is about one row")]
pub(super) fn take_key_result(
    reader: &mut Reader<'_>,
    maker: &Maker<'_>,
    state: &mut State,
    row: usize,
    line: &str,
    column: usize,
    group: u16,
    initiatives: &[(String, usize)],
) -> Part {
    let objective = state.objective_at(reader, (row, column), line);
    let marked = text::unmark(line);
    let mut values = reader.values(row, Kind::KeyResult, group, group == 0);
    // With several key results in a row, or one below its objective, the number is the objective's.
    if !marked.reference.is_empty() {
        values.reference = Some(marked.reference.to_owned());
    } else if group > 0 {
        values.reference = None;
    }
    let known = &state.objectives[objective].key_results;
    // The key result may be repeated for each of its initiatives.
    let key = (!initiatives.is_empty()).then(|| text::title_key(marked.rest));
    let last_key = state.last_key.take();
    state.last_key.clone_from(&key);
    if let Some(key) = key
        && let Some(last) = known.last()
        && last_key.unwrap_or_else(|| text::title_key(&last.title)) == key
    {
        let number = known.len();
        if let Some(last) = state.objectives[objective].key_results.last_mut() {
            let new = values.notes.into_iter();
            let remark = values.remark.map(|remark| format!("Note: {remark}"));
            for note in new.chain(remark.filter(|_| last.remark.is_none())) {
                if !last.notes.contains(&note) {
                    last.notes.push(note);
                }
            }
        }
        return Part::KeyResult {
            objective: objective + 1,
            number,
            is_again: true,
        };
    }
    let key_result = maker.key_result(reader, marked.rest, (row, column), values);
    let known = &mut state.objectives[objective].key_results;
    known.push(key_result);
    state.key_result = Some(known.len() - 1);
    Part::KeyResult {
        objective: objective + 1,
        number: known.len(),
        is_again: false,
    }
}

pub(super) fn take_initiatives(
    reader: &mut Reader<'_>,
    state: &mut State,
    row: usize,
    initiatives: &[(String, usize)],
    is_own: bool,
) {
    for (position, (title, column)) in initiatives.iter().enumerate() {
        let objective = state.objective_at(reader, (row, *column), title);
        let values = if position == 0 || is_own {
            reader.values(row, Kind::Initiative, 0, is_own)
        } else {
            reader.values(row, Kind::Initiative, 0, false)
        };
        let spans_rows = reader.range(row, *column).is_some_and(|range| {
            // Merged over several key results, it serves them all.
            let column = reader.column(Field::KeyResult);
            column.is_some_and(|column| {
                (range.first_row..=range.last_row)
                    .filter(|row| !reader.table.cell(*row, column).is_blank())
                    .count()
                    > 1
            })
        });
        let mut initiative = Maker::initiative(title, (row, *column), values);
        initiative.key_result = state.key_result.filter(|_| !spans_rows);
        state.objectives[objective].initiatives.push(initiative);
    }
}

/// Keeps a row out of the draft, and says so.
pub(crate) fn leave_out(
    reader: &mut Reader<'_>,
    row: usize,
    reason: skip::Reason,
    account: &mut Account,
) -> Became {
    let cells = &reader.table.rows[row];
    let filled: Vec<usize> = (0..cells.len())
        .filter(|at| !cells[*at].is_blank())
        .collect();
    let text: Vec<String> = filled.iter().map(|at| as_shown(&cells[*at])).collect();
    let text = sayings::one_line(&text.join(" | "));
    let (first, last) = (
        filled.first().copied().unwrap_or(0),
        filled.last().copied().unwrap_or(0),
    );
    let place = if first == last {
        address(first, row)
    } else {
        format!("{}:{}", address(first, row), address(last, row))
    };
    let topic = match reason {
        skip::Reason::Nameless => &sayings::NO_TITLE,
        skip::Reason::Stray => &sayings::STRAY,
        skip::Reason::Deleted => &sayings::DELETED,
        _ => &sayings::ROWS_LEFT_OUT,
    };
    reader.sayings.say(topic, row, first, &text);
    account.left_out.push(LeftOut {
        place,
        text,
        reason: reason.words().to_owned(),
    });
    format!("left out: {}", reason.words()).into()
}

/// Returns a cell about as a spreadsheet shows it: a share of one that has the format of a percent is one.
fn as_shown(cell: &Cell) -> String {
    match (
        &cell.value,
        &cell.format,
        number::of_cell(cell, Decimals::Dot),
    ) {
        (Value::Number(_), NumberFormat::Percent, Some(number)) => {
            format!("{}%", number.value.round_dp(1).normalize())
        }
        _ => cell.to_text(),
    }
}

/// Passes over headings that stand there again, and tells what differs from the first ones.
pub(super) fn headings_again(reader: &Reader<'_>, row: usize, account: &mut Account) -> Became {
    let headings = &reader.headings.columns;
    for (column, cell) in reader.table.rows[row].iter().enumerate() {
        let words = cell.to_text();
        let words = words.trim();
        let first = headings
            .get(column)
            .map_or("", |heading| heading.words.trim());
        if !words.is_empty() && !words.eq_ignore_ascii_case(first) {
            account.left_out.push(LeftOut {
                place: address(column, row),
                text: sayings::one_line(words),
                reason: "a heading, where another stands above".to_owned(),
            });
        }
    }
    "headings again".into()
}

impl Values {
    /// Returns whether nothing was read.
    pub(super) fn is_empty(&self) -> bool {
        self.start.is_none()
            && self.target.is_none()
            && self.current.is_none()
            && self.notes.is_empty()
            && self.owner.is_none()
    }
}
