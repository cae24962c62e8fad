//! `okr close`.

use std::process::Command;

use snapbox::str;

use crate::support::sandbox::{Run, Sandbox, finish};

/// A plan whose period is over on the day that every run takes for today.
const PLAN: &str = "\
---
period: 2026-Q3
---

# Cash

## Objective 1: Get paid sooner

- Type: committed

### Key result 1.1: Raise the collection rate

- Baseline: 60%
- Target: 80%
- Target changed: 2026-08-10 from 100%

| Date       | Value | Status  |
| ---------- | ----: | ------- |
| 2026-09-25 |   76% | at risk |

### Key result 1.2: Sign | 20 accounts up

- Baseline: 0 accounts
- Target: 20 accounts
- Commit: 15 accounts
- Weight: 3

| Date       |       Value |
| ---------- | ----------: |
| 2026-09-25 | 16 accounts |

## Objective 2: Learn what keeps them

- Type: learning

### Key result 2.1: Know why customers pay late

- Target: done

| Date       | Value | Status   | Note              |
| ---------- | ----: | -------- | ----------------- |
| 2026-09-25 |     1 | achieved | Asked 40 of them. |

### Key result 2.2: Credit notes

- Guardrail: yes
- Target: at most 2%
";

fn sandbox() -> Sandbox {
    Sandbox::with(&[("plan.md", PLAN)])
}

/// Checks that a run is refused, and that the plan is as it was.
#[track_caller]
fn refused(plan: &str, arguments: &str) -> String {
    let sandbox = Sandbox::with(&[("plan.md", plan)]);
    let run = sandbox.okr(&format!("close plan.md {arguments}"));
    run.failure().prints_nothing();
    assert_eq!(sandbox.read("plan.md"), plan);
    assert_eq!(sandbox.list(), ["plan.md"]);
    let said = run.err();
    let error = said.find("error:").expect("a failure is told");
    said[error..].to_owned()
}

#[test]
fn grades_are_shown_and_written_down() {
    let sandbox = sandbox();
    let run = sandbox.okr("close plan.md --reason '1.1=bank file *blocked*' --learned 'ask first'");
    run.success().prints_nothing().says(str![[r#"
0.8  red     1 Get paid sooner
0.8  red     1.1 Raise the collection rate
             60% → 76%; target 80%; committed and not met; the target was 100%
             until 2026-08-10, held against which the grade is 0.4
0.8  green   1.2 Sign | 20 accounts up
             0 accounts → 16 accounts; target 20 accounts; as promised

1.0  green   2 Learn what keeps them
1.0  green   2.1 Know why customers pay late
             came to 1; target done; met
0.0  red     2.2 Credit notes
             nothing was ever recorded; target at most 2%; guardrail

The plan as a whole: 0.9
closed plan.md
next: okr new --from plan.md

"#]]);
    let after = sandbox.read("plan.md");
    let (head, section) = after.split_once("\n## Closing\n").expect("has a closing");
    let key = "closed: 2026-11-22\n";
    assert_eq!(head.replace(key, ""), PLAN);
    snapbox::assert_data_eq!(
        section,
        str![[r#"

Closed on 22 November 2026. The plan as a whole has 0.9 of 1.0.

|                                 |       From |     Came to |      Target |   Grade | Verdict                        |
| ------------------------------- | ---------: | ----------: | ----------: | ------: | ------------------------------ |
| **1. Get paid sooner**          |            |             |             | **0.8** | red                            |
| 1.1 Raise the collection rate   |        60% |         76% |         80% |     0.8 | red, committed and not met     |
| 1.2 Sign /| 20 accounts up      | 0 accounts | 16 accounts | 20 accounts |     0.8 | green, as promised             |
| **2. Learn what keeps them**    |            |             |             | **1.0** | green                          |
| 2.1 Know why customers pay late |            |           1 |        done |     1.0 | green, met                     |
| 2.2 Credit notes                |            |             |  at most 2% |     0.0 | red, never recorded, guardrail |

### Why it was not met

- 1.1 Raise the collection rate: bank file /*blocked/*

### Moved goalposts

- 1.1 Raise the collection rate: the target was 100% until 2026-08-10; held against that, the grade is 0.4

### What was learned

- ask first

"#]]
    );
    sandbox
        .okr("close plan.md --reason 1.1=x")
        .failure()
        .says(str![[r#"
error: plan.md was closed on 2026-11-22
help: to close it anew, take its section `Closing` and the key `closed` out of it first

"#]]);
    assert_eq!(sandbox.read("plan.md"), after);
}

#[test]
fn what_cannot_be_closed_is_said_with_what_to_write() {
    let running = PLAN.replace("2026-Q3", "2026-Q4");
    snapbox::assert_data_eq!(
        refused(&running, ""),
        str![[r#"
error: plan.md is for Q4 2026, which ends on 2026-12-31
help: close it then, or add --force to close it as of today

"#]]
    );
    snapbox::assert_data_eq!(
        refused(PLAN, ""),
        str![[r#"
error: 1.1 was committed and not met, and needs a reason
help: say what kept it from being met: --reason 1.1="…"

"#]]
    );
    snapbox::assert_data_eq!(
        refused(PLAN, "--reason late"),
        str![[r#"
error: `late` does not say which key result
help: write its number and the reason, such as --reason 1.1="bank file blocked"

"#]]
    );
    snapbox::assert_data_eq!(
        refused(PLAN, "--reason 1.1="),
        str![[r#"
error: the reason for 1.1 is empty
help: say what kept it from being met

"#]]
    );
    snapbox::assert_data_eq!(
        refused(PLAN, "--reason 1=late"),
        str![[r#"
error: 1 is no key result
help: give reasons for key results, such as 1.1

"#]]
    );
    snapbox::assert_data_eq!(
        refused(PLAN, "--reason 2.1=late"),
        str![[r#"
error: 2.1 was met, and so needs no reason
help: say with --learned what is worth remembering

"#]]
    );
    snapbox::assert_data_eq!(
        refused(PLAN, "--reason 9.1=late"),
        str![[r#"
error: the plan has no element 9.1
help: it has 2 objectives

"#]]
    );
}

#[test]
fn a_plan_is_closed_early_by_force() {
    let sandbox = Sandbox::with(&[("plan.md", &PLAN.replace("2026-Q3", "2026-Q4"))]);
    sandbox
        .okr("close plan.md --force --reason 1.1=late")
        .success();
    assert!(sandbox.read("plan.md").contains("closed: 2026-11-22\n"));
}

#[test]
fn a_dry_run_and_standard_input_leave_the_file_alone() {
    let sandbox = sandbox();
    let run = sandbox.okr("close plan.md --dry-run --reason 1.1=late");
    assert!(run.success().out().contains("\n+closed: 2026-11-22\n"));
    assert_eq!(sandbox.read("plan.md"), PLAN);
    let piped = sandbox.okr_reading("close - --reason 1.1=late", PLAN.as_bytes());
    let closed = piped.success().out();
    sandbox.okr("close plan.md --reason 1.1=late").success();
    assert_eq!(sandbox.read("plan.md"), closed);
}

#[test]
fn bytes_that_are_not_added_stay() {
    let crlf = super::BY_HAND.replace("2026-Q4", "2026-Q3");
    let sandbox = Sandbox::with(&[("plan.md", &crlf)]);
    sandbox
        .okr("close plan.md --reason 1.1=a --reason 1.2=b --learned '1. ask'")
        .success();
    let after = sandbox.read("plan.md");
    let (before, added) = after
        .split_once("\r\n\r\n## Closing")
        .expect("has a closing");
    assert_eq!(before.replacen("closed: 2026-11-22\r\n", "", 1), crlf);
    assert_eq!(added.matches('\n').count(), added.matches("\r\n").count());
}

#[test]
fn plans_with_little_in_them_are_closed() {
    for plan in [
        "",
        "# Cash\n",
        super::THREE_HEADINGS,
        "## Objective: Get paid\n",
        "## Objective: o\n\n### Key result: k\n\n```\nno end\n",
        "## Objective: o\n\n<!-- no end\n",
    ] {
        let sandbox = Sandbox::with(&[("plan.md", plan)]);
        let run = sandbox.okr("close plan.md");
        run.success();
        let after = sandbox.read("plan.md");
        assert!(
            after.contains("## Closing\n\nClosed on 22 November 2026."),
            "{after}"
        );
        sandbox.okr("close plan.md").failure();
    }
}

#[test]
fn what_people_say_is_no_markdown() {
    let sandbox = sandbox();
    let mut command =
        sandbox.command("close plan.md --learned '## o' --learned '[ ] buy' --learned ___");
    command.args([
        "--learned",
        "a\n\n## Objective: b\u{1b}[2J",
        "--reason",
        "1.1=x\r\n| y |<b>",
    ]);
    let run = finish(command, b"");
    run.success();
    assert!(!run.err().contains('\u{1b}'));
    let after = sandbox.read("plan.md");
    let (_, learned) = after
        .split_once("### Why it was not met\n")
        .expect("has reasons");
    snapbox::assert_data_eq!(
        learned,
        str![[r#"

- 1.1 Raise the collection rate: x | y |/<b>

### Moved goalposts

- 1.1 Raise the collection rate: the target was 100% until 2026-08-10; held against that, the grade is 0.4

### What was learned

- /## o
- /[ /] buy
- /_/_/_
- a ## Objective: b /[2J

"#]]
    );
    let read = okr_core::parse(after).plan;
    assert_eq!((read.objectives.len(), read.sections.len()), (2, 1));
    assert_eq!(read.objectives, okr_core::parse(PLAN).plan.objectives);
}

#[test]
fn what_comes_after_the_day_does_not_count() {
    let sandbox = sandbox();
    let late = PLAN.replace(
        "| 2026-09-25 |   76% | at risk |",
        "| 2026-09-25 |   70% | at risk |\n| 2026-12-01 | 80% | |",
    );
    sandbox.write("plan.md", late);
    let run = sandbox.okr("close plan.md --reason 1.1=x --dry-run");
    assert!(
        run.success().err().contains("60% → 70%; target 80%"),
        "{}",
        run.err()
    );
}

#[test]
fn a_target_that_cannot_be_read_is_graded_as_nothing() {
    let sandbox = Sandbox::with(&[(
        "plan.md",
        "## Objective: o\n\n### Key result: k\n\n- Target: a lot\n- Target changed: yesterday from more\n\n| Date | Value |\n| --- | --- |\n| 2026-09-25 | 5 |\n",
    )]);
    let run = sandbox.okr("close plan.md --dry-run");
    assert!(run.success().err().contains("0.0"), "{}", run.err());
}

#[test]
fn many_that_owe_a_reason_are_not_all_listed() {
    let mut plan = "## Objective: o\n\n- Type: committed\n".to_owned();
    for _ in 0..40 {
        plan.push_str("\n### Key result: k\n\n- Baseline: 0\n- Target: 9\n");
    }
    snapbox::assert_data_eq!(
        refused(&plan, ""),
        str![[r#"
error: 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1.10, 1.11, 1.12 and 28 more were committed and not met, and need a reason
help: say what kept it from being met: --reason 1.1="…" --reason 1.2="…" --reason 1.3="…" --reason 1.4="…" --reason 1.5="…" --reason 1.6="…" --reason 1.7="…" --reason 1.8="…" --reason 1.9="…" --reason 1.10="…" --reason 1.11="…" --reason 1.12="…" …

"#]]
    );
}

/// A repository with a plan whose target was moved by hand.
struct Repository {
    sandbox: Sandbox,
}

impl Repository {
    /// Returns an empty one; nothing, said loudly, where there is no Git.
    fn new() -> Option<Self> {
        let repository = Self {
            sandbox: Sandbox::new(),
        };
        if Command::new("git").arg("--version").output().is_err() {
            let is_required =
                |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            assert!(
                !is_required("CI") && !is_required("OKR_REQUIRE_TOOLS"),
                "git is missing"
            );
            // A test of this binary cannot be ignored while it runs.
            #[expect(clippy::print_stderr, reason = "what was not tested is told")]
            {
                eprintln!("NOT TESTED: moved targets in the history of Git; git is missing");
            }
            return None;
        }
        repository.git("2026-06-01", &["init", "--quiet", "--initial-branch=main"]);
        Some(repository)
    }

    /// Runs Git on a day, with nothing of the machine's own configuration.
    #[track_caller]
    fn git(&self, day: &str, arguments: &[&str]) {
        let time = format!("{day}T12:00:00Z");
        let output = Command::new("git")
            .args(["-c", "user.name=T", "-c", "user.email=t@example.org"])
            .args(arguments)
            .current_dir(self.sandbox.folder())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_DATE", &time)
            .env("GIT_COMMITTER_DATE", &time)
            .output()
            .expect("git is there");
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }

    /// Commits the plan with a target.
    #[track_caller]
    fn commit(&self, day: &str, name: &str, target: &str) {
        self.sandbox.write(name, moving(target));
        self.git(day, &["add", "--all"]);
        self.git(day, &["commit", "--quiet", "-m", "x"]);
    }

    /// Closes the plan and returns what is said of moved targets.
    #[track_caller]
    fn moved(&self, with: impl FnOnce(&mut Command)) -> (Run, Vec<String>) {
        let mut command = self
            .sandbox
            .command("close plan.md --reason 1.1=x --dry-run");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        with(&mut command);
        let run = finish(command, b"");
        run.success();
        let moved = run.out();
        let moved = moved.lines().filter(|line| line.contains("until"));
        let moved = moved.map(str::to_owned).collect();
        (run, moved)
    }
}

/// Returns a plan with a target.
fn moving(target: &str) -> String {
    PLAN.replace(
        "Target: 80%\n- Target changed: 2026-08-10 from 100%",
        &format!("Target: {target}"),
    )
}

#[test]
fn moved_targets_are_found_in_the_history_of_git() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.commit("2026-06-20", "old name.md", "120%");
    repository.commit("2026-06-25", "old name.md", "100%");
    // A slip that is mended on the same day is no move.
    repository.commit("2026-08-10", "old name.md", "9%");
    repository.commit("2026-08-10", "old name.md", "90%");
    repository.git("2026-08-11", &["mv", "old name.md", "plan.md"]);
    repository.git("2026-08-11", &["commit", "--quiet", "-m", "renamed"]);
    repository.commit("2026-09-01", "plan.md", "85%");
    repository.sandbox.write("plan.md", moving("80%"));
    let expected = [
        "+- 1.1 Raise the collection rate: the target was 100% until 2026-08-10; held against that, the grade is 0.4",
        "+- 1.1 Raise the collection rate: the target was 90% until 2026-09-01; held against that, the grade is 0.5",
        "+- 1.1 Raise the collection rate: the target was 85% until 2026-11-22; held against that, the grade is 0.6",
    ];
    assert_eq!(repository.moved(|_| ()).1, expected);
    // What the plan records itself is not told twice, on whatever day it was committed.
    let own = moving("80%\n- Target changed: 2026-08-08 from 100 %; 2026-08-30 from 90%");
    repository.sandbox.write("plan.md", own);
    assert_eq!(
        repository.moved(|_| ()).1,
        [
            expected[0].replace("100% until 2026-08-10", "100 % until 2026-08-08"),
            expected[1].replace("2026-09-01", "2026-08-30"),
            expected[2].to_owned(),
        ]
    );
    let (_, none) = repository.moved(|command| {
        command.arg("--no-git");
    });
    assert_eq!(none.len(), 2);
    // Whatever repository the environment names, the plan lies in its own.
    let elsewhere = |command: &mut Command| {
        command.env("GIT_DIR", "/nowhere").env("GIT_WORK_TREE", "/");
    };
    assert_eq!(repository.moved(elsewhere).1.len(), 3);
}

#[test]
fn what_was_merged_counts_once() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.commit("2026-06-20", "plan.md", "100%");
    repository.git("2026-07-01", &["checkout", "--quiet", "-b", "lower"]);
    repository.commit("2026-07-02", "plan.md", "80%");
    repository.git("2026-07-03", &["checkout", "--quiet", "main"]);
    repository
        .sandbox
        .write("plan.md", moving("100%").replace("# Cash", "# Cash flow"));
    repository.git("2026-07-03", &["commit", "--quiet", "-am", "x"]);
    repository.git("2026-07-10", &["merge", "--quiet", "-m", "x", "lower"]);
    let expected = "+- 1.1 Raise the collection rate: the target was 100% until 2026-07-10; held against that, the grade is 0.4";
    assert_eq!(repository.moved(|_| ()).1, [expected]);
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_configures_is_run() {
    use std::os::unix::fs::PermissionsExt as _;

    let Some(repository) = Repository::new() else {
        return;
    };
    repository.commit("2026-06-20", "plan.md", "100%");
    repository.commit("2026-08-10", "plan.md", "80%");
    let sandbox = &repository.sandbox;
    let ran = sandbox.path("ran");
    let trap = sandbox.path("trap");
    sandbox.write(
        "trap",
        format!("#!/bin/sh\necho x >> '{}'\n", ran.display()),
    );
    std::fs::set_permissions(&trap, std::fs::Permissions::from_mode(0o755)).expect("is ours");
    let trap = trap.display();
    sandbox.write(
        ".git/config",
        format!(
            "[core]\nrepositoryformatversion = 1\nfsmonitor = {trap}\npager = {trap}\nsshCommand = {trap}\nhooksPath = {trap}\n\
             [alias]\nlog = !{trap}\ncat-file = !{trap}\n[gpg]\nprogram = {trap}\n[log]\nshowSignature = true\ndate = x\nfollow = false\n\
             [diff]\nexternal = {trap}\nrelative = true\nrenames = false\n[diff \"x\"]\ncommand = {trap}\ntextconv = {trap}\n\
             [filter \"x\"]\nclean = {trap}\nsmudge = {trap}\n[format]\npretty = nonsense\n[color]\nui = always\n\
             [protocol]\nallow = always\n[protocol \"ext\"]\nallow = always\n\
             [extensions]\npartialClone = origin\n[remote \"origin\"]\nurl = ext::{trap}\npromisor = true\n"
        ),
    );
    sandbox.write(".gitattributes", "*.md diff=x filter=x\n");
    assert_eq!(repository.moved(|_| ()).1.len(), 1);
    // What is missing would be fetched by a program that the repository names.
    #[expect(clippy::disallowed_methods, reason = "the repository is to be damaged")]
    for entry in std::fs::read_dir(sandbox.path(".git/objects")).expect("is a folder") {
        let folder = entry.expect("is readable").path();
        if folder.file_name().is_some_and(|name| name.len() == 2) {
            std::fs::remove_dir_all(folder).expect("is ours");
        }
    }
    let (run, moved) = repository.moved(|_| ());
    assert_eq!(moved.len(), 0);
    assert!(
        run.err().contains("cannot read the history of plan.md"),
        "{}",
        run.err()
    );
    assert!(!ran.exists(), "the repository ran something");
}
