//! No word of what is internal is in the external edition, in whatever format, and every other word is.

/// Sites that `okr publish` makes of such plans.
mod site;
/// Plans with words that are internal and words that are not.
mod workspace;

use std::io::{Cursor, Read as _};

use okr_core::alignment::{Alignment, LinkFault, Member};
use okr_core::edition::{External, Internal};
use okr_core::model::Plan;
use okr_core::{parse, print};
use okr_render::FORMATS;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use zip::ZipArchive;

use self::workspace::{OPEN, SECRET, Workspace};
use crate::formats::{assert_same, written};
use crate::support::strategies::{plan, source_with_elements};

/// Many cases take long; `PROPTEST_CASES` asks for more of them.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(150);
    ProptestConfig {
        cases,
        ..ProptestConfig::default()
    }
}

/// Returns the external edition of each plan that has one, with its path.
fn editions(files: &[(String, String)]) -> Vec<(String, Option<Plan>)> {
    let parsed: Vec<_> = files
        .iter()
        .map(|(path, text)| (path, parse(text.clone())))
        .collect();
    let internal = parsed
        .iter()
        .map(|(path, parsed)| Internal::new((*path).clone(), parsed));
    let external = External::new(internal);
    parsed
        .iter()
        .map(|(path, parsed)| ((*path).clone(), external.plan(path, parsed)))
        .collect()
}

fn external(text: &str) -> Option<Plan> {
    let files = [("plan.md".to_owned(), text.to_owned())];
    editions(&files).pop().and_then(|(_, plan)| plan)
}

/// Returns the texts of a plan in a format: of a workbook, all its parts.
fn texts(name: &str, bytes: &[u8]) -> Vec<String> {
    if name != "xlsx" {
        return vec![String::from_utf8(bytes.to_vec()).expect("is text")];
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("is a workbook");
    let mut texts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("is there");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("is XML");
        texts.push(text);
    }
    texts
}

#[track_caller]
fn assert_silent(plan: &Plan, context: &str) {
    for format in FORMATS {
        for text in texts(format.name, &written(format, plan)) {
            let at = text.find(SECRET);
            assert!(
                at.is_none(),
                "{}: {}\n=== of\n{context}\n=== as\n{}",
                format.name,
                &text[at.unwrap_or(0)..].chars().take(60).collect::<String>(),
                print(plan),
            );
        }
    }
}

#[track_caller]
fn check(workspace: &Workspace) {
    let editions = editions(&workspace.files);
    let context: String = workspace
        .files
        .iter()
        .map(|(path, text)| format!("=== {path}\n{text}\n"))
        .collect();
    let mut printed = Vec::new();
    for ((path, plan), expected) in editions.iter().zip(&workspace.open) {
        assert_eq!(plan.is_none(), expected.is_none(), "{path}\n{context}");
        let (Some(plan), Some(words)) = (plan, expected) else {
            continue;
        };
        assert_silent(plan, &context);
        let text = print(plan);
        for word in words {
            assert!(
                text.contains(&format!("{word}x")),
                "{path}: {word} is gone\n{context}\n=== as\n{text}"
            );
        }
        printed.push((path.clone(), text));
    }
    let again = self::editions(&printed);
    let kept = editions.iter().filter(|(_, plan)| plan.is_some());
    for ((path, plan), (_, first)) in again.iter().zip(kept) {
        let (Some(plan), Some(first)) = (plan, first) else {
            panic!("{path} is gone the second time\n{context}");
        };
        assert_same(plan, first, &context);
    }
    check_links(&printed, &context);
}

/// Checks that what is still linked is still there.
#[track_caller]
fn check_links(printed: &[(String, String)], context: &str) {
    let members: Vec<_> = printed
        .iter()
        .map(|(path, text)| Member::new(path.clone(), &parse(text.clone())))
        .collect();
    for broken in Alignment::new(&members).broken {
        let is_lost = matches!(broken.fault, LinkFault::NoElement(_) | LinkFault::NoPlan(_));
        assert!(!is_lost, "{broken:?}\n{context}\n=== as\n{printed:#?}");
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_secret_is_told_and_nothing_else_is_lost(tape in vec(any::<u8>(), 400)) {
        check(&Workspace::new(tape));
    }

    #[test]
    fn what_is_tagged_anywhere_in_any_text_is_gone(
        text in source_with_elements(),
        places in vec(any::<Index>(), 1..4),
    ) {
        let mut text = text;
        for place in places {
            let ends: Vec<usize> = text
                .char_indices()
                .filter(|(_, c)| c.is_ascii_whitespace())
                .map(|(at, _)| at)
                .collect();
            prop_assume!(!ends.is_empty());
            // Behind the line of a front matter nothing is read as a plan.
            text.insert_str(ends[place.index(ends.len())], &format!(" {SECRET}1x #Internal"));
        }
        if let Some(plan) = external(&text) {
            assert_silent(&plan, &text);
            let again = external(&print(&plan)).expect("is not internal as a whole");
            assert_same(&again, &plan, &text);
        }
    }

    #[test]
    fn a_plan_without_tags_is_its_own_edition(plan in plan()) {
        let text = print(&plan);
        let edition = external(&text).expect("is not internal");
        if !text.contains("<!--") {
            assert_same(&edition, &plan, &text);
        }
    }

    #[test]
    fn a_text_without_tags_loses_comments_alone(text in source_with_elements()) {
        let plan = external(&text).expect("is not internal");
        if !text.contains("<!--") {
            assert_same(&plan, &parse(text.clone()).plan, &text);
        }
        let again = external(&print(&plan)).expect("is not internal");
        assert_same(&again, &plan, &text);
    }
}

/// Returns so many tapes, always the same.
fn tapes(count: usize) -> impl Iterator<Item = Vec<u8>> {
    let mut state = 7_u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..count).map(move |_| std::iter::repeat_with(&mut next).take(400).collect())
}

#[test]
fn the_words_of_the_law_are_there_at_all() {
    let mut seen = (0, 0);
    for tape in tapes(40) {
        for (_, text) in &Workspace::new(tape).files {
            seen.0 += text.matches(SECRET).count();
            seen.1 += text.matches(OPEN).count();
        }
    }
    assert!(seen.0 > 400 && seen.1 > 400, "{seen:?}");
}

#[test]
fn definitions_of_one_label_are_not_lost() {
    // Found by the law of texts without tags.
    let text = "[r]: https://example.org\n### Key result:\n[r]: https://example.org\n# 1due\n[r]: https://example.org\n";
    let plan = external(text).expect("is not internal");
    assert_same(&plan, &parse(text).plan, text);
    let again = external(&print(&plan)).expect("is not internal");
    assert_same(&again, &plan, text);
}
