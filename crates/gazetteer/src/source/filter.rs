//! Which rows of a source are wanted.

use super::Row;
use crate::LatLonBox;

/// What a row must be to be kept. The default keeps all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// ISO 3166-1 alpha-2 codes, one of which it must lie in; empty: any.
    pub countries: Vec<String>,
    /// GeoNames feature classes (`P`) or classes with codes (`P.PPLC`), one of which it must be; empty: any.
    pub features: Vec<String>,
    /// Least population; 0: any, also unknown.
    pub population: u64,
    /// The box it must lie in.
    pub area: Option<LatLonBox>,
}

impl Filter {
    /// Whether a row is wanted.
    pub fn keeps(&self, row: &Row) -> bool {
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
    use crate::{LatLonBox, Row};

    #[test]
    fn each_condition_counts() {
        let row = Row {
            countries: "SY|TR".into(),
            feature: "P.PPLA".into(),
            population: Some(500),
            lat: 36.0,
            lon: 37.0,
            ..Row::default()
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
