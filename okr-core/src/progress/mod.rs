//! How far a key result has come, how far it should be, and whether its check-ins come in time.
//!
//! Pure arithmetic on values and a day, in exact decimals. Each file is one question:
//! [`Scale`] says what a value is worth, [`Timeline`] what is to be expected of a day, [`Schedule`] when
//! check-ins are owed, [`yellow_runs`] when a yellow has lasted too long. [`Track`] puts them together for
//! one key result and one day, [`Overview`] for a whole plan.
//!
//! ```
//! use okr_core::model::{Measure, Quantity, Target};
//! use okr_core::progress::{Scale, percent_shown};
//!
//! let measure = Measure {
//!     start: Quantity::parse("20 days").ok(),
//!     target: Target::parse("12 days").ok(),
//!     ..Measure::default()
//! };
//! let scale = Scale::of(&measure).unwrap();
//! let value = Quantity::parse("15 days")?;
//! let progress = scale.progress(&value).unwrap();
//! assert_eq!(progress.to_string(), "0.625");
//! assert_eq!(percent_shown(progress, false).to_string(), "62");
//! # Ok::<(), okr_core::model::QuantityError>(())
//! ```

mod change;
mod confidence;
mod decision;
mod expected;
mod forecast;
mod grade;
mod measure;
mod overview;
mod owed;
mod record;
mod reporting;
mod roll_up;
mod schedule;
mod standing;
mod status;
mod steps;
#[cfg(test)]
mod tests;
mod track;
mod trend;
mod values;
mod yellow;

pub use change::Change;
pub use confidence::NetConfidence;
pub use decision::Decision;
pub use expected::{Timeline, bar};
pub use forecast::{Forecast, Movement, Outlook, Pace};
pub use grade::{Band, Grade, Held, Outturn, Verdict};
pub use measure::{Edge, Form, Goal, Scale, percent_shown};
pub use overview::{KeyResultOverview, ObjectiveOverview, Overview};
pub use owed::{Owed, OwedKind};
pub use record::{Entry, SlotRecord};
pub use reporting::{Discipline, Reporting};
pub use roll_up::{Part, RollUp, worst};
pub use schedule::{CHECK_IN_DAY, Outcome, Schedule, Schedules, Slot, default_cadence};
pub use status::{Counting, Standing, status_of_confidence, status_of_gap};
pub use steps::Steps;
pub use track::{Facts, Track};
pub use trend::{Line, Method, Point, Trend, least_squares};
pub use values::Measured;
use yellow::closes_run;
pub use yellow::{SlotColour, YellowRun, flapping, yellow_runs};
