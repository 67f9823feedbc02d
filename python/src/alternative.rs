//! Places with a number: alternatives of a mention, and places that a document is about.

use crate::place::Place;
use pyo3::types::{PyAnyMethods, PyDict, PyType};
use pyo3::{Bound, PyRef, PyResult, PyTypeInfo, Python, pyclass, pymethods};

/// Another place that a mention may be.
#[pyclass(frozen, get_all, eq, module = "pytoponym")]
#[derive(PartialEq)]
pub struct Alternative {
    /// The place.
    place: Place,
    /// The probability that the name is this place, 0 to 1, given that it names one.
    probability: f64,
    /// What spoke for it against the place chosen, in words; empty unless the geoparser explains.
    why: Vec<String>,
}

impl Alternative {
    /// An alternative of the library.
    pub fn from_library(alternative: &toponym::Alternative) -> Self {
        Alternative {
            place: Place(alternative.place.clone()),
            probability: alternative.probability,
            why: alternative.why.iter().map(ToString::to_string).collect(),
        }
    }
}

#[pymethods]
impl Alternative {
    #[new]
    fn new(place: PyRef<'_, Place>, probability: f64, why: Vec<String>) -> Self {
        Alternative { place: place.clone(), probability, why }
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, (Place, f64, &[String])) {
        (Alternative::type_object(py), (self.place.clone(), self.probability, &self.why))
    }

    /// The facts of the place, and ``probability``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        with_number(py, &self.place, "probability", self.probability)
    }

    fn __repr__(&self) -> String {
        format!("<Alternative {:.2} {}>", self.probability, self.place.0)
    }
}

/// A place that a document is about.
#[pyclass(frozen, get_all, eq, module = "pytoponym")]
#[derive(PartialEq)]
pub struct Focus {
    /// The place.
    place: Place,
    /// The share of the document's evidence that is for this place or for places in it, 0 to 1.
    score: f64,
}

impl Focus {
    /// A focus of the library.
    pub fn from_library(focus: &toponym::Focus) -> Self {
        Focus { place: Place(focus.place.clone()), score: focus.score }
    }
}

#[pymethods]
impl Focus {
    #[new]
    fn new(place: PyRef<'_, Place>, score: f64) -> Self {
        Focus { place: place.clone(), score }
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, (Place, f64)) {
        (Focus::type_object(py), (self.place.clone(), self.score))
    }

    /// The facts of the place, and ``score``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        with_number(py, &self.place, "score", self.score)
    }

    fn __repr__(&self) -> String {
        format!("<Focus {:.2} {}>", self.score, self.place.0)
    }
}

fn with_number<'py>(py: Python<'py>, place: &Place, name: &str, number: f64) -> PyResult<Bound<'py, PyDict>> {
    let facts = place.to_dict(py)?;
    facts.set_item(name, number)?;
    Ok(facts)
}
