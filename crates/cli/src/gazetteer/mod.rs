//! `toponym gazetteer`: make and inspect gazetteers.

mod build;
mod info;
mod merge;
mod progress;

use super::{Outcome, interrupt};
use clap::Subcommand;
use progress::Progress;
use std::io::{Seek, SeekFrom};
use std::path::Path;
use toponym::export::Output;
use toponym::gazetteer::IndexBuilder;

/// Make and inspect gazetteers.
#[derive(Subcommand)]
pub enum Gazetteer {
    Build(Box<build::Build>),
    Merge(merge::Merge),
    Info(info::Info),
}

impl Gazetteer {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        match self {
            Gazetteer::Build(build) => build.run(),
            Gazetteer::Merge(merge) => merge.run(),
            Gazetteer::Info(info) => info.run(),
        }
    }
}

/// Opens the file of a gazetteer, which takes its name when [`write()`] is done. An interrupt leaves nothing behind.
fn open(output: &Path) -> Result<Output, String> {
    interrupt::open_output(output)
        .map_err(|error| format!("{}: cannot be written: {error}; choose another OUT", output.display()))
}

/// Writes a gazetteer; returns its size in bytes.
fn write(builder: IndexBuilder, mut out: Output, progress: &mut Progress) -> Result<u64, Box<dyn std::error::Error>> {
    builder.write(&mut out, &mut |step| progress.step(step))?;
    let size = out.seek(SeekFrom::End(0))?;
    out.commit()?;
    Ok(size)
}
