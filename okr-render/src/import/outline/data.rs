//! Objectives with their key results as lists in YAML or JSON, under whatever names.
//!
//! JSON is read as YAML, of which it is a part; so every value knows its line.

use std::collections::HashSet;

use okr_core::model::one_line;
use saphyr_parser::{Event, Parser};

use super::{Outline, is_field};
use crate::error::{Error, ErrorKind};
use crate::import::layout::Field;
use crate::import::values::text::{Kind, unmark};
use crate::import::words::{self, Plainness};

/// The most values that are read; a plan of this size would be a library of its own.
const MAX_NODES: usize = 500_000;
/// How deep values may stand in one another; deeper ones are no plan.
const MAX_DEPTH: usize = 64;

/// A value and the number of its line, from 1.
struct Node {
    line: usize,
    value: Value,
}

enum Value {
    Words(String),
    List(Vec<Node>),
    /// Keys in the order of the text.
    Map(Vec<(String, Node)>),
}

/// Reads a text.
///
/// # Errors
///
/// The text is no YAML, refers to parts of itself, or is too large or too deep.
pub(super) fn read(text: &str) -> Result<Option<Outline>, Error> {
    let mut outline = Outline::default();
    for document in documents(text)? {
        if repeats(&document) {
            return Ok(None);
        }
        gather(&document, &mut outline);
    }
    let has_objectives = outline
        .entries
        .iter()
        .any(|entry| entry.kind == Kind::Objective);
    Ok(has_objectives.then_some(outline))
}

/// A list or map that is being read, with the key that waits for its value.
struct Open {
    node: Node,
    key: Option<String>,
}

impl Open {
    fn new(line: usize, value: Value) -> Self {
        Self {
            node: Node { line, value },
            key: None,
        }
    }

    /// Takes a value that stands within.
    fn take(&mut self, node: Node) {
        match (&mut self.node.value, self.key.take()) {
            (Value::List(list), _) => list.push(node),
            (Value::Map(map), Some(key)) => map.push((key, node)),
            (Value::Map(_), None) => {
                // A key is a scalar; a list or map in its place names nothing.
                if let Value::Words(words) = node.value {
                    self.key = Some(words);
                } else {
                    self.key = Some(String::new());
                }
            }
            (Value::Words(_), _) => {}
        }
    }
}

fn documents(text: &str) -> Result<Vec<Node>, Error> {
    let unreadable = |message: String| Error::from(ErrorKind::Unreadable(message));
    let mut done = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut count = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            unreadable(format!(
                "line {} cannot be read as YAML or JSON: {}",
                error.marker().line(),
                error.info()
            ))
        })?;
        let line = span.start.line();
        let closed = match event {
            Event::SequenceStart(..) => {
                open.push(Open::new(line, Value::List(Vec::new())));
                None
            }
            Event::MappingStart(..) => {
                open.push(Open::new(line, Value::Map(Vec::new())));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|open| open.node),
            Event::Scalar(words, ..) => Some(Node {
                line,
                value: Value::Words(words.into_owned()),
            }),
            // A small file of references to references can stand for a huge one.
            Event::Alias(_) => {
                let message = format!(
                    "line {line} refers to another part of the file (`*name`); write that part out"
                );
                return Err(ErrorKind::TooLarge(message).into());
            }
            _ => None,
        };
        count += 1;
        if count > MAX_NODES || open.len() > MAX_DEPTH {
            let message = format!(
                "it has more than {MAX_NODES} values, or values more than {MAX_DEPTH} deep"
            );
            return Err(ErrorKind::TooLarge(message).into());
        }
        if let Some(node) = closed {
            match open.last_mut() {
                Some(outer) => outer.take(node),
                None => done.push(node),
            }
        }
    }
    Ok(done)
}

/// Finds objectives in a value, wherever in it they stand.
fn gather(node: &Node, outline: &mut Outline) {
    match &node.value {
        Value::Words(_) => {}
        Value::List(list) => {
            for node in list {
                gather(node, outline);
            }
        }
        Value::Map(map) => {
            if is_objective(map) {
                objective(node.line, map, outline);
                return;
            }
            for (key, node) in map {
                let normal = normal(key);
                match &node.value {
                    Value::Words(words) => {
                        // What is said above the first objective is said of the plan.
                        if outline.entries.is_empty() && is_head(&normal) {
                            let words = one_line(words);
                            let text = if is_name(&normal) {
                                words
                            } else {
                                format!("{}: {words}", spaced(key))
                            };
                            outline.preamble.push((node.line, text));
                        }
                    }
                    Value::List(list) if is_objectives(&normal) => {
                        for node in list {
                            one_objective(node, outline);
                        }
                    }
                    // The key may be the words of the objective.
                    Value::Map(inner)
                        if !has_title(inner)
                            && !is_objectives(&normal)
                            && inner
                                .iter()
                                .any(|(key, _)| is_key_results(&self::normal(key))) =>
                    {
                        let line = node
                            .line
                            .min(inner.first().map_or(node.line, |(_, node)| node.line));
                        outline.push(line, Kind::Objective, false, one_line(key));
                        parts(inner, None, outline);
                    }
                    _ => gather(node, outline),
                }
            }
        }
    }
}

fn one_objective(node: &Node, outline: &mut Outline) {
    match &node.value {
        Value::Words(words) => outline.push(node.line, Kind::Objective, false, one_line(words)),
        Value::Map(map) => objective(node.line, map, outline),
        Value::List(_) => gather(node, outline),
    }
}

/// Returns whether a map is an objective: it has words for one, and key results.
fn is_objective(map: &[(String, Node)]) -> bool {
    has_title(map) && map.iter().any(|(key, _)| is_key_results(&normal(key)))
}

fn has_title(map: &[(String, Node)]) -> bool {
    map.iter().any(|(key, node)| {
        matches!(node.value, Value::Words(_)) && names(&normal(key), Field::Objective)
    })
}

/// Returns whether a value says the same thing twice, as lines of a text do and keys of data never.
fn repeats(node: &Node) -> bool {
    match &node.value {
        Value::Words(_) => false,
        Value::List(list) => list.iter().any(repeats),
        Value::Map(map) => {
            let mut keys = HashSet::new();
            map.iter()
                .any(|(key, node)| !keys.insert(key) || repeats(node))
        }
    }
}

fn objective(line: usize, map: &[(String, Node)], outline: &mut Outline) {
    let title = title_of(map, Field::Objective);
    outline.push(
        line,
        Kind::Objective,
        false,
        title.map(|(_, words)| one_line(words)).unwrap_or_default(),
    );
    parts(map, title.map(|(at, _)| at), outline);
}

/// Adds what is said of an objective, but for the words at `title`, and what belongs to it.
fn parts(map: &[(String, Node)], title: Option<usize>, outline: &mut Outline) {
    fields(map, title, outline);
    for (key, node) in map {
        let normal = normal(key);
        if let (Value::Map(map), true) = (&node.value, is_key_results(&normal)) {
            for (key, node) in map {
                named_key_result(key, node, outline);
            }
        }
        let kind = match &node.value {
            Value::List(_) if is_key_results(&normal) => Kind::KeyResult,
            Value::List(_) if names(&normal, Field::Initiative) => Kind::Initiative,
            // Objectives under an objective: they are told one after the other, with their parent.
            Value::List(_) if is_objectives(&normal) => Kind::Objective,
            _ => continue,
        };
        if let Value::List(list) = &node.value {
            for node in list {
                if kind == Kind::Objective {
                    one_objective(node, outline);
                } else {
                    element(node, kind, false, outline);
                }
            }
        }
    }
}

/// Adds a key result that stands behind a key, which is its number or its words.
fn named_key_result(key: &str, node: &Node, outline: &mut Outline) {
    let has_words = match &node.value {
        Value::Words(_) => true,
        Value::Map(map) => title_of(map, Field::KeyResult).is_some(),
        Value::List(_) => false,
    };
    if has_words {
        element(node, Kind::KeyResult, false, outline);
        outline.say(node.line, "Id", key);
        return;
    }
    outline.push(node.line, Kind::KeyResult, false, one_line(key));
    match &node.value {
        Value::Map(map) => {
            fields(map, None, outline);
            initiatives(map, outline);
        }
        Value::List(list) => {
            for node in list {
                element(node, Kind::Initiative, true, outline);
            }
        }
        Value::Words(_) => {}
    }
}

/// Adds a key result or initiative, with the initiatives in it.
fn element(node: &Node, kind: Kind, is_nested: bool, outline: &mut Outline) {
    let map = match &node.value {
        Value::Words(words) => {
            let words = one_line(words);
            outline.push(node.line, kind, is_nested, unmark(&words).rest);
            return;
        }
        Value::Map(map) => map,
        Value::List(list) => {
            for node in list {
                element(node, kind, is_nested, outline);
            }
            return;
        }
    };
    let own = if kind == Kind::KeyResult {
        Field::KeyResult
    } else {
        Field::Initiative
    };
    let title = title_of(map, own);
    outline.push(
        node.line,
        kind,
        is_nested,
        title.map(|(_, words)| one_line(words)).unwrap_or_default(),
    );
    fields(map, title.map(|(at, _)| at), outline);
    initiatives(map, outline);
}

/// Adds the initiatives that stand in a key result.
fn initiatives(map: &[(String, Node)], outline: &mut Outline) {
    for (key, node) in map {
        if let (Value::List(list), true) = (&node.value, names(&normal(key), Field::Initiative)) {
            for node in list {
                element(node, Kind::Initiative, true, outline);
            }
        }
    }
}

/// Returns the words of an element and the place of their key: under its own name before a general one.
fn title_of(map: &[(String, Node)], own: Field) -> Option<(usize, &str)> {
    let words = |field: Field| {
        map.iter().enumerate().find_map(|(at, (key, node))| {
            let normal = normal(key);
            let is_it = names(&normal, field) && !is_reference(&normal);
            match &node.value {
                Value::Words(words) if is_it => Some((at, words.as_str())),
                _ => None,
            }
        })
    };
    let described = || {
        map.iter()
            .enumerate()
            .find_map(|(at, (key, node))| match &node.value {
                Value::Words(words) if names(&normal(key), Field::Description) => {
                    Some((at, words.as_str()))
                }
                _ => None,
            })
    };
    words(own)
        .or_else(|| words(Field::Title))
        .or_else(described)
}

/// Adds what is said of the last element, but for the words at `title`.
fn fields(map: &[(String, Node)], title: Option<usize>, outline: &mut Outline) {
    for (at, (key, node)) in map.iter().enumerate() {
        if Some(at) == title {
            continue;
        }
        match &node.value {
            Value::Words(words) if !words.trim().is_empty() && words != "null" && words != "~" => {
                if let Some(said) = done(&normal(key), words) {
                    outline.say(node.line, "Status", said);
                } else {
                    outline.say(node.line, &spaced(key), words.trim());
                }
            }
            Value::List(list) if is_plain(list) && is_field(&spaced(key)) => {
                let words: Vec<_> = list.iter().filter_map(Node::words).collect();
                outline.say(node.line, &spaced(key), &words.join(", "));
            }
            Value::Map(map) if !holds_elements(&normal(key)) => {
                for (inner, node) in map {
                    if let Value::Words(words) = &node.value {
                        outline.say(node.line, &spaced(&format!("{key} {inner}")), words.trim());
                    }
                }
            }
            Value::List(list) if !holds_elements(&normal(key)) => {
                for node in list {
                    if let Some(words) = node.words() {
                        outline.say(node.line, &spaced(key), words);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Returns the status that a yes or no under a word like `done` stands for.
fn done(normal: &str, words: &str) -> Option<&'static str> {
    let is_done = matches!(
        normal,
        "done" | "completed" | "complete" | "finished" | "achieved"
    );
    match words.trim() {
        "true" | "yes" if is_done => Some("done"),
        "false" | "no" if is_done => Some("not started"),
        _ => None,
    }
}

impl Node {
    fn words(&self) -> Option<&str> {
        match &self.value {
            Value::Words(words) => Some(words.trim()),
            _ => None,
        }
    }
}

fn is_plain(list: &[Node]) -> bool {
    list.iter().all(|node| node.words().is_some())
}

/// Returns a key as words: `keyResults` and `key_results` are `key results`.
fn spaced(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 4);
    let mut was_small = false;
    for c in key.chars() {
        if c.is_uppercase() && was_small {
            out.push(' ');
        }
        was_small = c.is_lowercase() || c.is_ascii_digit();
        out.push(if matches!(c, '_' | '-') { ' ' } else { c });
    }
    out
}

fn normal(key: &str) -> String {
    words::normal(&spaced(key))
}

fn names(normal: &str, field: Field) -> bool {
    words::heading(normal)
        .iter()
        .any(|candidate| candidate.field == field && candidate.plainness != Plainness::Contained)
}

fn is_objectives(normal: &str) -> bool {
    matches!(normal, "okrs" | "okr") || names(normal, Field::Objective)
}

fn is_key_results(normal: &str) -> bool {
    names(normal, Field::KeyResult)
}

fn holds_elements(normal: &str) -> bool {
    is_objectives(normal) || is_key_results(normal) || names(normal, Field::Initiative)
}

fn is_reference(normal: &str) -> bool {
    names(normal, Field::Reference)
}

/// Returns whether a key above the objectives says something of the plan.
fn is_head(normal: &str) -> bool {
    is_name(normal) || names(normal, Field::Period) || names(normal, Field::Team)
}

fn is_name(normal: &str) -> bool {
    matches!(normal, "plan" | "name" | "title")
}

/// Returns whether a key stands over objectives or key results.
pub(super) fn names_elements(key: &str) -> bool {
    let normal = normal(key);
    is_objectives(&normal) || is_key_results(&normal)
}
