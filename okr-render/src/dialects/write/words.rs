//! What the parts of a plan are called in descriptions and in notes.

/// Returns the name under which a field stands in a description.
pub(super) fn name_in_text(name: &'static str) -> &'static str {
    match name {
        "Baseline" => "Start",
        other => other,
    }
}

/// Returns what values of that name are called in a sentence.
pub(super) fn words_of(name: &str, has_column: bool) -> &'static str {
    match (name, has_column) {
        ("Owner", _) => "owners",
        ("Start", false) => "starts",
        ("Start", true) => "starts in another unit",
        ("Target", false) => "targets",
        ("Target", true) => "targets that are no plain number",
        ("Current", false) => "current values",
        ("Current", true) => "current values in another unit",
        ("Status", false) => "statuses",
        ("Status", true) => "statuses for which it has no word",
        ("Unit", _) => "units",
        ("Due", _) => "due dates",
        ("Source", _) => "sources",
        ("Measure", _) => "measures",
        ("Direction", _) => "directions",
        ("Baseline question", _) => "baseline questions",
        ("Type", _) => "types of objectives",
        ("Weight", false) => "weights",
        ("Weight", true) => "weights of nothing",
        _ => "other fields",
    }
}
