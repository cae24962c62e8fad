//! `okr render --dialect`: tables for platforms.

use snapbox::str;

use crate::support::sandbox::Sandbox;

/// A plan with something that no platform has a column for.
const FOR_PLATFORMS: &str = "---\nperiod: 2026-Q4\n---\n\n# Accounts\n\n## Objective: Get paid sooner\n\n- Owner: Dana Reyes\n\n\
Why it matters.\n\n### KR: Cut days sales outstanding\n\n- Owner: ben@example.com\n- Baseline: 52 days\n- Target: 44 days\n- Due: 2026-12-31\n\
- [ ] - call the ten largest (@kim, due 2026-11-15)\n";

#[test]
fn a_table_for_a_platform_says_what_has_no_place_in_it() {
    let sandbox = Sandbox::with(&[("plan.md", FOR_PLATFORMS)]);
    sandbox
        .okr("render plan.md --to csv --dialect appfire-okr -o okr.csv")
        .success()
        .says(str![[r#"
wrote okr.csv
moved: units stand behind the title, as in `Cut days sales outstanding (days)`: no column holds them
moved: due dates and initiatives stand in Description, as in `Due: 2026-12-31`: no column holds them
filled: where nobody gave a status, it is `Not started`, in D2 and D3
filled: an objective goes from 0 to 100 and stands at 0, in M2, N2 and O2
filled: the current value is the start value where nobody gave one, in N3
kept: the plan's title stays in the plan alone

"#]]);
    snapbox::assert_data_eq!(
        sandbox.read("okr.csv"),
        str![[r#"
Order,Type,Summary,Status,Period,Owner,Weight,OKR type,Labels,Teams,Expected start date,Expected end date,Start value,Current value,Target value,Description
1,Objective,Get paid sooner,Not started,Q4 Y2026,Dana Reyes,,,,,,,0,0,100,Why it matters.
1.1,Key result,Cut days sales outstanding (days),Not started,Q4 Y2026,ben@example.com,,,,,,,52,52,44,"Due: 2026-12-31

Initiatives:
- [ ] - call the ten largest (@kim, due 2026-11-15)"

"#]]
    );
    sandbox
        .okr("render plan.md --dialect jira -o jira.csv")
        .success()
        .says(str![[r#"
wrote jira.csv
lost: there is no place for the plan's period; it stays in the plan alone
doubtful: Jira knows people by e-mail; `Dana Reyes` and `kim` are left as they are in E2 and E4; put addresses in their place
guarded: A4 begins with an apostrophe, so that no spreadsheet takes `- call the ten largest` for a formula; write `• call the ten largest` in the plan
moved: starts and targets stand in Description, as in `Start: 52 days`: no column holds them
filled: where an objective names no day, it is due on the last day of the period, in G2
kept: the plan's title stays in the plan alone

"#]]);
    snapbox::assert_data_eq!(
        sandbox.read("jira.csv"),
        str![[r#"
Summary,Issue Type,Issue ID,Parent ID,Assignee,Status,Due Date,Description
Get paid sooner,Epic,1,,Dana Reyes,,2026-12-31,Why it matters.
Cut days sales outstanding,Story,2,1,ben@example.com,,2026-12-31,"Start: 52 days
Target: 44 days"
'- call the ten largest,Sub-task,3,2,kim,,2026-11-15,

"#]]
    );
}

#[test]
fn a_table_for_a_platform_is_printed_alone() {
    let sandbox = Sandbox::with(&[("plan.md", FOR_PLATFORMS)]);
    sandbox
        .okr("render plan.md --dialect betterworks")
        .success()
        .prints(str![[r#"
name,type,progress,start_date,end_date,owner_email,categories,description
Get paid sooner,goal,,2026-10-01,2026-12-31,Dana Reyes,,"Why it matters.

Key results:
- [ ] Cut days sales outstanding
  - [ ] - call the ten largest (@kim, due 2026-11-15)"
Cut days sales outstanding (from 52 to 44 days),milestone,,2026-10-01,2026-12-31,ben@example.com,,

"#]]);
}

#[test]
fn strict_fails_where_something_is_lost() {
    let sandbox = Sandbox::with(&[("plan.md", FOR_PLATFORMS)]);
    sandbox
        .okr("render plan.md --dialect todoist -o t.csv --strict")
        .findings()
        .says(str![[r#"
wrote t.csv
lost: there is no place for 1 text of an objective, 1 owner of an objective and the plan's period; they stay in the plan alone
guarded: B4 begins with an apostrophe, so that no spreadsheet takes `- call the ten largest` for a formula; write `• call the ten largest` in the plan
moved: owners, starts and targets stand in DESCRIPTION, as in `Owner: ben@example.com`: no column holds them
kept: the plan's title stays in the plan alone

"#]]);
    sandbox
        .okr("render plan.md --dialect goalscape -o g.csv --strict")
        .success();
    assert_eq!(sandbox.list(), ["g.csv", "plan.md", "t.csv"]);
}

#[test]
fn a_table_for_a_platform_is_a_table() {
    let sandbox = Sandbox::with(&[("plan.md", FOR_PLATFORMS)]);
    for (line, expected) in [
        (
            "--dialect gitlabb -o a.csv",
            str![[r#"
error: there is no dialect `gitlabb`; there are appfire-okr, betterworks, culture-amp, gitlab, goalscape, jira, peoplebox, todoist, viva-goals
help: did you mean `gitlab`?

"#]],
        ),
        (
            "--dialect viva-goals -o a.csv",
            str![[r#"
error: okr reads tables of Viva Goals, formerly Ally.io and writes none
help: okr dialects viva-goals tells why

"#]],
        ),
        (
            "--dialect gitlab --to json",
            str![[r#"
error: `gitlab` is a table, and `json` is none
help: write --to csv, or leave it out

"#]],
        ),
        (
            "--dialect gitlab -o a.html",
            str![[r#"
error: `gitlab` is a CSV table, and no .html
help: let the file end in .csv

"#]],
        ),
    ] {
        sandbox
            .okr(&format!("render plan.md {line}"))
            .failure()
            .says(expected);
    }
    assert_eq!(sandbox.list(), ["plan.md"]);
}
