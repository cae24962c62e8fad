//! A folder of plans as a static site: files with relative links between them, for any host, a share or a mail.
//!
//! It takes two passes, so that memory does not depend on how much the plans say. The first takes of each plan what
//! other pages tell of it, a [`Member`]. [`Site::new`] puts these together; then [`Site::plan`] makes the page of one
//! plan of its [`Content`], which may be kept or read again, in any order and on any thread, and [`Site::shared`] any
//! other file.
//!
//! ```
//! use okr_render::site::{Member, Settings, Site};
//!
//! let settings = Settings::new(okr_core::model::parse_date("2026-11-06").unwrap());
//! let parsed = okr_core::parse("# Finance\n\n## Objective 1: Get paid sooner\n");
//! let member = Member::new("finance.md", &parsed, &settings);
//! let site = Site::new([member].into_iter().collect(), settings)?;
//! let files = site.plan(0, &parsed.into())?;
//! assert_eq!(files[0].path, "plans/finance.html");
//! let mut shared = (0..site.shared_len()).filter(|at| site.shared_name(*at) == "index.html");
//! let mut index = Vec::new();
//! site.shared(shared.next().unwrap(), &mut index)?;
//! assert!(String::from_utf8_lossy(&index).contains("plans/finance.html"));
//! # Ok::<(), okr_render::Error>(())
//! ```

mod confidence;
mod data;
mod feed;
mod front;
mod key;
mod links;
mod member;
mod nav;
mod owners;
mod places;
mod plan;
mod search;
mod single;
mod spans;
mod strategy;
mod summary;
mod tally;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write;

use indexmap::IndexMap;
use jiff::civil::{Date, Weekday};
use okr_core::alignment::{self, Alignment};
use okr_core::model::Status;
use okr_core::progress::{CHECK_IN_DAY, Part, RollUp, Schedules};
use okr_core::statement::Lexicon;
use serde::Serialize;
use tera::Context;

use self::owners::Owners;
use self::spans::Spans;
use crate::error::{Error, ErrorKind};
use crate::formats::html::theme::{self, Theme};

pub use links::Content;
pub use member::{Member, Members, Remark};

/// What a site is made with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// What the site is called.
    pub title: String,
    /// The day for which it speaks; later check-ins do not count.
    pub day: Date,
    /// Where it will be found, such as `https://example.org/okr/`; the feed needs it for whole addresses.
    pub base_url: Option<String>,
    /// The name and the bytes of a picture that stands before the title.
    pub logo: Option<(String, Vec<u8>)>,
    /// Files that stand in for built-in page templates and styles, by file name.
    pub theme: IndexMap<String, String>,
    /// The words by which what a plan does not state is read from its sentences.
    pub lexicon: Lexicon,
    /// The day of the week on which weekly check-ins are owed.
    pub check_in_day: Weekday,
    /// How many check-ins in a row may be at risk before somebody has to decide.
    pub yellows: usize,
    /// Whether each plan is there as slides too.
    pub slides: bool,
}

impl Settings {
    /// Returns the settings of a plain site that speaks for a day.
    #[must_use]
    pub fn new(day: Date) -> Self {
        Self {
            title: "Objectives and key results".to_owned(),
            day,
            base_url: None,
            logo: None,
            theme: IndexMap::new(),
            lexicon: Lexicon::default(),
            check_in_day: CHECK_IN_DAY,
            yellows: 2,
            slides: false,
        }
    }
}

impl Settings {
    /// Returns a digest of all of them: as long as it and the plans are the same, so is the site that the same release
    /// of this crate makes.
    #[must_use]
    pub fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.title, self.day, &self.base_url, &self.logo).hash(&mut hasher);
        for (name, content) in &self.theme {
            (name, content).hash(&mut hasher);
        }
        let words = format!("{:?} {:?}", self.lexicon, self.check_in_day);
        (words, self.yellows, self.slides).hash(&mut hasher);
        hasher.finish()
    }

    fn schedules(&self) -> Schedules {
        Schedules::on(self.check_in_day)
    }
}

/// A file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it lies in the site, with `/` between folders.
    pub path: String,
    /// What it says.
    pub bytes: Vec<u8>,
}

/// Plans that were put together.
pub struct Site {
    settings: Settings,
    theme: Theme,
    members: Vec<Member>,
    alignment: Alignment,
    /// The position of each member, by the way to its plan.
    at: HashMap<String, usize>,
    /// The position of the first objective of each member among all.
    firsts: Vec<usize>,
    /// What each objective comes to through those that serve it.
    through: Vec<Option<RollUp>>,
    spans: Spans,
    owners: Owners,
    /// The address of each member's page, in the site.
    pages: Vec<String>,
    /// The plan that goes on with each, where one does.
    next: HashMap<usize, usize>,
    /// A digest of what all pages have in common.
    structure: u64,
}

impl Site {
    /// Puts plans together.
    ///
    /// # Errors
    ///
    /// A file of the theme does not work.
    pub fn new(members: Members, settings: Settings) -> Result<Self, Error> {
        let members = members.into_all();
        let theme = Theme::of_site(&settings.theme)?;
        let mut firsts = Vec::with_capacity(members.len());
        let mut count = 0;
        for member in &members {
            firsts.push(count);
            count += member.objectives.len();
        }
        let followed: Vec<&alignment::Member> =
            members.iter().map(|member| &member.aligned).collect();
        let alignment = Alignment::new(&followed);
        let own: Vec<Part> = members
            .iter()
            .flat_map(|member| member.objectives.iter().map(|objective| objective.part))
            .collect();
        let through = alignment.through(&own);
        let pages = places::pages(members.iter().map(Member::path));
        let spans = Spans::new(&members, settings.day);
        let owners = Owners::new(&members);
        let paths = members.iter().map(|member| member.path().to_owned());
        let at: HashMap<String, usize> = paths.zip(0..).collect();
        let next = members.iter().enumerate().filter_map(|(later, member)| {
            let earlier = at.get(member.continues.as_deref()?)?;
            Some((*earlier, later))
        });
        let next = next.collect();
        let mut site = Self {
            settings,
            theme,
            alignment,
            at,
            firsts,
            through,
            spans,
            owners,
            pages,
            next,
            members,
            structure: 0,
        };
        site.structure = site.structure();
        Ok(site)
    }

    /// Returns where the page of a plan lies in the site.
    #[must_use]
    pub fn page_of(&self, member: usize) -> &str {
        &self.pages[member]
    }

    /// Returns where all files of a plan lie that [`Site::plan`] makes.
    #[must_use]
    pub fn files_of(&self, member: usize) -> Vec<String> {
        let page = &self.pages[member];
        let mut files = vec![page.clone(), plan::data(page)];
        files.extend(self.settings.slides.then(|| plan::slides(page)));
        files
    }

    /// Returns how many files there are that are not of a single plan.
    #[must_use]
    pub fn shared_len(&self) -> usize {
        self.unique().len()
            + self.spans.len()
            + self.owners.len()
            + usize::from(self.settings.logo.is_some())
    }

    /// Returns where one of the files lies that are not of a single plan; `at` is less than [`Site::shared_len`].
    ///
    /// # Panics
    ///
    /// There is no such file.
    #[must_use]
    pub fn shared_name(&self, at: usize) -> String {
        if let Some((name, _)) = self.unique().get(at) {
            return (*name).to_owned();
        }
        let at = at - self.unique().len();
        if at < self.spans.len() {
            return self.spans.get(at).path.clone();
        }
        let at = at - self.spans.len();
        if let Some(owner) = self.owners.get(at) {
            return owner.path.clone();
        }
        let logo = self.settings.logo.as_ref();
        let (name, _) = logo.expect("the logo is the last of the files");
        logo_path(name)
    }

    /// Writes one of the files that are not of a single plan; `at` is less than [`Site::shared_len`]. What grows with
    /// the number of plans is written in pieces.
    ///
    /// # Errors
    ///
    /// A template of the theme does not work, or `out` takes no more.
    ///
    /// # Panics
    ///
    /// There is no such file.
    pub fn shared(&self, at: usize, out: &mut dyn Write) -> Result<(), Error> {
        if let Some((_, make)) = self.unique().get(at) {
            return make(self, out);
        }
        let at = at - self.unique().len();
        if at < self.spans.len() {
            return whole(&front::page(self, at)?.bytes, out);
        }
        let at = at - self.spans.len();
        if at < self.owners.len() {
            return whole(&owners::page(self, at)?.bytes, out);
        }
        let logo = self.settings.logo.as_ref();
        let (_, bytes) = logo.expect("the logo is the last of the files");
        whole(bytes, out)
    }

    /// Returns what makes the files of which the site has one; there is a map where anything supports anything.
    fn unique(&self) -> &'static [Unique] {
        if self.has_map() { UNIQUE } else { &UNIQUE[1..] }
    }

    fn has_map(&self) -> bool {
        !self.alignment.bonds.is_empty()
    }

    fn style(&self) -> Result<String, Error> {
        let own = theme::file(&self.settings.theme, "site.css", "style")?;
        let map = theme::file(&self.settings.theme, "map.css", "style")?;
        Ok(format!("{}\n{map}\n{own}", self.theme.style))
    }

    /// Fills a template; `page` is what it shows, at that path in the site.
    fn fill(
        &self,
        path: &str,
        template: &str,
        page: &impl Serialize,
        nav: nav::Nav<'_>,
    ) -> Result<File, Error> {
        Ok(text(path, self.filled(path, template, page, nav)?))
    }

    fn filled(
        &self,
        path: &str,
        template: &str,
        page: &impl Serialize,
        nav: nav::Nav<'_>,
    ) -> Result<String, Error> {
        let mut context = Context::new();
        context.insert("page", page);
        context.insert("site", &nav::SiteView::new(self, path, nav));
        self.theme.fill(template, &context)
    }

    /// Returns the status of an objective: that of its own key results, and without any, the worst of those that
    /// serve it.
    fn status_of(&self, objective: usize) -> Option<Status> {
        let own = self.objective(objective).status;
        own.or_else(|| self.through[objective].and_then(|through| through.status))
    }

    /// Returns an objective by its position among all.
    fn objective(&self, at: usize) -> &member::ObjectiveSummary {
        let it = &self.alignment.objectives[at];
        &self.members[it.plan].objectives[it.position]
    }
}

/// Where a file of which the site has one lies, and what writes it.
type Unique = (&'static str, fn(&Site, &mut dyn Write) -> Result<(), Error>);

/// The files of which a site has one, the strategy map before all others, the longest to make first.
const UNIQUE: &[Unique] = &[
    (strategy::PATH, strategy::write),
    ("data/plans.xlsx", data::workbook),
    (search::PATH, |site, out| {
        whole(&search::page(site)?.bytes, out)
    }),
    ("assets/search.js", |site, out| {
        search::script(site, |page| format!("{page}#"), out)
    }),
    ("data/plans.json", data::json),
    ("data/key-results.csv", data::csv),
    (feed::PATH, |site, out| {
        whole(feed::document(site)?.as_bytes(), out)
    }),
    ("assets/style.css", |site, out| {
        whole(site.style()?.as_bytes(), out)
    }),
    ("assets/site.js", |site, out| {
        let script = theme::file(&site.settings.theme, "site.js", "script")?;
        whole(script.as_bytes(), out)
    }),
];

/// Writes a file that is there as a whole.
fn whole(bytes: &[u8], out: &mut dyn Write) -> Result<(), Error> {
    out.write_all(bytes).map_err(|error| refused(&error))
}

/// Returns that no more can be written.
fn refused(error: &dyn std::error::Error) -> Error {
    ErrorKind::Write(error.to_string()).into()
}

fn logo_path(name: &str) -> String {
    format!("assets/{}", places::slug(name))
}

fn text(path: &str, content: String) -> File {
    File {
        path: path.to_owned(),
        bytes: content.into_bytes(),
    }
}

impl Site {
    /// Returns a digest of all that the page of a plan takes from the site, the plan itself aside: as long as it and the
    /// text of the plan are the same, [`Site::plan`] makes the same files with the same release of this crate.
    #[must_use]
    pub fn digest(&self, member: usize) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.structure.hash(&mut hasher);
        self.members[member].findings.hash(&mut hasher);
        let first = self.firsts[member];
        for at in first..first + self.members[member].objectives.len() {
            for child in &self.alignment.objectives[at].children {
                let objective = self.objective(*child);
                let plan = self.alignment.objectives[*child].plan;
                (*child, &objective.title, &self.members[plan].name).hash(&mut hasher);
                (self.status_of(*child), objective.standing.done).hash(&mut hasher);
            }
        }
        hasher.finish()
    }

    /// Returns a digest of all from which one of the files is made that are not of a single plan; nothing for files that
    /// are made as fast as it would be.
    #[must_use]
    pub fn shared_digest(&self, at: usize) -> Option<u64> {
        let before = self.unique().len() + self.spans.len();
        let owner = self.owners.get(at.checked_sub(before)?)?;
        let mut hasher = DefaultHasher::new();
        (self.structure, self.owners.digest()).hash(&mut hasher);
        owner.hash(&self.members, &mut hasher);
        Some(hasher.finish())
    }

    /// Returns a digest of all from which the files are made that are not of a single plan: as long as it is the same, so
    /// are those that the same release of this crate makes.
    #[must_use]
    pub fn facts(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.structure, &self.members).hash(&mut hasher);
        hasher.finish()
    }

    /// Returns a digest of what all pages have in common, and of what links may lead to.
    fn structure(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.settings.digest().hash(&mut hasher);
        for span in self.spans.iter() {
            (&span.name, &span.path).hash(&mut hasher);
        }
        for (member, page) in self.members.iter().zip(&self.pages) {
            (&member.path(), page, &member.name, &member.continues).hash(&mut hasher);
            member.aligned.hash(&mut hasher);
        }
        self.alignment.bonds.is_empty().hash(&mut hasher);
        hasher.finish()
    }
}
