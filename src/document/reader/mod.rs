//! Readers of input formats, one file each.

mod arc;
#[cfg(feature = "readers")]
mod depth;
#[cfg(feature = "readers")]
mod docx;
#[cfg(feature = "readers")]
mod feed;
#[cfg(feature = "readers")]
mod furniture;
#[cfg(feature = "readers")]
mod html;
mod json;
mod json_lines;
#[cfg(feature = "readers")]
mod mail;
#[cfg(feature = "readers")]
mod markdown;
#[cfg(feature = "readers")]
mod markup;
mod pending;
mod records;
mod table;
mod text;
mod warc;

pub(super) use pending::Guarded;
pub use pending::{Documents, Pending};
pub use table::Columns;

use super::bounds::{MARKUP, MAX_DOCUMENT, read_whole};
use super::format::{Format, not_text};
use super::stream::Stream;
use super::{Document, DocumentError};
use std::sync::Arc;

/// How inputs are to be read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The format of all inputs; `None` recognises it by name and first bytes.
    pub format: Option<Format>,
    /// Which columns of tables hold text, id, title and date.
    pub columns: Columns,
    /// The greatest size of a document in bytes, unpacked; a larger one is an error, and the others are read. Pages, mails and
    /// Word documents may have four times as many with their markup and attachments.
    pub max_document: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions { format: None, columns: Columns::default(), max_document: MAX_DOCUMENT }
    }
}

/// The documents of a stream with many, of which one at a time is in memory.
pub(super) fn many(format: Format, stream: Stream, name: &str, options: &ReadOptions) -> Documents {
    if format.is_text()
        && let Some((what, way_out)) = not_text(&stream.head)
    {
        let error = DocumentError::NotText { path: name.to_owned(), what, way_out };
        return Box::new(std::iter::once(Pending::failed(error)));
    }
    let (name, most): (Arc<str>, u64) = (name.into(), options.max_document);
    match format {
        Format::Csv | Format::Tsv => table::documents(stream.in_utf8(), name, format, options),
        Format::Warc => Box::new(warc::Records::new(stream, name, most)),
        #[cfg(feature = "readers")]
        Format::Feed => Box::new(feed::Items::new(stream.in_utf8(), name, most)),
        #[cfg(not(feature = "readers"))]
        Format::Feed => Box::new(std::iter::once(Pending::failed(no_reader(&name, "a feed")))),
        _ if json::is_value(&stream.head) => Box::new(json::Values::new(stream.in_utf8(), name, most)),
        _ => Box::new(json_lines::Lines::new(stream.in_utf8(), name, most)),
    }
}

/// The document that a whole stream is.
pub(super) fn one(format: Format, mut stream: Stream, name: &str, most: u64) -> Result<Document, DocumentError> {
    let has_markup = matches!(format, Format::Html | Format::Eml | Format::Docx);
    let bytes = read_whole(&mut stream, if has_markup { most.saturating_mul(MARKUP) } else { most });
    let bytes = bytes.map_err(|source| DocumentError::Unreadable { path: name.to_owned(), source })?;
    let bytes = bytes.ok_or_else(|| DocumentError::too_large(name, None, most))?;
    if format.is_text()
        && let Some((what, way_out)) = not_text(&bytes)
    {
        return Err(DocumentError::NotText { path: name.to_owned(), what, way_out });
    }
    let document = from_bytes(format, &bytes, name, most)?;
    if document.text.len() as u64 > most { Err(DocumentError::too_large(name, None, most)) } else { Ok(document) }
}

#[cfg(feature = "readers")]
fn from_bytes(format: Format, bytes: &[u8], name: &str, most: u64) -> Result<Document, DocumentError> {
    match format {
        Format::Markdown => Ok(markdown::document(bytes, name)),
        Format::Html => html::document(bytes, name),
        Format::Eml => mail::document(bytes, name),
        Format::Docx => docx::document(bytes, name, most),
        _ => Ok(text::document(bytes, name)),
    }
}

#[cfg(not(feature = "readers"))]
fn from_bytes(format: Format, bytes: &[u8], name: &str, _most: u64) -> Result<Document, DocumentError> {
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
