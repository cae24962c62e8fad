//! `okr publish`

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use snapbox::str;

use crate::support::sandbox::Sandbox;

mod external;
mod pages;

const COMPANY: &str = "\
---
plan: Harbour
period: 2026-Q4
owner: Ada Reyes
---

# Harbour, Q4 2026

See [the team](teams/billing.md#key-result-11-days-to-send), [a table](costs.xlsx), [the web](https://example.org/), [below](#notes)
and [nothing](#nowhere).

## Objective 1: Be paid sooner

- Id: paid

### Key result 1.1: Cut days sales outstanding from 52 to 44 days

| Date | Value | Status | Note |
| --- | --- | --- | --- |
| 2026-11-06 | 50 days | on track | first letters |
| 2026-11-20 | 49 days | at risk | two large ones |

## Notes

As agreed.
";

const BILLING: &str = "\
---
plan: Billing
period: 2026-Q4
owner: Ben Osei, @ada reyes
continues: ../2026-Q3/billing.md
---

## Objective 1: Send every invoice the same week

- Supports: [paid](../company.md#paid)

### Key result 1.1: Days to send

- Owner: Kim Ortiz
- Baseline: 9 days
- Target: 3 days
- [ ] Ask for addresses (due 2026-11-10)

| Date | Value | Status |
| --- | --- | --- |
| 2026-11-20 | 7 days | off track |
";

const BEFORE: &str = "\
---
plan: Billing
period: 2026-Q3
owner: Ben Osei
closed: 2026-10-02
---

## Objective 1: Send every invoice the same month

### Key result 1.1: Cut the days from 20 to 9 days

| Date | Value | Status |
| --- | --- | --- |
| 2026-09-25 | 9 days | achieved |
";

fn sandbox() -> Sandbox {
    Sandbox::with(&[
        ("plans/company.md", COMPANY),
        ("plans/teams/billing.md", BILLING),
        ("plans/2026-Q3/billing.md", BEFORE),
        ("plans/README.md", "# How we plan\n\nNo plan itself.\n"),
    ])
}

/// Returns the files of a site by their paths.
fn files(sandbox: &Sandbox, folder: &str) -> BTreeMap<String, String> {
    let prefix = format!("{folder}/");
    let names = sandbox.list().into_iter();
    names
        .filter_map(|name| {
            let path = name.strip_prefix(&prefix)?.to_owned();
            Some((
                path,
                String::from_utf8_lossy(&sandbox.bytes(&name)).into_owned(),
            ))
        })
        .collect()
}

/// Returns the values of an attribute on a page; the pages are okr's own, which quote them all.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let lead = format!(" {name}=\"");
    let parts = page.split(&*lead).skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

/// Returns what is wrong with the links of a site: those that lead out of it, to no file, or to no place on a page.
fn faults(files: &BTreeMap<String, String>) -> Vec<String> {
    let ids = |page: &str| -> HashSet<String> {
        attributes(page, "id")
            .into_iter()
            .map(str::to_owned)
            .collect()
    };
    let mut faults = Vec::new();
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let links = ["href", "src"]
            .iter()
            .flat_map(|name| attributes(page, name));
        for link in links {
            if ["https://", "http://", "mailto:", "data:"]
                .iter()
                .any(|scheme| link.starts_with(scheme))
            {
                continue;
            }
            let (way, place) = link.split_once('#').unwrap_or((link, ""));
            let target = if way.is_empty() {
                path.clone()
            } else {
                let base = Path::new(path).parent().unwrap_or(Path::new(""));
                let mut parts: Vec<String> = Vec::new();
                for part in base.join(way).components() {
                    match part.as_os_str().to_str() {
                        Some("..") => drop(parts.pop()),
                        Some(part) => parts.push(part.to_owned()),
                        None => {}
                    }
                }
                parts.join("/")
            };
            match files.get(&target) {
                None => faults.push(format!("{path}: {link} leads to no file")),
                Some(page) if !place.is_empty() && !ids(page).contains(place) => {
                    faults.push(format!("{path}: {link} leads to no place"));
                }
                Some(_) => {}
            }
        }
    }
    faults
}

#[test]
fn a_folder_of_plans_becomes_pages_that_hang_together() {
    let sandbox = sandbox();
    sandbox
        .okr("publish plans -o site")
        .success()
        .says(str![[r#"
published site/index.html: 20 of 20 files written

"#]]);
    let files = files(&sandbox, "site");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
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
            "periods/q3-2026.html",
            "plans/2026-q3/billing.html",
            "plans/2026-q3/billing.json",
            "plans/company.html",
            "plans/company.json",
            "plans/teams/billing.html",
            "plans/teams/billing.json",
            "search.html"
        ]
    );
    assert_eq!(faults(&files), Vec::<String>::new());
    let company = &files["plans/company.html"];
    for shown in [
        "<a href=\"teams/billing.html#kr.1.1\">the team</a>",
        "<a href=\"https://example.org/\">the web</a>",
        "<a href=\"#notes\">below</a>",
        ", a table, ",
        "and nothing.",
        "Supported by",
        "<a href=\"teams/billing.html#o.1\" dir=\"auto\">Send every invoice the same week</a>",
    ] {
        assert!(company.replace('\n', " ").contains(shown), "{shown}");
    }
    let billing = &files["plans/teams/billing.html"];
    assert!(billing.contains("<a href=\"../company.html#o.1\" dir=\"auto\">paid</a>"));
    assert!(billing.contains("<a href=\"../2026-q3/billing.html\">Before: Billing, Q3 2026</a>"));
    let front = &files["index.html"];
    for shown in [
        "49 days",
        "50 days → 49 days",
        "12 days late",
        "Net confidence",
        "off track",
    ] {
        assert!(front.contains(shown), "{shown}");
    }
    assert!(files["periods/q3-2026.html"].contains("How it ended"));
    let ada = &files["people/ada-reyes.html"];
    assert!(ada.contains("Be paid sooner") && ada.contains("Billing, Q4 2026"));
}

#[test]
fn the_workbook_of_a_site_can_be_filtered_and_read() {
    let sandbox = sandbox();
    sandbox.okr("publish plans -o site").success();
    let run = sandbox.okr("import site/data/plans.xlsx --sheet 'Key results' --dry-run --json");
    let read: serde_json::Value = serde_json::from_str(&run.success().out()).expect("is JSON");
    let titles = read["objectives"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|objective| objective["key_results"].as_array().into_iter().flatten())
        .map(|key_result| key_result["title"].as_str().unwrap_or_default());
    assert_eq!(
        titles.collect::<Vec<_>>(),
        [
            "Cut the days from 20 to 9 days",
            "Cut days sales outstanding from 52 to 44 days",
            "Days to send"
        ]
    );
}

#[test]
fn a_page_of_ones_own_tells_where_the_plans_stand() {
    let sandbox = sandbox();
    let page =
        "# Ours\r\n\r\n<!-- okr: plans -->\r\nold\r\n<!-- okr: end of plans -->\r\n\r\nThe end";
    sandbox.write("docs/README.md", page);
    sandbox
        .okr("publish plans --into docs/README.md")
        .success()
        .says(str![[r#"
updated docs/README.md

"#]]);
    let after = sandbox.read("docs/README.md");
    let (before, rest) = after
        .split_once("<!-- okr: plans -->\r\n")
        .expect("stays there");
    let (piece, behind) = rest
        .split_once("<!-- okr: end of plans -->")
        .expect("stays there");
    assert_eq!((before, behind), ("# Ours\r\n\r\n", "\r\n\r\nThe end"));
    assert_eq!(piece.matches('\n').count(), piece.matches("\r\n").count());
    snapbox::assert_data_eq!(
        piece.replace("\r\n", "\n"),
        str![[r#"
**Q4 2026** on 22 November 2026: 35% done where 57% is expected.

| Plan | Status | Progress | Expected | Last check-in |
| --- | --- | ---: | ---: | --- |
| [Harbour, Q4 2026](../plans/company.md) | at risk | 37% | 57% | 2026-11-20 |
| [Billing, Q4 2026](../plans/teams/billing.md) | off track | 33% | 57% | 2026-11-20 |

Needs a decision:

- 1.1 in [Billing, Q4 2026](../plans/teams/billing.md): Days to send (off track; Kim Ortiz)

"#]]
    );
    sandbox
        .okr("publish plans --into docs/README.md")
        .success()
        .says(str![[r#"
nothing has changed in docs/README.md

"#]]);
    assert!(!sandbox.path("plans/index.html").exists());
    let mut said = String::new();
    for page in [
        "# Nothing\n",
        "<!-- okr: plans -->\n",
        "<!-- okr: plans -->\n<!-- okr: end of plans -->\n<!-- okr: plans -->\n",
    ] {
        sandbox.write("other.md", page);
        let run = sandbox.okr("publish plans --into other.md");
        run.failure().prints_nothing();
        said.push_str(&run.err());
        assert_eq!(sandbox.read("other.md"), page);
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
error: other.md does not say where the plans are to stand
help: add two lines there, `<!-- okr: plans -->` and `<!-- okr: end of plans -->`
error: other.md:1: no line `<!-- okr: end of plans -->` follows
help: add it on a line of its own
error: other.md:3: `<!-- okr: plans -->` stands there a second time
help: leave one of them

"#]]
    );
}

#[test]
fn a_site_may_be_one_file() {
    let sandbox = sandbox();
    sandbox
        .okr("publish plans -o out/okr.html --single-file")
        .success()
        .says(str![[r#"
published out/okr.html

"#]]);
    let page = sandbox.read("out/okr.html");
    let ids = attributes(&page, "id");
    let places: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), places.len(), "no two places have one name");
    let links = attributes(&page, "href");
    assert!(links.len() > 40, "{}", links.len());
    for link in links {
        let leads = match link.strip_prefix('#') {
            Some(place) => places.contains(place),
            None => link.starts_with("https://") || link.starts_with("data:"),
        };
        assert!(leads, "{link}");
    }
    for shown in [
        "Send every invoice the same week",
        "50 days → 49 days",
        "Kim Ortiz",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    sandbox
        .okr("publish plans -o out/okr.html --single-file")
        .success()
        .says(str![[r#"
nothing has changed in out/okr.html

"#]]);
    sandbox.write("mine.html", "<p>mine</p>");
    sandbox
        .okr("publish plans -o mine.html --single-file")
        .failure()
        .says(str![[r#"
error: mine.html exists, and okr has not made it
help: name another file with -o, or let it be written over with --force

"#]]);
    assert_eq!(sandbox.read("mine.html"), "<p>mine</p>");
}

#[test]
fn findings_are_told_where_they_are_asked_for() {
    let sandbox = sandbox();
    let plan = "---\nperiod: 2026-Q4\n---\n\n## Objective 1: Help\n\n\
                - Supports: [<b>Trust</b>](../company.md#trust)\n";
    sandbox.write("plans/teams/desk.md", plan);
    let told = "<section class=\"findings\"";
    sandbox.okr("publish plans -o site").success();
    let plain = files(&sandbox, "site");
    assert!(plain.values().all(|page| !page.contains(told)));
    sandbox.okr("publish plans -o site --findings").success();
    let pages = files(&sandbox, "site");
    assert_eq!(faults(&pages), [""; 0]);
    let plans = |path: &&String| path.starts_with("plans/") && path.ends_with(".html");
    for path in pages.keys().filter(plans) {
        assert!(pages[path].contains(told), "{path}");
    }
    let page = &pages["plans/teams/desk.html"];
    let words = "<strong>error</strong> · <a href=\"desk.html#o.1\">Objective 1</a>: \
                 <code>../company.md#trust</code> leads nowhere: company.md has no objective";
    assert!(page.contains(words), "{page}");
    assert!(!page.contains("<b>Trust"), "{page}");
    // What another plan says changes what is told of this one, and nothing is made twice.
    sandbox.write("plans/company.md", COMPANY.replace("Id: paid", "Id: trust"));
    sandbox.okr("publish plans -o site --findings").success();
    let pages = files(&sandbox, "site");
    assert!(!pages["plans/teams/desk.html"].contains("leads nowhere"));
    assert!(pages["plans/teams/billing.html"].contains("leads nowhere"));
    let again = sandbox.okr("publish plans -o site --findings");
    again.success().says(str![[r#"
nothing has changed in site

"#]]);
    // The okr.toml of a plan holds for it.
    sandbox.write("plans/teams/okr.toml", "[rules]\nbroken-link = \"off\"\n");
    sandbox.okr("publish plans -o site --findings").success();
    assert!(!files(&sandbox, "site")["plans/teams/billing.html"].contains("leads nowhere"));
}

#[test]
fn a_second_run_writes_what_has_changed_and_nothing_else() {
    let sandbox = sandbox();
    sandbox.okr("publish plans -o site").success();
    let before = files(&sandbox, "site");
    sandbox
        .okr("publish plans -o site")
        .success()
        .says(str![[r#"
nothing has changed in site

"#]]);
    assert_eq!(files(&sandbox, "site"), before);
    sandbox
        .okr("checkin plans/company.md 1.1 47 --date 2026-11-22")
        .success();
    sandbox.okr("publish plans -o site").success();
    let after = files(&sandbox, "site");
    sandbox.okr("publish plans -o anew").success();
    assert_eq!(after, files(&sandbox, "anew"), "as if it were made anew");
    let same = before
        .iter()
        .filter(|(name, text)| after.get(*name) == Some(text));
    assert!(same.count() >= 9, "the pages of other plans and people");
    // What somebody has lost or spoiled comes back; so does what a run has left half done.
    std::fs::remove_file(sandbox.path("site/index.html")).unwrap();
    sandbox.okr("publish plans -o site").success();
    assert_eq!(files(&sandbox, "site"), after);
}

#[test]
fn after_every_kind_of_change_a_site_is_as_if_it_were_made_anew() {
    let sandbox = sandbox();
    sandbox.okr("publish plans -o site").success();
    let text = sandbox.read("plans/company.md");
    let told = text.replace("# ", "Words that no other page tells.\n\n# ");
    let titled = text.replace("# ", "# All of ");
    let changes: [&dyn Fn(); 6] = [
        &|| sandbox.write("plans/company.md", format!("{text}\nMore words.\n")),
        &|| sandbox.write("plans/company.md", &told),
        &|| sandbox.write("plans/company.md", &titled),
        &|| sandbox.write("plans/company.md", &text),
        &|| sandbox.write("plans/more.md", text.replace("# ", "# More of ")),
        &|| std::fs::remove_file(sandbox.path("plans/more.md")).unwrap(),
    ];
    for (at, change) in changes.into_iter().enumerate() {
        change();
        sandbox.okr("publish plans -o site").success();
        let _ = std::fs::remove_dir_all(sandbox.path("anew"));
        sandbox.okr("publish plans -o anew").success();
        assert_eq!(files(&sandbox, "site"), files(&sandbox, "anew"), "{at}");
    }
}

#[test]
fn several_may_publish_at_once() {
    let sandbox = sandbox();
    sandbox.okr("publish plans -o anew").success();
    for _ in 0..3 {
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| drop(sandbox.okr("publish plans -o site").success().out()));
            }
        });
        assert_eq!(files(&sandbox, "site"), files(&sandbox, "anew"));
        std::fs::remove_dir_all(sandbox.path("site")).unwrap();
    }
}

#[test]
fn files_of_plans_that_are_gone_go_and_those_of_others_stay() {
    let sandbox = sandbox();
    sandbox.okr("publish plans -o site").success();
    sandbox.write("site/plans/2026-q3/notes.txt", "mine");
    std::fs::remove_file(sandbox.path("plans/2026-Q3/billing.md")).unwrap();
    std::fs::remove_file(sandbox.path("plans/teams/billing.md")).unwrap();
    sandbox.okr("publish plans -o site").success();
    let files = files(&sandbox, "site");
    assert!(files.contains_key("plans/2026-q3/notes.txt"));
    assert!(
        !files
            .keys()
            .any(|name| name.contains("billing") || name.contains("kim-ortiz"))
    );
    assert!(!sandbox.path("site/plans/teams").exists() && !sandbox.path("site/periods").exists());
    assert_eq!(faults(&files), Vec::<String>::new());
}

#[test]
fn what_is_not_ours_is_not_written_over() {
    let sandbox = sandbox();
    sandbox.write("site/index.html", "mine");
    sandbox
        .okr("publish plans -o site")
        .failure()
        .says(str![[r#"
error: site/index.html exists, and okr has not made it
help: name an empty folder with -o, or let it be written over with --force

"#]]);
    assert_eq!(files(&sandbox, "site").len(), 1, "nothing was begun");
    sandbox.okr("publish plans -o site --force").success();
    sandbox.write(
        "site/.okr-site.json",
        r#"{"okr": "0.1.0", "files": {"../plans/company.md": 1}}"#,
    );
    sandbox.okr("publish plans -o site").failure();
    assert!(sandbox.path("plans/company.md").exists());
}

#[test]
fn a_dry_run_tells_what_it_would_write() {
    let sandbox = sandbox();
    let run = sandbox.okr("publish plans -o site --dry-run");
    run.success();
    assert!(run.out().contains("write  site/plans/company.html\n"));
    assert!(!sandbox.path("site").exists());
}

#[test]
fn threads_and_addresses_change_nothing_else() {
    let sandbox = sandbox();
    sandbox.okr("publish plans -o one -j 1").success();
    sandbox.okr("publish plans -o four -j 4").success();
    assert_eq!(files(&sandbox, "one"), files(&sandbox, "four"));
    sandbox
        .okr("publish plans -o web --title Ours --base-url https://example.org/okr")
        .success();
    let web = files(&sandbox, "web");
    assert!(
        web["index.html"]
            .contains("<link rel=\"canonical\" href=\"https://example.org/okr/index.html\">")
    );
    assert!(
        web["feed.xml"].contains(
            "<link rel=\"alternate\" href=\"https://example.org/okr/plans/company.html\"/>"
        )
    );
    assert_eq!(faults(&web), Vec::<String>::new());
    sandbox
        .okr("publish plans -o web --base-url javascript:alert(1)")
        .failure();
    let past = sandbox.okr("publish plans -o past --at 2026-11-10");
    past.success();
    assert!(!files(&sandbox, "past")["index.html"].contains("49 days"));
}

#[test]
fn hostile_words_and_names_stay_words() {
    let evil = "\"><script>alert(1)</script>{{ 1 }}\u{202e}</title>";
    let plan = format!(
        "---\nplan: '{evil}'\nteam: '{evil}'\nowner: '../../{evil}, javascript:alert(1)'\nperiod: 2026-Q4\n---\n\n\
         ## Objective 1: {evil}\n\n- Supports: [x](javascript:alert(1)), [y](../../../etc/passwd.md)\n\n\
         ### Key result 1.1: {evil}\n\n| Date | Value | Status | Note |\n| --- | --- | --- | --- |\n\
         | 2026-11-20 | 7 days | off track | {evil} |\n"
    );
    let sandbox = Sandbox::with(&[("plans/a'\"<b> #?%2e.md", &plan), ("plans/index.md", &plan)]);
    sandbox.okr("publish plans -o site").success();
    let files = files(&sandbox, "site");
    assert_eq!(faults(&files), Vec::<String>::new());
    for (name, text) in &files {
        let is_page = name.ends_with(".html");
        let scripts = text.matches("<script").count();
        let own = if name == "search.html" { 2 } else { 0 };
        assert!(!is_page || scripts == own, "{name} has {scripts} scripts");
        assert!(!text.contains("href=\"javascript:"), "{name}");
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "./-_".contains(c);
        assert!(name.chars().all(is_plain), "{name}");
    }
    assert!(files["index.html"].contains("&lt;script&gt;"));
    assert_eq!(
        sandbox
            .list()
            .iter()
            .filter(|name| name.starts_with("etc"))
            .count(),
        0
    );
}

#[test]
fn an_empty_folder_is_told() {
    let sandbox = Sandbox::with(&[("plans/README.md", "# Words\n")]);
    sandbox
        .okr("publish plans -o site")
        .failure()
        .says(str![[r#"
error: there is no plan in this folder
help: `okr new` makes one; `okr publish PATH` looks elsewhere

"#]]);
}
