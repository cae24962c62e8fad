//! `okr dialects`

use okr_render::DIALECTS;
use snapbox::str;

use crate::reports::{dialects_schema, valid};
use crate::support::sandbox::Sandbox;

#[test]
fn all_dialects_are_listed() {
    let sandbox = Sandbox::new();
    let list = sandbox.okr("dialects").success().says_nothing().out();
    let json = sandbox.okr("dialects --json").success().out();
    let json = valid(&json, dialects_schema());
    assert_eq!(json["schema"], "okr-dialects/1");
    let listed = json["dialects"].as_array().map(Vec::len);
    assert_eq!(listed, Some(DIALECTS.len()));
    for dialect in DIALECTS {
        let is_line = |line: &str| line.split_whitespace().next() == Some(dialect.name);
        assert!(list.lines().any(is_line), "{} is not listed", dialect.name);
        assert!(list.contains(dialect.source), "{}", dialect.name);
    }
}

#[test]
fn a_dialect_is_told_of() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("dialects viva-goals")
        .success()
        .says_nothing()
        .prints(str![[r#"
viva-goals  read
rules confirmed: OKR Reference, Parent OKR and the words for a status; the other
headings are chosen by the user and read by their words
https://learn.microsoft.com/en-us/viva/goals/import-okrs-projects

Viva Goals, once Ally.io, was retired on 31 December 2025. okr reads what people
still have of it, and writes nothing for it.

- A child names its parent in `Parent OKR`, by the parent's `OKR Reference`.
- The fields of an export were chosen by whoever made it; headings other than
  these are read by their words.
- `Behind` is the yellow status there and `At Risk` the red one, and so they
  are read as at risk and off track.
- `Closed` says that the period is over, not that the target was met.
- Key results are in an export only where they were asked for, and one level
  deep.

"#]]);
    for dialect in DIALECTS {
        let json = sandbox
            .okr(&format!("dialects {} --json", dialect.name))
            .success()
            .out();
        let json = valid(&json, dialects_schema());
        assert_eq!(json["schema"], "okr-dialect/1");
        assert_eq!(json["docs"], dialect.docs);
        assert_eq!(json["written"], dialect.is_written());
    }
}

#[test]
fn an_unknown_dialect_is_refused_with_the_nearest() {
    Sandbox::new()
        .okr("dialects gitlabb")
        .failure()
        .says(str![[r#"
error: there is no dialect `gitlabb`; there are appfire-okr, betterworks, culture-amp, gitlab, goalscape, jira, peoplebox, todoist, viva-goals
help: did you mean `gitlab`?

"#]]);
}

#[test]
fn a_column_that_is_not_read_is_told_with_the_reason() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "issues.csv",
        "ID,IID,Title,Description,Type,URL,State,Author Username,Assignee,Assignee Username,Parent ID,Parent IID\n\
         7,1,Grow,,objective,https://x.example,Open,ann,Ann,ann,,\n\
         8,2,Sell,,key_result,https://x.example,Open,ann,Ann,ann,7,1\n",
    );
    sandbox.write(
        "kept.csv",
        "ID,Ref,Objective,Key result,Target,Last updated\n1,A,Grow,Sell,5,2026-11-01\n2,B,,Buy,6,2026-11-02\n",
    );
    let reasons = |file: &str| {
        let json = sandbox
            .okr(&format!("import {file} --dry-run --json"))
            .success()
            .out();
        let json: serde_json::Value = serde_json::from_str(&json).expect("is JSON");
        let left_out = json["account"]["left_out"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let line = |left: &serde_json::Value| {
            let words = |name: &str| left[name].as_str().unwrap_or_default().to_owned();
            format!("{} {}: {}", words("place"), words("text"), words("reason"))
        };
        left_out.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        reasons("issues.csv"),
        [
            "column B IID: column A, `ID`, says the same",
            "column F URL: needed by GitLab alone",
            "column H Author Username: needed by GitLab alone",
            "column J Assignee Username: column I, `Assignee`, says the same",
            "column L Parent IID: column K, `Parent ID`, says the same",
        ]
    );
    assert_eq!(
        reasons("kept.csv"),
        [
            "column B Ref: column A, `ID`, says the same",
            "column F Last updated: needed by the program that wrote it alone",
        ]
    );
}

#[test]
fn what_does_not_come_back_is_listed() {
    let sandbox = Sandbox::new();
    let lost = |name: &str| {
        let json = sandbox
            .okr(&format!("dialects {name} --json"))
            .success()
            .out();
        let json = valid(&json, dialects_schema());
        let lost = json["not_carried"].as_array().cloned().unwrap_or_default();
        lost.iter()
            .filter_map(|what| what.as_str().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let has = |name: &str, what: &str| lost(name).iter().any(|lost| lost == what);
    assert!(has("gitlab", "the period") && has("gitlab", "the team"));
    assert!(!has("appfire-okr", "the period") && !has("appfire-okr", "the team"));
    assert!(has(
        "todoist",
        "owners, texts, fields and initiatives of objectives"
    ));
    assert!(!has("goalscape", "the title of the plan"));
    assert_eq!(lost("viva-goals"), [""; 0]);
    let out = sandbox.okr("dialects gitlab").success().out();
    for what in lost("gitlab").iter().take(3) {
        assert!(out.contains(&format!("- {what}\n")), "{out}");
    }
}

#[test]
fn what_went_out_to_a_platform_changes_nothing_when_it_comes_back() {
    let sandbox = Sandbox::new();
    let plan = "---\nperiod: 2026-Q4\nteam: Finance\n---\n\n# Accounts\n\n\
                ## Objective: Get paid sooner\n\n- Owner: dana@example.com\n- Due: 2026-11-30\n- Weight: 2\n\n\
                ### KR: Raise the collection rate\n\n- Owner: sam@example.com\n- Weight: 3\n\
                - Baseline: 68%\n- Target: 85%\n- Due: 2026-12-31\n\n\
                ## Objective: Close faster\n\n- Owner: dana@example.com\n\n\
                ### KR: Close the month\n\n- Owner: sam@example.com\n- Baseline: 9 days\n- Target: 4 days\n";
    sandbox.write("plan.md", plan);
    for dialect in DIALECTS.iter().filter(|dialect| dialect.is_written()) {
        let name = dialect.name;
        sandbox
            .okr(&format!("render plan.md --dialect {name} -o {name}.csv"))
            .success();
        sandbox
            .okr(&format!("import {name}.csv --update plan.md --yes"))
            .success();
        assert_eq!(sandbox.read("plan.md"), plan, "{name}");
    }
}
