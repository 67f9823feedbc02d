//! JSON lines: `{"id", "text", "toponyms": [{"start", "end", "lat", "lon", "geonameid", ...}]}`.

use super::{Read, push};
use crate::document::{Document, DocumentError};
use crate::eval::gold::{Annotation, GoldDocument};
use serde::Deserialize;

/// The members of a line besides those of the document.
#[derive(Deserialize)]
struct AnnotatedLine {
    toponyms: Vec<Annotation>,
}

/// Reads one document from each line that is not empty.
pub fn read(text: &str, path: &str, corpus: &str) -> Read {
    let mut read = Read::default();
    for (json, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let parsed = serde_json::from_str::<Document>(json);
        match parsed.and_then(|document| Ok((document, serde_json::from_str::<AnnotatedLine>(json)?))) {
            Ok((mut document, line)) => {
                if document.id.is_empty() {
                    document.id = number.to_string();
                }
                push(&mut read, GoldDocument::new(corpus, document, line.toponyms));
            }
            Err(error) => {
                let reason = error.to_string();
                read.1.push(DocumentError::Line { path: path.to_owned(), line: number, reason }.into());
            }
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn ids_are_numbers_or_strings_and_bad_lines_leave_the_good() {
        let lines = r#"{"id": "a", "text": "Ulm, Bonn", "toponyms": [{"start": 0, "end": 3, "geonameid": "2820256"}, {"start": 5, "end": 9, "geonameid": 2946447, "lat": 50.7, "lon": 7.1}]}

{"text": "no toponyms"}
{"text": "Ulm", "toponyms": []}"#;
        let (documents, errors) = read(lines, "c.jsonl", "c");
        let ids: Vec<_> = documents[0].toponyms.iter().map(|t| t.geoname).collect();
        assert_eq!(ids, [Some(2820256), Some(2946447)]);
        assert_eq!((documents.len(), documents[1].document.id.as_str()), (2, "4"));
        assert!(errors[0].to_string().starts_with("c.jsonl:3: "), "{}", errors[0]);
    }
}
