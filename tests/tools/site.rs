//! Sites, as the HTML checker and a browser take them.
#![expect(
    clippy::disallowed_methods,
    reason = "a site is a folder of files in a temporary folder"
)]

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::page::{AXE, BROWSER, CHECKER, html_faults_of};
use crate::process;
use crate::tool::{self, Tool};
use crate::{Check, found, no_faults, scratch};

/// Words of a plan that would do something if any of them were taken for more than words.
const PAYLOADS: &str = include_str!("payloads.txt");

/// Returns the checks.
pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("site::html_is_valid", CHECKER, || {
            let (_scratch, folder) = example()?;
            let faults = html_faults_of(&folder, &pages(&folder)?)?;
            // The checker takes no file for one of the page's own place; that browsers do is seen below.
            let is_own = |fault: &String| {
                fault.contains("blocked by “style-src”")
                    || fault.contains("blocked by “script-src”")
            };
            no_faults(
                &faults
                    .into_iter()
                    .filter(|fault| !is_own(fault))
                    .collect::<Vec<_>>(),
            )
        }),
        Check::new("site::opens_from_a_folder", BROWSER, || {
            let (_scratch, folder) = example()?;
            let names = pages(&folder)?;
            let seen = look(&folder, "none", &names)?;
            if seen["hits"].as_u64() < Some(2) {
                return Err(format!("the search finds {}", seen["hits"]).into());
            }
            no_faults(&faults(&seen)?)
        }),
        Check::new("site::axe", AXE, || {
            let (_scratch, folder) = example()?;
            // A dozen at once stays well within the time that a tool is given.
            for names in pages(&folder)?.chunks(12) {
                no_faults(&faults(&look(&folder, "axe", names)?)?)?;
            }
            Ok(())
        }),
        Check::new("site::single_file", AXE, || {
            let scratch = scratch()?;
            let plans = tool::folder().join("../../examples/harbour-supplies");
            publish(&plans, scratch.path(), &["-o", "one.html", "--single-file"])?;
            let names = ["one.html".to_owned()];
            no_faults(&html_faults_of(scratch.path(), &names)?)?;
            let seen = look(scratch.path(), "axe", &names)?;
            no_faults(&faults(&seen)?)
        }),
        Check::new("site::slides", AXE, || {
            let scratch = scratch()?;
            let plans = tool::folder().join("../../examples/harbour-supplies/2026-Q4/company.md");
            okr(
                scratch.path(),
                ["render".as_ref(), plans.as_os_str(), "--slides".as_ref()],
                &["-o", "talk.html"],
            )?;
            let names = ["talk.html".to_owned()];
            no_faults(&html_faults_of(scratch.path(), &names)?)?;
            no_faults(&faults(&look(scratch.path(), "axe", &names)?)?)
        }),
        Check::new(
            "site::lighthouse",
            &[
                Tool::Node,
                Tool::Chromium,
                Tool::PlaywrightCore,
                Tool::Lighthouse,
            ],
            lighthouse,
        ),
        Check::new("site::hostile_words_do_nothing", BROWSER, hostile),
        Check::new("site::faults_are_seen", BROWSER, || {
            let folder = scratch()?;
            fs::write(folder.path().join("bad.html"), BAD)?;
            let seen = faults(&look(folder.path(), "none", &["bad.html".to_owned()])?)?;
            let all = seen.join("\n");
            for fault in [
                "requests http",
                "did not get",
                "script error",
                "dialog",
                "too wide",
            ] {
                if !all.contains(fault) {
                    return Err(format!("\"{fault}\" was not seen among\n{all}").into());
                }
            }
            Ok(())
        }),
    ]
}

/// A page with a fault of each kind.
const BAD: &str = r#"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bad</title></head><body>
<h1 style="width: 3000px">Bad</h1><img src="http://127.0.0.1:9/x.png" alt="">
<script>alert(1); throw new Error("oh")</script></body></html>
"#;

/// Returns the site of the example, in a folder that goes with the first value.
fn example() -> Result<(tempfile::TempDir, std::path::PathBuf), Failed> {
    let scratch = scratch()?;
    let plans = tool::folder().join("../../examples/harbour-supplies");
    publish(&plans, scratch.path(), &["-o", "site"])?;
    let folder = scratch.path().join("site");
    Ok((scratch, folder))
}

/// Runs `okr publish` in a folder.
fn publish(plans: &Path, folder: &Path, arguments: &[&str]) -> Result<(), Failed> {
    okr(folder, ["publish".as_ref(), plans.as_os_str()], arguments)
}

/// Runs okr in a folder.
fn okr<'a>(
    folder: &Path,
    command: impl IntoIterator<Item = &'a OsStr>,
    arguments: &[&str],
) -> Result<(), Failed> {
    let output = process::run(
        Command::new(env!("CARGO_BIN_EXE_okr"))
            .args(["--today", "2026-11-22"])
            .args(command)
            .args(arguments)
            .current_dir(folder),
    )?;
    if !output.status.success() {
        return Err(format!("{}{}", output.stdout, output.stderr).into());
    }
    Ok(())
}

/// Returns the paths of all pages below a folder.
fn pages(folder: &Path) -> Result<Vec<String>, Failed> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                let name = path
                    .strip_prefix(folder)?
                    .to_str()
                    .ok_or("a name is no text")?;
                found.push(name.to_owned());
            }
        }
    }
    found.sort();
    if found.is_empty() {
        return Err("there is no page to look at".into());
    }
    Ok(found)
}

fn look(folder: &Path, rules: &str, names: &[String]) -> Result<Value, Failed> {
    run("site.mjs", folder, &[rules], names)
}

/// Runs a script that looks at pages of a folder and prints what it finds.
fn run(script: &str, folder: &Path, arguments: &[&str], names: &[String]) -> Result<Value, Failed> {
    let temporary = scratch()?;
    let output = process::run(
        Command::new(found(Tool::Node)?)
            .arg(tool::folder().join(script))
            .arg(folder)
            .args(arguments)
            .args(names)
            .env("CHROMIUM", found(Tool::Chromium)?)
            // What the browser keeps for itself goes when the folder goes.
            .env("TMPDIR", temporary.path()),
    )?;
    if !output.status.success() {
        return Err(format!("{script} failed: {}{}", output.stdout, output.stderr).into());
    }
    Ok(serde_json::from_str(&output.stdout)?)
}

fn faults(seen: &Value) -> Result<Vec<String>, Failed> {
    let faults = seen["faults"]
        .as_array()
        .ok_or("there is no list of faults")?;
    Ok(faults
        .iter()
        .map(|fault| fault.as_str().unwrap_or_default().to_owned())
        .collect())
}

/// The front page and a plan's, as search engines and auditors grade them.
fn lighthouse() -> Result<(), Failed> {
    let (_scratch, folder) = example()?;
    let all = pages(&folder)?;
    let plan = all.iter().find(|name| name.starts_with("plans/"));
    let plan = plan.ok_or("there is no plan")?;
    let names = ["index.html".to_owned(), plan.clone()];
    no_faults(&faults(&run("lighthouse.mjs", &folder, &[], &names)?)?)?;
    fs::write(folder.join("bad.html"), BAD)?;
    let bad = run("lighthouse.mjs", &folder, &[], &["bad.html".to_owned()])?;
    if faults(&bad)?.is_empty() {
        return Err("it finds no fault in a bad page".into());
    }
    Ok(())
}

/// A plan with every payload in each place where words may stand: no page of its site does anything but show them.
fn hostile() -> Result<(), Failed> {
    let payloads: Vec<&str> = PAYLOADS
        .lines()
        .filter(|line| !line.starts_with("# "))
        .collect();
    if payloads.len() < 100 {
        return Err(format!("there are {} payloads", payloads.len()).into());
    }
    let scratch = scratch()?;
    let plans = scratch.path().join("plans");
    fs::create_dir(&plans)?;
    for (at, several) in payloads.chunks(5).enumerate() {
        let first = several[0];
        let quoted = first.replace('\'', "''");
        let mut plan = format!(
            "---\nplan: '{quoted}'\nteam: '{quoted}'\nowner: '{quoted}'\nperiod: 2026-Q4\nodd: '{quoted}'\n---\n\n\
             # {first}\n\n{first}\n\n"
        );
        for (number, words) in several.iter().enumerate() {
            write!(
                plan,
                "## Objective {0}: {words}\n\n- Owner: {words}\n- Supports: [{words}]({words}), {words}\n- Odd: {words}\n\
                 - [ ] {words} (due 2026-10-14)\n\n{words}\n\n\
                 ### Key result {0}.1: {words}\n\n- Owner: {words}\n- Measure: {words}\n- Source: {words}\n\
                 - Baseline: 1\n- Target: 9\n\n\
                 | Date | Value | Status | Note |\n| --- | --- | --- | --- |\n| 2026-11-13 | 2 | off track | {1} |\n\
                 | 2026-11-20 | 3 | off track | {1} |\n\n## {words}\n\n> {words}\n\n",
                number + 1,
                words.replace('|', "\\|"),
            )?;
        }
        fs::write(plans.join(format!("plan {at}.md")), plan)?;
    }
    publish(&plans, scratch.path(), &["-o", "site"])?;
    let site = scratch.path().join("site");
    let mut names = pages(&site)?;
    let people = |name: &String| name.starts_with("people/");
    // There are as many people as words, and one page for them all.
    let mut count = 0;
    names.retain(|name| {
        count += usize::from(people(name));
        !people(name) || count <= 8
    });
    if count == 0 || names.len() < 25 {
        return Err(format!("there are {} pages", names.len()).into());
    }
    no_faults(&faults(&look(&site, "none", &names)?)?)?;
    publish(&plans, scratch.path(), &["-o", "one.html", "--single-file"])?;
    let names = ["one.html".to_owned()];
    no_faults(&faults(&look(scratch.path(), "none", &names)?)?)
}
