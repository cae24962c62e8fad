//! What a fix changes in the text.

use okr_core::Parsed;
use okr_core::audit::Fix;
use okr_core::edit::{edit, edit_all};
use okr_core::text::{Replacement, Span};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most lines that are compared one by one; more of them change as one piece.
const MAX_LINES: usize = 2000;

/// Returns what a fix changes, in the order of the text; nothing when it cannot be made.
pub(crate) fn of(parsed: &Parsed, fix: &Fix) -> Vec<Replacement> {
    let text = parsed.document.text();
    if let [change] = &fix.changes[..] {
        let patch = edit(parsed, change);
        return patch.map_or_else(|_| Vec::new(), |patch| patch.replacements().to_vec());
    }
    edit_all(text, &fix.changes).map_or_else(|_| Vec::new(), |after| between(text, &after))
}

/// Returns the replacements that turn one text into another.
fn between(before: &str, after: &str) -> Vec<Replacement> {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let same = |(one, other): &(&&str, &&str)| one == other;
    let head = old.iter().zip(&new).take_while(same).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(same)
        .count();
    let old_middle = &old_rest[..old_rest.len() - tail];
    let new_middle = &new_rest[..new_rest.len() - tail];
    let mut replacements = Vec::new();
    let start: usize = old[..head].iter().map(|line| line.len()).sum();
    let mut add = |at: usize, gone: &[&str], come: &[&str]| {
        replacements.push(trimmed(at, &gone.concat(), &come.concat()));
    };
    if old_middle.len().max(new_middle.len()) > MAX_LINES {
        add(start, old_middle, new_middle);
        return replacements;
    }
    let mut at = start;
    for op in capture_diff_slices(Algorithm::Myers, old_middle, new_middle) {
        let gone = &old_middle[op.old_range()];
        if !matches!(op, DiffOp::Equal { .. }) {
            add(at, gone, &new_middle[op.new_range()]);
        }
        at += gone.iter().map(|line| line.len()).sum::<usize>();
    }
    replacements
}

/// Returns a replacement at `at` without what is the same at both ends.
fn trimmed(at: usize, gone: &str, come: &str) -> Replacement {
    let same = |(one, other): &(char, char)| one == other;
    let length = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.map(|(c, _)| c.len_utf8()).sum()
    };
    let head = length(&mut gone.chars().zip(come.chars()).take_while(same));
    let (gone_rest, come_rest) = (&gone[head..], &come[head..]);
    let both = gone_rest.chars().rev().zip(come_rest.chars().rev());
    let tail = length(&mut both.take_while(same));
    Replacement {
        span: Span::new(at + head, at + gone.len() - tail),
        text: come_rest[..come_rest.len() - tail].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use okr_core::text::TextEdit;

    use super::*;

    #[track_caller]
    fn check(before: &str, after: &str, count: usize) {
        let replacements = between(before, after);
        assert_eq!(replacements.len(), count, "{replacements:?}");
        let mut edit = TextEdit::none();
        for one in replacements {
            assert!(edit.push(one.span, one.text));
        }
        assert_eq!(edit.apply(before), after);
    }

    #[test]
    fn replacements_make_the_change_and_no_other() {
        check("a\nb\nc\n", "a\nb\nc\n", 0);
        check("a\nb\nc\n", "a\nx\nc\ny\n", 2);
        check("a ä b\r\nc", "a ö b\r\nc", 1);
        check("", "new\n", 1);
        check("gone", "", 1);
        check("aaa", "aa", 1);
        check("a\n", "a\na\n", 1);
        let many = |c: &str| c.repeat(MAX_LINES + 1);
        check(&many("a\n"), &many("b\n"), 1);
    }
}
