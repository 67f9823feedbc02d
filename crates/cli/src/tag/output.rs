//! Arguments -> exporter and file.

use super::Tag;
use clap::ValueEnum;
use std::path::Path;
use toponym::export::{
    By, Csv, Exporter, FlatGeobuf, GeoJson, GeoJsonLines, GeoPackage, Geometries, Html, JsonLines, Kml, Shape,
};

/// An output format.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// GeoJSON (RFC 7946), for QGIS and web maps.
    Geojson,
    /// Newline-delimited GeoJSON: a feature a line.
    Geojsonl,
    /// A GeoJSON text sequence (RFC 8142).
    Geojsonseq,
    /// A JSON object a line and document, with every mention and its alternatives.
    Jsonl,
    /// Comma-separated values, with latitude, longitude and well-known text.
    Csv,
    /// KML, for Google Earth.
    Kml,
    /// FlatGeobuf: indexed, read in parts from a web server.
    Fgb,
    /// GeoPackage: documents, places and mentions as layers joined by keys, with a style for QGIS.
    Gpkg,
    /// One page that works offline: the articles beside a map.
    Html,
}

/// The formats of the extensions of OUT, the usual extension of each format first.
const EXTENSIONS: &[(&str, Format)] = &[
    ("geojson", Format::Geojson),
    ("json", Format::Geojson),
    ("geojsonl", Format::Geojsonl),
    ("geojsons", Format::Geojsonseq),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
    ("csv", Format::Csv),
    ("kml", Format::Kml),
    ("fgb", Format::Fgb),
    ("gpkg", Format::Gpkg),
    ("html", Format::Html),
    ("htm", Format::Html),
];

impl Format {
    /// The format of a file, by the extension of its name.
    ///
    /// # Errors
    /// A message that names the extensions, when no format has this one.
    pub fn for_extension(extension: &str) -> Result<Self, String> {
        let found = EXTENSIONS.iter().find(|(own, _)| *own == extension.to_lowercase());
        found.map(|(_, format)| *format).ok_or_else(|| {
            let known: Vec<_> = EXTENSIONS.iter().map(|(extension, _)| format!(".{extension}")).collect();
            format!("no format has the extension .{extension}; end OUT in {}, or give --format", known.join(", "))
        })
    }

    /// The exporter that writes this format. JSON lines hold the texts of the documents if `with_text` is set.
    pub fn exporter(self, shape: Shape, with_text: bool) -> Box<dyn Exporter> {
        match self {
            Format::Geojson => Box::new(GeoJson::new(shape)),
            Format::Geojsonl => Box::new(GeoJsonLines::lines(shape)),
            Format::Geojsonseq => Box::new(GeoJsonLines::sequence(shape)),
            Format::Jsonl if with_text => Box::new(JsonLines::new(shape).with_text()),
            Format::Jsonl => Box::new(JsonLines::new(shape)),
            Format::Csv => Box::new(Csv::new(shape)),
            Format::Kml => Box::new(Kml::new(shape)),
            Format::Fgb => Box::new(FlatGeobuf::new(shape)),
            Format::Gpkg => Box::new(GeoPackage::new(shape)),
            Format::Html => Box::new(Html::new(shape.geometry)),
        }
    }

    /// Whether it is binary, and not to be written to a terminal.
    pub(super) fn is_binary(self) -> bool {
        matches!(self, Format::Fgb | Format::Gpkg)
    }

    /// Whether it has one layer, which `--by` chooses.
    pub(super) fn has_one_layer(self) -> bool {
        !matches!(self, Format::Gpkg | Format::Html | Format::Jsonl)
    }
}

impl Tag {
    /// The format asked for, or that of the extension of OUT.
    pub(super) fn format(&self) -> Result<Format, String> {
        let extension = self.output.as_deref().and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
        match (self.format, extension) {
            (None, Some(extension)) => Format::for_extension(&extension),
            (format, _) => Ok(format.unwrap_or(Format::Geojson)),
        }
    }

    /// The exporter of a format.
    pub(super) fn exporter(&self, format: Format) -> Box<dyn Exporter> {
        let by = self.by.map_or(By::default(), By::from);
        let geometry = self.geometry.map_or(Geometries::default(), Geometries::from);
        format.exporter(Shape { by, geometry, offsets: self.offsets.into() }, self.keep_text)
    }
}
