//! One web page that works offline, from a double click: the articles beside a map, with links both ways.
//!
//! The page is that of `toponym-web`, with the outlines of countries and a block of JSON a document.

use super::features::{Feature, layers};
use super::schema::fields;
use super::{By, Exporter, Geometries, Piece, Renderer, Shape, Value};
use crate::annotations::Annotations;
use crate::document::{Document, Unit};
use crate::gazetteer::Attribution;
use crate::outline;
use serde_json::{Map, json};
use std::io::{self, Write};

/// The table of outlines that the page draws countries from.
#[doc(hidden)]
pub fn outlines() -> &'static str {
    outline::table()
}

/// Writes one web page. It holds the whole text of every document.
pub struct Html {
    geometry: Geometries,
    /// The attribution of the first document.
    attribution: Attribution,
    begun: bool,
}

impl Html {
    /// Draws relative places as `geometry` says. The attribution stands below the map.
    pub fn new(geometry: Geometries) -> Self {
        Html { geometry, attribution: Attribution::default(), begun: false }
    }

    fn page(&self) -> toponym_web::Page {
        toponym_web::reading_page(&self.attribution.to_string(), outline::table())
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
        let geometry = self.geometry;
        Box::new(move |document, annotations| Piece::bytes(block(document, annotations, geometry).into(), annotations))
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.attribution = piece.attribution.clone();
        }
        self.begin(out)?;
        out.write_all(&piece.into_bytes())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        out.write_all(self.page().after.as_bytes())
    }

    fn appends(&self) -> bool {
        true
    }

    fn resume(&mut self) {
        self.begun = true;
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
