//! Outlines as people write them, and what is made of them.

use std::fmt::Write as _;

use jiff::civil::date;
use okr_core::model::Quantity;
use proptest::prelude::*;

use crate::import::{DraftInitiative, DraftKeyResult, Import, ImportOptions, read};

fn import(text: &str) -> Result<Import, crate::Error> {
    read(text.as_bytes(), &ImportOptions::new(date(2026, 11, 22)))
}

/// Checks what is read of a text: an element to a line, with what is said of it, and what was left out.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let import = import(text).unwrap_or_else(|error| panic!("{error}"));
    assert!(import.account.is_outline, "taken for something else");
    let lines = lines(&import);
    assert_eq!(lines, expected, "\n{}", lines.join("\n"));
}

fn lines(import: &Import) -> Vec<String> {
    let draft = &import.draft;
    let mut head = String::new();
    said(&mut head, "title", draft.title.as_deref());
    said(&mut head, "period", draft.period);
    said(&mut head, "team", draft.team.as_deref());
    let mut lines = Vec::new();
    if !head.is_empty() {
        lines.push(head.trim_start_matches(", ").to_owned());
    }
    for objective in &draft.objectives {
        let mut line = format!("{}: {}", objective.cell, objective.title);
        said(&mut line, "id", objective.reference.as_deref());
        said(&mut line, "owner", objective.owner.as_deref());
        said(&mut line, "due", objective.due);
        said(
            &mut line,
            "status",
            objective.status.map(|status| status.word()),
        );
        said(&mut line, "parent", objective.parent.as_deref());
        said(&mut line, "text", objective.description.as_deref());
        notes(&mut line, &objective.notes);
        lines.push(line);
        for (position, one) in objective.key_results.iter().enumerate() {
            lines.push(key_result(one));
            let own = objective.initiatives.iter();
            let own = own.filter(|one| one.key_result == Some(position));
            lines.extend(own.map(|one| format!("    {}", initiative(one))));
        }
        let own = objective.initiatives.iter();
        let own = own.filter(|one| one.key_result.is_none());
        lines.extend(own.map(|one| format!("  {}", initiative(one))));
    }
    for note in &draft.notes {
        lines.push(format!("note: {note}"));
    }
    for left in &import.account.left_out {
        lines.push(format!(
            "left out: {}: {}, {}",
            left.place, left.text, left.reason
        ));
    }
    lines.iter().map(|line| line.replace('\n', "⏎")).collect()
}

fn key_result(key_result: &DraftKeyResult) -> String {
    let mut line = format!("  {}: {}", key_result.cell, key_result.title);
    said(&mut line, "id", key_result.reference.as_deref());
    said(&mut line, "owner", key_result.owner.as_deref());
    said(
        &mut line,
        "start",
        key_result.start.as_ref().map(Quantity::to_string),
    );
    said(
        &mut line,
        "target",
        key_result.target.as_ref().map(|target| target.to_string()),
    );
    said(
        &mut line,
        "now",
        key_result.current.as_ref().map(Quantity::to_string),
    );
    said(&mut line, "due", key_result.due);
    said(
        &mut line,
        "status",
        key_result.status.map(|status| status.word()),
    );
    said(&mut line, "confidence", key_result.confidence);
    said(&mut line, "source", key_result.source.as_deref());
    said(&mut line, "text", key_result.description.as_deref());
    said(&mut line, "remark", key_result.remark.as_deref());
    notes(&mut line, &key_result.notes);
    line
}

fn initiative(initiative: &DraftInitiative) -> String {
    let mut line = format!("[{}: {}", initiative.cell, initiative.title);
    said(&mut line, "owner", initiative.owner.as_deref());
    said(&mut line, "due", initiative.due);
    said(
        &mut line,
        "status",
        initiative.status.map(|status| status.word()),
    );
    notes(&mut line, &initiative.notes);
    line + "]"
}

fn said(line: &mut String, name: &str, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        let _ = write!(line, ", {name} {value}");
    }
}

fn notes(line: &mut String, notes: &[String]) {
    for note in notes {
        let _ = write!(line, ", note {note:?}");
    }
}

#[test]
fn headings_with_bullets_below() {
    check(
        "# Billing Q1 2027\n\n## Objective: Invoices go out on time\n\nOwner: Dana\n\n- Cut days to invoice from 9 to 3\n- Bill 95% within two days\n\n\
         ## Objective: Get paid\n\n- Raise the collection rate from 60% to 80%\n",
        &[
            "title Billing Q1 2027, period 2027-Q1",
            "line 3: Invoices go out on time, owner Dana",
            "  line 7: Cut days to invoice from 9 to 3, start 9, target 3",
            "  line 8: Bill 95% within two days, target 95%",
            "line 10: Get paid",
            "  line 12: Raise the collection rate from 60% to 80%, start 60%, target 80%",
        ],
    );
}

#[test]
fn headings_of_two_levels() {
    check(
        "# Finance\n\n## Get paid sooner\n\n### Cut DSO of all customers\n\n- Owner: Sam\n- Baseline: 52 days\n- Target: 44 days\n\n### Raise the rate\n\nTarget: 85%\n\n## Close faster\n\n### Close the month\n\n- Target: 3 days\n- [ ] Train\n",
        &[
            "title Finance",
            "line 3: Get paid sooner",
            "  line 5: Cut DSO of all customers, owner Sam, start 52 days, target 44 days",
            "  line 11: Raise the rate, target 85%",
            "line 15: Close faster",
            "  line 17: Close the month, target 3 days",
            "    [line 20: Train]",
        ],
    );
    check(
        "# Get paid sooner\n\n## Key results\n\n- Cut DSO from 52 to 44 days\n- Raise the rate to 85%\n\n# Close faster\n\n## Key results\n\n- Close in 3 days\n",
        &[
            "line 1: Get paid sooner",
            "  line 5: Cut DSO from 52 to 44 days, start 52 days, target 44 days",
            "  line 6: Raise the rate to 85%, target 85%",
            "line 8: Close faster",
            "  line 12: Close in 3 days, target at most 3 days",
        ],
    );
    check(
        "# Finance 2027\n\n## Get paid sooner\n\n1. Cut DSO from 52 to 44 days\n2. Raise the rate to 85%\n\n## Close faster\n\n1. Close in 3 days\n",
        &[
            "title Finance 2027, period 2027",
            "line 3: Get paid sooner",
            "  line 5: Cut DSO from 52 to 44 days, start 52 days, target 44 days",
            "  line 6: Raise the rate to 85%, target 85%",
            "line 8: Close faster",
            "  line 10: Close in 3 days, target at most 3 days",
        ],
    );
}

#[test]
fn a_heading_with_a_table_below() {
    check(
        "# OKRs Q1 2027\n\n## Get paid sooner\n\n\
         |  | Key result | current | target | contributors | comments |\n|---|---|---|---|---|---|\n\
         | KR-1 | Cut DSO | 52 days | 44 days | Sam, Kim | started late |\n| KR-2 | Raise the collection rate | 60% | 85% | Dana |  |\n\n\
         ## Close faster\n\n\
         |  | Key result | current | target | contributors | comments |\n|---|---|---|---|---|---|\n\
         | KR-1 | Close the month | 9 days | 3 days | Lee | |\n",
        &[
            "title OKRs Q1 2027, period 2027-Q1",
            "line 3: Get paid sooner",
            "  line 7: Cut DSO, id KR-1, owner Sam, Kim, target 44 days, now 52 days, remark started late",
            "  line 8: Raise the collection rate, id KR-2, owner Dana, target 85%, now 60%",
            "line 10: Close faster",
            "  line 14: Close the month, id KR-1, owner Lee, target 3 days, now 9 days",
        ],
    );
}

#[test]
fn a_table_of_everything() {
    check(
        "# Finance\n\nPlan for Q1 2027.\n\n| Objective | Key Result | Owner | Target |\n|---|---|---|---|\n\
         | Get paid sooner | Cut DSO to 44 days | Sam | 44 days |\n| | Raise the rate | Kim | 85% |\n| Close faster | Close the month | Lee | 3 days |\n\nKept by Dana.\n",
        &[
            "title Finance, period 2027-Q1",
            "line 7: Get paid sooner",
            "  line 7: Cut DSO to 44 days, owner Sam, target 44 days",
            "  line 8: Raise the rate, owner Kim, target 85%",
            "line 9: Close faster",
            "  line 9: Close the month, owner Lee, target 3 days",
            "note: Plan for Q1 2027.",
            "note: Kept by Dana.",
        ],
    );
    check(
        "## First half\n\n| Objective | Key Result | Target |\n|---|---|---|\n| Get paid sooner | Cut DSO | 44 days |\n\n\
         ## Second half\n\n| Objective | Key Result | Target |\n|---|---|---|\n| Close faster | Close the month | 3 days |\n",
        &[
            "title First half",
            "line 5: Get paid sooner",
            "  line 5: Cut DSO, target 44 days",
            "line 11: Close faster",
            "  line 11: Close the month, target 3 days",
            "note: Second half",
        ],
    );
}

#[test]
fn labels_in_bold() {
    check(
        "**Objective 1: Get paid sooner**\n\n- **KR1:** Cut DSO from 52 to 44 days\n- **KR2:** Raise the rate to 85%\n\n**Objective 2: Close faster**\n\n- **KR1:** Close in 3 days\n",
        &[
            "line 1: Get paid sooner, id Objective 1",
            "  line 3: Cut DSO from 52 to 44 days, id KR1, start 52 days, target 44 days",
            "  line 4: Raise the rate to 85%, id KR2, target 85%",
            "line 6: Close faster, id Objective 2",
            "  line 8: Close in 3 days, id KR1, target at most 3 days",
        ],
    );
    check(
        "**Objective:** Get paid sooner\n\n**Key Results:**\n\n1. Cut DSO from 52 to 44 days (Sam)\n2. Raise the rate to 85%\n\n**Initiatives:**\n\n- Call the ten largest debtors\n",
        &[
            "line 1: Get paid sooner",
            "  line 5: Cut DSO from 52 to 44 days (Sam), start 52 days, target 44 days",
            "  line 6: Raise the rate to 85%, target 85%",
            "  [line 10: Call the ten largest debtors]",
        ],
    );
}

#[test]
fn checkboxes_are_initiatives() {
    check(
        "**Objective:** Get paid sooner\n\n**KR:** Cut DSO from 52 to 44 days\n\n- [ ] Train the team\n- [x] Buy the software\n\n**KR:** Raise the rate to 85%\n\n- [ ] Call early\n",
        &[
            "line 1: Get paid sooner",
            "  line 3: Cut DSO from 52 to 44 days, start 52 days, target 44 days",
            "    [line 5: Train the team]",
            "    [line 6: Buy the software, status done]",
            "  line 8: Raise the rate to 85%, target 85%",
            "    [line 10: Call early]",
        ],
    );
    check(
        "- Get paid sooner\n  - Cut DSO from 52 to 44 days\n    - [ ] Train the team\n    - [x] Buy the software\n",
        &[
            "line 1: Get paid sooner",
            "  line 2: Cut DSO from 52 to 44 days, start 52 days, target 44 days",
            "    [line 3: Train the team]",
            "    [line 4: Buy the software, status done]",
        ],
    );
}

#[test]
fn bullets_in_bullets() {
    check(
        "- Get paid sooner\n  - Cut DSO from 52 to 44 days\n    - Train the team\n  - Raise the rate to 85%\n- Close faster\n  - Close in 3 days\n",
        &[
            "line 1: Get paid sooner",
            "  line 2: Cut DSO from 52 to 44 days, start 52 days, target 44 days",
            "    [line 3: Train the team]",
            "  line 4: Raise the rate to 85%, target 85%",
            "line 5: Close faster",
            "  line 6: Close in 3 days, target at most 3 days",
        ],
    );
    check(
        "* Objective: Get paid sooner\n    * Owner: Dana\n    * Key results:\n        * Cut DSO from 52 to 44 days\n        * Raise the rate to 85%\n    * Initiatives:\n        * Train the team\n",
        &[
            "line 1: Get paid sooner, owner Dana",
            "  line 4: Cut DSO from 52 to 44 days, start 52 days, target 44 days",
            "  line 5: Raise the rate to 85%, target 85%",
            "  [line 7: Train the team]",
        ],
    );
}

#[test]
fn plain_lines_with_marks() {
    check(
        "Finance Q1 2027\nO1: Get paid sooner\nKR1.1 Cut DSO from 52 to 44 days\nKR1.2 Raise the rate to 85%\n\nO2: Close faster\nKR2.1 Close in 3 days\n",
        &[
            "title Finance Q1 2027, period 2027-Q1",
            "line 2: Get paid sooner, id O1",
            "  line 3: Cut DSO from 52 to 44 days, id KR1.1, start 52 days, target 44 days",
            "  line 4: Raise the rate to 85%, id KR1.2, target 85%",
            "line 6: Close faster, id O2",
            "  line 7: Close in 3 days, id KR2.1, target at most 3 days",
        ],
    );
    check(
        "Objective 1 - Get paid sooner\n  KR 1 - Cut DSO from 52 to 44 days - Owner: Sam\n  KR 2 - Raise the rate to 85%\nObjective 2 - Close faster\n  KR 1 - Close in 3 days\n",
        &[
            "line 1: Get paid sooner, id Objective 1",
            "  line 2: Cut DSO from 52 to 44 days, id KR 1, owner Sam, start 52 days, target 44 days",
            "  line 3: Raise the rate to 85%, id KR 2, target 85%",
            "line 4: Close faster, id Objective 2",
            "  line 5: Close in 3 days, id KR 1, target at most 3 days",
        ],
    );
}

#[test]
fn words_of_other_languages() {
    check(
        "# OKRs Rechnungswesen Q1 2027\n\n## Ziel 1: Schneller bezahlt werden\n\n- Verantwortlich: Dana\n\n### Schlüsselergebnisse\n\n- Forderungslaufzeit von 52 auf 44 Tage senken\n\n### Maßnahmen\n\n- [ ] Team schulen\n",
        &[
            "title OKRs Rechnungswesen Q1 2027, period 2027-Q1",
            "line 3: Schneller bezahlt werden, id Ziel 1, owner Dana",
            "  line 9: Forderungslaufzeit von 52 auf 44 Tage senken, start 52 Tage, target 44 Tage",
            "  [line 13: Team schulen]",
        ],
    );
    check(
        "## Objectif : Être payé plus vite\n\n- Responsable : Dana\n- Résultat clé 1 : Réduire le délai de 52 à 44 jours\n- Résultat clé 2 : Porter le taux à 85 %\n",
        &[
            "line 1: Être payé plus vite, owner Dana",
            "  line 4: Réduire le délai de 52 à 44 jours, id Résultat clé 1, start 52 jours, target 44 jours",
            "  line 5: Porter le taux à 85 %, id Résultat clé 2, target 85%",
        ],
    );
}

#[test]
fn what_is_said_of_elements_in_bullets() {
    check(
        "## Objective: Get paid sooner\n\n- Owner: Dana\n- Due: 2027-03-31\n- Weather: fine\n\n### Cut DSO\n\n- Owner: Sam\n- Baseline: 52 days\n- Target: 44 days\n- Status: at risk\n\nIt is harder than it looks.\n",
        &[
            "line 1: Get paid sooner, owner Dana, due 2027-03-31, note \"Weather: fine\"",
            "  line 7: Cut DSO, owner Sam, start 52 days, target 44 days, status at_risk, text It is harder than it looks.",
        ],
    );
}

#[test]
fn yaml_in_several_shapes() {
    check(
        "title: Finance\nperiod: 2027-Q1\nobjectives:\n  - title: Get paid sooner\n    owner: Dana\n    key_results:\n      - Cut DSO from 52 to 44 days\n      - Raise the rate to 85%\n  - title: Close faster\n    key_results:\n      - title: Close the month\n        baseline: 9 days\n        target: 3 days\n        owner: Lee\n        initiatives:\n          - Draw up the calendar\n          - name: Train the team\n            done: true\n",
        &[
            "title Finance, period 2027-Q1",
            "line 4: Get paid sooner, owner Dana",
            "  line 7: Cut DSO from 52 to 44 days, start 52 days, target 44 days",
            "  line 8: Raise the rate to 85%, target 85%",
            "line 9: Close faster",
            "  line 11: Close the month, owner Lee, start 9 days, target 3 days",
            "    [line 16: Draw up the calendar]",
            "    [line 17: Train the team, status done]",
        ],
    );
    check(
        "objectives:\n- objective: Get paid sooner\n  keyResults:\n  - keyResult: Cut DSO\n    startValue: 52\n    targetValue: 44\n    currentValue: 50\n    dueDate: 2027-03-31\n",
        &[
            "line 2: Get paid sooner",
            "  line 4: Cut DSO, start 52, target 44, now 50, due 2027-03-31",
        ],
    );
    check(
        "Projects:\n  - Name: Billing\n    OKR:\n      Objective: Get paid sooner\n      KeyResults:\n        - Metric: Cut DSO from 52 to 44 days\n          Done: true\n        - Metric: Raise the rate to 85%\n          Done: false\n  - Name: Closing\n    OKR:\n      Objective: Close faster\n      KeyResults:\n        - Metric: Close in 3 days\n          Done: false\n",
        &[
            "title Billing",
            "line 4: Get paid sooner",
            "  line 6: Cut DSO from 52 to 44 days, start 52 days, target 44 days, status done",
            "  line 8: Raise the rate to 85%, target 85%, status not_started",
            "line 12: Close faster",
            "  line 14: Close in 3 days, target at most 3 days, status not_started",
        ],
    );
    check(
        "Goals:\n  - Goal: Get paid sooner\n    KeyResults:\n      KR1: Cut DSO from 52 to 44 days\n      Collection rate:\n        target: 85%\n",
        &[
            "line 2: Get paid sooner",
            "  line 4: Cut DSO from 52 to 44 days, id KR1, start 52 days, target 44 days",
            "  line 6: Collection rate, target 85%",
        ],
    );
    check(
        "Get paid sooner:\n  key_results:\n    - Cut DSO from 52 to 44 days\nClose faster:\n  key_results:\n    - Close in 3 days\n",
        &[
            "line 2: Get paid sooner",
            "  line 3: Cut DSO from 52 to 44 days, start 52 days, target 44 days",
            "line 5: Close faster",
            "  line 6: Close in 3 days, target at most 3 days",
        ],
    );
}

#[test]
fn json_of_others() {
    check(
        "{\n  \"period\": \"2027-Q1\",\n  \"objectives\": [\n    {\n      \"title\": \"Get paid sooner\",\n      \"keyResults\": [\n        { \"title\": \"Cut DSO\", \"start\": 52, \"target\": 44, \"unit\": \"days\" }\n      ]\n    }\n  ]\n}\n",
        &[
            "period 2027-Q1",
            "line 4: Get paid sooner",
            "  line 7: Cut DSO, start 52 days, target 44 days",
        ],
    );
    check(
        "[{\"objective\": \"Get paid sooner\", \"key_results\": [\"Cut DSO from 52 to 44 days\"]}]",
        &[
            "line 1: Get paid sooner",
            "  line 1: Cut DSO from 52 to 44 days, start 52 days, target 44 days",
        ],
    );
}

#[track_caller]
fn check_refused(text: &str, message: &str) {
    let error = match import(text) {
        Ok(import) => panic!("{:#?}", lines(&import)),
        Err(error) => error.to_string(),
    };
    assert_eq!(error, message);
}

#[test]
fn what_could_make_a_small_file_large_is_refused() {
    check_refused(
        "base: &a\n  owner: Dana\nobjectives:\n  - title: x\n    base: *a\n    key_results:\n      - y\n",
        "line 5 refers to another part of the file (`*name`); write that part out",
    );
    let deep = format!("{{\"objectives\": {}{}}}", "[".repeat(500), "]".repeat(500));
    check_refused(
        &deep,
        "line 1 cannot be read as YAML or JSON: recursion limit exceeded",
    );
}

#[test]
fn data_that_is_broken_or_no_plan_is_refused() {
    check_refused(
        "objectives:\n  - title: \"Get paid\n    key_results:\n      - x\n",
        "line 2 cannot be read as YAML or JSON: invalid indentation in quoted scalar",
    );
    check_refused(
        "{\"objectives\": [}",
        "line 1 cannot be read as YAML or JSON: while parsing a node, did not find expected node content",
    );
    check_refused("{\"a\": 1}", "it names no objectives");
    check_refused(
        "Dear all,\n\nthe meeting is on Friday.\n\nKind regards\n",
        "no row of it looks like the headings of a plan; give it a row of headings such as Objective, Key result, Owner, Start, Target, or say --map",
    );
}

#[test]
fn tables_that_look_like_outlines_stay_tables() {
    #[track_caller]
    fn check(text: &str, titles: &[&str]) {
        let import = import(text).unwrap_or_else(|error| panic!("{error}"));
        assert!(!import.account.is_outline, "taken for an outline");
        let objectives = &import.draft.objectives;
        let found: Vec<_> = objectives
            .iter()
            .map(|objective| &*objective.title)
            .collect();
        assert_eq!(found, titles);
    }
    check(
        "Objective,Key result,Target\n# Get paid,- Cut DSO,44\n# Close,- Close the month,3\n",
        &["# Get paid", "# Close"],
    );
    check(
        "Type;Title;Owner\nObjective;Get paid: sooner;Dana\nKey result;- Cut DSO;Sam\n",
        &["Get paid: sooner"],
    );
    check(
        "Objective\tKey result\tOwner\nO1: Get paid\tKR1: Cut DSO from 52 to 44\tSam\n",
        &["Get paid"],
    );
    check(
        "[Draft] Objective,Key result,Target\nGet paid,Cut DSO,44\n",
        &["Get paid"],
    );
    check(
        "Objective|Key result|Owner\nGet paid|Cut DSO from 52 to 44|Sam\n",
        &["Get paid"],
    );
}

/// Pieces of which outlines are made, and some that damage them.
const PIECES: &[&str] = &[
    "# ",
    "## ",
    "### ",
    "- ",
    "* ",
    "  ",
    "    ",
    "1. ",
    "[ ] ",
    "[x] ",
    "**",
    "| ",
    "|---|---|\n",
    "\n",
    "\n\n",
    "Objective",
    "Objective: ",
    "KR1.1 ",
    "O1: ",
    "Key results",
    "key_results:",
    "objectives:",
    "title: ",
    "Owner: ",
    "Dana",
    "Target",
    ": ",
    "52 to 44 days",
    "85%",
    "{",
    "}",
    "[",
    "]",
    "\"",
    ", ",
    "&a ",
    "*a ",
    "---\n",
    "\t",
    ">",
    "```\n",
    "Initiatives",
    "Done: true",
    "Ziel",
    "é",
    "\u{301}",
    "\r\n",
    "\u{0}",
    "\u{feff}",
    "<!-- x -->",
    "=1+1",
];

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        let _ = import(&text).map(|import| import.plan(date(2026, 11, 22)));
    }

    #[test]
    fn any_outline_is_read_or_refused(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        let _ = crate::import::outline::markdown(&text);
        let _ = crate::import::outline::data(&text);
        if let Ok(import) = import(&text) {
            let (plan, _) = import.plan(date(2026, 11, 22));
            let again = okr_core::parse(okr_core::print(&plan)).plan;
            prop_assert_eq!(again, plan);
        }
    }
}
