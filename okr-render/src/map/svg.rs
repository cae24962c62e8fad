//! The map as text of SVG: a file by its template, and an element of a page.

use std::convert::Infallible;

use tera::Context;

use super::Map;
use crate::error::Error;
use crate::formats::html::theme::fill as render;

/// The styles of a map; the colours are those of the page in which it stands.
pub const STYLE: &str = include_str!("../../templates/map.css");

impl Map {
    /// Returns the map as a file of its own: light or dark as the reader has it, and on paper as large as it is.
    ///
    /// # Errors
    ///
    /// The template does not fit the map, which a test excludes.
    pub fn to_svg(&self) -> Result<String, Error> {
        self.templated(true)
    }

    /// Returns the map as an element of a page that has [`STYLE`] among its styles, and the marks of the page of a
    /// plan within its text.
    #[must_use]
    pub fn to_svg_inline(&self) -> String {
        let mut out = String::new();
        let Ok(()) = self.draw(&mut out, |_| Ok::<_, Infallible>(()));
        out.push('\n');
        out
    }

    /// Returns what the template makes of the map.
    pub(super) fn templated(&self, is_alone: bool) -> Result<String, Error> {
        let mut context = Context::new();
        context.insert("map", self);
        context.insert("is_alone", &is_alone);
        context.insert("style", if is_alone { STYLE } else { "" });
        // What defines the components leaves empty lines.
        Ok(render("map.html", &context)?.trim_end().to_owned() + "\n")
    }
}
