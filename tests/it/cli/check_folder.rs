//! `okr check` of several plans: what is told of one because of the others.

use serde_json::Value;
use snapbox::str;

use crate::reports::{check_schema, sarif_schema, valid};
use crate::support::root;
use crate::support::sandbox::{Sandbox, finish};

/// The rules that look at several plans, so that nothing else is told.
const ACROSS: &str =
    "broken-link,circular-support,double-count,skipped-level,unlinked-plan,unserved-goal";

const COMPANY: &str = "---\nlevel: company\n---\n\n# Company\n\n\
                       ## Objective 1: Customers get what they ordered\n\n\
                       ## Objective 2: Good people stay\n";
const OPERATIONS: &str = "---\nlevel: department\n---\n\n# Operations\n\n\
                          ## Objective 1: A promised day is kept\n\n\
                          - Supports: [What they ordered](../company.md#objective-1-customers-get-what-they-ordered)\n\n\
                          ### Key result 1.1: Raise orders on time from 86% to 95%\n";
const WAREHOUSE: &str = "---\nlevel: team\n---\n\n# Warehouse\n\n\
                         ## Objective 1: Every picker finds every item\n\n\
                         - Supports: [What they ordered](../company.md#objective-1-customers-get-what-they-ordered)\n\n\
                         ### Key result 1.1: Raise orders on time from 86% to 95%\n";
const SALES: &str = "---\nlevel: department\n---\n\n# Sales\n\n## Objective 1: Shops become regulars\n\n\
                     - Supports: [Customers get what they ordered](../company.md#objective-1-customers)\n";
const PEOPLE: &str =
    "---\nlevel: department\n---\n\n# People\n\n## Objective 1: New starters settle in\n";

fn sandbox() -> Sandbox {
    Sandbox::with(&[
        ("company.md", COMPANY),
        ("operations/plan.md", OPERATIONS),
        ("operations/warehouse.md", WAREHOUSE),
        ("people/plan.md", PEOPLE),
        ("sales/plan.md", SALES),
    ])
}

#[test]
fn a_folder_is_looked_at_as_a_whole() {
    sandbox()
        .okr(&format!("check --select {ACROSS}"))
        .findings()
        .prints(str![[r#"
info[unserved-goal]: no other plan supports this objective, while others here are supported
 --> company.md:9:17
  |
9 | ## Objective 2: Good people stay
  |                 ^^^^^^^^^^^^^^^^
  |
  = help: ask whose work serves it and let an objective of theirs support it, or drop it for this period

warning[double-count]: counts the same as key result 1.1 of operations/plan.md, and both serve objective 1 of company.md
  --> operations/warehouse.md:11:21
   |
11 | ### Key result 1.1: Raise orders on time from 86% to 95%
   |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: count it in one of the two plans alone; if each counts a part of its own, say in both which part

info[skipped-level]: supports objective 1 of company.md directly, past the department, operations/plan.md
 --> operations/warehouse.md:9:13
  |
9 | - Supports: [What they ordered](../company.md#objective-1-customers-get-what-they-ordered)
  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: if this helps `[A promised day is kept](plan.md#objective-1-a-promised-day-is-kept)`, support that

info[unlinked-plan]: no objective supports one of a higher plan, such as company.md
 --> people/plan.md:5:3
  |
5 | # People
  |   ^^^^^^
  |
  = help: link what an objective serves, such as `- Supports: [Customers get what they ordered](../company.md#objective-1-customers-get-what-they-ordered)`
  = help: Which objective of company.md does it serve?

error[broken-link]: `../company.md#objective-1-customers` leads nowhere: company.md has no objective or key result of that name
 --> sales/plan.md:9:13
  |
9 | - Supports: [Customers get what they ordered](../company.md#objective-1-customers)
  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such objective
  |
  = help: did you mean `../company.md#objective-1-customers-get-what-they-ordered`?
  = help: Which objective does it serve?

1 error, 1 warning, 3 infos in 5 plans
score  focus 75  measurable 100  outcome 100  owned 100  dated 100  tracked –

"#]])
        .says(str![[r#"
next: okr set people/plan.md 1 supports "…"

"#]]);
}

#[test]
fn a_plan_alone_is_told_of_its_links_and_of_nothing_else() {
    let sandbox = sandbox();
    for plan in ["company.md", "operations/warehouse.md", "people/plan.md"] {
        let run = sandbox.okr(&format!("check {plan} --select {ACROSS}"));
        run.success().prints(str![[r#"
nothing to report in 1 plan

"#]]);
    }
    sandbox
        .okr(&format!("check sales/plan.md --select {ACROSS} --format concise"))
        .findings()
        .prints(str![[r#"
sales/plan.md:9:13: error[broken-link] `../company.md#objective-1-customers` leads nowhere: company.md has no objective or key result of that name

"#]]);
    // From wherever it is named.
    let path = sandbox.path("sales/plan.md");
    let path = path.to_str().expect("is UTF-8");
    let run = sandbox.okr(&format!("check {path} --select {ACROSS} --json"));
    let json = valid(&run.findings().out(), check_schema());
    assert_eq!(told(&json), ["broken-link 1 at 9"]);
    // What is outside of the folder where okr runs is named as in a link.
    let mut command = sandbox.command("check plan.md --select broken-link --format concise");
    command.current_dir(sandbox.path("sales"));
    finish(command, b"").findings().prints(str![[r#"
plan.md:9:13: error[broken-link] `../company.md#objective-1-customers` leads nowhere: ../company.md has no objective or key result of that name

"#]]);
}

#[test]
fn several_plans_are_looked_at_together_but_need_not_be_all() {
    let sandbox = sandbox();
    let files = "company.md operations/plan.md operations/warehouse.md sales/plan.md";
    let run = sandbox.okr(&format!("check {files} --select {ACROSS} --json"));
    let json = valid(&run.findings().out(), check_schema());
    assert_eq!(
        told(&json),
        [
            "double-count 1.1 at 11",
            "skipped-level 1 at 9",
            "broken-link 1 at 9"
        ],
        "that nobody supports objective 2 of the company is not known"
    );
    let json = sandbox.okr(&format!("check . --select {ACROSS} --json"));
    let json = valid(&json.findings().out(), check_schema());
    let all = told(&json);
    assert!(all.contains(&"unserved-goal 2 at 9".to_owned()), "{all:?}");
}

/// Returns rule, element and line of each finding.
fn told(json: &Value) -> Vec<String> {
    let plans = json["plans"].as_array().expect("is a list").iter();
    let findings = plans.flat_map(|plan| plan["findings"].as_array().expect("is a list"));
    findings
        .map(|it| {
            let word = |key: &str| it[key].as_str().unwrap_or("?").to_owned();
            let line = &it["location"]["line"];
            format!("{} {} at {line}", word("rule"), word("element"))
        })
        .collect()
}

#[test]
fn every_format_tells_them_at_their_places() {
    let sandbox = sandbox();
    let all = format!("check --select {ACROSS}");
    sandbox
        .okr(&format!("{all} --format concise"))
        .findings()
        .prints(str![[r#"
company.md:9:17: info[unserved-goal] no other plan supports this objective, while others here are supported
operations/warehouse.md:11:21: warning[double-count] counts the same as key result 1.1 of operations/plan.md, and both serve objective 1 of company.md
operations/warehouse.md:9:13: info[skipped-level] supports objective 1 of company.md directly, past the department, operations/plan.md
people/plan.md:5:3: info[unlinked-plan] no objective supports one of a higher plan, such as company.md
sales/plan.md:9:13: error[broken-link] `../company.md#objective-1-customers` leads nowhere: company.md has no objective or key result of that name

"#]]);
    sandbox
        .okr(&format!("{all} --format github --ignore double-count,skipped-level"))
        .findings()
        .prints(str![[r#"
::notice file=company.md,line=9,endLine=9,col=17,endColumn=33,title=unserved-goal::no other plan supports this objective, while others here are supported%0Aask whose work serves it and let an objective of theirs support it, or drop it for this period
::notice file=people/plan.md,line=5,endLine=5,col=3,endColumn=9,title=unlinked-plan::no objective supports one of a higher plan, such as company.md%0Alink what an objective serves, such as `- Supports: [Customers get what they ordered](../company.md#objective-1-customers-get-what-they-ordered)`%0AWhich objective of company.md does it serve?
::error file=sales/plan.md,line=9,endLine=9,col=13,endColumn=83,title=broken-link::`../company.md#objective-1-customers` leads nowhere: company.md has no objective or key result of that name%0Adid you mean `../company.md#objective-1-customers-get-what-they-ordered`?%0AWhich objective does it serve?

"#]]);
    let json = sandbox.okr(&format!("{all} --json"));
    let json = valid(&json.findings().out(), check_schema());
    let broken = &json["plans"][4]["findings"][0];
    assert_eq!(broken["axis"], "focus");
    assert_eq!(
        broken["question"]["offer"],
        "[Customers get what they ordered](../company.md#objective-1-customers-get-what-they-ordered)"
    );
    assert_eq!(json["summary"]["errors"], 1);
    assert_eq!(json["plans"][4]["score"]["focus"], 0);
    let sarif = sandbox.okr(&format!("{all} --format sarif"));
    let sarif = valid(&sarif.findings().out(), sarif_schema());
    let results = sarif["runs"][0]["results"].as_array().expect("is a list");
    let ids: Vec<_> = results.iter().map(|it| it["ruleId"].as_str()).collect();
    let expected = [
        "unserved-goal",
        "double-count",
        "skipped-level",
        "unlinked-plan",
        "broken-link",
    ];
    assert_eq!(ids, expected.map(Some));
    let rules = &sarif["runs"][0]["tool"]["driver"]["rules"];
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("is known");
        let index = usize::try_from(index).expect("is small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn the_answer_that_is_offered_mends_the_link() {
    let sandbox = sandbox();
    let run = sandbox.okr(&format!("check sales/plan.md --select {ACROSS}"));
    run.findings().says(str![[r#"
next: okr set sales/plan.md 1 supports "[Customers get what they ordered](../company.md#objective-1-customers-get-what-they-ordered)"

"#]]);
    let link = "[Customers get what they ordered](../company.md#objective-1-customers-get-what-they-ordered)";
    let set = format!("set sales/plan.md 1 supports '{link}'");
    sandbox.okr(&set).success();
    let again = sandbox.okr(&format!("check sales/plan.md --select {ACROSS}"));
    again.success();
}

#[test]
fn what_is_dismissed_in_the_plan_is_not_told() {
    let sandbox = sandbox();
    let allow = |rule: &str| format!("{WAREHOUSE}\n<!-- okr: allow {rule}: as agreed -->\n");
    sandbox.write("operations/warehouse.md", allow("double-count"));
    let run = sandbox.okr("check --select double-count,unused-dismissal --json");
    let json = valid(&run.success().out(), check_schema());
    assert_eq!(json["summary"]["dismissed"], 1);
    assert_eq!(told(&json), [""; 0]);
    // A plan alone cannot know whether the comment is of use.
    let alone = "check operations/warehouse.md --select double-count,unused-dismissal,broken-link";
    sandbox.okr(alone).success().prints(str![[r#"
nothing to report in 1 plan

"#]]);
    sandbox.write("operations/warehouse.md", allow("broken-link"));
    sandbox
        .okr("check operations/warehouse.md --select broken-link,unused-dismissal --format concise")
        .success()
        .prints(str![[r#"
operations/warehouse.md:11:21: info[unused-dismissal] `broken-link` is dismissed, but finds nothing here

"#]]);
}

#[test]
fn the_okr_toml_of_each_plan_sets_levels() {
    let sandbox = sandbox();
    sandbox.write("sales/okr.toml", "[rules]\nbroken-link = \"info\"\n");
    sandbox.write("people/okr.toml", "[rules]\nunlinked-plan = \"off\"\n");
    sandbox.write(
        "operations/okr.toml",
        "[rules]\nskipped-level = \"error\"\n",
    );
    sandbox
        .okr(&format!("check --ignore double-count,unserved-goal --select {ACROSS} --format concise"))
        .findings()
        .prints(str![[r#"
operations/warehouse.md:9:13: error[skipped-level] supports objective 1 of company.md directly, past the department, operations/plan.md
sales/plan.md:9:13: info[broken-link] `../company.md#objective-1-customers` leads nowhere: company.md has no objective or key result of that name

"#]]);
}

#[test]
fn links_out_of_the_folder_are_followed() {
    let sandbox = sandbox();
    sandbox.write("notes/vision.md", "# What we want to be\n\nLoved.\n");
    let plan = SALES.replace(
        "- Supports: ",
        "- Supports: [Our vision](../notes/vision.md#what-we-want-to-be), [Deck](../deck.pdf), ",
    );
    sandbox.write("sales/plan.md", plan);
    sandbox
        .okr("check sales --select broken-link --format concise")
        .findings()
        .prints(str![[r#"
sales/plan.md:9:13: error[broken-link] `../company.md#objective-1-customers` leads nowhere: company.md has no objective or key result of that name

"#]]);
    // A stream is nowhere, and so are its links.
    sandbox
        .okr_reading("check - --select broken-link", SALES.as_bytes())
        .success();
}

#[test]
fn a_circle_through_plans_that_are_not_named_is_seen() {
    let sandbox = Sandbox::with(&[
        ("a.md", "## Objective: A\n\n- Supports: [B](b.md)\n"),
        ("b.md", "## Objective: B\n\n- Supports: [C](c.md)\n"),
        ("c.md", "## Objective: C\n\n- Supports: [A](a.md)\n"),
    ]);
    sandbox
        .okr("check b.md --select circular-support")
        .findings()
        .prints(str![[r#"
error[circular-support]: objective supports itself by way of objective 1 of c.md and objective 1 of a.md
 --> b.md:3:13
  |
3 | - Supports: [C](c.md)
  |             ^^^^^^^^^ leads round in a circle
  |
  = help: take one of these links out: the one from the broader goal to the narrower

1 error in 1 plan
score  focus 0  measurable –  outcome 100  owned 100  dated –  tracked –

"#]]);
    let all = sandbox.okr("check --select circular-support --format concise");
    let all = all.findings().out();
    assert_eq!(all.lines().count(), 1, "one circle is one finding: {all}");
}

#[test]
fn what_would_be_fixed_is_counted_with_what_stays() {
    let sandbox = sandbox();
    let run = sandbox.okr(&format!("check sales --diff --select {ACROSS}"));
    run.findings().says(str![[r#"
1 error in 1 plan

"#]]);
}

#[test]
fn the_example_has_nothing_between_its_plans_that_is_not_meant() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(&format!("check --select {ACROSS} --format concise"));
    command.current_dir(root().join("examples/harbour-supplies"));
    finish(command, b"").success().prints(str![[r#"
2026-Q4/operations/customer-support.md:16:13: info[skipped-level] supports objective 1 of 2026-Q4/company.md directly, past the department, 2026-Q4/operations/plan.md

"#]]);
}
