//! Which files are looked at.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use okr_core::audit::Settings;

use crate::commands::args;
use crate::config::Config;
use crate::context::Context;
use crate::error::Failure;

/// A file to look at.
#[derive(Clone, Debug)]
pub(in crate::commands) struct Target {
    pub(in crate::commands) path: PathBuf,
    /// Whether the user has named it, rather than a folder above it.
    pub(in crate::commands) is_named: bool,
    /// What the `okr.toml` that holds for it says.
    pub(in crate::commands) settings: Arc<Settings>,
}

impl Target {
    /// Returns the path as the user knows it.
    pub(in crate::commands) fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// Returns the files of the command line, each once, in its order; of a folder the Markdown files.
///
/// `settings` makes of an `okr.toml` what its plans are looked at with. The second value is whether something could
/// not be read, which has been said.
///
/// # Errors
///
/// An `okr.toml` cannot be read, or something cannot be looked at at all.
pub(in crate::commands) fn find(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    settings: impl Fn(&Config) -> anyhow::Result<Settings>,
) -> anyhow::Result<(Vec<Target>, bool)> {
    // Plans that go by one file go by one value.
    let mut made: Vec<(Arc<Config>, Arc<Settings>)> = Vec::new();
    let mut paths: Vec<PathBuf> = matches
        .get_many("path")
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let mut targets: Vec<Target> = Vec::new();
    let mut places: HashMap<PathBuf, usize> = HashMap::new();
    let mut has_failed = false;
    for path in &paths {
        let is_named = args::is_standard(path) || !cx.env.is_folder(path);
        let found = if is_named {
            if let Err(error) = check_ending(path) {
                cx.shell.error(&error)?;
                has_failed = true;
                continue;
            }
            vec![path.clone()]
        } else {
            let walked = cx.env.walk(path, |name| {
                Path::new(name)
                    .extension()
                    .is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
            })?;
            for error in walked.errors {
                cx.shell.error(&error)?;
                has_failed = true;
            }
            walked.files
        };
        for path in found {
            let plain = path.strip_prefix(".").unwrap_or(&path).to_owned();
            if let Some(at) = places.get(&plain) {
                targets[*at].is_named |= is_named;
                continue;
            }
            places.insert(plain, targets.len());
            let config = cx.config_for(&path)?;
            let known = made.iter().find(|(of, _)| Arc::ptr_eq(of, &config));
            let settings = if let Some((_, settings)) = known {
                Arc::clone(settings)
            } else {
                let settings = Arc::new(settings(&config)?);
                made.push((config, Arc::clone(&settings)));
                settings
            };
            targets.push(Target {
                path,
                is_named,
                settings,
            });
        }
    }
    Ok((targets, has_failed))
}

/// Refuses a file in another format, which is no plan to be judged line by line.
fn check_ending(path: &Path) -> anyhow::Result<()> {
    let name = path.display().to_string();
    match okr_render::Format::of_file_name(&name) {
        Ok(format) if format.name != "markdown" => {
            let failure = Failure::new(format!(
                "{name} is no Markdown file, and only Markdown plans are looked at"
            ));
            Err(failure
                .help("name the .md file, or make one of it with `okr render`")
                .into())
        }
        _ => Ok(()),
    }
}
