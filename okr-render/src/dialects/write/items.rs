//! What stands in the rows of a table: elements of a plan, with what has no column put elsewhere.

use jiff::civil::Date;
use okr_core::fields::{HasFields, OBJECTIVE_DUE, OBJECTIVE_STATUS, WEIGHT};
use okr_core::model::{
    Initiative, Inline, KeyResult, Objective, Period, Plan, Status, Unit, one_line,
};
use rust_decimal::Decimal;

use super::notes::{Report, is_known};
use super::words::{name_in_text, words_of};
use crate::dialects::fillers::worst;
use crate::dialects::said::{Said, SaidItem, without_quick_actions};
use crate::dialects::{Dialect, Form, People, RowKind};
use crate::format::WriteOptions;
use crate::formats::latest;
use crate::import::SaidStatus;
use crate::import::layout::{Field, Tree};

/// What stands in a row.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) kind: RowKind,
    /// The row of its parent, by its place in the list.
    pub(super) parent: Option<usize>,
    /// How many rows stand above it in the tree.
    pub(super) depth: usize,
    pub(super) title: String,
    pub(super) owner: Option<String>,
    pub(super) start: Option<Decimal>,
    pub(super) target: Option<Decimal>,
    pub(super) current: Option<Decimal>,
    pub(super) unit: Unit,
    pub(super) has_numbers: bool,
    pub(super) status: Option<SaidStatus>,
    /// The worst status of its key results, where the platform wants one for each objective.
    pub(super) status_filler: Option<SaidStatus>,
    pub(super) weight: Option<Decimal>,
    pub(super) start_date: Option<Date>,
    pub(super) due: Option<Date>,
    /// Whether the last day is that of the period, of which the table does not tell otherwise.
    pub(super) is_due_filled: bool,
    pub(super) description: String,
    /// The titles of its key results, where those stand in its row.
    pub(super) groups: Vec<String>,
}

/// The rows of a table in their order.
pub(super) struct Items<'p> {
    pub(super) dialect: &'p Dialect,
    pub(super) form: &'static Form,
    pub(super) plan: &'p Plan,
    pub(super) options: &'p WriteOptions,
    pub(super) report: &'p mut Report,
    pub(super) list: Vec<Item>,
}

impl<'p> Items<'p> {
    /// Returns the rows of a plan.
    pub(super) fn of(
        dialect: &'p Dialect,
        form: &'static Form,
        plan: &'p Plan,
        options: &'p WriteOptions,
        report: &'p mut Report,
    ) -> Self {
        let mut items = Self {
            dialect,
            form,
            plan,
            options,
            report,
            list: Vec::new(),
        };
        let root = items.plan();
        for objective in &plan.objectives {
            items.objective(root, objective);
        }
        items.period();
        items
    }

    pub(super) fn holds(&self, kind: RowKind, field: Field) -> bool {
        self.form.holds(kind, field)
    }

    fn push(&mut self, item: Item) -> usize {
        self.list.push(item);
        self.list.len() - 1
    }

    fn item(&self, kind: RowKind, parent: Option<usize>, title: &Inline) -> Item {
        Item {
            kind,
            parent,
            depth: parent.map_or(0, |parent| self.list[parent].depth + 1),
            title: title.plain().into_owned(),
            owner: None,
            start: None,
            target: None,
            current: None,
            unit: Unit::None,
            has_numbers: false,
            status: None,
            status_filler: None,
            weight: None,
            start_date: None,
            due: None,
            is_due_filled: false,
            description: String::new(),
            groups: Vec::new(),
        }
    }

    /// Adds the row of the plan itself, where there is one, and tells what of it is left out.
    fn plan(&mut self) -> Option<usize> {
        let plan = self.plan;
        let has_row = self.form.has_rows(RowKind::Plan);
        for (is_lost, what) in [
            (!plan.text.is_empty() && !has_row, "text"),
            (plan.owner.is_some(), "owner"),
            (
                plan.team.is_some() && !self.holds(RowKind::Objective, Field::Team),
                "team",
            ),
            (!plan.front_matter.is_empty(), "front matter"),
        ] {
            if is_lost {
                self.report.lost_of_plan(what);
            }
        }
        for (is_kept, what) in [
            (plan.title.is_some() && !has_row, "title"),
            (
                plan.name.is_some() && (!has_row || plan.title.is_some()),
                "name",
            ),
            (plan.cadence.is_some(), "cadence"),
            (plan.template.is_some(), "template"),
        ] {
            if is_kept {
                self.report.kept(what);
            }
        }
        self.report.lost("section", plan.sections.len());
        if !has_row {
            return None;
        }
        let title = Inline::from_plain(&plan.display_name());
        let mut item = self.item(RowKind::Plan, None, plan.title.as_ref().unwrap_or(&title));
        item.start_date = plan.period.map(Period::start);
        item.due = plan.period.map(Period::end);
        item.description.clone_from(&plan.text);
        Some(self.push(item))
    }

    /// Tells where the rows do not tell the period, and leaves its first day out then.
    fn period(&mut self) {
        let Some(period) = self.plan.period else {
            return;
        };
        let days = |period: Period| (period.start(), period.end());
        let told = self.dialect.period_told(self.form, self.plan, &self.list);
        if told.map(days) == Some(days(period)) {
            return;
        }
        self.report.lost_of_plan("period");
        let mut stated = self.plan.objectives.iter().map(Objective::due);
        for item in &mut self.list {
            // A first day says nothing by itself, and would come back as a text.
            item.start_date = None;
            if item.kind == RowKind::Objective {
                item.is_due_filled = stated.next().flatten().is_none();
            }
        }
    }

    fn objective(&mut self, parent: Option<usize>, objective: &Objective) {
        let kind = RowKind::Objective;
        let mut item = self.item(kind, parent, &objective.title);
        item.start_date = self.plan.period.map(Period::start);
        let due = self.form.due(objective);
        item.due = due.or(self.plan.period.map(Period::end));
        item.status = self.dialect.status(self.form, objective);
        item.weight = self.form.weight(kind, objective.stated_weight());
        self.formatting(&objective.title);
        let mut said = Said {
            text: objective.text.clone(),
            ..Said::default()
        };
        item.owner = self.owner(kind, objective.owner.as_deref(), &mut said);
        let mut own = vec!["Owner"];
        own.extend(due.map(|_| OBJECTIVE_DUE));
        own.extend(item.status.map(|_| OBJECTIVE_STATUS));
        own.extend(item.weight.map(|_| WEIGHT));
        self.fields(objective, &objective.fields, &own, &mut said);
        let place = self.push(item);
        let loose = self.form.has_rows(RowKind::Initiative) && self.form.has_loose_initiatives;
        if loose {
            for initiative in &objective.initiatives {
                self.initiative(place, initiative);
            }
        } else {
            said.initiatives = self.listed(&objective.initiatives);
        }
        let mut statuses = Vec::new();
        for key_result in &objective.key_results {
            let (mut item, below, status) = self.key_result(place, key_result);
            statuses.extend(status.and_then(SaidStatus::of));
            let title = key_result.title.plain().into_owned();
            let is_done = status == Some(Status::Achieved);
            let has_row = self.form.has_rows(RowKind::KeyResult);
            if has_row && self.holds(RowKind::KeyResult, Field::Description) {
                item.description = self.described(&below);
            } else if !below.is_empty() || (!has_row && self.form.tree != Tree::Groups) {
                said.key_results.push(SaidItem {
                    title,
                    is_done,
                    said: below,
                    ..SaidItem::default()
                });
            }
            if has_row {
                let place = self.push(item);
                if self.form.has_rows(RowKind::Initiative) {
                    for initiative in &key_result.initiatives {
                        self.initiative(place, initiative);
                    }
                }
            } else if self.form.tree == Tree::Groups {
                self.list[place].groups.push(item.title);
            }
        }
        if self.holds(kind, Field::Description) {
            self.list[place].description = self.described(&said);
        } else {
            self.lost(&said, "text of an objective");
        }
        self.list[place].status_filler = worst(&statuses).filter(|_| self.form.fills_statuses());
    }

    /// Returns the row of a key result, what has no column there, and its latest status.
    fn key_result(
        &mut self,
        parent: usize,
        key_result: &KeyResult,
    ) -> (Item, Said, Option<Status>) {
        let kind = RowKind::KeyResult;
        let mut item = self.item(kind, Some(parent), &key_result.title);
        self.formatting(&key_result.title);
        item.start_date = self.plan.period.map(Period::start);
        let mut said = Said {
            text: key_result.text.clone(),
            ..Said::default()
        };
        item.owner = self.owner(kind, key_result.owner.as_deref(), &mut said);
        self.measure(&mut item, key_result, &mut said);
        item.due = self.due(kind, key_result.due, &mut said);
        item.weight = self.form.weight(kind, key_result.stated_weight());
        let mut own = vec!["Owner", "Unit", "Baseline", "Target", "Due"];
        own.extend(item.weight.map(|_| WEIGHT));
        self.fields(key_result, &key_result.fields, &own, &mut said);
        let current = latest(&key_result.check_ins, |check_in| check_in.value.clone());
        if let Some(current) = current {
            let is_same = current.unit == item.unit || current.unit == Unit::None;
            if self.holds(kind, Field::Current) && is_same {
                item.current = Some(current.value);
            } else {
                say(&mut said, "Current", &current.to_string());
            }
        }
        let status = latest(&key_result.check_ins, |check_in| check_in.status);
        if let Some(status) = status {
            item.status = self.status(kind, status, &mut said);
        }
        let older = key_result.check_ins.len().saturating_sub(1);
        self.report.lost("check-in before the latest", older);
        let noted = |check_in: &&okr_core::model::CheckIn| {
            check_in.note.is_some() || check_in.confidence.is_some() || !check_in.fields.is_empty()
        };
        let noted = key_result.check_ins.iter().filter(noted).count();
        self.report
            .lost("check-in with a note or a confidence", noted);
        if !self.form.has_rows(RowKind::Initiative) {
            said.initiatives = self.listed(&key_result.initiatives);
        }
        (item, said, status)
    }

    fn initiative(&mut self, parent: usize, initiative: &Initiative) {
        let kind = RowKind::Initiative;
        let mut item = self.item(kind, Some(parent), &initiative.title);
        self.formatting(&initiative.title);
        let mut said = Said {
            text: initiative.text.clone(),
            ..Said::default()
        };
        item.owner = self.owner(kind, initiative.owner.as_deref(), &mut said);
        item.due = self.due(kind, initiative.due, &mut said);
        if initiative.done {
            item.status = self.status(kind, Status::Achieved, &mut said);
        }
        if self.holds(kind, Field::Description) {
            item.description = self.described(&said);
        } else {
            self.lost(&said, "text of an initiative");
        }
        self.push(item);
    }

    /// Returns initiatives as they stand in a description.
    fn listed(&mut self, initiatives: &[Initiative]) -> Vec<SaidItem> {
        initiatives
            .iter()
            .map(|initiative| {
                self.formatting(&initiative.title);
                SaidItem {
                    title: initiative.title.plain().into_owned(),
                    is_done: initiative.done,
                    owner: initiative.owner.clone(),
                    due: initiative.due,
                    said: Said {
                        text: initiative.text.clone(),
                        ..Said::default()
                    },
                }
            })
            .collect()
    }

    fn owner(&mut self, kind: RowKind, owner: Option<&str>, said: &mut Said) -> Option<String> {
        let owner = owner?;
        let is_plain =
            self.dialect.people != People::NameAndId || is_known(People::NameAndId, owner);
        if self.holds(kind, Field::Owner) && is_plain {
            return Some(owner.to_owned());
        }
        say(said, "Owner", owner);
        None
    }

    fn due(&mut self, kind: RowKind, due: Option<Date>, said: &mut Said) -> Option<Date> {
        let due = due?;
        if self.holds(kind, Field::Due) {
            return Some(due);
        }
        say(said, "Due", &due.to_string());
        None
    }

    /// Returns the status where the platform has a word for it; otherwise it is said.
    fn status(&mut self, kind: RowKind, status: Status, said: &mut Said) -> Option<SaidStatus> {
        let Some(meant) = SaidStatus::of(status) else {
            say(said, "Status", status.word());
            return None;
        };
        let has_word = self.dialect.word_of(meant).is_some();
        if self.holds(kind, Field::Status) && has_word {
            return Some(meant);
        }
        say(said, "Status", status.word());
        None
    }

    /// Says the fields of an element, but for those named in `own`, which have been seen to.
    ///
    /// A value that could not be read stands in the plan under a name that is known, and is said too.
    fn fields<E: HasFields>(
        &mut self,
        element: &E,
        others: &okr_core::model::Fields,
        own: &[&str],
        said: &mut Said,
    ) {
        for field in E::FIELDS {
            if own.contains(&field.name) {
                continue;
            }
            let Some(value) = (field.write)(element) else {
                continue;
            };
            // Links keep where they lead to.
            let value = match field.name {
                "Supports" => value,
                _ => Inline::parse(&value).plain().into_owned(),
            };
            say(said, name_in_text(field.name), &value);
        }
        for (name, value) in others {
            let known = E::field(name).map(|field| field.name);
            match known.or(E::kept_field(name).map(|kept| kept.name)) {
                Some(name) if own.contains(&name) && E::field(name).is_none() => {}
                Some(name) => say(said, name_in_text(name), &value.plain()),
                None => self.report.lost("field of your own", 1),
            }
        }
    }

    /// Returns a description with all that is to stand in it.
    fn described(&mut self, said: &Said) -> String {
        self.describe(said);
        let text = said.write();
        if !self.form.has_quick_actions {
            return text;
        }
        let (text, count) = without_quick_actions(&text);
        self.report.quick_actions(count);
        text
    }

    /// Tells what stands in a description.
    fn describe(&mut self, said: &Said) {
        for (name, value) in &said.fields {
            let has_column = match name.as_str() {
                "Start" => self.holds(RowKind::KeyResult, Field::Start),
                "Target" => self.holds(RowKind::KeyResult, Field::Target),
                "Current" => self.holds(RowKind::KeyResult, Field::Current),
                "Status" => self.holds(RowKind::KeyResult, Field::Status),
                "Weight" => self.holds(RowKind::KeyResult, Field::Weight),
                _ => false,
            };
            self.report
                .described(words_of(name, has_column), format!("{name}: {value}"));
        }
        for (what, items) in [
            ("initiatives", &said.initiatives),
            ("key results", &said.key_results),
        ] {
            for item in items {
                self.report.described(what, format!("- [ ] {}", item.title));
                self.describe(&item.said);
            }
        }
    }

    /// Tells what has no place at all.
    fn lost(&mut self, said: &Said, text: &'static str) {
        self.report.lost(text, usize::from(!said.text.is_empty()));
        for (name, _) in &said.fields {
            let is_owner = name == "Owner";
            let what = if is_owner {
                "owner of an objective"
            } else {
                "field of an objective"
            };
            self.report.lost(what, 1);
        }
        self.report
            .lost("initiative of an objective", said.initiatives.len());
    }

    fn formatting(&mut self, title: &Inline) {
        let is_formatted = *title != Inline::from_plain(&title.plain());
        self.report
            .lost("title with links or emphasis", usize::from(is_formatted));
    }
}

/// Puts a field into a description, where it has a value.
pub(super) fn say(said: &mut Said, name: &str, value: &str) {
    let value = one_line(value);
    if !value.is_empty() {
        said.fields.push((name.to_owned(), value));
    }
}
