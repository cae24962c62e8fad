//! The role templates at hand: those that come with `okr`, and those in the user's folders.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use okr_core::diagnostic::Severity;
use okr_templates::{Error, Library, Problem, Template};

use crate::config::Config;
use crate::context::Context;
use crate::error::{Drawn, Failure, Told};
use crate::shell::Text;
use crate::show::{Picture, draw};

/// The most templates that are offered in place of one that is not there.
const MAX_OFFERED: usize = 4;

/// Role templates, and what is wrong with those that could not be read.
pub(crate) struct Shelf {
    pub(crate) library: Library,
    /// The names of templates that are wrong, which has been shown.
    broken: Vec<String>,
}

impl Shelf {
    /// Reads all templates; a later folder's template stands in for one of the same name before it.
    ///
    /// A template that is wrong is shown and left out: the others are of use all the same.
    ///
    /// # Errors
    ///
    /// A folder cannot be read.
    pub(crate) fn open(
        cx: &mut Context<'_>,
        config: &Config,
        folders: &[PathBuf],
    ) -> anyhow::Result<Self> {
        let mut shelf = Self {
            library: Library::built_in().map_err(failure)?,
            broken: Vec::new(),
        };
        for folder in config.templates.iter().chain(folders) {
            let is_template = |name: &str| {
                let stem = name.to_lowercase();
                let stem = stem.strip_suffix(".md").unwrap_or("");
                !stem.is_empty() && !stem.starts_with('.') && stem != "readme"
            };
            let files = cx
                .env
                .read_folder(folder, is_template)
                .context("cannot read role templates")?;
            for (path, text) in files {
                let text = match text {
                    Ok(text) => text,
                    Err(error) => {
                        shelf.broken.extend(names(&path, ""));
                        cx.shell
                            .error(&error.context("cannot read a role template"))?;
                        continue;
                    }
                };
                let shown = path.strip_prefix(&cx.env.current_dir).unwrap_or(&path);
                match Template::parse(&shown.display().to_string(), &text) {
                    Ok(template) => {
                        shelf.broken.retain(|name| *name != template.name);
                        shelf.library.add(template);
                    }
                    Err(error) => {
                        shelf.broken.extend(names(&path, &text));
                        cx.shell.error(&failure(error))?;
                    }
                }
            }
        }
        Ok(shelf)
    }

    /// Returns the template of that name.
    ///
    /// # Errors
    ///
    /// There is none; the message offers the nearest. Of one that is wrong nothing more is said.
    pub(crate) fn get(&self, name: &str) -> anyhow::Result<&Template> {
        let wanted = normal(name);
        if self.broken.contains(&wanted) {
            return Err(Told.into());
        }
        self.library.get(name).map_err(|error| {
            let names = self.library.templates().iter().map(|other| &*other.name);
            let alike: Vec<_> = names
                .filter(|other| wanted.len() > 2 && other.contains(&*wanted))
                .map(|other| format!("`{other}`"))
                .take(MAX_OFFERED)
                .collect();
            if alike.is_empty() {
                return failure(error);
            }
            Failure::new(format!("there is no role template `{name}`"))
                .help(format!(
                    "did you mean {}? `okr templates` lists all",
                    alike.join(" or ")
                ))
                .into()
        })
    }

    /// Returns whether a template is wrong; it has been shown.
    pub(crate) const fn has_broken(&self) -> bool {
        !self.broken.is_empty()
    }
}

/// Returns the name of a template in the one spelling that names have.
fn normal(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}

/// Returns what a template that cannot be read may be called: by its file, and by its own words.
fn names(path: &Path, text: &str) -> Vec<String> {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let own = text.lines().find_map(|line| line.strip_prefix("template:"));
    stem.into_iter().chain(own).map(normal).collect()
}

/// Returns an error of the template library as a failure, drawn where it has a place.
#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
pub(crate) fn failure(error: Error) -> anyhow::Error {
    if let Some(problem) = error.problem() {
        return Drawn(picture(problem)).into();
    }
    let message = error.to_string();
    if error.is_unknown_template() {
        // The library's message holds the offer as well; a line of its own is easier to see.
        let (message, help) = match message.split_once("; ") {
            Some((message, help)) => (
                message.to_owned(),
                format!("{help} `okr templates` lists all"),
            ),
            None => (message, "`okr templates` lists all".to_owned()),
        };
        return Failure::new(message).help(help).into();
    }
    Failure::new(message).into()
}

fn picture(problem: &Problem) -> Text {
    draw(&Picture {
        severity: Severity::Error,
        code: None,
        message: &problem.message,
        path: &problem.path,
        place: Some((&problem.text, problem.span.clone())),
        label: "",
        help: &problem.help,
    })
}
