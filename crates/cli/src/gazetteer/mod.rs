//! `toponym gazetteer`: make and inspect gazetteers.

mod build;
mod download;
mod get;
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
    Get(get::Get),
    Merge(merge::Merge),
    Info(info::Info),
}

impl Gazetteer {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        match self {
            Gazetteer::Build(build) => build.run(),
            Gazetteer::Get(get) => get.run(),
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

/// Writes a gazetteer to the file that was opened for `output`; returns its size in bytes.
fn write(builder: IndexBuilder, mut out: Output, output: &Path, progress: &mut Progress) -> Result<u64, String> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", output.display());
    builder.write(&mut out, &mut |step| progress.step(step)).map_err(|error| named(&error))?;
    let size = out.seek(SeekFrom::End(0)).map_err(|error| named(&error))?;
    out.commit().map_err(|error| format!("{}; free some space, or choose another OUT", named(&error)))?;
    Ok(size)
}
