//! Which money a sign or a code stands for.

/// Signs and the codes of ISO 4217 that they stand for when nothing else is known.
const SIGNS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("$", "USD"),
    ("US$", "USD"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("Fr.", "CHF"),
    ("SFr.", "CHF"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Ft", "HUF"),
    ("лв.", "BGN"),
    ("₹", "INR"),
    ("₺", "TRY"),
    ("₽", "RUB"),
    ("₴", "UAH"),
    ("₩", "KRW"),
    ("₪", "ILS"),
    ("₫", "VND"),
    ("฿", "THB"),
    ("R$", "BRL"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("S$", "SGD"),
];

/// Signs that several countries have, with the code for the language in which a number format has
/// them, by the number that Windows gives it.
const BY_LANGUAGE: &[(&str, &str, &str)] = &[
    ("$", "C09", "AUD"),
    ("$", "1009", "CAD"),
    ("$", "C0C", "CAD"),
    ("$", "1409", "NZD"),
    ("$", "4809", "SGD"),
    ("$", "C04", "HKD"),
    ("$", "3C09", "HKD"),
    ("$", "80A", "MXN"),
    ("¥", "804", "CNY"),
    ("￥", "804", "CNY"),
    ("kr", "41D", "SEK"),
    ("kr", "414", "NOK"),
    ("kr", "406", "DKK"),
    ("kr.", "406", "DKK"),
    ("kr.", "40F", "ISK"),
    ("R", "1C09", "ZAR"),
    ("R", "436", "ZAR"),
];

/// Codes of ISO 4217 that number formats spell out.
const CODES: &[&str] = &[
    "AED", "ARS", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK",
    "EGP", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JOD", "JPY", "KES", "KRW",
    "KWD", "LKR", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "OMR", "PEN", "PHP", "PKR", "PLN",
    "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH", "USD",
    "UYU", "VND", "ZAR",
];

/// Returns the code of the money for which a sign or a code stands, if it is one.
///
/// `language` is the number that a number format gives behind the sign, as `409` in `[$$-409]`.
pub(super) fn code(sign: &str, language: Option<&str>) -> Option<&'static str> {
    let sign = sign.trim();
    let by_language = language.and_then(|language| {
        BY_LANGUAGE
            .iter()
            .find(|(s, number, _)| *s == sign && number.eq_ignore_ascii_case(language))
            .map(|(.., code)| *code)
    });
    by_language
        .or_else(|| {
            SIGNS
                .iter()
                .find(|(s, _)| *s == sign)
                .map(|(_, code)| *code)
        })
        .or_else(|| CODES.iter().find(|code| **code == sign).copied())
}
