//! A check-in that is killed at any point of its work, and disks that take no more.
#![expect(
    clippy::disallowed_methods,
    reason = "what stands in the file is what counts"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;

use crate::process::{self, Output};
use crate::tool::Tool;
use crate::{Check, found, no_faults, scratch};

const TOOLS: &[Tool] = &[Tool::Strace];

/// What makes, fills, moves and removes files, on whatever machine; a name that it does not know is passed over.
const CALLS: &str = "?open,openat,?creat,write,?writev,?pwrite64,fsync,?fdatasync,?sync_file_range,\
    ?rename,renameat,?renameat2,?link,linkat,?unlink,unlinkat,?chmod,fchmod,?fchmodat,?chown,fchown,\
    ?fchownat,ftruncate,flock,close";

const PLAN: &str = "\
---
period: 2026-Q4
---

# Billing

## Objective: Late payers hear from us

### Key result 1.1: Raise on-time payments from 60% to 80%

| Date       | Value |
| ---------- | ----: |
| 2026-11-13 |   66% |
";

const NEW_ROW: &str = "| 2026-11-20 |   70% |\n";

pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("killed_at_every_call", TOOLS, killed_at_every_call),
        Check::new("disk_that_takes_no_more", TOOLS, disk_that_takes_no_more),
    ]
}

fn killed_at_every_call() -> Result<(), Failed> {
    let folder = scratch()?;
    let calls = calls(folder.path())?;
    let new = format!("{PLAN}{NEW_ROW}");
    let mut faults = Vec::new();
    let (mut old_left, mut new_left) = (0, 0);
    for (name, number) in points(&calls) {
        fs::write(folder.path().join("plan.md"), PLAN)?;
        let run = inject(folder.path(), &name, &format!("signal=KILL:when={number}"))?;
        if run.status.code().is_some() {
            faults.push(format!("{name} {number}: not killed, {}", run.status));
        }
        match fs::read_to_string(folder.path().join("plan.md"))? {
            text if text == PLAN => old_left += 1,
            text if text == new => new_left += 1,
            text => faults.push(format!("{name} {number}: neither old nor new:\n{text}")),
        }
    }
    // It is killed before and after the new file takes its place, or nothing was tried.
    if old_left == 0 || new_left == 0 {
        faults.push(format!(
            "{old_left} times old, {new_left} times new: {calls:?}"
        ));
    }
    // What the killed ones have left behind is in nobody's way.
    fs::write(folder.path().join("plan.md"), PLAN)?;
    let run = process::run(&mut check_in(folder.path()))?;
    if !run.status.success() || fs::read_to_string(folder.path().join("plan.md"))? != new {
        faults.push(format!("afterwards: {}\n{}", run.status, run.stderr));
    }
    no_faults(&faults)
}

fn disk_that_takes_no_more() -> Result<(), Failed> {
    let folder = scratch()?;
    let calls = calls(folder.path())?;
    let mut faults = Vec::new();
    let mut tried = Vec::new();
    for error in ["ENOSPC", "EIO", "EDQUOT"] {
        for (name, number) in points(&calls) {
            let of_name = calls.iter().filter(|call| call.name == name);
            let is_of_new_file = of_name
                .clone()
                .nth(number - 1)
                .is_some_and(|call| call.arguments.contains(".okr-"));
            let makes_it = ["open", "write", "fsync", "rename"];
            if !is_of_new_file || !makes_it.iter().any(|call| name.starts_with(call)) {
                continue;
            }
            tried.push(name.clone());
            fs::write(folder.path().join("plan.md"), PLAN)?;
            let run = inject(
                folder.path(),
                &name,
                &format!("error={error}:when={number}"),
            )?;
            let point = format!("{name} {number} {error}");
            if run.status.code() != Some(2) {
                faults.push(format!("{point}: {}", run.status));
            }
            let wanted = "error: cannot write plan.md, which is as it was: ";
            if !run.stderr.starts_with(wanted) || run.stderr.contains(".okr-") {
                faults.push(format!("{point} says {}", run.stderr));
            }
            let names: Vec<_> = fs::read_dir(folder.path())?
                .map(|entry| entry.map(|entry| entry.file_name()))
                .collect::<Result<_, _>>()?;
            if names != ["plan.md"] || fs::read_to_string(folder.path().join("plan.md"))? != PLAN {
                faults.push(format!("{point} leaves {names:?}"));
            }
        }
    }
    for call in ["open", "write", "fsync", "rename"] {
        if !tried.iter().any(|tried| tried.starts_with(call)) {
            faults.push(format!("no {call} of the new file among {calls:?}"));
        }
    }
    no_faults(&faults)
}

/// A call of the system that a check-in makes.
#[derive(Debug)]
struct Call {
    name: String,
    arguments: String,
}

/// Returns the calls that a check-in makes, in their order.
///
/// # Errors
///
/// The machine lets nobody watch a process, or the check-in fails.
fn calls(folder: &Path) -> Result<Vec<Call>, Failed> {
    fs::write(folder.join("plan.md"), PLAN)?;
    let log = folder.join("calls");
    let mut command = Command::new(found(Tool::Strace)?);
    command.args(["-f", "-y", "-e", &format!("trace={CALLS}"), "-o"]);
    command.arg(&log);
    let run = process::run(on(&mut command, folder))?;
    if !run.status.success() {
        return Err(format!(
            "strace cannot watch a check-in ({}); the machine must permit ptrace:\n{}",
            run.status, run.stderr
        )
        .into());
    }
    let calls = fs::read_to_string(&log)?;
    fs::remove_file(&log)?;
    // A line is such as `4711 write(4</tmp/plan.md>, …) = 5`.
    let call = |line: &str| {
        let (head, arguments) = line.split_once('(')?;
        let name = head.split_whitespace().last()?;
        let is_name = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_name.then(|| Call {
            name: name.to_owned(),
            arguments: arguments.to_owned(),
        })
    };
    Ok(calls.lines().filter_map(call).collect())
}

/// Returns each call as its name and its number among those of that name, from 1.
fn points(calls: &[Call]) -> Vec<(String, usize)> {
    let number = |at: usize| {
        let until = calls[..=at].iter();
        until.filter(|call| call.name == calls[at].name).count()
    };
    let each = calls.iter().enumerate();
    each.map(|(at, call)| (call.name.clone(), number(at)))
        .collect()
}

/// Runs a check-in to which something happens at one call.
fn inject(folder: &Path, call: &str, what: &str) -> Result<Output, Failed> {
    let mut command = Command::new(found(Tool::Strace)?);
    command.args(["-f", "-o", "/dev/null"]);
    command.args(["-e", &format!("trace={call}")]);
    command.args(["-e", &format!("inject={call}:{what}")]);
    process::run(on(&mut command, folder))
}

fn check_in(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_okr"));
    command.current_dir(folder).args(ARGUMENTS);
    command
}

const ARGUMENTS: [&str; 6] = ["checkin", "plan.md", "1.1", "70%", "--today", "2026-11-20"];

/// Adds a check-in to a command that runs another.
fn on<'c>(command: &'c mut Command, folder: &Path) -> &'c mut Command {
    command
        .arg(env!("CARGO_BIN_EXE_okr"))
        .args(ARGUMENTS)
        .current_dir(folder)
}
