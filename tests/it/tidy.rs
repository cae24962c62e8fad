//! The project keeps its own promises: registries, documents, layers, packages.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use okr_core::audit::{Axis, RULES};
use okr_render::report::REPORTS;
use okr_render::{DIALECTS, FORMATS};
use okr_templates::TEMPLATES;

use crate::support::expected::{differences, is_accepting};
use crate::support::root;
use crate::support::sandbox::{Sandbox, finish};

const CRATES: [&str; 4] = ["okr-cli", "okr-core", "okr-render", "okr-templates"];

/// Folders that hold nothing of ours.
const FOREIGN: [&str; 4] = [".git", "node_modules", "proptest-regressions", "target"];

/// Returns all files below a folder of the project, sorted, with paths from its root.
fn files(folder: &str) -> Vec<String> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in
            fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let path = entry.expect("is readable").path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .expect("is UTF-8");
            if path.is_symlink() || FOREIGN.contains(&name) {
                continue;
            }
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    let shown = |path: PathBuf| {
        path.strip_prefix(root())
            .expect("lies in the project")
            .to_str()
            .expect("is UTF-8")
            .replace('\\', "/")
    };
    let mut files: Vec<String> = found.into_iter().map(shown).collect();
    files.sort();
    files
}

#[track_caller]
fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the names, without their ending, of the files that stand directly in a folder.
fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let inside = files(folder).into_iter().filter_map(|path| {
        let name = path
            .strip_prefix(folder)?
            .strip_prefix('/')?
            .strip_suffix(ending)?
            .to_owned();
        (!name.contains('/')).then_some(name)
    });
    inside.collect()
}

/// Checks that a registry has an entry for each name of a folder and no other, in order.
///
/// `line` is how an entry is written.
#[track_caller]
fn check_registry(
    registry: &str,
    entries: &[String],
    folder: &BTreeSet<String>,
    line: impl Fn(&str) -> String,
) {
    let mut faults = String::new();
    for name in folder.iter().filter(|name| !entries.contains(name)) {
        let _ = writeln!(faults, "add to {registry}:\n    {}", line(name));
    }
    for name in entries.iter().filter(|name| !folder.contains(*name)) {
        let _ = writeln!(
            faults,
            "{registry} has `{name}`, which is in no file; remove:\n    {}",
            line(name)
        );
    }
    assert!(faults.is_empty(), "{faults}");
    let sorted: Vec<_> = folder.iter().cloned().collect();
    assert_eq!(entries, sorted, "{registry} is sorted and has each once");
}

#[test]
fn every_role_template_is_registered() {
    let entries: Vec<_> = TEMPLATES
        .iter()
        .map(|(file, _)| file.strip_suffix(".md").expect("is Markdown").to_owned())
        .collect();
    check_registry(
        "TEMPLATES in okr-templates/src/library.rs",
        &entries,
        &names("templates/roles", ".md"),
        |name| format!("(\"{name}.md\", include_str!(\"../roles/{name}.md\")),"),
    );
    for (file, text) in TEMPLATES {
        assert_eq!(*text, read(&format!("templates/roles/{file}")));
        let name = okr_templates::Template::parse(file, text)
            .expect("is right")
            .name;
        assert_eq!(
            format!("{name}.md"),
            *file,
            "the file has the name of its template"
        );
    }
}

#[test]
fn every_format_is_registered() {
    let entries: Vec<_> = FORMATS
        .iter()
        .map(|format| format.name.to_owned())
        .collect();
    let folder = "okr-render/src/formats/";
    let folders: BTreeSet<_> = files(folder)
        .iter()
        .filter_map(|path| Some(path.strip_prefix(folder)?.split_once('/')?.0.to_owned()))
        .collect();
    check_registry(
        "FORMATS in okr-render/src/format.rs",
        &entries,
        &folders,
        |name| format!("&formats::{name}::FORMAT,"),
    );
    for name in &entries {
        for file in ["mod.rs", "read.rs", "write.rs", &format!("{name}.md")] {
            let path = format!("{folder}{name}/{file}");
            assert!(root().join(&path).is_file(), "{path} is missing");
        }
    }
}

#[test]
fn every_dialect_is_registered() {
    let entries: Vec<_> = DIALECTS
        .iter()
        .map(|dialect| dialect.name.replace('-', "_"))
        .collect();
    let folder = "okr-render/src/dialects";
    let documents = names(folder, ".md");
    check_registry(
        "DIALECTS in okr-render/src/dialects/mod.rs",
        &entries,
        &documents,
        |name| format!("&{name}::DIALECT,"),
    );
    for name in &entries {
        let text = read(&format!("{folder}/{name}.rs"));
        assert!(text.contains("static DIALECT: Dialect"), "{name}.rs");
    }
}

/// Returns the commands that the help lists, in its order, without `help` itself.
pub(crate) fn commands() -> Vec<String> {
    let help = Sandbox::new().okr("--help").success().out();
    let list = help
        .split("\nCommands:\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next())
        .expect("the help has a list");
    let names = list
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_is_registered() {
    let folder = "okr-cli/src/commands";
    let documents = names(folder, ".md");
    check_registry(
        "COMMANDS in okr-cli/src/commands/mod.rs",
        &commands(),
        &documents,
        |name| format!("&{name}::COMMAND,"),
    );
    // What several commands share stands among them and is none.
    let is_command =
        |name: &String| read(&format!("{folder}/{name}.rs")).contains("static COMMAND: Command");
    let modules: BTreeSet<_> = names(folder, ".rs")
        .into_iter()
        .filter(is_command)
        .collect();
    assert_eq!(
        modules, documents,
        "{folder}/<command>.rs has <command>.md beside it"
    );
}

#[test]
fn every_report_format_is_registered() {
    let entries: Vec<_> = REPORTS
        .iter()
        .map(|format| format.name.to_owned())
        .collect();
    let folder = "okr-render/src/report";
    // What reports share stands among them and is none.
    let is_format = |name: &String| {
        read(&format!("{folder}/{name}.rs")).contains("static REPORT: ReportFormat")
    };
    let modules: BTreeSet<_> = names(folder, ".rs").into_iter().filter(is_format).collect();
    check_registry(
        "REPORTS in okr-render/src/report/mod.rs",
        &entries,
        &modules,
        |name| format!("&{name}::REPORT,"),
    );
    let help = read("okr-cli/src/commands/check.md");
    for name in &entries {
        let line = format!("\n- {name} ");
        assert!(
            help.contains(&line),
            "okr-cli/src/commands/check.md does not name {name}"
        );
    }
}

#[test]
fn every_code_of_a_message_about_reading_is_listed() {
    let listed = okr_core::diagnostic::CODES;
    assert!(listed.is_sorted());
    for name in names("tests/fixtures/invalid", ".md") {
        let is_listed = |code: &&&str| name == **code || name.starts_with(&format!("{code}-"));
        assert!(
            listed.iter().any(|code| is_listed(&code)),
            "add the code of {name} to CODES in okr-core/src/diagnostic.rs"
        );
    }
}

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
            let runs = match rule.tier {
                okr_core::audit::Tier::Basic => "always",
                okr_core::audit::Tier::Strict => "with `--strict`",
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

#[test]
fn every_module_says_what_it_is_for() {
    let mut faults = String::new();
    for path in CRATES
        .iter()
        .flat_map(|name| files(&format!("{name}/src")))
        .chain(files("benches"))
        .chain(files("tests/it"))
    {
        if !path.ends_with(".rs") {
            continue;
        }
        let text = read(&path);
        // A module whose items its parent shows as its own opens with one of them instead.
        let is_import = |line: &str| {
            line.starts_with("use ") || line.starts_with("pub use ") || line.starts_with("mod ")
        };
        let mut in_import = false;
        let first = text.lines().find(|line| {
            let skipped = in_import || line.is_empty() || is_import(line);
            if is_import(line) || in_import {
                in_import = !line.ends_with(';');
            }
            !skipped
        });
        let opens = first.unwrap_or_default();
        if !(text.starts_with("//!") || opens.starts_with("///")) {
            let _ = writeln!(
                faults,
                "{path} begins with neither `//!` nor a documented item: {opens}"
            );
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// The layers of okr-core, the lowest first; modules of one layer may know each other.
const LAYERS: [&[&str]; 6] = [
    &["text"],
    &["syntax"],
    &["model"],
    &[
        "diagnostic",
        "dismissals",
        "fields",
        "locations",
        "progress",
        "statement",
    ],
    &["completion", "edit", "lower", "print"],
    &["audit"],
];

#[test]
fn layers_of_the_core_know_only_those_below() {
    let layer = |module: &str| LAYERS.iter().position(|layer| layer.contains(&module));
    let mut faults = String::new();
    for path in files("okr-core/src") {
        let inside = path.strip_prefix("okr-core/src/").expect("lies there");
        let module = inside
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        let Some(own) = layer(module) else {
            let _ = writeln!(
                faults,
                "{path}: `{module}` has no layer; add it to LAYERS in tests/it/tidy.rs"
            );
            continue;
        };
        for (number, line) in read(&path).lines().enumerate() {
            for (at, _) in line.match_indices("crate::") {
                let target: String = line[at..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
                    .collect();
                let other = target["crate::".len()..]
                    .split(':')
                    .next()
                    .unwrap_or_default();
                // The root shows a few items as its own.
                let other = layer(other)
                    .or((other == "print").then_some(5))
                    .unwrap_or(3);
                if other <= own {
                    continue;
                }
                let _ = writeln!(
                    faults,
                    "{path}:{}: `{module}` looks up to `{target}`",
                    number + 1
                );
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn crates_know_only_those_below() {
    let known = |name: &str| -> Vec<&str> {
        let manifest = read(&format!("{name}/Cargo.toml"));
        let table: toml::Table = toml::from_str(&manifest).expect("is TOML");
        CRATES
            .into_iter()
            .filter(|other| {
                table
                    .get("dependencies")
                    .and_then(|table| table.get(other))
                    .is_some()
            })
            .collect()
    };
    assert_eq!(known("okr-core"), [""; 0]);
    assert_eq!(known("okr-templates"), ["okr-core"]);
    assert_eq!(known("okr-render"), ["okr-core"]);
    assert_eq!(
        known("okr-cli"),
        ["okr-core", "okr-render", "okr-templates"]
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
    let sandbox = Sandbox::new();
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
                    actual.push_str(&printed(document, &sandbox, command));
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
                if let Some(name) = fence.strip_prefix("markdown ") {
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
fn documents_that_are_not_run_have_no_console_blocks() {
    for path in files("").into_iter().filter(|path| path.ends_with(".md")) {
        if !["README.md", "CONTRIBUTING.md"].contains(&&*path) {
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

#[test]
fn no_file_names_a_machine_or_leaves_something_half_done() {
    // Put together from halves, so that this file passes.
    let words = [
        ("/wor", "k/"),
        ("/roo", "t/"),
        ("/hom", "e/"),
        ("C:\\Use", "rs\\"),
        ("TO", "DO"),
        ("FIX", "ME"),
        ("XX", "X:"),
    ]
    .map(|(one, other)| format!("{one}{other}"));
    let mut faults = String::new();
    for path in files("") {
        // A picture or a font has no words.
        let Ok(text) = fs::read_to_string(root().join(&path)) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(&**word)) {
                let _ = writeln!(faults, "{path}:{}: {word}", number + 1);
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn each_crate_is_packaged_with_the_data_that_it_embeds() {
    let roles: Vec<String> = TEMPLATES
        .iter()
        .map(|(file, _)| format!("roles/{file}"))
        .collect();
    let pages: Vec<String> = files("templates/html")
        .iter()
        .filter_map(|path| path.rsplit('/').next())
        .map(|name| format!("templates/{name}"))
        .collect();
    assert!(pages.len() > 3, "{pages:?}");
    for (name, expected) in [
        ("okr-cli", vec!["src/commands/new.md".to_owned()]),
        ("okr-core", vec!["src/lib.rs".to_owned()]),
        ("okr-render", pages),
        ("okr-templates", roles),
    ] {
        // Cargo tells which Cargo runs the tests.
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args([
                "package",
                "--list",
                "--offline",
                "--allow-dirty",
                "--quiet",
                "--package",
                name,
            ])
            .current_dir(root());
        let listed = finish(cargo, b"").success().out().replace('\\', "/");
        for file in expected {
            assert!(
                listed.lines().any(|line| line == file),
                "{name} is packaged without {file}:\n{listed}"
            );
        }
    }
}
