//! Byte offsets to code points.

/// Turns byte offsets of a text into offsets in Unicode code points, in one pass for rising offsets.
///
/// ```
/// use toponym::text::CharOffsets;
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

#[cfg(test)]
mod tests {
    use super::CharOffsets;

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
