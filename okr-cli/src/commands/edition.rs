//! What outsiders may see of plans: `--edition external`.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use clap::{Arg, ArgMatches};
use okr_core::Parsed;
use okr_core::edition::{External, Internal, leads};
use okr_core::fields::CARRIED_FROM;
use okr_core::model::{Fields, Link, Plan};

use super::args;
use crate::context::Context;
use crate::env::{Env, MAX_PLAN};

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

/// Returns the parts of a path with `/` between them.
pub(super) fn joined(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        Component::ParentDir => Some("..".into()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// What links of a plan ask for.
pub(super) struct Asked {
    internal: Internal,
    /// The paths to which its links lead.
    leads: Vec<String>,
    /// Whether it names something that it serves or carries on by its words alone.
    has_words: bool,
}

impl Asked {
    /// Looks at a plan; `path` leads to it from the root of the workspace.
    pub(super) fn new(path: &str, parsed: &Parsed) -> Self {
        Self {
            internal: Internal::new(path, parsed),
            leads: leads(path, parsed),
            has_words: has_words_for_links(&parsed.plan),
        }
    }
}

/// The plans of which an external edition is made, and those around them, as far as their links lead.
pub(super) struct Workspace {
    /// The folder from which paths of plans count.
    root: PathBuf,
    found: Vec<Internal>,
    seen: HashSet<String>,
    /// Paths that links lead to and that have not been looked at.
    open: Vec<String>,
    /// The folders of plans that have words in the place of links.
    folders: HashSet<String>,
    /// Files that are there and cannot be read.
    unread: Vec<String>,
}

impl Workspace {
    /// Returns one without plans.
    pub(super) fn new(root: PathBuf) -> Self {
        Self {
            root,
            found: Vec::new(),
            seen: HashSet::new(),
            open: Vec::new(),
            folders: HashSet::new(),
            unread: Vec::new(),
        }
    }

    /// Adds the plan at a path from the root; each path is added once.
    pub(super) fn add(&mut self, path: &str, asked: Asked) {
        if asked.has_words {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            self.folders.insert(folder.to_owned());
        }
        self.seen.insert(path.to_owned());
        self.open.extend(asked.leads);
        self.found.push(asked.internal);
    }

    /// Adds a plan that could not be read, so that no link to it stays.
    pub(super) fn add_unread(&mut self, path: &str) {
        self.seen.insert(path.to_owned());
        self.found.push(Internal::unread(path));
    }

    /// Reads the files to which links lead, and puts together what is internal in all of them.
    ///
    /// # Errors
    ///
    /// A folder of a plan cannot be looked into.
    pub(super) fn external(mut self, cx: &mut Context<'_>) -> anyhow::Result<External> {
        self.follow(cx.env);
        // Words without a link may be a title in a plan of the same folder.
        let mut folders: Vec<String> = self.folders.drain().collect();
        folders.sort_unstable();
        for folder in folders {
            self.take_folder(cx.env, &folder)?;
        }
        for name in &self.unread {
            let message = format!("cannot read {name}, so that links to it are left out");
            cx.shell.warn(&message, None)?;
        }
        Ok(External::new(self.found))
    }

    /// Reads the files to which links lead, and those to which the links in their headings do.
    fn follow(&mut self, env: &Env) {
        while let Some(path) = self.open.pop() {
            for path in candidates(&path) {
                if !self.seen.contains(&path) && env.exists(&self.root.join(&path)) {
                    let text = env.read_text(&self.root.join(&path), MAX_PLAN);
                    self.take(path, text);
                }
            }
        }
    }

    /// Reads the Markdown files of a folder that have not been read.
    fn take_folder(&mut self, env: &Env, folder: &str) -> anyhow::Result<()> {
        let within = |name: &str| match folder {
            "" => name.to_owned(),
            folder => format!("{folder}/{name}"),
        };
        let is_new = |name: &str| has_ending(name, &ENDINGS) && !self.seen.contains(&within(name));
        let files = env.read_folder(&self.root.join(folder), is_new)?;
        for (file, text) in files {
            let Some(name) = file.file_name() else {
                continue;
            };
            let path = within(&name.to_string_lossy());
            if !self.seen.contains(&path) {
                self.take(path, text);
                self.follow(env);
            }
        }
        Ok(())
    }

    /// Takes up a file that is no plan to make an edition of.
    fn take(&mut self, path: String, text: anyhow::Result<String>) {
        self.seen.insert(path.clone());
        let internal = if let Ok(text) = text {
            Internal::new(path, &okr_core::parse(text))
        } else {
            self.unread.push(path.clone());
            Internal::unread(path)
        };
        self.open.extend(internal.heading_leads());
        self.found.push(internal);
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
