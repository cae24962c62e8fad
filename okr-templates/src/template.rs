//! What a role template declares of itself.

use okr_core::fields::nearest;
use okr_core::model::Cadence;
use okr_core::syntax::{Entry, FrontMatter};
use okr_core::text::Span;

use crate::error::{Error, Problem};

/// A role template: a plan document with Tera expressions in its body, described by its front matter.
#[derive(Clone, Debug)]
pub struct Template {
    /// The name on the command line.
    pub name: String,
    /// What a list calls it.
    pub title: String,
    /// What it is for, in a sentence.
    pub summary: String,
    /// Words that it is found by.
    pub keywords: Vec<String>,
    /// What a plan made from it is called, unless a team is given.
    pub plan: Option<String>,
    /// How often its plans are checked.
    pub cadence: Option<Cadence>,
    /// The objectives to start with, by number from 1; empty for all of them.
    pub start_with: Vec<usize>,
    /// What it asks for.
    pub inputs: Vec<Input>,
    /// The file that messages name.
    pub path: String,
    /// The whole text, front matter included.
    pub text: String,
}

/// Something that a template asks for, declared as `ask.NAME` in its front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The name of the variable.
    pub name: String,
    /// The question to a person.
    pub question: String,
    /// The answer that is taken when none is given (`default.NAME`).
    pub default: Option<String>,
}

/// The keys of a template's front matter, without the families `ask.` and `default.`.
const KEYS: [&str; 7] = [
    "template",
    "title",
    "summary",
    "keywords",
    "plan",
    "cadence",
    "start-with",
];

impl Template {
    /// Reads the description of a template from its text; `path` is the file that messages name.
    ///
    /// # Errors
    ///
    /// The front matter is missing or wrong; the message shows the file, the line and the place.
    pub fn parse(path: &str, text: &str) -> Result<Self, Error> {
        let refuse = |fault: Fault| -> Error {
            Problem::new(path, text, fault.span.into(), fault.message)
                .with_help(fault.help)
                .into()
        };
        let front_matter = FrontMatter::read(text).ok_or_else(|| {
            refuse(Fault {
                span: Span::empty(0),
                message: "role template has no front matter".to_owned(),
                help: "begin the file with `---`, lines such as `template: sales-team`, and `---`"
                    .to_owned(),
            })
        })?;
        if let Some(problem) = front_matter.problems.first() {
            return Err(refuse(Fault {
                span: problem.span,
                message: problem.message.to_owned(),
                help: problem.help.to_owned(),
            }));
        }
        let mut template = Self {
            name: String::new(),
            title: String::new(),
            summary: String::new(),
            keywords: Vec::new(),
            plan: None,
            cadence: None,
            start_with: Vec::new(),
            inputs: Vec::new(),
            path: path.to_owned(),
            text: text.to_owned(),
        };
        for entry in &front_matter.entries {
            template.set(entry, &front_matter).map_err(refuse)?;
        }
        if !is_name(&template.name) {
            let entry = front_matter.get("template");
            let span = entry.map_or(front_matter.span, |entry| entry.line_span);
            let line = span.of(text).lines().next().map_or(0, str::len);
            return Err(refuse(Fault {
                span: Span::new(span.start(), span.start() + line),
                message: "role template has no name of small letters, digits and hyphens"
                    .to_owned(),
                help: "write a line like `template: sales-team`".to_owned(),
            }));
        }
        if template.title.is_empty() {
            template.title.clone_from(&template.name);
        }
        Ok(template)
    }

    fn set(&mut self, entry: &Entry, front_matter: &FrontMatter) -> Result<(), Fault> {
        let value = entry.value.clone();
        let fault = |span: Span, message: &str, help: String| Fault {
            span,
            message: message.to_owned(),
            help,
        };
        match &*entry.key {
            "template" => self.name = value,
            "title" => self.title = value,
            "summary" => self.summary = value,
            "keywords" => self.keywords = parts(&value),
            "plan" => self.plan = Some(value),
            "cadence" => {
                let help = "write weekly, two-weekly or monthly".to_owned();
                let cadence = Cadence::parse(&value)
                    .ok_or_else(|| fault(entry.value_span, "cadence is not known", help))?;
                self.cadence = Some(cadence);
            }
            "start-with" => {
                let help = "write numbers like `1, 3-5`".to_owned();
                self.start_with = crate::fill::parse_numbers(&value)
                    .map_err(|message| fault(entry.value_span, &message, help))?;
            }
            key => match key.split_once('.') {
                Some(("ask", name)) => {
                    let default = front_matter.get(&format!("default.{name}"));
                    self.inputs.push(Input {
                        name: name.to_owned(),
                        question: value,
                        default: default.map(|entry| entry.value.clone()),
                    });
                }
                Some(("default", name)) => {
                    if front_matter.get(&format!("ask.{name}")).is_none() {
                        let help = format!("add a line `ask.{name}: …?`");
                        let message = "input has an answer but no question";
                        return Err(fault(entry.key_span, message, help));
                    }
                }
                _ => {
                    let help = nearest(key, KEYS).map_or_else(
                        || format!("known keys are {}, ask.… and default.…", KEYS.join(", ")),
                        |near| format!("did you mean `{near}`?"),
                    );
                    let message = "key is not known in a role template";
                    return Err(fault(entry.key_span, message, help));
                }
            },
        }
        Ok(())
    }

    /// Returns the text behind the front matter.
    #[must_use]
    pub fn body(&self) -> &str {
        let front_matter = FrontMatter::read(&self.text);
        &self.text[front_matter.map_or(0, |front_matter| front_matter.span.end())..]
    }
}

/// What is wrong in the front matter.
struct Fault {
    span: Span,
    message: String,
    help: String,
}

fn is_name(name: &str) -> bool {
    let is_part = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !name.is_empty() && name.bytes().all(is_part)
}

fn parts(list: &str) -> Vec<String> {
    list.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
