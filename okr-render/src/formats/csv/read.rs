//! From a table to a plan.

use okr_core::diagnostic::{Diagnostic, Location, Severity};

use crate::dialects::tidy::{self, COLUMNS, Column, Heading};
use crate::error::{Error, ErrorKind};
use crate::format::{Imported, ReadOptions};
use crate::formats::MAX_BYTES;
use crate::sheets::guard::unguard;
use crate::sheets::{records, text};
use crate::table::{Table, Value};

/// Reads the table from text in any usual encoding, parted by commas, semicolons, tabs or bars.
///
/// # Errors
///
/// The bytes are no text, a quote is never closed, or no row of headings names the columns `Type`
/// and `Title`.
pub(crate) fn plan(bytes: &[u8], _options: &ReadOptions) -> Result<Imported, Error> {
    if bytes.len() > MAX_BYTES {
        let message = format!("it has {} bytes; at most {MAX_BYTES} are read", bytes.len());
        return Err(ErrorKind::TooLarge(message).into());
    }
    let (text, encoding) = text::decode(bytes, None)?;
    let (named, text) = text::strip_separator_line(&text);
    let delimiters = match &named {
        Some(delimiter) => std::slice::from_ref(delimiter),
        None => &[',', ';', '\t', '|'][..],
    };
    let is_ours = |delimiter: &char| {
        let header = records::header(text, *delimiter);
        let has = |column| {
            header
                .iter()
                .any(|cell| Heading::parse(unguard(cell)) == Heading::Known(column))
        };
        has(Column::Type) && has(Column::Title)
    };
    let delimiter = *delimiters
        .iter()
        .find(|delimiter| is_ours(delimiter))
        .ok_or_else(not_ours)?;
    let mut rows = records::rows(text, delimiter)?;
    for cell in rows.iter_mut().flatten() {
        if let Value::Text(words) = &mut cell.value
            && let kept = unguard(words)
            && kept.len() < words.len()
        {
            *words = kept.into();
        }
    }
    // A spreadsheet parts cells by semicolons where its numbers have a comma.
    let mut imported = tidy::read(&Table {
        rows,
        comma_is_decimal: delimiter == ';',
        ..Table::default()
    });
    if !encoding.is_certain {
        let message = format!(
            "the text is read as {}, which is a guess",
            encoding.taken_for
        );
        let help = "look at letters such as é and €; if they are wrong, save the table as UTF-8 (in Excel: \"CSV UTF-8\")";
        let guess = Diagnostic::new("guessed-encoding", Severity::Info, Location::Whole, message);
        imported.diagnostics.insert(0, guess.with_help(help));
    }
    Ok(imported)
}

fn not_ours() -> Error {
    let headings: Vec<_> = COLUMNS.iter().map(|facts| facts.heading).collect();
    let message = format!(
        "its first row does not name the columns of a plan: Type and Title must be there, and any of {} may be",
        headings.join(", ")
    );
    ErrorKind::Unreadable(message).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a table and shows the plan as Markdown, then what was said.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        check_bytes(text.as_bytes(), expected);
    }

    #[track_caller]
    fn check_bytes(bytes: &[u8], expected: &str) {
        let actual = match plan(bytes, &ReadOptions::default()) {
            Ok(imported) => {
                let mut shown = okr_core::print(&imported.plan);
                for diagnostic in imported.diagnostics {
                    let cell = match diagnostic.location {
                        Location::Cell(cell) => cell,
                        _ => "file".to_owned(),
                    };
                    shown.extend([cell, ": ".to_owned(), diagnostic.message, "\n".to_owned()]);
                }
                shown
            }
            Err(error) => format!("{error}\n"),
        };
        assert_eq!(actual, expected);
    }

    #[test]
    fn another_table_is_refused_with_the_columns_there_may_be() {
        check(
            "Name,Value\nx,1\n",
            "its first row does not name the columns of a plan: Type and Title must be there, and any of Ref, Type, \
             Title, Parent, Owner, Start, Target, Current, Unit, Start date, Due date, Status, Description, Target \
             rule, Start as written, Measure, Direction, Source, Baseline question, Commitment, Supports, Id, After, \
             Plan, Period, Team, Cadence, Template, Fiscal year start, Fiscal year label may be\n",
        );
    }

    #[test]
    fn two_columns_are_enough() {
        check(
            "type,TITLE\nobjective,Get paid sooner\nKR,Raise the rate\ninitiative,Call\n",
            "## Objective 1: Get paid sooner\n\n### Key result 1.1: Raise the rate\n\n- [ ] Call\n",
        );
    }

    #[test]
    fn a_spreadsheet_may_change_the_spelling() {
        let expected = "## Objective 1: A\n\n### Key result 1.1: B\n\n- Baseline: 68.5%\n- Target: 85%\n- Due: 2026-12-31\n";
        check(
            "\u{feff}Type,Title,Start,Target,Unit,Due date\nObjective,A\nKR,B,68.5,85.0,%,2026-12-31\n",
            expected,
        );
        check(
            "sep=;\r\nType;Title;Start;Target;Unit;Due date\r\nObjective;A\r\nKR;B;68,5;85;%;31.12.2026\r\n",
            expected,
        );
        check(
            "Due\tTarget\tStart\tTitle\tType\n\n\t\t\tA\tObjective\n12/31/2026\t85%\t68.5%\tB\tKR\n",
            expected,
        );
    }

    #[test]
    fn other_encodings_come_back_too() {
        let text = "Type,Title,Owner\nObjective,Früher Geld,Zoë\n";
        let utf_16: Vec<u8> = format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let windows = encoding_rs::WINDOWS_1252.encode(text).0;
        let expected = "## Objective 1: Früher Geld\n\n- Owner: Zoë\n";
        check_bytes(&utf_16, expected);
        check_bytes(
            &windows,
            &format!("{expected}file: the text is read as Windows-1252, which is a guess\n"),
        );
    }

    #[test]
    fn the_parent_decides_and_not_the_order_of_the_rows() {
        check(
            "Ref,Type,Title,Parent\nO1-KR2,KR,d,O1\nX,Initiative,e,O1-KR1\nO2,Objective,b\nO1-KR1,KR,c,O1\nO1,Objective,a\n",
            "## Objective 1: a\n\n### Key result 1.1: c\n\n- [ ] e\n\n### Key result 1.2: d\n\n## Objective 2: b\n",
        );
    }

    #[test]
    fn what_is_not_read_is_said_with_its_cell() {
        check(
            "Ref,Type,Title,Parent,Start,Target,Unit,Due date\n\
             O1,Objective,a,,5\n\
             O1-KR1,KR,b,O1,about 5,+3,days,soon\n\
             O1-KR2,KR,c,O7\n\
             ,Initiative,d,O1-KR2\n\
             O1,Objektiv,e\n\
             O1,Objective,f,,,,,,stray\n",
            "## Objective 1: a\n\n### Key result 1.1: b\n\n- Target: 3 days\n- Due: soon\n- Baseline: about 5\n\n\
             ## Objective 2: f\n\
             E2: an objective has no Start, so that the cell is not read\n\
             E3: `about 5` is no number: more than a number and its unit stands there\n\
             F3: this is read as the value 3 days to be reached, not as a change\n\
             H3: `soon` is no date like 2026-12-31\n\
             D4: `O7` names no objective, so that the row is not read\n\
             D5: row 4, to which it belongs, is not read, and so this one is not\n\
             B6: `Objektiv` is no type of row, so that the row is not read\n\
             A7: `O1` names row 2 already\n\
             I7: no heading stands over the cell, so that it is not read\n",
        );
    }

    #[test]
    fn the_target_rule_counts_and_the_number_shows_what_it_comes_to() {
        let header = "Type,Title,Start,Target,Target rule,Unit\nObjective,a\n";
        let plan = "## Objective 1: a\n\n### Key result 1.1: b\n\n- Baseline: 68%\n- Target: +25% (68% → 85%)\n";
        check(&format!("{header}KR,b,68,85,by +25%,%\n"), plan);
        let warned = format!("{plan}D3: the column Target rule comes to 85%, and it counts\n");
        check(&format!("{header}KR,b,68,90,by +25%,%\n"), &warned);
    }

    #[test]
    fn other_columns_are_fields() {
        check(
            "Type,Title,Budget,Field: Type,a:b,Metric\nPlan,p,7\nObjective,a,5,big\nKR,b,,,x,late invoices\nInitiative,c,6\n",
            "---\nBudget: 7\n---\n\n# p\n\n## Objective 1: a\n\n- Budget: 5\n- Type: big\n\n\
             ### Key result 1.1: b\n\n- Measure: late invoices\n- [ ] c\n\
             D3: `big` is no type of objective\n\
             E4: a field cannot be called `a:b`, so that the cell is not read\n\
             C5: an initiative has no fields like `Budget`, so that the cell is not read\n",
        );
    }
}
