use okr_core::model::{FiscalYear, Period};
use okr_core::statement::{Lexicon, read};
fn main() {
    let lexicon = Lexicon::default();
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let mut it = line.split('\t');
        let (period, text) = (it.next().unwrap(), it.next().unwrap());
        let period = Period::parse(period, FiscalYear::default()).ok();
        let r = read(text, period, &lexicon);
        let o = |x: Option<rust_decimal::Decimal>| {
            x.map_or("null".into(), |d| d.normalize().to_string())
        };
        println!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            r.kind,
            r.direction,
            o(r.start),
            o(r.target),
            r.unit.as_deref().unwrap_or("null"),
            r.deadline.map_or("null".into(), |d| d.to_string()),
            r.is_outcome,
            r.is_measurable()
        );
    }
}
