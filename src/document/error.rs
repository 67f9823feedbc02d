//! Why an input gave no document.

/// Why an input gave no document. Every message names the input and a way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// There is no such file.
    #[error("{0}: there is no such file; check the path")]
    Missing(String),
    /// It is an address of the web, and nothing is fetched from there.
    #[error(
        "{0}: is a web address, and nothing is fetched from the network; save the page in your browser (Ctrl+S), or with \
         `curl -L -o page.html \"{0}\"`, and give the file"
    )]
    Address(String),
    /// A directory or a pattern matches no file that can be read.
    #[error("{0}: holds no file of a sort that is read; name the files, or say with --input what they are")]
    Empty(String),
    /// The file cannot be read, or its compression is damaged.
    #[error("{path}: cannot be read: {source}; check its permissions, and that it is whole")]
    Unreadable {
        /// The input.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The bytes are not a text.
    #[error("{path}: is not text but {what}; {way_out}")]
    NotText {
        /// The input.
        path: String,
        /// What it is instead.
        what: &'static str,
        /// What to do about it.
        way_out: &'static str,
    },
    /// The input is not what its name or the caller says it is.
    #[error("{path}: cannot be read as {what}: {reason}; {way_out}")]
    Damaged {
        /// The input.
        path: String,
        /// What it should be.
        what: &'static str,
        /// What is wrong with it.
        reason: String,
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
    /// A row of a table, or a record of an archive, is not a document.
    #[error("{path}:{line}: is not a document: {reason}")]
    Row {
        /// The input.
        path: String,
        /// The line, from 1; in an archive the record.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A table has no column of this name.
    #[error("{path}: has no column {column}; its columns are {columns}; name the one with the text by --text-column")]
    NoColumn {
        /// The input.
        path: String,
        /// What was looked for.
        column: String,
        /// What there is.
        columns: String,
    },
    /// A document is larger than is read.
    #[error("{}: is larger than {most} bytes, the most that is read of a document; {way_out}", place(.path, .line))]
    TooLarge {
        /// The input.
        path: String,
        /// The line, row, item or record, from 1; `None` if the document is the whole input.
        line: Option<usize>,
        /// The bound, in bytes.
        most: u64,
        /// What to do about it.
        way_out: &'static str,
    },
    /// A reader failed on the input, by a mistake of the program.
    #[error("{}: the program failed on it: {reason}; please report it with the file", place(.path, .line))]
    Reader {
        /// The input.
        path: String,
        /// The line, row, item or record, from 1; `None` if the document is the whole input.
        line: Option<usize>,
        /// What it said.
        reason: String,
    },
    /// The library was built without the feature that reads this format.
    #[error("{path}: is {what}, which this build does not read; build it with the feature `readers`")]
    NoReader {
        /// The input.
        path: String,
        /// What it is.
        what: &'static str,
    },
}

impl DocumentError {
    /// The input that the error is about.
    pub fn input(&self) -> &str {
        match self {
            DocumentError::Missing(path) | DocumentError::Address(path) | DocumentError::Empty(path) => path,
            DocumentError::Unreadable { path, .. }
            | DocumentError::NotText { path, .. }
            | DocumentError::Damaged { path, .. }
            | DocumentError::Line { path, .. }
            | DocumentError::Row { path, .. }
            | DocumentError::NoColumn { path, .. }
            | DocumentError::TooLarge { path, .. }
            | DocumentError::Reader { path, .. }
            | DocumentError::NoReader { path, .. } => path,
        }
    }

    /// The line, from 1, where the input has lines or records.
    pub fn line(&self) -> Option<usize> {
        match self {
            DocumentError::Line { line, .. } | DocumentError::Row { line, .. } => Some(*line),
            DocumentError::TooLarge { line, .. } | DocumentError::Reader { line, .. } => *line,
            _ => None,
        }
    }

    /// The error of a document that is larger than `most` bytes.
    pub(super) fn too_large(path: &str, line: Option<usize>, most: u64) -> Self {
        let way_out = "split it, or raise --max-document";
        DocumentError::TooLarge { path: path.to_owned(), line, most, way_out }
    }
}

/// An input, and the line in it if there is one.
fn place(path: &str, line: &Option<usize>) -> String {
    line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}"))
}
