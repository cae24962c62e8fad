//! The files that make pages look as they do, and those that stand in for them.

use std::sync::LazyLock;

use indexmap::IndexMap;
use tera::{Context, Tera};

use super::text::write_escaped;
use crate::error::{Error, ErrorKind};

/// The template from which the others are reached.
pub(crate) const PAGE: &str = "page.html";
/// That of slides.
pub(crate) const SLIDES: &str = "slides.html";
/// Stands in the page as it is.
const STYLE: &str = "style.css";
/// Stands in the page as it is; the page is complete without it.
const SCRIPT: &str = "script.js";

/// The built-in files, as a name and what the file says.
type Files = &'static [(&'static str, &'static str)];

/// The files of the page of one plan, by name.
const PAGE_FILES: Files = &[
    ("chart.html", include_str!("../../../templates/chart.html")),
    (
        "check-ins.html",
        include_str!("../../../templates/check-ins.html"),
    ),
    (
        "initiatives.html",
        include_str!("../../../templates/initiatives.html"),
    ),
    (
        "key-result.html",
        include_str!("../../../templates/key-result.html"),
    ),
    (
        "objective.html",
        include_str!("../../../templates/objective.html"),
    ),
    (
        "overview.html",
        include_str!("../../../templates/overview.html"),
    ),
    (PAGE, include_str!("../../../templates/page.html")),
    ("parts.html", include_str!("../../../templates/parts.html")),
    ("scale.html", include_str!("../../../templates/scale.html")),
    (SCRIPT, include_str!("../../../templates/script.js")),
    ("slides.css", include_str!("../../../templates/slides.css")),
    (SLIDES, include_str!("../../../templates/slides.html")),
    ("slides.js", include_str!("../../../templates/slides.js")),
    (STYLE, include_str!("../../../templates/style.css")),
];

/// The further files of a site and of the strategy map, by name.
const SITE_FILES: Files = &[
    ("map.css", crate::map::STYLE),
    ("map.html", include_str!("../../../templates/map.html")),
    (
        "site-front.html",
        include_str!("../../../templates/site-front.html"),
    ),
    (
        "site-key.html",
        include_str!("../../../templates/site-key.html"),
    ),
    (
        "site-map.html",
        include_str!("../../../templates/site-map.html"),
    ),
    (
        "site-owner.html",
        include_str!("../../../templates/site-owner.html"),
    ),
    (
        "site-parts.html",
        include_str!("../../../templates/site-parts.html"),
    ),
    (
        "site-plan.html",
        include_str!("../../../templates/site-plan.html"),
    ),
    (
        "site-search.html",
        include_str!("../../../templates/site-search.html"),
    ),
    (
        "site-single.html",
        include_str!("../../../templates/site-single.html"),
    ),
    ("site.css", include_str!("../../../templates/site.css")),
    ("site.html", include_str!("../../../templates/site.html")),
    ("site.js", include_str!("../../../templates/site.js")),
];

/// The built-in templates of one plan's page, parsed once for the whole process.
static PAGE_TEMPLATES: LazyLock<Result<Tera, String>> = LazyLock::new(|| parsed(&[PAGE_FILES]));
/// Those of a site, which has the former in it.
static SITE_TEMPLATES: LazyLock<Result<Tera, String>> =
    LazyLock::new(|| parsed(&[PAGE_FILES, SITE_FILES]));

/// What pages are made with.
pub(crate) struct Theme {
    pub(crate) style: String,
    pub(crate) script: String,
    built_in: &'static LazyLock<Result<Tera, String>>,
    /// The templates, where they are not all built in.
    own: Option<Tera>,
}

impl Theme {
    /// Returns what the page of one plan is made with; `files` stand in for built-in ones, by name.
    ///
    /// # Errors
    ///
    /// A file stands in for none, cannot be parsed, or would end the element in which it stands; the message names
    /// the file, and line and column where there are any.
    pub(crate) fn of_page(files: &IndexMap<String, String>) -> Result<Self, Error> {
        Self::new(files, &PAGE_TEMPLATES)
    }

    /// Returns what a site is made with.
    ///
    /// # Errors
    ///
    /// As [`Theme::of_page`].
    pub(crate) fn of_site(files: &IndexMap<String, String>) -> Result<Self, Error> {
        Self::new(files, &SITE_TEMPLATES)
    }

    fn new(
        files: &IndexMap<String, String>,
        built_in: &'static LazyLock<Result<Tera, String>>,
    ) -> Result<Self, Error> {
        let known = || PAGE_FILES.iter().chain(SITE_FILES).map(|(name, _)| *name);
        let mut names = files.keys().filter(|name| !is_template(name));
        if let Some(name) = names.find(|name| !known().any(|known| known == *name)) {
            let names: Vec<_> = known().collect();
            return Err(error(&format!(
                "`{name}` stands in for no file; there are {}, and further templates end in `.html`",
                names.join(", ")
            )));
        }
        let templates = files.iter().filter(|(name, _)| is_template(name));
        let own = if templates.clone().next().is_some() {
            let mut own = working(built_in)?.clone();
            own.add_raw_templates(templates)
                .map_err(|report| error(&report.to_string()))?;
            Some(own)
        } else {
            None
        };
        Ok(Self {
            style: file(files, STYLE, "style")?,
            script: file(files, SCRIPT, "script")?,
            built_in,
            own,
        })
    }

    /// Returns whether a template of its own may ask for any part of what is shown.
    pub(crate) fn has_templates(&self) -> bool {
        self.own.is_some()
    }

    /// Fills a template.
    ///
    /// # Errors
    ///
    /// It asks for what there is not; the message names the place.
    pub(crate) fn fill(&self, template: &str, context: &Context) -> Result<String, Error> {
        match &self.own {
            Some(own) => own
                .render(template, context)
                .map_err(|report| error(&report.to_string())),
            None => working(self.built_in)?
                .render(template, context)
                .map_err(|report| ErrorKind::Template(report.to_string()).into()),
        }
    }
}

/// Fills a built-in template.
///
/// # Errors
///
/// The context does not fit the template; the message names the place.
pub(crate) fn fill(template: &str, context: &Context) -> Result<String, Error> {
    working(&SITE_TEMPLATES)?
        .render(template, context)
        .map_err(|report| ErrorKind::Template(report.to_string()).into())
}

fn parsed(all: &[Files]) -> Result<Tera, String> {
    let mut tera = Tera::default();
    // It escapes the same characters as that of Tera, and not byte by byte.
    tera.set_escape_fn(write_escaped);
    let files = all.iter().copied().flatten().copied();
    tera.add_raw_templates(files.filter(|(name, _)| is_template(name)))
        .map_err(|error| error.to_string())?;
    Ok(tera)
}

fn working(templates: &'static LazyLock<Result<Tera, String>>) -> Result<&'static Tera, Error> {
    templates
        .as_ref()
        .map_err(|report| ErrorKind::Template(report.clone()).into())
}

#[expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "Tera is as strict"
)]
fn is_template(name: &str) -> bool {
    // Tera escapes in files of this ending and in no others, so no other file may be a template.
    name.ends_with(".html")
}

/// Returns the theme's file of that name, else the built-in one, to stand within an `element`.
///
/// # Errors
///
/// It would end the element.
pub(crate) fn file(
    files: &IndexMap<String, String>,
    name: &str,
    element: &str,
) -> Result<String, Error> {
    let built_in = || {
        let mut known = PAGE_FILES.iter().chain(SITE_FILES);
        known
            .find(|(known, _)| *known == name)
            .map_or("", |(_, content)| *content)
    };
    let content = files.get(name).map_or_else(built_in, String::as_str);
    let content = content.trim_start_matches('\u{feff}');
    let lower = content.to_ascii_lowercase();
    for end in [format!("</{element}"), "<!--".to_owned()] {
        if let Some(at) = lower.find(&end) {
            let line = content[..at].matches('\n').count() + 1;
            return Err(error(&format!(
                "`{name}`, line {line}: `{end}` would end the page's {element}"
            )));
        }
    }
    Ok(content.to_owned())
}

fn error(report: &str) -> Error {
    ErrorKind::Template(format!("the theme does not work: {report}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_sorted_and_those_in_the_folder() {
        assert!(PAGE_FILES.is_sorted() && SITE_FILES.is_sorted());
        let mut known: Vec<_> = PAGE_FILES.iter().chain(SITE_FILES).collect();
        known.sort();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        #[expect(
            clippy::disallowed_methods,
            reason = "a test may look at its own folder"
        )]
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(
            known.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            names
        );
    }
}
