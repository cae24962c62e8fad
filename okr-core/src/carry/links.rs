//! Relative links of a plan that goes on in another folder.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::Parsed;
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

/// Returns where a link leads from another folder, from which `folder` is the way to the old one.
fn destination<'d>(folder: &str, old: &'d str) -> Cow<'d, str> {
    let end = old.find(['#', '?']).unwrap_or(old.len());
    let (path, rest) = old.split_at(end);
    let has_scheme = path
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.contains('/'));
    if path.is_empty() || path.starts_with(['/', '\\']) || has_scheme {
        return Cow::Borrowed(old);
    }
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    let folders = folder.split('/').map(escaped);
    for part in folders.chain(path.split('/').map(Cow::Borrowed)) {
        let is_below = parts.last().is_some_and(|last| last != "..");
        match &*part {
            "" | "." => {}
            ".." if is_below => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    let end = if path.ends_with('/') { "/" } else { "" };
    match parts.join("/") {
        path if path.is_empty() => Cow::Owned(format!("./{rest}")),
        path => Cow::Owned(format!("{path}{end}{rest}")),
    }
}

/// Returns the name of a folder as it may stand in a destination, where blanks and parentheses would end it.
fn escaped(name: &str) -> Cow<'_, str> {
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
    fn what_is_not_relative_stays() {
        for link in ["#here", "/wiki", "https://a.b/c", "mailto:kim@a.b", "C:\\a"] {
            check("../", link, link);
        }
    }
}
