//! What a key result comes to: its fields, and for what they do not state the words of its statement.
//!
//! A plan is what was written, and stays so in every file. What is completed here is for showing and for
//! computing, and is never written back.

use jiff::civil::Date;

use crate::fields::HasFields;
use crate::model::{KeyResult, Measure, Period, Plan};
use crate::statement::{self, Lexicon, Reading};

/// What a key result counts and by when, from its fields and its statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completed {
    /// The measure: as stated, and where it is not, as read from the statement.
    pub measure: Measure,
    /// The due date: as stated, else the one day that the statement names.
    pub due: Option<Date>,
}

impl Completed {
    /// Reads the statement of a key result for what its fields leave open; `period` is that of its plan, which
    /// tells the year of `mid-Q2` and the day of `the end of the quarter`.
    ///
    /// What a field states stays as it is. A field whose text was not understood has been stated too, so
    /// the words do not stand in for it. A phrase that leaves open which day it means, such as `by June`,
    /// gives no due date, and neither does a statement without one.
    #[must_use]
    pub fn new(key_result: &KeyResult, period: Option<Period>, lexicon: &Lexicon) -> Self {
        if let Some(stated) = Self::stated(key_result) {
            return stated;
        }
        let text = key_result.title.plain();
        let reading = statement::read(&text, period, lexicon);
        Self::from_reading(key_result, &reading, &text)
    }

    /// Returns what the fields state, where they state all that could be read from the words: to read them takes as
    /// long as to read the rest of the key result.
    fn stated(key_result: &KeyResult) -> Option<Self> {
        let measure = &key_result.measure;
        let is_whole = measure.name.is_some()
            && measure.start.is_some()
            && measure.target.is_some()
            && measure.direction().is_some()
            && key_result.due.is_some();
        is_whole.then(|| Self {
            measure: measure.clone(),
            due: key_result.due,
        })
    }

    /// Does the same with the reading of the statement, whose words are `text`.
    #[must_use]
    pub(crate) fn from_reading(key_result: &KeyResult, reading: &Reading, text: &str) -> Self {
        let stated = &key_result.measure;
        let mut measure = reading.complete(stated, text);
        let mut due = key_result
            .due
            .or(reading.deadline.filter(|_| !reading.is_deadline_ambiguous));
        for name in key_result.fields.keys() {
            match KeyResult::field(name).map(|field| field.name) {
                Some("Baseline") => measure.start.clone_from(&stated.start),
                Some("Target") => measure.target.clone_from(&stated.target),
                Some("Direction") => measure.direction = stated.direction,
                Some("Due") => due = key_result.due,
                _ => {}
            }
        }
        Self { measure, due }
    }
}

/// Returns the plan with what its key results do not state read from their statements, as
/// [`Completed::new`] does it.
///
/// ```
/// use okr_core::completion::complete;
/// use okr_core::statement::Lexicon;
///
/// let text = "## Objective: Get paid sooner\n\n### Key result: Cut DSO from 52 to 44 days by 30 June 2027\n";
/// let written = okr_core::parse(text).plan;
/// let plan = complete(written, &Lexicon::default());
/// let key_result = &plan.objectives[0].key_results[0];
/// assert_eq!(key_result.measure.start.as_ref().unwrap().to_string(), "52 days");
/// assert_eq!(key_result.measure.target_value().unwrap().to_string(), "44 days");
/// assert_eq!(key_result.due, Some("2027-06-30".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn complete(mut plan: Plan, lexicon: &Lexicon) -> Plan {
    let period = plan.period;
    let objectives = plan.objectives.iter_mut();
    for key_result in objectives.flat_map(|objective| &mut objective.key_results) {
        let Completed { measure, due } = Completed::new(key_result, period, lexicon);
        key_result.measure = measure;
        key_result.due = due;
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks baseline, target and due date of a key result in a plan for the second quarter of 2027.
    #[track_caller]
    fn check(key_result: &str, expected: &str) {
        let text = format!(
            "---\nperiod: 2027-Q2\n---\n\n## Objective: o\n\n### Key result: {key_result}\n"
        );
        let plan = complete(crate::parse(text).plan, &Lexicon::default());
        let key_result = &plan.objectives[0].key_results[0];
        let measure = &key_result.measure;
        let shown = [
            measure.start.as_ref().map(ToString::to_string),
            measure
                .target
                .as_ref()
                .map(|target| target.with_start(measure.start.as_ref())),
            key_result.due.map(|due| due.to_string()),
        ];
        let shown: Vec<String> = shown
            .into_iter()
            .map(|part| part.unwrap_or("?".into()))
            .collect();
        assert_eq!(shown.join(", "), expected);
    }

    #[test]
    fn what_is_not_stated_is_read() {
        check(
            "Cut DSO from 52 to 44 days by mid-Q2",
            "52 days, 44 days, 2027-05-15",
        );
        check(
            "Increase collection rates by 25%",
            "?, +25% of a baseline to be measured, ?",
        );
        check("Improve customer satisfaction", "?, ?, ?");
    }

    #[test]
    fn what_is_stated_stays() {
        let statement = "Cut DSO from 52 to 44 days by mid-Q2";
        check(
            &format!("{statement}\n\n- Baseline: 50 days\n- Target: 40 days\n- Due: 2027-06-01"),
            "50 days, 40 days, 2027-06-01",
        );
        check(
            &format!("{statement}\n\n- Target: 40 days"),
            "52 days, 40 days, 2027-05-15",
        );
        check(
            "Increase collection rates by 25%\n\n- Baseline: 68%",
            "68%, +25% (68% → 85%), ?",
        );
    }

    #[test]
    fn what_is_stated_whole_is_what_the_words_would_leave_of_it() {
        for statement in [
            "Cut DSO from 52 to 44 days by mid-Q2",
            "Answer 900 calls",
            "Go live",
        ] {
            for target in ["40 days", "-5%", "done", "between 2 and 4 days"] {
                let text = format!(
                    "## Objective: o\n\n### Key result: {statement}\n\n- Measure: days\n- Baseline: 50 days\n\
                     - Target: {target}\n- Due: 2027-06-01\n"
                );
                let key_result = &crate::parse(text).plan.objectives[0].key_results[0];
                let lexicon = Lexicon::default();
                let reading = statement::read(statement, None, &lexicon);
                let read = Completed::from_reading(key_result, &reading, statement);
                assert!(Completed::stated(key_result).is_some());
                assert_eq!(
                    Completed::new(key_result, None, &lexicon),
                    read,
                    "{statement}: {target}"
                );
            }
        }
    }

    #[test]
    fn a_field_that_is_not_understood_is_not_replaced() {
        check(
            "Cut DSO from 52 to 44 days by mid-Q2\n\n- Baseline: some\n- To: fewer\n- Deadline: soon",
            "?, ?, ?",
        );
    }

    #[test]
    fn a_vague_day_is_left_open() {
        check("Cut DSO to 44 days by June", "?, 44 days, ?");
        check("Cut DSO to 44 days", "?, 44 days, ?");
    }
}
