//! Places as JSON.

use serde_json::Value;
use toponym::Place;
use toponym::export::place_record;

/// A place with the members that JSON lines give it (docs/OUTPUT.md); what is not known is null.
pub fn place(place: &Place) -> Value {
    serde_json::to_value(place_record(place)).unwrap_or_default()
}
