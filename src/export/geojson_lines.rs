//! GeoJSON features one after another: a line each, or a text sequence (RFC 8142).

use super::features::drawn;
use super::geojson::json;
use super::{Exporter, Piece, Renderer, Shape};

/// The character that RFC 8142 puts before each text of a sequence, so that a reader finds the next text after damage.
const RECORD_SEPARATOR: char = '\u{1e}';

/// Writes features one after another, each a GeoJSON text of its own.
pub struct GeoJsonLines {
    shape: Shape,
    sequence: bool,
}

impl GeoJsonLines {
    /// Writes newline-delimited GeoJSON: features and line ends, nothing else.
    pub fn lines(shape: impl Into<Shape>) -> Self {
        GeoJsonLines { shape: shape.into(), sequence: false }
    }

    /// Writes a GeoJSON text sequence (RFC 8142).
    pub fn sequence(shape: impl Into<Shape>) -> Self {
        GeoJsonLines { shape: shape.into(), sequence: true }
    }
}

impl super::sealed::Sealed for GeoJsonLines {}

impl Exporter for GeoJsonLines {
    fn renderer(&self) -> Renderer {
        let (shape, sequence) = (self.shape, self.sequence);
        Box::new(move |document, annotations| {
            let mut text = String::new();
            for feature in drawn(document, annotations, shape) {
                text.extend(sequence.then_some(RECORD_SEPARATOR));
                text.push_str(&json(&feature, shape.by));
                text.push('\n');
            }
            Piece::bytes(text.into(), annotations)
        })
    }

    fn appends(&self) -> bool {
        true
    }
}
