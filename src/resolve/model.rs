//! The resolver's model: a forest for each round of choosing, and one for the confidence in the choices.

use super::contract::fingerprint;
use super::features::{PROBABILITY, Row};
use super::forest::{Forest, take};
use crate::error::Error;
use crate::probability::{self, logit, sigmoid};

/// What chooses among candidates, and estimates how probable it is that the choice is right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// One forest a round: the first sees each name by itself, the others the outcome of the previous round.
    pub rounds: Vec<Forest>,
    /// The log-odds that a choice is right within 161 km, learned from documents that the others were not trained on.
    pub certainty: Forest,
}

/// The first bytes of a model file.
const MAGIC: &[u8; 8] = b"toporank";

/// How near to 0 and 1 the probability of a choice may be as a feature.
pub const LOGIT_MARGIN: f64 = 1e-3;

impl Model {
    /// Opens a model file that `toponym train resolver` wrote.
    ///
    /// # Errors
    /// [`Error::Resolver`] when the bytes are something else or damaged, [`Error::ResolverFeatures`] when the model was trained on
    /// other features than this program has.
    pub fn from_bytes(mut bytes: &[u8]) -> Result<Self, Error> {
        let bytes = &mut bytes;
        let magic: Option<[u8; 8]> = take(bytes);
        let found = take(bytes).map(u32::from_le_bytes).filter(|_| magic == Some(*MAGIC)).ok_or(Error::Resolver)?;
        let expected = fingerprint();
        if found != expected {
            return Err(Error::ResolverFeatures { found, expected });
        }
        Self::read_forests(bytes).ok_or(Error::Resolver)
    }

    fn read_forests(bytes: &mut &[u8]) -> Option<Self> {
        let [count] = take(bytes)?;
        let rounds = (0..count).map(|_| Forest::read(bytes)).collect::<Option<Vec<_>>>()?;
        Some(Model { rounds, certainty: Forest::read(bytes)? })
    }

    /// The bytes of a model file: magic bytes, the fingerprint (u32, little-endian), the number of rounds (u8), a forest for each,
    /// and that of the confidence.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(fingerprint().to_le_bytes());
        out.push(self.rounds.len() as u8);
        self.rounds.iter().chain([&self.certainty]).for_each(|forest| forest.write(&mut out));
        out
    }

    /// The probabilities that choices are right, each given by its candidate's row and the candidate's probability.
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
}

/// The probabilities of the candidates with these scores.
pub fn softmax(scores: &[f32]) -> Vec<f64> {
    let mut probabilities: Vec<f64> = scores.iter().map(|score| f64::from(*score)).collect();
    probability::softmax(&mut probabilities, 1.0);
    probabilities
}

#[cfg(test)]
mod tests {
    use super::{MAGIC, Model};
    use crate::error::Error;

    #[test]
    fn the_embedded_model_is_one_of_these_features() {
        let model = crate::embedded::resolver().unwrap_or_else(|error| panic!("{error}"));
        assert!(model.rounds.len() > 1);
        let read = Model::from_bytes(&model.write()).expect("what was written");
        assert_eq!(read.rounds.len(), model.rounds.len());
    }

    #[test]
    fn other_bytes_are_no_model() {
        let whole = Model::default().write();
        for bytes in [&b"toporank"[..], &[0; 64], &whole[..whole.len() - 1]] {
            assert!(matches!(Model::from_bytes(bytes), Err(Error::Resolver)), "{bytes:?}");
        }
    }

    #[test]
    fn a_model_of_other_features_is_refused_with_how_to_train_it_anew() {
        let mut bytes = Model::default().write();
        bytes[MAGIC.len()] ^= 1;
        let error = Model::from_bytes(&bytes).expect_err("another fingerprint").to_string();
        assert!(error.contains("train it anew with `toponym train resolver"), "{error}");
    }
}
