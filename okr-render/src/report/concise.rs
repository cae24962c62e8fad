//! One line for each finding: `plan.md:7:5: error[no-number] key result names no number to reach`.

use std::fmt::Write as _;

use super::{PlanReport, ReportFormat, line, name};

pub(super) static REPORT: ReportFormat = ReportFormat {
    name: "concise",
    head: |_| String::new(),
    plan: |_, plan| lines(plan),
    tells_changes: false,
    between: "",
    tail: |_| String::new(),
};

fn lines(plan: &PlanReport) -> String {
    let mut path = name(&plan.path);
    // Logs of code hosts obey lines that begin with two colons or two number signs.
    if path.starts_with([':', '#', ' ']) {
        path.insert_str(0, "./");
    }
    let mut out = String::new();
    for entry in plan.counting() {
        out.push_str(&path);
        // Writing to a string does not fail.
        if let Some(region) = &entry.region {
            let _ = write!(out, ":{}:{}", region.start.line, region.start.column);
        }
        let _ = writeln!(
            out,
            ": {}[{}] {}",
            entry.level,
            entry.rule,
            line(&entry.message)
        );
    }
    out
}
