//! Plans beside each other: what is told of one because of the others.

use std::collections::HashSet;
use std::path::{Component, Path};

use jiff::civil::Date;
use okr_core::Parsed;
use okr_core::audit::{
    Audit, Beside, Extract, Finding, RULES, Settings, Sight, Workspace, audit_and_extract,
    audit_beside,
};

use super::examine::Kind;
use super::{Found, Looked, Request, look_at};
use crate::commands::args;
use crate::commands::plans::targets::Target;
use crate::env::{Env, MAX_PLAN};

/// A plan that was looked at.
pub(super) struct Held<'t> {
    pub(super) target: &'t Target,
    pub(super) found: Box<Found>,
}

/// Returns the path of a plan from a folder, with `/` between folders; nothing for a stream, whose links lead from
/// nowhere, and where no rule asks for it.
pub(super) fn place(env: &Env, root: &Path, target: &Target) -> Option<String> {
    let is_wanted = !args::is_standard(&target.path) && looks_across(&target.settings);
    is_wanted.then(|| from_here(&env.path(root), &env.path(&target.path)))
}

fn looks_across(settings: &Settings) -> bool {
    let mut rules = RULES.iter().filter(|rule| rule.sight().is_some());
    rules.any(|rule| settings.runs(rule))
}

/// Returns the way from a folder to a file.
fn from_here(folder: &Path, path: &Path) -> String {
    let (folder, path) = (parts(folder), parts(path));
    let pairs = folder.iter().zip(&path);
    let same = pairs.take_while(|(one, other)| one == other).count();
    let up = folder[same..].iter().map(|_| "..".to_owned());
    let way: Vec<String> = up.chain(path[same..].iter().cloned()).collect();
    way.join("/")
}

/// Returns the names of a path, without detours.
fn parts(path: &Path) -> Vec<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::Prefix(prefix) => {
                parts.push(prefix.as_os_str().to_string_lossy().into_owned());
            }
            Component::RootDir | Component::CurDir => {}
        }
    }
    parts
}

/// Looks at all plans beside each other, and takes in what there is to tell of each then.
pub(super) fn beside(env: &Env, request: &Request, held: &mut [Held<'_>]) {
    let seen = held.iter().enumerate();
    let seen: Vec<(usize, &Extract)> = seen
        .filter_map(|(at, it)| Some((at, it.found.extract.as_ref()?)))
        .collect();
    let extracts: Vec<&Extract> = seen.iter().map(|(_, extract)| *extract).collect();
    let settings: Vec<&Settings> = seen
        .iter()
        .map(|(at, _)| &*held[*at].target.settings)
        .collect();
    let sight = if held.iter().any(|it| !it.target.is_named) {
        Sight::Folder
    } else if extracts.len() > 1 {
        Sight::Several
    } else {
        Sight::Links
    };
    let (linked, documents) = linked(env, &request.root, &extracts);
    let workspace = Workspace::new(&extracts, &settings, &linked, &documents, sight);
    let found = workspace.findings();
    let found: Vec<(usize, Vec<Finding>)> = seen.iter().map(|(at, _)| *at).zip(found).collect();
    for (at, findings) in found {
        let Held { target, found } = &mut held[at];
        let Some(extract) = found.extract.take() else {
            continue;
        };
        if !extract.dismisses() {
            found.examined.add(&found.text, &extract, &findings);
            continue;
        }
        // Which comments in the plan are of use is known when everything was found.
        let text = std::mem::take(&mut found.text);
        let beside = Beside { sight, findings };
        if let Looked::Plan(again) = look_at(env, request, target, text, Some(&beside)) {
            *found = again;
        }
    }
}

/// Audits a plan together with what its links lead to.
pub(crate) fn audit_alone(
    env: &Env,
    path: &Path,
    parsed: &Parsed,
    settings: &Settings,
    today: Date,
) -> Audit {
    let place = from_here(&env.current_dir, &env.path(path));
    let (found, extract) = audit_and_extract(&place, parsed, settings, Some(today));
    let extracts = [&extract];
    let (linked, documents) = linked(env, Path::new(""), &extracts);
    let all = [settings];
    let workspace = Workspace::new(&extracts, &all, &linked, &documents, Sight::Links);
    let findings = workspace.findings().pop().unwrap_or_default();
    if findings.is_empty() && !extract.dismisses() {
        return found;
    }
    let beside = Beside {
        sight: Sight::Links,
        findings,
    };
    audit_beside(&parsed.plan, settings, Some(today), &beside)
}

/// Reads the plans to which links lead beyond those that are looked at, and to which their links lead; the second value
/// is the ways to files that are no plans.
fn linked(env: &Env, root: &Path, extracts: &[&Extract]) -> (Vec<Extract>, HashSet<String>) {
    let mut known: HashSet<String> = extracts.iter().map(|it| it.path().to_owned()).collect();
    let mut open: Vec<String> = extracts.iter().flat_map(|it| it.files()).collect();
    let mut linked = Vec::new();
    let mut documents = HashSet::new();
    while let Some(path) = open.pop() {
        if !known.insert(path.clone()) {
            continue;
        }
        let file = root.join(&path);
        if !env.exists(&file) || env.is_no_file(&file) {
            continue;
        }
        // What cannot be read is there all the same.
        let parsed = env.read_text(&file, MAX_PLAN).ok().map(okr_core::parse);
        match parsed.filter(|parsed| Kind::of(parsed) == Kind::Plan) {
            Some(parsed) => {
                let extract = Extract::of_linked(path, &parsed);
                open.extend(extract.files());
                linked.push(extract);
            }
            None => drop(documents.insert(path)),
        }
    }
    (linked, documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_seen_from_the_folder_where_okr_runs() {
        for (path, expected) in [
            ("/srv/ada/plans/a.md", "a.md"),
            ("/srv/ada/plans/./teams/../b.md", "b.md"),
            ("/srv/ada/plans/teams/c.md", "teams/c.md"),
            ("/srv/ada/d.md", "../d.md"),
            ("/tmp/e.md", "../../../tmp/e.md"),
        ] {
            let way = from_here(Path::new("/srv/ada/plans"), Path::new(path));
            assert_eq!(way, expected, "{path}");
        }
    }
}
