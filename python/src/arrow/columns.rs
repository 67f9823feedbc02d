//! Columns of fields.

use arrow_array::ArrayRef;
use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_schema::{DataType, Field};
use std::sync::Arc;
use toponym::export::schema;
use toponym::export::{Type, Value};

/// A column that is being filled with the values of a field.
pub enum Column {
    Text(StringBuilder),
    Integer(Int64Builder),
    Real(Float64Builder),
    Boolean(BooleanBuilder),
}

impl Column {
    /// An empty column for the values of a field.
    pub fn new(kind: Type) -> Self {
        match kind {
            Type::Integer => Column::Integer(Int64Builder::new()),
            Type::Real => Column::Real(Float64Builder::new()),
            Type::Boolean => Column::Boolean(BooleanBuilder::new()),
            // Dates may be days or moments, with a zone or without: they stay ISO 8601.
            _ => Column::Text(StringBuilder::new()),
        }
    }

    /// Adds a value; one that is not of the column's type is null.
    pub fn push(&mut self, value: &Value) {
        match (self, value) {
            (Column::Text(column), Value::Text(text)) => column.append_value(text),
            (Column::Text(column), _) => column.append_null(),
            (Column::Integer(column), Value::Integer(number)) => column.append_value(*number),
            (Column::Integer(column), _) => column.append_null(),
            (Column::Real(column), Value::Real(number)) => column.append_value(*number),
            (Column::Real(column), _) => column.append_null(),
            (Column::Boolean(column), Value::Boolean(yes)) => column.append_value(*yes),
            (Column::Boolean(column), _) => column.append_null(),
        }
    }

    /// The column, which is empty afterwards.
    pub fn finish(&mut self) -> ArrayRef {
        match self {
            Column::Text(column) => Arc::new(column.finish()),
            Column::Integer(column) => Arc::new(column.finish()),
            Column::Real(column) => Arc::new(column.finish()),
            Column::Boolean(column) => Arc::new(column.finish()),
        }
    }
}

/// A field of features as a field of a table.
pub fn arrow_field(field: &schema::Field) -> Field {
    let kind = match field.kind {
        Type::Integer => DataType::Int64,
        Type::Real => DataType::Float64,
        Type::Boolean => DataType::Boolean,
        _ => DataType::Utf8,
    };
    Field::new(field.name, kind, true)
}
