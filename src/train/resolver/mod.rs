//! Training of the resolver: annotated documents -> a model, and tables of how good its answers are.
//!
//! The documents (`documents`) run through the stages by which the program answers, each in several variants: with and without more
//! places in the gazetteer, with the publisher, with a hint (`hints`). The annotators' coordinates say which candidates are right
//! (`target`). In each round a forest (`boost`) learns from what the previous round made of documents that it was not trained on
//! (`folds`, `examples`), and at the end another learns how certain the choices are (`certainty`). `validate` scores the answers.

mod boost;
mod certainty;
mod documents;
mod examples;
mod folds;
mod hints;
mod target;
mod validate;

pub use folds::Division;

use crate::Error;
use crate::eval::GoldDocument;
use crate::gazetteer::Gazetteer;
use crate::resolve::Model;
use documents::{Lookup, TrainingDocument, variants};

/// Annotated documents, and how much each counts.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// The documents.
    pub documents: Vec<GoldDocument>,
    /// The weight of each, 1 as a rule.
    pub weight: f32,
}

/// A resolver's model, and tables of how good its answers are, as plain text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Trained {
    /// The model, learned from all documents.
    pub model: Model,
    /// How the documents of each fold were answered by what was learned from the others, by corpus.
    pub held_out: String,
    /// How often those answers are right, by tenths of their confidence.
    pub reliability: String,
    /// How the documents that were not learned from were answered by the model, by corpus.
    pub tested: String,
}

/// Learns a resolver's model from `corpora` and scores it, on folds of them that `division` holds out, and on `tests`. Names are
/// looked up in `gazetteer`, and besides in `stacked`, one with more places, if there is one.
///
/// # Errors
/// [`Error::Recogniser`] when the embedded recogniser, which finds what the documents mention besides, cannot be opened.
pub fn train(
    corpora: &[Corpus],
    tests: &[GoldDocument],
    gazetteer: &Gazetteer,
    stacked: Option<&Gazetteer>,
    division: Division,
) -> Result<Trained, Error> {
    let lookup = Lookup { gazetteer, stacked, recognisers: crate::recognisers()? };
    let learned = corpora.iter().flat_map(|corpus| corpus.documents.iter().map(|document| (document, corpus.weight)));
    let mut learned: Vec<TrainingDocument<'_>> =
        learned.flat_map(|(document, weight)| variants(document, weight, &lookup)).collect();
    let (model, figures) = folds::learn(&mut learned, division);
    let mut tests: Vec<TrainingDocument<'_>> =
        tests.iter().flat_map(|document| variants(document, 1.0, &lookup)).collect();
    let tested = folds::test(&mut tests, &model, &learned);
    Ok(Trained {
        model,
        held_out: validate::table(&figures),
        reliability: validate::reliability(&figures),
        tested: validate::table(&tested),
    })
}

#[cfg(test)]
mod tests {
    use super::{Corpus, Division, train};
    use crate::eval::{Annotation, GoldDocument};
    use crate::{Document, Geoparser, Resources};

    /// A document with one annotated name, at degrees north and east.
    fn gold(id: usize, text: &str, name: &str, (lat, lon): (f64, f64)) -> GoldDocument {
        let start = text.find(name).expect("a name of the text");
        let annotation =
            Annotation { start, end: start + name.len(), lat: Some(lat), lon: Some(lon), ..Annotation::default() };
        GoldDocument::new("towns", Document::new(id.to_string(), text), vec![annotation]).0
    }

    #[test]
    fn a_model_learns_that_the_least_known_namesake_is_meant() {
        // As no reader would have it: London is the one in Ontario, Paris the one in Texas, Athens the one in Georgia, and so on.
        let towns = [
            ("London", (42.98, -81.25)),
            ("Paris", (33.66, -95.55)),
            ("Athens", (33.96, -83.38)),
            ("Birmingham", (33.52, -86.8)),
            ("Manchester", (42.99, -71.45)),
            ("Boston", (52.98, -0.02)),
        ];
        let documents = towns.iter().cycle().take(60).enumerate();
        let documents = documents.map(|(id, (name, at))| gold(id, &format!("Rain fell in {name} today."), name, *at));
        let corpus = Corpus { documents: documents.collect(), weight: 1.0 };
        let gazetteer = crate::embedded().expect("opens");
        let trained = train(&[corpus], &[], &gazetteer, None, Division::Publisher).expect("trains");
        assert!(trained.held_out.contains("towns") && trained.reliability.contains("90-100 %"));
        let resources = Resources::embedded().expect("opens").with_resolver(trained.model);
        let annotations = Geoparser::new(resources).annotate(&Document::new("", "Rain fell in London today."));
        let countries: Vec<_> = annotations
            .mentions
            .iter()
            .filter_map(|mention| Some(mention.place.as_ref()?.country().to_owned()))
            .collect();
        assert_eq!(countries, ["CA"]);
    }
}
