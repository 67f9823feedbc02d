//! `toponym gazetteer info`: the contents of a gazetteer file.

use crate::messages::counted;
use crate::{Outcome, open_index};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Show what a gazetteer file holds.
#[derive(Args)]
pub struct Info {
    /// The file.
    file: PathBuf,
    /// Read all of it and check its checksums.
    #[arg(long)]
    verify: bool,
}

impl Info {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        let index = open_index(&self.file)?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", index.title())?;
        writeln!(
            out,
            "{}, {}, {}",
            counted(index.place_count() as u64, "place"),
            counted(index.name_count() as u64, "name"),
            counted(index.division_count() as u64, "division")
        )?;
        for credit in index.credits() {
            writeln!(out, "from {}, {}", credit.name, credit.licence)?;
        }
        for (section, bytes) in index.sizes() {
            writeln!(out, "{:>10.3} MB  {section}", bytes as f64 / 1e6)?;
        }
        if self.verify {
            index.verify().map_err(|error| format!("{}: {error}", self.file.display()))?;
            writeln!(out, "all sums are right")?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
