//! The plans that the benches run on.

use okr_core::model::{FiscalYear, Period};
use okr_templates::{Library, Request, Selection};

/// Returns a filled role template: the starting selection of the accounts team, 4 objectives.
#[must_use]
pub fn small() -> String {
    filled(Selection::Start)
}

/// Returns a plan of 4 objectives and 12 key results, each with a check-in a week for a year.
#[must_use]
pub fn year() -> String {
    let statements = [
        "Increase on-time payments from 60% to 80% of invoices",
        "Cut DSO from 52 to 44 days by the end of the year",
        "Keep credit notes at or below 2% of billings",
    ];
    let first = okr_core::model::parse_date("2026-01-09").expect("it is a date");
    let mut text = "---\nplan: Accounts\nperiod: 2026\ncadence: weekly\n---\n".to_owned();
    for objective in 1..=4 {
        text.push_str("\n## Objective: Get paid without chasing\n\n- Owner: Dana Reyes\n- Type: aspirational\n");
        for statement in statements {
            text.push_str("\n### Key result: ");
            text.push_str(statement);
            text.push_str(" in region ");
            text.push_str(["A", "B", "C", "D"][objective - 1]);
            text.push_str("\n\n- Owner: Sam Ortiz\n- [ ] Call the oldest accounts each Monday\n\n");
            text.push_str(
                "| Date | Value | Status | Confidence | Note |\n| --- | --- | --- | --- | --- |\n",
            );
            let mut day = first;
            for week in 0..52 {
                let row = format!(
                    "| {day} | {}.{} | on track | 7 | Steady week |\n",
                    60 + week / 5,
                    week % 10
                );
                text.push_str(&row);
                day = (0..7).fold(day, |day, _| day.tomorrow().expect("it is in the calendar"));
            }
        }
    }
    text
}

/// Returns the plan of a team among many: 4 objectives, each serving one of another team, and 12 key results with a
/// check-in a week for twelve weeks.
///
/// # Panics
///
/// There are more teams than a number can count.
#[must_use]
pub fn quarter(team: usize) -> String {
    use std::fmt::Write as _;

    let first = okr_core::model::parse_date("2026-10-02").expect("it is a date");
    let mut text = format!(
        "---\nplan: Team {team}\nteam: Team {team}\nowner: Person {}\nperiod: 2026-Q4\ncadence: weekly\n---\n\n\
         # Team {team}, 2026-Q4\n\nWhy we do this.\n",
        team % 97
    );
    for objective in 1..=4 {
        let _ = write!(
            text,
            "\n## Objective {objective}: Get paid sooner, part {objective} of team {team}\n\n- Owner: Person {}\n",
            (team + objective) % 97
        );
        if let Some(above) = team.checked_sub(1).map(|below| below / 20) {
            let _ = writeln!(
                text,
                "- Supports: [Goal](../t{}/plan-{above}.md#objective-{objective}-get-paid-sooner-part-{objective}-of-\
                 team-{above})",
                above / 50
            );
        }
        text.push_str("\nCustomers pay late and we ask late.\n");
        for key_result in 1..=3 {
            let start = 40 + (team * 7 + key_result * 11) % 30;
            let target = start + 10 + (team + objective * 5) % 20;
            let _ = write!(
                text,
                "\n### Key result {objective}.{key_result}: Raise the collection rate of area {key_result} from {start}% to \
                 {target}%\n\n- Owner: Person {}\n- Measure: collected / due\n- Baseline: {start}%\n- Target: {target}%\n\
                 - Due: 2026-12-31\n- [ ] Call the ten largest (@anna, due 2026-11-30)\n\n\
                 | Date | Value | Status | Confidence | Note |\n| --- | --- | --- | --- | --- |\n",
                (team + key_result) % 97
            );
            let mut day = first;
            for week in 0..12 {
                let tenths = start * 10 + (target - start) * 10 * week / 12;
                let (whole, tenth) = (tenths / 10, tenths % 10);
                let _ = writeln!(
                    text,
                    "| {day} | {whole}.{tenth}% | on track | 7 | week {week} went as planned here |"
                );
                day = (0..7).fold(day, |day, _| day.tomorrow().expect("it is in the calendar"));
            }
        }
    }
    text
}

/// Returns a plan of 1,000 key results, each with a check-in a week for a year: as much as a company has.
#[must_use]
pub fn company() -> String {
    let year = year();
    let start = year.find("\n## Objective").unwrap_or(0);
    let (head, body) = year.split_at(start);
    // 83 times 12 key results, and another 4 of them.
    let rest = body.match_indices("\n### Key result").nth(4);
    let rest = rest.map_or(body, |(at, _)| &body[..at]);
    format!("{head}{}{rest}", body.repeat(83))
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
