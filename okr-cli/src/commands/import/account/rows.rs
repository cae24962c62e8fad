//! What became of rows, in fewer lines than there are rows.

use std::collections::BTreeSet;

use okr_render::import::RowRead;

use crate::commands::args::count;

/// The most rows that are listed one by one; in a longer sheet those of elements are put together.
const MAX_SINGLE: usize = 25;

/// Rows that follow each other and are elements of the plan, each of them.
#[derive(Default)]
struct Run {
    first: usize,
    last: usize,
    /// The numbers of the objectives that they are or belong to.
    objectives: BTreeSet<usize>,
    key_results: usize,
    initiatives: usize,
}

/// Returns the numbers of rows, such as `5-40`, and what became of them.
///
/// What is no element of the plan, such as a total, stands in a line of its own in any case.
pub(super) fn folded(rows: &[RowRead]) -> Vec<(String, String)> {
    if rows.len() <= MAX_SINGLE {
        return rows
            .iter()
            .map(|row| (row.number.to_string(), row.became.clone()))
            .collect();
    }
    let mut lines = Vec::new();
    let mut open: Option<Run> = None;
    for row in rows {
        let mut run = open.take().unwrap_or_else(|| Run {
            first: row.number,
            ..Run::default()
        });
        if run.takes(&row.became) {
            run.last = row.number;
            open = Some(run);
        } else {
            lines.extend(run.line());
            lines.push((row.number.to_string(), row.became.clone()));
        }
    }
    lines.extend(open.and_then(|run| run.line()));
    lines
}

impl Run {
    /// Counts the elements that a row became; no row that became anything else.
    fn takes(&mut self, became: &str) -> bool {
        let Some(found) = became.split(", ").map(element).collect::<Option<Vec<_>>>() else {
            return false;
        };
        for (objective, key_results, initiatives) in found {
            self.objectives.extend(objective);
            self.key_results += key_results;
            self.initiatives += initiatives;
        }
        true
    }

    /// Returns the rows and what became of them; nothing where there are none.
    fn line(&self) -> Option<(String, String)> {
        if self.last == 0 {
            return None;
        }
        let numbers = range(self.first, self.last);
        let mut parts = Vec::new();
        if self.key_results > 0 {
            parts.push(count(self.key_results, "key result"));
        }
        if self.initiatives > 0 {
            parts.push(count(self.initiatives, "initiative"));
        }
        let parts = parts.join(", ");
        let objectives = match (self.objectives.first(), self.objectives.last()) {
            (Some(first), Some(last)) if first == last => format!("objective {first}"),
            (Some(first), Some(last)) => format!("objectives {}", range(*first, *last)),
            _ => return Some((numbers, parts)),
        };
        let became = if parts.is_empty() {
            objectives
        } else {
            format!("{objectives}: {parts}")
        };
        Some((numbers, became))
    }
}

fn range(first: usize, last: usize) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first}-{last}")
    }
}

/// Returns the number of the objective that a phrase names, where it does, and how many key results and
/// initiatives it is; nothing where it speaks of something else.
///
/// The phrases are `objective 1`, `key result 1.2`, `initiative of key result 1.2`, `3 initiatives`, …
fn element(phrase: &str) -> Option<(Option<usize>, usize, usize)> {
    let (own, above) = match phrase.split_once(" of ") {
        Some((own, above)) => (own, Some(above)),
        None => (phrase, None),
    };
    let objective_of = |words: &str| -> Option<usize> {
        let number = words
            .strip_prefix("objective ")
            .or_else(|| words.strip_prefix("key result "))?;
        number.split('.').next()?.parse().ok()
    };
    let objective = match above {
        Some(above) => Some(objective_of(above)?),
        None => objective_of(own),
    };
    let words: Vec<&str> = own.split(' ').collect();
    match words[..] {
        ["objective", _] => Some((objective, 0, 0)),
        ["key", "result", _] => Some((objective, 1, 0)),
        ["initiative"] => Some((objective, 0, 1)),
        [number, "initiative" | "initiatives"] => Some((objective, 0, number.parse().ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_of_elements_are_understood() {
        assert_eq!(element("objective 3"), Some((Some(3), 0, 0)));
        assert_eq!(element("key result 3.1"), Some((Some(3), 1, 0)));
        assert_eq!(
            element("2 initiatives of key result 3.1"),
            Some((Some(3), 0, 2))
        );
        assert_eq!(element("initiative of objective 3"), Some((Some(3), 0, 1)));
        assert_eq!(element("1 initiative"), Some((None, 0, 1)));
        for phrase in [
            "total, left out",
            "headings",
            "above the table",
            "a comment on the row above",
        ] {
            assert_eq!(element(phrase), None, "{phrase}");
        }
    }
}
