//! What plans look like as tables of platforms.

use super::*;

const PLAN: &str = "---\nperiod: 2026-Q4\n---\n\n# Accounts\n\n## Objective: Get paid sooner\n\n- Owner: Dana Reyes\n- [ ] Ask sales\n\nWhy it matters.\n\n### KR: Raise the collection rate\n\n- Owner: sam@example.com\n- Baseline: 68%\n- Target: +25%\n- Due: 2026-12-31\n- [x] Train the team (@kim, due 2026-11-15)\n\n| Date | Value | Status |\n| --- | --- | --- |\n| 2026-10-09 | 70% | at risk |\n\n### KR: Cut DSO from 52 to 44 days\n";

/// Returns the table of a plan, with blank lines left out.
#[track_caller]
fn table(dialect: &str, plan: &str) -> String {
    let dialect = Dialect::named(dialect).unwrap();
    let plan = okr_core::parse(plan).plan;
    let exported = dialect.write(&plan, &WriteOptions::default()).unwrap();
    String::from_utf8(exported.bytes)
        .unwrap()
        .replace("\n\n", "\n")
}

/// Checks the rows of a table, without the one of headings.
#[track_caller]
fn check(dialect: &str, expected: &str) {
    let table = table(dialect, PLAN);
    let (_, rows) = table.split_once("\r\n").unwrap();
    assert_eq!(rows.replace("\r\n", "\n"), expected);
}

#[test]
fn appfire() {
    check(
        "appfire-okr",
        "1,Objective,Get paid sooner,At risk,Q4 Y2026,Dana Reyes,,,,,,,0,0,100,\"Why it matters.\nInitiatives:\n- [ ] Ask sales\"\n\
         1.1,Key result,Raise the collection rate (%),At risk,Q4 Y2026,sam@example.com,,,,,,,68,70,85,\"Target: +25% (68% → 85%)\nDue: 2026-12-31\nInitiatives:\n- [x] Train the team (@kim, due 2026-11-15)\"\n\
         1.2,Key result,Cut DSO from 52 to 44 days,Not started,Q4 Y2026,,,,,,,,52,52,44,\n",
    );
}

#[test]
fn betterworks() {
    check(
        "betterworks",
        "Get paid sooner,goal,,2026-10-01,2026-12-31,Dana Reyes,,\"Why it matters.\nInitiatives:\n- [ ] Ask sales\nKey results:\n- [ ] Raise the collection rate\n  - Current: 70%\n  - Status: at risk\n  - [x] Train the team (@kim, due 2026-11-15)\"\n\
         Raise the collection rate (from 68% by +25%),milestone,,2026-10-01,2026-12-31,sam@example.com,,\n\
         Cut DSO from 52 to 44 days,milestone,,2026-10-01,,,,\n",
    );
}

#[test]
fn gitlab() {
    check(
        "gitlab",
        "Get paid sooner,\"Why it matters.\nOwner: Dana Reyes\nInitiatives:\n- [ ] Ask sales\nKey results:\n- [ ] Raise the collection rate\n  - Owner: sam@example.com\n  - Start: 68%\n  - Target: +25% (68% → 85%)\n  - Due: 2026-12-31\n  - Current: 70%\n  - Status: at risk\n  - [x] Train the team (@kim, due 2026-11-15)\n- [ ] Cut DSO from 52 to 44 days\",2026-12-31\n",
    );
}

#[test]
fn goalscape() {
    check(
        "goalscape",
        "Accounts,,,,2026-10-01,2026-12-31,\n\
         ,Get paid sooner,,,2026-10-01,2026-12-31,\"Why it matters.\nOwner: Dana Reyes\nInitiatives:\n- [ ] Ask sales\"\n\
         ,,Raise the collection rate,,2026-10-01,2026-12-31,\"Owner: sam@example.com\nStart: 68%\nTarget: +25% (68% → 85%)\nCurrent: 70%\nStatus: at risk\"\n\
         ,,,Train the team,,2026-11-15,\"Owner: kim\nStatus: achieved\"\n\
         ,,Cut DSO from 52 to 44 days,,2026-10-01,,\n",
    );
}

#[test]
fn peoplebox() {
    check(
        "peoplebox",
        "1,,,,,Get paid sooner,Dana Reyes,,Default Progress,,,2026-10-01,2026-12-31,Why it matters.,,,,,,,,,,\n\
         2,1,,,,Ask sales,,,Binary,,,,,,,,,,,,,,,\n\
         3,1,,,,Raise the collection rate,sam@example.com,,Custom Percent,,,2026-10-01,2026-12-31,Target: +25% (68% → 85%),68,85,70,At Risk,,,,,,\n\
         4,3,,,,Train the team,kim,,Binary,,,,2026-11-15,Status: achieved,,,,,,,,,,\n\
         5,1,,,,Cut DSO from 52 to 44 days,,,Number,,,2026-10-01,,,52,44,,,,,,,,\n",
    );
}

#[test]
fn todoist() {
    check(
        "todoist",
        "section,Get paid sooner,,,,,,,,\n\
         task,Raise the collection rate,\"Owner: sam@example.com\nStart: 68%\nTarget: +25% (68% → 85%)\nCurrent: 70%\nStatus: at risk\",4,1,,,2026-12-31,en,\n\
         task,Train the team,\"Owner: kim\nStatus: achieved\",4,2,,,2026-11-15,en,\n\
         task,Cut DSO from 52 to 44 days,,4,1,,,,en,\n",
    );
}

#[test]
fn groups_of_columns_are_as_many_as_the_longest_row_needs() {
    let table = table(
        "culture-amp",
        "## Objective: a\n### KR: b\n### KR: c\n## Objective: d\n### KR: e\n",
    );
    let expected = "email,name,description,visibility,individual_emails,due_at,created_at,priority,status,completion,\
                    key_result_1_title,key_result_1_completion,key_result_2_title,key_result_2_completion\r\n\
                    ,a,,,,,,,,,b,,c,\r\n,d,,,,,,,,,e,,,\r\n";
    assert_eq!(table, expected);
}

#[test]
fn no_order_below_the_first_level_ends_in_a_zero() {
    let key_results = "### KR: a\n".repeat(21);
    let objectives = format!("## Objective: a\n{key_results}").repeat(10);
    let table = table("appfire-okr", &objectives);
    let orders: Vec<_> = table
        .split("\r\n")
        .filter_map(|row| row.split(',').next())
        .collect();
    assert!(orders.contains(&"1.9") && orders.contains(&"1.11") && orders.contains(&"1.23"));
    assert!(orders.contains(&"10"));
    assert!(
        !orders
            .iter()
            .any(|order| order.contains('.') && order.ends_with('0'))
    );
}

#[test]
fn lines_of_a_plan_are_no_orders_to_gitlab() {
    let table = table(
        "gitlab",
        "## Objective: a\n\nText.\n/close\n\n### KR: b\n\n/label ~x\n",
    );
    assert!(table.contains("Text.\n\\/close\n"), "{table}");
    assert!(table.contains("\n  > \\/label ~x"), "{table}");
}

/// Returns what of a plan no table may lose: a line for each element.
fn outline(plan: &Plan) -> String {
    let mut lines = Vec::new();
    for objective in &plan.objectives {
        lines.push(format!(
            "O {} | {}",
            objective.title,
            objective.owner.as_deref().unwrap_or("-")
        ));
        lines.extend(
            objective
                .initiatives
                .iter()
                .map(|initiative| format!("  I {initiative:?}")),
        );
        for key_result in &objective.key_results {
            let mut measure = key_result.measure.clone();
            crate::carries::with_unit_in_place(&mut measure);
            lines.push(format!(
                "  K {} | {} | {:?} | {measure:?}",
                key_result.title,
                key_result.owner.as_deref().unwrap_or("-"),
                key_result.due,
            ));
            let check_ins = key_result.check_ins.iter();
            lines.extend(
                check_ins
                    .map(|check_in| format!("    C {:?} {:?}", check_in.value, check_in.status)),
            );
            lines.extend(
                key_result
                    .initiatives
                    .iter()
                    .map(|initiative| format!("    I {initiative:?}")),
            );
        }
    }
    lines.join("\n")
}

#[test]
fn what_is_written_is_read_again() {
    let plan = okr_core::parse(PLAN).plan;
    let mut faults = String::new();
    for dialect in crate::DIALECTS
        .iter()
        .filter(|dialect| dialect.is_written())
    {
        let options = WriteOptions::default();
        let exported = dialect.write(&plan, &options).unwrap();
        let today = jiff::civil::date(2026, 10, 9);
        let import =
            crate::import::read(&exported.bytes, &crate::import::ImportOptions::new(today))
                .unwrap();
        assert_eq!(import.account.dialect, Some(dialect.name));
        let back = outline(&import.plan(today).0);
        let expected = outline(&dialect.reduce(&plan, &options));
        for (one, two) in expected
            .lines()
            .zip(back.lines())
            .filter(|(one, two)| one != two)
        {
            faults.extend([dialect.name, "\n  ", one, "\n  ", two, "\n"]);
        }
        if expected.lines().count() != back.lines().count() {
            faults.extend([dialect.name, "\n", &expected, "\n--\n", &back, "\n"]);
        }
    }
    assert!(faults.is_empty(), "{faults}");
}
