//! GeoJSON features one after another: a line each, or a text sequence (RFC 8142).

use super::geojson::json;
use super::{Exporter, LayerRenderer, Piece, Renderer, Shape, renderer_of_layer};

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

    fn layer(&self) -> LayerRenderer {
        let (by, sequence) = (self.shape.by, self.sequence);
        Box::new(move |features, attribution| {
            let mut text = String::new();
            for feature in features {
                text.extend(sequence.then_some(RECORD_SEPARATOR));
                text.push_str(&json(&feature, by));
                text.push('\n');
            }
            Piece::bytes(text.into(), attribution)
        })
    }
}

impl super::sealed::Sealed for GeoJsonLines {
    fn layer_renderer(&self) -> Option<LayerRenderer> {
        Some(self.layer())
    }
}

impl Exporter for GeoJsonLines {
    fn renderer(&self) -> Renderer {
        renderer_of_layer(self.layer(), self.shape)
    }

    fn appends(&self) -> bool {
        true
    }
}
