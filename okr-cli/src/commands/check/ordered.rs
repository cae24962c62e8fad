//! Work on several threads whose results come in the order of what they are made from.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many results for each thread may wait for one before them.
const WINDOW: usize = 4;

struct Queue<R> {
    state: Mutex<State<R>>,
    changed: Condvar,
}

struct State<R> {
    /// The first item that nobody has taken.
    next: usize,
    /// The first item whose result has not been handed on.
    due: usize,
    done: BTreeMap<usize, R>,
    /// Whether nobody waits for results any more, or a thread has ended badly.
    stopped: bool,
}

impl<R> Queue<R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'q>(&'q self, state: MutexGuard<'q, State<R>>) -> MutexGuard<'q, State<R>> {
        self.changed
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stops the others when a thread ends, well or badly, before its work is done.
struct Stop<'q, R>(&'q Queue<R>);

impl<R> Drop for Stop<'_, R> {
    fn drop(&mut self) {
        self.0.lock().stopped = true;
        self.0.changed.notify_all();
    }
}

/// Does `work` for each item on that many threads, and hands the results to `each` in the order of the
/// items, whatever the number of threads is.
///
/// Few results are held at a time, however many items there are.
///
/// # Errors
///
/// The first error of `each`, after which it is not called again.
pub(super) fn ordered<'i, T: Sync, R: Send>(
    items: &'i [T],
    threads: usize,
    work: impl Fn(&'i T) -> R + Sync,
    mut each: impl FnMut(R) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let threads = threads.min(items.len());
    if threads < 2 {
        return items.iter().try_for_each(|item| each(work(item)));
    }
    let queue = Queue {
        state: Mutex::new(State {
            next: 0,
            due: 0,
            done: BTreeMap::new(),
            stopped: false,
        }),
        changed: Condvar::new(),
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(at) = take(&queue, items.len(), threads * WINDOW) {
                    let guard = Stop(&queue);
                    let result = work(&items[at]);
                    std::mem::forget(guard);
                    queue.lock().done.insert(at, result);
                    queue.changed.notify_all();
                }
            });
        }
        let stop = Stop(&queue);
        for at in 0..items.len() {
            let mut state = queue.lock();
            let result = loop {
                if let Some(result) = state.done.remove(&at) {
                    state.due = at + 1;
                    break result;
                }
                if state.stopped {
                    // The panic of the thread goes on when the scope ends.
                    return Ok(());
                }
                state = queue.wait(state);
            };
            drop(state);
            queue.changed.notify_all();
            each(result)?;
        }
        drop(stop);
        Ok(())
    })
}

/// Returns the next item, once there is room for its result.
fn take<R>(queue: &Queue<R>, count: usize, window: usize) -> Option<usize> {
    let mut state = queue.lock();
    loop {
        if state.stopped || state.next == count {
            return None;
        }
        if state.next < state.due + window {
            state.next += 1;
            return Some(state.next - 1);
        }
        state = queue.wait(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_from_any_number_of_threads() {
        let items: Vec<usize> = (0..500).collect();
        for threads in [0, 1, 2, 3, 16] {
            let mut found = Vec::new();
            let slow_first = |item: &usize| {
                if item.is_multiple_of(50) {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                item * 2
            };
            ordered(&items, threads, slow_first, |result| {
                found.push(result);
                Ok(())
            })
            .unwrap();
            let expected: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(found, expected, "{threads} threads");
        }
    }

    #[test]
    fn an_error_ends_the_work() {
        let items: Vec<usize> = (0..500).collect();
        let mut seen = 0;
        let result = ordered(
            &items,
            4,
            |item| *item,
            |item| {
                seen += 1;
                anyhow::ensure!(item < 10, "enough");
                Ok(())
            },
        );
        assert_eq!(
            (result.unwrap_err().to_string(), seen),
            ("enough".to_owned(), 11)
        );
    }

    #[test]
    fn a_panic_is_passed_on() {
        let caught = std::panic::catch_unwind(|| {
            let items: Vec<usize> = (0..50).collect();
            ordered(&items, 2, |item| assert_ne!(*item, 20), |()| Ok(()))
        });
        assert!(caught.is_err());
    }
}
