//! The programs that the trials need, where they are, and what is said when they are not there.
#![expect(
    clippy::disallowed_methods,
    reason = "tools are found through the environment and on the disk"
)]

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program or package that some trials need and that Rust does not bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// The accessibility rules that run inside a page.
    AxeCore,
    /// Runs the scripts of the example.
    Bash,
    /// The browser.
    Chromium,
    /// Draws graphs.
    Dot,
    /// Reads calendars.
    IcalJs,
    /// Runs the HTML checker.
    Java,
    /// Grades pages as search engines and auditors do.
    Lighthouse,
    /// Reads Markdown as GitHub does.
    Marked,
    /// Draws graphs as code hosts do.
    Mermaid,
    /// Runs the scripts that drive the browser.
    Node,
    /// Reads workbooks: a Python that has it.
    Openpyxl,
    /// Drives the browser.
    PlaywrightCore,
    /// Reads PDF files: `pdfinfo` and `pdftotext`.
    Poppler,
    /// The spreadsheet.
    LibreOffice,
    /// The official schema of SARIF 2.1.0.
    SarifSchema,
    /// Reads workbooks, too.
    SheetJs,
    /// Watches a program and interferes with it.
    Strace,
    /// A terminal without a screen.
    Tmux,
    /// Reads calendars, too.
    TsIcs,
    /// The Nu HTML checker.
    VnuJar,
}

impl Tool {
    /// Returns where the tool is, or `None` where it is missing.
    pub(crate) fn find(self) -> Option<PathBuf> {
        match self {
            Self::AxeCore => package("axe-core/axe.min.js"),
            Self::Bash => program("bash"),
            Self::Chromium => program("chromium").or_else(|| program("chromium-browser")),
            Self::Dot => program("dot"),
            Self::IcalJs => package("ical.js/package.json"),
            Self::Java => program("java"),
            Self::Lighthouse => package("lighthouse/package.json"),
            Self::Marked => package("marked/package.json"),
            Self::Mermaid => package("mermaid/dist/mermaid.min.js"),
            Self::Node => program("node").or_else(|| program("nodejs")),
            Self::Openpyxl => python_with("openpyxl"),
            Self::PlaywrightCore => package("playwright-core/package.json"),
            // Both come in one package, and the one stands beside the other.
            Self::Poppler => program("pdfinfo").filter(|info| pdftotext(info).is_file()),
            Self::LibreOffice => program("soffice"),
            Self::SarifSchema => {
                package("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")
            }
            Self::SheetJs => package("@e965/xlsx/package.json"),
            Self::Strace => program("strace"),
            Self::Tmux => program("tmux"),
            Self::TsIcs => package("ts-ics/package.json"),
            Self::VnuJar => package("vnu-jar/build/dist/vnu.jar"),
        }
    }

    /// Returns the name of the tool and the package that has it.
    fn describe(self) -> &'static str {
        match self {
            Self::AxeCore => "axe-core (`npm ci` in tests/tools)",
            Self::Bash => "bash (Debian: bash)",
            Self::Chromium => "chromium (Debian: chromium)",
            Self::Dot => "dot (Debian: graphviz)",
            Self::IcalJs => "ical.js (`npm ci` in tests/tools)",
            Self::Java => "java (Debian: default-jre-headless)",
            Self::Lighthouse => "lighthouse (`npm ci` in tests/tools)",
            Self::Marked => "marked (`npm ci` in tests/tools)",
            Self::Mermaid => "mermaid (`npm ci` in tests/tools)",
            Self::Node => "node (Debian: nodejs, npm)",
            Self::Openpyxl => "openpyxl (Debian: python3-openpyxl)",
            Self::PlaywrightCore => "playwright-core (`npm ci` in tests/tools)",
            Self::Poppler => "pdfinfo and pdftotext (Debian: poppler-utils)",
            Self::LibreOffice => "soffice (Debian: libreoffice-calc-nogui)",
            Self::SarifSchema => "@microsoft/jest-sarif (`npm ci` in tests/tools)",
            Self::SheetJs => "@e965/xlsx (`npm ci` in tests/tools)",
            Self::Strace => "strace (Debian: strace)",
            Self::Tmux => "tmux (Debian: tmux)",
            Self::TsIcs => "ts-ics (`npm ci` in tests/tools)",
            Self::VnuJar => "vnu-jar (`npm ci` in tests/tools)",
        }
    }
}

/// Returns `pdftotext` beside `pdfinfo`.
pub(crate) fn pdftotext(pdfinfo: &Path) -> PathBuf {
    pdfinfo.with_file_name("pdftotext")
}

/// Returns what is missing of `tools`, in words, or `None` where all are there.
pub(crate) fn missing(tools: &[Tool]) -> Option<String> {
    let missing: Vec<_> = tools
        .iter()
        .filter(|tool| tool.find().is_none())
        .map(|tool| tool.describe())
        .collect();
    (!missing.is_empty()).then(|| missing.join(", "))
}

/// Returns whether a trial whose tool is missing fails instead of being ignored.
pub(crate) fn are_required() -> bool {
    ["CI", "OKR_REQUIRE_TOOLS"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0"))
}

/// Returns this folder, where the script for the browser is.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/tools")
}

fn package(path: &str) -> Option<PathBuf> {
    Some(folder().join("node_modules").join(path)).filter(|path| path.is_file())
}

/// Returns a Python that has a module; that of Debian's packages may not be the first on the path.
fn python_with(module: &str) -> Option<PathBuf> {
    let has_it = |python: &PathBuf| {
        let import = format!("import {module}");
        let mut command = Command::new(python);
        let silent = command
            .args(["-c", &import])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        silent.status().is_ok_and(|status| status.success())
    };
    program("python3")
        .into_iter()
        .chain([PathBuf::from("/usr/bin/python3")])
        .find(has_it)
}

fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}
