//! JSON lines: a document a line.

use super::Pending;
use crate::document::bounds::{Line, read_line};
use crate::document::stream::Stream;
use crate::document::{Document, DocumentError, decode};
use std::io::BufReader;
use std::sync::Arc;

/// The documents of a stream of lines. What is wrong with one line leaves the others alone.
pub struct Lines {
    input: BufReader<Stream>,
    name: Arc<str>,
    line: usize,
    most: u64,
    ended: bool,
}

impl Lines {
    /// The lines of a stream, each of at most so many bytes.
    pub fn new(stream: Stream, name: Arc<str>, most: u64) -> Self {
        Lines { input: BufReader::with_capacity(64 << 10, stream), name, line: 0, most, ended: false }
    }
}

impl Iterator for Lines {
    type Item = Pending;

    fn next(&mut self) -> Option<Pending> {
        while !self.ended {
            let name = self.name.clone();
            let read = read_line(&mut self.input, self.most);
            self.line += 1;
            match read {
                Ok(None) => return None,
                Ok(Some(Line::Whole(json))) if json.trim_ascii().is_empty() => {}
                Ok(Some(Line::Whole(json))) => {
                    let (line, bytes) = (self.line, json.len() as u64);
                    return Some(Pending::new(&self.name, Some(line), bytes, move || document(&json, &name, line)));
                }
                Ok(Some(Line::TooLong)) => {
                    return Some(Pending::failed(DocumentError::too_large(&name, Some(self.line), self.most)));
                }
                Err(source) => {
                    self.ended = true;
                    return Some(Pending::failed(DocumentError::Unreadable { path: name.to_string(), source }));
                }
            }
        }
        None
    }
}

/// The document that a JSON object is, which begins in `line`.
pub fn document(json: &[u8], name: &str, line: usize) -> Result<Document, DocumentError> {
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

    fn read(lines: &str, most: u64) -> Vec<Result<crate::Document, DocumentError>> {
        let stream = Stream::open(std::io::Cursor::new(lines.to_owned()), &Default::default()).expect("opened");
        Lines::new(stream, "in.jsonl".into(), most).map(Pending::read).collect()
    }

    #[test]
    fn a_bad_line_leaves_the_good_ones() {
        let lines = "\u{feff}{\"id\": \"a\", \"text\": \"Aleppo\", \"more\": 1}\n\nnonsense\n{\"text\": \"Homs\"}";
        let read = read(lines, 100);
        assert_eq!(read.len(), 3);
        assert_eq!(read[0].as_ref().map(|d| d.id.as_str()).ok(), Some("a"));
        assert!(matches!(&read[1], Err(DocumentError::Line { line: 3, .. })));
        assert_eq!(read[2].as_ref().map(|d| d.id.as_str()).ok(), Some("in.jsonl:4"));
    }

    #[test]
    fn a_line_too_long_or_too_deep_leaves_the_others() {
        let deep = format!("{{\"text\": \"Homs\", \"x\": {}{}}}", "[".repeat(20_000), "]".repeat(20_000));
        let long = format!("{{\"text\": \"{}\"}}", "Homs. ".repeat(10_000));
        let read = read(&[&deep, &long, "{\"text\": \"Hama\"}"].map(|line| format!("{line}\n")).concat(), 50_000);
        assert!(matches!(&read[0], Err(DocumentError::Line { line: 1, .. })), "{:?}", read[0]);
        assert!(matches!(&read[1], Err(DocumentError::TooLarge { line: Some(2), most: 50_000, .. })), "{:?}", read[1]);
        assert!(read[2].as_ref().is_ok_and(|document| document.text == "Hama"));
    }
}
