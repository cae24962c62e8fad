//! Numbers of a measure that are given without a unit.

use okr_core::completion::Completed;
use okr_core::model::{ElementId, KeyResult, Measure, Plan, Quantity, Target, Unit};
use okr_core::statement::Lexicon;

use super::field::Part;
use crate::commands::baseline;
use crate::error::Failure;

/// Returns a baseline, a target, a commit or a stretch value in the unit of its key result, as the fields or the words
/// of that say; nothing where the value states a unit itself, where none is known, and where it is no such number.
///
/// A number that gives way to one without a unit gets none: such a plan states the unit elsewhere.
pub(super) fn added(
    plan: &Plan,
    element: ElementId,
    part: &Part,
    value: &str,
    lexicon: &Lexicon,
) -> Option<String> {
    let key_result = plan.key_result(element)?;
    let was = part.value(plan, element);
    let measure = Completed::new(key_result, plan.period, lexicon).measure;
    // Which currency is meant by `currency` nobody has said yet.
    let is_known = |unit: &&Unit| !matches!(unit, Unit::None) && unit.word() != "currency";
    let unit = measure.unit().filter(is_known)?;
    let quantity = |value: Quantity| Quantity::new(value.value, unit.clone());
    match &*part.name {
        "Baseline" => {
            let given = Quantity::parse(value).ok().filter(is_bare)?;
            let is_stated = key_result.measure.unit().is_some();
            // What a field states is looked at where the baseline is read.
            (!is_stated).then(|| quantity(given).to_string())
        }
        "Commit" | "Stretch" => {
            let given = Quantity::parse(value).ok().filter(is_bare)?;
            let was_bare = Quantity::parse(&was).is_ok_and(|was| is_bare(&was));
            (!was_bare).then(|| quantity(given).to_string())
        }
        "Target" => {
            let was_bare = Target::parse(&was).is_ok_and(|was| is_bare_target(&was));
            let given = Target::parse(value).ok()?;
            let given = match given {
                _ if was_bare || !is_bare_target(&given) => return None,
                Target::Value { bound, value } => Target::Value {
                    bound,
                    value: quantity(value),
                },
                Target::Between { low, high } => Target::Between {
                    low: quantity(low),
                    high: quantity(high),
                },
                _ => return None,
            };
            Some(given.to_string())
        }
        _ => None,
    }
}

/// A baseline in a unit that its target has not.
pub(super) struct Foreign(Quantity);

impl Foreign {
    /// Returns why it cannot be the baseline of an element, and what to write.
    pub(super) fn of(&self, element: ElementId) -> Failure {
        let Self(value) = self;
        let bare = Quantity::new(value.value, Unit::None);
        Failure::new(format!(
            "{value} does not fit key result {element}, which counts without a unit"
        ))
        .help(format!(
            "write {bare}, or give the target its unit: `okr set PLAN {element} unit UNIT`"
        ))
    }
}

/// Returns a baseline as it is held against a target that is a plain number: without the unit, where that is what is
/// counted.
///
/// # Errors
///
/// It has a unit of which neither the target nor the words of the key result know.
pub(super) fn of_baseline(
    plan: &Plan,
    key_result: &KeyResult,
    value: Quantity,
    lexicon: &Lexicon,
) -> Result<Quantity, Foreign> {
    // The baseline that gives way has no say: it may be what is wrong.
    let measure = Measure {
        start: None,
        ..Completed::new(key_result, plan.period, lexicon).measure
    };
    let is_plain = measure.unit() == Some(&Unit::None) && measure.target_value().is_some();
    if !is_plain || is_bare(&value) || key_result.measure.start.as_ref() == Some(&value) {
        return Ok(value);
    }
    let title = key_result.title.plain();
    if baseline::is_counted(&title, measure.name.as_ref(), &value.unit) {
        Ok(Quantity::new(value.value, Unit::None))
    } else {
        Err(Foreign(value))
    }
}

fn is_bare(value: &Quantity) -> bool {
    value.unit == Unit::None
}

fn is_bare_target(target: &Target) -> bool {
    match target {
        Target::Value { value, .. } => is_bare(value),
        Target::Between { low, .. } => is_bare(low),
        _ => false,
    }
}
