//! `okr new --from`.

use snapbox::str;

use crate::support::sandbox::Sandbox;

const OLD: &str = "\
---
plan: Accounts
period: 2026-Q4
closed: 2026-12-31
---

# Accounts, 2026-Q4

## Objective 1: Get paid sooner

- Supports: [Cash](company.md#objective-cash)

### Key result 1.1: Raise the collection rate from 68% to 85% by mid-Q4

- Target changed: 2026-11-10 from 90%
- [x] Train the team
- [ ] Bring in software (@kim, due 2026-11-15)

| Date       | Value |
| ---------- | ----: |
| 2026-11-20 |   74% |

### Key result 1.2: Cut disputes by 10%

### Key result 1.3: Cut DSO

- Baseline: 52 days
- Target: 44 days

| Date       |   Value |
| ---------- | ------: |
| 2026-11-20 | 43 days |

### Key result 1.4: The new ledger carries the close

- Target: done
- [x] Step: Contract signed
- [ ] Step (weight 2): First close run (due 2027-01-31)

## Objective 2: A goal without results

## Closing

How we close the books.

## Closing

Closed on 31 December 2026. The plan as a whole has 0.5 of 1.0.
";

fn sandbox() -> Sandbox {
    Sandbox::with(&[("accounts-2026-Q4.md", OLD)])
}

#[test]
fn what_is_left_goes_on_in_the_next_period() {
    let sandbox = sandbox();
    sandbox
        .okr("new --from accounts-2026-Q4.md")
        .success()
        .prints_nothing()
        .says(str![[r#"
wrote accounts-2027-Q1.md: 1 objective and 3 key results carried over from accounts-2026-Q4.md
  1.1  from 74% to 85%
  1.2  -10% of a baseline to be measured
  1.3  done
next: find 1 baseline, such as `okr set accounts-2027-Q1.md 1.2 baseline 12`

"#]]);
    assert_eq!(sandbox.read("accounts-2026-Q4.md"), OLD);
    snapbox::assert_data_eq!(
        sandbox.read("accounts-2027-Q1.md"),
        str![[r#"
---
plan: Accounts
period: 2027-Q1
continues: accounts-2026-Q4.md
---

# Accounts, 2027-Q1

## Objective 1: Get paid sooner

- Supports: [Cash](company.md#objective-cash)
- Carried from: [Objective 1: Get paid sooner](accounts-2026-Q4.md#objective-1-get-paid-sooner)

### Key result 1.1: Raise the collection rate from 74% to 85%

- Baseline: 74%
- Target: 85%
- Due: 2027-02-15
- Carried from: [Key result 1.1: Raise the collection rate from 68% to 85% by mid-Q4](accounts-2026-Q4.md#key-result-11-raise-the-collection-rate-from-68-to-85-by-mid-q4)
- [ ] Bring in software (@kim)

### Key result 1.2: Cut disputes by 10%

- Baseline: to be measured
- Target: -10% of a baseline to be measured
- Carried from: [Key result 1.2: Cut disputes by 10%](accounts-2026-Q4.md#key-result-12-cut-disputes-by-10)

### Key result 1.3: The new ledger carries the close

- Target: done
- Carried from: [Key result 1.4: The new ledger carries the close](accounts-2026-Q4.md#key-result-14-the-new-ledger-carries-the-close)
- [ ] Step (weight 2): First close run (due 2027-01-31)

## Closing

How we close the books.

"#]]
    );
    sandbox
        .okr("new --from accounts-2026-Q4.md")
        .failure()
        .says(str![[r#"
error: accounts-2027-Q1.md exists already
help: choose another name with -o, or replace it with --force

"#]]);
    sandbox
        .okr("new --from accounts-2026-Q4.md --force")
        .success();
}

/// Checks which key results go on.
#[track_caller]
fn check(arguments: &str, expected: &[&str]) {
    let sandbox = sandbox();
    let run = sandbox.okr(&format!("new --from accounts-2026-Q4.md -o - {arguments}"));
    let plan = okr_core::parse(run.success().out()).plan;
    let titles: Vec<_> = plan
        .objectives
        .iter()
        .flat_map(|objective| {
            let key_results = objective.key_results.iter();
            let titles = key_results.map(|key_result| key_result.title.plain().into_owned());
            std::iter::once(objective.title.plain().into_owned()).chain(titles)
        })
        .collect();
    assert_eq!(titles, expected);
    assert_eq!(sandbox.list(), ["accounts-2026-Q4.md"]);
}

#[test]
fn what_goes_on_can_be_chosen() {
    let dso = "Cut DSO";
    check("--key-results 1.3", &["Get paid sooner", dso]);
    check("--objectives 2", &["A goal without results"]);
    let all = [
        "Get paid sooner",
        "Raise the collection rate from 74% to 85%",
        "Cut disputes by 10%",
        dso,
        "The new ledger carries the close",
    ];
    check("--objectives 1", &all);
    check("--all", &[&all[..], &["A goal without results"]].concat());
}

/// Checks the period of the new plan, and the name of its file.
#[track_caller]
fn check_period(front_matter: &str, arguments: &str, expected: &str, file: &str) {
    let plan = format!("---\n{front_matter}\n---\n\n## Objective: o\n\n### Key result: k\n");
    let sandbox = Sandbox::with(&[("plan.md", &plan)]);
    sandbox
        .okr(&format!("new --from plan.md {arguments}"))
        .success();
    let text = sandbox.read(file);
    assert!(text.contains(&format!("\nperiod: {expected}\n")), "{text}");
    assert!(text.contains("\ncontinues: plan.md\n"), "{text}");
}

#[test]
fn the_period_is_the_next_or_the_one_that_is_named() {
    check_period("period: 2026-Q4", "", "2027-Q1", "plan-2027-Q1.md");
    check_period(
        "period: 2026-H2",
        "--period next",
        "2027-H1",
        "plan-2027-H1.md",
    );
    check_period(
        "period: 2026-Q4",
        "--period 2027-H2",
        "2027-H2",
        "plan-2027-H2.md",
    );
    check_period(
        "fiscal-year-start: April\nperiod: FY2027-Q4",
        "",
        "FY2028-Q1",
        "plan-FY2028-Q1.md",
    );
    check_period(
        "period: 2026-10-01..2026-10-31",
        "",
        "2026-11-01..2026-12-01",
        "plan-2026-11-01-to-2026-12-01.md",
    );
}

#[test]
fn what_cannot_be_carried_over_is_said() {
    let said = |plan: &str, arguments: &str| {
        let sandbox = Sandbox::with(&[("plan.md", plan)]);
        let run = sandbox.okr(&format!("new {arguments}"));
        run.failure().prints_nothing();
        assert_eq!(sandbox.list(), ["plan.md"]);
        run.err()
    };
    let met = "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n### Key result: k\n\n- Target: done\n\n\
               | Date | Value | Status |\n| --- | --- | --- |\n| 2026-11-01 | 1 | achieved |\n";
    snapbox::assert_data_eq!(
        said(met, "--from plan.md"),
        str![[r#"
error: nothing of plan.md is left to carry over
help: choose with --key-results 1.1,2.3, or take everything with --all

"#]]
    );
    snapbox::assert_data_eq!(
        said(OLD, "--from plan.md --period 2026-Q3"),
        str![[r#"
error: plan.md is for Q4 2026, and Q3 2026 does not end after that
help: name a later period, or leave --period out to take the next one

"#]]
    );
    snapbox::assert_data_eq!(
        said(OLD, "--from plan.md --key-results 7.1"),
        str![[r#"
error: the plan has no key result `7.1`
help: `okr status` shows the numbers

"#]]
    );
    snapbox::assert_data_eq!(
        said(super::THREE_HEADINGS, "--from plan.md"),
        str![[r#"
error: plan.md has no period that another could follow
help: say which one the new plan is for, such as --period 2027-Q1

"#]]
    );
    snapbox::assert_data_eq!(
        said(OLD, "--from plan.md -o plan.md"),
        str![[r#"
error: plan.md would replace itself
help: name another file with -o

"#]]
    );
    snapbox::assert_data_eq!(
        said(OLD, "--from -"),
        str![[r#"
error: a plan to carry on is a file
help: save it, and name the file after --from

"#]]
    );
}

#[test]
fn the_old_plan_is_found_from_wherever_the_new_one_is() {
    let sandbox = sandbox();
    sandbox.write("next/company.md", "");
    sandbox
        .okr("new --from accounts-2026-Q4.md -o next/plan.md")
        .success();
    let text = sandbox.read("next/plan.md");
    assert!(text.contains("\ncontinues: ../accounts-2026-Q4.md\n"));
    assert!(text.contains("](../accounts-2026-Q4.md#objective-1-get-paid-sooner)"));
    assert!(
        text.contains("- Supports: [Cash](../company.md#objective-cash)\n"),
        "{text}"
    );
    let old = sandbox.path("accounts-2026-Q4.md");
    let mut command = sandbox.command("new -o plan.md --from");
    command.arg(&old);
    crate::support::sandbox::finish(command, b"").success();
    assert!(
        sandbox
            .read("plan.md")
            .contains("\ncontinues: accounts-2026-Q4.md\n")
    );
}

#[test]
fn words_that_no_longer_hold_are_left_out_and_that_is_said() {
    let beyond = OLD.replace(
        "### Key result 1.3: Cut DSO\n",
        "### Key result 1.3: Cut DSO from 52 to 44 days\n",
    );
    let sandbox = Sandbox::with(&[("old.md", &beyond), ("next/other.md", "")]);
    let run = sandbox.okr("new --from old.md --all -o next/plan.md");
    run.success();
    let text = sandbox.read("next/plan.md");
    assert!(
        text.contains("\n### Key result 1.3: Cut DSO to 44 days\n"),
        "{text}"
    );
    let said = run.err();
    let one = "1.3 says no more where it starts, which is beyond the target already\n";
    assert!(said.contains(one), "{said}");
    assert!(said.contains("relative links, and files that a Source names, are the same"));
    let run = sandbox.okr("new --from old.md --all -o plan.md");
    assert!(!run.err().contains("relative links"), "{}", run.err());
}

/// Returns the rules that `okr check` names for a plan, in order.
#[track_caller]
fn rules(sandbox: &Sandbox, plan: &str) -> Vec<String> {
    let run = sandbox.okr(&format!("check --today 2027-01-04 --format json {plan}"));
    let report: serde_json::Value = serde_json::from_str(&run.out()).expect("is JSON");
    let mut rules = Vec::new();
    fn collect(value: &serde_json::Value, rules: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(members) => {
                rules.extend(
                    members
                        .get("rule")
                        .and_then(|rule| rule.as_str())
                        .map(str::to_owned),
                );
                members.values().for_each(|value| collect(value, rules));
            }
            serde_json::Value::Array(values) => {
                for value in values {
                    collect(value, rules);
                }
            }
            _ => {}
        }
    }
    collect(&report, &mut rules);
    rules.sort();
    rules
}

#[test]
fn a_closed_starter_plan_goes_on_as_clean_as_a_fresh_one() {
    for (file, _) in okr_templates::TEMPLATES {
        let name = file.trim_end_matches(".md");
        let sandbox = Sandbox::new();
        let run = |line: &str| {
            let mut command = sandbox.bare_command();
            command.args(crate::support::sandbox::words(line));
            let run = crate::support::sandbox::finish(command, b"");
            run.success();
        };
        let common = format!("new {name} --all --team Finance --owner 'Dana Reyes'");
        run(&format!(
            "--today 2026-09-28 {common} --period 2026-Q4 -o old.md"
        ));
        let plan = okr_core::parse(sandbox.read("old.md")).plan;
        let mut close = "--today 2027-01-04 close old.md".to_owned();
        for (id, _) in plan.key_results() {
            close.push_str(&format!(" --reason {id}=late"));
        }
        run(&close);
        run("--today 2027-01-04 new --from old.md --all -o carried.md");
        run(&format!(
            "--today 2027-01-04 {common} --period 2027-Q1 -o fresh.md"
        ));
        let carried = okr_core::parse(sandbox.read("carried.md"));
        assert_eq!(carried.diagnostics.len(), 0);
        assert_eq!(
            carried.plan.key_results().count(),
            plan.key_results().count()
        );
        assert_eq!(
            okr_core::parse(okr_core::print(&carried.plan)).plan,
            carried.plan
        );
        assert_eq!(
            rules(&sandbox, "carried.md"),
            rules(&sandbox, "fresh.md"),
            "{name}"
        );
    }
}

/// A company's plan and one of a team that supports it, both of a quarter that is over.
const COMPANY: &str = "\
---
period: 2026-Q3
---

## Objective 1: Grow

### Key result 1.1: Sign 40 accounts

| Date       | Value |
| ---------- | ----: |
| 2026-09-25 |    37 |

## Objective 2: Stay small

### Key result 2.1: Publish the guide

- Target: done
";
const TEAM: &str = "\
---
period: 2026-Q3
---

## Objective 1: Get paid sooner

- Supports: [Grow](../company.md#objective-1-grow)

### Key result 1.1: Keep the dispute rate at or below 3%

- Source: rates.csv, last of Rate

### Key result 1.2: Raise the collection rate from 68% to 85%

## Objective 2: Sleep well

- Supports: [Stay small](../company.md#objective-2-stay-small)

### Key result 2.1: Cut night work from 20 to 10 hours
";

#[test]
fn what_is_supported_goes_on_in_the_new_period() {
    let sandbox = Sandbox::with(&[
        ("okr.toml", ""),
        ("q3/company.md", COMPANY),
        ("q3/ar/plan.md", TEAM),
    ]);
    let run = sandbox.okr("new --from q3/ar/plan.md -o q4/ar/early.md");
    snapbox::assert_data_eq!(
        run.success().err(),
        str![[r#"
made the folder q4/ar
wrote q4/ar/early.md: 2 objectives and 3 key results carried over from q3/ar/plan.md
  1.1  to be kept: at most 3%
  1.2  from 68% to 85%
  2.1  from 20 hours to 10 hours
relative links, and files that a Source names, are the same files from there
check what these support, as its period is over: 1 (q3/company.md; no plan carries it on yet), 2 (q3/company.md; no plan carries it on yet)
next: read it through, then `okr check q4/ar/early.md`

"#]]
    );
    sandbox
        .okr("new --from q3/company.md -o q4/company.md --objectives 1")
        .success()
        .says(str![[r#"
wrote q4/company.md: 1 objective and 1 key result carried over from q3/company.md
  1.1  from 37 to 40: little of the way is left
next: 1.1 has little left to do: give it a target for the new period, as with `okr set q4/company.md 1.1 target VALUE`

"#]]);
    let run = sandbox.okr("new --from q3/ar/plan.md -o q4/ar/plan.md");
    snapbox::assert_data_eq!(
        run.success().err(),
        str![[r#"
wrote q4/ar/plan.md: 2 objectives and 3 key results carried over from q3/ar/plan.md
  1.1  to be kept: at most 3%
  1.2  from 68% to 85%
  2.1  from 20 hours to 10 hours
relative links, and files that a Source names, are the same files from there
the links of 1 in Supports lead to the plans of the new period
check what these support, as its period is over: 2 (q3/company.md; q4/company.md leaves it out)
next: read it through, then `okr check q4/ar/plan.md`

"#]]
    );
    let text = sandbox.read("q4/ar/plan.md");
    for line in [
        "- Supports: [Grow](../company.md#objective-1-grow)\n",
        "- Supports: [Stay small](../../q3/company.md#objective-2-stay-small)\n",
        "- Source: ../../q3/ar/rates.csv, last of Rate\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn a_source_that_the_new_plan_may_not_read_is_told() {
    let old = "\
---
period: 2026-Q3
---

## Objective: o

### Key result: Cut DSO from 52 to 44 days

- Source: log.csv, cell B2

### Key result: Cut disputes from 20 to 10

- Source: missing.csv, cell B2
";
    let sandbox = Sandbox::with(&[
        ("q3/plan.md", old),
        ("q3/log.csv", "Day,Days\n2026-09-01,50\n"),
    ]);
    let run = sandbox.okr("new --from q3/plan.md --all -o plan.md");
    run.success();
    // Below its own folder a plan may read.
    assert!(!run.err().contains("will not read"), "{}", run.err());
    let run = sandbox.okr("new --from q3/plan.md --all -o q4/plan.md");
    run.success();
    let said = "warning: okr will not read what lies outside the folder of the plan: the Source of 1.1 (../q3/log.csv)\n";
    assert!(run.err().contains(said), "{}", run.err());
}

#[test]
fn the_steps_that_are_left_are_counted() {
    let sandbox = sandbox();
    let old = OLD.replace("- Target: done\n", "");
    sandbox.write("steps.md", old);
    let run = sandbox.okr("new --from steps.md --key-results 1.4 -o next.md");
    run.success();
    assert!(run.err().contains("  1.1  1 step to go\n"), "{}", run.err());
}
