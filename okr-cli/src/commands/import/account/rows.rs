//! What became of rows, in fewer lines than there are rows.

use okr_render::import::{Became, Part, RowRead, Served};

use crate::commands::args::count;

/// The most rows that are listed one by one; in a longer sheet those of elements are put together.
const MAX_SINGLE: usize = 25;

/// Rows that follow each other and are elements of the plan, each of them.
#[derive(Default)]
struct Run {
    first: usize,
    last: usize,
    /// The least and the greatest number of the objectives that they are or belong to.
    objectives: Option<(usize, usize)>,
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
            .map(|row| (row.number.to_string(), row.became.to_string()))
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
            lines.push((row.number.to_string(), row.became.to_string()));
        }
    }
    lines.extend(open.and_then(|run| run.line()));
    lines
}

/// Returns the letters of columns in the place of their numbers: `B-E` for `2-5`.
pub(super) fn letters(numbers: &str) -> String {
    let letters = |number: &str| {
        let mut left: u32 = number.parse().unwrap_or_default();
        let mut letters = Vec::new();
        while left > 0 {
            letters.push(char::from_digit((left - 1) % 26 + 10, 36).unwrap_or('?'));
            left = (left - 1) / 26;
        }
        letters.iter().rev().collect::<String>().to_uppercase()
    };
    let names: Vec<String> = numbers.split('-').map(letters).collect();
    names.join("-")
}

impl Run {
    /// Counts the elements that a row became; no row that became anything else.
    fn takes(&mut self, became: &Became) -> bool {
        let is_element = |part: &Part| !matches!(part, Part::Words(_));
        if !became.parts().iter().all(is_element) {
            return false;
        }
        for part in became.parts() {
            let objective = match part {
                Part::Objective(objective) => Some(objective),
                Part::KeyResult {
                    objective,
                    is_again,
                    ..
                } => {
                    self.key_results += usize::from(!is_again);
                    Some(objective)
                }
                Part::Initiatives(count, served) => {
                    self.initiatives += count;
                    match served {
                        Served::Objective(objective) | Served::KeyResult(objective, _) => {
                            Some(objective)
                        }
                        _ => None,
                    }
                }
                _ => None,
            };
            if let Some(objective) = objective {
                self.objectives = Some(match self.objectives {
                    None => (*objective, *objective),
                    Some((least, greatest)) => (least.min(*objective), greatest.max(*objective)),
                });
            }
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
        let objectives = match self.objectives {
            Some((first, last)) if first == last => format!("objective {first}"),
            Some((first, last)) => format!("objectives {}", range(first, last)),
            None => return Some((numbers, parts)),
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
