//! Ledgers in, values out.

mod workbooks;

use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::date;
use okr_core::ledger::{LEDGER_MEASURES, LedgerMeasure, Terms, Window};

use super::{LedgerOptions, Measured, measure};
use crate::error::Error;

/// Returns the small ledger, whose measures were computed by hand.
fn small() -> &'static str {
    static SMALL: LazyLock<String> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        #[expect(
            clippy::disallowed_methods,
            reason = "data of tests stays out of the package"
        )]
        std::fs::read_to_string(root.join("../tests/fixtures/ledger/small.csv"))
            .expect("the fixture is there")
    });
    &SMALL
}

fn options(name: &str) -> LedgerOptions {
    LedgerOptions {
        measure: LedgerMeasure::named(name).expect("there is such a measure"),
        terms: Terms {
            window: Window::new(date(2026, 10, 1), date(2026, 10, 31)).expect("is one"),
            working_days: false,
        },
        maps: Vec::new(),
        dates: None,
        decimals: None,
        currency: None,
        payment_days: None,
        sheet: None,
        most_faults: 10,
    }
}

fn of(text: &str, options: &LedgerOptions) -> Result<Measured, Error> {
    measure(&text.as_bytes().to_vec(), None, options)
}

fn shown(measured: &Measured, options: &LedgerOptions) -> String {
    let value = measured.value.as_ref().map_or_else(
        || "none".to_owned(),
        |value| {
            let mut value = value.clone();
            value.value = options.measure.rounded(value.value);
            value.to_string()
        },
    );
    let faults: Vec<String> = measured
        .faults
        .iter()
        .map(|fault| format!("; {}: {}", fault.place, fault.message))
        .collect();
    format!("{value}{}", faults.concat())
}

#[track_caller]
fn check(text: &str, options: &LedgerOptions, expected: &str) {
    let shown = match of(text, options) {
        Ok(measured) => shown(&measured, options),
        Err(error) => error.to_string(),
    };
    assert_eq!(shown, expected);
}

/// What the README beside the ledger computes by hand.
const BY_HAND: &[(&str, &str)] = &[
    ("billing-accuracy", "33.3%"),
    ("collection-rate", "43.5%"),
    ("dispute-time", "43.5 days"),
    ("dpo", "39.3 days"),
    ("dso", "39.3 days"),
    ("invoice-cycle-time", "2 days"),
    ("over-30", "EUR 350.5"),
    ("over-30-invoiced", "EUR 850.5"),
    ("over-60", "EUR 270"),
    ("over-60-invoiced", "EUR 350.5"),
    ("over-90", "EUR 250"),
    ("over-90-invoiced", "EUR 270"),
    ("overdue", "EUR 1350.5"),
    ("overdue-share", "45.8%"),
    ("paid-on-time", "33.3%"),
];

#[test]
fn a_small_ledger_comes_to_what_was_computed_by_hand() {
    assert_eq!(BY_HAND.len(), LEDGER_MEASURES.len());
    for (name, expected) in BY_HAND {
        check(small(), &options(name), expected);
    }
}

#[test]
fn separators_encodings_and_order_of_rows_change_nothing() {
    let mut lines: Vec<&str> = small().lines().collect();
    lines[1..].reverse();
    let reversed = lines.join("\r\n");
    let semicolons = small()
        .replace(',', ";")
        .replace(".00;", ",00;")
        .replace(".50;", ",50;");
    let titled = format!(
        "Receivables\n\nas of November\n{}\nTotal,,,,5299.50\n",
        small()
    );
    let wide: Vec<u8> = format!("\u{feff}{}", small())
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, expected) in BY_HAND {
        let options = options(name);
        check(&reversed, &options, expected);
        check(&semicolons, &options, expected);
        check(&titled, &options, expected);
        let measured = measure(&wide, None, &options).unwrap();
        assert_eq!(shown(&measured, &options), *expected);
    }
}

#[test]
fn every_row_counts_or_is_told_of() {
    for (name, _) in BY_HAND {
        let measured = of(small(), &options(name)).unwrap();
        let left: u64 = measured.left_out.iter().map(|(_, count)| count).sum();
        assert_eq!(
            measured.counted + left + measured.faulty,
            measured.rows,
            "{name}"
        );
        assert_eq!(measured.rows, 12, "{name}");
    }
}

#[test]
fn rows_that_cannot_be_read_are_listed_and_do_not_count() {
    let text = "Invoice date,Amount,Paid on\n2026-10-01,100,\n2026-13-01,100,\n\n2026-10-02,many,\n,5,\n2026-10-03,300,soon\n";
    check(
        text,
        &options("dso"),
        "31 days; line 3, column A: `2026-13-01` is no day; line 5, column B: `many` is no amount of money; \
         line 6, column A: the day of the invoice is missing; line 7, column C: `soon` is no day",
    );
    let few = LedgerOptions {
        most_faults: 1,
        ..options("dso")
    };
    let measured = of(text, &few).unwrap();
    assert_eq!(
        (measured.faults.len(), measured.faulty, measured.counted),
        (1, 4, 1)
    );
}

#[test]
fn several_currencies_are_not_added() {
    let text = "Invoice date,Due date,Amount,Currency\n2026-10-01,2026-10-02,100,EUR\n2026-10-02,2026-10-03,50,USD\n";
    check(
        text,
        &options("overdue"),
        "its amounts are in EUR, USD, which cannot be added; say --currency EUR to count one of them",
    );
    let dollars = LedgerOptions {
        currency: Some("USD".to_owned()),
        ..options("overdue")
    };
    check(text, &dollars, "USD 50");
    // What does not count does no harm, and a share of invoices has no currency.
    let later = text.replace("2026-10-02,2026-10-03,50", "2026-11-02,2026-11-03,50");
    check(&later, &options("overdue"), "EUR 100");
    check(text, &options("paid-on-time"), "0%");
    let signs =
        "Invoice date,Due date,Amount\n2026-10-01,2026-10-02,€100\n2026-10-02,2026-10-03,$50\n";
    assert!(of(signs, &options("overdue")).is_err());
}

#[test]
fn columns_may_be_named() {
    let text = "Wann,Wieviel,Bis\n2026-10-01,100,2026-10-05\n";
    check(
        text,
        &options("overdue"),
        "no column of the invoices is known to hold `amount` and `due`; its columns are `Wann`, `Wieviel`, `Bis`; say which with --map \"COLUMN=amount\"",
    );
    let maps = ["wieviel=amount", "C=due"].map(str::to_owned).to_vec();
    let mapped = LedgerOptions {
        maps,
        ..options("overdue")
    };
    check(text, &mapped, "100");
    let maps = vec!["Netto=amount".to_owned()];
    let wrong = LedgerOptions {
        maps,
        ..options("overdue")
    };
    check(
        text,
        &wrong,
        "no column is `Netto`; its columns are `Wann`, `Wieviel`, `Bis`",
    );
    let maps = vec!["Wann=amonut".to_owned()];
    let wrong = LedgerOptions {
        maps,
        ..options("overdue")
    };
    check(
        text,
        &wrong,
        "no column is called `amonut`; did you mean `amount`?",
    );
    check(
        "Rechnungsdatum;Fällig am;Bruttobetrag (EUR)\n01.10.2026;05.10.2026;1.200,50\n",
        &options("overdue"),
        "1200.5",
    );
}

#[test]
fn a_day_that_can_be_two_is_settled_by_the_others() {
    let text = "Invoice date,Due date,Amount\n09/03/2026,10/05/2026,1\n09/03/2026,10/25/2026,2\n";
    check(text, &options("overdue"), "3");
    let open = "Invoice date,Due date,Amount\n03/09/2026,05/10/2026,1\n";
    check(
        open,
        &options("overdue"),
        "0; line 2, column A: `03/09/2026` can be 2026-09-03 or 2026-03-09; say --dates day-first or --dates month-first",
    );
    let told = LedgerOptions {
        dates: Some(crate::import::DateOrder::DayFirst),
        ..options("overdue")
    };
    check(open, &told, "1");
    // The row that decides may come late.
    let mut late = String::from("Invoice date,Due date,Amount\n");
    late.push_str(&"09/03/2026,10/05/2026,1\n".repeat(3000));
    late.push_str("09/13/2026,10/05/2026,1\n");
    check(&late, &options("overdue"), "3001");
}

#[test]
fn payments_may_stand_in_a_file_of_their_own() {
    let invoices = "Invoice,Invoice date,Due date,Amount\nA1,2026-09-01,2026-10-10,100\nA2,2026-09-01,2026-10-10,100\n";
    let payments = "Invoice,Date,Amount\na1,2026-10-01,60\nA1,2026-10-10,40\nA2,2026-10-11,100\nA9,2026-10-11,5\nA1,soon,5\n";
    let check = |name: &str, expected: &str| {
        let options = options(name);
        let measured = measure(
            &invoices.as_bytes().to_vec(),
            Some(&payments.as_bytes().to_vec()),
            &options,
        )
        .unwrap();
        assert_eq!(measured.unmatched_payments, 1);
        let fault = "; line 6, column B: `soon` is no day";
        assert_eq!(shown(&measured, &options), format!("{expected}{fault}"));
    };
    check("paid-on-time", "50%");
    check("collection-rate", "50%");
    check("overdue", "0");
}

#[test]
fn a_payment_without_a_day_is_of_no_use_where_days_count() {
    let text = "Invoice date,Due date,Amount,Amount paid\n2026-10-01,2026-10-05,100,40\n";
    check(text, &options("overdue"), "60");
    check(
        text,
        &options("paid-on-time"),
        "none; line 2, column D: 40 was paid, and no day says when",
    );
    let balance = "Invoice date,Due date,Amount,Balance\n2026-10-01,2026-10-05,100,75\n";
    check(balance, &options("overdue"), "75");
}

#[test]
fn terms_stand_in_for_due_dates() {
    let text = "Invoice date,Amount\n2026-10-01,100\n2026-10-25,50\n";
    let net_10 = LedgerOptions {
        payment_days: Some(10),
        ..options("overdue")
    };
    check(text, &net_10, "100");
}

#[test]
fn void_rows_and_corrected_ones_are_known() {
    let text = "Invoice date,Due date,Amount,Status,Corrected\n2026-10-01,2026-10-05,100,VOID,\n2026-10-02,2026-10-05,50,sent,yes\n2026-10-02,2026-10-05,5,sent,No\n";
    check(text, &options("overdue"), "55");
    check(text, &options("billing-accuracy"), "50%");
}

#[test]
fn without_a_column_of_corrections_the_share_of_right_invoices_says_nothing() {
    let doubts = |text: &str| of(text, &options("billing-accuracy")).unwrap().doubts;
    let message = "no column is known to hold `corrected` or `corrects` with `number`, so the value says nothing";
    assert_eq!(doubts("Invoice date,Amount\n2026-10-01,100\n"), [message]);
    // Which invoice is corrected cannot be told without the numbers.
    let unnumbered = "Invoice date,Amount,Corrects\n2026-10-01,100,A1\n";
    assert_eq!(doubts(unnumbered), [message]);
    assert!(doubts("Invoice date,Amount,Corrected\n2026-10-01,100,no\n").is_empty());
    assert!(doubts(small()).is_empty());
}

#[test]
fn payments_in_other_money_are_told_of() {
    let invoices =
        "Invoice,Invoice date,Due date,Amount,Currency\nA1,2026-09-01,2026-10-10,100,EUR\n";
    let payments = "Invoice,Date,Amount,Currency\nA1,2026-10-01,60,USD\n";
    let paid = |payments: &str, currency: Option<&str>| {
        let options = LedgerOptions {
            currency: currency.map(str::to_owned),
            ..options("overdue")
        };
        let payments = payments.as_bytes().to_vec();
        let found = measure(&invoices.as_bytes().to_vec(), Some(&payments), &options).unwrap();
        (
            shown(&found, &options),
            found.doubts.join("; "),
            found.foreign_payments,
        )
    };
    let doubt = "the payments are in USD and the invoices in EUR, and they were taken for the same";
    let expected = ("EUR 40".to_owned(), doubt.to_owned(), 0);
    assert_eq!(paid(payments, None), expected);
    let signs = "Invoice,Date,Amount\nA1,2026-10-01,$60\n";
    assert_eq!(paid(signs, None), expected);
    assert_eq!(
        paid(payments, Some("EUR")),
        ("EUR 100".to_owned(), String::new(), 1)
    );
    let same = payments.replace("USD", "EUR");
    assert_eq!(paid(&same, None), ("EUR 40".to_owned(), String::new(), 0));
}

#[test]
fn nothing_to_divide_by_gives_no_value() {
    check(
        "Invoice date,Amount\n2026-01-01,100\n",
        &options("dso"),
        "none",
    );
    check(
        "",
        &options("dso"),
        "no column of the invoices is known to hold `issued` and `amount`; it has none; say which with --map \"COLUMN=issued\"",
    );
}

#[test]
fn sums_beyond_28_digits_are_refused() {
    let amount = "79228162514264337593543950335";
    let text = format!("Invoice date,Amount\n2026-10-01,{amount}\n2026-10-01,{amount}\n");
    check(
        &text,
        &options("dso"),
        "the sum up to line 3 has more than 28 digits",
    );
}
