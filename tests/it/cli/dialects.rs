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
        .prints(str![[r#""#]]);
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
        .says(str![[r#""#]]);
}
