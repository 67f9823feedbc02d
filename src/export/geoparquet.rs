//! GeoParquet 1.1: columns, for data frames and databases that read it in parts.

use super::features::Feature;
use super::schema::fields;
use super::{
    Exporter, Geometries, LayerRenderer, Piece, Renderer, Shape, Type, Value, renderer_of_layer, temporary_failed, wkb,
};
use crate::gazetteer::Attribution;
use ::parquet::basic::Compression;
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::parser::parse_message_type;
use geo::BoundingRect;
use serde_json::json;
use std::fs::File;
use std::io::{self, Seek, Write};
use std::sync::Arc;

/// Features of a row group: enough for columns to be packed well, few enough to wait in memory.
const GROUP: usize = 20_000;

/// The columns of the box round each geometry, by which readers skip row groups.
const BOX: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

/// Writes GeoParquet. Row groups go to a temporary file, which is copied to the output at the end.
pub struct GeoParquet {
    shape: Shape,
    /// The attribution of the first document.
    attribution: Option<Attribution>,
    waiting: Vec<Feature>,
    /// Open from the first row group on.
    writer: Option<SerializedFileWriter<File>>,
    /// West, south, east, north in degrees.
    extent: Option<[f64; 4]>,
}

impl GeoParquet {
    /// Writes a row per place, mention or document.
    pub fn new(shape: Shape) -> Self {
        GeoParquet { shape, attribution: None, waiting: Vec::new(), writer: None, extent: None }
    }

    fn open(&self) -> Result<SerializedFileWriter<File>, ParquetError> {
        let columns = fields(self.shape.by).map(|field| {
            let kind = match field.kind {
                Type::Text => ("binary", " (UTF8)"),
                Type::Integer => ("int64", ""),
                Type::Real => ("double", ""),
                Type::Boolean => ("boolean", ""),
                Type::DateTime => ("int64", " (TIMESTAMP(MILLIS,true))"),
            };
            format!("optional {} {}{};", kind.0, field.name, kind.1)
        });
        let schema = format!(
            "message places {{ {} required binary geometry; required group bbox {{ {} }} }}",
            columns.collect::<String>(),
            BOX.map(|edge| format!("required double {edge};")).concat()
        );
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        SerializedFileWriter::new(tempfile::tempfile()?, Arc::new(parse_message_type(&schema)?), Arc::new(properties))
    }

    /// Writes what waits as a row group.
    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut writer = match self.writer.take() {
            Some(writer) => writer,
            None => self.open()?,
        };
        let features = std::mem::take(&mut self.waiting);
        if !features.is_empty() {
            let mut group = writer.next_row_group()?;
            for (at, field) in fields(self.shape.by).enumerate() {
                let Some(mut column) = group.next_column()? else { break };
                write_column(&mut column, field.kind, features.iter().map(|feature| feature.values.get(at)))?;
                column.close()?;
            }
            let geometries: Vec<(ByteArray, [f64; 4])> =
                features.iter().map(|feature| self.geometry(feature)).collect();
            if let Some(mut column) = group.next_column()? {
                let blobs: Vec<ByteArray> = geometries.iter().map(|(blob, _)| blob.clone()).collect();
                column.typed::<ByteArrayType>().write_batch(&blobs, None, None)?;
                column.close()?;
            }
            for edge in 0..BOX.len() {
                let Some(mut column) = group.next_column()? else { break };
                let edges: Vec<f64> = geometries.iter().map(|(_, around)| around[edge]).collect();
                column.typed::<DoubleType>().write_batch(&edges, None, None)?;
                column.close()?;
            }
            group.close()?;
        }
        self.writer = Some(writer);
        Ok(())
    }

    /// The geometry of a feature and the box round it, by which the extent grows.
    fn geometry(&mut self, feature: &Feature) -> (ByteArray, [f64; 4]) {
        let mut blob = Vec::new();
        let mut around = [f64::NAN; 4];
        if let Some(geometry) = feature.geometry() {
            if let Some(rectangle) = geometry.bounding_rect() {
                let (low, high) = (rectangle.min(), rectangle.max());
                around = [low.x, low.y, high.x, high.y];
                let [west, south, east, north] = self.extent.unwrap_or(around);
                self.extent = Some([west.min(low.x), south.min(low.y), east.max(high.x), north.max(high.y)]);
            }
            wkb::append(&mut blob, &geometry);
        }
        (blob.into(), around)
    }

    fn close(&mut self, out: &mut dyn Write) -> Result<(), ParquetError> {
        self.write_group()?;
        let Some(mut writer) = self.writer.take() else { return Ok(()) };
        let kinds: &[&str] =
            if self.shape.geometry == Geometries::Area { &["Point", "MultiPolygon"] } else { &["Point"] };
        // Without a reference system stated it is longitude and latitude in WGS 84.
        let mut column = json!({"encoding": "WKB", "geometry_types": kinds});
        let paths = BOX.map(|edge| (edge.to_owned(), json!(["bbox", edge])));
        column["covering"] = json!({"bbox": serde_json::Map::from_iter(paths)});
        if let Some(extent) = self.extent {
            column["bbox"] = json!(extent);
        }
        let geo = json!({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}});
        let attribution = self.attribution.as_ref().map(Attribution::to_string).unwrap_or_default();
        writer.append_key_value_metadata(KeyValue::new("geo".to_owned(), geo.to_string()));
        writer.append_key_value_metadata(KeyValue::new("attribution".to_owned(), attribution));
        let mut file = writer.into_inner()?;
        file.rewind()?;
        io::copy(&mut file, out)?;
        Ok(())
    }
}

impl super::sealed::Sealed for GeoParquet {
    fn layer_renderer(&self) -> Option<LayerRenderer> {
        Some(Box::new(Piece::features))
    }
}

impl Exporter for GeoParquet {
    fn renderer(&self) -> Renderer {
        renderer_of_layer(Box::new(Piece::features), self.shape)
    }

    fn write(&mut self, piece: Piece, _: &mut dyn Write) -> io::Result<()> {
        self.attribution.get_or_insert_with(|| piece.attribution.clone());
        self.waiting.extend(piece.into_features());
        if self.waiting.len() < GROUP {
            return Ok(());
        }
        self.write_group().map_err(|error| temporary_failed("GeoParquet", &error))
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.close(out).map_err(|error| match error {
            ParquetError::External(error) => match error.downcast::<io::Error>() {
                Ok(error) => *error,
                Err(error) => io::Error::other(error),
            },
            error => temporary_failed("GeoParquet", &error),
        })
    }
}

/// Writes a column of values, some of which are null.
fn write_column<'v>(
    column: &mut SerializedColumnWriter<'_>,
    kind: Type,
    values: impl Iterator<Item = Option<&'v Value>>,
) -> Result<(), ParquetError> {
    let values: Vec<&Value> = values.map(|value| value.unwrap_or(&Value::Null)).collect();
    match kind {
        Type::Text => {
            batch::<ByteArrayType>(column, &values, |value| value.to_text().map(|text| text.into_bytes().into()))
        }
        Type::Integer => batch::<Int64Type>(column, &values, |value| match value {
            Value::Integer(number) => Some(*number),
            _ => None,
        }),
        Type::Real => batch::<DoubleType>(column, &values, |value| match value {
            Value::Real(number) => Some(*number),
            _ => None,
        }),
        Type::Boolean => batch::<BoolType>(column, &values, |value| match value {
            Value::Boolean(yes) => Some(*yes),
            _ => None,
        }),
        Type::DateTime => batch::<Int64Type>(column, &values, |value| milliseconds(&value.to_text()?)),
    }
}

fn batch<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &[&Value],
    convert: impl Fn(&Value) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let converted: Vec<Option<T::T>> = values.iter().map(|value| convert(value)).collect();
    let levels: Vec<i16> = converted.iter().map(|value| i16::from(value.is_some())).collect();
    let known: Vec<T::T> = converted.into_iter().flatten().collect();
    column.typed::<T>().write_batch(&known, Some(&levels), None).map(drop)
}

/// The milliseconds since 1970 of a day or a moment in ISO 8601: a day is its midnight, and UTC is assumed where no zone is given.
fn milliseconds(iso: &str) -> Option<i64> {
    let (day, time) = iso.split_once(['T', ' ']).unwrap_or((iso, ""));
    let mut numbers = day.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Days since 1970 in the Gregorian calendar, whose years begin in March here.
    let (shifted, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1 - 719_468;
    let (clock, zone) = time.split_at(time.find(['Z', '+', '-']).unwrap_or(time.len()));
    let seconds = |text: &str| {
        let mut parts = text.split(':').map(|part| part.parse::<f64>().ok());
        let mut next = || parts.next().unwrap_or(Some(0.0));
        Some(next()? * 3600.0 + next()? * 60.0 + next()?)
    };
    let clock = if clock.is_empty() { 0.0 } else { seconds(clock)? };
    let offset = match zone.get(..1) {
        Some("+") => seconds(&zone[1..])?,
        Some("-") => -seconds(&zone[1..])?,
        _ => 0.0,
    };
    Some(days * 86_400_000 + ((clock - offset) * 1000.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn moments_count_from_1970() {
        for (iso, seconds) in [
            ("1970-01-01", 0),
            ("1969-12-31", -86_400),
            ("2016-03-12T18:40:00Z", 1_457_808_000),
            ("2016-03-12T18:40", 1_457_808_000),
            ("2016-03-12T20:40:00+02:00", 1_457_808_000),
            ("2000-02-29", 951_782_400),
            ("1815-06-18", -4_876_848_000),
        ] {
            assert_eq!(milliseconds(iso), Some(seconds * 1000), "{iso}");
        }
        for none in ["", "12 March", "2016-13-01", "2016-03", "2016-03-12Tx"] {
            assert_eq!(milliseconds(none), None, "{none}");
        }
    }
}
