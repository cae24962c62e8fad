//! Which parts a workbook has, and which sheets.

use std::io::Read;

use quick_xml::events::Event;

use super::serial::Epoch;
use super::xml::{attribute, broken, is_true, name};
use super::{MAX_SMALL_PART, Package, Visibility};
use crate::error::{Error, ErrorKind};
use crate::sheets::xml::Xml;

/// Sheets in a workbook.
const MAX_SHEETS: usize = 1_000;

/// Parts to which one part points.
const MAX_RELATIONS: usize = 20_000;

/// The description of a workbook.
pub(super) struct Book {
    pub(super) sheets: Vec<Sheet>,
    pub(super) epoch: Epoch,
    /// The part with the texts that cells share.
    pub(super) strings: String,
    /// The part with the number formats.
    pub(super) styles: String,
    /// The part with the colours that styles name by number.
    pub(super) theme: String,
}

/// A sheet, and where it is.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) visibility: Visibility,
    pub(super) part: String,
}

/// How one part points to another.
struct Relation {
    id: String,
    /// The last word of what it is: `worksheet`, `styles`.
    kind: String,
    /// The name of the other part.
    target: String,
}

/// Reads what a workbook holds; sheets that are charts or dialogs are left out.
pub(super) fn book(package: &mut Package<'_>) -> Result<Book, Error> {
    let part = relations(package, "")?
        .into_iter()
        .find(|relation| relation.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let relations = relations(package, &part)?;
    let by_kind = |kind: &str, usual: &str| {
        relations
            .iter()
            .find(|relation| relation.kind == kind)
            .map_or_else(|| usual.to_owned(), |relation| relation.target.clone())
    };
    let mut book = Book {
        sheets: Vec::new(),
        epoch: Epoch::From1900,
        strings: by_kind("sharedStrings", "xl/sharedStrings.xml"),
        styles: by_kind("styles", "xl/styles.xml"),
        theme: by_kind("theme", "xl/theme/theme1.xml"),
    };
    let Some(mut xml) = package.xml(&part, MAX_SMALL_PART)? else {
        return Err(broken(&part, "it is missing"));
    };
    read_book(&mut xml, &part, &relations, &mut book)?;
    if book.sheets.is_empty() {
        let message = "it has no sheet with cells in it";
        return Err(ErrorKind::Unreadable(message.to_owned()).into());
    }
    Ok(book)
}

fn read_book<R: Read>(
    xml: &mut Xml<'_, R>,
    part: &str,
    relations: &[Relation],
    book: &mut Book,
) -> Result<(), Error> {
    loop {
        let event = xml.next()?;
        let element = match &event {
            Event::Start(element) => element,
            Event::Eof => return Ok(()),
            _ => continue,
        };
        match name(element) {
            // An extension has an element of the same name without the attribute.
            "workbookPr" if is_true(element, "date1904") => book.epoch = Epoch::From1904,
            "sheet" => {
                let id = relation_id(element);
                let relation = relations.iter().find(|relation| relation.id == id);
                let Some(relation) = relation else {
                    return Err(broken(part, "it names a sheet that is not there"));
                };
                if relation.kind != "worksheet" {
                    continue;
                }
                book.sheets.push(Sheet {
                    name: attribute(element, "name").unwrap_or_default(),
                    visibility: match attribute(element, "state").as_deref() {
                        Some("hidden") => Visibility::Hidden,
                        Some("veryHidden") => Visibility::VeryHidden,
                        _ => Visibility::Visible,
                    },
                    part: relation.target.clone(),
                });
                if book.sheets.len() > MAX_SHEETS {
                    let message = format!("it has more than {MAX_SHEETS} sheets");
                    return Err(ErrorKind::TooLarge(message).into());
                }
            }
            _ => {}
        }
    }
}

/// Returns the attribute `r:id`, which stands beside `sheetId`.
fn relation_id(element: &quick_xml::events::BytesStart<'_>) -> String {
    attribute(element, "id").unwrap_or_default()
}

/// Reads how a part points to others; the empty name stands for the file.
fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, Error> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let list = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    let mut relations = Vec::new();
    let Some(mut xml) = package.xml(&list, MAX_SMALL_PART)? else {
        return Ok(relations);
    };
    loop {
        match xml.next()? {
            Event::Start(element) if name(&element) == "Relationship" => {
                let kind = attribute(&element, "Type").unwrap_or_default();
                let target = attribute(&element, "Target").unwrap_or_default();
                relations.push(Relation {
                    id: attribute(&element, "Id").unwrap_or_default(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolve(folder, &target),
                });
                if relations.len() > MAX_RELATIONS {
                    let message =
                        format!("its part `{list}` names more than {MAX_RELATIONS} others");
                    return Err(ErrorKind::TooLarge(message).into());
                }
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// Returns the name of the part to which `target` points from a folder; it cannot lead out of the file.
fn resolve(folder: &str, target: &str) -> String {
    let (start, target) = match target.strip_prefix('/') {
        Some(target) => ("", target),
        None => (folder, target),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in start.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_parts_of_the_file() {
        assert_eq!(
            resolve("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl/a", "../b.xml"), "xl/b.xml");
        assert_eq!(resolve("", "../../etc/passwd"), "etc/passwd");
    }
}
