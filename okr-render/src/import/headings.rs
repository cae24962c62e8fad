//! Finds the row of headings, or two of them, by what their words may mean.

use super::values::text::words_of;
use super::values::{date, number, period};
use super::words::{self, Candidate, Plainness};
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

/// The heading of a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heading {
    /// Its words, on one line.
    pub(crate) words: String,
    /// The words of the group above it; empty where there is none.
    pub(crate) group: String,
    /// The day, where the heading is one.
    pub(crate) day: Option<jiff::civil::Date>,
}

impl Heading {
    /// Returns both rows of it, as they are told to people.
    pub(crate) fn full(&self) -> String {
        match (self.group.is_empty(), self.words.is_empty()) {
            (true, _) => self.words.clone(),
            (false, true) => self.group.clone(),
            (false, false) if self.group == self.words => self.words.clone(),
            (false, false) => format!("{} / {}", self.group, self.words),
        }
    }

    /// Returns the words without what stands in brackets, in their normal form.
    pub(crate) fn normal(&self) -> String {
        normal_heading(&self.words)
    }
}

/// Returns a heading without what stands in brackets, in its normal form.
pub(crate) fn normal_heading(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let normal = words::normal(&bare);
    if !normal.is_empty() {
        return normal;
    }
    let whole = words::normal(text);
    if whole.is_empty() {
        // Signs alone can be a heading.
        match text.trim() {
            "#" | "№" => "no".to_owned(),
            "%" => "percent".to_owned(),
            "→" => "from to".to_owned(),
            _ => String::new(),
        }
    } else {
        whole
    }
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
        let is_table = found.score >= LEAST_SCORE && has_titles(&found);
        // The headings of a later block say the same; the first count.
        if is_table
            && best
                .as_ref()
                .is_none_or(|best| found.score > best.score + best.score / 8)
        {
            best = Some(found);
        }
    }
    best
}

/// Returns whether a row has the same words as the headings, as it does when they are repeated.
pub(crate) fn is_repeated(table: &Table, row: usize, headings: &Headings) -> bool {
    let Some(cells) = table.rows.get(row) else {
        return false;
    };
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
            score += 3;
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

/// Returns the fields that a heading may name, the plainest first.
pub(crate) fn candidates(heading: &Heading) -> Vec<Candidate> {
    let normal = heading.normal();
    if normal.is_empty() {
        return Vec::new();
    }
    if let Some(level) = level(&normal) {
        return vec![Candidate {
            field: Field::Level(level),
            plainness: Plainness::Whole,
        }];
    }
    if let Some((_, rest)) = numbered(&normal) {
        if rest.is_empty() {
            return vec![Candidate {
                field: Field::KeyResult,
                plainness: Plainness::Whole,
            }];
        }
        return words::heading(&rest);
    }
    let mut found = words::heading(&normal);
    if found.is_empty() {
        // `Initiative 2`, `Owner 1`
        let bare = normal.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        if bare.len() < normal.len() {
            found = words::heading(bare);
        }
    }
    found
}

/// Reads `main`, `l1`, `level 2`, `title 3`, `ebene 1` as a level; `main` is the first, `l1` the second.
fn level(normal: &str) -> Option<u8> {
    if normal == "main" {
        return Some(1);
    }
    let digits = normal.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = normal[..normal.len() - digits.len()].trim();
    let number: u8 = (digits.len() <= 2).then(|| digits.parse().ok())??;
    match word {
        "l" => number.checked_add(1),
        "level" | "title" | "ebene" | "niveau" | "nivel" | "livello" | "stufe" if number > 0 => {
            Some(number)
        }
        _ => None,
    }
}

/// Reads `key result 1 title` or `kr2 start` as the number of a key result and what is said of it.
pub(crate) fn numbered(normal: &str) -> Option<(u16, String)> {
    let tokens: Vec<&str> = normal.split(' ').collect();
    for (at, token) in tokens.iter().enumerate() {
        // `kr1`, and `kr n° 1`
        let letters = token.trim_end_matches(|c: char| c.is_ascii_digit());
        let (begin, digits) = if letters.is_empty() {
            let end = at - usize::from(at > 0 && matches!(tokens[at - 1], "n" | "no" | "nr"));
            let name = (0..end).find(|from| is_key_result(&tokens[*from..end].join(" ")));
            match name {
                Some(from) => (from, *token),
                None => continue,
            }
        } else if letters.len() < token.len() && is_key_result(letters) {
            (at, &token[letters.len()..])
        } else {
            continue;
        };
        let number: u16 = (digits.len() <= 2).then(|| digits.parse().ok())??;
        let mut rest: Vec<&str> = tokens[..begin].to_vec();
        rest.extend(&tokens[at + 1..]);
        return Some((number, rest.join(" ")));
    }
    None
}

fn is_key_result(normal: &str) -> bool {
    words::heading(normal).first().is_some_and(|candidate| {
        candidate.field == Field::KeyResult && candidate.plainness != Plainness::Contained
    })
}

/// Returns the number of the key result that a group heading names: `Key result 2`, `KR B`,
/// `Second key result`.
pub(crate) fn group_number(group: &str) -> Option<u16> {
    let normal = normal_heading(group);
    if let Some((number, rest)) = numbered(&normal) {
        return rest.is_empty().then_some(number);
    }
    // Only a heading that says nothing else is counted by letters and words.
    let (one, two) = (normal.rsplit_once(' '), normal.split_once(' '));
    let behind = one.filter(|(name, _)| is_key_result(name));
    let before = two.filter(|(_, name)| is_key_result(name));
    behind
        .and_then(|(_, mark)| counted(mark))
        .or_else(|| before.and_then(|(mark, _)| counted(mark)))
}

/// Returns the number that a letter, a Roman numeral or a word for an ordinal stands for.
fn counted(mark: &str) -> Option<u16> {
    if let Some(number) = period::ordinal(mark) {
        return u16::try_from(number).ok();
    }
    let number = match mark {
        "iii" => 3,
        "v" => 5,
        "vi" => 6,
        _ => match mark.as_bytes() {
            [letter @ b'a'..=b'h'] => u16::from(letter - b'a') + 1,
            _ => return None,
        },
    };
    Some(number)
}

/// Returns whether a heading names a week, a month or a day, so that values of that time stand under it.
pub(crate) fn is_time(text: &str) -> bool {
    let normal = words::normal(text);
    let tokens: Vec<&str> = normal.split(' ').collect();
    if tokens.is_empty() || tokens.len() > 4 || normal.is_empty() {
        return false;
    }
    let is_week = date::week_at(&tokens, 0).is_some_and(|(_, length)| {
        tokens[length..]
            .iter()
            .all(|token| period::year(token).is_some())
    });
    let is_month = words::month(tokens[0]).is_some_and(|_| {
        tokens[1..]
            .iter()
            .all(|token| token.bytes().all(|b| b.is_ascii_digit()))
    }) && (tokens[0].len() > 2);
    is_week
        || is_month
        || matches!(
            date::read(text, &date::Context::default()),
            date::Said::Day(_, date::How::Plain) | date::Said::Either(..)
        )
}

/// Parts a heading into the time that it names and what it says beside: `Q1 target`, `Actual Jan`.
///
/// Quarters and halves count as times here, which they do not where they stand alone in a title.
pub(crate) fn time_in(normal: &str) -> Option<(String, String)> {
    let tokens: Vec<&str> = normal.split(' ').collect();
    if tokens.len() > 6 {
        return None;
    }
    let is_part = |text: &str| {
        let tokens: Vec<&str> = text.split(' ').collect();
        period::part_at(&tokens, 0).is_some_and(|(_, length)| {
            tokens[length..]
                .iter()
                .all(|token| period::year(token).is_some() || period::short_year(token).is_some())
        })
    };
    let is_year = |text: &str| period::year(text).is_some();
    // The longest run of words that is a time.
    for length in (1..=tokens.len()).rev() {
        for from in 0..=tokens.len() - length {
            let time = tokens[from..from + length].join(" ");
            if is_part(&time) || is_year(&time) || is_time(&time) {
                let mut rest = tokens[..from].to_vec();
                rest.extend(&tokens[from + length..]);
                return Some((time, rest.join(" ")));
            }
        }
    }
    None
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
    if filled.is_empty() || !is_short || spans_all || (filled.len() == 1 && merges.is_empty()) {
        return None;
    }
    let mut groups = vec![String::new(); below.len().max(cells.len())];
    let mut names: Vec<String> = filled.iter().map(|at| one_line(&cells[*at])).collect();
    number_same(&mut names);
    let is_numbered = names.iter().filter(|name| group_number(name).is_some()).count() > 1;
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
        if text.chars().count() > 40 || number::read(text, number::Decimals::Dot).is_some() {
            return false;
        }
        let heading = Heading {
            words: text.clone(),
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

    #[test]
    fn key_results_may_be_numbered() {
        assert_eq!(
            numbered("key result 1 title"),
            Some((1, "title".to_owned()))
        );
        assert_eq!(numbered("kr2 start"), Some((2, "start".to_owned())));
        assert_eq!(numbered("start kr 2"), Some((2, "start".to_owned())));
        assert_eq!(numbered("weight 2"), None);
        assert_eq!(group_number("Key result 2"), Some(2));
        assert_eq!(group_number("Résultat clé n° 2"), Some(2));
        assert_eq!(group_number("KR B"), Some(2));
        assert_eq!(group_number("Third key result"), Some(3));
        assert_eq!(group_number("Key result"), None);
    }
}
