//! A source file as a stream of unpacked bytes.

use crate::GazetteerError;
use std::cell::Cell;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::rc::Rc;

/// Opens a file, which is plain, zipped or compressed with zstd, and calls `read` with its text. Of a zip archive it
/// reads the first file that is not a readme. `done` is set to the number of bytes of the packed file that have been
/// read.
pub fn with_input<T>(
    path: &Path,
    done: &Rc<Cell<u64>>,
    read: impl FnOnce(&mut dyn Read) -> Result<T, GazetteerError>,
) -> Result<T, GazetteerError> {
    let error = |source| GazetteerError::Read { path: path.to_owned(), source };
    let file = File::open(path).map_err(error)?;
    if file.metadata().map_err(error)?.is_dir() {
        return Err(error(std::io::Error::new(
            std::io::ErrorKind::IsADirectory,
            "it is a directory; name the files in it",
        )));
    }
    let counted = BufReader::with_capacity(1 << 20, Counted { file, done: done.clone() });
    match path.extension().and_then(|e| e.to_str()) {
        Some("zst") => {
            let decoder = ruzstd::decoding::StreamingDecoder::new(counted);
            read(&mut BufReader::with_capacity(1 << 20, decoder.map_err(|e| error(std::io::Error::other(e)))?))
        }
        Some("zip") => {
            let mut counted = counted;
            let broken = |e: zip::result::ZipError| error(std::io::Error::other(e));
            while let Some(mut entry) = zip::read::read_zipfile_from_stream(&mut counted).map_err(broken)? {
                if entry.is_file() && !entry.name().map_err(broken)?.to_lowercase().contains("readme") {
                    return read(&mut BufReader::with_capacity(1 << 20, entry));
                }
                std::io::copy(&mut entry, &mut std::io::sink()).map_err(error)?;
            }
            Err(error(std::io::Error::new(std::io::ErrorKind::InvalidData, "the archive holds no data file")))
        }
        _ => read(&mut { counted }),
    }
}

/// A file that counts the bytes read of it.
struct Counted {
    file: File,
    done: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.done.set(self.done.get() + count as u64);
        Ok(count)
    }
}

/// The name of a file without the ending of its compression: `allCountries.txt` for `allCountries.txt.zst`; for a
/// GeoNames archive such as `allCountries.zip`, the name of the file that it holds.
pub fn unpacked_name(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match name.rsplit_once('.') {
        Some((stem, "zst")) => stem.to_owned(),
        Some((stem, "zip")) if stem.contains('.') => stem.to_owned(),
        Some((stem, "zip")) => format!("{stem}.txt"),
        _ => name,
    }
}
