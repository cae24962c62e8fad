//! Tables of many plans as CSV.

use std::borrow::Cow;

use crate::error::{Error, ErrorKind};
use crate::formats::listing::{Field, Listing};
use crate::sheets::guard::guard;

/// Returns a table as bytes in UTF-8; no cell of it is a formula to a spreadsheet.
pub(crate) fn write(listing: Listing<'_>) -> Result<Vec<u8>, Error> {
    let failed = |error: csv::Error| ErrorKind::Write(error.to_string());
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        // Programs that open the file take it for Latin-1 without this mark.
        .from_writer(Vec::from(*b"\xef\xbb\xbf"));
    let headings = listing.columns.iter().map(|column| column.heading);
    writer.write_record(headings).map_err(failed)?;
    for row in listing.rows {
        for field in row {
            let words: Cow<'_, str> = match field {
                Field::Nothing => Cow::Borrowed(""),
                Field::Words(words) => match guard(&words) {
                    Cow::Owned(guarded) => Cow::Owned(guarded),
                    Cow::Borrowed(_) => words,
                },
                Field::Count(count) => Cow::Owned(count.to_string()),
                Field::Percent(percent) => Cow::Owned(format!("{}%", percent.normalize())),
                Field::Day(day) => Cow::Owned(day.to_string()),
            };
            writer.write_field(words.as_bytes()).map_err(failed)?;
        }
        writer.write_record(None::<&[u8]>).map_err(failed)?;
    }
    writer
        .into_inner()
        .map_err(|error| ErrorKind::Write(error.to_string()).into())
}
