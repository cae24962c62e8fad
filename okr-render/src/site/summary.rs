//! Where the plans that run stand, as a piece of Markdown for a page that people have already.

use std::fmt::Write as _;

use okr_core::model::{Status, date_in_words};
use rust_decimal::Decimal;

use super::Site;
use super::front::means;
use crate::github;
use crate::words::{count, percent};

/// The most plans and the most decisions that are named; of more it is said how many.
const MOST: usize = 25;

impl Site {
    /// Returns a table of the plans that run, with what needs a decision below it, in GitHub's Markdown.
    ///
    /// `plans` is the way to the folder of plans from the file in which the piece will stand: empty, or with `/` between
    /// folders and at its end.
    #[must_use]
    pub fn summary(&self, plans: &str) -> String {
        let span = self.spans.get(0);
        let members = || span.members.iter().map(|at| &self.members[*at]);
        let link = |path: &str, name: &str| {
            let way = format!("{plans}{path}");
            format!("[{}]({})", github::cell(name), github::destination(&way))
        };
        let mut out = format!(
            "**{}** on {}",
            github::text(&span.name),
            date_in_words(self.settings.day)
        );
        let standing = means(members());
        if let Some(done) = standing.done {
            let _ = write!(out, ": {} done", percent(done));
            if let Some(expected) = standing.expected {
                let _ = write!(out, " where {} is expected", percent(expected));
            }
        }
        out.push_str(
            ".\n\n| Plan | Status | Progress | Expected | Last check-in |\n| --- | --- | ---: | ---: | --- |\n",
        );
        let shown = |percents: Option<Decimal>| percents.map_or_else(String::new, percent);
        for member in members().take(MOST) {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} |",
                link(member.path(), &member.name),
                member.status.map_or("", Status::word),
                shown(member.standing.done),
                shown(member.standing.expected),
                member
                    .latest
                    .map_or_else(String::new, |day| day.to_string()),
            );
        }
        let more = span.members.len().saturating_sub(MOST);
        if more > 0 {
            let _ = write!(out, "\nand {} more\n", count(more, "plan"));
        }
        let decisions: Vec<_> = members()
            .flat_map(|member| member.decisions.iter().map(move |told| (member, told)))
            .collect();
        if decisions.is_empty() {
            return out;
        }
        out.push_str("\nNeeds a decision:\n\n");
        for (member, told) in decisions.iter().take(MOST) {
            let of = &member.key_results[told.of];
            let _ = write!(
                out,
                "- {} in {}: {}",
                of.number,
                link(member.path(), &member.name),
                github::text(&of.title)
            );
            let said = [
                told.status_of(of).map_or("", Status::word),
                &github::text(&told.words),
                &github::text(of.owner.as_deref().unwrap_or("")),
            ];
            let said: Vec<&str> = said.into_iter().filter(|said| !said.is_empty()).collect();
            let _ = writeln!(out, " ({})", said.join("; "));
        }
        if decisions.len() > MOST {
            let _ = writeln!(out, "- and {} more", decisions.len() - MOST);
        }
        out
    }
}
