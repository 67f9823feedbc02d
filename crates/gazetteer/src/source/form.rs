//! The form of a source file, by its name and its first lines.

use super::columns::Columns;
use super::input::{Input, unusable};
use super::{geonames, table};
use crate::GazetteerError;

/// The forms that sources have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// GeoNames' table of places.
    Dump,
    /// A table with a header.
    Table,
    /// GeoJSON or Linked Places.
    Features,
    // These refer to places of the files above, and are read after them.
    /// GeoNames' `countryInfo.txt`.
    Countries,
    /// GeoNames' `admin1CodesASCII.txt` and `admin2Codes.txt`.
    Divisions,
    /// GeoNames' `hierarchy.txt`.
    Hierarchy,
    /// GeoNames' `alternateNamesV2.txt`, of the world or a country.
    AlternateNames,
}

/// The endings of data files, in small letters.
pub const EXTENSIONS: [&str; 16] = [
    "txt",
    "csv",
    "tsv",
    "tab",
    "psv",
    "dat",
    "geojson",
    "json",
    "lpf",
    "jsonld",
    "geojsonl",
    "geojsons",
    "geojsonseq",
    "ndjson",
    "jsonl",
    "nljson",
];

/// Lines by which a form is recognised.
const LINES: usize = 50;

impl Form {
    /// The form of an input. GeoNames' files of a country bear its code whatever they hold, so that a `.txt` is told
    /// by its lines.
    pub fn recognise(input: &Input, columns: &Columns) -> Result<Self, GazetteerError> {
        let name = input.name.to_lowercase();
        let lines = || input.head.lines().filter(|line| !line.starts_with('#')).take(LINES);
        match name.as_str() {
            "countryinfo.txt" => return Ok(Form::Countries),
            "admin1codesascii.txt" | "admin2codes.txt" => return Ok(Form::Divisions),
            "hierarchy.txt" => return Ok(Form::Hierarchy),
            other if other.starts_with("alternatenames") => return Ok(Form::AlternateNames),
            _ => {}
        }
        match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "txt" | "dat" if lines().any(geonames::is_dump) => Ok(Form::Dump),
            "txt" if lines().any(geonames::is_alternate_name) => Ok(Form::AlternateNames),
            "txt" if !table::has_header(&input.head, columns) => Ok(Form::Dump),
            "txt" | "dat" | "psv" => Ok(Form::Table),
            "csv" | "tsv" | "tab" if lines().next().is_some_and(geonames::is_dump) => Ok(Form::Dump),
            "csv" | "tsv" | "tab" => Ok(Form::Table),
            ending if EXTENSIONS.contains(&ending) => Ok(Form::Features),
            _ => Err(unusable(
                &input.path,
                "its form is not known; name it .txt (GeoNames), .csv, .tsv, .geojson or .json, which may be packed as \
                 .zip, .gz or .zst; `ogr2ogr -f GeoJSON` converts shapefiles, KML and GeoPackages",
            )),
        }
    }
}
