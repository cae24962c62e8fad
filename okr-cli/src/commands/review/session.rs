//! The review itself: one finding after the other, until there is none or the person has had enough.

use std::path::Path;

use anstyle::Style;
use jiff::civil::Date;
use okr_core::audit::{Finding, Level, Place, Rule, Settings, locate};
use okr_core::model::ElementId;

use super::closing::{self, Ending};
use super::deed::Deed;
use super::person::Person;
use super::questions::{Decision, decide};
use super::same::{Moves, title};
use super::view::{Found, View};
use crate::ExitStatus;
use crate::commands::check::workspace::audit_alone;
use crate::commands::prompt::say;
use crate::context::Context;
use crate::env::{Env, MAX_PLAN};
use crate::shell::{Text, style};
use crate::show;

/// What is reviewed.
pub(super) struct Review<'a> {
    pub(super) path: &'a Path,
    pub(super) settings: &'a Settings,
    pub(super) today: Date,
}

/// What was done so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) accepted: usize,
    pub(super) answered: usize,
    pub(super) reworded: usize,
    pub(super) dismissed: usize,
    pub(super) skipped: Vec<Skipped>,
}

impl Tally {
    fn count(&mut self, deed: &Deed) {
        match deed {
            Deed::Accept => self.accepted += 1,
            Deed::Answer(_) => self.answered += 1,
            Deed::Reword { .. } => self.reworded += 1,
            Deed::Dismiss(_) => self.dismissed += 1,
        }
    }

    fn all(&self) -> usize {
        self.accepted + self.answered + self.reworded + self.dismissed + self.skipped.len()
    }
}

/// A finding that is not shown again in this run.
#[derive(Clone, Debug)]
pub(super) struct Skipped {
    rule: &'static Rule,
    /// Where it is in the plan as it was read last.
    element: ElementId,
    message: String,
}

/// What came of writing.
enum Outcome {
    /// It is in the file; there may be something else that was meant.
    Written(Option<String>),
    /// Someone else has changed the plan: the finding is another one now.
    Other,
    /// Someone else has changed the plan: the finding is gone.
    Gone,
    /// It cannot be done, for this reason.
    Refused(String),
}

impl Review<'_> {
    /// Asks about one finding after the other.
    pub(super) fn run(
        &self,
        cx: &mut Context<'_>,
        person: &mut dyn Person,
    ) -> anyhow::Result<ExitStatus> {
        let name = self.path.display().to_string();
        let mut view = self.look(cx)?;
        let before = view.score;
        if view.findings.is_empty() {
            let mut text = Text::new();
            text.styled(style::GOOD, "nothing to review")
                .push(&format!(" in {name}"));
            cx.shell.print(text)?;
            closing::unread(cx, view.unread.len(), &name)?;
            return Ok(self.status(&view));
        }
        let mut tally = Tally::default();
        let result = self.ask(cx, person, &mut view, &mut tally);
        // Whatever went wrong, what was done before it is told.
        let ending = Ending {
            name: &name,
            left: view.findings.len(),
            unread: view.unread.len(),
            tally: &tally,
            before: &before,
            after: &view.score,
        };
        cx.shell.note(Text::new())?;
        ending.say(cx)?;
        result.map(|()| self.status(&view))
    }

    fn ask(
        &self,
        cx: &mut Context<'_>,
        person: &mut dyn Person,
        view: &mut View,
        tally: &mut Tally,
    ) -> anyhow::Result<()> {
        loop {
            self.refresh(cx, view, tally)?;
            let mut open = view
                .findings
                .iter()
                .filter(|finding| !is_skipped(finding, view, tally));
            let Some(finding) = open.next().cloned() else {
                return Ok(());
            };
            let number = tally.all() + 1;
            self.show(cx, view, &finding, number, number + open.count())?;
            match decide(cx, person, view, &finding)? {
                Decision::Stop => return Ok(()),
                Decision::Skip => tally.skipped.push(Skipped {
                    rule: finding.rule,
                    element: finding.element,
                    message: finding.message,
                }),
                Decision::Do(deed) => {
                    let outcome = self.write(cx, view, &finding, &deed)?;
                    if matches!(outcome, Outcome::Written(_)) {
                        tally.count(&deed);
                    }
                    let shown = Shown { view, finding };
                    self.tell(cx, &shown, outcome)?;
                }
            }
        }
    }

    /// Reads the plan and audits it.
    fn look(&self, cx: &Context<'_>) -> anyhow::Result<View> {
        let text = cx.env.read_text(self.path, MAX_PLAN)?;
        Ok(self.view(cx.env, text))
    }

    /// Returns a text of the plan with what is found in it, by its links too.
    fn view(&self, env: &Env, text: String) -> View {
        View::new(
            text,
            |parsed| audit_alone(env, self.path, parsed, self.settings, self.today),
            self.settings,
        )
    }

    /// Reads the plan anew where it has changed, and looks for what was skipped in it.
    fn refresh(&self, cx: &Context<'_>, view: &mut View, tally: &mut Tally) -> anyhow::Result<()> {
        let text = cx.env.read_text(self.path, MAX_PLAN)?;
        if text == view.text() {
            return Ok(());
        }
        let later = self.view(cx.env, text);
        let moves = Moves::between(&view.parsed.plan, &later.parsed.plan);
        for skipped in &mut tally.skipped {
            // Of what is gone nothing is found; that it was skipped still counts.
            if let Some(element) = moves.of(skipped.element) {
                skipped.element = element;
            }
        }
        *view = later;
        Ok(())
    }

    fn show(
        &self,
        cx: &mut Context<'_>,
        view: &View,
        finding: &Finding,
        number: usize,
        all: usize,
    ) -> anyhow::Result<()> {
        let mut head = Text::from("\n");
        head.styled(style::HELP, &format!("{number} of {all}"));
        let what = match finding.element {
            ElementId::Plan => "the plan".to_owned(),
            ElementId::Objective(_) => format!("objective {}", finding.element),
            ElementId::KeyResult(..) => format!("key result {}", finding.element),
            _ => format!("initiative {}", finding.element),
        };
        head.styled(style::DIM, &format!("  {what}"));
        cx.shell.note(head)?;
        let name = self.path.display().to_string();
        let width = cx.shell.width();
        // The drawing shows the title only where the finding is in it.
        let words = title(&view.parsed.plan, finding.element);
        let place = |place: &Place| locate(&view.parsed, finding.element, place);
        let is_elsewhere = !matches!(finding.place, Place::Words(_))
            && place(&finding.place) != place(&Place::Title);
        if let Some(words) = words.filter(|_| is_elsewhere) {
            say(cx, "", &words.to_string(), width, style::DIM)?;
        }
        let drawn = show::entry_in_hand(&view.entry(finding), &name, view.text(), width);
        cx.shell.note(drawn)?;
        cx.shell.note(Text::new())
    }

    /// Writes what is to be done, unless the plan is another one by now.
    fn write(
        &self,
        cx: &Context<'_>,
        view: &View,
        finding: &Finding,
        deed: &Deed,
    ) -> anyhow::Result<Outcome> {
        cx.env.update(self.path, |text| {
            let later;
            let (now, finding) = if text == view.text() {
                (view, finding)
            } else {
                later = self.view(cx.env, text.to_owned());
                match view.find_in(finding, &later) {
                    Found::Same(finding) => (&later, finding),
                    Found::Other => return Ok((None, Outcome::Other)),
                    Found::Gone => return Ok((None, Outcome::Gone)),
                }
            };
            Ok(
                match deed.done_in(&now.parsed, finding, &self.settings.lexicon) {
                    Ok((after, doubt)) => (Some(after), Outcome::Written(doubt)),
                    Err(failure) => (None, Outcome::Refused(failure.in_full())),
                },
            )
        })
    }

    /// Says what came of writing.
    fn tell(
        &self,
        cx: &mut Context<'_>,
        shown: &Shown<'_>,
        outcome: Outcome,
    ) -> anyhow::Result<()> {
        let width = cx.shell.width();
        let mut note = |words: &str| say(cx, "", words, width, Style::new());
        match outcome {
            Outcome::Other => {
                note("The plan was changed by someone else meanwhile. Look at it as it is now:")
            }
            Outcome::Gone => note(
                "Someone else changed the plan meanwhile, and this is settled. Nothing was written.",
            ),
            Outcome::Refused(reason) => note(&format!("That cannot be written: {reason}")),
            Outcome::Written(doubt) => {
                let later = self.look(cx)?;
                let is_still_there =
                    !matches!(shown.view.find_in(&shown.finding, &later), Found::Gone);
                let mut text = Text::new();
                text.styled(style::GOOD, "saved");
                if is_still_there {
                    text.push(", but there is more to it:");
                }
                cx.shell.note(text)?;
                doubt.map_or(Ok(()), |doubt| cx.shell.warn(&doubt, None))
            }
        }
    }

    fn status(&self, view: &View) -> ExitStatus {
        let failing = if self.settings.strict {
            Level::Warning
        } else {
            Level::Error
        };
        if view.has(failing) {
            ExitStatus::Findings
        } else {
            ExitStatus::Success
        }
    }
}

/// A finding, and the plan in which the person has seen it.
struct Shown<'v> {
    view: &'v View,
    finding: Finding,
}

/// Returns whether a finding was skipped in this run: by its words, unless its rule has nothing else to
/// say about the element.
fn is_skipped(finding: &Finding, view: &View, tally: &Tally) -> bool {
    let has =
        |skipped: &&Skipped| skipped.rule == finding.rule && skipped.element == finding.element;
    let mut like = tally.skipped.iter().filter(has).peekable();
    if like.peek().is_none() {
        return false;
    }
    let is_rival =
        |other: &&Finding| other.rule == finding.rule && other.element == finding.element;
    let is_alone = view.findings.iter().filter(is_rival).count() == 1;
    is_alone || like.any(|skipped| skipped.message == finding.message)
}
