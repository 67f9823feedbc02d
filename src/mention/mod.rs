//! Tokens -> mentions: the stretches of text that name a place.
//!
//! [`read_words`] identifies the language of the text and reads its words by that language's pack. [`find`] classifies how each sentence uses
//! capitals (`style`); finds the longest names of the gazetteer (`matcher`) and the people that the document names (`people`); and scores
//! each match by rules (`rule_score`). The trained recogniser (`tagger`, `tagged`, `weighing`, `calibration`), or without one the
//! rules, decides what is a mention. Names that only sound like a place's (`romanised`), numbered roads (`roads`) and declined adjectives and
//! peoples (`demonyms`) are added, names in writing without spaces are parted (`unspaced`), names that the words beside them give to a person,
//! a work or a ship are left out (`bearers`), and names that stand for people are marked (`metonymy`).

mod analysis;
mod bearers;
pub(crate) mod calibration;
pub(crate) mod dateline;
mod demonyms;
mod enumeration;
pub(crate) mod gap;
mod given;
mod kind;
mod language;
pub(crate) mod matcher;
pub(crate) mod metonymy;
mod people;
pub(crate) mod postcode;
mod proclitic;
mod reason;
mod roads;
mod romanised;
pub(crate) mod rule_score;
mod stated;
mod style;
pub(crate) mod tagged;
pub(crate) mod tagger;
mod unspaced;
pub(crate) mod weighing;

pub(crate) use analysis::TextAnalysis;
pub(crate) use analysis::{boilerplate, read_tokens, read_words};
pub use calibration::Calibration;
pub(crate) use enumeration::{is_conjunction, is_of_three, plural_beside};
pub use given::{Given, given};
pub use kind::Kind;
pub use metonymy::Metonyms;
pub use reason::{Reason, Unplaced};
pub use tagger::{About, Model, ModelError};
pub use weighing::Weighing;

use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::text::Words;
use geo::Point;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// The places that bear a name, each with what kind of name it is of the place. Mentions of one name share them.
pub type Senses<'g> = Arc<[(PlaceRef<'g>, NameKind)]>;

/// A stretch of text that names a place.
#[derive(Clone, Debug)]
pub struct Mention<'g> {
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Index of its first token.
    pub first: usize,
    /// Index of its last token.
    pub last: usize,
    /// What kind of mention it is.
    pub kind: Kind,
    /// The folded name.
    pub name: Arc<str>,
    /// The places that bear the name, each with what kind of name it is of the place.
    pub senses: Senses<'g>,
    /// The probability that this names a place at all, 0 to 1.
    pub probability: f64,
    /// Whether the name stands for people of the place: "Washington says", "Moscow denied".
    pub metonymic: bool,
    /// Whether the words round it mean somewhere else than the place itself: "northwest of Aleppo", "northern Syria".
    pub modified: bool,
    /// The point on a river that the text means; `None` where that is the gazetteer's.
    pub reach: Option<Box<ReachPoint<'g>>>,
}

/// A point on a river that a text means.
#[derive(Clone, Copy, Debug)]
pub struct ReachPoint<'g> {
    /// The point, in degrees.
    pub point: Point,
    /// How far what is meant may lie from it, in kilometres.
    pub exact_km: f64,
    /// The code of the country that the text names there; empty where it names none.
    pub country: &'g str,
}

/// What finds the mentions of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "lowercase")]
pub enum Recogniser {
    /// A model, trained on texts of its language.
    #[default]
    Trained,
    /// The gazetteer's names and rules, for texts in a language that no model was trained on.
    Dictionary,
}

/// The mentions of a text, and how they were found.
pub struct Mentions<'g> {
    /// In the order of the text, none overlapping another.
    pub list: Vec<Mention<'g>>,
    /// What found them.
    pub recogniser: Recogniser,
}

/// Finds the mentions in a text: by the model of its language, or without one by the gazetteer and rules. Mentions that are less probable
/// than the recogniser's threshold, or than `min_confidence` if that is lower, are dropped.
pub fn find<'g>(
    words: &Words<'_>,
    gazetteer: &'g Gazetteer,
    model: Option<&Model>,
    min_confidence: Option<f64>,
) -> Mentions<'g> {
    let analysis = TextAnalysis::new(words, gazetteer);
    let mut list = analysis.mentions(gazetteer, model, min_confidence);
    demonyms::add(words, &analysis.styles, gazetteer, &mut list);
    metonymy::mark(words, &mut list, model.map(|model| &model.about().metonyms));
    let recogniser = if model.is_some() { Recogniser::Trained } else { Recogniser::Dictionary };
    Mentions { list, recogniser }
}

/// The byte ranges of the names of the gazetteer in a text, whatever they name there: the longest at each word, none overlapping
/// another.
pub fn names(words: &Words, gazetteer: &Gazetteer) -> Vec<Range<usize>> {
    let matches = matcher::longest_matches(words, &style::sentence_styles(words), gazetteer);
    matches.iter().map(|name| words.tokens[name.first].start..words.tokens[name.last].end).collect()
}
