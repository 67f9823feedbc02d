//! Relative places and coordinates.

use crate::json::{GeoFeature, from_json, point};
use crate::place::Place;
use crate::state::{Reduced, reduced, relative_state};
use pyo3::types::PyBytes;
use pyo3::{Bound, PyAny, PyResult, Python, pyclass, pymethods};
use serde_json::{Value, json};

/// Where something is that is told relative to places ("20 km north of Aleppo") or in coordinates.
///
/// It can be pickled; it then holds the facts of its anchors itself.
#[pyclass(frozen, eq, module = "pytoponym")]
#[derive(PartialEq)]
pub struct Relative(pub toponym::Relative);

impl Relative {
    fn geometry(&self) -> Value {
        let relative = &self.0;
        match &relative.area {
            Some(area) => json!(geojson::Geometry::new((&**area).into())),
            None => point(relative.lat, relative.lon),
        }
    }
}

#[pymethods]
impl Relative {
    /// The construct, in one word: ``direction``, ``part``, ``between`` and others; of coordinates their notation, such as
    /// ``degrees`` or ``mgrs``.
    #[getter]
    fn construct(&self) -> &str {
        &self.0.construct
    }

    /// What it is called on a map, such as ``20 km north of Aleppo``.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The places it is relative to, in the order of the text; none for coordinates.
    #[getter]
    fn anchors(&self) -> Vec<Place> {
        self.0.anchors.iter().cloned().map(Place).collect()
    }

    /// Degrees north of a representative point, WGS 84, which lies in the area if there is one.
    #[getter]
    fn lat(&self) -> f64 {
        self.0.lat
    }

    /// Degrees east of that point, WGS 84.
    #[getter]
    fn lon(&self) -> f64 {
        self.0.lon
    }

    /// The code of the country at that point, ISO 3166-1 alpha-2; at sea the one that the anchors share. None where there is neither.
    #[getter]
    fn country(&self) -> Option<&str> {
        self.0.country()
    }

    /// The name of the first-level division at that point; None at sea and where no outline is known.
    #[getter]
    fn admin1(&self) -> Option<String> {
        self.0.division1_name()
    }

    /// The area that is meant, as a geometry of GeoJSON in degrees; None for coordinates.
    #[getter]
    fn area<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.area.as_ref().map(|_| from_json(py, &self.geometry())).transpose()
    }

    /// What the extents of the anchors rest on: ``outline``, ``places``, ``course`` or ``circle``; None for coordinates.
    #[getter]
    fn area_from(&self) -> Option<String> {
        self.0.area_from.map(|from| from.to_string())
    }

    /// How far what is meant may lie from the point, in kilometres.
    #[getter]
    fn uncertainty_km(&self) -> f64 {
        self.0.uncertainty_km
    }

    /// A feature of GeoJSON: the area, or the point of coordinates.
    #[getter]
    fn __geo_interface__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let relative = &self.0;
        let anchors: Vec<String> = relative.anchors.iter().map(toponym::Place::id).collect();
        let properties = json!({
            "name": relative.name, "country": self.country(), "admin1": self.admin1(),
            "relation": relative.construct, "anchor_ids": anchors,
            "area_from": self.area_from(), "uncertainty_km": relative.uncertainty_km,
        });
        from_json(py, &GeoFeature::new(self.geometry(), properties))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Bound<'py, PyBytes>,)> {
        reduced(py, "relative_from_state", (PyBytes::new(py, &relative_state(&self.0)?),))
    }

    fn __repr__(&self) -> String {
        let relative = &self.0;
        let (lat, lon, km) = (relative.lat, relative.lon, relative.uncertainty_km);
        format!("<Relative {}, {lat:.4} {lon:.4}, within {km:.0} km>", relative.name)
    }
}
