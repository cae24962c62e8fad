//! How much room a picture has, and what it may be drawn with.

/// From how many columns on the status stands at the right of a title.
const WIDE: usize = 72;

/// What a picture has to go by.
#[derive(Clone, Copy, Debug)]
pub(in crate::commands::status) struct Layout {
    /// How many columns a line may have.
    pub(in crate::commands::status) width: usize,
    /// Whether all signs are of ASCII.
    pub(in crate::commands::status) is_ascii: bool,
    /// How many check-ins in a row may be at risk.
    pub(in crate::commands::status) yellows: usize,
    /// Whether the day was asked for, so that it is to be said.
    pub(in crate::commands::status) is_at: bool,
}

impl Layout {
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

    /// Returns what parts facts.
    pub(super) const fn between(self) -> &'static str {
        if self.is_ascii { "; " } else { " · " }
    }
}
