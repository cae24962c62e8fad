//! A folder of its own in which the real program runs, with nothing around it that could change the outcome.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use snapbox::data::Inline;
use tempfile::TempDir;

/// The day that every run takes for today.
pub(crate) const TODAY: &str = "2026-11-22";

/// How long a run may take before it is killed; a run takes some milliseconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// A temporary folder, gone with the value.
pub(crate) struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    /// Returns an empty folder.
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("okr-it-")
            .tempdir()
            .expect("the system has room for a temporary folder");
        Self { folder }
    }

    /// Returns a folder with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let sandbox = Self::new();
        for (name, text) in files {
            sandbox.write(name, text);
        }
        sandbox
    }

    /// Returns the folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns where a file of the folder lies.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("can be made");
        fs::write(path, bytes).expect("can be written");
    }

    /// Returns the text of a file.
    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("is UTF-8")
    }

    /// Returns the bytes of a file.
    #[track_caller]
    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name))
            .unwrap_or_else(|error| panic!("{name}: {error}; there are {:?}", self.list()))
    }

    /// Returns the paths of all files and empty folders, hidden ones too, sorted.
    pub(crate) fn list(&self) -> Vec<String> {
        fn collect(root: &Path, folder: &Path, names: &mut Vec<String>) {
            let entries: Vec<_> = fs::read_dir(folder)
                .expect("is readable")
                .map(|entry| entry.expect("is readable"))
                .collect();
            if entries.is_empty() && folder != root {
                names.push(format!("{}/", shown(root, folder)));
            }
            for entry in entries {
                let path = entry.path();
                if path.is_dir() && !path.is_symlink() {
                    collect(root, &path, names);
                } else {
                    names.push(shown(root, &path));
                }
            }
        }
        fn shown(root: &Path, path: &Path) -> String {
            let path = path.strip_prefix(root).expect("lies in the folder");
            path.to_str().expect("is UTF-8").replace('\\', "/")
        }
        let mut names = Vec::new();
        collect(self.folder(), self.folder(), &mut names);
        names.sort();
        names
    }

    /// Runs `okr` with the words of a line, with standard input closed.
    #[track_caller]
    pub(crate) fn okr(&self, line: &str) -> Run {
        self.okr_reading(line, b"")
    }

    /// Runs `okr` with the words of a line; `input` is what it reads.
    #[track_caller]
    pub(crate) fn okr_reading(&self, line: &str, input: &[u8]) -> Run {
        finish(self.command(line), input)
    }

    /// Returns the program with the words of a line, to be run on a fixed day in a clean environment.
    #[track_caller]
    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = self.bare_command();
        command.args(["--today", TODAY]).args(words(line));
        command
    }

    /// Returns the program without any argument, to be run in a clean environment.
    pub(crate) fn bare_command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_okr"));
        command
            .current_dir(self.folder())
            .env_clear()
            .env("LC_ALL", "C");
        // Windows starts nothing without it.
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        command
    }
}

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Run {
    status: ExitStatus,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

impl Run {
    /// Checks that all was well: exit status 0.
    #[track_caller]
    pub(crate) fn success(&self) -> &Self {
        self.ended_with(0)
    }

    /// Checks that the work was done and there is something to look at: exit status 1.
    #[track_caller]
    pub(crate) fn findings(&self) -> &Self {
        self.ended_with(1)
    }

    /// Checks that the work could not be done: exit status 2, with a reason.
    #[track_caller]
    pub(crate) fn failure(&self) -> &Self {
        assert!(!self.stderr.is_empty(), "a failure has a reason");
        self.ended_with(2)
    }

    #[track_caller]
    fn ended_with(&self, code: i32) -> &Self {
        let (out, err) = (self.out(), self.err());
        assert_eq!(
            self.status.code(),
            Some(code),
            "{}\n=== stdout\n{out}\n=== stderr\n{err}",
            self.status
        );
        assert!(!err.contains("panicked"), "{err}");
        self
    }

    /// Compares what was printed as a result; `SNAPSHOTS=overwrite` accepts it.
    #[track_caller]
    pub(crate) fn prints(&self, expected: Inline) -> &Self {
        snapbox::assert_data_eq!(self.out(), expected);
        self
    }

    /// Compares what was said beside the result; `SNAPSHOTS=overwrite` accepts it.
    #[track_caller]
    pub(crate) fn says(&self, expected: Inline) -> &Self {
        snapbox::assert_data_eq!(self.err(), expected);
        self
    }

    /// Checks that nothing was printed as a result.
    #[track_caller]
    pub(crate) fn prints_nothing(&self) -> &Self {
        assert_eq!(self.out(), "");
        self
    }

    /// Checks that nothing was said beside the result.
    #[track_caller]
    pub(crate) fn says_nothing(&self) -> &Self {
        assert_eq!(self.err(), "");
        self
    }

    /// Returns what was printed as a result.
    #[track_caller]
    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("is UTF-8")
    }

    /// Returns what was said beside the result.
    #[track_caller]
    pub(crate) fn err(&self) -> String {
        String::from_utf8(self.stderr.clone()).expect("is UTF-8")
    }
}

/// Runs a command to its end; one that takes too long is killed.
///
/// Standard output and error are captured where the command does not send them elsewhere.
#[track_caller]
pub(crate) fn finish(mut command: Command, input: &[u8]) -> Run {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    finish_as_is(command, input)
}

/// Runs a command whose standard output and error go where it says.
#[track_caller]
pub(crate) fn finish_as_is(mut command: Command, input: &[u8]) -> Run {
    command.stdin(if input.is_empty() {
        Stdio::null()
    } else {
        Stdio::piped()
    });
    let shown = format!("{command:?}");
    let mut child = command
        .spawn()
        .unwrap_or_else(|error| panic!("{shown}: {error}"));
    // A command keeps its own ends of the pipes, which would never report their end.
    drop(command);
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // Who does not read all of its input is free not to.
            stdin.map(|mut stdin| stdin.write_all(input))
        });
        let stdout = scope.spawn(move || all_of(stdout));
        let stderr = scope.spawn(move || all_of(stderr));
        let status =
            wait(&mut child, PATIENCE).unwrap_or_else(|| panic!("takes too long: {shown}"));
        let read =
            |reader: std::thread::ScopedJoinHandle<'_, Vec<u8>>| reader.join().expect("reads");
        Run {
            status,
            stdout: read(stdout),
            stderr: read(stderr),
        }
    })
}

fn all_of(source: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut source) = source {
        source.read_to_end(&mut bytes).expect("is readable");
    }
    bytes
}

/// Waits for a child as long as that; afterwards it is killed, and there is no status.
pub(crate) fn wait(child: &mut Child, patience: Duration) -> Option<ExitStatus> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("is a child of ours") {
            return Some(status);
        }
        if start.elapsed() > patience {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Returns the words of a line as a shell parts them, with single and double quotes.
#[track_caller]
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match quote {
            Some(end) if c == end => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    assert!(quote.is_none(), "a quotation mark has no partner: {line}");
    words.extend(word);
    words
}

#[test]
fn lines_are_parted_like_those_of_a_shell() {
    assert_eq!(
        words("set a.md 1.1  target 'at least 85%' \"\" a'b c'd"),
        ["set", "a.md", "1.1", "target", "at least 85%", "", "ab cd"]
    );
}
