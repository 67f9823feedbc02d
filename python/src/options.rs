//! The options of a geoparser.

use crate::errors::{GazetteerError, GazetteerFileError, ModelError, OptionError};
use crate::export::named;
use pyo3::types::{PyAnyMethods, PyDict, PyString};
use pyo3::{Bound, FromPyObject, IntoPyObjectExt, PyAny, PyResult, Python};
use std::path::{Path, PathBuf};
use toponym::gazetteer::Index;
use toponym::{Gazetteer, Hint, Kind, RecogniserModel, Resources, Selection};

/// One or more, where Python's users write one without brackets. `name` and `form` are for the message.
///
/// # Errors
/// When it is neither one nor several.
pub fn several<T: for<'a, 'py> FromPyObject<'a, 'py>>(
    value: Option<&Bound<'_, PyAny>>,
    name: &str,
    form: &str,
) -> PyResult<Vec<T>> {
    let Some(value) = value else { return Ok(Vec::new()) };
    if let Ok(one) = value.extract() {
        return Ok(vec![one]);
    }
    let wrong = || OptionError::new_err(format!("{name}: give {form}, or a list of them"));
    let items = value.try_iter().map_err(|_| wrong())?;
    items.map(|item| item?.extract().map_err(|_| wrong())).collect()
}

/// Where documents are about, as the command line has it: text, `(lat, lon)` or `(west, south, east, north)`.
///
/// # Errors
/// When it is none of these.
pub fn focus(value: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(text) = value.extract() {
        return Ok(text);
    }
    let numbers: Vec<f64> = value.extract().map_err(|_| {
        OptionError::new_err(
            "focus: give a country's code such as 'SY', (lat, lon) or (west, south, east, north) in degrees",
        )
    })?;
    Ok(numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(","))
}

/// The options of a geoparser, checked.
#[derive(Clone)]
pub struct Options {
    pub gazetteers: Vec<PathBuf>,
    pub only: bool,
    pub languages: Vec<String>,
    pub focus: Option<String>,
    pub min_confidence: Option<f64>,
    pub min_place_confidence: Option<f64>,
    pub kinds: Vec<String>,
    pub literal: bool,
    pub recogniser: Option<PathBuf>,
    pub explain: bool,
}

impl Options {
    /// The geoparser, and which mentions it answers with.
    ///
    /// # Errors
    /// When an option is out of its range, or a file cannot be opened.
    pub fn geoparser(&self) -> PyResult<(toponym::Geoparser, Selection)> {
        let kinds = self.kinds.iter().map(|kind| named::<Kind>("kinds", kind)).collect::<PyResult<_>>()?;
        let hint = self.focus.as_deref().map(str::parse::<Hint>).transpose();
        let hint = hint.map_err(|form| OptionError::new_err(format!("focus: {form}")))?;
        let min_confidence = self.min_confidence.map(|value| share("min_confidence", value)).transpose()?;
        let least = self.min_place_confidence;
        let min_place_confidence = least.map(|value| share("min_place_confidence", value)).transpose()?;
        for tag in &self.languages {
            check_tag("languages", tag)?;
        }
        let resources = Resources::new(self.gazetteer()?).map_err(|error| ModelError::new_err(error.to_string()))?;
        let geoparser = toponym::Geoparser::new(self.with_recogniser(resources)?)
            .with_min_confidence(min_confidence)
            .with_min_place_confidence(min_place_confidence)
            .with_hint(hint)
            .with_languages(self.languages.iter().cloned())
            .with_explanations(self.explain);
        Ok((geoparser, Selection { kinds, literal: self.literal, given_mentions: false }))
    }

    fn gazetteer(&self) -> PyResult<Gazetteer> {
        if self.only && self.gazetteers.is_empty() {
            return Err(OptionError::new_err("only leaves the embedded gazetteer out; give others by gazetteers="));
        }
        let own = Gazetteer::new(self.gazetteers.iter().map(|path| open_index(path)).collect::<PyResult<_>>()?);
        if self.only {
            return Ok(own);
        }
        let embedded = toponym::gazetteer::embedded().map_err(|error| GazetteerError::new_err(error.to_string()))?;
        Ok(own.over(embedded))
    }

    fn with_recogniser(&self, resources: Resources) -> PyResult<Resources> {
        match &self.recogniser {
            None => Ok(resources),
            Some(path) if path.as_os_str() == "rules" => Ok(resources.with_recogniser(None)),
            Some(path) => {
                let cannot = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
                let bytes = std::fs::read(path).map_err(|error| {
                    ModelError::new_err(cannot(&format!("cannot be read: {error}; check the path")))
                })?;
                let model = RecogniserModel::from_bytes(&bytes).map_err(|error| ModelError::new_err(cannot(&error)))?;
                Ok(resources.with_recogniser(Some(model)))
            }
        }
    }

    /// The keyword arguments that make the same geoparser: those that are not as usual.
    pub fn keywords<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let keywords = PyDict::new(py);
        let set = |name: &str, usual: bool, value: Bound<'py, PyAny>| match usual {
            true => Ok(()),
            false => keywords.set_item(name, value),
        };
        let text = |path: &PathBuf| PyString::new(py, &path.to_string_lossy());
        let gazetteers: Vec<_> = self.gazetteers.iter().map(text).collect();
        set("gazetteers", gazetteers.is_empty(), gazetteers.into_bound_py_any(py)?)?;
        set("only", !self.only, self.only.into_bound_py_any(py)?)?;
        set("languages", self.languages.is_empty(), self.languages.clone().into_bound_py_any(py)?)?;
        set("focus", self.focus.is_none(), self.focus.clone().into_bound_py_any(py)?)?;
        set("min_confidence", self.min_confidence.is_none(), self.min_confidence.into_bound_py_any(py)?)?;
        set(
            "min_place_confidence",
            self.min_place_confidence.is_none(),
            self.min_place_confidence.into_bound_py_any(py)?,
        )?;
        set("kinds", self.kinds.is_empty(), self.kinds.clone().into_bound_py_any(py)?)?;
        set("literal", !self.literal, self.literal.into_bound_py_any(py)?)?;
        set("recogniser", self.recogniser.is_none(), self.recogniser.as_ref().map(text).into_bound_py_any(py)?)?;
        set("explain", !self.explain, self.explain.into_bound_py_any(py)?)?;
        Ok(keywords)
    }
}

/// Opens an index file; errors name it.
///
/// # Errors
/// `GazetteerError`; a missing file is a `FileNotFoundError` too.
pub fn open_index(path: &Path) -> PyResult<Index> {
    toponym_cli::open_index(path).map_err(|message| match path.exists() {
        true => GazetteerError::new_err(message),
        false => GazetteerFileError::new_err(format!("{message}; check the path, or make it by gazetteer.build")),
    })
}

/// A number from 0 to 1.
fn share(name: &str, value: f64) -> PyResult<f64> {
    match (0.0..=1.0).contains(&value) {
        true => Ok(value),
        false => Err(OptionError::new_err(format!("{name}: give a number from 0 to 1"))),
    }
}

/// The greatest number of answers that is asked for.
///
/// # Errors
/// When it is negative.
pub fn most(limit: i64) -> PyResult<usize> {
    usize::try_from(limit)
        .map_err(|_| OptionError::new_err(format!("limit: {limit} is negative; give a number of answers")))
}

/// Checks that this looks like a BCP 47 tag.
///
/// # Errors
/// When it does not.
pub fn check_tag(name: &str, tag: &str) -> PyResult<()> {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let others = parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    match (2..=3).contains(&language.len()) && letters(language) && others {
        true => Ok(()),
        false => Err(OptionError::new_err(format!("{name}: {tag:?} is no BCP 47 tag; give such as 'en' or 'pt-BR'"))),
    }
}
