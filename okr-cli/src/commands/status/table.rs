//! Lines with tabs, for programs that read lines.

use okr_core::model::{ElementId, Status};
use okr_core::progress::{KeyResultOverview, Overview, RollUp, percent_shown};
use rust_decimal::Decimal;

use okr_render::words::{Words as _, plan_name};

/// What stands in the first line; new columns come behind the others.
const HEAD: [&str; 19] = [
    "path",
    "element",
    "status",
    "auto",
    "said",
    "computed",
    "percent",
    "expected",
    "value",
    "target",
    "forecast",
    "outlook",
    "next",
    "days_late",
    "reporting",
    "yellows",
    "decide",
    "owner",
    "title",
];

/// The lines of a plan.
pub(super) struct Rows {
    /// That of the plan itself.
    pub(super) plan: String,
    /// Those of its objectives and key results, in the order of the plan.
    below: String,
    /// Those of its key results.
    pub(super) key_results: Vec<Row>,
}

/// The line of a key result.
pub(super) struct Row {
    pub(super) owner: String,
    pub(super) line: String,
}

impl Rows {
    /// Returns all lines, in the order of the plan.
    pub(super) fn all(self) -> String {
        self.plan + &self.below
    }
}

/// Returns the first line.
pub(super) fn head() -> String {
    HEAD.join("\t") + "\n"
}

/// Returns the lines of a plan.
pub(super) fn rows(path: &str, overview: &Overview<'_>, yellows: usize) -> Rows {
    let plan = whole(
        path,
        ElementId::Plan,
        &overview.roll_up,
        overview.expected,
        overview.plan.owner.as_deref(),
        &plan_name(overview),
    );
    let mut rows = Rows {
        plan,
        below: String::new(),
        key_results: Vec::new(),
    };
    for objective in &overview.objectives {
        rows.below.push_str(&whole(
            path,
            objective.id,
            &objective.roll_up,
            objective.expected,
            objective.owner,
            &objective.objective.title.plain(),
        ));
        for key_result in &objective.key_results {
            let line = line(&cells(path, key_result, yellows));
            rows.below.push_str(&line);
            rows.key_results.push(Row {
                owner: key_result.owner.unwrap_or_default().trim().to_owned(),
                line,
            });
        }
    }
    rows
}

/// Returns the line of a plan or an objective.
fn whole(
    path: &str,
    id: ElementId,
    roll_up: &RollUp,
    expected: Option<Decimal>,
    owner: Option<&str>,
    title: &str,
) -> String {
    let mut cells: [String; HEAD.len()] = Default::default();
    path.clone_into(&mut cells[0]);
    cells[1] = id.to_string();
    cells[2] = word(roll_up.status);
    cells[6] = percent(roll_up.percent_shown());
    cells[7] = percent(expected.map(|part| percent_shown(part, true)));
    cells[14] = format!("{}/{}", roll_up.reporting, roll_up.parts);
    owner.unwrap_or_default().clone_into(&mut cells[17]);
    title.clone_into(&mut cells[18]);
    line(&cells)
}

fn cells(path: &str, it: &KeyResultOverview<'_>, yellows: usize) -> [String; HEAD.len()] {
    let forecast = it.track.forecast();
    let outlook = forecast.as_ref().and_then(|forecast| forecast.outlook);
    let decisions = it.decisions(yellows);
    let decisions: Vec<&str> = decisions.iter().map(|decision| decision.name()).collect();
    let date = |date: jiff::civil::Date| date.to_string();
    [
        path.to_owned(),
        it.id.to_string(),
        word(it.counting.status),
        if it.counting.is_auto { "auto" } else { "" }.to_owned(),
        word(it.said().map(|(_, status)| status)),
        word(it.standing.status),
        percent(it.percent_shown()),
        percent(it.standing.expected.map(|part| percent_shown(part, true))),
        it.value().unwrap_or_default(),
        it.target().unwrap_or_default(),
        forecast
            .as_ref()
            .map(|forecast| it.forecast_value(forecast).to_string())
            .unwrap_or_default(),
        outlook.map_or("", |outlook| outlook.word()).to_owned(),
        it.next_check_in().map(date).unwrap_or_default(),
        it.days_late()
            .map(|days| days.to_string())
            .unwrap_or_default(),
        it.reporting
            .map_or("", |reporting| reporting.word())
            .to_owned(),
        it.yellows()
            .map(|length| length.to_string())
            .unwrap_or_default(),
        decisions.join(","),
        it.owner.unwrap_or_default().to_owned(),
        it.title(),
    ]
}

fn word(status: Option<Status>) -> String {
    status.map_or("", Status::word).to_owned()
}

fn percent(percent: Option<Decimal>) -> String {
    percent
        .map(|percent| percent.normalize().to_string())
        .unwrap_or_default()
}

/// Returns a line; `-` stands where nothing is known, and a blank for each character that would break the line.
fn line(cells: &[String; HEAD.len()]) -> String {
    let mut line = String::new();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            line.push('\t');
        }
        let cell = cell.trim();
        if cell.is_empty() {
            line.push('-');
        }
        line.extend(cell.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_cell_for_each_heading() {
        let mut cells: [String; HEAD.len()] = Default::default();
        cells[18] = "a\tb\nc".to_owned();
        let line = line(&cells);
        assert_eq!(line.matches('\t').count(), HEAD.len() - 1);
        assert!(line.ends_with("\t-\ta b c\n"), "{line:?}");
    }
}
