//! From JSON to a plan.

use okr_core::diagnostic::Diagnostic;
use okr_core::model::{
    Bound, Cadence, CheckIn, Commitment, Direction, Fields, FiscalYear, Initiative, KeyResult,
    Link, Measure, Objective, Period, Plan, Quantity, Section, Status, Target, Unit, YearLabel,
};
use serde_json::Value;

use super::SCHEMA;
use super::node::{Node, refusal};
use crate::error::{Error, ErrorKind};
use crate::format::{Imported, ReadOptions};
use crate::formats::{is_field_name, text_of};

/// Reads a plan in JSON.
///
/// # Errors
///
/// The bytes are no JSON, or hold something else than the schema says.
pub(crate) fn plan(bytes: &[u8], _options: &ReadOptions) -> Result<Imported, Error> {
    let text = text_of(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Error::from(ErrorKind::Unreadable(format!("it is no JSON: {error}"))))?;
    let mut reader = Reader {
        diagnostics: Vec::new(),
    };
    let plan = reader.plan(&Node::root(&value))?;
    Ok(Imported {
        plan,
        diagnostics: reader.diagnostics,
    })
}

/// The words for bounds, which a plan has none for where a value is simply to be reached.
const BOUNDS: [(&str, Bound); 5] = [
    ("reach", Bound::Reach),
    ("at least", Bound::AtLeast),
    ("at most", Bound::AtMost),
    ("above", Bound::Above),
    ("below", Bound::Below),
];

pub(super) fn bound_word(bound: Bound) -> &'static str {
    BOUNDS
        .iter()
        .find(|(_, other)| *other == bound)
        .map_or("reach", |(word, _)| word)
}

struct Reader {
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn plan(&mut self, node: &Node<'_>) -> Result<Plan, Error> {
        let mut object = node.object()?;
        let schema = object.take("schema").ok_or_else(|| {
            refusal(format!(
                "it is no plan: there is no key `schema` that says \"{SCHEMA}\""
            ))
        })?;
        if schema.string()? != SCHEMA {
            return Err(schema.is_not(&format!(
                "\"{SCHEMA}\", the only one that this version reads"
            )));
        }
        let name = object.get("name", Node::words)?;
        let title = object.get("title", Node::inline)?;
        // Whether a label with `FY` means this year or another depends on the fiscal year.
        let period = object.take("period");
        let fiscal_year = object
            .get("fiscal_year", |node| self.fiscal_year(node))?
            .unwrap_or_default();
        let period = period
            .map(|node| self.period(&node, fiscal_year))
            .transpose()?;
        let mut plan = Plan {
            name: not_empty(name),
            title,
            period,
            fiscal_year,
            team: not_empty(object.get("team", Node::words)?),
            owner: not_empty(object.get("owner", Node::words)?),
            cadence: object.get("cadence", |node| {
                node.parsed("\"weekly\", \"two-weekly\" or \"monthly\"", Cadence::parse)
            })?,
            template: not_empty(object.get("template", Node::words)?),
            text: object.get("text", Node::free_text)?.unwrap_or_default(),
            objectives: object.each("objectives", |node| self.objective(node))?,
            ..Plan::default()
        };
        if let Some(node) = object.take("front_matter") {
            for (key, value) in node.members()? {
                plan.front_matter
                    .insert(key.to_owned(), value.string()?.to_owned());
            }
        }
        let most = plan.objectives.len();
        plan.sections = object.each("sections", |node| self.section(node, most))?;
        plan.sections.sort_by_key(|section| section.position);
        object.finish(&mut self.diagnostics);
        Ok(plan)
    }

    fn fiscal_year(&mut self, node: &Node<'_>) -> Result<FiscalYear, Error> {
        let mut object = node.object()?;
        let month = object
            .get("start_month", |node| node.integer(1, 12))?
            .unwrap_or(1);
        let label = object.get("named_after", |node| {
            node.parsed("\"end\" or \"start\"", |word| match word {
                "end" => Some(YearLabel::End),
                "start" => Some(YearLabel::Start),
                _ => None,
            })
        })?;
        object.finish(&mut self.diagnostics);
        Ok(FiscalYear::new(month, label.unwrap_or_default()).unwrap_or_default())
    }

    fn period(&mut self, node: &Node<'_>, fiscal_year: FiscalYear) -> Result<Period, Error> {
        let mut object = node.object()?;
        let label = object.need("label")?.parsed(
            "a period like \"2026-Q4\", \"2026-H2\", \"2026\", \"2026-11\", \"FY2027-Q1\" or \"2026-10-01..2026-12-31\"",
            |text| Period::parse(text, fiscal_year).ok(),
        )?;
        object.pass_over(&["name", "start", "end"]);
        object.finish(&mut self.diagnostics);
        Ok(label)
    }

    fn objective(&mut self, node: &Node<'_>) -> Result<Objective, Error> {
        let mut object = node.object()?;
        let objective = Objective {
            title: object.need("title")?.inline()?,
            id: not_empty(object.get("id", Node::words)?),
            owner: not_empty(object.get("owner", Node::words)?),
            commitment: object.get("commitment", |node| {
                node.parsed(
                    "\"committed\", \"aspirational\" or \"learning\"",
                    Commitment::parse,
                )
            })?,
            supports: object.each("supports", |node| self.link(node))?,
            fields: object.get("fields", fields)?.unwrap_or_default(),
            initiatives: object.each("initiatives", |node| self.initiative(node))?,
            text: object.get("text", Node::free_text)?.unwrap_or_default(),
            key_results: object.each("key_results", |node| self.key_result(node))?,
        };
        object.pass_over(&["number"]);
        object.finish(&mut self.diagnostics);
        Ok(objective)
    }

    fn link(&mut self, node: &Node<'_>) -> Result<Link, Error> {
        let mut object = node.object()?;
        let link = Link {
            text: object.need("text")?.words()?,
            target: object.get("target", Node::words)?.unwrap_or_default(),
        };
        object.finish(&mut self.diagnostics);
        Ok(link)
    }

    fn key_result(&mut self, node: &Node<'_>) -> Result<KeyResult, Error> {
        let mut object = node.object()?;
        let key_result = KeyResult {
            title: object.need("title")?.inline()?,
            id: not_empty(object.get("id", Node::words)?),
            owner: not_empty(object.get("owner", Node::words)?),
            measure: object
                .get("measure", |node| self.measure(node))?
                .unwrap_or_default(),
            due: object.get("due", Node::date)?,
            fields: object.get("fields", fields)?.unwrap_or_default(),
            initiatives: object.each("initiatives", |node| self.initiative(node))?,
            text: object.get("text", Node::free_text)?.unwrap_or_default(),
            check_ins: object.each("check_ins", |node| self.check_in(node))?,
        };
        object.pass_over(&["number", "derived"]);
        object.finish(&mut self.diagnostics);
        Ok(key_result)
    }

    fn measure(&mut self, node: &Node<'_>) -> Result<Measure, Error> {
        let mut object = node.object()?;
        let measure = Measure {
            name: object.get("name", Node::inline)?,
            unit: object.get("unit", unit)?.filter(|unit| *unit != Unit::None),
            direction: object.get("direction", |node| {
                node.parsed("\"increase\", \"decrease\" or \"keep\"", Direction::parse)
            })?,
            start: object.get("start", |node| self.quantity(node))?,
            question: object.get("question", Node::inline)?,
            target: object.get("target", |node| self.target(node))?,
            source: object.get("source", Node::inline)?,
        };
        object.finish(&mut self.diagnostics);
        Ok(measure)
    }

    fn quantity(&mut self, node: &Node<'_>) -> Result<Quantity, Error> {
        let mut object = node.object()?;
        let value = object.need("value")?.decimal()?;
        let unit = object.get("unit", unit)?.unwrap_or(Unit::None);
        object.finish(&mut self.diagnostics);
        Ok(Quantity::new(value, unit))
    }

    fn target(&mut self, node: &Node<'_>) -> Result<Target, Error> {
        let mut object = node.object()?;
        let kind = object.need("kind")?;
        let target = match kind.string()? {
            "value" => Target::Value {
                bound: object
                    .get("bound", |node| {
                        let known = |word: &str| {
                            BOUNDS
                                .iter()
                                .find(|(other, _)| *other == word)
                                .map(|(_, bound)| *bound)
                        };
                        node.parsed(
                            "\"reach\", \"at least\", \"at most\", \"above\" or \"below\"",
                            known,
                        )
                    })?
                    .unwrap_or(Bound::Reach),
                value: self.quantity(&object.need("value")?)?,
            },
            "between" => {
                let low = self.quantity(&object.need("low")?)?;
                let upper = object.need("high")?;
                let high = self.quantity(&upper)?;
                if low.unit != high.unit || low.value > high.value {
                    return Err(
                        upper.is_not("a quantity in the unit of `low`, and not less than it")
                    );
                }
                Target::Between { low, high }
            }
            "relative" => Target::Relative(object.need("percent")?.decimal()?),
            "change" => Target::Change(self.quantity(&object.need("change")?)?),
            "done" => Target::Done,
            "first_value" => Target::FirstValue,
            _ => {
                return Err(kind.is_not(
                    "\"value\", \"between\", \"relative\", \"change\", \"done\" or \"first_value\"",
                ));
            }
        };
        object.pass_over(&["text"]);
        object.finish(&mut self.diagnostics);
        Ok(target)
    }

    fn initiative(&mut self, node: &Node<'_>) -> Result<Initiative, Error> {
        let mut object = node.object()?;
        let initiative = Initiative {
            title: object.need("title")?.inline()?,
            done: object.get("done", Node::boolean)?.unwrap_or_default(),
            owner: not_empty(object.get("owner", Node::words)?),
            due: object.get("due", Node::date)?,
            text: object.get("text", Node::free_text)?.unwrap_or_default(),
        };
        object.pass_over(&["number"]);
        object.finish(&mut self.diagnostics);
        Ok(initiative)
    }

    fn check_in(&mut self, node: &Node<'_>) -> Result<CheckIn, Error> {
        let mut object = node.object()?;
        let check_in = CheckIn {
            date: object.need("date")?.date()?,
            value: object.get("value", |node| self.quantity(node))?,
            status: object.get("status", |node| {
                let words = Status::ALL.map(|status| format!("\"{status}\"")).join(", ");
                node.parsed(&format!("one of {words}"), Status::parse)
            })?,
            confidence: object.get("confidence", |node| node.integer(0, 10))?,
            note: object.get("note", Node::inline)?,
            fields: object.get("fields", any_fields)?.unwrap_or_default(),
        };
        object.finish(&mut self.diagnostics);
        Ok(check_in)
    }

    fn section(&mut self, node: &Node<'_>, most: usize) -> Result<Section, Error> {
        let mut object = node.object()?;
        let section = Section {
            title: object.need("title")?.inline()?,
            text: object.get("text", Node::free_text)?.unwrap_or_default(),
            position: object
                .get("position", |node| {
                    node.integer(0, u64::try_from(most).unwrap_or(u64::MAX))
                })?
                .unwrap_or(most),
        };
        object.finish(&mut self.diagnostics);
        Ok(section)
    }
}

fn unit(node: &Node<'_>) -> Result<Unit, Error> {
    node.parsed(
        "a unit like \"%\", \"days\", \"EUR\" or \"invoices\"",
        Unit::parse,
    )
}

/// Reads fields whose names a list item can hold.
fn fields(node: &Node<'_>) -> Result<Fields, Error> {
    for (name, value) in node.members()? {
        if !is_field_name(name) {
            return Err(value.is_named_wrong());
        }
    }
    any_fields(node)
}

fn any_fields(node: &Node<'_>) -> Result<Fields, Error> {
    let member = |(name, value): (&str, Node<'_>)| Ok((name.to_owned(), value.inline()?));
    node.members()?.into_iter().map(member).collect()
}

/// An empty text states as little as none.
fn not_empty(words: Option<String>) -> Option<String> {
    words.filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let said = match plan(text.as_bytes(), &ReadOptions::default()) {
            Ok(imported) => {
                let said =
                    |diagnostic: Diagnostic| format!("{}; {}", diagnostic.message, diagnostic.help);
                imported
                    .diagnostics
                    .into_iter()
                    .map(said)
                    .collect::<Vec<_>>()
                    .join("\n")
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(said, expected);
    }

    #[track_caller]
    fn check_key_result(members: &str, expected: &str) {
        check(
            &format!(
                "{{\"schema\":\"okr-plan/1\",\"objectives\":[{{\"title\":\"a\",\"key_results\":[{{\"title\":\"b\",{members}}}]}}]}}"
            ),
            expected,
        );
    }

    #[test]
    fn other_files_are_refused() {
        check(
            "{",
            "it is no JSON: EOF while parsing an object at line 1 column 1",
        );
        check("[]", "the file is a list; it must be an object");
        check(
            "{}",
            "it is no plan: there is no key `schema` that says \"okr-plan/1\"",
        );
        check(
            "{\"schema\":\"okr-plan/2\"}",
            "schema is `okr-plan/2`; it must be \"okr-plan/1\", the only one that this version reads",
        );
        check("\u{feff}{\"schema\":\"okr-plan/1\"}", "");
    }

    #[test]
    fn a_wrong_value_is_refused_with_its_path() {
        check_key_result(
            "\"due\":\"31.12.2026\"",
            "objectives[0].key_results[0].due is `31.12.2026`; it must be a date like \"2026-12-31\"",
        );
        check_key_result(
            "\"measure\":{\"start\":{\"value\":68.5}}",
            "objectives[0].key_results[0].measure.start.value is the number 68.5; \
             it must be a string with a number of at most 28 digits, like \"68.5\"",
        );
        check_key_result(
            "\"measure\":{\"target\":{\"kind\":\"value\"}}",
            "objectives[0].key_results[0].measure.target.value is missing",
        );
        check_key_result(
            "\"check_ins\":[{\"date\":\"2026-10-09\",\"confidence\":11}]",
            "objectives[0].key_results[0].check_ins[0].confidence is the number 11; it must be a whole number from 0 to 10",
        );
        check_key_result(
            "\"fields\":{\"a:b\":\"c\"}",
            "objectives[0].key_results[0].fields[\"a:b\"] is no name of a field: it must begin with a letter and hold \
             letters, digits, blanks, `-`, `/`, `.` and `_` alone, at most 40 bytes",
        );
    }

    #[test]
    fn an_unknown_key_is_told() {
        check_key_result(
            "\"onwer\":\"Dana\",\"number\":\"9\"",
            "key `objectives[0].key_results[0].onwer` is not known and not read; did you mean `owner`?",
        );
    }
}
