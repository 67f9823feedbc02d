//! What the recogniser's probabilities are worth: how often mentions held that probable were right in texts of corpora that
//! were not trained on.

use serde::{Deserialize, Serialize};

/// Turns the probability that the tagger and the rules give a mention into the share of such mentions that are right.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Points of a line that rises: what is given and what it is worth, both in log-odds. Between two points the line is
    /// straight, beyond the first and the last it is level. Without points everything is worth what it says.
    pub points: Vec<(f64, f64)>,
    /// How probable it is that an adjective or people of the gazetteer is a mention, by corpora that annotate them; `None`
    /// where none did.
    pub demonym: Option<f64>,
}

/// Two probabilities that differ by less than this are one.
const SAME: f64 = 1e-9;

/// Probabilities are kept this far off 0 and 1, whose log-odds are not finite.
const OFF_ENDS: f64 = 1e-6;

/// The log-odds of a probability, kept off the ends.
pub(crate) fn log_odds(probability: f64) -> f64 {
    let p = probability.clamp(OFF_ENDS, 1.0 - OFF_ENDS);
    (p / (1.0 - p)).ln()
}

/// The probability of log-odds.
pub(crate) fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

impl Calibration {
    /// What a probability is worth.
    pub fn worth(&self, given: f64) -> f64 {
        if self.points.is_empty() {
            return given;
        }
        probability(between(self.points.iter().copied(), log_odds(given)))
    }

    /// The least probability that is worth as much as this; above 1 where none is.
    pub fn given(&self, worth: f64) -> f64 {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else { return worth };
        let wanted = worth - SAME;
        if wanted <= probability(first.1) {
            return 0.0;
        }
        if wanted > probability(last.1) {
            return f64::INFINITY;
        }
        probability(between(self.points.iter().map(|&(given, worth)| (worth, given)), log_odds(wanted)))
    }
}

/// The value at `x` of the line through points in the order of their first numbers.
fn between(points: impl Iterator<Item = (f64, f64)>, x: f64) -> f64 {
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
    use super::{Calibration, log_odds};

    fn calibration() -> Calibration {
        let points = [(0.2, 0.3), (0.5, 0.5), (0.99, 0.9)].map(|(given, worth)| (log_odds(given), log_odds(worth)));
        Calibration { points: points.to_vec(), demonym: None }
    }

    #[test]
    fn worth_rises_and_is_level_at_the_ends() {
        let calibration = calibration();
        let near = |given: f64, worth: f64| (calibration.worth(given) - worth).abs() < 1e-6;
        assert!(near(0.0, 0.3) && near(0.2, 0.3) && near(0.5, 0.5) && near(0.99, 0.9) && near(1.0, 0.9));
        assert!(
            (0..100).all(|at| calibration.worth(f64::from(at) / 100.0) <= calibration.worth(f64::from(at + 1) / 100.0))
        );
        assert!((Calibration::default().worth(0.37) - 0.37).abs() < 1e-12);
    }

    #[test]
    fn a_threshold_keeps_what_is_worth_it() {
        let calibration = calibration();
        for wanted in [0.0, 0.31, 0.4, 0.5, 0.77, 0.9, 0.95] {
            for given in (0..=1000).map(|at| f64::from(at) / 1000.0) {
                let kept = given >= calibration.given(wanted);
                let worth = calibration.worth(given);
                assert!(kept == (worth >= wanted) || (worth - wanted).abs() < 1e-6, "{wanted} {given} {worth}");
            }
        }
    }
}
