//! The small things of `parts.html` as markup, for what is written without templates.

use jiff::civil::Date;
use okr_core::model::{Quantity, Unit};

use super::figure::{Day, Figure, push_iso, push_number, push_text};
use super::text::push_escaped;

impl Figure {
    /// Adds what the component `figure` makes of it.
    pub(super) fn draw(&self, out: &mut String) {
        let parts = [&*self.before, &self.number, &self.after];
        figure(parts, self.is_long, out);
    }
}

impl Day {
    /// Adds what the component `day` makes of it.
    pub(super) fn draw(&self, out: &mut String) {
        day(self.date, out);
    }
}

/// Adds what the component `day` makes of a date.
pub(super) fn day(date: Date, out: &mut String) {
    out.push_str("<time datetime=\"");
    push_iso(out, date);
    out.push_str("\">");
    push_text(out, date);
    out.push_str("</time>");
}

/// Adds what the component `figure` makes of a quantity among others, all of one size.
pub(super) fn quantity(quantity: &Quantity, out: &mut String) {
    if matches!(quantity.unit, Unit::None | Unit::Percent) {
        out.push_str("<span class=\"figure\">");
        push_number(out, &quantity.value);
        if quantity.unit == Unit::Percent {
            out.push_str("<small>%</small>");
        }
        out.push_str("</span>");
        return;
    }
    let Figure {
        before,
        number,
        after,
        ..
    } = Figure::new(quantity);
    figure([&before, &number, &after], false, out);
}

/// Adds a figure of three parts: what stands before the number, the number, and what stands behind it.
pub(super) fn figure([before, number, after]: [&str; 3], is_long: bool, out: &mut String) {
    out.push_str(if is_long {
        "<span class=\"figure long\">"
    } else {
        "<span class=\"figure\">"
    });
    if !before.is_empty() {
        out.push_str("<small>");
        push_escaped(out, before);
        out.push_str("</small>&nbsp;");
    }
    push_escaped(out, number);
    if !after.is_empty() {
        out.push_str("<small>");
        push_escaped(out, after);
        out.push_str("</small>");
    }
    out.push_str("</span>");
}

/// Adds the mark of that name, as the component `mark` does.
pub(super) fn mark(name: &str, out: &mut String) {
    out.extend(["<svg class=\"mark ", name]);
    out.push_str("\" aria-hidden=\"true\"><use href=\"#mark-");
    out.extend([name, "\"/></svg>"]);
}
