//! Where a target starts from, in its unit.

use rust_decimal::Decimal;

use super::Statement;
use crate::statement::reading::{Reading, VerbClass};
use crate::statement::start::{Start, find_start, is_of_earlier_period};
use crate::statement::token::TokenKind;
use crate::statement::value::{Form, Value, convert};

impl Statement<'_, '_> {
    pub(super) fn read_start(
        &self,
        reading: &mut Reading,
        target: Option<usize>,
        at: (usize, usize),
        amount: Option<Decimal>,
    ) {
        let target = target.map(|index| &self.values[index]);
        let Some(Start { value: start, .. }) = find_start(
            &self.words,
            &self.values,
            at,
            self.clauses
                .means
                .as_ref()
                .map(|(link, clause)| (*link, clause.end)),
        ) else {
            return;
        };
        let mut value = start.amount;
        // A level: both are on one scale.
        if let Some(target_amount) = amount {
            // A multiplier written once belongs to both, where that brings them nearer.
            let target_scale = target.and_then(|target| target.scale);
            match (start.scale, target_scale) {
                (None, Some(scale)) => {
                    if let Some(scaled) = value
                        .checked_mul(scale)
                        .filter(|scaled| is_nearer(*scaled, value, target_amount))
                    {
                        value = scaled.normalize();
                    }
                }
                (Some(scale), None) => {
                    let scaled = target_amount.checked_mul(scale);
                    if let Some(scaled) =
                        scaled.filter(|scaled| is_nearer(*scaled, target_amount, value))
                    {
                        reading.target = Some(scaled.normalize());
                    }
                }
                _ => {}
            }
            match (start.unit.as_deref(), reading.unit.as_deref()) {
                (Some(own), Some(unit)) if own != unit => match convert(value, own, unit) {
                    Some(converted) => value = converted,
                    // A start in another unit is the start of something else.
                    None => return,
                },
                (Some(_), None) if !target_amount.is_zero() => reading.unit.clone_from(&start.unit),
                _ => {}
            }
        }
        // `1 of 18 (last year 5)`: both are parts of one whole.
        if let Some(target) = target.filter(|target| target.form == Form::Share)
            && start.unit.is_none()
            && start.form == Form::Plain
        {
            let Some(share) = self.share_of_whole(target, value) else {
                return;
            };
            value = share;
        }
        reading.start = Some(value);
        reading.parts.start = Some(self.span(start.first, start.end));
    }

    /// Returns whether the stated start is the total of an earlier period, of something that is won anew.
    pub(super) fn starts_anew(&self, reading: &Reading, class: Option<VerbClass>) -> bool {
        let Some(start) = reading.parts.start else {
            return false;
        };
        let first = self
            .words
            .tokens
            .partition_point(|token| token.span.start() < start.start());
        class == Some(VerbClass::Obtain) && is_of_earlier_period(&self.words, first)
    }

    /// Returns what share of a target's whole an amount is, in percent.
    fn share_of_whole(&self, target: &Value, amount: Decimal) -> Option<Decimal> {
        let TokenKind::Number(whole) = self.words.tokens[target.end - 1].kind else {
            return None;
        };
        let percent = amount
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(whole)?;
        (percent <= Decimal::ONE_HUNDRED).then(|| percent.round_dp(2).normalize())
    }
}

/// Returns whether `a` is nearer to `target` than `b` is, by their ratio.
fn is_nearer(a: Decimal, b: Decimal, target: Decimal) -> bool {
    let ratio = |x: Decimal| {
        let (low, high) = if x.abs() < target.abs() {
            (x.abs(), target.abs())
        } else {
            (target.abs(), x.abs())
        };
        high.checked_div(low)
    };
    match (ratio(a), ratio(b)) {
        (Some(a), Some(b)) => a < b,
        _ => false,
    }
}
