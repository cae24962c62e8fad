//! Check-ins whose value comes from the source of the key result.

use okr_core::Parsed;
use okr_core::model::ElementId;

use jiff::civil::Date;

use super::record::{Made, Report, Wanted, record};
use super::walk::Stop;
use super::{One, check, examine, json};
use crate::ExitStatus;
use crate::commands::args;
use crate::context::Context;
use crate::elements;
use crate::error::{self, Failure};
use crate::evidence::{Asking, Evidence, evidence, readable};
use crate::shell::{Text, flow, quoted, style};

/// What became of a key result whose source can be read.
pub(super) enum Outcome {
    Recorded(Box<Report>),
    Failed {
        /// The position of the key result, such as `1.2`.
        number: String,
        title: String,
        message: String,
        help: Option<String>,
    },
}

impl Outcome {
    fn failed(stop: &Stop, error: &anyhow::Error) -> Self {
        Self::Failed {
            number: stop.id.to_string(),
            title: stop.title.clone(),
            message: format!("{error:#}"),
            help: error::help(error).map(str::to_owned),
        }
    }
}

/// Takes value, day and source of what was read; a day that was given stays.
pub(super) fn take(wanted: &mut Wanted, found: &Evidence) {
    let value = found.value.to_string();
    // A sign at the beginning would make a step of it.
    wanted.value = if value.starts_with(['+', '-', '−']) {
        format!("={value}")
    } else {
        value
    };
    wanted.source = Some(format!("{}, {}", found.note, found.date));
    wanted.date = wanted.date.or(Some(found.date));
}

/// What a source says, or why it was not read.
pub(super) type Offer = Result<Evidence, String>;

/// Reads the source of a key result and shows what it says; nothing where there is none that okr reads.
pub(super) fn offer(
    cx: &mut Context<'_>,
    parsed: &Parsed,
    id: ElementId,
    asking: Asking<'_>,
) -> anyhow::Result<Option<Offer>> {
    let key_result = parsed.plan.key_result(id);
    let Some(key_result) = key_result.filter(|key_result| readable(key_result).is_some()) else {
        return Ok(None);
    };
    let width = cx.shell.width().saturating_sub(2);
    let (offer, parts) = match evidence(cx, asking, key_result) {
        Ok(found) => {
            let mut value = Text::from("source: ");
            value
                .styled(style::BOLD, &found.value.to_string())
                .push(&format!(" on {} from {}", found.date, found.note));
            (Ok(found), vec![value, Text::from("= takes it")])
        }
        Err(error) => {
            let help = error::help(&error).map(|help| Text::from(help.to_owned()));
            let mut parts = vec![Text::from(format!("source: not read: {error:#}"))];
            parts.extend(help);
            (Err(format!("{error:#}")), parts)
        }
    };
    let mut text = Text::from("  ");
    text.append(&flow(&parts, "; ", width));
    cx.shell.tell(text)?;
    Ok(Some(offer))
}

/// Returns how a source is written that okr can read.
fn how_written(plan: &str, element: &str) -> String {
    let file = match plan {
        "-" => "PLAN".to_owned(),
        plan => quoted(plan),
    };
    format!(
        "name a file and what to take of it, such as `okr set {file} {element} source \"log.csv, last of Value, dated Day\"`; docs/measures.md lists the ways"
    )
}

impl One<'_> {
    /// Fills in what the source of the one key result says.
    pub(super) fn take_from_source(
        &self,
        cx: &Context<'_>,
        wanted: &mut Wanted,
    ) -> anyhow::Result<()> {
        let parsed = okr_core::parse(self.read(cx)?);
        let id = elements::find_key_result(&parsed, args::string(self.matches, "element"))?;
        let key_result = parsed.plan.key_result(id);
        let Some(key_result) = key_result.filter(|key_result| readable(key_result).is_some())
        else {
            let failure = Failure::new(format!("key result {id} has no source that okr can read"));
            return Err(failure.help(how_written(self.name, &id.to_string())).into());
        };
        let found = evidence(cx, self.asking(), key_result)?;
        take(wanted, &found);
        Ok(())
    }

    /// Records what all sources of the plan say that can be read.
    pub(super) fn all_from_sources(&self, cx: &mut Context<'_>) -> anyhow::Result<ExitStatus> {
        self.check_output()?;
        let parsed = okr_core::parse(self.read(cx)?);
        let name = self.name;
        if let Some(reason) = check::reason(examine::Kind::of(&parsed)) {
            return Err(Failure::new(format!("{name} {reason}")).into());
        }
        let all = parsed.plan.key_results();
        let found: Vec<(Stop, anyhow::Result<Evidence>)> = all
            .filter(|(_, key_result)| readable(key_result).is_some())
            .map(|(id, key_result)| {
                let found = evidence(cx, self.asking(), key_result);
                (Stop::new(&parsed, id), found)
            })
            .collect();
        if found.is_empty() {
            let failure = Failure::new(format!("no key result of {name} has a source to read"));
            return Err(failure.help(how_written(name, "1.1")).into());
        }
        let mut outcomes = self.update(cx, |text| Ok(self.record_all(text, &found)))?;
        tell_faults_once(&mut outcomes);
        if self.matches.get_flag("json") {
            let document = json::sources(&outcomes, name, |report| self.is_written(report))?;
            cx.shell.document(document.as_bytes())?;
        } else {
            self.say_all(cx, &outcomes)?;
        }
        let is_well = |outcome: &Outcome| match outcome {
            Outcome::Recorded(report) => !report.says_little(),
            Outcome::Failed { .. } => false,
        };
        Ok(if outcomes.iter().all(is_well) {
            ExitStatus::Success
        } else {
            ExitStatus::Findings
        })
    }

    fn asking(&self) -> Asking<'_> {
        let today = self.rules.today;
        let given = self.matches.get_one::<Date>("date").copied();
        // Of a day to come no file can tell.
        let day = given.map_or(today, |date| date.min(today));
        Asking {
            plan: self.path,
            day,
            is_past: day < today,
            allows_commands: self.matches.get_flag("allow-commands"),
        }
    }

    /// Returns the text with a check-in for each key result whose source was read, unless it is as it was, and what
    /// became of each.
    fn record_all(
        &self,
        before: &str,
        found: &[(Stop, anyhow::Result<Evidence>)],
    ) -> (Option<String>, Vec<Outcome>) {
        let mut text = before.to_owned();
        let mut outcomes = Vec::new();
        for (stop, found) in found {
            let outcome = match found {
                Ok(found) => self.record_one(&mut text, stop, found),
                Err(error) => Outcome::failed(stop, error),
            };
            outcomes.push(outcome);
        }
        ((text != before).then_some(text), outcomes)
    }

    fn record_one(&self, text: &mut String, stop: &Stop, found: &Evidence) -> Outcome {
        let failed = |failure: Failure| Outcome::failed(stop, &failure.into());
        let parsed = okr_core::parse(text.clone());
        let Some(id) = stop.find(&parsed) else {
            return failed(Failure::new("someone else has taken it away meanwhile"));
        };
        let mut wanted = Wanted {
            value: String::new(),
            status: None,
            confidence: None,
            note: self.matches.get_one::<String>("note").cloned(),
            source: None,
            date: self.matches.get_one::<Date>("date").copied(),
            corrects: false,
            force: false,
        };
        take(&mut wanted, found);
        match record(&parsed, id, &wanted, self.rules, &quoted(self.name)) {
            Ok(Made::Recorded(after, report)) => {
                if let Some(after) = after {
                    *text = after;
                }
                Outcome::Recorded(report)
            }
            Ok(Made::Call(call)) => {
                let file = quoted(self.name);
                let help = format!(
                    "decide ({}): okr checkin {file} {id} --from-source --status green, or red, with --note",
                    call.numbers()
                );
                failed(Failure::new(call.words()).help(help))
            }
            Err(failure) => failed(failure),
        }
    }

    fn say_all(&self, cx: &mut Context<'_>, outcomes: &[Outcome]) -> anyhow::Result<()> {
        let lead = self.lead();
        for outcome in outcomes {
            match outcome {
                Outcome::Recorded(report) => report.say(cx, &lead, self.name)?,
                Outcome::Failed {
                    number,
                    message,
                    help,
                    ..
                } => cx.shell.warn(
                    &format!("{lead}{number} not recorded: {message}"),
                    help.as_deref(),
                )?,
            }
        }
        Ok(())
    }
}

/// Leaves it to the last report to tell how much of the plan is not understood, as that is the same for all.
fn tell_faults_once(outcomes: &mut [Outcome]) {
    let reports = outcomes.iter_mut().filter_map(|outcome| match outcome {
        Outcome::Recorded(report) => Some(report),
        Outcome::Failed { .. } => None,
    });
    for report in reports.rev().skip(1) {
        report.faults = 0;
    }
}
