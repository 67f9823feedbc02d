//! Annotated documents -> a resolver's model and what it is worth.

use super::{lessons, validate};
use crate::eval::GoldDocument;
use crate::gazetteer::Gazetteer;
use crate::resolve::Model;

/// How documents are divided into parts, each of which is answered by what was learned from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Division {
    /// At random, but no publisher and no event into two parts.
    Kin,
    /// By corpus.
    Corpus,
}

/// A resolver's model, and tables of how good its answers are, as plain text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Trained {
    /// The model, learned from all documents.
    pub model: Model,
    /// How the documents of each part were answered by what was learned from the others, by corpus.
    pub held_out: String,
    /// How often those answers are right, by tenths of their confidence.
    pub reliability: String,
    /// How the documents that were not learned from were answered by the model, by corpus.
    pub tested: String,
}

/// Learns a resolver's model from `documents` and scores it, on parts of them held out by `division`, and on `tests`.
/// Names are looked up in `gazetteer`, and besides in `stacked`, one with more places, if there is one.
pub fn train(
    documents: &[GoldDocument],
    tests: &[GoldDocument],
    gazetteer: &Gazetteer,
    stacked: Option<&Gazetteer>,
    division: Division,
) -> Trained {
    let lessons = |documents: &[GoldDocument]| -> Vec<_> {
        documents.iter().flat_map(|document| lessons::lessons_of(document, gazetteer, stacked)).collect()
    };
    let mut learned = lessons(documents);
    let (model, figures) = super::learn(&mut learned, division);
    let tested = super::test(&mut lessons(tests), &model, &learned);
    Trained {
        model,
        held_out: validate::table(&figures),
        reliability: validate::reliability(&figures),
        tested: validate::table(&tested),
    }
}
