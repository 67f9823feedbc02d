//! What an index says of itself.

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

/// A source and its licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// The source.
    pub name: String,
    /// Its licence or terms.
    pub licence: String,
}
