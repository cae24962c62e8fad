//! `okr import --update`: what a file brings to a plan that is there already.

use std::path::Path;

use clap::ArgMatches;
use inquire::Confirm;
use okr_core::Parsed;
use okr_core::diff::{Diff, Difference, Match, What, merge_where, overlay};
use okr_core::edit::edit_all;
use okr_core::fields::OBJECTIVE_DUE;
use okr_core::model::{ElementId, Period, Plan};
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
    /// Elements that are probably the same, on which something depends.
    doubtful: Vec<Doubtful>,
    is_empty: bool,
}

/// Two elements that are probably the same.
struct Doubtful {
    one: Match,
    /// The title in the file.
    there: String,
    /// The title in the plan.
    here: String,
}

/// Which of the matches that are not sure count.
struct Choice<'c> {
    /// Whether the two are taken for the same; if not, each is an element of its own.
    accepts: &'c dyn Fn(&Match) -> bool,
    /// Whether nobody said that they are the same, so that what depends on it is left out.
    leaves: &'c dyn Fn(&Match) -> bool,
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
    let named = Named::of(matches)?;
    let is_asking = is_asked && !is_certain && !is_dry;
    let refused = if is_asking {
        ask_about_doubtful(cx, &text, &theirs, &named)?
    } else {
        Vec::new()
    };
    let choice = Choice {
        accepts: &|one| !refused.contains(one),
        leaves: &|one| !is_asking && !named.has(one),
    };
    let update_now = |text: &str| update(text, &theirs, &choice);
    let planned = update_now(&text)?;
    let is_left = |doubtful: &&Doubtful| (choice.leaves)(&doubtful.one);
    let left_out: Vec<&Doubtful> = planned.doubtful.iter().filter(is_left).collect();
    let is_clean = planned.conflicts.is_none() && planned.unmade.is_none() && left_out.is_empty();
    if planned.is_empty && is_clean {
        cx.shell.note(Text::from(format!(
            "the file says nothing that {name} does not say already"
        )))?;
        return Ok(ExitStatus::Success);
    }
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
    if !left_out.is_empty() {
        say_doubtful(cx, &left_out, &name, planned.is_empty)?;
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

/// The elements of the plan that the user says are in the file under other words.
struct Named {
    elements: Vec<ElementId>,
    are_all: bool,
}

impl Named {
    fn of(matches: &ArgMatches) -> anyhow::Result<Self> {
        let mut named = Self {
            elements: Vec::new(),
            are_all: false,
        };
        for word in matches.get_many::<String>("same").into_iter().flatten() {
            match ElementId::parse(word) {
                Some(element) => named.elements.push(element),
                None if word == "all" => named.are_all = true,
                None => {
                    let failure = Failure::new(format!("`{word}` is no element of a plan"));
                    let help = "write its number in the plan, as in --same 1.2, or --same all";
                    return Err(failure.help(help).into());
                }
            }
        }
        Ok(named)
    }

    fn has(&self, one: &Match) -> bool {
        self.are_all || self.elements.contains(&one.old)
    }
}

/// Asks about each match that is not sure and that was not named, also about those that there are only
/// because another was refused; returns those that were refused.
fn ask_about_doubtful(
    cx: &Context<'_>,
    text: &str,
    theirs: &Theirs,
    named: &Named,
) -> anyhow::Result<Vec<Match>> {
    let mut taken: Vec<Match> = Vec::new();
    let mut refused: Vec<Match> = Vec::new();
    'again: loop {
        let choice = Choice {
            accepts: &|one| !refused.contains(one),
            leaves: &|_| false,
        };
        for Doubtful { one, there, here } in update(text, theirs, &choice)?.doubtful {
            if taken.contains(&one) || named.has(&one) {
                continue;
            }
            let question = format!(
                "Is “{}” in the file the same as “{}” in the plan?",
                shown(&there),
                shown(&here)
            );
            if ask(cx, &question, true)? {
                taken.push(one);
            } else {
                refused.push(one);
                continue 'again;
            }
        }
        return Ok(refused);
    }
}

/// Says which elements of the file may be elements of the plan, and how to say so.
fn say_doubtful(
    cx: &mut Context<'_>,
    doubtful: &[&Doubtful],
    name: &str,
    is_first: bool,
) -> anyhow::Result<()> {
    let mut text = Text::from(if is_first { "" } else { "\n" });
    text.styled(style::WARNING, "left out")
        .push(", because it is not sure that these are the same:");
    for Doubtful { one, there, here } in doubtful {
        let element = one.old;
        text.push(&format!("\n  {element} in {name}: {here}"));
        text.push(&format!("\n  in the file: {there}"));
        text.push(&format!("\n    if they are the same, add --same {element}"));
    }
    if doubtful.len() > 1 {
        text.push("\n  if all of them are, add --same all");
    }
    cx.shell.note(text)
}

/// Returns what a file of unknown origin says, without the last days of objectives that the period says already.
fn without_last_day(theirs: &Plan, period: Option<Period>) -> Plan {
    let mut theirs = theirs.clone();
    if let Some(last) = period.map(Period::end) {
        for objective in &mut theirs.objectives {
            if objective.due() == Some(last) {
                objective.fields.shift_remove(OBJECTIVE_DUE);
            }
        }
    }
    theirs
}

/// Returns what becomes of the text of a plan.
fn update(text: &str, theirs: &Theirs, choice: &Choice<'_>) -> anyhow::Result<Update> {
    let Parsed { plan, .. } = okr_core::parse(text);
    let ours = theirs.carries.reduce(&plan);
    let beside;
    let (mut diff, mut conflicts): (Diff<'_>, _) = if let Some(base) = &theirs.base {
        let merge = merge_where(base, &ours, &theirs.plan, choice.accepts);
        (merge.diff, merge.conflicts)
    } else {
        beside = without_last_day(&theirs.plan, ours.period);
        (overlay(&ours, &beside, choice.accepts), Vec::new())
    };
    let doubtful = doubtful(&diff, &ours, &theirs.plan);
    let is_left = |difference: &Difference| {
        let mut left = doubtful
            .iter()
            .filter(|doubtful| (choice.leaves)(&doubtful.one));
        left.any(|doubtful| depends(difference, &doubtful.one))
    };
    diff.differences.retain(|difference| !is_left(difference));
    conflicts.retain(|difference| !is_left(difference));
    let conflicts = (!conflicts.is_empty()).then(|| {
        let mut both = diff.clone();
        both.differences = conflicts;
        draw_differences(&both)
    });
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
fn doubtful(diff: &Diff<'_>, ours: &Plan, theirs: &Plan) -> Vec<Doubtful> {
    let is_used = |one: &Match| diff.differences.iter().any(|other| depends(other, one));
    let unsure = diff
        .matches
        .iter()
        .filter(|one| !one.matched.is_sure() && is_used(one));
    let doubtful = unsure.map(|one| Doubtful {
        one: *one,
        there: title(theirs, one.new),
        here: title(ours, one.old),
    });
    doubtful.collect()
}

/// Returns whether a difference is one of the element that was matched, or of what stands under it and
/// has no match of its own.
fn depends(difference: &Difference, one: &Match) -> bool {
    let comes_or_goes = matches!(difference.what, What::Added | What::Removed | What::Moved);
    let is_under = |id: ElementId, matched: ElementId| match id {
        _ if id == matched || id.goal() == matched => true,
        ElementId::KeyResult(objective, _) => {
            comes_or_goes && matched == ElementId::Objective(objective)
        }
        _ => false,
    };
    difference.new.is_some_and(|id| is_under(id, one.new))
        || difference.old.is_some_and(|id| is_under(id, one.old))
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
