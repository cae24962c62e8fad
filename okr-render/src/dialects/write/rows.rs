//! The cells of a table.

use std::collections::HashMap;

use okr_core::model::{Plan, Unit};

use super::items::Item;
use super::notes::{Report, is_known};
use crate::dialects::{Column, Dialect, Form, People, Periods, RowKind};
use crate::import::SaidStatus;
use crate::import::layout::{Field, Tree};
use crate::sheets::guard::guard;
use crate::table::{Cell, Table, Value, address};

/// Returns the table, in which no text is taken for a formula.
pub(super) fn table(
    dialect: &Dialect,
    form: &'static Form,
    plan: &Plan,
    items: &[Item],
    report: &mut Report,
) -> Table {
    let columns = columns(form, items);
    let mut rows = Rows {
        dialect,
        form,
        plan,
        references: references(form, items),
        items,
        report,
    };
    let headings = columns.iter().map(|(column, group)| {
        let number = group.map_or(0, |group| group + 1).to_string();
        Cell::text(column.heading.replace('#', &number))
    });
    let mut shown = vec![headings.collect::<Vec<_>>()];
    for at in 0..items.len() {
        shown.push(rows.row(at, &columns));
    }
    let safe = shown
        .iter()
        .enumerate()
        .map(|(row, cells)| rows.safe(row, cells, &columns))
        .collect();
    Table {
        rows: safe,
        ..Table::default()
    }
}

/// Returns the columns in their order, each group of columns as often as some row needs it.
fn columns(form: &'static Form, items: &[Item]) -> Vec<(&'static Column, Option<usize>)> {
    let is_grouped = |column: &&Column| column.heading.contains('#');
    let written: Vec<_> = form
        .columns
        .iter()
        .filter(|column| column.is_written)
        .collect();
    let groups = items
        .iter()
        .map(|item| item.groups.len())
        .max()
        .unwrap_or(0);
    let mut columns = Vec::new();
    let mut rest = &written[..];
    while let Some(column) = rest.first() {
        if !is_grouped(column) {
            columns.push((*column, None));
            rest = &rest[1..];
            continue;
        }
        let end = rest.iter().position(|column| !is_grouped(column));
        let (group, after) = rest.split_at(end.unwrap_or(rest.len()));
        for number in 0..groups.max(1) {
            columns.extend(group.iter().map(|column| (*column, Some(number))));
        }
        rest = after;
    }
    columns
}

/// Returns what each row is called.
fn references(form: &Form, items: &[Item]) -> Vec<String> {
    if form.tree != Tree::Dotted {
        return (1..=items.len()).map(|number| number.to_string()).collect();
    }
    let mut counts: HashMap<Option<usize>, usize> = HashMap::new();
    let mut references: Vec<String> = Vec::new();
    for item in items {
        let count = counts.entry(item.parent).or_default();
        *count += 1;
        let above = item.parent.map(|parent| references[parent].clone());
        references.push(match above {
            // A spreadsheet turns `1.10` into `1.1`, so numbers that end in a zero are passed over.
            Some(above) => {
                *count += usize::from(count.is_multiple_of(10));
                format!("{above}.{count}")
            }
            None => count.to_string(),
        });
    }
    references
}

struct Rows<'p> {
    dialect: &'p Dialect,
    form: &'static Form,
    plan: &'p Plan,
    references: Vec<String>,
    items: &'p [Item],
    report: &'p mut Report,
}

impl Rows<'_> {
    fn row(&mut self, at: usize, columns: &[(&'static Column, Option<usize>)]) -> Vec<Cell> {
        columns
            .iter()
            .enumerate()
            .map(|(number, (column, group))| {
                let place = address(number, at + 1);
                self.cell(at, column, *group, place)
            })
            .collect()
    }

    fn cell(
        &mut self,
        at: usize,
        column: &'static Column,
        group: Option<usize>,
        place: String,
    ) -> Cell {
        let item = &self.items[at];
        let kind = item.kind;
        let cell = if column.serves(kind) || group.is_some() {
            self.value(at, column, group, &place)
        } else {
            Cell::EMPTY
        };
        if !cell.is_blank() {
            return cell;
        }
        let filler = column.filler(kind);
        let stands = match (column.field, item.start) {
            (Field::Current, Some(start)) if column.is_required => {
                let why = "the current value is the start value where nobody gave one";
                self.report.filled(why, place);
                return Value::Number(start).into();
            }
            _ if filler.is_empty() => Cell::EMPTY,
            _ => Cell::text(filler),
        };
        match (stands.is_blank(), column.field) {
            (true, _) if column.is_required => self.report.missing(column.heading, place),
            (false, Field::Status) => {
                let why = format!("where nobody gave a status, it is `{filler}`");
                self.report.filled(why, place);
            }
            (false, Field::Start | Field::Current | Field::Target) => {
                self.report
                    .filled("an objective goes from 0 to 100 and stands at 0", place);
            }
            _ => {}
        }
        stands
    }

    fn value(&mut self, at: usize, column: &Column, group: Option<usize>, place: &str) -> Cell {
        let item = &self.items[at];
        let number = |value: Option<rust_decimal::Decimal>| {
            value.map_or(Cell::EMPTY, |value| Value::Number(value).into())
        };
        let words = |words: Option<&str>| Cell::text(words.unwrap_or_default());
        let date = |date: Option<jiff::civil::Date>| {
            date.map_or(Cell::EMPTY, |date| Value::Date(date).into())
        };
        match column.field {
            Field::Title => Cell::text(&*item.title),
            Field::Level(level) if usize::from(level) == item.depth + 1 => Cell::text(&*item.title),
            Field::KeyResult => words(
                group
                    .and_then(|group| item.groups.get(group))
                    .map(String::as_str),
            ),
            Field::Type => words(self.type_of(item.kind)),
            Field::Indent => number(Some(self.indent(at).into())),
            Field::Reference => Cell::text(&*self.references[at]),
            Field::Parent => words(item.parent.map(|parent| &*self.references[parent])),
            Field::Owner => {
                let owner = item.owner.clone().unwrap_or_default();
                self.owner(&owner, place);
                Cell::text(owner)
            }
            Field::Start => number(item.start),
            Field::Target => number(item.target),
            Field::Current => number(item.current),
            Field::UnitKind => words(self.kind_of_number(item)),
            Field::StartDate => date(item.start_date),
            Field::Due => {
                if item.is_due_filled {
                    let why =
                        "where an objective names no day, it is due on the last day of the period";
                    self.report.filled(why, place.to_owned());
                }
                date(item.due)
            }
            Field::Weight => number(item.weight),
            Field::Status => {
                let word = |status: SaidStatus| self.dialect.word_of(status);
                if item.status.is_none() && item.status_filler.is_some() {
                    let why = "the status of an objective is the worst of its key results";
                    self.report.filled(why, place.to_owned());
                }
                words(item.status.or(item.status_filler).and_then(word))
            }
            Field::Period => Cell::text(period_word(self.dialect, self.plan).unwrap_or_default()),
            Field::Team => words(self.plan.team.as_deref()),
            Field::Description => Cell::text(&*item.description),
            _ => Cell::EMPTY,
        }
    }

    /// Returns the word for a kind of row; one that has none is what its place in the tree says.
    fn type_of(&self, kind: RowKind) -> Option<&'static str> {
        let mut types = self.form.types.iter();
        let word = types
            .find(|(_, other)| *other == kind)
            .map(|(word, _)| *word);
        word.or((self.form.tree == Tree::Indents).then_some("task"))
    }

    /// Returns how deep a row is, from 1, among those that have an indent.
    fn indent(&self, at: usize) -> usize {
        let item = &self.items[at];
        let level = self.form.levels.iter().position(|kind| *kind == item.kind);
        level.map_or(item.depth, |level| level + 1)
    }

    fn kind_of_number(&self, item: &Item) -> Option<&'static str> {
        if item.kind == RowKind::Initiative {
            return self.type_of(item.kind);
        }
        let bare = if item.has_numbers {
            self.dialect.kind_of_number(&Unit::None)
        } else {
            None
        };
        match item.unit {
            Unit::None => bare,
            _ => self.dialect.kind_of_number(&item.unit).or(bare),
        }
    }

    /// Tells of people whom the platform may not know.
    fn owner(&mut self, owner: &str, place: &str) {
        let people: Vec<_> = owner
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        if people.len() > 1 && !self.dialect.has_owner_lists {
            self.report.crowd(place.to_owned());
        }
        for name in people {
            if self.dialect.people == People::Email && !is_known(People::Email, name) {
                self.report.person(name, place.to_owned());
            }
        }
    }

    /// Returns a row with an apostrophe before each text that a spreadsheet could take for a formula.
    fn safe(
        &mut self,
        row: usize,
        cells: &[Cell],
        columns: &[(&'static Column, Option<usize>)],
    ) -> Vec<Cell> {
        cells
            .iter()
            .enumerate()
            .map(|(at, cell)| {
                let Value::Text(words) = &cell.value else {
                    return cell.clone();
                };
                let is_owner = columns
                    .get(at)
                    .is_some_and(|(column, _)| column.field == Field::Owner);
                let guarded = guard(words);
                if *guarded == **words || (is_owner && is_handle(words)) {
                    return cell.clone();
                }
                self.report.guarded(address(at, row), words);
                Cell::text(guarded)
            })
            .collect()
    }
}

/// Returns the period of a plan as the platform writes it, where it can.
pub(super) fn period_word(dialect: &Dialect, plan: &Plan) -> Option<String> {
    let period = plan.period?.to_string();
    match dialect.periods {
        Periods::Free => Some(period),
        Periods::QuarterAndYear => {
            let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
            match period.split_once('-') {
                Some((year, quarter)) if is_year(year) && quarter.starts_with('Q') => {
                    Some(format!("{quarter} Y{year}"))
                }
                None if is_year(&period) => Some(format!("Y{period}")),
                _ => None,
            }
        }
    }
}

/// Returns whether people are named as on a code host, `@ada` or `@ada, @ben`, which calls nothing in any
/// spreadsheet.
fn is_handle(text: &str) -> bool {
    text.split(", ").all(|name| {
        name.strip_prefix('@').is_some_and(|name| {
            let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
            !name.is_empty() && name.chars().all(is_letter)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_call_nothing() {
        for text in ["@ada", "@ada.reyes", "@ada, @ben-o"] {
            assert!(is_handle(text), "{text}");
        }
        for text in ["@", "@SUM(1)", "@a!B1", "@ada,ben", "=1", "@cmd|x", ""] {
            assert!(!is_handle(text), "{text}");
        }
    }
}
