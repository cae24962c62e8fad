//! What `okr map` draws, as a browser, Mermaid and Graphviz show it.
#![expect(
    clippy::disallowed_methods,
    reason = "plans and drawings are files in a temporary folder"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::page;
use crate::sample::okr;
use crate::tool::{self, Tool};
use crate::{Check, found, no_faults, process, scratch};

const MERMAID: &[Tool] = &[
    Tool::Chromium,
    Tool::Mermaid,
    Tool::Node,
    Tool::PlaywrightCore,
];
const GRAPHVIZ: &[Tool] = &[Tool::Chromium, Tool::Dot, Tool::Node, Tool::PlaywrightCore];

/// Words that mean something to a drawing, or have odd letters.
const ODD: &[&str] = &[
    "</title><script>alert(1)</script><b>raw</b>",
    "\"]; click o1 call alert() %% end subgraph",
    "\\N \\\" \\l {a|b} <port> \u{202e}turned",
    "#quot; &amp; #35; 100% of *all* _work_ `code`",
    "営業利益を二倍にして全社の成長を支える計画を最後まで実行する今年度の目標",
    "שלום עולם, זה יעד ארוך מאוד של החברה כולה עם הרבה מילים",
    "👩\u{200d}👩\u{200d}👧 👍🏽 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
];

pub(crate) fn checks() -> Vec<Check> {
    let mut checks = vec![
        Check::new("map_of_odd_words", page::BROWSER, odd_words),
        Check::new("map_sees_faults", page::BROWSER, sees_faults),
        Check::new("map_is_a_part_of_pages", page::AXE, within_a_page),
        Check::new("map_is_valid", page::CHECKER, is_valid),
        Check::new("map_in_mermaid", MERMAID, mermaid),
        Check::new("map_in_graphviz", GRAPHVIZ, graphviz),
    ];
    for count in [5, 50, 300] {
        let name = format!("map_of_{count}");
        checks.push(Check::new(name, page::BROWSER, move || several(count)));
    }
    checks
}

/// Returns the plans of a company with so many objectives on several levels, of which a few have no bond, some serve
/// several, and two serve each other.
fn company(count: usize) -> BTreeMap<String, String> {
    const WORDS: &str = "customers pay us sooner than last year and invoices leave on the day of delivery while \
                         nobody waits for an answer longer than two hours";
    let words: Vec<&str> = WORDS.split(' ').collect();
    let mut plans = BTreeMap::new();
    for at in 0..count {
        let plan = format!("plan-{:02}.md", at / 4);
        let text = plans
            .entry(plan)
            .or_insert_with(|| format!("---\nplan: Team {}\nperiod: 2026-Q4\n---\n", at / 4));
        let title = words[at * 5 % 11..][..3 + at * 7 % 10].join(" ");
        let link = |at: usize| format!("[x](plan-{:02}.md#o{at})", at / 4);
        let mut served = Vec::new();
        if at > 2 && at % 13 != 12 {
            served.push(link((at - 1) / 5));
        }
        if at % 6 == 5 {
            served.push(link(at * 3 / 7));
        }
        if at == 40 {
            served.push(link(41));
        } else if at == 41 {
            served.push(link(40));
        }
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n## Objective {}: {title}\n\n- Id: o{at}\n- Owner: Maximilian von Hohenlohe-Sigmaringen\n- Supports: {}\n",
            at % 4 + 1,
            served.join(", ")
        );
        let status = ["on track", "at risk", "off track", "not started", ""][at % 5];
        if !status.is_empty() {
            let _ = write!(
                text,
                "\n### Key result: Raise it\n\n- Baseline: 0%\n- Target: 100%\n\n| Date | Value | Status |\n\
                 | --- | --- | --- |\n| 2026-11-20 | {}% | {status} |\n",
                at * 17 % 100
            );
        }
    }
    plans
}

/// Returns a plan whose titles are odd words, each of which serves the one before.
fn odd() -> BTreeMap<String, String> {
    let long = "endless".repeat(1_400);
    let towering = format!("a{}", "\u{301}".repeat(5_000));
    let mut text = "---\nplan: \"Odd *words*\"\n---\n".to_owned();
    for (at, words) in ODD.iter().copied().chain([&*long, &towering]).enumerate() {
        let words = escaped(words);
        let _ = write!(
            text,
            "\n## Objective: {words}\n\n- Id: o{at}\n- Owner: {words}\n- Supports: {}\n",
            at.checked_sub(1)
                .map(|before| format!("[x](#o{before})"))
                .unwrap_or_default()
        );
    }
    BTreeMap::from([("plan.md".to_owned(), text)])
}

/// Returns words with a backslash before each sign of Markdown, so that they stand as they are.
fn escaped(words: &str) -> String {
    let signs = words.chars().flat_map(|c| {
        let slash = c.is_ascii_punctuation().then_some('\\');
        slash.into_iter().chain([c])
    });
    signs.collect()
}

/// Writes plans, and what `okr map` draws of them in a format.
fn drawn(folder: &Path, plans: &BTreeMap<String, String>, format: &str) -> Result<String, Failed> {
    for (name, text) in plans {
        fs::write(folder.join(name), text)?;
    }
    let output = okr(folder, &["map", "--format", format])?;
    // A circle is told by the exit status.
    if output.status.code().is_none_or(|code| code > 1) {
        return Err(format!("okr map: {}", output.stderr).into());
    }
    fs::write(folder.join(format!("map.{format}")), &output.stdout)?;
    Ok(output.stdout)
}

fn look(kind: &str, folder: &Path, name: &str) -> Result<Value, Failed> {
    let output = process::run(
        Command::new(found(Tool::Node)?)
            .arg(tool::folder().join("map.mjs"))
            .arg(kind)
            .arg(folder.join(name))
            .env("CHROMIUM", found(Tool::Chromium)?)
            .env("TMPDIR", folder)
            .current_dir(folder),
    )?;
    if !output.status.success() {
        return Err(format!("map.mjs failed: {}{}", output.stdout, output.stderr).into());
    }
    Ok(serde_json::from_str(&output.stdout)?)
}

fn faults(seen: &Value) -> Result<Vec<String>, Failed> {
    let faults = seen["faults"].as_array().ok_or("no list of faults")?;
    let words = faults.iter().filter_map(Value::as_str);
    Ok(words.map(str::to_owned).collect())
}

/// Returns what `okr map --json` says, which the drawings must agree with.
fn known(folder: &Path) -> Result<Value, Failed> {
    Ok(serde_json::from_str(
        &okr(folder, &["map", "--json"])?.stdout,
    )?)
}

fn titles(known: &Value) -> Vec<&str> {
    let objectives = known["objectives"].as_array().into_iter().flatten();
    objectives.filter_map(|it| it["title"].as_str()).collect()
}

fn length(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

fn several(count: usize) -> Result<(), Failed> {
    let folder = scratch()?;
    drawn(folder.path(), &company(count), "svg")?;
    let seen = look("svg", folder.path(), "map.svg")?;
    let known = known(folder.path())?;
    let mut faults = faults(&seen)?;
    if length(&seen["titles"]) != count || seen["links"] != count {
        faults.push(format!("{count} cards are expected: {seen}"));
    }
    if seen["bonds"] != length(&known["links"]) {
        faults.push(format!("{} bonds are drawn", seen["bonds"]));
    }
    no_faults(&faults)
}

fn odd_words() -> Result<(), Failed> {
    let folder = scratch()?;
    drawn(folder.path(), &odd(), "svg")?;
    let seen = look("svg", folder.path(), "map.svg")?;
    let mut faults = faults(&seen)?;
    let most = seen["lines"].as_array().into_iter().flatten();
    if most.filter_map(Value::as_u64).max() != Some(3) {
        faults.push(format!("three lines are expected: {}", seen["lines"]));
    }
    let titles = seen["titles"].as_array().ok_or("no titles")?;
    for (title, words) in titles.iter().zip(ODD) {
        if *title != words.replace('\u{202e}', "") {
            faults.push(format!("{title} is no {words}"));
        }
    }
    no_faults(&faults)
}

/// A drawing in which nothing is where it belongs.
fn sees_faults() -> Result<(), Failed> {
    let folder = scratch()?;
    let text = drawn(folder.path(), &company(5), "svg")?;
    let moved = text
        .replace("<svg x=\"16\"", "<svg x=\"150\"")
        .replace("class=\"title\" x=\"13\"", "class=\"title\" x=\"130\"");
    fs::write(folder.path().join("bad.svg"), moved)?;
    let seen = faults(&look("svg", folder.path(), "bad.svg")?)?.join("\n");
    for fault in ["leaves its card", "lies over another", "through a card"] {
        if !seen.contains(fault) {
            return Err(format!("\"{fault}\" was not seen among\n{seen}").into());
        }
    }
    Ok(())
}

/// Returns a page with a drawing in it.
fn page_with(svg: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Map</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\
         <body><main><h1>Map</h1>\n{svg}</main></body></html>\n"
    )
}

fn within_a_page() -> Result<(), Failed> {
    let folder = scratch()?;
    let svg = drawn(folder.path(), &company(50), "svg")?;
    fs::write(folder.path().join("map.html"), page_with(&svg))?;
    no_faults(&page::faults(&page::look("axe", folder.path(), "map")?)?)
}

fn is_valid() -> Result<(), Failed> {
    let folder = scratch()?;
    let mut svg = drawn(folder.path(), &company(50), "svg")?;
    // Styles have their place in the head of a page.
    if let (Some(start), Some(end)) = (svg.find("<style>"), svg.find("</style>")) {
        svg.replace_range(start..end + "</style>".len(), "");
    }
    fs::write(folder.path().join("map.html"), page_with(&svg))?;
    no_faults(&page::html_faults(folder.path())?)
}

fn mermaid() -> Result<(), Failed> {
    for plans in [company(50), odd()] {
        let folder = scratch()?;
        drawn(folder.path(), &plans, "mermaid")?;
        let seen = look("mermaid", folder.path(), "map.mermaid")?;
        agree(&seen, &known(folder.path())?)?;
    }
    Ok(())
}

fn graphviz() -> Result<(), Failed> {
    for plans in [company(50), odd()] {
        let folder = scratch()?;
        drawn(folder.path(), &plans, "dot")?;
        let output = process::run(
            Command::new(found(Tool::Dot)?)
                .args(["-Tsvg", "-o", "drawn.svg", "map.dot"])
                .current_dir(folder.path()),
        )?;
        if !output.status.success() || !output.stderr.is_empty() {
            return Err(format!("dot: {}", output.stderr).into());
        }
        let seen = look("dot", folder.path(), "drawn.svg")?;
        agree(&seen, &known(folder.path())?)?;
    }
    Ok(())
}

/// Compares the boxes and lines of another program with what the map is of.
fn agree(seen: &Value, known: &Value) -> Result<(), Failed> {
    let mut faults = faults(seen)?;
    if seen["lines"] != length(&known["links"]) {
        faults.push(format!("{} lines are drawn", seen["lines"]));
    }
    if seen["elements"] != 0 {
        faults.push("words have become elements".to_owned());
    }
    let boxes = seen["boxes"].as_array().ok_or("no boxes")?;
    let titles = titles(known);
    if boxes.len() != titles.len() {
        faults.push(format!("{} boxes for {}", boxes.len(), titles.len()));
    }
    // Boxes may stand in another order, and their lines break within words.
    let folded = |words: &str| -> String {
        words
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '\u{202a}'..='\u{202e}'))
            .collect()
    };
    let boxes: Vec<String> = boxes.iter().filter_map(Value::as_str).map(folded).collect();
    for title in titles {
        let words = folded(title);
        if !boxes.iter().any(|shown| shown.starts_with(&words)) {
            faults.push(format!("no box says {title}"));
        }
    }
    no_faults(&faults)
}
