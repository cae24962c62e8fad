//! Finds the element of a plan that a person means.

use std::fmt::Write as _;

use okr_core::fields::nearest;
use okr_core::model::{ElementId, Plan};
use okr_core::{Parsed, headings};

use crate::error::Failure;

/// The most candidates that a message lists.
const MAX_LISTED: usize = 8;

/// Returns the element that `wanted` names: `plan`, a number such as `1.2`, the anchor of a heading
/// such as `#objective-1-get-paid`, an `Id:`, or a few letters of a title.
///
/// # Errors
///
/// None is meant, or more than one; the message lists those that may have been.
pub(crate) fn find(parsed: &Parsed, wanted: &str) -> Result<ElementId, Failure> {
    find_among(parsed, wanted, &elements(&parsed.plan))
}

/// Returns the key result that `wanted` names, as [`find`] does; letters need to be in the title of one key
/// result only, whatever objectives and initiatives are called.
///
/// # Errors
///
/// None is meant, or more than one, or something else than a key result.
pub(crate) fn find_key_result(parsed: &Parsed, wanted: &str) -> Result<ElementId, Failure> {
    let mut elements = elements(&parsed.plan);
    elements.retain(|(id, _)| matches!(id, ElementId::KeyResult(..)));
    let found = find_among(parsed, wanted, &elements)?;
    if matches!(found, ElementId::KeyResult(..)) {
        return Ok(found);
    }
    let what = match found {
        ElementId::Plan => "the plan",
        ElementId::Objective(_) => "an objective",
        _ => "an initiative",
    };
    let own: Vec<&(ElementId, String)> = match found {
        ElementId::Initiative(o, k, _) => {
            let is_own = |(id, _): &&(ElementId, String)| *id == ElementId::KeyResult(o, k);
            elements.iter().filter(is_own).collect()
        }
        ElementId::Objective(o) | ElementId::ObjectiveInitiative(o, _) => {
            let is_own = |(id, _): &&(ElementId, String)| matches!(id, ElementId::KeyResult(own, _) if *own == o);
            elements.iter().filter(is_own).collect()
        }
        _ => elements.iter().collect(),
    };
    let failure = Failure::new(format!(
        "`{wanted}` is {what}, and check-ins are of key results"
    ));
    Err(if own.is_empty() {
        failure.help("it has no key result; write one first, as a heading `### Key result: …`")
    } else {
        failure.help(format!("name a key result:{}", listed(&own)))
    })
}

fn find_among(
    parsed: &Parsed,
    wanted: &str,
    elements: &[(ElementId, String)],
) -> Result<ElementId, Failure> {
    let plan = &parsed.plan;
    if let Some(id) = ElementId::parse(wanted) {
        return if exists(plan, id) {
            Ok(id)
        } else {
            Err(no_such_number(plan, id))
        };
    }
    if let Some(anchor) = wanted.strip_prefix('#') {
        let headings = headings(parsed);
        if let Some(heading) = headings.iter().find(|heading| heading.anchor == anchor) {
            return Ok(heading.element);
        }
        let near = nearest(anchor, headings.iter().map(|heading| &*heading.anchor));
        let help = near.map(|near| format!("did you mean `#{near}`?"));
        return Err(
            Failure::new(format!("no heading of the plan has the anchor `{wanted}`"))
                .maybe_help(help),
        );
    }
    let has_id = |id: &ElementId| {
        let own = plan.objective(*id).map(|objective| &objective.id);
        let own = own.or_else(|| plan.key_result(*id).map(|key_result| &key_result.id));
        own.and_then(Option::as_deref) == Some(wanted)
    };
    let by_id: Vec<_> = elements.iter().filter(|(id, _)| has_id(id)).collect();
    if let [(id, _)] = by_id[..] {
        return Ok(*id);
    }
    let wanted_lower = wanted.trim().to_lowercase();
    if wanted_lower.is_empty() {
        return Err(Failure::new("no element is named").help("name one by its number, such as 1.2"));
    }
    let same = |(_, title): &&(ElementId, String)| title.to_lowercase() == wanted_lower;
    let contains = |(_, title): &&(ElementId, String)| title.to_lowercase().contains(&wanted_lower);
    let mut found = by_id;
    if found.is_empty() {
        found = elements.iter().filter(same).collect();
    }
    if found.is_empty() {
        found = elements.iter().filter(contains).collect();
    }
    match found[..] {
        [(id, _)] => Ok(*id),
        [] => Err(nothing_like(elements, wanted)),
        _ => {
            let help = format!("name one by its number:{}", listed(&found));
            Err(Failure::new(format!(
                "`{wanted}` may mean {} things in this plan",
                found.len()
            ))
            .help(help))
        }
    }
}

/// Returns elements as the lines of a list, each after a line feed; of many only the first.
fn listed(elements: &[&(ElementId, String)]) -> String {
    let mut lines = String::new();
    for (id, title) in elements.iter().take(MAX_LISTED) {
        // Writing to a string does not fail.
        let _ = write!(lines, "\n  {id}  {title}");
    }
    let more = elements.len().saturating_sub(MAX_LISTED);
    if more > 0 {
        let _ = write!(lines, "\n  and {more} more");
    }
    lines
}

/// Returns every objective, key result and initiative with its title, in the order of the plan.
fn elements(plan: &Plan) -> Vec<(ElementId, String)> {
    let mut elements = Vec::new();
    for (o, objective) in plan.objectives.iter().enumerate() {
        elements.push((ElementId::Objective(o), objective.title.to_string()));
        for (i, initiative) in objective.initiatives.iter().enumerate() {
            elements.push((
                ElementId::ObjectiveInitiative(o, i),
                initiative.title.to_string(),
            ));
        }
        for (k, key_result) in objective.key_results.iter().enumerate() {
            elements.push((ElementId::KeyResult(o, k), key_result.title.to_string()));
            for (i, initiative) in key_result.initiatives.iter().enumerate() {
                elements.push((ElementId::Initiative(o, k, i), initiative.title.to_string()));
            }
        }
    }
    elements
}

fn exists(plan: &Plan, id: ElementId) -> bool {
    id == ElementId::Plan
        || plan.objective(id).is_some()
        || plan.key_result(id).is_some()
        || plan.initiative(id).is_some()
}

fn no_such_number(plan: &Plan, id: ElementId) -> Failure {
    let count =
        |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let help = match id {
        ElementId::Objective(_) | ElementId::Plan => {
            format!("it has {}", count(plan.objectives.len(), "objective"))
        }
        ElementId::KeyResult(o, _)
        | ElementId::Initiative(o, ..)
        | ElementId::ObjectiveInitiative(o, _)
            if o >= plan.objectives.len() =>
        {
            format!("it has {}", count(plan.objectives.len(), "objective"))
        }
        ElementId::Initiative(o, k, _) if k < plan.objectives[o].key_results.len() => {
            let initiatives = plan.objectives[o].key_results[k].initiatives.len();
            format!(
                "key result {} has {}",
                ElementId::KeyResult(o, k),
                count(initiatives, "initiative")
            )
        }
        ElementId::KeyResult(o, _) | ElementId::Initiative(o, ..) => {
            format!(
                "objective {} has {}",
                o + 1,
                count(plan.objectives[o].key_results.len(), "key result")
            )
        }
        ElementId::ObjectiveInitiative(o, _) => {
            let initiatives = plan.objectives[o].initiatives.len();
            format!(
                "objective {} has {} directly under it",
                o + 1,
                count(initiatives, "initiative")
            )
        }
    };
    Failure::new(format!("the plan has no element {id}")).help(help)
}

fn nothing_like(elements: &[(ElementId, String)], wanted: &str) -> Failure {
    // A slip of one word would drown in a long title, so words are compared as well.
    let near = nearest(wanted, elements.iter().map(|(_, title)| &**title)).or_else(|| {
        let of_word = |title: &str| {
            title
                .split_whitespace()
                .any(|word| nearest(wanted, [word]).is_some_and(|_| word.len() > 3))
        };
        elements
            .iter()
            .map(|(_, title)| &**title)
            .find(|title| of_word(title))
    });
    let near = near.and_then(|near| elements.iter().find(|(_, title)| title == near));
    let help = match near {
        Some((id, title)) => format!("did you mean {id}, `{title}`?"),
        None => "name it by its number, such as 1.2, or by a few letters of its title".to_owned(),
    };
    Failure::new(format!("no element of the plan is called `{wanted}`")).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "\
## Objective 1: Get paid sooner

- [ ] Hire a collector

### Key result 1.1: Raise the collection rate by 25%

- Id: rate
- [ ] Train the team

### Key result 1.2: Raise the rate of answers

## Objective: Get paid sooner, again
";

    #[track_caller]
    fn check(wanted: &str, expected: &str) {
        let found = match find(&okr_core::parse(PLAN), wanted) {
            Ok(id) => id.to_string(),
            Err(failure) => failure.to_string(),
        };
        assert_eq!(found, expected, "{wanted:?}");
    }

    #[test]
    fn elements_are_found_by_number_anchor_id_and_title() {
        check("plan", "plan");
        check("1.2", "1.2");
        check("1.1.1", "1.1.1");
        check("1.0.1", "1.0.1");
        check("#key-result-11-raise-the-collection-rate-by-25", "1.1");
        check("#objective-get-paid-sooner-again", "2");
        check("rate", "1.1");
        check("COLLECTION", "1.1");
        check("hire", "1.0.1");
        check("get paid sooner", "1");
    }

    #[track_caller]
    fn check_key_result(wanted: &str, expected: &str) {
        let found = match find_key_result(&okr_core::parse(PLAN), wanted) {
            Ok(id) => id.to_string(),
            Err(failure) => failure.in_full(),
        };
        assert_eq!(found, expected, "{wanted:?}");
    }

    #[test]
    fn only_key_results_count_where_one_is_wanted() {
        check_key_result("1.2", "1.2");
        check_key_result("rate", "1.1");
        check_key_result("answers", "1.2");
        check_key_result("#key-result-11-raise-the-collection-rate-by-25", "1.1");
        check_key_result(
            "raise",
            "`raise` may mean 2 things in this plan; name one by its number:\n  \
             1.1  Raise the collection rate by 25%\n  1.2  Raise the rate of answers",
        );
        check_key_result(
            "1",
            "`1` is an objective, and check-ins are of key results; name a key result:\n  \
             1.1  Raise the collection rate by 25%\n  1.2  Raise the rate of answers",
        );
        check_key_result(
            "1.1.1",
            "`1.1.1` is an initiative, and check-ins are of key results; name a key result:\n  \
             1.1  Raise the collection rate by 25%",
        );
        check_key_result(
            "2",
            "`2` is an objective, and check-ins are of key results; it has no key result; \
             write one first, as a heading `### Key result: …`",
        );
    }

    #[test]
    fn what_is_not_there_or_not_clear_is_said() {
        check("3", "the plan has no element 3");
        check("1.1.9", "the plan has no element 1.1.9");
        check("9.9.9", "the plan has no element 9.9.9");
        check("1.0.7", "the plan has no element 1.0.7");
        check("raise", "`raise` may mean 2 things in this plan");
        check("colection", "no element of the plan is called `colection`");
        check(
            "#nowhere",
            "no heading of the plan has the anchor `#nowhere`",
        );
        check(" ", "no element is named");
    }
}
