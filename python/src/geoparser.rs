//! The geoparser.

use crate::annotations::Annotations;
use crate::arrow::{self, ArrowStream, Named};
use crate::document::{About, text};
use crate::errors::{DocumentError, GazetteerError, OptionError};
use crate::gazetteer::Credit;
use crate::hit::Hit;
use crate::options::{Options, check_tag, focus as focus_text, most, several};
use crate::parse_many::{OnError, ParseMany};
use crate::place::Place;
use crate::pool::{detached, interruptible, threads};
use pyo3::types::{PyAnyMethods, PyDict, PyTuple};
use pyo3::{Bound, PyAny, PyResult, Python, pyclass, pymethods};
use std::path::PathBuf;
use std::sync::Arc;
use toponym::gazetteer::LatLonBox;
use toponym::{Document, Selection};

/// What answers documents, for all threads.
pub struct Answering {
    pub geoparser: toponym::Geoparser,
    pub selection: Selection,
}

impl Answering {
    /// Answers a document.
    pub fn answer(&self, document: Document) -> Annotations {
        // Mentions that should be given are resolved by another way; nothing else fails.
        let found = self.selection.answer(&self.geoparser, &document).unwrap_or_default();
        Annotations::new(document, found)
    }
}

/// Finds the places that texts mention. It can be used on many threads at once, and pickled.
///
/// ``gazetteers``: index files made by ``pytoponym.gazetteer.build`` or ``toponym gazetteer build``, mapped into memory and
/// searched before the embedded gazetteer; ``only=True`` leaves the embedded one out. ``languages``: BCP 47 tags of the
/// languages that documents are in; a document that looks like another is read as in the first. ``focus``: where documents are
/// about: a country's code, ``(lat, lon)`` or ``(west, south, east, north)`` in degrees. ``min_confidence``: what has a confidence
/// below this, 0 to 1, is dropped; by default what the recogniser does best with. ``min_place_confidence``: below this, 0 to 1, a
/// mention stays without a place (by default 0.2, and 0 of given spans). ``kinds``: the kinds of mentions that are kept; all by default. ``literal=True`` drops names that do not say where something is. ``recogniser``: a model made by ``toponym
/// train recogniser``, or ``rules`` for the gazetteer and rules alone. ``explain=True`` says what spoke for each alternative.
///
/// >>> from pytoponym import Geoparser
/// >>> geoparser = Geoparser()
/// >>> result = geoparser.parse("Militias left the district of Sheikh Maqsoud in Aleppo, Syria.")
/// >>> [mention.place.name for mention in result.mentions]
/// ['Sheikh Maqsoud', 'Aleppo', 'Syria']
#[pyclass(frozen, module = "pytoponym")]
pub struct Geoparser {
    options: Options,
    answering: Arc<Answering>,
}

impl Geoparser {
    /// What answers documents.
    pub fn answering(&self) -> &Arc<Answering> {
        &self.answering
    }

    fn gazetteer(&self) -> &toponym::Gazetteer {
        self.answering.geoparser.resources().gazetteer()
    }

    /// What was found in the gazetteer, if it is sound.
    fn sound<T>(&self, found: T) -> PyResult<T> {
        if self.gazetteer().is_damaged() {
            return Err(GazetteerError::new_err(
                "a gazetteer is damaged, and not all was found; `toponym gazetteer info --verify FILE` tells which",
            ));
        }
        Ok(found)
    }

    fn answer(&self, py: Python<'_>, document: Document, answer: impl Answer) -> PyResult<Annotations> {
        let (answering, bytes) = (Arc::clone(&self.answering), document.text.len());
        let answered = interruptible(py, bytes, move || answer(&answering, document))?;
        self.sound(answered.map_err(DocumentError::new_err)?)
    }
}

trait Answer: FnOnce(&Answering, Document) -> Annotations + Send + 'static {}
impl<T: FnOnce(&Answering, Document) -> Annotations + Send + 'static> Answer for T {}

#[pymethods]
impl Geoparser {
    #[new]
    #[pyo3(signature = (
        gazetteers = None, *, only = false, languages = None, focus = None, min_confidence = None,
        min_place_confidence = None, kinds = None, literal = false, recogniser = None, explain = false
    ))]
    #[expect(clippy::too_many_arguments, reason = "Python's users name them")]
    fn new(
        py: Python<'_>,
        gazetteers: Option<Bound<'_, PyAny>>,
        only: bool,
        languages: Option<Bound<'_, PyAny>>,
        focus: Option<Bound<'_, PyAny>>,
        min_confidence: Option<f64>,
        min_place_confidence: Option<f64>,
        kinds: Option<Bound<'_, PyAny>>,
        literal: bool,
        recogniser: Option<PathBuf>,
        explain: bool,
    ) -> PyResult<Self> {
        let options = Options {
            gazetteers: several(gazetteers.as_ref(), "gazetteers", "a path of a gazetteer file")?,
            only,
            languages: several(languages.as_ref(), "languages", "a BCP 47 tag such as 'en'")?,
            focus: focus.as_ref().map(focus_text).transpose()?,
            min_confidence,
            min_place_confidence,
            kinds: several(kinds.as_ref(), "kinds", "a kind of mentions such as 'place'")?,
            literal,
            recogniser,
            explain,
        };
        let (geoparser, selection) = detached(py, || options.geoparser())?;
        Ok(Geoparser { options, answering: Arc::new(Answering { geoparser, selection }) })
    }

    /// Finds everything in a text that says where something is.
    ///
    /// ``title``, ``date`` (text or a date), ``domain`` (the publisher's host) and ``lang`` (a BCP 47 tag) help to answer; ``id``
    /// names the document in outputs, and ``meta`` is copied to them. The title is read too, unless the text begins with it.
    ///
    /// Raises ``DocumentTypeError`` for what is no ``str``, ``DocumentError`` for a text with lone surrogates.
    ///
    /// >>> from pytoponym import Geoparser
    /// >>> mention = Geoparser().parse("Rain fell on Paris, Texas.", lang="en")[0]
    /// >>> mention.place.id, mention.start, mention.end
    /// ('geonames:4717560', 13, 18)
    #[pyo3(signature = (text, *, title = None, date = None, domain = None, lang = None, id = None, meta = None))]
    #[expect(clippy::too_many_arguments, reason = "Python's users name them")]
    fn parse<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        title: Option<Bound<'py, PyAny>>,
        date: Option<Bound<'py, PyAny>>,
        domain: Option<Bound<'py, PyAny>>,
        lang: Option<Bound<'py, PyAny>>,
        id: Option<Bound<'py, PyAny>>,
        meta: Option<Bound<'py, PyDict>>,
    ) -> PyResult<Annotations> {
        let document = About { id, title, date, domain, lang, meta }.document(text)?;
        self.answer(py, document, |answering: &Answering, document| answering.answer(document))
    }

    /// Parses many documents on ``jobs`` threads, by default as many as there are processors, without the interpreter's lock.
    ///
    /// A document is a text, or a mapping such as ``{"text": ..., "id": ..., "title": ..., "date": ...}`` whose other members are
    /// copied to outputs. Results come in the order of the documents, as soon as they are there; the documents are read as
    /// results are taken, so that any number of them is parsed in bounded memory. A document that cannot be read raises, with its
    /// number, from 0; the iterator may then be gone on with. ``on_error="return"`` yields the exception in its place.
    ///
    /// >>> from pytoponym import Geoparser
    /// >>> texts = ["Rain in Homs.", "Snow in Oslo."]
    /// >>> [result.focus.place.name for result in Geoparser().parse_many(texts, jobs=2)]
    /// ['Homs', 'Oslo']
    #[pyo3(signature = (documents, *, jobs = None, on_error = "raise"))]
    fn parse_many(&self, documents: &Bound<'_, PyAny>, jobs: Option<i64>, on_error: &str) -> PyResult<ParseMany> {
        ParseMany::new(Arc::clone(&self.answering), documents, jobs, OnError::from_name(on_error)?)
    }

    /// Parses a column of a table of Arrow, without the interpreter's lock: anything that has ``__arrow_c_stream__``, such as a
    /// table of PyArrow or a frame of Polars.
    ///
    /// ``text`` is the name of the column of texts; ``title``, ``date``, ``domain`` and ``lang`` name columns that help to answer.
    /// Returns a table as a stream, row for row, as it is taken: ``language``, ``mentions`` (a list of structs, whose fields are
    /// those of ``Mention.to_dict``) and ``error``. A null text gives nulls; where the program fails on a row, ``error`` says why.
    #[pyo3(signature = (table, *, text = "text", title = None, date = None, domain = None, lang = None, jobs = None))]
    #[expect(clippy::too_many_arguments, reason = "Python's users name them")]
    fn parse_arrow(
        &self,
        table: &Bound<'_, PyAny>,
        text: &str,
        title: Option<&str>,
        date: Option<&str>,
        domain: Option<&str>,
        lang: Option<&str>,
        jobs: Option<i64>,
    ) -> PyResult<ArrowStream> {
        let named = Named { text, title, date, domain, lang };
        arrow::parse(Arc::clone(&self.answering), table, &named, threads(jobs)?)
    }

    /// Decides which places the mentions are that something else has found: ``spans`` are pairs of the first index of each in
    /// the text and the one after its last, in any order.
    ///
    /// Each is answered, in the order of the spans: with a place, or with a reason.
    ///
    /// >>> from pytoponym import Geoparser
    /// >>> aleppo, = Geoparser().resolve("We left aleppo.", [(8, 14)]).mentions
    /// >>> aleppo.place.id
    /// 'geonames:170063'
    #[pyo3(signature = (text, spans, *, title = None, date = None, domain = None, lang = None, id = None, meta = None))]
    #[expect(clippy::too_many_arguments, reason = "Python's users name them")]
    fn resolve<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        spans: &Bound<'py, PyAny>,
        title: Option<Bound<'py, PyAny>>,
        date: Option<Bound<'py, PyAny>>,
        domain: Option<Bound<'py, PyAny>>,
        lang: Option<Bound<'py, PyAny>>,
        id: Option<Bound<'py, PyAny>>,
        meta: Option<Bound<'py, PyDict>>,
    ) -> PyResult<Annotations> {
        let mut document = About { id, title, date, domain, lang, meta }.document(text)?;
        let span = |span: PyResult<Bound<'_, PyAny>>| {
            // Rows of NumPy are no tuples.
            let ends =
                span?.try_iter().and_then(|ends| ends.map(|end| end?.extract()).collect::<PyResult<Vec<usize>>>());
            match ends.as_deref() {
                Ok(&[start, end]) => Ok((start, end)),
                _ => Err(OptionError::new_err(
                    "spans: give pairs of indexes of the text such as [(8, 14)], the end exclusive",
                )),
            }
        };
        let spans = spans.try_iter()?.map(span).collect::<PyResult<Vec<_>>>()?;
        document.toponyms = Some(document.byte_spans(spans));
        self.answer(py, document, |answering: &Answering, document: Document| {
            let selection = Selection { given_mentions: true, ..answering.selection.clone() };
            let found = selection.answer(&answering.geoparser, &document).unwrap_or_default();
            Annotations::new(document, found)
        })
    }

    /// Finds places by name, the likeliest first, at most ``limit``.
    ///
    /// A name that no place has is looked up with slips of the pen and by its sound. What contains the place follows a comma.
    /// ``prefix=True`` finds names that begin so, ``similar=True`` similar names too when a place has this one, ``lang`` (an ISO 639
    /// code) only names of a language.
    ///
    /// >>> from pytoponym import Geoparser
    /// >>> [hit.place.country for hit in Geoparser().lookup("Tripoli, Lebanon")]
    /// ['LB']
    #[pyo3(signature = (name, *, limit = 20, prefix = false, similar = false, lang = None))]
    fn lookup(
        &self,
        py: Python<'_>,
        name: &Bound<'_, PyAny>,
        limit: i64,
        prefix: bool,
        similar: bool,
        lang: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Vec<Hit>> {
        let (name, limit) = (text(name, "name")?, most(limit)?);
        let lang = lang.map(|lang| text(&lang, "lang")).transpose()?;
        if prefix && similar {
            return Err(OptionError::new_err("give prefix or similar, not both"));
        }
        if let Some(tag) = &lang {
            check_tag("lang", tag)?;
        }
        let hits = detached(py, || {
            let gazetteer = self.gazetteer();
            let mut hits = match () {
                () if prefix => gazetteer.complete(&name, limit),
                () if similar => gazetteer.similar(&name),
                () => gazetteer.lookup(&name),
            };
            hits.retain(|hit| lang.as_ref().is_none_or(|language| hit.is_in(language, &name)));
            hits.truncate(limit);
            hits
        });
        Ok(self.sound(hits)?.into_iter().map(Hit::from_library).collect())
    }

    /// Finds the places nearest to a point in degrees (WGS 84) within ``km`` kilometres, the nearest first, at most ``limit``, each
    /// with its great-circle distance in kilometres.
    ///
    /// >>> from pytoponym import Geoparser
    /// >>> (place, km), = Geoparser().near(36.2361, 37.1517, limit=1)
    /// >>> place.name, km < 1
    /// ('Sheikh Maqsoud', True)
    #[pyo3(signature = (lat, lon, *, km = 50.0, limit = 10))]
    fn near(&self, py: Python<'_>, lat: f64, lon: f64, km: f64, limit: i64) -> PyResult<Vec<(Place, f64)>> {
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
            return Err(OptionError::new_err(format!(
                "near: {lat}, {lon} is no point; lat is from -90 to 90 and lon from -180 to 180, in degrees"
            )));
        }
        if km.is_nan() || km <= 0.0 {
            return Err(OptionError::new_err("km: give a distance in kilometres over 0"));
        }
        let limit = most(limit)?;
        let near = self.sound(detached(py, || self.gazetteer().near(lat, lon, km, limit)))?;
        Ok(near.into_iter().map(|(place, km)| (Place(place), km)).collect())
    }

    /// Finds the places in a box of the map, in degrees (WGS 84), the better known first, at most ``limit``. A box whose west is
    /// greater than its east crosses the antimeridian.
    #[pyo3(signature = (west, south, east, north, *, limit = 10))]
    fn within(&self, py: Python<'_>, west: f64, south: f64, east: f64, north: f64, limit: i64) -> PyResult<Vec<Place>> {
        let area: Result<LatLonBox, String> = format!("{west},{south},{east},{north}").parse();
        let area = area.map_err(|form| OptionError::new_err(format!("within: {form}")))?;
        let mut places = self.sound(detached(py, || self.gazetteer().within(&area)))?;
        places.truncate(most(limit)?);
        Ok(places.into_iter().map(Place).collect())
    }

    /// The place with this id, such as ``geonames:170063``; None if there is none.
    fn place(&self, id: &Bound<'_, PyAny>) -> PyResult<Option<Place>> {
        Ok(self.sound(self.gazetteer().by_id(&text(id, "id")?))?.map(Place))
    }

    /// The sources that the gazetteer rests on, with their licences.
    #[getter]
    fn credits(&self) -> Vec<Credit> {
        self.gazetteer().attribution().iter().map(Credit::from).collect()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut keywords = Vec::new();
        for (name, value) in self.options.keywords(py)? {
            keywords.push(format!("{name}={}", value.repr()?));
        }
        Ok(format!("Geoparser({})", keywords.join(", ")))
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        Ok((PyTuple::empty(py), self.options.keywords(py)?))
    }
}
