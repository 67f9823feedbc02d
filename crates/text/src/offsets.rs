//! Code points -> bytes of a text.

use std::ops::Range;

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

    /// The byte range of the code points from `start` to before `end`; `None` if it is empty or not in the text.
    pub fn range(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let range = *self.0.get(start)?..*self.0.get(end)?;
        (!range.is_empty()).then_some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::ByteOffsets;

    #[test]
    fn code_points_have_their_bytes_and_what_is_outside_has_none() {
        let text = "aé漢😀z";
        let bytes = ByteOffsets::new(text);
        for (start, c) in text.chars().enumerate() {
            let range = bytes.range(start, start + 1).expect("in the text");
            assert_eq!(text.get(range), Some(c.to_string().as_str()));
        }
        assert_eq!(bytes.range(2, 2), None);
        assert_eq!(bytes.range(3, 2), None);
        assert_eq!(bytes.range(4, 6), None);
        assert_eq!(ByteOffsets::new("").range(0, 1), None);
    }
}
