//! What a template is to be filled with.

use indexmap::IndexMap;
use okr_core::model::{ElementId, FiscalYear, Period, Quantity};

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

    pub(super) fn numbers(&self, template: &Template, count: usize) -> Vec<usize> {
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
