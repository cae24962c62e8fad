//! Tables in files of text: which encoding, which delimiter, then rows and cells.
//!
//! A spreadsheet program that saves "CSV" chooses both by the region of its user and writes neither
//! down, so that both are found out here, and what was found is told.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{SheetOptions, records};
use crate::error::{Error, ErrorKind};
use crate::table::{Guess, Table, Workbook};

/// The delimiters that are looked for, the most common first, with their names.
const DELIMITERS: [(char, &str); 4] = [
    (',', "comma"),
    (';', "semicolon"),
    ('\t', "tab"),
    ('|', "vertical bar"),
];

/// How many rows are enough to see which delimiter parts them into cells.
const SAMPLE_ROWS: usize = 500;

/// How many letters beyond ASCII it takes to believe in a rarer encoding than Windows-1252; fewer
/// could be anything.
const ENOUGH_LETTERS: usize = 8;

/// Reads a table from text; all its cells are words.
///
/// # Errors
///
/// The bytes are no text, there is no such encoding, a quote is never closed, or there are too many
/// rows or cells.
pub(crate) fn read(bytes: &[u8], options: &SheetOptions) -> Result<Workbook, Error> {
    let (text, encoding) = decode(bytes, options.encoding.as_deref())?;
    refuse_markup(&text)?;
    let (named, rows) = strip_separator_line(&text);
    let (delimiter, is_certain) = match options.delimiter.or(named) {
        Some(delimiter) => (Some(delimiter), true),
        None => (guess_delimiter(rows), false),
    };
    let taken_for = match delimiter {
        Some(delimiter) => delimiter_name(delimiter),
        None => "none".to_owned(),
    };
    let table = Table {
        // A sign that parts nothing, since no text file has it.
        rows: records::rows(rows, delimiter.unwrap_or('\u{1f}'))?,
        // Programs part cells with it where the comma is the decimal sign.
        comma_is_decimal: delimiter == Some(';'),
        ..Table::default()
    };
    let delimiter = Guess {
        what: "delimiter",
        taken_for,
        is_certain,
    };
    Ok(Workbook {
        tables: vec![table],
        guesses: vec![encoding, delimiter],
        untouched: Vec::new(),
    })
}

/// Returns the text that `bytes` hold, without a byte-order mark, and the encoding that it was read in.
///
/// A name of an encoding counts for more than the bytes, and a byte-order mark for more than a guess.
/// Without both, it is UTF-8 if it can be, UTF-16 if every second byte of its Latin letters is zero,
/// and else the code page of a computer: Windows-1252, unless there are letters enough to tell another.
///
/// # Errors
///
/// There is no encoding of that name, or the bytes are no text in it.
pub(crate) fn decode<'t>(
    bytes: &'t [u8],
    name: Option<&str>,
) -> Result<(Cow<'t, str>, Guess), Error> {
    let (encoding, is_certain) = match name {
        Some(name) => (named_encoding(name)?, true),
        None => match Encoding::for_bom(bytes) {
            Some((encoding, _)) => (encoding, true),
            None => guess_encoding(bytes)?,
        },
    };
    let bytes = match Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => &bytes[length..],
        _ => bytes,
    };
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
        return Err(undecodable(bytes, encoding));
    };
    let guess = Guess {
        what: "encoding",
        taken_for: shown_name(encoding),
        is_certain,
    };
    Ok((text, guess))
}

/// What the beginning of a file of text tells of all of it.
#[derive(Clone, Debug)]
pub(crate) struct Sniffed {
    /// What it is written in.
    pub(crate) encoding: &'static Encoding,
    /// The sign between its cells, of ASCII.
    pub(crate) delimiter: u8,
    /// Both of them, as they are told.
    pub(crate) guesses: [Guess; 2],
}

/// Finds out encoding and delimiter of a file of text of which `head` is the beginning; `goes_on` says that there
/// is more of it.
///
/// # Errors
///
/// The bytes are no text, or there is no such encoding.
pub(crate) fn sniff(head: &[u8], goes_on: bool, options: &SheetOptions) -> Result<Sniffed, Error> {
    // What is cut off in the middle of a line could be in the middle of a letter, too. UTF-16 has its line feed in
    // either half of two bytes.
    let head = match head.iter().rposition(|byte| *byte == b'\n') {
        Some(at) if goes_on => &head[..(at + 2).min(head.len()) & !1],
        _ => head,
    };
    let name = options.encoding.as_deref();
    let (encoding, is_certain) = match (name, Encoding::for_bom(head)) {
        (Some(name), _) => (named_encoding(name)?, true),
        (None, Some((encoding, _))) => (encoding, true),
        (None, None) => guess_encoding(head)?,
    };
    let (text, _, _) = encoding.decode(head);
    refuse_markup(&text)?;
    let (named, rows) = strip_separator_line(&text);
    let delimiter = options.delimiter.or(named);
    let found = delimiter.or_else(|| guess_delimiter(rows));
    Ok(Sniffed {
        encoding,
        // A sign that parts nothing, since no text file has it.
        delimiter: found
            .and_then(|found| u8::try_from(found).ok())
            .unwrap_or(0x1f),
        guesses: [
            Guess {
                what: "encoding",
                taken_for: shown_name(encoding),
                is_certain,
            },
            Guess {
                what: "delimiter",
                taken_for: found.map_or_else(|| "none".to_owned(), delimiter_name),
                is_certain: delimiter.is_some(),
            },
        ],
    })
}

fn named_encoding(name: &str) -> Result<&'static Encoding, Error> {
    Encoding::for_label_no_replacement(name.as_bytes()).ok_or_else(|| {
        let message = format!(
            "there is no encoding `{name}`; names are utf-8, utf-16le, utf-16be, windows-1252, windows-1250, \
             windows-1251, iso-8859-2, macintosh and the others that web pages have"
        );
        ErrorKind::Unreadable(message).into()
    })
}

/// Returns the encoding that bytes without a mark are most likely in, and whether it can only be that.
/// The bytes of what English has beyond ASCII, which tell no language: €, £, dashes, quotes, a blank.
const SIGNS: &[u8] = b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xb0\xb7";

fn guess_encoding(bytes: &[u8]) -> Result<(&'static Encoding, bool), Error> {
    let has_zeros = bytes.contains(&0);
    if has_zeros && let Some(encoding) = guess_utf_16(bytes) {
        return Ok((encoding, false));
    }
    if std::str::from_utf8(bytes).is_ok() {
        // Another encoding hardly ever looks like UTF-8, and plain ASCII is the same in all.
        return Ok((UTF_8, true));
    }
    if has_zeros {
        let message =
            "it is no text and no spreadsheet that is known here: save it as .xlsx, .ods or .csv";
        return Err(ErrorKind::Unreadable(message.to_owned()).into());
    }
    let is_letter = |byte: &&u8| !byte.is_ascii() && !SIGNS.contains(*byte);
    let letters = bytes.iter().filter(is_letter).count();
    if letters < ENOUGH_LETTERS {
        return Ok((WINDOWS_1252, false));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok((detector.guess(None, Utf8Detection::Deny), false))
}

/// Returns which UTF-16 it is, seen by the zero half of blanks, digits and Latin letters; zeros in
/// pairs are no text.
fn guess_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.chunks_exact(2);
    let (mut first, mut second, mut all) = (0_usize, 0_usize, 0_usize);
    for pair in pairs.take(32 * 1024) {
        if pair == [0, 0] {
            return None;
        }
        first += usize::from(pair[0] == 0 && pair[1] != 0);
        second += usize::from(pair[1] == 0 && pair[0] != 0);
        all += 1;
    }
    let is_many = |zeros: usize, others: usize| zeros * 10 > all && others * 10 < zeros;
    if is_many(second, first) {
        Some(UTF_16LE)
    } else if is_many(first, second) {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn undecodable(bytes: &[u8], encoding: &'static Encoding) -> Error {
    let message = match std::str::from_utf8(bytes) {
        Err(error) if encoding == UTF_8 => {
            let at = error.valid_up_to();
            let byte = bytes.get(at).copied().unwrap_or_default();
            format!(
                "it is not UTF-8: the byte at offset {at} is 0x{byte:02X}; save it as UTF-8 (in Excel: \"CSV UTF-8\") and try again"
            )
        }
        _ => format!(
            "it is not {} all through; save it as UTF-8 (in Excel: \"CSV UTF-8\") and try again",
            shown_name(encoding)
        ),
    };
    ErrorKind::Unreadable(message).into()
}

/// Returns the name of an encoding as people write it: `Windows-1252`.
fn shown_name(encoding: &'static Encoding) -> String {
    encoding.name().replacen("windows", "Windows", 1)
}

/// Refuses web pages and other markup, which programs like to save under the name of a spreadsheet.
fn refuse_markup(text: &str) -> Result<(), Error> {
    let start = text.trim_start();
    let has_tag = |tag: &str| {
        start
            .get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag))
    };
    let message = if [
        "<!doctype html",
        "<html",
        "<table",
        "<head",
        "<body",
        "<meta",
    ]
    .into_iter()
    .any(has_tag)
    {
        "it is a web page, whatever its name says: open it in Excel or LibreOffice, save it as .xlsx and try again"
    } else if has_tag("<?xml") {
        "it is an XML file: open it in Excel or LibreOffice, save it as .xlsx and try again"
    } else {
        return Ok(());
    };
    Err(ErrorKind::Unreadable(message.to_owned()).into())
}

/// Takes off a first line like `sep=;`, which tells Excel the delimiter and is no row.
pub(crate) fn strip_separator_line(text: &str) -> (Option<char>, &str) {
    let stripped = || {
        let rest = text.strip_prefix("sep=")?;
        let delimiter = rest.chars().next().filter(|c| is_delimiter(*c))?;
        let rest = &rest[1..];
        let rest = rest
            .strip_prefix("\r\n")
            .or_else(|| rest.strip_prefix(['\r', '\n']))?;
        Some((Some(delimiter), rest))
    };
    stripped().unwrap_or((None, text))
}

/// Returns whether a sign can part cells.
pub(crate) fn is_delimiter(c: char) -> bool {
    c.is_ascii() && !matches!(c, '"' | '\r' | '\n' | '\0')
}

fn delimiter_name(delimiter: char) -> String {
    DELIMITERS
        .iter()
        .find(|(known, _)| *known == delimiter)
        .map_or_else(|| format!("`{delimiter}`"), |(_, name)| (*name).to_owned())
}

/// Returns the delimiter that parts the rows into the steadiest number of cells, or nothing where the
/// rows are one column.
fn guess_delimiter(text: &str) -> Option<char> {
    let mut best = (0, None);
    for (delimiter, _) in DELIMITERS {
        if !text.contains(delimiter) {
            continue;
        }
        let steadiness = steadiness(&records::widths(text, delimiter, SAMPLE_ROWS));
        if steadiness > best.0 {
            best = (steadiness, Some(delimiter));
        }
    }
    best.1
}

/// Returns how sure rows of these numbers of cells are a table, in millionths.
///
/// That is the share of rows that have the most common number of cells above one, so that a title
/// line, a remark or a comma in a sentence does not weigh much; of two delimiters that part equally
/// well, the one with more columns wins. Rows of one cell count for less than half a row, because a
/// title, a blank and a block of text may outnumber the rows of a small table.
fn steadiness(widths: &[usize]) -> u64 {
    let mut counts = std::collections::BTreeMap::new();
    for width in widths {
        *counts.entry(*width).or_insert(0_u64) += 1;
    }
    let single = counts.remove(&1).unwrap_or_default();
    let Some((width, count)) = counts
        .iter()
        .map(|(width, count)| (*width as u64, *count))
        .max_by_key(|(width, count)| (*count, *width))
    else {
        return 0;
    };
    let others = counts.values().sum::<u64>() - count;
    // A comma here and there in a column of sentences makes no table.
    let is_table = if width == 2 {
        count > 2 * single
    } else {
        count >= single.min(3)
    };
    if !is_table {
        return 0;
    }
    let rows = 5 * (count + others) + 2 * single;
    (5_000_000 * count / rows) * (width - 1) / width
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads bytes and shows what was guessed, then the rows with cells in brackets.
    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        check_with(bytes, &SheetOptions::default(), expected);
    }

    #[track_caller]
    fn check_with(bytes: &[u8], options: &SheetOptions, expected: &str) {
        let shown = match crate::sheets::read(bytes, options) {
            Ok(workbook) => {
                let guesses: Vec<_> = workbook
                    .guesses
                    .iter()
                    .map(|guess| {
                        let mark = if guess.is_certain { "" } else { "?" };
                        format!("{}{mark}", guess.taken_for)
                    })
                    .collect();
                let mut shown = guesses.join(", ");
                for row in &workbook.tables[0].rows {
                    shown.push('\n');
                    for cell in row {
                        shown.extend(["[".to_owned(), cell.to_text(), "]".to_owned()]);
                    }
                }
                shown
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected);
    }

    fn utf_16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn utf_16be(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    #[test]
    fn marks_tell_the_encoding() {
        check("\u{feff}é,b\n".as_bytes(), "UTF-8, comma?\n[é][b]");
        check(&utf_16le("\u{feff}é\tb\r\n"), "UTF-16LE, tab?\n[é][b]");
        check(&utf_16be("\u{feff}é;b\n"), "UTF-16BE, semicolon?\n[é][b]");
        check(
            b"\xef\xbb\xbfa,\xe9\n",
            "it is not UTF-8: the byte at offset 2 is 0xE9; save it as UTF-8 (in Excel: \"CSV UTF-8\") and try again",
        );
        check(
            b"\xff\xfea\0\n",
            "it is not UTF-16LE all through; save it as UTF-8 (in Excel: \"CSV UTF-8\") and try again",
        );
    }

    #[test]
    fn without_a_mark_the_bytes_tell_the_encoding() {
        check("Ziel,Größe\n".as_bytes(), "UTF-8, comma?\n[Ziel][Größe]");
        check(
            &utf_16le("Цель\t10\nb\t20\n"),
            "UTF-16LE?, tab?\n[Цель][10]\n[b][20]",
        );
        check(&utf_16be("a,b\n"), "UTF-16BE?, comma?\n[a][b]");
        check(
            b"Fehlerquote;4,2 %;\x80 400\nGr\xf6\xdfe;5 %;\x84x\x93\n",
            "Windows-1252?, semicolon?\n[Fehlerquote][4,2 %][€ 400]\n[Größe][5 %][„x“]",
        );
        check(
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "it is no text and no spreadsheet that is known here: save it as .xlsx, .ods or .csv",
        );
    }

    #[test]
    fn other_code_pages_are_seen_when_there_are_letters_enough() {
        let encode =
            |encoding: &'static Encoding, text: &'static str| encoding.encode(text).0.into_owned();
        let russian = encode(
            encoding_rs::WINDOWS_1251,
            "Цель;Ключевой результат\nСократить срок;Дни до оплаты\n",
        );
        check(
            &russian,
            "Windows-1251?, semicolon?\n[Цель][Ключевой результат]\n[Сократить срок][Дни до оплаты]",
        );
        let polish = encode(
            encoding_rs::WINDOWS_1250,
            "Cel;Właściciel\nZażółć gęślą jaźń;Święto żółwi późną porą\n",
        );
        check(
            &polish,
            "Windows-1250?, semicolon?\n[Cel][Właściciel]\n[Zażółć gęślą jaźń][Święto żółwi późną porą]",
        );
        let german = encode(
            WINDOWS_1252,
            "Maßnahme;Fällig\nRechnungen prüfen für Müller;Größe läßt sich ändern\nÜber Köln;äöü\n",
        );
        check(
            &german,
            "Windows-1252?, semicolon?\n[Maßnahme][Fällig]\n[Rechnungen prüfen für Müller][Größe läßt sich ändern]\n[Über Köln][äöü]",
        );
    }

    #[test]
    fn a_name_counts_for_more_than_the_bytes() {
        let named = |name: &str| SheetOptions {
            encoding: Some(name.to_owned()),
            ..SheetOptions::default()
        };
        check_with(
            b"\xe9t\xe9,1\n",
            &named("macintosh"),
            "macintosh, comma?\n[\u{c8}t\u{c8}][1]",
        );
        check_with(b"\xff\xfea\0", &named("UTF-16LE"), "UTF-16LE, none?\n[a]");
        check_with(
            b"a\xe9",
            &named("utf-8"),
            "it is not UTF-8: the byte at offset 1 is 0xE9; save it as UTF-8 (in Excel: \"CSV UTF-8\") and try again",
        );
        check_with(
            b"a",
            &named("klingon"),
            "there is no encoding `klingon`; names are utf-8, utf-16le, utf-16be, windows-1252, windows-1250, \
             windows-1251, iso-8859-2, macintosh and the others that web pages have",
        );
    }

    #[test]
    fn the_steadiest_number_of_cells_tells_the_delimiter() {
        // Decimal commas are as steady as semicolons, but not in the headings.
        check(
            b"Name;Start;Ziel\na;1,5;2,5\nb;3,5;4,5\n",
            "UTF-8, semicolon?\n[Name][Start][Ziel]\n[a][1,5][2,5]\n[b][3,5][4,5]",
        );
        // A title and a remark stand above the table.
        check(
            b"OKRs, Q1, 2026, draft\n\nGoal|KR|Due\na, b|c|d\ne|f|g\n",
            "UTF-8, vertical bar?\n[OKRs, Q1, 2026, draft]\n\n[Goal][KR][Due]\n[a, b][c][d]\n[e][f][g]",
        );
        // Delimiters within quotes part nothing.
        check(
            b"a,b\n\"x;y;z\",1\n\"x;y;z\",2\n",
            "UTF-8, comma?\n[a][b]\n[x;y;z][1]\n[x;y;z][2]",
        );
        check(b"sep=|\r\na,b|c\r\n", "UTF-8, vertical bar\n[a,b][c]");
    }

    #[test]
    fn one_column_is_a_table_too() {
        check(
            b"Get paid sooner, with less work\nRaise the rate\nCall, then write\n",
            "UTF-8, none?\n[Get paid sooner, with less work]\n[Raise the rate]\n[Call, then write]",
        );
        check(b"one\n\ntwo", "UTF-8, none?\n[one]\n\n[two]");
        check(b"", "UTF-8, none?");
    }

    #[test]
    fn the_delimiter_may_be_asked_for() {
        let options = SheetOptions {
            delimiter: Some(':'),
            ..SheetOptions::default()
        };
        check_with(b"a:b,c\n", &options, "UTF-8, `:`\n[a][b,c]");
    }

    #[test]
    fn other_files_are_refused_in_plain_words() {
        check(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
            "it is either protected with a password or an old Excel file (.xls): open it in Excel or LibreOffice, \
             remove the password, save it as .xlsx and try again",
        );
        check(
            b"  <HTML><table>",
            "it is a web page, whatever its name says: open it in Excel or LibreOffice, save it as .xlsx and try again",
        );
        check(
            b"<?xml version=\"1.0\"?><x/>",
            "it is an XML file: open it in Excel or LibreOffice, save it as .xlsx and try again",
        );
    }
}
