//! The two lines that a new plan ends with: what was written, and what to do next.

use std::path::{Path, PathBuf};

use okr_templates::Filled;

use crate::commands::{args, baseline};
use crate::context::Context;
use crate::shell::{Text, quoted, style};

/// Says both; without paths the plan went to standard output.
pub(super) fn say(cx: &mut Context<'_>, filled: &Filled, paths: &[PathBuf]) -> anyhow::Result<()> {
    let objectives = args::count(filled.plan.objectives.len(), "objective");
    let key_results = args::count(filled.plan.key_results().count(), "key result");
    let mut wrote = Text::new();
    match paths {
        [] => wrote.styled(style::GOOD, "made").push(" a plan"),
        [before @ .., last] if !before.is_empty() => {
            let names: Vec<_> = before
                .iter()
                .map(|path| path.display().to_string())
                .collect();
            wrote.styled(style::GOOD, "wrote").push(&format!(
                " {} and {}",
                names.join(", "),
                last.display()
            ))
        }
        [path, ..] => wrote
            .styled(style::GOOD, "wrote")
            .push(&format!(" {}", path.display())),
    };
    wrote.push(&format!(": {objectives}, {key_results}"));
    cx.shell.tell(wrote)?;
    let mut next = Text::new();
    next.styled(style::HELP, "next")
        .push(": ")
        .push(&step(filled, paths));
    cx.shell.tell(next)
}

fn step(filled: &Filled, paths: &[PathBuf]) -> String {
    let plan = paths.first().map_or(Path::new("plan.md"), PathBuf::as_path);
    let is_page = |path: &&PathBuf| {
        path.extension()
            .is_some_and(|extension| extension == "html")
    };
    let page = paths.iter().find(is_page);
    let name = |path: &Path| quoted(&path.display().to_string());
    let file = name(plan);
    let saved = if paths.is_empty() {
        "save it as plan.md, "
    } else {
        ""
    };
    let render = if page.is_some() {
        String::new()
    } else {
        let page = name(&plan.with_extension("html"));
        format!("; then `okr render {file} -o {page}` makes a page to send")
    };
    if let Some((first, _)) = filled.unmeasured.first() {
        let measure = filled
            .plan
            .key_result(*first)
            .map(|key_result| baseline::sample(&key_result.measure));
        let value = quoted(&measure.unwrap_or_default());
        let baselines = args::count(filled.unmeasured.len(), "baseline");
        return format!(
            "{saved}find {baselines}, such as `okr set {file} {first} baseline {value}`{render}"
        );
    }
    if filled.plan.owner.is_none() {
        return format!(
            "{saved}name its owner with `okr set {file} plan owner \"Your Name\"`{render}"
        );
    }
    match page {
        Some(page) => format!("{saved}read it through, then send {}", name(page)),
        None => format!("{saved}read it through{render}"),
    }
}
