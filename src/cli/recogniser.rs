//! Which recogniser a command finds mentions with.

use clap::Args;
use std::collections::BTreeSet;
use std::path::PathBuf;
use toponym::mention::{self, Keep, Kind, Model};
use toponym::{Gazetteer, Geoparser, Parsed};

/// The recogniser that a command finds mentions with.
#[derive(Args)]
pub struct Recogniser {
    /// A recogniser made by `toponym train recogniser`, or `rules` for the gazetteer and rules alone [default: the
    /// embedded one]
    #[arg(long, value_name = "FILE")]
    recogniser: Option<PathBuf>,
    /// Drop mentions that name a place with a probability below this, 0 to 1 [default: what the recogniser does best with]
    #[arg(long, value_name = "P", value_parser = probability)]
    min_confidence: Option<f64>,
    /// Keep only these kinds of mentions, with commas between [default: all]
    #[arg(long, value_name = "KIND,...", value_delimiter = ',', value_parser = kind)]
    kinds: Vec<Kind>,
}

fn probability(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|p| (0.0..=1.0).contains(p)).ok_or_else(|| "give a number from 0 to 1".to_owned())
}

fn kind(text: &str) -> Result<Kind, String> {
    let known = Kind::ALL.iter().find(|kind| kind.to_string() == text);
    known.copied().ok_or_else(|| format!("give some of {}", Kind::ALL.map(|kind| kind.to_string()).join(",")))
}

impl Recogniser {
    /// Whether it was trained, and does not go by the gazetteer and rules by the user's own wish.
    pub fn is_trained(&self) -> bool {
        self.recogniser.as_ref().is_none_or(|path| path.as_os_str() != "rules")
    }

    /// A geoparser with it.
    pub fn geoparser<'g>(&self, gazetteer: &'g Gazetteer) -> Result<Geoparser<'g>, String> {
        let keep = Keep { min_confidence: self.min_confidence, kinds: self.kinds.clone() };
        let geoparser = Geoparser::new(gazetteer).keeping(keep);
        match &self.recogniser {
            None => Ok(geoparser),
            Some(path) if path.as_os_str() == "rules" => Ok(geoparser.with_recogniser(None)),
            Some(path) => {
                let bytes = std::fs::read(path)
                    .map_err(|error| format!("{}: cannot be read: {error}; check the path", path.display()))?;
                let model = Model::from_bytes(&bytes).map_err(|error| format!("{}: {error}", path.display()))?;
                Ok(geoparser.with_recogniser(Some(model)))
            }
        }
    }
}

/// The documents in languages that the recogniser was not trained on.
#[derive(Default)]
pub struct Untrained {
    documents: usize,
    languages: BTreeSet<String>,
}

impl Untrained {
    /// Counts a document if it is one.
    pub fn count(&mut self, parsed: &Parsed<'_, '_>) {
        if parsed.recogniser == Some(mention::Recogniser::Dictionary) {
            self.documents += 1;
            self.languages.extend(parsed.language.clone());
        }
    }

    /// Tells the user of them, if there are any.
    pub fn tell(&self) {
        if self.documents > 0 {
            let languages = self.languages.iter().cloned().collect::<Vec<_>>().join(", ");
            let documents =
                if self.documents == 1 { "1 document".to_owned() } else { format!("{} documents", self.documents) };
            eprintln!(
                "toponym: {documents} not in a language that the recogniser was trained on ({languages}): places found by \
                 the gazetteer's names and rules"
            );
        }
    }
}
