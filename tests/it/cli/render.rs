//! `okr render`

use okr_core::model::Plan;
use okr_render::{FORMATS, Format};
use snapbox::str;

use super::{BY_HAND, THREE_HEADINGS};
use crate::support::sandbox::Sandbox;

#[track_caller]
fn assert_same(left: &Plan, right: &Plan, context: &str) {
    assert!(
        left == right,
        "{context}: {left:#?}\n=== is not\n{right:#?}"
    );
}

/// Renders a plan to every format and back again, and compares what comes back with what is carried.
#[track_caller]
fn check_there_and_back(sandbox: &Sandbox, file: &str) {
    let plan = okr_core::parse(sandbox.read(file)).plan;
    for format in FORMATS {
        let (there, back) = (
            format!("there.{}", format.extensions[0]),
            format!("back-{}.md", format.name),
        );
        sandbox.okr(&format!("render {file} -o {there}")).success();
        sandbox.okr(&format!("render {there} -o {back}")).success();
        let read = okr_core::parse(sandbox.read(&back));
        assert_same(&read.plan, &format.carries.reduce(&plan), format.name);
    }
}

#[test]
fn a_plan_comes_back_from_every_format_as_far_as_it_is_carried() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("new billing-coordinator --period 2026-Q2 --all -o b.md")
        .success()
        .says(str![[r#"
warning: all 20 due dates have passed already; for the next quarter use --period 2027-Q1
wrote b.md: 4 objectives, 8 key results
next: find 7 baselines, such as `okr set b.md 1.1 baseline "68%"`; then `okr render b.md -o b.html` makes a page to send

"#]]);
    check_there_and_back(&sandbox, "b.md");
    let text = sandbox.read("b.md");
    for back in ["back-html.md", "back-json.md", "back-markdown.md"] {
        assert_same(
            &okr_core::parse(sandbox.read(back)).plan,
            &okr_core::parse(text.clone()).plan,
            back,
        );
    }
}

#[test]
fn a_plan_written_by_hand_comes_back_from_every_format() {
    let sandbox = Sandbox::with(&[("by-hand.md", BY_HAND)]);
    check_there_and_back(&sandbox, "by-hand.md");
}

#[test]
fn three_headings_are_a_plan_in_every_format() {
    let sandbox = Sandbox::with(&[("plan.md", THREE_HEADINGS)]);
    check_there_and_back(&sandbox, "plan.md");
    sandbox.okr("render plan.md --to csv").success().says_nothing().prints(str![[r#"
Ref,Type,Title,Parent,Owner,Start,Target,Current,Unit,Start date,Due date,Status,Description,Target rule,Start as written,Measure,Direction,Source,Baseline question,Commitment,Supports,Id,After,Plan,Period,Team,Cadence,Template,Fiscal year start,Fiscal year label
P,Plan,Finance,,,,,,,,,,,,,,,,,,,,,,,,,,,
O1,Objective,Get paid sooner,P,,,,,,,,,,,,,,,,,,,,,,,,,,
O1-KR1,Key result,Raise the collection rate by 25%,O1,,,,,,,,,,,,,,,,,,,,,,,,,,

"#]]);
    sandbox
        .okr("render plan.md --to json")
        .success()
        .says_nothing()
        .prints(str![[r#"
{
  "schema": "okr-plan/1",
  "title": "Finance",
  "fiscal_year": {
    "start_month": 1,
    "named_after": "end"
  },
  "front_matter": {},
  "text": "",
  "objectives": [
    {
      "number": "1",
      "title": "Get paid sooner",
      "supports": [],
      "fields": {},
      "initiatives": [],
      "text": "",
      "key_results": [
        {
          "number": "1.1",
          "title": "Raise the collection rate by 25%",
          "measure": {},
          "fields": {},
          "initiatives": [],
          "text": "",
          "check_ins": [],
          "derived": {}
        }
      ]
    }
  ],
  "sections": []
}

"#]]);
    sandbox
        .okr("render plan.md --to md")
        .success()
        .says_nothing()
        .prints(str![[r#"
# Finance

## Objective 1: Get paid sooner

### Key result 1.1: Raise the collection rate by 25%

"#]]);
    let page = sandbox.okr("render plan.md --to html").success().out();
    for words in [
        "Finance",
        "Get paid sooner",
        "Raise the collection rate by 25%",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn nothing_at_all_is_a_plan_in_every_format() {
    let sandbox = Sandbox::with(&[("empty.md", "")]);
    check_there_and_back(&sandbox, "empty.md");
}

#[test]
fn the_ending_tells_the_format_and_names_are_understood() {
    let sandbox = Sandbox::with(&[("plan.md", THREE_HEADINGS)]);
    sandbox
        .okr("render plan.md -o PAGE.HTML")
        .success()
        .prints_nothing()
        .says(str![[r#"
wrote PAGE.HTML

"#]]);
    assert!(sandbox.read("PAGE.HTML").starts_with("<!"));
    sandbox.okr("render plan.md -o odd.txt --to csv").success();
    assert!(sandbox.read("odd.txt").contains("Ref,Type,Title"));
    for format in FORMATS {
        for name in std::iter::once(format.name).chain(format.extensions.iter().copied()) {
            sandbox
                .okr(&format!("render plan.md --to {name} -o odd --force"))
                .success();
        }
    }
    let mut said = String::new();
    for line in [
        "render plan.md",
        "render plan.md -o page",
        "render plan.md -o page.docx",
        "render plan.md --to htlm",
        "render page.xyz --to md",
        "render pla.md --to md",
        "render - ",
    ] {
        let run = sandbox.okr(line);
        run.failure().prints_nothing();
        said.push_str(&format!("$ okr {line}\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr render plan.md
error: it is not said what to write
help: name a file, as in -o plan.html, or a format, as in --to html

$ okr render plan.md -o page
error: the file name `page` has no ending that names a format; there are csv, html, json, markdown, xlsx
help: say which format it is to be, as in --to html

$ okr render plan.md -o page.docx
error: okr writes no .docx file
help: write page.html, which word processors open

$ okr render plan.md --to htlm
error: there is no format `htlm`; there are csv, html, json, markdown, xlsx
help: did you mean `html`?

$ okr render page.xyz --to md
error: no format has the ending `.xyz`; there are csv, html, json, markdown, xlsx
help: say which format it is, as in --from markdown

$ okr render pla.md --to md
error: cannot read pla.md: there is no such file or folder
help: did you mean plan.md?

$ okr render - 
error: it is not said what to write
help: name a file, as in -o plan.html, or a format, as in --to html


"#]]
    );
}

#[test]
fn streams_stand_in_for_files() {
    let sandbox = Sandbox::with(&[("plan.md", THREE_HEADINGS)]);
    let csv = sandbox
        .okr("render plan.md --to csv")
        .success()
        .stdout
        .clone();
    assert!(
        !csv.starts_with(b"\xef\xbb\xbf"),
        "printed CSV has no byte-order mark"
    );
    let text = sandbox
        .okr_reading("render - --from csv --to md", &csv)
        .success()
        .out();
    assert_eq!(
        okr_core::parse(text).plan,
        okr_core::parse(THREE_HEADINGS).plan
    );
    let json = sandbox
        .okr_reading("render - --to json -o -", THREE_HEADINGS.as_bytes())
        .success()
        .out();
    assert!(json.starts_with('{'));
    assert_eq!(sandbox.list(), ["plan.md"]);
}

#[test]
fn nothing_is_overwritten_and_a_dry_run_writes_nothing() {
    let sandbox = Sandbox::with(&[("plan.md", THREE_HEADINGS), ("plan.html", "mine")]);
    sandbox
        .okr("render plan.md -o plan.html")
        .failure()
        .says(str![[r#"
error: plan.html exists already
help: choose another name with -o, or replace it with --force

"#]]);
    assert_eq!(sandbox.read("plan.html"), "mine");
    let run = sandbox.okr("render plan.md -o plan.html --dry-run --force");
    assert!(
        run.success()
            .out()
            .starts_with("--- plan.html\n+++ plan.html\n@@ -1 +1,"),
        "{}",
        run.out()
    );
    assert_eq!(sandbox.read("plan.html"), "mine");
    sandbox.okr("render plan.md -o plan.html --force").success();
    assert!(sandbox.read("plan.html").starts_with("<!"));
    sandbox
        .okr("render plan.md -o plan.csv --dry-run")
        .success();
    assert_eq!(sandbox.list(), ["plan.html", "plan.md"]);
}

#[test]
fn a_plan_is_not_rendered_over_itself_without_force() {
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox.okr("render plan.md -o plan.md").failure();
    assert_eq!(sandbox.read("plan.md"), BY_HAND);
}

#[test]
fn what_cannot_be_understood_is_shown_and_the_rest_is_written() {
    let sandbox = Sandbox::with(&[(
        "plan.md",
        "## Objective: a\n\n- Onwer: Dana\n\n### Key result: b\n\n- Due: soon\n- Target: 5%\n",
    )]);
    sandbox
        .okr("render plan.md -o plan.html")
        .findings()
        .says(str![[r#"
warning[unknown-field]: field `Onwer` is not known
 --> plan.md:3:3
  |
3 | - Onwer: Dana
  |   ^^^^^
  |
  = help: did you mean `Owner`?
error[unreadable-field]: `soon` is no date
 --> plan.md:7:8
  |
7 | - Due: soon
  |        ^^^^
  |
  = help: write a date like 2026-12-31
wrote plan.html
2 places in plan.md were not understood; they are shown above

"#]]);
    assert_eq!(sandbox.list(), ["plan.html", "plan.md"]);
}

#[test]
fn a_table_with_a_wrong_cell_names_the_cell() {
    let sandbox = Sandbox::with(&[(
        "plan.csv",
        "Ref,Type,Title,Due date\nO1,Objective,a,\nO1-KR1,Key result,b,soon\n",
    )]);
    sandbox
        .okr("render plan.csv -o plan.md")
        .findings()
        .says(str![[r#"
error[unreadable-cell]: `soon` is no date like 2026-12-31
--> plan.csv:D3
 = help: write a date like 2026-12-31
wrote plan.md
1 place in plan.csv was not understood; it is shown above

"#]]);
    assert!(sandbox.read("plan.md").contains("Key result 1.1: b"));
}

#[test]
fn a_file_that_is_not_of_its_format_is_refused() {
    let files = [
        ("a.json", "{"),
        ("b.json", "[]"),
        ("c.html", "<p>no plan</p>"),
        ("d.csv", "a,b\n1,2\n"),
        ("e.json", "{\"schema\": \"other/1\"}"),
    ];
    let sandbox = Sandbox::with(&files);
    let mut said = String::new();
    for (name, _) in files {
        let run = sandbox.okr(&format!("render {name} -o plan.md"));
        run.failure().prints_nothing();
        said.push_str(&run.err());
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
error: cannot read a.json as json: it is no JSON: EOF while parsing an object at line 1 column 1
error: cannot read b.json as json: the file is a list; it must be an object
error: cannot read c.html as html: the page carries no plan: either `okr` did not write it, or the script element `okr-plan` got lost on its way; ask for the plan's Markdown file
error: cannot read d.csv as csv: its first row does not name the columns of a plan: Type and Title must be there, and any of Ref, Type, Title, Parent, Owner, Start, Target, Current, Unit, Start date, Due date, Status, Description, Target rule, Start as written, Measure, Direction, Source, Baseline question, Commitment, Supports, Id, After, Plan, Period, Team, Cadence, Template, Fiscal year start, Fiscal year label may be
error: cannot read e.json as json: schema is `other/1`; it must be "okr-plan/1", the only one that this version reads

"#]]
    );
    assert!(!sandbox.path("plan.md").exists());
}

#[test]
fn a_theme_stands_in_for_one_file_at_a_time() {
    let sandbox = Sandbox::with(&[
        ("plan.md", THREE_HEADINGS),
        ("theme/style.css", "body { color: rebeccapurple }"),
        ("theme/README.md", "ours"),
    ]);
    let page = sandbox
        .okr("render plan.md --to html --theme theme")
        .success()
        .out();
    assert!(page.contains("rebeccapurple"));
    assert!(page.contains("Get paid sooner"));
    sandbox.write("theme/stile.css", "");
    sandbox.okr("render plan.md --to html --theme theme").failure().prints_nothing().says(str![[r#"
error: cannot write plan.md as html: the theme does not work: `stile.css` stands in for no file; there are chart.html, check-ins.html, initiatives.html, key-result.html, objective.html, overview.html, page.html, parts.html, scale.html, script.js, slides.css, slides.html, slides.js, style.css, map.css, map.html, site-front.html, site-key.html, site-map.html, site-owner.html, site-parts.html, site-plan.html, site-search.html, site-single.html, site.css, site.html, site.js, and further templates end in `.html`

"#]]);
    let sandbox = Sandbox::with(&[
        ("plan.md", THREE_HEADINGS),
        ("theme/objective.html", "{% if %}\n"),
    ]);
    sandbox.okr("render plan.md --to html --theme theme").failure().prints_nothing().says(str![[r#"
error: cannot write plan.md as html: the theme does not work: error: Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
 --> objective.html:1:7
  |
1 | {% if %}
  |       ^^

"#]]);
    sandbox
        .okr("render plan.md --to html --theme no-theme")
        .failure()
        .says(str![[r#"
error: cannot read the theme: cannot read the folder no-theme: there is no such file or folder
help: did you mean theme?

"#]]);
}

#[test]
fn the_page_stands_alone() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("new accounts-team --all -o p.md --also html")
        .success();
    let page = sandbox.read("p.html");
    for outside in [
        "src=\"http",
        "src='http",
        "href=\"http",
        "@import",
        "url(http",
        "url(//",
        "<link rel=\"stylesheet\"",
        "<iframe",
        "<object",
        "<embed",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    for inside in [
        "<html lang=",
        "name=\"viewport\"",
        "<title>",
        "prefers-color-scheme",
        "@media print",
        "Content-Security-Policy",
    ] {
        assert!(page.contains(inside), "{inside}");
    }
}

#[test]
fn the_page_is_read_back_from_its_data_and_not_from_its_markup() {
    let sandbox = Sandbox::with(&[("plan.md", THREE_HEADINGS)]);
    sandbox.okr("render plan.md -o plan.html").success();
    let page = sandbox.read("plan.html");
    let data = page.find("application/json").expect("has its data");
    let (before, after) = page.split_at(data);
    let (in_markup, in_data) = (before.replace("Get paid sooner", "Spend"), after);
    sandbox.write("changed.html", format!("{in_markup}{in_data}"));
    let text = sandbox.okr("render changed.html --to md").success().out();
    assert_eq!(
        okr_core::parse(text).plan,
        okr_core::parse(THREE_HEADINGS).plan
    );
}

#[test]
fn slides_show_an_objective_each_and_carry_the_plan() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("new billing-coordinator -o plan.md --period 2026-Q4")
        .success();
    sandbox
        .okr("render plan.md -o talk.html --slides")
        .success();
    let page = sandbox.read("talk.html");
    let plan = okr_core::parse(sandbox.read("plan.md")).plan;
    assert_eq!(
        page.matches("<section class=\"slide\"").count(),
        plan.objectives.len()
    );
    sandbox.okr("render talk.html -o back.md").success();
    assert_same(
        &okr_core::parse(sandbox.read("back.md")).plan,
        &plan,
        "slides",
    );
    sandbox
        .okr("render plan.md -o plan.xlsx --slides")
        .failure()
        .says(str![[r#"
error: --slides is of pages, not of xlsx
help: leave it out, or write a page with --to html

"#]]);
}

#[test]
fn formats_of_the_help_are_those_of_the_registry() {
    let help = Sandbox::new().okr("help render").success().out();
    for format in FORMATS {
        assert!(help.contains(format.extensions[0]), "{}", format.name);
    }
    assert!(Format::named("markdown").is_ok());
}
