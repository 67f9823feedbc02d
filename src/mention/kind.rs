//! The kinds of mentions.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What kind of mention of a place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// A name that stands for the place: "in Aleppo", "Moscow denied".
    Place,
    /// An adjective or people: "Turkish servicemen".
    Demonym,
    /// A name inside the name of something else: "Aleppo University".
    Embedded,
    /// Somewhere relative to named places: "northwest of Aleppo".
    Relative,
    /// Coordinates: "36.2361 N, 37.1517 E".
    Coordinate,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [Kind::Place, Kind::Demonym, Kind::Embedded, Kind::Relative, Kind::Coordinate];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Place => "place",
            Kind::Demonym => "demonym",
            Kind::Embedded => "embedded",
            Kind::Relative => "relative",
            Kind::Coordinate => "coordinate",
        })
    }
}
