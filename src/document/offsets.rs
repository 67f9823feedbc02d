//! Byte offsets of the whole text -> offsets of the title or the text proper, in the unit that the user counts in.

use super::Document;
use std::ops::Range;

/// What offsets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points, as Python and PostgreSQL do.
    #[default]
    Chars,
    /// Bytes of UTF-8, as Rust, Go and C do.
    Bytes,
    /// UTF-16 code units, as JavaScript, Java and .NET do.
    Utf16,
}

/// What an offset counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The title that stands before the text proper.
    Title,
    /// The text proper.
    Text,
}

impl Part {
    /// `title` or `text`, as the output says it.
    pub fn name(self) -> &'static str {
        match self {
            Part::Title => "title",
            Part::Text => "text",
        }
    }
}

/// Turns byte offsets of [`Document::text`] into offsets of the title or the text proper, in one pass where
/// spans begin in rising order.
///
/// ```
/// use toponym::document::{Document, Meta, Offsets, Part, Unit};
/// let meta = Meta { title: Some("Алеппо".into()), ..Meta::default() };
/// let document = Document::titled("1", "In Homs.", meta);
/// let homs = document.text.find("Homs").unwrap();
/// let mut offsets = Offsets::new(&document, Unit::Chars);
/// assert_eq!(offsets.span(0..12), (Part::Title, 0..6));
/// assert_eq!(offsets.span(homs..homs + 4), (Part::Text, 3..7));
/// ```
pub struct Offsets<'d> {
    text: &'d str,
    body: usize,
    unit: Unit,
    /// Where the span last asked for begins, and units between there and the beginning of its part.
    last: (usize, usize),
}

impl<'d> Offsets<'d> {
    /// Starts at the beginning of `document`.
    pub fn new(document: &'d Document, unit: Unit) -> Self {
        Offsets { text: &document.text, body: document.body, unit, last: (0, 0) }
    }

    /// The part in which a range of bytes begins, and the range in it. An offset past the end counts as the end, one
    /// inside a character as that character's start.
    pub fn span(&mut self, bytes: Range<usize>) -> (Part, Range<usize>) {
        let (part, from) = if bytes.start < self.body { (Part::Title, 0) } else { (Part::Text, self.body) };
        if !(from..=bytes.start).contains(&self.last.0) {
            self.last = (from, 0);
        }
        self.last = self.count(bytes.start);
        (part, self.last.1..self.count(bytes.end).1)
    }

    /// The start of the character at an offset, and units from the beginning of the part to there: what lies behind the last
    /// span's start is counted from there, so that spans in rising order cost one pass, even where one begins in another.
    fn count(&self, to: usize) -> (usize, usize) {
        let (at, units) = self.last;
        let mut to = to.min(self.text.len()).max(at);
        while !self.text.is_char_boundary(to) {
            to -= 1;
        }
        let between = self.text.get(at..to).unwrap_or("");
        let more = match self.unit {
            Unit::Bytes => between.len(),
            Unit::Chars => between.chars().count(),
            Unit::Utf16 => between.encode_utf16().count(),
        };
        (to, units + more)
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Offsets, Part, Unit};
    use crate::document::Meta;

    #[test]
    fn every_unit_counts_from_the_beginning_of_its_part() {
        let meta = Meta { title: Some("é😀 Ulm".into()), ..Meta::default() };
        let document = Document::titled("1", "é😀 Bonn, Ulm", meta);
        let find = |name: &str| document.text.rfind(name).map(|at| at..at + name.len()).expect("in the text");
        let first = document.text.find("Ulm").map(|at| at..at + 3).expect("in the title");
        for (unit, title, bonn, ulm) in
            [(Unit::Chars, 3..6, 3..7, 9..12), (Unit::Bytes, 7..10, 7..11, 13..16), (Unit::Utf16, 4..7, 4..8, 10..13)]
        {
            let mut offsets = Offsets::new(&document, unit);
            // In the order of the text, and against it.
            assert_eq!(offsets.span(first.clone()), (Part::Title, title.clone()));
            assert_eq!(offsets.span(find("Bonn")), (Part::Text, bonn.clone()));
            assert_eq!(offsets.span(find("Ulm")), (Part::Text, ulm));
            assert_eq!(offsets.span(find("Bonn")), (Part::Text, bonn));
            assert_eq!(offsets.span(first.clone()), (Part::Title, title));
        }
    }

    #[test]
    fn offsets_past_the_end_and_inside_a_character_are_clamped() {
        let document = Document::new("1", "aé");
        let mut offsets = Offsets::new(&document, Unit::Chars);
        assert_eq!(offsets.span(2..99), (Part::Text, 1..2));
    }
}
