//! The map as markup: what `map.html` makes of it in a page, in a fraction of the time and of the memory.

use super::card::{Bar, Face, Mark};
use super::{Bond, Card, Group, Map, Words};
use crate::formats::html::figure::push_digits;
use crate::formats::html::text::push_escaped;

impl Map {
    /// Adds the map as an element of a page; see [`Map::to_svg_inline`].
    ///
    /// `hand` is called behind each card, and may take away what is there so far.
    ///
    /// # Errors
    ///
    /// Those of `hand`.
    pub(crate) fn draw<E>(
        &self,
        out: &mut String,
        mut hand: impl FnMut(&mut String) -> Result<(), E>,
    ) -> Result<(), E> {
        let size = [self.width, self.height];
        // A taller map is larger than a sheet of paper can show.
        let class = if self.height < 2400 {
            "map sheet"
        } else {
            "map"
        };
        out.extend(["<svg class=\"", class, "\""]);
        numbers(&[" width=\"", "\" height=\""], &size, out);
        numbers(&["\" viewBox=\"0 0 ", " "], &size, out);
        out.push_str("\" role=\"group\" aria-label=\"");
        push_escaped(out, &self.summary);
        out.push_str("\">\n");
        for group in &self.groups {
            group.begin(out);
            for card in &group.cards {
                card.draw(out);
                hand(out)?;
            }
            out.push_str("</g>\n");
        }
        for line in &self.legend {
            line.draw("legend", out);
            out.push('\n');
        }
        out.push_str("</svg>");
        Ok(())
    }
}

impl Group {
    fn begin(&self, out: &mut String) {
        let Words { x, y, text, .. } = &self.heading;
        numbers(&["<text class=\"heading\" x=\"", "\" y=\""], &[*x, *y], out);
        out.push_str("\" aria-hidden=\"true\">");
        push_escaped(out, text);
        out.push_str("</text>\n<g role=\"list\" aria-label=\"");
        push_escaped(out, text);
        out.push_str("\">\n");
    }
}

impl Card {
    fn draw(&self, out: &mut String) {
        let face = &self.face;
        out.push_str("<g class=\"node");
        if let Some(slug) = face.standing.mark.slug {
            out.extend([" ", slug]);
        }
        out.push_str("\" role=\"listitem\">\n");
        for Bond {
            is_circle, path, ..
        } in &self.bonds
        {
            let class = if *is_circle { "bond circle" } else { "bond" };
            out.extend(["<path class=\"", class, "\" d=\"", path]);
            out.push_str("\" aria-hidden=\"true\"/>\n");
        }
        self.place("<svg", out);
        out.push_str("\" aria-hidden=\"true\">\n");
        face.draw(self.width, self.height, out);
        out.push_str("</svg>\n");
        let (begin, end) = match &face.href_html {
            Some(href) if !href.is_empty() => (["<a href=\"", href, "\""], "</a>\n</g>\n"),
            _ => (["<g role=\"img\"", "", ""], "</g>\n</g>\n"),
        };
        out.extend(begin);
        out.push_str(" aria-label=\"");
        push_escaped(out, &face.label);
        out.push_str("\">");
        self.place("<rect class=\"cover\"", out);
        out.push_str("\" rx=\"3\" aria-hidden=\"true\"><title>");
        push_escaped(out, &face.title);
        out.extend(["</title></rect>", end]);
    }

    /// Adds the beginning of an element that lies where the card does, up to the last quote.
    fn place(&self, element: &str, out: &mut String) {
        out.push_str(element);
        numbers(
            &[" x=\"", "\" y=\"", "\" width=\"", "\" height=\""],
            &[self.x, self.y, self.width, self.height],
            out,
        );
    }
}

impl Face {
    fn draw(&self, width: i32, height: i32, out: &mut String) {
        out.push_str("<rect class=\"card\" x=\"0.5\" y=\"0.5\"");
        numbers(
            &[" width=\"", "\" height=\""],
            &[width - 1, height - 1],
            out,
        );
        out.push_str("\" rx=\"3\"/>\n");
        numbers(
            &["<rect class=\"edge\" width=\"4\" height=\""],
            &[height],
            out,
        );
        out.push_str("\"/>\n");
        let words = |words: &Words, class: &str, out: &mut String| {
            words.draw(class, out);
            out.push('\n');
        };
        if let Some(place) = &self.place {
            words(place, "place", out);
        }
        for line in &self.lines {
            words(line, "title", out);
        }
        self.standing.mark.draw("standing", out);
        if let Some(percent) = &self.standing.percent {
            words(percent, "percent", out);
        }
        if let Some(owner) = &self.owner {
            words(owner, "owner", out);
        }
        if let Some(bar) = &self.bar {
            bar.draw(out);
        }
        if let Some(weakest) = &self.weakest {
            weakest.draw("weakest", out);
        }
    }
}

impl Mark {
    fn draw(&self, class: &str, out: &mut String) {
        if let Some(slug) = self.slug {
            out.extend(["<use class=\"sign ", slug, "\" href=\"#mark-", slug, "\""]);
            numbers(&[" x=\"", "\" y=\""], &[self.x, self.y], out);
            out.push_str("\" width=\"12\" height=\"12\"/>");
        }
        self.words.draw(class, out);
        out.push('\n');
    }
}

impl Bar {
    fn draw(&self, out: &mut String) {
        let Self { x, y, width, .. } = *self;
        let mut rect = |class: &str, [x, y, width, height]: [i32; 4]| {
            out.extend(["<rect class=\"", class, "\""]);
            numbers(
                &[" x=\"", "\" y=\"", "\" width=\"", "\" height=\""],
                &[x, y, width, height],
                out,
            );
            out.push_str("\"/>\n");
        };
        rect("track", [x, y, width, 4]);
        if self.done > 0 {
            rect("gone", [x, y, self.done, 4]);
        }
        if let Some(expected) = self.expected {
            rect("due", [expected - 1, y - 3, 2, 10]);
        }
    }
}

impl Words {
    fn draw(&self, class: &str, out: &mut String) {
        out.extend(["<text class=\"", class, "\""]);
        numbers(&[" x=\"", "\" y=\""], &[self.x, self.y], out);
        let direction = if self.runs_left {
            " direction=\"rtl\""
        } else {
            ""
        };
        out.extend(["\"", direction, ">"]);
        push_escaped(out, &self.text);
        out.push_str("</text>");
    }
}

/// Adds numbers, each behind its words.
fn numbers(words: &[&str], numbers: &[i32], out: &mut String) {
    for (words, number) in words.iter().zip(numbers) {
        let sign = if *number < 0 { "-" } else { "" };
        out.extend([*words, sign]);
        push_digits(out, u64::from(number.unsigned_abs()), 0);
    }
}
