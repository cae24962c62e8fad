//! What the `Source:` of a key result says, where it names a number that okr can read.
//!
//! Any other text is a remark for people, and stays one: reading never fails. `docs/plan-format.md` has the forms,
//! and `docs/measures.md` what each of them comes to.
//!
//! ```
//! use okr_core::source::{Source, Take};
//!
//! let Some(Source::Table { file, take: Take::Cell(cell), .. }) = Source::parse("ageing.csv, cell B7") else {
//!     panic!("it can be read");
//! };
//! assert_eq!((&*file, cell.column, cell.row), ("ageing.csv", 1, 6));
//! assert!(Source::parse("ageing report, first working day of the week").is_none());
//! ```

use crate::ledger::LedgerMeasure;

/// Where a number can be read.
#[derive(Clone, Debug)]
pub enum Source {
    /// A measure of a ledger: `measure dso from ar.csv`.
    Measure {
        /// The measure.
        measure: &'static LedgerMeasure,
        /// The file of invoices.
        file: String,
        /// The file of payments, where there is one.
        payments: Option<String>,
        /// The one currency that counts, as it is written.
        currency: Option<String>,
    },
    /// What a command prints that the user has set up: `command ageing`.
    Command(
        /// Its name.
        String,
    ),
    /// A cell or rows of a table: `ageing.csv, sum of Amount where Status = overdue`.
    Table {
        /// The file.
        file: String,
        /// The sheet of a workbook.
        sheet: Option<String>,
        /// What is taken of it.
        take: Take,
        /// Where its day stands.
        dated: Option<Dated>,
    },
}

/// What is taken of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// One cell.
    Cell(CellAt),
    /// How many rows there are that meet all conditions.
    Count(Vec<Condition>),
    /// What the cells of a column come to, over the rows that meet all conditions.
    Column(How, String, Vec<Condition>),
}

/// What the cells of a column come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Their sum; of no cells, nothing.
    Sum,
    /// Their mean.
    Average,
    /// The one in the middle, or the mean of the two there.
    Median,
    /// The last one, by its day where that is known, else by its place.
    Last,
}

/// Where the day of a number stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dated {
    /// In one cell.
    Cell(CellAt),
    /// In a column: the latest of the rows that count.
    Column(String),
}

/// The place of a cell; both count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellAt {
    /// The column.
    pub column: usize,
    /// The row.
    pub row: usize,
}

/// What must hold for a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The heading of the column.
    pub column: String,
    /// How the cell must compare.
    pub is: Comparison,
    /// With what: words, a number, a date, or `today`.
    pub value: String,
}

/// How a cell compares with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Equal,
    /// Another.
    Other,
    /// Less, or earlier.
    Below,
    /// No more, or no later.
    AtMost,
    /// More, or later.
    Above,
    /// No less, or no earlier.
    AtLeast,
}

/// How the names of files end that can be read.
const ENDINGS: [&str; 6] = ["csv", "tsv", "txt", "xlsx", "xlsm", "ods"];

/// The signs and words between a column and a value; a longer one stands before its own beginning.
const COMPARISONS: &[(&str, Comparison)] = &[
    (" is not ", Comparison::Other),
    (" is ", Comparison::Equal),
    ("!=", Comparison::Other),
    ("≠", Comparison::Other),
    ("<=", Comparison::AtMost),
    ("≤", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("≥", Comparison::AtLeast),
    ("=", Comparison::Equal),
    ("<", Comparison::Below),
    (">", Comparison::Above),
];

impl Source {
    /// Reads a source; nothing for a text that is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // Every part has whole pairs of quotation marks then, as none is cut within one.
        if text.matches('"').count() % 2 == 1 {
            return None;
        }
        let parts = split(text, ",");
        let (first, rest) = parts.split_first()?;
        if let Some(name) = after(first, "command") {
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            let is_whole = rest.is_empty() && !name.is_empty() && name.chars().all(is_name);
            return is_whole.then(|| Self::Command(name.to_owned()));
        }
        if let Some(measure) = after(first, "measure") {
            return Self::measure(measure, rest);
        }
        let file = file(first)?;
        let (mut sheet, mut take, mut dated) = (None, None, None);
        for part in rest {
            if let Some(name) = after(part, "sheet") {
                set(&mut sheet, unquoted(name)?)?;
            } else if let Some(day) = after(part, "dated") {
                let day = match after(day, "cell") {
                    Some(cell) => Dated::Cell(cell_at(cell)?),
                    None => Dated::Column(unquoted(day)?),
                };
                set(&mut dated, day)?;
            } else {
                set(&mut take, Take::parse(part)?)?;
            }
        }
        let take = take?;
        // A cell has no rows of which a column could tell the day.
        let is_odd = matches!((&take, &dated), (Take::Cell(_), Some(Dated::Column(_))));
        (!is_odd).then_some(Self::Table {
            file,
            sheet,
            take,
            dated,
        })
    }

    fn measure(text: &str, rest: &[&str]) -> Option<Self> {
        let (name, from) = split_word(text);
        let measure = LedgerMeasure::named(name)?;
        let invoices = file(after(from, "from")?)?;
        let (mut payments, mut currency) = (None, None);
        for part in rest {
            if let Some(name) = after(part, "payments") {
                set(&mut payments, file(name)?)?;
            } else {
                set(&mut currency, unquoted(after(part, "currency")?)?)?;
            }
        }
        Some(Self::Measure {
            measure,
            file: invoices,
            payments,
            currency,
        })
    }
}

impl Take {
    fn parse(text: &str) -> Option<Self> {
        if let Some(cell) = after(text, "cell") {
            return Some(Self::Cell(cell_at(cell)?));
        }
        let (head, conditions) = match find(text, " where ") {
            Some(at) => {
                let parts = split(&text[at + " where ".len()..], " and ");
                let conditions = parts.into_iter().map(Condition::parse);
                (text[..at].trim(), conditions.collect::<Option<Vec<_>>>()?)
            }
            None => (text, Vec::new()),
        };
        if matches!(&*head.to_lowercase(), "count" | "rows") {
            return Some(Self::Count(conditions));
        }
        let (word, of) = split_word(head);
        let how = match &*word.to_lowercase() {
            "sum" => How::Sum,
            "average" => How::Average,
            "median" => How::Median,
            "last" => How::Last,
            _ => return None,
        };
        let column = unquoted(after(of, "of")?)?;
        Some(Self::Column(how, column, conditions))
    }

    /// Returns the conditions on rows.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        match self {
            Self::Cell(_) => &[],
            Self::Count(conditions) | Self::Column(_, _, conditions) => conditions,
        }
    }
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        let mut first: Option<(usize, &str, Comparison)> = None;
        for (sign, is) in COMPARISONS {
            if let Some(at) = find(text, sign)
                && first.is_none_or(|(other, _, _)| at < other)
            {
                first = Some((at, sign, *is));
            }
        }
        let (at, sign, is) = first?;
        Some(Self {
            column: unquoted(text[..at].trim())?,
            is,
            value: unquoted(text[at + sign.len()..].trim())?,
        })
    }
}

/// Returns a source with other names for its files; nothing for a text that is no source, and where the new name
/// cannot stand in one.
///
/// Words, conditions and quotation marks stay as they are.
pub(crate) fn with_files(text: &str, name: impl Fn(&str) -> String) -> Option<String> {
    Source::parse(text)?;
    let mut parts = split(text, ",").into_iter();
    let first = parts.next()?;
    let renamed = |part: &str, file: &str| {
        let new = name(&unquoted(file)?);
        let quote = if file.starts_with('"') || new.contains(',') {
            "\""
        } else {
            ""
        };
        let head = part.strip_suffix(file)?;
        (!new.contains('"')).then(|| format!("{head}{quote}{new}{quote}"))
    };
    let mut out = if after(first, "command").is_some() {
        first.to_owned()
    } else {
        let measure = after(first, "measure").and_then(|rest| after(split_word(rest).1, "from"));
        renamed(first, measure.unwrap_or(first))?
    };
    for part in parts {
        out.push_str(", ");
        match after(part, "payments") {
            Some(file) => out.push_str(&renamed(part, file)?),
            None => out.push_str(part),
        }
    }
    Source::parse(&out).map(|_| out)
}

/// Sets what may be said once only.
fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.is_none().then(|| *slot = Some(value))
}

/// Returns where a sign first stands outside quotation marks.
fn find(text: &str, sign: &str) -> Option<usize> {
    let mut is_quoted = false;
    let at = |(at, c): (usize, char)| {
        is_quoted ^= c == '"';
        let here = text.get(at..at + sign.len()).filter(|_| !is_quoted)?;
        here.eq_ignore_ascii_case(sign).then_some(at)
    };
    text.char_indices().find_map(at)
}

/// Splits a text at each sign outside quotation marks.
fn split<'t>(text: &'t str, sign: &str) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = find(rest, sign) {
        parts.push(rest[..at].trim());
        rest = &rest[at + sign.len()..];
    }
    parts.push(rest.trim());
    parts
}

/// Returns what stands behind a word.
fn after<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (first, rest) = split_word(text);
    (first.eq_ignore_ascii_case(word) && !rest.is_empty()).then_some(rest)
}

fn split_word(text: &str) -> (&str, &str) {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    (first, rest.trim())
}

/// Takes quotation marks off; nothing where no words are left, or marks inside.
fn unquoted(text: &str) -> Option<String> {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text);
    (!inner.trim().is_empty() && !inner.contains('"')).then(|| inner.to_owned())
}

/// Reads the name of a file that can be read.
fn file(text: &str) -> Option<String> {
    let name = unquoted(text)?;
    let (stem, ending) = name.rsplit_once('.')?;
    let is_known = ENDINGS
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known));
    (is_known && !stem.is_empty() && !name.contains(char::is_control)).then_some(name)
}

/// Reads `B7`.
fn cell_at(text: &str) -> Option<CellAt> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at(letters);
    // Sheets end at XFD and row 1048576.
    let is_place = (1..=3).contains(&letters.len())
        && (1..=7).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_place {
        return None;
    }
    let column = letters.bytes().fold(0, |column, letter| {
        column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    Some(CellAt {
        column: column - 1,
        row: digits.parse::<usize>().ok()?.checked_sub(1)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Shows a source in one line.
    fn shown(text: &str) -> String {
        let conditions = |conditions: &[Condition]| {
            let all = conditions.iter();
            let all = all.map(|one| format!(" [{}] {:?} [{}]", one.column, one.is, one.value));
            all.collect::<Vec<_>>().concat()
        };
        match Source::parse(text) {
            None => "text".to_owned(),
            Some(Source::Command(name)) => format!("command {name}"),
            Some(Source::Measure {
                measure,
                file,
                payments,
                currency,
            }) => format!("{} of {file} {payments:?} {currency:?}", measure.name),
            Some(Source::Table {
                file,
                sheet,
                take,
                dated,
            }) => {
                let take = match take {
                    Take::Cell(cell) => format!("{},{}", cell.column, cell.row),
                    Take::Count(all) => format!("count{}", conditions(&all)),
                    Take::Column(how, column, all) => {
                        format!("{how:?} [{column}]{}", conditions(&all))
                    }
                };
                let sheet = sheet.map(|sheet| format!("/{sheet}")).unwrap_or_default();
                let dated = dated.map(|dated| format!(" {dated:?}")).unwrap_or_default();
                format!("{file}{sheet}: {take}{dated}")
            }
        }
    }

    #[test]
    fn sources_read_as_english() {
        for (text, expected) in [
            ("ageing.csv, cell B7", "ageing.csv: 1,6"),
            ("Book.XLSX, sheet Ageing, cell c4", "Book.XLSX/Ageing: 2,3"),
            (
                "ageing.csv, sum of Amount where Status = overdue, dated Invoice date",
                "ageing.csv: Sum [Amount] [Status] Equal [overdue] Column(\"Invoice date\")",
            ),
            (
                "a/b.csv, rows where Due date < today and \"Paid, on\" is not none",
                "a/b.csv: count [Due date] Below [today] [Paid, on] Other [none]",
            ),
            ("b.ods, count", "b.ods: count"),
            (
                "\"a, b.csv\", median of Days >= 5",
                "a, b.csv: Median [Days >= 5]",
            ),
            (
                "a.csv, last of Value, dated cell A1",
                "a.csv: Last [Value] Cell(CellAt { column: 0, row: 0 })",
            ),
            (
                "a.csv, average of X where Y>=1.5",
                "a.csv: Average [X] [Y] AtLeast [1.5]",
            ),
            ("measure DSO from ar.csv", "dso of ar.csv None None"),
            (
                "measure over-60 from ar.csv, payments bank.csv, currency EUR",
                "over-60 of ar.csv Some(\"bank.csv\") Some(\"EUR\")",
            ),
            ("command ageing-report", "command ageing-report"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn any_other_text_stays_text() {
        for text in [
            "",
            "receivables ageing report, first working day of the week",
            "ageing.csv",
            "ageing.csv, the third row",
            "ageing.csv, cell B0",
            "ageing.csv, cell ABCD1",
            "ageing.csv, cell B7, cell B8",
            "ageing.csv, cell B7, dated Invoice date",
            "ageing.pdf, cell B7",
            "ageing.csv, sum of \"Amount",
            "ageing.csv, sum of",
            "ageing.csv, sum of A where B",
            "measure nothing from ar.csv",
            "measure dso",
            "command",
            "command rm -rf",
            "command a, b",
            "command ../x",
        ] {
            assert_eq!(shown(text), "text", "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_much(text in "(measure |command |[a-c]\\.csv, |sum of |where |cell |[A-Z]9|\"| = |ß|≥|, ){0,8}") {
            let _ = Source::parse(&text);
        }
    }
}
