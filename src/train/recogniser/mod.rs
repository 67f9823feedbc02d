//! Training the recogniser: token-labelled files and geoparsing corpora -> [`Model`].
//!
//! The likelihood of the chain is summed over all labels that the annotations leave open: a corpus that has no class for facilities does
//! not say that there are none, and one that annotates places alone says nothing of people.

mod augment;
mod average;
mod calibrate;
mod constraints;
mod corpus;
mod example;
mod folds;
mod labelled;
mod metonyms;
mod optimise;
mod threads;
mod weigh;
mod write;

pub use corpus::{Source, SourceError};

use std::path::Path;

/// Reads the sources of a training. A class that none of them is annotated for is not in the model: left open, it would take the first
/// words of sentences.
///
/// # Errors
/// When a source cannot be read, or holds texts that nothing may be learned from.
pub fn read<P: AsRef<Path>>(paths: &[P]) -> Result<Vec<Source>, SourceError> {
    let mut sources = paths.iter().map(|path| corpus::read(path.as_ref())).collect::<Result<Vec<_>, _>>()?;
    let annotated = sources.iter().fold(0, |all, source| all | source.annotated());
    sources.iter_mut().for_each(|source| source.close(!annotated));
    Ok(sources)
}

use crate::gazetteer::Gazetteer;
use crate::mention::tagger::{About, Model, ModelError};
use crate::text::language::DEFAULT_LANGUAGE;
use folds::Folds;
use optimise::Data;

/// Settings of the training.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Seed of the random numbers: the same sources, settings and seed make the same model.
    pub seed: u64,
    /// How often the weights are learned, each time in another order; the model has their average.
    pub runs: usize,
    /// Number of passes over the texts.
    pub epochs: usize,
    /// Largest number of features that the model keeps.
    pub features: usize,
    /// Share of the token-labelled texts, 0 to 1, that are learned from once more with other names of places.
    pub copies: f64,
    /// Share of the features, 0 to 1, that are left out at random at each token while learning.
    pub dropout: f64,
    /// BCP 47 tags of the texts' languages.
    pub languages: Vec<String>,
    /// Mentions with an uncalibrated probability below this, 0 to 1, are dropped unless the user of the model sets another threshold.
    pub threshold: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            seed: 1,
            runs: 1,
            epochs: 8,
            features: 160_000,
            copies: 0.4,
            dropout: 0.12,
            languages: vec![DEFAULT_LANGUAGE.to_owned()],
            threshold: 0.35,
        }
    }
}

/// Trains on these sources and returns the bytes of a model file, as [`Model::from_bytes`] reads them. `step` is called with what is being
/// done, and with what of the sources could not be used.
///
/// # Errors
/// When a model cannot be read back.
pub fn train(
    gazetteer: &Gazetteer,
    sources: &[Source],
    settings: &Settings,
    step: &mut dyn FnMut(&str),
) -> Result<Vec<u8>, ModelError> {
    let mut random = fastrand::Rng::with_seed(settings.seed);
    let mut data = Data::default();
    let folds = Folds::new(sources, settings.languages.len());
    for (at, source) in sources.iter().enumerate() {
        step(&format!("reading {}", source.name));
        source.problems.iter().for_each(|problem| step(problem));
        for (number, example) in source.examples().iter().enumerate() {
            data.add(gazetteer, example, folds.of_text(at, number));
        }
        for (number, example) in source.copies(gazetteer, settings.copies, &mut random) {
            data.add(gazetteer, &example, folds.of_text(at, number));
        }
    }
    step(&format!("{} segments, {} tokens, {} features", data.segments(), data.tokens(), data.features()));
    let trained = average::averaged(&data, settings, &mut random, step);
    let mut models = folds.models(&data, settings, step)?;
    let weighing = weigh::weigh(&folds.candidates(&models, gazetteer, sources));
    models.iter_mut().for_each(|model| model.about_mut().weighing = weighing);
    let held_out = folds.held_out(&models, gazetteer, sources, settings.threshold);
    let calibration = calibrate::calibrate(&held_out.samples);
    let metonyms = metonyms::learn(&held_out.names, step);
    let about = About {
        languages: settings.languages.clone(),
        corpora: sources.iter().map(|source| source.name.clone()).collect(),
        threshold: calibration.calibrate(settings.threshold),
        weighing,
        calibration,
        metonyms,
    };
    let bytes = write::write(&trained, &about, settings.features);
    Model::from_bytes(&bytes)?;
    Ok(bytes)
}
