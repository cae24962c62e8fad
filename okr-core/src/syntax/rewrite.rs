//! A line of Markdown put together from words of another one, which keep their formatting.

use pulldown_cmark::{Event, Parser, Tag};

use super::MARKDOWN;
use super::inline::{Builder, Inline, LEAD};
use crate::text::Span;

/// A part of a line that is written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'p> {
    /// Words of the other line, by their place in its words without formatting.
    Words(Span),
    /// Other words in the place of those, formatted as the first of them.
    Instead(Span, &'p str),
    /// Words of its own, without formatting.
    New(&'p str),
}

/// Words with one formatting.
#[derive(Clone, Debug)]
struct Piece<'l> {
    text: String,
    is_code: bool,
    /// The formatting, the outermost first, each with the place of its opening.
    tags: Vec<(usize, Tag<'l>)>,
}

impl Inline {
    /// Returns a line of parts of this one.
    ///
    /// Where the formatting of its parts cannot stand together, the words are kept alone.
    pub(crate) fn rewrite(&self, parts: &[Part<'_>]) -> Self {
        let line = format!("{LEAD}{}", self.as_markdown());
        let pieces = pieces(&line);
        let mut taken = Vec::new();
        for part in parts {
            match *part {
                Part::Words(span) => taken.extend(cut(&pieces, span)),
                Part::Instead(span, text) => {
                    let mut first = cut(&pieces, span).into_iter().take(1);
                    let piece = first.next().map(|piece| Piece {
                        text: text.to_owned(),
                        ..piece
                    });
                    taken.extend(piece.or_else(|| Some(plain_piece(text))));
                }
                Part::New(text) => taken.push(plain_piece(text)),
            }
        }
        let words: String = taken.iter().map(|piece| &*piece.text).collect();
        let words = crate::text::one_line(&words);
        let written = Self::parse(&write(&taken));
        if written.plain() == words {
            written
        } else {
            Self::from_plain(&words)
        }
    }
}

fn plain_piece(text: &str) -> Piece<'static> {
    Piece {
        text: text.to_owned(),
        is_code: false,
        tags: Vec::new(),
    }
}

/// Returns the words of a line, piece by piece; together they are its words without formatting.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut tags = Vec::new();
    let mut skipped = LEAD.len();
    for (event, range) in Parser::new_ext(line, MARKDOWN).into_offset_iter() {
        let (text, is_code) = match event {
            Event::Start(Tag::Paragraph) => continue,
            Event::Start(tag) => {
                tags.push((range.start, tag));
                continue;
            }
            Event::End(_) => {
                tags.pop();
                continue;
            }
            Event::Text(text) | Event::InlineHtml(text) => (text, false),
            Event::Code(text) => (text, true),
            _ => continue,
        };
        let cut = skipped.min(text.len());
        skipped -= cut;
        pieces.push(Piece {
            text: text[cut..].to_owned(),
            is_code,
            tags: tags.clone(),
        });
    }
    pieces
}

fn cut<'l>(pieces: &[Piece<'l>], span: Span) -> Vec<Piece<'l>> {
    let mut at = 0;
    let mut taken = Vec::new();
    for piece in pieces {
        let start = span.start().max(at).min(at + piece.text.len());
        let end = span.end().max(start).min(at + piece.text.len());
        if let Some(text) = piece.text.get(start - at..end.max(start) - at)
            && !text.is_empty()
        {
            taken.push(Piece {
                text: text.to_owned(),
                ..piece.clone()
            });
        }
        at += piece.text.len();
    }
    taken
}

fn write(pieces: &[Piece<'_>]) -> String {
    let mut builder = Builder::default();
    let mut open: Vec<(usize, Tag<'_>)> = Vec::new();
    for piece in pieces {
        let same = open.iter().zip(&piece.tags);
        let kept = same.take_while(|(one, other)| one == other).count();
        for (_, tag) in open.drain(kept..).rev() {
            builder.end(tag.to_end());
        }
        // A mark does not stand next to a blank.
        let words = piece.text.trim_start();
        builder.text(&piece.text[..piece.text.len() - words.len()]);
        for tag in &piece.tags[kept..] {
            builder.start(&tag.1);
            open.push(tag.clone());
        }
        if piece.is_code {
            builder.code(words);
        } else {
            builder.text(words);
        }
    }
    for (_, tag) in open.into_iter().rev() {
        builder.end(tag.to_end());
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, from: &str, to: &str, expected: &str) {
        let line = Inline::parse(line);
        let plain = line.plain();
        let start = plain.find(from).expect("is there");
        let end = plain.rfind(to).expect("is there") + to.len();
        let taken = line.rewrite(&[Part::Words(Span::new(start, end))]);
        assert_eq!(taken.as_markdown(), expected);
    }

    #[test]
    fn words_keep_their_formatting() {
        check(
            "Cut **billing errors** by 25%",
            "Cut",
            "errors",
            "Cut **billing errors**",
        );
        check(
            "Cut **billing errors** by 25%",
            "errors",
            "25%",
            "**errors** by 25%",
        );
        check(
            "Cut **billing errors** by 25%",
            "Cut",
            "billing",
            "Cut **billing**",
        );
        check(
            "See [the old page](https://a.b/c) now",
            "old",
            "now",
            "[old page](https://a.b/c) now",
        );
        check(
            "Run `cargo` *and `go`* 🚀 ok",
            "cargo",
            "🚀",
            "`cargo` *and `go`* 🚀",
        );
        check(
            r"5 \* 3 &amp; \_x\_ is 15",
            "5",
            "15",
            r"5 \* 3 & \_x\_ is 15",
        );
    }

    #[test]
    fn other_words_are_formatted_as_those_before() {
        let line = Inline::parse("by *adding* a check");
        let span = |word: &str| {
            let start = line.plain().find(word).expect("is there");
            Span::new(start, start + word.len())
        };
        let parts = [
            Part::Instead(span("adding"), "Add"),
            Part::Words(span(" a check")),
            Part::New(": *"),
        ];
        assert_eq!(line.rewrite(&parts).as_markdown(), r"*Add* a check: \*");
    }
}
