//! `okr.toml`: what holds for all plans below its folder.

mod commands;
mod limits;
mod rules;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Weekday;
use okr_core::audit::Settings;
use okr_core::diagnostic::Severity;
use okr_core::fields::nearest;
use okr_core::model::{Cadence, FiscalYear, YearLabel};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(crate) use self::rules::rule_named;
use crate::env::{Env, MAX_SMALL};
use crate::error::Drawn;
use crate::show::{Picture, draw};

/// The name of the file.
pub(crate) const FILE_NAME: &str = "okr.toml";

/// What it may say.
const KEYS: &[&str] = &[
    "cadence",
    "check-in-day",
    "commands",
    "fiscal-year-label",
    "fiscal-year-start",
    "has-parents",
    "limits",
    "owner",
    "rules",
    "sources",
    "team",
    "templates",
    "words",
];

/// Defaults for the plans of a folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    /// Folders with role templates.
    pub(crate) templates: Vec<PathBuf>,
    /// The owner of new plans.
    pub(crate) owner: Option<String>,
    /// The team of new plans.
    pub(crate) team: Option<String>,
    /// How often new plans are checked.
    pub(crate) cadence: Option<Cadence>,
    /// When the fiscal year begins, if the file says so.
    pub(crate) fiscal_year: Option<FiscalYear>,
    /// What is set about audits.
    pub(crate) audit: Settings,
    /// The programs that sources of plans may name, each with its arguments.
    pub(crate) commands: BTreeMap<String, Vec<String>>,
    /// The folder of the file, in which programs run.
    pub(crate) folder: PathBuf,
    /// Folders with files that sources of plans may name.
    pub(crate) sources: Vec<PathBuf>,
}

/// What is wrong with the file, and where.
#[derive(Debug)]
struct Problem {
    span: Range<usize>,
    message: String,
    help: String,
}

impl Problem {
    fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: help.into(),
        }
    }
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or says something that is not understood.
    pub(crate) fn read(env: &Env, path: &Path) -> anyhow::Result<Self> {
        let text = env.read_text(path, MAX_SMALL)?;
        let shown_path = path
            .strip_prefix(&env.current_dir)
            .unwrap_or(path)
            .display()
            .to_string();
        let mut config = Self::parse(&text).map_err(|problem| {
            Drawn(draw(&Picture {
                severity: Severity::Error,
                code: None,
                message: &problem.message,
                path: &shown_path,
                place: Some((&text, problem.span)),
                label: "",
                help: &problem.help,
            }))
        })?;
        // A folder is meant from where the file stands, not from where the command is run.
        if let Some(folder) = env.path(path).parent() {
            for paths in config.templates.iter_mut().chain(&mut config.sources) {
                *paths = folder.join(&*paths);
            }
            folder.clone_into(&mut config.folder);
        }
        Ok(config)
    }

    fn parse(text: &str) -> Result<Self, Problem> {
        let table = DeTable::parse(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            Problem::new(
                span,
                format!("not valid TOML: {}", error.message()),
                "write lines like `team = \"Finance\"`",
            )
        })?;
        let mut config = Self::default();
        let mut start = None;
        let mut label = None;
        for (key, value) in table.get_ref() {
            match &**key.get_ref() {
                "cadence" => {
                    let cadence = Cadence::parse(string(value)?);
                    config.cadence = Some(cadence.ok_or_else(|| {
                        expected(value, "\"weekly\", \"two-weekly\" or \"monthly\"")
                    })?);
                }
                "check-in-day" => {
                    let day = weekday(string(value)?);
                    config.audit.check_in_day =
                        Some(day.ok_or_else(|| {
                            expected(value, "a day of the week, such as \"Monday\"")
                        })?);
                }
                "commands" => config.commands = commands::read(value)?,
                "fiscal-year-label" => {
                    label = Some(match string(value)? {
                        "end" => YearLabel::End,
                        "start" => YearLabel::Start,
                        _ => {
                            return Err(expected(
                                value,
                                "\"end\" or \"start\": the calendar year that gives the number",
                            ));
                        }
                    });
                }
                "fiscal-year-start" => {
                    let month = match value.get_ref() {
                        DeValue::Integer(number) => FiscalYear::parse_month(number.as_str()),
                        _ => FiscalYear::parse_month(string(value)?),
                    };
                    start =
                        Some(month.ok_or_else(|| expected(value, "a month, such as \"April\""))?);
                }
                "has-parents" => {
                    let DeValue::Boolean(has_parents) = value.get_ref() else {
                        return Err(expected(value, "true or false"));
                    };
                    config.audit.has_parents = *has_parents;
                }
                "limits" => limits::read(value, &mut config.audit.limits)?,
                "owner" => config.owner = Some(string(value)?.to_owned()),
                "rules" => rules::read(value, &mut config.audit)?,
                "team" => config.team = Some(string(value)?.to_owned()),
                "sources" => config.sources = folders(value, "[\"../exports\"]")?,
                "templates" => config.templates = folders(value, "[\"templates\"]")?,
                "words" => config.audit.lexicon = words::read(value)?,
                other => {
                    let help = match nearest(other, KEYS.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("known keys are {}", KEYS.join(", ")),
                    };
                    return Err(Problem::new(
                        key.span(),
                        format!("key `{other}` is not known"),
                        help,
                    ));
                }
            }
        }
        if start.is_some() || label.is_some() {
            config.fiscal_year = FiscalYear::new(start.unwrap_or(1), label.unwrap_or_default());
        }
        Ok(config)
    }
}

/// Reads a day of the week by its English name, in upper or lower case.
fn weekday(name: &str) -> Option<Weekday> {
    let names = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let name = name.trim().to_lowercase();
    let (_, day) = names.into_iter().find(|(other, _)| *other == name)?;
    Some(day)
}

/// Reads a list of folders.
fn folders(value: &Spanned<DeValue<'_>>, example: &str) -> Result<Vec<PathBuf>, Problem> {
    let list = value.get_ref().as_array();
    let list =
        list.ok_or_else(|| expected(value, &format!("a list of folders, such as {example}")))?;
    list.iter()
        .map(|folder| Ok(string(folder)?.into()))
        .collect()
}

fn string<'v>(value: &'v Spanned<DeValue<'_>>) -> Result<&'v str, Problem> {
    value
        .get_ref()
        .as_str()
        .ok_or_else(|| expected(value, "words in quotation marks"))
}

fn table<'v, 'i>(value: &'v Spanned<DeValue<'i>>) -> Result<&'v DeTable<'i>, Problem> {
    value
        .get_ref()
        .as_table()
        .ok_or_else(|| expected(value, "a section, such as [rules] with lines below it"))
}

fn expected(value: &Spanned<DeValue<'_>>, what: &str) -> Problem {
    Problem::new(
        value.span(),
        "value is not understood",
        format!("write {what}"),
    )
}

#[cfg(test)]
mod tests {
    use okr_core::audit::Level;

    use super::*;

    #[test]
    fn every_key_is_read() {
        let config = Config::parse(
            "templates = [\"a\"]\nowner = \"Dana\"\nteam = \"Finance\"\ncadence = \"monthly\"\n\
             fiscal-year-start = \"April\"\nfiscal-year-label = \"start\"\n",
        )
        .unwrap();
        assert_eq!(config.templates, [PathBuf::from("a")]);
        assert_eq!(config.owner.as_deref(), Some("Dana"));
        assert_eq!(config.team.as_deref(), Some("Finance"));
        assert_eq!(config.cadence, Some(Cadence::Monthly));
        assert_eq!(config.fiscal_year, FiscalYear::new(4, YearLabel::Start));
        assert_eq!(
            Config::parse("fiscal-year-start = 4").unwrap().fiscal_year,
            FiscalYear::new(4, YearLabel::End)
        );
    }

    #[track_caller]
    fn check_problem(text: &str, at: &str, message: &str, help: &str) {
        let problem = Config::parse(text).unwrap_err();
        assert_eq!(
            (&text[problem.span], &*problem.message, &*problem.help),
            (at, message, help)
        );
    }

    #[test]
    fn what_is_not_understood_is_shown() {
        check_problem(
            "onwer = \"Dana\"",
            "onwer",
            "key `onwer` is not known",
            "did you mean `owner`?",
        );
        check_problem(
            "team = 1",
            "1",
            "value is not understood",
            "write words in quotation marks",
        );
        check_problem(
            "cadence = \"daily\"",
            "\"daily\"",
            "value is not understood",
            "write \"weekly\", \"two-weekly\" or \"monthly\"",
        );
        assert!(
            Config::parse("team = ")
                .unwrap_err()
                .message
                .starts_with("not valid TOML: ")
        );
    }

    #[test]
    fn what_audits_go_by_is_read() {
        let text = "has-parents = true\n[rules]\nno-number = \"off\"\nunknown-field = \"info\"\n\n[limits]\nobjectives = 5\nobjective-words = 10\n\n[words]\nincrease = [\"uplevel\"]\n";
        let audit = Config::parse(text).unwrap().audit;
        assert_eq!(audit.levels.get("no-number"), Some(&Level::Off));
        assert_eq!(audit.levels.get("unknown-field"), Some(&Level::Info));
        assert_eq!(audit.limits.objectives, 5);
        assert!(audit.has_parents);
        assert_eq!(audit.limits.objective_words, 10);
        assert_eq!(audit.limits.key_results, 4);
        let text = "[limits]\nbehind-percent = 100\nyellows-in-a-row = 300\n";
        let audit = Config::parse(text).unwrap().audit;
        assert_eq!(audit.limits.behind_percent, 100);
        assert_eq!(audit.limits.yellows_in_a_row, 300);
    }

    #[test]
    fn the_day_of_check_ins_is_read() {
        let day = |text: &str| Config::parse(text).map(|config| config.audit.check_in_day);
        assert_eq!(day("").unwrap(), None);
        assert_eq!(
            day("check-in-day = \"Monday\"").unwrap(),
            Some(Weekday::Monday)
        );
        assert_eq!(
            day("check-in-day = \"sunday\"").unwrap(),
            Some(Weekday::Sunday)
        );
        check_problem(
            "check-in-day = \"Mo\"",
            "\"Mo\"",
            "value is not understood",
            "write a day of the week, such as \"Monday\"",
        );
    }

    #[test]
    fn what_audits_do_not_know_is_shown() {
        check_problem(
            "[rules]\nno-nmber = \"off\"",
            "no-nmber",
            "there is no rule `no-nmber`",
            "did you mean `no-number`?",
        );
        check_problem(
            "[rules]\nno-number = \"loud\"",
            "\"loud\"",
            "value is not understood",
            "write \"off\", \"info\", \"warning\" or \"error\"",
        );
        check_problem(
            "[limits]\nobjectivs = 3",
            "objectivs",
            "limit `objectivs` is not known",
            "did you mean `objectives`?",
        );
        check_problem(
            "[limits]\nobjectives = -3",
            "-3",
            "value is not understood",
            "write a whole number, such as 4",
        );
        check_problem(
            "[limits]\nbehind-percent = 101",
            "101",
            "value is not understood",
            "write a whole number up to 100, such as 25",
        );
        check_problem(
            "[words]\nincrease = \"uplevel\"",
            "\"uplevel\"",
            "value is not understood",
            "write a list of words, such as [\"uplevel\"]",
        );
        check_problem(
            "rules = 1",
            "1",
            "value is not understood",
            "write a section, such as [rules] with lines below it",
        );
    }

    #[test]
    fn the_keys_are_sorted() {
        assert!(KEYS.is_sorted());
        assert!(limits::LIMITS.is_sorted_by_key(|(key, _)| key));
    }
}
