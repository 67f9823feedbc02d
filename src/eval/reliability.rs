//! Whether probabilities are what they say: of the mentions found with 80 to 90 %, 80 to 90 % should be right.

use super::judge::Outcome;
use std::fmt::Write;

/// Mentions by how probable the program holds them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bucket {
    found: usize,
    right: usize,
    /// Sum of the probabilities.
    expected: f64,
}

/// How many buckets there are, all of one width.
const BUCKETS: usize = 10;

/// For each tenth of probability, how many mentions were found (demonyms left out, and those without a place), what share of
/// them the program expects to be right and what share is, by exact spans; and the mean difference of the two.
pub fn reliability(outcomes: &[Outcome]) -> String {
    let buckets = buckets(outcomes);
    let all: usize = buckets.iter().map(|bucket| bucket.found).sum();
    let mut out = String::from(
        "Reliability of the probability that a mention is one\nprobability    mentions   expected   observed\n",
    );
    let mut off = 0.0;
    for (bucket, at) in buckets.iter().zip(0u32..).filter(|(bucket, _)| bucket.found > 0) {
        let found = bucket.found as f64;
        let (expected, observed) = (100.0 * bucket.expected / found, 100.0 * bucket.right as f64 / found);
        off += (expected - observed).abs() * found / all as f64;
        let low = f64::from(at) / BUCKETS as f64;
        // Writing to a string does not fail.
        let _ = writeln!(out, "{low:.1} to {:.1}  {:>10} {expected:>10.1} {observed:>10.1}", low + 0.1, bucket.found);
    }
    let _ = writeln!(out, "mean difference {off:.1} points");
    out
}

fn buckets(outcomes: &[Outcome]) -> [Bucket; BUCKETS] {
    let mut buckets = [Bucket::default(); BUCKETS];
    for found in outcomes.iter().flat_map(|outcome| &outcome.found).filter(|found| !found.demonym) {
        let Some(probability) = found.probability else { continue };
        let bucket = &mut buckets[((probability * BUCKETS as f64) as usize).min(BUCKETS - 1)];
        bucket.found += 1;
        bucket.right += usize::from(found.wanted.is_some());
        bucket.expected += probability;
    }
    buckets
}

#[cfg(test)]
mod tests {
    use super::reliability;
    use crate::eval::judge::{Found, Outcome};
    use crate::mention::Kind;

    #[test]
    fn mentions_are_counted_by_their_probability() {
        let found = |probability, wanted| Found {
            span: 0..1,
            text: String::new(),
            kind: Kind::Place,
            demonym: false,
            answer: None,
            probability: Some(probability),
            wanted,
        };
        let found = vec![found(0.82, Some(0)), found(0.88, None), found(1.0, Some(1))];
        let outcome = Outcome { corpus: String::new(), document: String::new(), wanted: Vec::new(), found };
        let table = reliability(&[outcome]);
        assert!(table.contains("0.8 to 0.9           2       85.0       50.0"), "{table}");
        assert!(table.contains("0.9 to 1.0           1      100.0      100.0"), "{table}");
        assert!(table.ends_with("mean difference 23.3 points\n"), "{table}");
    }
}
