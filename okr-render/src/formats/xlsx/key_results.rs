//! The sheet of key results: the plan itself, a row for each element, in the columns of the tidy table.

use okr_core::model::{Status, Unit};
use rust_xlsxwriter::{
    Color, ConditionalFormatDataBar, ConditionalFormatDataBarDirection, ConditionalFormatType,
    DataValidation, Format, FormatAlign, Sparkline, Worksheet,
};

use super::book::{Book, Entry, kind, stored_weight};
use super::columns::Content;
use super::figures::stored;
use super::paper::{Outcome, Paper, done, lines};
use super::style::{BAR, Look, PART, STROKE, TEXT, status_colours, to_the_right};
use super::{CHECK_IN, HISTORY, KEY_RESULTS, check_in, history, overview, page, sums, wording};
use crate::dialects::tidy::{Column, Kind};
use crate::error::Error;
use crate::table::{Cell, Value, column_name};

/// The most lines to which a description makes a row grow; all of it is in the cell.
const MOST_LINES: usize = 4;
/// How many columns stay where they are when the sheet is scrolled: up to the title.
const FROZEN: u16 = 3;

/// Writes the sheet.
///
/// It is not protected: a protected sheet folds no rows, takes no new ones and sorts none.
pub(super) fn write(sheet: &mut Worksheet, book: &Book<'_>) -> Result<(), Error> {
    let mut paper = Paper::new(sheet, KEY_RESULTS)?;
    headings(&mut paper, book)?;
    let mut entries = book.key_results.iter().peekable();
    for (row, cells) in (0..).zip(&book.table.rows).skip(1) {
        let kind = kind(cells).unwrap_or(Kind::Section);
        let entry = entries.next_if(|entry| entry.row == row);
        line(&mut paper, book, row, kind, cells, entry)?;
    }
    fold(&mut paper, book)?;
    colours(&mut paper, book)?;
    lists(&mut paper, book)?;
    trends(&mut paper, book)?;
    let last = u32::try_from(book.table.rows.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let right = u16::try_from(book.columns.contents.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let shown = u16::try_from(book.columns.shown.saturating_sub(1)).unwrap_or(u16::MAX);
    done(paper.sheet.autofilter(0, 0, last, right))?;
    done(paper.sheet.set_freeze_panes(1, FROZEN))?;
    page::set_up(paper.sheet, &book.plan.display_name(), 0)?;
    done(paper.sheet.set_print_area(0, 0, last, shown))
}

fn headings(paper: &mut Paper<'_>, book: &Book<'_>) -> Result<(), Error> {
    let columns = &book.columns;
    let format = Look::Heading.format();
    let right = to_the_right(format.clone());
    for (index, (heading, content)) in columns.headings.iter().zip(&columns.contents).enumerate() {
        let column = u16::try_from(index).unwrap_or(u16::MAX);
        let is_number = content.is_number() || columns.is_weight(index);
        let format = if is_number { &right } else { &format };
        paper.text(0, column, heading, format)?;
        let width = if content.is_number() && matches!(content, Content::Tidy(_)) {
            book.width(columns.width(index))
        } else {
            columns.width(index)
        };
        done(paper.sheet.set_column_width(column, width))?;
    }
    done(paper.sheet.set_row_height(0, 24))
}

/// Writes the row of an element; `entry` is there for a key result.
fn line(
    paper: &mut Paper<'_>,
    book: &Book<'_>,
    row: u32,
    kind: Kind,
    cells: &[Cell],
    entry: Option<&Entry<'_>>,
) -> Result<(), Error> {
    let look = match kind {
        Kind::Plan => Look::Plan,
        Kind::Objective => Look::Objective,
        Kind::KeyResult => Look::Row,
        Kind::Initiative => Look::QuietRow,
        Kind::Section => Look::Section,
    };
    let format = look.format();
    let part = format.clone().set_num_format(PART);
    let computed = to_the_right(part.clone());
    let helper = to_the_right(format.clone());
    let told = book.told.get(row as usize).map_or("", String::as_str);
    for (index, content) in book.columns.contents.iter().enumerate() {
        let column = u16::try_from(index).unwrap_or(u16::MAX);
        match (content, entry) {
            (Content::Tidy(index), Some(entry)) if *index == Column::Current as usize => {
                let format = to_the_right(format.clone()).set_num_format(&*entry.number_format);
                paper.formula(row, column, &current(entry), &current_now(entry), &format)?;
            }
            (Content::Tidy(index), Some(entry)) if *index == Column::Status as usize => {
                let word = entry.status.map(Status::word);
                let outcome = word.map_or(Outcome::Nothing, |word| Outcome::Text(word.to_owned()));
                paper.formula(row, column, &status(entry), &outcome, &format)?;
            }
            (Content::Tidy(index), _) => {
                let cell = cells.get(*index).unwrap_or(&Cell::EMPTY);
                let is_shown = column < u16::try_from(book.columns.shown).unwrap_or(u16::MAX);
                if is_shown || !cell.is_white() {
                    let mut own = own_format(&format, *index, kind, entry);
                    if wording::tells(told, *index) {
                        own = own.set_italic();
                    }
                    match weight(book, usize::from(column), cell) {
                        Some(weight) => {
                            let own = to_the_right(own).set_num_format("General");
                            paper.number(row, column, weight, &own)?;
                        }
                        None => value(paper, row, column, cell, entry, &own)?,
                    }
                }
            }
            (Content::Trend, _) => paper.blank(row, column, &format)?,
            (Content::Wording, _) if told.is_empty() => paper.blank(row, column, &format)?,
            (Content::Wording, _) => {
                let quiet = format
                    .clone()
                    .set_italic()
                    .set_text_wrap()
                    .set_num_format(TEXT);
                paper.text(row, column, told, &quiet)?;
            }
            (content, Some(entry)) => {
                let (formula, outcome) = computed_cell(*content, book, entry);
                let format = match content {
                    Content::ExpectedValue => {
                        &computed.clone().set_num_format(&*entry.number_format)
                    }
                    Content::Progress | Content::Expected => &computed,
                    _ => &helper,
                };
                match formula {
                    Some(formula) => paper.formula(row, column, &formula, &outcome, format)?,
                    None => paper.blank(row, column, format)?,
                }
            }
            (Content::Progress | Content::Expected, None)
                if matches!(kind, Kind::Objective | Kind::Plan) =>
            {
                match whole_cell(*content, book, row, kind, cells) {
                    (Some(formula), now) => {
                        paper.formula(row, column, &formula, &now, &computed)?;
                    }
                    (None, _) => paper.blank(row, column, &format)?,
                }
            }
            (Content::Progress | Content::Expected, None) => paper.blank(row, column, &format)?,
            (Content::Counts, None) => {
                if let Some(weight) = book.steps.get(&row) {
                    paper.number(row, column, *weight, &helper)?;
                }
            }
            (_, None) => {}
        }
    }
    height(paper, book, row, cells)
}

/// Returns how a cell of the tidy table is shown in a row of that kind.
fn own_format(format: &Format, index: usize, kind: Kind, entry: Option<&Entry<'_>>) -> Format {
    let is = |column: Column| index == column as usize;
    if is(Column::Title) {
        let depth = match kind {
            Kind::KeyResult => 1,
            Kind::Initiative => 2,
            _ => 0,
        };
        return format
            .clone()
            .set_text_wrap()
            .set_align(FormatAlign::Left)
            .set_indent(depth)
            .set_num_format(TEXT);
    }
    if is(Column::Description) {
        return format
            .clone()
            .set_text_wrap()
            .unset_bold()
            .set_num_format(TEXT);
    }
    if is(Column::Start) || is(Column::Target) {
        let code = entry.map_or("General", |entry| entry.number_format.as_str());
        return to_the_right(format.clone()).set_num_format(code);
    }
    if is(Column::StartDate) || is(Column::DueDate) {
        return format
            .clone()
            .set_align(FormatAlign::Left)
            .set_num_format(super::style::DATE);
    }
    if is(Column::TargetRule) || is(Column::Owner) {
        return format.clone().set_text_wrap().set_num_format(TEXT);
    }
    format.clone().set_num_format(TEXT)
}

fn value(
    paper: &mut Paper<'_>,
    row: u32,
    column: u16,
    cell: &Cell,
    entry: Option<&Entry<'_>>,
    format: &Format,
) -> Result<(), Error> {
    let is_percent = entry.is_some_and(|entry| entry.unit == Unit::Percent);
    match &cell.value {
        Value::Empty => paper.blank(row, column, format),
        Value::Date(day) => paper.date(row, column, *day, format),
        Value::Number(number) => {
            if let Some(number) = stored(*number, is_percent) {
                return paper.number(row, column, number, format);
            }
            let sign = if is_percent { "%" } else { "" };
            let text = format.clone().set_num_format(TEXT);
            paper.text(row, column, &format!("{number}{sign}"), &text)
        }
        other => paper.text(row, column, &other.to_string(), format),
    }
}

/// Returns the formula of the current value: what is filled in as the new one, else the last one.
fn current(entry: &Entry<'_>) -> String {
    let cell = |column: u16| {
        let name = column_name(usize::from(column));
        format!("'{CHECK_IN}'!${name}${}", entry.form_row + 1)
    };
    let (new, last) = (cell(check_in::NEW_VALUE), cell(check_in::LAST_VALUE));
    format!("=IF(ISNUMBER({new}),{new},IF(ISNUMBER({last}),{last},{last}&\"\"))")
}

fn current_now(entry: &Entry<'_>) -> Outcome {
    let is_percent = entry.unit == Unit::Percent;
    match &entry.last_value.value {
        Value::Empty => Outcome::Nothing,
        Value::Number(number) => match stored(*number, is_percent) {
            Some(number) => Outcome::Number(number),
            None => Outcome::Text(number.to_string()),
        },
        value => Outcome::Text(value.to_string()),
    }
}

fn status(entry: &Entry<'_>) -> String {
    let cell = |column: u16| {
        let name = column_name(usize::from(column));
        format!("'{CHECK_IN}'!${name}${}", entry.form_row + 1)
    };
    let (new, last) = (cell(check_in::NEW_STATUS), cell(check_in::LAST_STATUS));
    format!("=IF({new}<>\"\",{new},{last}&\"\")")
}

/// Returns the formula of a computed cell of a key result, and what it comes to.
fn computed_cell(
    content: Content,
    book: &Book<'_>,
    entry: &Entry<'_>,
) -> (Option<String>, Outcome) {
    let (sum, cells, part, ranges) = (&entry.sum, &entry.cells, &entry.part, &book.ranges);
    let flag = |is_so: bool| Outcome::Number(f64::from(u8::from(is_so)));
    match content {
        Content::Progress => (Some(sum.shown(cells)), Outcome::of(part.shown)),
        Content::Expected => {
            let formula = sum.expected(cells, ranges, &entry.bar);
            let shown = formula.map(|_| sums::shown_part(&cells.expected));
            (shown, Outcome::of(part.expected_shown))
        }
        Content::ExpectedValue => (
            sum.expected_value(cells),
            Outcome::of(sum.expected_value_now(entry.ends, part.expected)),
        ),
        Content::ExactProgress => (
            Some(sum.progress(cells, ranges)),
            Outcome::of(part.progress),
        ),
        Content::ExactExpected => (
            sum.expected(cells, ranges, &entry.bar),
            Outcome::of(part.expected),
        ),
        Content::OwnWeight => (Some(cells.own_weight(ranges)), Outcome::of(part.own_weight)),
        Content::Counts => (Some(cells.counts(ranges)), Outcome::Number(part.counts)),
        Content::Counted => (Some(cells.counted()), Outcome::Number(part.counted())),
        Content::CountedExpected => (
            Some(cells.counted_expected()),
            Outcome::Number(part.counted_expected()),
        ),
        Content::Reports => (Some(sum.reports(cells, ranges)), flag(part.is_reporting)),
        Content::Short => (Some(sum.is_short(cells)), flag(part.is_short)),
        Content::Tidy(_) | Content::Trend | Content::Wording => (None, Outcome::Nothing),
    }
}

/// Returns the formula of what an objective or the plan comes to, which the overview computes, and what it comes to.
fn whole_cell(
    content: Content,
    book: &Book<'_>,
    row: u32,
    kind: Kind,
    cells: &[Cell],
) -> (Option<String>, Outcome) {
    let is_progress = content == Content::Progress;
    let column = if is_progress {
        overview::PROGRESS
    } else {
        overview::EXPECTED
    };
    let whole = if kind == Kind::Plan {
        Some(&book.whole)
    } else {
        let reference = cells.get(Column::Ref as usize).map(Cell::to_text);
        let number = reference.and_then(|reference| reference.strip_prefix('O')?.parse().ok());
        number.and_then(|number: usize| book.objectives.get(number.checked_sub(1)?))
    };
    let now = whole.and_then(|whole| {
        if is_progress {
            whole.shown
        } else {
            whole.expected_shown
        }
    });
    let formula = if kind == Kind::Plan {
        overview::of_plan(book, column)
    } else {
        Some(overview::of_objective(
            book,
            column,
            &format!("$A{}", row + 1),
        ))
    };
    (formula, Outcome::of(now))
}

/// Returns the number of a cell with a weight, which may be changed like any other number.
fn weight(book: &Book<'_>, column: usize, cell: &Cell) -> Option<f64> {
    if !book.columns.is_weight(column) {
        return None;
    }
    stored_weight(&cell.to_text())
}

/// Makes a row as high as its words need; a long description is not shown to its end.
fn height(paper: &mut Paper<'_>, book: &Book<'_>, row: u32, cells: &[Cell]) -> Result<(), Error> {
    let of = |column: Column, most: usize| {
        let width = book.columns.width(usize::from(book.columns.tidy(column)));
        let text = cells.get(column as usize).map(Cell::to_text);
        lines(&text.unwrap_or_default(), width - 2.0).min(most)
    };
    let needed = of(Column::Title, usize::MAX)
        .max(of(Column::Owner, usize::MAX))
        .max(of(Column::TargetRule, usize::MAX))
        .max(of(Column::Description, MOST_LINES))
        .max(
            book.told
                .get(row as usize)
                .map_or(0, |told| told.lines().count()),
        );
    paper.height(row, needed)
}

/// Folds the rows under objectives and key results, and the columns that are rarely needed.
fn fold(paper: &mut Paper<'_>, book: &Book<'_>) -> Result<(), Error> {
    paper.sheet.group_symbols_above(true);
    let kinds: Vec<(u32, Option<Kind>)> = (0..)
        .zip(book.table.rows.iter().map(|cells| kind(cells)))
        .skip(1)
        .collect();
    let is_inner = |kind: Option<Kind>| matches!(kind, Some(Kind::KeyResult | Kind::Initiative));
    for run in kinds.chunk_by(|(_, one), (_, other)| is_inner(*one) == is_inner(*other)) {
        if let [(first, kind), .., (last, _)] | [(first @ last, kind)] = run
            && is_inner(*kind)
        {
            done(paper.sheet.group_rows(*first, *last))?;
        }
    }
    for run in kinds.chunk_by(|(_, one), (_, other)| one == other) {
        if let [(first, Some(Kind::Initiative)), .., (last, _)]
        | [(first @ last, Some(Kind::Initiative))] = run
        {
            done(paper.sheet.group_rows(*first, *last))?;
        }
    }
    let first = u16::try_from(book.columns.shown).unwrap_or(u16::MAX);
    let last = u16::try_from(book.columns.contents.len().saturating_sub(1)).unwrap_or(u16::MAX);
    if first <= last {
        paper.sheet.group_symbols_to_left(true);
        done(paper.sheet.group_columns_collapsed(first, last))?;
    }
    Ok(())
}

fn colours(paper: &mut Paper<'_>, book: &Book<'_>) -> Result<(), Error> {
    let last = book.last_row();
    let bar = ConditionalFormatDataBar::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_fill_color(Color::RGB(BAR))
        .set_solid_fill(true)
        .set_border_off(true)
        .set_direction(ConditionalFormatDataBarDirection::LeftToRight);
    let column = book.columns.progress();
    done(
        paper
            .sheet
            .add_conditional_format(1, column, last, column, &bar),
    )?;
    status_rules(paper.sheet, 1, last, book.columns.tidy(Column::Status))
}

/// Colours the words of statuses in a column.
pub(super) fn status_rules(
    sheet: &mut Worksheet,
    first: u32,
    last: u32,
    column: u16,
) -> Result<(), Error> {
    for (_, rule) in status_colours() {
        done(sheet.add_conditional_format(first, column, last, column, &rule))?;
    }
    Ok(())
}

fn lists(paper: &mut Paper<'_>, book: &Book<'_>) -> Result<(), Error> {
    let last = book.last_row();
    let kinds = [
        Kind::Plan,
        Kind::Objective,
        Kind::KeyResult,
        Kind::Initiative,
        Kind::Section,
    ];
    let kinds = list(
        &kinds.map(Kind::word),
        "Choose what the row is: Plan, Objective, Key result, Initiative or Section.",
    )?;
    let statuses: Vec<_> = Status::ALL
        .into_iter()
        .map(Status::word)
        .chain(["open", "done"])
        .collect();
    let statuses = list(
        &statuses,
        "Choose a status from the list; an initiative is open or done.",
    )?;
    for (column, rule) in [(Column::Type, &kinds), (Column::Status, &statuses)] {
        let column = book.columns.tidy(column);
        done(
            paper
                .sheet
                .add_data_validation(1, column, last, column, rule),
        )?;
    }
    Ok(())
}

/// Returns a list to choose from, with what is said to whoever writes something else.
pub(super) fn list(words: &[&str], message: &str) -> Result<DataValidation, Error> {
    DataValidation::new()
        .allow_list_strings(words)
        .and_then(|rule| rule.set_error_title("Not in the list"))
        .and_then(|rule| rule.set_error_message(message))
        .map_err(|error| super::paper::failed(&error))
}

/// Draws a line through the values of each key result; programs without such lines show nothing.
fn trends(paper: &mut Paper<'_>, book: &Book<'_>) -> Result<(), Error> {
    let column = book.columns.place(Content::Trend);
    for entry in book.key_results.iter().filter(|entry| entry.has_trend()) {
        let (first, last) = (entry.history.start, entry.history.end.saturating_sub(1));
        let line = Sparkline::new()
            .set_range((HISTORY, first, history::VALUE, last, history::VALUE))
            .set_sparkline_color(Color::RGB(STROKE))
            .set_last_point_color(Color::RGB(STROKE))
            .show_last_point(true);
        done(paper.sheet.add_sparkline(entry.row, column, &line))?;
    }
    Ok(())
}
