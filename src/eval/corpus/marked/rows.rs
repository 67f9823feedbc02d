//! The table of places of a marked text: key, latitude, longitude, id and note, separated by tabs.

use super::Problem;
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// The rows of a table, by their keys.
pub struct PlaceRows(HashMap<String, PlaceRow>);

/// Where a place is.
pub struct PlaceRow {
    /// Degrees north and east, if they are known.
    pub point: Option<(f64, f64)>,
    /// The GeoNames id, if there is one.
    pub geoname: Option<u64>,
}

/// Stands for an unknown value.
const UNKNOWN: &str = "-";

impl PlaceRows {
    /// Parses the table of a file, which begins at line `first_line`.
    pub fn parse(table: &str, first_line: usize) -> Result<Self, Problem> {
        let mut rows = HashMap::new();
        for (text, line) in table.lines().zip(first_line..).filter(|(text, _)| !text.trim().is_empty()) {
            let problem = |reason: String| Problem { line, reason };
            let (key, row) = row(text).map_err(problem)?;
            if rows.insert(key.to_owned(), row).is_some() {
                return Err(problem(format!("the row {key:?} is there twice")));
            }
        }
        Ok(PlaceRows(rows))
    }

    /// The row with a key.
    pub fn get(&self, key: &str) -> Option<&PlaceRow> {
        self.0.get(key)
    }
}

fn row(text: &str) -> Result<(&str, PlaceRow), String> {
    let mut columns = text.split('\t').map(str::trim);
    let four = || "a row is key, latitude, longitude, id and note, separated by tabs; `-` is unknown".to_owned();
    let mut next = || columns.next().filter(|value| !value.is_empty()).ok_or_else(four);
    let (key, lat, lon, id) = (next()?, next()?, next()?, next()?);
    let point = match (lat, lon) {
        (UNKNOWN, UNKNOWN) => None,
        _ => Some((degrees("latitude", lat, -90.0..=90.0)?, degrees("longitude", lon, -180.0..=180.0)?)),
    };
    let geoname = match id.split_once(':') {
        None if id == UNKNOWN => None,
        Some(("geonames", number)) => {
            Some(number.parse().map_err(|_| format!("the id {id:?} is not `geonames:NUMBER`"))?)
        }
        Some(_) => None,
        None => return Err(format!("the id {id:?} is not `geonames:NUMBER`, another `source:id` or `-`")),
    };
    Ok((key, PlaceRow { point, geoname }))
}

fn degrees(name: &str, value: &str, range: RangeInclusive<f64>) -> Result<f64, String> {
    let number = value.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("the {name} {value:?} is not a number from {} to {}", range.start(), range.end()))
}
