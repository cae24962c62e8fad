//! Draws what is wrong with a file, in the way of rustc.

pub(crate) mod bar;
mod narrow;
pub(crate) mod spark;
pub(crate) mod status;

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use okr_core::audit::{self, Applicability};
use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_render::report::{Entry, FixEntry};

use crate::shell::{Text, columns, is_plain, shown, wrap};

/// Something to show at a place of a text.
pub(crate) struct Picture<'a> {
    /// How bad it is.
    pub(crate) severity: Severity,
    /// Its short name, if it has one.
    pub(crate) code: Option<&'a str>,
    /// What is wrong.
    pub(crate) message: &'a str,
    /// The file.
    pub(crate) path: &'a str,
    /// The text of the file and the place in it, in bytes.
    pub(crate) place: Option<(&'a str, Range<usize>)>,
    /// A few words for the place.
    pub(crate) label: &'a str,
    /// What to do.
    pub(crate) help: &'a str,
}

/// Draws a diagnostic of the file at `path`, whose text is shown where it is known.
pub(crate) fn diagnostic(diagnostic: &Diagnostic, path: &str, text: Option<&str>) -> Text {
    let cell;
    let (path, place) = match &diagnostic.location {
        Location::Span(span) => (path, text.map(|text| (text, Range::from(*span)))),
        Location::Cell(name) => {
            cell = format!("{path}:{name}");
            (&*cell, None)
        }
        _ => (path, None),
    };
    draw(&Picture {
        severity: diagnostic.severity,
        code: Some(diagnostic.code),
        message: &diagnostic.message,
        path,
        place,
        label: &diagnostic.label,
        help: &diagnostic.help,
    })
}

/// Draws one picture, without a line feed at its end.
pub(crate) fn draw(picture: &Picture<'_>) -> Text {
    let level = match picture.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut title = level.primary_title(shown(picture.message));
    if let Some(code) = picture.code {
        title = title.id(shown(code));
    }
    let path = shown(picture.path);
    let mut group = match &picture.place {
        Some((text, span)) => {
            let mut annotation = AnnotationKind::Primary.span(within(text, span));
            if !picture.label.is_empty() {
                annotation = annotation.label(shown(picture.label));
            }
            title.element(
                Snippet::source(same_length(text))
                    .path(path)
                    .annotation(annotation),
            )
        }
        None => title.element(Origin::path(path)),
    };
    if !picture.help.is_empty() {
        group = group.element(Level::HELP.message(shown(picture.help)));
    }
    let groups: [Group<'_>; 1] = [group];
    Text::drawn(Renderer::styled().render(&groups))
}

/// Draws what an audit found in the file at `path`, with what to write instead; without colour, no styles
/// are drawn that would have to be taken away again.
pub(crate) fn entry(entry: &Entry, path: &str, text: &str, has_colour: bool) -> Text {
    let renderer = if has_colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    finding(entry, path, text, Options::Named, &renderer)
}

/// Draws the same for someone who is about to be asked about it, in lines of up to `width` columns.
pub(crate) fn entry_in_hand(entry: &Entry, path: &str, text: &str, width: usize) -> Text {
    let wrapped = |words: &str, lead: usize| wrap(words, width.saturating_sub(lead)).join("\n");
    // Before the words stand `warning[no-number]: `, and ` = help: ` behind the line numbers.
    let head = entry.level.name().len() + entry.rule.len() + 4;
    let last = entry.region.map_or(1, |region| region.end.line);
    let help = last.to_string().len() + " = help: ".len();
    let mut broken = entry.clone();
    broken.message = wrapped(&entry.message, head);
    broken.help = wrapped(&entry.help, help);
    if let Some(question) = &mut broken.question {
        question.text = wrapped(&question.text, help);
    }
    let drawn = finding(&broken, path, text, Options::Unnamed, &Renderer::styled());
    let fits = |line: &str| columns(line) <= width;
    // A column of single words is hard to read.
    let has_room = head + MIN_COLUMN <= width;
    if has_room && drawn.plain().lines().all(fits) {
        drawn
    } else {
        narrow::entry(entry, path, text, width)
    }
}

/// The fewest columns for a message behind its head.
const MIN_COLUMN: usize = 24;

/// Whether the options that make a fix are named beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Options {
    Named,
    Unnamed,
}

fn finding(entry: &Entry, path: &str, text: &str, options: Options, renderer: &Renderer) -> Text {
    let level = match entry.level {
        audit::Level::Error => Level::ERROR,
        audit::Level::Warning => Level::WARNING,
        audit::Level::Info | audit::Level::Off => Level::INFO,
    };
    let title = level
        .primary_title(shown(&entry.message))
        .id(shown(&entry.rule));
    let mut group = match &entry.region {
        Some(region) => {
            let span = Range::from(region.span);
            let part = Part::around(text, &span, region.start.line);
            let mut annotation = AnnotationKind::Primary.span(part.inside(&span));
            if !entry.label.is_empty() {
                annotation = annotation.label(shown(&entry.label));
            }
            let snippet = Snippet::source(same_length(part.text))
                .line_start(part.line)
                .path(shown(path));
            title.element(snippet.annotation(annotation))
        }
        None => title.element(Origin::path(shown(path))),
    };
    if !entry.help.is_empty() {
        group = group.element(Level::HELP.message(shown(&entry.help)));
    }
    if let Some(question) = &entry.question {
        group = group.element(Level::HELP.message(shown(&question.text)));
    }
    let mut groups = vec![group];
    let fix = entry.fix.as_ref();
    groups.extend(fix.map(|fix| suggestion(fix, text, options)));
    Text::drawn(renderer.render(&groups))
}

/// Draws what to write instead.
fn suggestion<'a>(fix: &'a FixEntry, text: &'a str, options: Options) -> Group<'a> {
    let how = match fix.applicability {
        Applicability::Safe if options == Options::Named => " (--fix does it)",
        _ => "",
    };
    let title = Level::HELP.secondary_title(format!("{}{how}", shown(&fix.title)));
    let spans = fix.replacements.iter().map(|(region, _)| region.span);
    let Some(all) = spans.reduce(|one, other| one.cover(other)) else {
        return Group::with_title(title);
    };
    let first = fix.replacements.iter().map(|(region, _)| region.start.line);
    let first = first.min().unwrap_or(1);
    let part = Part::around(text, &Range::from(all), first);
    let patches = fix.replacements.iter().map(|(region, replacement)| {
        let new = shown(&replacement.text.replace('\r', "")).into_owned();
        let place = part.inside(&Range::from(region.span));
        // Lines that are added behind the last one are drawn as if they stood before its end.
        let at_end = place.is_empty() && place.end == part.text.len();
        match part.text.strip_suffix('\n').filter(|_| at_end) {
            Some(rest) => Patch::new(rest.len()..rest.len(), format!("\n{}", new.trim_end())),
            None => Patch::new(place, new),
        }
    });
    title.element(
        Snippet::source(same_length(part.text))
            .line_start(part.line)
            .patches(patches),
    )
}

/// Some lines of a text; the rest need not be looked through to draw them.
struct Part<'t> {
    text: &'t str,
    /// Where it begins, in bytes.
    start: usize,
    /// The number of its first line.
    line: usize,
}

impl<'t> Part<'t> {
    /// Returns the lines of a span that begins in line `first`, and one before and after it.
    fn around(text: &'t str, span: &Range<usize>, first: usize) -> Self {
        let span = within(text, span);
        let before = |at: usize| text[..at].rfind('\n');
        let own = before(span.start);
        // The line before begins behind the second line feed before the span.
        let (start, line) = match own.map(before) {
            Some(Some(at)) => (at + 1, first.saturating_sub(1)),
            Some(None) => (mark(text), first.saturating_sub(1)),
            None => (mark(text), first),
        };
        let start = start.min(span.start);
        let after = |at: usize| text[at..].find('\n').map(|found| at + found + 1);
        let end = after(span.end).and_then(after).unwrap_or(text.len());
        Self {
            text: &text[start..end],
            start,
            line: line.max(1),
        }
    }

    /// Returns a span of the whole text as one of this part.
    fn inside(&self, span: &Range<usize>) -> Range<usize> {
        let at = |offset: usize| offset.saturating_sub(self.start);
        within(self.text, &(at(span.start)..at(span.end)))
    }
}

/// Returns the length of the byte-order mark of a text, which is no column.
fn mark(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}

/// Returns the span, brought inside the text and onto its character boundaries.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let boundary = |at: usize| {
        (0..=at.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    };
    let start = boundary(span.start);
    start..boundary(span.end).max(start)
}

/// Returns the text with everything harmful replaced by something harmless of as many bytes, so that
/// places stay where they are.
///
/// Control characters of one byte are left: annotate-snippets shows them itself.
fn same_length(text: &str) -> Cow<'_, str> {
    let is_harmful = |c: char| crate::shell::is_harmful(c) && c.len_utf8() > 1;
    if is_plain(text) || !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let stand_in = |c: char| match c.len_utf8() {
        2 if is_harmful(c) => '¤',
        3 if is_harmful(c) => '\u{fffd}',
        4 if is_harmful(c) => '\u{1f533}',
        _ => c,
    };
    Cow::Owned(text.chars().map(stand_in).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(text: &str, span: Range<usize>) -> Picture<'_> {
        Picture {
            severity: Severity::Warning,
            code: Some("unknown-field"),
            message: "field `Onwer` is not known",
            path: "plan.md",
            place: Some((text, span)),
            label: "not a field",
            help: "did you mean `Owner`?",
        }
    }

    #[test]
    fn it_looks_like_rustc() {
        let drawn = draw(&picture("## Objective: a\n\n- Onwer: Dana\n", 19..24)).plain();
        let expected = "\
warning[unknown-field]: field `Onwer` is not known
 --> plan.md:3:3
  |
3 | - Onwer: Dana
  |   ^^^^^ not a field
  |
  = help: did you mean `Owner`?";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn escape_codes_do_not_pass() {
        let text = "a \u{1b}[31m\u{9b}31m\u{85}\u{202e}\u{200f}\u{2028} b\r\n";
        let mut picture = picture(text, 0..1);
        picture.message = "\u{1b}[1m";
        picture.path = "\u{1b}]0;x\u{7}.md";
        picture.place = Some((text, 0..1));
        let drawn = draw(&picture).plain();
        assert!(
            !drawn.contains(|c: char| crate::shell::is_harmful(c)),
            "{drawn:?}"
        );
        assert!(drawn.contains("␛[31m"), "{drawn:?}");
    }

    #[test]
    fn no_place_is_too_far() {
        let (later, earlier) = (2, 1);
        for span in [0..0, 3..3, 1..2, 90..99, later..earlier] {
            draw(&picture("ä\n", span));
        }
        draw(&picture("", 0..0));
    }
}
