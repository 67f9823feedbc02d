//! `toponym train`: annotated texts -> models.

use super::{Gazetteers, Outcome, finished};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use toponym::eval::{GoldDocument, read};
use toponym::train::recogniser;
use toponym::train::resolver::{self, Division};

/// Learn models from annotated texts.
#[derive(Subcommand)]
pub enum Train {
    Recogniser(Recogniser),
    Resolver(Resolver),
}

/// Learn to choose among places of one name.
#[derive(Args)]
pub struct Resolver {
    /// Annotated documents, in the formats that `toponym eval` reads.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Write the model to this file.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Score the documents of each corpus by what was learned from other corpora, instead of other publishers and
    /// events.
    #[arg(long)]
    by_corpus: bool,
    /// Annotated documents that are only scored.
    #[arg(long, value_name = "FILE")]
    test: Vec<PathBuf>,
    #[command(flatten)]
    gazetteers: Gazetteers,
}

/// Train the recogniser, which distinguishes names of places from other names and words.
///
/// Reads token-labelled files (.tsv: a token, a tab and O, B-LOC, I-LOC, B-FAC, B-ORG, B-PER or B-MISC a line, an empty
/// line after each sentence, `# newdoc` before each document) and annotated documents in every format that `toponym
/// eval` reads, in which only the places need be annotated. Marked texts in a folder `test` are refused: they measure
/// what was learned from others. The same sources, settings and seed give the same model.
#[derive(Args)]
pub struct Recogniser {
    /// Files to learn from; a file that is given twice counts twice.
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    /// Write the model to this file; `toponym tag --recogniser OUT` uses it.
    #[arg(short, long)]
    out: PathBuf,
    /// The seed of random numbers.
    #[arg(long, default_value_t = recogniser::Settings::default().seed)]
    seed: u64,
    /// Passes over the texts.
    #[arg(long, default_value_t = recogniser::Settings::default().epochs)]
    epochs: usize,
    /// Greatest number of features of the model; each takes 16 bytes, and the table has some empty rows.
    #[arg(long, default_value_t = recogniser::Settings::default().features)]
    features: usize,
    /// Share of the token-labelled texts that are learned from a second time, with the names of other places and some
    /// sentences in capitals, in small letters or as headlines.
    #[arg(long, default_value_t = recogniser::Settings::default().copies)]
    copies: f64,
    /// The probability below which the model drops a name, unless its user says otherwise.
    #[arg(long, default_value_t = recogniser::Settings::default().threshold)]
    threshold: f64,
    /// BCP 47 tag of a language that the texts are in; repeat it for more.
    #[arg(long, value_name = "TAG", default_values_t = recogniser::Settings::default().languages)]
    language: Vec<String>,
}

impl Train {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        match self {
            Train::Resolver(resolver) => resolver.run(),
            Train::Recogniser(recogniser) => recogniser.run(),
        }
    }
}

impl Resolver {
    fn run(self) -> Outcome {
        for file in &self.files {
            toponym::train::refuse_test_folder(file)?;
        }
        let alone = toponym::gazetteer::embedded()?;
        let gazetteer = self.gazetteers.open()?;
        let stacked = (gazetteer.layers().len() > 1).then_some(&gazetteer);
        let (division, others) =
            if self.by_corpus { (Division::Corpus, "corpora") } else { (Division::Kin, "publishers and events") };
        let (documents, tests) = (documents(&self.files), documents(&self.test));
        let trained = resolver::train(&documents, &tests, &alone, stacked, division);
        println!("Answers by what was learned from other {others}\n\n{}", trained.held_out);
        println!("{}", trained.reliability);
        if let Some(out) = &self.output {
            std::fs::write(out, trained.model.write())
                .map_err(|error| format!("{}: cannot be written: {error}; choose another OUT", out.display()))?;
        }
        println!("Documents not learned from\n\n{}", trained.tested);
        finished(&gazetteer, ExitCode::SUCCESS)
    }
}

/// The annotated documents of files. Failures are named on standard error.
fn documents(files: &[PathBuf]) -> Vec<GoldDocument> {
    let mut documents = Vec::new();
    for file in files {
        let (read, errors) = read(file);
        errors.iter().for_each(|error| eprintln!("toponym: {error}"));
        documents.extend(read);
    }
    documents
}

impl Recogniser {
    fn run(self) -> Outcome {
        let gazetteer = toponym::gazetteer::embedded()?;
        let sources = recogniser::read(&self.sources)?;
        let settings = recogniser::Settings {
            seed: self.seed,
            epochs: self.epochs,
            features: self.features,
            copies: self.copies,
            languages: self.language,
            threshold: self.threshold,
        };
        let model = recogniser::train(&gazetteer, &sources, &settings, &mut |step| eprintln!("{step}"))?;
        std::fs::write(&self.out, model)
            .map_err(|error| format!("{}: cannot be written: {error}; choose another OUT", self.out.display()))?;
        Ok(ExitCode::SUCCESS)
    }
}
