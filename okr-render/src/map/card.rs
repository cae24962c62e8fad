//! What stands on the card of an objective, and where.

use okr_core::model::Status;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use super::{CARD, Goal, Words, words};
use crate::formats::html::{StatusView, href};

/// The sizes of letters; `map.css` has the same.
pub(super) const TITLE: i32 = 14;
pub(super) const SMALL: i32 = 11;
const STANDING: i32 = 12;

/// From the edge of the card to what stands on it.
const INSET: i32 = 13;
/// The room for a line of words.
const ROOM: i32 = CARD - 2 * INSET;
/// The distance of two lines of a title.
const LINE: i32 = 18;
/// The most lines of a title.
const MOST_LINES: usize = 3;
/// The room that a mark takes, with the gap behind it.
const MARK: i32 = 16;
/// The least room between two things on one line.
const APART: i32 = 10;
/// The most letters of a title that are told where another objective is meant.
const MOST_LETTERS: usize = 160;

/// What stands on a card; places are from its upper left corner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Face {
    #[serde(skip)]
    pub(super) height: i32,
    /// Where it leads, ready to stand in an attribute.
    pub(super) href_html: Option<String>,
    /// All that it says, in one sentence after another.
    pub(super) label: String,
    /// The whole title.
    pub(super) title: String,
    /// Number and plan.
    pub(super) place: Option<Words>,
    pub(super) lines: Vec<Words>,
    pub(super) standing: Standing,
    pub(super) owner: Option<Words>,
    pub(super) bar: Option<Bar>,
    pub(super) weakest: Option<Mark>,
}

/// A status with its percents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Standing {
    pub(super) mark: Mark,
    pub(super) percent: Option<Words>,
}

/// Words behind the mark of a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Mark {
    /// Which mark it is; nothing where there is no status.
    pub(super) slug: Option<&'static str>,
    pub(super) x: i32,
    /// The upper edge of the mark.
    pub(super) y: i32,
    pub(super) words: Words,
}

/// A thin bar, as long as there is progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Bar {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) done: i32,
    pub(super) expected: Option<i32>,
}

impl Face {
    /// Puts everything of an objective on its card; `parents` are those that it serves.
    pub(super) fn new(goal: &Goal, parents: &[&Goal], weakest: Option<&Goal>) -> Self {
        let title = match words::line(&goal.title) {
            title if title.is_empty() => "(no title)".to_owned(),
            title => title,
        };
        let mut down = 9;
        let place = place(goal);
        let place = (!place.is_empty()).then(|| {
            down += 14;
            at(INSET, down, words::one_line(&place, SMALL, ROOM))
        });
        let runs_left = words::runs_left(&title);
        down += 2;
        let lines = words::wrap(&title, TITLE, ROOM, MOST_LINES);
        let lines = lines.into_iter().map(|text| {
            down += LINE;
            Words {
                x: if runs_left { CARD - INSET } else { INSET },
                y: down,
                text,
                runs_left,
            }
        });
        let lines = lines.collect();
        down += 23;
        let standing = Standing::new(goal, down);
        let right = standing.right();
        let owner = goal.owner.as_deref().map(words::line);
        let owner = owner.filter(|owner| !owner.is_empty()).map(|owner| {
            let text = words::one_line(&owner, SMALL, CARD - INSET - right - APART);
            // Its end is at the edge, whichever way it runs.
            Words {
                x: CARD - INSET,
                y: down,
                text,
                runs_left: words::runs_left(&owner),
            }
        });
        let bar = goal.percent.map(|percent| {
            down += 8;
            let bar = Bar {
                x: INSET,
                y: down,
                width: ROOM,
                done: part(percent),
                expected: goal.expected.map(|expected| INSET + part(expected)),
            };
            down += 4;
            bar
        });
        let weakest_mark = weakest.map(|other| {
            down += 18;
            let words = format!("weakest: {}", words::line(&other.title));
            Mark::new(other.status, &words, SMALL, down)
        });
        Self {
            height: down + 12,
            href_html: goal.href.as_deref().and_then(href),
            label: label(goal, &title, parents, weakest),
            title,
            place,
            lines,
            standing,
            owner,
            bar,
            weakest: weakest_mark,
        }
    }

    pub(super) fn has_expected(&self) -> bool {
        self.bar.as_ref().is_some_and(|bar| bar.expected.is_some())
    }
}

impl Standing {
    fn new(goal: &Goal, y: i32) -> Self {
        let word = goal.status.map_or("no status", Status::word);
        let mark = Mark::new(goal.status, word, STANDING, y);
        let behind = mark.right(STANDING) + APART;
        let percent = goal.percent.map(|percent| at(behind, y, shown(percent)));
        Self { mark, percent }
    }

    /// Returns where it ends.
    fn right(&self) -> i32 {
        self.percent.as_ref().map_or_else(
            || self.mark.right(STANDING),
            |percent| percent.x + words::width(&percent.text, STANDING),
        )
    }
}

impl Mark {
    fn new(status: Option<Status>, text: &str, size: i32, y: i32) -> Self {
        let x = INSET + if status.is_some() { MARK } else { 0 };
        Self {
            slug: status.map(|status| StatusView::new(status).slug()),
            x: INSET,
            y: y - 10,
            words: at(x, y, words::one_line(text, size, CARD - INSET - x)),
        }
    }

    /// Returns where its words end.
    fn right(&self, size: i32) -> i32 {
        self.words.x + words::width(&self.words.text, size)
    }
}

/// Returns words that begin at the left.
fn at(x: i32, y: i32, text: String) -> Words {
    Words {
        x,
        y,
        text,
        runs_left: false,
    }
}

/// Returns number and plan in one line.
fn place(goal: &Goal) -> String {
    let parts = [words::line(&goal.number), words::line(&goal.plan)];
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    parts.join(" · ")
}

/// Returns how much of a bar so many percents are.
fn part(percent: Decimal) -> i32 {
    let part = percent.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED) * Decimal::from(ROOM)
        / Decimal::ONE_HUNDRED;
    part.round().to_i32().unwrap_or(0)
}

fn shown(percent: Decimal) -> String {
    let sign = if percent < Decimal::ZERO {
        "\u{2212}"
    } else {
        ""
    };
    format!("{sign}{}%", percent.abs().normalize())
}

/// Returns all that a card says, for those who do not see it.
fn label(goal: &Goal, title: &str, parents: &[&Goal], weakest: Option<&Goal>) -> String {
    let named = |goal: &&Goal| -> String {
        let title = words::line(&goal.title);
        match title.char_indices().nth(MOST_LETTERS) {
            Some((end, _)) => format!("{}…", &title[..end]),
            None => title,
        }
    };
    let mut parts = vec![title.to_owned()];
    let mut standing = vec![goal.status.map_or("no status", Status::word).to_owned()];
    standing.extend(goal.percent.map(shown));
    standing.extend(goal.expected.map(|it| format!("expected {}", shown(it))));
    parts.push(standing.join(", "));
    if let Some(other) = weakest {
        let status = other.status.map_or("no status", Status::word);
        parts.push(format!("weakest below: {}, {status}", named(&other)));
    }
    let owner = goal.owner.as_deref().map(words::line);
    let owner = owner.filter(|owner| !owner.is_empty());
    parts.extend(owner.map(|owner| format!("owner {owner}")));
    parts.push(place(goal));
    if !parents.is_empty() {
        let parents: Vec<String> = parents.iter().map(named).collect();
        parts.push(format!("supports {}", parents.join("; ")));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(". ")
}
