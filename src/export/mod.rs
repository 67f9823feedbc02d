//! Annotations -> the formats that users take away: map features, tables, JSON lines, a web page.

mod by_name;
mod csv;
#[doc(hidden)]
pub mod elasticsearch;
pub(crate) mod features;
mod flatgeobuf;
mod follow_the_money;
mod format;
mod geojson;
mod geojson_lines;
#[cfg(feature = "parquet")]
mod geoparquet;
mod gkg;
#[cfg(feature = "gpkg")]
mod gpkg;
mod html;
mod iri;
mod jsonl;
mod jsonl_read;
mod kml;
mod linked_places;
mod occurrence;
mod output;
mod part;
pub mod schema;
mod source;
mod style;
mod table;
mod tei;
#[doc(hidden)]
pub mod terminal;
mod value;
mod web_annotation;
mod window;
#[cfg(any(feature = "gpkg", feature = "parquet"))]
mod wkb;
mod xml;

pub use self::csv::Csv;
pub use self::flatgeobuf::FlatGeobuf;
pub use self::geojson::GeoJson;
pub use features::{Feature, features};
pub use format::Format;
pub use geojson_lines::GeoJsonLines;
#[cfg(feature = "gpkg")]
pub use gpkg::GeoPackage;
pub use html::Html;
pub use jsonl::{JsonLines, place_record};
pub use jsonl_read::read_json_line;
pub use kml::Kml;
pub use output::Output;
pub use style::qgis_style;
pub use value::{Type, Value};

use crate::annotations::Annotations;
use crate::document::{Document, Unit};
use crate::gazetteer::Attribution;
use serde::Deserialize;
use std::io::{self, Read, Write};

/// An output format. Each document is rendered to a [`Piece`], which several threads may do at once; one thread writes
/// the pieces in order and closes the output. Formats that name their sources name those of the first document, since
/// they do so before it: all documents of an output should come from one gazetteer.
///
/// The trait is sealed: the formats of this crate are all there are.
pub trait Exporter: sealed::Sealed {
    /// The function that renders documents for this output. It does not depend on what has been written.
    fn renderer(&self) -> Renderer;

    /// Writes the piece of one document: by default its bytes.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&piece.into_bytes())
    }

    /// Closes the output; by default writes nothing. Call it once, after the last document, and also when there was
    /// none.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// Whether an output that was cut off after a document can be completed by appending to it.
    fn appends(&self) -> bool {
        false
    }

    /// Makes an exporter that [appends](Exporter::appends) continue an output, of which `written` is there already: at least its
    /// head.
    ///
    /// # Errors
    /// When `written` cannot be read.
    fn resume(&mut self, written: &mut dyn Read) -> io::Result<()> {
        let _ = written;
        Ok(())
    }

    /// Renders and writes a document.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn document(&mut self, document: &Document, annotations: &Annotations, out: &mut dyn Write) -> io::Result<()> {
        let piece = (self.renderer())(document, annotations);
        self.write(piece, out)
    }
}

mod sealed {
    /// A trait that other crates cannot implement.
    pub trait Sealed {
        /// The function that makes a piece of features, of a format that writes features of one layer.
        fn layer_renderer(&self) -> Option<super::LayerRenderer> {
            None
        }
    }
}

/// Turns features into what an [`Exporter`] writes of them.
type LayerRenderer = Box<dyn Fn(Vec<Feature>, &Attribution) -> Piece + Send + Sync>;

/// The renderer of a format that writes the features of one layer.
fn renderer_of_layer(layer: LayerRenderer, shape: Shape) -> Renderer {
    Box::new(move |document, annotations| {
        layer(features::drawn(document, annotations, shape), &annotations.attribution)
    })
}

/// Turns a document and its annotations into what an [`Exporter`] writes of it.
pub type Renderer = Box<dyn Fn(&Document, &Annotations) -> Piece + Send + Sync>;

/// A rendered document, ready to be written.
pub struct Piece {
    content: Content,
    /// The attribution of the document.
    attribution: Attribution,
}

enum Content {
    /// For formats that are text.
    Bytes(Vec<u8>),
    /// For formats that need to see each feature.
    Features(Vec<Feature>),
    /// For the page.
    Page(Box<html::Rendered>),
    /// For databases.
    #[cfg(feature = "gpkg")]
    Layers(Box<features::Layers>),
}

impl Piece {
    fn bytes(bytes: Vec<u8>, attribution: &Attribution) -> Self {
        Piece { content: Content::Bytes(bytes), attribution: attribution.clone() }
    }

    fn features(features: Vec<Feature>, attribution: &Attribution) -> Self {
        Piece { content: Content::Features(features), attribution: attribution.clone() }
    }

    fn page(rendered: html::Rendered, attribution: &Attribution) -> Self {
        Piece { content: Content::Page(Box::new(rendered)), attribution: attribution.clone() }
    }

    /// What the page is made of; `None` for a piece of another format.
    fn into_rendered(self) -> Option<html::Rendered> {
        match self.content {
            Content::Page(rendered) => Some(*rendered),
            _ => None,
        }
    }

    #[cfg(feature = "gpkg")]
    fn layers(layers: features::Layers, annotations: &Annotations) -> Self {
        Piece { content: Content::Layers(Box::new(layers)), attribution: annotations.attribution.clone() }
    }

    /// The bytes; none for a piece of another format.
    fn into_bytes(self) -> Vec<u8> {
        match self.content {
            Content::Bytes(bytes) => bytes,
            _ => Vec::new(),
        }
    }

    /// The features; none for a piece of another format.
    fn into_features(self) -> Vec<Feature> {
        match self.content {
            Content::Features(features) => features,
            _ => Vec::new(),
        }
    }

    /// The layers; `None` for a piece of another format.
    #[cfg(feature = "gpkg")]
    fn into_layers(self) -> Option<Box<features::Layers>> {
        match self.content {
            Content::Layers(layers) => Some(layers),
            _ => None,
        }
    }
}

/// What a feature stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum By {
    /// A place of a document, with all its mentions.
    #[default]
    Place,
    /// A mention.
    Mention,
    /// A document: its focus.
    Document,
    /// A place, over all documents of an output: how often and when it is mentioned.
    Name,
}

/// The geometry of a relative place. Places of the gazetteer are points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Geometries {
    /// A point within it.
    #[default]
    Point,
    /// Its area, or the point if it has none.
    Area,
}

/// What the features of an output stand for, and how they are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// What each feature stands for.
    pub by: By,
    /// The geometry of relative places.
    pub geometry: Geometries,
    /// The unit of offsets.
    pub offsets: Unit,
}

impl From<By> for Shape {
    fn from(by: By) -> Self {
        Shape { by, ..Shape::default() }
    }
}

/// An error of the temporary file in which a format grows, with the way out.
fn temporary_failed(format: &str, error: &dyn std::fmt::Display) -> io::Error {
    let folder = std::env::temp_dir();
    let way = "set TMPDIR to a folder that can be written";
    io::Error::other(format!("the temporary file of {format} in {}: {error}; {way}", folder.display()))
}
