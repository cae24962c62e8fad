//! In which column each objective stands: behind all that it serves, and beside those of its level where that can be.

use okr_core::alignment::Alignment;
use okr_core::model::PlanLevel;

/// Returns the column of each objective, counted from 0 without a gap among those that have a bond.
///
/// `levels` are those of their plans. What serves something stands behind it, and those of one circle stand in one
/// column. Beyond that, those of one level stand in one column, behind those of higher levels, unless one of them
/// serves another of its level, or serves what is below it.
pub(super) fn columns(alignment: &Alignment, levels: &[Option<PlanLevel>]) -> Vec<usize> {
    let groups = groups(alignment, levels);
    let mut columns = vec![0; alignment.objectives.len()];
    // Where each level begins, as far as that is known.
    let mut begins: Vec<(PlanLevel, usize)> = Vec::new();
    place(&groups, &begins, &mut columns);
    let mut behind = 0;
    for level in PlanLevel::ALL {
        let own = groups.iter().filter(|group| group.level == Some(level));
        let own: Vec<&Group> = own.filter(|group| group.is_bound).collect();
        let entered = own.iter().flat_map(|group| &group.served);
        let others = entered.filter(|parent| levels[**parent] != Some(level));
        let needed = others.map(|parent| columns[*parent] + 1).max();
        if own.is_empty() {
            continue;
        }
        begins.push((level, needed.unwrap_or(0).max(behind)));
        place(&groups, &begins, &mut columns);
        let last = own.iter().map(|group| columns[group.members[0]]).max();
        behind = last.map_or(behind, |last| last + 1);
    }
    let bound = groups.iter().filter(|group| group.is_bound);
    let mut used: Vec<usize> = bound.map(|group| columns[group.members[0]]).collect();
    used.sort_unstable();
    used.dedup();
    // A column is one more than the last one, or than one that is not used by then.
    let without_gaps = |column| used.binary_search(&column).unwrap_or(0);
    columns.into_iter().map(without_gaps).collect()
}

/// An objective, or those of one circle.
struct Group {
    members: Vec<usize>,
    /// What they serve beyond themselves.
    served: Vec<usize>,
    is_bound: bool,
    /// The lowest level among them; nothing where something above them is of a lower one.
    level: Option<PlanLevel>,
}

/// Returns all groups, each behind what it serves.
fn groups(alignment: &Alignment, levels: &[Option<PlanLevel>]) -> Vec<Group> {
    let objectives = &alignment.objectives;
    let mut circle_of: Vec<Option<&Vec<usize>>> = vec![None; objectives.len()];
    for circle in &alignment.circles {
        for at in circle {
            circle_of[*at] = Some(circle);
        }
    }
    let firsts = (0..objectives.len()).filter(|at| circle_of[*at].is_none_or(|it| it[0] == *at));
    let mut firsts: Vec<usize> = firsts.collect();
    firsts.sort_by_key(|at| objectives[*at].layer);
    // The lowest level of an objective and of all that it serves by any way.
    let mut lowest: Vec<Option<PlanLevel>> = vec![None; objectives.len()];
    let group = |first: usize| {
        let members = circle_of[first].cloned().unwrap_or_else(|| vec![first]);
        let parents = members.iter().flat_map(|at| &objectives[*at].parents);
        // Circles are in ascending order.
        let served = parents.filter(|parent| members.binary_search(parent).is_err());
        let served: Vec<usize> = served.copied().collect();
        let own = members.iter().filter_map(|at| levels[*at]).max();
        let above = served.iter().filter_map(|at| lowest[*at]).max();
        for at in &members {
            lowest[*at] = own.max(above);
        }
        let has_children = |at: &usize| !objectives[*at].children.is_empty();
        Group {
            is_bound: !served.is_empty() || members.iter().any(has_children),
            level: own.filter(|own| above.is_none_or(|above| above <= *own)),
            members,
            served,
        }
    };
    firsts.into_iter().map(group).collect()
}

/// Puts each group behind what it serves, and not before its level begins.
fn place(groups: &[Group], begins: &[(PlanLevel, usize)], columns: &mut [usize]) {
    for group in groups {
        let begin = begins.iter().find(|(level, _)| group.level == Some(*level));
        let begin = begin.map_or(0, |(_, column)| *column);
        let behind = group.served.iter().map(|parent| columns[*parent] + 1);
        let column = behind.max().unwrap_or(0).max(begin);
        for at in &group.members {
            columns[*at] = column;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use okr_core::alignment::Member;
    use proptest::prelude::*;

    use super::*;

    const C: Option<PlanLevel> = Some(PlanLevel::Company);
    const D: Option<PlanLevel> = Some(PlanLevel::Department);
    const T: Option<PlanLevel> = Some(PlanLevel::Team);

    fn aligned(count: usize, links: &[(usize, usize)]) -> Alignment {
        let mut text = String::new();
        for at in 0..count {
            let own = links.iter().filter(|(child, _)| *child == at);
            let served: Vec<String> = own.map(|(_, parent)| format!("o{parent}")).collect();
            let _ = write!(
                text,
                "## Objective: o{at}\n\n- Supports: {}\n\n",
                served.join(", ")
            );
        }
        Alignment::new(&[Member::new("a.md", &okr_core::parse(text))])
    }

    #[track_caller]
    fn check(levels: &[Option<PlanLevel>], links: &[(usize, usize)], expected: &[usize]) {
        assert_eq!(columns(&aligned(levels.len(), links), levels), expected);
    }

    #[test]
    fn those_of_one_level_stand_in_one_column() {
        // A team that serves the company stands beside a team that serves a department.
        check(&[C, D, T, T], &[(1, 0), (2, 1), (3, 0)], &[0, 1, 2, 2]);
        // A department that serves nothing stands beside those that do.
        check(&[C, D, D, T], &[(1, 0), (3, 2)], &[0, 1, 1, 2]);
        // What says no level stands where it would stand without.
        check(&[C, D, T, None], &[(1, 0), (2, 0), (3, 0)], &[0, 1, 2, 1]);
        check(&[None, C, C, D], &[(1, 0), (3, 2)], &[0, 1, 1, 2]);
    }

    #[test]
    fn bonds_count_for_more_than_levels() {
        // A goal of the quarter serves one of the year.
        check(&[C, C, D, D], &[(1, 0), (2, 0), (3, 1)], &[0, 1, 2, 2]);
        // What serves a team stands behind it, whatever it is called.
        check(&[C, T, C, D], &[(1, 0), (2, 1), (3, 0)], &[0, 2, 3, 1]);
        check(&[C, T, D], &[(0, 1), (1, 0), (2, 0)], &[0, 0, 1]);
    }

    #[test]
    fn without_levels_a_column_is_a_layer() {
        check(&[None; 4], &[(1, 0), (2, 1), (3, 0)], &[0, 1, 2, 1]);
    }

    proptest! {
        #[test]
        fn what_serves_stands_behind_and_no_column_is_empty(
            links in prop::collection::vec((0_usize..10, 0_usize..10), 0..20),
            levels in prop::collection::vec(prop::sample::select(vec![None, C, D, T]), 10),
        ) {
            let alignment = aligned(10, &links);
            let columns = columns(&alignment, &levels);
            let circle = |at: usize| alignment.circles.iter().position(|it| it.contains(&at));
            for bond in &alignment.bonds {
                if circle(bond.child).is_some() && circle(bond.child) == circle(bond.parent) {
                    prop_assert_eq!(columns[bond.child], columns[bond.parent]);
                } else {
                    prop_assert!(columns[bond.child] > columns[bond.parent]);
                }
            }
            let bound = alignment.bonds.iter().flat_map(|bond| [bond.child, bond.parent]);
            let bound: std::collections::BTreeSet<usize> = bound.map(|at| columns[at]).collect();
            prop_assert!(bound.iter().copied().eq(0..bound.len()));
        }
    }
}
