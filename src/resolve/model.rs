//! The learned model: a forest for each round of choosing, and how sure its choices are.

use super::features::{NAMES, PROBABILITY, Row};
use super::forest::{Forest, take};
use crate::error::Error;
use crate::probability::{self, logit, sigmoid};

/// What chooses among candidates, and says how sure the choice is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// One forest a round: the first sees each name by itself, the others what the round before made of the document.
    pub rounds: Vec<Forest>,
    /// The log-odds that a choice is right within 161 km, learned from documents that the others were not trained on.
    pub certainty: Forest,
}

/// Begins a model file.
const MAGIC: &[u8; 8] = b"toporank";

impl Model {
    /// Opens a model file that `toponym train resolver` wrote.
    ///
    /// # Errors
    /// [`Error::Resolver`] when the bytes are something else, or a model that was trained on other features.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Model::read(bytes).ok_or(Error::Resolver)
    }

    /// How probable it is that each choice is right that has this row and was given this probability.
    pub fn confidences<'r>(&self, choices: impl Iterator<Item = (&'r Row, f64)>) -> Vec<f64> {
        if self.certainty.trees().is_empty() {
            return choices.map(|(_, probability)| probability).collect();
        }
        let rows = choices.map(|(row, probability)| {
            let mut row = *row;
            row[PROBABILITY] = logit(probability, LOGIT_MARGIN) as f32;
            row
        });
        let scores = self.certainty.scores(&rows.collect::<Vec<_>>());
        scores.into_iter().map(|score| sigmoid(f64::from(score))).collect()
    }

    /// The bytes of a model file.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(fingerprint().to_le_bytes());
        out.push(self.rounds.len() as u8);
        self.rounds.iter().chain([&self.certainty]).for_each(|forest| forest.write(&mut out));
        out
    }

    /// Reads what [`Model::write`] wrote; `None` if it is something else, or was trained on other features.
    fn read(mut bytes: &[u8]) -> Option<Self> {
        let bytes = &mut bytes;
        let magic: [u8; 8] = take(bytes)?;
        let features = u32::from_le_bytes(take(bytes)?);
        if magic != *MAGIC || features != fingerprint() {
            return None;
        }
        let [count] = take(bytes)?;
        let rounds = (0..count).map(|_| Forest::read(bytes)).collect::<Option<Vec<_>>>()?;
        Some(Model { rounds, certainty: Forest::read(bytes)? })
    }
}

/// Which features a model was trained on.
fn fingerprint() -> u32 {
    crc32fast::hash(NAMES.join(",").as_bytes())
}

/// How near to 0 and 1 the probability of a choice may be as a feature.
pub const LOGIT_MARGIN: f64 = 1e-3;

/// The probabilities of the candidates with these scores; `more` is added to the score of each.
pub fn softmax(scores: &[f32], more: impl Fn(usize) -> f64) -> Vec<f64> {
    if let [_] = scores {
        return vec![1.0];
    }
    let scores = scores.iter().copied().enumerate();
    let mut probabilities: Vec<f64> = scores.map(|(at, score)| f64::from(score) + more(at)).collect();
    probability::softmax(&mut probabilities, 1.0);
    probabilities
}

#[cfg(test)]
mod tests {
    use super::Model;

    #[test]
    fn the_embedded_model_is_one_of_these_features() {
        let model = crate::resolver().expect("the embedded model");
        assert!(model.rounds.len() > 1, "train it again: `toponym train resolver`");
        assert_eq!(Model::read(&model.write()).map(|read| read.rounds.len()), Some(model.rounds.len()));
    }

    #[test]
    fn other_bytes_are_no_model() {
        assert_eq!(Model::read(b"toporank"), None);
        assert_eq!(Model::read(&[0; 64]), None);
    }
}
