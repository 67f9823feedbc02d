//! Features of documents as a table.

use super::columns::{Column, arrow_field};
use super::stream::{ArrowStream, no_table};
use crate::errors::{DocumentError, OptionError};
use crate::export::{annotations, shape};
use crate::pool::detached;
use arrow_array::builder::{BinaryBuilder, Float64Builder};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator, StructArray};
use arrow_buffer::NullBufferBuilder;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use geozero::{CoordDimensions, ToWkb};
use pyo3::{Bound, PyAny, PyResult, pyfunction};
use std::collections::HashMap;
use std::sync::Arc;
use toponym::export::schema::FIELDS;
use toponym::export::{By, Feature, Shape, features};

/// Features in a batch.
const ROWS: usize = 1 << 16;
/// The coordinate system in the metadata of GeoArrow: WGS 84, longitude first.
const CRS: &str = r#"{"crs":"OGC:CRS84","crs_type":"authority_code"}"#;

/// The geometries of features.
enum Geometry {
    /// Structs of `x` and `y` (`geoarrow.point`).
    Points { x: Float64Builder, y: Float64Builder, valid: NullBufferBuilder },
    /// Well-known binary (`geoarrow.wkb`).
    Binary(BinaryBuilder),
}

impl Geometry {
    fn new(encoding: &str) -> PyResult<Self> {
        match encoding {
            "point" => Ok(Geometry::Points {
                x: Float64Builder::new(),
                y: Float64Builder::new(),
                valid: NullBufferBuilder::new(0),
            }),
            "wkb" => Ok(Geometry::Binary(BinaryBuilder::new())),
            _ => Err(OptionError::new_err(format!("encoding: {encoding:?} is neither 'point' nor 'wkb'"))),
        }
    }

    fn coordinates() -> Fields {
        ["x", "y"].map(|name| Field::new(name, DataType::Float64, false)).into_iter().collect()
    }

    fn field(&self) -> Field {
        let (name, kind) = match self {
            Geometry::Points { .. } => ("geoarrow.point", DataType::Struct(Geometry::coordinates())),
            Geometry::Binary(_) => ("geoarrow.wkb", DataType::Binary),
        };
        let metadata = [("ARROW:extension:name", name), ("ARROW:extension:metadata", CRS)];
        let metadata = metadata.map(|(key, value)| (key.to_owned(), value.to_owned()));
        Field::new("geometry", kind, true).with_metadata(HashMap::from(metadata))
    }

    fn push(&mut self, feature: &Feature) -> PyResult<()> {
        match self {
            Geometry::Points { x, y, valid } => {
                valid.append(feature.point.is_some());
                // A missing point has coordinates all the same, which are not looked at.
                x.append_value(feature.point.map_or(f64::NAN, |point| point.x()));
                y.append_value(feature.point.map_or(f64::NAN, |point| point.y()));
            }
            Geometry::Binary(binary) => {
                let geometry = feature.geometry().map(|geometry| geometry.to_wkb(CoordDimensions::xy()));
                let geometry = geometry.transpose().map_err(|error| DocumentError::new_err(error.to_string()))?;
                binary.append_option(geometry);
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        match self {
            Geometry::Points { x, y, valid } => {
                let columns: Vec<ArrayRef> = vec![Arc::new(x.finish()), Arc::new(y.finish())];
                Ok(Arc::new(StructArray::try_new(Geometry::coordinates(), columns, valid.finish())?))
            }
            Geometry::Binary(binary) => Ok(Arc::new(binary.finish())),
        }
    }
}

/// A table that is being filled.
struct Table {
    schema: SchemaRef,
    columns: Vec<Column>,
    geometry: Geometry,
    rows: usize,
    batches: Vec<RecordBatch>,
}

impl Table {
    fn new(by: By, geometry: Geometry) -> Self {
        let fields = || FIELDS.iter().filter(|field| field.is_in(by));
        let own = fields().map(arrow_field);
        let schema = Schema::new(own.chain([geometry.field()]).collect::<Vec<_>>());
        let columns = fields().map(|field| Column::new(field.kind)).collect();
        Table { schema: Arc::new(schema), columns, geometry, rows: 0, batches: Vec::new() }
    }

    fn push(&mut self, feature: &Feature) -> PyResult<()> {
        self.columns.iter_mut().zip(&feature.values).for_each(|(column, value)| column.push(value));
        self.geometry.push(feature)?;
        self.rows += 1;
        if self.rows == ROWS { self.cut().map_err(no_table) } else { Ok(()) }
    }

    /// Makes a batch of the rows since the last.
    fn cut(&mut self) -> Result<(), ArrowError> {
        let mut columns: Vec<ArrayRef> = self.columns.iter_mut().map(Column::finish).collect();
        columns.push(self.geometry.finish()?);
        self.batches.push(RecordBatch::try_new(Arc::clone(&self.schema), columns)?);
        self.rows = 0;
        Ok(())
    }
}

/// The features of annotations as a table, with those that have no point.
#[pyfunction]
#[pyo3(signature = (results, *, by, geometry, encoding))]
pub fn features_arrow(results: &Bound<'_, PyAny>, by: &str, geometry: &str, encoding: &str) -> PyResult<ArrowStream> {
    let py = results.py();
    let shape: Shape = shape(by, geometry)?;
    let mut table = Table::new(shape.by, Geometry::new(encoding)?);
    for result in annotations(results)? {
        let result = result?;
        let result = result.borrow();
        let (document, found) = (result.document(), result.found());
        let features = detached(py, || features(document, found, shape));
        features.iter().try_for_each(|feature| table.push(feature))?;
        py.check_signals()?;
    }
    table.cut().map_err(no_table)?;
    let Table { schema, batches, .. } = table;
    Ok(ArrowStream::new(Box::new(RecordBatchIterator::new(batches.into_iter().map(Ok), schema))))
}
