//! What other pages tell of a plan.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;
use okr_core::Parsed;
use okr_core::alignment;
use okr_core::audit::Level;
use okr_core::closing::Closing;
use okr_core::completion::complete;
use okr_core::model::{ElementId, Period, PlanLevel, Status};
use okr_core::progress::{
    Decision, Discipline, KeyResultOverview, NetConfidence, Overview, OwedKind, Part, percent_shown,
};
use rust_decimal::Decimal;

use super::confidence::Weeks;
use super::{Settings, feed};
use crate::formats::html::view::verdict::{OutcomeView, by_numbers};
use crate::words::{Words as _, plan_name};

/// For how many days changes stand in the feed.
const FEED_DAYS: i64 = 35;
/// How many days back what has moved is told.
const MOVED_DAYS: i64 = 7;

/// What of a plan other pages tell, without its texts.
#[derive(Clone, Debug, Hash)]
pub struct Member {
    pub(super) aligned: alignment::Member,
    path: String,
    /// What it is called, with its period.
    pub(super) name: String,
    pub(super) team: Option<String>,
    pub(super) level: Option<PlanLevel>,
    pub(super) owner: Option<String>,
    pub(super) period: Option<Period>,
    pub(super) is_closed: bool,
    /// The path of the plan that it goes on with.
    pub(super) continues: Option<String>,
    pub(super) standing: Percents,
    pub(super) status: Option<Status>,
    /// What the numbers say of it, where that is another status.
    pub(super) by_numbers: Option<Status>,
    /// What it came to, where it is closed.
    pub(super) outcome: Option<OutcomeView>,
    pub(super) confidence: NetConfidence,
    pub(super) discipline: Discipline,
    pub(super) latest: Option<Date>,
    pub(super) weeks: Weeks,
    pub(super) objectives: Vec<ObjectiveSummary>,
    pub(super) key_results: Vec<KeyResultSummary>,
    pub(super) decisions: Vec<Told>,
    /// What is at risk or off track, as its owner or its numbers say.
    pub(super) troubles: Vec<Told>,
    pub(super) moved: Vec<Told>,
    pub(super) owed: Vec<OwedSummary>,
    /// What was said in check-ins of the last weeks, by the day, as far as the feed tells it.
    pub(super) news: BTreeMap<Date, Vec<Told>>,
    /// What was found in the plan, what helps most first; nothing where the pages are not to tell of it.
    pub findings: Option<Vec<Remark>>,
}

/// Something that was found in a plan, as its page tells it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Remark {
    /// The id of the rule, or the code of a message about reading.
    pub rule: String,
    /// How bad it is.
    pub level: Level,
    /// The number of the element, such as `1.2`, or `plan`; nothing where it is about the file.
    pub element: Option<String>,
    /// What is wrong: a phrase.
    pub message: String,
    /// What to do, and what is asked, each a phrase or a sentence.
    pub help: Vec<String>,
}

/// The members of a site, of which no more is kept than is told of them.
#[derive(Clone, Debug, Default)]
pub struct Members {
    all: Vec<Member>,
    /// The latest days on which something was said, each with the position of a member: those in the feed.
    told: BTreeSet<(Reverse<Date>, usize)>,
}

impl Members {
    /// Adds a member behind the others.
    pub fn push(&mut self, member: Member) {
        let at = self.all.len();
        let days = member.news.keys().map(|day| (Reverse(*day), at));
        self.told.extend(days);
        self.all.push(member);
        while self.told.len() > feed::MOST {
            if let Some((Reverse(day), at)) = self.told.pop_last() {
                self.all[at].news.remove(&day);
            }
        }
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns them in their order.
    pub(super) fn into_all(self) -> Vec<Member> {
        self.all
    }
}

impl FromIterator<Member> for Members {
    fn from_iter<I: IntoIterator<Item = Member>>(all: I) -> Self {
        let mut members = Self::default();
        all.into_iter().for_each(|member| members.push(member));
        members
    }
}

/// What is done and what is expected, in percents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Hash)]
pub(super) struct Percents {
    pub(super) done: Option<Decimal>,
    pub(super) expected: Option<Decimal>,
}

#[derive(Clone, Debug, Hash)]
pub(super) struct ObjectiveSummary {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) owner: Option<String>,
    pub(super) standing: Percents,
    pub(super) status: Option<Status>,
    /// What it came to, where its plan is closed.
    pub(super) outcome: Option<OutcomeView>,
    pub(super) part: Part,
}

#[derive(Clone, Debug, Hash)]
pub(super) struct KeyResultSummary {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) owner: Option<String>,
    pub(super) standing: Percents,
    pub(super) status: Option<Status>,
    /// Whether that is what its owner says.
    pub(super) is_said: bool,
    /// What the numbers say, where that is another status.
    pub(super) by_numbers: Option<Status>,
    /// What it came to, where its plan is closed.
    pub(super) outcome: Option<OutcomeView>,
    pub(super) value: Option<String>,
    pub(super) target: Option<String>,
    pub(super) due: Option<Date>,
    pub(super) latest: Option<Date>,
}

/// Something said of a key result.
#[derive(Clone, Debug, Hash)]
pub(super) struct Told {
    /// Its position among those of its plan.
    pub(super) of: usize,
    pub(super) words: Box<str>,
    /// Whether the words tell its status, with another one beside it.
    pub(super) tells_status: bool,
    /// The status by which it is marked, where that is not the one that counts.
    pub(super) mark: Option<Status>,
    /// How far what has moved came on its way, in percents; below 0 where it went back.
    pub(super) step: Option<Decimal>,
}

impl Told {
    /// Returns the status of its key result, where the words do not tell it.
    pub(super) fn status_of(&self, of: &KeyResultSummary) -> Option<Status> {
        of.status.filter(|_| !self.tells_status)
    }
}

/// Something that is owed.
#[derive(Clone, Debug, Hash)]
pub(super) struct OwedSummary {
    /// Of the key result or objective to which it belongs.
    pub(super) number: String,
    pub(super) title: String,
    pub(super) owner: Option<String>,
    pub(super) kind: OwedKind,
    pub(super) due: Date,
    pub(super) days_late: i32,
}

impl Member {
    /// Takes of a plan what other pages tell; `path` leads to it from the folder of all plans, with `/` between folders.
    #[must_use]
    pub fn new(path: &str, parsed: &Parsed, settings: &Settings) -> Self {
        let plan = complete(parsed.plan.clone(), &settings.lexicon);
        let overview = Overview::new(&plan, settings.day, &settings.schedules());
        let days = overview.key_results().filter_map(latest);
        let mut member = Self {
            aligned: alignment::Member::new(path, parsed),
            path: path.to_owned(),
            name: plan_name(&overview),
            team: plan.team.clone(),
            owner: plan.owner.clone(),
            period: plan.period,
            level: plan.level(),
            is_closed: plan.closed().is_some_and(|closed| closed <= settings.day),
            continues: plan
                .front_matter
                .get("continues")
                .and_then(|target| alignment::file_of(target, path))
                .map(|(path, _)| path),
            standing: Percents {
                done: overview.roll_up.percent_shown(),
                expected: overview.expected.map(|part| percent_shown(part, true)),
            },
            status: overview.roll_up.status,
            by_numbers: by_numbers(&overview)
                .filter(|status| overview.roll_up.status != Some(*status)),
            outcome: None,
            confidence: overview.confidence,
            discipline: overview.discipline,
            latest: days.max(),
            weeks: Weeks::new(&overview),
            objectives: Vec::with_capacity(plan.objectives.len()),
            key_results: Vec::with_capacity(overview.key_results().count()),
            decisions: Vec::new(),
            troubles: Vec::new(),
            moved: Vec::new(),
            owed: Vec::new(),
            news: BTreeMap::new(),
            findings: None,
        };
        for objective in &overview.objectives {
            member.objectives.push(ObjectiveSummary {
                number: objective.id.to_string(),
                title: objective.objective.title.plain().into_owned(),
                owner: objective.owner.map(str::to_owned),
                standing: Percents {
                    done: objective.roll_up.percent_shown(),
                    expected: objective.expected.map(|part| percent_shown(part, true)),
                },
                status: objective.roll_up.status,
                outcome: None,
                part: objective.part(),
            });
        }
        for (at, it) in overview.key_results().enumerate() {
            member.add_key_result(at, it, settings);
        }
        if let Some(closed) = plan.closed().filter(|_| member.is_closed) {
            let lexicon = &settings.lexicon;
            let closing = Closing::of(&parsed.plan, closed, lexicon, &settings.schedules());
            member.add_outcomes(&closing);
        }
        member.decisions.shrink_to_fit();
        member.moved.shrink_to_fit();
        let owed = overview.owed(7).into_iter();
        member.owed = owed
            .map(|owed| OwedSummary {
                number: bearer(owed.element),
                title: owed.title,
                owner: owed.owner,
                kind: owed.kind,
                due: owed.due,
                days_late: owed.days_late,
            })
            .collect();
        member
    }

    /// Returns the way to its plan.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Adds what everything came to when the plan was closed.
    fn add_outcomes(&mut self, closing: &Closing) {
        self.outcome = OutcomeView::of_plan(closing);
        for (at, objective) in self.objectives.iter_mut().enumerate() {
            objective.outcome = OutcomeView::of_objective(closing, at);
        }
        for (it, graded) in self.key_results.iter_mut().zip(closing.key_results()) {
            it.outcome = Some(OutcomeView::of_key_result(graded, it.status));
        }
    }

    fn add_key_result(&mut self, at: usize, it: &KeyResultOverview<'_>, settings: &Settings) {
        let told = |words: String| Told {
            of: at,
            words: words.into(),
            tells_status: false,
            mark: None,
            step: None,
        };
        self.key_results.push(KeyResultSummary {
            number: it.id.to_string(),
            title: it.title(),
            owner: it.owner.map(str::to_owned),
            standing: Percents {
                done: it.percent_shown(),
                expected: it.standing.expected.map(|part| percent_shown(part, true)),
            },
            status: it.counting.status,
            is_said: !it.counting.is_auto,
            by_numbers: it.other_status(),
            outcome: None,
            value: it.value(),
            target: it.target(),
            due: it.track.due(),
            latest: latest(it),
        });
        let decisions = it.decisions(settings.yellows);
        let tells_status = decisions.contains(&Decision::Disagreement);
        let reasons: Vec<String> = decisions
            .into_iter()
            // What the status says already is not said again.
            .map(|decision| match decision {
                Decision::OffTrack => String::new(),
                other => it.reason(other),
            })
            .collect();
        if !reasons.is_empty() {
            let words = reasons.into_iter().filter(|reason| !reason.is_empty());
            let words = words.collect::<Vec<_>>().join("; ");
            self.decisions.push(Told {
                tells_status,
                mark: it.trouble().map(|(status, _)| status),
                ..told(words)
            });
        }
        if let Some((status, words)) = it.trouble() {
            self.troubles.push(Told {
                tells_status: true,
                mark: Some(status),
                ..told(words)
            });
        }
        let since = settings.day.saturating_sub(MOVED_DAYS.days());
        if let Some(change) = it.track.change_after(since)
            && !it.is_milestone()
            && change.from != Some(change.to)
        {
            let step = change.progress.map(|part| percent_shown(part, true));
            let mut words = match change.from {
                Some(from) => format!("{} → {}", from.in_words(), change.to.in_words()),
                None => format!("{}, the first value", change.to.in_words()),
            };
            if change
                .progress
                .is_some_and(|part| part.is_sign_negative() && !part.is_zero())
            {
                words.push_str(", the wrong way");
            }
            self.moved.push(Told {
                step,
                ..told(words)
            });
        }
        let since = settings.day.saturating_sub(FEED_DAYS.days());
        for entry in it.track.entries().iter().rev() {
            let check_in = entry.check_in;
            if check_in.date <= since {
                break;
            }
            let note = check_in.note.as_ref().map(|note| note.plain());
            let parts = [
                check_in.value.as_ref().map(|value| value.in_words()),
                check_in.status.map(|status| status.word().to_owned()),
                note.map(std::borrow::Cow::into_owned),
            ];
            let words: Vec<String> = parts
                .into_iter()
                .flatten()
                .filter(|it| !it.is_empty())
                .collect();
            let news = self.news.entry(check_in.date).or_default();
            news.push(told(words.join(", ")));
        }
    }
}

fn latest(it: &KeyResultOverview<'_>) -> Option<Date> {
    it.track.latest().map(|entry| entry.check_in.date)
}

/// Returns the number of the objective or key result to which an element belongs.
fn bearer(element: ElementId) -> String {
    match element {
        ElementId::ObjectiveInitiative(objective, _) => ElementId::Objective(objective).to_string(),
        ElementId::Initiative(objective, key_result, _) => {
            ElementId::KeyResult(objective, key_result).to_string()
        }
        other => other.to_string(),
    }
}
