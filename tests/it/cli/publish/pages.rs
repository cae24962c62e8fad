//! What the pages of a site say of where plans stand.

use super::{attributes, faults, files, sandbox};
use crate::support::sandbox::Sandbox;

const SALES: &str = "\
---
plan: Sales
period: 2026-Q4
owner: Ruth Okafor
---

## Objective 1: Shops come back

### Key result 1.1: Raise orders from 0 to 100

| Date | Value | Status |
| --- | --- | --- |
| 2026-11-06 | 12 | on track |
| 2026-11-20 | 10 | on track |

### Key result 1.2: Raise visits from 0 to 100

| Date | Value | Status |
| --- | --- | --- |
| 2026-11-20 | 100 | achieved |

### Key result 1.3: Raise calls from 0 to 100

| Date | Value | Status |
| --- | --- | --- |
| 2026-11-20 | 0 | paused |

### Key result 1.4: Raise letters from 0 to 100

| Date | Value | Status |
| --- | --- | --- |
| 2026-11-06 | 45 | on track |
| 2026-11-20 | 60 | on track |

### Key result 1.5: Cut returns from 100 to 20

- Owner: Kim Ortiz

| Date | Value | Status |
| --- | --- | --- |
| 2026-11-20 | 68 | at risk |
";

/// Returns the part of a page from the first of two pieces of it up to the second.
#[track_caller]
fn part<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let at = page.find(from).unwrap_or_else(|| panic!("{from}\n{page}"));
    let rest = &page[at..];
    &rest[..rest.find(to).unwrap_or(rest.len())]
}

fn site(plans: &[(&str, &str)], flags: &str) -> (Sandbox, super::BTreeMap<String, String>) {
    let sandbox = Sandbox::with(plans);
    sandbox
        .okr(&format!("publish plans -o site {flags}"))
        .success();
    let files = files(&sandbox, "site");
    assert_eq!(faults(&files), Vec::<String>::new());
    (sandbox, files)
}

#[test]
fn the_first_page_names_what_is_in_trouble_and_says_why() {
    let (_sandbox, files) = site(&[("plans/sales.md", SALES)], "");
    let front = &files["index.html"];
    let troubles = part(front, "id=\"decisions\"", "id=\"late\"");
    let wanted = [
        // What the numbers alone say counts as the worse of the two, and comes first.
        "mark off-track",
        "plans/sales.html#kr.1.1",
        "said to be on track, off track by the numbers: 10% done, 57% expected",
        "Also off track or at risk",
        "mark at-risk",
        "plans/sales.html#kr.1.5",
        "at risk: 40% done, 57% expected",
    ];
    let places: Vec<_> = wanted
        .iter()
        .map(|wanted| {
            troubles
                .find(wanted)
                .unwrap_or_else(|| panic!("{wanted}\n{troubles}"))
        })
        .collect();
    assert!(places.is_sorted(), "{troubles}");
    assert_eq!(troubles.matches("<li>").count(), 2);
    let row = part(front, "<tbody>", "</tr>");
    assert!(
        row.contains("at risk</span><span class=\"minor\">off track by the numbers"),
        "{row}"
    );
    // What is paused and what is achieved is neither silent nor on track.
    for said in [
        "<small>1 at risk, 2 on track, 1 achieved, 1 paused</small>",
        "<th scope=\"col\" class=\"right\">Paused</th>",
    ] {
        // There are two weeks, so that there is a chart.
        assert!(front.contains(said), "{said}\n{front}");
    }
    assert!(!front.contains("without a word"));
}

#[test]
fn a_page_for_a_day_of_the_past_shows_no_later_check_in() {
    let plan = "# Sales\n\n## Objective 1: Get paid\n\n### Key result 1.1: Cut returns from 100 to 20\n\n\
        | Date | Value | Note |\n| --- | --- | --- |\n| 2026-10-09 | 90 | first |\n| 2026-10-16 | 80 | second |\n\
        | 2026-10-23 | 70 | third |\n";
    for (day, shown, later) in [
        ("2026-10-09", 1, "2 later check-ins do not count here"),
        ("2026-10-16", 2, "1 later check-in does not count here"),
        ("2026-10-01", 0, "3 later check-ins do not count here"),
    ] {
        let (_sandbox, files) = site(&[("plans/sales.md", plan)], &format!("--at {day}"));
        let page = &files["plans/sales.html"];
        let table = part(page, "class=\"check-ins\"", "</article>");
        assert_eq!(
            table.matches("<th scope=\"row\">").count(),
            shown,
            "{table}"
        );
        assert!(table.contains(later), "{table}");
    }
    let (_sandbox, files) = site(&[("plans/sales.md", plan)], "--at 2026-10-23");
    assert!(!files["plans/sales.html"].contains("later check-in"));
}

#[test]
fn what_went_back_comes_first_and_the_end_of_a_long_list_is_folded() {
    let mut plan = "---\nperiod: 2026-Q4\n---\n\n## Objective 1: o\n".to_owned();
    for (at, last) in [20, 30, 40, 50, 60, 5, 70, 80].iter().enumerate() {
        let rows = format!("| 2026-11-06 | 10 | on track |\n| 2026-11-20 | {last} | on track |\n");
        plan.push_str(&format!(
            "\n### Key result 1.{}: Raise m{last} from 0 to 100\n\n| Date | Value | Status |\n| --- | --- | --- |\n{rows}",
            at + 1
        ));
    }
    let (_sandbox, files) = site(&[("plans/a.md", &plan)], "");
    let moved = part(&files["index.html"], "id=\"moved\"", "</section>");
    let (seen, folded) = moved.split_once("<details>").expect("is folded");
    assert_eq!(seen.matches("<li>").count(), 6);
    assert_eq!(folded.matches("<li>").count(), 2);
    assert!(
        folded.contains("<summary>2 more that moved</summary>"),
        "{folded}"
    );
    let first = part(moved, "<li>", "</li>");
    assert!(
        first.contains("Raise m5 from") && first.contains("10 → 5, the wrong way"),
        "{first}"
    );
    assert!(!moved[first.len()..].contains("m20 from 0 to 100, the wrong way"));
}

#[test]
fn a_period_that_is_closed_tells_what_it_came_to() {
    let sandbox = sandbox();
    sandbox.okr("publish plans -o site").success();
    let files = files(&sandbox, "site");
    let past = &files["periods/q3-2026.html"];
    for shown in [
        "How it ended",
        "ended 53 days ago",
        "<dt>Key results met</dt><dd>1 <small>of 1</small>",
        "met</span> <span class=\"grade\">1.0",
    ] {
        assert!(past.contains(shown), "{shown}\n{past}");
    }
    for empty in [
        "id=\"decisions\"",
        "id=\"late\"",
        "id=\"moved\"",
        "expected ",
    ] {
        assert!(!past.contains(empty), "{empty}\n{past}");
    }
    let plan = &files["plans/2026-q3/billing.html"];
    assert!(
        plan.contains("<dt>Key results met</dt><dd>1 <small>of 1</small>"),
        "{plan}"
    );
    let trail = part(plan, "class=\"trail\"", "</nav>");
    assert_eq!(
        attributes(trail, "href"),
        ["../../index.html", "../../periods/q3-2026.html"]
    );
    // What is open is listed before what is closed.
    let search = &files["search.html"];
    let places = [
        "plans/company.html",
        "plans/2026-q3/billing.html",
        "people/",
    ];
    let places = places.map(|place| search.find(place).expect(place));
    assert!(places.is_sorted());
    assert!(
        search.contains("<span class=\"unseen\">at risk: </span>"),
        "{search}"
    );
}

#[test]
fn a_page_of_a_person_says_what_is_due_or_that_nothing_is() {
    let (_sandbox, files) = site(&[("plans/sales.md", SALES)], "");
    let kim = &files["people/kim-ortiz.html"];
    assert!(
        kim.contains("Owes nothing in the next seven days, and has nothing to decide."),
        "{kim}"
    );
    assert!(!kim.contains("id=\"decisions\"") && !kim.contains("id=\"owed\""));
    let ruth = &files["people/ruth-okafor.html"];
    let decisions = part(ruth, "id=\"decisions\"", "</section>");
    assert!(
        decisions.contains("Raise orders") && !decisions.contains("Ruth"),
        "{decisions}"
    );
    // The owner of the plan is that of its goals.
    assert!(!files["plans/sales.html"].contains("owner open"));
    assert!(files["plans/sales.html"].contains("<p><bdi>Ruth Okafor</bdi></p>"));
}

#[test]
fn links_of_one_name_lead_to_one_place() {
    let sandbox = sandbox();
    sandbox.write(
        "plans/2026-Q3/company.md",
        super::COMPANY.replace("2026-Q4", "2026-Q3"),
    );
    sandbox.okr("publish plans -o site").success();
    for (path, page) in files(&sandbox, "site") {
        let mut leads = std::collections::HashMap::new();
        for link in page.split("<a href=\"").skip(1) {
            let (href, rest) = link.split_once('"').expect("ends");
            let name = part(rest, ">", "</a>");
            let before = leads.insert(name, href);
            assert!(before.is_none_or(|before| before == href), "{path}: {name}");
        }
    }
}

#[test]
fn the_words_and_bars_of_one_file_are_explained_once() {
    let sandbox = sandbox();
    sandbox
        .okr("publish plans -o okr.html --single-file")
        .success();
    let page = sandbox.read("okr.html");
    assert_eq!(page.matches("<h1>How to read these pages</h1>").count(), 1);
    for once in [
        "<dt dir=\"auto\">Percents</dt>",
        "<dt dir=\"auto\">Bars</dt>",
    ] {
        assert_eq!(page.matches(once).count(), 1, "{once}");
    }
    assert_eq!(
        page.matches("How to read this page</a>").count(),
        3,
        "for each plan"
    );
    sandbox.okr("publish plans -o site").success();
    let plan = sandbox.read("site/plans/company.html");
    assert!(
        plan.contains("<dt dir=\"auto\">Bars</dt>"),
        "a page on its own has them"
    );
}

#[test]
fn a_site_may_have_slides() {
    let plans = [
        ("plans/company.md", super::COMPANY),
        ("plans/teams/billing.md", super::BILLING),
    ];
    let (sandbox, files) = site(&plans, "--slides");
    let plan = &files["plans/teams/billing.html"];
    assert!(
        plan.contains("<a href=\"../../slides/teams/billing.html\">This plan as slides</a>"),
        "{plan}"
    );
    let slides = &files["slides/teams/billing.html"];
    for shown in [
        "<a href=\"../../plans/teams/billing.html\">The whole plan</a>",
        // The first, what is to be decided, and the objective.
        "data-of=\"3\"",
        "off track; 33% done, 57% expected",
    ] {
        assert!(slides.contains(shown), "{shown}\n{slides}");
    }
    assert_eq!(slides.matches("data-of=\"3\"").count(), 3);
    assert!(
        files["slides/company.html"].contains("<p class=\"note\" dir=\"auto\">two large ones</p>")
    );
    // A link to a part of the plan that no slide shows leads to its page.
    assert!(files["slides/company.html"].contains("Be paid sooner"));
    sandbox.okr("publish plans -o site --slides").success();
    assert!(sandbox.path("site/slides/company.html").exists());
    sandbox.okr("publish plans -o site").success();
    assert!(!sandbox.path("site/slides").join("company.html").exists());
    assert!(!sandbox.read("site/plans/company.html").contains("slides/"));
    sandbox
        .okr("publish plans -o one.html --single-file --slides")
        .failure();
}

#[test]
fn the_map_is_lists_too() {
    let sandbox = sandbox();
    sandbox.okr("publish plans -o site").success();
    let map = sandbox.read("site/map.html");
    let lists = part(&map, "class=\"map-lists\"", "</div>");
    assert_eq!(
        attributes(lists, "href")
            .into_iter()
            .filter(|link| !link.starts_with("#mark-"))
            .collect::<Vec<_>>(),
        ["plans/company.html#o.1", "plans/teams/billing.html#o.1"]
    );
    assert!(
        lists.contains("Billing, Q4 2026 · off track · 33%"),
        "{lists}"
    );
}

#[test]
fn the_latest_value_is_that_of_the_day_of_the_site() {
    let (_sandbox, files) = site(&[("plans/sales.md", SALES)], "--at 2026-11-10");
    let key_result = part(&files["plans/sales.html"], "id=\"kr.1.1\"", "<figure");
    let latest = part(key_result, "<dt>Latest</dt>", "</div>");
    assert!(latest.contains("datetime=\"2026-11-06\""), "{latest}");
    let never = part(&files["plans/sales.html"], "id=\"kr.1.2\"", "</dl>");
    assert!(!never.contains("<dt>Latest</dt>"), "{never}");
}
