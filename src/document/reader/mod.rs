//! Readers of input formats, one file each.

#[cfg(feature = "readers")]
mod docx;
#[cfg(feature = "readers")]
mod feed;
#[cfg(feature = "readers")]
mod html;
mod json_lines;
#[cfg(feature = "readers")]
mod mail;
#[cfg(feature = "readers")]
mod markdown;
mod table;
mod text;
mod warc;

pub use table::Columns;

use super::format::{Format, not_text};
use super::stream::Stream;
use super::{Document, DocumentError};
use std::io::Read;
use std::sync::Arc;

/// A document that has been found but not decoded: decoding is the costly part, which any thread may do.
pub struct Pending {
    input: Arc<str>,
    line: Option<usize>,
    bytes: u64,
    read: Box<dyn FnOnce() -> Result<Document, DocumentError> + Send>,
}

impl Pending {
    /// A document of about `bytes` bytes, a whole input or a line or record of it, and the closure that reads it.
    pub(super) fn new(
        input: &Arc<str>,
        line: Option<usize>,
        bytes: u64,
        read: impl FnOnce() -> Result<Document, DocumentError> + Send + 'static,
    ) -> Self {
        Pending { input: input.clone(), line, bytes, read: Box::new(read) }
    }

    /// A document that is already known to be unreadable.
    pub(super) fn failed(error: DocumentError) -> Self {
        Pending::new(&error.input().into(), error.line(), 0, || Err(error))
    }

    /// The input it belongs to.
    pub fn input(&self) -> &str {
        &self.input
    }

    /// Its line or record in the input, from 1; `None` if it is the whole input.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// Its approximate size in the input, in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads it.
    ///
    /// # Errors
    /// When the input is damaged or not in the format expected.
    pub fn read(self) -> Result<Document, DocumentError> {
        (self.read)()
    }
}

/// A stream of documents.
pub type Documents = Box<dyn Iterator<Item = Pending>>;

/// How inputs are to be read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The format of all inputs; `None` recognises it by name and first bytes.
    pub format: Option<Format>,
    /// Which columns of tables hold text, id, title and date.
    pub columns: Columns,
}

/// The documents of a stream with many, of which one at a time is in memory.
pub(super) fn many(format: Format, stream: Stream, name: &str, options: &ReadOptions) -> Documents {
    if format.is_text()
        && let Some((what, way_out)) = not_text(&stream.head)
    {
        let error = DocumentError::NotText { path: name.to_owned(), what, way_out };
        return Box::new(std::iter::once(Pending::failed(error)));
    }
    let name: Arc<str> = name.into();
    match format {
        Format::Csv | Format::Tsv => table::documents(stream.in_utf8(), name, format, &options.columns),
        Format::Warc => Box::new(warc::Records::new(stream, name)),
        #[cfg(feature = "readers")]
        Format::Feed => Box::new(feed::Items::new(stream.in_utf8(), name)),
        #[cfg(not(feature = "readers"))]
        Format::Feed => Box::new(std::iter::once(Pending::failed(no_reader(&name, "a feed")))),
        _ => Box::new(json_lines::Lines::new(stream.in_utf8(), name)),
    }
}

/// The document that a whole stream is.
pub(super) fn one(format: Format, mut stream: Stream, name: &str) -> Result<Document, DocumentError> {
    let mut bytes = Vec::new();
    let unreadable = |source| DocumentError::Unreadable { path: name.to_owned(), source };
    stream.read_to_end(&mut bytes).map_err(unreadable)?;
    if format.is_text()
        && let Some((what, way_out)) = not_text(&bytes)
    {
        return Err(DocumentError::NotText { path: name.to_owned(), what, way_out });
    }
    of_bytes(format, &bytes, name)
}

#[cfg(feature = "readers")]
fn of_bytes(format: Format, bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    match format {
        Format::Markdown => Ok(markdown::document(bytes, name)),
        Format::Html => Ok(html::document(bytes, name)),
        Format::Eml => mail::document(bytes, name),
        Format::Docx => docx::document(bytes, name),
        _ => Ok(text::document(bytes, name)),
    }
}

#[cfg(not(feature = "readers"))]
fn of_bytes(format: Format, bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    match format {
        Format::Html => Err(no_reader(name, "HTML")),
        Format::Eml => Err(no_reader(name, "a mail")),
        Format::Docx => Err(no_reader(name, "a Word document")),
        Format::Markdown => Err(no_reader(name, "Markdown")),
        _ => Ok(text::document(bytes, name)),
    }
}

#[cfg(not(feature = "readers"))]
fn no_reader(name: &str, what: &'static str) -> DocumentError {
    DocumentError::NoReader { path: name.to_owned(), what }
}
