//! The destination of an output: standard output, or a file that appears whole or not at all.

use super::part;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// An open output. Errors of writing name it.
pub struct Output {
    writer: Writer,
    /// The file, the pipe or the device; `None` for standard output.
    target: Option<PathBuf>,
    bytes: u64,
}

enum Writer {
    Stdout(BufWriter<io::StdoutLock<'static>>),
    /// A pipe or a device, which cannot appear whole.
    Stream(BufWriter<std::fs::File>),
    File(BufWriter<tempfile::NamedTempFile>),
}

impl Output {
    /// Opens standard output.
    pub fn stdout() -> Self {
        Output { writer: Writer::Stdout(BufWriter::new(io::stdout().lock())), target: None, bytes: 0 }
    }

    /// Opens a temporary file beside `target`, which takes the name and permissions of `target` when [`Output::commit`]
    /// is called; until then `target` stays as it was. Links are followed; pipes and devices are written to directly.
    ///
    /// # Errors
    /// When the folder is missing or cannot be written to; [`io::ErrorKind::ResourceBusy`] when another process has the
    /// same target open.
    pub fn file(target: &Path) -> io::Result<Self> {
        let target = &std::fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let old = std::fs::metadata(target).ok();
        match &old {
            Some(old) if old.is_dir() => return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory")),
            Some(old) if !old.is_file() => {
                let stream = std::fs::OpenOptions::new().write(true).open(target)?;
                let writer = Writer::Stream(BufWriter::new(stream));
                return Ok(Output { writer, target: Some(target.to_owned()), bytes: 0 });
            }
            None if !folder.is_dir() => {
                return Err(io::Error::new(
                    io::ErrorKind::NotFound,
                    format!("there is no folder {}", folder.display()),
                ));
            }
            _ => {}
        }
        let file = part::open(target, false)?;
        if let Some(old) = old {
            file.as_file().set_permissions(old.permissions())?;
        }
        Ok(Output { writer: Writer::File(BufWriter::new(file)), target: Some(target.to_owned()), bytes: 0 })
    }

    /// The path of the temporary file; `None` for standard output, pipes and devices.
    pub fn temporary_path(&self) -> Option<&Path> {
        match &self.writer {
            Writer::File(out) => Some(out.get_ref().path()),
            _ => None,
        }
    }

    /// Continues the temporary file that an earlier run left beside `target`, after its first `bytes`; the rest is cut
    /// off.
    ///
    /// # Errors
    /// When the file is missing, shorter than `bytes`, or cannot be written to; [`io::ErrorKind::ResourceBusy`] when
    /// another process has the same target open.
    pub fn resume(target: &Path, bytes: u64) -> io::Result<Self> {
        let target = std::fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let mut file = part::open(&target, true)?;
        // What cannot be gone on with is still the user's.
        file.disable_cleanup(true);
        if file.as_file().metadata()?.len() < bytes {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it is shorter than it was"));
        }
        file.as_file().set_len(bytes)?;
        file.as_file_mut().seek(SeekFrom::End(0))?;
        Ok(Output { writer: Writer::File(BufWriter::new(file)), target: Some(target), bytes })
    }

    /// Writes out what is buffered, and keeps the temporary file if the process ends without [`Output::commit`].
    /// Returns the length of the file in bytes.
    ///
    /// # Errors
    /// When the buffer cannot be written.
    pub fn keep(&mut self) -> io::Result<u64> {
        self.flush()?;
        if let Writer::File(out) = &mut self.writer {
            out.get_mut().disable_cleanup(true);
            out.get_ref().as_file().sync_data()?;
        }
        Ok(self.bytes)
    }

    /// Removes the temporary file; the target stays as it was.
    pub fn discard(mut self) {
        if let Writer::File(out) = &mut self.writer {
            out.get_mut().disable_cleanup(false);
        }
    }

    /// Writes out what is buffered and gives the file its name.
    ///
    /// # Errors
    /// When the buffer cannot be written or the file cannot be renamed.
    pub fn commit(mut self) -> io::Result<()> {
        self.flush()?;
        let Writer::File(out) = self.writer else { return Ok(()) };
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        let target = self.target.unwrap_or_default();
        file.persist(&target).map(drop).map_err(|error| named(error.error, Some(&target)))
    }
}

/// The error with the path that it is about. A closed pipe stays as it is: that is no failure.
fn named(error: io::Error, target: Option<&Path>) -> io::Error {
    match target {
        Some(target) if error.kind() != io::ErrorKind::BrokenPipe => {
            io::Error::new(error.kind(), format!("{}: cannot be written: {error}", target.display()))
        }
        None if error.kind() != io::ErrorKind::BrokenPipe => {
            io::Error::new(error.kind(), format!("standard output cannot be written: {error}"))
        }
        _ => error,
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match &mut self.writer {
            Writer::Stdout(out) => out.write(bytes),
            Writer::Stream(out) => out.write(bytes),
            Writer::File(out) => out.write(bytes),
        };
        let count = written.map_err(|error| named(error, self.target.as_deref()))?;
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = match &mut self.writer {
            Writer::Stdout(out) => out.flush(),
            Writer::Stream(out) => out.flush(),
            Writer::File(out) => out.flush(),
        };
        flushed.map_err(|error| named(error, self.target.as_deref()))
    }
}

impl Seek for Output {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let sought = match &mut self.writer {
            Writer::Stdout(_) => Err(io::ErrorKind::NotSeekable.into()),
            Writer::Stream(out) => out.seek(to),
            Writer::File(out) => out.seek(to),
        };
        sought.map_err(|error| named(error, self.target.as_deref()))
    }
}
