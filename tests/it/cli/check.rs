//! `okr check`

use okr_core::audit::{Action, RULES};
use serde_json::Value;
use snapbox::str;

use crate::reports::{check_schema, sarif_schema, valid};
use crate::support::root;
use crate::support::sandbox::{Sandbox, finish};

/// A plan with nothing to report.
const GOOD: &str = "---\nplan: Cash\nperiod: 2026-Q4\n---\n\n# Cash\n\n## Notes\n";

/// A plan whose key result names no number; `--select no-number` finds that and nothing else.
const VAGUE: &str = "# Cash\n\n## Objective: Late payers hear from us\n\n### Key result: Better follow-up on late payers\n";

#[test]
fn a_finding_is_shown_with_its_place_and_what_to_do() {
    let sandbox = Sandbox::with(&[("plan.md", VAGUE)]);
    sandbox
        .okr("check plan.md --select no-number")
        .findings()
        .prints(str![[r#"
error[no-number]: key result names no number to reach
 --> plan.md:5:17
  |
5 | ### Key result: Better follow-up on late payers
  |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no number here
  |
  = help: state where the number starts and ends
  = help: Which number will show that it is done, and where does it stand today?
help: say from where to where
  |
5 - ### Key result: Better follow-up on late payers
5 + ### Key result: Follow-up on late payers: … → …
  |

1 error in 1 plan
score  focus 100  measurable 0  outcome 100  owned 100  dated 100  tracked –

"#]])
        .says(str![[r#"
next: okr set plan.md 1.1 target "…"

"#]]);
}

#[test]
fn nothing_to_report_is_one_line() {
    let sandbox = Sandbox::with(&[("plan.md", GOOD)]);
    let run = sandbox.okr("check plan.md --select no-number");
    run.success()
        .prints(str![[r#"
nothing to report in 1 plan

"#]])
        .says_nothing();
}

#[test]
fn many_findings_of_one_rule_are_named_by_position() {
    let mut plan = "## Objective: a\n".to_owned();
    plan.extend((0..20).map(|k| format!("\n### Key result: b{k}\n")));
    let sandbox = Sandbox::with(&[("plan.md", &plan)]);
    let brief = sandbox.okr("check plan.md --select no-number");
    let brief = brief.findings().out();
    // Each says the same.
    assert_eq!(brief.matches("error[no-number]").count(), 1);
    let line = "and 19 more of no-number: 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1.10, 1.11, 1.12, 1.13, … (--all shows each)\n";
    assert!(brief.contains(line), "{brief}");
    let all = sandbox.okr("check plan.md --select no-number --all");
    assert_eq!(all.findings().out().matches("error[no-number]").count(), 20);

    let mut plan = "## Objective: a\n".to_owned();
    plan.extend((0..5).map(|k| format!("\n### Key result: Cut b{k} to {k}5%\n")));
    let sandbox = Sandbox::with(&[("plan.md", &plan)]);
    let brief = sandbox.okr("check plan.md --select no-baseline");
    let brief = brief.out();
    // Each names another target.
    assert_eq!(brief.matches("warning[no-baseline]").count(), 3);
    assert!(
        brief.contains("and 2 more of no-baseline: 1.4, 1.5 (--all"),
        "{brief}"
    );
}

#[test]
fn every_format_tells_the_same_findings() {
    let sandbox = Sandbox::with(&[("our plans/a.md", VAGUE), ("b.md", GOOD)]);
    sandbox
        .okr("check --select no-number --format concise")
        .findings()
        .prints(str![[r#"
our plans/a.md:5:17: error[no-number] key result names no number to reach

"#]])
        .says(str![[r#"
1 error in 2 plans

"#]]);
    sandbox
        .okr("check --select no-number --format github")
        .findings()
        .says_nothing()
        .prints(str![[r#"
::error file=our plans/a.md,line=5,endLine=5,col=17,endColumn=48,title=no-number::key result names no number to reach%0Astate where the number starts and ends%0AWhich number will show that it is done, and where does it stand today?

"#]]);
    let json = sandbox.okr("check --json");
    let json = valid(&json.says_nothing().out(), check_schema());
    let long = sandbox.okr("check --format json").out();
    assert_eq!(valid(&long, check_schema()), json, "--json is short for it");
    assert_eq!(json["plans"].as_array().map(Vec::len), Some(2));
    let sarif = sandbox.okr("check --format sarif --select no-number");
    let sarif = valid(&sarif.findings().says_nothing().out(), sarif_schema());
    let result = &sarif["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "our%20plans/a.md");
    sandbox
        .okr("check --format githb")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: there is no report format `githb`
help: did you mean `github`?

"#]]);
}

#[test]
fn reports_on_plans_as_teams_write_them_obey_their_schemas() {
    for (folder, least) in [("messy", 200), ("seeds", 30), ("valid", 30)] {
        let sandbox = Sandbox::new();
        let plans = root().join("tests/fixtures/plans").join(folder);
        let mut names = Vec::new();
        for entry in std::fs::read_dir(plans).expect("is there") {
            let path = entry.expect("is there").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let name = path
                    .file_name()
                    .and_then(|name| name.to_str())
                    .expect("is UTF-8");
                sandbox.write(name, std::fs::read(&path).expect("can be read"));
                names.push(name.to_owned());
            }
        }
        names.push(".".to_owned());
        names.push(". --strict".to_owned());
        for name in &names {
            let json = valid(
                &sandbox.okr(&format!("check {name} --json")).out(),
                check_schema(),
            );
            let sarif = sandbox.okr(&format!("check {name} --format sarif"));
            valid(&sarif.out(), sarif_schema());
            let github = sandbox.okr(&format!("check {name} --format github")).out();
            let plans = json["plans"].as_array().expect("is a list");
            let findings = plans.iter().flat_map(|plan| {
                let findings = plan["findings"].as_array().expect("is a list");
                findings.iter().map(|finding| (&plan["path"], finding))
            });
            let expected: Vec<String> = findings
                .map(|(path, finding)| command(path, finding))
                .collect();
            let found: Vec<&str> = github.lines().map(beginning).collect();
            assert_eq!(found, expected, "{folder}: {name}");
            let is_all = name.starts_with('.');
            assert!(!is_all || found.len() >= least, "{folder}: {}", found.len());
        }
    }
}

/// Returns the beginning of the command that tells GitHub of a finding.
fn command(path: &Value, finding: &Value) -> String {
    let name = match finding["level"].as_str() {
        Some("info") => "notice",
        Some(name) => name,
        None => "nothing",
    };
    let path = path.as_str().expect("is text");
    let at = &finding["location"];
    let place = match (at["line"].as_u64(), at["end_line"].as_u64()) {
        (Some(line), Some(end)) if line == end => {
            let (column, end_column) = (&at["column"], &at["end_column"]);
            format!(",line={line},endLine={end},col={column},endColumn={end_column}")
        }
        (Some(line), Some(end)) => format!(",line={line},endLine={end}"),
        _ => String::new(),
    };
    let rule = finding["rule"].as_str().expect("is text");
    format!("::{name} file={path}{place},title={rule}::")
}

/// Returns a command without its message.
fn beginning(line: &str) -> &str {
    let start = line.strip_prefix("::").expect("is a command");
    let (properties, message) = start.split_once("::").expect("has a message");
    assert!(!message.is_empty(), "{line}");
    &line[..properties.len() + 4]
}

#[test]
fn sarif_has_no_fix_with_a_gap() {
    let sandbox = Sandbox::with(&[("plan.md", VAGUE)]);
    let json = sandbox.okr("check plan.md --select no-number --json").out();
    let finding = &valid(&json, check_schema())["plans"][0]["findings"][0];
    assert_eq!(finding["fix"]["applicability"], "display");
    let sarif = sandbox
        .okr("check plan.md --select no-number --format sarif")
        .out();
    let result = &valid(&sarif, sarif_schema())["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "no-number");
    assert!(result.get("fixes").is_none(), "{result}");
}

#[test]
fn folders_are_searched_for_plans_in_order() {
    let sandbox = Sandbox::with(&[
        ("b.md", VAGUE),
        ("a/z.md", VAGUE),
        ("README.md", "# Readme\n\nNo plan.\n"),
        (
            "roles/payroll.md",
            "---\ntemplate: payroll\nsummary: x\n---\n\n## Objective: {{ team }}\n",
        ),
        (".git/c.md", VAGUE),
        ("node_modules/d.md", VAGUE),
        ("target/e.md", VAGUE),
        ("f.txt", VAGUE),
    ]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(sandbox.folder(), sandbox.path("a/loop")).unwrap();
        std::os::unix::fs::symlink("nowhere.md", sandbox.path("lost.md")).unwrap();
    }
    let expected = str![[r#"
a/z.md:5:17: error[no-number] key result names no number to reach
b.md:5:17: error[no-number] key result names no number to reach

"#]];
    let line = "check --select no-number --format concise";
    sandbox.okr(line).findings().prints(expected.clone());
    let run = sandbox.okr(&format!("{line} . b.md ./a"));
    run.findings().prints(expected);
    let file = sandbox.okr("check --select no-number --format concise f.txt");
    assert!(file.findings().out().starts_with("f.txt:5:17: "));
    let empty = Sandbox::new();
    empty.okr("check").failure().prints_nothing().says(str![[r#"
error: there is no plan in this folder
help: `okr new` makes one; `okr check PATH` looks elsewhere

"#]]);
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let sandbox = Sandbox::new();
    for number in 0..60 {
        let plan = VAGUE.repeat(1 + (number * 7) % 20);
        sandbox.write(&format!("plans/{number}.md"), plan);
    }
    for format in ["text", "json", "sarif", "concise", "github"] {
        let run = |jobs: usize| {
            let run = sandbox.okr(&format!("check plans --format {format} --jobs {jobs}"));
            (run.findings().out(), run.err())
        };
        let one = run(1);
        for jobs in [2, 3, 16] {
            assert!(run(jobs) == one, "{format} with {jobs} threads");
        }
    }
}

#[test]
fn standard_input_is_a_plan() {
    let sandbox = Sandbox::new();
    let run = sandbox.okr_reading(
        "check - --select no-number --format concise",
        VAGUE.as_bytes(),
    );
    run.findings().prints(str![[r#"
-:5:17: error[no-number] key result names no number to reach

"#]]);
    let run = sandbox.okr_reading("check -", b"no plan");
    run.success().prints_nothing().says(str![[r#"
standard input is no plan: it has no objective

"#]]);
    let fixed = sandbox.okr_reading("check --fix - --select no-number", VAGUE.as_bytes());
    assert_eq!(fixed.findings().out(), VAGUE);
}

#[test]
fn files_that_are_no_plans_fail_nothing_and_those_that_cannot_be_read_keep_no_other() {
    let sandbox = Sandbox::with(&[("README.md", "# Readme\n"), ("b.md", VAGUE)]);
    sandbox
        .okr("check README.md")
        .success()
        .prints_nothing()
        .says(str![[r#"
README.md is no plan: it has no objective

"#]]);
    sandbox.write("c.md", b"caf\xe9");
    let run = sandbox.okr("check c.md plan.csv a.md b.md --select no-number --format concise");
    run.failure()
        .prints(str![[r#"
b.md:5:17: error[no-number] key result names no number to reach

"#]])
        .says(str![[r#"
error: plan.csv is no Markdown file, and only Markdown plans are looked at
help: name the .md file, or make one of it with `okr render`
error: c.md is not UTF-8 text: byte 3, in line 1, is 0xE9
help: save it as UTF-8 and try again
error: cannot read a.md: there is no such file or folder
help: did you mean b.md?
1 error in 1 plan

"#]]);
    let json = sandbox.okr("check c.md b.md --json");
    valid(&json.failure().out(), check_schema());
}

#[test]
fn rules_are_selected_ignored_and_offered_when_unknown() {
    let sandbox = Sandbox::with(&[("plan.md", VAGUE)]);
    let run = sandbox.okr("check plan.md --ignore no-number --json");
    assert!(!run.out().contains("\"rule\": \"no-number\""));
    sandbox
        .okr("check plan.md --select no-number,no-nmber")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: there is no rule `no-nmber`
help: did you mean `no-number`?

"#]]);
    sandbox.okr("check plan.md --ignore x").failure();
    sandbox.okr("check plan.md --unsafe").failure();
}

#[test]
fn levels_are_set_in_the_configuration() {
    let sandbox = Sandbox::with(&[("plan.md", VAGUE)]);
    let line = "check plan.md --select no-number --format concise";
    for (level, shown) in [("info", "info"), ("warning", "warning"), ("error", "error")] {
        sandbox.write("okr.toml", format!("[rules]\nno-number = \"{level}\"\n"));
        let run = sandbox.okr(line);
        assert!(run.out().contains(&format!(": {shown}[no-number]")));
        let status = if level == "error" {
            run.findings()
        } else {
            run.success()
        };
        status.err();
    }
    sandbox.write("okr.toml", "[rules]\nno-number = \"warning\"\n");
    sandbox.okr(&format!("{line} --strict")).findings();
    sandbox.write("okr.toml", "[rules]\nno-number = \"off\"\n");
    let run = sandbox.okr("check plan.md --json");
    assert!(!run.out().contains("\"rule\": \"no-number\""));
    sandbox.write("okr.toml", "[rules]\nno-nmber = \"off\"\n");
    sandbox.okr(line).failure().prints_nothing().says(str![[r#"
error: there is no rule `no-nmber`
 --> okr.toml:2:1
  |
2 | no-nmber = "off"
  | ^^^^^^^^
  |
  = help: did you mean `no-number`?

"#]]);
}

#[test]
fn what_could_not_be_read_counts_and_can_be_switched_off() {
    let plan = "## Objective: a\n\n- Onwer: Dana\n";
    let sandbox = Sandbox::with(&[("plan.md", plan)]);
    let line = "check plan.md --select unknown-field --format concise";
    sandbox.okr(line).success().prints(str![[r#"
plan.md:3:3: warning[unknown-field] field `Onwer` is not known

"#]]);
    sandbox.okr(&format!("{line} --strict")).findings();
    sandbox.write("okr.toml", "[rules]\nunknown-field = \"off\"\n");
    sandbox.okr(line).success().prints_nothing();
}

#[test]
fn windows_files_and_marks_change_no_place() {
    let windows = format!("\u{feff}{}", VAGUE.replace('\n', "\r\n"));
    let marked = "\u{feff}## Objective: 🎯 ä\n### Key result: b\n";
    let sandbox = Sandbox::with(&[("a.md", &windows), ("b.md", marked)]);
    let line = "check --select no-number --format concise";
    sandbox.okr(line).findings().prints(str![[r#"
a.md:5:17: error[no-number] key result names no number to reach
b.md:2:17: error[no-number] key result names no number to reach

"#]]);
    let text = sandbox.okr("check a.md --select no-number").out();
    assert!(text.contains("5 | ### Key result: Better follow-up on late payers\n"));
}

#[test]
fn huge_lines_are_cut() {
    let plan = format!(
        "## Objective: a\n\n### Key result: {}\n",
        "x y ".repeat(200_000)
    );
    let sandbox = Sandbox::with(&[("plan.md", &plan)]);
    let out = sandbox
        .okr("check plan.md --select no-number")
        .findings()
        .out();
    assert!(out.len() < 4000, "{}", out.len());
}

#[test]
fn every_safe_fix_is_made_once_shown_before_and_lands_beside_others() {
    for rule in RULES.iter().filter(|rule| rule.action() == Action::Fixes) {
        let id = rule.id;
        let sandbox = Sandbox::with(&[("plan.md", rule.example())]);
        let diff = sandbox
            .okr(&format!("check plan.md --diff --select {id}"))
            .out();
        assert!(
            diff.starts_with("--- plan.md\n+++ plan.md\n"),
            "{id}: {diff}"
        );
        assert_eq!(
            sandbox.read("plan.md"),
            rule.example(),
            "{id}: nothing is written"
        );
        let line = format!("check plan.md --fix --json --select {id}");
        let both = [(); 2].map(|()| {
            let command = sandbox.command(&line);
            std::thread::spawn(move || finish(command, b""))
        });
        for run in both {
            run.join().expect("ends well").err();
        }
        let fixed = sandbox.read("plan.md");
        assert_ne!(fixed, rule.example(), "{id}: is fixed");
        let again = valid(&sandbox.okr(&line).out(), check_schema());
        assert_eq!(again["summary"]["fixable"], Value::from(0), "{id}");
        assert_eq!(
            sandbox.read("plan.md"),
            fixed,
            "{id}: fixing twice is fixing once"
        );
    }
}

#[test]
fn suggestions_are_made_only_when_asked_for() {
    for rule in RULES
        .iter()
        .filter(|rule| rule.action() == Action::Suggests)
    {
        let id = rule.id;
        let sandbox = Sandbox::with(&[("plan.md", rule.example())]);
        sandbox
            .okr(&format!("check plan.md --fix --select {id}"))
            .out();
        assert_eq!(sandbox.read("plan.md"), rule.example(), "{id}");
    }
}
