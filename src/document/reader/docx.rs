//! Word documents (ECMA-376): the paragraphs of the main part.

use super::feed::reference;
use crate::document::{Document, DocumentError, Meta, iso_date};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Reads a document; title, author and date are those of its properties.
pub fn document(bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    let damaged = |reason: String| DocumentError::Damaged {
        path: name.to_owned(),
        what: "a Word document",
        reason,
        way_out: "save it as plain text",
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let text = part(&mut archive, "word/document.xml").and_then(|xml| text_of(&xml)).map_err(damaged)?;
    let properties = part(&mut archive, "docProps/core.xml").unwrap_or_default();
    let property = |name: &str| element(&properties, name);
    let meta = Meta {
        title: property("title"),
        author: property("creator"),
        date: property("created").and_then(|date| iso_date(&date)),
        ..Meta::default()
    };
    Ok(Document::titled(name, text, meta))
}

/// The size of a part above which it is taken for damage, or for an attempt to fill the memory.
const MOST_BYTES: u64 = 64 << 20;

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, String> {
    let mut xml = String::new();
    let mut file = archive.by_name(name).map_err(|error| format!("it has no {name}: {error}"))?;
    file.by_ref().take(MOST_BYTES + 1).read_to_string(&mut xml).map_err(|error| error.to_string())?;
    if xml.len() as u64 > MOST_BYTES {
        return Err(format!("its {name} unpacks to more than {MOST_BYTES} bytes"));
    }
    Ok(xml)
}

/// The text of the main part; an empty line between two paragraphs.
fn text_of(xml: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(xml);
    let (mut text, mut in_text) = (String::new(), false);
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(element) => in_text = element.local_name().as_ref() == "t",
            Event::Empty(element) => match element.local_name().as_ref() {
                "tab" => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                _ => {}
            },
            Event::Text(piece) if in_text => text.push_str(&piece),
            Event::GeneralRef(entity) if in_text => text.extend(reference(&entity)),
            Event::End(element) => {
                in_text = false;
                if element.local_name().as_ref() == "p" && !text.ends_with("\n\n") && !text.is_empty() {
                    text.push_str("\n\n");
                }
            }
            Event::Eof => return Ok(text.trim_end().to_owned()),
            _ => {}
        }
    }
}

/// The text of the first element of this name.
fn element(xml: &str, name: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let (mut text, mut within) = (String::new(), false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => within = element.local_name().as_ref() == name,
            Event::Text(piece) if within => text.push_str(&piece),
            Event::GeneralRef(entity) if within => text.extend(reference(&entity)),
            Event::End(_) if within => return Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Event::Eof => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::document;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    #[test]
    fn paragraphs_and_properties() {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let mut add = |name: &str, xml: &str| {
            archive.start_file(name, SimpleFileOptions::default()).expect("begun");
            archive.write_all(xml.as_bytes()).expect("written");
        };
        add(
            "word/document.xml",
            "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Rain &amp; wind in </w:t></w:r><w:r><w:t>Homs.\
             </w:t></w:r></w:p><w:p><w:r><w:instrText>PAGE</w:instrText><w:t>Dry.</w:t></w:r></w:p></w:body></w:document>",
        );
        add(
            "docProps/core.xml",
            "<c xmlns:dc='d'><dc:title>Weather</dc:title><dc:creator>Ann</dc:creator><x:created>2016-06-04T10:00:00Z</x:created></c>",
        );
        let bytes = archive.finish().expect("finished").into_inner();
        let read = document(&bytes, "d.docx").expect("a document");
        assert_eq!((read.title_before(), read.text_proper()), (Some("Weather"), "Rain & wind in Homs.\n\nDry."));
        assert_eq!(
            (read.meta.author.as_deref(), read.meta.date.as_deref()),
            (Some("Ann"), Some("2016-06-04T10:00:00Z"))
        );
        assert!(document(b"PK\x03\x04", "d.docx").is_err());
    }
}
