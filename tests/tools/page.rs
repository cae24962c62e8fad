//! Pages, as the HTML checker, a browser and paper take them.
#![expect(
    clippy::disallowed_methods,
    reason = "pages are files in a temporary folder"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::process;
use crate::sample::SAMPLES;
use crate::tool::{self, Tool};
use crate::{Check, found, no_faults, scratch};

/// What the HTML checker needs.
pub(crate) const CHECKER: &[Tool] = &[Tool::Java, Tool::VnuJar];
/// What a look at a page in the browser needs.
pub(crate) const BROWSER: &[Tool] = &[Tool::Chromium, Tool::Node, Tool::PlaywrightCore];
/// What the accessibility rules need.
pub(crate) const AXE: &[Tool] = &[
    Tool::AxeCore,
    Tool::Chromium,
    Tool::Node,
    Tool::PlaywrightCore,
];
/// What a look at printed pages needs.
pub(crate) const PAPER: &[Tool] = &[
    Tool::Chromium,
    Tool::Node,
    Tool::PlaywrightCore,
    Tool::Poppler,
];

/// Returns a check of every page, and of a faulty one for each tool, which the tool must refuse.
pub(crate) fn checks() -> Vec<Check> {
    let mut checks = vec![
        Check::new("html_is_valid", CHECKER, html_is_valid),
        Check::new("html_checker_sees_faults", CHECKER, || {
            let folder = scratch()?;
            fs::write(folder.path().join("bad.html"), BAD_PAGE)?;
            must_see(&html_faults(folder.path())?, &["alt"])
        }),
        Check::new("axe_sees_faults", AXE, || bad_page("axe", &["image-alt"])),
        Check::new("alone_sees_faults", BROWSER, || {
            bad_page(
                "alone",
                &[
                    "requests",
                    "console error",
                    "onclick",
                    "leads to javascript:",
                    "script of someone else",
                    "reads differently",
                ],
            )
        }),
        Check::new("width_sees_faults", BROWSER, || {
            bad_page("width", &["px wide"])
        }),
        Check::new("paper_sees_faults", PAPER, paper_sees_faults),
    ];
    for sample in SAMPLES {
        let name = sample.name;
        for (check, tools) in [("axe", AXE), ("alone", BROWSER), ("width", BROWSER)] {
            checks.push(Check::new(format!("{check}::{name}"), tools, move || {
                let folder = scratch()?;
                sample.render(folder.path(), "html")?;
                let seen = look(check, folder.path(), name)?;
                no_faults(&faults(&seen)?)
            }));
        }
        checks.push(Check::new(format!("paper::{name}"), PAPER, move || {
            let folder = scratch()?;
            sample.render(folder.path(), "html")?;
            no_faults(&paper_faults(folder.path(), name, sample.most_pages)?)
        }));
    }
    checks
}

/// A page with a fault for each check to see.
const BAD_PAGE: &str = r#"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bad</title></head><body>
<main><h1 style="width: 3000px; overflow: visible">Bad</h1>
<img src="missing.png"><a href="javascript:alert(1)" onclick="alert(2)">x</a></main>
<script>document.querySelector("h1").textContent = "Changed"; throw new Error("oh")</script>
</body></html>
"#;

/// A page with an empty sheet in it, and a card that is on two sheets though its style forbids it.
const BAD_PAPER: &str = r#"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bad</title></head><body>
<main><h2>First heading</h2><p style="break-after: page">Words on the first page of three</p>
<p style="break-after: page">&nbsp;</p>
<div class="key-result" style="break-inside: avoid"><p>Begins here with alpha</p>
<p style="break-before: page">Ends elsewhere with omega</p></div></main></body></html>
"#;

fn bad_page(check: &str, expected: &[&str]) -> Result<(), Failed> {
    let folder = scratch()?;
    fs::write(folder.path().join("bad.html"), BAD_PAGE)?;
    must_see(&faults(&look(check, folder.path(), "bad")?)?, expected)
}

fn paper_sees_faults() -> Result<(), Failed> {
    let folder = scratch()?;
    fs::write(folder.path().join("bad.html"), BAD_PAPER)?;
    let faults = paper_faults(folder.path(), "bad", 2)?;
    must_see(&faults, &["4 pages", "page 2 is empty", "alpha"])
}

fn must_see(faults: &[String], expected: &[&str]) -> Result<(), Failed> {
    let all = faults.join("\n");
    match expected.iter().find(|fault| !all.contains(*fault)) {
        Some(fault) => Err(format!("\"{fault}\" was not seen among\n{all}").into()),
        None => Ok(()),
    }
}

fn html_is_valid() -> Result<(), Failed> {
    let folder = scratch()?;
    for sample in SAMPLES {
        sample.render(folder.path(), "html")?;
    }
    no_faults(&html_faults(folder.path())?)
}

/// Returns all that the HTML checker says of the pages in `folder`, mere remarks too.
pub(crate) fn html_faults(folder: &Path) -> Result<Vec<String>, Failed> {
    html_faults_of(folder, &pages(folder)?)
}

/// Returns all that the HTML checker says of pages of a folder.
pub(crate) fn html_faults_of<P: AsRef<std::ffi::OsStr>>(
    folder: &Path,
    pages: &[P],
) -> Result<Vec<String>, Failed> {
    let output = process::run(
        Command::new(found(Tool::Java)?)
            .arg("-jar")
            .arg(found(Tool::VnuJar)?)
            .args(["--format", "json", "--exit-zero-always", "--stdout"])
            // The page's own words are English; which language a plan is in can only be guessed.
            .arg("--no-langdetect")
            .args(pages)
            .current_dir(folder),
    )?;
    if !output.status.success() {
        return Err(format!("the checker failed: {}{}", output.stdout, output.stderr).into());
    }
    let report = json(&output.stdout)?;
    let messages = report["messages"]
        .as_array()
        .ok_or_else(|| format!("the checker says {report}"))?;
    Ok(messages
        .iter()
        .map(|message| {
            let word = |name: &str| message[name].as_str().unwrap_or_default();
            let page = word("url").rsplit('/').next().unwrap_or_default();
            format!(
                "{page}:{}: {} {}: {} ({})",
                message["lastLine"],
                word("type"),
                word("subType"),
                word("message"),
                word("extract").replace('\n', " "),
            )
        })
        .collect())
}

fn pages(folder: &Path) -> Result<Vec<std::path::PathBuf>, Failed> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            pages.push(path);
        }
    }
    pages.sort();
    if pages.is_empty() {
        return Err("there is no page to check".into());
    }
    Ok(pages)
}

/// Returns what the script for the browser says of the page `name` in `folder`.
pub(crate) fn look(check: &str, folder: &Path, name: &str) -> Result<Value, Failed> {
    let output = process::run(
        Command::new(found(Tool::Node)?)
            .arg(tool::folder().join("page.mjs"))
            .arg(check)
            .arg(folder.join(format!("{name}.html")))
            .arg(folder)
            .env("CHROMIUM", found(Tool::Chromium)?)
            // What the browser keeps for itself goes when the folder goes.
            .env("TMPDIR", folder)
            .current_dir(folder),
    )?;
    if !output.status.success() {
        return Err(format!("page.mjs failed: {}{}", output.stdout, output.stderr).into());
    }
    json(&output.stdout)
}

pub(crate) fn faults(seen: &Value) -> Result<Vec<String>, Failed> {
    Ok(texts(&seen["faults"])?.map(str::to_owned).collect())
}

/// Returns what is wrong with the printed page: sheets that are empty or too many, headings that
/// are missing or left alone, and cards that are cut.
fn paper_faults(folder: &Path, name: &str, most_pages: usize) -> Result<Vec<String>, Failed> {
    let seen = look("print", folder, name)?;
    let mut faults = faults(&seen)?;
    for (paper, size) in [("A4", "595 x 842"), ("Letter", "612 x 792")] {
        let file = folder.join(format!("{paper}.pdf"));
        let info = pdf_tool(&found(Tool::Poppler)?, &file, &[])?;
        let of = |name: &str| {
            info.lines()
                .find_map(|line| line.strip_prefix(name))
                .map(str::trim)
                .unwrap_or_default()
        };
        if !is_size(of("Page size:"), size) {
            faults.push(format!("{paper}: is {} in size", of("Page size:")));
        }
        let count: usize = of("Pages:").parse()?;
        if !(1..=most_pages).contains(&count) {
            faults.push(format!(
                "{paper}: has {count} pages, {most_pages} are expected"
            ));
        }
        let text = pdf_tool(
            &tool::pdftotext(&found(Tool::Poppler)?),
            &file,
            &["-enc", "UTF-8"],
        )?;
        let sheets: Vec<_> = text
            .trim_end_matches('\u{c}')
            .split('\u{c}')
            .map(|sheet| folded(without_number(sheet)))
            .collect();
        for (at, sheet) in sheets.iter().enumerate() {
            if sheet.len() < 10 {
                faults.push(format!("{paper}: page {} is empty", at + 1));
            }
        }
        for heading in texts(&seen["headings"])?.filter(|heading| heading.is_ascii()) {
            let words: Vec<_> = words(heading).collect();
            let has = |sheet: &&String| words.iter().all(|word| sheet.contains(word));
            match sheets.iter().rfind(has) {
                None => faults.push(format!("{paper}: lacks the heading {}", short(heading))),
                Some(sheet) if sheet.ends_with(&folded(heading)) => {
                    faults.push(format!("{paper}: a page ends with {}", short(heading)));
                }
                Some(_) => {}
            }
        }
        for card in texts(&seen["cards"])? {
            let words: Vec<_> = words(card).collect();
            if !sheets
                .iter()
                .any(|sheet| words.iter().all(|word| sheet.contains(word)))
            {
                faults.push(format!("{paper}: cuts the card {}", short(card)));
            }
        }
    }
    Ok(faults)
}

/// Compares sizes in points; browsers round them in their own ways.
fn is_size(found: &str, expected: &str) -> bool {
    let numbers = |text: &str| -> Vec<f64> {
        text.split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect()
    };
    let (found, expected) = (numbers(found), numbers(expected));
    found.len() == expected.len()
        && found
            .iter()
            .zip(&expected)
            .all(|(found, expected)| (found - expected).abs() < 2.0)
}

fn pdf_tool(program: &Path, file: &Path, options: &[&str]) -> Result<String, Failed> {
    let mut command = Command::new(program);
    command.args(options).arg(file);
    if program.ends_with("pdftotext") {
        command.arg("-");
    }
    let output = process::run(&mut command)?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!("{}: {}", program.display(), output.stderr).into())
    }
}

/// Takes the number of the sheet, such as `3 / 12`, off its end.
fn without_number(sheet: &str) -> &str {
    let sheet = sheet.trim_end();
    let numbers = |c: char| c.is_ascii_digit() || c == '/' || c == ' ';
    match sheet.rsplit_once('\n') {
        Some((rest, last)) if last.contains('/') && last.chars().all(numbers) => rest,
        _ => sheet,
    }
}

/// Returns the text without what depends on where its lines break, and without capitals.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}' | '\u{2010}'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns the words by which a text is known again on paper.
///
/// They are compared one by one, because a PDF file does not say which columns were side by side.
/// Words in other scripts may have been put together anew, and very long ones are broken.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace()
        .filter(|word| word.is_ascii() && (3..30).contains(&word.len()))
        .map(folded)
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

fn json(text: &str) -> Result<Value, Failed> {
    serde_json::from_str(text).map_err(|error| format!("{error}: {text}").into())
}

fn texts(value: &Value) -> Result<impl Iterator<Item = &str>, Failed> {
    match value {
        Value::Array(values) => Ok(values.iter().filter_map(Value::as_str)),
        _ => Err(format!("not a list: {value}").into()),
    }
}
