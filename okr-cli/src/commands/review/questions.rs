//! The questions about one finding: what is to be done, and then with which words.

use std::rc::Rc;

use okr_core::audit::{Applicability, Finding, Place};
use okr_core::statement::Lexicon;

use super::deed::{Deed, field_of, words};
use super::person::{Check, Choice, Line, Person, Reply};
use super::view::View;
use crate::commands::prompt::say;
use crate::commands::set::field;
use crate::context::Context;
use crate::shell::{Text, style};

/// What the person has decided about a finding.
pub(super) enum Decision {
    Do(Deed),
    Skip,
    Stop,
}

/// Asks until it is known what is to be done.
pub(super) fn decide(
    cx: &mut Context<'_>,
    person: &mut dyn Person,
    view: &View,
    finding: &Finding,
) -> anyhow::Result<Decision> {
    let choices = choices(view, finding);
    loop {
        let choice = match person.choose(&choices)? {
            Reply::Given(choice) => choice,
            Reply::Back => return Ok(Decision::Stop),
            Reply::Stop => return stopped(cx),
        };
        let reply = match choice {
            Choice::Stop => return Ok(Decision::Stop),
            Choice::Skip => return Ok(Decision::Skip),
            Choice::Accept => Reply::Given(Deed::Accept),
            Choice::Answer if field_of(finding).is_some() => answer(cx, person, view, finding)?,
            Choice::Answer | Choice::Reword => reword(cx, person, view, finding)?,
            Choice::Dismiss => dismiss(cx, person, view, finding)?,
        };
        match reply {
            Reply::Given(deed) => return Ok(Decision::Do(deed)),
            Reply::Stop => return stopped(cx),
            Reply::Back => {}
        }
    }
}

/// Ends the line in which the question stood that was broken off.
fn stopped(cx: &mut Context<'_>) -> anyhow::Result<Decision> {
    cx.shell.note(Text::new())?;
    Ok(Decision::Stop)
}

/// Returns what makes sense for a finding; first what Enter takes.
fn choices(view: &View, finding: &Finding) -> Vec<Choice> {
    let mut choices = Vec::new();
    if view.can_fix(finding) {
        choices.push(Choice::Accept);
    }
    let has_words = words(&view.parsed.plan, finding).is_some();
    let takes_words = finding.question.is_some() && field_of(finding).is_none();
    if field_of(finding).is_some() || (takes_words && has_words) {
        choices.push(Choice::Answer);
    }
    // What is about a date, an owner or a check-in is not mended by other words in the title.
    let is_about_words = matches!(finding.place, Place::Title | Place::Words(_));
    let can_reword = is_about_words && has_words && !takes_words;
    let can_dismiss = finding.rule.can_be_dismissed();
    if choices.is_empty() {
        // Where nothing is proposed, Enter goes on.
        choices.push(Choice::Skip);
    }
    choices.extend(can_reword.then_some(Choice::Reword));
    choices.extend(can_dismiss.then_some(Choice::Dismiss));
    if !choices.contains(&Choice::Skip) {
        choices.push(Choice::Skip);
    }
    choices.push(Choice::Stop);
    choices
}

fn answer(
    cx: &mut Context<'_>,
    person: &mut dyn Person,
    view: &View,
    finding: &Finding,
) -> anyhow::Result<Reply<Deed>> {
    let (Some(question), Some((element, name))) = (&finding.question, field_of(finding)) else {
        return Ok(Reply::Back);
    };
    let part = field::named(&view.parsed.plan, element, name, false)?;
    ask_about(cx, &question.text)?;
    if let Some(expects) = part.expects(element) {
        let width = cx.shell.width();
        say(cx, "", &format!("Write {expects}."), width, style::DIM)?;
    }
    let line = Line {
        name: capitalised(&part.name),
        start: question.offered().unwrap_or_default(),
        check: checked(
            view,
            finding,
            "write an answer, or press Esc to go back",
            Deed::Answer,
        ),
    };
    Ok(person.write(&line)?.map(Deed::Answer))
}

fn reword(
    cx: &mut Context<'_>,
    person: &mut dyn Person,
    view: &View,
    finding: &Finding,
) -> anyhow::Result<Reply<Deed>> {
    let Some(words) = words(&view.parsed.plan, finding) else {
        return Ok(Reply::Back);
    };
    let question = finding.question.as_ref();
    match question.filter(|question| question.field.is_none()) {
        Some(question) => ask_about(cx, &question.text)?,
        None => ask_about(cx, "How is it to read?")?,
    }
    let is_markdown = words.is_markdown;
    let deed = move |words| Deed::Reword { words, is_markdown };
    let has_gap = words.is_proposed
        && finding
            .fix
            .as_ref()
            .is_some_and(|fix| fix.applicability == Applicability::Display);
    let check = checked(
        view,
        finding,
        "write some words, or press Esc to go back",
        deed,
    );
    let proposed = words.text.clone();
    let check: Check = Rc::new(move |words| {
        if has_gap && words.trim() == proposed {
            return Err("fill in what only you know first".to_owned());
        }
        check(words)
    });
    let line = Line {
        name: "Words".to_owned(),
        start: words.text,
        check,
    };
    Ok(person.write(&line)?.map(deed))
}

fn dismiss(
    cx: &mut Context<'_>,
    person: &mut dyn Person,
    view: &View,
    finding: &Finding,
) -> anyhow::Result<Reply<Deed>> {
    ask_about(
        cx,
        "Why is it right as it is? Your reason is kept in the plan.",
    )?;
    let line = Line {
        name: "Because".to_owned(),
        start: String::new(),
        check: checked(
            view,
            finding,
            "write a few words, or press Esc to go back",
            Deed::Dismiss,
        ),
    };
    Ok(person.write(&line)?.map(Deed::Dismiss))
}

fn ask_about(cx: &mut Context<'_>, question: &str) -> anyhow::Result<()> {
    let width = cx.shell.width();
    say(cx, "", question, width, style::BOLD)
}

/// Returns what says whether a written line can be taken, by trying it.
fn checked(
    view: &View,
    finding: &Finding,
    empty: &'static str,
    deed: impl Fn(String) -> Deed + 'static,
) -> Check {
    let (parsed, finding) = (Rc::clone(&view.parsed), finding.clone());
    Rc::new(move |written| {
        if written.trim().is_empty() {
            return Err(empty.to_owned());
        }
        // A unit that words of `okr.toml` tell of is added later, and refuses nothing.
        let lexicon = Lexicon::default();
        let done = deed(written.to_owned()).done_in(&parsed, &finding, &lexicon);
        done.map(drop).map_err(|failure| failure.in_full())
    })
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
