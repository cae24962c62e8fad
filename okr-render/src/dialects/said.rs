//! What stands in a text because the platform has no column for it, written and read.
//!
//! In a description, `Name: value` lines say what a plan says in fields, and lists below `Initiatives:`
//! and `Key results:` say what a plan has below the element:
//!
//! ```text
//! Why it matters.
//!
//! Start: 68%
//! Due: 2026-12-31
//!
//! Initiatives:
//! - [x] Train the team (@kim, due 2026-11-15)
//!
//! Key results:
//! - [ ] Raise the collection rate
//!   - Target: 85%
//!   - [ ] Choose the software
//!   > Counted by amount.
//! ```

use jiff::civil::Date;
use okr_core::fields::HasFields;
use okr_core::model::{KeyResult, Objective, one_line, parse_date};

use crate::formats::free_text;

/// Stands above the initiatives in a description.
const INITIATIVES: &str = "Initiatives:";
/// Stands above the key results in a description.
const KEY_RESULTS: &str = "Key results:";

/// What a description holds besides free text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// The free text itself.
    pub(crate) text: String,
    /// Names and values of fields, each value on one line.
    pub(crate) fields: Vec<(String, String)>,
    /// The initiatives.
    pub(crate) initiatives: Vec<SaidItem>,
    /// The key results.
    pub(crate) key_results: Vec<SaidItem>,
}

/// A key result or an initiative in a description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SaidItem {
    /// Its words on one line.
    pub(crate) title: String,
    /// Whether its box is ticked.
    pub(crate) is_done: bool,
    /// Who does it, where that stands behind the title; several names parted by commas.
    pub(crate) owner: Option<String>,
    /// Its last day, where that stands behind the title.
    pub(crate) due: Option<Date>,
    /// What stands below it.
    pub(crate) said: Said,
}

impl Said {
    /// Returns whether there is nothing but free text.
    pub(crate) fn is_plain(&self) -> bool {
        self.fields.is_empty() && self.initiatives.is_empty() && self.key_results.is_empty()
    }

    /// Returns whether there is nothing at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.is_plain()
    }

    /// Writes the description; [`Said::read`] reads it back.
    pub(crate) fn write(&self) -> String {
        let mut parts = Vec::new();
        if !self.text.is_empty() {
            parts.push(self.text.clone());
        }
        if !self.fields.is_empty() {
            let line = |(name, value): &(String, String)| format!("{name}: {value}");
            parts.push(self.fields.iter().map(line).collect::<Vec<_>>().join("\n"));
        }
        for (heading, items) in [
            (INITIATIVES, &self.initiatives),
            (KEY_RESULTS, &self.key_results),
        ] {
            if items.is_empty() {
                continue;
            }
            let mut lines = vec![heading.to_owned()];
            for item in items {
                item.write(&mut lines, 0);
            }
            parts.push(lines.join("\n"));
        }
        parts.join("\n\n")
    }

    /// Reads a description: what stands at its end in the form of fields and lists, and the text before.
    ///
    /// A line is a field only where a plan knows its name, so that `Note: call Ben` stays text.
    pub(crate) fn read(description: &str) -> Self {
        let mut said = Self::default();
        let text = free_text(description);
        let mut lines: Vec<&str> = text.lines().collect();
        for (heading, items) in [
            (KEY_RESULTS, &mut said.key_results),
            (INITIATIVES, &mut said.initiatives),
        ] {
            if let Some(at) = lines.iter().rposition(|line| line.trim_end() == heading)
                && let Some(found) = read_items(&lines[at + 1..])
            {
                *items = found;
                lines.truncate(at);
                trim_end(&mut lines);
            }
        }
        let fields: Vec<_> = lines.iter().rev().map_while(|line| field(line)).collect();
        lines.truncate(lines.len() - fields.len());
        said.fields = fields.into_iter().rev().collect();
        said.text = free_text(&lines.join("\n"));
        said
    }
}

impl SaidItem {
    fn write(&self, lines: &mut Vec<String>, depth: usize) {
        let indent = "  ".repeat(depth);
        let mark = if self.is_done { 'x' } else { ' ' };
        let title = one_line(&self.title);
        let trailer = trailer(self.owner.as_deref(), self.due);
        // A bracket that is part of the title is kept apart by an empty one behind it.
        let trailer = match trailer {
            None if read_trailer(&title).is_some() => Some("()".to_owned()),
            other => other,
        };
        let trailer = trailer.map(|trailer| format!(" {trailer}"));
        lines.push(format!(
            "{indent}- [{mark}] {title}{}",
            trailer.unwrap_or_default()
        ));
        let said = &self.said;
        let fields = said.fields.iter();
        lines.extend(fields.map(|(name, value)| format!("{indent}  - {name}: {value}")));
        said.initiatives
            .iter()
            .for_each(|item| item.write(lines, depth + 1));
        let text = said.text.lines();
        lines.extend(text.map(|line| format!("{indent}  > {line}").trim_end().to_owned()));
    }
}

/// Reads items of a list with what stands below them, or nothing where another line is among them.
fn read_items(lines: &[&str]) -> Option<Vec<SaidItem>> {
    let mut items: Vec<SaidItem> = Vec::new();
    for line in lines {
        if let Some(item) = item(line) {
            items.push(item);
            continue;
        }
        let within = line.strip_prefix("  ")?;
        let above = items.last_mut()?;
        // Text below an initiative of a key result stands two steps in.
        if let Some(deeper) = within.strip_prefix("  ").and_then(quoted) {
            let initiative = above.said.initiatives.last_mut()?;
            add_line(&mut initiative.said.text, deeper);
        } else if let Some(text) = quoted(within) {
            add_line(&mut above.said.text, text);
        } else if let Some(item) = item(within) {
            above.said.initiatives.push(item);
        } else {
            above.said.fields.push(field(within.strip_prefix("- ")?)?);
        }
    }
    (!items.is_empty()).then_some(items)
}

fn quoted(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('>')?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

fn item(line: &str) -> Option<SaidItem> {
    let rest = line.strip_prefix("- [")?;
    let (mark, title) = rest.split_once("] ")?;
    let is_done = match mark {
        " " => false,
        "x" | "X" => true,
        _ => return None,
    };
    let (title, owner, due) = match read_trailer(title) {
        Some((before, owner, due)) => (before, owner, due),
        None => (title, None, None),
    };
    Some(SaidItem {
        title: title.trim().to_owned(),
        is_done,
        owner,
        due,
        said: Said::default(),
    })
}

/// Reads `Name: value` where a plan knows the name, or a description has it for one.
fn field(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(": ")?;
    let is_known = matches!(
        name.to_lowercase().as_str(),
        "start" | "current" | "status" | "due"
    ) || is_of::<KeyResult>(name)
        || is_of::<Objective>(name);
    is_known.then(|| (name.to_owned(), value.trim().to_owned()))
}

fn is_of<E: HasFields>(name: &str) -> bool {
    E::field(name).is_some() || E::kept_field(name).is_some()
}

/// Returns owner and date in brackets, or nothing where there is neither.
fn trailer(owner: Option<&str>, due: Option<Date>) -> Option<String> {
    let owners = owner.into_iter().flat_map(|owner| owner.split(','));
    let owners = owners.map(str::trim).filter(|owner| !owner.is_empty());
    let owners = owners.map(|owner| format!("@{}", owner.trim_start_matches('@')));
    let parts: Vec<_> = owners.chain(due.map(|due| format!("due {due}"))).collect();
    (!parts.is_empty()).then(|| format!("({})", parts.join(", ")))
}

/// Reads a bracket with owner and date at the end of a title, and the title before it.
fn read_trailer(title: &str) -> Option<(&str, Option<String>, Option<Date>)> {
    let inner = title.strip_suffix(')')?;
    if let Some(before) = inner.strip_suffix(" (") {
        return Some((before, None, None));
    }
    let at = ["(@", "(due "]
        .into_iter()
        .filter_map(|sign| inner.rfind(sign))
        .min()?;
    let before = title.get(..at)?.strip_suffix(' ')?;
    let (mut owners, mut due) = (Vec::new(), None);
    for part in inner.get(at + 1..)?.split(", ") {
        match (part.strip_prefix('@'), part.strip_prefix("due ")) {
            (Some(owner), _) => owners.push(owner),
            (None, Some(date)) if due.is_none() => due = Some(parse_date(date)?),
            _ => return None,
        }
    }
    let owner = (!owners.is_empty()).then(|| owners.join(", "));
    Some((before, owner, due))
}

/// Returns a description in which no line is an order to the platform, such as `/close`, and how many were.
///
/// A backslash stands in front of each, which Markdown does not show; [`with_quick_actions`] takes it off.
pub(crate) fn without_quick_actions(description: &str) -> (String, usize) {
    let mut count = 0;
    let text = each_line(description, |line| {
        let words = order(line)?;
        count += 1;
        Some(format!("{}\\{words}", &line[..line.len() - words.len()]))
    });
    (text, count)
}

/// Returns a description as it was before [`without_quick_actions`].
pub(crate) fn with_quick_actions(description: &str) -> String {
    each_line(description, |line| {
        let words = order(line)?.strip_prefix('\\')?;
        let before = order(line)?.len();
        Some(format!("{}{words}", &line[..line.len() - before]))
    })
}

/// Returns a line from its slash on, with any backslashes before that, where it begins with one.
fn order(line: &str) -> Option<&str> {
    let words = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    words
        .trim_start_matches('\\')
        .starts_with('/')
        .then_some(words)
}

fn each_line(text: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let lines = text.split('\n');
    let lines = lines.map(|line| change(line).unwrap_or_else(|| line.to_owned()));
    lines.collect::<Vec<_>>().join("\n")
}

fn trim_end(lines: &mut Vec<&str>) {
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) -> Said {
        let said = Said::read(text);
        assert_eq!(said.write(), text);
        said
    }

    #[test]
    fn descriptions_come_back() {
        let said = check(concat!(
            "Why it matters.\n\nNote: call Ben.\n\nOwner: Dana Reyes\nStart: 68%\n\n",
            "Initiatives:\n- [x] Train the team (@kim, @lee, due 2026-11-15)\n- [ ] Ask (due 2026-01-01) ()\n\n",
            "Key results:\n- [ ] Raise the rate\n  - Target: at least 85%\n  - [ ] Choose (@kim)\n    > nested\n  > Counted\n  >\n  > by amount.",
        ));
        assert_eq!(said.text, "Why it matters.\n\nNote: call Ben.");
        assert_eq!(said.fields.len(), 2);
        assert_eq!(said.initiatives[0].owner.as_deref(), Some("kim, lee"));
        assert_eq!(said.initiatives[1].title, "Ask (due 2026-01-01)");
        assert_eq!(said.key_results[0].said.text, "Counted\n\nby amount.");
        assert_eq!(said.key_results[0].said.initiatives[0].said.text, "nested");
        assert!(!said.is_plain());
    }

    #[test]
    fn fields_alone_and_text_alone_are_descriptions_too() {
        let said = check("Start: 52\nTarget: 44\nUnit: days");
        assert_eq!(said.text, "");
        assert_eq!(said.fields[2], ("Unit".to_owned(), "days".to_owned()));
        assert!(check("Billing desk, \"clean first pass\"").is_plain());
        assert!(check("Key results:\n- we know none").is_plain());
        assert!(check("").is_plain());
    }

    #[test]
    fn no_line_is_an_order() {
        let text = "Words /here\n/close\n  > /label ~x\n\\/assign\nhttps://x";
        let (safe, count) = without_quick_actions(text);
        assert_eq!(
            safe,
            "Words /here\n\\/close\n  > \\/label ~x\n\\\\/assign\nhttps://x"
        );
        assert_eq!(count, 3);
        assert_eq!(with_quick_actions(&safe), text);
    }
}
