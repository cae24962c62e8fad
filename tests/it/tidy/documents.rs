//! What the documents say is so.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use okr_core::audit::{Axis, RULES, Sight, Tier};
use okr_render::FORMATS;
use okr_templates::TEMPLATES;

use super::registries::commands;
use super::{CRATES, files, read};
use crate::support::expected::{differences, is_accepting};
use crate::support::root;
use crate::support::sandbox::Sandbox;

/// Returns the page of all rules: a table for each side of a plan, then the documentation of each rule.
fn page_of_rules() -> String {
    let mut page = String::from(
        "# Audits\n\nWhat `okr check` looks for, by the side of a plan that it is about.\n\
         This page is written from the rules: `UPDATE=1 cargo test --test it tidy` rewrites it.\n\
         [checking.md](checking.md) tells how to set levels and how to run it where nobody looks on.\n\n\
         A finding *fixes* when it brings a change that keeps the meaning, *suggests* when the change is to be read first, *asks* when only you know the answer, and *tells* otherwise.\n",
    );
    for axis in Axis::ALL {
        let rules: Vec<_> = RULES.iter().filter(|rule| rule.axis == axis).collect();
        if rules.is_empty() {
            continue;
        }
        let _ = write!(
            page,
            "\n## {}{}\n\n| Rule | Level | Runs | Its findings | What it checks |\n| --- | --- | --- | --- | --- |\n",
            axis.name()[..1].to_uppercase(),
            &axis.name()[1..]
        );
        for rule in &rules {
            let runs = match (rule.tier, rule.sight()) {
                (Tier::Strict, _) => "with `--strict`",
                (Tier::Basic, Some(Sight::Several)) => "on several plans",
                (Tier::Basic, Some(Sight::Folder)) => "on a folder",
                (Tier::Basic, _) => "always",
            };
            let _ = writeln!(
                page,
                "| [`{0}`](#{0}) | {1} | {runs} | {2} | {3} |",
                rule.id,
                rule.level,
                rule.action().name(),
                rule.summary().replace('|', "\\|")
            );
        }
        for rule in &rules {
            let mut in_code = false;
            let _ = write!(page, "\n### {}\n\n", rule.id);
            for line in rule.docs.trim_end().lines() {
                in_code ^= line.starts_with("```");
                let deeper = if !in_code && line.starts_with("## ") {
                    "##"
                } else {
                    ""
                };
                let _ = writeln!(page, "{deeper}{line}");
            }
        }
    }
    page
}

#[test]
fn the_page_of_rules_is_current() {
    let actual = page_of_rules();
    let path = root().join("docs/audits.md");
    let there = fs::read_to_string(&path).unwrap_or_default();
    if there == actual {
        return;
    }
    if is_accepting() {
        fs::write(path, actual).expect("can be written");
        return;
    }
    panic!(
        "docs/audits.md is not what the rules say; UPDATE=1 rewrites it\n{}",
        differences(&there, &actual)
    );
}

/// What a document may ask to be run that is not run here: it would build the program, or run these tests.
const NOT_RUN: [&str; 3] = [
    "cargo run --release -- new accounts-team --period 2026-Q4 --also html,csv",
    "cargo test --workspace",
    "cargo build --release",
];

/// Runs the `console` blocks of a document, in order and in one folder, and compares what is printed.
///
/// Each block of Markdown in a README that has blocks to run must stand in a file that was written so far, unless
/// a name behind `markdown` says which file it is.
/// `UPDATE=1` rewrites what is printed.
#[track_caller]
fn docs_run(document: &str) {
    docs_run_in(&Sandbox::new(), document);
}

/// Does what [`docs_run`] does, in a folder where files may stand already.
#[track_caller]
fn docs_run_in(sandbox: &Sandbox, document: &str) {
    let source = read(document);
    let mut actual = String::new();
    let mut lines = source.lines().peekable();
    let mut commands = 0;
    while let Some(line) = lines.next() {
        actual.push_str(line);
        actual.push('\n');
        let Some(fence) = line
            .strip_prefix("```")
            .filter(|language| !language.is_empty())
        else {
            continue;
        };
        let mut block = Vec::new();
        while let Some(line) = lines.next_if(|line| *line != "```") {
            block.push(line);
        }
        match fence {
            "console" => {
                assert!(
                    block.first().is_some_and(|line| line.starts_with("$ ")),
                    "{document}: a console block begins with a command: {block:?}"
                );
                for line in block {
                    let Some(command) = line.strip_prefix("$ ") else {
                        continue;
                    };
                    let _ = writeln!(actual, "{line}");
                    commands += 1;
                    actual.push_str(&printed(document, sandbox, command));
                }
            }
            "markdown" if document == "README.md" => {
                let text = format!("{}\n", block.join("\n"));
                let stands = sandbox
                    .list()
                    .iter()
                    .any(|name| name.ends_with(".md") && sandbox.read(name).contains(&text));
                assert!(
                    stands,
                    "{document}: no file that was written has this in it:\n{text}"
                );
                actual.push_str(&text);
            }
            _ => {
                let text = format!("{}\n", block.join("\n"));
                if let Some((_, name)) = fence.split_once(' ') {
                    sandbox.write(name, &text);
                }
                actual.push_str(&text);
            }
        }
    }
    assert!(commands > 0, "{document} has commands to run");
    if actual == source {
        return;
    }
    if is_accepting() {
        fs::write(root().join(document), actual).expect("can be written");
        return;
    }
    panic!(
        "{document} shows what is printed no more; UPDATE=1 rewrites it\n{}",
        differences(&source, &actual)
    );
}

#[track_caller]
fn printed(document: &str, sandbox: &Sandbox, command: &str) -> String {
    if NOT_RUN.contains(&command) {
        return String::new();
    }
    let Some(arguments) = command.strip_prefix("okr ") else {
        panic!("{document}: `{command}` is neither a command of okr nor one of {NOT_RUN:?}")
    };
    let run = sandbox.okr(arguments);
    format!("{}{}", run.out(), run.err())
}

#[test]
fn what_the_readme_shows_is_what_is_printed() {
    docs_run("README.md");
}

#[test]
fn what_the_contributors_are_told_to_run_is_known() {
    docs_run("CONTRIBUTING.md");
}

#[test]
fn what_colleagues_with_spreadsheets_are_shown_is_what_is_printed() {
    let sandbox = Sandbox::new();
    let fixtures = root().join("tests/fixtures");
    for (name, fixture) in [
        ("receivables.md", "plans/valid/accounts-receivable.md"),
        ("filled-in.xlsx", "workbooks/filled-in-with-base.xlsx"),
    ] {
        let bytes = fs::read(fixtures.join(fixture)).expect("is there");
        sandbox.write(name, bytes);
    }
    docs_run_in(&sandbox, "docs/spreadsheets.md");
}

#[test]
fn what_is_shown_of_check_ins_is_what_is_printed() {
    docs_run("docs/check-ins.md");
}

#[test]
fn documents_that_are_not_run_have_no_console_blocks() {
    for path in files("").into_iter().filter(|path| path.ends_with(".md")) {
        let are_run = [
            "README.md",
            "CONTRIBUTING.md",
            "docs/check-ins.md",
            "docs/spreadsheets.md",
        ];
        if !are_run.contains(&&*path) {
            assert!(
                !read(&path).contains("```console"),
                "{path} has a console block; run it with docs_run in tests/it/tidy.rs"
            );
        }
    }
}

#[test]
fn documents_name_every_command_and_every_format() {
    let readme = read("README.md");
    for command in commands() {
        assert!(
            readme.contains(&format!("okr {command}")),
            "README.md does not name `okr {command}`"
        );
    }
    let help = read("okr-cli/src/commands/render.md");
    for format in FORMATS {
        let called = |text: &str| text.to_lowercase().contains(format.name);
        assert!(
            called(&readme),
            "README.md does not name the format {}",
            format.name
        );
        assert!(
            called(&help),
            "okr-cli/src/commands/render.md does not name the format {}",
            format.name
        );
        assert!(
            help.contains(&format!(".{}", format.extensions[0])),
            "okr-cli/src/commands/render.md does not name the ending .{}",
            format.extensions[0]
        );
    }
    for (file, _) in TEMPLATES {
        let name = file.trim_end_matches(".md");
        assert!(
            readme.contains(&format!("`{name}`")),
            "README.md does not name the role template {name}"
        );
    }
    let architecture = read("ARCHITECTURE.md");
    for name in CRATES {
        assert!(
            architecture.contains(name),
            "ARCHITECTURE.md does not name {name}"
        );
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut faults = String::new();
    // The specification is full of examples, whose links lead into folders of their readers.
    let is_checked = |path: &String| {
        path.ends_with(".md")
            && (!path.contains('/') || path.starts_with("docs/"))
            && path != "docs/plan-format.md"
    };
    for path in files("").into_iter().filter(is_checked) {
        let text = read(&path);
        let mut in_code = false;
        for (number, line) in text.lines().enumerate() {
            in_code ^= line.trim_start().starts_with("```");
            // What stands between backticks is shown, and leads nowhere.
            let prose: String = if in_code {
                String::new()
            } else {
                line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
            };
            for link in prose
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split(')').next())
            {
                let target = link.split('#').next().unwrap_or_default();
                if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                    continue;
                }
                let folder = root().join(Path::new(&path).parent().expect("has a folder"));
                if !folder.join(target).exists() {
                    let _ = writeln!(faults, "{path}:{}: {target} is not there", number + 1);
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn the_changelog_begins_with_what_is_unreleased() {
    let changelog = read("CHANGELOG.md");
    let first = changelog
        .lines()
        .find(|line| line.starts_with("## "))
        .expect("has sections");
    assert_eq!(first, "## [Unreleased]");
}
