//! Which platform a table comes from, by its headings.

use super::{Column, DIALECTS, Dialect, Form, Others};
use crate::import::layout::{Field, Layout, Place};
use crate::table::{Cell, Table, column_name};

/// A platform whose headings a row has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recognised {
    /// The platform.
    pub(crate) dialect: &'static Dialect,
    /// Which of its tables it is.
    pub(crate) form: &'static Form,
    /// How many of the headings are those of the form.
    pub(crate) score: usize,
}

/// Returns the platform whose headings these are, or nothing.
///
/// All headings by which a form is known must be there, in any case and order, with or without a star
/// behind; of several such forms the one that knows the most of the headings is taken, and of several
/// of those the one with the fewest others.
pub(crate) fn recognise(headings: &[Cell]) -> Option<Recognised> {
    let headings = names(headings);
    DIALECTS
        .iter()
        .filter_map(|dialect| form_of(dialect, &headings))
        .max_by_key(|found| (found.score, std::cmp::Reverse(found.form.columns.len())))
}

impl Dialect {
    /// Returns the form of this platform that has these headings, or nothing.
    pub(crate) fn form(&'static self, headings: &[Cell]) -> Option<Recognised> {
        form_of(self, &names(headings))
    }
}

impl Recognised {
    /// Returns where things stand in a table whose headings stand in that row.
    ///
    /// Of columns that may stand under several headings, each that is there is named.
    pub(crate) fn layout(&self, table: &Table, row: usize) -> Layout {
        let cells = table.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        let columns = names(cells)
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((at, place(self.form, name)?)))
            .collect();
        Layout {
            headings: Some((row, row)),
            columns,
            tree: self.form.tree,
            is_stated: true,
            ..Layout::default()
        }
    }
}

impl Recognised {
    /// Returns why a column with that heading is left out, where it is: its platform alone needs it, or another
    /// of `headings` says the same.
    pub(crate) fn why_ignored(&self, headings: &[Cell], column: usize) -> Option<String> {
        let names = names(headings);
        let name = names.get(column)?;
        let mut columns = self.form.columns.iter();
        let found = columns.find(|column| group(column, name).is_some())?;
        if found.field != Field::Ignored {
            return None;
        }
        let other = found.same_as.and_then(|other| {
            let at = names
                .iter()
                .position(|name| *name == other.to_lowercase())?;
            Some(says_the_same(at, other))
        });
        Some(other.unwrap_or_else(|| format!("needed by {} alone", self.dialect.short_title())))
    }
}

/// Returns what to say of a column beside one that says the same.
pub(crate) fn says_the_same(at: usize, heading: &str) -> String {
    format!("column {}, `{heading}`, says the same", column_name(at))
}

fn form_of(dialect: &'static Dialect, headings: &[String]) -> Option<Recognised> {
    dialect
        .gives
        .iter()
        .filter_map(|form| {
            let score = score(form, headings)?;
            Some(Recognised {
                dialect,
                form,
                score,
            })
        })
        .max_by_key(|found| found.score)
}

/// Returns how many of the headings a form knows, or nothing where a sign of the form is missing.
fn score(form: &Form, headings: &[String]) -> Option<usize> {
    let has = |column: &Column| headings.iter().any(|name| group(column, name).is_some());
    let has_signs = form.columns.iter().filter(|column| column.is_sign).all(has);
    let written = headings.iter().filter(|name| !name.is_empty());
    let (known, others): (Vec<_>, Vec<_>) = written.partition(|name| place(form, name).is_some());
    let is_foreign = form.others == Others::Foreign && !others.is_empty();
    (has_signs && !is_foreign).then_some(known.len())
}

/// Returns what stands under a heading.
fn place(form: &Form, name: &str) -> Option<Place> {
    form.columns
        .iter()
        .find_map(|column| {
            let group = group(column, name)?;
            Some(Place {
                field: column.field,
                group,
                of: None,
            })
        })
        .filter(|place| place.field != Field::Ignored || !name.is_empty())
}

/// Returns the group in which a heading puts a column, 0 where it has none; nothing where it is another's.
fn group(column: &Column, name: &str) -> Option<u16> {
    let heading = column.heading.to_lowercase();
    match heading.split_once('#') {
        None => (heading == name).then_some(0),
        Some((before, after)) => {
            let number = name.strip_prefix(before)?.strip_suffix(after)?;
            let is_plain = !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit());
            number.parse().ok().filter(|_| is_plain)
        }
    }
}

/// Returns headings as they are compared: in lower case, without a star behind, with single blanks.
fn names(headings: &[Cell]) -> Vec<String> {
    let name = |cell: &Cell| {
        let words = cell.to_text().to_lowercase().replace('\u{a0}', " ");
        let words = words.trim().trim_start_matches('\u{feff}');
        let words = words.trim_end_matches([' ', '*']);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    headings.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headings: &str, expected: &str) {
        let cells: Vec<_> = headings.split(',').map(Cell::text).collect();
        let found = recognise(&cells);
        assert_eq!(found.map_or("", |found| found.dialect.name), expected);
    }

    #[test]
    fn every_form_is_known_by_its_own_headings() {
        for dialect in DIALECTS {
            for form in dialect.gives {
                let headings: Vec<_> = form
                    .columns
                    .iter()
                    .map(|column| Cell::text(column.heading.replace('#', "1")))
                    .collect();
                let found = recognise(&headings).unwrap();
                assert_eq!(found.dialect.name, dialect.name);
                assert!(std::ptr::eq(found.form, *form), "{}", dialect.name);
                assert_eq!(found.score, form.columns.len(), "{}", dialect.name);
            }
        }
    }

    #[test]
    fn stars_case_order_and_more_columns_do_not_matter() {
        check(
            "START VALUE*,target value *,summary,Mood,type,order",
            "appfire-okr",
        );
        check(
            "  email ,Name,visibility,due_at,key_result_12_title",
            "culture-amp",
        );
        check("Summary,Work type,Issue Type,Issue id,Story points", "jira");
    }

    #[test]
    fn tables_kept_by_hand_are_nobodys() {
        check("Objective,Key Result,Owner,Start,Target,Due", "");
        check("Type,Title,Description,Due date,Status", "");
        check("title,description,due_date,owner", "");
        check("Name,Type,Progress", "");
        check("", "");
    }

    #[test]
    fn groups_are_numbered() {
        let column = &Column::new("key_result_#_title", Field::KeyResult);
        assert_eq!(group(column, "key_result_12_title"), Some(12));
        for name in [
            "key_result__title",
            "key_result_01_title",
            "key_result_+1_title",
            "x",
        ] {
            assert_eq!(group(column, name), None, "{name}");
        }
    }

    #[test]
    fn a_layout_names_each_column_of_the_platform() {
        let row = [
            "Summary",
            "Issue Type",
            "Mood",
            "Issue ID",
            "Labels",
            "Labels",
        ];
        let table = Table {
            rows: vec![vec![], row.map(Cell::text).to_vec()],
            ..Table::default()
        };
        let layout = recognise(&table.rows[1]).unwrap().layout(&table, 1);
        let fields: Vec<_> = layout
            .columns
            .iter()
            .map(|(at, place)| (*at, place.field))
            .collect();
        assert_eq!(
            fields,
            [
                (0, Field::Title),
                (1, Field::Type),
                (3, Field::Reference),
                (4, Field::Labels),
                (5, Field::Labels)
            ]
        );
        assert_eq!(layout.headings, Some((1, 1)));
    }
}
