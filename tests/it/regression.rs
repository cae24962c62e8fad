//! What went wrong once.

use okr_core::edit::tidy;
use okr_core::parse;

use crate::support::sandbox::Sandbox;

#[test]
fn a_lone_carriage_return_ends_no_line_and_takes_no_text_with_it() {
    let plan = parse("## Objective: A\n\nfoo\r## Objective: B\rbar\n\n- Owner: x\n").plan;
    assert_eq!(plan.objectives.len(), 1);
    assert!(plan.objectives[0].text.contains("foo ## Objective: B bar"));
    assert_eq!(parse(okr_core::print(&plan)).plan, plan);
}

#[test]
fn an_unreadable_value_is_kept_under_the_usual_name_of_its_field() {
    let parsed = parse("## Objective: A\n\n### Key result: B\n\n- deadline: soon\n");
    let tidied = parse(tidy(&parsed).apply(parsed.document.text()));
    assert_eq!(tidied.plan, parsed.plan);
}

#[test]
fn a_bound_that_is_met_already_keeps_its_direction() {
    let text = "## Objective: A\n\n### Key result: B\n\n- Baseline: 96%\n- Target: at least 95%\n";
    let plan = parse(text).plan;
    let direction = plan.objectives[0].key_results[0].measure.direction();
    assert_eq!(direction, Some(okr_core::model::Direction::Increase));
}

#[test]
fn a_template_that_never_stops_is_stopped() {
    let looping = "---\ntemplate: looping\n---\n\n{% for a in range(end=100000) %}\
                   {% for b in range(end=100000) %}xxxxxxxxxx{% endfor %}{% endfor %}\n";
    let sandbox = Sandbox::with(&[("ours/looping.md", looping)]);
    let run = sandbox.okr("new looping --templates ours -o -");
    run.failure().prints_nothing();
    assert!(run.err().contains("more than 16 MiB"), "{}", run.err());
}

#[test]
fn a_template_that_cannot_be_read_is_shown_and_left_out() {
    let good = "---\ntemplate: good\n---\n\n## Objective: A\n";
    let sandbox = Sandbox::with(&[("ours/good.md", good)]);
    std::fs::write(sandbox.path("ours/bad.md"), [0xff, 0xfe, 0x00]).expect("is mine");
    let run = sandbox.okr("templates --templates ours");
    run.findings();
    assert!(run.out().contains("good"), "{}", run.out());
    assert!(run.err().contains("ours/bad.md"), "{}", run.err());
}

#[test]
fn two_elements_of_one_id_are_not_told_apart_by_it() {
    let plan = "## Objective: A\n\n- Id: x\n\n## Objective: B\n\n- Id: x\n";
    let sandbox = Sandbox::with(&[("plan.md", plan)]);
    let run = sandbox.okr("set plan.md x owner Bob");
    run.failure();
    assert!(run.err().contains("`x` may mean 2 things"), "{}", run.err());
    assert_eq!(sandbox.read("plan.md"), plan);
}

#[test]
fn a_key_of_ones_own_in_the_front_matter_holds_plain_words() {
    let sandbox = Sandbox::with(&[("plan.md", "---\ncolour: x\n---\n\n# T\n")]);
    sandbox
        .okr("set plan.md plan colour '[docs](http://x) &amp; *b*'")
        .success();
    let plan = parse(sandbox.read("plan.md")).plan;
    assert_eq!(plan.front_matter["colour"], "[docs](http://x) &amp; *b*");
}

#[test]
fn a_list_of_many_links_is_read_in_one_pass() {
    let text = format!(
        "## Objective: A\n\n- Supports: {}\n",
        "[a](b), ".repeat(20_000)
    );
    assert_eq!(parse(text).plan.objectives[0].supports.len(), 20_000);
}

#[cfg(unix)]
#[test]
fn a_private_plan_stays_private() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = Sandbox::with(&[("plan.md", "## Objective: A\n")]);
    let path = sandbox.path("plan.md");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("is mine");
    sandbox.okr("set plan.md 1 owner Dana").success();
    let mode = std::fs::metadata(&path)
        .expect("is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}
