//! `okr map`: which objectives serve which, across plans.

mod dot;
mod json;
mod mermaid;
mod svg;
mod tree;

use std::path::{Component, Path};

use clap::ArgMatches;
use okr_core::alignment::{Alignment, LinkFault, Member};
use okr_core::model::{PlanLevel, Status};
use okr_core::progress::{Overview, Part, RollUp, worst};
use rust_decimal::Decimal;

use super::plans::{self, Day, look_into};
use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::shell::Text;
use okr_render::words::plan_name;

pub(crate) static COMMAND: Command = Command {
    name: "map",
    about: "Show which objectives serve which, across plans",
    docs: include_str!("map.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(plans::paths())
        .args(args::formats(
            &["tree", "svg", "mermaid", "dot", "json"],
            "How to draw it: tree, svg, mermaid, dot or json [default: tree]",
        ))
        .arg(plans::jobs())
}

/// An objective as the map shows it.
#[derive(Clone, Debug)]
struct Goal {
    path: String,
    /// What the plan is called, with its period.
    plan: String,
    /// On which level the plan stands, where it says so.
    level: Option<PlanLevel>,
    /// Its number in the plan.
    element: String,
    title: String,
    owner: Option<String>,
    /// What its own key results come to.
    own: RollUp,
    /// How much of it is expected to be done, as a part of 1.
    expected: Option<Decimal>,
    part: Part,
    /// What it comes to through those that serve it.
    through: Option<RollUp>,
}

impl Goal {
    /// Returns the status of its own key results; without any, the worst of those that serve it.
    fn status(&self) -> Option<Status> {
        let through = || self.through.and_then(|through| through.status);
        self.own.status.or_else(through)
    }

    /// Returns the percents of its own key results; without any, of those that serve it.
    fn percent_shown(&self) -> Option<Decimal> {
        let through = || self.through.and_then(|through| through.percent_shown());
        self.own.percent_shown().or_else(through)
    }

    /// Returns the same in words.
    fn percent(&self) -> Option<String> {
        Some(format!("{}%", self.percent_shown()?.normalize()))
    }
}

/// The objectives of all plans, and how they hang together; positions count as in the alignment.
struct Map {
    goals: Vec<Goal>,
    alignment: Alignment,
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let day = Day {
        today: cx.today(),
        is_past: false,
    };
    let mut members = Vec::new();
    let mut goals: Vec<Goal> = Vec::new();
    let seen = look_into(
        cx,
        matches,
        day,
        |path, parsed| Member::new(place(path), parsed),
        |path, member, overview, _| (member, goals_of(path, overview)),
        |_, (member, found)| {
            members.push(member);
            goals.extend(found);
            Ok(())
        },
    )?;
    if seen.plans == 0 && !seen.has_failed && !seen.has_passed {
        return Err(plans::none("map").into());
    }
    let alignment = Alignment::new(&members);
    let own: Vec<Part> = goals.iter().map(|goal| goal.part).collect();
    for (goal, through) in goals.iter_mut().zip(alignment.through(&own)) {
        goal.through = through;
    }
    let map = Map { goals, alignment };
    match args::format(matches) {
        Some("json") => cx.shell.document(json::document(&map)?.as_bytes())?,
        Some("svg") => cx.shell.document(svg::document(&map)?.as_bytes())?,
        Some("mermaid") => cx.shell.document(mermaid::document(&map).as_bytes())?,
        Some("dot") => cx.shell.document(dot::document(&map).as_bytes())?,
        _ => {
            let is_ascii = cx.shell.is_ascii() || cx.env.is_dumb;
            let width = cx.env.columns();
            cx.shell.print(tree::draw(&map, width, is_ascii))?;
        }
    }
    say_faults(cx, &map)?;
    Ok(if seen.has_failed {
        ExitStatus::Failure
    } else if map.alignment.broken.is_empty() && map.alignment.circles.is_empty() {
        ExitStatus::Success
    } else {
        ExitStatus::Findings
    })
}

/// Returns the path of a plan from the root of the workspace, with `/` between folders.
fn place(path: &str) -> String {
    let parts = Path::new(path).components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        Component::ParentDir => Some("..".into()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn goals_of(path: &str, overview: &Overview<'_>) -> Vec<Goal> {
    let goals = overview.objectives.iter().map(|it| Goal {
        path: path.to_owned(),
        plan: plan_name(overview),
        level: overview.plan.level(),
        element: it.id.to_string(),
        title: match it.objective.title.plain() {
            title if title.is_empty() => "(no title)".to_owned(),
            title => title.into_owned(),
        },
        owner: it.owner.map(str::to_owned),
        own: it.roll_up,
        expected: it.expected,
        part: it.part(),
        through: None,
    });
    goals.collect()
}

impl Map {
    /// Returns the levels that plans say they stand on, the highest first, each with its objectives.
    fn levels(&self) -> Vec<(PlanLevel, Vec<usize>)> {
        let goals = |level: PlanLevel| -> Vec<usize> {
            let all = 0..self.goals.len();
            all.filter(|at| self.goals[*at].level == Some(level))
                .collect()
        };
        let all = PlanLevel::ALL.map(|level| (level, goals(level)));
        all.into_iter()
            .filter(|(_, goals)| !goals.is_empty())
            .collect()
    }

    /// Returns the weakest of those that serve an objective, where it is worse off than the objective itself.
    fn weakest(&self, at: usize) -> Option<usize> {
        let children = self.alignment.objectives[at].children.iter().copied();
        let with_status = children.filter_map(|child| Some((child, self.goals[child].status()?)));
        let (child, status) = with_status.reduce(|one, other| {
            let is_worse = one.1 != other.1 && worst([one.1, other.1]) == Some(other.1);
            if is_worse { other } else { one }
        })?;
        let own = self.goals[at].own.status;
        let is_news = own.is_none_or(|own| own != status && worst([own, status]) == Some(status));
        (is_news && matches!(status, Status::AtRisk | Status::OffTrack)).then_some(child)
    }
}

/// Says which links lead to nothing, and what serves itself.
fn say_faults(cx: &mut Context<'_>, map: &Map) -> anyhow::Result<()> {
    for broken in &map.alignment.broken {
        let goal = &map.goals[broken.child];
        let link = broken.link.to_markdown();
        let why = match &broken.fault {
            LinkFault::NoPlan(path) => format!("there is no plan {path} among those looked at"),
            LinkFault::NoElement(path) => {
                format!("{path} has no objective or key result of that anchor or id")
            }
            LinkFault::NoAnchor(path) => {
                format!("{path} has several objectives, and it does not say which")
            }
            LinkFault::NoTitle => "no objective has this title".to_owned(),
            LinkFault::SeveralTitles => "several objectives have this title".to_owned(),
            _ => "it leads to nothing".to_owned(),
        };
        let words = format!(
            "{} {}: {link} leads nowhere: {why}",
            goal.path, goal.element
        );
        cx.shell.note(Text::from(words))?;
    }
    for circle in &map.alignment.circles {
        let names = circle.iter().map(|at| {
            let goal = &map.goals[*at];
            format!("{} {}", goal.path, goal.element)
        });
        let names: Vec<String> = names.collect();
        let words = match &names[..] {
            [one] => format!("{one} supports itself"),
            several => format!(
                "these support each other in a circle: {}",
                several.join(", ")
            ),
        };
        cx.shell.note(Text::from(words))?;
    }
    Ok(())
}
