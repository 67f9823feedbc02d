//! Candidates -> places: which place each mention is, chosen for the document as a whole.

mod context;
mod focus;
mod score;

pub use focus::{Focus, focus};

use crate::candidate::{Candidate, candidates};
use crate::gazetteer::{NameKind, Place};
use crate::mention::{Kind, Mention};
use context::{Likely, Surroundings};
use std::collections::HashMap;

/// A mention and the place chosen for it.
#[derive(Clone, Debug)]
pub struct Resolved<'g> {
    /// The mention.
    pub mention: Mention<'g>,
    /// The choice.
    pub place: Place<'g>,
    /// What the name is to the place.
    pub name_kind: NameKind,
    /// How probable it is that the mention names a place and that it is this one, 0 to 1.
    pub confidence: f64,
    /// The next best places with their probabilities, the best first.
    pub alternatives: Vec<(Place<'g>, f64)>,
}

/// Rounds of choosing, each in the light of the choices of the one before.
const ROUNDS: usize = 3;

/// The share of the probability that one unit of score is worth: smaller is surer.
const TEMPERATURE: f64 = 0.45;

/// Alternatives that are kept.
const ALTERNATIVES: usize = 4;

/// Mentions that must be the same place: those of one name, and of one container if they name it ("Paris, Texas").
struct Group<'g> {
    candidates: Vec<Candidate<'g>>,
    /// Per candidate, what the words next to its mentions say for it.
    beside: Vec<f64>,
    probabilities: Vec<f64>,
    mentions: f64,
}

/// Chooses a place for every mention that any place bears the name of, in their order.
pub fn choose<'g>(text: &str, mentions: Vec<Mention<'g>>) -> Vec<Resolved<'g>> {
    let own: Vec<Vec<Candidate<'g>>> = mentions.iter().map(candidates).collect();
    let (mut groups, group_of) = group(text, &mentions, own);
    for group in &mut groups {
        group.settle(|_| 0.0);
    }
    for _ in 0..ROUNDS {
        let likely: Vec<Likely<'g>> = groups.iter().enumerate().filter_map(|(at, group)| group.likely(at)).collect();
        let surroundings = Surroundings::of(&likely);
        for (at, group) in groups.iter_mut().enumerate() {
            group.settle(|candidate| surroundings.speak_for(at, &candidate.place));
        }
    }
    let resolved = mentions.into_iter().zip(group_of).filter_map(|(mention, group)| groups[group].resolve(mention));
    resolved.collect()
}

/// Groups the mentions, and notes what the mention right behind each says for its candidates.
fn group<'g>(text: &str, mentions: &[Mention<'g>], mut own: Vec<Vec<Candidate<'g>>>) -> (Vec<Group<'g>>, Vec<usize>) {
    let beside: Vec<Vec<f64>> = (0..mentions.len()).map(|at| score::beside(text, mentions, &own, at)).collect();
    let mut groups: Vec<Group<'g>> = Vec::new();
    let mut known: HashMap<(&str, bool, Option<usize>), usize> = HashMap::new();
    let mut group_of = Vec::with_capacity(mentions.len());
    for (at, mention) in mentions.iter().enumerate() {
        // A container that stands right behind the name splits its mention off only if it says something else.
        let container = score::decided(&beside[at]);
        let key = (mention.name.as_str(), mention.kind == Kind::Demonym, container);
        let bare = (key.0, key.1, None);
        let group = known.get(&key).or_else(|| known.get(&bare).filter(|_| container.is_none())).copied();
        let group = group.unwrap_or_else(|| {
            groups.push(Group {
                beside: vec![0.0; own[at].len()],
                probabilities: Vec::new(),
                candidates: std::mem::take(&mut own[at]),
                mentions: 0.0,
            });
            groups.len() - 1
        });
        known.insert(key, group);
        // The bare name afterwards is the place that was named in full.
        known.entry(bare).or_insert(group);
        groups[group].mentions += mention.probability;
        for (sum, new) in groups[group].beside.iter_mut().zip(&beside[at]) {
            *sum = sum.max(*new);
        }
        group_of.push(group);
    }
    (groups, group_of)
}

impl<'g> Group<'g> {
    /// Gives each candidate its probability by prior, neighbours and `context`.
    fn settle(&mut self, context: impl Fn(&Candidate<'g>) -> f64) {
        let scores = self.candidates.iter().zip(&self.beside).map(|(c, beside)| c.prior + beside + context(c));
        let scores: Vec<f64> = scores.collect();
        let best = scores.iter().copied().fold(f64::MIN, f64::max);
        let weights: Vec<f64> = scores.iter().map(|score| ((score - best) / TEMPERATURE).exp()).collect();
        let sum: f64 = weights.iter().sum();
        self.probabilities = weights.iter().map(|weight| weight / sum).collect();
    }

    fn best(&self) -> Option<usize> {
        let best = self.probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
        best.map(|(at, _)| at)
    }

    fn likely(&self, group: usize) -> Option<Likely<'g>> {
        let best = self.best()?;
        let weight = self.probabilities[best] * self.mentions.min(3.0).sqrt();
        Some(Likely { group, place: self.candidates[best].place, weight })
    }

    fn resolve(&self, mention: Mention<'g>) -> Option<Resolved<'g>> {
        let best = self.best()?;
        let mut rest: Vec<usize> = (0..self.candidates.len()).filter(|&at| at != best).collect();
        rest.sort_by(|&a, &b| self.probabilities[b].total_cmp(&self.probabilities[a]));
        let alternatives = rest.into_iter().take(ALTERNATIVES).filter(|&at| self.probabilities[at] > 0.005);
        Some(Resolved {
            place: self.candidates[best].place,
            name_kind: self.candidates[best].kind,
            confidence: mention.probability * self.probabilities[best],
            alternatives: alternatives.map(|at| (self.candidates[at].place, self.probabilities[at])).collect(),
            mention,
        })
    }
}
