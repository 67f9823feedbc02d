//! Tables as Python takes them.

use crate::errors::DocumentError;
use arrow_array::RecordBatchReader;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::types::PyCapsule;
use pyo3::{Bound, PyAny, PyErr, PyResult, Python, pyclass, pymethods};
use std::sync::{Mutex, PoisonError};

/// A table of Arrow as a stream, which can be taken once: by ``pyarrow.table(stream)``, ``polars.DataFrame(stream)``, or whatever
/// else reads ``__arrow_c_stream__``.
#[pyclass(frozen, module = "pytoponym")]
pub struct ArrowStream {
    reader: Mutex<Option<Box<dyn RecordBatchReader + Send>>>,
    schema: SchemaRef,
}

impl ArrowStream {
    /// The stream of these batches.
    pub fn new(reader: Box<dyn RecordBatchReader + Send>) -> Self {
        ArrowStream { schema: reader.schema(), reader: Mutex::new(Some(reader)) }
    }
}

#[pymethods]
impl ArrowStream {
    /// The stream in a capsule, by Arrow's protocol for Python. No other schema is made on request.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer ignore it.
        drop(requested_schema);
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner).take();
        let reader = reader.ok_or_else(|| DocumentError::new_err("the stream has been taken; make it anew"))?;
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), c"arrow_array_stream")
    }

    /// The schema in a capsule, by the same protocol.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.schema).map_err(no_table)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn __repr__(&self) -> String {
        let names: Vec<_> = self.schema.fields().iter().map(|field| field.name().as_str()).collect();
        format!("<ArrowStream: {}>", names.join(", "))
    }
}

/// The exception for what is wrong with a table.
pub fn no_table(error: ArrowError) -> PyErr {
    DocumentError::new_err(error.to_string())
}
