//! Commands of GitHub's workflows, which put each finding beside its line of the pull request.

use std::fmt::Write as _;

use okr_core::audit::Level;

use super::{PlanReport, ReportFormat, line, name};

pub(super) static REPORT: ReportFormat = ReportFormat {
    name: "github",
    head: |_| String::new(),
    plan: |_, plan| commands(plan),
    tells_changes: false,
    between: "",
    tail: |_| String::new(),
};

fn commands(plan: &PlanReport) -> String {
    let mut out = String::new();
    for entry in plan.counting() {
        let command = match entry.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info | Level::Off => "notice",
        };
        // Writing to a string does not fail.
        let _ = write!(out, "::{command} file={}", property(&name(&plan.path)));
        if let Some(region) = &entry.region {
            let (start, end) = (region.start, region.end);
            let _ = write!(out, ",line={},endLine={}", start.line, end.line);
            // Columns are for places within one line.
            if start.line == end.line {
                let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
            }
        }
        let _ = write!(out, ",title={}::", property(&line(&entry.rule)));
        let mut message = line(&entry.message);
        let question = entry.question.as_ref().map(|question| &question.text);
        for more in [Some(&entry.help), question].into_iter().flatten() {
            if !more.is_empty() {
                message.push('\n');
                message.push_str(&line(more));
            }
        }
        out.push_str(&data(&message));
        out.push('\n');
    }
    out
}

/// Returns a text as it stands behind the second pair of colons.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Returns a text as it stands before it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(data("50%\r\n::error::x"), "50%25%0D%0A::error::x");
        assert_eq!(property("a,b::c%"), "a%2Cb%3A%3Ac%25");
    }
}
