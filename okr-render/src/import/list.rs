//! Tables in which each row is one element and a type, a number, a parent or a level makes the tree.

use std::collections::HashSet;

use super::draft::{Draft, DraftObjective};
use super::elements::Maker;
use super::headings;
use super::layout::{Field, Tree};
use super::parents::{kinds, parents, plan_row};
use super::reader::{Reader, Values};
use super::take::{headings_again, leave_out};
use super::values::text::{self, Kind};
use super::{Account, Became, LeftOut, Part, RowRead, Served, codes, sayings, skip, words};
use crate::table::address;

/// How far a parent that is in the draft is looked for; nobody nests deeper, and a made-up file shall not
/// take long.
const MAX_CLIMB: usize = 64;

/// A row that is an element.
pub(super) struct Node {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) title: String,
    pub(super) kind: Option<Kind>,
    /// Its number or id, as written.
    pub(super) reference: Option<String>,
    /// What its column of parents says.
    pub(super) parent_words: Option<String>,
    /// The row above it in the tree.
    pub(super) parent: Option<usize>,
    /// How deep it is by its indent or level, from 1.
    pub(super) depth: Option<usize>,
    /// The position of its line in the account.
    pub(super) account: usize,
    /// Labels that were taken off the title.
    pub(super) labels: Vec<String>,
}

/// Reads the rows of such a table; returns the words of the plan's own row, where there is one.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    maker: &Maker<'_>,
    draft: &mut Draft,
    account: &mut Account,
) -> Option<String> {
    let mut nodes = nodes(reader, account);
    let is_typed = nodes.iter().filter(|node| node.kind.is_some()).count() * 2 > nodes.len();
    parents(reader, &mut nodes, is_typed);
    if is_typed {
        leave_strays(reader, &mut nodes, account);
    }
    let plan = plan_row(reader, &nodes, is_typed);
    kinds(reader, &mut nodes, plan);
    build(reader, maker, &nodes, plan, draft, account)
}

/// Leaves out rows whose type is none of a plan and that belong to nothing, where others say what they are:
/// an issue in an export of objectives and key results.
fn leave_strays(reader: &mut Reader<'_>, nodes: &mut Vec<Node>, account: &mut Account) {
    let Some(column) = reader.column(Field::Type) else {
        return;
    };
    let has_objectives = nodes.iter().any(|node| node.kind == Some(Kind::Objective));
    let mut has_child = vec![false; nodes.len()];
    for parent in nodes.iter().filter_map(|node| node.parent) {
        has_child[parent] = true;
    }
    let is_stray = |(at, node): (usize, &Node)| {
        node.kind.is_none()
            && node.parent.is_none()
            && !has_child[at]
            && !reader.table.cell(node.row, column).is_blank()
    };
    let strays: Vec<bool> = nodes.iter().enumerate().map(is_stray).collect();
    if !has_objectives || !strays.contains(&true) {
        return;
    }
    // Where each row comes to stand.
    let mut kept = 0;
    let places: Vec<usize> = strays
        .iter()
        .map(|is_stray| {
            kept += usize::from(!is_stray);
            kept.saturating_sub(1)
        })
        .collect();
    let mut at = 0;
    nodes.retain_mut(|node| {
        at += 1;
        if strays[at - 1] {
            let became = leave_out(reader, node.row, skip::Reason::Stray, account);
            if let Some(row) = account.rows.get_mut(node.account) {
                row.became = became;
            }
            return false;
        }
        node.parent = node.parent.map(|parent| places[parent]);
        true
    });
}

/// Returns the column in which a platform says what it is to do with each row.
fn action_column(reader: &Reader<'_>) -> Option<usize> {
    let headings = reader.headings.columns.iter();
    let found = headings
        .enumerate()
        .find(|(_, heading)| matches!(&*heading.normal(), "action" | "operation" | "change type"));
    found
        .map(|(column, _)| column)
        .filter(|_| reader.layout.is_stated)
}

/// Collects the rows that are elements.
#[expect(
    clippy::too_many_lines,
    reason = "the decisions about one row follow one another"
)]
fn nodes(reader: &mut Reader<'_>, account: &mut Account) -> Vec<Node> {
    let title_column = reader
        .column(Field::Title)
        .or_else(|| reader.column(Field::Objective))
        .or_else(|| reader.column(Field::KeyResult));
    let mut levels: Vec<(usize, usize)> = reader
        .layout
        .columns
        .iter()
        .filter_map(|(column, place)| match place.field {
            Field::Level(level) => Some((usize::from(level), *column)),
            _ => None,
        })
        .collect();
    levels.sort_unstable();
    let type_column = reader.column(Field::Type);
    let codes = type_column.map_or_else(Vec::new, |column| codes::of_column(reader, column));
    let reference_column = reader.column(Field::Reference);
    let parent_column = reader
        .column(Field::Parent)
        .or_else(|| reader.column(Field::ParentTitle));
    let indent_column = reader.column(Field::Indent);
    let action_column = action_column(reader);
    let parents = [Field::Parent, Field::ParentTitle].map(|field| reader.column(field));
    let own = reader.layout.kinds.iter().map(|(word, _)| word.clone());
    reader.types = codes
        .iter()
        .map(|(code, _)| code.clone())
        .chain(own)
        .collect();
    reader.taken = [title_column, type_column, indent_column]
        .into_iter()
        .chain(parents)
        .flatten()
        .chain(levels.iter().map(|(_, column)| *column))
        .collect();
    let numbers: Vec<usize> = reader
        .layout
        .columns
        .iter()
        .filter(|(_, place)| {
            matches!(
                place.field,
                Field::Start | Field::Target | Field::Current | Field::Value | Field::Progress
            )
        })
        .map(|(column, _)| *column)
        .collect();
    let first = reader.layout.headings.map_or(0, |(_, last)| last + 1);
    let mut nodes: Vec<Node> = Vec::new();
    let mut known_levels: HashSet<(usize, String)> = HashSet::new();
    let mut is_after_blank = false;
    // Whether key results have a mark in a cell of its own.
    let mut has_marks = false;
    for row in first..reader.table.rows.len() {
        if reader.table.is_blank_row(row) {
            is_after_blank = true;
            continue;
        }
        let said = |account: &mut Account, became: Became| {
            account.rows.push(RowRead {
                number: row + 1,
                became,
            });
        };
        if headings::is_repeated(reader.table, row, reader.headings) {
            let became = headings_again(reader, row, account);
            said(account, became);
            continue;
        }
        let is_deleted = action_column.is_some_and(|column| {
            let normal = words::normal(&reader.table.cell(row, column).to_text());
            words::is("deleted", &normal)
        });
        if is_deleted {
            let became = leave_out(reader, row, skip::Reason::Deleted, account);
            said(account, became);
            continue;
        }
        let is_typed = type_column.is_some_and(|column| {
            let normal = words::normal(&reader.table.cell(row, column).to_text());
            text::kind_of_word(&normal).is_some()
        });
        if let Some(reason) = skip::reason(reader.table, row, &numbers).filter(|_| !is_typed) {
            let became = leave_out(reader, row, reason, account);
            said(account, became);
            continue;
        }
        let mut found: Vec<(usize, Option<usize>, String)> = Vec::new();
        if reader.layout.tree == Tree::Levels {
            for (position, (_, column)) in levels.iter().enumerate() {
                if let Some(line) = reader.words(row, *column) {
                    found.push((*column, Some(position + 1), line));
                }
            }
            // Levels above that are named again only say where the row belongs.
            if found.len() > 1 {
                let last = found.len() - 1;
                let mut position = 0;
                found.retain(|(_, depth, line)| {
                    let key = (depth.unwrap_or(0), text::title_key(line));
                    let is_new = known_levels.insert(key);
                    position += 1;
                    is_new || position - 1 == last
                });
            } else if let Some((_, depth, line)) = found.first() {
                known_levels.insert((depth.unwrap_or(0), text::title_key(line)));
            }
        } else if let Some(column) = title_column
            && let Some(line) = reader.words(row, column)
        {
            found.push((column, None, line));
        }
        if found.is_empty() {
            let lone = reader.table.rows[row]
                .iter()
                .filter(|cell| !cell.is_blank());
            let is_remark = lone.clone().count() == 1
                && lone
                    .filter_map(text::line_of)
                    .any(|line| skip::is_remark(&line));
            let reason = if is_remark {
                skip::Reason::Remark
            } else {
                skip::Reason::Nameless
            };
            let became = leave_out(reader, row, reason, account);
            said(account, became);
            continue;
        }
        let filled = reader.table.rows[row]
            .iter()
            .filter(|cell| !cell.is_blank())
            .count();
        if filled == 1
            && (is_after_blank || row + 1 == reader.table.rows.len())
            && skip::is_remark(&found[0].2)
        {
            let became = leave_out(reader, row, skip::Reason::Remark, account);
            said(account, became);
            continue;
        }
        is_after_blank = false;
        let count = found.len();
        for (position, (column, depth, line)) in found.into_iter().enumerate() {
            let is_main = position + 1 == count;
            let written = type_column.filter(|_| is_main).and_then(|column| {
                let line = text::line_of(reader.table.cell(row, column))?;
                let normal = words::normal(&line);
                reader
                    .layout
                    .kinds
                    .iter()
                    .find(|(word, _)| *word == normal)
                    .map(|(_, kind)| *kind)
                    .or_else(|| {
                        // A platform has words of its own; what it does not list, the depth decides.
                        let is_open = reader.layout.kinds.is_empty();
                        let level = || words::is("type-level", &normal).then_some(Kind::Objective);
                        let code = || codes.iter().find(|(code, _)| *code == normal);
                        let by_code = || code().map(|(_, kind)| *kind);
                        is_open
                            .then(|| text::kind_of_word(&normal).or_else(level).or_else(by_code))?
                    })
            });
            let reference = reference_column
                .filter(|_| is_main)
                .and_then(|column| text::line_of(reader.table.cell(row, column)));
            let marked = text::unmark(&line);
            let (title, labels) = strip_labels(marked.rest, type_column.is_some());
            let by_label = labels.iter().find_map(|label| {
                text::kind_of_word(&words::normal(&label.replace("keyresult", "key result")))
            });
            let kind = match (written, by_label) {
                (Some(Kind::Objective | Kind::Note | Kind::Plan), _) | (Some(_), None) => written,
                (_, Some(kind)) => Some(kind),
                (None, None) => reference
                    .as_deref()
                    .and_then(text::kind_of_mark)
                    .or(marked.kind)
                    .or_else(|| {
                        // Below key results with a mark of their own, what has a bullet serves them.
                        let is_bulleted = marked.reference.is_empty() && marked.rest != line.trim();
                        let above = nodes.last().and_then(|node: &Node| node.kind)?;
                        let is_below = matches!(above, Kind::KeyResult | Kind::Initiative);
                        if is_bulleted && is_below {
                            return Some(Kind::Initiative);
                        }
                        // What stands there with another mark than objectives and key results, and tells who does
                        // it or until when, serves them too.
                        let is_other = reference.as_deref().is_some_and(|mark| {
                            mark.chars().any(char::is_alphabetic)
                                && !mark.contains(|c: char| c.is_ascii_digit())
                        });
                        (is_other && is_below && filled > 2 && has_marks)
                            .then_some(Kind::Initiative)
                    }),
            };
            has_marks |= kind == Some(Kind::KeyResult) && reference.is_some();
            // A section has no indent of its own, and stands above whatever has one.
            let is_above = indent_column.is_some() && kind == Some(Kind::Objective);
            let indent = indent_column
                .and_then(|column| text::line_of(reader.table.cell(row, column)))
                .and_then(|line| line.parse().ok())
                .or_else(|| is_above.then_some(0))
                .or_else(|| blanks(reader, row, column));
            nodes.push(Node {
                row,
                column,
                title: title.to_owned(),
                kind,
                reference: reference
                    .or_else(|| Some(marked.reference.to_owned()).filter(|mark| !mark.is_empty())),
                parent_words: parent_column
                    .filter(|_| is_main)
                    .and_then(|column| text::line_of(reader.table.cell(row, column)))
                    .filter(|words| !text::is_no_value(words)),
                parent: None,
                depth: depth.or(indent),
                account: account.rows.len(),
                labels,
            });
        }
        said(account, Became::default());
    }
    nodes
}

/// Returns how far the words of a cell stand in, where the table tells the tree so.
fn blanks(reader: &Reader<'_>, row: usize, column: usize) -> Option<usize> {
    if reader.layout.tree != Tree::Indents {
        return None;
    }
    let words = text::words_of(reader.table.cell(row, column));
    let blanks = words
        .chars()
        .take_while(|c| c.is_whitespace())
        .map(|c| if c == '\t' { 4 } else { 1 })
        .sum::<usize>();
    Some(blanks + 1)
}

/// Takes labels such as `@keyresult` off the end of a title.
fn strip_labels(title: &str, has_types: bool) -> (&str, Vec<String>) {
    let mut rest = title;
    let mut labels = Vec::new();
    while let Some((before, last)) = rest.rsplit_once(' ') {
        let Some(label) = last
            .strip_prefix('@')
            .filter(|label| !label.is_empty() && !label.contains('@'))
        else {
            break;
        };
        let is_kind =
            text::kind_of_word(&words::normal(&label.replace("keyresult", "key result"))).is_some();
        if !is_kind && !has_types {
            break;
        }
        labels.push(label.to_lowercase());
        rest = before.trim_end();
    }
    (rest, labels)
}

/// Where a node came to stand in the draft.
#[derive(Clone, Copy)]
enum Placed {
    Objective(usize),
    KeyResult(usize, usize),
    Initiative(usize, usize),
    Nowhere,
}

/// Makes the draft.
fn build(
    reader: &mut Reader<'_>,
    maker: &Maker<'_>,
    nodes: &[Node],
    plan: Option<usize>,
    draft: &mut Draft,
    account: &mut Account,
) -> Option<String> {
    let mut objectives = std::mem::take(&mut draft.objectives);
    let mut placed = vec![Placed::Nowhere; nodes.len()];
    // Objectives first, key results next, so that the order of each is that of the sheet, though a
    // child may stand before its parent.
    for wanted in [
        Kind::Objective,
        Kind::KeyResult,
        Kind::Initiative,
        Kind::Note,
    ] {
        for at in 0..nodes.len() {
            let node = &nodes[at];
            let mut kind = node.kind.unwrap_or(Kind::Objective);
            if kind == Kind::KeyResult
                && node
                    .parent
                    .and_then(|parent| nodes[parent].kind)
                    .is_some_and(|parent| matches!(parent, Kind::KeyResult | Kind::Initiative))
            {
                kind = Kind::Initiative;
                if wanted == kind {
                    reader
                        .sayings
                        .say(&sayings::TOO_DEEP, node.row, node.column, &node.title);
                }
            }
            if kind != wanted || Some(at) == plan {
                continue;
            }
            placed[at] = place(
                reader,
                maker,
                nodes,
                at,
                kind,
                &placed,
                &mut objectives,
                account,
            );
        }
    }
    for (at, node) in nodes.iter().enumerate() {
        let became = match placed[at] {
            Placed::Objective(objective) => Part::Objective(objective + 1),
            Placed::KeyResult(objective, key_result) => Part::KeyResult {
                objective: objective + 1,
                number: key_result + 1,
                is_again: false,
            },
            Placed::Initiative(objective, initiative) => {
                let served = match objectives[objective].initiatives[initiative].key_result {
                    Some(key_result) => Served::KeyResult(objective + 1, key_result + 1),
                    None => Served::Objective(objective + 1),
                };
                Part::Initiatives(1, served)
            }
            Placed::Nowhere if Some(at) == plan => Part::Words("the plan".into()),
            Placed::Nowhere => Part::Words("a comment on the row above".into()),
        };
        if let Some(row) = account.rows.get_mut(node.account) {
            row.became.push(became);
        }
    }
    draft.objectives = objectives;
    if let Some(plan) = plan {
        let values = reader.values(nodes[plan].row, Kind::Plan, 0, true);
        let lines = values.description.iter().flat_map(|text| text.lines());
        draft.notes.extend(lines.map(str::to_owned));
        reader.plan_days = (values.start_date, values.due);
    }
    plan.map(|plan| nodes[plan].title.clone())
}

#[expect(clippy::too_many_arguments, reason = "all of it is about one row")]
fn place(
    reader: &mut Reader<'_>,
    maker: &Maker<'_>,
    nodes: &[Node],
    at: usize,
    kind: Kind,
    placed: &[Placed],
    objectives: &mut Vec<DraftObjective>,
    account: &mut Account,
) -> Placed {
    let node = &nodes[at];
    let place = (node.row, node.column);
    let mut above = node.parent;
    // The nearest element above that was placed; circles were cut.
    let (mut objective, mut key_result) = (None, None);
    for _ in 0..MAX_CLIMB {
        let Some(parent) = above else { break };
        match placed[parent] {
            Placed::Objective(position) => {
                objective = Some(position);
                break;
            }
            Placed::KeyResult(in_objective, position) => {
                objective = Some(in_objective);
                key_result = Some(position);
                break;
            }
            Placed::Initiative(in_objective, position) => {
                objective = Some(in_objective);
                key_result = objectives[in_objective].initiatives[position].key_result;
                break;
            }
            Placed::Nowhere => above = nodes[parent].parent,
        }
    }
    if kind == Kind::Note {
        comment(reader, node, placed, at, objectives, account);
        return Placed::Nowhere;
    }
    let mut values = reader.values(node.row, kind, 0, true);
    values.reference.clone_from(&node.reference);
    values.notes.extend(
        node.labels
            .iter()
            .filter(|label| {
                text::kind_of_word(&words::normal(&label.replace("keyresult", "key result")))
                    .is_none()
            })
            .map(|label| format!("Label: {label}")),
    );
    if kind == Kind::Objective {
        let parent_title = node.parent.and_then(|parent| match placed[parent] {
            Placed::Objective(position) => Some(objectives[position].title.clone()),
            _ if nodes[parent].kind == Some(Kind::Objective) => Some(nodes[parent].title.clone()),
            Placed::KeyResult(..) | Placed::Initiative(..) | Placed::Nowhere => None,
        });
        if parent_title.is_some() {
            reader.sayings.say(
                &sayings::BELOW_OBJECTIVE,
                node.row,
                node.column,
                &node.title,
            );
        }
        let mut made = Maker::objective(&node.title, place, values);
        made.parent = parent_title;
        objectives.push(made);
        return Placed::Objective(objectives.len() - 1);
    }
    let objective = objective.unwrap_or_else(|| {
        reader
            .sayings
            .say(&sayings::NO_OBJECTIVE, node.row, node.column, &node.title);
        if objectives.is_empty() {
            let name = if reader.table.name.is_empty() {
                "Objective"
            } else {
                &reader.table.name
            };
            objectives.push(Maker::objective(name, place, Values::default()));
        }
        objectives.len() - 1
    });
    if kind == Kind::KeyResult {
        let made = maker.key_result(reader, &node.title, place, values);
        let key_results = &mut objectives[objective].key_results;
        key_results.push(made);
        return Placed::KeyResult(objective, key_results.len() - 1);
    }
    let mut made = Maker::initiative(&node.title, place, values);
    made.key_result = key_result;
    let initiatives = &mut objectives[objective].initiatives;
    initiatives.push(made);
    Placed::Initiative(objective, initiatives.len() - 1)
}

/// Keeps a row of comment among the notes of the row above.
fn comment(
    reader: &mut Reader<'_>,
    node: &Node,
    placed: &[Placed],
    at: usize,
    objectives: &mut [DraftObjective],
    account: &mut Account,
) {
    reader
        .sayings
        .say(&sayings::COMMENT, node.row, node.column, &node.title);
    let above = placed[..at]
        .iter()
        .rev()
        .take(MAX_CLIMB)
        .find(|placed| !matches!(placed, Placed::Nowhere));
    let comment = format!("Comment: {}", node.title);
    match above {
        Some(Placed::Objective(objective)) => objectives[*objective].notes.push(comment),
        Some(Placed::KeyResult(objective, key_result)) => {
            objectives[*objective].key_results[*key_result]
                .notes
                .push(comment);
        }
        Some(Placed::Initiative(objective, initiative)) => {
            objectives[*objective].initiatives[*initiative]
                .notes
                .push(comment);
        }
        Some(Placed::Nowhere) | None => account.left_out.push(LeftOut {
            place: address(node.column, node.row),
            text: sayings::one_line(&node.title),
            reason: "a comment on nothing".to_owned(),
        }),
    }
}
