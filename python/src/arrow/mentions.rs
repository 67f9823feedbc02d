//! Mentions as a column of lists of structs.

use super::columns::{Column, arrow_field};
use crate::annotations::Annotations;
use arrow_array::builder::Float64Builder;
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBufferBuilder};
use arrow_schema::{ArrowError, DataType, Field, Fields};
use std::sync::Arc;
use toponym::export::schema::FIELDS;
use toponym::export::{By, Feature, Shape, features};

/// The fields that say something of the document: its row of the table has that already.
const OF_DOCUMENT: [&str; 9] = ["document", "title", "date", "date_text", "url", "author", "site", "domain", "other"];

/// The fields of a mention: whether the struct has each of those of the layer, in their order.
fn is_kept() -> impl Iterator<Item = (&'static toponym::export::schema::Field, bool)> {
    let fields = FIELDS.iter().filter(|field| field.is_in(By::Mention));
    fields.map(|field| (field, !OF_DOCUMENT.contains(&field.name)))
}

fn fields() -> Fields {
    let own = is_kept().filter(|(_, kept)| *kept).map(|(field, _)| arrow_field(field));
    let point = ["lat", "lon"].map(|name| Field::new(name, DataType::Float64, true));
    own.chain(point).collect()
}

fn item() -> Arc<Field> {
    Arc::new(Field::new("item", DataType::Struct(fields()), true))
}

/// The type of the column.
pub fn data_type() -> DataType {
    DataType::List(item())
}

/// A column of lists that is being filled.
pub struct Mentions {
    columns: Vec<Column>,
    lat: Float64Builder,
    lon: Float64Builder,
    offsets: OffsetBufferBuilder<i32>,
    valid: NullBufferBuilder,
    /// Number of mentions.
    count: usize,
}

impl Mentions {
    /// An empty column for so many documents.
    pub fn new(documents: usize) -> Self {
        let columns = is_kept().filter(|(_, kept)| *kept).map(|(field, _)| Column::new(field.kind));
        Mentions {
            columns: columns.collect(),
            lat: Float64Builder::new(),
            lon: Float64Builder::new(),
            offsets: OffsetBufferBuilder::new(documents),
            valid: NullBufferBuilder::new(documents),
            count: 0,
        }
    }

    /// Adds the mentions of a document, or null.
    pub fn push(&mut self, annotations: Option<&Annotations>) {
        let found = annotations
            .map(|annotations| features(annotations.document(), annotations.found(), Shape::from(By::Mention)));
        self.valid.append(found.is_some());
        let found = found.unwrap_or_default();
        self.offsets.push_length(found.len());
        self.count += found.len();
        for Feature { point, values, .. } in found {
            let kept = values.iter().zip(is_kept()).filter(|(_, (_, kept))| *kept);
            for ((value, _), column) in kept.zip(&mut self.columns) {
                column.push(value);
            }
            self.lat.append_option(point.map(|point| point.y()));
            self.lon.append_option(point.map(|point| point.x()));
        }
    }

    /// The column.
    ///
    /// # Errors
    /// Never for columns of one length.
    pub fn finish(mut self) -> Result<ListArray, ArrowError> {
        let own = self.columns.iter_mut().map(Column::finish);
        let point: [ArrayRef; 2] = [Arc::new(self.lat.finish()), Arc::new(self.lon.finish())];
        let structs = StructArray::try_new_with_length(fields(), own.chain(point).collect(), None, self.count)?;
        ListArray::try_new(item(), self.offsets.finish(), Arc::new(structs), self.valid.finish())
    }
}
