//! The map as a tree at a terminal.
//!
//! What serves several objectives stands under the first of them, and under the others in one line, so that the tree
//! is never longer than the plans have links.

use super::Map;
use crate::shell::{Text, columns, style, wrap};
use crate::show::status::status;

/// The columns of `■ off track`, the longest status of a whole but for `○ not started`.
const STATUS: usize = 13;
/// The columns of ` 100%`.
const PERCENT: usize = 5;
/// The fewest columns in which titles are read with ease.
const MIN_TITLE: usize = 24;

/// The most columns that lines take in front of a goal.
const MAX_INDENT: usize = 36;

/// The lines that lead to a goal.
struct Signs {
    branch: &'static str,
    last: &'static str,
    pass: &'static str,
    none: &'static str,
}

const LINES: Signs = Signs {
    branch: "├─ ",
    last: "└─ ",
    pass: "│  ",
    none: "   ",
};
const ASCII: Signs = Signs {
    branch: "|- ",
    last: "`- ",
    pass: "|  ",
    none: "   ",
};

/// Draws the map.
pub(super) fn draw(map: &Map, width: usize, is_ascii: bool) -> Text {
    let mut tree = Tree {
        map,
        width,
        is_ascii,
        signs: if is_ascii { &ASCII } else { &LINES },
        drawn: vec![false; map.goals.len()],
        text: Text::new(),
        is_empty: true,
    };
    for root in map.alignment.roots() {
        tree.goal(root, "", "", None);
    }
    // What serves itself has nothing above it to begin with.
    for circle in &map.alignment.circles {
        if circle.iter().all(|at| !tree.drawn[*at]) {
            tree.goal(circle[0], "", "", None);
        }
    }
    tree.text
}

struct Tree<'m> {
    map: &'m Map,
    width: usize,
    is_ascii: bool,
    signs: &'static Signs,
    /// Which goals stand there already, with all that serve them.
    drawn: Vec<bool>,
    text: Text,
    is_empty: bool,
}

impl Tree<'_> {
    /// Draws a goal behind `lead`, and what serves it; `below` leads its further lines.
    fn goal(&mut self, at: usize, lead: &str, below: &str, above: Option<usize>) {
        // Depth is bounded by the number of goals, and a stack of calls is not.
        let mut open = vec![(at, lead.to_owned(), below.to_owned(), above)];
        while let Some((at, lead, below, above)) = open.pop() {
            let is_again = std::mem::replace(&mut self.drawn[at], true);
            let children = &self.map.alignment.objectives[at].children;
            let has_children = !children.is_empty() && !is_again;
            self.lines(at, &lead, &below, above, is_again, has_children);
            if is_again {
                continue;
            }
            for (position, child) in children.iter().enumerate().rev() {
                let is_last = position + 1 == children.len();
                let (sign, pass) = if is_last {
                    (self.signs.last, self.signs.none)
                } else {
                    (self.signs.branch, self.signs.pass)
                };
                // Whoever nests that deep is helped by no more indents.
                let (sign, pass) = if columns(&below) < MAX_INDENT {
                    (sign, pass)
                } else {
                    ("", "")
                };
                open.push((
                    *child,
                    format!("{below}{sign}"),
                    format!("{below}{pass}"),
                    Some(at),
                ));
            }
        }
    }

    /// Draws the lines of one goal.
    fn lines(
        &mut self,
        at: usize,
        lead: &str,
        below: &str,
        above: Option<usize>,
        is_again: bool,
        has_children: bool,
    ) {
        let goal = &self.map.goals[at];
        let right = STATUS + PERCENT + 2;
        let room = self.width.saturating_sub(columns(lead) + right);
        let is_wide = room >= MIN_TITLE;
        let room = if is_wide {
            room
        } else {
            self.width.saturating_sub(columns(lead)).max(MIN_TITLE)
        };
        // Further lines pass by the ones that serve it.
        let under = if has_children {
            self.signs.pass
        } else {
            self.signs.none
        };
        let below = format!("{below}{under}");
        if !std::mem::take(&mut self.is_empty) {
            self.text.push("\n");
            if above.is_none() {
                self.text.push("\n");
            }
        }
        let look = if above.is_none() {
            style::BOLD
        } else {
            anstyle::Style::new()
        };
        let mut lines = wrap(&goal.title, room.saturating_sub(3).max(10)).into_iter();
        let first = lines.next().unwrap_or_default();
        self.text.styled(style::DIM, lead).styled(look, &first);
        if is_wide {
            let blanks = room.saturating_sub(columns(&first)) + 2;
            let shown = self.status(at);
            self.text.push(&" ".repeat(blanks)).append(&shown);
        }
        for line in lines {
            self.text
                .push("\n")
                .styled(style::DIM, &below)
                .styled(look, &line);
        }
        if !is_wide {
            let shown = self.status(at);
            self.text
                .push("\n")
                .styled(style::DIM, &below)
                .append(&shown);
        }
        let mut facts = Vec::new();
        let is_new_plan = above.is_none_or(|above| self.map.goals[above].path != goal.path);
        if is_again {
            facts.push("shown above with all that serve it".to_owned());
        } else if is_new_plan {
            facts.push(format!("{}, objective {}", goal.plan, goal.element));
            facts.extend(goal.level.map(|level| level.to_string()));
            facts.extend(goal.owner.clone());
        }
        if let Some(weakest) = self.map.weakest(at).filter(|_| !is_again) {
            let weakest = &self.map.goals[weakest];
            let status = weakest.status().map(|status| status.to_string());
            facts.push(format!(
                "weakest below: {}, {}",
                weakest.title,
                status.unwrap_or_default()
            ));
        }
        let between = if self.is_ascii { "; " } else { " · " };
        let facts = facts.join(between);
        let room = self.width.saturating_sub(columns(&below)).max(MIN_TITLE);
        for line in wrap(&facts, room) {
            self.text
                .push("\n")
                .styled(style::DIM, &below)
                .styled(style::DIM, &line);
        }
    }

    /// Returns status and percents, in columns.
    fn status(&self, at: usize) -> Text {
        let goal = &self.map.goals[at];
        let mut text = if let Some(one) = goal.status() {
            status(one, self.is_ascii)
        } else {
            let mut text = Text::new();
            text.styled(style::DIM, "no status");
            text
        };
        let percent = goal.percent().unwrap_or_else(|| "-".to_owned());
        let blanks = STATUS.saturating_sub(text.columns());
        text.push(&" ".repeat(blanks))
            .push(&format!("{percent:>PERCENT$}"));
        text
    }
}
