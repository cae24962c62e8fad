//! New wordings made from the user's own words.

use super::Finding;
use crate::edit::Change;
use crate::model::Inline;
use crate::statement::{self, Lexicon};
use crate::syntax::Part;
use crate::text::Span;

/// The longest title, in bytes, for which rules write another, and the longest that they write.
///
/// What is longer is no statement, and two of them side by side help nobody.
pub(super) const MAX_LENGTH: usize = 400;

/// Takes from a finding what repeats a title that is too long, or would write one.
pub(super) fn shorten(finding: &mut Finding) {
    let is_long = |title: &Inline| title.as_markdown().len() > MAX_LENGTH;
    let writes_long = |change: &Change| match change {
        Change::SetTitle { title, .. } | Change::AddInitiative { title, .. } => is_long(title),
        Change::AddKeyResult { key_result, .. } => is_long(&key_result.title),
        _ => false,
    };
    finding
        .fix
        .take_if(|fix| fix.changes.iter().any(writes_long));
    if let Some(question) = &mut finding.question {
        question.offer.take_if(|offer| is_long(offer));
    }
}

/// Returns a line of stretches of `title` and of other words, set right where they meet.
///
/// It opens with a capital where the title does, and neither opens nor ends with a comma.
pub(super) fn phrase(title: &Inline, parts: &[Part<'_>]) -> Inline {
    let text = title.plain();
    let mut set: Vec<Part<'_>> = Vec::with_capacity(2 * parts.len());
    let mut end = String::new();
    for part in parts {
        let (part, words) = match *part {
            Part::Words(span) => {
                let mut span = trimmed(&text, span, char::is_whitespace);
                if end.is_empty() {
                    span = behind(&text, span, is_loose);
                }
                (Part::Words(span), span.of(&text))
            }
            Part::Instead(_, words) | Part::New(words) => (*part, words),
        };
        if words.is_empty() {
            continue;
        }
        let closes = words.starts_with(is_stop);
        if closes && let Some(Part::Words(last)) = set.last_mut() {
            *last = before(&text, *last, is_loose);
        } else if !end.is_empty() {
            set.push(Part::New(" "));
        }
        end.clear();
        end.push_str(words);
        set.push(part);
    }
    if let Some(Part::Words(last)) = set.last_mut() {
        *last = before(&text, *last, is_loose);
    }
    let mut capital = String::new();
    if let Some(Part::Words(first)) = set.first().copied()
        && let Some(c) = first.of(&text).chars().next()
        && opens_with_capital(&text)
        && !is_name(first.of(&text))
    {
        capital.extend(c.to_uppercase());
        let next = first.start() + c.len_utf8();
        set[0] = Part::Words(Span::new(next, first.end()));
        set.insert(0, Part::Instead(Span::new(first.start(), next), &capital));
    }
    title.rewrite(&set)
}

/// Returns what stands between the cuts, in order.
pub(super) fn between(within: Span, cuts: impl IntoIterator<Item = Span>) -> Vec<Part<'static>> {
    let mut cuts: Vec<_> = cuts.into_iter().collect();
    cuts.sort_unstable();
    let mut parts = Vec::new();
    let mut at = within.start();
    for cut in cuts {
        let cut = Span::new(
            cut.start().clamp(at, within.end().max(at)),
            cut.end().clamp(at, within.end().max(at)),
        );
        parts.push(Part::Words(Span::new(at, cut.start())));
        at = cut.end();
    }
    parts.push(Part::Words(Span::new(at, within.end().max(at))));
    parts
}

/// Returns `title` without some of its words, and without the brackets that stood around them.
pub(super) fn without(title: &Inline, cuts: impl IntoIterator<Item = Span>) -> Inline {
    let text = title.plain();
    let cuts = cuts.into_iter().map(|cut| bracketed(&text, cut));
    phrase(title, &between(Span::new(0, text.len()), cuts))
}

/// Returns words of `title` as an initiative: without the full stop, and with the imperative where they
/// open with a gerund.
pub(super) fn initiative(title: &Inline, parts: &[Part<'_>], lexicon: &Lexicon) -> Inline {
    let text = title.plain();
    let mut parts = parts.to_vec();
    for part in parts.iter_mut().rev() {
        if let Part::Words(span) = part {
            *span = before(&text, *span, |c| c == '.' || c.is_whitespace());
            if !span.is_empty() {
                break;
            }
        }
    }
    let first = parts.iter().find_map(|part| match part {
        Part::Words(span) => {
            let span = behind(&text, *span, |c| c.is_whitespace() || is_loose(c));
            (!span.is_empty()).then_some(span)
        }
        _ => None,
    });
    let verbs = first.map_or_else(Vec::new, |first| imperatives(&text, first, lexicon));
    let capital = opens_with_capital(&text);
    let verbs: Vec<_> = verbs
        .into_iter()
        .enumerate()
        .map(|(index, (span, verb))| {
            let opens = index == 0 && first.is_some_and(|first| first.start() == span.start());
            let verb = if opens && capital {
                capitalized(&verb)
            } else {
                verb
            };
            (span, verb)
        })
        .collect();
    let mut written = Vec::new();
    for part in parts {
        let Part::Words(span) = part else {
            written.push(part);
            continue;
        };
        let here = verbs.iter().filter(|(verb, _)| span.contains(*verb));
        let mut at = span.start();
        for (verb, base) in here {
            written.push(Part::Words(Span::new(at, verb.start())));
            written.push(Part::Instead(*verb, base));
            at = verb.end();
        }
        written.push(Part::Words(Span::new(at, span.end())));
    }
    phrase(title, &written)
}

/// Returns a span without the words that only link it to what stands before: `by`, `through`, `to`.
pub(super) fn behind_link(text: &str, span: Span) -> Span {
    const LINKS: [&str; 13] = [
        "with the help of",
        "with the aid of",
        "with help from",
        "thanks to",
        "by means of",
        "by way of",
        "by use of",
        "through",
        "via",
        "by",
        "in order to",
        "so that",
        "to",
    ];
    let words = span.of(text);
    let link = LINKS.iter().find(|link| {
        words
            .get(..link.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(link))
            && words[link.len()..].starts_with(char::is_whitespace)
    });
    let len = link.map_or(0, |link| link.len());
    let rest = Span::new(span.start() + len, span.end());
    trimmed(text, rest, char::is_whitespace)
}

/// Returns a span without the words that only join it to what stands before: `and`, `as well as`.
pub(super) fn behind_joint(text: &str, span: Span) -> Span {
    const JOINTS: [&str; 7] = ["as well as", "and", "while", "plus", "also", "then", "but"];
    let mut rest = span;
    loop {
        rest = trimmed(text, rest, |c| c.is_whitespace() || is_loose(c));
        let words = rest.of(text);
        let joint = JOINTS.iter().find(|joint| {
            words
                .get(..joint.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(joint))
                && words[joint.len()..].starts_with(char::is_whitespace)
        });
        let Some(joint) = joint else {
            return rest;
        };
        rest = Span::new(rest.start() + joint.len(), rest.end());
    }
}

/// Returns the word with a capital.
pub(super) fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// Returns the gerunds at the opening of some words, with the imperative of each.
///
/// Behind any link but `by`, a gerund may be a noun, as in `through upselling techniques`; there it is
/// a verb only with an article.
/// None is changed where another gerund further on may or may not be a verb: `calling clients and
/// sending reminders` stays as it is.
fn imperatives(text: &str, span: Span, lexicon: &Lexicon) -> Vec<(Span, String)> {
    let words: Vec<_> = super::words::words(span.of(text))
        .map(|(at, word)| {
            let at = Span::new(span.start() + at.start(), span.start() + at.end());
            (at, word)
        })
        .collect();
    let is_adverb = |word: &str| word.len() > 4 && word.to_lowercase().ends_with("ly");
    let first = usize::from(words.first().is_some_and(|(_, word)| is_adverb(word)));
    let has_article = words.get(first + 1).is_some_and(|(_, word)| {
        let articles = [
            "a", "an", "the", "our", "all", "each", "every", "and", "their",
        ];
        articles
            .iter()
            .any(|article| word.eq_ignore_ascii_case(article))
    });
    let link = text[..span.start()].split_whitespace().next_back();
    let may_be_noun = link.is_some_and(|link| {
        ["through", "via", "to", "of", "from"]
            .iter()
            .any(|other| link.eq_ignore_ascii_case(other))
    });
    // `by marketing campaigns`, unlike `by running campaigns`.
    let is_done = |word: &str| {
        imperative(word, lexicon).is_some_and(|verb| DONE_TO_ANY.contains(&&*verb.to_lowercase()))
    };
    let is_adjective =
        words[first.min(words.len())..]
            .split_first()
            .is_some_and(|((_, gerund), rest)| {
                let next = rest.first();
                let next = next.map(|(_, word)| super::words::stem(word));
                !is_done(gerund) && next.is_some_and(|next| NAMED_BY_GERUNDS.contains(&&*next))
            });
    if (may_be_noun || is_adjective) && !has_article {
        return Vec::new();
    }
    let mut verbs = Vec::new();
    let mut at = first;
    while let Some((place, word)) = words.get(at) {
        let Some(verb) = imperative(word, lexicon) else {
            break;
        };
        verbs.push((*place, verb));
        let next = words.get(at + 1);
        let link = next.map(|(next, _)| Span::new(place.end(), next.start()).of(text).trim());
        match (link, next) {
            (Some(","), Some((_, word))) if is_gerund(word) => at += 1,
            (Some("" | ","), Some((_, word))) if is_and(word) => at += 2,
            _ => {
                at += 1;
                break;
            }
        }
    }
    let is_clear = words[at.min(words.len())..].windows(2).all(|pair| {
        let link = Span::new(pair[0].0.end(), pair[1].0.start()).of(text);
        !((is_and(pair[0].1) || link.contains([',', ';'])) && is_gerund(pair[1].1))
    });
    let all_are_verbs = verbs.len() < 2 || at >= first + verbs.len();
    if is_clear && all_are_verbs {
        verbs
    } else {
        Vec::new()
    }
}

fn is_and(word: &str) -> bool {
    ["and", "or", "then", "while"]
        .iter()
        .any(|and| word.eq_ignore_ascii_case(and))
}

fn is_gerund(word: &str) -> bool {
    word.len() > 4 && word.to_lowercase().ends_with("ing")
}

/// Stems of nouns that a gerund before them names, rather than being done to them.
const NAMED_BY_GERUNDS: &[&str] = &[
    "activity",
    "campaign",
    "course",
    "event",
    "list",
    "method",
    "programme",
    "program",
    "room",
    "session",
    "skill",
    "software",
    "strategy",
    "tactic",
    "technique",
    "tool",
    "workshop",
];

/// Verbs of which such a noun may be the object.
const DONE_TO_ANY: &[&str] = &[
    "add",
    "adopt",
    "apply",
    "attend",
    "automate",
    "build",
    "buy",
    "change",
    "create",
    "deploy",
    "design",
    "develop",
    "establish",
    "expand",
    "hold",
    "host",
    "implement",
    "improve",
    "install",
    "introduce",
    "invent",
    "launch",
    "make",
    "offer",
    "organise",
    "organize",
    "plan",
    "prepare",
    "provide",
    "refine",
    "repeat",
    "replace",
    "review",
    "roll",
    "run",
    "schedule",
    "set",
    "start",
    "test",
    "try",
    "update",
    "use",
    "write",
];

/// Returns the imperative of a gerund, or nothing where there is doubt.
pub(super) fn imperative(gerund: &str, lexicon: &Lexicon) -> Option<String> {
    let lower = gerund.to_lowercase();
    let stem = lower.strip_suffix("ing").filter(|stem| stem.len() > 1)?;
    let with_e = format!("{stem}e");
    let single = undoubled(stem);
    let candidates = [Some(stem), Some(&*with_e), single];
    let is_verb = |base: &&str| {
        let text = format!("{base} it");
        let verb = statement::read(&text, None, lexicon).parts.verb;
        verb.is_some_and(|verb| verb.of(&text) == *base)
    };
    let known = candidates.into_iter().flatten().find(is_verb);
    let base = match known {
        Some(base) => base.to_owned(),
        None => guessed(stem)?,
    };
    let is_shouted = gerund.chars().all(|c| !c.is_lowercase());
    Some(if is_shouted {
        base.to_uppercase()
    } else {
        base
    })
}

/// Returns a stem without the consonant that was doubled before its ending.
fn undoubled(stem: &str) -> Option<&str> {
    let mut last = stem.chars().rev();
    let (one, two) = (last.next()?, last.next()?);
    (one == two && one.is_ascii_alphabetic() && !is_vowel(one)).then(|| &stem[..stem.len() - 1])
}

/// Returns the verb that a stem most likely belongs to, by the rules of spelling.
fn guessed(stem: &str) -> Option<String> {
    if !stem.is_ascii() || !stem.contains(is_vowel) {
        return None;
    }
    if let Some(single) = undoubled(stem) {
        // `call` and `assess` have two of their own.
        let keeps = stem.ends_with(['l', 's', 'z', 'f']);
        return Some(if keeps { stem } else { single }.to_owned());
    }
    let mut last = stem.chars().rev();
    let (end, middle, before) = (last.next()?, last.next()?, last.next());
    let lacks_e = matches!(end, 'v' | 'z' | 'c' | 'u')
        || end == 'l' && matches!(middle, 'b' | 'p' | 't' | 'd' | 'g' | 'k' | 'f')
        || end == 'g' && matches!(middle, 'a' | 'd' | 'r')
        || end == 's' && matches!(middle, 'n' | 'l' | 'r');
    if lacks_e {
        return Some(format!("{stem}e"));
    }
    let is_short = stem.chars().filter(|c| is_vowel(*c)).count() == 1;
    let ends_open = is_vowel(middle)
        && before.is_none_or(|c| !is_vowel(c))
        && !is_vowel(end)
        && !matches!(end, 'w' | 'x' | 'y');
    match (ends_open, is_short) {
        // Otherwise its consonant would be doubled.
        (true, true) => Some(format!("{stem}e")),
        // `monitoring`, but `ignoring`.
        (true, false) => None,
        // `belonging`, but `challenging`.
        _ if stem.ends_with("ng") => None,
        _ => Some(stem.to_owned()),
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Returns whether a mark stands between words and has no business at either end.
fn is_loose(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '-')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')')
}

fn opens_with_capital(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(char::is_uppercase)
}

/// Returns whether the first word has a capital further on, such as `eNPS`.
fn is_name(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    first.chars().skip(1).any(char::is_uppercase)
}

/// Returns a cut with the brackets right around it.
fn bracketed(text: &str, cut: Span) -> Span {
    let before = text[..cut.start()].trim_end();
    let after = text[cut.end()..].trim_start();
    if before.ends_with('(') && after.starts_with(')') {
        Span::new(before.len() - 1, text.len() - after.len() + 1)
    } else {
        cut
    }
}

fn trimmed(text: &str, span: Span, is_cut: impl Fn(char) -> bool) -> Span {
    before(text, behind(text, span, &is_cut), &is_cut)
}

fn behind(text: &str, span: Span, is_cut: impl Fn(char) -> bool) -> Span {
    let words = span.of(text);
    let start = span.end() - words.trim_start_matches(is_cut).len();
    Span::new(start, span.end())
}

fn before(text: &str, span: Span, is_cut: impl Fn(char) -> bool) -> Span {
    let words = span.of(text);
    let len = words.trim_end_matches(is_cut).len();
    Span::new(span.start(), span.start() + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gerunds_have_an_imperative() {
        for (gerund, verb) in [
            ("implementing", "implement"),
            ("reducing", "reduce"),
            ("improving", "improve"),
            ("enhancing", "enhance"),
            ("cutting", "cut"),
            ("planning", "plan"),
            ("calling", "call"),
            ("making", "make"),
            ("using", "use"),
            ("writing", "write"),
            ("scheduling", "schedule"),
            ("hiring", "hire"),
            ("monitoring", "monitor"),
            ("CALLING", "CALL"),
            ("rethinking", "rethink"),
            ("challenging", "challenging"),
            ("spring", "spring"),
        ] {
            let found = imperative(gerund, &Lexicon::default());
            let expected = (verb != gerund).then_some(verb);
            assert_eq!(found.as_deref(), expected, "{gerund}");
        }
    }

    #[track_caller]
    fn check_initiative(means: &str, expected: &str) {
        let title = format!("Cut errors by 5% {means}");
        let title = Inline::parse(&title);
        let text = title.plain();
        let span = behind_link(&text, Span::new("Cut errors by 5% ".len(), text.len()));
        let found = initiative(&title, &[Part::Words(span)], &Lexicon::default());
        assert_eq!(found.as_markdown(), expected);
    }

    #[test]
    fn means_become_initiatives() {
        check_initiative(
            "by implementing follow-up protocols.",
            "Implement follow-up protocols",
        );
        check_initiative(
            "through proactive client communication",
            "Proactive client communication",
        );
        check_initiative("by *regularly* calling clients", "*Regularly* call clients");
        check_initiative(
            "by reviewing and updating prices",
            "Review and update prices",
        );
        check_initiative(
            "by calling clients and sending reminders",
            "Calling clients and sending reminders",
        );
        check_initiative(
            "by improving billing and invoicing processes",
            "Improving billing and invoicing processes",
        );
        check_initiative("through upselling techniques", "Upselling techniques");
        check_initiative("by upselling techniques", "Upselling techniques");
        check_initiative("by running training sessions", "Run training sessions");
        check_initiative("by *coaching* sessions", "*Coaching* sessions");
        check_initiative("by coaching the new sellers", "Coach the new sellers");
        check_initiative("through adding a second check", "Add a second check");
        check_initiative("using **SAP**", "Use **SAP**");
        check_initiative("via eNPS surveys", "eNPS surveys");
        check_initiative("with the help of [Ana](x.md)", "[Ana](x.md)");
    }

    #[test]
    fn a_gap_leaves_no_marks_behind() {
        for (title, cut, expected) in [
            (
                "Cut errors by 5%, through checks.",
                "through checks",
                "Cut errors by 5%.",
            ),
            (
                "By calling clients, cut errors",
                "By calling clients",
                "Cut errors",
            ),
            (
                "Cut errors (by calling) by 5%",
                "by calling",
                "Cut errors by 5%",
            ),
            (
                "Cut errors by calling, by 5%",
                "by calling",
                "Cut errors, by 5%",
            ),
        ] {
            let start = title.find(cut).expect("is there");
            let cut = Span::new(start, start + cut.len());
            let found = without(&Inline::parse(title), [cut]);
            assert_eq!(found.as_markdown(), expected);
        }
    }
}
