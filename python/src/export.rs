//! The program's exporters.

use crate::annotations::Annotations;
use crate::errors::{DocumentTypeError, OptionError, OutputError};
use crate::pool::guarded;
use pyo3::exceptions::PyBaseException;
use pyo3::types::{PyAnyMethods, PyTypeMethods};
use pyo3::{Bound, PyAny, PyErr, PyResult, pyfunction};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as NameError;
use std::path::PathBuf;
use toponym::Document;
use toponym::export::{By, Format, Geometries, Output, Shape};

/// What features stand for, and how they are drawn.
///
/// # Errors
/// When one of the names is not known.
pub fn shape(by: &str, geometry: &str) -> PyResult<Shape> {
    let by: By = named("by", by)?;
    let geometry: Geometries = named("geometry", geometry)?;
    Ok(Shape { by, geometry, ..Shape::default() })
}

/// The value of an enum that has this name.
///
/// # Errors
/// When none has; the message lists the names.
pub fn named<'a, T: Deserialize<'a>>(option: &str, name: &'a str) -> PyResult<T> {
    T::deserialize(name.into_deserializer())
        .map_err(|error: NameError| OptionError::new_err(format!("{option}: {error}")))
}

/// One document in a format that is text.
///
/// # Errors
/// When the program fails on it.
pub fn render(
    document: &Document,
    found: &toponym::Annotations,
    format: Format,
    shape: Shape,
    keep_text: bool,
) -> PyResult<String> {
    let mut out = Vec::new();
    let mut write = || {
        let mut exporter = format.exporter(shape, keep_text);
        exporter.document(document, found, &mut out)?;
        exporter.finish(&mut out)
    };
    guarded(&mut write).map_err(OutputError::new_err)?.map_err(cannot)?;
    String::from_utf8(out).map_err(|_| OutputError::new_err("the format is binary; write it to a file"))
}

/// Writes annotations to a file, which appears whole or not at all. Returns the number of documents.
#[pyfunction]
#[pyo3(signature = (results, path, *, format = None, by = None, geometry = "point", keep_text = false))]
pub fn write(
    results: &Bound<'_, PyAny>,
    path: PathBuf,
    format: Option<&str>,
    by: Option<&str>,
    geometry: &str,
    keep_text: bool,
) -> PyResult<usize> {
    let py = results.py();
    let format = choose_format(&path, format)?;
    let shape = shape(by.unwrap_or("place"), geometry)?;
    if keep_text && !matches!(format, Format::Jsonl) {
        return Err(OptionError::new_err("keep_text is for JSON lines; leave it out, or give format='jsonl'"));
    }
    if by.is_some() && !format.can_be(shape.by) {
        return Err(OptionError::new_err(
            "by: this format cannot be had so: formats of several layers hold mentions and documents all at once, and \
             Linked Places a place a record; leave it out",
        ));
    }
    let mut exporter = format.exporter(shape, keep_text);
    let renderer = exporter.renderer();
    let mut out = Output::file(&path).map_err(|error| {
        OutputError::new_err(format!("{}: cannot be written: {error}; choose another path", path.display()))
    })?;
    let mut count = 0;
    for result in annotations(results)? {
        let result = result?;
        let result = result.borrow();
        let (document, found) = (result.document(), result.found());
        let piece = py.detach(|| guarded(|| renderer(document, found))).map_err(OutputError::new_err)?;
        exporter.write(piece, &mut out).map_err(cannot)?;
        py.check_signals()?;
        count += 1;
    }
    exporter.finish(&mut out).map_err(cannot)?;
    out.commit().map_err(cannot)?;
    Ok(count)
}

/// Each of the results, in their order. An exception among them, which `parse_many` returns when told to, is raised.
///
/// # Errors
/// When they cannot be iterated over; of each, when it is something else, or cannot be had.
pub fn annotations<'py>(
    results: &Bound<'py, PyAny>,
) -> PyResult<impl Iterator<Item = PyResult<Bound<'py, Annotations>>>> {
    let one = |(number, result): (usize, PyResult<Bound<'py, PyAny>>)| {
        let result = result?;
        if result.is_instance_of::<PyBaseException>() {
            return Err(PyErr::from_value(result));
        }
        result.cast_into().map_err(|error| {
            let kind = error.into_inner().get_type();
            DocumentTypeError::new_err(format!(
                "result {number} is of type {}; give what parse or parse_many returns",
                kind.name().map_or_else(|_| "unknown".to_owned(), |name| name.to_string())
            ))
        })
    };
    Ok(results.try_iter()?.enumerate().map(one))
}

fn cannot(error: std::io::Error) -> PyErr {
    OutputError::new_err(error.to_string())
}

/// The format that is named, or that of a file's extension.
fn choose_format(path: &std::path::Path, format: Option<&str>) -> PyResult<Format> {
    if let Some(name) = format {
        return named("format", name);
    }
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    Format::from_extension(&extension).ok_or_else(|| {
        let known = Format::extensions().collect::<Vec<_>>().join(", ");
        OptionError::new_err(format!("{}: its extension is none of {known}; say format=", path.display()))
    })
}
