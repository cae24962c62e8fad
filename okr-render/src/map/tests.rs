use std::fmt::Write as _;

use okr_core::alignment::Member;
use proptest::prelude::*;

use super::*;

/// Aligns objectives of one plan of which each serves those of a lower position that are paired with it.
fn aligned(count: usize, links: &[(usize, usize)]) -> Alignment {
    let mut text = String::new();
    for at in 0..count {
        let served = links.iter().filter(|(child, _)| *child == at);
        let served: Vec<String> = served
            .map(|(_, parent)| format!("[x](#objective-o{parent})"))
            .collect();
        let _ = write!(
            text,
            "## Objective: o{at}\n\n- Supports: {}\n\n",
            served.join(", ")
        );
    }
    Alignment::new(&[Member::new("a.md", &okr_core::parse(text))])
}

/// Returns objectives whose cards differ in height.
fn goals(count: usize) -> Vec<Goal> {
    let goal = |at: usize| Goal {
        number: (at + 1).to_string(),
        plan: "Finance".to_owned(),
        title: "Get paid sooner by all of our customers ".repeat(at % 4),
        status: Status::ALL.get(at % 9).copied(),
        percent: (!at.is_multiple_of(3)).then(|| Decimal::from(at % 101)),
        expected: (!at.is_multiple_of(2)).then(|| Decimal::from(50)),
        weakest: at.is_multiple_of(5).then_some(at),
        ..Goal::default()
    };
    (0..count).map(goal).collect()
}

fn drawn(count: usize, links: &[(usize, usize)]) -> Map {
    Map::new(&goals(count), &aligned(count, links))
}

/// Returns what is wrong with a map: cards that overlap or leave it, and lines that run through cards.
fn faults(map: &Map) -> Vec<String> {
    assert_eq!(
        map.to_svg_inline(),
        map.templated(false).unwrap(),
        "what is written without the template is what it writes"
    );
    let mut faults = Vec::new();
    let cards: Vec<&Card> = map.cards().collect();
    for (at, one) in cards.iter().enumerate() {
        let is_within = one.x >= 0
            && one.y >= 0
            && one.x + one.width <= map.width
            && one.y + one.height <= map.height;
        if !is_within {
            faults.push(format!("{} leaves the map", one.goal));
        }
        for other in &cards[..at] {
            if one.x < other.x + other.width
                && other.x < one.x + one.width
                && one.y < other.y + other.height
                && other.y < one.y + one.height
            {
                faults.push(format!("{} and {} overlap", one.goal, other.goal));
            }
        }
    }
    for bond in cards.iter().flat_map(|card| &card.bonds) {
        for pair in bond.points.windows(2) {
            let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
            // A curve is within the corners of its ends, and one beside a column in the room beside it.
            let far = if bond.is_circle { x1 + BULGE } else { x2 };
            let through = |card: &&&Card| {
                x1 < card.x + card.width
                    && card.x < far
                    && y1.min(y2) < card.y + card.height
                    && card.y < y1.max(y2) + 1
            };
            if let Some(card) = cards.iter().find(through) {
                faults.push(format!(
                    "a line to {} runs through {}",
                    bond.parent, card.goal
                ));
            }
            if far > map.width {
                faults.push(format!("a line to {} leaves the map", bond.parent));
            }
        }
    }
    faults
}

#[track_caller]
fn check(count: usize, links: &[(usize, usize)], expected: &[&str]) {
    let map = drawn(count, links);
    assert_eq!(faults(&map), [""; 0]);
    let groups = map.groups.iter().map(|group| {
        let cards = group.cards.iter().map(|card| card.goal.to_string());
        format!(
            "{}: {}",
            group.heading.text,
            cards.collect::<Vec<_>>().join(" ")
        )
    });
    assert_eq!(groups.collect::<Vec<_>>(), expected);
}

#[test]
fn columns_are_levels_and_the_unbound_stand_below() {
    check(0, &[], &[]);
    check(1, &[], &["Supports nothing, and nothing supports it: 0"]);
    check(
        6,
        &[(2, 0), (3, 2), (5, 0), (5, 3)],
        &[
            "Top level, 1 objective: 0",
            "Level 2, 1 objective: 2",
            "Level 3, 1 objective: 3",
            "Level 4, 1 objective: 5",
            "Support nothing, and nothing supports them, 2 objectives: 1 4",
        ],
    );
}

#[test]
fn circles_stand_in_one_column() {
    check(
        3,
        &[(0, 0), (1, 2), (2, 1)],
        &["Top level, 3 objectives: 0 1 2"],
    );
}

#[test]
fn the_order_of_a_column_follows_what_is_served() {
    check(
        6,
        &[(2, 1), (3, 0), (4, 1), (5, 0)],
        &[
            "Top level, 2 objectives: 0 1",
            "Level 2, 4 objectives: 3 5 2 4",
        ],
    );
}

#[test]
fn what_is_served_stands_at_the_middle() {
    let map = drawn(4, &[(1, 0), (2, 0), (3, 0)]);
    let middle = |card: &Card| card.y + card.height / 2;
    let first = &map.groups[0].cards[0];
    let served = &map.groups[1].cards;
    assert_eq!(middle(first), middle(&served[1]));
}

#[test]
fn a_long_chain_to_which_all_lead_is_drawn() {
    let links: Vec<(usize, usize)> = (1..400).flat_map(|at| [(at, at - 1), (at, 0)]).collect();
    let map = drawn(400, &links);
    assert_eq!(map.groups.len(), 400);
    assert_eq!(faults(&map), [""; 0]);
    let bonds = map.cards().map(|card| card.bonds.len());
    assert_eq!(bonds.sum::<usize>(), 399 + 398);
}

#[test]
fn nothing_of_a_title_is_markup_or_leaves_its_card() {
    let titles = [
        "</title><script>alert(1)</script>\" onload=\"x",
        "a\u{0}\u{8}\u{1b}[31m\u{202e}\u{ffff}]]>",
        &"w".repeat(10_000),
        &"👩\u{200d}👩\u{200d}👧".repeat(300),
        &"営業利益".repeat(300),
        &format!("a{}", "\u{301}".repeat(5_000)),
        "שלום עולם, זה יעד ארוך מאוד של החברה כולה",
    ];
    let goal = |title: &&str| Goal {
        title: (*title).to_owned(),
        plan: (*title).to_owned(),
        number: (*title).to_owned(),
        owner: Some((*title).to_owned()),
        href: Some(format!("javascript:{title}")),
        weakest: Some(0),
        ..Goal::default()
    };
    let mut goals: Vec<Goal> = titles.iter().map(goal).collect();
    goals[1].href = Some("a.md?x=\"><script>&y#z".to_owned());
    let map = Map::new(
        &goals,
        &aligned(7, &[(1, 0), (2, 0), (3, 1), (4, 2), (5, 4)]),
    );
    assert_eq!(faults(&map), [""; 0]);
    for card in map.cards() {
        assert!(card.lines().len() <= 3);
        for line in card.lines() {
            assert!(words::width(&line.text, card::TITLE) <= CARD, "{line:?}");
        }
    }
    let svg = map.to_svg().unwrap();
    assert!(!svg.contains("<script") && !svg.contains("javascript"));
    assert!(
        svg.contains("href=\"a.md?x=%22%3E%3Cscript%3E&amp;y#z\""),
        "{svg}"
    );
    let is_odd = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202e}' | '\u{ffff}');
    assert!(!svg.contains(is_odd));
    let mut reader = quick_xml::Reader::from_str(&svg);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
}

#[test]
fn a_card_tells_all_of_its_objective() {
    let mut goals = goals(2);
    goals[0] = Goal {
        number: "1".to_owned(),
        level: None,
        plan: "Company".to_owned(),
        title: "Grow & last".to_owned(),
        owner: Some("Dana Reyes".to_owned()),
        status: Some(Status::OnTrack),
        percent: Some(Decimal::from(62)),
        expected: Some(Decimal::from(70)),
        weakest: Some(1),
        href: Some("company.html#grow".to_owned()),
    };
    goals[1] = Goal {
        title: "Sell".to_owned(),
        status: Some(Status::OffTrack),
        ..Goal::default()
    };
    let map = Map::new(&goals, &aligned(2, &[(1, 0)]));
    assert_eq!(faults(&map), [""; 0]);
    let svg = map.to_svg().unwrap();
    for part in [
        "<a href=\"company.html#grow\" aria-label=\"Grow &amp; last. on track, 62%, expected 70%. \
         weakest below: Sell, off track. owner Dana Reyes. 1 · Company\">",
        "aria-label=\"Sell. off track. supports Grow &amp; last\"",
        "<title>Grow &amp; last</title>",
        ">1 · Company</text>",
        ">62%</text>",
        ">weakest: Sell</text>",
        "href=\"#mark-off-track\"",
        "id=\"mark-off-track\"",
    ] {
        assert!(svg.contains(part), "{part}\n{svg}");
    }
    let inline = map.to_svg_inline();
    assert!(inline.starts_with("<svg class=\"map sheet\" ") && !inline.contains("<style>"));
}

#[test]
fn a_map_of_its_own_has_the_colours_of_a_page() {
    let page = include_str!("../../templates/style.css");
    let of = |text: &'static str| -> Vec<&str> {
        let lines = text.lines().map(str::trim);
        lines.filter(|line| line.starts_with("--")).collect()
    };
    let own = of(STYLE);
    assert_eq!(own.len(), 21);
    let page: Vec<&str> = of(page)
        .into_iter()
        .filter(|line| !line.starts_with("--serif"))
        .collect();
    assert_eq!(own, page);
}

proptest! {
    #[test]
    fn no_two_cards_overlap_and_no_line_runs_through_one(
        (count, links) in (1_usize..60)
            .prop_flat_map(|count| (Just(count), prop::collection::vec((0..count, 0..count), 0..2 * count))),
        is_tree in any::<bool>(),
        has_levels in any::<bool>(),
    ) {
        // As plans are, and as they may be.
        let links: Vec<_> = if is_tree {
            links.into_iter().filter(|(child, parent)| child > parent).collect()
        } else {
            links
        };
        let alignment = aligned(count, &links);
        let mut goals = goals(count);
        for (at, goal) in goals.iter_mut().enumerate().filter(|_| has_levels) {
            goal.level = PlanLevel::ALL.get(at % 5).copied();
        }
        let map = Map::new(&goals, &alignment);
        prop_assert_eq!(faults(&map), Vec::<String>::new());
        let mut bonds: Vec<(usize, usize)> = map
            .cards()
            .flat_map(|card| card.bonds.iter().map(|bond| (card.goal, bond.parent)))
            .collect();
        let mut expected: Vec<(usize, usize)> =
            alignment.bonds.iter().map(|bond| (bond.child, bond.parent)).collect();
        bonds.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(bonds, expected);
        let mut drawn: Vec<usize> = map.cards().map(|card| card.goal).collect();
        drawn.sort_unstable();
        prop_assert_eq!(drawn, (0..count).collect::<Vec<_>>());
        prop_assert_eq!(map, Map::new(&goals, &alignment));
    }
}

#[test]
fn columns_are_called_after_the_levels_of_their_plans() {
    let levels = [
        Some(PlanLevel::Company),
        Some(PlanLevel::Department),
        Some(PlanLevel::Team),
        Some(PlanLevel::Team),
        None,
        None,
    ];
    let alignment = aligned(6, &[(1, 0), (2, 1), (3, 0), (4, 3), (5, 0)]);
    let goals = levels.map(|level| Goal {
        title: "Goal".to_owned(),
        level,
        ..Goal::default()
    });
    let map = Map::new(&goals, &alignment);
    assert_eq!(faults(&map), [""; 0]);
    let headings: Vec<_> = map.groups.iter().map(|it| &*it.heading.text).collect();
    let expected = [
        "Company, 1 objective",
        "Department, 2 objectives",
        "Team, 2 objectives",
        "Level 4, 1 objective",
    ];
    assert_eq!(headings, expected);
    let mixed = goals.map(|goal| Goal {
        level: goal.level.or(Some(PlanLevel::Person)),
        ..goal
    });
    let map = Map::new(&mixed, &alignment);
    assert_eq!(map.groups[3].heading.text, "Person, 2 objectives");
}
