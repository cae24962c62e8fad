//! Asking Git for the versions of a file, without letting the repository run anything.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read as _, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::civil::Date;
use okr_core::model::parse_date;

/// The most entries of the log that are looked at, the newest first.
const MOST_ENTRIES: usize = 5000;

/// The largest version that is looked at, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// A version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    /// The day on which it was made, by the clock of whoever made it.
    pub(super) date: Date,
    /// The name of its bytes in the repository.
    blob: String,
}

/// Returns the versions of a file that were committed, under its earlier names too, the newest first; nothing where Git
/// cannot tell.
///
/// Of what was merged only the outcome counts, on the day of the merge: what stood on two branches at a time was not
/// moved to and fro.
pub(super) fn versions(folder: &Path, file: &OsStr) -> Option<Vec<Version>> {
    let mut git = command(folder);
    git.args([
        "log",
        "--follow",
        "--first-parent",
        "--diff-merges=first-parent",
        "--format=%as",
        "--raw",
        "--no-abbrev",
        "--no-color",
    ]);
    git.arg(format!("--max-count={MOST_ENTRIES}"));
    git.arg("--").arg(file);
    let output = git.stdin(Stdio::null()).output().ok()?;
    if output.status.success() {
        return Some(log(&String::from_utf8_lossy(&output.stdout)));
    }
    // A repository in which nothing was committed yet has no versions to tell of.
    let is_so = |arguments: &[&str]| {
        let mut git = command(folder);
        git.args(arguments).stdin(Stdio::null());
        git.output().is_ok_and(|output| output.status.success())
    };
    let is_empty = is_so(&["rev-parse", "--is-inside-work-tree"])
        && !is_so(&["rev-parse", "--verify", "--quiet", "HEAD"]);
    is_empty.then(Vec::new)
}

/// Reads a log: a line with the day, and one that begins with a colon and has the name of the new bytes fourth.
fn log(text: &str) -> Vec<Version> {
    let mut versions = Vec::new();
    let mut date = None;
    for line in text.lines() {
        if let Some(raw) = line.strip_prefix(':') {
            let blob = raw.split(' ').nth(3).filter(|blob| is_name(blob));
            if let (Some(date), Some(blob)) = (date.take(), blob) {
                let blob = blob.to_owned();
                versions.push(Version { date, blob });
            }
        } else if !line.is_empty() {
            date = parse_date(line);
        }
    }
    versions
}

/// Returns whether something is the name of bytes that are there.
fn is_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit()) && text.bytes().any(|byte| byte != b'0')
}

/// Hands over the text of each version that can be had; those that are too large or no text are passed over.
pub(super) fn read(folder: &Path, versions: Vec<Version>, take: impl FnMut(&str, Date)) {
    let mut git = command(folder);
    git.args(["cat-file", "--batch"]).stdin(Stdio::piped());
    let Ok(mut child) = git.stdout(Stdio::piped()).spawn() else {
        return;
    };
    let pipes = child.stdin.take().zip(child.stdout.take());
    // Where Git stops answering, what it said until then counts.
    let _ = pipes.map(|(asks, answers)| converse(asks, BufReader::new(answers), versions, take));
    let _ = child.wait();
}

/// Asks for one version after the other; an answer is a line that ends with the size, the bytes, and a line end.
fn converse(
    mut asks: impl Write,
    mut answers: impl BufRead,
    versions: Vec<Version>,
    mut take: impl FnMut(&str, Date),
) -> io::Result<()> {
    for version in versions {
        writeln!(asks, "{}", version.blob)?;
        asks.flush()?;
        let mut head = String::new();
        answers.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next();
        let Some(size) = size.and_then(|size| size.parse::<u64>().ok()) else {
            continue;
        };
        let mut answer = answers.by_ref().take(size.saturating_add(1));
        if size > LARGEST {
            io::copy(&mut answer, &mut io::sink())?;
            continue;
        }
        let mut bytes = Vec::new();
        answer.read_to_end(&mut bytes)?;
        bytes.pop();
        if let Ok(text) = std::str::from_utf8(&bytes) {
            take(text, version.date);
        }
    }
    Ok(())
}

/// Variables that would make Git look elsewhere than into the repository that the plan lies in.
const ELSEWHERE: [&str; 14] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// Returns Git, to be run in a folder.
///
/// Nothing that a repository configures is run: no hook, no pager, no file system monitor, no signature check, and
/// nothing that would fetch what is missing.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for name in ELSEWHERE {
        command.env_remove(name);
    }
    command
        .current_dir(folder)
        .arg("--no-pager")
        .args(["-c", "core.fsmonitor=false"])
        .args(["-c", "core.hooksPath=/dev/null"])
        .args(["-c", "log.showSignature=false"])
        .args(["-c", "log.date=short"])
        .args(["-c", "format.pretty=medium"])
        .args(["-c", "protocol.allow=never"])
        .env("GIT_ALLOW_PROTOCOL", "")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stderr(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_read_line_by_line() {
        let blob = "5".repeat(40);
        let gone = "0".repeat(40);
        let text = format!(
            "2026-11-10

:100644 100644 {gone} {blob} R090	old	new
             2026-10-09

:100644 000000 {blob} {gone} D	old
2026-10-02
no date
:1 2
"
        );
        let date = jiff::civil::date(2026, 11, 10);
        assert_eq!(log(&text), [Version { date, blob }]);
    }
}
