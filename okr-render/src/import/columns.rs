//! Tables with columns for objectives, key results and initiatives, and those in blocks.

use std::ops::Range;

use super::blocks::{block_line, ends_table, has_labels, has_no_children, is_lone, label_values};
use super::draft::Draft;
use super::elements::Maker;
use super::halves;
use super::headings;
use super::layout::{Field, Tree};
use super::preamble::Named;
use super::reader::{Line, Reader, Values};
use super::take::{
    State, headings_again, leave_out, take_initiatives, take_key_result, take_objective,
};
use super::values::number::{self, Decimals};
use super::values::text::{self, Kind};
use super::values::{date, status};
use super::{Account, Became, Part, RowRead, Served, labels, sayings, skip};
use crate::table::{Cell, Value};

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
    first_objective: Option<Named>,
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
    let groups = titles.groups.iter().map(|(_, column)| *column);
    reader.taken = titles
        .objective
        .into_iter()
        .chain(titles.key_result)
        .chain(titles.initiatives.iter().copied())
        .chain(groups)
        .collect();
    let mut state = State {
        objectives: std::mem::take(&mut draft.objectives),
        ..State::default()
    };
    if let Some(Named { words, at, labels }) = first_objective {
        let title = text::unmark(&words);
        let mut values = Values {
            reference: Some(title.reference.to_owned()).filter(|mark| !mark.is_empty()),
            ..Values::default()
        };
        label_values(reader, at.0, at.1 + 1, &mut values);
        for row in &labels {
            label_values(reader, *row, 0, &mut values);
        }
        state.add_objective(title.rest, at, values);
        let rows = std::iter::once(at.0).chain(labels);
        account.rows.extend(rows.map(|row| RowRead {
            number: row + 1,
            became: Part::Objective(state.objectives.len()).into(),
        }));
    }
    let first = reader.layout.headings.map_or(0, |(_, last)| last + 1);
    let all = first..reader.table.rows.len();
    halves::read(reader, maker, &titles, &mut state, all, account);
    draft.objectives = state.objectives;
}

/// Reads these rows, behind those of which `state` knows.
pub(super) fn rows(
    reader: &mut Reader<'_>,
    maker: &Maker<'_>,
    titles: &Titles,
    state: &mut State,
    rows: Range<usize>,
    account: &mut Account,
) {
    for row in rows {
        if reader.table.is_blank_row(row) {
            state.is_after_blank = true;
            continue;
        }
        let became = self::row(reader, maker, titles, state, row, account);
        state.is_after_blank = false;
        account.rows.push(RowRead {
            number: row + 1,
            became,
        });
    }
}

/// Returns whether a row has nothing but figures behind its words, while all rows above it have key results.
fn sums_up(reader: &Reader<'_>, titles: &Titles, row: usize, column: usize) -> bool {
    let Some(key_result) = titles.key_result else {
        return false;
    };
    let mut cells = reader.table.rows[row].iter().enumerate();
    let is_figure = |(at, cell): (usize, &Cell)| {
        at == column || cell.is_blank() || titles.numbers.contains(&at)
    };
    let first = reader.layout.headings.map_or(0, |(_, last)| last + 1);
    let has_key_result = |above: usize| {
        reader.table.is_blank_row(above) || !reader.table.cell(above, key_result).is_blank()
    };
    cells.all(is_figure) && !is_lone(reader, row) && (first..row).all(has_key_result)
}

/// Returns whether nothing stands between a line and a row.
fn is_below(reader: &Reader<'_>, line: usize, row: usize) -> bool {
    (line + 1..row).all(|between| reader.table.is_blank_row(between))
}

/// Returns whether a row is a line of its own, `Owner: Ada`, with which a block of key results ends.
fn ends_block(reader: &Reader<'_>, row: usize) -> bool {
    let table = reader.table;
    let is_end = row + 1 >= table.rows.len() || table.is_blank_row(row + 1);
    is_end
        && is_lone(reader, row)
        && table.rows[row]
            .iter()
            .find_map(text::line_of)
            .is_some_and(|line| line.contains(": "))
}

/// Takes words for what their mark says where one column has those of several kinds: `Task: Call them` below
/// key results, and `KR1: Calls` below objectives where nothing else holds key results.
fn by_marks(
    reader: &Reader<'_>,
    titles: &Titles,
    row: usize,
    objective: &mut Option<(String, usize)>,
    key_result: &mut Option<(String, usize)>,
    initiatives: &mut Vec<(String, usize)>,
) {
    let is = |words: &Option<(String, usize)>, kind: Kind| {
        let marked = words.as_ref().and_then(|(line, _)| text::unmark(line).kind);
        marked == Some(kind)
    };
    if titles.key_result.is_none() && titles.groups.is_empty() && is(objective, Kind::KeyResult) {
        *key_result = objective.take();
    }
    let slot = if is(key_result, Kind::Initiative)
        || key_result
            .as_ref()
            .is_some_and(|(line, column)| is_step(reader, titles, row, line, *column))
    {
        key_result
    } else if titles.key_result.is_none() && is(objective, Kind::Initiative) {
        objective
    } else {
        return;
    };
    if let Some((_, column)) = slot.take() {
        let items = text::items(&text::words_of(reader.table.cell(row, column)));
        initiatives.extend(items.into_iter().map(|item| (item, column)));
    }
}

/// Returns whether words begin with a dash below key results that do not, and have no numbers.
fn is_step(reader: &Reader<'_>, titles: &Titles, row: usize, line: &str, column: usize) -> bool {
    const DASHES: [&str; 6] = ["– ", "- ", "— ", "• ", "→ ", "> "];
    /// A key result has no more of them.
    const STEPS: usize = 30;
    let is_dashed = |line: &str| DASHES.iter().any(|dash| line.starts_with(dash));
    let has_number = || {
        let mut numbers = titles.numbers.iter();
        numbers.any(|number| !reader.table.cell(row, *number).is_blank())
    };
    if !is_dashed(line) || has_number() {
        return false;
    }
    let first = reader.layout.headings.map_or(0, |(_, last)| last + 1);
    (first.max(row.saturating_sub(STEPS))..row)
        .rev()
        .filter(|above| !headings::is_repeated(reader.table, *above, reader.headings))
        .filter_map(|above| text::line_of(reader.table.cell(above, column)))
        .any(|line| !is_dashed(&line))
}

/// Takes the initiatives of a block, which stand behind their label or in lines below it; they serve its
/// objective.
fn steps(reader: &mut Reader<'_>, state: &mut State, row: usize) -> Option<Became> {
    let was_in_steps = std::mem::take(&mut state.is_in_steps);
    let above = state.steps_column.take();
    let objective = state.objective?;
    let cells = &reader.table.rows[row];
    let items = labels::initiatives(cells);
    let mut values = Values::default();
    let next = above.filter(|column| items.is_none() && is_next_step(reader, row, *column));
    let found = match (items, next) {
        (None, Some(column)) => {
            state.steps_column = next;
            let line = text::line_of(&cells[column])?;
            vec![(text::unmark(&line).rest.to_owned(), column)]
        }
        (Some(found), _) => {
            state.is_in_steps = found.is_empty();
            state.steps_column = found.last().map(|(_, column)| *column);
            found
        }
        (None, None) if was_in_steps && !state.is_after_blank => {
            let (column, line) = cells
                .iter()
                .enumerate()
                .find_map(|(column, cell)| Some((column, text::line_of(cell)?)))?;
            let marked = text::unmark(&line);
            if matches!(marked.kind, Some(Kind::Objective | Kind::KeyResult)) {
                return None;
            }
            values = said_of_step(reader, row, column + 1)?;
            state.is_in_steps = true;
            vec![(marked.rest.to_owned(), column)]
        }
        (None, None) => return None,
    };
    state.key_result = None;
    for (title, column) in &found {
        reader.sayings.say(&sayings::OF_BLOCK, row, *column, title);
        let made = Maker::initiative(title, (row, *column), std::mem::take(&mut values));
        state.objectives[objective].initiatives.push(made);
    }
    let became = match found.len() {
        0 => "a label of the lines below".into(),
        count => Part::Initiatives(count, Served::Objective(objective + 1)).into(),
    };
    Some(became)
}

/// Returns whether a row has nothing but an item of a list in the column of the initiative above: `2. Call them`.
fn is_next_step(reader: &Reader<'_>, row: usize, column: usize) -> bool {
    let line = text::line_of(reader.table.cell(row, column));
    is_lone(reader, row)
        && line.is_some_and(|line| {
            let marked = text::unmark(&line);
            marked.kind.is_none_or(|kind| kind == Kind::Initiative) && marked.rest != line
        })
}

/// Returns what the cells behind the words of an initiative look like: a day, a status, a name; nothing where one
/// of them is a number, as a key result has it.
fn said_of_step(reader: &Reader<'_>, row: usize, from: usize) -> Option<Values> {
    let mut values = Values::default();
    for (column, cell) in reader.table.rows[row].iter().enumerate().skip(from) {
        let Some(line) = text::line_of(cell) else {
            continue;
        };
        let context = reader.facts.dates.get(column).copied().unwrap_or_default();
        if let Value::Date(day) = cell.value {
            values.due = Some(day);
        } else if number::of_cell(cell, Decimals::Dot).is_some() {
            return None;
        } else if let date::Said::Day(day, _) = date::read(&line, &context) {
            values.due = Some(day);
        } else if let status::Said::Status(said, _) = status::read(&line, &reader.layout.statuses) {
            values.status = Some(said);
        } else if values.owner.is_none() && line.split(' ').count() <= 3 {
            values.owner = text::owner(cell);
        } else {
            values.notes.push(line);
        }
    }
    Some(values)
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
) -> Became {
    if headings::is_repeated(reader.table, row, reader.headings) {
        return headings_again(reader, row, account);
    }
    let closing = || reader.closing.contains(&row).then_some(skip::Reason::Total);
    if let Some(reason) = skip::reason(reader.table, row, &titles.numbers).or_else(closing) {
        state.is_after_total |= reason == skip::Reason::Total;
        return leave_out(reader, row, reason, account);
    }
    if reader.layout.tree == Tree::Blocks
        && let Some(objective) = state.objective
        && (ends_block(reader, row)
            || state
                .last_line
                .is_some_and(|line| is_below(reader, line, row)))
        && labels::is_row(reader.table, row)
    {
        state.last_line = Some(row);
        let mut values = Values::default();
        label_values(reader, row, 0, &mut values);
        state.objectives[objective].complete(values);
        return Part::Objective(objective + 1).into();
    }
    if let Some(became) = steps(reader, state, row) {
        return became;
    }
    if reader.layout.tree == Tree::Blocks
        && let Some((line, column)) = block_line(reader, row)
    {
        let marked = text::unmark(&line);
        let is_labelled = has_labels(reader, row, column);
        let mut values = reader.values(row, Kind::Objective, 0, !is_labelled);
        values.reference = Some(marked.reference.to_owned()).filter(|mark| !mark.is_empty());
        if is_labelled {
            label_values(reader, row, column + 1, &mut values);
        }
        state.add_objective(marked.rest, (row, column), values);
        state.last_line = Some(row);
        return Part::Objective(state.objectives.len()).into();
    }
    let mut objective = titles.objective.and_then(|column| {
        let line = reader.words(row, column)?;
        Some((line, column))
    });
    let mut key_result = titles.key_result.and_then(|column| {
        let line = reader.words(row, column)?;
        Some((line, column))
    });
    let mut initiatives = Vec::new();
    by_marks(
        reader,
        titles,
        row,
        &mut objective,
        &mut key_result,
        &mut initiatives,
    );
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
    let mut became = Became::default();
    let has_groups = titles
        .groups
        .iter()
        .any(|(_, column)| !reader.table.cell(row, *column).is_blank());
    let several = key_result.as_ref().and_then(|(_, column)| {
        text::marked_lines(&text::words_of(reader.table.cell(row, *column)))
    });
    let main = if several.is_some() && objective.is_some() {
        Kind::Objective
    } else if key_result.is_some() {
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
            && key_result.is_none()
            && !has_groups
            && initiatives.is_empty()
            && is_lone(reader, row)
            && (skip::is_remark(&line)
                || state.is_after_total && text::unmark(&line).kind.is_none())
            && has_no_children(reader, titles, row)
        {
            return leave_out(reader, row, skip::Reason::Remark, account);
        }
        if main == Kind::Objective
            && initiatives.is_empty()
            && !has_groups
            && ends_table(reader, row)
            && sums_up(reader, titles, row, column)
        {
            return leave_out(reader, row, skip::Reason::Total, account);
        }
        reader.line = several.as_ref().map(|lines| Line {
            position: None,
            count: lines.len(),
            is_shared: true,
        });
        take_objective(reader, state, row, &line, column, main);
        reader.line = None;
        let number = state.objective.map_or(0, |at| at + 1);
        became.push(Part::Objective(number));
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
    // What a row says beside the groups of key results is of the objective above.
    let is_beside = main == Kind::Objective && became.is_empty();
    let beside = is_beside.then(|| reader.values(row, Kind::Objective, 0, true));
    if let (Some((_, column)), Some(lines)) = (&key_result, &several) {
        for (position, line) in lines.iter().enumerate() {
            reader.line = Some(Line {
                position: Some(position),
                count: lines.len(),
                is_shared: main == Kind::Objective,
            });
            let taken = take_key_result(reader, maker, state, row, line, *column, 0, &[]);
            became.push(taken);
        }
        reader.line = None;
        reader
            .sayings
            .say(&sayings::SEVERAL_IN_CELL, row, *column, &lines[0]);
    } else if let Some((line, column)) = key_result {
        let taken = take_key_result(reader, maker, state, row, &line, column, 0, &initiatives);
        became.push(taken);
    }
    let mut grouped: Vec<(u16, usize)> = Vec::new();
    for (group, column) in &titles.groups {
        if let Some(line) = reader.words(row, *column) {
            let taken = take_key_result(reader, maker, state, row, &line, *column, *group, &[]);
            became.push(taken);
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
    if let Some((values, objective)) = beside.zip(state.objective) {
        state.objectives[objective].complete(values);
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
        let served = match (state.objective, state.key_result) {
            (Some(objective), Some(key_result)) => Served::KeyResult(objective + 1, key_result + 1),
            _ => Served::Above,
        };
        became.push(Part::Initiatives(initiatives.len(), served));
    }
    if became.is_empty() {
        return leave_out(reader, row, skip::Reason::Nameless, account);
    }
    became
}
