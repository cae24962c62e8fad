//! What every command has at hand.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use jiff::civil::Date;
use okr_core::audit::Library;

use crate::config::{Config, FILE_NAME};
use crate::env::Env;
use crate::shell::Shell;

/// The world, the shell, and the choices that hold for every command.
pub(crate) struct Context<'a> {
    pub(crate) env: &'a Env,
    pub(crate) shell: &'a mut Shell,
    today: Option<Date>,
    /// The file of `--config`.
    config: Option<PathBuf>,
    known: RefCell<Known>,
}

/// What was found so far, so that it is looked for once.
#[derive(Default)]
struct Known {
    /// The nearest file of a folder, or of one above it.
    files: HashMap<PathBuf, Option<PathBuf>>,
    /// What a file says; that there is none says nothing but the defaults.
    configs: HashMap<Option<PathBuf>, Arc<Config>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(env: &'a Env, shell: &'a mut Shell, matches: &ArgMatches) -> Self {
        Self {
            env,
            shell,
            today: matches.get_one("today").copied(),
            config: matches.get_one("config").cloned(),
            known: RefCell::default(),
        }
    }

    /// Returns the day that counts as today: that of `--today`, else that of the clock.
    pub(crate) fn today(&self) -> Date {
        self.today.unwrap_or_else(|| self.env.today())
    }

    /// Returns what holds where no plan is named: what the file of `--config` says, else the `okr.toml` that is
    /// nearest to the current folder, else the defaults.
    pub(crate) fn config(&self) -> anyhow::Result<Arc<Config>> {
        self.config_of(Path::new(""))
    }

    /// Returns what holds for a plan: what the file of `--config` says, else the `okr.toml` in its folder or the
    /// nearest one above, else the defaults. For `-` it is looked for from the current folder.
    pub(crate) fn config_for(&self, plan: &Path) -> anyhow::Result<Arc<Config>> {
        self.config_of(plan.parent().unwrap_or(Path::new("")))
    }

    fn config_of(&self, folder: &Path) -> anyhow::Result<Arc<Config>> {
        let mut known = self.known.borrow_mut();
        let Known { files, configs } = &mut *known;
        let file = match &self.config {
            Some(file) => Some(file.clone()),
            None => files
                .entry(folder.to_owned())
                .or_insert_with(|| self.env.find_upwards(folder, FILE_NAME))
                .clone(),
        };
        if let Some(config) = configs.get(&file) {
            return Ok(Arc::clone(config));
        }
        let mut config = match &file {
            Some(file) => Config::read(self.env, file)?,
            None => Config::default(),
        };
        // What the audit may propose comes from the roles, which are read when the first is needed.
        config.audit.library = Library::new(|| {
            let roles = okr_templates::Library::built_in();
            roles.map_or_else(|_| Vec::new(), |roles| roles.key_results())
        });
        let config = Arc::new(config);
        configs.insert(file, Arc::clone(&config));
        Ok(config)
    }
}
