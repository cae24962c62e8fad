//! `okr import --update`: what comes back from a spreadsheet.

use std::io::{Cursor, Read as _, Write as _};

use snapbox::str;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::import::{FILLED_IN, PLAN, kept};
use crate::support::sandbox::Sandbox;

/// Puts other words into the cells of a workbook that hold these words and no others.
#[track_caller]
fn write_over(sandbox: &Sandbox, file: &str, words: &[(&str, &str)]) {
    let mut book = ZipArchive::new(Cursor::new(sandbox.bytes(file))).expect("is a workbook");
    let mut changed = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..book.len() {
        let mut part = book.by_index(at).expect("is there");
        let name = part.name().expect("is UTF-8").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("can be read");
        if name == "xl/sharedStrings.xml" {
            let mut text = String::from_utf8(bytes).expect("is UTF-8");
            for (from, to) in words {
                let (from, to) = (format!("<t>{from}</t>"), format!("<t>{to}</t>"));
                assert!(text.contains(&from), "{from}");
                text = text.replace(&from, &to);
            }
            bytes = text.into_bytes();
        }
        changed
            .start_file(name, SimpleFileOptions::default())
            .expect("has room");
        changed.write_all(&bytes).expect("has room");
    }
    let bytes = changed.finish().expect("has room").into_inner();
    sandbox.write(file, bytes);
}

/// Returns the plan and its workbook, in which somebody has changed words.
#[track_caller]
fn sent_out(words: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    sandbox.okr("render plan.md -o plan.xlsx").success();
    write_over(&sandbox, "plan.xlsx", words);
    sandbox
}

/// The owner of the first key result and of one of its initiatives.
const OWNER: (&str, &str) = ("Sam Ortiz", "Kim Berg");

#[test]
fn a_workbook_that_nobody_touched_brings_nothing() {
    let sandbox = sent_out(&[]);
    sandbox
        .okr("import plan.xlsx --update plan.md")
        .success()
        .prints_nothing()
        .says(str![[r#"
the file says nothing that plan.md does not say already

"#]]);
    // Nor does it take back what the plan says since.
    sandbox.okr("set plan.md 1.1 owner Lee").success();
    let now = sandbox.read("plan.md");
    sandbox
        .okr("import plan.xlsx --update plan.md --yes")
        .success()
        .prints_nothing();
    assert_eq!(sandbox.read("plan.md"), now);
}

#[test]
fn what_was_changed_in_a_workbook_is_shown_and_made_when_the_user_says_so() {
    let sandbox = sent_out(&[OWNER]);
    sandbox
        .okr("import plan.xlsx --update plan.md")
        .findings()
        .prints(str![[r#"
Objective 1: Customers' money reaches us without a chase
  Key result 1.1: Raise the share of invoices paid on time by 25%
      owner: Sam Ortiz → Kim Berg
      initiative "Send a reminder three days before an invoice falls due": owner: Sam Ortiz → Kim Berg

2 changed

"#]])
        .says(str![[r#"
plan.md is as it was; say --yes to make these changes

"#]]);
    assert_eq!(sandbox.read("plan.md"), PLAN);
    sandbox
        .okr("import plan.xlsx --update plan.md --dry-run")
        .success()
        .prints(str![[r#"
Objective 1: Customers' money reaches us without a chase
  Key result 1.1: Raise the share of invoices paid on time by 25%
      owner: Sam Ortiz → Kim Berg
      initiative "Send a reminder three days before an invoice falls due": owner: Sam Ortiz → Kim Berg

2 changed
--- plan.md
+++ plan.md
@@ -20,13 +20,13 @@
 
 ### Key result 1.1: Raise the share of invoices paid on time by 25%
 
-- Owner: Sam Ortiz
+- Owner: Kim Berg
 - Measure: share of customer invoices paid by their due date, by value
 - Baseline: 68%
 - Target: +25% (68% → 85%)
 - Due: 2026-12-31
 - Source: receivables ageing report, first working day of the week
-- [x] Send a reminder three days before an invoice falls due (@Sam Ortiz, due 2026-10-02)
+- [x] Send a reminder three days before an invoice falls due (@Kim Berg, due 2026-10-02)
 - [ ] Offer direct debit to the 40 largest customers (@kim, due 2026-11-15)
 
   Start with those that asked for it:

"#]])
        .says(str![[r#"


"#]]);
    assert_eq!(sandbox.read("plan.md"), PLAN);
    // Whatever else is changed in the plan meanwhile stays.
    sandbox.okr("set plan.md 1.2 owner Lee").success();
    let before = sandbox.read("plan.md");
    sandbox
        .okr("import plan.xlsx --update plan.md --yes")
        .success()
        .says(str![[r#"
updated plan.md: 2 changed

"#]]);
    let after = sandbox.read("plan.md");
    let expected = before
        .replacen("- Owner: Sam Ortiz", "- Owner: Kim Berg", 1)
        .replacen("(@Sam Ortiz, due", "(@Kim Berg, due", 1);
    assert_eq!(after, expected);
    sandbox
        .okr("import plan.xlsx --update plan.md --yes")
        .success()
        .prints_nothing()
        .says(str![[r#"
the file says nothing that plan.md does not say already

"#]]);
    assert_eq!(sandbox.read("plan.md"), after);
}

#[test]
fn what_was_changed_in_both_is_told_and_left() {
    let sandbox = sent_out(&[OWNER]);
    sandbox.okr("set plan.md 1.1 owner Lee").success();
    let before = sandbox.read("plan.md");
    sandbox
        .okr("import plan.xlsx --update plan.md --yes")
        .findings()
        .says(str![[r#"

changed in both; plan.md keeps what stands on the left, not what the file says:
Objective 1: Customers' money reaches us without a chase
  Key result 1.1: Raise the share of invoices paid on time by 25%
      owner: Lee → Kim Berg

updated plan.md: 1 changed

"#]]);
    let initiative = ("(@Sam Ortiz, due", "(@Kim Berg, due");
    let expected = before.replacen(initiative.0, initiative.1, 1);
    assert_eq!(sandbox.read("plan.md"), expected);
}

#[test]
fn what_was_filled_in_comes_into_the_plan_also_without_a_base() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    sandbox.write("filled.xlsx", FILLED_IN);
    sandbox
        .okr("import filled.xlsx --update plan.md --yes")
        .success()
        .prints(str![[r#"
Objective 1: Customers' money reaches us without a chase
  Key result 1.1: Raise the share of invoices paid on time by 25%
    + check-in 2026-11-20: 76%, on track
  Key result 1.2: Cut the time from delivery to invoice from 9 days to 4
    + check-in 2026-11-20: confidence 6, "slow week"

2 added

"#]])
        .says(str![[r#"
updated plan.md: 2 added

"#]]);
    let after = sandbox.read("plan.md");
    let added: Vec<_> = after.lines().filter(|line| !PLAN.contains(line)).collect();
    assert_eq!(
        added,
        [
            "| 2026-11-20 |   76% | on track |            |                                                |",
            "| 2026-11-20 |  |  | 6 | slow week |",
        ]
    );
    sandbox
        .okr("import filled.xlsx --update plan.md --yes")
        .success()
        .prints_nothing();
    assert_eq!(sandbox.read("plan.md"), after);
}

#[test]
fn a_sheet_kept_by_hand_adds_to_a_plan_and_takes_nothing_away() {
    let plan = "# Finance\r\n\r\n## Objective: Get paid sooner\r\n\r\nWhy it  matters.\r\n\r\n### KR: Cut days sales outstanding\r\n\r\n* Baseline:  52 days\r\n* Target: 44 days\r\n* [ ] Call early\r\n\r\n\
                ### KR: Write off nothing\r\n\r\n* Owner: Ann\r\n* Target: 0\r\n";
    let sandbox = kept();
    sandbox.write("plan.md", plan);
    sandbox
        .okr("import team.csv --update plan.md --yes")
        .success()
        .prints(str![[r#"
Finance Q1 2027
    period: (empty) → 2027-Q1

Objective 1: Get paid sooner
  Key result 1.1: Cut days sales outstanding
      owner: (empty) → Sam
    + check-in 2026-11-22: 49 days, on track
  + Key result 1.2: Raise the collection rate

+ Objective 2: Close the books faster
  + Key result 2.1: Close the month

2 changed, 3 added

"#]])
        .says(str![[r#"
team.csv, a table kept by hand
encoding: UTF-8
delimiter: comma (guessed)

Columns
  A  Objective   objective
  B  Key result  key result
  C  Owner       owner
  D  Start       start
  E  Target      target
  F  Now         current
  G  Status      status

Rows
  1  above the table
  2  headings
  3  objective 1, key result 1.1
  4  key result 1.2
  5  objective 2, key result 2.1

How it was read
  current values and statuses of 2 key results became check-ins of 2026-11-22,
    as the file names no day for them – say --date to give another day

updated plan.md: 2 changed, 3 added

"#]]);
    let after = sandbox.read("plan.md");
    assert!(!after.replace("\r\n", "").contains('\n'), "{after:?}");
    for line in plan.lines() {
        assert!(
            after.lines().any(|other| other == line),
            "{line} is gone from\n{after}"
        );
    }
    snapbox::assert_data_eq!(
        after.replace("\r\n", "\n"),
        str![[r#"
---
period: 2027-Q1
---

# Finance

## Objective: Get paid sooner

Why it  matters.

### KR: Cut days sales outstanding

* Owner: Sam
* Baseline:  52 days
* Target: 44 days
* [ ] Call early

| Date       |   Value | Status   | Confidence | Note |
| ---------- | ------: | -------- | ---------: | ---- |
| 2026-11-22 | 49 days | on track |            |      |

### Key result: Raise the collection rate

- Owner: Kim
- Baseline: 68%
- Target: 85%

### KR: Write off nothing

* Owner: Ann
* Target: 0

## Objective: Close the books faster

### Key result: Close the month

- Owner: Lee
- Baseline: 9 days
- Target: 3 days

| Date       |  Value | Status  | Confidence | Note |
| ---------- | -----: | ------- | ---------: | ---- |
| 2026-11-22 | 7 days | at risk |            |      |

"#]]
    );
    sandbox
        .okr("import team.csv --update plan.md --yes")
        .success()
        .prints_nothing();
    assert_eq!(sandbox.read("plan.md"), after);
}

#[test]
fn an_update_needs_a_plan() {
    let sandbox = kept();
    sandbox.okr("import team.csv --update missing.md").failure();
    sandbox
        .okr("import team.csv --update team.csv -o x.md")
        .failure();
    sandbox.okr("import team.csv --yes").failure();
    assert_eq!(sandbox.list(), ["team.csv"]);
}

const WITH_TEXT: &str = "## Objective: Get paid\n\nWhy it matters.\n\n### Key result: Rate\n\n- Owner: Sam\n\n## Notes\n\nAs agreed.\n";

/// Returns a plan with free text and its workbook, in which somebody has changed words.
#[track_caller]
fn sent_out_with_text(words: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::with(&[("plan.md", WITH_TEXT)]);
    sandbox.okr("render plan.md -o plan.xlsx").success();
    write_over(&sandbox, "plan.xlsx", words);
    sandbox
}

#[test]
fn free_text_that_was_changed_in_a_workbook_comes_back() {
    let sandbox = sent_out_with_text(&[
        ("Why it matters.", "Because of cash."),
        ("As agreed.", "As agreed in May."),
    ]);
    sandbox
        .okr("import plan.xlsx --update plan.md --yes")
        .success()
        .prints(str![[r#"
Plan
    section "Notes"
    - As agreed.
    + As agreed in May.

Objective 1: Get paid
    text
    - Why it matters.
    + Because of cash.

2 changed

"#]])
        .says(str![[r#"
updated plan.md: 2 changed

"#]]);
    let expected = WITH_TEXT
        .replace("Why it matters.", "Because of cash.")
        .replace("As agreed.", "As agreed in May.");
    assert_eq!(sandbox.read("plan.md"), expected);
}

#[test]
fn free_text_that_was_changed_in_both_is_told_and_left() {
    let sandbox = sent_out_with_text(&[("Why it matters.", "Because of cash.")]);
    let ours = WITH_TEXT.replace("Why it matters.", "Wages are due.");
    sandbox.write("plan.md", &ours);
    sandbox
        .okr("import plan.xlsx --update plan.md --yes")
        .findings()
        .prints_nothing()
        .says(str![[r#"
changed in both; plan.md keeps what stands on the left, not what the file says:
Objective 1: Get paid
    text
    - Wages are due.
    + Because of cash.


"#]]);
    assert_eq!(sandbox.read("plan.md"), ours);
}

#[test]
fn what_cannot_be_changed_is_told() {
    let sandbox = sent_out_with_text(&[
        ("Why it matters.", "## Objective: Hire"),
        ("Notes", "Remarks"),
    ]);
    sandbox
        .okr("import plan.xlsx --update plan.md --yes")
        .findings()
        .prints_nothing()
        .says(str![[r#"
not made; write it into plan.md yourself:
Plan
  + section "Remarks"
  - section "Notes"

Objective 1: Get paid
    text
    - Why it matters.
    + ## Objective: Hire


"#]]);
    assert_eq!(sandbox.read("plan.md"), WITH_TEXT);
}

/// A plan, and a sheet that says nearly the same words and other numbers.
fn nearly_the_same() -> Sandbox {
    Sandbox::with(&[
        (
            "plan.md",
            "## Objective: Get paid sooner\n\n### Key result: Raise the collection rate of all invoices\n\n- Owner: Sam\n\n### Key result: Cut disputes\n\n- Owner: Sam\n",
        ),
        (
            "team.csv",
            "Objective,Key result,Owner\nGet paid sooner,Raise collection rate of the invoices,Kim\nGet paid sooner,Cut disputes,Lee\n",
        ),
    ])
}

#[test]
fn what_is_only_similar_is_left_out_and_told_unless_it_is_named() {
    let sandbox = nearly_the_same();
    let before = sandbox.read("plan.md");
    sandbox
        .okr("import team.csv --update plan.md --yes")
        .findings()
        .prints(str![[r#"
Objective 1: Get paid sooner
  Key result 1.2: Cut disputes
      owner: Sam → Lee

1 changed

"#]]);
    let sure = before.replace("disputes\n\n- Owner: Sam", "disputes\n\n- Owner: Lee");
    assert_eq!(sandbox.read("plan.md"), sure);
    sandbox
        .okr("import team.csv --update plan.md --yes")
        .findings()
        .prints_nothing()
        .says(str![[r#"
team.csv, a table kept by hand
encoding: UTF-8
delimiter: comma (guessed)

Columns
  A  Objective   objective
  B  Key result  key result
  C  Owner       owner

Rows
  1  headings
  2  objective 1, key result 1.1
  3  objective 1, key result 1.2

left out, because it is not sure that these are the same:
  1.1 in plan.md: Raise the collection rate of all invoices
  in the file: Raise collection rate of the invoices
    if they are the same, add --same 1.1

"#]]);
    sandbox
        .okr("import team.csv --update plan.md --yes --same 1.2")
        .findings();
    assert_eq!(sandbox.read("plan.md"), sure);
    sandbox
        .okr("import team.csv --update plan.md --yes --same 1.1")
        .success();
    let all = sure.replace("invoices\n\n- Owner: Sam", "invoices\n\n- Owner: Kim");
    assert_eq!(sandbox.read("plan.md"), all);
}

#[test]
fn everything_that_is_similar_can_be_taken_at_once() {
    let sandbox = nearly_the_same();
    sandbox
        .okr("import team.csv --update plan.md --yes --same all")
        .success();
    let after = sandbox.read("plan.md");
    assert!(after.contains("Kim") && after.contains("Lee"), "{after}");
    sandbox
        .okr("import team.csv --update plan.md --same 1.x")
        .failure()
        .says(str![[r#"
team.csv, a table kept by hand
encoding: UTF-8
delimiter: comma (guessed)

Columns
  A  Objective   objective
  B  Key result  key result
  C  Owner       owner

Rows
  1  headings
  2  objective 1, key result 1.1
  3  objective 1, key result 1.2

error: `1.x` is no element of a plan
help: write its number in the plan, as in --same 1.2, or --same all

"#]]);
}

#[test]
fn what_the_words_say_is_shown_in_a_workbook_and_stays_out_of_the_plan() {
    let plan = "---\nperiod: 2027-Q2\n---\n\n## Objective: Get paid\n\n### Key result: Cut DSO from 52 to 44 days by mid-Q2\n\n### Key result: Raise the rate from 68% to 85%\n\n- Owner: Sam\n";
    let sandbox = Sandbox::with(&[("plan.md", plan)]);
    sandbox.okr("render plan.md -o plan.xlsx").success();
    sandbox
        .okr("import plan.xlsx --update plan.md")
        .success()
        .prints_nothing();
    write_over(&sandbox, "plan.xlsx", &[("Sam", "Kim")]);
    sandbox
        .okr("import plan.xlsx --update plan.md --yes")
        .success();
    assert_eq!(sandbox.read("plan.md"), plan.replace("Sam", "Kim"));
}
