//! Ends the process when the terminal goes away while a question is asked there.
//!
//! A terminal that closes sends a signal, and a process that ignores it, as below `nohup`, lives on.
//! The library that reads the keys of a choice then reads an end of input again and again, and tells nobody:
//! only from beside it can the question be ended.

use std::process;
use std::sync::{Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::thread;

use crate::ExitStatus;

/// Whether a question waits for its answer.
static IS_ASKING: Mutex<bool> = Mutex::new(false);
static HAS_CHANGED: Condvar = Condvar::new();

/// Asks a question at the terminal.
///
/// When there is no terminal any more, the process ends as one that could not do its work: between two
/// questions never, so that whatever was answered before is written as a whole.
pub(crate) fn while_asking<T>(ask: impl FnOnce() -> T) -> T {
    static WATCH: Once = Once::new();
    WATCH.call_once(watch);
    let asking = Asking::begin();
    let answer = ask();
    drop(asking);
    answer
}

/// A question that waits for its answer, for as long as the value lives.
struct Asking;

impl Asking {
    fn begin() -> Self {
        *is_asking() = true;
        HAS_CHANGED.notify_all();
        Self
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        *is_asking() = false;
    }
}

fn is_asking() -> MutexGuard<'static, bool> {
    IS_ASKING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn watch() {
    let watcher = thread::Builder::new().name("hang-up".to_owned());
    let watching = watcher.spawn(|| {
        if is_gone() {
            // Whoever holds this lets no answer through that would be written only in part.
            let _asking = HAS_CHANGED.wait_while(is_asking(), |is_asking| !*is_asking);
            process::exit(ExitStatus::Failure.code().into());
        }
    });
    // Without a thread, questions are asked as ever.
    drop(watching);
}

/// Waits until the terminal is gone; returns false when that cannot be told.
#[cfg(unix)]
fn is_gone() -> bool {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;

    let stdin = std::io::stdin();
    loop {
        // That it is gone is told unasked; the keys are for others.
        let mut watched = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut watched, None) {
            Ok(_) => {
                let seen = watched[0].revents();
                return seen.intersects(PollFlags::HUP | PollFlags::ERR);
            }
            Err(Errno::INTR) => {}
            Err(_) => return false,
        }
    }
}

#[cfg(not(unix))]
fn is_gone() -> bool {
    false
}
