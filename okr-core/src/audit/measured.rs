//! What rules ask of the thing that a key result measures.

use rust_decimal::Decimal;

use super::KeyResultCase;
use super::wording::MAX_LENGTH;
use super::words::{stem, words};
use crate::edit::Change;
use crate::model::{Inline, Quantity, Target, Unit};
use crate::statement::Lexicon;
use crate::text::Span;

/// The gap that only the user can fill.
pub(super) const GAP: &str = "…";

/// Returns the change of the statement that puts other words into places of it, which are sorted.
///
/// Nothing comes back for a statement with formatting, whose places are not those of its Markdown.
pub(super) fn rewrite(case: &KeyResultCase<'_>, places: &[(Span, &str)]) -> Option<Change> {
    if case.key_result.title.as_markdown() != case.text {
        return None;
    }
    let mut text = String::new();
    let mut at = 0;
    for (span, words) in places {
        text.push_str(case.text.get(at..span.start())?);
        text.push_str(words);
        at = span.end();
    }
    text.push_str(case.text.get(at..)?);
    Some(Change::SetTitle {
        element: case.id,
        title: Inline::from_plain(&text),
    })
}

/// Returns `word` with a capital first letter where the words that it replaces have one.
pub(super) fn like(replaced: &str, word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if replaced.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => word.to_owned(),
    }
}

/// Returns what is measured in the user's words: as the field says it, else as the statement does.
pub(super) fn name(case: &KeyResultCase<'_>) -> Option<String> {
    let stated = case.key_result.measure.name.as_ref();
    let stated = stated.map(|name| name.plain().into_owned());
    let read = || {
        let words = case.reading.parts.measure?.of(&case.text);
        Some(without_articles(words).to_owned())
    };
    let is_short = |name: &String| !name.is_empty() && name.len() <= MAX_LENGTH;
    stated.or_else(read).filter(is_short)
}

fn without_articles(mut words: &str) -> &str {
    while let Some(rest) = ["of ", "the ", "our ", "an ", "a "]
        .iter()
        .find_map(|article| words.strip_prefix(article))
    {
        words = rest;
    }
    words
}

/// The words of a measure: `share of [late supplier] invoices [paid …]`.
#[derive(Debug, Default)]
pub(super) struct Noun {
    /// What stands before `of`, such as `share` or `number`.
    pub(super) quantity: Option<String>,
    /// The words before the head.
    pub(super) modifiers: Vec<String>,
    /// The noun itself.
    pub(super) head: String,
    /// The word behind it, such as a preposition.
    pub(super) next: Option<String>,
}

impl Noun {
    /// Takes the words of a measure apart; `on-time` is one word here.
    pub(super) fn of(text: &str) -> Self {
        let text = text.replace("On time", "on-time");
        let mut tokens: Vec<String> = Vec::new();
        for (_, word) in words(&text) {
            let word = word.to_lowercase();
            match tokens.last_mut() {
                Some(last) if last == "on" && word == "time" => "on-time".clone_into(last),
                _ => tokens.push(word),
            }
        }
        let mut noun = Self::default();
        let mut tokens = tokens
            .into_iter()
            .skip_while(|word| ARTICLES.contains(&&**word))
            .peekable();
        while let Some(word) = tokens.next() {
            let next = tokens.peek().map(String::as_str);
            let is_of = next == Some("of") && QUANTITIES.contains(&&*stem(&word));
            let is_change = next == Some("in") && CHANGES.contains(&&*stem(&word));
            // Behind another noun it is the head: `churn rate of large accounts`.
            let is_quantity = is_of && noun.quantity.is_none() && noun.head.is_empty();
            if is_quantity || is_change {
                if is_quantity {
                    noun.quantity = Some(stem(&word).into_owned());
                }
                tokens.next();
                noun.modifiers.clear();
                while tokens.next_if(|word| ARTICLES.contains(&&**word)).is_some() {}
                noun.head.clear();
            } else if ENDS.contains(&&*word) {
                noun.next = Some(word);
                break;
            } else {
                let before = std::mem::replace(&mut noun.head, word);
                if !before.is_empty() {
                    noun.modifiers.push(before);
                }
            }
        }
        noun
    }

    /// Returns whether it is counted in percent of a whole by its nature.
    pub(super) fn is_share(&self) -> Option<bool> {
        if let Some(quantity) = &self.quantity {
            return Some(SHARE_QUANTITIES.contains(&&**quantity));
        }
        let has = |word: &str| self.modifiers.iter().any(|other| other == word);
        let is_price = || PRICES.iter().any(|price| has(price));
        let head = self.head.trim_end_matches('s');
        // Conversions are things, conversion is a share.
        let is_rate = (SHARE_HEADS.contains(&head) || SHARE_HEADS.contains(&&*self.head))
            && self.head != "conversions"
            && !is_price();
        let is_on_time =
            has("on-time") || self.head == "on-time" || { self.next.as_deref() == Some("on-time") };
        (is_rate || is_on_time).then_some(true)
    }

    /// Returns whether less of it is plainly better.
    pub(super) fn is_bad(&self, lexicon: &Lexicon) -> bool {
        // What is resolved, caught or prevented is good to have more of.
        let is_dealt_with = |word: &String| word.ends_with("ed") && !LATE.contains(&&**word);
        if self.modifiers.iter().any(is_dealt_with) || !self.ends_plainly() {
            return false;
        }
        let has = |list: &[&str]| self.modifiers.iter().any(|word| list.contains(&&**word));
        let is_plain = |word: &str| {
            lexicon.is_lower_better(word)
                && !DOUBTFUL.contains(&&*stem(word))
                && !(stem(word) == "backlog" && has(&["order", "sales", "product"]))
        };
        let head = stem(&self.head);
        is_plain(&self.head)
            || self.head == "time" && has(WAITS)
            || AMOUNTS.contains(&&*head) && has(LATE)
            || matches!(
                &*head,
                "rate" | "ratio" | "level" | "count" | "volume" | "cost"
            ) && self.modifiers.last().is_some_and(|word| is_plain(word))
    }

    /// Returns whether more of it is plainly better.
    pub(super) fn is_good(&self) -> bool {
        self.ends_plainly() && GOOD.contains(&&*self.head)
    }

    /// Returns whether nothing behind the noun turns what it says.
    fn ends_plainly(&self) -> bool {
        let next = self.next.as_deref();
        next.is_none_or(|next| matches!(next, "in" | "of" | "for" | "per" | "across" | "at"))
    }
}

/// Returns the noun of what is measured, as the statement says it.
pub(super) fn noun(case: &KeyResultCase<'_>) -> Noun {
    let words = case.reading.parts.measure;
    Noun::of(words.map_or("", |span| span.of(&case.text)))
}

/// Returns whether the measure is a share or a rate, so that its values are percents.
///
/// What fields say goes before what the statement says.
pub(super) fn is_share(case: &KeyResultCase<'_>) -> bool {
    let stated = &case.key_result.measure;
    let start = stated.start.as_ref().map(|start| &start.unit);
    let unit = stated.unit.as_ref().or(start);
    match unit.filter(|unit| **unit != Unit::None) {
        Some(unit) => return *unit == Unit::Percent,
        None if starts_in_percent(case) => return true,
        None => {}
    }
    let named = stated.name.as_ref();
    let named = named.and_then(|name| Noun::of(&name.plain()).is_share());
    named.or_else(|| noun(case).is_share()).unwrap_or(false)
}

fn starts_in_percent(case: &KeyResultCase<'_>) -> bool {
    let start = case.reading.parts.start;
    start.is_some_and(|start| start.of(&case.text).contains('%'))
}

/// Returns the start with its unit, also where the statement names it beside a change by percent.
pub(super) fn start(case: &KeyResultCase<'_>) -> Option<Quantity> {
    let mut start = case.measure.start.clone()?;
    if start.unit == Unit::None && (starts_in_percent(case) || is_share(case)) {
        start.unit = Unit::Percent;
    }
    Some(start)
}

/// Returns a time in seconds; months and years have no fixed length.
pub(super) fn in_seconds(quantity: &Quantity) -> Option<Decimal> {
    let Unit::Word(word) = &quantity.unit else {
        return None;
    };
    let seconds: u32 = match &**word {
        "seconds" => 1,
        "minutes" => 60,
        "hours" => 3600,
        "days" => 86400,
        "weeks" => 604_800,
        _ => return None,
    };
    let whole = quantity.value.checked_mul(seconds.into())?;
    Some(whole.normalize())
}

/// Returns whether a field states a number to reach or a change.
pub(super) fn states_target(case: &KeyResultCase<'_>) -> bool {
    let target = case.key_result.measure.target.as_ref();
    target.is_some_and(|target| *target != Target::Done)
}

const ARTICLES: &[&str] = &[
    "a", "all", "an", "average", "each", "its", "mean", "median", "of", "our", "overall", "the",
    "their", "total",
];

/// Stems of nouns that say how the thing behind `of` is counted.
const QUANTITIES: &[&str] = &[
    "amount",
    "count",
    "fraction",
    "level",
    "number",
    "percent",
    "percentage",
    "proportion",
    "rate",
    "ratio",
    "share",
    "sum",
    "total",
    "value",
    "volume",
];

const SHARE_QUANTITIES: &[&str] = &[
    "fraction",
    "percent",
    "percentage",
    "proportion",
    "rate",
    "ratio",
    "share",
];

/// Stems of nouns that say which way the thing behind `in` goes.
pub(super) const CHANGES: &[&str] = &[
    "cut",
    "decline",
    "decrease",
    "drop",
    "gain",
    "growth",
    "improvement",
    "increase",
    "reduction",
    "rise",
    "uplift",
];

/// Words that end a noun.
pub(super) const ENDS: &[&str] = &[
    "across", "after", "among", "and", "at", "before", "below", "between", "by", "during", "for",
    "from", "in", "is", "of", "on", "over", "per", "that", "through", "to", "under", "until",
    "via", "when", "where", "which", "while", "who", "whose", "with", "within", "without",
];

const SHARE_HEADS: &[&str] = &[
    "accuracy",
    "attrition",
    "availability",
    "churn",
    "compliance",
    "conversion",
    "margin",
    "occupancy",
    "percentage",
    "proportion",
    "rate",
    "ratio",
    "retention",
    "share",
    "uptime",
    "utilisation",
    "utilization",
];

/// Rates that are prices or speeds.
const PRICES: &[&str] = &[
    "daily", "day", "exchange", "frame", "heart", "hourly", "pay", "room", "wage",
];

/// What may be good to have more of, though one usually wants less.
const DOUBTFUL: &[&str] = &[
    "age",
    "ageing",
    "aging",
    "burn",
    "capex",
    "consumption",
    "cycle",
    "dpo",
    "effort",
    "exception",
    "fall",
    "fee",
    "finding",
    "fine",
    "footprint",
    "handling",
    "lag",
    "lead",
    "loss",
    "noise",
    "overdue",
    "payback",
    "penalty",
    "price",
    "queue",
    "refund",
    "response",
    "return",
    "risk",
    "setup",
    "spend",
    "spending",
    "time",
    "turnaround",
    "turnover",
    "workload",
];

const WAITS: &[&str] = &[
    "approval",
    "close",
    "cycle",
    "handling",
    "lead",
    "processing",
    "queue",
    "resolution",
    "response",
    "turnaround",
    "wait",
    "waiting",
];

const LATE: &[&str] = &[
    "delayed",
    "failed",
    "late",
    "missed",
    "overdue",
    "unpaid",
    "unresolved",
];

/// Stems of what can be late or unpaid.
const AMOUNTS: &[&str] = &[
    "account",
    "amount",
    "balance",
    "bill",
    "debt",
    "delivery",
    "invoice",
    "item",
    "order",
    "payment",
    "receivable",
    "task",
    "ticket",
];

const GOOD: &[&str] = &[
    "accuracy",
    "csat",
    "enps",
    "nps",
    "profit",
    "profitability",
    "satisfaction",
    "uptime",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_share: Option<bool>, is_bad: bool) {
        let noun = Noun::of(text);
        let found = (noun.is_share(), noun.is_bad(&Lexicon::default()));
        assert_eq!(found, (is_share, is_bad), "{text}: {noun:?}");
    }

    #[test]
    fn shares_are_known_by_their_noun() {
        check("monthly premium collection rates", Some(true), false);
        check("on-time payments", Some(true), false);
        check("the share of late payers", Some(true), false);
        check("number of on-time payments", Some(false), false);
        check("accuracy checks", None, false);
        check("conversions", None, false);
        check("hourly rate", None, false);
        check("steady growth in margins", Some(true), false);
        check("churn rate of large accounts", Some(true), true);
    }

    #[test]
    fn what_is_bad_is_known_by_its_noun() {
        for text in [
            "overdue balance",
            "errors per 1,000 invoices",
            "number of complaints",
            "response time",
            "late vendor payments",
        ] {
            assert!(Noun::of(text).is_bad(&Lexicon::default()), "{text}");
        }
        for text in [
            "error detection",
            "resolved disputes",
            "errors caught before dispatch",
            "share of overdue receivables that get a call",
            "time on site",
            "return on investment",
            "order backlog",
            "days without incidents",
            "response rate",
            "recovery of overdue balances",
        ] {
            assert!(!Noun::of(text).is_bad(&Lexicon::default()), "{text}");
        }
    }
}
