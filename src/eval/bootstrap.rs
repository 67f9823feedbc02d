//! How sure the figures are: confidence intervals by the bootstrap (Efron, 1979).

use super::metrics::{METRICS, Scores};
use super::tally::Tally;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Between which values a figure lies with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The 2.5th percentile.
    pub low: f64,
    /// The 97.5th percentile.
    pub high: f64,
}

/// The same documents and the same number of resamplings always give the same intervals.
const SEED: u64 = 20_100_301;

/// The intervals of all figures from `resamples` drawings of as many documents, with replacement: mentions of one
/// document are right or wrong together, so documents are drawn, not mentions.
pub fn intervals(documents: &[Tally], resamples: usize) -> BTreeMap<&'static str, Interval> {
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut drawn: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
    for _ in 0..resamples {
        let sample: Tally = documents.iter().map(|_| &documents[random.usize(..documents.len())]).sum();
        let scores = Scores::of(&sample);
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
    use crate::eval::tally::Tally;
    use crate::eval::tally::{Counts, Findings};

    fn document(right: usize) -> Tally {
        let exact = Counts { gold: 1, found: 1, right };
        Tally { with_demonyms: Findings { exact, ..Findings::default() }, ..Tally::default() }
    }

    #[test]
    fn percentiles() {
        let values: Vec<f64> = (0..=1000).rev().map(f64::from).collect();
        let interval = interval(values).expect("values");
        assert_eq!((interval.low, interval.high), (25.0, 975.0));
    }

    #[test]
    fn intervals_hold_the_figure_and_repeat() {
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
