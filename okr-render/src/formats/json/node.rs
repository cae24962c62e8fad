//! A JSON value that knows its path, so that a message can say where something is wrong.

use jiff::civil::Date;
use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_core::model::{Inline, one_line, parse_date};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind};
use crate::formats::{FIELD_NAME, MAX_DIAGNOSTICS, free_text};

/// A value and the way to it, such as `objectives[0].title`.
#[derive(Debug)]
pub(super) struct Node<'v> {
    value: &'v Value,
    path: String,
}

/// An object of which the keys are taken one by one, so that those left over can be reported.
#[derive(Debug)]
pub(super) struct Object<'v> {
    map: &'v Map<String, Value>,
    path: String,
    known: Vec<&'static str>,
}

impl<'v> Node<'v> {
    /// Returns the value of a whole file, whose path is empty.
    pub(super) fn root(value: &'v Value) -> Self {
        Self {
            value,
            path: String::new(),
        }
    }

    /// Returns the error that this value is not `expected`.
    pub(super) fn is_not(&self, expected: &str) -> Error {
        let found = match self.value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(value) => format!("the number {value}"),
            Value::String(value) => format!("`{}`", shortened(value)),
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
        };
        let what = if self.path.is_empty() {
            "the file"
        } else {
            &self.path
        };
        refusal(format!("{what} is {found}; it must be {expected}"))
    }

    /// Returns the error that the last step of the path is no name of a field.
    pub(super) fn is_named_wrong(&self) -> Error {
        refusal(format!("{} is no name of a field: {FIELD_NAME}", self.path))
    }

    pub(super) fn object(&self) -> Result<Object<'v>, Error> {
        let map = self
            .value
            .as_object()
            .ok_or_else(|| self.is_not("an object"))?;
        Ok(Object {
            map,
            path: self.path.clone(),
            known: Vec::new(),
        })
    }

    pub(super) fn items(&self) -> Result<Vec<Self>, Error> {
        let items = self.value.as_array().ok_or_else(|| self.is_not("a list"))?;
        let item = |(index, value)| Self {
            value,
            path: format!("{}[{index}]", self.path),
        };
        Ok(items.iter().enumerate().map(item).collect())
    }

    /// Returns the members of a map whose keys are free.
    pub(super) fn members(&self) -> Result<Vec<(&'v str, Self)>, Error> {
        let map = self
            .value
            .as_object()
            .ok_or_else(|| self.is_not("an object"))?;
        let member = |(key, value)| {
            (
                String::as_str(key),
                Self {
                    value,
                    path: join(&self.path, key),
                },
            )
        };
        Ok(map.iter().map(member).collect())
    }

    pub(super) fn string(&self) -> Result<&'v str, Error> {
        self.value.as_str().ok_or_else(|| self.is_not("a string"))
    }

    /// Returns words on one line.
    pub(super) fn words(&self) -> Result<String, Error> {
        self.string().map(one_line)
    }

    /// Returns Markdown of one line.
    pub(super) fn inline(&self) -> Result<Inline, Error> {
        self.string().map(Inline::parse)
    }

    pub(super) fn free_text(&self) -> Result<String, Error> {
        self.string().map(free_text)
    }

    pub(super) fn boolean(&self) -> Result<bool, Error> {
        self.value
            .as_bool()
            .ok_or_else(|| self.is_not("true or false"))
    }

    /// Returns a whole number from `low` to `high`, both included.
    pub(super) fn integer<T: TryFrom<u64>>(&self, low: u64, high: u64) -> Result<T, Error> {
        let number = self
            .value
            .as_u64()
            .filter(|number| (low..=high).contains(number));
        let number = number.and_then(|number| T::try_from(number).ok());
        number.ok_or_else(|| self.is_not(&format!("a whole number from {low} to {high}")))
    }

    pub(super) fn date(&self) -> Result<Date, Error> {
        let date = self.value.as_str().and_then(parse_date);
        date.ok_or_else(|| self.is_not("a date like \"2026-12-31\""))
    }

    /// Returns an exact number; a JSON number is refused, because most programs round it.
    pub(super) fn decimal(&self) -> Result<Decimal, Error> {
        let decimal = self.value.as_str().filter(|text| is_plain_decimal(text));
        let decimal = decimal.and_then(|text| Decimal::from_str_exact(text).ok());
        decimal.ok_or_else(|| {
            self.is_not("a string with a number of at most 28 digits, like \"68.5\"")
        })
    }

    /// Returns the value that `parse` reads from the words; `expected` says what those are.
    pub(super) fn parsed<T>(
        &self,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Error> {
        self.value
            .as_str()
            .and_then(parse)
            .ok_or_else(|| self.is_not(expected))
    }
}

impl<'v> Object<'v> {
    /// Returns what stands under `key`; null counts as nothing.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Node<'v>> {
        self.known.push(key);
        let value = self.map.get(key).filter(|value| !value.is_null())?;
        Some(Node {
            value,
            path: join(&self.path, key),
        })
    }

    /// Returns what stands under `key`, which must be there.
    pub(super) fn need(&mut self, key: &'static str) -> Result<Node<'v>, Error> {
        let path = join(&self.path, key);
        self.take(key)
            .ok_or_else(|| refusal(format!("{path} is missing")))
    }

    /// Returns what `read` makes of the value under `key`, or nothing when it is not there.
    pub(super) fn get<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&Node<'v>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        self.take(key).map(|node| read(&node)).transpose()
    }

    /// Returns what `read` makes of each item of the list under `key`; a missing list is empty.
    pub(super) fn each<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&Node<'v>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        match self.take(key) {
            Some(node) => node.items()?.iter().map(&mut read).collect(),
            None => Ok(Vec::new()),
        }
    }

    /// Marks keys that are written for the convenience of others and not read.
    pub(super) fn pass_over(&mut self, keys: &[&'static str]) {
        self.known.extend(keys);
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self, diagnostics: &mut Vec<Diagnostic>) {
        let unknown = self
            .map
            .keys()
            .filter(|key| !self.known.contains(&key.as_str()));
        for key in unknown.take(MAX_DIAGNOSTICS.saturating_sub(diagnostics.len())) {
            let message = format!("key `{}` is not known and not read", join(&self.path, key));
            let diagnostic =
                Diagnostic::new("unknown-key", Severity::Warning, Location::Whole, message);
            let help = match okr_core::fields::nearest(key, self.known.iter().copied()) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => {
                    "take it out, or put it under `fields` of an objective or key result".to_owned()
                }
            };
            diagnostics.push(diagnostic.with_help(help));
        }
    }
}

/// Returns the error for a file that is JSON but no plan.
pub(super) fn refusal(message: String) -> Error {
    ErrorKind::Unreadable(message).into()
}

fn join(path: &str, key: &str) -> String {
    let is_name = !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    match (path.is_empty(), is_name) {
        (true, true) => key.to_owned(),
        (false, true) => format!("{path}.{key}"),
        (_, false) => format!("{path}[{:?}]", shortened(key)),
    }
}

/// Cuts long texts, so that a message stays one.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let line = one_line(text);
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

fn is_plain_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(part)
}
