//! Text of plans in Markdown as GitHub and others read it, beside what okr writes of its own.

use std::borrow::Cow;
use std::fmt::Write as _;

use okr_core::model::Inline;
use okr_core::syntax::escape_cell;

use crate::words::is_harmful;

/// Returns text of a plan so that it is shown as it stands: what is Markdown in it is escaped. A bare address becomes a
/// link to what it says.
#[must_use]
pub fn text(text: &str) -> String {
    let text = text.replace(is_harmful, " ");
    let inline = Inline::from_plain(text.trim());
    let mut out = String::with_capacity(text.len() + 8);
    let mut previous = '\0';
    for c in inline.as_markdown().chars() {
        // GitHub strikes out words between single tildes too.
        if c == '~' && previous != '\\' {
            out.push('\\');
        }
        out.push(c);
        previous = c;
    }
    out
}

/// Returns text of a plan as [`text`], to stand in a cell of a table.
pub(crate) fn cell(words: &str) -> String {
    let markdown = text(&words.replace('\n', " "));
    escape_cell(&markdown).into_owned()
}

/// Returns a way to a file, with `/` between folders, as the destination of a link.
pub(crate) fn destination(path: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./~".contains(c);
    if path.chars().all(is_plain) {
        return Cow::Borrowed(path);
    }
    let mut out = String::with_capacity(path.len() + 8);
    let mut bytes = [0; 4];
    for c in path.chars() {
        if is_plain(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut bytes).bytes() {
                // Writing to a string does not fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_markdown_in_a_text_is_shown() {
        assert_eq!(text("a *b* ~c~ <d>"), r"a \*b\* \~c\~ \<d>");
        assert_eq!(text("left\u{202e}right"), "left right");
        assert_eq!(cell("a | b\nc"), r"a \| b c");
    }

    #[test]
    fn a_destination_ends_where_it_should() {
        assert_eq!(destination("a/b.md"), "a/b.md");
        assert_eq!(destination("a b/(c)#1.md"), "a%20b/%28c%29%231.md");
    }
}
