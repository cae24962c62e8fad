//! What is owed, as a person reads it, and as a program reads lines.

use jiff::civil::Date;

use okr_core::progress::OwedKind;

use super::items::{Item, STEP};
use crate::commands::args::count;
use crate::shell::{Text, columns, flow_below, style, wrap};
use okr_render::words::ahead;

/// The most columns that names of owners take; a longer one pushes what is behind it to the next line.
const OWNER: usize = 20;
/// From how many columns on the owner has a column of its own.
const WIDE: usize = 60;
/// The columns of `999 days late`.
const WHEN: usize = 13;

/// Draws what is owed, the most overdue first; `has_plans` says whether the plans are to be told apart.
pub(super) fn draw(
    items: &[Item],
    today: Date,
    has_plans: bool,
    width: usize,
    is_ascii: bool,
) -> Text {
    let between = if is_ascii { "; " } else { " · " };
    let owners = items.iter().map(|item| columns(owner(item)));
    let owners = owners.max().unwrap_or(0).min(OWNER);
    let mut text = Text::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push("\n");
        }
        let when = when(item, today);
        let look = match item.days_late {
            ..=0 => style::DIM,
            1..=7 => style::WARNING,
            _ => style::ERROR,
        };
        text.styled(look, &when)
            .push(&" ".repeat(WHEN.saturating_sub(columns(&when)) + 2));
        let mut facts = vec![Text::from(match item.kind {
            OwedKind::LastWord => "last word: achieved, cancelled or paused",
            _ => item.what(),
        })];
        if has_plans {
            facts.push(Text::from(&item.plan));
        }
        if item.days_late > 0 {
            facts.push(Text::from(format!("since {}", item.due)));
        }
        let mut indent = 2;
        if width >= WIDE {
            let name = owner(item);
            text.push(name);
            indent = WHEN + 2 + owners + 2;
            if columns(name) > owners {
                text.push("\n").push(&" ".repeat(indent));
            } else {
                text.push(&" ".repeat(owners - columns(name) + 2));
            }
        } else {
            text.push(owner(item)).push("\n  ");
        }
        let title = format!("{} {}", item.element, item.words());
        let lines = wrap(&title, width.saturating_sub(indent).max(10));
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                text.push("\n").push(&" ".repeat(indent));
            }
            text.push(line);
        }
        let mut fine = Text::new();
        let facts = flow_below(&facts, between, width, indent, indent);
        fine.styled(style::DIM, &facts.plain());
        text.push("\n").push(&" ".repeat(indent)).append(&fine);
    }
    text
}

/// Returns what all that is owed comes to: `3 are late: 2 check-ins, 1 initiative`.
pub(super) fn summary(items: &[Item]) -> String {
    let late = || items.iter().filter(|item| item.days_late > 0);
    let kinds = [OwedKind::CheckIn, OwedKind::LastWord, OwedKind::Work];
    let whats = kinds.into_iter().map(OwedKind::words).chain([STEP]);
    let counted: Vec<String> = whats
        .map(|what| (what, late().filter(|item| item.what() == what).count()))
        .filter(|(_, number)| *number > 0)
        .map(|(what, number)| count(number, what))
        .collect();
    let to_come = items.len() - late().count();
    match (counted.is_empty(), to_come) {
        (true, _) => format!("nothing is late, {to_come} due soon"),
        (false, 0) => format!("late: {}", counted.join(", ")),
        (false, _) => format!("late: {}; {to_come} due soon", counted.join(", ")),
    }
}

fn owner(item: &Item) -> &str {
    item.owner.as_deref().unwrap_or("nobody")
}

/// Returns how late it is, or when it is due.
fn when(item: &Item, today: Date) -> String {
    match item.days_late {
        late @ 1.. => format!("{} late", count(usize::try_from(late).unwrap_or(0), "day")),
        _ => ahead(item.due, today),
    }
}

/// Returns a line with tabs for each, and one of headings before them; new columns come behind the others.
pub(super) fn table(items: &[Item]) -> String {
    let mut out = "days_late\tdue\tkind\towner\tpath\telement\ttitle\n".to_owned();
    for item in items {
        let cells = [
            item.days_late.to_string(),
            item.due.to_string(),
            item.kind.name().to_owned(),
            item.owner.clone().unwrap_or_default(),
            item.path.clone(),
            item.element.to_string(),
            item.title.clone(),
        ];
        let cells = cells.map(|cell| {
            let cell = cell.trim().replace(char::is_control, " ");
            if cell.is_empty() {
                "-".to_owned()
            } else {
                cell
            }
        });
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    out
}
