use okr_core::fields::nearest;
use okr_core::model::Cadence;
use okr_core::syntax::{Document, Entry};

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
const KEYS: [&str; 7] = ["template", "title", "summary", "keywords", "plan", "cadence", "start-with"];

impl Template {
    /// Reads the description of a template from its text; `path` is the file that messages name.
    ///
    /// # Errors
    ///
    /// The front matter is missing or wrong; the message shows the file, the line and the place.
    pub fn parse(path: &str, text: &str) -> Result<Self, Error> {
        let document = Document::parse(text);
        let bad = |start: usize, end: usize, message: &str, help: &str| -> Error {
            Problem::new(path, text, start..end, message).with_help(help).into()
        };
        let Some(front_matter) = document.front_matter() else {
            return Err(bad(
                0,
                0,
                "role template has no front matter",
                "begin the file with `---`, lines such as `template: sales-team`, and `---`",
            ));
        };
        if let Some(problem) = front_matter.problems.first() {
            return Err(bad(problem.span.start(), problem.span.end(), problem.message, problem.help));
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
        let bad_value =
            |entry: &Entry, message: &str, help: &str| bad(entry.value_span.start(), entry.value_span.end(), message, help);
        for entry in &front_matter.entries {
            let value = entry.value.clone();
            match &*entry.key {
                "template" => template.name = value,
                "title" => template.title = value,
                "summary" => template.summary = value,
                "keywords" => template.keywords = parts(&value),
                "plan" => template.plan = Some(value),
                "cadence" => {
                    let cadence = Cadence::parse(&value).ok_or_else(|| {
                        bad_value(entry, "cadence is not known", "write weekly, two-weekly or monthly")
                    })?;
                    template.cadence = Some(cadence);
                }
                "start-with" => {
                    template.start_with = crate::fill::parse_numbers(&value)
                        .map_err(|message| bad_value(entry, &message, "write numbers like `1, 3-5`"))?;
                }
                key => match key.split_once('.') {
                    Some(("ask", name)) => template.inputs.push(Input {
                        name: name.to_owned(),
                        question: value,
                        default: front_matter.get(&format!("default.{name}")).map(|entry| entry.value.clone()),
                    }),
                    Some(("default", name)) if front_matter.get(&format!("ask.{name}")).is_some() => {}
                    Some(("default", name)) => {
                        return Err(bad(
                            entry.key_span.start(),
                            entry.key_span.end(),
                            "input has an answer but no question",
                            &format!("add a line `ask.{name}: …?`"),
                        ));
                    }
                    _ => {
                        let help = nearest(key, KEYS).map_or_else(
                            || "known keys are template, title, summary, keywords, plan, cadence, start-with, ask.… and default.…".to_owned(),
                            |near| format!("did you mean `{near}`?"),
                        );
                        return Err(bad(
                            entry.key_span.start(),
                            entry.key_span.end(),
                            "key is not known in a role template",
                            &help,
                        ));
                    }
                },
            }
        }
        let is_name = |name: &str| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !is_name(&template.name) {
            let span = front_matter.get("template").map_or(front_matter.span, |entry| entry.line_span);
            return Err(bad(
                span.start(),
                span.start() + span.of(text).lines().next().map_or(0, str::len),
                "role template has no name of small letters, digits and hyphens",
                "write a line like `template: sales-team`",
            ));
        }
        if template.title.is_empty() {
            template.title.clone_from(&template.name);
        }
        Ok(template)
    }

    /// Returns the text behind the front matter.
    #[must_use]
    pub fn body(&self) -> &str {
        let start = okr_core::syntax::FrontMatter::read(&self.text).map_or(0, |front_matter| front_matter.span.end());
        &self.text[start..]
    }
}

fn parts(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
