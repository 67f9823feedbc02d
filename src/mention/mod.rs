//! Tokens -> mentions: the stretches of text that name a place.

mod evidence;
mod matcher;
mod people;
mod phrases;
mod romanised;
mod style;

use crate::embedded::lexicon;
use crate::gazetteer::{Gazetteer, NameKind, Place};
use crate::text::Tokens;
use serde::Serialize;
use std::fmt;

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
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Place => "place",
            Kind::Demonym => "demonym",
            Kind::Embedded => "embedded",
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
