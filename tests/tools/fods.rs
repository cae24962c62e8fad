//! Reads the cells of LibreOffice's flat XML, which says what each cell is and not only how it looks.

/// A cell as the spreadsheet understood it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// `string`, `float`, `date`, `percentage`, `boolean`, …; nothing in an empty cell.
    pub(crate) kind: String,
    /// The value of what is not text.
    pub(crate) value: String,
    /// What the cell shows.
    pub(crate) text: String,
    /// Whether the cell is worked out from something.
    pub(crate) is_formula: bool,
}

/// Returns the rows of each sheet by its name, as [`read`] does those of the only one.
pub(crate) fn sheets(xml: &str) -> Vec<(String, Vec<Vec<Cell>>)> {
    let starts: Vec<usize> = xml
        .match_indices("<table:table ")
        .map(|(at, _)| at)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([xml.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let sheet = &xml[*start..end];
            let tag = sheet.split('>').next().unwrap_or_default();
            (
                attribute(tag, "table:name").unwrap_or_default(),
                read(sheet),
            )
        })
        .collect()
}

/// Returns the rows of the only sheet, without the empty cells and rows behind what is filled.
pub(crate) fn read(xml: &str) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut row: Vec<Cell> = Vec::new();
    let mut cell = Cell::default();
    let mut repeated = 1;
    let mut paragraphs = 0;
    let mut is_text = false;
    // Everything before the table is styles.
    let start = xml.find("<table:table ").unwrap_or(xml.len());
    for part in xml[start..].split_inclusive('>') {
        let (text, tag) = part.split_once('<').unwrap_or((part, ""));
        if is_text {
            cell.text.push_str(&unescaped(text));
        }
        let tag = tag.trim_end_matches('>');
        let is_closed = tag.ends_with('/');
        let name = tag.split([' ', '/', '\n']).next().unwrap_or_default();
        match name {
            "table:table-row" => row.clear(),
            "table:table-cell" | "table:covered-table-cell" => {
                paragraphs = 0;
                repeated = attribute(tag, "table:number-columns-repeated")
                    .and_then(|count| count.parse().ok())
                    .unwrap_or(1);
                cell = Cell {
                    kind: attribute(tag, "office:value-type").unwrap_or_default(),
                    value: ["office:value", "office:date-value", "office:boolean-value"]
                        .iter()
                        .find_map(|name| attribute(tag, name))
                        .unwrap_or_default(),
                    text: String::new(),
                    is_formula: attribute(tag, "table:formula").is_some(),
                };
                if is_closed {
                    push(&mut row, &mut cell, repeated);
                }
            }
            "text:p" => {
                if paragraphs > 0 {
                    cell.text.push('\n');
                }
                paragraphs += 1;
                is_text = !is_closed;
            }
            "text:s" => {
                let count = attribute(tag, "text:c").and_then(|count| count.parse().ok());
                cell.text.push_str(&" ".repeat(count.unwrap_or(1)));
            }
            "text:tab" => cell.text.push('\t'),
            "text:line-break" => cell.text.push('\n'),
            // A closing tag has no name before its stroke.
            "" if tag == "/text:p" => is_text = false,
            "" if tag == "/table:table-cell" => push(&mut row, &mut cell, repeated),
            "" if tag == "/table:table-row" => {
                while row.last() == Some(&Cell::default()) {
                    row.pop();
                }
                rows.push(row.clone());
            }
            _ => {}
        }
    }
    while rows.last().is_some_and(Vec::is_empty) {
        rows.pop();
    }
    rows
}

/// Adds a cell as often as it stands there; what is empty to the end of the sheet is cut.
fn push(row: &mut Vec<Cell>, cell: &mut Cell, repeated: usize) {
    const WIDEST: usize = 1_000;
    let cell = std::mem::take(cell);
    row.extend(std::iter::repeat_n(cell, repeated.min(WIDEST)));
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[start..];
    Some(unescaped(&value[..value.find('"')?]))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}
