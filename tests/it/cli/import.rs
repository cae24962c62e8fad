//! `okr import`

use snapbox::str;

use crate::reports::{import_schema, valid};
use crate::support::root;
use crate::support::sandbox::Sandbox;

/// A sheet as a team keeps it.
const KEPT: &str = "\
Finance Q1 2027,,,,,,
Objective,Key result,Owner,Start,Target,Now,Status
Get paid sooner,Cut days sales outstanding,Sam,52 days,44 days,49 days,on track
,Raise the collection rate,Kim,68%,85%,,
Close the books faster,Close the month,Lee,9 days,3 days,7 days,at risk
";

/// The plan from which workbooks are written.
pub(super) const PLAN: &str = include_str!("../../fixtures/plans/valid/accounts-receivable.md");

/// Its workbook, filled in and saved by LibreOffice before workbooks told what the plan had said.
pub(super) const FILLED_IN: &[u8] =
    include_bytes!("../../fixtures/workbooks/filled-in-libreoffice.xlsx");

pub(super) fn kept() -> Sandbox {
    Sandbox::with(&[("team.csv", KEPT)])
}

#[test]
fn a_sheet_kept_by_hand_becomes_a_plan_with_an_account_of_it() {
    let sandbox = kept();
    sandbox
        .okr("import team.csv --dry-run")
        .success()
        .prints(str![[r#"
---
period: 2027-Q1
---

# Finance Q1 2027

## Objective 1: Get paid sooner

### Key result 1.1: Cut days sales outstanding

- Owner: Sam
- Baseline: 52 days
- Target: 44 days

| Date       |   Value | Status   | Confidence | Note |
| ---------- | ------: | -------- | ---------: | ---- |
| 2026-11-22 | 49 days | on track |            |      |

### Key result 1.2: Raise the collection rate

- Owner: Kim
- Baseline: 68%
- Target: 85%

## Objective 2: Close the books faster

### Key result 2.1: Close the month

- Owner: Lee
- Baseline: 9 days
- Target: 3 days

| Date       |  Value | Status  | Confidence | Note |
| ---------- | -----: | ------- | ---------: | ---- |
| 2026-11-22 | 7 days | at risk |            |      |

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


"#]]);
    assert_eq!(sandbox.list(), ["team.csv"]);
}

#[test]
fn the_plan_is_written_where_one_works_and_over_nothing() {
    let sandbox = kept();
    sandbox.write("sheets/other.csv", KEPT);
    let printed = sandbox.okr("import team.csv --dry-run").success().out();
    let said = sandbox
        .okr("import sheets/other.csv")
        .success()
        .prints_nothing()
        .err();
    assert!(
        said.ends_with("\nwrote other.md: 2 objectives, 3 key results\nnext: okr check other.md\n"),
        "{said}"
    );
    assert_eq!(sandbox.read("other.md"), printed);
    assert_eq!(sandbox.okr("import team.csv -o -").success().out(), printed);
    sandbox.okr("import team.csv -o new.md").success();
    assert_eq!(sandbox.read("new.md"), printed);
    sandbox.write("team.md", "mine\n");
    sandbox
        .okr("import team.csv")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: team.md exists already
help: choose another name with -o, or replace it with --force

"#]]);
    assert_eq!(sandbox.read("team.md"), "mine\n");
    sandbox.okr("import team.csv --force").success();
    assert_eq!(sandbox.read("team.md"), printed);
    sandbox.okr("check team.md").out();
}

#[test]
fn an_outline_is_not_written_over_by_its_own_plan() {
    let outline = "# Get paid\n\n## Key results\n\n- Cut DSO from 52 to 44 days\n";
    let sandbox = Sandbox::with(&[("team.md", outline)]);
    sandbox
        .okr("import team.md --force")
        .success()
        .says(str![[r#"
team.md, an outline

Lines
  1  objective 1
  5  key result 1.1

How it was read
  the numbers of `Cut DSO from 52 to 44 days` (line 5) were read out of the
    words of the title, which alone has them

wrote team-plan.md: 1 objective, 1 key result
next: okr check team-plan.md

"#]]);
    assert_eq!(sandbox.read("team.md"), outline);
    assert_eq!(sandbox.list(), ["team-plan.md", "team.md"]);
}

#[test]
fn what_comes_by_standard_input_is_told_by_what_it_is() {
    let sandbox = Sandbox::new();
    let run = sandbox.okr_reading("import - --dry-run", KEPT.as_bytes());
    run.success();
    assert!(
        run.err()
            .starts_with("standard input, a table kept by hand\n"),
        "{}",
        run.err()
    );
    sandbox.okr_reading("import -", KEPT.as_bytes()).success();
    assert_eq!(sandbox.list(), ["plan.md"]);
    sandbox.okr_reading("import - -o -", FILLED_IN).success();
}

#[test]
fn programs_get_everything_in_one_schema() {
    let sandbox = kept();
    sandbox.write(
        "outline.md",
        "# Get paid\n\n## Key results\n\n- Cut DSO from 52 to 44 days\n",
    );
    sandbox.write("plan.md", PLAN);
    sandbox.okr("render plan.md -o plan.xlsx").success();
    let samples = root().join("tests/fixtures/sheets/samples");
    for (number, folder) in [samples.clone(), samples.join("handmade")]
        .iter()
        .enumerate()
    {
        for entry in std::fs::read_dir(folder).expect("is a folder") {
            let path = entry.expect("is readable").path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .expect("is UTF-8");
            if path.is_file() && (name.ends_with(".csv") || name.ends_with(".xlsx")) {
                let bytes = std::fs::read(&path).expect("is readable");
                sandbox.write(&format!("samples{number}/{name}"), bytes);
            }
        }
    }
    for file in sandbox.list() {
        let run = sandbox.okr(&format!("import {file} --json"));
        assert_eq!(run.err(), "", "{file}");
        let value = valid(&run.out(), import_schema());
        assert!(
            !value["objectives"]
                .as_array()
                .expect("is a list")
                .is_empty(),
            "{file}"
        );
    }
    let run = sandbox.okr("import team.csv --json -o team.md");
    let value = valid(&run.success().out(), import_schema());
    assert_eq!(value["objectives"][0]["key_results"][1]["target"], 85);
    assert_eq!(value["objectives"][0]["key_results"][1]["unit"], "%");
    assert_eq!(value["objectives"][1]["cell"], "A5");
    assert!(sandbox.read("team.md").contains("Close the month"));
    sandbox
        .okr("import team.csv --json -o -")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: the plan and the JSON cannot both go to standard output
help: leave out --json or `-o -`

"#]]);
    sandbox
        .okr("import team.csv --json --update plan.md")
        .failure()
        .prints_nothing();
}

#[test]
fn columns_are_what_the_user_says() {
    let sandbox = Sandbox::with(&[(
        "odd.csv",
        "Aim,Proof,G\nGet paid sooner,Cut DSO,44 days\nClose faster,Close the month,3 days\n",
    )]);
    sandbox
        .okr("import odd.csv --dry-run --map Aim=objective --map 'Proof = key-result' --map c=target")
        .success()
        .prints(str![[r#"
## Objective 1: Get paid sooner

### Key result 1.1: Cut DSO

- Baseline: to be measured
- Target: 44 days

## Objective 2: Close faster

### Key result 2.1: Close the month

- Baseline: to be measured
- Target: 3 days

"#]])
        .says(str![[r#"
odd.csv, a table kept by hand
encoding: UTF-8
delimiter: comma (guessed)

Columns
  A  Aim    objective
  B  Proof  key result
  C  G      target

Rows
  1  headings
  2  objective 1, key result 1.1
  3  objective 2, key result 2.1


"#]]);
    let mut said = String::new();
    for line in [
        "import odd.csv --map Aims=objective",
        "import odd.csv --map Aim=objectiv",
        "import odd.csv --map Aim",
        "import odd.csv --map =objective",
    ] {
        let run = sandbox.okr(line);
        run.failure().prints_nothing();
        said.push_str(&format!("$ okr {line}\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr import odd.csv --map Aims=objective
error: cannot read odd.csv: no row of it looks like the headings of a plan; give it a row of headings such as Objective, Key result, Owner, Start, Target, or say --map

$ okr import odd.csv --map Aim=objectiv
error: cannot read odd.csv: no column can hold `objectiv`; the fields are title, objective, key-result, initiative, type, indent, reference, parent, parent-title, owner, start, target, start-and-target, current, value, unit, unit-kind, start-date, due, status, progress, confidence, weight, priority, period, team, source, description, note, labels, ignored, notes

$ okr import odd.csv --map Aim
error: `Aim` does not say what the column holds
help: write the column, `=` and the field, as in --map "Aim=objective"

$ okr import odd.csv --map =objective
error: `=objective` does not say what the column holds
help: write the column, `=` and the field, as in --map "Aim=objective"


"#]]
    );
    assert_eq!(sandbox.list(), ["odd.csv"]);
}

#[test]
fn any_sheet_of_a_workbook_is_read_when_it_is_named() {
    let sandbox = Sandbox::new();
    let book = root().join("tests/fixtures/sheets/samples/handmade/disputes-wide-1904.xlsx");
    sandbox.write("book.xlsx", std::fs::read(book).expect("is there"));
    sandbox
        .okr("import book.xlsx --sheet nowhere")
        .failure()
        .says(str![[r#"
error: cannot read book.xlsx: it has no sheet `nowhere`; its sheets are `Read me`, `OKRs FY26`, `Lists`

"#]]);
    sandbox
        .okr("import book.xlsx --sheet Lists")
        .failure()
        .says(str![[r#"
error: cannot read book.xlsx: no row of the sheet `Lists` looks like the headings of a plan; say --map

"#]]);
    sandbox.okr("import book.xlsx --dry-run").says(str![[r#"
book.xlsx, sheet “OKRs FY26”, a table kept by hand

Columns
  A  Code                  reference
  B  Objective             objective
  C  Lead                  owner
  D  Deadline              due
  E  Key result 1 / Text   key result
  F  Key result 1 / Start  start
  G  Key result 1 / Goal   target  a guess: the heading can mean other things
  H  Key result 1 / Unit   unit
  I  Key result 2 / Text   key result
  J  Key result 2 / Start  start
  K  Key result 2 / Goal   target  a guess: the heading can mean other things
  L  Key result 2 / Unit   unit
  M  State                 status

Rows
  1  above the table
  3  headings
  4  headings
  5  objective 1, key result 1.1, key result 1.2
  6  objective 2, key result 2.1, key result 2.2
  7  objective 3, key result 3.1

Left out
  the sheets `Read me` and `Lists` (hidden) were not read – say --sheet with
    the name of one to read it

How it was read
  G5, K5 and K6 hold formulas, whose saved results were used
  the hidden column `Code` (A4) was read as well

Please look at
  `Dispute desk OKRs, FY26 first half` (A1) names a fiscal year, and the file
    does not say when it begins, so that the plan has no period – write the
    period into the plan


"#]]);
}

#[test]
fn dates_are_read_in_the_order_that_the_user_names() {
    let sheet = "Objective,Key result,Target,Due\nGet paid,Cut DSO,44 days,03/04/2027\n";
    let sandbox = Sandbox::with(&[("team.csv", sheet)]);
    let due = |line: &str| {
        let out = sandbox.okr(line).out();
        let line = out
            .lines()
            .find(|line| line.starts_with("- Due"))
            .unwrap_or_default();
        line.to_owned()
    };
    assert_eq!(
        due("import team.csv -o - --dates day-first"),
        "- Due: 2027-04-03"
    );
    assert_eq!(
        due("import team.csv -o - --dates month-first"),
        "- Due: 2027-03-04"
    );
    let run = sandbox.okr("import team.csv --dry-run");
    run.says(str![[r#"
team.csv, a table kept by hand
encoding: UTF-8
delimiter: comma (guessed)

Columns
  A  Objective   objective
  B  Key result  key result
  C  Target      target
  D  Due         due

Rows
  1  headings
  2  objective 1, key result 1.1

Please look at
  `03/04/2027` in D2 can be two days, so that no date was read – say --dates
    day-first or --dates month-first


"#]]);
    sandbox.okr("import team.csv --dates year-first").failure();
}

#[test]
fn values_without_a_day_are_of_the_day_that_is_given() {
    let sandbox = kept();
    let days = |line: &str| {
        let out = sandbox.okr(line).success().out();
        let rows = out.lines().filter_map(|line| line.strip_prefix("| 2"));
        rows.map(|row| format!("2{}", &row[..9]))
            .collect::<Vec<_>>()
    };
    assert_eq!(days("import team.csv -o -"), ["2026-11-22", "2026-11-22"]);
    assert_eq!(
        days("import team.csv -o - --date 2026-10-30"),
        ["2026-10-30", "2026-10-30"]
    );
    sandbox
        .okr("import team.csv --date soon")
        .failure()
        .says(str![[r#"
error: `soon` is no date
help: write a date like 2026-12-31

"#]]);
}

#[test]
fn the_columns_of_platforms_are_recognised_or_named() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    sandbox
        .okr("render plan.md -o goals.csv --dialect betterworks")
        .success();
    let run = sandbox.okr("import goals.csv --dry-run");
    run.success();
    assert!(
        run.err()
            .starts_with("goals.csv, in the columns of betterworks\n"),
        "{}",
        run.err()
    );
    sandbox
        .okr("import goals.csv --dry-run --dialect betterworks")
        .success();
    sandbox
        .okr("import goals.csv --dialect betterwork")
        .failure()
        .says(str![[r#"
error: cannot read goals.csv: there is no dialect `betterwork`; there are appfire-okr, betterworks, culture-amp, gitlab, goalscape, jira, peoplebox, todoist, viva-goals

"#]]);
    sandbox
        .okr("import goals.csv --dialect todoist")
        .failure()
        .says(str![[r#"
error: cannot read goals.csv: it has not the columns of Todoist; `okr dialects todoist` names them

"#]]);
}

#[test]
fn what_holds_no_plan_is_refused_with_a_reason() {
    let sandbox = Sandbox::with(&[
        ("empty.csv", ""),
        ("blank.txt", " \n\n"),
        (
            "letter.txt",
            "Dear all,\n\nthe meeting is on Friday.\n\nKind regards\n",
        ),
        (
            "stock.csv",
            "Item,Price,Stock\nPaper,4.20,100\nPens,1.10,50\n",
        ),
        (
            "broken.yaml",
            "objectives:\n  - title: \"Get paid\n    key_results:\n      - x\n",
        ),
    ]);
    sandbox.write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    sandbox.write("cut.xlsx", &FILLED_IN[..2000]);
    let mut said = String::new();
    for file in [
        "empty.csv",
        "blank.txt",
        "letter.txt",
        "stock.csv",
        "broken.yaml",
        "picture.png",
        "cut.xlsx",
        "missing.csv",
        ".",
    ] {
        let run = sandbox.okr(&format!("import {file}"));
        run.failure().prints_nothing();
        said.push_str(&format!("$ okr import {file}\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr import empty.csv
error: cannot read empty.csv: there is nothing in it

$ okr import blank.txt
error: cannot read blank.txt: there is nothing in it

$ okr import letter.txt
error: cannot read letter.txt: no row of it looks like the headings of a plan; give it a row of headings such as Objective, Key result, Owner, Start, Target, or say --map

$ okr import stock.csv
error: cannot read stock.csv: no row of it looks like the headings of a plan; give it a row of headings such as Objective, Key result, Owner, Start, Target, or say --map

$ okr import broken.yaml
error: cannot read broken.yaml: line 2 cannot be read as YAML or JSON: invalid indentation in quoted scalar

$ okr import picture.png
error: cannot read picture.png: it is no text and no spreadsheet that is known here: save it as .xlsx, .ods or .csv

$ okr import cut.xlsx
error: cannot read cut.xlsx: the file is incomplete or damaged; fetch or save it again and try once more

$ okr import missing.csv
error: cannot read missing.csv: there is no such file or folder

$ okr import .
error: . is a folder
help: name a file in it


"#]]
    );
    assert_eq!(sandbox.list().len(), 7);
}

#[test]
fn files_of_okr_become_the_plan_they_came_from() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    for format in ["json", "html", "csv", "xlsx"] {
        sandbox
            .okr(&format!("render plan.md -o there.{format}"))
            .success();
        sandbox
            .okr(&format!("render there.{format} -o rendered-{format}.md"))
            .success();
        sandbox
            .okr(&format!("import there.{format} -o imported-{format}.md"))
            .success();
        assert_eq!(
            sandbox.read(&format!("imported-{format}.md")),
            sandbox.read(&format!("rendered-{format}.md")),
            "{format}"
        );
    }
}
