//! The canonical Markdown of a plan.

use crate::fields::HasFields;
use crate::lower::{CHECK_IN_COLUMNS, parse_trailer, title_of};
use crate::model::{CheckIn, Fields, Initiative, KeyResult, Objective, Plan};
use crate::syntax::{
    SEPARATOR, escape_cell, front_matter_value, indent, needs_separator, table, trailer_start,
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
    let mut out = String::new();
    print_front_matter(&mut out, plan);
    if let Some(title) = &plan.title {
        block(
            &mut out,
            format!("# {}", title_of(title)).trim_end_matches(' '),
        );
    }
    print_text(&mut out, &plan.text);
    let mut sections = plan.sections.iter().peekable();
    for (o, objective) in plan.objectives.iter().enumerate() {
        while let Some(section) = sections.next_if(|section| section.position <= o) {
            print_section(&mut out, section);
        }
        print_objective(&mut out, Some(o + 1), objective);
    }
    for section in sections {
        print_section(&mut out, section);
    }
    out
}

/// Adds a block: a blank line before it, unless it is the first, and a line end behind it.
fn block(out: &mut String, text: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
    out.push('\n');
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
    block(
        out,
        format!("## {}", title_of(&section.title)).trim_end_matches(' '),
    );
    print_text(out, &section.text);
}

/// Adds an objective, with its number and those of its key results where it has one.
pub(crate) fn print_objective(out: &mut String, number: Option<usize>, objective: &Objective) {
    let title = crate::lower::escape_end(objective.title.as_markdown().to_owned());
    let written = number.map_or_else(String::new, |number| format!(" {number}"));
    block(
        out,
        format!("## Objective{written}: {title}").trim_end_matches(' '),
    );
    print_list(out, objective, &objective.fields, &objective.initiatives);
    print_text(out, &objective.text);
    for (k, key_result) in objective.key_results.iter().enumerate() {
        let written = number.map_or_else(String::new, |number| format!(" {number}.{}", k + 1));
        print_key_result(out, &written, key_result);
    }
}

/// Adds a key result; `number` is empty or begins with a blank.
pub(crate) fn print_key_result(out: &mut String, number: &str, key_result: &KeyResult) {
    let title = crate::lower::escape_end(key_result.title.as_markdown().to_owned());
    block(
        out,
        format!("### Key result{number}: {title}").trim_end_matches(' '),
    );
    print_list(out, key_result, &key_result.fields, &key_result.initiatives);
    // The table comes before the text: behind a heading in the text it would be text as well.
    if !key_result.check_ins.is_empty() {
        block(out, &check_in_table(&key_result.check_ins));
    }
    print_text(out, &key_result.text);
}

fn print_list<E: HasFields>(
    out: &mut String,
    element: &E,
    others: &Fields,
    initiatives: &[Initiative],
) {
    let mut lines = Vec::new();
    for field in E::FIELDS {
        // A value that could not be read stands among the other fields, under the field's own name.
        let is_unread = others
            .keys()
            .any(|name| E::field(name).is_some_and(|other| other.name == field.name));
        if let Some(value) = (field.write)(element).filter(|_| !is_unread) {
            lines.push(
                format!("- {}: {value}", field.name)
                    .trim_end_matches(' ')
                    .to_owned(),
            );
        }
    }
    for (name, value) in others {
        lines.push(
            format!("- {name}: {}", value.as_markdown())
                .trim_end_matches(' ')
                .to_owned(),
        );
    }
    lines.extend(initiatives.iter().map(initiative_item));
    if !lines.is_empty() {
        block(out, &lines.join("\n"));
    }
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
    let mut title = initiative.title.as_markdown().to_owned();
    if trailer.is_empty() {
        escape_trailer(&mut title);
        return title;
    }
    format!("{title} {trailer}")
}

/// Escapes a parenthesis at the end of a title that would be read as owner and date.
pub(crate) fn escape_trailer(title: &mut String) {
    let Some(open) = trailer_start(title) else {
        return;
    };
    if parse_trailer(&title[open + 1..title.len() - 1]).is_some() {
        title.insert(open, '\\');
    }
}

/// Returns the parenthesis with owner and date, or nothing when there is neither.
pub(crate) fn initiative_trailer(owner: Option<&str>, due: Option<String>) -> String {
    let owners = owner.into_iter().flat_map(|owner| owner.split(','));
    let owners = owners.map(str::trim).filter(|owner| !owner.is_empty());
    let owners =
        owners.map(|owner| format!("@{}", crate::model::Inline::from_plain(owner).as_markdown()));
    let parts: Vec<_> = owners.chain(due.map(|due| format!("due {due}"))).collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("({})", parts.join(", "))
    }
}

/// Returns check-ins as a table with LF line ends, without the last one.
pub(crate) fn check_in_table(check_ins: &[CheckIn]) -> String {
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
    let rows: Vec<Vec<String>> = check_ins
        .iter()
        .map(|check_in| {
            header
                .iter()
                .map(|name| check_in_cell(check_in, name))
                .collect()
        })
        .collect();
    let header: Vec<String> = header
        .iter()
        .map(|name| {
            crate::model::Inline::from_plain(name)
                .as_markdown()
                .replace('|', "\\|")
        })
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    table(&header, &right, &rows)
}

/// Returns what a check-in has in the column of that heading, as it stands in a cell.
pub(crate) fn check_in_cell(check_in: &CheckIn, heading: &str) -> String {
    let known = match heading {
        "Date" => Some(check_in.date.to_string()),
        "Value" => check_in.value.as_ref().map(|value| {
            crate::model::Inline::from_plain(&value.to_string())
                .as_markdown()
                .to_owned()
        }),
        "Status" => check_in.status.map(|status| status.word().to_owned()),
        "Confidence" => check_in.confidence.map(|confidence| confidence.to_string()),
        "Note" => check_in
            .note
            .as_ref()
            .map(|note| note.as_markdown().to_owned()),
        _ => None,
    };
    let other = || {
        let named = check_in
            .fields
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(heading));
        named.map(|(_, value)| value.as_markdown().to_owned())
    };
    escape_cell(&known.or_else(other).unwrap_or_default()).into_owned()
}
