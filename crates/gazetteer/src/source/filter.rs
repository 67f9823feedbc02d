//! The choice of rows of a source.

use super::PlaceRow;
use crate::LatLonBox;

/// The conditions that a row must meet to be kept. The default keeps all rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// ISO 3166-1 alpha-2 codes of countries, in one of which it must lie; empty: any.
    pub countries: Vec<String>,
    /// GeoNames feature classes (`P`) or classes with codes (`P.PPLC`), of one of which it must be; empty: any.
    pub features: Vec<String>,
    /// Lowest population; 0: any, also an unknown one.
    pub population: u64,
    /// The box it must lie in.
    pub area: Option<LatLonBox>,
}

impl Filter {
    /// Whether a row meets the conditions.
    pub fn keeps(&self, row: &PlaceRow) -> bool {
        let country =
            || row.countries.split('|').any(|code| self.countries.iter().any(|c| c.eq_ignore_ascii_case(code)));
        let feature = || {
            let is = |wanted: &String| {
                let rest = row.feature.strip_prefix(wanted.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            self.features.iter().any(is)
        };
        (self.countries.is_empty() || country())
            && (self.features.is_empty() || feature())
            && row.population.unwrap_or(0) >= self.population
            && self.area.is_none_or(|area| area.contains(row.lat, row.lon))
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;
    use crate::{LatLonBox, PlaceRow};

    #[test]
    fn each_condition_counts() {
        let row = PlaceRow {
            countries: "SY|TR".into(),
            feature: "P.PPLA".into(),
            population: Some(500),
            lat: 36.0,
            lon: 37.0,
            ..PlaceRow::default()
        };
        assert!(Filter::default().keeps(&row));
        let countries =
            |codes: &[&str]| Filter { countries: codes.iter().map(|c| (*c).into()).collect(), ..Filter::default() };
        assert!(countries(&["tr"]).keeps(&row) && !countries(&["IQ"]).keeps(&row));
        let features =
            |codes: &[&str]| Filter { features: codes.iter().map(|c| (*c).into()).collect(), ..Filter::default() };
        assert!(
            features(&["P"]).keeps(&row) && features(&["H", "P.PPLA"]).keeps(&row) && !features(&["P.PPL"]).keeps(&row)
        );
        assert!(!Filter { population: 501, ..Filter::default() }.keeps(&row));
        let area = Some(LatLonBox { west: 38.0, south: 30.0, east: 40.0, north: 40.0 });
        assert!(!Filter { area, ..Filter::default() }.keeps(&row));
    }
}
