//! Tables of many plans as CSV.

use std::borrow::Cow;
use std::io::Write;

use crate::error::{Error, ErrorKind};
use crate::formats::listing::{Field, Listing};
use crate::sheets::guard::guard;

/// Writes a table in UTF-8; no cell of it is a formula to a spreadsheet.
///
/// # Errors
///
/// `out` takes no more.
pub(crate) fn write(listing: Listing<'_>, mut out: impl Write) -> Result<(), Error> {
    let failed = |error: csv::Error| ErrorKind::Write(error.to_string());
    let refused = |error: std::io::Error| ErrorKind::Write(error.to_string());
    // Programs that open the file take it for Latin-1 without this mark.
    out.write_all(b"\xef\xbb\xbf").map_err(refused)?;
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
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
    writer.flush().map_err(refused)?;
    Ok(())
}
