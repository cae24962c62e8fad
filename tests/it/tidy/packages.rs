//! What is published is whole, and says nothing of where it was made.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use okr_templates::TEMPLATES;

use super::files;
use crate::support::root;
use crate::support::sandbox::finish;

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
