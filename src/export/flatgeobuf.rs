//! FlatGeobuf 3: binary, with a spatial index, so that a map can fetch only what it shows from a plain web server.

use super::features::Feature;
use super::schema::fields;
use super::{
    By, Exporter, Geometries, LayerRenderer, Piece, Renderer, Shape, Type, Value, renderer_of_layer, temporary_failed,
};
use crate::gazetteer::Attribution;
use ::flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, PropertyProcessor};
use std::io::{self, Write};

/// Writes FlatGeobuf: features along a Hilbert curve, behind their index. They wait in a temporary file until the last
/// has come; some 60 bytes a feature stay in memory.
pub struct FlatGeobuf {
    shape: Shape,
    /// The attribution of the first document.
    attribution: Option<Attribution>,
    /// Open from the first feature on: readers do not accept an index of no features.
    writer: Option<FgbWriter<'static>>,
}

impl FlatGeobuf {
    /// Writes a feature per place, mention or document. The attribution becomes the description.
    pub fn new(shape: impl Into<Shape>) -> Self {
        FlatGeobuf { shape: shape.into(), attribution: None, writer: None }
    }

    fn open(&self, write_index: bool) -> io::Result<FgbWriter<'static>> {
        let points = self.shape.geometry == Geometries::Point;
        let attribution = self.attribution.as_ref().map(Attribution::to_string).unwrap_or_default();
        let options = FgbWriterOptions {
            write_index,
            detect_type: false,
            promote_to_multi: false,
            crs: FgbCrs { org: Some("EPSG"), code: 4326, name: Some("WGS 84"), ..FgbCrs::default() },
            description: Some(&attribution),
            ..FgbWriterOptions::default()
        };
        let kind = if points { GeometryType::Point } else { GeometryType::Unknown };
        let mut writer = FgbWriter::create_with_options("places", kind, options)
            .map_err(|error| temporary_failed("FlatGeobuf", &error))?;
        for field in fields(self.shape.by) {
            let kind = match field.kind {
                Type::Text => ColumnType::String,
                Type::Integer => ColumnType::Long,
                Type::Real => ColumnType::Double,
                Type::Boolean => ColumnType::Bool,
                Type::DateTime => ColumnType::DateTime,
            };
            writer.add_column(field.name, kind, |_, _| {});
        }
        Ok(writer)
    }
}

impl super::sealed::Sealed for FlatGeobuf {
    fn layer_renderer(&self) -> Option<LayerRenderer> {
        Some(Box::new(Piece::features))
    }
}

impl Exporter for FlatGeobuf {
    fn renderer(&self) -> Renderer {
        renderer_of_layer(Box::new(Piece::features), self.shape)
    }

    fn write(&mut self, piece: Piece, _: &mut dyn Write) -> io::Result<()> {
        self.attribution.get_or_insert_with(|| piece.attribution.clone());
        let features = piece.into_features();
        if features.is_empty() {
            return Ok(());
        }
        let mut writer = self.writer.take().map_or_else(|| self.open(true), Ok)?;
        for feature in features {
            add(&mut writer, &feature, self.shape.by)?;
        }
        self.writer = Some(writer);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let writer = self.writer.take().map_or_else(|| self.open(false), Ok)?;
        writer.write(out).map_err(io::Error::other)
    }
}

fn add(writer: &mut FgbWriter<'_>, feature: &Feature, layer: By) -> io::Result<()> {
    let Some(geometry) = feature.geometry() else { return Ok(()) };
    let mut added = Ok(false);
    let written = writer.add_feature_geom(geometry, |properties| {
        for (at, (field, value)) in fields(layer).zip(&feature.values).enumerate() {
            let value = match value {
                Value::Null => continue,
                Value::Text(text) if field.kind == Type::DateTime => ColumnValue::DateTime(text),
                Value::Text(text) => ColumnValue::String(text),
                Value::Integer(number) => ColumnValue::Long(*number),
                Value::Real(number) => ColumnValue::Double(*number),
                Value::Boolean(yes) => ColumnValue::Bool(*yes),
            };
            added = properties.property(at, field.name, &value);
            if added.is_err() {
                return;
            }
        }
    });
    written.map_err(io::Error::other).and(added.map(drop).map_err(io::Error::other))
}
