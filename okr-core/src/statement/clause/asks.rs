//! What a verb asks for where its word alone does not tell, such as `raise €5M` and `push … up`, and the
//! factor that one names by itself.

use rust_decimal::Decimal;

use crate::statement::VerbClass;
use crate::statement::lexicon::Class;
use crate::statement::value::{Form, Value, values_in};
use crate::statement::words::{VerbAt, Words};

/// Returns what a verb asks for where its word alone does not tell.
pub(super) fn verb_class(words: &Words<'_, '_>, values: &[Value], verb: &VerbAt<'_>) -> VerbClass {
    // The particle may stand behind the object: `push … up`, `bring … down`.
    if let Some(class) = split_particle(words, verb) {
        return class;
    }
    let object = Object::of(words, values, verb);
    let next = words.word(verb.end);
    let has_particle = verb.end > verb.at + 1;
    match verb.base {
        "raise" if object.is_money() => VerbClass::Obtain,
        "raise" if object.value.is_none() && next == "awareness" => VerbClass::Increase,
        "raise" if object.value.is_none() && object.is(Class::Funds, 1) => VerbClass::Obtain,
        "hold" if !has_particle && object.is_held() => VerbClass::Work,
        "hold" if !has_particle => VerbClass::Keep,
        // A level has a number behind `to`; a destination is named.
        "move" | "shift" | "transfer"
            if verb.class == VerbClass::Move
                && object.is(Class::Movable, 8)
                && !object.is_moved_to_value() =>
        {
            VerbClass::Work
        }
        "close" if object.is_money() || object.is(Class::Deal, 6) => VerbClass::Obtain,
        "close" if !has_particle => VerbClass::Process,
        "deliver" if has_particle => verb.class,
        "deliver" if object.is_money() || object.is(Class::Proceeds, 4) => VerbClass::Obtain,
        "deliver" if object.is(Class::Goods, 6) => VerbClass::Process,
        "deliver" => VerbClass::Work,
        "add" if object.is_change() => VerbClass::Increase,
        "add" => VerbClass::Obtain,
        "drive" if verb.class == VerbClass::Move => {
            let has_number = values.last().is_some_and(|value| value.first > verb.end);
            if has_number {
                VerbClass::Move
            } else {
                VerbClass::Activity
            }
        }
        "do" if object.direct().is_none() => VerbClass::Activity,
        "save" if object.direct().is_none() => VerbClass::Obtain,
        "average" | "run" if verb.class == VerbClass::Reach && next != "at" => VerbClass::Work,
        "turn" if next == "around" => VerbClass::Process,
        _ => verb.class,
    }
}

/// So many words behind `move` are looked at for the value to move to.
const DESTINATION_REACH: usize = 40;

/// What stands behind a verb.
struct Object<'o, 'w, 't> {
    words: &'o Words<'w, 't>,
    values: &'o [Value],
    /// Where it begins.
    first: usize,
    /// The number that it begins with.
    value: Option<&'o Value>,
}

impl<'o, 'w, 't> Object<'o, 'w, 't> {
    fn of(words: &'o Words<'w, 't>, values: &'o [Value], verb: &VerbAt<'_>) -> Self {
        let first = verb.end;
        let mut near = values_in(values, first, first + 4).iter();
        Self {
            value: near
                .find(|value| (first..value.first).all(|at| words.is(Class::BeforeNumber, at))),
            words,
            values,
            first,
        }
    }

    /// Returns the number that it begins with, unless a link parts it from the verb.
    fn direct(&self) -> Option<&'o Value> {
        self.value.filter(|value| {
            !(self.first..value.first).any(|at| matches!(self.words.word(at), "to" | "in"))
        })
    }

    fn is_money(&self) -> bool {
        self.direct().is_some_and(Value::is_money)
    }

    /// Returns whether one of its first words, up to a link, belongs to a class.
    fn is(&self, class: Class, reach: usize) -> bool {
        // What an event is of follows it; of other things it says what they are.
        let ends = |at: usize| {
            matches!(
                self.words.word(at),
                "to" | "by" | "within" | "in" | "for" | "with" | "from" | "at" | "per"
            ) || class == Class::Event && self.words.word(at) == "of"
        };
        let end = self.words.tokens.len();
        (self.first..(self.first + reach).min(end))
            .take_while(|at| !ends(*at) || *at == self.first)
            .any(|at| self.words.is(class, at))
    }

    /// Returns whether it is something that is held as an event, rather than kept as a level.
    fn is_held(&self) -> bool {
        let counts = self.direct().is_some_and(|value| {
            value.unit.is_none() && value.form == Form::Plain && self.words.can_be_noun(value.end)
        });
        let is_one = matches!(
            self.words.word(self.first),
            "a" | "an" | "the" | "regular" | "weekly" | "monthly" | "quarterly"
        );
        counts
            || self.direct().is_some() && self.is(Class::Event, 6)
            || is_one && self.is(Class::Event, 4)
    }

    fn is_moved_to_value(&self) -> bool {
        let behind = values_in(self.values, self.first + 1, self.first + DESTINATION_REACH);
        behind.iter().any(|value| {
            matches!(
                self.words.word(value.first - 1),
                "to" | "below" | "under" | "from"
            )
        })
    }

    /// Returns whether it is added to a measure: `5 points`, `2 days to the …`.
    fn is_change(&self) -> bool {
        self.direct().is_some_and(|value| {
            !value.is_amount() || value.is_time() && self.words.word(value.end) == "to"
        })
    }
}

/// Returns what a verb is together with a particle behind its object.
fn split_particle(words: &Words<'_, '_>, verb: &VerbAt<'_>) -> Option<VerbClass> {
    let splits = matches!(
        verb.class,
        VerbClass::Move
            | VerbClass::Work
            | VerbClass::Obtain
            | VerbClass::Increase
            | VerbClass::Decrease
            | VerbClass::Keep
    );
    if !splits || verb.end > verb.at + 1 {
        return None;
    }
    let particle = (verb.end..words.tokens.len().min(verb.end + 12))
        .take_while(|at| !matches!(words.word(*at), "," | ";" | "and" | "by"))
        .find(|at| {
            matches!(words.word(*at), "up" | "down" | "back" | "out" | "off")
                && !(words.word(*at) == "up"
                    && words.word(at + 1) == "to"
                    && verb.class == VerbClass::Work)
        })?;
    words
        .lexicon
        .with_particle(verb.base, words.word(particle))
        .map(|verb| verb.class)
}

/// Returns the factor that a verb names by itself: `double`, `halve`.
pub(in crate::statement) fn verb_factor(base: &str) -> Option<Decimal> {
    Some(match base {
        "double" => Decimal::TWO,
        "triple" | "treble" => Decimal::from(3),
        "quadruple" => Decimal::from(4),
        "halve" | "halbieren" => Decimal::new(5, 1),
        _ => return None,
    })
}
