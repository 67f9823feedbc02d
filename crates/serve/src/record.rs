//! Places as JSON.

use rmcp::schemars::{self, JsonSchema};
use serde::Serialize;
use toponym::Place;

/// A place with the members that JSON lines give it (docs/OUTPUT.md); what is not known is null.
#[derive(Serialize, JsonSchema)]
pub struct PlaceRecord {
    /// `source:id`, such as `geonames:170063`.
    pub id: String,
    /// The display name.
    pub name: String,
    /// Degrees north, WGS 84.
    pub lat: f64,
    /// Degrees east, WGS 84.
    pub lon: f64,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// The first-level division it lies in.
    pub admin1: Option<String>,
    /// The second-level division it lies in.
    pub admin2: Option<String>,
    /// GeoNames feature class and code, such as `P.PPLA`.
    pub feature: Option<String>,
    /// Inhabitants.
    pub population: Option<u32>,
    /// How far the point may lie from a fair representative point of the place, in kilometres.
    pub exact_km: Option<f64>,
    /// Whom the coordinates are from.
    pub source: Option<String>,
}

impl From<&Place> for PlaceRecord {
    fn from(place: &Place) -> Self {
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        PlaceRecord {
            id: place.id(),
            name: place.name().to_owned(),
            lat: place.lat(),
            lon: place.lon(),
            country: filled(place.country()),
            admin1: place.division1_name().map(str::to_owned),
            admin2: place.division2_name().map(str::to_owned),
            feature: filled(place.feature()),
            population: place.population(),
            exact_km: place.exact_km(),
            source: filled(place.source()),
        }
    }
}
