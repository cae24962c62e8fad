//! The end of a plan: what each key result and objective came to, and what is written down of it.
//!
//! ```
//! use okr_core::closing::Closing;
//! use okr_core::progress::Schedules;
//! use okr_core::statement::Lexicon;
//!
//! let text = "---\nperiod: 2026-Q2\n---\n\n## Objective: Get paid sooner\n\n\
//!     ### Key result: Raise the collection rate\n\n- Baseline: 68%\n- Target: 85%\n\n\
//!     | Date | Value |\n| --- | --- |\n| 2026-06-30 | 80% |\n";
//! let plan = okr_core::parse(text).plan;
//! let closing = Closing::of(&plan, "2026-06-30".parse()?, &Lexicon::default(), &Schedules::default());
//! assert_eq!(closing.objectives[0].key_results[0].outturn.grade().to_string(), "0.7");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod section;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::completion::Completed;
use crate::fields::{BASELINE_CHANGED, Moved, TARGET_CHANGED};
use crate::model::{Commitment, ElementId, KeyResult, Measure, Plan, Quantity, Status, Target};
use crate::progress::{
    Facts, Grade, Held, NetConfidence, Outturn, Part, RollUp, Schedules, Track, Verdict,
};
use crate::statement::Lexicon;

pub use section::{Said, TITLE, is_section, section};

/// What a plan came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    /// The day for which it speaks; check-ins of later days do not count.
    pub day: Date,
    /// Its objectives, in the order of the plan.
    pub objectives: Vec<GradedObjective>,
    /// The mean of the objectives by their weights.
    pub roll_up: RollUp,
    /// The statuses that counted at the end.
    pub confidence: NetConfidence,
}

/// What an objective came to.
#[derive(Clone, Debug, PartialEq)]
pub struct GradedObjective {
    /// Its position.
    pub element: ElementId,
    /// Its title, without formatting.
    pub title: String,
    /// Its type.
    pub commitment: Option<Commitment>,
    /// Its key results, in the order of the plan.
    pub key_results: Vec<GradedKeyResult>,
    /// The mean of its key results by their weights, which is rounded only in its grade.
    pub roll_up: RollUp,
}

/// What a key result came to.
#[derive(Clone, Debug, PartialEq)]
pub struct GradedKeyResult {
    /// Its position.
    pub element: ElementId,
    /// Its title, without formatting.
    pub title: String,
    /// Where it started.
    pub start: Option<Quantity>,
    /// The last value.
    pub last: Option<Quantity>,
    /// The target, as a plan says it.
    pub target: Option<String>,
    /// What it came to.
    pub outturn: Outturn,
    /// How often it was inside, where it is to be kept and was measured.
    pub held: Option<Held>,
    /// Whether a promised value short of the target is reached; nothing where none is stated.
    pub is_promise_kept: Option<bool>,
    /// How that is judged.
    pub verdict: Verdict,
    /// Whether it is a guardrail, which has no grade of its own in the mean.
    pub is_guardrail: bool,
    /// Whether anything was ever recorded.
    pub is_reporting: bool,
    /// The baselines and targets that were moved while the plan ran, the first one first.
    pub moved: Vec<MovedGoal>,
}

/// A baseline or a target that was moved while the plan ran.
#[derive(Clone, Debug, PartialEq)]
pub struct MovedGoal {
    /// What was moved.
    pub what: Goalpost,
    /// When, and what stood there before.
    pub moved: Moved,
    /// What the grade would be with what stood there before; nothing where that cannot be told.
    pub grade_before: Option<Grade>,
}

/// What of a key result was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Goalpost {
    /// The value at the start.
    Baseline,
    /// What is to be reached.
    Target,
}

impl Goalpost {
    /// Returns the word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Target => "target",
        }
    }

    /// Returns the field that records it.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Baseline => BASELINE_CHANGED,
            Self::Target => TARGET_CHANGED,
        }
    }

    /// Returns both.
    pub const ALL: [Self; 2] = [Self::Baseline, Self::Target];
}

impl Closing {
    /// Grades a plan as of a day.
    ///
    /// The grade of an objective is the weighted mean of what its key results came to, unrounded, as Doerr's book has
    /// it, and never set by hand. What fields do not state is read from the words; `schedules` say which check-ins of
    /// what is to be kept were of one slot.
    #[must_use]
    pub fn of(plan: &Plan, day: Date, lexicon: &Lexicon, schedules: &Schedules) -> Self {
        let mut statuses = Vec::new();
        let mut objectives = Vec::with_capacity(plan.objectives.len());
        for (o, objective) in plan.objectives.iter().enumerate() {
            let case = |key_result| Case {
                plan,
                key_result,
                commitment: objective.commitment,
                day,
                schedules,
            };
            let mut parts = Vec::new();
            let mut graded = Vec::new();
            for (k, key_result) in objective.key_results.iter().enumerate() {
                let completed = Completed::new(key_result, plan.period, lexicon);
                let case = case(key_result);
                let track = case.track(&completed.measure, completed.due);
                let counting = track.counting().status;
                statuses.push(counting);
                let graded_one = case.grade(ElementId::KeyResult(o, k), &completed, &track);
                parts.push(Part {
                    weight: key_result.weight(),
                    progress: Some(graded_one.outturn.progress),
                    is_met: graded_one.outturn.is_met,
                    is_reporting: graded_one.is_reporting,
                    status: counting,
                    is_guardrail: graded_one.is_guardrail,
                });
                graded.push(graded_one);
            }
            objectives.push(GradedObjective {
                element: ElementId::Objective(o),
                title: objective.title.plain().into_owned(),
                commitment: objective.commitment,
                key_results: graded,
                roll_up: RollUp::new(&left(parts)),
            });
        }
        let parts: Vec<Part> = objectives
            .iter()
            .zip(&plan.objectives)
            .filter(|(graded, _)| graded.roll_up.progress.is_some())
            .map(|(graded, objective)| Part {
                weight: objective.weight(),
                progress: graded.roll_up.progress,
                is_met: graded.roll_up.is_met,
                is_reporting: graded.roll_up.reporting > 0,
                status: graded.roll_up.status,
                is_guardrail: false,
            })
            .collect();
        Self {
            day,
            objectives,
            roll_up: RollUp::new(&parts),
            confidence: NetConfidence::of(statuses),
        }
    }

    /// Returns every key result.
    pub fn key_results(&self) -> impl Iterator<Item = &GradedKeyResult> {
        let objectives = self.objectives.iter();
        objectives.flat_map(|objective| &objective.key_results)
    }

    /// Returns the key results that owe a reason.
    pub fn in_want_of_a_reason(&self) -> impl Iterator<Item = &GradedKeyResult> {
        self.key_results()
            .filter(|key_result| key_result.verdict.needs_reason)
    }
}

/// Returns the parts without those that are cancelled, as long as another is left.
fn left(parts: Vec<Part>) -> Vec<Part> {
    let is_left = |part: &Part| part.status != Some(Status::Cancelled);
    if parts.iter().any(is_left) {
        parts.into_iter().filter(is_left).collect()
    } else {
        parts
    }
}

impl GradedKeyResult {
    /// Returns how often it was where it is to be kept, where that was not always; the last value says nothing of it.
    #[must_use]
    pub fn broken(&self) -> Option<Held> {
        self.held.filter(|_| !self.outturn.is_met)
    }
}

impl RollUp {
    /// Returns the grade of the whole; nothing where no part counts.
    #[must_use]
    pub fn grade(&self) -> Option<Grade> {
        Some(Grade::new(self.progress?, self.is_met))
    }
}

impl GradedObjective {
    /// Returns how its grade is judged; nothing without key results that count.
    ///
    /// What was committed is kept where each key result came to what was promised of it.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        let grade = self.roll_up.grade()?;
        let mut key_results = self.key_results.iter();
        let is_kept = key_results.all(|key_result| !key_result.verdict.needs_reason);
        let is_kept = self.roll_up.is_met || is_kept;
        Some(Verdict::new(grade, is_kept, self.commitment))
    }
}

/// A key result with what is known around it.
struct Case<'a> {
    plan: &'a Plan,
    key_result: &'a KeyResult,
    commitment: Option<Commitment>,
    day: Date,
    schedules: &'a Schedules,
}

impl<'a> Case<'a> {
    fn track(&self, measure: &Measure, due: Option<Date>) -> Track<'a> {
        let facts = Facts {
            key_result: self.key_result,
            measure,
            commitment: self.commitment,
            period: self.plan.period,
            due,
            cadence: self.plan.cadence,
        };
        Track::among(&facts, self.day, self.schedules)
    }

    fn grade(
        &self,
        element: ElementId,
        completed: &Completed,
        track: &Track<'_>,
    ) -> GradedKeyResult {
        let measure = &completed.measure;
        let outturn = track.outturn();
        let last = track.value().filter(|_| track.is_reporting()).cloned();
        let promise = self.key_result.commit().and_then(|commit| {
            let scale = track.scale()?;
            let promised = scale.progress(&commit)?;
            Some(promised <= Decimal::ONE && outturn.progress >= promised)
        });
        let is_kept = outturn.is_met || promise == Some(true);
        GradedKeyResult {
            element,
            title: self.key_result.title.plain().into_owned(),
            start: measure.start.clone(),
            last,
            target: measure
                .target
                .as_ref()
                .map(|target| target.with_start(measure.start.as_ref())),
            outturn,
            held: track.held(),
            is_promise_kept: promise,
            verdict: Verdict::new(outturn.grade(), is_kept, self.commitment),
            is_guardrail: self.key_result.is_guardrail(),
            is_reporting: track.is_reporting(),
            moved: self.moved(completed),
        }
    }

    /// Returns what was moved after the plan began, with the grade that there would be without it.
    fn moved(&self, completed: &Completed) -> Vec<MovedGoal> {
        let begins = self.plan.period.map(|period| period.start());
        let mut all = Vec::new();
        for what in Goalpost::ALL {
            for moved in self.key_result.moved(what.field()) {
                let is_late = begins.is_none_or(|begins| moved.date > begins);
                if !is_late || moved.date > self.day {
                    continue;
                }
                let grade_before = before(&completed.measure, what, &moved.before)
                    .map(|measure| self.track(&measure, completed.due).outturn().grade());
                all.push(MovedGoal {
                    what,
                    moved,
                    grade_before,
                });
            }
        }
        all.sort_by_key(|goal| goal.moved.date);
        all
    }
}

/// Returns the measure with what stood in a field before, where that can be read.
fn before(measure: &Measure, what: Goalpost, text: &str) -> Option<Measure> {
    let mut measure = measure.clone();
    match what {
        Goalpost::Baseline => measure.start = Some(Quantity::parse(text).ok()?),
        Goalpost::Target => measure.target = Some(Target::parse(text).ok()?),
    }
    Some(measure)
}

#[cfg(test)]
mod tests;
