//! SARIF, as its official schema and the programs that act on it take it.
#![expect(
    clippy::disallowed_methods,
    reason = "plans are files, some of them in a temporary folder"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use libtest_mimic::Failed;
use okr_core::audit::{Action, RULES};
use okr_core::diagnostic::CODES;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::sample::okr;
use crate::tool::{self, Tool};
use crate::{Check, found, no_faults, scratch};

const TOOLS: &[Tool] = &[Tool::SarifSchema];

/// A plan in which one finding is dismissed and others are not.
const DISMISSED: &str = "\
---
period: 2026-Q4
---

# Billing

## Objective: Late payers hear from us

### Key result: Better follow-up on late payers

<!-- okr: allow no-number: legal asked for these words, \"and\" for no others -->

### Key result: Better letters
";

/// A plan whose columns are not its bytes, and whose lines end as on Windows.
const WIDE: &str = "\u{feff}# 🎯 Größe\r\n\r\n## Objective: 🎯 Kunden zahlen früher\r\n\r\n\
- Ownér: 🎯 Zoë\r\n\r\n### Key result: 🎯🎯 Better follow-up für späte Zahler\r\n";

pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("sarif_obeys_the_official_schema", TOOLS, obeys_the_schema),
        Check::new("sarif_schema_sees_faults", TOOLS, schema_sees_faults),
        // What a schema cannot say needs no tool.
        Check::new("sarif_points_into_the_files", &[], points_into_the_files),
        Check::new("sarif_fixes_are_those_of_check", &[], fixes_are_made),
    ]
}

/// A report, and the folder that its paths start from.
struct Report {
    name: String,
    folder: PathBuf,
    sarif: Value,
}

impl Report {
    fn new(name: &str, folder: &Path, paths: &[&str]) -> Result<Self, Failed> {
        Ok(Self {
            name: name.to_owned(),
            folder: folder.to_owned(),
            sarif: report(folder, paths)?,
        })
    }

    fn results(&self) -> &[Value] {
        results(&self.sarif)
    }
}

/// Returns a report on every folder of plans and every plan in it, and on plans out of the ordinary.
///
/// The temporary folder must live as long as the files of the latter are read.
fn reports() -> Result<(TempDir, Vec<Report>), Failed> {
    let plans = plans();
    let mut reports = Vec::new();
    for name in ["messy", "seeds", "valid"] {
        reports.push(Report::new(name, &plans, &[name])?);
        for file in markdown(&plans.join(name))? {
            let folder = plans.join(name);
            reports.push(Report::new(&format!("{name}/{file}"), &folder, &[&file])?);
        }
    }
    let folder = scratch()?;
    let at = folder.path();
    fs::create_dir_all(at.join("empty"))?;
    fs::create_dir_all(at.join("größe 🎯"))?;
    fs::write(at.join("dismissed.md"), DISMISSED)?;
    fs::write(at.join("größe 🎯/5% [mehr], früher#1.md"), WIDE)?;
    for name in ["dismissed.md", "größe 🎯", "empty", "."] {
        reports.push(Report::new(name, at, &[name])?);
    }
    let absolute = at.join("dismissed.md").display().to_string();
    reports.push(Report::new("an absolute path", at, &[&absolute])?);
    Ok((folder, reports))
}

fn obeys_the_schema() -> Result<(), Failed> {
    let schema = schema()?;
    let (_folder, reports) = reports()?;
    let mut faults = Vec::new();
    for report in &reports {
        let name = &report.name;
        faults.extend(schema_faults(&schema, name, &report.sarif));
        let count = report.results().len();
        if (name == "empty") != (count == 0) {
            faults.push(format!("{name}: {count} results"));
        }
    }
    no_faults(&faults)
}

/// The schema refuses what it must, so that it is not the empty one.
fn schema_sees_faults() -> Result<(), Failed> {
    let schema = schema()?;
    let folder = scratch()?;
    fs::write(folder.path().join("plan.md"), DISMISSED)?;
    let sarif = report(folder.path(), &["plan.md"])?;
    no_faults(&schema_faults(&schema, "plan.md", &sarif))?;
    for (place, wrong) in [
        ("/version", json!("2.0.0")),
        ("/runs/0/tool", json!({})),
        ("/runs/0/columnKind", json!("bytes")),
        ("/runs/0/results/0/level", json!("info")),
        ("/runs/0/results/0/message", json!("words")),
        ("/runs/0/results/0/ruleIndex", json!(-2)),
        ("/runs/0/results/0/suppressions", json!([{}])),
        (
            "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri",
            json!("not a reference"),
        ),
        (
            "/runs/0/results/0/locations/0/physicalLocation/region/startLine",
            json!(0),
        ),
    ] {
        let mut sarif = sarif.clone();
        *sarif
            .pointer_mut(place)
            .ok_or_else(|| format!("there is no {place}"))? = wrong;
        if schema.is_valid(&sarif) {
            return Err(format!("a fault at {place} was not seen").into());
        }
    }
    Ok(())
}

fn points_into_the_files() -> Result<(), Failed> {
    let (_folder, reports) = reports()?;
    let mut faults = Vec::new();
    let (mut results, mut fixes, mut suppressions) = (0, 0, 0);
    for report in &reports {
        let rules = &report.sarif["runs"][0]["tool"]["driver"]["rules"];
        let rules = texts(rules, "id");
        if rules.iter().collect::<BTreeSet<_>>().len() != rules.len() {
            faults.push(format!("{}: a rule stands there twice", report.name));
        }
        for result in report.results() {
            results += 1;
            fixes += list(&result["fixes"]).len();
            suppressions += list(&result["suppressions"]).len();
            let mut said = Vec::new();
            said.extend(rule_fault(&rules, result));
            said.extend(suppression_fault(result));
            said.extend(place_faults(&report.folder, result));
            let id = &result["ruleId"];
            faults.extend(said.iter().map(|it| format!("{}: {id}: {it}", report.name)));
        }
    }
    // The numbers keep the trial from passing for want of anything to look at.
    if results < 800 || fixes < 200 || suppressions < 3 {
        faults.push(format!(
            "only {results} results, {fixes} fixes, {suppressions} suppressions"
        ));
    }
    no_faults(&faults)
}

/// Only what is said of reading stands in no list of rules.
fn rule_fault(rules: &[&str], result: &Value) -> Option<String> {
    let id = result["ruleId"].as_str().unwrap_or_default();
    let expected = rules.iter().position(|rule| *rule == id);
    let index = result.get("ruleIndex").map(number);
    if expected.is_none() && !CODES.contains(&id) {
        return Some("is neither a rule nor a message about reading".to_owned());
    }
    (index != expected).then(|| format!("has the index {index:?}, not {expected:?}"))
}

/// Every result says whether it is suppressed: where one does, those that do not are in doubt.
fn suppression_fault(result: &Value) -> Option<String> {
    let Some(suppressions) = result["suppressions"].as_array() else {
        return Some("does not say whether it is suppressed".to_owned());
    };
    let is_justified = |one: &Value| {
        let words = one["justification"].as_str().unwrap_or_default();
        one["kind"] == "inSource" && !words.trim().is_empty()
    };
    (!suppressions.iter().all(is_justified)).then(|| format!("is suppressed by {suppressions:?}"))
}

fn place_faults(folder: &Path, result: &Value) -> Vec<String> {
    let place = &result["locations"][0]["physicalLocation"];
    let uri = &place["artifactLocation"]["uri"];
    let text = match file(folder, uri) {
        Ok(text) => text,
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    if let Some(region) = place.get("region") {
        faults.extend(bytes(&text, region).err());
    }
    for fix in list(&result["fixes"]) {
        for change in list(&fix["artifactChanges"]) {
            if change["artifactLocation"]["uri"] != *uri {
                faults.push(format!("changes {}", change["artifactLocation"]));
            }
            let mut behind = 0;
            for one in list(&change["replacements"]) {
                match bytes(&text, &one["deletedRegion"]) {
                    Ok((start, end)) => {
                        if start < behind {
                            faults.push(format!("changes byte {start} twice"));
                        }
                        behind = end;
                    }
                    Err(fault) => faults.push(fault),
                }
            }
        }
    }
    faults
}

/// Returns whether a text has only what a reference may consist of.
fn is_reference(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    let is_escape = |rest: &str| {
        let digits = rest.get(..2).unwrap_or_default();
        digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    };
    text.chars().all(is_part) && text.split('%').skip(1).all(is_escape)
}

/// Returns the text of the file that a reference leads to.
fn file(folder: &Path, uri: &Value) -> Result<String, String> {
    let uri = uri.as_str().unwrap_or_default();
    if !is_reference(uri) {
        return Err(format!("{uri:?} is no reference"));
    }
    let path = uri.strip_prefix("file://").unwrap_or(uri);
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits: String = rest.by_ref().take(2).map(char::from).collect();
            let byte = u8::from_str_radix(&digits, 16);
            bytes.push(byte.map_err(|_| format!("{uri} is no reference"))?);
        } else {
            bytes.push(byte);
        }
    }
    let path = String::from_utf8(bytes).map_err(|_| format!("{uri} is not UTF-8"))?;
    fs::read_to_string(folder.join(path)).map_err(|error| format!("{uri}: {error}"))
}

/// Returns the bytes of a region, where its lines and columns name the same ones.
fn bytes(text: &str, region: &Value) -> Result<(usize, usize), String> {
    let at = |name: &str| number(&region[name]);
    let start = offset(text, at("startLine"), at("startColumn"));
    let end = offset(text, at("endLine"), at("endColumn"));
    let first = at("byteOffset");
    let behind = first.saturating_add(at("byteLength"));
    if start == Some(first) && end == Some(behind) && first <= behind {
        Ok((first, behind))
    } else {
        Err(format!("{region} leads to {start:?} and {end:?}"))
    }
}

/// Returns the byte at a line and a column in code units of UTF-16, found without help from okr.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let mut start = 0;
    let mut lines = text.split_inclusive('\n');
    for _ in 1..line {
        start += lines.next()?.len();
    }
    // Behind the last line end there is one more line, which is empty.
    let line = lines.next().unwrap_or_default();
    let line = line.strip_suffix('\n').unwrap_or(line);
    let line = line.strip_suffix('\r').unwrap_or(line);
    let mark = line.len() - line.trim_start_matches('\u{feff}').len();
    let mut units = 1;
    for (at, c) in line[mark..].char_indices() {
        if units == column {
            // The mark belongs to what stands at the first column or before it.
            return Some(start + mark + at);
        }
        units += c.len_utf16();
    }
    (units == column).then_some(start + line.len())
}

/// What the fixes of a report change is what `--fix --unsafe` writes.
///
/// A program makes one fix at a time; where a plan has one finding of a rule, that is all there is
/// to fix. Of several the fixes are made together, as far as they do not touch.
fn fixes_are_made() -> Result<(), Failed> {
    let mut faults = Vec::new();
    let mut alone = BTreeSet::new();
    let mut count = 0;
    for (name, text) in fixable()? {
        let folder = scratch()?;
        let plan = folder.path().join("plan.md");
        fs::write(&plan, &text)?;
        let sarif = report(folder.path(), &["plan.md", "--strict"])?;
        let rules: BTreeSet<&str> = results(&sarif)
            .iter()
            .filter(|result| result.get("fixes").is_some())
            .filter_map(|result| result["ruleId"].as_str())
            .collect();
        for rule in rules {
            let words = ["plan.md", "--strict", "--select", rule];
            let sarif = report(folder.path(), &words)?;
            let fixed: Vec<&Value> = results(&sarif)
                .iter()
                .filter_map(|result| result["fixes"].get(0))
                .collect();
            let ours = match applied(&text, &fixed) {
                Ok(ours) => ours,
                Err(fault) => {
                    faults.push(format!("{name}: {rule}: {fault}"));
                    continue;
                }
            };
            let line = [&["check", "--fix", "--unsafe"], &words[..]].concat();
            okr(folder.path(), &line)?;
            let theirs = fs::read_to_string(&plan)?;
            fs::write(&plan, &text)?;
            count += fixed.len();
            if ours != theirs {
                faults.push(format!("{name}: {rule}: {ours:?}\nis not\n{theirs:?}"));
            } else if fixed.len() == 1 {
                alone.insert(rule.to_owned());
            }
        }
    }
    for rule in RULES {
        let has_fix = matches!(rule.action(), Action::Fixes | Action::Suggests);
        if has_fix && !alone.contains(rule.id) {
            faults.push(format!("{}: no plan has one finding of it", rule.id));
        }
    }
    if count < 150 {
        faults.push(format!("only {count} fixes"));
    }
    no_faults(&faults)
}

/// Returns the plans to fix: the example of every rule, also with other line ends, and whole plans.
fn fixable() -> Result<Vec<(String, String)>, Failed> {
    let mut texts = Vec::new();
    for rule in RULES {
        let example = rule.example();
        texts.push((rule.id.to_owned(), example.to_owned()));
        let windows = format!("\u{feff}{}", example.replace('\n', "\r\n"));
        texts.push((format!("{} on Windows", rule.id), windows));
    }
    for name in ["messy", "seeds", "valid"] {
        let folder = plans().join(name);
        for file in markdown(&folder)? {
            let text = fs::read_to_string(folder.join(&file))?;
            texts.push((format!("{name}/{file}"), text));
        }
    }
    Ok(texts)
}

/// Returns a text after fixes, as a program makes them that knows nothing but SARIF.
fn applied(text: &str, fixes: &[&Value]) -> Result<String, String> {
    let mut replacements = Vec::new();
    for fix in fixes {
        for one in list(&fix["artifactChanges"][0]["replacements"]) {
            let (start, end) = bytes(text, &one["deletedRegion"])?;
            let words = one["insertedContent"]["text"].as_str().unwrap_or_default();
            replacements.push((start, end, words));
        }
    }
    replacements.sort_by_key(|(start, end, _)| (*start, *end));
    let mut out = String::new();
    let mut behind = 0;
    for (start, end, words) in replacements {
        let kept = text.get(behind..start);
        out.push_str(kept.ok_or_else(|| format!("two fixes change byte {start}"))?);
        out.push_str(words);
        behind = end;
    }
    out.push_str(&text[behind..]);
    Ok(out)
}

/// Returns the official schema; it is one document, so that nothing else is asked for.
fn schema() -> Result<Validator, Failed> {
    let text = fs::read_to_string(found(Tool::SarifSchema)?)?;
    let schema: Value = serde_json::from_str(&text)?;
    // Draft 4, which the schema obeys, knows no references, though the schema asks for them.
    let options = jsonschema::options()
        .should_validate_formats(true)
        .with_format("uri-reference", is_reference);
    let validator = options.build(&schema);
    Ok(validator.map_err(|error| format!("the schema cannot be used: {error}"))?)
}

fn schema_faults(schema: &Validator, name: &str, sarif: &Value) -> Vec<String> {
    let faults = schema.iter_errors(sarif);
    faults
        .map(|fault| format!("{name}: {}: {fault}", fault.instance_path()))
        .collect()
}

/// Returns what `okr check --format sarif` prints; a folder without plans gives a report too.
fn report(folder: &Path, words: &[&str]) -> Result<Value, Failed> {
    let line = [&["check", "--format", "sarif"], words].concat();
    let output = okr(folder, &line)?;
    serde_json::from_str(&output.stdout)
        .map_err(|error| format!("okr {line:?}: {error}: {}", output.stderr).into())
}

fn plans() -> PathBuf {
    tool::folder().join("../fixtures/plans")
}

/// Returns the names of the plans in a folder; a file that explains the folder is none.
fn markdown(folder: &Path) -> Result<Vec<String>, Failed> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.extension().is_some_and(|found| found == "md") && name != "README.md" {
            names.push(name.into_owned());
        }
    }
    names.sort();
    if names.is_empty() {
        return Err(format!("there is no plan in {}", folder.display()).into());
    }
    Ok(names)
}

fn results(sarif: &Value) -> &[Value] {
    list(&sarif["runs"][0]["results"])
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts<'v>(values: &'v Value, name: &str) -> Vec<&'v str> {
    let texts = list(values).iter();
    texts.filter_map(|value| value[name].as_str()).collect()
}

/// Returns a number that counts; what is none is more than anything that can be counted.
fn number(value: &Value) -> usize {
    let number = value.as_u64().map(usize::try_from);
    number.and_then(Result::ok).unwrap_or(usize::MAX)
}
