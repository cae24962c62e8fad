//! From rows to entries, and to what they come to.

mod currencies;
mod payments;
mod reader;

use std::collections::HashSet;

use okr_core::ledger::{Accumulator, Column, Entry, LedgerMeasure, Left};
use okr_core::model::Quantity;

use self::currencies::Currencies;
use self::payments::Payments;
use self::reader::{Reader, Said};
use super::cells::{self, Facts};
use super::columns::{self, Columns, Map};
use super::rows::{LedgerFile, Raw, Row, Source};
use super::words::Kind;
use super::{Fault, LedgerOptions, Measured};
use crate::error::{Error, ErrorKind};
use crate::sheets::SheetOptions;

/// In how many rows dates and amounts that could be read in two ways are looked for before they are given up; from
/// the first one on, all rows are looked at until one decides.
const SAMPLE_ROWS: usize = 1000;

/// Computes a measure from a file of invoices, and one of payments where there is one.
///
/// With a file of payments, what the invoices say of payments does not count.
///
/// # Errors
///
/// A file cannot be read, a column that the measure needs is not found in it, its amounts are in several
/// currencies of which none was asked for, or a sum has more than 28 digits.
pub fn measure(
    invoices: &dyn LedgerFile,
    payments: Option<&dyn LedgerFile>,
    options: &LedgerOptions,
) -> Result<Measured, Error> {
    let maps: Vec<Map> = options
        .maps
        .iter()
        .map(|map| Map::parse(map))
        .collect::<Result<_, _>>()?;
    let sheets = SheetOptions {
        sheet: options.sheet.clone(),
        ..SheetOptions::default()
    };
    let source = Source::new(invoices, &sheets)?;
    let wanted = columns::wanted(options.measure, options.payment_days.is_some());
    // An invoice without a due date gets one from its terms, so that no such column is needed then.
    let mut needs: Vec<Column> = options.measure.needs.to_vec();
    if options.payment_days.is_some() && needs.contains(&Column::Due) {
        needs.retain(|column| *column != Column::Due);
        needs.push(Column::Issued);
    }
    if payments.is_some() {
        needs.push(Column::Number);
    }
    let mut columns = Columns::find(&source, Kind::Invoices, &needs, &wanted, &maps)?;
    let mut faults = Faults::new(options.most_faults);
    let paid = match payments {
        Some(file) => {
            for column in [Column::Paid, Column::PaidAmount, Column::Balance] {
                columns.drop(column);
            }
            Some(Payments::read(file, options, &maps, &mut faults)?)
        }
        None => None,
    };
    let mut doubts = Vec::new();
    doubts.extend(blind(options.measure, &columns));
    let facts = settle(&source, &columns, options)?;
    let corrected = corrected(&source, &columns)?;
    if payments.is_none() && corrected.is_empty() {
        columns.drop(Column::Number);
    }
    let mut pass = Pass {
        reader: Reader {
            columns: &columns,
            facts,
            options,
            payments: paid,
            corrected,
            kind: Said::default(),
            status: Said::default(),
        },
        sums: (options.measure.start)(options.terms),
        currencies: Currencies::default(),
        left: Vec::new(),
        doubts,
        counted: 0,
        rows: 0,
    };
    source.each(columns.sheet, |row| {
        if row.line() > columns.line {
            pass.take(row, &mut faults)?;
        }
        Ok(true)
    })?;
    pass.finish(&source, faults)
}

/// Rows that cannot be read: the first of them, and how many.
pub(super) struct Faults {
    list: Vec<Fault>,
    most: usize,
    count: u64,
}

impl Faults {
    const fn new(most: usize) -> Self {
        Self {
            list: Vec::new(),
            most,
            count: 0,
        }
    }

    fn add(&mut self, kind: Kind, row: Row<'_>, wrong: Wrong) {
        self.count += 1;
        if self.list.len() < self.most {
            let place = match wrong.column {
                Some(column) => row.place(column),
                None => format!("line {}", row.line()),
            };
            self.list.push(Fault {
                file: kind.word(),
                line: row.line(),
                place,
                message: wrong.message,
            });
        }
    }
}

/// What is wrong with a row.
pub(super) struct Wrong {
    column: Option<usize>,
    message: String,
}

/// Returns what is to be said where no column tells what a measure asks for.
fn blind(measure: &LedgerMeasure, columns: &Columns) -> Option<String> {
    let is_there = |set: &&[Column]| set.iter().all(|column| columns.at(*column).is_some());
    if measure.asks_one_of.is_empty() || measure.asks_one_of.iter().any(is_there) {
        return None;
    }
    let sets = measure.asks_one_of.iter().map(|set| {
        let names: Vec<String> = set.iter().map(|one| format!("`{}`", one.name())).collect();
        names.join(" with ")
    });
    let sets: Vec<String> = sets.collect();
    Some(format!(
        "no column is known to hold {}, so the value says nothing",
        sets.join(" or ")
    ))
}

/// Looks for rows that show how all dates and amounts of a file are meant, as far as the user does not say it.
fn settle(source: &Source<'_>, columns: &Columns, options: &LedgerOptions) -> Result<Facts, Error> {
    let mut facts = Facts {
        order: options.dates,
        decimals: options.decimals,
    };
    let at = |wanted: &[Column]| -> Vec<usize> {
        wanted
            .iter()
            .filter_map(|column| columns.at(*column))
            .collect()
    };
    let days = at(&[
        Column::Issued,
        Column::Due,
        Column::Paid,
        Column::Begun,
        Column::Disputed,
        Column::Settled,
    ]);
    let amounts = at(&[Column::Amount, Column::PaidAmount, Column::Balance]);
    let (mut seen, mut asks_order, mut asks_decimals) = (0, false, false);
    source.each(columns.sheet, |row| {
        if row.line() <= columns.line {
            return Ok(true);
        }
        for at in &days {
            let cell = row.cell(*at);
            if facts.order.is_none() {
                facts.order = cells::order_of(cell);
                asks_order |= facts.order.is_none() && cells::day(cell, facts).is_err();
            }
        }
        for at in &amounts {
            let cell = row.cell(*at);
            if facts.decimals.is_none() {
                facts.decimals = cells::decimals_of(cell);
                asks_decimals |= facts.decimals.is_none() && cells::amount(cell, facts).is_err();
            }
        }
        seen += 1;
        let is_open =
            (asks_order && facts.order.is_none()) || (asks_decimals && facts.decimals.is_none());
        Ok(is_open || seen < SAMPLE_ROWS)
    })?;
    Ok(facts)
}

/// Returns the numbers of the invoices that other rows correct.
fn corrected(source: &Source<'_>, columns: &Columns) -> Result<HashSet<Vec<u8>>, Error> {
    let mut numbers = HashSet::new();
    let (Some(corrects), Some(_)) = (columns.at(Column::Corrects), columns.at(Column::Number))
    else {
        return Ok(numbers);
    };
    source.each(columns.sheet, |row| {
        let cell = row.cell(corrects);
        if row.line() > columns.line && !cell.is_blank() {
            let key = key(cell);
            if !key.is_empty() && !numbers.contains(&key) {
                numbers.insert(key);
            }
        }
        Ok(true)
    })?;
    Ok(numbers)
}

/// Returns a number of an invoice in the form in which two are compared.
fn key(cell: Raw<'_>) -> Vec<u8> {
    match cell {
        Raw::Bytes(bytes) => bytes.to_ascii_uppercase(),
        Raw::Cell(_) => cell.text().to_ascii_uppercase().into_bytes(),
    }
}

/// One run over all rows.
struct Pass<'o> {
    reader: Reader<'o>,
    sums: Box<dyn Accumulator>,
    currencies: Currencies,
    left: Vec<(Left, u64)>,
    doubts: Vec<String>,
    counted: u64,
    rows: u64,
}

impl Pass<'_> {
    fn leave(&mut self, why: Left) {
        match self.left.iter_mut().find(|(left, _)| *left == why) {
            Some((_, count)) => *count += 1,
            None => self.left.push((why, 1)),
        }
    }

    fn take(&mut self, row: Row<'_>, faults: &mut Faults) -> Result<(), Error> {
        self.rows += 1;
        let reader = &mut self.reader;
        if let Some(at) = reader.columns.at(Column::Status)
            && reader.status.says(row.cell(at), "void")
        {
            self.leave(Left("void, cancelled or a draft"));
            return Ok(());
        }
        let taken = match reader.read(row) {
            Ok(taken) => taken,
            Err(_) if reader.is_total(row) => {
                self.leave(Left("sums of other rows"));
                return Ok(());
            }
            Err(wrong) => {
                faults.add(Kind::Invoices, row, wrong);
                return Ok(());
            }
        };
        let currency = match (&taken.money, reader.columns.at(Column::Currency)) {
            (_, Some(at)) if !row.cell(at).is_blank() => self.currencies.of(row.cell(at)),
            (Some(money), _) => Some(self.currencies.named(money)),
            (None, _) => None,
        };
        if let (Some(wanted), Some(at)) = (&reader.options.currency, currency)
            && self.currencies.code(at) != wanted
        {
            self.leave(Left("in another currency"));
            return Ok(());
        }
        let payments = match (&mut reader.payments, reader.columns.at(Column::Number)) {
            (Some(payments), Some(at)) => payments.of(&key(row.cell(at)), taken.is_credit),
            _ => taken.payment.as_slice(),
        };
        let entry = Entry {
            is_credit: taken.is_credit,
            amount: taken.amount,
            issued: taken.issued,
            due: taken.due,
            payments,
            begun: taken.begun,
            disputed: taken.disputed,
            settled: taken.settled,
            is_corrected: taken.is_corrected,
        };
        match self.sums.add(&entry) {
            Some(Ok(())) => {
                self.counted += 1;
                if let Some(at) = currency {
                    self.currencies.count(at);
                }
            }
            Some(Err(why)) => self.leave(why),
            None => {
                let message = format!("the sum up to line {} has more than 28 digits", row.line());
                return Err(ErrorKind::TooLarge(message).into());
            }
        }
        Ok(())
    }

    fn finish(mut self, source: &Source<'_>, faults: Faults) -> Result<Measured, Error> {
        let options = self.reader.options;
        let codes = self.currencies.counted();
        if options.measure.adds_money() && codes.len() > 1 {
            const MOST: usize = 8;
            let more = if codes.len() > MOST {
                " and others"
            } else {
                ""
            };
            let message = format!(
                "its amounts are in {}{more}, which cannot be added; say --currency {} to count one of them",
                codes[..codes.len().min(MOST)].join(", "),
                codes[0]
            );
            return Err(ErrorKind::Unreadable(message).into());
        }
        // What a payment in other money has settled does not count, and is what there is to doubt.
        let seen = self.currencies.codes();
        let of_payments = self.reader.payments.as_ref();
        let doubt = of_payments.and_then(|payments| payments.doubt(options, &seen));
        self.doubts.extend(doubt);
        let money = options.currency.as_deref().or(codes.first().copied());
        let unit = options.measure.unit_in(money);
        let tally = self.sums.tally();
        self.left
            .sort_by(|one, other| (other.1, one.0).cmp(&(one.1, other.0)));
        let sheets = source.sheets();
        let sheet = (sheets.len() > 1).then(|| sheets[self.reader.columns.sheet].to_owned());
        let payments = self.reader.payments;
        Ok(Measured {
            value: tally.value().map(|value| Quantity::new(value, unit)),
            tally,
            counted: self.counted,
            rows: self.rows,
            left_out: self
                .left
                .iter()
                .map(|(left, count)| (left.0, *count))
                .collect(),
            doubts: self.doubts,
            faulty: faults.count,
            faults: faults.list,
            columns: self.reader.columns.taken(),
            payment_columns: payments.as_ref().map(Payments::columns).unwrap_or_default(),
            unmatched_payments: payments.as_ref().map_or(0, Payments::unmatched),
            foreign_payments: payments.as_ref().map_or(0, Payments::foreign),
            sheet,
            guesses: source.guesses.clone(),
        })
    }
}
