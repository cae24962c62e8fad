//! Reads the filled text back, and shows a fault of it in the template's own file.

use okr_core::Parsed;
use okr_core::diagnostic::{Location, Severity};
use okr_core::syntax::FrontMatter;
use okr_core::text::Span;

use crate::error::{Error, Problem};
use crate::template::Template;

impl Template {
    /// Reads the filled template, which must be a plan without errors.
    pub(super) fn read(&self, text: String) -> Result<Parsed, Error> {
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
