//! The sheets and their cells.

use std::io::Read;

use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;

use super::styles::{Opened, Styles};
use crate::error::{Error, ErrorKind};
use crate::sheets::decimal::decimal;
use crate::sheets::grid::{Grid, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Usage};
use crate::sheets::xml::{Xml, attribute, name, number, push_text};
use crate::sheets::{SheetOptions, currency, wanted};
use crate::table::{Cell, Formula, NumberFormat, Range, Table, Value, Visibility, Workbook};

/// Sheets in a file.
const MAX_SHEETS: usize = 1_000;
/// Bytes of the words in a cell while they are read; the grid has the limit in characters.
const MAX_WORDS: usize = 8 * MAX_CHARACTERS;

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
    merges: Vec<(usize, usize, usize)>,
    column: usize,
    style: Option<String>,
}

/// What the tag of a cell says.
#[derive(Default)]
struct Head {
    repeated: usize,
    columns_spanned: usize,
    rows_spanned: usize,
    style: Option<String>,
    kind: String,
    /// The number, day, time or truth value.
    value: String,
    /// Words that are not those that are shown.
    words: Option<String>,
    currency: Option<String>,
    has_formula: bool,
    is_error: bool,
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

impl Head {
    fn new(element: &BytesStart<'_>) -> Self {
        let mut head = Self {
            repeated: 1,
            columns_spanned: 1,
            rows_spanned: 1,
            ..Self::default()
        };
        let mut attributes = element.attributes();
        for found in attributes.with_checks(false).flatten() {
            let raw: &str = &found.value;
            let text = || {
                quick_xml::escape::unescape(raw)
                    .map_or_else(|_| raw.to_owned(), |text| text.into_owned())
            };
            match found.key.local_name().into_inner() {
                "number-columns-repeated" => head.repeated = count(raw, MAX_COLUMNS),
                "number-columns-spanned" => head.columns_spanned = count(raw, MAX_COLUMNS),
                "number-rows-spanned" => head.rows_spanned = count(raw, MAX_ROWS),
                "style-name" => head.style = Some(text()),
                // Its own type says that a formula came to an error, the standard's says a text.
                "value-type" if raw == "error" => head.is_error = true,
                "value-type" if head.kind.is_empty() => head.kind = text(),
                "value" | "date-value" | "time-value" | "boolean-value" => head.value = text(),
                "string-value" => head.words = Some(text()),
                "currency" => head.currency = Some(text()),
                "formula" => head.has_formula = true,
                _ => {}
            }
        }
        head
    }
}

/// Returns the value of a cell, or nothing where it has none, and how it is shown.
fn value(
    head: Head,
    shown: String,
    format: &mut dyn FnMut() -> NumberFormat,
) -> (Option<Value>, NumberFormat) {
    let plain = NumberFormat::General;
    let words = |words: String| {
        if words.is_empty() {
            Value::Empty
        } else {
            Value::Text(words)
        }
    };
    if head.is_error {
        return (Some(Value::Error(shown)), plain);
    }
    match head.kind.as_str() {
        "" if shown.is_empty() => (None, plain),
        "float" | "percentage" | "currency" => {
            let Some(number) = decimal(head.value.trim()) else {
                let written = if head.value.is_empty() {
                    shown
                } else {
                    head.value
                };
                return (Some(words(written)), plain);
            };
            // LibreOffice shows an error of a formula behind a number that is 0.
            if head.has_formula && (shown.starts_with("Err:") || shown.starts_with('#')) {
                return (Some(Value::Error(shown)), plain);
            }
            let format = match head.kind.as_str() {
                "percentage" => NumberFormat::Percent,
                "currency" => match head.currency {
                    Some(code) => {
                        let known = currency::code(&code, None).map(str::to_owned);
                        NumberFormat::Currency(known.unwrap_or(code))
                    }
                    None => format(),
                },
                _ => format(),
            };
            (Some(Value::Number(number)), format)
        }
        "date" => match head.value.get(..10).and_then(|day| day.parse().ok()) {
            Some(day) => (Some(Value::Date(day)), plain),
            None => (Some(words(shown)), plain),
        },
        "time" => match days(&head.value) {
            Some(days) => (Some(Value::Number(days)), plain),
            None => (Some(words(shown)), plain),
        },
        "boolean" => match head.value.as_str() {
            "true" => (Some(Value::Bool(true)), plain),
            "false" => (Some(Value::Bool(false)), plain),
            _ => (Some(words(shown)), plain),
        },
        _ => {
            let value = words(
                head.words
                    .filter(|words| !words.is_empty())
                    .unwrap_or(shown),
            );
            let format = match format() {
                NumberFormat::Text if value != Value::Empty => NumberFormat::Text,
                _ => plain,
            };
            (Some(value), format)
        }
    }
}

/// Returns a time such as `PT12H30M00S` in days.
fn days(text: &str) -> Option<Decimal> {
    let mut seconds = Decimal::ZERO;
    let mut rest = text.strip_prefix("PT")?;
    while let Some(at) = rest.find(['H', 'M', 'S']) {
        let number: Decimal = rest[..at].parse().ok()?;
        let unit = match rest.as_bytes().get(at)? {
            b'H' => 3600,
            b'M' => 60,
            _ => 1,
        };
        seconds = seconds.checked_add(number.checked_mul(Decimal::from(unit))?)?;
        rest = &rest[at + 1..];
    }
    Some(seconds.checked_div(Decimal::from(86_400))?.normalize())
}

/// Reads the paragraphs of a cell, parted by line ends; returns whether a comment hangs on it.
fn read_words<R: Read>(xml: &mut Xml<'_, R>, words: &mut String) -> Result<bool, Error> {
    let inside = xml.depth();
    let mut has_comment = false;
    let mut is_first = true;
    while xml.depth() >= inside {
        let event = xml.next()?;
        let Event::Start(element) = &event else {
            continue;
        };
        match name(element) {
            "p" | "h" => {
                if !is_first {
                    words.push('\n');
                }
                is_first = false;
                read_paragraph(xml, words)?;
            }
            "annotation" => {
                has_comment = true;
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
        if words.len() > MAX_WORDS {
            let message = format!("a cell of it has more than {MAX_CHARACTERS} characters");
            return Err(ErrorKind::TooLarge(message).into());
        }
    }
    Ok(has_comment)
}

fn read_paragraph<R: Read>(xml: &mut Xml<'_, R>, words: &mut String) -> Result<(), Error> {
    let inside = xml.depth();
    let start = words.len();
    let mut text = String::new();
    while xml.depth() >= inside && words.len() <= MAX_WORDS {
        let event = xml.next()?;
        let Event::Start(element) = &event else {
            text.clear();
            push_text(&event, &mut text);
            push_folded(&text, words, start);
            continue;
        };
        match name(element) {
            // Blanks beyond one have an element of their own.
            "s" => {
                let count = number(element, "c").unwrap_or(1).min(MAX_CHARACTERS);
                words.extend(std::iter::repeat_n(' ', count));
            }
            "tab" => words.push('\t'),
            "line-break" => words.push('\n'),
            "note" | "ruby-text" | "annotation" => xml.skip()?,
            _ if element
                .name()
                .prefix()
                .is_some_and(|prefix| prefix.into_inner() == "draw") =>
            {
                xml.skip()?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Adds text in which any white space is one blank, and none begins a paragraph.
fn push_folded(text: &str, words: &mut String, start: usize) {
    for sign in text.chars() {
        if !matches!(sign, ' ' | '\t' | '\r' | '\n') {
            words.push(sign);
        } else if words.len() > start && !words.ends_with(' ') {
            words.push(' ');
        }
    }
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "visibility")
        .is_some_and(|visibility| matches!(visibility.as_str(), "collapse" | "filter"))
}

fn repeated(element: &BytesStart<'_>, wanted: &str, most: usize) -> usize {
    attribute(element, wanted).map_or(1, |text| count(&text, most))
}

/// Returns how often something is there: at least once, and not more often than a sheet has room for.
fn count(text: &str, most: usize) -> usize {
    text.trim().parse().unwrap_or(1).clamp(1, most)
}
