//! Corpus files -> annotated documents, in the forms in which their authors publish them.

mod articles;
mod brat;
mod json_lines;
pub(crate) mod marked;

use super::gold::GoldDocument;
use crate::document::{DocumentError, decode};
use std::path::Path;

/// Why a corpus or part of one could not be read. Every message names the input and a way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] DocumentError),
    /// The file is in none of the forms.
    #[error(
        "{0}: is in no form that annotated corpora have; give .jsonl, .xml, a brat .ann beside its .txt, a marked .txt, or a folder of \
         one of the last two"
    )]
    UnknownForm(String),
    /// The XML is damaged or has no articles.
    #[error(
        "{path}: cannot be read as a corpus in XML: {reason}; it should hold <article>s with a <text> and <toponyms>"
    )]
    Xml {
        /// The file.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// A marked text breaks the form.
    #[error("{path}:{line}: {reason}; docs/ANNOTATION.md describes the form")]
    Marked {
        /// The file.
        path: String,
        /// The number of the line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// An annotation does not fit its text; the others are used.
    #[error("{0}; it is left out")]
    Annotation(String),
}

/// The documents read, and why others or parts of them could not be read.
pub type Read = (Vec<GoldDocument>, Vec<CorpusError>);

/// Reads the annotated documents of a file or folder: JSON lines as [`crate::Document`] with `toponyms`; the XML of LGL, TR-News,
/// GeoVirus and GeoWebNews; brat's stand-off files; marked texts (`docs/ANNOTATION.md`). A folder holds brat's files, or marked texts
/// in it and the folders in it. A mistake in one document does not affect the others.
///
/// The corpus has the file's name without its extension; that of brat's files and of marked texts has the folder's name.
pub fn read(path: &Path) -> Read {
    let name = |path: Option<&Path>| {
        path.and_then(Path::file_name).map_or_else(|| "corpus".into(), |n| n.to_string_lossy().into_owned())
    };
    if path.is_dir() {
        let of_brat =
            path.read_dir().is_ok_and(|mut entries| entries.any(|e| e.is_ok_and(|e| brat::is_brat(&e.path()))));
        let read = if of_brat { brat::read_folder } else { marked::read_folder };
        return read(path, &name(Some(path)));
    }
    let stem = name(path.file_stem().map(Path::new));
    match path.extension().and_then(|e| e.to_str()) {
        Some("jsonl" | "ndjson") => with_text(path, |text| json_lines::read(text, &path.display().to_string(), &stem)),
        Some("xml") => with_text(path, |text| articles::read(text, &path.display().to_string(), &stem)),
        Some("ann") => brat::read(path, &name(path.parent())),
        Some("txt") if marked::is_marked_file(path) => marked::read_file(path, &name(path.parent())),
        _ if path.exists() => (Vec::new(), vec![CorpusError::UnknownForm(path.display().to_string())]),
        _ => (Vec::new(), vec![DocumentError::Missing(path.display().to_string()).into()]),
    }
}

fn with_text(path: &Path, read: impl FnOnce(&str) -> Read) -> Read {
    match text_of(path) {
        Ok(text) => read(&text),
        Err(error) => (Vec::new(), vec![error]),
    }
}

fn text_of(path: &Path) -> Result<String, CorpusError> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => DocumentError::Missing(name),
        _ => DocumentError::Unreadable { path: name, source },
    })?;
    Ok(decode(&bytes).into_owned())
}

/// Adds a document, and errors for its annotations that could not be used.
fn push(read: &mut Read, (document, unusable): (GoldDocument, Vec<String>)) {
    read.0.push(document);
    read.1.extend(unusable.into_iter().map(CorpusError::Annotation));
}
