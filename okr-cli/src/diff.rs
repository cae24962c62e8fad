//! What `--dry-run` prints: the difference between a file and what would become of it.

use std::time::Duration;

use crate::context::Context;
use crate::shell::{Text, style};

/// Prints the unified diff that turns `old` into `new`; without `old` the file is a new one.
pub(crate) fn print(
    cx: &mut Context<'_>,
    path: &str,
    old: Option<&[u8]>,
    new: &[u8],
) -> anyhow::Result<()> {
    if old == Some(new) {
        return Ok(());
    }
    let (Ok(before), Ok(after)) = (
        std::str::from_utf8(old.unwrap_or_default()),
        std::str::from_utf8(new),
    ) else {
        return cx
            .shell
            .print(Text::from(format!("Binary files {path} and {path} differ")));
    };
    let from = if old.is_some() { path } else { "/dev/null" };
    // Two long files that have nothing in common would take long to align, and nobody would read it.
    let diff = similar::TextDiff::configure()
        .timeout(Duration::from_secs(2))
        .diff_lines(before, after);
    let unified = diff
        .unified_diff()
        .context_radius(3)
        .header(from, path)
        .to_string();
    if cx.shell.is_exact() {
        return cx.shell.document(unified.as_bytes());
    }
    let mut text = Text::new();
    for (index, line) in unified.lines().enumerate() {
        if index > 0 {
            text.push("\n");
        }
        let line = line.trim_end_matches('\r');
        match line.as_bytes().first() {
            _ if index < 2 => text.styled(style::BOLD, line),
            Some(b'+') => text.styled(style::ADDED, line),
            Some(b'-') => text.styled(style::REMOVED, line),
            Some(b'@') => text.styled(style::DIM, line),
            _ => text.push(line),
        };
    }
    cx.shell.print(text)
}
