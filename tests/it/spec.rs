//! The documents that teach the plan format and the edits: their examples are true.
//!
//! `tests/README.md` says how an example is written.

use std::fmt::{Display, Write as _};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use okr_core::edit::{Change, edit, renumber, tidy};
use okr_core::fields::{Field, HasFields};
use okr_core::model::{
    ElementId, FiscalYear, Inline, KeyResult, Measure, Objective, Period, PeriodError, Plan,
    Quantity, Target, YearLabel, parse_date,
};
use okr_core::{parse, print};

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

/// Why an example's change was not made.
enum Refusal {
    /// The change cannot be made to that plan.
    OfTheEdit(String),
    /// The example does not say what to change.
    OfTheExample(String),
}

/// Returns the text with the change made to it.
///
/// A change is `tidy`, `renumber`, `done ELEMENT` or `set ELEMENT FIELD VALUE`, in the words of `okr set`;
/// `add ELEMENT INITIATIVE`, `remove ELEMENT`, `dismiss ELEMENT RULE REASON`; `insert ELEMENT` with an
/// objective or a key result in the lines behind it, which is to be that element; or `check-in ELEMENT` with a
/// table of one row.
fn changed(text: &str, change: &str) -> Result<String, Refusal> {
    let parsed = parse(text);
    let (word, rest) = change.split_once(' ').unwrap_or((change, ""));
    let (element, rest) = rest.split_once([' ', '\n']).unwrap_or((rest, ""));
    let element = ElementId::parse(element);
    let patch = match (word, element) {
        ("tidy", None) => Ok(tidy(&parsed)),
        ("renumber", None) => Ok(renumber(&parsed)),
        ("done", Some(initiative)) => edit(
            &parsed,
            &Change::SetDone {
                initiative,
                done: true,
            },
        ),
        ("set", Some(element)) => edit(&parsed, &setting(element, rest)?),
        ("remove", Some(ElementId::Objective(objective))) => {
            edit(&parsed, &Change::RemoveObjective { objective })
        }
        ("remove", Some(key_result @ ElementId::KeyResult(..))) => {
            edit(&parsed, &Change::RemoveKeyResult { key_result })
        }
        ("remove", Some(initiative)) => edit(&parsed, &Change::RemoveInitiative { initiative }),
        ("check-in", Some(key_result)) => {
            let change = check_in(key_result, rest).ok_or_else(|| not_understood(change))?;
            edit(&parsed, &change)
        }
        ("add" | "insert" | "dismiss", Some(element)) => {
            let addition = addition(word, element, rest).ok_or_else(|| not_understood(change))?;
            edit(&parsed, &addition)
        }
        _ => return Err(not_understood(change)),
    };
    match patch {
        Ok(patch) => Ok(patch.apply(text)),
        Err(error) => Err(Refusal::OfTheEdit(error.to_string())),
    }
}

fn addition(word: &str, element: ElementId, rest: &str) -> Option<Change> {
    match (word, element) {
        ("add", _) => {
            let mut plan = parse(format!("## Objective: o\n\n- [ ] {rest}\n")).plan;
            let initiative = plan.objectives.first_mut()?.initiatives.pop()?;
            Some(Change::AddInitiative {
                element,
                title: initiative.title,
                owner: initiative.owner,
                due: initiative.due,
            })
        }
        ("insert", ElementId::KeyResult(objective, position)) => {
            let mut plan = parse(format!("## Objective: o\n\n{rest}\n")).plan;
            let key_result = Box::new(plan.objectives.first_mut()?.key_results.pop()?);
            Some(Change::AddKeyResult {
                objective,
                position,
                key_result,
            })
        }
        ("insert", ElementId::Objective(position)) => {
            let objective = parse(rest).plan.objectives.pop()?;
            Some(Change::AddObjective {
                position,
                objective: Box::new(objective),
            })
        }
        ("dismiss", _) => {
            let (rule, reason) = rest.split_once(' ').unwrap_or((rest, ""));
            Some(Change::Dismiss {
                element,
                rule: rule.to_owned(),
                reason: reason.to_owned(),
            })
        }
        _ => None,
    }
}

/// Returns the change that adds the check-in of a table, or with a number before it puts it in the place of
/// that one; without a table that one goes.
fn check_in(key_result: ElementId, rest: &str) -> Option<Change> {
    let (number, table) = match rest.split_once('\n') {
        _ if rest.starts_with('|') => (None, rest),
        Some((number, table)) => (Some(number), table),
        None => (Some(rest), ""),
    };
    let position = match number {
        Some(number) => Some(number.parse::<usize>().ok()?.checked_sub(1)?),
        None => None,
    };
    let text = format!("## Objective: o\n\n### Key result: k\n\n{table}\n");
    let mut key_result_there = parse(text).plan.objectives.pop()?.key_results.pop()?;
    let check_in = key_result_there.check_ins.pop().map(Box::new);
    Some(match (position, check_in) {
        (None, Some(check_in)) => Change::AddCheckIn {
            key_result,
            check_in,
        },
        (Some(position), Some(check_in)) => Change::SetCheckIn {
            key_result,
            position,
            check_in,
        },
        (Some(position), None) => Change::RemoveCheckIn {
            key_result,
            position,
        },
        (None, None) => return None,
    })
}

fn setting(element: ElementId, rest: &str) -> Result<Change, Refusal> {
    let (field, value) = match rest.to_lowercase().strip_prefix("baseline question") {
        Some(_) => rest.split_at("baseline question".len()),
        None => rest.split_at(rest.find(' ').unwrap_or(rest.len())),
    };
    let (field, value) = (field.to_owned(), value.trim());
    let is_initiative = matches!(
        element,
        ElementId::Initiative(..) | ElementId::ObjectiveInitiative(..)
    );
    Ok(match &*field {
        "title" => Change::SetTitle {
            element,
            title: Inline::from_plain(value),
        },
        "done" if is_initiative => Change::SetDone {
            initiative: element,
            done: value == "yes",
        },
        "owner" if is_initiative => {
            let owner = (!value.is_empty()).then(|| value.to_owned());
            Change::SetInitiativeOwner {
                initiative: element,
                owner,
            }
        }
        "due" if is_initiative => {
            let due = parse_date(value);
            if due.is_none() && !value.is_empty() {
                return Err(not_understood(rest));
            }
            Change::SetInitiativeDue {
                initiative: element,
                due,
            }
        }
        // Links count in this field and in fields of the user's own; elsewhere words are taken as they stand.
        _ => {
            let is_plain = match element {
                ElementId::Objective(_) => {
                    Objective::field(&field).is_some_and(|field| field.name != "Supports")
                }
                ElementId::KeyResult(..) => KeyResult::field(&field).is_some(),
                _ => true,
            };
            let value = if is_plain {
                Inline::from_plain(value)
            } else {
                Inline::parse(value)
            };
            Change::SetField {
                element,
                field,
                value,
            }
        }
    })
}

fn not_understood(change: &str) -> Refusal {
    Refusal::OfTheExample(format!("`{change}` is not understood"))
}

/// Returns a table as it is to stand in a document, or nothing when no table is called `name`.
///
/// `there` is the table as it stands; where the first column says what is computed, it is kept.
fn table(name: &str, there: &str) -> Option<String> {
    Some(match name {
        "fields of the plan" => table_of_fields::<Plan>(),
        "fields of an objective" => table_of_fields::<Objective>(),
        "fields of a key result" => table_of_fields::<KeyResult>(),
        "quantities" => completed(there, |written| vec![shown(Quantity::parse(written))]),
        "targets" => completed(there, target_cells),
        "periods" => completed(there, |written| {
            period_cells(written, FiscalYear::default())
        }),
        "periods of a year from April" => {
            let fiscal = FiscalYear::new(4, YearLabel::End)?;
            completed(there, |written| period_cells(written, fiscal))
        }
        _ => return None,
    })
}

fn table_of_fields<E: HasFields>() -> String {
    let mut table =
        "\n| Field | Also read as | What may stand in it |\n| --- | --- | --- |\n".to_owned();
    for Field {
        name,
        aliases,
        expects,
        ..
    } in E::FIELDS
    {
        let aliases: Vec<String> = aliases.iter().map(|alias| format!("`{alias}`")).collect();
        let aliases = aliases.join(", ");
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| `{name}` | {aliases} | {} |",
            expects.replace('|', "\\|")
        );
    }
    table.push('\n');
    table
}

/// Returns the table with the cells behind the first one of each row computed from that one.
fn completed(table: &str, cells: impl Fn(&str) -> Vec<String>) -> String {
    let mut out = String::new();
    for line in table.split_inclusive('\n') {
        let written = line
            .strip_prefix("| `")
            .and_then(|rest| rest.split('`').next());
        match written {
            Some(written) => {
                // Writing to a string cannot fail.
                let _ = writeln!(out, "| `{written}` | {} |", cells(written).join(" | "));
            }
            None => out.push_str(line),
        }
    }
    out
}

/// Returns a value as code, or why there is none.
fn shown(read: Result<impl Display, impl Display>) -> String {
    match read {
        Ok(value) => format!("`{value}`"),
        Err(error) => format!("not read: {error}"),
    }
}

fn target_cells(written: &str) -> Vec<String> {
    let target = Target::parse(written);
    let start = Quantity::parse("80").ok();
    let measure = Measure {
        start,
        target: target.clone().ok(),
        ..Measure::default()
    };
    vec![
        shown(target),
        measure
            .direction()
            .map_or_else(String::new, |direction| direction.to_string()),
        measure
            .target_value()
            .map_or_else(String::new, |value| value.to_string()),
    ]
}

fn period_cells(written: &str, fiscal: FiscalYear) -> Vec<String> {
    match Period::parse(written, fiscal) {
        Ok(period) => vec![
            shown(Ok::<_, PeriodError>(period)),
            period.start().to_string(),
            period.end().to_string(),
            period.middle().to_string(),
            period
                .previous()
                .map_or_else(String::new, |period| period.to_string()),
            period
                .next()
                .map_or_else(String::new, |period| period.to_string()),
        ],
        Err(error) => vec![format!("not read: {error}")],
    }
}
