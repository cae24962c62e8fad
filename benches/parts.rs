//! Times reading, editing and writing, inside one process.

use std::fmt::Write as _;

use divan::Bencher;
use okr_bench::{company, large, small, year};
use okr_core::alignment::{Alignment, Member};
use okr_core::audit::{Settings, audit};
use okr_core::edit::{Change, edit, tidy};
use okr_core::model::{ElementId, FiscalYear, Inline, Period};
use okr_core::statement::{self, Lexicon};
use okr_render::map::{Goal, Map};
use okr_render::{FORMATS, Format, ReadOptions, WriteOptions};
use okr_templates::{Library, Request};

fn main() {
    divan::main();
}

#[divan::bench(args = ["small", "100 KB"])]
fn parse(bencher: Bencher<'_, '_>, size: &str) {
    let text = plan(size);
    bencher.bench(|| okr_core::parse(divan::black_box(&text).as_str()));
}

#[divan::bench]
fn parse_a_year(bencher: Bencher<'_, '_>) {
    let text = year();
    bencher.bench(|| okr_core::parse(divan::black_box(&text).as_str()));
}

#[divan::bench]
fn audit_a_year(bencher: Bencher<'_, '_>) {
    let plan = okr_core::parse(year()).plan;
    let settings = Settings::default();
    let today = okr_core::model::parse_date("2026-11-22");
    bencher.bench(|| audit(divan::black_box(&plan), &settings, today));
}

#[divan::bench]
fn read_a_statement(bencher: Bencher<'_, '_>) {
    let lexicon = Lexicon::default();
    let period = Period::parse("2026-Q2", FiscalYear::default()).ok();
    let text = "Cut DSO from 52 to 44 days by mid-Q2 through weekly calls";
    bencher.bench(|| statement::read(divan::black_box(text), period, &lexicon));
}

#[divan::bench(args = ["small", "100 KB"])]
fn print(bencher: Bencher<'_, '_>, size: &str) {
    let plan = okr_core::parse(plan(size)).plan;
    bencher.bench(|| okr_core::print(divan::black_box(&plan)));
}

#[divan::bench(args = ["small", "100 KB"])]
fn set_a_field(bencher: Bencher<'_, '_>, size: &str) {
    let parsed = okr_core::parse(plan(size));
    let change = Change::SetField {
        element: ElementId::KeyResult(0, 0),
        field: "Baseline".to_owned(),
        value: Inline::from_plain("68%"),
    };
    bencher.bench(|| edit(divan::black_box(&parsed), &change));
}

#[divan::bench(args = ["small", "100 KB"])]
fn tidy_up(bencher: Bencher<'_, '_>, size: &str) {
    let parsed = okr_core::parse(plan(size));
    bencher.bench(|| tidy(divan::black_box(&parsed)));
}

#[divan::bench]
fn fill_template(bencher: Bencher<'_, '_>) {
    let period = Period::parse("2026-Q4", FiscalYear::default()).ok();
    let request = Request {
        period,
        ..Request::default()
    };
    bencher.bench(|| {
        let library = Library::built_in().expect("the built-in templates are right");
        library
            .get("accounts-team")
            .expect("it is built in")
            .fill(&request)
    });
}

fn formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|format| format.name)
}

#[divan::bench(args = formats())]
fn write(bencher: Bencher<'_, '_>, name: &str) {
    let plan = okr_core::parse(small()).plan;
    let format = Format::named(name).expect("it is listed");
    let options = WriteOptions::default();
    bencher.bench(|| (format.write)(divan::black_box(&plan), &options));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn write_workbook_of_a_company(bencher: Bencher<'_, '_>) {
    let plan = okr_core::parse(company()).plan;
    assert_eq!(plan.key_results().count(), 1000);
    let format = Format::named("xlsx").expect("it is listed");
    let options = WriteOptions::default();
    bencher.bench(|| (format.write)(divan::black_box(&plan), &options));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_workbook_of_a_company(bencher: Bencher<'_, '_>) {
    let plan = okr_core::parse(company()).plan;
    let format = Format::named("xlsx").expect("it is listed");
    let bytes = (format.write)(&plan, &WriteOptions::default()).expect("it can be written");
    bencher.bench(|| (format.read)(divan::black_box(&bytes), &ReadOptions::default()));
}

#[divan::bench(args = formats())]
fn read(bencher: Bencher<'_, '_>, name: &str) {
    let format = Format::named(name).expect("it is listed");
    let bytes = (format.write)(&okr_core::parse(small()).plan, &WriteOptions::default())
        .expect("it can be written");
    bencher.bench(|| (format.read)(divan::black_box(&bytes), &ReadOptions::default()));
}

#[divan::bench(args = [300, 2000])]
fn place_on_a_map(bencher: Bencher<'_, '_>, count: usize) {
    let (goals, alignment) = strategy(count);
    bencher.bench(|| Map::new(divan::black_box(&goals), &alignment));
}

#[divan::bench(args = [300, 2000])]
fn draw_a_map(bencher: Bencher<'_, '_>, count: usize) {
    let (goals, alignment) = strategy(count);
    bencher.bench(|| Map::new(divan::black_box(&goals), &alignment).to_svg());
}

/// Returns objectives of which each serves one or two of those before it, as in a company of several levels.
fn strategy(count: usize) -> (Vec<Goal>, Alignment) {
    let mut text = String::new();
    for at in 0..count {
        let mut served = Vec::new();
        if at > 3 {
            served.push(format!("[x](#objective-o{})", (at - 1) / 6));
        }
        if at % 5 == 4 {
            served.push(format!("[x](#objective-o{})", at * 7 / 11));
        }
        let supports = served.join(", ");
        // Writing to a string cannot fail.
        let _ = write!(text, "## Objective: o{at}\n\n- Supports: {supports}\n\n");
    }
    let alignment = Alignment::new(&[Member::new("plan.md", &okr_core::parse(text))]);
    let goals = (0..count).map(|at| Goal {
        title: format!("Customers pay us sooner than last year, part {at}"),
        plan: "Finance, Q4 2026".to_owned(),
        owner: Some("Dana Reyes".to_owned()),
        ..Goal::default()
    });
    (goals.collect(), alignment)
}

fn plan(size: &str) -> String {
    if size == "small" { small() } else { large() }
}
