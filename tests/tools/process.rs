//! Runs a program to its end, or for as long as it may take.
#![expect(
    clippy::disallowed_methods,
    reason = "a tool that hangs must be stopped by the clock"
)]

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;

/// How long one run of a tool may take; the slowest needs a tenth of it on a machine of two cores.
const LIMIT: Duration = Duration::from_secs(180);

/// How long a program that is asked to stop may take to stop what it started itself.
const GRACE: Duration = Duration::from_secs(5);

/// What a program left behind.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `command` without input.
///
/// # Errors
///
/// It cannot be started, or it did not end in time and was stopped.
pub(crate) fn run(command: &mut Command) -> Result<Output, Failed> {
    // Files take whatever is printed, so that no pipe can be full and block the program.
    let mut stdout = tempfile::tempfile()?;
    let mut stderr = tempfile::tempfile()?;
    command
        .stdin(Stdio::null())
        .stdout(stdout.try_clone()?)
        .stderr(stderr.try_clone()?);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let program = command.get_program().display().to_string();
    let mut child = command
        .spawn()
        .map_err(|error| format!("cannot start {program}: {error}"))?;
    let status = wait(&mut child, LIMIT)?;
    let stdout = text(&mut stdout)?;
    let stderr = text(&mut stderr)?;
    if let Some(status) = status {
        return Ok(Output {
            status,
            stdout,
            stderr,
        });
    }
    stop(&mut child)?;
    Err(format!("{program} did not end within {LIMIT:?}\n{stdout}{stderr}").into())
}

fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        match child.try_wait()? {
            Some(status) => return Ok(Some(status)),
            None if start.elapsed() > limit => return Ok(None),
            None => thread::sleep(Duration::from_millis(10)),
        }
    }
}

/// Stops the program and what it started, first with a request and then without one.
fn stop(child: &mut Child) -> io::Result<()> {
    signal(child, "TERM")?;
    if wait(child, GRACE)?.is_none() {
        signal(child, "KILL")?;
        child.kill()?;
        child.wait()?;
    }
    Ok(())
}

/// Sends a signal to the process group that [`run`] made for `child`, and to no other.
#[cfg(unix)]
fn signal(child: &Child, name: &str) -> io::Result<()> {
    let kill = format!("kill -{name} -- -{}", child.id());
    Command::new("sh")
        .args(["-c", &kill])
        .stderr(Stdio::null())
        .status()?;
    Ok(())
}

#[cfg(not(unix))]
fn signal(_: &Child, _: &str) -> io::Result<()> {
    Ok(())
}

fn text(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
