//! `okr set`

use snapbox::str;

use super::BY_HAND;
use crate::support::sandbox::{Sandbox, TODAY};

/// Checks that a change replaces exactly `old`, which stands once in the plan, by `new`.
#[track_caller]
fn check(arguments: &str, old: &str, new: &str) {
    assert_eq!(BY_HAND.matches(old).count(), 1, "{old:?}");
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox.okr(&format!("set plan.md {arguments}")).success().prints_nothing();
    let expected = BY_HAND.replacen(old, new, 1);
    assert!(sandbox.bytes("plan.md") == expected.as_bytes(), "{:?}\n=== is not\n{expected:?}", sandbox.read("plan.md"));
    assert_eq!(sandbox.list(), ["plan.md"]);
}

#[test]
fn only_the_bytes_of_the_field_change() {
    check("1 owner Sam", "* Owner:  Dana Reyes\r\n", "* Owner:  Sam\r\n");
    check("1.1 baseline 72%", "* **Baseline:** 68%\r\n", "* **Baseline:** 72%\r\n");
    check("1.1 target 'at least 85%'", "* Target: +25%\r\n", "* Target: at least 85%\r\n");
    check("1.1 due 2026-12-15", "2026-12-31", "2026-12-15");
    check("1.1 title 'Raise it'", "Raise the collection rate by 25%", "Raise it");
    check("1 type aspirational", "committed", "aspirational");
    check("plan team 'Cash Desk'", "team: Finance # ours", "team: Cash Desk # ours");
    check("plan title 'Cash'", "# Finance\r\n", "# Cash\r\n");
    check("1.1.1 done yes", "* [ ] Train", "* [x] Train");
    check("1.1.2 done no", "[x]", "[ ]");
    check("1.1.1 owner Dana", "(@kim)", "(@Dana)");
    check("1.1.1 due 2026-11-30", "(@kim)", "(@kim, due 2026-11-30)");
    check("2.0.1 title 'Share the calendar'", "Draw up the calendar", "Share the calendar");
}

#[test]
fn a_field_that_is_not_there_is_added_in_the_manner_of_the_file() {
    check("1.1 source 'ageing report'", "* Due: 2026-12-31\r\n", "* Due: 2026-12-31\r\n* Source: ageing report\r\n");
    check("plan owner 'Dana Reyes'", "team: Finance # ours\r\n", "team: Finance # ours\r\nowner: Dana Reyes\r\n");
}

#[test]
fn a_field_is_cleared_by_an_empty_value() {
    check("1.1 due ''", "* Due: 2026-12-31\r\n", "");
    check("1.1.1 owner ''", " (@kim)", "");
}

#[test]
fn an_element_is_named_by_number_anchor_id_and_letters() {
    check("1.2 owner Sam", "* Id: kr-disputes\r\n", "* Owner: Sam\r\n* Id: kr-disputes\r\n");
    check("kr-disputes target -20%", "-10%", "-20%");
    check("'#key-result-12-cut-disputes-by-10' target -20%", "-10%", "-20%");
    check("disputes target -20%", "-10%", "-20%");
    check("'train the team' done yes", "* [ ] Train", "* [x] Train");
    check("'CLOSE THE BOOKS' title Close", "Close the books in three days", "Close");
}

#[test]
fn letters_that_several_titles_have_are_not_guessed() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    let mut said = String::new();
    for element in ["the", "xyz", "3", "1.9", "1.1.7", "#no-such-heading", "colection"] {
        let run = sandbox.okr(&format!("set plan.md {element} owner Sam"));
        run.failure().prints_nothing();
        said.push_str(&format!("$ okr set plan.md {element} owner Sam\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(said, str![]);
    assert_eq!(sandbox.read("plan.md"), BY_HAND);
}

#[test]
fn what_a_field_cannot_be_is_refused() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    let mut said = String::new();
    for arguments in [
        "1.1 due soon", "1.1 baselin 68%", "1.1 colour blue", "1.1 baseline many", "1.1 target often", "1 type perhaps", "1 baseline 68%",
        "1.1.1 done perhaps", "1.1.1 target 5", "1.1.1 due soon", "plan period someday", "plan cadence daily", "1.1 title ''",
    ] {
        let run = sandbox.okr(&format!("set plan.md {arguments}"));
        run.failure().prints_nothing();
        said.push_str(&format!("$ okr set plan.md {arguments}\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(said, str![]);
    assert_eq!(sandbox.read("plan.md"), BY_HAND);
}

#[test]
fn a_field_of_ones_own_is_asked_for_by_name() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox.okr("set plan.md 1.1 colour blue --custom").success().says(str![]);
    assert!(sandbox.read("plan.md").contains("\r\n* colour: blue\r\n") || sandbox.read("plan.md").contains("\r\n* Colour: blue\r\n"), "{}", sandbox.read("plan.md"));
    sandbox.okr("set plan.md 1.1 colour green").success();
}

#[test]
fn a_change_says_what_was_what_is_and_what_it_means() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox.okr("set plan.md 1.1 baseline 72%").success().says(str![]);
    sandbox.okr("set plan.md 1.1 owner ''").success().says(str![]);
    sandbox.okr("set plan.md 1.1.1 done yes").success().says(str![]);
}

#[test]
fn what_is_so_already_leaves_the_file_untouched() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    let file = std::fs::File::options().write(true).open(sandbox.path("plan.md")).expect("is there");
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    file.set_modified(long_ago).expect("can be set");
    drop(file);
    let modified = || std::fs::metadata(sandbox.path("plan.md")).and_then(|metadata| metadata.modified()).expect("is known");
    sandbox.okr("set plan.md 1.1 baseline 68%").success().prints_nothing().says(str![]);
    sandbox.okr("set plan.md 1 owner 'Dana Reyes'").success();
    sandbox.okr("set plan.md 1.1.2 done yes").success();
    assert_eq!(modified(), long_ago);
    assert_eq!(sandbox.read("plan.md"), BY_HAND);
    sandbox.okr("set plan.md 1.1 baseline 69%").success();
    assert_ne!(modified(), long_ago, "a change is seen");
}

#[test]
fn a_dry_run_shows_the_difference_and_changes_nothing() {
    let sandbox = Sandbox::with(&[("plan.md", &BY_HAND.replace("\r\n", "\n"))]);
    let before = sandbox.bytes("plan.md");
    sandbox.okr("set --dry-run plan.md 1.1 due 2026-12-15").success().prints(str![]);
    assert_eq!(sandbox.bytes("plan.md"), before);
    sandbox.okr("set --dry-run plan.md 1.1 due 2026-12-31").success().prints_nothing();
}

#[test]
fn streams_stand_in_for_files() {
    let sandbox = Sandbox::new();
    let run = sandbox.okr_reading("set - 1.1 due 2026-12-15", BY_HAND.as_bytes());
    assert_eq!(run.success().out(), BY_HAND.replace("2026-12-31", "2026-12-15"));
    assert_eq!(sandbox.list(), [""; 0]);
}

#[test]
fn only_markdown_is_edited() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox.okr("render plan.md -o plan.csv").success();
    let before = sandbox.bytes("plan.csv");
    sandbox.okr("set plan.csv 1.1 due 2026-12-15").failure().says(str![]);
    assert_eq!(sandbox.bytes("plan.csv"), before);
}

#[test]
fn values_are_words_and_never_new_structure() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    let before = okr_core::parse(BY_HAND).plan;
    for value in ["a\n## Objective: b", "x\r\n- Due: 2020-01-01", "*a* `b` [c](d)", "---", "# a", "- [x] b", "a | b", "<!-- c -->", "  two  blanks  ", "a\\"] {
        let mut command = sandbox.bare_command();
        command.args(["--today", TODAY, "set", "plan.md", "1", "owner", value]);
        let run = crate::support::sandbox::finish(command, b"");
        let after = okr_core::parse(sandbox.read("plan.md")).plan;
        let mut expected = before.clone();
        expected.objectives[0].owner.clone_from(&after.objectives[0].owner);
        assert_eq!(after, expected, "{value:?}: {}", run.err());
        if !value.contains('\n') {
            let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
            let owner = after.objectives[0].owner.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(owner, words, "{}", run.err());
        }
    }
}
