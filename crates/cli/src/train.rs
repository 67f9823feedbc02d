//! `toponym train`: annotated texts -> models.

use super::{Gazetteers, Outcome, finished, paths};
use crate::messages::tell;
use clap::{Args, Subcommand};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toponym::eval::{GoldDocument, read};
use toponym::export::Output;
use toponym::train::recogniser;
use toponym::train::resolver::{self, Corpus, Division};

/// Learn models from annotated texts.
#[derive(Subcommand)]
pub enum Train {
    Recogniser(Recogniser),
    Resolver(Resolver),
}

/// Learn to choose among places of one name.
#[derive(Args)]
pub struct Resolver {
    /// Annotated documents, in the formats that `toponym eval` reads; with =WEIGHT behind the file's name each document of it counts
    /// that much instead of 1.
    #[arg(required = true, value_name = "FILE[=WEIGHT]")]
    files: Vec<String>,
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
    /// Runs over the texts in another order each; the model has the average of what they learned, which tells unknown names apart
    /// better and takes as many times as long.
    #[arg(long, default_value_t = recogniser::Settings::default().runs, value_parser = super::at_least_one)]
    runs: usize,
    /// Passes over the texts.
    #[arg(long, default_value_t = recogniser::Settings::default().epochs)]
    epochs: usize,
    /// Greatest number of features of the model; each takes 16 bytes, and the table has some empty rows.
    #[arg(long, default_value_t = recogniser::Settings::default().features)]
    features: usize,
    /// Share of the token-labelled texts that are learned from a second time, with the names of other places and some
    /// sentences in capitals, in small letters or as headlines.
    #[arg(long, default_value_t = recogniser::Settings::default().copies, value_parser = super::share)]
    copies: f64,
    /// Share of the features, 0 to 1, that are left out at random at each token while learning.
    #[arg(long, default_value_t = recogniser::Settings::default().dropout, value_parser = super::share)]
    dropout: f64,
    /// The probability below which the model drops a name, unless its user says otherwise.
    #[arg(long, default_value_t = recogniser::Settings::default().threshold, value_parser = super::share)]
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
        let learned: Vec<(PathBuf, f32)> = self.files.iter().map(|file| weighted(file)).collect();
        let searched: Vec<PathBuf> = learned.iter().map(|(file, _)| file).chain(&self.test).cloned().collect();
        let files = searched.iter().map(|file| ("an annotated document", file.clone()));
        let read = files.chain(self.gazetteers.read());
        paths::check(&self.output.iter().map(|out| ("OUT", &**out)).collect::<Vec<_>>(), read, &searched)?;
        for (file, _) in &learned {
            toponym::train::refuse_test_folder(file)?;
        }
        let alone = toponym::gazetteer::embedded()?;
        let gazetteer = self.gazetteers.open()?;
        let stacked = (gazetteer.layers().len() > 1).then_some(&gazetteer);
        let (division, others) =
            if self.by_corpus { (Division::Corpus, "corpora") } else { (Division::Publisher, "publishers and events") };
        let corpora = learned
            .iter()
            .map(|(file, weight)| Corpus { documents: documents(std::slice::from_ref(file)), weight: *weight });
        let corpora: Vec<Corpus> = corpora.collect();
        let trained = resolver::train(&corpora, &documents(&self.test), &alone, stacked, division)?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "Answers by what was learned from other {others}\n\n{}", trained.held_out)?;
        writeln!(out, "{}", trained.reliability)?;
        if let Some(path) = &self.output {
            write_model(path, &trained.model.write())?;
        }
        writeln!(out, "Documents not learned from\n\n{}", trained.tested)?;
        finished(&gazetteer, ExitCode::SUCCESS)
    }
}

/// The file and the weight of `FILE` or `FILE=WEIGHT`.
fn weighted(file: &str) -> (PathBuf, f32) {
    let weighted = file.rsplit_once('=').and_then(|(file, weight)| Some((file, weight.parse().ok()?)));
    let (file, weight) = weighted.filter(|(_, weight)| *weight > 0.0).unwrap_or((file, 1.0));
    (PathBuf::from(file), weight)
}

/// Writes a model, whole or not at all.
fn write_model(path: &Path, model: &[u8]) -> Result<(), String> {
    let written = Output::file(path).and_then(|mut out| out.write_all(model).and_then(|()| out.commit()));
    written.map_err(|error| format!("{error}; choose another OUT"))
}

/// The annotated documents of files. Failures are named on standard error.
fn documents(files: &[PathBuf]) -> Vec<GoldDocument> {
    let mut documents = Vec::new();
    for file in files {
        let (read, errors) = read(file);
        errors.iter().for_each(|error| tell!("toponym: {error}"));
        documents.extend(read);
    }
    documents
}

impl Recogniser {
    fn run(self) -> Outcome {
        let read = self.sources.iter().map(|source| ("a text to learn from", source.clone()));
        paths::check(&[("OUT", &self.out)], read, &self.sources)?;
        let gazetteer = toponym::gazetteer::embedded()?;
        let sources = recogniser::read(&self.sources)?;
        let settings = recogniser::Settings {
            seed: self.seed,
            runs: self.runs,
            epochs: self.epochs,
            features: self.features,
            copies: self.copies,
            dropout: self.dropout,
            languages: self.language,
            threshold: self.threshold,
        };
        let model = recogniser::train(&gazetteer, &sources, &settings, &mut |step| tell!("{step}"))?;
        write_model(&self.out, &model)?;
        Ok(ExitCode::SUCCESS)
    }
}
