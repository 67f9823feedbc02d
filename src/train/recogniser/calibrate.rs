//! Mentions found in texts held out -> the calibration of the model's probabilities, by isotonic regression (pooling of adjacent
//! violators).

use super::folds::Sample;
use crate::mention::Calibration;
use crate::mention::calibration::LOGIT_MARGIN;
use crate::probability::logit;

/// Smallest number of mentions in a pool.
const POOLED: f64 = 80.0;

/// Smallest width of a pool, in log-odds.
const WIDTH: f64 = 0.5;

/// A corpus annotates demonyms if more than this share of the demonyms found is annotated.
const ANNOTATED: f64 = 0.3;

/// Mentions of neighbouring probabilities, which give one point of the calibration.
#[derive(Clone, Copy, Debug, Default)]
struct Pool {
    count: f64,
    /// Sum of their weights.
    weight: f64,
    /// Sum of the weights of those that are right.
    right: f64,
    /// Weighted sum of their raw log-odds.
    log_odds: f64,
}

impl Pool {
    fn with(self, other: Pool) -> Pool {
        Pool {
            count: self.count + other.count,
            weight: self.weight + other.weight,
            right: self.right + other.right,
            log_odds: self.log_odds + other.log_odds,
        }
    }

    fn single(sample: &Sample) -> Pool {
        let (weight, right) = (sample.weight, f64::from(u8::from(sample.right)));
        Pool { count: 1.0, weight, right: right * weight, log_odds: logit(sample.raw, LOGIT_MARGIN) * weight }
    }

    /// The mean of the raw log-odds.
    fn mean_log_odds(&self) -> f64 {
        self.log_odds / self.weight
    }

    /// The share that is right, smoothed by one more that is right and one more that is wrong.
    fn share(&self) -> f64 {
        (self.right + 1.0) / (self.weight + 2.0)
    }
}

/// The calibration learned from these mentions; the identity without any.
pub fn calibrate(samples: &[Sample]) -> Calibration {
    let mut names: Vec<Pool> = samples.iter().filter(|sample| !sample.demonym).map(Pool::single).collect();
    names.sort_by(|a, b| a.mean_log_odds().total_cmp(&b.mean_log_odds()).then(a.right.total_cmp(&b.right)));
    let mut pools: Vec<Pool> = Vec::new();
    let mut low = f64::NEG_INFINITY;
    for own in names {
        match pools.last_mut().filter(|pool| own.mean_log_odds() < low + WIDTH || pool.count < POOLED) {
            Some(pool) => *pool = pool.with(own),
            None => {
                low = own.mean_log_odds();
                pools.push(own);
            }
        }
    }
    // The last pool may be too small for a point of its own.
    if let Some(last) = pools.pop_if(|last| last.count < POOLED) {
        match pools.last_mut() {
            Some(before) => *before = before.with(last),
            None => pools.push(last),
        }
    }
    let points = rising(pools).iter().map(|pool| (pool.mean_log_odds(), logit(pool.share(), LOGIT_MARGIN))).collect();
    Calibration { points, demonym: demonym(samples) }
}

/// The pools, neighbours merged until the share that is right rises from pool to pool.
fn rising(pools: Vec<Pool>) -> Vec<Pool> {
    let mut rising: Vec<Pool> = Vec::new();
    for mut pool in pools {
        while let Some(before) = rising.pop_if(|before| before.share() >= pool.share()) {
            pool = before.with(pool);
        }
        rising.push(pool);
    }
    rising
}

/// The share of the demonyms found that is annotated, over the corpora that annotate them; `None` if they have too few.
fn demonym(samples: &[Sample]) -> Option<f64> {
    let corpora = samples.iter().map(|sample| sample.corpus).max()? + 1;
    let mut pools = vec![Pool::default(); corpora];
    for sample in samples.iter().filter(|sample| sample.demonym) {
        let pool = &mut pools[sample.corpus];
        *pool = pool.with(Pool::single(sample));
    }
    let all = pools.into_iter().filter(|pool| pool.right > ANNOTATED * pool.weight).reduce(Pool::with)?;
    (all.count >= POOLED).then(|| all.share())
}

#[cfg(test)]
mod tests {
    use super::{Sample, calibrate};

    fn samples(raw: f64, right: usize, wrong: usize, demonym: bool) -> Vec<Sample> {
        let sample = |right| Sample { raw, right, demonym, corpus: 0, weight: 1.0 };
        let mut samples = vec![sample(true); right];
        samples.extend(vec![sample(false); wrong]);
        samples
    }

    #[test]
    fn calibrated_probabilities_are_the_shares_that_are_right() {
        let all = [samples(0.3, 40, 60, false), samples(0.8, 50, 50, false), samples(0.99, 900, 100, false)].concat();
        let calibration = calibrate(&all);
        for (raw, wanted) in [(0.3, 0.4), (0.8, 0.5), (0.99, 0.9), (1.0, 0.9), (0.0, 0.4)] {
            let found = calibration.calibrate(raw);
            assert!((found - wanted).abs() < 0.01, "{raw} becomes {found}, not {wanted}");
        }
        assert_eq!(calibration.demonym, None);
    }

    #[test]
    fn calibration_keeps_the_order() {
        let all = [samples(0.3, 60, 40, false), samples(0.8, 40, 60, false)].concat();
        let calibration = calibrate(&all);
        assert!((calibration.calibrate(0.3) - 0.5).abs() < 0.01 && (calibration.calibrate(0.8) - 0.5).abs() < 0.01);
    }

    #[test]
    fn demonyms_count_where_they_are_annotated() {
        let elsewhere = |sample: &Sample| Sample { corpus: 1, ..*sample };
        let mut all = samples(0.9, 75, 25, true);
        all.extend(samples(0.9, 0, 100, true).iter().map(elsewhere));
        let share = calibrate(&all).demonym.unwrap_or(f64::NAN);
        assert!((share - 0.745).abs() < 0.01, "{share}");
        assert!(calibrate(&[]).points.is_empty());
    }
}
