//! Awkward plans: as texts that people and programs might write, and as values.

mod text;

use okr_core::model::{
    Bound, CheckIn, Commitment, Direction, ElementId, FiscalYear, Initiative, Inline, KeyResult,
    Link, Measure, Objective, Period, Plan, Quantity, Section, Status, Target, Unit, YearLabel,
    parse_date,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) use self::text::{Place, free_text, source, source_with_elements, words};

fn name() -> impl Strategy<Value = String> {
    select(
        &[
            "Dana Reyes",
            "kim",
            "Sam_Ortiz",
            "محمد",
            "Zoë",
            "Ana (AR)",
            "O'Neil",
            "a*b*",
            "Kim, Sam",
        ][..],
    )
    .prop_map(str::to_owned)
}

fn inline() -> impl Strategy<Value = Inline> {
    prop_oneof![
        words().prop_map(|words| Inline::parse(&words)),
        words().prop_map(|words| Inline::from_plain(&words))
    ]
}

fn title() -> impl Strategy<Value = Inline> {
    inline().prop_filter("a title has words", |title| {
        !title.plain().trim().is_empty()
    })
}

fn date() -> impl Strategy<Value = jiff::civil::Date> {
    (2020_i16..2035, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| jiff::civil::date(year, month, day))
}

pub(crate) fn quantity() -> impl Strategy<Value = Quantity> {
    let number = prop_oneof![
        (-1000_i64..1000).prop_map(|number| number.to_string()),
        (-100_000_i64..100_000, 1_u32..4).prop_map(|(number, scale)| {
            let factor = 10_i64.pow(scale);
            let sign = if number < 0 { "-" } else { "" };
            format!(
                "{sign}{}.{:0width$}",
                (number / factor).abs(),
                (number % factor).abs(),
                width = scale as usize
            )
        }),
    ];
    let unit = select(
        &[
            "",
            "%",
            "points",
            "EUR",
            "days",
            "hours",
            "invoices",
            "/5",
            "new accounts",
            "FTE",
        ][..],
    );
    (number, unit).prop_map(|(number, unit)| {
        let value = Quantity::parse(&number).expect("is a number").value;
        Quantity::new(value, Unit::parse(unit).expect("is a unit"))
    })
}

fn target() -> impl Strategy<Value = Target> {
    let value = (select(&Bound::ALL[..]), quantity())
        .prop_map(|(bound, value)| Target::Value { bound, value });
    let change = quantity().prop_map(|change| match change.unit {
        Unit::Percent => Target::Relative(change.value),
        _ => Target::Change(change),
    });
    let between = (quantity(), 0_i64..100).prop_map(|(low, more)| {
        let high = Quantity::new(
            low.value + rust_decimal::Decimal::from(more),
            low.unit.clone(),
        );
        Target::Between { low, high }
    });
    prop_oneof![4 => value, 4 => change, 1 => between, 1 => Just(Target::Done)]
}

fn measure() -> impl Strategy<Value = Measure> {
    let unit = option::of(
        select(&["%", "days", "EUR", "invoices"][..]).prop_map(|unit| Unit::parse(unit).unwrap()),
    );
    (
        option::of(title()),
        unit,
        option::of(select(&Direction::ALL[..])),
        option::of(quantity()),
        option::of(title()),
        option::of(target()),
        option::of(title()),
    )
        .prop_map(
            |(name, unit, direction, start, question, target, source)| Measure {
                name,
                unit,
                direction,
                start,
                question,
                target,
                source,
            },
        )
}

/// Returns titles of steps, also such as would be read out of the title if they were written as they are.
fn step_title() -> impl Strategy<Value = Inline> {
    let head = select(
        &[
            "Step",
            "**Step**",
            "Step (weight 2)",
            "Step (due 2026-11-15)",
            "Step (@kim, weight 3)",
        ][..],
    );
    let tail = select(
        &[
            "",
            " (weight 2)",
            " (due 2026-11-15, weight 2)",
            " (@kim)",
            " (weight 0)",
        ][..],
    );
    (head, title(), tail).prop_map(|(head, title, tail)| {
        Inline::parse(&format!("{head}: {}{tail}", title.as_markdown()))
    })
}

fn initiative() -> impl Strategy<Value = Initiative> {
    let owner = option::of(name());
    let title = prop_oneof![3 => title(), 1 => step_title()];
    (title, any::<bool>(), owner, option::of(date())).prop_map(|(title, done, owner, due)| {
        Initiative {
            title,
            done,
            owner,
            due,
            text: String::new(),
        }
    })
}

pub(crate) fn check_in() -> impl Strategy<Value = CheckIn> {
    (
        date(),
        option::of(quantity()),
        option::of(select(&Status::ALL[..])),
        option::of(0_u8..=10),
        option::of(title()),
    )
        .prop_map(|(date, value, status, confidence, note)| {
            let mut check_in = CheckIn::new(date);
            check_in.value = value;
            check_in.status = status;
            check_in.confidence = confidence;
            check_in.note = note;
            check_in
        })
}

fn fields() -> impl Strategy<Value = okr_core::model::Fields> {
    vec(
        (
            select(&["Colour", "Risk level", "Sponsor", "Größe"][..]),
            inline(),
        ),
        0..2,
    )
    .prop_map(|fields| {
        fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    })
}

pub(crate) fn key_result() -> impl Strategy<Value = KeyResult> {
    (
        title(),
        option::weighted(0.1, Just("kr-dso".to_owned())),
        option::of(name()),
        measure(),
        option::of(date()),
        fields(),
        vec(initiative(), 0..3),
        free_text(Place::KeyResult),
        vec(check_in(), 0..3),
    )
        .prop_map(
            |(title, id, owner, measure, due, fields, initiatives, text, check_ins)| KeyResult {
                title,
                id,
                owner,
                measure,
                due,
                fields,
                initiatives,
                text,
                check_ins,
            },
        )
}

fn link() -> impl Strategy<Value = Link> {
    let target = select(
        &[
            "company.md#objective-1",
            "https://example.org/a b",
            "",
            "x(y).md",
            "<z>",
            "a&b",
        ][..],
    );
    let text = select(
        &[
            "Grow",
            "Strengthen cash flow",
            "a, b",
            "100% *safe*",
            "売掛金",
        ][..],
    );
    (text, target).prop_map(|(text, target)| Link {
        text: text.to_owned(),
        target: target.to_owned(),
    })
}

pub(crate) fn objective() -> impl Strategy<Value = Objective> {
    (
        title(),
        option::of(name()),
        option::of(select(&Commitment::ALL[..])),
        vec(link(), 0..3),
        fields(),
        vec(initiative(), 0..2),
        free_text(Place::Objective),
        vec(key_result(), 0..3),
    )
        .prop_map(
            |(title, owner, commitment, supports, fields, initiatives, text, key_results)| {
                Objective {
                    title,
                    id: None,
                    owner,
                    commitment,
                    supports,
                    fields,
                    initiatives,
                    text,
                    key_results,
                }
            },
        )
}

/// A plan as values; printing it and reading it back must give it again.
pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let period = select(
        &[
            "2026-Q4",
            "2026",
            "2026-H1",
            "2026-T2",
            "2026-11",
            "2026-10-05..2026-12-18",
            "FY2027-Q1",
        ][..],
    );
    let fiscal = select(
        &[
            (1, YearLabel::End),
            (4, YearLabel::End),
            (10, YearLabel::Start),
        ][..],
    );
    let front = (
        option::of(name()),
        option::of(title()),
        option::of(period),
        fiscal,
        option::of(name()),
        option::of(name()),
    );
    let section = (title(), free_text(Place::Section), 0_usize..4);
    (
        front,
        free_text(Place::Plan),
        vec(objective(), 0..3),
        vec(section, 0..3),
    )
        .prop_map(|(front, text, objectives, sections)| {
            let (name, title, period, (month, label), team, owner) = front;
            let fiscal_year = FiscalYear::new(month, label).expect("is a month");
            let count = objectives.len();
            let mut sections: Vec<Section> = sections
                .into_iter()
                .map(|(title, text, position)| Section {
                    title,
                    text,
                    position: position.min(count),
                })
                .collect();
            sections.sort_by_key(|section| section.position);
            Plan {
                name,
                title,
                period: period
                    .map(|period| Period::parse(period, fiscal_year).expect("is a period")),
                team,
                owner,
                fiscal_year,
                text,
                objectives,
                sections,
                ..Plan::default()
            }
        })
}

/// Every element of a plan.
pub(crate) fn elements(plan: &Plan) -> Vec<ElementId> {
    let mut ids = vec![ElementId::Plan];
    for (o, objective) in plan.objectives.iter().enumerate() {
        ids.push(ElementId::Objective(o));
        ids.extend((0..objective.initiatives.len()).map(|i| ElementId::ObjectiveInitiative(o, i)));
        for (k, key_result) in objective.key_results.iter().enumerate() {
            ids.push(ElementId::KeyResult(o, k));
            ids.extend((0..key_result.initiatives.len()).map(|i| ElementId::Initiative(o, k, i)));
        }
    }
    ids
}

/// A fixed date.
pub(crate) fn day() -> jiff::civil::Date {
    parse_date("2026-11-15").expect("is a date")
}
