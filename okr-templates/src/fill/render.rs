//! Renders the text of a template: its front matter from the request, its body by the template engine.

use okr_core::model::{Inline, Period, Plan, one_line};
use tera::{Context, Tera};

use super::engine::{Bounded, PeriodView, register_dates};
use super::{Request, refuse};
use crate::error::{Error, Problem};
use crate::template::Template;

impl Template {
    pub(super) fn render(&self, request: &Request, period: Period) -> Result<String, Error> {
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
}

fn markdown(plain: &str) -> String {
    Inline::from_plain(plain).as_markdown().to_owned()
}
