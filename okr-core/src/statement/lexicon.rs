//! The words that the reader knows.

mod class;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use self::class::{CLASSES, NOUNS, VERBS};
use super::VerbClass;

pub(super) use self::class::{Class, Classes};

/// The words that come with the reader; its head says how they are written.
const WORDS: &str = include_str!("lexicon.txt");

/// The words that statements are read with: those that come with `okr`, and those that a user added.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    own: Words,
}

#[derive(Clone, Debug, Default)]
struct Words {
    /// What each word can be, as the bits of its classes.
    classes: Map<u64>,
    /// For a verb that is the first word of phrases: the words that follow, and what the phrase is.
    phrases: Map<Vec<(Vec<String>, Class)>>,
    /// The base of a form that does not follow from it.
    forms: Map<String>,
}

type Map<V> = HashMap<String, V, BuildHasherDefault<Fnv>>;

/// The hash of Fowler, Noll and Vo (FNV-1a, 64 bits), which is quick for short words; nobody but the user
/// of a workspace can add words that collide.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

static BUILT_IN: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let Some((class, list)) = line.split_once(": ") else {
            continue;
        };
        for word in list.split(", ") {
            if class == "forms" {
                if let Some((form, base)) = word.split_once(' ') {
                    words.forms.insert(form.to_owned(), base.to_owned());
                }
            } else if let Some((_, class)) = CLASSES.iter().find(|(name, _)| *name == class) {
                words.add(*class, word);
            }
        }
    }
    words
});

impl Words {
    fn add(&mut self, class: Class, word: &str) {
        let is_verb = class.verb().is_some();
        match word.split_once(' ') {
            Some((first, rest)) if is_verb => {
                let rest = rest.split(' ').map(str::to_owned).collect();
                let phrases = self.phrases.entry(first.to_owned()).or_default();
                phrases.push((rest, class));
                // The longest phrase is tried first.
                phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
            }
            _ => *self.classes.entry(word.to_owned()).or_default() |= class.bit(),
        }
    }
}

/// A verb with the words of its phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verb<'l> {
    /// Its base form, without a particle.
    pub(super) base: &'l str,
    /// What it asks for, as far as the word alone tells.
    pub(super) class: VerbClass,
    /// How many words follow that belong to it.
    pub(super) particles: usize,
}

impl Lexicon {
    /// Returns the names of the classes that words can be added to.
    pub fn classes() -> impl Iterator<Item = &'static str> {
        CLASSES.iter().map(|(name, _)| *name)
    }

    /// Adds a word, or a verb with its particle, to a class; returns false where there is no such class.
    pub fn add(&mut self, class: &str, word: &str) -> bool {
        let found = CLASSES.iter().find(|(name, _)| *name == class);
        if let Some((_, class)) = found {
            self.own.add(*class, word.trim().to_lowercase().as_str());
        }
        found.is_some()
    }

    /// Returns whether a word, in lower case, belongs to a class; plurals of a noun do.
    pub(super) fn is(&self, class: Class, word: &str) -> bool {
        self.classes_of(word).has(class)
    }

    /// Returns whether less is better of what a word names, in any spelling.
    pub(crate) fn is_lower_better(&self, word: &str) -> bool {
        self.is(Class::LowerIsBetter, &word.to_lowercase())
    }

    /// Returns what a single word asks for when it is a verb; it may be a noun as well.
    pub(crate) fn verb_class(&self, word: &str) -> Option<VerbClass> {
        let verb = self.verb(&word.to_lowercase(), |_| None);
        verb.map(|verb| verb.class)
    }

    fn bits(&self, word: &str) -> u64 {
        let own = if self.own.classes.is_empty() {
            0
        } else {
            self.own.classes.get(word).copied().unwrap_or_default()
        };
        own | BUILT_IN.classes.get(word).copied().unwrap_or_default()
    }

    /// Returns the verb that `word` is a form of, with the `following` words that belong to it.
    ///
    /// A word that a user added goes before one that comes with the reader.
    pub(super) fn verb<'l, 'w>(
        &'l self,
        word: &str,
        following: impl Fn(usize) -> Option<&'w str>,
    ) -> Option<Verb<'l>> {
        let find = |words: &'l Words, base: &str| {
            let phrase = words
                .phrases
                .get_key_value(base)
                .and_then(|(base, phrases)| {
                    let found = phrases.iter().find(|(rest, _)| {
                        let mut words = rest.iter().enumerate();
                        words.all(|(at, word)| following(at) == Some(&**word))
                    });
                    Some((&**base, found?))
                });
            let (base, class, particles) = if let Some((base, (rest, class))) = phrase {
                (base, *class, rest.len())
            } else {
                let (base, bits) = words.classes.get_key_value(base)?;
                (&**base, first_verb_class(*bits)?, 0)
            };
            Some(Verb {
                class: class.verb()?,
                base,
                particles,
            })
        };
        let has_own = !self.own.classes.is_empty() || !self.own.phrases.is_empty();
        let own = has_own
            .then(|| find_base(word, |base| find(&self.own, base)))
            .flatten();
        own.or_else(|| find_base(word, |base| find(&BUILT_IN, base)))
    }

    /// Returns whether a verb of work names a project by itself, also in an objective.
    pub(super) fn is_project_verb(&self, base: &str, class: VerbClass) -> bool {
        let core = |words: &Words| {
            let alone = words
                .classes
                .get(base)
                .is_some_and(|bits| bits & Class::Work.bit() != 0);
            let phrases = words.phrases.get(base);
            alone
                || phrases
                    .is_some_and(|phrases| phrases.iter().any(|(_, class)| *class == Class::Work))
        };
        class == VerbClass::Work && (core(&self.own) || core(&BUILT_IN))
    }

    /// Returns what a verb is together with a particle that stands further on, such as `push … up`.
    pub(super) fn with_particle(&self, base: &str, particle: &str) -> Option<Verb<'_>> {
        [&self.own, &*BUILT_IN].into_iter().find_map(|words| {
            let (base, phrases) = words.phrases.get_key_value(base)?;
            let mut phrases = phrases.iter();
            let found = phrases.find(|(rest, _)| rest.len() == 1 && rest[0] == particle);
            Some(Verb {
                base,
                class: found?.1.verb()?,
                particles: 0,
            })
        })
    }

    /// Returns whether a word opens phrases of which its particle can stand behind the object.
    pub(super) fn has_phrases(&self, word: &str) -> bool {
        self.own.phrases.contains_key(word) || BUILT_IN.phrases.contains_key(word)
    }

    /// Returns what a word can be, in lower case; plurals of a noun are what it is.
    pub(super) fn classes_of(&self, word: &str) -> Classes {
        let mut bits = self.bits(word);
        if let Some(singular) = word.strip_suffix("'s").or_else(|| word.strip_suffix('s')) {
            let mut noun = self.bits(singular);
            if let Some(stem) = singular.strip_suffix('e') {
                noun |= self.bits(stem);
                if let Some(stem) = stem.strip_suffix('i') {
                    noun |= self.bits(&[stem, "y"].concat());
                }
            }
            bits |= noun & NOUNS;
        }
        Classes(bits)
    }
}

fn first_verb_class(bits: u64) -> Option<Class> {
    let classes = CLASSES[..VERBS].iter();
    classes
        .map(|(_, class)| *class)
        .find(|class| bits & class.bit() != 0)
}

/// Returns what is found for a word, or for what it may be a form of: its irregular base, or what is left
/// without an ending.
fn find_base<T>(word: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    if let Some(found) = find(word) {
        return Some(found);
    }
    if let Some(base) = BUILT_IN.forms.get(word)
        && let Some(found) = find(base)
    {
        return Some(found);
    }
    let with = |stem: &str, end: &str| find(&[stem, end].concat());
    let is_doubled = |stem: &str| {
        let mut last = stem.chars().rev();
        let (last, before) = (last.next(), last.next());
        last.is_some() && last == before && !stem.ends_with("ss")
    };
    for ending in ["ing", "ed"] {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 1) else {
            continue;
        };
        let without_i = stem.strip_suffix('i').filter(|_| ending == "ed");
        let single = stem.get(..stem.len() - 1).filter(|_| is_doubled(stem));
        let found = find(stem)
            .or_else(|| with(stem, "e"))
            .or_else(|| with(without_i?, "y"))
            .or_else(|| find(single?));
        if found.is_some() {
            return found;
        }
    }
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 1)?;
    let without_e = stem.strip_suffix('e');
    find(stem)
        .or_else(|| find(without_e?))
        .or_else(|| with(without_e?.strip_suffix('i')?, "y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, base: &str, class: VerbClass, particles: usize) {
        let words: Vec<&str> = text.split(' ').collect();
        let lexicon = Lexicon::default();
        let verb = lexicon.verb(words[0], |at| words.get(at + 1).copied());
        let verb = verb.unwrap_or_else(|| panic!("{text} is no verb"));
        assert_eq!(
            (verb.base, verb.class, verb.particles),
            (base, class, particles),
            "{text}"
        );
    }

    #[test]
    fn every_form_of_a_verb_is_known() {
        check("reducing", "reduce", VerbClass::Decrease, 0);
        check("cuts", "cut", VerbClass::Decrease, 0);
        check("cutting", "cut", VerbClass::Decrease, 0);
        check("held", "hold", VerbClass::Keep, 0);
        check("fell", "fall", VerbClass::Decrease, 0);
        check("carries out", "carry", VerbClass::Work, 1);
        check("signing up", "sign", VerbClass::Obtain, 1);
        check("stabilising", "stabilise", VerbClass::Keep, 0);
        check("attracted", "attract", VerbClass::Obtain, 0);
    }

    #[test]
    fn a_verb_with_its_particle_is_one() {
        check("bring down", "bring", VerbClass::Decrease, 1);
        check("bring churn", "bring", VerbClass::Move, 0);
        check("set up", "set", VerbClass::Work, 1);
    }

    #[test]
    fn a_user_adds_words() {
        let mut lexicon = Lexicon::default();
        assert!(lexicon.add("decrease", "Defang"));
        assert!(lexicon.add("increase", "dial up"));
        assert!(!lexicon.add("colour", "red"));
        let verb = |text| lexicon.verb(text, |_| None).map(|verb| verb.class);
        assert_eq!(verb("defanged"), Some(VerbClass::Decrease));
        assert_eq!(
            lexicon.verb("dial", |_| Some("up")).map(|verb| verb.class),
            Some(VerbClass::Increase)
        );
    }

    #[test]
    fn every_line_of_the_data_is_read() {
        for line in WORDS
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let (class, words) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
            assert!(
                class == "forms" || Lexicon::classes().any(|name| name == class),
                "{class}"
            );
            assert!(
                words
                    .split(", ")
                    .all(|word| word == word.trim() && !word.is_empty()),
                "{line}"
            );
        }
    }

    #[test]
    fn plurals_of_nouns_are_known() {
        let lexicon = Lexicon::default();
        assert!(lexicon.is(Class::LowerIsBetter, "delays"));
        assert!(lexicon.is(Class::LowerIsBetter, "vacancies"));
        assert!(lexicon.is(Class::LowerIsBetter, "losses"));
        assert!(!lexicon.is(Class::LowerIsBetter, "sales"));
    }
}
