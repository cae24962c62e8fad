//! The map as a flowchart of Mermaid, which code hosts draw.

use std::fmt::Write as _;

use okr_core::model::Status;

use super::Map;

/// Returns the document, with a line end behind it.
pub(super) fn document(map: &Map) -> String {
    let mut out = "flowchart TD\n".to_owned();
    for (at, goal) in map.goals.iter().enumerate() {
        let status = goal.status().map(|status| status.to_string());
        let facts: Vec<String> = [status, goal.percent()].into_iter().flatten().collect();
        let facts = facts.join(", ");
        let lines = [goal.title.as_str(), goal.plan.as_str(), facts.as_str()];
        let lines: Vec<String> = lines
            .iter()
            .filter(|line| !line.is_empty())
            .map(|line| escaped(line))
            .collect();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  o{at}[\"{}\"]", lines.join("<br>"));
    }
    for (level, goals) in map.levels() {
        let boxes: Vec<String> = goals.iter().map(|at| format!("o{at}")).collect();
        let _ = writeln!(
            out,
            "  subgraph {level}[\"{}\"]\n    {}\n  end",
            level.heading(),
            boxes.join("; ")
        );
    }
    for bond in &map.alignment.bonds {
        let _ = writeln!(out, "  o{} --> o{}", bond.parent, bond.child);
    }
    for status in Status::ALL {
        let (fill, stroke) = colours(status);
        let own = map.goals.iter().enumerate();
        let own: Vec<String> = own
            .filter(|(_, goal)| goal.status() == Some(status))
            .map(|(at, _)| format!("o{at}"))
            .collect();
        if !own.is_empty() {
            let class = status.word().replace(' ', "");
            let _ = writeln!(
                out,
                "  classDef {class} fill:{fill},stroke:{stroke},color:#1a1a1a"
            );
            let _ = writeln!(out, "  class {} {class}", own.join(","));
        }
    }
    out
}

/// Returns the colours of a box and of its edge.
pub(super) const fn colours(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::OnTrack => ("#d9f0e1", "#1f7a4d"),
        Status::Achieved => ("#d6e6fb", "#1d5fb0"),
        Status::AtRisk => ("#fdf0c8", "#8a6100"),
        Status::OffTrack => ("#fbdcd9", "#b3261e"),
        _ => ("#ececec", "#6b6b6b"),
    }
}

/// Returns words as they stand in a label: every sign that Mermaid or HTML could take for its own is written as the
/// number of its character.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_alphanumeric()
            || matches!(
                c,
                ' ' | ',' | '.' | '-' | '%' | '(' | ')' | '/' | '+' | '?' | '!' | '\''
            )
        {
            out.push(c);
        } else if c.is_control() {
            out.push(' ');
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_in_a_title_is_taken_for_markup() {
        assert_eq!(escaped("Cut 5% (DSO), now!"), "Cut 5% (DSO), now!");
        assert_eq!(
            escaped("\"]; click o1 <b>#x\n`"),
            "#34;#93;#59; click o1 #60;b#62;#35;x #96;"
        );
    }
}
