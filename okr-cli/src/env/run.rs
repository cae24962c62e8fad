//! Running a program of the user's, within limits.

use std::io::{self, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::Context as _;

use super::Env;
use crate::error::Failure;

/// How long a program may run.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most bytes that it may print: a number and a date are far fewer.
const MAX_OUTPUT: u64 = 4096;

impl Env {
    /// Runs a program in a folder and returns what it prints as text.
    ///
    /// No shell is between, so that nothing in the arguments means more than it says. The program reads nothing, and
    /// what it says beside its output is passed over.
    ///
    /// # Errors
    ///
    /// It cannot be started, fails, takes too long or prints too much, or something that is no text. One that takes
    /// too long is ended, together with what it has started.
    pub(crate) fn run(
        &self,
        folder: &Path,
        program: &str,
        args: &[String],
    ) -> anyhow::Result<String> {
        self.run_for(PATIENCE, folder, program, args)
    }

    fn run_for(
        &self,
        patience: Duration,
        folder: &Path,
        program: &str,
        args: &[String],
    ) -> anyhow::Result<String> {
        let mut command = Command::new(program);
        command
            .args(args)
            .current_dir(self.path(folder))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command
            .spawn()
            .with_context(|| format!("cannot run {program}"))?;
        let Some(stdout) = child.stdout.take() else {
            return Err(io::Error::from(io::ErrorKind::BrokenPipe).into());
        };
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.take(MAX_OUTPUT + 1).read_to_end(&mut bytes);
            // Nobody listens any more when it took too long.
            let _ = sender.send(read.map(|_| bytes));
        });
        let Ok(read) = receiver.recv_timeout(patience) else {
            end(&mut child);
            let message = format!("{program} takes longer than {} s", patience.as_secs());
            return Err(Failure::new(message)
                .help("run it yourself, and see what it waits for")
                .into());
        };
        let bytes = read.with_context(|| format!("cannot read what {program} prints"))?;
        if bytes.len() as u64 > MAX_OUTPUT {
            end(&mut child);
            let message = format!("{program} prints more than {MAX_OUTPUT} bytes");
            return Err(Failure::new(message)
                .help("let it print a number, and nothing else")
                .into());
        }
        let Some(status) = wait(&mut child, patience) else {
            end(&mut child);
            let message = format!("{program} does not end after what it prints");
            return Err(Failure::new(message).help("let it end by itself").into());
        };
        let status = status?;
        if !status.success() {
            let message = format!("{program} fails: {status}");
            return Err(Failure::new(message)
                .help("run it yourself, and see what it says")
                .into());
        }
        String::from_utf8(bytes)
            .map_err(|_| Failure::new(format!("what {program} prints is not UTF-8")).into())
    }
}

/// Waits for a program that has printed all; nothing when it takes too long.
fn wait(child: &mut Child, patience: Duration) -> Option<io::Result<std::process::ExitStatus>> {
    const STEP: Duration = Duration::from_millis(5);
    let steps = patience.as_millis() / STEP.as_millis();
    for _ in 0..=steps {
        match child.try_wait() {
            Ok(None) => std::thread::sleep(STEP),
            Ok(Some(status)) => return Some(Ok(status)),
            Err(error) => return Some(Err(error)),
        }
    }
    None
}

/// Ends a program and, where the system knows groups, all that it has started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        // The group has the number of its first process, which is a child that nobody has waited for yet.
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(script: &str) -> Result<String, String> {
        let (env, _) = Env::captured(jiff::civil::date(2026, 11, 22), "/", b"");
        let args = ["-c".to_owned(), script.to_owned()];
        env.run_for(Duration::from_secs(2), Path::new("/"), "sh", &args)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_printed_comes_back() {
        assert_eq!(
            run("echo 46.2 days; echo x >&2"),
            Ok("46.2 days\n".to_owned())
        );
        assert_eq!(run("cat"), Ok(String::new()));
    }

    #[test]
    fn programs_that_do_not_behave_are_ended() {
        assert_eq!(run("sleep 60"), Err("sh takes longer than 2 s".to_owned()));
        assert_eq!(
            run("sleep 60 & echo 1"),
            Err("sh takes longer than 2 s".to_owned())
        );
        assert_eq!(
            run("exec >&-; sleep 60"),
            Err("sh does not end after what it prints".to_owned())
        );
        assert_eq!(run("yes"), Err("sh prints more than 4096 bytes".to_owned()));
        assert_eq!(
            run("echo 1; exit 3"),
            Err("sh fails: exit status: 3".to_owned())
        );
        assert_eq!(
            run("printf '\\377'"),
            Err("what sh prints is not UTF-8".to_owned())
        );
        let (env, _) = Env::captured(jiff::civil::date(2026, 11, 22), "/", b"");
        let error = env
            .run(Path::new("/"), "no-such-program-here", &[])
            .unwrap_err();
        assert_eq!(error.to_string(), "cannot run no-such-program-here");
    }
}
