//! Where a link leads, seen from the plan in which it stands.

use percent_encoding::percent_decode_str;

use crate::model::Link;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// Out of the workspace, or to something that is no plan.
    Elsewhere,
    /// To a plan, by its path from the root of the workspace, and perhaps to an anchor in it.
    Plan {
        path: String,
        anchor: Option<String>,
    },
    /// Nowhere: it is words, in the form in which they are compared.
    Words(String),
}

/// Returns where a link leads that stands in the plan at the path `from`.
pub(crate) fn lead(link: &Link, from: &str) -> Lead {
    let target = link.target.trim();
    if target.is_empty() {
        return Lead::Words(key(&link.text));
    }
    file(target, from)
}

/// Returns where a target leads that stands in the plan at the path `from`.
pub(super) fn file(target: &str, from: &str) -> Lead {
    let Some((path, anchor)) = place(target, from) else {
        return Lead::Elsewhere;
    };
    let is_plan = std::path::Path::new(&path)
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("md") || it.eq_ignore_ascii_case("markdown"));
    if is_plan {
        Lead::Plan { path, anchor }
    } else {
        Lead::Elsewhere
    }
}

/// Returns the path from the root of the workspace, and the anchor, to which a target leads that stands in the plan at
/// the path `from`; nothing where it leads out by a scheme or a host.
pub(crate) fn place(target: &str, from: &str) -> Option<(String, Option<String>)> {
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (target, None),
    };
    if has_scheme(path) || path.starts_with("//") {
        return None;
    }
    let anchor = anchor.filter(|anchor| !anchor.is_empty()).map(decoded);
    let path = decoded(path);
    let path = if path.is_empty() {
        from.to_owned()
    } else {
        joined(from, &path)
    };
    Some((path, anchor))
}

/// Returns words in the form in which titles are compared: in small letters, with one blank between two of them.
pub(crate) fn key(words: &str) -> String {
    words
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns whether a target begins with a scheme such as `https:`.
fn has_scheme(target: &str) -> bool {
    let Some((scheme, _)) = target.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Returns a path from the root of the workspace; one that begins with `/` begins there, as on code hosts, and one
/// that leads out of the workspace keeps the `..` that lead out.
fn joined(from: &str, path: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(target: &str, expected: &str) {
        let link = Link {
            text: "Grow  Sales".to_owned(),
            target: target.to_owned(),
        };
        let actual = match lead(&link, "teams/ar/plan.md") {
            Lead::Elsewhere => "elsewhere".to_owned(),
            Lead::Words(words) => format!("words {words}"),
            Lead::Plan { path, anchor } => match anchor {
                Some(anchor) => format!("{path} at {anchor}"),
                None => path,
            },
        };
        assert_eq!(actual, expected, "{target}");
    }

    #[test]
    fn a_link_is_seen_from_the_folder_of_its_plan() {
        for (target, expected) in [
            ("", "words grow sales"),
            ("#objective-1-a", "teams/ar/plan.md at objective-1-a"),
            ("cash.md", "teams/ar/cash.md"),
            ("./cash.md#", "teams/ar/cash.md"),
            ("../../company.md#grow", "company.md at grow"),
            ("/company.md#grow", "company.md at grow"),
            ("../../../out.md", "../out.md"),
            (
                "month%20end.md#ziel-f%C3%BCr-1",
                "teams/ar/month end.md at ziel-für-1",
            ),
            ("COMPANY.MD#x", "teams/ar/COMPANY.MD at x"),
            ("https://example.com/company.md#grow", "elsewhere"),
            ("//example.com/company.md", "elsewhere"),
            ("mailto:ada@example.com", "elsewhere"),
            ("dashboard.xlsx", "elsewhere"),
        ] {
            check(target, expected);
        }
    }
}
