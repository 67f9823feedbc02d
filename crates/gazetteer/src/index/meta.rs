//! The description of an index.

use crate::Credit;
use serde::{Deserialize, Serialize};

/// The title and the credits of an index, and the lists that its records point into.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Meta {
    /// What the gazetteer is.
    pub title: String,
    /// The sources of its data, with their licences.
    pub credits: Vec<Credit>,
    /// The parts of ids before the colon.
    pub id_sources: Vec<String>,
    /// Country codes, as the places have them: several are separated by `|`.
    pub countries: Vec<String>,
    /// Feature classes and codes.
    pub features: Vec<String>,
    /// Sources of coordinates.
    pub sources: Vec<String>,
    /// Languages of names (ISO 639); the first stands for "not known".
    pub languages: Vec<String>,
}

/// A feature class and code, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeatureType {
    /// The GeoNames feature class; `' '` when unknown.
    pub class: char,
    /// Whether it is a country or a territory with a country code.
    pub country: bool,
    /// The level of an administrative division, 1 or 2; 0 for anything else.
    pub division: u8,
    /// Whether it is the seat of a country's government.
    pub capital: bool,
}

impl FeatureType {
    /// The type of a feature class and code such as `P.PPLC`.
    pub fn from_code(feature: &str) -> FeatureType {
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
