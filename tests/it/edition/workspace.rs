//! Plans in which each word says whether it is internal.

use okr_core::model::ElementId;
use okr_core::{headings, parse};

/// How a word begins that no outsider may see; a number and `x` follow.
pub(super) const SECRET: &str = "zqsecret";

/// How a word begins that is for all.
pub(super) const OPEN: &str = "zqopen";

/// How somebody may write the tag.
const TAGS: &[&str] = &[
    "#internal",
    "#Internal",
    "**#internal**",
    "*#INTERNAL*",
    "#internal,",
    "(#internal)",
    "`#internal`",
    "#internal/board",
    "\\#internal",
    "&#35;internal",
    "<!-- #internal -->",
    "~~#internal~~",
];

/// Plans that link each other.
pub(super) struct Workspace {
    /// Paths and texts.
    pub(super) files: Vec<(String, String)>,
    /// The words of each plan that are for all; nothing where the plan is internal as a whole.
    pub(super) open: Vec<Option<Vec<String>>>,
}

impl Workspace {
    /// Makes plans as a tape of numbers says.
    pub(super) fn new(tape: Vec<u8>) -> Self {
        let mut maker = Maker {
            tape: tape.into_iter(),
            words: 0,
            links: 0,
            open: Vec::new(),
        };
        let paths = ["company.md", "teams/ar.md", "teams/eu/ap.md"];
        let count = 1 + maker.pick(3);
        let mut drafts = Vec::new();
        for path in &paths[..count] {
            maker.open.clear();
            let draft = maker.plan();
            let open = (!draft.is_whole).then(|| maker.open.clone());
            drafts.push(((*path).to_owned(), draft, open));
        }
        let goals = goals(&drafts);
        let mut files = Vec::new();
        let mut all_open = Vec::new();
        for (path, draft, open) in drafts {
            let mut open = open;
            let text = maker.linked(&path, &draft.text, &goals, open.as_mut());
            files.push((path, text));
            all_open.push(open);
        }
        Self {
            files,
            open: all_open,
        }
    }
}

/// Something to link to.
struct Goal {
    path: String,
    anchor: Option<String>,
    is_internal: bool,
    is_objective: bool,
}

fn goals(drafts: &[(String, Draft, Option<Vec<String>>)]) -> Vec<Goal> {
    let mut goals = Vec::new();
    for (path, draft, _) in drafts {
        if draft.is_whole {
            goals.push(Goal {
                path: path.clone(),
                anchor: None,
                is_internal: true,
                is_objective: true,
            });
        }
        let found = headings(&parse(draft.text.clone()));
        assert_eq!(found.len(), draft.elements.len(), "{}", draft.text);
        for (heading, is_internal) in found.into_iter().zip(&draft.elements) {
            goals.push(Goal {
                path: path.clone(),
                anchor: Some(heading.anchor),
                is_internal: *is_internal || draft.is_whole,
                is_objective: matches!(heading.element, ElementId::Objective(_)),
            });
        }
    }
    goals
}

/// A plan with marks in the places of its links.
struct Draft {
    text: String,
    is_whole: bool,
    /// Whether each objective and key result is internal, in the order of the text.
    elements: Vec<bool>,
}

struct Maker {
    tape: std::vec::IntoIter<u8>,
    words: usize,
    links: usize,
    /// The words that are for all.
    open: Vec<String>,
}

impl Maker {
    /// Returns a number below `count`; 0 when the tape is at its end.
    fn pick(&mut self, count: usize) -> usize {
        usize::from(self.tape.next().unwrap_or(0)) % count
    }

    /// Returns whether something is tagged, which nothing is when the tape is at its end.
    fn is_tagged(&mut self) -> bool {
        self.pick(5) == 4
    }

    /// Returns a new word.
    fn word(&mut self, is_secret: bool) -> String {
        self.words += 1;
        if is_secret {
            return format!("{SECRET}{}x", self.words);
        }
        let word = format!("{OPEN}{}", self.words);
        self.open.push(word.clone());
        format!("{word}x")
    }

    fn tag(&mut self) -> &'static str {
        TAGS[self.pick(TAGS.len())]
    }

    /// Returns words with the tag among them.
    fn tagged_words(&mut self) -> String {
        let (one, other, tag) = (self.word(true), self.word(true), self.tag());
        match self.pick(3) {
            // A comment that begins a line is a block of its own.
            1 if !tag.starts_with('<') => format!("{tag} {one}"),
            2 => format!("{one} {tag} {other}"),
            _ => format!("{one} {tag}"),
        }
    }

    /// Returns words of a line, with a link perhaps.
    fn words(&mut self, is_secret: bool) -> String {
        let word = self.word(is_secret);
        match self.pick(4) {
            3 => format!("{word} {} end", self.link_mark(is_secret)),
            2 => format!("*{word}* <!-- {} -->more", self.word(true)),
            _ => word,
        }
    }

    /// Returns a mark in the place of which a link comes.
    fn link_mark(&mut self, is_secret: bool) -> String {
        self.links += 1;
        format!("@@{}{}@@", if is_secret { 's' } else { 'l' }, self.links)
    }

    fn plan(&mut self) -> Draft {
        let mut front = vec![format!("team: {}", self.word(false))];
        if self.is_tagged() {
            front.push(format!("template: {} #internal", self.word(true)));
        }
        let tags_at = self.pick(24);
        let tags = match tags_at {
            18 => "tags: internal",
            19 => "Tags: [board, \"Internal\"]",
            20 => "tags:\n  - board\n  - internal",
            21 => "tags: [board,\n  internal]",
            22 => "tags: |\n  internal",
            23 => "tags: #internal",
            _ => "tags: [board, internal-audit]",
        };
        front.push(tags.to_owned());
        let title_is_tagged = self.pick(16) == 15;
        let is_whole = tags_at >= 18 || title_is_tagged;
        let mut draft = Draft {
            text: format!("---\n{}\n---\n\n", front.join("\n")),
            is_whole,
            elements: Vec::new(),
        };
        let title = if title_is_tagged {
            self.tagged_words()
        } else {
            self.word(is_whole)
        };
        match self.pick(2) {
            0 => draft.text.push_str(&format!("# {title}\n\n")),
            _ => draft.text.push_str(&format!("{title}\n===\n\n")),
        }
        self.body(&mut draft.text, is_whole);
        for number in 1..2 + self.pick(2) {
            self.objective(&mut draft, number, is_whole);
            if self.pick(3) == 2 {
                self.section(&mut draft.text, is_whole);
            }
        }
        draft
    }

    fn section(&mut self, out: &mut String, is_secret: bool) {
        let is_tagged = self.is_tagged();
        let is_listed = !is_tagged && self.is_tagged();
        let inside = is_secret || is_tagged || is_listed;
        let title = if is_tagged {
            self.tagged_words()
        } else {
            self.word(inside)
        };
        match self.pick(3) {
            0 => out.push_str(&format!("## {title} ##\n\n")),
            1 => out.push_str(&format!("{title}\n---\n\n")),
            _ => out.push_str(&format!("## {title}\n\n")),
        }
        if is_listed {
            out.push_str("- Tags: board, INTERNAL\n\n");
        }
        self.body(out, inside);
    }

    /// Writes a heading with a tag perhaps, and returns whether it and what is below it is internal and whether it
    /// has a field that says so.
    fn heading(&mut self, out: &mut String, kind: &str, is_secret: bool) -> (bool, bool) {
        let is_tagged = self.is_tagged();
        let has_field = !is_tagged && self.is_tagged();
        let title = if is_tagged {
            self.tagged_words()
        } else {
            self.word(is_secret || has_field)
        };
        let end = if self.pick(3) == 2 { " ##" } else { "" };
        out.push_str(&format!("{kind}: {title}{end}\n\n"));
        (is_secret || is_tagged || has_field, has_field)
    }

    fn fields(&mut self, out: &mut String, is_secret: bool, has_tags: bool, known: &[&str]) {
        if has_tags {
            let written = [
                "- Tags: internal",
                "* **tags:** Board, Internal",
                "1. Tags: #internal",
            ];
            out.push_str(written[self.pick(written.len())]);
            // Another bullet would begin another list.
            out.push('\n');
            return;
        }
        for name in known {
            match self.pick(3) {
                0 => {}
                1 => {
                    let words = self.words(is_secret);
                    out.push_str(&format!("- {name}: {words}\n"));
                }
                _ if self.is_tagged() => {
                    let words = self.tagged_words();
                    out.push_str(&format!("- {name}: {words}\n"));
                    if self.pick(2) == 1 {
                        out.push_str(&format!("  - {}\n", self.word(true)));
                    }
                }
                _ => out.push_str(&format!("- {name}: {}\n", self.word(is_secret))),
            }
        }
    }

    fn initiatives(&mut self, out: &mut String, is_secret: bool) {
        for _ in 0..self.pick(3) {
            let is_tagged = self.is_tagged();
            let words = if is_tagged {
                self.tagged_words()
            } else {
                self.words(is_secret)
            };
            let step = if self.pick(3) == 2 { "Step: " } else { "" };
            let trailer = if self.pick(3) == 2 { " (@kim)" } else { "" };
            out.push_str(&format!("- [ ] {step}{words}{trailer}\n"));
            match self.pick(4) {
                1 => {
                    let block = self.item(0, is_secret || is_tagged);
                    out.push_str(&indented(&block, "  "));
                }
                2 => {
                    let block = self.block(1, is_secret || is_tagged);
                    out.push_str(&format!("\n{}\n", indented(&block, "  ")));
                }
                _ => {}
            }
        }
    }

    fn objective(&mut self, draft: &mut Draft, number: usize, is_secret: bool) {
        let out = &mut draft.text;
        let (inside, has_tags) = self.heading(out, &format!("## Objective {number}"), is_secret);
        draft.elements.push(inside);
        self.fields(out, inside, has_tags, &["Id", "Owner"]);
        if !has_tags {
            match self.pick(3) {
                1 => {
                    let links = [self.link_mark(inside), self.link_mark(inside)];
                    out.push_str(&format!("- Supports: {}, {}\n", links[0], links[1]));
                }
                2 => out.push_str(&format!("- Carried from: {}\n", self.link_mark(inside))),
                _ => {}
            }
        }
        self.initiatives(out, inside);
        out.push('\n');
        self.body(out, inside);
        for key_result in 1..=self.pick(3) {
            self.key_result(draft, &format!("{number}.{key_result}"), inside);
        }
    }

    fn key_result(&mut self, draft: &mut Draft, number: &str, is_secret: bool) {
        let out = &mut draft.text;
        let (inside, has_tags) = self.heading(out, &format!("### Key result {number}"), is_secret);
        draft.elements.push(inside);
        self.fields(
            out,
            inside,
            has_tags,
            &["Measure", "Source", "Colour", "Unit"],
        );
        self.initiatives(out, inside);
        out.push('\n');
        if self.pick(2) == 1 {
            let column_is_secret = self.is_tagged();
            let column = if column_is_secret {
                self.tagged_words()
            } else {
                "Mood".to_owned()
            };
            out.push_str(&format!(
                "| Date | Value | Note | {column} |\n|---|--:|---|---|\n"
            ));
            for day in 0..=self.pick(3) {
                let note = if self.is_tagged() {
                    self.tagged_words()
                } else {
                    self.words(inside)
                };
                let mood = self.word(inside || column_is_secret);
                out.push_str(&format!(
                    "| 2026-10-0{} | 70% | {note} | {mood} |\n",
                    day + 1
                ));
            }
            out.push('\n');
        }
        self.body(out, inside);
    }

    /// Writes free text, with smaller headings at its end perhaps.
    fn body(&mut self, out: &mut String, is_secret: bool) {
        for _ in 0..self.pick(3) {
            let block = self.block(0, is_secret);
            out.push_str(&format!("{block}\n"));
            if self.pick(3) == 2 {
                out.push_str(&format!(
                    "<!-- {}\n\n{} -->\n\n",
                    self.word(true),
                    self.word(true)
                ));
            }
        }
        for _ in 0..self.pick(3).saturating_sub(1) {
            let is_tagged = self.is_tagged();
            let title = if is_tagged {
                self.tagged_words()
            } else {
                self.word(is_secret)
            };
            out.push_str(&format!("#### {title}\n\n"));
            let block = self.block(0, is_secret || is_tagged);
            out.push_str(&format!("{block}\n"));
        }
    }

    /// Returns a block of free text, with a line end.
    fn block(&mut self, depth: usize, is_secret: bool) -> String {
        let is_tagged = self.is_tagged();
        let kinds = if depth < 3 { 7 } else { 3 };
        match self.pick(kinds) {
            0 if is_tagged => format!("{}\n{}\n", self.word(true), self.tagged_words()),
            0 => format!("{}\n{}\n", self.words(is_secret), self.word(is_secret)),
            1 if is_tagged => {
                let tag = ["#internal", "x #INTERNAL."][self.pick(2)];
                format!("```\n{}\n{tag}\n```\n", self.word(true))
            }
            1 => format!("```\n{}\n```\n", self.word(is_secret)),
            2 if is_tagged => format!("<div>{} #internal</div>\n", self.word(true)),
            2 => format!(
                "<div>{} <!-- {} --></div>\n",
                self.word(is_secret),
                self.word(true)
            ),
            3 | 4 => {
                let mut list = String::new();
                for _ in 0..=self.pick(3) {
                    list.push_str(&self.item(depth, is_secret));
                }
                list
            }
            5 => {
                let mut quote = self.block(depth + 1, is_secret);
                if self.pick(2) == 1 {
                    quote.push('\n');
                    quote.push_str(&self.block(depth + 1, is_secret));
                }
                indented(&quote, "> ")
            }
            _ => {
                let mut table = format!("| {} | b |\n| --- | --- |\n", self.word(is_secret));
                for _ in 0..=self.pick(3) {
                    let row = if self.is_tagged() {
                        format!("| {} | {} |\n", self.word(true), self.tagged_words())
                    } else {
                        format!("| {} | {} |\n", self.words(is_secret), self.word(is_secret))
                    };
                    table.push_str(&row);
                }
                table
            }
        }
    }

    fn item(&mut self, depth: usize, is_secret: bool) -> String {
        let is_tagged = self.is_tagged();
        let is_listed = !is_tagged && self.pick(12) == 11;
        let inside = is_secret || is_tagged || is_listed;
        let words = if is_tagged {
            self.tagged_words()
        } else {
            self.words(inside)
        };
        let mut item = format!("- {words}\n");
        if is_listed {
            item.push_str("  - Tags: internal\n");
        }
        if depth < 3 && self.pick(3) == 2 {
            let blank = if self.pick(2) == 1 { "\n" } else { "" };
            let nested = if self.pick(2) == 1 {
                self.item(depth + 1, inside)
            } else {
                format!("\n{}", self.block(depth + 1, inside))
            };
            item.push_str(blank);
            item.push_str(&indented(&nested, "  "));
        }
        item
    }

    /// Puts links in the places of their marks, with definitions at the end of the text.
    fn linked(
        &mut self,
        path: &str,
        text: &str,
        goals: &[Goal],
        open: Option<&mut Vec<String>>,
    ) -> String {
        let mut out = String::new();
        let mut definitions = String::new();
        self.open.clear();
        for (at, piece) in text.split("@@").enumerate() {
            if at % 2 == 0 {
                out.push_str(piece);
                continue;
            }
            let is_inside = piece.starts_with('s');
            let line = out.rsplit('\n').next().unwrap_or_default();
            let is_field = line.starts_with("- Supports") || line.starts_with("- Carried from");
            let fitting: Vec<&Goal> = goals
                .iter()
                .filter(|goal| goal.is_objective || !is_field)
                .collect();
            let goal = fitting[self.pick(fitting.len())];
            let words = self.word(is_inside || goal.is_internal);
            let target = relative(path, goal, self.pick(3));
            match self.pick(4) {
                0 => {
                    let label = format!("r{}", self.words);
                    // What is internal may say so in a title that nobody else reads.
                    let title = if goal.is_internal {
                        format!(" \"{}\"", self.word(true))
                    } else {
                        String::new()
                    };
                    definitions.push_str(&format!("[{label}]: {target}{title}\n"));
                    out.push_str(&format!("[{words}][{label}]"));
                }
                1 if !is_field => out.push_str(&format!("**[{words}](<{target}>)**")),
                _ => out.push_str(&format!("[{words}]({target})")),
            }
        }
        if let Some(open) = open {
            open.append(&mut self.open);
        }
        format!("{out}\n{definitions}")
    }
}

fn indented(text: &str, lead: &str) -> String {
    let lines = text
        .lines()
        .map(|line| format!("{lead}{line}").trim_end().to_owned() + "\n");
    lines.collect()
}

/// Returns a link from a file to a goal, in one of three spellings.
fn relative(from: &str, goal: &Goal, spelling: usize) -> String {
    let folders = from.matches('/').count();
    let anchor = goal
        .anchor
        .as_ref()
        .map_or_else(String::new, |anchor| format!("#{anchor}"));
    let path = match spelling {
        0 if goal.path == from && !anchor.is_empty() => String::new(),
        1 => format!("/{}", goal.path),
        _ => format!("./{}{}", "../".repeat(folders), goal.path),
    };
    format!("{path}{anchor}")
}
