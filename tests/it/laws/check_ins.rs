//! A new check-in is one more line, in whichever way the table is written.

use okr_core::edit::{Change, edit};
use okr_core::model::{CheckIn, ElementId, Inline};
use okr_core::parse;
use proptest::prelude::*;
use proptest::sample::select;

use super::config;
use crate::support::strategies::{check_in, words};

const COLUMNS: [&str; 6] = [
    "Value",
    "STATUS",
    "Confidence",
    "Notes",
    "Mood",
    "Größe \\| m",
];

/// A way to write a table: the start of a line, what parts cells, its end, and the rule of a column.
const STYLES: [[&str; 4]; 5] = [
    ["| ", " | ", " |", "---"],
    ["|", "|", "|", "-"],
    ["", " | ", "", ":--"],
    [" | ", " |", "|", "--:"],
    ["|  ", "  |  ", "  |", ":-:"],
];

/// The text of a plan with a table that has every column, in any order.
fn table() -> impl Strategy<Value = String> {
    let columns = Just(COLUMNS.to_vec()).prop_shuffle();
    let rows = prop::collection::vec((1_i8..28, any::<bool>()), 0..4);
    let around = select(
        &[
            ("", ""),
            ("- Owner: Kim\n\n", "\nWhy.\n"),
            ("Why.\n\n", "\n## Notes\n"),
        ][..],
    );
    (columns, rows, select(&STYLES[..]), around, any::<bool>()).prop_map(
        |(columns, rows, [start, between, end, rule], (before, after), crlf)| {
            let line = |cells: Vec<String>| format!("{start}{}{end}\n", cells.join(between));
            let mut head = vec!["Date".to_owned()];
            head.extend(columns.iter().map(|name| (*name).to_owned()));
            let mut text = format!("## Objective: o\n\n### KR: k\n\n{before}{}", line(head));
            text.push_str(&line(vec![rule.to_owned(); columns.len() + 1]));
            for (day, is_whole) in rows {
                let mut cells = vec![format!("2026-10-{day:02}")];
                let count = if is_whole { columns.len() } else { 1 };
                cells.extend(vec!["5".to_owned(); count]);
                text.push_str(&line(cells));
            }
            text.push_str(after);
            if crlf {
                text.replace('\n', "\r\n")
            } else {
                text
            }
        },
    )
}

/// A check-in that has something in every column.
fn whole_check_in() -> impl Strategy<Value = CheckIn> {
    (check_in(), words(), words()).prop_map(|(mut check_in, note, mood)| {
        check_in.note = Some(Inline::from_plain(&note)).filter(|note| !note.is_empty());
        check_in
            .fields
            .insert("mood".to_owned(), Inline::parse(&mood));
        check_in
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_check_in_is_one_more_line(text in table(), check_in in whole_check_in()) {
        let parsed = parse(text.clone());
        let mut check_in = check_in;
        // The column may stand there without a word in it, and has its spelling from there.
        let mood = check_in.fields.shift_remove("mood").expect("is there");
        check_in.fields.insert("Mood".to_owned(), mood);
        let change = Change::AddCheckIn {
            key_result: ElementId::KeyResult(0, 0),
            check_in: Box::new(check_in),
        };
        let patch = edit(&parsed, &change).expect("can be added");
        let added = patch.apply(&text);
        let old: Vec<&str> = text.split_inclusive('\n').collect();
        let new: Vec<&str> = added.split_inclusive('\n').collect();
        prop_assert_eq!(new.len(), old.len() + 1, "{}", added);
        let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        prop_assert_eq!(&old[same..], &new[same + 1..], "{}", added);
    }

    #[test]
    fn a_check_in_that_is_taken_away_again_leaves_no_byte(
        text in table(),
        check_in in whole_check_in(),
        is_ended in any::<bool>(),
    ) {
        let text = if is_ended {
            &*text
        } else {
            text.trim_end_matches(['\r', '\n'])
        };
        let mut check_in = check_in;
        let mood = check_in.fields.shift_remove("mood").expect("is there");
        check_in.fields.insert("Mood".to_owned(), mood);
        let key_result = ElementId::KeyResult(0, 0);
        let rows = |text: &str| {
            let plan = parse(text.to_owned()).plan;
            plan.key_result(key_result).expect("is there").check_ins.clone()
        };
        let add = Change::AddCheckIn { key_result, check_in: Box::new(check_in) };
        let added = edit(&parse(text.to_owned()), &add).expect("can be added").apply(text);
        let (before, after) = (rows(text), rows(&added));
        // One that was there already is not added, and is not to be taken away.
        prop_assume!(after.len() > before.len());
        let same = before.iter().zip(&after).take_while(|(one, other)| one == other);
        let remove = Change::RemoveCheckIn { key_result, position: same.count() };
        let removed = edit(&parse(added.clone()), &remove).expect("can be removed").apply(&added);
        prop_assert_eq!(&removed, text, "{}", added);
    }
}
