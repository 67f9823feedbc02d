//! Gazetteers: how they are made, and what they hold.

use crate::errors::{GazetteerError, OptionError, OutputError};
use crate::options::{open_index, several};
use crate::pool::detached;
use crate::wait::Awaited;
use pyo3::types::{PyAnyMethods, PyDict, PyType};
use pyo3::{Bound, PyAny, PyErr, PyRef, PyResult, PyTypeInfo, Python, pyclass, pyfunction, pymethods};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use toponym::export::Output;
use toponym::gazetteer::source::{Columns, Filter, Options, read_sources};
use toponym::gazetteer::{self, GazetteerError as Error, IndexBuilder, LatLonBox};

/// A source of places and its licence.
#[pyclass(frozen, get_all, eq, module = "pytoponym.gazetteer")]
#[derive(Clone, PartialEq)]
pub struct Credit {
    /// The source, such as ``GeoNames (geonames.org)``.
    name: String,
    /// Its licence or terms, such as ``CC BY 4.0``.
    licence: String,
}

impl From<&gazetteer::Credit> for Credit {
    fn from(credit: &gazetteer::Credit) -> Self {
        Credit { name: credit.name.clone(), licence: credit.licence.clone() }
    }
}

#[pymethods]
impl Credit {
    #[new]
    fn new(name: String, licence: String) -> Self {
        Credit { name, licence }
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, (&str, &str)) {
        (Credit::type_object(py), (&self.name, &self.licence))
    }

    fn __repr__(&self) -> String {
        format!("<Credit {}, {}>", self.name, self.licence)
    }
}

/// A row of a source that could not be read.
#[pyclass(frozen, get_all, eq, module = "pytoponym.gazetteer")]
#[derive(Clone, PartialEq)]
pub struct BadRow {
    /// The file.
    path: PathBuf,
    /// Its line, or its number among the features, from 1.
    line: u64,
    /// What is wrong with it.
    reason: String,
}

#[pymethods]
impl BadRow {
    #[new]
    fn new(path: PathBuf, line: u64, reason: String) -> Self {
        BadRow { path, line, reason }
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, (&Path, u64, &str)) {
        (BadRow::type_object(py), (&self.path, self.line, &self.reason))
    }

    fn __repr__(&self) -> String {
        format!("<BadRow {}:{}: {}>", self.path.display(), self.line, self.reason)
    }
}

/// What became of the rows of sources.
#[pyclass(frozen, get_all, eq, module = "pytoponym.gazetteer")]
#[derive(PartialEq)]
pub struct Tally {
    /// Rows that are in the gazetteer.
    kept: u64,
    /// Rows that the filters left out.
    left_out: u64,
    /// Rows that could not be read.
    bad: u64,
    /// The first rows that could not be read.
    first_bad: Vec<BadRow>,
}

#[pymethods]
impl Tally {
    #[new]
    fn new(kept: u64, left_out: u64, bad: u64, first_bad: Vec<PyRef<'_, BadRow>>) -> Self {
        Tally { kept, left_out, bad, first_bad: first_bad.iter().map(|row| BadRow::clone(row)).collect() }
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, (u64, u64, u64, Vec<BadRow>)) {
        (Tally::type_object(py), (self.kept, self.left_out, self.bad, self.first_bad.clone()))
    }

    fn __repr__(&self) -> String {
        format!("<Tally: {} rows kept, {} left out, {} bad>", self.kept, self.left_out, self.bad)
    }
}

/// What a gazetteer file holds.
#[pyclass(frozen, get_all, eq, module = "pytoponym.gazetteer")]
#[derive(PartialEq)]
pub struct GazetteerInfo {
    /// Its title.
    title: String,
    /// Number of places.
    places: usize,
    /// Number of names.
    names: usize,
    /// Its sources, with their licences.
    credits: Vec<Credit>,
}

#[pymethods]
impl GazetteerInfo {
    #[new]
    fn new(title: String, places: usize, names: usize, credits: Vec<PyRef<'_, Credit>>) -> Self {
        GazetteerInfo { title, places, names, credits: credits.iter().map(|credit| Credit::clone(credit)).collect() }
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, (&str, usize, usize, Vec<Credit>)) {
        (GazetteerInfo::type_object(py), (&self.title, self.places, self.names, self.credits.clone()))
    }

    fn __repr__(&self) -> String {
        format!("<GazetteerInfo {:?}: {} places, {} names>", self.title, self.places, self.names)
    }
}

/// Tells what a gazetteer file holds; ``verify=True`` reads all of it and checks its checksums.
#[pyfunction]
#[pyo3(signature = (path, *, verify = false))]
pub fn info(py: Python<'_>, path: PathBuf, verify: bool) -> PyResult<GazetteerInfo> {
    let index = open_index(&path)?;
    if verify {
        detached(py, || index.verify())
            .map_err(|error| GazetteerError::new_err(format!("{}: {error}", path.display())))?;
    }
    Ok(GazetteerInfo {
        title: index.title().to_owned(),
        places: index.place_count(),
        names: index.name_count(),
        credits: index.credits().iter().map(Credit::from).collect(),
    })
}

/// Makes one gazetteer file of GeoNames dumps, tables, GeoJSON or Linked Places, as ``toponym gazetteer build`` does.
///
/// ``sources``: files to read, also as .zip or .zst. ``output``: the file to write; it appears whole or not at all. ``title``: its
/// title, by default the names of the sources. ``credits``: pairs of source and licence of tables and GeoJSON. ``columns``: which
/// headers or properties hold what, such as ``{"name": "Ort", "lat": "Y", "lon": "X"}``. ``id_source``: the part before the colon of
/// ids from tables, by default the file's name. ``countries``: ISO 3166-1 alpha-2 codes of the countries to keep. ``features``:
/// GeoNames feature classes (``P``) or classes with codes (``P.PPLC``) to keep. ``min_population``: the least number of inhabitants.
/// ``bbox``: west, south, east and north in degrees, of the box to keep. ``encoding``: the character set of the sources, such as
/// ``"windows-1252"``, where it is not told by their bytes. Rows that cannot be read are counted and skipped.
#[pyfunction]
#[pyo3(signature = (
    sources, output, *, title = None, credits = None, columns = None, id_source = None, countries = None, features = None,
    min_population = 0, bbox = None, encoding = None
))]
#[expect(clippy::too_many_arguments, reason = "Python's users name them")]
pub fn build(
    py: Python<'_>,
    sources: Bound<'_, PyAny>,
    output: PathBuf,
    title: Option<String>,
    credits: Option<Vec<(String, String)>>,
    columns: Option<Bound<'_, PyDict>>,
    id_source: Option<String>,
    countries: Option<Bound<'_, PyAny>>,
    features: Option<Bound<'_, PyAny>>,
    min_population: i64,
    bbox: Option<(f64, f64, f64, f64)>,
    encoding: Option<String>,
) -> PyResult<Tally> {
    let sources: Vec<PathBuf> = several(Some(&sources), "sources", "a path of a source")?;
    if sources.is_empty() {
        return Err(OptionError::new_err("sources: give at least one file"));
    }
    let area = bbox.map(|(west, south, east, north)| format!("{west},{south},{east},{north}").parse::<LatLonBox>());
    let options = Options {
        filter: Filter {
            countries: several(countries.as_ref(), "countries", "a country's code such as 'SY'")?,
            features: several(features.as_ref(), "features", "a GeoNames feature class such as 'P'")?,
            // No place has fewer than none.
            population: min_population.try_into().unwrap_or_default(),
            area: area.transpose().map_err(|form| OptionError::new_err(format!("bbox: {form}")))?,
        },
        columns: columns.map_or_else(|| Ok(Columns::default()), |columns| named_columns(&columns))?,
        id_source,
        encoding,
    };
    let names = sources.iter().map(|path| path.file_name().unwrap_or_default().to_string_lossy());
    let mut builder = IndexBuilder::new(&title.unwrap_or_else(|| names.collect::<Vec<_>>().join(", ")));
    for (name, licence) in credits.unwrap_or_default() {
        builder.credit(name.trim(), licence.trim());
    }
    // On a thread of its own: sources take minutes, and an interrupt should not.
    let (to, mut done) = Awaited::new();
    let is_wanted = Arc::new(());
    let wanted = Arc::downgrade(&is_wanted);
    std::thread::spawn(move || to.send(make(&sources, &options, builder, &output, &wanted)));
    done.wait(py)?
}

/// Writes the gazetteer, unless the caller has been interrupted and it is not `wanted` any more.
fn make(
    sources: &[PathBuf],
    options: &Options,
    mut builder: IndexBuilder,
    output: &Path,
    wanted: &Weak<()>,
) -> PyResult<Tally> {
    let cannot = |error: std::io::Error| {
        OutputError::new_err(format!("{}: cannot be written: {error}; choose another output", output.display()))
    };
    if sources.iter().any(|source| source == output) {
        return Err(OptionError::new_err(format!("{} is a source; choose another output", output.display())));
    }
    // An output that cannot be written is told before the sources are read, and an interrupt amid them leaves no part of it.
    drop(Output::file(output).map_err(cannot)?);
    let tally = read_sources(sources, options, &mut builder, &mut |_| {}).map_err(unreadable)?;
    if tally.kept == 0 {
        return Err(GazetteerError::new_err("no row is wanted: all were left out by the filters"));
    }
    let go_on = || match wanted.strong_count() {
        0 => Err(OutputError::new_err("interrupted; nothing is written")),
        _ => Ok(()),
    };
    go_on()?;
    let mut out = Output::file(output).map_err(cannot)?;
    builder.write(&mut out, &mut |_| {}).map_err(unreadable)?;
    go_on()?;
    out.commit().map_err(cannot)?;
    let bad =
        |row: &gazetteer::source::BadRow| BadRow { path: row.path.clone(), line: row.line, reason: row.reason.clone() };
    Ok(Tally {
        kept: tally.kept,
        left_out: tally.left_out,
        bad: tally.bad,
        first_bad: tally.first_bad.iter().map(bad).collect(),
    })
}

fn unreadable(error: Error) -> PyErr {
    GazetteerError::new_err(error.to_string())
}

/// Columns as the command line has them, of a dict.
fn named_columns(columns: &Bound<'_, PyDict>) -> PyResult<Columns> {
    let mut pairs = Vec::new();
    for (what, header) in columns {
        let header: String = header.extract()?;
        if header.contains(',') {
            return Err(OptionError::new_err(format!("columns: {header:?} has a comma; rename the column")));
        }
        pairs.push(format!("{what}={header}"));
    }
    pairs.join(",").parse().map_err(|form| OptionError::new_err(format!("columns: {form}")))
}
