//! GeoJSON (RFC 7946): WGS 84, longitude first.

use super::features::Feature;
use super::schema::fields;
use super::{By, Exporter, LayerRenderer, Piece, Renderer, Shape, renderer_of_layer};
use crate::gazetteer::Attribution;
use ::geojson::GeometryValue;
use serde::{Serialize, Serializer};
use std::io::{self, Read, Write};

/// Writes GeoJSON: one FeatureCollection, a feature a line.
pub struct GeoJson {
    shape: Shape,
    /// The attribution of the first document.
    attribution: Option<Attribution>,
    begun: bool,
}

impl GeoJson {
    /// Writes a feature per place, mention or document. The attribution becomes a foreign member of the collection (RFC
    /// 7946, section 6.1).
    pub fn new(shape: impl Into<Shape>) -> Self {
        GeoJson { shape: shape.into(), attribution: None, begun: false }
    }

    fn layer(&self) -> LayerRenderer {
        let by = self.shape.by;
        Box::new(move |features, attribution| {
            let lines: Vec<String> = features.iter().map(|feature| json(feature, by)).collect();
            Piece::bytes(lines.join(",\n").into(), attribution)
        })
    }

    /// Writes the head of the collection before the first feature, and `separator` before each other.
    fn begin(&mut self, separator: &str, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return out.write_all(separator.as_bytes());
        }
        self.begun = true;
        let attribution = self.attribution.as_ref().map(Attribution::to_string).unwrap_or_default();
        let attribution = serde_json::to_string(&attribution)?;
        write!(out, "{{\"type\":\"FeatureCollection\",\"attribution\":{attribution},\"features\":[")
    }
}

impl super::sealed::Sealed for GeoJson {
    fn layer_renderer(&self) -> Option<LayerRenderer> {
        Some(self.layer())
    }
}

impl Exporter for GeoJson {
    fn renderer(&self) -> Renderer {
        renderer_of_layer(self.layer(), self.shape)
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        self.attribution.get_or_insert_with(|| piece.attribution.clone());
        let features = piece.into_bytes();
        if features.is_empty() {
            return Ok(());
        }
        self.begin(",", out)?;
        out.write_all(b"\n")?;
        out.write_all(&features)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin("", out)?;
        out.write_all(b"\n]}\n")
    }

    fn appends(&self) -> bool {
        true
    }

    fn resume(&mut self, _written: &mut dyn Read) -> io::Result<()> {
        self.begun = true;
        Ok(())
    }
}

/// A feature as one line of JSON, with its fields in their order.
pub(super) fn json(feature: &Feature, layer: By) -> String {
    let geometry = feature.geometry().map(|geometry| ::geojson::Geometry::new(GeometryValue::from(&geometry)));
    let feature = JsonFeature { kind: "Feature", geometry, properties: Properties(feature, layer) };
    serde_json::to_string(&feature).unwrap_or_default()
}

#[derive(Serialize)]
struct JsonFeature<'f> {
    #[serde(rename = "type")]
    kind: &'static str,
    geometry: Option<::geojson::Geometry>,
    properties: Properties<'f>,
}

struct Properties<'f>(&'f Feature, By);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(fields(self.1).map(|field| field.name).zip(&self.0.values))
    }
}
