//! The map in the language of Graphviz.

use std::fmt::Write as _;

use super::Map;
use super::mermaid::colours;
use crate::shell::wrap;

/// The columns of a line in a box.
const LINE: usize = 28;

/// Returns the document, with a line end behind it.
pub(super) fn document(map: &Map) -> String {
    let mut out = String::from(
        "digraph okr {\n  rankdir=TB;\n  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];\n",
    );
    for (at, goal) in map.goals.iter().enumerate() {
        let status = goal.status();
        let words = status.map(|status| status.to_string());
        let facts: Vec<String> = [words, goal.percent()].into_iter().flatten().collect();
        let mut lines = wrap(&goal.title, LINE);
        lines.extend(wrap(&goal.plan, LINE));
        lines.push(facts.join(", "));
        let label: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
        let (fill, stroke) = status.map_or(("#ececec", "#6b6b6b"), colours);
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "  o{at} [label=\"{}\", fillcolor=\"{fill}\", color=\"{stroke}\"];",
            label.join("\\n")
        );
    }
    for (level, goals) in map.levels() {
        let boxes: Vec<String> = goals.iter().map(|at| format!("o{at};")).collect();
        let _ = writeln!(
            out,
            "  subgraph cluster_{level} {{ label=\"{}\"; color=\"#cccccc\"; fontname=\"sans-serif\"; {} }}",
            level.heading(),
            boxes.join(" ")
        );
    }
    for bond in &map.alignment.bonds {
        let _ = writeln!(out, "  o{} -> o{};", bond.parent, bond.child);
    }
    out.push_str("}\n");
    out
}

/// Returns words as they stand between the quotation marks of a label.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // Graphviz takes the entities of HTML in a label for what they stand for.
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_in_a_title_ends_a_label() {
        assert_eq!(escaped("a \"b\" \\N\n&lt;"), "a \\\"b\\\" \\\\N &amp;lt;");
    }
}
