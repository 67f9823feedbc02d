//! Mentions.

use crate::alternative::Alternative;
use crate::annotations::Parsed;
use crate::json::{from_json, point};
use crate::place::Place;
use crate::relative::Relative;
use crate::state::{Reduced, parsed_state, reduced};
use pyo3::types::{PyAnyMethods, PyBytes, PyDict};
use pyo3::{Bound, PyRef, PyResult, Python, pyclass, pymethods};
use std::sync::Arc;
use toponym::document::Part;
use toponym::export::schema::FIELDS;
use toponym::export::{By, Feature, Value};

/// A stretch of a document that says where something is.
///
/// It names a place of the gazetteer (``place``), is told relative to places or in coordinates (``relative``), or is a name
/// without a place (``reason``). Exactly one of the three is there.
#[pyclass(frozen, module = "pytoponym")]
pub struct Mention {
    parsed: Arc<Parsed>,
    at: usize,
}

impl Mention {
    /// The mention with this number, which the document must have.
    pub fn new(parsed: &Arc<Parsed>, at: usize) -> Self {
        Mention { parsed: Arc::clone(parsed), at }
    }

    fn get(&self) -> &toponym::Mention {
        &self.parsed.found.mentions[self.at]
    }

    fn feature(&self) -> &Feature {
        &self.parsed.mention_features()[self.at]
    }

    /// The values of its feature, by the names of the fields, in their order.
    fn properties<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let properties = PyDict::new(py);
        let names = FIELDS.iter().filter(|field| field.is_in(By::Mention)).map(|field| field.name);
        for (name, value) in names.zip(&self.feature().values) {
            match value {
                Value::Text(text) => properties.set_item(name, text)?,
                Value::Integer(number) => properties.set_item(name, number)?,
                Value::Real(number) => properties.set_item(name, number)?,
                Value::Boolean(yes) => properties.set_item(name, yes)?,
                _ => properties.set_item(name, py.None())?,
            }
        }
        Ok(properties)
    }
}

#[pymethods]
impl Mention {
    /// Its text, as it stands in the document: ``result.text[mention.start:mention.end]``, or the same of the title. It is
    /// empty for a given span that is no stretch of the text.
    #[getter]
    fn text(&self) -> &str {
        self.get().text(&self.parsed.document)
    }

    /// Where it stands: ``text``, or ``title`` if the title stands apart.
    #[getter]
    fn part(&self) -> &'static str {
        self.parsed.ranges[self.at].0.name()
    }

    /// The index of its first character in its part.
    #[getter]
    fn start(&self) -> usize {
        self.parsed.ranges[self.at].1
    }

    /// The index after its last character.
    #[getter]
    fn end(&self) -> usize {
        self.parsed.ranges[self.at].2
    }

    /// The sentence in which it begins.
    #[getter]
    fn sentence(&self) -> &str {
        self.get().sentence.slice(&self.parsed.document.text).unwrap_or("")
    }

    /// ``place``, ``demonym`` ("Turkish"), ``embedded`` ("Aleppo University"), ``relative`` ("20 km north of Aleppo") or
    /// ``coordinate``.
    #[getter]
    fn kind(&self) -> String {
        self.get().kind.to_string()
    }

    /// The place that it names; None without one.
    #[getter]
    fn place(&self) -> Option<Place> {
        self.get().place.clone().map(Place)
    }

    /// Where it is, for a relative place or coordinates; None for a name.
    #[getter]
    fn relative(&self) -> Option<Relative> {
        self.get().relative.as_deref().cloned().map(Relative)
    }

    /// Why it has no place: ``not-in-gazetteer``, ``ambiguous``, ``doubtful`` or ``outside-text``; None with one.
    #[getter]
    fn reason(&self) -> Option<String> {
        self.get().reason.map(|reason| reason.to_string())
    }

    /// How its text became the name of the place: ``exact``, ``respelled``, ``extended``, ``stripped``, ``alike``, ``nested``
    /// or ``locality``; None without a place.
    #[getter]
    fn r#match(&self) -> Option<String> {
        self.get().form.map(|form| form.to_string())
    }

    /// The probability that the answer is right, 0 to 1: that the text names a place and that it is this one. Without a
    /// place, the probability that it names one at all.
    #[getter]
    fn confidence(&self) -> f64 {
        self.get().confidence
    }

    /// The probability that the text names a place at all, 0 to 1; 1 for a given span.
    #[getter]
    fn probability(&self) -> f64 {
        self.get().probability
    }

    /// Whether the name stands for people of the place, as in "Washington says".
    #[getter]
    fn metonymic(&self) -> bool {
        self.get().metonymic
    }

    /// Whether the words round the name mean somewhere else than the place itself, as in "northern Syria".
    #[getter]
    fn modified(&self) -> bool {
        self.get().modified
    }

    /// What decided for the place against the next best, in words, the strongest first.
    #[getter]
    fn why(&self) -> Vec<String> {
        self.get().why.iter().map(ToString::to_string).collect()
    }

    /// The next best places, the most probable first.
    #[getter]
    fn alternatives(&self) -> Vec<Alternative> {
        self.get().alternatives.iter().map(Alternative::from_library).collect()
    }

    /// Degrees north of its place, or of the point of a relative place; None without either.
    #[getter]
    fn lat(&self) -> Option<f64> {
        self.get().point().map(|(lat, _)| lat)
    }

    /// Degrees east of that point.
    #[getter]
    fn lon(&self) -> Option<f64> {
        self.get().point().map(|(_, lon)| lon)
    }

    /// Its fields, by the names that they have in every output (docs/OUTPUT.md), and ``lat`` and ``lon``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let properties = self.properties(py)?;
        properties.set_item("lat", self.feature().point.map(|point| point.y()))?;
        properties.set_item("lon", self.feature().point.map(|point| point.x()))?;
        Ok(properties)
    }

    /// A feature of GeoJSON, with the same properties as in a file; without a place its geometry is None.
    #[getter]
    fn __geo_interface__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let geometry = self.feature().point.map(|at| from_json(py, &point(at.y(), at.x()))).transpose()?;
        let feature = PyDict::new(py);
        feature.set_item("type", "Feature")?;
        feature.set_item("geometry", geometry)?;
        feature.set_item("properties", self.properties(py)?)?;
        Ok(feature)
    }

    fn __eq__(&self, other: PyRef<'_, Mention>) -> bool {
        let same = |a: &Self, b: &Self| a.get() == b.get() && a.parsed.document == b.parsed.document;
        self.at == other.at && (Arc::ptr_eq(&self.parsed, &other.parsed) || same(self, &other))
    }

    fn __repr__(&self) -> String {
        let mention = self.get();
        let (part, start, end) = self.parsed.ranges[self.at];
        let part = if part == Part::Title { " of the title" } else { "" };
        let what = match (&mention.place, &mention.relative, mention.reason) {
            (Some(place), ..) => format!("{place} {:.2}", mention.confidence),
            (None, Some(relative), _) => format!("{:.4} {:.4}", relative.lat, relative.lon),
            (None, None, Some(reason)) => reason.to_string(),
            (None, None, None) => "no place".to_owned(),
        };
        format!("<Mention {:?} [{start}:{end}]{part}: {what}>", self.text())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Bound<'py, PyBytes>, usize)> {
        reduced(py, "mention_from_state", (PyBytes::new(py, &parsed_state(&self.parsed)?), self.at))
    }
}
