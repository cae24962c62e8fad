//! What holds for every command: exit status, help, names that are nearly right, streams that end.

use std::fs::File;
use std::process::Stdio;
use std::time::Duration;

use snapbox::str;

use crate::support::sandbox::{Sandbox, finish, finish_as_is, wait};

#[test]
fn the_version_is_that_of_the_package() {
    let run = Sandbox::new().okr("--version");
    run.success().says_nothing();
    assert_eq!(run.out(), concat!("okr ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn the_help_lists_commands_options_and_exit_statuses() {
    Sandbox::new()
        .okr("--help")
        .success()
        .says_nothing()
        .prints(str![[r#"
Goals as plain Markdown files: starter plans, spreadsheets, pages

Usage: okr [OPTIONS] <COMMAND>

Commands:
  add          Add an objective, a key result or an initiative to a plan
  check        Say what is wrong with plans, where, and what to write instead
  checkin      Record where key results stand: a value, a status, a note
  close        Grade a plan at the end of its period, and write down what was learned
  completions  Let your shell complete what you type
  dialects     List the platforms whose tables okr writes and reads
  diff         Show what changed between two plans, in terms of the plan
  due          List what is owed and by whom; as a calendar, or as a digest of the week
  explain      Say what the rules of `okr check` mean, and why
  fmt          Tidy plans: numbers, names of fields, tables
  import       Make a plan of a spreadsheet that a team keeps, or of another tool's export
  man          Print or write the manual pages
  map          Show which objectives serve which, across plans
  measure      Compute a finance measure, such as DSO, from an export of invoices
  new          Make a starter plan for a role, or the next plan of what is left of one
  publish      Make a site of a folder of plans: where they stand, each plan, each person
  read         Show what was understood of a goal's wording
  render       Write a plan as a web page, a workbook, a table or JSON, or read it back
  review       Go through what is wrong with a plan, one finding at a time
  set          Change one thing in a plan: a baseline, an owner, a date
  status       Show where plans stand: progress, status, forecast, what is to be decided
  templates    List, search and read the roles that there are starter plans for
  help         Print this message or the help of the given subcommand(s)

Options:
  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

Options for every command:
      --today <DATE>
          Take this day for today, such as 2026-11-22

      --config <FILE>
          Go by this okr.toml, and by no other; without it, by the one in the folder of each plan or
          the nearest above

      --color <WHEN>
          Use colour: auto (on a terminal, unless NO_COLOR is set; always with CLICOLOR_FORCE),
          always or never

Start here:
  okr templates                 which roles there are starter plans for
  okr new accounts-team         make a plan; at a terminal, okr asks what it needs to know
  okr render PLAN.md -o PLAN.html
                                turn it into a page to send around
  okr checkin PLAN.md           each week: say where it stands; okr status shows it

Exit status:
  0  all is well
  1  the work was done, and there is something to look at
  2  the work could not be done

`okr help COMMAND` tells more about a command.

"#]]);
}

#[test]
fn without_a_command_the_help_is_said_and_nothing_done() {
    let sandbox = Sandbox::new();
    let run = finish(sandbox.bare_command(), b"");
    run.failure().prints_nothing();
    assert!(run.err().contains("Usage: okr"), "{}", run.err());
}

#[test]
fn every_command_has_help_with_examples_that_begin_with_its_name() {
    let sandbox = Sandbox::new();
    for command in crate::tidy::commands() {
        let long = sandbox.okr(&format!("help {command}"));
        long.success().says_nothing();
        let usage = format!("Usage: okr {command}");
        assert!(long.out().contains(&usage), "{command}: {}", long.out());
        assert!(
            long.out().contains(&format!("okr {command} ")),
            "{command} has an example: {}",
            long.out()
        );
        let flag = sandbox.okr(&format!("{command} --help"));
        flag.success();
        assert_eq!(
            flag.out(),
            long.out(),
            "`okr help {command}` and `okr {command} --help` are one"
        );
        assert!(
            sandbox
                .okr(&format!("{command} -h"))
                .success()
                .out()
                .contains(&usage)
        );
        assert!(
            !long.out().contains('\u{1b}'),
            "{command}: no colour without a terminal"
        );
    }
}

#[test]
fn a_command_that_is_nearly_right_is_offered() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("nwe accounts-team")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: there is no command `nwe`
help: did you mean `new`?

"#]]);
    sandbox.okr("template").failure().says(str![[r#"
error: unrecognized subcommand 'template'
help: a similar subcommand exists: 'templates'

Usage: okr [OPTIONS] <COMMAND>

"#]]);
    sandbox.okr("frobnicate").failure().says(str![[r#"
error: there is no command `frobnicate`
help: `okr help` lists the commands

"#]]);
}

#[test]
fn a_flag_that_is_nearly_right_is_offered() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("new accounts-team --basline 1.1=68%")
        .failure()
        .says(str![[r#"
error: unexpected argument '--basline' found
help: a similar argument exists: '--baseline'

Usage: okr new --baseline <NUMBER=VALUE> <ROLE>

"#]]);
    sandbox
        .okr("render plan.md --too html")
        .failure()
        .says(str![[r#"
error: unexpected argument '--too' found
help: a similar argument exists: '--to'

Usage: okr render --to <FORMAT> <PLAN>

"#]]);
    assert_eq!(sandbox.list(), [""; 0]);
}

#[test]
fn what_is_missing_is_named() {
    let sandbox = Sandbox::new();
    sandbox.okr("new").failure().says(str![[r#"
error: it is not said for which role
help: name one, as in okr new accounts-team:
  accounts-team        Accounts team
  billing-coordinator  Billing coordinator

"#]]);
    sandbox
        .okr("set plan.md 1.1 baseline")
        .failure()
        .says(str![[r#"
error: the following required arguments were not provided:
  <VALUE>

Usage: okr set <PLAN> <ELEMENT> <FIELD> <VALUE>

"#]]);
    sandbox
        .okr("new accounts-team --all --objectives 1")
        .failure()
        .says(str![[r#"
error: the argument '--all' cannot be used with '--objectives <NUMBERS>'

Usage: okr new --all <ROLE>

"#]]);
}

#[test]
fn today_is_a_date_and_nothing_else() {
    let sandbox = Sandbox::new();
    for wrong in [
        "tomorrow",
        "22.11.2026",
        "20261122",
        "2026-11-22T10:00",
        "2026-13-01",
        "2026-02-29",
        "",
    ] {
        let mut command = sandbox.bare_command();
        command.args(["--today", wrong, "new", "accounts-team"]);
        let run = finish(command, b"");
        run.failure();
        assert!(
            run.err().contains("write a date like 2026-11-22"),
            "{wrong}: {}",
            run.err()
        );
    }
    assert_eq!(sandbox.list(), [""; 0]);
}

#[test]
fn today_stands_in_for_the_clock() {
    let sandbox = Sandbox::new();
    for (today, period) in [
        ("2026-11-10", "2026-Q4"),
        ("2027-02-28", "2027-Q2"),
        ("2028-12-30", "2029-Q1"),
    ] {
        let mut command = sandbox.bare_command();
        command.args(["new", "accounts-team", "--today", today]);
        finish(command, b"").success();
        assert!(
            sandbox
                .read(&format!("accounts-team-{period}.md"))
                .contains(&format!("\nperiod: {period}\n"))
        );
    }
    assert_eq!(sandbox.list().len(), 3);
}

#[test]
fn colour_comes_only_when_it_is_wanted() {
    let sandbox = Sandbox::new();
    let has_colour = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = sandbox.bare_command();
        command.args(arguments).envs(environment.iter().copied());
        let run = finish(command, b"");
        run.success().out().contains('\u{1b}')
    };
    assert!(!has_colour(&["templates"], &[]));
    assert!(has_colour(&["templates"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!has_colour(&["templates"], &[("CLICOLOR_FORCE", "0")]));
    assert!(!has_colour(
        &["templates"],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    assert!(
        has_colour(&["templates"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]),
        "an empty NO_COLOR says nothing"
    );
    assert!(
        has_colour(&["templates", "--color", "always"], &[("NO_COLOR", "1")]),
        "what is asked for by hand counts"
    );
    assert!(!has_colour(
        &["templates", "--color", "never"],
        &[("CLICOLOR_FORCE", "1")]
    ));
    sandbox
        .okr("templates --color sometimes")
        .failure()
        .says(str![[r#"
error: invalid value 'sometimes' for '--color <WHEN>': write auto, always or never

"#]]);
}

#[test]
fn nothing_is_asked_without_a_terminal() {
    let sandbox = Sandbox::new();
    // An input that never ends and never comes would hold up whoever reads it.
    let (_held_open, writer) = (
        sandbox.path("x"),
        std::io::pipe().expect("the system has pipes"),
    );
    let (reader, _writer) = writer;
    let mut command = sandbox.command("new accounts-team -o plan.md");
    command
        .stdin(reader)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().expect("starts");
    let status = wait(&mut child, Duration::from_secs(20)).expect("does not wait for an answer");
    assert_eq!(status.code(), Some(0));
    assert_eq!(sandbox.list(), ["plan.md"]);
}

#[test]
fn whoever_stops_reading_has_seen_enough() {
    let sandbox = Sandbox::with(&[("plan.md", super::THREE_HEADINGS)]);
    for line in [
        "templates",
        "new accounts-team --all -o -",
        "render plan.md --to html",
        "completions bash",
        "man",
        "--help",
        "help new",
    ] {
        let (reader, writer) = std::io::pipe().expect("the system has pipes");
        drop(reader);
        let mut command = sandbox.command(line);
        command.stdout(writer).stderr(Stdio::piped());
        let run = finish_as_is(command, b"");
        run.success();
        assert!(!run.err().contains("error"), "{line}: {}", run.err());
    }
}

#[test]
fn nobody_to_talk_to_is_no_reason_to_stop() {
    let sandbox = Sandbox::new();
    let (reader, writer) = std::io::pipe().expect("the system has pipes");
    drop(reader);
    let mut command = sandbox.command("new accounts-team -o plan.md --also csv");
    command.stdout(Stdio::piped()).stderr(writer);
    finish_as_is(command, b"").success();
    assert_eq!(sandbox.list(), ["plan.csv", "plan.md"]);
}

#[cfg(target_os = "linux")]
#[track_caller]
fn check_full_disk(lines: &[&str]) {
    let sandbox = Sandbox::with(&[("plan.md", super::THREE_HEADINGS)]);
    for line in lines {
        let full = File::options()
            .write(true)
            .open("/dev/full")
            .expect("is there on Linux");
        let mut command = sandbox.command(line);
        command.stdout(full).stderr(Stdio::piped());
        let run = finish_as_is(command, b"");
        assert!(run.err().starts_with("error: "), "{line}: {}", run.err());
        run.failure();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_told() {
    check_full_disk(&[
        "templates",
        "templates --json",
        "new accounts-team --all -o -",
        "render plan.md --to html",
        "fmt plan.md --dry-run",
        "completions bash",
        "man new",
    ]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_to_those_who_ask_for_help_as_well() {
    check_full_disk(&["--help", "--version", "help new", "new --help"]);
}
