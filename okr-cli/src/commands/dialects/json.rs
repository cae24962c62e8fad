//! The JSON of `okr dialects --json` (`okr-dialects/1`) and `okr dialects NAME --json`
//! (`okr-dialect/1`); `docs/dialects.schema.json` documents both.
//!
//! Keys are only ever added; a change of one that is there counts the number in the schema up.

use okr_render::{DIALECTS, Dialect};
use serde::Serialize;

#[derive(Serialize)]
struct List {
    schema: &'static str,
    dialects: Vec<DialectView>,
}

#[derive(Serialize)]
struct Whole {
    schema: &'static str,
    #[serde(flatten)]
    dialect: DialectView,
    docs: &'static str,
}

#[derive(Serialize)]
struct DialectView {
    name: &'static str,
    title: &'static str,
    written: bool,
    read: bool,
    known: &'static str,
    source: &'static str,
    not_carried: Vec<&'static str>,
    columns: Vec<ColumnView>,
}

#[derive(Serialize)]
struct ColumnView {
    heading: &'static str,
    required: bool,
}

impl DialectView {
    fn new(dialect: &'static Dialect) -> Self {
        let columns = dialect
            .columns()
            .map(|(heading, required)| ColumnView { heading, required });
        Self {
            name: dialect.name,
            title: dialect.title,
            written: dialect.is_written(),
            read: dialect.is_read(),
            known: dialect.known,
            source: dialect.source,
            not_carried: dialect.not_carried().collect(),
            columns: columns.collect(),
        }
    }
}

pub(super) fn list() -> anyhow::Result<String> {
    print(&List {
        schema: "okr-dialects/1",
        dialects: DIALECTS
            .iter()
            .map(|dialect| DialectView::new(dialect))
            .collect(),
    })
}

pub(super) fn dialect(dialect: &'static Dialect) -> anyhow::Result<String> {
    print(&Whole {
        schema: "okr-dialect/1",
        dialect: DialectView::new(dialect),
        docs: dialect.docs,
    })
}

fn print(value: &impl Serialize) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
