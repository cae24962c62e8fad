//! `okr render --edition external`

use std::io::{Cursor, Read as _};

use snapbox::str;
use zip::ZipArchive;

use crate::support::sandbox::Sandbox;

const PLAN: &str = "\
---
plan: Accounts Team
---

# Accounts Team

## Objective 1: Take Zurich over

- Tags: board, Internal

### Key result 1.1: Zurich signs

## Objective 2: Get paid sooner

- Supports: [Zurich](deals/zurich.md#objective-1-zurich), [Grow](../company.md#objective-2-grow), the bank

Ask [Zurich](deals/zurich.md) first. <!-- Zurich knows -->

### Key result 2.1: Raise the collection rate

- Baseline: 60%
- Target: 80%
- [ ] Call Zurich #internal

| Date       | Value | Note             |
| ---------- | ----: | ---------------- |
| 2026-10-09 |   70% | Zurich #Internal |

### Key result 2.2: Zurich pays #internal
";

const DEAL: &str = "---\ntags: [internal]\n---\n\n# Zurich\n\n## Objective 1: Zurich\n";

const COMPANY: &str = "## Objective 1: Zurich #internal\n\n## Objective 2: Grow\n";

fn sandbox() -> Sandbox {
    Sandbox::with(&[
        ("teams/ar.md", PLAN),
        ("teams/deals/zurich.md", DEAL),
        ("company.md", COMPANY),
    ])
}

#[test]
fn outsiders_see_what_is_not_internal() {
    sandbox()
        .okr("render teams/ar.md --edition external --to md")
        .success()
        .says_nothing()
        .prints(str![[r#"
---
plan: Accounts Team
---

# Accounts Team

## Objective 1: Get paid sooner

- Supports: [Grow](../company.md#objective-1-grow), the bank

Ask first.

### Key result 1.1: Raise the collection rate

- Baseline: 60%
- Target: 80%

| Date       | Value | Status | Confidence | Note |
| ---------- | ----: | ------ | ---------: | ---- |
| 2026-10-09 |   70% |        |            |      |

"#]]);
}

#[test]
fn no_format_tells_what_is_internal() {
    let sandbox = sandbox();
    for name in ["md", "html", "csv", "json", "xlsx"] {
        let out = format!("out.{name}");
        sandbox
            .okr(&format!("render teams/ar.md --edition external -o {out}"))
            .success();
        let bytes = sandbox.bytes(&out);
        let text = if name == "xlsx" {
            let mut book = ZipArchive::new(Cursor::new(bytes)).expect("is a workbook");
            let mut text = String::new();
            for at in 0..book.len() {
                let mut part = book.by_index(at).expect("is there");
                part.read_to_string(&mut text).expect("is XML");
            }
            text
        } else {
            String::from_utf8(bytes).expect("is text")
        };
        assert!(!text.to_lowercase().contains("zurich"), "{name}: {text}");
        assert!(text.contains("Raise the collection rate"), "{name}");
    }
    let all = sandbox.okr("render teams/ar.md --edition internal --to md");
    assert!(all.success().out().contains("Zurich pays"));
    sandbox
        .okr("render teams/ar.md --edition external --dialect gitlab -o issues.csv")
        .success();
    assert!(!sandbox.read("issues.csv").contains("Zurich"));
}

#[test]
fn a_plan_of_any_format_has_an_edition() {
    let sandbox = sandbox();
    sandbox.okr("render teams/ar.md -o teams/ar.json").success();
    for run in ["teams/ar.json", "teams/../teams/ar.md", "./teams/ar.md"] {
        let run = sandbox.okr(&format!("render {run} --edition external --to md"));
        let printed = run.success().out();
        assert!(!printed.contains("Zurich"), "{printed}");
        assert!(printed.contains("company.md#objective-1-grow"), "{printed}");
    }
    sandbox.write(
        "ar.md",
        PLAN.replace("](../", "](")
            .replace("](deals", "](teams/deals"),
    );
    let run = sandbox.okr_reading(
        "render - --edition external --to md",
        sandbox.read("ar.md").as_bytes(),
    );
    let printed = run.success().out();
    assert!(!printed.contains("Zurich"), "{printed}");
    assert!(
        printed.contains("(company.md#objective-1-grow)"),
        "{printed}"
    );
}

#[test]
fn words_without_a_link_may_be_a_title_in_the_folder() {
    let sandbox = Sandbox::with(&[
        (
            "a.md",
            "## Objective: Hire\n\n- Supports: Take Zurich over, Grow\n",
        ),
        (
            "b.md",
            "## Objective: Take Zurich over\n\n- Tags: internal\n",
        ),
    ]);
    sandbox
        .okr("render a.md --edition external --to md")
        .success()
        .says_nothing()
        .prints(str![[r#"
## Objective 1: Hire

- Supports: Grow

"#]]);
}

#[test]
fn a_plan_that_is_internal_as_a_whole_has_no_edition() {
    sandbox()
        .okr("render teams/deals/zurich.md --edition external -o out.html")
        .failure()
        .says(str![[r#"
error: teams/deals/zurich.md is internal as a whole, so that it has no external edition
help: its front matter or its title is tagged internal

"#]]);
}

#[test]
fn the_plan_itself_is_never_replaced_by_its_edition() {
    let sandbox = sandbox();
    sandbox
        .okr("render teams/ar.md --edition external -o teams/../teams/ar.md --force")
        .failure()
        .says(str![[r#"
error: teams/../teams/ar.md is the plan itself: what is internal in it would be lost
help: write the external edition to another file

"#]]);
    assert_eq!(sandbox.read("teams/ar.md"), PLAN);
}

#[test]
fn a_link_to_what_cannot_be_read_is_left_out() {
    let sandbox = Sandbox::with(&[("a.md", "## Objective: Hire\n\nSee [Zurich](b.md).\n")]);
    sandbox.write("b.md", b"\xff\xfe\x00");
    sandbox
        .okr("render a.md --edition external --to md")
        .success()
        .says(str![[r#"
warning: cannot read b.md, so that links to it are left out

"#]])
        .prints(str![[r#"
## Objective 1: Hire

See .

"#]]);
}
