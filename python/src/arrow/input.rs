//! Columns of texts and what is known of them, out of tables that Python hands over.

use crate::errors::{DocumentTypeError, OptionError};
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::temporal_conversions::as_datetime;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema, TimeUnit};
use pyo3::types::{PyAnyMethods, PyCapsule, PyCapsuleMethods, PyTypeMethods};
use pyo3::{Bound, PyAny, PyResult};
use serde_json::Map;
use toponym::Document;
use toponym::document::Meta;

/// The names of columns.
pub struct Named<'a> {
    pub text: &'a str,
    pub title: Option<&'a str>,
    pub date: Option<&'a str>,
    pub domain: Option<&'a str>,
    pub lang: Option<&'a str>,
}

/// Where the columns stand in a table.
#[derive(Clone, Copy)]
pub struct Columns {
    text: usize,
    title: Option<usize>,
    date: Option<usize>,
    domain: Option<usize>,
    lang: Option<usize>,
}

/// Reads a table through its stream.
///
/// # Errors
/// When it has none, or is a single column.
#[expect(
    unsafe_code,
    reason = "Arrow's protocol for Python hands a stream over by a pointer in a capsule of this name"
)]
pub fn stream(table: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    let Ok(method) = table.getattr("__arrow_c_stream__") else {
        return Err(DocumentTypeError::new_err(format!(
            "table is of type {}; give a table of PyArrow, a frame of Polars, or what else has __arrow_c_stream__",
            table.get_type().name()?
        )));
    };
    let capsule = method.call0()?.cast_into::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(c"arrow_array_stream"))?;
    // SAFETY: a capsule of this name holds such a stream. It is moved out, and the capsule is left a released one.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.cast().as_ptr()) };
    RecordBatchStreamReader::try_new(stream).map_err(|error| {
        DocumentTypeError::new_err(format!("{error}; give a table with a column of texts, no column alone"))
    })
}

impl Columns {
    /// The places of columns in a table.
    ///
    /// # Errors
    /// When one is missing or holds no texts.
    pub fn new(schema: &Schema, named: &Named<'_>) -> PyResult<Self> {
        let find = |name: &str, dates: bool| {
            let (at, field) = schema.column_with_name(name).ok_or_else(|| {
                let names: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
                OptionError::new_err(format!("there is no column {name:?} among {}", names.join(", ")))
            })?;
            match is_text(field.data_type()) || dates && field.data_type().is_temporal() {
                true => Ok(at),
                false => Err(DocumentTypeError::new_err(format!(
                    "the column {name:?} is of type {}; cast it to text first",
                    field.data_type()
                ))),
            }
        };
        let text = |name: Option<&str>| name.map(|name| find(name, false)).transpose();
        Ok(Columns {
            text: find(named.text, false)?,
            title: text(named.title)?,
            date: named.date.map(|name| find(name, true)).transpose()?,
            domain: text(named.domain)?,
            lang: text(named.lang)?,
        })
    }

    /// Checks that the texts of a batch are UTF-8, which who hands them over need not have done.
    ///
    /// # Errors
    /// When they are not.
    pub fn check(&self, batch: &RecordBatch) -> Result<(), arrow_schema::ArrowError> {
        let columns = [Some(self.text), self.title, self.date, self.domain, self.lang];
        columns.into_iter().flatten().try_for_each(|at| batch.column(at).to_data().validate_full())
    }

    /// The document of a row; `None` where there is no text.
    pub fn document(&self, batch: &RecordBatch, row: usize) -> Option<Document> {
        let value = |at: usize| value(batch.column(at), row);
        let mut members = Map::new();
        for (name, at) in [("title", self.title), ("date", self.date), ("domain", self.domain)] {
            if let Some(value) = at.and_then(value) {
                members.insert(name.to_owned(), value.into());
            }
        }
        let text = value(self.text)?;
        Some(Document { lang: self.lang.and_then(value), ..Document::titled("", text, Meta::from(members)) })
    }
}

fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null)
}

/// The text of a row, or the date in ISO 8601; `None` for null.
fn value(column: &ArrayRef, row: usize) -> Option<String> {
    if column.is_null(row) {
        return None;
    }
    let date = match column.data_type() {
        DataType::Utf8 => return Some(column.as_string::<i32>().value(row).to_owned()),
        DataType::LargeUtf8 => return Some(column.as_string::<i64>().value(row).to_owned()),
        DataType::Utf8View => return Some(column.as_string_view().value(row).to_owned()),
        DataType::Date32 => {
            let days = i64::from(column.as_primitive::<Date32Type>().value(row));
            return as_datetime::<Date32Type>(days).map(|date| date.format("%Y-%m-%d").to_string());
        }
        DataType::Date64 => as_datetime::<Date64Type>(column.as_primitive::<Date64Type>().value(row)),
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => {
                as_datetime::<TimestampSecondType>(column.as_primitive::<TimestampSecondType>().value(row))
            }
            TimeUnit::Millisecond => {
                as_datetime::<TimestampMillisecondType>(column.as_primitive::<TimestampMillisecondType>().value(row))
            }
            TimeUnit::Microsecond => {
                as_datetime::<TimestampMicrosecondType>(column.as_primitive::<TimestampMicrosecondType>().value(row))
            }
            TimeUnit::Nanosecond => {
                as_datetime::<TimestampNanosecondType>(column.as_primitive::<TimestampNanosecondType>().value(row))
            }
        },
        _ => None,
    };
    let zone = matches!(column.data_type(), DataType::Timestamp(_, Some(_)));
    date.map(|date| date.format(if zone { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S" }).to_string())
}
