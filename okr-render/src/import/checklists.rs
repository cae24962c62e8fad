//! Tables with an objective in each row and its key results as a checklist in its description.

use super::draft::{Draft, DraftObjective};
use super::elements::Maker;
use super::layout::Field;
use super::reader::{Reader, Values};
use super::values::text::{self, Kind};
use super::{Account, Part, RowRead};
use crate::dialects::Said;

/// Reads the rows of such a table.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    maker: &Maker<'_>,
    draft: &mut Draft,
    account: &mut Account,
) {
    let Some(column) = reader.column(Field::Title) else {
        return;
    };
    reader.taken = vec![column];
    let first = reader.layout.headings.map_or(0, |(_, last)| last + 1);
    for row in first..reader.table.rows.len() {
        let Some(title) = reader.words(row, column) else {
            continue;
        };
        let mut values = reader.values(row, Kind::Objective, 0, true);
        let lines = values.description.take().unwrap_or_default();
        let mut objective = Maker::objective(&title, (row, column), values);
        // A list in okr's own form is read with all that stands below its items.
        if !Said::read(&lines).key_results.is_empty() {
            objective.description = Some(lines);
            push(draft, account, row, objective);
            continue;
        }
        let mut kept = Vec::new();
        for line in lines.lines() {
            let trimmed = line.trim_start();
            let item = ["- [ ] ", "- [x] ", "- [X] ", "* [ ] ", "* [x] "]
                .iter()
                .find_map(|mark| trimmed.strip_prefix(mark));
            match item {
                Some(item) => {
                    let marked = text::unmark(item);
                    let made =
                        maker.key_result(reader, marked.rest, (row, column), Values::default());
                    objective.key_results.push(made);
                }
                None => kept.push(line),
            }
        }
        let kept = kept.join("\n");
        objective.description = Some(kept.trim().to_owned()).filter(|kept| !kept.is_empty());
        push(draft, account, row, objective);
    }
}

fn push(draft: &mut Draft, account: &mut Account, row: usize, objective: DraftObjective) {
    draft.objectives.push(objective);
    account.rows.push(RowRead {
        number: row + 1,
        became: Part::Objective(draft.objectives.len()).into(),
    });
}
