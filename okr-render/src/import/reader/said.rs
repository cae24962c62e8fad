//! Reads the cells of days, statuses and confidences.

use jiff::civil::Date;
use smol_str::ToSmolStr as _;

use super::{Reader, Values};
use crate::import::sayings;
use crate::import::values::confidence::{self, Scale};
use crate::import::values::date::{self, How};
use crate::import::values::{status, text};
use crate::table::{Cell, Value};

impl Reader<'_> {
    pub(super) fn date(
        &mut self,
        row: usize,
        column: usize,
        cell: &Cell,
        values: &mut Values,
    ) -> Option<Date> {
        let words = match &cell.value {
            Value::Date(day) => return Some(*day),
            Value::Number(number) => match date::of_serial(*number) {
                Some(day) => return Some(day),
                None => number.to_smolstr(),
            },
            Value::Text(words) => words.clone(),
            Value::Empty | Value::Bool(_) | Value::Error(_) => {
                self.unless_empty(row, column, cell);
                return None;
            }
        };
        let context = self.facts.dates.get(column).copied().unwrap_or_default();
        match date::read(&words, &context) {
            date::Said::Day(day, How::Plain) => {
                // A day that could not be read otherwise shows how the others are meant.
                if words.contains('/') && !words.starts_with("20") && context.order.is_some() {
                    self.say_order(row, column, &words, context.order);
                }
                return Some(day);
            }
            date::Said::Day(day, How::ByOrder) => {
                self.say_order(row, column, &words, context.order);
                return Some(day);
            }
            date::Said::Day(day, How::ByPeriod) => {
                let read = day.to_string();
                self.sayings
                    .say_as(&sayings::DATE_BY_PERIOD, row, column, words.trim(), &read);
                return Some(day);
            }
            date::Said::Day(day, How::YearTaken) => {
                let read = day.to_string();
                self.sayings
                    .say_as(&sayings::YEAR_TAKEN, row, column, words.trim(), &read);
                return Some(day);
            }
            date::Said::Day(day, How::LastDay) => {
                let read = day.to_string();
                self.sayings
                    .say_as(&sayings::LAST_DAY, row, column, words.trim(), &read);
                return Some(day);
            }
            date::Said::Either(..) => self.sayings.say(&sayings::DATE_EITHER, row, column, &words),
            date::Said::NoYear => {
                let year = self.year_of(column);
                let with_year = date::Context { year, ..context };
                if year.is_some()
                    && let date::Said::Day(day, _) = date::read(&words, &with_year)
                {
                    let (topic, read) = (&sayings::YEAR_OF_COLUMN, day.to_string());
                    self.sayings.say_as(topic, row, column, words.trim(), &read);
                    return Some(day);
                }
                self.sayings.say(&sayings::NO_YEAR, row, column, &words);
            }
            date::Said::Nothing => {
                if self.unless_empty(row, column, cell) {
                    return None;
                }
                if let Value::Number(number) = &cell.value
                    && number.is_zero()
                {
                    return None;
                }
                self.sayings.say(&sayings::NOT_A_DATE, row, column, &words);
            }
        }
        self.note(row, column, cell, values);
        None
    }

    /// Returns the year in which all days of a column lie that name one; nothing where they name none, or several.
    pub(crate) fn year_of(&mut self, column: usize) -> Option<i16> {
        if let Some(known) = self.years.get(&column) {
            return *known;
        }
        let context = self.facts.dates.get(column).copied().unwrap_or_default();
        let below = self.table.rows.iter().skip(self.headings.last + 1);
        let mut years = below.filter_map(|cells| match &cells.get(column)?.value {
            Value::Date(day) => Some(day.year()),
            Value::Text(words) => match date::read(words, &context) {
                date::Said::Day(day, _) | date::Said::Either(day, _) => Some(day.year()),
                date::Said::NoYear | date::Said::Nothing => None,
            },
            _ => None,
        });
        let first = years.next();
        let year = first.filter(|first| years.all(|year| year == *first));
        self.years.insert(column, year);
        year
    }

    pub(super) fn say_order(
        &mut self,
        row: usize,
        column: usize,
        words: &str,
        order: Option<date::DateOrder>,
    ) {
        let how = match order {
            Some(date::DateOrder::MonthFirst) => "month-first",
            _ => "day-first",
        };
        self.sayings
            .say_how(&sayings::DATE_ORDER, row, column, words, how);
    }

    pub(super) fn status(&mut self, row: usize, column: usize, cell: &Cell, values: &mut Values) {
        let words = match &cell.value {
            Value::Text(_) => text::words_of(cell),
            Value::Bool(true) => "done".into(),
            Value::Bool(false) => return,
            _ => cell.to_text().into(),
        };
        let said = if let Some(said) = self.statuses.get(&*words) {
            said.clone()
        } else {
            let said = status::read(&words, &self.layout.statuses);
            self.statuses
                .insert(words.clone().into_owned(), said.clone());
            said
        };
        match said {
            status::Said::Status(status, more) => {
                if values.status.is_none() {
                    values.status = Some(status);
                }
                if let Some(more) = more {
                    let name = &self.names[column];
                    values.notes.push(format!("{name}: {more}"));
                }
                if self.layout.statuses.is_empty() {
                    return;
                }
                let normal = crate::import::legend::key(&words);
                if self.layout.is_stated && crate::import::words::is("over", &normal) {
                    self.sayings.say(&sayings::OVER, row, column, words.trim());
                }
                if self.layout.statuses.iter().any(|(word, _)| *word == normal)
                    && crate::import::words::status(&normal) != Some(status)
                {
                    let read = status.word().replace('_', " ");
                    let topic = if self.layout.is_stated {
                        &sayings::STATUS_BY_DIALECT
                    } else {
                        &sayings::STATUS_BY_LEGEND
                    };
                    self.sayings.say_as(topic, row, column, words.trim(), &read);
                }
            }
            status::Said::Silent => {}
            status::Said::Unknown => {
                if !self.unless_empty(row, column, cell) {
                    self.sayings
                        .say(&sayings::NOT_A_STATUS, row, column, &words);
                    self.note(row, column, cell, values);
                }
            }
        }
    }

    pub(super) fn confidence(
        &mut self,
        row: usize,
        column: usize,
        cell: &Cell,
        values: &mut Values,
    ) {
        let scale = self
            .facts
            .scales
            .get(column)
            .copied()
            .flatten()
            .unwrap_or(Scale::Ten);
        values.confidence = confidence::read(cell, scale);
        if values.confidence.is_none() && !self.unless_empty(row, column, cell) {
            self.sayings
                .say(&sayings::NOT_A_CONFIDENCE, row, column, &cell.to_text());
            self.note(row, column, cell, values);
        }
    }
}
