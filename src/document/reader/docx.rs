//! Word documents (ECMA-376): the paragraphs of the main part.

use crate::document::bounds::{MARKUP, read_whole};
use crate::document::{Document, DocumentError, Meta, iso_date};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use std::io::Cursor;
use zip::ZipArchive;

/// Reads a document; title, author and date are those of its properties.
pub fn document(bytes: &[u8], name: &str, most: u64) -> Result<Document, DocumentError> {
    let damaged = |reason: String| DocumentError::Damaged {
        path: name.to_owned(),
        what: "a Word document",
        reason,
        way_out: "save it as plain text",
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let most_of_markup = most.saturating_mul(MARKUP);
    let main = part(&mut archive, "word/document.xml", most_of_markup).map_err(damaged)?;
    let main = main.ok_or_else(|| DocumentError::too_large(name, None, most))?;
    let text = text_of(&main).map_err(damaged)?;
    let properties = part(&mut archive, "docProps/core.xml", most_of_markup).ok().flatten().unwrap_or_default();
    let property = |name: &str| element(&properties, name);
    let meta = Meta {
        title: property("title"),
        author: property("creator"),
        date: property("created").and_then(|date| iso_date(&date)),
        ..Meta::default()
    };
    Ok(Document::titled(name, text, meta))
}

/// The text of a part; `None` if it unpacks to more than `most` bytes.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, most: u64) -> Result<Option<String>, String> {
    let mut file = archive.by_name(name).map_err(|error| format!("it has no {name}: {error}"))?;
    let bytes = read_whole(&mut file, most).map_err(|error| error.to_string())?;
    bytes.map(|bytes| String::from_utf8(bytes).map_err(|error| format!("{name} is no UTF-8: {error}"))).transpose()
}

/// The character that `&amp;`, `&#233;` and their like stand for; nothing for entities that XML does not know.
fn reference(entity: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return Some(character);
    }
    quick_xml::escape::resolve_predefined_entity(entity)?.chars().next()
}

/// The text of the main part; an empty line between two paragraphs. The text of a box stands behind the paragraph that the box
/// is fixed to, once: Word writes it for old programs a second time.
fn text_of(xml: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(xml);
    let mut texts = vec![String::new()];
    let (mut boxes, mut in_text, mut fallbacks) = (Vec::new(), false, 0_usize);
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let Some(text) = texts.last_mut() else { return Err("it has more ends than beginnings".to_owned()) };
        match event {
            Event::Start(element) if element.local_name().as_ref() == "Fallback" => fallbacks += 1,
            Event::End(element) if element.local_name().as_ref() == "Fallback" => {
                fallbacks = fallbacks.saturating_sub(1)
            }
            Event::Eof => {
                let whole = format!("{}\n\n{}", texts.concat(), boxes.concat());
                return Ok(whole.trim_end().to_owned());
            }
            _ if fallbacks > 0 => {}
            Event::Start(element) => {
                in_text = element.local_name().as_ref() == "t";
                if element.local_name().as_ref() == "txbxContent" {
                    texts.push(String::new());
                }
            }
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
                match element.local_name().as_ref() {
                    "p" => {
                        if !text.ends_with("\n\n") && !text.is_empty() {
                            text.push_str("\n\n");
                        }
                        if texts.len() == 1 {
                            texts[0].extend(boxes.drain(..));
                        }
                    }
                    "txbxContent" if texts.len() > 1 => boxes.extend(texts.pop()),
                    _ => {}
                }
            }
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
    use crate::document::DocumentError;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    const MOST: u64 = 100_000;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, xml) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).expect("begun");
            archive.write_all(xml.as_bytes()).expect("written");
        }
        archive.finish().expect("finished").into_inner()
    }

    #[test]
    fn paragraphs_and_properties() {
        let bytes = archive(&[
            (
                "word/document.xml",
                "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Rain &amp; wind in </w:t></w:r><w:r><w:t>Homs.\
             </w:t></w:r></w:p><w:p><w:r><w:instrText>PAGE</w:instrText><w:t>Dry.</w:t></w:r></w:p></w:body></w:document>",
            ),
            (
                "docProps/core.xml",
                "<c xmlns:dc='d'><dc:title>Weather</dc:title><dc:creator>Ann</dc:creator><x:created>2016-06-04T10:00:00Z</x:created></c>",
            ),
        ]);
        let read = document(&bytes, "d.docx", MOST).expect("a document");
        assert_eq!((read.title_before(), read.text_proper()), (Some("Weather"), "Rain & wind in Homs.\n\nDry."));
        assert_eq!(
            (read.meta.author.as_deref(), read.meta.date.as_deref()),
            (Some("Ann"), Some("2016-06-04T10:00:00Z"))
        );
        assert!(document(b"PK\x03\x04", "d.docx", MOST).is_err());
    }

    #[test]
    fn text_boxes_stand_once_behind_their_paragraph() {
        let text_box = "<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>In Ulm.</w:t></w:r></w:p>\
                        </w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r>\
                        <w:t>In Ulm.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>";
        let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
        let xml = format!(
            "<w:document><w:p>{}<w:r>{text_box}</w:r>{}</w:p><w:p>{}</w:p></w:document>",
            run("In Homs, "),
            run("and Hama."),
            run("Dry.")
        );
        let bytes = archive(&[("word/document.xml", &xml)]);
        let read = document(&bytes, "d.docx", MOST).expect("a document");
        assert_eq!(read.text_proper(), "In Homs, and Hama.\n\nIn Ulm.\n\nDry.");
    }

    #[test]
    fn what_unpacks_to_too_much_or_nests_without_end_breaks_nothing() {
        let bomb = archive(&[("word/document.xml", &" ".repeat(2_000_000))]);
        assert!(bomb.len() < 10_000);
        let read = document(&bomb, "d.docx", 400_000);
        assert!(matches!(read, Err(DocumentError::TooLarge { .. })), "{read:?}");
        let deep = format!("<w:document>{}<w:t>Homs</w:t>", "<w:tbl><w:txbxContent>".repeat(50_000));
        let read = document(&archive(&[("word/document.xml", &deep)]), "d.docx", 10_000_000);
        assert!(read.is_ok_and(|read| read.text == "Homs"));
    }
}
