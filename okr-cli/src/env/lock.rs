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
pub(super) struct Turn {
    _folder: Option<File>,
}

#[cfg(unix)]
impl Turn {
    /// Waits up to ten seconds; a process that has been stopped must not stop everyone else.
    pub(super) fn wait(folder: &Path) -> Self {
        use std::time::Duration;

        use rustix::fs::{FlockOperation, flock};

        let Ok(file) = File::open(folder) else {
            return Self { _folder: None };
        };
        for _ in 0..1000 {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => {
                    return Self {
                        _folder: Some(file),
                    };
                }
                Err(rustix::io::Errno::WOULDBLOCK | rustix::io::Errno::INTR) => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                Err(_) => break,
            }
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
