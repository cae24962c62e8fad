//! How pieces of Markdown are written.

use std::borrow::Cow;

use crate::text::Span;

/// An empty comment: keeps two pieces of Markdown apart that would grow together, and means nothing.
pub const SEPARATOR: &str = "<!-- -->";

/// Returns `text` with blanks, of the same number of bytes, in place of its control characters.
///
/// To Markdown, some of them end a line and some are words; to the reader of a plan, and so to us,
/// they are nothing. A line ends in LF or CRLF.
pub(crate) fn without_controls(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    // Beyond ASCII, the control characters are those of two bytes from 0xC2 0x80 to 0xC2 0x9F.
    let is_control = |at: usize| match bytes[at] {
        b'\n' | b'\t' => false,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        0xc2 => bytes.get(at + 1).is_some_and(|next| *next < 0xa0),
        byte => byte < b' ' || byte == 0x7f,
    };
    // A quick look at whole pieces first: nearly no text has any of these bytes.
    let may_be_control =
        |byte: u8| byte == b'\r' || byte == 0xc2 || byte == 0x7f || byte < b' ' && byte != b'\n';
    let has_none = |piece: &[u8]| !piece.iter().fold(false, |any, b| any | may_be_control(*b));
    if bytes.chunks(64).all(has_none) || !(0..bytes.len()).any(is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if is_control(at) {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Returns a place of [`without_controls`] grown to whole characters of `text` itself.
///
/// A control character of two bytes stands there as two blanks, and the indentation of a block may end between them.
pub(crate) fn whole_characters(text: &str, span: Span) -> Span {
    let (mut start, mut end) = (span.start(), span.end());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while end < text.len() && !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}

/// Returns whether `text`, put behind a list, could be taken for a part of it.
#[must_use]
pub fn needs_separator(text: &str) -> bool {
    let Some(line) = text.lines().next() else {
        return false;
    };
    let line = &*without_controls(line);
    let rest = line.trim_start_matches([' ', '\t']);
    if line.len() - rest.len() >= 2 || line.starts_with('\t') {
        return true;
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (marker, after) = match (digits, rest.as_bytes().get(digits)) {
        (0, Some(b'-' | b'*' | b'+')) | (1..=9, Some(b'.' | b')')) => (true, &rest[digits + 1..]),
        _ => (false, ""),
    };
    marker && (after.is_empty() || after.starts_with([' ', '\t']))
}

/// Returns the lines of `text` without their first `width` columns of blanks, as far as they have them.
///
/// A tab at the start of a line counts as four blanks.
/// Line ends become LF, and blank lines at both ends go.
/// Control characters count as blanks, as everywhere in a plan.
#[must_use]
pub fn dedent(text: &str, width: usize) -> String {
    let text = without_controls(text);
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let rest = line.trim_start_matches([' ', '\t']);
        if rest.is_empty() {
            out.push('\n');
            continue;
        }
        let lead = &line[..line.len() - rest.len()];
        let columns = lead
            .bytes()
            .map(|b| if b == b'\t' { 4 } else { 1 })
            .sum::<usize>();
        if width == 0 {
            out.push_str(line);
        } else if columns <= width {
            out.push_str(rest);
        } else if lead.contains('\t') {
            out.extend(std::iter::repeat_n(' ', columns - width));
            out.push_str(rest);
        } else {
            out.push_str(&line[width..]);
        }
        out.push('\n');
    }
    trim_blank_lines(&out).to_owned()
}

/// Returns the lines of `text` with `width` blanks before each that is not blank.
#[must_use]
pub fn indent(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + width * 4);
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', width));
            out.push_str(line);
        }
    }
    out
}

/// Returns `text` without blank lines at its ends; blanks before its first words stay.
pub(crate) fn trim_blank_lines(text: &str) -> &str {
    let end = text.trim_end_matches([' ', '\t', '\n', '\r']).len();
    let text = &text[..end];
    let words = text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len();
    let start = text[..words].rfind('\n').map_or(0, |at| at + 1);
    &text[start..]
}

/// Returns a value as it stands in front matter: plain where that is safe, else in double quotes.
///
/// Line breaks become blanks, and control characters go.
#[must_use]
pub fn front_matter_value(value: &str) -> String {
    let value = crate::text::one_line(value);
    let is_plain = !value.is_empty()
        && value.starts_with(|c: char| {
            c.is_alphanumeric() || matches!(c, '/' | '.' | '(' | '+' | '€' | '$')
        })
        && !value.contains(": ")
        && !value.ends_with(':')
        && !value.contains(" #")
        && !is_other_scalar(&value);
    if is_plain || value.is_empty() {
        return value;
    }
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for c in value.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// Returns whether other readers of YAML would take the text for something else than text.
fn is_other_scalar(value: &str) -> bool {
    matches!(
        value.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n"
    )
}

/// Returns Markdown of one line as it stands in a table's cell: with its pipes escaped.
#[must_use]
pub fn escape_cell(markdown: &str) -> Cow<'_, str> {
    if markdown.contains('|') {
        Cow::Owned(markdown.replace('|', "\\|"))
    } else {
        Cow::Borrowed(markdown)
    }
}

/// Returns a table of `rows` under `header`, its columns padded to one width.
///
/// Columns named in `right` are aligned to the right.
/// Cells are Markdown of one line, with their pipes escaped; the last line has no line end.
#[must_use]
pub fn table(header: &[&str], right: &[bool], rows: &[Vec<String>]) -> String {
    let mut out = String::new();
    add_table(&mut out, header, right, rows);
    out
}

/// Adds the table to a text that ends in a line end or is empty.
pub(crate) fn add_table<R: AsRef<[C]>, C: AsRef<str>>(
    out: &mut String,
    header: &[&str],
    right: &[bool],
    rows: &[R],
) {
    let mut widths: Vec<usize> = header.iter().map(|cell| width_of(cell).max(3)).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row.as_ref()) {
            *width = (*width).max(width_of(cell.as_ref()));
        }
    }
    let line = |out: &mut String, cells: &mut dyn Iterator<Item = &str>| {
        for ((cell, width), right) in cells.zip(&widths).zip(right) {
            let pad = width - width_of(cell);
            out.push_str("| ");
            if *right {
                fill(out, ' ', pad);
                out.push_str(cell);
            } else {
                out.push_str(cell);
                fill(out, ' ', pad);
            }
            out.push(' ');
        }
        out.push_str("|\n");
    };
    line(out, &mut header.iter().copied());
    for (width, right) in widths.iter().zip(right) {
        out.push_str("| ");
        fill(out, '-', width - usize::from(*right));
        out.push_str(if *right { ": " } else { " " });
    }
    out.push_str("|\n");
    for row in rows {
        line(out, &mut row.as_ref().iter().map(AsRef::as_ref));
    }
    out.pop();
}

/// Returns how many columns a cell is counted for.
fn width_of(cell: &str) -> usize {
    if cell.is_ascii() {
        cell.len()
    } else {
        cell.chars().count()
    }
}

fn fill(out: &mut String, sign: char, count: usize) {
    out.extend(std::iter::repeat_n(sign, count));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dedent_takes_no_more_than_there_is() {
        assert_eq!(dedent("\n  a\n    b\n c\n\n", 2), "a\n  b\nc");
        assert_eq!(dedent("\tcode\r\n", 2), "  code");
    }

    #[test]
    fn a_table_is_padded() {
        let rows = [vec!["2026-10-09".to_owned(), "7%".to_owned()]];
        let expected = "| Date       | Value |\n| ---------- | ----: |\n| 2026-10-09 |    7% |";
        assert_eq!(table(&["Date", "Value"], &[false, true], &rows), expected);
    }

    #[test]
    fn front_matter_values_are_quoted_where_needed() {
        for (value, written) in [
            ("Accounts Team", "Accounts Team"),
            ("2026-Q4", "2026-Q4"),
            ("a: b", "\"a: b\""),
            ("#1 \"team\"", "\"#1 \\\"team\\\"\""),
            ("no", "\"no\""),
            ("- x", "\"- x\""),
            ("", ""),
        ] {
            assert_eq!(front_matter_value(value), written);
        }
    }

    #[test]
    fn lists_and_indented_text_would_grow_into_a_list() {
        for text in ["- a", "* a", "1. a", "2) a", "  a", "\ta", "-"] {
            assert!(needs_separator(text), "{text:?}");
        }
        for text in ["a", " a", "-5%", "2026-10-01", "**a**", ""] {
            assert!(!needs_separator(text), "{text:?}");
        }
    }
}
