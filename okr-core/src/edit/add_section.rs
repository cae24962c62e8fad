//! A new section, behind everything else.

use super::EditError;
use super::placing::{self, Aim};
use crate::Parsed;
use crate::model::{Plan, Section};
use crate::print::print_section;
use crate::text::{Span, TextEdit};

pub(super) fn apply(plan: &mut Plan, section: &Section) -> Result<(), EditError> {
    if section.title.is_empty() {
        return Err(EditError::no_title());
    }
    let written = Plan {
        sections: vec![Section {
            position: 0,
            ..section.clone()
        }],
        ..Plan::default()
    };
    let mut read = crate::parse(crate::print(&written)).plan;
    let refused = || {
        let message = "the section holds headings of the plan".to_owned();
        EditError::value(message, "text that is no part of the plan")
    };
    let mut normal = read.sections.pop().ok_or_else(refused)?;
    if read != Plan::default() || normal.title != section.title {
        return Err(refused());
    }
    normal.position = plan.objectives.len();
    plan.sections.push(normal);
    Ok(())
}

pub(super) fn edit(parsed: &Parsed, changed: &Aim<'_>) -> Result<TextEdit, EditError> {
    let section = changed.sections.last().ok_or_else(EditError::no_title)?;
    let mut block = String::new();
    print_section(&mut block, section);
    let document = &parsed.document;
    let all = Span::new(document.body_start(), document.text().len());
    let candidates = placing::append(document, all, block.trim_end_matches('\n'));
    Ok(placing::first_that_means(parsed, changed, candidates))
}
