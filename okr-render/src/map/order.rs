//! Which objective stands in which column, and in which order from top to bottom, so that few lines cross.
//!
//! The method is that of K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of hierarchical system
//! structures", IEEE Transactions on Systems, Man, and Cybernetics 11 (1981): a line that passes a column has a place
//! in it as an objective has, and each column in turn is sorted by the mean place of what its items are bound to.
//! Crossings are counted as W. Barth, P. Mutzel and M. Jünger do in "Simple and efficient bilayer cross counting",
//! Journal of Graph Algorithms and Applications 8 (2004).

use okr_core::alignment::Alignment;

/// How often all columns are sorted. Few graphs get better after the first times.
const ROUNDS: usize = 8;
/// The most places that lines take in columns which they pass; all further long lines run above the columns.
/// Without a limit, objectives in a chain that all serve the first of them would take as many as their square.
const MOST_PASSES: usize = 20_000;

/// What has a place in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// The objective at this position.
    Goal(usize),
    /// A line from what stands further to the left to what stands further to the right.
    Pass,
}

/// How a line runs from an objective to one that it serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// By these items, from the left to the right; by none where the two stand in neighbouring columns.
    By(Vec<usize>),
    /// Above all columns.
    Above,
    /// Beside the column in which both stand.
    Beside,
}

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) child: usize,
    pub(super) parent: usize,
    pub(super) route: Route,
}

/// The columns with what stands in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels {
    pub(super) items: Vec<Item>,
    /// The items of each column from top to bottom.
    pub(super) columns: Vec<Vec<usize>>,
    /// Which items hang together in any way: for each the number of its group, in the order of the objectives.
    pub(super) group_of: Vec<usize>,
    /// The column of each item.
    pub(super) column_of: Vec<usize>,
    /// What each item is bound to in the column before its own, and in the one behind it.
    pub(super) left: Vec<Vec<usize>>,
    pub(super) right: Vec<Vec<usize>>,
    /// The item of each objective; nothing where it has no bond.
    pub(super) item_of: Vec<Option<usize>>,
    pub(super) lines: Vec<Line>,
}

impl Levels {
    /// Puts all objectives that have a bond into their columns, and orders them.
    ///
    /// What serves another stands in a later column, or in the same where both are of one circle.
    pub(super) fn new(alignment: &Alignment, stands_in: &[usize]) -> Self {
        let count = alignment.objectives.len();
        let mut columns = Self {
            item_of: vec![None; count],
            ..Self::default()
        };
        for bond in &alignment.bonds {
            for at in [bond.child, bond.parent] {
                if columns.item_of[at].is_none() {
                    columns.item_of[at] = Some(columns.add(Item::Goal(at)));
                }
            }
        }
        let layer = |at: usize| stands_in[at];
        let depth = columns.item_of.iter().enumerate();
        let depth = depth.filter(|(_, item)| item.is_some());
        let depth = depth.map(|(at, _)| layer(at) + 1).max().unwrap_or(0);
        // From each objective one chain of passes leads to all that serve it from further away.
        let mut chains: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut passes = 0;
        for bond in &alignment.bonds {
            let (child, parent) = (bond.child, bond.parent);
            let length = layer(child).saturating_sub(layer(parent));
            let route = if length == 0 {
                Route::Beside
            } else if passes + length > MOST_PASSES {
                Route::Above
            } else {
                passes += length - 1;
                columns.chain(&mut chains[parent], length - 1, parent);
                let by = chains[parent][..length - 1].to_vec();
                let last = by.last().copied().or(columns.item_of[parent]);
                columns.bind(last, columns.item_of[child]);
                Route::By(by)
            };
            columns.lines.push(Line {
                child,
                parent,
                route,
            });
        }
        columns.columns = vec![Vec::new(); depth];
        columns.group(alignment);
        columns.fill(alignment, stands_in, &chains);
        columns.sort();
        columns
    }

    fn add(&mut self, item: Item) -> usize {
        self.items.push(item);
        self.left.push(Vec::new());
        self.right.push(Vec::new());
        self.items.len() - 1
    }

    fn bind(&mut self, left: Option<usize>, right: Option<usize>) {
        if let (Some(left), Some(right)) = (left, right) {
            self.right[left].push(right);
            self.left[right].push(left);
        }
    }

    /// Makes the chain of an objective as long as this.
    fn chain(&mut self, chain: &mut Vec<usize>, length: usize, parent: usize) {
        while chain.len() < length {
            let pass = self.add(Item::Pass);
            let before = chain.last().copied().or(self.item_of[parent]);
            self.bind(before, Some(pass));
            chain.push(pass);
        }
    }

    /// Finds out what hangs together.
    fn group(&mut self, alignment: &Alignment) {
        let none = usize::MAX;
        let mut group_of = vec![none; self.items.len()];
        let mut groups = 0;
        for first in self.item_of.iter().flatten() {
            if group_of[*first] != none {
                continue;
            }
            let mut open = vec![*first];
            while let Some(item) = open.pop() {
                if group_of[item] != none {
                    continue;
                }
                group_of[item] = groups;
                open.extend(self.left[item].iter().chain(&self.right[item]));
                if let Item::Goal(at) = self.items[item] {
                    // Not every line has a place in the columns.
                    let objective = &alignment.objectives[at];
                    let bound = objective.children.iter().chain(&objective.parents);
                    open.extend(bound.filter_map(|at| self.item_of[*at]));
                }
            }
            groups += 1;
        }
        self.group_of = group_of;
    }

    /// Puts all items into their columns, each behind what it serves first: what is a tree is without crossings then.
    fn fill(&mut self, alignment: &Alignment, stands_in: &[usize], chains: &[Vec<usize>]) {
        let column_of = &mut self.column_of;
        column_of.resize(self.items.len(), 0);
        for (at, own) in stands_in.iter().enumerate() {
            if let Some(item) = self.item_of[at] {
                column_of[item] = *own;
            }
            for (pass, column) in chains[at].iter().zip(own + 1..) {
                column_of[*pass] = column;
            }
        }
        let mut is_placed = vec![false; self.items.len()];
        // What is in a circle may have nothing above it to begin with.
        let begin = alignment.roots().chain(0..alignment.objectives.len());
        let mut begin: Vec<usize> = begin.filter_map(|at| self.item_of[at]).collect();
        begin.sort_by_key(|item| self.group_of[*item]);
        for first in begin {
            let mut open = vec![first];
            while let Some(item) = open.pop() {
                if std::mem::replace(&mut is_placed[item], true) {
                    continue;
                }
                self.columns[self.column_of[item]].push(item);
                open.extend(self.right[item].iter().rev());
                if let Item::Goal(at) = self.items[item] {
                    let children = alignment.objectives[at].children.iter().rev();
                    let beside = children.filter_map(|child| self.item_of[*child]);
                    let column_of = &self.column_of;
                    open.extend(beside.filter(|child| column_of[*child] == column_of[item]));
                }
            }
        }
    }

    /// Sorts the columns so that few lines cross, and keeps the order with the fewest.
    fn sort(&mut self) {
        let mut place = vec![0; self.items.len()];
        for column in &self.columns {
            number(column, &mut place);
        }
        let mut fewest = self.crossings(&place);
        let mut best = self.columns.clone();
        for round in 0..ROUNDS {
            if fewest == 0 {
                break;
            }
            let is_forward = round % 2 == 0;
            for step in 0..self.columns.len() {
                let (at, bound) = if is_forward {
                    (step, &self.left)
                } else {
                    (self.columns.len() - 1 - step, &self.right)
                };
                let column = &mut self.columns[at];
                let mean = |item: usize| mean(&bound[item], &place, place[item]);
                let mut keyed: Vec<(usize, f64, usize)> = column
                    .iter()
                    .map(|item| (self.group_of[*item], mean(*item), *item))
                    .collect();
                keyed.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
                for (slot, (.., item)) in column.iter_mut().zip(keyed) {
                    *slot = item;
                }
                number(column, &mut place);
            }
            let crossings = self.crossings(&place);
            if crossings < fewest {
                fewest = crossings;
                best.clone_from(&self.columns);
            }
        }
        self.columns = best;
    }

    /// Counts how often lines cross between neighbouring columns.
    fn crossings(&self, place: &[usize]) -> usize {
        let between = self.columns.windows(2).map(|pair| {
            let mut tree = vec![0_usize; pair[1].len() + 1];
            let (mut crossings, mut seen) = (0, 0);
            for left in &pair[0] {
                let mut ends: Vec<usize> = self.right[*left].iter().map(|it| place[*it]).collect();
                ends.sort_unstable();
                // A line crosses all that began above it and end below it.
                for end in &ends {
                    crossings += seen - up_to(&tree, end + 1);
                }
                for end in &ends {
                    seen += 1;
                    let mut at = end + 1;
                    while at < tree.len() {
                        tree[at] += 1;
                        at += at & at.wrapping_neg();
                    }
                }
            }
            crossings
        });
        between.sum()
    }
}

/// Returns how many ends are counted among the first `count` places, in a Fenwick tree.
fn up_to(tree: &[usize], count: usize) -> usize {
    let (mut at, mut sum) = (count, 0);
    while at > 0 {
        sum += tree[at];
        at -= at & at.wrapping_neg();
    }
    sum
}

fn number(column: &[usize], place: &mut [usize]) {
    for (at, item) in column.iter().enumerate() {
        place[*item] = at;
    }
}

/// Returns the mean place of what an item is bound to; its own where that is nothing.
#[expect(
    clippy::cast_precision_loss,
    reason = "places are far below what a float counts exactly"
)]
fn mean(bound: &[usize], place: &[usize], own: usize) -> f64 {
    if bound.is_empty() {
        return own as f64;
    }
    let sum: usize = bound.iter().map(|it| place[*it]).sum();
    sum as f64 / bound.len() as f64
}
