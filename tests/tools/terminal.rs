//! A person at a terminal: what they see, and what becomes of the plan.
#![expect(
    clippy::disallowed_methods,
    reason = "what stands in the file is what counts, and a screen is waited for by the clock"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;

use crate::process::{self, Output};
use crate::tool::Tool;
use crate::{Check, found, no_faults, scratch};

const TOOLS: &[Tool] = &[Tool::Tmux];

/// How long something may take to be seen; it takes some milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);

const PLAN: &str = "\
---
period: 2026-Q4
---

# Billing

## Objective: Late payers hear from us

- Owner: Dana Reyes

### Key result: Better follow-up on late payers, with words that do not fit on a line

### Key result: Cut disputes from 20 to 10

- Due: 2027-02-15
";

pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("review_to_the_end", TOOLS, || to_the_end(80)),
        Check::new("review_to_the_end_in_40_columns", TOOLS, || to_the_end(40)),
        Check::new("review_left_with_ctrl_c", TOOLS, left_with_ctrl_c),
        Check::new("review_without_its_terminal", TOOLS, without_its_terminal),
    ]
}

/// Goes through all findings of [`PLAN`] that three rules have.
fn to_the_end(columns: usize) -> Result<(), Failed> {
    let folder = scratch()?;
    let plan = folder.path().join("plan.md");
    fs::write(&plan, PLAN)?;
    let mut terminal = Terminal::open(folder.path(), columns)?;
    terminal.review()?;
    terminal.is_asked("1 of 4")?;
    // The answer to a question, at first one that cannot be read.
    terminal.keys(&["Enter"])?;
    terminal.sees("Target:")?;
    terminal.sees("[Enter saves")?;
    terminal.types("soon")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("is no target")?;
    terminal.keys(&["BSpace", "BSpace", "BSpace", "BSpace"])?;
    terminal.types("12")?;
    terminal.keys(&["Enter"])?;
    terminal.is_asked("2 of 4")?;
    // A proposal, by its letter.
    terminal.types("y")?;
    terminal.keys(&["Enter"])?;
    terminal.is_asked("3 of 4")?;
    // The answer that is offered.
    terminal.keys(&["Enter"])?;
    terminal.sees("Dana Reyes")?;
    terminal.sees("[Enter saves")?;
    terminal.keys(&["Enter"])?;
    terminal.is_asked("4 of 4")?;
    // A reason, after going back from it once.
    terminal.types("k")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("Because:")?;
    terminal.sees("[Enter saves")?;
    terminal.keys(&["Escape"])?;
    terminal.is_asked("Because: back")?;
    terminal.types("k")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("Because:")?;
    terminal.sees("[Enter saves")?;
    terminal.types("nobody yet")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("nothing left")?;
    terminal.ended(0)?;
    let after = fs::read_to_string(&plan)?;
    let mut faults = Vec::new();
    for wanted in [
        "- Target: 12\n",
        "- Due: 2026-12-31\n",
        "on a line\n\n- Owner: Dana Reyes\n",
        ": nobody yet -->",
    ] {
        if !after.contains(wanted) {
            faults.push(format!("no {wanted:?} in\n{after}"));
        }
    }
    no_faults(&faults)
}

fn left_with_ctrl_c() -> Result<(), Failed> {
    let folder = scratch()?;
    let plan = folder.path().join("plan.md");
    fs::write(&plan, PLAN)?;
    let mut terminal = Terminal::open(folder.path(), 80)?;
    terminal.review()?;
    terminal.is_asked("1 of 4")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("Target:")?;
    terminal.sees("[Enter saves")?;
    terminal.types("12")?;
    terminal.keys(&["Enter"])?;
    terminal.is_asked("2 of 4")?;
    terminal.types("k")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("Because:")?;
    terminal.sees("[Enter saves")?;
    terminal.types("half a rea")?;
    terminal.keys(&["C-c"])?;
    terminal.sees("1 answered; 3 findings left")?;
    terminal.ended(1)?;
    // The file is as the first answer has left it.
    let first = "on a line\n\n- Target: 12\n";
    let expected = PLAN.replacen("on a line\n", first, 1);
    let after = fs::read_to_string(&plan)?;
    if after != expected {
        return Err(format!("the plan is\n{after}").into());
    }
    // Run again, it goes on there.
    terminal.review()?;
    terminal.is_asked("1 of 3")?;
    terminal.keys(&["Escape"])?;
    terminal.ended(1)
}

/// Closes the terminal below a review that ignores the signal for it.
fn without_its_terminal() -> Result<(), Failed> {
    let folder = scratch()?;
    let plan = folder.path().join("plan.md");
    fs::write(&plan, PLAN)?;
    let terminal = Terminal::open(folder.path(), 80)?;
    // A shell that a person types into would stop at the lost terminal itself.
    let script = format!("trap '' HUP\n{}\necho $? > ended\n", review());
    fs::write(folder.path().join("review.sh"), script)?;
    terminal.types("clear; sh review.sh")?;
    terminal.keys(&["Enter"])?;
    terminal.is_asked("1 of 4")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("Target:")?;
    terminal.sees("[Enter saves")?;
    terminal.types("12")?;
    terminal.keys(&["Enter"])?;
    terminal.is_asked("2 of 4")?;
    drop(terminal);
    let ended = folder.path().join("ended");
    let start = Instant::now();
    while fs::read_to_string(&ended).unwrap_or_default() != "2\n" {
        if start.elapsed() > PATIENCE {
            return Err("the review goes on without its terminal".into());
        }
        thread::sleep(Duration::from_millis(20));
    }
    // What was answered before is in the file.
    let after = fs::read_to_string(&plan)?;
    let faults = if after.contains("- Target: 12\n") {
        vec![]
    } else {
        vec![format!("the plan is\n{after}")]
    };
    no_faults(&faults)
}

/// Returns the command that reviews [`PLAN`].
fn review() -> String {
    let okr = env!("CARGO_BIN_EXE_okr");
    format!(
        "'{okr}' review plan.md --today 2026-10-10 --select no-number,date-outside-period,no-owner"
    )
}

/// A terminal with a shell in it; it closes with the value.
pub(crate) struct Terminal {
    /// In the folder of the trial, so that it goes with it.
    socket: PathBuf,
    tmux: PathBuf,
}

impl Terminal {
    pub(crate) fn open(folder: &Path, columns: usize) -> Result<Self, Failed> {
        let terminal = Self {
            socket: folder.join("tmux"),
            tmux: found(Tool::Tmux)?,
        };
        let folder = folder.display().to_string();
        let size = columns.to_string();
        // What is narrow is long: all of a finding is to be on the screen at once.
        let lines = if columns < 80 { "48" } else { "24" };
        terminal.tmux(&[
            "-u",
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            &size,
            "-y",
            lines,
            "-c",
            &folder,
            "env",
            "PS1=$ ",
            "sh",
        ])?;
        terminal.sees("$")?;
        Ok(terminal)
    }

    fn review(&mut self) -> Result<(), Failed> {
        self.runs(&review())
    }

    /// Runs a command, whose end [`Terminal::ended`] waits for.
    pub(crate) fn runs(&mut self, command: &str) -> Result<(), Failed> {
        // What is on the screen must not be taken for what is to come.
        self.types(&format!("clear; {command}; echo \"ended: $?\""))?;
        self.keys(&["Enter"])
    }

    /// Waits for the end of a command, and looks whether the terminal is what it was.
    pub(crate) fn ended(&mut self, status: u8) -> Result<(), Failed> {
        self.sees(&format!("ended: {status}"))?;
        self.types("clear; stty -a | tr ' ' '\\n' | grep -x icanon")?;
        self.keys(&["Enter"])?;
        self.sees("\nicanon\n")
    }

    /// Waits until words are on the screen, and below them the choice.
    ///
    /// What is typed before that would be lost in the change from one question to the next.
    fn is_asked(&self, words: &str) -> Result<(), Failed> {
        self.sees(words)?;
        self.sees("[Enter takes")
    }

    pub(crate) fn keys(&self, keys: &[&str]) -> Result<(), Failed> {
        let mut arguments = vec!["send-keys"];
        arguments.extend(keys);
        self.tmux(&arguments).map(drop)
    }

    pub(crate) fn types(&self, words: &str) -> Result<(), Failed> {
        self.tmux(&["send-keys", "-l", words]).map(drop)
    }

    /// Pastes words, which the terminal marks as such.
    pub(crate) fn pastes(&self, words: &str) -> Result<(), Failed> {
        self.tmux(&["set-buffer", "--", words])?;
        self.tmux(&["paste-buffer", "-p"]).map(drop)
    }

    /// Waits until words are on the screen.
    pub(crate) fn sees(&self, words: &str) -> Result<(), Failed> {
        let start = Instant::now();
        loop {
            // The command line that was typed does not count for what it prints.
            let screen = format!("\n{}", self.tmux(&["capture-pane", "-p"])?.stdout);
            if screen.contains(words) {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("no {words:?} on the screen:\n{screen}").into());
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn tmux(&self, arguments: &[&str]) -> Result<Output, Failed> {
        let mut command = Command::new(&self.tmux);
        command.arg("-S").arg(&self.socket).args(arguments);
        command.env_remove("TMUX").env_remove("NO_COLOR");
        let output = process::run(&mut command)?;
        if output.status.success() {
            Ok(output)
        } else {
            Err(format!("tmux {}: {}", arguments.join(" "), output.stderr).into())
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // There is nothing to be done about one that is gone already.
        drop(self.tmux(&["kill-server"]));
    }
}
