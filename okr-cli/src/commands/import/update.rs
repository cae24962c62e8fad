//! `okr import --update`: what a file brings to a plan that is there already.

use std::path::Path;

use clap::ArgMatches;
use inquire::Confirm;
use okr_core::Parsed;
use okr_core::diff::{Diff, Match, merge_where, overlay};
use okr_core::edit::edit_all;
use okr_core::model::{ElementId, Plan};
use okr_render::import::Import;
use okr_render::{Carries, Part};

use crate::ExitStatus;
use crate::commands::diff::{Counts, draw, draw_differences};
use crate::commands::prompt::look;
use crate::context::Context;
use crate::env::MAX_PLAN;
use crate::error::Failure;
use crate::shell::{Text, shown, style};

/// What a file says, as it is compared with a plan.
struct Theirs {
    plan: Plan,
    /// What the plan said when the file was written from it.
    base: Option<Plan>,
    /// What of a plan the file can hold.
    carries: Carries,
}

/// What is to become of a plan.
struct Update {
    /// The text of the plan afterwards.
    text: String,
    shown: Text,
    counts: String,
    /// What was changed in both, and how often that is.
    conflicts: Option<Text>,
    /// What the file says otherwise and no patch can make, such as free text.
    unmade: Option<Text>,
    /// Elements that are probably the same, by their titles in the file and in the plan.
    doubtful: Vec<(Match, String, String)>,
    is_empty: bool,
}

pub(super) fn exec(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    import: &Import,
    theirs: Plan,
    plan: &Path,
) -> anyhow::Result<ExitStatus> {
    let theirs = Theirs {
        plan: theirs,
        base: import.base.clone(),
        carries: import
            .carries
            .unwrap_or(Carries::ALL.without(Part::Formatting)),
    };
    let name = plan.display().to_string();
    let is_asked = cx.env.stdin_is_terminal && cx.env.stderr_is_terminal;
    let is_certain = matches.get_flag("yes");
    let is_dry = matches.get_flag("dry-run");
    let text = cx.env.read_text(plan, MAX_PLAN)?;
    let all = update(&text, &theirs, &|_| true)?;
    let mut refused: Vec<Match> = Vec::new();
    if is_asked && !is_certain && !is_dry {
        for (one, there, here) in &all.doubtful {
            let question = format!(
                "Is “{}” in the file the same as “{}” in the plan?",
                shown(there),
                shown(here)
            );
            if !ask(cx, &question, true)? {
                refused.push(*one);
            }
        }
    }
    let accepts = |one: &Match| !refused.contains(one);
    let update_now = |text: &str| update(text, &theirs, &accepts);
    let planned = update_now(&text)?;
    if planned.is_empty && planned.conflicts.is_none() && planned.unmade.is_none() {
        cx.shell.note(Text::from(format!(
            "the file says nothing that {name} does not say already"
        )))?;
        return Ok(ExitStatus::Success);
    }
    let is_clean = planned.conflicts.is_none() && planned.unmade.is_none();
    let seen = planned.shown.plain();
    if !planned.is_empty {
        cx.shell.print(planned.shown)?;
    }
    if let Some(unmade) = planned.unmade {
        let mut head = Text::from(if planned.is_empty { "" } else { "\n" });
        head.styled(style::WARNING, "not made")
            .push(&format!("; write it into {name} yourself:"));
        cx.shell.note(head)?;
        cx.shell.note(unmade)?;
    }
    if let Some(conflicts) = planned.conflicts {
        let mut head = Text::from(if planned.is_empty { "" } else { "\n" });
        head.styled(style::WARNING, "changed in both")
            .push(&format!(
                "; {name} keeps what stands on the left, not what the file says:"
            ));
        cx.shell.note(head)?;
        cx.shell.note(conflicts)?;
    }
    let left = if is_clean {
        ExitStatus::Success
    } else {
        ExitStatus::Findings
    };
    if planned.is_empty {
        return Ok(left);
    }
    if is_dry {
        cx.shell.note(Text::new())?;
        crate::diff::print(cx, &name, Some(text.as_bytes()), planned.text.as_bytes())?;
        return Ok(left);
    }
    if !is_certain {
        let is_taken = is_asked && ask(cx, &format!("Change {name} like that?"), true)?;
        if !is_taken {
            let mut note = Text::from(format!("{name} is as it was"));
            if !is_asked {
                note.push("; say --yes to make these changes");
            }
            cx.shell.note(note)?;
            return Ok(ExitStatus::Findings);
        }
    }
    // Somebody may have changed the plan while the question stood there.
    let is_made = cx.env.update(plan, |now| {
        if now == text {
            return Ok((Some(planned.text.clone()), true));
        }
        let again = update_now(now)?;
        let is_same = again.shown.plain() == seen && again.conflicts.is_none();
        Ok((is_same.then_some(again.text), is_same))
    })?;
    if !is_made {
        let failure = Failure::new(format!("{name} was changed by somebody else meanwhile"));
        return Err(failure.help("nothing was written; run it again").into());
    }
    let mut said = Text::new();
    said.styled(style::GOOD, "updated")
        .push(&format!(" {name}: {}", planned.counts));
    cx.shell.note(said)?;
    Ok(left)
}

/// Returns what becomes of the text of a plan.
fn update(text: &str, theirs: &Theirs, accepts: &dyn Fn(&Match) -> bool) -> anyhow::Result<Update> {
    let Parsed { plan, .. } = okr_core::parse(text);
    let ours = theirs.carries.reduce(&plan);
    let (mut diff, conflicts): (Diff<'_>, _) = match &theirs.base {
        Some(base) => {
            let merge = merge_where(base, &ours, &theirs.plan, accepts);
            let conflicts = (!merge.conflicts.is_empty()).then(|| {
                let mut both = merge.diff.clone();
                both.differences = merge.conflicts;
                draw_differences(&both)
            });
            (merge.diff, conflicts)
        }
        None => (overlay(&ours, &theirs.plan, accepts), None),
    };
    // What no patch can make is not shown as if it were made, and is told apart.
    let (made, unmade): (Vec<_>, Vec<_>) = std::mem::take(&mut diff.differences)
        .into_iter()
        .partition(|difference| difference.is_carried);
    let unmade = (!unmade.is_empty()).then(|| {
        let mut left = diff.clone();
        left.differences = unmade;
        draw_differences(&left)
    });
    diff.differences = made;
    let changes = diff.changes();
    let after = edit_all(text, &changes).map_err(|error| Failure::new(error.to_string()))?;
    let doubtful = doubtful(&diff, &ours, &theirs.plan);
    Ok(Update {
        is_empty: after == text,
        text: after,
        shown: draw(&diff),
        counts: Counts::of(&diff).words(),
        conflicts,
        unmade,
        doubtful,
    })
}

/// Returns the matches that are not sure and on which something depends.
fn doubtful(diff: &Diff<'_>, ours: &Plan, theirs: &Plan) -> Vec<(Match, String, String)> {
    let is_used = |one: &Match| {
        diff.differences.iter().any(|difference| {
            let goal = difference.new.map(ElementId::goal);
            difference.new == Some(one.new) || goal == Some(one.new)
        })
    };
    let unsure = diff
        .matches
        .iter()
        .filter(|one| !one.matched.is_sure() && is_used(one));
    unsure
        .map(|one| (*one, title(theirs, one.new), title(ours, one.old)))
        .collect()
}

fn title(plan: &Plan, element: ElementId) -> String {
    let title = match element {
        ElementId::Plan => plan.title.as_ref(),
        ElementId::Objective(_) => plan.objective(element).map(|objective| &objective.title),
        ElementId::KeyResult(..) => plan.key_result(element).map(|key_result| &key_result.title),
        ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => {
            plan.initiative(element).map(|initiative| &initiative.title)
        }
    };
    title.map_or_else(String::new, |title| title.plain().into_owned())
}

fn ask(cx: &Context<'_>, question: &str, default: bool) -> anyhow::Result<bool> {
    let answer = Confirm::new(question)
        .with_default(default)
        .with_render_config(look(cx))
        .prompt();
    crate::commands::prompt::answered(answer)
}
