//! Each registry has an entry for each file of its folder, and no other.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use okr_render::report::REPORTS;
use okr_render::{DIALECTS, FORMATS};
use okr_templates::TEMPLATES;

use super::{files, names, read};
use crate::support::root;
use crate::support::sandbox::Sandbox;

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
