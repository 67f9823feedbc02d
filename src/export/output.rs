//! The destination of an output: standard output, or a file that appears whole or not at all.

use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

/// An open output.
pub struct Output {
    writer: Writer,
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
    /// When the folder is missing or cannot be written to.
    pub fn file(target: &Path) -> io::Result<Self> {
        let target = &std::fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let old = std::fs::metadata(target).ok();
        match &old {
            Some(old) if old.is_dir() => return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory")),
            Some(old) if !old.is_file() => {
                let stream = std::fs::OpenOptions::new().write(true).open(target)?;
                return Ok(Output { writer: Writer::Stream(BufWriter::new(stream)), target: None, bytes: 0 });
            }
            None if !folder.is_dir() => {
                return Err(io::Error::new(
                    io::ErrorKind::NotFound,
                    format!("there is no folder {}", folder.display()),
                ));
            }
            _ => {}
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".toponym-").suffix(".part");
        // The permissions of any new file, before the umask; the default of the crate is meant for secrets.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder)?;
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

    /// Continues the temporary file `part` that an earlier run left beside `target`, after its first `bytes`; the rest
    /// is cut off.
    ///
    /// # Errors
    /// When the file is missing, shorter than `bytes`, or cannot be written to.
    pub fn resume(target: &Path, part: &Path, bytes: u64) -> io::Result<Self> {
        let target = std::fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let mut file = std::fs::OpenOptions::new().write(true).open(part)?;
        if file.metadata()?.len() < bytes {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it is shorter than it was"));
        }
        file.set_len(bytes)?;
        file.seek(io::SeekFrom::End(0))?;
        let mut file = tempfile::NamedTempFile::from_parts(file, tempfile::TempPath::try_from_path(part)?);
        file.disable_cleanup(true);
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
    pub fn commit(self) -> io::Result<()> {
        match self.writer {
            Writer::Stdout(mut out) => out.flush(),
            Writer::Stream(mut out) => out.flush(),
            Writer::File(out) => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                let target = self.target.unwrap_or_default();
                file.persist(target).map(drop).map_err(|e| e.error)
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = match &mut self.writer {
            Writer::Stdout(out) => out.write(bytes),
            Writer::Stream(out) => out.write(bytes),
            Writer::File(out) => out.write(bytes),
        }?;
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Stdout(out) => out.flush(),
            Writer::Stream(out) => out.flush(),
            Writer::File(out) => out.flush(),
        }
    }
}
