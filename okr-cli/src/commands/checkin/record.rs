//! One check-in: what the text of the plan becomes, and what is to be said of it.

use jiff::civil::Date;
use okr_core::Parsed;
use okr_core::edit::{Change, edit};
use okr_core::model::{CheckIn, ElementId, Note, Quantity, Status};
use okr_core::progress::Standing;

use super::case::{Case, Rules, Shape, Yellows};
use super::correct;
use super::value::{self, Doubt};
use super::warn::{self, Warning};
use crate::commands::{args, set};
use crate::error::Failure;

/// What is to be recorded.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The value as it was given; empty for none.
    pub(super) value: String,
    pub(super) status: Option<Status>,
    pub(super) confidence: Option<u8>,
    /// Plain words.
    pub(super) note: Option<String>,
    /// Where the value comes from, where a source has it; stands in the note behind the words.
    pub(super) source: Option<String>,
    /// The day for which it speaks; without one it is today, and of what is to be corrected the last one.
    pub(super) date: Option<Date>,
    /// Whether it takes the place of another.
    pub(super) corrects: bool,
    /// Whether a yellow too many, or a day to come, is meant as it is.
    pub(super) force: bool,
}

impl Wanted {
    /// Returns it as a line that a person might write.
    pub(super) fn line(&self) -> String {
        let value = Some(&*self.value).filter(|value| !value.is_empty());
        let status = self.status.map(Status::word);
        let confidence = self.confidence.map(|confidence| confidence.to_string());
        let parts = [value, status, confidence.as_deref(), self.note.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// What came of it.
pub(super) enum Made {
    /// The text of the plan with it, or none where it says that already, and what is to be said.
    Recorded(Option<String>, Box<Report>),
    /// Nothing: it is at risk once too often, and somebody has to decide.
    Call(Call),
}

/// A decision that is owed: it has been at risk for too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// How many in a row it would be.
    pub(super) length: usize,
    /// The day of the first of them.
    pub(super) since: Date,
    /// What the numbers say.
    pub(super) computed: Option<Status>,
}

impl Call {
    /// Returns what the numbers speak for: on track where they are at least that, else off track.
    pub(super) const fn proposed(self) -> Status {
        match self.computed {
            Some(Status::OnTrack | Status::Achieved) => Status::OnTrack,
            _ => Status::OffTrack,
        }
    }

    /// Returns what is wrong with one more, as a phrase.
    pub(super) fn words(self) -> String {
        format!(
            "this would make {} check-ins in a row at risk, since {}",
            self.length, self.since
        )
    }

    /// Returns what the numbers say, behind a comma or in a bracket.
    pub(super) fn numbers(self) -> String {
        match self.computed {
            Some(computed) => format!("the numbers say {computed}"),
            None => "the numbers say nothing".to_owned(),
        }
    }
}

/// What was done to the check-ins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Added,
    Corrected,
    Removed,
    /// It says so already.
    Unchanged,
}

impl Deed {
    /// Returns whether the plan is another one afterwards, with one check-in that is new or different.
    pub(super) const fn is_written(self) -> bool {
        matches!(self, Self::Added | Self::Corrected)
    }
}

/// What is to be said of a check-in.
pub(super) struct Report {
    /// The position of the key result, such as `1.2`.
    pub(super) number: String,
    pub(super) title: String,
    /// Whether it is done or not, so that 1 is done.
    pub(super) is_milestone: bool,
    pub(super) shape: Shape,
    pub(super) deed: Deed,
    /// The row: as it is, or as it was before it was taken away.
    pub(super) row: CheckIn,
    /// The row that it takes the place of, where it corrects one.
    pub(super) old: Option<CheckIn>,
    /// The value that was known before.
    pub(super) before: Option<Quantity>,
    /// The value that is known now.
    pub(super) after: Option<Quantity>,
    /// Where the numbers stand now.
    pub(super) standing: Standing,
    /// The value to be expected by now.
    pub(super) expected: Option<Quantity>,
    /// Where the numbers stood on the day of the row, where a later check-in counts now.
    pub(super) then: Option<Then>,
    /// The status that counts now.
    pub(super) status: Option<Status>,
    /// The status that the row stands for: as it says, else as its confidence or its numbers say.
    pub(super) stands_for: Option<Status>,
    /// The day on which the next one is due.
    pub(super) next: Option<Date>,
    /// How many in a row are at risk up to this one.
    pub(super) yellows: usize,
    /// What the rules ask of the next one.
    pub(super) notice: Option<String>,
    pub(super) warnings: Vec<Warning>,
    /// Whether the value is held against nothing, which is more than a warning.
    pub(super) lacks_baseline: bool,
    /// How many places of the plan are not understood.
    pub(super) faults: usize,
}

/// Where the numbers stood on a day that others have followed.
pub(super) struct Then {
    pub(super) standing: Standing,
    /// The value that was to be expected on that day.
    pub(super) expected: Option<Quantity>,
    /// The value that counts now and its day, where it is of a later one.
    pub(super) last: Option<(Quantity, Date)>,
}

impl Report {
    /// Returns whether a value was recorded whose target is a change of a baseline that nobody knows.
    pub(super) const fn says_little(&self) -> bool {
        self.lacks_baseline && self.row.value.is_some() && self.deed.is_written()
    }
}

/// Records a check-in of a key result.
///
/// `file` is the plan as a command line names it.
///
/// # Errors
///
/// It says nothing, or something that cannot be; the message tells what to write instead.
pub(super) fn record(
    parsed: &Parsed,
    id: ElementId,
    wanted: &Wanted,
    rules: &Rules,
    file: &str,
) -> Result<Made, Failure> {
    let (change, row, doubt) = change(parsed, id, wanted, rules)?;
    let made = make(parsed, id, &change)?;
    let day = rules.today.max(row.date);
    let (Some(then), Some(now)) = (
        Case::new(&parsed.plan, id, rules, row.date),
        made.case(id, rules, day),
    ) else {
        return Err(no_key_result(id));
    };
    let yellows = now.yellows(row.date);
    if let Some(Yellows { length, since, .. }) = yellows
        && length > rules.yellows
        && !wanted.force
        && made.after.is_some()
    {
        let computed = now.track.standing_on(row.date).status;
        return Ok(Made::Call(Call {
            length,
            since,
            computed,
        }));
    }
    let deed = match (&made.after, &change) {
        (None, _) => Deed::Unchanged,
        (_, Change::SetCheckIn { .. }) => Deed::Corrected,
        _ => Deed::Added,
    };
    let mut report = report(&now, deed, row, made.faults());
    report.yellows = yellows.map_or(0, |yellows| yellows.length);
    match &change {
        Change::SetCheckIn { position, .. } => {
            report.old = then.key_result.check_ins.get(*position).cloned();
            report.before = report.old.as_ref().and_then(|old| old.value.clone());
            report.after.clone_from(&report.row.value);
        }
        _ => report.before = then.recorded().cloned(),
    }
    if deed != Deed::Unchanged {
        report.warnings.extend(doubt.map(|doubt| Warning {
            message: doubt.message,
            help: doubt.help,
        }));
        warn::warn(&mut report, &then, &now, rules, file);
    }
    Ok(Made::Recorded(made.after, Box::new(report)))
}

/// Returns the change that records what is wanted, the row that it leaves, and what else may have been meant.
fn change(
    parsed: &Parsed,
    id: ElementId,
    wanted: &Wanted,
    rules: &Rules,
) -> Result<(Change, CheckIn, Option<Doubt>), Failure> {
    let date = wanted.date.unwrap_or(rules.today);
    if date > rules.today && !wanted.force {
        let failure = Failure::new(format!("{date} is still to come: today is {}", rules.today));
        return Err(failure.help("write the day for which it speaks, or --force if that is it"));
    }
    let key_result = parsed
        .plan
        .key_result(id)
        .ok_or_else(|| no_key_result(id))?;
    let corrected = wanted
        .corrects
        .then(|| correct::position(&key_result.check_ins, id, wanted.date, rules.today))
        .transpose()?;
    // What is corrected speaks for the day that it stands there for.
    let date = corrected.map_or(date, |position| key_result.check_ins[position].date);
    let case = Case::new(&parsed.plan, id, rules, date).ok_or_else(|| no_key_result(id))?;
    let is_step = wanted.value.trim_start().starts_with(['+', '-', '−']);
    if wanted.corrects && is_step && wanted.value.trim().chars().count() > 1 {
        let failure = Failure::new(format!(
            "`{}` is a step, from nobody knows where",
            wanted.value
        ));
        return Err(failure.help(format!(
            "write the value as it should be, like {}",
            value::sample(&case)
        )));
    }
    let text = match wanted.value.trim() {
        "-" => "",
        text => text,
    };
    let mut given = value::read(&case, text)?;
    if !wanted.corrects {
        // Boxes have no history, so what they say on the day is kept with whatever is said of it.
        given.value = given.value.or_else(|| case.ticked().cloned());
    }
    let mut row = CheckIn::new(date);
    row.value = given.value;
    row.status = wanted.status.or(given.is_done.then_some(Status::Achieved));
    row.confidence = wanted.confidence;
    let mut note = Note::default();
    note.say(wanted.note.as_deref().unwrap_or_default());
    note.come_from(wanted.source.as_deref());
    row.note = note.into_inline();
    // Empty words take those away that are there.
    let is_cleared = wanted.corrects && wanted.note.is_some();
    let is_empty = row == CheckIn::new(date) && !is_cleared;
    if is_empty {
        let failure = Failure::new(format!("there is nothing to record for key result {id}"));
        return Err(failure.help(format!(
            "write a value like {}, or give --status, --confidence or --note",
            value::sample(&case)
        )));
    }
    let there = correct::position(&key_result.check_ins, id, Some(date), rules.today).ok();
    let there =
        there.filter(|position| says_already(&key_result.check_ins[*position], wanted, &row));
    if let (None, Some(position)) = (corrected, there) {
        let row = key_result.check_ins[position].clone();
        let change = Change::SetCheckIn {
            key_result: id,
            position,
            check_in: Box::new(row.clone()),
        };
        return Ok((change, row, None));
    }
    let Some(position) = corrected else {
        let change = Change::AddCheckIn {
            key_result: id,
            check_in: Box::new(row.clone()),
        };
        return Ok((change, row, given.doubt));
    };
    let said = (wanted.note.as_deref(), wanted.source.as_deref());
    let row = correct::corrected(&key_result.check_ins[position], row, said, rules.today);
    let change = Change::SetCheckIn {
        key_result: id,
        position,
        check_in: Box::new(row.clone()),
    };
    Ok((change, row, given.doubt))
}

/// Returns whether a check-in says what a source says again: the same value, and nothing else that it does not say,
/// whatever words a person has put beside it.
fn says_already(there: &CheckIn, wanted: &Wanted, row: &CheckIn) -> bool {
    let has_words = row
        .words()
        .is_some_and(|words| there.words() != Some(words));
    wanted.source.is_some()
        && row.value.is_some()
        && row.value == there.value
        && row.status.is_none_or(|status| there.status == Some(status))
        && row
            .confidence
            .is_none_or(|confidence| there.confidence == Some(confidence))
        && !has_words
}

/// Takes a check-in away: that of `date`, else of today, else the last one.
///
/// # Errors
///
/// There is none.
pub(super) fn remove(
    parsed: &Parsed,
    id: ElementId,
    date: Option<Date>,
    rules: &Rules,
) -> Result<(String, Report), Failure> {
    let case = Case::new(&parsed.plan, id, rules, rules.today).ok_or_else(|| no_key_result(id))?;
    let check_ins = &case.key_result.check_ins;
    let position = correct::position(check_ins, id, date, rules.today)?;
    let row = check_ins[position].clone();
    let change = Change::RemoveCheckIn {
        key_result: id,
        position,
    };
    let made = make(parsed, id, &change)?;
    let now = made
        .case(id, rules, rules.today)
        .ok_or_else(|| no_key_result(id))?;
    let mut report = report(&now, Deed::Removed, row, made.faults());
    report.before = case.recorded().cloned();
    let after = made
        .after
        .clone()
        .unwrap_or_else(|| parsed.document.text().to_owned());
    Ok((after, report))
}

/// A plan after a change.
struct Changed {
    read: Parsed,
    /// Its text, unless that is the same as before.
    after: Option<String>,
}

impl Changed {
    fn case(&self, id: ElementId, rules: &Rules, day: Date) -> Option<Case<'_>> {
        Case::new(&self.read.plan, id, rules, day)
    }

    fn faults(&self) -> usize {
        args::slips(&self.read.diagnostics)
    }
}

/// Makes a change to a text and reads it again.
fn make(parsed: &Parsed, id: ElementId, change: &Change) -> Result<Changed, Failure> {
    let patch = edit(parsed, change).map_err(|error| set::field::refused(&error))?;
    let text = parsed.document.text();
    let after = patch.apply(text);
    let read = okr_core::parse(after.clone());
    let mut meant = parsed.plan.clone();
    change
        .apply(&mut meant)
        .map_err(|error| set::field::refused(&error))?;
    if read.plan != meant {
        let failure = Failure::new(format!(
            "the plan would not read back with this check-in of key result {id}"
        ));
        return Err(
            failure.help("write simpler words, or edit the file itself; nothing was changed")
        );
    }
    let after = (!patch.is_empty()).then_some(after);
    Ok(Changed { read, after })
}

fn report(now: &Case<'_>, deed: Deed, row: CheckIn, faults: usize) -> Report {
    let date = row.date;
    let latest = now.track.latest().map(|entry| entry.check_in.date);
    let then = latest.filter(|latest| *latest > date).map(|_| Then {
        standing: now.track.standing_on(date),
        expected: now.expected_on(date),
        last: now.measured().and_then(|entry| {
            let day = entry.check_in.date;
            Some((entry.value?.clone(), day)).filter(|_| day > date)
        }),
    });
    let mut entries = now.track.entries().iter().rev();
    let entry = entries.find(|entry| entry.check_in.date == date);
    Report {
        number: now.id.to_string(),
        title: now.key_result.title.plain().into_owned(),
        is_milestone: now.is_milestone(),
        shape: now.shape(),
        deed,
        row,
        old: None,
        before: None,
        after: now.recorded().cloned(),
        standing: now.standing(),
        expected: now.expected(),
        then,
        status: now.status(),
        stands_for: entry.and_then(|entry| now.track.status_of(entry)),
        next: now.next_due(),
        yellows: 0,
        notice: None,
        warnings: Vec::new(),
        lacks_baseline: now.lacks_baseline(),
        faults,
    }
}

pub(super) fn no_key_result(id: ElementId) -> Failure {
    Failure::new(format!("the plan has no key result {id}"))
}
