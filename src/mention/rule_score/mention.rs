//! Gazetteer matches with their rule scores -> mentions.

use super::RuleScore;
use crate::gazetteer::NameKind;
use crate::mention::matcher::{GazetteerMatch, stop_after};
use crate::mention::{Kind, Mention};
use crate::probability::sigmoid;
use crate::text::{Case, Words};
use std::collections::HashMap;
use std::sync::Arc;

/// A name with a use more probable than this is named as a place by the document.
const SURE: f64 = 0.9;

/// Uses of such a name are raised if they are more probable than this,
const DOUBTFUL: f64 = 0.15;

/// less probable than this,
const FAIRLY_SURE: f64 = 0.8;

/// and then to this.
const RAISED: f64 = 0.6;

/// The mention that a gazetteer match is.
pub fn mention<'g>(words: &Words, name: &GazetteerMatch<'g>, kind: Kind, probability: f64) -> Mention<'g> {
    let (start, end) = (words.tokens[name.first].start + name.prefix, words.tokens[name.last].end);
    // The stop of a shortening belongs to it: "Ky.", "Calif."
    let shortened = name.senses.iter().any(|(_, kind)| *kind == NameKind::Shortening) && !is_postal(words, name);
    let end = stop_after(words, name.last).filter(|_| shortened).map_or(end, |stop| stop.end);
    Mention {
        start,
        end,
        first: name.first,
        last: name.last,
        kind,
        name: name.name.clone(),
        senses: name.fitting.clone(),
        probability,
        metonymic: false,
        modified: false,
        reach: None,
    }
}

/// Whether a name is written as a postal code is, to which no stop belongs but that of the sentence: "Easton, PA." In a text in capitals
/// it may be a shortening: "FORT MONROE, VA."
fn is_postal(words: &Words, name: &GazetteerMatch<'_>) -> bool {
    let token = &words.tokens[name.last];
    let before = name.first.checked_sub(2).map(|at| words.tokens[at].case);
    let behind = words.tokens.get(name.last + 2).filter(|behind| behind.sentence == token.sentence);
    let ends = behind.is_none_or(|behind| behind.is_word() && behind.case != Case::Lower);
    let letters = token.end - token.start;
    name.first == name.last && token.case == Case::Upper && letters == POSTAL && ends && before != Some(Case::Upper)
}

/// Letters of a postal code.
const POSTAL: usize = 2;

/// The mentions by the rules alone, with the probabilities of their scores; streets are none.
pub fn mentions<'g>(words: &Words, matches: &[GazetteerMatch<'g>], scores: &[RuleScore]) -> Vec<Mention<'g>> {
    let places = matches.iter().zip(scores).filter(|(_, score)| !score.street);
    let mentions = places.map(|(name, score)| {
        let kind = match score {
            RuleScore { inside: true, .. } => Kind::Embedded,
            RuleScore { demonym: true, .. } => Kind::Demonym,
            _ => Kind::Place,
        };
        mention(words, name, kind, sigmoid(score.log_odds))
    });
    let mut mentions: Vec<_> = mentions.collect();
    raise_doubtful_uses(&mut mentions);
    mentions
}

/// Raises the doubtful uses of the names that the document surely uses for a place somewhere.
fn raise_doubtful_uses(mentions: &mut [Mention]) {
    let mut surest: HashMap<Arc<str>, f64> = HashMap::new();
    for mention in mentions.iter() {
        let best = surest.entry(mention.name.clone()).or_insert(0.0);
        *best = best.max(mention.probability);
    }
    for mention in mentions.iter_mut() {
        let best = surest.get(&mention.name).copied().unwrap_or(0.0);
        if best > SURE && mention.probability > DOUBTFUL && mention.probability < FAIRLY_SURE {
            mention.probability = mention.probability.max(RAISED);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::raise_doubtful_uses;
    use crate::mention::{Kind, Mention};

    #[test]
    fn a_sure_use_raises_the_doubtful_ones_of_its_name() {
        let mention = |name: &str, probability| Mention {
            start: 0,
            end: 0,
            first: 0,
            last: 0,
            kind: Kind::Place,
            name: name.into(),
            senses: [].into(),
            probability,
            metonymic: false,
            modified: false,
            reach: None,
        };
        let mut mentions =
            [("nice", 0.95), ("nice", 0.3), ("nice", 0.1), ("bend", 0.85), ("bend", 0.3)].map(|(n, p)| mention(n, p));
        raise_doubtful_uses(&mut mentions);
        assert_eq!(mentions.map(|mention| mention.probability), [0.95, 0.6, 0.1, 0.85, 0.3]);
    }
}
