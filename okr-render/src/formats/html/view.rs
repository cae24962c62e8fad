//! What the page templates are given: words, dates and positions, made from a plan.
//!
//! Fields whose name ends in `_html` hold markup; every other text is escaped by the templates.

use std::collections::BTreeMap;

use jiff::civil::Date;
use okr_core::completion::Completed;
use okr_core::model::{
    Cadence, CheckIn, Commitment, Direction, Fields, Initiative, KeyResult, Link, Measure,
    Objective, Period, Plan, Quantity, Section, Status, Target, Unit, YearLabel,
};
use okr_core::statement::Lexicon;
use serde::Serialize;

use super::drawing::Drawing;
use super::figure::{Day, Figure};
use super::text::{self, Anchors, Html};
use crate::formats::latest;

/// Names of places that the templates use themselves.
const RESERVED: &[&str] = &["content", "top", "overview", "about", "okr-plan"];

/// A whole page.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    /// What the browser calls the page.
    title: String,
    heading_html: Html,
    /// The name of the plan, where the heading says something else.
    name: Option<String>,
    team: Option<String>,
    owner: Option<String>,
    cadence: Option<&'static str>,
    period: Option<PeriodView>,
    text_html: Html,
    figures: Figures,
    objectives: usize,
    sections: usize,
    /// Objectives and sections, in the order of the plan.
    parts: Vec<Part>,
    /// What the words and bars of this page mean, as far as it uses them.
    legend: Vec<Fact>,
    /// What else the front matter says.
    about: Vec<Fact>,
}

/// How much of everything there is.
#[derive(Debug, Default, Serialize)]
struct Figures {
    objectives: usize,
    key_results: usize,
    /// Key results whose target needs a baseline or states one.
    measured: usize,
    baselines: usize,
    initiatives: usize,
    done: usize,
}

#[derive(Debug, Serialize)]
struct PeriodView {
    name: String,
    /// Whether the name already consists of the two dates.
    is_dates: bool,
    first: Day,
    last: Day,
    days: i32,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Objective(Box<ObjectiveView>),
    Section(SectionView),
}

#[derive(Debug, Serialize)]
struct SectionView {
    anchor: String,
    title: String,
    title_html: Html,
    text_html: Html,
}

#[derive(Debug, Serialize)]
struct ObjectiveView {
    number: String,
    anchor: String,
    title: String,
    title_html: Html,
    owner: Option<String>,
    commitment: Option<&'static str>,
    supports: Vec<LinkView>,
    facts: Vec<Fact>,
    initiatives: Option<InitiativesView>,
    text_html: Html,
    key_results: Vec<KeyResultView>,
    /// Whether what stands above its key results may be broken between two sheets of paper.
    is_long: bool,
    /// How many of its key results stand how, by their latest check-ins.
    standing: Vec<Standing>,
    /// The earliest and the latest date by which something is still to be done.
    first_due: Option<Day>,
    last_due: Option<Day>,
}

#[derive(Debug, Serialize)]
struct LinkView {
    text: String,
    href_html: Option<String>,
}

/// Something said about an element: a name and a value.
#[derive(Debug, Serialize)]
struct Fact {
    name: String,
    value_html: Html,
}

#[derive(Debug, Serialize)]
struct Standing {
    count: usize,
    status: StatusView,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct StatusView {
    /// Names the mark and the colour.
    slug: &'static str,
    word: &'static str,
}

#[derive(Debug, Serialize)]
struct KeyResultView {
    number: String,
    anchor: String,
    title: String,
    title_html: Html,
    owner: Option<String>,
    due: Option<Day>,
    status: Option<StatusView>,
    scale: Scale,
    facts: Vec<Fact>,
    initiatives: Option<InitiativesView>,
    text_html: Html,
    check_ins: Option<CheckInsView>,
    /// Whether it is likely to fill more than half a sheet of paper, so that it may be broken.
    is_long: bool,
}

/// From where to where.
#[derive(Debug, Serialize)]
struct Scale {
    /// Whether a baseline is stated or wanted; a state that is there or not has none.
    has_start: bool,
    start: Option<Figure>,
    question_html: Html,
    now: Option<Now>,
    target: Option<TargetView>,
    direction: Option<DirectionView>,
    drawing: Option<Drawing>,
    /// What of all this, and of the date, stands in no field; empty where nothing does.
    wording: String,
}

#[derive(Debug, Serialize)]
struct Now {
    figure: Figure,
    day: Day,
}

#[derive(Debug, Serialize)]
struct TargetView {
    /// `at least`, `between` and the like; may be empty.
    words: &'static str,
    figure: Figure,
    /// What stands below it: the change that leads to the value, or what the change is of.
    note: String,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct DirectionView {
    slug: &'static str,
    words: &'static str,
}

#[derive(Debug, Serialize)]
struct InitiativesView {
    done: usize,
    count: usize,
    items: Vec<InitiativeView>,
}

#[derive(Debug, Serialize)]
struct InitiativeView {
    done: bool,
    title_html: Html,
    owner: Option<String>,
    due: Option<Day>,
    text_html: Html,
}

#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each column is there or not on its own"
)]
struct CheckInsView {
    has_value: bool,
    has_status: bool,
    has_confidence: bool,
    has_note: bool,
    /// The headings of further columns.
    columns: Vec<String>,
    rows: Vec<CheckInView>,
}

#[derive(Debug, Serialize)]
struct CheckInView {
    day: Day,
    value: Option<Figure>,
    status: Option<StatusView>,
    confidence: Option<u8>,
    note_html: Html,
    cells_html: Vec<Html>,
}

impl Page {
    /// Returns the page of a plan, with what it does not state read from its words.
    pub(super) fn new(plan: &Plan, lexicon: &Lexicon) -> Self {
        let completed: Vec<Vec<Completed>> = plan
            .objectives
            .iter()
            .map(|objective| {
                let key_results = objective.key_results.iter();
                key_results
                    .map(|key_result| Completed::new(key_result, plan.period, lexicon))
                    .collect()
            })
            .collect();
        let mut anchors = Anchors::new(RESERVED);
        let display_name = text::clean(&plan.display_name());
        let heading = plan.title.as_ref().filter(|title| !title.is_empty());
        let heading_html = heading.map_or_else(|| text::plain(&display_name), text::inline);
        let heading_plain =
            heading.map_or_else(|| display_name.clone(), |title| title.plain().into_owned());
        let name = plan
            .name
            .as_deref()
            // A plan is often called what its team is called; once is enough.
            .filter(|name| *name != heading_plain && plan.team.as_deref() != Some(*name))
            .map(text::clean);
        let text_html = text::blocks(&plan.text, 2, &mut anchors);
        let parts = parts(plan, &completed, &mut anchors);
        Self {
            title: match plan.period {
                Some(period) if !heading_plain.contains(&period.name()) => {
                    format!("{heading_plain}, {}", period.name())
                }
                _ => heading_plain,
            },
            heading_html,
            name,
            team: stated(plan.team.as_ref()),
            owner: stated(plan.owner.as_ref()),
            cadence: plan.cadence.map(|cadence| match cadence {
                Cadence::Weekly => "every week",
                Cadence::TwoWeekly => "every two weeks",
                Cadence::Monthly => "every month",
                other => other.word(),
            }),
            period: plan.period.map(PeriodView::new),
            text_html,
            figures: Figures::of(plan, &completed),
            objectives: plan.objectives.len(),
            sections: plan.sections.len(),
            legend: legend(plan, &completed),
            about: about(plan),
            parts,
        }
    }
}

fn parts(plan: &Plan, completed: &[Vec<Completed>], anchors: &mut Anchors) -> Vec<Part> {
    let mut parts = Vec::with_capacity(plan.objectives.len() + plan.sections.len());
    let count = plan.objectives.len();
    for position in 0..=count {
        // A position behind the last objective means the end.
        let stands_here = |section: &&Section| section.position.min(count) == position;
        for section in plan.sections.iter().filter(stands_here) {
            let title = section.title.plain().into_owned();
            parts.push(Part::Section(SectionView {
                anchor: anchors.name(&title),
                title: or_untitled(title),
                title_html: text::inline(&section.title),
                text_html: text::blocks(&section.text, 3, anchors),
            }));
        }
        if let Some((objective, completed)) =
            plan.objectives.get(position).zip(completed.get(position))
        {
            parts.push(Part::Objective(Box::new(ObjectiveView::new(
                position + 1,
                objective,
                completed,
                anchors,
            ))));
        }
    }
    parts
}

impl Figures {
    fn of(plan: &Plan, completed: &[Vec<Completed>]) -> Self {
        let mut figures = Self {
            objectives: plan.objectives.len(),
            ..Self::default()
        };
        for objective in &plan.objectives {
            figures.key_results += objective.key_results.len();
            let initiatives = objective
                .key_results
                .iter()
                .flat_map(|key_result| &key_result.initiatives);
            for initiative in objective.initiatives.iter().chain(initiatives) {
                figures.initiatives += 1;
                figures.done += usize::from(initiative.done);
            }
        }
        for Completed { measure, .. } in completed.iter().flatten() {
            let is_state = matches!(measure.target, Some(Target::Done));
            figures.measured += usize::from(!is_state);
            figures.baselines += usize::from(!is_state && measure.start.is_some());
        }
        figures
    }
}

impl PeriodView {
    fn new(period: Period) -> Self {
        Self {
            name: period.name(),
            is_dates: period.kind().is_none(),
            first: Day::new(period.start()),
            last: Day::new(period.end()),
            days: period.days(),
        }
    }
}

impl ObjectiveView {
    fn new(
        number: usize,
        objective: &Objective,
        completed: &[Completed],
        anchors: &mut Anchors,
    ) -> Self {
        let title = objective.title.plain().into_owned();
        let anchor = anchors.name(&format!("Objective {number} {title}"));
        let text_html = text::blocks(&objective.text, 3, anchors);
        let initiatives = InitiativesView::new(&objective.initiatives, 4, anchors);
        let mut facts = Vec::new();
        facts.extend(objective.id.as_deref().map(|id| Fact::plain("Id", id)));
        facts.extend(further(&objective.fields));
        let numbered = objective.key_results.iter().zip(completed).enumerate();
        let key_results = numbered
            .map(|(k, (key_result, completed))| {
                let number = format!("{number}.{}", k + 1);
                KeyResultView::new(number, key_result, completed, anchors)
            })
            .collect();
        let mut counts = BTreeMap::new();
        for status in objective.key_results.iter().filter_map(latest_status) {
            let order = Status::ALL.iter().position(|other| *other == status);
            counts.entry(order).or_insert((0, status)).0 += 1;
        }
        let open_work = objective
            .key_results
            .iter()
            .flat_map(|key_result| &key_result.initiatives);
        let open_work = objective
            .initiatives
            .iter()
            .chain(open_work)
            .filter(|initiative| !initiative.done);
        let dates = completed.iter().filter_map(|completed| completed.due);
        let dates = dates.chain(open_work.filter_map(|initiative| initiative.due));
        Self {
            number: number.to_string(),
            anchor,
            title: or_untitled(title),
            title_html: text::inline(&objective.title),
            owner: stated(objective.owner.as_ref()),
            commitment: objective.commitment.map(Commitment::word),
            supports: objective.supports.iter().map(LinkView::new).collect(),
            facts,
            initiatives,
            text_html,
            key_results,
            is_long: objective.text.lines().count() + objective.initiatives.len() > 12,
            standing: counts
                .into_values()
                .map(|(count, status)| Standing {
                    count,
                    status: StatusView::new(status),
                })
                .collect(),
            first_due: dates.clone().min().map(Day::new),
            last_due: dates.max().map(Day::new),
        }
    }
}

impl LinkView {
    fn new(link: &Link) -> Self {
        let text = if link.text.trim().is_empty() {
            &link.target
        } else {
            &link.text
        };
        Self {
            text: text::clean(text),
            href_html: text::href(&link.target),
        }
    }
}

impl Fact {
    fn plain(name: &str, value: &str) -> Self {
        Self {
            name: text::clean(name),
            value_html: text::plain(value),
        }
    }
}

impl StatusView {
    const fn new(status: Status) -> Self {
        let slug = match status {
            Status::NotStarted => "not-started",
            Status::OnTrack => "on-track",
            Status::AtRisk => "at-risk",
            Status::OffTrack => "off-track",
            Status::Achieved => "achieved",
            Status::Paused => "paused",
            // The set of marks is closed, and a status yet to come is shown as one put aside.
            _ => "cancelled",
        };
        Self {
            slug,
            word: status.word(),
        }
    }
}

impl KeyResultView {
    fn new(
        number: String,
        key_result: &KeyResult,
        completed: &Completed,
        anchors: &mut Anchors,
    ) -> Self {
        let title = key_result.title.plain().into_owned();
        let anchor = anchors.name(&format!("Key result {} {title}", number.replace('.', "")));
        let Completed { measure, due } = completed;
        let mut facts = Vec::new();
        // What is counted stands in the statement just above; only a field of its own says more.
        facts.extend(key_result.measure.name.as_ref().map(|name| Fact {
            name: "Measure".into(),
            value_html: text::inline(name),
        }));
        facts.extend(measure.source.as_ref().map(|source| Fact {
            name: "Source".into(),
            value_html: text::inline(source),
        }));
        // The question is answered once there is a baseline, and the unit is seen in its figure.
        let question = measure
            .question
            .as_ref()
            .filter(|_| measure.start.is_some());
        facts.extend(question.map(|question| Fact {
            name: "Baseline question".into(),
            value_html: text::inline(question),
        }));
        let is_seen = measure
            .start
            .as_ref()
            .is_some_and(|start| Some(&start.unit) == measure.unit());
        facts.extend(
            measure
                .unit
                .as_ref()
                .filter(|_| !is_seen)
                .map(|unit| Fact::plain("Unit", unit.word())),
        );
        facts.extend(key_result.id.as_deref().map(|id| Fact::plain("Id", id)));
        facts.extend(further(&key_result.fields));
        facts.retain(|fact| !fact.value_html.is_empty());
        let text_html = text::blocks(&key_result.text, 4, anchors);
        let initiatives = InitiativesView::new(&key_result.initiatives, 5, anchors);
        let lines = key_result.text.lines().count()
            + key_result.check_ins.len()
            + key_result
                .initiatives
                .iter()
                .map(|initiative| 1 + initiative.text.lines().count())
                .sum::<usize>();
        Self {
            number,
            anchor,
            title: or_untitled(title),
            title_html: text::inline(&key_result.title),
            owner: stated(key_result.owner.as_ref()),
            due: due.map(Day::new),
            status: latest_status(key_result).map(StatusView::new),
            scale: Scale::new(
                measure,
                latest_value(key_result),
                wording(key_result, completed),
            ),
            facts,
            initiatives,
            text_html,
            check_ins: CheckInsView::new(&key_result.check_ins),
            is_long: lines > 12,
        }
    }
}

/// Returns which of the values that are shown were read from the statement, as a phrase.
fn wording(key_result: &KeyResult, completed: &Completed) -> String {
    let (stated, measure) = (&key_result.measure, &completed.measure);
    let is_baseline_read = stated.start.is_none() && measure.start.is_some();
    let is_target_read = stated.target.is_none() && measure.target.is_some();
    // Beside numbers that were read, the direction is what they show.
    let is_direction_read = !is_baseline_read
        && !is_target_read
        && stated.direction().is_none()
        && measure.direction().is_some();
    let parts = [
        ("baseline", is_baseline_read),
        ("target", is_target_read),
        ("direction", is_direction_read),
        ("date", key_result.due.is_none() && completed.due.is_some()),
    ];
    let parts: Vec<&str> = parts
        .into_iter()
        .filter(|(_, is_read)| *is_read)
        .map(|(name, _)| name)
        .collect();
    let mut phrase = match &*parts {
        [] => return String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    phrase[..1].make_ascii_uppercase();
    phrase + " from the wording"
}

fn latest_value(key_result: &KeyResult) -> Option<(&Quantity, Date)> {
    latest(&key_result.check_ins, |check_in| {
        Some((check_in.value.as_ref()?, check_in.date))
    })
}

fn latest_status(key_result: &KeyResult) -> Option<Status> {
    latest(&key_result.check_ins, |check_in| check_in.status)
}

impl Scale {
    fn new(measure: &Measure, latest: Option<(&Quantity, Date)>, wording: String) -> Self {
        let is_state = measure.target == Some(Target::Done);
        let direction = measure.direction().filter(|_| !is_state);
        Self {
            has_start: !is_state || measure.start.is_some(),
            start: measure.start.as_ref().map(Figure::new),
            question_html: measure
                .question
                .as_ref()
                .filter(|_| measure.start.is_none())
                .map(text::inline)
                .unwrap_or_default(),
            now: latest.map(|(value, date)| Now {
                figure: Figure::new(value),
                day: Day::new(date),
            }),
            target: measure
                .target
                .as_ref()
                .map(|target| TargetView::new(target, measure.start.as_ref())),
            direction: direction.map(DirectionView::new),
            drawing: Drawing::new(measure, direction, latest.map(|(value, _)| value)),
            wording,
        }
    }
}

impl TargetView {
    fn new(target: &Target, start: Option<&Quantity>) -> Self {
        let plain = |words, value: &Quantity| Self {
            words,
            figure: Figure::new(value),
            note: String::new(),
        };
        match target {
            Target::Value { bound, value } => plain(bound.words(), value),
            Target::Between { low, high } => {
                let low = if low.unit == high.unit {
                    Quantity::new(low.value, Unit::None)
                } else {
                    low.clone()
                };
                let high = Figure::new(high);
                let numbers = format!("{} and {}", Figure::new(&low).text(), high.number);
                let figure = Figure::of(&high.before, numbers, &high.after);
                Self {
                    words: "between",
                    figure,
                    note: String::new(),
                }
            }
            Target::Relative(_) | Target::Change(_) => {
                let change = change_text(target);
                match (target.value(start), start) {
                    (Some(value), Some(start)) => {
                        let figure = Figure::new(&value);
                        let note = format!(
                            "{change}: {} \u{2192} {}",
                            Figure::new(start).text(),
                            figure.text()
                        );
                        Self {
                            words: "",
                            figure,
                            note,
                        }
                    }
                    (_, None) => Self {
                        words: "",
                        figure: Figure::words(&change),
                        note: "of a baseline to be measured".to_owned(),
                    },
                    // A percentage of zero, or a change in another unit, comes to no value.
                    (None, Some(_)) => Self {
                        words: "",
                        figure: Figure::words(&change),
                        note: "of the baseline".to_owned(),
                    },
                }
            }
            Target::Done => Self {
                words: "",
                figure: Figure::words("done"),
                note: String::new(),
            },
            // A target of a kind yet to come is shown as a plan writes it.
            other => Self {
                words: "",
                figure: Figure::words(&text::clean(&other.to_string())),
                note: String::new(),
            },
        }
    }
}

fn change_text(target: &Target) -> String {
    let shown = text::clean(&target.to_string());
    match shown.strip_prefix('-') {
        Some(rest) => format!("\u{2212}{rest}"),
        None => shown,
    }
}

impl DirectionView {
    const fn new(direction: Direction) -> Self {
        let words = match direction {
            Direction::Increase => "more is better",
            Direction::Decrease => "less is better",
            _ => "to be kept",
        };
        Self {
            slug: direction.word(),
            words,
        }
    }
}

impl InitiativesView {
    fn new(initiatives: &[Initiative], level: usize, anchors: &mut Anchors) -> Option<Self> {
        if initiatives.is_empty() {
            return None;
        }
        let view = |initiative: &Initiative| InitiativeView {
            done: initiative.done,
            title_html: text::inline(&initiative.title),
            owner: stated(initiative.owner.as_ref()),
            due: initiative.due.map(Day::new),
            text_html: text::blocks(&initiative.text, level, anchors),
        };
        Some(Self {
            done: initiatives
                .iter()
                .filter(|initiative| initiative.done)
                .count(),
            count: initiatives.len(),
            items: initiatives.iter().map(view).collect(),
        })
    }
}

impl CheckInsView {
    fn new(check_ins: &[CheckIn]) -> Option<Self> {
        if check_ins.is_empty() {
            return None;
        }
        let mut columns: Vec<&str> = Vec::new();
        for name in check_ins.iter().flat_map(|row| row.fields.keys()) {
            if !columns.contains(&&**name) {
                columns.push(name);
            }
        }
        let row = |row: &CheckIn| CheckInView {
            day: Day::new(row.date),
            value: row.value.as_ref().map(Figure::new),
            status: row.status.map(StatusView::new),
            confidence: row.confidence,
            note_html: row.note.as_ref().map(text::inline).unwrap_or_default(),
            cells_html: columns
                .iter()
                .map(|name| row.fields.get(*name).map(text::inline).unwrap_or_default())
                .collect(),
        };
        Some(Self {
            has_value: check_ins.iter().any(|row| row.value.is_some()),
            has_status: check_ins.iter().any(|row| row.status.is_some()),
            has_confidence: check_ins.iter().any(|row| row.confidence.is_some()),
            has_note: check_ins.iter().any(|row| row.note.is_some()),
            rows: check_ins.iter().map(row).collect(),
            columns: columns.into_iter().map(text::clean).collect(),
        })
    }
}

fn further(fields: &Fields) -> impl Iterator<Item = Fact> {
    fields.iter().map(|(name, value)| Fact {
        name: text::clean(name),
        value_html: text::inline(value),
    })
}

fn stated(text: Option<&String>) -> Option<String> {
    text.map(|text| text::clean(text))
        .filter(|text| !text.trim().is_empty())
}

fn or_untitled(title: String) -> String {
    if title.is_empty() {
        "Untitled".to_owned()
    } else {
        title
    }
}

fn legend(plan: &Plan, completed: &[Vec<Completed>]) -> Vec<Fact> {
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

fn about(plan: &Plan) -> Vec<Fact> {
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
