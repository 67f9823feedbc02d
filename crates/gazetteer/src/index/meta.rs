//! What an index says of itself.

use crate::Credit;
use serde::{Deserialize, Serialize};

/// What an index says of itself, and the short lists that its records point into.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Meta {
    /// What the gazetteer is.
    pub title: String,
    /// Whose data it holds, for credit.
    pub credits: Vec<Credit>,
    /// The parts of ids before the colon.
    pub id_sources: Vec<String>,
    /// Country codes as the places have them, several separated by `|`.
    pub countries: Vec<String>,
    /// Feature classes and codes.
    pub features: Vec<String>,
    /// Where coordinates come from.
    pub sources: Vec<String>,
    /// Languages of names (ISO 639), the first standing for "not told".
    pub languages: Vec<String>,
}

/// What is asked of a place's feature again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeatureType {
    /// The GeoNames feature class; `' '` when unknown.
    pub class: char,
    /// Whether it is a country or a territory with a country code.
    pub country: bool,
    /// The level of the division that it is, 0 if it is none of the first two.
    pub division: u8,
    /// Whether it is the seat of a country's government.
    pub capital: bool,
}

impl FeatureType {
    /// That of a feature class and code.
    pub fn of(feature: &str) -> FeatureType {
        FeatureType {
            class: feature.chars().next().unwrap_or(' '),
            country: feature.starts_with("A.PCL") || feature == "A.TERR",
            division: match feature {
                "A.ADM1" => 1,
                "A.ADM2" => 2,
                _ => 0,
            },
            capital: feature == "P.PPLC",
        }
    }
}
