//! GeoJSON, RFC 7946: WGS 84, longitude first.

use super::features::{By, features};
use super::{Exporter, Piece, Renderer};
use crate::document::Unit;
use geojson::{Feature, Geometry, GeometryValue};
use std::io::{self, Write};

/// Writes one FeatureCollection of points, a feature a line.
pub struct GeoJson {
    by: By,
    offsets: Unit,
    attribution: String,
    begun: bool,
}

impl GeoJson {
    /// Writes a feature per place, mention or document. `attribution` names the gazetteers' sources and licences; it
    /// becomes a member of the collection, which RFC 7946 leaves to the writer (section 6.1).
    pub fn new(by: By, attribution: &str) -> Self {
        GeoJson { by, offsets: Unit::default(), attribution: attribution.to_owned(), begun: false }
    }

    /// Has offsets count these units.
    pub fn counting(self, offsets: Unit) -> Self {
        GeoJson { offsets, ..self }
    }

    /// Writes `separator` between features, and what comes before the first.
    fn begin(&mut self, separator: &str, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return out.write_all(separator.as_bytes());
        }
        self.begun = true;
        let attribution = serde_json::to_string(&self.attribution)?;
        write!(out, "{{\"type\":\"FeatureCollection\",\"attribution\":{attribution},\"features\":[")
    }
}

impl Exporter for GeoJson {
    fn renderer(&self) -> Renderer {
        let (by, offsets) = (self.by, self.offsets);
        Box::new(move |parsed| {
            let lines = features(parsed, by, offsets).into_iter().map(|feature| {
                let geometry = Some(Geometry::new(GeometryValue::new_point(feature.point)));
                Feature { geometry, properties: Some(feature.properties), ..Feature::default() }.to_string()
            });
            Piece(lines.collect::<Vec<_>>().join(",\n").into())
        })
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        if piece.0.is_empty() {
            return Ok(());
        }
        self.begin(",", out)?;
        out.write_all(b"\n")?;
        out.write_all(&piece.0)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin("", out)?;
        out.write_all(b"\n]}\n")
    }

    fn appends(&self) -> bool {
        true
    }

    fn resume(&mut self) {
        self.begun = true;
    }
}
