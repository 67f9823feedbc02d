//! Tables: a document a row.

use super::records::{Record, Records};
use super::{Documents, Pending, ReadOptions};
use crate::document::format::Format;
use crate::document::stream::Stream;
use crate::document::{Document, DocumentError, Meta};
use csv::ByteRecord;
use serde_json::{Map, Value};
use std::io::Read;
use std::sync::Arc;

/// Which columns hold what. Columns are named by their headers, in any case.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The text; `None` takes the first that is called `text`, `body`, `content`, `article` or `story`.
    pub text: Option<String>,
    /// The id; `None` takes the column `id`, and without one the file's name and the line.
    pub id: Option<String>,
    /// The title; `None` takes the column `title` or `headline`.
    pub title: Option<String>,
    /// The date; `None` takes the column `date` or one of its other usual names.
    pub date: Option<String>,
}

/// The mark of UTF-8 at the beginning of a file, behind which a quote may begin a cell.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What columns with the text are usually called.
const TEXT: [&str; 5] = ["text", "body", "content", "article", "story"];

/// What the columns of one table are, by their number.
struct Header {
    names: Vec<String>,
    text: usize,
    id: Option<usize>,
    title: Option<usize>,
    date: Option<usize>,
    language: Option<usize>,
    delimiter: u8,
}

/// The documents of a table with a header. All columns that are not understood become [`Meta::other`].
pub fn documents(mut stream: Stream, name: Arc<str>, format: Format, options: &ReadOptions) -> Documents {
    if stream.head.starts_with(BYTE_ORDER_MARK) {
        // It was read before.
        let _ = stream.read_exact(&mut [0; BYTE_ORDER_MARK.len()]);
    }
    let delimiter = if format == Format::Tsv { b'\t' } else { delimiter(&stream.head) };
    let mut records = Records::new(stream, delimiter, options.max_document);
    let header = match header(&mut records, delimiter, &name, &options.columns) {
        Ok(header) => Arc::new(header),
        Err(error) => return Box::new(std::iter::once(Pending::failed(error))),
    };
    Box::new(Rows { records, header, name, most: options.max_document, ended: false })
}

/// The rows behind the header.
struct Rows {
    records: Records,
    header: Arc<Header>,
    name: Arc<str>,
    most: u64,
    ended: bool,
}

impl Iterator for Rows {
    type Item = Pending;

    fn next(&mut self) -> Option<Pending> {
        if self.ended {
            return None;
        }
        let failed = |line, reason: &str| {
            let (path, reason) = (self.name.to_string(), reason.to_owned());
            Pending::failed(DocumentError::Row { path, line, reason })
        };
        Some(match self.records.next() {
            Ok(None) => return None,
            Ok(Some((line, Record::Row { bytes, stray }))) => {
                let (header, input, size) = (self.header.clone(), self.name.clone(), bytes.len() as u64);
                Pending::new(&self.name, Some(line), size, move || header.document(&bytes, stray, &input, line))
            }
            Ok(Some((line, Record::Unclosed))) => failed(
                line,
                "a quote that begins a cell is not closed; close it, or double it if it is part of the text",
            ),
            Ok(Some((line, Record::TooLarge))) => {
                Pending::failed(DocumentError::too_large(&self.name, Some(line), self.most))
            }
            Err(source) => {
                self.ended = true;
                Pending::failed(DocumentError::Unreadable { path: self.name.to_string(), source })
            }
        })
    }
}

/// Reads the first row.
fn header(records: &mut Records, delimiter: u8, name: &str, columns: &Columns) -> Result<Header, DocumentError> {
    let damaged = |reason: &str| DocumentError::Damaged {
        path: name.to_owned(),
        what: "a table",
        reason: reason.to_owned(),
        way_out: "check that it is whole, or say with --input what it is",
    };
    let first = records.next();
    let row = match first.map_err(|source| DocumentError::Unreadable { path: name.to_owned(), source })? {
        Some((_, Record::Row { bytes, .. })) => cells(&bytes, delimiter),
        Some((_, Record::Unclosed)) => return Err(damaged("a quote in the header is not closed")),
        Some((_, Record::TooLarge)) => return Err(damaged("the header is too long")),
        None => return Err(damaged("it is empty")),
    };
    Header::new(&row, delimiter, columns).map_err(|column| DocumentError::NoColumn {
        path: name.to_owned(),
        column,
        columns: row.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().join(", "),
    })
}

/// The cells of a row.
fn cells(row: &[u8], delimiter: u8) -> ByteRecord {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(row.len().max(64));
    let mut cells = ByteRecord::new();
    // Reading bytes from memory does not fail.
    let _ = reader.from_reader(row).read_byte_record(&mut cells);
    cells
}

/// The delimiter: the most frequent of the usual ones in the first line.
fn delimiter(head: &[u8]) -> u8 {
    let first = head.split(|&byte| byte == b'\n').next().unwrap_or(head);
    let count = |sign: u8| first.iter().filter(|&&byte| byte == sign).count();
    // Of two as common the one named last holds.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|&sign| count(sign)).unwrap_or(b',')
}

impl Header {
    /// The columns of a table; the name that it lacks if it has not what is asked for.
    fn new(header: &ByteRecord, delimiter: u8, columns: &Columns) -> Result<Self, String> {
        let names = header.iter().map(|name| String::from_utf8_lossy(name).trim_matches(['\u{feff}', ' ']).to_owned());
        let names: Vec<String> = names.collect();
        let find = |wanted: &str| names.iter().position(|name| name.eq_ignore_ascii_case(wanted));
        let asked = |wanted: &Option<String>| match wanted {
            Some(wanted) => find(wanted).map(Some).ok_or_else(|| wanted.clone()),
            None => Ok(None),
        };
        let text = asked(&columns.text)?.or_else(|| TEXT.iter().find_map(|name| find(name)));
        Ok(Header {
            text: text.ok_or_else(|| "called text".to_owned())?,
            id: asked(&columns.id)?.or_else(|| find("id")),
            title: asked(&columns.title)?,
            date: asked(&columns.date)?,
            language: find("lang").or_else(|| find("language")),
            delimiter,
            names,
        })
    }

    /// The document of a row in `line`, in which a quote may be `stray`.
    fn document(&self, row: &[u8], stray: bool, name: &str, line: usize) -> Result<Document, DocumentError> {
        let row = cells(row, self.delimiter);
        let cell = |at: usize| row.get(at).map(|cell| crate::document::decode(cell).into_owned());
        let text = cell(self.text).ok_or_else(|| DocumentError::Row {
            path: name.to_owned(),
            line,
            reason: format!("the row ends before its column {}", self.names[self.text]),
        })?;
        let mut members = Map::new();
        for (at, column) in self.names.iter().enumerate() {
            let key = match Some(at) {
                at if at == Some(self.text) || at == self.id || at == self.language => continue,
                at if at == self.title => "title",
                at if at == self.date => "date",
                _ => column.as_str(),
            };
            if let Some(value) = cell(at).filter(|value| !value.is_empty() && !key.is_empty()) {
                members.insert(key.to_owned(), Value::String(value));
            }
        }
        let id = self.id.and_then(cell).filter(|id| !id.is_empty()).unwrap_or_else(|| format!("{name}:{line}"));
        let lang = self.language.and_then(cell).filter(|lang| !lang.is_empty());
        let mut document = Document { lang, ..Document::titled(id, text, Meta::from(members)) };
        if stray {
            let flaw = "a quote stands in a quoted cell; it should be doubled, and the cell may be cut wrongly";
            document.flaws.push(flaw.to_owned());
        }
        let more: Vec<_> =
            (self.names.len()..row.len()).filter_map(cell).filter(|cell| !cell.trim().is_empty()).collect();
        if let Some(first) = more.first() {
            let (cells, columns) = (row.len(), self.names.len());
            let shown: String = first.trim().chars().take(40).collect();
            document.flaws.push(format!(
                "the row has {cells} cells and the header {columns}; those beyond, from {shown:?} on, are left out"
            ));
        }
        Ok(document)
    }
}

#[cfg(test)]
mod tests {
    use super::{Columns, documents};
    use crate::document::stream::Stream;
    use crate::document::{Document, DocumentError, Format};

    fn read(table: &str, columns: &Columns) -> Vec<Result<Document, DocumentError>> {
        let stream = Stream::open(std::io::Cursor::new(table.to_owned()), &Default::default()).expect("opened");
        let options =
            super::ReadOptions { columns: columns.clone(), max_document: 1000, ..super::ReadOptions::default() };
        documents(stream, "t.csv".into(), Format::Csv, &options).map(super::Pending::read).collect()
    }

    #[test]
    fn columns_are_found_by_name_and_the_others_carried() {
        let table = "Nr;Meldung;Titel;tag;beat\n7;\"In Homs;\nand Hama\";Rain;4 Jun 2016;north\n8;Dry.;;;\n9\n";
        let named = |name: &str| Some(name.to_owned());
        let columns = Columns { text: named("meldung"), id: named("Nr"), title: named("titel"), date: named("tag") };
        let rows = read(table, &columns);
        let first = rows[0].as_ref().expect("a document");
        assert_eq!((first.id.as_str(), first.text_proper()), ("7", "In Homs;\nand Hama"));
        assert_eq!((first.title_before(), first.meta.date.as_deref()), (Some("Rain"), Some("2016-06-04")));
        assert_eq!(first.meta.other["beat"], "north");
        assert!(rows[1].as_ref().is_ok_and(|row| row.text == "Dry." && row.meta.other.is_empty()));
        assert!(matches!(&rows[2], Err(DocumentError::Row { line: 5, .. })), "{:?}", rows[2]);
    }

    #[test]
    fn a_table_without_the_column_says_what_it_has() {
        let rows = read("a,b\n1,2\n", &Columns::default());
        let Err(error) = &rows[0] else { panic!("no text") };
        assert!(error.to_string().contains("its columns are a, b"), "{error}");
    }
    #[test]
    fn what_is_amiss_in_a_row_is_told_and_leaves_the_others() {
        let long = "x".repeat(2000);
        let table =
            format!("id,text\n1,In Homs,and Hama\n2,\"open\n3,\"He \"said\" so\"\n4,{long}\n5,\"In\nUlm\"\n6,a,,\n");
        let rows = read(&table, &Columns::default());
        let flaws = |at: usize| rows[at].as_ref().map(|row| row.flaws.concat()).unwrap_or_default();
        assert!(flaws(0).starts_with("t.csv:2: the row has 3 cells") && flaws(0).contains("and Hama"), "{}", flaws(0));
        assert!(matches!(&rows[1], Err(DocumentError::Row { line: 3, .. })), "{:?}", rows[1]);
        assert!(flaws(2).contains("doubled") && rows[2].as_ref().is_ok_and(|row| row.text.contains("said")));
        assert!(matches!(&rows[3], Err(DocumentError::TooLarge { line: Some(5), .. })), "{:?}", rows[3]);
        assert!(rows[4].as_ref().is_ok_and(|row| row.id == "5" && row.text == "In\nUlm"));
        assert!(rows[5].as_ref().is_ok_and(|row| row.flaws.is_empty()), "empty cells beyond the header hold nothing");
    }
}
