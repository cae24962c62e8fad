//! The first sheet: what the plan is, where its objectives stand, and what the words mean.

use jiff::civil::Date;
use okr_core::fields::WEIGHT as WEIGHTS;
use okr_core::model::{Objective, Period, Status};
use okr_core::progress::{CHECK_IN_DAY, Schedule, Slot, Timeline, default_cadence};
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, ConditionalFormatDataBar, ConditionalFormatDataBarDirection, ConditionalFormatType,
    Format, FormatAlign, Workbook, Worksheet,
};

use super::book::{Book, Entry, otherwise};
use super::columns::Content;
use super::paper::{Outcome, Paper, done, failed, lines, serial};
use super::results::Whole;
use super::style::{BAR, DATE, Look, PART, to_the_right};
use super::{OVERVIEW, check_in, history, legend, page, sums};
use crate::dialects::tidy::Column;
use crate::error::Error;
use crate::table::{address, column_name};

/// The headings over the objectives, with their widths.
const HEADINGS: [(&str, f64); 15] = [
    ("Ref", 9.0),
    ("Objective", 44.0),
    ("Owner", 16.0),
    ("Key results", 9.0),
    ("Reporting", 10.0),
    ("Progress", 13.0),
    ("Expected", 10.0),
    ("On track", 8.0),
    ("At risk", 8.0),
    ("Off track", 8.0),
    ("Achieved", 9.5),
    ("Other", 8.0),
    ("No status", 8.0),
    ("Last check-in", 11.5),
    ("Next check-in", 11.5),
];

const KEY_RESULTS: u16 = 3;
const REPORTING: u16 = 4;
pub(super) const PROGRESS: u16 = 5;
pub(super) const EXPECTED: u16 = 6;
/// The first of the columns with counts.
const COUNTS: u16 = 7;
const LAST: u16 = 13;
const NEXT: u16 = 14;
/// The weights of objectives, where the plan has any.
const WEIGHT: u16 = 15;

/// The columns that are folded away to the right, with what the sums need.
const FOLDED: [&str; 6] = [
    "Exact progress",
    "Exact expected",
    "Counts",
    "Counted",
    "Counted expected",
    "Short of 100%",
];

/// The statuses that are counted in a column of their own; all others are counted together.
const COUNTED: [Status; 4] = [
    Status::OnTrack,
    Status::AtRisk,
    Status::OffTrack,
    Status::Achieved,
];

/// Rows of the facts about the plan.
const FROM: u32 = 6;
const TO: u32 = 7;
const AS_OF: u32 = 8;
const HEADING_ROW: u32 = 10;

/// Gives the cells that formulas need a name.
pub(super) fn name_cells(workbook: &mut Workbook) -> Result<(), Error> {
    for (name, row) in [("PlanStart", FROM), ("PlanEnd", TO), ("AsOf", AS_OF)] {
        let place = format!("={OVERVIEW}!$B${}", row + 1);
        workbook
            .define_name(name, &place)
            .map_err(|error| failed(&error))?;
    }
    Ok(())
}

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, book: &Book<'_>) -> Result<(), Error> {
    let mut paper = Paper::new(sheet, OVERVIEW)?;
    paper.widths(&HEADINGS.map(|(_, width)| width))?;
    facts(&mut paper, book)?;
    let further = further(book);
    let heading = Look::Heading.format();
    let right = to_the_right(heading.clone());
    for (column, (words, _)) in (0..).zip(HEADINGS) {
        let is_number = (KEY_RESULTS..LAST).contains(&column);
        let format = if is_number { &right } else { &heading };
        paper.text(HEADING_ROW, column, words, format)?;
    }
    for (column, words) in (NEXT + 1..).zip(&further) {
        paper.text(HEADING_ROW, column, words, &right)?;
    }
    done(paper.sheet.set_row_height(HEADING_ROW, 28))?;
    let first = HEADING_ROW + 1;
    let mut row = first;
    for objective in 0..book.plan.objectives.len() {
        line(&mut paper, book, row, objective)?;
        row += 1;
    }
    if row > first {
        total(&mut paper, book, first, row)?;
        bars(&mut paper, first, row)?;
        row += 1;
    }
    legend::write(&mut paper, book, row + 1)?;
    fold(&mut paper, book)?;
    page::set_up(paper.sheet, &book.plan.display_name(), HEADING_ROW)?;
    paper.sheet.protect_with_options(&check_in::protection());
    paper.sheet.set_active(true);
    Ok(())
}

fn facts(paper: &mut Paper<'_>, book: &Book<'_>) -> Result<(), Error> {
    let plan = book.plan;
    paper.text(0, 0, &plan.display_name(), &Look::Title.format())?;
    done(paper.sheet.set_row_height(0, 24))?;
    // The heading of the document says more than the name, where there are both.
    let title = plan.title.as_ref().map(|title| title.plain());
    let title = title.filter(|title| **title != *plan.display_name());
    paper.text(1, 0, &title.unwrap_or_default(), &Look::Quiet.format())?;
    let (label, value) = (Look::Label.format(), Look::Plain.format());
    let period = plan.period.map(|period| period.to_string());
    for (row, (name, words)) in (3..).zip([
        ("Team", plan.team.as_deref()),
        ("Owner", plan.owner.as_deref()),
        ("Period", period.as_deref()),
    ]) {
        paper.text(row, 0, name, &label)?;
        let words = words.unwrap_or("not stated");
        paper.text(row, 1, words, &value)?;
    }
    let day = value
        .clone()
        .set_num_format(DATE)
        .set_align(FormatAlign::Left);
    for (row, name, column, day_now) in [
        (
            FROM,
            "From",
            Column::StartDate,
            plan.period.map(Period::start),
        ),
        (TO, "To", Column::DueDate, plan.period.map(Period::end)),
    ] {
        paper.text(row, 0, name, &label)?;
        let days = book.range(book.columns.tidy(column));
        let types = book.range(book.columns.tidy(Column::Type));
        let found = format!("INDEX({days},MATCH(\"Plan\",{types},0))");
        let formula = format!("=IFERROR(IF({found}>0,{found},\"\"),\"\")");
        paper.formula(row, 1, &formula, &of_day(day_now), &day)?;
    }
    paper.text(AS_OF, 0, "As of", &label)?;
    let newest = format!("MAX({},{})", history::dates(book), check_in::date_cell());
    let formula = format!("=IF({newest}>0,{newest},PlanStart)");
    let input = Look::Input
        .format()
        .set_num_format(DATE)
        .set_align(FormatAlign::Left);
    paper.formula(AS_OF, 1, &formula, &of_day(book.as_of), &input)?;
    let hint = "← the last check-in; a later day may be written here";
    paper.text(AS_OF, 2, hint, &Look::Quiet.format())
}

fn of_day(day: Option<Date>) -> Outcome {
    match day.map(|day| (day, serial(day))) {
        Some((_, Some(number))) => Outcome::Number(number),
        Some((day, None)) => Outcome::Text(day.to_string()),
        None => Outcome::Nothing,
    }
}

fn line(paper: &mut Paper<'_>, book: &Book<'_>, row: u32, at: usize) -> Result<(), Error> {
    let Some(objective) = book.plan.objectives.get(at) else {
        return Ok(());
    };
    let format = Look::Row.format();
    let reference = format!("O{}", at + 1);
    paper.text(row, 0, &reference, &format)?;
    let title = objective.title.plain();
    paper.text(row, 1, &title, &format.clone().set_text_wrap())?;
    let owner = objective.owner.as_deref().unwrap_or_default();
    let needed = lines(&title, HEADINGS[1].1).max(lines(owner, HEADINGS[2].1));
    paper.height(row, needed)?;
    match objective.owner.as_deref().filter(|owner| !owner.is_empty()) {
        Some(owner) => paper.text(row, 2, owner, &format.clone().set_text_wrap())?,
        None => paper.blank(row, 2, &format)?,
    }
    let own = format!("$A{}", row + 1);
    let entries = book.of(at);
    let columns = &book.columns;
    let parent = book.range(columns.tidy(Column::Parent));
    let is_own = format!(
        "{parent},{own},{},\"Key result\"",
        book.range(columns.tidy(Column::Type))
    );
    let figure = to_the_right(format.clone()).set_num_format("0");
    let part = figure.clone().set_num_format(PART);
    let all = count(entries, |_| true);
    paper.formula(
        row,
        KEY_RESULTS,
        &format!("=COUNTIFS({is_own})"),
        &all,
        &figure,
    )?;
    let whole = &book.objectives[at];
    let reports = book.range(columns.place(Content::Reports));
    let reports = format!("=SUMIFS({reports},{parent},{own})");
    paper.formula(
        row,
        REPORTING,
        &reports,
        &of_count(whole.reporting),
        &figure,
    )?;
    let own_weight = objective.weight().to_f64().unwrap_or(1.0);
    if columns.has_weights() {
        let formula = weight(book, objective, &own);
        let general = to_the_right(format.clone());
        paper.formula(
            row,
            WEIGHT,
            &formula,
            &Outcome::Number(own_weight),
            &general,
        )?;
    }
    let formulas = formulas(book, row, whole, &is_own);
    of_whole(paper, book, row, whole, &formulas, &part)?;
    counts(paper, book, row, entries, &is_own, &figure)?;
    days(paper, book, row, entries, &format)
}

/// Returns the formulas of what an objective comes to, with what they come to; `is_own` finds its key results.
fn formulas(
    book: &Book<'_>,
    row: u32,
    whole: &Whole,
    is_own: &str,
) -> [(String, Outcome); FOLDED.len()] {
    let columns = &book.columns;
    let own = format!("$A{}", row + 1);
    let parent = book.range(columns.tidy(Column::Parent));
    let sum = |content: Content| {
        let range = book.range(columns.place(content));
        format!("=SUMIFS({range},{parent},{own})")
    };
    let counted = book.range(columns.place(Content::Counts));
    // A row that somebody adds has no formulas yet and counts as nothing done.
    let weights = format!("(SUMIFS({counted},{parent},{own})+COUNTIFS({is_own},{counted},\"=\"))");
    let mean = |content: Content| {
        let range = book.range(columns.place(content));
        format!("SUMIFS({range},{parent},{own})/{weights}")
    };
    let progress = mean(Content::Counted);
    let progress = format!("=IF({weights}>0,{progress},\"\")");
    let (taking_part, least) = if columns.has_weights() {
        (Content::OwnWeight, ">=0")
    } else {
        (Content::Counts, ">0")
    };
    let expected = format!(
        "=IF(COUNTIFS({parent},{own},{},\"{least}\",{},\">=0\")>0,{},\"\")",
        book.range(columns.place(taking_part)),
        book.range(columns.place(Content::ExactExpected)),
        mean(Content::CountedExpected)
    );
    let [exact, expected_cell, counts_cell, ..] = folded(book, row);
    let part_in_plan = if columns.has_weights() {
        let letter = column_name(usize::from(WEIGHT));
        let [from, to] = lines_of(book);
        let exact_letter = column_name(usize::from(first_folded(book)));
        let weight = format!("{letter}{}", row + 1);
        format!(
            "=IF(ISNUMBER({exact}),IF(SUMIFS(${letter}${from}:${letter}${to},${exact_letter}${from}:${exact_letter}${to},\">=0\")>0,{weight},1),0)"
        )
    } else {
        format!("=IF(ISNUMBER({exact}),1,0)")
    };
    [
        (progress, Outcome::of(whole.progress)),
        (expected, Outcome::of(whole.expected)),
        (part_in_plan, Outcome::Number(whole.counts)),
        (
            format!("={counts_cell}*N({exact})"),
            Outcome::Number(whole.counted()),
        ),
        (
            format!("={counts_cell}*IF(ISNUMBER({expected_cell}),{expected_cell},N({exact}))"),
            Outcome::Number(whole.counted_expected()),
        ),
        (sum(Content::Short), of_count(whole.short)),
    ]
}

fn count(entries: &[Entry<'_>], is_counted: impl Fn(&Entry<'_>) -> bool) -> Outcome {
    let count = entries.iter().filter(|entry| is_counted(entry)).count();
    Outcome::Number(f64::from(u32::try_from(count).unwrap_or(u32::MAX)))
}

fn of_count(count: usize) -> Outcome {
    Outcome::Number(f64::from(u32::try_from(count).unwrap_or(u32::MAX)))
}

/// Writes what an objective or the plan comes to: as it is shown, and the folded cells from which that is made.
fn of_whole(
    paper: &mut Paper<'_>,
    book: &Book<'_>,
    row: u32,
    whole: &Whole,
    formulas: &[(String, Outcome); FOLDED.len()],
    format: &Format,
) -> Result<(), Error> {
    let [progress, expected, .., short] = folded(book, row);
    let cut = sums::cut(&progress);
    let shown = format!("=IF(ISNUMBER({progress}),IF({short}>0,MIN(0.99,{cut}),{cut}),\"\")");
    paper.formula(row, PROGRESS, &shown, &Outcome::of(whole.shown), format)?;
    let outcome = Outcome::of(whole.expected_shown);
    let shown = sums::shown_part(&expected);
    paper.formula(row, EXPECTED, &shown, &outcome, format)?;
    let plain = format.clone().set_num_format("General");
    for (column, (formula, outcome)) in (first_folded(book)..).zip(formulas) {
        paper.formula(row, column, formula, outcome, &plain)?;
    }
    Ok(())
}

/// Returns the headings behind the next check-in: the weight where the plan has any, then what is folded away.
fn further(book: &Book<'_>) -> Vec<&'static str> {
    let weight = Some(WEIGHTS).filter(|_| book.columns.has_weights());
    weight.into_iter().chain(FOLDED).collect()
}

fn first_folded(book: &Book<'_>) -> u16 {
    WEIGHT + u16::from(book.columns.has_weights())
}

/// Returns the folded cells of a row.
fn folded(book: &Book<'_>, row: u32) -> [String; FOLDED.len()] {
    let first = usize::from(first_folded(book));
    std::array::from_fn(|at| address(first + at, row as usize))
}

/// Returns the numbers of the first and the last row of an objective, as they stand in formulas.
fn lines_of(book: &Book<'_>) -> [u32; 2] {
    let count = u32::try_from(book.plan.objectives.len()).unwrap_or(u32::MAX);
    [
        HEADING_ROW + 2,
        HEADING_ROW.saturating_add(1).saturating_add(count),
    ]
}

/// Returns the formula of what stands in a column for an objective; `reference` is the cell with its Ref.
pub(super) fn of_objective(book: &Book<'_>, column: u16, reference: &str) -> String {
    let name = column_name(usize::from(column));
    let [from, to] = lines_of(book);
    let range = |name: &str| format!("{OVERVIEW}!${name}${from}:${name}${to}");
    format!(
        "=IFERROR(INDEX({},MATCH({reference},{},0)),\"\")",
        range(&name),
        range("A")
    )
}

/// Returns the formula of what stands in a column for the plan; nothing without objectives.
pub(super) fn of_plan(book: &Book<'_>, column: u16) -> Option<String> {
    let [_, last] = lines_of(book);
    let name = column_name(usize::from(column));
    (!book.plan.objectives.is_empty()).then(|| format!("={OVERVIEW}!${name}${}", last + 1))
}

/// Returns the formula of the weight of an objective; `reference` is the cell with its Ref.
fn weight(book: &Book<'_>, objective: &Objective, reference: &str) -> String {
    let Some(column) = book.columns.field(WEIGHTS, &objective.fields) else {
        return "=1".to_owned();
    };
    let (weights, references) = (
        book.range(column),
        book.range(book.columns.tidy(Column::Ref)),
    );
    let found = format!("INDEX({weights},MATCH({reference},{references},0))");
    let otherwise = otherwise(objective.weight());
    format!("=IF(ISNUMBER({found}),IF(AND({found}>=0,{found}<=1000000),{found},1),{otherwise})")
}

/// Folds the cells away from which the sums are made.
fn fold(paper: &mut Paper<'_>, book: &Book<'_>) -> Result<(), Error> {
    let first = first_folded(book);
    let last = first + u16::try_from(FOLDED.len() - 1).unwrap_or_default();
    if book.columns.has_weights() {
        done(paper.sheet.set_column_width(WEIGHT, 9.0))?;
    }
    for column in first..=last {
        done(paper.sheet.set_column_width(column, 14.0))?;
    }
    done(paper.sheet.group_columns_collapsed(first, last))
}

fn counts(
    paper: &mut Paper<'_>,
    book: &Book<'_>,
    row: u32,
    entries: &[Entry<'_>],
    is_own: &str,
    format: &Format,
) -> Result<(), Error> {
    let statuses = book.range(book.columns.tidy(Column::Status));
    for (column, status) in (COUNTS..).zip(COUNTED) {
        let formula = format!("=COUNTIFS({is_own},{statuses},\"{}\")", status.word());
        let outcome = count(entries, |entry| entry.status == Some(status));
        paper.formula(row, column, &formula, &outcome, format)?;
    }
    let others = Status::ALL
        .into_iter()
        .filter(|status| !COUNTED.contains(status))
        .map(|status| format!("COUNTIFS({is_own},{statuses},\"{}\")", status.word()));
    let formula = format!("={}", others.collect::<Vec<_>>().join("+"));
    let outcome = count(entries, |entry| {
        entry
            .status
            .is_some_and(|status| !COUNTED.contains(&status))
    });
    let other = COUNTS + 4;
    paper.formula(row, other, &formula, &outcome, format)?;
    let rest = format!("=D{0}-SUM(H{0}:L{0})", row + 1);
    let outcome = count(entries, |entry| entry.status.is_none());
    paper.formula(row, other + 1, &rest, &outcome, format)
}

/// Writes the day of the last check-in and the one on which the next is due.
fn days(
    paper: &mut Paper<'_>,
    book: &Book<'_>,
    row: u32,
    entries: &[Entry<'_>],
    format: &Format,
) -> Result<(), Error> {
    let format = format.clone().set_align(FormatAlign::Left).set_indent(1);
    let last = entries.iter().filter_map(|entry| entry.last_date).max();
    let next = entries.iter().filter_map(|entry| next(book, entry)).min();
    for (column, day) in [(LAST, last), (NEXT, next)] {
        match day {
            Some(day) => paper.date(row, column, day, &format)?,
            None => paper.blank(row, column, &format)?,
        }
    }
    Ok(())
}

/// Returns the day on which the next check-in of a key result is due, after the last one that was made.
fn next(book: &Book<'_>, entry: &Entry<'_>) -> Option<Date> {
    let period = book.plan.period?;
    if matches!(
        entry.status,
        Some(Status::Achieved | Status::Cancelled | Status::Paused)
    ) {
        return None;
    }
    let due = entry.key_result.due.unwrap_or(period.end());
    let timeline = Timeline::new(period.start(), due)?;
    let cadence = book.plan.cadence.unwrap_or(default_cadence(period.days()));
    let schedule = Schedule::new(timeline, cadence, CHECK_IN_DAY);
    let after = match entry.last_date {
        Some(day) if day < period.start() => 0,
        Some(day) => schedule.position(day)? + 1,
        None => 0,
    };
    // What was missed is not due any more.
    let mut slots = schedule.slots().iter().skip(after);
    let is_open = |slot: &&Slot| book.as_of.is_none_or(|day| day <= slot.closes);
    Some(slots.find(is_open)?.due)
}

/// Writes the sums of all objectives.
fn total(paper: &mut Paper<'_>, book: &Book<'_>, first: u32, row: u32) -> Result<(), Error> {
    let format = Look::Total.format();
    let figure = to_the_right(format.clone()).set_num_format("0");
    let part = figure.clone().set_num_format(PART);
    for column in [0, 2, LAST, NEXT] {
        paper.blank(row, column, &format)?;
    }
    paper.text(row, 1, "All objectives", &format)?;
    let range = |letter: &str| format!("{letter}{}:{letter}{row}", first + 1);
    let every = &book.key_results[..];
    let sum = |letter: &str| format!("=SUM({})", range(letter));
    paper.formula(
        row,
        KEY_RESULTS,
        &sum("D"),
        &count(every, |_| true),
        &figure,
    )?;
    let whole = &book.whole;
    paper.formula(
        row,
        REPORTING,
        &sum("E"),
        &of_count(whole.reporting),
        &figure,
    )?;
    if book.columns.has_weights() {
        paper.blank(row, WEIGHT, &format)?;
    }
    let letters: [String; FOLDED.len()] =
        std::array::from_fn(|at| column_name(usize::from(first_folded(book)) + at));
    let [_, expected, counts, counted, counted_expected, short] =
        letters.each_ref().map(|letter| range(letter));
    let all = book.objectives.iter();
    let total = |of: fn(&Whole) -> f64| Outcome::Number(all.clone().map(of).sum());
    let formulas = [
        (
            format!("=IF(SUM({counts})>0,SUM({counted})/SUM({counts}),\"\")"),
            Outcome::of(whole.progress),
        ),
        (
            format!("=IF(COUNT({expected})>0,SUM({counted_expected})/SUM({counts}),\"\")"),
            Outcome::of(whole.expected),
        ),
        (format!("=SUM({counts})"), total(|it| it.counts)),
        (format!("=SUM({counted})"), total(Whole::counted)),
        (
            format!("=SUM({counted_expected})"),
            total(Whole::counted_expected),
        ),
        (
            format!("=SUMIFS({short},{counts},\">0\")"),
            of_count(whole.short),
        ),
    ];
    of_whole(paper, book, row, whole, &formulas, &part)?;
    for (column, letter) in (COUNTS..).zip(["H", "I", "J", "K", "L", "M"]) {
        let outcome = count(every, |entry| {
            let place = entry
                .status
                .map(|status| COUNTED.iter().position(|other| *other == status));
            let place = match place {
                Some(Some(place)) => place,
                Some(None) => 4,
                None => 5,
            };
            usize::from(column - COUNTS) == place
        });
        paper.formula(row, column, &sum(letter), &outcome, &figure)?;
    }
    Ok(())
}

fn bars(paper: &mut Paper<'_>, first: u32, last: u32) -> Result<(), Error> {
    let bar = ConditionalFormatDataBar::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_fill_color(Color::RGB(BAR))
        .set_solid_fill(true)
        .set_border_off(true)
        .set_direction(ConditionalFormatDataBarDirection::LeftToRight);
    done(
        paper
            .sheet
            .add_conditional_format(first, PROGRESS, last, PROGRESS, &bar),
    )
}
