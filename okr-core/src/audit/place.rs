//! From a place on an element to a place in the text.

use super::Place;
use crate::Parsed;
use crate::diagnostic::Location;
use crate::fields::{HasFields, is_same_field};
use crate::locations::ElementPlace;
use crate::model::{ElementId, KeyResult, Objective, Plan};
use crate::text::{Span, one_line};

/// Returns where a place on an element stands in the text.
///
/// Words of a title are shown exactly, or else the whole title is; what is not there at all is the
/// title, or the heading that has none, or the file as a whole.
#[must_use]
pub fn locate(parsed: &Parsed, element: ElementId, place: &Place) -> Location {
    let found = match place {
        Place::Title => None,
        Place::Words(words) => words_of_title(parsed, element, *words),
        Place::Field(name) => match element {
            ElementId::Plan => entry(parsed, name),
            ElementId::Objective(_) => field::<Objective>(parsed, element, name),
            ElementId::KeyResult(..) => field::<KeyResult>(parsed, element, name),
            // What an initiative has beside its words stands in one parenthesis.
            _ => parsed
                .locations
                .initiative(element)
                .and_then(|place| place.trailer),
        },
        Place::CheckIn(row) => parsed
            .locations
            .element(element)
            .and_then(|place| place.check_ins.get(*row).copied()),
    };
    let found = found.or_else(|| title(parsed, element));
    found.map_or(Location::Whole, |span| {
        // A heading or a row is shown without the line end that is its last byte.
        let shown = span.of(parsed.document.text()).trim_end();
        Location::Span(Span::new(span.start(), span.start() + shown.len()))
    })
}

/// Returns where the words of an element stand; where it has none, its heading or item.
fn title(parsed: &Parsed, element: ElementId) -> Option<Span> {
    let locations = &parsed.locations;
    let words = locations.title(element).filter(|span| !span.is_empty());
    words.or_else(|| {
        if element == ElementId::Plan {
            return entry(parsed, "plan");
        }
        let heading = locations.element(element).map(|place| place.heading);
        heading.or_else(|| locations.initiative(element).map(|place| place.item))
    })
}

/// Returns the value of an entry of the front matter, or its key where it has none.
fn entry(parsed: &Parsed, name: &str) -> Option<Span> {
    let front_matter = parsed.document.front_matter()?;
    let entry = front_matter
        .entries
        .iter()
        .find(|entry| is_same_field::<Plan>(&entry.key, name))?;
    Some(some_of(entry.value_span, entry.key_span))
}

/// Returns the value of a field, or its name where it has none.
fn field<E: HasFields>(parsed: &Parsed, element: ElementId, name: &str) -> Option<Span> {
    let place: &ElementPlace = parsed.locations.element(element)?;
    let field = place.field(|other| is_same_field::<E>(other, name))?;
    Some(some_of(field.value, field.label))
}

fn some_of(value: Span, name: Span) -> Span {
    if value.is_empty() { name } else { value }
}

/// Returns where words of a title, counted in its words without formatting, stand in the text.
///
/// Returns nothing where no one slice of the text shows just these words, such as when formatting
/// begins or ends within them.
fn words_of_title(parsed: &Parsed, element: ElementId, words: Span) -> Option<Span> {
    let plan = &parsed.plan;
    let title = match element {
        ElementId::Plan => plan.title.as_ref(),
        ElementId::Objective(_) => plan.objective(element).map(|it| &it.title),
        ElementId::KeyResult(..) => plan.key_result(element).map(|it| &it.title),
        _ => plan.initiative(element).map(|it| &it.title),
    }?;
    let shown = title.plain();
    let wanted = shown.get(words.start()..words.end())?;
    if wanted.trim().is_empty() {
        return None;
    }
    let whole = parsed.locations.title(element)?;
    let source = whole.of(parsed.document.text());
    let is_right = |span: &Span| one_line(span.of(source)) == one_line(wanted);
    let found = aligned(source, &shown, words)
        .filter(is_right)
        .or_else(|| {
            // The only place where the words stand is theirs, whatever stands before it.
            let mut places = source.match_indices(wanted).map(|(at, _)| at);
            let at = places.next()?;
            let is_only = places.next().is_none() && shown.matches(wanted).count() == 1;
            is_only.then(|| Span::new(at, at + wanted.len()))
        })?;
    let start = whole.start() + found.start();
    Some(Span::new(start, start + found.len()))
}

/// Returns where the characters of `plain` within `words` stand in `source`, which has the same
/// characters in the same order with Markdown between them.
fn aligned(source: &str, plain: &str, words: Span) -> Option<Span> {
    let mut rest = source.char_indices();
    let (mut start, mut end) = (None, None);
    for (at, c) in plain.char_indices() {
        if at >= words.end() {
            break;
        }
        // A line end within a title is a blank in its words.
        let same = |other: char| other == c || (c == ' ' && other.is_whitespace());
        let (found, other) = rest.find(|(_, other)| same(*other))?;
        if at >= words.start() {
            start.get_or_insert(found);
            end = Some(found + other.len_utf8());
        }
    }
    Some(Span::new(start?, end?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY_RESULT: ElementId = ElementId::KeyResult(0, 0);

    #[track_caller]
    fn check_words(title: &str, words: &str, shown: &str) {
        let text = format!("## Objective: a\n\n### Key result: {title}\n");
        let parsed = crate::parse(text.clone());
        let plain = parsed.plan.objectives[0].key_results[0].title.plain();
        let at = plain.find(words).expect("are words of the title");
        let place = Place::Words(Span::new(at, at + words.len()));
        let Location::Span(span) = locate(&parsed, KEY_RESULT, &place) else {
            panic!("no place");
        };
        assert_eq!(span.of(&text), shown);
    }

    #[test]
    fn words_are_shown_where_they_stand() {
        check_words("Raise it by 25%", "25%", "25%");
        check_words("Raise it by 25% or 25 days", "25 days", "25 days");
        check_words("Raise **the rate** by 25%", "rate", "rate");
        check_words("Raise **the rate** by 25%", "by 25%", "by 25%");
        check_words(r"Raise \*it\* by 25%", "by 25%", "by 25%");
        check_words("Cut a &amp; b by 5%", "by 5%", "by 5%");
        check_words("See [the rate](rate.md) by 5%", "by 5%", "by 5%");
        check_words("Größe über 25 %", "über 25 %", "über 25 %");
        check_words("a <!-- by --> by 25%", "by 25%", "by 25%");
    }

    #[test]
    fn where_no_slice_shows_the_words_the_whole_title_is_shown() {
        check_words("Raise **the** rate", "the rate", "Raise **the** rate");
        check_words("Cut a &amp; b", "a & b", "Cut a &amp; b");
    }

    #[track_caller]
    fn check(element: &str, place: &Place, shown: Option<&str>) {
        let text = "---\nplan: Finance\nperiod:\n---\n\n# Our goals\n\n## Objective 1: a\n\n- owner : Dana\n- Type:\n- [ ] Call them (@kim)\n\n### Key result 1.1:\n\n- [ ]\n\n| Date | Value |\n| --- | --- |\n| 2026-10-09 | 70% |\n";
        let parsed = crate::parse(text);
        let element = ElementId::parse(element).expect("is an element");
        let location = locate(&parsed, element, place);
        let expected = shown.map(str::to_owned);
        let found = match location {
            Location::Span(span) => Some(span.of(text).to_owned()),
            _ => None,
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn places_that_are_not_there_are_the_next_larger_ones() {
        check("plan", &Place::Title, Some("Our goals"));
        check("plan", &Place::Field("plan"), Some("Finance"));
        check("plan", &Place::Field("period"), Some("period"));
        check("plan", &Place::Field("cadence"), Some("Our goals"));
        check("1", &Place::Title, Some("a"));
        check("1", &Place::Field("owner"), Some("Dana"));
        check("1", &Place::Field("type"), Some("Type"));
        check("1", &Place::Field("supports"), Some("a"));
        check("1.0.1", &Place::Title, Some("Call them"));
        check("1.0.1", &Place::Field("owner"), Some("(@kim)"));
        check("1.1", &Place::Title, Some("### Key result 1.1:"));
        check(
            "1.1",
            &Place::Words(Span::new(3, 9)),
            Some("### Key result 1.1:"),
        );
        check("1.1", &Place::CheckIn(0), Some("| 2026-10-09 | 70% |"));
        check("1.1", &Place::CheckIn(9), Some("### Key result 1.1:"));
        check("9", &Place::Title, None);
    }

    #[test]
    fn a_plan_without_a_title_is_its_name_or_the_whole_file() {
        let whole = |text: &str| locate(&crate::parse(text), ElementId::Plan, &Place::Title);
        let text = "---\nplan: Finance\n---\n";
        assert_eq!(whole(text), Location::Span(Span::new(10, 17)));
        assert_eq!(whole("## Objective: a\n"), Location::Whole);
    }
}
