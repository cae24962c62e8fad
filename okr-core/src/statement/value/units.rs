//! The units that the reader knows: their normal forms, the other words for them, and how they convert.

use rust_decimal::Decimal;

/// Units with their normal form and the other words for them, in lower case.
pub(in crate::statement) const UNITS: &[(&str, &[&str])] = &[
    ("%", &["percent", "pct", "percents", "prozent", "pourcent"]),
    ("pp", &["pp", "ppt", "ppts", "pps"]),
    ("bps", &["bps", "bp", "basis points", "basis point"]),
    ("points", &["points", "point", "pts", "pt"]),
    ("x", &["x", "×"]),
    ("ms", &["ms", "millisecond", "milliseconds", "msec"]),
    ("seconds", &["seconds", "second", "s", "sec", "secs"]),
    ("minutes", &["minutes", "minute", "min", "mins", "minuten"]),
    (
        "hours",
        &[
            "hours", "hour", "h", "hr", "hrs", "stunden", "stunde", "heures",
        ],
    ),
    (
        "days",
        &[
            "days", "day", "d", "workdays", "workday", "tage", "tagen", "tag", "jours", "jour",
        ],
    ),
    (
        "weeks",
        &["weeks", "week", "wk", "wks", "wochen", "woche", "semaines"],
    ),
    (
        "months",
        &["months", "month", "mo", "mos", "monate", "monaten", "mois"],
    ),
    ("years", &["years", "year", "yr", "yrs"]),
    ("ppm", &["ppm"]),
    ("kWh", &["kwh"]),
    ("MWh", &["mwh"]),
    ("kg", &["kg", "kgs", "kilograms", "kilogram", "kilos"]),
    ("tonnes", &["tonnes", "tonne", "t", "tons", "ton"]),
    (
        "km",
        &[
            "km",
            "kms",
            "kilometres",
            "kilometers",
            "kilometre",
            "kilometer",
        ],
    ),
    ("litres", &["litres", "litre", "l", "liters", "liter"]),
    ("GB", &["gb", "gigabytes", "gigabyte"]),
    ("TB", &["tb", "terabytes", "terabyte"]),
    ("FTE", &["fte", "ftes"]),
];

/// Units of more than one word.
pub(in crate::statement) const LONG_UNITS: &[(&str, &[&str])] = &[
    ("%", &["per", "cent"]),
    ("pp", &["percentage", "points"]),
    ("pp", &["percentage", "point"]),
    ("pp", &["percent", "points"]),
    ("pp", &["percent", "point"]),
    ("pp", &["%", "-", "points"]),
    ("pp", &["%", "points"]),
    ("pp", &["per", "cent", "points"]),
    ("bps", &["basis", "points"]),
    ("bps", &["basis", "point"]),
    ("ppm", &["parts", "per", "million"]),
    ("tonnes", &["metric", "tons"]),
    ("tonnes", &["metric", "tonnes"]),
    ("FTE", &["full-time", "equivalents"]),
    ("FTE", &["full-time", "equivalent"]),
    ("CHF", &["swiss", "francs"]),
    ("CHF", &["swiss", "franc"]),
    ("SEK", &["swedish", "kronor"]),
    ("SEK", &["swedish", "krona"]),
    ("USD", &["us", "dollars"]),
    ("USD", &["us", "$"]),
];

/// Currencies with their signs and words, in lower case.
pub(in crate::statement) const CURRENCIES: &[(&str, &[&str])] = &[
    ("USD", &["$", "usd", "dollars", "dollar", "us$", "bucks"]),
    ("EUR", &["€", "eur", "euros", "euro"]),
    ("GBP", &["£", "gbp", "pounds", "pound", "sterling"]),
    ("CHF", &["chf", "francs", "franken"]),
    ("JPY", &["¥", "jpy", "yen"]),
    ("INR", &["₹", "inr", "rupees", "rupee"]),
    ("SEK", &["sek", "kronor", "krona"]),
];

/// Returns `amount`, given in one unit, in another, where the two are of one kind.
pub(in crate::statement) fn convert(amount: Decimal, from: &str, to: &str) -> Option<Decimal> {
    if from == to {
        return Some(amount);
    }
    let calendar = |unit: &str| matches!(unit, "months" | "years");
    if calendar(from) != calendar(to) {
        return None;
    }
    let in_seconds = amount.checked_mul(seconds(from)?)?;
    Some(in_seconds.checked_div(seconds(to)?)?.normalize())
}

/// Returns how many seconds a unit of time has; months and years are not given in seconds.
pub(in crate::statement) fn seconds(unit: &str) -> Option<Decimal> {
    Some(match unit {
        "ms" => Decimal::new(1, 3),
        "seconds" => Decimal::ONE,
        "minutes" => Decimal::from(60),
        "hours" => Decimal::from(3_600),
        "days" => Decimal::from(86_400),
        "weeks" => Decimal::from(604_800),
        // Only their ratio to each other is defined: twelve months are a year.
        "months" => Decimal::from(2_629_800),
        "years" => Decimal::from(31_557_600),
        _ => return None,
    })
}
