//! The recogniser that a command finds mentions with.

use crate::messages::counted;
use clap::Args;
use std::collections::BTreeSet;
use std::path::PathBuf;
use toponym::{Annotations, Gazetteer, Geoparser, RecogniserModel, Resources};

/// The recogniser that a command finds mentions with.
#[derive(Args)]
#[command(next_help_heading = "Mentions and places")]
pub struct Recogniser {
    /// A recogniser made by `toponym train recogniser`, or `rules` for the gazetteer and rules alone [default: the
    /// embedded one]
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    recogniser: Option<PathBuf>,
    /// Drop what has a confidence below this, 0 to 1 [default: what the recogniser does best with]
    #[arg(long, value_name = "P", value_parser = super::share)]
    min_confidence: Option<f64>,
}

impl Recogniser {
    /// Whether it is a trained model, and not the gazetteer and rules, which the user asked for.
    pub fn is_trained(&self) -> bool {
        self.recogniser.as_ref().is_none_or(|path| path.as_os_str() != "rules")
    }

    /// The file of the model, with what it is.
    pub fn read(&self) -> Option<(&'static str, PathBuf)> {
        let file = self.recogniser.as_ref().filter(|path| path.as_os_str() != "rules")?;
        Some(("the recogniser", file.clone()))
    }

    /// A geoparser with this recogniser.
    pub fn geoparser(&self, gazetteer: Gazetteer) -> Result<Geoparser, String> {
        let resources = Resources::new(gazetteer).map_err(|error| error.to_string())?;
        let resources = match &self.recogniser {
            None => resources,
            Some(path) if path.as_os_str() == "rules" => resources.with_recogniser(None),
            Some(path) => {
                let bytes = std::fs::read(path)
                    .map_err(|error| format!("{}: cannot be read: {error}; check the path", path.display()))?;
                let model =
                    RecogniserModel::from_bytes(&bytes).map_err(|error| format!("{}: {error}", path.display()))?;
                resources.with_recogniser(Some(model))
            }
        };
        Ok(Geoparser::new(resources).with_min_confidence(self.min_confidence))
    }
}

/// Counts documents in languages that the recogniser was not trained on.
#[derive(Default)]
pub struct Untrained {
    documents: usize,
    languages: BTreeSet<String>,
}

impl Untrained {
    /// The language of a document, if the recogniser was not trained on it.
    pub fn language(annotations: &Annotations) -> Option<String> {
        let untrained = annotations.recogniser == Some(toponym::Recogniser::Dictionary);
        untrained.then(|| annotations.language.clone().unwrap_or_default())
    }

    /// Counts a document in this language.
    pub fn count(&mut self, language: String) {
        self.documents += 1;
        self.languages.insert(language);
    }

    /// The message to the user, if there are any.
    pub fn message(&self) -> Option<String> {
        if self.documents == 0 {
            return None;
        }
        let documents = counted(self.documents as u64, "document");
        let languages = self.languages.iter().cloned().collect::<Vec<_>>().join(", ");
        Some(format!(
            "{documents} not in a language that the recogniser was trained on ({languages}): places found by the \
             gazetteer's names and rules"
        ))
    }
}
