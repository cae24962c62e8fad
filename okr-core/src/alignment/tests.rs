use proptest::prelude::*;

use super::*;

/// Reads plans, each after a line `@ path`, and shows what serves what.
fn shown(text: &str) -> String {
    let parts: Vec<(&str, crate::Parsed)> = text
        .split("@ ")
        .filter_map(|part| part.split_once('\n'))
        .map(|(path, text)| (path, crate::parse(text)))
        .collect();
    let members: Vec<_> = parts
        .iter()
        .map(|(path, parsed)| Member::new(*path, parsed))
        .collect();
    let alignment = Alignment::new(&members);
    let title = |at: usize| {
        let it = &alignment.objectives[at];
        parts[it.plan].1.plan.objectives[it.position].title.plain()
    };
    let mut lines = Vec::new();
    for (at, it) in alignment.objectives.iter().enumerate() {
        let bonds = alignment.bonds.iter().filter(|bond| bond.child == at);
        let parents: Vec<String> = bonds
            .map(|bond| {
                let key_result = bond.key_result.map(|at| format!(" key result {}", at + 1));
                format!("{}{}", title(bond.parent), key_result.unwrap_or_default())
            })
            .collect();
        lines.push(format!(
            "{} {}: {}",
            it.layer,
            title(at),
            parents.join(", ")
        ));
    }
    for broken in &alignment.broken {
        lines.push(format!(
            "broken {}: {:?}",
            title(broken.child),
            broken.fault
        ));
    }
    for circle in &alignment.circles {
        let titles: Vec<_> = circle.iter().map(|at| title(*at)).collect();
        lines.push(format!("circle {}", titles.join(", ")));
    }
    lines.join("\n")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(shown(text), expected);
}

const COMPANY: &str = "@ company.md\n\
    ## Objective 1: Grow\n\n### Key result 1.1: Sell more\n\n- Id: sales\n\n\
    ## Objective 2: Last\n\n- Id: lasting\n\n\
    @ one.md\n## Objective: Be one\n\n";

#[test]
fn links_lead_to_anchors_ids_plans_and_titles() {
    for (link, expected) in [
        ("[x](../company.md#objective-1-grow)", "Grow"),
        (
            "[x](../company.md#key-result-11-sell-more)",
            "Grow key result 1",
        ),
        ("[x](../company.md#sales)", "Grow key result 1"),
        ("[x](../company.md#lasting)", "Last"),
        ("[x](/one.md)", "Be one"),
        ("be  ONE", "Be one"),
        (
            "Grow; [x](../company.md#objective-2-last), Grow",
            "Grow, Last",
        ),
    ] {
        let text = format!("{COMPANY}@ teams/a.md\n## Objective: Serve\n\n- Supports: {link}\n");
        let actual = shown(&text);
        let last = actual.lines().last();
        assert_eq!(last, Some(&*format!("1 Serve: {expected}")), "{link}");
    }
}

#[test]
fn an_anchor_counts_for_more_than_an_id() {
    check(
        "@ a.md\n## Objective: One\n\n- Id: objective-two\n\n## Objective: Two\n\n\
         ## Objective: Three\n\n- Supports: [two](#objective-two)\n",
        "0 One: \n0 Two: \n1 Three: Two",
    );
}

#[test]
fn links_to_nothing_are_told_with_what_is_wrong() {
    for (link, expected) in [
        (
            "[x](company.md#objective-1-grow)",
            "NoPlan(\"teams/company.md\")",
        ),
        (
            "[x](../company.md#objective-9)",
            "NoElement(\"company.md\")",
        ),
        ("[x](../company.md)", "NoAnchor(\"company.md\")"),
        ("Grow a lot", "NoTitle"),
        ("Serve", "SeveralTitles"),
    ] {
        let text = format!(
            "{COMPANY}@ b.md\n## Objective: Serve\n\n@ teams/a.md\n## Objective: Serve\n\n- Supports: {link}\n"
        );
        let actual = shown(&text);
        let last = actual.lines().last();
        assert_eq!(last, Some(&*format!("broken Serve: {expected}")), "{link}");
    }
    let text = format!(
        "{COMPANY}@ a.md\n## Objective: Serve\n\n- Supports: [board](https://example.com/board)\n"
    );
    assert!(
        shown(&text).ends_with("\n0 Serve: "),
        "web pages are no parents"
    );
}

#[test]
fn layers_are_the_longest_ways_up() {
    check(
        "@ a.md\n## Objective: A\n\n## Objective: B\n\n- Supports: A\n\n## Objective: C\n\n- Supports: B, A\n",
        "0 A: \n1 B: A\n2 C: B, A",
    );
}

#[test]
fn circles_are_found_and_stand_on_one_layer() {
    check(
        "@ a.md\n## Objective: Top\n\n## Objective: A\n\n- Supports: B, Top\n\n## Objective: B\n\n- Supports: A\n\n\
         ## Objective: Own\n\n- Supports: Own\n\n## Objective: Low\n\n- Supports: B\n",
        "0 Top: \n1 A: B, Top\n1 B: A\n0 Own: Own\n2 Low: B\ncircle A, B\ncircle Own",
    );
}

#[test]
fn a_goal_without_key_results_comes_to_what_serves_it() {
    let text = "## Objective: Top\n\n## Objective: Middle\n\n- Supports: Top\n\n\
                ## Objective: Low\n\n- Supports: Middle\n\n## Objective: Also\n\n- Supports: Middle, Top\n";
    let alignment = Alignment::new(&[Member::new("a.md", &crate::parse(text))]);
    let part = |percent: Option<i64>, weight: i64| Part {
        weight: weight.into(),
        progress: percent.map(|percent| rust_decimal::Decimal::new(percent, 2)),
        is_reporting: percent.is_some(),
        ..Part::default()
    };
    let own = [
        part(None, 1),
        part(None, 1),
        part(Some(20), 3),
        part(Some(60), 1),
    ];
    let shown: Vec<_> = alignment
        .through(&own)
        .iter()
        .map(|through| {
            through
                .and_then(|it| it.progress)
                .map(|it| it.normalize().to_string())
        })
        .collect();
    // (3 * 0.2 + 0.6) / 4 = 0.3, and (0.3 + 0.6) / 2 = 0.45.
    assert_eq!(
        shown,
        [Some("0.45".to_owned()), Some("0.3".to_owned()), None, None]
    );
}

proptest! {
    #[test]
    fn a_child_stands_below_its_parents_but_in_circles(
        links in prop::collection::vec((0_usize..12, 0_usize..12), 0..30),
    ) {
        use std::fmt::Write as _;
        let mut text = "@ a.md\n".to_owned();
        for at in 0..12 {
            let own = links.iter().filter(|(child, _)| *child == at);
            let served: Vec<String> = own.map(|(_, parent)| format!("o{parent}")).collect();
            let _ = write!(text, "## Objective: o{at}\n\n- Supports: {}\n\n", served.join(", "));
        }
        let parsed = crate::parse(text.trim_start_matches("@ a.md\n"));
        let alignment = Alignment::new(&[Member::new("a.md", &parsed)]);
        prop_assert!(alignment.broken.is_empty());
        let circle_of = |at: usize| alignment.circles.iter().position(|circle| circle.contains(&at));
        for bond in &alignment.bonds {
            let (child, parent) = (&alignment.objectives[bond.child], &alignment.objectives[bond.parent]);
            if circle_of(bond.child).is_some() && circle_of(bond.child) == circle_of(bond.parent) {
                prop_assert_eq!(child.layer, parent.layer);
            } else {
                prop_assert!(child.layer > parent.layer);
            }
        }
        // By hand: who can be reached from whom.
        let mut reach = [[false; 12]; 12];
        for (child, parent) in &links {
            reach[*child][*parent] = true;
        }
        for by in 0..12 {
            for from in 0..12 {
                for to in 0..12 {
                    reach[from][to] |= reach[from][by] && reach[by][to];
                }
            }
        }
        for (at, reached) in reach.iter().enumerate() {
            prop_assert_eq!(circle_of(at).is_some(), reached[at]);
        }
    }
}
