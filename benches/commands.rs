//! Times whole commands, as processes; build the program first with `cargo build --release`.
#![expect(
    clippy::disallowed_methods,
    reason = "the bench starts processes and looks for the program"
)]
#![expect(clippy::print_stderr, reason = "the bench says when it cannot run")]

use std::path::PathBuf;
use std::process::{Command, Stdio};

use divan::Bencher;

fn main() {
    if program().is_none() {
        eprintln!("not run: build the program first with `cargo build --release`");
        return;
    }
    divan::main();
}

/// Returns the program beside the folder of this bench.
fn program() -> Option<PathBuf> {
    let bench = std::env::current_exe().ok()?;
    let program = bench
        .parent()?
        .parent()?
        .join(format!("okr{}", std::env::consts::EXE_SUFFIX));
    program.is_file().then_some(program)
}

fn run(arguments: &[&str], folder: &tempfile::TempDir) {
    let status = Command::new(program().expect("main has looked for it"))
        .args(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(status.success(), "{arguments:?}");
}

#[divan::bench]
fn start_up(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    bencher.bench_local(|| run(&["--version"], &folder));
}

#[divan::bench]
fn new(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let arguments = [
        "new",
        "accounts-team",
        "--period",
        "2026-Q4",
        "--also",
        "html,csv",
        "--force",
    ];
    bencher.bench_local(|| run(&arguments, &folder));
}

#[divan::bench(args = ["html", "xlsx", "csv", "json", "markdown"])]
fn render(bencher: Bencher<'_, '_>, format: &str) {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    run(
        &[
            "new",
            "accounts-team",
            "--period",
            "2026-Q4",
            "--all",
            "-o",
            "plan.md",
        ],
        &folder,
    );
    bencher.bench_local(|| run(&["render", "plan.md", "--to", format], &folder));
}

#[divan::bench(args = [1, 1000], sample_count = 10)]
fn check(bencher: Bencher<'_, '_>, plans: usize) {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let text = okr_bench::year();
    for plan in 0..plans {
        let path = folder.path().join(format!("plan-{plan}.md"));
        std::fs::write(path, &text).expect("the plan can be written");
    }
    let arguments = ["check", ".", "--format", "concise", "--today", "2026-11-22"];
    bencher.bench_local(|| run(&arguments, &folder));
}

#[divan::bench(args = [1, 1000], sample_count = 10)]
fn status(bencher: Bencher<'_, '_>, plans: usize) {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let text = okr_bench::year();
    for plan in 0..plans {
        let path = folder.path().join(format!("plan-{plan}.md"));
        std::fs::write(path, &text).expect("the plan can be written");
    }
    let arguments = ["status", ".", "--format", "text", "--today", "2026-11-22"];
    bencher.bench_local(|| run(&arguments, &folder));
}

#[divan::bench(args = [1, 1000], sample_count = 10)]
fn publish(bencher: Bencher<'_, '_>, plans: usize) {
    let folder = workspace(plans);
    let site = folder.path().join("site");
    bencher
        .with_inputs(|| {
            if site.exists() {
                std::fs::remove_dir_all(&site).expect("the site can be removed");
            }
        })
        .bench_local_values(|()| run(&PUBLISH, &folder));
}

#[divan::bench(args = [1000], sample_count = 10)]
fn publish_again(bencher: Bencher<'_, '_>, plans: usize) {
    let folder = workspace(plans);
    run(&PUBLISH, &folder);
    bencher.bench_local(|| run(&PUBLISH, &folder));
}

/// One of the plans has another text each time.
#[divan::bench(args = [1000], sample_count = 10)]
fn publish_after_a_check_in(bencher: Bencher<'_, '_>, plans: usize) {
    let folder = workspace(plans);
    run(&PUBLISH, &folder);
    let path = folder.path().join("plans/t0/plan-0.md");
    let mut text = okr_bench::quarter(0);
    bencher
        .with_inputs(|| {
            text.push_str("\nMore was said.\n");
            std::fs::write(&path, &text).expect("the plan can be written");
        })
        .bench_local_values(|()| run(&PUBLISH, &folder));
}

const PUBLISH: [&str; 6] = ["publish", "plans", "-o", "site", "--today", "2026-11-06"];

/// Returns a folder of plans of 12 key results with 12 weeks of check-ins each, of which each serves another.
fn workspace(plans: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    for plan in 0..plans {
        let team = folder.path().join(format!("plans/t{}", plan / 50));
        std::fs::create_dir_all(&team).expect("the folder can be made");
        std::fs::write(
            team.join(format!("plan-{plan}.md")),
            okr_bench::quarter(plan),
        )
        .expect("the plan can be written");
    }
    folder
}
