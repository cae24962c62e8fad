//! `okr set`

use snapbox::str;

use super::BY_HAND;
use crate::support::sandbox::{Sandbox, TODAY};

/// Checks that a change replaces exactly `old`, which stands once in the plan, by `new`.
#[track_caller]
fn check(arguments: &str, old: &str, new: &str) {
    assert_eq!(BY_HAND.matches(old).count(), 1, "{old:?}");
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox
        .okr(&format!("set plan.md {arguments} --today 2026-10-01"))
        .success()
        .prints_nothing();
    let expected = BY_HAND.replacen(old, new, 1);
    assert!(
        sandbox.bytes("plan.md") == expected.as_bytes(),
        "{:?}\n=== is not\n{expected:?}",
        sandbox.read("plan.md")
    );
    assert_eq!(sandbox.list(), ["plan.md"]);
}

#[test]
fn only_the_bytes_of_the_field_change() {
    check(
        "1 owner Sam",
        "* Owner:  Dana Reyes\r\n",
        "* Owner:  Sam\r\n",
    );
    check(
        "1.1 target 'at least 85%'",
        "* Target: +25%\r\n",
        "* Target: at least 85%\r\n",
    );
    check("1.1 due 2026-12-15", "2026-12-31", "2026-12-15");
    check(
        "1.1 title 'Raise it'",
        "Raise the collection rate by 25%",
        "Raise it",
    );
    check("1 type aspirational", "committed", "aspirational");
    check(
        "plan team 'Cash Desk'",
        "team: Finance # ours",
        "team: Cash Desk # ours",
    );
    check("plan title 'Cash'", "# Finance\r\n", "# Cash\r\n");
    check("1.1.1 done yes", "* [ ] Train", "* [x] Train");
    check("1.1.2 done no", "[x]", "[ ]");
    check("1.1.1 owner Dana", "(@kim)", "(@Dana)");
    check("1.1.1 due 2026-11-30", "(@kim)", "(@kim, due 2026-11-30)");
    check(
        "2.0.1 title 'Share the calendar'",
        "Draw up the calendar",
        "Share the calendar",
    );
}

#[test]
fn a_baseline_brings_the_reminder_behind_a_relative_target_up_to_date_and_nothing_else() {
    check(
        "1.1 baseline 72%",
        "68%\r\n* Target: +25%\r\n",
        "72%\r\n* Target: +25% (72% → 90%)\r\n",
    );
}

#[test]
fn a_field_that_is_not_there_is_added_in_the_manner_of_the_file() {
    check(
        "1.1 source 'ageing report'",
        "* Due: 2026-12-31\r\n",
        "* Due: 2026-12-31\r\n* Source: ageing report\r\n",
    );
    check(
        "plan owner 'Dana Reyes'",
        "team: Finance # ours\r\n",
        "team: Finance # ours\r\nowner: Dana Reyes\r\n",
    );
}

#[test]
fn a_field_is_cleared_by_an_empty_value() {
    check("1.1 due ''", "* Due: 2026-12-31\r\n", "");
    check(
        "plan team ''",
        "team: Finance # ours\r\n",
        "team: # ours\r\n",
    );
    check("1.1.1 owner ''", " (@kim)", "");
}

#[test]
fn an_element_is_named_by_number_anchor_id_and_letters() {
    check(
        "1.2 owner Sam",
        "* Id: kr-disputes\r\n",
        "* Id: kr-disputes\r\n* Owner: Sam\r\n",
    );
    check("kr-disputes title Fewer", "Cut disputes by 10%", "Fewer");
    check(
        "'#key-result-12-cut-disputes-by-10' title Fewer",
        "Cut disputes by 10%",
        "Fewer",
    );
    check("disputes title Fewer", "Cut disputes by 10%", "Fewer");
    check(
        "disputes target -20%",
        "* Target: -10%\r\n",
        "* Target: -20% of a baseline to be measured\r\n",
    );
    check("'train the team' done yes", "* [ ] Train", "* [x] Train");
    check(
        "'CLOSE THE BOOKS' title Close",
        "Close the books in three days",
        "Close",
    );
}

#[test]
fn letters_that_several_titles_have_are_not_guessed() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    let mut said = String::new();
    for element in [
        "the",
        "xyz",
        "3",
        "1.9",
        "1.1.7",
        "#no-such-heading",
        "colection",
    ] {
        let run = sandbox.okr(&format!("set plan.md {element} owner Sam"));
        run.failure().prints_nothing();
        said.push_str(&format!(
            "$ okr set plan.md {element} owner Sam\n{}\n",
            run.err()
        ));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr set plan.md the owner Sam
error: `the` may mean 5 things in this plan
help: name one by its number:
  1.1  Raise the collection rate by 25%
  1.1.1  Train the team
  1.1.2  Buy the software
  2  Close the books in three days
  2.0.1  Draw up the calendar

$ okr set plan.md xyz owner Sam
error: no element of the plan is called `xyz`
help: name it by its number, such as 1.2, or by a few letters of its title

$ okr set plan.md 3 owner Sam
error: the plan has no element 3
help: it has 2 objectives

$ okr set plan.md 1.9 owner Sam
error: the plan has no element 1.9
help: objective 1 has 2 key results

$ okr set plan.md 1.1.7 owner Sam
error: the plan has no element 1.1.7
help: key result 1.1 has 2 initiatives

$ okr set plan.md #no-such-heading owner Sam
error: no heading of the plan has the anchor `#no-such-heading`

$ okr set plan.md colection owner Sam
error: no element of the plan is called `colection`
help: did you mean 1.1, `Raise the collection rate by 25%`?


"#]]
    );
    assert_eq!(sandbox.read("plan.md"), BY_HAND);
}

#[test]
fn what_a_field_cannot_be_is_refused() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    let mut said = String::new();
    for arguments in [
        "1.1 due soon",
        "1.1 baselin 68%",
        "1.1 colour blue",
        "1.1 baseline many",
        "1.1 target often",
        "1 type perhaps",
        "1 baseline 68%",
        "1.1.1 done perhaps",
        "1.1.1 target 5",
        "1.1.1 due soon",
        "plan period someday",
        "plan cadence daily",
        "1.1 title ''",
    ] {
        let run = sandbox.okr(&format!("set plan.md {arguments}"));
        run.failure().prints_nothing();
        said.push_str(&format!("$ okr set plan.md {arguments}\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr set plan.md 1.1 due soon
error: `soon` is no date
help: write a date like 2026-12-31

$ okr set plan.md 1.1 baselin 68%
error: a key result has no field `baselin`
help: did you mean `baseline`?

$ okr set plan.md 1.1 colour blue
error: a key result has no field `colour`
help: a key result has title, id, owner, measure, unit, direction, baseline, baseline question, target, due, source, weight, commit, stretch, guardrail, baseline changed, target changed, carried from, tags; a field of your own needs --custom

$ okr set plan.md 1.1 baseline many
error: there is no number in `many`
help: write it like 68%

$ okr set plan.md 1.1 target often
error: `often` is no target: it has no number
help: write a target like 85%, at least 95%, between 2 and 4 days, +25%, -3 days, done or a first value

$ okr set plan.md 1 type perhaps
error: `perhaps` is no type of objective
help: write committed, aspirational or learning

$ okr set plan.md 1 baseline 68%
error: an objective has no field `baseline`
help: an objective has title, id, owner, type, supports, weight, due, status, carried from, tags; a field of your own needs --custom

$ okr set plan.md 1.1.1 done perhaps
error: `perhaps` is neither yes nor no
help: write yes or no

$ okr set plan.md 1.1.1 target 5
error: an initiative has no field `target`
help: an initiative has title, done, owner, due

$ okr set plan.md 1.1.1 due soon
error: `soon` is no date
help: write a date like 2026-12-31

$ okr set plan.md plan period someday
error: `someday` is no period
help: write a period like 2026-Q4, 2026-H2, 2026, 2026-11, FY2027-Q1 or 2026-10-01..2026-12-31

$ okr set plan.md plan cadence daily
error: `daily` is no cadence
help: write weekly, two-weekly or monthly

$ okr set plan.md 1.1 title ''
error: a title may not be empty
help: write what is to be reached or done


"#]]
    );
    assert_eq!(sandbox.read("plan.md"), BY_HAND);
}

#[test]
fn a_field_of_ones_own_is_asked_for_by_name() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox
        .okr("set plan.md 1.1 colour blue --custom")
        .success()
        .says(str![[r#"
plan.md: 1.1 colour: (empty) → blue

"#]]);
    assert!(
        sandbox.read("plan.md").contains("\r\n* colour: blue\r\n")
            || sandbox.read("plan.md").contains("\r\n* Colour: blue\r\n"),
        "{}",
        sandbox.read("plan.md")
    );
    sandbox.okr("set plan.md 1.1 colour green").success();
}

#[test]
fn a_baseline_makes_a_number_of_a_target_that_only_the_words_state() {
    let plan = "## Objective: o\n\n### Key result: Increase collection rates by 25%\n";
    let sandbox = Sandbox::with(&[("plan.md", plan)]);
    sandbox
        .okr("set plan.md 1.1 baseline 68%")
        .success()
        .says(str![[r#"
plan.md: 1.1 baseline: (empty) → 68% (the target is 85% now)

"#]]);
    assert_eq!(
        sandbox.read("plan.md"),
        format!("{plan}\n- Baseline: 68%\n"),
        "no target is written"
    );
    sandbox
        .okr("set plan.md 1.1 title 'Increase collection rates by 20%'")
        .success()
        .says(str![[r#"
plan.md: 1.1 title: Increase collection rates by 25% → Increase collection rates by 20% (the target is 81.6% now)

"#]]);
    sandbox
        .okr("set plan.md 1.1 baseline 90%")
        .success()
        .says(str![[r#"
plan.md: 1.1 baseline: 68% → 90% (the target is 108% now)
warning: +20% from 90% comes to 108%, which is more than all; give it a lower target

"#]]);
    sandbox
        .okr("set plan.md 1.1 target '+5%'")
        .success()
        .says(str![[r#"
plan.md: 1.1 target: +20% in its words → +5% (the target is 94.5% now)

"#]]);
}

#[test]
fn words_of_a_workspace_say_what_a_target_comes_to() {
    let plan = "## Objective: o\n\n### Key result: Defang billing errors by 25%\n";
    let words = "[words]\ndecrease = [\"defang\"]\n";
    let sandbox = Sandbox::with(&[("plan.md", plan), ("okr.toml", words)]);
    sandbox
        .okr("set plan.md 1.1 baseline '40 errors'")
        .success()
        .says(str![[r#"
plan.md: 1.1 baseline: (empty) → 40 errors (the target is 30 errors now)

"#]]);
    sandbox.okr("render plan.md -o plan.html").success();
    let page = sandbox.read("plan.html");
    assert!(page.contains("Target from the wording") && page.contains("less is better"));
}

#[test]
fn a_change_says_what_was_what_is_and_what_it_means() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox
        .okr("set plan.md 1.1 baseline 72%")
        .success()
        .says(str![[r#"
plan.md: 1.1 baseline: 68% → 72% (the target is 90% now); the plan keeps a record of what it was

"#]]);
    sandbox
        .okr("set plan.md 1.1 owner ''")
        .success()
        .says(str![[r#"
plan.md: 1.1 owner: Sam → (empty)

"#]]);
    sandbox
        .okr("set plan.md 1.1.1 done yes")
        .success()
        .says(str![[r#"
plan.md: 1.1.1 done: not done → done

"#]]);
}

#[test]
fn what_is_so_already_leaves_the_file_untouched() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    let file = std::fs::File::options()
        .write(true)
        .open(sandbox.path("plan.md"))
        .expect("is there");
    let long_ago =
        std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    file.set_modified(long_ago).expect("can be set");
    drop(file);
    let modified = || {
        std::fs::metadata(sandbox.path("plan.md"))
            .and_then(|metadata| metadata.modified())
            .expect("is known")
    };
    sandbox
        .okr("set plan.md 1.1 baseline 68%")
        .success()
        .prints_nothing()
        .says(str![[r#"
1.1 baseline is 68% already; plan.md is as it was

"#]]);
    sandbox.okr("set plan.md 1 owner 'Dana Reyes'").success();
    sandbox.okr("set plan.md 1.1.2 done yes").success();
    assert_eq!(modified(), long_ago);
    assert_eq!(sandbox.read("plan.md"), BY_HAND);
    sandbox.okr("set plan.md 1.1 baseline 69%").success();
    assert_ne!(modified(), long_ago, "a change is seen");
}

#[test]
fn a_dry_run_shows_the_difference_and_changes_nothing() {
    let sandbox = Sandbox::with(&[("plan.md", &BY_HAND.replace("\r\n", "\n"))]);
    let before = sandbox.bytes("plan.md");
    sandbox
        .okr("set --dry-run plan.md 1.1 due 2026-12-15")
        .success()
        .prints(str![[r#"
--- plan.md
+++ plan.md
@@ -21,7 +21,7 @@
 * owner: Sam
 * **Baseline:** 68%
 * Target: +25%
-* Due: 2026-12-31
+* Due: 2026-12-15
 * [ ] Train the team (@kim)
 * [x] Buy the software
 

"#]]);
    assert_eq!(sandbox.bytes("plan.md"), before);
    sandbox
        .okr("set --dry-run plan.md 1.1 due 2026-12-31")
        .success()
        .prints_nothing();
}

#[test]
fn streams_stand_in_for_files() {
    let sandbox = Sandbox::new();
    let run = sandbox.okr_reading("set - 1.1 due 2026-12-15", BY_HAND.as_bytes());
    assert_eq!(
        run.success().out(),
        BY_HAND.replace("2026-12-31", "2026-12-15")
    );
    assert_eq!(sandbox.list(), [""; 0]);
}

#[test]
fn only_markdown_is_edited() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox.okr("render plan.md -o plan.csv").success();
    let before = sandbox.bytes("plan.csv");
    sandbox
        .okr("set plan.csv 1.1 due 2026-12-15")
        .failure()
        .says(str![[r#"
error: plan.csv is no Markdown file, and only Markdown plans can be edited
help: change the .md file, then make this one anew with `okr render`

"#]]);
    assert_eq!(sandbox.bytes("plan.csv"), before);
}

#[test]
fn values_are_words_and_never_new_structure() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    let before = okr_core::parse(BY_HAND).plan;
    for value in [
        "a\n## Objective: b",
        "x\r\n- Due: 2020-01-01",
        "*a* `b` [c](d)",
        "---",
        "# a",
        "- [x] b",
        "a | b",
        "<!-- c -->",
        "  two  blanks  ",
        "a\\",
    ] {
        let mut command = sandbox.bare_command();
        command.args(["--today", TODAY, "set", "plan.md", "1", "owner", value]);
        let run = crate::support::sandbox::finish(command, b"");
        let after = okr_core::parse(sandbox.read("plan.md")).plan;
        let mut expected = before.clone();
        expected.objectives[0]
            .owner
            .clone_from(&after.objectives[0].owner);
        assert_eq!(after, expected, "{value:?}: {}", run.err());
        if !value.contains('\n') {
            let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
            let owner = after.objectives[0]
                .owner
                .as_deref()
                .unwrap_or_default()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            assert_eq!(owner, words, "{}", run.err());
        }
    }
}

#[test]
fn what_belongs_into_a_check_in_is_sent_there() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    let mut said = String::new();
    for arguments in ["1.1 status green", "1 progress 50%", "1.2 note late"] {
        let run = sandbox.okr(&format!("set plan.md {arguments}"));
        run.failure().prints_nothing();
        said.push_str(&format!("$ okr set plan.md {arguments}\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr set plan.md 1.1 status green
error: a key result has no field `status`
help: status goes into a check-in: `okr checkin PLAN 1.1 - --status green`

$ okr set plan.md 1 progress 50%
error: an objective has no field `progress`
help: progress goes into a check-in: `okr checkin PLAN ELEMENT VALUE`

$ okr set plan.md 1.2 note late
error: a key result has no field `note`
help: note goes into a check-in: `okr checkin PLAN 1.2 - "what happened"`


"#]]
    );
}

#[test]
fn what_is_moved_while_the_plan_runs_is_recorded_once_a_day() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox
        .okr("set plan.md 1.1 target 'at least 85%' --today 2026-11-10")
        .success();
    sandbox
        .okr("set plan.md 1.1 target 'at least 84%' --today 2026-11-10")
        .success();
    sandbox
        .okr("set plan.md 1.1 target 'at least 80%' --today 2026-11-20")
        .success();
    let expected = BY_HAND.replacen("* Target: +25%\r\n", "* Target: at least 80%\r\n", 1);
    let plan = sandbox.read("plan.md");
    let record = "* Target changed: 2026-11-20 from at least 84%; 2026-11-10 from +25%\r\n";
    assert!(plan.contains(record), "{plan}");
    assert_eq!(plan.replacen(record, "", 1), expected);
}

#[test]
fn weights_and_promises_are_fields_like_others() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox.okr("set plan.md 1.1 weight 2").success();
    sandbox.okr("set plan.md 1.1 COMMIT 80%").success();
    let plan = sandbox.read("plan.md");
    assert!(
        plan.contains("* Weight: 2\r\n") && plan.contains("* Commit: 80%\r\n"),
        "{plan}"
    );
    sandbox
        .okr("set plan.md 1.1 weight heavy")
        .failure()
        .says(str![[r#"
error: `heavy` is no weight
help: write a number like 2 or 0.5; 0 leaves it out

"#]]);
}
