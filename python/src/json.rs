//! Values of Python to and from JSON.

use crate::document::text;
use crate::errors::{DocumentError, DocumentTypeError};
use pyo3::types::{
    PyAnyMethods, PyBool, PyDict, PyDictMethods, PyFloat, PyInt, PyList, PyString, PyTuple, PyTypeMethods,
};
use pyo3::{Bound, PyAny, PyResult, Python};
use serde::Serialize;
use serde_json::{Map, Number, Value, json};

/// The depth to which lists and dicts may be nested.
const DEEPEST: usize = 64;

/// Whether a value stands for what is not there: `None`, and what Python's tables have in its place (NaN, NaT, NA).
pub fn is_missing(value: &Bound<'_, PyAny>) -> bool {
    // All but NA are unequal to themselves; NA is neither.
    value.is_none()
        || !value.is_instance_of::<PyString>()
            && (value.ne(value).unwrap_or(false) || value.get_type().name().is_ok_and(|name| name == "NAType"))
}

/// A value as JSON. Dates become ISO 8601, and what is not there null. `name` is what messages call it.
///
/// # Errors
/// When it is of another type, too deep, or text with a lone surrogate.
pub fn to_json(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Value> {
    nested(value, name, 0)
}

fn nested(value: &Bound<'_, PyAny>, name: &str, depth: usize) -> PyResult<Value> {
    if is_missing(value) {
        Ok(Value::Null)
    } else if depth > DEEPEST {
        Err(DocumentError::new_err(format!("{name} is nested more than {DEEPEST} deep; flatten it, or leave it out")))
    } else if let Some(scalar) = scalar(value, name)? {
        Ok(scalar)
    } else if let Ok(dict) = value.cast::<PyDict>() {
        Ok(Value::Object(members(dict, name, depth)?))
    } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        value.try_iter()?.map(|item| nested(&item?, name, depth + 1)).collect::<PyResult<_>>().map(Value::Array)
    } else if let Ok(iso) = value.call_method0("isoformat") {
        Ok(Value::String(iso.extract()?))
    } else if let Ok(Some(scalar)) = value.call_method0("item").and_then(|item| scalar(&item, name)) {
        // A scalar of NumPy.
        Ok(scalar)
    } else {
        Err(DocumentTypeError::new_err(format!(
            "{name} is of type {}; give text, a number, a date, or lists and dicts of these",
            value.get_type().name()?
        )))
    }
}

/// Text, a number or a truth value as JSON; `None` for another type.
fn scalar(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Option<Value>> {
    Ok(Some(if value.is_instance_of::<PyString>() {
        Value::String(text(value, name)?)
    } else if value.is_instance_of::<PyBool>() {
        Value::Bool(value.extract()?)
    } else if value.is_instance_of::<PyInt>() {
        // JSON has no bound, but its readers have.
        value.extract::<i64>().map_or_else(|_| Value::String(value.to_string()), Value::from)
    } else if value.is_instance_of::<PyFloat>() {
        Number::from_f64(value.extract()?).map_or(Value::Null, Value::Number)
    } else {
        return Ok(None);
    }))
}

/// A dict as an object of JSON; its keys become text.
///
/// # Errors
/// Those of [`to_json`].
pub fn object(dict: &Bound<'_, PyDict>, name: &str) -> PyResult<Map<String, Value>> {
    members(dict, name, 0)
}

fn members(dict: &Bound<'_, PyDict>, name: &str, depth: usize) -> PyResult<Map<String, Value>> {
    let entry = |(key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
        let key = text(key.str()?.as_any(), "a key")?;
        let name = format!("{name}[{key:?}]");
        Ok((key, nested(&value, &name, depth + 1)?))
    };
    dict.iter().map(entry).collect()
}

/// What can be written as JSON as values of Python, in its own order.
///
/// # Errors
/// When the interpreter has no memory left.
pub fn from_json<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(value).map_err(|error| DocumentError::new_err(error.to_string()))?;
    loads(py, &text)
}

/// JSON as values of Python.
///
/// # Errors
/// When it is none.
pub fn loads<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.getattr("loads")?.call1((json,))
}

/// A feature of GeoJSON.
#[derive(Serialize)]
pub struct GeoFeature<G, P> {
    r#type: &'static str,
    geometry: G,
    properties: P,
}

impl<G: Serialize, P: Serialize> GeoFeature<G, P> {
    /// A feature with a geometry, or null, and properties.
    pub fn new(geometry: G, properties: P) -> Self {
        GeoFeature { r#type: "Feature", geometry, properties }
    }
}

/// A geometry of GeoJSON: a point in degrees.
pub fn point(lat: f64, lon: f64) -> Value {
    json!({"type": "Point", "coordinates": [lon, lat]})
}
