//! What of the blocks of a plan is not for outsiders.

use std::ops::Range;

use super::cuts::{Cut, Cuts, is_separator};
use super::leads::{Fate, Leads};
use super::outline::{Of, Outline};
use super::tags::{is_label, is_tagged, lists_tag};
use crate::fields::CARRIED_FROM;
use crate::syntax::{Node, NodeKind, Words};
use crate::text::Span;

/// Where links are held against what is internal.
#[derive(Clone, Copy)]
pub(super) struct Links<'l> {
    pub(super) leads: &'l Leads,
    /// The way to the plan from the root of the workspace.
    pub(super) from: &'l str,
}

/// What is found in a plan.
pub(super) struct Found {
    /// Whether the plan as a whole is tagged.
    pub(super) is_whole: bool,
    /// Whether anything is tagged.
    pub(super) has_tags: bool,
    /// The blocks at the top level that go as a whole, by their positions.
    pub(super) gone: Vec<bool>,
    /// Whether what stands between a block that goes and the next one goes with it.
    pub(super) is_tail: Vec<bool>,
    /// The cuts within each of the others.
    pub(super) cuts: Vec<Vec<Cut>>,
}

impl Found {
    /// Marks the blocks below a heading as gone.
    pub(super) fn leave_out(&mut self, blocks: Range<usize>) {
        self.gone[blocks.clone()].fill(true);
        self.is_tail[blocks].fill(true);
    }
}

/// Looks through a plan: for tags and comments, and, where links are given, for links to what is internal.
pub(super) fn look(outline: &Outline<'_>, links: Option<Links<'_>>) -> Found {
    let count = outline.nodes.len();
    let mut found = Found {
        is_whole: false,
        has_tags: false,
        gone: vec![false; count],
        is_tail: vec![false; count],
        cuts: Vec::with_capacity(count),
    };
    let mut walk = Walk {
        outline,
        links,
        cuts: Vec::new(),
        has_tags: false,
    };
    let mut headings = 0;
    let mut comment = None;
    for (at, node) in outline.nodes.iter().enumerate() {
        let is_heading = matches!(node.kind, NodeKind::Heading(_));
        if is_heading {
            comment = None;
            headings += 1;
        }
        let verdict = walk.block(node);
        found.cuts.push(std::mem::take(&mut walk.cuts));
        match verdict {
            Verdict::Stays => {}
            Verdict::Goes | Verdict::Emptied if !is_heading => found.gone[at] = true,
            Verdict::Emptied if outline.marks[headings - 1].of == Of::Title => {
                found.gone[at] = true;
            }
            Verdict::Goes | Verdict::Emptied | Verdict::Spreads => {
                match outline.heading_before(at + 1) {
                    Some(heading) if outline.marks[heading].of != Of::Title => {
                        found.leave_out(outline.below(heading));
                    }
                    _ => found.is_whole = true,
                }
            }
        }
        comment = walk.open_comment(node, at, comment, &mut found.gone);
    }
    found.has_tags = walk.has_tags;
    found
}

/// What becomes of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// It stays, perhaps with cuts in it.
    Stays,
    Goes,
    /// Nothing is left of its words but the links that go.
    Emptied,
    /// It tags what it stands in or under.
    Spreads,
}

struct Walk<'w> {
    outline: &'w Outline<'w>,
    links: Option<Links<'w>>,
    cuts: Vec<Cut>,
    has_tags: bool,
}

impl Walk<'_> {
    fn text(&self) -> &str {
        self.outline.text()
    }

    fn block(&mut self, node: &Node) -> Verdict {
        match node.kind {
            NodeKind::Heading(_) | NodeKind::Paragraph | NodeKind::Cell => self.words(&node.words),
            NodeKind::Code => {
                let is_tagged = is_tagged(node.span.of(self.text()));
                self.tagged(is_tagged)
            }
            NodeKind::Html => self.html(node),
            NodeKind::Deep => {
                let raw = node.span.of(self.outline.text());
                if raw.contains("<!--") || self.leads_inside(raw) {
                    return Verdict::Goes;
                }
                self.tagged(lists_tag(raw))
            }
            NodeKind::Quote => match self.container(&node.children) {
                Verdict::Stays => Verdict::Stays,
                _ => Verdict::Goes,
            },
            NodeKind::Item => self.item(node),
            NodeKind::List => self.list(node),
            NodeKind::Table => self.table(node),
            NodeKind::Rule | NodeKind::Head | NodeKind::Row => Verdict::Stays,
        }
    }

    fn tagged(&mut self, is_tagged: bool) -> Verdict {
        self.has_tags |= is_tagged;
        if is_tagged {
            Verdict::Goes
        } else {
            Verdict::Stays
        }
    }

    /// Judges words, and cuts comments and links out of them.
    fn words(&mut self, words: &Words) -> Verdict {
        let plain = words.plain();
        let text = self.outline.text();
        if is_label(&plain) {
            self.has_tags = true;
            return Verdict::Spreads;
        }
        let mut said = words.comments.iter().map(|comment| comment.of(text));
        let mut titles = words.links.iter().map(|link| &*link.title);
        if is_tagged(&plain) || said.any(is_tagged) || titles.any(is_tagged) {
            return self.tagged(true);
        }
        if words
            .html
            .iter()
            .any(|html| self.leads_inside(html.of(text)))
        {
            return Verdict::Goes;
        }
        for comment in &words.comments {
            if !is_empty_comment(comment.of(text)) {
                self.cuts.push(Cut::words(text, *comment));
            }
        }
        let mut gone = Vec::new();
        let mut label = plain
            .split(':')
            .next()
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        label.retain(|c| c != '*');
        for link in &words.links {
            if self.goes(&link.target, &words.plain_within(link.span)) {
                if label == CARRIED_FROM.to_lowercase() {
                    return Verdict::Goes;
                }
                let part = if label == "supports" {
                    part_around(words, link.span, text)
                } else {
                    link.span
                };
                self.cuts.push(Cut::words(text, part));
                gone.push(part);
            }
        }
        for place in addresses(words, text) {
            if self.goes(place.of(text), "") {
                self.cuts.push(Cut::words(text, place));
                gone.push(place);
            }
        }
        let has_other = words
            .links
            .iter()
            .any(|link| !gone.iter().any(|part| part.contains(link.span)));
        if !gone.is_empty() && !has_other && is_bare(&words.plain_without(&gone)) {
            return Verdict::Emptied;
        }
        Verdict::Stays
    }

    fn goes(&self, target: &str, words: &str) -> bool {
        self.links
            .is_some_and(|links| links.leads.fate(target, words, links.from) == Fate::Goes)
    }

    /// Returns whether HTML, or Markdown as it is written, names something internal as an address.
    fn leads_inside(&self, html: &str) -> bool {
        let is_end = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '"' | '\'' | '=' | '<' | '>' | '`' | '(' | ')' | '[' | ']'
                )
        };
        let may_lead = |word: &&str| word.contains(['.', '/', '#']);
        html.split(is_end)
            .filter(may_lead)
            .any(|word| self.goes(word, ""))
    }

    fn html(&mut self, node: &Node) -> Verdict {
        let html = node.span.of(self.outline.text());
        if is_separator(self.outline.text(), node) {
            return Verdict::Stays;
        }
        let comments = comments(html);
        let is_tag = |comment: &Range<usize>| {
            let inside = inside_comment(&html[comment.clone()]);
            is_label(inside)
                || is_tagged(inside) && inside.split_whitespace().all(|word| word.starts_with('#'))
        };
        if comments.iter().any(is_tag) {
            self.has_tags = true;
            return Verdict::Spreads;
        }
        if is_tagged(html) {
            return self.tagged(true);
        }
        if self.leads_inside(html) {
            return Verdict::Goes;
        }
        let mut rest = String::new();
        let mut done = 0;
        for comment in &comments {
            rest.push_str(&html[done..comment.start]);
            done = comment.end;
            if is_empty_comment(&html[comment.clone()]) {
                rest.push_str(&html[comment.clone()]);
            } else {
                let at = node.span.start();
                let place = Span::new(at + comment.start, at + comment.end);
                self.cuts.push(Cut::new(place, ""));
            }
        }
        rest.push_str(&html[done..]);
        if rest
            .trim_matches(|c: char| c.is_whitespace() || c == '>')
            .is_empty()
        {
            Verdict::Goes
        } else {
            Verdict::Stays
        }
    }

    /// Judges what is nested in a quote or an item, where headings leave out what stands below them: whether all of it
    /// goes, or it tags what it is nested in.
    fn container(&mut self, nodes: &[Node]) -> Verdict {
        let mut gone = vec![false; nodes.len()];
        let mut comment = None;
        for (at, node) in nodes.iter().enumerate() {
            match self.block(node) {
                Verdict::Stays => {}
                Verdict::Spreads => {
                    let is_heading = |node: &Node| matches!(node.kind, NodeKind::Heading(_));
                    let Some(heading) = nodes[..=at].iter().rposition(is_heading) else {
                        return Verdict::Spreads;
                    };
                    gone[below(nodes, heading)].fill(true);
                }
                Verdict::Goes | Verdict::Emptied => gone[below(nodes, at)].fill(true),
            }
            comment = self.open_comment(node, at, comment, &mut gone);
        }
        if !gone.is_empty() && gone.iter().all(|gone| *gone) {
            return Verdict::Goes;
        }
        self.leave_out(nodes, &gone);
        Verdict::Stays
    }

    /// Cuts runs of nested blocks.
    fn leave_out(&mut self, nodes: &[Node], gone: &[bool]) {
        let mut at = 0;
        while at < nodes.len() {
            let first = at;
            at += 1;
            if !gone[first] {
                continue;
            }
            let is_code = |at: usize| nodes[at].kind == NodeKind::Code;
            while at < nodes.len() && gone[at] && !is_code(first) && !is_code(at) {
                at += 1;
            }
            let is_last = gone[first..].iter().all(|gone| *gone);
            let text = self.outline.text();
            self.cuts
                .push(Cut::nested(text, &nodes[first], &nodes[at - 1], is_last));
        }
    }

    /// Cuts items of a list or rows of a table.
    fn leave_out_parts(&mut self, parts: &[Node], gone: &[bool]) {
        for (part, _) in parts.iter().zip(gone).filter(|(_, gone)| **gone) {
            self.cuts.push(Cut::part(self.outline.text(), part));
        }
    }

    fn item(&mut self, node: &Node) -> Verdict {
        let (first, rest) = match node.children.split_first() {
            Some((first, rest)) if first.kind == NodeKind::Paragraph => (Some(first), rest),
            _ => (None, &node.children[..]),
        };
        if let Some(first) = first {
            let verdict = self.words(&first.words);
            if verdict != Verdict::Stays {
                return verdict;
            }
        }
        match self.container(rest) {
            // What is nested goes for what it says itself.
            Verdict::Goes if first.is_some() => {
                self.leave_out(rest, &vec![true; rest.len()]);
                Verdict::Stays
            }
            Verdict::Stays => Verdict::Stays,
            _ => Verdict::Goes,
        }
    }

    fn list(&mut self, node: &Node) -> Verdict {
        let mut gone = Vec::with_capacity(node.children.len());
        for item in &node.children {
            match self.item(item) {
                Verdict::Spreads => return Verdict::Spreads,
                verdict => gone.push(verdict != Verdict::Stays),
            }
        }
        if gone.iter().all(|gone| *gone) {
            return Verdict::Goes;
        }
        self.leave_out_parts(&node.children, &gone);
        Verdict::Stays
    }

    fn table(&mut self, node: &Node) -> Verdict {
        let check_ins = &self.outline.check_ins;
        let is_log = node
            .children
            .iter()
            .any(|row| check_ins.contains(&row.span));
        let mut gone = Vec::with_capacity(node.children.len());
        // The columns of check-ins of which the heading is tagged.
        let mut columns: Vec<bool> = Vec::new();
        for row in &node.children {
            let is_head = row.kind == NodeKind::Head;
            let is_check_in = check_ins.contains(&row.span);
            let mut goes = self.spoils_row(row);
            for (column, cell) in row.children.iter().enumerate() {
                let verdict = self.words(&cell.words);
                let is_out = matches!(verdict, Verdict::Goes | Verdict::Spreads);
                if is_head {
                    columns.push(is_out && is_log);
                }
                let is_in_column = columns.get(column).copied().unwrap_or(false);
                if !is_head && (is_in_column || is_check_in && is_out) {
                    // A blank that is none to Markdown, such as one that keeps words together, is a value.
                    if cell.span.of(self.text()).contains(|c| c != ' ') {
                        self.cuts.push(Cut::new(cell.span, " "));
                    }
                } else {
                    goes |= is_out && !is_in_column;
                }
            }
            if goes && is_head {
                return Verdict::Goes;
            }
            gone.push(goes);
        }
        self.leave_out_parts(&node.children, &gone);
        Verdict::Stays
    }

    /// Returns whether what stands behind the last cell of a row, where no column is, lets nothing of the row stay; where
    /// the row cannot be read as a check-in, it becomes text.
    fn spoils_row(&mut self, row: &Node) -> bool {
        let end = row
            .children
            .last()
            .map_or(row.span.start(), |cell| cell.span.end());
        let rest = Span::new(end, row.span.end()).of(self.outline.text());
        let is_tagged = is_tagged(rest);
        self.has_tags |= is_tagged;
        is_tagged || rest.contains("<!--") || self.leads_inside(rest)
    }

    /// Follows a comment that begins within HTML and ends in a later block, as browsers do; returns where it began.
    fn open_comment(
        &self,
        node: &Node,
        at: usize,
        began: Option<usize>,
        gone: &mut [bool],
    ) -> Option<usize> {
        let raw = node.span.of(self.text());
        if let Some(began) = began.filter(|_| raw.contains("-->")) {
            gone[began + 1..=at].fill(true);
            return None;
        }
        let is_open = node.kind == NodeKind::Html
            && comments(raw)
                .last()
                .is_some_and(|last| !raw[last.clone()].ends_with("-->"));
        if is_open { Some(at) } else { began }
    }
}

/// Returns the places of web addresses among words that no link has, which code hosts make links of.
fn addresses(words: &Words, text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let is_link = |span: Span| words.links.iter().any(|link| link.span.contains(span));
    for piece in &words.pieces {
        let raw = piece.span.of(text);
        if !raw.contains("://") || raw != piece.text || is_link(piece.span) {
            continue;
        }
        let mut at = piece.span.start();
        for word in raw.split_inclusive(|c: char| c.is_whitespace() || "<>()\"'`".contains(c)) {
            let address = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
            if address.contains("://") {
                found.push(Span::new(at, at + address.len()));
            }
            at += word.len();
        }
    }
    found
}

/// Returns whether words say nothing by themselves: a label without a value, who does it and by when, or signs.
fn is_bare(words: &str) -> bool {
    let words = words.split_once(':').map_or(words, |(_, value)| value);
    let words = words.trim();
    let trailer = words.rfind('(');
    let trailer =
        trailer.filter(|at| words.ends_with(')') && crate::lower::has_trailer(words, *at));
    let words = trailer.map_or(words, |at| &words[..at]);
    !words.contains(char::is_alphanumeric)
}

/// Returns the nodes that stand below one of them: itself, and behind a heading all up to the next one of its level.
fn below(nodes: &[Node], at: usize) -> Range<usize> {
    let NodeKind::Heading(level) = nodes[at].kind else {
        return at..at + 1;
    };
    let is_end = |node: &Node| matches!(node.kind, NodeKind::Heading(next) if next <= level);
    let next = nodes[at + 1..].iter().position(is_end);
    at..next.map_or(nodes.len(), |next| at + 1 + next)
}

/// Returns the entry of a list with commas or semicolons in which a link stands.
fn part_around(words: &Words, link: Span, text: &str) -> Span {
    let mut start = None;
    let mut end = None;
    let mut last = link.end();
    // The entry begins with the piece behind a sign that ends its own: the end of emphasis may stand between.
    let mut begins_next = false;
    let in_link = |span: Span| words.links.iter().any(|link| link.span.contains(span));
    for piece in &words.pieces {
        last = last.max(piece.span.end());
        let raw = piece.span.of(text);
        if begins_next && piece.span.start() < link.start() {
            start = Some(piece.span.end() - raw.trim_start().len());
        }
        begins_next = false;
        if in_link(piece.span) || raw != piece.text {
            continue;
        }
        for (at, sign) in raw.match_indices([',', ';', ':']) {
            let at = piece.span.start() + at;
            // Only the first colon is that behind the name of the field.
            if sign == ":" && start.is_some() {
                continue;
            }
            if at < link.start() {
                begins_next = at + 1 == piece.span.end();
                let behind = raw[at + 1 - piece.span.start()..].trim_start();
                start = Some(if begins_next {
                    link.start()
                } else {
                    piece.span.end() - behind.len()
                });
            } else if sign != ":" {
                end = end.or(Some(at));
            }
        }
    }
    Span::new(start.unwrap_or(link.start()), end.unwrap_or(last))
}

/// Returns the comments in a piece of HTML; one without an end reaches to the end of it.
fn comments(html: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find("<!--").map(|start| at + start) {
        let inside = start + "<!--".len();
        let end = html[inside..]
            .find("-->")
            .map_or(html.len(), |end| inside + end + "-->".len());
        found.push(start..end);
        at = end;
    }
    found
}

fn inside_comment(comment: &str) -> &str {
    let inside = comment.strip_prefix("<!--").unwrap_or(comment);
    inside.strip_suffix("-->").unwrap_or(inside).trim()
}

fn is_empty_comment(comment: &str) -> bool {
    comment.ends_with("-->") && inside_comment(comment).trim_matches('-').is_empty()
}

/// Cuts all cuts of a list back to whole items; returns whether there were finer ones.
pub(super) fn coarsen(text: &str, node: &Node, cuts: &mut Vec<Cut>) -> bool {
    if node.kind != NodeKind::List || cuts.is_empty() {
        return false;
    }
    let merged = Cuts::new(cuts.clone());
    let items = node.children.iter().filter(|item| merged.touch(item.span));
    let whole: Vec<Cut> = items.map(|item| Cut::part(text, item)).collect();
    let is_finer = whole.iter().any(|cut| !merged.cover(cut.span));
    *cuts = whole;
    is_finer
}
