//! Places found by name.

use crate::place::Place;
use pyo3::types::{PyAnyMethods, PyDict};
use pyo3::{Bound, Py, PyAny, PyResult, Python, pyclass, pymethods};
use toponym::gazetteer::Match;

/// A place found by name.
#[pyclass(frozen, get_all, module = "pytoponym")]
pub struct Hit {
    /// The place.
    place: Py<Place>,
    /// How the name found differs from the one asked for: ``exact``, ``prefix``, ``similar`` or ``romanised``.
    r#match: &'static str,
    /// The name that was found, in small letters without accents; None for an exact match.
    matched_name: Option<String>,
    /// The similarity of the name found to the one asked for, 0 to 1.
    likeness: f64,
    /// What the name found is to the place, such as ``name``, ``variant`` or ``demonym``.
    kind: String,
    /// ISO 639 code of the name's language; None where the gazetteer does not say.
    language: Option<String>,
}

impl Hit {
    /// A hit of the library.
    pub fn new(py: Python<'_>, hit: toponym::gazetteer::Hit) -> PyResult<Self> {
        let likeness = hit.found.likeness();
        let (r#match, matched_name) = match hit.found {
            Match::Prefix(name) => ("prefix", Some(name)),
            Match::Fuzzy(name, _) => ("similar", Some(name)),
            Match::Romanised(name, _) => ("romanised", Some(name)),
            _ => ("exact", None),
        };
        let language = Some(hit.language).filter(|language| !language.is_empty());
        let place = Py::new(py, Place(hit.place))?;
        Ok(Hit { place, r#match, matched_name, likeness, kind: hit.kind.to_string(), language })
    }
}

#[pymethods]
impl Hit {
    /// The facts of the place, and how it was found, by the names that they have in the service's answer to ``lookup``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let facts = self.place.get().to_dict(py)?;
        facts.set_item("match", self.r#match)?;
        facts.set_item("matched_name", &self.matched_name)?;
        facts.set_item("likeness", self.likeness)?;
        Ok(facts)
    }

    /// The place's feature of GeoJSON, for libraries that read this protocol.
    #[getter]
    fn __geo_interface__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.place.get().__geo_interface__(py)
    }

    fn __repr__(&self) -> String {
        let name = self.matched_name.as_ref().map_or(String::new(), |name| format!(" {name:?}"));
        format!("<Hit {} ({}{name})>", self.place.get().0, self.r#match)
    }
}
