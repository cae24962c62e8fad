//! The entries of the front matter.

use super::Lowering;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::HasFields;
use crate::model::{Inline, Plan};
use crate::text::Span;

impl Lowering<'_> {
    pub(super) fn front_matter(&mut self) {
        let Some(front_matter) = self.document.front_matter() else {
            return;
        };
        for problem in &front_matter.problems {
            self.diagnostics.push(
                Diagnostic::new(
                    "front-matter",
                    Severity::Error,
                    problem.span.into(),
                    problem.message,
                )
                .with_help(problem.help),
            );
        }
        let mut seen = Vec::new();
        for entry in &front_matter.entries {
            let field = Plan::field(&entry.key);
            let repeated = field.is_some_and(|field| seen.contains(&field.name));
            let Some(field) = field.filter(|_| !repeated) else {
                self.plan
                    .front_matter
                    .insert(entry.key.clone(), entry.value.clone());
                let diagnostic = if repeated {
                    let message = format!("key `{}` stands here a second time", entry.key);
                    Diagnostic::new(
                        "repeated-field",
                        Severity::Warning,
                        entry.key_span.into(),
                        message,
                    )
                    .with_help("keep one of the two lines; the first one counts")
                } else if let Some(kept) = Plan::kept_field(&entry.key) {
                    let Err(message) = (kept.check)(&entry.value) else {
                        continue;
                    };
                    unreadable(entry.value_span, message, kept.expects)
                } else {
                    let message = format!("key `{}` is not known", entry.key);
                    let help = match Plan::nearest_field(&entry.key) {
                        Some(nearest) => format!("did you mean `{nearest}`?"),
                        None => "it is kept as it stands".to_owned(),
                    };
                    Diagnostic::new(
                        "unknown-field",
                        Severity::Warning,
                        entry.key_span.into(),
                        message,
                    )
                    .with_help(help)
                };
                self.diagnostics.push(diagnostic);
                continue;
            };
            seen.push(field.name);
            if let Err(message) = (field.read)(&mut self.plan, &Inline::from_plain(&entry.value)) {
                self.plan
                    .front_matter
                    .insert(entry.key.clone(), entry.value.clone());
                self.diagnostics
                    .push(unreadable(entry.value_span, message, field.expects));
            }
        }
    }
}

fn unreadable(value: Span, message: String, expects: &str) -> Diagnostic {
    Diagnostic::new("unreadable-field", Severity::Error, value.into(), message)
        .with_help(format!("write {expects}"))
}
