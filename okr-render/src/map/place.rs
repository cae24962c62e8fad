//! How far down each item of a column stands.

use super::order::{Item, Levels};

/// Between two cards that serve the same, and between two others.
const NEAR: i32 = 14;
const FAR: i32 = 30;
/// Between a card and a line that passes it, and between two such lines.
const BESIDE_LINE: i32 = 14;
const BETWEEN_LINES: i32 = 9;

/// How far below the first of those that serve it something may stand. Where they are more than a screen shows, it
/// stands beside the first of them, so that a reader who goes down the drawing meets it before them.
const REACH: f64 = 330.0;

/// How often all columns are moved. Places hardly change after the first times.
const ROUNDS: usize = 16;

/// Returns the top of each item, in whole units from 0; `heights` are those of the items.
///
/// Each column in turn is moved as near as its order and the gaps allow to the middle of what its items are bound to,
/// the sum of the squares of the distances being least. That is isotonic regression, solved by pooling adjacent
/// violators (M. Ayer and others, "An empirical distribution function for sampling with incomplete information",
/// Annals of Mathematical Statistics 26, 1955). What is served comes last, so that it stands at the middle of what
/// serves it.
pub(super) fn tops(columns: &Levels, heights: &[i32]) -> Vec<i32> {
    let groups = groups(columns);
    let mut middles: Vec<f64> = vec![0.0; columns.items.len()];
    for group in &groups {
        settle(columns, group, heights, &mut middles);
    }
    let tops = middles
        .iter()
        .zip(heights)
        .map(|(middle, height)| middle - f64::from(*height) / 2.0);
    // Where two are a whole number apart, they still are when both are rounded.
    let mut tops: Vec<i32> = tops.map(rounded).collect();
    close_up(&groups, columns, heights, &mut tops);
    tops
}

/// What hangs together: its items in each column in which it has any, from the left to the right.
type Group = Vec<Vec<usize>>;

fn groups(columns: &Levels) -> Vec<Group> {
    let count = columns.group_of.iter().max().map_or(0, |last| last + 1);
    let mut groups: Vec<Group> = vec![Vec::new(); count];
    for column in &columns.columns {
        for part in column.chunk_by(|one, other| columns.group_of[*one] == columns.group_of[*other])
        {
            groups[columns.group_of[part[0]]].push(part.to_vec());
        }
    }
    groups
}

/// Finds the middles of all items of a group, which stands alone.
fn settle(columns: &Levels, group: &Group, heights: &[i32], middles: &mut [f64]) {
    let gaps: Vec<Vec<f64>> = group
        .iter()
        .map(|items| distances(columns, items, heights))
        .collect();
    for (items, gaps) in group.iter().zip(&gaps) {
        let mut at = 0.0;
        for (item, gap) in items.iter().zip(gaps) {
            at += gap;
            middles[*item] = at;
        }
    }
    for round in 0..=ROUNDS {
        let is_backward = round % 2 == 0;
        for step in 0..group.len() {
            let at = if is_backward {
                group.len() - 1 - step
            } else {
                step
            };
            let wishes: Vec<(f64, f64)> = group[at]
                .iter()
                .map(|item| wish(columns, middles, *item, is_backward))
                .collect();
            let placed = pooled(&wishes, &gaps[at]);
            for (item, middle) in group[at].iter().zip(placed) {
                middles[*item] = middle;
            }
        }
    }
}

/// Moves each group as a whole to where those before it end, the first one to the top.
fn close_up(groups: &[Group], columns: &Levels, heights: &[i32], tops: &mut [i32]) {
    let mut free: Vec<i32> = vec![0; columns.columns.len()];
    for group in groups {
        let items = || group.iter().flatten();
        let rooms = items().map(|item| tops[*item] - free[columns.column_of[*item]]);
        let up = rooms.min().unwrap_or(0);
        for item in items() {
            tops[*item] -= up;
            free[columns.column_of[*item]] = tops[*item] + heights[*item] + FAR;
        }
    }
}

/// Returns how far the middle of each item of a column must be from the one before it.
fn distances(columns: &Levels, column: &[usize], heights: &[i32]) -> Vec<f64> {
    let mut before: Option<usize> = None;
    let distance = |item: &usize| {
        let Some(before) = before.replace(*item) else {
            return 0.0;
        };
        let gap = match (columns.items[before], columns.items[*item]) {
            (Item::Pass, Item::Pass) => BETWEEN_LINES,
            (Item::Goal(_), Item::Goal(_)) => {
                let first = columns.left[before].first();
                let is_near = first.is_some() && first == columns.left[*item].first();
                if is_near { NEAR } else { FAR }
            }
            _ => BESIDE_LINE,
        };
        f64::from(heights[before] + heights[*item]) / 2.0 + f64::from(gap)
    };
    column.iter().map(distance).collect()
}

/// Returns where an item would best stand, and how much that counts beside the others.
#[expect(
    clippy::cast_precision_loss,
    reason = "no objective has more bonds than a float counts exactly"
)]
fn wish(columns: &Levels, middles: &[f64], item: usize, is_backward: bool) -> (f64, f64) {
    let (near, other) = if is_backward {
        (&columns.right[item], &columns.left[item])
    } else {
        (&columns.left[item], &columns.right[item])
    };
    let bound = if near.is_empty() { other } else { near };
    if bound.is_empty() {
        return (middles[item], 0.02);
    }
    let mut places: Vec<f64> = bound.iter().map(|it| middles[*it]).collect();
    places.sort_by(f64::total_cmp);
    let half = places.len() / 2;
    let mut middle = f64::midpoint(places[(places.len() - 1) / 2], places[half]);
    if is_backward != near.is_empty() {
        middle = middle.min(places[0] + REACH);
    }
    // A line that passes several columns should be straight.
    let straight = match columns.items[item] {
        Item::Pass => 4.0,
        Item::Goal(_) => 1.0,
    };
    // What has nothing at this side gives way to what has.
    let weight = if near.is_empty() {
        0.02
    } else {
        (bound.len() as f64).sqrt() * straight
    };
    (middle, weight)
}

/// Returns the places nearest to what is wished, each with its weight, such that each is at least its distance behind
/// the one before it.
fn pooled(wishes: &[(f64, f64)], distances: &[f64]) -> Vec<f64> {
    /// Items that stand as near to each other as they may.
    struct Block {
        sum: f64,
        weight: f64,
        count: usize,
    }
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(wishes.len());
    let mut blocks: Vec<Block> = Vec::new();
    for ((wish, weight), distance) in wishes.iter().zip(distances) {
        offset += distance;
        offsets.push(offset);
        let mut block = Block {
            sum: (wish - offset) * weight,
            weight: *weight,
            count: 1,
        };
        while let Some(before) = blocks.pop() {
            if before.sum / before.weight <= block.sum / block.weight {
                blocks.push(before);
                break;
            }
            block.sum += before.sum;
            block.weight += before.weight;
            block.count += before.count;
        }
        blocks.push(block);
    }
    let starts = blocks
        .iter()
        .flat_map(|block| std::iter::repeat_n(block.sum / block.weight, block.count));
    starts
        .zip(offsets)
        .map(|(start, offset)| start + offset)
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a conversion that is too great saturates"
)]
fn rounded(value: f64) -> i32 {
    // Half a unit up wherever it stands, so that what is apart stays apart.
    (value + 0.5).floor() as i32
}

#[cfg(test)]
mod tests {
    use super::pooled;

    #[track_caller]
    fn check(wishes: &[(f64, f64)], distances: &[f64], expected: &[f64]) {
        let placed = pooled(wishes, distances);
        assert_eq!(placed.len(), expected.len());
        for (one, other) in placed.iter().zip(expected) {
            assert!((one - other).abs() < 1e-9, "{placed:?}");
        }
    }

    #[test]
    fn what_would_overlap_stands_around_the_mean_of_its_wishes() {
        check(
            &[(0.0, 1.0), (10.0, 1.0), (12.0, 1.0), (90.0, 1.0)],
            &[0.0, 10.0, 10.0, 10.0],
            &[-8.0 / 3.0, 22.0 / 3.0, 52.0 / 3.0, 90.0],
        );
        check(&[(0.0, 3.0), (0.0, 1.0)], &[0.0, 8.0], &[-2.0, 6.0]);
    }
}
