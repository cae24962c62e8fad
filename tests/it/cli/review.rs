//! `okr review`; what happens at a terminal is in `tests/tools/terminal.rs`.

use snapbox::str;

use super::THREE_HEADINGS;
use crate::support::sandbox::Sandbox;

#[test]
fn without_a_terminal_nothing_is_asked() {
    let sandbox = Sandbox::with(&[("our plan.md", THREE_HEADINGS)]);
    sandbox
        .okr("review \"our plan.md\"")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: a review asks questions, and nobody is at a terminal to answer
help: okr check "our plan.md" shows what is wrong; okr check --fix "our plan.md" mends what it can

"#]]);
    assert_eq!(sandbox.read("our plan.md"), THREE_HEADINGS);
}

#[test]
fn standard_input_is_where_the_answers_come_from() {
    Sandbox::new().okr("review -").failure().says(str![[r#"
error: standard input cannot be reviewed: it is where you answer
help: name a file; `okr check -` reads standard input

"#]]);
}

#[test]
fn only_a_plan_can_be_reviewed() {
    let sandbox = Sandbox::with(&[("notes.md", "# Notes\n"), ("plan.csv", "a,b\n")]);
    sandbox.okr("review notes.md").failure().says(str![[r#"
error: notes.md is no plan: it has no objective

"#]]);
    sandbox.okr("review plan.csv").failure().says(str![[r#"
error: plan.csv is no Markdown file, and only Markdown plans can be reviewed
help: review the .md file, or make one of it with `okr render`

"#]]);
    sandbox.okr("review plna.md").failure().says(str![[r#"
error: cannot read plna.md: there is no such file or folder
help: did you mean plan.csv?

"#]]);
}
