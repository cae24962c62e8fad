//! Expected output: how it is compared, and how new output is accepted.

use std::fmt::Write as _;

/// Returns whether expected output is to be rewritten rather than compared: whether `UPDATE` is 1.
pub(crate) fn is_accepting() -> bool {
    std::env::var("UPDATE").is_ok_and(|update| update == "1")
}

/// Returns both texts as one: equal lines at both ends once, the others as `-` expected and `+` actual.
///
/// Line ends that are not LF are shown, or lines that differ would look alike.
pub(crate) fn differences(expected: &str, actual: &str) -> String {
    let lines = |text: &str| -> Vec<String> {
        text.split_inclusive('\n')
            .map(|line| match line.strip_suffix('\n') {
                Some(line) => line.replace('\r', "\\r").replace('\u{feff}', "\\u{feff}"),
                None => format!("{line}\\ no line end"),
            })
            .collect()
    };
    let (expected, actual) = (lines(expected), lines(actual));
    let same = |pair: &(&String, &String)| pair.0 == pair.1;
    let head = expected.iter().zip(&actual).take_while(same).count();
    let (left, right) = (&expected[head..], &actual[head..]);
    let tail = left
        .iter()
        .rev()
        .zip(right.iter().rev())
        .take_while(same)
        .count();
    let mut out = String::new();
    let mut add = |sign: char, lines: &[String]| {
        for line in lines {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{sign} {line}");
        }
    };
    add(' ', &expected[..head]);
    add('-', &left[..left.len() - tail]);
    add('+', &right[..right.len() - tail]);
    add(' ', &left[left.len() - tail..]);
    out
}
