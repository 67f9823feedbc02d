//! `toponym gazetteer`: make and inspect gazetteers.

mod build;
mod info;
mod merge;
mod progress;

use super::{Outcome, interrupt};
use clap::Subcommand;
use progress::Progress;
use std::io::{BufWriter, Seek, SeekFrom};
use std::path::Path;
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

/// Writes a gazetteer to a temporary file and renames it; returns its size in bytes. An interrupt leaves nothing
/// behind.
fn write(builder: IndexBuilder, output: &Path, progress: &mut Progress) -> Result<u64, Box<dyn std::error::Error>> {
    let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let cannot = |e: std::io::Error| format!("{}: cannot be written: {e}; choose another OUT", output.display());
    let part = tempfile::Builder::new().prefix(".toponym-").suffix(".part").tempfile_in(folder).map_err(cannot)?;
    interrupt::remove_on_interrupt(Some(part.path()));
    let mut out = BufWriter::with_capacity(16 << 10, part);
    builder.write(&mut out, &mut |step| progress.step(step))?;
    let size = out.seek(SeekFrom::End(0)).map_err(cannot)?;
    let part = out.into_inner().map_err(|e| cannot(e.into_error()))?;
    #[cfg(unix)]
    part.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644)).map_err(cannot)?;
    part.persist(output).map_err(|e| cannot(e.error))?;
    Ok(size)
}
