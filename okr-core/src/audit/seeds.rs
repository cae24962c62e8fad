//! What the rules about the wording of numbers say of two collections as people write them.

use crate::audit::rules::RULES;
use crate::audit::testing::findings_of;

/// The rules that are looked at here.
const LOOKED_AT: &[&str] = &[
    "absolute-target",
    "activity-verb",
    "ambiguous-percent",
    "baseline-equals-target",
    "direction-conflict",
    "impossible-target",
    "no-baseline",
    "vague-quantifier",
    "vague-verb",
];

/// Checks which of the rules speak of a key result.
#[track_caller]
fn check(key_result: &str, expected: &[&str]) {
    let rules = RULES.iter().filter(|rule| LOOKED_AT.contains(&rule.id));
    let found: Vec<_> = rules
        .filter(|rule| !findings_of(rule, key_result).is_empty())
        .map(|rule| rule.id)
        .collect();
    assert_eq!(found, expected, "{key_result}");
}

const START: &[&str] = &["no-baseline"];
const PERCENT: &[&str] = &["ambiguous-percent", "no-baseline"];
const ABSOLUTE: &[&str] = &["absolute-target"];

#[test]
fn receivables_and_payables() {
    check("Increase collection rates by 25%", PERCENT);
    check("Reduce invoice processing time by 30%", START);
    check("Decrease outstanding payments by 40%", START);
    check("Implement automation tools in 80% of payable systems", &[]);
    check(
        "Achieve 25% faster dispute resolution for payable invoices",
        START,
    );
    check("Reduce average invoice processing time by 30%", START);
}

#[test]
fn reconciliation_and_invoices() {
    check(
        "Successfully complete and document all minor accounts' reconciliation by week 6",
        &[],
    );
    check(
        "Implement a new system to track bi-weekly progress of bank reconciliations",
        &[],
    );
    check(
        "Initiate and finish 100% reconciliation of 10 major accounts within first 4 weeks",
        ABSOLUTE,
    );
    check("Increase on-time payments by 30%", PERCENT);
    check("Reduce invoice processing errors by 20%", START);
    check("Reduce average invoice processing time by 15%", START);
}

#[test]
fn billing_and_premiums() {
    check(
        "Increase billing accuracy to 98% by reducing system or process errors",
        START,
    );
    check(
        "Achieve 10% reduction in overdue receivables through consistent follow-ups",
        START,
    );
    check(
        "Implement an automated reminder system to increase on-time payments by 15%",
        PERCENT,
    );
    check(
        "Achieve steady growth in monthly investment income by 5%",
        PERCENT,
    );
    check("Reduce outstanding premium payments by 20%", START);
    check("Increase monthly premium collection rates by 15%", PERCENT);
}

#[test]
fn old_debts_and_vendors() {
    check(
        "Improve the efficiency of the collection process to shorten payment durations by 20%",
        START,
    );
    check(
        "Implement a 25% increase in debt recovery from the first month of operations",
        START,
    );
    check(
        "Decrease the total number of 90-day balance accounts by 35%",
        START,
    );
    check(
        "Achieve 100% on-time payments for all vendor invoices within net 30",
        &["absolute-target", "no-baseline"],
    );
    check(
        "Implement an automated tracking system for vendor aging within first two weeks",
        &[],
    );
    check(
        "Reduce number of overdue vendor payments to zero by end of the quarter",
        &["absolute-target", "no-baseline"],
    );
}

#[test]
fn accounts_and_the_portal() {
    check(
        "Secure 20 new medium business accounts by improving client acquisition strategies",
        &[],
    );
    check(
        "Convert 10 small business accounts into large accounts through upselling techniques",
        &[],
    );
    check(
        "Reduce churn rate of large accounts to below 5% by enhancing customer relationships",
        START,
    );
    check(
        "Train 90% of customers on the new portal's usage and features by end of the quarter",
        &[],
    );
    check(
        "Achieve 70% accounts migration within the first month of the quarter",
        &[],
    );
    check(
        "Minimize migration-related customer complaints to less than 5%",
        START,
    );
}

#[test]
fn the_billing_coordinator() {
    check(
        "Reduce billing errors by 25% by the end of Q2 through improved data validation processes.",
        START,
    );
    check(
        "Implement a double-check system for all invoices before dispatch by mid-Q2.",
        &[],
    );
    check(
        "Decrease average invoice turnaround time from 5 days to 3 days within the quarter.",
        &[],
    );
    check(
        "Automate invoice generation for 80% of recurring clients by the end of Q2.",
        &[],
    );
    check(
        "Increase on-time payments by 15% through proactive client communication.",
        PERCENT,
    );
    check(
        "Reduce outstanding receivables over 60 days by 20% by implementing follow-up protocols.",
        START,
    );
    check(
        "Document and standardize billing procedures by the end of Q2.",
        &[],
    );
    check(
        "Train 100% of billing team members on new software tools and processes.",
        ABSOLUTE,
    );
}
