//! The canonical Markdown of a plan.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::fields::HasFields;
use crate::lower::{CHECK_IN_COLUMNS, escape_end, has_trailer, step_trailer, title_of};
use crate::model::{CheckIn, Fields, Initiative, Inline, KeyResult, Objective, Plan};
use crate::syntax::{
    SEPARATOR, add_table, escape_cell, front_matter_value, indent, needs_separator, trailer_start,
};

/// Returns the plan as a Markdown document with LF line ends.
///
/// Parsing it gives the plan again, and printing that gives the same text.
///
/// ```
/// let text = "## objective: Get paid sooner\n* OWNER: Dana\n";
/// let plan = okr_core::parse(text).plan;
/// assert_eq!(okr_core::print(&plan), "## Objective 1: Get paid sooner\n\n- Owner: Dana\n");
/// ```
#[must_use]
pub fn print(plan: &Plan) -> String {
    let mut printer = Printer::new(plan);
    let mut sections = plan.sections.iter().peekable();
    for (o, objective) in plan.objectives.iter().enumerate() {
        while let Some(section) = sections.next_if(|section| section.position <= o) {
            print_section(&mut printer.out, section);
        }
        printer.objective(objective);
    }
    for section in sections {
        print_section(&mut printer.out, section);
    }
    printer.finish()
}

/// Prints a plan objective by objective, so that a large one need not be there as a whole.
///
/// ```
/// use okr_core::Printer;
/// use okr_core::model::{Objective, Plan};
///
/// let mut printer = Printer::new(&Plan::default());
/// printer.objective(&Objective {
///     title: "Get paid sooner".into(),
///     ..Objective::default()
/// });
/// assert_eq!(printer.finish(), "## Objective 1: Get paid sooner\n");
/// ```
#[derive(Debug)]
pub struct Printer {
    out: String,
    objectives: usize,
}

impl Printer {
    /// Begins with what a plan says before its first objective or section.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let mut out = String::new();
        print_front_matter(&mut out, plan);
        if let Some(title) = &plan.title {
            heading(&mut out, format_args!("# {}", title_of(title)));
        }
        print_text(&mut out, &plan.text);
        Self { out, objectives: 0 }
    }

    /// Begins behind so many objectives, with a part of a plan that stands, after a blank line, behind them.
    #[must_use]
    pub const fn behind(objectives: usize) -> Self {
        let out = String::new();
        Self { out, objectives }
    }

    /// Adds the next objective, with its number.
    pub fn objective(&mut self, objective: &Objective) {
        self.objectives += 1;
        print_objective(&mut self.out, Some(self.objectives), objective);
    }

    /// Returns the Markdown document, as [`print()`] does.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }
}

/// Adds a block: a blank line before it, unless it is the first, and a line end behind it.
fn block(out: &mut String, text: &str) {
    open_block(out);
    out.push_str(text);
    out.push('\n');
}

/// Adds a heading as a block, without blanks at its end.
fn heading(out: &mut String, line: std::fmt::Arguments<'_>) {
    open_block(out);
    // Writing to a string cannot fail.
    let _ = out.write_fmt(line);
    trim_blanks(out);
    out.push('\n');
}

/// Adds the blank line before a block, unless it is the first.
fn open_block(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

/// Takes the blanks off the end of the last line.
fn trim_blanks(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
}

/// Adds free text, kept apart from a list or heading before it where it could be taken for a part of it.
fn print_text(out: &mut String, text: &str) {
    if text.is_empty() {
        return;
    }
    // At the very start of a file, a rule would open a front matter, and a mark would be no text.
    let is_misread = out.is_empty() && (text.starts_with("---") || text.starts_with('\u{feff}'));
    if is_misread || needs_separator(text) {
        block(out, SEPARATOR);
    }
    block(out, text);
}

fn print_front_matter(out: &mut String, plan: &Plan) {
    let known = Plan::FIELDS
        .iter()
        .filter_map(|field| Some((field.name, (field.write)(plan)?)));
    let others = plan
        .front_matter
        .iter()
        .map(|(key, value)| (&**key, value.clone()));
    let mut lines = String::new();
    for (key, value) in known.chain(others) {
        lines.push_str(format!("{key}: {}", front_matter_value(&value)).trim_end_matches(' '));
        lines.push('\n');
    }
    if !lines.is_empty() {
        block(out, &format!("---\n{lines}---"));
    }
}

/// Adds a section.
pub(crate) fn print_section(out: &mut String, section: &crate::model::Section) {
    heading(out, format_args!("## {}", title_of(&section.title)));
    print_text(out, &section.text);
}

/// Adds an objective, with its number and those of its key results where it has one.
pub(crate) fn print_objective(out: &mut String, number: Option<usize>, objective: &Objective) {
    let title = escape_end(objective.title.as_markdown());
    match number {
        Some(number) => heading(out, format_args!("## Objective {number}: {title}")),
        None => heading(out, format_args!("## Objective: {title}")),
    }
    print_list(out, objective, &objective.fields, &objective.initiatives);
    print_text(out, &objective.text);
    for (k, key_result) in objective.key_results.iter().enumerate() {
        print_key_result(out, number.map(|number| (number, k + 1)), key_result);
    }
}

/// Adds a key result, with the number of its objective and its own where it has one.
pub(crate) fn print_key_result(
    out: &mut String,
    number: Option<(usize, usize)>,
    key_result: &KeyResult,
) {
    let title = escape_end(key_result.title.as_markdown());
    match number {
        Some((o, k)) => heading(out, format_args!("### Key result {o}.{k}: {title}")),
        None => heading(out, format_args!("### Key result: {title}")),
    }
    print_list(out, key_result, &key_result.fields, &key_result.initiatives);
    // The table comes before the text: behind a heading in the text it would be text as well.
    if !key_result.check_ins.is_empty() {
        open_block(out);
        add_check_in_table(out, &key_result.check_ins);
        out.push('\n');
    }
    print_text(out, &key_result.text);
}

fn print_list<E: HasFields>(
    out: &mut String,
    element: &E,
    others: &Fields,
    initiatives: &[Initiative],
) {
    let mut is_open = false;
    let mut open = |out: &mut String| {
        if !is_open {
            open_block(out);
        }
        is_open = true;
    };
    for field in E::FIELDS {
        // A value that could not be read stands among the other fields, under the field's own name.
        let is_unread = others
            .keys()
            .any(|name| E::field(name).is_some_and(|other| other.name == field.name));
        if let Some(value) = (field.write)(element).filter(|_| !is_unread) {
            open(out);
            item(out, field.name, &value);
        }
    }
    for (name, value) in others {
        open(out);
        item(out, name, value.as_markdown());
    }
    for initiative in initiatives {
        open(out);
        out.push_str(&initiative_item(initiative));
        out.push('\n');
    }
}

/// Adds a field as an item of a list.
fn item(out: &mut String, name: &str, value: &str) {
    for piece in ["- ", name, ": ", value] {
        out.push_str(piece);
    }
    trim_blanks(out);
    out.push('\n');
}

/// Returns an initiative as an item of a list, with what is nested in it.
pub(crate) fn initiative_item(initiative: &Initiative) -> String {
    let mark = if initiative.done { 'x' } else { ' ' };
    let mut item = format!("- [{mark}] {}", initiative_line(initiative));
    if !initiative.text.is_empty() {
        let is_list = initiative.text.starts_with(['-', '*', '+'])
            && initiative
                .text
                .get(1..)
                .is_some_and(|rest| rest.starts_with(' ') && !rest.trim().is_empty())
            && needs_separator(&initiative.text);
        item.push_str(if is_list { "\n" } else { "\n\n" });
        item.push_str(&indent(&initiative.text, 2));
    }
    item
}

/// Returns what stands behind an initiative's check box.
pub(crate) fn initiative_line(initiative: &Initiative) -> String {
    let trailer = initiative_trailer(
        initiative.owner.as_deref(),
        initiative.due.map(|due| due.to_string()),
    );
    let title = initiative_title(&initiative.title, !trailer.is_empty());
    if trailer.is_empty() {
        return title;
    }
    format!("{title} {trailer}")
}

/// Returns the title of an initiative, with a stroke before each parenthesis that would be read as owner, date or
/// weight; at its end there is none where another one follows.
pub(crate) fn initiative_title(title: &Inline, is_followed: bool) -> String {
    let mut title = title.as_markdown().to_owned();
    let open = trailer_start(&title).filter(|open| !is_followed && has_trailer(&title, *open));
    if let Some(open) = open {
        title.insert(open, '\\');
    }
    if let Some(open) = step_trailer(&title) {
        title.insert(open, '\\');
    }
    title
}

/// Returns the parenthesis with owner and date, or nothing when there is neither.
pub(crate) fn initiative_trailer(owner: Option<&str>, due: Option<String>) -> String {
    let owners = owner.into_iter().flat_map(|owner| owner.split(','));
    let owners = owners.map(str::trim).filter(|owner| !owner.is_empty());
    let owners = owners.map(|owner| format!("@{}", Inline::from_plain(owner).as_markdown()));
    let parts: Vec<_> = owners.chain(due.map(|due| format!("due {due}"))).collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("({})", parts.join(", "))
    }
}

/// Returns check-ins as a table with LF line ends, without the last one.
pub(crate) fn check_in_table(check_ins: &[CheckIn]) -> String {
    let mut out = String::new();
    add_check_in_table(&mut out, check_ins);
    out
}

fn add_check_in_table(out: &mut String, check_ins: &[CheckIn]) {
    let mut header: Vec<&str> = CHECK_IN_COLUMNS.to_vec();
    for name in check_ins.iter().flat_map(|check_in| check_in.fields.keys()) {
        if !header.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            header.push(name);
        }
    }
    let right: Vec<bool> = header
        .iter()
        .map(|name| matches!(*name, "Value" | "Confidence"))
        .collect();
    let cells: Vec<Cow<'_, str>> = check_ins
        .iter()
        .flat_map(|check_in| header.iter().map(|name| check_in_cell(check_in, name)))
        .collect();
    let rows: Vec<&[Cow<'_, str>]> = cells.chunks(header.len()).collect();
    let known = CHECK_IN_COLUMNS.len();
    let others: Vec<String> = header[known..]
        .iter()
        .map(|name| {
            crate::model::Inline::from_plain(name)
                .as_markdown()
                .replace('|', "\\|")
        })
        .collect();
    for (name, written) in header[known..].iter_mut().zip(&others) {
        *name = written;
    }
    add_table(out, &header, &right, &rows);
}

/// Returns what a check-in has in the column of that heading, as it stands in a cell.
pub(crate) fn check_in_cell<'c>(check_in: &'c CheckIn, heading: &str) -> Cow<'c, str> {
    let known = match heading {
        "Date" => Some(check_in.date.to_string().into()),
        "Value" => check_in
            .value
            .as_ref()
            .map(|value| crate::model::Inline::plain_to_markdown(value.to_string()).into()),
        "Status" => check_in.status.map(|status| status.word().into()),
        "Confidence" => check_in
            .confidence
            .map(|confidence| confidence.to_string().into()),
        "Note" => check_in.note.as_ref().map(|note| note.as_markdown().into()),
        _ => None,
    };
    let other = || {
        let named = check_in
            .fields
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(heading));
        named.map(|(_, value)| Cow::Borrowed(value.as_markdown()))
    };
    let cell = known.or_else(other).unwrap_or_default();
    if cell.contains('|') {
        Cow::Owned(escape_cell(&cell).into_owned())
    } else {
        cell
    }
}
