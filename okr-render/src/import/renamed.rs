//! Messages in which other names stand for cells.

/// Returns a message with other names in the place of those of cells, which `rename` gives.
///
/// `rename` is told what stands before a name, and the name. Words of the file stand between backticks, and stay.
pub(super) fn renamed(message: &str, rename: &dyn Fn(&str, &str) -> String) -> String {
    let is_cell = |word: &str| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let letters = word.len() - digits.len();
        (1..=3).contains(&letters) && digits.parse::<usize>().is_ok()
    };
    let mut out = String::with_capacity(message.len());
    for (number, part) in message.split('`').enumerate() {
        if number > 0 {
            out.push('`');
        }
        if number % 2 == 1 {
            out.push_str(part);
            continue;
        }
        for piece in part.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
            let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            if is_cell(word) {
                let name = rename(&out, word);
                out.push_str(&name);
                out.push_str(&piece[word.len()..]);
            } else {
                out.push_str(piece);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_file_stay() {
        let message = "`A1` in B2 and Plan!C3, D4 were left out in 2026";
        let name = |before: &str, cell: &str| {
            let sign = if before.ends_with('!') { '?' } else { '#' };
            format!("{sign}{}", cell.to_lowercase())
        };
        assert_eq!(
            renamed(message, &name),
            "`A1` in #b2 and Plan!?c3, #d4 were left out in 2026"
        );
    }
}
