//! What outsiders may see of a plan: `--edition external`.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use clap::{Arg, ArgMatches};
use okr_core::Parsed;
use okr_core::edition::{External, Internal, leads};
use okr_core::fields::CARRIED_FROM;
use okr_core::model::{Fields, Link, Plan};

use super::{args, name_of};
use crate::context::Context;
use crate::env::MAX_PLAN;
use crate::error::Failure;

/// Returns the argument.
pub(super) fn arg() -> Arg {
    Arg::new("edition")
        .long("edition")
        .value_name("EDITION")
        .value_parser(["internal", "external"])
        .default_value("internal")
        .hide_possible_values(true)
        .hide_default_value(true)
        .help("Whom it is for: internal or external, without what is tagged so [default: internal]")
}

/// Returns whether it is for outsiders.
pub(super) fn is_external(matches: &ArgMatches) -> bool {
    args::string(matches, "edition") == "external"
}

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
    let mut around = Around {
        root,
        found: vec![Internal::new(&*path, parsed)],
        seen: HashSet::from([path.clone()]),
        unread: Vec::new(),
    };
    around.follow(cx, leads(&path, parsed));
    if has_words_for_links(&parsed.plan) {
        around.take_neighbours(cx, &path)?;
    }
    for name in &around.unread {
        let message = format!("cannot read {name}, so that links to it are left out");
        cx.shell.warn(&message, None)?;
    }
    let external = External::new(around.found);
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

fn joined(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        Component::ParentDir => Some("..".into()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The plans around one, as far as its links lead.
struct Around {
    root: PathBuf,
    found: Vec<Internal>,
    seen: HashSet<String>,
    /// Files that are there and cannot be read.
    unread: Vec<String>,
}

impl Around {
    /// Reads the files to which links lead, and those to which the links in their headings do.
    fn follow(&mut self, cx: &Context<'_>, mut open: Vec<String>) {
        while let Some(path) = open.pop() {
            for path in candidates(&path) {
                if !self.seen.insert(path.clone()) || !cx.env.exists(&self.root.join(&path)) {
                    continue;
                }
                let text = cx.env.read_text(&self.root.join(&path), MAX_PLAN);
                open.extend(self.take(path, text));
            }
        }
    }

    /// Reads the Markdown files of the plan's own folder: words without a link may be a title in one of them.
    fn take_neighbours(&mut self, cx: &Context<'_>, path: &str) -> anyhow::Result<()> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_plan = |name: &str| has_ending(name, &ENDINGS);
        let files = cx.env.read_folder(&self.root.join(folder), is_plan)?;
        for (file, text) in files {
            let Some(name) = file.file_name() else {
                continue;
            };
            let name = name.to_string_lossy();
            let path = match folder {
                "" => name.into_owned(),
                folder => format!("{folder}/{name}"),
            };
            if self.seen.insert(path.clone()) {
                let open = self.take(path, text);
                self.follow(cx, open);
            }
        }
        Ok(())
    }

    /// Takes up a file, and returns where the links in its headings lead.
    fn take(&mut self, path: String, text: anyhow::Result<String>) -> Vec<String> {
        let internal = if let Ok(text) = text {
            Internal::new(path, &okr_core::parse(text))
        } else {
            self.unread.push(path.clone());
            Internal::unread(path)
        };
        let open = internal.heading_leads();
        self.found.push(internal);
        open
    }
}

/// The endings of plans.
const ENDINGS: [&str; 2] = ["md", "markdown"];

/// Returns the plans to which a path may belong: itself, or the plan of which it is a page or a workbook.
fn candidates(path: &str) -> Vec<String> {
    if has_ending(path, &ENDINGS) {
        return vec![path.to_owned()];
    }
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let stem = path[name..]
        .rfind('.')
        .map_or(path, |at| &path[..name + at]);
    let with_endings = |stem: &str| ENDINGS.map(|ending| format!("{stem}.{ending}"));
    let mut all = with_endings(stem).to_vec();
    all.extend(with_endings(path).into_iter().filter(|_| stem != path));
    all
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|own| {
        endings
            .iter()
            .any(|ending| own.eq_ignore_ascii_case(ending))
    })
}

/// Returns whether a plan names something that it serves or carries on by its words alone.
fn has_words_for_links(plan: &Plan) -> bool {
    let is_words = |link: &Link| link.target.is_empty();
    let is_origin = |fields: &Fields| {
        let mut fields = fields.iter();
        fields.any(|(name, value)| {
            name.eq_ignore_ascii_case(CARRIED_FROM) && Link::parse_list(value).iter().any(is_words)
        })
    };
    plan.objectives.iter().any(|objective| {
        objective.supports.iter().any(is_words)
            || is_origin(&objective.fields)
            || objective.key_results.iter().any(|it| is_origin(&it.fields))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_belongs_to_the_plan_beside_it() {
        assert_eq!(candidates("a/b.md"), ["a/b.md"]);
        assert_eq!(candidates("a/b"), ["a/b.md", "a/b.markdown"]);
        assert_eq!(
            candidates("a.b/c.html"),
            [
                "a.b/c.md",
                "a.b/c.markdown",
                "a.b/c.html.md",
                "a.b/c.html.markdown"
            ]
        );
    }
}
