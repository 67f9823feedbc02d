//! Conversions between scores in log-odds and probabilities.

use num_traits::Float;
use std::iter::Sum;

/// The probability, 0 to 1, that corresponds to log-odds.
pub fn sigmoid<F: Float>(log_odds: F) -> F {
    F::one() / (F::one() + (-log_odds).exp())
}

/// The log-odds of a probability. The probability is first clamped to `margin..=1 - margin`, because the log-odds of 0 and 1 are
/// infinite.
pub fn logit(probability: f64, margin: f64) -> f64 {
    let p = probability.clamp(margin, 1.0 - margin);
    (p / (1.0 - p)).ln()
}

/// Replaces scores by probabilities that are proportional to `exp(score / temperature)` and add up to 1.
pub fn softmax<F: Float + Sum>(scores: &mut [F], temperature: F) {
    // The largest exponent is 0, so that no exponential overflows.
    let best = scores.iter().copied().fold(F::min_value(), F::max);
    scores.iter_mut().for_each(|score| *score = ((*score - best) / temperature).exp());
    let sum: F = scores.iter().copied().sum();
    scores.iter_mut().for_each(|weight| *weight = *weight / sum);
}

#[cfg(test)]
mod tests {
    use super::{logit, sigmoid, softmax};

    #[test]
    fn sigmoid_and_logit_are_inverse() {
        for probability in [0.01, 0.3, 0.5, 0.99] {
            assert!((sigmoid(logit(probability, 1e-6)) - probability).abs() < 1e-12, "{probability}");
        }
        assert_eq!(sigmoid(0.0f32), 0.5);
        assert!((sigmoid(logit(1.0, 1e-3)) - 0.999).abs() < 1e-12 && logit(0.0, 1e-6).is_finite());
    }

    #[test]
    fn softmax_adds_up_to_one_and_keeps_ratios() {
        let mut scores = [1000.0, 1000.0 + 2f64.ln(), f64::MIN];
        softmax(&mut scores, 1.0);
        assert!((scores[1] / scores[0] - 2.0).abs() < 1e-9 && scores[2] == 0.0, "{scores:?}");
        assert!((scores.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let mut scores = [0.0, 2f64.ln()];
        softmax(&mut scores, 0.5);
        assert!((scores[1] / scores[0] - 4.0).abs() < 1e-9, "half the temperature squares the ratio: {scores:?}");
        softmax::<f32>(&mut [], 1.0);
    }
}
