//! GeoJSON, RFC 7946: WGS 84, longitude first.

use super::Exporter;
use super::features::{By, features};
use crate::document::Unit;
use crate::geoparser::Parsed;
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

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            let attribution = serde_json::to_string(&self.attribution)?;
            write!(out, "{{\"type\":\"FeatureCollection\",\"attribution\":{attribution},\"features\":[")?;
        }
        Ok(())
    }
}

impl Exporter for GeoJson {
    fn document(&mut self, parsed: &Parsed<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
        for feature in features(parsed, self.by, self.offsets) {
            self.begin(out)?;
            let feature = Feature {
                geometry: Some(Geometry::new(GeometryValue::new_point(feature.point))),
                properties: Some(feature.properties),
                ..Feature::default()
            };
            write!(out, "{}\n{}", if self.begun { "," } else { "" }, feature)?;
            self.begun = true;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        out.write_all(b"\n]}\n")
    }
}
