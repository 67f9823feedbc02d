//! Tokens -> mentions: the stretches of text that name a place.

pub(crate) mod calibration;
pub(crate) mod endings;
mod enumeration;
mod given;
mod language;
pub(crate) mod matcher;
pub(crate) mod metonymy;
mod people;
pub(crate) mod phrases;
mod reason;
mod roads;
mod romanised;
pub(crate) mod rule_score;
mod style;
pub(crate) mod tagged;
pub(crate) mod tagger;
pub(crate) mod weighing;

pub use calibration::Calibration;
pub use given::{Given, given};
pub use metonymy::Metonyms;
pub use reason::{Reason, Unplaced};
pub use tagger::{About, Model, ModelError};
pub use weighing::Weighing;

use crate::embedded::lexicon;
use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::text::Tokens;
use serde::Serialize;
use std::fmt;
use std::ops::Range;

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
    /// What sort of mention it is.
    pub kind: Kind,
    /// The folded name.
    pub name: String,
    /// The places that bear the name, and what it is to each.
    pub senses: Vec<(PlaceRef<'g>, NameKind)>,
    /// How probable it is that this names a place at all, 0 to 1.
    pub probability: f64,
    /// Whether the name stands for people of the place: "Washington says", "Moscow denied".
    pub metonymic: bool,
    /// Whether the words round it mean somewhere else than the place itself: "northwest of Aleppo", "northern Syria".
    pub modified: bool,
}

/// What sort of mention of a place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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

/// What is known of a text before it is decided what is a mention.
pub(crate) struct Analysis<'t, 'g> {
    pub(crate) words: phrases::Words<'t>,
    styles: Vec<style::Style>,
    pub(crate) found: Vec<matcher::GazetteerMatch<'g>>,
    pub(crate) judged: Vec<rule_score::RuleScore>,
    odds: Vec<f64>,
}

impl<'t, 'g> Analysis<'t, 'g> {
    pub(crate) fn of(text: &'t str, tokens: &'t Tokens, gazetteer: &'g Gazetteer) -> Self {
        let words = phrases::Words::of(text, tokens);
        let styles = style::of(&words);
        let found = matcher::longest_matches(&words, &styles, gazetteer);
        let people = people::named(&words, &found);
        let judged: Vec<_> =
            (0..found.len()).map(|at| rule_score::judge(&words, &styles, &people, &found, at)).collect();
        let odds = judged.iter().map(|judged| judged.odds).collect();
        Analysis { words, styles, found, judged, odds }
    }

    /// The document as the tagger sees it.
    pub(crate) fn view(&self) -> tagger::features::View<'_, 't> {
        tagger::features::View::new(&self.words, &self.styles, &self.found, &self.odds)
    }

    /// The places and people that the model tags.
    pub(crate) fn tags(&self, model: &Model) -> tagger::Tags {
        tagger::tag(model, &self.view(), &self.found)
    }
}

/// What finds the mentions of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// BCP 47 tag of the text's language, as told or guessed.
    pub language: String,
    /// What found them.
    pub recogniser: Recogniser,
}

/// Finds the mentions in a text: by the model if it was trained on the text's language, else by the gazetteer and rules.
/// `language` is the text's, if that is known. Mentions less probable than `min_confidence` are dropped; `None` leaves that to
/// the recogniser.
pub fn find<'g>(
    text: &str,
    language: Option<&str>,
    tokens: &Tokens,
    gazetteer: &'g Gazetteer,
    model: Option<&Model>,
    min_confidence: Option<f64>,
) -> Mentions<'g> {
    let analysis = Analysis::of(text, tokens, gazetteer);
    let language = language.unwrap_or_else(|| language::of(&analysis.words)).to_owned();
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or("").to_lowercase();
    let knows = |model: &&Model| model.about().languages.iter().any(|known| primary(known) == primary(&language));
    let model = model.filter(knows);
    let mut list = analysis.mentions(gazetteer, model, min_confidence);
    metonymy::mark(&analysis.words, &mut list, model.map(|model| &model.about().metonyms));
    let recogniser = if model.is_some() { Recogniser::Trained } else { Recogniser::Dictionary };
    Mentions { list, language, recogniser }
}

impl<'g> Analysis<'_, 'g> {
    /// The mentions that the model finds, or without one the rules.
    pub(crate) fn mentions(
        &self,
        gazetteer: &'g Gazetteer,
        model: Option<&Model>,
        min_confidence: Option<f64>,
    ) -> Vec<Mention<'g>> {
        let mut list = match model {
            Some(model) => by_model(self, gazetteer, model, min_confidence),
            None => by_rules(self, gazetteer, min_confidence),
        };
        roads::add(&self.words, &mut list);
        let style = |mention: &Mention| self.styles.get(self.words.tokens[mention.first].sentence);
        let least = min_confidence.unwrap_or(0.0);
        list.retain(|mention| mention.probability >= least && style(mention) != Some(&style::Style::Boilerplate));
        list.sort_by_key(|mention| mention.start);
        list
    }
}

fn by_model<'g>(
    analysis: &Analysis<'_, 'g>,
    gazetteer: &'g Gazetteer,
    model: &Model,
    min_confidence: Option<f64>,
) -> Vec<Mention<'g>> {
    let About { threshold, calibration, weighing, .. } = model.about();
    let least = min_confidence.unwrap_or(*threshold);
    // Mentions are dropped before they are calibrated, because names that overlap suppress each other.
    let raw_least = calibration.raw_threshold(least);
    let mut mentions = tagged::mentions(analysis, gazetteer, &analysis.tags(model), weighing, raw_least);
    romanised::add(&analysis.words, &analysis.styles, gazetteer, &mut mentions);
    mentions.retain(|mention| mention.probability >= raw_least || mention.kind == Kind::Demonym);
    for mention in &mut mentions {
        mention.probability = match (mention.kind, calibration.demonym) {
            (Kind::Demonym, Some(probability)) => probability,
            _ => calibration.calibrate(mention.probability),
        };
    }
    mentions.retain(|mention| mention.kind != Kind::Demonym || mention.probability >= least);
    mentions
}

fn by_rules<'g>(
    analysis: &Analysis<'_, 'g>,
    gazetteer: &'g Gazetteer,
    min_confidence: Option<f64>,
) -> Vec<Mention<'g>> {
    let threshold = min_confidence.unwrap_or(rule_score::ACCEPT);
    let Analysis { words, styles, found, judged, .. } = analysis;
    let mut mentions = rule_score::mentions(words, found, judged);
    romanised::add(words, styles, gazetteer, &mut mentions);
    mentions.retain(|mention| mention.probability >= threshold);
    mentions
}

/// The byte ranges of the names of the gazetteer in a text, before anything is said of what they name: the longest at
/// each word, none overlapping another.
pub fn names(text: &str, tokens: &Tokens, gazetteer: &Gazetteer) -> Vec<Range<usize>> {
    let words = phrases::Words::of(text, tokens);
    let found = matcher::longest_matches(&words, &style::of(&words), gazetteer);
    found.iter().map(|name| tokens.list[name.first].start..tokens.list[name.last].end).collect()
}
