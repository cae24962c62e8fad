//! The strategy map as a drawing: which objectives serve which, across plans.
//!
//! [`Map::new`] computes where everything lies, and [`Map::to_svg`] writes it as a file of its own that a browser
//! shows. A page takes [`Map::to_svg_inline`] into itself: it has no styles of its own then, goes by [`STYLE`] and the
//! colours of the page (`--paper`, `--ink`, `--soft`, `--rule`, `--faint`, `--accent`, `--bar`, `--good`, `--wary`,
//! `--bad`, `--sans`), needs the marks of `parts.html` beside it, and may stand there once. It is as wide as it is: it belongs
//! into an element that scrolls. A template takes it as `{{ <map of={map} /> }}` of the built-in `map.html`, where
//! `map` is the serialised [`Map`].
//!
//! ```
//! use okr_core::alignment::{Alignment, Member};
//! use okr_render::map::{Goal, Map};
//!
//! let company = okr_core::parse("## Objective 1: Grow\n");
//! let team = okr_core::parse("## Objective 1: Sell\n\n- Supports: Grow\n");
//! let alignment = Alignment::new(&[Member::new("company.md", &company), Member::new("team.md", &team)]);
//! let goals = ["Grow", "Sell"].map(|title| Goal { title: title.to_owned(), ..Goal::default() });
//!
//! let map = Map::new(&goals, &alignment);
//! assert_eq!(map.groups.len(), 2, "two columns");
//! assert!(map.to_svg()?.starts_with("<svg "));
//! # Ok::<(), okr_render::Error>(())
//! ```
//!
//! Objectives stand in columns, what everything serves at the left, so that hundreds of them scroll down like a page.
//! Where plans say their level, those of one level stand in one column as far as their bonds allow, and the column has
//! its name. What has no bond to any other stands below, in rows. A line leaves an objective at its left,
//! passes the columns between free of their cards, and ends at the right of what is served. Lines within a circle
//! run beside its column. The tab key goes down the columns from left to right.
//!
//! Whatever stands in a title is words: nothing of it is markup, and nothing leaves its card.

mod card;
mod draw;
mod level;
mod order;
mod place;
mod svg;
mod words;

use std::collections::BTreeSet;

use okr_core::alignment::Alignment;
use okr_core::model::{PlanLevel, Status};
use rust_decimal::Decimal;
use serde::Serialize;

use self::card::Face;
use self::order::{Item, Levels, Line, Route};

pub use self::svg::STYLE;

/// The room at the edges of the drawing.
const MARGIN: i32 = 16;
/// The width of a card.
const CARD: i32 = 236;
/// The room between two columns, in which the lines run.
const GUTTER: i32 = 72;
/// The height of the words above a column, with the room below them.
const HEADING: i32 = 32;
/// The room between two cards that have no bond.
const GAP: i32 = 14;
/// The room above the group of those, and above the words at the end.
const BREAK: i32 = 44;
/// The fewest cards in a row of those that have no bond, where there are as many.
const IN_A_ROW: usize = 4;
/// The distance of two lines of the words at the end.
const LEGEND_LINE: i32 = 17;
/// How far a line within a circle leaves its column.
const BULGE: i32 = 40;

/// An objective as the map shows it.
#[derive(Clone, Debug, Default)]
pub struct Goal {
    /// Its number in its plan, such as `2`; empty where it is not shown.
    pub number: String,
    /// What its plan is called; empty where that is not shown.
    pub plan: String,
    /// On which level its plan stands, where it says so.
    pub level: Option<PlanLevel>,
    /// Its words, without Markdown.
    pub title: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it stands.
    pub status: Option<Status>,
    /// How far it has come, in percents as they are shown.
    pub percent: Option<Decimal>,
    /// How far it is expected to be, in percents as they are shown.
    pub expected: Option<Decimal>,
    /// The position of the weakest of those that serve it, where that one is worse off than itself.
    pub weakest: Option<usize>,
    /// Where its card leads. A script, or what is no link at all, leads nowhere.
    pub href: Option<String>,
}

/// A strategy map of which everything has its place.
///
/// Lengths are whole units of the drawing, which are pixels where it is shown in its own size. The origin is the
/// upper left corner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Map {
    /// The width of the whole.
    pub width: i32,
    /// The height of the whole.
    pub height: i32,
    /// What it is, for those who do not see it.
    summary: String,
    /// The columns from left to right, then those that have no bond, where there are any.
    pub groups: Vec<Group>,
    /// What the signs mean.
    legend: Vec<Words>,
}

/// A column, or those that have no bond.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Group {
    /// What stands above it.
    pub heading: Words,
    /// Whether these are the objectives that have no bond.
    pub is_unbound: bool,
    /// Its cards, from top to bottom; those without a bond row by row.
    pub cards: Vec<Card>,
}

/// The card of an objective.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Card {
    /// The position of the objective among those that were given.
    pub goal: usize,
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// The width.
    pub width: i32,
    /// The height.
    pub height: i32,
    /// The lines to what it serves, in the order of its links.
    pub bonds: Vec<Bond>,
    #[serde(flatten)]
    face: Face,
}

impl Card {
    /// Returns the lines of its title, at most three.
    #[must_use]
    pub fn lines(&self) -> &[Words] {
        &self.face.lines
    }
}

/// Words at their place: the left end of the line on which they stand, or its right end where they run to the left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Words {
    /// Where they begin, from the left edge of what they belong to.
    pub x: i32,
    /// The line on which they stand, from its upper edge.
    pub y: i32,
    /// The words.
    pub text: String,
    /// Whether they run to the left, and begin at the right.
    pub runs_left: bool,
}

/// A line from what is served, at the left, to what serves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Bond {
    /// The position of what is served among the objectives that were given.
    pub parent: usize,
    /// Whether both are in one circle: the line runs beside their column.
    pub is_circle: bool,
    /// The points through which it runs: from what is served, then the left and the right end of each straight part
    /// by which it passes a column, to what serves it. The curves between them stay between two columns.
    pub points: Vec<(i32, i32)>,
    /// The whole as the path of a drawing.
    path: String,
}

impl Map {
    /// Finds a place for everything.
    ///
    /// `goals` are the objectives of `alignment`, in its order. One of them that is missing has an empty card; what
    /// is there beyond them is left out. The same input gives the same map.
    #[must_use]
    pub fn new(goals: &[Goal], alignment: &Alignment) -> Self {
        let nothing = Goal::default();
        let goal = |at: usize| goals.get(at).unwrap_or(&nothing);
        let face = |at: usize| {
            let parents = alignment.objectives[at].parents.iter();
            let parents: Vec<&Goal> = parents.map(|parent| goal(*parent)).collect();
            let weakest = goal(at).weakest.and_then(|at| goals.get(at));
            Face::new(goal(at), &parents, weakest)
        };
        let mut faces: Vec<Option<Face>> = (0..alignment.objectives.len())
            .map(|at| Some(face(at)))
            .collect();
        let count = alignment.objectives.len();
        let levels: Vec<Option<PlanLevel>> = (0..count).map(|at| goal(at).level).collect();
        let columns = Levels::new(alignment, &level::columns(alignment, &levels));
        let mut drawing = Drawing::new(&columns, &faces);
        let mut groups = drawing.columns(&mut faces, &levels);
        groups.extend(drawing.unbound(&mut faces));
        let legend = drawing.legend();
        let across = drawing.across;
        Self {
            width: across,
            height: drawing.down + MARGIN,
            summary: format!(
                "Strategy map of {}. Each list is a level; what it serves stands on the levels before it.",
                counted(alignment.objectives.len())
            ),
            groups,
            legend,
        }
    }

    /// Returns all cards, in the order in which the tab key goes through them.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.groups.iter().flat_map(|group| &group.cards)
    }
}

/// What is drawn, from top to bottom.
struct Drawing<'a> {
    columns: &'a Levels,
    /// The tops of all items.
    tops: Vec<i32>,
    heights: Vec<i32>,
    /// How wide it is.
    across: i32,
    /// How far down it goes so far.
    down: i32,
    has_circle: bool,
    has_expected: bool,
}

impl<'a> Drawing<'a> {
    fn new(columns: &'a Levels, faces: &[Option<Face>]) -> Self {
        let height = |at: &usize| faces[*at].as_ref().map_or(0, |face| face.height);
        let heights: Vec<i32> = columns
            .items
            .iter()
            .map(|item| match item {
                Item::Goal(at) => height(at),
                Item::Pass => 0,
            })
            .collect();
        let mut tops = place::tops(columns, &heights);
        // A line above all columns takes a lane of its own.
        let has_lane = columns.lines.iter().any(|line| line.route == Route::Above);
        let first = MARGIN + HEADING + if has_lane { GAP } else { 0 };
        let mut down = MARGIN;
        for (top, height) in tops.iter_mut().zip(&heights) {
            *top += first;
            down = down.max(*top + height);
        }
        let has_circle = columns.lines.iter().any(|line| line.route == Route::Beside);
        let count = count(columns.columns.len());
        let unbound = columns.item_of.iter().filter(|item| item.is_none()).count();
        let in_a_row = self::count(unbound.min(IN_A_ROW));
        let wide = count * CARD + (count - 1).max(0) * GUTTER;
        let row = in_a_row * CARD + (in_a_row - 1).max(0) * GAP;
        // Beside the last column there is room for what runs there.
        let beside = if has_circle { BULGE } else { 0 };
        Self {
            columns,
            tops,
            heights,
            across: (wide + beside).max(row).max(CARD) + 2 * MARGIN,
            down,
            has_circle,
            has_expected: faces.iter().flatten().any(Face::has_expected),
        }
    }

    fn columns(&self, faces: &mut [Option<Face>], levels: &[Option<PlanLevel>]) -> Vec<Group> {
        let mut bonds: Vec<Vec<Bond>> = vec![Vec::new(); faces.len()];
        for line in &self.columns.lines {
            bonds[line.child].push(self.bond(line));
        }
        let columns = self.columns.columns.iter().enumerate();
        columns
            .map(|(column, items)| {
                let goals = items
                    .iter()
                    .filter_map(|item| match self.columns.items[*item] {
                        Item::Goal(at) => Some((*item, at)),
                        Item::Pass => None,
                    });
                let x = left(column);
                let cards: Vec<Card> = goals
                    .filter_map(|(item, at)| {
                        let bonds = std::mem::take(&mut bonds[at]);
                        Some(card(at, x, self.tops[item], faces[at].take()?, bonds))
                    })
                    .collect();
                let known = cards.iter().filter_map(|card| levels[card.goal]);
                let name = name(column, &known.collect());
                Group {
                    heading: heading(x, MARGIN, &format!("{name}, {}", counted(cards.len()))),
                    is_unbound: false,
                    cards,
                }
            })
            .collect()
    }

    fn bond(&self, line: &Line) -> Bond {
        let column_of = |goal: usize| {
            let item = self.columns.item_of[goal];
            item.map_or((0, 0), |item| (self.column(item), self.middle(item)))
        };
        let ((from, y), (to, end)) = (column_of(line.parent), column_of(line.child));
        let begin = (left(from) + CARD, y);
        let straight = |column: usize, y: i32| [(left(column), y), (left(column) + CARD, y)];
        let between: Vec<(i32, i32)> = match &line.route {
            Route::Beside => {
                let end = (left(to) + CARD, end);
                return beside(line.parent, begin, end);
            }
            Route::By(passes) => (from + 1..)
                .zip(passes)
                .flat_map(|(column, pass)| straight(column, self.middle(*pass)))
                .collect(),
            Route::Above => {
                let y = MARGIN + HEADING;
                vec![(left(from + 1), y), (left(to - 1) + CARD, y)]
            }
        };
        let mut points = vec![begin];
        points.extend(between);
        points.push((left(to), end));
        Bond {
            parent: line.parent,
            is_circle: false,
            path: path(&points),
            points,
        }
    }

    /// Returns the column in which an item stands that is an objective.
    fn column(&self, item: usize) -> usize {
        self.columns.column_of[item]
    }

    fn middle(&self, item: usize) -> i32 {
        self.tops[item] + self.heights[item] / 2
    }

    /// Puts those that have no bond below all columns.
    fn unbound(&mut self, faces: &mut [Option<Face>]) -> Option<Group> {
        let goals: Vec<usize> = (0..faces.len()).filter(|at| faces[*at].is_some()).collect();
        if goals.is_empty() {
            return None;
        }
        let top = if self.columns.columns.is_empty() {
            MARGIN
        } else {
            self.down + BREAK
        };
        let room = self.across - 2 * MARGIN + GAP;
        let in_a_row = usize::try_from(room / (CARD + GAP)).unwrap_or(1).max(1);
        self.down = top + HEADING;
        let mut cards = Vec::with_capacity(goals.len());
        for row in goals.chunks(in_a_row) {
            let faces: Vec<Face> = row.iter().filter_map(|at| faces[*at].take()).collect();
            let height = faces.iter().map(|face| face.height).max().unwrap_or(0);
            for (place, (at, mut face)) in row.iter().zip(faces).enumerate() {
                // Cards of one row end on one line.
                face.height = height;
                let x = MARGIN + count(place) * (CARD + GAP);
                cards.push(card(*at, x, self.down, face, Vec::new()));
            }
            self.down += height + GAP;
        }
        self.down -= GAP;
        let words = match goals.len() {
            1 => "Supports nothing, and nothing supports it".to_owned(),
            several => format!(
                "Support nothing, and nothing supports them, {}",
                counted(several)
            ),
        };
        Some(Group {
            heading: heading(MARGIN, top, &words),
            is_unbound: true,
            cards,
        })
    }

    /// Puts what the signs mean at the end.
    fn legend(&mut self) -> Vec<Words> {
        let mut parts = Vec::new();
        if !self.columns.lines.is_empty() {
            parts.push("A line leads from an objective to what it supports, at its left.");
        }
        if self.has_circle {
            parts.push("Dashed lines go in a circle.");
        }
        if self.has_expected {
            parts.push("The stroke on a bar is what is expected by today.");
        }
        let room = self.across - 2 * MARGIN;
        let lines = words::wrap(&parts.join(" "), card::SMALL, room, usize::MAX);
        self.down += if lines.is_empty() {
            0
        } else {
            BREAK - LEGEND_LINE
        };
        let lines = lines.into_iter().map(|text| {
            self.down += LEGEND_LINE;
            Words {
                x: MARGIN,
                y: self.down,
                text,
                runs_left: false,
            }
        });
        lines.collect()
    }
}

fn card(goal: usize, x: i32, y: i32, face: Face, bonds: Vec<Bond>) -> Card {
    Card {
        goal,
        x,
        y,
        width: CARD,
        height: face.height,
        bonds,
        face,
    }
}

/// Returns what a column is called: by the levels in it where there are few, else by its number.
fn name(column: usize, known: &BTreeSet<PlanLevel>) -> String {
    let levels: Vec<PlanLevel> = known.iter().copied().collect();
    match levels[..] {
        [one] => one.heading().to_owned(),
        [one, other] => format!("{} and {other}", one.heading()),
        _ if column == 0 => "Top level".to_owned(),
        _ => format!("Level {}", column + 1),
    }
}

/// Returns the words above a group that begins at this height.
fn heading(x: i32, top: i32, text: &str) -> Words {
    Words {
        x,
        y: top + 12,
        text: text.to_owned(),
        runs_left: false,
    }
}

/// Returns where a column begins.
fn left(column: usize) -> i32 {
    MARGIN + count(column).saturating_mul(CARD + GUTTER)
}

/// Returns the line between two in one column, which runs beside it.
fn beside(parent: usize, begin: (i32, i32), end: (i32, i32)) -> Bond {
    // Below the middle, where the other lines are; that of an objective with itself has two ends.
    let begin = (begin.0, begin.1 + 10);
    let end = (end.0, end.1 + if end.1 + 10 == begin.1 { 26 } else { 10 });
    let far = begin.0 + BULGE;
    Bond {
        parent,
        is_circle: true,
        path: format!(
            "M{},{}C{far},{} {far},{} {},{}",
            begin.0, begin.1, begin.1, end.1, end.0, end.1
        ),
        points: vec![begin, end],
    }
}

/// Returns points as a path: a curve to the first of each pair of them, and a straight line to the second.
fn path(points: &[(i32, i32)]) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let mut before = (0, 0);
    for (at, (x, y)) in points.iter().copied().enumerate() {
        // Writing to a string cannot fail.
        let _ = if at == 0 {
            write!(out, "M{x},{y}")
        } else if y == before.1 {
            write!(out, "H{x}")
        } else {
            let middle = i32::midpoint(before.0, x);
            write!(out, "C{middle},{} {middle},{y} {x},{y}", before.1)
        };
        before = (x, y);
    }
    out
}

fn counted(count: usize) -> String {
    match count {
        1 => "1 objective".to_owned(),
        count => format!("{count} objectives"),
    }
}

/// Returns a number as a length counts it.
fn count(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests;
