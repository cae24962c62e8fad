//! The plans that go through the tools.
#![expect(
    clippy::disallowed_methods,
    reason = "plans and what is made of them are files in a temporary folder"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;

use crate::process::{self, Output};

/// A plan, and how many pages it may fill on paper.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) most_pages: usize,
    source: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// What `okr new` makes with these words.
    New(&'static [&'static str]),
    /// A document as it stands.
    Text(&'static str),
    /// A document that harms whatever takes its text for something else.
    Hostile(&'static str),
}

/// Every plan, by name.
pub(crate) static SAMPLES: &[Sample] = &[
    Sample {
        name: "accounts-team",
        most_pages: 8,
        source: Source::New(&["accounts-team", "--period", "2026-Q4"]),
    },
    Sample {
        name: "accounts-team-all",
        most_pages: 16,
        source: Source::New(&["accounts-team", "--period", "2026-Q4", "--all"]),
    },
    Sample {
        name: "accounts-team-baseline",
        most_pages: 4,
        source: Source::New(&[
            "accounts-team",
            "--period",
            "2026-Q4",
            "--objectives",
            "1",
            "--baseline",
            "1.1=68%",
        ]),
    },
    Sample {
        name: "billing-coordinator-all",
        most_pages: 10,
        source: Source::New(&[
            "billing-coordinator",
            "--period",
            "2026-Q2",
            "--team",
            "Finance",
            "--owner",
            "Dana Reyes",
            "--all",
        ]),
    },
    Sample {
        name: "check-ins",
        most_pages: 5,
        source: Source::Text(include_str!("plans/check-ins.md")),
    },
    Sample {
        name: "empty",
        most_pages: 1,
        source: Source::Text(include_str!("plans/empty.md")),
    },
    Sample {
        name: "hostile",
        most_pages: 20,
        source: Source::Hostile(include_str!("plans/hostile.md")),
    },
    Sample {
        name: "kinds",
        most_pages: 5,
        source: Source::Text(include_str!("plans/kinds.md")),
    },
    Sample {
        name: "prose",
        most_pages: 5,
        source: Source::Text(include_str!("plans/prose.md")),
    },
    Sample {
        name: "three-headings",
        most_pages: 1,
        source: Source::Text(include_str!("plans/three-headings.md")),
    },
    Sample {
        name: "wording",
        most_pages: 3,
        source: Source::Text(include_str!("plans/wording.md")),
    },
];

impl Sample {
    /// Writes the plan to a file in `folder` and from there to one in the format of `extension`.
    pub(crate) fn render(&self, folder: &Path, extension: &str) -> Result<(), Failed> {
        let plan = format!("{}.md", self.name);
        match self.source {
            Source::New(words) => {
                let mut args = vec!["new"];
                args.extend(words);
                args.extend(["-o", &plan]);
                let output = okr(folder, &args)?;
                if !output.status.success() {
                    return Err(format!("okr {args:?}: {}", output.stderr).into());
                }
            }
            Source::Text(text) => fs::write(folder.join(&plan), text)?,
            Source::Hostile(text) => fs::write(folder.join(&plan), hostile(text))?,
        }
        let target = format!("{}.{extension}", self.name);
        convert(folder, &plan, &target)?;
        Ok(())
    }
}

/// Writes the plan in one file to another, and returns what was said.
///
/// A plan of which something could not be understood is written all the same.
pub(crate) fn convert(folder: &Path, from: &str, to: &str) -> Result<Output, Failed> {
    let output = okr(folder, &["render", from, "-o", to])?;
    match output.status.code() {
        Some(0 | 1) => Ok(output),
        _ => Err(format!("okr render {from} -o {to}: {}", output.stderr).into()),
    }
}

/// Runs the program in `folder`, on a day that does not change.
pub(crate) fn okr(folder: &Path, args: &[&str]) -> Result<Output, Failed> {
    okr_on("2026-11-22", folder, args)
}

/// Does the same on another day.
pub(crate) fn okr_on(today: &str, folder: &Path, args: &[&str]) -> Result<Output, Failed> {
    process::run(
        Command::new(env!("CARGO_BIN_EXE_okr"))
            .args(args)
            .args(["--today", today])
            .current_dir(folder),
    )
}

/// Adds what cannot be read in a file, or is too long for one: escape codes and endless words.
fn hostile(text: &str) -> String {
    let long = "endless".repeat(300);
    format!(
        "{text}\n\
         ## Objective 3: \u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{7} {long}\n\n\
         - Owner: {long}\n\n\
         {long}\n\n\
         ### Key result 3.1: Raise {long} from 1 to 2 {long}\n\n\
         - Measure: {long}\n\
         - {long}: {long}\n\n\
         - [ ] {long} (owner: {long})\n\n\
         | Date | Value | Note | {long} |\n| --- | --- | --- | --- |\n\
         | 2026-11-01 | 1 {long} | {long} | {long} |\n\n\
         ## {long}\n\n`{long}` [{long}](https://example.org/{long})\n"
    )
}
