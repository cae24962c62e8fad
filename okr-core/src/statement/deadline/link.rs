//! How a phrase relates to the time that it names, and which part of it is meant: `by the end of`.

use super::Reader;

/// How a phrase relates to the time that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// `by`, `until`, `no later than`: its last day.
    By,
    /// `in`, `within`, `during`: its last day too, but it can also say when something happened.
    In,
    /// `before`, `ahead of`: the day before it begins.
    Before,
    /// `from`, `since`, `starting in`: no deadline.
    Since,
    /// `on`: only before a date.
    On,
    /// `this`: part of the name.
    This,
    /// Nothing stands before it.
    Bare,
}

/// The words of links, by their first word, the longer first.
const LINKS: &[(&[&str], Link)] = &[
    (&["across"], Link::In),
    (&["after"], Link::Since),
    (&["ahead", "of"], Link::Before),
    (&["as", "from"], Link::Since),
    (&["as", "of"], Link::Since),
    (&["at", "the", "latest", "by"], Link::By),
    (&["at", "latest", "by"], Link::By),
    (&["at"], Link::By),
    (&["before"], Link::Before),
    (&["beginning", "in"], Link::Since),
    (&["beginning"], Link::Since),
    (&["bis", "ende"], Link::By),
    (&["bis", "zum"], Link::By),
    (&["bis"], Link::By),
    (&["by"], Link::By),
    (&["come"], Link::By),
    (&["due", "by"], Link::By),
    (&["due", "on"], Link::By),
    (&["due"], Link::By),
    (&["during"], Link::In),
    (&["effective"], Link::Since),
    (&["for"], Link::In),
    (&["from"], Link::Since),
    (&["in", "the", "course", "of"], Link::In),
    (&["in"], Link::In),
    (&["inside"], Link::In),
    (&["no", "later", "than"], Link::By),
    (&["not", "later", "than"], Link::By),
    (&["on", "or", "before"], Link::By),
    (&["on"], Link::On),
    (&["over", "the", "course", "of"], Link::In),
    (&["over"], Link::In),
    (&["prior", "to"], Link::Before),
    (&["since"], Link::Since),
    (&["starting", "from"], Link::Since),
    (&["starting", "in"], Link::Since),
    (&["starting", "on"], Link::Since),
    (&["starting"], Link::Since),
    (&["this"], Link::This),
    (&["through", "to"], Link::By),
    (&["through"], Link::By),
    (&["throughout"], Link::In),
    (&["till"], Link::By),
    (&["until"], Link::By),
    (&["up", "to", "and", "including"], Link::By),
    (&["within"], Link::In),
];

/// Which part of a time is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    End,
    Middle,
    Start,
}

impl Reader<'_, '_> {
    /// Reads the link that starts at a token, and returns where it ends.
    pub(super) fn link(&self, at: usize) -> (Link, usize) {
        let first = self.word(at);
        let from = LINKS.partition_point(|(words, _)| words[0] < first);
        let mut found = LINKS[from..]
            .iter()
            .take_while(|(words, _)| words[0] == first);
        match found.find(|(words, _)| self.starts(at, words)) {
            // `this` belongs to what it names.
            Some((_, Link::This)) => (Link::This, at),
            Some((words, link)) => (*link, at + words.len()),
            None => (Link::Bare, at),
        }
    }

    /// Reads `the end of`, `mid-`, `the start of` and the like; returns where the time begins.
    pub(super) fn part(&self, at: usize) -> (Part, usize) {
        let mut after = at;
        if matches!(self.word(after), "the" | "about" | "around") {
            after += 1;
        }
        // `by the very end of`.
        after += usize::from(self.word(after) == "very");
        let part = match self.word(after) {
            "end" | "close" | "ending" | "eoq" | "conclusion" | "finish" => Part::End,
            "middle" | "mid" | "midpoint" | "mid-point" => Part::Middle,
            "start" | "beginning" | "outset" | "opening" => Part::Start,
            _ => return (Part::End, at),
        };
        if self.word(after) == "eoq" {
            return (Part::End, at);
        }
        after += 1;
        let is_mid = self.word(after - 1) == "mid";
        if is_mid && self.word(after) == "-" {
            after += 1;
        }
        if self.word(after) == "of" {
            return (part, after + 1);
        }
        // `by end Q2`, `by mid May`.
        let names_time = self.time(after).is_some();
        if (is_mid || self.word(after - 1) == "end" || self.word(after - 1) == "start")
            && names_time
        {
            return (part, after);
        }
        (Part::End, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stand_in_the_order_of_their_first_words() {
        let key = |(words, _): &(&[&'static str], Link)| (words[0], std::cmp::Reverse(words.len()));
        assert!(LINKS.is_sorted_by_key(key));
    }
}
