//! The goals, tasks and practices of the pages stand in our templates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use okr_core::model::{ElementId, Plan, Target};
use okr_core::text::Span;
use okr_core::{Parsed, parse};
use okr_templates::Selection;

use super::{filled, key_results};
use crate::support::root;

const DOCUMENT: &str = "docs/role-templates.md";

/// The templates, by the word that their rows begin with.
const PAGES: [(&str, &str); 2] = [
    ("accounts", "accounts-team"),
    ("billing", "billing-coordinator"),
];

/// A row of a table, by the words of its heading.
type Row = BTreeMap<String, String>;

/// Returns the rows of all tables whose heading begins with these columns.
fn rows(columns: &[&str]) -> Vec<Row> {
    let text = fs::read_to_string(root().join(DOCUMENT)).expect("is there");
    let cells = |line: &str| -> Option<Vec<String>> {
        let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        Some(
            inner
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect(),
        )
    };
    let mut rows = Vec::new();
    let mut heading: Option<Vec<String>> = None;
    for (number, line) in text.lines().enumerate() {
        let Some(cells) = cells(line) else {
            heading = None;
            continue;
        };
        let Some(names) = &heading else {
            heading = Some(cells);
            continue;
        };
        if cells
            .iter()
            .all(|cell| cell.chars().all(|c| matches!(c, '-' | ':')))
            || names != columns
        {
            continue;
        }
        assert_eq!(
            cells.len(),
            names.len(),
            "{DOCUMENT}:{}: a cell for each column",
            number + 1
        );
        rows.push(names.iter().cloned().zip(cells).collect());
    }
    assert!(
        !rows.is_empty(),
        "{DOCUMENT} has a table with the columns {columns:?}"
    );
    rows
}

fn goals() -> Vec<Row> {
    rows(&["Page", "What the page asks", "Ours", "Figures", "Repaired"])
}

fn tasks() -> Vec<Row> {
    rows(&["Page", "What the page asks", "Ours"])
}

fn practices() -> Vec<Row> {
    rows(&["Page", "What the page says", "Ours"])
}

fn initiatives() -> Vec<Row> {
    rows(&["Key result", "Initiative", "Why"])
}

/// Returns the positions that rows are about, each once.
#[track_caller]
fn positions<'r>(rows: &'r [Row], column: &str) -> BTreeSet<&'r str> {
    let mut positions = BTreeSet::new();
    for row in rows {
        assert!(
            positions.insert(&*row[column]),
            "{} stands in two rows",
            row[column]
        );
    }
    positions
}

#[track_caller]
fn assert_positions(rows: &[Row], expected: impl Iterator<Item = String>) {
    let expected: BTreeSet<String> = expected.collect();
    let found: BTreeSet<String> = positions(rows, "Page")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let missing: Vec<_> = expected.difference(&found).collect();
    let unexpected: Vec<_> = found.difference(&expected).collect();
    assert!(
        missing.is_empty() && unexpected.is_empty(),
        "missing {missing:?}, unexpected {unexpected:?}"
    );
}

/// Returns the template and the element that a position such as `accounts 1.2` is about.
#[track_caller]
fn element(position: &str) -> (&'static str, ElementId) {
    let (page, number) = position
        .split_once(' ')
        .unwrap_or_else(|| panic!("`{position}` is a page and a number"));
    let role = PAGES
        .iter()
        .find(|(name, _)| *name == page)
        .unwrap_or_else(|| panic!("there is no page `{page}`"))
        .1;
    (
        role,
        ElementId::parse(number).unwrap_or_else(|| panic!("`{number}` is no number of an element")),
    )
}

#[track_caller]
fn title(plan: &Plan, id: ElementId) -> String {
    let title = plan.objective(id).map(|objective| &objective.title);
    let title = title.or_else(|| plan.key_result(id).map(|key_result| &key_result.title));
    let title = title.or_else(|| plan.initiative(id).map(|initiative| &initiative.title));
    title
        .unwrap_or_else(|| panic!("the template has no {id}"))
        .to_string()
}

/// Returns the text of an element: from its heading to the next of its level.
#[track_caller]
fn block(parsed: &Parsed, id: ElementId) -> &str {
    let text = parsed.document.text();
    let start = parsed.locations.title(id).expect("has a title").start();
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let level = text[start..]
        .bytes()
        .take_while(|byte| *byte == b'#')
        .count();
    assert!(level >= 2, "{id} is a heading");
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        let depth = line.bytes().take_while(|byte| *byte == b'#').count();
        if end > start && (1..=level).contains(&depth) {
            break;
        }
        end += line.len();
    }
    Span::new(start, end).of(text)
}

/// Returns whether `figure` stands in `text` as it is: `5%` does not stand in `25%`.
fn has_figure(text: &str, figure: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric();
    text.match_indices(figure).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + figure.len()..].chars().next();
        !before.is_some_and(|c| {
            is_part(c)
                || matches!(c, '.' | ',') && text[..at - 1].ends_with(|c: char| c.is_ascii_digit())
        }) && !after.is_some_and(is_part)
    })
}

#[test]
fn figures_are_found_as_they_stand() {
    assert!(
        has_figure("by 5% now", "5%") && has_figure("5%", "5%") && has_figure("(net 30)", "net 30")
    );
    assert!(
        !has_figure("by 25% now", "5%")
            && !has_figure("by 1.5%", "5%")
            && !has_figure("net 300", "net 30")
    );
}

#[test]
fn every_goal_of_the_pages_has_its_row() {
    let accounts = (1..=10).flat_map(|o| {
        std::iter::once(format!("accounts {o}"))
            .chain((1..=3).map(move |k| format!("accounts {o}.{k}")))
    });
    let billing = (1..=4).flat_map(|o| {
        std::iter::once(format!("billing {o}"))
            .chain((1..=2).map(move |k| format!("billing {o}.{k}")))
    });
    assert_positions(&goals(), accounts.chain(billing));
}

#[test]
fn every_task_of_the_pages_has_its_row() {
    let tasks = tasks();
    assert_eq!(tasks.len(), 90);
    assert_positions(
        &tasks,
        (1..=10).flat_map(|o| {
            (1..=3).flat_map(move |k| (1..=3).map(move |i| format!("accounts {o}.{k}.{i}")))
        }),
    );
}

#[test]
fn every_practice_of_the_pages_has_its_row() {
    let count =
        |name: &'static str, last: usize| (1..=last).map(move |number| format!("{name} {number}"));
    let expected = std::iter::once("accounts advice".to_owned())
        .chain(count("accounts practice", 3))
        .chain(count("accounts tracking", 6))
        .chain(count("billing cadence", 6))
        .chain(count("billing collaboration", 3))
        .chain(
            practices()
                .into_iter()
                .map(|row| row["Page"].clone())
                .filter(|page| page.starts_with("billing practice ")),
        );
    assert_positions(&practices(), expected);
    assert!(
        practices()
            .iter()
            .filter(|row| row["Page"].starts_with("billing practice "))
            .count()
            >= 4
    );
}

#[test]
fn ours_is_the_exact_title_at_that_position() {
    for row in goals() {
        let (role, id) = element(&row["Page"]);
        let plan = filled(role, "2026-Q2", Selection::All).plan;
        let lead = match id {
            ElementId::Objective(_) => "Objective",
            _ => "Key result",
        };
        let ours = format!("{lead} {id}: {}", title(&plan, id));
        assert_eq!(ours, row["Ours"], "{}", row["Page"]);
        assert!(!row["What the page asks"].is_empty(), "{}", row["Page"]);
    }
    for row in goals() {
        assert!(
            !row["Repaired"].is_empty(),
            "{} says what was repaired",
            row["Page"]
        );
    }
}

/// Ours stand in working order, which is not always that of the page.
#[test]
fn tasks_of_the_pages_are_the_initiatives_of_that_key_result() {
    let plan = filled("accounts-team", "2026-Q2", Selection::All).plan;
    let tasks = tasks();
    for (id, key_result) in plan.key_results() {
        let place = format!("accounts {id}.");
        let rows = tasks.iter().filter(|row| row["Page"].starts_with(&place));
        let expected: BTreeSet<_> = rows.map(|row| row["Ours"].clone()).collect();
        let initiatives = key_result.initiatives.iter();
        let found: BTreeSet<_> = initiatives.map(|one| one.title.to_string()).collect();
        assert_eq!(found, expected, "{id}");
    }
    for row in &tasks {
        assert!(!row["What the page asks"].is_empty(), "{}", row["Page"]);
    }
}

#[test]
fn practices_stand_in_the_section_that_is_named() {
    for row in practices() {
        let (page, _) = row["Page"].split_once(' ').expect("a page and a place");
        let role = PAGES
            .iter()
            .find(|(name, _)| *name == page)
            .expect("is a page")
            .1;
        let plan = filled(role, "2026-Q2", Selection::Start).plan;
        let section = plan
            .sections
            .iter()
            .find(|section| section.title.to_string() == row["Ours"]);
        let section = section
            .unwrap_or_else(|| panic!("{}: {role} has no section `{}`", row["Page"], row["Ours"]));
        assert!(
            section.text.len() > 200,
            "the section `{}` says something",
            row["Ours"]
        );
        for figure in row["What the page says"]
            .split([' ', ','])
            .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        {
            assert!(
                has_figure(&section.text, figure),
                "{}: `{figure}` does not stand in `{}`",
                row["Page"],
                row["Ours"]
            );
        }
    }
}

#[test]
fn figures_of_the_pages_stand_in_ours() {
    let mut count = 0;
    for row in goals() {
        let (role, id) = element(&row["Page"]);
        let parsed = parse(filled(role, "2026-Q2", Selection::All).text);
        let block = block(&parsed, id);
        for figure in row["Figures"]
            .split(';')
            .map(str::trim)
            .filter(|figure| !figure.is_empty())
        {
            assert!(
                has_figure(block, figure),
                "{}: `{figure}` does not stand in\n{block}",
                row["Page"]
            );
            count += 1;
        }
    }
    assert!(
        count >= 38,
        "the pages have more figures than the {count} of the table"
    );
}

#[test]
fn every_key_result_of_the_pages_has_a_figure_of_its_own() {
    let ours: Vec<_> = goals()
        .into_iter()
        .filter(|row| row["Page"].contains('.') && row["Figures"].is_empty())
        .map(|row| row["Page"].clone())
        .collect();
    assert_eq!(
        ours,
        ["billing 4.1"],
        "the page names no figure for this one alone"
    );
}

#[test]
fn the_percentage_of_a_title_is_that_of_its_target() {
    for (role, id, key_result) in key_results() {
        let title = key_result.title.to_string();
        for word in title.split([' ', ',']).filter(|word| word.ends_with('%')) {
            let target = key_result.measure.target.as_ref().expect("has a target");
            assert!(
                has_figure(&target.to_string(), word),
                "{role} {id}: `{title}` has the target {target}"
            );
            let is_relative = title.contains(&format!(" by {word}"));
            assert_eq!(
                matches!(target, Target::Relative(_)),
                is_relative,
                "{role} {id}: `{title}` has the target {target}"
            );
        }
    }
}

#[test]
fn the_templates_have_all_goals_and_tasks() {
    let counts = |role: &str| {
        let plan = filled(role, "2026-Q2", Selection::All).plan;
        let initiatives: usize = plan
            .key_results()
            .map(|(_, key_result)| key_result.initiatives.len())
            .sum();
        (
            plan.objectives.len(),
            plan.key_results().count(),
            initiatives,
        )
    };
    assert_eq!(counts("accounts-team"), (10, 30, 90));
    assert_eq!(counts("billing-coordinator"), (4, 8, 24));
}

#[test]
fn initiatives_of_our_own_are_those_of_the_template() {
    let plan = filled("billing-coordinator", "2026-Q2", Selection::All).plan;
    let mut expected: Vec<(String, String)> = Vec::new();
    for (id, key_result) in plan.key_results() {
        expected.extend(
            key_result
                .initiatives
                .iter()
                .map(|initiative| (format!("billing {id}"), initiative.title.to_string())),
        );
    }
    let found: Vec<_> = initiatives()
        .into_iter()
        .map(|row| (row["Key result"].clone(), row["Initiative"].clone()))
        .collect();
    assert_eq!(found, expected);
    assert!(initiatives().iter().all(|row| !row["Why"].is_empty()));
}
