//! The periods of a site, each with a page of where its plans stand.

use std::collections::BTreeMap;

use jiff::civil::Date;
use okr_core::model::Period;

use super::Member;
use super::places::{Names, slug};

/// The periods, the one that is told of first at the beginning and the others from the latest to the earliest.
pub(super) struct Spans(Vec<Span>);

/// A period, or whatever runs on the day.
pub(super) struct Span {
    pub(super) name: String,
    /// Where its page lies.
    pub(super) path: String,
    pub(super) period: Option<Period>,
    /// Its plans, by their positions, ascending.
    pub(super) members: Vec<usize>,
}

impl Spans {
    /// Puts plans under their periods; those that run on the day come first, whatever their periods are, and where none
    /// runs, those of the last period before it, or of the first one after it.
    pub(super) fn new(members: &[Member], day: Date) -> Self {
        let mut by_period: BTreeMap<(Date, Date), (Period, Vec<usize>)> = BTreeMap::new();
        let mut open = Vec::new();
        for (at, member) in members.iter().enumerate() {
            match member.period {
                Some(period) => {
                    let key = (period.start(), period.end());
                    let (_, plans) = by_period.entry(key).or_insert((period, Vec::new()));
                    plans.push(at);
                }
                None => open.push(at),
            }
        }
        let runs = |period: &Period| period.start() <= day && day <= period.end();
        let mut running: Vec<(Period, Vec<usize>)> = Vec::new();
        let mut others: Vec<(Period, Vec<usize>)> = Vec::new();
        for (period, plans) in by_period.into_values().rev() {
            let list = if runs(&period) {
                &mut running
            } else {
                &mut others
            };
            list.push((period, plans));
        }
        if running.is_empty() && !others.is_empty() {
            let before = others.iter().position(|(period, _)| period.end() < day);
            running.push(others.remove(before.unwrap_or(others.len() - 1)));
        }
        // What has no period goes on until somebody ends it.
        let several = running.len() > 1 || (!open.is_empty() && !running.is_empty());
        let names: Vec<String> = running.iter().map(|(period, _)| period.name()).collect();
        let mut first: Vec<usize> = running
            .iter()
            .flat_map(|(_, plans)| plans.clone())
            .collect();
        first.extend(open);
        first.sort_unstable();
        let mut spans = vec![Span {
            name: if names.is_empty() {
                "All plans".to_owned()
            } else {
                names.join(", ")
            },
            path: "index.html".to_owned(),
            period: running
                .iter()
                .map(|(period, _)| *period)
                .min_by_key(|period| period.days()),
            members: first,
        }];
        let mut paths = Names::default();
        let rest = if several { running } else { Vec::new() };
        for (period, plans) in rest.into_iter().chain(others) {
            spans.push(Span {
                name: period.name(),
                path: paths.next(&format!("periods/{}", slug(&period.name())), ".html"),
                period: Some(period),
                members: plans,
            });
        }
        Self(spans)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, at: usize) -> &Span {
        &self.0[at]
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &Span> + DoubleEndedIterator {
        self.0.iter()
    }
}
