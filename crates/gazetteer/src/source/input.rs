//! A source file as a stream of unpacked text in UTF-8.

use super::{archive, encoding};
use crate::GazetteerError;
use encoding_rs::Encoding;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The number of bytes of the text by which its encoding is recognised.
const SAMPLE: u64 = 16 << 20;
/// The number of bytes of the decoded text by which its form is recognised.
const HEAD: usize = 64 << 10;

/// A source file that has been looked into.
pub struct Input {
    /// The file.
    pub path: PathBuf,
    /// The name of the data file: in an archive that of its entry, else the file's without the ending of its
    /// compression.
    pub name: String,
    /// The beginning of the text, decoded.
    pub head: String,
    /// The encoding of the text.
    pub encoding: &'static Encoding,
}

/// The error of a file that cannot be used: what is wrong with it, and what to do.
pub fn unusable(path: &Path, reason: impl Into<String>) -> GazetteerError {
    let source = io::Error::new(io::ErrorKind::InvalidData, reason.into());
    GazetteerError::Read { path: path.to_owned(), source }
}

impl Input {
    /// Looks into a file: unpacks its beginning and recognises its encoding, unless one is `given`.
    ///
    /// # Errors
    /// [`GazetteerError::Read`] when the file cannot be read or unpacked, is empty, or is a web page.
    pub fn inspect(path: &Path, given: Option<&'static Encoding>) -> Result<Self, GazetteerError> {
        let read = |name: String, text: &mut dyn Read| {
            let mut sample = Vec::new();
            text.take(SAMPLE).read_to_end(&mut sample).map_err(|e| broken(path, e))?;
            if is_packed(&sample) {
                return Err(unusable(path, "what it holds is packed itself; unpack it and name the file in it"));
            }
            let encoding = given.unwrap_or_else(|| encoding::detect(&sample));
            let start = &sample[..sample.len().min(HEAD * 2)];
            let mut head = encoding.decode_with_bom_removal(start).0.into_owned();
            let end = (0..=HEAD.min(head.len())).rev().find(|&end| head.is_char_boundary(end));
            head.truncate(end.unwrap_or(0));
            Ok(Input { path: path.to_owned(), name, head, encoding })
        };
        let input = unpacked(path, &Rc::default(), read)?;
        if input.head.trim().is_empty() {
            return Err(unusable(path, "it is empty; download or save it again"));
        }
        let start = input.head.trim_start().get(..14).unwrap_or_default().to_ascii_lowercase();
        if start.starts_with("<!doctype html") || start.starts_with("<html") {
            return Err(unusable(path, "line 1: it is a web page, not data; download the file itself"));
        }
        Ok(input)
    }

    /// Calls `read` with the text. `done` is increased by the number of bytes of the packed file that have been read.
    ///
    /// # Errors
    /// As for [`Input::inspect`], and those of `read`.
    pub fn read<T>(
        &self,
        done: &Rc<Cell<u64>>,
        read: impl FnOnce(&mut dyn Read) -> Result<T, GazetteerError>,
    ) -> Result<T, GazetteerError> {
        unpacked(&self.path, done, |_, text| {
            if self.encoding == encoding_rs::UTF_8 {
                return read(&mut encoding::WithoutMark::new(text));
            }
            let mut decoder = encoding_rs_io::DecodeReaderBytesBuilder::new();
            read(&mut decoder.encoding(Some(self.encoding)).strip_bom(true).build(text))
        })
    }
}

/// Whether bytes begin as an archive or a compressed file does.
fn is_packed(bytes: &[u8]) -> bool {
    matches!(bytes, [b'P', b'K', 3..=8, 4..=8, ..] | [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..])
}

/// The error of a packed file that is not as it was written.
fn broken(path: &Path, source: io::Error) -> GazetteerError {
    match source.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::Other | io::ErrorKind::InvalidData => {
            unusable(path, format!("it is cut short or damaged ({source}); download it again"))
        }
        _ => GazetteerError::Read { path: path.to_owned(), source },
    }
}

/// Opens a file, which is plain, an archive, or compressed with zstd or gzip, and calls `read` with the name of the
/// data file and its bytes.
fn unpacked<T>(
    path: &Path,
    done: &Rc<Cell<u64>>,
    read: impl FnOnce(String, &mut dyn Read) -> Result<T, GazetteerError>,
) -> Result<T, GazetteerError> {
    let error = |source| GazetteerError::Read { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(error)?;
    if file.metadata().map_err(error)?.is_dir() {
        return Err(error(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory; name the files in it")));
    }
    let mut magic = Vec::new();
    file.by_ref().take(4).read_to_end(&mut magic).map_err(error)?;
    file.rewind().map_err(error)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    if magic.is_empty() {
        return Err(unusable(path, "it is empty, 0 bytes long; download or save it again"));
    }
    let mut counted = BufReader::with_capacity(1 << 20, Counted { file, done: done.clone() });
    match (magic.as_slice(), extension.to_ascii_lowercase().as_str()) {
        (b"\x28\xb5\x2f\xfd", _) => {
            let decoder = ruzstd::decoding::StreamingDecoder::new(counted);
            let decoder = decoder.map_err(|e| broken(path, io::Error::other(e)))?;
            read(stem.to_owned(), &mut BufReader::with_capacity(1 << 20, decoder))
        }
        ([0x1f, 0x8b, ..], _) => {
            let decoder = flate2::bufread::MultiGzDecoder::new(counted);
            read(stem.to_owned(), &mut BufReader::with_capacity(1 << 20, decoder))
        }
        ([b'P', b'K', 3..=8, 4..=8], _) => archive::with_entry(path, stem, counted, read),
        (_, ending @ ("zip" | "zst" | "gz")) => {
            let mut start = String::new();
            // What a server sent in place of the file is told by its first words.
            let _ = counted.by_ref().take(60).read_to_string(&mut start);
            let start = start.lines().next().unwrap_or_default();
            Err(unusable(path, format!("it is no .{ending} file, it begins with {start:?}; download it again")))
        }
        _ => read(name.clone(), &mut counted),
    }
}

/// A file that counts the bytes read of it.
struct Counted {
    file: File,
    done: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.done.set(self.done.get() + count as u64);
        Ok(count)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
