//! What the history of a Git repository knows of moved targets.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::civil::Date;
use okr_core::closing::Goalpost;
use okr_core::diff::diff;
use okr_core::model::{ElementId, Inline, KeyResult, Plan, parse_date};

/// The most versions of a plan that are looked at, the newest first.
const MOST_VERSIONS: usize = 200;

/// The largest version that is looked at, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// The baselines and targets that were moved, as the versions of a plan show it.
#[derive(Debug, Default)]
pub(super) struct History {
    moved: Vec<(ElementId, Goalpost, Date, String)>,
}

impl History {
    /// Looks at the versions of a plan; without Git, and outside a repository, there are none.
    pub(super) fn of(path: &Path, plan: &Plan) -> Self {
        let (Some(folder), Some(file)) = (path.parent(), path.file_name()) else {
            return Self::default();
        };
        let Some(log) = git(folder, |git| {
            git.args(["log", "--follow", "--format=%x00%H %as", "--name-only"])
                .arg(format!("--max-count={MOST_VERSIONS}"))
                .arg("--")
                .arg(file)
        }) else {
            return Self::default();
        };
        let log = String::from_utf8_lossy(&log).into_owned();
        // The oldest version first.
        let versions = log.split('\0').filter_map(version).rev();
        let mut history = Self::default();
        let mut before: HashMap<(ElementId, Goalpost), Option<String>> = HashMap::new();
        for (commit, date, name) in versions {
            let blob = git(folder, |git| {
                git.args(["cat-file", "blob"])
                    .arg(format!("{commit}:{name}"))
            });
            let text = blob
                .filter(|blob| blob.len() <= LARGEST)
                .and_then(|blob| String::from_utf8(blob).ok());
            let Some(text) = text else {
                continue;
            };
            history.look_at(&okr_core::parse(text).plan, plan, date, &mut before);
        }
        // What is not committed yet was moved when nobody knows; the plan's own record tells of that.
        history
    }

    /// Compares one version with the one before, by the elements of the plan as it is today.
    fn look_at(
        &mut self,
        version: &Plan,
        plan: &Plan,
        date: Date,
        before: &mut HashMap<(ElementId, Goalpost), Option<String>>,
    ) {
        for matched in diff(version, plan).matches {
            let Some(key_result) = version.key_result(matched.old) else {
                continue;
            };
            for what in Goalpost::ALL {
                let now = stated(key_result, what);
                let last = before.insert((matched.new, what), now.clone());
                if let Some(Some(last)) = last
                    && now.as_ref() != Some(&last)
                {
                    self.moved.push((matched.new, what, date, last));
                }
            }
        }
    }

    /// Returns the plan with what the history knows and the plan does not tell itself.
    pub(super) fn told(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        for (element, what, date, before) in &self.moved {
            let ElementId::KeyResult(o, k) = *element else {
                continue;
            };
            let objective = plan.objectives.get_mut(o);
            let Some(key_result) = objective.and_then(|objective| objective.key_results.get_mut(k))
            else {
                continue;
            };
            let own = key_result.moved(what.field());
            if own.iter().any(|moved| moved.before == *before) {
                continue;
            }
            let told: Vec<String> = own
                .iter()
                .map(|moved| format!("{} from {}", moved.date, moved.before))
                .chain([format!("{date} from {before}")])
                .collect();
            let spelled = key_result
                .fields
                .keys()
                .find(|name| name.eq_ignore_ascii_case(what.field()))
                .cloned()
                .unwrap_or_else(|| what.field().to_owned());
            key_result
                .fields
                .insert(spelled, Inline::from_plain(&told.join("; ")));
        }
        plan
    }
}

/// Returns what a key result states, as a record of it would say.
fn stated(key_result: &KeyResult, what: Goalpost) -> Option<String> {
    let measure = &key_result.measure;
    match what {
        Goalpost::Baseline => measure.start.as_ref().map(ToString::to_string),
        Goalpost::Target => measure.target.as_ref().map(ToString::to_string),
    }
}

/// Reads one entry of the log: the commit, its day, and what the file was called in it.
fn version(entry: &str) -> Option<(&str, Date, &str)> {
    let mut lines = entry.lines().filter(|line| !line.is_empty());
    let (commit, date) = lines.next()?.split_once(' ')?;
    Some((commit, parse_date(date)?, lines.next()?))
}

/// Runs Git in a folder and returns what it prints; nothing when it is not there or fails.
///
/// Nothing that a repository configures is run: no hooks, no pager, no file system monitor.
fn git(folder: &Path, with: impl FnOnce(&mut Command) -> &mut Command) -> Option<Vec<u8>> {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args([
            "--no-pager",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "core.quotePath=false",
            "-c",
            "log.showSignature=false",
        ])
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    with(&mut command);
    let output = command.output().ok()?;
    output.status.success().then_some(output.stdout)
}
