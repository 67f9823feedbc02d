//! Columns of texts and what is known of them, out of tables that Python hands over.

use crate::errors::{DocumentTypeError, OptionError};
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::temporal_conversions::as_datetime;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray, RecordBatch};
use arrow_schema::{DataType, Schema, TimeUnit};
use pyo3::types::{PyAnyMethods, PyCapsule, PyCapsuleMethods, PyTypeMethods};
use pyo3::{Bound, PyAny, PyResult};
use serde_json::Map;
use std::str::Utf8Error;
use std::sync::Arc;
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

    /// The columns of a batch.
    pub fn select(&self, batch: &RecordBatch) -> Rows {
        let values = |at: usize| Values::new(batch.column(at));
        let others = [("title", self.title), ("date", self.date), ("domain", self.domain)];
        Rows {
            text: values(self.text),
            lang: self.lang.map(values),
            others: others.into_iter().filter_map(|(name, at)| Some((name, values(at?)))).collect(),
        }
    }
}

/// The columns of a batch.
pub struct Rows {
    text: Values,
    lang: Option<Values>,
    others: Vec<(&'static str, Values)>,
}

impl Rows {
    /// The document of a row; `None` where there is no text.
    ///
    /// # Errors
    /// When something is not UTF-8, for which who hands a table over need not have cared.
    pub fn document(&self, row: usize) -> Result<Option<Document>, String> {
        let value = |name: &str, values: &Values| {
            values.value(row).map_err(|error| format!("the {name} is no UTF-8 ({error}); decode its bytes first"))
        };
        let mut members = Map::new();
        for (name, values) in &self.others {
            if let Some(value) = value(name, values)? {
                members.insert((*name).to_owned(), value.into());
            }
        }
        let lang = self.lang.as_ref().map_or(Ok(None), |lang| value("lang", lang))?;
        let text = value("text", &self.text)?;
        Ok(text.map(|text| Document { lang, ..Document::titled("", text, Meta::from(members)) }))
    }
}

/// A column, of texts as bytes.
enum Values {
    Small(BinaryArray),
    Large(LargeBinaryArray),
    View(BinaryViewArray),
    Other(ArrayRef),
}

impl Values {
    fn new(column: &ArrayRef) -> Self {
        match column.data_type() {
            DataType::Utf8 => Values::Small(column.as_string::<i32>().clone().into()),
            DataType::LargeUtf8 => Values::Large(column.as_string::<i64>().clone().into()),
            DataType::Utf8View => Values::View(column.as_string_view().clone().to_binary_view()),
            _ => Values::Other(Arc::clone(column)),
        }
    }

    /// The text of a row, or the date in ISO 8601; `None` for null.
    fn value(&self, row: usize) -> Result<Option<String>, Utf8Error> {
        let bytes = match self {
            Values::Small(column) => column.is_valid(row).then(|| column.value(row)),
            Values::Large(column) => column.is_valid(row).then(|| column.value(row)),
            Values::View(column) => column.is_valid(row).then(|| column.value(row)),
            Values::Other(column) => return Ok(date(column, row)),
        };
        bytes.map(|bytes| std::str::from_utf8(bytes).map(str::to_owned)).transpose()
    }
}

fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null)
}

/// The date of a row in ISO 8601; `None` for null.
fn date(column: &ArrayRef, row: usize) -> Option<String> {
    if column.is_null(row) {
        return None;
    }
    let date = match column.data_type() {
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
