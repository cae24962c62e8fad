//! `no-number`: a key result that names no number to reach.

use crate::audit::{Axis, Context, Findings, Level, Question, Rule, Tier};
use crate::statement::Kind;

pub(super) static RULE: Rule = Rule {
    id: "no-number",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Measurable,
    rank: 10,
    since: "0.2.0",
    docs: include_str!("no_number.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for key_result in cx.key_results() {
        if key_result.measure.target.is_none() && key_result.reading.kind == Kind::None {
            findings
                .report(&RULE, key_result.id, "key result names no number to reach")
                .label("no number here")
                .help("state where the number starts and ends")
                .ask(Question {
                    text: "Which number will show that it is done, and where does it stand today?"
                        .to_owned(),
                    element: key_result.id,
                    field: Some("target"),
                    offer: None,
                });
        }
    }
}
