//! Who answers for something, as it was written.

use super::words::folded;

/// Who is written down as owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner<'t> {
    /// Nobody, or something that stands for nobody yet, such as `tbd`.
    Nobody,
    /// One person, by name or by role.
    One(&'t str),
    /// Several, of whom this is the first.
    Many(&'t str),
    /// A group, in which nobody is named.
    Team(&'t str),
}

impl<'t> Owner<'t> {
    /// Reads what stands in a field `Owner`; `team` is what the plan's own team is called.
    pub(super) fn read(written: Option<&'t str>, team: Option<&str>) -> Self {
        let text = without_remark(written.unwrap_or("")).trim();
        let lower = folded(text);
        if is_nobody(&lower) {
            return Self::Nobody;
        }
        if is_role(&lower) {
            return Self::One(text);
        }
        if let Some(first) = first_of_many(text) {
            // An entry that is open, as in `Dana, tbd`, leaves one name.
            return match first {
                Parts::Nobody => Self::Nobody,
                Parts::One(name) => Self::read(Some(name), team),
                Parts::Many(name) => Self::Many(name),
            };
        }
        if is_group(&lower) || team.is_some_and(|team| folded(team) == lower) {
            return Self::Team(text);
        }
        Self::One(text)
    }

    /// Returns the one person that it is.
    pub(super) fn one(self) -> Option<&'t str> {
        match self {
            Self::One(name) => Some(name),
            Self::Nobody | Self::Many(_) | Self::Team(_) => None,
        }
    }
}

/// Takes a remark in parentheses off the end: `Dana (AR)` is Dana.
fn without_remark(text: &str) -> &str {
    let text = text.trim();
    match text.rfind('(') {
        Some(at) if text.ends_with(')') && at > 0 => &text[..at],
        _ => text,
    }
}

fn is_nobody(lower: &str) -> bool {
    let words = [
        "tbd",
        "tba",
        "tbc",
        "n/a",
        "n.a.",
        "n.a",
        "na",
        "none",
        "nobody",
        "no one",
        "unassigned",
        "unknown",
        "vacant",
        "open",
        "owner",
        "name",
        "not assigned",
        "not yet assigned",
    ];
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    bare.is_empty() || bare == "/" || words.contains(&bare) || bare.starts_with("to be ")
}

/// Nouns for one person in a job; in the plural they mean several.
const ROLES: &[&str] = &[
    "accountant",
    "administrator",
    "analyst",
    "architect",
    "assistant",
    "auditor",
    "bookkeeper",
    "buyer",
    "ceo",
    "cfo",
    "chair",
    "chief",
    "cio",
    "clerk",
    "controller",
    "coo",
    "coordinator",
    "cto",
    "deputy",
    "developer",
    "director",
    "engineer",
    "founder",
    "head",
    "lead",
    "leader",
    "manager",
    "officer",
    "owner",
    "partner",
    "planner",
    "president",
    "principal",
    "secretary",
    "specialist",
    "supervisor",
    "treasurer",
    "vp",
];

fn is_role_word(word: &str) -> bool {
    ROLES.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Returns whether the whole is one role, though it may hold `and`: `head of sales and marketing`,
/// `AR & AP lead`.
fn is_role(lower: &str) -> bool {
    if lower.contains([',', ';', '+']) {
        return false;
    }
    let words: Vec<_> = lower.split(' ').collect();
    let roles = words.iter().filter(|word| is_role_word(word)).count();
    let opens = is_role_word(words[0]) && words.len() > 1;
    let has_article = words.contains(&"the");
    match (words.as_slice(), roles) {
        // `Dana and the controller` and `Dana / CFO` are two.
        ([.., joint, last], 1) if is_role_word(last) => !is_joint(joint) && !has_article,
        (_, 1) => opens,
        _ => false,
    }
}

fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "&" | "/" | "or" | "|")
}

enum Parts<'t> {
    Nobody,
    One(&'t str),
    Many(&'t str),
}

/// Returns the first of several names, or nothing when there are no several.
fn first_of_many(text: &str) -> Option<Parts<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((at, length)) = next_joint(rest) {
        parts.push(&rest[..at]);
        rest = &rest[at + length..];
    }
    if parts.is_empty() {
        return None;
    }
    parts.push(rest);
    let names: Vec<_> = parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !is_nobody(&folded(part)))
        .collect();
    match names.as_slice() {
        [] => Some(Parts::Nobody),
        [name] => Some(Parts::One(name)),
        // A name of two words with a title behind a comma is one person: `Dana Reyes, CFO`.
        [name, title] if text.contains(',') && name.contains(' ') && is_title(title) => {
            Some(Parts::One(name))
        }
        [first, ..] => Some(Parts::Many(first)),
    }
}

fn is_title(text: &str) -> bool {
    let lower = folded(text);
    let words: Vec<_> = lower.split(' ').collect();
    matches!(
        lower.trim_end_matches('.'),
        "phd" | "mba" | "cpa" | "jr" | "sr" | "acca"
    ) || words.last().is_some_and(|word| is_role_word(word))
        || is_role_word(words[0])
}

/// Returns where the first sign or word between two names stands, and how long it is.
fn next_joint(text: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    let mut depth = 0_usize;
    for chunk in text.split_inclusive(' ') {
        let word = chunk.trim_end();
        if at > 0 && depth == 0 && is_joint(&word.to_lowercase()) {
            return Some((at, word.len()));
        }
        // An address may hold such signs itself, and a remark in parentheses may, too.
        let is_address = word.trim_start_matches('@').contains('@');
        for (offset, c) in word.char_indices() {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                ',' | ';' if depth == 0 => return Some((at + offset, 1)),
                '+' | '/' | '&' | '|' if depth == 0 && !is_address => {
                    return Some((at + offset, 1));
                }
                _ => {}
            }
        }
        at += chunk.len();
    }
    None
}

fn is_group(lower: &str) -> bool {
    const WHOLE: &[&str] = &[
        "all",
        "all hands",
        "all of us",
        "everybody",
        "everyone",
        "us",
        "we",
        "finance",
        "sales",
        "marketing",
        "operations",
        "accounting",
        "accounts payable",
        "accounts receivable",
        "billing",
        "collections",
        "treasury",
        "legal",
        "procurement",
        "purchasing",
        "engineering",
        "customer service",
        "customer success",
        "human resources",
        "it",
        "hr",
    ];
    const LAST: &[&str] = &[
        "committee",
        "crew",
        "department",
        "departments",
        "dept",
        "dept.",
        "division",
        "group",
        "office",
        "squad",
        "staff",
        "team",
        "teams",
        "unit",
    ];
    let last = lower.rsplit(' ').next().unwrap_or_default();
    let plural = last.strip_suffix('s').is_some_and(is_role_word);
    WHOLE.contains(&lower)
        || LAST.contains(&last)
        || lower.starts_with("team ")
        || (plural && !lower.contains("'s") && lower.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: Owner<'_>) {
        assert_eq!(
            Owner::read(Some(written), Some("Back desk")),
            expected,
            "{written:?}"
        );
    }

    #[test]
    fn one_person_is_one_by_name_or_role() {
        for name in [
            "Dana",
            "Dana Reyes-Ortiz",
            "Billing coordinator",
            "Head of Sales and Marketing",
            "AR & AP lead",
            "AR/AP lead",
            "Accounts payable and receivable manager",
            "Team lead",
            "AR team lead",
            "Chief of Staff",
            "@dana",
            "dana+okr@example.com",
            "Anders Allen",
            "Andy",
        ] {
            check(name, Owner::One(name));
        }
        check("  Dana (AR, nights)", Owner::One("Dana"));
        check("Dana Reyes, CFO", Owner::One("Dana Reyes"));
        check("Dana Reyes, head of finance", Owner::One("Dana Reyes"));
        check("Dana, tbd", Owner::One("Dana"));
        check("Dana (AR, nights), tbd", Owner::One("Dana"));
    }

    #[test]
    fn several_are_several_however_they_are_joined() {
        for text in [
            "Ana + Bo",
            "Ana, Bo",
            "Ana / Bo",
            "Ana/Bo",
            "Ana and Bo",
            "Ana & Bo",
            "Ana, Bo and Cy",
            "Ana; Bo",
            "Ana or Bo",
            "Ana and the controller",
        ] {
            check(text, Owner::Many("Ana"));
        }
        check("AR + Sales + IT", Owner::Many("AR"));
        check("Dana (AR, nights), Bo", Owner::Many("Dana (AR, nights)"));
        check("@ana @bo, @cy", Owner::Many("@ana @bo"));
    }

    #[test]
    fn a_group_is_no_person() {
        for text in [
            "Finance team",
            "AR team",
            "everyone",
            "All",
            "Dana's team",
            "Team Blue",
            "IT",
            "Project managers",
            "back  desk",
        ] {
            check(text, Owner::Team(text));
        }
    }

    #[test]
    fn what_stands_for_nobody_is_nobody() {
        for text in [
            "",
            " ",
            "?",
            "??",
            "tbd",
            "TBD (Dana?)",
            "n/a",
            "N.A.",
            "-",
            "—",
            "to be named",
            "<owner>",
            "[name]",
            "tbd / tbd",
        ] {
            check(text, Owner::Nobody);
        }
    }
}
