//! What stands on every page around what it shows.

use serde::Serialize;

use super::places::relative;
use super::{Site, logo_path};
use crate::formats::html::figure::Day;
use crate::formats::html::policy;
use crate::formats::html::text::clean;

/// Where in the site a page stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Nav<'a> {
    /// The title of the page, beside that of the site.
    pub(super) title: &'a str,
    /// What it is about, in a sentence for search engines and previews.
    pub(super) about: &'a str,
    /// The position of its period.
    pub(super) span: Option<usize>,
    /// The pages above it, from the uppermost down, each with its name and its path in the site.
    pub(super) trail: &'a [(&'a str, &'a str)],
    /// Which of the parts of the site it is.
    pub(super) part: &'static str,
}

/// What the templates know of the site.
#[derive(Debug, Serialize)]
pub(super) struct SiteView {
    title: String,
    /// The title of the page, with that of the site.
    full_title: String,
    about: String,
    /// The way from the page to the root of the site; empty or with `/` at its end.
    root: String,
    policy: String,
    logo: Option<String>,
    /// Its address, where the site has one.
    canonical: Option<String>,
    day: Day,
    part: &'static str,
    spans: Vec<SpanLink>,
    trail: Vec<TrailLink>,
    has_map: bool,
}

/// A page above the one that is shown.
#[derive(Debug, Serialize)]
struct TrailLink {
    name: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct SpanLink {
    name: String,
    href: String,
    is_current: bool,
}

impl SiteView {
    pub(super) fn new(site: &Site, path: &str, nav: Nav<'_>) -> Self {
        let settings = &site.settings;
        let title = clean(&settings.title);
        let page = clean(nav.title);
        let spans = site.spans.iter().enumerate().map(|(at, span)| SpanLink {
            name: span.name.clone(),
            href: relative(path, &span.path),
            is_current: nav.span == Some(at),
        });
        Self {
            full_title: match &*page {
                "" => title.clone(),
                page => format!("{page} – {title}"),
            },
            about: clean(nav.about),
            root: "../".repeat(path.matches('/').count()),
            policy: policy::of_site(),
            logo: settings.logo.as_ref().map(|(name, _)| logo_path(name)),
            canonical: settings
                .base_url
                .as_ref()
                .map(|base| format!("{base}{path}")),
            day: Day::new(settings.day),
            part: nav.part,
            spans: spans.collect(),
            trail: nav
                .trail
                .iter()
                .map(|(name, above)| match above.split_once('#') {
                    Some((above, place)) => TrailLink {
                        name: clean(name),
                        href: format!("{}#{place}", relative(path, above)),
                    },
                    None => TrailLink {
                        name: clean(name),
                        href: relative(path, above),
                    },
                })
                .collect(),
            has_map: site.has_map(),
            title,
        }
    }
}
