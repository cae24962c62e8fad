//! Baselines as people give them: is it a number, is it in the right unit, can it be true?

use okr_core::fields::TO_BE_MEASURED;
use okr_core::model::{Direction, Measure, Plan, Quantity, QuantityError, Unit};

/// Why a text is no baseline, and what to write.
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) help: String,
}

/// Reads a baseline; nothing for one that is not known yet.
pub(super) fn read(measure: &Measure, text: &str) -> Result<Option<Quantity>, Refusal> {
    let text = text.trim();
    if matches!(
        text.to_lowercase().as_str(),
        "" | "?" | "unknown" | "not known" | "tbd" | TO_BE_MEASURED
    ) {
        return Ok(None);
    }
    Quantity::parse(text).map(Some).map_err(|error| Refusal {
        message: match error {
            QuantityError::NoNumber => format!("there is no number in `{text}`"),
            QuantityError::TooManyDigits => "the number has more than 28 digits".to_owned(),
            _ => format!("`{text}` is more than a number and its unit"),
        },
        help: format!("write it like {}", sample(measure)),
    })
}

/// Gives a bare number the unit of its measure; returns what is wrong when it has another.
pub(super) fn fit(measure: &Measure, baseline: &mut Quantity) -> Option<String> {
    let unit = measure.unit().filter(|unit| **unit != Unit::None)?;
    let is_any_money = matches!(unit, Unit::Word(word) if word == "currency");
    match &baseline.unit {
        Unit::None | Unit::Currency(_) if is_any_money => None,
        Unit::None => {
            baseline.unit = unit.clone();
            None
        }
        other if other == unit => None,
        Unit::Percent | Unit::Points if matches!(unit, Unit::Percent | Unit::Points) => None,
        _ => Some(format!(
            "{baseline} is given, but it is counted in {}",
            words(unit)
        )),
    }
}

fn words(unit: &Unit) -> &str {
    match unit {
        Unit::Word(word) if word == "currency" => "money, such as EUR 120000",
        other => other.word(),
    }
}

/// Returns a baseline as it might be written, to show the form.
pub(super) fn sample(measure: &Measure) -> String {
    match measure.unit() {
        None | Some(Unit::None) => "12".to_owned(),
        Some(Unit::Percent) => "68%".to_owned(),
        Some(Unit::Word(word)) if word == "currency" => "EUR 120000".to_owned(),
        Some(unit @ Unit::Currency(_)) => Quantity::new(120_000.into(), unit.clone()).to_string(),
        Some(Unit::Word(word)) if word == "/5" => "4.1/5".to_owned(),
        Some(unit) => Quantity::new(12.into(), unit.clone()).to_string(),
    }
}

/// Returns what cannot well be true of the baselines in a plan.
pub(super) fn warnings(plan: &Plan) -> Vec<String> {
    plan.key_results()
        .filter_map(|(id, key_result)| {
            Some(format!("key result {id}: {}", doubt(&key_result.measure)?))
        })
        .collect()
}

fn doubt(measure: &Measure) -> Option<String> {
    let start = measure.start.as_ref()?;
    let target = measure.target.as_ref()?;
    let Some(value) = measure.target_value() else {
        let is_change = target.is_change();
        return is_change.then(|| {
            format!("{target} of {start} comes to no number; give it a target of its own")
        });
    };
    let hundred = 100.into();
    if start.unit == Unit::Percent
        && start.value <= hundred
        && value.value > hundred
        && target.is_change()
    {
        return Some(format!(
            "{target} from {start} comes to {value}, which is more than all; give it a lower target"
        ));
    }
    if !start.is_like(&value) || target.is_change() {
        return None;
    }
    let is_met = match measure.direction()? {
        Direction::Increase => start.value >= value.value,
        Direction::Decrease => start.value <= value.value,
        _ => false,
    };
    is_met.then(|| {
        format!("the baseline {start} meets the target {target} already; give it a harder one")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use okr_core::model::Target;

    fn measure(unit: &str, target: &str) -> Measure {
        Measure {
            unit: Unit::parse(unit),
            target: Target::parse(target).ok(),
            ..Measure::default()
        }
    }

    #[track_caller]
    fn check_fit(unit: &str, given: &str, expected: &str, complaint: Option<&str>) {
        let mut baseline = Quantity::parse(given).unwrap();
        assert_eq!(
            fit(&measure(unit, "+25%"), &mut baseline).as_deref(),
            complaint
        );
        assert_eq!(baseline.to_string(), expected);
    }

    #[test]
    fn a_bare_number_takes_the_unit_of_its_measure() {
        check_fit("%", "68", "68%", None);
        check_fit("days", "4", "4 days", None);
        check_fit("currency", "€120k", "EUR 120000", None);
        check_fit(
            "%",
            "4 days",
            "4 days",
            Some("4 days is given, but it is counted in %"),
        );
    }

    #[track_caller]
    fn check_doubt(start: &str, target: &str, expected: Option<&str>) {
        let mut measure = measure("%", target);
        measure.start = Quantity::parse(start).ok();
        measure.direction = Some(Direction::Increase);
        assert_eq!(doubt(&measure).as_deref(), expected);
    }

    #[test]
    fn what_cannot_be_is_doubted() {
        check_doubt("68%", "+25%", None);
        check_doubt(
            "90%",
            "+25%",
            Some("+25% from 90% comes to 112.5%, which is more than all; give it a lower target"),
        );
        check_doubt(
            "0%",
            "+25%",
            Some("+25% of 0% comes to no number; give it a target of its own"),
        );
        check_doubt(
            "90%",
            "85%",
            Some("the baseline 90% meets the target 85% already; give it a harder one"),
        );
    }
}
