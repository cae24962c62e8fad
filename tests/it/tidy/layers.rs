//! Each module says what it is for, and knows only those below it.

use std::fmt::Write as _;

use super::{CRATES, files, read};

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
        "headings",
        "ledger",
        "locations",
        "progress",
        "source",
        "statement",
    ],
    &["completion", "diff", "edit", "lower", "print"],
    &["alignment", "audit", "carry", "closing", "edition"],
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
