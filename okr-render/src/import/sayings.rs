//! What is to be said about a reading, gathered by topic so that a long sheet does not say it a thousand times.

use std::fmt::Write as _;

use okr_core::diagnostic::{Diagnostic, Location, Severity};

use crate::table::address;

/// Something that may be said of cells.
///
/// In its message, `{texts}` stands for what the cells say, `{cells}` for where they are, `{how}` for how they
/// were read, and words such as `{was|were}` for the first of the two where there is one such cell.
#[derive(Debug)]
pub(crate) struct Topic {
    /// The code of the diagnostic.
    code: &'static str,
    severity: Severity,
    message: &'static str,
    help: &'static str,
}

macro_rules! topics {
    ($($(#[$doc:meta])* $name:ident: $code:literal, $severity:ident, $message:literal, $help:literal;)*) => {
        $($(#[$doc])* pub(crate) static $name: Topic = Topic {
            code: $code,
            severity: Severity::$severity,
            message: $message,
            help: $help,
        };)*

        /// Every topic, the most important of each severity first.
        static ORDER: &[&Topic] = &[$(&$name),*];
    };
}

topics! {
    /// An initiative on another sheet that serves nothing of the plan.
    STEP_UNKNOWN: "initiative-sheet", Warning, "{texts} ({cells}) {names|name} no key result or objective of the plan, and {was|were} left out", "";
    /// No objective.
    NO_OBJECTIVE: "no-objective", Warning, "{texts} ({cells}) {stands|stand} under no objective, and one was made for {it|them}", "write the objective in";
    /// A blank objective below a gap.
    NO_OBJECTIVE_BELOW_GAP: "no-objective", Warning, "{texts} ({cells}) {stands below a blank row and names|stand below blank rows and name} no objective: the one above was taken", "write the objective into the row";
    /// A row with values and nothing that they are values of.
    NO_TITLE: "row-left-out", Warning, "{texts} ({cells}) {was|were} left out, as the {row names|rows name} no objective, key result or initiative", "";
    /// Formulas that were never worked out.
    UNSAVED: "formula", Warning, "{cells} {holds a formula|hold formulas} without a saved result, read as no value", "open the file in a spreadsheet program, save it, and import it again";
    /// An issue among objectives and key results.
    STRAY: "row-left-out", Warning, "{texts} ({cells}) {was left out: its type is|were left out: their types are} none of a plan, and no other row is {its|their} parent", "give it a parent, or the type of an objective";
    /// A row that a program is to take away.
    DELETED: "row-left-out", Info, "{texts} ({cells}) {was left out, as the row says that it is|were left out, as the rows say that they are} to be deleted", "";
    /// Not a number.
    NOT_A_NUMBER: "unread-number", Warning, "{texts} in {cells} {was not read as a number, and stands|were not read as numbers, and stand} among the notes", "";
    /// Not a date.
    NOT_A_DATE: "unread-date", Warning, "{texts} in {cells} {was not read as a date, and stands|were not read as dates, and stand} among the notes", "";
    /// Not a status.
    NOT_A_STATUS: "unread-status", Warning, "{texts} in {cells} {was not read as a status, and stands|were not read as statuses, and stand} among the notes", "";
    /// Not a confidence.
    NOT_A_CONFIDENCE: "unread-confidence", Warning, "{texts} in {cells} {was not read as a confidence, and stands|were not read as confidences, and stand} among the notes", "";
    /// Fiscal years.
    FISCAL: "fiscal-year", Warning, "{texts} ({cells}) {names a fiscal year|name fiscal years}, and the file does not say when it begins, so that the plan has no period", "write the period into the plan";
    /// Different periods.
    PERIODS: "several-periods", Warning, "rows name different periods, {texts} ({cells}), so that the plan has none", "say which period the plan is for";
    /// `1.250` and nothing else.
    DECIMAL_GUESS: "decimal-sign", Warning, "numbers were read by a guess, as none of the file shows which sign stands before decimals: {texts} ({cells})", "say --decimals comma or --decimals dot";
    /// Either of two days.
    DATE_EITHER: "date-order", Warning, "{texts} in {cells} can be {two days|two days each}, so that no date was read", "say --dates day-first or --dates month-first";
    /// Nobody gives the year.
    NO_YEAR: "date-year", Warning, "{texts} in {cells} {was not read as a date|were not read as dates}, as no year stands there and the plan has no period", "write the year";
    /// Headings that nobody knows.
    GUESSED_COLUMN: "guessed-column", Warning, "the {column was|columns were} taken for what stands below and beside: {texts} ({cells})", "say --map \"HEADING=FIELD\" where that is wrong";
    /// Fractions as percents.
    FRACTIONS: "percent-fractions", Warning, "numbers such as {texts} ({cells}) were read as parts of one, so that 0.71 is 71%, as none with the unit % is greater than 1", "";
    /// A guessed scale.
    CONFIDENCE_SCALE: "confidence", Warning, "the {column|columns} {texts} ({cells}) {does not say its|do not say their} scale of confidence: {it was|they were} read as ten", "write the scale into the heading, such as `Confidence (1-5)`";
    /// Weekly columns that are of no year.
    WEEKS_WITHOUT_YEAR: "weekly-columns", Warning, "the columns {texts} ({cells}) name no year: their values stand among the notes, and the last filled one is the current value", "write the year into the headings or the title";
    /// Targets of several times.
    EARLIER_TARGETS: "several-targets", Warning, "{texts} ({cells}) {is the target of another time, and stands|are the targets of other times, and stand} among the notes: the last target is that of the plan", "say --map \"HEADING=target\" where the plan is for another time";
    /// Hidden rows.
    HIDDEN_ROW: "hidden", Warning, "the hidden {row|rows} of {cells} {was|were} read as well", "";
    /// Two owners.
    OWNERS: "several-owners", Warning, "{texts} ({cells}) {names|name} more than one owner, and all are kept", "name the one who answers for it";
    /// Parent refs.
    NO_PARENT: "no-parent", Warning, "{texts} in {cells} {names|name} no row, and the row above counts as the parent", "";
    /// Deep trees.
    TOO_DEEP: "too-deep", Warning, "{texts} ({cells}) {stands under a key result, and was read as an initiative|stand under key results, and were read as initiatives}", "";
    /// Different units.
    UNITS: "several-units", Warning, "{texts} ({cells}) {has|have} numbers of different units, and each is kept", "";
    /// A log line that has no key result.
    LOG_UNKNOWN: "check-in-log", Warning, "{texts} ({cells}) {names|name} no key result of the plan", "";
    /// Numbers from the sentence.
    FROM_WORDS: "read-from-words", Info, "the numbers of {texts} ({cells}) were read out of the words of the {title, which alone has|titles, which alone have} them", "";
    /// Numbers from the description.
    FROM_DESCRIPTION: "read-from-words", Info, "the numbers of {texts} ({cells}) were read out of the {description, which alone has|descriptions, which alone have} them", "";
    /// Another table.
    BESIDE: "table-beside", Info, "{another table begins|other tables begin} at {cells}, beside the first, and {was|were} read as well", "";
    /// Headings of a block.
    BELOW: "headings-again", Info, "what stands below the headings at {cells} was read by them, as they are not those of the first table", "";
    /// A target that says by how much.
    CHANGE: "change-as-target", Info, "targets were read as changes of the baseline: {texts} ({cells})", "";
    /// A change of what is now.
    START_FROM_CURRENT: "change-as-target", Info, "{texts} ({cells}) {names|name} no baseline, so that the target counts from the current value", "";
    /// A sheet for each objective.
    SHEETS: "several-sheets", Info, "the sheets {texts} were read as one plan, as each has an objective of its own", "say --sheet with the name of one to read it alone";
    /// A cover.
    COVER: "several-sheets", Info, "what is said of the plan was read on the sheet {texts}", "";
    /// A log.
    LOG: "check-in-log", Info, "the {sheet|sheets} {texts} {was|were} read as check-ins", "";
    /// A sheet of initiatives.
    STEPS: "initiative-sheet", Info, "the {sheet|sheets} {texts} {was|were} read as initiatives of what {it names|they name}", "";
    /// Initiatives below the plan.
    STEPS_BELOW: "initiative-table", Info, "what stands from {cells} on was read as initiatives of the key results and objectives that it names", "";
    /// The heading of current values names their day.
    DAY_OF_CURRENT: "check-in-day", Info, "the current values are of the day that their heading names: {texts} ({cells})", "";
    /// Weekly columns.
    WEEKS: "weekly-columns", Info, "the columns {texts} ({cells}) were read as check-ins, and the last filled one is the current value", "";
    /// An initiative after a key result.
    BY_ORDER: "initiative-by-order", Info, "{texts} ({cells}) {does not say which key result it serves, and was read as an initiative|do not say which key result they serve, and were read as initiatives} of the one above", "";
    /// Initiatives of a block.
    OF_BLOCK: "initiative-by-order", Info, "{texts} ({cells}) {does not say which key result it serves, and was read as an initiative of the objective|do not say which key results they serve, and were read as initiatives of the objective}", "";
    /// Several parents.
    PARENTS: "several-parents", Info, "{texts} in {cells} {names several parents, and the row stands|name several parents, and the rows stand} below the first", "";
    /// A goal without numbers below a key result.
    BINARY_BELOW: "binary-goal", Info, "{texts} ({cells}) {has|have} no numbers and {stands|stand} under a key result: {it was read as an initiative|they were read as initiatives} of it", "";
    /// A goal without numbers.
    BINARY: "binary-goal", Info, "{texts} ({cells}) {has no numbers and is done or not: it was read as an initiative of its objective|have no numbers and are done or not: they were read as initiatives of their objectives}", "";
    /// No key result.
    NO_KEY_RESULT: "no-key-result", Info, "{texts} ({cells}) {has|have} no key result", "";
    /// Objectives that were joined.
    JOINED: "joined-objectives", Info, "{texts} ({cells}) {was read as the objective|were read as the objectives} of nearly the same words above", "";
    /// A list of key results in one cell.
    SEVERAL_IN_CELL: "several-in-cell", Info, "{cells} {holds a list|hold lists}, and each line was read as a key result", "";
    /// Order.
    CHILD_FIRST: "child-first", Info, "{texts} ({cells}) {stands before its parent, and was placed by its reference|stand before their parents, and were placed by their references}", "";
    /// An objective of an objective.
    BELOW_OBJECTIVE: "objective-below", Info, "{texts} ({cells}) {is an objective below another, and supports it|are objectives below others, and support them}", "";
    /// Day first or month first.
    DATE_ORDER: "date-order", Info, "{texts} in {cells} {was|were} read {how}, as other dates of the file show", "";
    /// The period decides.
    DATE_BY_PERIOD: "date-order", Info, "dates were read so that they lie in the period of the plan: {texts} ({cells})", "";
    /// The plan gives the year.
    YEAR_TAKEN: "date-year", Info, "dates without a year have that of the plan: {texts} ({cells})", "";
    /// The other days of the column give the year.
    YEAR_OF_COLUMN: "date-year", Info, "dates without a year have that of the others in their column: {texts} ({cells})", "";
    /// The end of a quarter.
    LAST_DAY: "date-span", Info, "where no day is named, the last one was taken: {texts} ({cells})", "";
    /// `1.250` in a file of decimal commas.
    DECIMAL_SIGN: "decimal-sign", Info, "numbers were read as the others of the file are written: {texts} ({cells})", "";
    /// `1 250,50` where a program would write `1250.5`.
    WRITTEN_OUT: "number-style", Info, "numbers were read by their signs for decimals and thousands: {texts} ({cells})", "";
    /// A letter multiplies.
    FACTOR: "factor", Info, "short forms of numbers were written out: {texts} ({cells})", "";
    /// Formulas.
    SAVED: "formula", Info, "{cells} {holds a formula, whose saved result was|hold formulas, whose saved results were} used", "";
    /// A status of a dialect that means something else elsewhere.
    STATUS_BY_DIALECT: "status-words", Info, "statuses were read as this platform means them: {texts} ({cells})", "";
    /// A word that says that it is over.
    OVER: "status-words", Info, "{texts} in {cells} {was|were} read as done: {it says|they say} that it is over, and not whether the target was met", "";
    /// A colour that says nothing.
    COLOUR_UNKNOWN: "status-colours", Warning, "{texts} in {cells} {was|were} not read as a status: no legend says what the colour means", "write the status into the cell";
    /// Colours that no legend explains.
    STATUS_BY_HUE: "status-colours", Warning, "statuses were read from the colours of cells, as nothing else tells them: {texts} ({cells})", "write the statuses into the cells";
    /// Colours that a legend explains.
    STATUS_BY_COLOUR: "status-colours", Info, "statuses were read from the colours of cells, as the legend says: {texts} ({cells})", "";
    /// A status that a legend explains.
    STATUS_BY_LEGEND: "status-words", Info, "statuses were read as the legend says: {texts} ({cells})", "";
    /// The unit stands in the title.
    UNIT_FROM_TITLE: "unit-from-title", Info, "there is no column of units: {texts} {was taken from the title|were taken from the titles} ({cells})", "";
    /// No unit anywhere.
    NO_UNIT: "no-unit", Info, "the numbers of {texts} ({cells}) have no unit", "";
    /// No period in some rows.
    NO_PERIOD: "no-period", Info, "{cells} {names|name} no period, and that of the other rows counts", "";
    /// A sign for the cell above.
    DITTO: "ditto", Info, "{texts} in {cells} {was|were} read as what stands above", "";
    /// A cell says that it has no value.
    NO_VALUE: "no-value", Info, "{texts} in {cells} {was|were} read as no value", "";
    /// An exporter's apostrophe.
    APOSTROPHE: "apostrophe", Info, "the apostrophe in front of {texts} ({cells}) was taken off", "";
    /// Dotted numbers.
    DOTTED: "dotted-reference", Info, "{texts} in {cells} {was|were} read as words, so that 1.10 is not 1.1", "";
    /// Same heading.
    SAME_HEADING: "same-heading", Info, "the {heading|headings} {texts} ({cells}) {stands|stand} over several columns, and all of them count", "";
    /// Hidden columns.
    HIDDEN_COLUMN: "hidden", Info, "the hidden {column|columns} {texts} ({cells}) {was|were} read as well", "";
    /// Comment rows.
    COMMENT: "comment-row", Info, "{texts} ({cells}) {was read as a comment on the row above|were read as comments on the rows above}", "";
    /// Totals, legends, footers.
    ROWS_LEFT_OUT: "row-left-out", Info, "{texts} ({cells}) {was left out: the row is|were left out: the rows are} no part of the plan", "";
    /// Progress columns.
    PROGRESS: "left-out", Info, "the {column|columns} {texts} ({cells}) {was left out: it is|were left out: they are} worked out anew from start, target and current value", "";
}

/// What was said of one topic.
#[derive(Debug)]
struct Saying {
    topic: &'static Topic,
    /// What cells say, and how it was read where that is told.
    texts: Vec<(String, String)>,
    cells: Vec<String>,
    /// How many cells said it.
    count: usize,
    /// How many of them were to be named when they did.
    kept: usize,
    how: &'static str,
}

/// How many cells are named; of more, only the number is told.
const NAMED: usize = 4;

/// How many texts are named that are no longer than `SHORT` bytes, where they are not the same.
const SHORT_TEXTS: usize = 6;
/// The length in bytes of a text that takes no room, such as `TBD`.
const SHORT: usize = 12;

/// Gathers what is to be said.
#[derive(Debug, Default)]
pub(crate) struct Sayings {
    gathered: Vec<Saying>,
    alone: Vec<Diagnostic>,
    /// What was said and may be named, where it is to be said again behind something else.
    again: Option<Vec<Again>>,
    /// What stands before the places of cells: the name of their sheet, where it is not the one that is read.
    sheet: String,
}

/// What was said of a cell, in order to be said once more.
#[derive(Debug)]
struct Again {
    topic: &'static Topic,
    cell: String,
    text: String,
    meaning: String,
    how: &'static str,
}

impl Sayings {
    /// Gathers what [`Sayings::append`] says again behind what is said elsewhere at the same time.
    pub(crate) fn apart() -> Self {
        Self {
            again: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// Says what was said apart, as if it had been said here.
    pub(crate) fn append(&mut self, behind: Self) {
        for again in behind.again.into_iter().flatten() {
            if self.count(again.topic, &again.text) {
                self.add(
                    again.topic,
                    again.cell,
                    &again.text,
                    &again.meaning,
                    again.how,
                );
            }
        }
        // What nobody names is counted all the same.
        for other in behind.gathered {
            let same = |saying: &&mut Saying| std::ptr::eq(saying.topic, other.topic);
            if let Some(saying) = self.gathered.iter_mut().find(same) {
                saying.count += other.count - other.kept;
            }
        }
        self.alone.extend(behind.alone);
    }

    /// Returns what was said, and says whatever comes of the cells of a sheet; an empty name is that of the plan.
    pub(crate) fn of_sheet(mut self, name: &str) -> Self {
        self.sheet.clear();
        if !name.is_empty() {
            self.sheet.push_str(name);
            self.sheet.push('!');
        }
        self
    }

    /// Returns the name of a cell.
    fn place(&self, row: usize, column: usize) -> String {
        let cell = address(column, row);
        if self.sheet.is_empty() {
            cell
        } else {
            format!("{}{cell}", self.sheet)
        }
    }

    /// Says something of a cell, given by its row and column.
    pub(crate) fn say(&mut self, topic: &'static Topic, row: usize, column: usize, text: &str) {
        if self.count(topic, text) {
            self.add(topic, self.place(row, column), text, "", "");
        }
    }

    /// Says as what the words of a cell were read.
    pub(crate) fn say_as(
        &mut self,
        topic: &'static Topic,
        row: usize,
        column: usize,
        text: &str,
        meaning: &str,
    ) {
        if self.count(topic, text) {
            self.add(topic, self.place(row, column), text, meaning, "");
        }
    }

    /// Says in which manner something of a cell was read.
    pub(crate) fn say_how(
        &mut self,
        topic: &'static Topic,
        row: usize,
        column: usize,
        text: &str,
        how: &'static str,
    ) {
        if self.count(topic, text) {
            self.add(topic, self.place(row, column), text, "", how);
        }
    }

    /// Says something of a place that has a name already.
    pub(crate) fn say_at(&mut self, topic: &'static Topic, place: &str, text: &str) {
        if self.count(topic, text) {
            self.add(topic, place.to_owned(), text, "", "");
        }
    }

    /// Returns whether anything was said of a topic.
    pub(crate) fn is_said(&self, topic: &'static Topic) -> bool {
        let mut gathered = self.gathered.iter();
        gathered.any(|saying| std::ptr::eq(saying.topic, topic))
    }

    /// Says something that is not gathered.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.alone.push(diagnostic);
    }

    /// Counts a cell, and returns whether it or its text is to be named.
    fn count(&mut self, topic: &'static Topic, text: &str) -> bool {
        // Of those to be said again, any may have been said before, and the next one counts.
        let short_texts = match self.again {
            Some(_) => NAMED + 2 * SHORT_TEXTS,
            None => SHORT_TEXTS,
        };
        match self
            .gathered
            .iter_mut()
            .find(|saying| std::ptr::eq(saying.topic, topic))
        {
            Some(saying) => {
                saying.count += 1;
                saying.cells.len() < NAMED
                    || saying.texts.len() < short_texts
                        && text.len() <= SHORT
                        && saying.texts.iter().all(|(known, _)| known != text.trim())
            }
            None => true,
        }
    }

    fn add(
        &mut self,
        topic: &'static Topic,
        cell: String,
        text: &str,
        meaning: &str,
        how: &'static str,
    ) {
        if let Some(again) = &mut self.again {
            again.push(Again {
                topic,
                cell: cell.clone(),
                text: text.to_owned(),
                meaning: meaning.to_owned(),
                how,
            });
        }
        let text = (one_line(text), meaning.to_owned());
        match self
            .gathered
            .iter_mut()
            .find(|saying| std::ptr::eq(saying.topic, topic))
        {
            Some(saying) => {
                if !text.0.is_empty() && !saying.texts.contains(&text) {
                    saying.texts.push(text);
                }
                if saying.cells.len() < NAMED {
                    saying.cells.push(cell);
                }
                saying.kept += 1;
            }
            None => self.gathered.push(Saying {
                topic,
                texts: if text.0.is_empty() {
                    Vec::new()
                } else {
                    vec![text]
                },
                cells: vec![cell],
                count: 1,
                kept: 1,
                how,
            }),
        }
    }

    /// Returns everything that was said, the gravest first, and of what is as grave the most important.
    pub(crate) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        let rank = |saying: &Saying| {
            let place = ORDER
                .iter()
                .position(|topic| std::ptr::eq(*topic, saying.topic));
            (std::cmp::Reverse(saying.topic.severity), place)
        };
        self.gathered.sort_by_key(rank);
        let mut diagnostics: Vec<Diagnostic> = self
            .gathered
            .into_iter()
            .map(Saying::into_diagnostic)
            .collect();
        diagnostics.extend(self.alone);
        diagnostics.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
        diagnostics
    }
}

impl Saying {
    fn into_diagnostic(self) -> Diagnostic {
        // What several cells say in the same words is one thing that they say.
        let is_about_cells = self.topic.message.starts_with("{cells}");
        let is_one = if is_about_cells {
            self.count == 1
        } else {
            self.texts.len() <= 1 && self.count <= self.cells.len()
        };
        // Of several long texts, their beginnings tell enough.
        let room = if self.texts.len() > 1 { 40 } else { 60 };
        let texts: Vec<String> = self
            .texts
            .iter()
            .map(|(text, meaning)| {
                let text = cut(text, room);
                if meaning.is_empty() {
                    format!("`{text}`")
                } else {
                    format!("`{text}` as {meaning}")
                }
            })
            .collect();
        let mut cells = list(&self.cells);
        if self.count > self.cells.len() {
            let more = self.count - self.cells.len();
            let noun = if more == 1 { "cell" } else { "cells" };
            cells = self.cells.join(", ");
            let _ = write!(cells, " and {more} more {noun}");
        }
        let message = numbered(self.topic.message, is_one)
            .replace("{cells}", &cells)
            .replace("{how}", self.how)
            .replace("{texts}", &list(&texts));
        let first = self.cells.into_iter().next().unwrap_or_default();
        let begins = first.split(':').next().unwrap_or_default();
        let location = if is_cell(begins) {
            Location::Cell(begins.to_owned())
        } else {
            Location::Whole
        };
        Diagnostic::new(self.topic.code, self.topic.severity, location, message)
            .with_help(self.topic.help)
    }
}

/// Returns a message with the words for one cell or for several.
fn numbered(message: &str, is_one: bool) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((inner, behind)) = after.split_once('}') else {
            break;
        };
        match inner.split_once('|') {
            Some((one, several)) => out.push_str(if is_one { one } else { several }),
            None => {
                let _ = write!(out, "{{{inner}}}");
            }
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn is_cell(name: &str) -> bool {
    let digits = name.trim_start_matches(|c: char| c.is_ascii_uppercase());
    digits.len() < name.len() && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Returns the items with commas between them and `and` before the last.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
/// Returns a text on one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts a line that is longer than so many characters.
fn cut(line: &str, room: usize) -> String {
    if line.chars().count() <= room {
        return line.to_owned();
    }
    let kept: String = line.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(topic: &'static Topic, cells: &[(usize, &str)], expected: &str) {
        let mut sayings = Sayings::default();
        for (row, text) in cells {
            sayings.say(topic, *row, 1, text);
        }
        let shown: Vec<_> = sayings
            .into_diagnostics()
            .into_iter()
            .map(|diagnostic| diagnostic.message)
            .collect();
        assert_eq!(shown.join("\n"), expected);
    }

    #[test]
    fn a_message_speaks_of_one_cell_or_of_several() {
        check(
            &NO_KEY_RESULT,
            &[(5, "Train the leads")],
            "`Train the leads` (B6) has no key result",
        );
        check(
            &NO_KEY_RESULT,
            &[(5, "Train the leads"), (7, "Call")],
            "`Train the leads` and `Call` (B6 and B8) have no key result",
        );
        check(
            &NO_VALUE,
            &[(1, "-"), (2, "-")],
            "`-` in B2 and B3 was read as no value",
        );
        check(
            &SAVED,
            &[(1, ""), (2, "")],
            "B2 and B3 hold formulas, whose saved results were used",
        );
    }

    #[test]
    fn the_gravest_comes_first_and_then_the_most_important() {
        let mut sayings = Sayings::default();
        sayings.say(&PROGRESS, 0, 0, "Score");
        sayings.say_as(&FACTOR, 1, 1, "£3k", "3000");
        sayings.say(&NO_TITLE, 2, 2, "x");
        let codes: Vec<_> = sayings
            .into_diagnostics()
            .into_iter()
            .map(|diagnostic| diagnostic.message)
            .collect();
        assert_eq!(
            codes[1],
            "short forms of numbers were written out: `£3k` as 3000 (B2)"
        );
        assert!(codes[0].starts_with("`x`"), "{codes:?}");
        assert!(codes[2].starts_with("the column"), "{codes:?}");
    }
}
