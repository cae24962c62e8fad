//! What files of a site are called.

use std::collections::HashSet;
use std::path::Path;

/// The most characters of a name; longer ones are of no use, and some systems refuse them.
const LONGEST: usize = 80;

/// Returns a name in small letters, digits, hyphens and single dots, which every system can store and every address
/// can hold as it stands; never an empty one.
pub(super) fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        let is_dot = c == '.' && !out.is_empty() && !out.ends_with(['.', '-']);
        if c.is_alphanumeric() || is_dot {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.chars().count() >= LONGEST {
            break;
        }
    }
    let name = out.trim_end_matches(['-', '.']);
    // Windows keeps these names for devices, whatever their ending.
    let stem = name.split('.').next().unwrap_or("");
    let is_device = matches!(stem, "con" | "prn" | "aux" | "nul")
        || stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
    match name {
        "" => "unnamed".to_owned(),
        name if is_device => format!("{name}-plan"),
        name => name.to_owned(),
    }
}

/// Names of which each is given out once.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// Returns `base` with `ending`, and a number between them where it is taken.
    pub(super) fn next(&mut self, base: &str, ending: &str) -> String {
        let mut name = format!("{base}{ending}");
        let mut number = 2;
        while !self.0.insert(name.clone()) {
            name = format!("{base}-{number}{ending}");
            number += 1;
        }
        name
    }
}

/// Returns where the pages of plans lie, given where the plans do.
pub(super) fn pages<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<String> {
    let mut names = Names::default();
    let page = |path: &str| {
        let parts = path.split('/').filter(|part| !part.is_empty());
        let mut parts: Vec<String> = parts.map(|part| slug(stem(part))).collect();
        if parts.is_empty() {
            parts.push(slug(""));
        }
        names.next(&format!("plans/{}", parts.join("/")), ".html")
    };
    paths.map(page).collect()
}

/// Returns a name without the ending of a Markdown file.
fn stem(name: &str) -> &str {
    let path = Path::new(name);
    let is_plan = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    stem.filter(|_| is_plan).unwrap_or(name)
}

/// Returns the way from the page at `from` to the file at `to`.
pub(super) fn relative(from: &str, to: &str) -> String {
    let folders: Vec<&str> = from.split('/').collect();
    let folders = &folders[..folders.len() - 1];
    let target: Vec<&str> = to.split('/').collect();
    let shared = folders
        .iter()
        .zip(&target[..target.len() - 1])
        .take_while(|(one, other)| one == other)
        .count();
    let mut parts = vec![".."; folders.len() - shared];
    parts.extend(&target[shared..]);
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        let shown = [
            "Márta Nowák!",
            "../../etc/passwd",
            "a\u{202e}b.md",
            "  ",
            "..",
            "CON",
            "v1.2",
        ]
        .map(slug);
        assert_eq!(
            shown,
            [
                "márta-nowák",
                "etc-passwd",
                "a-b.md",
                "unnamed",
                "unnamed",
                "con-plan",
                "v1.2"
            ]
        );
        assert_eq!(slug(&"x".repeat(500)).len(), LONGEST);
    }

    #[test]
    fn pages_lie_as_their_plans_do_and_none_takes_the_place_of_another() {
        let paths = [
            "2026-Q4/Finance Team.md",
            "2026-q4/finance-team.MD",
            "index.md",
        ];
        assert_eq!(
            pages(paths.into_iter()),
            [
                "plans/2026-q4/finance-team.html",
                "plans/2026-q4/finance-team-2.html",
                "plans/index.html"
            ]
        );
    }

    #[test]
    fn a_way_leads_up_and_down() {
        for (from, to, way) in [
            ("index.html", "plans/a.html", "plans/a.html"),
            ("plans/q4/a.html", "index.html", "../../index.html"),
            ("plans/q4/a.html", "plans/q4/b.html", "b.html"),
            ("plans/q4/a.html", "plans/q3/b.html", "../q3/b.html"),
            ("plans/a.html", "plans", "../plans"),
        ] {
            assert_eq!(relative(from, to), way);
        }
    }
}
