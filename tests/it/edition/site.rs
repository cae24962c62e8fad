//! No word of what is internal is in a site of the external edition: in no byte of any file, and in no file name.

use std::collections::BTreeMap;

use okr_core::{model::Plan, print};
use proptest::collection::vec;
use proptest::prelude::*;

use super::workspace::{SECRET, Workspace};
use super::{config, editions, texts};
use crate::support::sandbox::Sandbox;

/// What a folder of the site has, by the path in it.
type Files = BTreeMap<String, Vec<u8>>;

/// Which files okr has made.
const LIST: &str = ".okr-site.json";

fn files(sandbox: &Sandbox, folder: &str) -> Files {
    let lead = format!("{folder}/");
    let names = sandbox.list().into_iter();
    names
        .filter_map(|name| {
            let path = name.strip_prefix(&lead)?.to_owned();
            let bytes = if name.ends_with('/') {
                Vec::new()
            } else {
                sandbox.bytes(&name)
            };
            Some((path, bytes))
        })
        .collect()
}

/// Returns where a word is told: in the paths of files and in what they say, workbooks unpacked.
fn told(files: &Files, word: &str) -> Vec<String> {
    let mut places = Vec::new();
    for (path, bytes) in files {
        if path.contains(word) {
            places.push(format!("{path} is its name"));
        }
        let is_workbook = path.ends_with(".xlsx");
        for text in texts(if is_workbook { "xlsx" } else { "" }, bytes) {
            let text = text.to_lowercase();
            if let Some(at) = text.find(word) {
                let from = text[..at].rfind('\n').map_or(0, |at| at + 1);
                let lead: String = text[from..at].chars().rev().take(80).collect();
                let lead: String = lead.chars().rev().collect();
                places.push(format!("{path}: {lead}{word}"));
            }
        }
    }
    places
}

/// Returns the files of a workspace, those that are internal as a whole under names that nobody may see.
fn named(workspace: &Workspace) -> Vec<(String, String)> {
    let mut files = workspace.files.clone();
    for (at, open) in workspace.open.iter().enumerate() {
        if open.is_none() {
            let path = &workspace.files[at].0;
            let name = path.rsplit('/').next().unwrap_or(path);
            let hidden = format!("{SECRET}-{name}");
            files[at].0 = path.replace(name, &hidden);
            for (_, text) in &mut files {
                *text = text.replace(name, &hidden);
            }
        }
    }
    files
}

fn write(sandbox: &Sandbox, folder: &str, files: &[(String, String)]) {
    for (path, text) in files {
        sandbox.write(&format!("{folder}/{path}"), text);
    }
}

fn is_published(plan: Option<&Plan>) -> bool {
    plan.is_some_and(|plan| !plan.objectives.is_empty())
}

#[track_caller]
fn check(workspace: &Workspace) {
    let sandbox = Sandbox::new();
    let plans = named(workspace);
    write(&sandbox, "plans", &plans);
    let context = || format!("{plans:#?}");
    let editions = editions(&plans);
    if !editions.iter().any(|(_, plan)| is_published(plan.as_ref())) {
        let run = sandbox.okr("publish plans -o site --slides --edition external");
        run.failure();
        assert_eq!(files(&sandbox, "site"), Files::new(), "{}", context());
        return;
    }
    // What was published before for all is gone afterwards.
    sandbox.okr("publish plans -o site").success();
    sandbox
        .okr("publish plans -o site --slides --edition external")
        .success();
    let site = files(&sandbox, "site");
    let places = told(&site, SECRET);
    assert!(places.is_empty(), "{places:#?}\n{}", context());

    // A site of the editions that `okr render` makes is the same, to the byte.
    for (path, plan) in &editions {
        if let Some(plan) = plan {
            sandbox.write(&format!("open/{path}"), print(plan));
        }
    }
    sandbox.okr("publish open -o copy --slides").success();
    let mut copy = files(&sandbox, "copy");
    // But for the digest of all texts, which is not told to outsiders.
    let list = copy.get_mut(LIST).expect("lists its files");
    let text = String::from_utf8_lossy(list).into_owned();
    let lines = text.lines().map(|line| match line.trim_start() {
        sources if sources.starts_with("\"sources\"") => "  \"sources\": 0,\n".to_owned(),
        _ => format!("{line}\n"),
    });
    *list = lines.collect::<String>().into_bytes();
    assert_same(&site, &copy, &context());

    // Other secrets make the same site, so that nothing in it is computed from them.
    let other = |text: &String| text.replace(SECRET, "qwhidden-and-longer");
    let others: Vec<_> = plans
        .iter()
        .map(|(path, text)| (other(path), other(text)))
        .collect();
    write(&sandbox, "other", &others);
    sandbox
        .okr("publish other -o blind --slides --edition external")
        .success();
    assert_same(&site, &files(&sandbox, "blind"), &context());

    for (expected, (path, plan)) in workspace.open.iter().zip(&editions) {
        let words = expected.iter().flatten();
        for word in words.filter(|_| is_published(plan.as_ref())) {
            let has_it = |(page, bytes): (&String, &Vec<u8>)| {
                page.starts_with("plans/")
                    && page.ends_with(".json")
                    && String::from_utf8_lossy(bytes).contains(&format!("{word}x"))
            };
            assert!(site.iter().any(has_it), "{path}: {word}\n{}", context());
        }
    }
    check_single_files(&sandbox, &editions, &context());
}

/// Checks what is one file: the site as a page, the table in a page, and each plan as a workbook.
#[track_caller]
fn check_single_files(sandbox: &Sandbox, editions: &[(String, Option<Plan>)], context: &str) {
    sandbox.write(
        "out/README.md",
        "<!-- okr: plans -->\n<!-- okr: end of plans -->\n",
    );
    let line =
        "publish plans --edition external -o out/site.html --single-file --into out/README.md";
    sandbox.okr(line).success();
    for (path, plan) in editions {
        if plan.is_some() {
            let to = path.replace('/', "-").replace(".md", ".xlsx");
            let line = format!("render plans/{path} -o out/{to} --edition external");
            // What cannot be read in a plan is told there, and the workbook is written all the same.
            sandbox.okr(&line);
            assert!(sandbox.path(&format!("out/{to}")).exists(), "{context}");
        }
    }
    let places = told(&files(sandbox, "out"), SECRET);
    assert!(places.is_empty(), "{places:#?}\n{context}");
}

#[track_caller]
fn assert_same(one: &Files, other: &Files, context: &str) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "{context}");
    for (path, bytes) in one {
        assert!(
            other[path] == *bytes,
            "{path} differs\n{}\n=== from\n{}\n{context}",
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(&other[path]),
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: config().cases.div_ceil(6), ..config() })]

    #[test]
    fn a_site_for_outsiders_tells_no_secret_and_nothing_else_is_lost(tape in vec(any::<u8>(), 400)) {
        check(&Workspace::new(tape));
    }
}

#[test]
fn the_law_of_sites_can_fail() {
    let (mut pages, mut names) = (0, 0);
    for tape in super::tapes(12) {
        let workspace = Workspace::new(tape);
        let sandbox = Sandbox::new();
        write(&sandbox, "plans", &named(&workspace));
        sandbox.okr("publish plans -o site").success();
        let places = told(&files(&sandbox, "site"), SECRET);
        let is_name = |place: &&String| place.ends_with("is its name");
        names += places.iter().filter(is_name).count();
        pages += places.len();
    }
    assert!(pages > 60 && names > 4, "{pages}, {names}");
}
