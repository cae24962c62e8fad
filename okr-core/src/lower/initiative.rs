//! Items with a check box.

use jiff::civil::Date;

use super::prose::nested_width;
use crate::locations::InitiativePlace;
use crate::model::{Initiative, parse_date};
use crate::syntax::{Document, Item, Line, Task, dedent};
use crate::text::Span;

pub(super) fn lower(
    document: &Document,
    item: &Item,
    line: &Line,
    task: Task,
) -> (Initiative, InitiativePlace) {
    let trailer = line
        .trailer
        .as_ref()
        .and_then(|trailer| Some((trailer, parse_trailer(&trailer.text)?)));
    let mut initiative = Initiative {
        done: task.done,
        ..Initiative::default()
    };
    let mut place = InitiativePlace {
        item: item.span,
        task: task.span,
        title: line.span,
        trailer: None,
    };
    match trailer {
        Some((trailer, (owner, due))) => {
            initiative.title = trailer.before.clone();
            initiative.owner = owner;
            initiative.due = due;
            place.trailer = Some(trailer.span);
            let title = Span::new(line.span.start(), trailer.span.start());
            let kept = title
                .of(document.text())
                .trim_end_matches([' ', '\t', '\n', '\r'])
                .len();
            place.title = Span::new(title.start(), title.start() + kept);
        }
        None => initiative.title = line.inline.clone(),
    }
    if let Some(rest) = item.rest {
        let lines = document.whole_lines(rest);
        // A block that begins on the line of the check box cannot be told from it by whole lines.
        let start = lines
            .start()
            .max(document.whole_lines(line.span).end().min(rest.start()));
        let nested = Span::new(start, item.span.end()).of(document.text());
        let width = nested_width(
            nested,
            super::indentation(document.text(), task.span.start()),
        );
        initiative.text = dedent(nested, width);
    }
    (initiative, place)
}

/// Reads the parenthesis behind an initiative: `@kim`, `due 2026-11-15`, or both, parted by commas.
///
/// Returns nothing when it holds anything else, so that it is a part of the title.
pub(crate) fn parse_trailer(text: &str) -> Option<(Option<String>, Option<Date>)> {
    let mut owners = Vec::new();
    let mut due = None;
    for part in text.split(',').map(str::trim) {
        if let Some(owner) = part.strip_prefix('@') {
            let owner = owner.trim();
            if owner.is_empty() {
                return None;
            }
            owners.push(owner);
        } else {
            let date = part.strip_prefix("due ")?.trim();
            if due.replace(parse_date(date)?).is_some() {
                return None;
            }
        }
    }
    Some(((!owners.is_empty()).then(|| owners.join(", ")), due))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailer_holds_owners_and_a_date() {
        let read =
            |text| parse_trailer(text).map(|(owner, due)| (owner, due.map(|due| due.to_string())));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            read("@kim, due 2026-11-15"),
            Some((some("kim"), some("2026-11-15")))
        );
        assert_eq!(
            read("@Dana Reyes, @kim"),
            Some((some("Dana Reyes, kim"), None))
        );
        assert_eq!(read("due 2026-11-15"), Some((None, some("2026-11-15"))));
        for text in [
            "",
            "twice",
            "@",
            "due soon",
            "due 2026-11-15, due 2026-11-16",
            "@kim and others, soon",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
