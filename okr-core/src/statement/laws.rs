//! What holds of every text that is read, whatever it says.

use proptest::prelude::*;

use crate::model::{FiscalYear, Period};
use crate::statement::{Lexicon, Parts, read, read_objective};
use crate::text::Span;

/// Words and signs that the reader has rules for, with some that it has none for.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "Cut",
        "raise",
        "by",
        "from",
        "to",
        "and",
        "of",
        "within",
        "the",
        "end",
        "Q3",
        "31/10",
        "4/12",
        "31.10.",
        "half",
        "a",
        "third",
        "%",
        "€",
        "k",
        "days",
        "→",
        "»",
        "(",
        ")",
        ":",
        ",",
        "-",
        "–",
        "+",
        "at",
        "least",
        "no",
        "more",
        "than",
        "double",
        "halved",
        "up",
        "down",
        "per",
        "week",
        "6",
        "through",
        "via",
        "in",
        "order",
        "9",
        "10",
        "1.500.000",
        "0",
        "X%",
        "TBD",
        "°",
        "k8s",
        "1.27",
        "first",
        "all",
        "month",
        "instead",
        "von",
        "auf",
        "steigern",
        "last",
        "year",
        "baseline",
    ]);
    prop_oneof![
        6 => known.prop_map(str::to_owned),
        1 => "[0-9]{1,30}([.,/'-][0-9]{1,4}){0,3}",
        1 => "\\PC{0,6}",
        1 => "[ \\u{a0}\\u{2028}\\t\\n-]{1,3}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    let sentence = prop::collection::vec((piece(), prop::bool::weighted(0.8)), 0..24);
    let sentence = sentence.prop_map(|pieces| {
        let mut text = String::new();
        for (piece, has_blank) in pieces {
            text.push_str(&piece);
            if has_blank {
                text.push(' ');
            }
        }
        text
    });
    prop_oneof![9 => sentence, 1 => any::<String>()]
}

fn period() -> Option<Period> {
    Period::parse("2026-Q3", FiscalYear::default()).ok()
}

fn spans(parts: &Parts) -> impl Iterator<Item = Span> {
    let spans = [
        parts.label,
        parts.verb,
        parts.measure,
        parts.start,
        parts.target,
        parts.bound,
        parts.unit,
        parts.deadline,
        parts.means,
        parts.purpose,
        parts.population,
        parts.second_target,
        parts.vague,
    ];
    spans.into_iter().flatten()
}

proptest! {
    #[test]
    fn places_lie_in_the_text_and_are_trimmed(text in text()) {
        let reading = read(&text, period(), &Lexicon::default());
        for span in spans(&reading.parts) {
            let found = text.get(span.start()..span.end());
            prop_assert!(found.is_some(), "{span:?} lies not in {text:?}");
            let found = found.unwrap_or_default();
            prop_assert_eq!(found, found.trim());
            prop_assert!(!found.is_empty());
        }
        let objective = read_objective(&text, &Lexicon::default());
        let spans = [objective.metric, objective.routine, objective.project, objective.second];
        for span in spans.into_iter().flatten() {
            prop_assert!(text.get(span.start()..span.end()).is_some());
        }
    }

    #[test]
    fn white_space_at_the_end_changes_nothing(text in text(), blanks in "[ \\t\\n]{1,4}") {
        let text = text.trim_end();
        let lexicon = Lexicon::default();
        prop_assert_eq!(
            read(text, period(), &lexicon),
            read(&format!("{text}{blanks}"), period(), &lexicon)
        );
    }
}

#[test]
fn long_texts_are_read() {
    for piece in [
        "5 ",
        "50% and ",
        "from 5 to ",
        "cut costs by 5% and ",
        "- ",
        "9",
        "X% ",
        "31/10 ",
    ] {
        let text = piece.repeat(5_000);
        let reading = read(&text, period(), &Lexicon::default());
        assert!(
            reading
                .parts
                .measure
                .is_none_or(|span| span.end() <= text.len())
        );
        let objective = read_objective(&text, &Lexicon::default());
        assert!(objective.words > 0);
    }
}
