//! Numbers behind a title, for want of columns: `Cut days sales outstanding (from 52 to 44 days)`.

use okr_core::model::{Quantity, Target, Unit};

/// The numbers that stand in brackets behind a title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Behind {
    /// Where it started.
    pub(crate) start: Option<Quantity>,
    /// Where it is to go.
    pub(crate) target: Option<Target>,
    /// The unit, where no number has it.
    pub(crate) unit: Option<Unit>,
}

impl Behind {
    /// Writes a title with the numbers behind it; [`Behind::read`] reads them back.
    ///
    /// A title whose own end reads like numbers gets empty brackets where there are none.
    pub(crate) fn write(&self, title: &str) -> String {
        let mut words = Vec::new();
        words.extend(self.start.iter().map(|start| format!("from {start}")));
        words.extend(self.target.iter().map(|target| {
            let word = if target.is_change() { "by" } else { "to" };
            let target = target.to_string();
            format!("{word} {}", target.strip_prefix("to ").unwrap_or(&target))
        }));
        let has_numbers = !words.is_empty();
        words.extend(self.unit.iter().map(|unit| {
            let is_plain = !has_numbers && plain_unit(unit.word()).is_some();
            format!("{}{unit}", if is_plain { "" } else { "in " })
        }));
        let from = shortened(&words.join(" "));
        if from.is_empty() && Self::read(title).is_none() {
            return title.to_owned();
        }
        format!("{title} ({from})")
    }

    /// Reads the numbers behind a title; returns the title before them.
    ///
    /// A unit alone is one word, or stands behind `in`; so only titles of platforms that put units there
    /// are to be read, since `(beta)` would be one too.
    pub(crate) fn read(title: &str) -> Option<(&str, Self)> {
        let inner = title.strip_suffix(')')?;
        let (before, inner) = inner.rsplit_once(" (")?;
        let mut behind = Self::default();
        if inner.is_empty() {
            return Some((before, behind));
        }
        let mut rest = inner;
        if let Some(start) = rest.strip_prefix("from ") {
            let ends = [" to ", " by ", " in "].into_iter();
            let end = ends.filter_map(|end| start.find(end)).min();
            let (start, after) = start.split_at(end.unwrap_or(start.len()));
            behind.start = Some(Quantity::parse(start).ok()?);
            rest = after.trim_start();
        }
        if let Some(target) = rest.strip_prefix("to ").or(rest.strip_prefix("by ")) {
            let is_change = rest.starts_with("by ");
            let end = target.rfind(" in ").unwrap_or(target.len());
            let (target, after) = target.split_at(end);
            let sign = if is_change || target == "done" {
                ""
            } else {
                "to "
            };
            let parsed = Target::parse(target)
                .ok()
                .filter(|parsed| parsed.is_change() == is_change)
                .or_else(|| Target::parse(&format!("{sign}{target}")).ok())?;
            behind.target = Some(parsed);
            rest = after.trim_start();
        }
        let has_numbers = behind.start.is_some() || behind.target.is_some();
        match (rest.strip_prefix("in "), rest) {
            (_, "") => {}
            (Some(unit), _) => {
                behind.unit = Some(Unit::parse(unit).filter(|unit| *unit != Unit::None)?);
            }
            (None, unit) if !has_numbers => behind.unit = Some(plain_unit(unit)?),
            _ => return None,
        }
        behind.lengthen();
        Some((before, behind))
    }

    /// Gives a bare start the unit of the target: `from 52 to 44 days`.
    fn lengthen(&mut self) {
        let unit = match &self.target {
            Some(Target::Value { value, .. }) => Some(&value.unit),
            Some(Target::Between { low, .. }) => Some(&low.unit),
            _ => None,
        };
        if let (Some(start), Some(unit)) = (&mut self.start, unit)
            && start.unit == Unit::None
        {
            start.unit = unit.clone();
        }
    }
}

/// Writes `from 52 days to 44 days` as people do: `from 52 to 44 days`.
fn shortened(words: &str) -> String {
    let pieces: Vec<_> = words.split(' ').collect();
    match pieces[..] {
        ["from", start, one, "to", target, other] if one == other => {
            format!("from {start} to {target} {other}")
        }
        _ => words.to_owned(),
    }
}

/// Reads a word in brackets that can be nothing but a unit.
fn plain_unit(text: &str) -> Option<Unit> {
    let unit = Unit::parse(text)?;
    match &unit {
        Unit::None => None,
        Unit::Word(word) => {
            let is_word =
                !word.contains(' ') && word.chars().all(|c| c.is_alphabetic() || c == '/');
            is_word.then_some(unit)
        }
        _ => Some(unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_behind(title: &str, start: &str, target: &str, unit: &str) {
        let (before, behind) = Behind::read(title).unwrap();
        let show = |text: Option<String>| text.unwrap_or_default();
        assert_eq!(before, "A");
        assert_eq!(show(behind.start.as_ref().map(ToString::to_string)), start);
        assert_eq!(
            show(behind.target.as_ref().map(ToString::to_string)),
            target
        );
        assert_eq!(show(behind.unit.as_ref().map(ToString::to_string)), unit);
        assert_eq!(behind.write("A"), title);
    }

    #[test]
    fn numbers_behind_a_title_come_back() {
        check_behind("A (from 52 to 44 days)", "52 days", "44 days", "");
        check_behind("A (from 68% to at least 85%)", "68%", "at least 85%", "");
        check_behind("A (from 2 weeks to 9 days)", "2 weeks", "9 days", "");
        check_behind("A (by -40% in invoices)", "", "-40%", "invoices");
        check_behind("A (from 5 by +3 in days)", "5", "+3", "days");
        check_behind(
            "A (from EUR 400,000 to EUR 240,000)",
            "EUR 400,000",
            "EUR 240,000",
            "",
        );
        check_behind(
            "A (to between 2 and 4 days)",
            "",
            "between 2 and 4 days",
            "",
        );
        check_behind("A (to -15%)", "", "to -15%", "");
        check_behind("A (to done)", "", "done", "");
        check_behind("A (days)", "", "", "days");
        check_behind("A (%)", "", "", "%");
        check_behind("A (in working days)", "", "", "working days");
    }

    #[test]
    fn other_brackets_are_words() {
        for title in ["A", "A (see the report)", "A (from May)", "(days)", "A (2)"] {
            assert_eq!(Behind::read(title), None, "{title}");
        }
        assert_eq!(Behind::default().write("A (days)"), "A (days) ()");
        assert_eq!(
            Behind::read("A (days) ()"),
            Some(("A (days)", Behind::default()))
        );
    }
}
