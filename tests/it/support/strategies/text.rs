//! Texts of plans as people and programs write them, right and wrong.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Pieces of text that have upset a Markdown tool before.
const WORDS: &[&str] = &[
    "Raise the collection rate by 25%",
    "Cut *DSO* from 52 to 44 days by mid-Q2",
    "Sign 20 accounts by June",
    "*really* soon",
    "a * b",
    "5 < 6 & 7 > 2",
    "&amp; &lt;",
    "`code`",
    "``a ` b``",
    "[link](https://example.org/a(b))",
    "![image](x.png \"t\")",
    "[ref][r]",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "on_time_rate",
    "__init__",
    "~~gone~~",
    "~5 days",
    "C:\\temp",
    "\\*",
    "a\\",
    "Ünïcödé",
    "売掛金の回収",
    "ذمم مدينة",
    "👩‍💼 owner",
    "(due 2026-11-15)",
    "(@kim)",
    "(@kim, due 2026-11-15)",
    "(twice)",
    ":)",
    "Owner: x",
    "Objective: y",
    "KR: z",
    "#",
    "# a #",
    "1. one",
    "- dash",
    "+1",
    "=1+1",
    "@sum",
    "|",
    "a | b",
    "a \\| b",
    "!",
    "![",
    "[]",
    "[x]",
    "<!-- note -->",
    "https://example.org",
    "<https://example.org>",
    "end.",
    "é\u{301}",
    "\u{200b}",
    "a  b",
    "\u{1b}[31m",
    "**bold**",
    "***both***",
    "*a*b",
    "_a_b",
    "a*b*c",
    "\u{a0}",
    "“quoted”",
    "'",
    "\"",
    "...",
    "---",
    "===",
    "%",
    "0",
];

/// Lines of a document; `{w}` stands for words.
const LINES: &[&str] = &[
    "",
    "",
    "",
    "{w}",
    "{w}",
    "# {w}",
    "## {w}",
    "### {w}",
    "#### {w}",
    "## Objective: {w}",
    "## Objective 1: {w}",
    "## **Objective 2:** {w}",
    "# Objective: {w}",
    "### Key result: {w}",
    "### Key result 1.1: {w}",
    "### KR 7: {w} #",
    "#### KR: {w}",
    "Objective: {w}\n---------",
    "## Objective:",
    "### Key result:",
    "{w}\n===",
    "- Owner: {w}",
    "* Owner: {w}",
    "+ Owner: {w}",
    "1. Owner: {w}",
    "  - Owner: {w}",
    "- **Owner:** {w}",
    "- owner : {w}",
    "- Owner:",
    "- Baseline: 68%",
    "- Baseline: to be measured",
    "- Target: +25%",
    "- Target: +25% (1 → 2)",
    "- Target: at least 95%",
    "- Target: {w}",
    "- Due: 2026-12-31",
    "- Due: soon",
    "- Type: committed",
    "- Type: {w}",
    "- Supports: {w}",
    "- Measure: {w}\n  {w}",
    "- Unit: days",
    "- Direction: decrease",
    "- Source: {w}",
    "- Colour: {w}",
    "- {w}",
    "- [ ] {w}",
    "- [x] {w}",
    "* [X] {w} (@kim)",
    "- [ ] {w} (@kim (AR), due 2026-11-15)",
    "1) [ ] {w}",
    "- [ ]",
    "  - {w}",
    "    - {w}",
    "    {w}",
    "      {w}",
    "\t{w}",
    "\t- {w}",
    "> {w}",
    "> # Objective: {w}",
    "```",
    "```\n## Objective: x\n```",
    "~~~ text",
    "    ## Objective: code",
    "<!-- -->",
    "<!-- okr: allow no-number: {w} -->",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<pre>",
    "| Date | Value | Status | Confidence | Note |\n| --- | --- | --- | --- | --- |\n| 2026-10-09 | 70% | on track | 7 | {w} |",
    "| Date | Value |\n|---|--:|\n| 2026-10-16 | 72% |\n| soon | x |\n| 2026-10-23 | {w} | extra |",
    "| Date | Mood |\n| - | - |\n| 2026-10-09 | {w} |",
    "| a | b |\n| - | - |\n| {w} | c |",
    "| 2026-10-30 | 75% |",
    "***",
    "- - -",
    "[r]: https://example.org",
    "[r]:",
    "1. {w}",
    "2. {w}",
    "-",
    "*",
    "===",
    "---",
];

const FRONT_MATTER: &[&str] = &[
    "plan: Accounts Team",
    "plan: \"A: b\"",
    "plan: 'it''s'",
    "period: 2026-Q4",
    "period: FY2027-Q1",
    "period: someday",
    "team: Finance # comment",
    "owner: Dana Reyes",
    "owner:",
    "cadence: weekly",
    "cadence: daily",
    "template: accounts-team",
    "fiscal-year-start: April",
    "fiscal-year-label: start",
    "colour: blue",
    "# comment",
    "",
    "  nested: x",
    "list: [a]",
    "Owner: Sam",
];

/// Words of one line, mostly from [`WORDS`], sometimes any.
pub(crate) fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => vec(select(WORDS), 1..3).prop_map(|words| words.join(" ")),
        1 => "[^\n\r]{0,12}",
        1 => "[ -~]{0,16}",
    ]
}

/// The text of a document, with any line ends, with and without a mark and front matter.
pub(crate) fn source() -> impl Strategy<Value = String> {
    let line = (select(LINES), words(), words())
        .prop_map(|(line, one, other)| line.replacen("{w}", &one, 1).replacen("{w}", &other, 1));
    let front_matter = option::weighted(0.4, vec(select(FRONT_MATTER), 0..5));
    (
        front_matter,
        vec(line, 0..14),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(front_matter, lines, crlf, mark, final_line_end)| {
            let mut text = String::new();
            if let Some(entries) = front_matter {
                text.push_str("---\n");
                for entry in entries {
                    text.push_str(entry);
                    text.push('\n');
                }
                text.push_str("---\n");
            }
            text.push_str(&lines.join("\n"));
            if final_line_end {
                text.push('\n');
            }
            if crlf {
                text = text.replace('\n', "\r\n");
            }
            if mark {
                text.insert(0, '\u{feff}');
            }
            text
        })
}

/// The text of a document with one objective and key result, so that there is something to change.
pub(crate) fn source_with_elements() -> impl Strategy<Value = String> {
    (source(), source()).prop_map(|(one, other)| {
        let middle = "\n\n## Objective: Get paid\n\n- [ ] Call\n\n### Key result: Raise the rate\n";
        let other = other.trim_start_matches('\u{feff}');
        let end = if one.contains("\r\n") {
            middle.replace('\n', "\r\n")
        } else {
            middle.to_owned()
        };
        format!("{one}{end}{other}")
    })
}

/// Where free text stands; what is understood in one place is text in another.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    Plan,
    Objective,
    KeyResult,
    Section,
}

/// Free text as it comes out of a document at that place.
pub(crate) fn free_text(place: Place) -> impl Strategy<Value = String> {
    let line = (select(LINES), words()).prop_map(|(line, words)| line.replace("{w}", &words));
    vec(line, 0..4).prop_map(move |lines| {
        let lead = match place {
            Place::Plan => "# Title\n\n",
            Place::Objective => "## Objective: a\n\n",
            Place::KeyResult => "## Objective: a\n\n### Key result: b\n\n",
            Place::Section => "## Section\n\n",
        };
        let text = text_at(place, &format!("{lead}{}", lines.join("\n")));
        // Text that was left because a field stood there twice is text only beside that field.
        if text_at(place, &format!("{lead}<!-- -->\n\n{text}")) == text {
            text
        } else {
            String::new()
        }
    })
}

fn text_at(place: Place, source: &str) -> String {
    let plan = okr_core::parse(source).plan;
    let key_results: usize = plan
        .objectives
        .iter()
        .map(|objective| objective.key_results.len())
        .sum();
    let counts = (plan.objectives.len(), key_results, plan.sections.len());
    match (place, counts) {
        (Place::Plan, (0, 0, 0)) => plan.text,
        (Place::Objective, (1, 0, 0)) => plan.objectives[0].text.clone(),
        (Place::KeyResult, (1, 1, 0)) => plan.objectives[0].key_results[0].text.clone(),
        (Place::Section, (0, 0, 1)) => plan.sections[0].text.clone(),
        _ => String::new(),
    }
}
