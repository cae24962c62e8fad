//! The example is what its script makes of it with the okr of today.
#![expect(
    clippy::disallowed_methods,
    reason = "the example is a folder of files"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;

use crate::process;
use crate::tool::{self, Tool};
use crate::{Check, found, no_faults, scratch};

const SHELL: &[Tool] = &[Tool::Bash];

/// Returns the check.
pub(crate) fn checks() -> Vec<Check> {
    vec![Check::new("example::is_made_by_its_script", SHELL, same)]
}

/// Every plan that the script makes is the one that is there, and there is no other.
fn same() -> Result<(), Failed> {
    let folder = scratch()?;
    let examples = tool::folder().join("../../examples");
    let output = process::run(
        Command::new(found(Tool::Bash)?)
            .arg(examples.join("make.sh"))
            .arg(folder.path())
            .env("OKR", env!("CARGO_BIN_EXE_okr")),
    )?;
    if !output.status.success() {
        return Err(format!("{}{}", output.stdout, output.stderr).into());
    }
    let (mut made, mut kept) = (BTreeMap::new(), BTreeMap::new());
    collect(folder.path(), folder.path(), &mut made)?;
    let there = examples.join("harbour-supplies");
    collect(&there, &there, &mut kept)?;
    kept.remove("README.md");
    let mut faults = Vec::new();
    if made.len() < 20 {
        faults.push(format!("there are {} files", made.len()));
    }
    for name in made
        .keys()
        .chain(kept.keys().filter(|name| !made.contains_key(*name)))
    {
        if made.get(name) != kept.get(name) {
            faults.push(format!("{name} is not as the script makes it"));
        }
    }
    no_faults(&faults)
}

/// Collects the files below a folder, by their paths from `root`.
fn collect(
    root: &Path,
    folder: &Path,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), Failed> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let name = path.strip_prefix(root)?.display().to_string();
            files.insert(name, fs::read(&path)?);
        }
    }
    Ok(())
}
