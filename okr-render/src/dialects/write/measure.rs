//! Starts, targets and units, in columns or beside them.

use okr_core::completion::Completed;
use okr_core::model::{Bound, KeyResult, Measure, Quantity, Target, Unit};

use super::items::{Item, Items, say};
use crate::carries::with_unit_in_place;
use crate::dialects::behind::Behind;
use crate::dialects::said::Said;
use crate::dialects::{Aside, RowKind};
use crate::import::layout::Field;

impl Items<'_> {
    /// Fills the columns of a measure, and says what has none.
    pub(super) fn measure(&mut self, item: &mut Item, key_result: &KeyResult, said: &mut Said) {
        let kind = RowKind::KeyResult;
        let mut measure = key_result.measure.clone();
        with_unit_in_place(&mut measure);
        let unit = measure.unit().cloned().unwrap_or(Unit::None);
        item.unit = unit.clone();
        item.has_numbers = measure.start.is_some() || measure.target_value().is_some();
        let is_same = |value: &Quantity| value.unit == unit || value.unit == Unit::None;
        let in_columns = self.holds(kind, Field::Start) && self.holds(kind, Field::Target);
        if !in_columns {
            if !self.is_in_words(key_result, &measure) {
                self.numbers_aside(item, &measure, said);
            }
            return;
        }
        match &measure.start {
            Some(start) if is_same(start) => item.start = Some(start.value),
            Some(start) => say(said, "Start", &start.to_string()),
            None => {}
        }
        let value = measure.target_value().filter(is_same);
        item.target = value.map(|value| value.value);
        let is_exact = matches!(&measure.target, Some(Target::Value { bound: Bound::Reach, value }) if is_same(value));
        if let Some(target) = measure.target.as_ref().filter(|_| !is_exact) {
            let target = target.with_start(measure.start.as_ref());
            say(said, "Target", &target);
        }
        let is_told = self.dialect.kind_of_number(&unit).is_some();
        if unit == Unit::None || is_told || self.is_in_words(key_result, &measure) {
            return;
        }
        match self.form.numbers {
            Aside::Title => {
                let behind = Behind {
                    unit: Some(unit),
                    ..Behind::default()
                };
                item.title = behind.write(&item.title);
                self.report.behind("units", item.title.clone());
            }
            Aside::Description => say(said, "Unit", unit.word()),
        }
    }

    /// Returns whether the words of a key result say by themselves what its fields say.
    fn is_in_words(&self, key_result: &KeyResult, measure: &Measure) -> bool {
        let bare = KeyResult {
            title: key_result.title.clone(),
            ..KeyResult::default()
        };
        let mut read = Completed::new(&bare, self.plan.period, &self.options.lexicon).measure;
        with_unit_in_place(&mut read);
        read.start == measure.start && read.target == measure.target && read.unit == measure.unit
    }

    fn numbers_aside(&mut self, item: &mut Item, measure: &Measure, said: &mut Said) {
        match self.form.numbers {
            Aside::Title => {
                let behind = Behind {
                    start: measure.start.clone(),
                    target: measure.target.clone(),
                    unit: measure.unit.clone(),
                };
                let title = behind.write(&item.title);
                if title != item.title {
                    item.title = title;
                    self.report
                        .behind("starts, targets and units", item.title.clone());
                }
            }
            Aside::Description => {
                let start = measure.start.as_ref().map(ToString::to_string);
                let target = measure.target.as_ref();
                let target = target.map(|target| target.with_start(measure.start.as_ref()));
                let unit = measure.unit.as_ref().map(ToString::to_string);
                for (name, value) in [("Start", start), ("Target", target), ("Unit", unit)] {
                    if let Some(value) = value {
                        say(said, name, &value);
                    }
                }
            }
        }
    }
}
