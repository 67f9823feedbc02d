//! Sources -> builder: adds every good row that the filter keeps, and counts and reports the bad ones.

use super::form::Form;
use super::input::Input;
use super::remarks::{Flaw, Remarks};
use super::{Columns, Filter, PlaceRow, features, geonames, table};
use crate::{GazetteerError, IndexBuilder};
use encoding_rs::Encoding;
use std::cell::Cell;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// How sources are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which rows to keep.
    pub filter: Filter,
    /// Which columns of tables, or properties of GeoJSON, hold what.
    pub columns: Columns,
    /// The part before the colon of ids from tables and GeoJSON; the name of the file when `None`.
    pub id_source: Option<String>,
    /// The encoding of the sources as the web labels it, such as `windows-1252`; recognised when `None`.
    pub encoding: Option<String>,
}

/// How many rows were kept, left out and bad.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Rows that were added.
    pub kept: u64,
    /// Rows that the filter left out.
    pub left_out: u64,
    /// Rows that could not be read.
    pub bad: u64,
    /// The first of the bad rows.
    pub first_bad: Vec<BadRow>,
    /// What else there is to tell of the sources, a sentence each, that begins with the file.
    pub remarks: Vec<String>,
    /// Bytes read of all files, as they lie on disk.
    pub bytes: u64,
}

/// A row that could not be read.
#[derive(Clone, Debug)]
pub struct BadRow {
    /// Its file.
    pub path: PathBuf,
    /// Its line, from 1; in GeoJSON the number of the feature.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// Bad rows that are kept for showing, at most.
const SHOWN: usize = 5;

/// Rows between two reports of progress.
const STEP: u64 = 16_384;

/// Adds rows to a builder.
pub struct Intake<'b> {
    /// The builder.
    pub builder: &'b mut IndexBuilder,
    /// The counts of rows so far.
    pub tally: Tally,
    options: &'b Options,
    report: &'b mut dyn FnMut(&Tally),
    /// What is told of the file that is being read.
    pub(super) remarks: Remarks,
    done: Rc<Cell<u64>>,
    path: PathBuf,
    /// The name of the data file.
    name: String,
    /// Its first bad row.
    first_bad: Option<BadRow>,
    /// The ids of its rows, hashed, unless GeoNames gave them.
    ids: HashSet<u64>,
    hasher: RandomState,
}

impl<'b> Intake<'b> {
    /// The file that is being read.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How rows are read.
    pub fn options(&self) -> &'b Options {
        self.options
    }

    /// The part of ids before the colon, where the file gives none.
    pub fn id_source(&self) -> String {
        let stem = || self.name.split('.').next().unwrap_or_default().to_lowercase();
        self.options.id_source.clone().unwrap_or_else(stem).replace([':', ' '], "-")
    }

    /// Adds a row, or counts what is wrong with it.
    ///
    /// # Errors
    /// As for [`IndexBuilder::add`]; never for a bad row.
    pub fn take(&mut self, line: u64, row: Result<PlaceRow, String>) -> Result<(), GazetteerError> {
        match row.and_then(check) {
            Ok(row) if self.options.filter.keeps(&row) => {
                let is_twin = !row.id.starts_with("geonames:") && !self.ids.insert(self.hasher.hash_one(&row.id));
                let id = if is_twin { row.id.clone() } else { String::new() };
                let added = self.builder.add(row);
                if self.fits(line, added)?.is_some() {
                    if is_twin {
                        self.remarks.flaw(Flaw::Id, line, &id);
                    }
                    self.tally.kept += 1;
                }
            }
            Ok(_) => self.tally.left_out += 1,
            Err(reason) => self.count_bad(line, reason),
        }
        self.tick();
        Ok(())
    }

    /// What was added; `None`, and a bad row, if it does not fit into the index.
    ///
    /// # Errors
    /// All others than that.
    pub fn fits<T>(&mut self, line: u64, added: Result<T, GazetteerError>) -> Result<Option<T>, GazetteerError> {
        match added {
            Ok(added) => Ok(Some(added)),
            Err(GazetteerError::Unfit(reason)) => {
                self.count_bad(line, reason.to_owned());
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn count_bad(&mut self, line: u64, reason: String) {
        self.tally.bad += 1;
        let bad = BadRow { path: self.path.clone(), line, reason };
        if self.tally.first_bad.len() < SHOWN {
            self.tally.first_bad.push(bad.clone());
        }
        self.first_bad.get_or_insert(bad);
    }

    /// Reports progress, if that is due.
    pub fn tick(&mut self) {
        self.tally.bytes = self.done.get();
        if (self.tally.kept + self.tally.left_out + self.tally.bad).is_multiple_of(STEP) {
            (self.report)(&self.tally);
        }
    }
}

/// The row, if it has a name and a point on the globe; else what is wrong with it.
fn check(row: PlaceRow) -> Result<PlaceRow, String> {
    if row.name.trim().is_empty() {
        return Err("it has no name; --columns name=HEADER says which column or property holds it".to_owned());
    }
    let projected = row.lat.abs() > 360.0 || row.lon.abs() > 360.0;
    let swapped = row.lat.abs() <= 180.0 && row.lon.abs() <= 90.0;
    let way_out = match (projected, swapped) {
        (true, _) => "; transform it to EPSG:4326, in degrees",
        (false, true) => "; if latitude and longitude are swapped, --columns lat=HEADER,lon=HEADER tells them apart",
        (false, false) => "",
    };
    if !(-90.0..=90.0).contains(&row.lat) {
        return Err(format!("latitude {} is not between -90 and 90{way_out}", row.lat));
    }
    if !(-180.0..=180.0).contains(&row.lon) {
        return Err(format!("longitude {} is not between -180 and 180{way_out}", row.lon));
    }
    Ok(row)
}

/// Reads sources into a builder; files that refer to places of others are read last. `report` is called every few
/// thousand rows with the counts so far. A bad row is counted and skipped.
///
/// # Errors
/// [`GazetteerError::Read`] when a file cannot be read, [`GazetteerError::NoGoodRow`] when a file has no row that can
/// be read; else as for [`IndexBuilder::add`].
pub fn read_sources(
    paths: &[PathBuf],
    options: &Options,
    builder: &mut IndexBuilder,
    report: &mut dyn FnMut(&Tally),
) -> Result<Tally, GazetteerError> {
    let encoding = options.encoding.as_deref().map(named_encoding).transpose()?;
    let mut inputs = Vec::with_capacity(paths.len());
    for path in paths {
        let input = Input::inspect(path, encoding)?;
        inputs.push((Form::recognise(&input, &options.columns)?, input));
    }
    inputs.sort_by_key(|(form, _)| *form);
    let mut intake = Intake::new(builder, options, report);
    for (form, input) in inputs {
        intake.read(form, &input)?;
    }
    (intake.report)(&intake.tally);
    Ok(intake.tally)
}

/// The encoding with a label of the web.
fn named_encoding(label: &str) -> Result<&'static Encoding, GazetteerError> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| GazetteerError::Encoding(label.to_owned()))
}

impl<'b> Intake<'b> {
    fn new(builder: &'b mut IndexBuilder, options: &'b Options, report: &'b mut dyn FnMut(&Tally)) -> Self {
        Intake {
            builder,
            tally: Tally::default(),
            options,
            report,
            remarks: Remarks::default(),
            done: Rc::default(),
            path: PathBuf::new(),
            name: String::new(),
            first_bad: None,
            ids: HashSet::new(),
            hasher: RandomState::new(),
        }
    }

    /// Reads a file.
    fn read(&mut self, form: Form, input: &Input) -> Result<(), GazetteerError> {
        (self.path, self.name) = (input.path.clone(), input.name.clone());
        self.first_bad = None;
        self.ids.clear();
        let before = self.tally.kept + self.tally.left_out;
        if input.encoding != encoding_rs::UTF_8 && self.options.encoding.is_none() {
            let name = input.encoding.name();
            self.remarks.tell(format!("read as {name}; if its names look wrong, --encoding says what it is"));
        }
        let done = self.done.clone();
        input.read(&done, |text| match form {
            Form::Dump => geonames::read_dump(text, self),
            Form::Table => table::read_table(text, &input.head, self),
            Form::Features => features::read_features(text, &input.head, self),
            Form::Countries => geonames::read_countries(text, self),
            Form::Divisions => geonames::read_divisions(text, self),
            Form::Hierarchy => geonames::read_hierarchy(text, self),
            Form::AlternateNames => geonames::read_alternate_names(text, self),
        })?;
        self.tally.remarks.extend(self.remarks.take(&input.path));
        if form <= Form::Features && self.tally.kept + self.tally.left_out == before {
            let reason = self
                .first_bad
                .take()
                .map_or("it has no rows".to_owned(), |bad| format!("the first is line {}: {}", bad.line, bad.reason));
            return Err(GazetteerError::NoGoodRow { path: input.path.clone(), reason });
        }
        Ok(())
    }
}
