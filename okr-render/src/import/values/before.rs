//! What stands before the digits of a number: money, a sign, words such as `about` or `at least`.

use okr_core::model::Bound;

use super::number::money;
use crate::import::words;

/// What stands before the digits.
pub(super) struct Before {
    pub(super) money: Option<&'static str>,
    pub(super) is_negative: bool,
    /// Whether there is a plus or a minus.
    pub(super) is_signed: bool,
    pub(super) is_approximate: bool,
    pub(super) bound: Bound,
}

impl Before {
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut before = Self {
            money: None,
            is_negative: false,
            is_signed: false,
            is_approximate: false,
            bound: Bound::Reach,
        };
        let mut rest = text.trim();
        // What an arrow points to has no start before it; the arrow is no minus.
        if ["->", "–>", "—>"]
            .iter()
            .any(|arrow| rest.starts_with(arrow))
        {
            return None;
        }
        while !rest.is_empty() {
            if let Some(code) = money(rest) {
                before.money = Some(code);
                return Some(before);
            }
            let mut taken = None;
            for (sign, bound) in [
                (">=", Bound::AtLeast),
                ("≥", Bound::AtLeast),
                ("<=", Bound::AtMost),
                ("≤", Bound::AtMost),
                (">", Bound::Above),
                ("<", Bound::Below),
            ] {
                if taken.is_none()
                    && let Some(after) = rest.strip_prefix(sign)
                {
                    before.bound = bound;
                    taken = Some(after);
                }
            }
            if let Some(after) = rest.strip_prefix(['~', '≈', '±', '=', ':']) {
                before.is_approximate |= rest.starts_with(['~', '≈']);
                taken = Some(after);
            }
            if let Some(after) = rest.strip_prefix(['-', '−', '–']) {
                before.is_negative = true;
                before.is_signed = true;
                taken = Some(after);
            }
            if let Some(after) = rest.strip_prefix('+') {
                before.is_signed = true;
                taken = Some(after);
            }
            if let Some(after) = taken {
                rest = after.trim_start();
                continue;
            }
            // A sign of minus may stand behind the money.
            if let Some(shorter) = rest.strip_suffix(['-', '−', '–', '+']) {
                before.is_negative |= !rest.ends_with('+');
                before.is_signed = true;
                rest = shorter.trim_end();
                continue;
            }
            rest = before.word(rest)?;
        }
        Some(before)
    }

    /// Takes a word like `about` or `at least` off the front.
    fn word<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let words: Vec<&str> = text.split_whitespace().collect();
        for count in (1..=words.len().min(4)).rev() {
            let phrase = words::normal(&words[..count].join(" "));
            let bound = if words::is("approximately", &phrase) {
                self.is_approximate = true;
                None
            } else if words::is("at-least", &phrase) {
                Some(Bound::AtLeast)
            } else if words::is("at-most", &phrase) {
                Some(Bound::AtMost)
            } else if words::is("above", &phrase) {
                Some(Bound::Above)
            } else if words::is("below", &phrase) {
                Some(Bound::Below)
            } else {
                continue;
            };
            self.bound = bound.unwrap_or(self.bound);
            let mut rest = text.trim_start();
            for word in &words[..count] {
                rest = rest.strip_prefix(word)?.trim_start();
            }
            return Some(rest);
        }
        None
    }
}
