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
mod row;
pub mod schema;
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
pub use value::{Type, Value};

use crate::document::Unit;
use crate::geoparser::Parsed;
use features::Feature;
use std::io::{self, Write};

/// An output format. Each document is rendered, which several threads may do at once, and what was rendered is written
/// in order by one; at the end the output is closed.
pub trait Exporter {
    /// What renders documents for this output; it knows nothing of what has been written.
    fn renderer(&self) -> Renderer;

    /// Writes what one document gave: by default the bytes, as they are.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&piece.into_bytes())
    }

    /// Writes what closes the output, by default nothing. Called once, after the last document, and also when there was
    /// none.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// Whether an output that was cut off behind a document can be gone on with by writing more behind it.
    fn appends(&self) -> bool {
        false
    }

    /// Tells one that appends that it goes on with an output: what stands before the first document is written.
    fn resume(&mut self) {}

    /// Renders and writes a document.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn document(&mut self, parsed: &Parsed<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
        let piece = (self.renderer())(parsed);
        self.write(piece, out)
    }
}

/// Turns a document into what an [`Exporter`] writes of it.
pub type Renderer = Box<dyn Fn(&Parsed<'_, '_>) -> Piece + Send + Sync>;

/// What a document gives to an output, ready to be written.
pub struct Piece(Content);

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
    fn bytes(bytes: Vec<u8>) -> Self {
        Piece(Content::Bytes(bytes))
    }

    fn features(features: Vec<Feature>) -> Self {
        Piece(Content::Features(features))
    }

    #[cfg(feature = "gpkg")]
    fn layers(layers: features::Layers) -> Self {
        Piece(Content::Layers(Box::new(layers)))
    }

    /// The bytes, of which there are none in a piece for another format.
    fn into_bytes(self) -> Vec<u8> {
        match self.0 {
            Content::Bytes(bytes) => bytes,
            _ => Vec::new(),
        }
    }

    /// The features, likewise.
    fn into_features(self) -> Vec<Feature> {
        match self.0 {
            Content::Features(features) => features,
            _ => Vec::new(),
        }
    }

    /// The layers, likewise.
    #[cfg(feature = "gpkg")]
    fn into_layers(self) -> Option<Box<features::Layers>> {
        match self.0 {
            Content::Layers(layers) => Some(layers),
            _ => None,
        }
    }
}

/// What a feature stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
