//! Formats and the list of them.

use indexmap::IndexMap;
use jiff::civil::{Date, Weekday};
use okr_core::diagnostic::Diagnostic;
use okr_core::model::Plan;
use okr_core::progress::Schedules;
use okr_core::statement::Lexicon;

use crate::carries::Carries;
use crate::error::{Error, ErrorKind};
use crate::formats;

/// A file format: what it is called, what of a plan it holds, how it is written and read.
#[derive(Debug)]
#[non_exhaustive]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// Endings of file names, without the dot, in lower case; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// What of a plan comes back when it was written and is read again.
    pub carries: Carries,
    /// The format's documentation, in Markdown.
    pub docs: &'static str,
    /// Writes a plan; the same plan and options give the same bytes.
    ///
    /// # Errors
    ///
    /// A template or style in the options is wrong.
    pub write: fn(&Plan, &WriteOptions) -> Result<Vec<u8>, Error>,
    /// Reads a plan; any bytes may be given.
    ///
    /// # Errors
    ///
    /// The bytes are not of this format, or more than is read.
    pub read: fn(&[u8], &ReadOptions) -> Result<Imported, Error>,
}

/// Every format, by name.
pub static FORMATS: &[&Format] = &[
    &formats::csv::FORMAT,
    &formats::html::FORMAT,
    &formats::json::FORMAT,
    &formats::markdown::FORMAT,
    &formats::xlsx::FORMAT,
];

/// What may be chosen when a plan is written.
///
/// The default is the plainest file that each format has.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct WriteOptions {
    /// Files that stand in for built-in page templates and styles, by file name.
    pub theme: IndexMap<String, String>,
    /// Whether a file begins with a byte-order mark where programs that open it want one: CSV, for
    /// the sake of Excel on Windows.
    pub byte_order_mark: bool,
    /// Whether a workbook is one sheet without ornament, formulas and check-ins; no other format has both.
    pub plain: bool,
    /// Whether a page shows one objective at a time, as large as the window; no other format has slides.
    pub slides: bool,
    /// The words with which a page or a workbook reads what a plan does not state; no other format reads any.
    pub lexicon: Lexicon,
    /// The day of the week on which check-ins are due; the usual one where nothing is said. Pages and workbooks ask by
    /// it whether a first check-in is owed.
    pub check_in_day: Option<Weekday>,
    /// How many check-ins in a row may be at risk before somebody has to decide; two where nothing is said. Slides ask
    /// for what is to be decided.
    pub yellows: Option<usize>,
}

impl WriteOptions {
    /// Returns schedules whose check-ins are due on the day of the week that is set.
    pub(crate) fn schedules(&self) -> Schedules {
        self.check_in_day
            .map_or_else(Schedules::default, Schedules::on)
    }
}

/// What may be chosen when a plan is read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The day for which new values speak that are filled in without one, as in a workbook.
    pub today: Option<Date>,
}

/// A plan that was read, and what is to be said about it.
#[derive(Clone, Debug)]
pub struct Imported {
    /// What was understood.
    pub plan: Plan,
    /// What was not, with places, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Format {
    /// Returns the format of that name, or the one with that ending for its files.
    ///
    /// ```
    /// use okr_render::Format;
    ///
    /// assert_eq!(Format::named("md")?.name, "markdown");
    /// assert!(Format::named("docx").is_err_and(|error| error.is_unknown_format()));
    /// # Ok::<(), okr_render::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// No format has the name; the message lists those there are.
    pub fn named(name: &str) -> Result<&'static Self, Error> {
        let lower = name.to_lowercase();
        FORMATS
            .iter()
            .find(|format| format.name == lower || format.extensions.contains(&&*lower))
            .copied()
            .ok_or_else(|| unknown(&format!("there is no format `{name}`")))
    }

    /// Returns the format that the ending of a file name stands for, in upper or lower case.
    ///
    /// # Errors
    ///
    /// The name has no ending, or none that a format has; the message lists the formats there are.
    pub fn of_file_name(file_name: &str) -> Result<&'static Self, Error> {
        let Some((_, extension)) = file_name.rsplit_once('.') else {
            return Err(unknown(&format!(
                "the file name `{file_name}` has no ending that names a format"
            )));
        };
        let extension = extension.to_lowercase();
        FORMATS
            .iter()
            .find(|format| format.extensions.contains(&&*extension))
            .copied()
            .ok_or_else(|| unknown(&format!("no format has the ending `.{extension}`")))
    }
}

fn unknown(message: &str) -> Error {
    let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
    ErrorKind::UnknownFormat(format!("{message}; there are {}", names.join(", "))).into()
}
