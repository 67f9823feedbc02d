//! Confidence intervals of the metrics by the bootstrap (Efron, 1979).

use super::metrics::{METRICS, Scores};
use super::tally::Tally;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The 95 % confidence interval of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The 2.5th percentile.
    pub low: f64,
    /// The 97.5th percentile.
    pub high: f64,
}

/// Seed of the random numbers, so that the same documents and the same number of resamplings give the same intervals.
const SEED: u64 = 20_100_301;

/// The intervals of all metrics from `resamples` samples of as many documents, drawn with replacement. Documents are drawn, not mentions,
/// because the errors of one document are not independent.
pub fn intervals(documents: &[Tally], resamples: usize) -> BTreeMap<&'static str, Interval> {
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut drawn: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
    for _ in 0..resamples {
        let sample: Tally = documents.iter().map(|_| &documents[random.usize(..documents.len())]).sum();
        let scores = Scores::from_tally(&sample);
        for (name, _) in METRICS {
            drawn.entry(name).or_default().extend(scores.get(name));
        }
    }
    drawn.into_iter().filter_map(|(name, values)| Some((name, interval(values)?))).collect()
}

fn interval(mut values: Vec<f64>) -> Option<Interval> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let at = |share: f64| values[(share * last as f64).round() as usize];
    Some(Interval { low: at(0.025), high: at(0.975) })
}

#[cfg(test)]
mod tests {
    use super::{interval, intervals};
    use crate::eval::tally::{Counts, SpanCounts, Tally};

    fn document(true_positives: usize) -> Tally {
        let exact = Counts { gold: 1, predicted: 1, true_positives };
        Tally { with_demonyms: SpanCounts { exact, ..SpanCounts::default() }, ..Tally::default() }
    }

    #[test]
    fn percentiles() {
        let values: Vec<f64> = (0..=1000).rev().map(f64::from).collect();
        let interval = interval(values).expect("values");
        assert_eq!((interval.low, interval.high), (25.0, 975.0));
    }

    #[test]
    fn intervals_contain_the_metric_and_repeat() {
        // 50 of 100 right: the standard error of the share is 5 points, the interval about ±10.
        let documents: Vec<Tally> = (0..100).map(|n| document(n % 2)).collect();
        let first = intervals(&documents, 1000)["recognition.exact.f1"];
        assert!((0.37..=0.43).contains(&first.low) && (0.57..=0.63).contains(&first.high), "{first:?}");
        assert_eq!(intervals(&documents, 1000)["recognition.exact.f1"], first);
    }

    #[test]
    fn nothing_has_no_intervals() {
        assert!(intervals(&[], 100).is_empty());
        assert!(intervals(&[document(1)], 0).is_empty());
        assert!(!intervals(&[document(1)], 10).contains_key("resolution.auc"));
    }
}
