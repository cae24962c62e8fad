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
