//! Mentions found in texts held out -> what the model's probabilities are worth, by pooling adjacent violators.

use super::folds::Sample;
use crate::mention::Calibration;
use crate::mention::calibration::log_odds;

/// Mentions of neighbouring probabilities that make a point of the line, at least.
const POOLED: f64 = 80.0;

/// Log-odds to which more are not told apart.
const WIDTH: f64 = 0.5;

/// A corpus of which no larger share of the demonyms found is annotated does not annotate them.
const ANNOTATED: f64 = 0.3;

/// Mentions of neighbouring probabilities.
#[derive(Clone, Copy, Debug, Default)]
struct Pool {
    count: f64,
    /// What they count together.
    weight: f64,
    /// What those count that are right.
    right: f64,
    /// Sum of the log-odds given, each as much as it counts.
    given: f64,
}

impl Pool {
    fn with(self, other: Pool) -> Pool {
        Pool {
            count: self.count + other.count,
            weight: self.weight + other.weight,
            right: self.right + other.right,
            given: self.given + other.given,
        }
    }

    fn of(sample: &Sample) -> Pool {
        let (weight, right) = (sample.weight, f64::from(u8::from(sample.right)));
        Pool { count: 1.0, weight, right: right * weight, given: log_odds(sample.given) * weight }
    }

    /// The mean of the log-odds given.
    fn odds(&self) -> f64 {
        self.given / self.weight
    }

    /// The share that is right, one more being right and one more wrong than were seen.
    fn share(&self) -> f64 {
        (self.right + 1.0) / (self.weight + 2.0)
    }
}

/// What probabilities are worth by these mentions; without any they are worth what they say.
pub fn calibrate(samples: &[Sample]) -> Calibration {
    let mut names: Vec<Pool> = samples.iter().filter(|sample| !sample.demonym).map(Pool::of).collect();
    names.sort_by(|a, b| a.odds().total_cmp(&b.odds()).then(a.right.total_cmp(&b.right)));
    let mut pools: Vec<Pool> = Vec::new();
    let mut low = f64::NEG_INFINITY;
    for own in names {
        match pools.last_mut().filter(|pool| own.odds() < low + WIDTH || pool.count < POOLED) {
            Some(pool) => *pool = pool.with(own),
            None => {
                low = own.odds();
                pools.push(own);
            }
        }
    }
    // The last pool may be too small to say anything of its own.
    if let Some(last) = pools.pop_if(|last| last.count < POOLED) {
        match pools.last_mut() {
            Some(before) => *before = before.with(last),
            None => pools.push(last),
        }
    }
    let points = rising(pools).iter().map(|pool| (pool.odds(), log_odds(pool.share()))).collect();
    Calibration { points, demonym: demonym(samples) }
}

/// Neighbours of which the more probable are right less often made one.
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

/// The share of the demonyms found that is annotated, in the corpora that annotate them.
fn demonym(samples: &[Sample]) -> Option<f64> {
    let corpora = samples.iter().map(|sample| sample.corpus).max()? + 1;
    let mut pools = vec![Pool::default(); corpora];
    for sample in samples.iter().filter(|sample| sample.demonym) {
        let pool = &mut pools[sample.corpus];
        *pool = pool.with(Pool::of(sample));
    }
    let all = pools.into_iter().filter(|pool| pool.right > ANNOTATED * pool.weight).reduce(Pool::with)?;
    (all.count >= POOLED).then(|| all.share())
}

#[cfg(test)]
mod tests {
    use super::{Sample, calibrate};

    fn samples(given: f64, right: usize, wrong: usize, demonym: bool) -> Vec<Sample> {
        let sample = |right| Sample { given, right, demonym, corpus: 0, weight: 1.0 };
        let mut samples = vec![sample(true); right];
        samples.extend(vec![sample(false); wrong]);
        samples
    }

    #[test]
    fn what_is_held_too_probable_is_worth_less() {
        let all = [samples(0.3, 40, 60, false), samples(0.8, 50, 50, false), samples(0.99, 900, 100, false)].concat();
        let calibration = calibrate(&all);
        for (given, worth) in [(0.3, 0.4), (0.8, 0.5), (0.99, 0.9), (1.0, 0.9), (0.0, 0.4)] {
            let found = calibration.worth(given);
            assert!((found - worth).abs() < 0.01, "{given} is worth {found}, not {worth}");
        }
        assert_eq!(calibration.demonym, None);
    }

    #[test]
    fn more_probable_is_never_worth_less() {
        let all = [samples(0.3, 60, 40, false), samples(0.8, 40, 60, false)].concat();
        let calibration = calibrate(&all);
        assert!((calibration.worth(0.3) - 0.5).abs() < 0.01 && (calibration.worth(0.8) - 0.5).abs() < 0.01);
    }

    #[test]
    fn demonyms_count_where_they_are_annotated() {
        let elsewhere = |sample: &Sample| Sample { corpus: 1, ..*sample };
        let mut all = samples(0.9, 75, 25, true);
        all.extend(samples(0.9, 0, 100, true).iter().map(elsewhere));
        let worth = calibrate(&all).demonym.unwrap_or(f64::NAN);
        assert!((worth - 0.745).abs() < 0.01, "{worth}");
        assert!(calibrate(&[]).points.is_empty(), "nothing is told by nothing");
    }
}
