//! What each fuzz target does with bytes; whatever they are, nothing may panic.
//!
//! The readers of workbooks get the XML of a sheet, which is packed here: bytes that are damaged after
//! packing hardly ever get past the check sums.

use std::io::Write as _;

/// A target: its name, which is that of its corpus too, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 5] = [
    ("csv", csv),
    ("import", import),
    ("ods", ods),
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
    let today = jiff::civil::date(2026, 11, 22);
    let options = okr_render::import::ImportOptions::new(today);
    if let Ok(import) = okr_render::import::read(bytes, &options) {
        for plan in [import.plan(today).0, import.draft.plan(today).0] {
            let again = okr_core::parse(okr_core::print(&plan)).plan;
            assert!(again == plan, "the text of the plan says something else:\n{again:#?}\n{plan:#?}");
        }
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
    const STRINGS: &[u8] = br#"<sst><si><t>Objective</t></si><si><r><t>Key</t></r><r><t> result</t></r></si></sst>"#;
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
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", bytes),
    ]));
}

/// Returns a ZIP file that holds parts as they are, without packing them.
fn stored(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        if zip.start_file(*name, options).is_err() || zip.write_all(bytes).is_err() {
            return Vec::new();
        }
    }
    zip.finish().map_or_else(|_| Vec::new(), std::io::Cursor::into_inner)
}
