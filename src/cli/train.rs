//! `toponym train`: models from annotated documents.

use super::{Gazetteers, Outcome, finished};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use toponym::eval::read;
use toponym::Gazetteer;
use toponym::train::resolver::{self, Lesson, Table};

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
    /// Score the model on this many parts of the documents, each with a model learned from the others.
    #[arg(long, value_name = "PARTS")]
    cross_validate: Option<usize>,
    /// Score the model on each corpus, with a model learned from the others.
    #[arg(long)]
    leave_out: bool,
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
        let learned: Vec<usize> = (0..lessons.len()).collect();
        if let Some(parts) = self.cross_validate {
            let figures = resolver::cross_validate(&mut lessons, parts);
            println!("Each document by a model learned from the others ({parts} parts)\n\n{}", resolver::table(&figures));
            println!("{}", resolver::reliability(&figures));
        }
        if self.leave_out {
            let figures = resolver::leave_out(&mut lessons);
            println!("Each corpus by a model learned from the others\n\n{}", resolver::table(&figures));
        }
        if self.output.is_some() || !self.test.is_empty() {
            let model = resolver::train(&mut lessons, &learned);
            if let Some(out) = &self.output {
                std::fs::write(out, model.write())
                    .map_err(|error| format!("{}: cannot be written: {error}; choose another OUT", out.display()))?;
            }
            let first = lessons.len();
            lessons.extend(self::lessons(&self.test, &alone, stacked));
            let test: Vec<usize> = (first..lessons.len()).collect();
            let mut figures = Table::new();
            resolver::score(&mut lessons, &test, &learned, &model, &mut figures);
            println!("Documents not learned from\n\n{}", resolver::table(&figures));
        }
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
