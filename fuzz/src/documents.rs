//! Input formats.

use std::io::{Cursor, Write};
use toponym::document::{Columns, Format, Inputs, ReadOptions};

/// The bound of a document here, in bytes: low enough to be met.
const MOST: u64 = 20_000;

fn read(data: Vec<u8>, format: Option<Format>) {
    let options = ReadOptions { format, columns: Columns::default(), max_document: MOST };
    for pending in Inputs::from_reader(Cursor::new(data), "-", 1 << 20, options) {
        match pending.read() {
            Ok(document) => {
                assert!(document.text.len() as u64 <= 2 * MOST, "{} bytes", document.text.len());
                assert!(document.text.is_char_boundary(document.body));
            }
            Err(error) => assert!(!matches!(error, toponym::document::DocumentError::Reader { .. }), "{error}"),
        }
    }
}

/// Web pages.
pub fn html(data: &[u8]) {
    read(data.to_vec(), Some(Format::Html));
}

/// RSS and Atom.
pub fn feed(data: &[u8]) {
    read(data.to_vec(), Some(Format::Feed));
}

/// Mails.
pub fn mail(data: &[u8]) {
    read(data.to_vec(), Some(Format::Eml));
}

/// Markdown.
pub fn markdown(data: &[u8]) {
    read(data.to_vec(), Some(Format::Markdown));
}

/// Tables.
pub fn table(data: &[u8]) {
    read(data.to_vec(), Some(Format::Csv));
    read([b"id,text\n", data].concat(), Some(Format::Csv));
}

/// JSON lines and arrays.
pub fn jsonl(data: &[u8]) {
    read(data.to_vec(), Some(Format::Jsonl));
    read([b"[", data].concat(), Some(Format::Jsonl));
}

/// Web archives.
pub fn warc(data: &[u8]) {
    read(data.to_vec(), Some(Format::Warc));
    let head = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n";
    let head = format!("{head}Content-Length: {}\r\n\r\nHTTP/1.1 200 OK\r\n", data.len() + 17);
    read([head.as_bytes(), data].concat(), Some(Format::Warc));
}

/// Word documents: as they are, and the bytes as the main part of one.
pub fn docx(data: &[u8]) {
    read(data.to_vec(), Some(Format::Docx));
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let made = archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).is_ok()
        && archive.write_all(data).is_ok();
    if let (true, Ok(archive)) = (made, archive.finish()) {
        read(archive.into_inner(), Some(Format::Docx));
    }
}

/// Packed inputs: gzip and zstd that may be damaged, and the bytes packed.
pub fn packed(data: &[u8]) {
    read([b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", data].concat(), None);
    read([b"\x28\xb5\x2f\xfd", data].concat(), None);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    if packed.write_all(data).is_ok()
        && let Ok(packed) = packed.finish()
    {
        read(packed, None);
    }
}

/// Any input, told by its beginning.
pub fn pending(data: &[u8]) {
    read(data.to_vec(), None);
}
