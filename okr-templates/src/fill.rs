//! From a role template to a plan document.

use std::io;

use indexmap::IndexMap;
use jiff::civil::Date;
use okr_core::Parsed;
use okr_core::diagnostic::{Location, Severity};
use okr_core::edit::{Change, edit, renumber};
use okr_core::model::{
    ElementId, FiscalYear, Inline, Period, PeriodKind, Plan, Quantity, date_in_words, one_line,
};
use okr_core::syntax::FrontMatter;
use okr_core::text::{Span, TextEdit};
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, TeraResult};

use crate::error::{Error, ErrorKind, Problem};
use crate::template::Template;

/// What to fill a template with.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The team; the template's own answer stands in for it.
    pub team: Option<String>,
    /// The owner of the plan; nobody, when absent.
    pub owner: Option<String>,
    /// The period; the template cannot be filled without one.
    pub period: Option<Period>,
    /// When the fiscal year begins, to be kept in the plan.
    pub fiscal_year: FiscalYear,
    /// Answers to the other questions of the template, by the input's name.
    pub inputs: IndexMap<String, String>,
    /// Which objectives to take.
    pub selection: Selection,
    /// Baselines that are known: key results are numbered as in the template.
    pub baselines: Vec<(ElementId, Quantity)>,
}

/// Which objectives of a template to take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// Those that the template names as a start.
    #[default]
    Start,
    /// All of them.
    All,
    /// Those of these numbers, from 1.
    Numbers(Vec<usize>),
}

impl Selection {
    /// Reads numbers and ranges, such as `1,3-5`.
    ///
    /// # Errors
    ///
    /// The message says which part is no number from 1 or no range.
    pub fn parse(text: &str) -> Result<Self, String> {
        parse_numbers(text).map(Self::Numbers)
    }

    fn numbers(&self, template: &Template, count: usize) -> Vec<usize> {
        match self {
            Self::Numbers(numbers) => numbers.clone(),
            Self::Start if !template.start_with.is_empty() => template.start_with.clone(),
            Self::Start | Self::All => (1..=count).collect(),
        }
    }
}

/// The greatest number that a list of objectives may name.
const MAX_NUMBER: usize = 1000;

pub(crate) fn parse_numbers(text: &str) -> Result<Vec<usize>, String> {
    let number = |part: &str| {
        let number = part
            .trim()
            .parse::<usize>()
            .ok()
            .filter(|number| (1..=MAX_NUMBER).contains(number));
        number.ok_or_else(|| format!("`{}` is no number of an objective", part.trim()))
    };
    let mut numbers = Vec::new();
    for part in text.split(',') {
        let (first, last) = match part.split_once(['-', '–']) {
            Some((first, last)) => (number(first)?, number(last)?),
            None => (number(part)?, number(part)?),
        };
        if first > last {
            return Err(format!("`{}` runs backwards", part.trim()));
        }
        numbers.extend(first..=last);
    }
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// A plan made from a template.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The plan document.
    pub text: String,
    /// The plan in it.
    pub plan: Plan,
    /// Key results whose baseline is still to be measured, with the question that asks for it.
    pub unmeasured: Vec<(ElementId, String)>,
}

impl Template {
    /// Returns the plan that the template makes for `request`.
    ///
    /// The same request gives the same text.
    ///
    /// # Errors
    ///
    /// The template is wrong ([`Error::problem`] shows where), no period is given, or the request names
    /// an input, objective or key result that the template does not have.
    pub fn fill(&self, request: &Request) -> Result<Filled, Error> {
        let period = request
            .period
            .ok_or_else(|| refuse("a plan needs a period".to_owned()))?;
        let text = self.render(request, period)?;
        let parsed = self.read(text)?;
        let count = parsed.plan.objectives.len();
        let numbers = request.selection.numbers(self, count);
        if let Some(number) = numbers.iter().find(|number| **number > count) {
            let message = format!(
                "role template `{}` has {count} objectives, so there is no objective {number}",
                self.name
            );
            return Err(refuse(message));
        }
        let text = keep_objectives(&parsed, &numbers).apply(parsed.document.text());
        let mut parsed = okr_core::parse(text);
        parsed = okr_core::parse(renumber(&parsed).apply(parsed.document.text()));
        for (element, baseline) in &request.baselines {
            let element = Self::position_after(*element, &numbers)?;
            let change = Change::SetField {
                element,
                field: "Baseline".to_owned(),
                value: Inline::from_plain(&baseline.to_string()),
            };
            let patch = edit(&parsed, &change).map_err(|_| {
                refuse(format!(
                    "role template `{}` has no key result {element}",
                    self.name
                ))
            })?;
            parsed = okr_core::parse(patch.apply(parsed.document.text()));
        }
        let unmeasured = parsed
            .plan
            .key_results()
            .filter(|(_, key_result)| {
                key_result.measure.target.is_some() && key_result.measure.start.is_none()
            })
            .filter_map(|(id, key_result)| {
                Some((
                    id,
                    key_result.measure.question.as_ref()?.plain().into_owned(),
                ))
            })
            .collect();
        Ok(Filled {
            text: parsed.document.text().to_owned(),
            plan: parsed.plan,
            unmeasured,
        })
    }

    /// Returns the whole template as a plan, filled with its own answers and the first quarter of 2026.
    ///
    /// Only titles, measures, targets and the like are of use in it, not its dates.
    ///
    /// # Errors
    ///
    /// The template is wrong; [`Error::problem`] shows where.
    pub fn outline(&self) -> Result<Plan, Error> {
        let period = Period::containing(Date::constant(2026, 1, 1), PeriodKind::Quarter, None);
        let request = Request {
            period,
            selection: Selection::All,
            ..Request::default()
        };
        Ok(self.fill(&request)?.plan)
    }

    /// Returns where key result `element` of the template stands once only `numbers` are taken.
    fn position_after(element: ElementId, numbers: &[usize]) -> Result<ElementId, Error> {
        let ElementId::KeyResult(o, k) = element else {
            return Err(refuse(format!(
                "{element} is no key result like 1.2, so that it has no baseline"
            )));
        };
        match numbers.iter().position(|number| *number == o + 1) {
            Some(position) => Ok(ElementId::KeyResult(position, k)),
            None => Err(refuse(format!(
                "key result {element} belongs to objective {}, which is not taken",
                o + 1
            ))),
        }
    }

    fn render(&self, request: &Request, period: Period) -> Result<String, Error> {
        let declared = |name: &str| self.inputs.iter().any(|input| input.name == name);
        if let Some(name) = request.inputs.keys().find(|name| !declared(name)) {
            let known: Vec<_> = self.inputs.iter().map(|input| &*input.name).collect();
            let message = format!(
                "role template `{}` has no input `{name}`; it has {}",
                self.name,
                known.join(", ")
            );
            return Err(refuse(message));
        }
        let given = |name: &str| {
            let input = self.inputs.iter().find(|input| input.name == name);
            input.and_then(|input| input.default.clone())
        };
        let team = request
            .team
            .clone()
            .or_else(|| request.inputs.get("team").cloned())
            .or_else(|| given("team"));
        let owner = request
            .owner
            .clone()
            .or_else(|| request.inputs.get("owner").cloned())
            .or_else(|| given("owner"));
        let mut context = Context::new();
        for input in &self.inputs {
            let answer = request.inputs.get(&input.name).or(input.default.as_ref());
            context.insert(
                input.name.clone(),
                &markdown(answer.map_or("", String::as_str)),
            );
        }
        let plan_name = request
            .team
            .clone()
            .or_else(|| self.plan.clone())
            .or_else(|| team.clone());
        let team = team.or_else(|| self.plan.clone());
        context.insert("team", &markdown(team.as_deref().unwrap_or(&self.title)));
        context.insert("owner", &markdown(owner.as_deref().unwrap_or("")));
        context.insert("period", &PeriodView::new(period));
        let front_matter = Plan {
            name: plan_name
                .map(|name| one_line(&name))
                .filter(|name| !name.is_empty()),
            period: Some(period),
            team: team
                .as_deref()
                .map(one_line)
                .filter(|team| !team.is_empty()),
            owner: owner
                .as_deref()
                .map(one_line)
                .filter(|owner| !owner.is_empty()),
            cadence: self.cadence,
            template: Some(self.name.clone()),
            fiscal_year: request.fiscal_year,
            ..Plan::default()
        };
        let mut text = okr_core::print(&front_matter);
        let body = self.render_body(period, &context)?;
        text.push('\n');
        // A field without an answer ends at its colon.
        for line in body.trim_start_matches(['\r', '\n']).lines() {
            text.push_str(if line.ends_with(": ") {
                line.trim_end()
            } else {
                line
            });
            text.push('\n');
        }
        Ok(text)
    }

    fn render_body(&self, period: Period, context: &Context) -> Result<String, Error> {
        // Blanks in place of the front matter keep every place in the body where it is in the file.
        let head = self.text.len() - self.body().len();
        let blank = |c: char| {
            if c == '\n' {
                "\n".to_owned()
            } else {
                " ".repeat(c.len_utf8())
            }
        };
        let mut source: String = self.text[..head].chars().map(blank).collect();
        source.push_str(self.body());
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<&str>::new());
        register_dates(&mut tera, period);
        tera.add_raw_template(&self.path, &source)
            .map_err(|error| self.problem(&error, context))?;
        let mut rendered = Bounded::default();
        let outcome = tera.render_to(&self.path, context, &mut rendered);
        if rendered.is_full {
            let message = "role template makes a plan of more than 16 MiB";
            let problem = Problem::new(&self.path, &self.text, head..head, message);
            return Err(problem
                .with_help("look for a loop that runs too often")
                .into());
        }
        outcome.map_err(|error| self.problem(&error, context))?;
        let rendered = String::from_utf8_lossy(&rendered.bytes);
        Ok(rendered.get(head..).unwrap_or("").to_owned())
    }

    /// Turns an error of the template engine into one that shows the place in the file.
    fn problem(&self, error: &tera::Error, context: &Context) -> Error {
        let (tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report)) =
            error.kind()
        else {
            return Problem::new(&self.path, &self.text, 0..0, error.to_string()).into();
        };
        let range = report.span().range.clone();
        let end = range.end.min(self.text.len());
        // The engine's message begins with a capital and goes on to list every variable; the help line
        // says the latter better.
        let sentence = report.message().split(". ").next().unwrap_or_default();
        let mut letters = sentence.chars();
        let first = letters
            .next()
            .map(|letter| letter.to_lowercase().to_string());
        let message = first.unwrap_or_default() + letters.as_str();
        let problem = Problem::new(&self.path, &self.text, range.start.min(end)..end, message);
        let word = self.text.get(range).unwrap_or("");
        let names = self
            .inputs
            .iter()
            .map(|input| &*input.name)
            .chain(["team", "owner", "period", "week", "month"]);
        let help = match okr_core::fields::nearest(word, names) {
            Some(near) if near != word && context.get(word).is_none() => format!("did you mean `{near}`?"),
            _ => "an expression may use team, owner, period.name, period.label, period.start, period.middle, \
                  period.end, period.first_day, period.last_day, week(n=6), month(n=1) and the inputs that the front matter declares"
                .to_owned(),
        };
        problem.with_help(help).into()
    }

    /// Reads the filled template, which must be a plan without errors.
    fn read(&self, text: String) -> Result<Parsed, Error> {
        let parsed = okr_core::parse(text);
        let fault = parsed
            .diagnostics
            .iter()
            .find(|diagnostic| diagnostic.severity >= Severity::Warning);
        let Some(fault) = fault else {
            return Ok(parsed);
        };
        let span = match fault.location {
            Location::Span(span) => span,
            _ => Span::empty(0),
        };
        Err(self
            .own_place(parsed.document.text(), span, &fault.message)
            .with_help(fault.help.clone())
            .into())
    }

    /// Shows a fault of the filled text in the template's own file, where its lines are the same; a
    /// template with loops or conditions has others, and then the filled text is shown.
    fn own_place(&self, filled: &str, span: Span, message: &str) -> Problem {
        let body = self.body().trim_start_matches(['\r', '\n']);
        let first = self.text.len() - body.len();
        let filled_body = filled.len() - lines_behind_front_matter(filled).len();
        let same_lines = body.lines().count() == filled[filled_body..].lines().count();
        let before = filled.get(filled_body..span.start());
        let (Some(before), true) = (before, same_lines) else {
            let path = format!("{} (filled in)", self.path);
            return Problem::new(&path, filled, span.into(), message);
        };
        let number = before.matches('\n').count();
        let start = match number {
            0 => first,
            _ => body
                .match_indices('\n')
                .nth(number - 1)
                .map_or(first, |(at, _)| first + at + 1),
        };
        let line = self.text[start..].lines().next().unwrap_or("");
        let word = span.of(filled);
        // A word that comes from an answer does not stand in the template; then its line does for it.
        let range = match line.find(word).filter(|_| !word.is_empty()) {
            Some(at) => start + at..start + at + word.len(),
            None => start..start + line.len(),
        };
        Problem::new(&self.path, &self.text, range, message)
    }
}

/// Returns the text behind the front matter and the blank line after it.
fn lines_behind_front_matter(text: &str) -> &str {
    let front_matter = FrontMatter::read(text);
    let start = front_matter.map_or(0, |front_matter| front_matter.span.end());
    text[start..].trim_start_matches(['\r', '\n'])
}

/// The most bytes that a template may make.
const MAX_FILLED: usize = 16 * 1024 * 1024;

/// Takes what a template makes, up to a bound: a loop in a loop can make more than any memory holds.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    is_full: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_FILLED {
            self.is_full = true;
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a template may say of the period; dates are written `YYYY-MM-DD`, days in words.
#[derive(Serialize)]
struct PeriodView {
    label: String,
    name: String,
    start: String,
    middle: String,
    end: String,
    first_day: String,
    last_day: String,
}

impl PeriodView {
    fn new(period: Period) -> Self {
        Self {
            label: period.to_string(),
            name: period.name(),
            start: period.start().to_string(),
            middle: period.middle().to_string(),
            end: period.end().to_string(),
            first_day: date_in_words(period.start()),
            last_day: date_in_words(period.end()),
        }
    }
}

/// Offers `week(n=6)` and `month(n=1)`: the last day of a week or month of the period.
///
/// In a period that is too short for it, the last day of the period stands in.
fn register_dates(tera: &mut Tera, period: Period) {
    fn number(kwargs: &Kwargs) -> TeraResult<i32> {
        let number = kwargs.must_get::<i32>("n")?;
        if number < 1 {
            Err(tera::Error::message("weeks and months are counted from 1"))
        } else {
            Ok(number)
        }
    }
    tera.register_function(
        "week",
        move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            Ok(period
                .week_end(number(&kwargs)?)
                .unwrap_or(period.end())
                .to_string())
        },
    );
    tera.register_function(
        "month",
        move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            Ok(period
                .month_end(number(&kwargs)?)
                .unwrap_or(period.end())
                .to_string())
        },
    );
}

/// Returns the patch that takes every other objective out.
fn keep_objectives(parsed: &Parsed, numbers: &[usize]) -> TextEdit {
    let line_start = |span: Span| parsed.document.whole_lines(span).start();
    let objectives: Vec<usize> = parsed
        .locations
        .objectives
        .iter()
        .map(|place| line_start(place.element.heading))
        .collect();
    let sections = parsed
        .locations
        .sections
        .iter()
        .map(|span| line_start(*span));
    let mut bounds: Vec<usize> = objectives.iter().copied().chain(sections).collect();
    bounds.push(parsed.document.text().len());
    bounds.sort_unstable();
    let mut edit = TextEdit::none();
    for (index, start) in objectives.iter().enumerate() {
        if !numbers.contains(&(index + 1)) {
            let end = bounds
                .iter()
                .copied()
                .find(|bound| bound > start)
                .unwrap_or(*start);
            edit.push(Span::new(*start, end), "");
        }
    }
    edit
}

fn markdown(plain: &str) -> String {
    Inline::from_plain(plain).as_markdown().to_owned()
}

fn refuse(message: String) -> Error {
    ErrorKind::BadRequest(message).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Library;

    fn request(period: &str) -> Request {
        let period = Period::parse(period, FiscalYear::default()).unwrap();
        Request {
            period: Some(period),
            ..Request::default()
        }
    }

    fn template(body: &str) -> Template {
        let text = format!("---\ntemplate: sales-team\nask.team: Which team?\n---\n{body}");
        Template::parse("sales-team.md", &text).unwrap()
    }

    #[track_caller]
    fn check_problem(body: &str, expected: &str) {
        let error = template(body).fill(&request("2026-Q4")).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn every_built_in_template_fills_for_every_kind_of_period() {
        for template in Library::built_in().unwrap().templates() {
            for period in [
                "2026",
                "2026-H2",
                "2026-T1",
                "2026-Q4",
                "2026-02",
                "2026-01-01..2026-01-05",
            ] {
                let all = Request {
                    selection: Selection::All,
                    ..request(period)
                };
                let filled = template.fill(&all).unwrap();
                for (id, key_result) in filled.plan.key_results() {
                    let due = key_result.due.expect("every key result has a date");
                    assert!(
                        all.period.unwrap().contains(due),
                        "{} {id} in {period}",
                        template.name
                    );
                }
            }
        }
    }

    #[test]
    fn objectives_are_taken_by_number_and_counted_anew() {
        let library = Library::built_in().unwrap();
        let template = library.get("accounts-team").unwrap();
        let selection = Selection::parse("2, 4-5").unwrap();
        let filled = template
            .fill(&Request {
                selection,
                ..request("2026-Q4")
            })
            .unwrap();
        let all = template.outline().unwrap();
        let titles: Vec<_> = filled
            .plan
            .objectives
            .iter()
            .map(|objective| &objective.title)
            .collect();
        assert_eq!(
            titles,
            [
                &all.objectives[1].title,
                &all.objectives[3].title,
                &all.objectives[4].title
            ]
        );
        assert!(filled.text.contains("\n### Key result 3.1: "));
        assert_eq!(filled.plan.sections.len(), all.sections.len());
    }

    #[test]
    fn a_known_baseline_makes_a_relative_target_absolute() {
        let library = Library::built_in().unwrap();
        let template = library.get("accounts-team").unwrap();
        let baselines = vec![(ElementId::KeyResult(0, 0), Quantity::parse("68%").unwrap())];
        let filled = template
            .fill(&Request {
                baselines,
                ..request("2026-Q4")
            })
            .unwrap();
        assert!(filled.text.contains("- Baseline: 68%\n"));
        assert!(filled.text.contains("- Target: +25% (68% → 85%)\n"));
        assert!(
            filled
                .unmeasured
                .iter()
                .all(|(id, _)| *id != ElementId::KeyResult(0, 0))
        );
    }

    #[test]
    fn answers_are_words_and_never_markdown() {
        let template = template("# {{ team }}\n");
        let team = Some("A *b*\n## Objective 9: c".to_owned());
        let filled = template
            .fill(&Request {
                team,
                ..request("2026-Q4")
            })
            .unwrap();
        assert!(
            filled.text.ends_with("# A \\*b\\* ## Objective 9: c\n"),
            "{}",
            filled.text
        );
        assert_eq!(filled.plan.objectives.len(), 0);
    }

    #[test]
    fn a_wrong_template_shows_the_place() {
        check_problem(
            "# {{ teem }}\n",
            "sales-team.md:5:6: variable `teem` is not defined; did you mean `team`?",
        );
        check_problem(
            "# Plan\n\n## Objective: a\n\n- Onwer: b\n",
            "sales-team.md:9:3: field `Onwer` is not known; did you mean `Owner`?",
        );
    }

    #[test]
    fn what_the_template_does_not_have_is_refused() {
        let library = Library::built_in().unwrap();
        let template = library.get("billing-coordinator").unwrap();
        let selection = Selection::Numbers(vec![5]);
        let error = template
            .fill(&Request {
                selection,
                ..request("2026-Q4")
            })
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "role template `billing-coordinator` has 4 objectives, so there is no objective 5"
        );
        let baselines = vec![(ElementId::KeyResult(0, 8), Quantity::parse("5").unwrap())];
        let error = template
            .fill(&Request {
                baselines,
                ..request("2026-Q4")
            })
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "role template `billing-coordinator` has no key result 1.9"
        );
        let error = library.get("acounts team").unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no role template `acounts team`; did you mean `accounts-team`?"
        );
    }
}
