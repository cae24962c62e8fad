//! A person who makes a new plan at a terminal.
#![expect(
    clippy::disallowed_methods,
    reason = "what stands in the file is what counts"
)]

use std::fs;

use libtest_mimic::Failed;

use crate::terminal::Terminal;
use crate::tool::Tool;
use crate::{Check, no_faults, scratch};

const TOOLS: &[Tool] = &[Tool::Tmux];

pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("new_to_the_end", TOOLS, || to_the_end(80)),
        Check::new("new_to_the_end_in_40_columns", TOOLS, || to_the_end(40)),
        Check::new("new_left_with_escape", TOOLS, left_with_escape),
    ]
}

fn to_the_end(columns: usize) -> Result<(), Failed> {
    let folder = scratch()?;
    let mut terminal = Terminal::open(folder.path(), columns)?;
    terminal.runs(&okr())?;
    // What stands in parentheses is taken by Enter; what is typed takes its place.
    terminal.sees("? Which team")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("? Who owns")?;
    terminal.types("Dana Reyes")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("? Which period")?;
    // It fills a row of 40 columns while it is typed.
    terminal.types("2027-Q9")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("# `2027-Q9` is no period")?;
    terminal.sees("> Who owns the plan? Dana Reyes\n")?;
    terminal.keys(&["BSpace"])?;
    terminal.types("2")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("? Which objectives?")?;
    terminal.sees("[up and down move")?;
    terminal.keys(&["Enter"])?;
    terminal.sees("(1 of 12)")?;
    terminal.sees("? Today:")?;
    terminal.types("60%")?;
    terminal.keys(&["Enter"])?;
    // What the answer comes to stands in its place.
    terminal.sees("> Today: 60% → 75%\n")?;
    terminal.sees("(2 of 12)")?;
    terminal.sees("? Today:")?;
    terminal.types("7")?;
    terminal.keys(&["Escape"])?;
    terminal.sees("> Today: the rest is not known yet\n")?;
    terminal.sees("wrote plan.md: 4 objectives")?;
    terminal.ended(0)?;
    let plan = fs::read_to_string(folder.path().join("plan.md"))?;
    let wanted = [
        "# Accounts Team",
        "period: 2027-Q2\n",
        "- Owner: Dana Reyes\n",
        "- Baseline: 60%",
    ];
    let missing = wanted.iter().filter(|wanted| !plan.contains(**wanted));
    let faults: Vec<_> = missing
        .map(|wanted| format!("no {wanted:?} in\n{plan}"))
        .collect();
    no_faults(&faults)
}

fn left_with_escape() -> Result<(), Failed> {
    let folder = scratch()?;
    let mut terminal = Terminal::open(folder.path(), 80)?;
    terminal.runs(&okr())?;
    terminal.sees("? Which team")?;
    terminal.types("Bill")?;
    terminal.keys(&["Escape"])?;
    terminal.sees("(Accounts Team) cancelled\n")?;
    terminal.ended(2)?;
    let is_there = folder.path().join("plan.md").is_file();
    no_faults(&Vec::from_iter(
        is_there.then(|| "a plan was written".to_owned()),
    ))
}

/// Returns the command that makes a plan and asks for all but its role.
fn okr() -> String {
    let okr = env!("CARGO_BIN_EXE_okr");
    format!("'{okr}' new accounts-team --today 2026-11-20 -o plan.md")
}
