//! From a role template to a plan document.

mod engine;
mod fault;
mod render;
mod request;

use jiff::civil::Date;
use okr_core::Parsed;
use okr_core::edit::{Change, edit, renumber};
use okr_core::model::{ElementId, Inline, Period, PeriodKind, Plan};
use okr_core::text::{Span, TextEdit};

pub(crate) use self::request::parse_numbers;
pub use self::request::{Request, Selection};
use crate::error::{Error, ErrorKind};
use crate::template::Template;

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
        .map(|place| line_start(place.heading));
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

fn refuse(message: String) -> Error {
    ErrorKind::BadRequest(message).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::Library;
    use okr_core::model::{FiscalYear, Quantity};

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
