//! `okr explain`

use okr_core::audit::RULES;
use snapbox::str;

use crate::reports::{explain_schema, valid};
use crate::support::sandbox::Sandbox;

#[test]
fn all_rules_are_listed() {
    let sandbox = Sandbox::new();
    let list = sandbox.okr("explain").success().says_nothing().out();
    let json = sandbox.okr("explain --json").success().out();
    let json = valid(&json, explain_schema());
    assert_eq!(json["schema"], "okr-rules/1");
    assert_eq!(json["rules"].as_array().map(Vec::len), Some(RULES.len()));
    for rule in RULES {
        let is_line = |line: &str| line.split_whitespace().next() == Some(rule.id);
        assert!(list.lines().any(is_line), "{} is not listed", rule.id);
    }
}

#[test]
fn a_rule_is_explained() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("explain no-number")
        .success()
        .says_nothing()
        .prints(str![[r#"
no-number  error, asks; lowers the score measurable; since 0.1.0

What it checks

A key result has a number to reach, in its statement or in its `Target` field,
or is a state that is plainly there or not, such as a grade (`"Good" or better`)
or steps that are ticked. Where a vague verb, an effort or a word like
significantly stands in the place of the number, the rule about these words says
so, once and as an error.

Why it matters

A key result without a number is met when its owner says so. With a number, two
people who disagree can look it up.

Example

    ## Objective: Late payers hear from us

    ### Key result: Better follow-up on late payers

Use instead

    ## Objective: Late payers hear from us

    ### Key result: Raise the share of late payers called within 5 days from 40% to 90%

"#]]);
    for rule in RULES {
        let json = sandbox
            .okr(&format!("explain {} --json", rule.id))
            .success()
            .out();
        let json = valid(&json, explain_schema());
        assert_eq!(json["schema"], "okr-rule/1");
        assert_eq!(json["docs"], rule.docs);
        assert!(!rule.example().is_empty() && json["example"] == rule.example());
    }
}

#[test]
fn the_nearest_rule_is_offered() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("explain no-nmber")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: there is no rule `no-nmber`
help: did you mean `no-number`?

"#]]);
    sandbox
        .okr("explain unknown-field")
        .failure()
        .says(str![[r#"
error: `unknown-field` is no rule: it says that a line could not be read
help: docs/plan-format.md says what is read; okr.toml may set its level as that of a rule

"#]]);
}
