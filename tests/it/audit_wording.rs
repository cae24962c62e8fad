//! Goals as people type them: which rules about wording speak, and what their fixes write.

use okr_core::audit::{self, Applicability, Finding, Settings, audit};
use okr_core::edit::edit_all;
use okr_core::model::parse_date;
use okr_templates::Library;

const RULES: [&str; 11] = [
    "business-as-usual",
    "coverage-as-outcome",
    "means-in-key-result",
    "milestone-without-evidence",
    "no-number",
    "objective-has-metric",
    "objective-is-project",
    "objective-too-long",
    "task-as-key-result",
    "two-metrics",
    "vague-objective",
];

fn settings() -> Settings {
    Settings {
        library: audit::Library::new(|| {
            let library = Library::built_in().expect("the built-in templates are right");
            library.key_results()
        }),
        ..Settings::default()
    }
}

fn plan(objective: &str, key_result: &str) -> String {
    format!(
        "---\nperiod: 2026-Q2\n---\n\n## Objective: {objective}\n\n### Key result: {key_result}\n"
    )
}

fn findings(text: &str) -> Vec<Finding> {
    let plan = okr_core::parse(text).plan;
    let found = audit(&plan, &settings(), parse_date("2026-04-02"));
    let is_about_wording = |finding: &Finding| RULES.contains(&finding.rule.id);
    found
        .findings
        .into_iter()
        .filter(is_about_wording)
        .collect()
}

/// The statements of two published collections, each with the rule about wording that speaks of it, if
/// any; objectives begin with `#`.
const SEEDS: &[(&str, &str)] = &[
    ("# Streamline accounts receivable operations", ""),
    ("Increase collection rates by 25%", ""),
    ("Reduce invoice processing time by 30%", ""),
    ("Decrease outstanding payments by 40%", ""),
    (
        "# Decrease days payable outstanding for better cash flow management",
        "",
    ),
    (
        "Implement automation tools in 80% of payable systems",
        "coverage-as-outcome",
    ),
    (
        "Achieve 25% faster dispute resolution for payable invoices",
        "",
    ),
    ("Reduce average invoice processing time by 30%", ""),
    (
        "# Ensure completion of all account schedules and bank reconciliations",
        "",
    ),
    (
        "Successfully complete and document all minor accounts' reconciliation by week 6",
        "milestone-without-evidence",
    ),
    (
        "Implement a new system to track bi-weekly progress of bank reconciliations",
        "task-as-key-result",
    ),
    (
        "Initiate and finish 100% reconciliation of 10 major accounts within first 4 weeks",
        "coverage-as-outcome",
    ),
    ("# Improve invoice processing and payment efficiency", ""),
    ("Increase on-time payments by 30%", ""),
    ("Reduce invoice processing errors by 20%", ""),
    ("Reduce average invoice processing time by 15%", ""),
    (
        "# Enhance the efficiency and effectiveness of billing and collection process",
        "",
    ),
    (
        "Increase billing accuracy to 98% by reducing system or process errors",
        "means-in-key-result",
    ),
    (
        "Achieve 10% reduction in overdue receivables through consistent follow-ups",
        "means-in-key-result",
    ),
    (
        "Implement an automated reminder system to increase on-time payments by 15%",
        "task-as-key-result",
    ),
    (
        "# Drive premium collection rate to 95% for improved investment income",
        "objective-has-metric",
    ),
    (
        "Achieve steady growth in monthly investment income by 5%",
        "",
    ),
    ("Reduce outstanding premium payments by 20%", ""),
    ("Increase monthly premium collection rates by 15%", ""),
    ("# Minimize overdue 90-day balances", ""),
    (
        "Improve the efficiency of the collection process to shorten payment durations by 20%",
        "",
    ),
    (
        "Implement a 25% increase in debt recovery from the first month of operations",
        "",
    ),
    (
        "Decrease the total number of 90-day balance accounts by 35%",
        "",
    ),
    (
        "# Streamline vendor aging reconciliation and payment processes",
        "",
    ),
    (
        "Achieve 100% on-time payments for all vendor invoices within net 30",
        "",
    ),
    (
        "Implement an automated tracking system for vendor aging within first two weeks",
        "task-as-key-result",
    ),
    (
        "Reduce number of overdue vendor payments to zero by end of the quarter",
        "",
    ),
    (
        "# Boost the count of medium and large business accounts",
        "",
    ),
    (
        "Secure 20 new medium business accounts by improving client acquisition strategies",
        "means-in-key-result",
    ),
    (
        "Convert 10 small business accounts into large accounts through upselling techniques",
        "means-in-key-result",
    ),
    (
        "Reduce churn rate of large accounts to below 5% by enhancing customer relationships",
        "means-in-key-result",
    ),
    (
        "# Successful migration of accounts to the new portal",
        "objective-is-project",
    ),
    (
        "Train 90% of customers on the new portal's usage and features by end of the quarter",
        "coverage-as-outcome",
    ),
    (
        "Achieve 70% accounts migration within the first month of the quarter",
        "coverage-as-outcome",
    ),
    (
        "Minimize migration-related customer complaints to less than 5%",
        "",
    ),
    ("# Enhance Billing Accuracy", ""),
    (
        "Reduce billing errors by 25% by the end of Q2 through improved data validation processes.",
        "means-in-key-result",
    ),
    (
        "Implement a double-check system for all invoices before dispatch by mid-Q2.",
        "task-as-key-result",
    ),
    ("# Accelerate Invoice Processing", ""),
    (
        "Decrease average invoice turnaround time from 5 days to 3 days within the quarter.",
        "",
    ),
    (
        "Automate invoice generation for 80% of recurring clients by the end of Q2.",
        "coverage-as-outcome",
    ),
    ("# Improve Payment Collection Efficiency", ""),
    (
        "Increase on-time payments by 15% through proactive client communication.",
        "means-in-key-result",
    ),
    (
        "Reduce outstanding receivables over 60 days by 20% by implementing follow-up protocols.",
        "means-in-key-result",
    ),
    ("# Streamline Billing Processes", ""),
    (
        "Document and standardize billing procedures by the end of Q2.",
        "milestone-without-evidence",
    ),
    (
        "Train 100% of billing team members on new software tools and processes.",
        "coverage-as-outcome",
    ),
];

#[test]
fn each_statement_has_the_finding_that_it_deserves() {
    for (statement, expected) in SEEDS {
        let text = match statement.strip_prefix("# ") {
            Some(objective) => plan(objective, "Cut DSO to 44 days"),
            None => plan("Get paid without asking", statement),
        };
        let found: Vec<_> = findings(&text)
            .iter()
            .map(|finding| finding.rule.id)
            .collect();
        let expected: Vec<_> = [*expected]
            .into_iter()
            .filter(|rule| !rule.is_empty())
            .collect();
        assert_eq!(found, expected, "{statement}");
    }
}

#[track_caller]
fn fixed(statement: &str) -> String {
    let text = plan("Get paid without asking", statement);
    let fix = findings(&text).into_iter().find_map(|finding| finding.fix);
    let fix = fix.unwrap_or_else(|| panic!("no fix for {statement}"));
    edit_all(&text, &fix.changes).expect("can be made")
}

#[test]
fn the_role_templates_propose_what_work_is_for() {
    for (work, outcome, initiative) in [
        (
            "Implement a double-check system for all invoices before dispatch by mid-Q2.",
            "Raise the catch rate before dispatch to 90%",
            "Implement a double-check system for all invoices before dispatch (due 2026-05-15)",
        ),
        (
            "Implement an automated tracking system for vendor aging within first two weeks",
            "All open vendor invoices shown in the ageing",
            "Implement an automated tracking system for vendor aging (due 2026-04-14)",
        ),
        (
            "Automate invoice generation for 80% of recurring clients by the end of Q2.",
            "Reach 80% of recurring clients billed without a manual step",
            "Automate invoice generation for 80% of recurring clients (due 2026-06-30)",
        ),
        (
            "Implement automated invoice processing software",
            "",
            "Implement automated invoice processing software",
        ),
    ] {
        let text = fixed(work);
        let title = text
            .lines()
            .find_map(|line| line.strip_prefix("### Key result: "));
        let title = title.expect("is there");
        assert!(
            outcome.is_empty() && title != work || title == outcome,
            "{work}: {title}"
        );
        assert!(text.contains("- Measure: "), "{text}");
        assert!(text.contains("- Baseline question: "), "{text}");
        assert!(text.ends_with(&format!("- [ ] {initiative}\n")), "{text}");
    }
    let text = plan("Cross the river", "Build a bridge of steel");
    assert!(findings(&text).iter().all(|finding| finding.fix.is_none()));
}

/// Returns the words of a text in small letters, sorted, without the links between goal and means.
fn words(text: &str) -> Vec<String> {
    let links = ["by", "through", "via", "to", "and", "while"];
    let mut words: Vec<_> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '!' | '(' | ')'))
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && !links.contains(&&**word))
        .collect();
    words.sort();
    words.dedup();
    words
}

#[test]
fn rewrites_of_awkward_titles_keep_every_word() {
    for title in [
        "Cut **billing errors** by 25% through *a second check* 🚀",
        "🚀 Cut billing errors by 25% through [the checklist](checks.md) 🎉!",
        "Cut `DSO` to 44 days through Mahnläufe für Großkunden",
        "Cut DSO to 44 days through rappels aux clients, déjà prévus.",
        "CUT BILLING ERRORS BY 25% THROUGH SECOND CHECKS!!!",
        "Cut **billing errors by 25% through a second check**",
        "Cut errors by 25% via [one *very* long](x.md) `list` & 5 \\* 3 checks",
        "Cut DSO to 45 and **bad debt** to 1% 💶",
        "Implement [reminders](r.md) 📨 to increase *on-time payments* by 15%!",
        "Install ~~old~~ **dunning** software for Kunden in Österreich 🇦🇹.",
    ] {
        let text = plan("Get paid without asking", title);
        let parsed = okr_core::parse(&text).plan;
        let before = words(&parsed.objectives[0].key_results[0].title.plain());
        for finding in findings(&text) {
            let Some(fix) = finding.fix else { continue };
            let fixed = edit_all(&text, &fix.changes).expect("can be made");
            let plan = okr_core::parse(&fixed).plan;
            let titles = plan.key_results().flat_map(|(_, key_result)| {
                let initiatives = key_result.initiatives.iter();
                [&key_result.title]
                    .into_iter()
                    .chain(initiatives.map(|initiative| &initiative.title))
            });
            let after: Vec<_> = titles.map(|title| title.plain().into_owned()).collect();
            let after = words(&after.join(" "));
            for word in &before {
                assert!(after.contains(word), "{title}: {word} is not in\n{fixed}");
            }
            for link in ["(checks.md)", "(x.md)", "(r.md)"] {
                assert_eq!(fixed.contains(link), title.contains(link), "{fixed}");
            }
        }
        assert!(!before.is_empty());
    }
}

#[test]
fn a_safe_fix_leaves_nothing_to_say_about_means() {
    for (statement, rule) in SEEDS
        .iter()
        .filter(|(_, rule)| *rule == "means-in-key-result")
    {
        let text = plan("Get paid without asking", statement);
        let found = findings(&text);
        let fix = found.first().and_then(|finding| finding.fix.clone());
        let fix = fix.unwrap_or_else(|| panic!("{rule}: no fix for {statement}"));
        assert_eq!(fix.applicability, Applicability::Safe, "{statement}");
        let fixed = edit_all(&text, &fix.changes).expect("can be made");
        assert_eq!(findings(&fixed), [], "{fixed}");
    }
}
