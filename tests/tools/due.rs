//! What `okr due` writes for calendars and chats, as other programs read it.
#![expect(
    clippy::disallowed_methods,
    reason = "plans and calendars are files in a temporary folder"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::sample::okr;
use crate::tool::{self, Tool};
use crate::{Check, found, no_faults, process, scratch};

const CALENDARS: &[Tool] = &[Tool::Node, Tool::IcalJs, Tool::TsIcs];
const MARKDOWN: &[Tool] = &[Tool::Node, Tool::Marked];

/// Words that mean something to a calendar, to Markdown or to a terminal.
const ODD: &[&str] = &[
    "Get paid, sooner; at last: \\n is no line",
    "*bold* _soft_ `code` ~gone~ ~~gone~~",
    "[click](javascript:alert(1)) ![x](y) <b>raw</b> <!-- no comment -->",
    "# no heading | no cell | - no item",
    "a very long title in which each word is like the others so that lines must be folded somewhere äöü€😀 ",
    "&amp; & &lt; \"quoted\" 'single' 1. one",
    "שלום עולם مرحبا",
];

pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("calendar_is_read_by_two_programs", CALENDARS, calendar),
        Check::new(
            "calendar_has_words_of_calendars",
            CALENDARS,
            words_of_calendars,
        ),
        Check::new("calendar_readers_see_faults", CALENDARS, bad_calendars),
        Check::new("digest_is_read_as_it_stands", MARKDOWN, digest),
        Check::new("digest_reader_sees_faults", MARKDOWN, bad_digest),
    ]
}

/// Returns a plan for a quarter with odd words in all places.
fn plan() -> String {
    let mut text = "---\nplan: \"Plan, of; odd *words*\"\nperiod: 2026-Q4\n---\n".to_owned();
    for words in ODD {
        // A backslash before each sign of Markdown has the words stand as they are.
        let title: String = words
            .chars()
            .flat_map(|c| {
                c.is_ascii_punctuation()
                    .then_some('\\')
                    .into_iter()
                    .chain([c])
            })
            .collect();
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "\n## Objective: {title}\n\n- Owner: {title}\n\n### Key result: {title}\n\n- Baseline: 0\n- Target: 10\n\n\
             | Date | Value | Status | Note |\n| --- | --- | --- | --- |\n\
             | 2026-11-06 | 1 | off track | {title} |\n| 2026-11-20 | 2 | off track | {title} |\n"
        );
    }
    text
}

/// Writes what `okr due` says in a format into a file, and returns it.
fn written(folder: &Path, format: &str) -> Result<String, Failed> {
    fs::write(folder.join("plan.md"), plan())?;
    let output = okr(folder, &["due", "plan.md", "--format", format])?;
    if !output.status.success() {
        return Err(format!("okr due: {}", output.stderr).into());
    }
    fs::write(folder.join(format), &output.stdout)?;
    Ok(output.stdout)
}

/// Returns what other programs see in a file; an error where one of them refuses it.
fn look(kind: &str, path: &Path) -> Result<Value, Failed> {
    let script = tool::folder().join("due.mjs");
    let output = process::run(
        Command::new(found(Tool::Node)?)
            .arg(script)
            .arg(kind)
            .arg(path),
    )?;
    if !output.status.success() {
        return Err(format!("{}{}", output.stdout, output.stderr).into());
    }
    Ok(serde_json::from_str(&output.stdout)?)
}

fn calendar() -> Result<(), Failed> {
    let folder = scratch()?;
    let text = written(folder.path(), "ics")?;
    let seen = look("ics", &folder.path().join("ics"))?;
    let mut faults = Vec::new();
    let mut check = |holds: bool, what: &str| {
        if !holds {
            faults.push(what.to_owned());
        }
    };
    check(seen["version"] == "2.0", "the version");
    check(seen["first"] == seen["second"], "the two programs differ");
    let events = seen["first"].as_array().ok_or("no events")?;
    // Thirteen Fridays and ends, the middle and the close.
    check(events.len() == 15, "there are not 15 events");
    check(text.lines().all(|line| line.len() <= 75), "a long line");
    check(
        text.split("\r\n").all(|line| !line.contains('\n')),
        "a bare line feed",
    );
    let first = &events[0];
    check(
        first["uid"] == "plan-of-odd-words-2026-q4-2026-10-09-check-in@okr",
        "the name",
    );
    check(first["stamp"] == "2026-11-22T00:00:00Z", "the stamp");
    check(
        first["start"] == "2026-10-09" && first["end"] == "2026-10-10",
        "the day",
    );
    check(
        events.iter().all(|event| event["isDate"] == true),
        "not all day",
    );
    let summary = "Check-in: Plan, of; odd *words*, Q4 2026";
    check(first["summary"] == summary, "the summary");
    let description = first["description"].as_str().unwrap_or_default();
    for (at, words) in ODD.iter().enumerate() {
        let line = format!("{}.1 {} ({})", at + 1, words.trim(), words.trim());
        check(description.lines().any(|other| other == line), &line);
    }
    if !faults.is_empty() {
        faults.push(format!("{seen:#}"));
    }
    no_faults(&faults)
}

/// One of the two programs takes the end of an event within words for one.
fn words_of_calendars() -> Result<(), Failed> {
    let folder = scratch()?;
    let words = "END:VEVENT BEGIN:VALARM";
    let path = folder.path().join("plan.md");
    let text =
        format!("---\nperiod: 2026-Q4\n---\n\n## Objective: {words}\n\n### Key result: {words}\n");
    fs::write(&path, text)?;
    let output = okr(folder.path(), &["due", "plan.md", "--format", "ics"])?;
    let path = folder.path().join("ics");
    fs::write(&path, &output.stdout)?;
    let seen = look("ical", &path)?;
    let description = format!("1.1 {words}\n\nplan.md");
    if seen["first"][0]["description"] == *description {
        return Ok(());
    }
    Err(format!("{seen:#}").into())
}

fn bad_calendars() -> Result<(), Failed> {
    let folder = scratch()?;
    let text = written(folder.path(), "ics")?;
    let broken = [
        ("open", text.replacen("END:VEVENT\r\n", "", 1)),
        (
            "unfolded",
            text.replacen("DESCRIPTION:", "DESCRIPTION\r\n", 1),
        ),
        (
            "other",
            text.replacen("Check-in: ", "Something: ", 1).replacen(
                "DTSTART;VALUE=DATE:2026",
                "DTSTART;VALUE=DATE:x026",
                1,
            ),
        ),
    ];
    for (name, text) in broken {
        let path = folder.path().join(name);
        fs::write(&path, text)?;
        if look("ics", &path).is_ok_and(|seen| seen["first"] == seen["second"]) {
            return Err(format!("no program minds what is wrong: {name}").into());
        }
    }
    Ok(())
}

/// Returns the faults of a digest: words that are shown otherwise than they stand in the plan, and what is more than
/// words.
fn digest_faults(seen: &Value) -> Result<Vec<String>, Failed> {
    let blocks = seen["blocks"].as_array().ok_or("no blocks")?;
    let of = |kind: &str| -> Vec<&str> {
        let blocks = blocks.iter().filter(|block| block["type"] == kind);
        blocks.filter_map(|block| block["words"].as_str()).collect()
    };
    let mut faults = Vec::new();
    let mut check = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    let headings = of("h3");
    let expected = ["What moved", "What needs a decision", "What is late"];
    check(headings == expected, format!("headings {headings:?}"));
    check(
        of("h2") == ["OKRs, week to 22 November 2026"],
        "the heading".to_owned(),
    );
    let items = of("item");
    // One plan; each key result has moved and is off track.
    check(
        items.len() == 1 + 2 * ODD.len(),
        format!("{} items", items.len()),
    );
    for (at, words) in ODD.iter().enumerate() {
        let (number, words) = (at + 1, words.trim());
        let lead = format!("{number}.1 {words}: ");
        let moved = items.iter().any(|item| {
            item.strip_prefix(&lead)
                .is_some_and(|rest| rest.starts_with("1 → 2, 20% done"))
        });
        check(moved, format!("what moved of {words}"));
        let decision = format!("{lead}off track; {words}: “{words}”");
        check(items.contains(&&*decision), decision);
    }
    let kinds = seen["kinds"].to_string();
    let plain = r#"["escape","strong","text"]"#;
    check(kinds == plain, format!("it has {kinds}"));
    Ok(faults)
}

fn digest() -> Result<(), Failed> {
    let folder = scratch()?;
    written(folder.path(), "md")?;
    let seen = look("md", &folder.path().join("md"))?;
    let mut faults = digest_faults(&seen)?;
    if !faults.is_empty() {
        faults.push(format!("{seen:#}"));
    }
    no_faults(&faults)
}

fn bad_digest() -> Result<(), Failed> {
    let folder = scratch()?;
    let text = written(folder.path(), "md")?;
    let path = folder.path().join("bad");
    fs::write(&path, text.replace('\\', ""))?;
    if digest_faults(&look("md", &path)?)?.is_empty() {
        return Err("words that are Markdown are taken for plain ones".into());
    }
    Ok(())
}
