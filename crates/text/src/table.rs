//! Tab-separated tables with a header line.

use std::path::{Path, PathBuf};

/// Why a table could not be read. Every message names the file, and the line where there is one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// A line does not hold what it should.
    #[error("{}:{line}: {reason}", path.display())]
    Line {
        /// The table.
        path: PathBuf,
        /// Its line, from 1.
        line: u64,
        /// What is wrong with it and what it should be.
        reason: String,
    },
    /// The file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// A table read into memory, its errors told with file and line.
pub struct Table {
    path: PathBuf,
    columns: Vec<String>,
    records: csv::StringRecordsIntoIter<std::io::Cursor<Vec<u8>>>,
}

/// A line of a table.
pub struct Line<'t> {
    path: &'t Path,
    number: u64,
    columns: &'t [String],
    record: csv::StringRecord,
}

impl Table {
    /// Reads the header of a table, that must have `columns`, in any order and among others. Lines that begin
    /// with `#` are comments.
    ///
    /// # Errors
    /// When a column is missing.
    pub fn new(path: &Path, bytes: Vec<u8>, columns: &[&str]) -> Result<Self, TableError> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b'\t')
            .quoting(false)
            .comment(Some(b'#'))
            .from_reader(std::io::Cursor::new(bytes));
        let error = |reason: String| TableError::Line { path: path.to_owned(), line: 1, reason };
        let header = reader.headers().map_err(|e| error(e.to_string()))?;
        let header: Vec<String> = header.iter().map(str::to_owned).collect();
        if let Some(missing) = columns.iter().find(|c| !header.iter().any(|h| h == *c)) {
            return Err(error(format!("there is no column {missing:?}; the header must have {}", columns.join(", "))));
        }
        Ok(Table { path: path.to_owned(), columns: header, records: reader.into_records() })
    }

    /// Reads a table from a file, decompressed by `decompress` first if its name ends in `.zst`.
    ///
    /// # Errors
    /// When the file cannot be read or a column is missing.
    pub fn open(
        path: &Path,
        columns: &[&str],
        decompress: impl Fn(&[u8]) -> std::io::Result<Vec<u8>>,
    ) -> Result<Self, TableError> {
        let error = |source| TableError::Read { path: path.to_owned(), source };
        let mut bytes = std::fs::read(path).map_err(error)?;
        if path.extension().is_some_and(|e| e == "zst") {
            bytes = decompress(&bytes).map_err(error)?;
        }
        Self::new(path, bytes, columns)
    }

    /// The next line, `None` at the end.
    ///
    /// # Errors
    /// When the line has another number of columns than the header, or is not UTF-8.
    pub fn next_line(&mut self) -> Option<Result<Line<'_>, TableError>> {
        Some(match self.records.next()? {
            Ok(record) => {
                let number = record.position().map_or(0, csv::Position::line);
                Ok(Line { path: &self.path, number, columns: &self.columns, record })
            }
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line);
                Err(TableError::Line { path: self.path.clone(), line, reason: e.to_string() })
            }
        })
    }
}

impl Line<'_> {
    /// The value of a column; empty if there is no such column.
    pub fn get(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|c| c == column);
        at.and_then(|at| self.record.get(at)).unwrap_or("")
    }

    /// A column's values between bars.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split('|').filter(|value| !value.is_empty())
    }

    /// A number that must be there.
    ///
    /// # Errors
    /// When it is missing, not a number, or not within `range`.
    pub fn number(&self, column: &str, range: std::ops::RangeInclusive<f64>) -> Result<f64, TableError> {
        let value = self.get(column);
        let number = value.parse().ok().filter(|n| range.contains(n));
        number.ok_or_else(|| {
            self.error(format!("{column} is {value:?}, not a number from {} to {}", range.start(), range.end()))
        })
    }

    /// A number that may be missing.
    ///
    /// # Errors
    /// When it is there but not a whole number from 0.
    pub fn whole(&self, column: &str) -> Result<Option<u64>, TableError> {
        let value = self.get(column);
        if value.is_empty() {
            return Ok(None);
        }
        value.parse().map(Some).map_err(|_| self.error(format!("{column} is {value:?}, not a whole number")))
    }

    /// An error at this line.
    pub fn error(&self, reason: String) -> TableError {
        TableError::Line { path: self.path.to_owned(), line: self.number, reason }
    }
}

#[cfg(test)]
mod tests {
    use super::Table;
    use std::path::Path;

    #[test]
    fn columns_are_found_by_their_names_and_missing_ones_told() {
        let table = |columns: &[&str]| Table::new(Path::new("t"), b"a\tb\n1\t2\n".to_vec(), columns);
        assert_eq!(table(&["b"]).expect("right").next_line().expect("a line").expect("right").get("b"), "2");
        let missing = table(&["c"]).err().expect("there is no such column");
        assert!(missing.to_string().starts_with("t:1: there is no column \"c\""), "{missing}");
    }
}
