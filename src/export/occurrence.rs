//! What a document says of where, in its order: mentions with their places, relative places, mentions without a place.

use crate::gazetteer::Place;
use crate::geoparser::Parsed;
use crate::mention::{Kind, Unplaced};
use crate::relation::Relative;
use crate::resolve::Resolved;
use crate::text::{ByteOffsets, CharOffsets};
use std::ops::Range;

/// A stretch of a document and what it was taken for.
pub struct Occurrence<'p, 'g> {
    /// Its place among those of the document, from 0.
    pub number: usize,
    /// Which part of the document it stands in.
    pub part: Part,
    /// Code points of the part before it.
    pub start: usize,
    /// Code points of the part before its end.
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

/// The parts of a document, each with offsets of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The headline.
    Title,
    /// The text proper.
    Text,
}

impl Part {
    /// As the output names it.
    pub fn name(self) -> &'static str {
        match self {
            Part::Title => "title",
            Part::Text => "text",
        }
    }
}

/// Everything that a document says of where: in the order of the text, or of the mentions given.
pub fn occurrences<'p, 'g>(parsed: &'p Parsed<'_, 'g>) -> Vec<Occurrence<'p, 'g>> {
    let mut answers: Vec<Answer<'p, 'g>> = parsed.places.iter().map(Answer::Place).collect();
    for unplaced in &parsed.unplaced {
        answers.insert(unplaced.order.min(answers.len()), Answer::Unplaced(unplaced));
    }
    for relative in &parsed.relations {
        let after = |answer: &Answer<'_, '_>| match answer {
            Answer::Place(resolved) => resolved.mention.start > relative.start,
            Answer::Relative(other) => other.start > relative.start,
            Answer::Unplaced(_) => false,
        };
        let at = answers.iter().position(after).unwrap_or(answers.len());
        answers.insert(at, Answer::Relative(relative));
    }
    let mut chars = CharOffsets::new(&parsed.document.text);
    let body = chars.at(parsed.document.body);
    let bytes = (!parsed.unplaced.is_empty()).then(|| ByteOffsets::new(&parsed.document.text));
    let located = answers.into_iter().enumerate().map(|(number, answer)| {
        let (bytes, span) = match answer {
            Answer::Place(resolved) => span(&mut chars, resolved.mention.start, resolved.mention.end),
            Answer::Relative(relative) => span(&mut chars, relative.start, relative.end),
            Answer::Unplaced(unplaced) => {
                let bytes = bytes.as_ref().and_then(|bytes| bytes.range(unplaced.span.start, unplaced.span.end));
                (bytes.unwrap_or(0..0), unplaced.span.clone())
            }
        };
        let (part, before) = if span.start < body { (Part::Title, 0) } else { (Part::Text, body) };
        let (start, end) = (span.start - before, span.end.saturating_sub(before));
        Occurrence { number, part, start, end, bytes, answer }
    });
    located.collect()
}

fn span(chars: &mut CharOffsets<'_>, start: usize, end: usize) -> (Range<usize>, Range<usize>) {
    (start..end, chars.at(start)..chars.at(end))
}

impl<'g> Occurrence<'_, 'g> {
    /// The place of the gazetteer, if it is one.
    pub fn place(&self) -> Option<Place<'g>> {
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
            Answer::Unplaced(_) => None,
        }
    }

    /// How probable the answer is, if there is one.
    pub fn confidence(&self) -> Option<f64> {
        match self.answer {
            Answer::Place(resolved) => Some(resolved.confidence),
            Answer::Relative(relative) => Some(relative.confidence),
            Answer::Unplaced(_) => None,
        }
    }

    /// As it stands in the text, white space made single.
    pub fn text(&self, parsed: &Parsed<'_, '_>) -> String {
        spaced(parsed.document.text.get(self.bytes.clone()).unwrap_or(""))
    }

    /// The sentence in which it begins, white space made single.
    pub fn sentence(&self, parsed: &Parsed<'_, '_>) -> String {
        let sentences = &parsed.tokens.sentences;
        let at = sentences.partition_point(|sentence| sentence.end <= self.bytes.start);
        let sentence = sentences.get(at).filter(|sentence| sentence.contains(&self.bytes.start));
        spaced(sentence.and_then(|sentence| parsed.document.text.get(sentence.clone())).unwrap_or(""))
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
