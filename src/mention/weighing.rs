//! What the tagger and the rules say of a name -> how probable it is that it is a place's.
//!
//! On texts unlike those that it learned from the tagger is surer than it is right, and the rules know what it has not seen. How
//! much each is worth is learned from texts held out, by logistic regression.

use super::calibration::{log_odds, probability};
use super::rule_score::RuleScore;
use super::tagger::{Class, Tagged};
use serde::{Deserialize, Serialize};

/// How much what is seen of a name counts, in log-odds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighing {
    /// One weight for each thing that is seen.
    pub weights: Seen,
}

/// What is seen of a name.
pub type Seen = [f64; 6];

/// The rules' log-odds count no further than this.
const FAR: f64 = 6.0;

impl Default for Weighing {
    /// What English news teaches, for models that were trained on nothing that could be held out.
    fn default() -> Self {
        Weighing { weights: [-0.8, 0.3, 0.9, 0.35, -3.0, -0.9] }
    }
}

impl Weighing {
    /// How probable it is that a name of which this is seen is a place's.
    pub fn probability(&self, seen: &Seen) -> f64 {
        probability(self.log_odds(seen))
    }

    /// The same in log-odds.
    pub fn log_odds(&self, seen: &Seen) -> f64 {
        self.weights.iter().zip(seen).map(|(weight, seen)| weight * seen).sum()
    }
}

/// What is seen of a name: that it is one, what the tagger holds of it, that the gazetteer has it and what the rules hold of it then,
/// whether it is else no more than a `word` of the language, whether it is called as streets and buildings are.
pub fn seen(name: &Tagged, judged: Option<&RuleScore>, word: bool) -> Seen {
    let is = |holds: bool| f64::from(u8::from(holds));
    [
        1.0,
        log_odds(name.probability),
        is(judged.is_some()),
        judged.map_or(0.0, |judged| judged.log_odds.clamp(-FAR, FAR)),
        is(judged.is_none() && word),
        is(name.class == Class::Facility),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Weighing, seen};
    use crate::mention::rule_score::RuleScore;
    use crate::mention::tagger::{Class, Tagged};

    #[test]
    fn tagger_and_rules_both_count() {
        let name = |probability| Tagged { first: 0, last: 0, class: Class::Place, probability };
        let judged = |log_odds| RuleScore { log_odds, demonym: false, inside: false, street: false };
        let weighing = Weighing::default();
        let worth = |probability, odds| weighing.probability(&seen(&name(probability), Some(&judged(odds)), false));
        assert!(worth(0.9, 3.0) > worth(0.5, 3.0) && worth(0.9, 3.0) > worth(0.9, -3.0));
        assert!(worth(0.9, 6.0) == worth(0.9, 40.0), "beyond some point more is not surer");
        let unknown = |word| weighing.probability(&seen(&name(0.9), None, word));
        assert!(unknown(true) < unknown(false) && unknown(false) < worth(0.9, 3.0));
    }
}
