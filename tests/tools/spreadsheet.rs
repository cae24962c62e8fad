//! Tables, as LibreOffice takes them and gives them back.
#![expect(
    clippy::disallowed_methods,
    reason = "tables are files in a temporary folder"
)]

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Failed;

use crate::fods::{self, Cell};
use crate::libreoffice;
use crate::records;
use crate::sample::{SAMPLES, convert};
use crate::tool::Tool;
use crate::{Check, no_faults, scratch};

const SHEET: &[Tool] = &[Tool::LibreOffice];

/// How a table is read: comma, quote, UTF-8, from the first line, no column formats, American
/// English, quoted cells not all text, and only plain numbers and ISO dates taken for such.
pub(crate) const READ: &str = "CSV:44,34,76,1,,1033,false,false";

/// The same, for who ticks "detect special numbers", as Excel does for everyone.
pub(crate) const READ_EAGERLY: &str = "CSV:44,34,76,1,,1033,false,true";

/// How a table is written: comma, quote, UTF-8, only what needs quotes in quotes, as shown.
const WRITE: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false";

/// The same with semicolons, as in countries where the comma is in numbers.
const WRITE_SEMICOLONS: &str = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false";

/// Returns the checks of the tables of all plans; the spreadsheet takes them in one go.
pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("spreadsheet::cells_are_the_same", SHEET, || {
            cells_are_the_same(READ)
        }),
        Check::new("spreadsheet::cells_are_the_same_eagerly", SHEET, || {
            cells_are_the_same(READ_EAGERLY)
        }),
        Check::new("spreadsheet::sees_faults", SHEET, sees_faults),
        Check::new("spreadsheet::texts_like_numbers_are_known", SHEET, || {
            texts_like_numbers(READ, &["+1", "007", "1.10", "1e5"])
        }),
        Check::new(
            "spreadsheet::texts_like_numbers_are_known_eagerly",
            SHEET,
            || {
                texts_like_numbers(
                    READ_EAGERLY,
                    &["-5%", "+1", "007", "1.10", "1/2", "1e5", "12:30"],
                )
            },
        ),
        Check::new("spreadsheet::saved_again", SHEET, || {
            plans_come_back("", &[(READ, WRITE)], ',')
        }),
        Check::new("spreadsheet::by_way_of_a_workbook", SHEET, || {
            plans_come_back("", &[(READ, "xlsx"), ("", WRITE)], ',')
        }),
        Check::new("spreadsheet::saved_again_in_german", SHEET, || {
            plans_come_back("de-DE", &[(READ, WRITE_SEMICOLONS)], ';')
        }),
    ]
}

/// Every cell is what okr wrote: the same text, the same number, the same day, and no formula.
fn cells_are_the_same(read: &str) -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    let mut faults = Vec::new();
    for sample in SAMPLES {
        sample.render(folder, "csv")?;
        let bytes = fs::read(folder.join(format!("{}.csv", sample.name)))?;
        if !bytes.starts_with(b"\xef\xbb\xbf") {
            faults.push(format!("{}: has no byte-order mark", sample.name));
        }
    }
    office(folder, "", read, "fods", "csv", "sheets")?;
    for sample in SAMPLES {
        let ours = fs::read_to_string(folder.join(format!("{}.csv", sample.name)))?;
        let ours = records::read(&ours, ',');
        let sheet = fs::read_to_string(folder.join(format!("sheets/{}.fods", sample.name)))?;
        let theirs = fods::read(&sheet);
        faults.extend(
            differences(&ours, &theirs)
                .into_iter()
                .map(|difference| format!("{}: {difference}", sample.name)),
        );
    }
    no_faults(&faults)
}

fn differences(ours: &[Vec<String>], theirs: &[Vec<Cell>]) -> Vec<String> {
    let mut found = Vec::new();
    if ours.len() != theirs.len() {
        found.push(format!("{} rows became {}", ours.len(), theirs.len()));
    }
    let headings = ours.first().map(Vec::as_slice).unwrap_or_default();
    for (number, (ours, theirs)) in (1..).zip(ours.iter().zip(theirs)) {
        if theirs.len() > ours.len() {
            found.push(format!("row {number} became {} cells", theirs.len()));
        }
        for (at, ours) in ours.iter().enumerate() {
            let cell = theirs.get(at).cloned().unwrap_or_default();
            let heading = headings.get(at).map(String::as_str).unwrap_or_default();
            if !is_same(heading, ours, &cell) {
                found.push(format!(
                    "row {number}, {heading}: {} became {cell:?}",
                    short(ours)
                ));
            }
        }
    }
    found
}

fn is_same(heading: &str, ours: &str, cell: &Cell) -> bool {
    if cell.is_formula {
        return false;
    }
    match cell.kind.as_str() {
        "float" if ["Start", "Target", "Current"].contains(&heading) => {
            ours.parse::<f64>().ok() == cell.value.parse().ok()
        }
        "date" => cell.value == ours,
        // A field such as `Commit: 80%` is the same percentage, with decimals that nobody asked for.
        "percentage" if ["Commit", "Stretch"].contains(&heading) => {
            let share = cell.value.parse::<f64>().map(|share| share * 100.0);
            let percent = ours.strip_suffix('%').unwrap_or("").parse::<f64>();
            matches!((share, percent), (Ok(share), Ok(percent)) if (share - percent).abs() < 1e-9)
        }
        // Whatever it took the text for, the text is still there, to be seen and to be saved.
        _ => cell.text == ours,
    }
}

/// What okr guards against does happen, and would be seen.
fn sees_faults() -> Result<(), Failed> {
    let table = "Type,Title\r\nObjective,=1+2\r\nObjective,\"=1+2\"\r\nObjective,007\r\n";
    let folder = scratch()?;
    fs::write(folder.path().join("bad.csv"), table)?;
    let found = changed(folder.path(), "bad", READ)?;
    match found.len() {
        3 => Ok(()),
        _ => Err(format!("three cells change, and this was seen: {found:#?}").into()),
    }
}

/// A text that is written like a number is one to a spreadsheet, and nothing in a table can say
/// that it is not: this is the whole list of what is changed then, and no more is.
fn texts_like_numbers(read: &str, changed_texts: &[&str]) -> Result<(), Failed> {
    const TEXTS: &[&str] = &[
        "-5%", "+1", "007", "1.10", "1/2", "1-2", "1e5", "12:30", "2026", "2026-11", "2026-Q4",
        "#REF!", "TRUE", "1,5", "1 000",
    ];
    let folder = scratch()?;
    let initiatives: Vec<_> = TEXTS.iter().map(|text| format!("- [ ] {text}")).collect();
    let plan = format!("## Objective: Numbers\n\n{}\n", initiatives.join("\n"));
    fs::write(folder.path().join("texts.md"), plan)?;
    convert(folder.path(), "texts.md", "texts.csv")?;
    let found = changed(folder.path(), "texts", read)?;
    let is_told = |text: &&&str| {
        found
            .iter()
            .any(|line| line.contains(&format!("{text:?} became")))
    };
    let told: Vec<_> = TEXTS.iter().filter(is_told).copied().collect();
    if told == changed_texts && found.len() == told.len() {
        Ok(())
    } else {
        Err(format!("expected changes of {changed_texts:?}, found {found:#?}").into())
    }
}

/// Returns what the spreadsheet takes for something else in the table `name`.
fn changed(folder: &Path, name: &str, read: &str) -> Result<Vec<String>, Failed> {
    office(folder, "", read, "fods", "csv", "sheets")?;
    let ours = fs::read_to_string(folder.join(format!("{name}.csv")))?;
    let theirs = fs::read_to_string(folder.join(format!("sheets/{name}.fods")))?;
    Ok(differences(
        &records::read(&ours, ','),
        &fods::read(&theirs),
    ))
}

/// The plan is the same, whether it is read from okr's own table or from what became of it.
///
/// A step is how the spreadsheet reads and what it writes then.
fn plans_come_back(locale: &str, steps: &[(&str, &str)], delimiter: char) -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    for sample in SAMPLES {
        sample.render(folder, "csv")?;
    }
    let mut from = folder.to_owned();
    let mut extension = "csv";
    for (read, write) in steps {
        office(&from, locale, read, write, extension, "next")?;
        from.push("next");
        extension = write.split(':').next().unwrap_or(write);
    }
    let mut faults = Vec::new();
    for sample in SAMPLES {
        let name = sample.name;
        let table = from.join(format!("{name}.csv"));
        let rows = records::read(&fs::read_to_string(&table)?, delimiter);
        if rows.first().is_none_or(|headings| headings.len() < 10) {
            faults.push(format!("{name}: is not parted by {delimiter:?}"));
        }
        let (ours, theirs) = (format!("{name}.ours.md"), format!("{name}.theirs.md"));
        let said = convert(folder, &format!("{name}.csv"), &ours)?.stderr;
        let said_then = convert(folder, &table.display().to_string(), &theirs)?.stderr;
        let ours = fs::read_to_string(folder.join(ours))?;
        let theirs = fs::read_to_string(folder.join(theirs))?;
        if ours != theirs {
            let lines = first_difference(&ours, &theirs);
            faults.push(format!("{name}: {lines}\nfirst: {said}then: {said_then}"));
        }
    }
    no_faults(&faults)
}

pub(crate) fn first_difference(ours: &str, theirs: &str) -> String {
    let (mut ours, mut theirs) = (ours.lines(), theirs.lines());
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return "other line ends".to_owned(),
            (ours, theirs) if ours == theirs => {}
            (ours, theirs) => {
                let [ours, theirs] =
                    [ours, theirs].map(|line| line.map_or("nothing".to_owned(), short));
                return format!("{ours} became {theirs}");
            }
        }
    }
}

/// Has the spreadsheet read every file of that extension in `folder` and write it below `target`.
pub(crate) fn office(
    folder: &Path,
    locale: &str,
    read: &str,
    write: &str,
    extension: &str,
    target: &str,
) -> Result<(), Failed> {
    // A profile of its own keeps the trials apart, and away from what a person has set up.
    let profile = scratch()?;
    if !locale.is_empty() {
        let user = profile.path().join("user");
        fs::create_dir(&user)?;
        fs::write(user.join("registrymodifications.xcu"), settings(locale))?;
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    let mut arguments = Vec::new();
    if !read.is_empty() {
        arguments.push(format!("--infilter={read}"));
    }
    arguments.extend(["--convert-to", write, "--outdir", target].map(str::to_owned));
    arguments.extend(files.iter().map(|file| file.display().to_string()));
    let end = write.split(':').next().unwrap_or(write);
    let written: Vec<PathBuf> = files
        .iter()
        .filter_map(|file| Some(Path::new(target).join(file.with_extension(end).file_name()?)))
        .collect();
    libreoffice::run(profile.path(), folder, &arguments, &written)
}

/// Returns settings in which numbers and dates look as they do in that country.
fn settings(locale: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
</oor:items>
"#
    )
}

fn short(text: &str) -> String {
    let start: String = text.chars().take(80).collect();
    format!("{start:?}")
}
