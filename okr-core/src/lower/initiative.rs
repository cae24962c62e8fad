//! Items with a check box.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::prose::nested_width;
use crate::locations::InitiativePlace;
use crate::model::{Initiative, Inline, parse_date, parse_weight, step_parenthesis, with_weight};
use crate::syntax::{Document, Item, Line, Task, dedent};
use crate::text::Span;

pub(super) fn lower(
    document: &Document,
    item: &Item,
    line: &Line,
    task: Task,
) -> (Initiative, InitiativePlace) {
    let source = line.span.of(document.text());
    let behind = line.trailer.as_ref().and_then(|trailer| {
        let said = Said::parse(&trailer.text)?;
        // As it is written: a parenthesis with a stroke before it belongs to the words.
        let before = &source[..trailer.span.start() - line.span.start()];
        let fits = said.weight.is_none() || may_be_weighted(before);
        fits.then_some((trailer, said))
    });
    let title = behind
        .as_ref()
        .map_or(&line.inline, |(trailer, _)| &trailer.before);
    let mut initiative = Initiative {
        title: title.clone(),
        done: task.done,
        ..Initiative::default()
    };
    let mut place = InitiativePlace {
        item: item.span,
        task: task.span,
        title: line.span,
        trailer: behind.as_ref().map(|(trailer, _)| trailer.span),
        is_mixed: false,
    };
    let before = in_step(source).filter(|_| in_step(title.as_markdown()).is_some());
    let said = behind.map(|(_, said)| said).unwrap_or_default();
    place.is_mixed = said.weight.is_some();
    let said = match before.and_then(|before| before.and(&said)) {
        Some(both) => {
            place.is_mixed = true;
            both
        }
        None => said,
    };
    if place.is_mixed {
        initiative.title = with_weight(title, said.weight).unwrap_or_else(|| title.clone());
    } else if let Some(trailer) = place.trailer {
        let title = Span::new(line.span.start(), trailer.start());
        let kept = title
            .of(document.text())
            .trim_end_matches([' ', '\t', '\n', '\r'])
            .len();
        place.title = Span::new(title.start(), title.start() + kept);
    }
    initiative.owner = said.owner;
    initiative.due = said.due;
    if let Some(rest) = item.rest {
        let lines = document.whole_lines(rest);
        // A block that begins on the line of the check box cannot be told from it by whole lines.
        let start = lines
            .start()
            .max(document.whole_lines(line.span).end().min(rest.start()));
        let nested = Span::new(start, item.span.end()).of(document.text());
        let width = nested_width(
            nested,
            super::indentation(document.text(), task.span.start()),
        );
        initiative.text = dedent(nested, width);
    }
    (initiative, place)
}

/// What a parenthesis says of an initiative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    owner: Option<String>,
    due: Option<Date>,
    /// How much a step counts.
    weight: Option<Decimal>,
}

impl Said {
    /// Reads a parenthesis: `@kim`, `due 2026-11-15`, `weight 2`, or several of them in any order, parted by commas.
    ///
    /// Returns nothing when it holds anything else, so that it is a part of the title.
    fn parse(text: &str) -> Option<Self> {
        let mut owners = Vec::new();
        let mut said = Self::default();
        for part in text.split(',').map(str::trim) {
            if let Some(owner) = part.strip_prefix('@') {
                let owner = owner.trim();
                if owner.is_empty() {
                    return None;
                }
                owners.push(owner);
            } else if let Some(weight) = parse_weight(part) {
                if said.weight.replace(weight).is_some() {
                    return None;
                }
            } else {
                let date = part.strip_prefix("due ")?.trim();
                if said.due.replace(parse_date(date)?).is_some() {
                    return None;
                }
            }
        }
        said.owner = (!owners.is_empty()).then(|| owners.join(", "));
        Some(said)
    }

    /// Returns what both say; nothing where they say the same thing twice.
    fn and(self, other: &Self) -> Option<Self> {
        let is_twice = (self.owner.is_some() && other.owner.is_some())
            || (self.due.is_some() && other.due.is_some())
            || (self.weight.is_some() && other.weight.is_some());
        (!is_twice).then(|| Self {
            owner: self.owner.or_else(|| other.owner.clone()),
            due: self.due.or(other.due),
            weight: self.weight.or(other.weight),
        })
    }
}

/// Returns what a step says in the parenthesis before its colon, beside its weight; nothing where it says no more
/// than that.
fn in_step(markdown: &str) -> Option<Said> {
    let there = step_parenthesis(markdown)?;
    let inside = &markdown[there.start + 1..there.end - 1];
    let said = Said::parse(&Inline::parse(inside).plain())?;
    (said.owner.is_some() || said.due.is_some()).then_some(said)
}

/// Returns whether a title is that of a step whose weight may stand behind it.
fn may_be_weighted(markdown: &str) -> bool {
    let has_weight = step_parenthesis(markdown).is_some() && in_step(markdown).is_none();
    let initiative = Initiative {
        title: Inline::parse(markdown),
        ..Initiative::default()
    };
    let is_step = initiative.step().is_some() || in_step(markdown).is_some();
    is_step && !has_weight
}

/// Returns whether a title would be read as a title and a parenthesis behind it, the last one, which begins at `open`.
pub(crate) fn has_trailer(title: &str, open: usize) -> bool {
    let is_said = Said::parse(&title[open + 1..title.len() - 1])
        .is_some_and(|said| said.weight.is_none() || may_be_weighted(title[..open].trim_end()));
    is_said && Inline::is_word_at(title, open)
}

/// Returns where a parenthesis begins that would be read out of the beginning of a title.
pub(crate) fn step_trailer(title: &str) -> Option<usize> {
    in_step(title)?;
    step_parenthesis(title).map(|there| there.start)
}

#[cfg(test)]
mod tests {

    #[track_caller]
    fn check(item: &str, title: &str, expected: &str) {
        let text = format!("## Objective: o\n\n### Key result: k\n\n- [ ] {item}\n");
        let parsed = crate::parse(text);
        let read = &parsed.plan.objectives[0].key_results[0].initiatives[0];
        let said = [
            read.owner.clone(),
            read.due.map(|due| due.to_string()),
            read.step().map(|step| step.weight.to_string()),
        ];
        assert_eq!(read.title.as_markdown(), title, "{item}");
        assert_eq!(said.map(|it| it.unwrap_or_default()).join("|"), expected);
        let printed = crate::print(&parsed.plan);
        assert_eq!(crate::parse(printed.clone()).plan, parsed.plan, "{printed}");
    }

    #[test]
    fn a_parenthesis_holds_owners_and_a_date() {
        check("Call (@kim, due 2026-11-15)", "Call", "kim|2026-11-15|");
        check("Call (@Dana Reyes, @kim)", "Call", "Dana Reyes, kim||");
        check("Call (due 2026-11-15)", "Call", "|2026-11-15|");
        for title in [
            "Call (twice)",
            "Call (@)",
            "Call (due soon)",
            "Call (due 2026-11-15, due 2026-11-16)",
            "Call (@kim and others, soon)",
            "Call `ten (@kim`)",
            "Step `(@kim)`: Call",
            "Step (@kim `)`: Call",
        ] {
            check(title, title, "||");
        }
    }

    #[test]
    fn a_step_has_its_weight_and_its_day_in_any_order_and_place() {
        let expected = "|2026-11-15|2";
        for item in [
            "Step (weight 2): Draft (due 2026-11-15)",
            "Step: Draft (due 2026-11-15, weight 2)",
            "Step: Draft (weight 2, due 2026-11-15)",
            "Step (due 2026-11-15): Draft (weight 2)",
            "Step (weight 2, due 2026-11-15): Draft",
            "Step (due 2026-11-15, weight 2): Draft",
        ] {
            check(item, "Step (weight 2): Draft", expected);
        }
        check(
            "**Step:** Draft (@kim, weight 2.5)",
            "**Step (weight 2.5):** Draft",
            "kim||2.5",
        );
        check(
            "**Step** (@kim): Draft (due 2026-11-15)",
            "**Step** (@kim): Draft",
            "|2026-11-15|",
        );
        check("Step (@kim (AR)): Draft", "Step: Draft", "kim (AR)||1");
    }

    #[test]
    fn what_is_said_twice_or_of_no_step_stays_in_the_title() {
        for title in [
            "Call (due 2026-11-15, weight 2)",
            "Step: Draft (weight 2, weight 3)",
            "Step (weight 2): Draft (weight 3)",
            "Step: Draft (weight 0)",
        ] {
            let weight = match title {
                "Call (due 2026-11-15, weight 2)" => "",
                "Step (weight 2): Draft (weight 3)" => "2",
                _ => "1",
            };
            check(title, title, &format!("||{weight}"));
        }
        check(
            "Step (due 2026-11-15): Draft (due 2026-11-16)",
            "Step (due 2026-11-15): Draft",
            "|2026-11-16|",
        );
        check(
            "Step \\(due 2026-11-15): Draft",
            "Step (due 2026-11-15): Draft",
            "||",
        );
        check(
            "Step: Draft \\(due 2026-11-15, weight 2)",
            "Step: Draft (due 2026-11-15, weight 2)",
            "||1",
        );
    }
}
