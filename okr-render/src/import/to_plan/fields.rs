//! Fields that a draft names, put into the elements of the plan.

use okr_core::fields::HasFields;
use okr_core::model::{Fields, Inline, KeyResult, Objective};

/// An element whose fields of other names are at hand.
pub(super) trait Keeps: HasFields {
    fn others(&mut self) -> &mut Fields;
}

impl Keeps for Objective {
    fn others(&mut self) -> &mut Fields {
        &mut self.fields
    }
}

impl Keeps for KeyResult {
    fn others(&mut self) -> &mut Fields {
        &mut self.fields
    }
}

/// Sets the fields that an element does not have yet; names that no plan gives a meaning are passed over.
pub(super) fn set<E: Keeps>(element: &mut E, fields: &[(String, String)]) {
    for (name, value) in fields {
        if let Some(field) = E::field(name) {
            if (field.write)(element).is_some() {
                continue;
            }
            // Links are Markdown; what is no value of the field is not worth more than the field.
            let value = match field.name {
                "Supports" => Inline::parse(value),
                _ => Inline::from_plain(value),
            };
            let _ = (field.read)(element, &value);
        } else if let Some(kept) = E::kept_field(name) {
            keep(element.others(), kept.name, Some(value.clone()));
        }
    }
}

/// Keeps a value under a name that has none yet.
pub(super) fn keep(fields: &mut Fields, name: &str, value: Option<String>) {
    if let Some(value) = value.filter(|_| !fields.contains_key(name)) {
        fields.insert(name.to_owned(), Inline::from_plain(&value));
    }
}
