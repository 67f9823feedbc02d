//! The format of an input: as the user says, by its name, or by its first bytes.

use serde::Deserialize;

/// The format of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Format {
    /// Plain text, also of a saved page.
    Text,
    /// Markdown, with front matter or without.
    Markdown,
    /// A web page.
    Html,
    /// A JSON object a line, or an array of them: {"id", "text", "meta": {"title", "date"}}.
    Jsonl,
    /// A table with a header, its columns between commas, semicolons, bars or tabs.
    Csv,
    /// A table with a header, its columns between tabs.
    Tsv,
    /// RSS or Atom.
    Feed,
    /// A mail (RFC 5322).
    Eml,
    /// A web archive (ISO 28500, and ARC before it).
    Warc,
    /// A Word document.
    Docx,
}

/// File extensions, without those of compression.
const EXTENSIONS: [(&str, Format); 21] = [
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("tab", Format::Tsv),
    ("rss", Format::Feed),
    ("atom", Format::Feed),
    ("xml", Format::Feed),
    ("eml", Format::Eml),
    ("warc", Format::Warc),
    ("arc", Format::Warc),
    ("wet", Format::Warc),
    ("docx", Format::Docx),
    ("mail", Format::Eml),
];

/// Extensions of compressed files.
const PACKED: [&str; 3] = ["gz", "zst", "zstd"];

impl Format {
    /// The format that a file's name says, whatever it is compressed with.
    ///
    /// ```
    /// use toponym::document::Format;
    /// assert_eq!(Format::of_name("news/2016.JSONL.zst"), Some(Format::Jsonl));
    /// assert_eq!(Format::of_name("README"), None);
    /// ```
    pub fn of_name(name: &str) -> Option<Format> {
        let name = name.to_lowercase();
        let (stem, extension) = name.rsplit_once('.')?;
        let extension = if PACKED.contains(&extension) { stem.rsplit_once('.')?.1 } else { extension };
        EXTENSIONS.iter().find(|(known, _)| *known == extension).map(|(_, format)| *format)
    }

    /// The format that the first kilobytes of an uncompressed input show.
    pub(super) fn of_beginning(head: &[u8]) -> Format {
        if head.starts_with(b"WARC/") || head.starts_with(b"filedesc:") {
            return Format::Warc;
        }
        if head.starts_with(b"PK\x03\x04") && contains(head, b"word/") {
            return Format::Docx;
        }
        let start = &head[..head.len().min(1024)];
        let start = String::from_utf8_lossy(start).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
        match () {
            () if start.starts_with("<!doctype html") || start.starts_with("<html") => Format::Html,
            () if start.starts_with("<rss") || start.starts_with("<feed") || start.starts_with("<rdf:rdf") => {
                Format::Feed
            }
            () if start.starts_with("<?xml") && start.contains("<html") => Format::Html,
            () if start.starts_with("<?xml") && (start.contains("<rss") || start.contains("<feed")) => Format::Feed,
            () if begins_json(&start) => Format::Jsonl,
            () => Format::Text,
        }
    }

    /// Whether an input of this format holds many documents, which are read one by one.
    pub(super) fn is_many(self) -> bool {
        matches!(self, Format::Jsonl | Format::Csv | Format::Tsv | Format::Feed | Format::Warc)
    }

    /// Whether it is text or markup in some character set.
    pub(super) fn is_text(self) -> bool {
        !matches!(self, Format::Warc | Format::Docx | Format::Eml)
    }
}

/// Whether a text begins as an object of JSON with a member does, or as an array of such.
fn begins_json(start: &str) -> bool {
    let inner = start.strip_prefix('[').map_or(start, str::trim_start).strip_prefix('{');
    inner.map(str::trim_start).and_then(|inner| inner.strip_prefix('"')).is_some_and(|inner| inner.contains(':'))
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// What the bytes are if they are not text, and what the user can do about it.
pub(super) fn not_text(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let known: [(&[u8], &str, &str); 9] = [
        (b"%PDF", "a PDF", "convert it with `pdftotext FILE` first"),
        (
            b"PK\x03\x04",
            "a zip archive or an office document",
            "unpack it, or save the document as .docx or plain text",
        ),
        (b"\xd0\xcf\x11\xe0", "an old office document", "save it as .docx or plain text"),
        (b"BZh", "bzip2 data", "unpack it with `bunzip2 FILE` first"),
        (b"\xfd7zXZ", "xz data", "unpack it with `unxz FILE` first"),
        (b"\x89PNG", "a picture", "give the text of it"),
        (b"\xff\xd8\xff", "a picture", "give the text of it"),
        (b"\x7fELF", "a program", "give a text"),
        // Its mark begins with that of UTF-16.
        (b"\xff\xfe\0\0", "UTF-32", "give it in UTF-8"),
    ];
    if let Some((_, what, way_out)) = known.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Some((what, way_out));
    }
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    let start = &bytes[..bytes.len().min(8192)];
    let control = start.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    let binary = start.contains(&0) || control * 10 > start.len();
    (!marked && binary).then_some(("binary data", "give a text file in UTF-8 or another common encoding"))
}

#[cfg(test)]
mod tests {
    use super::{Format, not_text};

    #[test]
    fn binary_data_is_told_from_text() {
        for bytes in [
            &b"\x7fELF\x02\x01"[..],
            b"%PDF-1.7",
            b"a\0b\0c",
            &[1, 2, 3, 4, 5, 6],
            b"PK\x03\x04",
            b"\xff\xfe\0\0A\0\0\0",
        ] {
            assert!(not_text(bytes).is_some(), "{bytes:?}");
        }
        for bytes in [&b""[..], b"Aleppo\n", b"\xff\xfeA\0", "\u{feff}حلب".as_bytes(), b"Alep\xe9"] {
            assert!(not_text(bytes).is_none(), "{bytes:?}");
        }
    }

    #[test]
    fn inputs_without_a_name_are_told_by_their_beginning() {
        for (head, format) in [
            ("WARC/1.0\r\n", Format::Warc),
            ("\u{feff}\n<!DOCTYPE html><p>", Format::Html),
            ("<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", Format::Feed),
            ("{\"text\": \"Homs\"}\n", Format::Jsonl),
            ("[\n  {\n    \"text\": \"Homs\"}]", Format::Jsonl),
            ("{\n  \"text\": \"Homs\"\n}", Format::Jsonl),
            ("filedesc://x.arc 0.0.0.0 20160604 text/plain 9", Format::Warc),
            ("[{ In Homs }]", Format::Text),
            ("{ In Homs }", Format::Text),
            ("Homs", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(Format::of_beginning(head.as_bytes()), format, "{head}");
        }
    }
}
