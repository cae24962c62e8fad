//! Baselines as people give them: is it a number, is it in the right unit, can it be true?

use okr_core::fields::TO_BE_MEASURED;
use okr_core::model::{Direction, Inline, Measure, Plan, Quantity, QuantityError, Target, Unit};

use crate::error::Failure;

/// The unit that stands for any currency.
const ANY_CURRENCY: &str = "currency";

/// A baseline that may stand in a plan.
pub(crate) struct Baseline {
    pub(crate) value: Quantity,
    /// What else may have been meant.
    pub(crate) doubt: Option<String>,
}

/// Why a text is no baseline, and what to write.
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) help: String,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.message).help(refusal.help)
    }
}

/// Reads a baseline and gives a bare number the unit of its measure; nothing for one that is not known
/// yet.
///
/// # Errors
///
/// It is no number, or one in another unit than the measure.
pub(crate) fn read(measure: &Measure, text: &str) -> Result<Option<Baseline>, Refusal> {
    let text = text.trim();
    if matches!(
        text.to_lowercase().as_str(),
        "" | "?" | "unknown" | "not known" | "tbd" | "n/a" | "-" | "–" | "—" | TO_BE_MEASURED
    ) {
        return Ok(None);
    }
    let refuse = |message: String| Refusal {
        message,
        help: format!("write it like {}", sample(measure)),
    };
    let given = Quantity::parse(text).map_err(|error| {
        refuse(match error {
            QuantityError::NoNumber => format!("there is no number in `{text}`"),
            QuantityError::TooManyDigits => "the number has more than 28 digits".to_owned(),
            _ => format!("`{text}` is more than a number and its unit"),
        })
    })?;
    // What stands there already stays as it is written.
    if measure.start.as_ref() == Some(&given) {
        return Ok(Some(Baseline {
            value: given,
            doubt: None,
        }));
    }
    let mut value = given.clone();
    fit(measure, &mut value).map_err(refuse)?;
    let is_of_percent = measure.unit() == Some(&Unit::Percent);
    if value.unit == Unit::Points && is_of_percent {
        let message =
            format!("{value} says how far two percentages are apart, and is no percentage");
        return Err(refuse(message));
    }
    let doubt = (given.unit == Unit::None && value.unit == Unit::Percent)
        .then(|| doubt_of_percent(&value))
        .flatten();
    Ok(Some(Baseline { value, doubt }))
}

/// Returns what else may have been meant by a number or a target that was given without a unit and is one of percent
/// now; nothing where it is another one.
pub(crate) fn doubt_of_fraction(text: &str) -> Option<String> {
    let target = Target::parse(text).ok()?;
    let value = target.value(None)?;
    doubt_of_percent(&value).filter(|_| value.unit == Unit::Percent)
}

fn doubt_of_percent(value: &Quantity) -> Option<String> {
    let meant = fraction(value)?;
    Some(format!("{value} is less than 1%; did you mean {meant}?"))
}

/// Returns the percentage that a number between 0 and 1 may stand for.
fn fraction(given: &Quantity) -> Option<Quantity> {
    let is_fraction = given.value > 0.into() && given.value < 1.into();
    let percent = given
        .value
        .checked_mul(100.into())
        .filter(|_| is_fraction)?;
    Some(Quantity::new(percent.normalize(), Unit::Percent))
}

/// Gives a bare number the unit of its measure.
///
/// # Errors
///
/// It has another unit.
pub(crate) fn fit(measure: &Measure, baseline: &mut Quantity) -> Result<(), String> {
    // The old baseline has a say only where nothing else tells the unit: it may be what is wrong.
    let others = Measure {
        start: None,
        ..measure.clone()
    };
    let is_open = |unit: &&Unit| **unit != Unit::None;
    let old = measure.start.as_ref().map(|start| start.unit.clone());
    let Some(unit) = others.unit().filter(is_open) else {
        if baseline.unit == Unit::None {
            baseline.unit = old.unwrap_or(Unit::None);
        }
        return Ok(());
    };
    let is_any_money = is_word(unit, ANY_CURRENCY);
    match (&baseline.unit, unit) {
        (Unit::Currency(_), _) if is_any_money => {}
        (Unit::None, _) if is_any_money => {
            if let Some(old @ Unit::Currency(_)) = old {
                baseline.unit = old;
            }
        }
        (Unit::None, _) => baseline.unit = unit.clone(),
        (other, _) if other == unit => {}
        (Unit::Percent | Unit::Points, Unit::Percent | Unit::Points) => {}
        (Unit::Word(one), Unit::Word(other)) if is_same_word(one, other) => {
            baseline.unit = unit.clone();
        }
        _ => {
            return Err(format!(
                "{baseline} does not fit a measure in {}",
                words(unit)
            ));
        }
    }
    Ok(())
}

fn is_word(unit: &Unit, wanted: &str) -> bool {
    matches!(unit, Unit::Word(word) if word == wanted)
}

/// Returns whether two units are one word, in the singular or the plural.
pub(crate) fn is_same_word(one: &str, other: &str) -> bool {
    let stem = |word: &str| {
        let word = word.to_lowercase();
        word.strip_suffix('s').map(str::to_owned).unwrap_or(word)
    };
    stem(one) == stem(other)
}

/// Returns whether a unit is what is counted without one, in the words of a key result and its measure: 12 invoices are
/// the 12 of `Zero invoices unpaid`.
pub(crate) fn is_counted(title: &str, name: Option<&Inline>, unit: &Unit) -> bool {
    let name = name.map(Inline::plain).unwrap_or_default();
    let is_named = |wanted: &str| {
        let mut words = title.split_whitespace().chain(name.split_whitespace());
        words.any(|word| {
            let word = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '%');
            Unit::parse(word).as_ref() == Some(unit) || is_same_word(word, wanted)
        })
    };
    match unit {
        Unit::None => true,
        // Of several words one is the thing: `paid invoices`.
        Unit::Word(words) => words.split(' ').any(is_named),
        unit => is_named(unit.word()),
    }
}

fn words(unit: &Unit) -> &str {
    if is_word(unit, ANY_CURRENCY) {
        return "money";
    }
    unit.word()
}

/// Returns a baseline as it might be written, to show the form.
pub(crate) fn sample(measure: &Measure) -> String {
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
pub(crate) fn warnings(plan: &Plan) -> Vec<String> {
    plan.key_results()
        .filter(|(_, key_result)| key_result.measure.start.is_some())
        .filter_map(|(id, key_result)| {
            Some(format!("key result {id}: {}", doubt(&key_result.measure)?))
        })
        .collect()
}

/// Returns what cannot well be true of a baseline and its target.
pub(crate) fn doubt(measure: &Measure) -> Option<String> {
    let target = measure.target.as_ref()?;
    let Some(value) = measure.target_value() else {
        let start = measure.start.as_ref().filter(|_| target.is_change())?;
        return Some(if start.value.is_zero() {
            format!(
                "{target} of {start} is nothing, so the target has no number then; give it one of its own"
            )
        } else {
            format!("{target} of {start} comes to no number; give it a target of its own")
        });
    };
    doubt_of_share(measure, &value).or_else(|| {
        let start = measure.start.as_ref()?;
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
    })
}

/// Returns what is wrong with a share of which more than all, or less than nothing, is to be reached.
fn doubt_of_share(measure: &Measure, value: &Quantity) -> Option<String> {
    let is_whole = |quantity: &Quantity| quantity.value >= 0.into() && quantity.value <= 100.into();
    if measure.unit() != Some(&Unit::Percent) || is_whole(value) {
        return None;
    }
    let target = measure.target.as_ref()?;
    let start = measure.start.as_ref();
    // A percentage such as that of growth may be any number; a share is one by its name, or by where
    // a change of it starts.
    let name = measure
        .name
        .as_ref()
        .map(|name| name.plain().to_lowercase());
    let is_named = name.is_some_and(|name| name.split(' ').any(|word| word == "share"));
    let is_share = is_named || (target.is_change() && start.is_some_and(is_whole));
    let (what, help) = if value.value > 0.into() {
        ("more than all", "give it a lower target")
    } else {
        ("less than nothing", "give it a higher target")
    };
    let said = match start.filter(|_| target.is_change()) {
        Some(start) => format!("{target} from {start} comes to {value}, which is {what}; {help}"),
        None => format!("the target {target} is {what}; {help}"),
    };
    is_share.then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(unit: &str, target: &str) -> Measure {
        Measure {
            unit: Unit::parse(unit),
            target: Target::parse(target).ok(),
            ..Measure::default()
        }
    }

    #[track_caller]
    fn check_read(unit: &str, given: &str, expected: Result<&str, &str>) {
        let read = match read(&measure(unit, "+25%"), given) {
            Ok(baseline) => Ok(baseline.map_or(String::new(), |baseline| {
                let doubt = baseline.doubt.map(|doubt| format!("; {doubt}"));
                format!("{}{}", baseline.value, doubt.unwrap_or_default())
            })),
            Err(refusal) => Err(format!("{}; {}", refusal.message, refusal.help)),
        };
        let read = read.as_deref().map_err(String::as_str);
        assert_eq!(read, expected, "{given:?} in {unit:?}");
    }

    #[test]
    fn a_bare_number_takes_the_unit_of_its_measure() {
        check_read("%", "68", Ok("68%"));
        check_read("%", "68 %", Ok("68%"));
        check_read(
            "%",
            "68 pp",
            Err(
                "68 points says how far two percentages are apart, and is no percentage; write it like 68%",
            ),
        );
        check_read("days", "4", Ok("4 days"));
        check_read("errors", "1 error", Ok("1 errors"));
        check_read("", "4 days", Ok("4 days"));
        check_read("days", " to be measured ", Ok(""));
        check_read("days", "n/a", Ok(""));
    }

    #[test]
    fn another_unit_is_refused() {
        let expected = "4 days does not fit a measure in %; write it like 68%";
        check_read("%", "4 days", Err(expected));
        let expected = "68% does not fit a measure in days; write it like 12 days";
        check_read("days", "68%", Err(expected));
        let expected = "EUR 5 does not fit a measure in days; write it like 12 days";
        check_read("days", "€5", Err(expected));
        let expected = "USD 5 does not fit a measure in EUR; write it like EUR 120,000";
        check_read("EUR", "$5", Err(expected));
        let expected = "there is no number in `many`; write it like 12 days";
        check_read("days", "many", Err(expected));
    }

    #[test]
    fn any_currency_will_do_where_none_is_said() {
        check_read("currency", "€120k", Ok("EUR 120,000"));
        check_read("currency", "$5", Ok("USD 5"));
        check_read("currency", "120000", Ok("120,000"));
        let expected = "5 days does not fit a measure in money; write it like EUR 120000";
        check_read("currency", "5 days", Err(expected));
    }

    #[test]
    fn a_fraction_may_be_meant_as_a_percentage() {
        check_read(
            "%",
            "0.68",
            Ok("0.68%; 0.68% is less than 1%; did you mean 68%?"),
        );
        check_read("%", "0.68%", Ok("0.68%"));
        check_read("%", "0", Ok("0%"));
        check_read("%", "1", Ok("1%"));
        check_read("days", "0.5", Ok("0.5 days"));
    }

    #[track_caller]
    fn check_anew(unit: &str, old: &str, given: &str, expected: Option<&str>) {
        let mut measure = measure(unit, "+25%");
        measure.start = Quantity::parse(old).ok();
        let value = read(&measure, given).ok().flatten();
        let value = value.map(|baseline| baseline.value.to_string());
        assert_eq!(value.as_deref(), expected);
    }

    #[test]
    fn the_old_baseline_tells_the_unit_where_nothing_else_does() {
        check_anew("", "4 days", "5", Some("5 days"));
        check_anew("", "4 days", "5%", Some("5%"));
        check_anew("currency", "€4", "5", Some("EUR 5"));
        check_anew("currency", "€4", "$5", Some("USD 5"));
        check_anew("%", "68", "68", Some("68"));
        check_anew("%", "68", "70", Some("70%"));
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
            Some("+25% of 0% is nothing, so the target has no number then; give it one of its own"),
        );
        check_doubt(
            "90%",
            "85%",
            Some("the baseline 90% meets the target 85% already; give it a harder one"),
        );
        check_doubt(
            "20%",
            "-30 points",
            Some(
                "-30 points from 20% comes to -10%, which is less than nothing; give it a higher target",
            ),
        );
        check_doubt("110%", "+25%", None);
        check_doubt("95%", "110%", None);
    }

    #[test]
    fn a_share_is_no_more_than_all() {
        let mut measure = measure("%", "120%");
        measure.name = Some("share of invoices paid in time".into());
        let expected = "the target 120% is more than all; give it a lower target";
        assert_eq!(doubt(&measure).as_deref(), Some(expected));
    }
}
