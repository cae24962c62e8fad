//! Work on several threads whose results come in the order of what they are made from.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many results for each thread may wait for one before them.
const WINDOW: usize = 4;

/// The most bytes that are worth keeping from one item for the next.
const KEPT: usize = 1024 * 1024;

struct Queue<R> {
    state: Mutex<State<R>>,
    /// The result that is due has come, or none will.
    is_due: Condvar,
    /// There is room for another result, or none is wanted.
    has_room: Condvar,
}

struct State<R> {
    /// The first item that nobody has taken.
    next: usize,
    /// The first item whose result has not been handed on.
    due: usize,
    done: BTreeMap<usize, R>,
    /// How many threads wait for room; to wake nobody would cost a call of the system each time.
    waiting: usize,
    /// Whether the first thread waits for the result that is due.
    is_awaited: bool,
    /// Whether nobody waits for results any more, or a thread has ended badly.
    stopped: bool,
}

impl<R> Queue<R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R> State<R> {
    /// Takes the next item, when there is one and there is room for its result.
    fn take(&mut self, count: usize, window: usize) -> Option<usize> {
        let is_there = self.next < count && self.next < self.due + window;
        is_there.then(|| {
            self.next += 1;
            self.next - 1
        })
    }
}

fn wait<'q, S>(changed: &Condvar, state: MutexGuard<'q, S>) -> MutexGuard<'q, S> {
    changed.wait(state).unwrap_or_else(PoisonError::into_inner)
}

/// Stops the others when a thread ends, well or badly, before its work is done.
struct Stop<'q, R>(&'q Queue<R>);

impl<R> Drop for Stop<'_, R> {
    fn drop(&mut self) {
        self.0.lock().stopped = true;
        self.0.is_due.notify_all();
        self.0.has_room.notify_all();
    }
}

/// Does `work` for each item on that many threads, and hands the results to `each` in the order of the
/// items, whatever the number of threads is.
///
/// Few results are held at a time, however many items there are. The thread that calls is one of those that
/// work, whenever the result that is due has not come.
///
/// # Errors
///
/// The first error of `each`, after which it is not called again.
pub(in crate::commands) fn ordered<'i, T: Sync, R: Send>(
    items: &'i [T],
    threads: usize,
    work: impl Fn(&'i T) -> R + Sync,
    mut each: impl FnMut(R) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if items.len() > 1 {
        keep_memory();
    }
    let threads = threads.min(items.len());
    if threads < 2 {
        return items.iter().try_for_each(|item| each(work(item)));
    }
    let queue = Queue {
        state: Mutex::new(State {
            next: 0,
            due: 0,
            done: BTreeMap::new(),
            waiting: 0,
            is_awaited: false,
            stopped: false,
        }),
        is_due: Condvar::new(),
        has_room: Condvar::new(),
    };
    let window = threads * WINDOW;
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| {
                while let Some(at) = take(&queue, items.len(), window) {
                    let guard = Stop(&queue);
                    let result = work(&items[at]);
                    std::mem::forget(guard);
                    let mut state = queue.lock();
                    state.done.insert(at, result);
                    if state.is_awaited && at == state.due {
                        queue.is_due.notify_one();
                    }
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
                if let Some(next) = state.take(items.len(), window) {
                    drop(state);
                    let result = work(&items[next]);
                    state = queue.lock();
                    state.done.insert(next, result);
                } else {
                    state.is_awaited = true;
                    state = wait(&queue.is_due, state);
                    state.is_awaited = false;
                }
            };
            if state.waiting > 0 {
                queue.has_room.notify_one();
            }
            drop(state);
            each(result)?;
        }
        drop(stop);
        Ok(())
    })
}

/// Has memory that is given back kept for the next item.
///
/// The allocator of glibc hands memory back to the system when 128 KiB of it are free, which they are at
/// the end of each plan; so the next one would have to get all its pages from there anew. A large block that
/// was asked for and given back has it keep twice as much instead. Other allocators take no notice.
fn keep_memory() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(KEPT)));
}

/// Returns the next item, once there is room for its result.
fn take<R>(queue: &Queue<R>, count: usize, window: usize) -> Option<usize> {
    let mut state = queue.lock();
    loop {
        if state.stopped || state.next == count {
            return None;
        }
        if let Some(at) = state.take(count, window) {
            return Some(at);
        }
        state.waiting += 1;
        state = wait(&queue.has_room, state);
        state.waiting -= 1;
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
