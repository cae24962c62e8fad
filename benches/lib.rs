//! The plans that the benches run on.

use okr_core::model::{FiscalYear, Period};
use okr_templates::{Library, Request, Selection};

/// Returns a filled role template: the starting selection of the accounts team, 4 objectives.
#[must_use]
pub fn small() -> String {
    filled(Selection::Start)
}

/// Returns a plan of about 100 KB: the whole accounts team, over and over, with check-ins.
#[must_use]
pub fn large() -> String {
    let one = filled(Selection::All);
    let start = one.find("## Objective").unwrap_or(0);
    let (head, body) = one.split_at(start);
    let mut text = head.to_owned();
    while text.len() < 100_000 {
        text.push_str(&with_check_ins(body));
        text.push('\n');
    }
    text.truncate(
        text.char_indices()
            .map(|(at, _)| at)
            .take_while(|at| *at <= 100_000)
            .last()
            .unwrap_or(0),
    );
    text
}

fn filled(selection: Selection) -> String {
    let period = Period::parse("2026-Q4", FiscalYear::default()).ok();
    let library = Library::built_in().expect("the built-in templates are right");
    let template = library.get("accounts-team").expect("it is built in");
    let request = Request {
        period,
        selection,
        ..Request::default()
    };
    template.fill(&request).expect("it can be filled").text
}

fn with_check_ins(body: &str) -> String {
    let table = "\n| Date | Value | Status | Confidence | Note |\n| --- | --- | --- | --- | --- |\n\
                 | 2026-10-09 | 70% | on track | 7 | First reminder run out |\n\
                 | 2026-10-16 | 71% | on track | 7 | |\n| 2026-10-23 | 73% | at risk | 5 | Bank file late |\n";
    let mut text = String::with_capacity(body.len() * 2);
    for block in body.split_inclusive("\n### ") {
        match block.strip_suffix("\n### ") {
            Some(block) if block.contains("- [ ]") => {
                text.push_str(block);
                text.push_str(table);
                text.push_str("\n### ");
            }
            _ => text.push_str(block),
        }
    }
    text
}
