//! From a plan to a table.

use okr_core::model::Plan;

use crate::dialects::tidy;
use crate::error::{Error, ErrorKind};
use crate::format::WriteOptions;
use crate::sheets::guard::guard;
use crate::table::Value;

/// Writes the table as CSV: UTF-8, commas, CRLF, quotes where they are needed.
pub(crate) fn plan(plan: &Plan, options: &WriteOptions) -> Result<Vec<u8>, Error> {
    let mark: &[u8] = if options.byte_order_mark {
        "\u{feff}".as_bytes()
    } else {
        &[]
    };
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(mark.to_vec());
    let failed = |error: &dyn std::fmt::Display| {
        ErrorKind::Write(format!("it cannot be written as CSV: {error}"))
    };
    for row in tidy::write(plan).rows {
        let cells = row.iter().map(|cell| match &cell.value {
            Value::Text(words) => guard(words).into_owned(),
            other => other.to_string(),
        });
        writer.write_record(cells).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error).into())
}
