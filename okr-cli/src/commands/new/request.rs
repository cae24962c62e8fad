//! What a new plan is to be made with: from flags, from `okr.toml`, and from answers at the terminal.

use clap::ArgMatches;
use indexmap::IndexMap;
use jiff::civil::Date;
use okr_core::fields::nearest;
use okr_core::model::{Cadence, ElementId, FiscalYear, Period, PeriodKind, Plan, Quantity};
use okr_templates::{Request, Selection, Template};

use crate::commands::baseline;
use crate::config::Config;
use crate::error::Failure;
use crate::shell::shown;

/// What is known so far; whatever is absent was not given, and may be asked for.
pub(super) struct Answers {
    pub(super) team: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) period: Option<Period>,
    pub(super) inputs: IndexMap<String, String>,
    pub(super) selection: Option<Selection>,
    pub(super) baselines: Vec<(ElementId, Quantity)>,
    /// What else may have been meant by the baselines.
    pub(super) doubts: Vec<String>,
    /// How often the plan is to be checked, when `okr.toml` says so.
    pub(super) cadence: Option<Cadence>,
    /// The team and owner that `okr.toml` gives to plans that name none.
    pub(super) usual_team: Option<String>,
    pub(super) usual_owner: Option<String>,
    fiscal_year: Option<FiscalYear>,
}

impl Answers {
    /// Returns what the command line says.
    ///
    /// # Errors
    ///
    /// Something cannot be read, or the template has no such thing.
    pub(super) fn given(
        matches: &ArgMatches,
        template: &Template,
        outline: &Plan,
        config: &Config,
    ) -> anyhow::Result<Self> {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let mut answers = Self {
            team: text("team"),
            owner: text("owner"),
            period: None,
            inputs: IndexMap::new(),
            selection: None,
            baselines: Vec::new(),
            doubts: Vec::new(),
            cadence: config.cadence,
            usual_team: config.team.clone(),
            usual_owner: config.owner.clone(),
            fiscal_year: config.fiscal_year,
        };
        let mut period = text("period");
        for input in matches.get_many::<String>("input").into_iter().flatten() {
            let (name, value) = pair(input, "input", "region=North")?;
            match name {
                "team" => answers.team = Some(value.to_owned()),
                "owner" => answers.owner = Some(value.to_owned()),
                "period" => period = Some(value.to_owned()),
                _ => {
                    check_input(template, name)?;
                    answers.inputs.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        answers.period = period.map(|text| answers.read_period(&text)).transpose()?;
        answers.selection = match text("objectives") {
            Some(numbers) => {
                let help = "write numbers and ranges, such as 1,3-5";
                Some(
                    Selection::parse(&numbers)
                        .map_err(|message| Failure::new(message).help(help))?,
                )
            }
            None => matches.get_flag("all").then_some(Selection::All),
        };
        for given in matches.get_many::<String>("baseline").into_iter().flatten() {
            let (number, value) = pair(given, "baseline", "1.1=68%")?;
            let id = ElementId::parse(number.trim());
            let Some((id, key_result)) = id.and_then(|id| Some((id, outline.key_result(id)?)))
            else {
                return Err(no_key_result(template, outline, number).into());
            };
            let baseline = baseline::read(&key_result.measure, value).map_err(|refusal| {
                Failure::new(format!("--baseline {number}: {}", refusal.message)).help(refusal.help)
            })?;
            if let Some(baseline) = baseline {
                let doubt = baseline.doubt;
                answers
                    .doubts
                    .extend(doubt.map(|doubt| format!("--baseline {number}: {doubt}")));
                answers.baselines.push((id, baseline.value));
            }
        }
        Ok(answers)
    }

    /// Reads a period by the fiscal year of the folder.
    pub(super) fn read_period(&self, text: &str) -> Result<Period, Failure> {
        Period::parse(text, self.fiscal_year.unwrap_or_default()).map_err(|error| {
            let message = error.to_string();
            match message.split_once(" is no period like ") {
                Some((text, forms)) => Failure::new(format!("{text} is no period"))
                    .help(format!("write it like {forms}")),
                None => Failure::new(message).help("write a period like 2026-Q4"),
            }
        })
    }

    /// Returns a function that tells whether a text is a period, for a prompt that outlives this.
    pub(super) fn reader(&self) -> impl Fn(&str) -> Result<(), String> + Clone + 'static {
        let fiscal_year = self.fiscal_year.unwrap_or_default();
        move |text| match Period::parse(text, fiscal_year) {
            Ok(_) => Ok(()),
            Err(_) => Err(format!(
                "`{}` is no period; write it like 2026-Q4",
                shown(text)
            )),
        }
    }

    /// Returns the period that was given, else the usual one.
    pub(super) fn period(&self, today: Date) -> anyhow::Result<Period> {
        let period = self.period.or_else(|| self.usual_period(today));
        period.ok_or_else(|| {
            Failure::new("no usual period on this day")
                .help("give one, as in --period 2026-Q4")
                .into()
        })
    }

    /// Returns the quarter of `today`, or the next one once less than half of it is left, when a plan
    /// for the rest would be late.
    pub(super) fn usual_period(&self, today: Date) -> Option<Period> {
        let quarter = Period::containing(today, PeriodKind::Quarter, self.fiscal_year)?;
        let left = Period::custom(today, quarter.end())?;
        if left.days() * 2 < quarter.days() {
            quarter.next()
        } else {
            Some(quarter)
        }
    }

    /// Returns the numbers of the objectives to take, from 1.
    pub(super) fn numbers(&self, template: &Template, outline: &Plan) -> Vec<usize> {
        match &self.selection {
            Some(Selection::Numbers(numbers)) => numbers.clone(),
            None | Some(Selection::Start) if !template.start_with.is_empty() => {
                template.start_with.clone()
            }
            _ => (1..=outline.objectives.len()).collect(),
        }
    }

    /// Finds out whether the template has what is to be taken from it.
    pub(super) fn check(&self, template: &Template, outline: &Plan) -> Result<(), Failure> {
        let count = outline.objectives.len();
        let numbers = self.numbers(template, outline);
        if let Some(number) = numbers.iter().find(|number| **number > count) {
            let message = format!(
                "there is no objective {number}: `{}` has {count} objectives",
                template.name
            );
            return Err(Failure::new(message)
                .help(format!("`okr templates show {}` lists them", template.name)));
        }
        for (id, _) in &self.baselines {
            if let ElementId::KeyResult(o, _) = id
                && !numbers.contains(&(o + 1))
            {
                let message = format!(
                    "key result {id} has a baseline, but objective {} is not taken",
                    o + 1
                );
                let mut with = numbers.clone();
                with.push(o + 1);
                with.sort_unstable();
                let list = with
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(",");
                return Err(
                    Failure::new(message).help(format!("take it as well with --objectives {list}"))
                );
            }
        }
        Ok(())
    }

    /// Returns the request for the template.
    pub(super) fn request(&self, period: Period) -> Request {
        Request {
            team: self
                .team
                .clone()
                .or_else(|| self.usual_team.clone())
                .filter(|team| !team.is_empty()),
            owner: self
                .owner
                .clone()
                .or_else(|| self.usual_owner.clone())
                .filter(|owner| !owner.is_empty()),
            period: Some(period),
            inputs: self.inputs.clone(),
            selection: self.selection.clone().unwrap_or_default(),
            baselines: self.baselines.clone(),
            fiscal_year: self.fiscal_year.unwrap_or_default(),
        }
    }
}

fn pair<'t>(text: &'t str, flag: &str, example: &str) -> Result<(&'t str, &'t str), Failure> {
    text.split_once('=').ok_or_else(|| {
        Failure::new(format!("--{flag} `{text}` has no = in it"))
            .help(format!("write it like --{flag} {example}"))
    })
}

fn check_input(template: &Template, name: &str) -> Result<(), Failure> {
    if template.inputs.iter().any(|input| input.name == name) {
        return Ok(());
    }
    let names = || template.inputs.iter().map(|input| &*input.name);
    let help = match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it asks for {}", names().collect::<Vec<_>>().join(", ")),
    };
    Err(Failure::new(format!(
        "role template `{}` does not ask for `{name}`",
        template.name
    ))
    .help(help))
}

fn no_key_result(template: &Template, outline: &Plan, number: &str) -> Failure {
    let help = match ElementId::parse(number.trim()) {
        Some(ElementId::KeyResult(o, _)) if o < outline.objectives.len() => {
            let count = super::args::count(outline.objectives[o].key_results.len(), "key result");
            format!("objective {} has {count}", o + 1)
        }
        _ => format!(
            "write the number of a key result, such as 1.1; `okr templates show {}` lists them",
            template.name
        ),
    };
    Failure::new(format!("`{}` has no key result `{number}`", template.name)).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers() -> Answers {
        Answers {
            team: None,
            owner: None,
            period: None,
            inputs: IndexMap::new(),
            selection: None,
            baselines: Vec::new(),
            doubts: Vec::new(),
            cadence: None,
            usual_team: None,
            usual_owner: None,
            fiscal_year: None,
        }
    }

    #[track_caller]
    fn check_usual(today: &str, expected: &str) {
        let period = answers().usual_period(today.parse().unwrap()).unwrap();
        assert_eq!(period.to_string(), expected, "on {today}");
    }

    #[test]
    fn the_usual_period_is_the_next_quarter_when_this_one_is_more_than_half_over() {
        check_usual("2026-10-01", "2026-Q4");
        check_usual("2026-11-15", "2026-Q4");
        check_usual("2026-11-16", "2026-Q4");
        check_usual("2026-11-17", "2027-Q1");
        check_usual("2026-12-31", "2027-Q1");
        check_usual("2026-02-15", "2026-Q1");
        check_usual("2026-02-16", "2026-Q2");
    }
}
