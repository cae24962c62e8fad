//! What several rules ask of a plan, or write into it.

use jiff::civil::Date;

use crate::edit::Change;
use crate::fields::is_same_field;
use crate::model::{ElementId, Inline, KeyResult, Status};

/// Returns what the owner said of a key result last.
pub(super) fn last_status(key_result: &KeyResult) -> Option<Status> {
    let last = key_result.check_ins.iter().max_by_key(|row| row.date);
    last.and_then(|row| row.status)
}

/// Returns whether a field is there and could not be read, which has been reported when it was read.
pub(super) fn is_unread(key_result: &KeyResult, field: &str) -> bool {
    let mut names = key_result.fields.keys();
    names.any(|name| is_same_field::<KeyResult>(name, field))
}

/// Returns what stands in a free text between its comments, such as dismissals, which say nothing of a goal.
pub(super) fn without_comments(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let (words, after) = match rest?.split_once("<!--") {
            Some((words, comment)) => (words, comment.split_once("-->").map(|(_, after)| after)),
            None => (rest?, None),
        };
        rest = after;
        Some(words)
    })
}

/// Returns the change that sets the due date of a key result.
pub(super) fn set_due(element: ElementId, day: Date) -> Change {
    Change::SetField {
        element,
        field: "due".to_owned(),
        value: Inline::from_plain(&day.to_string()),
    }
}
