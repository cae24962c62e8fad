//! From rows to entries, and to what they come to.

mod payments;

use std::collections::HashSet;

use jiff::civil::Date;
use okr_core::ledger::{Accumulator, Column, Entry, Left, Payment};
use okr_core::model::Quantity;
use rust_decimal::Decimal;

use self::payments::Payments;
use super::cells::{self, Facts};
use super::columns::{self, Columns, Map};
use super::rows::{LedgerFile, Raw, Row, Source};
use super::words::{self, Kind};
use super::{Fault, LedgerOptions, Measured};
use crate::error::{Error, ErrorKind};
use crate::import::values::number;
use crate::import::words as common;
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

/// What the last cell of a column said, as the next one mostly says the same.
#[derive(Default)]
struct Said {
    cell: Vec<u8>,
    says: bool,
    is_set: bool,
}

impl Said {
    fn says(&mut self, cell: Raw<'_>, class: &str) -> bool {
        let Raw::Bytes(bytes) = cell else {
            return words::says(class, &cell.text());
        };
        if !self.is_set || self.cell != bytes {
            self.cell.clear();
            self.cell.extend_from_slice(bytes);
            self.says = words::says(class, &cell.text());
            self.is_set = true;
        }
        self.says
    }
}

/// The currencies that were seen, each as it is written, and whether a row of it counts.
#[derive(Default)]
struct Currencies {
    seen: Vec<(Vec<u8>, String, bool)>,
}

impl Currencies {
    /// Returns the number of a currency, by its cell.
    fn of(&mut self, cell: Raw<'_>) -> Option<usize> {
        if cell.is_blank() {
            return None;
        }
        if let Raw::Bytes(bytes) = cell
            && let Some(at) = self.seen.iter().position(|(seen, ..)| seen == bytes)
        {
            return Some(at);
        }
        let text = cell.text();
        let code = number::money(&text).map_or_else(|| text.to_uppercase(), str::to_owned);
        Some(self.add(text.into_bytes(), code))
    }

    fn named(&mut self, code: &str) -> usize {
        let known = self.seen.iter().position(|(_, seen, _)| seen == code);
        known.unwrap_or_else(|| self.add(code.as_bytes().to_vec(), code.to_owned()))
    }

    fn add(&mut self, cell: Vec<u8>, code: String) -> usize {
        /// More than there are on earth: a column of something else, which is refused later for being several.
        const MOST: usize = 300;
        if self.seen.len() < MOST {
            self.seen.push((cell, code, false));
        }
        self.seen.len() - 1
    }

    /// Returns the codes of which rows count, each once, sorted.
    fn counted(&self) -> Vec<&str> {
        let counted = self.seen.iter().filter(|(.., counts)| *counts);
        let mut codes: Vec<&str> = counted.map(|(_, code, _)| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// Reads rows into entries.
struct Reader<'o> {
    columns: &'o Columns,
    facts: Facts,
    options: &'o LedgerOptions,
    payments: Option<Payments>,
    corrected: HashSet<Vec<u8>>,
    kind: Said,
    status: Said,
}

/// A row with what stands in it.
struct Taken {
    is_credit: bool,
    amount: Decimal,
    money: Option<String>,
    issued: Option<Date>,
    due: Option<Date>,
    payment: Option<Payment>,
    begun: Option<Date>,
    disputed: Option<Date>,
    settled: Option<Date>,
    is_corrected: bool,
}

impl Reader<'_> {
    #[inline]
    fn day(&self, row: Row<'_>, column: Column) -> Result<Option<Date>, Wrong> {
        let Some(at) = self.columns.at(column) else {
            return Ok(None);
        };
        cells::day(row.cell(at), self.facts).map_err(|message| Wrong {
            column: Some(at),
            message,
        })
    }

    #[inline]
    fn amount(&self, row: Row<'_>, column: Column) -> Result<Option<cells::Amount>, Wrong> {
        let Some(at) = self.columns.at(column) else {
            return Ok(None);
        };
        cells::amount(row.cell(at), self.facts).map_err(|message| Wrong {
            column: Some(at),
            message,
        })
    }

    /// Returns that a cell is empty that must not be.
    fn missing(&self, column: Column) -> Wrong {
        let what = match column {
            Column::Issued => "the day of the invoice is missing",
            Column::Due => "the due date is missing",
            Column::Amount => "the amount is missing",
            _ => "something is missing",
        };
        Wrong {
            column: self.columns.at(column),
            message: what.to_owned(),
        }
    }

    fn needs(&self, column: Column) -> bool {
        self.options.measure.needs.contains(&column)
    }

    fn read(&mut self, row: Row<'_>) -> Result<Taken, Wrong> {
        let amount = self.amount(row, Column::Amount)?;
        if amount.is_none() && self.needs(Column::Amount) {
            return Err(self.missing(Column::Amount));
        }
        let (mut value, money) =
            amount.map_or((Decimal::ZERO, None), |read| (read.value, read.money));
        let says_credit = match self.columns.at(Column::Kind) {
            Some(at) => self.kind.says(row.cell(at), "credit-note"),
            None => false,
        };
        if says_credit && value.is_sign_positive() {
            value = -value;
        }
        let is_credit = says_credit || (value.is_sign_negative() && !value.is_zero());
        let issued = self.day(row, Column::Issued)?;
        if issued.is_none() && self.needs(Column::Issued) {
            return Err(self.missing(Column::Issued));
        }
        let mut due = self.day(row, Column::Due)?;
        if due.is_none()
            && let (Some(days), Some(issued)) = (self.options.payment_days, issued)
        {
            due = issued
                .checked_add(jiff::Span::new().days(i64::from(days)))
                .ok();
        }
        if due.is_none() && self.needs(Column::Due) && !is_credit {
            return Err(self.missing(Column::Due));
        }
        let payment = self.payment(row, value)?;
        Ok(Taken {
            is_credit,
            amount: value,
            money,
            issued,
            due,
            payment,
            begun: self.day(row, Column::Begun)?,
            disputed: self.day(row, Column::Disputed)?,
            settled: self.day(row, Column::Settled)?,
            is_corrected: self.is_corrected(row),
        })
    }

    /// Returns what the row itself says came in for it: the amount that was paid, or what is no more open, or, where
    /// only a day stands there, all of it.
    fn payment(&self, row: Row<'_>, value: Decimal) -> Result<Option<Payment>, Wrong> {
        let on = self.day(row, Column::Paid)?;
        let paid = self.amount(row, Column::PaidAmount)?;
        // Credit notes are written with their sign or without.
        let signed = |amount: Decimal| {
            if value.is_sign_negative() && amount.is_sign_positive() {
                -amount
            } else {
                amount
            }
        };
        let amount = if let Some(paid) = paid {
            signed(paid.value)
        } else if let Some(balance) = self.amount(row, Column::Balance)? {
            value.checked_sub(signed(balance.value)).unwrap_or(value)
        } else if on.is_some() {
            value
        } else {
            Decimal::ZERO
        };
        if amount.is_zero() {
            return Ok(None);
        }
        if on.is_none() && self.options.measure.dates_payments {
            return Err(Wrong {
                column: self
                    .columns
                    .at(Column::Paid)
                    .or(self.columns.at(Column::PaidAmount))
                    .or(self.columns.at(Column::Balance)),
                message: format!("{amount} was paid, and no day says when"),
            });
        }
        Ok(Some(Payment { on, amount }))
    }

    fn is_corrected(&self, row: Row<'_>) -> bool {
        let is_said = self.columns.at(Column::Corrected).is_some_and(|at| {
            let cell = row.cell(at);
            if cell.is_blank() {
                return false;
            }
            let text = cell.text();
            !cells::is_nothing(&text) && !words::says("no", &text)
        });
        is_said
            || (!self.corrected.is_empty()
                && self
                    .columns
                    .at(Column::Number)
                    .is_some_and(|at| self.corrected.contains(&key(row.cell(at)))))
    }

    /// Returns whether a row is the sum of those above it: its first words say so, and it has no day.
    fn is_total(&self, row: Row<'_>) -> bool {
        let days = [Column::Issued, Column::Due, Column::Disputed];
        let has_day = days
            .iter()
            .filter_map(|column| self.columns.at(*column))
            .any(|at| !row.cell(at).is_blank());
        let first = (0..row.len())
            .map(|at| row.cell(at))
            .find(|cell| !cell.is_blank());
        !has_day && first.is_some_and(|cell| common::may_begin_total(&cell.text()))
    }
}

/// One run over all rows.
struct Pass<'o> {
    reader: Reader<'o>,
    sums: Box<dyn Accumulator>,
    currencies: Currencies,
    left: Vec<(Left, u64)>,
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
            && self.currencies.seen[at].1 != *wanted
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
                    self.currencies.seen[at].2 = true;
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
            faulty: faults.count,
            faults: faults.list,
            columns: self.reader.columns.taken(),
            payment_columns: payments.as_ref().map(Payments::columns).unwrap_or_default(),
            unmatched_payments: payments.as_ref().map_or(0, Payments::unmatched),
            sheet,
            guesses: source.guesses.clone(),
        })
    }
}
