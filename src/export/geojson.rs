//! GeoJSON, RFC 7946: WGS 84, longitude first.

use super::Exporter;
use super::features::{By, features};
use crate::geoparser::Parsed;
use geojson::{Feature, Geometry, GeometryValue};
use std::io::{self, Write};

/// What geometry a feature has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Geometries {
    /// A point, also for what is an area on the ground.
    #[default]
    Point,
    /// The area of what is told relative to places ("northern Syria"); all else is a point.
    Area,
}

/// Writes one FeatureCollection, a feature a line: points, unless told otherwise.
pub struct GeoJson {
    by: By,
    geometry: Geometries,
    attribution: String,
    begun: bool,
}

impl GeoJson {
    /// Writes a feature per place, mention or document. `attribution` names the gazetteers' sources and licences; it
    /// becomes a member of the collection, which RFC 7946 leaves to the writer (section 6.1).
    pub fn new(by: By, attribution: &str) -> Self {
        GeoJson { by, geometry: Geometries::Point, attribution: attribution.to_owned(), begun: false }
    }

    /// Gives the features these geometries instead of points.
    pub fn with_geometry(self, geometry: Geometries) -> Self {
        GeoJson { geometry, ..self }
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
        for feature in features(parsed, self.by) {
            self.begin(out)?;
            let area = feature.area.as_ref().filter(|_| self.geometry == Geometries::Area);
            let geometry = area.map_or_else(|| GeometryValue::new_point(feature.point), GeometryValue::from);
            let feature = Feature {
                geometry: Some(Geometry::new(geometry)),
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
