//! Groups of gold mentions.

use super::scorer::{DocumentScore, GoldMention};
use serde::{Deserialize, Serialize};

/// What the mentions of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum GroupBy {
    /// The corpus.
    Corpus,
    /// The GeoNames feature class of the gold place, such as `P`, or the corpus's own label of its kind.
    Class,
    /// Its GeoNames feature class and code, such as `P.PPL`, or the corpus's own label of its kind.
    Feature,
    /// The country of the gold place.
    Country,
}

impl GroupBy {
    /// The name of the criterion.
    pub fn name(self) -> &'static str {
        match self {
            GroupBy::Corpus => "corpus",
            GroupBy::Class => "class",
            GroupBy::Feature => "feature",
            GroupBy::Country => "country",
        }
    }

    /// The name of the group of a gold mention of a document.
    pub fn group<'s>(self, document: &'s DocumentScore, gold: &'s GoldMention) -> &'s str {
        match self {
            GroupBy::Corpus => &document.corpus,
            GroupBy::Class => gold.feature.split('.').next().unwrap_or(""),
            GroupBy::Feature => &gold.feature,
            GroupBy::Country => &gold.country,
        }
    }
}
