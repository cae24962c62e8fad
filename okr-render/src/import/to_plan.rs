//! Makes a plan of a draft.

mod fields;
mod text;

use std::collections::HashMap;

use jiff::civil::Date;
use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_core::fields::{OBJECTIVE_DUE, OBJECTIVE_STATUS, WEIGHT};
use okr_core::model::{
    Bound, CheckIn, Initiative, Inline, KeyResult, Link, Measure, Objective, Period, Plan,
    Quantity, Status, Target, Unit,
};
use rust_decimal::Decimal;

use super::values::text::kind_of_mark;
use super::{Draft, DraftInitiative, DraftKeyResult, DraftObjective, Import, SaidStatus};

impl Import {
    /// Returns the plan, and what is to be said of what became of the draft in it.
    ///
    /// `today` is the day for which values and statuses speak when the file names none.
    #[must_use]
    pub fn plan(&self, today: Date) -> (Plan, Vec<Diagnostic>) {
        match &self.plan {
            Some(plan) => (plan.clone(), Vec::new()),
            None => self.draft.plan(today),
        }
    }

    /// Hands the Markdown of the plan to `sink`, piece by piece from first to last, and returns what is to be
    /// said of what became of the draft in it.
    ///
    /// The pieces are the text of [`Import::plan`], for which a large sheet takes more time and memory: here,
    /// no objective stays longer than until it is printed, neither in the draft nor in the plan.
    ///
    /// # Errors
    ///
    /// Those of `sink`, which is not called again then.
    pub fn print_to<E>(
        &mut self,
        today: Date,
        mut sink: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<Vec<Diagnostic>, E> {
        match &self.plan {
            Some(plan) => sink(&okr_core::print(plan)).map(|()| Vec::new()),
            None => text::print(std::mem::take(&mut self.draft), today, &mut sink),
        }
    }
}

impl Draft {
    /// Returns the plan that the draft comes to, and what is to be said of it.
    ///
    /// Current values, statuses, confidences and remarks become a check-in of the day for which the file
    /// speaks, or of `today` where it does not say. What a plan has no place for stands in its free text.
    /// Printing the plan and reading it again gives the same plan.
    #[must_use]
    pub fn plan(&self, today: Date) -> (Plan, Vec<Diagnostic>) {
        let mut maker = Maker::new(self.as_of.unwrap_or(today), self.period);
        let mut plan = self.head();
        let objectives = self.objectives.iter();
        plan.objectives
            .extend(objectives.map(|objective| maker.objective(objective.clone())));
        // The day of check-ins needs no words beside them.
        if let Some(line) = self.as_of_line.as_ref().filter(|_| maker.dated == 0) {
            let mut notes = self.notes.clone();
            notes.push(line.clone());
            plan.text = lines(&notes);
        }
        (plan, maker.diagnostics(self.as_of.is_some()))
    }

    /// Returns the plan without its objectives.
    fn head(&self) -> Plan {
        Plan {
            title: self.title.as_deref().map(Inline::from_plain),
            period: self.period,
            team: self.team.clone(),
            text: lines(&self.notes),
            ..Plan::default()
        }
    }
}

struct Maker {
    day: Date,
    /// The period of the plan, whose ends need not be said of each element.
    period: Option<Period>,
    /// How many check-ins got that day.
    dated: usize,
    first_dated: Option<String>,
    blocked: Option<String>,
    /// The units that were read, by how they are written.
    units: HashMap<String, Option<Unit>>,
    /// Whether a plan keeps whole numbers of a unit as targets, by the words of the unit.
    kept: HashMap<String, bool>,
}

impl Maker {
    fn new(day: Date, period: Option<Period>) -> Self {
        Self {
            day,
            period,
            dated: 0,
            first_dated: None,
            blocked: None,
            units: HashMap::new(),
            kept: HashMap::new(),
        }
    }

    /// Adds what is to be said of the objectives behind.
    fn add(&mut self, behind: Self) {
        self.dated += behind.dated;
        self.first_dated = self.first_dated.take().or(behind.first_dated);
        self.blocked = self.blocked.take().or(behind.blocked);
    }

    fn diagnostics(self, is_said: bool) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        if let Some(cell) = self.first_dated {
            let why = if is_said {
                "for which the file says that it speaks"
            } else {
                "as the file names no day for them"
            };
            let what = match self.dated {
                1 => "the current value and status of 1 key result became a check-in".to_owned(),
                count => {
                    format!("current values and statuses of {count} key results became check-ins")
                }
            };
            let message = format!("{what} of {}, {why}", self.day);
            // One of many cells says nothing of the others.
            let place = if self.dated == 1 {
                location(cell)
            } else {
                Location::Whole
            };
            let help = if is_said {
                ""
            } else {
                "say --date to give another day"
            };
            diagnostics.push(
                Diagnostic::new("dated-values", Severity::Info, place, message).with_help(help),
            );
        }
        if let Some(cell) = self.blocked {
            let message = "a plan knows no status `blocked`: it became off track, with a note";
            diagnostics.push(Diagnostic::new(
                "blocked",
                Severity::Info,
                location(cell),
                message,
            ));
        }
        diagnostics
    }

    fn objective(&mut self, draft: DraftObjective) -> Objective {
        let mut key_results: Vec<KeyResult> = draft
            .key_results
            .into_iter()
            .map(|key_result| self.key_result(key_result))
            .collect();
        let mut initiatives = Vec::new();
        for initiative in &draft.initiatives {
            let made = self.initiative(initiative);
            match initiative.key_result.and_then(|at| key_results.get_mut(at)) {
                Some(key_result) => key_result.initiatives.push(made),
                None => initiatives.push(made),
            }
        }
        let mut notes = draft.notes;
        notes.extend(self.start_date(draft.start_date));
        let mut objective = Objective {
            title: Inline::from_plain(&draft.title),
            id: id(draft.reference.as_deref()),
            owner: draft.owner,
            supports: draft
                .parent
                .into_iter()
                .map(|parent| Link {
                    text: parent,
                    target: String::new(),
                })
                .collect(),
            initiatives,
            text: paragraphs(draft.description.as_deref(), &notes),
            key_results,
            ..Objective::default()
        };
        let due = draft.due.filter(|due| !self.is_last_day(*due));
        let status = draft.status.filter(|_| !draft.is_status_filled);
        for (name, value) in [
            (WEIGHT, stated_weight(draft.weight)),
            (OBJECTIVE_DUE, due.map(|due| due.to_string())),
            (OBJECTIVE_STATUS, status.map(SaidStatus::phrase)),
        ] {
            fields::keep(&mut objective.fields, name, value);
        }
        fields::set(&mut objective, &draft.fields);
        objective
    }

    fn initiative(&self, draft: &DraftInitiative) -> Initiative {
        let mut text = Vec::new();
        match draft.status {
            None | Some(SaidStatus::Done) => {}
            Some(SaidStatus::OnTrack) => text.push("Status: in progress".to_owned()),
            Some(status) => text.push(format!("Status: {}", status.phrase())),
        }
        text.extend(draft.notes.iter().cloned());
        text.extend(self.start_date(draft.start_date));
        let made = Initiative {
            title: Inline::from_plain(&draft.title),
            done: draft.status == Some(SaidStatus::Done),
            owner: draft.owner.as_deref().and_then(owner_of_initiative),
            due: draft.due,
            text: lines(&text),
        };
        match made.owner.as_deref() {
            // The owner of an initiative stands in brackets, in which not every bracket can stand.
            Some(owner) if owner.contains(['(', ')']) && !is_kept(&made) => {
                text.push(format!("Owner: {owner}"));
                Initiative {
                    owner: None,
                    text: lines(&text),
                    ..made
                }
            }
            _ => made,
        }
    }

    /// Returns what is said of a first day that is not that of the period.
    fn start_date(&self, day: Option<Date>) -> Option<String> {
        let day = day.filter(|day| self.period.is_none_or(|period| period.start() != *day))?;
        Some(format!("Start date: {day}"))
    }

    /// Returns whether the period says already that something ends on that day.
    fn is_last_day(&self, day: Date) -> bool {
        self.period.is_some_and(|period| period.end() == day)
    }

    fn key_result(&mut self, mut draft: DraftKeyResult) -> KeyResult {
        let mut notes = Vec::new();
        let unit = draft.unit.as_deref().and_then(|words| self.unit(words));
        if let (Some(words), None) = (&draft.unit, &unit) {
            notes.push(format!("Unit: {words}"));
        }
        notes.append(&mut draft.notes);
        notes.extend(self.start_date(draft.start_date));
        let has_shown = draft
            .start
            .as_ref()
            .is_some_and(|start| start.unit != Unit::None)
            || draft.target.as_ref().is_some_and(has_unit);
        // A range whose ends have units of their own is none that a plan could hold.
        let target = draft.target.take().filter(|target| {
            let is_kept = self.is_kept(target);
            if !is_kept {
                notes.push(format!("Target: {target}"));
            }
            is_kept
        });
        let mut check_ins = std::mem::take(&mut draft.check_ins);
        self.check_in(&mut draft, &mut check_ins, &mut notes);
        let measure = Measure {
            unit: unit.filter(|unit| !has_shown && *unit != Unit::None),
            direction: draft.direction,
            start: draft.start,
            target,
            source: draft.source.as_deref().map(Inline::from_plain),
            ..Measure::default()
        };
        let mut key_result = KeyResult {
            title: Inline::from_plain(&draft.title),
            id: id(draft.reference.as_deref()),
            owner: draft.owner,
            measure,
            due: draft.due,
            text: paragraphs(draft.description.as_deref(), &notes),
            check_ins,
            ..KeyResult::default()
        };
        fields::keep(&mut key_result.fields, WEIGHT, stated_weight(draft.weight));
        fields::set(&mut key_result, &draft.fields);
        key_result
    }

    fn unit(&mut self, words: &str) -> Option<Unit> {
        if let Some(known) = self.units.get(words) {
            return known.clone();
        }
        let unit = Unit::parse(words);
        self.units.insert(words.to_owned(), unit.clone());
        unit
    }

    /// Returns whether a target is the same when the plan was printed and read.
    fn is_kept(&mut self, target: &Target) -> bool {
        let is_same =
            |target: &Target| Target::parse(&target.to_string()).is_ok_and(|read| read == *target);
        let Target::Value {
            bound: Bound::Reach,
            value: Quantity { value, unit },
        } = target
        else {
            return is_same(target);
        };
        // Which digits there are makes no difference where they are a few without a sign.
        let is_plain =
            value.scale() == 0 && *value > Decimal::ONE && *value < Decimal::ONE_THOUSAND;
        match unit {
            Unit::None | Unit::Percent if is_plain => true,
            Unit::Word(word) if is_plain => {
                if let Some(is_kept) = self.kept.get(word) {
                    return *is_kept;
                }
                let is_kept = is_same(target);
                self.kept.insert(word.clone(), is_kept);
                is_kept
            }
            _ => is_same(target),
        }
    }

    /// Puts what the file says of the present into a check-in.
    fn check_in(
        &mut self,
        draft: &mut DraftKeyResult,
        check_ins: &mut Vec<CheckIn>,
        notes: &mut Vec<String>,
    ) {
        let last: Option<Quantity> = check_ins
            .iter()
            .rev()
            .find_map(|check_in| check_in.value.clone());
        let has_not_begun = has_not_begun(draft);
        let value = draft
            .current
            .take()
            .filter(|current| last.as_ref().is_none_or(|last| last.value != current.value));
        let says_nothing = value.is_none() && draft.status.is_none() && draft.confidence.is_none();
        let mut note = draft.remark.take();
        if says_nothing || has_not_begun {
            notes.extend(note.map(|remark| format!("Note: {remark}")));
            return;
        }
        let status: Option<(Status, bool)> = draft.status.map(SaidStatus::status);
        if let Some((_, true)) = status {
            self.blocked.get_or_insert_with(|| draft.cell.clone());
            note = Some(match note {
                Some(note) => format!("blocked: {note}"),
                None => "blocked".to_owned(),
            });
        }
        let status = status.map(|(status, _)| status);
        let note = note.as_deref().map(Inline::from_plain);
        // A log has said it already.
        if value.is_none()
            && draft.confidence.is_none()
            && note.is_none()
            && check_ins.last().is_some_and(|last| last.status == status)
        {
            return;
        }
        // What has no value of its own speaks for the latest value that has a day.
        if value.is_none()
            && let Some(last) = check_ins.last_mut()
            && last.status.is_none()
        {
            last.status = status;
            last.confidence = last.confidence.or(draft.confidence);
            last.note = last.note.take().or(note);
            return;
        }
        self.dated += 1;
        self.first_dated.get_or_insert_with(|| draft.cell.clone());
        check_ins.push(CheckIn {
            value,
            status,
            confidence: draft.confidence,
            note,
            ..CheckIn::new(self.day)
        });
    }
}

/// Returns a weight as a field has it; what is not said of it is 1.
fn stated_weight(weight: Option<Decimal>) -> Option<String> {
    let weight = weight.filter(|weight| *weight != Decimal::ONE)?;
    Some(weight.normalize().to_string())
}

/// Returns whether a target shows the unit of its measure.
fn has_unit(target: &Target) -> bool {
    match target {
        Target::Value { value, .. } | Target::Change(value) => value.unit != Unit::None,
        Target::Between { low, .. } => low.unit != Unit::None,
        _ => false,
    }
}

/// Returns whether an initiative is the same after it was printed and read.
fn is_kept(initiative: &Initiative) -> bool {
    let plan = Plan {
        objectives: vec![Objective {
            title: Inline::from_plain("Objective"),
            initiatives: vec![initiative.clone()],
            ..Objective::default()
        }],
        ..Plan::default()
    };
    okr_core::parse(okr_core::print(&plan)).plan == plan
}

/// Returns the owner of an initiative as a plan has it: names with a comma and a blank between them, and
/// without the `@` that marks each of them in the plan.
fn owner_of_initiative(owner: &str) -> Option<String> {
    let mut owner = okr_core::model::one_line(owner);
    if !is_balanced(&owner) {
        // The owner stands in a parenthesis, which a lone one would end.
        owner.retain(|c| !matches!(c, '(' | ')'));
        owner = okr_core::model::one_line(&owner);
    }
    let names: Vec<&str> = owner
        .split(',')
        .map(|name| name.trim().trim_start_matches('@').trim_start())
        .filter(|name| !name.is_empty())
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Returns whether each parenthesis of a text has its partner.
fn is_balanced(text: &str) -> bool {
    let mut open = 0_usize;
    for c in text.chars() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return false,
            ')' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

fn location(cell: String) -> Location {
    if cell.is_empty() {
        Location::Whole
    } else {
        Location::Cell(cell)
    }
}

/// Returns a reference that is a name in another system, rather than a position in the sheet.
fn id(reference: Option<&str>) -> Option<String> {
    let reference = reference?.trim();
    let digits = reference.bytes().filter(u8::is_ascii_digit).count();
    let is_name = reference
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        && kind_of_mark(reference).is_none();
    let is_key = reference.split_once('-').is_some_and(|(letters, number)| {
        letters.len() >= 2
            && letters.chars().all(char::is_alphabetic)
            && number.bytes().all(|b| b.is_ascii_digit())
            && !number.is_empty()
    });
    (is_name && (digits == reference.len() && digits >= 4 || is_key)).then(|| reference.to_owned())
}

/// Returns a description and the lines below it as Markdown.
fn paragraphs(description: Option<&str>, notes: &[String]) -> String {
    let described: Vec<String> = description
        .into_iter()
        .flat_map(str::lines)
        .map(str::to_owned)
        .collect();
    let parts: Vec<String> = [lines(&described), lines(notes)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("\n\n")
}

/// Returns lines of plain text as Markdown that shows them as they are.
fn lines(lines: &[String]) -> String {
    let mut out = String::new();
    for line in lines {
        let line = okr_core::model::one_line(line);
        if line.is_empty() {
            // A blank line parts two paragraphs.
            while !out.is_empty() && !out.ends_with("\n\n") {
                out.push('\n');
            }
            continue;
        }
        let inline = Inline::from_plain(&line);
        let markdown = inline.as_markdown();
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        let digits = markdown.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && markdown[digits..].starts_with(['.', ')']) {
            out.push_str(&markdown[..digits]);
            out.push('\\');
            out.push_str(&markdown[digits..]);
        } else {
            if markdown.starts_with([
                '-', '+', '*', '#', '>', '|', '=', '~', '`', '<', ':', '[', '!', '_',
            ]) {
                out.push('\\');
            }
            out.push_str(markdown);
        }
    }
    out.trim_end().to_owned()
}

/// Returns whether all that is said of the present of a key result is that nothing has happened: no
/// check-in says that as well, and platforms that want a value and a status have these where none is known.
fn has_not_begun(draft: &DraftKeyResult) -> bool {
    let value = |quantity: &Option<Quantity>| quantity.as_ref().map(|quantity| quantity.value);
    draft.status == Some(SaidStatus::NotStarted)
        && draft.confidence.is_none()
        && (draft.current.is_none() || value(&draft.current) == value(&draft.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_of_initiatives_are_names_on_one_line() {
        let owner = |words| owner_of_initiative(words);
        assert_eq!(owner("@Ben,  @ Ada").as_deref(), Some("Ben, Ada"));
        assert_eq!(owner("Ben ( ( ( (100").as_deref(), Some("Ben 100"));
        assert_eq!(owner(" , @"), None);
    }

    #[test]
    fn what_the_sheet_says_of_the_present_is_a_check_in() {
        let draft = Draft {
            title: Some("Accounts".to_owned()),
            notes: vec!["- [ ] no initiative".to_owned(), "# no heading".to_owned()],
            objectives: vec![DraftObjective {
                title: "Get paid (sooner)".to_owned(),
                status: Some(SaidStatus::OnTrack),
                parent: Some("Cash".to_owned()),
                key_results: vec![DraftKeyResult {
                    title: "DSO".to_owned(),
                    start: Quantity::parse("52 days").ok(),
                    current: Quantity::parse("49 days").ok(),
                    status: Some(SaidStatus::Blocked),
                    unit: Some("days".to_owned()),
                    remark: Some("waiting for IT".to_owned()),
                    notes: vec!["Weight: 2".to_owned()],
                    ..DraftKeyResult::default()
                }],
                initiatives: vec![DraftInitiative {
                    title: "Call".to_owned(),
                    key_result: Some(0),
                    owner: Some("Ben (100, Ann (2)".to_owned()),
                    status: Some(SaidStatus::OnTrack),
                    ..DraftInitiative::default()
                }],
                ..DraftObjective::default()
            }],
            ..Draft::default()
        };
        let (plan, diagnostics) = draft.plan(jiff::civil::date(2026, 10, 1));
        let text = okr_core::print(&plan);
        assert_eq!(
            text,
            "# Accounts\n\n\\- \\[ \\] no initiative\n\\# no heading\n\n\
             ## Objective 1: Get paid (sooner)\n\n- Supports: Cash\n- Status: on track\n\n\
             ### Key result 1.1: DSO\n\n- Baseline: 52 days\n- [ ] Call (@Ben 100, @Ann 2)\n\n  Status: in progress\n\n\
             | Date       |   Value | Status    | Confidence | Note                    |\n\
             | ---------- | ------: | --------- | ---------: | ----------------------- |\n\
             | 2026-10-01 | 49 days | off track |            | blocked: waiting for IT |\n\n\
             Weight: 2\n"
        );
        assert_eq!(okr_core::parse(text).plan, plan);
        assert_eq!(diagnostics.len(), 2);
    }
}
