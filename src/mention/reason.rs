//! Why a mention has no place.

use super::Kind;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A mention without a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Unplaced {
    /// Index among the mentions of the document, or among the given spans.
    pub order: usize,
    /// Where it stands, in bytes of the document's text; what was given and is no stretch of it, as it was given.
    pub span: Span,
    /// What kind of mention it is.
    pub kind: Kind,
    /// The probability that it names a place at all, 0 to 1.
    pub probability: f64,
    /// Why it has no place.
    pub reason: Reason,
}

/// Why a mention has no place. Written with hyphens, as in `not-in-gazetteer`; the names do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// `outside-text`: a given span is empty or blank, ends before it begins, or reaches past the text.
    OutsideText,
    /// `not-in-gazetteer`: the gazetteer has no such name, and the document gives no locality for it.
    NotInGazetteer,
    /// `ambiguous`: several places have this name, and none reaches the minimum confidence.
    Ambiguous,
    /// `doubtful`: the only place of this name does not reach the minimum confidence.
    Doubtful,
}

impl Reason {
    /// The reason in plain words, as part of a sentence.
    pub fn in_words(self) -> &'static str {
        match self {
            Reason::OutsideText => "the span is not a stretch of the text",
            Reason::NotInGazetteer => "no place of this name is in the gazetteer",
            Reason::Ambiguous => "several places have this name, and none is probable enough",
            Reason::Doubtful => "the one place of this name is not probable enough",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::OutsideText => "outside-text",
            Reason::NotInGazetteer => "not-in-gazetteer",
            Reason::Ambiguous => "ambiguous",
            Reason::Doubtful => "doubtful",
        })
    }
}
