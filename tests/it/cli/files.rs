//! Files as they are found in the world: broken, huge, locked, changed by others, cut off.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use snapbox::str;

use super::{BY_HAND, THREE_HEADINGS};
use crate::support::sandbox::{Sandbox, wait};

#[test]
fn text_that_is_not_utf_8_is_refused_with_the_offset() {
    let sandbox = Sandbox::new();
    sandbox.write("plan.md", b"# Caf\xe9\n");
    sandbox.write("late.md", [THREE_HEADINGS.as_bytes(), b"\xff"].concat());
    sandbox
        .okr("render plan.md --to html")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: plan.md is not UTF-8 text: byte 5, in line 1, is 0xE9
help: save it as UTF-8 and try again

"#]]);
    sandbox
        .okr("set plan.md plan owner Dana")
        .failure()
        .says(str![[r#"
error: plan.md is not UTF-8 text: byte 5, in line 1, is 0xE9
help: save it as UTF-8 and try again

"#]]);
    sandbox.okr("fmt late.md").failure().says(str![[r#"
error: late.md is not UTF-8 text: byte 91, in line 6, is 0xFF
help: save it as UTF-8 and try again

"#]]);
    sandbox
        .okr_reading("fmt -", b"\xff")
        .failure()
        .says(str![[r#"
error: standard input is not UTF-8 text: byte 0, in line 1, is 0xFF
help: save it as UTF-8 and try again

"#]]);
    assert_eq!(sandbox.bytes("plan.md"), b"# Caf\xe9\n");
    sandbox.write("okr.toml", b"team = \"\xff\"\n");
    sandbox.okr("new accounts-team").failure().says(str![[r#"
error: [..]/okr.toml is not UTF-8 text: byte 8, in line 1, is 0xFF
help: save it as UTF-8 and try again

"#]]);
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let sandbox = Sandbox::new();
    let file = fs::File::create(sandbox.path("plan.md")).expect("can be made");
    file.set_len(64 << 20)
        .expect("a file of holes takes no room");
    sandbox
        .okr("render plan.md --to html")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: plan.md is larger than 16 MiB, which is the most that okr reads
help: check that it is the file you meant

"#]]);
    sandbox.okr("set plan.md plan owner Dana").failure();
    sandbox.okr("fmt plan.md").failure();
    let template = fs::File::create(sandbox.path("huge.md")).expect("can be made");
    template
        .set_len(2 << 20)
        .expect("a file of holes takes no room");
    fs::create_dir(sandbox.path("ours")).expect("can be made");
    fs::rename(sandbox.path("huge.md"), sandbox.path("ours/huge.md")).expect("can be moved");
    sandbox.okr("templates --templates ours").findings().says(str![[r#"
error: cannot read a role template: ours/huge.md is larger than 1 MiB, which is the most that okr reads
help: check that it is the file you meant

"#]]);
}

#[cfg(unix)]
#[test]
fn a_device_that_never_ends_is_read_up_to_the_limit() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("render /dev/zero --from md --to html")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: /dev/zero is larger than 16 MiB, which is the most that okr reads
help: check that it is the file you meant

"#]]);
    sandbox.okr("set /dev/zero plan owner Dana").failure();
    sandbox.okr("fmt /dev/zero").failure();
    sandbox.okr("render /dev/zero --from csv --to md").failure();
    let mut command = sandbox.command("fmt -");
    command
        .stdin(fs::File::open("/dev/zero").expect("is there"))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().expect("starts");
    assert_eq!(
        wait(&mut child, Duration::from_secs(30)).and_then(|status| status.code()),
        Some(2)
    );
}

#[test]
fn a_folder_that_is_missing_is_made() {
    let sandbox = Sandbox::with(&[
        ("a.md", THREE_HEADINGS),
        ("a.csv", "Objective,Key result\nGrow,Sign 20 accounts\n"),
    ]);
    let mut said = String::new();
    for line in [
        "render a.md -o pages/2026/a.html",
        "render a.md -o pages/2026/b.html",
        "import a.csv -o read/a.md",
        "man --dir pages/man",
        "render a.md -o never/a.html --dry-run",
        "render a.md -o way/../round/a.html",
    ] {
        let run = sandbox.okr(line);
        said.push_str(&format!("$ okr {line}\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr render a.md -o pages/2026/a.html
made the folder pages/2026
wrote pages/2026/a.html

$ okr render a.md -o pages/2026/b.html
wrote pages/2026/b.html

$ okr import a.csv -o read/a.md
made the folder read
a.csv, a table kept by hand
encoding: UTF-8
delimiter: comma (guessed)

Columns
  A  Objective   objective
  B  Key result  key result

Rows
  1  headings
  2  objective 1, key result 1.1

How it was read
  the numbers of `Sign 20 accounts` (B2) were read out of the words of the
    title, which alone has them

wrote read/a.md: 1 objective, 1 key result
next: okr check read/a.md

$ okr man --dir pages/man
made the folder pages/man
wrote [..] manual pages to pages/man

$ okr render a.md -o never/a.html --dry-run

$ okr render a.md -o way/../round/a.html
made the folder way/../round
wrote way/../round/a.html


"#]]
    );
    assert!(sandbox.path("pages/2026/b.html").exists());
    assert!(sandbox.path("round/a.html").exists());
    assert!(!sandbox.path("never").exists());
}

#[test]
fn a_folder_is_no_file() {
    let sandbox = Sandbox::with(&[("plans/a.md", THREE_HEADINGS)]);
    let mut said = String::new();
    for line in [
        "render plans --from md --to html",
        "render plans/a.md -o plans --to html --force",
        "new accounts-team -o plans --force",
        "set plans plan owner Dana",
        "fmt plans",
        "new accounts-team -o plans/a.md/b.md",
    ] {
        let run = sandbox.okr(line);
        run.failure().prints_nothing();
        said.push_str(&format!("$ okr {line}\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr render plans --from md --to html
error: plans is a folder
help: name a file in it

$ okr render plans/a.md -o plans --to html --force
error: cannot write plans: it is a folder
help: name a file in it

$ okr new accounts-team -o plans --force
error: cannot write plans: it is a folder
help: name a file in it

$ okr set plans plan owner Dana
error: plans is a folder
help: name a file in it

$ okr fmt plans
error: plans is a folder
help: name a file in it

$ okr new accounts-team -o plans/a.md/b.md
error: cannot write plans/a.md/b.md: [..]/plans/a.md is no folder


"#]]
    );
    assert_eq!(sandbox.list(), ["plans/a.md"]);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_its_file_is_what_changes() {
    let sandbox = Sandbox::with(&[("real/plan.md", BY_HAND)]);
    std::os::unix::fs::symlink("real/plan.md", sandbox.path("link.md")).expect("can be made");
    sandbox.okr("set link.md 1.1 due 2026-12-15").success();
    assert!(sandbox.path("link.md").is_symlink());
    assert_eq!(
        sandbox.read("real/plan.md"),
        BY_HAND.replace("2026-12-31", "2026-12-15")
    );
    sandbox.okr("fmt link.md").success();
    sandbox
        .okr("render real/plan.md -o link.md --force")
        .success();
    assert!(sandbox.path("link.md").is_symlink());
    assert_eq!(sandbox.list(), ["link.md", "real/plan.md"]);
    sandbox.okr("new accounts-team -o link.md").failure();
    std::os::unix::fs::symlink("nowhere.md", sandbox.path("lost.md")).expect("can be made");
    sandbox.okr("new accounts-team -o lost.md").failure();
    assert!(!sandbox.path("nowhere.md").exists());
}

#[cfg(unix)]
#[test]
fn permissions_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    fs::set_permissions(sandbox.path("plan.md"), fs::Permissions::from_mode(0o640))
        .expect("can be set");
    sandbox.okr("set plan.md 1.1 due 2026-12-15").success();
    let mode = fs::metadata(sandbox.path("plan.md"))
        .expect("is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::with(&[("locked/plan.md", BY_HAND)]);
    let mode = |mode: u32| {
        fs::set_permissions(sandbox.path("locked"), fs::Permissions::from_mode(mode))
            .expect("can be set")
    };
    mode(0o555);
    // Root may write anywhere; for it, a folder of the system that takes no files stands in.
    let is_root = fs::write(sandbox.path("locked/probe"), "").is_ok();
    let _ = fs::remove_file(sandbox.path("locked/probe"));
    if is_root {
        mode(0o755);
        if cfg!(target_os = "linux") {
            let run = sandbox.okr("new accounts-team -o /proc/plan.md");
            run.failure().prints_nothing();
            assert!(run.err().contains("/proc/plan.md"), "{}", run.err());
        }
        return;
    }
    let said = [
        sandbox.okr("set locked/plan.md 1.1 due 2026-12-15"),
        sandbox.okr("new accounts-team -o locked/new.md"),
    ];
    mode(0o755);
    for run in said {
        run.failure();
        assert!(run.err().contains("locked"), "{}", run.err());
    }
    assert_eq!(sandbox.list(), ["locked/plan.md"]);
    assert_eq!(sandbox.read("locked/plan.md"), BY_HAND);
}

#[test]
fn names_with_blanks_and_other_scripts_are_taken() {
    let sandbox = Sandbox::with(&[("our plän 計画.md", BY_HAND)]);
    sandbox
        .okr("set 'our plän 計画.md' 1.1 due 2026-12-15")
        .success()
        .says(str![[r#"
our plän 計画.md: 1.1 due: 2026-12-31 → 2026-12-15

"#]]);
    sandbox
        .okr("render 'our plän 計画.md' -o 'a b.html'")
        .success();
    assert_eq!(sandbox.list(), ["a b.html", "our plän 計画.md"]);
    sandbox.okr("new accounts-team -o -plan.md").failure();
    sandbox.okr("new accounts-team -o ./-plan.md").success();
}

#[test]
fn changes_at_the_same_time_all_land() {
    let mut text = String::from("## Objective: Get paid\n");
    for number in 1..=40 {
        text.push_str(&format!(
            "\n### Key result: Number {number}\n\n- Baseline: 0\n- Target: 100\n"
        ));
    }
    let sandbox = Sandbox::with(&[("plan.md", &text)]);
    std::thread::scope(|scope| {
        for first in [1, 21] {
            let sandbox = &sandbox;
            scope.spawn(move || {
                for number in first..first + 20 {
                    sandbox
                        .okr(&format!("set plan.md 1.{number} baseline {number}"))
                        .success();
                }
            });
        }
    });
    let plan = okr_core::parse(sandbox.read("plan.md")).plan;
    let starts: Vec<_> = plan
        .key_results()
        .filter_map(|(_, key_result)| key_result.measure.start.as_ref())
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        starts,
        (1..=40)
            .map(|number| number.to_string())
            .collect::<Vec<_>>()
    );
    assert_eq!(sandbox.list(), ["plan.md"], "nothing is left behind");
}

#[test]
fn whoever_is_killed_leaves_the_file_as_it_was_or_as_it_will_be() {
    // Large enough that writing takes some time.
    let mut text = BY_HAND.to_owned();
    text.push_str("\r\n");
    while text.len() < 2_000_000 {
        text.push_str("\r\nLine after line of free text that has to be written again.");
    }
    let sandbox = Sandbox::with(&[("plan.md", &text)]);
    let of = |due: &str| text.replacen("2026-12-31", due, 1);
    let mut current = text.clone();
    let (mut killed, mut landed) = (0, 0);
    for round in 0..40_u64 {
        let due = format!("2026-12-{:02}", 1 + round % 28);
        let next = of(&due);
        let mut command = sandbox.command(&format!("set plan.md 1.1 due {due}"));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("starts");
        // From at once to longer than it takes, spread over the whole run.
        std::thread::sleep(Duration::from_millis(round * 7 % 131));
        let _ = child.kill();
        let status = child.wait().expect("ends");
        let found = sandbox.read("plan.md");
        assert!(
            found == current || found == next,
            "round {round}: the file is neither old nor new, {} bytes",
            found.len()
        );
        if status.code().is_none() {
            killed += 1;
        } else {
            assert!(
                found == next,
                "round {round}: {status}, and yet the change is not there"
            );
        }
        landed += u32::from(found == next);
        current = found;
    }
    assert!(killed > 0, "some runs were cut off");
    sandbox.okr("set plan.md 1.1 due 2027-01-31").success();
    assert_eq!(
        sandbox.read("plan.md"),
        of("2027-01-31"),
        "no lock is left behind; {killed} killed, {landed} landed"
    );
}
