//! Looks at one plan.

use okr_core::Parsed;
use okr_core::audit::{
    Audit, Axis, Dismissed, Extract, Finding, Level, Order, Score, Settings, locate,
};
use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_render::report::{Entry, FixEntry, PlanReport, QuestionEntry, Regions, Shares};

use super::patch;
use super::text::Brief;

/// The most fixes of one plan whose changes in the text are worked out; of others the title is told.
const MAX_PATCHES: usize = 500;

/// What a Markdown file is to this command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A plan.
    Plan,
    /// A role template, whose expressions are no goals yet.
    Template,
    /// Any other file.
    Other,
}

impl Kind {
    /// Returns what a text is: a plan has an objective, or says in its front matter that it is one.
    pub(crate) fn of(parsed: &Parsed) -> Self {
        let front_matter = parsed.document.front_matter();
        let has = |key: &str| front_matter.is_some_and(|it| it.get(key).is_some());
        let asks = |key: &str| key == "summary" || key.starts_with("ask.");
        let entries = front_matter.iter().flat_map(|it| &it.entries);
        if has("template") && entries.map(|entry| &*entry.key).any(asks) {
            Self::Template
        } else if !parsed.plan.objectives.is_empty() || has("plan") || has("period") {
            Self::Plan
        } else {
            Self::Other
        }
    }
}

/// What was found in a plan.
pub(crate) struct Examined {
    pub(crate) report: PlanReport,
    pub(crate) score: Score,
    /// The places of the findings among the entries of the report, which come behind those about reading.
    orders: Vec<Order>,
    /// How many of the entries are about reading.
    unread: usize,
}

impl Examined {
    /// Takes in what looking at other plans brought to light about this one, whose text is given.
    pub(crate) fn add(&mut self, text: &str, extract: &Extract, findings: &[Finding]) {
        let regions = Regions::new(text);
        for finding in findings {
            self.score.lower(&self.orders, finding);
            let order = finding.order();
            let at = self.orders.partition_point(|other| *other <= order);
            self.orders.insert(at, order);
            let entry = told(finding, extract.locate(finding), &regions, None);
            self.report.entries.insert(self.unread + at, entry);
        }
        self.report.score = shares(&self.score);
    }
}

/// Tells what an audit found in a plan; `brief` is how many findings of one rule are wanted with the changes of their
/// fix.
pub(crate) fn examine(
    path: &str,
    parsed: &Parsed,
    settings: &Settings,
    found: &Audit,
    brief: Option<usize>,
) -> Examined {
    let regions = Regions::new(parsed.document.text());
    let mut entries: Vec<Entry> = parsed
        .diagnostics
        .iter()
        .filter_map(|diagnostic| of_reading(diagnostic, settings, &regions))
        .collect();
    let unread = entries.len();
    let mut choice = Brief::new(brief);
    let mut patches = 0;
    for finding in &found.findings {
        let is_drawn = choice.draws(finding.rule.id, &finding.message);
        let wants_patch = finding.fix.is_some() && patches < MAX_PATCHES && is_drawn;
        patches += usize::from(wants_patch);
        entries.push(of_audit(finding, parsed, &regions, wants_patch));
    }
    entries.extend(dismissed(found, parsed, &regions));
    let score = Score::new(&parsed.plan, found);
    Examined {
        report: PlanReport {
            path: path.to_owned(),
            entries,
            score: shares(&score),
        },
        score,
        orders: found.findings.iter().map(Finding::order).collect(),
        unread,
    }
}

/// Returns what the user has dismissed, each with its reason; reports, counts and the exit status pass
/// over such entries.
fn dismissed(found: &Audit, parsed: &Parsed, regions: &Regions<'_>) -> Vec<Entry> {
    let entry = |one: &Dismissed| Entry {
        dismissed: Some(one.reason.clone()),
        ..of_audit(&one.finding, parsed, regions, false)
    };
    found.dismissed.iter().map(entry).collect()
}

/// Returns a score as reports have it.
pub(crate) fn shares(score: &Score) -> Shares {
    Axis::ALL.map(|axis| (axis, score.percent(axis))).to_vec()
}

/// Returns a message about reading as it is told together with findings, where it is to be told.
pub(crate) fn of_reading(
    diagnostic: &Diagnostic,
    settings: &Settings,
    regions: &Regions<'_>,
) -> Option<Entry> {
    let is_selected = settings.select.is_empty() || settings.select.contains(&diagnostic.code);
    let own = match diagnostic.severity {
        Severity::Info => Level::Info,
        Severity::Warning => Level::Warning,
        Severity::Error => Level::Error,
    };
    let level = settings.levels.get(diagnostic.code).copied().unwrap_or(own);
    if !is_selected || settings.ignore.contains(&diagnostic.code) || level == Level::Off {
        return None;
    }
    Some(Entry {
        rule: diagnostic.code.to_owned(),
        level,
        axis: None,
        element: None,
        message: diagnostic.message.clone(),
        label: diagnostic.label.clone(),
        help: diagnostic.help.clone(),
        region: match diagnostic.location {
            Location::Span(span) => Some(regions.region(span)),
            _ => None,
        },
        fix: None,
        question: None,
        dismissed: None,
    })
}

/// Returns a finding as it is told; `wants_patch` says whether with the changes of its fix.
pub(crate) fn of_audit(
    finding: &Finding,
    parsed: &Parsed,
    regions: &Regions<'_>,
    wants_patch: bool,
) -> Entry {
    let fix = finding.fix.as_ref().map(|fix| {
        let replacements = if wants_patch {
            patch::of(parsed, fix)
        } else {
            Vec::new()
        };
        FixEntry {
            title: fix.title.clone(),
            applicability: fix.applicability,
            replacements: replacements
                .into_iter()
                .map(|one| (regions.region(one.span), one))
                .collect(),
        }
    });
    let location = locate(parsed, finding.element, &finding.place);
    told(finding, &location, regions, fix)
}

/// Returns a finding at its place as it is told, with what to write instead.
fn told(
    finding: &Finding,
    location: &Location,
    regions: &Regions<'_>,
    fix: Option<FixEntry>,
) -> Entry {
    let region = match location {
        Location::Span(span) => Some(regions.region(*span)),
        _ => None,
    };
    let question = finding.question.as_ref().map(|question| QuestionEntry {
        text: question.text.clone(),
        element: question.element.to_string(),
        field: question.field.map(str::to_owned),
        offer: question.offered(),
    });
    Entry {
        rule: finding.rule.id.to_owned(),
        level: finding.level,
        axis: Some(finding.rule.axis),
        element: Some(finding.element.to_string()),
        message: finding.message.clone(),
        label: finding.label.clone(),
        help: finding.help.clone(),
        region,
        fix,
        question,
        dismissed: None,
    }
}
