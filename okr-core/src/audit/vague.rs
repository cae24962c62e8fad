//! Words in the place of a number, and what the number would be of.

use super::measured::{CHANGES, ENDS, Noun};
use super::wording::{between, phrase};
use super::words::{stem, words};
use super::{Applicability, Context, Fix, KeyResultCase};
use crate::edit::Change;
use crate::statement::{self, Lexicon, VerbClass, placeholder};
use crate::syntax::Part;
use crate::text::Span;

/// How often a word that only looks vague is passed over, so that a long statement is not read for ever.
const MAX_PASSED: usize = 4;

/// Returns the word that stands in the place of a number, if there is one.
///
/// A name in quotation marks, the words of a bound and money that is `outstanding` are none.
pub(super) fn vague(cx: &Context<'_>, case: &KeyResultCase<'_>) -> Option<Span> {
    let mut span = case.reading.parts.vague?;
    let mut text = case.text.to_string();
    for _ in 0..MAX_PASSED {
        if !only_looks_vague(&case.text, span) {
            return Some(span);
        }
        // Read again as if it were a name, so that places stay what they are.
        text.replace_range(span.start()..span.end(), &"x".repeat(span.len()));
        let again = statement::read(&text, cx.plan.period, &cx.settings.lexicon);
        span = again.parts.vague?;
    }
    None
}

fn only_looks_vague(text: &str, span: Span) -> bool {
    let word = span.of(text).to_lowercase();
    let (before, after) = (text[..span.start()].to_lowercase(), &text[span.end()..]);
    let before = before.trim_end();
    let ends = |word: &str| {
        before
            .strip_suffix(word)
            .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    let is_bound = match &*word {
        "better" | "more" | "less" | "fewer" | "higher" | "lower" | "faster" | "sooner" => {
            ends("or") || ends("no") || after.trim_start().starts_with("than ")
        }
        "most" | "best" => ends("at"),
        _ => false,
    };
    let is_owed = || {
        let next = words(after).take(3);
        let next = next.take_while(|(_, word)| !is_end(word) || word.eq_ignore_ascii_case("and"));
        let mut stems = next.map(|(_, word)| stem(word));
        word == "outstanding" && stems.any(|stem| OWED.contains(&&*stem))
    };
    is_bound || is_owed() || is_quoted(text, span)
}

/// Stems of what can be outstanding.
const OWED: &[&str] = &[
    "account",
    "action",
    "amount",
    "balance",
    "bill",
    "claim",
    "contribution",
    "credit",
    "debt",
    "due",
    "fee",
    "finding",
    "fine",
    "invoice",
    "issue",
    "item",
    "loan",
    "order",
    "payable",
    "payment",
    "premium",
    "receipt",
    "receivable",
    "request",
    "sum",
    "task",
    "ticket",
];

/// Returns whether words stand in quotation marks.
pub(super) fn is_quoted(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start()], &text[span.end()..]);
    let is_between = |open: &[char], close: char| {
        let open = before.rfind(open);
        let closed = before.rfind(close);
        open.is_some_and(|open| closed.is_none_or(|closed| closed < open)) && after.contains(close)
    };
    let is_straight = before.matches('"').count() % 2 == 1 && after.contains('"');
    is_straight
        || is_between(&['“'], '”')
        || is_between(&['„'], '“')
        || is_between(&['«'], '»')
        || is_between(&['»'], '«')
}

fn is_end(word: &str) -> bool {
    ENDS.iter().any(|end| word.eq_ignore_ascii_case(end))
}

/// Returns the statement with room for the number that it lacks, where it says what the number is of.
pub(super) fn with_room(cx: &Context<'_>, case: &KeyResultCase<'_>) -> Option<Fix> {
    let text = &*case.text;
    // A gap that the user left is there already.
    if has_gap(text) {
        return None;
    }
    let parts = &case.reading.parts;
    let opening = parts.label.map_or(0, Span::end);
    let vague = vague(cx, case).map(|vague| with_of(text, vague));
    let measure = measure(text, parts.measure?, vague)?;
    let opens = |verb: Span| {
        let words = words(text.get(opening..verb.start()).unwrap_or_default());
        words.into_iter().all(|(_, word)| word.ends_with("ly"))
    };
    let title = match (parts.verb, parts.verb_class) {
        (
            Some(verb),
            Some(VerbClass::Increase | VerbClass::Decrease | VerbClass::Improve | VerbClass::Move),
        ) if verb.end() <= measure.start()
            && opens(verb)
            && !verb.of(text).eq_ignore_ascii_case("make") =>
        {
            let mut words = between(Span::new(0, measure.end()), vague);
            words.push(Part::New("from … to …"));
            let rest = Span::new(measure.end(), text.len());
            words.extend(between(rest, vague));
            phrase(&case.key_result.title, &words)
        }
        // What is won is counted.
        (Some(verb), Some(VerbClass::Obtain)) if verb.end() <= measure.start() && opens(verb) => {
            room_behind(case, opening, Some(verb), vague)
        }
        (None, None) => {
            // `An increase in …` stands before the measure.
            let leads = vague.filter(|vague| vague.start() <= opening);
            let whole = Span::new(leads.map_or(opening, Span::end), measure.end());
            let change = change(text, measure).or_else(|| change(text, whole));
            let noun = Span::new(change.map_or(measure.start(), Span::end), measure.end());
            let is_noun = is_noun_phrase(noun.of(text), change.is_some(), &cx.settings.lexicon);
            if !is_noun {
                return None;
            }
            let change = change.map(|change| Span::new(opening, change.end()));
            room_behind(case, opening, change, vague)
        }
        _ => return None,
    };
    Some(Fix {
        title: "say from where to where".to_owned(),
        changes: vec![Change::SetTitle {
            element: case.id,
            title,
        }],
        applicability: Applicability::Display,
    })
}

/// Returns the statement without some words, and behind it room for a number.
fn room_behind(
    case: &KeyResultCase<'_>,
    opening: usize,
    cut: Option<Span>,
    vague: Option<Span>,
) -> crate::model::Inline {
    let end = case
        .text
        .trim_end()
        .trim_end_matches(['.', '!', ':', ' '])
        .len();
    let within = Span::new(0, end.max(opening));
    let mut words = between(within, cut.into_iter().chain(vague));
    words.push(Part::New(": … → …"));
    phrase(&case.key_result.title, &words)
}

/// Returns a vague amount with the `of` behind it: `hundreds of leads` leaves the leads.
pub(super) fn with_of(text: &str, vague: Span) -> Span {
    let of = text[vague.end()..].starts_with(" of ");
    Span::new(
        vague.start(),
        vague.end() + if of { " of".len() } else { 0 },
    )
}

/// Returns what is measured without the vague word at either end, if it opens like a noun.
pub(super) fn measure(text: &str, measure: Span, vague: Option<Span>) -> Option<Span> {
    let (mut start, mut end) = (measure.start(), measure.end());
    if let Some(vague) = vague.filter(|vague| measure.contains(*vague)) {
        if vague.start() == start {
            start = vague.end();
        } else if vague.end() == end {
            end = vague.start();
        }
    }
    let words = Span::new(start, end.max(start)).of(text);
    let start = end - words.trim_start().len();
    let end = start + words.trim().len();
    let words = &text[start..end];
    let (first, word) = self::words(words).next()?;
    // `on-time payments` opens with no preposition.
    let is_joined = words[first.end()..].starts_with('-');
    (is_joined || !is_end(word)).then(|| Span::new(start, end))
}

/// Returns the words at the opening that only say which way: `fewer`, `an uplift in`.
fn change(text: &str, measure: Span) -> Option<Span> {
    let mut words = words(measure.of(text))
        .map(|(at, word)| (measure.start() + at.end(), word.to_lowercase()))
        .peekable();
    words.next_if(|(_, word)| matches!(&**word, "a" | "an" | "the"));
    let (end, first) = words.next()?;
    if MORE_OR_LESS.contains(&&*first) {
        return Some(Span::new(measure.start(), end));
    }
    let (end, link) = words.next()?;
    (CHANGES.contains(&&*stem(&first)) && link == "in").then(|| Span::new(measure.start(), end))
}

const MORE_OR_LESS: &[&str] = &[
    "better",
    "faster",
    "fewer",
    "greater",
    "higher",
    "improved",
    "increased",
    "less",
    "lower",
    "more",
    "reduced",
    "shorter",
];

/// Returns whether words without a known verb name something that is measured, and are no sentence.
///
/// There is no doubt only where the noun is known or a preposition shows that the words are English.
///
/// `is_clear` says that the words before have shown it already.
fn is_noun_phrase(text: &str, is_clear: bool, lexicon: &Lexicon) -> bool {
    let said: Vec<_> = words(text).map(|(_, word)| word.to_lowercase()).collect();
    let is_short = said.len() <= 10 && text.is_ascii();
    let has_number = text.contains(|c: char| c.is_ascii_digit());
    let is_sentence = said.iter().any(|word| VERBS.contains(&&**word));
    let joins = |word: &String| {
        matches!(
            &**word,
            "of" | "in" | "on" | "for" | "per" | "from" | "with"
        )
    };
    let is_known = is_clear || is_measure(text, lexicon) || said.iter().any(joins);
    is_short && !has_number && !is_sentence && is_known
}

/// Returns whether words name something that has a number by its nature.
pub(super) fn is_measure(text: &str, lexicon: &Lexicon) -> bool {
    let noun = Noun::of(text);
    noun.quantity.is_some()
        || noun.is_share() == Some(true)
        || noun.is_good()
        || noun.is_bad(lexicon)
}

/// Plain verbs that the reader takes for nothing, which make words a sentence.
const VERBS: &[&str] = &[
    "are", "be", "been", "being", "can", "do", "does", "feel", "get", "give", "go", "had", "has",
    "have", "is", "know", "let", "love", "make", "must", "need", "pay", "put", "receive", "say",
    "see", "should", "stay", "take", "trust", "use", "want", "was", "were", "will",
];

/// Returns whether a stand-in for a number is there, such as `X%`, `TBD` or `…`.
fn has_gap(text: &str) -> bool {
    text.contains(['…', '%'])
        || text.split(|c: char| !c.is_alphanumeric()).any(|word| {
            // A small letter may be a word of its own.
            let is_large = !word.starts_with(char::is_lowercase);
            is_large && placeholder::can_stand_for_number(word)
                || placeholder::is_announced(&word.to_lowercase())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Settings;

    #[track_caller]
    fn check(title: &str, expected: Option<&str>) {
        let plan = crate::parse(format!("## Objective: a\n\n### Key result: {title}\n")).plan;
        let settings = Settings::default();
        let cx = Context::new(&plan, &settings, None);
        let case = cx.key_results().next().expect("there is one");
        let found = vague(&cx, case).map(|span| span.of(&case.text));
        assert_eq!(found, expected, "{title}");
    }

    #[test]
    fn names_bounds_and_what_is_owed_are_not_vague() {
        check("Ofsted rating \"Good\" or better", None);
        check("Launch the \"Better Together\" days", None);
        check("Win the award „Best of Swiss Web“ again", None);
        check("Complaints: no more than last year", None);
        check("Spend less than last year", None);
        check("Collect outstanding premium payments", None);
        check("Outstanding receivables", None);
        check("Cut outstanding and overdue invoices", None);
    }

    #[test]
    fn behind_what_only_looks_vague_another_word_counts() {
        check("Collect most outstanding payments", Some("most"));
        check(
            "Cut outstanding payments significantly",
            Some("significantly"),
        );
        check("Deliver outstanding service", Some("outstanding"));
        check("\"Good\" or better, for several schools", Some("several"));
    }

    #[test]
    fn words_that_only_say_which_way_may_stand_behind_anything() {
        for (text, expected) in [
            ("fewer write-offs", Some("fewer")),
            ("The increase in organic traffic", Some("The increase in")),
            ("\u{200b} a\\", None),
            ("\u{200b}… lower größe", Some("\u{200b}… lower")),
            ("uplift", None),
        ] {
            let found = change(text, Span::new(0, text.len()));
            assert_eq!(found.map(|span| span.of(text)), expected);
        }
    }

    #[test]
    fn only_nouns_get_room() {
        let lexicon = Lexicon::default();
        for text in [
            "follow-up on late payers",
            "churn rate",
            "uplift in organic traffic",
        ] {
            assert!(is_noun_phrase(text, false, &lexicon), "{text}");
        }
        for text in [
            "New hires productive after 30 days",
            "Neues CRM aufbauen",
            "Make progress on churn",
            "Customers are on our side",
            "größere Auswahl in Filialen",
        ] {
            assert!(!is_noun_phrase(text, false, &lexicon), "{text}");
        }
    }
}
