//! A site as one file: its pages below each other, of which a browser shows the one that was asked for.

mod leaf;

use std::collections::HashMap;

use serde::Serialize;
use tera::Context;

use self::leaf::Leaves;
use super::key::{self, Key};
use super::nav::{Nav, SiteView};
use super::{Content, Site, front, owners, search, strategy};
use crate::error::{Error, ErrorKind};
use crate::formats::html::{policy, theme, within_script};

/// What the frame of the file knows beside what every page knows of the site.
#[derive(Debug, Serialize)]
struct Frame {
    policy: String,
    nonce: String,
    style: String,
    script: String,
    /// What is looked through, as a call of the script.
    search: String,
    /// The picture before the title, as an address that holds it.
    logo: Option<String>,
    front: String,
    map: Option<String>,
    find: String,
    key: String,
    /// The name and the address of each period.
    spans: Vec<(String, String)>,
    /// Stands where the pages are to stand.
    pages: String,
}

impl Site {
    /// Returns the site as one page of HTML, which loads nothing: where plans stand, the map, every plan, every person
    /// and the search. `content` returns what the member at a position was made of.
    ///
    /// # Errors
    ///
    /// A template of the theme does not work, or `content` fails.
    pub fn single<E: From<Error>>(
        &self,
        mut content: impl FnMut(usize) -> Result<Content, E>,
    ) -> Result<String, E> {
        let mut leaves = Leaves::new(self.paths());
        for at in 0..self.spans.len() {
            leaves.add(&front::page(self, at)?)?;
        }
        if self.has_map() {
            leaves.add(&strategy::page(self)?)?;
        }
        // Plans of what runs come first, as on the first page.
        let mut key = Key::default();
        let mut is_there = vec![false; self.members.len()];
        let in_order = self.spans.iter().flat_map(|span| &span.members);
        for member in in_order {
            if !std::mem::replace(&mut is_there[*member], true) {
                let content = content(*member)?;
                leaves.add(&self.plan_page(*member, &content, None, Some(&mut key))?)?;
            }
        }
        for at in 0..self.owners.len() {
            leaves.add(&owners::page(self, at)?)?;
        }
        leaves.add(&search::page(self)?)?;
        leaves.add(&key.page(self)?)?;
        Ok(self.framed(&leaves)?)
    }

    /// Returns the paths of the pages that become parts of the file.
    fn paths(&self) -> HashMap<String, usize> {
        let spans = self.spans.iter().map(|span| span.path.clone());
        let owners = self.owners.iter().map(|owner| owner.path.clone());
        let single = [strategy::PATH, search::PATH, key::PATH].map(str::to_owned);
        let plans = self.pages.iter().cloned();
        spans
            .chain(single)
            .chain(plans)
            .chain(owners)
            .zip(0..)
            .collect()
    }

    fn framed(&self, leaves: &Leaves) -> Result<String, Error> {
        let nonce = policy::nonce(&leaves.html);
        let mut search = Vec::new();
        let lead = |page: &str| format!("#{}.", leaves.name(page));
        search::script(self, lead, &mut search)?;
        let search = String::from_utf8_lossy(&search);
        let link = |path: &str| format!("#{}", leaves.name(path));
        let frame = Frame {
            policy: policy::of_page(&nonce),
            style: self.style()?,
            script: theme::file(&self.settings.theme, "site.js", "script")?,
            search: within_script(&search),
            logo: self
                .settings
                .logo
                .as_ref()
                .map(|(name, bytes)| picture(name, bytes)),
            front: link(&self.spans.get(0).path),
            map: self.has_map().then(|| link(strategy::PATH)),
            find: link(search::PATH),
            key: link(key::PATH),
            spans: self
                .spans
                .iter()
                .map(|span| (span.name.clone(), link(&span.path)))
                .collect(),
            // No text of a plan can hold it, as it is a digest of them all.
            pages: nonce.clone(),
            nonce,
        };
        let mut context = Context::new();
        context.insert("frame", &frame);
        context.insert("site", &SiteView::new(self, "index.html", Nav::default()));
        let filled = self.theme.fill("site-single.html", &context)?;
        let marker = format!("<!--{}-->", frame.pages);
        let Some((before, after)) = filled.split_once(&marker) else {
            let message =
                "`site-single.html` does not say where the pages stand: `<!--{{ frame.pages }}-->`";
            return Err(ErrorKind::Template(message.to_owned()).into());
        };
        Ok([before, &leaves.html, after].concat())
    }
}

/// Returns an address that holds a picture.
fn picture(name: &str, bytes: &[u8]) -> String {
    let ending = name.rsplit('.').next().unwrap_or("").to_lowercase();
    let kind = match &*ending {
        "svg" => "svg+xml",
        "jpg" => "jpeg",
        other => other,
    };
    format!("data:image/{kind};base64,{}", policy::base64(bytes))
}
