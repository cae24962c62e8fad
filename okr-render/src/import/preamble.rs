//! What stands above the table: the plan's title, its period and team, the day for which it speaks.

use jiff::civil::Date;
use okr_core::model::Period;

use super::facts::Around;
use super::headings::Headings;
use super::sayings::{self, Sayings};
use super::values::date::{self, DateOrder};
use super::values::{period, text};
use super::{labels, words};
use crate::table::{Cell, Table, Value};

/// What was found there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Preamble {
    pub(crate) title: Option<String>,
    pub(crate) period: Option<Period>,
    /// The year that is named, with or without a period.
    pub(crate) year: Option<i16>,
    /// The quarter or the half that is named without a year.
    part: Option<period::Part>,
    pub(crate) is_fiscal: bool,
    /// The part of a fiscal year that is named, as plans write it: `FY2026-H1`.
    pub(crate) fiscal: Option<String>,
    pub(crate) team: Option<String>,
    pub(crate) as_of: Option<Date>,
    /// The line that names that day, where it says nothing else.
    pub(crate) as_of_line: Option<String>,
    /// Lines with no place of their own.
    pub(crate) notes: Vec<String>,
    /// The rows that were read.
    pub(crate) rows: Vec<usize>,
    /// What names an objective above the headings.
    pub(crate) objective: Option<Named>,
}

/// A line above a table that names its objective.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// Its words.
    pub(crate) words: String,
    /// Its row and column.
    pub(crate) at: (usize, usize),
    /// Rows of labels between it and the table, which tell of the objective.
    pub(crate) labels: Vec<usize>,
}

/// What is known of a table before the rows above it are read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Below {
    /// Whether nothing in it names objectives.
    pub(crate) is_block: bool,
    /// Whether it is the table of one objective, among others of the same kind.
    pub(crate) is_one_of_several: bool,
    /// Whether lines in it are marked as objectives.
    pub(crate) has_marked: bool,
}

impl Preamble {
    /// Takes over what is said of the plan elsewhere, as far as it is not known yet.
    pub(crate) fn complete(&mut self, other: &Self) {
        self.title = self.title.take().or_else(|| other.title.clone());
        self.team = self.team.take().or_else(|| other.team.clone());
        self.year = self.year.or(other.year);
        if self.period.is_none() && !self.is_fiscal {
            self.period = other.period;
            self.is_fiscal = other.is_fiscal;
            self.fiscal.clone_from(&other.fiscal);
        }
        if self.as_of.is_none() {
            self.as_of = other.as_of;
        }
    }
}

impl Preamble {
    /// Puts a quarter and a year together that stand in cells of their own.
    fn join(&mut self) {
        let Some(part) = self.part else {
            return;
        };
        match self.year.and_then(|year| part.of(year)) {
            Some(period) => self.period = Some(period),
            None => self.notes.push(format!("Period: {part}")),
        }
    }
}

/// Reads the rows above the headings.
pub(crate) fn read(
    table: &Table,
    headings: &Headings,
    below: Below,
    sayings: &mut Sayings,
) -> Preamble {
    let mut preamble = Preamble::default();
    let rows: Vec<usize> = (0..headings.first)
        .filter(|row| !table.is_blank_row(*row))
        .collect();
    let labels = rows
        .iter()
        .rev()
        .take_while(|row| labels::is_row(table, **row))
        .count();
    let (above, labels) = rows.split_at(rows.len() - labels);
    let is_near = rows.last().is_some_and(|last| headings.first - last <= 2);
    for row in above {
        preamble.rows.push(*row);
        let is_last = Some(row) == above.last() && is_near;
        if is_last && let Some(named) = objective(table, *row, labels, below, &preamble) {
            preamble.objective = Some(named);
            continue;
        }
        read_row(table, *row, &mut preamble, sayings);
    }
    for row in labels {
        preamble.rows.push(*row);
        if let Some(named) = &mut preamble.objective
            && !is_of_plan(table, *row)
        {
            named.labels.push(*row);
        } else {
            read_row(table, *row, &mut preamble, sayings);
        }
    }
    preamble.join();
    preamble
}

fn filled(table: &Table, row: usize) -> Vec<(usize, &Cell)> {
    let cells = table.rows[row].iter().enumerate();
    cells.filter(|(_, cell)| !cell.is_blank()).collect()
}

/// Returns whether a row of labels names the team or the period, which are those of the plan.
fn is_of_plan(table: &Table, row: usize) -> bool {
    let (_, first) = filled(table, row)[0];
    let line = text::line_of(first).unwrap_or_default();
    is_labelled(&line)
}

/// Returns whether words are a label of what holds for the plan: `Team`, `Quarter:`.
pub(super) fn is_label(words: Option<&str>) -> bool {
    words.is_some_and(|words| {
        let normal = words::normal(words);
        LABELS.iter().any(|(class, _)| words::is(class, &normal))
            || words::is("label-as-of", &normal)
    })
}

fn is_labelled(line: &str) -> bool {
    let normal = words::normal(line);
    ["label-period", "label-year", "label-team"]
        .iter()
        .any(|class| words::begins(class, &normal).is_some())
}

/// Returns the objective that the last row above a table, or above its labels, names.
fn objective(
    table: &Table,
    row: usize,
    labels: &[usize],
    below: Below,
    preamble: &Preamble,
) -> Option<Named> {
    let (column, first) = filled(table, row)[0];
    let line = text::line_of(first).unwrap_or_default();
    let named = labels::objective(&table.rows[row]);
    let is_marked = text::unmark(&line).kind == Some(text::Kind::Objective);
    // A single line above is the title of the plan, unless what stands below it can only be told of an objective.
    let is_told = labels.iter().any(|row| !is_of_plan(table, *row));
    let is_second = row > 0 && preamble.title.is_some();
    let is_about_plan = is_title(&line) || below.has_marked && names_plan(&line);
    let is_free = below.is_block
        && !is_labelled(&line)
        && !is_about_plan
        && (is_second || below.is_one_of_several || is_told && !names_plan(&line));
    if named.is_none() && !is_marked && !is_free {
        return None;
    }
    let (words, column) = named.unwrap_or((line, column));
    Some(Named {
        words,
        at: (row, column),
        labels: Vec::new(),
    })
}

/// Returns whether a line can be nothing but what a plan is called: it names a period, and the word.
fn is_title(line: &str) -> bool {
    let said = period::read(line);
    let normal = words::normal(line);
    let is_okr = |word: &str| matches!(word, "okr" | "okrs");
    (said.period.is_some() || said.year.is_some()) && normal.split(' ').any(is_okr)
}

/// Returns whether a line says that it is about a plan, by a period or the word.
fn names_plan(line: &str) -> bool {
    let said = period::read(line);
    let normal = words::normal(line);
    said.period.is_some()
        || said.weak.is_some()
        || said.year.is_some()
        || normal
            .split(' ')
            .any(|word| matches!(word, "okr" | "okrs" | "plan"))
}

fn read_row(table: &Table, row: usize, preamble: &mut Preamble, sayings: &mut Sayings) {
    let cells = filled(table, row);
    let mut at = 0;
    while at < cells.len() {
        let (column, cell) = cells[at];
        at += 1;
        let Some(line) = text::line_of(cell) else {
            continue;
        };
        // Several facts may stand in one cell: `Team: Shops | last updated 29 June`.
        let pieces: Vec<&str> = line.split(['|', '·', '•']).map(str::trim).collect();
        let is_several = pieces.len() > 1 && pieces.iter().any(|piece| label(piece).is_some());
        let pieces = if is_several {
            pieces
        } else {
            vec![line.as_str()]
        };
        for piece in pieces {
            let next = cells.get(at).map(|(_, cell)| *cell);
            let is_taken = fact(table, piece, next, preamble);
            match is_taken {
                Taken::Both => {
                    at += 1;
                    break;
                }
                Taken::Piece => {}
                Taken::No => {
                    if preamble.title.is_none() && column <= 2 {
                        preamble.title = Some(piece.to_owned());
                        take_period(piece, preamble, row, column, sayings);
                    } else {
                        if preamble.period.is_none() && !preamble.is_fiscal {
                            let said = period::read(piece);
                            preamble.period = said.period;
                        }
                        preamble.notes.push(piece.to_owned());
                    }
                }
            }
        }
    }
}

enum Taken {
    /// The piece and the cell behind it.
    Both,
    Piece,
    No,
}

/// What a label in front of a fact says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Team,
    Period,
    Year,
    AsOf,
    Title,
    Owner,
}

/// The classes of words for labels with a value of any kind.
const LABELS: &[(&str, Label)] = &[
    ("label-team", Label::Team),
    ("label-period", Label::Period),
    ("label-year", Label::Year),
    ("label-title", Label::Title),
    ("label-owner", Label::Owner),
];

fn label(piece: &str) -> Option<(Label, &str)> {
    // `Team: Shops` has a colon; `last updated 29 June` has none, but a date behind the words.
    let (head, rest) = match piece.split_once(':') {
        Some((head, rest)) if head.len() <= 40 => (head, rest.trim()),
        _ => (piece, ""),
    };
    let normal = words::normal(head);
    for (class, label) in LABELS {
        if words::is(class, &normal) && (piece.contains(':') || rest.is_empty()) {
            return Some((*label, rest));
        }
    }
    let normal = words::normal(piece);
    let length = words::begins("label-as-of", &normal)?;
    if length == normal.len() {
        return Some((Label::AsOf, ""));
    }
    // The words of the piece behind the label, counted by words.
    let count = normal[..length].split(' ').count();
    let behind: Vec<&str> = piece.split_whitespace().collect();
    let from = behind.get(count.min(behind.len().saturating_sub(1)))?;
    let at = piece.find(from)?;
    let has_digit = piece.contains(|c: char| c.is_ascii_digit());
    (has_digit || length == normal.len() || normal[..length].contains(' '))
        .then(|| (Label::AsOf, piece[at..].trim_start_matches([':', ' '])))
}

fn fact(table: &Table, piece: &str, next: Option<&Cell>, preamble: &mut Preamble) -> Taken {
    let Some((label, rest)) = label(piece) else {
        return Taken::No;
    };
    let (value, is_next) = if rest.is_empty() {
        match next.and_then(text::line_of) {
            Some(value) => (value, true),
            None => return Taken::No,
        }
    } else {
        (rest.to_owned(), false)
    };
    match label {
        Label::Team => preamble.team = preamble.team.take().or(Some(value)),
        Label::Period => {
            let said = period::read(&value);
            if said.is_fiscal {
                preamble.is_fiscal = true;
                preamble.fiscal = period::fiscal(&value);
            }
            preamble.year = preamble.year.or(said.year);
            match (said.period.or(said.weak), period::part(&value)) {
                (Some(period), _) => preamble.period = Some(period),
                (None, Some(part)) if !said.is_fiscal => preamble.part = Some(part),
                _ => preamble.notes.push(format!("Period: {value}")),
            }
        }
        Label::Year => {
            let Some(year) = period::year(value.trim()) else {
                return Taken::No;
            };
            preamble.year = preamble.year.or(Some(year));
            preamble.period = preamble.period.or_else(|| period::read(&value).weak);
        }
        Label::Title => preamble.title = preamble.title.take().or(Some(value)),
        Label::Owner => preamble.notes.push(format!("Owner: {value}")),
        Label::AsOf => {
            let context = date::Context {
                order: Some(Around::of(table).order().unwrap_or(DateOrder::DayFirst)),
                period: None,
                year: preamble
                    .year
                    .or(preamble.period.map(|period| period.start().year())),
            };
            let line = if is_next {
                format!("{} {value}", piece.trim())
            } else {
                piece.to_owned()
            };
            match as_of(next.filter(|_| is_next), &value, &context) {
                Some((day, true)) if preamble.as_of.is_none() => {
                    preamble.as_of = Some(day);
                    preamble.as_of_line = Some(line);
                }
                day => {
                    preamble.as_of = preamble.as_of.or(day.map(|(day, _)| day));
                    preamble.notes.push(line);
                }
            }
        }
    }
    if is_next { Taken::Both } else { Taken::Piece }
}

/// Returns the day that stands in a line, and whether nothing else does: `2 July 2026 by Nora` says more.
fn as_of(cell: Option<&Cell>, value: &str, context: &date::Context) -> Option<(Date, bool)> {
    if let Some(Value::Date(day)) = cell.map(|cell| &cell.value) {
        return Some((*day, true));
    }
    let words: Vec<&str> = value.split_whitespace().collect();
    (1..=words.len().min(6)).rev().find_map(|count| {
        (0..=words.len() - count).take(3).find_map(|from| {
            let run = words[from..from + count].join(" ");
            match date::read(run.trim_end_matches([',', ';']), context) {
                date::Said::Day(
                    day,
                    date::How::Plain | date::How::YearTaken | date::How::ByOrder,
                ) => Some((day, count == words.len())),
                _ => None,
            }
        })
    })
}

/// Takes the period that a title names.
fn take_period(
    line: &str,
    preamble: &mut Preamble,
    row: usize,
    column: usize,
    sayings: &mut Sayings,
) {
    let said = period::read(line);
    preamble.year = preamble.year.or(said.year);
    if said.is_fiscal {
        preamble.is_fiscal = true;
        preamble.fiscal = period::fiscal(line);
        sayings.say(&sayings::FISCAL, row, column, line);
    } else {
        preamble.period = preamble.period.or(said.period).or(said.weak);
    }
}

/// Returns the period that the name of a sheet tells: `OKRs Q1 2026`.
pub(crate) fn of_sheet_name(name: &str) -> period::Said {
    period::read(name)
}
