//! Errors of gazetteers.

use std::path::PathBuf;
use toponym_text::table::TableError;

/// Why a source or an index file cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GazetteerError {
    /// A line of a source table has a missing or wrong value.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// The bytes are not an index, or not a whole one.
    #[error("not a toponym gazetteer: {0}; build it again")]
    NotAnIndex(&'static str),
    /// The index was written by a version of the program with another layout.
    #[error("the gazetteer has format version {found}, this program reads version {expected}; build it again")]
    Version {
        /// The index file's version.
        found: u32,
        /// The version that this program reads.
        expected: u32,
    },
    /// The index was written on a machine of the other byte order.
    #[error("the gazetteer was built on a machine of the other byte order; build it again on this one")]
    ByteOrder,
    /// A source has no row that could be read.
    #[error("{}: no row could be read; {reason}", path.display())]
    NoGoodRow {
        /// The source.
        path: PathBuf,
        /// What is wrong with the first row.
        reason: String,
    },
    /// A temporary file or the index file could not be written.
    #[error("cannot write the index: {0}; is the disk full?")]
    Temporary(std::io::Error),
    /// A section of the index does not have the checksum that it was written with.
    #[error("the gazetteer is damaged: {0} is not as it was written; build it again")]
    Damaged(&'static str),
    /// A row does not fit into an index; others do.
    #[error("a row does not fit into the index: {0}")]
    Unfit(&'static str),
    /// There are more places or names than an index can hold.
    #[error("too much for one index: {0}")]
    TooLarge(&'static str),
}
