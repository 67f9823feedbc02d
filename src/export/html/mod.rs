//! One web page that works offline, from a double click: the articles beside a map, with links both ways.
//!
//! The page is that of `toponym-web`, with the outlines of countries, a block of JSON a document, and before it those parts of the
//! surroundings that no document before it had.

mod surroundings;

use super::features::{Feature, layers};
use super::schema::fields;
use super::{By, Exporter, Geometries, Piece, Renderer, Shape, Value};
use crate::annotations::Annotations;
use crate::document::{Document, Offsets, Part, Unit};
use crate::gazetteer::Attribution;
use crate::{mention, outline};
use serde_json::{Map, json};
use std::collections::HashSet;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::Arc;
use surroundings::Surroundings;
use toponym_web::SURROUNDINGS_START;

/// The bytes of all surroundings together from which no more are written, whatever the number of documents. It depends on nothing
/// but what is written, so that a resumed page is the same.
const MOST_SURROUNDINGS: usize = 600_000;

/// Writes one web page. It holds the whole text of every document.
pub struct Html {
    geometry: Geometries,
    /// The attribution of the first document.
    attribution: Attribution,
    begun: bool,
    /// The parts of the surroundings that the renderers have made.
    surroundings: Arc<Surroundings>,
    /// The names of those that are written, and the bytes of their blocks.
    written: HashSet<String>,
    bytes: usize,
}

/// A rendered document: its block, and the parts of the surroundings that it needs.
pub(super) struct Rendered {
    block: String,
    parts: Vec<Arc<surroundings::Part>>,
}

impl Html {
    /// Draws relative places as `geometry` says. The attribution stands below the map.
    pub fn new(geometry: Geometries) -> Self {
        let attribution = Attribution::default();
        Html { geometry, attribution, begun: false, surroundings: Arc::default(), written: HashSet::new(), bytes: 0 }
    }

    fn page(&self) -> toponym_web::Page {
        toponym_web::reading_page(&self.attribution.to_string(), outline::table())
    }

    /// Whether a part of the surroundings is to be written: once, and while there is room.
    fn takes(&mut self, name: &str, bytes: usize) -> bool {
        let takes = self.bytes < MOST_SURROUNDINGS && self.written.insert(name.to_owned());
        self.bytes += if takes { bytes } else { 0 };
        if self.bytes >= MOST_SURROUNDINGS {
            self.surroundings.close();
        }
        takes
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        out.write_all(self.page().before.as_bytes())
    }
}

impl super::sealed::Sealed for Html {}

impl Exporter for Html {
    fn renderer(&self) -> Renderer {
        let (geometry, surroundings) = (self.geometry, self.surroundings.clone());
        Box::new(move |document, annotations| {
            let block = block(document, annotations, geometry);
            Piece::page(Rendered { block, parts: surroundings.parts(annotations) }, &annotations.attribution)
        })
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.attribution = piece.attribution.clone();
        }
        self.begin(out)?;
        let Some(rendered) = piece.into_rendered() else { return Ok(()) };
        for part in rendered.parts {
            if self.takes(&part.name, part.block.len()) {
                out.write_all(part.block.as_bytes())?;
            }
        }
        out.write_all(rendered.block.as_bytes())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        out.write_all(self.page().after.as_bytes())
    }

    fn appends(&self) -> bool {
        true
    }

    fn resume(&mut self, written: &mut dyn Read) -> io::Result<()> {
        self.begun = true;
        let mut written = BufReader::new(written);
        let mut line = Vec::new();
        while written.read_until(b'\n', &mut line)? > 0 {
            if let Some(rest) = line.strip_prefix(SURROUNDINGS_START.as_bytes()) {
                let name = rest.split(|byte| *byte == b'"').nth(1).unwrap_or_default();
                self.takes(&String::from_utf8_lossy(name), line.len());
            }
            line.clear();
        }
        Ok(())
    }
}

/// A document as a block of JSON: its fields and text, its places, and its mentions with the numbers of their places.
fn block(document: &Document, annotations: &Annotations, geometry: Geometries) -> String {
    // Scripts count in UTF-16.
    let shape = Shape { geometry, offsets: Unit::Utf16, ..Shape::default() };
    let layers = layers(document, annotations, shape);
    let mut block = object(&layers.document, By::Document);
    block.insert("head".into(), json!(document.title_before().unwrap_or("")));
    block.insert("body".into(), json!(document.text_proper()));
    let folded = folded(document, annotations);
    if !folded.is_empty() {
        block.insert("folded".into(), json!(folded));
    }
    let places = layers.places.iter().map(|place| object(place, By::Place));
    block.insert("places_found".into(), places.map(serde_json::Value::Object).collect());
    let mentions = layers.mentions.iter().map(|(mention, place)| {
        let told = ["part", "start", "end", "kind", "metonymic", "modified", "confidence", "reason"];
        let mut mention = object(mention, By::Mention);
        mention.retain(|name, value| told.contains(&name.as_str()) && !value.is_null());
        mention.insert("place".into(), json!(place));
        serde_json::Value::Object(mention)
    });
    block.insert("mentions_found".into(), mentions.collect());
    toponym_web::document_block(&serde_json::Value::Object(block).to_string())
}

/// The stretches of the text proper that are boilerplate of a saved page: start and end, in UTF-16.
fn folded(document: &Document, annotations: &Annotations) -> Vec<(usize, usize)> {
    let runs = mention::boilerplate(&document.text, annotations.language.as_deref());
    let mut offsets = Offsets::new(document, Unit::Utf16);
    let ranges = runs.into_iter().map(|run| offsets.range(run)).filter(|(part, _)| *part == Part::Text);
    ranges.map(|(_, range)| (range.start, range.end)).collect()
}

/// The fields of a feature that are not null, its point and its area.
fn object(feature: &Feature, layer: By) -> Map<String, serde_json::Value> {
    let known = fields(layer).zip(&feature.values).filter(|(_, value)| **value != Value::Null);
    let mut object: Map<_, _> = known.map(|(field, value)| (field.name.to_owned(), json!(value))).collect();
    if let Some(point) = feature.point {
        object.insert("lat".into(), json!(point.y()));
        object.insert("lon".into(), json!(point.x()));
    }
    if let Some(area) = &feature.area {
        object.insert("area".into(), json!(geojson::GeometryValue::from(area)));
    }
    object
}
