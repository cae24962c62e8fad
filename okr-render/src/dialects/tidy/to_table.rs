//! A plan as rows.

use indexmap::IndexSet;
use jiff::civil::Date;
use okr_core::model::{
    Bound, Fields, Initiative, Inline, KeyResult, Link, Measure, Objective, Period, PeriodKind,
    Plan, Quantity, Section, Target, Unit, YearLabel,
};

use super::columns::{COLUMNS, Column, Heading, Kind};
use crate::carries::with_unit_in_place;
use crate::formats::latest;
use crate::table::{Cell, Table, Value};

/// Returns the table of a plan: a row of headings, and one for the plan and each of its elements.
pub(crate) fn table(plan: &Plan) -> Table {
    let mut writer = Writer {
        names: field_names(plan),
        rows: Vec::new(),
    };
    let headings = COLUMNS.iter().map(|facts| Cell::text(facts.heading));
    let names = writer
        .names
        .iter()
        .map(|name| Cell::text(Heading::of_field(name)));
    writer.rows.push(headings.chain(names).collect());
    writer.plan(plan);
    let mut sections = plan.sections.iter().enumerate().peekable();
    for (o, objective) in plan.objectives.iter().enumerate() {
        while let Some((s, section)) = sections.next_if(|(_, section)| section.position <= o) {
            writer.section(s, section, o);
        }
        writer.objective(o, objective);
    }
    for (s, section) in sections {
        writer.section(s, section, plan.objectives.len());
    }
    Table {
        rows: writer.rows,
        ..Table::default()
    }
}

/// Returns the names of all fields that the plan format does not know, each once.
fn field_names(plan: &Plan) -> IndexSet<String> {
    let mut names: IndexSet<String> = plan.front_matter.keys().cloned().collect();
    for objective in &plan.objectives {
        names.extend(objective.fields.keys().cloned());
        names.extend(
            objective
                .key_results
                .iter()
                .flat_map(|key_result| key_result.fields.keys().cloned()),
        );
    }
    names
}

struct Writer {
    names: IndexSet<String>,
    rows: Vec<Vec<Cell>>,
}

/// One row, filled column by column.
struct Row {
    cells: Vec<Cell>,
}

impl Row {
    fn set(&mut self, column: Column, cell: Cell) {
        self.cells[column as usize] = cell;
    }

    fn text(&mut self, column: Column, words: &str) {
        self.set(column, Cell::text(words));
    }

    fn words(&mut self, column: Column, words: Option<&str>) {
        self.text(column, words.unwrap_or_default());
    }

    fn line(&mut self, column: Column, line: Option<&Inline>) {
        self.set(
            column,
            line.map_or(Cell::EMPTY, |line| Cell::text(line.plain())),
        );
    }

    fn number(&mut self, column: Column, quantity: Option<&Quantity>) {
        self.set(
            column,
            quantity.map_or(Cell::EMPTY, |quantity| Value::Number(quantity.value).into()),
        );
    }

    fn date(&mut self, column: Column, date: Option<Date>) {
        self.set(
            column,
            date.map_or(Cell::EMPTY, |date| Value::Date(date).into()),
        );
    }
}

impl Writer {
    fn row(&self, kind: Kind, reference: &str, parent: &str) -> Row {
        let mut row = Row {
            cells: vec![Cell::EMPTY; COLUMNS.len() + self.names.len()],
        };
        row.text(Column::Ref, reference);
        row.text(Column::Type, kind.word());
        row.text(Column::Parent, parent);
        row
    }

    fn field(&self, row: &mut Row, name: &str, value: &str) {
        if let Some(index) = self.names.get_index_of(name) {
            row.cells[COLUMNS.len() + index] = Cell::text(value);
        }
    }

    fn fields(&self, row: &mut Row, fields: &Fields) {
        for (name, value) in fields {
            self.field(row, name, &value.plain());
        }
    }

    fn plan(&mut self, plan: &Plan) {
        let mut row = self.row(Kind::Plan, "P", "");
        row.line(Column::Title, plan.title.as_ref());
        row.words(Column::Owner, plan.owner.as_deref());
        row.date(Column::StartDate, plan.period.map(Period::start));
        row.date(Column::DueDate, plan.period.map(Period::end));
        row.text(Column::Description, &plan.text);
        row.words(Column::Plan, plan.name.as_deref());
        row.words(Column::Period, plan.period.map(period).as_deref());
        row.words(Column::Team, plan.team.as_deref());
        row.words(
            Column::Cadence,
            plan.cadence.map(okr_core::model::Cadence::word),
        );
        row.words(Column::Template, plan.template.as_deref());
        let fiscal_year = plan.fiscal_year;
        if fiscal_year.start_month() != 1 {
            row.text(Column::FiscalYearStart, fiscal_year.start_month_name());
        }
        if fiscal_year.label() == YearLabel::Start {
            row.text(Column::FiscalYearLabel, "start");
        }
        for (key, value) in &plan.front_matter {
            self.field(&mut row, key, value);
        }
        self.rows.push(row.cells);
    }

    fn section(&mut self, s: usize, section: &Section, objectives_before: usize) {
        let mut row = self.row(Kind::Section, &format!("S{}", s + 1), "P");
        row.line(Column::Title, Some(&section.title));
        row.text(Column::Description, &section.text);
        let after = if objectives_before == 0 {
            "P".to_owned()
        } else {
            format!("O{objectives_before}")
        };
        row.text(Column::After, &after);
        self.rows.push(row.cells);
    }

    fn objective(&mut self, o: usize, objective: &Objective) {
        let reference = format!("O{}", o + 1);
        let mut row = self.row(Kind::Objective, &reference, "P");
        row.line(Column::Title, Some(&objective.title));
        row.words(Column::Owner, objective.owner.as_deref());
        row.text(Column::Description, &objective.text);
        row.words(
            Column::Commitment,
            objective.commitment.map(okr_core::model::Commitment::word),
        );
        let links: Vec<_> = objective.supports.iter().map(Link::to_markdown).collect();
        row.text(Column::Supports, &links.join(", "));
        row.words(Column::Id, objective.id.as_deref());
        self.fields(&mut row, &objective.fields);
        self.rows.push(row.cells);
        self.initiatives(&reference, &objective.initiatives);
        for (k, key_result) in objective.key_results.iter().enumerate() {
            self.key_result(&reference, k, key_result);
        }
    }

    fn key_result(&mut self, parent: &str, k: usize, key_result: &KeyResult) {
        let reference = format!("{parent}-KR{}", k + 1);
        let mut row = self.row(Kind::KeyResult, &reference, parent);
        row.line(Column::Title, Some(&key_result.title));
        row.words(Column::Owner, key_result.owner.as_deref());
        row.date(Column::DueDate, key_result.due);
        row.text(Column::Description, &key_result.text);
        row.words(Column::Id, key_result.id.as_deref());
        let unit = measure(&mut row, &key_result.measure);
        let current = latest(&key_result.check_ins, |check_in| check_in.value.as_ref());
        row.number(
            Column::Current,
            current.filter(|value| value.is_like(&in_unit(&unit))),
        );
        let status = latest(&key_result.check_ins, |check_in| check_in.status);
        row.words(Column::Status, status.map(okr_core::model::Status::word));
        self.fields(&mut row, &key_result.fields);
        self.rows.push(row.cells);
        self.initiatives(&reference, &key_result.initiatives);
    }

    fn initiatives(&mut self, parent: &str, initiatives: &[Initiative]) {
        for (i, initiative) in initiatives.iter().enumerate() {
            let mut row = self.row(Kind::Initiative, &format!("{parent}-I{}", i + 1), parent);
            row.line(Column::Title, Some(&initiative.title));
            row.words(Column::Owner, initiative.owner.as_deref());
            row.date(Column::DueDate, initiative.due);
            row.text(
                Column::Status,
                if initiative.done { "done" } else { "open" },
            );
            row.text(Column::Description, &initiative.text);
            self.rows.push(row.cells);
        }
    }
}

/// Fills the columns of a measure; returns the unit that its numeric columns are in.
fn measure(row: &mut Row, measure: &Measure) -> Unit {
    let mut measure = measure.clone();
    with_unit_in_place(&mut measure);
    let unit = measure.unit().cloned().unwrap_or(Unit::None);
    row.text(Column::Unit, unit.word());
    row.line(Column::Measure, measure.name.as_ref());
    row.words(
        Column::Direction,
        measure.direction.map(okr_core::model::Direction::word),
    );
    row.line(Column::Source, measure.source.as_ref());
    row.line(Column::BaselineQuestion, measure.question.as_ref());
    match &measure.start {
        Some(start) if start.unit == unit => row.number(Column::Start, Some(start)),
        Some(start) => row.text(Column::StartAsWritten, &start.to_string()),
        None => {}
    }
    let target = measure
        .target_value()
        .filter(|value| value.is_like(&in_unit(&unit)));
    row.number(Column::Target, target.as_ref());
    match &measure.target {
        Some(Target::Value {
            bound: Bound::Reach,
            value,
        }) if value.unit == unit => {}
        // A change alone would stand there as `+25%`, which a spreadsheet turns into the number 25%.
        Some(target) if target.is_change() => row.text(Column::TargetRule, &format!("by {target}")),
        Some(target) => row.text(Column::TargetRule, &target.to_string()),
        None => {}
    }
    unit
}

fn in_unit(unit: &Unit) -> Quantity {
    Quantity::new(rust_decimal::Decimal::ZERO, unit.clone())
}

/// Returns the period's label, a month as `2026-M11`: spreadsheets take `2026-11` for a date.
fn period(period: Period) -> String {
    let label = period.to_string();
    match label.split_once('-') {
        Some((year, month)) if period.kind() == Some(PeriodKind::Month) => {
            format!("{year}-M{month}")
        }
        _ => label,
    }
}
