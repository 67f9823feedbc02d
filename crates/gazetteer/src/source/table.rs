//! Tables with a header, as CSV or TSV: a national list, a project's own sites, Linked Places as a table.

use super::columns::{Columns, Fact, Layout};
use super::intake::Intake;
use super::record::Record;
use crate::GazetteerError;
use std::io::Read;
use toponym_text::table::TableError;

/// The delimiters of columns, those that win ties first.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// Lines that one row may take up; where it takes more, or several and has too few columns, a quotation mark has not been closed.
const MOST_LINES: u64 = 200;

/// Whether a text begins with a line that names the columns of a table of places.
pub fn has_header(head: &str, columns: &Columns) -> bool {
    let header = head.lines().next().unwrap_or_default();
    sniff(header).is_some_and(|delimiter| columns.layout(header.split(char::from(delimiter)).map(unquoted)).is_whole())
}

fn unquoted(field: &str) -> &str {
    field.trim().trim_matches('"')
}

/// The delimiter that is most frequent in a header; `None` if it has none.
fn sniff(header: &str) -> Option<u8> {
    let count = |delimiter: u8| {
        let outside = header.split('"').step_by(2);
        outside.flat_map(str::bytes).filter(|&b| b == delimiter).count()
    };
    let best = DELIMITERS.into_iter().rev().max_by_key(|&delimiter| count(delimiter))?;
    (count(best) > 0).then_some(best)
}

/// Reads a table whose first line names its columns; `head` is its beginning.
pub fn read_table(input: &mut dyn Read, head: &str, intake: &mut Intake<'_>) -> Result<(), GazetteerError> {
    let error = |intake: &Intake<'_>, reason: String| {
        GazetteerError::Table(TableError::Line { path: intake.path().to_owned(), line: 1, reason })
    };
    let header = head.lines().next().unwrap_or_default();
    let Some(delimiter) = sniff(header) else {
        let way_out = "separate them by commas, semicolons, tabs or bars";
        return Err(error(intake, format!("the header has one column, {header:?}; {way_out}")));
    };
    // In tables with tabs, quotation marks are letters like others, unless they enclose fields throughout.
    let quoting = delimiter != b'\t' || header.starts_with('"');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).quoting(quoting).flexible(true).from_reader(input);
    let header = reader.headers().map_err(|e| error(intake, e.to_string()))?.clone();
    let layout = intake.options().columns.layout(&header);
    check(&layout, &header).map_err(|reason| error(intake, reason))?;
    for (fact, header) in &layout.missing {
        intake.remarks.tell(format!("there is no column {header:?}, which --columns takes for {}", fact.name()));
    }
    intake.remarks.unknown(&layout.unknown);
    let id_source = intake.id_source();
    let mut record = csv::StringRecord::new();
    loop {
        let before = reader.position().line();
        let row = match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => Ok(()),
            Err(e) if e.is_io_error() => {
                return Err(GazetteerError::Read { path: intake.path().to_owned(), source: e.into() });
            }
            Err(_) => Err("it is not UTF-8; --encoding says what it is, such as windows-1252".to_owned()),
        };
        let line = record.position().map_or(before, csv::Position::line).max(before);
        let lines = reader.position().line() - before;
        let surplus = record.iter().skip(header.len()).find(|value| !value.trim().is_empty());
        let row = row.and_then(|()| match surplus {
            _ if lines > MOST_LINES || lines > 1 && record.len() < header.len() => {
                Err(format!("a quotation mark is not closed before line {}; close or double it", before + lines))
            }
            Some(value) => Err(format!(
                "it has {} columns, the header {}: {value:?} is one too many; quote values that hold the delimiter",
                record.len(),
                header.len()
            )),
            None => {
                let get = |at: usize| record.get(at).unwrap_or("").trim();
                let (id_source, layout) = (id_source.as_str(), &layout);
                Record { layout, get, located: None, id: None, id_source, line }.place(&mut intake.remarks)
            }
        });
        intake.take(line, row)?;
    }
}

/// Fails if the columns do not make a place, or if a header that is used stands twice.
fn check(layout: &Layout, header: &csv::StringRecord) -> Result<(), String> {
    let have = || header.iter().collect::<Vec<_>>().join(", ");
    if let Some(needed) = layout.lacks() {
        let what = needed.name();
        let named = layout.missing.iter().find(|(fact, _)| *fact == needed);
        let why = match named {
            Some((_, named)) => format!("there is no column {named:?}"),
            None => format!("no column is taken for {what:?}"),
        };
        let way_out = format!("say which it is with --columns {what}=HEADER");
        let wkt = if needed == Fact::Name { "" } else { " (or geometry=HEADER of well-known text)" };
        return Err(format!("{why}; {way_out}{wkt}; the headers are {}", have()));
    }
    for (at, name) in header.iter().enumerate() {
        let same = header.iter().skip(at + 1).any(|other| other.trim() == name.trim());
        if same && layout.uses(at) {
            return Err(format!("two columns are headed {:?}; give each a name of its own", name.trim()));
        }
    }
    Ok(())
}
