//! Calibration of the recogniser's probabilities: how often mentions of a given raw probability were right in texts that the model
//! was not trained on.

use crate::probability::{logit, sigmoid};
use serde::{Deserialize, Serialize};

/// A map from the raw probability of a mention to its calibrated probability: the share of mentions of that raw probability that
/// are right.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Points of a rising piecewise linear function from raw to calibrated log-odds, in ascending order. The function is constant
    /// before the first point and after the last. Without points it is the identity.
    pub points: Vec<(f64, f64)>,
    /// Probability that an adjective or people of the gazetteer is a mention, measured on the corpora that annotate them; `None`
    /// where no corpus did.
    pub demonym: Option<f64>,
}

/// Two probabilities that differ by less than this are equal.
const EPSILON: f64 = 1e-9;

/// How near to 0 and 1 a probability may be before its log-odds are taken.
pub(crate) const LOGIT_MARGIN: f64 = 1e-6;

impl Calibration {
    /// The calibrated probability of a mention with the raw probability `raw`.
    pub fn calibrate(&self, raw: f64) -> f64 {
        if self.points.is_empty() {
            return raw;
        }
        sigmoid(interpolate(self.points.iter().copied(), logit(raw, LOGIT_MARGIN)))
    }

    /// The smallest raw probability whose calibrated probability is at least `calibrated`; infinite if there is none.
    pub fn raw_threshold(&self, calibrated: f64) -> f64 {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else { return calibrated };
        let wanted = calibrated - EPSILON;
        if wanted <= sigmoid(first.1) {
            return 0.0;
        }
        if wanted > sigmoid(last.1) {
            return f64::INFINITY;
        }
        let inverse = self.points.iter().map(|&(raw, calibrated)| (calibrated, raw));
        sigmoid(interpolate(inverse, logit(wanted, LOGIT_MARGIN)))
    }
}

/// The value at `x` of the piecewise linear function through `points`, which are sorted by their first numbers. Beyond the last
/// point it is the last value.
fn interpolate(points: impl Iterator<Item = (f64, f64)>, x: f64) -> f64 {
    let mut before: Option<(f64, f64)> = None;
    for (right, high) in points {
        if x <= right {
            return match before {
                Some((left, low)) if right > left => low + (high - low) * (x - left) / (right - left),
                _ => high,
            };
        }
        before = Some((right, high));
    }
    before.map_or(x, |(_, high)| high)
}

#[cfg(test)]
mod tests {
    use super::{Calibration, LOGIT_MARGIN};
    use crate::probability::logit;

    fn calibration() -> Calibration {
        let log_odds = |probability| logit(probability, LOGIT_MARGIN);
        let points = [(0.2, 0.3), (0.5, 0.5), (0.99, 0.9)].map(|(raw, right)| (log_odds(raw), log_odds(right)));
        Calibration { points: points.to_vec(), demonym: None }
    }

    #[test]
    fn calibrated_probabilities_rise_and_are_constant_at_the_ends() {
        let calibration = calibration();
        let near = |raw: f64, wanted: f64| (calibration.calibrate(raw) - wanted).abs() < 1e-6;
        assert!(near(0.0, 0.3) && near(0.2, 0.3) && near(0.5, 0.5) && near(0.99, 0.9) && near(1.0, 0.9));
        let at = |per_cent: i32| calibration.calibrate(f64::from(per_cent) / 100.0);
        assert!((0..100).all(|per_cent| at(per_cent) <= at(per_cent + 1)));
        assert!((Calibration::default().calibrate(0.37) - 0.37).abs() < 1e-12);
    }

    #[test]
    fn the_raw_threshold_keeps_what_is_calibrated_above_the_threshold() {
        let calibration = calibration();
        for threshold in [0.0, 0.31, 0.4, 0.5, 0.77, 0.9, 0.95] {
            for raw in (0..=1000).map(|at| f64::from(at) / 1000.0) {
                let kept = raw >= calibration.raw_threshold(threshold);
                let calibrated = calibration.calibrate(raw);
                let right = kept == (calibrated >= threshold) || (calibrated - threshold).abs() < 1e-6;
                assert!(right, "{threshold} {raw} {calibrated}");
            }
        }
    }
}
