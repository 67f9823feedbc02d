//! Documents as Python gives them.

use crate::errors::{DocumentError, DocumentTypeError};
use crate::json::{is_missing, object, to_json};
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyAnyMethods, PyByteArray, PyBytes, PyDict, PyDictMethods, PyString, PyStringMethods, PyType, PyTypeMethods,
};
use pyo3::{Bound, FromPyObject, Py, PyAny, PyErr, PyResult};
use serde_json::{Map, Value};
use toponym::Document;
use toponym::document::Meta;

/// What is known of a document beside its text.
#[derive(Default, FromPyObject)]
pub struct About<'py> {
    pub id: Option<Bound<'py, PyAny>>,
    pub title: Option<Bound<'py, PyAny>>,
    pub date: Option<Bound<'py, PyAny>>,
    pub domain: Option<Bound<'py, PyAny>>,
    pub lang: Option<Bound<'py, PyAny>>,
    pub meta: Option<Bound<'py, PyDict>>,
}

/// A text of Python in UTF-8. `name` is what messages call it.
///
/// # Errors
/// When it is no `str`, or has a lone surrogate.
pub fn text(value: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    match value.cast::<PyString>() {
        Ok(text) => text.to_str().map(str::to_owned).map_err(|error| surrogate(value, &error, name)),
        Err(_) => Err(no_text(value, name)),
    }
}

fn surrogate(value: &Bound<'_, PyAny>, error: &PyErr, name: &str) -> PyErr {
    match error.value(value.py()).getattr("start").and_then(|start| start.extract::<usize>()) {
        Ok(start) => DocumentError::new_err(format!(
            "{name} has a lone surrogate at index {start}, which is no character; replace such with \
             text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')"
        )),
        Err(_) => error.clone_ref(value.py()),
    }
}

fn no_text(value: &Bound<'_, PyAny>, name: &str) -> PyErr {
    if is_missing(value) {
        let fix = if name == "text" { "leave out documents that have no text" } else { "give a str" };
        return DocumentTypeError::new_err(format!("{name} is {value}; {fix}"));
    }
    if value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>() {
        return DocumentTypeError::new_err(format!("{name} is bytes; decode it first, as in text.decode('utf-8')"));
    }
    match value.get_type().name() {
        Ok(kind) => DocumentTypeError::new_err(format!("{name} is of type {kind}; give a str")),
        Err(error) => error,
    }
}

impl About<'_> {
    /// A document of this text.
    ///
    /// # Errors
    /// When something is of the wrong type or has a lone surrogate.
    pub fn document(&self, text_proper: &Bound<'_, PyAny>) -> PyResult<Document> {
        let text_proper = text(text_proper, "text")?;
        let mut members = self.meta.as_ref().map_or(Ok(Map::new()), |meta| object(meta, "meta"))?;
        for (name, value) in [("title", &self.title), ("date", &self.date), ("domain", &self.domain)] {
            if let Some(value) = value.as_ref().filter(|value| !is_missing(value)) {
                members.insert(name.to_owned(), to_json(value, name)?);
            }
        }
        let id = self.id.as_ref().map_or(Ok(Value::Null), |id| to_json(id, "id"))?;
        let id = match id {
            Value::Null => String::new(),
            Value::String(id) => id,
            other => other.to_string(),
        };
        let lang = self.lang.as_ref().filter(|lang| !is_missing(lang)).map(|lang| text(lang, "lang")).transpose()?;
        Ok(Document { lang, ..Document::titled(id, text_proper, Meta::from(members)) })
    }
}

/// Whether a value is a mapping. Only of a text and a dict is this known without running code of Python, in which an interrupt may come:
/// a cast to `PyMapping` would swallow it.
///
/// # Errors
/// What a signal handler raises.
pub fn is_mapping(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    static MAPPING: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    if value.is_instance_of::<PyString>() || value.is_instance_of::<PyDict>() {
        return Ok(value.is_instance_of::<PyDict>());
    }
    value.is_instance(MAPPING.import(value.py(), "collections.abc", "Mapping")?)
}

/// A document of a collection: a text, or a mapping with the members of a line of JSON.
///
/// # Errors
/// When it is neither, or as for [`About::document`].
pub fn document(item: &Bound<'_, PyAny>) -> PyResult<Document> {
    if !is_mapping(item)? {
        return About::default().document(item);
    }
    let others = PyDict::new(item.py());
    for pair in item.call_method0("items")?.try_iter()? {
        let (key, value) = pair?.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
        others.set_item(key, value)?;
    }
    let take = |name: &str| -> PyResult<Option<Bound<'_, PyAny>>> {
        let value = others.get_item(name)?;
        if value.is_some() {
            others.del_item(name)?;
        }
        Ok(value)
    };
    let given = take("text")?.ok_or_else(|| {
        DocumentTypeError::new_err("the mapping has no member 'text'; give one such as {'text': ..., 'title': ...}")
    })?;
    // Like a line of JSON: what stands in `meta`, and whatever else there is.
    let (id, lang) = (take("id")?, take("lang")?);
    if let Some(meta) = take("meta")?.filter(|meta| !is_missing(meta)) {
        if !is_mapping(&meta)? {
            return Err(DocumentTypeError::new_err("meta is no mapping; give a dict"));
        }
        others.call_method1("update", (meta,))?;
    }
    About { id, lang, meta: Some(others), ..About::default() }.document(&given)
}
