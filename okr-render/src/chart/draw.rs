//! A chart as markup: what `chart.html` makes of it, in a fraction of the time.

use super::{Area, Chart, Line, Point};
use crate::formats::html::text::push_escaped;

impl Chart {
    /// Adds the chart of the key result `number`, which says `summary` to those who do not see it.
    pub(crate) fn draw(&self, number: &str, summary: &str, out: &mut String) {
        let (left, right) = (&*self.left, &*self.right);
        out.push_str("<figure class=\"chart\">\n");
        out.extend(["<svg viewBox=\"0 0 ", &self.width, " ", &self.height]);
        out.push_str("\" role=\"img\" aria-labelledby=\"chart-");
        push_escaped(out, number);
        out.push_str("\">\n<title id=\"chart-");
        push_escaped(out, number);
        out.push_str("\">");
        push_escaped(out, summary);
        out.push_str("</title>\n<g aria-hidden=\"true\">\n");
        if let Some(goal) = &self.goal {
            goal.draw(left, right, out);
        }
        for tick in &self.ticks {
            let at = &*tick.at;
            out.extend(["<line class=\"tick\" x1=\"", left, "\" x2=\"", right]);
            out.extend(["\" y1=\"", at, "\" y2=\"", at, "\"/>\n"]);
            out.extend(["<text class=\"number\" x=\"", left, "\" y=\"", at]);
            out.push_str("\" dx=\"-8\" dy=\"0.32em\">");
            text(&tick.text, out);
        }
        if !self.unit.is_empty() {
            out.extend(["<text class=\"number\" x=\"", left, "\" y=\"", &self.top]);
            out.push_str("\" dx=\"-8\" dy=\"-1em\">");
            text(&self.unit, out);
        }
        for day in &self.days {
            let (at, bottom) = (&*day.at, &*self.bottom);
            out.extend(["<line class=\"day\" x1=\"", at, "\" x2=\"", at]);
            out.extend(["\" y1=\"", bottom, "\" y2=\"", bottom, "\"/>\n"]);
            out.extend(["<text class=\"day\" x=\"", at, "\" y=\"", bottom]);
            out.push_str("\" dy=\"1.5em\">");
            text(&day.text, out);
        }
        if let Some(expected) = &self.expected {
            expected.draw("expected", out);
        }
        if let Some(forecast) = &self.forecast {
            if let Some(area) = &forecast.area {
                out.extend(["<polygon class=\"band\" points=\"", area, "\"/>\n"]);
            }
            forecast.line.draw("forecast", out);
        }
        out.extend(["<polyline class=\"values\" points=\"", &self.line, "\"/>\n"]);
        for Point { x, y, text } in &self.points {
            out.extend(["<circle class=\"value\" cx=\"", x, "\" cy=\"", y]);
            out.push_str("\" r=\"3.5\"><title>");
            push_escaped(out, text);
            out.push_str("</title></circle>\n");
        }
        for class in ["now halo", "now"] {
            out.extend(["<text class=\"", class, "\" x=\"", &self.now.x]);
            out.extend(["\" y=\"", &self.now.y, "\">"]);
            text(&self.now.text, out);
        }
        for label in &self.labels {
            out.extend(["<text class=\"label ", label.kind, "\" x=\"", right]);
            out.extend(["\" y=\"", &label.y, "\" dx=\"8\" dy=\"0.32em\">"]);
            text(&label.text, out);
        }
        out.push_str("</g>\n</svg>\n</figure>");
    }
}

impl Area {
    fn draw(&self, left: &str, right: &str, out: &mut String) {
        let top = &*self.top;
        if self.is_line {
            out.extend(["<line class=\"goal\" x1=\"", left, "\" x2=\"", right]);
            out.extend(["\" y1=\"", top, "\" y2=\"", top, "\"/>\n"]);
        } else {
            out.extend(["<rect class=\"goal\" x=\"", left, "\" y=\"", top]);
            out.extend(["\" width=\"", &self.width, "\" height=\"", &self.height]);
            out.push_str("\"/>\n");
        }
    }
}

impl Line {
    fn draw(&self, class: &str, out: &mut String) {
        out.extend(["<line class=\"", class, "\" x1=\"", &self.x1, "\" y1=\""]);
        out.extend([&self.y1, "\" x2=\"", &self.x2, "\" y2=\"", &self.y2]);
        out.push_str("\"/>\n");
    }
}

/// Adds the words of a `text` element, and its end.
fn text(words: &str, out: &mut String) {
    push_escaped(out, words);
    out.push_str("</text>\n");
}
