//! Legends of colours: filled cells with a status in them or beside them.

use crate::import::SaidStatus;
use crate::import::values::status;
use crate::import::words;
use crate::table::{Cell, Colour, Table, Value, Visibility, Workbook, address};

/// Words that explain a colour are no longer than this, in characters.
const WORDS: usize = 40;

/// A sheet with more coloured cells that have a status in them or beside them tells its statuses in words.
const ENTRIES: usize = 2000;

/// A legend beside a table is that of a sheet with no more rows than this.
const ROWS: usize = 5000;

/// A legend beside a table explains no more colours than this.
const COLOURS: usize = 12;

/// What the colours of a sheet mean.
#[derive(Clone, Debug, Default)]
pub(crate) struct Legend {
    meanings: Vec<(Colour, SaidStatus)>,
}

impl Legend {
    /// Returns whether there is none.
    pub(crate) const fn is_empty(&self) -> bool {
        self.meanings.is_empty()
    }

    /// Returns what a colour means.
    pub(crate) fn status(&self, colour: Colour) -> Option<SaidStatus> {
        let mut meanings = self.meanings.iter();
        let meaning = meanings.find(|(known, _)| *known == colour)?;
        Some(meaning.1)
    }
}

/// A workbook without the words of its legends of colours, and what they said.
pub(crate) struct Explained {
    pub(crate) workbook: Workbook,
    /// One for each sheet, with the range in which it stands and its words.
    found: Vec<Option<Found>>,
}

/// The legend of a sheet.
pub(crate) struct Found {
    pub(crate) legend: Legend,
    /// Its cells, from the first to the last: `K4:L7`.
    pub(crate) range: String,
    /// Its words, on one line.
    pub(crate) words: String,
}

impl Explained {
    /// Returns the legend that counts for a sheet, with the position of the one on which it stands: its own, or
    /// else the first of the others that people see.
    pub(crate) fn of(&self, position: usize) -> Option<(usize, &Found)> {
        let tables = &self.workbook.tables;
        let own = std::iter::once(position);
        let others = (0..tables.len()).filter(|at| tables[*at].visibility == Visibility::Visible);
        own.chain(others)
            .find_map(|at| Some((at, self.found.get(at)?.as_ref()?)))
    }
}

/// A filled cell that says what its colour means, by words in it or beside it.
#[derive(Clone, Debug)]
struct Entry {
    row: usize,
    column: usize,
    /// The column of its words.
    words: usize,
    colour: Colour,
    status: SaidStatus,
}

/// What a legend is made of.
struct Parts {
    entries: Vec<Entry>,
    /// The row and the column of each of its titles.
    titles: Vec<(usize, usize)>,
}

/// Finds the legends of a workbook; nothing where it has none.
pub(crate) fn explained(workbook: &Workbook) -> Option<Explained> {
    let found: Vec<Option<Parts>> = workbook.tables.iter().map(legend).collect();
    if found.iter().all(Option::is_none) {
        return None;
    }
    let mut workbook = workbook.clone();
    let tables = workbook.tables.iter_mut().zip(found);
    let found = tables
        .map(|(table, found)| Some(take(table, &found?)))
        .collect();
    Some(Explained { workbook, found })
}

/// Takes the words of a legend out of its sheet.
fn take(table: &mut Table, parts: &Parts) -> Found {
    let Parts { entries, titles } = parts;
    let columns = entries.iter().flat_map(|entry| [entry.column, entry.words]);
    let rows = entries.iter().map(|entry| entry.row);
    let ends = |numbers: &mut dyn Iterator<Item = usize>| {
        numbers.fold((usize::MAX, 0), |(least, most), number| {
            (least.min(number), most.max(number))
        })
    };
    let ((left, right), (top, bottom)) =
        (ends(&mut columns.into_iter()), ends(&mut rows.into_iter()));
    let said: Vec<String> = entries
        .iter()
        .map(|entry| {
            let words = table.cell(entry.row, entry.words).to_text();
            format!("{} is {}", entry.colour.name(), words.trim())
        })
        .collect();
    let places = entries.iter().map(|entry| (entry.row, entry.words));
    for (row, column) in places.chain(titles.iter().copied()) {
        let cells = &mut table.rows[row];
        cells[column] = Cell::EMPTY;
        while cells.last().is_some_and(Cell::is_blank) {
            cells.pop();
        }
    }
    while table.rows.last().is_some_and(Vec::is_empty) {
        table.rows.pop();
    }
    let meanings = entries.iter().map(|entry| (entry.colour, entry.status));
    Found {
        legend: Legend {
            meanings: meanings.collect(),
        },
        range: format!("{}:{}", address(left, top), address(right, bottom)),
        words: said.join(", "),
    }
}

/// Returns the entries of the legend of a sheet, and the places of its titles.
fn legend(table: &Table) -> Option<Parts> {
    let entries: Vec<Entry> = table
        .fills
        .iter()
        .filter_map(|fill| entry(table, fill.row, fill.column, fill.colour))
        .take(ENTRIES + 1)
        .collect();
    if entries.len() > ENTRIES {
        return None;
    }
    [alone(table, &entries), beside(table, &entries)]
        .into_iter()
        .flatten()
        .find(|parts| is_legend(&parts.entries))
}

/// Returns whether there are several colours, each with one meaning, which are not all the same.
fn is_legend(entries: &[Entry]) -> bool {
    let is_once = |entry: &Entry| {
        let same = entries.iter().filter(|other| other.colour == entry.colour);
        same.count() == 1
    };
    entries.len() > 1
        && entries.iter().all(is_once)
        && entries
            .iter()
            .any(|entry| entry.status != entries[0].status)
}

/// Returns what a filled cell explains, where it does.
fn entry(table: &Table, row: usize, column: usize, colour: Colour) -> Option<Entry> {
    let said = |at: usize| {
        let Value::Text(text) = &table.cell(row, at).value else {
            return None;
        };
        Some((at, meaning(text)?))
    };
    let (words, status) = if table.cell(row, column).is_blank() {
        let right = said(column + 1).or_else(|| {
            let is_gap = table.cell(row, column + 1).is_blank();
            is_gap.then(|| said(column + 2)).flatten()
        });
        right.or_else(|| said(column.checked_sub(1)?))?
    } else {
        said(column)?
    };
    Some(Entry {
        row,
        column,
        words,
        colour,
        status,
    })
}

/// Reads `= on plan`, `Green: on plan` and `on plan, nothing to do` as a status.
fn meaning(text: &str) -> Option<SaidStatus> {
    if text.chars().count() > WORDS {
        return None;
    }
    let read = |words: &str| match status::read(words, &[]) {
        status::Said::Status(status, _) => Some(status),
        status::Said::Silent | status::Said::Unknown => None,
    };
    // Behind the name of a colour stands what it means.
    let behind = text.split_once(['=', ':', '–', '—']);
    let behind = behind.and_then(|(_, words)| read(words));
    let pieces = || text.split(['=', ':', '–', '—', ',', ';', '(', '/']);
    behind
        .or_else(|| read(text))
        .or_else(|| pieces().find_map(read))
}

/// Returns the entries in rows that hold nothing else, and the titles of the legend.
fn alone(table: &Table, entries: &[Entry]) -> Option<Parts> {
    let mut titles = Vec::new();
    let mut found: Vec<Entry> = Vec::new();
    for entry in entries {
        let of_row = || entries.iter().filter(|other| other.row == entry.row);
        let mut others = filled(table, entry.row)
            .filter(|column| of_row().all(|other| other.words != *column))
            .peekable();
        let is_titled = others.peek().is_some();
        let are_titles = others.all(|column| {
            let is_title = is_title(table, entry.row, column);
            if is_title {
                titles.push((entry.row, column));
            }
            is_title
        });
        // A row with one entry and a title may be one of a table: `Key`, a mark, a status.
        if are_titles && (!is_titled || of_row().nth(1).is_some()) {
            found.push(entry.clone());
        }
    }
    let first = found.iter().map(|entry| entry.row).min()?;
    if let Some(above) = first.checked_sub(1) {
        let mut columns = filled(table, above);
        if let (Some(column), None) = (columns.next(), columns.next())
            && is_title(table, above, column)
        {
            titles.push((above, column));
        }
    }
    titles.sort_unstable();
    titles.dedup();
    titles.retain(|(row, _)| *row + 1 >= first);
    Some(Parts {
        entries: found,
        titles,
    })
}

/// Returns the entries below each other in columns beside a table that hold nothing else, and their title.
fn beside(table: &Table, entries: &[Entry]) -> Option<Parts> {
    if table.rows.len() > ROWS {
        return None;
    }
    let mut columns: Vec<(usize, usize)> = entries
        .iter()
        .map(|entry| (entry.column, entry.words))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    columns.into_iter().find_map(|(column, words)| {
        let run: Vec<Entry> = entries
            .iter()
            .filter(|entry| (entry.column, entry.words) == (column, words))
            .cloned()
            .collect();
        if !(2..=COLOURS).contains(&run.len()) {
            return None;
        }
        let top = run[0].row;
        let is_run = |column: usize, row: usize| {
            run.iter()
                .any(|entry| entry.row == row && entry.words == column)
        };
        let others: Vec<(usize, usize)> = (0..table.rows.len())
            .flat_map(|row| [(row, column), (row, words)])
            .filter(|(row, column)| !is_run(*column, *row) && !table.cell(*row, *column).is_blank())
            .collect();
        let is_above =
            |place: &(usize, usize)| place.0 + 1 == top && filled(table, place.0).count() == 1;
        others.iter().all(is_above).then_some(Parts {
            entries: run,
            titles: others,
        })
    })
}

/// Returns whether a cell says that a legend follows.
fn is_title(table: &Table, row: usize, column: usize) -> bool {
    let Value::Text(text) = &table.cell(row, column).value else {
        return false;
    };
    words::begins("legend", &words::normal(text)).is_some() && text.chars().count() <= WORDS
}

/// Returns the columns of a row in which something stands.
fn filled(table: &Table, row: usize) -> impl Iterator<Item = usize> {
    let cells = table.rows.get(row).into_iter().flatten().enumerate();
    cells
        .filter(|(_, cell)| !cell.is_blank())
        .map(|(column, _)| column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Fill;

    const GREEN: Colour = Colour([0, 176, 80]);
    const AMBER: Colour = Colour([255, 192, 0]);

    #[track_caller]
    fn check(text: &str, fills: &[(usize, usize, Colour)], expected: Option<&str>) {
        let fill = |(row, column, colour): &(usize, usize, Colour)| Fill {
            row: *row,
            column: *column,
            colour: *colour,
        };
        let table = Table {
            rows: crate::sheets::records::rows(text, ',').unwrap(),
            fills: fills.iter().map(fill).collect(),
            ..Table::default()
        };
        let workbook = Workbook {
            tables: vec![table],
            ..Workbook::default()
        };
        let explained = explained(&workbook);
        let found = explained.as_ref().and_then(|found| found.of(0));
        let shown = found.map(|(_, found)| format!("{} {}", found.range, found.words));
        assert_eq!(shown.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_legend_has_words_in_coloured_cells_or_beside_them() {
        let below = "Objective,State\nPay,\n\nLegend\n,on plan\n,late\n";
        check(
            below,
            &[(1, 1, GREEN), (4, 0, GREEN), (5, 0, AMBER)],
            Some("A5:B6 green is on plan, amber is late"),
        );
        check(
            "On track,At risk\n",
            &[(0, 0, GREEN), (0, 1, AMBER)],
            Some("A1:B1 green is On track, amber is At risk"),
        );
        check(
            "Pay,1,,,= gut\nSell,2,,,= gefährdet\n",
            &[(0, 3, GREEN), (1, 3, AMBER)],
            Some("D1:E2 green is = gut, amber is = gefährdet"),
        );
    }

    #[test]
    fn a_column_of_statuses_is_none() {
        check(
            "Objective,State\nPay,on track\nSell,at risk\n",
            &[(1, 1, GREEN), (2, 1, AMBER)],
            None,
        );
        check(
            "Objective,Light,Said\nPay,,on track\nSell,,at risk\n",
            &[(1, 1, GREEN), (2, 1, AMBER)],
            None,
        );
    }

    #[test]
    fn one_colour_or_one_meaning_is_none() {
        check(",on plan\n", &[(0, 0, GREEN)], None);
        check(",good\n,good\n", &[(0, 0, GREEN), (1, 0, AMBER)], None);
        check(",good\n,late\n", &[(0, 0, GREEN), (1, 0, GREEN)], None);
    }
}
