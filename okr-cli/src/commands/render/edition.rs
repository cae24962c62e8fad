//! The external edition of one plan: `okr render --edition external`.

use std::path::{Path, PathBuf};

use okr_core::Parsed;
use okr_core::model::Plan;

use super::name_of;
use crate::commands::edition::{Asked, Workspace, joined};
use crate::context::Context;
use crate::error::Failure;

/// Returns the external edition of a plan.
///
/// The plans to which its links lead are read, where there are such files; what is internal in them is not linked to.
///
/// # Errors
///
/// The plan as a whole is internal.
pub(super) fn external(
    cx: &mut Context<'_>,
    source: &Path,
    parsed: &Parsed,
) -> anyhow::Result<Plan> {
    let (root, path) = place(cx, source);
    let mut workspace = Workspace::new(root);
    workspace.add(&path, Asked::new(&path, parsed));
    let external = workspace.external(cx)?;
    external.plan(&path, parsed).ok_or_else(|| {
        let message = format!(
            "{} is internal as a whole, so that it has no external edition",
            name_of(source)
        );
        let help = "its front matter or its title is tagged internal";
        Failure::new(message).help(help).into()
    })
}

/// Refuses to put the external edition in the place of the plan itself, which would lose the rest.
pub(super) fn refuse_itself(
    cx: &Context<'_>,
    source: &Path,
    target: Option<&Path>,
) -> anyhow::Result<()> {
    let Some(target) = target.filter(|target| cx.env.is_same_file(source, target)) else {
        return Ok(());
    };
    let name = target.display();
    let failure = Failure::new(format!(
        "{name} is the plan itself: what is internal in it would be lost"
    ));
    Err(failure
        .help("write the external edition to another file")
        .into())
}

/// Returns the folder from which paths of plans count, and the path of the plan from there.
///
/// It is the folder where one works; for a plan that is named from the root of the disk, its own.
fn place(cx: &Context<'_>, source: &Path) -> (PathBuf, String) {
    let here = &cx.env.current_dir;
    let inside = source.strip_prefix(here).unwrap_or(source);
    if inside.is_relative() {
        return (here.clone(), joined(inside));
    }
    let folder = inside.parent().unwrap_or(here).to_owned();
    let name = inside.file_name().unwrap_or_default();
    (folder, name.to_string_lossy().into_owned())
}
