//! What stands around the plan on the page: what its words and bars mean, and what else its front matter says.

use okr_core::closing::Closing;
use okr_core::completion::Completed;
use okr_core::model::{Commitment, Plan, YearLabel};
use okr_core::progress::Overview;

use super::Fact;
use super::key_result::wording;
use super::standing::Shown;
use crate::formats::html::drawing::Drawing;
use crate::formats::html::text::Links;

pub(super) fn legend(
    plan: &Plan,
    completed: &[Vec<Completed>],
    overview: &Overview<'_>,
    closing: Option<&Closing>,
) -> Vec<Fact> {
    let mut legend = Vec::new();
    let shown = Shown::new(overview, None, Links::default(), false);
    if shown.is_begun && closing.is_none() {
        legend.push(Fact::plain(
            "Status",
            "is what the owner said last, as long as no check-in has been missed since, and otherwise what the numbers \
             say: how far behind what is expected they are. An objective and a plan have that of the worst of their \
             key results.",
        ));
    }
    if closing.is_some() {
        legend.push(Fact::plain(
            "Grades",
            "are how much of the way was done, in tenths; only what was met has 1.0. Of what was committed, everything \
             else is missed; of a stretch, 0.7 is a good result.",
        ));
    }
    if shown.is_begun {
        legend.push(Fact::plain(
            "Percents",
            "are the part of the way that is done, cut and not rounded: 100% means that the target is met. An objective \
             has the mean of its key results. What is expected is what a steady pace comes to on the day for which the \
             page speaks.",
        ));
    }
    if shown.has_weights() {
        legend.push(Fact::plain(
            "Weight",
            "is how much something counts beside the others; 0 leaves it out.",
        ));
    }
    if overview
        .key_results()
        .any(|it| it.key_result.is_guardrail())
    {
        legend.push(Fact::plain(
            "Guardrail",
            "is what must not get worse. It earns no progress, but while it is broken nothing shows 100%.",
        ));
    }
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
    let drawings: Vec<_> = overview
        .key_results()
        .filter(|it| it.track.steps().is_none())
        .filter_map(|it| Drawing::new(&it.key_result.measure, it.track.scale(), None, None, None))
        .collect();
    if drawings
        .iter()
        .any(|drawing| matches!(drawing, Drawing::Way { .. }))
    {
        legend.push(Fact::plain(
            "Bars",
            "run from the baseline on the left to the target on the right. A bar that widens means that more is \
             better, one that narrows that less is. The filled part ends at the latest value; what is beyond an end, \
             such as 125%, is drawn at that end. The upright stroke is what is expected. A dashed bar has no baseline \
             yet.",
        ));
    }
    if drawings
        .iter()
        .any(|drawing| matches!(drawing, Drawing::Zone { .. }))
    {
        legend.push(Fact::plain(
            "Bands",
            "hold the values that are wanted, on a line of numbers. The ring is the baseline, the dot the latest value.",
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
    // Where the plan before lies is for machines, and the day of closing stands at the top.
    let is_shown = |name: &str| !["continues", "closed"].contains(&name);
    about.extend(
        plan.front_matter
            .iter()
            .filter(|(name, _)| is_shown(name))
            .map(|(name, value)| Fact::plain(name, value)),
    );
    about
}
