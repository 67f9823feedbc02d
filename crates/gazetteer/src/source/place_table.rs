//! The tables written by hand: `data/places/*.tsv` and `data/names/*.tsv`. `data/README.md` describes their columns.

use super::{Name, NameKind, PlaceRow};
use crate::GazetteerError;
use std::path::Path;
use toponym_text::table::{Line, Table};

/// Columns of a table of places; `admin2` is in some.
const PLACE: [&str; 16] = [
    "id",
    "name",
    "variants",
    "abbreviations",
    "historic",
    "colloquial",
    "feature",
    "lat",
    "lon",
    "country",
    "admin1",
    "part_of",
    "population",
    "rank",
    "exact_km",
    "source",
];

/// Columns that hold names, and their kinds.
const NAMES: [(&str, NameKind); 4] = [
    ("variants", NameKind::Variant),
    ("abbreviations", NameKind::Abbreviation),
    ("historic", NameKind::Historic),
    ("colloquial", NameKind::Colloquial),
];

fn plain(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    Ok(bytes.to_vec())
}

/// Calls `add` with each place of a table.
///
/// # Errors
/// [`GazetteerError::Table`] at the first line with a missing or wrong value; the errors of `add`.
pub fn read_places(
    path: &Path,
    mut add: impl FnMut(PlaceRow) -> Result<(), GazetteerError>,
) -> Result<(), GazetteerError> {
    let mut table = Table::open(path, &PLACE, plain)?;
    while let Some(line) = table.next_line() {
        add(place(&line?)?)?;
    }
    Ok(())
}

fn place(line: &Line) -> Result<PlaceRow, GazetteerError> {
    for column in ["id", "name", "feature", "source"] {
        if line.get(column).is_empty() {
            return Err(line.error(format!("{column} is missing")).into());
        }
    }
    let names = NAMES
        .iter()
        .flat_map(|&(column, kind)| line.list(column).map(move |name| Name::new(name, exactly(kind, name))));
    Ok(PlaceRow {
        id: line.get("id").to_owned(),
        name: line.get("name").to_owned(),
        names: names.collect(),
        feature: line.get("feature").to_owned(),
        lat: line.number("lat", -90.0..=90.0)?,
        lon: line.number("lon", -180.0..=180.0)?,
        countries: line.get("country").to_owned(),
        admin1: line.get("admin1").to_owned(),
        admin2: line.get("admin2").to_owned(),
        part_of: Some(line.get("part_of").to_owned()).filter(|id| !id.is_empty()),
        population: line.whole("population")?,
        rank: Some(line.number("rank", 1.0..=5.0)? as u8),
        exact_km: Some(line.number("exact_km", 0.001..=6000.0)?),
        source: line.get("source").to_owned(),
        bounds: None,
    })
}

/// The kind of a name in a column of this kind.
fn exactly(kind: NameKind, name: &str) -> NameKind {
    if kind == NameKind::Abbreviation { NameKind::from_abbreviation(name) } else { kind }
}

/// Calls `add` with each further name of a city: id, name, kind. A name of kind primary becomes its display name.
///
/// # Errors
/// As for [`read_places`], and with file and line where `add` returns `false`, since no place has the id.
pub fn read_city_names(
    path: &Path,
    mut add: impl FnMut(&str, &str, NameKind) -> Result<bool, GazetteerError>,
) -> Result<(), GazetteerError> {
    let mut table =
        Table::open(path, &["id", "name", "names", "abbreviations", "historic", "colloquial", "source"], plain)?;
    while let Some(line) = table.next_line() {
        let line = line?;
        let columns = [("name", NameKind::Primary), ("names", NameKind::Variant)].into_iter().chain(NAMES);
        for (column, kind) in columns {
            for name in line.list(column) {
                if !add(line.get("id"), name, exactly(kind, name))? {
                    return Err(line.error(format!("no place has the id {:?}", line.get("id"))).into());
                }
            }
        }
    }
    Ok(())
}

/// Calls `add` with each adjective and people of a table: the place's id and the form. Errors name `path`.
///
/// # Errors
/// As for [`read_city_names`].
pub fn read_demonyms(
    path: &Path,
    text: &str,
    mut add: impl FnMut(&str, &str) -> Result<bool, GazetteerError>,
) -> Result<(), GazetteerError> {
    let mut table = Table::new(path, text.into(), &["form", "place", "kind", "source"])?;
    while let Some(line) = table.next_line() {
        let line = line?;
        if !add(line.get("place"), line.get("form"))? {
            return Err(line.error(format!("no place has the id {:?}", line.get("place"))).into());
        }
    }
    Ok(())
}
