//! What of a plan a format holds.

use std::fmt;

use okr_core::model::{Fields, Inline, Measure, Plan, Target, Unit};

/// Which parts of a plan a format holds, so that they come back when it is read.
///
/// ```
/// use okr_render::{Format, Part};
///
/// let csv = Format::named("csv")?;
/// assert!(!csv.carries.contains(Part::CheckIns));
/// let lost: Vec<_> = csv.carries.missing().map(Part::words).collect();
/// assert!(lost.contains(&"check-ins"));
/// # Ok::<(), okr_render::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Carries {
    parts: u8,
}

/// A part of a plan that some format cannot hold.
///
/// Everything that is not named here is held by every format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// Emphasis, code, links and comments within a line; without it, the plain words are held.
    ///
    /// Free text is Markdown as it stands in every format, and the links of `Supports` are no
    /// formatting.
    Formatting,
    /// The check-ins of key results.
    CheckIns,
    /// In which places of a measure its unit is written; without it, each number has the unit that
    /// [`Measure::unit`] tells, and the unit stands alone only where no number has it.
    UnitPlaces,
    /// Fields and front matter keys that are there without a value, and values that are empty once
    /// their formatting is gone; without it, they are absent.
    EmptyValues,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 4] = [
        Self::Formatting,
        Self::CheckIns,
        Self::UnitPlaces,
        Self::EmptyValues,
    ];

    /// Returns what to call the part in a sentence, such as `check-ins`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Formatting => "formatting within a line",
            Self::CheckIns => "check-ins",
            Self::UnitPlaces => "the places in which a unit is written",
            Self::EmptyValues => "fields without a value",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl Carries {
    /// The whole plan.
    pub const ALL: Self = Self { parts: u8::MAX };

    /// Returns the same without `part`.
    #[must_use]
    pub const fn without(self, part: Part) -> Self {
        Self {
            parts: self.parts & !part.bit(),
        }
    }

    /// Returns whether `part` is held.
    #[must_use]
    pub const fn contains(self, part: Part) -> bool {
        self.parts & part.bit() != 0
    }

    /// Returns the parts that are not held.
    pub fn missing(self) -> impl Iterator<Item = Part> {
        Part::ALL
            .into_iter()
            .filter(move |part| !self.contains(*part))
    }

    /// Returns what is left of `plan` when it is written and read again.
    ///
    /// Reducing a plan twice is reducing it once.
    #[must_use]
    pub fn reduce(self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        // The order matters: a value may become empty only when its formatting is taken away.
        for part in self.missing() {
            match part {
                Part::Formatting => {
                    for_each_line(&mut plan, |line| *line = Inline::from_plain(&line.plain()));
                }
                Part::CheckIns => for_each_measure(&mut plan, |_, check_ins| check_ins.clear()),
                Part::UnitPlaces => {
                    for_each_measure(&mut plan, |measure, _| with_unit_in_place(measure));
                }
                Part::EmptyValues => drop_empty(&mut plan),
            }
        }
        plan
    }
}

impl fmt::Debug for Carries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Carries::ALL")?;
        self.missing()
            .try_for_each(|part| write!(f, ".without({part:?})"))
    }
}

/// Gives each bare number of `measure` its unit, and drops the unit that stands alone where a
/// number has it.
///
/// A bare change stays bare: `+4` with the unit `%` would become `+4%`, which means something else.
pub(crate) fn with_unit_in_place(measure: &mut Measure) {
    let Some(unit) = measure.unit().filter(|unit| **unit != Unit::None).cloned() else {
        measure.unit = None;
        return;
    };
    let mut has_it = false;
    let mut give = |own: &mut Unit, is_change: bool| {
        if *own == Unit::None && !is_change {
            *own = unit.clone();
        }
        has_it |= *own == unit;
    };
    if let Some(start) = &mut measure.start {
        give(&mut start.unit, false);
    }
    match &mut measure.target {
        Some(Target::Value { value, .. }) => give(&mut value.unit, false),
        Some(Target::Between { low, high }) => {
            give(&mut low.unit, false);
            give(&mut high.unit, false);
        }
        Some(Target::Change(change)) => give(&mut change.unit, true),
        _ => {}
    }
    measure.unit = (!has_it).then_some(unit);
}

fn for_each_measure(
    plan: &mut Plan,
    mut change: impl FnMut(&mut Measure, &mut Vec<okr_core::model::CheckIn>),
) {
    for key_result in plan
        .objectives
        .iter_mut()
        .flat_map(|objective| &mut objective.key_results)
    {
        change(&mut key_result.measure, &mut key_result.check_ins);
    }
}

/// Calls `change` with everything that is Markdown of one line.
fn for_each_line(plan: &mut Plan, mut change: impl FnMut(&mut Inline)) {
    plan.title.iter_mut().for_each(&mut change);
    for objective in &mut plan.objectives {
        change(&mut objective.title);
        objective.fields.values_mut().for_each(&mut change);
        objective
            .initiatives
            .iter_mut()
            .for_each(|initiative| change(&mut initiative.title));
        for key_result in &mut objective.key_results {
            change(&mut key_result.title);
            let measure = &mut key_result.measure;
            for line in [
                &mut measure.name,
                &mut measure.question,
                &mut measure.source,
            ] {
                line.iter_mut().for_each(&mut change);
            }
            key_result.fields.values_mut().for_each(&mut change);
            key_result
                .initiatives
                .iter_mut()
                .for_each(|initiative| change(&mut initiative.title));
            for check_in in &mut key_result.check_ins {
                check_in.note.iter_mut().for_each(&mut change);
                check_in.fields.values_mut().for_each(&mut change);
            }
        }
    }
    plan.sections
        .iter_mut()
        .for_each(|section| change(&mut section.title));
}

fn drop_empty(plan: &mut Plan) {
    let line = |line: &mut Option<Inline>| *line = line.take().filter(|line| !line.is_empty());
    let words =
        |words: &mut Option<String>| *words = words.take().filter(|words| !words.is_empty());
    let fields = |fields: &mut Fields| fields.retain(|_, value| !value.is_empty());
    line(&mut plan.title);
    [
        &mut plan.name,
        &mut plan.team,
        &mut plan.owner,
        &mut plan.template,
    ]
    .into_iter()
    .for_each(words);
    plan.front_matter.retain(|_, value| !value.is_empty());
    for objective in &mut plan.objectives {
        [&mut objective.id, &mut objective.owner]
            .into_iter()
            .for_each(words);
        objective
            .supports
            .retain(|link| !(link.text.is_empty() && link.target.is_empty()));
        fields(&mut objective.fields);
        objective
            .initiatives
            .iter_mut()
            .for_each(|initiative| words(&mut initiative.owner));
        for key_result in &mut objective.key_results {
            [&mut key_result.id, &mut key_result.owner]
                .into_iter()
                .for_each(words);
            let measure = &mut key_result.measure;
            [
                &mut measure.name,
                &mut measure.question,
                &mut measure.source,
            ]
            .into_iter()
            .for_each(line);
            fields(&mut key_result.fields);
            key_result
                .initiatives
                .iter_mut()
                .for_each(|initiative| words(&mut initiative.owner));
            for check_in in &mut key_result.check_ins {
                line(&mut check_in.note);
                fields(&mut check_in.fields);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use okr_core::model::{Quantity, Target};

    use super::*;

    #[test]
    fn parts_are_taken_away_one_by_one() {
        let carries = Carries::ALL.without(Part::CheckIns);
        assert!(!carries.contains(Part::CheckIns));
        assert!(carries.contains(Part::Formatting));
        assert_eq!(carries.missing().collect::<Vec<_>>(), [Part::CheckIns]);
        assert_eq!(format!("{carries:?}"), "Carries::ALL.without(CheckIns)");
        assert_eq!(Carries::ALL.missing().count(), 0);
    }

    #[track_caller]
    fn check(start: &str, target: &str, unit: &str, expected: &str) {
        let mut measure = Measure {
            start: Quantity::parse(start).ok(),
            target: Target::parse(target).ok(),
            unit: Unit::parse(unit).filter(|unit| *unit != Unit::None),
            ..Measure::default()
        };
        with_unit_in_place(&mut measure);
        let show = |text: Option<String>| text.unwrap_or_default();
        let actual = [
            show(measure.start.map(|start| start.to_string())),
            show(measure.target.map(|target| target.to_string())),
            show(measure.unit.map(|unit| unit.to_string())),
        ];
        assert_eq!(actual.join(" | "), expected);
    }

    #[test]
    fn bare_numbers_take_the_unit() {
        check("68", "85%", "", "68% | 85% | ");
        check("68%", "at least 85", "", "68% | at least 85% | ");
        check("68", "85", "%", "68% | 85% | ");
        check(
            "2",
            "between 1 and 4",
            "days",
            "2 days | between 1 and 4 days | ",
        );
        check("68%", "+4", "%", "68% | +4 | ");
        check("", "+25%", "days", " | +25% | days");
        check("2 weeks", "+1 month", "days", "2 weeks | +1 month | days");
        check("2 weeks", "9 days", "", "2 weeks | 9 days | ");
    }
}
