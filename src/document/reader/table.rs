//! Tables: a document a row.

use super::{Documents, Pending};
use crate::document::format::Format;
use crate::document::stream::Stream;
use crate::document::{Document, DocumentError, Meta};
use csv::ByteRecord;
use serde_json::{Map, Value};
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
}

/// The documents of a table with a header. All columns that are not understood become [`Meta::other`].
pub fn documents(stream: Stream, name: Arc<str>, format: Format, columns: &Columns) -> Documents {
    let delimiter = if format == Format::Tsv { b'\t' } else { delimiter(&stream.head) };
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(stream);
    let header = reader.byte_headers().map_err(|error| damaged(&name, &error)).and_then(|header| {
        Header::new(header, columns).map_err(|column| DocumentError::NoColumn {
            path: name.to_string(),
            column,
            columns: header.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().join(", "),
        })
    });
    let header = match header {
        Ok(header) => Arc::new(header),
        Err(error) => return Box::new(std::iter::once(Pending::failed(error))),
    };
    let rows = reader.into_byte_records().map(move |row| match row {
        Ok(row) => {
            let (header, input) = (header.clone(), name.clone());
            let (line, bytes) = (row.position().map(|at| at.line() as usize), row.as_slice().len() as u64);
            Pending::new(&name, line, bytes, move || header.document(&row, &input))
        }
        Err(error) => Pending::failed(damaged(&name, &error)),
    });
    Box::new(rows)
}

fn damaged(name: &str, error: &csv::Error) -> DocumentError {
    DocumentError::Damaged {
        path: name.to_owned(),
        what: "a table",
        reason: error.to_string(),
        way_out: "check that it is whole, or say with --input what it is",
    }
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
    fn new(header: &ByteRecord, columns: &Columns) -> Result<Self, String> {
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
            names,
        })
    }

    fn document(&self, row: &ByteRecord, name: &str) -> Result<Document, DocumentError> {
        let line = row.position().map_or(0, |position| position.line() as usize);
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
        Ok(Document { lang, ..Document::titled(id, text, Meta::from(members)) })
    }
}

#[cfg(test)]
mod tests {
    use super::{Columns, documents};
    use crate::document::stream::Stream;
    use crate::document::{Document, DocumentError, Format};

    fn read(table: &str, columns: &Columns) -> Vec<Result<Document, DocumentError>> {
        let stream = Stream::open(std::io::Cursor::new(table.to_owned()), &Default::default()).expect("opened");
        documents(stream, "t.csv".into(), Format::Csv, columns).map(super::Pending::read).collect()
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
}
