//! Rounds of training, and the folds of documents that are answered by what was learned from the others.

use super::certainty::certainty;
use super::documents::TrainingDocument;
use super::examples::Examples;
use super::validate::{self, Table};
use crate::resolve::model::Model;
use std::collections::HashSet;

/// Rounds of choosing.
const ROUNDS: usize = 3;

/// Folds of [`Division::Publisher`].
const FOLDS: usize = 5;

/// How documents are divided into folds, each of which is answered by what was learned from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Division {
    /// By a hash of the publisher, of the event or else of the document, so that none of these is in two folds.
    Publisher,
    /// By corpus.
    Corpus,
}

/// Learns a model from documents, and scores how each fold of them was answered by what was learned from the others.
///
/// In every round each fold is answered by a forest that was grown on the others, and the next round learns from these answers;
/// those of the last round are scored.
pub fn learn(documents: &mut [TrainingDocument<'_>], division: Division) -> (Model, Table) {
    let fold_of = folds(documents, division);
    let count = fold_of.iter().max().map_or(0, |last| last + 1);
    let mut model = Model::default();
    documents.iter_mut().for_each(|document| document.context.reset());
    for _ in 0..ROUNDS {
        documents.iter_mut().for_each(|document| document.context.prepare_round());
        let examples = Examples::new(documents);
        let matrix = examples.matrix();
        model.rounds.push(examples.learn(&matrix, |_| true));
        for fold in 0..count {
            let forest = examples.learn(&matrix, |document| fold_of[document] != fold);
            let own = documents.iter_mut().zip(&fold_of).filter(|(_, of)| **of == fold);
            own.for_each(|(document, _)| document.context.choose(&forest));
        }
    }
    let mut table = Table::new();
    for fold in 0..count {
        let (own, others): (Vec<_>, Vec<_>) = documents.iter().zip(&fold_of).partition(|(_, of)| **of == fold);
        let [own, others] =
            [own, others].map(|side| side.into_iter().map(|(document, _)| document).collect::<Vec<_>>());
        let held_out = Model { rounds: Vec::new(), certainty: certainty(&others) };
        validate::score(&own, &names(&others), &held_out, &mut table);
    }
    model.certainty = certainty(&documents.iter().collect::<Vec<_>>());
    (model, table)
}

/// Answers documents with a model that was learned from others, and scores them.
pub fn test(documents: &mut [TrainingDocument<'_>], model: &Model, learned: &[TrainingDocument<'_>]) -> Table {
    for document in documents.iter_mut() {
        document.context.reset();
        model.rounds.iter().for_each(|forest| document.context.run_round(forest));
    }
    let mut table = Table::new();
    let learned: Vec<_> = learned.iter().collect();
    validate::score(&documents.iter().collect::<Vec<_>>(), &names(&learned), model, &mut table);
    table
}

/// The names of documents.
fn names<'d>(documents: &[&'d TrainingDocument<'_>]) -> HashSet<&'d str> {
    documents.iter().flat_map(|document| &document.names).map(String::as_str).collect()
}

/// The fold of each document.
fn folds(documents: &[TrainingDocument<'_>], division: Division) -> Vec<usize> {
    let mut corpora: Vec<&str> = documents.iter().map(|document| document.corpus.as_str()).collect();
    corpora.sort_unstable();
    corpora.dedup();
    let fold = |document: &TrainingDocument<'_>| match division {
        Division::Publisher => crc32fast::hash(document.fold_key.as_bytes()) as usize % FOLDS,
        Division::Corpus => corpora.partition_point(|corpus| *corpus < document.corpus.as_str()),
    };
    documents.iter().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::{Division, FOLDS, folds};
    use crate::resolve::home::Home;
    use crate::resolve::resolution_context::ResolutionContext;
    use crate::text::{Words, tokenise};
    use crate::train::resolver::documents::TrainingDocument;
    use toponym_languages::languages;

    #[test]
    fn what_belongs_together_is_in_one_fold() {
        let gazetteer = crate::embedded().expect("opens");
        let tokens = tokenise("", languages());
        let words = Words::new("", &tokens, languages().default_language());
        let document = |corpus: &str, key: usize| TrainingDocument {
            context: ResolutionContext::new(&gazetteer, &words, &[], Home::default()),
            corpus: corpus.to_owned(),
            label: corpus.to_owned(),
            fold_key: key.to_string(),
            weight: 1.0,
            gold: Vec::new(),
            names: Vec::new(),
            lost: 0,
        };
        let documents: Vec<_> = (0..40).map(|at| document(["news", "tweets"][at % 2], at / 2)).collect();
        let by_publisher = folds(&documents, Division::Publisher);
        assert!(by_publisher.chunks(2).all(|pair| pair[0] == pair[1]));
        assert!((0..FOLDS).all(|fold| by_publisher.contains(&fold)));
        assert_eq!(folds(&documents, Division::Corpus)[..3], [0, 1, 0]);
    }
}
