//! Reliability of the probabilities: of the mentions with a probability of 80 to 90 %, 80 to 90 % should be right.

use super::scorer::DocumentScore;
use std::fmt::Write;

/// Predicted mentions of similar probability.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bucket {
    predicted: usize,
    true_positives: usize,
    /// Sum of the probabilities.
    expected: f64,
}

/// Number of buckets, all of the same width.
const BUCKETS: usize = 10;

/// A table with one row for each tenth of probability: the number of predicted mentions (without demonyms and mentions without a
/// probability), the mean probability and the share of true positives by exact spans, in per cent; and the mean absolute difference of
/// the two.
pub fn reliability(documents: &[DocumentScore]) -> String {
    let buckets = buckets(documents);
    let all: usize = buckets.iter().map(|bucket| bucket.predicted).sum();
    let mut out = String::from(
        "Reliability of the probability that a mention is one\nprobability    mentions   expected   observed\n",
    );
    let mut off = 0.0;
    for (bucket, at) in buckets.iter().zip(0u32..).filter(|(bucket, _)| bucket.predicted > 0) {
        let count = bucket.predicted as f64;
        let (expected, observed) = (100.0 * bucket.expected / count, 100.0 * bucket.true_positives as f64 / count);
        off += (expected - observed).abs() * count / all as f64;
        let low = f64::from(at) / BUCKETS as f64;
        // Writing to a string does not fail.
        let _ = writeln!(out, "{low:.1} to {:.1}  {count:>10} {expected:>10.1} {observed:>10.1}", low + 0.1);
    }
    let _ = writeln!(out, "mean difference {off:.1} points");
    out
}

fn buckets(documents: &[DocumentScore]) -> [Bucket; BUCKETS] {
    let mut buckets = [Bucket::default(); BUCKETS];
    let predicted = documents.iter().flat_map(|document| &document.predicted);
    for mention in predicted.filter(|mention| !mention.demonym) {
        let Some(probability) = mention.probability else { continue };
        let bucket = &mut buckets[((probability * BUCKETS as f64) as usize).min(BUCKETS - 1)];
        bucket.predicted += 1;
        bucket.true_positives += usize::from(mention.gold.is_some());
        bucket.expected += probability;
    }
    buckets
}

#[cfg(test)]
mod tests {
    use super::reliability;
    use crate::eval::scorer::{DocumentScore, PredictedMention};
    use crate::mention::Kind;

    #[test]
    fn mentions_are_counted_by_their_probability() {
        let mention = |probability, gold| PredictedMention {
            span: 0..1,
            text: String::new(),
            kind: Kind::Place,
            demonym: false,
            answer: None,
            probability: Some(probability),
            gold,
        };
        let predicted = vec![mention(0.82, Some(0)), mention(0.88, None), mention(1.0, Some(1))];
        let document = DocumentScore { corpus: String::new(), document: String::new(), gold: Vec::new(), predicted };
        let table = reliability(&[document]);
        assert!(table.contains("0.8 to 0.9           2       85.0       50.0"), "{table}");
        assert!(table.contains("0.9 to 1.0           1      100.0      100.0"), "{table}");
        assert!(table.ends_with("mean difference 23.3 points\n"), "{table}");
    }
}
