//! Plans that mean harm: text never becomes script, formula, escape code, or a path.

use okr_cli::{Env, ExitStatus, run};
use okr_core::model::parse_date;

use crate::support::sandbox::{Sandbox, TODAY, words};

const HARM: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "[click](javascript:alert\\(4\\))",
    "[click](data:text/html,<script>alert\\(5\\)</script>)",
    "<!-- --> <svg onload=alert(6)>",
    "\"><iframe src=//evil.example>",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+HYPERLINK(\"http://evil.example\")",
    "{{ 7 * 7 }} {% raw %}",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "\u{202e}gnp.exe",
    "a\u{8}\u{8}b\u{7f}",
    "../../etc/passwd",
    "${HOME} $(id) `id`",
];

/// Returns a plan with harm wherever there can be text.
fn plan() -> String {
    let mut text = String::from(
        "---\nplan: ../../x\nteam: =cmd()\nowner: \"<script>alert(0)</script>\"\ncolour: \"\u{1b}[31m\"\n---\n\n# <script>alert(1)</script> \u{1b}[31m\n",
    );
    for harm in HARM {
        text.push_str(&format!(
            "\n## Objective: {harm}\n\n- Owner: {harm}\n- Supports: [a](javascript:alert)\n- Onwer: {harm}\n- [ ] {harm} (@{harm})\n\n{harm}\n\n\
             ### Key result: {harm}\n\n- Owner: {harm}\n- Measure: {harm}\n- Baseline: {harm}\n- Source: {harm}\n- Due: {harm}\n- Id: {harm}\n- [x] {harm}\n\n{harm}\n\n\
             | Date | Value | Note |\n| --- | --- | --- |\n| 2026-10-09 | 70% | {harm} |\n"
        ));
    }
    text.push_str("\n## <script>alert(9)</script>\n\n<script>alert(10)</script>\n\n<style>body{display:none}</style>\n");
    text
}

/// Runs `okr` as if a person looked on, and returns all that reaches the terminal.
#[track_caller]
fn at_a_terminal(sandbox: &Sandbox, line: &str, colour: bool) -> String {
    let (mut env, captured) =
        Env::captured(parse_date(TODAY).expect("is a date"), sandbox.folder(), b"");
    env.stdout_is_terminal = true;
    env.stderr_is_terminal = true;
    env.colour = Some(colour);
    let status = run(std::iter::once("okr".to_owned()).chain(words(line)), &env);
    let all = format!("{}{}", captured.stdout(), captured.stderr());
    assert!(!all.is_empty() || status == ExitStatus::Success, "{line}");
    all
}

#[track_caller]
fn assert_harmless(line: &str, printed: &str) {
    let harmful = printed.chars().find(|c| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    if let Some(c) = harmful {
        let at = printed.find(c).unwrap_or_default();
        let near: String = printed[at..].chars().take(40).collect();
        panic!("okr {line}: {c:?} reaches the terminal: {near:?}");
    }
}

#[test]
fn no_escape_code_of_a_plan_reaches_a_terminal() {
    let sandbox = Sandbox::with(&[("plan.md", &plan())]);
    for line in [
        "render plan.md --to md",
        "render plan.md --to csv",
        "render plan.md --to json",
        "render plan.md --to html",
        "render plan.md -o new.html",
        "render plan.md -o new.md --dry-run",
        "render plan.md -o new.csv --dry-run",
        "check plan.md",
        "check plan.md --all --strict",
        "check plan.md --diff --unsafe",
        "check plan.md --format concise",
        "check plan.md --format github",
        "check plan.md --format json",
        "check plan.md --format sarif",
        "check '\u{1b}[2J'",
        "check plan.md --select '\u{1b}[2J'",
        "check plan.md --format '\u{1b}[2J'",
        "explain '\u{1b}[2J'",
        "fmt plan.md --dry-run",
        "fmt plan.md --check",
        "set plan.md 12 owner ''",
        "set --dry-run plan.md 12.1 source ''",
        "set plan.md 12 title '\u{1b}[2J'",
        "set plan.md red owner x",
        "set plan.md '\u{1b}[2J' owner x",
        "set plan.md 13.1 '\u{1b}[2J' x",
        "set plan.md 13.1 due '\u{1b}[2J'",
        "set '\u{1b}[2J.md' 1 owner x",
        "new '\u{1b}[2J'",
        "templates '\u{1b}[2J'",
        "templates show '\u{1b}[2J'",
        "new accounts-team --team '\u{1b}[2J' --owner '\u{9b}2J' -o -",
        "new accounts-team --period '\u{1b}[2J'",
        "new accounts-team --baseline '\u{1b}[2J=1'",
        "new accounts-team --baseline '1.1=\u{1b}[2J'",
        "new accounts-team --objectives '\u{1b}[2J'",
        "new accounts-team -o '\u{1b}[2J/x.md'",
        "new accounts-team -o '\u{1b}[2J.md'",
        "--today '\u{1b}[2J' templates",
        "'\u{1b}[2J'",
        "--\u{1b}[2J",
        "templates --templates '\u{1b}[2J'",
        "render plan.md --to '\u{1b}[2J'",
        "completions '\u{1b}[2J'",
        "man '\u{1b}[2J'",
    ] {
        assert_harmless(line, &at_a_terminal(&sandbox, line, false));
    }
}

#[test]
fn with_colour_only_our_own_codes_reach_a_terminal() {
    let sandbox = Sandbox::with(&[("plan.md", &plan())]);
    for line in [
        "check plan.md --all",
        "fmt plan.md --dry-run",
        "render plan.md -o new.html",
        "set --dry-run plan.md 12 owner x",
        "set plan.md 12 owner ''",
        "templates show '\u{1b}[2J'",
    ] {
        let printed = at_a_terminal(&sandbox, line, true);
        assert!(printed.contains('\u{1b}'), "{line} has colour");
        for (at, _) in printed.match_indices('\u{1b}') {
            let rest = &printed[at + 1..];
            let end = rest
                .find(|c: char| !(c == '[' || c == ';' || c.is_ascii_digit()))
                .unwrap_or(0);
            let code = &rest[..=end];
            assert!(
                code.starts_with('[') && code.ends_with('m'),
                "{line}: {code:?}"
            );
        }
        assert!(
            !printed.contains("\u{1b}[31mred") && !printed.contains("\u{1b}[2J"),
            "{line}: the codes of others are shown"
        );
        assert_harmless(line, &printed.replace('\u{1b}', ""));
    }
}

#[test]
fn no_escape_code_of_a_template_or_a_configuration_reaches_a_terminal() {
    let sandbox = Sandbox::with(&[
        (
            "ours/a.md",
            "---\ntemplate: a\ntitle: \"\u{1b}[31m\"\nsummary: \u{9b}31m\nask.x: \u{1b}]0;t\u{7}?\n---\n\n## Objective: \u{1b}[31m\n\n### Key result: \u{9b}31m\n",
        ),
        ("wrong/b.md", "---\ntemplate: b\n\u{1b}[31m: x\n---\n"),
        ("wrong/c.md", "---\ntemplate: c\n---\n# {{ \u{1b}[31m }}\n"),
        ("toml/okr.toml", "\"\\u001b[31m\" = \"x\"\n"),
        ("bare/okr.toml", "a = \u{1b}[31m\n"),
    ]);
    for line in [
        "templates --templates ours",
        "templates show a --templates ours",
        "templates --json --templates ours",
        "new a --templates ours -o -",
        "templates --templates wrong",
    ] {
        assert_harmless(line, &at_a_terminal(&sandbox, line, false));
    }
    for folder in ["toml", "bare"] {
        let (mut env, captured) = Env::captured(
            parse_date(TODAY).expect("is a date"),
            sandbox.path(folder),
            b"",
        );
        env.stdout_is_terminal = true;
        env.stderr_is_terminal = true;
        env.colour = Some(false);
        assert_eq!(run(["okr", "templates"], &env), ExitStatus::Failure);
        assert_harmless(folder, &captured.stderr());
    }
}

#[test]
fn text_of_a_plan_is_never_a_command_of_a_workflow() {
    let text = plan().replace("<script>", "%0A::error::x\r::error::y");
    let sandbox = Sandbox::with(&[("plan.md", &text)]);
    for format in ["text", "concise", "github", "json", "sarif"] {
        let out = sandbox
            .okr(&format!("check plan.md --all --format {format}"))
            .out();
        for line in out
            .split(['\n', '\r'])
            .filter(|line| line.trim_start().starts_with("::"))
        {
            let is_own = [
                "::error file=plan.md,",
                "::warning file=plan.md,",
                "::notice file=plan.md,",
            ];
            assert!(
                is_own.iter().any(|own| line.starts_with(own)),
                "{format}: {line}"
            );
        }
    }
}

#[test]
fn text_of_a_plan_is_never_markup_of_a_page() {
    let sandbox = Sandbox::with(&[("plan.md", &plan())]);
    sandbox.okr("render plan.md -o plan.html").findings();
    let page = sandbox.read("plan.html");
    // Whatever stands in an element that holds data or style is no markup.
    let mut markup = String::new();
    let mut rest = &*page;
    let (mut scripts, mut styles) = (0, 0);
    while let Some(at) = rest
        .find("<script")
        .into_iter()
        .chain(rest.find("<style"))
        .min()
    {
        let is_script = rest[at..].starts_with("<script");
        let end = if is_script { "</script>" } else { "</style>" };
        let (count, open) = if is_script {
            (&mut scripts, "<script")
        } else {
            (&mut styles, "<style")
        };
        *count += 1;
        assert!(rest[at..].starts_with(open));
        markup.push_str(&rest[..at]);
        let length = rest[at..].find(end).expect("is closed");
        let content = &rest[at..at + length];
        assert!(
            !content[1..].contains("<script") && !content.contains("<!--"),
            "data has no `<` of the plan"
        );
        rest = &rest[at + length + end.len()..];
    }
    markup.push_str(rest);
    let plain = Sandbox::with(&[("plan.md", super::THREE_HEADINGS)]);
    let plain = plain.okr("render plan.md --to html").success().out();
    assert_eq!(
        (scripts, styles),
        (
            plain.matches("<script").count(),
            plain.matches("<style").count()
        ),
        "no script or style but our own"
    );
    let lower = markup.to_lowercase();
    for harm in [
        "<img",
        "<iframe",
        "onerror=alert(3)>",
        "<svg onload",
        "href=\"javascript:",
        "href=\"data:",
        "=\"javascript:",
    ] {
        let count = lower.matches(harm).count();
        assert_eq!(count, plain.to_lowercase().matches(harm).count(), "{harm}");
    }
    assert!(
        markup.contains("&lt;script&gt;alert(1)&lt;/script&gt;")
            || markup.contains("&lt;script>alert(1)&lt;/script>"),
        "it is shown as text"
    );
    assert!(
        !page.contains('\u{1b}') && !page.contains('\u{9b}'),
        "a page cannot hold control characters"
    );
    assert!(
        markup.contains("{{ 7 * 7 }}"),
        "expressions of the template language are text"
    );
}

#[test]
fn a_hostile_plan_comes_back_from_every_format() {
    let sandbox = Sandbox::with(&[("plan.md", &plan())]);
    let before = okr_core::parse(plan()).plan;
    for format in okr_render::FORMATS {
        let there = format!("there.{}", format.extensions[0]);
        sandbox
            .okr(&format!("render plan.md -o {there}"))
            .findings();
        let read = (format.read)(&sandbox.bytes(&there), &okr_render::ReadOptions::default())
            .expect("is of its format");
        let expected = format.carries.reduce(&before);
        assert!(
            read.plan == expected,
            "{}: {:#?}\n=== is not\n{expected:#?}",
            format.name,
            read.plan
        );
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let sandbox = Sandbox::with(&[("plan.md", &plan())]);
    let table = sandbox
        .okr("render plan.md --to csv")
        .findings()
        .stdout
        .clone();
    crate::formulas::assert_no_formula(&table);
}

#[test]
fn names_in_a_plan_are_never_paths() {
    let sandbox = Sandbox::with(&[
        ("inside/okr.toml", "team = \"../../team\"\n"),
        (
            "inside/ours/a.md",
            "---\ntemplate: a\ntitle: ../../title\nplan: ../../plan\n---\n\n# {{ team }}\n",
        ),
        ("inside/ours/b.md", "---\ntemplate: ../../b\n---\n"),
        ("inside/plan.md", &plan()),
    ]);
    let before = sandbox.list();
    let runs = |line: &str| {
        let mut command = sandbox.command(line);
        command.current_dir(sandbox.path("inside"));
        crate::support::sandbox::finish(command, b"")
    };
    runs("new a --team ../../t --owner ../../o --templates ours --also html,csv,json").success();
    runs("new ../../b --templates ours").failure();
    runs("new accounts-team --team ../../etc --period ../../2026-Q4").failure();
    runs("new accounts-team --period 2026-10-01..2026-12-31 --team ../x").success();
    runs("render plan.md -o plan.html").findings();
    runs("new accounts-team --also ../../html").failure();
    let added: Vec<_> = sandbox
        .list()
        .into_iter()
        .filter(|name| !before.contains(name))
        .collect();
    assert_eq!(
        added,
        [
            "inside/a-2027-Q1.csv",
            "inside/a-2027-Q1.html",
            "inside/a-2027-Q1.json",
            "inside/a-2027-Q1.md",
            "inside/accounts-team-2026-10-01-to-2026-12-31.md",
            "inside/plan.html"
        ]
    );
}
