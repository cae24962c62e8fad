//! Relative links, and files of sources, of a plan that goes on in another folder.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use crate::Parsed;
use crate::headings::headings;
use crate::model::{ElementId, Inline, Period, Plan, date_in_words};
use crate::source;
use crate::syntax::destinations;
use crate::text::TextEdit;

/// Returns a plan whose relative links lead to the same files from another folder; nothing where no link has to change.
///
/// `origin` is the way from that folder to the plan, with `/` between folders.
pub(super) fn moved(parsed: &Parsed, origin: &str) -> Option<Parsed> {
    let folder = &origin[..=origin.rfind('/')?];
    let document = &parsed.document;
    let text = document.text();
    let mut edit = TextEdit::none();
    for span in destinations(text, document.body_start()) {
        let old = span.of(text);
        let new = destination(folder, old);
        if new != old {
            edit.push(span, new);
        }
    }
    (!edit.is_empty()).then(|| crate::parse(edit.apply(text)))
}

/// Returns the source of a key result with the files that okr reads as they are called from another folder; nothing
/// where none has to change, or the new name could not stand there.
///
/// `origin` is as for [`moved`].
pub(super) fn moved_source(old: &Inline, origin: &str) -> Option<Inline> {
    let folder = &origin[..=origin.rfind('/')?];
    let text = old.plain();
    let new = source::with_files(&text, |file| {
        if is_relative(file) {
            joined(folder.split('/').map(Cow::Borrowed), file).join("/")
        } else {
            file.to_owned()
        }
    })?;
    (*new != *text).then(|| Inline::from_plain(&new))
}

/// Returns a new plan whose links within itself lead to what became of the objectives and key results that they led to
/// in the old one; to what was not carried over they lead in the old plan. Where its text says from when to when the old
/// period is, `1 October 2026 to 31 December 2026`, it says the new one.
///
/// `became` says which element of the new plan each one of the old plan is. Links to other headings stay as they are,
/// since those go on as they are.
pub(super) fn led_on(
    plan: Plan,
    old: &Parsed,
    became: &HashMap<ElementId, ElementId>,
    origin: &str,
) -> Plan {
    let printed = crate::print(&plan);
    let days = |period: Period| {
        let (start, end) = (date_in_words(period.start()), date_in_words(period.end()));
        format!("{start} to {end}")
    };
    let (before, after) = (old.plan.period.map(days), plan.period.map(days));
    let dated = match before.zip(after) {
        Some((before, after)) => printed.replace(&before, &after),
        None => printed.clone(),
    };
    let is_dated = dated != printed;
    let new = crate::parse(dated);
    let plan = if is_dated { new.plan.clone() } else { plan };
    let text = new.document.text();
    let places: Vec<_> = destinations(text, new.document.body_start())
        .into_iter()
        .filter(|span| span.of(text).starts_with('#'))
        .collect();
    if places.is_empty() {
        return plan;
    }
    let anchors: HashMap<ElementId, String> = headings(&new)
        .into_iter()
        .map(|heading| (heading.element, heading.anchor))
        .collect();
    let leads: HashMap<String, String> = headings(old)
        .into_iter()
        .map(|heading| {
            let to = became
                .get(&heading.element)
                .and_then(|new| anchors.get(new));
            let to = to.map_or_else(
                || format!("{}#{}", origin_as_link(origin), heading.anchor),
                |anchor| format!("#{anchor}"),
            );
            (format!("#{}", heading.anchor), to)
        })
        .collect();
    let mut edit = TextEdit::none();
    for span in places {
        if let Some(to) = leads.get(span.of(text)) {
            edit.push(span, to.clone());
        }
    }
    if edit.is_empty() {
        return plan;
    }
    crate::parse(edit.apply(text)).plan
}

/// Returns the way to a plan as it may stand in a destination.
fn origin_as_link(origin: &str) -> String {
    let parts: Vec<Cow<'_, str>> = origin.split('/').map(escaped).collect();
    parts.join("/")
}

/// Returns where a link leads from another folder, from which `folder` is the way to the old one.
fn destination<'d>(folder: &str, old: &'d str) -> Cow<'d, str> {
    let end = old.find(['#', '?']).unwrap_or(old.len());
    let (path, rest) = old.split_at(end);
    if !is_relative(path) {
        return Cow::Borrowed(old);
    }
    let end = if path.ends_with('/') { "/" } else { "" };
    match joined(folder.split('/').map(escaped), path).join("/") {
        path if path.is_empty() => Cow::Owned(format!("./{rest}")),
        path => Cow::Owned(format!("{path}{end}{rest}")),
    }
}

/// Returns whether a path counts from the folder where it is written; `C:` is a scheme here as `https:` is.
fn is_relative(path: &str) -> bool {
    let has_scheme = path
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.contains('/'));
    !(path.is_empty() || path.starts_with(['/', '\\']) || has_scheme)
}

/// Returns the parts of a path that counts from a folder, without detours.
fn joined<'p>(folder: impl Iterator<Item = Cow<'p, str>>, path: &'p str) -> Vec<Cow<'p, str>> {
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    for part in folder.chain(path.split('/').map(Cow::Borrowed)) {
        let is_below = parts.last().is_some_and(|last| last != "..");
        match &*part {
            "" | "." => {}
            ".." if is_below => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts
}

/// Returns the name of a folder as it may stand in a destination, where blanks and parentheses would end it.
pub(super) fn escaped(name: &str) -> Cow<'_, str> {
    let is_special = |c: char| matches!(c, ' ' | '(' | ')' | '<' | '>' | '#' | '?' | '%' | '\\');
    if !name.contains(is_special) {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len() + 8);
    for c in name.chars() {
        if is_special(c) {
            // Writing to a string does not fail.
            let _ = write!(out, "%{:02X}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(folder: &str, old: &str, expected: &str) {
        assert_eq!(destination(folder, old), expected, "{folder} {old}");
    }

    #[test]
    fn a_link_leads_to_the_same_file() {
        check("../", "company.md#x", "../company.md#x");
        check("../q4/", "../company.md", "../company.md");
        check("plans/q4/", "../../wiki/", "wiki/");
        check("plans/", "..", "./");
        check("../my plans/", "a.md", "../my%20plans/a.md");
        check("../q4/", "./a.md?x=1", "../q4/a.md?x=1");
    }

    #[test]
    fn the_files_of_a_source_are_called_from_the_new_folder() {
        let moved = |old: &str| {
            let new = moved_source(&Inline::from_plain(old), "../q 3/plan.md")?;
            Some(new.plain().into_owned())
        };
        for (old, expected) in [
            ("ageing.csv, cell B7", "../q 3/ageing.csv, cell B7"),
            (
                "../exports/a.csv, sum of a.csv where b = \"x, y\"",
                "../exports/a.csv, sum of a.csv where b = \"x, y\"",
            ),
            (
                "measure dso from ar.csv, payments in/paid.csv, currency EUR",
                "measure dso from ../q 3/ar.csv, payments ../q 3/in/paid.csv, currency EUR",
            ),
            (
                "\"a, b.csv\", sheet S, count",
                "\"../q 3/a, b.csv\", sheet S, count",
            ),
        ] {
            let new = moved(old).unwrap_or_else(|| old.to_owned());
            assert_eq!(new, expected);
        }
        for old in [
            "/exports/a.csv, cell B7",
            "C:\\a.csv, cell B7",
            "command ageing",
            "ageing.csv, on Mondays",
        ] {
            assert_eq!(moved(old), None, "{old}");
        }
    }

    #[test]
    fn what_is_not_relative_stays() {
        for link in ["#here", "/wiki", "https://a.b/c", "mailto:kim@a.b", "C:\\a"] {
            check("../", link, link);
        }
    }
}
