//! Which mention of the program is which of the annotators'.

use std::collections::HashMap;
use std::ops::Range;

/// For each gold span the found span that is the very same, if there is one.
pub fn exact(gold: &[Range<usize>], found: &[Range<usize>]) -> Vec<Option<usize>> {
    let by_span: HashMap<&Range<usize>, usize> = found.iter().zip(0..).collect();
    gold.iter().map(|span| by_span.get(span).copied()).collect()
}

/// How many gold spans can be given a found span of their own that shares at least a code point with them: the
/// largest number, if no span overlaps another of its own side.
///
/// Both lists must be in the order of the text.
pub fn overlapping(gold: &[Range<usize>], found: &[Range<usize>]) -> usize {
    let (mut g, mut f, mut pairs) = (0, 0, 0);
    while let (Some(a), Some(b)) = (gold.get(g), found.get(f)) {
        if a.start < b.end && b.start < a.end {
            (g, f, pairs) = (g + 1, f + 1, pairs + 1);
        } else if a.end <= b.start {
            g += 1;
        } else {
            f += 1;
        }
    }
    pairs
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "lists of one span")]
mod tests {
    use super::{exact, overlapping};

    #[test]
    fn equal_spans_match_exactly() {
        assert_eq!(exact(&[0..3, 5..9], &[5..9, 0..4]), [None, Some(0)]);
        assert_eq!(exact(&[0..3], &[]), [None]);
        assert!(exact(&[], &[0..3]).is_empty());
    }

    #[test]
    fn overlaps_match_one_to_one() {
        assert_eq!(overlapping(&[0..10], &[0..3, 5..9]), 1, "two found in one gold mention are one hit");
        assert_eq!(overlapping(&[0..3, 5..9], &[0..10]), 1);
        assert_eq!(overlapping(&[0..3, 5..9], &[2..6, 8..12]), 2);
        assert_eq!(overlapping(&[0..3], &[3..5]), 0, "they touch, no more");
        assert_eq!(overlapping(&[0..3, 5..9], &[6..7]), 1);
        assert_eq!(overlapping(&[], &[6..7]), 0);
    }
}
