//! How much room a picture has, and what it may be drawn with.

use okr_core::audit::Settings;

use crate::shell::columns;

/// The columns of `expected 57%`, where none of a plan is longer.
const EXPECTED: usize = 12;
/// The most values that a line of small signs shows, and the columns of that line.
pub(super) const VALUES: usize = 10;

/// The columns of `  62%` and of the blanks between it, what is expected, the signs and the value.
const BETWEEN: usize = 5 + 3 * 2;

/// Beyond so many columns, a status would stand too far from its title.
const TITLES: usize = 100;

/// From how many columns on the status stands at the right of a title.
const WIDE: usize = 72;

/// What a picture has to go by.
#[derive(Clone, Copy, Debug)]
pub(in crate::commands::status) struct Layout {
    /// How many columns a line may have.
    pub(in crate::commands::status) width: usize,
    /// Whether all signs are of ASCII.
    pub(in crate::commands::status) is_ascii: bool,
    /// How many check-ins in a row may be at risk; those of a plan are known from [`Layout::under`] on.
    pub(in crate::commands::status) yellows: usize,
    /// Whether the day was asked for, so that it is to be said.
    pub(in crate::commands::status) is_at: bool,
    /// Whether values stand on a line of their own, since one of them has no room behind its bar.
    pub(in crate::commands::status) has_values_below: bool,
    /// The columns of what is expected; those of the longest of a plan are known from [`Layout::with_cells`] on.
    pub(super) expected: usize,
}

impl Layout {
    /// Returns the layout for so many columns, before anything is known of what is drawn in it.
    pub(in crate::commands::status) const fn new(
        width: usize,
        is_ascii: bool,
        yellows: usize,
        is_at: bool,
    ) -> Self {
        Self {
            width,
            is_ascii,
            yellows,
            is_at,
            has_values_below: false,
            expected: EXPECTED,
        }
    }

    /// Returns the layout of a plan, which goes by what its `okr.toml` sets.
    pub(in crate::commands::status) const fn under(self, settings: &Settings) -> Self {
        Self {
            yellows: settings.limits.yellows_in_a_row,
            ..self
        }
    }

    pub(super) const fn is_wide(self) -> bool {
        self.width >= WIDE
    }

    pub(super) const fn bar(self) -> usize {
        match self.width {
            ..=49 => 10,
            50..=79 => 14,
            _ => 20,
        }
    }

    /// Returns how many columns titles and their statuses may take.
    pub(super) fn titles(self) -> usize {
        self.width.min(TITLES)
    }

    /// Returns the layout in which all of these cells stand below each other, behind so many columns and their bars:
    /// what is expected, and the values.
    pub(super) fn with_cells(
        self,
        expected: impl Iterator<Item = String>,
        values: impl Iterator<Item = String>,
        indent: usize,
    ) -> Self {
        let expected = expected.map(|words| columns(&words)).max().unwrap_or(0);
        let expected = expected.max(EXPECTED);
        let longest = values.map(|words| columns(&words)).max().unwrap_or(0);
        let used = indent + self.bar() + BETWEEN + expected + VALUES;
        Self {
            has_values_below: used + longest > self.width,
            expected,
            ..self
        }
    }

    /// Returns what parts facts.
    pub(super) const fn between(self) -> &'static str {
        if self.is_ascii { "; " } else { " · " }
    }
}
