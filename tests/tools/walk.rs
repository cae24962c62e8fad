//! A person who enters check-ins at a terminal.
#![expect(
    clippy::disallowed_methods,
    reason = "what stands in the file is what counts"
)]

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Failed;

use crate::terminal::Terminal;
use crate::tool::Tool;
use crate::{Check, no_faults, scratch};

const TOOLS: &[Tool] = &[Tool::Tmux];

const PLAN: &str = "\
---
period: 2026-Q4
---

# Billing

## Objective: Late payers hear from us

### Key result: Raise on-time payments from 60% to 80%, with words that do not fit on a line

| Date       | Value | Status  | Note         |
| ---------- | ----: | ------- | ------------ |
| 2026-11-06 |   70% | at risk | File is late |
| 2026-11-13 |   71% | at risk | File is late |

### Key result: Publish the refund guide

- Target: done

### Key result: Cut disputes from 20 to 10
";

pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("walk_to_the_end", TOOLS, || to_the_end(80)),
        Check::new("walk_to_the_end_in_40_columns", TOOLS, || to_the_end(40)),
        Check::new("walk_with_keys_of_a_shell", TOOLS, keys_of_a_shell),
        Check::new("walk_with_pasted_lines", TOOLS, pasted_lines),
        Check::new("walk_left_with_ctrl_c", TOOLS, left_with_ctrl_c),
        Check::new("walk_and_others_who_write", TOOLS, others_write),
        Check::new("walk_of_one_and_its_removal", TOOLS, one_and_its_removal),
    ]
}

fn to_the_end(columns: usize) -> Result<(), Failed> {
    let (_folder, plan, mut terminal) = open(columns)?;
    terminal.runs(&okr(""))?;
    asked(&terminal, "1 of 3", "1.1")?;
    // A slip, which can be mended.
    enters(&terminal, "72 days")?;
    terminal.sees("does not fit")?;
    terminal.keys(&["BSpace", "BSpace", "BSpace", "BSpace", "BSpace"])?;
    enters(&terminal, "% y 6")?;
    terminal.sees("Why at risk:")?;
    enters(&terminal, "still late")?;
    // The third yellow in a row asks for a call, and a red for a note, which is there.
    terminal.sees("time to")?;
    terminal.sees("Your call (Enter: on track):")?;
    enters(&terminal, "r")?;
    asked(&terminal, "2 of 3", "1.2")?;
    enters(&terminal, "50%")?;
    terminal.sees("done or not done")?;
    terminal.keys(&["BSpace", "BSpace", "BSpace"])?;
    enters(&terminal, "done")?;
    asked(&terminal, "3 of 3", "1.3")?;
    enters(&terminal, "?")?;
    terminal.sees("Enter skips, q stops")?;
    terminal.sees("? 1.3:")?;
    enters(&terminal, "")?;
    terminal.sees("plan.md: 2 saved, 1 skipped")?;
    terminal.ended(1)?;
    let row = "| 2026-11-20 |   72% | off track | still late   |          6 |\n";
    holds(&plan, &[row, "achieved", "Cut disputes from 20 to 10\n"])
}

/// What was rejected is taken away, and written anew.
fn keys_of_a_shell() -> Result<(), Failed> {
    let (_folder, plan, mut terminal) = open(80)?;
    terminal.runs(&okr(""))?;
    asked(&terminal, "1 of 3", "1.1")?;
    enters(&terminal, "72 days")?;
    terminal.sees("does not fit")?;
    terminal.keys(&["C-u"])?;
    enters(&terminal, "73 days")?;
    terminal.sees("73 days does not fit")?;
    terminal.keys(&["C-w", "C-h"])?;
    enters(&terminal, " g bank file is here")?;
    asked(&terminal, "2 of 3", "1.2")?;
    // A line that is longer than the terminal, from its start.
    terminal.types(&format!("one {}", "late ".repeat(20)))?;
    terminal.keys(&["C-a", "C-k"])?;
    enters(&terminal, "done")?;
    asked(&terminal, "3 of 3", "1.3")?;
    terminal.keys(&["C-d"])?;
    terminal.sees("plan.md: 2 saved, 1 left")?;
    terminal.ended(1)?;
    let row = "| 2026-11-20 |   73% | on track | bank file is here |\n";
    holds(&plan, &[row, "achieved"])
}

/// What is pasted is one line, whatever stood in it, and answers nothing by itself.
fn pasted_lines() -> Result<(), Failed> {
    let (_folder, plan, mut terminal) = open(60)?;
    terminal.runs(&okr(""))?;
    asked(&terminal, "1 of 3", "1.1")?;
    terminal.sees("55% of the way, expected")?;
    // Esc in it goes back nowhere, and its line ends take no answer. It fills the row to its last column.
    terminal.pastes("72% g 例\x1b the bank\r\nfile is here\nand was read on a Frid\n")?;
    terminal.sees("\n? 1.1: 72% g 例 the bank file is here and was read on a Frid\n")?;
    terminal.types("ay")?;
    terminal.sees("and was read on a Frid\nay\n[value")?;
    // What stands above the question is left alone.
    terminal.sees("55% of the way, expected")?;
    terminal.keys(&["M-b", "M-b", "M-f"])?;
    enters(&terminal, "ny")?;
    asked(&terminal, "2 of 3", "1.2")?;
    terminal.types("not do")?;
    terminal.keys(&["Escape"])?;
    terminal.sees("> 1.2: stop\n")?;
    terminal.sees("plan.md: 1 saved, 2 left")?;
    terminal.ended(1)?;
    holds(
        &plan,
        &["| 例 the bank file is here and was read on any Friday |"],
    )
}

fn left_with_ctrl_c() -> Result<(), Failed> {
    let (_folder, plan, mut terminal) = open(80)?;
    terminal.runs(&okr(""))?;
    asked(&terminal, "1 of 3", "1.1")?;
    enters(&terminal, "72 g")?;
    asked(&terminal, "2 of 3", "1.2")?;
    terminal.types("not do")?;
    terminal.keys(&["C-c"])?;
    terminal.sees("plan.md: 1 saved, 2 left")?;
    terminal.ended(1)?;
    // The file is as the first line has left it.
    let last = "| 2026-11-13 |   71% | at risk | File is late |\n";
    let row = "| 2026-11-20 |   72% | on track |              |\n";
    let expected = PLAN.replacen(last, &format!("{last}{row}"), 1);
    let after = fs::read_to_string(&plan)?;
    if after != expected {
        return Err(format!("the plan is\n{after}").into());
    }
    // Run again, it goes on there.
    terminal.runs(&okr(""))?;
    asked(&terminal, "1 of 2", "1.2")?;
    enters(&terminal, "q")?;
    terminal.sees("plan.md: 0 saved, 2 left")?;
    terminal.ended(1)
}

/// Someone else moves the key results meanwhile, and takes one away.
fn others_write() -> Result<(), Failed> {
    let (_folder, plan, mut terminal) = open(80)?;
    terminal.runs(&okr(""))?;
    asked(&terminal, "1 of 3", "1.1")?;
    let head = "## Objective: Late payers hear from us\n";
    let added = format!("{head}\n### Key result: Another one\n");
    let disputes = "\n### Key result: Cut disputes from 20 to 10\n";
    let moved = PLAN.replace(head, &added).replace(disputes, "");
    fs::write(&plan, &moved)?;
    enters(&terminal, "72 g")?;
    asked(&terminal, "2 of 3", "1.3")?;
    enters(&terminal, "done")?;
    terminal.sees("has been reworded or taken away meanwhile")?;
    terminal.sees("plan.md: 2 saved, 1 skipped")?;
    terminal.ended(1)?;
    holds(
        &plan,
        &[
            "### Key result: Another one\n\n### Key result: Raise",
            "| 2026-11-20 |   72% |",
            "achieved",
        ],
    )
}

fn one_and_its_removal() -> Result<(), Failed> {
    let (_folder, plan, mut terminal) = open(80)?;
    terminal.runs(&okr("disputes"))?;
    asked(&terminal, "1 of 1", "1.3")?;
    enters(&terminal, "15 r printer is broken")?;
    terminal.ended(0)?;
    let added = fs::read_to_string(&plan)?;
    terminal.runs(&okr("disputes --remove"))?;
    terminal.sees("Remove it? (y/N):")?;
    enters(&terminal, "")?;
    terminal.sees("cancelled; nothing was written")?;
    terminal.ended(2)?;
    if fs::read_to_string(&plan)? != added {
        return Err("a removal that was called off was made".into());
    }
    terminal.runs(&okr("disputes --remove"))?;
    terminal.sees("Remove it? (y/N):")?;
    enters(&terminal, "y")?;
    terminal.ended(0)?;
    let after = fs::read_to_string(&plan)?;
    // A command whose note is missing asks for it.
    terminal.runs(&okr("disputes 14 --status red"))?;
    terminal.sees("Why off track:")?;
    enters(&terminal, "no paper")?;
    terminal.ended(0)?;
    let still = after.contains("printer");
    let faults: Vec<_> = still
        .then(|| format!("the row is still there:\n{after}"))
        .into_iter()
        .collect();
    no_faults(&faults)?;
    holds(&plan, &["no paper"])
}

/// Returns a folder with [`PLAN`] in it, where that lies, and a terminal there.
fn open(columns: usize) -> Result<(tempfile::TempDir, PathBuf, Terminal), Failed> {
    let folder = scratch()?;
    let plan = folder.path().join("plan.md");
    fs::write(&plan, PLAN)?;
    let terminal = Terminal::open(folder.path(), columns)?;
    Ok((folder, plan, terminal))
}

/// Returns the command that enters check-ins of [`PLAN`] on a Friday.
fn okr(arguments: &str) -> String {
    let okr = env!("CARGO_BIN_EXE_okr");
    format!("'{okr}' checkin plan.md {arguments} --today 2026-11-20")
}

/// Waits until a key result is asked for.
///
/// What is typed before that would be lost in the change from one question to the next.
fn asked(terminal: &Terminal, head: &str, number: &str) -> Result<(), Failed> {
    terminal.sees(head)?;
    terminal.sees(&format!("? {number}:"))
}

fn enters(terminal: &Terminal, words: &str) -> Result<(), Failed> {
    if !words.is_empty() {
        terminal.types(words)?;
    }
    terminal.keys(&["Enter"])
}

fn holds(plan: &Path, wanted: &[&str]) -> Result<(), Failed> {
    let after = fs::read_to_string(plan)?;
    let missing = wanted.iter().filter(|wanted| !after.contains(**wanted));
    let faults: Vec<_> = missing
        .map(|wanted| format!("no {wanted:?} in\n{after}"))
        .collect();
    no_faults(&faults)
}
