//! `okr templates`

use snapbox::str;

use crate::support::sandbox::Sandbox;

const SALES: &str = "---\ntemplate: sales-team\ntitle: Sales team\nsummary: Two objectives for those who sell.\nkeywords: revenue\nstart-with: 1\nask.team: Which team?\ndefault.team: Sales\nask.region: Which region?\n---\n\n# {{ team }} in {{ region }}, {{ period.name }}\n\n## Objective 1: Sell more\n\n### Key result 1.1: Raise revenue by 10%\n\n- Measure: monthly revenue\n- Target: +10%\n- Due: {{ period.end }}\n- [ ] Call the customers\n\n## Objective 2: Sell better\n";

#[test]
fn both_roles_are_listed() {
    Sandbox::new().okr("templates").success().says_nothing().prints(str![]);
}

#[test]
fn a_search_finds_every_word_in_any_case() {
    let sandbox = Sandbox::new();
    let found = |query: &str| {
        let run = sandbox.okr(&format!("templates {query}"));
        let names: Vec<String> = run.success().out().lines().filter(|line| !line.starts_with(' ') && !line.is_empty()).map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect();
        names
    };
    assert_eq!(found("BILLING coordinator"), ["billing-coordinator"]);
    assert_eq!(found("premiums"), ["accounts-team"], "words of objectives count");
    assert_eq!(found("finance"), ["accounts-team", "billing-coordinator"]);
    assert_eq!(found("''"), ["accounts-team", "billing-coordinator"]);
    sandbox.okr("templates xyzzy").failure().prints_nothing().says(str![]);
}

#[test]
fn a_role_is_shown_with_its_start_its_targets_and_its_questions() {
    Sandbox::new().okr("templates show billing-coordinator").success().says_nothing().prints(str![]);
}

#[test]
fn a_role_that_is_nearly_right_is_offered() {
    let sandbox = Sandbox::new();
    sandbox.okr("templates show billing-cordinator").failure().says(str![]);
    sandbox.okr("templates show astronaut").failure().says(str![]);
    sandbox.okr("templates show").failure();
    sandbox.okr("templates billing show accounts-team").failure().says(str![]);
    assert!(sandbox.okr("templates show 'Accounts Team'").success().out().starts_with("accounts-team "));
}

#[test]
fn the_list_is_json_as_its_manual_says() {
    let sandbox = Sandbox::with(&[("roles/sales.md", SALES)]);
    let run = sandbox.okr("templates --json --templates roles");
    let json: serde_json::Value = serde_json::from_str(&run.success().out()).expect("is JSON");
    assert_eq!(json["schema"], "okr-templates/1");
    let counts: Vec<_> = json["templates"].as_array().expect("a list").iter().map(|template| {
        (template["name"].as_str().expect("a name"), template["objectives"].as_u64(), template["key_results"].as_u64(), template["initiatives"].as_u64())
    }).collect();
    assert_eq!(counts, [
        ("accounts-team", Some(10), Some(30), Some(90)),
        ("billing-coordinator", Some(4), Some(8), Some(24)),
        ("sales-team", Some(2), Some(1), Some(1)),
    ]);
    let sales = &json["templates"][2];
    let keys: Vec<_> = sales.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["name", "title", "summary", "keywords", "path", "start_with", "objectives", "key_results", "initiatives"]);
    assert_eq!(sales["start_with"], serde_json::json!([1]));
    assert_eq!(sales["path"], if cfg!(windows) { "roles\\sales.md" } else { "roles/sales.md" });
}

#[test]
fn a_role_is_json_as_its_manual_says() {
    let sandbox = Sandbox::with(&[("roles/sales.md", SALES)]);
    sandbox.okr("templates show sales-team --json --templates roles").success().says_nothing().prints(str![]);
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
    assert!(sandbox.okr("templates sales").success().out().starts_with("sales-team  Sales team\n"));
    let mut command = sandbox.command("templates sales");
    command.current_dir(sandbox.path("below/deep"));
    let run = crate::support::sandbox::finish(command, b"");
    assert!(run.success().out().starts_with("sales-team  Sales team\n"), "the file above the current folder counts");
    sandbox.okr("templates --templates theirs").failure().says(str![]);
}

#[test]
fn a_template_of_ones_own_stands_in_for_one_of_the_same_name() {
    let sandbox = Sandbox::with(&[("ours/mine.md", &SALES.replace("sales-team", "accounts-team").replace("Sales team", "Our accounts"))]);
    let run = sandbox.okr("templates accounts --templates ours");
    assert!(run.success().out().starts_with("accounts-team  Our accounts\n"), "{}", run.out());
    assert_eq!(run.out().matches("accounts-team").count(), 1);
}

#[test]
fn a_wrong_template_is_shown_with_file_line_and_caret_and_the_others_are_of_use() {
    let sandbox = Sandbox::with(&[
        ("ours/a.md", &SALES.replace("{{ region }}", "{{ regoin }}")),
        ("ours/b.md", "# no front matter\n"),
        ("ours/c.md", "---\ntemplate: c\ncolour: blue\n---\n"),
        ("ours/d.md", "---\ntemplate: D d\n---\n"),
        ("ours/e.md", "---\ntemplate: e\n---\n\n## Objective: {{ team\n"),
        ("ours/f.md", "---\ntemplate: f\n---\n\n## Objective: a\n\n- Onwer: b\n"),
        ("ours/g.md", "---\ntemplate: g\nstart-with: 1, x\n---\n"),
        ("ours/h.md", "---\ntemplate: h\ncadence: daily\n---\n"),
    ]);
    let run = sandbox.okr("templates --templates ours");
    run.findings().says(str![]);
    let names: Vec<String> = run.out().lines().filter(|line| line.contains("  ") && !line.starts_with(' ')).map(str::to_owned).collect();
    assert_eq!(names, ["accounts-team  Accounts team", "billing-coordinator  Billing coordinator"]);
    for (name, line) in [("a", "ours/a.md:12:16"), ("e", "ours/e.md:5:"), ("f", "f.md (filled in):")] {
        let role = if name == "a" { "sales-team" } else { name };
        for command in ["templates show", "new"] {
            let run = sandbox.okr(&format!("{command} {role} --templates ours"));
            run.failure();
            assert!(run.err().replace('\\', "/").contains(line), "{command} {name}: {}", run.err());
            assert!(run.err().contains('^'), "{}", run.err());
        }
    }
    assert!(sandbox.list().iter().all(|name| name.starts_with("ours/")), "no plan is written");
}

#[test]
fn a_wrong_okr_toml_is_shown_with_file_line_and_caret() {
    let sandbox = Sandbox::with(&[("okr.toml", "team = \"Finance\"\nonwer = \"Dana\"\n")]);
    sandbox.okr("templates").failure().prints_nothing().says(str![]);
}
