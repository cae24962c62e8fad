//! `okr publish --single-file`: the whole site as one page.

use std::path::Path;

use okr_render::site::Site;

use super::failed;
use super::sources::Sources;
use crate::context::Context;
use crate::env::{Existing, Output};
use crate::error::Failure;
use crate::shell::{Text, style};

/// What every page of okr says of itself near its beginning.
const MARK: &str = "<meta name=\"generator\" content=\"okr\">";
/// The most that is looked at of a file that is there already.
const MOST: u64 = 1 << 30;

/// Writes a site as one file, over an earlier one of okr and over nothing else unless `is_forced`.
pub(super) fn write(
    cx: &mut Context<'_>,
    path: &Path,
    site: &Site,
    sources: &Sources,
    is_forced: bool,
    is_dry: bool,
) -> anyhow::Result<()> {
    let env = cx.env;
    let html = site.single(|member| -> anyhow::Result<_> {
        let source = &sources.plans()[member];
        let content = source.take(env)?.ok_or_else(|| {
            let path = source.path().display();
            Failure::new(format!("{path} has changed meanwhile")).help("publish again")
        })?;
        Ok(content)
    });
    let html = html.map_err(|error| match error.downcast::<okr_render::Error>() {
        Ok(error) => failed(&error).into(),
        Err(error) => error,
    })?;
    let shown = path.display();
    let mut text = Text::new();
    let before = if env.exists(path) {
        Some(env.read(path, MOST)?)
    } else {
        None
    };
    if let Some(before) = &before {
        let head = String::from_utf8_lossy(&before[..before.len().min(4096)]);
        if !is_forced && !head.contains(MARK) {
            let failure = Failure::new(format!("{shown} exists, and okr has not made it"));
            return Err(failure
                .help("name another file with -o, or let it be written over with --force")
                .into());
        }
        if before == html.as_bytes() {
            text.push(&format!("nothing has changed in {shown}"));
            return cx.shell.note(text);
        }
    }
    if is_dry {
        text.styled(style::ADDED, "write ")
            .push(&format!(" {shown}"));
        return cx.shell.print(text);
    }
    let output = Output {
        path: path.to_owned(),
        bytes: html.into_bytes(),
    };
    env.write(&[output], Existing::Replace)?;
    text.styled(style::GOOD, "published")
        .push(&format!(" {shown}"));
    cx.shell.note(text)
}
