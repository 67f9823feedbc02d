//! The mentions of a document as features show them: numbered, with offsets in the unit that the user counts in.

use super::window::window;
use crate::annotations::{Annotations, Mention};
use crate::document::{Document, Offsets, Part, Unit};

/// A mention, its number and its offsets.
pub struct Occurrence<'a> {
    /// Its number among the mentions of the document, from 0.
    pub number: usize,
    /// The part of the document that it stands in.
    pub part: Part,
    /// Where it begins in that part, in the unit asked for.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// The mention.
    pub mention: &'a Mention,
}

/// The mentions of a document, in their order. Offsets count `unit`s.
pub fn occurrences<'a>(document: &Document, annotations: &'a Annotations, unit: Unit) -> Vec<Occurrence<'a>> {
    let mut offsets = Offsets::new(document, unit);
    let mentions = annotations.mentions.iter().enumerate();
    let located = mentions.map(|(number, mention)| {
        let (part, range) = offsets.range(mention.span);
        Occurrence { number, part, start: range.start, end: range.end, mention }
    });
    located.collect()
}

/// The text of a mention, white space made single.
pub fn text(document: &Document, mention: &Mention) -> String {
    spaced(mention.text(document))
}

/// The sentence of a mention, or a window of it; empty for a span outside the text.
pub fn sentence(document: &Document, mention: &Mention) -> String {
    let Mention { span, sentence, .. } = mention;
    window(&document.text, sentence.start..sentence.end, span.start..span.end)
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
