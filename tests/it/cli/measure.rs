//! `okr measure`

use snapbox::str;

use crate::reports::{measure_schema, valid};
use crate::support::sandbox::Sandbox;

const SMALL: &str = include_str!("../../fixtures/ledger/small.csv");

const PLAN: &str = "\
# Receivables

## Objective 1: Get paid sooner

### Key result 1.1: Cut DSO to 30 days

- Target: 30 days
- Source: measure dso from ar.csv

| Date | Value |
| --- | --- |
| 2026-11-15 | 41 days |

### Key result 1.2: Cut what is open to EUR 500

- Unit: EUR
- Target: EUR 500
- Source: ar.csv, sum of Amount where Due date < 2026-09-02, dated Invoice date

### Key result 1.3: Fewer questions

- Target: 5 questions
- Source: the inbox, on Mondays

### Key result 1.4: Fewer disputes

- Target: 2 disputes
";

#[test]
fn a_measure_has_its_account() {
    let sandbox = Sandbox::with(&[("ar.csv", SMALL)]);
    sandbox
        .okr("measure dso --invoices ar.csv --from 2026-10-01 --to 2026-10-31")
        .success()
        .says_nothing()
        .prints(str![[r#"
39.3 days
  2850.5 open at the end of the last day / 2250 invoiced in the period, less
  credit notes × 31 days
  2026-10-01 to 2026-10-31, 31 days; 10 of 12 rows count
  left out: 1 issued after the last day, 1 nothing open on the last day
  columns: Type = kind, Invoice date = issued, Amount = amount, Paid on = paid,
  Amount paid = paid-amount, Currency = currency

"#]]);
    let out = sandbox
        .okr("measure over-60 -i ar.csv --at 2026-10-31")
        .success()
        .out();
    assert!(out.starts_with("EUR 270\n"), "{out}");
    // The period runs, and what is still to come does not count as days without sales.
    let out = sandbox
        .okr("measure dso -i ar.csv --period 2026-Q4")
        .success()
        .out();
    assert!(out.contains("2026-10-01 to 2026-11-22, 53 days"), "{out}");
}

#[test]
fn json_has_exact_numbers_and_obeys_its_schema() {
    let sandbox = Sandbox::with(&[("ar.csv", SMALL), ("plan.md", PLAN)]);
    let json = sandbox
        .okr("measure overdue-share -i ar.csv --at 2026-10-31 --json")
        .success()
        .out();
    let json = valid(&json, measure_schema());
    assert_eq!(json["value"], "45.8%");
    assert_eq!(json["numerator"]["value"], "1350.50");
    assert_eq!(json["denominator"]["value"], "2950.50");
    for line in [
        "measure --json",
        "measure dso --json",
        "measure plan.md --json",
    ] {
        valid(&sandbox.okr(line).success().out(), measure_schema());
    }
}

#[test]
fn rows_that_cannot_be_read_are_told_and_counted() {
    let mut text = String::from("Invoice date,Amount\n2026-11-01,100\n");
    text.push_str(&"soon,\u{1b}[31m\n".repeat(12));
    let sandbox = Sandbox::with(&[("ar.csv", &text)]);
    let run = sandbox.okr("measure dso -i ar.csv");
    run.findings();
    let said = run.err();
    assert!(
        said.contains("12 rows cannot be read and do not count"),
        "{said}"
    );
    assert!(said.contains("and 2 more; --json has them"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
    let json = sandbox.okr("measure dso -i ar.csv --json").findings().out();
    let json = valid(&json, measure_schema());
    assert_eq!(json["faults"].as_array().map(Vec::len), Some(12));
    assert_eq!(json["faulty"], 12);
}

#[test]
fn what_cannot_be_measured_is_explained() {
    let sandbox = Sandbox::with(&[("ar.csv", SMALL), ("plan.md", PLAN)]);
    for (line, expected) in [
        ("measure dsoo", "did you mean `dso`?"),
        ("measure dso -i at.csv", "did you mean ar.csv?"),
        (
            "measure dso -i ar.csv --currency Taler",
            "`Taler` is no currency",
        ),
        (
            "measure dso -i ar.csv --period 2027-Q1",
            "begins after today",
        ),
        (
            "measure dso -i ar.csv --from 2026-10-02 --to 2026-10-01",
            "is after the last",
        ),
        (
            "measure dispute-time -i ar.csv --payments ar.csv",
            "does not ask what was paid",
        ),
        ("measure plan.md -i ar.csv", "is a plan and no measure"),
        (
            "measure dso -i ar.csv --map Amont=amount",
            "no column is `Amont`",
        ),
    ] {
        let run = sandbox.okr(line);
        run.failure().prints_nothing();
        assert!(run.err().contains(expected), "{line}: {}", run.err());
    }
}

#[test]
fn sources_of_a_plan_are_read() {
    let sandbox = Sandbox::with(&[("plans/plan.md", PLAN), ("plans/ar.csv", SMALL)]);
    sandbox
        .okr("measure plans/plan.md")
        .success()
        .says(str![[r#"
1 key result has no source

"#]])
        .prints(str![[r#"
1.1  Cut DSO to 30 days
     63.5 days on 2026-11-22, from dso from ar.csv, 12 rows
     last check-in: 41 days on 2026-11-15
1.2  Cut what is open to EUR 500
     EUR 280.00 on 2026-08-02, from ar.csv, sum of 3 rows
1.3  Fewer questions
     for people to read: the inbox, on Mondays

"#]]);
}

#[test]
fn sources_lead_to_no_file_that_nobody_allowed() {
    let plan = "## Objective 1: A\n\n### Key result 1.1: B\n\n- Source: ../secret.csv, cell A2\n\n### Key result 1.2: C\n\n- Source: link.csv, cell A2\n\n### Key result 1.3: D\n\n- Source: /etc/passwd.csv, cell A2\n";
    let sandbox = Sandbox::with(&[("plans/plan.md", plan), ("secret.csv", "A\n7\n")]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(sandbox.path("secret.csv"), sandbox.path("plans/link.csv")).unwrap();
    let out = sandbox.okr("measure plans/plan.md").findings().out();
    assert!(!out.contains('7'), "{out}");
    assert!(
        out.contains("../secret.csv lies outside the folder of the plan"),
        "{out}"
    );
    #[cfg(unix)]
    assert!(
        out.contains("link.csv lies outside the folder of the plan"),
        "{out}"
    );
    sandbox.write("okr.toml", "sources = [\".\"]\n");
    let out = sandbox.okr("measure plans/plan.md").findings().out();
    assert!(
        out.contains("7 on 2026-11-22, from ../secret.csv, cell A2"),
        "{out}"
    );
}

#[cfg(unix)]
#[test]
fn commands_come_from_okr_toml_alone() {
    let plan = "## Objective 1: A\n\n### Key result 1.1: B\n\n- Unit: days\n- Source: command age\n\n### Key result 1.2: C\n\n- Source: command loud\n\n### Key result 1.3: D\n\n- Source: command sh\n\n### Key result 1.4: E\n\n- Source: command many\n";
    let sandbox = Sandbox::with(&[("plan.md", plan)]);
    let out = sandbox.okr("measure plan.md").findings().out();
    assert_eq!(out.matches("there is no command").count(), 4, "{out}");
    sandbox.write(
        "okr.toml",
        "[commands]\nage = [\"/bin/echo\", \"46.2; touch made\"]\nloud = [\"/usr/bin/printf\", '\\033[31m5']\nmany = [\"/usr/bin/yes\"]\n",
    );
    let out = sandbox.okr("measure plan.md").findings().out();
    assert!(out.contains("`46.2; touch made` is no number"), "{out}");
    assert!(out.contains("it prints control characters"), "{out}");
    assert!(out.contains("there is no command `sh`"), "{out}");
    assert!(out.contains("prints more than 4096 bytes"), "{out}");
    assert!(!sandbox.path("made").exists());
    sandbox.write(
        "okr.toml",
        "[commands]\nage = [\"/usr/bin/printf\", '46.2\\n2026-11-20\\n']\n",
    );
    let out = sandbox.okr("measure plan.md").findings().out();
    assert!(
        out.contains("46.2 days on 2026-11-20, from command age"),
        "{out}"
    );
}
