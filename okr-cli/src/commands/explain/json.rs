//! The JSON of `okr explain --json` (`okr-rules/1`) and `okr explain RULE --json` (`okr-rule/1`);
//! `docs/explain.schema.json` documents both.
//!
//! Keys are only ever added; a change of one that is there counts the number in the schema up.

use okr_core::audit::{RULES, Rule, Sight};
use serde::Serialize;

#[derive(Serialize)]
struct List {
    schema: &'static str,
    rules: Vec<RuleView>,
}

#[derive(Serialize)]
struct Whole {
    schema: &'static str,
    #[serde(flatten)]
    rule: RuleView,
    docs: &'static str,
    example: &'static str,
    instead: &'static str,
}

#[derive(Serialize)]
struct RuleView {
    id: &'static str,
    level: &'static str,
    tier: &'static str,
    looks_at: &'static str,
    axis: &'static str,
    action: &'static str,
    since: &'static str,
    summary: &'static str,
}

impl RuleView {
    fn new(rule: &Rule) -> Self {
        Self {
            id: rule.id,
            level: rule.level.name(),
            tier: rule.tier.name(),
            looks_at: rule.sight().map_or("plan", Sight::name),
            axis: rule.axis.name(),
            action: rule.action().name(),
            since: rule.since,
            summary: rule.summary(),
        }
    }
}

pub(super) fn list() -> anyhow::Result<String> {
    print(&List {
        schema: "okr-rules/1",
        rules: RULES.iter().map(|rule| RuleView::new(rule)).collect(),
    })
}

pub(super) fn rule(rule: &Rule) -> anyhow::Result<String> {
    print(&Whole {
        schema: "okr-rule/1",
        rule: RuleView::new(rule),
        docs: rule.docs,
        example: rule.example(),
        instead: rule.instead(),
    })
}

fn print(value: &impl Serialize) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
