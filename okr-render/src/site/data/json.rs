//! All plans of a site as JSON.

use std::io::Write;

use serde::{Serialize, Serializer};

use crate::error::Error;
use crate::site::member::{KeyResultSummary, Percents};
use crate::site::{Site, refused, whole};

#[derive(Serialize)]
struct SiteData<'a> {
    schema: &'static str,
    title: &'a str,
    day: String,
    plans: Plans<'a>,
}

/// All plans, of which one at a time is made ready.
struct Plans<'a>(&'a Site);

impl Serialize for Plans<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.0.members.len()).map(|at| plan(self.0, at)))
    }
}

#[derive(Debug, Serialize)]
struct PlanData<'a> {
    name: &'a str,
    page: &'a str,
    team: Option<&'a str>,
    owner: Option<&'a str>,
    period: Option<String>,
    is_closed: bool,
    status: Option<&'static str>,
    #[serde(flatten)]
    percents: PercentData,
    objectives: Vec<GoalData<'a>>,
    key_results: Vec<KeyResultData<'a>>,
}

#[derive(Debug, Serialize)]
struct GoalData<'a> {
    number: &'a str,
    title: &'a str,
    owner: Option<&'a str>,
    status: Option<&'static str>,
    #[serde(flatten)]
    percents: PercentData,
    /// What it serves: the position of a plan here and that of an objective in it, counted from 0.
    supports: Vec<[usize; 2]>,
}

#[derive(Debug, Serialize)]
struct KeyResultData<'a> {
    number: &'a str,
    title: &'a str,
    owner: Option<&'a str>,
    status: Option<&'static str>,
    #[serde(flatten)]
    percents: PercentData,
    value: Option<&'a str>,
    target: Option<&'a str>,
    due: Option<String>,
    latest: Option<String>,
}

#[derive(Debug, Serialize)]
struct PercentData {
    progress: Option<f64>,
    expected: Option<f64>,
}

impl PercentData {
    fn new(percents: Percents) -> Self {
        use rust_decimal::prelude::ToPrimitive as _;
        Self {
            progress: percents.done.and_then(|percent| percent.to_f64()),
            expected: percents.expected.and_then(|percent| percent.to_f64()),
        }
    }
}

/// Writes all plans as JSON, as the site shows them.
pub(in crate::site) fn json(site: &Site, out: &mut dyn Write) -> Result<(), Error> {
    let data = SiteData {
        schema: "okr-site-1",
        title: &site.settings.title,
        day: site.settings.day.to_string(),
        plans: Plans(site),
    };
    serde_json::to_writer(&mut *out, &data).map_err(|error| refused(&error))?;
    whole(b"\n", out)
}

fn plan(site: &Site, at: usize) -> PlanData<'_> {
    let member = &site.members[at];
    let supports = |position: usize| -> Vec<[usize; 2]> {
        let aligned = &site.alignment.objectives[site.firsts[at] + position];
        let parents = aligned.parents.iter().map(|parent| {
            let parent = &site.alignment.objectives[*parent];
            [parent.plan, parent.position]
        });
        parents.collect()
    };
    PlanData {
        name: &member.name,
        page: &site.pages[at],
        team: member.team.as_deref(),
        owner: member.owner.as_deref(),
        period: member.period.map(|period| period.to_string()),
        is_closed: member.is_closed,
        status: member.status.map(|status| status.word()),
        percents: PercentData::new(member.standing),
        objectives: member
            .objectives
            .iter()
            .enumerate()
            .map(|(position, it)| GoalData {
                number: &it.number,
                title: &it.title,
                owner: it.owner.as_deref(),
                status: it.status.map(|status| status.word()),
                percents: PercentData::new(it.standing),
                supports: supports(position),
            })
            .collect(),
        key_results: member.key_results.iter().map(key_result).collect(),
    }
}

fn key_result(it: &KeyResultSummary) -> KeyResultData<'_> {
    KeyResultData {
        number: &it.number,
        title: &it.title,
        owner: it.owner.as_deref(),
        status: it.status.map(|status| status.word()),
        percents: PercentData::new(it.standing),
        value: it.value.as_deref(),
        target: it.target.as_deref(),
        due: it.due.map(|due| due.to_string()),
        latest: it.latest.map(|day| day.to_string()),
    }
}
