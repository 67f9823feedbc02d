//! Files -> documents.

use super::{Document, DocumentError, Meta, decode, head};
use std::path::{Path, PathBuf};

/// Reads the documents of a file: one of a text file, one a line of a `.jsonl` file. What is wrong with one line leaves
/// the other lines alone.
pub fn read_file(path: &Path) -> Vec<Result<Document, DocumentError>> {
    let name = path.display().to_string();
    let failed = |error| vec![Err(error)];
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => return failed(DocumentError::Directory(name)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return failed(DocumentError::Missing(name)),
        _ => {}
    }
    match std::fs::read(path) {
        Ok(bytes) => read_bytes(&bytes, &name, PathBuf::from(path).extension().is_some_and(|e| e == "jsonl")),
        Err(source) => failed(DocumentError::Unreadable { path: name, source }),
    }
}

/// Reads the documents in `bytes`, which errors and ids call `name`; `lines` says that each line is a JSON document.
pub fn read_bytes(bytes: &[u8], name: &str, lines: bool) -> Vec<Result<Document, DocumentError>> {
    if let Some((what, way_out)) = not_text(bytes) {
        return vec![Err(DocumentError::NotText { path: name.to_owned(), what, way_out })];
    }
    let text = decode(bytes);
    if !lines {
        let (date, title) = head::of_page(&text);
        // The title stands in the text already, so that offsets count in the file as it is.
        let document = Document::titled(name, text, Meta { date, ..Meta::default() });
        return vec![Ok(Document { meta: Meta { title, ..document.meta }, ..document })];
    }
    let numbered = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    numbered
        .map(|(json, line)| {
            let parsed: Result<Document, _> = serde_json::from_str(json);
            let mut document = parsed.map_err(|e| DocumentError::Line {
                path: name.to_owned(),
                line,
                reason: without_position(&e),
            })?;
            if document.id.is_empty() {
                document.id = format!("{name}:{line}");
            }
            Ok(document)
        })
        .collect()
}

/// What is wrong with a line of JSON, less the "at line 1" that every line would have.
fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

/// What the bytes are if they are no text, and what to do about it.
fn not_text(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const UNPACK: &str = "unpack it first";
    let known: [(&[u8], &str, &str); 8] = [
        (b"%PDF", "a PDF", "convert it with `pdftotext FILE` first"),
        (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save the document as plain text"),
        (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text"),
        (b"\x1f\x8b", "gzip data", UNPACK),
        (b"\x28\xb5\x2f\xfd", "zstd data", UNPACK),
        (b"\x89PNG", "a picture", "give the text of it"),
        (b"\xff\xd8\xff", "a picture", "give the text of it"),
        (b"\x7fELF", "a program", "give a text"),
    ];
    if let Some((_, what, way_out)) = known.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Some((what, way_out));
    }
    let start = &bytes[..bytes.len().min(1024)];
    let start = String::from_utf8_lossy(start).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Some(("HTML", "save the article as plain text, from the browser's reader view for one"));
    }
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    let start = &bytes[..bytes.len().min(8192)];
    let control = start.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    let binary = start.contains(&0) || control * 10 > start.len();
    (!marked && binary).then_some(("binary data", "give a text file in UTF-8 or another common encoding"))
}

#[cfg(test)]
mod tests {
    use super::{DocumentError, read_bytes};

    #[test]
    fn a_bad_line_leaves_the_good_ones() {
        let lines = b"{\"id\": \"a\", \"text\": \"Aleppo\", \"more\": 1}\n\nnonsense\n{\"text\": \"Homs\"}\n";
        let read = read_bytes(lines, "in.jsonl", true);
        assert_eq!(read.len(), 3);
        assert_eq!(read[0].as_ref().map(|d| d.id.as_str()).ok(), Some("a"));
        assert!(matches!(&read[1], Err(DocumentError::Line { line: 3, .. })));
        assert_eq!(read[2].as_ref().map(|d| d.id.as_str()).ok(), Some("in.jsonl:4"));
    }

    #[test]
    fn binary_data_is_told_from_text() {
        for bytes in
            [&b"\x7fELF\x02\x01"[..], b"%PDF-1.7", b"\n<!DOCTYPE html><p>Paris", b"a\0b\0c", &[1, 2, 3, 4, 5, 6]]
        {
            assert!(matches!(read_bytes(bytes, "x", false)[..], [Err(DocumentError::NotText { .. })]), "{bytes:?}");
        }
        for bytes in [&b""[..], b"Aleppo\n", b"\xff\xfeA\0", "\u{feff}حلب".as_bytes(), b"Alep\xe9"] {
            assert!(matches!(read_bytes(bytes, "x", false)[..], [Ok(_)]), "{bytes:?}");
        }
    }
}
