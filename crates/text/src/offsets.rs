//! Byte offsets to code points and back.

use std::ops::Range;

/// Turns byte offsets of a text into offsets in Unicode code points, in one pass for rising offsets.
///
/// ```
/// use toponym_text::CharOffsets;
/// let text = "Алеппо, Aleppo";
/// let mut chars = CharOffsets::new(text);
/// assert_eq!(chars.at(text.find("Aleppo").unwrap()), 8);
/// ```
pub struct CharOffsets<'t> {
    text: &'t str,
    bytes: usize,
    chars: usize,
}

impl<'t> CharOffsets<'t> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'t str) -> Self {
        CharOffsets { text, bytes: 0, chars: 0 }
    }

    /// Code points before byte `offset`. An offset past the end counts as the end; one inside a character counts
    /// as that character's start.
    pub fn at(&mut self, offset: usize) -> usize {
        if offset < self.bytes {
            (self.bytes, self.chars) = (0, 0);
        }
        let starts = |bytes: &[u8]| bytes.iter().filter(|&&b| !(0x80..0xc0).contains(&b)).count();
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.chars += starts(&self.text.as_bytes()[self.bytes.min(end)..end]);
        self.bytes = end;
        self.chars
    }
}

/// Turns offsets in Unicode code points into byte offsets of a text.
///
/// ```
/// use toponym_text::ByteOffsets;
/// let text = "Алеппо, Aleppo";
/// let bytes = ByteOffsets::new(text);
/// assert_eq!(bytes.range(8, 14).and_then(|range| text.get(range)), Some("Aleppo"));
/// assert_eq!(bytes.range(8, 15), None);
/// ```
pub struct ByteOffsets(Vec<usize>);

impl ByteOffsets {
    /// Notes where each code point of `text` begins.
    pub fn new(text: &str) -> Self {
        ByteOffsets(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    /// The byte at which a code point begins. Past the end every code point counts as one byte, so that no two
    /// positions become one.
    pub fn byte(&self, code_point: usize) -> usize {
        let (count, length) = (self.0.len() - 1, self.0.last().copied().unwrap_or(0));
        self.0.get(code_point).copied().unwrap_or_else(|| (code_point - count).saturating_add(length))
    }

    /// The byte range of the code points from `start` to before `end`; `None` if it is empty or not in the text.
    pub fn range(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let range = *self.0.get(start)?..*self.0.get(end)?;
        (!range.is_empty()).then_some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::{ByteOffsets, CharOffsets};

    #[test]
    fn code_points_and_bytes_lead_back_to_each_other() {
        let text = "aé漢😀z";
        let (bytes, mut chars) = (ByteOffsets::new(text), CharOffsets::new(text));
        for start in 0..5 {
            let range = bytes.range(start, start + 1).expect("in the text");
            assert_eq!((chars.at(range.start), chars.at(range.end)), (start, start + 1));
        }
        assert_eq!((bytes.byte(3), bytes.byte(5), bytes.byte(9)), (6, 11, 15), "past the end a byte each");
        assert_eq!(bytes.range(2, 2), None);
        assert_eq!(bytes.range(3, 2), None);
        assert_eq!(bytes.range(4, 6), None);
        assert_eq!(ByteOffsets::new("").range(0, 1), None);
    }

    #[test]
    fn offsets_count_code_points_in_any_order() {
        let text = "aé漢😀z";
        let mut offsets = CharOffsets::new(text);
        for (chars, (bytes, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.at(bytes), chars);
        }
        assert_eq!(offsets.at(1), 1);
        assert_eq!(offsets.at(2), 1, "inside é");
        assert_eq!(offsets.at(999), 5);
    }
}
