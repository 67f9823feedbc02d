//! What a document says of where, in its order: mentions with their places, relative places, mentions without a place.

use crate::document::{Offsets, Part, Unit};
use crate::gazetteer::PlaceRef;
use crate::geoparser::Parsed;
use crate::mention::{Kind, Unplaced};
use crate::relation::Relative;
use crate::resolve::Resolved;
use std::ops::Range;

/// A stretch of a document and what it was taken for.
pub struct Occurrence<'p, 'g> {
    /// Its place among those of the document, from 0.
    pub number: usize,
    /// Which part of the document it stands in.
    pub part: Part,
    /// Where it begins in that part, in the unit asked for.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// The same stretch in bytes of the document's text; empty where a given span lies outside it.
    pub bytes: Range<usize>,
    /// What it was taken for.
    pub answer: Answer<'p, 'g>,
}

/// What a stretch of text was taken for.
#[derive(Clone, Copy)]
pub enum Answer<'p, 'g> {
    /// A place of the gazetteer.
    Place(&'p Resolved<'g>),
    /// Somewhere relative to places, or coordinates.
    Relative(&'p Relative<'g>),
    /// Nothing.
    Unplaced(&'p Unplaced),
}

/// Everything that a document says of where: in the order of the text, or of the mentions given. Offsets count `unit`s.
pub fn occurrences<'p, 'g>(parsed: &'p Parsed<'_, 'g>, unit: Unit) -> Vec<Occurrence<'p, 'g>> {
    let mut answers = Vec::new();
    let mut relatives = parsed.relations.iter().peekable();
    for answer in mentions(parsed) {
        let before = |relative: &&Relative<'_>| answer.start().is_some_and(|start| start > relative.start);
        while let Some(relative) = relatives.next_if(before) {
            answers.push(Answer::Relative(relative));
        }
        answers.push(answer);
    }
    answers.extend(relatives.map(Answer::Relative));
    let document = parsed.document;
    let mut offsets = Offsets::new(document, unit);
    let located = answers.into_iter().enumerate().map(|(number, answer)| {
        let bytes = match answer {
            Answer::Place(resolved) => resolved.mention.start..resolved.mention.end,
            Answer::Relative(relative) => relative.start..relative.end,
            Answer::Unplaced(unplaced) => unplaced.bytes.clone().unwrap_or(0..0),
        };
        let (part, span) = match answer {
            // What lies outside the text has no offsets but those given.
            Answer::Unplaced(Unplaced { bytes: None, given, .. }) => (Part::Text, given.clone().unwrap_or(0..0)),
            _ => offsets.span(bytes.clone()),
        };
        Occurrence { number, part, start: span.start, end: span.end, bytes, answer }
    });
    located.collect()
}

/// The mentions with a place and without, in their order.
fn mentions<'p, 'g>(parsed: &'p Parsed<'_, 'g>) -> Vec<Answer<'p, 'g>> {
    let mut mentions = Vec::with_capacity(parsed.places.len() + parsed.unplaced.len());
    let mut places = parsed.places.iter().map(Answer::Place);
    for unplaced in &parsed.unplaced {
        let before = unplaced.order.saturating_sub(mentions.len());
        mentions.extend(places.by_ref().take(before));
        mentions.push(Answer::Unplaced(unplaced));
    }
    mentions.extend(places);
    mentions
}

impl Answer<'_, '_> {
    /// The byte of the text at which it begins; `None` for what lies outside.
    fn start(&self) -> Option<usize> {
        match self {
            Answer::Place(resolved) => Some(resolved.mention.start),
            Answer::Relative(relative) => Some(relative.start),
            Answer::Unplaced(unplaced) => unplaced.bytes.as_ref().map(|bytes| bytes.start),
        }
    }
}

impl<'g> Occurrence<'_, 'g> {
    /// The place of the gazetteer, if it is one.
    pub fn place(&self) -> Option<PlaceRef<'g>> {
        match self.answer {
            Answer::Place(resolved) => Some(resolved.place),
            _ => None,
        }
    }

    /// What sort of mention it is; `None` for one that was given and has no place.
    pub fn kind(&self) -> Option<Kind> {
        match self.answer {
            Answer::Place(resolved) => Some(resolved.mention.kind),
            Answer::Relative(relative) => Some(relative.kind),
            Answer::Unplaced(unplaced) => unplaced.kind,
        }
    }

    /// How probable the answer is; without a place, how probable it is that it names one at all.
    pub fn confidence(&self) -> Option<f64> {
        match self.answer {
            Answer::Place(resolved) => Some(resolved.confidence),
            Answer::Relative(relative) => Some(relative.confidence),
            Answer::Unplaced(unplaced) => unplaced.probability,
        }
    }

    /// As it stands in the text, white space made single.
    pub fn text(&self, parsed: &Parsed<'_, '_>) -> String {
        spaced(parsed.document.text.get(self.bytes.clone()).unwrap_or(""))
    }

    /// The sentence in which it begins, white space made single.
    pub fn sentence(&self, parsed: &Parsed<'_, '_>) -> String {
        parsed.sentence_at(self.bytes.start)
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
