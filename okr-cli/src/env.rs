//! The only clock, disk and environment.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the door to the world outside"
)]

mod hang_up;
mod lock;
mod read;
mod run;
mod site;
mod stream;
mod walk;
mod write;

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;

pub(crate) use hang_up::while_asking;
pub(crate) use read::{MAX_FORMATTED, MAX_PLAN, MAX_SMALL};
pub(crate) use site::Pending;
pub(crate) use stream::Stream;
pub(crate) use write::{Existing, Output};

/// What a run of `okr` knows of the world: the day, the folder it works in, who looks on.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the streams are terminals or not independently of each other"
)]
pub struct Env {
    /// The day that counts as today; without one, the clock is asked.
    pub today: Option<Date>,
    /// The folder that relative paths start from.
    pub current_dir: PathBuf,
    /// Whether a person types what comes in.
    pub stdin_is_terminal: bool,
    /// Whether a person reads the results.
    pub stdout_is_terminal: bool,
    /// Whether a person reads what is said beside the results.
    pub stderr_is_terminal: bool,
    /// Whether the environment asks for colour or against it.
    pub colour: Option<bool>,
    /// Whether the terminal knows no colour and no moving of its cursor.
    pub is_dumb: bool,
    /// Whether the locale knows no signs beyond ASCII.
    pub is_ascii: bool,
    pub(crate) streams: Streams,
}

#[derive(Clone, Debug)]
pub(crate) enum Streams {
    Standard,
    Captured(Captured),
}

/// What a run of `okr` reads and prints, when a test stands in for the terminal.
#[derive(Clone, Debug, Default)]
pub struct Captured {
    input: Arc<Vec<u8>>,
    out: Arc<Mutex<Vec<u8>>>,
    err: Arc<Mutex<Vec<u8>>>,
}

impl Captured {
    /// Returns what was printed as a result.
    #[must_use]
    pub fn stdout(&self) -> String {
        String::from_utf8_lossy(&bytes_of(&self.out)).into_owned()
    }

    /// Returns what was said beside it.
    #[must_use]
    pub fn stderr(&self) -> String {
        String::from_utf8_lossy(&bytes_of(&self.err)).into_owned()
    }

    pub(crate) fn out(&self) -> impl Write + 'static {
        Shared(Arc::clone(&self.out))
    }

    pub(crate) fn err(&self) -> impl Write + 'static {
        Shared(Arc::clone(&self.err))
    }
}

/// Returns whether the variables of the locale, of which the first one counts, name one without UTF-8.
///
/// Windows has no such variables, and its terminals show UTF-8.
fn is_ascii(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let locale = names.into_iter().find_map(variable);
    let is_utf_8 = |locale: OsString| {
        let locale = locale.to_string_lossy().to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    };
    cfg!(unix) && !locale.is_some_and(is_utf_8)
}

/// Returns whether a terminal of this name knows no colour and no moving of its cursor.
///
/// These are the ones for which the library that edits lines does without, and leaves out what stands in a line at
/// first: Enter would take it away unseen.
fn is_dumb(terminal: &OsStr) -> bool {
    let names = ["dumb", "cons25", "emacs"];
    names.iter().any(|name| terminal.eq_ignore_ascii_case(name))
}

struct Shared(Arc<Mutex<Vec<u8>>>);

/// Returns the bytes, also when a thread that held them has ended badly.
fn bytes_of(bytes: &Mutex<Vec<u8>>) -> MutexGuard<'_, Vec<u8>> {
    bytes.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        bytes_of(&self.0).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Env {
    /// Returns the world as it is.
    #[must_use]
    pub fn system() -> Self {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let colour = if variable("NO_COLOR").is_some() {
            Some(false)
        } else {
            variable("CLICOLOR_FORCE")
                .filter(|value| value != "0")
                .map(|_| true)
        };
        Self {
            today: None,
            // Where the folder is gone, relative paths fail one by one, each with its name.
            current_dir: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            stdin_is_terminal: io::stdin().is_terminal(),
            stdout_is_terminal: io::stdout().is_terminal(),
            stderr_is_terminal: io::stderr().is_terminal(),
            colour,
            is_dumb: variable("TERM").is_some_and(|term| is_dumb(&term)),
            is_ascii: is_ascii(variable),
            streams: Streams::Standard,
        }
    }

    /// Returns a world without a terminal, in which `today` stands still, and what will be printed in it.
    #[must_use]
    pub fn captured(
        today: Date,
        current_dir: impl Into<PathBuf>,
        input: &[u8],
    ) -> (Self, Captured) {
        let captured = Captured {
            input: Arc::new(input.to_vec()),
            ..Captured::default()
        };
        let env = Self {
            today: Some(today),
            current_dir: current_dir.into(),
            stdin_is_terminal: false,
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            colour: None,
            is_dumb: false,
            is_ascii: false,
            streams: Streams::Captured(captured.clone()),
        };
        (env, captured)
    }

    /// Returns the day that counts as today.
    pub(crate) fn today(&self) -> Date {
        self.today.unwrap_or_else(|| jiff::Zoned::now().date())
    }

    /// Returns whether a person is there to answer a question.
    pub(crate) const fn can_ask(&self) -> bool {
        self.stdin_is_terminal
            && self.stdout_is_terminal
            && self.stderr_is_terminal
            && !self.is_dumb
    }

    /// Returns how many columns a line may have: those of the terminal, up to 100, else 80.
    pub(crate) fn width(&self) -> usize {
        // Longer lines of words are hard to read.
        self.columns().min(100)
    }

    /// Returns how many columns there are for what stands in columns: those of the terminal, up to 160, else 80.
    pub(crate) fn columns(&self) -> usize {
        if !self.stdout_is_terminal {
            return 80;
        }
        terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0).clamp(20, 160))
    }

    /// Returns where a path of the command line lies.
    pub(crate) fn path(&self, path: &Path) -> PathBuf {
        self.current_dir.join(path)
    }

    /// Returns whether something is there that is no ordinary file, such as a folder.
    pub(crate) fn is_no_file(&self, path: &Path) -> bool {
        let path = self.path(path);
        path.exists() && !path.is_file()
    }

    /// Returns whether two paths lead to one file that is there, by whatever links.
    pub(crate) fn is_same_file(&self, one: &Path, other: &Path) -> bool {
        let place = |path: &Path| self.path(path).canonicalize().ok();
        place(one).is_some_and(|one| place(other) == Some(one))
    }

    /// Returns whether something stands at the path, if only a link to nothing.
    pub(crate) fn exists(&self, path: &Path) -> bool {
        self.path(path).symlink_metadata().is_ok()
    }
}
