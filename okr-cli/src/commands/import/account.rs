//! The account of an import, as a careful colleague would give it.

mod rows;

use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_render::import::{Account, Certainty, Import, LeftOut};

use crate::commands::args::count;
use crate::shell::{Text, columns, shown, style, wrap};

/// Columns that the words of a heading may take in the list of columns.
const MAX_HEADING: usize = 32;
/// The fewest columns in which a doubt about a column is read with ease.
const MIN_DOUBT: usize = 24;
/// So many columns of what was left out are shown of one place.
const MAX_SHOWN: usize = 240;
/// The most rows, cells and remarks that are listed; the rest is counted, and `--json` has all.
const MAX_LISTED: usize = 40;

/// Returns what was read and what was left out, in lines of at most `width` columns.
pub(super) fn account(import: &Import, name: &str, messages: &[Diagnostic], width: usize) -> Text {
    let account = &import.account;
    let mut text = Text::new();
    heading(&mut text, account, name);
    what_columns_are(&mut text, account, width);
    what_rows_became(&mut text, account, width);
    let (mut sheets, mut urgent, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    for message in messages {
        match (message.code, message.severity) {
            ("sheet-left-out", Severity::Info) => sheets.push(message),
            ("left-out" | "row-left-out", Severity::Info) if is_left_out(account, message) => {}
            (_, Severity::Info) => plain.push(message),
            _ => urgent.push(message),
        }
    }
    what_was_left_out(&mut text, account, &sheets, width);
    remarks(&mut text, "How it was read", &plain, width);
    remarks(&mut text, "Please look at", &urgent, width);
    text
}

fn heading(text: &mut Text, account: &Account, name: &str) {
    text.styled(style::BOLD, &shown(name));
    if !account.sheet.is_empty() {
        text.push(&format!(", sheet “{}”", shown(&account.sheet)));
    }
    match account.dialect {
        _ if account.is_outline => text.push(", an outline"),
        // What is okr's own has not been read by its columns.
        Some("okr") => text.push(", in a format of okr"),
        Some(dialect) => text.push(&format!(", in the columns of {dialect}")),
        None if account.is_sideways => text.push(", a table on its side"),
        None => text.push(", a table kept by hand"),
    };
    for (what, value) in &account.bytes {
        text.push(&format!("\n{what}: {}", shown(value)));
    }
}

fn what_columns_are(text: &mut Text, account: &Account, width: usize) {
    if account.columns.is_empty() {
        return;
    }
    section(
        text,
        if account.is_sideways {
            "Rows"
        } else {
            "Columns"
        },
    );
    let letters = account.columns.iter().map(|column| column.letters.len());
    let letters = letters.max().unwrap_or(1);
    let headings: Vec<String> = account
        .columns
        .iter()
        .map(|column| short(&column.heading, MAX_HEADING))
        .collect();
    let room = headings.iter().map(|heading| columns(heading)).max();
    let room = room.unwrap_or_default();
    for (column, heading) in account.columns.iter().zip(&headings) {
        let pad = " ".repeat(room - columns(heading));
        let lead = format!("  {:letters$}  {heading}{pad}  ", column.letters);
        text.push("\n").push(&lead);
        let field = column.field.unwrap_or("kept as a note");
        text.push(field);
        let doubt = match column.certainty {
            Certainty::Guessed => format!("a guess: {}", column.reason),
            Certainty::Likely => column.reason.clone(),
            _ => String::new(),
        };
        if !doubt.is_empty() {
            let style = match column.certainty {
                Certainty::Guessed => style::WARNING,
                _ => style::DIM,
            };
            let used = columns(&lead) + columns(field) + 2;
            // On a narrow line it stands below what it is about.
            let (used, begin) = match width.saturating_sub(used) {
                ..MIN_DOUBT => (6, "\n      "),
                _ => (used, "  "),
            };
            let lines = wrap(&shown(&doubt), width.saturating_sub(used).max(MIN_DOUBT));
            let lines = lines.join(&format!("\n{}", " ".repeat(used)));
            text.push(begin).styled(style, &lines);
        }
    }
}

fn what_rows_became(text: &mut Text, account: &Account, width: usize) {
    if account.rows.is_empty() {
        return;
    }
    let (title, one) = if account.is_outline {
        ("Lines", "line")
    } else if account.is_sideways {
        ("Columns", "column")
    } else {
        ("Rows", "row")
    };
    let mut rows = rows::folded(&account.rows);
    if account.is_sideways {
        for (numbers, _) in &mut rows {
            *numbers = rows::letters(numbers);
        }
    }
    rows_of(text, title, one, &rows, width);
    for further in &account.further {
        let title = format!("{title} of sheet “{}”", shown(&further.sheet));
        rows_of(text, &title, one, &rows::folded(&further.rows), width);
    }
}

/// Writes the numbers of rows and what became of them.
fn rows_of(text: &mut Text, title: &str, one: &str, rows: &[(String, String)], width: usize) {
    section(text, title);
    let digits = rows.iter().map(|(numbers, _)| numbers.len()).max();
    let digits = digits.unwrap_or(1);
    for (numbers, became) in rows.iter().take(MAX_LISTED) {
        let lines = wrap(&shown(became), width.saturating_sub(digits + 4).max(24));
        let lines = lines.join(&format!("\n{}", " ".repeat(digits + 4)));
        text.push(&format!("\n  {numbers:>digits$}  {lines}"));
    }
    more(text, rows.len(), one);
}

fn what_was_left_out(text: &mut Text, account: &Account, sheets: &[&Diagnostic], width: usize) {
    if account.left_out.is_empty() && sheets.is_empty() {
        return;
    }
    section(text, "Left out");
    // What is said of a sheet tells how to read it all the same.
    let is_told = |left: &&LeftOut| sheets.is_empty() || !left.place.starts_with("sheet ");
    let left_out: Vec<_> = account.left_out.iter().filter(is_told).collect();
    let letters = |left: &LeftOut| left.place.strip_prefix("column ").map(str::to_owned);
    let mut columns_told: Vec<&str> = Vec::new();
    for left in left_out.iter().take(MAX_LISTED) {
        // Columns that were left out for one reason stand together.
        let same = left_out.iter().filter(|other| other.reason == left.reason);
        let same: Vec<String> = same.filter_map(|left| letters(left)).collect();
        if same.len() > 1 && letters(left).is_some() {
            if !columns_told.contains(&&*left.reason) {
                columns_told.push(&left.reason);
                let words = format!("columns {}: {}", same.join(", "), left.reason);
                item(text, &words, width);
            }
            continue;
        }
        let words = if left.text.is_empty() {
            format!("{}: {}", left.place, left.reason)
        } else {
            let shown = short(&left.text, MAX_SHOWN);
            format!("{}: “{shown}”, {}", left.place, left.reason)
        };
        item(text, &words, width);
    }
    more(text, left_out.len(), "place");
    for message in sheets {
        remark(text, message, width);
    }
}

fn remarks(text: &mut Text, title: &str, messages: &[&Diagnostic], width: usize) {
    if messages.is_empty() {
        return;
    }
    section(text, title);
    for message in messages.iter().take(MAX_LISTED) {
        remark(text, message, width);
    }
    more(text, messages.len(), "remark");
}

fn remark(text: &mut Text, message: &Diagnostic, width: usize) {
    let words = shown(&message.message);
    // Most messages name their cells themselves.
    let place = cell(message)
        .filter(|cell| !names(&words, cell))
        .map_or_else(String::new, |cell| format!("{cell}: "));
    let help = if message.help.is_empty() {
        String::new()
    } else {
        format!(" – {}", shown(&message.help))
    };
    let lead = match message.severity {
        Severity::Error => "! ",
        _ => "",
    };
    item(text, &format!("{lead}{place}{words}{help}"), width);
}

fn cell(message: &Diagnostic) -> Option<&str> {
    match &message.location {
        Location::Cell(cell) => Some(cell),
        _ => None,
    }
}

/// Returns whether a cell such as `A1` stands in a message, and not merely `A12`.
fn names(message: &str, cell: &str) -> bool {
    message
        .split(|c: char| !c.is_ascii_alphanumeric() && c != ' ')
        .flat_map(|part| part.split(' '))
        .any(|word| word == cell)
        || (cell.contains(' ') && message.contains(cell))
}

/// Returns whether the list of what was left out has the place of a message.
fn is_left_out(account: &Account, message: &Diagnostic) -> bool {
    let Some(cell) = cell(message) else {
        return false;
    };
    let letters = cell.trim_end_matches(|c: char| c.is_ascii_digit());
    account.left_out.iter().any(|left| {
        left.place == cell
            || left
                .place
                .strip_prefix(cell)
                .is_some_and(|rest| rest.starts_with(':'))
            || left.place.strip_prefix("column ") == Some(letters)
    })
}

fn section(text: &mut Text, title: &str) {
    text.push("\n\n").styled(style::BOLD, title);
}

/// Adds a line that goes on indented where it is too long.
fn item(text: &mut Text, words: &str, width: usize) {
    for (number, line) in wrap(words, width.saturating_sub(4).max(24))
        .into_iter()
        .enumerate()
    {
        text.push(if number == 0 { "\n  " } else { "\n    " })
            .push(&line);
    }
}

fn more(text: &mut Text, all: usize, one: &str) {
    if all > MAX_LISTED {
        let rest = count(all - MAX_LISTED, one);
        text.push("\n  ")
            .styled(style::DIM, &format!("and {rest} more; --json has all"));
    }
}

/// Returns words cut to a number of columns, with a sign where something is missing.
fn short(words: &str, room: usize) -> String {
    let words = shown(words);
    if columns(&words) <= room {
        return words.into_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in words.chars() {
        used += columns(c.encode_utf8(&mut [0; 4]));
        if used > room {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}
