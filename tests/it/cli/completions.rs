//! `okr completions`

use snapbox::str;

use crate::support::sandbox::Sandbox;

#[test]
fn every_shell_gets_a_script_that_knows_commands_and_flags() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = sandbox.okr(&format!("completions {shell}"));
        let script = run.success().says_nothing().out();
        for word in [
            "templates",
            "completions",
            "render",
            "baseline",
            "dry-run",
            "today",
        ] {
            assert!(script.contains(word), "{shell}: {word}");
        }
        assert_eq!(
            sandbox.okr(&format!("completions {shell}")).out(),
            script,
            "{shell}: the same bytes"
        );
    }
    assert_eq!(sandbox.list(), [""; 0]);
}

#[test]
fn an_unknown_shell_is_told_which_there_are() {
    Sandbox::new()
        .okr("completions bsh")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: invalid value 'bsh' for '<SHELL>'
  [possible values: bash, elvish, fish, powershell, zsh]
help: a similar value exists: 'bash'

"#]]);
    Sandbox::new().okr("completions").failure();
}

#[cfg(unix)]
#[test]
fn the_script_for_bash_is_one() {
    // A machine without bash has nothing to test here, and nobody who would use the script.
    let Ok(version) = std::process::Command::new("bash").arg("--version").output() else {
        return;
    };
    assert!(version.status.success());
    let sandbox = Sandbox::new();
    sandbox.write("okr.bash", sandbox.okr("completions bash").success().out());
    let mut command = std::process::Command::new("bash");
    command
        .args(["-n", "okr.bash"])
        .current_dir(sandbox.folder());
    crate::support::sandbox::finish(command, b"")
        .success()
        .says_nothing();
}
