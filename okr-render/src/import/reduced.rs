//! What a heading says without what says nothing of its column: articles, times, the end of a plural.

use super::heading::{normal_heading, time_in};
use super::layout::Field;
use super::words::{self, Candidate, Plainness};

/// A heading with more words than this is a sentence.
const WORDS: usize = 8;

/// Returns the fields that a heading may name once it is reduced; nothing where that does not help.
///
/// `words` are the heading as written, and `normal` its normal form.
pub(super) fn candidates(words: &str, normal: &str) -> Vec<Candidate> {
    if normal.split(' ').count() > WORDS {
        return Vec::new();
    }
    let whole = || start_and_target(words).or_else(|| bare(normal));
    let alternatives = || of_alternatives(words);
    let timeless = || {
        let (_, rest) = time_in(normal)?;
        let found = Some(words::heading(&rest))
            .filter(|found| is_whole(found))
            .or_else(|| bare(&rest))?;
        Some(found.into_iter().map(less_plain).collect())
    };
    // `As of 17 July`, `Stand 30.06.`
    let as_of = || {
        let (_, rest) = time_in(normal)?;
        words::is("label-as-of", &rest).then(|| {
            vec![Candidate {
                field: Field::Current,
                plainness: Plainness::Contained,
            }]
        })
    };
    let numbered = || {
        // `Initiative 2`, `Owner 1`
        let bare = normal.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        (bare.len() < normal.len()).then(|| words::heading(bare))
    };
    whole()
        .or_else(alternatives)
        .or_else(as_of)
        .or_else(timeless)
        .or_else(numbered)
        .unwrap_or_default()
}

/// Reads a heading without its articles and without the end of a plural.
fn bare(normal: &str) -> Option<Vec<Candidate>> {
    let mut rest = normal;
    while let Some((first, behind)) = rest.split_once(' ')
        && words::is("article", first)
    {
        rest = behind;
    }
    let known = |text: &str| Some(words::heading(text)).filter(|found| is_whole(found));
    let single = || known(rest.strip_suffix('s').filter(|single| single.len() > 3)?);
    let first = || Some(rest).filter(|rest| rest.len() < normal.len());
    first().and_then(known).or_else(single)
}

/// Reads a heading such as `Baseline → goal`, below which two numbers stand in each cell.
fn start_and_target(words: &str) -> Option<Vec<Candidate>> {
    let arrow = ["→", "->", "–>", "=>", "⇒", " > "]
        .into_iter()
        .find_map(|arrow| words.split_once(arrow));
    let dash = || {
        [" – ", " - ", "/"]
            .into_iter()
            .find_map(|sign| words.split_once(sign))
    };
    let has = |words: &str, fields: &[Field]| {
        let found = words::heading(&normal_heading(words));
        is_whole(&found) && found.iter().any(|one| fields.contains(&one.field))
    };
    let is_pair = match (arrow, dash()) {
        (Some((from, to)), _) => {
            has(from, &[Field::Start, Field::Current]) && has(to, &[Field::Target])
        }
        (None, Some((from, to))) => has(from, &[Field::Start]) && has(to, &[Field::Target]),
        (None, None) => false,
    };
    is_pair.then(|| {
        vec![Candidate {
            field: Field::StartAndTarget,
            plainness: Plainness::Whole,
        }]
    })
}

/// Reads a heading that says the same thing twice, as those in two languages do: `Ist / Actual`.
fn of_alternatives(words: &str) -> Option<Vec<Candidate>> {
    let mut common: Option<Vec<Candidate>> = None;
    let mut count = 0;
    for piece in words.split(['/', '|', '(', ')', '·', '•', '\n']) {
        let normal = normal_heading(piece);
        let found = Some(words::heading(&normal))
            .filter(|found| is_whole(found))
            .or_else(|| bare(&normal))
            .unwrap_or_default();
        if found.is_empty() {
            continue;
        }
        count += 1;
        common = Some(match common {
            None => found,
            Some(mut known) => {
                known.retain(|one| found.iter().any(|other| other.field == one.field));
                known
            }
        });
    }
    common.filter(|common| count > 1 && !common.is_empty())
}

fn is_whole(found: &[Candidate]) -> bool {
    let first = found.first();
    first.is_some_and(|candidate| candidate.plainness != Plainness::Contained)
}

/// A heading that names a time says of what it is, and leaves open for when that counts.
fn less_plain(candidate: Candidate) -> Candidate {
    let plainness = match candidate.plainness {
        Plainness::Whole => Plainness::Contained,
        other => other,
    };
    Candidate {
        plainness,
        ..candidate
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;

    use super::super::heading::{self, Heading};

    /// A line of the file is a field and the headings that people give to its columns; some stand in several.
    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the headings are a file beside the sheets of the tests"
    )]
    fn headings_of_many_teams_are_known() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../tests/fixtures/sheets/headings.txt"
        );
        let file = std::fs::read_to_string(path).expect("is there");
        let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let Some((field, headings)) = line.split_once(": ") else {
                continue;
            };
            for heading in headings.split(", ") {
                let fields = wanted.entry(heading).or_default();
                fields.push(field.replace('-', " "));
            }
        }
        let mut wrong = String::new();
        for (words, fields) in &wanted {
            let heading = Heading {
                words: (*words).to_owned(),
                ..Heading::default()
            };
            let found: Vec<_> = heading::candidates(&heading)
                .iter()
                .map(|candidate| candidate.field.name().to_owned())
                .collect();
            let is_right = found.first().is_some_and(|first| fields.contains(first))
                && fields.iter().all(|field| found.contains(field));
            if !is_right {
                let _ = writeln!(wrong, "{words}: {fields:?}, found {found:?}");
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }
}
