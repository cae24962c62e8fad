//! What a word can be: the classes of the lexicon.

use crate::statement::VerbClass;

/// What a word can be; several at once for some.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(in crate::statement) enum Class {
    Increase,
    Decrease,
    Improve,
    Keep,
    Reach,
    Move,
    Obtain,
    Process,
    Work,
    Activity,
    Rise,
    Fall,
    Gain,
    More,
    Fewer,
    LowerIsBetter,
    WorkNoun,
    Praise,
    Vague,
    Metric,
    NamedNoun,
    Event,
    Granted,
    Movable,
    Deal,
    Goods,
    Task,
    Act,
    Generic,
    Function,
    ProjectNoun,
    Routine,
    HigherIsBetter,
    Quantity,
    Owed,
    Approximate,
    Limiter,
    Scope,
    GroupNoun,
    BeforeNumber,
    Funds,
    Proceeds,
    Link,
    LooseLink,
    UnitBar,
    Rating,
    Scale,
    NounVerb,
    Adverb,
    NoAdverb,
    PlainNoun,
    Deliverable,
    Participle,
    Dated,
}

/// Every class with its name in the data; the first eleven are those of verbs.
pub(super) const CLASSES: [(&str, Class); 54] = [
    ("increase", Class::Increase),
    ("decrease", Class::Decrease),
    ("improve", Class::Improve),
    ("keep", Class::Keep),
    ("reach", Class::Reach),
    ("move", Class::Move),
    ("obtain", Class::Obtain),
    ("process", Class::Process),
    ("work", Class::Work),
    ("activity", Class::Activity),
    ("task", Class::Task),
    ("rise", Class::Rise),
    ("fall", Class::Fall),
    ("gain", Class::Gain),
    ("more", Class::More),
    ("fewer", Class::Fewer),
    ("lower-is-better", Class::LowerIsBetter),
    ("work-noun", Class::WorkNoun),
    ("praise", Class::Praise),
    ("vague", Class::Vague),
    ("metric", Class::Metric),
    ("class-noun", Class::NamedNoun),
    ("event", Class::Event),
    ("granted", Class::Granted),
    ("movable", Class::Movable),
    ("deal", Class::Deal),
    ("goods", Class::Goods),
    ("act", Class::Act),
    ("generic", Class::Generic),
    ("function", Class::Function),
    ("project-noun", Class::ProjectNoun),
    ("routine", Class::Routine),
    ("higher-is-better", Class::HigherIsBetter),
    ("quantity", Class::Quantity),
    ("owed", Class::Owed),
    ("approximate", Class::Approximate),
    ("limiter", Class::Limiter),
    ("scope", Class::Scope),
    ("group-noun", Class::GroupNoun),
    ("before-number", Class::BeforeNumber),
    ("funds", Class::Funds),
    ("proceeds", Class::Proceeds),
    ("link", Class::Link),
    ("loose-link", Class::LooseLink),
    ("unit-bar", Class::UnitBar),
    ("rating", Class::Rating),
    ("scale", Class::Scale),
    ("noun-verb", Class::NounVerb),
    ("adverb", Class::Adverb),
    ("no-adverb", Class::NoAdverb),
    ("plain-noun", Class::PlainNoun),
    ("deliverable", Class::Deliverable),
    ("participle", Class::Participle),
    ("dated", Class::Dated),
];

/// How many classes are those of verbs.
pub(super) const VERBS: usize = 11;

impl Class {
    pub(super) const fn bit(self) -> u64 {
        1 << self as u8
    }

    /// Returns whether its words have one form only.
    pub(super) const fn is_closed(self) -> bool {
        matches!(
            self,
            Self::Approximate
                | Self::Limiter
                | Self::Scope
                | Self::BeforeNumber
                | Self::Link
                | Self::LooseLink
                | Self::UnitBar
                | Self::Rating
                | Self::Scale
                | Self::NounVerb
                | Self::Adverb
                | Self::NoAdverb
                | Self::PlainNoun
                | Self::Deliverable
                | Self::Participle
                | Self::Dated
        )
    }

    pub(super) const fn verb(self) -> Option<VerbClass> {
        Some(match self {
            Self::Increase => VerbClass::Increase,
            Self::Decrease => VerbClass::Decrease,
            Self::Improve => VerbClass::Improve,
            Self::Keep => VerbClass::Keep,
            Self::Reach => VerbClass::Reach,
            Self::Move => VerbClass::Move,
            Self::Obtain => VerbClass::Obtain,
            Self::Process => VerbClass::Process,
            Self::Work | Self::Task => VerbClass::Work,
            Self::Activity => VerbClass::Activity,
            _ => return None,
        })
    }
}

/// What a word can be.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::statement) struct Classes(pub(super) u64);

impl Classes {
    pub(in crate::statement) const fn has(self, class: Class) -> bool {
        self.0 & class.bit() != 0
    }
}

/// The classes whose words have a plural.
pub(super) const NOUNS: u64 = {
    let mut bits = 0;
    let mut at = VERBS;
    while at < CLASSES.len() {
        if !CLASSES[at].1.is_closed() {
            bits |= CLASSES[at].1.bit();
        }
        at += 1;
    }
    bits
};
