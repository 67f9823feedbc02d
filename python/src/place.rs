//! Places of a gazetteer.

use crate::json::{GeoFeature, from_json, point};
use crate::state::{Reduced, place_state, reduced};
use pyo3::types::{PyBytes, PyDict, PyTuple};
use pyo3::{Bound, PyAny, PyResult, Python, pyclass, pymethods};
use std::hash::{DefaultHasher, Hash, Hasher};
use toponym::export::place_record;

/// A place of a gazetteer.
///
/// Two places are equal when all their facts are. A place can be pickled; it then holds its facts itself.
///
/// >>> from pytoponym import Geoparser
/// >>> aleppo = Geoparser().place("geonames:170063")
/// >>> aleppo.name, aleppo.country, round(aleppo.lat, 1), round(aleppo.lon, 1)
/// ('Aleppo', 'SY', 36.2, 37.2)
#[pyclass(frozen, eq, module = "pytoponym")]
#[derive(Clone, PartialEq)]
pub struct Place(pub toponym::Place);

fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

#[pymethods]
impl Place {
    /// The identifier, ``source:id``, such as ``geonames:170063``.
    #[getter]
    fn id(&self) -> String {
        self.0.id()
    }

    /// The display name.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// Degrees north, WGS 84.
    #[getter]
    fn lat(&self) -> f64 {
        self.0.lat()
    }

    /// Degrees east, WGS 84.
    #[getter]
    fn lon(&self) -> f64 {
        self.0.lon()
    }

    /// West, south, east and north of its extent in degrees; None where the gazetteer has no extent for it.
    #[getter]
    fn bounds(&self) -> Option<(f64, f64, f64, f64)> {
        self.0.bounds().map(|[west, south, east, north]| (west, south, east, north))
    }

    /// How far the point may lie from a fair representative point of the place, in kilometres; None where that is not
    /// known.
    #[getter]
    fn exact_km(&self) -> Option<f64> {
        self.0.exact_km()
    }

    /// The code of the main country, ISO 3166-1 alpha-2; None for the high seas.
    #[getter]
    fn country(&self) -> Option<&str> {
        filled(self.0.country())
    }

    /// The codes of all countries that it lies in, the main one first.
    #[getter]
    fn countries<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.countries().collect::<Vec<_>>())
    }

    /// The name of the first-level division it lies in; None for such a division itself, and where it is not known.
    #[getter]
    fn admin1(&self) -> Option<&str> {
        self.0.division1_name()
    }

    /// The name of the second-level division it lies in; None for such a division itself, and where it is not known.
    #[getter]
    fn admin2(&self) -> Option<&str> {
        self.0.division2_name()
    }

    /// The name of the place that it is a part of, such as the city of a district.
    #[getter]
    fn part_of(&self) -> Option<&str> {
        self.0.part_of_name()
    }

    /// GeoNames feature class and code, such as ``P.PPLA``; None where it is not known.
    #[getter]
    fn feature(&self) -> Option<&str> {
        filled(self.0.feature())
    }

    /// Number of inhabitants, if known.
    #[getter]
    fn population(&self) -> Option<u32> {
        self.0.population()
    }

    /// Whom the coordinates are from; None where that is not known.
    #[getter]
    fn source(&self) -> Option<&str> {
        filled(self.0.source())
    }

    /// How well known it is: about the decimal logarithm of the number of people who would take its bare name for it. 3 for
    /// a small town, 6 for a metropolis.
    #[getter]
    fn prominence(&self) -> f64 {
        self.0.prominence()
    }

    /// Its facts, by the names that they have in JSON lines.
    pub fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(from_json(py, &place_record(&self.0))?.cast_into()?)
    }

    /// A feature of GeoJSON with its point, for libraries that read this protocol.
    #[getter]
    pub fn __geo_interface__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        from_json(py, &GeoFeature::new(point(self.0.lat(), self.0.lon()), place_record(&self.0)))
    }

    fn __repr__(&self) -> String {
        format!("<Place {}, {:.4} {:.4}>", self.0, self.0.lat(), self.0.lon())
    }

    /// Name, what contains it, country and id.
    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.id().hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Bound<'py, PyBytes>,)> {
        reduced(py, "place_from_state", (PyBytes::new(py, &place_state(&self.0)?),))
    }
}
