//! `toponym train`: models from annotated documents.

use super::{Gazetteers, Outcome, finished};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use toponym::Gazetteer;
use toponym::eval::read;
use toponym::train::resolver::{self, Division, Lesson};

/// Learn models from annotated documents.
#[derive(Subcommand)]
pub enum Train {
    Resolver(Resolver),
}

/// Learn to choose among places of one name.
#[derive(Args)]
pub struct Resolver {
    /// Annotated documents, in the forms that `toponym eval` reads.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Write the model to this file.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Score the answers of documents by what was learned from other corpora, instead of other publishers and events.
    #[arg(long)]
    by_corpus: bool,
    /// Annotated documents that are only scored.
    #[arg(long, value_name = "FILE")]
    test: Vec<PathBuf>,
    #[command(flatten)]
    gazetteers: Gazetteers,
}

impl Train {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        match self {
            Train::Resolver(resolver) => resolver.run(),
        }
    }
}

impl Resolver {
    fn run(self) -> Outcome {
        let alone = toponym::embedded()?;
        let gazetteer = self.gazetteers.open()?;
        let stacked = (gazetteer.layers().len() > 1).then_some(&gazetteer);
        let mut lessons = lessons(&self.files, &alone, stacked);
        let (division, others) =
            if self.by_corpus { (Division::Corpus, "corpora") } else { (Division::Kin, "publishers and events") };
        let (model, figures) = resolver::train(&mut lessons, division);
        println!("Answers by what was learned from other {others}\n\n{}", resolver::table(&figures));
        println!("{}", resolver::reliability(&figures));
        if let Some(out) = &self.output {
            std::fs::write(out, model.write())
                .map_err(|error| format!("{}: cannot be written: {error}; choose another OUT", out.display()))?;
        }
        let mut test = self::lessons(&self.test, &alone, stacked);
        let figures = resolver::test(&mut test, &model, &lessons);
        println!("Documents not learned from\n\n{}", resolver::table(&figures));
        finished(&gazetteer, ExitCode::SUCCESS)
    }
}

/// The lessons of the files, with the embedded gazetteer and with others stacked on it.
fn lessons<'g>(files: &[PathBuf], alone: &'g Gazetteer, stacked: Option<&'g Gazetteer>) -> Vec<Lesson<'g>> {
    let mut lessons = Vec::new();
    for file in files {
        let (documents, errors) = read(file);
        errors.iter().for_each(|error| eprintln!("toponym: {error}"));
        for document in &documents {
            lessons.extend(resolver::lessons_of(document, alone, stacked));
        }
    }
    lessons
}
