//! JSON lines: a document a line.

use super::Pending;
use crate::document::stream::Stream;
use crate::document::{Document, DocumentError, decode};
use std::io::{BufRead, BufReader};
use std::sync::Arc;

/// The documents of a stream of lines. What is wrong with one line leaves the others alone.
pub struct Lines {
    input: BufReader<Stream>,
    name: Arc<str>,
    line: usize,
    ended: bool,
}

impl Lines {
    pub fn new(stream: Stream, name: Arc<str>) -> Self {
        Lines { input: BufReader::with_capacity(64 << 10, stream), name, line: 0, ended: false }
    }
}

impl Iterator for Lines {
    type Item = Pending;

    fn next(&mut self) -> Option<Pending> {
        while !self.ended {
            let mut json = Vec::new();
            let name = self.name.clone();
            match self.input.read_until(b'\n', &mut json) {
                Ok(0) => return None,
                Ok(_) => self.line += 1,
                Err(source) => {
                    self.ended = true;
                    return Some(Pending::failed(DocumentError::Unreadable { path: name.to_string(), source }));
                }
            }
            if !json.trim_ascii().is_empty() {
                let line = self.line;
                let bytes = json.len() as u64;
                return Some(Pending::new(&self.name, Some(line), bytes, move || document(&json, &name, line)));
            }
        }
        None
    }
}

fn document(json: &[u8], name: &str, line: usize) -> Result<Document, DocumentError> {
    let text = decode(json);
    let parsed: Result<Document, _> = serde_json::from_str(text.trim_start_matches('\u{feff}'));
    let mut document = parsed.map_err(|error| DocumentError::Line {
        path: name.to_owned(),
        line,
        reason: without_position(&error),
    })?;
    if document.id.is_empty() {
        document.id = format!("{name}:{line}");
    }
    Ok(document)
}

/// What is wrong with a line of JSON, less the "at line 1" that every line would have.
fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::Lines;
    use crate::document::DocumentError;
    use crate::document::reader::Pending;
    use crate::document::stream::Stream;

    #[test]
    fn a_bad_line_leaves_the_good_ones() {
        let lines = "\u{feff}{\"id\": \"a\", \"text\": \"Aleppo\", \"more\": 1}\n\nnonsense\n{\"text\": \"Homs\"}";
        let stream = Stream::open(std::io::Cursor::new(lines), &Default::default()).expect("opened");
        let read: Vec<_> = Lines::new(stream, "in.jsonl".into()).map(Pending::read).collect();
        assert_eq!(read.len(), 3);
        assert_eq!(read[0].as_ref().map(|d| d.id.as_str()).ok(), Some("a"));
        assert!(matches!(&read[1], Err(DocumentError::Line { line: 3, .. })));
        assert_eq!(read[2].as_ref().map(|d| d.id.as_str()).ok(), Some("in.jsonl:4"));
    }
}
