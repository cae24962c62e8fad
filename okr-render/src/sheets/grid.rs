//! Collects the cells of a workbook within limits.

use crate::error::{Error, ErrorKind};
use crate::table::{Cell, Colour, Fill, Range, Table, Value, address};

/// As many rows as Excel has.
pub(crate) const MAX_ROWS: usize = 1_048_576;
/// As many columns as Excel has.
pub(crate) const MAX_COLUMNS: usize = 16_384;
/// Places that are kept, the empty ones between cells too; each takes 48 bytes.
const MAX_PLACES: usize = 2_000_000;
/// Bytes of the words in all cells, which a file can name once and show a million times.
const MAX_WORDS: usize = 64 * 1024 * 1024;
/// Characters in a cell, as in Excel.
pub(crate) const MAX_CHARACTERS: usize = 32_767;
/// Places from the first to the last cell of a sheet; whoever looks at each of them must come to an end.
const MAX_EXTENT: usize = 20_000_000;
/// A sheet that is filled at least to one place in so many may be as large as it likes.
const MAX_EMPTINESS: usize = 20;
/// Filled cells in a sheet; in one with more, colours are decoration, and none is kept.
const MAX_FILLS: usize = 20_000;
/// Merged ranges in a sheet.
const MAX_MERGES: usize = 100_000;

/// What the sheets of one file have taken so far.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    places: usize,
    words: usize,
}

/// A sheet that is being filled.
#[derive(Debug)]
pub(crate) struct Grid<'u> {
    table: Table,
    usage: &'u mut Usage,
    filled: usize,
    /// How many cells have a colour.
    fills: usize,
    /// The first row and the first column beyond all cells, each with the cell that reaches so far.
    height: (usize, usize),
    width: (usize, usize),
}

impl<'u> Grid<'u> {
    /// Begins to fill a sheet.
    pub(crate) const fn new(table: Table, usage: &'u mut Usage) -> Self {
        Self {
            table,
            usage,
            filled: 0,
            fills: 0,
            height: (0, 0),
            width: (0, 0),
        }
    }

    /// Puts a cell in its place; an empty one leaves no trace.
    ///
    /// # Errors
    ///
    /// The place is beyond the largest sheet, or there are too many cells or words.
    pub(crate) fn put(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), Error> {
        if cell == Cell::EMPTY {
            return Ok(());
        }
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(self.too_large(&format!(
                "has a cell beyond {MAX_ROWS} rows and {MAX_COLUMNS} columns"
            )));
        }
        if let Value::Text(words) = &cell.value {
            self.usage.words += words.len();
            if words.len() > MAX_CHARACTERS && words.chars().count() > MAX_CHARACTERS {
                let place = address(column, row);
                return Err(self.too_large(&format!(
                    "has more than {MAX_CHARACTERS} characters in {place}"
                )));
            }
        }
        if self.table.rows.len() <= row {
            self.table.rows.resize_with(row + 1, Vec::new);
        }
        let before = row
            .checked_sub(1)
            .map_or(0, |above| self.table.rows[above].len());
        let cells = &mut self.table.rows[row];
        if cells.len() <= column {
            self.usage.places += column + 1 - cells.len();
            if self.usage.places <= MAX_PLACES && self.usage.words <= MAX_WORDS {
                if cells.is_empty() {
                    // Rows of a table are about equally long.
                    cells.reserve_exact(before.max(column + 1).min(column + 256));
                }
                cells.resize(column + 1, Cell::EMPTY);
            }
        }
        if self.usage.places > MAX_PLACES {
            return Err(self.too_large(&format!("takes the file beyond {MAX_PLACES} cells")));
        }
        if self.usage.words > MAX_WORDS {
            return Err(self.too_large("takes the file beyond 64 MB of text"));
        }
        cells[column] = cell;
        self.filled += 1;
        if row >= self.height.0 {
            self.height = (row + 1, column);
        }
        if column >= self.width.0 {
            self.width = (column + 1, row);
        }
        Ok(())
    }

    /// Notes that a range is shown as one cell; one of a single cell is none.
    ///
    /// # Errors
    ///
    /// There are too many.
    pub(crate) fn merge(&mut self, range: Range) -> Result<(), Error> {
        let is_single =
            range.first_row == range.last_row && range.first_column == range.last_column;
        let is_sound = range.first_row <= range.last_row
            && range.first_column <= range.last_column
            && range.last_row < MAX_ROWS
            && range.last_column < MAX_COLUMNS;
        if is_sound && !is_single {
            self.table.merges.push(range);
        }
        if self.table.merges.len() > MAX_MERGES {
            return Err(self.too_large(&format!("has more than {MAX_MERGES} merged ranges")));
        }
        Ok(())
    }

    /// Notes the colour that fills a cell.
    pub(crate) fn fill(&mut self, row: usize, column: usize, colour: Colour) {
        self.fills += 1;
        if self.fills <= MAX_FILLS {
            self.table.fills.push(Fill {
                row,
                column,
                colour,
            });
        } else {
            self.table.fills = Vec::new();
        }
    }

    /// Notes hidden rows, from the first to the last.
    pub(crate) fn hide_rows(&mut self, first: usize, last: usize) {
        if self.table.hidden_rows.len() <= MAX_ROWS {
            self.table
                .hidden_rows
                .extend(first..=last.min(MAX_ROWS - 1));
        }
    }

    /// Notes hidden columns, from the first to the last.
    pub(crate) fn hide_columns(&mut self, first: usize, last: usize) {
        let last = last.min(MAX_COLUMNS - 1);
        if self.table.hidden_columns.len() <= MAX_COLUMNS {
            self.table.hidden_columns.extend(first..=last);
        }
    }

    /// Returns the sheet; what is hidden or merged beyond its cells is left out.
    ///
    /// # Errors
    ///
    /// A few cells stand so far apart that the sheet is as good as empty.
    pub(crate) fn finish(mut self) -> Result<Table, Error> {
        let extent = self.height.0 * self.width.0;
        if extent > MAX_EXTENT && extent / MAX_EMPTINESS > self.filled {
            // The far cell is the one in the last row or in the last column that is further out.
            let last_row = (self.height.0.saturating_sub(1), self.height.1);
            let last_column = (self.width.1, self.width.0.saturating_sub(1));
            let (row, column) = if last_row.0 / 64 > last_column.1 {
                last_row
            } else {
                last_column
            };
            return Err(self.too_large(&format!(
                "reaches to {} while only {} of its cells are filled; delete what stands so far out and save the file again",
                address(column, row),
                self.filled
            )));
        }
        let (height, width) = (self.height.0, self.width.0);
        let table = &mut self.table;
        table.hidden_rows.retain(|row| *row < height);
        table.hidden_columns.retain(|column| *column < width);
        for hidden in [&mut table.hidden_rows, &mut table.hidden_columns] {
            hidden.sort_unstable();
            hidden.dedup();
        }
        table
            .merges
            .retain(|range| range.first_row < height && range.first_column < width);
        table.merges.sort_unstable();
        table.merges.dedup();
        // Of a place that comes twice, the last colour is the one that shows.
        table.fills.reverse();
        table.fills.sort_by_key(|fill| (fill.row, fill.column));
        table.fills.dedup_by_key(|fill| (fill.row, fill.column));
        Ok(self.table)
    }

    fn too_large(&self, what: &str) -> Error {
        ErrorKind::TooLarge(format!("its sheet `{}` {what}", self.table.name)).into()
    }
}
