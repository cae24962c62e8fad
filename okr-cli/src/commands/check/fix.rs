//! `--fix` and `--diff`.

use jiff::civil::Date;
use okr_core::audit::{Applicability, Mended, audit, is_made, mend};

use super::examine::Kind;
use crate::commands::args::{self, count};
use crate::commands::plans::targets::Target;
use crate::context::Context;
use crate::env::MAX_PLAN;
use crate::shell::{Text, style};

/// The most fixes that are named one by one.
const MAX_NAMED: usize = 8;

/// What to do about what can be fixed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fixing {
    pub(super) today: Date,
    /// Which fixes are made.
    pub(super) most: Applicability,
}

impl Fixing {
    /// Returns a plan with its fixes made; nothing for another kind of file.
    pub(super) fn mended(self, target: &Target, text: &str) -> Option<Mended> {
        let kind = Kind::of(&okr_core::parse(text));
        (kind == Kind::Plan).then(|| mend(text, &target.settings, Some(self.today), self.most))
    }

    /// Returns whether there is anything to fix in a text.
    fn has_any(self, target: &Target, text: String) -> bool {
        let parsed = okr_core::parse(text);
        let found = || audit(&parsed.plan, &target.settings, Some(self.today)).findings;
        let is_made = |finding| is_made(finding, self.most);
        Kind::of(&parsed) == Kind::Plan && found().iter().any(is_made)
    }

    /// Fixes a file in place, and says what was done.
    pub(super) fn write(self, cx: &mut Context<'_>, target: &Target) -> anyhow::Result<()> {
        let text = cx.env.read_text(&target.path, MAX_PLAN)?;
        // A file that needs nothing is not waited for.
        if !self.has_any(target, text) {
            return Ok(());
        }
        let made = cx.env.update(&target.path, |text| {
            let mended = self.mended(target, text);
            Ok(match mended {
                Some(mended) => (Some(mended.text), mended.made),
                None => (None, Vec::new()),
            })
        })?;
        if made.is_empty() {
            return Ok(());
        }
        let named = made.iter().take(MAX_NAMED);
        let named: Vec<_> = named
            .map(|(rule, element)| format!("{rule} {element}"))
            .collect();
        let more = made.len().saturating_sub(MAX_NAMED);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        let mut said = Text::new();
        said.styled(style::GOOD, "fixed").push(&format!(
            " {} in {}: {}{more}",
            count(made.len(), "finding"),
            target.name(),
            named.join(", ")
        ));
        cx.shell.note(said)
    }

    /// Shows what would be done, and returns the text as it would be.
    pub(super) fn show(
        self,
        cx: &mut Context<'_>,
        target: &Target,
        text: &str,
    ) -> anyhow::Result<()> {
        if let Some(mended) = self.mended(target, text) {
            let (old, new) = (text.as_bytes(), mended.text.as_bytes());
            crate::diff::print(cx, &target.name(), Some(old), new)?;
        }
        Ok(())
    }

    /// Returns whether the file is a stream, whose fixed text goes to standard output.
    pub(super) fn is_stream(target: &Target) -> bool {
        args::is_standard(&target.path)
    }
}
