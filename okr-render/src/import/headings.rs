//! Finds the row of headings, or two of them, by what their words may mean.

use super::heading::is_key_result;
pub(crate) use super::heading::{
    Heading, candidates, day_in, group_number, is_time, normal_heading, numbered, time_in,
    without_week,
};
use super::labels;
use super::values::number;
use super::values::text::words_of;
use super::words::{self, Plainness};
use crate::import::layout::Field;
use crate::table::{Cell, Table, Value};

/// Headings stand near the top; a longer preamble than this is none.
const SEARCHED_ROWS: usize = 80;
/// Two plain headings make a table, one with a word that sounds like one does not.
const LEAST_SCORE: i32 = 16;

/// The headings of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Headings {
    /// The first of their rows.
    pub(crate) first: usize,
    /// The last of their rows.
    pub(crate) last: usize,
    /// One for each column.
    pub(crate) columns: Vec<Heading>,
    /// How well they are understood.
    pub(crate) score: i32,
}

/// Finds the headings; nothing where no row looks like any.
pub(crate) fn find(table: &Table) -> Option<Headings> {
    let mut best: Option<Headings> = None;
    for row in 0..table.rows.len().min(SEARCHED_ROWS) {
        if table.is_blank_row(row) {
            continue;
        }
        let single = read(table, row, None);
        let double = groups(table, row)
            .filter(|_| is_all_headings(table, row + 1))
            .map(|groups| read(table, row + 1, Some((row, groups))))
            .filter(|double| double.score > single.score);
        let found = double.unwrap_or(single);
        let is_table = found.score >= LEAST_SCORE && has_titles(&found)
            || found.score >= LEAST_SCORE * 2 && has_unknown(&found)
            || found.score >= LEAST_SCORE && stands_beside_words(table, &found);
        // The headings of a later block say the same; the first count.
        if is_table
            && best.as_ref().is_none_or(|best| {
                found.score > best.score + best.score / 8 && !is_like(best, &found)
            })
        {
            best = Some(found);
        }
    }
    best
}

/// Returns whether headings are those of a later block: most words of the first are among them.
fn is_like(first: &Headings, later: &Headings) -> bool {
    let words = |headings: &Headings| -> Vec<String> {
        let columns = headings.columns.iter();
        columns
            .map(Heading::normal)
            .filter(|words| !words.is_empty())
            .collect()
    };
    let (first, later) = (words(first), words(later));
    let same = first.iter().filter(|words| later.contains(words)).count();
    same >= 3 && same * 4 >= first.len() * 3
}

/// Returns whether a row has the same words as the headings, as it does when they are repeated.
pub(crate) fn is_repeated(table: &Table, row: usize, headings: &Headings) -> bool {
    let Some(cells) = table.rows.get(row) else {
        return false;
    };
    if row == headings.last + 1 && are_field_names(cells) {
        return true;
    }
    let mut same = 0;
    let mut other = 0;
    for (column, cell) in cells.iter().enumerate() {
        let Value::Text(text) = &cell.value else {
            other += usize::from(!cell.is_blank());
            continue;
        };
        let Some(heading) = headings.columns.get(column) else {
            other += 1;
            continue;
        };
        if text.trim().is_empty() {
            continue;
        }
        if !heading.words.is_empty() && text.trim().eq_ignore_ascii_case(heading.words.trim()) {
            same += 1;
        } else {
            other += 1;
            if other > 1 {
                return false;
            }
        }
    }
    same >= 2 && other <= same / 3
}

/// Returns whether cells are names that programs have for the columns: `kr_title`, `kr_start`.
fn are_field_names(cells: &[Cell]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_blank()).peekable();
    let is_name = |cell: &Cell| match &cell.value {
        Value::Text(text) => {
            let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            !text.is_empty() && text.chars().all(is_part)
        }
        _ => false,
    };
    let joined = filled.clone().filter(|cell| cell.to_text().contains('_'));
    joined.count() >= 3 && filled.all(is_name)
}

/// Returns the headings of some of the columns; the others have none.
pub(crate) fn only(headings: &Headings, range: &std::ops::Range<usize>) -> Headings {
    let columns = headings.columns.iter().enumerate();
    Headings {
        columns: columns
            .filter(|(column, _)| *column < range.end)
            .map(|(column, heading)| {
                if range.contains(&column) {
                    heading.clone()
                } else {
                    Heading::default()
                }
            })
            .collect(),
        ..*headings
    }
}

/// Returns the headings of a row that is known to have them.
pub(crate) fn at(table: &Table, row: usize) -> Headings {
    read(table, row, None)
}

fn read(table: &Table, row: usize, groups: Option<(usize, Vec<String>)>) -> Headings {
    let width = table.rows.get(row).map_or(0, Vec::len);
    let (first, groups) = match groups {
        Some((first, groups)) => (first, groups),
        None => (row, Vec::new()),
    };
    let width = width.max(groups.len());
    let mut columns: Vec<Heading> = (0..width)
        .map(|column| {
            let cell = table.cell(row, column);
            let own = one_line(cell);
            let group = groups.get(column).cloned().unwrap_or_default();
            let day = match &cell.value {
                Value::Date(day) => Some(*day),
                _ => None,
            };
            if own.is_empty() && first < row {
                // What stands above counts only right above.
                let above = one_line(table.cell(first, column));
                return Heading {
                    words: above,
                    group: String::new(),
                    day,
                };
            }
            Heading {
                words: own,
                group,
                day,
            }
        })
        .collect();
    while columns
        .last()
        .is_some_and(|last| last.words.is_empty() && last.group.is_empty())
    {
        columns.pop();
    }
    let score = score(&columns, first < row);
    Headings {
        first,
        last: row,
        columns,
        score,
    }
}

fn one_line(cell: &Cell) -> String {
    okr_core::model::one_line(&words_of(cell).replace(['\u{a0}', '\u{202f}', '\u{feff}'], " "))
}

fn score(columns: &[Heading], has_groups: bool) -> i32 {
    let mut score = 0;
    let mut seen: Vec<Field> = Vec::new();
    for heading in columns {
        if heading.words.is_empty() {
            continue;
        }
        if heading.day.is_some() || is_time(&heading.words) {
            let group = words::heading(&normal_heading(&heading.group));
            let is_measure = group.first().is_some_and(|candidate| {
                matches!(candidate.field, Field::Start | Field::Target)
                    && candidate.plainness != Plainness::Contained
            });
            score += if is_measure { 10 } else { 3 };
            continue;
        }
        let is_long = heading.words.chars().count() > 60;
        let best = if is_long {
            None
        } else {
            candidates(heading).into_iter().next()
        };
        score += match best {
            Some(candidate) if seen.contains(&candidate.field) => {
                if candidate.plainness == Plainness::Contained {
                    0
                } else {
                    3
                }
            }
            Some(candidate) => {
                seen.push(candidate.field);
                match candidate.plainness {
                    Plainness::Whole => 10,
                    Plainness::Guess => 6,
                    Plainness::Contained => 4,
                }
            }
            None if is_long || number::read(&heading.words, number::Decimals::Dot).is_some() => -6,
            None => -2,
        };
        if has_groups && group_number(&heading.group).is_some() {
            score += 2;
        }
    }
    score
}

/// Returns whether a column for titles is among the headings.
fn has_titles(headings: &Headings) -> bool {
    headings.columns.iter().any(|heading| {
        let is_title = candidates(heading).iter().any(|candidate| {
            matches!(
                candidate.field,
                Field::Objective | Field::KeyResult | Field::Title | Field::Level(_)
            )
        });
        is_title || group_number(&heading.group).is_some()
    })
}

/// Returns whether the first column has words below, and no heading, beside targets.
fn stands_beside_words(table: &Table, headings: &Headings) -> bool {
    let is_target = |heading: &Heading| {
        let mut found = candidates(heading).into_iter();
        found.any(|candidate| candidate.field == Field::Target)
    };
    let is_phrase = |row: &usize| {
        let cell = table.cell(*row, 0);
        matches!(&cell.value, Value::Text(text) if text.split_whitespace().count() > 1)
    };
    let below = headings.last + 1..table.rows.len();
    headings
        .columns
        .first()
        .is_some_and(|first| first.words.is_empty())
        && headings.columns.iter().any(is_target)
        && below.filter(is_phrase).count() > 1
}

/// Returns whether there is a heading that nobody knows, below which titles may stand.
fn has_unknown(headings: &Headings) -> bool {
    headings
        .columns
        .iter()
        .any(|heading| !heading.words.is_empty() && candidates(heading).is_empty())
}

/// Returns the group heading of each column, when a row looks like a row of group headings.
fn groups(table: &Table, row: usize) -> Option<Vec<String>> {
    let below = table.rows.get(row + 1)?;
    let cells = &table.rows[row];
    let filled: Vec<usize> = (0..cells.len())
        .filter(|at| !cells[*at].is_blank())
        .collect();
    let merges: Vec<_> = table
        .merges
        .iter()
        .filter(|range| {
            range.first_row <= row
                && row <= range.last_row
                && range.last_column > range.first_column
        })
        .collect();
    let is_short = filled.iter().all(|at| match &cells[*at].value {
        Value::Text(text) => text.chars().count() <= 40 && !text.contains(':'),
        _ => false,
    });
    let spans_all = merges
        .iter()
        .any(|range| range.first_column == 0 && range.last_column + 1 >= below.len());
    // `Owner` and a name right above the headings tell of the objective.
    let is_label = merges.is_empty()
        && (filled == [0, 1] && labels::is_row(table, row)
            || filled.len() == 2 && names_objective(cells))
        || filled.len() >= 4 && names_objective(cells) && are_labels(cells, &filled[2..]);
    if filled.is_empty()
        || !is_short
        || spans_all
        || is_label
        || (filled.len() == 1 && merges.is_empty())
    {
        return None;
    }
    let mut groups = vec![String::new(); below.len().max(cells.len())];
    let mut names: Vec<String> = filled.iter().map(|at| one_line(&cells[*at])).collect();
    number_same(&mut names);
    let is_numbered = names
        .iter()
        .filter(|name| group_number(name).is_some())
        .count()
        > 1;
    for (position, at) in filled.iter().enumerate() {
        let words = names[position].clone();
        let last_merged = merges
            .iter()
            .find(|range| range.first_column == *at)
            .map(|range| range.last_column);
        let last = match last_merged {
            Some(last) => last,
            // Without merges, as in text, a group goes on until the next one.
            None if table.merges.is_empty() => {
                let next = filled.get(position + 1).copied();
                // Behind the last of several key results come columns of the row itself.
                let before = position.checked_sub(1).map(|before| *at - filled[before]);
                let limit = before.filter(|_| is_numbered && next.is_none());
                let end = next.unwrap_or_else(|| limit.map_or(groups.len(), |width| *at + width));
                end.min(groups.len()).saturating_sub(1)
            }
            None => *at,
        };
        for group in groups.iter_mut().take(last + 1).skip(*at) {
            group.clone_from(&words);
        }
    }
    Some(groups)
}

/// Returns whether cells are names of fields, each with its value behind it.
fn are_labels(cells: &[Cell], at: &[usize]) -> bool {
    let is_label = |column: usize| {
        let line = super::values::text::line_of(&cells[column]);
        line.is_some_and(|line| labels::field(line.trim_end_matches(':')).is_some())
    };
    at.len().is_multiple_of(2)
        && at
            .chunks(2)
            .all(|pair| is_label(pair[0]) && !is_label(pair[1]))
}

/// Returns whether two cells are the mark of an objective and its words: `Objective 1`, `Guests feel expected`.
fn names_objective(cells: &[Cell]) -> bool {
    labels::objective(cells).is_some_and(|(words, _)| {
        let is_heading = labels::field(&words).is_some() || group_number(&words).is_some();
        !is_heading && !is_time(&words)
    })
}

/// Numbers groups of key results that have the same name.
fn number_same(names: &mut [String]) {
    let normals: Vec<String> = names.iter().map(|name| normal_heading(name)).collect();
    let mut number = 0;
    for (at, normal) in normals.iter().enumerate() {
        let is_same = normals.iter().filter(|other| *other == normal).count() > 1;
        if is_same && is_key_result(normal) {
            number += 1;
            names[at] = format!("{} {number}", names[at]);
        }
    }
}

/// Returns whether a row has nothing in it but short words, most of which are known as headings.
fn is_all_headings(table: &Table, row: usize) -> bool {
    let Some(cells) = table.rows.get(row) else {
        return false;
    };
    let (mut known, mut unknown) = (0, 0);
    for cell in cells.iter().filter(|cell| !cell.is_blank()) {
        let Value::Text(text) = &cell.value else {
            if matches!(cell.value, Value::Date(_)) {
                known += 1;
                continue;
            }
            return false;
        };
        let is_number = || number::read(text, number::Decimals::Dot).is_some();
        if text.chars().count() > 40 || !is_time(text) && is_number() {
            return false;
        }
        let heading = Heading {
            words: text.to_string(),
            ..Heading::default()
        };
        if is_time(text)
            || candidates(&heading).first().is_some_and(|best| {
                best.plainness != Plainness::Contained || text.split_whitespace().count() <= 4
            })
        {
            known += 1;
        } else {
            unknown += 1;
        }
    }
    known >= 2 && known >= unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table {
            rows: crate::sheets::records::rows(text, ',').unwrap(),
            ..Table::default()
        }
    }

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, usize)>) {
        let found = find(&table(text)).map(|found| (found.first, found.last));
        assert_eq!(found, expected);
    }

    #[test]
    fn the_row_of_headings_is_found_below_a_preamble() {
        check(
            "Our plan,,\n\nObjective,Key result,Owner\na,b,c\n",
            Some((2, 2)),
        );
        check("Ziel,Schlüsselergebnis\na,b\n", Some((0, 0)));
        check(
            "Objective,What you want to change\nGoal,The number you aim for\n",
            None,
        );
        check("Objective,\"not a plan, only a scribble\"\n", None);
    }

    #[test]
    fn two_rows_may_be_headings() {
        check(
            "t,,,,\n,,Key result 1,,Key result 2\nObjective,Lead,Text,Goal,Text\na,b,c,5,d\n",
            Some((1, 2)),
        );
        check(
            "Objective,Key result,Measure,,Who\n,,Start,Target,Owner\na,b,1,2,x\n",
            Some((0, 1)),
        );
    }
}
