//! The sheets and their cells.

use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::cell::{Head, count, read_words, value};
use super::styles::{Opened, Styles};
use crate::error::{Error, ErrorKind};
use crate::sheets::grid::{Grid, MAX_COLUMNS, MAX_ROWS, Usage};
use crate::sheets::xml::{Xml, attribute, name};
use crate::sheets::{SheetOptions, wanted};
use crate::table::{
    Cell, Colour, Formula, NumberFormat, Range, Table, Value, Visibility, Workbook,
};

/// Sheets in a file.
const MAX_SHEETS: usize = 1_000;

/// As many cells or rows that are alike have a colour that says something.
const MAX_FILLED: usize = 64;

/// Reads the styles of a part that has no sheets.
pub(super) fn read<R: Read>(xml: &mut Xml<'_, R>, styles: &mut Styles) -> Result<(), Error> {
    Content::new(&SheetOptions::default()).read(xml, styles)
}

/// What was read so far.
pub(super) struct Content {
    tables: Vec<Table>,
    usage: Usage,
    has_comments: bool,
    /// The name of the sheet that is wanted, in lower case.
    wanted: Option<String>,
}

/// A column, or several that are alike.
struct Columns {
    /// The first column behind them.
    end: usize,
    style: Option<String>,
}

/// A row while it is read.
#[derive(Default)]
struct Row {
    cells: Vec<(usize, Cell)>,
    fills: Vec<(usize, Colour)>,
    merges: Vec<(usize, usize, usize)>,
    column: usize,
    style: Option<String>,
}

impl Content {
    /// Begins to read.
    pub(super) fn new(options: &SheetOptions) -> Self {
        Self {
            tables: Vec::new(),
            usage: Usage::default(),
            has_comments: false,
            wanted: options
                .sheet
                .as_ref()
                .map(|name| name.trim().to_lowercase()),
        }
    }

    /// Reads styles and sheets from a part.
    pub(super) fn read<R: Read>(
        &mut self,
        xml: &mut Xml<'_, R>,
        styles: &mut Styles,
    ) -> Result<(), Error> {
        loop {
            let event = xml.next()?;
            let element = match &event {
                Event::Start(element) => element,
                Event::Eof => return Ok(()),
                _ => continue,
            };
            match name(element) {
                "spreadsheet" => self.sheets(xml, styles)?,
                "document" | "document-content" | "document-styles" | "body" | "styles"
                | "automatic-styles" => {}
                _ => {
                    let opened = Opened::new(element);
                    if !styles.read(xml, &opened)? {
                        xml.skip()?;
                    }
                }
            }
        }
    }

    /// Returns what was read.
    pub(super) fn finish(self, options: &SheetOptions) -> Result<Workbook, Error> {
        if self.tables.is_empty() {
            let message = "it has no sheet with cells in it";
            return Err(ErrorKind::Unreadable(message.to_owned()).into());
        }
        let mut tables = self.tables;
        let named: Vec<_> = tables
            .iter()
            .map(|table| (table.name.as_str(), table.visibility))
            .collect();
        // Names that differ in case alone were both read.
        let is_wanted = wanted(&named, options)?;
        for (table, is_wanted) in tables.iter_mut().zip(is_wanted) {
            if !is_wanted {
                *table = Table {
                    name: std::mem::take(&mut table.name),
                    visibility: table.visibility,
                    ..Table::default()
                };
            }
        }
        Ok(Workbook {
            tables,
            guesses: Vec::new(),
            untouched: if self.has_comments {
                vec!["comments on cells".to_owned()]
            } else {
                Vec::new()
            },
        })
    }

    fn sheets<R: Read>(&mut self, xml: &mut Xml<'_, R>, styles: &mut Styles) -> Result<(), Error> {
        let inside = xml.depth();
        while xml.depth() >= inside {
            let event = xml.next()?;
            let Event::Start(element) = &event else {
                continue;
            };
            // Tables elsewhere are former contents, or copies of what is in other files.
            if name(element) != "table" {
                xml.skip()?;
                continue;
            }
            let style = attribute(element, "style-name").unwrap_or_default();
            let table = Table {
                name: attribute(element, "name").unwrap_or_default(),
                visibility: if styles.is_hidden(&style) {
                    Visibility::Hidden
                } else {
                    Visibility::Visible
                },
                ..Table::default()
            };
            let is_wanted = match &self.wanted {
                Some(wanted) => table.name.trim().to_lowercase() == *wanted,
                None => table.visibility == Visibility::Visible,
            };
            if is_wanted {
                self.sheet(xml, styles, table)?;
            } else {
                xml.skip()?;
                self.tables.push(table);
            }
            if self.tables.len() > MAX_SHEETS {
                let message = format!("it has more than {MAX_SHEETS} sheets");
                return Err(ErrorKind::TooLarge(message).into());
            }
        }
        Ok(())
    }

    fn sheet<R: Read>(
        &mut self,
        xml: &mut Xml<'_, R>,
        styles: &mut Styles,
        table: Table,
    ) -> Result<(), Error> {
        let mut grid = Grid::new(table, &mut self.usage);
        let mut columns: Vec<Columns> = Vec::new();
        let mut row_number = 0;
        let inside = xml.depth();
        while xml.depth() >= inside {
            let event = xml.next()?;
            let Event::Start(element) = &event else {
                continue;
            };
            match name(element) {
                "table-columns"
                | "table-header-columns"
                | "table-column-group"
                | "table-header-rows"
                | "table-rows"
                | "table-row-group" => {}
                "table-column" => {
                    let first = columns.last().map_or(0, |columns| columns.end);
                    let end = first + repeated(element, "number-columns-repeated", MAX_COLUMNS);
                    if is_hidden(element) {
                        grid.hide_columns(first, end - 1);
                    }
                    let style = attribute(element, "default-cell-style-name");
                    if first < MAX_COLUMNS {
                        columns.push(Columns { end, style });
                    }
                    xml.skip()?;
                }
                "table-row" => {
                    let count = repeated(element, "number-rows-repeated", MAX_ROWS);
                    if is_hidden(element) {
                        grid.hide_rows(row_number, row_number + count - 1);
                    }
                    let mut row = Row {
                        style: attribute(element, "default-cell-style-name"),
                        ..Row::default()
                    };
                    self.has_comments |= row.read(xml, styles, &columns)?;
                    row.put(row_number, count, &mut grid)?;
                    row_number += count;
                }
                _ => xml.skip()?,
            }
        }
        self.tables.push(grid.finish()?);
        Ok(())
    }
}

impl Row {
    /// Reads the cells of the row that was just opened; returns whether comments hang on them.
    fn read<R: Read>(
        &mut self,
        xml: &mut Xml<'_, R>,
        styles: &mut Styles,
        columns: &[Columns],
    ) -> Result<bool, Error> {
        let mut has_comments = false;
        let inside = xml.depth();
        while xml.depth() >= inside {
            let event = xml.next()?;
            let Event::Start(element) = &event else {
                continue;
            };
            match name(element) {
                "table-cell" => {
                    let head = Head::new(element);
                    let mut shown = String::new();
                    has_comments |= read_words(xml, &mut shown)?;
                    self.cell(head, shown, styles, columns)?;
                }
                // What is under a merged cell is not shown.
                "covered-table-cell" => {
                    self.column += repeated(element, "number-columns-repeated", MAX_COLUMNS);
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(has_comments)
    }

    fn cell(
        &mut self,
        head: Head,
        shown: String,
        styles: &mut Styles,
        columns: &[Columns],
    ) -> Result<(), Error> {
        let first = self.column;
        self.column = first.saturating_add(head.repeated);
        if head.columns_spanned > 1 || head.rows_spanned > 1 {
            self.merges
                .push((first, head.columns_spanned, head.rows_spanned));
        }
        let (count, has_formula) = (head.repeated, head.has_formula);
        let style = head
            .style
            .clone()
            .or_else(|| self.style.clone())
            .or_else(|| {
                let at = columns.partition_point(|columns| columns.end <= first);
                columns.get(at).and_then(|columns| columns.style.clone())
            });
        // Colours that go on for longer are decoration.
        if count <= MAX_FILLED
            && let Some(colour) = style.as_ref().and_then(|style| styles.fill(style))
        {
            let filled = first..first.saturating_add(count);
            self.fills.extend(filled.map(|column| (column, colour)));
        }
        let (value, format) = value(head, shown, &mut || {
            style
                .as_ref()
                .map_or(NumberFormat::General, |style| styles.format(style))
        });
        let formula = match (&value, has_formula) {
            (_, false) => Formula::None,
            (None, true) => Formula::Unsaved,
            (Some(_), true) => Formula::Saved,
        };
        let cell = Cell {
            value: value.unwrap_or_default(),
            format,
            formula,
        };
        if cell == Cell::EMPTY {
            return Ok(());
        }
        // One more than there may be is enough for the grid to say so.
        let last = first.saturating_add(count).min(MAX_COLUMNS + 1);
        if self.cells.len() + (last.saturating_sub(first)) > MAX_COLUMNS + 1 {
            let message = format!("a row of it has more than {MAX_COLUMNS} columns");
            return Err(ErrorKind::TooLarge(message).into());
        }
        let bytes = match &cell.value {
            Value::Text(words) => words.len() * last.saturating_sub(first),
            _ => 0,
        };
        if bytes > 64 * 1024 * 1024 {
            let message = "a row of it has more than 64 MB of text";
            return Err(ErrorKind::TooLarge(message.to_owned()).into());
        }
        if first > MAX_COLUMNS {
            self.cells.push((first, cell));
        } else {
            self.cells
                .extend((first..last).map(|column| (column, cell.clone())));
        }
        Ok(())
    }

    /// Puts the row into the grid, as often as it is there.
    fn put(self, first: usize, count: usize, grid: &mut Grid<'_>) -> Result<(), Error> {
        for (column, columns, rows) in &self.merges {
            grid.merge(Range {
                first_row: first,
                first_column: *column,
                last_row: (first + rows.saturating_sub(1)).min(MAX_ROWS - 1),
                last_column: (column + columns.saturating_sub(1)).min(MAX_COLUMNS - 1),
            })?;
        }
        for row in first..first + count.min(MAX_FILLED) {
            for (column, colour) in &self.fills {
                grid.fill(row, *column, *colour);
            }
        }
        if self.cells.is_empty() {
            return Ok(());
        }
        for row in first + 1..first + count {
            for (column, cell) in &self.cells {
                grid.put(row, *column, cell.clone())?;
            }
        }
        for (column, cell) in self.cells {
            grid.put(first, column, cell)?;
        }
        Ok(())
    }
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "visibility")
        .is_some_and(|visibility| matches!(visibility.as_str(), "collapse" | "filter"))
}

fn repeated(element: &BytesStart<'_>, wanted: &str, most: usize) -> usize {
    attribute(element, wanted).map_or(1, |text| count(&text, most))
}
