//! What is said of a plan that carries another on.

use std::path::Path;

use okr_core::carry::{Carried, Outdated};
use okr_core::model::{ElementId, KeyResult, Plan};

use crate::commands::{args, baseline};
use crate::context::Context;
use crate::evidence;
use crate::shell::{Text, quoted, style};

/// The most key results that are listed.
const MOST: usize = 24;

/// Says what was carried over, from where to where each key result goes, and what to do next.
pub(super) fn say(
    cx: &mut Context<'_>,
    carried: &Carried,
    path: &Path,
    from: &str,
) -> anyhow::Result<()> {
    let plan = &carried.plan;
    let (verb, file) = if args::is_standard(path) {
        ("made", "a plan".to_owned())
    } else {
        ("wrote", path.display().to_string())
    };
    let mut wrote = Text::new();
    wrote.styled(style::GOOD, verb).push(&format!(
        " {file}: {} and {} carried over from {from}",
        args::count(plan.objectives.len(), "objective"),
        args::count(plan.key_results().count(), "key result"),
    ));
    cx.shell.tell(wrote)?;
    let key_results = plan.key_results().count();
    for (id, key_result) in plan.key_results().take(MOST) {
        let way = way(key_result, carried.kept.contains(&id));
        let mut line = Text::from(format!("  {id}  {way}"));
        if carried.met.contains(&id) {
            line.push(": met already");
        } else if carried.nearly_met.contains(&id) {
            line.push(": little of the way is left");
        }
        cx.shell.tell(line)?;
    }
    if key_results > MOST {
        let more = args::count(key_results - MOST, "more key result");
        cx.shell.tell(Text::from(format!("  and {more}")))?;
    }
    if !carried.shortened.is_empty() {
        let them = listed(&carried.shortened);
        let say = if carried.shortened.len() == 1 {
            "says no more where it starts, which is"
        } else {
            "say no more where they start, which is"
        };
        cx.shell.tell(Text::from(format!(
            "{them} {say} beyond the target already"
        )))?;
    }
    if carried.has_moved_links {
        cx.shell.tell(Text::from(
            "relative links, and files that a Source names, are the same files from there",
        ))?;
    }
    say_outside(cx, plan, path)?;
    say_supports(cx, carried)?;
    next(cx, carried, &file)
}

/// Warns of sources in files that the plan may not read from where it lies now.
fn say_outside(cx: &mut Context<'_>, plan: &Plan, path: &Path) -> anyhow::Result<()> {
    let mut outside = Vec::new();
    for (id, key_result) in plan.key_results() {
        if let Some(file) = evidence::outside(cx, path, key_result)? {
            outside.push(format!("{id} ({file})"));
        }
    }
    if outside.is_empty() {
        return Ok(());
    }
    cx.shell.warn(
        &format!(
            "okr will not read what lies outside the folder of the plan: the Source of {}",
            outside.join(", ")
        ),
        Some("allow its folder in okr.toml, such as sources = [\"../exports\"]"),
    )
}

/// Says which objectives support plans of the new period now, and which should.
fn say_supports(cx: &mut Context<'_>, carried: &Carried) -> anyhow::Result<()> {
    if !carried.relinked.is_empty() {
        let them = listed(&carried.relinked);
        cx.shell.tell(Text::from(format!(
            "the links of {them} in Supports lead to the plans of the new period"
        )))?;
    }
    if carried.outdated.is_empty() {
        return Ok(());
    }
    let each = carried.outdated.iter().map(|it| {
        let Outdated {
            objective, path, ..
        } = it;
        match &it.next {
            Some(next) => format!("{objective} ({path}; {next} leaves it out)"),
            None => format!("{objective} ({path}; no plan carries it on yet)"),
        }
    });
    let each = each.collect::<Vec<_>>().join(", ");
    cx.shell.tell(Text::from(format!(
        "check what these support, as its period is over: {each}"
    )))
}

/// Says what to do next.
fn next(cx: &mut Context<'_>, carried: &Carried, file: &str) -> anyhow::Result<()> {
    let sample = |id: &ElementId| {
        let key_result = carried.plan.key_result(*id);
        let measure = key_result.map(|key_result| &key_result.measure);
        quoted(&measure.map(baseline::sample).unwrap_or_default())
    };
    let file = quoted(file);
    let mut next = Text::new();
    next.styled(style::HELP, "next").push(": ");
    if let Some(first) = carried.met.first() {
        let need = if carried.met.len() == 1 {
            format!("{first} is met already and needs a new target")
        } else {
            let met = listed(&carried.met);
            format!("{met} are met already and need new targets")
        };
        next.push(&format!(
            "{need}, such as `okr set {file} {first} target {}`",
            sample(first)
        ));
    } else if let Some(first) = carried.nearly_met.first() {
        let near = listed(&carried.nearly_met);
        let need = if carried.nearly_met.len() == 1 {
            "has little left to do: give it a target"
        } else {
            "have little left to do: give them targets"
        };
        next.push(&format!(
            "{near} {need} for the new period, as with `okr set {file} {first} target VALUE`"
        ));
    } else if let Some(first) = carried.unmeasured.first() {
        next.push(&format!(
            "find {}, such as `okr set {file} {first} baseline {}`",
            args::count(carried.unmeasured.len(), "baseline"),
            sample(first)
        ));
    } else {
        next.push(&format!("read it through, then `okr check {file}`"));
    }
    cx.shell.tell(next)
}

/// Returns from where to where a key result goes, or what is to be kept.
fn way(key_result: &KeyResult, is_kept: bool) -> String {
    let measure = &key_result.measure;
    let Some(target) = &measure.target else {
        let steps = key_result.initiatives.iter();
        return match steps.filter(|one| one.step().is_some()).count() {
            0 => "no target".to_owned(),
            steps => format!("{} to go", args::count(steps, "step")),
        };
    };
    let to = match measure.target_value().filter(|_| target.is_change()) {
        Some(value) => value.to_string(),
        None => target.to_string(),
    };
    match &measure.start {
        _ if is_kept => format!("to be kept: {to}"),
        Some(start) => format!("from {start} to {to}"),
        None if target.is_change() => format!("{to} of a baseline to be measured"),
        None => to,
    }
}

/// Returns the numbers of elements; of many only the first.
pub(super) fn listed(ids: &[ElementId]) -> String {
    const MOST: usize = 8;
    let mut words: Vec<String> = ids.iter().take(MOST).map(ToString::to_string).collect();
    if ids.len() > MOST {
        words.push(format!("and {} more", ids.len() - MOST));
    }
    words.join(", ")
}
