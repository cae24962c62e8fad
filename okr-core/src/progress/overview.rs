//! A whole plan on one day: each key result, each objective, and what they come to.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    Counting, Decision, Discipline, Facts, Forecast, NetConfidence, Part, Reporting, RollUp,
    Schedules, Standing, Timeline, Track, percent_shown,
};
use crate::model::{ElementId, KeyResult, Objective, Plan, Quantity, Status, Unit};

/// A plan on one day; check-ins of later days do not count.
#[derive(Debug)]
pub struct Overview<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The day.
    pub today: Date,
    /// The days of its period.
    pub timeline: Option<Timeline>,
    /// Its objectives, in the order of the plan.
    pub objectives: Vec<ObjectiveOverview<'a>>,
    /// What the objectives that have key results come to; it counts the key results that report.
    pub roll_up: RollUp,
    /// What is expected of them on the day, from 0 to 1; nothing where nothing is expected of any key result.
    pub expected: Option<Decimal>,
    /// What the owners' statuses say together, as far as they still hold.
    pub confidence: NetConfidence,
    /// How many check-ins came.
    pub discipline: Discipline,
}

/// An objective on one day.
#[derive(Debug)]
pub struct ObjectiveOverview<'a> {
    /// Its position.
    pub id: ElementId,
    /// The objective.
    pub objective: &'a Objective,
    /// Who answers for it: its own owner, else that of the plan.
    pub owner: Option<&'a str>,
    /// What its key results come to.
    pub roll_up: RollUp,
    /// What is expected of them on the day, from 0 to 1; nothing where nothing is expected of any.
    pub expected: Option<Decimal>,
    /// Its key results, in the order of the plan.
    pub key_results: Vec<KeyResultOverview<'a>>,
}

/// A key result on one day.
#[derive(Debug)]
pub struct KeyResultOverview<'a> {
    /// Its position.
    pub id: ElementId,
    /// The key result.
    pub key_result: &'a KeyResult,
    /// Who answers for it: its own owner, else that of the objective, else that of the plan.
    pub owner: Option<&'a str>,
    /// Its check-ins, held against target and schedule; asks nothing that is not needed.
    pub track: Track<'a>,
    /// Where its numbers stand.
    pub standing: Standing,
    /// The status that counts for it.
    pub counting: Counting,
    /// Whether its check-ins come; nothing without a schedule.
    pub reporting: Option<Reporting>,
    /// Whether its plan is closed on the day, so that nothing is owed or to be decided any more.
    pub is_closed: bool,
}

impl<'a> Overview<'a> {
    /// Looks at a plan as of `today`.
    ///
    /// What fields do not state is not read from the words here; whoever wants that completes the plan before.
    ///
    /// - An objective without key results takes no part in the progress of the plan.
    /// - A cancelled key result takes no part in that of its objective, as long as another is left.
    /// - What is expected is put together as progress is; where nothing is expected of a key result, such as one to
    ///   be kept, what it has is taken for it, so that it neither leads nor lags.
    #[must_use]
    pub fn new(plan: &'a Plan, today: Date, schedules: &Schedules) -> Self {
        Self::looking(plan, today, schedules, |track| track)
    }

    /// Looks back at a plan as of a day of the past, of which nobody knows what was ticked; see
    /// [`Track::as_recorded`].
    #[must_use]
    pub fn of_past(plan: &'a Plan, day: Date, schedules: &Schedules) -> Self {
        Self::looking(plan, day, schedules, Track::as_recorded)
    }

    fn looking(
        plan: &'a Plan,
        today: Date,
        schedules: &Schedules,
        with: fn(Track<'a>) -> Track<'a>,
    ) -> Self {
        let objectives: Vec<_> = plan
            .objectives
            .iter()
            .enumerate()
            .map(|(at, objective)| {
                let track_of = |facts: &Facts<'_, 'a>| with(Track::among(facts, today, schedules));
                ObjectiveOverview::new(plan, at, objective, track_of)
            })
            .collect();
        let with_data = || objectives.iter().filter(|it| it.roll_up.progress.is_some());
        let parts: Vec<_> = with_data().map(ObjectiveOverview::part).collect();
        let mut roll_up = RollUp::new(&parts);
        let expected = with_data().map(|it| (it.part(), it.expected));
        let expected = expected_of(expected);
        let all = || objectives.iter().flat_map(|it| &it.key_results);
        // How many objectives report would say less than how many of their key results do.
        roll_up.reporting = objectives.iter().map(|it| it.roll_up.reporting).sum();
        roll_up.parts = objectives.iter().map(|it| it.roll_up.parts).sum();
        let said = all().map(|it| it.counting.status.filter(|_| !it.counting.is_auto));
        Self {
            plan,
            today,
            timeline: plan
                .period
                .and_then(|period| Timeline::new(period.start(), period.end())),
            roll_up,
            expected,
            confidence: NetConfidence::of(said),
            discipline: all().map(|it| it.track.discipline()).sum(),
            objectives,
        }
    }

    /// Returns its key results, in the order of the plan.
    pub fn key_results(&self) -> impl Iterator<Item = &KeyResultOverview<'a>> {
        self.objectives.iter().flat_map(|it| &it.key_results)
    }
}

impl<'a> ObjectiveOverview<'a> {
    fn new(
        plan: &'a Plan,
        at: usize,
        objective: &'a Objective,
        track_of: impl Fn(&Facts<'_, 'a>) -> Track<'a>,
    ) -> Self {
        let owner = objective.owner.as_deref().or(plan.owner.as_deref());
        let key_results: Vec<_> = objective
            .key_results
            .iter()
            .enumerate()
            .map(|(position, key_result)| {
                let facts = Facts {
                    key_result,
                    measure: &key_result.measure,
                    commitment: objective.commitment,
                    period: plan.period,
                    due: key_result.due,
                    cadence: plan.cadence,
                };
                let track = track_of(&facts);
                KeyResultOverview {
                    id: ElementId::KeyResult(at, position),
                    key_result,
                    owner: key_result.owner.as_deref().or(owner),
                    standing: track.standing(),
                    counting: track.counting(),
                    reporting: track.reporting(),
                    is_closed: plan.closed().is_some_and(|closed| closed <= track.today()),
                    track,
                }
            })
            .collect();
        let is_left = |it: &&KeyResultOverview<'_>| it.counting.status != Some(Status::Cancelled);
        let mut counting: Vec<_> = key_results.iter().filter(is_left).collect();
        if counting.is_empty() {
            counting = key_results.iter().collect();
        }
        let parts: Vec<_> = counting.iter().map(|it| it.part()).collect();
        let expected = counting.iter().map(|it| (it.part(), it.standing.expected));
        let expected = expected_of(expected);
        Self {
            id: ElementId::Objective(at),
            objective,
            owner,
            roll_up: RollUp::new(&parts),
            expected,
            key_results,
        }
    }

    /// Returns its part in the plan, or in an objective that it serves.
    #[must_use]
    pub fn part(&self) -> Part {
        Part {
            weight: self.objective.weight(),
            progress: self.roll_up.progress,
            is_met: self.roll_up.is_met,
            is_reporting: self.roll_up.reporting > 0,
            status: self.roll_up.status,
            is_guardrail: false,
        }
    }
}

impl KeyResultOverview<'_> {
    /// Returns its part in its objective.
    #[must_use]
    pub fn part(&self) -> Part {
        Part {
            weight: self.key_result.weight(),
            progress: self.standing.progress,
            is_met: self.standing.is_met == Some(true),
            is_reporting: self.is_reporting(),
            status: self.counting.status,
            is_guardrail: self.key_result.is_guardrail(),
        }
    }

    /// Returns whether anything is known of it: a check-in, or a step that is ticked.
    #[must_use]
    pub fn is_reporting(&self) -> bool {
        self.track.is_reporting()
    }

    /// Returns its progress in whole percents as it is shown; below 0 and above 100 where it is.
    #[must_use]
    pub fn percent_shown(&self) -> Option<Decimal> {
        let is_met = self.standing.is_met == Some(true);
        Some(percent_shown(self.standing.progress?, is_met))
    }

    /// Returns what its owner last said, by a status or a confidence, and on which day.
    #[must_use]
    pub fn said(&self) -> Option<(Date, Status)> {
        let (entry, status) = self.track.last_word()?;
        Some((entry.check_in.date, status))
    }

    /// Returns the status that its numbers speak for, where the one that counts is another.
    #[must_use]
    pub fn other_status(&self) -> Option<Status> {
        let computed = self.standing.status?;
        let is_news = !self.counting.is_auto && self.counting.status != Some(computed);
        is_news.then_some(computed)
    }
}

impl KeyResultOverview<'_> {
    /// Returns why somebody has to decide, as [`Track::decisions`] does; nothing in a closed plan.
    #[must_use]
    pub fn decisions(&self, yellows: usize) -> Vec<Decision> {
        if self.is_closed {
            return Vec::new();
        }
        self.track.decisions(yellows)
    }

    /// Returns since when a check-in is owed; nothing in a closed plan.
    #[must_use]
    pub fn owed_since(&self) -> Option<Date> {
        self.track.owed_since().filter(|_| !self.is_closed)
    }

    /// Returns when the next check-in is due; nothing in a closed plan.
    #[must_use]
    pub fn next_check_in(&self) -> Option<Date> {
        self.track.next_check_in().filter(|_| !self.is_closed)
    }

    /// Returns the value that a forecast comes to, in the unit of the key result, as fine as its target or the last
    /// of its values are.
    #[must_use]
    pub fn forecast_value(&self, forecast: &Forecast) -> Quantity {
        let measure = &self.key_result.measure;
        let values = self.track.values().into_iter();
        let fineness = |value: &Quantity| value.value.normalize().scale();
        let last = values.rev().take(3).map(|one| fineness(one.value)).max();
        let target = measure.target_value().as_ref().map(fineness);
        let places = last.max(target).unwrap_or(0);
        let scale = self.track.scale();
        let unit = scale.map_or(Unit::None, |scale| scale.unit().clone());
        Quantity::new(forecast.value.round_dp(places).normalize(), unit)
    }
}

/// Puts together what is expected of parts, as their progress is put together; nothing where nothing is expected of
/// any.
fn expected_of(parts: impl Iterator<Item = (Part, Option<Decimal>)>) -> Option<Decimal> {
    let mut is_any = false;
    let parts: Vec<_> = parts
        .map(|(part, expected)| {
            is_any |= expected.is_some() && !part.is_guardrail;
            Part {
                progress: expected.or(part.progress),
                ..part
            }
        })
        .collect();
    RollUp::new(&parts).progress.filter(|_| is_any)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{Decision, Discipline};
    use super::*;

    const PLAN: &str = "\
---
period: 2026-Q2
owner: Dana Reyes
---

## Objective: Get paid sooner

- Owner: Sam Ortiz

### Key result: Cut the cycle

- Owner: Ines Duarte
- Baseline: 20 days
- Target: 12 days

| Date | Value | Status |
| --- | --- | --- |
| 2026-04-10 | 19 days | on track |
| 2026-04-17 | 18 days | at risk |
| 2026-04-24 | 17 days | at risk |
| 2026-05-01 | 17 days | at risk |
| 2026-05-08 | 15 days | at risk |
| 2026-06-30 | 12 days | achieved |

### Key result: Raise the rate

- Baseline: 60%
- Target: 80%

| Date | Value | Status |
| --- | --- | --- |
| 2026-05-08 | 61% | on track |

### Key result: Drop the old system

- Target: done

| Date | Status |
| --- | --- |
| 2026-04-10 | cancelled |

## Objective: Close faster

### Key result: Keep errors low

- Baseline: 1%
- Target: at most 2%

## Objective: Nothing below it
";

    fn with_overview(look: impl FnOnce(&Overview<'_>)) {
        let plan = crate::parse(PLAN).plan;
        look(&Overview::new(
            &plan,
            date(2026, 5, 10),
            &Schedules::default(),
        ));
    }

    fn shown(part: Option<Decimal>) -> Option<String> {
        Some(part?.round_dp(4).normalize().to_string())
    }

    #[test]
    fn an_objective_is_the_mean_of_what_is_left_and_its_worst_status() {
        with_overview(|overview| {
            let first = &overview.objectives[0];
            // (0.625 + 0.05) / 2: what is cancelled takes no part.
            assert_eq!(shown(first.roll_up.progress).as_deref(), Some("0.3375"));
            assert_eq!(shown(first.expected).as_deref(), Some("0.4396"));
            assert_eq!(first.roll_up.status, Some(Status::AtRisk));
            assert_eq!((first.roll_up.reporting, first.roll_up.parts), (2, 2));
            let last = &overview.objectives[2];
            assert_eq!((last.roll_up.progress, last.expected), (None, None));
        });
    }

    #[test]
    fn a_plan_is_the_mean_of_objectives_that_have_key_results() {
        with_overview(|overview| {
            // (0.3375 + 0) / 2: of the second objective nothing is known, which counts as nothing done.
            assert_eq!(shown(overview.roll_up.progress).as_deref(), Some("0.1688"));
            assert_eq!((overview.roll_up.reporting, overview.roll_up.parts), (2, 3));
            let counted = overview.confidence;
            assert_eq!(
                (counted.green, counted.yellow, counted.red, counted.silent),
                (1, 1, 0, 2)
            );
            let days = overview.timeline.map(Timeline::days);
            assert_eq!(days, Some(91));
        });
    }

    #[test]
    fn nothing_is_expected_of_what_is_only_to_be_kept() {
        with_overview(|overview| assert_eq!(overview.objectives[1].expected, None));
    }

    #[test]
    fn check_ins_of_later_days_do_not_count() {
        with_overview(|overview| {
            let it = &overview.objectives[0].key_results[0];
            assert_eq!(it.percent_shown(), Some(Decimal::from(62)));
            let said = it.said().map(|(day, status)| (day.to_string(), status));
            assert_eq!(said, Some(("2026-05-08".to_owned(), Status::AtRisk)));
        });
    }

    #[test]
    fn owners_come_from_above() {
        with_overview(|overview| {
            let owners: Vec<_> = overview.key_results().map(|it| it.owner).collect();
            let names = ["Ines Duarte", "Sam Ortiz", "Sam Ortiz", "Dana Reyes"];
            assert_eq!(owners, names.map(Some));
        });
    }

    #[test]
    fn what_is_to_be_decided_is_found() {
        with_overview(|overview| {
            let found: Vec<_> = overview
                .key_results()
                .map(|it| it.track.decisions(2))
                .collect();
            let expected = [
                vec![Decision::YellowRun(4)],
                vec![Decision::Disagreement],
                vec![],
                vec![Decision::OffTrack, Decision::Silent],
            ];
            assert_eq!(found, expected);
        });
    }

    #[test]
    fn the_numbers_are_told_where_they_say_something_else() {
        with_overview(|overview| {
            let others: Vec<_> = overview.key_results().map(|it| it.other_status()).collect();
            // The first is ahead, the second far behind; the last has said nothing.
            let expected = [Some(Status::OnTrack), Some(Status::OffTrack), None, None];
            assert_eq!(others, expected);
        });
    }

    #[test]
    fn a_change_is_held_against_the_slot_before() {
        with_overview(|overview| {
            let track = &overview.objectives[0].key_results[0].track;
            let change = track.last_change().unwrap();
            assert_eq!(change.since, Some(date(2026, 5, 1)));
            assert_eq!(change.amount().unwrap().to_string(), "-2 days");
            assert_eq!(change.progress, Some(Decimal::new(25, 2)));
            let month = track.change_after(date(2026, 4, 10)).unwrap();
            assert_eq!(month.amount().unwrap().to_string(), "-4 days");
            let first = track.change_after(date(2026, 4, 1)).unwrap();
            assert_eq!((first.from, first.amount()), (None, None));
            assert_eq!(track.change_after(date(2026, 5, 8)), None);
        });
    }

    #[test]
    fn what_is_owed_counts_from_the_first_that_failed_to_come() {
        with_overview(|overview| {
            let of = |at: usize| overview.key_results().nth(at).unwrap();
            let owed = |at| of(at).track.owed_since().map(|day| day.to_string());
            assert_eq!(owed(0), None);
            assert_eq!(owed(3).as_deref(), Some("2026-04-10"));
            let next = |at| of(at).track.next_check_in().map(|day| day.to_string());
            assert_eq!(next(0).as_deref(), Some("2026-05-15"));
            assert_eq!(next(2), None, "it is cancelled");
            // The slot of 8 May is in its days of grace.
            assert_eq!(next(3).as_deref(), Some("2026-05-08"));
        });
    }

    #[test]
    fn check_ins_that_came_are_counted_until_it_is_closed() {
        with_overview(|overview| {
            let kept: Vec<_> = overview
                .key_results()
                .map(|it| {
                    let Discipline { kept, closed } = it.track.discipline();
                    (kept, closed)
                })
                .collect();
            // Four slots are closed on 10 May; that of 8 May closes at its end.
            assert_eq!(kept, [(4, 4), (0, 4), (1, 1), (0, 4)]);
            assert_eq!(
                overview.discipline,
                Discipline {
                    kept: 5,
                    closed: 13
                }
            );
        });
    }

    #[test]
    fn the_day_of_check_ins_can_be_another() {
        let plan = crate::parse(PLAN).plan;
        let schedules = Schedules::on(jiff::civil::Weekday::Monday);
        let overview = Overview::new(&plan, date(2026, 5, 10), &schedules);
        let next = overview.objectives[0].key_results[0].track.next_check_in();
        // The check-in of Friday the 8th came in the slot of Monday the 11th.
        assert_eq!(next, Some(date(2026, 5, 18)));
    }
}
