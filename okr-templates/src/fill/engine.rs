//! What the template engine is given: a bound for what it writes, the period, and functions for its dates.

use std::io;

use okr_core::model::{Period, date_in_words};
use serde::Serialize;
use tera::{Kwargs, State, Tera, TeraResult};

/// The most bytes that a template may make.
const MAX_FILLED: usize = 16 * 1024 * 1024;

/// Takes what a template makes, up to a bound: a loop in a loop can make more than any memory holds.
#[derive(Default)]
pub(super) struct Bounded {
    pub(super) bytes: Vec<u8>,
    pub(super) is_full: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_FILLED {
            self.is_full = true;
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a template may say of the period; dates are written `YYYY-MM-DD`, days in words.
#[derive(Serialize)]
pub(super) struct PeriodView {
    label: String,
    name: String,
    start: String,
    middle: String,
    end: String,
    first_day: String,
    last_day: String,
}

impl PeriodView {
    pub(super) fn new(period: Period) -> Self {
        Self {
            label: period.to_string(),
            name: period.name(),
            start: period.start().to_string(),
            middle: period.middle().to_string(),
            end: period.end().to_string(),
            first_day: date_in_words(period.start()),
            last_day: date_in_words(period.end()),
        }
    }
}

/// Offers `week(n=6)` and `month(n=1)`: the last day of a week or month of the period.
///
/// In a period that is too short for it, the last day of the period stands in.
pub(super) fn register_dates(tera: &mut Tera, period: Period) {
    fn number(kwargs: &Kwargs) -> TeraResult<i32> {
        let number = kwargs.must_get::<i32>("n")?;
        if number < 1 {
            Err(tera::Error::message("weeks and months are counted from 1"))
        } else {
            Ok(number)
        }
    }
    tera.register_function(
        "week",
        move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            Ok(period
                .week_end(number(&kwargs)?)
                .unwrap_or(period.end())
                .to_string())
        },
    );
    tera.register_function(
        "month",
        move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            Ok(period
                .month_end(number(&kwargs)?)
                .unwrap_or(period.end())
                .to_string())
        },
    );
}
