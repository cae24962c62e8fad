//! The documents that teach the plan format and the edits: their examples are true.
//!
//! `tests/README.md` says how an example is written.

mod change;
mod tables;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use okr_core::edit::tidy;
use okr_core::{parse, print};

use self::change::{Refusal, changed};
use self::tables::table;
use crate::support::expected::{differences, is_accepting};
use crate::support::reading::{completed_reading, reading};
use crate::support::root;

#[test]
fn examples_are_read_as_they_say() {
    for_each_document(|document, failures| {
        let examples = document.examples(failures);
        if examples.is_empty() {
            failures.push(format!("{}: the file has no example", document.name));
        }
        examples
            .iter()
            .filter_map(|example| document.run(example, failures))
            .collect()
    });
}

#[test]
fn examples_keep_their_meaning_when_printed_and_tidied() {
    for_each_document(|document, failures| {
        for example in document.examples(failures) {
            let text = document.text_of(example.plan);
            let plan = parse(text.clone()).plan;
            let place = document.place(example.plan);
            let printed = print(&plan);
            if parse(printed.clone()).plan != plan {
                failures.push(format!("{place}: the printed plan is another\n{printed}"));
            }
            let tidied = tidy(&parse(text.clone())).apply(&text);
            if parse(tidied.clone()).plan != plan {
                failures.push(format!("{place}: the tidied plan is another\n{tidied}"));
            }
        }
        Vec::new()
    });
}

#[test]
fn tables_are_current() {
    for_each_document(|document, failures| {
        let mut rewrites = Vec::new();
        for (there, name) in document.tables(failures) {
            let expected = &document.text[there.clone()];
            let Some(actual) = table(&name, expected) else {
                let line = document.line(there.start);
                failures.push(format!(
                    "{}:{line}: nothing is called `{name}`",
                    document.name
                ));
                continue;
            };
            if expected == actual {
                continue;
            }
            if is_accepting() {
                rewrites.push((there, actual));
            } else {
                let line = document.line(there.start);
                failures.push(document.differing(line, "the table differs", expected, &actual));
            }
        }
        rewrites
    });
}

#[test]
fn all_fields_are_in_the_specification() {
    let document = Document::open(&root().join(SPECIFICATION));
    for whose in ["the plan", "an objective", "a key result"] {
        let opening = format!("<!-- generated: fields of {whose} -->");
        assert!(
            document.text.contains(&opening),
            "{SPECIFICATION}: no `{opening}`"
        );
    }
    for whose in ["the plan", "a key result"] {
        let opening = format!("<!-- generated: kept fields of {whose} -->");
        assert!(
            document.text.contains(&opening),
            "{SPECIFICATION}: no `{opening}`"
        );
    }
}

/// The document that must hold tables of all fields.
const SPECIFICATION: &str = "docs/plan-format.md";

/// Runs `check` on every document, writes its rewrites, and fails with everything that is wrong.
fn for_each_document(check: impl Fn(&Document, &mut Vec<String>) -> Vec<(Range<usize>, String)>) {
    // Tests run at the same time, and each may rewrite a document that another has read.
    static LOCK: Mutex<()> = Mutex::new(());
    let _guard = LOCK.lock().unwrap_or_else(PoisonError::into_inner);
    let mut failures = Vec::new();
    for path in documents() {
        let document = Document::open(&path);
        let mut rewrites = check(&document, &mut failures);
        rewrites.sort_by_key(|(range, _)| range.start);
        if rewrites.is_empty() {
            continue;
        }
        let mut text = document.text.clone();
        for (range, new) in rewrites.into_iter().rev() {
            text.replace_range(range, &new);
        }
        fs::write(&path, text).expect("the document can be written");
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

fn documents() -> Vec<PathBuf> {
    let folder = fs::read_dir(root().join("tests/spec")).expect("the folder is there");
    let mut paths: Vec<PathBuf> = folder
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.push(root().join(SPECIFICATION));
    paths.sort();
    paths
}

/// A Markdown file with examples.
struct Document {
    /// Its path below the root of the repository.
    name: String,
    text: String,
    blocks: Vec<Block>,
}

/// A fenced code block that begins at the start of a line.
struct Block {
    /// The first word behind the fence.
    language: String,
    /// The other words.
    words: Vec<String>,
    /// What stands between the fences, the last line end included.
    content: Range<usize>,
}

/// A plan with what it is expected to come to.
struct Example<'d> {
    plan: &'d Block,
    /// The change that is made to the plan; a plan that is only read has none.
    change: Option<&'d Block>,
    expected: &'d Block,
}

impl Document {
    fn open(path: &Path) -> Self {
        let text = fs::read_to_string(path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            .replace("\r\n", "\n");
        let name = path
            .strip_prefix(root())
            .unwrap_or(path)
            .display()
            .to_string();
        let blocks = blocks(&text);
        Self {
            name: name.replace('\\', "/"),
            text,
            blocks,
        }
    }

    /// Returns the examples; blocks that belong to none are reported.
    fn examples(&self, failures: &mut Vec<String>) -> Vec<Example<'_>> {
        let mut examples = Vec::new();
        let mut blocks = self
            .blocks
            .iter()
            .filter(|block| block.is_ours())
            .peekable();
        while let Some(plan) = blocks.next() {
            let mut next =
                |is_wanted: &dyn Fn(&Block) -> bool| blocks.next_if(|block| is_wanted(block));
            let found = match (&*plan.language, plan.has("before"), plan.has("after")) {
                ("markdown", false, false) => next(&|block| block.language == "reading")
                    .map(|expected| Example {
                        plan,
                        change: None,
                        expected,
                    })
                    .ok_or("the plan has no `reading` behind it"),
                ("markdown", true, _) => next(&|block| block.language == "change")
                    .and_then(|change| {
                        let is_outcome =
                            |block: &Block| block.language == "refusal" || block.has("after");
                        let expected = next(&is_outcome)?;
                        Some(Example {
                            plan,
                            change: Some(change),
                            expected,
                        })
                    })
                    .ok_or(
                        "the plan needs a `change` and a `markdown after` or a `refusal` behind it",
                    ),
                _ => Err("the block belongs to no plan before it"),
            };
            match found {
                Ok(example) => examples.push(example),
                Err(message) => failures.push(format!("{}: {message}", self.place(plan))),
            }
        }
        examples
    }

    /// Returns the place and the name of each table between `<!-- generated: … -->` or `<!-- computed: … -->`
    /// and the `end` of it; those without an end are reported.
    fn tables(&self, failures: &mut Vec<String>) -> Vec<(Range<usize>, String)> {
        let mut tables = Vec::new();
        for kind in ["generated", "computed"] {
            let opening = format!("\n<!-- {kind}: ");
            let closing = format!("<!-- {kind}: end -->");
            for (at, _) in self.text.match_indices(&opening) {
                let rest = &self.text[at + opening.len()..];
                let Some((name, after)) =
                    rest.split_once(" -->\n").filter(|(name, _)| *name != "end")
                else {
                    continue;
                };
                let start = self.text.len() - after.len();
                match after.find(&closing) {
                    Some(length) => tables.push((start..start + length, name.to_owned())),
                    None => failures.push(format!(
                        "{}:{}: the table has no end",
                        self.name,
                        self.line(start)
                    )),
                }
            }
        }
        tables
    }

    /// Runs an example; returns what is to stand in the place of what is expected, if that is wanted.
    fn run(
        &self,
        example: &Example<'_>,
        failures: &mut Vec<String>,
    ) -> Option<(Range<usize>, String)> {
        let text = self.text_of(example.plan);
        let (what, actual) = match example.change {
            None if example.expected.has("completed") => {
                ("completed reading", Ok(completed_reading(&text)))
            }
            None => ("reading", Ok(reading(&text))),
            Some(change) => match changed(&text, self.content(change).trim()) {
                Ok(actual) if example.expected.language == "markdown" => {
                    ("changed plan", Ok(actual))
                }
                Err(Refusal::OfTheEdit(message)) if example.expected.language == "refusal" => {
                    ("refusal", Ok(format!("{message}\n")))
                }
                Ok(_) => ("change", Err("is not refused".to_owned())),
                Err(Refusal::OfTheEdit(message) | Refusal::OfTheExample(message)) => {
                    ("change", Err(message))
                }
            },
        };
        let actual = match actual {
            Ok(actual) => actual,
            Err(message) => {
                failures.push(format!(
                    "{}: the {what} {message}",
                    self.place(example.expected)
                ));
                return None;
            }
        };
        let expected = self.text_of(example.expected);
        if expected == actual {
            return None;
        }
        // What cannot be written into the block, such as an odd line end, must stay a failure.
        let shown = actual.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let shown = if shown.ends_with('\n') {
            shown
        } else {
            shown + "\n"
        };
        if is_accepting() && example.expected.text(&shown) == actual {
            return Some((example.expected.content.clone(), shown));
        }
        let line = self.line(example.expected.content.start);
        failures.push(self.differing(line, &format!("the {what} differs"), &expected, &actual));
        None
    }

    fn differing(&self, line: usize, what: &str, expected: &str, actual: &str) -> String {
        let differences = differences(expected, actual);
        format!(
            "{}:{line}: {what}; UPDATE=1 accepts it (- expected, + actual)\n{differences}",
            self.name
        )
    }

    fn content(&self, block: &Block) -> &str {
        &self.text[block.content.clone()]
    }

    fn text_of(&self, block: &Block) -> String {
        block.text(self.content(block))
    }

    fn place(&self, block: &Block) -> String {
        format!("{}:{}", self.name, self.line(block.content.start))
    }

    fn line(&self, offset: usize) -> usize {
        self.text[..offset].matches('\n').count() + 1
    }
}

impl Block {
    fn is_ours(&self) -> bool {
        ["markdown", "reading", "change", "refusal"].contains(&&*self.language)
    }

    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|other| other == word)
    }

    /// Returns `content` with what a fenced block cannot show, as the words behind the fence say.
    fn text(&self, content: &str) -> String {
        let mut text = content.to_owned();
        if self.has("unended") {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if self.has("crlf") {
            text = text.replace('\n', "\r\n");
        }
        if self.has("mark") {
            text.insert(0, '\u{feff}');
        }
        text
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, Block)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let ticks = line.bytes().take_while(|b| *b == b'`').count();
        let info = line[ticks..].trim();
        let ends = open
            .as_ref()
            .is_some_and(|(fence, _)| ticks >= *fence && info.is_empty());
        if ends {
            blocks.extend(open.take().map(|(_, mut block)| {
                block.content.end = at;
                block
            }));
        } else if open.is_none() && ticks >= 3 {
            let mut words = info.split_whitespace().map(str::to_owned);
            let language = words.next().unwrap_or_default();
            let content = at + line.len()..text.len();
            open = Some((
                ticks,
                Block {
                    language,
                    words: words.collect(),
                    content,
                },
            ));
        }
        at += line.len();
    }
    // A block without an end has the rest of the file for its content, and its example fails.
    blocks.extend(open.map(|(_, block)| block));
    blocks
}
