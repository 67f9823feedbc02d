//! Reliability of the probabilities: of the mentions with a probability of 80 to 90 %, 80 to 90 % should be right.

use super::metrics::NEAR_KM;
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

/// Two tables with one row for each tenth of a probability: the number of predicted mentions without demonyms, the mean probability and
/// the share of those that are right, in per cent; and the mean absolute difference of the two. The first is of the probability that a
/// mention is one, by exact spans; the second of the confidence of answers, which are right within 161 km; what is annotated without
/// coordinates is left out.
pub fn reliability(documents: &[DocumentScore]) -> String {
    let predicted = || documents.iter().flat_map(|document| document.predicted.iter().map(move |own| (document, own)));
    let named = || predicted().filter(|(_, own)| !own.demonym);
    let mentions = named().filter_map(|(_, own)| Some((own.probability?, own.gold.is_some())));
    let answers = named().filter_map(|(document, own)| {
        let confidence = own.confidence?;
        let Some(gold) = own.gold.and_then(|gold| document.gold.get(gold)) else { return Some((confidence, false)) };
        Some((confidence, gold.error_km(own.answer.as_ref())? <= NEAR_KM))
    });
    let mentions = table("Reliability of the probability that a mention is one", mentions);
    mentions + "\n" + &table("Reliability of the confidence of answers", answers)
}

/// The table of predictions, each with its probability and whether it is right.
fn table(title: &str, predictions: impl Iterator<Item = (f64, bool)>) -> String {
    let mut buckets = [Bucket::default(); BUCKETS];
    for (probability, right) in predictions {
        let bucket = &mut buckets[((probability * BUCKETS as f64) as usize).min(BUCKETS - 1)];
        bucket.predicted += 1;
        bucket.true_positives += usize::from(right);
        bucket.expected += probability;
    }
    let all: usize = buckets.iter().map(|bucket| bucket.predicted).sum();
    let mut out = format!("{title}\nprobability    mentions   expected   observed\n");
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
            confidence: None,
            gold,
        };
        let predicted = vec![mention(0.82, Some(0)), mention(0.88, None), mention(1.0, Some(1))];
        let document = DocumentScore { corpus: String::new(), document: String::new(), gold: Vec::new(), predicted };
        let table = reliability(&[document]);
        assert!(table.contains("0.8 to 0.9           2       85.0       50.0"), "{table}");
        assert!(table.contains("0.9 to 1.0           1      100.0      100.0"), "{table}");
        assert!(table.contains("mean difference 23.3 points\n"), "{table}");
    }

    #[test]
    fn answers_that_nobody_annotated_are_wrong() {
        let mut mention = PredictedMention {
            span: 0..1,
            text: String::new(),
            kind: Kind::Place,
            demonym: false,
            answer: None,
            probability: Some(0.9),
            confidence: Some(0.75),
            gold: None,
        };
        let score = |predicted| {
            let (corpus, document) = (String::new(), String::new());
            reliability(&[DocumentScore { corpus, document, gold: Vec::new(), predicted: vec![predicted] }])
        };
        let table = score(mention.clone());
        assert!(
            table.ends_with("0.7 to 0.8           1       75.0        0.0\nmean difference 75.0 points\n"),
            "{table}"
        );
        mention.confidence = None;
        assert!(score(mention).ends_with("mean difference 0.0 points\n"), "what has no answer is not counted");
    }
}
