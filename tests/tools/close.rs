//! A person who closes a plan at a terminal.
#![expect(
    clippy::disallowed_methods,
    reason = "what stands in the file is what counts"
)]

use std::fs;
use std::path::PathBuf;

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

- Type: committed

### Key result: Raise on-time payments from 60% to 80%, with words that do not fit on a line

| Date       | Value |
| ---------- | ----: |
| 2026-12-18 |   72% |

### Key result: Cut disputes from 20 to 10

| Date       | Value |
| ---------- | ----: |
| 2026-12-18 |     9 |

### Key result: Publish the refund guide

- Target: done
";

pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("close_to_the_end", TOOLS, || to_the_end(80)),
        Check::new("close_to_the_end_in_40_columns", TOOLS, || to_the_end(40)),
        Check::new("close_left_at_a_question", TOOLS, left_at_a_question),
        Check::new("close_before_the_end", TOOLS, before_the_end),
        Check::new("close_with_what_is_given", TOOLS, with_what_is_given),
    ]
}

/// Gives the two reasons that are owed, and two things that were learned.
fn to_the_end(columns: usize) -> Result<(), Failed> {
    let (_folder, plan, mut terminal) = open(columns)?;
    terminal.runs(&okr("2027-01-04", ""))?;
    // The grades stand above the questions.
    terminal.sees("The plan as a whole: 0.5")?;
    asked(&terminal, "1.1 Raise on-time payments")?;
    // The hint fits into a line of 40 columns.
    terminal.sees("\n[a reason is owed; Esc closes nothing]\n")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("a few words will do")?;
    enters(
        &terminal,
        "the bank file came late each month, and nobody called",
    )?;
    asked(&terminal, "1.3 Publish the refund guide")?;
    // What is typed can be taken away.
    terminal.types("nonsense")?;
    terminal.keys(&["C-u"])?;
    enters(&terminal, "legal | asked to wait")?;
    terminal.sees("? What was learned?")?;
    terminal.sees("\n[a sentence a line; Enter alone ends]\n")?;
    enters(&terminal, "Ask the bank in week 1")?;
    terminal.sees("? What else?")?;
    enters(&terminal, "# Not a heading")?;
    terminal.sees("> What else? # Not a heading")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("closed plan.md")?;
    terminal.ended(0)?;
    holds(
        &plan,
        &[
            "closed: 2027-01-04\n",
            "## Closing\n",
            "the bank file came late each month, and nobody called",
            "legal | asked to wait",
            "Ask the bank in week 1",
            "Not a heading",
        ],
    )?;
    // It is still one plan with one objective.
    terminal.runs(&okr("2027-01-04", ""))?;
    terminal.sees("was closed on 2027-01-04")?;
    terminal.ended(2)
}

/// Leaves a question with Esc and with Ctrl-C, also when others have been answered.
fn left_at_a_question() -> Result<(), Failed> {
    for (answered, key) in [(0, "Escape"), (0, "C-c"), (1, "C-c"), (2, "Escape")] {
        let (_folder, plan, mut terminal) = open(80)?;
        terminal.runs(&okr("2027-01-04", ""))?;
        let questions = ["1.1 Raise", "1.3 Publish"];
        for question in &questions[..answered] {
            asked(&terminal, question)?;
            enters(&terminal, "late")?;
        }
        match questions.get(answered) {
            Some(question) => asked(&terminal, question)?,
            None => terminal.sees("? What was learned?")?,
        }
        terminal.types("half an ans")?;
        terminal.keys(&[key])?;
        terminal.sees("cancelled")?;
        terminal.ended(2)?;
        if fs::read_to_string(&plan)? != PLAN {
            return Err(format!("{key} after {answered} answers has changed the plan").into());
        }
    }
    Ok(())
}

/// Is asked first whether the period is to be cut short.
fn before_the_end() -> Result<(), Failed> {
    let (_folder, plan, mut terminal) = open(80)?;
    let question = "which ends on 2026-12-31. Close it today?";
    terminal.runs(&okr("2026-12-19", ""))?;
    terminal.sees(question)?;
    terminal.keys(&["Enter"])?;
    terminal.ended(2)?;
    if fs::read_to_string(&plan)? != PLAN {
        return Err("Enter alone has closed the plan".into());
    }
    terminal.runs(&okr("2026-12-19", ""))?;
    terminal.sees(question)?;
    enters(&terminal, "y")?;
    asked(&terminal, "1.1 Raise on-time payments")?;
    enters(&terminal, "late")?;
    asked(&terminal, "1.3 Publish the refund guide")?;
    enters(&terminal, "late, too")?;
    terminal.sees("? What was learned?")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("closed plan.md")?;
    terminal.ended(0)?;
    holds(&plan, &["closed: 2026-12-19\n", "late, too"])
}

/// Is asked only for what the command line does not give.
fn with_what_is_given() -> Result<(), Failed> {
    let (_folder, plan, mut terminal) = open(80)?;
    terminal.runs(&okr(
        "2027-01-04",
        "--reason 1.1=late --learned 'Call them'",
    ))?;
    asked(&terminal, "1.3 Publish the refund guide")?;
    enters(&terminal, "legal")?;
    terminal.sees("closed plan.md")?;
    terminal.ended(0)?;
    holds(&plan, &["late", "legal", "Call them"])
}

fn open(columns: usize) -> Result<(tempfile::TempDir, PathBuf, Terminal), Failed> {
    let folder = scratch()?;
    let plan = folder.path().join("plan.md");
    fs::write(&plan, PLAN)?;
    let terminal = Terminal::open(folder.path(), columns)?;
    Ok((folder, plan, terminal))
}

/// Waits for the question of a reason, which stands below its key result.
fn asked(terminal: &Terminal, key_result: &str) -> Result<(), Failed> {
    terminal.sees(&format!("\n{key_result}"))?;
    terminal.sees("? What kept it")
}

fn enters(terminal: &Terminal, words: &str) -> Result<(), Failed> {
    terminal.types(words)?;
    terminal.keys(&["Enter"])
}

fn holds(plan: &PathBuf, wanted: &[&str]) -> Result<(), Failed> {
    let text = fs::read_to_string(plan)?;
    let missing = wanted.iter().filter(|wanted| !text.contains(**wanted));
    let mut faults: Vec<_> = missing
        .map(|wanted| format!("no {wanted:?} in\n{text}"))
        .collect();
    // All that stood there stands there, but for the key of the front matter.
    if !text.contains(PLAN.split_once("---\n\n").map_or("", |(_, body)| body)) {
        faults.push(format!("the plan has lost something:\n{text}"));
    }
    if okr_core::parse(&*text).plan.objectives.len() != 1 {
        faults.push(format!("the plan reads otherwise now:\n{text}"));
    }
    no_faults(&faults)
}

fn okr(today: &str, more: &str) -> String {
    let okr = env!("CARGO_BIN_EXE_okr");
    format!("'{okr}' close plan.md --no-git --today {today} {more}")
}
