//! Names of cells.

/// Returns the name of a cell as spreadsheets show it: column 0 of row 0 is `A1`.
pub(crate) fn address(column: usize, row: usize) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// Returns the letters of a column as spreadsheets show them: column 0 is `A`, column 26 is `AA`.
pub(crate) fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        let names = [
            (0, 0),
            (25, 1),
            (26, 6),
            (51, 0),
            (52, 0),
            (701, 0),
            (702, 9),
        ];
        let names: Vec<_> = names
            .into_iter()
            .map(|(column, row)| address(column, row))
            .collect();
        assert_eq!(names, ["A1", "Z2", "AA7", "AZ1", "BA1", "ZZ1", "AAA10"]);
    }
}
