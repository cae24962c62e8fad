//! What stands around the plan on the page: what its words and bars mean, and what else its front matter says.

use okr_core::completion::Completed;
use okr_core::model::{Commitment, Plan, YearLabel};

use super::Fact;
use super::key_result::wording;
use crate::formats::html::drawing::Drawing;

pub(super) fn legend(plan: &Plan, completed: &[Vec<Completed>]) -> Vec<Fact> {
    let mut legend = Vec::new();
    for commitment in Commitment::ALL {
        if plan
            .objectives
            .iter()
            .any(|objective| objective.commitment == Some(commitment))
        {
            let meaning = match commitment {
                Commitment::Committed => "is to be met in full.",
                Commitment::Aspirational => {
                    "is a stretch; seven tenths of the way is a good result."
                }
                _ => "is met when its question is answered with evidence.",
            };
            let mut name = commitment.word().to_owned();
            name[..1].make_ascii_uppercase();
            legend.push(Fact::plain(&name, meaning));
        }
    }
    let measures = completed
        .iter()
        .flatten()
        .map(|completed| &completed.measure);
    let drawings: Vec<_> = measures
        .filter_map(|measure| Drawing::new(measure, measure.direction(), None))
        .collect();
    if drawings
        .iter()
        .any(|drawing| matches!(drawing, Drawing::Way { .. }))
    {
        legend.push(Fact::plain(
            "Bars",
            "run from the baseline on the left to the target on the right. A bar that widens means that more is \
             better, one that narrows that less is. The filled part ends at the latest value. A dashed bar has no \
             baseline yet.",
        ));
    }
    if drawings
        .iter()
        .any(|drawing| matches!(drawing, Drawing::Zone { .. }))
    {
        legend.push(Fact::plain(
            "Bands",
            "hold the values that are wanted, on a line of numbers. The ring is the baseline, the upright line the \
             latest value.",
        ));
    }
    let key_results = plan.key_results().map(|(_, key_result)| key_result);
    let mut pairs = key_results.zip(completed.iter().flatten());
    if pairs.any(|(key_result, completed)| !wording(key_result, completed).is_empty()) {
        legend.push(Fact::plain(
            "From the wording",
            "is what the plan states in no field and okr read in the words of the key result. Of a count the \
             baseline is 0.",
        ));
    }
    legend
}

pub(super) fn about(plan: &Plan) -> Vec<Fact> {
    let mut about = Vec::new();
    about.extend(
        plan.template
            .as_deref()
            .map(|template| Fact::plain("Role template", template)),
    );
    let year = plan.fiscal_year;
    if year.start_month() != 1 {
        let label = match year.label() {
            YearLabel::End => "ends",
            YearLabel::Start => "starts",
        };
        let value = format!(
            "from {}, named after the year in which it {label}",
            year.start_month_name()
        );
        about.push(Fact::plain("Fiscal year", &value));
    }
    about.extend(
        plan.front_matter
            .iter()
            .map(|(name, value)| Fact::plain(name, value)),
    );
    about
}
