//! Matching of gold and predicted spans.

use std::collections::HashMap;
use std::ops::Range;

/// For each gold span the index of the predicted span that is equal to it, if there is one.
pub fn exact(gold: &[Range<usize>], predicted: &[Range<usize>]) -> Vec<Option<usize>> {
    let by_span: HashMap<&Range<usize>, usize> = predicted.iter().zip(0..).collect();
    gold.iter().map(|span| by_span.get(span).copied()).collect()
}

/// The size of a one-to-one matching of gold spans to predicted spans that overlap them by at least a code point. It is the largest
/// possible if no spans of one list overlap.
///
/// Both lists must be in the order of the text.
pub fn overlapping(gold: &[Range<usize>], predicted: &[Range<usize>]) -> usize {
    let (mut g, mut p, mut pairs) = (0, 0, 0);
    while let (Some(a), Some(b)) = (gold.get(g), predicted.get(p)) {
        if a.start < b.end && b.start < a.end {
            (g, p, pairs) = (g + 1, p + 1, pairs + 1);
        } else if a.end <= b.start {
            g += 1;
        } else {
            p += 1;
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
        assert_eq!(overlapping(&[0..10], &[0..3, 5..9]), 1, "two predicted in one gold mention are one match");
        assert_eq!(overlapping(&[0..3, 5..9], &[0..10]), 1);
        assert_eq!(overlapping(&[0..3, 5..9], &[2..6, 8..12]), 2);
        assert_eq!(overlapping(&[0..3], &[3..5]), 0, "they touch but do not overlap");
        assert_eq!(overlapping(&[0..3, 5..9], &[6..7]), 1);
        assert_eq!(overlapping(&[], &[6..7]), 0);
    }
}
