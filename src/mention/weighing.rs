//! The evidence of tagger and rules for a name -> the probability that it is a place.
//!
//! On texts unlike those that it was trained on the tagger is overconfident, and the rules know what it has not seen. How much each
//! counts is learned from texts held out, by logistic regression.

use super::calibration::LOGIT_MARGIN;
use super::rule_score::RuleScore;
use super::tagger::{Class, Tagged};
use crate::probability::{logit, sigmoid};
use serde::{Deserialize, Serialize};

/// A logistic regression over the evidence for a name.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighing {
    /// The weight of each piece of evidence.
    pub weights: Evidence,
}

/// The evidence for a name being a place, in the order of [`EVIDENCE`].
pub type Evidence = [f64; 6];

/// The names of the pieces of evidence: a constant, the tagger's log-odds, whether the gazetteer has the name, then its rule score in
/// log-odds, whether it is a word of the language that the gazetteer lacks, and whether the tagger takes it for a facility.
pub(crate) const EVIDENCE: [&str; 6] =
    ["constant", "tagger-log-odds", "in-gazetteer", "rule-score", "word-not-in-gazetteer", "facility"];

/// Rule scores are clamped to this distance from 0, in log-odds.
const RULE_SCORE_LIMIT: f64 = 6.0;

impl Default for Weighing {
    /// The weights learned from English news, for models trained on nothing that could be held out.
    fn default() -> Self {
        Weighing { weights: [-0.8, 0.3, 0.9, 0.35, -3.0, -0.9] }
    }
}

impl Weighing {
    /// The probability that a name with this evidence is a place.
    pub fn probability(&self, evidence: &Evidence) -> f64 {
        sigmoid(self.log_odds(evidence))
    }

    /// The same in log-odds.
    pub fn log_odds(&self, evidence: &Evidence) -> f64 {
        self.weights.iter().zip(evidence).map(|(weight, evidence)| weight * evidence).sum()
    }
}

/// The evidence for a tagged name, given its rule score if the gazetteer has it, and whether it is a word of the language.
pub fn evidence(name: &Tagged, score: Option<&RuleScore>, word: bool) -> Evidence {
    let indicator = |holds: bool| f64::from(u8::from(holds));
    [
        1.0,
        logit(name.probability, LOGIT_MARGIN),
        indicator(score.is_some()),
        score.map_or(0.0, |score| score.log_odds.clamp(-RULE_SCORE_LIMIT, RULE_SCORE_LIMIT)),
        indicator(score.is_none() && word),
        indicator(name.class == Class::Facility),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Weighing, evidence};
    use crate::mention::rule_score::RuleScore;
    use crate::mention::tagger::{Class, Tagged};

    #[test]
    fn tagger_and_rules_both_count() {
        let name = |probability| Tagged { first: 0, last: 0, class: Class::Place, probability };
        let score = |odds| RuleScore { log_odds: odds, demonym: false, inside: false, street: false };
        let weighing = Weighing::default();
        let known = |probability, odds| weighing.probability(&evidence(&name(probability), Some(&score(odds)), false));
        assert!(known(0.9, 3.0) > known(0.5, 3.0) && known(0.9, 3.0) > known(0.9, -3.0));
        assert!(known(0.9, 6.0) == known(0.9, 40.0), "rule scores count up to a limit");
        let unknown = |word| weighing.probability(&evidence(&name(0.9), None, word));
        assert!(unknown(true) < unknown(false) && unknown(false) < known(0.9, 3.0));
    }
}
