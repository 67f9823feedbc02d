//! Tokens -> mentions: the stretches of text that name a place.

mod evidence;
mod given;
mod matcher;
mod people;
mod phrases;
mod reason;
mod romanised;
mod style;

pub use given::{Given, given};
pub use reason::{Reason, Unplaced};

use crate::embedded::lexicon;
use crate::gazetteer::{Gazetteer, NameKind, Place};
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
    pub senses: Vec<(Place<'g>, NameKind)>,
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

/// Finds the mentions in a text, in its order, none overlapping another.
pub fn find<'g>(text: &str, tokens: &Tokens, gazetteer: &'g Gazetteer) -> Vec<Mention<'g>> {
    let words = phrases::Words::of(text, tokens);
    let styles = style::of(&words);
    let found = matcher::longest_matches(&words, &styles, gazetteer);
    let people = people::named(&words, &found);
    let mut mentions: Vec<Mention<'g>> =
        found.iter().enumerate().filter_map(|(at, _)| evidence::weigh(&words, &styles, &people, &found, at)).collect();
    evidence::settle_by_document(&mut mentions);
    romanised::add(&words, &styles, gazetteer, &mut mentions);
    mentions.retain(|mention| {
        let style = styles.get(tokens.list[mention.first].sentence);
        mention.probability >= evidence::ACCEPT && style != Some(&style::Style::Furniture)
    });
    mentions.sort_by_key(|mention| mention.start);
    mentions
}

/// The byte ranges of the names of the gazetteer in a text, before anything is said of what they name: the longest at
/// each word, none overlapping another.
pub fn names(text: &str, tokens: &Tokens, gazetteer: &Gazetteer) -> Vec<Range<usize>> {
    let words = phrases::Words::of(text, tokens);
    let found = matcher::longest_matches(&words, &style::of(&words), gazetteer);
    found.iter().map(|name| tokens.list[name.first].start..tokens.list[name.last].end).collect()
}
