//! `okr man`

use snapbox::str;

use crate::support::sandbox::Sandbox;

#[test]
fn a_page_is_printed() {
    let run = Sandbox::new().okr("man new");
    let page = run.success().says_nothing().out();
    assert!(
        page.contains(".TH okr-new 1") || page.contains(".TH okr\\-new 1"),
        "{page}"
    );
    for words in ["baseline", "objectives", "EXAMPLES"] {
        assert!(
            page.to_lowercase().contains(&words.to_lowercase()),
            "{words}: {page}"
        );
    }
    let page = Sandbox::new().okr("man").success().out();
    assert!(page.contains(".TH okr 1"), "{page}");
}

#[test]
fn all_pages_are_written_into_a_folder() {
    let sandbox = Sandbox::with(&[("man1/keep", "")]);
    sandbox
        .okr("man --dir man1")
        .success()
        .prints_nothing()
        .says(str![[r#"
wrote 23 manual pages to man1

"#]]);
    snapbox::assert_data_eq!(
        sandbox.list().join("\n"),
        str![[r#"
man1/keep
man1/okr-add.1
man1/okr-check.1
man1/okr-checkin.1
man1/okr-close.1
man1/okr-completions.1
man1/okr-dialects.1
man1/okr-diff.1
man1/okr-due.1
man1/okr-explain.1
man1/okr-fmt.1
man1/okr-import.1
man1/okr-man.1
man1/okr-map.1
man1/okr-measure.1
man1/okr-new.1
man1/okr-publish.1
man1/okr-read.1
man1/okr-render.1
man1/okr-review.1
man1/okr-set.1
man1/okr-status.1
man1/okr-templates.1
man1/okr.1
"#]]
    );
    for name in sandbox.list().iter().filter(|name| name.ends_with(".1")) {
        assert!(sandbox.read(name).contains(".TH okr"), "{name}");
        assert!(
            !sandbox.read(name).contains('\u{1b}'),
            "{name} has no colour"
        );
    }
}

#[test]
fn nothing_is_overwritten_and_a_dry_run_writes_nothing() {
    let sandbox = Sandbox::with(&[("man1/okr-new.1", "mine")]);
    let run = sandbox.okr("man --dir man1 --dry-run --force");
    run.success();
    assert!(run.out().contains("okr.1"), "{}", run.out());
    assert_eq!(sandbox.list(), ["man1/okr-new.1"]);
    sandbox.okr("man --dir man1").failure();
    assert_eq!(sandbox.read("man1/okr-new.1"), "mine");
    assert_eq!(sandbox.list(), ["man1/okr-new.1"]);
    sandbox.okr("man --dir man1 --force").success();
    assert_ne!(sandbox.read("man1/okr-new.1"), "mine");
}

#[test]
fn an_unknown_page_is_told_which_there_are() {
    let sandbox = Sandbox::new();
    sandbox.okr("man nwe").failure().says(str![[r#"
error: there is no command `nwe`
help: did you mean `new`?

"#]]);
}
