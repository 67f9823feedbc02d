//! One web page that works offline, from a double click: the articles beside a map, with links both ways.
//!
//! The page is that of `toponym-web`, with the outlines of countries and a block of JSON a document.

use super::features::{Feature, layers};
use super::schema::fields;
use super::{By, Exporter, Geometries, Piece, Renderer, Shape, Value};
use crate::annotations::Annotations;
use crate::document::{Document, Unit};
use crate::gazetteer::{Attribution, PlaceRef};
use crate::outline;
use serde_json::{Map, json};
use std::io::{self, Write};

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
        Box::new(move |document, annotations| {
            Piece::bytes(block(document, annotations, geometry).into(), &annotations.attribution)
        })
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
    block.insert("orientation".into(), json!(towns(annotations)));
    toponym_web::document_block(&serde_json::Value::Object(block).to_string())
}

/// The places near which towns are looked for, the distance in kilometres, and the towns near each, at most.
const NEAR: (usize, f64, usize) = (8, 40.0, 12);

/// Towns near the places that are mentioned most, for orientation, the best known first: name, latitude, longitude.
fn towns(annotations: &Annotations) -> Vec<(String, f64, f64)> {
    let mut counts: Vec<(PlaceRef<'_>, usize)> = Vec::new();
    for place in annotations.mentions.iter().filter_map(|mention| mention.place.as_ref()?.indexed()) {
        // Countries and divisions are too large to look round.
        match counts.iter_mut().find(|(known, _)| known.key() == place.key()) {
            Some((_, count)) => *count += 1,
            None if matches!(place.class(), 'P' | 'S' | 'R') => counts.push((place, 1)),
            None => {}
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let (most, km, towns) = NEAR;
    let mut found: Vec<PlaceRef<'_>> = Vec::new();
    for (place, _) in counts.iter().take(most) {
        let mut near: Vec<_> = place.gazetteer().near_refs(place.lat(), place.lon(), km, 400);
        near.retain(|(town, _)| town.class() == 'P');
        near.sort_by(|(one, _), (other, _)| other.prominence().total_cmp(&one.prominence()));
        near.truncate(towns);
        let new = |town: &PlaceRef<'_>| !found.iter().any(|known| known.key() == town.key());
        let new: Vec<_> = near.into_iter().map(|(town, _)| town).filter(new).collect();
        found.extend(new);
    }
    found.sort_by(|one, other| other.prominence().total_cmp(&one.prominence()));
    let rounded = |degrees: f64| (degrees * 1e4).round() / 1e4;
    found.iter().map(|town| (town.name().to_owned(), rounded(town.lat()), rounded(town.lon()))).collect()
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
