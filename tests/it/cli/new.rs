//! `okr new`

use okr_core::model::ElementId;
use snapbox::str;

use crate::support::sandbox::Sandbox;

#[test]
fn the_first_command_of_the_readme_writes_three_files_and_says_what_to_do_next() {
    let sandbox = Sandbox::new();
    sandbox.okr("new accounts-team --period 2026-Q4 --also html,csv").success().prints_nothing().says(str![[r#"
warning: 23 of 30 due dates have passed already; for the next quarter use --period 2027-Q1
wrote accounts-team-2026-Q4.md, accounts-team-2026-Q4.html and accounts-team-2026-Q4.csv: 4 objectives, 12 key results
next: find 12 baselines, such as `okr set accounts-team-2026-Q4.md 1.1 baseline "68%"`

"#]]);
    assert_eq!(
        sandbox.list(),
        [
            "accounts-team-2026-Q4.csv",
            "accounts-team-2026-Q4.html",
            "accounts-team-2026-Q4.md"
        ]
    );
    assert!(sandbox.read("accounts-team-2026-Q4.html").starts_with("<!"));
    assert!(
        sandbox
            .bytes("accounts-team-2026-Q4.csv")
            .starts_with(b"\xef\xbb\xbf"),
        "Excel needs a byte-order mark"
    );
    let parsed = okr_core::parse(sandbox.read("accounts-team-2026-Q4.md"));
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(
        (
            parsed.plan.objectives.len(),
            parsed.plan.key_results().count()
        ),
        (4, 12)
    );
}

#[test]
fn the_next_step_that_is_told_works_as_it_stands() {
    for line in [
        "new accounts-team -o 'our plan.md'",
        "new billing-coordinator --objectives 3",
        "new accounts-team --objectives 1 --baseline 1.1=68%",
    ] {
        let sandbox = Sandbox::new();
        let said = sandbox.okr(line).success().err();
        let (_, step) = said
            .trim_end()
            .split_once(", such as `okr ")
            .unwrap_or_else(|| panic!("{said}"));
        let (step, _) = step.split_once('`').unwrap_or_else(|| panic!("{said}"));
        let run = sandbox.okr(step);
        run.success();
        assert!(
            run.err().contains("baseline: to be measured → "),
            "{}",
            run.err()
        );
    }
}

#[test]
fn one_role_alone_is_a_good_plan_and_no_dump() {
    let sandbox = Sandbox::new();
    sandbox.okr("new accounts-team").success().says(str![[r#"
wrote accounts-team-2027-Q1.md: 4 objectives, 12 key results
next: find 12 baselines, such as `okr set accounts-team-2027-Q1.md 1.1 baseline "68%"`; then `okr render accounts-team-2027-Q1.md -o accounts-team-2027-Q1.html` makes a page to send

"#]]);
    let plan = okr_core::parse(sandbox.read("accounts-team-2027-Q1.md")).plan;
    assert!(plan.objectives.len() <= 4, "at most four objectives");
    assert_eq!(
        plan.period.map(|period| period.to_string()).as_deref(),
        Some("2027-Q1")
    );
    assert_eq!(plan.owner, None, "nothing is invented");
}

#[test]
fn a_known_baseline_makes_a_change_a_number() {
    let run = Sandbox::new().okr("new accounts-team --baseline 1.1=68% --objectives 1 -o -");
    run.success().says(str![[r#"
made a plan: 1 objective, 3 key results
next: save it as plan.md, find 2 baselines, such as `okr set plan.md 1.2 baseline "12 days"`; then `okr render plan.md -o plan.html` makes a page to send

"#]]);
    let text = run.out();
    assert!(text.contains("\n- Baseline: 68%\n"), "{text}");
    assert!(text.contains("\n- Target: +25% (68% → 85%)\n"), "{text}");
    assert_eq!(
        text.matches("of a baseline to be measured").count(),
        2,
        "{text}"
    );
}

#[test]
fn an_unknown_baseline_stays_unknown_and_is_asked_for() {
    let run = Sandbox::new().okr("new accounts-team --objectives 1 -o -");
    run.success().says(str![[r#"
made a plan: 1 objective, 3 key results
next: save it as plan.md, find 3 baselines, such as `okr set plan.md 1.1 baseline "68%"`; then `okr render plan.md -o plan.html` makes a page to send

"#]]);
    let plan = okr_core::parse(run.out()).plan;
    let key_result = plan
        .key_result(ElementId::KeyResult(0, 0))
        .expect("is there");
    assert_eq!(key_result.measure.start, None);
    assert!(
        key_result
            .measure
            .question
            .as_ref()
            .is_some_and(|question| question.plain().ends_with('?'))
    );
    assert!(run.out().contains("\n- Baseline: to be measured\n"));
    assert!(
        run.out()
            .contains("\n- Target: +25% of a baseline to be measured\n")
    );
}

#[test]
fn the_page_and_the_table_show_the_same_numbers_as_the_plan() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("new accounts-team --objectives 1 --baseline 1.1=68% -o p.md --also html,csv")
        .success();
    let table = sandbox.read("p.csv");
    let row = table
        .lines()
        .find(|line| line.starts_with("O1-KR1,"))
        .expect("has its row");
    assert!(row.contains(",68,85,"), "{row}");
    let page = sandbox.read("p.html");
    assert!(page.contains("68%") && page.contains("85%"));
    assert!(
        page.contains("to be measured"),
        "unknown baselines are shown as such"
    );
}

#[track_caller]
fn titles(sandbox: &Sandbox, flags: &str) -> Vec<String> {
    let run = sandbox.okr(&format!("new accounts-team {flags} -o -"));
    run.success();
    okr_core::parse(run.out())
        .plan
        .objectives
        .iter()
        .map(|objective| objective.title.to_string())
        .collect()
}

#[test]
fn objectives_are_chosen_by_number() {
    let sandbox = Sandbox::new();
    let all = titles(&sandbox, "--all");
    assert_eq!(all.len(), 10);
    let chosen = |numbers: &[usize]| {
        numbers
            .iter()
            .map(|number| all[number - 1].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        titles(&sandbox, "--objectives 1,3-5"),
        chosen(&[1, 3, 4, 5])
    );
    assert_eq!(titles(&sandbox, "--objectives 10"), chosen(&[10]));
    assert_eq!(titles(&sandbox, "--objectives 5,3,3-5"), chosen(&[3, 4, 5]));
    assert_eq!(titles(&sandbox, ""), chosen(&[1, 3, 5, 8]));
}

#[test]
fn what_is_chosen_is_numbered_anew() {
    let run = Sandbox::new().okr("new accounts-team --objectives 8,10 -o - --baseline 10.2='12%'");
    let text = run.success().out();
    let headings: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("## Objective") || line.starts_with("### Key"))
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(
        headings,
        [
            "## Objective 1",
            "### Key result 1.1",
            "### Key result 1.2",
            "### Key result 1.3",
            "## Objective 2",
            "### Key result 2.1",
            "### Key result 2.2",
            "### Key result 2.3"
        ]
    );
    let plan = okr_core::parse(text).plan;
    let start = |o, k| {
        plan.key_result(ElementId::KeyResult(o, k))
            .and_then(|key_result| key_result.measure.start.as_ref())
            .map(ToString::to_string)
    };
    assert_eq!(
        start(1, 1).as_deref(),
        Some("12%"),
        "a baseline is given by the number in the template"
    );
}

#[test]
fn errors_name_the_nearest_and_what_there_is() {
    let sandbox = Sandbox::new();
    let failure = |line: &str| {
        let run = sandbox.okr(line);
        run.failure().prints_nothing();
        run.err()
    };
    let mut said = String::new();
    for line in [
        "new acounts-team",
        "new astronaut",
        "new accounts-team --objectives 12",
        "new accounts-team --objectives 0",
        "new accounts-team --objectives 5-3",
        "new accounts-team --objectives first",
        "new accounts-team --period 2026-Q5",
        "new accounts-team --period soon",
        "new accounts-team --baseline 1.1",
        "new accounts-team --baseline 1.1=many",
        "new accounts-team --baseline 1.9=5",
        "new accounts-team --baseline 2.1=5%",
        "new accounts-team --baseline 99.1=5%",
        "new accounts-team --baseline 1=5%",
        "new accounts-team --also docx",
        "new accounts-team --also htlm",
        "new accounts-team --input colour=blue",
        "new accounts-team --input colour",
    ] {
        said.push_str(&format!("$ okr {line}\n{}\n", failure(line)));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr new acounts-team
error: there is no role template `acounts-team`
help: did you mean `accounts-team`? `okr templates` lists all

$ okr new astronaut
error: there is no role template `astronaut`
help: `okr templates` lists all

$ okr new accounts-team --objectives 12
error: there is no objective 12: `accounts-team` has 10 objectives
help: `okr templates show accounts-team` lists them

$ okr new accounts-team --objectives 0
error: `0` is no number of an objective
help: write numbers and ranges, such as 1,3-5

$ okr new accounts-team --objectives 5-3
error: `5-3` runs backwards
help: write numbers and ranges, such as 1,3-5

$ okr new accounts-team --objectives first
error: `first` is no number of an objective
help: write numbers and ranges, such as 1,3-5

$ okr new accounts-team --period 2026-Q5
error: `2026-Q5` is no period
help: write it like 2026-Q4, 2026-H2, 2026, 2026-11, FY2027-Q1 or 2026-10-01..2026-12-31

$ okr new accounts-team --period soon
error: `soon` is no period
help: write it like 2026-Q4, 2026-H2, 2026, 2026-11, FY2027-Q1 or 2026-10-01..2026-12-31

$ okr new accounts-team --baseline 1.1
error: --baseline `1.1` has no = in it
help: write it like --baseline 1.1=68%

$ okr new accounts-team --baseline 1.1=many
error: --baseline 1.1: there is no number in `many`
help: write it like 68%

$ okr new accounts-team --baseline 1.9=5
error: `accounts-team` has no key result `1.9`
help: objective 1 has 3 key results

$ okr new accounts-team --baseline 2.1=5%
error: key result 2.1 has a baseline, but objective 2 is not taken
help: take it as well with --objectives 1,2,3,5,8

$ okr new accounts-team --baseline 99.1=5%
error: `accounts-team` has no key result `99.1`
help: write the number of a key result, such as 1.1; `okr templates show accounts-team` lists them

$ okr new accounts-team --baseline 1=5%
error: `accounts-team` has no key result `1`
help: write the number of a key result, such as 1.1; `okr templates show accounts-team` lists them

$ okr new accounts-team --also docx
error: okr writes no .docx file
help: with --also html, write plan.html, which word processors open

$ okr new accounts-team --also htlm
error: there is no format `htlm`; there are csv, html, json, markdown, xlsx
help: did you mean `html`?

$ okr new accounts-team --input colour=blue
error: role template `accounts-team` does not ask for `colour`
help: it asks for team, owner, period

$ okr new accounts-team --input colour
error: --input `colour` has no = in it
help: write it like --input region=North


"#]]
    );
    assert_eq!(sandbox.list(), [""; 0]);
}

#[test]
fn a_baseline_that_does_not_fit_its_measure_is_refused() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("new accounts-team --objectives 1 --baseline '1.1=12 days'")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: --baseline 1.1: 12 days does not fit a measure in %
help: write it like 68%

"#]]);
    assert!(sandbox.list().is_empty(), "nothing is written");
}

#[test]
fn a_baseline_that_cannot_be_meant_is_doubted() {
    let sandbox = Sandbox::new();
    let doubts = |baseline: &str| {
        let line = format!("new accounts-team --objectives 1 --baseline 1.1={baseline} -o -");
        sandbox.okr(&line).success().err()
    };
    assert!(doubts("0.68").contains("did you mean 68%?"));
    assert!(doubts("90%").contains("is more than all"));
    assert!(doubts("0%").contains("the target has no number"));
    assert!(!doubts("68%").contains("warning"));
}

#[test]
fn team_owner_and_period_stand_in_the_plan() {
    let run = Sandbox::new().okr("new billing-coordinator --team 'Billing *East*' --owner 'Dana Reyes' --period 2027-H1 --objectives 1 -o -");
    let plan = okr_core::parse(run.success().out()).plan;
    assert_eq!(plan.team.as_deref(), Some("Billing *East*"));
    assert_eq!(plan.owner.as_deref(), Some("Dana Reyes"));
    assert_eq!(
        plan.period.map(|period| period.to_string()).as_deref(),
        Some("2027-H1")
    );
    assert_eq!(plan.objectives[0].owner.as_deref(), Some("Dana Reyes"));
    assert_eq!(
        plan.title
            .map(|title| title.plain().into_owned())
            .as_deref(),
        Some("Billing *East*, H1 2027")
    );
}

#[test]
fn okr_toml_gives_what_is_usual() {
    let sandbox = Sandbox::with(&[(
        "okr.toml",
        "team = \"Finance\"\nowner = \"Dana\"\ncadence = \"monthly\"\nfiscal-year-start = \"April\"\n",
    )]);
    let run = sandbox.okr("new billing-coordinator --objectives 1 -o -");
    let plan = okr_core::parse(run.success().out()).plan;
    assert_eq!(
        (plan.team.as_deref(), plan.owner.as_deref()),
        (Some("Finance"), Some("Dana"))
    );
    assert_eq!(plan.cadence.map(|cadence| cadence.word()), Some("monthly"));
    assert_eq!(
        plan.period.map(|period| period.to_string()).as_deref(),
        Some("FY2027-Q4")
    );
    assert_eq!(plan.fiscal_year.start_month_name(), "April");
    let run = sandbox.okr("new billing-coordinator --objectives 1 --owner Sam -o -");
    assert_eq!(
        okr_core::parse(run.success().out()).plan.owner.as_deref(),
        Some("Sam"),
        "a flag goes before the file"
    );
}

#[test]
fn nothing_is_overwritten_unless_it_is_told_so() {
    let sandbox = Sandbox::with(&[("plan.html", "mine")]);
    sandbox
        .okr("new accounts-team -o plan.md --also html")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: plan.html exists already
help: choose another name with -o, or replace it with --force

"#]]);
    assert_eq!(
        sandbox.list(),
        ["plan.html"],
        "none of two files is written when one is in the way"
    );
    sandbox
        .okr("new accounts-team -o plan.md --also html --force")
        .success();
    assert_eq!(sandbox.list(), ["plan.html", "plan.md"]);
    assert_ne!(sandbox.read("plan.html"), "mine");
    let before = sandbox.bytes("plan.md");
    sandbox.okr("new billing-coordinator -o plan.md").failure();
    assert_eq!(sandbox.bytes("plan.md"), before);
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let sandbox = Sandbox::new();
    let run = sandbox.okr("new billing-coordinator --objectives 4 -o plan.md --also csv --dry-run");
    let out = run.success().out();
    assert!(
        out.starts_with("--- /dev/null\n+++ plan.md\n@@ -0,0 +1,"),
        "{out}"
    );
    assert!(
        out.contains("\n+## Objective 1: Anyone on the team can bill any client the same way\n"),
        "{out}"
    );
    assert!(
        out.contains("\n+++ plan.csv\n"),
        "every file is shown: {out}"
    );
    assert_eq!(sandbox.list(), [""; 0]);
    sandbox
        .okr("new billing-coordinator --objectives 4 -o plan.md")
        .success();
    let before = sandbox.bytes("plan.md");
    sandbox
        .okr("new billing-coordinator --objectives 4 -o plan.md --dry-run")
        .failure();
    let run = sandbox
        .okr("new billing-coordinator --objectives 4 --owner Dana -o plan.md --dry-run --force");
    assert!(
        run.success()
            .out()
            .contains("\n-- Owner:\n+- Owner: Dana\n"),
        "{}",
        run.out()
    );
    assert_eq!(sandbox.bytes("plan.md"), before);
    assert_eq!(sandbox.list(), ["plan.md"]);
}

#[test]
fn a_dry_run_is_the_whole_of_what_will_be_written() {
    let sandbox = Sandbox::new();
    let shown = sandbox
        .okr("new accounts-team -o plan.md --dry-run")
        .success()
        .out();
    sandbox.okr("new accounts-team -o plan.md").success();
    let added: String = shown
        .lines()
        .skip(3)
        .map(|line| format!("{}\n", line.strip_prefix('+').unwrap_or(line)))
        .collect();
    assert_eq!(added, sandbox.read("plan.md"));
}

#[test]
fn the_same_words_make_the_same_bytes() {
    let (one, other) = (Sandbox::new(), Sandbox::new());
    for sandbox in [&one, &other] {
        sandbox
            .okr("new accounts-team --all -o p.md --also html,csv,json")
            .success();
    }
    for name in ["p.md", "p.html", "p.csv", "p.json"] {
        assert!(one.bytes(name) == other.bytes(name), "{name}");
    }
}

#[test]
fn a_template_of_ones_own_asks_and_is_answered() {
    let template = "---\ntemplate: sales-team\nask.region: Which region?\ndefault.region: North\n---\n\n# Sales in {{ region }}\n\n## Objective: Sell\n";
    let sandbox = Sandbox::with(&[("ours/sales.md", template)]);
    let first = |flags: &str| {
        let run = sandbox.okr(&format!("new sales-team --templates ours -o - {flags}"));
        okr_core::parse(run.success().out())
            .plan
            .title
            .map(|title| title.plain().into_owned())
            .unwrap_or_default()
    };
    assert_eq!(first(""), "Sales in North");
    assert_eq!(first("--input region=South"), "Sales in South");
    assert_eq!(
        first("--input 'region={{ team }} *x* <b>'"),
        "Sales in {{ team }} *x* <b>",
        "answers are words"
    );
}
