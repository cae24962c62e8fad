//! Rows as a plan.

use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_core::fields::{Field, HasFields};
use okr_core::model::{
    Fields, Initiative, Inline, KeyResult, Objective, Period, Plan, Section, Status, one_line,
};

use super::columns::{Column, Heading, Kind};
use super::tree::{KeyResultRow, Node, Note, Sheet, tree};
use super::values;
use crate::format::Imported;
use crate::formats::{FIELD_NAME, free_text, is_field_name};
use crate::table::Table;

/// Reads the plan that a table with our columns holds.
pub(crate) fn plan(table: &Table) -> Imported {
    plan_with_rows(table).0
}

/// Reads the plan that a table with our columns holds, and tells in which row each key result stands.
pub(crate) fn plan_with_rows(table: &Table) -> (Imported, Vec<KeyResultRow>) {
    let (mut sheet, first) = Sheet::new(table);
    let tree = tree(&mut sheet, first);
    let mut reader = Reader {
        sheet,
        has_derived: false,
    };
    let mut plan = Plan::default();
    if let Some(row) = tree.plan {
        reader.plan(row, &mut plan);
    }
    plan.objectives = tree
        .objectives
        .iter()
        .map(|node| reader.objective(node))
        .collect();
    let count = plan.objectives.len();
    let mut rows: Vec<_> = tree.objectives.iter().map(|node| node.row).collect();
    rows.sort_unstable();
    let before = |row| rows.partition_point(|other| *other < row);
    plan.sections = tree
        .sections
        .iter()
        .map(|node| {
            let position = match reader.sheet.text(node.row, Column::After) {
                None => before(node.row),
                Some(text) if text.trim().eq_ignore_ascii_case("p") => 0,
                Some(text) => match tree.objective_refs.get(&text.trim().to_uppercase()) {
                    Some(position) => position + 1,
                    None => reader.unknown_objective(node.row, &text, count),
                },
            };
            reader.section(node.row, position)
        })
        .collect();
    plan.sections.sort_by_key(|section| section.position);
    (reader.finish(plan), tree.key_result_rows())
}

pub(super) struct Reader<'t> {
    pub(super) sheet: Sheet<'t>,
    /// Whether a cell was left out because check-ins say what it says.
    has_derived: bool,
}

impl Reader<'_> {
    fn plan(&mut self, row: usize, plan: &mut Plan) {
        plan.title = self.line(row, Column::Title);
        plan.text = self.free_text(row);
        let label = self.sheet.text(row, Column::Period);
        self.fields(row, Kind::Plan, plan, &mut |plan, name, value| {
            plan.front_matter.insert(name.to_owned(), value.to_owned());
        });
        let start = self.date(row, Column::StartDate).unwrap_or_default();
        let end = self.date(row, Column::DueDate).unwrap_or_default();
        match (plan.period, start, end) {
            (Some(period), ..) => {
                for (column, date, own) in [
                    (Column::StartDate, start, period.start()),
                    (Column::DueDate, end, period.end()),
                ] {
                    if date.is_some_and(|date| date != own) {
                        let message = format!(
                            "the period {period} has {own} there, and the column Period counts"
                        );
                        let help = "change the Period, or clear it to have the two dates count";
                        self.sheet
                            .say(row, column, Note::warning("unplaced-cell", message, help));
                    }
                }
            }
            (None, Some(start), Some(end)) if label.is_none() => {
                plan.period = Period::custom(start, end);
                if plan.period.is_none() {
                    let message = format!("the plan ends on {end}, before it starts on {start}");
                    let help = "write a Due date that is not before the Start date";
                    self.refuse(row, Column::DueDate, message, help);
                }
            }
            (None, None, None) => {}
            (None, start, _) => {
                let column = if start.is_some() {
                    Column::StartDate
                } else {
                    Column::DueDate
                };
                let message = "the plan has no period for this date".to_owned();
                let help = "write a Period like 2026-Q4, or both dates";
                self.sheet
                    .say(row, column, Note::warning("unplaced-cell", message, help));
            }
        }
    }

    fn objective(&mut self, node: &Node) -> Objective {
        let mut objective = Objective {
            title: self.title(node.row, Kind::Objective),
            text: self.free_text(node.row),
            ..Objective::default()
        };
        self.fields(
            node.row,
            Kind::Objective,
            &mut objective,
            &mut |objective, name, value| {
                objective
                    .fields
                    .insert(name.to_owned(), Inline::from_plain(value));
            },
        );
        objective.initiatives = node
            .initiatives
            .iter()
            .map(|node| self.initiative(node.row))
            .collect();
        objective.key_results = node
            .key_results
            .iter()
            .map(|node| self.key_result(node))
            .collect();
        objective
    }

    fn key_result(&mut self, node: &Node) -> KeyResult {
        let row = node.row;
        let mut key_result = KeyResult {
            title: self.title(row, Kind::KeyResult),
            text: self.free_text(row),
            ..KeyResult::default()
        };
        match self.date(row, Column::DueDate) {
            Ok(due) => key_result.due = due,
            Err(text) => keep(&mut key_result.fields, "Due", &text),
        }
        self.measure(row, &mut key_result);
        self.fields(
            row,
            Kind::KeyResult,
            &mut key_result,
            &mut |key_result, name, value| {
                key_result
                    .fields
                    .insert(name.to_owned(), Inline::from_plain(value));
            },
        );
        let derived = [Column::Current, Column::Status];
        self.has_derived |= derived
            .into_iter()
            .any(|column| self.sheet.cell(row, column).is_some());
        key_result.initiatives = node
            .initiatives
            .iter()
            .map(|node| self.initiative(node.row))
            .collect();
        key_result
    }

    fn initiative(&mut self, row: usize) -> Initiative {
        let status = self.sheet.text(row, Column::Status).unwrap_or_default();
        let done = match (
            one_line(&status).to_lowercase().as_str(),
            Status::parse(&status),
        ) {
            ("done" | "x" | "yes" | "true" | "complete" | "completed" | "closed", _) => true,
            ("" | "open" | "no" | "false" | "todo" | "to do" | "doing" | "in progress", _) => false,
            (_, Some(status)) => status == Status::Achieved,
            (_, None) => {
                let message = format!("`{}` does not say whether it is done", one_line(&status));
                self.sheet.say(
                    row,
                    Column::Status,
                    Note::error("unreadable-cell", message, "write done or open"),
                );
                false
            }
        };
        let initiative = Initiative {
            title: self.title(row, Kind::Initiative),
            done,
            owner: self
                .sheet
                .text(row, Column::Owner)
                .map(|text| one_line(&text))
                .filter(|owner| !owner.is_empty()),
            due: self.date(row, Column::DueDate).unwrap_or_default(),
            text: self.free_text(row),
        };
        self.unplaced(row, Kind::Initiative);
        initiative
    }

    fn section(&mut self, row: usize, position: usize) -> Section {
        let section = Section {
            title: self.title(row, Kind::Section),
            text: self.free_text(row),
            position,
        };
        self.unplaced(row, Kind::Section);
        section
    }

    fn unknown_objective(&mut self, row: usize, text: &str, count: usize) -> usize {
        let message = format!(
            "`{}` names no objective, so that the section comes last",
            one_line(text)
        );
        let help = "write the Ref of the objective before the section, or P for none";
        self.sheet.say(
            row,
            Column::After,
            Note::warning("unknown-parent", message, help),
        );
        count
    }

    fn line(&self, row: usize, column: Column) -> Option<Inline> {
        self.sheet
            .text(row, column)
            .map(|text| Inline::from_plain(&text))
            .filter(|line| !line.is_empty())
    }

    fn title(&mut self, row: usize, kind: Kind) -> Inline {
        let title = self.line(row, Column::Title);
        if title.is_none() {
            let message = format!("{} without a title", kind.phrase());
            let help = "write what it is into the column Title";
            self.sheet
                .say(row, Column::Title, Note::warning("no-title", message, help));
        }
        title.unwrap_or_default()
    }

    fn free_text(&self, row: usize) -> String {
        self.sheet
            .text(row, Column::Description)
            .map(|text| free_text(&text))
            .unwrap_or_default()
    }

    /// Returns the date, nothing for a blank cell, and the text as an error where it is no date.
    fn date(&mut self, row: usize, column: Column) -> Result<Option<jiff::civil::Date>, String> {
        let Some(cell) = self.sheet.cell(row, column) else {
            return Ok(None);
        };
        match values::date(cell) {
            Ok(date) => Ok(Some(date)),
            Err(message) => Err(self.refuse(row, column, message, "write a date like 2026-12-31")),
        }
    }

    /// Says that a cell could not be read; returns its text.
    pub(super) fn refuse(
        &mut self,
        row: usize,
        column: Column,
        message: String,
        help: &str,
    ) -> String {
        self.sheet
            .say(row, column, Note::error("unreadable-cell", message, help));
        self.sheet.text(row, column).unwrap_or_default()
    }

    /// Reads the cells of a row that hold fields of the plan format, under our headings or others.
    fn fields<E: HasFields + Clone>(
        &mut self,
        row: usize,
        kind: Kind,
        element: &mut E,
        keep: &mut dyn FnMut(&mut E, &str, &str),
    ) {
        self.unplaced(row, kind);
        let Some(cells) = self.sheet.table.rows.get(row) else {
            return;
        };
        for (index, cell) in cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_white())
        {
            let Some(heading) = self.sheet.headings.get(index) else {
                break;
            };
            let (name, is_ours) = match heading {
                Heading::Known(column)
                    if column.is_field() && column.facts().rows.contains(&kind) =>
                {
                    (column.facts().heading.to_owned(), true)
                }
                Heading::Field(name) => (name.clone(), false),
                _ => continue,
            };
            let text = cell.to_text();
            let Some(field) = E::field(&name) else {
                let is_name = if kind == Kind::Plan {
                    is_key(&name)
                } else {
                    is_field_name(&name)
                };
                if is_name {
                    keep(element, &name, &text);
                } else {
                    let message =
                        format!("a field cannot be called `{name}`, so that the cell is not read");
                    let help = format!("change the heading: {FIELD_NAME}");
                    self.sheet
                        .note(row, index, Note::error("unplaced-cell", message, &help));
                }
                continue;
            };
            let is_repeated = !is_ours && (field.write)(element).is_some();
            if let Err(message) = read_field(field, element, &text, is_repeated) {
                let help = format!("write {}", field.expects);
                self.sheet
                    .note(row, index, Note::error("unreadable-cell", message, &help));
                keep(element, if is_ours { field.name } else { &name }, &text);
            }
        }
    }

    /// Reports cells for which rows of this kind have no place.
    fn unplaced(&mut self, row: usize, kind: Kind) {
        let Some(cells) = self.sheet.table.rows.get(row) else {
            return;
        };
        for (index, _) in cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_white())
        {
            let has_fields = !matches!(kind, Kind::Initiative | Kind::Section);
            let (message, help) = match self.sheet.headings.get(index) {
                Some(Heading::Known(column)) if column.facts().rows.contains(&kind) => continue,
                Some(Heading::Field(_)) if has_fields => continue,
                Some(Heading::Computed) => continue,
                Some(Heading::Known(column)) => {
                    let heading = column.facts().heading;
                    (
                        format!(
                            "{} has no {heading}, so that the cell is not read",
                            kind.phrase()
                        ),
                        "move it to another row, or into the Description",
                    )
                }
                Some(Heading::Field(name)) => (
                    format!(
                        "{} has no fields like `{name}`, so that the cell is not read",
                        kind.phrase()
                    ),
                    "move it to another row, or into the Description",
                ),
                Some(Heading::Ignored) | None => (
                    "no heading stands over the cell, so that it is not read".to_owned(),
                    "give the column a heading",
                ),
            };
            self.sheet
                .note(row, index, Note::warning("unplaced-cell", message, help));
        }
    }

    fn finish(self, plan: Plan) -> Imported {
        let mut diagnostics = self.sheet.into_diagnostics();
        if self.has_derived {
            let message = "Current and Status of key results are not read, because they follow from check-ins";
            let help = "record a new value as a check-in of the plan";
            diagnostics.push(
                Diagnostic::new("derived-column", Severity::Info, Location::Whole, message)
                    .with_help(help),
            );
        }
        Imported { plan, diagnostics }
    }
}

/// Sets a field from a cell.
fn read_field<E>(
    field: &Field<E>,
    element: &mut E,
    text: &str,
    is_repeated: bool,
) -> Result<(), String> {
    if is_repeated {
        return Err(format!("`{}` has a value from another column", field.name));
    }
    let line = match field.name {
        // Links are the one thing that stands in a cell as Markdown.
        "Supports" => Inline::parse(text),
        "period" => Inline::from_plain(&period(text)),
        _ => Inline::from_plain(text),
    };
    (field.read)(element, &line)
}

/// Returns a period's label as a plan has it: `2026-M11` is a month, and `2026.0` a year that a
/// spreadsheet took for a number.
fn period(text: &str) -> String {
    let text = one_line(text);
    text.strip_suffix(".0").unwrap_or(&text).replace("-M", "-")
}

pub(super) fn keep(fields: &mut Fields, name: &str, text: &str) {
    fields.insert(name.to_owned(), Inline::from_plain(text));
}

/// Returns whether front matter can hold a key of that name.
fn is_key(name: &str) -> bool {
    name.starts_with(|c: char| !c.is_whitespace() && !"-\"'[{?&*!|>%@`#".contains(c))
        && !name.contains(['\n', '\r'])
        && !name.contains(": ")
        && !name.contains(":\t")
        && !name.ends_with(':')
}
