//! The names of places in a page, so that a link can lead there.

use std::collections::HashMap;

/// The names of places in one page, each given out once.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    /// Each name with the number to try next when it is wanted again.
    taken: HashMap<String, usize>,
}

impl Anchors {
    /// Returns the names of a page that uses `reserved` for itself.
    pub(crate) fn new(reserved: &[&str]) -> Self {
        Self {
            taken: reserved
                .iter()
                .map(|name| ((*name).to_owned(), 1))
                .collect(),
        }
    }

    /// Returns a name for the heading `plain`, made as code hosts make theirs, so that a link which
    /// works beside the Markdown file works in the page as well.
    pub(crate) fn name(&mut self, plain: &str) -> String {
        let mut name = String::with_capacity(plain.len());
        for c in plain.chars() {
            if c.is_alphanumeric() {
                name.extend(c.to_lowercase());
            } else if matches!(c, '-' | '_') {
                name.push(c);
            } else if c == ' ' {
                name.push('-');
            }
        }
        if name.is_empty() {
            name.push_str("part");
        }
        while let Some(number) = self.taken.get_mut(&name) {
            let again = format!("{name}-{number}");
            *number += 1;
            if !self.taken.contains_key(&again) {
                name = again;
            }
        }
        self.taken.insert(name.clone(), 1);
        name
    }
}
