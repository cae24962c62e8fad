//! Tables with columns for objectives, key results and initiatives, and those in blocks.

use std::collections::HashMap;

use super::blocks::{block_line, ends_table, has_no_children, is_lone, label_values};
use super::draft::{Draft, DraftObjective};
use super::elements::Maker;
use super::headings;
use super::layout::{Field, Tree};
use super::reader::{Reader, Values};
use super::values::text::{self, Kind};
use super::{Account, LeftOut, RowRead, sayings, skip};
use crate::table::{Value, address};

/// What is known while the rows go by.
struct State {
    objectives: Vec<DraftObjective>,
    /// The objectives by their titles.
    by_title: HashMap<String, usize>,
    /// The objective and the key result to which the next rows belong.
    objective: Option<usize>,
    key_result: Option<usize>,
    /// Whether the last row was blank.
    is_after_blank: bool,
    /// Whether a total stands above, and no element since.
    is_after_total: bool,
}

/// Where the words of elements stand.
pub(super) struct Titles {
    pub(super) objective: Option<usize>,
    pub(super) key_result: Option<usize>,
    pub(super) initiatives: Vec<usize>,
    /// The numbers and columns of key results that stand side by side.
    pub(super) groups: Vec<(u16, usize)>,
    pub(super) numbers: Vec<usize>,
}

/// Reads the rows of a table with such columns.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    maker: &Maker<'_>,
    first_objective: Option<(String, (usize, usize))>,
    draft: &mut Draft,
    account: &mut Account,
) {
    let column = |field| {
        reader
            .layout
            .columns
            .iter()
            .find(|(_, place)| place.field == field && place.group == 0)
            .map(|(column, _)| *column)
    };
    let all = |wanted: &dyn Fn(Field) -> bool| -> Vec<usize> {
        reader
            .layout
            .columns
            .iter()
            .filter(|(_, place)| wanted(place.field))
            .map(|(column, _)| *column)
            .collect()
    };
    let mut groups: Vec<(u16, usize)> = reader
        .layout
        .columns
        .iter()
        .filter(|(_, place)| place.group > 0 && place.field == Field::KeyResult)
        .map(|(column, place)| (place.group, *column))
        .collect();
    groups.sort_unstable();
    let titles = Titles {
        objective: column(Field::Objective).or_else(|| column(Field::Title)),
        key_result: column(Field::KeyResult),
        initiatives: all(&|field| field == Field::Initiative),
        groups,
        numbers: all(&|field| {
            matches!(
                field,
                Field::Start
                    | Field::Target
                    | Field::Current
                    | Field::Value
                    | Field::Progress
                    | Field::StartAndTarget
            )
        }),
    };
    let mut state = State {
        objectives: Vec::new(),
        by_title: HashMap::new(),
        objective: None,
        key_result: None,
        is_after_blank: false,
        is_after_total: false,
    };
    if let Some((line, at)) = first_objective {
        let title = text::unmark(&line);
        let mut values = Values {
            reference: Some(title.reference.to_owned()).filter(|mark| !mark.is_empty()),
            ..Values::default()
        };
        label_values(reader, at.0, at.1, &mut values);
        state.add_objective(title.rest, at, values);
        account.rows.push(RowRead {
            number: at.0 + 1,
            became: "objective 1".to_owned(),
        });
    }
    let first = reader.layout.headings.map_or(0, |(_, last)| last + 1);
    for row in first..reader.table.rows.len() {
        if reader.table.is_blank_row(row) {
            state.is_after_blank = true;
            continue;
        }
        let became = self::row(reader, maker, &titles, &mut state, row, account);
        state.is_after_blank = false;
        account.rows.push(RowRead {
            number: row + 1,
            became,
        });
    }
    draft.objectives = state.objectives;
}

#[expect(
    clippy::too_many_lines,
    reason = "the decisions about one row follow one another"
)]
fn row(
    reader: &mut Reader<'_>,
    maker: &Maker<'_>,
    titles: &Titles,
    state: &mut State,
    row: usize,
    account: &mut Account,
) -> String {
    if headings::is_repeated(reader.table, row, reader.headings) {
        return "headings again".to_owned();
    }
    if let Some(reason) = skip::reason(reader.table, row, &titles.numbers) {
        state.is_after_total |= reason == skip::Reason::Total;
        return leave_out(reader, row, reason, account);
    }
    if reader.layout.tree == Tree::Blocks
        && let Some((line, column)) = block_line(reader, row)
    {
        let marked = text::unmark(&line);
        let mut values = reader.values(row, Kind::Objective, 0, false);
        values.reference = Some(marked.reference.to_owned()).filter(|mark| !mark.is_empty());
        label_values(reader, row, column, &mut values);
        state.add_objective(marked.rest, (row, column), values);
        return format!("objective {}", state.objectives.len());
    }
    let objective = titles.objective.and_then(|column| {
        let line = reader.words(row, column)?;
        Some((line, column))
    });
    let key_result = titles.key_result.and_then(|column| {
        let line = reader.words(row, column)?;
        Some((line, column))
    });
    let mut initiatives = Vec::new();
    for column in &titles.initiatives {
        let cell = reader.table.cell(row, *column);
        if cell.is_blank() {
            continue;
        }
        let found = text::items(&text::words_of(cell));
        if found.is_empty() {
            reader
                .sayings
                .say(&sayings::NO_VALUE, row, *column, &cell.to_text());
        }
        initiatives.extend(found.into_iter().map(|item| (item, *column)));
    }
    let mut became = Vec::new();
    let has_groups = titles
        .groups
        .iter()
        .any(|(_, column)| !reader.table.cell(row, *column).is_blank());
    let main = if key_result.is_some() {
        Kind::KeyResult
    } else if objective.is_some() || has_groups {
        Kind::Objective
    } else {
        Kind::Initiative
    };
    // A line below the last block, or one that reads like a remark, is no key result without numbers.
    if let Some((line, _)) = &key_result
        && main == Kind::KeyResult
        && objective.is_none()
        && is_lone(reader, row)
        && text::unmark(line).kind.is_none()
        && (reader.layout.tree == Tree::Blocks && state.is_after_blank || skip::is_footer(line))
        && ends_table(reader, row)
    {
        return leave_out(reader, row, skip::Reason::Remark, account);
    }
    if let Some((line, column)) = objective {
        if main == Kind::Objective
            && !has_groups
            && initiatives.is_empty()
            && is_lone(reader, row)
            && (skip::is_remark(&line) || state.is_after_total && text::unmark(&line).kind.is_none())
            && has_no_children(reader, titles, row)
        {
            return leave_out(reader, row, skip::Reason::Remark, account);
        }
        take_objective(reader, state, row, &line, column, main);
        became.push(format!(
            "objective {}",
            state.objective.map_or(0, |at| at + 1)
        ));
    } else if (key_result.is_some() || has_groups)
        && let Some(column) = titles.objective
        && state.is_after_blank
        && reader.range(row, column).is_none()
        && let Some((_, at)) = key_result.as_ref()
    {
        // Below a gap the blank cell may mean the objective above or none; it is told.
        reader.sayings.say(
            &sayings::NO_OBJECTIVE_BELOW_GAP,
            row,
            *at,
            &reader.table.cell(row, *at).to_text(),
        );
    }
    if let Some((_, column)) = &key_result
        && let Some(lines) = text::marked_lines(&text::words_of(reader.table.cell(row, *column)))
    {
        for (position, line) in lines.iter().enumerate() {
            reader.line = Some((position, lines.len()));
            became.push(take_key_result(
                reader,
                maker,
                state,
                row,
                line,
                *column,
                0,
                &[],
            ));
        }
        reader.line = None;
        reader
            .sayings
            .say(&sayings::SEVERAL_IN_CELL, row, *column, &lines[0]);
    } else if let Some((line, column)) = key_result {
        became.push(take_key_result(
            reader,
            maker,
            state,
            row,
            &line,
            column,
            0,
            &initiatives,
        ));
    }
    let mut grouped: Vec<(u16, usize)> = Vec::new();
    for (group, column) in &titles.groups {
        if let Some(line) = reader.words(row, *column) {
            became.push(take_key_result(
                reader,
                maker,
                state,
                row,
                &line,
                *column,
                *group,
                &[],
            ));
            grouped.extend(state.key_result.map(|at| (*group, at)));
        } else if !reader
            .values(row, Kind::KeyResult, *group, false)
            .is_empty()
        {
            reader.sayings.say(
                &sayings::NO_TITLE,
                row,
                *column,
                "numbers without a key result",
            );
        }
    }
    if !initiatives.is_empty() {
        let is_own = main == Kind::Initiative;
        if has_groups {
            // What stands beside several key results serves the objective of them all.
            state.key_result = None;
            for (group, at) in &grouped {
                let of_group = |column: usize| {
                    let place = reader.places.get(column).copied().flatten();
                    place.is_some_and(|place| place.group == *group)
                };
                let (own, others): (Vec<_>, Vec<_>) = std::mem::take(&mut initiatives)
                    .into_iter()
                    .partition(|(_, column)| of_group(*column));
                initiatives = others;
                state.key_result = Some(*at);
                take_initiatives(reader, state, row, &own, false);
            }
            state.key_result = None;
        }
        take_initiatives(reader, state, row, &initiatives, is_own);
        let noun = if initiatives.len() == 1 {
            "initiative"
        } else {
            "initiatives"
        };
        became.push(match (state.objective, state.key_result) {
            (Some(objective), Some(key_result)) => {
                format!(
                    "{} {noun} of key result {}.{}",
                    initiatives.len(),
                    objective + 1,
                    key_result + 1
                )
            }
            _ => format!("{} {noun}", initiatives.len()),
        });
    }
    if became.is_empty() {
        return leave_out(reader, row, skip::Reason::Nameless, account);
    }
    became.join(", ")
}

/// Reads an objective, or finds the one that the words name again.
fn take_objective(
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
    let key = text::title_key(marked.rest);
    if let Some(known) = state.by_title.get(&key).copied() {
        let is_new_spelling = state.objectives[known].title != marked.rest;
        if is_new_spelling {
            reader.sayings.say(&sayings::JOINED, row, column, line);
        }
        if state.objective != Some(known) {
            state.objective = Some(known);
            state.key_result = None;
        }
        let objective = &mut state.objectives[known];
        objective.owner = objective.owner.take().or(values.owner);
        objective.due = objective.due.or(values.due);
        objective.status = objective.status.or(values.status);
        if is_main {
            objective.notes.extend(values.notes);
        }
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
fn take_key_result(
    reader: &mut Reader<'_>,
    maker: &Maker<'_>,
    state: &mut State,
    row: usize,
    line: &str,
    column: usize,
    group: u16,
    initiatives: &[(String, usize)],
) -> String {
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
    if !initiatives.is_empty()
        && let Some(last) = known.last()
        && text::title_key(&last.title) == text::title_key(marked.rest)
    {
        // The key result is repeated for each of its initiatives.
        return format!("key result {}.{} again", objective + 1, known.len());
    }
    let key_result = maker.key_result(reader, marked.rest, (row, column), values);
    let known = &mut state.objectives[objective].key_results;
    known.push(key_result);
    state.key_result = Some(known.len() - 1);
    format!("key result {}.{}", objective + 1, known.len())
}

fn take_initiatives(
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

impl State {
    fn add_objective(&mut self, title: &str, at: (usize, usize), values: Values) {
        let objective = Maker::objective(title, at, values);
        self.by_title
            .entry(text::title_key(&objective.title))
            .or_insert(self.objectives.len());
        self.objective = Some(self.objectives.len());
        self.key_result = None;
        self.objectives.push(objective);
    }

    /// Returns the objective to which a row belongs, and makes one where there is none.
    fn objective_at(&mut self, reader: &mut Reader<'_>, at: (usize, usize), line: &str) -> usize {
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
        0
    }
}

/// Keeps a row out of the draft, and says so.
pub(crate) fn leave_out(
    reader: &mut Reader<'_>,
    row: usize,
    reason: skip::Reason,
    account: &mut Account,
) -> String {
    let cells = &reader.table.rows[row];
    let filled: Vec<usize> = (0..cells.len())
        .filter(|at| !cells[*at].is_blank())
        .collect();
    let text: Vec<String> = filled.iter().map(|at| cells[*at].to_text()).collect();
    let text = sayings::shorten(&text.join(" | "));
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
        _ => &sayings::ROWS_LEFT_OUT,
    };
    reader.sayings.say(topic, row, first, &text);
    account.left_out.push(LeftOut {
        place,
        text,
        reason: reason.words().to_owned(),
    });
    format!("left out: {}", reason.words())
}

impl Values {
    /// Returns whether nothing was read.
    fn is_empty(&self) -> bool {
        self.start.is_none()
            && self.target.is_none()
            && self.current.is_none()
            && self.notes.is_empty()
            && self.owner.is_none()
    }
}
