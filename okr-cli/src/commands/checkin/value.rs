//! A value as a person gives it: a number, a step from the last one, done or not, or nothing.

use okr_core::model::{Measure, Quantity, QuantityError, Unit};

use super::case::Case;
use crate::commands::baseline::{self, Refusal};
use crate::evidence::readable;

/// Units of time, whose sums mean nothing without a start.
const TIMES: [&str; 7] = [
    "seconds", "minutes", "hours", "days", "weeks", "months", "years",
];

/// What was given.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// The value, in the unit of the measure.
    pub(super) value: Option<Quantity>,
    /// Whether it says that a milestone is done.
    pub(super) is_done: bool,
    /// What else may have been meant.
    pub(super) doubt: Option<Doubt>,
}

/// What else a value may have meant.
#[derive(Debug)]
pub(super) struct Doubt {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Reads a value; nothing, `-` and `–` stand for none.
///
/// `+3` and `-2` are steps from the last value, else from the baseline, else, where things are counted, from
/// nothing; `=-2` is a value below zero. Where what is recorded is a change, such as `-16%` since the beginning, the
/// sign is its own.
///
/// # Errors
///
/// It is no value of this key result; the refusal says what to write.
pub(super) fn read(case: &Case<'_>, text: &str) -> Result<Given, Refusal> {
    let text = text.trim();
    let word = text.to_lowercase().replace(['-', '_'], " ");
    match &*word.split_whitespace().collect::<Vec<_>>().join(" ") {
        "" | "–" | "—" => return Ok(Given::default()),
        "done" | "yes" => return done(case, text, true),
        "not done" | "no" | "open" => return done(case, text, false),
        _ => {}
    }
    if text.starts_with("--") {
        return Err(Refusal {
            message: format!("there is no option `{text}`"),
            help: "`okr help checkin` lists them".to_owned(),
        });
    }
    if case.is_milestone() {
        return match text {
            "1" | "100%" => done(case, text, true),
            "0" | "0%" => done(case, text, false),
            _ => Err(Refusal {
                message: format!(
                    "key result {} is done or it is not, and `{text}` is neither",
                    case.id
                ),
                help: "write done or not done; how far it is can stand in the note".to_owned(),
            }),
        };
    }
    if text == "=" {
        return Err(nothing_behind(case));
    }
    let like = like(case);
    let given = match text.strip_prefix('=') {
        Some(value) => whole(&like, value.trim())?,
        None if case.counts_change() => whole(&like, text.trim_start_matches('+'))?,
        None => match text.strip_prefix(['+', '-', '−']) {
            Some(step) => step_from(case, &like, text, step.trim())?,
            None => whole(&like, text)?,
        },
    };
    let given = in_unit(case, given)?;
    as_ticked(case, text, given)
}

/// Holds the unit of a value against a target that is a plain number: it is what is counted, in the words of the key
/// result, and needs not be repeated beside each value.
fn in_unit(case: &Case<'_>, mut given: Given) -> Result<Given, Refusal> {
    let is_plain = case.unit() == Some(&Unit::None) && case.measure.target_value().is_some();
    let Some(value) = given.value.as_ref().filter(|_| is_plain) else {
        return Ok(given);
    };
    let title = case.key_result.title.plain();
    let bare = Quantity::new(value.value, Unit::None);
    if baseline::is_counted(&title, case.measure.name.as_ref(), &value.unit) {
        let is_repeated = case.value().is_some_and(|last| last.unit == value.unit);
        if !is_repeated {
            given.value = Some(bare);
        }
        return Ok(given);
    }
    let id = case.id;
    Err(Refusal {
        message: format!("{value} does not fit key result {id}, which counts without a unit"),
        help: format!("write {bare}, or give the target its unit: `okr set PLAN {id} unit UNIT`"),
    })
}

/// Returns why a sign without a value says nothing, and how a source is taken.
fn nothing_behind(case: &Case<'_>) -> Refusal {
    let help = format!("write the value itself, like {}", sample(case));
    let (message, help) = match readable(case.key_result) {
        Some(_) => (
            "there is no value behind `=`",
            format!("{help}; --from-source takes what the source says"),
        ),
        None => (
            "there is no value behind `=`, and no source that okr can read",
            help,
        ),
    };
    Refusal {
        message: message.to_owned(),
        help,
    }
}

/// Holds a value of steps against what is ticked: within a point it is that, and anything else is refused.
fn as_ticked(case: &Case<'_>, text: &str, mut given: Given) -> Result<Given, Refusal> {
    let (Some(ticked), Some(value)) = (case.ticked(), &given.value) else {
        return Ok(given);
    };
    let apart = value.value.checked_sub(ticked.value);
    if apart.is_none_or(|apart| apart.abs() >= 1.into()) {
        return Err(not_ticked(case, text, ticked));
    }
    given.value = Some(ticked.clone());
    Ok(given)
}

/// Returns why steps are not what somebody says they are.
fn not_ticked(case: &Case<'_>, text: &str, ticked: &Quantity) -> Refusal {
    let id = case.id;
    let steps = case.key_result.initiatives.iter();
    let open = (1..)
        .zip(steps)
        .find(|(_, one)| one.step().is_some() && !one.done);
    let open = open.map_or(1, |(number, _)| number);
    Refusal {
        message: format!(
            "the steps of key result {id} that are ticked come to {ticked}, and `{text}` says something else"
        ),
        help: format!(
            "tick what is done, as in `okr set PLAN {id}.{open} done yes`; without a value, what is ticked is recorded"
        ),
    }
}

/// Returns a measure in the unit that values of this key result have.
fn like(case: &Case<'_>) -> Measure {
    Measure {
        unit: case.unit().cloned(),
        start: case.value().cloned(),
        ..Measure::default()
    }
}

/// Returns whether a word is a unit whatever is measured: of money, shares or time.
pub(super) fn is_unit(word: &str) -> bool {
    match Unit::parse(word) {
        Some(Unit::Percent | Unit::Points | Unit::Currency(_)) => true,
        Some(Unit::Word(word)) => TIMES.contains(&&*word),
        _ => false,
    }
}

/// Returns whether the unit of values is known.
pub(super) fn has_unit(case: &Case<'_>) -> bool {
    case.unit().is_some_and(|unit| *unit != Unit::None)
}

/// Returns a value as it might be written, to show the form.
pub(super) fn sample(case: &Case<'_>) -> String {
    if case.is_milestone() {
        return "done".to_owned();
    }
    if let Some(ticked) = case.ticked() {
        return ticked.to_string();
    }
    let like = like(case);
    let last = like.start.as_ref().filter(|last| last.unit != Unit::None);
    last.map_or_else(|| baseline::sample(&like), ToString::to_string)
}

fn done(case: &Case<'_>, text: &str, is_done: bool) -> Result<Given, Refusal> {
    if case.has_steps() {
        return done_in_steps(case, text, is_done);
    }
    if !case.can_be_done() {
        return Err(Refusal {
            message: format!(
                "key result {} counts something, and `{text}` is no number",
                case.id
            ),
            help: format!(
                "write a value like {}; with - for the value and --status achieved it is closed",
                sample(case)
            ),
        });
    }
    // What is to be learnt may have numbers beside it, which 0 and 1 would be taken for.
    let value = case
        .is_milestone()
        .then(|| Quantity::new(u8::from(is_done).into(), Unit::None));
    Ok(Given {
        value,
        is_done,
        doubt: None,
    })
}

/// Steps are done when they are ticked; then, and only then, the whole is. Of a day of the past nobody knows what was
/// ticked, only that what is done is done in whole.
fn done_in_steps(case: &Case<'_>, text: &str, is_done: bool) -> Result<Given, Refusal> {
    let all = Quantity::new(100.into(), Unit::Percent);
    let value = match case.ticked() {
        Some(ticked) if is_done != (ticked.value >= all.value) => {
            return Err(not_ticked(case, text, ticked));
        }
        Some(ticked) => ticked.clone(),
        None if is_done => all,
        None => {
            return Err(Refusal {
                message: format!(
                    "nobody knows how many steps of key result {} were ticked then",
                    case.id
                ),
                help: "write how much was done on that day, like 40%".to_owned(),
            });
        }
    };
    Ok(Given {
        value: Some(value),
        is_done,
        doubt: None,
    })
}

fn whole(like: &Measure, text: &str) -> Result<Given, Refusal> {
    let read = baseline::read(like, text)?;
    let Some(read) = read else {
        return Err(Refusal {
            message: format!("there is no number in `{text}`"),
            help: format!("write it like {}, or - for none", baseline::sample(like)),
        });
    };
    Ok(Given {
        value: Some(read.value),
        is_done: false,
        doubt: read.doubt.map(|message| Doubt {
            message,
            help: None,
        }),
    })
}

fn step_from(case: &Case<'_>, like: &Measure, text: &str, step: &str) -> Result<Given, Refusal> {
    let refuse = |message: String| Refusal {
        message,
        help: format!(
            "write a step like +3, or a value like {}; one below zero is written =-2",
            baseline::sample(like)
        ),
    };
    if !step.starts_with(|c: char| !matches!(c, '+' | '-' | '−')) {
        return Err(refuse(format!("`{text}` is no step")));
    }
    let mut by = Quantity::parse(step).map_err(|error| {
        refuse(match error {
            QuantityError::NoNumber => format!("there is no number in `{text}`"),
            QuantityError::TooManyDigits => "the number has more than 28 digits".to_owned(),
            _ => format!("`{text}` is more than a number and its unit"),
        })
    })?;
    baseline::fit(like, &mut by).map_err(refuse)?;
    let start = case.measure.start.as_ref();
    let Some(from) = case
        .value()
        .or(start)
        .cloned()
        .or_else(|| nothing(&by.unit))
    else {
        return Err(Refusal {
            message: format!("there is no value yet from which `{text}` could be a step"),
            help: format!(
                "write the value itself, like {}; one below zero is written =-2",
                baseline::sample(like)
            ),
        });
    };
    if !from.is_like(&by) {
        return Err(refuse(format!("{by} cannot be a step from {from}")));
    }
    let sum = if text.starts_with('+') {
        from.value.checked_add(by.value)
    } else {
        from.value.checked_sub(by.value)
    };
    let sum = sum.ok_or_else(|| refuse("the number has more than 28 digits".to_owned()))?;
    let unit = if from.unit == Unit::None {
        by.unit
    } else {
        from.unit
    };
    let sum = Quantity::new(sum, unit);
    let from = Quantity::new(from.value, sum.unit.clone());
    let doubt = may_be_below_zero(case, &sum).then(|| Doubt {
        message: format!("`{text}` was read as a step, from {from} to {sum}"),
        help: Some(format!(
            "the value itself is written ={}",
            text.trim_start_matches('+')
        )),
    });
    Ok(Given {
        value: Some(sum),
        is_done: false,
        doubt,
    })
}

/// Returns whether values of a key result lie below zero, so that a sign need not be that of a step: its start, its
/// target, one that was recorded, or the one that is new.
fn may_be_below_zero(case: &Case<'_>, new: &Quantity) -> bool {
    let is_below = |value: &Quantity| value.value.is_sign_negative() && !value.value.is_zero();
    let measure = &case.measure;
    let target = measure.target_value();
    let mut ends = measure.start.iter().chain(&target).chain([new]);
    ends.any(is_below) || case.track.values().iter().any(|one| is_below(one.value))
}

/// Returns the zero that counting begins with; shares, scores, sums of money and times have none.
fn nothing(unit: &Unit) -> Option<Quantity> {
    let is_count = match unit {
        Unit::None => true,
        Unit::Word(word) => !word.starts_with('/') && !TIMES.contains(&&**word),
        _ => false,
    };
    is_count.then(|| Quantity::new(0.into(), unit.clone()))
}
