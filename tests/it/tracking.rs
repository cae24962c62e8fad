//! The rules about check-ins, on the days where something changes.

use okr_core::audit::{Audit, Axis, Place, RULES, Settings, audit};
use okr_core::model::{ElementId, parse_date};

const COLUMNS: &str =
    "| Date | Value | Status | Confidence | Note |\n| --- | --- | --- | --- | --- |\n";

/// Returns a plan for the second quarter of 2026 whose key result goes from 0% to 100%.
///
/// A row is written with its cells parted by strokes; empty ones at the end may be left out.
fn plan(rows: &[&str]) -> String {
    plan_with("- Baseline: 0%\n- Target: 100%\n", rows)
}

fn plan_with(fields: &str, rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("| {row} |\n")).collect();
    format!(
        "---\nperiod: 2026-Q2\n---\n\n## Objective: Get paid sooner\n\n\
         ### Key result: Raise the share of invoices paid on time\n\n{fields}\n{COLUMNS}{rows}"
    )
}

fn audited(text: &str, today: &str) -> Audit {
    let today = parse_date(today).unwrap();
    audit(
        &okr_core::parse(text).plan,
        &Settings::default(),
        Some(today),
    )
}

/// Returns what the rules about check-ins find, as `late-check-in: no check-in since …`.
fn found(text: &str, today: &str) -> Vec<String> {
    let findings = audited(text, today).findings.into_iter();
    findings
        .filter(|finding| finding.rule.axis == Axis::Tracked)
        .map(|finding| format!("{}: {}", finding.rule.id, finding.message))
        .collect()
}

#[track_caller]
fn check(text: &str, today: &str, expected: &[&str]) {
    assert_eq!(found(text, today), expected, "on {today}");
}

/// Checks which rules find something.
#[track_caller]
fn check_rules(text: &str, today: &str, expected: &[&str]) {
    let found = found(text, today);
    let rules: Vec<_> = found
        .iter()
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert_eq!(rules, expected, "on {today}: {found:?}");
}

#[test]
fn without_a_day_nothing_is_late() {
    let parsed = okr_core::parse(plan(&["2026-04-10 | 1% | yellow"]));
    let findings = audit(&parsed.plan, &Settings::default(), None).findings;
    assert!(
        findings
            .iter()
            .all(|finding| finding.rule.axis != Axis::Tracked)
    );
}

#[test]
fn without_a_period_nothing_is_late() {
    let text = plan(&["2026-04-10 | 1% | yellow | | Bank file is late"]);
    let text = text.replace("period: 2026-Q2", "team: Finance");
    check(&text, "2026-06-30", &[]);
    check(
        &plan(&[]).replace("period: 2026-Q2", "team: Finance"),
        "2026-06-30",
        &[],
    );
}

#[test]
fn from_late_to_abandoned() {
    let text = plan(&["2026-05-08 | 40% | green | | All well"]);
    check(&text, "2026-05-15", &[]);
    check(
        &text,
        "2026-05-16",
        &["late-check-in: no check-in since 2026-05-08, 8 days ago"],
    );
    check(
        &text,
        "2026-05-24",
        &["late-check-in: no check-in since 2026-05-08, 16 days ago"],
    );
    check(
        &text,
        "2026-05-25",
        &["stale-key-result: no check-in since 2026-05-08, 17 days ago; 2 missed in a row"],
    );
    check(
        &text,
        "2026-06-01",
        &["stale-key-result: no check-in since 2026-05-08, 24 days ago; 3 missed in a row"],
    );
    let findings = audited(&text, "2026-06-01").findings;
    let stale = findings
        .iter()
        .find(|finding| finding.rule.id == "stale-key-result");
    let help = &stale.expect("it is stale").help;
    assert!(help.starts_with("close it"), "{help}");
}

#[test]
fn never_started_from_the_seventh_day() {
    // The plan is followed: somebody wrote down that another key result is given up.
    let text = plan(&[])
        + "\n### Key result: Cut disputes to 4\n\n- Baseline: 9\n- Target: 4\n\n"
        + COLUMNS
        + "| 2026-04-02 | 9 | cancelled | | Sold the branch |\n";
    check(&text, "2026-04-10", &[]);
    check(
        &text,
        "2026-04-16",
        &["late-check-in: no check-in yet; the first was due on 2026-04-10, 6 days ago"],
    );
    check(
        &text,
        "2026-04-17",
        &["never-started: no check-in at all; the first was due on 2026-04-10, 7 days ago"],
    );
    check_rules(&text, "2026-07-02", &["never-started"]);
    check_rules(&text, "2026-07-03", &["past-due-open"]);
}

#[test]
fn a_plan_without_any_check_in_is_not_followed_yet() {
    check(&plan(&[]), "2026-04-17", &[]);
    check(&plan(&[]), "2026-07-03", &[]);
}

#[test]
fn a_run_of_yellows_names_its_length_and_its_first_day() {
    let rows = [
        "2026-05-08 | 30% | yellow | | Bank file",
        "2026-05-15 | 35% | yellow | | Bank file",
        "2026-05-22 | 42% | yellow | | Bank file",
        "2026-05-29 | 50% | yellow | | Bank file",
    ];
    check(&plan(&rows[..2]), "2026-05-15", &[]);
    check(
        &plan(&rows[..3]),
        "2026-05-22",
        &["yellow-run: at risk for 3 check-ins in a row, since 2026-05-08"],
    );
    check(
        &plan(&rows),
        "2026-05-29",
        &["yellow-run: at risk for 4 check-ins in a row, since 2026-05-08"],
    );
}

#[test]
fn a_missed_check_in_does_not_cure_a_run() {
    // The fifteenth is missed.
    let rows = [
        "2026-05-01 | 25% | yellow | | Bank file",
        "2026-05-08 | 30% | yellow | | Bank file",
        "2026-05-22 | 42% | yellow | | Bank file",
    ];
    check_rules(&plan(&rows[..2]), "2026-05-22", &["late-check-in"]);
    check(
        &plan(&rows),
        "2026-05-22",
        &["yellow-run: at risk for 3 check-ins in a row, since 2026-05-01"],
    );
}

#[test]
fn a_run_that_somebody_closed_is_no_news() {
    for (status, value) in [
        ("red", "40%"),
        ("green", "52%"),
        ("achieved", "100%"),
        ("cancelled", "40%"),
    ] {
        let last = format!("2026-05-22 | {value} | {status} | | Kim helps");
        let text = plan(&[
            "2026-05-01 | 25% | yellow | | Bank file",
            "2026-05-08 | 30% | yellow | | Bank file",
            "2026-05-15 | 35% | yellow | | Bank file",
            &last,
        ]);
        let found = found(&text, "2026-05-22");
        assert!(
            !found.iter().any(|line| line.contains("yellow")),
            "{found:?}"
        );
    }
}

#[test]
fn the_call_that_is_suggested_follows_the_numbers() {
    let run = |last: &str| {
        let text = plan(&[
            "2026-05-08 | 30% | yellow | | Bank file",
            "2026-05-15 | 35% | yellow | | Bank file",
            &format!("2026-05-22 | {last} | yellow | | Bank file"),
        ]);
        let findings = audited(&text, "2026-05-22").findings;
        let finding = findings
            .into_iter()
            .find(|finding| finding.rule.id == "yellow-run");
        finding
            .map(|finding| (finding.place, finding.help))
            .unwrap()
    };
    // Day 52 of 91.
    assert_eq!(
        run("50%"),
        (
            Place::CheckIn(2),
            "call it on track: 50% is done where 57% is expected".into()
        )
    );
    assert_eq!(
        run("40%").1,
        "call it off track, and say what blocks and who helps: 40% is done where 57% is expected"
    );
}

#[test]
fn two_runs_around_an_empty_green_are_flapping() {
    let rows = |green: &str| {
        plan(&[
            "2026-04-24 | 15% | yellow | | Bank file",
            "2026-05-01 | 25% | yellow | | Bank file",
            &format!("2026-05-08 | {green} | green | | All well"),
            "2026-05-15 | 37% | yellow | | Bank file",
            "2026-05-22 | 42% | yellow | | Bank file",
        ])
    };
    check(
        &rows("25%"),
        "2026-05-22",
        &["yellow-flapping: at risk again on 2026-05-15, after a single on track without progress"],
    );
    check(&rows("26%"), "2026-05-22", &[]);
}

#[test]
fn green_against_the_numbers_needs_a_note() {
    // Day 31 of 91 expects 34%; off track is more than 20% behind.
    check(
        &plan(&["2026-05-01 | 14% | green"]),
        "2026-05-01",
        &[
            "status-contradicts-numbers: status says on track, but 14% is done where 34% is expected",
        ],
    );
    check(&plan(&["2026-05-01 | 14.1% | green"]), "2026-05-01", &[]);
    check(
        &plan(&["2026-05-01 | 14% | green | | Large customer pays on Monday"]),
        "2026-05-01",
        &[],
    );
}

#[test]
fn red_against_the_numbers_needs_a_note() {
    check(
        &plan(&["2026-05-01 | 40% | red"]),
        "2026-05-01",
        &[
            "status-contradicts-numbers: status says off track, but 40% is done where 34% is expected",
        ],
    );
    check_rules(
        &plan(&["2026-05-01 | 14% | red"]),
        "2026-05-01",
        &["no-note"],
    );
}

#[test]
fn achieved_against_the_numbers_needs_a_note() {
    check(
        &plan(&["2026-05-01 | 20% | achieved"]),
        "2026-05-01",
        &[
            "status-contradicts-numbers: status says achieved, but 20% is done where 34% is expected",
        ],
    );
    check(&plan(&["2026-06-26 | 100% | achieved"]), "2026-06-26", &[]);
}

#[test]
fn what_is_kept_is_held_against_its_bound() {
    let text = |row: &str| {
        plan_with(
            "- Target: at most 2%\n",
            &["2026-05-15 | 3% | yellow | | New staff", row],
        )
    };
    check(
        &text("2026-05-22 | 3% | green"),
        "2026-05-22",
        &["status-contradicts-numbers: status says on track, but the value is outside the target"],
    );
    check(&text("2026-05-22 | 1.9% | green"), "2026-05-22", &[]);
}

#[test]
fn off_pace_begins_above_a_quarter() {
    // Day 52 of 91 expects 57.1%.
    check_rules(
        &plan(&["2026-05-22 | 32.2% | yellow | | Bank file"]),
        "2026-05-22",
        &[],
    );
    check(
        &plan(&["2026-05-22 | 32.1% | yellow | | Bank file"]),
        "2026-05-22",
        &["off-pace: 32% is done where 57% is expected"],
    );
    check_rules(
        &plan(&["2026-05-22 | 20% | red | | Bank file"]),
        "2026-05-22",
        &[],
    );
}

#[test]
fn a_stretch_is_held_against_a_lower_bar() {
    let stretch = plan(&["2026-05-22 | 16% | yellow | | Bank file"]);
    let stretch = stretch.replace("### Key", "- Type: aspirational\n\n### Key");
    check(&stretch, "2026-05-22", &[]);
}

#[test]
fn a_last_word_is_asked_for_after_the_last_day() {
    let green = plan(&["2026-06-26 | 90% | green", "2026-06-30 | 92% | green"]);
    check(&green, "2026-06-30", &[]);
    check(
        &green,
        "2026-07-01",
        &["past-due-open: was due on 2026-06-30, 1 day ago, and is still open"],
    );
    for last in ["92% | red | | Too late", "92% | cancelled", "100% | green"] {
        let text = plan(&["2026-06-26 | 90% | green", &format!("2026-06-30 | {last}")]);
        check(&text, "2026-07-20", &[]);
    }
}

#[test]
fn a_last_word_that_is_late_is_late_first() {
    let text = plan(&["2026-06-26 | 90% | green"]);
    check_rules(&text, "2026-07-01", &["late-check-in"]);
    check_rules(&text, "2026-07-02", &["late-check-in"]);
    check_rules(&text, "2026-07-03", &["past-due-open"]);
}

#[test]
fn a_stretch_may_end_on_track() {
    let text = plan(&["2026-06-26 | 65% | green", "2026-06-30 | 70% | green"]);
    check(
        &text.replace("### Key", "- Type: aspirational\n\n### Key"),
        "2026-07-20",
        &[],
    );
}

#[test]
fn a_due_date_alone_is_enough_for_a_last_word() {
    let text = plan_with("- Due: 2026-05-15\n", &["2026-05-08 | 40% | green"]);
    let text = text.replace("period: 2026-Q2", "team: Finance");
    check(&text, "2026-05-15", &[]);
    check_rules(&text, "2026-05-16", &["past-due-open"]);
}

#[test]
fn a_target_is_too_easy_with_a_third_of_the_time_left() {
    // Day 60 leaves 31 of 91 days, day 61 leaves 30.
    let text = |value: &str| plan(&[&format!("2026-05-29 | {value} | green")]);
    check(
        &text("100%"),
        "2026-05-30",
        &["target-too-easy: target is met with 31 days left"],
    );
    check(&text("125%"), "2026-05-31", &[]);
    check(
        &text("81%"),
        "2026-05-30",
        &["target-too-easy: 81% is done with 31 days left"],
    );
    check(&text("80%"), "2026-05-30", &[]);
}

#[test]
fn a_stretch_does_not_begin_nearly_sure() {
    let text = |confidence| {
        let text = plan(&[&format!("2026-04-10 | 10% | green | {confidence}")]);
        text.replace("### Key", "- Type: aspirational\n\n### Key")
    };
    check(
        &text(9),
        "2026-04-10",
        &["target-too-easy: opens with a confidence of 9, although it is a stretch"],
    );
    check(&text(8), "2026-04-10", &[]);
}

#[test]
fn a_value_may_stand_still_twice() {
    let rows = [
        "2026-05-08 | 42% | green",
        "2026-05-15 | 42% | green",
        "2026-05-22 | 42% | yellow | | Bank file",
    ];
    check(&plan(&rows[..2]), "2026-05-15", &[]);
    check(
        &plan(&rows),
        "2026-05-22",
        &["flat-line: 42% at 3 check-ins in a row, since 2026-05-08"],
    );
    // Two of them in one week are one.
    let rows = [
        "2026-05-13 | 42% | green",
        "2026-05-15 | 42% | green",
        "2026-05-22 | 42% | yellow | | Bank file",
    ];
    check(&plan(&rows), "2026-05-22", &[]);
}

#[test]
fn confidence_may_fall_by_two() {
    let text = |after| {
        plan(&[
            "2026-05-15 | 50% | green | 8",
            &format!("2026-05-22 | 55% | green | {after}"),
        ])
    };
    check(&text(6), "2026-05-22", &[]);
    check(
        &text(5),
        "2026-05-22",
        &["confidence-drop: confidence fell from 8 to 5 since 2026-05-15"],
    );
}

#[test]
fn goalposts_may_move_in_the_first_third() {
    // Day 30 of 91 is still in it, day 31 is not.
    let text = |date| {
        let fields = format!("- Baseline: 0%\n- Target: 100%\n- target_changed: {date} from 85%\n");
        plan_with(&fields, &["2026-05-22 | 55% | green"])
    };
    check(&text("2026-04-30"), "2026-05-22", &[]);
    check(
        &text("2026-05-01"),
        "2026-05-22",
        &["moved-goalposts: target was 85% until 2026-05-01, day 31 of 91"],
    );
    check(&text("2026-05-23"), "2026-05-22", &[]);
    check(&text("soon"), "2026-05-22", &[]);
    let parsed = okr_core::parse(text("2026-05-01"));
    assert_eq!(parsed.diagnostics, []);
}

#[test]
fn cadence_is_set_where_it_is_too_seldom() {
    let text = "---\nperiod: 2026\ncadence: monthly\n---\n";
    check(text, "2026-02-01", &[]);
    let text = "---\nperiod: 2026-H1\ncadence: monthly\n---\n";
    check_rules(text, "2026-02-01", &["cadence-mismatch"]);
    let text = "---\nperiod: 2026-Q2\ncadence: two-weekly\n---\n";
    let findings = audited(text, "2026-02-01").findings;
    let finding = findings
        .iter()
        .find(|finding| finding.rule.id == "cadence-mismatch")
        .unwrap();
    assert_eq!(
        (finding.element, &finding.place),
        (ElementId::Plan, &Place::Field("cadence"))
    );
    let fix = finding.fix.as_ref().unwrap();
    let fixed = okr_core::edit::edit_all(text, &fix.changes).unwrap();
    assert_eq!(fixed, "---\nperiod: 2026-Q2\ncadence: weekly\n---\n");
}

#[test]
fn no_rule_about_check_ins_minds_odd_days() {
    let odd = [
        "---\nperiod: 1000-01-01..9999-12-31\ncadence: weekly\n---\n",
        "---\nperiod: 2026-05-01..2026-05-01\n---\n",
        "",
    ];
    for front_matter in odd {
        for fields in [
            "- Due: 1000-01-01\n",
            "- Due: 9999-12-31\n- Target: +25%\n",
            "- Baseline: 79228162514264337593543950335\n- Target: to -79228162514264337593543950335\n",
        ] {
            let rows = plan_with(
                fields,
                &["1000-01-01 | 1 | yellow", "9999-12-31 | -2 | green | 3"],
            );
            let text = rows.replace("---\nperiod: 2026-Q2\n---\n", front_matter);
            for today in ["1000-01-01", "2026-05-01", "9999-12-31"] {
                let _ = found(&text, today);
            }
        }
    }
    assert!(RULES.iter().any(|rule| rule.axis == Axis::Tracked));
}
