//! Places with a number: alternatives of a mention, and places that a document is about.

use crate::place::Place;
use pyo3::types::{PyAnyMethods, PyDict};
use pyo3::{Bound, Py, PyResult, Python, pyclass, pymethods};

/// Another place that a mention may be.
#[pyclass(frozen, get_all, module = "pytoponym")]
pub struct Alternative {
    /// The place.
    place: Py<Place>,
    /// The probability that the name is this place, 0 to 1, given that it names one.
    probability: f64,
    /// What spoke for it against the place chosen, in words; empty unless the geoparser explains.
    why: Vec<String>,
}

impl Alternative {
    /// An alternative of the library.
    pub fn new(py: Python<'_>, alternative: &toponym::Alternative) -> PyResult<Self> {
        Ok(Alternative {
            place: Py::new(py, Place(alternative.place.clone()))?,
            probability: alternative.probability,
            why: alternative.why.iter().map(ToString::to_string).collect(),
        })
    }
}

#[pymethods]
impl Alternative {
    /// The facts of the place, and ``probability``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        with_number(py, &self.place, "probability", self.probability)
    }

    fn __repr__(&self) -> String {
        format!("<Alternative {:.2} {}>", self.probability, self.place.get().0)
    }
}

/// A place that a document is about.
#[pyclass(frozen, get_all, module = "pytoponym")]
pub struct Focus {
    /// The place.
    place: Py<Place>,
    /// The share of the document's evidence that is for this place or for places in it, 0 to 1.
    score: f64,
}

impl Focus {
    /// A focus of the library.
    pub fn new(py: Python<'_>, focus: &toponym::Focus) -> PyResult<Self> {
        Ok(Focus { place: Py::new(py, Place(focus.place.clone()))?, score: focus.score })
    }
}

#[pymethods]
impl Focus {
    /// The facts of the place, and ``score``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        with_number(py, &self.place, "score", self.score)
    }

    fn __repr__(&self) -> String {
        format!("<Focus {:.2} {}>", self.score, self.place.get().0)
    }
}

fn with_number<'py>(py: Python<'py>, place: &Py<Place>, name: &str, number: f64) -> PyResult<Bound<'py, PyDict>> {
    let facts = place.get().to_dict(py)?;
    facts.set_item(name, number)?;
    Ok(facts)
}
