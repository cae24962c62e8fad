//! What was read from a table of a platform, with what its texts say put in its place.

use okr_core::completion::Completed;
use okr_core::fields::HasFields;
use okr_core::model::{Direction, Inline, KeyResult, Quantity, Status, Target, Unit, parse_date};
use okr_core::statement::{self, Lexicon};

use super::behind::Behind;
use super::said::{Said, SaidItem, with_quick_actions};
use super::{Aside, Recognised};
use crate::import::{Draft, DraftInitiative, DraftKeyResult, DraftObjective, SaidStatus};

impl Recognised {
    /// Takes out of titles and descriptions what stands there for want of a column, and puts it where a
    /// draft has it.
    ///
    /// What a column says counts more than what a text says.
    pub(crate) fn unfold(&self, draft: &mut Draft) {
        for objective in &mut draft.objectives {
            self.objective(objective);
        }
    }

    fn objective(&self, objective: &mut DraftObjective) {
        let statuses = objective.key_results.iter();
        let statuses: Vec<_> = statuses
            .filter_map(|key_result| key_result.status)
            .collect();
        let filler = self.dialect.status_by_key_results(self.form, &statuses);
        objective.is_status_filled = objective.status.is_some() && objective.status == filler;
        let said = self.said(objective.description.take());
        objective.description = text(&said);
        for (name, value) in &said.fields {
            match (&*name.to_lowercase(), parse_date(value)) {
                ("owner", _) => set(&mut objective.owner, Some(value.clone())),
                ("due", Some(due)) => set(&mut objective.due, Some(due)),
                _ => objective.fields.push((name.clone(), value.clone())),
            }
        }
        if self.form.has_fillers() {
            // An objective's own numbers are there because the platform wants some.
            let is_filler = |note: &String| {
                ["Start: ", "Current: ", "Target: "]
                    .iter()
                    .any(|name| note.starts_with(name))
            };
            objective.notes.retain(|note| !is_filler(note));
        }
        let mut loose: Vec<_> = said
            .initiatives
            .into_iter()
            .map(|item| initiative(item, None, &objective.cell))
            .collect();
        for item in said.key_results {
            let at = place(&mut objective.key_results, &item, &objective.cell, self);
            if let Some(key_result) = objective.key_results.get_mut(at) {
                if item.is_done {
                    set(&mut key_result.status, Some(SaidStatus::Done));
                }
                loose.extend(self.fill(key_result, at, item.said));
            }
        }
        for (at, key_result) in objective.key_results.iter_mut().enumerate() {
            if self.form.numbers == Aside::Title
                && let Some((before, behind)) = Behind::read(&key_result.title)
            {
                let title = before.to_owned();
                numbers(key_result, behind);
                key_result.title = title;
            }
            let said = self.said(key_result.description.take());
            loose.extend(self.fill(key_result, at, said));
            words(key_result);
        }
        for initiative in &mut objective.initiatives {
            let notes = std::mem::take(&mut initiative.notes);
            for note in notes {
                let said = self.said(Some(note));
                for (name, value) in said.fields {
                    match &*name.to_lowercase() {
                        "owner" => set(&mut initiative.owner, Some(value)),
                        "due" => set(&mut initiative.due, parse_date(&value)),
                        "status" => set(&mut initiative.status, status(&value)),
                        _ => initiative.notes.push(format!("{name}: {value}")),
                    }
                }
                initiative
                    .notes
                    .extend(Some(said.text).filter(|text| !text.is_empty()));
            }
        }
        objective.initiatives.extend(loose);
    }

    /// Fills a key result with what a text says of it; returns its initiatives.
    fn fill(&self, key_result: &mut DraftKeyResult, at: usize, said: Said) -> Vec<DraftInitiative> {
        if let Some(text) = text(&said) {
            match &mut key_result.description {
                Some(description) => description.extend(["\n\n", &*text]),
                None => key_result.description = Some(text),
            }
        }
        self.without_fillers(key_result, &said);
        let mut unit = None;
        for (name, value) in said.fields {
            let name = KeyResult::field(&name).map_or(&*name, |field| field.name);
            match &*name.to_lowercase() {
                "owner" => set(&mut key_result.owner, Some(value)),
                "start" | "baseline" => set(&mut key_result.start, Quantity::parse(&value).ok()),
                // The rule says more than the number to which it comes.
                "target" => {
                    if let Ok(target) = Target::parse(&value) {
                        key_result.target = Some(target);
                    }
                }
                "current" => set(&mut key_result.current, Quantity::parse(&value).ok()),
                "unit" => unit = Unit::parse(&value),
                "due" => set(&mut key_result.due, parse_date(&value)),
                "status" => set(&mut key_result.status, status(&value)),
                "direction" => set(&mut key_result.direction, Direction::parse(&value)),
                "source" => set(&mut key_result.source, Some(value)),
                _ => key_result.fields.push((name.to_owned(), value)),
            }
        }
        give_unit(key_result, unit);
        let cell = key_result.cell.clone();
        said.initiatives
            .into_iter()
            .map(|item| initiative(item, Some(at), &cell))
            .collect()
    }

    /// Takes out what stands in columns only because something has to, where a text says what is so.
    fn without_fillers(&self, key_result: &mut DraftKeyResult, said: &Said) {
        let says = |name: &str| said.fields.iter().any(|(other, _)| other == name);
        let filler = self.dialect.status_of_nobody(self.form);
        if says("Status") && key_result.status == filler {
            key_result.status = None;
        }
        let value = |quantity: &Option<Quantity>| quantity.as_ref().map(|quantity| quantity.value);
        let is_start = value(&key_result.current) == value(&key_result.start);
        if says("Current") && is_start && self.form.fills_current() {
            key_result.current = None;
        }
    }

    fn said(&self, description: Option<String>) -> Said {
        let description = description.unwrap_or_default();
        if self.form.has_quick_actions {
            Said::read(&with_quick_actions(&description))
        } else {
            Said::read(&description)
        }
    }
}

/// Returns where the key result of that title stands among others; it is added where it does not.
fn place(
    key_results: &mut Vec<DraftKeyResult>,
    item: &SaidItem,
    cell: &str,
    of: &Recognised,
) -> usize {
    let title = |key_result: &DraftKeyResult| {
        let behind = Behind::read(&key_result.title).filter(|_| of.form.numbers == Aside::Title);
        behind.map_or_else(|| key_result.title.clone(), |(before, _)| before.to_owned())
    };
    if let Some(at) = key_results
        .iter()
        .position(|other| title(other) == item.title)
    {
        return at;
    }
    key_results.push(DraftKeyResult {
        title: item.title.clone(),
        cell: cell.to_owned(),
        ..DraftKeyResult::default()
    });
    key_results.len() - 1
}

fn numbers(key_result: &mut DraftKeyResult, behind: Behind) {
    // They say exactly what the words of the title may say in part.
    key_result.start = behind.start.or(key_result.start.take());
    key_result.target = behind.target.or(key_result.target.take());
    give_unit(key_result, behind.unit);
}

/// Takes what nothing else says from the words of the title: the numbers, or the unit of bare ones.
fn words(key_result: &mut DraftKeyResult) {
    if key_result.start.is_none() && key_result.target.is_none() {
        let bare = KeyResult {
            title: Inline::from_plain(&key_result.title),
            ..KeyResult::default()
        };
        let completed = Completed::new(&bare, None, &Lexicon::default());
        key_result.start = completed.measure.start;
        key_result.target = completed.measure.target;
        return;
    }
    let Some(Target::Value { value, .. }) = &key_result.target else {
        return;
    };
    if value.unit != Unit::None || key_result.unit.is_some() {
        return;
    }
    let reading = statement::read(&key_result.title, None, &Lexicon::default());
    if reading.target == Some(value.value) {
        give_unit(key_result, reading.unit.as_deref().and_then(Unit::parse));
    }
}

/// Gives bare numbers their unit.
fn give_unit(key_result: &mut DraftKeyResult, unit: Option<Unit>) {
    let Some(unit) = unit.filter(|unit| *unit != Unit::None) else {
        return;
    };
    let mut is_shown = false;
    let mut give = |quantity: &mut Quantity| {
        if quantity.unit == Unit::None {
            quantity.unit = unit.clone();
        }
        is_shown |= quantity.unit == unit;
    };
    key_result.start.iter_mut().for_each(&mut give);
    key_result.current.iter_mut().for_each(&mut give);
    match &mut key_result.target {
        Some(Target::Value { value, .. }) => give(value),
        Some(Target::Between { low, high }) => {
            give(low);
            give(high);
        }
        _ => {}
    }
    if !is_shown {
        set(&mut key_result.unit, Some(unit.to_string()));
    }
}

fn initiative(item: SaidItem, key_result: Option<usize>, cell: &str) -> DraftInitiative {
    DraftInitiative {
        title: item.title,
        cell: cell.to_owned(),
        key_result,
        owner: item.owner,
        start_date: None,
        due: item.due,
        status: item.is_done.then_some(SaidStatus::Done),
        notes: Some(item.said.text)
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect(),
    }
}

fn text(said: &Said) -> Option<String> {
    Some(said.text.clone()).filter(|text| !text.is_empty())
}

/// Reads a status as plans spell it.
fn status(text: &str) -> Option<SaidStatus> {
    SaidStatus::of(Status::parse(text)?)
}

fn set<T>(place: &mut Option<T>, value: Option<T>) {
    if place.is_none() {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialects::Dialect;

    fn recognised(name: &str) -> Recognised {
        let dialect = Dialect::named(name).unwrap();
        Recognised {
            dialect,
            form: dialect.takes.unwrap(),
            score: 0,
        }
    }

    #[test]
    fn a_checklist_becomes_key_results() {
        let mut draft = Draft::default();
        draft.objectives.push(DraftObjective {
            description: Some(
                "Why.\n\\/close\n\nOwner: Dana\n\nKey results:\n- [ ] Raise the rate\n  - Start: 68\n  - Target: +25% (68% → 85%)\n  - Unit: %\n  - Source: a report\n  - [x] Train (@kim)\n  > Text"
                    .to_owned(),
            ),
            ..DraftObjective::default()
        });
        recognised("gitlab").unfold(&mut draft);
        let objective = &draft.objectives[0];
        assert_eq!(objective.description.as_deref(), Some("Why.\n/close"));
        assert_eq!(objective.owner.as_deref(), Some("Dana"));
        let key_result = &objective.key_results[0];
        assert_eq!(key_result.start.as_ref().unwrap().to_string(), "68%");
        assert_eq!(key_result.target.as_ref().unwrap().to_string(), "+25%");
        assert_eq!(key_result.source.as_deref(), Some("a report"));
        assert_eq!(key_result.description.as_deref(), Some("Text"));
        assert_eq!(objective.initiatives[0].key_result, Some(0));
        assert_eq!(objective.initiatives[0].status, Some(SaidStatus::Done));
    }

    #[test]
    fn numbers_behind_a_title_are_taken_off_and_columns_count_more() {
        let key_result = |title: &str, start: &str| DraftKeyResult {
            title: title.to_owned(),
            start: Quantity::parse(start).ok(),
            ..DraftKeyResult::default()
        };
        let mut draft = Draft::default();
        draft.objectives.push(DraftObjective {
            description: Some("Key results:\n- [ ] B\n  - Status: at risk".to_owned()),
            key_results: vec![
                key_result("A (days)", "52"),
                key_result("B (from 1 to 2 days)", ""),
            ],
            ..DraftObjective::default()
        });
        recognised("appfire-okr").unfold(&mut draft);
        let key_results = &draft.objectives[0].key_results;
        assert_eq!(key_results.len(), 2);
        assert_eq!(key_results[0].title, "A");
        assert_eq!(
            key_results[0].start.as_ref().unwrap().to_string(),
            "52 days"
        );
        assert_eq!(key_results[1].title, "B");
        assert_eq!(key_results[1].status, Some(SaidStatus::AtRisk));
        assert_eq!(
            key_results[1].target.as_ref().unwrap().to_string(),
            "2 days"
        );
    }
}
