//! Fills the page templates.

use indexmap::IndexMap;
use okr_core::model::Plan;
use tera::Context;

use super::policy;
use super::text::Links;
use super::theme::{PAGE, SLIDES, Theme, file};
use super::view::{Page, Setting};
use crate::error::Error;
use crate::format::WriteOptions;
use crate::formats::json;

/// How many check-ins in a row may be at risk, where nothing is said.
const YELLOWS: usize = 2;

/// Writes the page of a plan.
///
/// # Errors
///
/// A file of the theme is unknown, cannot be parsed or filled, or would end the element in which it
/// stands; the message names the file, and line and column where there are any.
pub(super) fn plan(plan: &Plan, options: &WriteOptions) -> Result<Vec<u8>, Error> {
    let theme = Theme::of_page(&options.theme)?;
    let setting = Setting {
        lexicon: &options.lexicon,
        schedules: &options.schedules(),
        day: None,
        links: Links::default(),
        in_parts: theme.has_templates(),
        yellows: options.slides.then(|| options.yellows.unwrap_or(YELLOWS)),
    };
    let page = Page::new(plan, &setting);
    let plan_json = json::to_text(plan)?;
    if options.slides {
        return slides(&theme, &options.theme, &page, &plan_json, None).map(String::into_bytes);
    }
    let mut context = context(&page, &plan_json);
    context.insert("style", &theme.style);
    context.insert("script", &theme.script);
    Ok(theme.fill(PAGE, &context)?.into_bytes())
}

/// Returns the slides of a plan, which carry it as JSON; `back` is the way to its page, where there is one.
///
/// # Errors
///
/// A template or a file of the theme does not work.
pub(crate) fn slides(
    theme: &Theme,
    files: &IndexMap<String, String>,
    page: &Page,
    plan_json: &str,
    back: Option<&str>,
) -> Result<String, Error> {
    let mut context = context(page, plan_json);
    let style = file(files, "slides.css", "style")?;
    let script = file(files, "slides.js", "script")?;
    context.insert("style", &format!("{}{style}", theme.style));
    context.insert("script", &format!("{}{script}", theme.script));
    context.insert("back", &back);
    theme.fill(SLIDES, &context)
}

/// Returns what a page of one plan knows of the plan, and its policy.
fn context(page: &Page, plan_json: &str) -> Context {
    let mut context = Context::new();
    let plan_json = within_script(plan_json);
    let nonce = policy::nonce(&plan_json);
    context.insert("page", page);
    context.insert("policy", &policy::of_page(&nonce));
    context.insert("nonce", &nonce);
    context.insert("plan_json", &plan_json);
    context
}

/// Escapes JSON so that nothing in it can end a script element or begin a comment.
///
/// The five characters occur in strings only, where JSON allows them to be written by number.
pub(crate) fn within_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            // Nothing but a string can hold it, and HTML forbids it.
            '\u{7f}'..='\u{9f}' => {
                out.push_str("\\u00");
                out.extend(c.escape_unicode().filter(char::is_ascii_hexdigit));
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use okr_core::model::{Inline, KeyResult, Objective, Section};

    use super::*;
    use crate::format::ReadOptions;

    fn sample() -> Plan {
        let hostile = "</script><script>alert(1)</script>\u{2028}\u{1b}[31m";
        let key_result = KeyResult {
            title: Inline::from_plain(hostile),
            text: hostile.into(),
            ..KeyResult::default()
        };
        Plan {
            name: Some("</title><script>alert(1)</script>".into()),
            owner: Some("\"><img src=x onerror=alert(1)>".into()),
            text: "[a](javascript:alert(1))\n\n<img src=https://example.org/x.png>".into(),
            objectives: vec![Objective {
                key_results: vec![key_result],
                ..Objective::default()
            }],
            sections: vec![Section {
                title: "Practices".into(),
                text: "# one".into(),
                position: 1,
            }],
            ..Plan::default()
        }
    }

    fn themed(files: &[(&str, &str)]) -> Result<String, Error> {
        let theme = files
            .iter()
            .map(|(name, content)| ((*name).to_owned(), (*content).to_owned()))
            .collect();
        let options = WriteOptions {
            theme,
            ..WriteOptions::default()
        };
        plan(&sample(), &options).map(|page| String::from_utf8(page).unwrap())
    }

    #[test]
    fn text_of_a_plan_is_no_markup() {
        let page = themed(&[]).unwrap();
        assert_eq!(
            page.matches("<script").count(),
            2,
            "the page's own and the plan"
        );
        assert!(!page.contains("<img") && !page.contains("href=\"javascript"));
        assert!(!page.contains('\u{1b}'));
        assert!(page.contains("&lt;/script&gt;"));
    }

    #[test]
    fn json_in_a_page_is_the_same_json() {
        let text = "</script><!-- & \u{2028}\u{2029} \u{7f}\u{85} é";
        let json = serde_json::to_string(text).unwrap();
        let escaped = within_script(&json);
        assert_eq!(
            escaped,
            "\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029 \\u007f\\u0085 é\""
        );
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
    }

    #[test]
    fn the_plan_comes_back() {
        let page = plan(&sample(), &WriteOptions::default()).unwrap();
        assert_eq!(plan(&sample(), &WriteOptions::default()).unwrap(), page);
        let imported = super::super::read::plan(&page, &ReadOptions::default()).unwrap();
        assert_eq!(imported.plan, sample());
    }

    #[test]
    fn nothing_of_a_plan_is_hidden() {
        let words = "w01 w02 w03 w04 w05 w06 w07 w08 w09 w10 w11 w12 w13 w14 w15 w16 w17 w18 w19 w20 w21 w22 w23 w24";
        let text = "---\nplan: w01\nteam: w02\nowner: w03\nperiod: 2026-Q4\ncadence: monthly\ntemplate: w04\nodd: w05\n---\n\n\
            # w06\n\nw07\n\n## Objective 1: w08\n\n- Owner: w09\n- Type: learning\n- Supports: [w10](a.md)\n- Odd: w11\n\
            - [ ] w12 (@w13, due 2026-10-14)\n\nw14\n\n### Key result 1.1: w15\n\n- Owner: w16\n- Measure: w17\n- Unit: days\n\
            - Baseline: 1234 days\n- Target: -25%\n- Due: 2026-12-30\n- Source: w18\n- Baseline question: w19\n- Odd: w20\n\
            - [x] w21\n\nw22\n\n| Date | Value | Status | Confidence | Note |\n| --- | --- | --- | --- | --- |\n\
            | 2026-10-09 | 1100 days | at risk | 7 | w23 |\n\n### Key result 1.2: keep\n\n- Target: between 2 and 4 days\n\n\
            ## w24\n\n- [x] done\n";
        let page = plan(&okr_core::parse(text).plan, &WriteOptions::default()).unwrap();
        let page = String::from_utf8(page).unwrap();
        let (shown, _) = page
            .split_once("<script type=\"application/json\"")
            .unwrap();
        let figures = "every month|1 Oct|31 Dec 2026|learning|14 Oct 2026|30 Dec 2026|1,234|925.5|1,100|at risk|7|2 and 4";
        for word in words.split(' ').chain(figures.split('|')) {
            assert!(
                shown.contains(&word.replace(' ', "\u{a0}")) || shown.contains(word),
                "{word}"
            );
        }
        for component in [
            "masthead",
            "figures verdict",
            "contents",
            "overview",
            "objective",
            "key-result",
            "scale",
            "initiatives",
            "check-ins",
        ] {
            assert!(
                shown.contains(&format!("class=\"{component}")),
                "{component}"
            );
        }
    }

    /// Returns a page of one key result in a plan for the second quarter of 2027, without the plan in it.
    fn page_of(key_result: &str) -> String {
        let text = format!(
            "---\nperiod: 2027-Q2\n---\n\n## Objective: o\n\n### Key result: {key_result}\n"
        );
        let plan = okr_core::parse(text).plan;
        let page = super::plan(&plan, &WriteOptions::default()).unwrap();
        let imported = super::super::read::plan(&page, &ReadOptions::default()).unwrap();
        assert_eq!(imported.plan, plan, "the page carries what was written");
        let page = String::from_utf8(page).unwrap();
        let (shown, _) = page
            .split_once("<script type=\"application/json\"")
            .unwrap();
        shown.to_owned()
    }

    #[test]
    fn what_only_the_words_say_is_shown_and_marked() {
        let statement = "Cut DSO from 52 to 44 days by mid-Q2";
        let page = page_of(statement);
        for shown in [
            ">52<small> days</small>",
            ">44<small> days</small>",
            "due <time datetime=\"2027-05-15\">",
            "class=\"drawing\"",
            "<p class=\"note wording\">Baseline, target and date from the wording</p>",
            "From the wording</dt>",
        ] {
            assert!(page.contains(shown), "{shown}\n{page}");
        }
        let page = page_of(&format!("{statement}\n\n- Target: 40 days\n"));
        assert!(page.contains("Baseline and date from the wording"));
        assert!(page.contains(">40<small>") && !page.contains(">44<small>"));
        let stated = "- Baseline: 52 days\n- Target: 44 days\n- Due: 2027-05-15\n";
        let page = page_of(&format!("{statement}\n\n{stated}"));
        assert!(!page.contains("from the wording") && !page.contains("From the wording"));
        let page = page_of("Increase collection rates by 25%\n\n- Baseline: 68%\n");
        assert!(page.contains(">85<small>%</small>") && page.contains("Target from the wording"));
    }

    #[test]
    fn a_page_tells_the_progress_that_status_tells() {
        let steps = "Live\n\n- Weight: 3\n- [x] Step: a\n- [ ] Step: b\n- [ ] Tell the team\n\n\
                     ### Key result: guarded\n\n- Guardrail: yes\n- Direction: decrease\n- Baseline: 4 calls\n\n\
                     ### Key result: far\n\n- Baseline: 20 days\n- Target: below 12 days\n\n\
                     | Date | Value |\n| --- | --- |\n| 2027-05-15 | 12 days |\n";
        let page = page_of(steps);
        for shown in [
            // (3 · 50% + 99.99…%) / 4, on day 45 of 91.
            "<dt>Progress on <time datetime=\"2027-05-15\">15\u{a0}May\u{a0}2027</time></dt>\
             <dd>62% <small>expected 49%</small></dd>",
            "<span class=\"done\">50%</span>",
            "<p>weight 3</p>",
            "<p>weight 1</p>",
            "1<small> of 2 steps</small>",
            "class=\"small\">Steps and initiatives",
            "<p class=\"guardrail\">",
            "<span class=\"words\">at most</span>",
            "<span class=\"done\">99%</span> <span class=\"expected\">expected 49%</span>",
            "Guardrail</dt>",
        ] {
            assert!(page.contains(shown), "{shown}\n{page}");
        }
        assert!(!page.contains("<dt dir=\"auto\">Weight</dt><dd dir=\"auto\">3"));
    }

    #[test]
    fn a_plan_that_has_not_begun_tells_no_progress() {
        let page = page_of("Cut the days\n\n- Baseline: 20 days\n- Target: 12 days\n");
        for hidden in ["Progress", "class=\"done\"", "weight 1", "Percents"] {
            assert!(!page.contains(hidden), "{hidden}\n{page}");
        }
    }

    /// Returns the page of a plan for the second quarter of 2027 that has two key results of one owner, `second` behind
    /// the fields of the latter.
    fn page_of_two(front: &str, first: &str, second: &str) -> String {
        let way = "- Baseline: 0 calls\n- Target: 100 calls\n\n| Date | Value | Status |\n| --- | --- | --- |\n";
        let text = format!(
            "---\nperiod: 2027-Q2\nowner: Dana\n{front}---\n\n## Objective: o\n\n- Type: committed\n\n\
             ### Key result: one\n\n{way}{first}\n\n### Key result: two\n\n{way}{second}\n"
        );
        let page = plan(&okr_core::parse(text).plan, &WriteOptions::default()).unwrap();
        let page = String::from_utf8(page).unwrap();
        page[page.find("<header class=\"masthead\"").unwrap()..].to_owned()
    }

    #[test]
    fn what_owner_and_numbers_say_stands_side_by_side_where_it_differs() {
        let rows = "| 2027-05-14 | 10 calls | on track |";
        let page = page_of_two("", rows, "| 2027-05-14 | 60 calls | at risk |");
        let (top, _) = page.split_once("id=\"overview\"").unwrap();
        for shown in [
            "at risk</span> <small>off track by the numbers</small>",
            "<a href=\"#kr.1.1\">",
            "said to be on track, off track by the numbers: 10% done, 48% expected",
            "said to be at risk, on track by the numbers: 60% done, 48% expected",
        ] {
            assert!(top.contains(shown), "{shown}\n{top}");
        }
        assert!(top.find("#kr.1.1").unwrap() < top.find("#kr.1.2").unwrap());
        let why = "The numbers say off track: 10% done, 48% expected. What counts is what Dana says: on track.";
        assert!(page.contains(why), "{page}");
        // Where both say the same, it is said once; the owner of the plan is that of what has none.
        let page = page_of_two("", &rows.replace("10", "50"), &rows.replace("10", "50"));
        for hidden in ["by the numbers</span>", "class=\"troubles\"", "owner open"] {
            assert!(!page.contains(hidden), "{hidden}\n{page}");
        }
    }

    #[test]
    fn a_closed_plan_tells_what_it_came_to() {
        let rows = "| 2027-06-30 | 100 calls | achieved |";
        let second = "| 2027-06-30 | 60 calls | at risk |";
        let page = page_of_two("closed: 2027-07-01\n", rows, second);
        for shown in [
            "<dt>Grade</dt><dd>0.8 <small>of 1.0</small>",
            "<dt>Key results met</dt><dd>1 <small>of 2</small>",
            "</svg>met</span> <span class=\"grade\">1.0",
            "</svg>missed</span> <span class=\"grade\">0.6",
            "<th scope=\"col\">Key results met</th>",
        ] {
            assert!(page.contains(shown), "{shown}\n{page}");
        }
        let before_check_ins = page.split("class=\"check-ins\"").next().unwrap();
        for hidden in [
            "at risk",
            "expected ",
            "Still due",
            "days left",
            "class=\"troubles\"",
            "class=\"here\"",
        ] {
            assert!(!before_check_ins.contains(hidden), "{hidden}\n{page}");
        }
    }

    #[test]
    fn a_target_that_is_a_change_is_labelled_with_what_it_leads_to() {
        let rows = "| Date | Value |\n| --- | --- |\n| 2027-04-09 | 70% |\n| 2027-04-16 | 71% |\n";
        let page = page_of(&format!("k\n\n- Baseline: 68%\n- Target: +25%\n\n{rows}"));
        assert!(page.contains(">target 85% (+25%)</text>"), "{page}");
        let page = page_of(&format!("k\n\n- Baseline: 68%\n- Target: 85%\n\n{rows}"));
        assert!(page.contains(">target 85%</text>"), "{page}");
    }

    #[test]
    fn steps_are_shown_without_the_word_that_makes_them_steps() {
        let page =
            page_of("k\n\n- Target: done\n- [ ] Step (weight 2): Go *live*\n- [ ] *Step:* a\n");
        let title = "<span class=\"what\" dir=\"auto\">Go <em>live</em></span> <span class=\"who\">weight 2</span>";
        assert!(page.contains(title), "{page}");
        assert!(page.contains("<em>Step:</em> a"), "{page}");
    }

    #[test]
    fn a_theme_replaces_one_file_at_a_time() {
        let page = themed(&[("style.css", "main > p { color: red }")]).unwrap();
        assert!(page.contains("main > p { color: red }"));
        let page = themed(&[
            ("page.html", "{% include \"logo.html\" %}{{ page.owner }}"),
            ("logo.html", "Ours "),
        ])
        .unwrap();
        assert_eq!(page, "Ours &quot;&gt;&lt;img src=x onerror=alert(1)&gt;");
    }

    #[test]
    fn what_is_written_without_templates_is_what_they_write() {
        let own = |name: &str, content: &str| {
            let theme = [(name.to_owned(), content.to_owned())];
            WriteOptions {
                theme: theme.into_iter().collect(),
                ..WriteOptions::default()
            }
        };
        let in_parts = own("empty.html", "");
        let table = |unit: &str| {
            format!(
                "| Date | Value | Status | Confidence | Note | By <b>&\"' |\n\
                 | --- | --- | --- | --- | --- | --- |\n\
                 | 2027-04-09 | {unit}1100 | at risk | 7 | *so* & <so> | Bo <i> |\n\
                 | 2027-05-09 | {unit}1900.5 | | | \"x\" | |\n\
                 | 2027-05-16 | {unit}1800 | on track | 0 | | |\n\
                 | 2027-05-20 | {unit}1700 | | | | |\n\
                 | 2027-05-22 | | on track | 0 | | |\n\
                 | 2027-05-24 | {unit}1550 | | | | |\n\
                 | 2027-05-28 | {unit}1650 | | | | |\n\
                 | 2027-05-30 | {unit}1580 | | | | |\n\
                 | 2027-06-01 | {unit}1500 | off track | | | a |\n\n"
            )
        };
        let mut text = "---\nperiod: 2027-Q2\n---\n\n## Objective: o\n\n".to_owned();
        for goal in [
            "- Baseline: EUR 1000\n- Target: EUR 2000",
            "- Baseline: EUR 3000\n- Target: EUR 500",
            "- Target: between EUR 1000 and EUR 2000",
            "- Target: at least EUR 1200\n- Direction: keep",
            "- Target: at most EUR 1200\n- Guardrail: yes",
            "- Target: EUR 1000",
            "- Target: between EUR 1000 and EUR 1000\n- Baseline: EUR 1200",
            "- Target: -25%\n- Baseline question: What *is* it <now>?",
            "- Target: +25%\n- Baseline: EUR 1000",
            "- Target: done\n- [x] Step: a\n- [ ] Step: b",
            "- Target: done",
            "",
        ] {
            let table = table("EUR ");
            text.extend(["### Key result: k\n\n", goal, "\n\n", &table]);
        }
        for unit in ["", "calls <b>"] {
            let goal = format!("- Baseline: 1000 {unit}\n- Target: 2000 {unit}");
            let table = table("");
            text.extend(["### Key result: <", unit, ">\n\n", &goal, "\n\n", &table]);
        }
        text.push_str(
            "### Key result: short\n\n| Date | Note |\n| --- | --- |\n| 2027-05-20 | x |\n",
        );
        let written = okr_core::parse(text).plan;
        let built_in = plan(&written, &WriteOptions::default()).unwrap();
        let page = String::from_utf8(built_in).unwrap();
        let all = [
            "class=\"unknown\"",
            "class=\"zone\"",
            "class=\"start\"",
            "of 2 steps",
            "class=\"question\"",
            "target open",
            "to be measured",
            "<rect class=\"goal\"",
            "<line class=\"goal\"",
            "class=\"band\"",
            "class=\"expected\"",
            "dy=\"-1em\"",
            "data-name=\"By &lt;b&gt;&amp;&quot;&#39;\"",
            "<small>EUR</small>&nbsp;",
        ];
        for part in all {
            assert!(page.contains(part), "{part}");
        }
        assert_eq!(
            String::from_utf8(plan(&written, &in_parts).unwrap()).unwrap(),
            page
        );
    }

    #[test]
    fn an_error_in_a_theme_names_the_place() {
        let error = themed(&[("page.html", "<p>\n{{ page.owner | shout }}")])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("page.html:2:") && error.contains('^'),
            "{error}"
        );
        let error = themed(&[("page.html", "<p>\n{% if %}")])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("page.html:2:") && error.contains('^'),
            "{error}"
        );
        let error = themed(&[("page.html", "{{ nothing.here }}")])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("page.html:1:") && error.contains('^'),
            "{error}"
        );
        let error = themed(&[("styles.css", "")]).unwrap_err().to_string();
        assert!(
            error.contains("`styles.css` stands in for no file"),
            "{error}"
        );
        let error = themed(&[("style.css", "a\n</STYLE>")])
            .unwrap_err()
            .to_string();
        assert!(error.contains("`style.css`, line 2"), "{error}");
    }
}
