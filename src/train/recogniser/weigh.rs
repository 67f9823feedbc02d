//! Candidates in texts held out -> how much the evidence of tagger and rules counts, by logistic regression.

use super::folds::Candidate;
use crate::mention::Weighing;
use crate::mention::weighing::Evidence;

/// Smallest number of candidates from which weights are learned.
const FEWEST: usize = 100;

/// Number of passes over the candidates.
const PASSES: usize = 400;

/// Learning rate of AdaGrad.
const RATE: f64 = 0.3;

/// The weights learned from these candidates; the default if they are too few.
pub fn weigh(candidates: &[Candidate]) -> Weighing {
    let mut weighing = Weighing::default();
    if candidates.len() < FEWEST {
        return weighing;
    }
    let all: f64 = candidates.iter().map(|candidate| candidate.weight).sum();
    let (mut squares, mut gradient) = (Evidence::default(), Evidence::default());
    for _ in 0..PASSES {
        gradient.fill(0.0);
        for Candidate { evidence, right, weight } in candidates {
            let error = f64::from(u8::from(*right)) - weighing.probability(evidence);
            let share = error * weight / all;
            gradient.iter_mut().zip(evidence).for_each(|(slope, evidence)| *slope += share * evidence);
        }
        for ((weight, square), slope) in weighing.weights.iter_mut().zip(&mut squares).zip(&gradient) {
            *square += slope * slope;
            *weight += RATE * slope / (*square + 1e-9).sqrt();
        }
    }
    // The weights are not known more precisely than to three decimals.
    weighing.weights.iter_mut().for_each(|weight| *weight = (*weight * 1000.0).round() / 1000.0);
    weighing
}

#[cfg(test)]
mod tests {
    use super::{Candidate, weigh};
    use crate::mention::Weighing;

    fn candidates(tagger: f64, rules: f64, right: usize, wrong: usize) -> Vec<Candidate> {
        let candidate = |right| Candidate { evidence: [1.0, tagger, 1.0, rules, 0.0, 0.0], right, weight: 1.0 };
        let mut all = vec![candidate(true); right];
        all.extend(vec![candidate(false); wrong]);
        all
    }

    #[test]
    fn better_evidence_weighs_more() {
        let rules_right = [candidates(2.0, 3.0, 90, 10), candidates(2.0, -3.0, 10, 90)].concat();
        let all = [rules_right, candidates(-2.0, 3.0, 70, 30), candidates(-2.0, -3.0, 5, 95)].concat();
        let [_, tagger, _, rules, ..] = weigh(&all).weights;
        assert!(rules > tagger && tagger > 0.0, "{rules} {tagger}");
        assert_eq!(weigh(&all[..90]), Weighing::default(), "too few to learn from");
    }

    #[test]
    fn candidates_count_by_their_weights() {
        let half = |weight| candidates(0.0, 0.0, 100, 100).into_iter().map(move |each| Candidate { weight, ..each });
        let mostly_right = candidates(0.0, 0.0, 180, 20);
        let all: Vec<Candidate> = half(3.0).chain(mostly_right).collect();
        let found = weigh(&all).probability(&all[0].evidence);
        assert!((found - 0.6).abs() < 0.02, "half of 3 parts and 0.9 of 1 part are 0.6, not {found}");
    }
}
