//! A stretch of a text.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// A stretch of a text, in bytes of its UTF-8, the end exclusive.
///
/// A span that a caller made need not lie in the text that it is used with; [`Span::slice`] then gives `None`.
///
/// ```
/// use toponym_text::Span;
/// let span = Span::new(15, 21);
/// assert_eq!(span.slice("Shells fell on Aleppo."), Some("Aleppo"));
/// assert_eq!(span.slice("Shells"), None);
/// assert_eq!(span, Span::from(15..21));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` to before `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// Number of bytes; 0 when the end lies before the start.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The same as a range of the standard library.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Its part of a text; `None` when it reaches past the text, ends before it begins, or cuts a character.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span { start: range.start, end: range.end }
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.range()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_outside_its_text_has_no_slice() {
        let text = "aé漢";
        assert_eq!(Span::new(1, 3).slice(text), Some("é"));
        for (start, end) in [(0, 99), (2, 3), (3, 1), (9, 9)] {
            assert_eq!(Span::new(start, end).slice(text), None, "{start}..{end}");
        }
        assert_eq!((Span::new(3, 1).len(), Span::new(6, 6).slice(text)), (0, Some("")));
    }

    #[test]
    fn spans_that_touch_do_not_overlap() {
        assert!(Span::new(0, 3).overlaps(Span::new(2, 4)) && !Span::new(0, 3).overlaps(Span::new(3, 4)));
    }
}
