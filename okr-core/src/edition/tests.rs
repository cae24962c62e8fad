//! Plans with something internal, and what is left of them.

use super::{External, Internal, leads};
use crate::model::Plan;
use crate::{parse, print};

/// Returns the external edition of each of some files, which have their paths with them.
fn editions(files: &[(&str, &str)]) -> Vec<Option<Plan>> {
    let parsed: Vec<_> = files
        .iter()
        .map(|(path, text)| (*path, parse(*text)))
        .collect();
    let internal = parsed
        .iter()
        .map(|(path, parsed)| Internal::new(*path, parsed));
    let external = External::new(internal);
    let plans = parsed
        .iter()
        .map(|(path, parsed)| external.plan(path, parsed));
    plans.collect()
}

/// Returns the external edition of the last of some files.
fn edition(files: &[(&str, &str)]) -> Option<Plan> {
    editions(files).pop().expect("there is one")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    check_among(&[("plan.md", text)], expected);
}

#[track_caller]
fn check_among(files: &[(&str, &str)], expected: &str) {
    let plans = editions(files);
    let plan = plans.last().cloned().flatten();
    let plan = plan.expect("is not internal as a whole");
    assert_eq!(print(&plan), expected, "{}", files.last().unwrap().1);
    let printed: Vec<_> = files
        .iter()
        .zip(&plans)
        .filter_map(|((path, _), plan)| Some((*path, print(plan.as_ref()?))))
        .collect();
    let again: Vec<_> = printed
        .iter()
        .map(|(path, text)| (*path, &**text))
        .collect();
    assert_eq!(
        edition(&again),
        Some(plan),
        "the edition of an edition is that edition"
    );
}

/// Checks free text below an objective.
#[track_caller]
fn check_text(text: &str, expected: &str) {
    let head = "## Objective 1: Get paid\n\n- Owner: Dana\n\nx\n\n";
    let expected = if expected.is_empty() {
        head.trim_end().to_owned()
    } else {
        format!("{head}{expected}")
    };
    check(&format!("{head}{text}\n"), &format!("{expected}\n"));
}

#[test]
fn a_plan_may_be_internal_as_a_whole() {
    for text in [
        "---\ntags: internal\n---\n",
        "---\nTags: [board, \"Internal\"]\n---\n",
        "---\ntags:\n  - board\n  - internal\n---\n",
        "---\ntags: [board,\n  internal]\n---\n",
        "---\ntags: >\n  internal\n---\n",
        "---\ntags: #internal\n---\n",
        "---\n\"tags\": internal\n---\n",
        "---\nplan: Acme\ntags: board\ntags: internal\n---\n",
        "---\nplan: \"Acme #internal\"\n---\n",
        "# Acme #internal\n",
        "Acme #Internal\n====\n",
        "# Acme\n\n- Tags: internal\n",
        "Tags: internal\n\n## Objective: o\n",
        "# Acme\n\n<!-- #internal -->\n",
    ] {
        assert_eq!(edition(&[("plan.md", text)]), None, "{text}");
        assert!(Internal::new("plan.md", &parse(text)).is_whole(), "{text}");
    }
}

#[test]
fn other_tags_leave_a_plan_as_it_is() {
    for text in [
        "---\ntags: board\n---\n",
        "---\ntags: [internal-audit, board]\nteam: internal\n---\n\n# Internal matters\n",
        "## Objective: o\n\n- Tags: board\n- Source: [it](page.html#internal)\n\nhttps://a.b/#internal\n",
    ] {
        assert_eq!(
            edition(&[("plan.md", text)]),
            Some(parse(text).plan),
            "{text}"
        );
    }
}

#[test]
fn elements_go_with_all_below_them() {
    check(
        "## Objective 1: Buy Acme\n\n- tags: Board, INTERNAL\n\n### Key result 1.1: Price\n\nSecret\n\n\
         ## Objective 2: Grow\n\n### Key result 2.1: Bids #internal ##\n\n- [ ] Call Acme\n\n#### Notes\n\nSecret\n\n\
         ### Key result 2.2: Sales\n\n## Plans **#internal**\n\n### More\n\nSecret\n",
        "## Objective 1: Grow\n\n### Key result 1.1: Sales\n",
    );
}

#[test]
fn headings_leave_out_what_stands_below_them() {
    check(
        "# Team\n\n## Objective: Grow\n\n#### Notes #internal\n\nSecret\n\n##### More\n\nSecret\n\n#### Open\n\nSeen\n\n\
         Deal #internal\n---\n\nSecret\n\n# Part #internal\n\n## Objective: Secret\n",
        "# Team\n\n## Objective 1: Grow\n\n#### Open\n\nSeen\n",
    );
    check(
        "### Objective: Secret #internal\n\n## Key result: Secret\n\n# Objective: Seen\n",
        "## Objective 1: Seen\n",
    );
}

#[test]
fn a_list_of_tags_in_text_counts_for_what_it_stands_under() {
    check(
        "## Objective: Grow\n\nWhy\n\n- x\n\n#### Notes\n\n- Tags: internal\n- Secret\n\n## Secret\n\n* **Tags**: internal\n",
        "## Objective 1: Grow\n\nWhy\n\n- x\n",
    );
    check(
        "## Objective: Grow\n\n- [ ] Secret\n  - Tags: internal\n- [ ] Seen\n",
        "## Objective 1: Grow\n\n- [ ] Seen\n",
    );
    check(
        "## Objective: Seen\n\n## Objective: Secret\n\n<!-- #internal -->\n\nSecret\n",
        "## Objective 1: Seen\n",
    );
}

#[test]
fn initiatives_fields_and_notes_go_alone() {
    check(
        "---\nteam: Deals #internal\nowner: Dana\n---\n\n## Objective: Grow\n\n- Owner: Secret #internal\n- Type: committed\n- Site: Rome #internal\n\n  \
         nested\n- [ ] Secret #internal (@kim)\n  - Secret\n- [x] Step: Seen\n\n### Key result: Sales\n\n\
         - Baseline: 20 #internal\n- Target: +25% (68% → 85% #internal)\n- Unit: days\n\n\
         | Date | Value | Note | Deal #internal | Mood |\n|---|--:|---|---|---|\n\
         | 2026-10-09 | 70% | Secret #internal | Secret | good |\n| 2026-10-16 | 71% #internal | [a\\|b](x.md) now | Secret | \\#internal |\n\
         | soon #internal | 1 | Secret | x | y |\n",
        "---\nowner: Dana\n---\n\n## Objective 1: Grow\n\n- Type: committed\n- [x] Step: Seen\n\n### Key result 1.1: Sales\n\n\
         - Unit: days\n\n\
         | Date       | Value | Status | Confidence | Note             | Mood |\n\
         | ---------- | ----: | ------ | ---------: | ---------------- | ---- |\n\
         | 2026-10-09 |   70% |        |            |                  | good |\n\
         | 2026-10-16 |       |        |            | [a\\|b](x.md) now |      |\n",
    );
}

#[test]
fn pieces_of_text_go_alone() {
    check_text("Secret\nand #internal more\n\nSeen", "Seen");
    check_text(
        "- Seen\n- Secret **#Internal**\n  - Secret\n- Seen too",
        "- Seen\n- Seen too",
    );
    check_text(
        "- a\n  - Secret #internal\n  - b\n    1. Secret\n\n       #internal",
        "- a\n  - b\n    1. Secret",
    );
    check_text(
        "> Seen\n>\n> Secret #internal\n>\n> More",
        "> Seen\n>\n> <!-- -->\n>\n> More",
    );
    check_text("> Secret #internal\n> more\n\nSeen", "Seen");
    check_text(
        "> - a\n> - Secret #internal\n>\n> | a |\n> | - |",
        "> - a\n>\n> | a |\n> | - |",
    );
    check_text(
        "| a | b |\n| - | - |\n| Secret | #internal |\n| c | d |",
        "| a | b |\n| - | - |\n| c | d |",
    );
    check_text(
        "| a | Deal #internal |\n| - | - |\n| c | Secret |\n\nSeen",
        "Seen",
    );
    check_text("```\nSecret #internal\n```\n\nSeen", "Seen");
    check_text("    Secret #internal\n\nSeen", "Seen");
    check_text("<div>Secret #internal</div>\n\nSeen", "Seen");
    check_text("- - Secret #internal\n  - Seen", "- \n  - Seen");
    check_text(
        "> # Secret #internal\n>\n> Secret\n>\n> # Seen",
        "> <!-- -->\n>\n> # Seen",
    );
}

#[test]
fn what_no_column_is_for_goes_with_its_row() {
    check(
        "## Objective: Grow\n\n### Key result: Sales\n\n| Date | Value | Deal <!-- #internal --> |\n|---|---|---|\n| 2026-10-09 | 70% | Secret |\n| soon | 1 | Secret |\n",
        "## Objective 1: Grow\n\n### Key result 1.1: Sales\n\n\
         | Date       | Value | Status | Confidence | Note |\n| ---------- | ----: | ------ | ---------: | ---- |\n\
         | 2026-10-09 |   70% |        |            |      |\n\n> | soon | 1 |  |\n",
    );
    check(
        "## Objective: Grow\n\n### Key result: Sales\n\n| Date | Value |\n|---|---|\n| 2026-10-09 | 70% | Secret #internal |\n\
         | 2026-10-16 | 71% | Seen |\n",
        "## Objective 1: Grow\n\n### Key result 1.1: Sales\n\n> | 2026-10-16 | 71% | Seen |\n",
    );
}

#[test]
fn what_is_left_means_what_it_meant() {
    // Without the words before them, the lists would be one, and code a part of the list.
    check_text("- a\n\nSecret #internal\n\n- b", "- a\n\n<!-- -->\n\n- b");
    check_text(
        "- a\n\nSecret #internal\n\n    code",
        "- a\n\n<!-- -->\n\n    code",
    );
    check(
        "## Objective: Grow\n\nSecret #internal\n\n- Rates: they go up\n",
        "## Objective 1: Grow\n\n<!-- -->\n\n- Rates: they go up\n",
    );
}

#[test]
fn comments_go() {
    check_text(
        "a <!-- Secret --> b\n\n<!-- Secret\n\nSecret -->\n\nSeen",
        "a b\n\nSeen",
    );
    check_text("- a\n\n  <!-- Secret -->\n- b", "- a\n\n- b");
    check_text(
        "<div>\n<!-- Secret\n\nSecret -->\n</div>\n\nSeen",
        "<div>\n\n</div>\n\nSeen",
    );
    check_text("- a\n\n<!-- -->\n\n- b", "- a\n\n<!-- -->\n\n- b");
    check("## Objective: Grow <!-- #internal -->\n\nSecret\n", "");
    check(
        "## Objective: Grow <!-- soon -->\n\n<!-- okr: allow no-owner: Secret -->\n",
        "## Objective 1: Grow\n",
    );
}

const SECRET: (&str, &str) = (
    "deals/acme.md",
    "---\ntags: internal\n---\n\n# Acme\n\n## Objective 1: Buy Acme\n",
);

/// Returns a plan beside those with secrets.
fn files(text: &str) -> [(&str, &str); 3] {
    [SECRET, COMPANY, ("plan.md", text)]
}

const COMPANY: (&str, &str) = (
    "company.md",
    "## Objective 1: Sell Rome #internal\n\n- Id: rome\n\n## Objective 2: Grow\n\n### Key result 2.1: Bids #internal\n\n\
     ### Key result 2.2: Sales\n",
);

#[test]
fn links_to_what_goes_go_with_their_words() {
    for link in [
        "[Secret](deals/acme.md)",
        "**[Secret](./deals/../deals/acme.md#objective-1-buy-acme)**",
        "[Secret](DEALS/Acme.md \"title\")",
        "[Secret](deals/acme.md?plain=1#x)",
        "[Secret](deals\\acme.md)",
        "[Secret](/deals/acme.md)",
        "[Secret](deals/acme.html)",
        "[Secret](deals/acme)",
        "[Secret](<deals/ac%6De.md>)",
        "[Secret](https://git.example/x/deals/acme.md#y)",
        "![Secret](deals/acme.md)",
        "[Secret](company.md#objective-1-sell-rome-internal)",
        "[Secret](company.md#rome)",
        "[Secret](company.md#key-result-21-bids-internal)",
        "[Secret](company.md#objective-1-buy-milan)",
        "[Sell Rome](company.md)",
        "[**Sell  rome**](company.md)",
    ] {
        let text = format!("## Objective: Grow\n\nWe do {link} now.\n");
        check_among(&files(&text), "## Objective 1: Grow\n\nWe do now.\n");
        let text = format!(
            "## Objective: Grow\n\n- Supports: the bank, {link}; [Trust](#objective-grow)\n"
        );
        let expected = "## Objective 1: Grow\n\n- Supports: the bank, [Trust](#objective-1-grow)\n";
        check_among(&files(&text), expected);
    }
}

#[test]
fn words_around_a_link_go_where_they_name_what_it_leads_to() {
    check_among(
        &files(
            "---\ncontinues: deals/acme.md\n---\n\n## Objective: Grow\n\n- **Supports:** Buy Acme ([plan](deals/acme.md)), Sell Rome, SELL ROME, Trust\n\
             - Carried from: Acme, [see](deals/acme.md)\n\n### Key result: Sales\n\n- Carried from: Sell Rome\n- Owner: Dana\n",
        ),
        "## Objective 1: Grow\n\n- Supports: Trust\n\n### Key result 1.1: Sales\n\n- Owner: Dana\n",
    );
}

#[test]
fn what_holds_nothing_but_such_links_goes() {
    check_among(
        &files(
            "# [Acme](deals/acme.md)\n\n## Objective: Grow\n\n- Source: [Acme](deals/acme.md)\n- [ ] [Acme](deals/acme.md) (@kim)\n- [ ] See *[Acme](deals/acme.md)*\n\n\
             [Acme](deals/acme.md)!\n\n> [Acme](deals/acme.md)\n\na\n[Acme](deals/acme.md)\nb\n\n### Key result: [Acme](deals/acme.md)\n\nSecret\n\n\
             ### Key result: For [Acme](deals/acme.md)\n\n| Date | Note |\n|---|---|\n| 2026-10-09 | [Acme](deals/acme.md) |\n",
        ),
        "## Objective 1: Grow\n\n- [ ] See\n\na\nb\n\n### Key result 1.1: For\n\n\
         | Date       | Value | Status | Confidence | Note |\n| ---------- | ----: | ------ | ---------: | ---- |\n\
         | 2026-10-09 |       |        |            |      |\n",
    );
}

#[test]
fn links_by_definitions_go_with_them() {
    check_among(
        &files(
            "## Objective: Grow\n\nSee [Acme][a], [b] and [c][].\n\n[a]: deals/acme.md 'Acme'\n[b]: b.md\n[a]: Acme2\n\n## Acme #internal\n\n\
             [d]\n\n[c]: c.md\n[d]: https://acme.example\n",
        ),
        "## Objective 1: Grow\n\nSee , [b] and [c][].\n\n[b]: b.md\n\n[c]: c.md\n",
    );
    check_among(
        &files(
            "## Objective: Grow\n\nSeen\n\n[a]: <deals/acme.md>\n[b]: x.md \"Acme #internal\"\n",
        ),
        "## Objective 1: Grow\n\nSeen\n",
    );
}

#[test]
fn html_that_leads_to_what_goes_goes() {
    check_among(
        &files(
            "## Objective: Grow\n\nSee <a href='deals/acme.md'>Acme</a>\n\n<a\nhref=\"deals/acme.md#x\">Acme</a>\n\nSeen\n",
        ),
        "## Objective 1: Grow\n\nSeen\n",
    );
}

#[test]
fn links_follow_what_is_left() {
    check_among(
        &[
            COMPANY,
            (
                "teams/ar.md",
                "## Objective: Grow\n\n- Supports: [Grow](../company.md#objective-2-grow)\n- Carried from: [Sales](../company.md#key-result-22-sales)\n",
            ),
        ],
        "## Objective 1: Grow\n\n- Supports: [Grow](../company.md#objective-1-grow)\n\
         - Carried from: [Sales](../company.md#key-result-11-sales)\n",
    );
    // A link to a title of which a link goes must not say what went.
    check_among(
        &[
            SECRET,
            ("b.md", "## Objective 1: Help [Acme](deals/acme.md) land\n"),
            (
                "plan.md",
                "## Objective 1: Grow\n\n- Supports: [Help](b.md#objective-1-help-acme-land)\n",
            ),
        ],
        "## Objective 1: Grow\n\n- Supports: [Help](b.md#objective-1-help-land)\n",
    );
    check_among(
        &[
            SECRET,
            ("b.md", "## Objective 1: [Acme](deals/acme.md)\n"),
            (
                "plan.md",
                "## Objective 1: Grow\n\n- Supports: [Acme](b.md#objective-1-acme)\n",
            ),
        ],
        "## Objective 1: Grow\n",
    );
}

#[test]
fn a_link_to_what_nobody_could_read_goes() {
    let parsed = parse("## Objective: Grow\n\nSee [it](b.md) or [this](c.md).\n");
    let external = External::new([Internal::new("a.md", &parsed), Internal::unread("b.md")]);
    let plan = external.plan("a.md", &parsed).expect("is for outsiders");
    assert_eq!(plan.objectives[0].text, "See or [this](c.md).");
    assert_eq!(
        external.plan("d.md", &parsed),
        None,
        "nothing is known of it"
    );
    assert_eq!(leads("a.md", &parsed), ["b.md", "c.md"]);
}

#[test]
fn the_record_of_a_closed_plan_says_nothing_of_what_goes() {
    check(
        "## Objective 1: Buy Acme\n\n- Tags: internal\n\n## Objective 2: Grow\n\n### Key result 2.1: Bids\n\n- Tags: internal\n\n\
         ### Key result 2.2: Sales\n\n## Closing\n\nClosed on 5 January 2027. The plan as a whole has 0.7 of 1.0.\n\n\
         |  | From | Came to | Target | Grade | Verdict |\n| --- | ---: | ---: | ---: | ---: | --- |\n\
         | **1. Buy Acme** |  |  |  | **1.0** | good |\n| **2. Grow** |  |  |  | **0.4** | poor |\n\
         | 2.1 Bids | 1 | 2 | 3 | 0.5 | fair |\n| 2.2 Sales | 1 | 2 | 9 | 0.3 | poor |\n\n\
         ### Why it was not met\n\n- 2.1 Bids: Acme\n- 2.2 Sales: ill\n",
        "## Objective 1: Grow\n\n### Key result 1.1: Sales\n\n## Closing\n\nClosed on 5 January 2027.\n\n\
         |  | From | Came to | Target | Grade | Verdict |\n| --- | ---: | ---: | ---: | ---: | --- |\n\
         | **1. Grow** |  |  |  |  |  |\n| 1.1 Sales | 1 | 2 | 9 | 0.3 | poor |\n\n\
         ### Why it was not met\n\n- 1.1 Sales: ill\n",
    );
}

#[test]
fn a_link_leads_to_a_heading_as_it_is_printed() {
    let company = "## Objective: Grow\n\n### KR: Sales to 3\n";
    check_among(
        &[
            ("company.md", company),
            (
                "team.md",
                "## Objective: Hire\n\n- Supports: [Grow](company.md#objective-grow)\n\n\
                 See [sales](company.md#kr-sales-to-3) and [us](#objective-hire).\n",
            ),
        ],
        "## Objective 1: Hire\n\n- Supports: [Grow](company.md#objective-1-grow)\n\n\
         See [sales](company.md#key-result-11-sales-to-3) and [us](#objective-1-hire).\n",
    );
}

#[test]
fn a_path_may_begin_at_a_root_above_that_of_the_workspace() {
    check_among(
        &[
            (
                "acme.md",
                "---\ntags: internal\n---\n\n## Objective 1: Buy\n",
            ),
            (
                "plan.md",
                "## Objective 1: Grow\n\nAs [Acme](/plans/acme.md), [page](/site/acme.html#o.1) or \
                 [web](https://acme.com/okr/acme.html), not [it](https://acme.com) or [b](/plans/b.md).\n",
            ),
        ],
        "## Objective 1: Grow\n\nAs , or , not [it](https://acme.com) or [b](/plans/b.md).\n",
    );
    let parsed = parse("## Objective: Grow\n\n[a](/plans/q4/a.md)\n");
    assert_eq!(leads("p.md", &parsed), ["a.md", "plans/q4/a.md", "q4/a.md"]);
    assert!(leads("x/y/p.md", &parsed).contains(&"x/plans/q4/a.md".to_owned()));
    check_among(
        &[
            (
                "x/acme.md",
                "---\ntags: internal\n---\n\n## Objective 1: Buy\n",
            ),
            (
                "x/y/plan.md",
                "## Objective 1: Grow\n\nAs [Acme](/acme.md) or [b](/b.md).\n",
            ),
        ],
        "## Objective 1: Grow\n\nAs or [b](/b.md).\n",
    );
}

#[test]
fn an_address_without_a_link_goes_as_well() {
    check_among(
        &[
            (
                "deals/acme.md",
                "---\ntags: internal\n---\n\n## Objective 1: Buy\n",
            ),
            (
                "plan.md",
                "## Objective 1: Grow\n\n- Supports: the bank, https://git.example/x/deals/acme.md#y, me\n\n\
                 As https://git.example/x/deals/acme.md. Not (https://acme.com/x.md).\n\n\
                 https://git.example/x/deals/acme.md\n",
            ),
        ],
        "## Objective 1: Grow\n\n- Supports: the bank, me\n\nAs . Not (https://acme.com/x.md).\n",
    );
}

#[test]
fn definitions_that_count_for_nothing_stay_as_well() {
    let text = "x\n\n[r]: a\n\ny\n\n[r]: b\n\n[r]: c\n";
    check(&format!("# Grow\n\n{text}"), &format!("# Grow\n\n{text}"));
    check(
        &format!("# Grow\n\n{text}[r]: d \"#internal\"\n"),
        "# Grow\n\nx\n\n[r]: a\n\ny\n",
    );
}

#[test]
fn no_nesting_is_too_deep() {
    for lead in ["> ", "- "] {
        let text = format!(
            "## Objective: o\n\n{}Secret #internal\n\nSeen\n",
            lead.repeat(3_000)
        );
        let plan = edition(&[("plan.md", &text)]).expect("is for outsiders");
        assert!(!print(&plan).contains("Secret"));
        assert!(plan.objectives[0].text.ends_with("Seen"), "{lead}");
    }
}
