//! `okr.toml`: which one holds for which plan.

use snapbox::str;

use crate::support::sandbox::Sandbox;

const PLAN: &str = "\
---
period: 2026-Q4
---

## Objective: Get paid sooner

### Key result: Uplevel the collection rate from 68% to 85%

- Source: rates.csv, cell A1

| Date       | Value | Status  |
| ---------- | ----: | ------- |
| 2026-10-09 |   69% | at risk |
| 2026-10-16 |   70% | at risk |
";

/// Two folders with a plan each, of which each has rules, words and days of its own.
fn two() -> Sandbox {
    Sandbox::with(&[
        ("one/plan.md", PLAN),
        (
            "one/okr.toml",
            "check-in-day = \"Monday\"\n\n[limits]\nyellows-in-a-row = 1\n",
        ),
        ("two/deep/plan.md", PLAN),
        (
            "two/okr.toml",
            "[words]\nincrease = [\"uplevel\"]\n\n[rules]\nno-owner = \"info\"\n",
        ),
        ("own.toml", "[rules]\nno-owner = \"off\"\n"),
    ])
}

/// Returns the concise findings of the rules about owners and about yellows in a row.
fn findings(sandbox: &Sandbox, arguments: &str) -> String {
    let line = format!(
        "check --today 2026-10-17 --format concise --select no-owner,no-note,yellow-run {arguments}"
    );
    sandbox.okr(&line).out()
}

#[test]
fn each_plan_goes_by_the_file_that_is_nearest_to_it() {
    let sandbox = two();
    snapbox::assert_data_eq!(
        findings(&sandbox, ""),
        str![[r#"
one/plan.md:7:17: error[no-owner] key result has no owner
one/plan.md:14:1: error[yellow-run] at risk for 2 check-ins in a row, since 2026-10-09
one/plan.md:5:15: warning[no-owner] objective has no owner
two/deep/plan.md:5:15: info[no-owner] objective has no owner
two/deep/plan.md:7:17: info[no-owner] key result has no owner
two/deep/plan.md:14:1: info[no-note] at risk on 2026-10-16 without a note

"#]]
    );
    let run = sandbox.okr("due --today 2026-10-26 --ahead 0 --format table one/plan.md two");
    snapbox::assert_data_eq!(
        run.out(),
        str![[r#"
days_late	due	kind	owner	path	element	title
3	2026-10-23	check-in	-	two/deep/plan.md	1.1	Uplevel the collection rate from 68% to 85%
0	2026-10-26	check-in	-	one/plan.md	1.1	Uplevel the collection rate from 68% to 85%

"#]]
    );
}

#[test]
fn where_one_works_does_not_matter() {
    let sandbox = two();
    let there = findings(&sandbox, "two/deep/plan.md");
    for (folder, path) in [("one", "../two/deep/plan.md"), ("two/deep", "plan.md")] {
        let folder = sandbox.path(folder);
        let mut command = sandbox.command("check --today 2026-10-17 --format concise");
        command.args(["--select", "no-owner,no-note,yellow-run", path]);
        command.current_dir(folder);
        let run = crate::support::sandbox::finish(command, b"");
        assert_eq!(run.out().replace(path, "two/deep/plan.md"), there);
    }
}

#[test]
fn the_file_of_the_command_line_wins() {
    let sandbox = two();
    let all = findings(&sandbox, "--config own.toml");
    assert!(!all.contains("no-owner"), "{all}");
    sandbox
        .okr("status --config none.toml one/plan.md")
        .failure()
        .says(str![[r#"
error: cannot read none.toml: there is no such file or folder
help: did you mean own.toml?

"#]]);
}

#[test]
fn a_fault_is_told_where_it_is() {
    let sandbox = two();
    sandbox.write("two/okr.toml", "onwer = \"Dana\"\n");
    sandbox.okr("set one/plan.md 1 owner Dana").success();
    for line in ["status", "set two/deep/plan.md 1 owner Dana"] {
        sandbox.okr(line).failure().says(str![[r#"
error: key `onwer` is not known
 --> two/okr.toml:1:1
  |
1 | onwer = "Dana"
  | ^^^^^
  |
  = help: did you mean `owner`?

"#]]);
    }
}

#[test]
fn a_new_plan_goes_by_the_folder_where_it_is_to_lie() {
    let sandbox = two();
    sandbox.write("two/okr.toml", "owner = \"Dana Reyes\"\n");
    let new = "new accounts-team --period 2026-Q4 --objectives 1";
    sandbox.okr(&format!("{new} -o two/new/plan.md")).success();
    sandbox.okr(&format!("{new} -o one/new.md")).success();
    assert!(
        sandbox
            .read("two/new/plan.md")
            .contains("\n- Owner: Dana Reyes\n")
    );
    assert!(!sandbox.read("one/new.md").contains("Dana Reyes"));
}
