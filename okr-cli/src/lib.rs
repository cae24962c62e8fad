//! The command line of `okr`: the only crate that reads files, asks the date, prints or exits.
//!
//! [`run`] is the whole program as a function of its arguments and an [`Env`], so that a test can call it:
//!
//! ```
//! use okr_cli::{Env, ExitStatus, run};
//!
//! let (env, captured) = Env::captured("2026-11-22".parse()?, "/", b"");
//! assert_eq!(run(["okr", "templates", "--json"], &env), ExitStatus::Success);
//! assert!(captured.stdout().starts_with("{\n  \"schema\": \"okr-templates/1\""));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A command is a file in `commands/` with a static that says what it takes and does; `COMMANDS` lists them.
//! A command reaches files, the clock and the environment through [`Env`] alone, and prints through the
//! shell alone, which shows control characters instead of sending them to a terminal.

mod cli;
mod commands;
mod config;
mod context;
mod diff;
mod elements;
mod env;
mod error;
mod evidence;
mod shelf;
mod shell;
mod show;

pub use env::{Captured, Env};

use std::ffi::OsString;
use std::process::ExitCode;

use crate::context::Context;
use crate::shell::Shell;

/// How a run of `okr` ended; `okr --help` documents the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// 0: all is well.
    Success,
    /// 1: the work was done, and there is something to look at.
    Findings,
    /// 2: the work could not be done.
    Failure,
}

impl ExitStatus {
    /// Returns the number that the calling program sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Findings => 1,
            Self::Failure => 2,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}

/// Runs `okr` with these arguments, of which the first is the program's own name.
pub fn run<A>(args: A, env: &Env) -> ExitStatus
where
    A: IntoIterator,
    A::Item: Into<OsString> + Clone,
{
    let matches = match cli::command().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => return cli::explain(&error, &mut Shell::new(env, None)),
    };
    let mut shell = Shell::new(env, matches.get_one("color").copied());
    let mut cx = Context::new(env, &mut shell, &matches);
    match commands::exec(&mut cx, &matches) {
        Ok(status) => status,
        // Whoever read the output has seen enough, as in `okr templates | head -1`.
        Err(error) if error::is_broken_pipe(&error) => ExitStatus::Success,
        Err(error) => {
            // There is nobody left to tell when standard error is closed as well.
            let _ = shell.error(&error);
            ExitStatus::Failure
        }
    }
}
