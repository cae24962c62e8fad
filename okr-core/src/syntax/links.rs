//! Where links of a Markdown text lead.

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::MARKDOWN;
use crate::text::Span;

/// Returns the places of what links and images lead to, from `start` on and by their places: of those that stand in
/// parentheses behind their words, and of definitions such as `[page]: page.md`. What stands in angle brackets is
/// without them.
pub(crate) fn destinations(text: &str, start: usize) -> Vec<Span> {
    let body = &text[start..];
    let parser = Parser::new_ext(body, MARKDOWN);
    let mut found: Vec<Span> = parser
        .reference_definitions()
        .iter()
        .filter_map(|(_, definition)| {
            let at = &definition.span;
            let colon = body.get(at.clone())?.find("]:")?;
            destination(body, at.start + colon + 2, at.end)
        })
        .collect();
    // Of each link that is open: whether it has its destination behind its words, and how far these reach.
    let mut open: Vec<(bool, usize)> = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                open.push((link_type == LinkType::Inline, range.start));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some((is_inline, words_end)) = open.pop() else {
                    continue;
                };
                if let Some((_, outer)) = open.last_mut() {
                    *outer = range.end;
                }
                let rest = body.get(words_end..range.end).filter(|_| is_inline);
                let opening = rest.and_then(|rest| rest.find("]("));
                found.extend(opening.and_then(|at| {
                    // The parenthesis that closes the link is no part of it.
                    destination(body, words_end + at + 2, range.end - 1)
                }));
            }
            _ => {
                if let Some((_, words_end)) = open.last_mut() {
                    *words_end = range.end;
                }
            }
        }
    }
    found.sort_by_key(|span| span.start());
    let place = |span: Span| Span::new(span.start() + start, span.end() + start);
    found.into_iter().map(place).collect()
}

/// Returns the place of a destination that begins behind blanks at `from`, and ends before `end` or a title.
fn destination(text: &str, from: usize, end: usize) -> Option<Span> {
    let rest = text.get(from..end)?;
    let from = end - rest.trim_start().len();
    let rest = rest.trim_start();
    if let Some(inside) = rest.strip_prefix('<') {
        return Some(Span::new(from + 1, from + 1 + inside.find('>')?));
    }
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    (length > 0).then(|| Span::new(from, from + length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = destinations(text, 0);
        let found: Vec<&str> = found.iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn each_way_to_write_a_link_is_found() {
        check(
            "See [it](a.md) and [that](b.md#x \"Title\").",
            &["a.md", "b.md#x"],
        );
        check("![chart](<my chart.png>)", &["my chart.png"]);
        check("[![badge](b.svg)](a.md)", &["b.svg", "a.md"]);
        check("[a\\](b](c.md)", &["c.md"]);
        check("[f(x)](f(x).md)", &["f(x).md"]);
        check("- Supports: [Cash](\n  company.md)", &["company.md"]);
        check("See [page].\n\n[page]: p.md 'Title'\n", &["p.md"]);
        check(
            "| [a](a.md) | [b](b.md) |\n| --- | --- |\n",
            &["a.md", "b.md"],
        );
    }

    #[test]
    fn what_is_no_link_is_left_alone() {
        check("`[a](a.md)` and \\[b](b.md)", &[]);
        check("[]()", &[]);
        check("```\n[a](a.md)\n```\n", &[]);
    }

    proptest! {
        #[test]
        fn places_lie_in_the_text_one_behind_the_other(text in "[\\[\\]()<>!`a: \n#ö\\\\-]{0,40}") {
            let mut end = 0;
            for span in destinations(&text, 0) {
                prop_assert!(end <= span.start() && text.get(span.start()..span.end()).is_some());
                end = span.end();
            }
        }
    }
}
