//! What is told of a sheet beside what its cells say: its columns, other sheets, what was left out.

use okr_core::diagnostic::{Diagnostic, Location, Severity};

use super::discover::Discovered;
use super::headings::{self, Heading};
use super::layout::Field;
use super::profile::Profile;
use super::reader::Reader;
use super::sayings::{self, Sayings};
use super::{
    Account, Certainty, ColumnRead, Draft, DraftObjective, ImportOptions, LeftOut, log, steps,
    words,
};
use crate::table::{Visibility, Workbook, address, column_name};

/// Tells what was guessed about the bytes.
pub(super) fn say_bytes(workbook: &Workbook, sayings: &mut Sayings) {
    // A wrong delimiter shows at once; a wrong encoding hides in a few letters.
    let guesses = workbook.guesses.iter();
    for guess in guesses.filter(|guess| !guess.is_certain && guess.what == "encoding") {
        let message = format!("the {} was guessed: {}", guess.what, guess.taken_for);
        sayings.push(
            Diagnostic::new("guessed-bytes", Severity::Info, Location::Whole, message)
                .with_help("look whether letters with accents are right"),
        );
    }
    for part in &workbook.untouched {
        let message = format!("not read: {part}");
        sayings.push(Diagnostic::new(
            "left-out",
            Severity::Info,
            Location::Whole,
            message,
        ));
    }
}

/// Tells what is peculiar about columns.
pub(super) fn say_columns(reader: &mut Reader<'_>, profiles: &[Profile]) {
    let headings = reader.headings;
    let mut weeks = Vec::new();
    for (column, place) in &reader.layout.columns {
        if place.field == Field::Value {
            let heading = &headings.columns[*column];
            let words = if heading.is_timed_by_group() {
                heading.full()
            } else {
                heading.words.clone()
            };
            weeks.push((*column, words));
        }
        let is_dotted = profiles
            .get(*column)
            .is_some_and(|profile| profile.dotted > 0);
        if place.field == Field::Reference && is_dotted {
            // Numbers whose last zero counts: 1.10 stands beside 1.1.
            let ten =
                (headings.last + 1..reader.table.rows.len().min(headings.last + 500)).find(|row| {
                    reader
                        .table
                        .cell(*row, *column)
                        .to_text()
                        .trim_end()
                        .ends_with(".10")
                });
            if let Some(row) = ten {
                let shown = reader.table.cell(row, *column).to_text();
                reader.sayings.say(&sayings::DOTTED, row, *column, &shown);
            }
        }
    }
    if let [(first, one), .., (last, other)] = &weeks[..] {
        let told = format!("{one} to {other}");
        let has_days = weeks
            .iter()
            .any(|(column, _)| reader.days.get(*column).is_some_and(Option::is_some));
        let topic = if has_days {
            &sayings::WEEKS
        } else {
            &sayings::WEEKS_WITHOUT_YEAR
        };
        let range = format!(
            "{}:{}",
            address(*first, headings.last),
            address(*last, headings.last)
        );
        reader.sayings.say_at(topic, &range, &told);
    }
    say_earlier_targets(reader);
    for column in &reader.table.hidden_columns {
        if profiles
            .get(*column)
            .is_some_and(|profile| profile.filled > 0)
        {
            let name = headings
                .columns
                .get(*column)
                .map(|heading| heading.full())
                .unwrap_or_default();
            reader
                .sayings
                .say(&sayings::HIDDEN_COLUMN, headings.last, *column, &name);
        }
    }
    for row in &reader.table.hidden_rows {
        let is_read = *row > headings.last
            && !reader.table.is_blank_row(*row)
            && !headings::is_repeated(reader.table, *row, headings);
        if is_read {
            reader.sayings.say(&sayings::HIDDEN_ROW, *row, 0, "");
        }
    }
    let mut seen: Vec<String> = Vec::new();
    for (column, heading) in headings.columns.iter().enumerate() {
        let normal = words::normal(&heading.words);
        let is_numbered = reader.places.get(column).copied().flatten();
        if normal.is_empty()
            || !heading.group.is_empty()
            || is_numbered.is_some_and(|place| place.group > 0)
        {
            continue;
        }
        if seen.contains(&normal) {
            let words = heading.words.clone();
            reader
                .sayings
                .say(&sayings::SAME_HEADING, headings.last, column, &words);
        } else {
            seen.push(normal);
        }
    }
}

/// Tells which columns are targets of other times than the one that was taken.
fn say_earlier_targets(reader: &mut Reader<'_>) {
    let is_target = |heading: &Heading| {
        heading.timed().is_some_and(|(_, rest)| {
            let named = words::heading(&rest);
            named
                .first()
                .is_some_and(|candidate| candidate.field == Field::Target)
        })
    };
    let headings = reader.headings;
    let taken = reader.column(Field::Target);
    let taken = taken.and_then(|column| headings.columns.get(column));
    if !taken.is_some_and(is_target) {
        return;
    }
    for (column, heading) in headings.columns.iter().enumerate() {
        let is_free = reader.places.get(column).copied().flatten().is_none();
        if is_free && is_target(heading) {
            let row = headings.last;
            reader
                .sayings
                .say(&sayings::EARLIER_TARGETS, row, column, &heading.full());
        }
    }
}

/// Tells for what columns were taken whose headings nobody knows.
pub(super) fn say_inferred(reader: &mut Reader<'_>, discovered: &Discovered) {
    for column in &discovered.inferred {
        let (Some(place), Some(heading)) = (
            reader.places.get(*column).copied().flatten(),
            reader.headings.columns.get(*column),
        ) else {
            continue;
        };
        let name = match heading.full() {
            name if name.is_empty() => format!("column {}", column_name(*column)),
            name => name,
        };
        reader.sayings.say_as(
            &sayings::GUESSED_COLUMN,
            reader.headings.last,
            *column,
            &name,
            place.field.name(),
        );
    }
}

/// Tells which objectives have no key result.
pub(super) fn say_objectives(reader: &mut Reader<'_>, objectives: &[DraftObjective]) {
    for objective in objectives {
        if objective.key_results.is_empty() {
            reader
                .sayings
                .say_at(&sayings::NO_KEY_RESULT, &objective.cell, &objective.title);
        }
    }
}

/// Tells what each column was taken for.
pub(super) fn columns_read(
    reader: &Reader<'_>,
    discovered: &Discovered,
    profiles: &[Profile],
    account: &mut Account,
) {
    let width = reader.headings.columns.len().max(profiles.len());
    for column in 0..width {
        let heading = reader
            .headings
            .columns
            .get(column)
            .map(|heading| heading.full())
            .unwrap_or_default();
        let is_empty = profiles
            .get(column)
            .is_none_or(|profile| profile.filled == 0);
        if heading.is_empty() && is_empty {
            continue;
        }
        let place = reader.places.get(column).copied().flatten().or_else(|| {
            discovered
                .layout
                .columns
                .iter()
                .find(|(known, _)| *known == column)
                .map(|(_, place)| *place)
        });
        let (certainty, reason) = discovered
            .reasons
            .get(column)
            .cloned()
            .unwrap_or((Certainty::Guessed, String::new()));
        account.columns.push(ColumnRead {
            letters: column_name(column),
            heading,
            field: place.map(|place| place.field.name()),
            certainty,
            reason,
        });
    }
}

/// Tells of columns that were not read.
pub(super) fn left_out(
    reader: &mut Reader<'_>,
    discovered: &Discovered,
    profiles: &[Profile],
    account: &mut Account,
) {
    for (column, place) in &reader.layout.columns {
        let is_empty = profiles
            .get(*column)
            .is_none_or(|profile| profile.filled == 0);
        let reason = match place.field {
            Field::Progress if reader.keeps_progress() => continue,
            Field::Progress => "worked out anew from start, target and current value",
            Field::Ignored => discovered.reasons.get(*column).map_or("", |(_, why)| why),
            _ => continue,
        };
        if is_empty {
            continue;
        }
        let name = reader
            .headings
            .columns
            .get(*column)
            .map(|heading| heading.full())
            .unwrap_or_default();
        if place.field == Field::Progress {
            reader
                .sayings
                .say(&sayings::PROGRESS, reader.headings.last, *column, &name);
        }
        account.left_out.push(LeftOut {
            place: format!("column {}", column_name(*column)),
            text: name,
            reason: reason.to_owned(),
        });
    }
}

/// Reads logs on other sheets, and tells of those that were not read.
///
/// `read` are the positions of the sheets that were read; `explaining` is that of the sheet with their legend.
pub(super) fn other_sheets(
    workbook: &Workbook,
    (read, explaining): (&[usize], Option<usize>),
    draft: &mut Draft,
    account: &mut Account,
    sayings: &mut Sayings,
    options: &ImportOptions,
) {
    let mut unread = Vec::new();
    for (position, table) in workbook.tables.iter().enumerate() {
        if read.contains(&position) {
            continue;
        }
        if table.visibility == Visibility::Visible
            && let Some((headings, layout)) = log::find(table)
            && log::read(table, &headings, &layout, draft, sayings) > 0
        {
            sayings.say_at(&sayings::LOG, &table.name, &table.name);
            account.left_out.push(LeftOut {
                place: format!("sheet {}", table.name),
                text: String::new(),
                reason: "no plan, but a log of check-ins, which were read".to_owned(),
            });
            continue;
        }
        if table.visibility == Visibility::Visible
            && steps::read(table, draft, options, sayings) > 0
        {
            sayings.say_at(&sayings::STEPS, &table.name, &table.name);
            account.left_out.push(LeftOut {
                place: format!("sheet {}", table.name),
                text: String::new(),
                reason: "no plan, but initiatives, which were read".to_owned(),
            });
            continue;
        }
        let is_used = [&sayings::STATUS_BY_LEGEND, &sayings::STATUS_BY_COLOUR]
            .into_iter()
            .any(|topic| sayings.is_said(topic));
        if explaining == Some(position) && is_used {
            account.left_out.push(LeftOut {
                place: format!("sheet {}", table.name),
                text: String::new(),
                reason: "no plan, but what the statuses mean, which was used".to_owned(),
            });
            continue;
        }
        let (hidden, reason) = match table.visibility {
            Visibility::Visible => ("", "another sheet looks more like the plan"),
            Visibility::Hidden | Visibility::VeryHidden => (" (hidden)", "it is hidden"),
        };
        unread.push(format!("`{}`{hidden}", table.name));
        account.left_out.push(LeftOut {
            place: format!("sheet {}", table.name),
            text: String::new(),
            reason: reason.to_owned(),
        });
    }
    let help = match &unread[..] {
        [] => return,
        [_] => "say --sheet with its name to read it",
        _ => "say --sheet with the name of one to read it",
    };
    let (noun, was) = if unread.len() == 1 {
        ("sheet", "was")
    } else {
        ("sheets", "were")
    };
    let message = format!("the {noun} {} {was} not read", sayings::list(&unread));
    sayings.push(
        Diagnostic::new("sheet-left-out", Severity::Info, Location::Whole, message).with_help(help),
    );
}
