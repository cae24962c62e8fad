//! `okr publish --into FILE`: where plans stand, between two comments of a page that people have already.

use std::path::{Component, Path};

use okr_render::site::Site;

use crate::context::Context;
use crate::error::Failure;
use crate::shell::{Text, style};

/// What stands above the piece, on a line of its own.
const BEGIN: &str = "<!-- okr: plans -->";
/// What stands below it.
const END: &str = "<!-- okr: end of plans -->";

/// Puts the summary of a site of the plans in `folder` between the two comments of a file, all else as it is.
pub(super) fn update(
    cx: &mut Context<'_>,
    file: &Path,
    folder: &Path,
    site: &Site,
    is_dry: bool,
) -> anyhow::Result<()> {
    let from = cx.env.path(file);
    let from = from.parent().unwrap_or(Path::new(""));
    let Some(plans) = way(from, &cx.env.path(folder)) else {
        let message = format!("{} is on another disk than the plans", file.display());
        return Err(Failure::new(message)
            .help("put it where a link can lead from it to the plans")
            .into());
    };
    let summary = site.summary(&plans);
    let shown = file.display().to_string();
    if is_dry {
        let text = cx.env.read_text(file, crate::env::MAX_PLAN)?;
        replaced(&text, &summary, &shown)?;
        let mut text = Text::new();
        text.push(summary.trim_end());
        return cx.shell.print(text);
    }
    let has_changed = cx.env.update(file, |text| {
        let after = replaced(text, &summary, &shown)?;
        let has_changed = after != text;
        Ok((has_changed.then_some(after), has_changed))
    })?;
    let mut text = Text::new();
    if has_changed {
        text.styled(style::GOOD, "updated")
            .push(&format!(" {shown}"));
    } else {
        text.push(&format!("nothing has changed in {shown}"));
    }
    cx.shell.note(text)
}

/// Returns a text with other words between the two comments.
fn replaced(text: &str, words: &str, file: &str) -> Result<String, Failure> {
    let mut begin = None;
    let mut end = None;
    let mut at = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let next = at + line.len();
        match line.trim() {
            BEGIN if begin.is_some() => {
                let message = format!("{file}:{number}: `{BEGIN}` stands there a second time");
                return Err(Failure::new(message).help("leave one of them"));
            }
            BEGIN => begin = Some((next, number)),
            END if begin.is_some() && end.is_none() => end = Some(at),
            _ => {}
        }
        at = next;
    }
    let ((begin, _), end) = match (begin, end) {
        (Some(begin), Some(end)) => (begin, end),
        (Some((_, number)), None) => {
            let message = format!("{file}:{number}: no line `{END}` follows");
            return Err(Failure::new(message).help("add it on a line of its own"));
        }
        (None, _) => {
            let message = format!("{file} does not say where the plans are to stand");
            let help = format!("add two lines there, `{BEGIN}` and `{END}`");
            return Err(Failure::new(message).help(help));
        }
    };
    let line_end = if text[..begin].ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let mut out = String::with_capacity(text.len() + words.len());
    out.push_str(&text[..begin]);
    for line in words.trim_end().lines() {
        out.push_str(line);
        out.push_str(line_end);
    }
    out.push_str(&text[end..]);
    Ok(out)
}

/// Returns the way from one folder to another, empty or with `/` at its end; nothing between disks. Both are whole
/// paths.
fn way(from: &Path, to: &Path) -> Option<String> {
    let (from, to) = (parts(from), parts(to));
    let shared = from
        .iter()
        .zip(&to)
        .take_while(|(one, other)| one == other)
        .count();
    let is_apart = |path: &[Component<'_>]| {
        let left = path.get(shared..).unwrap_or_default();
        left.iter()
            .any(|part| !matches!(part, Component::Normal(_)))
    };
    if is_apart(&from) || is_apart(&to) {
        return None;
    }
    let mut way = "../".repeat(from.len() - shared);
    for part in &to[shared..] {
        way.push_str(&part.as_os_str().to_string_lossy());
        way.push('/');
    }
    Some(way)
}

/// Returns the parts of a path without those that lead nowhere.
fn parts(path: &Path) -> Vec<Component<'_>> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(parts.last(), Some(Component::Normal(_))) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_leads_from_folder_to_folder() {
        for (from, to, expected) in [
            ("/a/b", "/a/b/plans", "plans/"),
            ("/a/b/", "/a/b/.", ""),
            ("/a/docs", "/a/plans/../okr", "../okr/"),
        ] {
            assert_eq!(
                way(Path::new(from), Path::new(to)).as_deref(),
                Some(expected)
            );
        }
    }
}
