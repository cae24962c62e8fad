//! The project keeps its own promises: registries, documents, layers, packages.

mod documents;
mod layers;
mod packages;
mod registries;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use self::registries::commands;
use crate::support::root;

const CRATES: [&str; 4] = ["okr-cli", "okr-core", "okr-render", "okr-templates"];

/// Folders that hold nothing of ours.
const FOREIGN: [&str; 4] = [".git", "node_modules", "proptest-regressions", "target"];

/// Returns all files below a folder of the project, sorted, with paths from its root.
fn files(folder: &str) -> Vec<String> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in
            fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let path = entry.expect("is readable").path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .expect("is UTF-8");
            if path.is_symlink() || FOREIGN.contains(&name) {
                continue;
            }
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    let shown = |path: PathBuf| {
        path.strip_prefix(root())
            .expect("lies in the project")
            .to_str()
            .expect("is UTF-8")
            .replace('\\', "/")
    };
    let mut files: Vec<String> = found.into_iter().map(shown).collect();
    files.sort();
    files
}

#[track_caller]
fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the names, without their ending, of the files that stand directly in a folder.
fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let inside = files(folder).into_iter().filter_map(|path| {
        let name = path
            .strip_prefix(folder)?
            .strip_prefix('/')?
            .strip_suffix(ending)?
            .to_owned();
        (!name.contains('/')).then_some(name)
    });
    inside.collect()
}
