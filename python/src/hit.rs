//! Places found by name.

use crate::place::Place;
use pyo3::types::{PyAnyMethods, PyDict, PyType};
use pyo3::{Bound, PyAny, PyRef, PyResult, PyTypeInfo, Python, pyclass, pymethods};
use toponym::gazetteer::Match;

/// A place found by name.
#[pyclass(frozen, get_all, eq, module = "pytoponym")]
#[derive(PartialEq)]
pub struct Hit {
    /// The place.
    place: Place,
    /// How the name found differs from the one asked for: ``exact``, ``prefix``, ``similar`` or ``romanised``.
    r#match: String,
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
    pub fn from_library(hit: toponym::gazetteer::Hit) -> Self {
        let likeness = hit.found.likeness();
        let (r#match, matched_name) = match hit.found {
            Match::Prefix(name) => ("prefix", Some(name)),
            Match::Fuzzy(name, _) => ("similar", Some(name)),
            Match::Romanised(name, _) => ("romanised", Some(name)),
            _ => ("exact", None),
        };
        let language = Some(hit.language).filter(|language| !language.is_empty());
        let (place, kind) = (Place(hit.place), hit.kind.to_string());
        Hit { place, r#match: r#match.to_owned(), matched_name, likeness, kind, language }
    }
}

/// The members of a hit, in the order in which it is made of them.
type Members<'a> = (Place, &'a str, Option<&'a str>, f64, &'a str, Option<&'a str>);

#[pymethods]
impl Hit {
    #[new]
    fn new(
        place: PyRef<'_, Place>,
        r#match: String,
        matched_name: Option<String>,
        likeness: f64,
        kind: String,
        language: Option<String>,
    ) -> Self {
        Hit { place: place.clone(), r#match, matched_name, likeness, kind, language }
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, Members<'_>) {
        let Hit { place, r#match, matched_name, likeness, kind, language } = self;
        let members =
            (place.clone(), r#match.as_str(), matched_name.as_deref(), *likeness, kind.as_str(), language.as_deref());
        (Hit::type_object(py), members)
    }

    /// The facts of the place, and how it was found, by the names that they have in the service's answer to ``lookup``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let facts = self.place.to_dict(py)?;
        facts.set_item("match", &self.r#match)?;
        facts.set_item("matched_name", &self.matched_name)?;
        facts.set_item("likeness", self.likeness)?;
        Ok(facts)
    }

    /// The place's feature of GeoJSON, for libraries that read this protocol.
    #[getter]
    fn __geo_interface__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.place.__geo_interface__(py)
    }

    fn __repr__(&self) -> String {
        let name = self.matched_name.as_ref().map_or(String::new(), |name| format!(" {name:?}"));
        format!("<Hit {} ({}{name})>", self.place.0, self.r#match)
    }
}
