//! What is to be said about a reading, gathered by topic so that a long sheet does not say it a thousand times.

use std::fmt::Write as _;

use okr_core::diagnostic::{Diagnostic, Location, Severity};

use crate::table::address;

/// Something that may be said of cells.
///
/// In its message, `{texts}` stands for what the cells say, `{cells}` for where they are, and `{was}` for
/// `was` or `were`.
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
    };
}

topics! {
    /// A cell says that it has no value.
    NO_VALUE: "no-value", Info, "{texts} in {cells} {was} read as no value", "";
    /// A letter multiplies.
    FACTOR: "factor", Info, "{texts} ({cells})", "";
    /// An exporter's apostrophe.
    APOSTROPHE: "apostrophe", Info, "the apostrophe in front of {texts} ({cells}) was taken off", "";
    /// `1.250` in a file of decimal commas.
    DECIMAL_SIGN: "decimal-sign", Info, "{texts} ({cells}), because of how the other numbers of the file are written", "";
    /// `1.250` and nothing else.
    DECIMAL_GUESS: "decimal-sign", Warning, "{texts} ({cells}), and no other number of the file shows which sign stands before decimals", "say --decimals comma or --decimals dot";
    /// Day first or month first.
    DATE_ORDER: "date-order", Info, "{texts} in {cells} {was} read {how}, as other dates of the file show", "";
    /// The period decides.
    DATE_BY_PERIOD: "date-order", Info, "{texts} ({cells}): the other order of day and month lies outside the period of the plan", "";
    /// Either of two days.
    DATE_EITHER: "date-order", Warning, "{texts} in {cells} can be two days, so that no date was read", "say --dates day-first or --dates month-first";
    /// The plan gives the year.
    YEAR_TAKEN: "date-year", Info, "{texts} ({cells}): no year stands there, and it was taken from the period of the plan", "";
    /// Nobody gives the year.
    NO_YEAR: "date-year", Warning, "{texts} in {cells} {was} not read as a date, as no year stands there and the plan has no period", "write the year";
    /// The end of a quarter.
    LAST_DAY: "date-span", Info, "{texts} ({cells}): the last day was taken", "";
    /// Formulas.
    SAVED: "formula", Info, "{cells} hold formulas, and their saved results were used", "";
    /// Formulas that were never worked out.
    UNSAVED: "formula", Warning, "{cells} hold formulas without a saved result, which were read as no value", "open the file in a spreadsheet program, save it, and import it again";
    /// Not a number.
    NOT_A_NUMBER: "unread-number", Warning, "{texts} in {cells} {was} not read as one number, and stands among the notes", "";
    /// Not a date.
    NOT_A_DATE: "unread-date", Warning, "{texts} in {cells} {was} not read as a date, and stands among the notes", "";
    /// Not a status.
    NOT_A_STATUS: "unread-status", Warning, "{texts} in {cells} {was} not read as a status, and stands among the notes", "";
    /// Not a confidence.
    NOT_A_CONFIDENCE: "unread-confidence", Warning, "{texts} in {cells} {was} not read as a confidence, and stands among the notes", "";
    /// A status of a dialect that means something else elsewhere.
    STATUS_BY_DIALECT: "status-words", Info, "{texts} ({cells}), as this platform uses its words", "";
    /// A status that a legend explains.
    STATUS_BY_LEGEND: "status-words", Info, "{texts} ({cells}), as the legend of the sheet says", "";
    /// The unit stands in the title.
    UNIT_FROM_TITLE: "unit-from-title", Info, "there is no column of units: the unit {texts} was taken from the title ({cells})", "";
    /// No unit anywhere.
    NO_UNIT: "no-unit", Info, "there is no column of units, and the unit of {texts} ({cells}) is unknown", "";
    /// Numbers from the sentence.
    FROM_WORDS: "read-from-words", Info, "start and target of {texts} ({cells}) were read out of the words of the title, as no column has them", "";
    /// Numbers from the description.
    FROM_DESCRIPTION: "read-from-words", Info, "start and target of {texts} ({cells}) were read out of the description, as no column has them", "";
    /// Objectives that were joined.
    JOINED: "joined-objectives", Info, "{texts} ({cells}) {was} read as the objective of nearly the same words above", "";
    /// Total rows.
    TOTAL: "row-left-out", Info, "{texts} ({cells}) {was} left out: a total or average", "";
    /// Legends.
    LEGEND: "row-left-out", Info, "{texts} ({cells}) {was} left out: a legend", "";
    /// Footers.
    FOOTER: "row-left-out", Info, "{texts} ({cells}) {was} left out: a line of text and no objective", "";
    /// A row with values and nothing that they are values of.
    NO_TITLE: "row-left-out", Warning, "{texts} ({cells}) {was} left out, as the row names no objective, key result or initiative", "";
    /// A comment row.
    COMMENT: "comment-row", Info, "{texts} ({cells}) {was} read as a comment on the row above, and is no key result", "";
    /// Two owners.
    OWNERS: "several-owners", Warning, "{texts} ({cells}) names more than one owner, and all are kept", "name the one who answers for it";
    /// No objective.
    NO_OBJECTIVE: "no-objective", Warning, "{texts} ({cells}) stands under no objective, and one was made for it", "write the objective in";
    /// A blank objective below a gap.
    NO_OBJECTIVE_BELOW_GAP: "no-objective", Warning, "{texts} ({cells}) stands below a blank row and names no objective: the one above was taken", "write the objective into the row";
    /// No key result.
    NO_KEY_RESULT: "no-key-result", Info, "{texts} ({cells}) has no key result", "";
    /// A list of key results in one cell.
    SEVERAL_IN_CELL: "several-in-cell", Info, "{cells} hold lists, and each line was read as a key result", "";
    /// An initiative after a key result.
    BY_ORDER: "initiative-by-order", Info, "{texts} ({cells}) does not say which key result it serves, and was read as an initiative of the one above", "";
    /// A goal without numbers.
    BINARY: "binary-goal", Info, "{texts} ({cells}) has no numbers and is done or not: it was read as an initiative of its objective", "";
    /// Parent refs.
    NO_PARENT: "no-parent", Warning, "{texts} in {cells} names no row, and the row above counts as the parent", "";
    /// Order.
    CHILD_FIRST: "child-first", Info, "{texts} ({cells}) stands before its parent, and was placed by its reference", "";
    /// Deep trees.
    TOO_DEEP: "too-deep", Warning, "{texts} ({cells}) stands under a key result, and was read as an initiative", "";
    /// Dotted numbers.
    DOTTED: "dotted-reference", Info, "{texts} in {cells} {was} read as words, so that 1.10 is not 1.1", "";
    /// Progress columns.
    PROGRESS: "left-out", Info, "the column {texts} ({cells}) was left out: it is worked out anew from start, target and current value", "";
    /// Confidence columns.
    CONFIDENCE: "confidence", Info, "the column {texts} ({cells}) was read as confidence on a scale of ten, and not as a status", "";
    /// A guessed scale.
    CONFIDENCE_SCALE: "confidence", Warning, "the column {texts} ({cells}) does not say its scale of confidence: it was read as ten", "write the scale into the heading, such as `Confidence (1-5)`";
    /// Weekly columns.
    WEEKS: "weekly-columns", Info, "the columns {texts} ({cells}) were read as check-ins, and the last filled one is the current value", "";
    /// Weekly columns that are of no year.
    WEEKS_WITHOUT_YEAR: "weekly-columns", Warning, "the columns {texts} ({cells}) name no year: their values stand among the notes, and the last filled one is the current value", "write the year into the headings or the title";
    /// Hidden columns.
    HIDDEN_COLUMN: "hidden", Info, "the hidden column {texts} ({cells}) was read as well", "";
    /// Hidden rows.
    HIDDEN_ROW: "hidden", Warning, "the hidden rows {cells} were read as well", "";
    /// Same heading.
    SAME_HEADING: "same-heading", Info, "the heading {texts} stands over several columns ({cells}), and all of them count", "";
    /// Different periods.
    PERIODS: "several-periods", Warning, "rows name different periods, {texts} ({cells}), so that the plan has none", "say which period the plan is for";
    /// No period in some rows.
    NO_PERIOD: "no-period", Info, "{cells} names no period, and that of the other rows counts", "";
    /// Fiscal years.
    FISCAL: "fiscal-year", Warning, "{texts} ({cells}) names a fiscal year, and the file does not say when it begins, so that the plan has no period", "write the period into the plan";
    /// Fractions as percents.
    FRACTIONS: "percent-fractions", Warning, "numbers such as {texts} ({cells}) were read as parts of one, so that 0.71 is 71%, as none with the unit % is greater than 1", "";
    /// Different units.
    UNITS: "several-units", Warning, "{texts} ({cells}) does not have the unit of its row, and each is kept", "";
    /// A log.
    LOG: "check-in-log", Info, "the sheet {texts} was read as check-ins", "";
    /// A log line that has no key result.
    LOG_UNKNOWN: "check-in-log", Warning, "{texts} ({cells}) names no key result of the plan", "";
}

/// What was said of one topic.
#[derive(Debug)]
struct Saying {
    topic: &'static Topic,
    texts: Vec<String>,
    cells: Vec<String>,
    count: usize,
    how: &'static str,
}

/// How many cells are named; of more, only the number is told.
const NAMED: usize = 4;

/// Gathers what is to be said.
#[derive(Debug, Default)]
pub(crate) struct Sayings {
    gathered: Vec<Saying>,
    alone: Vec<Diagnostic>,
}

impl Sayings {
    /// Says something of a cell, given by its row and column.
    pub(crate) fn say(&mut self, topic: &'static Topic, row: usize, column: usize, text: &str) {
        if self.count(topic) {
            self.add(topic, address(column, row), text, "");
        }
    }

    /// Says how something of a cell was read.
    pub(crate) fn say_how(
        &mut self,
        topic: &'static Topic,
        row: usize,
        column: usize,
        text: &str,
        how: &'static str,
    ) {
        if self.count(topic) {
            self.add(topic, address(column, row), text, how);
        }
    }

    /// Says something of a place that has a name already.
    pub(crate) fn say_at(&mut self, topic: &'static Topic, place: &str, text: &str) {
        if self.count(topic) {
            self.add(topic, place.to_owned(), text, "");
        }
    }

    /// Says something that is not gathered.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.alone.push(diagnostic);
    }

    /// Counts a cell, and returns whether it is to be named.
    fn count(&mut self, topic: &'static Topic) -> bool {
        match self
            .gathered
            .iter_mut()
            .find(|saying| std::ptr::eq(saying.topic, topic))
        {
            Some(saying) => {
                saying.count += 1;
                saying.cells.len() < NAMED
            }
            None => true,
        }
    }

    fn add(&mut self, topic: &'static Topic, cell: String, text: &str, how: &'static str) {
        let text = shorten(text);
        match self
            .gathered
            .iter_mut()
            .find(|saying| std::ptr::eq(saying.topic, topic))
        {
            Some(saying) => {
                if !text.is_empty() && !saying.texts.contains(&text) {
                    saying.texts.push(text);
                }
                saying.cells.push(cell);
            }
            None => self.gathered.push(Saying {
                topic,
                texts: if text.is_empty() {
                    Vec::new()
                } else {
                    vec![text]
                },
                cells: vec![cell],
                count: 1,
                how,
            }),
        }
    }

    /// Returns everything that was said, the gravest first.
    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut diagnostics = self.alone;
        diagnostics.extend(self.gathered.into_iter().map(Saying::into_diagnostic));
        diagnostics.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
        diagnostics
    }
}

impl Saying {
    fn into_diagnostic(self) -> Diagnostic {
        let texts: Vec<String> = self.texts.iter().map(|text| format!("`{text}`")).collect();
        let mut cells = list(&self.cells);
        if self.count > self.cells.len() {
            let more = self.count - self.cells.len();
            let noun = if more == 1 { "cell" } else { "cells" };
            cells = self.cells.join(", ");
            let _ = write!(cells, " and {more} more {noun}");
        }
        let was = if self.count == 1 { "was" } else { "were" };
        let message = self
            .topic
            .message
            .replace("{cells}", &cells)
            .replace("{was}", was)
            .replace("{how}", self.how)
            .replace("{texts}", &list(&texts));
        let first = self.cells.into_iter().next().unwrap_or_default();
        let location = if is_cell(&first) {
            Location::Cell(first)
        } else {
            Location::Whole
        };
        Diagnostic::new(self.topic.code, self.topic.severity, location, message)
            .with_help(self.topic.help)
    }
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

/// Returns a text on one line, cut where it is long.
pub(crate) fn shorten(text: &str) -> String {
    let mut line: String = text
        .split_whitespace()
        .take(40)
        .collect::<Vec<_>>()
        .join(" ");
    if line.chars().count() > 60 {
        line = line.chars().take(57).collect();
        line.push('…');
    }
    line
}
