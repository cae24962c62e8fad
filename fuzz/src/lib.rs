//! What each fuzz target does with bytes; whatever they are, nothing may panic.
//!
//! The readers of workbooks get the XML of a sheet, which is packed here: bytes that are damaged after
//! packing hardly ever get past the check sums.

use std::io::Write as _;

use jiff::civil::{Date, date};
use okr_core::ledger::{LEDGER_MEASURES, Terms, Window};
use okr_core::progress::{Overview, Schedules};
use okr_core::source::Source;
use okr_render::evidence::{self, AsOf};
use okr_render::ledger::{LedgerOptions, measure as measure_of};

/// The day that counts as today.
const TODAY: Date = Date::constant(2026, 11, 22);

/// A target: its name, which is that of its corpus too, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 8] = [
    ("csv", csv),
    ("evidence", evidence),
    ("import", import),
    ("ledger", ledger),
    ("ods", ods),
    ("plan", plan),
    ("sheets", sheets),
    ("xlsx", xlsx),
];

/// Reads a plan from our own table.
pub fn csv(bytes: &[u8]) {
    if let Ok(format) = okr_render::Format::named("csv") {
        let _ = (format.read)(bytes, &okr_render::ReadOptions::default());
    }
}

/// Makes a plan of any file, and a text of the plan that must mean the same.
pub fn import(bytes: &[u8]) {
    let options = okr_render::import::ImportOptions::new(TODAY);
    if let Ok(import) = okr_render::import::read(bytes, &options) {
        for plan in [import.plan(TODAY).0, import.draft.plan(TODAY).0] {
            let again = okr_core::parse(okr_core::print(&plan)).plan;
            assert!(
                again == plan,
                "the text of the plan says something else:\n{again:#?}\n{plan:#?}"
            );
        }
    }
}

/// Reads a source, which is the first line of `bytes`, out of the file that is the rest of them.
pub fn evidence(bytes: &[u8]) {
    let end = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(bytes.len());
    let (line, rest) = bytes.split_at(end);
    let source = Source::parse(&String::from_utf8_lossy(line));
    if let Some(Source::Table {
        sheet, take, dated, ..
    }) = source
    {
        let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        for is_past in [false, true] {
            let as_of = AsOf {
                day: TODAY,
                is_past,
            };
            let _ = evidence::evidence(rest, sheet.as_deref(), &take, dated.as_ref(), as_of);
        }
    }
}

/// Computes every measure from a file of invoices, which is its own file of payments, too.
pub fn ledger(bytes: &[u8]) {
    let Some(window) = Window::new(date(2026, 10, 1), date(2026, 12, 31)) else {
        return;
    };
    let file = bytes.to_vec();
    for measure in LEDGER_MEASURES {
        let options = LedgerOptions {
            measure,
            terms: Terms {
                window,
                working_days: bytes.len() % 2 == 0,
            },
            maps: Vec::new(),
            dates: None,
            decimals: None,
            currency: None,
            payment_days: Some(30),
            sheet: None,
            most_faults: 3,
        };
        let _ = measure_of(&file, None, &options);
        let _ = measure_of(&file, Some(&file), &options);
    }
}

/// Reads a plan, judges it, says where it stands on some days, grades it and carries it over.
pub fn plan(bytes: &[u8]) {
    let parsed = okr_core::parse(String::from_utf8_lossy(bytes).into_owned());
    let plan = &parsed.plan;
    let printed = okr_core::print(plan);
    let again = okr_core::parse(&*printed).plan;
    assert_eq!(
        okr_core::print(&again),
        printed,
        "printing it twice gives two texts"
    );
    let settings = okr_core::audit::Settings::default();
    for day in [
        date(2026, 10, 1),
        TODAY,
        date(2026, 12, 31),
        date(9999, 12, 31),
    ] {
        let overview = Overview::new(plan, day, &Schedules::default());
        for it in overview.key_results() {
            let is_met = it.standing.is_met == Some(true);
            let is_below = it
                .percent_shown()
                .is_none_or(|percent| percent < 100.into());
            assert!(is_met || is_below, "100 % is shown of what is not met");
        }
        let _ = okr_core::audit::audit(plan, &settings, Some(day));
    }
}

/// Reads a file of tables of any kind.
pub fn sheets(bytes: &[u8]) {
    let _ = okr_render::fuzzing::read_sheets(bytes);
}

/// Reads a workbook of Excel whose sheet is `bytes`.
pub fn xlsx(bytes: &[u8]) {
    const RELATIONS: &[u8] =
        br#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const BOOK_RELATIONS: &[u8] =
        br#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="sheet.xml"/></Relationships>"#;
    const BOOK: &[u8] = br#"<workbook><sheets><sheet name="Plan" r:id="r1"/></sheets></workbook>"#;
    const STRINGS: &[u8] =
        br#"<sst><si><t>Objective</t></si><si><r><t>Key</t></r><r><t> result</t></r></si></sst>"#;
    const STYLES: &[u8] = br#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0 &quot;days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
    sheets(&stored(&[
        ("_rels/.rels", RELATIONS),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/styles.xml", STYLES),
        ("xl/sheet.xml", bytes),
    ]));
}

/// Reads a spreadsheet of LibreOffice whose content is `bytes`.
pub fn ods(bytes: &[u8]) {
    sheets(&stored(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", bytes),
    ]));
}

/// Returns a ZIP file that holds parts as they are, without packing them.
fn stored(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        if zip.start_file(*name, options).is_err() || zip.write_all(bytes).is_err() {
            return Vec::new();
        }
    }
    zip.finish()
        .map_or_else(|_| Vec::new(), std::io::Cursor::into_inner)
}
