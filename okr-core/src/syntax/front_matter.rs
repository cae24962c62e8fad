//! The front matter: a flat subset of YAML.

use std::collections::HashSet;

use crate::text::Span;

/// The block between two lines of `---` at the very start of a file: lines of `key: value`.
///
/// It is a flat subset of YAML: plain, single-quoted and double-quoted values on one line, lists of such values on
/// one line or below their key, comments and blank lines. Whatever else YAML allows is reported and left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// All of it, both lines of `---` and the line end after the second included.
    pub span: Span,
    /// The place where a line can be added: the start of the closing `---`.
    pub end: usize,
    /// The entries, in the order of the text.
    pub entries: Vec<Entry>,
    /// Lines that are no entries, with what is wrong with them.
    pub problems: Vec<FrontMatterProblem>,
}

/// One line of front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key, as written.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value, without quotes, escapes and control characters; those of a list with a comma and a blank between
    /// two of them.
    pub value: String,
    /// Where the value stands, quotes and brackets included; empty where there is none. A list below its key begins
    /// right behind the colon.
    pub value_span: Span,
    /// The whole line, its line end included; for a list below its key, all its lines.
    pub line_span: Span,
}

/// A line that is outside the subset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatterProblem {
    /// Where.
    pub span: Span,
    /// What is wrong, as a phrase.
    pub message: &'static str,
    /// What to do instead.
    pub help: &'static str,
}

impl FrontMatter {
    /// Reads the front matter of `text`, which may begin with a byte-order mark.
    ///
    /// Returns nothing when the text does not begin with a line of `---`, or when no second one follows.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mark = text
            .strip_prefix('\u{feff}')
            .map_or(0, |rest| text.len() - rest.len());
        let mut lines = Lines { text, at: mark };
        let (_, opening) = lines.next()?;
        if opening.trim_end() != "---" {
            return None;
        }
        let mut entries: Vec<Entry> = Vec::new();
        let mut problems = Vec::new();
        let mut seen = HashSet::new();
        // Whether the entry that came last has no value on its line, so that a list may stand below it.
        let mut is_open = false;
        while let Some((start, line)) = lines.next() {
            let content = line.trim_end();
            if content == "---" || content == "..." {
                return Some(Self {
                    span: Span::new(mark, start + line.len()),
                    end: start,
                    entries,
                    problems,
                });
            }
            let trimmed = content.trim_start();
            if trimmed.is_empty() || trimmed.starts_with('#') {
                continue;
            }
            if is_open
                && let Some(entry) = entries.last_mut()
                && let Some(item) = read_list_item(trimmed)
            {
                entry.append(&item, Span::new(start + content.len(), start + line.len()));
                continue;
            }
            is_open = false;
            let content_span =
                |part: &str| Span::new(start + content.len() - part.len(), start + content.len());
            match read_entry(start, line, content) {
                Ok(entry) if !seen.insert(normal_key(&entry.key)) => {
                    problems.push(FrontMatterProblem {
                        span: entry.key_span,
                        message: "key stands here a second time",
                        help: "keep one of the two lines; the first one counts",
                    });
                }
                Ok(entry) => {
                    is_open = entry.value_span.is_empty();
                    entries.push(entry);
                }
                Err((part, message, help)) => {
                    problems.push(FrontMatterProblem {
                        span: content_span(part),
                        message,
                        help,
                    });
                }
            }
        }
        None
    }

    /// Returns the entry of that key, in upper or lower case.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.key.eq_ignore_ascii_case(key))
    }
}

impl Entry {
    /// Adds an item of the list below the key; `end` is the line end behind it.
    fn append(&mut self, item: &str, end: Span) {
        if !self.value.is_empty() {
            self.value.push_str(", ");
        }
        self.value.push_str(item);
        self.value_span = Span::new(self.value_span.start(), end.start());
        self.line_span = Span::new(self.line_span.start(), end.end());
    }
}

/// Returns a key as it is for all its spellings: without capitals, blanks and underscores.
fn normal_key(key: &str) -> String {
    key.to_lowercase().replace([' ', '_'], "-")
}

/// Lines with their offsets, line ends included.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lines<'t> {
    fn next(&mut self) -> Option<(usize, &'t str)> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let start = self.at;
        self.at += length;
        Some((start, &rest[..length]))
    }
}

/// What is wrong with a value, and what to do.
type Refusal = (&'static str, &'static str);

/// Reads one line; an error begins with the part of the line, up to its end, that is wrong.
fn read_entry<'l>(
    start: usize,
    line: &str,
    content: &'l str,
) -> Result<Entry, (&'l str, &'static str, &'static str)> {
    let trimmed = content.trim_start();
    if content.starts_with([' ', '\t']) {
        return Err((
            trimmed,
            "line is indented",
            "write each entry as `key: value` at the start of its line",
        ));
    }
    let colon = content
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|at| content[at + 1..].is_empty() || content[at + 1..].starts_with([' ', '\t']))
        .ok_or((
            trimmed,
            "line is no entry",
            "write it as `key: value`, or put `#` before it to make it a comment",
        ))?;
    let key = content[..colon].trim_end();
    if key.is_empty()
        || key.starts_with([
            '-', '"', '\'', '[', '{', '?', '&', '*', '!', '|', '>', '%', '@', '`',
        ])
    {
        return Err((trimmed, "line is no entry", "write it as `key: value`"));
    }
    let raw = content[colon + 1..].trim_start();
    let value_start = start + content.len() - raw.len();
    let (value, length) = read_value(raw).map_err(|(message, help)| (raw, message, help))?;
    let value = crate::text::one_line(&value);
    Ok(Entry {
        key: key.to_owned(),
        key_span: Span::new(start, start + key.len()),
        value,
        value_span: Span::new(value_start, value_start + length),
        line_span: Span::new(start, start + line.len()),
    })
}

/// Reads a line `- value` of a list, without blanks before it; nothing for any other line and for a list of lists.
fn read_list_item(line: &str) -> Option<String> {
    let rest = line.strip_prefix('-')?;
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    list_value(rest.trim_start())
}

/// Reads a value that may stand in a list: no list itself, and without a comma, which parts those of a list.
fn list_value(raw: &str) -> Option<String> {
    let (value, _) = if raw.starts_with(['[', '-']) {
        return None;
    } else {
        read_value(raw).ok()?
    };
    let value = crate::text::one_line(&value);
    (!value.contains(',')).then_some(value)
}

/// Reads a list in brackets, `[a, "b"]`, and returns its values and the number of bytes that it takes.
fn read_list(raw: &str) -> Option<(String, usize)> {
    let close = raw.find(']')?;
    let rest = &raw[close + 1..];
    let is_comment = rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#');
    if !rest.trim_ascii().is_empty() && !is_comment {
        return None;
    }
    let inside = raw.get(1..close)?.trim();
    let mut values = Vec::new();
    for piece in inside.split(',').map(str::trim) {
        // What would be cut off as a comment goes beyond the line in YAML.
        if piece.contains('#') && !piece.starts_with(['"', '\'']) {
            return None;
        }
        values.push(list_value(piece)?);
    }
    values.retain(|value| !value.is_empty());
    Some((values.join(", "), close + 1))
}

/// Returns the value and the number of bytes that it takes, its quotes included.
fn read_value(raw: &str) -> Result<(String, usize), Refusal> {
    let only_comment = |rest: &str| {
        rest.trim_ascii().is_empty()
            || rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#')
    };
    if let Some(list) = raw.starts_with('[').then(|| read_list(raw)).flatten() {
        return Ok(list);
    }
    match raw.as_bytes().first() {
        None | Some(b'#') => Ok((String::new(), 0)),
        Some(b'"') => {
            let mut value = String::new();
            let mut chars = raw.char_indices().skip(1);
            while let Some((at, c)) = chars.next() {
                match c {
                    '"' if only_comment(&raw[at + 1..]) => return Ok((value, at + 1)),
                    '"' => break,
                    '\\' => match chars.next() {
                        Some((_, escaped @ ('"' | '\\' | '/'))) => value.push(escaped),
                        Some((_, 'n' | 't')) => value.push(' '),
                        _ => {
                            return Err((
                                "value has an escape that is not understood",
                                "use `\\\"` and `\\\\` only",
                            ));
                        }
                    },
                    c => value.push(c),
                }
            }
            Err((
                "value does not end where its quotes do",
                "close the quotes at the end of the line",
            ))
        }
        Some(b'\'') => {
            let mut value = String::new();
            let mut chars = raw.char_indices().skip(1).peekable();
            while let Some((at, c)) = chars.next() {
                match (c, chars.peek()) {
                    ('\'', Some((_, '\''))) => {
                        value.push('\'');
                        chars.next();
                    }
                    ('\'', _) if only_comment(&raw[at + 1..]) => return Ok((value, at + 1)),
                    ('\'', _) => break,
                    (c, _) => value.push(c),
                }
            }
            Err((
                "value does not end where its quotes do",
                "close the quotes at the end of the line",
            ))
        }
        Some(b'[' | b'{' | b'|' | b'>' | b'&' | b'*' | b'!' | b'%' | b'@' | b'`') => Err((
            "value begins with a sign that has a meaning of its own in YAML",
            "put the value in double quotes",
        )),
        Some(_) => {
            let end = raw
                .match_indices('#')
                .map(|(at, _)| at)
                .find(|at| raw[..*at].ends_with([' ', '\t']));
            let value = raw[..end.unwrap_or(raw.len())].trim_end();
            let is_mapping = value.contains(": ") || value.ends_with(':');
            if is_mapping {
                return Err((
                    "value holds a colon followed by a blank",
                    "put the value in double quotes",
                ));
            }
            Ok((value.to_owned(), value.len()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(String, String)> {
        let front_matter = FrontMatter::read(text).unwrap();
        for entry in &front_matter.entries {
            assert_eq!(entry.key_span.of(text), entry.key);
        }
        front_matter
            .entries
            .into_iter()
            .map(|entry| (entry.key, entry.value))
            .collect()
    }

    #[test]
    fn values_may_be_plain_or_quoted() {
        let text = "---\nplan: Accounts Team # main\nteam: \"A \\\"B\\\": c\"\nowner: 'O''Neil'\ncadence:\n---\n# x";
        let expected = [
            ("plan", "Accounts Team"),
            ("team", "A \"B\": c"),
            ("owner", "O'Neil"),
            ("cadence", ""),
        ];
        assert_eq!(
            entries(text),
            expected.map(|(key, value)| (key.to_owned(), value.to_owned()))
        );
    }

    #[test]
    fn a_list_is_its_values_with_commas() {
        let text = "---\na: [cash, \"two words\", ] # main\nb:\n  - x\n\n  - 'y'\nc:\r\n- z\r\nd: e\n---\n";
        let expected = [
            ("a", "cash, two words"),
            ("b", "x, y"),
            ("c", "z"),
            ("d", "e"),
        ];
        assert_eq!(
            entries(text),
            expected.map(|(key, value)| (key.to_owned(), value.to_owned()))
        );
        let front_matter = FrontMatter::read(text).unwrap();
        let values = front_matter
            .entries
            .iter()
            .map(|entry| entry.value_span.of(text));
        let expected = [
            "[cash, \"two words\", ]",
            "\n  - x\n\n  - 'y'",
            "\r\n- z",
            "e",
        ];
        assert_eq!(values.collect::<Vec<_>>(), expected);
        assert_eq!(front_matter.problems, []);
    }

    #[test]
    fn lists_of_anything_else_are_reported() {
        for text in [
            "a: [b, {c: d}]",
            "a: [\"b, c\"]",
            "a: [b",
            "a:\n- [b]",
            "a: b\n- c",
            "a:\n- b: c",
        ] {
            let text = format!("---\n{text}\n---\n");
            assert!(
                !FrontMatter::read(&text).unwrap().problems.is_empty(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_byte_order_mark_and_crlf_do_no_harm() {
        let text = "\u{feff}---\r\nplan: A\r\n---\r\nrest";
        assert_eq!(entries(text), [("plan".to_owned(), "A".to_owned())]);
        let front_matter = FrontMatter::read(text).unwrap();
        assert_eq!(&text[front_matter.span.end()..], "rest");
        assert_eq!(front_matter.entries[0].value_span.of(text), "A");
    }

    #[test]
    fn what_is_outside_the_subset_is_reported_with_its_place() {
        let text = "---\nplan: A\n  nested: x\nlist: [a, [b]]\nno entry\nplan: B\nwhy: a: b\n---\n";
        let problems = FrontMatter::read(text).unwrap().problems;
        let places: Vec<_> = problems
            .iter()
            .map(|problem| problem.span.of(text))
            .collect();
        assert_eq!(
            places,
            ["nested: x", "[a, [b]]", "no entry", "plan", "a: b"]
        );
    }

    #[test]
    fn only_a_block_at_the_start_that_ends_is_front_matter() {
        assert_eq!(FrontMatter::read("\n---\nplan: A\n---\n"), None);
        assert_eq!(FrontMatter::read("---\nplan: A\n"), None);
        assert_eq!(FrontMatter::read(""), None);
    }
}
