//! What plans look like as tables of platforms.

use super::*;
use crate::dialects::DIALECTS;

const PLAN: &str = "---\nperiod: 2026-Q4\n---\n\n# Accounts\n\n## Objective: Get paid sooner\n\n- Owner: Dana Reyes\n- Type: committed\n- [ ] Ask sales\n\nWhy it matters.\n\n### KR: Raise the collection rate\n\n- Owner: sam@example.com\n- Baseline: 68%\n- Target: +25%\n- Due: 2026-12-31\n- [x] Train the team (@kim, due 2026-11-15)\n\n| Date | Value | Status |\n| --- | --- | --- |\n| 2026-10-09 | 70% | at risk |\n\n### KR: Cut DSO from 52 to 44 days\n";

#[track_caller]
fn check(dialect: &str, plan: &str, expected: &str) {
    let dialect = Dialect::named(dialect).unwrap();
    let plan = okr_core::parse(plan).plan;
    let exported = dialect.write(&plan, &WriteOptions::default()).unwrap();
    let mut shown = String::from_utf8(exported.bytes)
        .unwrap()
        .replace("\r\n", "\n");
    for note in &exported.notes {
        shown.push_str(&format!("{}: {}\n", note.kind.word(), note.message));
    }
    assert_eq!(shown, expected, "{shown}");
}

#[test]
fn show() {
    for dialect in DIALECTS {
        if dialect.is_written() {
            let plan = okr_core::parse(PLAN).plan;
            let exported = dialect.write(&plan, &WriteOptions::default()).unwrap();
            println!(
                "=== {}\n{}",
                dialect.name,
                String::from_utf8_lossy(&exported.bytes)
            );
            for note in &exported.notes {
                println!("{}: {} [{}]", note.kind.word(), note.message, note.help);
            }
        }
    }
}
