//! Files, folders, patterns and standard input to documents, in a fixed order and one input at a time.

use super::bounds::read_whole;
use super::error::DocumentError;
use super::format::Format;
use super::reader::{Documents, Guarded, Pending, ReadOptions, many, one};
use super::stream::Stream;
use std::ffi::OsStr;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use walkdir::{DirEntry, WalkDir};

/// The inputs to be read.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    arguments: Vec<PathBuf>,
    options: ReadOptions,
    done: Arc<AtomicU64>,
    /// The bytes that an input may unpack to.
    most: Option<u64>,
}

impl Inputs {
    /// Files; folders, of which all files of a known format are read, in the order of their names; patterns such as
    /// `news/*.html`, for shells that do not resolve them; and `-`, standard input.
    pub fn new(arguments: Vec<PathBuf>, options: ReadOptions) -> Self {
        Inputs { arguments, options, done: Arc::default(), most: None }
    }

    /// The documents of a stream of bytes, named `name` in ids and errors. What it unpacks to is read to `most` bytes;
    /// more is an error.
    pub fn from_reader(input: impl Read + 'static, name: &str, most: u64, options: ReadOptions) -> Documents {
        let inputs = Inputs { most: Some(most), ..Inputs::new(Vec::new(), options) };
        Box::new(Guarded::new(name, || match Stream::open(input, &inputs.done) {
            Ok(stream) => inputs.documents_of_stream(stream, name),
            Err(source) => only(Pending::failed(DocumentError::Unreadable { path: name.to_owned(), source })),
        }))
    }

    /// Bytes of the files read so far, as stored (compressed).
    pub fn bytes_read(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Total size of the files in bytes, as stored; `None` if standard input is among them. Stats every file.
    pub fn bytes(&self) -> Option<u64> {
        if self.arguments.iter().any(|argument| argument.as_os_str() == "-") {
            return None;
        }
        Some(self.files().filter_map(|file| Some(std::fs::metadata(file).ok()?.len())).sum())
    }

    /// The files, folders and patterns, as they were given.
    pub fn arguments(&self) -> &[PathBuf] {
        &self.arguments
    }

    /// The files that will be read, in their order, `-` for standard input; those that patterns and folders lead to are
    /// looked up. Files that are missing are among them.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        let found = self.arguments.iter().flat_map(|argument| files_of(argument));
        found.filter_map(|file| file.ok().map(|file| file.path))
    }

    /// The documents of all inputs. A file with many documents is streamed; a file that is one document is opened when that document is
    /// read.
    pub fn documents(&self) -> Documents {
        let inputs = self.clone();
        let arguments = self.arguments.clone();
        let files = arguments.into_iter().flat_map(|argument| files_of(&argument));
        Box::new(files.flat_map(move |file| match file {
            Ok(file) => Box::new(Guarded::new(&file.path.display().to_string(), || inputs.documents_in(&file))),
            Err(error) => only(Pending::failed(error)),
        }))
    }

    fn documents_in(&self, file: &File) -> Documents {
        let name = file.path.display().to_string();
        if file.is_stdin() {
            return match Stream::open(io::stdin(), &self.done) {
                Ok(stream) => self.documents_of_stream(stream, &name),
                Err(source) => only(Pending::failed(DocumentError::Unreadable { path: name, source })),
            };
        }
        match self.options.format.or_else(|| Format::of_name(&name)) {
            Some(format) if !format.is_many() => self.later(file, format),
            known => match open(&file.path, &self.done) {
                Ok(stream) => match known.unwrap_or_else(|| Format::of_beginning(&stream.head)) {
                    format if format.is_many() => many(format, stream, &name, &self.options),
                    format => self.later(file, format),
                },
                Err(error) => only(Pending::failed(error)),
            },
        }
    }

    /// The one document of a file, which is opened when it is read.
    fn later(&self, file: &File, format: Format) -> Documents {
        let (path, done, told) = (file.path.clone(), self.done.clone(), self.options.format.is_some());
        let most = self.options.max_document;
        let name: Arc<str> = path.display().to_string().into();
        only(Pending::new(&name, None, file.size(), move || {
            let stream = open(&path, &done)?;
            // Pages are often saved under a text's name.
            let page = !told && format == Format::Text && Format::of_beginning(&stream.head) == Format::Html;
            one(if page { Format::Html } else { format }, stream, &path.display().to_string(), most)
        }))
    }

    /// The documents of a stream that cannot be read twice.
    fn documents_of_stream(&self, stream: Stream, name: &str) -> Documents {
        let most = self.most.unwrap_or(u64::MAX);
        let mut stream = stream.at_most(most);
        let format = self.options.format.unwrap_or_else(|| Format::of_beginning(&stream.head));
        if format.is_many() {
            return many(format, stream, name, &self.options);
        }
        let most_of_one = self.options.max_document;
        let bytes = match read_whole(&mut stream, most_of_one) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return only(Pending::failed(DocumentError::too_large(name, None, most_of_one))),
            Err(source) => {
                return only(Pending::failed(DocumentError::Unreadable { path: name.to_owned(), source }));
            }
        };
        let input: Arc<str> = name.into();
        let name = input.clone();
        only(Pending::new(&input, None, bytes.len() as u64, move || {
            let unreadable = |source| DocumentError::Unreadable { path: name.to_string(), source };
            // What was packed twice is unpacked here.
            let stream = Stream::open(Cursor::new(bytes), &Arc::default()).map_err(unreadable)?;
            one(format, stream.at_most(most), &name, most_of_one)
        }))
    }
}

fn only(pending: Pending) -> Documents {
    Box::new(std::iter::once(pending))
}

fn open(path: &Path, done: &Arc<AtomicU64>) -> Result<Stream, DocumentError> {
    let name = path.display().to_string();
    let opened = std::fs::File::open(path).and_then(|file| Stream::open(file, done));
    opened.map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => DocumentError::Missing(name),
        _ => DocumentError::Unreadable { path: name, source },
    })
}

/// A file to be read.
struct File {
    path: PathBuf,
}

impl File {
    fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    fn size(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |metadata| metadata.len())
    }
}

type Files = Box<dyn Iterator<Item = Result<File, DocumentError>>>;

/// The files that an argument names or matches.
fn files_of(argument: &Path) -> Files {
    let one = |path: PathBuf| -> Files { Box::new(std::iter::once(Ok(File { path }))) };
    if argument.is_dir() {
        return files_in(argument);
    }
    if argument.exists() || argument.as_os_str() == "-" {
        return one(argument.to_owned());
    }
    if let Some(address) = argument.to_str().filter(|argument| is_address(argument)) {
        return Box::new(std::iter::once(Err(DocumentError::Address(address.to_owned()))));
    }
    let Some(pattern) = argument.to_str().filter(|pattern| pattern.contains(['*', '?', '['])) else {
        return one(argument.to_owned());
    };
    match glob::glob(pattern) {
        Ok(found) => {
            let found = found.filter_map(Result::ok).flat_map(|path| files_of(&path));
            or_empty(argument, found)
        }
        Err(_) => one(argument.to_owned()),
    }
}

/// Whether an argument is an address of the web, with its scheme or as people write it.
fn is_address(argument: &str) -> bool {
    let argument = argument.to_ascii_lowercase();
    ["https://", "http://", "ftp://", "www."].iter().any(|start| argument.starts_with(start))
}

/// The files of a known format in a folder and its subfolders, in the order of their names, without hidden ones.
fn files_in(folder: &Path) -> Files {
    let shown = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(shown);
    let files = entries.filter_map(|entry| match entry {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => {
            Format::of_name(&entry.file_name().to_string_lossy()).map(|_| Ok(File { path: entry.into_path() }))
        }
        Err(error) => {
            let path = error.path().map_or_else(String::new, |path| path.display().to_string());
            Some(Err(DocumentError::Unreadable { path, source: error.into() }))
        }
    });
    or_empty(folder, files)
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// The files, or an error if there are none.
fn or_empty(argument: &Path, files: impl Iterator<Item = Result<File, DocumentError>> + 'static) -> Files {
    let mut files = files.peekable();
    if files.peek().is_none() {
        let empty = DocumentError::Empty(argument.display().to_string());
        return Box::new(std::iter::once(Err(empty)));
    }
    Box::new(files)
}

#[cfg(test)]
mod tests {
    use super::{DocumentError, Inputs};
    use crate::document::{Pending, ReadOptions};
    use std::io::Write;

    #[test]
    fn what_unpacks_to_more_than_is_allowed_is_refused_also_when_packed_twice() {
        let pack = |bytes: &[u8]| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(bytes).and_then(|()| packed.finish()).expect("packed")
        };
        let long = "Aleppo. ".repeat(100_000);
        let read = |bytes: Vec<u8>, most: u64| {
            let mut documents = Inputs::from_reader(std::io::Cursor::new(bytes), "-", most, ReadOptions::default());
            documents.next().expect("a document").read().map(|document| document.text.len())
        };
        for bytes in [long.clone().into_bytes(), pack(long.as_bytes()), pack(&pack(long.as_bytes()))] {
            assert_eq!(read(bytes.clone(), 800_000).ok(), Some(800_000));
            assert!(matches!(read(bytes, 799_999), Err(DocumentError::Unreadable { .. })));
        }
    }

    #[test]
    fn folders_and_patterns_are_read_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(path("b/.hidden")).expect("made");
        for name in ["c.txt", "a.txt", "b/d.md", "b/.hidden/e.txt", "b/picture.png"] {
            std::fs::write(path(name), name).expect("written");
        }
        std::fs::write(path("b/two.jsonl"), "{\"text\": \"x\"}\n{\"text\": \"y\"}").expect("written");
        let read = |argument: &str| {
            let documents = Inputs::new(vec![path(argument)], ReadOptions::default()).documents();
            documents.map(|pending| pending.read().map(|document| document.text)).collect::<Result<Vec<_>, _>>()
        };
        assert_eq!(read(".").expect("read"), ["a.txt", "b/d.md", "x", "y", "c.txt"]);
        assert_eq!(read("*.txt").expect("read"), ["a.txt", "c.txt"]);
        for address in ["https://paper.example/?p=1", "HTTP://paper.example", "www.paper.example/rain.html"] {
            let mut documents = Inputs::new(vec![address.into()], ReadOptions::default()).documents();
            let read = documents.next().map(crate::document::Pending::read);
            assert!(matches!(read, Some(Err(DocumentError::Address(_)))), "{address}");
        }
        assert!(matches!(read("*.pdf"), Err(DocumentError::Empty(_))));
        assert!(matches!(read("none.txt"), Err(DocumentError::Missing(_))));
        let inputs = Inputs::new(vec![path("a.txt"), path("b")], ReadOptions::default());
        let size = inputs.documents().map(Pending::read).filter(Result::is_ok).count();
        assert_eq!((size, inputs.bytes_read()), (4, inputs.bytes().expect("files")));
    }
}
