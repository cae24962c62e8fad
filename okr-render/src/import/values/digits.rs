//! The digits of a number, with what parts thousands and what stands before decimals.

use rust_decimal::Decimal;

use super::number::Decimals;

/// Reads what most cells hold, without a detour: digits, and a dot before one or two more.
pub(super) fn plain(text: &str) -> Option<Decimal> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 15 {
        return None;
    }
    let (mut number, mut scale) = (0_i64, None);
    for byte in bytes {
        match byte {
            b'0'..=b'9' => number = number * 10 + i64::from(byte - b'0'),
            b'.' if scale.is_none() => {
                scale = Some(0);
                continue;
            }
            _ => return None,
        }
        scale = scale.map(|scale| scale + 1);
    }
    let is_sure = matches!(scale, None | Some(1 | 2)) && bytes[0] != b'.';
    is_sure.then(|| Decimal::new(number, scale.unwrap_or(0)))
}

const fn parts_thousands(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | '_'
    )
}

/// Returns the digits with a dot before decimals, and how many bytes of the text they take.
pub(super) fn digits(text: &str, decimals: Decimals) -> Option<(String, usize)> {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            end = at + 1;
            continue;
        }
        let rest = &text[at + c.len_utf8()..];
        let run = rest.bytes().take_while(u8::is_ascii_digit).count();
        let goes_on = match c {
            '.' | ',' => run > 0,
            c if parts_thousands(c) => run == 3 && at > 0 && at - last_break(&text[..at]) <= 3,
            _ => false,
        };
        if !goes_on {
            break;
        }
    }
    let run: String = text[..end]
        .chars()
        .filter(|c| !parts_thousands(*c))
        .collect();
    let (dots, commas) = (run.matches('.').count(), run.matches(',').count());
    let after = |sign| run.rsplit_once(sign).map_or(0, |(_, after)| after.len());
    let has_groups = |sign: char| run.split(sign).skip(1).all(|group| group.len() == 3);
    let decimal = match (dots, commas) {
        (0, 0) => None,
        (1.., 1..) => {
            if run.rfind('.') > run.rfind(',') {
                Some('.')
            } else {
                Some(',')
            }
        }
        (1, 0) => {
            let groups = after('.') == 3 && decimals == Decimals::Comma && !run.starts_with("0.");
            (!groups).then_some('.')
        }
        (0, 1) => {
            let groups = after(',') == 3 && decimals == Decimals::Dot && !run.starts_with("0,");
            (!groups).then_some(',')
        }
        (_, 0) if has_groups('.') => None,
        (0, _) if has_groups(',') => None,
        _ => return None,
    };
    if let Some(sign) = decimal
        && run.matches(sign).count() > 1
    {
        return None;
    }
    let mut out = String::with_capacity(run.len());
    for c in run.chars() {
        match c {
            '.' | ',' if Some(c) == decimal => {
                if out.is_empty() {
                    out.push('0');
                }
                out.push('.');
            }
            '.' | ',' => {}
            c => out.push(c),
        }
    }
    Some((out, end))
}

/// Returns where the last run of digits begins.
fn last_break(text: &str) -> usize {
    text.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    })
}

/// Returns which sign before decimals a text shows, as far as it shows one.
pub(crate) fn evidence(text: &str) -> Option<Decimals> {
    let (dot, comma) = (text.rfind('.'), text.rfind(','));
    let run = |at: usize| {
        let after = text[at + 1..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let before = text[..at].ends_with(|c: char| c.is_ascii_digit());
        if before { after } else { 0 }
    };
    match (dot, comma) {
        (Some(dot), Some(comma)) if run(dot) > 0 && run(comma) > 0 => Some(if dot > comma {
            Decimals::Dot
        } else {
            Decimals::Comma
        }),
        (Some(at), None) => match run(at) {
            1 | 2 | 4..=9 if text.matches('.').count() == 1 => Some(Decimals::Dot),
            3 if text.matches('.').count() > 1 => Some(Decimals::Comma),
            _ => None,
        },
        (None, Some(at)) => match run(at) {
            1 | 2 | 4..=9 if text.matches(',').count() == 1 => Some(Decimals::Comma),
            3 if text.matches(',').count() > 1 => Some(Decimals::Dot),
            _ => None,
        },
        _ => None,
    }
}

/// Returns whether a text can be a whole number with thousands or one with three decimals.
pub(crate) fn is_ambiguous(text: &str) -> bool {
    let mut signs = text.match_indices(['.', ',']);
    let (Some((at, _)), None) = (signs.next(), signs.next()) else {
        return false;
    };
    let whole = text[..at]
        .bytes()
        .rev()
        .take_while(u8::is_ascii_digit)
        .count();
    let part = text[at + 1..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    part == 3 && (1..=3).contains(&whole) && (whole > 1 || !text[..at].ends_with('0'))
}
