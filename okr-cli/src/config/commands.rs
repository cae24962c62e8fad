//! `[commands]`: the programs that the sources of key results may name.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::{Problem, expected, string, table};

/// Reads the section: for each name, a program and its arguments.
pub(super) fn read(value: &Spanned<DeValue<'_>>) -> Result<BTreeMap<String, Vec<String>>, Problem> {
    let mut commands = BTreeMap::new();
    for (name, value) in table(value)? {
        let what = "a program and its arguments, such as [\"python3\", \"ageing.py\"]";
        let list = value.get_ref().as_array();
        let list = list.ok_or_else(|| expected(value, what))?;
        let words = list.iter().map(|word| Ok(string(word)?.to_owned()));
        let words = words.collect::<Result<Vec<String>, Problem>>()?;
        if words.first().is_none_or(String::is_empty) {
            return Err(expected(value, what));
        }
        commands.insert(name.get_ref().to_string(), words);
    }
    Ok(commands)
}
