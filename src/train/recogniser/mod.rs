//! Training the recogniser: token-labelled files and geoparsing corpora -> [`Model`].
//!
//! The chain's likelihood is summed over all labels that a corpus leaves open: one that has no class for facilities does
//! not say that there are none, and one that annotates places alone says nothing of people.

mod augment;
mod calibrate;
mod constraints;
mod corpus;
mod folds;
mod metonyms;
mod optimise;
mod weigh;
mod write;

pub use corpus::{Source, SourceError, read};

use crate::gazetteer::Gazetteer;
use crate::mention::tagger::model::{About, Model, ModelError};
use folds::Folds;
use optimise::Data;

/// How to train.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Everything that is drawn by chance follows from this.
    pub seed: u64,
    /// Passes over the texts.
    pub epochs: usize,
    /// Features that the model may keep.
    pub features: usize,
    /// Share of the token-labelled texts that are learned from once more, with other places' names.
    pub copies: f64,
    /// BCP 47 tags of the texts' languages.
    pub languages: Vec<String>,
    /// A name less probable than this is dropped, unless the user of the model says otherwise.
    pub threshold: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            seed: 1,
            epochs: 8,
            features: 160_000,
            copies: 0.4,
            languages: vec!["en".to_owned()],
            threshold: 0.35,
        }
    }
}

/// Trains on these sources and returns the model's bytes, as [`Model::from_bytes`] reads them. `step` is told what is being done.
///
/// # Errors
/// When the sources hold too little to be learned from.
pub fn train(
    gazetteer: &Gazetteer,
    sources: &[Source],
    settings: &Settings,
    step: &mut dyn FnMut(&str),
) -> Result<Vec<u8>, ModelError> {
    let mut random = fastrand::Rng::with_seed(settings.seed);
    let mut data = Data::default();
    let folds = Folds::of(sources);
    for (at, source) in sources.iter().enumerate() {
        step(&format!("reading {}", source.name));
        for (number, example) in source.examples().iter().enumerate() {
            data.add(gazetteer, example, folds.of_text(at, number));
        }
        for (number, example) in source.copies(gazetteer, settings.copies, &mut random) {
            data.add(gazetteer, &example, folds.of_text(at, number));
        }
    }
    step(&format!("{} stretches, {} tokens, {} features", data.segments(), data.tokens(), data.features()));
    let trained = optimise::optimise(&data, None, settings, &mut random, step);
    let mut models = folds.models(&data, settings, step)?;
    let weighing = weigh::weigh(&folds.candidates(&models, gazetteer, sources));
    models.iter_mut().for_each(|model| model.about_mut().weighing = weighing);
    let held = folds.held_out(&models, gazetteer, sources, settings.threshold);
    let calibration = calibrate::calibrate(&held.samples);
    let metonyms = metonyms::learn(&held.names, step);
    let about = About {
        languages: settings.languages.clone(),
        corpora: sources.iter().map(|source| source.name.clone()).collect(),
        threshold: calibration.worth(settings.threshold),
        weighing,
        calibration,
        metonyms,
    };
    let bytes = write::write(&trained, &about, settings.features);
    Model::from_bytes(&bytes)?;
    Ok(bytes)
}
