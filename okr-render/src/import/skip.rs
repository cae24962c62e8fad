//! Rows that are no part of the tree: totals, legends, footers.

use super::values::text;
use super::values::{number, status};
use super::{legend, words};
use crate::table::{Formula, Table, Value};

/// Why a row is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// It sums up the rows above.
    Total,
    /// It explains letters or colours.
    Legend,
    /// It is text beside the table.
    Remark,
    /// It has values, and nothing says what they are values of.
    Nameless,
    /// It is of a kind that is none of a plan's, and belongs to nothing.
    Stray,
    /// The program that wrote it was to take it away.
    Deleted,
}

impl Reason {
    /// Returns the reason as it is told to people.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Total => "a total or average",
            Self::Legend => "a legend",
            Self::Remark => "a line of text and no objective",
            Self::Nameless => "it names no objective, key result or initiative",
            Self::Stray => "it is no element of a plan, and belongs to none",
            Self::Deleted => "it says that it is to be deleted",
        }
    }
}

/// Returns why a row is left out; nothing for a row that may be an element.
///
/// `numbers` are the columns that hold numbers: a row that has words nowhere but in its first cell, and
/// numbers there, is a total when its first word says so.
pub(crate) fn reason(table: &Table, row: usize, numbers: &[usize]) -> Option<Reason> {
    let cells = table.rows.get(row)?;
    let mut filled = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_blank());
    let (_, first) = filled.next()?;
    let is_lean = filled.clone().take(2).count() < 2;
    let Value::Text(words_of_first) = &first.value else {
        return None;
    };
    // Most rows are what they seem to be, and are not looked at closely.
    // `Check-ins filled in`, and formulas behind it that count what stands above.
    let is_counted = !is_lean
        && filled.clone().all(|(_, cell)| {
            cell.formula == Formula::Saved && matches!(cell.value, Value::Number(_))
        });
    let is_odd = is_lean
        || is_counted
        || words_of_first.contains('=')
        || words_of_first.starts_with(|c: char| !c.is_ascii())
        || words::may_begin_total(words_of_first)
        || words::ends_total(words_of_first);
    if !is_odd {
        return None;
    }
    let rest: Vec<usize> = filled.map(|(column, _)| column).collect();
    let normal = words::normal(words_of_first);
    let is_sign = words_of_first.trim_start().starts_with(['Ø', 'Σ', '∑']);
    if is_sign && rest.iter().all(|column| numbers.contains(column)) {
        // `Ø Note der Umfrage` is a measure where the others have nothing but numbers either.
        let measured = words_of_first
            .trim_start()
            .trim_start_matches(['Ø', 'Σ', '∑']);
        let is_total = is_generic(&words::normal(measured))
            || rest.is_empty()
            || others_differ(table, row, &rest);
        return is_total.then_some(Reason::Total);
    }
    if is_counted && is_below_numbers(table, row, &rest) {
        return Some(Reason::Total);
    }
    if !rest.is_empty()
        && words::ends_total(words_of_first)
        && rest.iter().all(|column| numbers.contains(column))
    {
        return Some(Reason::Total);
    }
    if let Some(length) = words::begins("total", &normal) {
        let is_whole = length == normal.len();
        let is_figures = rest.iter().all(|column| {
            numbers.contains(column)
                || number::of_cell(&cells[*column], number::Decimals::Dot).is_some()
        });
        let is_short = normal.split(' ').count() <= 3;
        // `Total, 7 key results`: the other cells count something.
        let counts = rest.len() == 1
            && matches!(&cells[rest[0]].value, Value::Text(text) if text.trim().starts_with(|c: char| c.is_ascii_digit()));
        // `Total: 6 key results`
        let behind = normal[length..].trim_start();
        let is_labelled = words_of_first.contains(':')
            && words::normal(words_of_first.split(':').next().unwrap_or_default()).len() <= length;
        if rest.is_empty() && (is_labelled || behind.starts_with(|c: char| c.is_ascii_digit())) {
            return Some(Reason::Total);
        }
        if is_whole && (rest.len() <= 3 || is_figures || counts) {
            return Some(Reason::Total);
        }
        // `Median wait (min)` is a key result where the others have nothing but numbers behind their words either.
        let speaks_of_sheet = || is_generic(&normal[length..]);
        let is_total = match rest.len() {
            0 => is_short && speaks_of_sheet(),
            _ => speaks_of_sheet() || others_differ(table, row, &rest),
        };
        if is_figures && is_total {
            return Some(Reason::Total);
        }
    }
    if rest.is_empty() || (rest.len() == 1 && words_of_first.trim_end().ends_with(':')) {
        // A line right below a legend goes on with it: `MD = Marek Dvorak` is often written without signs.
        let goes_on = || (rest.is_empty() && is_lone_legend(table, row)).then_some(Reason::Legend);
        return lone(words_of_first, &normal).or_else(goes_on);
    }
    // A legend may take several cells: `🟢 on track`, `🟡 at risk`.
    if words::begins("legend", &normal) == Some(normal.len())
        || rest.len() >= 2
            && cells
                .iter()
                .filter(|cell| !cell.is_blank())
                .all(|cell| is_key(&cell.to_text()))
    {
        return Some(Reason::Legend);
    }
    None
}

/// Returns the rows that sum up a block each: the last ones of at least two blocks, with the same words in all of them
/// and fewer cells than any other row of the block.
pub(crate) fn closing(table: &Table, first: usize) -> Vec<usize> {
    /// Sheets in blocks are no longer than this.
    const ROWS: usize = 2000;
    if table.rows.len() > ROWS {
        return Vec::new();
    }
    let count = |row: usize| {
        table.rows[row]
            .iter()
            .filter(|cell| !cell.is_blank())
            .count()
    };
    let rows = first..table.rows.len();
    let is_last = |row: &usize| *row + 1 == table.rows.len() || table.is_blank_row(row + 1);
    // The words of a row and the column of them, where nothing but one or two numbers stands behind.
    let words_of = |row: usize| {
        let mut filled = table.rows[row]
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_blank());
        let (column, cell) = filled.next()?;
        let Value::Text(text) = &cell.value else {
            return None;
        };
        let mut numbers = 0;
        for (_, cell) in filled {
            number::of_cell(cell, number::Decimals::Dot)?;
            numbers += 1;
        }
        matches!(numbers, 1 | 2).then(|| (column, words::normal(text)))
    };
    let ends: Vec<usize> = rows.filter(is_last).filter(|row| count(*row) > 1).collect();
    let is_short = |row: usize| {
        let block = (first..row)
            .rev()
            .take_while(|row| !table.is_blank_row(*row));
        let mut others = block.map(count).filter(|count| *count > 1).peekable();
        others.peek().is_some() && others.all(|other| other > count(row) + 1)
    };
    let Some(words) = ends.first().and_then(|row| words_of(*row)) else {
        return Vec::new();
    };
    let is_closing = |row: &usize| words_of(*row).as_ref() == Some(&words) && is_short(*row);
    if ends.len() < 2 || !ends.iter().all(is_closing) {
        return Vec::new();
    }
    ends
}

/// Returns whether a row with numbers in the columns `filled` differs from at least half of the rows near by that have
/// numbers: they have words too, such as an owner, or numbers where it has none.
///
/// What stands left of its words, such as the objective, is not looked at.
fn others_differ(table: &Table, row: usize, filled: &[usize]) -> bool {
    const NEAR: usize = 30;
    let near = row.saturating_sub(NEAR)..table.rows.len().min(row + NEAR);
    let title = table.rows[row].iter().position(|cell| !cell.is_blank());
    let behind = title.map_or(0, |column| column + 1);
    let (mut like, mut unlike) = (0, 0);
    for other in near.filter(|other| *other != row) {
        let cells = table.rows[other].iter().enumerate().skip(behind);
        let (mut numbers, mut words, mut shared) = (0, 0, 0);
        for (column, cell) in cells.filter(|(_, cell)| !cell.is_blank()) {
            if number::of_cell(cell, number::Decimals::Dot).is_none() {
                words += 1;
                continue;
            }
            numbers += 1;
            shared += usize::from(filled.contains(&column));
        }
        let is_like = words == 0 && 2 * shared > numbers;
        like += usize::from(numbers > 0 && is_like);
        unlike += usize::from(numbers > 0 && !is_like);
    }
    unlike >= like
}

/// Returns whether typed numbers stand right above formulas, and nothing below them.
fn is_below_numbers(table: &Table, row: usize, columns: &[usize]) -> bool {
    let is_typed = |column: &usize| {
        let above = row.checked_sub(1).map(|above| table.cell(above, *column));
        above.is_none_or(|cell| cell.formula == Formula::None)
    };
    let is_free = |column: &usize| table.cell(row + 1, *column).is_blank();
    columns
        .iter()
        .all(|column| is_typed(column) && is_free(column))
}

/// Returns whether the row above holds a line of text that is a legend.
fn is_lone_legend(table: &Table, row: usize) -> bool {
    let above = row.checked_sub(1).and_then(|above| table.rows.get(above));
    let mut filled = above.into_iter().flatten().filter(|cell| !cell.is_blank());
    let (Some(first), None) = (filled.next(), filled.next()) else {
        return false;
    };
    let Value::Text(text) = &first.value else {
        return false;
    };
    lone(text, &words::normal(text)) == Some(Reason::Legend)
}

/// Returns whether the words behind `Average` are about the sheet and not about a measure.
fn is_generic(rest: &str) -> bool {
    rest.split(' ').filter(|word| !word.is_empty()).all(|word| {
        words::heading(word)
            .iter()
            .any(|candidate| candidate.plainness != words::Plainness::Contained)
            || matches!(
                word,
                "of" | "all"
                    | "overall"
                    | "for"
                    | "the"
                    | "key"
                    | "results"
                    | "der"
                    | "aller"
                    | "des"
                    | "de"
                    | "del"
                    | "general"
            )
    })
}

/// Returns whether a cell explains a colour or letter: `🟢 on track`, `G = on track`.
fn is_key(text: &str) -> bool {
    text.contains('=') && text.len() < 60 || status::count_signs(text) > 0
}

/// Decides about a line of text that stands alone in its row.
fn lone(text: &str, normal: &str) -> Option<Reason> {
    let signs = text.matches('=').count();
    let begins_legend = words::begins("legend", normal).is_some_and(|length| {
        length == normal.len()
            || text[..].contains(':')
                && text
                    .find(':')
                    .is_some_and(|at| words::normal(&text[..at]).len() <= length)
    });
    if signs >= 2
        || status::count_signs(text) >= 2
        || begins_legend
        || lists_statuses(text)
        || legend::is_entry(text)
    {
        return Some(Reason::Legend);
    }
    if text::is_no_value(text) {
        return None;
    }
    None
}

/// Returns whether a line names statuses behind a colon: `Status: on plan, behind, complete`.
fn lists_statuses(text: &str) -> bool {
    let Some((_, list)) = text.split_once(':').filter(|_| text.len() <= 200) else {
        return false;
    };
    // `Green on track`: the colour stands before what it means.
    let is_status = |piece: &str| {
        let normal = words::normal(piece);
        let tail = normal.split_once(' ').map_or("", |(_, tail)| tail);
        words::status(&normal).is_some() || words::status(tail).is_some()
    };
    let mut pieces = list.split([',', ';', '|', '/']);
    let known = pieces.by_ref().filter(|piece| is_status(piece)).count();
    known >= 2
}

/// Returns whether a line is what printers and exporters put below a table: `Page 1 of 2`, `Confidential`.
///
/// A single word counts where no other word follows it at once: `Page speed` is no number of a page.
pub(crate) fn is_footer(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let normal = words::normal(text);
    let Some(length) = words::begins("footer", &normal) else {
        return false;
    };
    let has_figure = normal[length..]
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit());
    let word = text.chars().take_while(|c| c.is_alphanumeric()).count();
    let behind = text.chars().nth(word);
    let stands_alone = behind.is_none_or(|c| !c.is_whitespace())
        || text
            .chars()
            .nth(word + 1)
            .is_some_and(|c| !c.is_alphanumeric());
    has_figure || length == normal.len() || stands_alone || normal[..length].contains(' ')
}

/// Returns whether a line of text that stands alone, with nothing below it, reads like a remark.
pub(crate) fn is_remark(text: &str) -> bool {
    let text = text.trim();
    let normal = words::normal(text);
    let is_labelled = [
        "label-as-of",
        "legend",
        "label-owner",
        "label-team",
        "total",
    ]
    .iter()
    .any(|class| words::begins(class, &normal).is_some());
    is_footer(text)
        || text.ends_with(['.', '!', ':'])
        || text.contains(": ")
        || text.contains('=')
        || text.contains('@')
        || text.contains("http")
        || is_labelled
        || text.starts_with(['*', '(', '†', '¹'])
        || normal.split(' ').count() > 14
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(row: &str, expected: Option<Reason>) {
        let table = Table {
            rows: crate::sheets::records::rows(row, ',').unwrap(),
            ..Table::default()
        };
        assert_eq!(reason(&table, 0, &[3, 4]), expected, "{row}");
    }

    #[test]
    fn totals_and_legends_are_told_from_key_results() {
        check("Total,,,,", Some(Reason::Total));
        check(",Summe Offene Posten,,218400,90000", Some(Reason::Total));
        check(",,Average progress,,0.24", Some(Reason::Total));
        check(",Weekly total,,218400,90000", Some(Reason::Total));
        check(",Weekly total,,,", None);
        check("Weekly total,Ada Reyes,,30,18", None);
        check("Total,,7 key results", Some(Reason::Total));
        check(",Totaal: 6 kernresultaten", Some(Reason::Total));
        check(",Total cost of late payments", None);
        check(
            "\"Legend: Green = on track, Red = off track\"",
            Some(Reason::Legend),
        );
        check("\"G = on track, A = at risk\"", Some(Reason::Legend));
        check("🟢 on track   🟡 at risk", Some(Reason::Legend));
        check(
            "\"Health: Green on track, Red off track\"",
            Some(Reason::Legend),
        );
        check("B = at risk", Some(Reason::Legend));
        check("Average days to settle,Ivy Stone,,30,18", None);
        check("Keep customers happy", None);
    }

    #[test]
    fn the_median_of_something_is_a_key_result_where_no_row_has_an_owner() {
        let table = Table {
            rows: crate::sheets::records::rows(
                "Median wait (min),35,41\nNo-shows,9,11\nTotal calls missed,40,52\nAverage progress,0.2,0.3\n",
                ',',
            )
            .unwrap(),
            ..Table::default()
        };
        let reasons = (0..4).map(|row| reason(&table, row, &[1, 2]));
        assert_eq!(
            reasons.collect::<Vec<_>>(),
            [None, None, None, Some(Reason::Total)]
        );
    }

    #[test]
    fn averages_and_sums_of_something_are_key_results_beside_an_objective() {
        let table = Table {
            rows: crate::sheets::records::rows(
                "Help fast,Average handling time,14,9,11\n,Total des plaintes,40,20,31\n,Ø Note der Umfrage,29%,19%,24%\n,Ø,29,19,24\n,Total,,48\n,Mean of all,,48\n,Summe Minuten,,48\n",
                ',',
            )
            .unwrap(),
            ..Table::default()
        };
        let reasons: Vec<_> = (0..7).map(|row| reason(&table, row, &[2, 3, 4])).collect();
        assert_eq!(reasons[..3], [None, None, None]);
        assert_eq!(reasons[3..], [Some(Reason::Total); 4]);
    }
}
