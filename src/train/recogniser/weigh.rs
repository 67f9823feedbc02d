//! What models make of texts held out -> how much tagger and rules count, by logistic regression.

use super::folds::Candidate;
use crate::mention::Weighing;
use crate::mention::weighing::Seen;

/// Fewer candidates teach nothing.
const FEWEST: usize = 100;

/// Passes over the candidates.
const PASSES: usize = 400;

/// Steps of the first update.
const RATE: f64 = 0.3;

/// The weights that these candidates teach; the default where they are too few.
pub fn weigh(candidates: &[Candidate]) -> Weighing {
    let mut weighing = Weighing::default();
    if candidates.len() < FEWEST {
        return weighing;
    }
    let all: f64 = candidates.iter().map(|candidate| candidate.weight).sum();
    let (mut squares, mut slopes) = (Seen::default(), Seen::default());
    for _ in 0..PASSES {
        slopes.fill(0.0);
        for Candidate { seen, right, weight } in candidates {
            let missed = f64::from(u8::from(*right)) - weighing.probability(seen);
            let share = missed * weight / all;
            slopes.iter_mut().zip(seen).for_each(|(slope, seen)| *slope += share * seen);
        }
        for ((weight, square), slope) in weighing.weights.iter_mut().zip(&mut squares).zip(&slopes) {
            *square += slope * slope;
            *weight += RATE * slope / (*square + 1e-9).sqrt();
        }
    }
    // Three decimals are all that such a weight is known to.
    weighing.weights.iter_mut().for_each(|weight| *weight = (*weight * 1000.0).round() / 1000.0);
    weighing
}

#[cfg(test)]
mod tests {
    use super::{Candidate, weigh};
    use crate::mention::Weighing;

    fn candidates(tagger: f64, rules: f64, right: usize, wrong: usize) -> Vec<Candidate> {
        let candidate = |right| Candidate { seen: [1.0, tagger, 1.0, rules, 0.0, 0.0], right, weight: 1.0 };
        let mut all = vec![candidate(true); right];
        all.extend(vec![candidate(false); wrong]);
        all
    }

    #[test]
    fn what_tells_more_weighs_more() {
        let told_by_rules = [candidates(2.0, 3.0, 90, 10), candidates(2.0, -3.0, 10, 90)].concat();
        let all = [told_by_rules, candidates(-2.0, 3.0, 70, 30), candidates(-2.0, -3.0, 5, 95)].concat();
        let [_, tagger, _, rules, ..] = weigh(&all).weights;
        assert!(rules > tagger && tagger > 0.0, "{rules} {tagger}");
        assert_eq!(weigh(&all[..90]), Weighing::default(), "too few to teach");
    }

    #[test]
    fn the_weights_fit_what_was_seen() {
        let half = |weight| candidates(0.0, 0.0, 100, 100).into_iter().map(move |each| Candidate { weight, ..each });
        let mostly_right = candidates(0.0, 0.0, 180, 20);
        let all: Vec<Candidate> = half(3.0).chain(mostly_right).collect();
        let found = weigh(&all).probability(&all[0].seen);
        assert!((found - 0.6).abs() < 0.02, "half of three parts and nine tenths of one are 0.6, not {found}");
    }
}
