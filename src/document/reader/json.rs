//! JSON that is no lines: an array of documents, or one document over many lines.

use super::{Pending, json_lines};
use crate::document::DocumentError;
use crate::document::stream::Stream;
use std::io::{self, BufRead, BufReader};
use std::sync::Arc;

/// Whether JSON that begins so is an array, or an object that goes on in the next line.
pub fn is_value(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match head.first() {
        Some(b'[') => true,
        Some(b'{') => {
            // A line that is cut off ends elsewhere.
            let line = head.split(|&byte| byte == b'\n').next().unwrap_or(head);
            line.len() < head.len() && matches!(line.trim_ascii_end().last(), Some(b'{' | b'[' | b','))
        }
        _ => false,
    }
}

/// How far a value of JSON has been read.
#[derive(Default)]
struct Value {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Value {
    /// Reads on. Returns the number of bytes up to the end of the value, if that is among them.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, &byte) in bytes.iter().enumerate() {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// The documents of an array, or of objects that stand one after the other. Each begins in a line of its own.
pub struct Values {
    input: BufReader<Stream>,
    name: Arc<str>,
    line: usize,
    most: u64,
    ended: bool,
}

/// What was found behind the last document.
enum Found {
    /// An object, and the line it begins in.
    Object(Vec<u8>, usize),
    TooLong(usize),
    /// Something that is no object.
    Other(u8),
    CutOff,
    End,
}

impl Values {
    /// The values of a stream, each of at most so many bytes.
    pub fn new(stream: Stream, name: Arc<str>, most: u64) -> Self {
        Values { input: BufReader::with_capacity(64 << 10, stream), name, line: 1, most, ended: false }
    }

    fn find(&mut self) -> io::Result<Found> {
        // Between two values.
        let first = loop {
            let Some(&byte) = self.input.fill_buf()?.first() else { return Ok(Found::End) };
            match byte {
                b'{' => break byte,
                b'\n' => self.line += 1,
                // A byte order mark stands only at the beginning.
                b'[' | b']' | b',' | b' ' | b'\t' | b'\r' | 0xef | 0xbb | 0xbf => {}
                other => return Ok(Found::Other(other)),
            }
            self.input.consume(1);
        };
        debug_assert_eq!(first, b'{');
        let (line, mut json, mut value, mut long) = (self.line, Vec::new(), Value::default(), false);
        loop {
            let bytes = self.input.fill_buf()?;
            if bytes.is_empty() {
                return Ok(Found::CutOff);
            }
            let end = value.end(bytes);
            let taken = &bytes[..end.unwrap_or(bytes.len())];
            self.line += memchr::memchr_iter(b'\n', taken).count();
            long |= (json.len() + taken.len()) as u64 > self.most;
            if !long {
                json.extend_from_slice(taken);
            }
            let count = taken.len();
            self.input.consume(count);
            if end.is_some() {
                return Ok(if long { Found::TooLong(line) } else { Found::Object(json, line) });
            }
        }
    }
}

impl Iterator for Values {
    type Item = Pending;

    fn next(&mut self) -> Option<Pending> {
        if self.ended {
            return None;
        }
        let found = self.find();
        self.ended = !matches!(found, Ok(Found::Object(..) | Found::TooLong(_)));
        let damaged = |reason: String| DocumentError::Damaged {
            path: self.name.to_string(),
            what: "a JSON array of documents",
            reason,
            way_out: "write objects between commas; of what stands before the damage the documents are read",
        };
        let name = self.name.clone();
        Some(match found {
            Ok(Found::Object(json, line)) => {
                let bytes = json.len() as u64;
                Pending::new(&self.name, Some(line), bytes, move || json_lines::document(&json, &name, line))
            }
            Ok(Found::TooLong(line)) => Pending::failed(DocumentError::too_large(&name, Some(line), self.most)),
            Ok(Found::Other(byte)) => {
                let shown = char::from(byte).escape_default();
                Pending::failed(damaged(format!("{shown} in line {} begins no object", self.line)))
            }
            Ok(Found::CutOff) => Pending::failed(damaged(format!("it is cut off in line {}", self.line))),
            Ok(Found::End) => return None,
            Err(source) => Pending::failed(DocumentError::Unreadable { path: name.to_string(), source }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Values, is_value};
    use crate::document::reader::Pending;
    use crate::document::stream::Stream;
    use crate::document::{Document, DocumentError};

    fn read(json: &str) -> Vec<Result<Document, DocumentError>> {
        let stream = Stream::open(std::io::Cursor::new(json.to_owned()), &Default::default()).expect("opened");
        Values::new(stream, "in.json".into(), 100).map(Pending::read).collect()
    }

    #[test]
    fn arrays_and_objects_over_many_lines() {
        let array = "\u{feff}[\n {\"text\": \"A ] \\\" } b\",\n  \"x\": [{}]},\n {\"id\": 7, \"text\": \"Homs\"}, {\"text\": 1}]\n";
        let documents = read(array);
        let ids: Vec<_> = documents.iter().map(|read| read.as_ref().map(|d| d.id.as_str()).ok()).collect();
        assert_eq!(ids, [Some("in.json:2"), Some("7"), None]);
        assert!(documents[2].as_ref().is_err_and(|error| error.line() == Some(4)));
        let one = read("{\n  \"text\": \"Homs\"\n}\n");
        assert!(matches!(&one[..], [Ok(document)] if document.text == "Homs"));
        let long = read(&format!("[{{\"text\": \"{}\"}}, {{\"text\": \"Hama\"}}]", "a".repeat(100)));
        assert!(matches!(&long[..], [Err(DocumentError::TooLarge { .. }), Ok(_)]), "{long:?}");
        for damaged in ["[{\"text\": \"Homs\"}, {\"text\": \"Ha", "[{\"text\": \"Homs\"}, 7]"] {
            assert!(matches!(&read(damaged)[..], [Ok(_), Err(DocumentError::Damaged { .. })]), "{damaged}");
        }
    }

    #[test]
    fn lines_are_told_from_values() {
        for value in ["[]", " [\n{", "{\n\"text\": \"a\"}", "\u{feff}{\"a\": {\n}}"] {
            assert!(is_value(value.as_bytes()), "{value}");
        }
        for lines in
            ["", "{\"text\": \"a\"}\n{", "{\"text\": \"a\"}", "nonsense\n[", "{\"text\": \"a", "{\"text\": \"a\n{}"]
        {
            assert!(!is_value(lines.as_bytes()), "{lines}");
        }
    }
}
