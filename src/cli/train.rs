//! `toponym train`: annotated texts in, models out.

use super::Outcome;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use toponym::train::recogniser::{Settings, read, train};

/// Train a model on annotated texts.
#[derive(Subcommand)]
pub enum Train {
    Recogniser(Recogniser),
}

/// Train the recogniser: what tells names of places from other names and words.
///
/// Reads token-labelled files (.tsv: a token, a tab and O, B-LOC, I-LOC, B-FAC, B-ORG, B-PER or B-MISC a line, an empty
/// line behind each sentence, `# newdoc` before each document) and annotated documents in every form that `toponym eval`
/// reads, of which only the places need be annotated. The same sources, settings and seed make the same model.
#[derive(Args)]
pub struct Recogniser {
    /// What to learn from; what is given twice counts twice.
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    /// Write the model to this file; `toponym tag --recogniser OUT` uses it.
    #[arg(short, long)]
    out: PathBuf,
    /// What is drawn by chance follows from this number.
    #[arg(long, default_value_t = Settings::default().seed)]
    seed: u64,
    /// Passes over the texts.
    #[arg(long, default_value_t = Settings::default().epochs)]
    epochs: usize,
    /// Features that the model keeps at most; 16 bytes each, and room between them.
    #[arg(long, default_value_t = Settings::default().features)]
    features: usize,
    /// Share of the token-labelled texts that are learned from once more, with other places' names and some sentences in
    /// capitals, in small letters or as headlines.
    #[arg(long, default_value_t = Settings::default().copies)]
    copies: f64,
    /// A name less probable than this is dropped, unless the user of the model says otherwise.
    #[arg(long, default_value_t = Settings::default().threshold)]
    threshold: f64,
    /// BCP 47 tag of a language that the texts are in; repeat it for more.
    #[arg(long, value_name = "TAG", default_values_t = Settings::default().languages)]
    language: Vec<String>,
}

impl Train {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        match self {
            Train::Recogniser(recogniser) => recogniser.run(),
        }
    }
}

impl Recogniser {
    fn run(self) -> Outcome {
        let gazetteer = toponym::embedded()?;
        let sources = self.sources.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
        let settings = Settings {
            seed: self.seed,
            epochs: self.epochs,
            features: self.features,
            copies: self.copies,
            languages: self.language,
            threshold: self.threshold,
        };
        let model = train(&gazetteer, &sources, &settings, &mut |step| eprintln!("{step}"))?;
        std::fs::write(&self.out, model)
            .map_err(|error| format!("{}: cannot be written: {error}; choose another OUT", self.out.display()))?;
        Ok(ExitCode::SUCCESS)
    }
}
