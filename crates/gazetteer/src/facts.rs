//! What is known of a place, as one flat record.

use crate::PlaceRef;
use serde::{Deserialize, Serialize};

/// What a serialised place consists of. The names are those of the output's fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceFacts {
    pub id: String,
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166-1 alpha-2 codes, the main one first.
    pub countries: Vec<String>,
    /// The name of the first-level division.
    pub admin1: Option<String>,
    /// The name of the second-level division.
    pub admin2: Option<String>,
    /// The name of the place that it is a part of.
    pub part_of: Option<String>,
    /// GeoNames feature class and code.
    pub feature: String,
    pub population: Option<u32>,
    pub exact_km: Option<f64>,
    pub source: String,
    /// West, south, east and north in degrees.
    pub bounds: Option<[f64; 4]>,
    pub prominence: f64,
}

/// A place of which nothing is known.
pub static UNKNOWN: PlaceFacts = PlaceFacts {
    id: String::new(),
    name: String::new(),
    lat: 0.0,
    lon: 0.0,
    countries: Vec::new(),
    admin1: None,
    admin2: None,
    part_of: None,
    feature: String::new(),
    population: None,
    exact_km: None,
    source: String::new(),
    bounds: None,
    prominence: 0.0,
};

impl Default for PlaceFacts {
    fn default() -> Self {
        UNKNOWN.clone()
    }
}

impl From<PlaceRef<'_>> for PlaceFacts {
    fn from(place: PlaceRef<'_>) -> Self {
        PlaceFacts {
            id: place.id(),
            name: place.name().to_owned(),
            lat: place.lat(),
            lon: place.lon(),
            countries: place.countries().map(str::to_owned).collect(),
            admin1: place.division1_name().map(str::to_owned),
            admin2: place.division2_name().map(str::to_owned),
            part_of: place.part_of().map(|whole| whole.name().to_owned()),
            feature: place.feature().to_owned(),
            population: place.population(),
            exact_km: place.exact_km(),
            source: place.source().to_owned(),
            bounds: place.bounds(),
            prominence: place.prominence(),
        }
    }
}
