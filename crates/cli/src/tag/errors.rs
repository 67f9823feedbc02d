//! The report of documents that failed, as JSON lines.

use super::batch::Failure;
use std::fs::{File, TryLockError};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// An error report, or none.
pub struct Errors {
    path: PathBuf,
    file: Option<BufWriter<File>>,
    bytes: u64,
}

impl Errors {
    /// Begins a report, or continues one after its first `bytes`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn open(path: Option<&Path>, bytes: u64) -> Result<Self, String> {
        let open = |path: &Path| {
            let mut file = File::options().create(true).truncate(false).write(true).open(path)?;
            if file.metadata()?.is_file() {
                if let Err(TryLockError::WouldBlock) = file.try_lock() {
                    return Err(io::Error::new(io::ErrorKind::ResourceBusy, "another run is writing it"));
                }
                file.set_len(bytes)?;
                file.seek(SeekFrom::End(0))?;
            }
            Ok(BufWriter::new(file))
        };
        let cannot = |path: &Path, error: io::Error| {
            format!("{}: cannot be written: {error}; choose another FILE", path.display())
        };
        let file = path.map(|path| open(path).map_err(|error| cannot(path, error))).transpose()?;
        Ok(Errors { path: path.unwrap_or(Path::new("")).to_owned(), file, bytes })
    }

    /// Adds a failure.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, failure: &Failure) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let line = serde_json::to_string(failure)?;
        self.bytes += line.len() as u64 + 1;
        writeln!(file, "{line}").map_err(|error| self.named(error))
    }

    /// Writes out what is buffered. Returns the length of the report in bytes.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn flush(&mut self) -> io::Result<u64> {
        self.file.as_mut().map_or(Ok(()), Write::flush).map_err(|error| self.named(error))?;
        Ok(self.bytes)
    }

    fn named(&self, error: io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: cannot be written: {error}", self.path.display()))
    }
}
