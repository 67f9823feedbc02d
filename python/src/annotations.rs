//! What was found in a document.

use crate::alternative::Focus;
use crate::export::{self, shape};
use crate::json::loads;
use crate::mention::Mention;
use crate::place::Place;
use crate::state::{Reduced, parsed_state, reduced};
use pyo3::exceptions::PyIndexError;
use pyo3::types::{PyAnyMethods, PyBytes, PyDict, PyIterator, PySlice};
use pyo3::{Bound, IntoPyObject, IntoPyObjectExt, PyAny, PyRef, PyResult, Python, pyclass, pymethods};
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};
use toponym::Document;
use toponym::document::{Offsets, Part, Unit};
use toponym::export::{By, Feature, Format, Shape, features};

/// A document, what was found in it, and where.
pub struct Parsed {
    pub document: Document,
    pub found: toponym::Annotations,
    /// The part that each mention stands in, and its first index and the one after its last, in code points.
    pub ranges: Vec<(Part, usize, usize)>,
    /// The features of the mentions, of which single ones are asked for.
    features: OnceLock<Vec<Feature>>,
}

impl Parsed {
    /// The features of the mentions.
    pub fn mention_features(&self) -> &[Feature] {
        self.features.get_or_init(|| features(&self.document, &self.found, Shape::from(By::Mention)))
    }
}

/// What was found in a document: mentions in the order of the text, and the places that the document is about.
///
/// It holds the document's text, and is a sequence of its mentions.
///
/// >>> from pytoponym import Geoparser
/// >>> result = Geoparser().parse("Shells fell 20 km north of Aleppo.")
/// >>> [mention.text for mention in result]
/// ['20 km north of Aleppo', 'Aleppo']
/// >>> result.focus.place.name
/// 'Aleppo'
#[pyclass(frozen, sequence, module = "pytoponym")]
pub struct Annotations(Arc<Parsed>);

impl Annotations {
    /// The annotations of a document.
    pub fn new(document: Document, found: toponym::Annotations) -> Self {
        let mut offsets = Offsets::new(&document, Unit::Chars);
        let ranges = found.mentions.iter().map(|mention| {
            let (part, range) = offsets.range(mention.span);
            (part, range.start, range.end)
        });
        let ranges = ranges.collect();
        Annotations(Arc::new(Parsed { document, found, ranges, features: OnceLock::new() }))
    }

    /// The mention with this number.
    pub fn mention(&self, at: usize) -> Option<Mention> {
        (at < self.0.found.mentions.len()).then(|| Mention::new(&self.0, at))
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.0.document
    }

    /// What was found in it.
    pub fn found(&self) -> &toponym::Annotations {
        &self.0.found
    }

    /// The first mention of the text proper whose range is wanted, with a place if one has.
    fn first(&self, wanted: impl Fn((usize, usize)) -> bool) -> Option<Mention> {
        let is_wanted = |at: &usize| {
            let (part, start, end) = self.0.ranges[*at];
            part == Part::Text && wanted((start, end))
        };
        let found = || (0..self.0.ranges.len()).filter(is_wanted);
        let placed = found().find(|&at| self.0.found.mentions[at].place.is_some());
        self.mention(placed.or_else(|| found().next())?)
    }

    fn render(&self, py: Python<'_>, format: Format, shape: Shape, keep_text: bool) -> PyResult<String> {
        py.detach(|| export::render(&self.0.document, &self.0.found, format, shape, keep_text))
    }
}

#[pymethods]
impl Annotations {
    /// The name of the document, as given.
    #[getter]
    fn id(&self) -> &str {
        &self.0.document.id
    }

    /// The text, as given. Offsets of mentions whose ``part`` is ``text`` are indexes of it.
    #[getter]
    fn text(&self) -> &str {
        self.0.document.text_proper()
    }

    /// The title, white space made single; None if there is none. Offsets of mentions whose ``part`` is ``title`` are indexes
    /// of it. A title that the text begins with is not read twice.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.0.document.title_before().or(self.0.document.meta.title.as_deref())
    }

    /// The date of the document in ISO 8601, as given or as its dateline says; None if no day can be read.
    #[getter]
    fn date(&self) -> Option<&str> {
        self.0.document.meta.date.as_deref()
    }

    /// BCP 47 tag of the document's language, as given or as identified.
    #[getter]
    fn language(&self) -> Option<&str> {
        self.0.found.language.as_deref()
    }

    /// What found the mentions: ``trained``, a model, or ``dictionary``, the gazetteer's names and rules; None when
    /// their spans were given.
    #[getter]
    fn recogniser(&self) -> Option<String> {
        let recogniser = self.0.found.recogniser?;
        serde_json::to_value(recogniser).ok()?.as_str().map(str::to_owned)
    }

    /// Everything that was found, in the order of the text; of given spans the answers in the order of the spans, one each,
    /// and relative places and coordinates among them.
    #[getter]
    fn mentions(&self) -> Vec<Mention> {
        (0..self.0.found.mentions.len()).map(|at| Mention::new(&self.0, at)).collect()
    }

    /// The different places of the gazetteer that are mentioned, in the order of their first mentions.
    #[getter]
    fn places(&self) -> Vec<Place> {
        let mut seen = HashSet::new();
        let places = self.0.found.mentions.iter().filter_map(|mention| mention.place.as_ref());
        places.filter(|place| seen.insert(place.id())).cloned().map(Place).collect()
    }

    /// The places that the document is about, the one with most evidence first.
    #[getter]
    fn foci(&self) -> Vec<Focus> {
        self.0.found.foci.iter().map(Focus::from_library).collect()
    }

    /// The place that the document is about, the first of ``foci``; None for a document without places.
    #[getter]
    fn focus(&self) -> Option<Focus> {
        self.0.found.focus().map(Focus::from_library)
    }

    /// Whose data the places rest on, and under which licences, in one line. Who shows the places must name them.
    #[getter]
    fn attribution(&self) -> String {
        self.0.found.attribution.to_string()
    }

    /// The mention that stands at exactly these indexes of the text; None if there is none. Of several the first that has a place.
    fn mention_at(&self, start: usize, end: usize) -> Option<Mention> {
        self.first(|range| range == (start, end))
    }

    /// The first mention within these indexes of the text; one that has a place comes before one that has none.
    fn mention_in(&self, start: usize, end: usize) -> Option<Mention> {
        self.first(|range| start <= range.0 && range.1 <= end)
    }

    /// The document as JSON lines have it: its mentions with places, alternatives and reasons, and its foci.
    ///
    /// ``keep_text`` adds title and text.
    #[pyo3(signature = (*, keep_text = false))]
    fn to_dict<'py>(&self, py: Python<'py>, keep_text: bool) -> PyResult<Bound<'py, PyDict>> {
        let line = self.render(py, Format::Jsonl, Shape::default(), keep_text)?;
        Ok(loads(py, &line)?.cast_into()?)
    }

    /// A FeatureCollection (RFC 7946) as text: degrees, WGS 84, longitude first.
    ///
    /// ``by`` says what a feature is: ``place``, ``mention`` or ``document``. ``geometry`` says what relative places are drawn
    /// as: ``point`` or ``area``. What has no point is left out.
    #[pyo3(signature = (*, by = "place", geometry = "point"))]
    fn to_geojson(&self, py: Python<'_>, by: &str, geometry: &str) -> PyResult<String> {
        self.render(py, Format::Geojson, shape(by, geometry)?, false)
    }

    /// A FeatureCollection of the places, for libraries that read this protocol, such as GeoPandas and Shapely.
    #[getter]
    fn __geo_interface__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let text = self.to_geojson(py, "place", "point")?;
        loads(py, &text)
    }

    /// Writes it to a file; ``pytoponym.write`` says how.
    #[pyo3(signature = (path, **options))]
    fn write<'py>(
        slf: &Bound<'py, Self>,
        path: Bound<'py, PyAny>,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pytoponym")?.getattr("write")?.call((slf, path), options)
    }

    /// Its features as a table of PyArrow; ``pytoponym.to_arrow`` says how.
    #[pyo3(signature = (**options))]
    fn to_arrow<'py>(slf: &Bound<'py, Self>, options: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pytoponym")?.getattr("to_arrow")?.call((slf,), options)
    }

    /// Its features as a frame of GeoPandas; ``pytoponym.to_geodataframe`` says how.
    #[pyo3(signature = (**options))]
    fn to_geodataframe<'py>(
        slf: &Bound<'py, Self>,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pytoponym")?.getattr("to_geodataframe")?.call((slf,), options)
    }

    /// The article beside a map, in notebooks.
    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let page = self.render(py, Format::Html, Shape::default(), false)?;
        let page = page.replace('&', "&amp;").replace('"', "&quot;");
        Ok(format!(
            "<iframe srcdoc=\"{page}\" sandbox=\"allow-scripts\" title=\"toponym\" \
             style=\"width: 100%; height: 30em; border: 0\"></iframe>"
        ))
    }

    fn __len__(&self) -> usize {
        self.0.found.mentions.len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.mentions().into_pyobject(py)?.try_iter()
    }

    /// The mention with this number, or a list of those of a slice.
    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        if index.is_instance_of::<PySlice>() {
            return self.mentions().into_pyobject(py)?.get_item(index);
        }
        let index: isize = index.extract()?;
        let count = self.0.found.mentions.len();
        let at = if index < 0 { count.checked_add_signed(index) } else { usize::try_from(index).ok() };
        let mention = at.and_then(|at| self.mention(at));
        mention
            .ok_or_else(|| PyIndexError::new_err(format!("there is no mention {index}, there are {count}")))?
            .into_bound_py_any(py)
    }

    fn __eq__(&self, other: PyRef<'_, Annotations>) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.document == other.0.document && self.0.found == other.0.found
    }

    fn __repr__(&self) -> String {
        let Parsed { document, found, .. } = &*self.0;
        let id = if document.id.is_empty() { String::new() } else { format!(" of {:?}", document.id) };
        let mentions = match found.mentions.len() {
            1 => "1 mention".to_owned(),
            count => format!("{count} mentions"),
        };
        let focus = found.focus().map_or(String::new(), |focus| format!(", about {}", focus.place));
        format!("<Annotations{id}: {mentions}{focus}>")
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Bound<'py, PyBytes>,)> {
        reduced(py, "annotations_from_state", (PyBytes::new(py, &parsed_state(&self.0)?),))
    }
}
