//! The W3C Web Annotation Data Model as JSON-LD: a collection with an annotation for every mention.

use super::features::round6;
use super::iri;
use super::occurrence::{Occurrence, occurrences};
use super::{Exporter, Piece, Renderer, Value};
use crate::annotations::Annotations;
use crate::document::{Document, Part, Unit};
use crate::gazetteer::{Attribution, Place};
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// Code points that a quotation has before and behind the mention.
const CONTEXT: usize = 32;

/// Writes an AnnotationCollection with one page. Positions count UTF-16 code units, as browsers do.
#[derive(Default)]
pub struct WebAnnotation {
    /// The attribution of the first document.
    attribution: Attribution,
    total: usize,
}

impl WebAnnotation {
    /// Writes the head before the first annotation, and a separator before each other.
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.total > 0 {
            return out.write_all(b",\n");
        }
        let rights = json!(self.attribution.to_string());
        writeln!(
            out,
            "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:toponym:annotations\",\
             \"type\":\"AnnotationCollection\",\"label\":\"places\",\"rights\":{rights},\
             \"first\":{{\"id\":\"urn:toponym:annotations:1\",\"type\":\"AnnotationPage\",\
             \"partOf\":\"urn:toponym:annotations\",\"startIndex\":0,\"items\":["
        )
    }
}

impl super::sealed::Sealed for WebAnnotation {}

impl Exporter for WebAnnotation {
    fn renderer(&self) -> Renderer {
        Box::new(|document, annotations| {
            let found = occurrences(document, annotations, Unit::Utf16);
            let inside = found.iter().filter(|found| !found.mention.is_outside_text());
            let lines: Vec<String> = inside.map(|found| annotation(document, annotations, found).to_string()).collect();
            Piece::bytes(lines.join("\n").into_bytes(), &annotations.attribution)
        })
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        if self.total == 0 {
            self.attribution = piece.attribution.clone();
        }
        // JSON in one line has no line end within.
        for line in piece.into_bytes().split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
            self.begin(out)?;
            out.write_all(line)?;
            self.total += 1;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.total == 0 {
            self.begin(out)?;
        }
        write!(out, "\n]}},\"total\":{}}}\n", self.total)
    }
}

/// The annotation of a mention.
fn annotation(document: &Document, annotations: &Annotations, found: &Occurrence<'_>) -> Json {
    let source = iri::of_document(document);
    let number = found.number.to_string();
    let mut target = json!({ "source": source, "selector": selectors(document, found) });
    if let Some(language) = &annotations.language {
        target["language"] = json!(language);
    }
    json!({
        "id": format!("urn:toponym:annotation:{}", iri::digest(&[&source, &number])),
        "type": "Annotation",
        "motivation": if found.mention.place.is_some() { "identifying" } else { "tagging" },
        "body": bodies(found),
        "target": target,
    })
}

/// What a mention is said to be: the place by its IRI, its name, its point, and how sure that is.
fn bodies(found: &Occurrence<'_>) -> Vec<Json> {
    let mention = found.mention;
    let text = |purpose: &str, value: &str| json!({"type": "TextualBody", "purpose": purpose, "value": value});
    let point = |lat: f64, lon: f64| {
        let geometry = json!({"type": "Point", "coordinates": [lon, lat]}).to_string();
        json!({"type": "TextualBody", "purpose": "describing", "format": "application/geo+json", "value": geometry})
    };
    let mut bodies = Vec::new();
    if let Some(place) = &mention.place {
        let source = iri::of_place(&Place::id(place));
        bodies.push(json!({"type": "SpecificResource", "purpose": "identifying", "source": source}));
        bodies.push(text("tagging", place.name()));
        bodies.push(point(place.lat(), place.lon()));
    } else if let Some(relative) = &mention.relative {
        let (lat, lon) = (round6(relative.lat), round6(relative.lon));
        let source = iri::of_point(lat, lon, relative.uncertainty_km);
        bodies.push(json!({"type": "SpecificResource", "purpose": "identifying", "source": source}));
        bodies.push(text("tagging", &relative.name));
        bodies.push(point(lat, lon));
    }
    bodies.push(text("classifying", &mention.kind.to_string()));
    let confidence = Value::probability(mention.confidence).to_text().unwrap_or_default();
    bodies.push(text("assessing", &format!("confidence {confidence}")));
    if let Some(reason) = mention.reason {
        bodies.push(text("commenting", reason.in_words()));
    }
    bodies
}

/// Where a mention stands: by position in the text, unless it stands in the title, and by quotation.
fn selectors(document: &Document, found: &Occurrence<'_>) -> Vec<Json> {
    let mention = found.mention;
    let part = match found.part {
        Part::Title => 0..document.title_before().map_or(0, str::len),
        Part::Text => document.body..document.text.len(),
    };
    let before = document.text.get(part.start..mention.span.start).unwrap_or_default();
    let after = document.text.get(mention.span.end..part.end).unwrap_or_default();
    let start = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    let quote = json!({
        "type": "TextQuoteSelector",
        "exact": mention.text(document),
        "prefix": &before[start..],
        "suffix": &after[..end],
    });
    let position = json!({"type": "TextPositionSelector", "start": found.start, "end": found.end});
    if found.part == Part::Text { vec![position, quote] } else { vec![quote] }
}
