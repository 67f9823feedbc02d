//! The output formats by name: extensions, media types, and the exporter of each.

#[cfg(feature = "gpkg")]
use super::GeoPackage;
use super::by_name::ByName;
use super::elasticsearch::ElasticsearchBulk;
use super::follow_the_money::FollowTheMoney;
#[cfg(feature = "parquet")]
use super::geoparquet::GeoParquet;
use super::gkg::Gkg;
use super::linked_places::LinkedPlaces;
use super::table::Table;
use super::tei::Tei;
use super::web_annotation::WebAnnotation;
use super::{By, Csv, Exporter, FlatGeobuf, GeoJson, GeoJsonLines, Html, JsonLines, Kml, Shape};
use serde::Deserialize;

/// An output format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Format {
    /// GeoJSON (RFC 7946).
    #[default]
    Geojson,
    /// Newline-delimited GeoJSON: a feature a line.
    Geojsonl,
    /// A GeoJSON text sequence (RFC 8142).
    Geojsonseq,
    /// A JSON object a line and document, with every mention and its alternatives.
    Jsonl,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// KML 2.2.
    Kml,
    /// FlatGeobuf 3.
    Fgb,
    /// GeoPackage 1.3.
    #[cfg(feature = "gpkg")]
    Gpkg,
    /// One page that works offline.
    Html,
    /// GeoParquet 1.1.
    #[cfg(feature = "parquet")]
    Parquet,
    /// W3C Web Annotations, as JSON-LD.
    WebAnnotation,
    /// TEI P5.
    Tei,
    /// Linked Places 1.3, as GeoJSON-LD.
    Lpf,
    /// Linked Places as a table (LP-TSV 0.5).
    LpTsv,
    /// The Global Knowledge Graph of GDELT, version 2.1.
    Gkg,
    /// FollowTheMoney entities, as JSON lines.
    Ftm,
    /// The body of a bulk request of Elasticsearch or OpenSearch.
    EsBulk,
    /// An aligned table a document, for people at a terminal.
    Table,
}

/// A format, its media type, and its file extensions, the usual one first; none for what is for the screen.
type Entry = (Format, &'static str, &'static [&'static str]);

const FORMATS: &[Entry] = &[
    (Format::Geojson, "application/geo+json", &["geojson", "json"]),
    (Format::Geojsonl, "application/geo+json-l", &["geojsonl"]),
    (Format::Geojsonseq, "application/geo+json-seq", &["geojsons"]),
    (Format::Jsonl, "application/x-ndjson", &["jsonl", "ndjson"]),
    (Format::Csv, "text/csv", &["csv"]),
    (Format::Kml, "application/vnd.google-earth.kml+xml", &["kml"]),
    (Format::Fgb, "application/flatgeobuf", &["fgb"]),
    #[cfg(feature = "gpkg")]
    (Format::Gpkg, "application/geopackage+sqlite3", &["gpkg"]),
    (Format::Html, "text/html", &["html", "htm"]),
    #[cfg(feature = "parquet")]
    (Format::Parquet, "application/vnd.apache.parquet", &["parquet", "geoparquet"]),
    (Format::WebAnnotation, "application/ld+json", &["jsonld"]),
    (Format::Tei, "application/tei+xml", &["tei", "xml"]),
    (Format::Lpf, "application/vnd.linked-places+json", &["lpf"]),
    (Format::LpTsv, "text/tab-separated-values", &["lptsv"]),
    (Format::Gkg, "text/x-gdelt-gkg", &["gkg"]),
    (Format::Ftm, "application/x-followthemoney", &["ftm"]),
    (Format::EsBulk, "application/vnd.elasticsearch+x-ndjson", &["esbulk"]),
    (Format::Table, "text/plain", &[]),
];

impl Format {
    /// The format of a file extension in small letters.
    ///
    /// ```
    /// use toponym::export::Format;
    /// assert_eq!(Format::from_extension("json"), Some(Format::Geojson));
    /// assert_eq!(Format::from_extension("docx"), None);
    /// ```
    pub fn from_extension(extension: &str) -> Option<Self> {
        FORMATS.iter().find(|(_, _, extensions)| extensions.contains(&extension)).map(|(format, ..)| *format)
    }

    /// The format of a media type without parameters, in small letters; `application/json` is GeoJSON, and
    /// `application/jsonl` JSON lines.
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        match media_type {
            "application/json" => Some(Format::Geojson),
            "application/jsonl" | "application/ndjson" => Some(Format::Jsonl),
            _ => FORMATS.iter().find(|(_, own, _)| *own == media_type).map(|(format, ..)| *format),
        }
    }

    /// All file extensions that are known.
    pub fn extensions() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().flat_map(|(_, _, extensions)| extensions.iter().copied())
    }

    /// All media types of formats.
    pub fn media_types() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|(_, media_type, _)| *media_type)
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        FORMATS.iter().find(|(format, ..)| *format == self).map_or("application/octet-stream", |(_, own, _)| own)
    }

    /// Whether it is binary, and not to be written to a terminal.
    pub fn is_binary(self) -> bool {
        match self {
            Format::Fgb => true,
            #[cfg(feature = "gpkg")]
            Format::Gpkg => true,
            #[cfg(feature = "parquet")]
            Format::Parquet => true,
            _ => false,
        }
    }

    /// Whether [`Shape::by`] may be this. Some formats hold mentions, places and documents all at once; a GeoPackage does, too, unless
    /// it is by name.
    pub fn can_be(self, by: By) -> bool {
        match (self, by) {
            (Format::Html | Format::Jsonl | Format::WebAnnotation | Format::Tei | Format::Gkg | Format::Ftm, _) => {
                false
            }
            // A record a place is what they are for.
            (Format::Lpf | Format::LpTsv, by) => by == By::Name,
            #[cfg(feature = "gpkg")]
            (Format::Gpkg, by) => by == By::Name,
            _ => true,
        }
    }

    /// The exporter. `keep_text` writes title and text too, in JSON lines.
    pub fn exporter(self, shape: Shape, keep_text: bool) -> Box<dyn Exporter> {
        let by = if matches!(self, Format::Lpf | Format::LpTsv) { By::Name } else { shape.by };
        let shape = Shape { by, ..shape };
        let exporter = self.exporter_of_documents(shape, keep_text);
        if by == By::Name && self.can_be(By::Name) { Box::new(ByName::new(exporter, shape)) } else { exporter }
    }

    fn exporter_of_documents(self, shape: Shape, keep_text: bool) -> Box<dyn Exporter> {
        match self {
            Format::Geojson => Box::new(GeoJson::new(shape)),
            Format::Geojsonl => Box::new(GeoJsonLines::lines(shape)),
            Format::Geojsonseq => Box::new(GeoJsonLines::sequence(shape)),
            Format::Jsonl if keep_text => Box::new(JsonLines::new(shape).with_text()),
            Format::Jsonl => Box::new(JsonLines::new(shape)),
            Format::Csv => Box::new(Csv::new(shape)),
            Format::Kml => Box::new(Kml::new(shape)),
            Format::Fgb => Box::new(FlatGeobuf::new(shape)),
            #[cfg(feature = "gpkg")]
            Format::Gpkg => Box::new(GeoPackage::new(shape)),
            Format::Html => Box::new(Html::new(shape.geometry)),
            #[cfg(feature = "parquet")]
            Format::Parquet => Box::new(GeoParquet::new(shape)),
            Format::WebAnnotation => Box::new(WebAnnotation::default()),
            Format::Tei => Box::new(Tei::default()),
            Format::Lpf => Box::new(LinkedPlaces::json()),
            Format::LpTsv => Box::new(LinkedPlaces::table()),
            Format::Gkg => Box::new(Gkg::default()),
            Format::Ftm => Box::new(FollowTheMoney),
            Format::EsBulk => Box::new(ElasticsearchBulk::new(shape)),
            Format::Table => Box::new(Table::new(shape)),
        }
    }
}
