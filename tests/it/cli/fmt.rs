//! `okr fmt`

use snapbox::str;

use super::BY_HAND;
use crate::support::sandbox::Sandbox;

const UNTIDY: &str = "## Objective 7: Get paid\n\n- owner : Dana\n\n### KR: Raise the rate\n\n| Date | Value |\n|-|-|\n| 2026-10-09 | 70% |\n\n   free   text\n";

#[test]
fn a_plan_is_tidied_in_place_and_means_the_same() {
    let sandbox = Sandbox::with(&[("plan.md", UNTIDY)]);
    sandbox
        .okr("fmt plan.md")
        .success()
        .prints_nothing()
        .says(str![[r#"
tidied plan.md

"#]]);
    snapbox::assert_data_eq!(
        sandbox.read("plan.md"),
        str![[r#"
## Objective 1: Get paid

- Owner: Dana

### Key result 1.1: Raise the rate

| Date       | Value |
| ---------- | ----: |
| 2026-10-09 |   70% |

   free   text

"#]]
    );
    assert_eq!(
        okr_core::parse(sandbox.read("plan.md")).plan,
        okr_core::parse(UNTIDY).plan
    );
    let tidied = sandbox.bytes("plan.md");
    sandbox.okr("fmt plan.md").success().says(str![[r#"
plan.md is tidy already

"#]]);
    assert_eq!(
        sandbox.bytes("plan.md"),
        tidied,
        "tidying twice is tidying once"
    );
}

#[test]
fn line_ends_stay_as_they_are() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox.okr("fmt plan.md").success();
    let text = sandbox.read("plan.md");
    assert_eq!(
        text.matches('\n').count(),
        text.matches("\r\n").count(),
        "{text:?}"
    );
    assert!(text.ends_with("No final line end.\r\n"), "{text:?}");
    assert_eq!(okr_core::parse(text).plan, okr_core::parse(BY_HAND).plan);
}

#[test]
fn a_check_tells_what_is_untidy_and_changes_nothing() {
    let sandbox = Sandbox::with(&[("a.md", UNTIDY), ("b.md", "## Objective 1: a\n")]);
    sandbox
        .okr("fmt --check a.md b.md")
        .findings()
        .says(str![[r#"
a.md is not tidy

"#]]);
    sandbox.okr("fmt --check b.md").success();
    assert_eq!(sandbox.read("a.md"), UNTIDY);
}

#[test]
fn a_dry_run_shows_the_difference_and_changes_nothing() {
    let sandbox = Sandbox::with(&[("plan.md", UNTIDY)]);
    sandbox
        .okr("fmt --dry-run plan.md")
        .success()
        .prints(str![[r#"
--- plan.md
+++ plan.md
@@ -1,11 +1,11 @@
-## Objective 7: Get paid
+## Objective 1: Get paid
 
-- owner : Dana
+- Owner: Dana
 
-### KR: Raise the rate
+### Key result 1.1: Raise the rate
 
-| Date | Value |
-|-|-|
-| 2026-10-09 | 70% |
+| Date       | Value |
+| ---------- | ----: |
+| 2026-10-09 |   70% |
 
    free   text

"#]]);
    assert_eq!(sandbox.read("plan.md"), UNTIDY);
}

#[test]
fn streams_are_tidied() {
    let sandbox = Sandbox::new();
    let run = sandbox.okr_reading("fmt -", UNTIDY.as_bytes());
    assert_eq!(
        okr_core::parse(run.success().out()).plan,
        okr_core::parse(UNTIDY).plan
    );
    assert!(
        run.out().starts_with("## Objective 1: Get paid\n"),
        "{}",
        run.out()
    );
    assert_eq!(sandbox.list(), [""; 0]);
}

#[test]
fn of_several_plans_each_is_tidied_though_one_is_missing() {
    let sandbox = Sandbox::with(&[("a.md", UNTIDY), ("c.md", UNTIDY)]);
    let run = sandbox.okr("fmt a.md b.md c.md");
    run.failure().prints_nothing().says(str![[r#"
tidied a.md
error: cannot read b.md: there is no such file or folder
help: did you mean a.md?
tidied c.md

"#]]);
}
