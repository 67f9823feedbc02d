//! Results as bytes, for pickle.

use crate::annotations::{Annotations, Parsed};
use crate::errors::DocumentError;
use crate::mention::Mention;
use crate::place::Place;
use crate::relative::Relative;
use pyo3::types::PyAnyMethods;
use pyo3::{Bound, PyAny, PyErr, PyResult, Python, pyfunction};
use serde_json::{Value, json};
use toponym::document::{Document, Meta};

/// What pickle asks for: a function of the native module, and what it makes the object of.
pub type Reduced<'py, A> = PyResult<(Bound<'py, PyAny>, A)>;

/// The function of this name, and its arguments.
pub fn reduced<'py, A>(py: Python<'py>, function: &str, arguments: A) -> Reduced<'py, A> {
    Ok((py.import("pytoponym._native")?.getattr(function)?, arguments))
}

/// A document and what was found in it, as JSON.
pub fn parsed_state(parsed: &Parsed) -> PyResult<Vec<u8>> {
    let Document { id, text, body, lang, meta, toponyms, flaws } = &parsed.document;
    let Meta { title, domain, url, date, author, site, other } = meta;
    let state = json!({
        "id": id, "text": text, "body": body, "lang": lang, "toponyms": toponyms, "flaws": flaws,
        "annotations": parsed.found,
        "meta": [title, domain, url, date, author, site], "other": other,
    });
    serde_json::to_vec(&state).map_err(unreadable)
}

/// The annotations of which [`parsed_state`] made these bytes.
#[pyfunction]
pub fn annotations_from_state(state: &[u8]) -> PyResult<Annotations> {
    fn member<T: serde::de::DeserializeOwned>(state: &mut Value, name: &str) -> PyResult<T> {
        serde_json::from_value(state[name].take()).map_err(unreadable)
    }
    let mut state: Value = serde_json::from_slice(state).map_err(unreadable)?;
    if !state.is_object() {
        return Err(unreadable("no object"));
    }
    let [title, domain, url, date, author, site]: [Option<String>; 6] = member(&mut state, "meta")?;
    let document = Document {
        id: member(&mut state, "id")?,
        text: member(&mut state, "text")?,
        body: member(&mut state, "body")?,
        lang: member(&mut state, "lang")?,
        meta: Meta { title, domain, url, date, author, site, other: member(&mut state, "other")? },
        toponyms: member(&mut state, "toponyms")?,
        flaws: member(&mut state, "flaws")?,
    };
    Ok(Annotations::new(document, member(&mut state, "annotations")?))
}

/// The mention with this number, of the document of which [`parsed_state`] made these bytes.
#[pyfunction]
pub fn mention_from_state(state: &[u8], at: usize) -> PyResult<Mention> {
    annotations_from_state(state)?.mention(at).ok_or_else(|| unreadable("there is no such mention"))
}

/// A place as JSON.
pub fn place_state(place: &toponym::Place) -> PyResult<Vec<u8>> {
    serde_json::to_vec(place).map_err(unreadable)
}

/// The place of which [`place_state`] made these bytes.
#[pyfunction]
pub fn place_from_state(state: &[u8]) -> PyResult<Place> {
    serde_json::from_slice(state).map(Place).map_err(unreadable)
}

/// A relative place as JSON.
pub fn relative_state(relative: &toponym::Relative) -> PyResult<Vec<u8>> {
    serde_json::to_vec(relative).map_err(unreadable)
}

/// The relative place of which [`relative_state`] made these bytes.
#[pyfunction]
pub fn relative_from_state(state: &[u8]) -> PyResult<Relative> {
    serde_json::from_slice(state).map(Relative).map_err(unreadable)
}

fn unreadable(error: impl std::fmt::Display) -> PyErr {
    DocumentError::new_err(format!(
        "the pickle was made by another version of pytoponym ({error}); parse the document again"
    ))
}
