//! Legends of statuses: `1 = on track, 2 = at risk`, in which a sheet says what its own letters mean.

use super::SaidStatus;
use super::values::{status, text};
use super::words;
use smol_str::ToSmolStr as _;

use crate::table::{Cell, Table, Value, Visibility, Workbook};

/// What each letter, number or sign of a sheet stands for, in the form in which statuses are compared.
pub(crate) type Legend = Vec<(String, Option<SaidStatus>)>;

/// A row with more cells than this is no legend.
const CELLS: usize = 6;

/// A sheet that explains statuses is no larger than this: rows, then columns.
const SHEET: (usize, usize) = (40, 6);

/// Returns what the legends of a sheet say, or where it has none, those of another sheet that people see,
/// with its position.
pub(crate) fn of_workbook(workbook: &Workbook, chosen: usize) -> (Legend, Option<usize>) {
    let own = of(&workbook.tables[chosen]);
    if !own.is_empty() {
        return (own, None);
    }
    let tables = workbook.tables.iter().enumerate();
    tables
        .filter(|(at, table)| *at != chosen && table.visibility == Visibility::Visible)
        .find_map(|(at, table)| {
            let legend = of_sheet(table);
            (!legend.is_empty()).then_some((legend, Some(at)))
        })
        .unwrap_or_default()
}

/// Returns what a sheet says that does nothing but explain, in lines or with a code and its meaning in cells
/// of their own.
fn of_sheet(table: &Table) -> Legend {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    if table.rows.len() > SHEET.0 || width > SHEET.1 {
        return Legend::new();
    }
    let mut legend = of(table);
    for row in &table.rows {
        let mut filled = row.iter().filter(|cell| !cell.is_blank());
        let (Some(code), Some(meaning)) = (filled.next(), filled.next()) else {
            continue;
        };
        let code = Cell::to_text(code);
        if let Value::Text(meaning) = &meaning.value
            && code.trim().chars().count() <= 3
            && !text::is_no_value(&code)
        {
            read(&format!("{}={meaning}", code.trim()), &mut legend);
        }
    }
    if legend.len() < 2 {
        legend.clear();
    }
    legend
}

/// Returns what the legends of a table say; one line that only looks like one is none.
pub(crate) fn of(table: &Table) -> Legend {
    let mut legend = Legend::new();
    for row in &table.rows {
        let filled = row
            .iter()
            .filter(|cell| !matches!(cell.value, Value::Empty));
        if row.len() > CELLS && filled.take(CELLS + 1).count() > CELLS {
            continue;
        }
        for cell in row {
            if let Value::Text(text) = &cell.value
                && text.len() <= 300
            {
                if text.contains('=') {
                    read(text, &mut legend);
                } else if !text.is_ascii() {
                    signs(text, &mut legend);
                }
            }
        }
    }
    if legend.len() < 2 {
        legend.clear();
    }
    legend
}

/// Reads the pieces of a line that say what something stands for.
fn read(text: &str, legend: &mut Legend) {
    for line in text.split([',', ';', '|', '\n', '·']) {
        for piece in line.split("  ") {
            let Some((code, meaning)) = piece.split_once('=') else {
                continue;
            };
            // `Status: 1 = on track`
            let code = code.rsplit(':').next().unwrap_or_default().trim();
            let meaning = meaning.trim_start_matches('=').trim();
            let known = |words: &str| match status::read(words, &[]) {
                status::Said::Status(status, _) => Some(status),
                status::Said::Silent | status::Said::Unknown => None,
            };
            let is_code = |code: &str| !code.is_empty() && code.split_whitespace().count() <= 2;
            let (code, status) = match (known(meaning), known(code)) {
                (Some(status), _) if is_code(code) => (code, status),
                (None, Some(status)) if is_code(meaning) && meaning.chars().count() <= 3 => {
                    (meaning, status)
                }
                _ => continue,
            };
            let key = key(code);
            if !legend.iter().any(|(known, _)| *known == key) {
                legend.push((key, Some(status)));
            }
        }
    }
}

/// Reads a line of several signs with what each stands for behind it: `● on plan, ▲ at risk`.
fn signs(text: &str, legend: &mut Legend) {
    let mut found = Legend::new();
    for piece in text
        .split([',', ';', '|', '\n', '·'])
        .flat_map(|line| line.split("  "))
    {
        let piece = piece.rsplit(':').next().unwrap_or_default().trim();
        let Some((sign, meaning)) = piece.split_once(' ') else {
            continue;
        };
        // What a coloured light means is known, whatever words stand behind it.
        let is_plain = |c: char| !c.is_alphanumeric() && c < '\u{1f000}';
        let is_sign = sign.chars().count() <= 2 && sign.chars().all(is_plain);
        if is_sign
            && let status::Said::Status(status, _) = status::read(meaning, &[])
            && !found.iter().any(|(known, _)| known == sign)
        {
            found.push((key(sign), Some(status)));
        }
    }
    if found.len() >= 2 {
        found.retain(|(sign, _)| !legend.iter().any(|(known, _)| known == sign));
        legend.append(&mut found);
    }
}

/// Returns whether a line says what one letter or sign stands for.
pub(crate) fn is_entry(text: &str) -> bool {
    let mut legend = Legend::new();
    if text.contains('=') && text.len() <= 300 {
        read(text, &mut legend);
    } else if !text.is_ascii() && text.len() <= 300 {
        signs(text, &mut legend);
    }
    !legend.is_empty()
}

/// Returns the form in which a word or sign is compared; signs have no other than their own.
pub(crate) fn key(text: &str) -> String {
    // `Ż` and `Z` are two codes, though words are compared without accents.
    let mut letters = text.trim().chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_alphabetic()
        && !letter.is_ascii()
    {
        return letter.to_lowercase().collect();
    }
    let normal = words::normal(text);
    if normal.is_empty() {
        text.trim().replace('\u{fe0f}', "")
    } else {
        normal
    }
}

/// Returns whether a cell holds nothing but what a legend explains.
pub(crate) fn explains(legend: &Legend, value: &Value) -> bool {
    let words = match value {
        Value::Text(words) => words.clone(),
        Value::Number(number) => number.normalize().to_smolstr(),
        _ => return false,
    };
    !text::is_no_value(&words) && {
        let key = key(&words);
        legend.iter().any(|(known, _)| *known == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let table = Table {
            rows: crate::sheets::records::rows(text, '\t').unwrap(),
            ..Table::default()
        };
        let shown: Vec<_> = of(&table)
            .into_iter()
            .filter_map(|(code, status)| Some(format!("{code} {}", status?.word())))
            .collect();
        assert_eq!(shown.join(", "), expected, "{text}");
    }

    #[test]
    fn a_sheet_may_explain_codes_in_cells_of_their_own() {
        let table = |text: &str| Table {
            rows: crate::sheets::records::rows(text, '\t').unwrap(),
            ..Table::default()
        };
        let workbook = Workbook {
            tables: vec![
                table("Objective\tState\nPay\t2\n"),
                table("Ideas\nCall 1\n"),
                table("Code\tMeaning\n1\tOn track\n2\tAt risk\tsay why\n"),
            ],
            ..Workbook::default()
        };
        let (legend, sheet) = of_workbook(&workbook, 0);
        assert_eq!(sheet, Some(2));
        assert_eq!(legend.len(), 2);
        assert_eq!(of_workbook(&workbook, 1).1, Some(2));
        assert_eq!(of_workbook(&workbook, 2).1, None);
    }

    #[test]
    fn legends_say_what_letters_numbers_and_signs_mean() {
        check(
            "1 = on track; 2 = at risk; 3 = off track",
            "1 on_track, 2 at_risk, 3 off_track",
        );
        check("A = im Plan\nB = gefährdet", "a on_track, b at_risk");
        check(
            "Z = zgodnie z planem, Ż = zagrożone",
            "z on_track, ż at_risk",
        );
        check("Legend: G = on track, B = done", "g on_track, b done");
        check("↗ = on track | ↘ = off track", "↗ on_track, ↘ off_track");
        check(
            "○ nicht begonnen   ◐ in Arbeit   ● erledigt   ! blockiert",
            "○ not_started, ◐ on_track, ● done, ! blocked",
        );
        check("Leyenda: ● en plan, ▲ en riesgo", "● on_track, ▲ at_risk");
        check("● on track", "");
        check("MK = Mina Kerr, TB = Tom Brand", "");
        check("x = 4", "");
    }
}
