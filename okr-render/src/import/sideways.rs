//! Tables that lie on their side: what is told stands in the first column, and each further column is a key result.
//!
//! Such a table is turned before it is read, and what is said of its cells names them as they stand in the file.

use std::collections::HashMap;

use okr_core::diagnostic::{Diagnostic, Location, Severity};

use super::headings::{self, Heading, candidates};
use super::layout::Field;
use super::renamed::renamed;
use super::values::text::line_of;
use super::words::Plainness;
use super::{Account, Certainty, ColumnRead, Import};
use crate::dialects::recognise;
use crate::table::{Cell, Fill, Range, Table, Workbook, address, column_name};

/// A table on its side has no more rows or columns than this.
const EXTENT: usize = 300;

/// The labels stand in one of the first columns.
const LABEL_COLUMNS: usize = 3;

/// A label has no more characters.
const LABEL: usize = 60;

/// A workbook in which tables stand upright that lie on their side in the file.
pub(super) struct Turned {
    pub(super) workbook: Workbook,
    /// What was turned, by the position of the sheet.
    sheets: HashMap<usize, Origin>,
}

/// Where the cells of a table that was turned come from.
struct Origin {
    rows: Vec<RowOrigin>,
    /// For each block of labels, the row of each label, in the order of the columns that were made of them.
    blocks: Vec<Vec<Option<usize>>>,
    label_column: usize,
}

/// Where a row of a table that was turned comes from.
#[derive(Clone, Copy, Debug)]
enum RowOrigin {
    /// The row of that number.
    Row(usize),
    /// The labels.
    Labels,
    /// A column, in the rows of a block.
    Column { block: usize, column: usize },
}

/// Turns the tables of a workbook that lie on their side; nothing where none does.
pub(super) fn turned(workbook: &Workbook) -> Option<Turned> {
    let tables = workbook.tables.iter().enumerate();
    let found: Vec<(usize, Table, Origin)> = tables
        .filter_map(|(position, table)| {
            let (turned, origin) = turn(table)?;
            Some((position, turned, origin))
        })
        .collect();
    if found.is_empty() {
        return None;
    }
    let mut turned = Turned {
        workbook: workbook.clone(),
        sheets: HashMap::new(),
    };
    for (position, table, origin) in found {
        turned.workbook.tables[position] = table;
        turned.sheets.insert(position, origin);
    }
    Some(turned)
}

/// Returns a table that lies on its side as it would stand upright, and where its cells come from.
fn turn(table: &Table) -> Option<(Table, Origin)> {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    if !(3..=EXTENT).contains(&table.rows.len()) || !(3..=EXTENT).contains(&width) {
        return None;
    }
    let mut rows = table.rows.iter().take(8);
    if rows.any(|row| recognise(row).is_some()) {
        return None;
    }
    let upright = headings::find(table).map_or(0, |found| found.score);
    (0..LABEL_COLUMNS.min(width - 2)).find_map(|label_column| {
        let (turned, origin) = turn_by(table, label_column, width)?;
        let labels = origin
            .rows
            .iter()
            .position(|row| matches!(row, RowOrigin::Labels))?;
        let found = headings::at(&turned, labels);
        (found.score > upright && says_enough(&found.columns)).then_some((turned, origin))
    })
}

/// Returns whether labels name a title, something that is measured, and two other things.
fn says_enough(labels: &[Heading]) -> bool {
    let mut fields: Vec<Field> = Vec::new();
    let mut unknown = 0;
    for label in labels.iter().filter(|label| !label.words.is_empty()) {
        match candidates(label).first() {
            Some(found) if fields.contains(&found.field) => {}
            Some(found) => fields.push(found.field),
            None => unknown += 1,
        }
    }
    let has = |wanted: &[Field]| wanted.iter().any(|field| fields.contains(field));
    fields.len() >= 4
        && unknown <= fields.len()
        && has(&[Field::Objective, Field::KeyResult, Field::Title])
        && has(&[Field::Target, Field::StartAndTarget, Field::Current])
}

/// Turns a table whose labels stand in a column.
fn turn_by(table: &Table, label_column: usize, width: usize) -> Option<(Table, Origin)> {
    let mut names: Vec<String> = Vec::new();
    let mut origin = Origin {
        rows: Vec::new(),
        blocks: Vec::new(),
        label_column,
    };
    let mut is_open = false;
    // The last label of a numbered key result, with its row.
    let mut numbered: Option<(String, usize)> = None;
    for row in 0..table.rows.len() {
        if table.is_blank_row(row) {
            continue;
        }
        let Some(mut name) = label(table, row, label_column, is_open) else {
            origin.close(table, &mut is_open, width);
            origin.rows.push(RowOrigin::Row(row));
            numbered = None;
            continue;
        };
        // `From` below `KR 2` is another than that below `KR 1`.
        if headings::numbered(&name).is_some_and(|(_, rest)| rest.is_empty()) {
            numbered = Some((name.clone(), row));
        } else if let Some((key_result, at)) = &numbered {
            let known = names.iter().position(|known| *known == name);
            let block = origin.blocks.last().filter(|_| is_open);
            let before = known.and_then(|known| block?.get(known).copied().flatten());
            if before.is_some_and(|before| before < *at) {
                name = format!("{key_result} {name}");
            }
        }
        let at = names.iter().position(|known| *known == name);
        let at = at.unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        let block = origin.blocks.last().filter(|_| is_open);
        if block.is_none_or(|block| block.get(at).copied().flatten().is_some()) {
            origin.close(table, &mut is_open, width);
            origin.blocks.push(Vec::new());
            is_open = true;
        }
        if let Some(block) = origin.blocks.last_mut() {
            block.resize(names.len().max(block.len()), None);
            block[at] = Some(row);
        }
    }
    origin.close(table, &mut is_open, width);
    if origin.blocks.is_empty() {
        return None;
    }
    Some((origin.table(table, names.len()), origin))
}

/// Returns the label of a row, in the form in which headings are compared: words in front of several values, or of
/// one below other labels or where it names an objective for several key results.
fn label(table: &Table, row: usize, column: usize, is_open: bool) -> Option<String> {
    let cells = &table.rows[row];
    let is_first = cells[..column.min(cells.len())].iter().all(Cell::is_blank);
    let words = cells.get(column).and_then(line_of)?;
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    // A colour is a value as well.
    let is_value = |at: &usize| !table.cell(row, *at).is_blank() || table.fill(row, *at).is_some();
    let values = (column + 1..width).filter(is_value).count();
    let heading = Heading {
        words,
        ..Heading::default()
    };
    let names_objective = || {
        candidates(&heading).first().is_some_and(|found| {
            found.field == Field::Objective && found.plainness != Plainness::Contained
        })
    };
    let is_label = is_first
        && heading.words.chars().count() <= LABEL
        && (values > 1 || values == 1 && (is_open || names_objective()));
    is_label
        .then(|| heading.normal())
        .filter(|name| !name.is_empty())
}

impl Origin {
    /// Ends a block: its columns with values follow as rows.
    fn close(&mut self, table: &Table, is_open: &mut bool, width: usize) {
        if !*is_open {
            return;
        }
        *is_open = false;
        if self.blocks.len() == 1 {
            self.rows.push(RowOrigin::Labels);
        }
        let block = self.blocks.len() - 1;
        for column in self.label_column + 1..width {
            let mut rows = self.blocks[block].iter().flatten();
            if rows.any(|row| !table.cell(*row, column).is_blank()) {
                self.rows.push(RowOrigin::Column { block, column });
            }
        }
    }

    /// Returns the place in the file of a cell of the table that was turned.
    fn place(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        match *self.rows.get(row)? {
            RowOrigin::Row(row) => Some((row, column)),
            RowOrigin::Labels => {
                let mut rows = self.blocks.iter();
                let row = rows.find_map(|block| block.get(column).copied().flatten())?;
                Some((row, self.label_column))
            }
            RowOrigin::Column { block, column: at } => {
                let row = self.blocks.get(block)?.get(column).copied().flatten()?;
                Some((row, at))
            }
        }
    }

    /// Returns the table upright.
    fn table(&self, table: &Table, labels: usize) -> Table {
        let mut turned = Table {
            name: table.name.clone(),
            visibility: table.visibility,
            comma_is_decimal: table.comma_is_decimal,
            ..Table::default()
        };
        // Where the cells of the file went.
        let mut places: HashMap<(usize, usize), (usize, usize)> = HashMap::new();
        for (row, from) in self.rows.iter().enumerate() {
            let width = match from {
                RowOrigin::Row(row) => table.rows[*row].len(),
                _ => labels,
            };
            let mut cells = Vec::with_capacity(width);
            for column in 0..width {
                let place = self.place(row, column);
                cells.push(
                    place.map_or(Cell::EMPTY, |(row, column)| table.cell(row, column).clone()),
                );
                places.extend(place.map(|place| (place, (row, column))));
            }
            while cells.last().is_some_and(Cell::is_blank) {
                cells.pop();
            }
            turned.rows.push(cells);
        }
        turned.merges = table
            .merges
            .iter()
            .filter_map(|range| turned_range(range, &places))
            .collect();
        turned.merges.sort_unstable();
        let fills = table.fills.iter().filter_map(|fill| {
            let (row, column) = *places.get(&(fill.row, fill.column))?;
            Some(Fill {
                row,
                column,
                ..*fill
            })
        });
        turned.fills = fills.collect();
        turned.fills.sort_by_key(|fill| (fill.row, fill.column));
        let is_hidden = |row: &usize| match self.rows[*row] {
            RowOrigin::Row(row) => table.hidden_rows.contains(&row),
            RowOrigin::Labels => false,
            RowOrigin::Column { column, .. } => table.hidden_columns.contains(&column),
        };
        turned.hidden_rows = (0..self.rows.len()).filter(is_hidden).collect();
        turned
    }
}

/// Returns the range that the cells of a merged range take where they went.
fn turned_range(range: &Range, places: &HashMap<(usize, usize), (usize, usize)>) -> Option<Range> {
    let mut turned: Option<Range> = None;
    for row in range.first_row..=range.last_row.min(range.first_row + EXTENT) {
        for column in range.first_column..=range.last_column.min(range.first_column + EXTENT) {
            let Some((row, column)) = places.get(&(row, column)).copied() else {
                continue;
            };
            let known = turned.unwrap_or(Range {
                first_row: row,
                first_column: column,
                last_row: row,
                last_column: column,
            });
            turned = Some(Range {
                first_row: known.first_row.min(row),
                first_column: known.first_column.min(column),
                last_row: known.last_row.max(row),
                last_column: known.last_column.max(column),
            });
        }
    }
    turned.filter(|range| {
        (range.first_row, range.first_column) != (range.last_row, range.last_column)
    })
}

impl Turned {
    /// Names the cells of which something is said as they stand in the file.
    pub(super) fn name_cells(&self, import: &mut Import) {
        for objective in &mut import.draft.objectives {
            for cell in objective.cells_mut() {
                *cell = self.name(&import.account.sheet, cell);
            }
        }
        let sheet = import.account.sheet.clone();
        for left in &mut import.account.left_out {
            left.place = self.name(&sheet, &left.place);
        }
        for Diagnostic {
            location, message, ..
        } in &mut import.diagnostics
        {
            if let Location::Cell(cell) = location {
                *cell = self.name(&sheet, cell);
            }
            *message = renamed(message, &|before, cell| match before.strip_suffix('!') {
                None => self.name(&sheet, cell),
                Some(before) => {
                    let tables = self.workbook.tables.iter();
                    let mut named = tables.filter(|table| before.ends_with(&table.name));
                    let name = named.next().map_or("", |table| &table.name);
                    self.name(name, cell)
                }
            });
        }
        if let Some(origin) = self.origin(&sheet) {
            origin.tell(self, &mut import.account);
            let message = "the table lies on its side, and each column was read as a row";
            let said = Diagnostic::new("sideways", Severity::Info, Location::Whole, message);
            import.diagnostics.push(said);
        }
    }

    fn origin(&self, sheet: &str) -> Option<&Origin> {
        let tables = &self.workbook.tables;
        let position = tables.iter().position(|table| table.name == sheet)?;
        self.sheets.get(&position)
    }

    /// Returns the name of a cell or a range in the file; one with a sheet in front is of that sheet.
    fn name(&self, sheet: &str, cell: &str) -> String {
        if let Some((sheet, cell)) = cell.rsplit_once('!') {
            return format!("{sheet}!{}", self.name(sheet, cell));
        }
        let Some(origin) = self.origin(sheet) else {
            return cell.to_owned();
        };
        let name = |cell: &str| {
            let (row, column) = origin.place_of(cell)?;
            Some(address(column, row))
        };
        match cell.split_once(':') {
            Some((first, last)) => name(first)
                .zip(name(last))
                .map(|(first, last)| format!("{first}:{last}")),
            None => name(cell),
        }
        .unwrap_or_else(|| cell.to_owned())
    }
}

impl Origin {
    /// Returns row and column in the file of a cell that is named by its place in the table that was turned.
    fn place_of(&self, cell: &str) -> Option<(usize, usize)> {
        let digits = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let letters = &cell[..cell.len() - digits.len()];
        let row: usize = digits.parse().ok()?;
        let column = (0..EXTENT).find(|column| column_name(*column) == letters)?;
        self.place(row.checked_sub(1)?, column)
    }

    /// Tells of rows and columns as they stand in the file.
    fn tell(&self, turned: &Turned, account: &mut Account) {
        account.is_sideways = true;
        for column in &mut account.columns {
            let labels = self
                .rows
                .iter()
                .position(|row| matches!(row, RowOrigin::Labels));
            let place =
                labels.and_then(|row| self.place_of(&format!("{}{}", column.letters, row + 1)));
            if let Some((row, _)) = place {
                column.letters = (row + 1).to_string();
            }
        }
        let table = turned.workbook.tables.iter();
        let table = table.clone().find(|table| table.name == account.sheet);
        let rows = std::mem::take(&mut account.rows);
        for mut row in rows {
            match self.rows.get(row.number - 1) {
                Some(RowOrigin::Column { column, .. }) => {
                    row.number = column + 1;
                    account.rows.push(row);
                }
                Some(RowOrigin::Row(at)) => {
                    let first =
                        table.and_then(|table| table.rows[row.number - 1].iter().find_map(line_of));
                    account.columns.push(ColumnRead {
                        letters: (at + 1).to_string(),
                        heading: first.unwrap_or_default(),
                        field: Some("outside the table"),
                        certainty: Certainty::Likely,
                        reason: row.became.to_string(),
                    });
                }
                Some(RowOrigin::Labels) | None => {}
            }
        }
        account
            .columns
            .sort_by_key(|column| column.letters.parse::<usize>().unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table {
            rows: crate::sheets::records::rows(text, ',').unwrap(),
            ..Table::default()
        }
    }

    #[track_caller]
    fn check(text: &str, expected: Option<&[&str]>) {
        let turned = turn(&table(text));
        let shown = turned.map(|(table, origin)| {
            let rows = table.rows.iter().enumerate();
            rows.map(|(row, cells)| {
                let first = cells.iter().position(|cell| !cell.is_blank()).unwrap();
                let (from, column) = origin.place(row, first).unwrap();
                let words: Vec<String> = cells.iter().map(Cell::to_text).collect();
                format!("{}: {}", address(column, from), words.join(","))
            })
            .collect::<Vec<_>>()
        });
        let expected = expected.map(|rows| rows.iter().map(|row| (*row).to_owned()).collect());
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_table_on_its_side_is_turned_with_what_stands_around_it() {
        check(
            "Our plan\n\nObjective,Pay,,Sell\nKey result,Errors,,Calls\nStart,9,,4\nTarget,3,,20\nOwner,Ada,,Bo\n\nThe end\n",
            Some(&[
                "A1: Our plan",
                "A3: Objective,Key result,Start,Target,Owner",
                "B3: Pay,Errors,9,3,Ada",
                "D3: Sell,Calls,4,20,Bo",
                "A9: The end",
            ]),
        );
    }

    #[test]
    fn blocks_with_the_same_labels_follow_each_other() {
        check(
            "Objective,Pay\nKR,Errors,Days\nStart,9,8\nTarget,3,2\nWho,Ada,Bo\n\nObjective,Sell\nKR,Calls,Deals\nTarget,20,5\nStart,4,1\n",
            Some(&[
                "A1: Objective,KR,Start,Target,Who",
                "B1: Pay,Errors,9,3,Ada",
                "C2: ,Days,8,2,Bo",
                "B7: Sell,Calls,4,20",
                "C8: ,Deals,1,5",
            ]),
        );
    }

    #[test]
    fn an_upright_table_stays() {
        check(
            "Objective,Key result,Start,Target,Owner\nPay,Errors,9,3,Ada\nSell,Calls,4,20,Bo\n",
            None,
        );
        check(
            "Type,Title,Start,Target\nObjective,Pay,,\nKR,Errors,9,3\nObjective,Sell,,\nKR,Calls,4,20\n",
            None,
        );
        check(
            "Objective,Pay,Sell\nKey result,Errors,Calls\nOwner,Ada,Bo\n",
            None,
        );
    }
}
