//! Where something new goes, and whether it means there what it is to mean.

use std::ops::Deref;

use crate::Parsed;
use crate::lower::missing_end;
use crate::model::Plan;
use crate::syntax::{Block, Document, SEPARATOR};
use crate::text::{Span, TextEdit, is_blank};

/// The plan that a change makes, and whether its patches are tried for it.
pub(super) struct Aim<'p> {
    plan: &'p Plan,
    is_tried: bool,
}

impl<'p> Aim<'p> {
    /// Returns the plan that a patch must be seen to give.
    pub(super) const fn tried(plan: &'p Plan) -> Self {
        let is_tried = true;
        Self { plan, is_tried }
    }

    /// Returns a plan for which the likeliest patch is enough: it is tried later, with others.
    pub(super) const fn untried(plan: &'p Plan) -> Self {
        let is_tried = false;
        Self { plan, is_tried }
    }
}

impl Deref for Aim<'_> {
    type Target = Plan;

    fn deref(&self) -> &Plan {
        self.plan
    }
}

/// Returns the first patch that gives the changed plan, or the very first where none need be tried.
///
/// In a text that is odd enough none may do so, such as when what is added gives the target of a link
/// that words elsewhere lack. Then the plan is written anew, which keeps what it means.
pub(super) fn first_that_means(
    parsed: &Parsed,
    changed: &Aim<'_>,
    candidates: impl IntoIterator<Item = TextEdit>,
) -> TextEdit {
    let text = parsed.document.text();
    let is_right =
        |patch: &TextEdit| !changed.is_tried || crate::parse(patch.apply(text)).plan == **changed;
    candidates
        .into_iter()
        .find(is_right)
        .unwrap_or_else(|| anew(parsed, changed))
}

fn anew(parsed: &Parsed, changed: &Plan) -> TextEdit {
    let text = parsed.document.text();
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let written = crate::print(changed).replace('\n', parsed.document.line_end());
    TextEdit::replace(Span::new(start, text.len()), written)
}

/// Returns the patches that put a block, written with LF, at the end of a stretch of whole lines, with
/// blank lines around it: as the stretch is, with what is open at its end closed before, and with the
/// block kept apart from what follows.
pub(super) fn append(document: &Document, own: Span, block: &str) -> Vec<TextEdit> {
    let unclosed = document.blocks().last().and_then(|last| match last {
        Block::Other { span, kind } if own.contains(*span) => {
            missing_end(span.of(document.text()), *kind)
        }
        _ => None,
    });
    let mut candidates = vec![append_lines(document, own, block, true)];
    if let Some(closing) = unclosed {
        let closed = format!("{closing}\n\n{block}");
        candidates.push(append_lines(document, own, &closed, false));
    }
    candidates.push(append_lines(document, own, &apart(block), true));
    candidates
}

/// Returns a block, written with LF, that an indented line behind it does not become a part of.
pub(super) fn apart(block: &str) -> String {
    format!("{block}\n\n{SEPARATOR}")
}

fn append_lines(document: &Document, own: Span, block: &str, is_apart: bool) -> TextEdit {
    let text = document.text();
    let end = document.line_end();
    let block = block.replace('\n', end);
    let words = words_end(own.of(text));
    let mut edit = TextEdit::none();
    let mut written = String::new();
    let at = if words == 0 {
        own.start()
    } else {
        let line = document.whole_lines(Span::empty(own.start() + words));
        // Blanks at the end of the stretch mean nothing; between two blocks they would be text.
        let rest = Span::new(own.start() + words, line.end());
        let blanks = rest.of(text).trim_end_matches(['\n', '\r']).len();
        if blanks > 0 {
            edit.push(Span::new(rest.start(), rest.start() + blanks), "");
        }
        line.end()
    };
    let before = &text[document.body_start().min(at)..at];
    let is_start = text[..at].trim_start_matches('\u{feff}').is_empty();
    if !is_start && !text[..at].ends_with('\n') {
        written.push_str(end);
    }
    if !is_start && is_apart && !ends_blank(before) {
        written.push_str(end);
    }
    written.push_str(&block);
    let rest = &text[at..];
    if !rest.is_empty() || text.ends_with('\n') || is_start {
        written.push_str(end);
    }
    if !rest.is_empty() && !is_blank(rest.lines().next().unwrap_or_default()) {
        written.push_str(end);
    }
    edit.push(Span::empty(at), written);
    edit
}

/// Returns the patches that put a block, written with LF, before the line at `at`, with blank lines around
/// it; the second keeps it apart from what follows.
pub(super) fn before(document: &Document, at: usize, block: &str) -> Vec<TextEdit> {
    let end = document.line_end();
    let gap = if ends_blank(&document.text()[..at]) {
        ""
    } else {
        end
    };
    let insert = |block: &str| {
        let block = block.replace('\n', end);
        TextEdit::insert(at, format!("{gap}{block}{end}{end}"))
    };
    vec![insert(block), insert(&apart(block))]
}

/// Returns the patches that take whole lines away: with the blank lines before them where nothing follows,
/// by themselves, and with something left that keeps apart what is on both sides.
pub(super) fn without(document: &Document, lines: Span) -> Vec<TextEdit> {
    let text = document.text();
    let end = document.line_end();
    let mut candidates = Vec::new();
    if lines.end() == text.len() {
        let before = &text[..lines.start()];
        let words = words_end(before);
        let line = document.whole_lines(Span::empty(words)).end();
        if words > 0 && line <= lines.start() {
            candidates.push(TextEdit::replace(Span::new(line, lines.end()), ""));
        }
    }
    candidates.extend([
        TextEdit::replace(lines, ""),
        TextEdit::replace(lines, end),
        TextEdit::replace(lines, format!("{end}{SEPARATOR}{end}{end}")),
    ]);
    candidates
}

/// Returns the patch that takes an item of a list away with its whole lines; of the blank lines on both sides, those
/// before it stay.
pub(super) fn without_lines(document: &Document, item: Span) -> TextEdit {
    let text = document.text();
    let lines = document.whole_lines(item);
    let is_alone = ends_blank(&text[..lines.start()]);
    let blank: usize = text[lines.end()..]
        .split_inclusive('\n')
        .take_while(|line| is_alone && is_blank(line))
        .map(str::len)
        .sum();
    TextEdit::replace(Span::new(lines.start(), lines.end() + blank), "")
}

/// Returns where the last words of a text end, or 0 when it has none.
pub(super) fn words_end(text: &str) -> usize {
    text.trim_end_matches(|c: char| c.is_ascii_whitespace() || c.is_control())
        .len()
}

/// Returns whether the last line of a text is blank.
pub(super) fn ends_blank(text: &str) -> bool {
    let mut lines = text.lines().rev();
    lines.next().is_some_and(is_blank)
}
