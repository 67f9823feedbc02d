//! Sources -> builder: adds every good row that the filter keeps, and counts and reports the bad ones.

use super::input::{unpacked_name, with_input};
use super::{Columns, Filter, PlaceRow, columns, features, geonames};
use crate::{GazetteerError, IndexBuilder};
use std::cell::Cell;
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
    done: Rc<Cell<u64>>,
    path: PathBuf,
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
        let stem = || unpacked_name(&self.path).split('.').next().unwrap_or_default().to_lowercase();
        self.options.id_source.clone().unwrap_or_else(stem).replace([':', ' '], "-")
    }

    /// Adds a row, or counts what is wrong with it.
    ///
    /// # Errors
    /// As for [`IndexBuilder::add`]; never for a bad row.
    pub fn take(&mut self, line: u64, row: Result<PlaceRow, String>) -> Result<(), GazetteerError> {
        match row.and_then(check) {
            Ok(row) if self.options.filter.keeps(&row) => {
                let added = self.builder.add(row);
                if self.fits(line, added)?.is_some() {
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
        if self.tally.first_bad.len() < SHOWN {
            self.tally.first_bad.push(BadRow { path: self.path.clone(), line, reason });
        }
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
        return Err("it has no name".to_owned());
    }
    if !(-90.0..=90.0).contains(&row.lat) {
        return Err(format!("latitude {} is not between -90 and 90", row.lat));
    }
    if !(-180.0..=180.0).contains(&row.lon) {
        return Err(format!("longitude {} is not between -180 and 180", row.lon));
    }
    Ok(row)
}

/// The form of a source file, by its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Dump,
    Table,
    Features,
    // These refer to places of the files above, and are read after them.
    Countries,
    Divisions,
    Hierarchy,
    AlternateNames,
}

impl Form {
    fn from_path(path: &Path) -> Result<Self, GazetteerError> {
        let name = unpacked_name(path);
        let extension = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        Ok(match name.to_lowercase().as_str() {
            "countryinfo.txt" => Form::Countries,
            "admin1codesascii.txt" | "admin2codes.txt" => Form::Divisions,
            "hierarchy.txt" => Form::Hierarchy,
            other if other.starts_with("alternatenames") => Form::AlternateNames,
            _ => match extension.as_str() {
                "txt" => Form::Dump,
                "csv" | "tsv" => Form::Table,
                "geojson" | "json" | "lpf" | "jsonld" => Form::Features,
                _ => {
                    let way_out = "name it .txt (GeoNames), .csv, .tsv, .geojson or .json; .zip and .zst are unpacked";
                    let source = std::io::Error::new(
                        std::io::ErrorKind::InvalidInput,
                        format!("its form is not known; {way_out}"),
                    );
                    return Err(GazetteerError::Read { path: path.to_owned(), source });
                }
            },
        })
    }
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
    let mut forms = Vec::with_capacity(paths.len());
    for path in paths {
        forms.push((Form::from_path(path)?, path));
    }
    forms.sort_by_key(|(form, _)| *form);
    let done = Rc::new(Cell::new(0));
    let mut intake =
        Intake { builder, tally: Tally::default(), options, report, done: done.clone(), path: PathBuf::new() };
    for (form, path) in forms {
        intake.path = path.clone();
        let before = intake.tally.kept + intake.tally.left_out;
        with_input(path, &done, |input| match form {
            Form::Dump => geonames::read_dump(input, &mut intake),
            Form::Table => columns::read_table(input, &mut intake),
            Form::Features => features::read_features(input, &mut intake),
            Form::Countries => geonames::read_countries(input, &mut intake),
            Form::Divisions => geonames::read_divisions(input, &mut intake),
            Form::Hierarchy => geonames::read_hierarchy(input, &mut intake),
            Form::AlternateNames => geonames::read_alternate_names(input, &mut intake),
        })?;
        if form <= Form::Features && intake.tally.kept + intake.tally.left_out == before {
            let reason = intake.tally.first_bad.last().map_or("it is empty".to_owned(), |bad| {
                format!("the first bad row is line {}: {}", bad.line, bad.reason)
            });
            return Err(GazetteerError::NoGoodRow { path: path.clone(), reason });
        }
    }
    (intake.report)(&intake.tally);
    Ok(intake.tally)
}
