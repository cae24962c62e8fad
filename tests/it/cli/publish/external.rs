//! `okr publish --edition external`

use snapbox::str;

use super::{attributes, faults, files};
use crate::support::sandbox::Sandbox;

const COMPANY: &str = "\
---
plan: Harbour
period: 2026-Q4
owner: Ada Reyes
team: \"Finance Hushteam #internal\"
---

# Harbour

See [the deal](hush-deal.md), [its page](hush-deal.html), [both](/plans/hush-deal.md) and
[the web](https://example.org/okr/plans/hush-deal.html#o.1). <!-- hush note -->

[hush]: hush-deal.md

| Who | What |
| --- | --- |
| bank | hush terms #internal |

## Objective 1: Buy hushcorp #internal

- Owner: Hush Person

### Key result 1.1: Hush bids from 1 to 3

## Objective: Be paid sooner

- Owner: Ben Osei
- Supports: [Buy](#objective-1-buy-hushcorp-internal), [deal](hush-deal.md#x), Buy hushcorp

### KR: Cut days from 52 to 44 days

- Owner: Hush Owner #internal
- [ ] Ask the hush bank (@Hush Helper, due 2026-11-01) #internal
- [ ] Ask the bank (@Kim Ortiz, due 2026-11-02)

| Date | Value | Status | Note |
| --- | --- | --- | --- |
| 2026-11-06 | 50 days | on track | hush note #internal |
| 2026-11-20 | 49 days | at risk | two large ones |

### KR: Keep hush costs at 3

- Tags: board, internal
- Owner: Hush Third

| Date | Value | Status |
| --- | --- | --- |
| 2026-11-20 | 9 | off track |
";

const TEAM: &str = "\
---
plan: Team
period: 2026-Q4
continues: ../hush-deal.md
---

## Objective: Send in a week

- Supports: [paid](../company.md#objective-be-paid-sooner), [hush](../company.md#objective-1-buy-hushcorp-internal)

Not https://example.org/okr/plans/hush-deal.html, see [days](../company.md#kr-cut-days-from-52-to-44-days), [notes](../../around/hush-notes.md) and [more](../../around/more.md).
";

const DEAL: &str = "\
---
plan: Hush deal
tags: internal
owner: Hush Boss
---

## Objective 1: Buy hushcorp

- Supports: [paid](company.md#objective-be-paid-sooner)
";

fn sandbox() -> Sandbox {
    Sandbox::with(&[
        ("plans/company.md", COMPANY),
        ("plans/teams/team.md", TEAM),
        ("plans/hush-deal.md", DEAL),
        (
            "plans/hush/all.md",
            "# Hush plans\n\n## Objective 1: Hush #internal\n",
        ),
        (
            "around/hush-notes.md",
            "---\ntags: [internal]\n---\n\nHush.\n",
        ),
        ("around/more.md", "# More\n"),
    ])
}

#[test]
fn a_site_for_outsiders_has_nothing_internal() {
    let sandbox = sandbox();
    sandbox
        .okr("publish plans -o site --edition external")
        .success()
        .says(str![[r#"
published site/index.html: 17 of 17 files written

"#]]);
    let site = files(&sandbox, "site");
    let names: Vec<&str> = site.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            ".okr-site.json",
            "assets/search.js",
            "assets/site.js",
            "assets/style.css",
            "data/key-results.csv",
            "data/plans.json",
            "data/plans.xlsx",
            "feed.xml",
            "index.html",
            "map.html",
            "people/ada-reyes.html",
            "people/ben-osei.html",
            "people/kim-ortiz.html",
            "plans/company.html",
            "plans/company.json",
            "plans/teams/team.html",
            "plans/teams/team.json",
            "search.html",
        ]
    );
    for (name, text) in &site {
        assert!(!text.to_lowercase().contains("hush"), "{name}");
    }
    assert_eq!(faults(&site), Vec::<String>::new());
    // What is left has its place: links lead to it, and numbers are of it alone.
    let team = &site["plans/teams/team.html"];
    let links = attributes(team, "href");
    for link in ["../company.html#o.1", "../company.html#kr.1.1"] {
        assert!(links.contains(&link), "{links:?}");
    }
    let rows = &site["data/key-results.csv"];
    assert!(rows.contains("at risk") && !rows.contains("off track"));
    assert_eq!(rows.trim_end().lines().count(), 2, "{rows}");
    assert!(site["people/kim-ortiz.html"].contains("Ask the bank"));
    assert!(site["feed.xml"].contains("two large ones"));
}

#[test]
fn one_edition_takes_the_place_of_the_other() {
    let sandbox = sandbox();
    sandbox.okr("publish plans -o site").success();
    let whole = files(&sandbox, "site");
    assert!(whole.contains_key("plans/hush-deal.html"));
    let told = whole.values().filter(|text| text.contains("hush"));
    assert!(told.count() > 5, "there is something to leave out");
    let external = "publish plans -o site --edition external";
    sandbox.okr(external).success();
    sandbox
        .okr("publish plans -o fresh --edition external")
        .success();
    assert_eq!(files(&sandbox, "site"), files(&sandbox, "fresh"));
    sandbox.okr(external).success().says(str![[r#"
nothing has changed in site

"#]]);
    // What was left out tells nothing by what is made anew.
    let other = COMPANY
        .replace("hush terms", "other terms")
        .replace("hush note", "another note")
        .replace("hushcorp", "othercorp")
        .replace("Hush", "Other");
    sandbox.write("plans/company.md", other);
    sandbox.okr(external).success().says(str![[r#"
nothing has changed in site

"#]]);
    sandbox.write("plans/company.md", COMPANY);
    sandbox.okr("publish plans -o site").success();
    assert_eq!(files(&sandbox, "site"), whole);
}

#[test]
fn a_single_plan_and_one_file_have_editions_as_well() {
    let sandbox = sandbox();
    sandbox.write(
        "README.md",
        "<!-- okr: plans -->\n<!-- okr: end of plans -->\n",
    );
    sandbox
        .okr("publish plans -o site.html --single-file --into README.md --edition external")
        .success();
    sandbox
        .okr("publish plans/company.md -o one --edition external")
        .success();
    let one = files(&sandbox, "one");
    assert!(one.contains_key("plans/company.html"));
    let texts = [&sandbox.read("site.html"), &sandbox.read("README.md")];
    for text in texts.into_iter().chain(one.values()) {
        assert!(text.contains("Harbour") || !text.contains("<title>"));
        assert!(!text.to_lowercase().contains("hush"), "{text}");
    }
}

#[test]
fn plans_that_are_internal_as_a_whole_make_no_site() {
    let sandbox = Sandbox::with(&[("plans/hush-deal.md", DEAL)]);
    sandbox
        .okr("publish plans -o site --edition external")
        .failure()
        .says(str![[r#"
error: no plan of this folder has an external edition
help: the front matter or the title of each is tagged internal, or all of its objectives are

"#]]);
    assert_eq!(files(&sandbox, "site").len(), 0);
}

#[test]
fn a_file_that_cannot_be_read_is_linked_to_by_nobody() {
    let sandbox = sandbox();
    sandbox.write("plans/hush-deal.md", b"\xff\xfe\x00hush");
    let run = sandbox.okr("publish plans -o site --edition external");
    run.failure();
    for (name, text) in files(&sandbox, "site") {
        let text = text.to_lowercase();
        assert!(
            !name.contains("hush") && !text.contains("hush-deal"),
            "{name}"
        );
    }
}

#[test]
fn findings_are_not_for_outsiders() {
    sandbox()
        .okr("publish plans -o site --edition external --findings")
        .failure()
        .says(str![[r#"
error: findings quote the plans as they are, internal words too
help: leave --findings out for outsiders

"#]]);
}
