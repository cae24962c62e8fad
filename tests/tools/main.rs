//! Hands what okr writes to the programs that people read it with.
//!
//! A trial whose program is missing is ignored, and said to be so at the end; where `CI` or
//! `OKR_REQUIRE_TOOLS` is set, it fails. `README.md` beside this file tells more.

mod agreement;
mod close;
mod due;
mod example;
mod fods;
mod formulas;
mod killed;
mod libreoffice;
mod map;
mod new;
mod page;
mod process;
mod readers;
mod records;
mod sample;
mod sarif;
mod site;
mod spreadsheet;
mod terminal;
mod tool;
mod walk;
mod workbook;

use std::path::PathBuf;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use tempfile::TempDir;

use tool::Tool;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut checks = agreement::checks();
    checks.extend(close::checks());
    checks.extend(due::checks());
    checks.extend(example::checks());
    checks.extend(page::checks());
    checks.extend(formulas::checks());
    checks.extend(killed::checks());
    checks.extend(map::checks());
    checks.extend(new::checks());
    checks.extend(readers::checks());
    checks.extend(sarif::checks());
    checks.extend(site::checks());
    checks.extend(spreadsheet::checks());
    checks.extend(terminal::checks());
    checks.extend(walk::checks());
    checks.extend(workbook::checks());
    let not_run: Vec<_> = if arguments.list || tool::are_required() {
        Vec::new()
    } else {
        // Of those that nobody asked for there is nothing to say.
        let filter = arguments.filter.as_deref().unwrap_or_default();
        checks
            .iter()
            .filter(|check| check.name.contains(filter))
            .filter_map(Check::not_run)
            .collect()
    };
    let trials = checks.into_iter().map(Check::into_trial).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    say_not_run(&not_run);
    conclusion.exit_code()
}

/// A trial and the tools that it needs.
pub(crate) struct Check {
    name: String,
    tools: &'static [Tool],
    run: Box<dyn FnOnce() -> Result<(), Failed> + Send>,
}

impl Check {
    pub(crate) fn new(
        name: impl Into<String>,
        tools: &'static [Tool],
        run: impl FnOnce() -> Result<(), Failed> + Send + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            tools,
            run: Box::new(run),
        }
    }

    /// Returns what is to be said of a trial that cannot run.
    fn not_run(&self) -> Option<String> {
        let missing = tool::missing(self.tools)?;
        Some(format!("not run: {} needs {missing}", self.name))
    }

    fn into_trial(self) -> Trial {
        let missing = tool::missing(self.tools);
        let is_ignored = missing.is_some() && !tool::are_required();
        let run = self.run;
        Trial::test(self.name, move || match missing {
            Some(missing) => Err(format!("needs {missing}; `.ci/run` installs them").into()),
            None => run(),
        })
        .with_ignored_flag(is_ignored)
    }
}

/// Returns a folder that goes when the trial ends.
pub(crate) fn scratch() -> Result<TempDir, Failed> {
    Ok(tempfile::Builder::new().prefix("okr-tools-").tempdir()?)
}

/// Returns where a tool is that the trial named as one of its own.
pub(crate) fn found(tool: Tool) -> Result<PathBuf, Failed> {
    tool.find()
        .ok_or_else(|| format!("{tool:?} is not among the tools of this trial").into())
}

/// Passes where nothing was found.
pub(crate) fn no_faults(faults: &[String]) -> Result<(), Failed> {
    /// A fault that is on every page need not be read a thousand times.
    const MOST: usize = 40;
    if faults.is_empty() {
        return Ok(());
    }
    let shown = faults[..faults.len().min(MOST)].join("\n");
    Err(format!("{} faults:\n{shown}", faults.len()).into())
}

#[expect(
    clippy::print_stderr,
    reason = "what did not run must be seen, whatever the shell of okr would do"
)]
fn say_not_run(not_run: &[String]) {
    if not_run.is_empty() {
        return;
    }
    eprintln!();
    for line in not_run {
        eprintln!("{line}");
    }
    eprintln!(
        "{} tests with other programs were NOT RUN; `.ci/run` installs what they need\n",
        not_run.len()
    );
}
