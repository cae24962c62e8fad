//! Reviews by a person who follows a script.

#![expect(
    clippy::disallowed_methods,
    reason = "the plan is a file, and others change it meanwhile"
)]

use std::collections::VecDeque;
use std::fs;
use std::path::Path;

use okr_core::audit::Settings;

use super::person::{Choice, Line, Person, Reply};
use super::session::Review;
use crate::context::Context;
use crate::shell::Shell;
use crate::{Env, ExitStatus};

/// Two key results without an owner, the first of them vague.
const PLAN: &str = "\
---
period: 2026-Q4
---

# Cash

## Objective: Late payers hear from us

- Owner: Lee

### Key result: Better follow-up

### Key result: Cut disputes from 20 to 10

## Notes
";

/// What a person does next.
enum Step {
    /// Takes the choice with this letter.
    Take(char),
    /// Writes this line; where it is refused, the next step is tried.
    Write(&'static str),
    /// Takes the line as it stands.
    Enter,
    Esc,
    CtrlC,
    /// Is slow, while someone else puts other words into the plan.
    Meanwhile(&'static str, &'static str),
}
use Step::{CtrlC, Enter, Esc, Meanwhile, Take, Write};

struct Script<'a> {
    steps: VecDeque<Step>,
    file: &'a Path,
    /// The choices and lines that were offered, and what was refused.
    seen: Vec<String>,
}

impl Script<'_> {
    fn next(&mut self) -> Step {
        match self.steps.pop_front() {
            Some(Meanwhile(old, new)) => {
                let text = fs::read_to_string(self.file).unwrap();
                assert!(text.contains(old), "{old:?} is in {text}");
                fs::write(self.file, text.replacen(old, new, 1)).unwrap();
                self.next()
            }
            Some(step) => step,
            None => CtrlC,
        }
    }
}

impl Person for Script<'_> {
    fn choose(&mut self, choices: &[Choice]) -> anyhow::Result<Reply<Choice>> {
        let letters: String = choices.iter().map(|choice| choice.letter()).collect();
        self.seen.push(letters.clone());
        Ok(match self.next() {
            Take(letter) => {
                let mut choices = choices.iter();
                let choice = choices.find(|choice| choice.letter() == letter);
                Reply::Given(*choice.unwrap_or_else(|| panic!("{letter} is none of {letters}")))
            }
            Enter => Reply::Given(choices[0]),
            Esc => Reply::Back,
            CtrlC => Reply::Stop,
            Write(_) | Meanwhile(..) => panic!("{letters} are to be chosen from"),
        })
    }

    fn write(&mut self, line: &Line) -> anyhow::Result<Reply<String>> {
        self.seen.push(format!("{}: {}", line.name, line.start));
        loop {
            let written = match self.next() {
                Write(words) => words.to_owned(),
                Enter => line.start.clone(),
                Esc => return Ok(Reply::Back),
                CtrlC => return Ok(Reply::Stop),
                Take(_) | Meanwhile(..) => panic!("{} is to be written", line.name),
            };
            match (line.check)(&written) {
                Ok(()) => return Ok(Reply::Given(written)),
                Err(message) => self.seen.push(message),
            }
        }
    }
}

/// What became of a review.
struct Reviewed {
    plan: String,
    seen: Vec<String>,
    out: String,
    err: String,
    /// How it ended, or what went wrong.
    status: Result<ExitStatus, String>,
}

impl Reviewed {
    /// Checks the first line that it ends with.
    #[track_caller]
    fn ends(&self, expected: &str) -> &Self {
        assert_eq!(self.out.lines().next(), Some(expected), "{}", self.err);
        self
    }

    /// Checks that the plan is the old one with other words in some places.
    #[track_caller]
    fn changes(&self, changes: &[(&str, &str)]) -> &Self {
        let mut expected = PLAN.to_owned();
        for (old, new) in changes {
            assert!(expected.contains(old), "{old:?}");
            expected = expected.replacen(old, new, 1);
        }
        assert_eq!(self.plan, expected);
        self
    }

    #[track_caller]
    fn says(&self, expected: &str) -> &Self {
        assert!(self.err.contains(expected), "{}", self.err);
        self
    }
}

fn review(plan: &str, select: &[&'static str], steps: impl Into<VecDeque<Step>>) -> Reviewed {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.md");
    fs::write(&file, plan).unwrap();
    let today = jiff::civil::date(2026, 10, 10);
    let (env, captured) = Env::captured(today, folder.path(), b"");
    let mut shell = Shell::new(&env, None);
    let matches = crate::cli::command()
        .try_get_matches_from(["okr", "review", "plan.md"])
        .unwrap();
    let mut cx = Context::new(&env, &mut shell, &matches);
    let settings = Settings {
        select: select.to_vec(),
        ..Settings::default()
    };
    let mut person = Script {
        steps: steps.into(),
        file: &file,
        seen: Vec::new(),
    };
    let review = Review {
        path: Path::new("plan.md"),
        settings: &settings,
        today,
    };
    let status = review.run(&mut cx, &mut person);
    assert!(
        person.steps.is_empty(),
        "{} steps are left",
        person.steps.len()
    );
    Reviewed {
        seen: person.seen,
        plan: fs::read_to_string(&file).unwrap_or_default(),
        out: captured.stdout(),
        err: captured.stderr(),
        status: status.map_err(|error| error.to_string()),
    }
}

const OWNER: &[&str] = &["no-owner"];
const NUMBER: &[&str] = &["no-number"];
const DEADLINE: &[&str] = &["no-deadline"];

#[test]
fn answers_are_written_one_by_one() {
    let reviewed = review(
        PLAN,
        OWNER,
        [Enter, Write("Kim"), Take('a'), Write("  "), Write("Sam")],
    );
    reviewed
        .changes(&[
            ("follow-up\n", "follow-up\n\n- Owner: Kim\n"),
            ("10\n", "10\n\n- Owner: Sam\n"),
        ])
        .ends("plan.md: 2 answered; nothing left")
        .says("1 of 2")
        .says("2 of 2");
    assert_eq!(reviewed.status, Ok(ExitStatus::Success));
    assert_eq!(
        reviewed.seen,
        [
            "aksq",
            "Owner: Lee",
            "aksq",
            "Owner: Lee",
            "write an answer, or press Esc to go back"
        ]
    );
    assert!(reviewed.out.contains("owned 33 → 100"), "{}", reviewed.out);
}

#[test]
fn a_likely_answer_stands_there_already() {
    let reviewed = review(PLAN, OWNER, [Enter, Enter, Take('q')]);
    reviewed.ends("plan.md: 1 answered; 1 finding left");
    assert_eq!(reviewed.seen[1], "Owner: Lee");
    assert!(reviewed.plan.contains("follow-up\n\n- Owner: Lee\n"));
}

#[test]
fn a_link_that_is_likely_meant_stands_there_as_a_link() {
    let plan =
        "## Objective 1: Grow\n\n## Objective 2: Sell\n\n- Supports: [Grow](#objective-grow)\n";
    let reviewed = review(plan, &["broken-link"], [Enter, Enter]);
    reviewed.ends("plan.md: 1 answered; nothing left");
    assert_eq!(reviewed.seen[1], "Supports: [Grow](#objective-1-grow)");
    let expected = plan.replace("#objective-grow", "#objective-1-grow");
    assert_eq!(reviewed.plan, expected);
}

#[test]
fn a_proposal_is_accepted() {
    let due = "\n- Due: 2026-12-31\n";
    let reviewed = review(PLAN, DEADLINE, [Take('y'), Take('s')]);
    reviewed
        .changes(&[("follow-up\n", &format!("follow-up\n{due}"))])
        .ends("plan.md: 1 accepted, 1 skipped; 1 finding left");
    assert_eq!(reviewed.status, Ok(ExitStatus::Success), "it is no error");
}

#[test]
fn an_answer_that_cannot_be_read_is_asked_for_again() {
    let steps = [Enter, Write("soon"), Write("12")];
    let reviewed = review(PLAN, NUMBER, steps);
    reviewed.ends("plan.md: 1 answered; nothing left");
    assert!(
        reviewed.seen[2].starts_with("`soon` is no target"),
        "{:?}",
        reviewed.seen
    );
}

#[test]
fn words_are_edited_from_those_that_are_there() {
    let steps = [Take('e'), Enter, Write("Calls to 9 of 10 late payers")];
    let reviewed = review(PLAN, NUMBER, steps);
    reviewed
        .changes(&[("Better follow-up", "Calls to 9 of 10 late payers")])
        .ends("plan.md: 1 reworded; nothing left");
    assert_eq!(
        reviewed.seen,
        [
            "aeksq",
            "Words: Better follow-up",
            "that is what stands there already"
        ]
    );
}

#[test]
fn a_link_in_the_words_stays_one() {
    let plan = PLAN.replacen("follow-up", "[follow-up](a.md)", 1);
    let steps = [Take('e'), Write("Quick [follow-up](a.md)")];
    let reviewed = review(&plan, NUMBER, steps);
    assert_eq!(reviewed.seen[1], "Words: Better [follow-up](a.md)");
    assert!(reviewed.plan.contains(": Quick [follow-up](a.md)\n"));
    reviewed.says("saved, but there is more to it:");
    assert_eq!(reviewed.status, Ok(ExitStatus::Findings));
}

#[test]
fn a_dismissal_needs_a_reason() {
    let steps = [Take('k'), Write(" "), Write("legal asked for it")];
    let reviewed = review(PLAN, NUMBER, steps);
    reviewed.ends("plan.md: 1 dismissed; nothing left");
    assert!(
        reviewed
            .plan
            .contains("follow-up\n\n<!-- okr: allow no-number ")
    );
    assert!(reviewed.plan.contains(": legal asked for it -->\n"));
    assert_eq!(reviewed.status, Ok(ExitStatus::Success));
}

#[test]
fn a_dismissal_cannot_be_dismissed() {
    let plan = PLAN.replacen("up\n", "up\n\n<!-- okr: allow no-number: so -->\n", 1);
    let reviewed = review(&plan, &["unpinned-dismissal", "no-number"], [Esc]);
    assert_eq!(reviewed.seen, ["yesq"]);
}

#[test]
fn it_can_be_left_at_any_time() {
    let unchanged = |steps: Vec<Step>| {
        review(PLAN, OWNER, steps)
            .changes(&[])
            .ends("plan.md: nothing changed; 2 findings left")
            .says("next: okr review plan.md");
    };
    unchanged(vec![Esc]);
    unchanged(vec![CtrlC]);
    unchanged(vec![Take('q')]);
    unchanged(vec![Take('a'), CtrlC]);
    unchanged(vec![Take('a'), Esc, Take('k'), Esc, Esc]);
    let reviewed = review(PLAN, OWNER, [Enter, Write("Kim"), Enter, CtrlC]);
    reviewed
        .changes(&[("follow-up\n", "follow-up\n\n- Owner: Kim\n")])
        .ends("plan.md: 1 answered; 1 finding left");
    assert_eq!(reviewed.status, Ok(ExitStatus::Findings));
}

#[test]
fn what_was_skipped_does_not_come_again() {
    let select = &["no-owner", "no-number"];
    // The words of a key result change whose owner was skipped; another one comes before it.
    let steps = [
        Take('e'),
        Write("Calls to 9 of 10 late payers"),
        Take('s'),
        Meanwhile(
            "### Key result: Calls",
            "### Key result: New 1\n\n- Owner: X\n\n### Key result: Calls",
        ),
        Take('s'),
    ];
    let reviewed = review(PLAN, select, steps);
    reviewed.ends("plan.md: 1 reworded, 2 skipped; 2 findings left");
}

#[test]
fn a_change_by_someone_else_is_kept() {
    // Nothing but its place is another one.
    let moved = Meanwhile(
        "### Key result: Better",
        "### Key result: New 1\n\n- Owner: X\n\n### Key result: Better",
    );
    review(PLAN, NUMBER, [Enter, moved, Write("12")])
        .changes(&[
            (
                "### Key result: Better",
                "### Key result: New 1\n\n- Owner: X\n\n### Key result: Better",
            ),
            ("up\n", "up\n\n- Target: 12\n"),
        ])
        .ends("plan.md: 1 answered; nothing left");
    // It is settled, so the answer is one too many.
    let answered = Meanwhile("up\n", "up\n\n- Owner: Kim\n");
    review(PLAN, OWNER, [Enter, answered, Write("Sam"), Take('q')])
        .changes(&[("up\n", "up\n\n- Owner: Kim\n")])
        .says("this is settled.")
        .ends("plan.md: nothing changed; 1 finding left");
    // The words that it is about are others.
    let reworded = Meanwhile("Better follow-up", "Good follow-up");
    review(PLAN, NUMBER, [Take('k'), reworded, Write("so"), Take('q')])
        .changes(&[("Better", "Good")])
        .says("changed by someone else")
        .ends("plan.md: nothing changed; 1 finding left");
    // What is proposed now is something else.
    let moved = Meanwhile("2026-Q4", "2027-Q1");
    review(PLAN, DEADLINE, [moved, Take('y'), Take('q')])
        .changes(&[("2026-Q4", "2027-Q1")])
        .ends("plan.md: nothing changed; 2 findings left");
}

#[test]
fn nothing_to_review_is_one_line() {
    let reviewed = review("# Cash\n", NUMBER, []);
    reviewed.ends("nothing to review in plan.md");
    assert_eq!(reviewed.status, Ok(ExitStatus::Success));
    let plan = PLAN.replacen("Better", "\n\n- Onwer: x\n\n", 1);
    let reviewed = review(&plan, &["unknown-field"], []);
    reviewed.says("1 place in the file is not understood; okr check plan.md shows it");
}
