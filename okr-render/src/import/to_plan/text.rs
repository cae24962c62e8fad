//! The Markdown of a draft, made by several threads and handed over in order where it is long.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use jiff::civil::Date;
use okr_core::Printer;
use okr_core::diagnostic::Diagnostic;
use okr_core::model::Period;

use super::Maker;
use crate::import::{Draft, DraftObjective};

/// The fewest key results that are worth a second thread.
const MANY: usize = 4000;

/// How many key results a piece has, unless one objective has more.
const PIECE: usize = 1000;

/// More threads than these would wait for the one that takes the pieces.
const MAX_THREADS: usize = 4;

/// Objectives that are printed together, behind those of which there are `before`.
struct Piece {
    position: usize,
    before: usize,
    objectives: Vec<DraftObjective>,
}

/// Hands the Markdown of [`Draft::plan`] to `sink`, in order, and returns what is to be said of it.
///
/// # Errors
///
/// Those of `sink`.
pub(super) fn print<E>(
    mut draft: Draft,
    today: Date,
    sink: &mut dyn FnMut(&str) -> Result<(), E>,
) -> Result<Vec<Diagnostic>, E> {
    if draft.as_of_line.is_some() {
        // Only the whole plan shows whether the line has to stand above it.
        let (plan, diagnostics) = draft.plan(today);
        return sink(&okr_core::print(&plan)).map(|()| diagnostics);
    }
    let day = draft.as_of.unwrap_or(today);
    let objectives = std::mem::take(&mut draft.objectives);
    let count: usize = objectives.iter().map(|one| one.key_results.len()).sum();
    let period = draft.period;
    let mut maker = Maker::new(day, period);
    let mut printer = Printer::new(&draft.head());
    if count < MANY {
        for objective in objectives {
            printer.objective(&maker.objective(objective));
        }
        sink(&printer.finish())?;
    } else {
        let head = printer.finish();
        let mut is_first = head.is_empty();
        sink(&head)?;
        in_order(pieces(objectives), (day, period), |text, other| {
            if !std::mem::take(&mut is_first) {
                sink("\n")?;
            }
            sink(&text)?;
            maker.add(other);
            Ok(())
        })?;
    }
    Ok(maker.diagnostics(draft.as_of.is_some()))
}

/// Parts objectives into pieces with about as many key results each.
fn pieces(objectives: Vec<DraftObjective>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut room = 0;
    for (before, objective) in objectives.into_iter().enumerate() {
        let size = objective.key_results.len().max(1);
        match pieces.last_mut() {
            Some(piece) if room >= size => piece.objectives.push(objective),
            _ => {
                pieces.push(Piece {
                    position: pieces.len(),
                    before,
                    objectives: vec![objective],
                });
                room = PIECE;
            }
        }
        room = room.saturating_sub(size);
    }
    pieces
}

/// Prints pieces in several threads, and hands them over in order as soon as they are there.
fn in_order<E>(
    pieces: Vec<Piece>,
    (day, period): (Date, Option<Period>),
    mut take: impl FnMut(String, Maker) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, |count| count.get().min(MAX_THREADS));
    let pieces = Mutex::new(pieces.into_iter());
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, pieces) = (sender.clone(), &pieces);
            scope.spawn(move || {
                loop {
                    let next = pieces.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some(piece) = next else { break };
                    let position = piece.position;
                    // Nobody takes them any more where one could not be taken.
                    if sender
                        .send((position, printed(piece, day, period)))
                        .is_err()
                    {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut next = 0;
        // The receiver ends with this loop, which ends the threads where a piece was not taken.
        for (position, piece) in receiver {
            early.insert(position, piece);
            while let Some((text, maker)) = early.remove(&next) {
                take(text, maker)?;
                next += 1;
            }
        }
        Ok(())
    })
}

/// Prints a piece, each objective given up as soon as it is there.
fn printed(piece: Piece, day: Date, period: Option<Period>) -> (String, Maker) {
    let mut maker = Maker::new(day, period);
    let mut printer = Printer::behind(piece.before);
    for objective in piece.objectives {
        printer.objective(&maker.objective(objective));
    }
    (printer.finish(), maker)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::DraftKeyResult;

    fn draft(sizes: &[usize]) -> Draft {
        let key_result = |number: usize| DraftKeyResult {
            title: format!("Key result {number}"),
            current: okr_core::model::Quantity::parse("5%").ok(),
            cell: format!("B{number}"),
            ..DraftKeyResult::default()
        };
        let objective = |(number, size): (usize, &usize)| DraftObjective {
            title: format!("Objective {number}"),
            key_results: (0..*size).map(key_result).collect(),
            ..DraftObjective::default()
        };
        Draft {
            objectives: sizes.iter().enumerate().map(objective).collect(),
            ..Draft::default()
        }
    }

    #[track_caller]
    fn check(draft: &Draft) {
        let today = Date::constant(2026, 11, 22);
        let (plan, said) = draft.plan(today);
        let mut text = String::new();
        let also = print(draft.clone(), today, &mut |piece: &str| {
            text.push_str(piece);
            Ok::<_, ()>(())
        });
        assert!(text == okr_core::print(&plan), "the texts differ");
        assert_eq!(also, Ok(said));
    }

    #[test]
    fn all_pieces_are_the_whole() {
        let sizes = [1, MANY, 2, 0, 0, PIECE - 1, PIECE, 7];
        let mut draft = draft(&sizes);
        check(&draft);
        draft.title = Some("Accounts".to_owned());
        draft.notes = vec!["Said above it.".to_owned()];
        check(&draft);
        draft.objectives.truncate(1);
        check(&draft);
        let before: Vec<_> = pieces(self::draft(&sizes).objectives)
            .iter()
            .map(|piece| (piece.position, piece.before, piece.objectives.len()))
            .collect();
        assert_eq!(
            before,
            [
                (0, 0, 1),
                (1, 1, 1),
                (2, 2, 3),
                (3, 5, 1),
                (4, 6, 1),
                (5, 7, 1)
            ]
        );
    }

    #[test]
    fn a_piece_that_is_not_taken_ends_it() {
        let mut taken = 0;
        let result = print(
            draft(&[MANY, MANY, MANY]),
            Date::constant(2026, 11, 22),
            &mut |_: &str| {
                taken += 1;
                if taken == 3 { Err("full") } else { Ok(()) }
            },
        );
        assert_eq!((result, taken), (Err("full"), 3));
    }
}
