//! `okr map`

use serde_json::{Value, json};
use snapbox::str;

use crate::reports::{map_schema, valid};
use crate::support::sandbox::Sandbox;

const COMPANY: &str = "\
---
plan: Company
period: 2026-Q4
owner: Ada Reyes
---

## Objective 1: Be profitable

### Key result 1.1: Raise the margin from 4% to 8%

| Date | Value | Status |
| --- | --- | --- |
| 2026-11-20 | 6% | on track |

## Objective 2: Strengthen cash flow
";

const FINANCE: &str = "\
---
plan: Finance
period: 2026-Q4
owner: Ben Osei
---

## Objective 1: Get paid sooner

- Supports: [cash](../company.md#objective-2-strengthen-cash-flow), Be profitable

### Key result 1.1: Cut DSO from 52 to 44 days

| Date | Value | Status |
| --- | --- | --- |
| 2026-11-20 | 51 days | off track |

## Objective 2: Tidy the archive
";

const TEAM: &str = "\
---
plan: Accounts
period: 2026-Q4
---

## Objective 1: Send letters \"on time\" <every day>

- Supports: [x](finance.md#key-result-11-cut-dso-from-52-to-44-days)
";

fn sandbox() -> Sandbox {
    Sandbox::with(&[
        ("company.md", COMPANY),
        ("teams/finance.md", FINANCE),
        ("teams/accounts.md", TEAM),
    ])
}

#[test]
fn a_tree_shows_what_serves_what_from_the_top_down() {
    sandbox().okr("map").success().prints(str![[r#"
Be profitable                                                 + on track     50%
|  Company, Q4 2026, objective 1; Ada Reyes; weakest below: Get paid sooner, off
|  track
`- Get paid sooner                                            x off track    12%
   |  Finance, Q4 2026, objective 1; Ben Osei
   `- Send letters "on time" <every day>                      no status        -
         Accounts, Q4 2026, objective 1

Strengthen cash flow                                          x off track    12%
|  Company, Q4 2026, objective 2; Ada Reyes; weakest below: Get paid sooner, off
|  track
`- Get paid sooner                                            x off track    12%
      shown above with all that serve it

Tidy the archive                                              no status        -
   Finance, Q4 2026, objective 2; Ben Osei

"#]]);
}

#[test]
fn levels_name_columns_and_boxes() {
    let with =
        |plan: &str, level: &str| plan.replacen("---\n", &format!("---\nlevel: {level}\n"), 1);
    let sandbox = Sandbox::with(&[
        ("company.md", &with(COMPANY, "company")),
        ("teams/finance.md", &with(FINANCE, "department")),
        ("teams/accounts.md", &with(TEAM, "team")),
        (
            "desk.md",
            "---\nlevel: team\n---\n\n## Objective: Help\n\n- Supports: Be profitable\n",
        ),
    ]);
    sandbox.okr("map").success().prints(str![[r#"
Be profitable                                                 + on track     50%
|  Company, Q4 2026, objective 1; company; Ada Reyes; weakest below: Get paid
|  sooner, off track
|- Help                                                       no status        -
|     Plan, objective 1; team
`- Get paid sooner                                            x off track    12%
   |  Finance, Q4 2026, objective 1; department; Ben Osei
   `- Send letters "on time" <every day>                      no status        -
         Accounts, Q4 2026, objective 1; team

Strengthen cash flow                                          x off track    12%
|  Company, Q4 2026, objective 2; company; Ada Reyes; weakest below: Get paid
|  sooner, off track
`- Get paid sooner                                            x off track    12%
      shown above with all that serve it

Tidy the archive                                              no status        -
   Finance, Q4 2026, objective 2; department; Ben Osei

"#]]);
    let svg = sandbox.okr("map --format svg").success().out();
    for heading in [
        "Company, 2 objectives",
        "Department, 1 objective",
        "Team, 2 objectives",
    ] {
        assert!(
            svg.contains(&format!("aria-label=\"{heading}\"")),
            "{heading}"
        );
    }
    let mermaid = sandbox.okr("map --format mermaid").success().out();
    assert!(
        mermaid.contains("  subgraph team[\"Team\"]\n    o2; o3\n  end\n"),
        "{mermaid}"
    );
    let dot = sandbox.okr("map --format dot").success().out();
    let cluster = "subgraph cluster_department { label=\"Department\";";
    assert!(dot.contains(cluster), "{dot}");
    let json = valid(&sandbox.okr("map --json").success().out(), map_schema());
    let levels: Vec<&Value> = json["objectives"]
        .as_array()
        .expect("is a list")
        .iter()
        .map(|it| &it["level"])
        .collect();
    assert_eq!(
        levels,
        [
            "company",
            "company",
            "team",
            "team",
            "department",
            "department"
        ]
    );
}

#[test]
fn links_to_nothing_and_circles_are_told_and_make_the_status_1() {
    let sandbox = Sandbox::with(&[(
        "a.md",
        "## Objective: A\n\n- Supports: B\n\n## Objective: B\n\n- Supports: A, [old](old.md#x)\n\n\
         ## Objective: C\n\n- Supports: C, Nobody\n",
    )]);
    sandbox
        .okr("map")
        .findings()
        .prints(str![[r#"
A                                                             no status        -
|  Plan, objective 1
`- B                                                          no status        -
   `- A                                                       no status        -
         shown above with all that serve it

C                                                             no status        -
|  Plan, objective 3
`- C                                                          no status        -
      shown above with all that serve it

"#]])
        .says(str![[r#"
a.md 2: [old](old.md#x) leads nowhere: there is no plan old.md among those looked at
a.md 3: Nobody leads nowhere: no objective has this title
these support each other in a circle: a.md 1, a.md 2
a.md 3 supports itself

"#]]);
}

#[test]
fn flowcharts_take_no_words_for_their_own() {
    sandbox()
        .okr("map --format mermaid")
        .success()
        .prints(str![[r#"
flowchart TD
  o0["Be profitable<br>Company, Q4 2026<br>on track, 50%"]
  o1["Strengthen cash flow<br>Company, Q4 2026<br>off track, 12%"]
  o2["Send letters #34;on time#34; #60;every day#62;<br>Accounts, Q4 2026"]
  o3["Get paid sooner<br>Finance, Q4 2026<br>off track, 12%"]
  o4["Tidy the archive<br>Finance, Q4 2026"]
  o3 --> o2
  o1 --> o3
  o0 --> o3
  classDef ontrack fill:#d9f0e1,stroke:#1f7a4d,color:#1a1a1a
  class o0 ontrack
  classDef offtrack fill:#fbdcd9,stroke:#b3261e,color:#1a1a1a
  class o1,o3 offtrack

"#]]);
    sandbox()
        .okr("map --format dot")
        .success()
        .prints(str![[r##"
digraph okr {
  rankdir=TB;
  node [shape=box, style="rounded,filled", fontname="sans-serif"];
  o0 [label="Be profitable/nCompany, Q4 2026/non track, 50%", fillcolor="#d9f0e1", color="#1f7a4d"];
  o1 [label="Strengthen cash flow/nCompany, Q4 2026/noff track, 12%", fillcolor="#fbdcd9", color="#b3261e"];
  o2 [label="Send letters /"on time/"/n<every day>/nAccounts, Q4 2026/n", fillcolor="#ececec", color="#6b6b6b"];
  o3 [label="Get paid sooner/nFinance, Q4 2026/noff track, 12%", fillcolor="#fbdcd9", color="#b3261e"];
  o4 [label="Tidy the archive/nFinance, Q4 2026/n", fillcolor="#ececec", color="#6b6b6b"];
  o3 -> o2;
  o1 -> o3;
  o0 -> o3;
}

"##]]);
}

#[test]
fn a_drawing_has_a_card_for_each_objective_that_leads_to_its_plan() {
    let svg = sandbox().okr("map --format svg").success().out();
    assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"));
    for part in [
        "<a href=\"company.md\" aria-label=\"Be profitable. on track, 50%, expected 57%. weakest below: Get paid \
         sooner, off track. owner Ada Reyes. 1 · Company, Q4 2026\">",
        // What it shows is what others come to, of which nothing is expected by itself.
        "<a href=\"company.md\" aria-label=\"Strengthen cash flow. off track, 12%. weakest below: Get paid sooner, \
         off track. owner Ada Reyes. 2 · Company, Q4 2026\">",
        "<a href=\"teams/finance.md\" aria-label=\"Tidy the archive. no status. ",
        "supports Strengthen cash flow; Be profitable\">",
        "Send letters &quot;on time&quot; &lt;every day&gt;. no status. ",
        "<g role=\"list\" aria-label=\"Top level, 2 objectives\">",
        "aria-label=\"Supports nothing, and nothing supports it\">",
    ] {
        assert!(svg.contains(part), "{part}\n{svg}");
    }
    assert_eq!(svg.matches("class=\"bond\"").count(), 3);
}

#[test]
fn what_programs_get_obeys_its_schema() {
    let map: Value = valid(&sandbox().okr("map --json").success().out(), map_schema());
    assert_eq!(
        map["links"],
        json!([
            { "from": 2, "to": 3, "key_result": 1 },
            { "from": 3, "to": 1, "key_result": null },
            { "from": 3, "to": 0, "key_result": null },
        ])
    );
    assert_eq!(map["objectives"][1]["through"]["status"], "off track");
    for (place, wrong) in [
        ("schema", json!("okr-map/2")),
        ("links", json!([{ "from": 1 }])),
        ("objectives", json!([{}])),
    ] {
        let mut map = map.clone();
        map[place] = wrong;
        assert!(!map_schema().is_valid(&map), "{place}");
    }
}

#[test]
fn a_folder_without_plans_is_no_map() {
    let sandbox = Sandbox::with(&[("notes.md", "# Notes\n")]);
    sandbox.okr("map").failure().says(str![[r#"
error: there is no plan in this folder
help: `okr new` makes one; `okr map PATH` looks elsewhere

"#]]);
}

#[test]
fn a_chain_of_many_is_drawn_in_lines_that_do_not_grow() {
    let goals = (0..3000).map(|at| format!("## Objective: g{at}\n\n- Supports: g{}\n\n", at + 1));
    let text = goals.collect::<String>() + "## Objective: g3000\n";
    let sandbox = Sandbox::with(&[("a.md", &text)]);
    let tree = sandbox.okr("map").success().out();
    assert!(tree.lines().all(|line| line.chars().count() <= 80));
    assert_eq!(tree.matches("no status").count(), 3001);
}
