//! Waiting for one's turn to change a file.

use std::fs::File;
use std::path::Path;

/// A turn to change the files of a folder; it ends when this goes out of scope, or the process does.
///
/// The kernel holds the lock on the folder itself, so that nothing is left behind, whatever becomes of
/// the process: a lock file beside the plan would outlive a killed one.
/// The plan itself cannot be locked, because it is replaced and not written to.
/// Where a file system knows no such locks the check before each replacement must do; see
/// [`super::Env::update`].
#[derive(Debug)]
pub(crate) struct Turn {
    _folder: Option<File>,
}

/// How many times a lock is tried before a look whether anything moves: with [`PAUSE`], ten seconds.
#[cfg(unix)]
const TRIES: u32 = 1000;

/// How many milliseconds pass between two tries.
#[cfg(unix)]
const PAUSE: u64 = 10;

/// How many times those in front may keep one waiting for so long: five minutes in all.
#[cfg(unix)]
const ROUNDS: u32 = 30;

#[cfg(unix)]
impl Turn {
    /// Waits for as long as those in front get on with their work; whoever replaces a file changes the folder.
    ///
    /// A process that has been stopped must not stop everyone else, so that nobody waits more than ten
    /// seconds in a folder in which nothing changes.
    pub(super) fn wait(folder: &Path) -> Self {
        use std::time::Duration;

        use rustix::fs::{FlockOperation, flock};

        let Ok(file) = File::open(folder) else {
            return Self { _folder: None };
        };
        let changed = || {
            file.metadata()
                .and_then(|metadata| metadata.modified())
                .ok()
        };
        let mut seen = changed();
        for _ in 0..ROUNDS {
            for _ in 0..TRIES {
                match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                    Ok(()) => {
                        return Self {
                            _folder: Some(file),
                        };
                    }
                    Err(rustix::io::Errno::WOULDBLOCK | rustix::io::Errno::INTR) => {
                        std::thread::sleep(Duration::from_millis(PAUSE));
                    }
                    Err(_) => return Self { _folder: None },
                }
            }
            let now = changed();
            if now == seen {
                break;
            }
            seen = now;
        }
        Self { _folder: None }
    }
}

#[cfg(not(unix))]
impl Turn {
    pub(super) fn wait(_folder: &Path) -> Self {
        Self { _folder: None }
    }
}
