//! What every command has at hand.

use clap::ArgMatches;
use jiff::civil::Date;
use okr_core::audit::Library;

use crate::config::Config;
use crate::env::Env;
use crate::shell::Shell;

/// The world, the shell, and the choices that hold for every command.
pub(crate) struct Context<'a> {
    pub(crate) env: &'a Env,
    pub(crate) shell: &'a mut Shell,
    today: Option<Date>,
}

impl<'a> Context<'a> {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "choices that need a file will be able to fail here"
    )]
    pub(crate) fn new(
        env: &'a Env,
        shell: &'a mut Shell,
        matches: &ArgMatches,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            env,
            shell,
            today: matches.get_one("today").copied(),
        })
    }

    /// Returns the day that counts as today: that of `--today`, else that of the clock.
    pub(crate) fn today(&self) -> Date {
        self.today.unwrap_or_else(|| self.env.today())
    }

    /// Returns what the nearest `okr.toml` says, or the defaults when there is none.
    pub(crate) fn config(&self) -> anyhow::Result<Config> {
        let mut config = Config::find(self.env)?;
        // What the audit may propose comes from the roles, which are read when the first is needed.
        config.audit.library = Library::new(|| {
            let roles = okr_templates::Library::built_in();
            roles.map_or_else(|_| Vec::new(), |roles| roles.key_results())
        });
        Ok(config)
    }
}
