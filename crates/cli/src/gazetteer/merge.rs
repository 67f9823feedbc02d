//! `toponym gazetteer merge`: several gazetteer files -> one file.

use super::progress::Progress;
use super::{open, write};
use crate::{Outcome, open_index, paths};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use toponym::gazetteer::IndexBuilder;

/// Make one gazetteer file of several.
///
/// It answers as the files do when they are stacked: a place that several files have is that of the first, with the
/// names of all. The checksums of each file are checked first.
#[derive(Args)]
pub struct Merge {
    /// Gazetteer files made by `toponym gazetteer build`, those that win ties first.
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The gazetteer file to write. It appears whole or not at all.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Title of the gazetteer, for `info` [default: the titles of the files]
    #[arg(long)]
    title: Option<String>,
}

impl Merge {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        let read = self.files.iter().map(|file| ("a gazetteer", file.clone()));
        paths::check(&[("OUT", &self.output)], read, &[])?;
        let out = open(&self.output)?;
        let mut indexes = Vec::with_capacity(self.files.len());
        for file in &self.files {
            indexes.push(open_index(file)?);
        }
        let titles = || indexes.iter().map(|index| index.title()).collect::<Vec<_>>().join(", ");
        let mut builder = IndexBuilder::new(&self.title.clone().unwrap_or_else(titles));
        let bytes = |index: &toponym::gazetteer::Index| index.sizes().map(|(_, bytes)| bytes).sum::<u64>();
        let mut progress = Progress::new(indexes.iter().map(bytes).sum());
        let mut read = 0;
        for (index, file) in indexes.iter().zip(&self.files) {
            builder.add_index(index).map_err(|error| format!("{}: {error}", file.display()))?;
            read += bytes(index);
            progress.rows(builder.len() as u64, read);
        }
        let rows = builder.len() as u64;
        let size = write(builder, out, &self.output, &mut progress)?;
        progress.done(rows, size, &self.output);
        Ok(ExitCode::SUCCESS)
    }
}
