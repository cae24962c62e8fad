//! Walks by a person who follows a script.

#![expect(
    clippy::disallowed_methods,
    reason = "the plan is a file, and others change it meanwhile"
)]

use std::collections::VecDeque;
use std::fs;
use std::path::Path;

use okr_core::statement::Lexicon;

use super::case::Rules;
use super::person::{Line, Person, Reply};
use super::walk::Walk;
use crate::context::Context;
use crate::shell::Shell;
use crate::{Env, ExitStatus};

const PLAN: &str = "\
---
period: 2026-Q4
---

## Objective: Late payers hear from us

### Key result: Raise on-time payments from 60% to 80%

| Date       | Value | Status  |
| ---------- | ----: | ------- |
| 2026-11-06 |   70% | at risk |
| 2026-11-13 |   71% | at risk |

### Key result: Cut disputes from 20 to 10
";

/// What a person does next.
enum Step {
    /// Writes this line; where it is refused, the next step is tried.
    Write(&'static str),
    Esc,
    CtrlC,
    /// Is slow, while someone else puts other words into the plan.
    Meanwhile(&'static str, &'static str),
}
use Step::{CtrlC, Esc, Meanwhile, Write};

struct Script<'a> {
    steps: VecDeque<Step>,
    file: &'a Path,
    /// What was asked for, and what was refused.
    seen: Vec<String>,
}

impl Person for Script<'_> {
    fn write(&mut self, line: &Line, _: &'static str) -> anyhow::Result<Reply<String>> {
        self.seen.push(line.name.clone());
        loop {
            let written = match self.steps.pop_front() {
                Some(Write(words)) => words.to_owned(),
                Some(Esc) => return Ok(Reply::Back),
                Some(CtrlC) | None => return Ok(Reply::Stop),
                Some(Meanwhile(old, new)) => {
                    let text = fs::read_to_string(self.file)?;
                    assert!(text.contains(old), "{old:?} is in {text}");
                    fs::write(self.file, text.replacen(old, new, 1))?;
                    continue;
                }
            };
            match (line.check)(&written) {
                Ok(()) => return Ok(Reply::Given(written)),
                Err(message) => self.seen.push(message),
            }
        }
    }
}

/// Checks what is asked for, the rows that are new in the plan, what is printed at the end, and how it ends.
#[track_caller]
fn check(steps: impl IntoIterator<Item = Step>, seen: &[&str], rows: &[&str], ending: &str) {
    let said = check_on(jiff::civil::date(2026, 11, 20), steps, seen, rows, ending);
    assert!(!said.contains("nothing is due"), "{said}");
}

/// Does the same on a day, and returns what is said aside.
#[track_caller]
fn check_on(
    today: jiff::civil::Date,
    steps: impl IntoIterator<Item = Step>,
    seen: &[&str],
    rows: &[&str],
    ending: &str,
) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.md");
    fs::write(&file, PLAN).unwrap();
    fs::write(folder.path().join("log.csv"), "Day,Open\n2026-11-20,14\n").unwrap();
    let (env, captured) = Env::captured(today, folder.path(), b"");
    let mut shell = Shell::new(&env, None);
    let matches = crate::cli::command().get_matches_from(["okr", "templates"]);
    let mut cx = Context::new(&env, &mut shell, &matches);
    let rules = Rules {
        schedules: okr_core::progress::Schedules::default(),
        lexicon: Lexicon::default(),
        yellows: 2,
        today,
    };
    let mut script = Script {
        steps: steps.into_iter().collect(),
        file: &file,
        seen: Vec::new(),
    };
    let walk = Walk {
        path: Path::new("plan.md"),
        rules: &rules,
        allows_commands: false,
    };
    let status = walk.run(&mut cx, &mut script, None).unwrap();
    assert_eq!(script.seen, seen);
    assert!(script.steps.is_empty(), "not all of the script was played");
    let after = fs::read_to_string(&file).unwrap();
    let new: Vec<String> = after
        .lines()
        .filter(|line| line.starts_with(&format!("| {today}")))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(new, rows, "{after}");
    assert_eq!(captured.stdout().trim_end(), ending);
    let said = captured.stderr();
    let is_all_saved = !ending.contains(',') || said.contains("nothing is due");
    assert_eq!(status == ExitStatus::Success, is_all_saved);
    said
}

const FIRST: &str = "1.1";
const SECOND: &str = "1.2";

#[test]
fn each_is_asked_for_once() {
    check(
        [Write("75 g"), Write("15 7 halfway")],
        &[FIRST, SECOND],
        &[
            "| 2026-11-20 | 75% | on track |",
            "| 2026-11-20 | 15 | | 7 | halfway |",
        ],
        "plan.md: 2 saved",
    );
    check(
        [Write(""), Write("-5")],
        &[FIRST, SECOND],
        &["| 2026-11-20 | 15 | | | |"],
        "plan.md: 1 saved, 1 skipped",
    );
}

#[test]
fn who_comes_early_is_told_and_may_go_on() {
    // The Monday before the first Friday.
    let monday = jiff::civil::date(2026, 10, 5);
    let said = check_on(
        monday,
        [Write("61 g"), Write("")],
        &[FIRST, SECOND],
        &["| 2026-10-05 | 61% | on track |"],
        "plan.md: 1 saved, 1 skipped",
    );
    let early = "nothing is due before 2026-10-09; checking in anyway\n";
    assert!(said.starts_with(early), "{said}");
}

#[test]
fn what_is_refused_is_asked_for_again() {
    check(
        [
            Write("75 days"),
            Write("many"),
            Write("?"),
            Write("75"),
            Write("q"),
        ],
        &[
            FIRST,
            "75 days does not fit a measure in %; write it like 68%",
            "there is no number in `many`; write it like 68%",
            FIRST,
            SECOND,
        ],
        &["| 2026-11-20 | 75% | |"],
        "plan.md: 1 saved, 1 left",
    );
}

#[test]
fn a_yellow_wants_a_note_and_the_third_one_a_call() {
    let call = "Your call (Enter: on track)";
    check(
        [Write("72 y"), Write("late"), Write("maybe"), Write("")],
        &[
            FIRST,
            "Why at risk",
            call,
            "write g for on track, r for off track, or y to keep it at risk",
            SECOND,
        ],
        &["| 2026-11-20 | 72% | on track | late |"],
        "plan.md: 1 saved, 1 left",
    );
    // A red without a note is asked for one, and a yellow is kept when that is meant.
    check(
        [Write("65 y"), Write(""), Write("r"), Write("stuck")],
        &[
            FIRST,
            "Why at risk",
            "Your call (Enter: off track)",
            "Why off track",
            SECOND,
        ],
        &["| 2026-11-20 | 65% | off track | stuck |"],
        "plan.md: 1 saved, 1 left",
    );
    check(
        [Write("72 y late"), Write("y")],
        &[FIRST, call, SECOND],
        &["| 2026-11-20 | 72% | at risk | late |"],
        "plan.md: 1 saved, 1 left",
    );
    // Esc goes back to the line; Ctrl-C stops, and saves what was typed, but for a status that asks for a decision.
    check(
        [Write("72 y late"), Esc, Write("72 y"), CtrlC],
        &[FIRST, call, FIRST, "Why at risk"],
        &["| 2026-11-20 | 72% | |"],
        "plan.md: 1 saved, 1 left",
    );
    check(
        [Write("72 y late"), CtrlC],
        &[FIRST, call],
        &["| 2026-11-20 | 72% | | late |"],
        "plan.md: 1 saved, 1 left",
    );
    // Where the numbers ask for a decision too, the value is kept all the same.
    check(
        [Write("68 y late"), CtrlC],
        &[FIRST, "Your call (Enter: off track)"],
        &["| 2026-11-20 | 68% | | late |"],
        "plan.md: 1 saved, 1 left",
    );
    check(
        [Write("72 r"), CtrlC],
        &[FIRST, "Why off track"],
        &["| 2026-11-20 | 72% | off track |"],
        "plan.md: 1 saved, 1 left",
    );
}

#[test]
fn after_the_last_day_what_became_of_it_is_asked() {
    let asked = "What became of it (Enter: open)";
    let said = check_on(
        jiff::civil::date(2027, 1, 4),
        [
            Write("82%"),
            Write("fine"),
            Write("a"),
            Write("9 cancelled"),
        ],
        &[FIRST, asked, "write achieved, cancelled or paused", SECOND],
        &[
            "| 2027-01-04 | 82% | achieved |",
            "| 2027-01-04 | 9 | cancelled | | |",
        ],
        "plan.md: 2 saved",
    );
    assert!(
        said.contains("ended 2026-12-31, what became of it?"),
        "{said}"
    );
    let said = check_on(
        jiff::civil::date(2027, 1, 4),
        [Write("82%"), Write(""), Write("")],
        &[FIRST, asked, SECOND],
        &["| 2027-01-04 | 82% | |"],
        "plan.md: 1 saved, 1 skipped",
    );
    assert!(
        said.contains("notice: its last day was 2026-12-31"),
        "{said}"
    );
}

#[test]
fn what_others_write_meanwhile_is_kept() {
    // The value that steps count from is that of the moment, not of the question.
    check(
        [Meanwhile("71%", "74%"), Write("+1 g")],
        &[FIRST, SECOND],
        &["| 2026-11-20 | 75% | on track |"],
        "plan.md: 1 saved, 1 left",
    );
    check(
        [
            Meanwhile(
                "### Key result: Raise",
                "### Key result: New\n\n### Key result: Raise",
            ),
            Write("75"),
            Meanwhile("Cut disputes", "Cut all disputes"),
            Write("15"),
        ],
        &[FIRST, "1.3"],
        &["| 2026-11-20 | 75% | |"],
        "plan.md: 1 saved, 1 skipped",
    );
}

#[test]
fn what_could_not_be_saved_is_said_again() {
    let said = check_on(
        jiff::civil::date(2026, 11, 20),
        [
            Write(""),
            Meanwhile("Cut disputes", "Cut all disputes"),
            Write("15 y 6 waiting for Kim"),
        ],
        &[FIRST, SECOND],
        &[],
        "plan.md: 0 saved, 2 skipped",
    );
    let expected = "\"Cut disputes from 20 to 10\" has been reworded or taken away meanwhile; not saved: \
                    15 at risk 6 waiting for Kim";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_plan_that_is_closed_asks_for_nothing() {
    let period = "period: 2026-Q4\n";
    let closed = "period: 2026-Q4\nclosed: 2026-11-19\n";
    let rules = |today| Rules {
        schedules: okr_core::progress::Schedules::default(),
        lexicon: Lexicon::default(),
        yellows: 2,
        today,
    };
    let due = |text: &str, day| {
        let plan = okr_core::parse(text).plan;
        super::due::of(&plan, &rules(jiff::civil::date(2026, 11, day))).len()
    };
    assert_eq!(due(PLAN, 20), 2);
    let plan = PLAN.replace(period, closed);
    assert_eq!(due(&plan, 20), 0);
    assert_eq!(due(&plan, 18), 2);
}

#[test]
fn what_a_source_says_is_taken_with_a_sign_and_never_by_enter() {
    let title = "### Key result: Cut disputes from 20 to 10\n";
    let with_source =
        "### Key result: Cut disputes from 20 to 10\n\n- Source: log.csv, cell B2, dated cell A2\n";
    check(
        // The first key result has no source.
        [
            Meanwhile(title, with_source),
            Write("="),
            Write(""),
            Write(""),
        ],
        &[
            FIRST,
            "there is no value behind `=`, and no source that okr can read; write the value itself, like 71%",
            SECOND,
        ],
        &[],
        "plan.md: 0 saved, 2 skipped",
    );
    check(
        [
            Meanwhile(title, with_source),
            Write(""),
            Write("= y 6 Kim is ill"),
        ],
        &[FIRST, SECOND],
        &["| 2026-11-20 | 14 | at risk | 6 | Kim is ill (source: log.csv, cell B2, 2026-11-20) |"],
        "plan.md: 1 saved, 1 skipped",
    );
    // A number behind the sign is a value of its own.
    check(
        [Meanwhile(title, with_source), Write(""), Write("=-2")],
        &[FIRST, SECOND],
        &["| 2026-11-20 | -2 | | | |"],
        "plan.md: 1 saved, 1 skipped",
    );
    // What stands behind the sign alone is what stands behind any value.
    for (line, row) in [
        (
            "= 6",
            "| 2026-11-20 | 14 | | 6 | source: log.csv, cell B2, 2026-11-20 |",
        ),
        (
            "= 7 two big payers",
            "| 2026-11-20 | 14 | | 7 | two big payers (source: log.csv, cell B2, 2026-11-20) |",
        ),
        (
            "= \"3 accounts are blocked\"",
            "| 2026-11-20 | 14 | | | 3 accounts are blocked (source: log.csv, cell B2, 2026-11-20) |",
        ),
    ] {
        check(
            [Meanwhile(title, with_source), Write(""), Write(line)],
            &[FIRST, SECOND],
            &[row],
            "plan.md: 1 saved, 1 skipped",
        );
    }
}

#[test]
fn why_a_source_was_not_read_is_said_again_to_who_takes_it() {
    let title = "### Key result: Cut disputes from 20 to 10\n";
    let with_source =
        "### Key result: Cut disputes from 20 to 10\n\n- Source: log.csv, cell B9, dated cell A2\n";
    check(
        [
            Meanwhile(title, with_source),
            Write(""),
            Write("= g"),
            Write(""),
        ],
        &[
            FIRST,
            SECOND,
            "the source was not read: cannot take it from log.csv: cell B9 is empty; write the value itself",
        ],
        &[],
        "plan.md: 0 saved, 2 skipped",
    );
}
