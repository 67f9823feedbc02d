//! What mentions can be grouped by.

use super::judge::{Outcome, Wanted};
use serde::{Deserialize, Serialize};

/// What the members of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum GroupBy {
    /// The corpus.
    Corpus,
    /// The GeoNames feature class of the place that is wanted, such as `P`, or what else the corpus says of its kind.
    Class,
    /// Its GeoNames feature, class and code, such as `P.PPL`, or what else the corpus says of its kind.
    Feature,
    /// The country in which it lies.
    Country,
}

impl GroupBy {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            GroupBy::Corpus => "corpus",
            GroupBy::Class => "class",
            GroupBy::Feature => "feature",
            GroupBy::Country => "country",
        }
    }

    /// The group that a mention of a document is in.
    pub fn group<'o>(self, outcome: &'o Outcome, wanted: &'o Wanted) -> &'o str {
        match self {
            GroupBy::Corpus => &outcome.corpus,
            GroupBy::Class => wanted.feature.split('.').next().unwrap_or(""),
            GroupBy::Feature => &wanted.feature,
            GroupBy::Country => &wanted.country,
        }
    }
}
