//! The words that sheets use, in the languages that are known; they stand in `words.txt` and `words/`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::SaidStatus;
use super::layout::Field;
use super::values::text::Kind;

/// How plainly a heading says what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Plainness {
    /// The words say it among others, or by a word that means other things elsewhere.
    Contained,
    /// The whole heading is a word that means other things elsewhere.
    Guess,
    /// The whole heading says it.
    Whole,
}

/// What a heading may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// The field.
    pub(crate) field: Field,
    /// How plainly.
    pub(crate) plainness: Plainness,
}

/// The classes of headings, by their names in the file.
const HEADINGS: &[(&str, Field)] = &[
    ("objective", Field::Objective),
    ("key-result", Field::KeyResult),
    ("initiative", Field::Initiative),
    ("title", Field::Title),
    ("type", Field::Type),
    ("indent", Field::Indent),
    ("reference", Field::Reference),
    ("parent", Field::Parent),
    ("parent-title", Field::ParentTitle),
    ("owner", Field::Owner),
    ("start", Field::Start),
    ("target", Field::Target),
    ("start-and-target", Field::StartAndTarget),
    ("current", Field::Current),
    ("unit", Field::Unit),
    ("unit-kind", Field::UnitKind),
    ("start-date", Field::StartDate),
    ("due", Field::Due),
    ("status", Field::Status),
    ("progress", Field::Progress),
    ("confidence", Field::Confidence),
    ("weight", Field::Weight),
    ("priority", Field::Priority),
    ("period", Field::Period),
    ("team", Field::Team),
    ("source", Field::Source),
    ("description", Field::Description),
    ("note", Field::Note),
    ("labels", Field::Labels),
    ("ignored", Field::Ignored),
];

/// The classes of statuses, by their names in the file.
const STATUSES: &[(&str, SaidStatus)] = &[
    ("not-started", SaidStatus::NotStarted),
    ("on-track", SaidStatus::OnTrack),
    ("at-risk", SaidStatus::AtRisk),
    ("off-track", SaidStatus::OffTrack),
    ("blocked", SaidStatus::Blocked),
    ("on-hold", SaidStatus::OnHold),
    ("done", SaidStatus::Done),
    ("cancelled", SaidStatus::Cancelled),
];

/// The classes of words for kinds of elements, by their names in the file; of two, the first counts.
const KINDS: &[(&str, Kind)] = &[
    ("type-objective", Kind::Objective),
    ("type-key-result", Kind::KeyResult),
    ("type-initiative", Kind::Initiative),
    ("type-note", Kind::Note),
    ("type-plan", Kind::Plan),
];

struct Words {
    classes: HashMap<&'static str, HashSet<String>>,
    headings: HashMap<String, Vec<(Field, Plainness)>>,
    statuses: HashMap<String, SaidStatus>,
    months: HashMap<String, i8>,
    /// Short names of months that are months in dates alone, as they are other words elsewhere.
    months_in_dates: HashMap<String, i8>,
    money: HashMap<String, &'static str>,
    /// The kinds of elements that words name; asked of nearly every title.
    kinds: HashMap<String, Kind>,
    /// What says that there is no value; asked of nearly every cell.
    none: HashSet<String>,
    /// The first words of totals and legends.
    total_starts: HashSet<String>,
}

/// Every file of words.
const FILES: [&str; 3] = [
    include_str!("words.txt"),
    include_str!("words/polish.txt"),
    include_str!("words/nordic.txt"),
];

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::parse(&FILES));

impl Words {
    fn parse(files: &[&'static str]) -> Self {
        let mut words = Self {
            classes: HashMap::new(),
            headings: HashMap::new(),
            statuses: HashMap::new(),
            months: HashMap::new(),
            months_in_dates: HashMap::new(),
            money: HashMap::new(),
            kinds: HashMap::new(),
            none: HashSet::new(),
            total_starts: HashSet::new(),
        };
        for line in files.iter().flat_map(|text| text.lines()) {
            let Some((class, list)) = line.split_once(": ") else {
                continue;
            };
            if class.starts_with('#') {
                continue;
            }
            let (class, has_comma) = match class.strip_suffix(',') {
                Some(class) => (class, true),
                None => (class, false),
            };
            for word in list.split(", ") {
                words.add(class, word);
                if has_comma {
                    words.add("comma-language", word.trim_start_matches('='));
                }
            }
        }
        for (class, kind) in KINDS {
            for word in words.classes.get(class).into_iter().flatten() {
                words.kinds.entry(word.clone()).or_insert(*kind);
            }
        }
        words
    }

    /// Adds a word to its class, with umlauts also as they are written where a keyboard has none.
    fn add(&mut self, class: &'static str, word: &'static str) {
        self.add_form(class, word, normal);
        if word.contains(['ä', 'ö', 'ü']) {
            self.add_form(class, word, |word| {
                normal(
                    &word
                        .replace('ä', "ae")
                        .replace('ö', "oe")
                        .replace('ü', "ue"),
                )
            });
        }
    }

    fn add_form(&mut self, class: &'static str, word: &'static str, normal: fn(&str) -> String) {
        if class == "unit-money" {
            if let Some((word, code)) = word.split_once('=') {
                self.money.entry(normal(word)).or_insert(code);
            }
            return;
        }
        let (name, is_guess) = match class.strip_suffix('?') {
            Some(name) => (name, true),
            None => (class, false),
        };
        if let Some((_, field)) = HEADINGS.iter().find(|(heading, _)| *heading == name) {
            let (word, is_alone) = match word.strip_prefix('=') {
                Some(word) => (word, true),
                None => (word, false),
            };
            let plainness = match (is_guess, is_alone) {
                (true, _) => Plainness::Guess,
                (false, true) => Plainness::Whole,
                (false, false) => Plainness::Contained,
            };
            let fields = self.headings.entry(normal(word)).or_default();
            if !fields.iter().any(|(known, _)| known == field) {
                fields.push((*field, plainness));
            }
            return;
        }
        let word = normal(word);
        if let Some((_, status)) = STATUSES.iter().find(|(status, _)| *status == name) {
            self.statuses.entry(word.clone()).or_insert(*status);
        }
        if let Some(month) = name
            .strip_prefix("month-")
            .and_then(|month| month.parse().ok())
        {
            self.months.entry(word.clone()).or_insert(month);
        }
        if let Some(month) = name
            .strip_prefix("date-month-")
            .and_then(|month| month.parse().ok())
        {
            self.months_in_dates.insert(word, month);
            return;
        }
        if name == "none" {
            self.none.insert(word);
            return;
        }
        if matches!(name, "total" | "legend")
            && let Some(first) = word.split(' ').next()
        {
            self.total_starts.insert(first.to_owned());
        }
        self.classes.entry(name).or_default().insert(word);
    }
}

/// Returns `text` in the form in which words are compared: small letters without accents, and one
/// blank for whatever stands between words.
pub(crate) fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_apart = false;
    for c in text.chars() {
        if ('\u{300}'..='\u{36f}').contains(&c) {
            continue;
        }
        if !c.is_alphanumeric() {
            is_apart = true;
            continue;
        }
        if is_apart && !out.is_empty() {
            out.push(' ');
        }
        is_apart = false;
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            for c in c.to_lowercase() {
                match fold(c) {
                    Some(plain) => out.push_str(plain),
                    None if ('\u{300}'..='\u{36f}').contains(&c) => {}
                    None => out.push(c),
                }
            }
        }
    }
    out
}

/// Returns what a small letter is without its accent.
fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ª' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'º' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ť' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ű' | 'ū' | 'ů' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

/// Returns whether a word or phrase in its normal form belongs to a class.
pub(crate) fn is(class: &str, normal: &str) -> bool {
    WORDS
        .classes
        .get(class)
        .is_some_and(|words| words.contains(normal))
}

/// Returns the kind of element that a word or phrase in its normal form names.
pub(crate) fn kind(normal: &str) -> Option<Kind> {
    WORDS.kinds.get(normal).copied()
}

/// Returns the kind of element that the beginning of a word in its normal form names, where nothing but words of that
/// kind begin so: `iniz` of `iniziativa`.
pub(crate) fn kind_abbreviated(beginning: &str) -> Option<Kind> {
    let named = WORDS
        .kinds
        .iter()
        .filter(|(word, _)| word.starts_with(beginning));
    let mut kinds = named.map(|(_, kind)| *kind);
    let kind = kinds.next()?;
    kinds.all(|other| other == kind).then_some(kind)
}

/// Returns whether a word or phrase in its normal form says that there is no value.
pub(crate) fn is_none(normal: &str) -> bool {
    WORDS.none.contains(normal)
}

/// Returns all words and phrases of a class, in their normal form.
pub(crate) fn of(class: &str) -> impl Iterator<Item = &'static String> {
    WORDS.classes.get(class).into_iter().flatten()
}

/// Returns the longest phrase of a class with which a text in its normal form begins, in bytes.
pub(crate) fn begins(class: &str, normal: &str) -> Option<usize> {
    let words = WORDS.classes.get(class)?;
    let mut ends: Vec<_> = normal
        .match_indices(' ')
        .map(|(at, _)| at)
        .take(6)
        .collect();
    if ends.len() < 6 {
        ends.push(normal.len());
    }
    ends.into_iter()
        .rev()
        .find(|end| words.contains(&normal[..*end]))
}

/// Returns whether a text begins like the words of a total or a legend.
pub(crate) fn may_begin_total(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    let word = &text[..end];
    let mut small = [0; 24];
    match small.get_mut(..end) {
        // Nearly all words are of plain letters, of which no copy is needed.
        Some(small) if word.is_ascii() => {
            small.copy_from_slice(word.as_bytes());
            small.make_ascii_lowercase();
            std::str::from_utf8(small).is_ok_and(|word| WORDS.total_starts.contains(word))
        }
        Some(_) => WORDS.total_starts.contains(&normal(word)),
        None => false,
    }
}

/// Returns whether a short text ends in a word for a total: `Weekly total`.
pub(crate) fn ends_total(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let last = words.next_back().filter(|_| words.clone().next().is_some());
    words.count() <= 2 && last.is_some_and(|last| is("total", &normal(last)))
}

/// Returns whether a text begins like the words that stand for the cell above; no other needs a closer look.
pub(crate) fn may_be_ditto(text: &str) -> bool {
    let Some(letters) = text.as_bytes().first_chunk::<2>() else {
        return false;
    };
    matches!(
        &letters.map(|letter| letter.to_ascii_lowercase()),
        b"di"
            | b"dt"
            | b"de"
            | b"id"
            | b"ig"
            | b"sa"
            | b"se"
            | b"s."
            | b"si"
            | b"as"
            | b"wi"
            | b"co"
            | b"lo"
            | b"o "
            | b"zi"
            | b"so"
            | b"j."
            | b"jw"
            | b"ja"
            | b"to"
    )
}

/// Returns the status that a word or phrase in its normal form stands for.
pub(crate) fn status(normal: &str) -> Option<SaidStatus> {
    WORDS.statuses.get(normal).copied()
}

/// Returns the number of the month that a word in its normal form names, 1 to 12.
pub(crate) fn month(normal: &str) -> Option<i8> {
    WORDS.months.get(normal).copied()
}

/// Returns the number of the month that a word of three letters or more names in a date, 1 to 12.
pub(crate) fn month_in_date(normal: &str) -> Option<i8> {
    let known = || WORDS.months_in_dates.get(normal).copied();
    (normal.len() > 2).then(|| month(normal).or_else(known))?
}

/// Returns the ISO 4217 code of money that is named by a word in its normal form.
pub(crate) fn money(normal: &str) -> Option<&'static str> {
    WORDS.money.get(normal).copied()
}

/// Returns what a heading in its normal form may be about, the plainest first.
pub(crate) fn heading(normal: &str) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    if let Some(fields) = WORDS.headings.get(normal) {
        found.extend(fields.iter().map(|(field, plainness)| Candidate {
            field: *field,
            plainness: match plainness {
                Plainness::Guess => Plainness::Guess,
                Plainness::Whole | Plainness::Contained => Plainness::Whole,
            },
        }));
        found.sort_by_key(|candidate| std::cmp::Reverse(candidate.plainness));
        return found;
    }
    if names_several_kinds(normal) {
        return vec![Candidate {
            field: Field::Title,
            plainness: Plainness::Whole,
        }];
    }
    // `Key result owner` is about owners and `team objective` about objectives: what is told of an element
    // says more than the element, and that more than whose it is. Of two of a kind, the longer one says
    // more, and then the last.
    let starts: Vec<_> = std::iter::once(0)
        .chain(normal.match_indices(' ').map(|(at, _)| at + 1))
        .take(8)
        .collect();
    let mut best: Option<((u8, usize, usize), Field)> = None;
    for start in &starts {
        let rest = &normal[*start..];
        let ends = rest
            .match_indices(' ')
            .map(|(at, _)| at)
            .chain([rest.len()])
            .take(5);
        for end in ends {
            let Some(fields) = WORDS.headings.get(&rest[..end]) else {
                continue;
            };
            for (field, plainness) in fields {
                if *plainness != Plainness::Contained {
                    continue;
                }
                let phrase = rest[..end].matches(' ').count() + 1;
                let rank = (tier(*field), phrase, *start);
                if best.is_none_or(|(other, _)| rank >= other) {
                    best = Some((rank, *field));
                }
            }
        }
    }
    found.extend(best.map(|(_, field)| Candidate {
        field,
        plainness: Plainness::Contained,
    }));
    found
}

/// Returns the fields that a word in its normal form names in a heading that says more.
///
/// `KR owner` is about key results, but `How are we doing` about no initiative.
pub(crate) fn among(normal: &str) -> impl Iterator<Item = Field> {
    WORDS
        .headings
        .get(normal)
        .into_iter()
        .flatten()
        .filter(|(field, plainness)| match plainness {
            Plainness::Contained => true,
            Plainness::Whole => *field != Field::Initiative,
            Plainness::Guess => false,
        })
        .map(|(field, _)| *field)
}

/// Returns how much a word for a field says among other words.
const fn tier(field: Field) -> u8 {
    match field {
        Field::Team
        | Field::Period
        | Field::Labels
        | Field::Priority
        | Field::Type
        | Field::Reference
        | Field::Ignored => 0,
        Field::Objective | Field::KeyResult | Field::Initiative | Field::Title => 1,
        _ => 2,
    }
}

/// Returns whether a heading in its normal form names two kinds of elements and nothing else, such as
/// `objective key result action`: then its column holds the words of them all.
fn names_several_kinds(normal: &str) -> bool {
    let mut kinds: Vec<Field> = Vec::new();
    let mut rest = normal;
    while !rest.is_empty() {
        let ends = rest.match_indices(' ').map(|(at, _)| at).take(3);
        let mut ends: Vec<_> = ends.collect();
        if ends.len() < 3 {
            ends.push(rest.len());
        }
        let longest = ends.into_iter().rev().find_map(|end| {
            let fields = WORDS.headings.get(&rest[..end])?;
            let (kind, _) = fields.iter().find(|(field, _)| {
                matches!(
                    field,
                    Field::Objective | Field::KeyResult | Field::Initiative
                )
            })?;
            Some((end, *kind))
        });
        let end = if let Some((end, kind)) = longest {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
            end
        } else {
            let end = rest.find(' ').unwrap_or(rest.len());
            if !is("joining", &rest[..end]) {
                return false;
            }
            end
        };
        rest = rest[end..].trim_start();
    }
    kinds.len() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[Field]) {
        let fields: Vec<_> = heading(&normal(text))
            .iter()
            .map(|candidate| candidate.field)
            .collect();
        assert_eq!(fields, expected);
    }

    #[test]
    fn headings_are_known_in_several_languages() {
        check("Objective", &[Field::Objective]);
        check("SCHLÜSSELERGEBNIS", &[Field::KeyResult]);
        check("Résultat  clé", &[Field::KeyResult]);
        check("Fällig am:", &[Field::Due]);
        check("Maßnahmen", &[Field::Initiative]);
        check("Kernresultaat", &[Field::KeyResult]);
        check("Goal", &[Field::Objective, Field::Title, Field::Target]);
        check("the weather", &[]);
    }

    #[test]
    fn a_word_may_stand_among_others() {
        check("Objective / key result / action", &[Field::Title]);
        check("Ziel und Kennzahl", &[Field::Title]);
        check("Key result owner", &[Field::Owner]);
        check("Target date for all", &[Field::Due]);
        check("Team objective", &[Field::Objective]);
        check("Comes from", &[]);
    }

    #[test]
    fn every_class_has_a_use() {
        for (name, _) in HEADINGS {
            let line = format!("\n{name}: ");
            assert!(include_str!("words.txt").contains(&line), "{name}");
        }
        assert_eq!(status("im plan"), Some(SaidStatus::OnTrack));
        assert_eq!(month("septiembre"), Some(9));
        assert!(is("total", "summe"));
        assert_eq!(begins("label-as-of", "mis a jour le 03 07 2026"), Some(13));
    }
}
