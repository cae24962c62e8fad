//! The role templates that are built in, and how they are found.

use okr_core::fields::nearest;
use okr_core::model::KeyResult;

use crate::error::{Error, ErrorKind};
use crate::template::Template;

/// The role templates that come with `okr`: file name and text, by name.
pub static TEMPLATES: &[(&str, &str)] = &[
    (
        "accounts-team.md",
        include_str!("../roles/accounts-team.md"),
    ),
    (
        "billing-coordinator.md",
        include_str!("../roles/billing-coordinator.md"),
    ),
];

/// Role templates that can be found by name and by words.
#[derive(Clone, Debug)]
pub struct Library {
    templates: Vec<Template>,
}

impl Library {
    /// Returns the templates that come with `okr`.
    ///
    /// # Errors
    ///
    /// One of them is wrong, which a test rules out.
    pub fn built_in() -> Result<Self, Error> {
        let mut library = Self {
            templates: Vec::new(),
        };
        for (file, text) in TEMPLATES {
            library.add(Template::parse(file, text)?);
        }
        Ok(library)
    }

    /// Adds a template; one of the same name gives way to it.
    pub fn add(&mut self, template: Template) {
        match self
            .templates
            .iter_mut()
            .find(|other| other.name == template.name)
        {
            Some(other) => *other = template,
            None => self.templates.push(template),
        }
    }

    /// Returns all templates, in the order in which they were added.
    #[must_use]
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// Returns the key results of all templates, in order, filled as for [`Template::outline`].
    ///
    /// An audit can propose them where a plan has work in their place. What a wrong template holds is
    /// left out.
    ///
    /// ```
    /// use okr_core::audit::{self, Settings};
    /// use okr_templates::Library;
    ///
    /// let settings = Settings {
    ///     library: audit::Library::new(|| {
    ///         Library::built_in().map_or_else(|_| Vec::new(), |library| library.key_results())
    ///     }),
    ///     ..Settings::default()
    /// };
    /// let work = "Automate invoice generation for recurring clients";
    /// assert!(settings.library.nearest(work, |_| true).is_some());
    /// ```
    #[must_use]
    pub fn key_results(&self) -> Vec<KeyResult> {
        let plans = self.templates.iter().flat_map(Template::outline);
        let objectives = plans.flat_map(|plan| plan.objectives);
        objectives
            .flat_map(|objective| objective.key_results)
            .collect()
    }

    /// Returns the template of that name; blanks and capitals do not matter.
    ///
    /// # Errors
    ///
    /// There is none; the message offers the nearest name.
    pub fn get(&self, name: &str) -> Result<&Template, Error> {
        let wanted = name.trim().to_lowercase().replace([' ', '_'], "-");
        self.templates
            .iter()
            .find(|template| template.name == wanted)
            .ok_or_else(|| {
                let nearest = nearest(
                    &wanted,
                    self.templates.iter().map(|template| &*template.name),
                );
                ErrorKind::UnknownTemplate {
                    name: name.to_owned(),
                    nearest: nearest.map(str::to_owned),
                }
                .into()
            })
    }

    /// Returns the templates in which every word of `query` occurs: in name, title, summary, keywords or
    /// objectives; upper and lower case are the same.
    #[must_use]
    pub fn search(&self, query: &str) -> Vec<&Template> {
        let words: Vec<_> = query.split_whitespace().map(str::to_lowercase).collect();
        let matches = |template: &&Template| {
            let mut text = [&*template.name, &template.title, &template.summary].join(" ");
            text.push_str(&template.keywords.join(" "));
            text.extend(
                template
                    .body()
                    .lines()
                    .filter(|line| line.starts_with("##")),
            );
            let text = text.to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        self.templates.iter().filter(matches).collect()
    }
}
