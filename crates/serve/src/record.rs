//! Places as JSON.

use serde_json::{Value, json};
use toponym::Place;

/// A place with the members that JSON lines give it (docs/OUTPUT.md); what is not known is null.
pub fn place(place: &Place) -> Value {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "id": place.id(), "name": place.name(), "lat": place.lat(), "lon": place.lon(),
        "country": filled(place.country()), "admin1": place.division1_name(), "admin2": place.division2_name(),
        "feature": filled(place.feature()), "population": place.population(), "exact_km": place.exact_km(),
        "source": filled(place.source()),
    })
}
