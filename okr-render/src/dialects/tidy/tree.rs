//! Which row is what, and under which other row it belongs.

use std::collections::HashMap;

use okr_core::diagnostic::{Diagnostic, Location, Severity};

use super::columns::{COLUMNS, COMPUTED, Column, Heading, Kind, is_computed};
use crate::formats::MAX_DIAGNOSTICS;
use crate::table::{Cell, Table, address};

/// A table with its headings understood.
pub(super) struct Sheet<'t> {
    pub(super) table: &'t Table,
    pub(super) headings: Vec<Heading>,
    /// Where each of our columns stands.
    places: [Option<usize>; COLUMNS.len()],
    /// What is to be said, with row and column.
    notes: Vec<((usize, usize), Diagnostic)>,
    /// How many notes there were beyond those that are kept.
    more: usize,
}

/// What to say of a cell.
pub(super) struct Note<'n> {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) help: &'n str,
}

impl<'n> Note<'n> {
    pub(super) fn error(code: &'static str, message: String, help: &'n str) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message,
            help,
        }
    }

    pub(super) fn warning(code: &'static str, message: String, help: &'n str) -> Self {
        Self {
            code,
            severity: Severity::Warning,
            message,
            help,
        }
    }
}

impl<'t> Sheet<'t> {
    /// Takes the first row that is not blank for the headings; returns the number of the row after it.
    pub(super) fn new(table: &'t Table) -> (Self, usize) {
        let header = table
            .rows
            .iter()
            .position(|row| row.iter().any(|cell| !cell.is_white()));
        let header = header.unwrap_or(table.rows.len());
        let mut sheet = Self {
            table,
            headings: Vec::new(),
            places: [None; COLUMNS.len()],
            notes: Vec::new(),
            more: 0,
        };
        for (index, cell) in table.rows.get(header).into_iter().flatten().enumerate() {
            let mut heading = Heading::parse(&cell.to_text());
            let is_repeated = match &heading {
                Heading::Known(column) => sheet.places[*column as usize].is_some(),
                Heading::Field(_) => sheet.headings.contains(&heading),
                Heading::Computed | Heading::Ignored => false,
            };
            if is_repeated {
                let message = format!(
                    "column `{}` stands here a second time",
                    cell.to_text().trim()
                );
                let help = "keep one of the two columns; the first one counts";
                sheet.note(
                    header,
                    index,
                    Note::warning("repeated-column", message, help),
                );
                heading = Heading::Ignored;
            }
            if let Heading::Known(column) = heading {
                sheet.places[column as usize] = Some(index);
            }
            sheet.headings.push(heading);
        }
        sheet.pass_over_computed(header);
        (sheet, header + 1)
    }

    /// Takes the columns for computed that a workbook of ours computes, where it has them.
    fn pass_over_computed(&mut self, header: usize) {
        let words: Vec<String> = (0..self.headings.len())
            .map(|index| self.table.cell(header, index).to_text().trim().to_owned())
            .collect();
        let has = |name: &&str| words.iter().any(|words| words.eq_ignore_ascii_case(name));
        if !COMPUTED[..3].iter().all(has) {
            return;
        }
        for (heading, words) in self.headings.iter_mut().zip(&words) {
            if matches!(heading, Heading::Field(_)) && is_computed(words) {
                *heading = Heading::Computed;
            }
        }
    }

    /// Returns what stands in a row under a heading of ours, unless it is blank.
    pub(super) fn cell(&self, row: usize, column: Column) -> Option<&'t Cell> {
        self.table
            .rows
            .get(row)?
            .get(self.places[column as usize]?)
            .filter(|cell| !cell.is_white())
    }

    /// Returns the text of a cell as it is, or nothing when it is blank.
    pub(super) fn text(&self, row: usize, column: Column) -> Option<String> {
        self.cell(row, column).map(Cell::to_text)
    }

    /// Says something about the cell in a row under a heading of ours.
    pub(super) fn say(&mut self, row: usize, column: Column, note: Note<'_>) {
        let index = self.places[column as usize].unwrap_or_default();
        self.note(row, index, note);
    }

    /// Says something about a cell.
    pub(super) fn note(&mut self, row: usize, index: usize, note: Note<'_>) {
        if self.notes.len() == MAX_DIAGNOSTICS {
            self.more += 1;
            return;
        }
        let location = Location::Cell(address(index, row));
        let diagnostic =
            Diagnostic::new(note.code, note.severity, location, note.message).with_help(note.help);
        self.notes.push(((row, index), diagnostic));
    }

    /// Returns what was said, in the order of the cells.
    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.notes.sort_by_key(|(place, _)| *place);
        let mut diagnostics: Vec<_> = self
            .notes
            .into_iter()
            .map(|(_, diagnostic)| diagnostic)
            .collect();
        if self.more > 0 {
            let message = format!("{} more cells or rows are not as they should be", self.more);
            let more = Diagnostic::new("more-problems", Severity::Error, Location::Whole, message);
            diagnostics.push(more.with_help("put those above in order and read the file again"));
        }
        diagnostics
    }
}

/// The rows that were understood, as a tree.
#[derive(Default)]
pub(super) struct Tree {
    /// The row of the plan itself, where there is one.
    pub(super) plan: Option<usize>,
    /// Objectives in their order.
    pub(super) objectives: Vec<Node>,
    /// Sections in their order.
    pub(super) sections: Vec<Node>,
    /// The references of objectives in upper case, with their positions.
    pub(super) objective_refs: HashMap<String, usize>,
}

impl Tree {
    /// Returns the rows of the key results that were read, with their positions in the plan.
    pub(super) fn key_result_rows(&self) -> Vec<KeyResultRow> {
        let mut rows = Vec::new();
        for (objective, node) in self.objectives.iter().enumerate() {
            for (key_result, node) in node.key_results.iter().enumerate() {
                rows.push(KeyResultRow {
                    row: node.row,
                    objective,
                    key_result,
                });
            }
        }
        rows
    }
}

/// Where a key result stands in the table and in the plan; all three count from 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyResultRow {
    pub(crate) row: usize,
    pub(crate) objective: usize,
    /// Its position among the key results of its objective.
    pub(crate) key_result: usize,
}

/// A row and those that belong under it, in their order.
pub(super) struct Node {
    pub(super) row: usize,
    pub(super) key_results: Vec<Node>,
    pub(super) initiatives: Vec<Node>,
}

/// A row before it has found its place.
struct Item {
    row: usize,
    kind: Kind,
    /// The reference in upper case; empty where there is none that is the row's own.
    reference: String,
    /// The row's number among its siblings, if its reference is of our form.
    number: Option<usize>,
    parent: Option<usize>,
    is_placed: bool,
}

/// Finds out what each row from `first` on is and where it belongs.
///
/// The parent is what the column `Parent` names, else what the reference says, else the nearest row
/// above that can be one. Siblings are in the order of the numbers in their references; one without
/// a number follows the one before it.
pub(super) fn tree(sheet: &mut Sheet<'_>, first: usize) -> Tree {
    let mut items = Vec::new();
    let mut by_reference: HashMap<String, usize> = HashMap::new();
    for row in first..sheet.table.rows.len() {
        if sheet.table.rows[row].iter().all(Cell::is_white) {
            continue;
        }
        let Some(mut item) = item(sheet, row) else {
            continue;
        };
        if let Some(other) = by_reference
            .get(&item.reference)
            .map(|other: &usize| items_row(&items, *other))
        {
            let message = format!("`{}` names row {} already", item.reference, other + 1);
            let note = Note::error("repeated-ref", message, "give each row a Ref of its own");
            sheet.say(row, Column::Ref, note);
            item.reference.clear();
        }
        if !item.reference.is_empty() {
            by_reference.insert(item.reference.clone(), items.len());
        }
        items.push(item);
    }
    place(sheet, &mut items, &by_reference);
    grow(&items)
}

fn items_row(items: &[Item], index: usize) -> usize {
    items.get(index).map_or(0, |item| item.row)
}

fn item(sheet: &mut Sheet<'_>, row: usize) -> Option<Item> {
    let reference = sheet
        .text(row, Column::Ref)
        .map(|text| text.trim().to_uppercase())
        .unwrap_or_default();
    let form = Form::parse(&reference);
    let text = sheet.text(row, Column::Type);
    let kind = match &text {
        Some(text) => Kind::parse(text),
        None => form.as_ref().map(|form| form.kind),
    };
    let Some(kind) = kind else {
        let message = match text {
            Some(text) => format!(
                "`{}` is no type of row, so that the row is not read",
                text.trim()
            ),
            None => "the row has no type, so that it is not read".to_owned(),
        };
        let help = "write Plan, Objective, Key result, Initiative or Section";
        sheet.say(
            row,
            Column::Type,
            Note::error("unreadable-row", message, help),
        );
        return None;
    };
    let number = form
        .filter(|form| form.kind == kind)
        .map(|form| form.number);
    Some(Item {
        row,
        kind,
        reference,
        number,
        parent: None,
        is_placed: false,
    })
}

/// A reference of our form, in upper case: `P`, `O1`, `O1-KR2`, `O1-KR2-I3`, `O1-I2`, `S1`.
struct Form {
    kind: Kind,
    number: usize,
}

impl Form {
    fn parse(reference: &str) -> Option<Self> {
        if reference == "P" {
            return Some(Self {
                kind: Kind::Plan,
                number: 0,
            });
        }
        let mut kinds = Vec::new();
        let mut number = 0;
        for part in reference.split('-') {
            let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
            kinds.push(letters);
            number = part[letters.len()..].parse().ok()?;
        }
        let kind = match kinds[..] {
            ["O"] => Kind::Objective,
            ["O", "KR"] => Kind::KeyResult,
            ["O", "KR", "I"] | ["O", "I"] => Kind::Initiative,
            ["S"] => Kind::Section,
            _ => return None,
        };
        Some(Self { kind, number })
    }
}

/// Gives each item its parent; what has none that is read itself is reported and stays out.
fn place(sheet: &mut Sheet<'_>, items: &mut [Item], by_reference: &HashMap<String, usize>) {
    let mut above = Above::default();
    let mut plan_row = None;
    for index in 0..items.len() {
        let (row, kind) = (items[index].row, items[index].kind);
        items[index].is_placed = match (kind, plan_row) {
            (Kind::Plan, None) => {
                plan_row = Some(row);
                true
            }
            (Kind::Plan, Some(other)) => {
                let message = format!(
                    "row {} is the plan already, so that this one is not read",
                    other + 1
                );
                let note = Note::error("unreadable-row", message, "keep one plan to a table");
                sheet.say(row, Column::Type, note);
                false
            }
            (Kind::Objective | Kind::Section, _) => {
                check_top(sheet, items, by_reference, index);
                true
            }
            (Kind::KeyResult | Kind::Initiative, _) => {
                items[index].parent = parent(sheet, items, by_reference, &above, index);
                items[index].parent.is_some()
            }
        };
        match kind {
            Kind::Objective => {
                above = Above {
                    objective: Some(index),
                    key_result: None,
                }
            }
            Kind::KeyResult => above.key_result = Some(index),
            _ => {}
        }
    }
    // A key result may stand below its initiatives, so that only now it is known whether it is read.
    for index in 0..items.len() {
        let lost = items[index]
            .parent
            .filter(|parent| !items[*parent].is_placed);
        if let (true, Some(parent)) = (items[index].is_placed, lost) {
            items[index].is_placed = false;
            let other = items[parent].row + 1;
            let message =
                format!("row {other}, to which it belongs, is not read, and so this one is not");
            let note = Note::error(
                "unknown-parent",
                message,
                "put the other row in order first",
            );
            sheet.say(items[index].row, Column::Parent, note);
        }
    }
}

/// The nearest rows above that others may belong to.
#[derive(Default)]
struct Above {
    objective: Option<usize>,
    key_result: Option<usize>,
}

/// Warns of an objective or section that names another parent than the plan.
fn check_top(
    sheet: &mut Sheet<'_>,
    items: &[Item],
    by_reference: &HashMap<String, usize>,
    index: usize,
) {
    let item = &items[index];
    let Some(named) = named_parent(sheet, item.row) else {
        return;
    };
    let is_plan = |parent: &usize| items[*parent].kind == Kind::Plan;
    if named != "P" && !by_reference.get(&named).is_some_and(is_plan) {
        let message = format!(
            "`{named}` is not the plan, under which {} stands",
            item.kind.phrase()
        );
        let help = "clear the cell, or name the objective that it serves in the column Supports";
        sheet.say(
            item.row,
            Column::Parent,
            Note::warning("unknown-parent", message, help),
        );
    }
}

/// Returns the row to which a key result or initiative belongs, or says that there is none.
fn parent(
    sheet: &mut Sheet<'_>,
    items: &[Item],
    by_reference: &HashMap<String, usize>,
    above: &Above,
    index: usize,
) -> Option<usize> {
    let item = &items[index];
    let is_initiative = item.kind == Kind::Initiative;
    let named = named_parent(sheet, item.row);
    let inferred = || {
        let (parent, _) = item
            .reference
            .rsplit_once('-')
            .filter(|_| item.number.is_some())?;
        by_reference.get(parent).copied()
    };
    let nearest = above
        .key_result
        .filter(|_| is_initiative)
        .or(above.objective);
    let parent = match &named {
        Some(named) => by_reference.get(named).copied(),
        None => inferred().or(nearest),
    };
    let may_be = |parent: &usize| match items[*parent].kind {
        Kind::Objective => true,
        Kind::KeyResult => is_initiative,
        _ => false,
    };
    let parent = parent.filter(may_be);
    if parent.is_none() {
        let what = if is_initiative {
            "objective or key result"
        } else {
            "objective"
        };
        let message = match named {
            Some(named) => format!("`{named}` names no {what}, so that the row is not read"),
            None => format!("no {what} stands above the row, so that it is not read"),
        };
        let help = format!("write the Ref of the {what} that it belongs to");
        sheet.say(
            item.row,
            Column::Parent,
            Note::error("unknown-parent", message, &help),
        );
    }
    parent
}

fn named_parent(sheet: &Sheet<'_>, row: usize) -> Option<String> {
    sheet
        .text(row, Column::Parent)
        .map(|text| text.trim().to_uppercase())
}

fn grow(items: &[Item]) -> Tree {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    let mut tree = Tree::default();
    let (mut objectives, mut sections) = (Vec::new(), Vec::new());
    for (index, item) in items.iter().enumerate().filter(|(_, item)| item.is_placed) {
        match (item.kind, item.parent) {
            (Kind::Plan, _) => tree.plan = Some(item.row),
            (Kind::Objective, _) => objectives.push(index),
            (Kind::Section, _) => sections.push(index),
            (_, Some(parent)) => children[parent].push(index),
            (_, None) => {}
        }
    }
    objectives = in_order(items, &objectives);
    for (position, index) in objectives.iter().enumerate() {
        tree.objective_refs
            .insert(items[*index].reference.clone(), position);
    }
    tree.objectives = objectives
        .into_iter()
        .map(|index| node(items, &children, index))
        .collect();
    tree.sections = in_order(items, &sections)
        .into_iter()
        .map(|index| node(items, &children, index))
        .collect();
    tree
}

/// Key results lie under objectives and initiatives under both, so that this goes three deep.
fn node(items: &[Item], children: &[Vec<usize>], index: usize) -> Node {
    let of_kind = |kind| {
        let of_kind: Vec<_> = children[index]
            .iter()
            .copied()
            .filter(|child| items[*child].kind == kind)
            .collect();
        in_order(items, &of_kind)
            .into_iter()
            .map(|child| node(items, children, child))
            .collect()
    };
    Node {
        row: items[index].row,
        key_results: of_kind(Kind::KeyResult),
        initiatives: of_kind(Kind::Initiative),
    }
}

fn in_order(items: &[Item], siblings: &[usize]) -> Vec<usize> {
    let mut last = 0;
    let mut numbered: Vec<_> = siblings
        .iter()
        .map(|index| {
            last = items[*index].number.unwrap_or(last);
            (last, *index)
        })
        .collect();
    numbered.sort_by_key(|(number, _)| *number);
    numbered.into_iter().map(|(_, index)| index).collect()
}
