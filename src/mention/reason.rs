//! Why a mention has no place.

use super::Kind;
use std::fmt;
use std::ops::Range;

/// A mention without a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Unplaced {
    /// Index among the mentions of the document, or among the given spans.
    pub order: usize,
    /// Its range in bytes of the document's text; `None` for a given span that is no stretch of it.
    pub bytes: Option<Range<usize>>,
    /// The given span, in code points of the text proper; `None` for a mention that was found.
    pub given: Option<Range<usize>>,
    /// What kind of mention it is, if it was found.
    pub kind: Option<Kind>,
    /// The probability that it names a place at all, 0 to 1, if it was found.
    pub probability: Option<f64>,
    /// Why it has no place.
    pub reason: Reason,
}

/// Why a mention has no place. Displayed with hyphens, as in `not-in-gazetteer`; the names are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
