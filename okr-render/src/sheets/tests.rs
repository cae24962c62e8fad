//! Files that other programs wrote, files made to do harm, and files that are damaged.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::showing::show;
use super::{SheetOptions, read};
use crate::table::Value;

/// Reads a file and shows what is in it, or why it is refused.
fn reading(bytes: &[u8]) -> String {
    match read(bytes, &SheetOptions::default()) {
        Ok(workbook) => show(&workbook),
        Err(error) => format!("{error}\n"),
    }
}

#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    assert_eq!(reading(bytes), expected);
}

macro_rules! fixture {
    ($file:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/exports/", $file)).as_slice()
    };
}

macro_rules! cells {
    ($file:literal) => {
        include_str!(concat!(
            "../../../tests/fixtures/sheets/cells/",
            $file,
            ".txt"
        ))
    };
}

#[test]
fn files_of_openpyxl_are_read() {
    check(fixture!("openpyxl.xlsx"), cells!("openpyxl.xlsx"));
}

#[test]
fn files_of_xlsxwriter_are_read() {
    check(fixture!("xlsxwriter.xlsx"), cells!("xlsxwriter.xlsx"));
}

#[test]
fn files_of_odfpy_are_read() {
    check(fixture!("odfpy.ods"), cells!("odfpy.ods"));
}

#[test]
fn workbooks_that_libreoffice_wrote_are_read() {
    check(fixture!("libreoffice.xlsx"), cells!("libreoffice.xlsx"));
}

#[test]
fn spreadsheets_that_libreoffice_wrote_are_read() {
    check(fixture!("libreoffice.ods"), cells!("libreoffice.ods"));
}

#[test]
fn spreadsheets_in_a_single_xml_file_are_read() {
    check(fixture!("libreoffice.fods"), cells!("libreoffice.fods"));
}

#[test]
fn text_that_libreoffice_wrote_is_read() {
    check(
        fixture!("libreoffice-german.csv"),
        cells!("libreoffice-german.csv"),
    );
}

#[test]
fn a_hidden_sheet_is_read_when_it_is_asked_for_and_then_alone() {
    let named = |sheet: &str| SheetOptions {
        sheet: Some(sheet.to_owned()),
        ..SheetOptions::default()
    };
    for (file, name, first) in [
        (fixture!("openpyxl.xlsx"), "code", "secret"),
        (fixture!("odfpy.ods"), "Lists", "on track"),
    ] {
        let workbook = read(file, &named(name)).unwrap();
        let filled: Vec<_> = workbook
            .tables
            .iter()
            .filter(|table| !table.rows.is_empty())
            .collect();
        assert_eq!(filled.len(), 1);
        assert_eq!(filled[0].cell(0, 0).to_text(), first);
    }
    let error = read(fixture!("odfpy.ods"), &named("Sheet9")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "it has no sheet `Sheet9`; its sheets are `Plan`, `Lists`"
    );
}

const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const BOOK: &str =
    r#"<workbook><sheets><sheet name="Plan" sheetId="1" r:id="r1"/></sheets></workbook>"#;

/// Returns a ZIP file of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Returns a workbook with one sheet, whose cells are given in XML, and other parts.
fn workbook_with(cells: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    let mut parts = vec![
        ("_rels/.rels", RELATIONS),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    parts.extend(others);
    package(&parts)
}

fn workbook(cells: &str) -> Vec<u8> {
    workbook_with(cells, &[])
}

fn spreadsheet(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Plan\">{rows}\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    package(&[("mimetype", super::ods::KIND), ("content.xml", &content)])
}

#[test]
fn places_may_be_left_out_and_in_any_order() {
    check(
        &workbook("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>"),
        "# Plan\nA1: 1\nC1: 2\nA2: 3\n",
    );
    check(
        &workbook(
            r#"<row r="2"><c r="b2"><v>2</v></c><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>0</v></c></row>"#,
        ),
        "# Plan\nA1: 0\nA2: 1\nB2: 2\n",
    );
}

#[test]
fn values_of_every_kind_are_read() {
    check(
        &workbook(concat!(
            r#"<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1" t="d"><v>2026-03-31T00:00:00</v></c>"#,
            r#"<c r="C1" t="str"><f>x</f><v></v></c><c r="D1"><f>x</f><v/></c><c r="E1"><f>x</f></c>"#,
            r#"<c r="F1"><v>1e300</v></c><c r="G1"><v>0.70999999999999996</v></c><c r="H1" t="new"><v>a&lt;b&#10;&#x20ac;</v></c>"#,
            r#"<c r="I1" t="inlineStr"><is><r><t xml:space="preserve">a </t></r><rPh><t>no</t></rPh><r><t>b</t></r></is></c>"#,
            r#"<c r="J1" t="b"><v>1</v></c><c r="K1" t="inlineStr"><is><t/></is></c></row>"#
        )),
        "# Plan\nA1: error #SPILL!\nB1: 2026-03-31\nC1: nothing from a formula\n\
         D1: nothing from a formula that was not worked out\nE1: nothing from a formula that was not worked out\n\
         F1: \"1e300\"\nG1: 0.71\nH1: \"a<b\\n€\"\nI1: \"a b\"\nJ1: TRUE\n",
    );
}

/// Returns the filled cells of the first sheet.
fn fills(bytes: &[u8]) -> Vec<String> {
    let workbook = read(bytes, &SheetOptions::default()).unwrap();
    let fills = workbook.tables[0].fills.iter();
    fills
        .map(|fill| {
            let [red, green, blue] = fill.colour.0;
            let place = crate::table::address(fill.column, fill.row);
            format!("{place} {red:02x}{green:02x}{blue:02x}")
        })
        .collect()
}

#[test]
fn colours_of_cells_are_read_however_they_are_named() {
    let solid = |colour: &str| {
        format!("<fill><patternFill patternType='solid'><fgColor {colour}/></patternFill></fill>")
    };
    let plain = "<fill><patternFill patternType='none'/></fill>\
        <fill><patternFill patternType='gray125'><fgColor rgb='FF00FF00'/></patternFill></fill>";
    let named = [
        "rgb='FFFF0000'",
        "indexed='17'",
        "theme='9' tint='-0.5'",
        "rgb='FFFFFFFF'",
    ];
    let styles: String = [0, 1, 2, 3, 4, 5]
        .map(|id| format!("<xf fillId='{id}'/>"))
        .concat();
    let styles = format!(
        "<styleSheet><fills>{plain}{}</fills><cellXfs>{styles}</cellXfs>\
         <dxfs><dxf>{}</dxf></dxfs></styleSheet>",
        named.map(solid).concat(),
        solid("rgb='FF123456'"),
    );
    let theme = "<a:theme><a:clrScheme><a:lt1><a:sysClr lastClr='FFFFFF'/></a:lt1>\
        <a:accent6><a:srgbClr val='70AD48'/></a:accent6></a:clrScheme></a:theme>";
    let cells = "<row r='1'><c r='A1' s='2'/><c r='B1' s='3'><v>1</v></c><c r='C1' s='4'/>\
        <c r='D1' s='5'/><c r='E1' s='1'/><c r='F1'/></row>";
    let parts = [("xl/styles.xml", &*styles), ("xl/theme/theme1.xml", theme)];
    let found = fills(&workbook_with(cells, &parts));
    assert_eq!(found, ["A1 ff0000", "B1 008000", "C1 385624"]);
}

#[test]
fn a_style_has_the_colour_of_the_one_on_which_it_builds() {
    let style = |name: &str, parent: &str, colour: &str| {
        format!(
            "<style:style style:name='{name}' style:family='table-cell' style:parent-style-name='{parent}'>\
             <style:table-cell-properties {colour}/></style:style>"
        )
    };
    let styles = [
        style("green", "Default", "fo:background-color='#00b050'"),
        style("bold", "green", ""),
        style("clear", "green", "fo:background-color='transparent'"),
    ]
    .concat();
    let cells: String = ["green", "bold", "clear"]
        .map(|name| format!("<table:table-cell table:style-name='{name}'/>"))
        .concat();
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet><table:table table:name='Plan'>\
         <table:table-row>{cells}</table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let file = package(&[("mimetype", super::ods::KIND), ("content.xml", &content)]);
    assert_eq!(fills(&file), ["A1 00b050", "B1 00b050"]);
}

#[test]
fn a_sheet_of_colours_alone_keeps_none() {
    let fill =
        "<fill><patternFill patternType='solid'><fgColor rgb='FF00B050'/></patternFill></fill>";
    let styles = format!(
        "<styleSheet><fills>{fill}</fills><cellXfs><xf fillId='0'/></cellXfs></styleSheet>"
    );
    let cells = |count: usize| "<c s='0'/>".repeat(count);
    let rows = |count: usize| format!("<row>{}</row>", cells(100)).repeat(count);
    let parts = [("xl/styles.xml", &*styles)];
    assert_eq!(fills(&workbook_with(&rows(200), &parts)).len(), 20_000);
    assert_eq!(fills(&workbook_with(&rows(201), &parts)).len(), 0);
}

#[test]
fn what_is_not_read_is_named() {
    check(
        &workbook_with(
            "<row><c><v>1</v></c></row>",
            &[
                ("xl/vbaProject.bin", "x"),
                ("xl/externalLinks/externalLink1.xml", "x"),
                ("xl/connections.xml", "x"),
                ("xl/embeddings/oleObject1.bin", "x"),
            ],
        ),
        "# Plan\nA1: 1\nuntouched: macros, links to other workbooks, connections to data elsewhere, embedded objects\n",
    );
}

#[test]
fn cells_far_apart_are_refused_with_the_far_one() {
    let expected = "its sheet `Plan` reaches to ALL300000 while only 2 of its cells are filled; \
                    delete what stands so far out and save the file again\n";
    check(
        &workbook(
            r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="300000"><c r="ALL300000"><v>1</v></c></row>"#,
        ),
        expected,
    );
    let cell = r#"<table:table-cell office:value-type="float" office:value="1"/>"#;
    check(
        &spreadsheet(&format!(
            "<table:table-row>{cell}</table:table-row><table:table-row table:number-rows-repeated=\"299998\"/>\
             <table:table-row><table:table-cell table:number-columns-repeated=\"999\"/>{cell}</table:table-row>"
        )),
        expected,
    );
    check(
        &workbook(r#"<row r="1048577"><c r="A1048577"><v>1</v></c></row>"#),
        "its sheet `Plan` has a cell beyond 1048576 rows and 16384 columns\n",
    );
    check(
        &workbook(r#"<row r="1"><c r="ZZZZZZ99999999999"><v>1</v></c></row>"#),
        "its part `xl/worksheets/sheet1.xml` is broken: a cell of it has the place `ZZZZZZ99999999999`; \
         open the file in the program that wrote it, save it again and try once more\n",
    );
}

#[test]
fn what_is_repeated_is_bounded() {
    let words = "x".repeat(32_767);
    check(
        &spreadsheet(
            "<table:table-row table:number-rows-repeated=\"99999999999\"><table:table-cell \
             table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>",
        ),
        "its sheet `Plan` takes the file beyond 2000000 cells\n",
    );
    check(
        &spreadsheet(&format!(
            "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\">\
             <text:p>{words}</text:p></table:table-cell></table:table-row>"
        )),
        "a row of it has more than 64 MB of text\n",
    );
    let strings = format!("<sst uniqueCount=\"99999999999\"><si><t>{words}</t></si></sst>");
    check(
        &workbook_with(
            &format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(3_000)),
            &[("xl/sharedStrings.xml", &strings)],
        ),
        "its sheet `Plan` takes the file beyond 64 MB of text\n",
    );
    check(
        &spreadsheet(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a<text:s text:c=\"99999999999999\"/><text:s text:c=\"40000\"/></text:p></table:table-cell></table:table-row>",
        ),
        "its sheet `Plan` has more than 32767 characters in A1\n",
    );
}

#[test]
fn texts_that_no_cell_can_hold_are_refused() {
    let cell = |length: usize| {
        let words = "x".repeat(length);
        workbook(&format!(
            r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{words}</t></is></c></row>"#
        ))
    };
    assert!(reading(&cell(32_767)).starts_with("# Plan\nA1: \"xxx"));
    check(
        &cell(32_768),
        "its sheet `Plan` has more than 32767 characters in A1\n",
    );
    check(
        &cell(30_000_000),
        "its part `xl/worksheets/sheet1.xml` is too large: a single text or tag is longer than any cell can be; \
         if the file is what it should be, save the sheet alone as .csv\n",
    );
    let attribute = format!("<row r=\"1\" x=\"{}\"/>", "<>".repeat(1_000_000));
    assert!(reading(&workbook(&attribute)).contains("a single text or tag is longer"));
    let comment = format!("<!--{}-->", "<a>".repeat(1_000_000));
    assert!(reading(&workbook(&comment)).contains("a single text or tag is longer"));
}

#[test]
fn entities_and_deep_nesting_are_refused() {
    let laughs =
        r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><workbook><sheets/></workbook>"#;
    let sheet = package(&[
        ("_rels/.rels", RELATIONS),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS),
        ("xl/workbook.xml", laughs),
    ]);
    check(
        &sheet,
        "its part `xl/workbook.xml` is broken: it has a document type, which no spreadsheet program writes; \
         open the file in the program that wrote it, save it again and try once more\n",
    );
    check(
        &workbook("<row><c t=\"str\"><v>&bomb; &lt;</v></c></row>"),
        "# Plan\nA1: \"&bomb; <\"\n",
    );
    assert!(reading(&workbook(&"<a>".repeat(100_000))).contains("its tags are nested too deeply"));
}

#[test]
fn broken_files_are_refused_in_plain_words() {
    let whole = fixture!("openpyxl.xlsx");
    check(
        &whole[..whole.len() / 2],
        "the file is incomplete or damaged; fetch or save it again and try once more\n",
    );
    assert!(reading(&workbook("<row><c></row>")).contains("is broken: "));
    check(
        &workbook(r#"<row r="1"><c r="B1" t="s"><v>7</v></c></row>"#),
        "its part `xl/worksheets/sheet1.xml` is broken: the text of its cell B1 is missing from the file; \
         open the file in the program that wrote it, save it again and try once more\n",
    );
    check(
        &package(&[("_rels/.rels", RELATIONS), ("xl/other.xml", "")]),
        "its part `xl/workbook.xml` is broken: it is missing; open the file in the program that wrote it, \
         save it again and try once more\n",
    );
}

#[test]
fn names_of_parts_that_deceive_are_refused() {
    // The writer refuses to write a name twice, so that one is changed afterwards.
    let mut twice = workbook_with("", &[("xl/workbook.xmm", BOOK)]);
    let wrong = b"xl/workbook.xmm";
    while let Some(at) = twice
        .windows(wrong.len())
        .position(|window| window == wrong)
    {
        twice[at + wrong.len() - 1] = b'l';
    }
    assert!(reading(&twice).contains("two parts of the name `xl/workbook.xml`"));
    assert!(
        reading(&workbook_with("", &[("../evil.xml", "")]))
            .contains("a part of the name `../evil.xml`")
    );
}

#[test]
fn other_zip_files_are_told_apart() {
    for (part, words) in [
        ("word/document.xml", "it is a Word document"),
        ("xl/workbook.bin", "it is a binary Excel workbook"),
        ("Index/Document.iwa", "it is a spreadsheet of Apple Numbers"),
        ("photo.jpg", "it is a ZIP file without a spreadsheet in it"),
    ] {
        let said = reading(&package(&[(part, "")]));
        assert!(said.starts_with(words), "{said}");
    }
    let text = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "<a/>"),
    ]);
    assert!(reading(&text).starts_with("it is a document of LibreOffice and no spreadsheet"));
    let locked = package(&[
        ("mimetype", super::ods::KIND),
        ("META-INF/manifest.xml", "<manifest:encryption-data/>"),
        ("content.xml", "\u{1}"),
    ]);
    assert!(reading(&locked).starts_with("it is protected with a password"));
}

/// Another reader, by other people, sees the same values; it has no limits, so that it is for tests alone.
#[test]
fn another_reader_sees_the_same_values() {
    use calamine::{DataRef, Reader as _, Xlsx};

    for bytes in [
        fixture!("openpyxl.xlsx"),
        fixture!("xlsxwriter.xlsx"),
        fixture!("libreoffice.xlsx"),
        include_bytes!(concat!(
            "../../../tests/fixtures/",
            "sheets/samples/handmade/ar-q1-merged.xlsx"
        )),
        include_bytes!(concat!(
            "../../../tests/fixtures/",
            "sheets/samples/handmade/disputes-wide-1904.xlsx"
        )),
    ] {
        let mut other: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let mut count = 0;
        for table in read(bytes, &SheetOptions::default()).unwrap().tables {
            if table.rows.is_empty() {
                continue;
            }
            let mut cells = other.worksheet_cells_reader(&table.name).unwrap();
            while let Some(theirs) = cells.next_cell().unwrap() {
                let (row, column) = theirs.get_position();
                let ours = table.cell(row as usize, column as usize);
                let is_same = match (theirs.get_value(), &ours.value) {
                    (DataRef::Empty, Value::Empty) => true,
                    (DataRef::String(words), value) => *words == value.to_string(),
                    (DataRef::SharedString(words), value) => **words == value.to_string(),
                    (DataRef::Bool(truth), Value::Bool(ours)) => truth == ours,
                    (DataRef::Error(error), Value::Error(ours)) => *error.to_string() == **ours,
                    (DataRef::Float(float), Value::Number(number)) => {
                        float.to_string() == number.to_string()
                    }
                    (DataRef::Float(float), Value::Text(words)) => words.parse() == Ok(*float),
                    (DataRef::DateTime(time), Value::Date(day)) => {
                        let (year, month, number, ..) = time.to_ymd_hms_milli();
                        (i32::from(year), i32::from(month), i32::from(number))
                            == (
                                i32::from(day.year()),
                                i32::from(day.month()),
                                i32::from(day.day()),
                            )
                    }
                    (DataRef::DateTime(time), Value::Number(number)) => {
                        time.as_f64().to_string() == number.to_string()
                    }
                    _ => false,
                };
                assert!(is_same, "{row} {column}: {theirs:?} {ours:?}");
                count += 1;
            }
        }
        assert!(count > 10);
    }
}

/// Files whose damaged copies are tried.
const SEEDS: [&[u8]; 5] = [
    fixture!("openpyxl.xlsx"),
    fixture!("xlsxwriter.xlsx"),
    fixture!("odfpy.ods"),
    fixture!("libreoffice.fods"),
    fixture!("libreoffice-german.csv"),
];

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        reading(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(sep=.)?[a-c,;|\t\"'=\n\r\u{0}é€]{0,200}") {
        reading(text.as_bytes());
    }

    #[test]
    fn damaged_files_are_read_or_refused(
        seed in 0..SEEDS.len(),
        end in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
    ) {
        let mut bytes = SEEDS[seed].to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(end.index(bytes.len()));
        }
        reading(&bytes);
    }

    /// The parts are damaged before they are packed, so that the damage reaches the XML.
    #[test]
    fn damaged_sheets_are_read_or_refused(
        at in any::<prop::sample::Index>(),
        what in prop::sample::select(vec!["", "<", ">", "\"", "/", "&", "9", "99999999999999999999", "</c>", "<row>", "<c r=\"A1\">", "-", "t=\"s\" ", "<mergeCell ref=\"C5:A1\"/>", "<col hidden=\"1\" min=\"9\" max=\"1\"/>"]),
        length in 0..6_usize,
    ) {
        let mut cells = r#"<row r="1" hidden="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"><f>A1</f><v>1.5</v></c></row><mergeCell ref="A1:B2"/>"#.to_owned();
        let start = at.index(cells.len());
        cells.replace_range(start..(start + length).min(cells.len()), what);
        reading(&workbook(&cells));
        let mut rows = r#"<table:table-column table:number-columns-repeated="3"/><table:table-row table:number-rows-repeated="2" table:visibility="filter"><table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>a<text:s text:c="3"/></text:p></table:table-cell><table:covered-table-cell/></table:table-row>"#.to_owned();
        let start = at.index(rows.len());
        rows.replace_range(start..(start + length).min(rows.len()), what);
        reading(&spreadsheet(&rows));
    }
}
