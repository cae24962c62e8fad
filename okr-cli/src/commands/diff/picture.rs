//! Draws what changed: the differences of each objective and key result under its heading.

use std::collections::HashMap;
use std::time::Duration;

use okr_core::diff::{Diff, Difference, Match, Matched, What};
use okr_core::model::{CheckIn, ElementId, Plan};

use crate::shell::{Text, style};

/// How many lines of free text are shown at most.
const MAX_LINES: usize = 20;

/// How many differences there are.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) changed: usize,
    pub(crate) added: usize,
    pub(crate) removed: usize,
}

impl Counts {
    pub(crate) fn of(diff: &Diff<'_>) -> Self {
        let mut counts = Self::default();
        for difference in &diff.differences {
            match Mark::of(&difference.what) {
                Mark::Changed => counts.changed += 1,
                Mark::Added => counts.added += 1,
                Mark::Removed => counts.removed += 1,
            }
        }
        counts
    }

    pub(crate) fn words(self) -> String {
        let parts = [
            (self.changed, "changed"),
            (self.added, "added"),
            (self.removed, "removed"),
        ];
        let parts = parts.into_iter().filter(|(number, _)| *number > 0);
        let parts: Vec<String> = parts
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        parts.join(", ")
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Changed,
    Added,
    Removed,
}

impl Mark {
    const fn of(what: &What) -> Self {
        match what {
            What::Added | What::CheckInAdded { .. } | What::Section { old: None, .. } => {
                Self::Added
            }
            What::Removed | What::CheckInRemoved { .. } | What::Section { new: None, .. } => {
                Self::Removed
            }
            _ => Self::Changed,
        }
    }
}

/// Returns the picture, without a line feed at its end.
pub(crate) fn draw(diff: &Diff<'_>) -> Text {
    let mut out = draw_differences(diff);
    out.push("\n");
    out.styled(style::BOLD, &Counts::of(diff).words());
    out
}

/// Returns the differences under the elements that they are of, each line with its end.
pub(crate) fn draw_differences(diff: &Diff<'_>) -> Text {
    let mut drawing = Drawing {
        out: Text::new(),
        diff,
        matches: diff.matches.iter().map(|one| (one.new, one)).collect(),
        became: diff.matches.iter().map(|one| (one.old, one.new)).collect(),
        open: Vec::new(),
        is_empty: true,
    };
    for difference in &diff.differences {
        drawing.difference(difference);
    }
    drawing.out
}

struct Drawing<'d> {
    out: Text,
    diff: &'d Diff<'d>,
    /// How each element of the new plan was matched.
    matches: HashMap<ElementId, &'d Match>,
    /// What each element of the old plan is in the new one.
    became: HashMap<ElementId, ElementId>,
    /// The headings that stand above: of the plan or an objective, and of a key result.
    open: Vec<ElementId>,
    is_empty: bool,
}

impl Drawing<'_> {
    fn difference(&mut self, one: &Difference) {
        let (old, new) = (self.diff.old_plan(), self.diff.new_plan());
        match (&one.what, one.old, one.new) {
            (What::Added, _, Some(id)) => self.whole(Mark::Added, new, id),
            (What::Removed, Some(id), _) => self.whole(Mark::Removed, old, id),
            (_, _, Some(id)) => self.changed(one, id),
            _ => {}
        }
    }

    /// Opens the heading of the goal that an element of the new plan stands under.
    fn open(&mut self, goal: ElementId) -> usize {
        let above = match goal {
            ElementId::KeyResult(o, _) => vec![ElementId::Objective(o), goal],
            _ => vec![goal],
        };
        for (depth, id) in above.iter().enumerate() {
            if self.open.get(depth) == Some(id) {
                continue;
            }
            self.open.truncate(depth);
            self.open.push(*id);
            if depth == 0 {
                self.gap();
            }
            self.out.push(&"  ".repeat(depth));
            self.out
                .styled(style::BOLD, &label(self.diff.new_plan(), *id));
            let one = self.matches.get(id).copied();
            if let Some(one) = one.filter(|one| one.old != one.new) {
                self.out.styled(style::DIM, &format!(" (was {})", one.old));
            }
            self.out.push("\n");
            if let Some(one) = one.filter(|one| !one.matched.is_sure()) {
                self.doubt(depth + 1, one);
            }
        }
        above.len()
    }

    /// Parts what stands under different headings.
    fn gap(&mut self) {
        if !std::mem::take(&mut self.is_empty) {
            self.out.push("\n");
        }
    }

    /// Says what an element probably was.
    fn doubt(&mut self, depth: usize, one: &Match) {
        let was = label(self.diff.old_plan(), one.old);
        let why = match one.matched {
            Matched::KeyResults => "it has the same key results".to_owned(),
            Matched::Words(likeness) => format!("{likeness}% alike"),
            _ => String::new(),
        };
        self.lead(depth, Mark::Changed);
        self.out
            .styled(style::WARNING, "probably the same as")
            .push(&format!(" {was} ({why})\n"));
    }

    fn lead(&mut self, depth: usize, mark: Mark) {
        self.out.push(&"  ".repeat(depth));
        match mark {
            Mark::Changed => self.out.push("  "),
            Mark::Added => self.out.styled(style::ADDED, "+ "),
            Mark::Removed => self.out.styled(style::REMOVED, "- "),
        };
    }

    fn line(&mut self, depth: usize, mark: Mark, words: &str) {
        self.lead(depth, mark);
        match mark {
            Mark::Changed => self.out.push(words),
            Mark::Added => self.out.styled(style::ADDED, words),
            Mark::Removed => self.out.styled(style::REMOVED, words),
        };
        self.out.push("\n");
    }

    /// Draws an element that came or went, with the key results under it.
    fn whole(&mut self, mark: Mark, plan: &Plan, id: ElementId) {
        let depth = match id {
            ElementId::Objective(_) | ElementId::Plan => {
                self.open.clear();
                self.gap();
                0
            }
            _ => self.open_of(mark, id),
        };
        self.line(depth, mark, &label(plan, id));
        let ElementId::Objective(o) = id else { return };
        let Some(objective) = plan.objectives.get(o) else {
            return;
        };
        for k in 0..objective.key_results.len() {
            let id = ElementId::KeyResult(o, k);
            // One that stands elsewhere in the other plan is told there.
            let stays = match mark {
                Mark::Added => self.matches.contains_key(&id),
                _ => self.became.contains_key(&id),
            };
            if !stays {
                self.line(1, mark, &label(plan, id));
            }
        }
        // What moved there follows under its own heading.
        if mark == Mark::Added {
            self.open = vec![id];
        }
    }

    /// Opens the heading above an element that came or went.
    fn open_of(&mut self, mark: Mark, id: ElementId) -> usize {
        let above = match id {
            ElementId::KeyResult(o, _) => ElementId::Objective(o),
            other => other.goal(),
        };
        let above = if mark == Mark::Added {
            Some(above)
        } else {
            // What is gone stood under something that is still there.
            self.became.get(&above).copied()
        };
        above.map_or(0, |above| self.open(above))
    }

    fn changed(&mut self, one: &Difference, id: ElementId) {
        let depth = self.open(id.goal());
        let matched = self.matches.get(&id).copied();
        let is_alike = matched.is_some_and(|one| matches!(one.matched, Matched::Words(_)));
        let is_initiative = id.goal() != id;
        let of = if is_initiative {
            format!("initiative \"{}\": ", one.title)
        } else {
            String::new()
        };
        match &one.what {
            What::Title { old, new } if is_initiative => {
                let words = |title: &Option<_>| title.as_ref().map(ToString::to_string);
                let doubt = if is_alike { "probably the same " } else { "" };
                self.values(depth, &format!("{doubt}initiative"), words(old), words(new));
            }
            // It stands behind "probably the same as" already.
            What::Title { .. } if is_alike => {}
            What::Title { old, new } => {
                let words = |title: &Option<okr_core::model::Inline>| {
                    let title = title.as_ref();
                    title.map(|title| title.as_markdown().to_owned())
                };
                self.values(depth, "title", words(old), words(new));
            }
            What::Field { name, old, new } => {
                let name = format!("{of}{}", name.to_lowercase());
                self.values(depth, &name, old.clone(), new.clone());
            }
            What::Done { done } => {
                let words = if *done { "done" } else { "not done any more" };
                self.line(depth, Mark::Changed, &format!("{of}{words}"));
            }
            What::Moved if is_initiative => {
                self.line(depth, Mark::Changed, &format!("{of}in another place"));
            }
            What::Moved => self.moved(depth, one, id),
            What::CheckInAdded { check_in } => {
                self.line(depth, Mark::Added, &row(check_in));
            }
            What::CheckInRemoved { check_in, .. } => {
                self.line(depth, Mark::Removed, &row(check_in));
            }
            What::CheckInChanged { old, new, .. } => {
                self.values(depth, &day(new), Some(said(old)), Some(said(new)));
            }
            What::Text { old, new } => {
                self.line(depth, Mark::Changed, &format!("{of}text"));
                self.text(depth + 1, old, new);
            }
            What::Section { heading, old, new } => {
                let mark = Mark::of(&one.what);
                self.line(depth, mark, &format!("section \"{heading}\""));
                if let (Some(old), Some(new)) = (old, new) {
                    self.text(depth + 1, old, new);
                }
            }
            _ => {}
        }
    }

    fn moved(&mut self, depth: usize, one: &Difference, id: ElementId) {
        let words = match (one.old, id) {
            (Some(ElementId::KeyResult(from, _)), ElementId::KeyResult(o, _)) => {
                let stood = self.matches.get(&ElementId::Objective(o));
                let from = ElementId::Objective(from);
                if stood.is_some_and(|stood| stood.old == from) {
                    "in another place".to_owned()
                } else {
                    format!("moved from {}", label(self.diff.old_plan(), from))
                }
            }
            _ => "in another place".to_owned(),
        };
        self.line(depth, Mark::Changed, &words);
    }

    fn values(&mut self, depth: usize, name: &str, old: Option<String>, new: Option<String>) {
        self.lead(depth, Mark::Changed);
        let shown = |value: Option<String>| value.unwrap_or_else(|| "(empty)".to_owned());
        self.out
            .push(&format!("{name}: "))
            .styled(style::REMOVED, &shown(old))
            .push(" → ")
            .styled(style::ADDED, &shown(new))
            .push("\n");
    }

    /// Draws the lines of free text that changed.
    fn text(&mut self, depth: usize, old: &str, new: &str) {
        // Two long texts that have nothing in common would take long to align.
        let diff = similar::TextDiff::configure()
            .timeout(Duration::from_secs(1))
            .diff_lines(old, new);
        let mut lines = diff.iter_all_changes().filter_map(|change| {
            let mark = match change.tag() {
                similar::ChangeTag::Equal => return None,
                similar::ChangeTag::Insert => Mark::Added,
                similar::ChangeTag::Delete => Mark::Removed,
            };
            Some((mark, change.value().trim_end().to_owned()))
        });
        for (mark, line) in lines.by_ref().take(MAX_LINES) {
            self.line(depth, mark, &line);
        }
        let more = lines.count();
        if more > 0 {
            self.line(depth, Mark::Changed, &format!("and {more} more lines"));
        }
    }
}

/// Returns what to call an element of a plan.
fn label(plan: &Plan, id: ElementId) -> String {
    let title = |title: Option<String>| title.unwrap_or_default();
    match id {
        ElementId::Plan => plan.display_name(),
        ElementId::Objective(_) => {
            let objective = plan.objective(id);
            let title = title(objective.map(|objective| objective.title.to_string()));
            format!("Objective {id}: {title}")
        }
        ElementId::KeyResult(..) => {
            let key_result = plan.key_result(id);
            let title = title(key_result.map(|key_result| key_result.title.to_string()));
            format!("Key result {id}: {title}")
        }
        ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => {
            let initiative = plan.initiative(id);
            let title = title(initiative.map(|initiative| initiative.title.to_string()));
            format!("initiative \"{title}\"")
        }
    }
}

fn day(check_in: &CheckIn) -> String {
    format!("check-in {}", check_in.date)
}

fn row(check_in: &CheckIn) -> String {
    let said = said(check_in);
    let parted = if said.is_empty() { "" } else { ": " };
    format!("{}{parted}{said}", day(check_in))
}

/// Returns what a check-in says, in the order of its usual columns.
fn said(check_in: &CheckIn) -> String {
    let mut parts = Vec::new();
    parts.extend(check_in.value.as_ref().map(ToString::to_string));
    parts.extend(check_in.status.map(|status| status.to_string()));
    parts.extend(
        check_in
            .confidence
            .map(|number| format!("confidence {number}")),
    );
    parts.extend(check_in.note.as_ref().map(|note| format!("\"{note}\"")));
    let others = check_in.fields.iter();
    parts.extend(others.map(|(name, value)| format!("{name} \"{value}\"")));
    parts.join(", ")
}
