//! Web archives: a document for each page or text (ISO 28500; records of Common Crawl, wget, Heritrix), and ARC, the format
//! before it.

use super::{Pending, arc, from_bytes};
use crate::document::bounds::read_whole;
use crate::document::format::{Format, not_text};
use crate::document::meta::host_of;
use crate::document::stream::Stream;
use crate::document::{Document, DocumentError, Meta};
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

/// Bytes of the beginning of a record that is too long to be read, which tells what it holds.
const BEGINNING: u64 = 64 << 10;

/// The documents of an archive. Requests, metadata, pictures and redirections are passed over.
pub struct Records {
    input: BufReader<Stream>,
    name: Arc<str>,
    number: usize,
    most: u64,
    ended: bool,
}

/// A record of any type.
struct Record {
    fields: Fields,
    /// What it holds: all of it, or the beginning of one that is too long to be read.
    body: Vec<u8>,
    length: u64,
}

/// Names in small letters, and values.
pub type Fields = HashMap<String, String>;

impl Records {
    /// The records of a stream, of which those of at most so many bytes are read.
    pub fn new(stream: Stream, name: Arc<str>, most: u64) -> Self {
        Records { input: BufReader::with_capacity(64 << 10, stream), name, number: 0, most, ended: false }
    }

    /// The next record; `None` at the end.
    fn record(&mut self) -> io::Result<Option<Record>> {
        let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            if !line.trim_ascii().is_empty() {
                break;
            }
        }
        self.number += 1;
        let fields = match arc::fields(&line) {
            Some(fields) => fields,
            None if line.starts_with(b"WARC/") => fields(&mut self.input)?,
            None => return Err(invalid("a record does not begin with WARC/, nor with an address as those of ARC do")),
        };
        let length = fields.get("content-length").and_then(|length| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| invalid("a record does not tell its Content-Length"))?;
        let (mut body, kept) = (Vec::new(), if length > self.most { BEGINNING.min(length) } else { length });
        let read = self.input.by_ref().take(kept).read_to_end(&mut body)? as u64;
        if read + io::copy(&mut self.input.by_ref().take(length - kept), &mut io::sink())? < length {
            return Err(invalid("the last record is cut off"));
        }
        Ok(Some(Record { fields, body, length }))
    }
}

impl Iterator for Records {
    type Item = Pending;

    fn next(&mut self) -> Option<Pending> {
        while !self.ended {
            match self.record() {
                Ok(Some(Record { fields, body, length })) if is_wanted(&fields, &body) => {
                    let (name, number, most) = (self.name.clone(), self.number, self.most);
                    if length > most {
                        return Some(Pending::failed(DocumentError::too_large(&name, Some(number), most)));
                    }
                    let read = move || document(&fields, &body, &name, number, most);
                    return Some(Pending::new(&self.name, Some(number), length, read));
                }
                Ok(Some(_)) => {}
                Ok(None) => return None,
                Err(error) => {
                    self.ended = true;
                    let (path, reason) = (self.name.to_string(), error.to_string());
                    let way_out = "check that it is whole; what stands before the damage is read";
                    return Some(Pending::failed(DocumentError::Damaged {
                        path,
                        what: "a web archive",
                        reason,
                        way_out,
                    }));
                }
            }
        }
        None
    }
}

/// Bytes of the longest line of a head that is read, and the most lines of one.
const LONGEST_LINE: u64 = 64 << 10;
const MOST_FIELDS: usize = 1000;

/// The fields up to an empty line.
fn fields(input: &mut impl BufRead) -> io::Result<Fields> {
    let mut fields = Fields::new();
    let mut line = Vec::new();
    for _ in 0..MOST_FIELDS {
        line.clear();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 || line.trim_ascii().is_empty() {
            return Ok(fields);
        }
        let line = String::from_utf8_lossy(&line);
        if let Some((name, value)) = line.split_once(':') {
            fields.insert(name.trim().to_lowercase(), value.trim().to_owned());
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "the head of a record does not end"))
}

fn field<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.get(name).map_or("", String::as_str)
}

/// Whether a record holds a page or a text.
fn is_wanted(fields: &Fields, body: &[u8]) -> bool {
    let kind = field(fields, "content-type").to_lowercase();
    let is_page = |kind: &str| kind.contains("html") || kind.starts_with("text/plain");
    match field(fields, "warc-type") {
        "response" if kind.starts_with("application/http") => http(body).is_some_and(|(http, _)| {
            let kind = field(&http, "content-type").to_lowercase();
            kind.is_empty() || is_page(&kind)
        }),
        "resource" | "conversion" => is_page(&kind),
        _ => false,
    }
}

/// The fields and the content of an HTTP response that brings what was asked for.
fn http(body: &[u8]) -> Option<(Fields, &[u8])> {
    let mut input = body;
    let mut status = Vec::new();
    input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut status).ok()?;
    let succeeded = status.starts_with(b"HTTP/") && status.split(|&byte| byte == b' ').nth(1)?.starts_with(b"2");
    succeeded.then(|| Some((fields(&mut input).ok()?, input)))?
}

fn document(fields: &Fields, body: &[u8], name: &str, number: usize, most: u64) -> Result<Document, DocumentError> {
    let failed = |reason: String| DocumentError::Row { path: name.to_owned(), line: number, reason };
    let (kind, content) = match http(body) {
        Some((http, content)) => {
            let content = unpacked(&http, content, most);
            let content = content.map_err(|error| failed(format!("its HTTP response is damaged: {error}")))?;
            let content = content.ok_or_else(|| DocumentError::too_large(name, Some(number), most))?;
            (field(&http, "content-type").to_lowercase(), content)
        }
        None => (field(fields, "content-type").to_lowercase(), body.to_vec()),
    };
    // Many archives name the packing of what they hold unpacked.
    let packing = http(body).map(|(http, _)| field(&http, "content-encoding").to_lowercase()).unwrap_or_default();
    if !["", "identity", "gzip", "x-gzip"].contains(&&*packing) && std::str::from_utf8(&content).is_err() {
        return Err(failed(format!("its page is packed with {packing}, which is not read; unpack the archive first")));
    }
    if let Some((what, _)) = not_text(&content) {
        return Err(failed(format!("it holds no page or text but {what}")));
    }
    let format = if kind.starts_with("text/plain") { Format::Text } else { Format::Html };
    let address = field(fields, "warc-target-uri").trim_matches(['<', '>']).to_owned();
    let id = if address.is_empty() { format!("{name}:{number}") } else { address.clone() };
    // What is wrong with it is told of the record, not of its address.
    let document = from_bytes(format, &content, &id, most).map_err(|error| match error {
        DocumentError::Damaged { reason, .. } => failed(reason),
        other => other,
    })?;
    let mut other = document.meta.other;
    let seen = field(fields, "warc-date");
    if !seen.is_empty() {
        // When it was fetched, which says little about when it was published.
        other.insert("warc_date".to_owned(), seen.into());
    }
    let meta = Meta {
        other,
        domain: document.meta.domain.or_else(|| host_of(&address)),
        url: document.meta.url.or(Some(address).filter(|address| !address.is_empty())),
        ..document.meta
    };
    Ok(Document { meta, ..document })
}

/// The content of an HTTP message: its chunks put together, and unpacked; `None` if there is more than `most` bytes of it.
fn unpacked(http: &Fields, mut input: &[u8], most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut content = Vec::new();
    if field(http, "transfer-encoding").eq_ignore_ascii_case("chunked") && is_chunked(input) {
        loop {
            let mut line = Vec::new();
            input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
            let size = std::str::from_utf8(line.split(|&byte| byte == b';').next().unwrap_or(&[])).unwrap_or("");
            let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
            let Some((chunk, rest)) = input.split_at_checked(size).filter(|_| size > 0) else { break };
            content.extend_from_slice(chunk);
            input = rest.strip_prefix(b"\r\n").unwrap_or(rest);
        }
    } else {
        content.extend_from_slice(input);
    }
    if content.starts_with(b"\x1f\x8b") {
        return read_whole(&mut flate2::bufread::MultiGzDecoder::new(&content[..]), most);
    }
    Ok(Some(content))
}

/// Many archives keep the field but not the chunks.
fn is_chunked(input: &[u8]) -> bool {
    let first = input.split(|&byte| byte == b'\r').next().unwrap_or(&[]);
    let size = first.split(|&byte| byte == b';').next().unwrap_or(&[]).trim_ascii();
    !size.is_empty() && size.len() <= 8 && size.iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::Records;
    use crate::document::DocumentError;
    use crate::document::reader::Pending;
    use crate::document::stream::Stream;

    fn record(fields: &str, body: &str) -> String {
        format!("WARC/1.0\r\n{fields}Content-Length: {}\r\n\r\n{body}\r\n\r\n", body.len())
    }

    #[test]
    fn texts_are_read_and_the_rest_passed_over() {
        let http = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nShells f\r\nC\r\nell on Homs.\r\n0\r\n\r\n";
        let response = "WARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nWARC-Target-URI: https://news.example/2016/homs\r\n";
        let archive = [
            record("WARC-Type: warcinfo\r\n", "software: x"),
            record(response, http),
            record(response, "HTTP/1.1 404 Not Found\r\n\r\n"),
            record("WARC-Type: conversion\r\nContent-Type: text/plain\r\n", "In Hama."),
            "WARC/1.0\r\nContent-Length: 99\r\n\r\ncut".to_owned(),
        ];
        let stream = Stream::open(std::io::Cursor::new(archive.concat()), &Default::default()).expect("opened");
        let read: Vec<_> = Records::new(stream, "a.warc".into(), 1000).map(Pending::read).collect();
        let first = read[0].as_ref().expect("a document");
        assert_eq!(
            (first.id.as_str(), first.text.as_str()),
            ("https://news.example/2016/homs", "Shells fell on Homs.")
        );
        assert_eq!(first.meta.domain.as_deref(), Some("news.example"));
        assert_eq!(read[1].as_ref().map(|document| document.id.as_str()).ok(), Some("a.warc:4"));
        assert!(read[2].as_ref().is_err_and(|error| error.to_string().contains("cut off")));
        assert_eq!(read.len(), 3, "what was not found is passed over");
    }

    #[test]
    fn what_is_too_long_is_named_if_it_is_a_page_or_a_text() {
        let text = "WARC-Type: conversion\r\nContent-Type: text/plain\r\n";
        let long = "x".repeat(100_001);
        let packed = |content: &str| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            std::io::Write::write_all(&mut packed, content.as_bytes()).and_then(|()| packed.finish()).expect("packed")
        };
        let bomb = [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", &packed(&long)[..]].concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            bomb.len()
        );
        let archive = [
            record("WARC-Type: resource\r\nContent-Type: video/mp4\r\n", &long).into_bytes(),
            record(text, &long).into_bytes(),
            [head.as_bytes(), &bomb, b"\r\n\r\n"].concat(),
            record(text, "In Hama.").into_bytes(),
        ];
        let stream = Stream::open(std::io::Cursor::new(archive.concat()), &Default::default()).expect("opened");
        let read: Vec<_> = Records::new(stream, "a.warc".into(), 100_000).map(Pending::read).collect();
        for (at, line) in [(0, 2), (1, 3)] {
            assert!(
                matches!(&read[at], Err(DocumentError::TooLarge { line: Some(l), .. }) if *l == line),
                "{:?}",
                read[at]
            );
        }
        assert_eq!(read[2].as_ref().map(|document| document.text.as_str()).ok(), Some("In Hama."));
        assert_eq!(read.len(), 3, "a film is passed over as ever");
    }

    #[test]
    fn the_time_of_fetching_is_kept_and_archives_of_the_format_before_are_read() {
        let read = |archive: &str| {
            let stream = Stream::open(std::io::Cursor::new(archive.to_owned()), &Default::default()).expect("opened");
            let read: Vec<_> = Records::new(stream, "a".into(), 1000).map(Pending::read).collect();
            read.into_iter().map(|read| read.expect("a document")).collect::<Vec<_>>()
        };
        let fields = "WARC-Type: conversion\r\nContent-Type: text/plain\r\nWARC-Date: 2016-06-04T10:00:00Z\r\n";
        let http = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nIn Homs.";
        let description = "1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n";
        let arc = format!(
            "filedesc://x.arc 0.0.0.0 20160604000000 text/plain {}\n{description}\nhttp://paper.example/a 1.2.3.4 20160604100000 \
             text/plain {}\n{http}\nhttp://paper.example/b.png 1.2.3.4 20160604100000 image/png 3\nxyz\n",
            description.len(),
            http.len()
        );
        for (archive, id, text) in
            [(record(fields, "In Hama."), "a:1", "In Hama."), (arc, "http://paper.example/a", "In Homs.")]
        {
            let documents = read(&archive);
            assert_eq!(documents.len(), 1);
            assert_eq!((documents[0].id.as_str(), documents[0].text.as_str()), (id, text));
            assert_eq!(documents[0].meta.other["warc_date"], "2016-06-04T10:00:00Z");
            assert_eq!(documents[0].meta.date, None);
        }
    }

    #[test]
    fn pages_in_a_packing_that_is_not_read_are_named() {
        let read = |http: &[u8]| {
            let head = format!(
                "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
                http.len()
            );
            let archive = [head.as_bytes(), http, b"\r\n\r\n"].concat();
            let stream = Stream::open(std::io::Cursor::new(archive), &Default::default()).expect("opened");
            Records::new(stream, "a".into(), 1000).map(Pending::read).next().expect("a record")
        };
        for packing in ["br", "zstd", "compress"] {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {packing}\r\n\r\n");
            let error = read(&[head.as_bytes(), b"\x8b\x05\x80In Homs\x03\xff"].concat()).expect_err("packed");
            assert!(error.to_string().contains(&format!("packed with {packing}")), "{error}");
            let unpacked = read(&[head.as_bytes(), b"<p>In Homs."].concat()).expect("a page");
            assert_eq!(unpacked.text, "In Homs.");
        }
    }

    #[test]
    fn records_before_damage_are_read_and_it_is_told() {
        let text = record("WARC-Type: conversion\r\nContent-Type: text/plain\r\n", "In Homs.");
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, text.as_bytes()).expect("packed");
        let packed = packed.finish().expect("packed");
        for damaged in [[&packed[..], b"garbage"].concat(), [&packed[..], &packed[..packed.len() / 2]].concat()] {
            let stream = Stream::open(std::io::Cursor::new(damaged), &Default::default()).expect("opened");
            let read: Vec<_> = Records::new(stream, "a".into(), 1000).map(Pending::read).collect();
            assert_eq!(read[0].as_ref().map(|document| document.text.as_str()).ok(), Some("In Homs."), "{read:?}");
            assert!(read.len() == 2 && read[1].is_err(), "{read:?}");
        }
    }
}
