//! What is to be said of the due dates of a plan.

use jiff::civil::Date;
use okr_core::model::{Initiative, Period, PeriodKind, Plan};

use super::args;

/// Returns how many due dates of a new plan have passed, and which period has none such, where some
/// have.
pub(crate) fn passed(plan: &Plan, today: Date) -> Option<String> {
    let dates = all(plan);
    let passed = dates.iter().filter(|date| **date < today).count();
    if passed == 0 {
        return None;
    }
    let have = if passed == 1 { "has" } else { "have" };
    let of = args::count(dates.len(), "due date");
    let said = if passed == dates.len() && passed > 1 {
        format!("all {of} have passed already")
    } else {
        format!("{passed} of {of} {have} passed already")
    };
    let later = plan.period.and_then(|period| {
        let kind = period.kind()?;
        let word = match kind {
            PeriodKind::Year => "year",
            PeriodKind::Half => "half-year",
            PeriodKind::Quarter => "quarter",
            PeriodKind::Month => "month",
            _ => "period",
        };
        let next = Period::containing(today, kind, period.fiscal_year())?.next()?;
        Some(format!("; for the next {word} use --period {next}"))
    });
    Some(said + later.as_deref().unwrap_or_default())
}

/// Returns how many due dates lie outside a period, where some do.
pub(crate) fn outside(plan: &Plan, period: Period) -> Option<String> {
    let is_outside = |date: &&Date| !period.contains(**date);
    let count = all(plan).iter().filter(is_outside).count();
    let lie = if count == 1 { "lies" } else { "lie" };
    let said = format!(
        "{} {lie} outside {}",
        args::count(count, "due date"),
        period.name()
    );
    (count > 0).then_some(said)
}

/// Returns the due dates of key results and initiatives.
fn all(plan: &Plan) -> Vec<Date> {
    let of = |initiatives: &[Initiative]| -> Vec<Date> {
        initiatives
            .iter()
            .filter_map(|initiative| initiative.due)
            .collect()
    };
    let mut dates = Vec::new();
    for objective in &plan.objectives {
        dates.extend(of(&objective.initiatives));
        for key_result in &objective.key_results {
            dates.extend(key_result.due);
            dates.extend(of(&key_result.initiatives));
        }
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "\
---
period: 2026-Q4
---

## Objective 1: Get paid sooner

- [ ] Hire a collector (due 2026-10-15)

### Key result 1.1: Raise the rate

- Due: 2026-12-31
- [ ] Train the team (due 2026-11-30)
";

    #[track_caller]
    fn check(today: &str, expected: Option<&str>) {
        let plan = okr_core::parse(PLAN).plan;
        assert_eq!(passed(&plan, today.parse().unwrap()).as_deref(), expected);
    }

    #[test]
    fn dates_that_have_passed_are_counted() {
        check("2026-10-15", None);
        check(
            "2026-10-16",
            Some("1 of 3 due dates has passed already; for the next quarter use --period 2027-Q1"),
        );
        check(
            "2027-01-01",
            Some("all 3 due dates have passed already; for the next quarter use --period 2027-Q2"),
        );
    }

    #[test]
    fn dates_outside_a_period_are_counted() {
        let plan = okr_core::parse(PLAN).plan;
        let check = |period: &str, expected: Option<&str>| {
            let period = Period::parse(period, plan.fiscal_year).unwrap();
            assert_eq!(outside(&plan, period).as_deref(), expected);
        };
        check("2026", None);
        check("2026-11", Some("2 due dates lie outside November 2026"));
    }
}
