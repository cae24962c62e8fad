//! A module per format, each with its writer, its reader and its documentation.

pub(crate) mod csv;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod listing;
pub(crate) mod markdown;
pub(crate) mod xlsx;

use okr_core::model::CheckIn;

use crate::error::{Error, ErrorKind};

/// The most bytes that are read; a plan of this size would be a library of its own.
pub(crate) const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The most that is said about one file; nobody reads more, and a hostile file could ask for millions.
pub(crate) const MAX_DIAGNOSTICS: usize = 1000;

/// Returns the text that `bytes` hold in UTF-8; a byte-order mark is left at its beginning.
///
/// # Errors
///
/// There are more than [`MAX_BYTES`], or they are not UTF-8; the message names the first byte that
/// is not, counted from 0.
pub(crate) fn text_of(bytes: &[u8]) -> Result<&str, Error> {
    if bytes.len() > MAX_BYTES {
        let message = format!("it has {} bytes; at most {MAX_BYTES} are read", bytes.len());
        return Err(ErrorKind::TooLarge(message).into());
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let message = "it is UTF-16; save it as UTF-8 (in Excel: \"CSV UTF-8\") and try again";
        return Err(ErrorKind::Unreadable(message.to_owned()).into());
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let byte = bytes.get(at).copied().unwrap_or_default();
        let message = format!(
            "it is not UTF-8: the byte at offset {at} is 0x{byte:02X}; save it as UTF-8 (in Excel: \"CSV UTF-8\") and try again"
        );
        ErrorKind::Unreadable(message).into()
    })
}

/// Returns free text as the model keeps it: LF line ends, no blank lines at either end.
pub(crate) fn free_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_end_matches([' ', '\t', '\n']);
    let words = text.len() - text.trim_start_matches([' ', '\t', '\n']).len();
    // Blanks before the first words may make them code, so only whole lines go.
    let start = text[..words].rfind('\n').map_or(0, |at| at + 1);
    text[start..].to_owned()
}

/// Returns what `part` finds in the latest check-in that has it; among those of one day, in the last, which is the upper
/// one where the newest stand on top.
pub(crate) fn latest<'c, T>(
    check_ins: &'c [CheckIn],
    part: impl Fn(&'c CheckIn) -> Option<T>,
) -> Option<T> {
    let is_newest_first = matches!(check_ins, [first, .., last] if first.date > last.date);
    let place = |at: usize| {
        if is_newest_first {
            check_ins.len() - at
        } else {
            at
        }
    };
    let with_part = check_ins
        .iter()
        .enumerate()
        .filter_map(|(at, check_in)| Some((check_in.date, place(at), part(check_in)?)));
    with_part
        .max_by_key(|(date, place, _)| (*date, *place))
        .map(|(_, _, part)| part)
}

/// What [`is_field_name`] asks for.
pub(crate) const FIELD_NAME: &str = "it must begin with a letter and hold letters, digits, blanks, `-`, `/`, `.` and `_` alone, at most 40 bytes";

/// Returns whether a list item of a plan can hold a field of that name.
pub(crate) fn is_field_name(name: &str) -> bool {
    name.starts_with(char::is_alphabetic)
        && name.len() <= 40
        && !name.ends_with(' ')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_refused_with_their_place() {
        let error = text_of(b"caf\xe9").unwrap_err();
        assert_eq!(
            error.to_string(),
            "it is not UTF-8: the byte at offset 3 is 0xE9; save it as UTF-8 (in Excel: \"CSV UTF-8\") and try again"
        );
        assert!(
            text_of(&[0xff, 0xfe, b'a', 0])
                .unwrap_err()
                .to_string()
                .starts_with("it is UTF-16")
        );
    }

    #[test]
    fn free_text_loses_blank_lines_at_its_ends_alone() {
        assert_eq!(
            free_text("\r\n  \r\n    code\r\n\r\nwords  \r\n\r\n"),
            "    code\n\nwords"
        );
        assert_eq!(free_text(" \n"), "");
    }

    #[test]
    fn of_one_day_the_last_value_counts() {
        let last = |rows: &[&str]| {
            let rows = rows.join(" |\n| ");
            let text = format!(
                "## Objective: o\n\n### Key result: k\n\n| Date | Value |\n| --- | --- |\n| {rows} |\n"
            );
            let plan = okr_core::parse(text).plan;
            let check_ins = &plan.objectives[0].key_results[0].check_ins;
            let value = latest(check_ins, |check_in| check_in.value.as_ref());
            value.map(ToString::to_string)
        };
        let (old, one, other) = ("2026-10-09 | 1", "2026-10-16 | 2", "2026-10-16 | 3");
        assert_eq!(last(&[old, one, other]).as_deref(), Some("3"));
        assert_eq!(last(&[other, one, old]).as_deref(), Some("3"));
    }

    /// Plans in which everything that a plan may hold stands somewhere, awkwardly.
    const PLANS: [&str; 3] = [
        "",
        concat!(
            "---\nplan: \"=SUM(A1)\"\nperiod: FY2027-Q1\nteam: \"'@team\"\nowner: Dana, \"the\" boss\ncadence: two-weekly\n",
            "template: accounts-team\nfiscal-year-start: April\nfiscal-year-label: start\nstatus: draft\nBudget: 5\n---\n\n",
            "# **Accounts** | *team* 🎯\n\n- free text\n- as a list\n\n## Before\n\ntext, \"quoted\"\n\n",
            "## Objective: =1+2 [x](y)\n\n- Owner: @ada\n- Type: committed\n- Id: get-paid\n- Budget: **5** EUR\n- Source: +1\n",
            "- Supports: [Grow, fast](company.md#a), Plain words\n- [ ] '-5 (@kim, @lee, due 2026-11-15)\n\n  1. nested\n\n    code | more\n- [x] Done\n\n",
            "=no formula\n\nسعر 目标 Žluťoučký\n\n",
            "### KR: `code` and *words*\n\n- Owner: Sam\n- Measure: invoices, *late*\n- Baseline: 68%\n- Target: +25%\n- Due: 2026-12-31\n",
            "- Source: the \"report\"\n- Baseline question: How many?\n- Direction: increase\n- Colour: - red\n- [x] Train\n\n",
            "| Date | Value | Status | Confidence | Note | Mood |\n| --- | --- | --- | --- | --- | --- |\n",
            "| 2026-10-16 | 72% | on track | 7 | *good* | :) |\n| 2026-10-09 | 70% | at risk | | | |\n\n",
            "## Between\n\n## Objective: Second\n\n## After\n\n### Deep\n\nend\n",
        ),
        concat!(
            "---\nperiod: 2026-11\n---\n\n## O: targets\n",
            "### KR: a\n- Baseline: 5\n- Target: 3 days\n### KR: b\n- Unit: days\n- Baseline: 2 weeks\n- Target: 9\n",
            "### KR: c\n- Target: at least 95%\n### KR: d\n- Target: between €2k and €4k\n### KR: e\n- Target: between 2 and 4 days\n",
            "### KR: f\n- Target: -3 days\n### KR: g\n- Baseline: 68%\n- Target: +4 points\n### KR: h\n- Target: done\n",
            "### KR: i\n- Target: to -15%\n### KR: j\n- Unit: days\n- Target: +25%\n### KR: k\n- Target: soon\n- Due: later\n- Baseline: few\n",
            "### KR: l\n- Baseline: 0 accounts\n- Target: -12.50%\n### KR: m\n- Unit: %\n- Baseline: 68\n- Target: +4\n",
            "### KR: n\n- Baseline: 4.20/5\n- Target: above 4.5/5\n### KR: o\n- Baseline: EUR -1200.50\n- Target: EUR 0\n- Metric: x\n",
        ),
    ];

    #[test]
    fn every_format_gives_back_what_it_carries() {
        for text in PLANS {
            let plan = okr_core::parse(text).plan;
            for format in crate::FORMATS {
                let options = crate::WriteOptions {
                    byte_order_mark: true,
                    ..crate::WriteOptions::default()
                };
                let bytes = (format.write)(&plan, &options).unwrap();
                let back = (format.read)(&bytes, &crate::ReadOptions::default())
                    .unwrap()
                    .plan;
                let expected = format.carries.reduce(&plan);
                assert_eq!(
                    back,
                    expected,
                    "{}: {}",
                    format.name,
                    String::from_utf8_lossy(&bytes)
                );
                assert_eq!(format.carries.reduce(&expected), expected);
            }
        }
    }
}
