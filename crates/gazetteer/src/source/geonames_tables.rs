//! The tables that `scripts/make-geonames-tables` writes: `data/geonames/`.

use super::{Name, NameKind, PlaceRow};
use crate::GazetteerError;
use std::path::Path;
use toponym_text::table::Table;

/// How far GeoNames' point of a town may lie from its centre, in kilometres: most are within a hundred metres, some a
/// kilometre off.
const CITY_EXACT_KM: f64 = 1.0;

/// Calls `add` with each populated place of `cities.columns.zst`.
///
/// # Errors
/// [`GazetteerError::Table`] at the first line with a missing or wrong value; the errors of `add`.
pub fn read_cities(
    path: &Path,
    decompress: impl Fn(&[u8]) -> std::io::Result<Vec<u8>>,
    mut add: impl FnMut(PlaceRow) -> Result<(), GazetteerError>,
) -> Result<(), GazetteerError> {
    let columns = ["id", "name", "lat", "lon", "country", "admin1", "admin2", "feature", "population", "variants"];
    let mut table = Table::open(path, &columns, decompress)?;
    while let Some(line) = table.next_line() {
        let line = line?;
        add(PlaceRow {
            id: format!("geonames:{}", line.get("id")),
            name: line.get("name").to_owned(),
            names: line.list("variants").map(|name| Name::new(name, NameKind::Variant)).collect(),
            feature: if line.get("feature").is_empty() {
                "P.PPL".to_owned()
            } else {
                format!("P.{}", line.get("feature"))
            },
            lat: line.number("lat", -90.0..=90.0)?,
            lon: line.number("lon", -180.0..=180.0)?,
            countries: line.get("country").to_owned(),
            admin1: line.get("admin1").to_owned(),
            admin2: line.get("admin2").to_owned(),
            population: line.whole("population")?,
            exact_km: Some(CITY_EXACT_KM),
            source: "GeoNames".to_owned(),
            ..PlaceRow::default()
        })?;
    }
    Ok(())
}

/// Calls `add` with each division of `divisions1.columns.zst` or `divisions2.columns.zst`. Its id is made of its code:
/// `geonames-admin:SY.09`.
///
/// # Errors
/// As for [`read_cities`].
pub fn read_divisions(
    path: &Path,
    decompress: impl Fn(&[u8]) -> std::io::Result<Vec<u8>>,
    mut add: impl FnMut(PlaceRow) -> Result<(), GazetteerError>,
) -> Result<(), GazetteerError> {
    let columns = ["code", "name", "lat", "lon", "population", "exact_km"];
    let mut table = Table::open(path, &columns, decompress)?;
    while let Some(line) = table.next_line() {
        let line = line?;
        let code = line.get("code");
        let mut parts = code.splitn(3, '.');
        let [country, admin1, admin2] = [(); 3].map(|()| parts.next().unwrap_or("").to_owned());
        if admin1.is_empty() {
            return Err(line.error(format!("{code:?} is not a division's code such as SY.09")).into());
        }
        add(PlaceRow {
            id: format!("geonames-admin:{code}"),
            name: line.get("name").to_owned(),
            feature: if admin2.is_empty() { "A.ADM1" } else { "A.ADM2" }.to_owned(),
            lat: line.number("lat", -90.0..=90.0)?,
            lon: line.number("lon", -180.0..=180.0)?,
            countries: country,
            admin1,
            admin2,
            population: line.whole("population")?,
            exact_km: Some(line.number("exact_km", 0.0..=6000.0)?),
            source: "GeoNames".to_owned(),
            ..PlaceRow::default()
        })?;
    }
    Ok(())
}
