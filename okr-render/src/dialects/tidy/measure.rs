//! The columns of a measure: start, target and unit.

use okr_core::fields::HasFields;
use okr_core::model::{Bound, Inline, KeyResult, Quantity, Target, Unit, one_line};
use rust_decimal::Decimal;

use super::columns::Column;
use super::from_table::{Reader, keep};
use super::tree::Note;
use super::values;
use crate::table::{Cell, NumberFormat, Value};

const NUMBER: &str = "write a number like 85 or 68.5, and its unit into the column Unit";

impl Reader<'_> {
    /// Reads start, target and unit. What cannot be read stands among the fields, as it does when a
    /// plan document says it.
    pub(super) fn measure(&mut self, row: usize, key_result: &mut KeyResult) {
        let unit = match self
            .sheet
            .text(row, Column::Unit)
            .map(|text| (Unit::parse(&text), text))
        {
            Some((Some(unit), _)) => unit,
            Some((None, text)) => {
                let message = format!("`{}` is no unit", one_line(&text));
                let help = "write a unit like %, days, EUR or invoices";
                self.sheet.say(
                    row,
                    Column::Unit,
                    Note::error("unreadable-cell", message, help),
                );
                keep(&mut key_result.fields, "Unit", &text);
                Unit::None
            }
            None => Unit::None,
        };
        match self.start(row, &unit) {
            Ok(start) => key_result.measure.start = start,
            Err(text) => keep(&mut key_result.fields, "Baseline", &text),
        }
        let start = key_result.measure.start.clone();
        match self.target(row, &unit, start.as_ref()) {
            Ok(target) => key_result.measure.target = target,
            Err(text) => keep(&mut key_result.fields, "Target", &text),
        }
        let target_unit = match &key_result.measure.target {
            Some(Target::Value { value, .. } | Target::Change(value)) => Some(&value.unit),
            Some(Target::Between { low, .. }) => Some(&low.unit),
            _ => None,
        };
        let start_unit = key_result.measure.start.as_ref().map(|start| &start.unit);
        let is_stated = [start_unit, target_unit].contains(&Some(&unit));
        key_result.measure.unit = Some(unit).filter(|unit| !is_stated && *unit != Unit::None);
    }

    fn start(&mut self, row: usize, unit: &Unit) -> Result<Option<Quantity>, String> {
        if let Some(text) = self.sheet.text(row, Column::StartAsWritten) {
            if self.sheet.cell(row, Column::Start).is_some() {
                let message = "the column Start as written says the same, and it counts".to_owned();
                let help = "clear one of the two cells";
                self.sheet.say(
                    row,
                    Column::Start,
                    Note::warning("unplaced-cell", message, help),
                );
            }
            return self.parsed(
                row,
                Column::StartAsWritten,
                &text,
                "Baseline",
                |key_result| key_result.measure.start,
            );
        }
        let Some(cell) = self.sheet.cell(row, Column::Start) else {
            return Ok(None);
        };
        match self.number(cell, unit) {
            Ok(number) => {
                self.doubt_part(row, Column::Start, &number);
                Ok(Some(number))
            }
            // Whoever has no baseline yet may say so in words.
            Err(_) if !cell.to_text().contains(|c: char| c.is_ascii_digit()) => self.parsed(
                row,
                Column::Start,
                &cell.to_text(),
                "Baseline",
                |key_result| key_result.measure.start,
            ),
            Err(message) => Err(self.refuse(row, Column::Start, message, NUMBER)),
        }
    }

    fn target(
        &mut self,
        row: usize,
        unit: &Unit,
        start: Option<&Quantity>,
    ) -> Result<Option<Target>, String> {
        let cell = self.sheet.cell(row, Column::Target);
        if let Some(text) = self.sheet.text(row, Column::TargetRule) {
            let rule = one_line(&text);
            let change = rule
                .get(..3)
                .filter(|by| by.eq_ignore_ascii_case("by "))
                .map(|_| rule[3..].trim_start());
            if change.is_some_and(|change| !change.starts_with(['+', '-', '−'])) {
                let message = format!("`{rule}` does not say whether it is more or less");
                return Err(self.refuse(
                    row,
                    Column::TargetRule,
                    message,
                    "write it with its sign, like by +25% or by -3 days",
                ));
            }
            let target = self.parsed(
                row,
                Column::TargetRule,
                change.unwrap_or(&rule),
                "Target",
                |key_result| key_result.measure.target,
            )?;
            let value = target.as_ref().and_then(|target| target.value(start));
            let number = cell.map(|cell| self.number(cell, unit));
            if let Some(number) = number
                && number.ok().map(|number| number.value) != value.as_ref().map(|value| value.value)
            {
                let message = match value {
                    Some(value) => {
                        format!("the column Target rule comes to {value}, and it counts")
                    }
                    None => "the column Target rule says something else, and it counts".to_owned(),
                };
                let help = "change the Target rule, or clear it to have the number count";
                self.sheet.say(
                    row,
                    Column::Target,
                    Note::warning("unplaced-cell", message, help),
                );
            }
            return Ok(target);
        }
        let Some(cell) = cell else { return Ok(None) };
        match self.number(cell, unit) {
            Ok(value) => {
                self.doubt_part(row, Column::Target, &value);
                if cell.to_text().trim_start().starts_with('+') {
                    let message =
                        format!("this is read as the value {value} to be reached, not as a change");
                    let help = "write a change into the column Target rule, like by +25%";
                    self.sheet.say(
                        row,
                        Column::Target,
                        Note::warning("unclear-target", message, help),
                    );
                }
                Ok(Some(Target::Value {
                    bound: Bound::Reach,
                    value,
                }))
            }
            Err(message) => match Target::parse(&one_line(&cell.to_text())) {
                Ok(target @ (Target::Done | Target::Between { .. } | Target::Value { .. }))
                    if !matches!(
                        target,
                        Target::Value {
                            bound: Bound::Reach,
                            ..
                        }
                    ) =>
                {
                    Ok(Some(target))
                }
                _ => Err(self.refuse(row, Column::Target, message, NUMBER)),
            },
        }
    }

    /// Reads a number in the unit of its row; a unit beside the number must be the same.
    fn number(&self, cell: &Cell, unit: &Unit) -> Result<Quantity, String> {
        let number = values::number(cell, self.sheet.table.comma_is_decimal)?;
        match (&number.unit, unit) {
            (Unit::None, Unit::None) => {
                let unit = match &cell.format {
                    NumberFormat::Currency(code) => Unit::parse(code),
                    _ => None,
                };
                let money = unit.filter(|unit| matches!(unit, Unit::Currency(_)));
                Ok(Quantity::new(number.value, money.unwrap_or(Unit::None)))
            }
            (Unit::None, unit) => Ok(Quantity::new(number.value, unit.clone())),
            (own, unit) if own == unit || *unit == Unit::None => Ok(number),
            (Unit::Percent, Unit::Points) => Ok(Quantity::new(number.value, Unit::Points)),
            (_, unit) => Err(format!(
                "`{}` is not in the unit `{unit}` of its row",
                one_line(&cell.to_text())
            )),
        }
    }

    /// Warns of a typed number that is a percent by its unit alone and may have lost the format that made it one.
    fn doubt_part(&mut self, row: usize, column: Column, number: &Quantity) {
        let Some(cell) = self.sheet.cell(row, column) else {
            return;
        };
        let is_bare =
            matches!(cell.value, Value::Number(_)) && cell.format == NumberFormat::General;
        let is_part = !number.value.is_zero() && number.value.abs() <= Decimal::ONE;
        if is_bare && is_part && number.unit == Unit::Percent {
            let message =
                format!("this is read as {number}, which is less than it may once have shown");
            let help = "give the cell a percent format, or write the number with its sign";
            let note = Note::warning("unclear-percent", message, help);
            self.sheet.say(row, column, note);
        }
    }

    /// Reads a text as the field `name` of a key result is read in a plan document.
    ///
    /// Gives the text back where that fails, and says so.
    fn parsed<T>(
        &mut self,
        row: usize,
        column: Column,
        text: &str,
        name: &str,
        part: impl FnOnce(KeyResult) -> T,
    ) -> Result<T, String> {
        let mut scratch = KeyResult::default();
        let Some(field) = KeyResult::field(name) else {
            return Ok(part(scratch));
        };
        match (field.read)(&mut scratch, &Inline::from_plain(text)) {
            Ok(()) => Ok(part(scratch)),
            Err(message) => {
                Err(self.refuse(row, column, message, &format!("write {}", field.expects)))
            }
        }
    }
}
