//! Finds the parent and the kind of each row of a list.

use std::collections::HashMap;

use super::layout::{Field, Tree};
use super::list::Node;
use super::reader::Reader;
use super::values::text::{self, Kind};
use super::{sayings, words};

/// Finds the parent of each row.
pub(super) fn parents(reader: &mut Reader<'_>, nodes: &mut [Node], is_typed: bool) {
    let tree = reader.layout.tree;
    if matches!(tree, Tree::Levels | Tree::Indents) || nodes.iter().any(|node| node.depth.is_some())
    {
        by_depth(nodes);
        if is_typed {
            by_order(reader, nodes);
        }
        return;
    }
    let has_parents = nodes.iter().any(|node| node.parent_words.is_some());
    if has_parents {
        by_parent(reader, nodes);
        return;
    }
    by_number(nodes);
    by_order(reader, nodes);
}

/// Gives rows without a parent the row above to which they can belong.
fn by_order(reader: &mut Reader<'_>, nodes: &mut [Node]) {
    let (mut objective, mut key_result) = (None, None);
    for at in 0..nodes.len() {
        match nodes[at].kind {
            Some(Kind::Objective | Kind::Plan) => {
                objective = Some(at);
                key_result = None;
            }
            Some(Kind::KeyResult) => {
                nodes[at].parent = nodes[at].parent.or(objective);
                key_result = Some(at);
            }
            Some(Kind::Initiative) if nodes[at].parent.is_none() => {
                nodes[at].parent = key_result.or(objective);
                if let Some(parent) = nodes[at].parent
                    && nodes[parent].kind == Some(Kind::KeyResult)
                {
                    let node = &nodes[at];
                    reader
                        .sayings
                        .say(&sayings::BY_ORDER, node.row, node.column, &node.title);
                }
            }
            Some(Kind::Note) => nodes[at].parent = at.checked_sub(1),
            Some(Kind::Initiative) | None => {}
        }
    }
}

/// Takes the last row that is less deep as the parent.
fn by_depth(nodes: &mut [Node]) {
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, node) in nodes.iter_mut().enumerate() {
        if node.kind == Some(Kind::Note) {
            node.parent = at.checked_sub(1);
            continue;
        }
        // A section has no indent of its own and stands above all.
        let is_section = matches!(node.kind, Some(Kind::Objective | Kind::Plan));
        let depth = match node.depth {
            Some(depth) => depth,
            None if is_section => 0,
            None => open.last().map_or(1, |(depth, _)| *depth),
        };
        while open.last().is_some_and(|(other, _)| *other >= depth) {
            open.pop();
        }
        node.parent = open.last().map(|(_, parent)| *parent);
        open.push((depth, at));
    }
}

/// Finds parents by their ids or titles, wherever they stand.
#[expect(
    clippy::needless_range_loop,
    reason = "the nodes are looked up while one of them changes"
)]
fn by_parent(reader: &mut Reader<'_>, nodes: &mut [Node]) {
    let key = |words: &str| words.trim().trim_end_matches(".0").to_lowercase();
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut by_title: HashMap<String, usize> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        if let Some(reference) = &node.reference {
            ids.entry(key(reference)).or_insert(at);
        }
        by_title.entry(text::title_key(&node.title)).or_insert(at);
    }
    let (mut objective, mut key_result) = (None, None);
    for at in 0..nodes.len() {
        let mut is_one_of_several = false;
        let found = nodes[at].parent_words.as_deref().map(|words| {
            ids.get(&key(words))
                .or_else(|| by_title.get(&text::title_key(words)))
                .or_else(|| {
                    let parts = words.split([',', ';', '\n']);
                    let mut known = parts.filter_map(|part| ids.get(&key(part)));
                    let first = known.next();
                    is_one_of_several = known.next().is_some();
                    first
                })
                .copied()
                .filter(|parent| *parent != at)
        });
        if is_one_of_several && let Some(words) = &nodes[at].parent_words {
            let row = nodes[at].row;
            let column = reader.column(Field::Parent).unwrap_or(nodes[at].column);
            reader.sayings.say(&sayings::PARENTS, row, column, words);
        }
        match found {
            Some(Some(parent)) => {
                nodes[at].parent = Some(parent);
                if parent > at {
                    let node = &nodes[at];
                    reader
                        .sayings
                        .say(&sayings::CHILD_FIRST, node.row, node.column, &node.title);
                }
            }
            Some(None) => {
                let node = &nodes[at];
                let words = node.parent_words.clone().unwrap_or_default();
                reader
                    .sayings
                    .say(&sayings::NO_PARENT, node.row, node.column, &words);
                nodes[at].parent = match nodes[at].kind {
                    Some(Kind::Initiative) => key_result.or(objective),
                    Some(Kind::KeyResult) => objective,
                    _ => None,
                };
            }
            None => {
                nodes[at].parent = match nodes[at].kind {
                    Some(Kind::Initiative) => key_result.or(objective),
                    Some(Kind::KeyResult) => objective,
                    Some(Kind::Note) => at.checked_sub(1),
                    _ => None,
                };
            }
        }
        match nodes[at].kind {
            Some(Kind::Objective) => (objective, key_result) = (Some(at), None),
            Some(Kind::KeyResult) => key_result = Some(at),
            _ => {}
        }
    }
    break_circles(nodes);
}

/// Cuts chains of parents that lead back to their start.
fn break_circles(nodes: &mut [Node]) {
    // 0: not seen, 1: on the way, 2: leads to a root.
    let mut state = vec![0_u8; nodes.len()];
    for start in 0..nodes.len() {
        let mut way = Vec::new();
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            way.push(at);
            match nodes[at].parent {
                Some(parent) => at = parent,
                None => break,
            }
        }
        if state[at] == 1
            && nodes[at].parent.is_some()
            && let Some(last) = way.last().copied()
            && nodes[last].parent == Some(at)
        {
            nodes[last].parent = None;
        }
        for seen in way {
            state[seen] = 2;
        }
    }
}

/// Finds parents by numbers with dots: `1.2` stands under `1`, `KR1.2` under `O1`.
fn by_number(nodes: &mut [Node]) {
    let path = |reference: &str| -> Vec<String> {
        let mut path: Vec<String> = reference
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .map(|part| part.trim_start_matches('0').to_owned())
            .collect();
        // `1.1a` stands under `1.1`.
        let bare = reference.trim_end_matches(|c: char| c.is_ascii_lowercase());
        if reference.len() == bare.len() + 1 && bare.ends_with(|c: char| c.is_ascii_digit()) {
            path.push(reference[bare.len()..].to_owned());
        }
        path
    };
    let mut known: HashMap<Vec<String>, usize> = HashMap::new();
    for at in 0..nodes.len() {
        let Some(reference) = nodes[at].reference.clone() else {
            continue;
        };
        let path = path(&reference);
        if path.is_empty() {
            continue;
        }
        let parent = (1..path.len())
            .rev()
            .find_map(|length| known.get(&path[..length]));
        if let Some(parent) = parent.copied() {
            let fits = match (nodes[parent].kind, nodes[at].kind) {
                (Some(parent), Some(own)) => parent < own || own == Kind::Objective,
                _ => true,
            };
            if fits {
                nodes[at].parent = Some(parent);
            }
        }
        // A number that comes again begins a list anew; the last one counts.
        known.insert(path, at);
    }
}

/// Returns the row that is the plan itself: the only one at the top, with two levels below it where no platform
/// says so.
pub(super) fn plan_row(reader: &Reader<'_>, nodes: &[Node], is_typed: bool) -> Option<usize> {
    if let Some(at) = nodes.iter().position(|node| node.kind == Some(Kind::Plan)) {
        return Some(at);
    }
    if is_typed || reader.layout.tree != Tree::Levels {
        return None;
    }
    let mut roots = nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.parent.is_none());
    let (root, _) = roots.next()?;
    let is_only = roots.next().is_none();
    // A platform says that the only one is the plan, whatever stands below it.
    let is_deep = reader.layout.is_stated
        || nodes.iter().any(|node| {
            node.parent
                .and_then(|parent| nodes[parent].parent)
                .is_some()
        });
    (is_only && is_deep).then_some(root)
}

/// Gives a kind to each row that names none, by its depth and its numbers.
pub(super) fn kinds(reader: &mut Reader<'_>, nodes: &mut [Node], plan: Option<usize>) {
    if let Some(plan) = plan {
        nodes[plan].kind = Some(Kind::Plan);
        for node in nodes.iter_mut() {
            if node.parent == Some(plan) {
                node.parent = None;
            }
        }
    }
    if nodes.iter().all(|node| node.kind.is_some()) {
        return;
    }
    let measures: Vec<usize> = reader
        .layout
        .columns
        .iter()
        .filter(|(_, place)| {
            matches!(
                place.field,
                Field::Start | Field::Target | Field::StartAndTarget
            )
        })
        .map(|(column, _)| *column)
        .collect();
    let has_numbers: Vec<bool> = nodes
        .iter()
        .map(|node| {
            measures
                .iter()
                .any(|column| !reader.table.cell(node.row, *column).is_blank())
        })
        .collect();
    let mut has_numbered_child = vec![false; nodes.len()];
    let mut has_child = vec![false; nodes.len()];
    for (at, node) in nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            has_child[parent] = true;
            has_numbered_child[parent] |= has_numbers[at];
        }
    }
    let kind_column = reader.column(Field::UnitKind);
    // Without any number that makes a tree, lines alone are objectives and the others key results.
    let is_flat = nodes.iter().all(|node| node.parent.is_none());
    let is_marked = nodes.iter().any(|node| node.kind == Some(Kind::Objective));
    let is_measured = has_numbers.contains(&true);
    // Parents may come later, so kinds are given from the roots down.
    let order = from_the_roots(nodes);
    for at in order {
        if nodes[at].kind.is_some() {
            continue;
        }
        let parent = nodes[at].parent.and_then(|parent| nodes[parent].kind);
        let is_binary = kind_column.is_some_and(|column| {
            let normal = words::normal(&reader.table.cell(nodes[at].row, column).to_text());
            words::is("unit-done", &normal)
        });
        let kind = match parent {
            None | Some(Kind::Plan) if is_flat && has_numbers[at] => Kind::KeyResult,
            // Where objectives are marked, what has no numbers among key results that have is work for them.
            None | Some(Kind::Plan) if is_flat && is_marked && is_measured => {
                let nearest = nodes[..at].iter().rev().find_map(|node| node.kind);
                match nearest {
                    Some(Kind::KeyResult | Kind::Initiative) => Kind::Initiative,
                    Some(Kind::Objective) => Kind::KeyResult,
                    _ => Kind::Objective,
                }
            }
            None | Some(Kind::Plan) => Kind::Objective,
            Some(Kind::Objective) if is_binary && !has_numbers[at] => {
                let node = &nodes[at];
                reader
                    .sayings
                    .say(&sayings::BINARY, node.row, node.column, &node.title);
                Kind::Initiative
            }
            Some(Kind::Objective)
                if !measures.is_empty() && !has_numbers[at] && has_numbered_child[at] =>
            {
                Kind::Objective
            }
            Some(Kind::Objective) => Kind::KeyResult,
            Some(parent) => {
                let node = &nodes[at];
                if parent == Kind::KeyResult && is_binary && !has_numbers[at] {
                    reader
                        .sayings
                        .say(&sayings::BINARY_BELOW, node.row, node.column, &node.title);
                }
                Kind::Initiative
            }
        };
        nodes[at].kind = Some(kind);
    }
    if is_flat && nodes.iter().any(|node| node.kind == Some(Kind::KeyResult)) {
        place_flat(nodes, is_marked);
    }
}

/// Gives rows of a flat list the objective above, and what is done for a key result that.
fn place_flat(nodes: &mut [Node], is_marked: bool) {
    let (mut objective, mut key_result) = (None, None);
    for (at, node) in nodes.iter_mut().enumerate() {
        match node.kind {
            Some(Kind::Objective) => (objective, key_result) = (Some(at), None),
            Some(Kind::KeyResult) => {
                node.parent = objective;
                key_result = Some(at);
            }
            Some(Kind::Initiative) if is_marked => {
                node.parent = node.parent.or(key_result).or(objective);
            }
            _ => {}
        }
    }
}

/// Returns the positions of all nodes, each behind its parent.
fn from_the_roots(nodes: &[Node]) -> Vec<usize> {
    let mut order = Vec::with_capacity(nodes.len());
    let mut is_done = vec![false; nodes.len()];
    let mut way = Vec::new();
    for start in 0..nodes.len() {
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| !is_done[*here]) {
            is_done[here] = true;
            way.push(here);
            at = nodes[here].parent;
        }
        order.extend(way.drain(..).rev());
    }
    order
}
