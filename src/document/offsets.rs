//! Bytes of the whole text <-> offsets in the title or the text proper, in the unit that a user counts in.

use super::Document;
use crate::text::Span;
use serde::Deserialize;
use std::ops::Range;

/// What offsets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Unit {
    /// Unicode code points, as Python and PostgreSQL do.
    #[default]
    Chars,
    /// Bytes of UTF-8, as Rust, Go and C do.
    Bytes,
    /// UTF-16 code units, as JavaScript, Java and .NET do.
    Utf16,
}

/// The part of a document that an offset counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The title that stands before the text proper.
    Title,
    /// The text proper.
    Text,
}

impl Part {
    /// `title` or `text`, as the output names it.
    pub fn name(self) -> &'static str {
        match self {
            Part::Title => "title",
            Part::Text => "text",
        }
    }
}

impl Document {
    /// Spans for stretches of the text proper that are given by their first code point and the one after their last, as
    /// JSON and Python give them. Past the end of the text every code point counts as one byte, so that [`Offsets`]
    /// gives back what was given.
    ///
    /// ```
    /// use toponym::Document;
    /// let document = Document::new("1", "Алеппо, Homs");
    /// let [homs, outside] = document.byte_spans([(8, 12), (8, 20)])[..] else { panic!("two spans") };
    /// assert_eq!((homs.slice(&document.text), outside.slice(&document.text)), (Some("Homs"), None));
    /// ```
    pub fn byte_spans(&self, code_points: impl IntoIterator<Item = (usize, usize)>) -> Vec<Span> {
        let mut spans: Vec<Span> = code_points.into_iter().map(|(start, end)| Span::new(start, end)).collect();
        // All positions in rising order, so that one pass over the text serves them.
        let mut positions: Vec<&mut usize> =
            spans.iter_mut().flat_map(|span| [&mut span.start, &mut span.end]).collect();
        positions.sort_unstable();
        let text = self.text_proper();
        let (mut rest, mut passed) = (text.chars(), 0);
        for position in positions {
            let (before, more) = (rest.as_str(), *position - passed);
            passed = match more.checked_sub(1).map(|skipped| rest.nth(skipped)) {
                // Past the end.
                Some(None) => passed + before.chars().count(),
                _ => *position,
            };
            let byte = self.body + text.len() - rest.as_str().len();
            *position = byte.saturating_add(*position - passed);
        }
        spans
    }
}

/// Turns spans of [`Document::text`] into offsets of the title or the text proper, in one pass where the spans begin in
/// rising order.
///
/// ```
/// use toponym::{Document, Span};
/// use toponym::document::{Meta, Offsets, Part, Unit};
/// let meta = Meta { title: Some("Алеппо".into()), ..Meta::default() };
/// let document = Document::titled("1", "In Homs.", meta);
/// let homs = document.text.find("Homs").unwrap();
/// let mut offsets = Offsets::new(&document, Unit::Chars);
/// assert_eq!(offsets.range(Span::new(0, 12)), (Part::Title, 0..6));
/// assert_eq!(offsets.range(Span::new(homs, homs + 4)), (Part::Text, 3..7));
/// ```
pub struct Offsets<'d> {
    text: &'d str,
    /// Where the text proper begins, in bytes.
    body: usize,
    unit: Unit,
    /// A byte, and the units between it and the beginning of its part.
    last: (usize, usize),
}

impl<'d> Offsets<'d> {
    /// Starts at the beginning of `document`.
    pub fn new(document: &'d Document, unit: Unit) -> Self {
        Offsets { text: &document.text, body: document.body, unit, last: (0, 0) }
    }

    /// The part in which a span begins, and the range in it. An offset inside a character counts as that character's
    /// start; past the end of the text every byte counts as one unit.
    pub fn range(&mut self, span: Span) -> (Part, Range<usize>) {
        let (part, from) = if span.start < self.body { (Part::Title, 0) } else { (Part::Text, self.body) };
        let start = self.units(from, span.start);
        let before = self.last;
        let end = self.units(from, span.end.max(from));
        // The next span may begin in this one.
        self.last = before;
        (part, start..end)
    }

    /// The units between the beginning of a part and a byte. They are counted from the byte last asked for where that
    /// lies before this one, so that spans in rising order cost one pass.
    fn units(&mut self, from: usize, to: usize) -> usize {
        if !(from..=to).contains(&self.last.0) {
            self.last = (from, 0);
        }
        let (at, units) = self.last;
        let length = self.text.len();
        let mut inside = to.min(length).max(at.min(length));
        while !self.text.is_char_boundary(inside) {
            inside -= 1;
        }
        let between = self.text.get(at..inside).unwrap_or("");
        let more = match self.unit {
            Unit::Bytes => between.len(),
            Unit::Chars => between.chars().count(),
            Unit::Utf16 => between.encode_utf16().count(),
        };
        let beyond = to.saturating_sub(at.max(length));
        let here = if beyond > 0 { to } else { inside };
        self.last = (here, units.saturating_add(more).saturating_add(beyond));
        self.last.1
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Offsets, Part, Unit};
    use crate::document::Meta;
    use crate::text::Span;

    #[test]
    fn every_unit_counts_from_the_beginning_of_its_part() {
        let meta = Meta { title: Some("é😀 Ulm".into()), ..Meta::default() };
        let document = Document::titled("1", "é😀 Bonn, Ulm", meta);
        let find =
            |name: &str| document.text.rfind(name).map(|at| Span::new(at, at + name.len())).expect("in the text");
        let first = document.text.find("Ulm").map(|at| Span::new(at, at + 3)).expect("in the title");
        for (unit, title, bonn, ulm) in
            [(Unit::Chars, 3..6, 3..7, 9..12), (Unit::Bytes, 7..10, 7..11, 13..16), (Unit::Utf16, 4..7, 4..8, 10..13)]
        {
            let mut offsets = Offsets::new(&document, unit);
            // In the order of the text, and against it.
            assert_eq!(offsets.range(first), (Part::Title, title.clone()));
            assert_eq!(offsets.range(find("Bonn")), (Part::Text, bonn.clone()));
            assert_eq!(offsets.range(find("Ulm")), (Part::Text, ulm));
            assert_eq!(offsets.range(find("Bonn")), (Part::Text, bonn));
            assert_eq!(offsets.range(first), (Part::Title, title));
        }
    }

    #[test]
    fn offsets_inside_a_character_are_its_start_and_those_past_the_end_count_on() {
        let document = Document::new("1", "aé");
        let mut offsets = Offsets::new(&document, Unit::Chars);
        assert_eq!(offsets.range(Span::new(2, 99)), (Part::Text, 1..98));
        assert_eq!(offsets.range(Span::new(usize::MAX, usize::MAX)), (Part::Text, usize::MAX - 1..usize::MAX - 1));
    }

    #[test]
    fn code_points_that_are_given_come_back_wherever_they_lie() {
        let meta = Meta { title: Some("Über 😀".into()), ..Meta::default() };
        let document = Document::titled("1", "In Žižkov 😀.", meta);
        let given = [(3, 9), (9, 9), (7, 2), (5, 700), (600, 700), (10, 11)];
        let mut offsets = Offsets::new(&document, Unit::Chars);
        for (span, (start, end)) in document.byte_spans(given).into_iter().zip(given) {
            assert_eq!(offsets.range(span), (Part::Text, start..end));
        }
    }
}
