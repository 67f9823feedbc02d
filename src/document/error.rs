//! Why an input gave no document.

/// Why an input gave no document. Every message names the input and a way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// There is no such file.
    #[error("{0}: there is no such file; check the path")]
    Missing(String),
    /// It is a directory.
    #[error("{0}: is a directory; name the files in it, as in {0}/*.txt")]
    Directory(String),
    /// The system refuses to hand it over.
    #[error("{path}: cannot be read: {source}; check its permissions")]
    Unreadable {
        /// The input.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The bytes are no text.
    #[error("{path}: is not text but {what}; {way_out}")]
    NotText {
        /// The input.
        path: String,
        /// What it is instead.
        what: &'static str,
        /// What to do about it.
        way_out: &'static str,
    },
    /// A line of a JSON lines file is not a document.
    #[error(
        "{path}:{line}: is not a document: {reason}; each line must be an object such as {{\"id\": \"a1\", \"text\": \"...\"}}"
    )]
    Line {
        /// The input.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}
