//! Places -> features: what the user takes away.

mod csv;
mod features;
mod flatgeobuf;
mod geojson;
mod geojson_lines;
#[cfg(feature = "gpkg")]
mod gpkg;
mod html;
mod jsonl;
mod kml;
mod occurrence;
mod output;
pub mod schema;
mod source;
mod value;

pub use self::csv::Csv;
pub use self::flatgeobuf::FlatGeobuf;
pub use self::geojson::GeoJson;
pub use geojson_lines::GeoJsonLines;
#[cfg(feature = "gpkg")]
pub use gpkg::GeoPackage;
pub use html::Html;
pub use jsonl::JsonLines;
pub use kml::Kml;
pub use output::Output;
pub use value::Type;

use crate::annotations::Annotations;
use crate::document::{Document, Unit};
use crate::gazetteer::Attribution;
use features::Feature;
use std::io::{self, Write};
use value::Value;

/// An output format. Each document is rendered, which several threads may do at once, and what was rendered is written
/// in order by one; at the end the output is closed. Where a format names whose data it shows, it names those of the
/// first document, since they stand before it; all documents of an output are to come from one gazetteer.
///
/// The trait is sealed: the formats of this crate are all there are.
pub trait Exporter: sealed::Sealed {
    /// What renders documents for this output; it knows nothing of what has been written.
    fn renderer(&self) -> Renderer;

    /// Writes what one document gave: by default the bytes, as they are.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&piece.into_bytes())
    }

    /// Writes what closes the output, by default nothing. It is to be called once, after the last document, and also
    /// when there was none.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// Whether an output that was cut off behind a document can be completed by writing more behind it.
    fn appends(&self) -> bool {
        false
    }

    /// Tells an exporter that appends that it continues an output: what stands before the first document is written.
    fn resume(&mut self) {}

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
    /// Keeps a trait from being implemented outside.
    pub trait Sealed {}
}

/// Turns a document and its annotations into what an [`Exporter`] writes of it.
pub type Renderer = Box<dyn Fn(&Document, &Annotations) -> Piece + Send + Sync>;

/// What a document gives to an output, ready to be written.
pub struct Piece {
    content: Content,
    /// Whose data it shows.
    attribution: Attribution,
}

enum Content {
    /// For formats that are text.
    Bytes(Vec<u8>),
    /// For formats that need to see each feature.
    Features(Vec<Feature>),
    /// For databases.
    #[cfg(feature = "gpkg")]
    Layers(Box<features::Layers>),
}

impl Piece {
    fn bytes(bytes: Vec<u8>, annotations: &Annotations) -> Self {
        Piece { content: Content::Bytes(bytes), attribution: annotations.attribution.clone() }
    }

    fn features(features: Vec<Feature>, annotations: &Annotations) -> Self {
        Piece { content: Content::Features(features), attribution: annotations.attribution.clone() }
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum By {
    /// A place of a document, with all its mentions.
    #[default]
    Place,
    /// A mention.
    Mention,
    /// A document: its focus.
    Document,
}

/// What a relative place is drawn as. Places of the gazetteer are points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Geometries {
    /// A point within it.
    #[default]
    Point,
    /// Its area, if it has one.
    Area,
}

/// What the features of an output are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// What each stands for.
    pub by: By,
    /// What each is drawn as.
    pub geometry: Geometries,
    /// What their offsets count.
    pub offsets: Unit,
}

impl From<By> for Shape {
    fn from(by: By) -> Self {
        Shape { by, ..Shape::default() }
    }
}
