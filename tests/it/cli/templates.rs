//! `okr templates`

use snapbox::str;

use crate::support::sandbox::Sandbox;

const SALES: &str = "---\ntemplate: sales-team\ntitle: Sales team\nsummary: Two objectives for those who sell.\nkeywords: revenue\nstart-with: 1\nask.team: Which team?\ndefault.team: Sales\nask.region: Which region?\n---\n\n# {{ team }} in {{ region }}, {{ period.name }}\n\n## Objective 1: Sell more\n\n### Key result 1.1: Raise revenue by 10%\n\n- Measure: monthly revenue\n- Target: +10%\n- Due: {{ period.end }}\n- [ ] Call the customers\n\n## Objective 2: Sell better\n";

#[test]
fn both_roles_are_listed() {
    Sandbox::new()
        .okr("templates")
        .success()
        .says_nothing()
        .prints(str![[r#"
accounts-team  Accounts team
    Ten objectives for the people who bill, collect, pay and close, each with
    three key results and nine initiatives to choose from.
    10 objectives, 30 key results, 90 initiatives

billing-coordinator  Billing coordinator
    Four objectives for invoices that are right, prompt and paid, with two key
    results each, a planning cadence and the habits that go with it.
    4 objectives, 8 key results, 24 initiatives


"#]]);
}

#[test]
fn a_search_finds_every_word_in_any_case() {
    let sandbox = Sandbox::new();
    let found = |query: &str| {
        let run = sandbox.okr(&format!("templates {query}"));
        let names: Vec<String> = run
            .success()
            .out()
            .lines()
            .filter(|line| !line.starts_with(' ') && !line.is_empty())
            .map(|line| line.split(' ').next().unwrap_or_default().to_owned())
            .collect();
        names
    };
    assert_eq!(found("BILLING coordinator"), ["billing-coordinator"]);
    assert_eq!(
        found("premiums"),
        ["accounts-team"],
        "words of objectives count"
    );
    assert_eq!(found("finance"), ["accounts-team", "billing-coordinator"]);
    assert_eq!(found("''"), ["accounts-team", "billing-coordinator"]);
    sandbox
        .okr("templates xyzzy")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: no role template has `xyzzy` in it
help: there are accounts-team, billing-coordinator

"#]]);
}

#[test]
fn a_role_is_shown_with_its_start_its_targets_and_its_questions() {
    Sandbox::new()
        .okr("templates show billing-coordinator")
        .success()
        .says_nothing()
        .prints(str![[r#"
billing-coordinator  Billing coordinator
    Four objectives for invoices that are right, prompt and paid, with two key
    results each, a planning cadence and the habits that go with it.
    4 objectives, 8 key results, 24 initiatives

*  1  Invoices are right when they leave us
     1.1  Cut billing errors by 25% (target -25%; 3 initiatives)
     1.2  Raise the catch rate before dispatch to 90% (target 90%; 3
          initiatives)

*  2  Clients receive the invoice while the work is fresh
     2.1  Cut average invoice turnaround to 3 days (target 3 days; 3
          initiatives)
     2.2  Reach 80% of recurring clients billed without a manual step (target
          80%; 3 initiatives)

*  3  Clients know what they owe before it falls due
     3.1  Raise the share of invoices paid on time by 15% (target +15%; 3
          initiatives)
     3.2  Cut receivables over 60 days by 20% (target -20%; 3 initiatives)

*  4  Anyone on the team can bill any client the same way
     4.1  Raise the share of invoices that follow the standard procedure to 95%
          (target 95%; 3 initiatives)
     4.2  All billing team members can bill unaided in the new tools (target
          100%; 3 initiatives)

Also in it: Planning cadence, Collaboration and progress tracking, Best
            practices

It asks:
  team  Which team is this plan for? [Billing]
  owner  Who coordinates billing?
  period  Which period is it for?


"#]]);
}

#[test]
fn a_role_that_is_nearly_right_is_offered() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("templates show billing-cordinator")
        .failure()
        .says(str![[r#"
error: there is no role template `billing-cordinator`
help: did you mean `billing-coordinator`? `okr templates` lists all

"#]]);
    sandbox
        .okr("templates show astronaut")
        .failure()
        .says(str![[r#"
error: there is no role template `astronaut`
help: `okr templates` lists all

"#]]);
    sandbox.okr("templates show").failure();
    sandbox
        .okr("templates billing zebra")
        .failure()
        .says(str![[r#"
error: no role template has `billing zebra` in it
help: there are accounts-team, billing-coordinator

"#]]);
    assert!(
        sandbox
            .okr("templates show 'Accounts Team'")
            .success()
            .out()
            .starts_with("accounts-team ")
    );
}

#[test]
fn the_list_is_json_as_its_manual_says() {
    let sandbox = Sandbox::with(&[("roles/sales.md", SALES)]);
    let run = sandbox.okr("templates --json --templates roles");
    let json: serde_json::Value = serde_json::from_str(&run.success().out()).expect("is JSON");
    assert_eq!(json["schema"], "okr-templates/1");
    let counts: Vec<_> = json["templates"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|template| {
            (
                template["name"].as_str().expect("a name"),
                template["objectives"].as_u64(),
                template["key_results"].as_u64(),
                template["initiatives"].as_u64(),
            )
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("accounts-team", Some(10), Some(30), Some(90)),
            ("billing-coordinator", Some(4), Some(8), Some(24)),
            ("sales-team", Some(2), Some(1), Some(1)),
        ]
    );
    let sales = &json["templates"][2];
    let keys: Vec<_> = sales.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        [
            "name",
            "title",
            "summary",
            "keywords",
            "path",
            "objectives",
            "key_results",
            "initiatives",
            "start_with"
        ]
    );
    assert_eq!(sales["start_with"], serde_json::json!([1]));
    assert_eq!(
        sales["path"],
        if cfg!(windows) {
            "roles\\sales.md"
        } else {
            "roles/sales.md"
        }
    );
}

#[test]
fn a_role_is_json_as_its_manual_says() {
    let sandbox = Sandbox::with(&[("roles/sales.md", SALES)]);
    sandbox
        .okr("templates show sales-team --json --templates roles")
        .success()
        .says_nothing()
        .prints(str![[r#"
{
  "schema": "okr-template/1",
  "name": "sales-team",
  "title": "Sales team",
  "summary": "Two objectives for those who sell.",
  "keywords": [
    "revenue"
  ],
  "path": "roles/sales.md",
  "objectives": 2,
  "key_results": 1,
  "initiatives": 1,
  "start_with": [
    1
  ],
  "inputs": [
    {
      "name": "team",
      "question": "Which team?",
      "default": "Sales"
    },
    {
      "name": "region",
      "question": "Which region?",
      "default": null
    }
  ],
  "content": [
    {
      "number": "1",
      "title": "Sell more",
      "start": true,
      "key_results": [
        {
          "number": "1.1",
          "title": "Raise revenue by 10%",
          "measure": "monthly revenue",
          "target": "+10%",
          "question": null,
          "source": null,
          "initiatives": [
            "Call the customers"
          ]
        }
      ]
    },
    {
      "number": "2",
      "title": "Sell better",
      "start": false,
      "key_results": []
    }
  ],
  "sections": []
}

"#]]);
}

#[test]
fn folders_of_ones_own_come_from_a_flag_and_from_okr_toml() {
    let sandbox = Sandbox::with(&[
        ("ours/sales.md", SALES),
        ("ours/README.md", "# no template"),
        ("ours/notes.txt", "no template"),
        ("okr.toml", "templates = [\"ours\"]\n"),
        ("below/deep/plan.md", ""),
    ]);
    assert!(
        sandbox
            .okr("templates sales")
            .success()
            .out()
            .starts_with("sales-team  Sales team\n")
    );
    let mut command = sandbox.command("templates sales");
    command.current_dir(sandbox.path("below/deep"));
    let run = crate::support::sandbox::finish(command, b"");
    assert!(
        run.success().out().starts_with("sales-team  Sales team\n"),
        "the file above the current folder counts"
    );
    sandbox
        .okr("templates --templates theirs")
        .failure()
        .says(str![[r#"
error: cannot read role templates: cannot read the folder theirs: there is no such file or folder

"#]]);
}

#[test]
fn a_template_of_ones_own_stands_in_for_one_of_the_same_name() {
    let sandbox = Sandbox::with(&[(
        "ours/mine.md",
        &SALES
            .replace("sales-team", "accounts-team")
            .replace("Sales team", "Our accounts"),
    )]);
    let run = sandbox.okr("templates accounts --templates ours");
    assert!(
        run.success()
            .out()
            .starts_with("accounts-team  Our accounts\n"),
        "{}",
        run.out()
    );
    assert_eq!(run.out().matches("accounts-team").count(), 1);
}

#[test]
fn a_wrong_template_is_shown_with_file_line_and_caret_and_the_others_are_of_use() {
    let sandbox = Sandbox::with(&[
        ("ours/a.md", &SALES.replace("{{ region }}", "{{ regoin }}")),
        ("ours/b.md", "# no front matter\n"),
        ("ours/c.md", "---\ntemplate: c\ncolour: blue\n---\n"),
        ("ours/d.md", "---\ntemplate: D d\n---\n"),
        (
            "ours/e.md",
            "---\ntemplate: e\n---\n\n## Objective: {{ team\n",
        ),
        (
            "ours/f.md",
            "---\ntemplate: f\n---\n\n## Objective: a\n\n- Onwer: b\n",
        ),
        ("ours/g.md", "---\ntemplate: g\nstart-with: 1, x\n---\n"),
        ("ours/h.md", "---\ntemplate: h\ncadence: daily\n---\n"),
    ]);
    let run = sandbox.okr("templates --templates ours");
    run.findings().says(str![[r#"
error: role template has no front matter
 --> ours/b.md:1:1
  |
1 | # no front matter
  | ^
  |
  = help: begin the file with `---`, lines such as `template: sales-team`, and `---`
error: key is not known in a role template
 --> ours/c.md:3:1
  |
3 | colour: blue
  | ^^^^^^
  |
  = help: known keys are template, title, summary, keywords, plan, cadence, start-with, ask.… and default.…
error: role template has no name of small letters, digits and hyphens
 --> ours/d.md:2:1
  |
2 | template: D d
  | ^^^^^^^^^^^^^
  |
  = help: write a line like `template: sales-team`
error: `x` is no number of an objective
 --> ours/g.md:3:13
  |
3 | start-with: 1, x
  |             ^^^^
  |
  = help: write numbers like `1, 3-5`
error: cadence is not known
 --> ours/h.md:3:10
  |
3 | cadence: daily
  |          ^^^^^
  |
  = help: write weekly, two-weekly or monthly
error: variable `regoin` is not defined
  --> ours/a.md:12:20
   |
12 | # {{ team }} in {{ regoin }}, {{ period.name }}
   |                    ^^^^^^
   |
   = help: did you mean `region`?
error: unexpected end of input
 --> ours/e.md:5:18
  |
5 | ## Objective: {{ team
  |                  ^^^^
  |
  = help: an expression may use team, owner, period.name, period.label, period.start, period.middle, period.end, period.first_day, period.last_day, week(n=6), month(n=1) and the inputs that the front matter declares
error: field `Onwer` is not known
 --> ours/f.md:7:3
  |
7 | - Onwer: b
  |   ^^^^^
  |
  = help: did you mean `Owner`?

"#]]);
    let names: Vec<String> = run
        .out()
        .lines()
        .filter(|line| line.contains("  ") && !line.starts_with(' '))
        .map(str::to_owned)
        .collect();
    assert_eq!(
        names,
        [
            "accounts-team  Accounts team",
            "billing-coordinator  Billing coordinator"
        ]
    );
    for (name, line) in [
        ("a", "ours/a.md:12:20"),
        ("e", "ours/e.md:5:"),
        ("f", "ours/f.md:7:3"),
    ] {
        let role = if name == "a" { "sales-team" } else { name };
        for command in ["templates show", "new"] {
            let run = sandbox.okr(&format!("{command} {role} --templates ours"));
            run.failure();
            assert!(
                run.err().replace('\\', "/").contains(line),
                "{command} {name}: {}",
                run.err()
            );
            assert!(run.err().contains('^'), "{}", run.err());
        }
    }
    assert!(
        sandbox.list().iter().all(|name| name.starts_with("ours/")),
        "no plan is written"
    );
}

#[test]
fn a_wrong_okr_toml_is_shown_with_file_line_and_caret() {
    let sandbox = Sandbox::with(&[("okr.toml", "team = \"Finance\"\nonwer = \"Dana\"\n")]);
    sandbox
        .okr("templates")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: key `onwer` is not known
 --> okr.toml:2:1
  |
2 | onwer = "Dana"
  | ^^^^^
  |
  = help: did you mean `owner`?

"#]]);
}
